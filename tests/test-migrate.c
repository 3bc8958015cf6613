/* test-migrate.c - killed at any write of a migration, a store is of the old schema or of the new one, and
 * whole. */
#include "store-kit.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLED 9
#define ROWS 16 /* events in schema-1.sql */

/* ---- a file system that dies at a write ---- */

/* The calls of a kind of file, and the same with ours among them. */
typedef struct
{
  sqlite3_io_methods dying; /* first: a file points here */
  const sqlite3_io_methods *really;
} Kind;

static int writes_left; /* 0: it never dies */
static Kind kinds[4];
static sqlite3_vfs dying_vfs;
static int (*open_really) (sqlite3_vfs *, const char *, sqlite3_file *, int, int *);

static const sqlite3_io_methods *
really (const sqlite3_file *file)
{
  if (writes_left > 0 && --writes_left == 0)
    _exit (KILLED);
  return ((const Kind *)file->pMethods)->really;
}

static int
dying_write (sqlite3_file *file, const void *octets, int n, sqlite3_int64 at)
{
  return really (file)->xWrite (file, octets, n, at);
}

static int
dying_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return really (file)->xTruncate (file, size);
}

static int
dying_sync (sqlite3_file *file, int flags)
{
  return really (file)->xSync (file, flags);
}

static int
dying_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
  int code = open_really (vfs, name, file, flags, flags_out);
  if (code != SQLITE_OK || file->pMethods == NULL)
    return code;
  guint i = 0;
  while (kinds[i].really != NULL && kinds[i].really != file->pMethods)
    g_assert (++i < G_N_ELEMENTS (kinds));
  kinds[i] = (Kind){ *file->pMethods, file->pMethods };
  kinds[i].dying.xWrite = dying_write;
  kinds[i].dying.xTruncate = dying_truncate;
  kinds[i].dying.xSync = dying_sync;
  file->pMethods = &kinds[i].dying;
  return code;
}

static void
use_dying_files (int after)
{
  writes_left = after;
  dying_vfs = *sqlite3_vfs_find (NULL);
  dying_vfs.zName = "dying";
  open_really = dying_vfs.xOpen;
  dying_vfs.xOpen = dying_open;
  g_assert (sqlite3_vfs_register (&dying_vfs, 1) == SQLITE_OK);
}

/* ---- a store of schema 1 ---- */

static const StoreKeys *
old_keys (void)
{
  static StoreKeys keys;
  static guint8 octets[2][32];
  memset (octets[0], 0x22, 32);
  memset (octets[1], 0x33, 32);
  keys.suppression = g_bytes_new_static (octets[0], 32);
  keys.chain = g_bytes_new_static (octets[1], 32);
  return &keys;
}

static void
make_old (const char *path)
{
  const char *top = g_getenv ("top_srcdir");
  g_autofree char *file
      = g_build_filename (top != NULL ? top : ".", "tests", "migrate", "schema-1.sql", NULL),
      *sql = NULL;
  sqlite3 *db;
  kit_ok (g_file_get_contents (file, &sql, NULL, error));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static int
ask (const char *path, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

/* What the killed one left: opened as it is by SQLite alone, then by us. */
static void
expect_whole (const char *path, const char *url)
{
  int version = ask (path, "PRAGMA user_version");
  int tables = ask (
      path, "SELECT count (*) FROM sqlite_schema WHERE name IN ('request', 'erased', 'partner', 'link')");
  g_assert_true ((version == 1 && tables == 0) || (version == 2 && tables == 4));
  g_autoptr (Store) store = NULL;
  kit_ok ((store = store_open (url, old_keys (), 1000, error)) != NULL);
  g_assert_cmpuint (kit_verify (store), ==, ROWS);
  g_clear_pointer (&store, store_close);
  g_assert_cmpint (ask (path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask (path, "SELECT count (*) FROM request"), ==, 4);
}

/* TRUE: it died on the way. */
static gboolean
migrate_until (const char *url, int write)
{
  pid_t pid = fork ();
  int status;
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      use_dying_files (write);
      Store *store = store_open (url, old_keys (), 1000, NULL);
      gboolean opened = store != NULL;
      store_close (store);
      _exit (opened ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == KILLED));
  return WEXITSTATUS (status) == KILLED;
}

static void
test_killed (void)
{
  gboolean killed = TRUE;
  int write = 0;
  while (killed)
    {
      g_autofree char *folder = kit_folder (), *path = g_build_filename (folder, "consent.db", NULL);
      g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
      make_old (path);
      killed = migrate_until (url, ++write);
      expect_whole (path, url);
      kit_remove (folder);
    }
  g_assert_cmpint (write, >, 10); /* there was something to kill */
  g_test_message ("%d writes", write - 1);
}

/* Reading does not migrate, and writes nothing. */
static void
test_reading (void)
{
  g_autofree char *folder = kit_folder (), *path = g_build_filename (folder, "consent.db", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) failure = NULL;
  make_old (path);
  g_assert_null (store_open_read (url, old_keys (), &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (failure->message, "older program"));
  g_assert_cmpint (ask (path, "PRAGMA user_version"), ==, 1);
  kit_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema 1/looking leaves it as it is", test_reading);
  g_test_add_func ("/schema 1/killed at any write, it is of one schema, and whole", test_killed);
  return g_test_run ();
}
