/* test-echo.c - our own confirmations, pasted back into a reply in every way that mail programs have: they
 * are never a wish, and a wish among them is heard. The texts are those of filter/templates. */
#include "parser.h"

#include <string.h>

#define VALUES "Metrix Example"

/* ---- a confirmation as it came back ---- */

/* What @language_words, a section [words], has for @name; NULL: nothing. */
static char *
word_of (const char *language_words, const char *name)
{
  g_autofree char *begin = g_strconcat ("\n", name, ": ", NULL);
  const char *word = strstr (language_words, begin);

  return word ? g_strndup (word + strlen (begin), strcspn (word + strlen (begin), "\n")) : NULL;
}

/* What stands for @name in a confirmation; names that only say when a paragraph is there stand for nothing.
 */
static char *
value_of (const char *language_words, const char *name)
{
  static const char *const values[][2] = { { "organisation", VALUES },
                                           { "date", "3 March 2026" },
                                           { "due", "2 April 2026" },
                                           { "address", "ann@example.org" },
                                           { "scope", "Product updates, Special offers" },
                                           { "example", "Special offers" },
                                           { "names", "Product updates, Special offers" },
                                           { "essential", "Service notices" },
                                           { "preferences", "https://metrix.example/preferences" },
                                           { "count", "2" },
                                           { "waiting", "  0a1b  question" },
                                           { "requests", "  2c3d  erasure" } };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (name, values[i][0]))
      return g_strdup (values[i][1]);
  return word_of (language_words, g_str_equal (name, "request") ? "erasure" : name);
}

/* Each {name} replaced, as when it was sent. */
static char *
fill (const char *text, const char *language_words)
{
  g_autoptr (GString) out = g_string_new (text);

  for (char *open; (open = strchr (out->str, '{'));)
    {
      gssize at = open - out->str, length = (gssize)strcspn (open, "}") + 1;
      g_autofree char *name = g_strndup (open + 1, (gsize)length - 2);
      g_autofree char *value = value_of (language_words, name);
      g_string_erase (out, at, length);
      g_string_insert (out, at, value ? value : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
wrap (const char *text, guint width)
{
  GString *out = g_string_new (NULL);
  guint column = 0;

  for (const char *p = text; *p; p++)
    {
      gboolean paragraph = p[0] == '\n' && p[1] == '\n', blank = p[0] == ' ' || p[0] == '\n';
      if (paragraph)
        g_string_append (out, "\n\n"), p++, column = 0;
      else
        g_string_append_c (out, blank && column >= width ? '\n' : blank ? ' ' : *p);
      column = blank && column >= width ? 0 : column + 1;
    }
  return g_string_free (out, FALSE);
}

static char *
as_it_is (const char *text)
{
  return g_strdup (text);
}

static char *
narrow (const char *text)
{
  return wrap (text, 30);
}

static char *
on_long_lines (const char *text)
{
  return wrap (text, 100000);
}

static char *
in_capitals (const char *text)
{
  return g_utf8_strup (text, -1);
}

static char *
escaped (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0x80 || c == '\'' || c == '?')
        g_string_append_printf (out, "&#%u;", c);
      else
        g_string_append_c (out, (char)c);
    }
  return g_string_free (out, FALSE);
}

/* UTF-8 that was read as windows-1252, or nearly. */
static char *
misread (const char *text)
{
  return g_convert (text, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static char *
with_question_marks (const char *text)
{
  return g_str_to_ascii (text, "C");
}

static char *
with_other_signs (const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  g_string_replace (out, "'", "\u2019", 0);
  g_string_replace (out, ": ", " \u2013 ", 0);
  g_string_replace (out, " ", "\u00a0", 3);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* From the middle of the first half to the middle of the second, wherever sentences begin. */
static char *
cut (const char *text)
{
  gsize length = strlen (text);
  const char *from = strchr (text + length / 4, ' '), *to = strchr (text + length * 3 / 4, ' ');

  return g_strndup (from, (gsize)(to - from));
}

/* clang-format off */
static const struct { const char *name; char *(*change) (const char *text); } changes[] = {
  { "as-it-is", as_it_is },       { "narrow", narrow },         { "on-long-lines", on_long_lines },
  { "in-capitals", in_capitals }, { "escaped", escaped },       { "misread", misread },
  { "with-question-marks", with_question_marks }, { "with-other-signs", with_other_signs }, { "cut", cut },
};
/* clang-format on */

/* ---- what is made of it ---- */

typedef struct
{
  char *name, *text; /* a template, filled */
  const ParserEchoes *echoes;
} Template;

static ParserFacts *
read_reply (const Template *template, const char *words, const char *echo)
{
  const ParserOptions options = { .echoes = template->echoes };
  g_autofree char *text
      = g_strconcat ("From: ann@example.org\nTo: news@metrix.example\nSubject: Re: your mail\n"
                     "In-Reply-To: <1@metrix.example>\nContent-Type: text/plain; charset=utf-8\n\n",
                     words, "\n\n", echo, "\n", NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));

  return parser_read (mail, &options);
}

static void
test_template (gconstpointer data)
{
  const Template *template = data;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *echo = changes[i].change (template->text);
      g_autoptr (ParserFacts) thanks = read_reply (template, "Thank you for this.", echo);
      g_autoptr (ParserFacts) wish = read_reply (template, "Please unsubscribe me.", echo);

      if (thanks->intent != PARSER_INTENT_NONE || wish->intent != PARSER_INTENT_OPT_OUT)
        g_test_message ("%s:\n%s", changes[i].name, echo);
      g_assert_cmpstr (parser_intent_name (thanks->intent), ==, "none");
      g_assert_cmpstr (parser_intent_name (wish->intent), ==, "opt-out");
    }
}

/* The word that the confirmation asks for is the person's when he writes it. */
static void
test_own_word (gconstpointer data)
{
  const Template none = { NULL, NULL, data };
  g_autoptr (ParserFacts) word = read_reply (&none, "UNSUBSCRIBE", "");
  g_autoptr (ParserFacts) few = read_reply (&none, "stop all marketing mail", "");

  g_assert_cmpstr (parser_intent_name (word->intent), ==, "opt-out");
  g_assert_cmpstr (parser_intent_name (few->intent), ==, "opt-out");
}

/* Three words of a sentence of ours, of which a {name} is the rest, are anybody's too. */
static void
test_few_words (gconstpointer data)
{
  const Template none = { NULL, NULL, data };
  g_autoptr (ParserFacts) wish = read_reply (
      &none, "I've left the trade and none of this applies to me now, so please remove this address.", "");

  g_assert_cmpstr (parser_intent_name (wish->intent), ==, "opt-out");
  g_assert_false (wish->marks & PARSER_MARK_DOUBTFUL);
}

/* A footer may tell what to answer. Whoever answers so is not passed over, but for a person to see. */
static void
test_told (void)
{
  static const char *const texts[] = {
    "You get this because you subscribed.\n\nTo leave, answer: Please remove me from your mailing list.", NULL
  };
  g_autoptr (ParserEchoes) echoes = parser_echoes_new (texts);
  const Template told = { NULL, NULL, echoes };
  g_autoptr (ParserFacts) word
      = read_reply (&told, "Hello,", "please remove me from your mailing list.\n\nAnn");

  g_assert_cmpstr (parser_intent_name (word->intent), ==, "opt-out");
  g_assert_true (word->marks & PARSER_MARK_DOUBTFUL);
}

/* A mail that ends anywhere within ours. */
static void
test_cut (gconstpointer data)
{
  const Template *template = data;

  for (const char *p = template->text; *p; p = g_utf8_next_char (p))
    if (*p == ' ' || *p == '\n')
      {
        g_autofree char *begun = g_strndup (template->text, (gsize)(p - template->text));
        parser_echoes_hold (template->echoes, begun);
      }
}

static void
test_hostile (gconstpointer data)
{
  static const char *const pieces[] = {
    "thank you for ", "a ", "thank you for your mail of ", "what still comes: ", "{ ", "&amp;", "\u4e0d"
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < 1000000)
        g_string_append (text, pieces[i]);
      gint64 before = g_get_monotonic_time ();
      parser_echoes_hold (data, text->str);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time () - before) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 10 * G_USEC_PER_SEC);
    }
}

static void
free_template (gpointer data)
{
  Template *template = data;

  g_free (template->name);
  g_free (template->text);
  g_free (template);
}

/* @section begins with its heading: "opt-out]" and a line end. */
static void
add_template (GPtrArray *templates, GPtrArray *texts, const char *file, const char *section,
              const char *language_words)
{
  const char *text = strstr (section, "]\n");
  if (!text || g_str_has_prefix (section, "words]"))
    return;
  Template *template = g_new0 (Template, 1);
  template->name = g_strdup_printf ("%.*s of %s", (int)(text - section), section, file);
  template->text = fill (text + 2, language_words);
  g_ptr_array_add (templates, template);
  g_ptr_array_add (texts, g_strdup (text + 2));
}

static GPtrArray *
read_templates (GPtrArray *texts)
{
  const char *top = g_getenv ("top_srcdir");
  g_autofree char *folder = g_build_filename (top ? top : ".", "filter", "templates", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *templates = g_ptr_array_new_with_free_func (free_template);

  for (const char *name; dir && (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *file = NULL;
      if (!g_str_has_suffix (name, ".txt") || !g_file_get_contents (path, &file, NULL, NULL))
        continue;
      g_auto (GStrv) sections = g_strsplit (file, "\n[", -1);
      for (guint i = 1; sections[i]; i++)
        add_template (templates, texts, name, sections[i], strstr (file, "[words]"));
    }
  g_ptr_array_add (texts, NULL);
  return templates;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) templates = read_templates (texts);
  g_autoptr (ParserEchoes) echoes = parser_echoes_new ((const char *const *)texts->pdata);

  g_assert_cmpuint (templates->len, >, 20);
  for (guint i = 0; i < templates->len; i++)
    {
      Template *template = g_ptr_array_index (templates, i);
      g_autofree char *path = g_strconcat ("/echo/of/", template->name, NULL);
      template->echoes = echoes;
      g_autofree char *cut_path = g_strconcat ("/echo/cut-anywhere/", template->name, NULL);
      g_test_add_data_func (path, template, test_template);
      g_test_add_data_func (cut_path, template, test_cut);
    }
  g_test_add_data_func ("/echo/a-word-of-ours-is-anybodys", echoes, test_own_word);
  g_test_add_data_func ("/echo/few-words-of-ours-are-anybodys", echoes, test_few_words);
  g_test_add_func ("/echo/an-answer-that-ours-ask-for-is-held", test_told);
  g_test_add_data_func ("/echo/hostile-texts-take-no-more-than-their-time", echoes, test_hostile);
  return g_test_run ();
}
