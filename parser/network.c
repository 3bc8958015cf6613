/* network.c - learns from examples what parts speak for
 *
 * Parts have weights of their own, which is enough for most; and units, each of which is high where certain
 * parts are together, tell what parts mean beside each other. Of an example that is a wish only the stretch
 * that is most like one is taken for it, so that a story around mostly teaches nothing; of one that is none,
 * every stretch is none. Some parts are left out by chance, so that none relies on another.
 *
 * The order of examples, and what is left out, is always the same, and of numbers only sums, products,
 * quotients and roots are made, one after the other: wherever they are of 32 bits the outcome is the same. */
#include "network.h"

#include <math.h>
#include <string.h>

#define NETS 4 /* taught side by side by other chance, for their mean knows more than each */
#define UNITS (PARSER_UNITS / NETS)
#define ROUNDS 8
#define COUNTED 4     /* rounds at the end, the mean of which is what was learned */
#define LEFT_OUT 0.3f /* of the parts of a stretch */
#define RATE 0.03f    /* of weights, and how they are drawn to 0 */
#define DECAY 0.03f
#define WAY_RATE 0.1f
#define WAY_DECAY 1e-3f
#define OUT_RATE 0.05f
#define MOST_FORCE 2.0f      /* of the examples of a class that has few */
#define MOST_OF_REQUEST 8.0f /* and of a request, which have fewer still */
#define MOST_OF_BUT 40.0f    /* and of the fewest */
#define STRICT_FORCE 3.0f    /* of examples that must be right */

typedef struct
{
  float *weights, *ways; /* of each part */
  float bias[UNITS];
  float outs[PARSER_N_LIKE][UNITS], base[PARSER_N_LIKE];
} Values;

typedef struct
{
  const School *school;
  float forces[PARSER_N_LIKE]; /* of the examples of each class */
  guint64 chance;
  Values now, squares, sum; /* squares: of the slopes so far */
  GArray *order;            /* of examples (guint) */
  GArray *left_out;         /* of the parts of a stretch (gboolean) */
} Learner;

/* What a stretch gives. */
typedef struct
{
  float units[UNITS], likes[PARSER_N_LIKE];
  float share; /* of each part in a unit */
} Given;

static void
values_init (Values *values, const School *school)
{
  memset (values, 0, sizeof *values);
  values->weights = g_new0 (float, (gsize)school->names->len *PARSER_N_LIKE);
  values->ways = g_new0 (float, (gsize)school->n_often *UNITS);
}

static void
values_clear (Values *values)
{
  g_free (values->weights);
  g_free (values->ways);
}

static void
sum_up (float *sums, const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += values[i] / COUNTED;
}

static void
count_round (Learner *learner)
{
  Values *sum = &learner->sum;
  const Values *now = &learner->now;
  sum_up (sum->weights, now->weights, (gsize)learner->school->names->len * PARSER_N_LIKE);
  sum_up (sum->ways, now->ways, (gsize)learner->school->n_often * UNITS);
  sum_up (sum->bias, now->bias, UNITS);
  sum_up (&sum->outs[0][0], &now->outs[0][0], (gsize)UNITS * PARSER_N_LIKE);
  sum_up (sum->base, now->base, PARSER_N_LIKE);
}

/* From 0 to before 1. */
static float
chance (Learner *learner)
{
  learner->chance
      = learner->chance * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return (float)(learner->chance >> 40) / (float)(1u << 24);
}

/* ---- what a stretch gives ---- */

static void
give (const Learner *learner, const GArray *parts, gboolean whole, Given *given)
{
  const Values *now = &learner->now;
  float ways[UNITS] = { 0 }, weights[PARSER_N_LIKE] = { 0 };
  const float more = whole ? 1 : 1 / (1 - LEFT_OUT); /* for those that are left out */
  guint n_ways = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const guint32 part = g_array_index (parts, guint32, i);
      n_ways += part < learner->school->n_often;
      if (!whole && g_array_index (learner->left_out, gboolean, i))
        continue;
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        weights[c] += now->weights[(gsize)part * PARSER_N_LIKE + c];
      for (guint u = 0; u < UNITS && part < learner->school->n_often; u++)
        ways[u] += now->ways[(gsize)part * UNITS + u];
    }
  given->share = 1 / sqrtf ((float)MAX (n_ways, 1));
  for (guint u = 0; u < UNITS; u++)
    given->units[u] = MAX (now->bias[u] + ways[u] * given->share * more, 0);
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      given->likes[c] = now->base[c] + weights[c] * more;
      for (guint u = 0; u < UNITS; u++)
        given->likes[c] += now->outs[c][u] * given->units[u];
    }
}

/* ---- teaching ---- */

/* Moves @value against @slope, the less the more it has been moved. */
static inline void
move (float *value, float *squares, float slope, float rate, float decay, float first)
{
  *squares += slope * slope;
  *value -= rate * (slope + decay * *value) / sqrtf (*squares + first);
}

static void
move_ways (float *ways, float *squares, const float *slopes)
{
  for (guint u = 0; u < UNITS; u++)
    move (&ways[u], &squares[u], slopes[u], WAY_RATE, WAY_DECAY, 0.1f);
}

/* Moves what comes behind the units, for the slopes of what they give, and tells the slopes of the units. */
static void
teach_units (Learner *learner, const Given *given, const float slopes[PARSER_N_LIKE], float units_out[UNITS])
{
  Values *now = &learner->now, *squares = &learner->squares;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      if (slopes[c] == 0)
        continue;
      for (guint u = 0; u < UNITS; u++)
        if (given->units[u] > 0)
          {
            units_out[u] += slopes[c] * now->outs[c][u];
            move (&now->outs[c][u], &squares->outs[c][u], slopes[c] * given->units[u], OUT_RATE, 0, 1);
          }
      move (&now->base[c], &squares->base[c], slopes[c], OUT_RATE, 0, 1);
    }
  for (guint u = 0; u < UNITS; u++)
    {
      if (units_out[u] != 0)
        move (&now->bias[u], &squares->bias[u], units_out[u], WAY_RATE, 0, 1);
      units_out[u] *= given->share;
    }
}

static void
teach_parts (Learner *learner, const GArray *parts, const Given *given, const float slopes[PARSER_N_LIKE])
{
  Values *now = &learner->now, *squares = &learner->squares;
  float units[UNITS] = { 0 };
  teach_units (learner, given, slopes, units);
  for (guint i = 0; i < parts->len; i++)
    {
      const guint32 part = g_array_index (parts, guint32, i);
      const gsize weight = (gsize)part * PARSER_N_LIKE, way = (gsize)part * UNITS;
      if (g_array_index (learner->left_out, gboolean, i))
        continue;
      if (part < learner->school->n_often)
        move_ways (now->ways + way, squares->ways + way, units);
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        if (slopes[c] != 0)
          move (&now->weights[weight + c], &squares->weights[weight + c], slopes[c], RATE, DECAY, 1);
    }
}

static gboolean
is_like (const Example *example, guint like)
{
  return example->like == (int)like
         || (like == PARSER_LIKE_WISH
             && (example->like == PARSER_LIKE_ERASED || example->like == PARSER_LIKE_BUT))
         || (like == PARSER_LIKE_HOW && example->like == PARSER_LIKE_BROKEN);
}

/* The stretch of @example that is most like each. */
static void
find_best (const Learner *learner, const Example *example, guint best_out[PARSER_N_LIKE])
{
  float most[PARSER_N_LIKE] = { 0 };
  for (guint i = 0; example->like >= 0 && i < example->parts->len; i++)
    {
      Given given;
      give (learner, g_ptr_array_index (example->parts, i), TRUE, &given);
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        if (i == 0 || given.likes[c] > most[c])
          {
            best_out[c] = i;
            most[c] = given.likes[c];
          }
    }
}

/* Teaches a stretch what it is like, wherever it is not yet so by far: a margin of 1. */
static void
teach_stretch (Learner *learner, const Example *example, guint stretch, const guint best[PARSER_N_LIKE])
{
  const GArray *parts = g_ptr_array_index (example->parts, stretch);
  float slopes[PARSER_N_LIKE] = { 0 };
  gboolean any = FALSE;
  Given given;
  g_array_set_size (learner->left_out, parts->len);
  for (guint i = 0; i < parts->len; i++)
    g_array_index (learner->left_out, gboolean, i) = chance (learner) < LEFT_OUT;
  give (learner, parts, FALSE, &given);
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      const gboolean like = is_like (example, c);
      const float side = like ? 1 : -1;
      if ((like && best[c] != stretch) || side * given.likes[c] >= 1)
        continue;
      slopes[c] = -side * (like ? learner->forces[c] : 1) * (example->strict ? STRICT_FORCE : 1);
      any = TRUE;
    }
  if (any)
    teach_parts (learner, parts, &given, slopes);
}

/* Puts the examples into another order. */
static void
shuffle (Learner *learner)
{
  guint *all = (guint *)(void *)learner->order->data;
  for (guint i = learner->order->len; i > 1; i--)
    {
      guint other = (guint)(chance (learner) * (float)i), one = all[i - 1];
      all[i - 1] = all[other];
      all[other] = one;
    }
}

static void
teach_round (Learner *learner)
{
  shuffle (learner);
  for (guint i = 0; i < learner->order->len; i++)
    {
      const Example *example
          = g_ptr_array_index (learner->school->examples, g_array_index (learner->order, guint, i));
      guint best[PARSER_N_LIKE] = { 0 };
      find_best (learner, example, best);
      for (guint k = 0; k < example->parts->len; k++)
        teach_stretch (learner, example, k, best);
    }
}

/* ---- nets ---- */

static void
learner_init (Learner *learner, const School *school, guint number)
{
  *learner = (Learner){ .school = school, .chance = number * 77777 + 1 };
  learner->order = g_array_new (FALSE, FALSE, sizeof (guint));
  learner->left_out = g_array_new (FALSE, FALSE, sizeof (gboolean));
  values_init (&learner->now, school);
  values_init (&learner->squares, school);
  values_init (&learner->sum, school);
  for (gsize i = 0; i < (gsize)school->n_often * UNITS; i++)
    learner->now.ways[i] = (chance (learner) - 0.5f) / 5;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    for (guint u = 0; u < UNITS; u++)
      learner->now.outs[c][u] = chance (learner) - 0.5f;
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      guint own = 0;
      for (guint i = 0; i < school->examples->len; i++)
        own += is_like (g_ptr_array_index (school->examples, i), c);
      learner->forces[c] = MIN ((float)school->examples->len / 2 / (float)MAX (own, 1),
                                c < PARSER_N_LEAVING   ? MOST_FORCE
                                : c != PARSER_LIKE_BUT ? MOST_OF_REQUEST
                                                       : MOST_OF_BUT);
    }
  for (guint i = 0; i < school->examples->len; i++)
    g_array_append_val (learner->order, i);
}

static gpointer
learn (gpointer data)
{
  Learner *learner = data;
  for (guint round = 0; round < ROUNDS; round++)
    {
      teach_round (learner);
      if (round >= ROUNDS - COUNTED)
        count_round (learner);
    }
  return NULL;
}

/* Takes in a net, the units of which are those from @first on. */
static void
add_net (ParserNetwork *network, const Learner *learner, guint first)
{
  const Values *sum = &learner->sum;
  for (gsize i = 0; i < (gsize)learner->school->names->len * PARSER_N_LIKE; i++)
    network->weights[i] += sum->weights[i] / NETS;
  for (gsize i = 0; i < learner->school->n_often; i++)
    memcpy (network->ways + i * PARSER_UNITS + first, sum->ways + i * UNITS, sizeof (float) * UNITS);
  memcpy (network->bias + first, sum->bias, sizeof sum->bias);
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      network->base[c] += sum->base[c] / NETS;
      for (guint u = 0; u < UNITS; u++)
        network->outs[c][first + u] = sum->outs[c][u] / NETS;
    }
}

ParserNetwork *
parser_network_learn (const School *school)
{
  ParserNetwork *network = g_new0 (ParserNetwork, 1);
  Learner learners[NETS];
  GThread *threads[NETS];
  network->weights = g_new0 (float, (gsize)school->names->len *PARSER_N_LIKE);
  network->ways = g_new0 (float, (gsize)school->n_often *PARSER_UNITS);
  for (guint i = 0; i < NETS; i++)
    {
      learner_init (&learners[i], school, i + 1);
      threads[i] = g_thread_new (NULL, learn, &learners[i]);
    }
  for (guint i = 0; i < NETS; i++)
    {
      g_thread_join (threads[i]);
      add_net (network, &learners[i], i * UNITS);
      values_clear (&learners[i].now);
      values_clear (&learners[i].squares);
      values_clear (&learners[i].sum);
      g_array_unref (learners[i].order);
      g_array_unref (learners[i].left_out);
    }
  return network;
}

void
parser_network_free (ParserNetwork *network)
{
  g_free (network->weights);
  g_free (network->ways);
  g_free (network);
}
