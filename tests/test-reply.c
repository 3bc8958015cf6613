/* test-reply.c - what the reader sees: complete, short, in the reader's language, nothing of the mail in it
 * (R70, R112, R115, H30). */
#include "reply.h"
#include "fill.h"
#include "text.h"

#include <string.h>

#define AT 1795255200 /* 2026-11-21 10:00 */
#define NOVEMBER_FIRST 1793526600

static const char *const languages[] = { "en", "de", "fr", "es" };
static const char *const kinds[]
    = { "opt-out", "opt-in", "opt-in-ask", "review", "request", "essential", "words" };

typedef struct
{
  FilterConfig config;
  FilterVerdict *verdict;
} Fixture;

static void
add_category (FilterConfig *config, const char *name, const char *title, gboolean essential)
{
  FilterCategory *category = g_new0 (FilterCategory, 1);
  category->name = (char *)name;
  category->title = (char *)title;
  category->essential = essential;
  g_ptr_array_add (config->categories, category);
}

static void
set_list (char ***list, const char *text)
{
  g_strfreev (*list);
  *list = g_strsplit (text, ",", -1);
}

static void
set_up (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  memset (&f->config, 0, sizeof f->config);
  f->config.case_days = 30;
  f->config.organisation = (char *)"Metrix Example";
  f->config.reply_from = (char *)"preferences@metrix.example";
  f->config.categories = g_ptr_array_new_with_free_func (g_free);
  f->config.mailboxes = g_ptr_array_new ();
  add_category (&f->config, "offers", "Special offers", FALSE);
  add_category (&f->config, "updates", NULL, FALSE);
  add_category (&f->config, "notices", "Update and support notices", TRUE);
  f->verdict = filter_verdict_new ();
  f->verdict->act = FILTER_ACT_RECORD;
  f->verdict->act_reason = "clear-wish";
  f->verdict->intent = PARSER_INTENT_OPT_OUT;
  f->verdict->reply = TRUE;
  f->verdict->reply_to = g_strdup ("ann@example.org");
  set_list (&f->verdict->scope, "*");
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  subject->address = g_strdup ("ann@example.org");
  subject->source = "from";
  g_ptr_array_add (f->verdict->subjects, subject);
}

static void
tear_down (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_ptr_array_unref (f->config.categories);
  g_ptr_array_unref (f->config.mailboxes);
  filter_verdict_free (f->verdict);
}

static void
assert_fit_to_send (const FilterReplyText *text)
{
  g_assert_true (g_utf8_validate (text->subject, -1, NULL) && g_utf8_validate (text->body, -1, NULL));
  g_assert_cmpuint (strlen (text->body), <, 4096);
  g_assert_cmpuint (strlen (text->body), >, 100);
  g_assert_null (strpbrk (text->subject, "{}\n"));
  g_assert_null (strpbrk (text->body, "{}"));
  g_assert_null (strstr (text->body, "http"));
  g_assert_null (strstr (text->body, "\n\n\n"));
  g_assert_true (g_str_has_suffix (text->body, "\n"));
  g_auto (GStrv) lines = g_strsplit (text->body, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 78);
      g_assert_false (g_str_has_suffix (lines[i], " "));
    }
}

static void
every_kind_speaks_every_language (G_GNUC_UNUSED Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
      g_assert_nonnull (filter_reply_template (kinds[k], languages[l]));
  g_assert_nonnull (filter_reply_template ("digest", "en"));
  g_assert_null (filter_reply_template ("opt-out", "xx"));
  g_assert_null (filter_reply_template ("nothing", "en"));
}

static void
every_notice_is_fit_to_send (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  static const struct
  {
    FilterAct act;
    const char *reason;
    ParserIntent intent;
    const char *scope, *except;
  } cases[] = {
    { FILTER_ACT_RECORD, "clear-wish", PARSER_INTENT_OPT_OUT, "*", "" },
    { FILTER_ACT_RECORD, "clear-wish", PARSER_INTENT_OPT_OUT, "*", "offers" },
    { FILTER_ACT_RECORD, "clear-wish", PARSER_INTENT_OPT_OUT, "offers,updates", "" },
    { FILTER_ACT_RECORD, "undo", PARSER_INTENT_OPT_IN, "*", "" },
    { FILTER_ACT_RECORD, "undo", PARSER_INTENT_OPT_IN, "offers", "" },
    { FILTER_ACT_RECORD, "clear-wish", PARSER_INTENT_ERASURE, "*", "" },
    { FILTER_ACT_RECORD, "request", PARSER_INTENT_ACCESS, "", "" },
    { FILTER_ACT_RECORD, "request", PARSER_INTENT_CORRECTION, "", "" },
    { FILTER_ACT_RECORD, "request", PARSER_INTENT_NO_SHARING, "", "" },
    { FILTER_ACT_REVIEW, "question", PARSER_INTENT_QUESTION, "*", "" },
    { FILTER_ACT_REVIEW, "essential-only", PARSER_INTENT_OPT_OUT, "notices", "" },
    { FILTER_ACT_REVIEW, "opt-in-unproved", PARSER_INTENT_OPT_IN, "*", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
      {
        f->verdict->act = cases[i].act;
        f->verdict->act_reason = cases[i].reason;
        f->verdict->intent = cases[i].intent;
        set_list (&f->verdict->scope, cases[i].scope);
        set_list (&f->verdict->except, cases[i].except);
        g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, languages[l], AT);
        g_assert_cmpstr (text->language, ==, languages[l]);
        g_assert_nonnull (strstr (text->subject, "Metrix Example"));
        assert_fit_to_send (text);
      }
}

static void
the_opt_out_reads_like_this (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  set_list (&f->verdict->except, "offers");
  g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_cmpstr (text->subject, ==, "You are unsubscribed: Metrix Example");
  g_assert_cmpstr (text->body, ==,
                   "Hello,\n"
                   "\n"
                   "Thank you for your mail of 21 November 2026. It counts from now on.\n"
                   "\n"
                   "We have stopped: all marketing mail except Special offers.\n"
                   "\n"
                   "This applies to the address ann@example.org.\n"
                   "\n"
                   "What still comes: Update and support notices. These mails are not\n"
                   "advertising. They belong to what you have from us, so they cannot be\n"
                   "switched off.\n"
                   "\n"
                   "You need not do anything else. A mail that was already on its way may\n"
                   "still arrive.\n"
                   "\n"
                   "Was this a mistake? Reply to this mail with the one word UNDO, and\n"
                   "everything will be as it was before.\n"
                   "\n"
                   "Metrix Example\n");
}

static void
a_stopped_category_leaves_the_others_alone (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  set_list (&f->verdict->scope, "offers,updates");
  g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_nonnull (strstr (text->body, "We have stopped: Special offers, updates.\n"));
  g_assert_nonnull (strstr (text->body, "Our other mailings stay as they were."));
}

static void
says_how_to_undo_in_each_language (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  static const char *const words[] = { "UNDO", "RÜCKGÄNGIG", "RÉTABLIR", "DESHACER" };
  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, languages[l], AT);
      g_assert_nonnull (strstr (text->body, words[l]));
    }
}

static void
writes_the_day_as_people_do (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  static const char *const days[][2] = { { "21 November 2026", "1 November 2026" },
                                         { "21. November 2026", "1. November 2026" },
                                         { "21 novembre 2026", "1er novembre 2026" },
                                         { "21 de noviembre de 2026", "1 de noviembre de 2026" } };
  static const gint64 at[] = { AT, NOVEMBER_FIRST };
  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    for (guint d = 0; d < 2; d++)
      {
        g_autoptr (FilterReplyText) text
            = filter_reply_text (f->verdict, &f->config, NULL, languages[l], at[d]);
        g_autofree char *flat = g_strdelimit (g_strdup (text->body), "\n", ' ');
        g_assert_nonnull (strstr (flat, days[l][d]));
      }
}

static void
falls_back_to_english (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  static const char *const asked[] = { NULL, "", "xx", "eo", "EN" };
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, asked[i], AT);
      g_assert_cmpstr (text->language, ==, "en");
    }
  g_autoptr (FilterReplyText) austrian = filter_reply_text (f->verdict, &f->config, NULL, "de-AT", AT);
  g_assert_cmpstr (austrian->language, ==, "de");
}

static void
a_missing_value_leaves_its_paragraph_out (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  f->config.organisation = NULL;
  g_ptr_array_set_size (f->config.categories, 0);
  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, languages[l], AT);
      assert_fit_to_send (text);
      g_assert_true (g_str_has_suffix (text->subject, "metrix.example"));
    }
  g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_null (strstr (text->body, "What still comes"));
}

/* R56: who asks for somebody else is told nothing about that address, and cannot undo it. */
static void
does_not_tell_another_address (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  FilterSubject *subject = g_ptr_array_index (f->verdict->subjects, 0);
  g_free (subject->address);
  subject->address = g_strdup ("mother@example.org");
  f->verdict->act = FILTER_ACT_REVIEW;
  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, languages[l], AT);
      assert_fit_to_send (text);
      g_assert_null (strchr (text->body, '@'));
      g_assert_null (strstr (text->body, "UNDO"));
    }
}

static void
values_are_never_read_as_placeholders (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  f->config.organisation = (char *)"{undo} %s%n ${HOME}";
  FilterCategory *offers = g_ptr_array_index (f->config.categories, 0);
  offers->title = (char *)"{nobody}";
  set_list (&f->verdict->scope, "offers");
  g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_cmpstr (text->subject, ==, "You are unsubscribed: {undo} %s%n ${HOME}");
  g_assert_nonnull (strstr (text->body, "We have stopped: {nobody}.\n"));
}

static void
a_request_says_what_is_asked_and_by_when (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  f->verdict->intent = PARSER_INTENT_ERASURE;
  g_autoptr (FilterReplyText) erasure = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_nonnull (strstr (erasure->body, "to delete your personal data"));
  g_assert_nonnull (strstr (erasure->body, "We act on it by 21 December 2026"));
  g_assert_nonnull (strstr (erasure->body, "Already stopped: all marketing mail.\n"));
  g_assert_nonnull (
      strstr (erasure->body, "Do you want these mails again? Reply to this mail with the one word\nUNDO.\n"));
  f->verdict->intent = PARSER_INTENT_ACCESS;
  set_list (&f->verdict->scope, "");
  g_autoptr (FilterReplyText) access = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_null (strstr (access->body, "Already stopped"));
  g_assert_null (strstr (access->body, "UNDO"));
  f->verdict->intent = PARSER_INTENT_OPT_OUT;
  f->verdict->request = PARSER_INTENT_ACCESS;
  set_list (&f->verdict->scope, "*");
  g_autoptr (FilterReplyText) both = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_nonnull (
      strstr (both->body, "it: you ask us to tell you which personal data of yours we hold.\n"));
  g_assert_nonnull (strstr (both->body, "Already stopped: all marketing mail.\n"));
  f->verdict->intent = PARSER_INTENT_ERASURE;
  g_autoptr (FilterReplyText) two = filter_reply_text (f->verdict, &f->config, NULL, "en", AT);
  g_assert_nonnull (strstr (two->body, "which personal data of yours we hold, to"));
}

static void
the_digest_keeps_its_lines (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (FilterReplyText) text = filter_reply_digest (
      &f->config, 2, NULL, "  0a1b  2026-11-20  question\n  2c3d  2026-11-21  unsure\n", NULL, 0);
  g_autoptr (FilterReplyText) cases = filter_reply_digest (&f->config, 1, "  2026-11-21T02:00:00Z  500\n",
                                                           NULL, "  2026-12-16  overdue  0a1b  erasure\n", 3);
  g_assert_cmpstr (text->subject, ==, "What waits for a person (2): Metrix Example");
  g_assert_null (strstr (text->body, "People asked"));
  g_assert_null (strstr (cases->body, "These mails"));
  g_assert_null (strstr (text->body, "given up"));
  g_assert_nonnull (strstr (cases->body, ": 3\n"));
  g_assert_null (strstr (text->body, "flood"));
  g_assert_nonnull (strstr (cases->body, "\n  2026-11-21T02:00:00Z  500\n"));
  g_assert_nonnull (strstr (cases->body, "\n  2026-12-16  overdue  0a1b  erasure\n"));
  g_assert_nonnull (strstr (text->body, "\n  0a1b  2026-11-20  question\n  2c3d  2026-11-21  unsure\n"));
  g_assert_nonnull (strstr (text->body, "\n  optout review accept ID\n"));
  assert_fit_to_send (text);
}

/* Signs without spaces are filled by columns, and no full stop begins a line. */
static void
fills_lines_by_columns (G_GNUC_UNUSED Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GString) wide = g_string_new (NULL), out = g_string_new (NULL);
  for (guint i = 0; i < FILTER_FILL_WIDTH / 2; i++)
    g_string_append (wide, "字");
  g_string_append (wide, "。\n字");
  filter_fill_lines (out, wide->str, FALSE);
  g_auto (GStrv) lines = g_strsplit (out->str, "\n", -1);
  g_assert_cmpuint (filter_fill_columns (lines[0]), ==, FILTER_FILL_WIDTH - 2);
  g_assert_cmpstr (lines[1], ==, "字。字");
  g_string_truncate (out, 0);
  filter_fill_lines (out, "ก็\nไม่ one\ntwo\n字\n字 한국\n어", FALSE);
  g_assert_cmpstr (out->str, ==, "ก็ไม่ one two字字 한국 어\n");
}

/* A line of Latin letters in Hebrew text begins from the right all the same. */
static void
keeps_the_direction_of_lines (G_GNUC_UNUSED Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_assert_true (filter_fill_is_rtl ("{own}1. שלום"));
  g_assert_false (filter_fill_is_rtl ("{organisation} hello שלום"));
  filter_fill_lines (out, "שלום Ann", TRUE);
  filter_fill_lines (out, "Ann שלום", TRUE);
  g_assert_cmpstr (out->str, ==, "שלום Ann\n\u200fAnn שלום\n");
}

static void
a_name_is_one_line_and_turns_nothing (G_GNUC_UNUSED Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *name = filter_text_clean (" A\r\n\tB\u202e\u2066C\u2028\u061c ", 100);
  g_autofree char *cut = filter_text_clean ("éééé", 5);
  g_assert_cmpstr (name, ==, "A BC");
  g_assert_cmpstr (cut, ==, "éé…");
}

/* R70: whatever the operator's names are, a text is short, and one mail. */
static void
stays_short_with_the_longest_names (Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  const char *kind, *language;
  f->config.organisation = name;
  for (guint i = 0; i < 60; i++)
    add_category (&f->config, name, name, i % 2);
  for (guint i = 0; filter_reply_template_nth (i, &kind, &language) != NULL; i++)
    {
      g_autoptr (FilterReplyText) text = filter_reply_text (f->verdict, &f->config, NULL, language, AT);
      g_assert_cmpuint (strlen (text->body), <, 4096);
    }
}

#define ADD(name, function) g_test_add ("/reply/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-kind-speaks-every-language", every_kind_speaks_every_language);
  ADD ("every-notice-is-fit-to-send", every_notice_is_fit_to_send);
  ADD ("the-opt-out-reads-like-this", the_opt_out_reads_like_this);
  ADD ("a-stopped-category-leaves-the-others-alone", a_stopped_category_leaves_the_others_alone);
  ADD ("says-how-to-undo-in-each-language", says_how_to_undo_in_each_language);
  ADD ("writes-the-day-as-people-do", writes_the_day_as_people_do);
  ADD ("falls-back-to-english", falls_back_to_english);
  ADD ("a-missing-value-leaves-its-paragraph-out", a_missing_value_leaves_its_paragraph_out);
  ADD ("does-not-tell-another-address", does_not_tell_another_address);
  ADD ("values-are-never-read-as-placeholders", values_are_never_read_as_placeholders);
  ADD ("a-request-says-what-is-asked-and-by-when", a_request_says_what_is_asked_and_by_when);
  ADD ("fills-lines-by-columns", fills_lines_by_columns);
  ADD ("keeps-the-direction-of-lines", keeps_the_direction_of_lines);
  ADD ("a-name-is-one-line-and-turns-nothing", a_name_is_one_line_and_turns_nothing);
  ADD ("stays-short-with-the-longest-names", stays_short_with_the_longest_names);
  ADD ("the-digest-keeps-its-lines", the_digest_keeps_its_lines);
  return g_test_run ();
}
