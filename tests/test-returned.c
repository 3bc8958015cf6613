/* test-returned.c - our own confirmations, in every language and of every kind, as machines send them back:
 * none of the words in them is an answer or a wish. And a person's answer above the same is heard.
 *
 * No header tells here that a machine wrote: the text alone has to. */
#include "policy.h"
#include "reply.h"
#include "template.h"

#include <string.h>

#define AT 1795255200 /* 2026-11-21 10:00 */
#define ANN "ann@example.org"
#define US "preferences@metrix.example"

/* ---- what is sent ---- */

/* A text of ours, and what people answer to it. */
typedef struct
{
  const char *name;
  FilterAct act;
  const char *reason;
  ParserIntent intent;
  const char *scope;
  gboolean asked;
  const char *words; /* of [words], with commas between */
} Notice;

/* clang-format off */
static const Notice notices[] = {
  { "opt-out",      FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "*",      FALSE, "undo,only,unsubscribe" },
  { "opt-out-part", FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "offers", FALSE, "undo,all" },
  { "opt-in",       FILTER_ACT_RECORD, "undo",            PARSER_INTENT_OPT_IN,     "*",      FALSE, "unsubscribe" },
  { "opt-in-ask",   FILTER_ACT_REVIEW, "opt-in-unproved", PARSER_INTENT_OPT_IN,     "*",      FALSE, "undo" },
  { "review",       FILTER_ACT_REVIEW, "question",        PARSER_INTENT_QUESTION,   "*",      FALSE, "undo" },
  { "erasure",      FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_ERASURE,    "*",      FALSE, "yes" },
  { "access",       FILTER_ACT_RECORD, "request",         PARSER_INTENT_ACCESS,     "",       FALSE, "unsubscribe" },
  { "correction",   FILTER_ACT_RECORD, "request",         PARSER_INTENT_CORRECTION, "",       FALSE, "unsubscribe" },
  { "no-sharing",   FILTER_ACT_RECORD, "request",         PARSER_INTENT_NO_SHARING, "",       FALSE, "unsubscribe" },
  { "essential",    FILTER_ACT_REVIEW, "essential-only",  PARSER_INTENT_OPT_OUT,    "notices", FALSE, "unsubscribe" },
  { "ask",          FILTER_ACT_RECORD, "clear-wish",      PARSER_INTENT_OPT_OUT,    "*",      TRUE,  "unsubscribe" },
};
/* clang-format on */

static const struct
{
  const char *key;
  ParserAnswer answer;
} keys[] = { { "undo", PARSER_ANSWER_UNDO },
             { "only", PARSER_ANSWER_ONLY },
             { "all", PARSER_ANSWER_ALL },
             { "yes", PARSER_ANSWER_ERASE },
             { "unsubscribe", PARSER_ANSWER_STOP } };

static FilterConfig config;
static ParserOptions options;
static FilterMailbox mailbox = { .address = (char *)US, .role = FILTER_ROLE_PREFERENCES };
static const ParserCategory categories[] = {
  { "offers", (const char *const[]){ "Special offers", NULL } },
  { "updates", (const char *const[]){ "Product updates", NULL } },
  { "notices", (const char *const[]){ "Service notices", NULL } },
};

static FilterReplyText *
notice_text (const Notice *notice, const char *language)
{
  g_autoptr (FilterVerdict) verdict = filter_verdict_new ();
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  verdict->act = notice->act;
  verdict->act_reason = notice->reason;
  verdict->intent = notice->intent;
  verdict->reply = TRUE;
  verdict->reply_to = g_strdup (ANN);
  verdict->asked = notice->asked ? g_strdup (ANN) : NULL;
  g_strfreev (verdict->scope);
  verdict->scope = g_strsplit (notice->scope, ",", -1);
  subject->address = g_strdup (ANN);
  subject->source = "from";
  g_ptr_array_add (verdict->subjects, subject);
  return filter_reply_text (verdict, &config, US, language, AT);
}

/* ---- how it comes back ---- */

/* What is written beside it: by a machine, or by Ann; may be nothing. */
typedef char *(*Shell) (const FilterReplyText *ours, const char *words);

static char *
plain (const char *subject, const char *body)
{
  return g_strconcat ("Subject: ", subject, "\nContent-Type: text/plain; charset=utf-8\n\n", body, NULL);
}

static char *
page (const FilterReplyText *ours, const char *words, const char *before, const char *quoted,
      const char *behind)
{
  g_autofree char *above = *words ? g_strconcat ("<p>", words, "</p>\n", NULL) : g_strdup ("");
  return g_strconcat ("Subject: Re: ", ours->subject,
                      "\nContent-Type: text/html; charset=utf-8\n\n<html><body>", above, before, quoted,
                      behind, "</body></html>\n", NULL);
}

static char *
quote (const char *text, const char *mark)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    g_string_append_printf (out, "%s%s\n", mark, lines[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
above (const char *words, const char *below)
{
  return g_strconcat (words, *words ? "\n\n" : "", below, NULL);
}

static char *
beside (const FilterReplyText *ours, const char *words, const char *text)
{
  g_autofree char *subject = g_strconcat ("Re: ", ours->subject, NULL);
  g_autofree char *body = above (words, text);
  return plain (subject, body);
}

/* Lines of at most @width columns; scripts without spaces are cut where the line is full. */
static char *
wrap (const char *text, guint width)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      gsize line = out->len, blank = 0;
      guint columns = 0;
      g_strdelimit (paragraphs[i], "\n", ' ');
      for (const char *p = paragraphs[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          if (*p == ' ')
            blank = out->len;
          g_string_append_unichar (out, g_utf8_get_char (p));
          if (++columns <= width)
            continue;
          if (blank > line)
            out->str[blank] = '\n';
          else
            g_string_append_c (out, '\n'), blank = out->len - 1;
          line = blank + 1;
          columns = (guint)g_utf8_strlen (out->str + line, -1);
        }
      g_string_append (out, "\n\n");
    }
  return g_string_free (out, FALSE);
}

#define ATTRIBUTION "On Sat, 21 Nov 2026 at 10:00, Metrix Example <" US "> wrote:\n"

static char *
quoted_below (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *below = g_strconcat (ATTRIBUTION, quoted, NULL);
  return beside (ours, words, below);
}

static char *
quoted_above (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *body = g_strconcat (ATTRIBUTION, quoted, "\n", words, "\n", NULL);
  return beside (ours, "", body);
}

static char *
quoted_without_attribution (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  return beside (ours, words, quoted);
}

static char *
quoted_in_the_same_line (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *body = g_strconcat (words, " ", quoted, NULL);
  return beside (ours, "", body);
}

static char *
under_a_separator (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat ("-----Original Message-----\nFrom: Metrix Example <" US
                                        ">\nSent: Saturday, November 21, 2026 10:00\n"
                                        "To: " ANN "\nSubject: ",
                                        ours->subject, "\n\n", ours->body, NULL);
  return beside (ours, words, below);
}

static char *
under_a_rule (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat ("----------------------------------------\n\n", ours->body, NULL);
  return beside (ours, words, below);
}

static char *
without_marks (const FilterReplyText *ours, const char *words)
{
  return beside (ours, words, ours->body);
}

static char *
with_subject (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat (ours->subject, "\n\n", ours->body, NULL);
  return beside (ours, words, below);
}

static char *
wrapped_at (const FilterReplyText *ours, const char *words, guint width)
{
  g_autofree char *wrapped = wrap (ours->body, width);
  return beside (ours, words, wrapped);
}

static char *
wrapped_at_40 (const FilterReplyText *ours, const char *words)
{
  return wrapped_at (ours, words, 40);
}

static char *
wrapped_at_60 (const FilterReplyText *ours, const char *words)
{
  return wrapped_at (ours, words, 60);
}

static char *
wrapped_with_its_marks (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_auto (GStrv) lines = g_strsplit (quoted, "\n", -1);
  g_autoptr (GString) below = g_string_new (ATTRIBUTION);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *wrapped = wrap (lines[i], 40);
      g_strchomp (wrapped);
      g_string_append_printf (below, "%s\n", wrapped);
    }
  return beside (ours, words, below->str);
}

static char *
in_a_blockquote (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, ATTRIBUTION "<blockquote type=\"cite\">", ours->html, "</blockquote>");
}

static char *
in_a_div (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, "<div>", ours->html, "</div>");
}

static char *
in_a_table (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, "<table><tr><td>", ours->html, "</td></tr></table>");
}

/* Its text, as lines of a page. */
static char *
with_line_breaks (const FilterReplyText *ours, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (ours->body, "\n", -1);
  g_autofree char *text = g_strjoinv ("<br>\n", lines);
  return page (ours, words, "", text, "");
}

static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0x80 || strchr ("&<>\"'", (int)c) != NULL)
        g_string_append_printf (out, "&#%u;", c);
      else
        g_string_append_c (out, (char)c);
    }
  return g_string_free (out, FALSE);
}

static char *
escaped_twice (const FilterReplyText *ours, const char *words)
{
  g_autofree char *once = escape (ours->body);
  g_autofree char *twice = escape (once);
  g_auto (GStrv) lines = g_strsplit (twice, "\n", -1);
  g_autofree char *text = g_strjoinv ("<br>\n", lines);
  return page (ours, words, "", text, "");
}

static char *
escaped_as_text (const FilterReplyText *ours, const char *words)
{
  g_autofree char *once = escape (ours->body);
  return beside (ours, words, once);
}

/* Quoted-printable that a relay took for plain text. */
static char *
not_decoded (const FilterReplyText *ours, const char *words)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint columns = 0;
  for (const guchar *p = (const guchar *)ours->body; *p != '\0'; p++)
    {
      gsize before = out->len;
      if (*p >= 0x80 || *p == '=')
        g_string_append_printf (out, "=%02X", *p);
      else
        g_string_append_c (out, (char)*p);
      columns = *p == '\n' ? 0 : columns + (guint)(out->len - before);
      if (columns > 72)
        g_string_append (out, "=\n"), columns = 0;
    }
  return beside (ours, words, out->str);
}

/* And the signs that were not ASCII, lost. */
static char *
with_signs_lost (const FilterReplyText *ours, const char *words)
{
  g_autofree char *text = g_str_to_ascii (ours->body, "C");
  return beside (ours, words, text);
}

static char *
cut_at (const FilterReplyText *ours, const char *words, guint part)
{
  glong length = g_utf8_strlen (ours->body, -1) * part / 10;
  const char *middle = g_utf8_offset_to_pointer (ours->body, length);
  g_autofree char *text = g_strndup (ours->body, (gsize)(middle - ours->body));
  return beside (ours, words, text);
}

static char *
cut_at_its_end (const FilterReplyText *ours, const char *words)
{
  return cut_at (ours, words, 7);
}

static char *
cut_in_its_middle (const FilterReplyText *ours, const char *words)
{
  return cut_at (ours, words, 5);
}

static char *
without_its_body (const FilterReplyText *ours, const char *words)
{
  return beside (ours, words, "");
}

static char *
under_its_bare_subject (const FilterReplyText *ours, const char *words)
{
  return plain (ours->subject, words);
}

static char *
as_an_automatic_reply (const FilterReplyText *ours, const char *words)
{
  g_autofree char *subject = g_strconcat ("Automatic reply: ", ours->subject, NULL);
  g_autofree char *body = above (words, ours->body);
  return plain (subject, body);
}

/* clang-format off */
static const struct { const char *name; Shell shell; gboolean machines_only, broken; } shells[] = {
  { "quoted-below", quoted_below, FALSE, FALSE },
  { "quoted-above", quoted_above, FALSE, FALSE },
  { "quoted-without-attribution", quoted_without_attribution, FALSE, FALSE },
  { "quoted-in-the-same-line", quoted_in_the_same_line, TRUE, FALSE },
  { "under-a-separator", under_a_separator, FALSE, FALSE },
  { "under-a-rule", under_a_rule, FALSE, FALSE },
  { "without-marks", without_marks, FALSE, FALSE },
  { "with-its-subject", with_subject, FALSE, FALSE },
  { "wrapped-at-40", wrapped_at_40, FALSE, FALSE },
  { "wrapped-at-60", wrapped_at_60, FALSE, FALSE },
  { "wrapped-with-its-marks", wrapped_with_its_marks, FALSE, FALSE },
  { "in-a-blockquote", in_a_blockquote, FALSE, FALSE },
  { "in-a-div", in_a_div, FALSE, FALSE },
  { "in-a-table", in_a_table, FALSE, FALSE },
  { "with-line-breaks", with_line_breaks, FALSE, FALSE },
  { "escaped-twice", escaped_twice, TRUE, FALSE },
  { "escaped-as-text", escaped_as_text, TRUE, FALSE },
  { "not-decoded", not_decoded, TRUE, TRUE },
  { "with-signs-lost", with_signs_lost, TRUE, FALSE },
  { "cut-at-its-end", cut_at_its_end, FALSE, TRUE },
  { "cut-in-its-middle", cut_in_its_middle, FALSE, TRUE },
  { "without-its-body", without_its_body, FALSE, FALSE },
  { "under-its-bare-subject", under_its_bare_subject, FALSE, FALSE },
  { "as-an-automatic-reply", as_an_automatic_reply, TRUE, FALSE },
};
/* clang-format on */

/* What machines write above it: one of these in turn. */
static const char *const machines[] = {
  "",
  "I am away until Monday.",
  "Thank you for your message. It is now ticket 4711.",
};

/* ---- what is made of it ---- */

static ParserFacts *
read_mail (const char *rest)
{
  g_autofree char *text = g_strconcat ("From: Ann <" ANN ">\nTo: " US "\nMessage-ID: <7@example.org>\n"
                                       "In-Reply-To: <optout.1@metrix.example>\nMIME-Version: 1.0\n"
                                       "Content-Transfer-Encoding: 8bit\n",
                                       rest, NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  return parser_read (mail, &options);
}

/* As one that answers a confirmation of an opt-out to Ann. */
static FilterVerdict *
decide (const ParserFacts *facts, StoreAction action)
{
  char *every[] = { (char *)STORE_EVERY, NULL };
  const StoreEvent answered
      = { .id = (char *)"1", .action = action, .address = (char *)ANN, .scope = every, .received_at = AT };
  const FilterCase c = { .facts = facts,
                         .config = &config,
                         .mailbox = &mailbox,
                         .recipient = US,
                         .sender = ANN,
                         .from_known = TRUE,
                         .answered = &answered,
                         .answered_asked = TRUE,
                         .erasure = "1",
                         .now = AT };
  return filter_policy_decide (&c);
}

static void
expect_nothing (const char *name, const char *mail, gboolean broken)
{
  g_autoptr (ParserFacts) facts = read_mail (mail);
  g_autoptr (FilterVerdict) verdict = decide (facts, STORE_ACTION_OPT_OUT);
  if (facts->answer == PARSER_ANSWER_NONE && (broken || verdict->act == FILTER_ACT_NONE))
    return;
  const ParserHit *hit = facts->evidence->len > 0 ? g_ptr_array_index (facts->evidence, 0) : NULL;
  g_test_fail ();
  g_test_message ("%s: answer %s, intent %s, %s (%s)", name, parser_answer_name (facts->answer),
                  parser_intent_name (facts->intent), verdict->act_reason, hit != NULL ? hit->text : "");
  g_test_message ("%s", strstr (mail, "\n\n"));
}

static void
expect_answer (const char *name, const char *mail, ParserAnswer answer)
{
  static const ParserIntent intents[] = { [PARSER_ANSWER_UNDO] = PARSER_INTENT_OPT_IN,
                                          [PARSER_ANSWER_ERASE] = PARSER_INTENT_ERASURE,
                                          [PARSER_ANSWER_STOP] = PARSER_INTENT_OPT_OUT };
  g_autoptr (ParserFacts) facts = read_mail (mail);
  g_autoptr (FilterVerdict) verdict = decide (facts, STORE_ACTION_OPT_OUT);
  gboolean words = verdict->act == FILTER_ACT_RECORD && answer != PARSER_ANSWER_ONLY
                   && answer != PARSER_ANSWER_ALL && verdict->intent == intents[answer];
  if (facts->answer == answer || words)
    return;
  g_test_fail ();
  g_test_message ("%s: answer %s instead of %s, intent %s", name, parser_answer_name (facts->answer),
                  parser_answer_name (answer), parser_intent_name (facts->intent));
  g_test_message ("%s", strstr (mail, "\n\n"));
}

/* Where an answer is not told from what is around it: it counts by its other words, or a person reads it. */
static gboolean
is_blurred (const char *language, const char *shell)
{
  static const char *const blurred[] = { "ar/cut-at-its-end",
                                         "id/cut-at-its-end",
                                         "he/with-its-subject",
                                         "hi/quoted-above",
                                         "hu/quoted-above",
                                         "ja/quoted-above",
                                         NULL };
  g_autofree char *name = g_strconcat (language, "/", shell, NULL);
  return g_strv_contains (blurred, name) || strcmp (language, "th") == 0;
}

/* A text of one language and kind. */
typedef struct
{
  const char *language;
  const Notice *notice;
} Sent;

static void
a_machine_says_nothing (gconstpointer data)
{
  const Sent *sent = data;
  g_autoptr (FilterReplyText) ours = notice_text (sent->notice, sent->language);
  for (guint s = 0; s < G_N_ELEMENTS (shells); s++)
    {
      guint m = (s + (guint)(sent->notice - notices)) % G_N_ELEMENTS (machines);
      g_autofree char *name = g_strdup_printf ("%s/%u", shells[s].name, m);
      g_autofree char *mail = shells[s].shell (ours, machines[m]);
      expect_nothing (name, mail, shells[s].broken);
    }
}

/* Every other line in turn. */
static void
a_lost_line_changes_nothing (gconstpointer data)
{
  const Sent *sent = data;
  g_autoptr (FilterReplyText) ours = notice_text (sent->notice, sent->language);
  g_auto (GStrv) lines = g_strsplit (ours->body, "\n", -1);
  for (guint lost = (guint)(sent->notice - notices) % 2; lines[lost] != NULL;
       lost += lines[lost + 1] != NULL ? 2 : 1)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      for (guint i = 0; lines[i] != NULL; i++)
        if (i != lost)
          g_string_append_printf (body, "%s\n", lines[i]);
      if (*lines[lost] == '\0')
        continue;
      g_autofree char *name = g_strdup_printf ("without line %u", lost + 1);
      g_autofree char *mail = beside (ours, "", body->str);
      expect_nothing (name, mail, TRUE);
    }
}

static void
a_person_is_heard (gconstpointer data)
{
  const Sent *sent = data;
  g_autoptr (FilterReplyText) ours = notice_text (sent->notice, sent->language);
  const FilterTemplateChoice choice = { .config = &config, .language = sent->language };
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) asked = g_strsplit (sent->notice->words, ",", -1);
      if (!g_strv_contains ((const char *const *)asked, keys[k].key))
        continue;
      g_autofree char *word = filter_template_word (&choice, keys[k].key);
      g_autofree char *words
          = g_strconcat (word, keys[k].answer == PARSER_ANSWER_ONLY ? " Special offers" : "", NULL);
      for (guint s = 0; s < G_N_ELEMENTS (shells); s++)
        {
          g_autofree char *name = g_strdup_printf ("%s/%s", shells[s].name, words);
          gboolean left_out = shells[s].machines_only || is_blurred (sent->language, shells[s].name);
          g_autofree char *mail = left_out ? NULL : shells[s].shell (ours, words);
          if (mail != NULL)
            expect_answer (name, mail, keys[k].answer);
        }
    }
}

/* ---- the house ---- */

static void
add_category (const char *name, const char *title, gboolean essential)
{
  static char *none[] = { NULL };
  FilterCategory *category = g_new0 (FilterCategory, 1);
  category->name = (char *)name;
  category->title = (char *)title;
  category->words = none;
  category->essential = essential;
  g_ptr_array_add (config.categories, category);
}

static void
clear_answer (gpointer data)
{
  g_free ((char *)((ParserAnswerWord *)data)->words);
}

static void
add_words (GArray *answers, const char *text)
{
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      const ParserAnswerWord word = { keys[k].answer, filter_template_word_in (text, keys[k].key) };
      g_array_append_val (answers, word);
    }
}

static void
add_tests (const char *language)
{
  static const struct
  {
    const char *name;
    GTestDataFunc test;
  } tests[] = { { "a-machine-says-nothing", a_machine_says_nothing },
                { "a-lost-line-changes-nothing", a_lost_line_changes_nothing },
                { "a-person-is-heard", a_person_is_heard } };
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    for (guint t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path
            = g_strdup_printf ("/returned/%s/%s/%s", language, notices[i].name, tests[t].name);
        Sent *sent = g_new (Sent, 1);
        *sent = (Sent){ language, &notices[i] };
        g_test_add_data_func_full (path, sent, tests[t].test, g_free);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  config.case_days = 30;
  config.organisation = (char *)"Metrix Example";
  config.reply_from = (char *)US;
  config.reply_html = TRUE;
  config.preferences_url = (char *)"https://metrix.example/mail";
  config.categories = g_ptr_array_new_with_free_func (g_free);
  config.mailboxes = g_ptr_array_new ();
  g_ptr_array_add (config.mailboxes, &mailbox);
  add_category ("offers", "Special offers", FALSE);
  add_category ("updates", "Product updates", FALSE);
  add_category ("notices", "Service notices", TRUE);
  g_autoptr (ParserEchoes) echoes = parser_echoes_new (NULL);
  parser_echoes_add (echoes, &filter_echo_table);
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ParserAnswerWord));
  g_array_set_clear_func (answers, clear_answer);
  const char *kind, *language, *text;
  for (guint i = 0; (text = filter_reply_template_nth (i, &kind, &language)) != NULL; i++)
    if (strcmp (kind, FILTER_TEMPLATE_WORDS) == 0)
      {
        add_words (answers, text);
        add_tests (language);
      }
  options = (ParserOptions){ .categories = categories,
                             .n_categories = G_N_ELEMENTS (categories),
                             .echoes = echoes,
                             .answers = (const ParserAnswerWord *)(gpointer)answers->data,
                             .n_answers = answers->len };
  int code = g_test_run ();
  g_ptr_array_unref (config.categories);
  g_ptr_array_unref (config.mailboxes);
  return code;
}
