/* test-plain.c - what goes to a terminal: strangers' text, and the line of progress */
#include "plain.h"
#include "progress.h"

static const struct
{
  const char *name;
  const char *text;
  gssize length;
  gboolean lines;
  const char *plain;
} plain_cases[] = {
  { "ordinary text stays", "Grüße, 日本 \\ \"x\"", -1, FALSE, "Grüße, 日本 \\ \"x\"" },
  { "escape sequences are written out", "a\033[2Jb\033]0;t\007", -1, FALSE,
    "a\\u{001b}[2Jb\\u{001b}]0;t\\u{0007}" },
  { "C1 controls too",
    "a\302\233"
    "2Jb",
    -1, FALSE, "a\\u{009b}2Jb" },
  { "octets that are no UTF-8", "a\233\377b\303", -1, FALSE, "a\\x9b\\xffb\\xc3" },
  { "a line is one line", "a\r\nb\tc", -1, FALSE, "a\\u{000d}\\u{000a}b\\u{0009}c" },
  { "lines are kept where they are wanted, a lone CR is not", "a\r\nb\tc\rd\n", -1, TRUE,
    "a\nb\tc\\u{000d}d\n" },
  { "what turns text around or hides it", "a\342\200\256b\342\200\213c\342\200\250d", -1, TRUE,
    "a\\u{202e}b\\u{200b}c\\u{2028}d" },
  { "NUL", "a\0b", 3, TRUE, "a\\x00b" },
  { "a length ends inside a character", "a\303\244", 2, TRUE, "a\\xc3" },
  { "nothing", "", -1, TRUE, "" },
};

static void
test_plain (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *plain
      = filter_plain_text (plain_cases[i].text, plain_cases[i].length, plain_cases[i].lines);
  g_assert_cmpstr (plain, ==, plain_cases[i].plain);
}

static const struct
{
  const char *name;
  guint64 octets, total, mails;
  double seconds;
  const char *line;
} line_cases[] = {
  { "half way", 500, 1000, 300, 10, "[============            ]  50 %  300 mails  30/s  0:10 left  rest" },
  { "at the start there is no rate", 0, 1000, 0, 0, "[                        ]   0 %  0 mails  rest" },
  { "the end", 1000, 1000, 7, 2, "[========================] 100 %  7 mails  4/s  0:00 left  rest" },
  { "a source that grew", 3000, 1000, 8, 2,
    "[========================] 100 %  8 mails  4/s  0:00 left  rest" },
  { "hours left", 1, 7201, 1, 2, "[                        ]   0 %  1 mails  0/s  240:00 left  rest" },
  { "no total, no bar", 500, 0, 300, 10, "300 mails  30/s  rest" },
};

static void
test_line (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *line = filter_progress_line (line_cases[i].octets, line_cases[i].total,
                                                line_cases[i].mails, "mails", line_cases[i].seconds, "rest");
  g_assert_cmpstr (line, ==, line_cases[i].line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plain/", plain_cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_plain);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (line_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/progress/", line_cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
    }
  return g_test_run ();
}
