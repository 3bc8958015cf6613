/* span.c - see span.h */
#include "span.h"
#include "clock.h"

#define MINUTE 60
#define HOUR 3600

static const char *const class_names[FILTER_SPAN_CLASSES] = {
  "within 1 minute",        "within 1 hour",           "within 24 hours", "within 48 hours",
  "within 5 business days", "within 10 business days", "later",
};
static const struct
{
  const char *name;
  guint last_class;
} terms[FILTER_TERMS] = {
  [FILTER_TERM_48_HOURS] = { "48 hours", 3 },
  [FILTER_TERM_5_DAYS] = { "5 business days", 4 },
  [FILTER_TERM_10_DAYS] = { "10 business days", 5 },
};

static guint
class_of (const GArray *holidays, gint64 from_at, gint64 to_at)
{
  static const gint64 limits[] = { MINUTE, HOUR, FILTER_CLOCK_DAY, 2 * FILTER_CLOCK_DAY };
  static const guint business_days[] = { 5, 10 };
  guint class = 0;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++, class ++)
    if (to_at - from_at <= limits[i])
      return class;
  for (guint i = 0; i < G_N_ELEMENTS (business_days); i++, class ++)
    if (to_at <= filter_clock_add (holidays, from_at, business_days[i]))
      return class;
  return class;
}

void
filter_span_add (FilterSpan *span, const GArray *holidays, gint64 from_at, gint64 to_at)
{
  gint64 wait = MAX (to_at - from_at, 0); /* a clock may have been set back (H58) */
  span->count++;
  span->classes[class_of (holidays, from_at, from_at + wait)]++;
  if (wait == 0)
    return;
  if (span->waits == NULL)
    span->waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (span->waits, wait);
}

static gint
compare_waits (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
  return (one > other) - (one < other);
}

void
filter_span_sort (FilterSpan *span)
{
  if (span->waits != NULL)
    g_array_sort (span->waits, compare_waits);
}

gint64
filter_span_percentile (const FilterSpan *span, guint percent)
{
  guint64 rank = (span->count * percent + 99) / 100, at_once = span->count;
  g_assert (percent >= 1 && percent <= 100);
  if (span->waits != NULL)
    at_once -= span->waits->len;
  return rank <= at_once ? 0 : g_array_index (span->waits, gint64, rank - at_once - 1);
}

guint64
filter_span_over (const FilterSpan *span, FilterTerm term)
{
  guint64 over = 0;
  for (guint class = terms[term].last_class + 1; class < FILTER_SPAN_CLASSES; class ++)
    over += span->classes[class];
  return over;
}

void
filter_span_clear (FilterSpan *span)
{
  g_clear_pointer (&span->waits, g_array_unref);
}

const char *
filter_span_class_name (guint class)
{
  g_assert (class < FILTER_SPAN_CLASSES);
  return class_names[class];
}

const char *
filter_term_name (FilterTerm term)
{
  return terms[term].name;
}

guint
filter_term_class (FilterTerm term)
{
  return terms[term].last_class;
}

static char *
two_units (gint64 large, const char *large_name, gint64 small, const char *small_name)
{
  return small > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s", large, large_name,
                                      small, small_name)
                   : g_strdup_printf ("%" G_GINT64_FORMAT " %s", large, large_name);
}

char *
filter_span_text (gint64 seconds)
{
  if (seconds <= 0)
    return g_strdup ("at once");
  if (seconds < MINUTE)
    return two_units (seconds, "s", 0, NULL);
  if (seconds < HOUR)
    return two_units (seconds / MINUTE, "min", 0, NULL);
  if (seconds < FILTER_CLOCK_DAY)
    return two_units (seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
  return two_units (seconds / FILTER_CLOCK_DAY, seconds < 2 * FILTER_CLOCK_DAY ? "day" : "days",
                    seconds % FILTER_CLOCK_DAY / HOUR, "h");
}
