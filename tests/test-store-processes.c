/* test-store-processes.c - the file when several use it, when nothing may be written, and after the worst. */
#define _GNU_SOURCE
#include "internal.h"
#include "store-kit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  kit_record (store, kit_event ("a", "opt-out person 100 *"));
  g_clear_pointer (&store, store_close);
  for (int limit = 0; limit < 200000; limit += 40000)
    {
      g_assert_cmpint (finish (start (child_full, place.url, limit)), ==, 0);
      store = kit_open (place.url);
      g_assert_cmpuint (kit_verify (store), ==, 1);
      g_clear_pointer (&store, store_close);
    }
  store = kit_open (place.url);
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
  Store *store = kit_open (url);
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

  kit_sql (url + strlen ("sqlite:"), "PRAGMA wal_checkpoint (TRUNCATE)");
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
  g_auto (KitPlace) place;
  kit_place_init (&place);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  pid_t pids[8];
  g_clear_pointer (&store, store_close);
  for (int i = 0; i < 8; i++)
    pids[i] = start (child_write, place.url, i);
  for (int i = 0; i < 8; i++)
    g_assert_cmpint (finish (pids[i]), ==, 0);
  store = kit_open (place.url);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
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
      store = kit_open (place.url);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place), other = NULL;
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
      g_auto (KitPlace) place;
      g_autoptr (Store) store = kit_make (&place);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place), reader = NULL;
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place);
  inherited = store;
  int status = finish (start (child_of_an_open_store, place.url, 0));
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
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
  g_auto (KitPlace) place;
  g_autoptr (Store) store = kit_make (&place), reader = NULL;
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
  };
  /* clang-format on */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_func (cases[i].name, cases[i].run);
  return g_test_run ();
}
