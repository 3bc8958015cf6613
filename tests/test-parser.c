/* test-parser.c - from octets to facts: what R30 to R49 and H1 to H20 ask, and the behaviour sheet of GMime
 */
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "internal.h"

/* A sanitizer keeps memory of its own. */
#ifdef __SANITIZE_ADDRESS__
#define WITH_SANITIZER 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define WITH_SANITIZER 1
#endif
#endif

#define MAX_SECONDS 5.0           /* a mail (R18) */
#define MAX_RESIDENT (256 * 1024) /* kilobytes (R18) */

static ParserFacts *
read_octets (const char *octets, gsize size)
{
  g_autoptr (GBytes) mail = g_bytes_new_static (octets, size);
  parser_prepare (mail);
  return parser_read (mail, NULL);
}

/* The texts that would be read, one behind another, each with its MIME path. */
static char *
texts_of (const char *mail, gsize size, ParserFacts *facts)
{
  ParserPrescan prescan = parser_prescan ((const guint8 *)mail, size);
  facts->defects |= prescan.defects;
  g_autoptr (GPtrArray) fields = parser_fields_read ((const guint8 *)mail + prescan.start,
                                                     prescan.header_end - prescan.start, &facts->defects);
  g_autoptr (ParserTree) tree = parser_tree_read (fields, (const guint8 *)mail + prescan.header_end,
                                                  size - prescan.header_end, prescan.too_much, NULL, facts);
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < tree->texts->len; i++)
    {
      const ParserText *text = tree->texts->pdata[i];
      g_autofree char *line = g_strstrip (g_strdup (text->text));
      g_string_append_printf (all, "%s[%s%s] %s", i ? " " : "", text->part, text->from_html ? " html" : "",
                              line);
    }
  return g_strdup (all->str);
}

#define TYPE(type) "Content-Type: " type "\n"
#define MIXED TYPE ("multipart/mixed; boundary=b") "\n"
#define ALTERNATIVE TYPE ("multipart/alternative; boundary=b") "\n"
#define PLAIN(text) "--b\n" TYPE ("text/plain") "\n" text "\n"
#define HTML(text) "--b\n" TYPE ("text/html") "\n<p>" text "</p>\n"
#define END "--b--\n"

/* clang-format off */
static const struct { const char *name, *mail, *want; guint defects; } text_cases[] = {
  { "no-content-type",                     "Subject: x\n\nstop\n",                                  "[1] stop", 0 },
  { "headerless",                          "\r\n\r\nunsubscribe",                                   "[1] unsubscribe", PARSER_DEFECT_NO_HEADER },
  { "lone-carriage-returns",               "Subject: x\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rstop\r--b--\r", "[1] stop", 0 },
  { "crlf-in-parts",                       "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nstop\r\nnow\r\n--b--\r\n", "[1] stop\nnow", 0 },
  { "html-alone",                          TYPE ("text/html") "\n<p>stop</p>\n",                     "[1 html] stop", 0 },
  { "quoted-printable",                    TYPE ("text/plain") "Content-Transfer-Encoding: quoted-printable\n\nun=\nsub=73cribe\n", "[1] unsubscribe", 0 },
  { "padded-chunks-of-base64",             "Content-Transfer-Encoding: BASE64\n\ncGxlYXNlIA==\ndW5zdWJzY3JpYmU=\n", "[1] please unsubscribe", 0 },
  { "an-encoding-with-a-comment",          "Content-Transfer-Encoding: base64 (as ever)\n\nc3RvcA==\n", "[1] stop", 0 },
  { "an-encoding-misspelt",                "Content-Transfer-Encoding: 8-bits\n\nstop\n",           "[1] stop", 0 },
  { "an-unknown-encoding",                 "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n", "", PARSER_DEFECT_BAD_ENCODING },
  { "a-type-behind-a-line-that-is-no-field", "Subject: x\nhello\nContent-Transfer-Encoding: base64\n\nc3RvcA==\n", "[1] stop", PARSER_DEFECT_BAD_HEADER },
  { "latin-1-said-to-be-utf-8",            TYPE ("text/plain; charset=utf-8") "\nbitte f\xfcr mich abmelden\n", "[1] bitte für mich abmelden", PARSER_DEFECT_BAD_CHARSET },
  { "a-charset-split-in-two",              TYPE ("text/plain; charset*0=ut; charset*1=f-8") "\nGr\xc3\xbc\xc3\x9f" "e\n", "[1] Grüße", 0 },
  { "a-nul-in-a-word",                     "Subject: x\n\nun@subscribe\n",                          "[1] unsubscribe", PARSER_DEFECT_NUL },

  { "all-inline-texts",                    MIXED PLAIN ("one") "--b\nContent-Type: image/png\n\nx\n" PLAIN ("two") END, "[1] one [3] two", 0 },
  { "an-attachment-is-not-entered",        MIXED PLAIN ("one") "--b\n" TYPE ("text/plain") "Content-Disposition: attachment\n\nunsubscribe\n" END, "[1] one", 0 },
  { "a-named-text-behind-the-first-is-not", MIXED PLAIN ("one") "--b\n" TYPE ("text/plain; name=a.txt") "\nunsubscribe\n" END, "[1] one", 0 },
  { "other-texts-are-not",                 MIXED "--b\n" TYPE ("text/calendar") "\nunsubscribe\n--b\n" TYPE ("text/x-amp-html") "\nunsubscribe\n--b\n" TYPE ("application/octet-stream; name=a.txt") "\nunsubscribe\n" END, "", 0 },
  { "an-enclosed-message-is-not",          MIXED PLAIN ("thanks") "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nunsubscribe\n" END, "[1] thanks", 0 },
  { "a-part-of-a-part",                    MIXED "--b\n" TYPE ("multipart/related; boundary=c") "\n--c\n\nstop\n--c--\n" END, "[1.1] stop", 0 },
  { "a-labelled-multipart-is-identity",    "Content-Transfer-Encoding: base64\n" MIXED PLAIN ("stop") END, "[1] stop", PARSER_DEFECT_BAD_ENCODING },
  { "a-part-labelled-too",                 MIXED "--b\nContent-Transfer-Encoding: base64\n" TYPE ("multipart/mixed; boundary=c") "\n--c\n\nstop\n--c--\n" END, "[1.1] stop", PARSER_DEFECT_BAD_ENCODING },
  { "no-boundary-said",                    TYPE ("multipart/mixed") "\n--b\n\nstop\n--b--\n",       "[1] --b\n\nstop\n--b--", PARSER_DEFECT_BAD_BOUNDARY },
  { "a-boundary-that-never-comes",         MIXED "stop\n",                                          "[1] stop", PARSER_DEFECT_BAD_BOUNDARY },
  { "an-empty-boundary",                   TYPE ("multipart/mixed; boundary=\"\"") "\n--\n\nstop\n", "[1] stop", PARSER_DEFECT_BAD_BOUNDARY },
  { "no-closing-boundary",                 MIXED PLAIN ("stop"),                                    "[1] stop", PARSER_DEFECT_BAD_BOUNDARY },
  { "a-boundary-with-blanks-behind",       MIXED "--b  \n\nstop\n--b--  \n",                        "[1] stop", 0 },
  { "the-last-content-type-counts",        TYPE ("image/png") TYPE ("text/plain") "\nstop\n",       "[1] stop", 0 },
  { "an-html-multipart-report",            TYPE ("multipart/report; boundary=b") "\n" HTML ("gone") END, "[1 html] gone", 0 },

  { "the-plain-alternative",               ALTERNATIVE PLAIN ("please stop") HTML ("please stop") END, "[1] please stop", 0 },
  { "html-where-the-plain-is-empty",       ALTERNATIVE PLAIN (" ") HTML ("please stop") END,        "[2 html] please stop", 0 },
  { "html-where-the-plain-is-a-stub",      ALTERNATIVE PLAIN ("Your client does not support HTML.") HTML ("I would be glad if you could please stop your mails.") END, "[2 html] I would be glad if you could please stop your mails.", 0 },
  { "html-where-the-plain-is-much-poorer", ALTERNATIVE PLAIN ("Hi.") HTML ("Hi. The weather is fine today, and we are all well here, thanks.") END, "[2 html] Hi. The weather is fine today, and we are all well here, thanks.", 0 },
  { "the-plain-where-there-is-no-html",    ALTERNATIVE PLAIN ("stop") "--b\nContent-Type: text/calendar\n\nx\n" END, "[1] stop", 0 },
  { "html-beside-pictures",                ALTERNATIVE PLAIN (" ") "--b\n" TYPE ("multipart/related; boundary=c") "\n--c\n" TYPE ("text/html") "\n<p>stop</p>\n--c\nContent-Type: image/png\n\nx\n--c--\n" END, "[2.1 html] stop", 0 },
};

static const struct { const char *name, *mail; guint marks; } encrypted_cases[] = {
  { "pgp-mime",      TYPE ("multipart/encrypted; boundary=b") "\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nx\n" END, PARSER_MARK_ENCRYPTED },
  { "s-mime",        TYPE ("application/pkcs7-mime; smime-type=enveloped-data") "\nx\n", PARSER_MARK_ENCRYPTED },
  { "inline-pgp",    "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n", PARSER_MARK_ENCRYPTED },
  { "signed-s-mime", TYPE ("application/pkcs7-mime; smime-type=signed-data") "\nx\n", 0 },
  { "beside-a-text", MIXED PLAIN ("stop") "--b\nContent-Type: application/pkcs7-mime\n\nx\n" END, 0 },
};
/* clang-format on */

static void
test_texts (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *mail = g_strdup (text_cases[i].mail);
  gsize size = strlen (mail);
  if (text_cases[i].defects & PARSER_DEFECT_NUL) /* an "@" stands for a NUL */
    *strchr (mail, '@') = '\0';
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autofree char *got = texts_of (mail, size, facts);
  g_assert_cmpstr (got, ==, text_cases[i].want);
  g_assert_cmphex (facts->defects, ==, text_cases[i].defects);
  g_autoptr (ParserFacts) whole = read_octets (mail, size);
  g_assert_nonnull (whole->identity);
}

static void
test_encrypted (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_octets (encrypted_cases[i].mail, strlen (encrypted_cases[i].mail));
  g_assert_cmphex (facts->marks & PARSER_MARK_ENCRYPTED, ==, encrypted_cases[i].marks);
}

/* H51: the two alternatives ask for different things. */
static void
test_disagree (void)
{
  static const char *const mails[]
      = { ALTERNATIVE PLAIN ("Please keep me on your list, thanks.") HTML ("Please remove me from your list.")
              END,
          ALTERNATIVE PLAIN ("Please remove me from your list.") HTML ("What a fine day it is today.") END };
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (ParserFacts) facts = read_octets (mails[i], strlen (mails[i]));
      g_assert_true (facts->defects & PARSER_DEFECT_DISAGREE);
      g_assert_true (facts->marks & PARSER_MARK_DOUBTFUL);
      g_assert_cmpint (facts->intent, !=, PARSER_INTENT_NONE);
    }
  const char *same = ALTERNATIVE PLAIN ("Please remove me from your list.")
      HTML ("Please <b>remove me</b> from your list.") END;
  g_autoptr (ParserFacts) facts = read_octets (same, strlen (same));
  g_assert_false (facts->defects & PARSER_DEFECT_DISAGREE);
  g_assert_cmpint (facts->intent, ==, PARSER_INTENT_OPT_OUT);
}

/* R30: the four line ends decide alike. */
static void
test_line_ends (void)
{
  const char *mail = "From: ann@example.org\nSubject: hello\n\nHello,\n\nplease remove me from your "
                     "list.\n\n> unsubscribe\n";
  static const char *const ends[] = { "\n", "\r\n", "\r", "\r\r\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (GStrv) lines = g_strsplit (mail, "\n", -1);
      g_autofree char *variant = g_strjoinv (ends[i], lines);
      g_autoptr (ParserFacts) facts = read_octets (variant, strlen (variant));
      g_assert_cmpint (facts->intent, ==, PARSER_INTENT_OPT_OUT);
      g_assert_cmpstr (facts->from, ==, "ann@example.org");
      g_assert_cmpuint (facts->evidence->len, >, 0);
      g_assert_cmpuint (((ParserHit *)facts->evidence->pdata[0])->line, ==, 3);
    }
}

static void
test_from_line (void)
{
  const char *mail = "From ann@example.org Sat Nov 21 10:00:00 2026\nSubject: x\n\nstop\n";
  g_autoptr (ParserFacts) facts = read_octets (mail, strlen (mail));
  g_assert_cmpstr (facts->return_path, ==, "ann@example.org");
  g_assert_cmpint (facts->received_at, ==, 1795255200);
  g_assert_true (facts->defects & PARSER_DEFECT_NO_FROM);
}

/* H60: controls in the words that decide must not keep the facts from arriving. */
static void
test_controls (void)
{
  const char *mail = "From: ann@example.org\n\nplease\tunsubscribe\x1b me\xc2\x85 from\tyour list\n";
  g_autoptr (ParserFacts) facts = read_octets (mail, strlen (mail));
  g_assert_cmpuint (facts->evidence->len, >, 0);
  g_autoptr (GVariant) value = g_variant_ref_sink (parser_facts_to_variant (facts));
  g_autoptr (ParserFacts) arrived = parser_facts_from_variant (value);
  g_assert_nonnull (arrived);
}

static void
test_empty (void)
{
  g_autoptr (GBytes) mail = g_bytes_new (NULL, 0);
  parser_prepare (mail);
  g_autoptr (ParserFacts) facts = parser_read (mail, NULL);
  g_assert_true (facts->defects & PARSER_DEFECT_EMPTY);
  g_assert_cmpint (facts->intent, ==, PARSER_INTENT_NONE);
}

/* ---- hostile mails of some megabytes, made here ---- */

#define BIG (4 * 1024 * 1024)

static GString *
fill (const char *head, const char *unit, gsize size, const char *tail)
{
  GString *mail = g_string_new (head);
  while (mail->len < size)
    g_string_append (mail, unit);
  return g_string_append (mail, tail);
}

static GString *
nest (guint depth, guint lines)
{
  GString *mail = g_string_new ("Subject: x\n");
  for (guint i = 0; i < depth; i++)
    g_string_append_printf (mail, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append (mail, "\n");
  for (guint i = 0; i < lines; i++)
    g_string_append (mail, "--b\n");
  return mail;
}

static GString *
boundary_of_a_megabyte (void)
{
  g_autofree char *boundary = g_strnfill (1024 * 1024, 'b');
  g_autofree char *line = g_strdup_printf ("--%.60000s\n", boundary);
  g_autofree char *head
      = g_strdup_printf ("Content-Type: multipart/mixed; boundary=\"%.60000s\"\n\n", boundary);
  return fill (head, line, BIG, "");
}

#define BEGUN                                                                                                \
  "take take take take take take take take take take take take take take take take take take take take "
#define ENDED "off off off off off off off off off off off off off off off off off off off off "

/* clang-format off */
static const struct { const char *name, *head, *unit, *tail; } hostile_cases[] = {
  { "h1-groups-in-from",                   "From: ", "g:", "\n\nstop\n" },
  { "h1-groups-in-an-enclosed-from",       MIXED "--b\nContent-Type: message/rfc822\n\nFrom: ", "g:", "\n\nstop\n" },
  { "h2-empty-parts",                      MIXED, "--b\n\n", "" },
  { "h4-enclosed-messages",                "", "Content-Type: message/rfc822\n\n", "stop\n" },
  { "h5-parameters",                       "Content-Type: text/plain", "; p*0=x", "\n\nstop\n" },
  { "h5-parameters-of-a-part",             MIXED "--b\nContent-Type: text/plain", ";\n p*1=x", "\n\nstop\n" },
  { "h6-recipients",                       "", "To: a@b.example\n", "\nstop\n" },
  { "h6-recipients-of-an-enclosed-mail",   MIXED "--b\nContent-Type: message/rfc822\n\n", "To: a@b.example\n", "\nstop\n" },
  { "h7-one-long-header",                  "Subject: ", "xxxxxxxxxxxxxxxx", "\n\nstop\n" },
  { "h7-folds",                            "Subject:\n", " x\n", "\nstop\n" },
  { "h8-comments",                         "From: ", "(", "\n\nstop\n" },
  { "h10-encoded-words",                   "Subject: ", "=?utf-8?Q?=C3=BC?= ", "\n\nstop\n" },
  { "h10-words-that-do-not-end",           "Subject: ", "=?utf-8?B?", "\n\nstop\n" },
  { "h13-nuls",                            "Subject: x\n\n", "0", "" },
  { "h15-a-charset-without-end",           "Content-Type: text/plain; charset=", "x", "\n\nstop\n" },
  { "h15-names-of-charsets",               "Subject: x\n\n", "charset=x =?y?", "" },
  { "h19-escapes",                         "Content-Transfer-Encoding: quoted-printable\n\n", "=41", "" },
  { "h19-equals-signs",                    "Content-Transfer-Encoding: quoted-printable\n\n", "=", "" },
  { "h20-angle-brackets",                  TYPE ("text/html") "\n", "<", "" },
  { "h20-deep-tags",                       TYPE ("text/html") "\n", "<div><b>", "" },
  { "h20-tags-of-quotes",                  TYPE ("text/html") "\n", "<blockquote type=cite>", "" },
  { "h20-entities",                        TYPE ("text/html") "\n", "&#0;&#x110000;&amp", "" },
  { "h20-comments",                        TYPE ("text/html") "\n", "<!--", "" },
  { "one-line",                            "Subject: x\n\n", "please stop ", "" },
  { "carriage-returns",                    "Subject: x\n\n", "\r", "" },
  { "line-ends",                           "Subject: x\n\n", "\n", "" },
  { "quote-marks",                         "Subject: x\n\n", ">", "" },
  { "quoted-lines",                        "Subject: x\n\n", "> a\n", "" },
  { "dashes",                              "Subject: x\n\n", "--\n", "" },
  { "colons",                              "Subject: x\n\n", "a:\n", "" },
  { "attributions",                        "Subject: x\n\n", "On Monday, a@b.example wrote:\n\n", "" },
  { "wishes",                              "Subject: x\n\n", "please unsubscribe me. ", "" },
  { "words",                               "Subject: x\n\n", "not ", "" },
  { "words-without-blanks",                "Subject: x\n\n", "lieferung", "" },
  { "phrases-that-are-never-whole",        "Subject: x\n\n", BEGUN BEGUN BEGUN BEGUN BEGUN ENDED ENDED ENDED ENDED ENDED, "" },
  { "base64",                              "Content-Transfer-Encoding: base64\n\n", "QUFB====", "" },
  { "alternatives",                        ALTERNATIVE PLAIN ("one") HTML ("two"), "--b\nContent-Type: text/html\n\n<p>stop\n", "" },
};
/* clang-format on */

static void
check_cost (GString *mail)
{
  clock_t before = clock ();
  g_autoptr (ParserFacts) facts = read_octets (mail->str, mail->len);
#ifndef WITH_SANITIZER /* of the processor, so that a busy machine does not matter */
  g_assert_cmpfloat ((double)(clock () - before) / CLOCKS_PER_SEC, <, MAX_SECONDS);
#else
  (void)before;
#endif
  g_autoptr (GVariant) value = g_variant_ref_sink (parser_facts_to_variant (facts));
  g_autoptr (ParserFacts) got = parser_facts_from_variant (value);
  g_assert_nonnull (got); /* and what it says can be sent to the parent */
  struct rusage usage;
  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
#ifndef WITH_SANITIZER
  g_assert_cmpint (usage.ru_maxrss, <, MAX_RESIDENT);
#endif
  g_string_free (mail, TRUE);
}

static void
test_hostile (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GString *mail = fill (hostile_cases[i].head, hostile_cases[i].unit, BIG, hostile_cases[i].tail);
  if (strcmp (hostile_cases[i].name, "h13-nuls") == 0)
    memset (strchr (mail->str, '0'), 0, BIG / 2);
  check_cost (mail);
}

static void
test_nesting (void)
{
  check_cost (nest (900, 2500000));
  check_cost (nest (20000, 0));
  check_cost (nest (PARSER_MAX_NESTING, PARSER_MAX_DASH_LINES - PARSER_MAX_NESTING));
  check_cost (boundary_of_a_megabyte ());
}

/* Over a limit what fits is read all the same, as raw text. */
static void
test_partial (void)
{
  g_autoptr (GString) mail = fill (MIXED "--b\n\nplease remove me from your list.\n", "--b\n\n", 100000, "");
  g_autoptr (ParserFacts) facts = read_octets (mail->str, mail->len);
  g_assert_true (facts->defects & PARSER_DEFECT_PARTIAL);
  g_assert_cmpint (facts->intent, ==, PARSER_INTENT_OPT_OUT);
}

static void
test_text_limit (void)
{
  for (int more = -1; more <= 1; more++)
    {
      g_autoptr (GString) mail
          = fill ("Subject: x\n\n", "x", strlen ("Subject: x\n\n") + PARSER_MAX_TEXT + more, "");
      g_autoptr (ParserFacts) facts = parser_facts_new ();
      g_autofree char *text = texts_of (mail->str, mail->len, facts);
      g_assert_cmpint ((facts->defects & PARSER_DEFECT_PARTIAL) != 0, ==, more > 0);
      g_assert_cmpuint (strlen (text), ==, strlen ("[1] ") + MIN (PARSER_MAX_TEXT + more, PARSER_MAX_TEXT));
    }
}

#define ADD(group, cases, function)                                                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strconcat ("/parser/" group "/", cases[i].name, NULL);                       \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                           \
    }

/* H39: what the border reads as text of another field it does not remove. */
static void
test_smuggled_result (void)
{
#define RESULT "Authentication-Results: mx.metrix.example; dmarc=pass header.from=example.org"
#define REST "From: ann@example.org\r\n\r\nstop\r\n"
  static const struct
  {
    const char *mail;
    gsize size;
    ParserProof proof;
  } cases[]
      = { { RESULT "\r\n" REST, sizeof RESULT "\r\n" REST, PARSER_PROOF_DMARC },
          { "X: y\r" RESULT "\r\n" REST, sizeof "X: y\r" RESULT "\r\n" REST, PARSER_PROOF_NONE },
          { "X: \0y\r\n" RESULT "\r\n" REST, sizeof "X: \0y\r\n" RESULT "\r\n" REST, PARSER_PROOF_NONE },
          { "X: y\r\nno field\r\n" RESULT "\r\n" REST, sizeof "X: y\r\nno field\r\n" RESULT "\r\n" REST,
            PARSER_PROOF_NONE } };
  const ParserOptions options = { .authserv_id = "mx.metrix.example", .trust_authentication_results = TRUE };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) mail = g_bytes_new_static (cases[i].mail, cases[i].size - 1);
      g_autoptr (ParserFacts) facts = parser_read (mail, &options);
      g_assert_cmpint (facts->authenticated, ==, cases[i].proof);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  ADD ("texts", text_cases, test_texts)
  ADD ("encrypted", encrypted_cases, test_encrypted)
  ADD ("hostile", hostile_cases, test_hostile)
  g_test_add_func ("/parser/hostile/h3-h4-h9-depth-times-lines", test_nesting);
  g_test_add_func ("/parser/alternatives-that-disagree-are-doubtful", test_disagree);
  g_test_add_func ("/parser/line-ends-decide-alike", test_line_ends);
  g_test_add_func ("/parser/a-from-line-stands-in-for-return-path", test_from_line);
  g_test_add_func ("/parser/controls-in-the-words-that-decide", test_controls);
  g_test_add_func ("/parser/no-octet-at-all", test_empty);
  g_test_add_func ("/parser/a-result-that-the-border-could-not-see", test_smuggled_result);
  g_test_add_func ("/parser/over-a-limit-what-fits-is-read", test_partial);
  g_test_add_func ("/parser/the-most-text-is-a-limit", test_text_limit);
  return g_test_run ();
}
