/* laden.c - puts work upon a store and says how long it took, in seconds of the clock and of the processor
 *
 * store record URL FROM N GROUP   N opt-outs of as many addresses, from number FROM on, GROUP of them a
 * transaction store verify URL                the whole audit store check URL N               open, one
 * look-up and close, N times store floor FILE N              what the disk gives: N times 1000 octets
 * appended and synced store macs - N                  what the MACs of N events cost by themselves store
 * create URL                an empty store */
#include "store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const StoreKeys *
keys (void)
{
  static StoreKeys both;
  both.suppression = g_bytes_new_static ("suppression-key-of-thirty-two-oc", 32);
  both.chain = g_bytes_new_static ("chain-key-of-exactly-32-octets--", 32);
  return &both;
}

static void
must (gboolean done, const GError *error)
{
  if (done)
    return;
  fprintf (stderr, "%s\n", error != NULL ? error->message : "failed");
  exit (1);
}

/* Spread over the whole alphabet, so that neighbours in time are none in the tables. */
static guint64
spread (guint64 i)
{
  return (i + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

static StoreEvent *
make_event (guint64 i)
{
  StoreEvent *event = store_event_new ();
  g_autofree char *wish = g_strdup_printf ("wish %" G_GUINT64_FORMAT, i);
  event->id = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", spread (i), i);
  event->action = STORE_ACTION_OPT_OUT;
  event->reason = STORE_REASON_PERSON;
  event->received_at = event->recorded_at = 1700000000 + (gint64)i;
  event->channel = g_strdup ("mail");
  event->scope = g_strsplit (STORE_EVERY, ",", -1);
  event->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wish, -1);
  event->by = g_strdup ("optout");
  event->program = g_strdup ("optout 0.1.0");
  event->address
      = g_strdup_printf ("%016" G_GINT64_MODIFIER "x@mail%u.example.org", spread (i), (guint)(i % 1000));
  event->details = g_variant_ref_sink (g_variant_new_parsed (
      "{'message-id': %s, 'words': 'please take me off this list', 'rules': 'en.remove'}", wish));
  return event;
}

static void
create (const char *url)
{
  g_autoptr (GError) error = NULL;
  must (store_create (url, keys (), &error), error);
}

static void
record (const char *url, guint64 from, guint64 n, guint64 group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_open (url, keys (), 0, &error);
  must (store != NULL, error);
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (StoreEvent) event = make_event (from + i);
      StoreRecorded recorded;
      if (i % group == 0)
        must (store_begin (store, &error), error);
      must (store_record (store, event, &recorded, NULL, &error), error);
      if (i % group == group - 1 || i == n - 1)
        must (store_commit (store, &error), error);
    }
}

static void
verify (const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_open_read (url, keys (), &error);
  g_autofree char *fault = NULL;
  guint64 count;
  must (store != NULL && store_verify (store, &count, &fault, &error), error);
  if (fault != NULL)
    fprintf (stderr, "%s\n", fault);
  must (fault == NULL, NULL);
}

static void
look (const char *url, guint64 n)
{
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Store) store = store_open_read (url, keys (), &error);
      g_autoptr (StoreStanding) blocked = NULL;
      must (store != NULL && store_check (store, "nobody@example.org", "news", &blocked, &error), error);
    }
}

static void
touch_floor (const char *path, guint64 n)
{
  char octets[1000] = { 0 };
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  must (fd >= 0, NULL);
  for (guint64 i = 0; i < n; i++)
    must (write (fd, octets, sizeof octets) == sizeof octets && fdatasync (fd) == 0, NULL);
  close (fd);
}

/* Of each event the row is chained, address and details have digests of their own: about so many octets. */
static void
take_macs (guint64 n)
{
  char octets[330] = { 0 };
  g_autoptr (GHmac) key = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)octets, 32);
  g_autoptr (GBytes) salt = g_bytes_new_static (octets, 64), part = g_bytes_new_static (octets, 110);
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (GHmac) mac = g_hmac_copy (key);
      g_hmac_update (mac, (const guchar *)octets, sizeof octets);
      octets[0] ^= g_hmac_get_string (mac)[0];
      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *digest = g_compute_hmac_for_bytes (G_CHECKSUM_SHA256, salt, part);
          octets[1] ^= digest[0];
        }
    }
}

static double
now (clockid_t which)
{
  struct timespec time;
  clock_gettime (which, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
run (const char *path, char **command)
{
  struct rusage usage;
  int status;
  double wall = now (CLOCK_MONOTONIC);
  pid_t child = fork ();
  must (child >= 0, NULL);
  if (child == 0)
    {
      execvp (command[0], command);
      _exit (127);
    }
  must (wait4 (child, &status, 0, &usage) == child && WIFEXITED (status), NULL);
  FILE *file = fopen (path, "we");
  must (file != NULL, NULL);
  fprintf (file, "%.6f %.6f %ld %d\n", now (CLOCK_MONOTONIC) - wall,
           (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
               + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
           usage.ru_maxrss, WEXITSTATUS (status));
  return fclose (file);
}

static guint64
number (int argc, char **argv, int i)
{
  must (i < argc, NULL);
  return g_ascii_strtoull (argv[i], NULL, 10);
}

int
main (int argc, char **argv)
{
  must (argc > 2, NULL);
  const char *what = argv[1], *where = argv[2];
  double wall = now (CLOCK_MONOTONIC), cpu = now (CLOCK_PROCESS_CPUTIME_ID);
  if (g_str_equal (what, "run"))
    return run (where, argv + 3);
  if (g_str_equal (what, "record"))
    record (where, number (argc, argv, 3), number (argc, argv, 4), number (argc, argv, 5));
  else if (g_str_equal (what, "verify"))
    verify (where);
  else if (g_str_equal (what, "check"))
    look (where, number (argc, argv, 3));
  else if (g_str_equal (what, "floor"))
    touch_floor (where, number (argc, argv, 3));
  else if (g_str_equal (what, "macs"))
    take_macs (number (argc, argv, 3));
  else if (g_str_equal (what, "create"))
    create (where);
  else
    must (FALSE, NULL);
  printf ("%.6f %.6f\n", now (CLOCK_MONOTONIC) - wall, now (CLOCK_PROCESS_CPUTIME_ID) - cpu);
  return 0;
}
