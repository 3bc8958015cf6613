/* outcome.h - the one funnel out: what became of a mail, as an exit code, an LMTP reply, a line. */
#ifndef FILTER_OUTCOME_H
#define FILTER_OUTCOME_H

#include <glib.h>

G_BEGIN_DECLS

/* Exit codes. At the doors only DONE and RETRY (R1); people also get the others. */
#define FILTER_EXIT_DONE 0
#define FILTER_EXIT_NO 1       /* check: may not be sent; replay: some could not be read, or verdicts differ */
#define FILTER_EXIT_USAGE 64
#define FILTER_EXIT_NO_INPUT 66
#define FILTER_EXIT_REFUSE 69
#define FILTER_EXIT_RETRY 75

typedef enum
{
  FILTER_DONE,  /* durable, or not ours, or not understood and kept for a person */
  FILTER_RETRY, /* only what waiting or an administrator can cure; never a property of the mail (R19) */
  FILTER_REFUSE /* only by explicit rule, off by default */
} FilterStatus;

/** filter_outcome_exit - 0, 75, 69: the one place that maps */
int filter_outcome_exit (FilterStatus status);

/**
 * filter_outcome_text - the one line that a mail server sees: NULL for DONE, else "4.3.0 ..." or "5.7.1 ..."
 * @why: a fixed phrase of ours, never words of the mail (R3); borrowed
 * The caller frees.
 */
char *filter_outcome_text (FilterStatus status, const char *why);

G_END_DECLS

#endif
