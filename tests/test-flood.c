/* test-flood.c - when unproved opt-outs are a flood, of one domain or of many, and how often it is told. */
#include "flood.h"

#define T 1795255200
#define HOUR 3600
#define QUARTER 900
#define LIMIT 200

typedef struct
{
  FilterFloods *floods;
  guint domain;    /* of the next one; the next but one has another where @many */
  gboolean many;   /* each is of another domain */
  guint of_domain; /* alarms that named one domain */
} Run;

static void
set_up (Run *run, gconstpointer many)
{
  run->floods = filter_floods_read (NULL);
  run->many = GPOINTER_TO_INT (many);
}

static void
tear_down (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  filter_floods_free (run->floods);
}

/* @n more, @step seconds apart, from @at on; how many alarms. */
static guint
add (Run *run, guint n, gint64 at, gint64 step)
{
  guint alarms = 0;
  for (guint i = 0; i < n; i++)
    {
      /* each in a process of its own */
      g_autofree char *text = filter_floods_write (run->floods);
      g_autofree char *name = g_strdup_printf ("hmac:%u", run->domain);
      gboolean own;
      filter_floods_free (run->floods);
      run->floods = filter_floods_read (text);
      run->domain += run->many ? 1 : 0;
      gboolean due = filter_floods_add (run->floods, name, LIMIT, at + i * step, &own) > 0;
      alarms += due ? 1 : 0;
      run->of_domain += due && own ? 1 : 0;
    }
  return alarms;
}

static void
take_back (Run *run, guint n, gint64 at)
{
  for (guint i = 0; i < n; i++)
    filter_floods_take_back (run->floods, "hmac:0", LIMIT, at);
}

static gboolean
is_on (const Run *run, guint limit, gint64 now)
{
  return filter_floods_is_on (run->floods, "hmac:0", limit, now);
}

static guint64
news (const Run *run, guint limit, gint64 now)
{
  gint64 began_at;
  guint64 total = filter_floods_news (run->floods, limit, now, &began_at);
  g_assert_cmpint (began_at != 0, ==, total != 0);
  return total;
}

static void
test_below (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  for (gint64 hour = 0; hour < 48; hour++)
    g_assert_cmpuint (add (run, LIMIT, T + hour * HOUR, 18), ==, 0);
  g_assert_false (is_on (run, LIMIT, T + 48 * HOUR));
  g_assert_cmpuint (news (run, LIMIT, T + 48 * HOUR), ==, 0);
}

static void
test_above (Run *run, gconstpointer many)
{
  gint64 began_at;
  g_assert_cmpuint (add (run, LIMIT, T, 1), ==, 0);
  g_assert_false (is_on (run, LIMIT, T + 200));
  g_assert_cmpuint (add (run, 1, T + 200, 1), ==, 1);
  g_assert_cmpuint (run->of_domain, ==, many != NULL ? 0 : 1);
  g_assert_true (is_on (run, LIMIT, T + 201));
  g_assert_cmpuint (filter_floods_news (run->floods, LIMIT, T + 201, &began_at), ==, 201);
  g_assert_cmpint (began_at, ==, T);
  g_assert_cmpuint (add (run, 9799, T + 201, 0), ==, 0); /* told once */
  g_assert_cmpuint (news (run, LIMIT, T + 201), ==, 10000);
  g_assert_true (is_on (run, LIMIT, T + 200 + QUARTER));
  g_assert_false (is_on (run, LIMIT, T + 201 + QUARTER));
  g_assert_cmpuint (news (run, LIMIT, T + 201 + HOUR), ==, 10000);
  g_assert_cmpuint (news (run, LIMIT, T + 201 + 48 * HOUR), ==, 0);
}

static void
test_long (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  g_assert_cmpuint (add (run, 5 * HOUR, T, 1), ==, 5); /* one an hour */
  g_assert_cmpuint (news (run, LIMIT, T + 5 * HOUR), ==, 5 * HOUR);
}

/* Who writes truly when it is over neither waits for the hour to end nor makes it last. */
static void
test_end (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  g_assert_cmpuint (add (run, 1000, T, 0), ==, 1);
  g_assert_cmpuint (add (run, 8, T + 60, 100), ==, 0);
  g_assert_true (is_on (run, LIMIT, T + 800));
  g_assert_false (is_on (run, LIMIT, T + 800 + QUARTER));
  g_assert_cmpuint (add (run, 20, T + 800 + QUARTER, 60), ==, 0);
  g_assert_false (is_on (run, LIMIT, T + 2000 + QUARTER));
  /* and the next one within that hour is seen anew */
  g_assert_cmpuint (add (run, 199, T + 2100 + QUARTER, 0), ==, 0);
  g_assert_true (is_on (run, LIMIT, T + 2100 + QUARTER));
}

static void
test_second (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  gint64 began_at;
  g_assert_cmpuint (add (run, 300, T, 1), ==, 1);
  run->domain = 0;
  g_assert_cmpuint (add (run, 250, T + 24 * HOUR, 1), ==, 1);
  g_assert_cmpuint (filter_floods_news (run->floods, LIMIT, T + 25 * HOUR, &began_at), ==, 250);
  g_assert_cmpint (began_at, ==, T + 24 * HOUR);
}

static void
test_taken_back (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  add (run, 313, T, 1);
  take_back (run, 100, T + 1);
  g_assert_true (is_on (run, LIMIT, T + 313));
  take_back (run, 200, T + 1);
  g_assert_false (is_on (run, LIMIT, T + 313));
  g_assert_cmpuint (news (run, LIMIT, T + 313), ==, 0);
  /* those who wrote it go on */
  g_assert_cmpuint (add (run, 187, T + 313, 1), ==, 0);
  g_assert_cmpuint (add (run, 1, T + 500, 1), ==, 1);
  g_assert_true (is_on (run, LIMIT, T + 501));
  take_back (run, 1000, T + 1);
  g_assert_cmpuint (run->floods->rest.count, ==, 0);
}

/* Who set the limit too low for a mailing of his raises it, and the answers go out. */
static void
test_limit (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  add (run, 300, T, 1);
  g_assert_true (is_on (run, LIMIT, T + 300));
  g_assert_false (is_on (run, 300, T + 300));
  g_assert_cmpuint (news (run, 300, T + 300), ==, 0);
  g_assert_false (is_on (run, 0, T + 300));
  g_assert_cmpuint (news (run, 0, T + 300), ==, 0);
}

/* A flood of one domain is its own; what else comes in that hour is no part of it, and none by itself. */
static void
test_one_of_many (Run *run, G_GNUC_UNUSED gconstpointer many)
{
  gint64 began_at;
  for (guint i = 0; i < 150; i++)
    {
      run->domain = 0;
      add (run, 6, T + i * 4, 0);
      run->domain = 1 + i;
      add (run, 1, T + i * 4, 0);
    }
  g_assert_true (is_on (run, LIMIT, T + 600));
  g_assert_false (filter_floods_is_on (run->floods, "hmac:7", LIMIT, T + 600));
  g_assert_false (filter_floods_is_on (run->floods, "hmac:none", LIMIT, T + 600));
  g_assert_cmpuint (filter_floods_news (run->floods, LIMIT, T + 600, &began_at), ==, 900);
  g_assert_cmpuint (run->floods->domains->len, ==, FILTER_FLOOD_DOMAINS);
  /* and is news whatever comes after it */
  run->many = TRUE;
  add (run, 100, T + 2 * HOUR, 30);
  g_assert_cmpuint (news (run, LIMIT, T + 5 * HOUR), ==, 900);
  g_assert_false (is_on (run, LIMIT, T + 5 * HOUR));
}

static void
test_odd (void)
{
  static const char *const texts[]
      = { NULL, "", "x", "1 2 3", "1 2 3 4 5 6", "a b c d e f g h", ";hmac:0 1 2 3 4 5 6 7 8", "1;2;3" };
  gboolean own;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FilterFloods) floods = filter_floods_read (texts[i]);
      g_assert_false (filter_floods_is_on (floods, "hmac:0", LIMIT, T));
      g_assert_cmpuint (floods->rest.count, ==, 0);
      g_assert_cmpuint (floods->domains->len, ==, 0);
    }
  g_autoptr (FilterFloods) off = filter_floods_read (NULL);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (filter_floods_add (off, "hmac:0", 0, T, &own), ==, 0);
  g_assert_false (filter_floods_is_on (off, "hmac:0", LIMIT, T));
  /* the clock was a year ahead when it was on */
  g_autofree char *ahead = g_strdup_printf ("%d 900 %d 900 %d 900 %d 0", T + 365 * 24 * HOUR,
                                            T + 365 * 24 * HOUR, T + 365 * 24 * HOUR, T + 365 * 24 * HOUR);
  g_autoptr (FilterFloods) future = filter_floods_read (ahead);
  g_assert_cmpuint (future->rest.total, ==, 900);
  g_assert_false (filter_floods_is_on (future, "hmac:0", LIMIT, T));
  g_assert_cmpuint (filter_floods_add (future, "hmac:0", LIMIT, T, &own), ==, 0);
  g_assert_cmpuint (future->rest.count, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Run *run, gconstpointer many);
  } tests[] = { { "so-many-each-hour-are-none", test_below },
                { "one-more-is-one-and-is-told-once", test_above },
                { "one-that-lasts-is-told-once-an-hour", test_long },
                { "it-ends-a-quarter-of-an-hour-after-it-was-as-quick", test_end },
                { "the-next-day-is-another", test_second },
                { "a-higher-limit-ends-it", test_limit } };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (int many = 0; many < 2; many++)
      {
        g_autofree char *path
            = g_strconcat (many ? "/flood/of-many-domains/" : "/flood/of-one-domain/", tests[i].name, NULL);
        g_test_add (path, Run, GINT_TO_POINTER (many), set_up, tests[i].test, tear_down);
      }
  g_test_add ("/flood/what-is-taken-back-counts-no-more", Run, NULL, set_up, test_taken_back, tear_down);
  g_test_add ("/flood/one-domain-silences-no-other", Run, NULL, set_up, test_one_of_many, tear_down);
  g_test_add_func ("/flood/odd-texts-clocks-and-no-limit", test_odd);
  return g_test_run ();
}
