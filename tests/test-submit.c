/* test-submit.c - handing mail over: to a sendmail of ours, which writes down what it was given, and to a
 * Maildir. */
#include "maildir.h"
#include "submit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static char *
contents (const char *name)
{
  g_autofree char *file = in_folder (name);
  char *text = NULL;
  g_file_get_contents (file, &text, NULL, NULL);
  return text;
}

/* A program in the place of sendmail: arguments, environment and input go into files. */
static FilterConfig *
config_with (const char *last_line)
{
  g_autofree char *program = in_folder ("sendmail");
  g_autofree char *text
      = g_strdup_printf ("#!/bin/sh\ncd '%s'\nfor a in \"$@\"; do printf '[%%s]\n' \"$a\"; done >args\n"
                         "env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD= >env\n"
                         "echo '5.1.1 words'\ncat >input\n%s\n",
                         folder, last_line);
  g_assert_true (g_file_set_contents (program, text, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0755), ==, 0);
  FilterConfig *config = filter_config_load ("/dev/null", NULL, NULL);
  g_free (config->sendmail);
  config->sendmail = g_steal_pointer (&program);
  return config;
}

static const struct
{
  const char *name, *sender, *recipient, *args;
} cases[] = {
  /* clang-format off */
  { "a plain sender and recipient", "ann@example.org", "bob@example.net", "[-i]\n[-f]\n[ann@example.org]\n[--]\n[bob@example.net]\n" },
  { "the null sender", "", "bob@example.net", "[-i]\n[-f]\n[<>]\n[--]\n[bob@example.net]\n" },
  { "the null sender as angle brackets (R7)", "<>", "bob@example.net", "[-i]\n[-f]\n[<>]\n[--]\n[bob@example.net]\n" },
  { "the null sender as MAILER-DAEMON (R7)", "MAILER-DAEMON", "b@x.example", "[-i]\n[-f]\n[<>]\n[--]\n[b@x.example]\n" },
  { "a sender that looks like an option (H28)", "-oQ/tmp@x.example", "b@x.example", "[-i]\n[-f]\n[-oQ/tmp@x.example]\n[--]\n[b@x.example]\n" },
  { "shell words are words (H29)", "$(id)`id`@x.example", "a;b|c@x.example", "[-i]\n[-f]\n[\"$(id)`id`\"@x.example]\n[--]\n[\"a;b|c\"@x.example]\n" },
  { "a local part with a blank is quoted (R8)", "john doe@x.example", "b@x.example", "[-i]\n[-f]\n[\"john doe\"@x.example]\n[--]\n[b@x.example]\n" },
  { "a quoted one is not quoted again", "\"john doe\"@x.example", "b@x.example", "[-i]\n[-f]\n[\"john doe\"@x.example]\n[--]\n[b@x.example]\n" },
  { "quote marks and backslashes are escaped", "a\"b\\c@x.example", "b@x.example", "[-i]\n[-f]\n[\"a\\\"b\\\\c\"@x.example]\n[--]\n[b@x.example]\n" },
  { "a recipient that is an option is refused (R13)", "", "-C/etc/x@y.example", NULL },
  { "a recipient with a line end is refused (H27)", "", "a@x.example\nRCPT TO:<v@x.example>", NULL },
  { "no recipient is refused", "", "", NULL },
  { "a sender with a line end is refused (H27)", "a@b>\r\nRCPT TO:<v@x.example>", "b@x.example", NULL },
  /* clang-format on */
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (FilterConfig) config = config_with ("exit 0");
  g_autofree char *left = in_folder ("args");
  g_autoptr (GBytes) mail = g_bytes_new_static ("Subject: x\n\n\0\r\n.\nend", 20);
  g_autoptr (GError) error = NULL;
  g_unlink (left);
  gboolean done = filter_submit_mail (config, cases[i].sender, cases[i].recipient, mail, &error);
  g_assert_cmpint (done, ==, cases[i].args != NULL);
  g_autofree char *args = contents ("args");
  g_assert_cmpstr (args, ==, cases[i].args);
  if (!done)
    return;
  g_autofree char *file = in_folder ("input");
  g_autofree char *input = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (file, &input, &size, NULL));
  g_assert_cmpmem (input, size, g_bytes_get_data (mail, NULL), 20);
}

static void
test_environment (void)
{
  g_autoptr (FilterConfig) config = config_with ("exit 0");
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_setenv ("SENDER", "$(id)", TRUE);
  g_setenv ("MAIL_CONFIG", "/tmp/private", TRUE);
  g_assert_true (filter_submit_mail (config, "", "b@x.example", mail, NULL));
  g_unsetenv ("MAIL_CONFIG");
  g_unsetenv ("SENDER");
  g_autofree char *environment = contents ("env");
  g_assert_nonnull (strstr (environment, "MAIL_CONFIG=/tmp/private\n"));
  g_assert_nonnull (strstr (environment, "PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"));
  g_assert_null (strstr (environment, "SENDER"));
}

static const struct
{
  const char *name, *last_line, *message;
  int code;
} failures[] = {
  { "an exit code", "exit 75", "exit code 75", G_FILE_ERROR_FAILED },
  { "a signal: perhaps it was sent", "kill -9 $$", "ended by signal 9", G_FILE_ERROR_INTR },
};

static void
test_failure (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (FilterConfig) config = config_with (failures[i].last_line);
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_assert_false (filter_submit_mail (config, "", "b@x.example", mail, &error));
  g_assert_error (error, G_FILE_ERROR, failures[i].code);
  g_assert_true (g_str_has_suffix (error->message, failures[i].message));
}

static void
test_no_program (void)
{
  g_autoptr (FilterConfig) config = config_with ("exit 0");
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_unlink (config->sendmail);
  g_assert_false (filter_submit_mail (config, "", "b@x.example", mail, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

/* ---- pass ---- */

static void
test_pass_none (void)
{
  g_autoptr (FilterConfig) config = config_with ("exit 1");
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_assert_true (filter_submit_pass (config, NULL, "", mail, NULL));
}

static void
test_pass_sendmail (void)
{
  static const char text[] = "From ann Mon\nSubject: x\n\nFrom me\n";
  g_autoptr (FilterConfig) config = config_with ("exit 0");
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));
  g_assert_true (filter_submit_pass (config, "sendmail:people@x.example", "a\nb@x.example", mail, NULL));
  g_autofree char *args = contents ("args");
  g_autofree char *input = contents ("input");
  g_assert_cmpstr (args, ==, "[-i]\n[-f]\n[<>]\n[--]\n[people@x.example]\n");
  g_assert_cmpstr (input, ==, "Subject: x\n\nFrom me\n");
}

static char *
make_maildir (void)
{
  static const char *const names[] = { "tmp", "new", "cur" };
  char *path = in_folder ("Maildir");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename (path, names[i], NULL);
      g_assert_cmpint (g_mkdir_with_parents (name, 0700), ==, 0);
    }
  return path;
}

/* The names in a folder of the Maildir; the caller frees. */
static GPtrArray *
names_in (const char *path, const char *name)
{
  g_autofree char *part = g_build_filename (path, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (part, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const char *entry = g_dir_read_name (dir); entry != NULL; entry = g_dir_read_name (dir))
    g_ptr_array_add (names, g_build_filename (part, entry, NULL));
  return names;
}

static void
test_pass_maildir (void)
{
  static const char text[] = "From ann Mon\nSubject: x\n\n>From me\nend";
  g_autofree char *path = make_maildir ();
  g_autofree char *pass = g_strconcat ("maildir:", path, NULL);
  g_autoptr (FilterConfig) config = config_with ("exit 1");
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));
  for (int i = 0; i < 2; i++)
    g_assert_true (filter_submit_pass (config, pass, "", mail, NULL));
  g_autoptr (GPtrArray) arrived = names_in (path, "new");
  g_autoptr (GPtrArray) drafts = names_in (path, "tmp");
  g_autofree char *found = NULL;
  struct stat status;
  g_assert_cmpuint (drafts->len, ==, 0);
  g_assert_cmpuint (arrived->len, ==, 2);
  g_assert_true (g_file_get_contents (g_ptr_array_index (arrived, 0), &found, NULL, NULL));
  g_assert_cmpstr (found, ==, "Subject: x\n\n>From me\nend");
  g_assert_cmpint (stat (g_ptr_array_index (arrived, 0), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_no_maildir (void)
{
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_autofree char *path = in_folder ("Lost");
  g_autoptr (GError) error = NULL;
  g_assert_false (filter_maildir_deliver (path, mail, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* ---- queued replies ---- */

static const guint8 key[32] = { 1 };

static Store *
store_with_reply (GBytes **keys_out)
{
  *keys_out = g_bytes_new_static (key, sizeof key);
  StoreKeys keys = { .suppression = *keys_out, .chain = *keys_out };
  g_autofree char *file = in_folder ("consent.db");
  g_autofree char *url = g_strconcat ("sqlite:", file, NULL);
  g_autoptr (GError) error = NULL;
  g_unlink (file);
  g_assert_true (store_create (url, &keys, &error));
  Store *store = store_open (url, &keys, 0, &error);
  g_autoptr (StoreReply) reply = store_reply_new ();
  reply->id = g_strdup ("r1");
  reply->sender = g_strdup ("");
  reply->recipient = g_strdup ("ann@example.org");
  reply->mail = g_bytes_new_static ("Subject: done\n\n", 15);
  reply->queued_at = reply->next_at = 1000;
  g_assert_true (store_begin (store, &error) && store_queue (store, reply, NULL, 0, &error)
                 && store_commit (store, &error));
  g_assert_no_error (error);
  return store;
}

static guint64
count_in (Store *store, StoreReplyState state)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  g_assert_true (store_reply_counts (store, counts, NULL));
  return counts[state];
}

/* One round at @now, with a sendmail whose last line is @last_line. */
static FilterRound
send_at (Store *store, const char *last_line, const char *only, gboolean uncertain, gint64 now)
{
  g_autoptr (FilterConfig) config = config_with (last_line);
  g_autoptr (FilterTransport) transport = filter_submit_program (config);
  FilterRound round = { .only = only, .uncertain = uncertain, .now = now };
  g_autoptr (GError) error = NULL;
  gboolean done = filter_submit_replies (config, transport, store, &round, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return round;
}

static void
test_reply_sent (void)
{
  g_autoptr (GBytes) keys = NULL;
  g_autoptr (Store) store = store_with_reply (&keys);
  g_assert_cmpuint (send_at (store, "exit 0", "r1", FALSE, 1000).sent, ==, 1);
  g_assert_cmpuint (count_in (store, STORE_REPLY_SENT), ==, 1);
  g_assert_cmpuint (send_at (store, "exit 0", NULL, TRUE, 900000).sent, ==, 0); /* never twice */
}

static void
test_reply_waits (void)
{
  static const gint64 times[] = { 1000, 1059, 1060, 1359, 1360 };
  static const guint tried[] = { 1, 0, 1, 0, 1 };
  g_autoptr (GBytes) keys = NULL;
  g_autoptr (Store) store = store_with_reply (&keys);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      FilterRound round = send_at (store, "exit 75", NULL, FALSE, times[i]);
      g_assert_cmpuint (round.sent, ==, 0);
      g_assert_cmpuint (round.failed, ==, tried[i]);
    }
  g_assert_cmpuint (count_in (store, STORE_REPLY_WAITING), ==, 1);
  send_at (store, "exit 75", NULL, FALSE, 1000 + 4 * 24 * 3600);
  g_assert_cmpuint (count_in (store, STORE_REPLY_FAILED), ==, 1);
}

static void
test_reply_uncertain (void)
{
  g_autoptr (GBytes) keys = NULL;
  g_autoptr (Store) store = store_with_reply (&keys);
  FilterRound round = send_at (store, "kill -9 $$", NULL, TRUE, 1000);
  g_assert_cmpuint (round.failed, >=, 1);
  g_assert_cmpuint (count_in (store, STORE_REPLY_UNCERTAIN), ==, 1);
  round = send_at (store, "kill -9 $$", NULL, FALSE, 900000);
  g_assert_cmpuint (round.sent + round.failed, ==, 0);
  round = send_at (store, "kill -9 $$", NULL, TRUE, 900000);
  g_assert_cmpuint (round.failed, ==, 1); /* once, not round and round */
  g_assert_cmpuint (send_at (store, "exit 0", NULL, TRUE, 900000).sent, ==, 1);
}

static void
test_reply_retried (void)
{
  g_autoptr (GBytes) keys = NULL;
  g_autoptr (Store) store = store_with_reply (&keys);
  gboolean found = TRUE;
  g_assert_true (store_retry (store, "r1", 2000, &found, NULL));
  g_assert_false (found); /* it waits */
  send_at (store, "exit 75", NULL, FALSE, 1000 + 4 * 24 * 3600);
  g_assert_true (store_retry (store, "r1", 900000, &found, NULL));
  g_assert_true (found);
  g_assert_cmpuint (send_at (store, "exit 0", "r1", FALSE, 900000).sent, ==, 1);
  g_assert_true (store_retry (store, "r1", 900001, &found, NULL));
  g_assert_false (found); /* never what was sent */
  g_assert_cmpuint (count_in (store, STORE_REPLY_SENT), ==, 1);
}

/* ---- a way out that takes its time ---- */

typedef struct
{
  FilterTransport transport;
  Store *store;
  FilterSubmitResult result;
  gint64 claimed_at;
  guint handed;
} Slow;

static FilterSubmitResult
hand_slowly (FilterTransport *transport, const StoreReply *reply, char **why_out, char **said_out)
{
  Slow *slow = (Slow *)transport;
  slow->handed++;
  slow->claimed_at = reply->next_at;
  g_usleep (1100 * 1000);
  *why_out = g_strdup ("x");
  *said_out = slow->result == FILTER_SUBMIT_REFUSED ? g_strdup ("550 5.7.1 no") : NULL;
  return slow->result;
}

static void
queue_reply (Store *store, const char *id, gint64 at)
{
  g_autoptr (StoreReply) reply = store_reply_new ();
  reply->id = g_strdup (id);
  reply->sender = g_strdup ("");
  reply->recipient = g_strdup ("bob@example.org");
  reply->mail = g_bytes_new_static ("Subject: done\n\n", 15);
  reply->queued_at = reply->next_at = at;
  g_assert_true (store_begin (store, NULL) && store_queue (store, reply, NULL, 0, NULL)
                 && store_commit (store, NULL));
}

static Slow
send_slowly (FilterSubmitResult result)
{
  g_autoptr (GBytes) keys = NULL;
  g_autoptr (Store) store = store_with_reply (&keys);
  g_autoptr (FilterConfig) config = config_with ("exit 0");
  Slow slow = { { hand_slowly, NULL }, store, result, 0, 0 };
  FilterRound round = { .now = 5000 };
  queue_reply (store, "r2", 2000);
  g_assert_true (filter_submit_replies (config, &slow.transport, store, &round, NULL));
  g_assert_cmpuint (round.failed, ==, slow.handed);
  return slow;
}

/* A claim by the time at which the round began looks, an hour later, like one of a process that is gone. */
static void
test_round_takes_time (void)
{
  Slow slow = send_slowly (FILTER_SUBMIT_REFUSED);
  g_assert_cmpuint (slow.handed, ==, 2);
  g_assert_cmpint (slow.claimed_at, >=, 5001);
}

static void
test_round_ends (void)
{
  g_assert_cmpuint (send_slowly (FILTER_SUBMIT_AWAY).handed, ==, 1);
  g_assert_cmpuint (send_slowly (FILTER_SUBMIT_UNCERTAIN).handed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("optout-submit-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/submit/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strconcat ("/submit/failure: ", failures[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_failure);
    }
  g_test_add_func ("/submit/failure: no such program", test_no_program);
  g_test_add_func ("/submit/the environment stays with us (R14)", test_environment);
  g_test_add_func ("/pass/none", test_pass_none);
  g_test_add_func ("/pass/to sendmail, without the From_ line and an unusable sender", test_pass_sendmail);
  g_test_add_func ("/pass/to a Maildir, whole, 0600, each in a file of its own (R26)", test_pass_maildir);
  g_test_add_func ("/pass/a Maildir that is not there is not made", test_no_maildir);
  g_test_add_func ("/replies/one is sent once", test_reply_sent);
  g_test_add_func ("/replies/one that cannot be sent waits 1 and 5 minutes, and is given up after three days",
                   test_reply_waits);
  g_test_add_func ("/replies/one that was perhaps sent is sent again only when told to (R73)",
                   test_reply_uncertain);
  g_test_add_func ("/replies/one that was given up is sent when a person says so, one that was sent never",
                   test_reply_retried);
  g_test_add_func ("/replies/each is claimed at its own time, however long a round takes",
                   test_round_takes_time);
  g_test_add_func ("/replies/a server that is away, or gives no answer, ends the round", test_round_ends);
  int code = g_test_run ();
  char *rm[] = { (char *)"/bin/rm", (char *)"-rf", folder, NULL };
  g_spawn_sync (NULL, rm, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (folder);
  return code;
}
