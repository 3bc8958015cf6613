/* parts.c - what a stretch of text is made of: the kinds of its cues, and its words by what they mean and by
 * their letters, alone and in pairs, each as a number
 *
 * Of a cue only the kind counts, and of a word that the lexicon knows what it means, so that what was learned
 * from one language serves all; of any word its beginning, short and long, for most languages bend its end,
 * and all of it; and of scripts without spaces one to three characters. And where it stands: who asks for
 * something does so first or last, or says nothing else; and what kinds of cues stand in the sentences around
 * it, which may turn it. */
#include "parts.h"

#include <string.h>

enum
{
  MOST_WORDS = 100, /* of a stretch that is read: nobody says in more what he wants in a sentence */
  STEM = 6,         /* characters of a word that tell it */
  ROOT = 4,         /* and that most words made from it have in common */
  RUN = 3,          /* and of scripts without spaces */
  STEP = 4,         /* words: long sentences differ from short ones */
  STEPS = 4
};

#define WORD 'w'

typedef struct
{
  const ParserSaid *said;
  GArray *parts;
  guint32 last; /* the word before, as a number */
} Reader;

/* FNV-1a, going on from @number. */
static guint32
number_of (guint32 number, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    number = (number ^ (guint8)text[i]) * 16777619u;
  return number;
}

/* A part of the sort @sort that is made of two numbers; 0 stands for none. */
static guint32
part_of (char sort, guint32 one, guint32 two)
{
  const guint32 both[] = { GUINT32_TO_LE (one), GUINT32_TO_LE (two) };
  guint32 part = number_of (number_of (2166136261u, &sort, 1), (const char *)both, sizeof both);
  return sort == WORD ? part | 1 : part & ~1u;
}

static void
add (Reader *reader, char sort, guint32 one, guint32 two)
{
  guint32 part = part_of (sort, one, two);
  g_array_append_val (reader->parts, part);
}

static void
add_word (Reader *reader, guint32 word)
{
  add (reader, 'b', reader->last, word);
  reader->last = word;
}

/* Every run of up to RUN characters from @start to before @end, which know no spaces. */
static void
add_runs (Reader *reader, const char *start, const char *end)
{
  const char *second = g_utf8_next_char (start);
  for (const char *from = start; from < end; from = g_utf8_next_char (from))
    {
      const char *to = from;
      for (guint n = 1; n <= RUN && to < end; n++)
        {
          to = g_utf8_next_char (to);
          add (reader, n == 2 ? WORD : 'c', number_of (n, from, (gsize)(to - from)), 0);
        }
    }
  const char *two = second < end ? g_utf8_next_char (second) : end;
  add_word (reader, number_of (0, start, (gsize)(two - start)));
}

static void
add_words (Reader *reader, const char *at, const char *end)
{
  while (at < end)
    {
      const char *from = at;
      gboolean unspaced = parser_is_unspaced (g_utf8_get_char (at));
      guint n = 0;
      const char *stem = at, *root = at;
      for (; at < end && *at != ' ' && parser_is_unspaced (g_utf8_get_char (at)) == unspaced; n++)
        {
          at = g_utf8_next_char (at);
          root = n < ROOT ? at : root;
          stem = n < STEM ? at : stem;
        }
      if (unspaced)
        add_runs (reader, from, at);
      else if (at > from)
        {
          guint32 word = number_of (0, from, (gsize)(stem - from));
          add (reader, WORD, word, 0);
          if (root < stem)
            add (reader, 'r', number_of (0, from, (gsize)(root - from)), 0);
          if (stem < at)
            add (reader, 'e', number_of (0, from, (gsize)(at - from)), 0);
          add_word (reader, word);
        }
      at += at < end && *at == ' ';
    }
}

static int
by_place (const void *a, const void *b)
{
  const ParserCue *one = *(const ParserCue *const *)a, *two = *(const ParserCue *const *)b;
  if (one->start != two->start)
    return one->start < two->start ? -1 : 1;
  if (one->end != two->end)
    return one->end > two->end ? -1 : 1;
  return (int)one->kind - (int)two->kind;
}

static gboolean
is_same (const ParserCue *a, const ParserCue *b)
{
  return a->start == b->start && a->end == b->end && a->kind == b->kind;
}

static void
collect (GPtrArray *into, const GArray *cues, guint from, guint end, int language)
{
  for (guint i = from; i < end; i++)
    {
      const ParserCue *cue = &g_array_index (cues, ParserCue, i);
      if (!cue->inside && cue->kind != PARSER_CUE_COMMON && !cue->topic
          && (language < 0 || parser_cue_is_of (cue, language)))
        g_ptr_array_add (into, (gpointer)cue);
    }
}

/* The cues and senses of @clause in @language, where that is known, each place and kind once. */
static GPtrArray *
collect_cues (const ParserSaid *said, const ParserClause *clause, int language)
{
  GPtrArray *cues = g_ptr_array_new ();
  collect (cues, said->cues, clause->first_cue, clause->end_cue, language);
  if (said->senses)
    collect (cues, said->senses, clause->first_sense, clause->end_sense, language);
  g_ptr_array_sort (cues, by_place);
  for (guint i = cues->len; i-- > 1;)
    if (is_same (g_ptr_array_index (cues, i), g_ptr_array_index (cues, i - 1)))
      g_ptr_array_remove_index (cues, i);
  return cues;
}

/* The kinds of a clause's cues, which are added to @kinds, and which stands before which. */
static void
add_cues (Reader *reader, const GPtrArray *cues, GArray *kinds)
{
  for (guint i = 0; i < cues->len; i++)
    {
      guint32 kind = ((const ParserCue *)g_ptr_array_index (cues, i))->kind;
      g_array_append_val (kinds, kind);
      for (guint k = i + 1; k < cues->len; k++)
        {
          guint32 other = ((const ParserCue *)g_ptr_array_index (cues, k))->kind;
          if (kind < PARSER_CUE_WORD && other < PARSER_CUE_WORD)
            add (reader, 'p', kind, other);
        }
    }
}

/* Which word stands straight before which, words of no meaning aside. */
static void
add_sequence (Reader *reader, const GPtrArray *cues)
{
  for (guint i = 0; i < cues->len; i++)
    {
      const ParserCue *one = g_ptr_array_index (cues, i), *next = NULL;
      for (guint k = i + 1; k < cues->len && one->kind >= PARSER_CUE_WORD; k++)
        {
          const ParserCue *other = g_ptr_array_index (cues, k);
          if (other->kind < PARSER_CUE_WORD || other->start < one->end)
            continue;
          if (next && other->start > next->start)
            break;
          next = other;
          add (reader, 'f', one->kind, next->kind);
        }
    }
}

static int
by_number (const void *a, const void *b)
{
  guint32 one = *(const guint32 *)a, two = *(const guint32 *)b;
  return (one > two) - (one < two);
}

static void
drop_doubles (GArray *parts)
{
  guint32 *all = (guint32 *)(void *)parts->data;
  guint n = 0;
  g_array_sort (parts, by_number);
  for (guint i = 0; i < parts->len; i++)
    if (i == 0 || all[i] != all[n - 1])
      all[n++] = all[i];
  g_array_set_size (parts, n);
}

/* Which kinds there are, and which together. */
static void
add_kinds (Reader *reader, GArray *kinds)
{
  drop_doubles (kinds);
  for (guint i = 0; i < kinds->len; i++)
    {
      guint32 one = g_array_index (kinds, guint32, i);
      add (reader, 's', one, one);
      for (guint k = i + 1; k < kinds->len && g_array_index (kinds, guint32, k) < PARSER_CUE_WORD; k++)
        add (reader, 's', one, g_array_index (kinds, guint32, k));
    }
  add (reader, 'k', kinds->len > 0, 0);
}

static void
collect_kinds (const ParserSaid *said, int language, guint first, guint end, GArray *kinds)
{
  for (guint i = first; i < end; i++)
    {
      g_autoptr (GPtrArray) cues
          = collect_cues (said, &g_array_index (said->clauses, ParserClause, i), language);
      for (guint k = 0; k < cues->len; k++)
        {
          guint32 kind = ((const ParserCue *)g_ptr_array_index (cues, k))->kind;
          g_array_append_val (kinds, kind);
        }
    }
}

/* Which kinds there are in the sentences straight before and behind. */
static void
add_around (Reader *reader, int language, const ParserStretch *stretch)
{
  const ParserClause *clauses = &g_array_index (reader->said->clauses, ParserClause, 0);
  const guint n = reader->said->clauses->len;
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint first = stretch->first, end = stretch->end;
  while (first > 0 && clauses[first - 1].sentence + 1 >= clauses[stretch->first].sentence)
    first--;
  while (end < n && clauses[end].sentence <= clauses[stretch->end - 1].sentence + 1)
    end++;
  collect_kinds (reader->said, language, first, stretch->first, kinds);
  collect_kinds (reader->said, language, stretch->end, end, kinds);
  drop_doubles (kinds);
  for (guint i = 0; i < kinds->len; i++)
    add (reader, 'v', g_array_index (kinds, guint32, i), 0);
}

gboolean
parser_parts_read (const ParserSaid *said, int language, const ParserStretch *stretch, GArray *parts_out)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  Reader reader = { .said = said, .parts = parts_out };
  guint words = parser_said_count (said, clauses[stretch->first].start, clauses[stretch->end - 1].end);
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_set_size (parts_out, 0);
  if (words > MOST_WORDS)
    return FALSE;
  for (guint i = stretch->first; i < stretch->end; i++)
    {
      const char *text = said->words->str;
      g_autoptr (GPtrArray) cues = collect_cues (said, &clauses[i], language);
      add_cues (&reader, cues, kinds);
      add_sequence (&reader, cues);
      if (clauses[i].asked)
        add (&reader, 'q', 0, 0);
      add_words (&reader, text + clauses[i].start, text + clauses[i].end);
    }
  add_word (&reader, 0);
  add_kinds (&reader, kinds);
  add_around (&reader, language, stretch);
  add (&reader, 'n', MIN (words / STEP, STEPS), 0);
  add (&reader, 'l', stretch->first == 0, stretch->end == said->clauses->len);
  add (&reader, 't', strcmp (said->part, PARSER_SUBJECT) == 0, 0);
  drop_doubles (parts_out);
  return TRUE;
}

GArray *
parser_stretches_new (const ParserSaid *said)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (ParserStretch));
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  ParserStretch one = { 0, 0 }, before = { 0, 0 };
  guint n_sentences = 0;
  while (one.end < said->clauses->len)
    {
      one.first = one.end;
      while (one.end < said->clauses->len && clauses[one.end].sentence == clauses[one.first].sentence)
        one.end++;
      g_array_append_val (stretches, one);
      if (before.end > before.first)
        {
          ParserStretch both = { before.first, one.end };
          g_array_append_val (stretches, both);
        }
      before = one;
      n_sentences++;
    }
  if (n_sentences > 2)
    {
      ParserStretch all = { 0, said->clauses->len };
      g_array_append_val (stretches, all);
    }
  return stretches;
}

guint32
parser_parts_word (const char *word, gsize length)
{
  const char *end = word;
  if (parser_is_unspaced (g_utf8_get_char (word)))
    return part_of (WORD, number_of (2, word, length), 0);
  for (guint n = 0; n < STEM && end < word + length; n++)
    end = g_utf8_next_char (end);
  return part_of (WORD, number_of (0, word, (gsize)(end - word)), 0);
}

guint32
parser_parts_whole (const char *word, gsize length)
{
  return number_of (2166136261u, word, length);
}

guint32
parser_parts_strange (guint words)
{
  return part_of ('u', MIN (words, PARSER_MOST_STRANGE), 0);
}
