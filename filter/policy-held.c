/* policy-held.c - what a held mail was taken for, and what it becomes when a person on the staff says yes.
 * Pure. */
#include "policy-private.h"

#include <string.h>

/* The intent under @detail, where it is another than an opt-out; else @otherwise. */
static ParserIntent
intent_of (const StoreEvent *hold, const char *detail, ParserIntent otherwise)
{
  static const ParserIntent own[] = { PARSER_INTENT_OPT_IN, PARSER_INTENT_ERASURE, PARSER_INTENT_ACCESS,
                                      PARSER_INTENT_CORRECTION, PARSER_INTENT_NO_SHARING };
  const char *name;
  if (hold->details == NULL || !g_variant_lookup (hold->details, detail, "&s", &name))
    return otherwise;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (name, parser_intent_name (own[i])) == 0)
      return own[i];
  return otherwise;
}

ParserIntent
filter_policy_held_intent (const StoreEvent *hold)
{
  return intent_of (hold, "intent", PARSER_INTENT_OPT_OUT);
}

gboolean
filter_policy_is_question (const StoreEvent *answered)
{
  return answered->action == STORE_ACTION_HOLD
         && filter_policy_held_intent (answered) == PARSER_INTENT_OPT_IN;
}

static gboolean
was_of_every_channel (const StoreEvent *hold)
{
  const char *channels;
  return hold->details != NULL && g_variant_lookup (hold->details, FILTER_DETAIL_CHANNELS, "&s", &channels)
         && strcmp (channels, FILTER_CHANNELS_EVERY) == 0;
}

FilterVerdict *
filter_policy_accept (const StoreEvent *hold, gboolean proof)
{
  g_assert (hold->action == STORE_ACTION_HOLD && hold->address != NULL);
  FilterVerdict *verdict = filter_verdict_new ();
  verdict->act = FILTER_ACT_RECORD;
  verdict->act_reason = "accepted";
  verdict->intent = filter_policy_held_intent (hold);
  verdict->request = filter_policy_has_request (verdict) ? intent_of (hold, "request", PARSER_INTENT_NONE)
                                                         : PARSER_INTENT_NONE;
  verdict->reason = verdict->intent == PARSER_INTENT_OPT_IN && !proof ? STORE_REASON_CUSTOMER_SERVICE
                                                                      : STORE_REASON_PERSON;
  if (!filter_policy_is_case_only (verdict->intent))
    {
      g_strfreev (verdict->scope);
      verdict->scope = g_strdupv (hold->scope);
    }
  verdict->every_channel = verdict->intent == PARSER_INTENT_OPT_OUT && was_of_every_channel (hold);
  filter_verdict_add_subject (verdict, hold->address, "from");
  return verdict;
}
