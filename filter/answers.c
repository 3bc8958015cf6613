/* answers.c - see answers.h */
#include "answers.h"
#include "template.h"

#include <string.h>

gboolean
filter_answers_is (const char *name, gsize length)
{
  for (ParserAnswer answer = PARSER_ANSWER_UNDO; answer <= PARSER_ANSWER_STOP; answer++)
    if (strlen (parser_answer_key (answer)) == length
        && strncmp (parser_answer_key (answer), name, length) == 0)
      return TRUE;
  return FALSE;
}

static void
clear_word (gpointer data)
{
  ParserAnswerWord *word = data;
  g_free ((char *)word->words);
  g_strfreev ((char **)word->in_ours);
}

#define EXAMPLE "{example}"

/* What @text says from each {key} on, to the next {name} or the end of the paragraph; the example of what to
 * name behind the words is left out. */
static void
add_places (GStrvBuilder *places, const char *text, const char *key, const char *words)
{
  g_autofree char *mark = g_strdup_printf ("{%s}", key);
  for (const char *p = text; (p = strstr (p, mark)) != NULL;)
    {
      p += strlen (mark);
      const char *named = p + strspn (p, " \n");
      p = g_str_has_prefix (named, EXAMPLE) ? named + strlen (EXAMPLE) : p;
      const char *end = strstr (p, "\n\n");
      gsize length = MIN (strcspn (p, "{"), end != NULL ? (gsize)(end - p) : strlen (p));
      g_autofree char *behind = g_strndup (p, length);
      g_autofree char *place = g_strconcat (words, behind, NULL);
      g_strv_builder_add (places, place);
    }
}

static char **
places_of (const FilterConfig *config, const char *key, const char *words, const char *language)
{
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  const char *kind, *of, *text;
  for (guint i = 0; (text = filter_template_nth (config, i, &kind, &of)) != NULL; i++)
    if (strcmp (kind, FILTER_TEMPLATE_WORDS) != 0 && strcmp (of, language) == 0)
      add_places (places, text, key, words);
  return g_strv_builder_end (places);
}

GArray *
filter_answers_words (const FilterConfig *config)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (ParserAnswerWord));
  const char *kind, *language, *text;
  g_array_set_clear_func (words, clear_word);
  for (guint i = 0; (text = filter_template_nth (config, i, &kind, &language)) != NULL; i++)
    for (ParserAnswer answer = PARSER_ANSWER_UNDO;
         strcmp (kind, FILTER_TEMPLATE_WORDS) == 0 && answer <= PARSER_ANSWER_STOP; answer++)
      {
        const char *key = parser_answer_key (answer);
        ParserAnswerWord word = { answer, filter_template_word_in (text, key), NULL };
        if (word.words == NULL)
          continue;
        word.in_ours = (const char *const *)places_of (config, key, word.words, language);
        g_array_append_val (words, word);
      }
  return words;
}
