/* gate.c - see gate.h */
#include "gate.h"
#include "address.h"
#include "report.h"
#include "standing-text.h"

#include <string.h>

#define FORMS 4 /* as asked, its base, and both without dots */

void
filter_answer_clear (FilterAnswer *answer)
{
  g_clear_pointer (&answer->standing, store_standing_free);
  g_clear_pointer (&answer->found, g_free);
}

gboolean
filter_answer_is_yes (const FilterAnswer *answer)
{
  return answer->ground != FILTER_GROUND_STOP && answer->ground != FILTER_GROUND_DEFAULT;
}

const char *
filter_ground_name (FilterGround ground)
{
  static const char *const names[] = {
    [FILTER_GROUND_ESSENTIAL] = "essential", [FILTER_GROUND_SILENCE] = "silence",
    [FILTER_GROUND_CONSENT] = "consent",     [FILTER_GROUND_STOP] = "stop",
    [FILTER_GROUND_DEFAULT] = "default",
  };
  return names[ground];
}

/* ---- asking ---- */

/* The forms of @address under which a stop of it may stand; those that it does not have are NULL. */
static void
forms_of (const FilterConfig *config, const char *address, char *forms_out[FORMS])
{
  const char *const *dotless = (const char *const *)config->dotless_domains;
  forms_out[0] = g_strdup (address);
  forms_out[1] = filter_address_base (address);
  forms_out[2] = filter_address_dotless (address, dotless);
  forms_out[3] = forms_out[1] != NULL ? filter_address_dotless (forms_out[1], dotless) : NULL;
}

static gboolean
look_for_stop (Store *store, const FilterConfig *config, const char *address, const char *category,
               FilterAnswer *answer, GError **error)
{
  char *forms[FORMS];
  gboolean done = TRUE;
  forms_of (config, address, forms);
  for (guint i = 0; i < FORMS && done && answer->standing == NULL; i++)
    {
      done = forms[i] == NULL || store_check (store, forms[i], category, &answer->standing, error);
      if (i > 0 && done && answer->standing != NULL)
        answer->found = g_strdup (forms[i]);
    }
  for (guint i = 0; i < FORMS; i++)
    g_free (forms[i]);
  return done;
}

gboolean
filter_gate_ask (Store *store, const FilterConfig *config, const char *address,
                 const FilterCategory *category, FilterAnswer *answer_out, GError **error)
{
  g_auto (FilterAnswer) answer = { .ground = FILTER_GROUND_ESSENTIAL };
  if (!category->essential)
    {
      if (!look_for_stop (store, config, address, category->name, &answer, error))
        return FALSE;
      if (answer.standing == NULL && category->is_out
          && !store_consent (store, address, category->name, &answer.standing, error))
        return FALSE;
      answer.ground = answer.standing == NULL
                          ? category->is_out ? FILTER_GROUND_DEFAULT : FILTER_GROUND_SILENCE
                      : answer.standing->out ? FILTER_GROUND_STOP
                                             : FILTER_GROUND_CONSENT;
    }
  *answer_out
      = (FilterAnswer){ answer.ground, g_steal_pointer (&answer.standing), g_steal_pointer (&answer.found) };
  return TRUE;
}

/* ---- in words ---- */

/* Whose stop it is: "bob@example.org, which is linked with the base address of ann+x@example.org". */
static char *
owner_of (const FilterAnswer *answer, const char *address)
{
  const char *other = answer->standing->other;
  g_autofree char *base = filter_address_base (address);
  gboolean tagged = base != NULL && answer->found != NULL && strchr (answer->found, '+') == NULL;
  g_autofree char *asked = g_strconcat (tagged ? "the base address of " : "", address, NULL);
  if (other == NULL)
    return answer->found != NULL && g_strcmp0 (base, answer->found) != 0
               ? g_strdup_printf ("%s, the same mailbox as %s", answer->found, asked)
               : g_steal_pointer (&asked);
  return g_strdup_printf ("%s, which is linked with %s",
                          g_str_has_prefix (other, "hmac:") ? "an erased address" : other, asked);
}

char *
filter_gate_explain (const FilterAnswer *answer, const char *address, const FilterCategory *category)
{
  const StoreStanding *standing = answer->standing;
  g_autofree char *since = standing != NULL ? filter_time_text (standing->at) : NULL;
  const char *reason = standing != NULL ? filter_admin_reason_text (standing->reason) : NULL;
  switch (answer->ground)
    {
    case FILTER_GROUND_ESSENTIAL:
      return g_strdup ("yes: essential mail always goes out");
    case FILTER_GROUND_SILENCE:
      return g_strdup ("yes: nothing in the store forbids it");
    case FILTER_GROUND_CONSENT:
      return g_strdup_printf ("yes: %s opted in on %s (%s, by %s, event %s)", address, since, reason,
                              standing->channel, standing->event);
    case FILTER_GROUND_DEFAULT:
      return g_strdup_printf ("no: %s goes only to who opted in, and nothing in the store allows it for %s",
                              category->name, address);
    case FILTER_GROUND_STOP:
      break;
    }
  const char *const scope[] = { standing->category, NULL };
  g_autofree char *what = filter_admin_scope_text (scope, (const char *const *)standing->except);
  g_autofree char *owner = owner_of (answer, address);
  return g_strdup_printf (standing->reason == STORE_REASON_REVIEW
                              ? "no: for %s%s, %s is silent since %s (%s, by %s: see 'optout review show %s')"
                              : "no: for %s%s, %s is stopped since %s (%s, by %s, event %s)",
                          owner, standing->erased ? ", which was erased" : "", what, since, reason,
                          standing->channel, standing->event);
}

/* ---- spellings ---- */

gboolean
filter_gate_tie (Store *store, const FilterConfig *config, const StoreEvent *event, GError **error)
{
  if (event->action != STORE_ACTION_OPT_OUT && event->action != STORE_ACTION_HOLD)
    return TRUE;
  g_autofree char *dotless
      = filter_address_dotless (event->address, (const char *const *)config->dotless_domains);
  return dotless == NULL || store_link_spelling (store, event, dotless, error);
}
