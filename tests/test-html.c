/* test-html.c - HTML to the text that a reader sees. The mails are ours, in the shells of their clients. */
#include "internal.h"

#include <string.h>

static ParserText *
convert (const char *html, guint *defects)
{
  return parser_html_to_text (html, strlen (html), "1.2", defects);
}

/* ---- text ---- */

/* clang-format off */
static const struct { const char *name, *html, *want; } texts[] = {
  { "blanks collapse", "<p>a  b\n\tc</p>", "a b c\n" },
  { "blocks are lines", "<div>a</div><div>b</div>c<br>d<br/>e", "a\nb\nc\nd\ne\n" },
  { "paragraphs leave a line", "<p>a</p><p>b</p>", "a\n\nb\n" },
  { "paragraphs of Outlook do not", "<p class=MsoNormal>a</p><p class=\"MsoNormal\">b</p>", "a\nb\n" },
  { "an empty line of a webmail", "<div>a</div><div><br></div><div>b</div>", "a\n\nb\n" },
  { "cells", "<table><tr><td>From:</td><td>Ann</td></tr><tr><td>To:<td>Bob</table>", "From: Ann\nTo: Bob\n" },
  { "items", "<ul><li>a<li>b</ul>", "a\nb\n" },
  { "preformatted", "<pre>a  b\n c</pre>", "a  b\n c\n" },
  { "a rule", "a<hr>b", "a\n________\nb\n" },
  { "what is no text", "<html><head><title>t</title><style>p { color: red }</style></head><body><script>x < 1</script><!-- c -->a<select><option>o</select></body></html>", "a\n" },
  { "a head that nobody closed", "<head><meta charset=utf-8><style>x</style><p>a", "a\n" },
  { "conditional comments", "<!--[if mso]>x<![endif]-->a<![if !mso]>b<![endif]>", "ab\n" },
  { "references", "&lt;a&gt; &amp; &eacute;&Eacute;&nbsp;&#8364;&#x20AC;&euro; &unknown; &copy", "<a> & \u00e9\u00c9 \u20ac\u20ac\u20ac &unknown; &copy\n" },
  { "numbers of windows", "don&#146;t", "don\u2019t\n" },
  { "references that are no characters", "a&#0;b&#x110000;c&#xD800;d&#99999999999999999999;e&#;f", "a\ufffdb\ufffdc\ufffdd\ufffde&#;f\n" },
  { "less-than signs of prose", "1 < 2 and 3 <4 <> a", "1 < 2 and 3 <4 <> a\n" },
  { "attributes with signs in them", "<a title=\"a > b\" href='x>y'>c</a>", "c\n" },
  { "a quotation mark that is never closed", "<a href=\"x>stop</a> it", "stop it\n" },

  /* H21: what a reader cannot see */
  { "display none", "a<div style=\"display: none\">unsubscribe</div>b", "ab\n" },
  { "hidden in a hidden element", "a<span style='DISPLAY:NONE !important'><b>un<i>sub</i></b></span>b", "ab\n" },
  { "visibility hidden", "a<span style=visibility:hidden>x</span>b", "ab\n" },
  { "font size nothing", "a<span style=\"font-size:0px\">x</span><span style=\"font-size:0\">y</span>b", "ab\n" },
  { "font size nothing around letters of a size", "a<div style=\"font-size:0\"><p style=\"font-size:14px\">stop</p><b style=\"font-size:1em\">x</b></div>b", "a\n\nstop\n\nb\n" },
  { "a hanging indent is no hiding", "<p style=\"margin-left:.25in;text-indent:-9.0pt\">stop</p>", "stop\n" },
  { "mso-hide", "a<p style=\"mso-hide:all\">x</p>b", "a\n\nb\n" },
  { "opacity nothing", "a<b style=\"opacity:0.0\">x</b><b style=\"opacity:0.5\">y</b>b", "ayb\n" },
  { "no height and nothing flows over", "a<div style=\"max-height:0;overflow:hidden\">x</div>b", "a\nb\n" },
  { "no height but it flows over", "a<div style=\"height:0\">x</div>b", "a\nx\nb\n" },
  { "white on white", "<body bgcolor=white>a<font color=\"#FFFFFF\">x</font>b", "ab\n" },
  { "white on nearly white", "<div style=\"background:#fefefe\">a<span style=\"color:rgb(255, 255, 255)\">x</span>b</div>", "ab\n" },
  { "white on black is read", "<div style=\"background-color:#000;color:#fff\">a</div>", "a\n" },
  { "white alone may be a dark screen's", "<div style=\"color:white\">a</div>", "a\n" },
  { "the hidden attribute", "a<div hidden>x</div>b", "ab\n" },
  { "a class that the sheet hides", "<style>p { color: red } /* { */ .x, #y { display: none } @media print { .z { display: none } } .w { font-size: 0 }</style>a<b class=\"u x\">1</b><b id=y>2</b><b class=z>3</b><b class=w>4</b><b>5</b>", "a35\n" },
  { "off the screen", "a<span style=\"position:absolute;left:-9999px\">x</span>b", "ab\n" },
  { "it ends with its paragraph", "<p style=display:none>x<p>a", "a\n" },

  /* H22: a visible word with invisible things in it */
  { "a salted word", "un<span style=display:none>x</span>sub&shy;scr&#8203;ibe", "unsubscribe\n" },
  { "more salt", "un<wbr>sub<span style=\"font-size:0\">zz</span>sc&zwnj;ri&#x2060;be", "unsubscribe\n" },
  { "joiners of Persian stay", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\n" },
  { "nothing", "", "" },
};
/* clang-format on */

static void
test_text (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data), defects = 0;
  ParserText *text = convert (texts[n].html, &defects);

  g_assert_cmpstr (text->text, ==, texts[n].want);
  g_assert_cmpuint (text->length, ==, strlen (texts[n].want));
  g_assert_true (text->from_html);
  g_assert_cmpstr (text->part, ==, "1.2");
  parser_text_free (text);
}

static void
test_defects (void)
{
  guint hidden = 0, plain = 0;

  parser_text_free (convert ("a<b hidden>unsubscribe</b>", &hidden));
  parser_text_free (convert ("a<b hidden> </b>&shy;", &plain));
  g_assert_cmpuint (hidden, ==, PARSER_DEFECT_HIDDEN_TEXT);
  g_assert_cmpuint (plain, ==, 0);
}

/* Elements deeper than we remember change nothing, and their ends close no others. */
static void
test_depth (void)
{
  g_autoptr (GString) html = g_string_new ("<div style=display:none>x");
  guint defects = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append (html, "<div>");
  for (guint i = 0; i < 1000; i++)
    g_string_append (html, "y</div>");
  g_string_append (html, "z</div>stop");
  ParserText *text = convert (html->str, &defects);
  g_assert_cmpstr (text->text, ==, "stop\n");
  parser_text_free (text);
}

static void
test_links (void)
{
  guint defects = 0;
  ParserText *text = convert (
      "a <a href=\"http://x.example\">Un<b>subscribe</b></a> b<a name=top>c</a><a href=x><img></a>",
      &defects);

  g_assert_cmpuint (text->spans->len, ==, 1);
  const ParserSpan *span = &g_array_index (text->spans, ParserSpan, 0);
  g_autofree char *label = g_strndup (text->text + span->start, span->end - span->start);
  g_assert_cmpstr (label, ==, "Unsubscribe");
  g_assert_cmpuint (span->flags, ==, PARSER_SPAN_LINK);
  parser_text_free (text);
}

/* ---- whose words, in the shells of clients ---- */

#define WISH "<div>please stop this</div>"
#define NEWS "<p>Our news</p><p><a href=\"http://x.example/u\">Unsubscribe</a> at any time</p>"

/* clang-format off */
static const struct { const char *name, *html, *ours, *doubt; } shells[] = {
  { "Gmail",
    "<div dir=ltr>" WISH "</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=ltr class=gmail_attr>On Mon, 3 Mar 2025 at 10:12, News &lt;<a href=\"mailto:n@example.org\">n@example.org</a>&gt; wrote:<br></div><blockquote class=gmail_quote style=\"margin:0\">" NEWS "</blockquote></div>",
    "please stop this", "" },
  { "Gmail in a language that we do not know",
    WISH "<div class=gmail_quote><div class=gmail_attr>Kz 3 Mqr 2025 10:12 News (n@example.org) zkl<br></div><blockquote class=gmail_quote>" NEWS "</blockquote></div>",
    "please stop this", "" },
  { "Gmail's wrapper around the whole mail",
    "<div class=gmail_quote>" WISH "<div>On Mon, 3 Mar 2025 at 10:12, News &lt;n@example.org&gt; wrote:</div><blockquote type=cite>" NEWS "</blockquote></div>",
    "", "please stop this" },
  { "Outlook",
    "<div class=WordSection1><p class=MsoNormal>please stop this</p><p class=MsoNormal>&nbsp;</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> News &lt;n@example.org&gt; <br><b>Sent:</b> Monday, 3 March 2025 10:12<br><b>To:</b> Ann<br><b>Subject:</b> Offers</p></div></div>" NEWS "</div>",
    "please stop this", "" },
  { "Outlook on the web, labels that we do not know",
    WISH "<div id=appendonsend></div><hr style=\"width:98%\"><div id=divRplyFwdMsg dir=ltr><font><b>Zqr:</b> News &lt;n@example.org&gt;<br><b>Kql:</b> 3.3.2025 10:12<br></font></div><div>" NEWS "</div>",
    "please stop this", "" },
  { "Apple Mail",
    "<body>" WISH "<div><br><blockquote type=cite><div>On 3 Mar 2025, at 10:12, News &lt;n@example.org&gt; wrote:</div><br><div>" NEWS "</div></blockquote></div></body>",
    "please stop this", "" },
  { "Apple Mail on a phone",
    "<div dir=ltr>please stop this</div><div dir=ltr><br></div><div dir=ltr>Sent from my iPhone</div><div dir=ltr><br><blockquote type=\"cite\">On 3 Mar 2025, at 10:12, News &lt;n@example.org&gt; wrote:<br><br></blockquote></div><blockquote type=\"cite\"><div>" NEWS "</div></blockquote>",
    "please stop this", "" },
  { "Thunderbird",
    "<p>please stop this</p><div class=\"moz-cite-prefix\">Am 03.03.25 um 10:12 schrieb News:<br></div><blockquote type=\"cite\" cite=\"mid:a@example.org\">" NEWS "</blockquote>",
    "please stop this", "" },
  { "Yahoo",
    "<div class=ydp1>please stop this</div><div id=\"ydp2yahoo_quoted_1\" class=\"ydp2yahoo_quoted yahoo_quoted\"><div>On Monday, March 3, 2025 at 10:12:30 AM GMT+1, News &lt;n@example.org&gt; wrote:</div><div>" NEWS "</div></div>",
    "please stop this", "" },
  { "Proton",
    WISH "<div class=\"protonmail_signature_block\"><div>Sent with Proton Mail secure email.</div></div><div class=\"protonmail_quote\">On Monday, March 3rd, 2025 at 10:12, News &lt;n@example.org&gt; wrote:<br><blockquote class=\"protonmail_quote\" type=\"cite\">" NEWS "</blockquote></div>",
    "please stop this", "" },
  { "GMX",
    WISH "<div name=\"quote\" style=\"margin:10px\"><div><b>Gesendet:</b> Montag, 3. M&auml;rz 2025 um 10:12 Uhr<br><b>Von:</b> News &lt;n@example.org&gt;<br><b>Betreff:</b> Angebote</div><div name=\"quoted-content\">" NEWS "</div></div>",
    "please stop this", "" },
  { "Spark, nothing but the quotation follows",
    WISH "<div name=\"messageReplySection\"><div>News, vor drei Tagen</div>" NEWS "</div>",
    "please stop this", "" },
  { "answers between two quotations",
    "<blockquote type=cite>are you well?</blockquote><div>yes</div><blockquote type=cite>more mail?</blockquote><div>please stop this</div>",
    "yes please stop this", "" },
  { "a person's own indentation is doubtful, not lost",
    "<p>Hello</p><blockquote>please stop this</blockquote><p>Ann</p>",
    "Hello Ann", "please stop this" },
  { "an indentation under an attribution",
    WISH "<p>News &lt;n@example.org&gt; wrote on 3 March 2025:</p><blockquote>" NEWS "</blockquote>",
    "please stop this", "" },
  { "a signature's container",
    WISH "<div class=gmail_signature>Ann Lee, newsletter office</div>",
    "please stop this", "" },
  { "a link's label is a footer",
    WISH "<p><a href=\"http://x.example/u\">Unsubscribe me</a></p>",
    "please stop this", "" },
  { "an address that became a link is the writer's",
    "<p>unsubscribe <a href=\"mailto:ann@example.org\">ann@example.org</a></p>",
    "unsubscribe ann@example.org", "" },
};
/* clang-format on */

/* The writer's lines that are sure or not, with blanks between them. */
static char *
words_of (const ParserText *text, GPtrArray *segments, gboolean sure)
{
  g_auto (GStrv) lines = g_strsplit (text->text, "\n", -1);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      if (segment->kind != PARSER_SEGMENT_NEW || segment->sure != sure)
        continue;
      for (guint k = segment->first_line; k <= segment->last_line; k++)
        if (*g_strstrip (lines[k - 1]))
          g_string_append_printf (words, "%s%s", words->len ? " " : "", lines[k - 1]);
    }
  return g_string_free (words, FALSE);
}

static void
test_shell (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data), defects = 0;
  ParserText *text = convert (shells[n].html, &defects);
  g_autoptr (GPtrArray) segments = parser_segments_new ();

  parser_segment (text, NULL, segments);
  g_autofree char *ours = words_of (text, segments, TRUE), *doubt = words_of (text, segments, FALSE);
  g_assert_cmpstr (ours, ==, shells[n].ours);
  g_assert_cmpstr (doubt, ==, shells[n].doubt);
  parser_text_free (text);
}

/* ---- the containers of all clients ---- */

#define HEAD "<div>On Mon, 3 Mar 2025 at 10:12, News &lt;n@example.org&gt; wrote:</div>"

/* clang-format off */
/* @last: from there to the end of the mail, whatever closes. */
static const struct { const char *name, *open, *close; gboolean cite, last; } containers[] = {
  { "gmail", "<div class=\"gmail_quote\">", "</div>", FALSE, FALSE },
  { "gmail, new", "<div class=\"gmail_quote gmail_quote_container\">", "</div>", FALSE, FALSE },
  { "gmail, old", "<div class=\"gmail_extra\">", "</div>", FALSE, FALSE },
  { "yahoo", "<div id=\"ydp1yahoo_quoted_1\" class=\"yahoo_quoted\">", "</div>", FALSE, FALSE },
  { "yahoo for ios", "<blockquote class=\"iosymail\">", "</blockquote>", FALSE, FALSE },
  { "proton", "<div class=\"protonmail_quote\">", "</div>", FALSE, FALSE },
  { "tutanota", "<blockquote class=\"tutanota_quote\">", "</blockquote>", FALSE, FALSE },
  { "zoho", "<div class=\"zmail_extra\">", "</div>", FALSE, FALSE },
  { "skiff", "<div class=\"skiff_quote\">", "</div>", FALSE, FALSE },
  { "outlook for mac", "<span id=\"OLK_SRC_BODY_SECTION\">", "</span>", FALSE, FALSE },
  { "outlook for phones", "<div id=\"mail-editor-reference-message-container\">", "</div>", FALSE, FALSE },
  { "netease", "<div id=\"isReplyContent\">", "</div>", FALSE, FALSE },
  { "netease, forwarded", "<div id=\"isForwardContent\">", "</div>", FALSE, FALSE },
  { "139", "<div id=\"reply139content\">", "</div>", FALSE, FALSE },
  { "tencent", "<div id=\"mailcontent\">", "</div>", FALSE, FALSE },
  { "original body", "<div id=\"origbody\">", "</div>", FALSE, FALSE },
  { "gmx", "<div name=\"quote\">", "</div>", FALSE, FALSE },
  { "spark", "<div name=\"messageReplySection\">", "</div>", FALSE, FALSE },
  { "newton", "<div class=\"cloudmagic-smart-quote\">", "</div>", FALSE, FALSE },
  { "apple, thunderbird", "<blockquote type=\"cite\">", "</blockquote>", TRUE, FALSE },
  { "outlook on the web", "<hr><div id=\"divRplyFwdMsg\">", "</div>", FALSE, TRUE },
  { "outlook, encoded twice", "<hr><div id=3D\"divRplyFwdMsg\">", "</div>", FALSE, TRUE },
  { "outlook, quoted again", "<hr><div id=\"x_divRplyFwdMsg\">", "</div>", FALSE, TRUE },
  { "outlook, on send", "<div id=\"appendonsend\"></div><div>", "</div>", FALSE, TRUE },
  { "reply split", "<hr id=\"replySplit\"><div>", "</div>", FALSE, TRUE },
  { "aliyun", "<div id=\"oriMsgHtmlSeperator\"></div><div>", "</div>", FALSE, TRUE },
  { "zimbra", "<hr data-marker=\"__DIVIDER__\"><div>", "</div>", FALSE, TRUE },
};
/* clang-format on */

static void
check_words (const char *html, const char *sure, const char *doubtful)
{
  guint defects = 0;
  ParserText *text = convert (html, &defects);
  g_autoptr (GPtrArray) segments = parser_segments_new ();

  parser_segment (text, NULL, segments);
  g_autofree char *ours = words_of (text, segments, TRUE), *doubt = words_of (text, segments, FALSE);
  if (strcmp (ours, sure) != 0 || strcmp (doubt, doubtful) != 0)
    g_test_message ("%s", html);
  g_assert_cmpstr (ours, ==, sure);
  g_assert_cmpstr (doubt, ==, doubtful);
  parser_text_free (text);
}

static void
test_container (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  const char *open = containers[n].open, *close = containers[n].close;
  gboolean cite = containers[n].cite, last = containers[n].last;
  g_autofree char *above = g_strconcat (WISH, open, HEAD NEWS, close, NULL);
  g_autofree char *outside = g_strconcat (WISH HEAD, open, NEWS, close, NULL);
  g_autofree char *bare = g_strconcat (WISH, open, "<p>Our news</p>", close, NULL);
  g_autofree char *below = g_strconcat (open, HEAD NEWS, close, WISH, NULL);
  g_autofree char *inside = g_strconcat (open, WISH, close, NULL);
  g_autofree char *inlined = g_strconcat (HEAD, open, "<p>Our news</p>", close, WISH, open,
                                          "<p>More news</p>", close, "<div>and soon</div>", NULL);

  check_words (above, "please stop this", "");
  check_words (outside, "please stop this", "");
  if (last) /* and without a header there, it is nobody's for certain */
    return;
  check_words (bare, "please stop this", "");
  check_words (below, "please stop this", "");
  check_words (inside, "", cite ? "" : "please stop this");
  check_words (inlined, "please stop this and soon", "");
}

/* clang-format off */
static const char *const signatures[] = {
  "<div class=\"gmail_signature\">", "<div id=\"Signature\">", "<div class=\"moz-signature\">", "<div id=\"AppleMailSignature\">",
  "<div class=\"protonmail_signature_block\">", "<div id=\"ms-outlook-mobile-signature\">",
};
/* clang-format on */

static void
test_signatures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      g_autofree char *html = g_strconcat (WISH, signatures[i], "Ann Lee, newsletter office</div>", NULL);
      check_words (html, "please stop this", "");
    }
}

/* ---- H20 ---- */

static void
test_hostile (void)
{
  static const char *const pieces[] = { "<",
                                        "<a",
                                        "<a ",
                                        "<a \"",
                                        "<!--",
                                        "<div>",
                                        "</b>",
                                        "<b></i>",
                                        "&",
                                        "&#",
                                        "&amp",
                                        "<style>",
                                        "<title",
                                        "<td>",
                                        "<p>",
                                        "<blockquote>",
                                        "<blockquote type=cite>a</blockquote>",
                                        "<a href=x>a",
                                        "<a href=x>a</a>\n",
                                        "<br>",
                                        "<b style=\"",
                                        "<b style='a:b;'>",
                                        "<!",
                                        "<?",
                                        "</",
                                        "<a b=c d=\"e\" ",
                                        "<div class=gmail_quote> ",
                                        "&nbsp;",
                                        "<style>a{",
                                        "<style>.a{display:none}</style><b class=a>" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) html = g_string_new ("stop");
      guint defects = 0;
      while (html->len < (i == 0 ? 5000000 : 1000000))
        g_string_append (html, pieces[i]);
      gint64 before = g_get_monotonic_time ();
      ParserText *text = convert (html->str, &defects);
      g_assert_true (g_str_has_prefix (text->text, "stop"));
      g_assert_cmpuint (text->length, <=, PARSER_MAX_TEXT + 16);
      g_assert_true (g_utf8_validate (text->text, (gssize)text->length, NULL));
      for (guint k = 0; k < text->spans->len; k++)
        g_assert_cmpuint (g_array_index (text->spans, ParserSpan, k).end, <=, text->length);
      parser_text_free (text);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time () - before) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_USEC_PER_SEC);
    }
}

/* Any mixture of what mail is made of gives valid text, and segments that cover its lines once. */
static void
test_mixtures (void)
{
  static const char *const pieces[] = { "<div class=gmail_quote>",
                                        "<blockquote type=cite>",
                                        "<blockquote>",
                                        "</blockquote>",
                                        "</div>",
                                        "<p>",
                                        "<br>",
                                        "<hr>",
                                        "<a href=x>",
                                        "</a>",
                                        "<td>",
                                        "<div id=divRplyFwdMsg>",
                                        "<span style=display:none>",
                                        "</span>",
                                        "<pre>",
                                        "</pre>",
                                        "<style>.x{display:none}</style>",
                                        "<b class=x>",
                                        "</b>",
                                        "<i id=x>",
                                        "On 3 Mar 2025 at 10:12 News &lt;n@example.org&gt; wrote:",
                                        "unsubscribe",
                                        " ",
                                        "\n",
                                        "&gt; ",
                                        "-- <br>",
                                        "From: n@example.org<br>Date: 3 March 2025<br>",
                                        "-----Original Message-----<br>",
                                        "&shy;",
                                        "&#8203;",
                                        "<",
                                        "\u00e9",
                                        "<!--",
                                        "-->" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autoptr (GPtrArray) segments = parser_segments_new ();
      guint defects = 0, line = 0, lines = 0;

      for (gint32 k = g_test_rand_int_range (0, 60); k > 0; k--)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      ParserText *text = convert (html->str, &defects);
      parser_segment (text, NULL, segments);
      for (gsize k = 0; k < text->length; k++)
        lines += text->text[k] == '\n';
      for (guint k = 0; k < segments->len; k++)
        {
          const ParserSegment *segment = g_ptr_array_index (segments, k);
          g_assert_cmpuint (segment->first_line, ==, line + 1);
          line = segment->last_line;
        }
      g_assert_cmpuint (line, ==, lines);
      g_assert_true (g_utf8_validate (text->text, (gssize)text->length, NULL));
      parser_text_free (text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/text/%s", texts[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shells); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/shell/%s", shells[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_shell);
    }
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/container/%s", containers[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_container);
    }
  g_test_add_func ("/html/containers of signatures", test_signatures);
  g_test_add_func ("/html/hidden words are a defect, salt is not", test_defects);
  g_test_add_func ("/html/elements within elements without end", test_depth);
  g_test_add_func ("/html/labels of links are spans", test_links);
  g_test_add_func ("/html/any mixture is read", test_mixtures);
  g_test_add_func ("/html/hostile mail takes no more than its time", test_hostile);
  return g_test_run ();
}
