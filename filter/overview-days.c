/* overview-days.c - see overview-days.h */
#include "overview-days.h"
#include "clock.h"

#define DAYS_MOST 45   /* so many days are shown one by one */
#define WEEKS_MOST 740 /* days that are shown week by week */
#define WEEK 7
#define YEARS_MOST 50

static GDateTime *
date_of (gint64 day)
{
  GDateTime *date = g_date_time_new_from_unix_utc (day * FILTER_CLOCK_DAY);
  g_assert (date != NULL);
  return date;
}

/* The first day of the place that @day is in, or, with @next, of the one behind it. */
static gint64
first_of (const char *unit, gint64 day, gboolean next)
{
  g_autoptr (GDateTime) date = date_of (day);
  if (g_str_equal (unit, "day"))
    return day + next;
  if (g_str_equal (unit, "week"))
    return day - (g_date_time_get_day_of_week (date) - 1) + (next ? WEEK : 0);
  g_autoptr (GDateTime) first
      = g_date_time_new_utc (g_date_time_get_year (date), g_date_time_get_month (date), 1, 0, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_add_months (first, next ? 1 : 0);
  return filter_clock_day (g_date_time_to_unix (later));
}

static gint64
first_day (const FilterOverview *overview, gint64 today)
{
  GHashTableIter iter;
  gpointer day;
  gint64 first = today;
  g_hash_table_iter_init (&iter, overview->days);
  while (g_hash_table_iter_next (&iter, &day, NULL))
    first = MIN (first, *(const gint64 *)day);
  first = MAX (first, today - YEARS_MOST * 366);
  gint64 since = filter_clock_day (overview->since_at);
  if (overview->since_at == 0 || (since < first && today - since > WEEKS_MOST))
    return first;
  return MIN (since, today);
}

static char *
label_of (const char *unit, gint64 day)
{
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = date_of (day);
  const char *month = months[g_date_time_get_month (date) - 1];
  int year = g_date_time_get_year (date);
  return g_str_equal (unit, "month")
             ? g_strdup_printf ("%s %d", month, year)
             : g_strdup_printf ("%d %s %d", g_date_time_get_day_of_month (date), month, year);
}

FilterAxis *
filter_axis_new (const FilterOverview *overview)
{
  FilterAxis *axis = g_new0 (FilterAxis, 1);
  gint64 today = filter_clock_day (overview->now), first = first_day (overview, today);
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  axis->unit = today - first < DAYS_MOST ? "day" : today - first < WEEKS_MOST ? "week" : "month";
  axis->place = g_str_equal (axis->unit, "day")    ? "Day"
                : g_str_equal (axis->unit, "week") ? "Week from"
                                                   : "Month";
  gint64 day = first_of (axis->unit, first, FALSE);
  for (; day <= today; day = first_of (axis->unit, day, TRUE))
    {
      g_array_append_val (firsts, day);
      g_ptr_array_add (labels, label_of (axis->unit, day));
    }
  axis->n = firsts->len;
  g_array_append_val (firsts, day);
  g_ptr_array_add (labels, NULL);
  axis->firsts = (gint64 *)(gpointer)g_array_free (g_steal_pointer (&firsts), FALSE);
  axis->labels = (char **)g_ptr_array_steal (labels, NULL);
  return axis;
}

void
filter_axis_free (FilterAxis *axis)
{
  if (axis == NULL)
    return;
  g_free (axis->firsts);
  g_strfreev (axis->labels);
  g_free (axis);
}

/* The place of @day; one before the axis counts for the first place, one behind it for the last. */
static guint
place_of (const FilterAxis *axis, gint64 day)
{
  guint low = 0, high = axis->n - 1;
  while (low < high)
    {
      guint middle = (low + high + 1) / 2;
      if (axis->firsts[middle] <= day)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

guint64 *
filter_axis_sums (const FilterAxis *axis, const FilterOverview *overview, guint column)
{
  guint64 *sums = g_new0 (guint64, axis->n);
  GHashTableIter iter;
  gpointer day, counts;
  g_hash_table_iter_init (&iter, overview->days);
  while (g_hash_table_iter_next (&iter, &day, &counts))
    sums[place_of (axis, *(const gint64 *)day)] += (guint64)((const gint64 *)counts)[column];
  return sums;
}

guint64 *
filter_axis_levels (const FilterAxis *axis, const FilterOverview *overview, guint in, const guint *outs,
                    guint n_outs)
{
  guint64 *levels = filter_axis_sums (axis, overview, in);
  g_autofree guint64 *gone = g_new0 (guint64, axis->n);
  for (guint i = 0; i < n_outs; i++)
    {
      g_autofree guint64 *sums = filter_axis_sums (axis, overview, outs[i]);
      for (guint place = 0; place < axis->n; place++)
        gone[place] += sums[place];
    }
  guint64 come = 0, left = 0;
  for (guint place = 0; place < axis->n; place++)
    {
      come += levels[place], left += gone[place];
      levels[place] = come > left ? come - left : 0; /* a clock may have been set back (H58) */
    }
  return levels;
}
