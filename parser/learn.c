/* learn.c - weighs what texts are made of, run while building: learn FILE... reads examples of what people
 * write and writes to standard output how much each part speaks for what a text can be like.
 *
 * A bad line ends it with FILE:LINE: what is wrong, and exit 1. The form of the files is told in
 * examples/README. Learning is a linear classifier with a margin. Of an example that is a wish only the
 * stretch that is most like one is taken for it, so that a story around mostly teaches nothing; of one that
 * is none, every stretch is none. Examples come in orders that are always the same, and only sums, products,
 * quotients and roots are made of numbers: where they are calculated in 64 bits the weights are the same. */
#include "parts.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RUNS 4   /* each in another order, for in the order that chance gives there is chance */
#define ROUNDS 6 /* of a run */
#define RATE 0.03
#define DECAY 0.03
#define MOST_WEIGHT 2.0   /* of the examples of a class that has few */
#define STRICT_WEIGHT 2.0 /* of examples that must be right */
#define SEEN_IN 2         /* examples that a part must be in to be weighed */
#define UNIT 100.0        /* of ParserWeight */

typedef struct
{
  int like;         /* ParserLike, or -1: nothing of it */
  gboolean strict;  /* it must be taken for that */
  GPtrArray *parts; /* GArray of indices of weights, one a stretch */
} Example;

typedef struct
{
  GPtrArray *examples;
  GArray *names;       /* the parts (guint32) */
  GHashTable *indices; /* part -> its index in names + 1 */
  GArray *seen;        /* in how many examples (guint) */
} School;

static const struct
{
  const char *label;
  int like;
} labels[] = {
  { "opt-out", PARSER_LIKE_WISH },
  { "erasure", PARSER_LIKE_ERASED },
  { "review", PARSER_LIKE_DOUBT },
  { "question", PARSER_LIKE_HOW },
  { "none", -1 },
  { "opt-in", -1 },
  { "access", -1 },
  { "correction", -1 },
  { "no-sharing", -1 },
};

G_GNUC_PRINTF (3, 4)
static void G_GNUC_NORETURN
fail (const char *file, guint line, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "%s:%u: %s\n", file, line, what);
  exit (1);
}

static int
read_label (const char *file, guint line, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_has_prefix (label, labels[i].label) && label[strlen (labels[i].label)] != 0
        && strchr (": ", label[strlen (labels[i].label)]))
      return labels[i].like;
  fail (file, line, "\"%.20s\" begins with no label that we know", label);
}

static ParserSaid *
read_said (const char *part, const char *text)
{
  guint defects = 0, lines = 1;
  ParserSaid *said = parser_said_new (part, text, strlen (text), &defects);
  for (const char *p = text; *p; p++)
    lines += *p == '\n';
  parser_said_read (said, 1, lines, FALSE);
  parser_cues_read (said, NULL, TRUE);
  return said;
}

static guint
index_of (School *school, guint32 part)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (school->indices, GUINT_TO_POINTER (part)));
  if (index)
    return index - 1;
  const guint none = 0;
  g_array_append_val (school->names, part);
  g_array_append_val (school->seen, none);
  g_hash_table_insert (school->indices, GUINT_TO_POINTER (part), GUINT_TO_POINTER (school->names->len));
  return school->names->len - 1;
}

static void
add_stretches (School *school, Example *example, const ParserSaid *said, int language)
{
  g_autoptr (GArray) stretches = parser_stretches_new (said);
  for (guint i = 0; i < stretches->len; i++)
    {
      GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint32));
      if (!parser_parts_read (said, language, &g_array_index (stretches, ParserStretch, i), parts))
        {
          g_array_unref (parts);
          continue;
        }
      for (guint k = 0; k < parts->len; k++)
        g_array_index (parts, guint32, k) = index_of (school, g_array_index (parts, guint32, k));
      g_ptr_array_add (example->parts, parts);
    }
}

static void
count_parts (School *school, const Example *example)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < example->parts->len; i++)
    {
      const GArray *parts = g_ptr_array_index (example->parts, i);
      for (guint k = 0; k < parts->len; k++)
        {
          guint32 index = g_array_index (parts, guint32, k);
          if (g_hash_table_add (seen, GUINT_TO_POINTER (index)))
            g_array_index (school->seen, guint, index)++;
        }
    }
}

/* How many words of each stretch are strange is known once all examples are. */
static void
add_strange (School *school)
{
  guint32 strange[PARSER_MOST_STRANGE + 1];
  for (guint n = 0; n <= PARSER_MOST_STRANGE; n++)
    {
      strange[n] = index_of (school, parser_parts_strange (n));
      g_array_index (school->seen, guint, strange[n]) = SEEN_IN;
    }
  for (guint i = 0; i < school->examples->len; i++)
    {
      const Example *example = g_ptr_array_index (school->examples, i);
      for (guint k = 0; k < example->parts->len; k++)
        {
          GArray *parts = g_ptr_array_index (example->parts, k);
          guint n = 0;
          for (guint p = 0; p < parts->len; p++)
            {
              guint32 index = g_array_index (parts, guint32, p);
              n += PARSER_PART_IS_WORD (g_array_index (school->names, guint32, index))
                   && g_array_index (school->seen, guint, index) < SEEN_IN;
            }
          g_array_append_val (parts, strange[MIN (n, PARSER_MOST_STRANGE)]);
        }
    }
}

/* "label: text" or "label: [subject] text", \n for a line end. */
static void
read_example (School *school, const char *file, guint line, const char *content)
{
  Example *example = g_new0 (Example, 1);
  example->strict = *content != '~';
  content += !example->strict;
  const char *text = strstr (content, ": ");
  example->like = read_label (file, line, content);
  example->parts = g_ptr_array_new ();
  if (text == NULL)
    fail (file, line, "\": \" is missing");
  text += 2;
  const char *end = *text == '[' ? strchr (text, ']') : NULL;
  g_autofree char *title = g_strndup (end ? text + 1 : "", end ? (gsize)(end - text - 1) : 0);
  GString *body = g_string_new (end ? end + 1 : text);
  g_string_replace (body, "\\n", "\n", 0);
  g_autofree char *lines = g_string_free (body, FALSE);
  g_autoptr (ParserSaid) said = read_said ("1", lines);
  g_autoptr (ParserSaid) subject = read_said (PARSER_SUBJECT, title);
  const ParserSaid *all[] = { subject, said };
  int language = parser_cues_language (all, G_N_ELEMENTS (all));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    add_stretches (school, example, all[i], language);
  count_parts (school, example);
  g_ptr_array_add (school->examples, example);
}

static void
read_file (School *school, const char *path, GChecksum *digest)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &text, &length, &error))
    fail (path, 0, "%s", error->message);
  if (!g_utf8_validate (text, (gssize)length, NULL))
    fail (path, 0, "the file is not UTF-8");
  g_checksum_update (digest, (const guchar *)text, (gssize)length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (*g_strstrip (lines[i]) != '\0' && *lines[i] != '#')
      read_example (school, path, i + 1, lines[i]);
}

/* ---- learning ---- */

typedef struct
{
  const School *school;
  int like;
  double force; /* of its own examples */
  guint64 chance;
  GArray *order;            /* of examples (guint) */
  double *weights, *slopes; /* and squares of the steps so far */
  double *sums;             /* of the weights of the rounds that count */
} Learner;

static double
score (const Learner *learner, const GArray *parts)
{
  double sum = 0;
  for (guint i = 0; i < parts->len; i++)
    sum += learner->weights[g_array_index (parts, guint32, i)];
  return sum;
}

/* Moves the weights of @parts so that their score comes nearer to @side, 1 or -1, unless it is beyond it. */
static void
teach (const Learner *learner, const GArray *parts, double side, double force)
{
  if (side * score (learner, parts) >= 1)
    return;
  for (guint i = 0; i < parts->len; i++)
    {
      guint32 k = g_array_index (parts, guint32, i);
      if (g_array_index (learner->school->seen, guint, k) < SEEN_IN)
        continue;
      learner->slopes[k] += force * force;
      learner->weights[k]
          -= RATE * (DECAY * learner->weights[k] - side * force) / sqrt (learner->slopes[k] + 1);
    }
}

static const GArray *
find_best (const Learner *learner, const Example *example)
{
  const GArray *best = NULL;
  double most = 0;
  for (guint i = 0; i < example->parts->len; i++)
    {
      double one = score (learner, g_ptr_array_index (example->parts, i));
      if (best == NULL || one > most)
        {
          best = g_ptr_array_index (example->parts, i);
          most = one;
        }
    }
  return best;
}

static gboolean
is_like (const Example *example, int like)
{
  return example->like == like || (like == PARSER_LIKE_WISH && example->like == PARSER_LIKE_ERASED);
}

static void
teach_example (const Learner *learner, const Example *example)
{
  const double force = example->strict ? STRICT_WEIGHT : 1;
  if (example->parts->len == 0)
    return;
  if (is_like (example, learner->like))
    teach (learner, find_best (learner, example), 1, force * learner->force);
  else
    for (guint i = 0; i < example->parts->len; i++)
      teach (learner, g_ptr_array_index (example->parts, i), -1, force);
}

/* Puts the examples into another order, the same each time. */
static void
shuffle (Learner *learner)
{
  guint *all = (guint *)(void *)learner->order->data;
  for (guint i = learner->order->len; i > 1; i--)
    {
      learner->chance = learner->chance * G_GUINT64_CONSTANT (6364136223846793005)
                        + G_GUINT64_CONSTANT (1442695040888963407);
      guint other = (guint)((learner->chance >> 33) % i), one = all[i - 1];
      all[i - 1] = all[other];
      all[other] = one;
    }
}

static void
teach_run (Learner *learner)
{
  const guint n_parts = learner->school->names->len, counted = ROUNDS - ROUNDS / 2;
  memset (learner->weights, 0, n_parts * sizeof *learner->weights);
  memset (learner->slopes, 0, n_parts * sizeof *learner->slopes);
  for (guint round = 0; round < ROUNDS; round++)
    {
      shuffle (learner);
      for (guint i = 0; i < learner->order->len; i++)
        teach_example (
            learner, g_ptr_array_index (learner->school->examples, g_array_index (learner->order, guint, i)));
      for (guint k = 0; k < n_parts && round >= ROUNDS - counted; k++)
        learner->sums[k] += learner->weights[k] / (RUNS * counted);
    }
}

/* Learns what a weight for each part is for @data, a Learner. */
static gpointer
learn (gpointer data)
{
  Learner *learner = data;
  const guint n_parts = learner->school->names->len, n = learner->school->examples->len;
  g_autofree double *weights = g_new0 (double, n_parts), *slopes = g_new0 (double, n_parts);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  guint own = 0;
  for (guint i = 0; i < n; i++)
    {
      own += is_like (g_ptr_array_index (learner->school->examples, i), learner->like);
      g_array_append_val (order, i);
    }
  learner->force = MIN ((double)n / 2 / MAX (own, 1), MOST_WEIGHT);
  learner->chance = 1;
  learner->order = order;
  learner->weights = weights;
  learner->slopes = slopes;
  for (guint run = 0; run < RUNS; run++)
    teach_run (learner);
  return NULL;
}

/* Weights for each part, of all that texts can be like, side by side. The caller frees. */
static void
learn_all (const School *school, double *learned_out[PARSER_N_LIKE])
{
  Learner learners[PARSER_N_LIKE];
  GThread *threads[PARSER_N_LIKE];
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    {
      learned_out[c] = g_new0 (double, school->names->len);
      learners[c] = (Learner){ .school = school, .like = (int)c, .sums = learned_out[c] };
      threads[c] = g_thread_new (NULL, learn, &learners[c]);
    }
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    g_thread_join (threads[c]);
}

static int
by_number (const void *a, const void *b)
{
  guint64 one = *(const guint64 *)a, two = *(const guint64 *)b;
  return (one > two) - (one < two);
}

/* A part that weighs nothing is written where it is a word, for a known word is not strange. */
static void
write_weights (const School *school)
{
  double *learned[PARSER_N_LIKE];
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint64));
  learn_all (school, learned);
  for (guint k = 0; k < school->names->len; k++)
    {
      ParserWeight weight = { .part = g_array_index (school->names, guint32, k) };
      gboolean any = PARSER_PART_IS_WORD (weight.part) && g_array_index (school->seen, guint, k) >= SEEN_IN;
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        {
          weight.weights[c]
              = CLAMP ((int)floor (learned[c][k] * UNIT + 0.5), -PARSER_MOST_WEIGHT, PARSER_MOST_WEIGHT);
          any |= weight.weights[c] != 0;
        }
      guint64 number = parser_weight_pack (&weight);
      if (any)
        g_array_append_val (all, number);
    }
  g_array_sort (all, by_number);
  parser_table_write ("learned", all);
  for (guint c = 0; c < PARSER_N_LIKE; c++)
    g_free (learned[c]);
}

int
main (int argc, char **argv)
{
  School school = { .examples = g_ptr_array_new (),
                    .names = g_array_new (FALSE, FALSE, sizeof (guint32)),
                    .indices = g_hash_table_new (NULL, NULL),
                    .seen = g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  if (argc < 2)
    {
      fprintf (stderr, "usage: learn FILE...\n");
      return 1;
    }
  g_checksum_update (digest, (const guchar *)parser_cues_digest (), -1);
  for (int i = 1; i < argc; i++)
    read_file (&school, argv[i], digest);
  if (school.examples->len == 0)
    fail (argv[1], 0, "there are no examples");
  add_strange (&school);
  printf ("/* written by learn: do not edit */\n");
  write_weights (&school);
  printf ("static const char learned_digest[] = \"%.16s\";\n", g_checksum_get_string (digest));
  return fflush (stdout) == 0 && !ferror (stdout) ? 0 : 1;
}
