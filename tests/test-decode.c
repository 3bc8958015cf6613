/* test-decode.c - encoded-words, base64, quoted-printable and charsets (R38, R39, R45, H10 to H16, H19) */
#include <string.h>

#include "internal.h"

/* clang-format off */
static const struct { const char *name, *raw, *want; } word_cases[] = {
  { "plain-text-stays",                    "please unsubscribe",                    "please unsubscribe" },
  { "a-b-word",                            "=?utf-8?B?R3LDvMOfZQ==?=",              "Grüße" },
  { "a-q-word",                            "=?iso-8859-1?Q?Gr=FC=DFe?=",            "Grüße" },
  { "an-underline-is-a-blank",             "=?utf-8?q?remove_me?=",                 "remove me" },
  { "adjacent-padded-words-keep-all",      "=?utf-8?B?cGxlYXNlIA==?= =?utf-8?B?dW5zdWJzY3JpYmU=?=", "please unsubscribe" },
  { "blanks-between-words-go",             "=?utf-8?Q?a?=  \t =?utf-8?Q?b?=",       "ab" },
  { "a-fold-between-words-goes",           "=?utf-8?Q?a?=\r\n =?utf-8?Q?b?=",       "ab" },
  { "blanks-before-text-stay",             "=?utf-8?Q?a?= b",                       "a b" },
  { "blanks-after-text-stay",              "a =?utf-8?Q?b?= c",                     "a b c" },
  { "words-without-a-blank-between",       "=?utf-8?Q?a?==?utf-8?Q?b?=",            "ab" },
  { "a-word-in-a-word",                    "x=?utf-8?Q?a?=y",                       "xay" },
  { "a-character-split-over-two-words",    "=?utf-8?Q?Gr=C3?= =?UTF-8?Q?=BC=C3=9Fe?=", "Grüße" },
  { "a-character-split-over-two-b-words",  "=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße" },
  { "two-charsets-side-by-side",           "=?iso-8859-1?Q?=FC?= =?utf-8?Q?=C3=BC?=", "üü" },
  { "a-charset-in-any-case",               "=?UtF-8?b?eA==?=",                      "x" },
  { "a-language-is-passed-over",           "=?utf-8*en?Q?stop?=",                   "stop" },
  { "windows-1252-has-quotes",             "=?windows-1252?Q?=93a=94?=",            "“a”" },
  { "latin-1-is-read-as-browsers-do",      "=?iso-8859-1?Q?=80?=",                  "€" },
  { "latin-9-has-a-euro",                  "=?iso-8859-15?Q?=A4=BD?=",              "€œ" },
  { "koi8-r-by-converter",                 "=?koi8-r?B?z9TQydvJ1MU=?=",             "отпишите" },
  { "iso-2022-jp-by-converter",            "=?ISO-2022-JP?B?GyRCR1s/LkRkO18bKEI=?=", "配信停止" },
  { "an-unknown-charset-keeps-the-octets", "=?x-none?Q?stop_=C3=BC?=",              "stop ü" },
  { "a-wrong-charset-is-seen-through",     "=?utf-8?Q?Gr=FC=DFe?=",                 "Grüße" },
  { "a-raw-utf-8-value",                   "Gr\xc3\xbc\xc3\x9f" "e",                "Grüße" },
  { "a-raw-latin-1-value",                 "Gr\xfc\xdf" "e",                        "Grüße" },
  { "no-text-is-no-harm",                  "=?utf-8?Q??" "= x",                       "x" },
  { "an-unknown-encoding-is-shown-raw",    "=?utf-8?X?abc?=",                       "=?utf-8?X?abc?=" },
  { "a-word-that-does-not-end-is-raw",     "=?utf-8?B?abc",                         "=?utf-8?B?abc" },
  { "a-word-without-charset-is-raw",       "=??Q?abc?=",                            "=??Q?abc?=" },
  { "a-word-cut-in-its-head-is-raw",       "=?utf-8",                               "=?utf-8" },
  { "a-bad-escape-stays",                  "=?utf-8?Q?a=ZZb?=",                     "a=ZZb" },
  { "blanks-in-a-q-word-are-borne",        "=?utf-8?Q?remove me?=",                 "remove me" },
  { "an-encoded-line-end-is-a-blank",      "=?utf-8?Q?unsubscribe=0D=0ABcc:_v@e.example?=", "unsubscribe Bcc: v@e.example" },
  { "a-folded-value-is-one-line",          "un\r\n subscribe",                      "un subscribe" },
  { "truncated-utf-8-is-replaced",         "=?utf-8?Q?Gr=C3=BC=C3=9Fe_=C3?=",       "Grüße \xef\xbf\xbd" },
};

static const struct { const char *name, *raw, *want; gboolean bad; } base64_cases[] = {
  { "one-group",                           "c3RvcA==",                  "stop",        FALSE },
  { "padded-chunks-keep-all",              "cGxlYXNlIA==\ndW5zdWJzY3JpYmU=\n", "please unsubscribe", FALSE },
  { "padding-may-be-missing",              "c3RvcA",                    "stop",        FALSE },
  { "line-ends-anywhere",                  "c3\r\nRv\ncA==",            "stop",        FALSE },
  { "foreign-octets-are-passed-over",      "c3*Rv\x80" "cA==",          "stop",        TRUE },
  { "nothing-is-nothing",                  "",                          "",            FALSE },
  { "padding-alone-is-nothing",            "====",                      "",            FALSE },
  { "one-character-is-nothing",            "c",                         "",            FALSE },
};

static const struct { const char *name, *raw, *want; gboolean bad; } quoted_cases[] = {
  { "an-escape",                           "a=3Db",                     "a=b",         FALSE },
  { "a-lower-case-escape",                 "=c3=bc",                    "ü",           FALSE },
  { "a-soft-break-in-a-word",              "un=\nsubscribe",            "unsubscribe", FALSE },
  { "a-soft-break-with-crlf",              "un=\r\nsubscribe",          "unsubscribe", FALSE },
  { "a-soft-break-before-blanks",          "un= \t\r\nsubscribe",       "unsubscribe", FALSE },
  { "a-soft-break-at-a-lone-cr",           "un=\rsubscribe",            "unsubscribe", FALSE },
  { "an-equals-sign-at-the-end-goes",      "stop=",                     "stop",        FALSE },
  { "a-bad-escape-stays",                  "a=ZZb",                     "a=ZZb",       TRUE },
  { "half-an-escape-stays",                "a=4",                       "a=4",         TRUE },
  { "an-underline-stays",                  "a_b",                       "a_b",         FALSE },
};

static const struct { const char *name, *charset, *raw, *want; gboolean bad; } charset_cases[] = {
  { "utf-8-as-said",                       "utf-8",        "\xc3\xbc",             "ü",           FALSE },
  { "ascii-as-said",                       "us-ascii",     "stop",                 "stop",        FALSE },
  { "none-said-and-utf-8",                 NULL,           "\xc3\xbc",             "ü",           TRUE },
  { "none-said-and-latin-1",               NULL,           "f\xfcr",               "für",         TRUE },
  { "utf-8-said-and-latin-1",              "utf-8",        "f\xfcr",               "für",         TRUE },
  { "utf-8-cut-short",                     "utf-8",        "\xc3\xbc\xc3\xbc\xc3", "üü\xef\xbf\xbd", TRUE },
  { "unknown-and-ascii",                   "x-klingon",    "stop",                 "stop",        TRUE },
  { "unknown-and-utf-8",                   "x-klingon",    "\xc3\xbc",             "ü",           TRUE },
  { "a-name-in-quotes-and-capitals",       " \"UTF8\" ",   "\xc3\xbc",             "ü",           FALSE },
  { "windows-1252-as-said",                "cp1252",       "\x80",                 "€",           FALSE },
  { "windows-1252-has-holes",              "cp1252",       "\x81",                 "\xef\xbf\xbd", FALSE },
  { "windows-1251-by-converter",           "windows-1251", "\xf1\xf2\xee\xef",     "стоп",        FALSE },
  { "windows-1255-flushes-its-last",       "windows-1255", "\xf9\xec\xe5\xed",     "שלום",        FALSE },
  { "gb2312-by-converter",                 "GB2312",       "\xcd\xcb\xb6\xa9",     "退订",        FALSE },
  { "big5-by-converter",                   "big5",         "\xb0\x68\xad\x71",     "退訂",        FALSE },
  { "euc-kr-by-converter",                 "ks_c_5601-1987", "\xbc\xf6\xbd\xc5",   "수신",        FALSE },
  { "shift-jis-by-converter",              "Shift_JIS",    "\x94\x7a\x90\x4d",     "配信",        FALSE },
  { "utf-7-by-converter",                  "utf-7",        "f+APw-r",              "für",         FALSE },
  { "one-not-prepared-falls-back",         "koi8-u",       "\xc3\xbc",             "ü",           TRUE },
  { "crlf-becomes-lf",                     "utf-8",        "a\r\nb\rc\n",          "a\nb\nc\n",   FALSE },
};
/* clang-format on */

static void
prepare (const char *text)
{
  parser_charset_prepare ((const guint8 *)text, strlen (text));
}

static void
test_words (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  prepare (word_cases[i].raw);
  g_autofree char *got = parser_decode_words (word_cases[i].raw, strlen (word_cases[i].raw));
  g_assert_cmpstr (got, ==, word_cases[i].want);
}

static void
check_octets (GByteArray *got, const char *want)
{
  g_assert_cmpmem (got->data, got->len, want, strlen (want));
}

static void
test_base64 (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint defects = 0;
  g_autoptr (GByteArray) got
      = parser_decode_base64 ((const guint8 *)base64_cases[i].raw, strlen (base64_cases[i].raw), &defects);
  check_octets (got, base64_cases[i].want);
  g_assert_cmpint (defects != 0, ==, base64_cases[i].bad);
}

static void
test_quoted (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint defects = 0;
  g_autoptr (GByteArray) got = parser_decode_quoted_printable ((const guint8 *)quoted_cases[i].raw,
                                                               strlen (quoted_cases[i].raw), &defects);
  check_octets (got, quoted_cases[i].want);
  g_assert_cmpint (defects != 0, ==, quoted_cases[i].bad);
}

static void
test_charset (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint defects = 0;
  gsize length = 0;
  g_autofree char *got
      = parser_charset_to_utf8 ((const guint8 *)charset_cases[i].raw, strlen (charset_cases[i].raw),
                                charset_cases[i].charset, &length, &defects);
  g_assert_cmpstr (got, ==, charset_cases[i].want);
  g_assert_cmpuint (length, ==, strlen (got));
  g_assert_cmpint (defects != 0, ==, charset_cases[i].bad);
}

/* Whatever shape the name has in the raw octets, its converter is open afterwards (R44). */
static void
test_prepare (void)
{
  static const struct
  {
    const char *raw, *charset, *octets, *want;
  } cases[] = {
    { "Content-Type: text/plain; charset*0=iso-8859-;\n charset*1=2\n", "iso-8859-2", "\xb1", "ą" },
    { "Content-Type: text/plain; charset*1=-8859-7; charset*0=iso\n", "iso-8859-7", "\xe1", "α" },
    { "Content-Type: text/plain; charset*=us-ascii'en'iso-8859-5\n", "iso-8859-5", "\xd0", "а" },
    { "Content-Type: text/plain; CharSet = \"CP866\"\n", "cp866", "\xa0", "а" },
    { "Subject: =?Windows-1253*el?Q?=E1?=\n", "windows-1253", "\xe1", "α" },
    { "content-type: text/plain;\r\n\tcharset=\r\n\tiso-8859-9", "iso-8859-9", "\xfd", "ı" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint defects = 0;
      gsize length = 0;
      prepare (cases[i].raw);
      g_autofree char *got
          = parser_charset_to_utf8 ((const guint8 *)cases[i].octets, 1, cases[i].charset, &length, &defects);
      g_assert_cmpstr (got, ==, cases[i].want);
      g_assert_cmpuint (defects, ==, 0);
    }
}

static void
test_utf_16 (void)
{
  static const struct
  {
    const char *octets;
    gsize size;
  } cases[] = { { "\xff\xfes\0t\0o\0p\0", 10 },
                { "\xfe\xff\0s\0t\0o\0p", 10 },
                { "s\0t\0o\0p\0", 8 },
                { "\0s\0t\0o\0p", 8 },
                { "stop", 4 } }; /* labelled so by a program that then wrote ASCII */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint defects = 0;
      gsize length = 0;
      g_autofree char *got = parser_charset_to_utf8 ((const guint8 *)cases[i].octets, cases[i].size, "utf-16",
                                                     &length, &defects);
      g_assert_cmpstr (got, ==, "stop");
      g_assert_cmpuint (defects, ==, cases[i].size == 4 ? PARSER_DEFECT_BAD_CHARSET : 0);
    }
}

/* A mail is at most a second's work, whatever stands in it: rows of what never ends (H10, H15, H19). */
static void
test_linear (void)
{
  static const char *const units[]
      = { "=?utf-8?B?", "=?utf-8?Q?=41?= ", "=?", "= ", "=\t=", "?=", "=?a?q?x=?", "\xc3", "\xff" };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < 1024 * 1024)
        g_string_append (text, units[i]);
      guint defects = 0;
      gsize length = 0;
      g_autoptr (GTimer) timer = g_timer_new ();
      g_autofree char *words = parser_decode_words (text->str, text->len);
      g_autoptr (GByteArray) quoted
          = parser_decode_quoted_printable ((const guint8 *)text->str, text->len, &defects);
      g_autofree char *utf_8 = parser_charset_to_utf8 (quoted->data, quoted->len, "utf-8", &length, &defects);
      prepare (text->str);
      g_assert_true (g_utf8_validate (words, -1, NULL) && g_utf8_validate (utf_8, -1, NULL));
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 5.0);
    }
}

#define ADD(group, cases, function)                                                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strconcat ("/decode/" group "/", cases[i].name, NULL);                       \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                           \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  prepare (
      "=?windows-1251?= =?windows-1255?= =?GB2312?= =?big5?= =?ks_c_5601-1987?= =?Shift_JIS?= =?utf-7?=");
  ADD ("words", word_cases, test_words)
  ADD ("base64", base64_cases, test_base64)
  ADD ("quoted-printable", quoted_cases, test_quoted)
  ADD ("charset", charset_cases, test_charset)
  g_test_add_func ("/decode/charset/names-are-found-in-any-shape", test_prepare);
  g_test_add_func ("/decode/charset/utf-16-with-and-without-mark", test_utf_16);
  g_test_add_func ("/decode/cost-is-linear", test_linear);
  return g_test_run ();
}
