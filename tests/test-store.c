/* test-store.c - what store.h promises, sentence by sentence, for every backend; also for the one that the
 * environment names in OPTOUT_TEST_STORE, a URL in which "@" becomes the number of the case: each begins with
 * a store of its own. */
#include "internal.h"
#include "store-kit.h"

#include <string.h>

typedef struct
{
  const char *backend; /* "memory", "sqlite", or a URL */
  void (*run) (Store *store);
  const struct standing_case *standing;
} Case;

/* ---- a store for a case ---- */

static char *
url_of (const Case *c, const char *folder)
{
  static guint number;
  g_autofree char *text = g_strdup_printf ("%u", ++number);
  if (g_str_equal (c->backend, "memory"))
    return g_strdup ("memory:");
  if (g_str_equal (c->backend, "sqlite"))
    return g_strdup_printf ("sqlite:%s/store.db", folder);
  g_auto (GStrv) part = g_strsplit (c->backend, "@", -1);
  return g_strjoinv (text, part);
}

static void
run_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *folder = kit_folder (), *url = url_of (c, folder);
  g_autoptr (Store) store = NULL;
  kit_ok (store_create (url, kit_keys (), error));
  kit_ok ((store = store_open (url, kit_keys (), 1000, error)) != NULL);
  c->run (store);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* ---- what holds: events in any order, then who may be mailed ---- */

struct standing_case
{
  const char *name;
  const char *events[5];
  const char *want; /* "category reason" for each category asked; reason "none": may be mailed */
};
/* clang-format off */
static const struct standing_case standings[] = {
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
expect (Store *store, const char *want)
{
  g_auto (GStrv) word = g_strsplit (want, " ", -1);
  for (guint i = 0; word[i] != NULL; i += 2)
    g_assert_cmpstr (kit_blocked (store, "ann@example.org", word[i]), ==, word[i + 1]);
}

static void
run_standing (gconstpointer data)
{
  const Case *c = data;
  guint n = 0;
  while (n < G_N_ELEMENTS (c->standing->events) && c->standing->events[n] != NULL)
    n++;
  for (int direction = 0; direction < 2; direction++)
    {
      g_autofree char *folder = kit_folder (), *url = url_of (c, folder);
      g_autoptr (Store) store = NULL;
      kit_ok (store_create (url, kit_keys (), error));
      kit_ok ((store = store_open (url, kit_keys (), 1000, error)) != NULL);
      for (guint i = 0; i < n; i++)
        {
          guint at = direction == 0 ? i : n - 1 - i;
          g_autofree char *id = g_strdup_printf ("e%u", at);
          kit_record (store, kit_event (id, c->standing->events[at]));
        }
      expect (store, c->standing->want);
      g_assert_cmpuint (kit_verify (store), ==, n);
      g_clear_pointer (&store, store_close);
      kit_remove (folder);
    }
}

/* ---- events ---- */

#define NASTY "' OR 1=1--\"; DROP TABLE event; \\ %s%n ${x} $(id) \xc3\xa9\xe2\x80\xae"

static StoreEvent *
nasty_event (void)
{
  StoreEvent *event = kit_event ("nasty1", "opt-out person 123 *");
  g_strfreev (event->scope);
  event->scope = g_strsplit ("*|" NASTY, "|", -1);
  event->except = g_strsplit (NASTY "2|b", "|", -1);
  g_free (event->address);
  event->address = g_strdup ("x' or '1'='1@"
                             "evil\\\".example");
  g_free (event->by);
  event->by = g_strdup (NASTY "\n\x1b[1m");
  g_free (event->channel);
  event->channel = g_strdup (NASTY);
  g_free (event->program);
  event->program = g_strdup (NASTY);
  event->related = g_strdup ("other1");
  event->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "wish", -1);
  event->confirmation = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "text", -1);
  event->details
      = g_variant_ref_sink (g_variant_new_parsed ("{'words': %s, '': '', 'note': 'a\\nb\\tc\\x07'}", NASTY));
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
test_event_comes_back (Store *store)
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
  g_assert_cmpstr (kit_blocked (store, event->address, NASTY), ==, "person");
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
test_known (Store *store)
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
test_same_id (Store *store)
{
  g_assert_cmpint (kit_record (store, kit_event ("a", "opt-out customer-service 100 *")), ==, STORE_RECORDED);
  g_assert_cmpint (kit_record (store, kit_event ("a", "opt-out customer-service 100 *")), ==, STORE_KNOWN);
  g_assert_cmpint (kit_record (store, kit_event ("b", "opt-out customer-service 100 *")), ==, STORE_RECORDED);
  g_assert_cmpuint (kit_verify (store), ==, 2);
}

static void
hold_mail (Store *store, const char *id, const char *text)
{
  g_autoptr (StoreHeld) held = store_held_new ();
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  held->id = g_strdup (id);
  held->event = g_strdup (id);
  held->address = g_strdup ("ann@example.org");
  held->why = g_strdup ("question");
  held->summary = g_strdup (NASTY);
  held->held_at = 500;
  kit_ok (store_hold (store, held, mail, error));
}

static void
test_raised (Store *store)
{
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) mail = NULL;
  g_autoptr (StoreEvent) newest = NULL;
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "the wish", -1);
  StoreRecorded recorded;
  g_autoptr (StoreEvent) hold = keyed ("hold1", "hold review 100 *");
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, hold, &recorded, NULL, error));
  hold_mail (store, "hold1", "half a mail");
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
test_decided_hold (Store *store)
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
test_rollback (Store *store)
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
  hold_mail (store, "h1", "x");
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
test_group (Store *store)
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
test_clock_goes_back (Store *store)
{
  g_autoptr (StoreEvent) later = kit_event ("b", "opt-in person 100 *");
  StoreRecorded recorded;
  later->recorded_at = -5;
  kit_record (store, kit_event ("a", "opt-out person 4102444800 *")); /* beyond 2038 */
  kit_ok (kit_try (store, later, &recorded, error));
  g_assert_cmpint (later->seq, ==, 2);
  expect (store, "news person");
}

/* ---- listing ---- */

typedef struct
{
  GString *text;
  guint count, most;
} List;

static gboolean
list_event (const StoreEvent *event, gpointer data)
{
  List *list = data;
  g_string_append_printf (list->text, "%s ", event->id);
  return ++list->count != list->most;
}

static gboolean
list_standing (const char *address, const StoreStanding *standing, gpointer data)
{
  List *list = data;
  g_string_append_printf (list->text, "%.3s:%s:%s ", address, standing->category,
                          store_reason_name (standing->reason));
  return ++list->count != list->most;
}

static void
expect_events (Store *store, const StoreQuery *query, guint most, const char *want)
{
  g_autoptr (GString) text = g_string_new (NULL);
  List list = { text, 0, most };
  kit_ok (store_events (store, query, list_event, &list, error));
  g_assert_cmpstr (text->str, ==, want);
}

static void
test_events (Store *store)
{
  StoreEvent *other = kit_event ("c", "opt-out complaint 300 * -news");
  g_free (other->address);
  other->address = g_strdup ("bob@example.org");
  kit_record (store, kit_event ("a", "opt-out person 200 news offers"));
  kit_record (store, kit_event ("b", "opt-in person 100 *"));
  kit_record (store, other);
  expect_events (store, &(StoreQuery){ .reason = -1 }, 0, "a b c ");
  expect_events (store, &(StoreQuery){ .reason = -1 }, 2, "a b ");
  expect_events (store, &(StoreQuery){ .reason = -1, .address = "bob@example.org" }, 0, "c ");
  expect_events (store, &(StoreQuery){ .reason = -1, .address = "eve@example.org" }, 0, "");
  expect_events (store, &(StoreQuery){ .reason = -1, .category = "news" }, 0, "a b ");
  expect_events (store, &(StoreQuery){ .reason = -1, .category = "other" }, 0, "b c ");
  expect_events (store, &(StoreQuery){ .reason = -1, .since_at = 200 }, 0, "a c ");
  expect_events (store, &(StoreQuery){ .reason = STORE_REASON_COMPLAINT }, 0, "c ");
  expect_events (store, &(StoreQuery){ .reason = STORE_REASON_COMPLAINT, .bare = TRUE }, 0, "c ");
  expect_events (
      store, &(StoreQuery){ .reason = STORE_REASON_PERSON, .address = "ann@example.org", .since_at = 150 }, 0,
      "a ");
}

static gboolean
assert_bare (const StoreEvent *event, gpointer data)
{
  g_assert_null (event->address);
  g_assert_null (event->details);
  g_assert_cmpint (event->received_at, ==, 200);
  g_assert_true (g_strv_contains ((const char *const *)event->scope, "news"));
  ++*(guint *)data;
  return TRUE;
}

static void
test_bare_events (Store *store)
{
  guint seen = 0;
  kit_record (store, kit_event ("a", "opt-out person 200 news offers"));
  kit_ok (store_events (store, &(StoreQuery){ .reason = -1, .bare = TRUE }, assert_bare, &seen, error));
  g_assert_cmpuint (seen, ==, 1);
}

static void
expect_standings (Store *store, const StoreQuery *query, const char *want)
{
  g_autoptr (GString) text = g_string_new (NULL);
  List list = { text, 0, 0 };
  kit_ok (store_each_standing (store, query, list_standing, &list, error));
  g_assert_cmpstr (text->str, ==, want);
}

static void
record_for (Store *store, const char *address, const char *id, const char *words)
{
  StoreEvent *event = kit_event (id, words);
  g_free (event->address);
  event->address = g_strdup (address);
  kit_record (store, event);
}

static void
test_each_standing (Store *store)
{
  record_for (store, "bob@example.org", "a", "opt-out person 200 * -news");
  record_for (store, "bob@example.org", "b", "opt-out bounce 300 news");
  record_for (store, "ann@example.org", "c", "opt-out complaint 100 *");
  record_for (store, "ann@example.org", "d", "opt-in person 150 news");
  record_for (store, "eve@example.org", "e", "opt-out person 100 *");
  record_for (store, "eve@example.org", "f", "opt-in person 150 *");
  expect_standings (store, &(StoreQuery){ .reason = -1 }, "ann:*:complaint bob:*:person bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .category = "news" }, "bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .category = "offers" },
                    "ann:*:complaint bob:*:person ");
  expect_standings (store, &(StoreQuery){ .reason = STORE_REASON_BOUNCE }, "bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .since_at = 200 }, "bob:*:person bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .address = "ann@example.org" }, "ann:*:complaint ");
}

/* FIELD section 4, 22, whole: every reason against every other, and against every opt-in, before it, at the
 * same second and after it. What is stopped twice is lifted only by what lifts both. */
static void
test_precedence (Store *store)
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
            record_for (store, address, id, one);
            record_for (store, address, id2, two);
            if (opt_ins[in].words != NULL)
              {
                g_autofree char *words = g_strdup_printf ("%s %d *", opt_ins[in].words, times[t]);
                record_for (store, address, id3, words);
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

static gboolean
count_standing (const char *address, const StoreStanding *standing G_GNUC_UNUSED, gpointer data)
{
  g_assert_true (g_hash_table_add (data, g_strconcat (address, " ", standing->category, NULL)));
  return TRUE;
}

static gboolean
count_event (const StoreEvent *event, gpointer data)
{
  gint64 *seq = data;
  g_assert_cmpint (event->seq, ==, ++*seq);
  g_assert_nonnull (event->address);
  return TRUE;
}

static void
test_pages (Store *store)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 seq = 0;
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 1300; i++) /* one address has more rows than a page */
    {
      g_autofree char *id = g_strdup_printf ("e%u", i),
                      *words = g_strdup_printf ("opt-out person 100 c%u", i);
      g_autoptr (StoreEvent) event = kit_event (id, words);
      StoreRecorded recorded;
      g_free (event->address);
      event->address = i < 1100 ? g_strdup ("ann@example.org") : g_strdup_printf ("b%04u@example.org", i);
      kit_ok (store_record (store, event, &recorded, NULL, error));
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_each_standing (store, &(StoreQuery){ .reason = -1 }, count_standing, seen, error));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 1300);
  kit_ok (store_events (store, &(StoreQuery){ .reason = -1 }, count_event, &seq, error));
  g_assert_cmpint (seq, ==, 1300);
  seq = 0;
  kit_ok (store_events (store, &(StoreQuery){ .reason = -1, .address = "ann@example.org" }, count_event, &seq,
                        error));
  g_assert_cmpint (seq, ==, 1100);
  g_assert_cmpuint (kit_verify (store), ==, 1300);
}

static void
test_standings (Store *store)
{
  g_autoptr (GPtrArray) rows = NULL;
  kit_record (store, kit_event ("a", "opt-out bounce 50 *"));
  kit_record (store, kit_event ("b", "opt-out person 100 * -offers"));
  kit_record (store, kit_event ("c", "opt-in person 200 news"));
  kit_ok (store_standings (store, "ann@example.org", &rows, error));
  g_assert_cmpuint (rows->len, ==, 3);
  const StoreStanding *first = rows->pdata[0], *second = rows->pdata[1], *third = rows->pdata[2];
  g_assert_cmpstr (first->category, ==, "*");
  g_assert_cmpstr (first->except[0], ==, "offers");
  g_assert_true (first->out && !second->out && third->out);
  g_assert_cmpstr (second->category, ==, "news");
  g_assert_cmpstr (second->event, ==, "c");
  g_assert_cmpint (second->at, ==, 200);
  g_assert_cmpint (third->reason, ==, STORE_REASON_BOUNCE);
}

static void
test_lifted_is_not_listed (Store *store)
{
  g_autoptr (GPtrArray) rows = NULL;
  kit_record (store, kit_event ("a", "opt-out complaint 50 *"));
  kit_record (store, kit_event ("b", "opt-in person 100 *"));
  kit_ok (store_standings (store, "ann@example.org", &rows, error));
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((StoreStanding *)rows->pdata[0])->event, ==, "b");
}

static void
test_known_address (Store *store)
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
test_erased (Store *store)
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

/* ---- replies ---- */

static void
queue (Store *store, const char *id, gint64 at)
{
  g_autoptr (StoreReply) reply = kit_reply (id, at);
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, NULL, 0, error));
  kit_ok (store_commit (store, error));
}

/* The id of the reply that is claimed, or NULL. */
static char *
claim (Store *store, const char *id, gboolean uncertain, gint64 now)
{
  g_autoptr (StoreReply) reply = NULL;
  kit_ok (store_claim (store, id, uncertain, now, &reply, error));
  return reply != NULL ? g_strdup (reply->id) : NULL;
}

#define assert_claim(store, id, uncertain, now, want)                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *claimed = claim (store, id, uncertain, now);                                            \
    g_assert_cmpstr (claimed, ==, want);                                                                     \
  }                                                                                                          \
  G_STMT_END

static void
assert_counts (Store *store, guint waiting, guint sending, guint sent, guint uncertain, guint failed)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  kit_ok (store_reply_counts (store, counts, error));
  g_assert_cmpuint (counts[STORE_REPLY_WAITING], ==, waiting);
  g_assert_cmpuint (counts[STORE_REPLY_SENDING], ==, sending);
  g_assert_cmpuint (counts[STORE_REPLY_SENT], ==, sent);
  g_assert_cmpuint (counts[STORE_REPLY_UNCERTAIN], ==, uncertain);
  g_assert_cmpuint (counts[STORE_REPLY_FAILED], ==, failed);
}

static void
test_reply_once (Store *store)
{
  g_autoptr (StoreReply) reply = NULL, want = kit_reply ("r1", 100);
  queue (store, "r1", 100);
  queue (store, "r1", 100);
  assert_counts (store, 1, 0, 0, 0, 0);
  assert_claim (store, NULL, FALSE, 99, NULL);
  kit_ok (store_claim (store, NULL, FALSE, 100, &reply, error));
  g_assert_cmpstr (reply->recipient, ==, "ann@example.org");
  g_assert_cmpstr (reply->sender, ==, "");
  g_assert_null (reply->event);
  g_assert_true (g_bytes_equal (reply->mail, want->mail));
  g_assert_cmpuint (reply->tries, ==, 1);
  g_assert_cmpint (reply->state, ==, STORE_REPLY_SENDING);
  assert_claim (store, NULL, TRUE, 100, NULL);
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 900, 0, NULL, error));
  assert_counts (store, 0, 0, 1, 0, 0);
  kit_ok (store_settle (store, "r1", STORE_REPLY_WAITING, 900, 0, NULL, error)); /* too late: it is sent */
  queue (store, "r1", 100);
  assert_counts (store, 0, 0, 1, 0, 0);
  assert_claim (store, "r1", TRUE, 99999, NULL);
}

static void
test_reply_of (Store *store)
{
  g_autoptr (StoreReply) found = NULL, sent = NULL, none = NULL, reply = kit_reply ("r1", 100);
  g_free (reply->event);
  reply->event = g_strdup ("e1");
  kit_record (store, kit_event ("e1", "opt-out person 90 *"));
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, NULL, 0, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_reply_of (store, "e2", &none, error));
  g_assert_null (none);
  kit_ok (store_reply_of (store, "e1", &found, error));
  g_assert_cmpstr (found->id, ==, "r1");
  g_assert_cmpint (found->state, ==, STORE_REPLY_WAITING);
  g_autofree char *claimed = claim (store, "r1", FALSE, 100);
  kit_ok (store_settle (store, claimed, STORE_REPLY_SENT, 150, 0, NULL, error));
  kit_ok (store_reply_of (store, "e1", &sent, error));
  g_assert_cmpint (sent->state, ==, STORE_REPLY_SENT);
  g_assert_cmpint (sent->settled_at, ==, 150);
}

static void
test_reply_again (Store *store)
{
  g_autoptr (StoreReply) reply = NULL;
  queue (store, "r1", 100);
  queue (store, "r2", 90);
  assert_claim (store, NULL, FALSE, 100, "r2");
  kit_ok (store_settle (store, "r2", STORE_REPLY_WAITING, 900, 300, "451 later", error));
  assert_claim (store, "r2", FALSE, 299, NULL);
  assert_claim (store, "r1", FALSE, 299, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_FAILED, 900, 0, "550 no", error));
  kit_ok (store_claim (store, NULL, FALSE, 300, &reply, error));
  g_assert_cmpstr (reply->last_error, ==, "451 later");
  g_assert_cmpuint (reply->tries, ==, 2);
  assert_counts (store, 0, 1, 0, 0, 1);
  assert_claim (store, "nobody", TRUE, 300, NULL);
}

static gboolean
list_reply (const StoreReply *reply, gpointer data)
{
  g_string_append_printf (data, "%s %s asked %" G_GINT64_FORMAT " settled %" G_GINT64_FORMAT "\n", reply->id,
                          store_reply_state_name (reply->state), reply->asked_at, reply->settled_at);
  return reply->id[0] < 'r' || reply->id[1] < '3';
}

static void
test_reply_times (Store *store)
{
  g_autoptr (StoreReply) answer = kit_reply ("r1", 100);
  g_autoptr (GString) text = g_string_new (NULL);
  answer->event = g_strdup ("a");
  kit_record (store, kit_event ("a", "opt-out person 40 *"));
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, answer, NULL, 0, error));
  kit_ok (store_commit (store, error));
  for (guint i = 2; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      queue (store, id, 100 + i);
    }
  assert_claim (store, "r1", FALSE, 200, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 210, 0, NULL, error));
  assert_claim (store, "r2", FALSE, 200, "r2");
  kit_ok (store_settle (store, "r2", STORE_REPLY_WAITING, 220, 300, "451 later", error));
  kit_ok (store_each_reply (store, list_reply, text, error));
  g_assert_cmpstr (text->str, ==,
                   "r1 sent asked 40 settled 210\nr2 waiting asked 0 settled 220\n"
                   "r3 waiting asked 0 settled 0\n");
}

static void
test_reply_uncertain (Store *store)
{
  queue (store, "r1", 100);
  assert_claim (store, NULL, FALSE, 100, "r1");
  assert_claim (store, NULL, FALSE, 3700, NULL);
  assert_counts (store, 0, 1, 0, 0, 0);
  assert_claim (store, NULL, FALSE, 3701, NULL);
  assert_counts (store, 0, 0, 0, 1, 0);
  assert_claim (store, "r1", FALSE, 3701, NULL);
  queue (store, "r2", 3702);
  assert_claim (store, NULL, TRUE, 3702, "r2");
  assert_claim (store, NULL, TRUE, 3702, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 900, 0, NULL, error));
  assert_claim (store, NULL, TRUE, 200, NULL); /* the clock was set back: the claim of r2 is in the future */
  assert_counts (store, 0, 1, 1, 0, 0);
  assert_claim (store, NULL, FALSE, 50, NULL);
  assert_counts (store, 0, 0, 1, 1, 0);
}

static void
test_budget (Store *store)
{
  const StoreBudget budgets[] = { { "all", 5, 3600 }, { "address:ann@example.org:opt-out:*", 1, 604800 } };
  g_autoptr (StoreReply) reply = kit_reply ("r1", 1000);
  g_autoptr (GPtrArray) rows = NULL;
  int refused;
  kit_ok (store_budget (store, budgets, 2, 1000, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, budgets, 2, error));
  kit_ok (store_budget (store, budgets, 2, 1000, &refused, error));
  g_assert_cmpint (refused, ==, 1); /* seen within the transaction */
  kit_ok (store_commit (store, error));
  kit_ok (store_budget (store, budgets, 1, 1000, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_budget (store, budgets, 2, 1000 + 604799, &refused, error));
  g_assert_cmpint (refused, ==, 1);
  kit_ok (store_budget (store, budgets, 2, 1000 + 604800, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_budget (store, &(StoreBudget){ "none", 0, 10 }, 1, 0, &refused, error));
  g_assert_cmpint (refused, ==, 0);
  kit_ok (store_find (store, &(StoreFind){ .table = &store_table_budget }, &rows, error));
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (store_is_digest (((StoreBudgetRow *)rows->pdata[i])->name));
}

static guint64
count_budget (Store *store)
{
  guint64 count;
  kit_ok (store_count (store, &(StoreFind){ .table = &store_table_budget }, &count, error));
  return count;
}

static void
test_budget_dropped (Store *store)
{
  const StoreBudget budgets[] = { { "short", 1, 10 }, { "long", 100000, 100000 } };
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autoptr (StoreReply) reply = kit_reply (id, 1000);
      kit_ok (store_queue (store, reply, budgets, 2, error));
    }
  g_assert_cmpuint (count_budget (store), ==, 1200); /* all of them count still */
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autoptr (StoreReply) reply = kit_reply (id, 2000);
      kit_ok (store_queue (store, reply, &budgets[1], 1, error));
    }
  g_assert_cmpuint (count_budget (store), ==, 1000); /* the oldest went, no more than that */
  kit_ok (store_commit (store, error));
}

/* ---- held mails ---- */

static void
test_held (Store *store)
{
  g_autoptr (GPtrArray) open = NULL, all = NULL, left = NULL;
  g_autoptr (StoreHeld) held = NULL, none = NULL, decided = NULL;
  g_autoptr (GBytes) mail = NULL, gone = NULL;
  g_autoptr (StoreHeld) early = store_held_new ();
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\r\n\xff", 4);
  early->id = g_strdup ("h2");
  early->why = g_strdup ("unscanned");
  early->summary = g_strdup ("");
  early->sender = g_strdup (NASTY);
  early->held_at = 400;
  kit_ok (store_begin (store, error));
  hold_mail (store, "h1", "first");
  hold_mail (store, "h1", "second");
  kit_ok (store_hold (store, early, bytes, error));
  kit_ok (store_commit (store, error));

  kit_ok (store_held_list (store, FALSE, &open, error));
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpstr (((StoreHeld *)open->pdata[0])->id, ==, "h2");
  g_assert_cmpstr (((StoreHeld *)open->pdata[0])->sender, ==, NASTY);
  kit_ok (store_held_get (store, "h1", &held, &mail, error));
  g_assert_cmpstr (held->summary, ==, NASTY);
  g_assert_cmpstr (held->event, ==, "h1");
  g_assert_cmpuint (g_bytes_get_size (mail), ==, 5);
  kit_ok (store_held_get (store, "nobody", &none, NULL, error));
  g_assert_null (none);

  kit_ok (store_begin (store, error));
  kit_ok (store_held_decide (store, "h2", "reject", "carol", 900, error));
  store_rollback (store);
  g_clear_pointer (&mail, g_bytes_unref);
  kit_ok (store_held_get (store, "h2", &none, &mail, error));
  g_assert_true (g_bytes_equal (mail, bytes));

  kit_ok (store_begin (store, error));
  kit_ok (store_held_decide (store, "h2", "reject", "carol", 900, error));
  kit_ok (store_held_decide (store, "h2", "accept", "dave", 901, error));
  kit_ok (store_held_decide (store, "nobody", "accept", "dave", 901, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_held_get (store, "h2", &decided, &gone, error));
  g_assert_null (gone);
  g_assert_cmpstr (decided->decision, ==, "reject");
  g_assert_cmpstr (decided->by, ==, "carol");
  g_assert_cmpint (decided->decided_at, ==, 900);
  kit_ok (store_held_list (store, FALSE, &left, error));
  g_assert_cmpuint (left->len, ==, 1);
  kit_ok (store_held_list (store, TRUE, &all, error));
  g_assert_cmpuint (all->len, ==, 2);
}

static gboolean
count_held (const StoreHeld *held, gpointer data)
{
  g_assert_cmpint (held->held_at, ==, 500);
  ++*(guint *)data;
  return TRUE;
}

static void
test_each_held (Store *store)
{
  guint seen = 0;
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 600; i++) /* more than a page */
    {
      g_autofree char *id = g_strdup_printf ("h%u", i);
      hold_mail (store, id, "x");
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_each_held (store, count_held, &seen, error));
  g_assert_cmpuint (seen, ==, 600);
}

static void
test_marks (Store *store)
{
  g_autofree char *none = NULL, *value = NULL;
  kit_ok (store_mark_get (store, "digest-sent-at", &none, error));
  g_assert_null (none);
  kit_ok (store_begin (store, error));
  kit_ok (store_mark_set (store, "digest-sent-at", "1", error));
  kit_ok (store_mark_set (store, "digest-sent-at", NASTY, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_mark_get (store, "digest-sent-at", &value, error));
  g_assert_cmpstr (value, ==, NASTY);
}

/* clang-format off */
static const struct { const char *name; void (*run) (Store *store); } cases[] = {
  { "an event comes back as it went in, hostile text and all", test_event_comes_back },
  { "the same wish again is known and changes nothing", test_known },
  { "the same event again is known, without a key too", test_same_id },
  { "a fuller copy raises a hold, once, and closes it", test_raised },
  { "a hold is closed by its own decision, and not raised after it", test_decided_hold },
  { "what is rolled back was never there", test_rollback },
  { "a group is one transaction", test_group },
  { "a clock that goes back leaves the order of rows", test_clock_goes_back },
  { "events are listed in order, as asked, until told to stop", test_events },
  { "events can be read without what is personal", test_bare_events },
  { "rows that are out are listed by address, as asked", test_each_standing },
  { "a weaker reason overwrites and lifts no stronger one", test_precedence },
  { "listings go on over pages, and nothing twice", test_pages },
  { "the standings of an address, strongest first", test_standings },
  { "what is lifted holds no longer", test_lifted_is_not_listed },
  { "an address is known by any event", test_known_address },
  { "an erased address is honoured by its keyed hash", test_erased },
  { "a reply is queued, claimed and sent once", test_reply_once },
  { "the reply to an event is found by it", test_reply_of },
  { "a reply that failed for now is due again later", test_reply_again },
  { "replies are listed with the times of wish and sending", test_reply_times },
  { "a claim an hour old is uncertain, and sent again only on demand", test_reply_uncertain },
  { "a budget counts in its transaction, by name, for its time", test_budget },
  { "budgets that count no longer are dropped, but for a thousand", test_budget_dropped },
  { "a held mail is whole until it is decided", test_held },
  { "held mails are listed page by page", test_each_held },
  { "a mark is set and read", test_marks },
};
/* clang-format on */

static void
add_case (const char *backend, const char *name, GTestDataFunc run, const Case *model)
{
  const char *label = strchr (backend, ':') != NULL ? "environment" : backend;
  g_autofree char *path = g_strdup_printf ("/%s/%s", label, name);
  g_strdelimit (path + strlen (label) + 2, "/", '-');
  Case *c = g_new (Case, 1);
  *c = *model;
  c->backend = backend;
  g_test_add_data_func_full (path, c, run, g_free);
}

int
main (int argc, char **argv)
{
  const char *const backends[] = { "memory", "sqlite", g_getenv ("OPTOUT_TEST_STORE"), NULL };
  g_test_init (&argc, &argv, NULL);
  for (guint b = 0; backends[b] != NULL; b++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
        add_case (backends[b], standings[i].name, run_standing, &(Case){ .standing = &standings[i] });
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        add_case (backends[b], cases[i].name, run_case, &(Case){ .run = cases[i].run });
    }
  return g_test_run ();
}
