/* learn.c - weighs what texts are made of, run while building: learn FILE... reads examples of what people
 * write and writes to standard output what network.c learns from them.
 *
 * A bad line ends it with FILE:LINE: what is wrong, and exit 1. The form of the files is told in
 * examples/README. */
#include "network.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SEEN_IN 2 /* examples that a part must be in to be weighed */
#define OFTEN 30  /* and that units know it */

static const struct
{
  const char *label;
  int like;
} labels[] = {
  { "opt-out but", PARSER_LIKE_BUT },
  { "opt-out", PARSER_LIKE_WISH },
  { "erasure", PARSER_LIKE_ERASED },
  { "review", PARSER_LIKE_DOUBT },
  { "question", PARSER_LIKE_HOW },
  { "broken", PARSER_LIKE_BROKEN },
  { "none", -1 },
  { "opt-in", PARSER_LIKE_IN },
  { "access", PARSER_LIKE_ACCESS },
  { "correction", PARSER_LIKE_CORRECT },
  { "no-sharing", PARSER_LIKE_SHARE },
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

/* Counts the whole words of @said; what stands in ordinary mail is a word, what stands elsewhere once may be
 * a typing error. */
static void
count_words (School *school, const Example *example, const ParserSaid *said)
{
  for (const char *at = said->words->str, *end; *at; at = *end ? g_utf8_next_char (end) : end)
    {
      for (end = at; *end && parser_is_word (g_utf8_get_char (end));)
        end = g_utf8_next_char (end);
      const guint32 word = parser_parts_whole (at, (gsize)(end - at));
      const guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (school->words, GUINT_TO_POINTER (word)));
      if (end > at)
        g_hash_table_insert (school->words, GUINT_TO_POINTER (word),
                             GUINT_TO_POINTER (seen + (example->like < 0 ? SEEN_IN : 1)));
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
    {
      add_stretches (school, example, all[i], language);
      count_words (school, example, all[i]);
    }
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

/* Where they are now is the number in @places before 1, which 0 has none. */
static void
replace_parts (GArray *parts, const guint32 *places)
{
  guint32 *all = (guint32 *)(void *)parts->data;
  guint n = 0;
  for (guint i = 0; i < parts->len; i++)
    if (places[all[i]])
      all[n++] = places[all[i]] - 1;
  g_array_set_size (parts, n);
}

/* Puts the parts that are seen often first, and drops those that are not weighed. */
static void
sort_parts (School *school)
{
  const guint least[] = { OFTEN, SEEN_IN, 0 };
  g_autofree guint32 *places = g_new0 (guint32, school->names->len); /* 0: nowhere */
  GArray *names = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint s = 0; least[s]; s++)
    {
      for (guint i = 0; i < school->names->len; i++)
        if (places[i] == 0 && g_array_index (school->seen, guint, i) >= least[s])
          {
            g_array_append_val (names, g_array_index (school->names, guint32, i));
            places[i] = names->len;
          }
      school->n_often = s == 0 ? names->len : school->n_often;
    }
  for (guint i = 0; i < school->examples->len; i++)
    {
      const Example *example = g_ptr_array_index (school->examples, i);
      for (guint k = 0; k < example->parts->len; k++)
        replace_parts (g_ptr_array_index (example->parts, k), places);
    }
  g_array_unref (school->names);
  school->names = names;
}

static int
round_to (float value, float unit, int most)
{
  g_assert (isfinite (value));
  return CLAMP ((int)floorf (value * unit + 0.5f), -most, most);
}

static int
by_part (gconstpointer a, gconstpointer b, gpointer names)
{
  guint32 one = g_array_index ((GArray *)names, guint32, *(const guint *)a),
          two = g_array_index ((GArray *)names, guint32, *(const guint *)b);
  return (one > two) - (one < two);
}

/* The first @n parts in the order of their numbers: indices of names. */
static GArray *
order_parts (const School *school, guint n)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, by_part, school->names);
  return order;
}

/* A part that weighs nothing is written where it is a word, for a known word is not strange, or has ways. */
static void
write_weights (const School *school, const ParserNetwork *network)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) order = order_parts (school, school->names->len);
  for (guint i = 0; i < order->len; i++)
    {
      const guint part = g_array_index (order, guint, i);
      ParserWeight weight = { .part = g_array_index (school->names, guint32, part) };
      guint64 numbers[PARSER_WEIGHT_LENGTH];
      gboolean any = PARSER_PART_IS_WORD (weight.part) || part < school->n_often;
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        {
          weight.weights[c]
              = round_to (network->weights[(gsize)part * PARSER_N_LIKE + c], 100, PARSER_MOST_WEIGHT);
          any |= weight.weights[c] != 0;
        }
      parser_weight_pack (&weight, numbers);
      if (any)
        g_array_append_vals (all, numbers, PARSER_WEIGHT_LENGTH);
    }
  parser_table_write ("learned", all);
}

static void
write_ways (const School *school, const ParserNetwork *network)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) order = order_parts (school, school->n_often);
  for (guint i = 0; i < order->len; i++)
    {
      const guint part = g_array_index (order, guint, i);
      guint64 numbers[PARSER_WAYS_LENGTH] = { g_array_index (school->names, guint32, part) };
      for (guint u = 0; u < PARSER_UNITS; u++)
        parser_ways_set (
            numbers, u,
            round_to (network->ways[(gsize)part * PARSER_UNITS + u], PARSER_WAY_ONE, PARSER_MOST_WEIGHT));
      g_array_append_vals (all, numbers, PARSER_WAYS_LENGTH);
    }
  parser_table_write ("learned_ways", all);
}

static int
by_number (const void *a, const void *b)
{
  guint64 one = *(const guint64 *)a, two = *(const guint64 *)b;
  return (one > two) - (one < two);
}

static void
write_words (const School *school)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer word, seen;
  g_hash_table_iter_init (&iter, school->words);
  while (g_hash_table_iter_next (&iter, &word, &seen))
    if (GPOINTER_TO_UINT (seen) >= SEEN_IN)
      {
        const guint64 number = GPOINTER_TO_UINT (word);
        g_array_append_val (all, number);
      }
  g_array_sort (all, by_number);
  parser_table_write ("learned_words", all);
}

/* In thousandths. */
static void
write_numbers (const char *name, const float *numbers, guint n)
{
  printf ("static const int %s[%u] = {", name, n);
  for (guint i = 0; i < n; i++)
    printf (" %d,", round_to (numbers[i], 1000, G_MAXINT / 2));
  printf (" };\n");
}

static void
write_network (const School *school)
{
  ParserNetwork *network = parser_network_learn (school);
  write_weights (school, network);
  write_ways (school, network);
  write_numbers ("learned_bias", network->bias, PARSER_UNITS);
  write_numbers ("learned_outs", &network->outs[0][0], PARSER_N_LIKE * PARSER_UNITS);
  write_numbers ("learned_base", network->base, PARSER_N_LIKE);
  parser_network_free (network);
}

int
main (int argc, char **argv)
{
  School school = { .examples = g_ptr_array_new (),
                    .names = g_array_new (FALSE, FALSE, sizeof (guint32)),
                    .indices = g_hash_table_new (NULL, NULL),
                    .seen = g_array_new (FALSE, FALSE, sizeof (guint)),
                    .words = g_hash_table_new (NULL, NULL) };
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
  sort_parts (&school);
  printf ("/* written by learn: do not edit */\n");
  write_network (&school);
  write_words (&school);
  printf ("static const char learned_digest[] = \"%.16s\";\n", g_checksum_get_string (digest));
  return fflush (stdout) == 0 && !ferror (stdout) ? 0 : 1;
}
