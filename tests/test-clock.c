/* test-clock.c - business days, calendar months and due dates: tables of cases. */
#include "clock.h"
#include "date.h"

static gint64
at (const char *text)
{
  gint64 at;
  g_assert_true (filter_date_option (text, &at));
  return at;
}

/* Christmas and New Year; a holiday on a Saturday takes no business day away. */
static GArray *
holidays (void)
{
  static const char *const days[] = { "2026-12-25", "2026-12-26", "2027-01-01" };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 day;
      g_assert_true (filter_clock_parse_day (days[i], &day));
      g_array_append_val (array, day);
    }
  return array;
}

static const struct
{
  const char *name, *from;
  guint days;
  const char *due;
} terms[] = {
  /* clang-format off */
  { "none is the moment itself", "2026-11-21T10:00:00Z", 0, "2026-11-21T10:00:00Z" },
  { "Monday and one is Tuesday, the time kept", "2026-11-23T16:59:59Z", 1, "2026-11-24T16:59:59Z" },
  { "Friday and one is Monday", "2026-11-20T09:00:00Z", 1, "2026-11-23T09:00:00Z" },
  { "Saturday and one is Monday", "2026-11-21T09:00:00Z", 1, "2026-11-23T09:00:00Z" },
  { "Sunday's last second and one is Monday's", "2026-11-22T23:59:59Z", 1, "2026-11-23T23:59:59Z" },
  { "five are a week", "2026-11-18T12:00:00Z", 5, "2026-11-25T12:00:00Z" },
  { "ten are two weeks", "2026-11-18T12:00:00Z", 10, "2026-12-02T12:00:00Z" },
  { "a holiday is passed over", "2026-12-24T08:00:00Z", 1, "2026-12-28T08:00:00Z" },
  { "one on a Saturday changes nothing", "2026-12-24T08:00:00Z", 2, "2026-12-29T08:00:00Z" },
  { "two holidays make ten longer by two days", "2026-12-21T00:00:00Z", 10, "2027-01-06T00:00:00Z" },
  { "what comes in on a holiday starts there", "2026-12-25T10:00:00Z", 1, "2026-12-28T10:00:00Z" },
  { "a leap day is a day", "2028-02-28T10:00:00Z", 1, "2028-02-29T10:00:00Z" },
  { "before 1970 too", "1969-12-31T23:00:00Z", 2, "1970-01-02T23:00:00Z" },
  /* clang-format on */
};

static void
test_term (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GArray) free_days = holidays ();
  gint64 from = at (terms[i].from), due = at (terms[i].due);
  g_assert_cmpint (filter_clock_add (free_days, from, terms[i].days), ==, due);
  g_assert_cmpuint (filter_clock_elapsed (free_days, from, due), ==, terms[i].days);
  if (terms[i].days > 0)
    g_assert_cmpuint (filter_clock_elapsed (free_days, from, due - 1), ==, terms[i].days - 1);
}

static const struct
{
  const char *name, *from, *to;
  guint days;
} spans[] = {
  /* clang-format off */
  { "a weekend is none", "2026-11-20T18:00:00Z", "2026-11-22T23:59:59Z", 0 },
  { "a minute short of a day is none", "2026-11-23T10:00:00Z", "2026-11-24T09:59:00Z", 0 },
  { "the reverse of time is none", "2026-11-24T10:00:00Z", "2026-11-20T10:00:00Z", 0 },
  { "a year less two holidays", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 259 },
  /* clang-format on */
};

static void
test_span (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GArray) free_days = holidays ();
  g_assert_cmpuint (filter_clock_elapsed (free_days, at (spans[i].from), at (spans[i].to)), ==,
                    spans[i].days);
}

static const struct
{
  const char *name, *received;
  guint case_days;
  const char *due;
} cases[] = {
  /* clang-format off */
  { "30 days are earlier than a month of 31", "2026-10-05T09:30:00Z", 30, "2026-11-04T09:30:00Z" },
  { "a month of 30 is the same", "2026-11-21T10:00:00Z", 30, "2026-12-21T10:00:00Z" },
  { "31 January and a month is 28 February", "2027-01-31T23:59:59Z", 30, "2027-02-28T23:59:59Z" },
  { "and 29 in a leap year", "2028-01-31T12:00:00Z", 31, "2028-02-29T12:00:00Z" },
  { "30 January too", "2027-01-30T12:00:00Z", 30, "2027-02-28T12:00:00Z" },
  { "February's month is 28 days", "2027-02-10T00:00:00Z", 30, "2027-03-10T00:00:00Z" },
  { "31 days never pass the month", "2026-11-30T08:00:00Z", 31, "2026-12-30T08:00:00Z" },
  { "31 days where the month has them", "2026-12-31T08:00:00Z", 31, "2027-01-31T08:00:00Z" },
  { "an operator's shorter term holds", "2026-11-21T10:00:00Z", 14, "2026-12-05T10:00:00Z" },
  /* clang-format on */
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_assert_cmpint (filter_clock_case_due (at (cases[i].received), cases[i].case_days), ==, at (cases[i].due));
}

static void
test_no_day (void)
{
  static const char *const wrong[]
      = { "",           "2026-12-25 ", "25.12.2026", "2026-12-32", "2026-02-29",
          "2026-13-01", "2026-1-1",    "0000-01-01", "2026/12/25", "2026-12-25T00" };
  gint64 day = 7;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (filter_clock_parse_day (wrong[i], &day));
  g_assert_cmpint (day, ==, 7);
  g_assert_true (filter_clock_parse_day ("1970-01-02", &day));
  g_assert_cmpint (day, ==, 1);
}

static void
test_broken_times (void)
{
  g_assert_cmpint (filter_clock_month (G_MAXINT64), >, 0);
  g_assert_cmpint (filter_clock_month (G_MININT64), <, 0);
}

static void
test_no_holidays (void)
{
  g_assert_cmpint (filter_clock_add (NULL, at ("2026-12-24"), 1), ==, at ("2026-12-25"));
}

#define ADD(group, table, test)                                                                              \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strdup_printf ("/clock/" group "/%s", table[i].name);                        \
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test);                                               \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("business days", terms, test_term)
  ADD ("elapsed", spans, test_span)
  ADD ("cases", cases, test_case)
  g_test_add_func ("/clock/what is no day", test_no_day);
  g_test_add_func ("/clock/times of no calendar", test_broken_times);
  g_test_add_func ("/clock/without holidays", test_no_holidays);
  return g_test_run ();
}
