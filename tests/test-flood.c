/* test-flood.c - when unproved opt-outs are a flood, and how often it is told. */
#include "flood.h"

#define T 1795255200
#define HOUR 3600

/* @n more, @step seconds apart, from @at on; how many alarms. */
static guint
add (FilterFlood *flood, guint n, gint64 at, gint64 step)
{
  guint alarms = 0;
  for (guint i = 0; i < n; i++)
    {
      /* each in a process of its own */
      g_autofree char *text = filter_flood_write (flood);
      *flood = filter_flood_read (text);
      alarms += filter_flood_add (flood, 200, at + i * step) ? 1 : 0;
    }
  return alarms;
}

static void
test_below (void)
{
  FilterFlood flood = { 0 };
  for (gint64 hour = 0; hour < 48; hour++)
    g_assert_cmpuint (add (&flood, 200, T + hour * HOUR, 18), ==, 0);
  g_assert_false (filter_flood_is_on (&flood, 200, T + 48 * HOUR));
  g_assert_false (filter_flood_is_news (&flood, 200, T + 48 * HOUR));
  g_assert_cmpint (flood.began_at, ==, 0);
}

static void
test_above (void)
{
  FilterFlood flood = { 0 };
  g_assert_cmpuint (add (&flood, 200, T, 1), ==, 0);
  g_assert_false (filter_flood_is_on (&flood, 200, T + 200));
  g_assert_cmpuint (add (&flood, 1, T + 200, 1), ==, 1);
  g_assert_true (filter_flood_is_on (&flood, 200, T + 201));
  g_assert_cmpint (flood.began_at, ==, T);
  g_assert_cmpuint (flood.total, ==, 201);
  g_assert_cmpuint (add (&flood, 9799, T + 201, 0), ==, 0); /* told once */
  g_assert_cmpuint (flood.total, ==, 10000);
  g_assert_false (filter_flood_is_on (&flood, 200, T + 201 + HOUR));
  g_assert_true (filter_flood_is_news (&flood, 200, T + 201 + HOUR));
  g_assert_false (filter_flood_is_news (&flood, 200, T + 201 + 48 * HOUR));
}

static void
test_long (void)
{
  FilterFlood flood = { 0 };
  g_assert_cmpuint (add (&flood, 5 * 3600, T, 1), ==, 5); /* one an hour */
  g_assert_cmpint (flood.began_at, ==, T);
  g_assert_cmpuint (flood.total, ==, 5 * 3600);
}

static void
test_second (void)
{
  FilterFlood flood = { 0 };
  g_assert_cmpuint (add (&flood, 300, T, 1), ==, 1);
  g_assert_cmpuint (add (&flood, 250, T + 24 * HOUR, 1), ==, 1);
  g_assert_cmpint (flood.began_at, ==, T + 24 * HOUR);
  g_assert_cmpuint (flood.total, ==, 250);
}

static void
test_taken_back (void)
{
  FilterFlood flood = { 0 };
  add (&flood, 313, T, 1);
  filter_flood_take_back (&flood, 200, 100);
  g_assert_true (filter_flood_is_on (&flood, 200, T + 313));
  filter_flood_take_back (&flood, 200, 200);
  g_assert_cmpuint (flood.total, ==, 13);
  g_assert_false (filter_flood_is_on (&flood, 200, T + 313));
  g_assert_false (filter_flood_is_news (&flood, 200, T + 313));
  /* those who wrote it go on */
  g_assert_cmpuint (add (&flood, 187, T + 313, 1), ==, 0);
  g_assert_cmpuint (add (&flood, 1, T + 500, 1), ==, 1);
  g_assert_true (filter_flood_is_on (&flood, 200, T + 501));
  filter_flood_take_back (&flood, 200, 1000);
  g_assert_cmpuint (flood.count, ==, 0);
}

/* Who set the limit too low for a mailing of his raises it, and the answers go out. */
static void
test_limit (void)
{
  FilterFlood flood = { 0 };
  add (&flood, 300, T, 1);
  g_assert_true (filter_flood_is_on (&flood, 200, T + 300));
  g_assert_false (filter_flood_is_on (&flood, 300, T + 300));
  g_assert_false (filter_flood_is_news (&flood, 300, T + 300));
  g_assert_false (filter_flood_is_on (&flood, 0, T + 300));
  g_assert_false (filter_flood_is_news (&flood, 0, T + 300));
}

static void
test_odd (void)
{
  static const char *const texts[] = { NULL, "", "x", "1 2 3", "1 2 3 4 5", "a b c d e f" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      FilterFlood flood = filter_flood_read (texts[i]);
      g_assert_false (filter_flood_is_on (&flood, 200, T));
      g_assert_cmpuint (flood.count, ==, 0);
    }
  FilterFlood off = { 0 };
  for (guint i = 0; i < 1000; i++)
    g_assert_false (filter_flood_add (&off, 0, T));
  g_assert_false (filter_flood_is_on (&off, 200, T));
  /* the clock was a year ahead when it was on */
  FilterFlood future = { .hour_at = T + 365 * 24 * HOUR, .count = 900, .over_at = T + 365 * 24 * HOUR };
  g_assert_false (filter_flood_is_on (&future, 200, T));
  g_assert_false (filter_flood_add (&future, 200, T));
  g_assert_cmpuint (future.count, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flood/so-many-each-hour-are-none", test_below);
  g_test_add_func ("/flood/one-more-is-one-and-is-told-once", test_above);
  g_test_add_func ("/flood/one-that-lasts-is-told-once-an-hour", test_long);
  g_test_add_func ("/flood/the-next-day-is-another", test_second);
  g_test_add_func ("/flood/what-is-taken-back-counts-no-more", test_taken_back);
  g_test_add_func ("/flood/a-higher-limit-ends-it", test_limit);
  g_test_add_func ("/flood/odd-texts-clocks-and-no-limit", test_odd);
  return g_test_run ();
}
