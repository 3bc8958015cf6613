/* test-span.c - how long things took: percentiles, classes and terms, and how it is said; the axes of a
 * chart. */
#include "clock.h"
#include "date.h"
#include "overview-chart.h"
#include "overview-days.h"
#include "span.h"

#include <string.h>

#define DAY 86400
#define MONDAY (18 * 7 * DAY + 4 * DAY) /* at midnight */

static void
test_percentiles (void)
{
  FilterSpan span = { 0 };
  g_assert_cmpint (filter_span_percentile (&span, 50), ==, 0);
  for (guint i = 0; i < 50; i++) /* half of them took no time */
    filter_span_add (&span, NULL, 1000, 1000);
  for (guint i = 50; i > 0; i--)
    filter_span_add (&span, NULL, 1000, 1000 + i);
  filter_span_sort (&span);
  g_assert_cmpuint (span.count, ==, 100);
  g_assert_cmpuint (span.waits->len, ==, 50);
  g_assert_cmpint (filter_span_percentile (&span, 50), ==, 0);
  g_assert_cmpint (filter_span_percentile (&span, 51), ==, 1);
  g_assert_cmpint (filter_span_percentile (&span, 95), ==, 45);
  g_assert_cmpint (filter_span_percentile (&span, 100), ==, 50);
  filter_span_clear (&span);
}

static const struct
{
  const char *name;
  gint64 wait;
  guint class;
} classes[] = {
  /* clang-format off */
  { "at once", 0, 0 },
  { "a clock set back is at once", -5000, 0 },
  { "a minute", 60, 0 },
  { "more than a minute", 61, 1 },
  { "an hour", 3600, 1 },
  { "a day", DAY, 2 },
  { "48 hours keep the term", 2 * DAY, 3 },
  { "a second more does not", 2 * DAY + 1, 4 },
  { "Monday to Monday are five business days", 7 * DAY, 4 },
  { "a second more does not keep them", 7 * DAY + 1, 5 },
  { "two weeks are ten", 14 * DAY, 5 },
  { "a second more", 14 * DAY + 1, 6 },
  /* clang-format on */
};

static void
test_class (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  FilterSpan span = { 0 };
  filter_span_add (&span, NULL, MONDAY, MONDAY + classes[i].wait);
  g_assert_cmpuint (span.classes[classes[i].class], ==, 1);
  g_assert_cmpuint (filter_span_over (&span, FILTER_TERM_48_HOURS), ==, classes[i].class > 3);
  g_assert_cmpuint (filter_span_over (&span, FILTER_TERM_5_DAYS), ==, classes[i].class > 4);
  g_assert_cmpuint (filter_span_over (&span, FILTER_TERM_10_DAYS), ==, classes[i].class > 5);
  filter_span_clear (&span);
}

static void
test_holiday (void)
{
  const gint64 tuesday = MONDAY / DAY + 1;
  g_autoptr (GArray) holidays = g_array_new (FALSE, FALSE, sizeof (gint64));
  FilterSpan span = { 0 };
  g_array_append_val (holidays, tuesday);
  filter_span_add (&span, holidays, MONDAY, MONDAY + 8 * DAY);
  g_assert_cmpuint (filter_span_over (&span, FILTER_TERM_5_DAYS), ==, 0);
  filter_span_clear (&span);
}

static void
test_words (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } texts[] = { { 0, "at once" },      { 59, "59 s" },
                { 60, "1 min" },       { 3599, "59 min" },
                { 3600, "1 h" },       { 3660, "1 h 1 min" },
                { DAY, "1 day" },      { DAY + 3600, "1 day 1 h" },
                { DAY * 2, "2 days" }, { DAY * 16 + 7300, "16 days 2 h" } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = filter_span_text (texts[i].seconds);
      g_assert_cmpstr (text, ==, texts[i].text);
    }
}

static void
test_ticks (void)
{
  static const guint64 ticks[][2]
      = { { 0, 1 },   { 1, 1 },   { 5, 1 },   { 6, 2 },     { 10, 2 },     { 11, 5 },          { 25, 5 },
          { 26, 10 }, { 50, 10 }, { 51, 20 }, { 999, 200 }, { 1001, 500 }, { 1000000, 200000 } };
  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    g_assert_cmpuint (filter_chart_tick (ticks[i][0]), ==, ticks[i][1]);
}

static void
test_escaped (void)
{
  static const char *const labels[] = { "1 Jan 2026" };
  const guint64 values[] = { 3 };
  const FilterSeries series = { "<b> & \"co\"", values };
  const FilterChart chart = { "T'<", "Day", labels, 1, &series, 1 };
  g_autoptr (GString) out = g_string_new (NULL);
  filter_chart_columns (out, &chart);
  filter_chart_steps (out, &chart);
  filter_chart_bars (out, &chart);
  filter_chart_legend (out, &chart);
  filter_chart_table (out, &chart);
  g_assert_null (strstr (out->str, "<b>"));
  g_assert_null (strstr (out->str, "T'<"));
  g_assert_nonnull (strstr (out->str, "&lt;b&gt; &amp; &quot;co&quot;"));
}

/* ---- the axis of time ---- */

static gint64
at (const char *text)
{
  gint64 at;
  g_assert_true (filter_date_option (text, &at));
  return at;
}

static const struct
{
  const char *name, *since, *first_counted, *unit;
  guint n;
  const char *first, *last;
} axes[] = {
  /* clang-format off */
  { "one day", "2026-11-22", NULL, "day", 1, "22 Nov 2026", "22 Nov 2026" },
  { "a month is shown by days", "2026-10-23", NULL, "day", 31, "23 Oct 2026", "22 Nov 2026" },
  { "a quarter by weeks from Monday", "2026-08-24", NULL, "week", 13, "24 Aug 2026", "16 Nov 2026" },
  { "the week that the period begins in is the first", "2026-08-30", NULL, "week", 13, "24 Aug 2026", "16 Nov 2026" },
  { "three years by months", "2023-12-15", "2023-12-20", "month", 36, "Dec 2023", "Nov 2026" },
  { "years in which nothing came are left out", "2000-01-01", "2026-11-20", "day", 3, "20 Nov 2026", "22 Nov 2026" },
  { "from the beginning: from the first day that counts", NULL, "2026-11-19", "day", 4, "19 Nov 2026", "22 Nov 2026" },
  { "a day of a broken clock does not make a thousand years", NULL, "1601-01-01", "month", 602, "Oct 1976", "Nov 2026" },
  { "a period that begins tomorrow is today", "2026-11-23", NULL, "day", 1, "22 Nov 2026", "22 Nov 2026" },
  /* clang-format on */
};

static void
test_axis (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  FilterOverview overview = { .now = at ("2026-11-22T10:00:00Z"), .days = days };
  if (axes[i].since != NULL)
    overview.since_at = at (axes[i].since);
  if (axes[i].first_counted != NULL)
    {
      const gint64 day = filter_clock_day (at (axes[i].first_counted));
      g_hash_table_insert (days, g_memdup2 (&day, sizeof day), g_new0 (gint64, 1));
    }
  g_autoptr (FilterAxis) axis = filter_axis_new (&overview);
  g_assert_cmpstr (axis->unit, ==, axes[i].unit);
  g_assert_cmpuint (axis->n, ==, axes[i].n);
  g_assert_cmpstr (axis->labels[0], ==, axes[i].first);
  g_assert_cmpstr (axis->labels[axis->n - 1], ==, axes[i].last);
  for (guint place = 0; place < axis->n; place++)
    g_assert_cmpint (axis->firsts[place], <, axis->firsts[place + 1]);
}

/* Three came in, of which one before the axis; one went out, and then more than there were. */
static void
test_levels (void)
{
  static const char *const dates[] = { "2026-11-01", "2026-11-20", "2026-11-21", "2026-11-22" };
  static const gint64 counts[][2] = { { 1, 0 }, { 2, 0 }, { 0, 1 }, { 0, 9 } };
  const guint out = 1;
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  FilterOverview overview
      = { .now = at ("2026-11-22T10:00:00Z"), .since_at = at ("2026-11-20"), .days = days };
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const gint64 day = filter_clock_day (at (dates[i]));
      g_hash_table_insert (days, g_memdup2 (&day, sizeof day), g_memdup2 (counts[i], sizeof counts[i]));
    }
  g_autoptr (FilterAxis) axis = filter_axis_new (&overview);
  g_autofree guint64 *levels = filter_axis_levels (axis, &overview, 0, &out, 1);
  g_assert_cmpuint (axis->n, ==, 3);
  g_assert_cmpuint (levels[0], ==, 3);
  g_assert_cmpuint (levels[1], ==, 2);
  g_assert_cmpuint (levels[2], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span/percentiles are the nearest rank", test_percentiles);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/span/class: %s", classes[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_class);
    }
  g_test_add_func ("/span/a holiday makes a term longer", test_holiday);
  g_test_add_func ("/span/in words", test_words);
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/axis/%s", axes[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_axis);
    }
  g_test_add_func ("/axis/what was open at the end of each day", test_levels);
  g_test_add_func ("/chart/five lines at most", test_ticks);
  g_test_add_func ("/chart/text is escaped", test_escaped);
  return g_test_run ();
}
