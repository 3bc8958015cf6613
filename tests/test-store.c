/* test-store.c - what store.h promises of events and of what holds, sentence by sentence, for every backend
 */
#include "internal.h"
#include "store-kit.h"

#include <string.h>

/* ---- what holds: events in any order, then who may be mailed ---- */

typedef struct
{
  const char *name;
  const char *events[5];
  const char *want; /* "category reason" for each category asked; reason "none": may be mailed */
} Standing;

/* clang-format off */
static const Standing standings[] = {
  { "nobody who is unknown is blocked", { NULL }, "news none * none" },
  { "an opt-out of everything blocks every category, later ones too", { "opt-out person 100 *" }, "news person made-later person * person" },
  { "an opt-out of one category leaves the others", { "opt-out person 100 news" }, "news person offers none * none" },
  { "an opt-out of two categories blocks both", { "opt-out person 100 news offers" }, "news person offers person other none" },
  { "an excepted category is not blocked", { "opt-out person 100 * -news" }, "news none offers person * person" },
  { "the person's opt-in lifts the person's opt-out", { "opt-out person 100 *", "opt-in person 200 *" }, "news none * none" },
  { "the person's opt-in lifts a complaint", { "opt-out complaint 100 *", "opt-in person 200 *" }, "news none" },
  { "the person's opt-in lifts customer service and bounces", { "opt-out customer-service 100 *", "opt-out bounce 110 *", "opt-in person 200 *" }, "news none" },
  { "customer service lifts its own opt-out", { "opt-out customer-service 100 *", "opt-in customer-service 200 *" }, "news none" },
  { "customer service lifts a bounce", { "opt-out bounce 100 *", "opt-in customer-service 200 *" }, "news none" },
  { "customer service does not lift the person's wish", { "opt-out person 100 *", "opt-in customer-service 200 *" }, "news person" },
  { "customer service does not lift a complaint", { "opt-out complaint 100 *", "opt-in customer-service 200 *" }, "news complaint" },
  { "customer service does not lift a hold", { "hold review 100 *", "opt-in customer-service 200 *" }, "news review" },
  { "the strongest reason is the one that is named", { "opt-out bounce 300 *", "opt-out person 100 *", "opt-out complaint 50 *" }, "news complaint" },
  { "a bounce does not undo a later opt-in of the person's own", { "opt-out bounce 100 *", "opt-in person 200 *" }, "news none" },
  { "a bounce after the opt-in blocks", { "opt-in person 100 *", "opt-out bounce 200 *" }, "news bounce" },
  { "an opt-out older than the opt-in changes nothing", { "opt-in person 200 *", "opt-out person 100 *" }, "news none" },
  { "at the same second the opt-out wins", { "opt-in person 200 *", "opt-out person 200 *" }, "news person" },
  { "at the same second a weaker opt-out wins too", { "opt-in person 200 *", "opt-out bounce 200 *" }, "news bounce" },
  { "an opt-in to one category leaves the rest out", { "opt-out person 100 *", "opt-in person 200 news" }, "news none offers person * person" },
  { "an opt-out of one category after an opt-in to all", { "opt-in person 100 *", "opt-out person 200 news" }, "news person offers none" },
  { "all but news, after nothing at all, leaves news out", { "opt-out person 100 *", "opt-out person 200 * -news" }, "news person offers person" },
  { "all but news, before nothing at all, is overtaken", { "opt-out person 100 * -news", "opt-out person 200 *" }, "news person offers person" },
  { "an opt-in before all but news keeps news in, against a complaint too", { "opt-out complaint 100 *", "opt-in person 200 *", "opt-out person 300 * -news" }, "news none offers complaint" },
  { "two exceptions, then an opt-in to one of them", { "opt-out person 100 *", "opt-out person 200 * -news -offers", "opt-in person 300 news" }, "news none offers person other person" },
  { "an opt-in to all but news leaves news out", { "opt-out person 100 *", "opt-in person 200 * -news" }, "news person offers none" },
  { "the person leaves, comes back, and leaves again", { "opt-out person 100 *", "opt-in person 200 *", "opt-out person 300 *" }, "news person" },
  { "the person leaves, comes back, and customer service takes a new opt-out", { "opt-out person 100 *", "opt-in person 200 *", "opt-out customer-service 300 *" }, "news customer-service" },
  { "a hold silences its scope", { "hold review 100 news" }, "news review offers none" },
  { "a hold of no scope silences nothing", { "hold review 100" }, "news none * none" },
  { "a hold is lifted by the person's later opt-in", { "hold review 100 *", "opt-in person 200 *" }, "news none" },
  { "requests change no standing", { "erasure person 100 *", "access person 100", "correction person 100", "no-sharing person 100 *" }, "news none" },
  { "a category may be called anything", { "opt-out person 100 ';DROP--" }, "';DROP-- person news none" },
};
/* clang-format on */

static void
expect_of (Store *store, const char *address, const char *want)
{
  g_auto (GStrv) word = g_strsplit (want, " ", -1);
  for (guint i = 0; word[i] != NULL; i += 2)
    g_assert_cmpstr (kit_blocked (store, address, word[i]), ==, word[i + 1]);
}

static void
expect (Store *store, const char *want)
{
  expect_of (store, "ann@example.org", want);
}

static void
test_standing (Store *store, gconstpointer data)
{
  const Standing *standing = data;
  guint n = 0;
  while (n < G_N_ELEMENTS (standing->events) && standing->events[n] != NULL)
    n++;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i), *backwards = g_strdup_printf ("b%u", i);
      kit_record_for (store, "ann@example.org", id, standing->events[i]);
      kit_record_for (store, "bob@example.org", backwards, standing->events[n - 1 - i]);
    }
  expect (store, standing->want);
  expect_of (store, "bob@example.org", standing->want);
  g_assert_cmpuint (kit_verify (store), ==, 2 * n);
}

/* FIELD section 4, 22, whole: every reason against every other, and against every opt-in, before it, at the
 * same second and after it. What is stopped twice is lifted only by what lifts both. */
static void
test_precedence (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const reasons[]
      = { "complaint", "person", "customer-service", "bounce" }; /* strongest first */
  static const struct
  {
    const char *words;
    guint reason, lifts; /* lifts reasons from this one on */
  } opt_ins[] = { { NULL, 4, 4 }, { "opt-in person", 1, 0 }, { "opt-in customer-service", 2, 2 } };
  static const int times[] = { 50, 200, 300 }; /* of the opt-in; the stops are of 100 and 200 */
  guint n = 0;
  for (guint first = 0; first < 4; first++)
    for (guint second = 0; second < 4; second++)
      for (guint in = 0; in < G_N_ELEMENTS (opt_ins); in++)
        for (guint t = 0; t < G_N_ELEMENTS (times); t++)
          {
            g_autofree char *address = g_strdup_printf ("p%u@example.org", n++);
            g_autofree char *id = g_strdup_printf ("a%u", n), *id2 = g_strdup_printf ("b%u", n),
                            *id3 = g_strdup_printf ("c%u", n);
            g_autofree char *one = g_strdup_printf ("opt-out %s 100 *", reasons[first]);
            g_autofree char *two = g_strdup_printf ("opt-out %s 200 *", reasons[second]);
            kit_record_for (store, address, id, one);
            kit_record_for (store, address, id2, two);
            if (opt_ins[in].words != NULL)
              {
                g_autofree char *words = g_strdup_printf ("%s %d *", opt_ins[in].words, times[t]);
                kit_record_for (store, address, id3, words);
              }
            /* of one reason and one second the opt-out wins, of two stops of one reason the later counts */
            guint lifts = times[t] == 200 && second == opt_ins[in].reason ? 4 : opt_ins[in].lifts;
            gboolean one_holds = first != second && !(first >= lifts && times[t] > 100);
            gboolean two_holds = !(second >= lifts && times[t] > 200);
            guint strongest = one_holds && two_holds ? MIN (first, second)
                              : one_holds            ? first
                              : two_holds            ? second
                                                     : 4;
            g_assert_cmpstr (kit_blocked (store, address, "news"), ==,
                             strongest < 4 ? reasons[strongest] : "none");
          }
}

/* ---- events ---- */

static StoreEvent *
nasty_event (void)
{
  StoreEvent *event = kit_event ("nasty1", "opt-out person 123 *");
  g_strfreev (event->scope);
  event->scope = g_strsplit ("*|" KIT_NASTY, "|", -1);
  event->except = g_strsplit (KIT_NASTY "2|b", "|", -1);
  g_free (event->address);
  event->address = g_strdup ("x' or '1'='1@"
                             "evil\\\".example");
  g_free (event->by);
  event->by = g_strdup (KIT_NASTY "\n\x1b[1m");
  g_free (event->channel);
  event->channel = g_strdup (KIT_NASTY);
  g_free (event->program);
  event->program = g_strdup (KIT_NASTY);
  event->related = g_strdup ("other1");
  event->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "wish", -1);
  event->confirmation = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "text", -1);
  event->details = g_variant_ref_sink (
      g_variant_new_parsed ("{'words': %s, '': '', 'note': 'a\\nb\\tc\\x07'}", KIT_NASTY));
  return event;
}

static void
assert_same (const StoreEvent *a, const StoreEvent *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpint (a->action, ==, b->action);
  g_assert_cmpint (a->reason, ==, b->reason);
  g_assert_cmpint (a->received_at, ==, b->received_at);
  g_assert_cmpint (a->recorded_at, ==, b->recorded_at);
  g_assert_cmpstr (a->channel, ==, b->channel);
  g_assert_cmpstrv (a->scope, b->scope);
  g_assert_cmpstrv (a->except, b->except);
  g_assert_cmpstr (a->key, ==, b->key);
  g_assert_cmpstr (a->by, ==, b->by);
  g_assert_cmpstr (a->related, ==, b->related);
  g_assert_cmpstr (a->program, ==, b->program);
  g_assert_cmpstr (a->confirmation, ==, b->confirmation);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpuint (g_variant_n_children (a->details), ==, g_variant_n_children (b->details));
  for (gsize i = 0; i < g_variant_n_children (a->details); i++)
    {
      const char *name, *value, *found;
      g_variant_get_child (a->details, i, "{&s&s}", &name, &value);
      g_assert_true (g_variant_lookup (b->details, name, "&s", &found));
      g_assert_cmpstr (value, ==, found);
    }
}

static void
test_event_comes_back (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreEvent) event = nasty_event (), by_id = NULL, by_key = NULL, none = NULL;
  StoreRecorded recorded;
  kit_ok (kit_try (store, event, &recorded, error));
  g_assert_cmpint (recorded, ==, STORE_RECORDED);
  g_assert_cmpint (event->seq, ==, 1);
  kit_ok (store_event (store, event->id, &by_id, error));
  assert_same (event, by_id);
  kit_ok (store_event_by_key (store, event->key, &by_key, error));
  assert_same (event, by_key);
  kit_ok (store_event (store, "nobody", &none, error));
  g_assert_null (none);
  g_assert_cmpstr (kit_blocked (store, event->address, KIT_NASTY), ==, "person");
  kit_verify (store);
}

static StoreEvent *
keyed (const char *id, const char *words)
{
  StoreEvent *event = kit_event (id, words);
  event->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "the wish", -1);
  return event;
}

static void
test_known (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreEvent) again = keyed ("b", "opt-out person 900 news");
  g_autofree char *id = NULL;
  StoreRecorded recorded;
  g_assert_cmpint (kit_record (store, keyed ("a", "opt-out person 100 *")), ==, STORE_RECORDED);
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, again, &recorded, &id, error));
  kit_ok (store_commit (store, error));
  g_assert_cmpint (recorded, ==, STORE_KNOWN);
  g_assert_cmpstr (id, ==, "a");
  g_assert_cmpint (again->seq, ==, 1);
  g_assert_cmpint (kit_record (store, keyed ("c", "opt-in person 950 *")), ==, STORE_KNOWN);
  g_assert_cmpint (kit_record (store, keyed ("d", "hold review 960 *")), ==, STORE_KNOWN);
  g_assert_cmpuint (kit_verify (store), ==, 1);
  expect (store, "news person");
}

static void
test_same_id (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (kit_record (store, kit_event ("a", "opt-out customer-service 100 *")), ==, STORE_RECORDED);
  g_assert_cmpint (kit_record (store, kit_event ("a", "opt-out customer-service 100 *")), ==, STORE_KNOWN);
  g_assert_cmpint (kit_record (store, kit_event ("b", "opt-out customer-service 100 *")), ==, STORE_RECORDED);
  g_assert_cmpuint (kit_verify (store), ==, 2);
}

static void
test_raised (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) mail = NULL;
  g_autoptr (StoreEvent) newest = NULL;
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "the wish", -1);
  StoreRecorded recorded;
  g_autoptr (StoreEvent) hold = keyed ("hold1", "hold review 100 *");
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, hold, &recorded, NULL, error));
  kit_hold_mail (store, "hold1", "half a mail");
  kit_ok (store_commit (store, error));
  expect (store, "news review");

  g_assert_cmpint (kit_record (store, keyed ("out1", "opt-out person 100 news")), ==, STORE_RAISED);
  expect (store, "news person offers none");
  kit_ok (store_held_get (store, "hold1", &held, &mail, error));
  g_assert_cmpstr (held->decision, ==, "accept");
  g_assert_null (mail);
  g_assert_cmpint (kit_record (store, keyed ("out2", "opt-out person 100 *")), ==, STORE_KNOWN);
  kit_ok (store_event_by_key (store, key, &newest, error));
  g_assert_cmpstr (newest->id, ==, "out1");
  g_assert_cmpuint (kit_verify (store), ==, 2);
}

static void
test_decided_hold (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  StoreEvent *reject = kit_event ("no", "reject review 300");
  reject->related = g_strdup ("hold1");
  kit_record (store, keyed ("hold1", "hold review 100 *"));
  kit_record (store, kit_event ("hold2", "hold review 200 *"));
  kit_record (store, reject);
  expect (store, "news review"); /* the other hold is open */
  reject = kit_event ("yes", "accept review 300");
  reject->related = g_strdup ("hold2");
  kit_record (store, reject);
  expect (store, "news none");
  g_assert_cmpint (kit_record (store, keyed ("out1", "opt-out person 100 *")), ==, STORE_KNOWN);
  expect (store, "news none");
}

static void
test_rollback (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreEvent) event = kit_event ("b", "opt-out person 100 *");
  g_autoptr (StoreReply) reply = kit_reply ("r1", 100);
  g_autoptr (GPtrArray) held = NULL;
  g_autofree char *mark = NULL;
  const StoreBudget budget = { "all", 1, 100 };
  guint64 counts[STORE_REPLY_FAILED + 1];
  StoreRecorded recorded;
  int refused;
  kit_record (store, kit_event ("a", "opt-in person 50 *"));
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, event, &recorded, NULL, error));
  kit_ok (store_queue (store, reply, &budget, 1, error));
  kit_ok (store_mark_set (store, "digest-sent-at", "5", error));
  kit_hold_mail (store, "h1", "x");
  store_rollback (store);
  store_rollback (store);
  expect (store, "news none");
  g_assert_cmpuint (kit_verify (store), ==, 1);
  kit_ok (store_reply_counts (store, counts, error));
  g_assert_cmpuint (counts[STORE_REPLY_WAITING], ==, 0);
  kit_ok (store_budget (store, &budget, 1, 100, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_mark_get (store, "digest-sent-at", &mark, error));
  g_assert_null (mark);
  kit_ok (store_held_list (store, TRUE, &held, error));
  g_assert_cmpuint (held->len, ==, 0);
  kit_record (store, g_steal_pointer (&event));
  expect (store, "news person");
}

static void
test_group (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_autoptr (StoreEvent) event = kit_event (id, "opt-out person 100 *");
      StoreRecorded recorded;
      kit_ok (store_record (store, event, &recorded, NULL, error));
      g_assert_cmpint (event->seq, ==, i + 1);
    }
  kit_ok (store_commit (store, error));
  g_assert_cmpuint (kit_verify (store), ==, 200);
}

static void
test_clock_goes_back (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreEvent) later = kit_event ("b", "opt-in person 100 *");
  StoreRecorded recorded;
  later->recorded_at = -5;
  kit_record (store, kit_event ("a", "opt-out person 4102444800 *")); /* beyond 2038 */
  kit_ok (kit_try (store, later, &recorded, error));
  g_assert_cmpint (later->seq, ==, 2);
  expect (store, "news person");
}

static void
test_known_address (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  gboolean known;
  kit_ok (store_known (store, "ann@example.org", &known, error));
  g_assert_false (known);
  kit_record (store, kit_event ("a", "access person 100"));
  kit_ok (store_known (store, "ann@example.org", &known, error));
  g_assert_true (known);
  kit_ok (store_known (store, "nn@example.org", &known, error));
  g_assert_false (known);
}

/* An erasure will leave such a row; what it does to the ledger is in test-ledger. */
static void
test_erased (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreStandingRow) row = store_row_new (&store_table_standing);
  row->who = store_pseudonym (store, "ann@example.org");
  g_assert_true (g_str_has_prefix (row->who, "hmac:") && strlen (row->who) == 69);
  row->category = g_strdup (STORE_EVERY);
  row->reason = g_strdup ("person");
  row->hold = g_strdup ("");
  row->key_version = STORE_KEY_VERSION;
  row->is_out = 1;
  row->received_at = 100;
  row->event = g_strdup ("gone1");
  row->channel = g_strdup ("mail");
  kit_ok (store_begin (store, error));
  kit_ok (store_put (store, row, error));
  kit_ok (store_commit (store, error));
  expect (store, "news person");
  g_assert_cmpstr (kit_blocked (store, "bob@example.org", "news"), ==, "none");
  kit_record (store, kit_event ("a", "opt-in customer-service 200 *"));
  expect (store, "news person");
  kit_record (store, kit_event ("b", "opt-in person 200 *"));
  expect (store, "news none");
}

/* clang-format off */
static const KitStoreTest tests[] = {
  { "an event comes back as it went in, hostile text and all", test_event_comes_back, NULL },
  { "the same wish again is known and changes nothing", test_known, NULL },
  { "the same event again is known, without a key too", test_same_id, NULL },
  { "a fuller copy raises a hold, once, and closes it", test_raised, NULL },
  { "a hold is closed by its own decision, and not raised after it", test_decided_hold, NULL },
  { "what is rolled back was never there", test_rollback, NULL },
  { "a group is one transaction", test_group, NULL },
  { "a clock that goes back leaves the order of rows", test_clock_goes_back, NULL },
  { "a weaker reason overwrites and lifts no stronger one", test_precedence, NULL },
  { "an address is known by any event", test_known_address, NULL },
  { "an erased address is honoured by its keyed hash", test_erased, NULL },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    {
      const KitStoreTest one = { standings[i].name, test_standing, &standings[i] };
      kit_add_tests ("standing", &one, 1);
    }
  kit_add_tests ("store", tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
