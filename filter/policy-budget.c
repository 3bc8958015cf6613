/* policy-budget.c - what a reply is counted under (R64, R65; FIELD section 4, 16). Pure. */
#include "policy.h"

#include <string.h>

#include "address.h"

#define MAILBOX_MOST 10 /* a day: more than a person who chooses by reply needs */

static void
add (StoreBudget *budgets, char **names, char *name, guint most, guint seconds)
{
  guint n = g_strv_length (names);
  names[n] = name;
  budgets[n] = (StoreBudget){ name, most, seconds };
}

/* Is it proved that its reader wrote, or gets our mail? Nobody forges that by the thousand. */
static gboolean
is_proved (const FilterVerdict *verdict)
{
  if (verdict->proof != PARSER_PROOF_NONE || verdict->asked != NULL)
    return TRUE;
  for (guint i = 0; i < verdict->subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      if (strcmp (subject->source, "token") == 0 && g_strcmp0 (subject->address, verdict->reply_to) == 0)
        return TRUE;
    }
  return FALSE;
}

guint
filter_policy_budgets (const FilterVerdict *verdict, const FilterConfig *config, StoreBudget *budgets_out,
                       char ***names_out)
{
  g_assert (verdict->reply_to != NULL);
  const guint hour = 3600, day = 24 * hour;
  const char *to = verdict->reply_to;
  /* what another causes is counted whatever he names: he could name other categories each time */
  gboolean own = verdict->requester == NULL || g_strcmp0 (to, verdict->requester) == 0;
  g_autofree char *list = g_strjoinv (",", verdict->scope);
  g_autofree char *mailbox = filter_address_mailbox (to, (const char *const *)config->dotless_domains);
  const char *proved = is_proved (verdict) ? ":proved" : NULL;
  char **names = g_new0 (char *, FILTER_BUDGETS + 1);
  add (budgets_out, names,
       g_strconcat ("address:", to, ":", filter_policy_notice (verdict), own ? ":" : NULL, list, NULL), 1,
       config->once_per_days * day);
  add (budgets_out, names, g_strconcat ("mailbox:", mailbox, NULL), MAILBOX_MOST, day);
  add (budgets_out, names, g_strconcat ("domain:", strrchr (to, '@') + 1, proved, NULL),
       config->per_domain_per_hour, hour);
  if (verdict->topic != NULL)
    add (budgets_out, names, g_strconcat ("subject:", verdict->topic, NULL), config->per_subject_per_hour,
         hour);
  add (budgets_out, names, g_strconcat ("all", proved, NULL), config->per_hour, hour);
  *names_out = names;
  return g_strv_length (names);
}

const char *
filter_policy_budget_reason (const StoreBudget *budget)
{
  static const struct
  {
    const char *name, *reason;
  } reasons[] = { { "address:", "once-per-period" },
                  { "mailbox:", "rate-mailbox" },
                  { "domain:", "rate-domain" },
                  { "subject:", "rate-subject" } };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_has_prefix (budget->name, reasons[i].name))
      return reasons[i].reason;
  return "rate";
}
