/* test-partner.c - whom we tell who opted out: keys, what is handed on, what is confirmed, erased addresses.
 */
#include "store-kit.h"

#include <string.h>

static Store *
new_store (void)
{
  Store *store = NULL;
  kit_ok ((store = store_open ("memory:", kit_keys (), 0, error)) != NULL);
  return store;
}

/* ---- what the commands do ---- */

static void
put_partner (Store *store, const char *name, gint64 generation, const char *event_id)
{
  g_autoptr (StoreEvent) event = kit_event (event_id, "partner house 100");
  g_autoptr (StorePartner) partner = store_partner_new ();
  StoreRecorded recorded;
  partner->name = g_strdup (name);
  partner->generation = generation;
  partner->added_at = 100;
  partner->by = g_strdup ("carol");
  partner->event = g_strdup (event_id);
  kit_ok (store_begin (store, error) && store_record (store, event, &recorded, NULL, error)
          && store_partner_put (store, partner, error) && store_commit (store, error));
}

static StorePartner *
get_partner (Store *store, const char *name)
{
  StorePartner *partner = NULL;
  kit_ok (store_partner (store, name, &partner, error));
  return partner;
}

/* Hand on what there is at @at; @expected says what it is: "full 0 3". */
static void
hand (Store *store, const char *name, gboolean full, gint64 at, const char *expected)
{
  g_autoptr (StorePartner) partner = get_partner (store, name);
  g_autoptr (StoreHandover) handover = NULL;
  StoreRecorded recorded;
  kit_ok (store_handover_next (store, partner, full, &handover, error));
  g_autofree char *is
      = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, handover->full ? "full" : "delta",
                         handover->since_seq, handover->upto_seq);
  g_assert_cmpstr (is, ==, expected);
  g_autofree char *id = g_strdup_printf ("hand%s%" G_GINT64_FORMAT, name, handover->number);
  g_autoptr (StoreEvent) event = kit_event (id, "hand-on house 100");
  handover->sha256 = g_strnfill (64, 'a');
  handover->made_at = at;
  handover->by = g_strdup ("carol");
  handover->event = g_strdup (id);
  kit_ok (store_begin (store, error) && store_record (store, event, &recorded, NULL, error)
          && store_hand (store, handover, error) && store_commit (store, error));
}

static gboolean
acknowledge (Store *store, const char *name, gint64 number, gint64 at)
{
  gboolean known = FALSE;
  kit_ok (store_begin (store, error) && store_acknowledge (store, name, number, at, &known, error)
          && store_commit (store, error));
  return known;
}

/* How event @seq reached the partners: "acme 1 made 10 acked 0; ..." */
static char *
told (Store *store, gint64 seq)
{
  g_autoptr (GPtrArray) handovers = NULL;
  GString *text = g_string_new (NULL);
  kit_ok (store_handovers_of (store, seq, &handovers, error));
  for (guint i = 0; i < handovers->len; i++)
    {
      const StoreHandover *handover = handovers->pdata[i];
      g_string_append_printf (
          text, "%s%s %" G_GINT64_FORMAT " made %" G_GINT64_FORMAT " acked %" G_GINT64_FORMAT,
          i > 0 ? "; " : "", handover->partner, handover->number, handover->made_at, handover->acked_at);
    }
  return g_string_free (text, FALSE);
}

static void
assert_told (Store *store, gint64 seq, const char *expected)
{
  g_autofree char *is = told (store, seq);
  g_assert_cmpstr (is, ==, expected);
}

/* What the partner does: it has its key, and addresses of its own to look for. */
static char *
hash_of (Store *store, const char *name, gint64 generation, const char *address)
{
  g_autofree char *hex = store_partner_key (store, name, generation);
  guint8 key[32];
  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, sizeof key, address, -1);
}

typedef struct
{
  Store *store;
  GString *text;
} Reading;

static gboolean
read_entry (const StorePartnerEntry *entry, gpointer data)
{
  static const char *const addresses[]
      = { "ann@example.org", "bob@example.org", "eve@example.org", "seed@example.net" };
  const Reading *reading = data;
  const char *whose = "?";
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *hash = hash_of (reading->store, "acme", entry->generation, addresses[i]);
      if (g_str_equal (hash, entry->hash))
        whose = addresses[i];
    }
  g_autofree char *scope = g_strjoinv (" ", entry->scope), *except = g_strjoinv (" -", entry->except);
  g_string_append_printf (reading->text, "%s%c%.4s%" G_GINT64_FORMAT "[%s%s%s]%s%" G_GINT64_FORMAT,
                          reading->text->len > 0 ? "; " : "", entry->is_out ? '+' : '-', whose,
                          entry->generation, scope, *except != '\0' ? " -" : "", except,
                          entry->no_sharing ? "!" : "@", entry->since_at);
  return TRUE;
}

/* What acme would be told now: "+ann@1[* -offers]@50; ..."; and of how many it cannot be told */
static char *
entries (Store *store, gboolean full, guint64 *unknown_out)
{
  g_autoptr (StorePartner) partner = get_partner (store, "acme");
  g_autoptr (StoreHandover) handover = NULL;
  Reading reading = { store, g_string_new (NULL) };
  kit_ok (store_look (store, error));
  kit_ok (store_handover_next (store, partner, full, &handover, error));
  kit_ok (store_partner_entries (store, partner, handover, read_entry, &reading, unknown_out, error));
  store_look_away (store);
  return g_string_free (reading.text, FALSE);
}

static void
assert_entries (Store *store, gboolean full, const char *expected)
{
  guint64 unknown;
  g_autofree char *is = entries (store, full, &unknown);
  g_assert_cmpstr (is, ==, expected);
  g_assert_cmpuint (unknown, ==, 0);
}

/* An event as kit_event() makes it, of somebody else. */
static void
record (Store *store, const char *id, const char *address, const char *words)
{
  StoreEvent *event = kit_event (id, words);
  g_free (event->address);
  event->address = g_strdup (address);
  kit_record (store, event);
}

/* ---- tests ---- */

static void
test_names (void)
{
  g_assert_true (store_is_partner ("acme-2"));
  g_assert_false (store_is_partner (""));
  g_assert_false (store_is_partner ("Acme"));
  g_assert_false (store_is_partner ("acme mail"));
  g_autofree char *long_one = g_strnfill (65, 'a');
  g_assert_false (store_is_partner (long_one));
  long_one[64] = '\0';
  g_assert_true (store_is_partner (long_one));
}

static void
test_keys (void)
{
  g_autoptr (Store) store = new_store (), again = new_store ();
  g_autofree char *acme = store_partner_key (store, "acme", 1), *same = store_partner_key (again, "acme", 1);
  g_autofree char *next = store_partner_key (store, "acme", 2), *other = store_partner_key (store, "bolt", 1);
  g_assert_cmpuint (strlen (acme), ==, 64);
  g_assert_cmpstr (acme, ==, same);
  g_assert_cmpstr (acme, !=, next);
  g_assert_cmpstr (acme, !=, other);
}

static void
test_rows (void)
{
  g_autoptr (Store) store = new_store ();
  g_autoptr (GPtrArray) partners = NULL;
  g_autoptr (StorePartner) none = get_partner (store, "acme");
  g_assert_null (none);
  put_partner (store, "bolt", 1, "p1");
  put_partner (store, "acme", 1, "p2");
  put_partner (store, "acme", 2, "p3");
  kit_ok (store_partners (store, &partners, error));
  g_assert_cmpuint (partners->len, ==, 2);
  const StorePartner *acme = partners->pdata[0];
  g_assert_cmpstr (acme->name, ==, "acme");
  g_assert_cmpint (acme->generation, ==, 2);
  g_assert_cmpint (acme->added_at, ==, 100);
  g_assert_cmpstr (acme->by, ==, "carol");
  g_assert_cmpstr (acme->event, ==, "p3");
}

static void
test_deltas (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");                        /* 1 */
  kit_record (store, kit_event ("w1", "opt-out person 50 *")); /* 2 */
  hand (store, "acme", FALSE, 10, "full 0 2");                 /* 3 */
  hand (store, "acme", FALSE, 20, "full 0 3");                 /* 4: the first was never confirmed */
  g_assert_true (acknowledge (store, "acme", 1, 30));
  hand (store, "acme", FALSE, 40, "delta 2 4"); /* 5: behind the first, not the second */
  hand (store, "acme", TRUE, 50, "full 0 5");   /* 6 */
  g_assert_true (acknowledge (store, "acme", 4, 60));
  hand (store, "acme", FALSE, 70, "delta 5 6"); /* 7 */
  put_partner (store, "acme", 2, "p2");         /* 8 */
  hand (store, "acme", FALSE, 80, "full 0 8");  /* 9: a new key, a new beginning */
  g_assert_true (acknowledge (store, "acme", 5, 90));
  hand (store, "acme", FALSE, 90, "full 0 9"); /* 10: that was under the old key */
  g_assert_true (acknowledge (store, "acme", 6, 90));
  hand (store, "acme", FALSE, 95, "delta 8 10");
  g_assert_false (acknowledge (store, "acme", 9, 90));
  g_assert_false (acknowledge (store, "bolt", 1, 90));
}

static void
test_told (void)
{
  g_autoptr (Store) store = new_store ();
  kit_record (store, kit_event ("w1", "opt-out person 50 *")); /* 1 */
  assert_told (store, 1, "");
  put_partner (store, "bolt", 1, "p1"); /* 2 */
  put_partner (store, "acme", 1, "p2"); /* 3 */
  assert_told (store, 1, "acme 0 made 0 acked 0; bolt 0 made 0 acked 0");
  hand (store, "acme", FALSE, 10, "full 0 3"); /* 4 */
  hand (store, "acme", FALSE, 20, "full 0 4"); /* 5 */
  assert_told (store, 1, "acme 1 made 10 acked 0; bolt 0 made 0 acked 0");
  kit_record (store, kit_event ("w2", "opt-out person 60 *")); /* 6 */
  hand (store, "acme", FALSE, 30, "full 0 6");                 /* 7 */
  acknowledge (store, "acme", 2, 25);
  acknowledge (store, "acme", 3, 35);
  assert_told (store, 1, "acme 1 made 10 acked 25; bolt 0 made 0 acked 0");
  assert_told (store, 6, "acme 3 made 30 acked 35; bolt 0 made 0 acked 0");
  assert_told (store, 7, "acme 0 made 0 acked 0; bolt 0 made 0 acked 0");
}

/* What one person's events come to. */
/* clang-format off */
static const struct
{
  const char *name, *events[4], *entries;
} scopes[] = {
  { "an opt-out of everything", { "opt-out person 50 *" }, "+ann@1[*]@50" },
  { "an opt-out of two categories, in order", { "opt-out person 50 offers", "opt-out person 40 news" }, "+ann@1[news offers]@40" },
  { "everything but a category", { "opt-out person 50 * -offers" }, "+ann@1[* -offers]@50" },
  { "everything, and back to one category", { "opt-out person 50 *", "opt-in person 60 news" }, "+ann@1[* -news]@50" },
  { "everything but one, and then that one too", { "opt-out person 50 * -offers", "opt-out person 60 offers" }, "+ann@1[*]@50" },
  { "one category, and everything else in again", { "opt-out person 50 *", "opt-in person 60 * -news" }, "+ann@1[news]@50" },
  { "a wish that waits for a person", { "hold review 50 news" }, "+ann@1[news]@50" },
  { "who never was stopped", { "access person 50" }, "" },
  { "who never opted out", { "opt-in person 50 *" }, "" },
  { "who is stopped no longer", { "opt-out person 50 *", "opt-in person 60 *" }, "" },
};
/* clang-format on */

static void
test_scopes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (Store) store = new_store ();
      g_test_message ("%s", scopes[i].name);
      put_partner (store, "acme", 1, "p1");
      for (guint k = 0; k < G_N_ELEMENTS (scopes[i].events) && scopes[i].events[k] != NULL; k++)
        {
          g_autofree char *id = g_strdup_printf ("w%u", k);
          kit_record (store, kit_event (id, scopes[i].events[k]));
        }
      assert_entries (store, TRUE, scopes[i].entries);
    }
}

static void
test_changes (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  record (store, "w1", "eve@example.org", "opt-out person 50 *");
  record (store, "w2", "ann@example.org", "opt-out person 51 *");
  assert_entries (store, FALSE, "+ann@1[*]@51; +eve@1[*]@50");
  hand (store, "acme", FALSE, 10, "full 0 3");
  acknowledge (store, "acme", 1, 20);
  assert_entries (store, FALSE, "");
  record (store, "w3", "ann@example.org", "opt-in person 60 *");
  record (store, "w4", "bob@example.org", "opt-out person 70 news");
  record (store, "w5", "bob@example.org", "opt-out person 80 offers");
  record (store, "w6", "eve@example.org", "access person 90");
  assert_entries (store, FALSE, "-ann@1[]@0; +bob@1[news offers]@70; +eve@1[*]@50");
  hand (store, "acme", FALSE, 30, "delta 3 8");
  record (store, "w7", "ann@example.org", "opt-out person 95 *");
  assert_entries (store, FALSE, "+bob@1[news offers]@70; +eve@1[*]@50; +ann@1[*]@95");
  assert_entries (store, TRUE, "+ann@1[*]@95; +bob@1[news offers]@70; +eve@1[*]@50");
}

static void
test_seed (void)
{
  g_autoptr (Store) store = new_store ();
  g_autoptr (StorePartner) partner = NULL;
  put_partner (store, "acme", 1, "p1");
  partner = get_partner (store, "acme");
  partner->seed = g_strdup ("seed@example.net");
  kit_ok (store_begin (store, error) && store_partner_put (store, partner, error)
          && store_commit (store, error));
  assert_entries (store, TRUE, "+seed1[*]@100");
  record (store, "w1", "ann@example.org", "opt-out person 50 *");
  record (store, "w2", "zoe@example.org", "opt-out person 50 *");
  assert_entries (store, TRUE, "+ann@1[*]@50; +seed1[*]@100; +?1[*]@50");
  hand (store, "acme", FALSE, 10, "full 0 3");
  acknowledge (store, "acme", 1, 20);
  record (store, "w3", "bob@example.org", "opt-out person 60 *");
  assert_entries (store, FALSE, "+bob@1[*]@60");
}

static void
erase (Store *store, const char *id, const char *address)
{
  g_autoptr (StoreEvent) event = kit_event (id, "erased house 200");
  StoreErasure erasure;
  event->details = g_variant_ref_sink (g_variant_new_parsed ("@a{ss} {}"));
  kit_ok (store_begin (store, error) && store_erase (store, address, event, &erasure, error)
          && store_commit (store, error));
  g_assert_cmpstr (erasure.waiting, ==, NULL);
}

/* Of people who are erased a partner goes on hearing, under the key that it had then; who came later does
 * not. */
static void
test_erased (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  record (store, "w1", "ann@example.org", "opt-out person 50 *");
  record (store, "w2", "bob@example.org", "no-sharing person 60");
  record (store, "w3", "eve@example.org", "opt-out person 70 news");
  hand (store, "acme", FALSE, 10, "full 0 4");
  acknowledge (store, "acme", 1, 20);
  record (store, "w4", "eve@example.org", "opt-out person 80 offers");
  erase (store, "e1", "ann@example.org");
  erase (store, "e2", "bob@example.org");
  erase (store, "e3", "eve@example.org");
  /* That they were erased speaks of them too: it does no harm to hear it again. */
  assert_entries (store, FALSE, "+ann@1[*]@50; +bob@1[*]!60; +eve@1[news offers]@70");
  guint64 unknown;
  g_autofree char *before = entries (store, TRUE, &unknown);
  g_assert_nonnull (strstr (before, "+ann@1[*]@50"));
  g_assert_nonnull (strstr (before, "+bob@1[*]!60"));
  g_assert_nonnull (strstr (before, "+eve@1[news offers]@70"));
  put_partner (store, "acme", 2, "p2");
  g_autofree char *after = entries (store, TRUE, &unknown);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (unknown, ==, 0);
  put_partner (store, "bolt", 1, "p3");
  g_autoptr (StorePartner) bolt = get_partner (store, "bolt");
  g_autoptr (StoreHandover) handover = NULL;
  Reading reading = { store, g_string_new (NULL) };
  kit_ok (store_look (store, error));
  kit_ok (store_handover_next (store, bolt, FALSE, &handover, error));
  kit_ok (store_partner_entries (store, bolt, handover, read_entry, &reading, &unknown, error));
  store_look_away (store);
  g_autofree char *text = g_string_free (reading.text, FALSE);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (unknown, ==, 3);
}

/* What an address says that was erased once counts, not what it said then. */
static void
test_back (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  record (store, "w1", "ann@example.org", "opt-out person 50 *");
  erase (store, "e1", "ann@example.org");
  record (store, "w2", "ann@example.org", "opt-in person 300 *");
  assert_entries (store, TRUE, "+ann@1[*]@50; -ann@1[]@0");
  record (store, "w3", "ann@example.org", "opt-out person 400 news");
  assert_entries (store, TRUE, "+ann@1[*]@50; +ann@1[news]@400");
}

/* But not to be passed on was asked for good. */
static void
test_back_no_sharing (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  record (store, "w1", "bob@example.org", "no-sharing person 60");
  erase (store, "e1", "bob@example.org");
  assert_entries (store, TRUE, "+bob@1[*]!60");
  record (store, "w2", "bob@example.org", "opt-out person 300 news");
  assert_entries (store, TRUE, "+bob@1[*]!60; +bob@1[*]!60");
}

static void
link_with (Store *store, const char *id, const char *address, const char *other, const char *words)
{
  StoreEvent *event = kit_event (id, words);
  g_free (event->address);
  event->address = g_strdup (address);
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'other': %s}", other));
  kit_record (store, event);
}

static void
test_links (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  record (store, "w1", "ann@example.org", "opt-out person 50 news");
  hand (store, "acme", FALSE, 10, "full 0 2");
  acknowledge (store, "acme", 1, 20);
  link_with (store, "l1", "ann@example.org", "bob@example.org", "link person 60");
  link_with (store, "l2", "bob@example.org", "ann@example.org", "link person 60");
  assert_entries (store, TRUE, "+ann@1[news]@50; +bob@1[news]@50");
  g_autofree char *both = NULL;
  guint64 unknown;
  both = entries (store, FALSE, &unknown);
  g_assert_true (g_str_has_suffix (both, "+bob@1[news]@50; +ann@1[news]@50"));
  hand (store, "acme", FALSE, 30, "delta 2 5");
  acknowledge (store, "acme", 2, 40);
  record (store, "w2", "ann@example.org", "opt-in person 70 *");
  assert_entries (store, FALSE, "-ann@1[]@0; -bob@1[]@0");
  record (store, "w3", "bob@example.org", "opt-out person 80 offers");
  link_with (store, "l3", "ann@example.org", "bob@example.org", "unlink person 90");
  link_with (store, "l4", "bob@example.org", "ann@example.org", "unlink person 90");
  assert_entries (store, FALSE, "-ann@1[]@0; +bob@1[offers]@80");
}

static void
test_behind (void)
{
  g_autoptr (Store) store = new_store ();
  guint64 count;
  gint64 oldest_at;
  record (store, "w1", "ann@example.org", "opt-out person 50 *");
  record (store, "w2", "bob@example.org", "no-sharing person 30");
  record (store, "w3", "ann@example.org", "opt-in person 20 *");
  record (store, "w4", "eve@example.org", "access person 10");
  kit_ok (store_partner_behind (store, 0, &count, &oldest_at, error));
  g_assert_cmpuint (count, ==, 3);
  g_assert_cmpint (oldest_at, ==, 30);
  kit_ok (store_partner_behind (store, 2, &count, &oldest_at, error));
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (oldest_at, ==, 0);
}

/* Two people hand on to the same partner: the second has to do it again. */
static void
test_race (void)
{
  g_autoptr (Store) store = new_store ();
  put_partner (store, "acme", 1, "p1");
  g_autoptr (StorePartner) partner = get_partner (store, "acme");
  g_autoptr (StoreHandover) late = NULL;
  g_autoptr (GError) busy = NULL;
  kit_ok (store_handover_next (store, partner, FALSE, &late, error));
  hand (store, "acme", FALSE, 10, "full 0 1");
  late->sha256 = g_strnfill (64, 'a');
  late->made_at = 11;
  late->by = g_strdup ("dora");
  late->event = g_strdup ("late");
  g_assert_true (store_begin (store, NULL));
  g_assert_false (store_hand (store, late, &busy));
  g_assert_error (busy, STORE_ERROR, STORE_ERROR_BUSY);
  store_rollback (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partner/a name is made of lower case, digits and hyphens", test_names);
  g_test_add_func ("/partner/each partner and each generation has a key of its own, the same every time",
                   test_keys);
  g_test_add_func ("/partner/a partner is added and changed", test_rows);
  g_test_add_func ("/partner/a delta goes on behind what was confirmed under the same key", test_deltas);
  g_test_add_func ("/partner/of each event it is known when each partner was told", test_told);
  g_test_add_func ("/partner/what a person is stopped of is one entry", test_scopes);
  g_test_add_func ("/partner/a delta has each address that was spoken of, once, as it is now", test_changes);
  g_test_add_func ("/partner/the seed stands among everybody, and in no delta", test_seed);
  g_test_add_func ("/partner/of people who are erased partners go on hearing", test_erased);
  g_test_add_func ("/partner/an address that is used again after an erasure speaks for itself", test_back);
  g_test_add_func ("/partner/but what it asked not to be passed on stays so", test_back_no_sharing);
  g_test_add_func ("/partner/linked addresses are told of together", test_links);
  g_test_add_func ("/partner/what a partner does not know is counted, with the age of its oldest stop",
                   test_behind);
  g_test_add_func ("/partner/of two who hand on at once the second is told so", test_race);
  return g_test_run ();
}
