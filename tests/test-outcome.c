/* test-outcome.c - the funnel (R1): every status has its code and its line. */
#include "outcome.h"

static void
only_retry_and_refuse_are_not_zero (void)
{
  g_assert_cmpint (filter_outcome_exit (FILTER_DONE), ==, 0);
  g_assert_cmpint (filter_outcome_exit (FILTER_RETRY), ==, 75);
  g_assert_cmpint (filter_outcome_exit (FILTER_REFUSE), ==, 69);
}

static void
the_line_begins_with_its_status_code (void)
{
  g_autofree char *done = filter_outcome_text (FILTER_DONE, "ignored");
  g_autofree char *retry = filter_outcome_text (FILTER_RETRY, "store unavailable");
  g_autofree char *refuse = filter_outcome_text (FILTER_REFUSE, "not here");
  g_assert_null (done);
  g_assert_cmpstr (retry, ==, "4.3.0 store unavailable");
  g_assert_cmpstr (refuse, ==, "5.7.1 not here");
}

static void
a_line_without_a_reason_still_has_words (void)
{
  g_autofree char *retry = filter_outcome_text (FILTER_RETRY, NULL);
  g_autofree char *refuse = filter_outcome_text (FILTER_REFUSE, NULL);
  g_assert_cmpstr (retry, ==, "4.3.0 try again later");
  g_assert_cmpstr (refuse, ==, "5.7.1 not accepted here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outcome/only-retry-and-refuse-are-not-zero", only_retry_and_refuse_are_not_zero);
  g_test_add_func ("/outcome/the-line-begins-with-its-status-code", the_line_begins_with_its_status_code);
  g_test_add_func ("/outcome/a-line-without-a-reason-still-has-words",
                   a_line_without_a_reason_still_has_words);
  return g_test_run ();
}
