/* test-span.c - how long things took: percentiles, classes and terms, and how it is said; the axis of a
 * chart. */
#include "overview-chart.h"
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
  g_test_add_func ("/chart/five lines at most", test_ticks);
  g_test_add_func ("/chart/text is escaped", test_escaped);
  return g_test_run ();
}
