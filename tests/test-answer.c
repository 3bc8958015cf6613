/* test-answer.c - the words that our confirmations ask for: who writes one of them is heard, in every
 * language that we have texts in, and who writes more is not. */
#include "answers.h"
#include "reply.h"
#include "sample.h"
#include "template.h"

#include <string.h>

static const ParserCategory categories[] = {
  { "updates", (const char *const[]){ "Product updates", "news", NULL } },
  { "offers", (const char *const[]){ "Special offers", "Angebote", NULL } },
  { "events", (const char *const[]){ "Events", NULL } },
};

/* A word of one language. */
typedef struct
{
  const char *language;
  ParserAnswer answer;
  char *words;
} Told;

static GPtrArray *told;      /* Told */
static GArray *answers;      /* ParserAnswerWord of these */
static ParserEchoes *echoes; /* of all texts */

/* ---- reading ---- */

static ParserFacts *
read_mail (const char *header, const char *body)
{
  const ParserOptions options = { .categories = categories,
                                  .n_categories = G_N_ELEMENTS (categories),
                                  .echoes = echoes,
                                  .answers = (const ParserAnswerWord *)(gpointer)answers->data,
                                  .n_answers = answers->len };
  g_autofree char *text
      = g_strconcat ("From: Ann Miller <ann@example.org>\nTo: news@metrix.example\n", header,
                     "In-Reply-To: <optout.1@metrix.example>\nContent-Type: text/plain; charset=utf-8\n"
                     "Content-Transfer-Encoding: 8bit\n\n",
                     body, NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  return parser_read (mail, &options);
}

static ParserFacts *
read_body (const char *body)
{
  return read_mail ("Subject: Re: your mail\n", body);
}

static ParserFacts *
read_subject (const char *subject)
{
  g_autofree char *header = g_strconcat ("Subject: ", subject, "\n", NULL);
  return read_mail (header, "");
}

static void
expect (const ParserFacts *facts, ParserAnswer answer, const char *text)
{
  if (facts->answer != answer)
    g_test_message ("not heard as it should be: %s", text);
  g_assert_cmpstr (parser_answer_name (facts->answer), ==, parser_answer_name (answer));
}

/* ---- every word of every language ---- */

static char *
as_it_is (const char *words)
{
  return g_strdup (words);
}

static char *
small (const char *words)
{
  return g_utf8_strdown (words, -1);
}

static char *
bare (const char *words)
{
  return g_str_to_ascii (words, "C");
}

static char *
wide (const char *words)
{
  GString *out = g_string_new (NULL);
  for (const char *p = words; *p; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_ascii_isalnum (*p) ? (gunichar)*p + 0xFEE0 : g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* clang-format off */
static const struct { const char *name; char *(*change) (const char *); const char *around; } manners[] = {
  { "as it is told", as_it_is, "%s\n" },
  { "in small letters", small, "%s" },
  { "with a full stop", as_it_is, "%s." },
  { "with exclamation marks", as_it_is, "%s!!\n" },
  { "in quotation marks", as_it_is, "\"%s\"\n" },
  { "in curly ones", as_it_is, "\u201c%s\u201d\n" },
  { "in full-width letters", wide, "%s\n" },
  { "with a greeting and a name", as_it_is, "Hi,\n\n%s please.\n\nAnn\n" },
  { "with a name", as_it_is, "%s\n\nThanks,\nAnn Miller\n" },
  { "with a signature", as_it_is, "%s\n\n-- \nAnn Miller\nExample Ltd\n" },
  { "from a telephone", as_it_is, "%s\n\nSent from my iPhone\n" },
  { "above a quotation", as_it_is, "%s\n\nOn Mon, 3 Mar 2026 at 10:00, Metrix wrote:\n> You are unsubscribed.\n> UNDO\n" },
  { "below a quotation", as_it_is, "On Mon, 3 Mar 2026 at 10:00, Metrix wrote:\n> You are unsubscribed.\n> UNDO\n\n%s\n" },
};
/* clang-format on */

static char *
around (const char *form, const char *words)
{
  g_autoptr (GString) out = g_string_new (form);
  g_string_replace (out, "%s", words, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Words in letters that have none without accents stay as they are. */
static gboolean
is_latin (const char *words)
{
  for (; *words; words = g_utf8_next_char (words))
    if (g_utf8_get_char (words) >= 0x250)
      return FALSE;
  return TRUE;
}

static void
the_word_is_heard (gconstpointer data)
{
  const Told *one = data;
  ParserAnswer answer = one->answer;
  const char *more = answer == PARSER_ANSWER_ONLY ? " Special offers" : "";
  g_autofree char *words = g_strconcat (one->words, more, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
    {
      if (sample_spares (i + (guint)strlen (words), 1))
        continue;
      g_autofree char *changed = manners[i].change (words);
      g_autofree char *body = around (manners[i].around, changed);
      g_autoptr (ParserFacts) facts = read_body (body);
      expect (facts, answer, body);
    }
  g_autoptr (ParserFacts) subject = read_subject (words);
  expect (subject, answer, "in the subject");
  g_autofree char *reply = g_strconcat ("Re: ", words, NULL);
  g_autoptr (ParserFacts) again = read_subject (reply);
  expect (again, answer, "in the subject of an answer");
  if (!is_latin (words) || !g_str_equal (one->language, "en"))
    return;
  g_autofree char *plain = bare (words);
  g_autoptr (ParserFacts) without = read_body (plain);
  expect (without, answer, plain);
}

/* The detector reads the same words by its lexicon: it must not take them for the opposite, and hear who
 * leaves. */
static void
the_detector_agrees (gconstpointer data)
{
  const Told *one = data;
  ParserAnswer answer = one->answer;
  g_autoptr (ParserFacts) facts = read_body (one->words);
  gboolean back = answer == PARSER_ANSWER_UNDO;
  g_test_message ("%s: %s is read as %s", one->language, one->words, parser_intent_name (facts->intent));
  if (answer == PARSER_ANSWER_STOP || answer == PARSER_ANSWER_ALL)
    g_assert_cmpstr (parser_intent_name (facts->intent), ==, "opt-out");
  else if (answer == PARSER_ANSWER_ERASE)
    g_assert_cmpstr (parser_intent_name (facts->intent), ==, "erasure");
  else if (back)
    g_assert_true (facts->intent == PARSER_INTENT_OPT_IN || facts->intent == PARSER_INTENT_NONE);
}

/* No word of a language may begin another one of it, and in two languages a word asks for the same. */
static void
no_two_words_collide (void)
{
  for (guint i = 0; i < told->len; i++)
    for (guint k = 0; k < told->len; k++)
      {
        const Told *a = g_ptr_array_index (told, i), *b = g_ptr_array_index (told, k);
        g_autofree char *one = g_utf8_casefold (a->words, -1), *other = g_utf8_casefold (b->words, -1);
        gboolean same = g_str_equal (one, other);
        gboolean begins = g_str_equal (a->language, b->language) && i != k && g_str_has_prefix (other, one);
        if (a->answer == b->answer || (!same && !begins))
          continue;
        g_test_message ("%s: %s (%s) and %s: %s (%s)", a->language, a->words, parser_answer_name (a->answer),
                        b->language, b->words, parser_answer_name (b->answer));
        g_assert_not_reached ();
      }
}

static void
every_language_has_all_words (void)
{
  for (guint i = 0; i < told->len; i++)
    {
      const Told *one = g_ptr_array_index (told, i);
      guint n = 0;
      for (guint k = 0; k < told->len; k++)
        n += g_str_equal (((const Told *)g_ptr_array_index (told, k))->language, one->language);
      if (n != PARSER_ANSWER_STOP)
        g_test_message ("filter/templates/%s.txt has %u of the five words", one->language, n);
      g_assert_cmpuint (n, ==, PARSER_ANSWER_STOP);
    }
}

/* ---- sentences ---- */

/* clang-format off */
static const struct { const char *body; ParserAnswer answer; const char *scope; } sentences[] = {
  /* answers */
  { "UNDO", PARSER_ANSWER_UNDO, "" },
  { "Please undo", PARSER_ANSWER_UNDO, "" },
  { "undo please, thank you", PARSER_ANSWER_UNDO, "" },
  { "Dear Metrix team,\n\nundo please.\n\nKind regards\nAnn Miller\nHead of Sales\nExample Ltd", PARSER_ANSWER_UNDO, "" },
  { "UNDO, Ann", PARSER_ANSWER_UNDO, "" },
  { "undo\n\nI clicked by mistake, sorry!", PARSER_ANSWER_UNDO, "" },
  { "Hi all,\n\nundo", PARSER_ANSWER_UNDO, "" },
  { "STOP ALL", PARSER_ANSWER_ALL, "" },
  { "stop all of them please", PARSER_ANSWER_ALL, "" },
  { "Yes, erase my data", PARSER_ANSWER_ERASE, "" },
  { "yes erase my data please\n\nAnn", PARSER_ANSWER_ERASE, "" },
  { "Hello, unsubscribe. Thanks", PARSER_ANSWER_STOP, "" },
  { "STOP ONLY Special offers", PARSER_ANSWER_ONLY, "offers" },
  { "Hi, stop only special offers please. Ann", PARSER_ANSWER_ONLY, "offers" },
  { "stop only the special offers and the events", PARSER_ANSWER_ONLY, "offers events" },
  { "stop only: special offers, product updates", PARSER_ANSWER_ONLY, "updates offers" },
  { "stop only\n- special offers\n- events\n\nAnn Miller", PARSER_ANSWER_ONLY, "offers events" },
  { "stop only your special offers mails, thanks, Ann", PARSER_ANSWER_ONLY, "offers" },
  { "stop only Angebote", PARSER_ANSWER_ONLY, "offers" },
  /* what to stop is not known: for a person to read */
  { "STOP ONLY", PARSER_ANSWER_ONLY, "" },
  { "stop only the magazine", PARSER_ANSWER_ONLY, "" },
  { "stop only special offers and the magazine", PARSER_ANSWER_ONLY, "" },
  { "stop only special offers, magazine", PARSER_ANSWER_ONLY, "" },
  { "stop only not the special offers", PARSER_ANSWER_ONLY, "" },
  { "stop only after I have got the special offers", PARSER_ANSWER_ONLY, "" },
  { "stop only because I want the special offers", PARSER_ANSWER_ONLY, "" },
  { "undo\n\nSo many words follow that nobody knows what is meant by them all, and whether a person wrote even one of these sentences of which there are far too many for an answer to us", PARSER_ANSWER_UNDO, "" },
  /* no answers */
  { "undo what? I never asked", PARSER_ANSWER_NONE, "" },
  { "Undo?", PARSER_ANSWER_NONE, "" },
  { "undo my order of last week", PARSER_ANSWER_NONE, "" },
  { "UNDO. Please unsubscribe me", PARSER_ANSWER_NONE, "" },
  { "do not undo", PARSER_ANSWER_NONE, "" },
  { "I will undo it myself", PARSER_ANSWER_NONE, "" },
  { "The word UNDO stands in your mail", PARSER_ANSWER_NONE, "" },
  { "undo. We have received your message and opened ticket 4711 for it. One of our colleagues will look into your request and come back to you", PARSER_ANSWER_NONE, "" },
  { "stop all the nonsense that you tell about my company", PARSER_ANSWER_NONE, "" },
  { "stop all but the invoices", PARSER_ANSWER_NONE, "" },
  { "unsubscribe my colleague Bob", PARSER_ANSWER_NONE, "" },
  { "stop only when I have told you which ones I do not want to get any more", PARSER_ANSWER_NONE, "" },
  { "stop only special offers?", PARSER_ANSWER_NONE, "" },
  { "Thank you!", PARSER_ANSWER_NONE, "" },
  { "> UNDO\n", PARSER_ANSWER_NONE, "" },
  { "-- \nUNDO\n", PARSER_ANSWER_NONE, "" },
  { "Reply to this mail with the one word UNDO", PARSER_ANSWER_NONE, "" },
};
/* clang-format on */

static void
a_sentence_is_an_answer_or_none (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ParserFacts) facts = read_body (sentences[i].body);
  g_autofree char *scope = g_strjoinv (" ", facts->answer_scope);
  expect (facts, sentences[i].answer, sentences[i].body);
  g_assert_cmpstr (scope, ==, sentences[i].scope);
}

/* A word that asks for one thing here and for another there is nobody's. */
static void
an_ambiguous_word_is_none (void)
{
  const ParserAnswerWord two[]
      = { { PARSER_ANSWER_UNDO, "Palabra", NULL }, { PARSER_ANSWER_ALL, "PALABRA", NULL } };
  const ParserOptions options = { .answers = two, .n_answers = G_N_ELEMENTS (two) };
  const char *text = "From: ann@example.org\n\npalabra\n";
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));
  g_autoptr (ParserFacts) facts = parser_read (mail, &options);
  expect (facts, PARSER_ANSWER_NONE, text);
}

/* ---- the words ---- */

static void
told_free (gpointer data)
{
  Told *one = data;
  g_free (one->words);
  g_free (one);
}

static void
tell_words (void)
{
  const char *kind, *language, *text;
  for (guint i = 0; (text = filter_reply_template_nth (i, &kind, &language)) != NULL; i++)
    for (ParserAnswer answer = PARSER_ANSWER_UNDO;
         strcmp (kind, FILTER_TEMPLATE_WORDS) == 0 && answer <= PARSER_ANSWER_STOP; answer++)
      {
        Told *one = g_new0 (Told, 1);
        one->language = language;
        one->answer = answer;
        one->words = filter_template_word_in (text, parser_answer_key (answer));
        g_ptr_array_add (told, one);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  told = g_ptr_array_new_with_free_func (told_free);
  answers = filter_answers_words (NULL);
  tell_words ();
  echoes = parser_echoes_new (NULL);
  parser_echoes_add (echoes, &filter_echo_table);

  g_assert_cmpuint (told->len, >=, PARSER_ANSWER_STOP);
  for (guint i = 0; i < told->len; i++)
    {
      const Told *one = g_ptr_array_index (told, i);
      g_autofree char *heard
          = g_strdup_printf ("/answer/heard/%s/%s", one->language, parser_answer_key (one->answer));
      g_autofree char *agreed
          = g_strdup_printf ("/answer/detector-agrees/%s/%s", one->language, parser_answer_key (one->answer));
      g_test_add_data_func (heard, one, the_word_is_heard);
      g_test_add_data_func (agreed, one, the_detector_agrees);
    }
  g_test_add_func ("/answer/no-two-words-collide", no_two_words_collide);
  g_test_add_func ("/answer/every-language-has-all-words", every_language_has_all_words);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (sentences[i].body), "/\n", ' ');
      g_autofree char *path = g_strconcat ("/answer/sentence/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), a_sentence_is_an_answer_or_none);
    }
  g_test_add_func ("/answer/an-ambiguous-word-is-none", an_ambiguous_word_is_none);
  int code = g_test_run ();
  parser_echoes_free (echoes);
  g_array_unref (answers);
  g_ptr_array_unref (told);
  return code;
}
