/* likeness.c - what a text is like, by what was learned from the examples */
#include "likeness.h"
#include "learned.inc"
#include "table.h"

#include <math.h>
#include <string.h>

#define MOST_SHOWN 3 /* words that are told */
#define MOST_KNOWN 4096
#define RECKONED 8 /* looks before a table is halved */

/* The row of @part in @table, the rows of which are of @length numbers, the part first; or -1. Parts are
 * spread evenly, so that where one stands can be reckoned and soon is found; halving ends it in any case. */
static gssize
find (const char *table, gsize n, guint length, guint32 part)
{
  gsize low = 0, high = n;
  guint64 least = 0,
          beyond = G_MAXUINT32 + G_GUINT64_CONSTANT (1); /* parts that stand between low and high */
  for (guint looks = 0; low < high; looks++)
    {
      const gsize middle
          = looks < RECKONED ? low + (part - least) * (high - low) / (beyond - least) : (low + high) / 2;
      const guint32 there = (guint32)parser_table_number (table, middle * length);
      if (there == part)
        return (gssize)middle;
      if (there < part)
        low = middle + 1, least = there + G_GUINT64_CONSTANT (1);
      else
        high = middle, beyond = there;
    }
  return -1;
}

static gssize
find_weights (guint32 part)
{
  return find (learned, PARSER_TABLE_LENGTH (learned) / PARSER_WEIGHT_LENGTH, PARSER_WEIGHT_LENGTH, part);
}

/* Where in the tables a part stands, or -1: one is in several stretches of a text, and is looked up once. */
typedef struct
{
  gboolean looked_up;
  guint32 part;
  gssize weight, ways;
} Known;

static const Known *
look_up (Known known[MOST_KNOWN], guint32 part)
{
  Known *one = &known[part / 2 % MOST_KNOWN];
  if (one->looked_up && one->part == part)
    return one;
  *one = (Known){ TRUE, part, find_weights (part), -1 };
  if (one->weight >= 0)
    one->ways = find (learned_ways, PARSER_TABLE_LENGTH (learned_ways) / PARSER_WAYS_LENGTH,
                      PARSER_WAYS_LENGTH, part);
  return one;
}

static void
add_weights (const Known *known, int scores[PARSER_N_LIKE])
{
  if (known->weight >= 0)
    parser_weights_add (learned, (gsize)known->weight, scores);
}

/* As network.h tells, calculated in thousandths. */
static void
add_units (const int units[PARSER_UNITS], guint n_parts, int scores[PARSER_N_LIKE])
{
  double sums[PARSER_N_LIKE] = { 0 };
  const double share = 1000 / (PARSER_WAY_ONE * sqrt (MAX (n_parts, 1)));
  for (guint u = 0; u < PARSER_UNITS; u++)
    {
      const double height = learned_bias[u] + units[u] * share;
      for (guint c = 0; c < PARSER_N_LIKE && height > 0; c++)
        sums[c] += height * learned_outs[c * PARSER_UNITS + u];
    }
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    scores[c] += (int)floor ((sums[c] / 1000 + learned_base[c]) / 10 + 0.5);
}

static void
weigh (const GArray *parts, Known known[MOST_KNOWN], int scores_out[PARSER_N_LIKE])
{
  int units[PARSER_UNITS] = { 0 };
  guint strange = 0, n_ways = 0;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    scores_out[c] = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const guint32 part = g_array_index (parts, guint32, i);
      const Known *one = look_up (known, part);
      add_weights (one, scores_out);
      strange += one->weight < 0 && PARSER_PART_IS_WORD (part);
      if (one->ways < 0)
        continue;
      parser_ways_add (learned_ways, (gsize)one->ways, units);
      n_ways++;
    }
  add_weights (look_up (known, parser_parts_strange (strange)), scores_out);
  add_units (units, n_ways, scores_out);
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
  g_autofree Known *known = g_new0 (Known, MOST_KNOWN);
  guint best[PARSER_N_LIKE] = { 0 }; /* indices of all */
  for (guint i = 0; i < stretches->len; i++)
    {
      Scored one = { .stretch = g_array_index (stretches, ParserStretch, i) };
      if (!parser_parts_read (said, language, &one.stretch, parts))
        continue;
      weigh (parts, known, one.scores);
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

/* What a word speaks for @like; an address, which has no letters, for nothing. */
static int
value_of (const char *word, gsize length, ParserLike like)
{
  int weights[PARSER_N_LIKE] = { 0 };
  const gssize row = (guchar)*word > ' ' ? find_weights (parser_parts_word (word, length)) : -1;
  if (row >= 0)
    parser_weights_add (learned, (gsize)row, weights);
  return weights[like];
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
      int value = value_of (said->words->str + at, word_end - at, like);
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

gboolean
parser_likeness_knows (const char *word, gsize length)
{
  return find (learned_words, PARSER_TABLE_LENGTH (learned_words), 1, parser_parts_whole (word, length)) >= 0;
}

const char *
parser_rules_version (void)
{
  return learned_digest;
}
