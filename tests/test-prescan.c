/* test-prescan.c - where a header ends, and each limit of R42 at, on and over its edge */
#include <string.h>

#include "internal.h"

static GString *
repeat (GString *text, const char *unit, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (text, unit);
  return text;
}

static ParserPrescan
scan (const GString *text)
{
  return parser_prescan ((const guint8 *)text->str, text->len);
}

/* ---- limits: FEWER units fit, one more does not ---- */

static GString *
make_nesting (guint n)
{
  GString *text = g_string_new ("Subject: x\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  return g_string_append (text, "\nstop\n");
}

static GString *
make_messages (guint n)
{
  return repeat (g_string_new ("Subject: x\n"), "Content-Type: message/rfc822\n\n", n);
}

static GString *
make_parts (guint n)
{
  return repeat (g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n"), "--b\n\n", n);
}

static GString *
make_dash_lines (guint n)
{
  return repeat (g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n"), "--\n", n);
}

static GString *
make_part_parameters (guint n)
{
  GString *text = g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain");
  return g_string_append (repeat (text, ";\n p=1", n), "\n\nstop\n");
}

static GString *
make_part_colons (guint n)
{
  GString *text = g_string_new ("Content-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: ");
  return g_string_append (repeat (text, "g:", n), "\n\nstop\n");
}

static GString *
make_part_headers (guint n)
{
  GString *text = g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n--b\n");
  return g_string_append (repeat (text, "X: y\n", n), "\nstop\n");
}

static GString *
make_part_header (guint n)
{
  GString *text = g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n--b\nX:");
  return g_string_append (repeat (text, "y", n - strlen ("X:") - 1), "\n\nstop\n");
}

static const struct
{
  const char *name;
  GString *(*make) (guint n);
  guint most;
} limit_cases[] = {
  { "nested-multiparts", make_nesting, PARSER_MAX_NESTING },
  { "nested-messages", make_messages, PARSER_MAX_NESTING },
  { "parts", make_parts, PARSER_MAX_PARTS },
  { "lines-that-begin-with-dashes", make_dash_lines, PARSER_MAX_DASH_LINES },
  { "parameters-of-a-part", make_part_parameters, PARSER_MAX_PARAMETERS },
  { "colons-of-an-address-field", make_part_colons, PARSER_MAX_ADDRESS_COLONS },
  { "fields-of-a-part", make_part_headers, PARSER_MAX_HEADERS },
  { "octets-of-a-field", make_part_header, PARSER_MAX_HEADER },
};

static void
test_limit (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  for (int more = -1; more <= 1; more++)
    {
      GString *text = limit_cases[i].make (limit_cases[i].most + more);
      ParserPrescan got = scan (text);
      g_assert_cmpint (got.too_much, ==, more > 0);
      g_assert_cmpint ((got.defects & PARSER_DEFECT_PARTIAL) != 0, ==, more > 0);
      g_string_free (text, TRUE);
    }
}

/* Over a limit of the mail's own header, which GMime never sees, the body is read all the same. */
static void
test_top_header (void)
{
  g_autoptr (GString) fields
      = g_string_append (repeat (g_string_new (NULL), "X: y\n", PARSER_MAX_HEADERS + 1), "\nstop\n");
  g_autoptr (GString) folds
      = g_string_append (repeat (g_string_new ("X:\n"), " y\n", PARSER_MAX_HEADER), "\nstop\n");
  g_autoptr (GString) groups = g_string_append (repeat (g_string_new ("From: "), "g:", 50000), "\n\nstop\n");
  GString *texts[] = { fields, folds, groups };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ParserPrescan got = scan (texts[i]);
      g_assert_false (got.too_much);
      g_assert_true (got.defects & PARSER_DEFECT_PARTIAL);
      g_assert_cmpstr (texts[i]->str + got.header_end, ==, "stop\n");
    }
}

/* clang-format off */
static const struct { const char *name, *mail, *header, *body; guint defects; gboolean from_line; } border_cases[] = {
  { "lf-ends",                          "A: b\nC: d\n\nstop",               "A: b\nC: d\n\n",       "stop", 0, FALSE },
  { "crlf-ends",                        "A: b\r\nC: d\r\n\r\nstop",         "A: b\r\nC: d\r\n\r\n", "stop", 0, FALSE },
  { "lone-cr-ends",                     "A: b\rC: d\r\rstop",               "A: b\rC: d\r\r",       "stop", 0, FALSE },
  { "mixed-ends",                       "A: b\r\nC: d\n\r\nstop",           "A: b\r\nC: d\n\r\n",   "stop", 0, FALSE },
  { "doubled-cr-is-no-empty-line",      "A: b\r\r\nC: d\r\r\n\r\r\nstop",   "A: b\r\r\nC: d\r\r\n\r\r\n", "stop", 0, FALSE },
  { "a-line-of-blanks-is-no-end",       "A: b\n \nC: d\n\nstop",            "A: b\n \nC: d\n\n",    "stop", 0, FALSE },
  { "a-line-that-is-no-field-is-no-end", "A: b\nhello\nC: d\n\nstop",       "A: b\nhello\nC: d\n\n", "stop", 0, FALSE },
  { "a-header-without-body",            "A: b\nC: d\n",                     "A: b\nC: d\n",         "",     0, FALSE },
  { "a-header-without-line-end",        "A: b",                             "A: b",                 "",     0, FALSE },
  { "a-byte-order-mark-goes",           "\xef\xbb\xbf" "From: a@b\n\nstop", "From: a@b\n\n",        "stop", 0, FALSE },
  { "empty-lines-in-front-go",          "\r\n\nA: b\n\nstop",               "A: b\n\n",             "stop", 0, FALSE },
  { "a-from-line-is-passed-over",       "From a@b Sat\nA: b\n\nstop",       "A: b\n\n",             "stop", 0, TRUE },
  { "a-quoted-from-line-is-too",        ">From a@b Sat\nA: b\n\nstop",      "A: b\n\n",             "stop", 0, FALSE },
  { "a-blank-before-the-colon",         "Subject : b\n\nstop",              "Subject : b\n\n",      "stop", 0, FALSE },
  { "no-header-at-all",                 "\r\n\r\nunsubscribe",              "",                     "unsubscribe", PARSER_DEFECT_NO_HEADER, FALSE },
  { "one-line-of-text",                 "please stop",                      "",                     "please stop", PARSER_DEFECT_NO_HEADER, FALSE },
  { "two-lines-of-text",                "please stop\nPS: now\n",           "",                     "please stop\nPS: now\n", PARSER_DEFECT_NO_HEADER, FALSE },
  { "text-before-a-sure-field",         "junk\nReceived: x\n\nstop",        "junk\nReceived: x\n\n", "stop", 0, FALSE },
  { "nothing",                          "",                                 "",                     "",     PARSER_DEFECT_EMPTY | PARSER_DEFECT_NO_HEADER, FALSE },
  { "line-ends-alone",                  "\n\n",                             "",                     "",     PARSER_DEFECT_NO_HEADER, FALSE },
  { "a-multipart-that-is-not-closed",   "Content-Type: multipart/mixed; boundary=\"0=b\"\n\n--0=b\n\nstop", "Content-Type: multipart/mixed; boundary=\"0=b\"\n\n", "--0=b\n\nstop", PARSER_DEFECT_BAD_BOUNDARY, FALSE },
  { "a-multipart-that-is-closed",       "Content-Type: multipart/mixed;\n boundary=\"0=b\"\n\n--0=b\n\nx\n--0=b--", "Content-Type: multipart/mixed;\n boundary=\"0=b\"\n\n", "--0=b\n\nx\n--0=b--", 0, FALSE },
};
/* clang-format on */

static void
test_border (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *mail = border_cases[i].mail;
  ParserPrescan got = parser_prescan ((const guint8 *)mail, strlen (mail));
  g_autofree char *header = g_strndup (mail + got.start, got.header_end - got.start);
  g_assert_cmpstr (header, ==, border_cases[i].header);
  g_assert_cmpstr (mail + got.header_end, ==, border_cases[i].body);
  g_assert_cmpuint (got.defects, ==, border_cases[i].defects);
  g_assert_cmpint (got.from_line, ==, border_cases[i].from_line);
  g_assert_false (got.too_much);
}

static void
test_nul (void)
{
  ParserPrescan got = parser_prescan ((const guint8 *)"A: b\n\nun\0subscribe", 18);
  g_assert_cmpuint (got.defects, ==, PARSER_DEFECT_NUL);
}

/* R31, H7, H9: rows of what could be looked at again and again. */
static void
test_linear (void)
{
  static const char *const units[] = {
    "\r", "\n", "-", "--", "--b\n", "a: ", " ", "=", "x", "Content-Type: multipart/mixed; boundary=\n\n"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new ("Content-Type: multipart/mixed; boundary=b\n\n");
      repeat (text, units[i], 10 * 1024 * 1024 / strlen (units[i]));
      g_autoptr (GTimer) timer = g_timer_new ();
      scan (text);
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 2.0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (limit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/prescan/limits/", limit_cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_limit);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (border_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/prescan/header/", border_cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_border);
    }
  g_test_add_func ("/prescan/limits/the-top-header-costs-no-body", test_top_header);
  g_test_add_func ("/prescan/a-nul-is-noticed", test_nul);
  g_test_add_func ("/prescan/cost-is-linear", test_linear);
  return g_test_run ();
}
