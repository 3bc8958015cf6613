/* phrase.c - the small form of a phrase, as lexicon/README tells it: choices, gaps and open words. */
#include "lexicon.h"

#include "internal.h"

#include <string.h>

#define MAX_WORDS 255 /* bytes of a piece */

char *
parser_phrase_expand (const char *text, guint most, GPtrArray *all)
{
  const char *open = strchr (text, '('), *p = open;
  if (open == NULL)
    {
      if (strpbrk (text, ")|") != NULL)
        return g_strdup_printf ("\"%s\": ) or | without (", text);
      if (all->len == most)
        return g_strdup_printf ("more than %u variants", most);
      g_ptr_array_add (all, g_strdup (text));
      return NULL;
    }
  int depth = 0;
  const char *choice = open + 1;
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_free);
  for (; *p; p++)
    {
      depth += (*p == '(') - (*p == ')');
      if ((*p == '|' && depth == 1) || depth == 0)
        {
          g_ptr_array_add (choices, g_strndup (choice, (gsize)(p - choice)));
          choice = p + 1;
        }
      if (depth == 0)
        break;
    }
  if (*p == '\0')
    return g_strdup_printf ("\"%s\": ( without )", text);
  for (guint i = 0; i < choices->len; i++)
    {
      g_autofree char *one = g_strdup_printf ("%.*s%s%s", (int)(open - text), text,
                                              (const char *)g_ptr_array_index (choices, i), p + 1);
      char *why = parser_phrase_expand (one, most, all);
      if (why != NULL)
        return why;
    }
  return NULL;
}

char *
parser_phrase_words (const char *piece, char **words_out)
{
  g_autofree char *folded = parser_fold (piece, strlen (piece), NULL, NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  gunichar last = 0;
  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!parser_is_word (c) && c != '\'' && c != ' ' && c != '-')
        return g_strdup_printf ("\"%s\": a phrase holds words, spaces, - and ' only", piece);
      if (c == ' ' || c == '-')
        continue;
      gboolean space = p > folded && strchr (" -", p[-1]) && last != '\''
                       && !(parser_is_unspaced (last) && parser_is_unspaced (c));
      if (words->len && space)
        g_string_append_c (words, ' ');
      g_string_append_unichar (words, c);
      last = c;
    }
  if (words->len == 0)
    return g_strdup ("a phrase or a part of it is empty");
  if (words->len > MAX_WORDS)
    return g_strdup_printf ("\"%s\" is too long", piece);
  *words_out = g_string_free (g_steal_pointer (&words), FALSE);
  return NULL;
}

char *
parser_phrase_split (const char *text, ParserPhrasePiece pieces_out[PARSER_MAX_PIECES], guint *n_out)
{
  g_auto (GStrv) pieces = g_strsplit (text, "...", -1);
  guint n = g_strv_length (pieces);
  if (n == 0)
    return g_strdup ("an empty phrase");
  if (n > PARSER_MAX_PIECES)
    return g_strdup_printf ("\"%s\": at most %d gaps", text, PARSER_MAX_PIECES - 1);
  *n_out = 0;
  for (guint i = 0; i < n; i++)
    {
      char *bare = g_strstrip (pieces[i]);
      ParserPhrasePiece *piece = &pieces_out[i];
      piece->open_start = *bare == '*';
      bare += piece->open_start;
      piece->open_end = g_str_has_suffix (bare, "*");
      if (piece->open_end)
        bare[strlen (bare) - 1] = '\0';
      char *why = parser_phrase_words (bare, &piece->words);
      if (why != NULL)
        {
          while (i-- > 0)
            g_free (pieces_out[i].words);
          return why;
        }
    }
  *n_out = n;
  return NULL;
}
