/* choose.c - which alternative to read: the plain text, unless it is empty, a stub or much poorer than the
 * HTML */
#include <string.h>

#include "internal.h"

#define STUB 400     /* letters: a longer plain text is no "please read the HTML" */
#define RICHER 4     /* times the letters of the plain text: the HTML says more */
#define SAME_WORDS 9 /* of ten words that both have: they say the same */

static gsize
count_letters (GPtrArray *texts)
{
  gsize letters = 0;
  for (guint i = 0; i < texts->len; i++)
    {
      const ParserText *text = texts->pdata[i];
      for (const char *at = text->text; *at; at = g_utf8_next_char (at))
        letters += g_unichar_isalnum (g_utf8_get_char (at));
    }
  return letters;
}

static gboolean
mentions (GPtrArray *texts, const char *word)
{
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *lower = g_ascii_strdown (((const ParserText *)texts->pdata[i])->text, -1);
      if (strstr (lower, word))
        return TRUE;
    }
  return FALSE;
}

/* "Your program cannot show HTML": in any language it names HTML, and is short. */
static gboolean
is_stub (GPtrArray *plain, gsize plain_letters, gsize html_letters)
{
  return plain_letters < STUB && plain_letters < html_letters && mentions (plain, "html");
}

/* Each word once; addresses and links are left out, since the two forms write them differently. */
static GHashTable *
collect_words (GPtrArray *texts)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < texts->len; i++)
    {
      g_auto (GStrv) pieces
          = g_strsplit_set (((const ParserText *)texts->pdata[i])->text, " \t\n<>|*_.,;!?()[]", -1);
      for (guint n = 0; pieces[n]; n++)
        if (*pieces[n] && !strpbrk (pieces[n], ":/@") && !g_hash_table_contains (words, pieces[n]))
          g_hash_table_add (words, g_utf8_strdown (pieces[n], -1));
    }
  return words;
}

static gboolean
say_the_same (GPtrArray *plain, GPtrArray *html)
{
  g_autoptr (GHashTable) a = collect_words (plain);
  g_autoptr (GHashTable) b = collect_words (html);
  gsize common = 0, larger = MAX (g_hash_table_size (a), g_hash_table_size (b));
  GHashTableIter iter;
  gpointer word;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    common += g_hash_table_contains (b, word);
  return common * 10 >= larger * SAME_WORDS;
}

static ParserIntent
read_wish (GPtrArray *texts, const ParserOptions *options)
{
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  for (guint i = 0; i < texts->len; i++)
    parser_segment (texts->pdata[i], options, facts->segments);
  parser_intent_read (texts, options, facts);
  return facts->intent;
}

/* H51: a wish that stands in one of the two only goes to a person; the one that holds it is read. */
gboolean
parser_prefers_html (GPtrArray *plain, GPtrArray *html, const ParserOptions *options, ParserFacts *facts)
{
  gsize plain_letters = count_letters (plain), html_letters = count_letters (html);
  if (html_letters == 0)
    return FALSE;
  if (plain_letters == 0 || is_stub (plain, plain_letters, html_letters))
    return TRUE;
  gboolean poorer = plain_letters * RICHER < html_letters;
  if (say_the_same (plain, html))
    return poorer;
  ParserIntent said = read_wish (plain, options), shown = read_wish (html, options);
  if (said == shown)
    return poorer;
  facts->defects |= PARSER_DEFECT_DISAGREE;
  facts->marks |= PARSER_MARK_DOUBTFUL;
  return said == PARSER_INTENT_NONE;
}
