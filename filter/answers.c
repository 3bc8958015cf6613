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
  g_free ((char *)((ParserAnswerWord *)data)->words);
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
        const ParserAnswerWord word = { answer, filter_template_word_in (text, parser_answer_key (answer)) };
        if (word.words != NULL)
          g_array_append_val (words, word);
      }
  return words;
}
