/* test-store-sqlite.c - the file: whose it is, and what it must look like. */
#include "internal.h"
#include "store-kit.h"
#include "store-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The room's statfs() is ours: a path with "/network" in it lies on NFS. */
int
statfs (const char *path, struct statfs *fs)
{
  int done = (int)syscall (SYS_statfs, path, fs);
  if (done == 0 && strstr (path, "/network") != NULL)
    fs->f_type = 0x6969;
  return done;
}

static void
expect_refused (const char *url, StoreError code, const char *why)
{
  for (int read_only = 0; read_only < 2; read_only++)
    {
      g_autoptr (GError) failure = NULL;
      g_assert_null (read_only ? store_open_read (url, kit_keys (), &failure)
                               : store_open (url, kit_keys (), 100, &failure));
      g_assert_error (failure, STORE_ERROR, (int)code);
      if (strstr (failure->message, why) == NULL || strchr (failure->message, '\n') != NULL)
        g_error ("wanted \"%s\" in \"%s\"", why, failure->message);
    }
}

static int
query_number (StoreSqlite *sqlite, const char *sql)
{
  sqlite3_stmt *statement;
  g_assert_cmpint (sqlite3_prepare_v2 (sqlite->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

/* ---- opening ---- */

static void
test_missing (void)
{
  g_auto (KitPlace) place;
  kit_place_init (&place);
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, "there is no store");
  g_assert_cmpint (g_rmdir (place.folder), ==, 0); /* nothing was made */
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, place.folder);
  expect_refused ("sqlite:", STORE_ERROR_UNAVAILABLE, "not a path");
  expect_refused ("sqlite:/tmp/x?mode=memory", STORE_ERROR_UNAVAILABLE, "not a path");
}

static void
test_create (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *lock = g_strconcat (place.path, ".lock", NULL),
                  *nowhere = g_strconcat (place.url, "/none/a.db", NULL);
  g_autoptr (GError) twice = NULL, folder = NULL;
  GStatBuf status;
  g_assert_cmpint (g_stat (place.path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (lock, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  g_assert_false (store_create (place.url, kit_keys (), &twice));
  g_assert_error (twice, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (twice->message, "exists already"));
  g_assert_cmpuint (kit_verify (store), ==, 1);
  g_assert_false (store_create (nowhere, kit_keys (), &folder));
  g_assert_error (folder, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (folder->message, "the folder"));
}

static void
test_settings (void)
{
  static const struct
  {
    const char *sql;
    int want;
  } settings[] = {
    { "PRAGMA synchronous", 3 },
    { "PRAGMA secure_delete", 1 },
    { "PRAGMA foreign_keys", 1 },
    { "PRAGMA trusted_schema", 0 },
    { "PRAGMA mmap_size", 0 },
    { "PRAGMA cell_size_check", 1 },
    { "PRAGMA application_id", 0x4f505454 },
    { "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
  };
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (query_number (store->self, settings[i].sql) != settings[i].want)
      g_error ("%s is not %d", settings[i].sql, settings[i].want);
}

/* What is no store of ours is refused, and not an octet of it is changed. */
static void
expect_untouched (const char *contents, gsize length, StoreError code, const char *why)
{
  g_auto (KitPlace) place;
  g_autofree char *after = NULL;
  gsize after_length;
  kit_place_init (&place);
  kit_ok (g_file_set_contents (place.path, contents, (gssize)length, error));
  expect_refused (place.url, code, why);
  kit_ok (g_file_get_contents (place.path, &after, &after_length, error));
  g_assert_cmpmem (contents, length, after, after_length);
}

static void
test_not_a_database (void)
{
  g_autofree guint8 *random = g_malloc (20000);
  for (guint i = 0; i < 20000; i++)
    random[i] = (guint8)(i * 167 + i / 7);
  expect_untouched ("", 0, STORE_ERROR_CORRUPT, "not a store of ours");
  expect_untouched ("From ann@example.org\n", 21, STORE_ERROR_CORRUPT, "not a database");
  expect_untouched ((char *)random, 20000, STORE_ERROR_CORRUPT, "not a database");
  memcpy (random, "SQLite format 3", 16);
  expect_untouched ((char *)random, 20000, STORE_ERROR_CORRUPT, "");
}

static void
test_another_database (void)
{
  g_auto (KitPlace) place;
  g_autofree char *contents = NULL;
  gsize length;
  kit_place_init (&place);
  kit_sql (place.path, "CREATE TABLE event (id TEXT); INSERT INTO event VALUES ('x')");
  kit_ok (g_file_get_contents (place.path, &contents, &length, error));
  expect_untouched (contents, length, STORE_ERROR_CORRUPT, "not a store of ours");
}

static void
test_newer (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_clear_pointer (&store, store_close);
  kit_sql (place.path, "PRAGMA user_version = 1000");
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, "is of a newer program");
}

/* Pages that were overwritten: opening says so, or else the audit. */
static void
test_damaged (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *contents = NULL, *fault = NULL;
  g_autoptr (GError) failure = NULL;
  guint64 count;
  gsize length;
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      kit_record (store, kit_event (id, "opt-out person 100 *"));
    }
  g_clear_pointer (&store, store_close);
  kit_sql (place.path, "PRAGMA wal_checkpoint (TRUNCATE)");
  kit_ok (g_file_get_contents (place.path, &contents, &length, error));

  memset (contents + length - 8192, 0xa5, 8192);
  kit_ok (g_file_set_contents (place.path, contents, (gssize)length, error));
  store = kit_open (place.url);
  if (!store_verify (store, &count, &fault, &failure))
    g_assert_error (failure, STORE_ERROR, STORE_ERROR_CORRUPT);
  g_assert_true (failure != NULL || fault != NULL);
  g_clear_pointer (&store, store_close);

  memset (contents + 4096, 0xa5, length - 4096);
  kit_ok (g_file_set_contents (place.path, contents, (gssize)length, error));
  expect_refused (place.url, STORE_ERROR_CORRUPT, "malformed");
}

static void
test_links (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *other = g_build_filename (place.folder, "other.db", NULL),
                  *url = g_strconcat ("sqlite:", other, NULL);
  g_clear_pointer (&store, store_close);
  g_assert_cmpint (symlink (place.path, other), ==, 0);
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "symbolic link");
  g_unlink (other);
  g_assert_cmpint (link (place.path, other), ==, 0);
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "second name");
  g_unlink (other);
  g_assert_cmpint (mkfifo (other, 0600), ==, 0);
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "not a file");
  g_unlink (other);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "not a file");

  g_autofree char *lock = g_strconcat (place.path, ".lock", NULL);
  g_autoptr (GError) failure = NULL;
  g_unlink (lock);
  g_assert_cmpint (symlink (place.path, lock), ==, 0);
  g_assert_null (store_open (place.url, kit_keys (), 0, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
}

static void
test_folder_of_links (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = NULL;
  kit_place_init (&place);
  g_autofree char *real = g_build_filename (place.folder, "real", NULL),
                  *alias = g_build_filename (place.folder, "alias", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", alias, "/a.db", NULL);
  g_assert_cmpint (g_mkdir (real, 0700), ==, 0);
  g_assert_cmpint (symlink (real, alias), ==, 0);
  kit_ok (store_create (url, kit_keys (), error)); /* as /var/run is one */
  store = kit_open (url);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
}

static void
test_network (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = NULL;
  g_autoptr (GError) failure = NULL;
  kit_place_init (&place);
  g_autofree char *folder = g_build_filename (place.folder, "network", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", folder, "/a.db", NULL),
                  *forced = g_strconcat (url, "?force-network=yes", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (store_create (url, kit_keys (), &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  kit_ok (store_create (forced, kit_keys (), error));
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "network file system");
  store = kit_open (forced);
}

static void
test_moved_away (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autoptr (GError) failure = NULL;
  g_autofree char *old = g_strconcat (place.path, ".old", NULL);
  kit_ok (store_in_place (store, error));
  g_assert_cmpint (g_rename (place.path, old), ==, 0);
  g_assert_false (store_in_place (store, NULL));
  g_assert_false (store_begin (store, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  kit_ok (store_create (place.url, kit_keys (), error));
  g_clear_error (&failure);
  g_assert_false (store_in_place (store, NULL));
  g_assert_false (store_begin (store, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
}

/* Who has the old one open, with a long log that it would copy back and remove by its name, does the new one
 * no harm. */
static void
test_restored (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) old = kit_make (&place), copy = NULL, restored = NULL;
  g_autofree char *file = g_build_filename (place.folder, "copy.db", NULL), *aside = NULL,
                  *url = g_strconcat ("sqlite:", file, NULL), *text = g_strnfill (700000, 'x');
  const StoreCopying how = { .at = 1000, .timeout_ms = 1000 };
  g_autoptr (GError) failure = NULL;
  guint64 count;
  kit_record (old, kit_event ("a", "opt-out person 100 *"));
  kit_ok (store_copy (old, file, &how, &count, error));
  g_assert_cmpuint (count, ==, 1);
  StoreEvent *big = kit_event ("big", "opt-out person 200 news");
  big->details = g_variant_ref_sink (g_variant_new_parsed ("{'words': %s}", text));
  kit_record (old, big);

  kit_ok ((copy = store_open_read (url, kit_keys (), error)) != NULL);
  kit_ok (store_restore (place.url, copy, "before", &how, &aside, error));
  g_assert_false (store_begin (old, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  g_clear_error (&failure);
  g_assert_false (store_look (old, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  restored = kit_open (place.url);
  kit_record (restored, kit_event ("b", "opt-out person 300 *"));
  g_clear_pointer (&old, store_close);
  g_clear_pointer (&restored, store_close);
  restored = kit_open (place.url);
  g_assert_cmpuint (kit_verify (restored), ==, 2);
  g_clear_pointer (&restored, store_close);
  g_free (url);
  url = g_strconcat ("sqlite:", aside, NULL);
  restored = kit_open (url);
  g_assert_cmpuint (kit_verify (restored), ==, 2); /* "a" and "big": its log went with it */
}

/* ---- shapes ---- */

static const struct
{
  const char *address;
  gboolean good;
} addresses[] = {
  { "ann@example.org", TRUE },
  { "a@b", TRUE },
  { "a@b@example.org", TRUE },
  { "john doe@example.org", TRUE },
  { "ann+tag@example.org", TRUE },
  { "Ann@example.org", TRUE }, /* the case of the local part is the parser's */
  { "jos\xc3\xa9@example.org", TRUE },
  { "' OR 1=1--@example.org", TRUE },
  { "x*[?]%_@example.org", TRUE },
  { "a@", FALSE },
  { "@b", FALSE },
  { "a@b@", FALSE },
  { "ab", FALSE },
  { "@@", FALSE },
  { "", FALSE },
  { "ann@Example.org", FALSE },
  { "a\nb@example.org", FALSE },
  { "a\x7f"
    "b@example.org",
    FALSE },
  { "ann@exam\tple.org", FALSE },
};

/* The room's assert and the schema's CHECK are one opinion (ARCHITECTURE, point 6). */
static void
expect_opinion (StoreSqlite *sqlite, const char *address, gboolean good)
{
  static const char *const inserts[] = {
    "INSERT INTO person VALUES (1, 1, 's', ?1, NULL, NULL, '{}')",
    "INSERT INTO standing VALUES (?1, '*', 'person', '', 1, 1, 1, NULL, 'e', 'mail')",
  };
  g_assert_cmpint (store_is_address (address), ==, good);
  for (guint i = 0; i < G_N_ELEMENTS (inserts); i++)
    {
      sqlite3_stmt *statement;
      sqlite3_exec (sqlite->db, "PRAGMA foreign_keys = OFF; BEGIN", NULL, NULL, NULL);
      g_assert_cmpint (sqlite3_prepare_v2 (sqlite->db, inserts[i], -1, &statement, NULL), ==, SQLITE_OK);
      sqlite3_bind_text (statement, 1, address, -1, SQLITE_STATIC);
      if ((sqlite3_step (statement) == SQLITE_DONE) != good)
        g_error ("the schema thinks otherwise of \"%s\"", address);
      sqlite3_finalize (statement);
      sqlite3_exec (sqlite->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

static void
test_addresses (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *local = g_strnfill (308, 'a');
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    expect_opinion (store->self, addresses[i].address, addresses[i].good);
  for (guint length = 307; length <= 308; length++)
    {
      g_autofree char *address = g_strdup_printf ("%.*s@example.orgg", (int)length, local);
      expect_opinion (store->self, address, strlen (address) <= 320);
    }
}

/* ---- held mails ---- */

static void
keep (Store *store, const char *id, gboolean done)
{
  g_autoptr (StoreHeld) held = store_held_new ();
  g_autoptr (GBytes) mail = g_bytes_new_static ("Subject: x\n", 11);
  g_autoptr (GError) failure = NULL;
  held->id = g_strdup (id);
  held->why = g_strdup ("question");
  held->summary = g_strdup ("ann@example.org: how?");
  kit_ok (store_begin (store, error));
  g_assert_cmpint (store_hold (store, held, mail, &failure), ==, done);
  if (done)
    kit_ok (store_commit (store, error));
  else
    g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  store_rollback (store);
}

static void
test_held_files (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *folder = g_strconcat (place.path, ".held", NULL),
                  *file = g_build_filename (folder, "h1.eml", NULL),
                  *stale = g_build_filename (folder, "h1.new", NULL),
                  *other = g_build_filename (folder, "h2.eml", NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) mail = NULL;
  GStatBuf status;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  kit_ok (g_file_set_contents (stale, "half", 4, error)); /* left by a crash */
  keep (store, "h1", TRUE);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_assert_cmpint (status.st_size, ==, 11);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));

  keep (store, "h2", TRUE);
  g_unlink (other);
  g_assert_cmpint (symlink (file, other), ==, 0);
  g_assert_false (store_held_get (store, "h2", &held, &mail, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  g_unlink (other);
  g_clear_error (&failure);
  g_assert_false (store_held_get (store, "h2", &held, &mail, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
}

static void
test_held_folder (void)
{
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  g_autofree char *folder = g_strconcat (place.path, ".held", NULL),
                  *away = g_build_filename (place.folder, "away", NULL);
  GStatBuf status;
  g_assert_cmpint (g_mkdir (away, 0700), ==, 0);
  g_assert_cmpint (symlink (away, folder), ==, 0);
  keep (store, "h1", FALSE);
  g_unlink (folder);
  keep (store, "h1", TRUE);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0700);
}

int
main (int argc, char **argv)
{
  /* clang-format off */
  static const struct { const char *name; GTestFunc run; } cases[] = {
    { "/opening/a store that is missing is not made", test_missing },
    { "/opening/a store is made once, for its owner alone", test_create },
    { "/opening/the settings are the safe ones", test_settings },
    { "/opening/what is no database is left untouched", test_not_a_database },
    { "/opening/another program's database is left untouched", test_another_database },
    { "/opening/a newer schema is refused", test_newer },
    { "/opening/a damaged page is reported", test_damaged },
    { "/opening/links, pipes and folders are refused", test_links },
    { "/opening/a folder may be reached by a link", test_folder_of_links },
    { "/opening/a network file system is refused unless forced", test_network },
    { "/opening/a database that was moved away is not written to", test_moved_away },
    { "/opening/a store that was replaced under us does the new one no harm", test_restored },
    { "/shapes/the schema and the room agree on addresses", test_addresses },
    { "/held/files are whole, ours alone, and no links", test_held_files },
    { "/held/the folder is ours alone, and no link", test_held_folder },
  };
  /* clang-format on */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_func (cases[i].name, cases[i].run);
  return g_test_run ();
}
