/* lexc-words.c - the words of the lexicon as one table that is walked a byte at a time
 *
 * Words that go on alike share what follows, so that the choices of a line cost their sum and not their
 * product; each word is known by its number among all words in order (Lucchesi and Kowaltowski 1993). A state
 * is the place where its cells begin, one for each byte; the cells of all states lie in the gaps of one
 * another (Liang 1983). */
#include "lexc.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

#define ROW 256     /* cells that a state may have */
#define WINDOW 4096 /* places that are tried for a state: what lies before is full enough */

typedef struct
{
  char *words;
  guint64 piece;
} Entry;

typedef struct
{
  char **words;      /* in order, one for each piece */
  GHashTable *known; /* GBytes of cells, next being the number of a state -> number of the state */
  GPtrArray *states; /* the same GBytes; what follows a state stands before it */
} Graph;

GArray *
parser_lexc_words_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Entry));
}

void
parser_lexc_words_add (GArray *entries, const char *words, ParserPiece piece)
{
  Entry entry = { g_strdup (words), parser_piece_pack (piece) };
  g_array_append_val (entries, entry);
}

static int
by_words (const void *a, const void *b)
{
  return strcmp (((const Entry *)a)->words, ((const Entry *)b)->words);
}

/* How many of the words from @low to @high end at @depth: they stand first. */
static guint
count_ends (const Graph *graph, guint low, guint high, guint depth)
{
  guint at = low;
  while (at < high && graph->words[at][depth] == '\0')
    at++;
  g_assert (at - low <= PARSER_MAX_ENDS);
  return at - low;
}

/* The state behind the first @depth bytes, which the words from @low to @high have in common. */
static guint
find_state (Graph *graph, guint low, guint high, guint depth)
{
  char **words = graph->words;
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint end, at = low + count_ends (graph, low, high, depth); at < high; at = end)
    {
      for (end = at + 1; end < high && words[end][depth] == words[at][depth];)
        end++;
      guint64 cell
          = parser_cell_pack ((ParserCell){ .byte = (guint8)words[at][depth],
                                            .next = find_state (graph, at, end, depth + 1),
                                            .skipped = at - low,
                                            .ends = (guint16)count_ends (graph, at, end, depth + 1) });
      g_array_append_val (cells, cell);
    }
  g_autoptr (GBytes) state = g_bytes_new (cells->data, cells->len * sizeof (guint64));
  gpointer number;
  if (g_hash_table_lookup_extended (graph->known, state, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (graph->known, state, GUINT_TO_POINTER (graph->states->len));
  g_ptr_array_add (graph->states, g_bytes_ref (state));
  return graph->states->len - 1;
}

static gboolean
fits (const GArray *cells, const GArray *begun, const guint64 *state, gsize n, guint start)
{
  for (gsize i = 0; i < n; i++)
    if (g_array_index (cells, guint64, start + parser_cell_unpack (state[i]).byte))
      return FALSE;
  return !g_array_index (begun, gboolean, start);
}

/* Gives each state the first place where its cells fall into gaps. No two begin at one place, so that the
 * byte of a cell tells whose it is; whole rows follow the last place, so that none is read past the end. */
static GArray *
place_states (const GPtrArray *states, guint *root_out)
{
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_autoptr (GArray) begun = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autofree guint *starts = g_new (guint, states->len);
  for (guint i = 0, used = 0; i < states->len; i++)
    {
      gsize size;
      const guint64 *state = g_bytes_get_data (g_ptr_array_index (states, i), &size);
      guint start = used > WINDOW ? used - WINDOW : 0;
      g_array_set_size (cells, used + 2 * ROW);
      g_array_set_size (begun, used + 2 * ROW);
      while (!fits (cells, begun, state, size / sizeof *state, start))
        start++;
      for (gsize k = 0; k < size / sizeof *state; k++)
        {
          ParserCell cell = parser_cell_unpack (state[k]);
          cell.next = starts[cell.next];
          g_array_index (cells, guint64, start + cell.byte) = parser_cell_pack (cell);
        }
      g_array_index (begun, gboolean, start) = TRUE;
      used = MAX (used, start + 1);
      *root_out = starts[i] = start;
    }
  g_assert (cells->len <= PARSER_MAX_CELLS);
  return cells;
}

void
parser_lexc_words_write (GArray *entries)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autofree char **words = g_new (char *, entries->len);
  Graph graph = { .words = words, .known = known, .states = states };
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint root = 0;
  g_array_sort (entries, by_words);
  for (guint i = 0; i < entries->len; i++)
    {
      words[i] = g_array_index (entries, Entry, i).words;
      g_array_append_val (pieces, g_array_index (entries, Entry, i).piece);
    }
  find_state (&graph, 0, entries->len, 0);
  g_autoptr (GArray) cells = place_states (states, &root);
  parser_table_write ("lexicon_pieces", pieces);
  parser_table_write ("lexicon_cells", cells);
  printf ("#define LEXICON_ROOT %u\n", root);
}
