/* likeness.c - what a text is like, by what was learned from the examples */
#include "likeness.h"
#include "learned.inc"
#include "table.h"

#include <string.h>

#define MOST_SHOWN 3 /* words that are told */

/* What was learned of @part, if it was. */
static gboolean
find (guint32 part, ParserWeight *weight_out)
{
  gsize low = 0, high = PARSER_TABLE_LENGTH (learned);
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      guint64 number = parser_table_number (learned, middle);
      if (parser_weight_part (number) < part)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == PARSER_TABLE_LENGTH (learned))
    return FALSE;
  *weight_out = parser_weight_unpack (parser_table_number (learned, low));
  return weight_out->part == part;
}

/* Returns FALSE where nothing was learned of @part. */
static gboolean
add (guint32 part, int scores[PARSER_N_LIKE])
{
  ParserWeight weight;
  if (!find (part, &weight))
    return FALSE;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    scores[c] += weight.weights[c];
  return TRUE;
}

static void
weigh (const GArray *parts, int scores_out[PARSER_N_LIKE])
{
  guint strange = 0;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    scores_out[c] = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      guint32 part = g_array_index (parts, guint32, i);
      strange += !add (part, scores_out) && PARSER_PART_IS_WORD (part);
    }
  add (parser_parts_strange (strange), scores_out);
}

typedef struct
{
  ParserStretch stretch;
  int scores[PARSER_N_LIKE];
} Scored;

/* Of @best and the stretches in it that are a third as much like @like, or more, the one of fewest clauses:
 * what is told is the sentence rather than all around it. */
static const Scored *
find_narrowest (const GArray *all, ParserLike like, const Scored *best)
{
  const Scored *told = best;
  for (guint i = 0; i < all->len && best->scores[like] > 0; i++)
    {
      const Scored *one = &g_array_index (all, Scored, i);
      const guint length = one->stretch.end - one->stretch.first,
                  least = told->stretch.end - told->stretch.first;
      if (one->stretch.first < best->stretch.first || one->stretch.end > best->stretch.end
          || one->scores[like] * 3 < best->scores[like])
        continue;
      if (length < least || (length == least && one->scores[like] > told->scores[like]))
        told = one;
    }
  return told;
}

void
parser_likeness_read (const ParserSaid *said, int language, ParserLikeness *likeness)
{
  g_autoptr (GArray) stretches = parser_stretches_new (said);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Scored));
  guint best[PARSER_N_LIKE] = { 0 }; /* indices of all */
  for (guint i = 0; i < stretches->len; i++)
    {
      Scored one = { .stretch = g_array_index (stretches, ParserStretch, i) };
      if (!parser_parts_read (said, language, &one.stretch, parts))
        continue;
      weigh (parts, one.scores);
      g_array_append_val (all, one);
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        if (one.scores[c] > g_array_index (all, Scored, best[c]).scores[c])
          best[c] = all->len - 1;
    }
  for (guint c = 0; c < PARSER_N_LIKE && all->len > 0; c++)
    {
      const Scored *one = &g_array_index (all, Scored, best[c]);
      if (likeness->most[c].said && one->scores[c] <= likeness->most[c].score)
        continue;
      likeness->most[c].said = said;
      likeness->most[c].stretch = one->stretch;
      likeness->most[c].told = find_narrowest (all, c, one)->stretch;
      likeness->most[c].score = one->scores[c];
    }
}

void
parser_likeness_words (const ParserSaid *said, const ParserStretch *stretch, ParserLike like, ParserCue *cue)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  int weights[PARSER_MAX_PIECES] = { 0 };
  guint end = clauses[stretch->end - 1].end;
  cue->n_pieces = 0;
  for (guint at = clauses[stretch->first].start; at < end;)
    {
      guint word_end = parser_said_word_end (said, at, end);
      ParserWeight weight;
      gboolean known = find (parser_parts_word (said->words->str + at, word_end - at), &weight);
      int value = known ? weight.weights[like] : 0;
      guint least = 0;
      for (guint k = 1; k < cue->n_pieces; k++)
        least = weights[k] < weights[least] ? k : least;
      if (cue->n_pieces == MOST_SHOWN && value > weights[least])
        {
          memmove (cue->pieces + least, cue->pieces + least + 1,
                   (MOST_SHOWN - 1 - least) * sizeof *cue->pieces);
          memmove (weights + least, weights + least + 1, (MOST_SHOWN - 1 - least) * sizeof *weights);
          cue->n_pieces--;
        }
      if (cue->n_pieces < MOST_SHOWN && value > 0)
        {
          cue->pieces[cue->n_pieces].start = at;
          cue->pieces[cue->n_pieces].end = word_end;
          weights[cue->n_pieces++] = value;
        }
      at = MAX (word_end, at + 1);
      while (at < end && (said->words->str[at] == ' ' || said->words->str[at] == PARSER_CLAUSE_END))
        at++;
    }
}

const char *
parser_rules_version (void)
{
  return learned_digest;
}
