/* standing-text.c - see standing-text.h */
#include "standing-text.h"

char *
filter_admin_scope_text (const char *const *scope, const char *const *except)
{
  gboolean every = scope != NULL && g_strv_contains (scope, STORE_EVERY);
  g_autofree char *names = every ? g_strdup ("everything") : g_strjoinv (", ", (char **)scope);
  if (!every || except == NULL || except[0] == NULL)
    return g_steal_pointer (&names);
  g_autofree char *kept = g_strjoinv (", ", (char **)except);
  return g_strdup_printf ("everything but %s", kept);
}

const char *
filter_admin_reason_text (StoreReason reason)
{
  switch (reason)
    {
    case STORE_REASON_COMPLAINT:
      return "a complaint of the person";
    case STORE_REASON_PERSON:
      return "an act of the person";
    case STORE_REASON_CUSTOMER_SERVICE:
      return "customer service";
    case STORE_REASON_BOUNCE:
      return "mail that could not be delivered";
    case STORE_REASON_REVIEW:
      return "a mail that waits for a decision";
    case STORE_REASON_HOUSE:
      return "the organisation itself";
    }
  g_assert_not_reached ();
}
