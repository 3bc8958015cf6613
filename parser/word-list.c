/* word-list.c - lists of words that are looked for in folded text
 *
 * Nearly no octet of a text begins a word of a list, and its pair of octets tells so with one look. */
#include <string.h>

#include "internal.h"

#define PAIRS 512
#define MAX_LISTS 256

typedef struct
{
  const char *const *words;
  guint16 first[PAIRS]; /* of the words that may begin with such a pair; from 1, 0: none */
  guint16 *next;        /* of each word: the next one of the same pair, as first */
  guint16 *sizes;
} WordList;

/* The lists that were asked for; they are constants, so what is known of them lives as long as the process.
 */
static WordList *lists[MAX_LISTS];

/* A word of one letter ends before anything that is none. */
static guint
pair_at (const char *p, const char *end)
{
  guchar one = (guchar)*p, two = p + 1 < end ? (guchar)p[1] : 0;
  if (one < 0x80 && (two < 'a' || two > 'z'))
    two = 0;
  return (one * 31u + two) % PAIRS;
}

static WordList *
list_new (const char *const *words)
{
  WordList *list = g_new0 (WordList, 1);
  guint n = g_strv_length ((char **)words);
  g_assert (n < G_MAXUINT16);
  list->words = words;
  list->next = g_new (guint16, n + 1);
  list->sizes = g_new (guint16, n + 1);
  for (guint i = 0; i < n; i++)
    {
      list->sizes[i] = (guint16)strlen (words[i]);
      guint16 *first = &list->first[pair_at (words[i], words[i] + list->sizes[i])];
      list->next[i] = *first;
      *first = (guint16)(i + 1);
    }
  return list;
}

static const WordList *
list_of (const char *const *words)
{
  guint at = (guint)(GPOINTER_TO_SIZE (words) / sizeof *words) % MAX_LISTS;
  for (guint tries = 0; lists[at] != NULL && lists[at]->words != words; at = (at + 1) % MAX_LISTS)
    g_assert (++tries < MAX_LISTS);
  if (lists[at] == NULL)
    lists[at] = list_new (words);
  return lists[at];
}

/* Scripts without blanks between words, or with particles written onto them, have no word boundaries of use.
 */
static gboolean
is_letter (gunichar c)
{
  return c < 0x590 && g_unichar_isalpha (c);
}

/* No letter goes on at @p, the one in front of it and the one behind it being one word. */
static gboolean
is_edge (const char *folded, const char *end, const char *p)
{
  if (p <= folded || p >= end)
    return TRUE;
  if ((guchar)p[-1] < 0x80 && (guchar)*p < 0x80)
    return !g_ascii_isalpha (p[-1]) || !g_ascii_isalpha (*p);
  return !is_letter (g_utf8_get_char (g_utf8_prev_char (p))) || !is_letter (g_utf8_get_char (p));
}

/* The longest word that stands at @p, @whole: as a whole word; or NULL. */
static const char *
longest_at (const WordList *list, const char *folded, const char *end, const char *p, gboolean whole)
{
  const char *longest = NULL;
  gsize length = 0;

  for (guint i = list->first[pair_at (p, end)]; i; i = list->next[i - 1])
    {
      gsize size = list->sizes[i - 1];
      if (size <= length || size > (gsize)(end - p) || memcmp (p, list->words[i - 1], size) != 0)
        continue;
      if (!whole || (is_edge (folded, end, p) && is_edge (folded, end, p + size)))
        longest = list->words[i - 1], length = size;
    }
  return longest;
}

const char *
parser_words_find (const char *const *words, const char *folded, gsize length, const char **word_out)
{
  const WordList *list = list_of (words);
  const char *end = folded + length;

  for (const char *p = folded; p < end; p++)
    {
      if (!list->first[pair_at (p, end)])
        continue;
      const char *word = longest_at (list, folded, end, p, TRUE);
      if (!word)
        continue;
      if (word_out)
        *word_out = word;
      return p + strlen (word);
    }
  return NULL;
}

gboolean
parser_words_begin (const char *const *words, const char *folded, gsize length)
{
  return length > 0 && longest_at (list_of (words), folded, folded + length, folded, TRUE) != NULL;
}

gboolean
parser_words_equal (const char *const *words, const char *folded, gsize length)
{
  for (; *words; words++)
    if (strlen (*words) == length && memcmp (*words, folded, length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
parser_words_stand_in (const char *const *words, const char *folded)
{
  const WordList *list = list_of (words);
  const char *end = folded + strlen (folded);

  for (const char *p = folded; p < end; p++)
    if (list->first[pair_at (p, end)] && longest_at (list, folded, end, p, FALSE))
      return TRUE;
  return FALSE;
}

gboolean
parser_words_lead (const char *const *words, const char *folded)
{
  return *folded && longest_at (list_of (words), folded, folded + strlen (folded), folded, FALSE) != NULL;
}
