/* send.c - the command "send": what is queued and due goes out. */
#include "commands.h"
#include "engine.h"
#include "log.h"
#include "report.h"
#include "submit.h"
#include "tidy.h"

#include <signal.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>

#define WATCH_S 30

typedef struct
{
  gboolean watch, uncertain, json;
} Options;

static gboolean
read_options (Options *options, int argc, char **argv, int *code_out)
{
  const GOptionEntry entries[] = {
    { "watch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->watch, "Stay, and send what becomes due",
      NULL },
    { "uncertain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->uncertain,
      "Also what may have been sent when the system went down", NULL },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->json, "Print the counts as JSON", NULL },
    { 0 },
  };
  return filter_options (entries, NULL, "Sends the confirmations and the daily notice that are due.", &argc,
                         &argv, code_out);
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
  if (options->json)
    {
      filter_json_number (line, "sent", sent);
      filter_json_number (line, "failed", failed);
    }
  else
    g_string_printf (line, "%u sent, %u not sent now", sent, failed);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    if (options->json)
      filter_json_number (line, left[i].name, counts[left[i].state]);
    else if (counts[left[i].state] > 0)
      g_string_append_printf (line, ", %" G_GUINT64_FORMAT " %s", counts[left[i].state], left[i].words);
  if (options->json)
    g_string_append_c (line, '}');
  puts (line->str);
  fflush (stdout);
}

static gboolean
send_once (const FilterConfig *config, const Options *options, GError **error)
{
  guint sent = 0, failed = 0;
  guint64 counts[STORE_REPLY_FAILED + 1] = { 0 };
  g_autofree char *digest = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (FilterEngine) engine = filter_engine_new (config, 0);
  Store *store = config->observe ? NULL : filter_engine_store (engine, error);
  if (!config->observe /* writes nothing and says nothing to anybody */
      && (store == NULL || !filter_tidy_daily (store, config, now, error)
          || !filter_engine_digest (engine, now, &digest, error)
          || !filter_submit_replies (config, store, NULL, options->uncertain, now, &sent, &failed, error)
          || !store_reply_counts (store, counts, error)))
    return FALSE;
  if (!options->watch || sent + failed > 0)
    print_counts (options, sent, failed, counts);
  return TRUE;
}

/* Until SIGTERM or SIGINT, which are kept for the pauses: none interrupts a hand-over. A store that is away
 * may come back. */
static void
send_always (const FilterConfig *config, const Options *options)
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
      if (!send_once (config, options, &error))
        filter_log (LOG_WARNING, "send: %s", error->message);
    }
  while (sigtimedwait (&ends, NULL, &pause) < 0);
}

int
filter_send (const FilterGlobal *global, int argc, char **argv)
{
  Options options = { FALSE, FALSE, FALSE };
  g_autoptr (GError) error = NULL;
  int code;
  if (!read_options (&options, argc, argv, &code))
    return code;
  g_autoptr (FilterConfig) config = filter_config_load (global->config_file, global->store_url, &error);
  if (config == NULL)
    return filter_complain (FILTER_EXIT_RETRY, NULL, "%s", error->message);
  filter_log_open ();
  if (options.watch)
    send_always (config, &options);
  else if (!send_once (config, &options, &error))
    return filter_complain (FILTER_EXIT_RETRY, "send", "%s", error->message);
  return FILTER_EXIT_DONE;
}
