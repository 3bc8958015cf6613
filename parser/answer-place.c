/* answer-place.c - does a wish, or a word to answer with, stand where it stands in a text of ours? A copy
 * that lost its marks and some of its lines may begin or end with it, as an answer does.
 *
 * Whoever answers writes above a copy, which then begins as ours do. Behind a word that is ours goes on what
 * stands there in ours, and in front of it stands what we say before. Below a copy without marks people write
 * too: there it cannot be told. */
#include "reading.h"
#include "token.h"

#include <string.h>

#define MOST_CLOSING 3 /* words before that name: the end of a sentence, "With kind regards" */

const char *
parser_answer_key (ParserAnswer answer)
{
  static const char *const keys[] = { "", "undo", "only", "all", "yes", "unsubscribe" };
  g_assert (answer > PARSER_ANSWER_NONE && answer < G_N_ELEMENTS (keys));
  return keys[answer];
}

/* The text of a part as far as nothing marks it as a quotation, before the answer and behind it. */
typedef struct
{
  const char *text;
  guint start, end; /* bytes of the answer */
  GString *before, *behind;
} Around;

static gboolean
is_marked (const ParserSegment *segment)
{
  return segment->kind == PARSER_SEGMENT_QUOTATION || segment->kind == PARSER_SEGMENT_ATTRIBUTION
         || segment->kind == PARSER_SEGMENT_HEADER_BLOCK || segment->kind == PARSER_SEGMENT_FORWARD;
}

/* Adds the octets from @from to @to of the text. */
static void
add_stretch (Around *around, guint from, guint to)
{
  if (from < around->start)
    g_string_append_len (around->before, around->text + from, MIN (to, around->start) - from);
  if (to > around->end)
    g_string_append_len (around->behind, around->text + MAX (from, around->end),
                         to - MAX (from, around->end));
}

static void
look_around (const ParserReading *reading, const char *part, Around *around)
{
  const GPtrArray *segments = reading->facts->segments;
  guint at = 0;
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      guint from = at;
      if (strcmp (segment->part, part) != 0)
        continue;
      for (guint line = segment->first_line; line <= segment->last_line && around->text[at] != '\0'; line++)
        {
          at += (guint)strcspn (around->text + at, "\n");
          at += around->text[at] == '\n';
        }
      if (is_marked (segment) && from >= around->end)
        return; /* what follows speaks for itself */
      if (!is_marked (segment))
        add_stretch (around, from, at);
    }
}

/* Does the text end with the name that ours end with? *more_out: words before it. */
static gboolean
ends_as_ours (const char *text, const char *signature, guint *more_out)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);
  g_auto (GStrv) ours = g_str_tokenize_and_fold (signature, NULL, NULL);
  guint n = g_strv_length (words), n_ours = g_strv_length (ours);
  if (n_ours == 0 || n < n_ours)
    return FALSE;
  *more_out = n - n_ours;
  return g_strv_equal ((const char *const *)words + n - n_ours, (const char *const *)ours);
}

/* ---- a sentence that was cut behind the word ---- */

#define SOME_WORDS 2 /* behind it that are ours, whatever follows */
#define PART_OCTETS 3
#define MOST_NAMED 12 /* words of what is named behind the word */

/* Of a script without spaces a sentence is cut where it is. */
static gboolean
is_cut_word (const char *word, const char *ours)
{
  return !g_ascii_isalnum (*word) && strlen (word) >= PART_OCTETS && g_str_has_prefix (ours, word);
}

/* Does @text end within what ours say behind the example, @ours? Before that stand words of whatever was
 * named. */
static gboolean
ends_behind_name (char **text, char **ours)
{
  for (guint from = 1; from <= MOST_NAMED && text[from - 1] != NULL && text[from] != NULL; from++)
    {
      guint same = 0;
      while (text[from + same] != NULL && ours[same] != NULL && strcmp (text[from + same], ours[same]) == 0)
        same++;
      if (text[from + same] == NULL)
        return TRUE;
      if (text[from + same + 1] == NULL && ours[same] != NULL && is_cut_word (text[from + same], ours[same]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_cut_from (char **text, const char *words, const char *sentence, gboolean named)
{
  g_auto (GStrv) own = g_str_tokenize_and_fold (words, NULL, NULL);
  g_auto (GStrv) ours = g_str_tokenize_and_fold (sentence, NULL, NULL);
  guint n = g_strv_length (own), same = 0;
  while (text[same] != NULL && ours[same] != NULL && strcmp (text[same], ours[same]) == 0)
    same++;
  if (same < n)
    return FALSE;
  if (named && same == n && ends_behind_name (text + n, ours + n))
    return TRUE;
  return same >= n + SOME_WORDS || (same > n && text[same] == NULL)
         || (text[same] != NULL && text[same + 1] == NULL && ours[same] != NULL
             && is_cut_word (text[same], ours[same]));
}

/* Does @text begin with a word to answer with, and go on behind it as ours do, be it by a word? That is too
 * little to be known for a copy of ours. */
static gboolean
is_cut_sentence (const ParserOptions *options, const char *text)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);
  for (guint i = 0; i < options->n_answers; i++)
    for (const char *const *ours = options->answers[i].in_ours; ours != NULL && *ours != NULL; ours++)
      if (is_cut_from (words, options->answers[i].words, *ours,
                       options->answers[i].answer == PARSER_ANSWER_ONLY))
        return TRUE;
  return FALSE;
}

gboolean
parser_reading_answers_ours (const ParserReading *reading)
{
  const ParserFacts *facts = reading->facts;
  gboolean ours = facts->in_reply_to != NULL && g_str_has_prefix (facts->in_reply_to, PARSER_OUR_ID);
  for (char **id = facts->references; *id != NULL && !ours; id++)
    ours = g_str_has_prefix (*id, PARSER_OUR_ID);
  return ours;
}

gboolean
parser_reading_is_among_ours (const ParserReading *reading, const ParserOptions *options, const char *part,
                              guint start, guint end, gboolean strict)
{
  const ParserText *text = parser_reading_text (reading, part);
  if (text == NULL || options == NULL || options->echoes == NULL)
    return FALSE;
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) behind = g_string_new (NULL);
  Around around = { .text = text->text, .start = start, .end = end, .before = before, .behind = behind };
  guint more;
  look_around (reading, part, &around);
  g_autofree char *from_word = g_strndup (text->text + start, end - start);
  g_autofree char *sentence = g_strconcat (from_word, behind->str, NULL);
  ParserEchoStart begins = parser_echoes_start (options->echoes, behind->str, behind->len);
  return parser_echoes_end (options->echoes, before->str, before->len) || begins == PARSER_ECHO_GOES_ON
         || is_cut_sentence (options, sentence) || (strict && begins == PARSER_ECHO_MAY_BEGIN)
         || (begins == PARSER_ECHO_NONE && options->signature != NULL
             && ends_as_ours (behind->str, options->signature, &more)
             && (more <= MOST_CLOSING || parser_reading_answers_ours (reading)));
}
