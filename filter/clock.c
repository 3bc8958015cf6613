/* clock.c - see clock.h */
#include "clock.h"

#include <string.h>

#define WEEK 7
#define THURSDAY 3 /* 1970-01-01, counted from Monday */
#define SATURDAY 5
/* What GDateTime knows, less a year: a time that comes from a damaged row must not end the program. */
#define FIRST_AT G_GINT64_CONSTANT (-62135596800) /* 0001-01-01 */
#define LAST_AT G_GINT64_CONSTANT (253370764800)  /* 9999-01-01 */

gboolean
filter_clock_parse_day (const char *text, gint64 *day_out)
{
  for (guint i = 0; i < strlen ("2026-12-25"); i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  if (text[strlen ("2026-12-25")] != '\0')
    return FALSE;
  int year = (int)g_ascii_strtoll (text, NULL, 10);
  int month = (int)g_ascii_strtoll (text + 5, NULL, 10), day = (int)g_ascii_strtoll (text + 8, NULL, 10);
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (time != NULL)
    *day_out = filter_clock_day (g_date_time_to_unix (time));
  return time != NULL;
}

gint64
filter_clock_day (gint64 at)
{
  return at >= 0 ? at / FILTER_CLOCK_DAY : -((-at + FILTER_CLOCK_DAY - 1) / FILTER_CLOCK_DAY);
}

static gint64
weekday (gint64 day)
{
  return ((day + THURSDAY) % WEEK + WEEK) % WEEK;
}

static gboolean
is_holiday (const GArray *holidays, gint64 day)
{
  for (guint i = 0; holidays != NULL && i < holidays->len; i++)
    if (g_array_index (holidays, gint64, i) == day)
      return TRUE;
  return FALSE;
}

gboolean
filter_clock_is_business_day (const GArray *holidays, gint64 day)
{
  return weekday (day) < SATURDAY && !is_holiday (holidays, day);
}

gint64
filter_clock_add (const GArray *holidays, gint64 at, guint days)
{
  gint64 first = filter_clock_day (at), day = first;
  while (days > 0)
    if (filter_clock_is_business_day (holidays, ++day))
      days--;
  return at + (day - first) * FILTER_CLOCK_DAY;
}

guint
filter_clock_elapsed (const GArray *holidays, gint64 from_at, gint64 to_at)
{
  gint64 from = filter_clock_day (from_at), to = filter_clock_day (to_at);
  guint days = 0;
  if (to_at - to * FILTER_CLOCK_DAY < from_at - from * FILTER_CLOCK_DAY)
    to--; /* its last day is not whole */
  for (gint64 day = from + 1; day <= to; day++)
    days += filter_clock_is_business_day (holidays, day) ? 1 : 0;
  return days;
}

gint64
filter_clock_month (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (CLAMP (at, FIRST_AT, LAST_AT));
  g_assert (time != NULL);
  g_autoptr (GDateTime) later = g_date_time_add_months (time, 1);
  g_assert (later != NULL);
  return g_date_time_to_unix (later);
}

gint64
filter_clock_case_due (gint64 received_at, guint case_days)
{
  return MIN (received_at + (gint64)case_days * FILTER_CLOCK_DAY, filter_clock_month (received_at));
}
