/* overview-chart.h - charts of the report, drawn as SVG that needs no script, and the same numbers as tables. Pure: values in,
 * text out. All text that comes in is escaped here. */
#ifndef FILTER_OVERVIEW_CHART_H
#define FILTER_OVERVIEW_CHART_H

#include "span.h"

G_BEGIN_DECLS

#define FILTER_CHART_COLOURS 8 /* so many series can be told apart */

typedef struct
{
  const char *name;
  const guint64 *values; /* one for each place on the axis */
} FilterSeries;

typedef struct
{
  const char *title;
  const char *place;         /* what a place on the axis is: "Week from" */
  const char *const *labels; /* of the places: "24 Aug 2026"; the axis leaves the year out where it can */
  guint n_labels;
  const FilterSeries *series;
  guint n_series; /* at most FILTER_CHART_COLOURS */
} FilterChart;

/** filter_chart_columns - a column for each place, its series on top of each other */
void filter_chart_columns (GString *out, const FilterChart *chart);
/** filter_chart_steps - a line for each series: what it stood at */
void filter_chart_steps (GString *out, const FilterChart *chart);
/** filter_chart_bars - the first value of each series as a bar to the right */
void filter_chart_bars (GString *out, const FilterChart *chart);
/** filter_chart_span - how many took how long, with the terms between them */
void filter_chart_span (GString *out, const char *title, const FilterSpan *span);

/** filter_chart_legend - which colour is which series;   filter_chart_table - the numbers, folded away */
void filter_chart_legend (GString *out, const FilterChart *chart);
void filter_chart_table (GString *out, const FilterChart *chart);

/** filter_chart_append - printf() with every %s escaped for HTML */
void filter_chart_append (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** filter_chart_tick - the distance of the lines of an axis up to @most: 1, 2 or 5 and so many zeros, five lines at most */
guint64 filter_chart_tick (guint64 most);

G_END_DECLS

#endif
