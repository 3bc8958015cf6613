/* span.h - how long things took: counted against the terms that the law and the big mail providers set (R101). Pure. */
#ifndef FILTER_SPAN_H
#define FILTER_SPAN_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FILTER_TERM_48_HOURS, /* Gmail, Yahoo */
  FILTER_TERM_5_DAYS,   /* business days: Australia */
  FILTER_TERM_10_DAYS   /* business days: CAN-SPAM, CASL */
} FilterTerm;
#define FILTER_TERMS 3
#define FILTER_SPAN_CLASSES 7

/* Zeroed it is empty. What took no time is counted only, so that live mail takes no memory. */
typedef struct
{
  guint64 count;
  guint64 classes[FILTER_SPAN_CLASSES]; /* from "within a minute" to "later"; they meet where the terms end */
  GArray *waits;                        /* gint64, seconds; those that are not 0 */
} FilterSpan;

/** filter_span_add - one more: begun @from_at, done @to_at.   @holidays: as in clock.h */
void filter_span_add (FilterSpan *span, const GArray *holidays, gint64 from_at, gint64 to_at);
/** filter_span_sort - before filter_span_percentile() is asked */
void filter_span_sort (FilterSpan *span);
/** filter_span_percentile - seconds within which @percent of 100 were done, 1 to 100; 0 when there is none */
gint64 filter_span_percentile (const FilterSpan *span, guint percent);
/** filter_span_over - how many took longer than @term */
guint64 filter_span_over (const FilterSpan *span, FilterTerm term);
void filter_span_clear (FilterSpan *span);

/** filter_span_class_name, filter_term_name - "within 24 hours", "10 business days": static */
const char *filter_span_class_name (guint class);
const char *filter_term_name (FilterTerm term);
/** filter_term_class - the last of the classes that keep @term */
guint filter_term_class (FilterTerm term);

/** filter_span_text - "at once", "40 s", "12 min", "3 h 5 min", "16 days 2 h"; the caller frees */
char *filter_span_text (gint64 seconds);

G_END_DECLS

#endif
