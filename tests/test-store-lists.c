/* test-store-lists.c - what store.h promises of listings, for every backend */
#include "store-kit.h"

#include <string.h>

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
test_events (Store *store, gconstpointer data G_GNUC_UNUSED)
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
test_bare_events (Store *store, gconstpointer data G_GNUC_UNUSED)
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
test_each_standing (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  kit_record_for (store, "bob@example.org", "a", "opt-out person 200 * -news");
  kit_record_for (store, "bob@example.org", "b", "opt-out bounce 300 news");
  kit_record_for (store, "ann@example.org", "c", "opt-out complaint 100 *");
  kit_record_for (store, "ann@example.org", "d", "opt-in person 150 news");
  kit_record_for (store, "eve@example.org", "e", "opt-out person 100 *");
  kit_record_for (store, "eve@example.org", "f", "opt-in person 150 *");
  expect_standings (store, &(StoreQuery){ .reason = -1 }, "ann:*:complaint bob:*:person bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .category = "news" }, "bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .category = "offers" },
                    "ann:*:complaint bob:*:person ");
  expect_standings (store, &(StoreQuery){ .reason = STORE_REASON_BOUNCE }, "bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .since_at = 200 }, "bob:*:person bob:news:bounce ");
  expect_standings (store, &(StoreQuery){ .reason = -1, .address = "ann@example.org" }, "ann:*:complaint ");
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
test_pages (Store *store, gconstpointer data G_GNUC_UNUSED)
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
test_standings (Store *store, gconstpointer data G_GNUC_UNUSED)
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
test_lifted_is_not_listed (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) rows = NULL;
  kit_record (store, kit_event ("a", "opt-out complaint 50 *"));
  kit_record (store, kit_event ("b", "opt-in person 100 *"));
  kit_ok (store_standings (store, "ann@example.org", &rows, error));
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((StoreStanding *)rows->pdata[0])->event, ==, "b");
}

/* clang-format off */
static const KitStoreTest tests[] = {
  { "events are listed in order, as asked, until told to stop", test_events, NULL },
  { "events can be read without what is personal", test_bare_events, NULL },
  { "rows that are out are listed by address, as asked", test_each_standing, NULL },
  { "listings go on over pages, and nothing twice", test_pages, NULL },
  { "the standings of an address, strongest first", test_standings, NULL },
  { "what is lifted holds no longer", test_lifted_is_not_listed, NULL },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kit_add_tests ("lists", tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
