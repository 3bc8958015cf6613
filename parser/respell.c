/* respell.c - words with one typing error as they were meant
 *
 * A word that is in no example and is but for one error a long word of the lexicon's, by which people ask for
 * something or name mail, is read as that one, unless it is as near to some other word that people write:
 * "anmledung" may be "anmeldung", and must not become "abmeldung". */
#include "likeness.h"
#include "reading.h"

#include <string.h>

#define MOST_LETTERS 40

/* The letters of the scripts that have words, folded; what is wrong in a word is a letter of its own script.
 */
static const struct
{
  gunichar first, last;
} scripts[] = { { 'a', 'z' },       { 0x03B1, 0x03C9 }, { 0x0430, 0x045F }, { 0x05D0, 0x05EA },
                { 0x0621, 0x064A }, { 0x067E, 0x06CC }, { 0x0905, 0x094D } };

typedef struct
{
  gunichar letters[MOST_LETTERS + 1];
  guint n;
} Word;

static gboolean
is_known (const Word *word)
{
  g_autofree char *text = g_ucs4_to_utf8 (word->letters, word->n, NULL, NULL, NULL);
  const guint length = (guint)strlen (text);
  return parser_likeness_knows (text, length) && !parser_cues_is_key (text, length);
}

static Word
without (const Word *word, guint at)
{
  Word other = *word;
  memmove (other.letters + at, other.letters + at + 1, (other.n - at - 1) * sizeof *other.letters);
  other.n--;
  return other;
}

static Word
with (const Word *word, guint at, gunichar letter)
{
  Word other = *word;
  memmove (other.letters + at + 1, other.letters + at, (other.n - at) * sizeof *other.letters);
  other.letters[at] = letter;
  other.n++;
  return other;
}

/* With another letter at @at, or one more. */
static gboolean
is_near_by_letter (const Word *word, guint at, gunichar letter)
{
  Word other = *word;
  const Word longer = with (word, at, letter);
  if (at < word->n)
    other.letters[at] = letter;
  return is_known (&other) || is_known (&longer);
}

/* Is it one error away from a word that people write and is no key? */
static gboolean
is_near_other (const Word *word)
{
  for (guint at = 1; at <= word->n; at++)
    {
      const Word shorter = at < word->n ? without (word, at) : *word;
      Word swapped = *word;
      if (at + 1 < word->n)
        {
          swapped.letters[at] = word->letters[at + 1];
          swapped.letters[at + 1] = word->letters[at];
        }
      if (is_known (&shorter) || is_known (&swapped))
        return TRUE;
      for (guint s = 0; s < G_N_ELEMENTS (scripts); s++)
        for (gunichar letter = scripts[s].first; letter <= scripts[s].last; letter++)
          if (word->letters[0] >= scripts[s].first && word->letters[0] <= scripts[s].last
              && is_near_by_letter (word, at, letter))
            return TRUE;
    }
  return FALSE;
}

/* What the word from @start to @end was meant to be, or NULL for itself. */
static const char *
find_meant (const ParserSaid *said, guint start, guint end)
{
  const char *text = said->words->str + start;
  Word word = { .n = 0 };
  for (const char *p = text; p < said->words->str + end; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      if (word.n == MOST_LETTERS || !g_unichar_isalpha (c) || parser_is_unspaced (c))
        return NULL;
      word.letters[word.n++] = c;
    }
  if (word.n + 1 < PARSER_LEAST_KEY || parser_likeness_knows (text, end - start)
      || parser_cues_is_key (text, end - start))
    return NULL;
  const char *meant = parser_cues_near (text, end - start);
  return meant && !is_near_other (&word) ? meant : NULL;
}

/* Puts @meant in the place of what stands from @start to @end; it comes from where that came from. */
static void
replace (ParserSaid *said, guint start, guint end, const char *meant)
{
  const guint length = (guint)strlen (meant), from = g_array_index (said->map, guint, start);
  const guint last = g_array_index (said->map, guint, end - 1);
  const int longer = (int)length - (int)(end - start);
  g_autofree guint *map = g_new (guint, length);
  for (guint i = 0; i < length; i++)
    map[i] = i + 1 == length ? last : MIN (from + i, last);
  g_string_erase (said->words, start, end - start);
  g_string_insert (said->words, start, meant);
  g_array_remove_range (said->map, start, end - start);
  g_array_insert_vals (said->map, start, map, length);
  for (guint i = 0; i < said->clauses->len; i++)
    {
      ParserClause *clause = &g_array_index (said->clauses, ParserClause, i);
      clause->start += clause->start > start ? longer : 0;
      clause->end += clause->end > start ? longer : 0;
    }
  for (guint i = 0; i < said->named->len; i++)
    {
      ParserNamed *named = g_ptr_array_index (said->named, i);
      named->at += named->at > start ? longer : 0;
    }
}

void
parser_respell (ParserSaid *said)
{
  for (guint at = 0; at < said->words->len;)
    {
      const char *text = said->words->str;
      guint end = at;
      while (text[end] && parser_is_word (g_utf8_get_char (text + end)))
        end = (guint)(g_utf8_next_char (text + end) - text);
      const char *meant = end > at ? find_meant (said, at, end) : NULL;
      if (meant)
        {
          replace (said, at, end, meant);
          g_array_append_val (said->respelt, at);
          end = at + (guint)strlen (meant);
        }
      at = end < said->words->len ? (guint)(g_utf8_next_char (said->words->str + end) - said->words->str)
                                  : end;
    }
}
