/* door.c - what deliver and filter have in common. */
#include "door.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <syslog.h>
#include <unistd.h>

#include "input.h"
#include "log.h"
#include "privileges.h"
#include "program.h"
#include "report.h"
#include "start.h"
#include "submit.h"

#define DEADLINE_S 60 /* until the configuration says */

/* ---- the deadline (R2) ---- */

static void
expire_retry (G_GNUC_UNUSED int number)
{
  static const char line[] = "4.3.0 not done in time, try again later\n";
  gssize ignored = write (STDERR_FILENO, line, sizeof line - 1);
  (void)ignored;
  _exit (FILTER_EXIT_RETRY);
}

static void
expire_done (G_GNUC_UNUSED int number)
{
  _exit (FILTER_EXIT_DONE);
}

static void
on_deadline (void (*handler) (int))
{
  struct sigaction action = { .sa_handler = handler };
  sigaction (SIGALRM, &action, NULL);
}

static void
set_deadline (const FilterDoor *door, guint seconds)
{
  gint64 left = door->started + seconds * G_TIME_SPAN_SECOND - g_get_monotonic_time ();
  left = MAX (left, G_TIME_SPAN_MILLISECOND);
  struct itimerval timer = { .it_value = { left / G_USEC_PER_SEC, left % G_USEC_PER_SEC } };
  setitimer (ITIMER_REAL, &timer, NULL);
}

/* ---- saying no ---- */

int
filter_door_retry (const FilterDoor *door, const char *why, const char *detail)
{
  g_autofree char *text = filter_outcome_text (FILTER_RETRY, why);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GBytes) octets = g_bytes_new_static (line, strlen (line));
  filter_log (LOG_WARNING, "%s: deferred: %s: %s", door->queue_id != NULL ? door->queue_id : "-", why,
              detail);
  if (isatty (STDERR_FILENO))
    filter_complain (FILTER_EXIT_RETRY, door->name, "%s", detail);
  filter_output_write (door->complain_fd, octets);
  return filter_outcome_exit (FILTER_RETRY);
}

/* ---- opening ---- */

static gboolean
read_options (FilterDoor *door, int argc, char **argv, const char *summary, int *code_out)
{
  const GOptionEntry entries[] = {
    { "sender", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &door->sender,
      "Envelope sender; '' is the null sender", "SENDER" },
    { "original-recipient", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &door->original_recipient,
      "The recipient as the mail came, before aliases", "ADDRESS" },
    { "queue-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &door->queue_id,
      "The mail server's name for the mail", "ID" },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &door->recipients, NULL, NULL },
    { 0 },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *help = NULL;
  if (!filter_options_read (entries, "[-- RECIPIENT...]", summary, &argc, &argv, &help, &error))
    {
      *code_out = filter_door_retry (door, "wrong options for optout in the mail server's configuration",
                                     error->message);
      return FALSE;
    }
  if (help == NULL)
    return TRUE;
  g_autoptr (GBytes) octets = g_bytes_new_static (help, strlen (help));
  filter_output_write (STDOUT_FILENO, octets);
  *code_out = FILTER_EXIT_DONE;
  return FALSE;
}

gboolean
filter_door_open (FilterDoor *door, const FilterGlobal *global, int argc, char **argv, const char *summary,
                  int *code_out)
{
  g_autoptr (GError) error = NULL;
  door->started = g_get_monotonic_time ();
  filter_log_open ();
  on_deadline (expire_retry);
  set_deadline (door, DEADLINE_S);
  if (!read_options (door, argc, argv, summary, code_out))
    return FALSE;
  door->config = filter_config_load (global->config_file, global->store_url, &error);
  if (door->config == NULL)
    {
      *code_out
          = filter_door_retry (door, "optout's configuration is broken, its log says where", error->message);
      return FALSE;
    }
  set_deadline (door, door->config->deadline_s);
  for (guint i = 0; i < door->config->template_faults->len; i++)
    filter_log (LOG_WARNING, "%s; the built-in text is sent instead",
                (const char *)g_ptr_array_index (door->config->template_faults, i));
  if (!filter_privileges_drop (door->config, &error))
    {
      *code_out
          = filter_door_retry (door, "optout was started as root and has no user to become", error->message);
      return FALSE;
    }
  return TRUE;
}

/* ---- taking ---- */

const GPtrArray *
filter_door_outcomes (const FilterDoor *door)
{
  return ((const FilterResult *)g_ptr_array_index (door->results, 0))->outcomes;
}

static void
log_outcomes (const FilterDoor *door)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  gint64 milliseconds = (g_get_monotonic_time () - door->started) / G_TIME_SPAN_MILLISECOND;
  for (guint i = 0; i < outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (outcomes, i);
      filter_log_mail (door->config, &door->mail, outcome, milliseconds);
      if (outcome->flood > 0)
        filter_log (LOG_ALERT,
                    "flood: %" G_GUINT64_FORMAT
                    " opt-outs within an hour that nothing proves%s; they are recorded and not answered, and "
                    "can be taken back: see FLOODS AND FORGERIES in optout(1)",
                    outcome->flood, outcome->flood_of_domain ? ", all of one domain" : "");
    }
}

/* The first that has to wait makes all wait: what is done for the others is not done twice (R5). */
static const FilterOutcome *
first_retry (const FilterDoor *door)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (outcomes, i);
      if (outcome->status != FILTER_DONE)
        return outcome;
    }
  return NULL;
}

gboolean
filter_door_take (FilterDoor *door, int *code_out)
{
  g_autoptr (GError) error = NULL;
  door->octets = filter_input_read (STDIN_FILENO, &error);
  if (door->octets == NULL)
    {
      *code_out = filter_door_retry (door, "the mail cannot be read from standard input", error->message);
      return FALSE;
    }
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  door->mail = (FilterMail){ .mail = door->octets,
                             .sender = door->sender,
                             .recipients = (const char *const *)door->recipients,
                             .original_recipient = door->original_recipient,
                             .queue_id = door->queue_id,
                             .ends = door->ends,
                             .received_at = now, /* what comes in live came now, whatever it says (4.3, 6) */
                             .now = now };
  door->engine = filter_engine_new (door->config, door->config->observe ? FILTER_ENGINE_LOOK : 0);
  door->results = filter_engine_take (door->engine, &door->mail, 1);
  const FilterOutcome *waiting = first_retry (door);
  if (waiting == NULL)
    return TRUE;
  *code_out = filter_door_retry (door, waiting->why, waiting->detail);
  return FALSE;
}

/* ---- what follows ---- */

static void
append_verdicts (const FilterDoor *door)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  if (door->config->verdicts == NULL)
    return;
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < outcomes->len; i++)
    {
      g_autofree char *object = filter_report_json (g_ptr_array_index (outcomes, i), "-", 1, FALSE, TRUE);
      g_string_append_printf (lines, "%s\n", object);
    }
  /* one write, so that lines of several processes do not mix */
  int fd = open (door->config->verdicts, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY,
                 0600);
  gboolean done = fd >= 0 && write (fd, lines->str, lines->len) == (gssize)lines->len;
  if (!done)
    filter_log (LOG_WARNING, "%s: %s", door->config->verdicts, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

/* A server is spoken to by optout-send: what that needs would make every mail slower. It has a deadline of
 * its own, and goes on when ours strikes. */
static gboolean
send_one (const FilterDoor *door, Store *store, const char *id, GError **error)
{
  FilterRound round = { .only = id, .now = door->mail.now };
  g_autoptr (FilterTransport) transport = filter_submit_program (door->config);
  if (door->config->submit == FILTER_SUBMIT_SENDMAIL)
    return filter_submit_replies (door->config, transport, store, &round, error);
  g_autofree char *program = filter_start_program ("send");
  const char *argv[] = { program,
                         "--only",
                         id,
                         "--store",
                         door->config->store,
                         door->config->file != NULL ? "-c" : NULL,
                         door->config->file,
                         NULL };
  return filter_program_run ((char *const *)argv, NULL, 0, FALSE, error);
}

/* The reply that was queued for it, now or when it came before: perhaps it could not be handed on then, and
 * the mail server tries again. There is at most one (R9); the caller frees. */
static gboolean
find_reply (const FilterDoor *door, Store *store, char **id_out, GError **error)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (outcomes, i);
      g_autoptr (StoreReply) earlier = NULL;
      if (outcome->reply == NULL && outcome->known && outcome->event != NULL
          && !store_reply_of (store, outcome->event, &earlier, error))
        return FALSE;
      const char *id = outcome->reply != NULL ? outcome->reply : earlier != NULL ? earlier->id : NULL;
      if (id == NULL)
        continue;
      *id_out = g_strdup (id);
      return TRUE;
    }
  return TRUE;
}

/* What is told beside the reply, about one more person; borrowed, NULL when nothing is. */
static const char *
find_question (const FilterDoor *door)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  const char *id = NULL;
  for (guint i = 0; i < outcomes->len && id == NULL; i++)
    id = ((const FilterOutcome *)g_ptr_array_index (outcomes, i))->question;
  return id;
}

/* The store is open already when something was recorded or held; other mail does not open it for this. */
static void
send_replies (const FilterDoor *door)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  gboolean opened = FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    opened = opened
             || filter_policy_needs_store (((const FilterOutcome *)g_ptr_array_index (outcomes, i))->verdict);
  g_autofree char *reply = NULL, *digest = NULL;
  g_autoptr (GError) error = NULL;
  Store *store = opened ? filter_engine_store (door->engine, &error) : NULL;
  if (store != NULL && find_reply (door, store, &reply, &error)
      && filter_engine_digest (door->engine, door->mail.now, &digest, &error))
    {
      /* what else waits is for "optout send": our deadline would leave one of them uncertain (R73) */
      const char *ours[] = { reply, find_question (door), digest };
      for (guint i = 0; i < G_N_ELEMENTS (ours) && error == NULL; i++)
        if (ours[i] != NULL)
          send_one (door, store, ours[i], &error);
    }
  if (error != NULL)
    filter_log (LOG_WARNING, "replies wait: %s", error->message);
}

int
filter_door_close (FilterDoor *door)
{
  on_deadline (expire_done);
  log_outcomes (door);
  append_verdicts (door);
  if (!door->config->observe)
    send_replies (door);
  return filter_outcome_exit (FILTER_DONE);
}

void
filter_door_clear (FilterDoor *door)
{
  g_clear_pointer (&door->results, g_ptr_array_unref);
  g_clear_pointer (&door->engine, filter_engine_free);
  g_clear_pointer (&door->config, filter_config_free);
  g_clear_pointer (&door->octets, g_bytes_unref);
  g_clear_pointer (&door->recipients, g_strfreev);
  g_clear_pointer (&door->sender, g_free);
  g_clear_pointer (&door->original_recipient, g_free);
  g_clear_pointer (&door->queue_id, g_free);
}
