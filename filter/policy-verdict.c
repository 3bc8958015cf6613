/* policy-verdict.c - a verdict as a value, and what it means for the ledger. Pure. */
#include "policy.h"

guint
filter_policy_actions (const FilterVerdict *verdict, StoreAction actions_out[FILTER_ACTIONS])
{
  static const struct
  {
    ParserIntent intent;
    StoreAction action;
  } cases[] = {
    { PARSER_INTENT_OPT_IN, STORE_ACTION_OPT_IN },
    { PARSER_INTENT_ERASURE, STORE_ACTION_ERASURE },
    { PARSER_INTENT_ACCESS, STORE_ACTION_ACCESS },
    { PARSER_INTENT_CORRECTION, STORE_ACTION_CORRECTION },
    { PARSER_INTENT_NO_SHARING, STORE_ACTION_NO_SHARING },
  };
  guint n = 0;
  if (verdict->act == FILTER_ACT_NONE)
    return 0;
  if (verdict->act == FILTER_ACT_REVIEW)
    {
      actions_out[n++] = STORE_ACTION_HOLD;
      return n;
    }
  if (verdict->asked != NULL)
    {
      actions_out[n++] = STORE_ACTION_ASKED;
      return n;
    }
  if (verdict->confirms != NULL)
    {
      actions_out[n++] = STORE_ACTION_CONFIRM;
      return n;
    }
  if (verdict->intent != PARSER_INTENT_OPT_IN && *verdict->scope != NULL)
    actions_out[n++] = STORE_ACTION_OPT_OUT;
  if (*verdict->again != NULL)
    actions_out[n++] = STORE_ACTION_OPT_IN;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].intent == verdict->intent || cases[i].intent == verdict->request)
      actions_out[n++] = cases[i].action;
  if (verdict->every_channel)
    actions_out[n++] = STORE_ACTION_NO_CONTACT;
  return n;
}

static void
subject_free (gpointer data)
{
  FilterSubject *subject = data;
  g_free (subject->address);
  g_strfreev (subject->scope);
  g_free (subject);
}

FilterVerdict *
filter_verdict_new (void)
{
  FilterVerdict *verdict = g_new0 (FilterVerdict, 1);
  verdict->act_reason = "no-wish";
  verdict->reply_reason = "nothing-to-say";
  verdict->scope = g_new0 (char *, 1);
  verdict->except = g_new0 (char *, 1);
  verdict->again = g_new0 (char *, 1);
  verdict->again_except = g_new0 (char *, 1);
  verdict->subjects = g_ptr_array_new_with_free_func (subject_free);
  return verdict;
}

void
filter_verdict_free (FilterVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_free (verdict->topic);
  g_free (verdict->reply_to);
  g_strfreev (verdict->scope);
  g_strfreev (verdict->except);
  g_strfreev (verdict->again);
  g_strfreev (verdict->again_except);
  g_free (verdict->confirms);
  g_ptr_array_unref (verdict->subjects);
  g_free (verdict->requester);
  filter_verdict_free (verdict->beside);
  g_free (verdict->asked);
  g_free (verdict->left);
  g_free (verdict);
}

const char *
filter_act_name (FilterAct act)
{
  switch (act)
    {
    case FILTER_ACT_NONE:
      return "none";
    case FILTER_ACT_REVIEW:
      return "review";
    case FILTER_ACT_RECORD:
      return "record";
    }
  g_assert_not_reached ();
}
