/* outcome.c - the one place where an outcome becomes an exit code or a line (R1, R3). */
#include "outcome.h"

/* Every other non-zero code bounces the customer's mail (REQUIREMENTS section 0, point 3). */
int
filter_outcome_exit (FilterStatus status)
{
  switch (status)
    {
    case FILTER_DONE:
      return FILTER_EXIT_DONE;
    case FILTER_RETRY:
      return FILTER_EXIT_RETRY;
    case FILTER_REFUSE:
      return FILTER_EXIT_REFUSE;
    }
  g_assert_not_reached ();
}

char *
filter_outcome_text (FilterStatus status, const char *why)
{
  switch (status)
    {
    case FILTER_DONE:
      return NULL;
    case FILTER_RETRY:
      return g_strconcat ("4.3.0 ", why != NULL ? why : "try again later", NULL);
    case FILTER_REFUSE:
      return g_strconcat ("5.7.1 ", why != NULL ? why : "not accepted here", NULL);
    }
  g_assert_not_reached ();
}
