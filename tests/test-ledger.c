/* test-ledger.c - nobody alters the ledger unseen, and an erasure leaves it whole. */
#include "internal.h"
#include "store-kit.h"

#include <sqlite3.h>
#include <string.h>

#define ROWS 7

/* A store with six events, closed; the caller removes the folder. */
static char *
make_store (const char *folder)
{
  static const char *const words[ROWS] = { "opt-out person 100 *", "opt-in person 200 news",
                                           "hold review 300 *",    "opt-out bounce 400 * -offers",
                                           "access person 500",    "opt-out complaint 600 news",
                                           "import house 700" };
  char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (Store) store = kit_store (folder, "sqlite");
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i + 1);
      kit_record (store, kit_event (id, words[i]));
    }
  return path;
}

static Store *
open_store (const char *path, const StoreKeys *keys)
{
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  Store *store = NULL;
  kit_ok ((store = store_open (url, keys, 1000, error)) != NULL);
  return store;
}

static void
tamper (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
expect_fault (const char *path, const StoreKeys *keys, const char *want)
{
  g_autoptr (Store) store = open_store (path, keys);
  g_autofree char *fault = NULL;
  guint64 count;
  kit_ok (store_verify (store, &count, &fault, error));
  g_assert_nonnull (fault);
  if (strstr (fault, want) == NULL)
    g_error ("wanted \"%s\" in \"%s\"", want, fault);
  g_assert_null (strchr (fault, '\n'));
}

/* clang-format off */
static const struct tampering { const char *name, *sql, *want; gboolean refuses; } tamperings[] = {
  { "a row is missing", "DELETE FROM event WHERE seq = 3", "row 3: missing", FALSE },
  { "the first row is missing", "DELETE FROM event WHERE seq = 1", "row 1: missing", FALSE },
  { "a row is missing and those behind it moved up",
    "DELETE FROM person WHERE seq = 3; DELETE FROM event WHERE seq = 3;"
    "UPDATE event SET seq = seq - 1 WHERE seq > 3; UPDATE person SET seq = seq - 1 WHERE seq > 3",
    "row 3, event e4: altered, inserted or moved", TRUE },
  { "two rows changed places",
    "UPDATE event SET seq = 99 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 99",
    "row 3, event e4: altered, inserted or moved", FALSE },
  { "a row was inserted",
    "UPDATE event SET seq = 8 WHERE seq = 7; UPDATE event SET seq = 7 WHERE seq = 6; UPDATE event SET seq = 6 WHERE seq = 5; UPDATE event SET seq = 5 WHERE seq = 4;"
    "INSERT INTO event SELECT 4, 'forged', action, reason, received_at, recorded_at, channel, scope, kept, wish, actor, related,"
    " program, confirmation, digest, mac FROM event WHERE seq = 3",
    "row 4, event forged: altered, inserted or moved", TRUE },
  { "a row was added at the end",
    "INSERT INTO event SELECT 8, 'forged', action, reason, received_at, recorded_at, channel, scope, kept, wish, actor, related,"
    " program, confirmation, digest, mac FROM event WHERE seq = 7",
    "row 8: inserted behind the end", TRUE },
  { "the last row was cut off", "DELETE FROM event WHERE seq = 7", "row 7: missing: the end of the ledger was cut off", TRUE },
  { "the last three rows were cut off", "DELETE FROM event WHERE seq > 4", "row 5: missing: the end", TRUE },
  { "all rows were cut off", "DELETE FROM event", "row 1: missing: the end", TRUE },
  { "the seal is gone", "DELETE FROM mark WHERE name = '.ledger'", "seal", TRUE },
  { "the seal's count was altered to fit a cut tail",
    "DELETE FROM event WHERE seq = 7; UPDATE mark SET value = '6' || substr (value, 2) WHERE name = '.ledger'", "seal", TRUE },
  { "the seal is no seal", "UPDATE mark SET value = 'x' WHERE name = '.ledger'", "seal", TRUE },
  { "a personal part was removed without an erasure", "DELETE FROM person WHERE seq = 3", "row 3: its personal part", FALSE },
  { "personal parts changed places",
    "UPDATE person SET seq = 99 WHERE seq = 2; UPDATE person SET seq = 2 WHERE seq = 3; UPDATE person SET seq = 3 WHERE seq = 99",
    "row 2, event e2: its address or details were altered", FALSE },
  { "a mail that waits for a decision was taken out of the list", "DELETE FROM held", "the mail held as e3 waits for a decision", FALSE },
  { "a mail that waits for a decision was said to be decided", "UPDATE held SET decided_at = 5, decision = 'reject', actor = 'eve'",
    "the mail held as e3 waits for a decision", FALSE },
  { "details were altered", "UPDATE person SET details = '@a{ss} {}' || ' ' WHERE seq = 3",
    "row 3, event e3: its address or details were altered", FALSE },
  { "details were removed and their salt was not", "UPDATE person SET details = NULL WHERE seq = 3",
    "row 3, event e3: its address or details were altered", FALSE },
  { "the salt of details was removed", "UPDATE person SET evidence_salt = NULL WHERE seq = 3",
    "row 3, event e3: its address or details were altered", FALSE },
  { "an event of the house was given an address", "UPDATE person SET address = 'ann@example.org' WHERE seq = 7",
    "row 7, event e7: its address or details were altered", FALSE },
  { "a standing was removed", "DELETE FROM standing WHERE category = 'news'", "the standing of ann@example.org is not what", FALSE },
  { "every standing was removed", "DELETE FROM standing", "the standing of ann@example.org is not what", FALSE },
  { "a standing was turned", "UPDATE standing SET is_out = 1 - is_out", "the standing of ann@example.org is not what", FALSE },
  { "a standing was made later", "UPDATE standing SET received_at = received_at + 1", "the standing of ann@example.org is not what", FALSE },
  { "a standing of somebody of whom the ledger knows nothing",
    "INSERT INTO standing SELECT 'bob@example.org', category, reason, hold, key_version, is_out, received_at, kept, event, channel"
    " FROM standing LIMIT 1", "the standing of bob@example.org rests on no event", FALSE },
  { "a standing of an erased person without an event",
    "INSERT INTO standing VALUES ('hmac:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', '*', 'person', '', 1, 1, 5,"
    " '', 'e99', 'mail')", "rests on no event", FALSE },
};
/* clang-format on */

static void
test_tampering (gconstpointer data)
{
  const struct tampering *t = data;
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  tamper (path, t->sql);
  expect_fault (path, kit_keys (), t->want);

  /* Where the end does not fit the seal, nothing more is written. */
  g_autoptr (Store) store = open_store (path, kit_keys ());
  g_autoptr (StoreEvent) event = kit_event ("more", "opt-out person 700 *");
  g_autoptr (GError) failure = NULL;
  StoreRecorded recorded;
  g_assert_cmpint (kit_try (store, event, &recorded, &failure), ==, !t->refuses);
  if (t->refuses)
    g_assert_error (failure, STORE_ERROR, STORE_ERROR_CORRUPT);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* A schema without NOT NULL, as only a tampered database has it: an error, and no end of the program. */
static void
expect_null_refused (const char *table, const char *column)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  static const char sql[]
      = "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace (sql, 'NOT NULL', '') WHERE type = 'table'";
  g_autofree char *null = g_strdup_printf ("UPDATE %s SET %s = NULL", table, column);
  tamper (path, sql);
  tamper (path, null);
  g_autoptr (Store) store = open_store (path, kit_keys ());
  g_autoptr (StoreStanding) blocked = NULL;
  g_autoptr (GError) why = NULL;
  g_autofree char *fault = NULL;
  guint64 count;
  if (!store_verify (store, &count, &fault, &why))
    g_assert_error (why, STORE_ERROR, STORE_ERROR_CORRUPT);
  else
    g_assert_nonnull (fault);
  g_clear_error (&why);
  if (!store_check (store, "ann@example.org", "news", &blocked, &why))
    g_assert_error (why, STORE_ERROR, STORE_ERROR_CORRUPT);
  else
    g_assert_nonnull (blocked);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_nulls (void)
{
  expect_null_refused ("event", "action");
  expect_null_refused ("event", "mac");
  expect_null_refused ("person", "salt");
  expect_null_refused ("standing", "is_out");
  expect_null_refused ("standing", "event");
  expect_null_refused ("mark", "value");
}

static void
expect_altered (const StoreTable *table, const char *column, const char *want)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = coalesce (%s, '') || '0' WHERE seq = 3",
                                          table->name, column, column);
  tamper (path, sql);
  expect_fault (path, kit_keys (), want);
  kit_remove (folder);
}

static void
test_every_column (void)
{
  for (guint i = 1; i < store_table_event.n_columns; i++)
    expect_altered (&store_table_event, store_table_event.columns[i].name, "row 3, event e3");
  for (guint i = 2; i < store_table_person.n_columns; i++)
    expect_altered (&store_table_person, store_table_person.columns[i].name,
                    "row 3, event e3: its address or details");
}

static void
test_other_key (void)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  const StoreKeys other = { .suppression = kit_keys ()->suppression, .chain = kit_keys ()->suppression };
  expect_fault (path, &other, "seal");
  g_autoptr (Store) store = open_store (path, &other);
  g_autoptr (StoreEvent) event = kit_event ("more", "opt-out person 700 *");
  g_autoptr (GError) failure = NULL;
  StoreRecorded recorded;
  g_assert_false (kit_try (store, event, &recorded, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_CORRUPT);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_erasure (void)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  g_autoptr (StoreEvent) event = NULL;
  g_autoptr (Store) store = open_store (path, kit_keys ());
  StoreEvent *no
      = kit_event ("no", "reject customer-service 650"); /* what waits for a decision is not erased */
  no->related = g_strdup ("e3");
  kit_record (store, no);
  StoreErasure erasure = kit_erase (store, "ann@example.org");
  g_assert_cmpuint (erasure.events, ==, ROWS); /* one is of the house, one decided */
  g_assert_cmpuint (kit_verify (store), ==, ROWS + 2);
  kit_ok (store_event (store, "e3", &event, error));
  g_assert_null (event->address);
  g_assert_null (event->details);
  kit_record (store, kit_event ("more", "opt-out person 700 *"));
  g_assert_cmpuint (kit_verify (store), ==, ROWS + 3);
  g_clear_pointer (&store, store_close);
  tamper (path, "DELETE FROM person WHERE seq = 10");
  expect_fault (path, kit_keys (), "its personal part is missing");
  kit_remove (folder);
}

/* The same event twice: the digests differ by their salt, so that they cannot be compared with a guess. */
static void
test_salt (void)
{
  g_autoptr (Store) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  kit_ok ((store = store_open ("memory:", kit_keys (), 0, error)) != NULL);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  kit_record (store, kit_event ("b", "opt-out person 100 *"));
  kit_ok (store_find (store, &(StoreFind){ .table = &store_table_event }, &rows, error));
  g_assert_cmpstr (((StoreEventRow *)rows->pdata[0])->digest, !=, ((StoreEventRow *)rows->pdata[1])->digest);
}

/* Fields that run into each other, or are absent, are other fields. */
static void
test_fields (void)
{
  static const char *const fields[][2] = { { "ab", "c" },   { "a", "bc" }, { "abc", "" },  { "abc", NULL },
                                           { NULL, "abc" }, { "", "abc" }, { "1:a;", "" }, { "-", "" } };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (Store) store = NULL;
  kit_ok ((store = store_open ("memory:", kit_keys (), 0, error)) != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (StoreEventRow) row = store_row_new (&store_table_event);
      row->related = g_strdup (fields[i][0]);
      row->program = g_strdup (fields[i][1]);
      g_assert_true (g_hash_table_add (seen, store_chain_mac (store->chains[store->chain].mac, "", row)));
    }
}

/* ---- from one key to the next ---- */

/* kit_keys(), followed by another key; @upto: the first is retired behind that row. */
static StoreKeys
two_keys (gint64 upto)
{
  return (StoreKeys){
    .suppression = kit_keys ()->suppression,
    .chain = g_bytes_new_static ("another-key-of-32-octets--------", 32),
    .older = { { kit_keys ()->chain, upto } },
    .n_older = 1,
  };
}

static void
rekey (Store *store, const char *id)
{
  g_autoptr (StoreEvent) event = kit_event (id, "keys house 900 chain.2");
  kit_ok (store_begin (store, error));
  kit_ok (store_rekey (store, event, error));
  kit_ok (store_commit (store, error));
}

static void
test_rekey (void)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  const StoreKeys both = two_keys (0);
  g_autoptr (Store) store = open_store (path, &both);
  guint64 before = kit_verify (store);
  guint number;
  kit_ok (store_chain_number (store, &number, error));
  g_assert_cmpuint (number, ==, 1); /* a key that nobody has begun to use changes nothing */
  rekey (store, "change");
  kit_record (store, kit_event ("more", "opt-out person 1000 *"));
  g_assert_cmpuint (kit_verify (store), ==, before + 2);
  g_clear_pointer (&store, store_close);

  const StoreKeys retired = two_keys ((gint64)before + 1), early = two_keys ((gint64)before - 1);
  store = open_store (path, &retired);
  g_assert_cmpuint (kit_verify (store), ==, before + 2);
  kit_record (store, kit_event ("last", "opt-out person 1100 *"));
  g_clear_pointer (&store, store_close);
  expect_fault (path, &early, "retired before it");
  expect_fault (path, kit_keys (), "seal"); /* a program that runs with the old key alone */
  kit_remove (folder);
}

/* What can be done with a key that was given up: nothing. */
static void
test_retired_key (void)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  const StoreKeys retired = two_keys (100), both = two_keys (0);
  g_autoptr (StoreEvent) event = kit_event ("more", "opt-out person 1000 *");
  g_autoptr (GError) failure = NULL;
  StoreRecorded recorded;
  expect_fault (path, &retired,
                "retired"); /* the ledger as it was before the change: cut off in front of it */
  g_autoptr (Store) store = open_store (path, &retired);
  g_assert_false (kit_try (store, event, &recorded, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_CORRUPT);
  g_clear_pointer (&store, store_close);

  /* An event that names the new key, and a seal that is not under it. */
  store = open_store (path, kit_keys ());
  kit_record (store, kit_event ("change", "keys house 900 chain.2"));
  g_clear_pointer (&store, store_close);
  expect_fault (path, &both, "another key than the ledger is under");
  kit_remove (folder);
}

static void
test_rekey_undone (void)
{
  g_autofree char *folder = kit_folder (), *path = make_store (folder);
  const StoreKeys both = two_keys (0);
  g_autoptr (Store) store = open_store (path, &both);
  g_autoptr (StoreEvent) event = kit_event ("change", "keys house 900 chain.2");
  guint64 before = kit_verify (store);
  kit_ok (store_begin (store, error));
  kit_ok (store_rekey (store, event, error));
  store_rollback (store);
  kit_record (store, kit_event ("more", "opt-out person 1000 *"));
  g_clear_pointer (&store, store_close);
  store = open_store (path, kit_keys ());
  g_assert_cmpuint (kit_verify (store), ==, before + 1);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* Details are kept as text, whatever stands in them. */
static void
test_details (void)
{
  static const char *const values[] = { "",
                                        "it's \"quoted\"",
                                        "back\\slash\\",
                                        "two\nlines\tand \x01\x1f\x7f",
                                        "\\u0041",
                                        "z\xc3\xbcrich \xf0\x9f\x93\xae",
                                        "\xc2\x85\xe2\x80\xae",
                                        "{'a': 'b'}" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (StoreEvent) event = kit_event ("a", "opt-out person 100 *"), again = NULL;
      g_autoptr (StoreEventRow) row = store_event_to_row (event);
      GVariantBuilder builder;
      g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
      g_variant_builder_add (&builder, "{ss}", "words", values[i]);
      g_variant_builder_add (&builder, "{ss}", values[i], "as a name");
      event->details = g_variant_ref_sink (g_variant_builder_end (&builder));
      g_autoptr (StorePersonRow) person = store_event_to_person (event);
      kit_ok ((again = store_event_from_rows (row, person, error)) != NULL);
      g_assert_cmpstr (store_event_detail (again, "words"), ==, values[i]);
      g_assert_cmpstr (store_event_detail (again, values[i]), ==, "as a name");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/tampering/", tamperings[i].name, NULL);
      g_test_add_data_func (path, &tamperings[i], test_tampering);
    }
  g_test_add_func ("/details are read again as they were, whatever stands in them", test_details);
  g_test_add_func ("/tampering/any column that is altered shows", test_every_column);
  g_test_add_func ("/tampering/a column that is NULL ends no program", test_nulls);
  g_test_add_func ("/tampering/another key does not fit", test_other_key);
  g_test_add_func ("/an erasure that the seal knows of leaves the chain whole", test_erasure);
  g_test_add_func ("/the same person has another digest each time", test_salt);
  g_test_add_func ("/no two lists of fields have the same MAC", test_fields);
  g_test_add_func ("/keys/the ledger verifies over a change of its key", test_rekey);
  g_test_add_func ("/keys/one that is retired seals nothing", test_retired_key);
  g_test_add_func ("/keys/a change that is rolled back leaves no trace", test_rekey_undone);
  return g_test_run ();
}
