/* words.c - which characters make words, and how far two words are apart */
#include "lexicon.h"

#include <string.h>

#define ALIKE 3 /* letters with which a word begins that is all that is written */

gboolean
parser_is_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((gchar)c) : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

gboolean
parser_is_unspaced (gunichar c)
{
  return c >= 0x0E00
         && (c <= 0x0E7F || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c <= 0x30FF)
             || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3)
             || (c >= 0x20000 && c <= 0x3FFFF));
}

#define STROKE 256 /* of đ, which some type who type no accents */

/* The tones and other marks of Vietnamese; a hook and a tilde sound alike in the south and are mixed up. */
static guint
mark_of (gunichar c)
{
  switch (c)
    {
    case 0x0300:
      return 1;
    case 0x0301:
      return 2;
    case 0x0303:
    case 0x0309:
      return 4;
    case 0x0323:
      return 8;
    case 0x0302:
      return 16;
    case 0x0306:
      return 32;
    case 0x031B:
      return 64;
    default:
      return g_unichar_ismark (c) ? 128 : 0;
    }
}

guint32
parser_accents (const char *text, gsize length, guint32 accents, gboolean *any_out)
{
  guint marks = 0;
  gboolean inside = FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gboolean plain = (guchar)*p < 0x80; /* most are, and bear nothing */
      gunichar c = plain ? (guchar)*p : g_unichar_tolower (g_utf8_get_char (p));
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
      gboolean word = parser_is_word (c);
      if (!plain && g_unichar_type (c) == G_UNICODE_FORMAT) /* nobody sees it, and the folded word goes on */
        continue;
      if (inside && !word)
        {
          accents = accents * 513 + marks + 1;
          marks = 0;
        }
      inside = word;
      gsize n = plain ? 0 : g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
      for (gsize i = 0; word && i < n; i++)
        marks |= mark_of (parts[i]);
      *any_out |= (marks & ~STROKE) != 0;
      marks |= c == 0x0111 ? STROKE : 0;
    }
  return inside ? accents * 513 + marks + 1 : accents;
}

/* Distance of Damerau and Levenshtein of two words of at most PARSER_MOST_TYPO bytes, or @most + 1. */
static guint
typing_errors (const char *a, guint n, const char *b, guint m, guint most)
{
  guint rows[3][PARSER_MOST_TYPO + 2];
  for (guint k = 0; k <= m; k++)
    rows[0][k] = k;
  for (guint i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
      row[0] = i;
      for (guint k = 1; k <= m; k++)
        {
          guint best = MIN (MIN (above[k], row[k - 1]) + 1, above[k - 1] + (a[i - 1] != b[k - 1]));
          if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
            best = MIN (best, before[k - 2] + 1);
          row[k] = best;
        }
    }
  return MIN (rows[n % 3][m], most + 1);
}

gboolean
parser_is_typo (const char *key, const char *word, guint length, gboolean alone, guint *errors_out)
{
  if (*key != *word) /* nearly always */
    return FALSE;
  guint key_length = (guint)strlen (key), most = key_length < 9 ? 1 : 2;
  const gboolean begun = alone && key_length > 9 && strncmp (word, key, ALIKE) == 0;
  const gboolean ends
      = key[key_length - 1] == word[length - 1]
        || (key[key_length - 1] == word[length - 2] && key[key_length - 2] == word[length - 1]);
  if (begun)
    most = key_length / 2;
  if ((!ends && !begun) || key_length > PARSER_MOST_TYPO || key_length > length + most
      || length > key_length + most)
    return FALSE;
  *errors_out = typing_errors (word, length, key, key_length, most);
  return *errors_out <= most;
}

static gboolean
goes_on_letter (char byte)
{
  return ((guchar)byte & 0xC0) == 0x80;
}

static gboolean
is_swapped (const char *a, const char *b)
{
  return g_utf8_get_char (a) == g_utf8_get_char (g_utf8_next_char (b))
         && g_utf8_get_char (b) == g_utf8_get_char (g_utf8_next_char (a));
}

gboolean
parser_is_one_off (const char *key, const char *word, guint length)
{
  const guint key_length = (guint)strlen (key), least = MIN (key_length, length);
  guint alike = 0, end = 0; /* bytes before and behind what differs */
  while (alike < least && key[alike] == word[alike])
    alike++;
  while (alike > 0 && alike < least && (goes_on_letter (key[alike]) || goes_on_letter (word[alike])))
    alike--;
  while (end < least - alike && key[key_length - 1 - end] == word[length - 1 - end])
    end++;
  while (end > 0 && (goes_on_letter (key[key_length - end]) || goes_on_letter (word[length - end])))
    end--;
  const glong left = g_utf8_strlen (key + alike, key_length - alike - end);
  const glong right = g_utf8_strlen (word + alike, length - alike - end);
  return alike > 0
         && (left + right == 1 || (left == 1 && right == 1)
             || (left == 2 && right == 2 && is_swapped (key + alike, word + alike)));
}

static gboolean
is_boundary (gunichar a, gunichar b)
{
  return !parser_is_word (a) || !parser_is_word (b) || parser_is_unspaced (a) || parser_is_unspaced (b);
}

gboolean
parser_is_edge (const GString *words, guint at)
{
  if (at > 0 && at < words->len && (guchar)words->str[at - 1] < 0x80 && (guchar)words->str[at] < 0x80)
    return !g_ascii_isalnum (words->str[at - 1]) || !g_ascii_isalnum (words->str[at]);
  return at == 0 || at >= words->len
         || is_boundary (g_utf8_get_char (g_utf8_prev_char (words->str + at)),
                         g_utf8_get_char (words->str + at));
}
