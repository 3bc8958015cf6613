/* event-report.c - an event of the ledger as people and programs read it. */
#include "admin.h"
#include "plain.h"

static void
add_time (GString *out, const char *name, gint64 at)
{
  g_autofree char *text = filter_time_text (at);
  filter_json_member (out, name, text);
}

/* What ISO/IEC TS 27560 calls event and evidence (R120). */
void
filter_admin_event_json (GString *out, const StoreEvent *event)
{
  const char *key, *value;
  GVariantIter details;
  g_string_append_c (out, '{');
  filter_json_member (out, "event", event->id);
  filter_json_number (out, "seq", event->seq);
  filter_json_member (out, "action", store_action_name (event->action));
  filter_json_member (out, "reason", store_reason_name (event->reason));
  filter_json_member (out, "address", event->address);
  filter_json_strings (out, "scope", (const char *const *)event->scope);
  filter_json_strings (out, "except", (const char *const *)event->except);
  add_time (out, "received_at", event->received_at);
  add_time (out, "recorded_at", event->recorded_at);
  filter_json_member (out, "channel", event->channel);
  filter_json_member (out, "by", event->by);
  filter_json_member (out, "related", event->related);
  filter_json_member (out, "confirmation", event->confirmation);
  filter_json_member (out, "program", event->program);
  filter_json_name (out, "evidence");
  g_string_append_c (out, '{');
  if (event->details != NULL)
    {
      g_variant_iter_init (&details, event->details);
      while (g_variant_iter_next (&details, "{&s&s}", &key, &value))
        filter_json_member (out, key, value);
    }
  g_string_append (out, "}}");
}

static void
add_details (GString *out, GVariant *details)
{
  const char *key, *value;
  GVariantIter iter;
  g_variant_iter_init (&iter, details);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      g_autofree char *text = filter_plain_text (value, -1, FALSE);
      g_string_append_printf (out, "    %s: %s\n", key, text);
    }
}

void
filter_admin_event_words (GString *out, const StoreEvent *event)
{
  g_autofree char *received = filter_time_text (event->received_at);
  g_autofree char *recorded = filter_time_text (event->recorded_at);
  g_autofree char *scope
      = filter_admin_scope_text ((const char *const *)event->scope, (const char *const *)event->except);
  g_autofree char *by = filter_plain_text (event->by, -1, FALSE);
  g_string_append_printf (out, "%s  %s%s%s, by %s: %s\n", received != NULL ? received : "?",
                          store_action_name (event->action), *scope != '\0' ? " of " : "", scope,
                          event->channel, filter_admin_reason_text (event->reason));
  g_string_append_printf (out, "    event: %s, number %" G_GINT64_FORMAT " of the ledger\n", event->id,
                          event->seq);
  g_string_append_printf (out, "    recorded: %s by %s (%s)\n", recorded != NULL ? recorded : "?", by,
                          event->program);
  if (event->related != NULL)
    g_string_append_printf (out, "    answers: %s\n", event->related);
  if (event->confirmation != NULL)
    g_string_append_printf (out, "    confirmation: sha256 %s\n", event->confirmation);
  if (event->details != NULL)
    add_details (out, event->details);
}
