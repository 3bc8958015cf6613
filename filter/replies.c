/* replies.c - sends what is queued: claim, hand over, settle. */
#include "log.h"
#include "submit.h"

#include <syslog.h>

#define MINUTE 60
#define GIVE_UP_S (3 * 24 * 60 * MINUTE)

/* The claim has counted this try already. */
static gint64
next_try (const StoreReply *reply, gint64 now)
{
  static const int minutes[] = { 1, 5, 15, 60, 240 };
  return now + minutes[CLAMP (reply->tries, 1, G_N_ELEMENTS (minutes)) - 1] * MINUTE;
}

static StoreReplyState
state_of (FilterSubmitResult result, const StoreReply *reply, gint64 now)
{
  switch (result)
    {
    case FILTER_SUBMIT_SENT:
      return STORE_REPLY_SENT;
    case FILTER_SUBMIT_FAILED:
    case FILTER_SUBMIT_REFUSED:
      return STORE_REPLY_FAILED;
    case FILTER_SUBMIT_UNCERTAIN: /* never sent twice by itself (R73) */
      return STORE_REPLY_UNCERTAIN;
    case FILTER_SUBMIT_WAITS:
    case FILTER_SUBMIT_AWAY:
      break;
    }
  return now - reply->queued_at > GIVE_UP_S ? STORE_REPLY_FAILED : STORE_REPLY_WAITING;
}

/* What the work of a round needs. */
typedef struct
{
  const FilterConfig *config;
  FilterTransport *transport;
  Store *store;
  FilterRound *round;
  gint64 began; /* monotonic */
} Work;

/* A round may take hours: a claim by the time of its beginning would look like one that was left behind. */
static gint64
clock_of (const Work *work)
{
  return work->round->now + (g_get_monotonic_time () - work->began) / G_TIME_SPAN_SECOND;
}

static gboolean
settle (const Work *work, const StoreReply *reply, FilterSubmitResult result, const char *why,
        const char *said, GError **error)
{
  gint64 now = clock_of (work);
  g_autofree char *line = said != NULL ? g_strconcat (why, ": ", said, NULL) : g_strdup (why);
  return (result != FILTER_SUBMIT_REFUSED
          || filter_engine_bounced (work->config, work->store, reply, said, now, NULL, error))
         && store_settle (work->store, reply->id, state_of (result, reply, now), now, next_try (reply, now),
                          line, error);
}

/* One of them, if there is one. */
static gboolean
send_next (const Work *work, const char *only, gboolean uncertain, gboolean *found_out, GError **error)
{
  g_autoptr (StoreReply) reply = NULL;
  g_autofree char *why = NULL, *said = NULL;
  FilterRound *round = work->round;
  if (!store_claim (work->store, only, uncertain, clock_of (work), &reply, error))
    return FALSE;
  *found_out = reply != NULL;
  if (reply == NULL)
    return TRUE;
  FilterSubmitResult result = work->transport->hand_over (work->transport, reply, &why, &said);
  if (result == FILTER_SUBMIT_SENT)
    round->sent++;
  else
    {
      round->failed++;
      filter_log (LOG_WARNING, "reply %s: not sent now: %s", reply->id, why);
    }
  round->away = result == FILTER_SUBMIT_AWAY || result == FILTER_SUBMIT_UNCERTAIN;
  return settle (work, reply, result, why, said, error);
}

static gboolean
add_uncertain (const StoreReply *reply, gpointer data)
{
  if (reply->state == STORE_REPLY_UNCERTAIN)
    g_ptr_array_add (data, g_strdup (reply->id));
  return TRUE;
}

/* Each once: one that is uncertain again stays so. */
static gboolean
send_uncertain (const Work *work, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean found;
  if (!store_each_reply (work->store, add_uncertain, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len && !work->round->away; i++)
    if (!send_next (work, g_ptr_array_index (ids, i), TRUE, &found, error))
      return FALSE;
  return TRUE;
}

gboolean
filter_submit_replies (const FilterConfig *config, FilterTransport *transport, Store *store,
                       FilterRound *round, GError **error)
{
  const Work work = { config, transport, store, round, g_get_monotonic_time () };
  gboolean found;
  do
    if (!send_next (&work, round->only, FALSE, &found, error))
      return FALSE;
  while (found && !round->away && round->only == NULL);
  return !round->uncertain || round->away || send_uncertain (&work, error);
}
