/* test-answer-back.c - our own texts come back without a mark that says whose they are: as a page in one
 * line, a paragraph alone, the subject over nothing. In no language do they undo or choose anything. */
#include "parser.h"

#include <string.h>

static const struct
{
  const char *key;
  ParserAnswer answer;
} keys[] = { { "undo", PARSER_ANSWER_UNDO },
             { "only", PARSER_ANSWER_ONLY },
             { "all", PARSER_ANSWER_ALL },
             { "yes", PARSER_ANSWER_ERASE },
             { "unsubscribe", PARSER_ANSWER_STOP } };

/* As they may stand where our texts have a name. */
static const char *const values[][2] = { { "organisation", "Metrix Example" },
                                         { "date", "21 11 2026" },
                                         { "due", "21 12 2026" },
                                         { "address", "ann@example.org" },
                                         { "essential", "Invoices" },
                                         { "example", "Product updates" },
                                         { "preferences", "https://metrix.example/" },
                                         { "own", "" },
                                         { "other", "" },
                                         { "part", "" },
                                         { "choose", "" },
                                         { "channels", "" },
                                         { "erase", "" } };

static const ParserCategory categories[]
    = { { "updates", (const char *const[]){ "Product updates", NULL } } };

/* A text as it was sent. */
typedef struct
{
  char *language, *subject, *body;
} Sent;

static GPtrArray *sent;        /* Sent */
static GArray *answers;        /* ParserAnswerWord */
static GPtrArray *words_of_it; /* their texts */
static ParserEchoes *echoes;

/* ---- reading ---- */

static void
expect_nothing (const Sent *one, const char *subject, const char *type, const char *body)
{
  const ParserOptions options = { .categories = categories,
                                  .n_categories = G_N_ELEMENTS (categories),
                                  .echoes = echoes,
                                  .answers = (const ParserAnswerWord *)(gpointer)answers->data,
                                  .n_answers = answers->len };
  g_autofree char *text = g_strconcat (
      "From: ann@example.org\nTo: news@metrix.example\nIn-Reply-To: <1@metrix.example>\nSubject: ", subject,
      "\nContent-Type: text/", type, "; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n", body, "\n",
      NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  g_autoptr (ParserFacts) facts = parser_read (mail, &options);
  gboolean opts_in = facts->intent == PARSER_INTENT_OPT_IN && (facts->marks & PARSER_MARK_DOUBTFUL) == 0;
  if (facts->answer != PARSER_ANSWER_NONE || opts_in)
    g_test_message ("%s: %s: %s", one->language, subject, body);
  g_assert_cmpstr (parser_answer_name (facts->answer), ==, "none");
  g_assert_false (opts_in);
}

static void
comes_back (gconstpointer data)
{
  const Sent *one = data;
  g_auto (GStrv) paragraphs = g_strsplit (one->body, "\n\n", -1);
  g_autofree char *page = g_strdelimit (g_strconcat ("<p>", one->body, "</p>", NULL), "\n", ' ');
  g_autofree char *answer = g_strconcat ("Re: ", one->subject, NULL);
  expect_nothing (one, one->subject, "plain", "");
  expect_nothing (one, answer, "plain", "");
  expect_nothing (one, answer, "plain", one->body);
  expect_nothing (one, answer, "html", page);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    expect_nothing (one, answer, "plain", paragraphs[i]);
}

/* ---- the texts ---- */

static void
sent_free (gpointer data)
{
  Sent *one = data;
  g_free (one->language);
  g_free (one->subject);
  g_free (one->body);
  g_free (one);
}

static char *
word_of (const char *words, const char *key)
{
  g_autofree char *line = g_strdup_printf ("\n%s: ", key);
  const char *at = strstr (words, line);
  g_assert_nonnull (at);
  at += strlen (line);
  return g_strndup (at, strcspn (at, "\n"));
}

static void
fill (GString *text, const char *name, const char *value)
{
  g_autofree char *braced = g_strdup_printf ("{%s}", name);
  g_string_replace (text, braced, value, 0);
}

static void
add_text (const char *language, const char *template, const char *words)
{
  g_autoptr (GString) text = g_string_new (template);
  g_autofree char *scope = word_of (words, "everything"), *request = word_of (words, "erasure");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    fill (text, values[i][0], values[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *word = word_of (words, keys[i].key);
      fill (text, keys[i].key, word);
    }
  fill (text, "scope", scope);
  fill (text, "request", request);
  Sent *one = g_new0 (Sent, 1);
  one->language = g_strdup (language);
  one->subject = g_strndup (text->str, strcspn (text->str, "\n"));
  one->body = g_strdup (text->str + strlen (one->subject));
  g_ptr_array_add (sent, one);
}

/* @texts gets them all; only those that can be undone or chosen from are answered. */
static void
add_file (const char *language, const char *file, GPtrArray *texts)
{
  static const char *const kinds[] = { "opt-out]", "review]", "opt-in-ask]", "request]" };
  g_auto (GStrv) sections = g_strsplit (file, "\n[", -1);
  const char *words = NULL;
  for (guint i = 1; sections[i] != NULL; i++)
    if (g_str_has_prefix (sections[i], "words]"))
      words = sections[i];
  g_assert_nonnull (words);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      char *word = word_of (words, keys[i].key);
      const ParserAnswerWord answer = { keys[i].answer, word };
      g_ptr_array_add (words_of_it, word);
      g_array_append_val (answers, answer);
    }
  for (guint i = 1; sections[i] != NULL; i++)
    {
      const char *text = sections[i] != words ? strstr (sections[i], "]\n") + 2 : NULL;
      if (text != NULL)
        g_ptr_array_add (texts, g_strdup (text));
      for (guint k = 0; text != NULL && k < G_N_ELEMENTS (kinds); k++)
        if (g_str_has_prefix (sections[i], kinds[k]))
          add_text (language, text, words);
    }
}

static void
read_templates (GPtrArray *texts)
{
  const char *top = g_getenv ("top_srcdir");
  g_autofree char *folder = g_build_filename (top ? top : ".", "filter", "templates", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *file = NULL;
      g_autofree char *language = g_strndup (name, strcspn (name, "."));
      if (g_str_has_suffix (name, ".txt") && g_file_get_contents (path, &file, NULL, NULL))
        add_file (language, file, texts);
    }
  g_ptr_array_add (texts, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  sent = g_ptr_array_new_with_free_func (sent_free);
  words_of_it = g_ptr_array_new_with_free_func (g_free);
  answers = g_array_new (FALSE, FALSE, sizeof (ParserAnswerWord));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  read_templates (texts);
  echoes = parser_echoes_new ((const char *const *)texts->pdata);
  g_assert_cmpuint (sent->len, >, 0);
  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *one = g_ptr_array_index (sent, i);
      g_autofree char *path = g_strdup_printf ("/answer-back/%s/%u", one->language, i % 4);
      g_test_add_data_func (path, one, comes_back);
    }
  int code = g_test_run ();
  parser_echoes_free (echoes);
  g_array_unref (answers);
  g_ptr_array_unref (words_of_it);
  g_ptr_array_unref (sent);
  return code;
}
