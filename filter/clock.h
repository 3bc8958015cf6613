/* clock.h - terms: business days and the due dates of people's requests. Pure: times come in, seconds UTC, and days are
 * those of UTC. */
#ifndef FILTER_CLOCK_H
#define FILTER_CLOCK_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_CLOCK_DAY 86400

/* Holidays: a GArray of gint64, days since 1970-01-01. NULL: none. */

/** filter_clock_parse_day - "2026-12-25" as days since 1970-01-01; FALSE for all else, also for a day that never was */
gboolean filter_clock_parse_day (const char *text, gint64 *day_out);
/** filter_clock_day - the day, since 1970-01-01, that @at falls on */
gint64 filter_clock_day (gint64 at);

/** filter_clock_is_business_day - Monday to Friday, and no holiday */
gboolean filter_clock_is_business_day (const GArray *holidays, gint64 day);
/**
 * filter_clock_add - the same time of day, @days business days after @at (R101)
 * The day of @at itself does not count. With 0 it is @at.
 */
gint64 filter_clock_add (const GArray *holidays, gint64 at, guint days);
/** filter_clock_elapsed - how many whole business days have gone by from @from_at to @to_at: the most that filter_clock_add()
 * takes without passing @to_at. 0 when @to_at is earlier. */
guint filter_clock_elapsed (const GArray *holidays, gint64 from_at, gint64 to_at);

/**
 * filter_clock_month - one calendar month after @at, at the same time of day
 * To a day that the next month does not have its last day answers: 31 January gives 28 or 29 February.
 */
gint64 filter_clock_month (gint64 at);
/** filter_clock_case_due - when a request must be answered: the earlier of @case_days days and one calendar month (R101) */
gint64 filter_clock_case_due (gint64 received_at, guint case_days);

G_END_DECLS

#endif
