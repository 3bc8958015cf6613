/* engine-bounce.c - a mail of ours was refused for good: what the ledger gets for it. */
#include "engine.h"
#include "gate.h"

#include "build-config.h"

#include <string.h>

#define ANSWER 200 /* characters of the other mail server's words that are kept (R120) */

/* The same refusal, heard again after a crash of ours, is the same event. */
static char *
key_of (const StoreReply *reply)
{
  g_autofree char *text = g_strconcat ("refused ", reply->id, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static GVariant *
details_of (const FilterConfig *config, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *words = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), ANSWER));
  const struct
  {
    const char *name, *value;
  } rows[] = { { "act-reason", "refused" },
               { "smtp-reply", words },
               { "controller", config->organisation },
               { "policy-url", config->policy_url },
               { "jurisdiction", config->jurisdiction } };
  GVariantBuilder details;
  g_variant_builder_init (&details, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].value != NULL && *rows[i].value != '\0')
      g_variant_builder_add (&details, "{ss}", rows[i].name, rows[i].value);
  return g_variant_ref_sink (g_variant_builder_end (&details));
}

static StoreEvent *
event_of (const FilterConfig *config, const StoreReply *reply, const char *text, gint64 now)
{
  static const char *const every[] = { STORE_EVERY, NULL };
  StoreEvent *event = store_event_new ();
  event->id = filter_engine_random_id ();
  event->action = STORE_ACTION_OPT_OUT;
  event->reason = STORE_REASON_BOUNCE;
  event->received_at = event->recorded_at = now;
  event->channel = g_strdup ("mail");
  event->scope = g_strdupv ((char **)every);
  event->key = key_of (reply);
  event->by = g_strdup ("optout");
  event->related = g_strdup (reply->event);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (reply->recipient);
  event->details = details_of (config, text);
  return event;
}

static gboolean
record (const FilterConfig *config, Store *store, StoreEvent *event, GError **error)
{
  StoreRecorded recorded;
  if (!store_begin (store, error))
    return FALSE;
  gboolean done = store_record (store, event, &recorded, NULL, error)
                  && (recorded == STORE_KNOWN || filter_gate_tie (store, config, event, error))
                  && store_commit (store, error);
  store_rollback (store);
  return done;
}

gboolean
filter_engine_bounced (const FilterConfig *config, Store *store, const StoreReply *reply, const char *text,
                       gint64 now, gboolean *recorded_out, GError **error)
{
  gboolean gone = reply->event != NULL && !filter_config_is_own (config, reply->recipient)
                  && parser_refusal_is_hard (text);
  if (gone)
    {
      g_autoptr (StoreEvent) event = event_of (config, reply, text, now);
      if (!record (config, store, event, error))
        return FALSE;
    }
  if (recorded_out != NULL)
    *recorded_out = gone;
  return TRUE;
}
