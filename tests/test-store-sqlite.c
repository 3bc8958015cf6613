/* test-store-sqlite.c - the file: whose it is, who may touch it, what is left after the worst. */
#define _GNU_SOURCE
#include "internal.h"
#include "store-kit.h"
#include "store-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

/* The room's statfs() is ours: a path with "/network" in it lies on NFS. */
int
statfs (const char *path, struct statfs *fs)
{
  int done = (int)syscall (SYS_statfs, path, fs);
  if (done == 0 && strstr (path, "/network") != NULL)
    fs->f_type = 0x6969;
  return done;
}

typedef struct
{
  char *folder, *path, *url;
} Place;

static void
place_init (Place *place)
{
  place->folder = kit_folder ();
  place->path = g_build_filename (place->folder, "store.db", NULL);
  place->url = g_strconcat ("sqlite:", place->path, NULL);
}

static void
place_clear (Place *place)
{
  kit_remove (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static Store *
open_url (const char *url)
{
  Store *store = NULL;
  kit_ok ((store = store_open (url, kit_keys (), 20000, error)) != NULL);
  return store;
}

static Store *
make_store (Place *place)
{
  place_init (place);
  kit_ok (store_create (place->url, kit_keys (), error));
  return open_url (place->url);
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

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
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
  g_auto (Place) place;
  place_init (&place);
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, "there is no store");
  g_assert_cmpint (g_rmdir (place.folder), ==, 0); /* nothing was made */
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, place.folder);
  expect_refused ("sqlite:", STORE_ERROR_UNAVAILABLE, "not a path");
  expect_refused ("sqlite:/tmp/x?mode=memory", STORE_ERROR_UNAVAILABLE, "not a path");
}

static void
test_create (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (query_number (store->self, settings[i].sql) != settings[i].want)
      g_error ("%s is not %d", settings[i].sql, settings[i].want);
}

/* What is no store of ours is refused, and not an octet of it is changed. */
static void
expect_untouched (const char *contents, gsize length, StoreError code, const char *why)
{
  g_auto (Place) place;
  g_autofree char *after = NULL;
  gsize after_length;
  place_init (&place);
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
  g_auto (Place) place;
  g_autofree char *contents = NULL;
  gsize length;
  place_init (&place);
  run_sql (place.path, "CREATE TABLE event (id TEXT); INSERT INTO event VALUES ('x')");
  kit_ok (g_file_get_contents (place.path, &contents, &length, error));
  expect_untouched (contents, length, STORE_ERROR_CORRUPT, "not a store of ours");
}

static void
test_newer (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  g_clear_pointer (&store, store_close);
  run_sql (place.path, "PRAGMA user_version = 1000");
  expect_refused (place.url, STORE_ERROR_UNAVAILABLE, "is of a newer program");
}

/* Pages that were overwritten: opening says so, or else the audit. */
static void
test_damaged (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  run_sql (place.path, "PRAGMA wal_checkpoint (TRUNCATE)");
  kit_ok (g_file_get_contents (place.path, &contents, &length, error));

  memset (contents + length - 8192, 0xa5, 8192);
  kit_ok (g_file_set_contents (place.path, contents, (gssize)length, error));
  store = open_url (place.url);
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
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  g_auto (Place) place;
  g_autoptr (Store) store = NULL;
  place_init (&place);
  g_autofree char *real = g_build_filename (place.folder, "real", NULL),
                  *alias = g_build_filename (place.folder, "alias", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", alias, "/a.db", NULL);
  g_assert_cmpint (g_mkdir (real, 0700), ==, 0);
  g_assert_cmpint (symlink (real, alias), ==, 0);
  kit_ok (store_create (url, kit_keys (), error)); /* as /var/run is one */
  store = open_url (url);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
}

static void
test_network (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = NULL;
  g_autoptr (GError) failure = NULL;
  place_init (&place);
  g_autofree char *folder = g_build_filename (place.folder, "network", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", folder, "/a.db", NULL),
                  *forced = g_strconcat (url, "?force-network=yes", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (store_create (url, kit_keys (), &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
  kit_ok (store_create (forced, kit_keys (), error));
  expect_refused (url, STORE_ERROR_UNAVAILABLE, "network file system");
  store = open_url (forced);
}

static void
test_moved_away (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  g_auto (Place) place;
  g_autoptr (Store) old = make_store (&place), copy = NULL, restored = NULL;
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
  restored = open_url (place.url);
  kit_record (restored, kit_event ("b", "opt-out person 300 *"));
  g_clear_pointer (&old, store_close);
  g_clear_pointer (&restored, store_close);
  restored = open_url (place.url);
  g_assert_cmpuint (kit_verify (restored), ==, 2);
  g_clear_pointer (&restored, store_close);
  g_free (url);
  url = g_strconcat ("sqlite:", aside, NULL);
  restored = open_url (url);
  g_assert_cmpuint (kit_verify (restored), ==, 2); /* "a" and "big": its log went with it */
}

/* ---- children ---- */

typedef int (*ChildFunc) (const char *url, int number);

static pid_t
start (ChildFunc func, const char *url, int number)
{
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (func (url, number));
  return pid;
}

static int
finish (pid_t pid)
{
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

/* Not root: as nobody if we are. */
static gboolean
become_nobody (void)
{
  return geteuid () != 0 || (setgid (NOBODY) == 0 && setuid (NOBODY) == 0);
}

static int
child_read_only (const char *url, int number)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (Store) writing = NULL, reading = NULL;
  gboolean readable = number != 0;
  if (!become_nobody ())
    return 2;
  writing = store_open (url, kit_keys (), 100, &failure);
  if (writing != NULL || !g_error_matches (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE))
    return 3;
  reading = store_open_read (url, kit_keys (), NULL);
  if ((reading != NULL) != readable)
    return 4;
  return readable && g_str_equal (kit_blocked (reading, "ann@example.org", "news"), "none") ? 5 : 0;
}

static void
test_read_only (void)
{
  static const char *const files[] = { "", ".lock", "-wal", "-shm" };
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  guint owner = geteuid () == 0 ? NOBODY : geteuid ();
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  g_clear_pointer (&store, store_close);
  g_assert_cmpint (chown (place.folder, owner, (gid_t)-1), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat (place.path, files[i], NULL);
      g_assert_true (chown (path, owner, (gid_t)-1) == 0 || errno == ENOENT);
    }
  g_assert_cmpint (g_chmod (place.path, 0400), ==, 0);
  g_assert_cmpint (finish (start (child_read_only, place.url, 1)), ==, 0);
  g_assert_cmpint (g_chmod (place.path, 0), ==, 0);
  g_assert_cmpint (finish (start (child_read_only, place.url, 0)), ==, 0);
}

/* A disk that is full from some octet on (H55, H56): the child's files may not grow beyond @number. */
static int
child_full (const char *url, int number)
{
  struct rlimit limit = { (rlim_t)number, (rlim_t)number };
  g_autoptr (StoreEvent) event = kit_event ("big", "opt-out person 200 news");
  g_autoptr (GError) failure = NULL;
  g_autoptr (Store) store = store_open (url, kit_keys (), 1000, &failure);
  g_autofree char *text = g_strnfill (200000, 'x');
  StoreRecorded recorded;
  if (store == NULL)
    return 2;
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'words': %s}", text));
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
  if (kit_try (store, event, &recorded, &failure))
    return 3;
  return g_error_matches (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE) ? 0 : 4;
}

static void
test_full (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  g_clear_pointer (&store, store_close);
  for (int limit = 0; limit < 200000; limit += 40000)
    {
      g_assert_cmpint (finish (start (child_full, place.url, limit)), ==, 0);
      store = open_url (place.url);
      g_assert_cmpuint (kit_verify (store), ==, 1);
      g_clear_pointer (&store, store_close);
    }
  store = open_url (place.url);
  kit_record (store, kit_event ("b", "opt-out person 200 *"));
  g_assert_cmpuint (kit_verify (store), ==, 2);
}

/* On a small file system of its own, in a mount namespace of its own; SKIPPED where that is not to be had. */
#define SKIPPED 77

static int
child_medium (const char *url, int number G_GNUC_UNUSED)
{
  g_autofree char *folder = g_path_get_dirname (url + strlen ("sqlite:"));
  g_autofree char *filler = g_build_filename (folder, "filler", NULL), *text = g_strnfill (2 << 20, 'x');
  g_autoptr (GError) failure = NULL;
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("none", folder, "tmpfs", 0, "size=1m") != 0)
    return SKIPPED;
  kit_ok (store_create (url, kit_keys (), error));
  Store *store = open_url (url);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));

  int fd = open (filler, O_WRONLY | O_CREAT, 0600);
  if (fd < 0 || write (fd, text, 2 << 20) >= 2 << 20)
    return 2;
  close (fd);
  g_autoptr (StoreEvent) event = kit_event ("b", "opt-out person 200 news");
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'words': %s}", text));
  StoreRecorded recorded;
  if (kit_try (store, event, &recorded, &failure)
      || !g_error_matches (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE))
    return 3;
  g_unlink (filler);
  kit_record (store, kit_event ("c", "opt-out person 300 *"));
  if (kit_verify (store) != 2)
    return 4;
  g_clear_pointer (&store, store_close);

  run_sql (url + strlen ("sqlite:"), "PRAGMA wal_checkpoint (TRUNCATE)");
  g_clear_error (&failure);
  if (mount (NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0)
    return 5;
  if ((store = store_open (url, kit_keys (), 100, &failure)) != NULL
      || strstr (failure->message, "ead-only") == NULL)
    return 6;
  kit_ok ((store = store_open_read (url, kit_keys (), error)) != NULL);
  if (kit_verify (store) != 2 || !g_str_equal (kit_blocked (store, "ann@example.org", "news"), "person"))
    return 7;
  store_close (store);
  return 0;
}

static void
test_medium (void)
{
  g_auto (Place) place;
  place_init (&place);
  int status = finish (start (child_medium, place.url, 0));
  if (WIFEXITED (status) && WEXITSTATUS (status) == SKIPPED)
    g_test_skip ("no mount namespace to be had");
  else
    g_assert_cmpint (status, ==, 0);
}

static int
child_write (const char *url, int number)
{
  g_autoptr (Store) store = store_open (url, kit_keys (), 60000, NULL);
  for (int i = 0; store != NULL && i < 25; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%dn%d", number, i);
      g_autoptr (StoreEvent) event = kit_event (id, "opt-out person 100 *");
      StoreRecorded recorded;
      if (!kit_try (store, event, &recorded, NULL) || recorded != STORE_RECORDED)
        return 2;
    }
  return store == NULL;
}

static void
test_eight_writers (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  pid_t pids[8];
  g_clear_pointer (&store, store_close);
  for (int i = 0; i < 8; i++)
    pids[i] = start (child_write, place.url, i);
  for (int i = 0; i < 8; i++)
    g_assert_cmpint (finish (pids[i]), ==, 0);
  store = open_url (place.url);
  g_assert_cmpuint (kit_verify (store), ==, 200);
}

/* Writes until it is killed; @number is where it says, id by id, what was committed. */
static int
child_until_killed (const char *url, int number)
{
  g_autoptr (Store) store = store_open (url, kit_keys (), 1000, NULL);
  for (int i = 0; store != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%dn%d", (int)getpid (), i),
                      *line = g_strconcat (id, "\n", NULL);
      g_autoptr (StoreEvent) event = kit_event (id, "opt-out person 100 *");
      StoreRecorded recorded;
      if (!kit_try (store, event, &recorded, NULL) || write (number, line, strlen (line)) < 0)
        return 2;
    }
  return 3;
}

static void
expect_acknowledged (Store *store, int fd)
{
  char text[65536];
  gssize length = read (fd, text, sizeof text - 1);
  g_assert (length >= 0);
  text[length] = '\0';
  g_auto (GStrv) ids = g_strsplit (text, "\n", -1);
  for (guint i = 0; ids[i] != NULL && ids[i][0] != '\0'; i++)
    {
      g_autoptr (StoreEvent) event = NULL;
      kit_ok (store_event (store, ids[i], &event, error));
      g_assert_nonnull (event);
    }
}

static void
test_killed (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  guint64 count = 0;
  g_clear_pointer (&store, store_close);
  for (guint i = 0; i < 25; i++)
    {
      int ends[2];
      g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
      pid_t pid = start (child_until_killed, place.url, ends[1]);
      g_usleep (10000 + i * 1700);
      kill (pid, SIGKILL);
      g_assert_true (WIFSIGNALED (finish (pid)));
      close (ends[1]);
      store = open_url (place.url);
      expect_acknowledged (store, ends[0]);
      guint64 now = kit_verify (store); /* the database's own check is part of it */
      g_assert_cmpuint (now, >=, count);
      count = now;
      g_clear_pointer (&store, store_close);
      close (ends[0]);
    }
  g_assert_cmpuint (count, >, 0);
}

/* ---- the lock ---- */

static void
test_busy (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place), other = NULL;
  g_autoptr (GError) failure = NULL;
  kit_ok ((other = store_open (place.url, kit_keys (), 120, error)) != NULL);
  kit_ok (store_begin (store, error));
  gint64 before = g_get_monotonic_time ();
  g_assert_false (store_begin (other, &failure));
  g_assert_error (failure, STORE_ERROR, STORE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 60000);
  g_assert_cmpstr (kit_blocked (other, "ann@example.org", "news"), ==, "none"); /* reading goes on */
  store_rollback (store);
  kit_record (other, kit_event ("a", "opt-out person 100 *"));
}

/* Takes the lock, says so, and keeps it for a while. */
static int
child_hold (const char *url, int number)
{
  g_autoptr (Store) store = store_open (url, kit_keys (), 0, NULL);
  if (store == NULL || !store_begin (store, NULL) || write (number, "x", 1) != 1)
    return 2;
  g_usleep (300000);
  return 0;
}

static void
test_waits (void)
{
  for (guint timeout_ms = 0; timeout_ms <= 20000; timeout_ms += 20000)
    {
      g_auto (Place) place;
      g_autoptr (Store) store = make_store (&place);
      int ends[2];
      char octet;
      g_clear_pointer (&store, store_close);
      kit_ok ((store = store_open (place.url, kit_keys (), timeout_ms, error)) != NULL);
      g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
      pid_t pid = start (child_hold, place.url, ends[1]);
      g_assert_cmpint (read (ends[0], &octet, 1), ==, 1);
      kit_record (store, kit_event ("a", "opt-out person 100 *"));
      g_assert_cmpint (finish (pid), ==, 0);
      close (ends[0]);
      close (ends[1]);
    }
}

static void
test_read_while_written (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place), reader = NULL;
  g_autoptr (StoreEvent) event = kit_event ("a", "opt-out person 100 *");
  StoreRecorded recorded;
  kit_ok ((reader = store_open_read (place.url, kit_keys (), error)) != NULL);
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, event, &recorded, NULL, error));
  g_assert_cmpstr (kit_blocked (reader, "ann@example.org", "news"), ==, "none");
  kit_ok (store_commit (store, error));
  g_assert_cmpstr (kit_blocked (reader, "ann@example.org", "news"), ==, "person");
}

static Store *inherited;

static int
child_of_an_open_store (const char *url G_GNUC_UNUSED, int number G_GNUC_UNUSED)
{
  struct rlimit none = { 0, 0 };
  setrlimit (RLIMIT_CORE, &none);
  close (STDOUT_FILENO); /* what an assert prints there would be a line of our TAP */
  close (STDERR_FILENO);
  return g_str_equal (kit_blocked (inherited, "ann@example.org", "news"), "none");
}

static void
test_fork (void)
{
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
  inherited = store;
  int status = finish (start (child_of_an_open_store, place.url, 0));
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
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
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place);
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

/* What one writer does while another program looks: somebody is erased, another opts out, by two spellings.
 */
static void
erase_and_record (Store *store)
{
  g_autoptr (StoreEvent) erased = kit_event ("gone", "erased house 900");
  g_autoptr (StoreEvent) event = kit_event ("b", "opt-out person 100 *");
  g_auto (StoreErasure) erasure = { 0 };
  StoreRecorded recorded;
  erased->details = g_variant_ref_sink (g_variant_new_parsed ("{'note': 'asked for it'}"));
  g_free (event->address);
  event->address = g_strdup ("bob@example.org");
  kit_ok (store_begin (store, error) && store_erase (store, "ann@example.org", erased, &erasure, error)
          && store_record (store, event, &recorded, NULL, error)
          && store_link_spelling (store, event, "b.ob@example.org", error) && store_commit (store, error));
}

static void
test_look (void)
{
  static const char *const names[] = { "ann@example.org", "b.ob@example.org", "bob@example.org" };
  g_auto (Place) place;
  g_autoptr (Store) store = make_store (&place), reader = NULL;
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  kit_ok ((reader = store_open_read (place.url, kit_keys (), error)) != NULL);
  kit_ok (store_look (reader, error));
  erase_and_record (store);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (kit_blocked (reader, names[i], "news"), ==, i == 0 ? "person" : "none");
  store_look_away (reader);
  for (guint look = 0; look < 2; look++)
    {
      if (look == 1)
        kit_ok (store_look (reader, error));
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_cmpstr (kit_blocked (reader, names[i], "news"), ==, "person");
      g_assert_cmpstr (kit_blocked (reader, "carl@example.org", "news"), ==, "none");
    }
  store_look_away (reader);
  g_assert_cmpuint (kit_verify (reader), ==, 3);
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
    { "/opening/a read-only file can be read, an unreadable one not", test_read_only },
    { "/writing/a full disk writes nothing", test_full },
    { "/writing/a full medium writes nothing, a read-only one can be read", test_medium },
    { "/writing/eight processes at once", test_eight_writers },
    { "/writing/killed at any moment, what was acknowledged is there", test_killed },
    { "/lock/a lock that is not to be had in time is BUSY", test_busy },
    { "/lock/it waits for its turn", test_waits },
    { "/lock/reading goes on while another writes", test_read_while_written },
    { "/lock/a look at the store is of one moment, whoever is erased or linked meanwhile", test_look },
    { "/lock/a forked child must not use the store", test_fork },
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
