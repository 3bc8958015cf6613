/* overview-days.h - the days of an overview, gathered into the places of a time axis. Pure. */
#ifndef FILTER_OVERVIEW_DAYS_H
#define FILTER_OVERVIEW_DAYS_H

#include "overview.h"

G_BEGIN_DECLS

typedef struct
{
  const char *unit;  /* "day", "week", "month": static */
  const char *place; /* "Day", "Week from", "Month": static */
  guint n;
  gint64 *firsts; /* first day of each place, and of the one behind the last */
  char **labels;  /* "24 Aug 2026", "Aug 2026" */
} FilterAxis;

/** filter_axis_new - from the begin of the period, or the first day that counts anything, to today: days, weeks from Monday, or
 * months, as many as can be looked at. The caller frees. */
FilterAxis *filter_axis_new (const FilterOverview *overview);
void filter_axis_free (FilterAxis *axis);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterAxis, filter_axis_free)

/** filter_axis_sums - what @column of the days comes to at each place; the caller frees */
guint64 *filter_axis_sums (const FilterAxis *axis, const FilterOverview *overview, guint column);
/** filter_axis_levels - how much was open at the end of each place: what came in by @in, before the axis too, less what went out
 * by @outs. The caller frees. */
guint64 *filter_axis_levels (const FilterAxis *axis, const FilterOverview *overview, guint in, const guint *outs,
                             guint n_outs);

G_END_DECLS

#endif
