/* engine-staff.c - what people on the staff decide about held mail, and the notice that there is some. */
#include "clock.h"
#include "engine-private.h"
#include "flood.h"
#include "gate.h"

#include "build-config.h"

#define DAY FILTER_CLOCK_DAY
#define SOON (7 * DAY)
#define DIGEST_MARK "digest-sent-at"
#define DIGEST_LINES 50

G_DEFINE_QUARK (filter - engine - error - quark, filter_engine_error)

/* Runs @work between begin and commit. */
typedef gboolean (*Work) (FilterEngine *engine, gpointer data, GError **error);

static gboolean
in_transaction (FilterEngine *engine, Work work, gpointer data, GError **error)
{
  Store *store = filter_engine_store (engine, error);
  if (store == NULL || !store_begin (store, error))
    return FALSE;
  if (work (engine, data, error) && store_commit (store, error))
    return TRUE;
  store_rollback (store);
  return FALSE;
}

/* ---- deciding ---- */

typedef struct
{
  const char *id, *by, *note;
  gboolean accept;
  gint64 now;
} Decision;

/* Who decided why, in whose name, and under which policy and law (R120). */
static GVariant *
details_of (const FilterConfig *config, const char *note)
{
  const char *const rows[][2] = { { "note", note },
                                  { "controller", config->organisation },
                                  { "policy-url", config->policy_url },
                                  { "jurisdiction", config->jurisdiction } };
  GVariantBuilder details;
  g_variant_builder_init (&details, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = rows[i][1] != NULL ? g_utf8_make_valid (rows[i][1], -1) : NULL;
      if (text != NULL)
        g_variant_builder_add (&details, "{ss}", rows[i][0], text);
    }
  return g_variant_ref_sink (g_variant_builder_end (&details));
}

static StoreEvent *
event_of (const FilterConfig *config, const Decision *d, const StoreEvent *hold, StoreAction action)
{
  StoreEvent *event = store_event_new ();
  event->id = filter_engine_random_id ();
  event->action = action;
  event->reason = STORE_REASON_CUSTOMER_SERVICE;
  event->received_at = d->now;
  event->recorded_at = d->now;
  event->channel = g_strdup (hold->channel);
  event->scope = g_strdupv (hold->scope);
  event->except = g_strdupv (hold->except);
  event->by = g_strdup (d->by);
  event->related = g_strdup (hold->id);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (hold->address);
  event->details = details_of (config, d->note);
  return event;
}

/* The wish itself: it reached us when the held mail did, so that what the person said later still holds. */
static gboolean
record_wish (FilterEngine *engine, const Decision *d, const StoreEvent *hold, GError **error)
{
  g_autoptr (FilterVerdict) verdict = filter_policy_accept (hold, d->note != NULL && *d->note != '\0');
  StoreAction actions[FILTER_ACTIONS];
  guint n = filter_policy_actions (verdict, actions);
  for (guint i = 0; i < n; i++)
    {
      StoreRecorded recorded;
      g_autoptr (StoreEvent) event = event_of (engine->config, d, hold, actions[i]);
      event->reason = verdict->reason;
      event->received_at = hold->received_at;
      g_strfreev (event->scope);
      event->scope = g_strdupv (verdict->scope);
      if (!store_record (engine->store, event, &recorded, NULL, error)
          || !filter_gate_tie (engine->store, engine->config, event, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
record_decision (FilterEngine *engine, const Decision *d, const StoreEvent *hold, GError **error)
{
  StoreRecorded recorded;
  g_autoptr (StoreEvent) event
      = event_of (engine->config, d, hold, d->accept ? STORE_ACTION_ACCEPT : STORE_ACTION_REJECT);
  return store_record (engine->store, event, &recorded, NULL, error)
         && (!d->accept || record_wish (engine, d, hold, error));
}

static gboolean
refuse (GError **error, FilterEngineError code, const char *why)
{
  g_set_error_literal (error, FILTER_ENGINE_ERROR, (int)code, why);
  return FALSE;
}

static gboolean
decide (FilterEngine *engine, gpointer data, GError **error)
{
  const Decision *d = data;
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (StoreEvent) hold = NULL;
  if (!store_held_get (engine->store, d->id, &held, NULL, error))
    return FALSE;
  if (held == NULL)
    return refuse (error, FILTER_ENGINE_ERROR_NOT_HELD,
                   "no mail is held under that id; see 'optout review list'");
  if (held->decided_at != 0)
    return refuse (error, FILTER_ENGINE_ERROR_DECIDED,
                   "somebody has decided already; see 'optout review list'");
  if (held->event != NULL && !store_event (engine->store, held->event, &hold, error))
    return FALSE;
  gboolean nobody = hold == NULL || hold->address == NULL;
  if (nobody && d->accept)
    return refuse (error, FILTER_ENGINE_ERROR_NOBODY,
                   "no wish of an address was read in this mail; use 'optout add ADDRESS --note TEXT', then "
                   "'optout review reject ID'");
  return (nobody || record_decision (engine, d, hold, error))
         && store_held_decide (engine->store, d->id, d->accept ? "accept" : "reject", d->by, d->now, error);
}

gboolean
filter_engine_decide (FilterEngine *engine, const char *held_id, gboolean accept, const char *by,
                      const char *note, gint64 now, GError **error)
{
  Decision decision = { .id = held_id, .by = by, .note = note, .accept = accept, .now = now };
  return in_transaction (engine, decide, &decision, error);
}

/* ---- the daily notice ---- */

typedef struct
{
  gint64 now;
  char *reply; /* NULL: none was queued */
} Digest;

/* What waits, where a notice is due. */
typedef struct
{
  GPtrArray *held, *requests;
  guint64 failed; /* answers that were given up since the last notice */
  char *flood;    /* a line, or NULL */
} Waiting;

static void
waiting_clear (Waiting *waiting)
{
  g_clear_pointer (&waiting->held, g_ptr_array_unref);
  g_clear_pointer (&waiting->requests, g_ptr_array_unref);
  g_clear_pointer (&waiting->flood, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Waiting, waiting_clear)

static guint
waiting_count (const Waiting *waiting)
{
  if (waiting->held == NULL)
    return 0;
  return waiting->held->len + waiting->requests->len + (guint)waiting->failed
         + (waiting->flood != NULL ? 1 : 0);
}

static gboolean
look_for_flood (FilterEngine *engine, gint64 now, char **line_out, GError **error)
{
  g_autofree char *text = NULL;
  if (!store_mark_get (engine->store, FILTER_FLOOD_MARK, &text, error))
    return FALSE;
  gint64 began_at;
  g_autoptr (FilterFloods) floods = filter_floods_read (text);
  guint64 total = filter_floods_news (floods, engine->config->flood_per_hour, now, &began_at);
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_utc (began_at);
  g_autofree char *time = g_date_time_format (since, "%Y-%m-%dT%H:%M:%SZ");
  if (total > 0)
    *line_out = g_strdup_printf ("  %s  %" G_GUINT64_FORMAT "\n", time, total);
  return TRUE;
}

static gboolean
look_for_waiting (FilterEngine *engine, gint64 now, Waiting *waiting, GError **error)
{
  g_autofree char *sent = NULL;
  if (!store_mark_get (engine->store, DIGEST_MARK, &sent, error))
    return FALSE;
  gint64 sent_at = sent != NULL ? g_ascii_strtoll (sent, NULL, 10) : 0;
  gboolean due = sent == NULL || now - sent_at >= DAY;
  return !due
         || (store_replies_failed (engine->store, sent_at, &waiting->failed, error)
             && look_for_flood (engine, now, &waiting->flood, error)
             && store_requests (engine->store, FALSE, &waiting->requests, error)
             && store_held_list (engine->store, FALSE, &waiting->held, error));
}

static char *
day_text (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at);
  return g_date_time_format (time, "%Y-%m-%d");
}

static char *
end_lines (GString *lines, guint count)
{
  if (count > DIGEST_LINES)
    g_string_append (lines, "  ...\n");
  return g_string_free (lines, count == 0);
}

/* Ids, days and reasons only: what the mails say stays in the house. */
static char *
waiting_lines (const GPtrArray *held)
{
  GString *lines = g_string_new (NULL);
  for (guint i = 0; i < MIN (held->len, DIGEST_LINES); i++)
    {
      const StoreHeld *one = g_ptr_array_index (held, i);
      g_autofree char *day = day_text (one->held_at);
      g_string_append_printf (lines, "  %s  %s  %s\n", day, one->id, one->why);
    }
  return end_lines (lines, held->len);
}

/* The oldest are due first (R101). */
static char *
request_lines (const GPtrArray *requests, guint case_days, gint64 now)
{
  GString *lines = g_string_new (NULL);
  for (guint i = 0; i < MIN (requests->len, DIGEST_LINES); i++)
    {
      const StoreRequest *one = g_ptr_array_index (requests, i);
      gint64 due_at = filter_clock_case_due (one->opened_at, case_days);
      g_autofree char *day = day_text (due_at);
      const char *state = due_at < now ? "overdue" : due_at < now + SOON ? "soon" : "open";
      g_string_append_printf (lines, "  %s  %-7s  %s  %s%s\n", day, state, one->id,
                              store_action_name (one->kind),
                              one->confirmed_at != 0 ? ", confirmed by the person" : "");
    }
  return end_lines (lines, requests->len);
}

static gboolean
queue_digest (FilterEngine *engine, gpointer data, GError **error)
{
  Digest *digest = data;
  const FilterConfig *config = engine->config;
  g_auto (Waiting) waiting = { 0 };
  if (!look_for_waiting (engine, digest->now, &waiting, error))
    return FALSE;
  guint count = waiting_count (&waiting);
  if (count == 0)
    return TRUE; /* another process was first */

  g_autofree char *mails = waiting_lines (waiting.held);
  g_autofree char *requests = request_lines (waiting.requests, config->case_days, digest->now);
  g_autofree char *id = filter_engine_random_id ();
  g_autofree char *sent = g_strdup_printf ("%" G_GINT64_FORMAT, digest->now);
  g_autoptr (FilterReplyText) text
      = filter_reply_digest (config, count, waiting.flood, mails, requests, (guint)waiting.failed);
  g_autoptr (GBytes) mail = filter_engine_compose (engine, config->notify_to, text, id, NULL, digest->now);
  if (!filter_engine_queue (engine, NULL, config->notify_to, mail, NULL, 0, digest->now, &digest->reply,
                            error))
    return FALSE;
  return store_mark_set (engine->store, DIGEST_MARK, sent, error);
}

static gboolean
may_notify (const FilterConfig *config)
{
  return config->notify_to != NULL && config->reply_from != NULL && !config->observe
         && g_str_is_ascii (config->notify_to) && g_str_is_ascii (config->reply_from); /* R47 */
}

gboolean
filter_engine_digest (FilterEngine *engine, gint64 now, char **reply_out, GError **error)
{
  Digest digest = { .now = now };
  g_auto (Waiting) waiting = { 0 };
  if (may_notify (engine->config))
    {
      if (filter_engine_store (engine, error) == NULL || !look_for_waiting (engine, now, &waiting, error)
          || (waiting_count (&waiting) > 0 && !in_transaction (engine, queue_digest, &digest, error)))
        {
          g_free (digest.reply);
          return FALSE;
        }
    }
  *reply_out = digest.reply;
  return TRUE;
}
