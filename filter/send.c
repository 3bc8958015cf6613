/* send.c - the command "send": what is queued and due goes out. */
#include "send.h"
#include "admin.h"
#include "engine.h"
#include "log.h"
#include "start.h"
#include "tidy.h"

#include <signal.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>

#define WATCH_S 30

typedef struct
{
  gboolean watch, uncertain, list;
  char *only, *retry, *state;
  FilterAdminFormat format;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->only);
  g_free (options->retry);
  g_free (options->state);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int argc, char **argv, int *code_out)
{
  const GOptionEntry entries[] = {
    { "watch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->watch, "Stay, and send what becomes due",
      NULL },
    { "uncertain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->uncertain,
      "Also what may have been sent already", NULL },
    { "only", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->only, "That one, if it is due", "ID" },
    { "list", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->list,
      "Send nothing; list what is not sent, and why", NULL },
    { "state", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->state,
      "List only: waiting, sending, uncertain, failed", "STATE" },
    { "retry", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->retry,
      "Send one that was given up, or is uncertain", "ID" },
    FILTER_ADMIN_FORMAT_OPTIONS (&options->format),
    { 0 },
  };
  const char *wrong = NULL;
  if (!filter_options (entries, NULL, "Sends the confirmations and the daily notice that are due.", &argc,
                       &argv, code_out))
    return FALSE;
  if (argc > 1)
    wrong = "it takes options only";
  else if (options->state != NULL && !(options->list && filter_send_is_state (options->state)))
    wrong = "--state is for --list, and waiting, sending, uncertain or failed";
  else if (options->watch + options->list + (options->only != NULL) + (options->retry != NULL) > 1)
    wrong = "--watch, --list, --only and --retry do not go together";
  if (wrong != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "send", "%s; see 'optout help send'", wrong);
  return wrong == NULL;
}

/* What is not out yet, by state: @name in JSON, @words for people when there is any. */
static const struct
{
  StoreReplyState state;
  const char *name, *words;
} left[] = {
  { STORE_REPLY_WAITING, "waiting", "waiting" },
  { STORE_REPLY_UNCERTAIN, "uncertain", "perhaps sent (--uncertain sends again)" },
  { STORE_REPLY_FAILED, "given-up", "given up" },
};

static void
print_counts (const Options *options, guint sent, guint failed, const guint64 *counts)
{
  g_autoptr (GString) line = g_string_new ("{");
  if (options->format.json)
    {
      filter_json_number (line, "sent", sent);
      filter_json_number (line, "failed", failed);
    }
  else
    g_string_printf (line, "%u sent, %u not sent now", sent, failed);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    if (options->format.json)
      filter_json_number (line, left[i].name, counts[left[i].state]);
    else if (counts[left[i].state] > 0)
      g_string_append_printf (line, ", %" G_GUINT64_FORMAT " %s", counts[left[i].state], left[i].words);
  if (options->format.json)
    g_string_append_c (line, '}');
  puts (line->str);
  fflush (stdout);
}

/* What one round has to do with; observe writes nothing and says nothing to anybody. */
static gboolean
send_round (const FilterConfig *config, FilterTransport *transport, FilterRound *round, guint64 *counts,
            GError **error)
{
  g_autofree char *digest = NULL;
  g_autoptr (FilterEngine) engine = filter_engine_new (config, 0);
  Store *store = filter_engine_store (engine, error);
  return store != NULL && (round->only != NULL || filter_tidy_daily (store, config, round->now, error))
         && (round->only != NULL || filter_engine_digest (engine, round->now, &digest, error))
         && filter_submit_replies (config, transport, store, round, error)
         && store_reply_counts (store, counts, error);
}

static gboolean
send_once (const FilterConfig *config, const Options *options, FilterTransportNew way, GError **error)
{
  guint64 counts[STORE_REPLY_FAILED + 1] = { 0 };
  FilterRound round = { .only = options->retry != NULL ? options->retry : options->only,
                        .uncertain = options->uncertain,
                        .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (FilterTransport) transport = way (config); /* a connection ends with the round */
  if (!config->observe && !send_round (config, transport, &round, counts, error))
    return FALSE;
  if (!options->watch || round.sent + round.failed > 0)
    print_counts (options, round.sent, round.failed, counts);
  return TRUE;
}

/* Until SIGTERM or SIGINT, which are kept for the pauses: none interrupts a hand-over. A store that is away
 * may come back. */
static void
send_always (const FilterConfig *config, const Options *options, FilterTransportNew way)
{
  sigset_t ends;
  sigemptyset (&ends);
  sigaddset (&ends, SIGTERM);
  sigaddset (&ends, SIGINT);
  sigprocmask (SIG_BLOCK, &ends, NULL);
  const struct timespec pause = { WATCH_S, 0 };
  do
    {
      g_autoptr (GError) error = NULL;
      if (!send_once (config, options, way, &error))
        filter_log (LOG_WARNING, "send: %s", error->message);
    }
  while (sigtimedwait (&ends, NULL, &pause) < 0);
}

/* ---- for people ---- */

static int
list_replies (FilterAdmin *admin, const Options *options)
{
  g_autoptr (GError) error = NULL;
  int code;
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  if (!filter_send_list (admin->store, filter_admin_format (&options->format), options->state, &error))
    return filter_admin_store_trouble (admin, error);
  return FILTER_EXIT_DONE;
}

/* Makes it due; the round that follows sends it. */
static gboolean
retry_reply (FilterAdmin *admin, const char *id, int *code_out)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;
  if (!filter_admin_open (admin, TRUE, code_out))
    return FALSE;
  if (!store_retry (admin->store, id, g_get_real_time () / G_USEC_PER_SEC, &found, &error))
    *code_out = filter_admin_store_trouble (admin, error);
  else if (!found)
    *code_out
        = filter_complain (FILTER_EXIT_USAGE, "send",
                           "%s: no answer that was given up or is uncertain; see 'optout send --list'", id);
  filter_admin_close (admin);
  return found;
}

static int
complain_of_program (void)
{
  g_autofree char *path = filter_start_program ("send");
  return filter_complain (FILTER_EXIT_RETRY, "send",
                          "%s: cannot be run, and [reply] submit needs it; install optout whole", path);
}

int
filter_send_through (const FilterGlobal *global, int argc, char **argv, FilterTransportNew server)
{
  g_auto (Options) options = { 0 };
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) given = g_strdupv (argv); /* the options are taken out of argv */
  int code;
  if (!read_options (&options, argc, argv, &code) || !filter_admin_load (&admin, global, "send", &code))
    return code;
  if (options.list)
    return list_replies (&admin, &options);
  gboolean program = admin.config->submit == FILTER_SUBMIT_SENDMAIL;
  if (!program && server == NULL)
    {
      filter_start_replace (global, given);
      return complain_of_program ();
    }
  filter_log_open ();
  if (options.retry != NULL && !retry_reply (&admin, options.retry, &code))
    return code;
  FilterTransportNew way = program ? filter_submit_program : server;
  if (options.watch)
    send_always (admin.config, &options, way);
  else if (!send_once (admin.config, &options, way, &error))
    return filter_complain (FILTER_EXIT_RETRY, "send", "%s", error->message);
  return FILTER_EXIT_DONE;
}

int
filter_send (const FilterGlobal *global, int argc, char **argv)
{
  return filter_send_through (global, argc, argv, NULL);
}
