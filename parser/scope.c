/* scope.c - of which mail the writer wants no more: the operator's words for his categories, "only" and
 * "except" */
#include "intent.h"

#include <string.h>

typedef struct
{
  const ParserSaid *said;
  const ParserOptions *options;
  GPtrArray *names; /* of all categories, as words; parallel to owners */
  GArray *owners;   /* guint: index of the category */
  gboolean *kept, *left;
} Scope;

static char *
as_words (const char *name)
{
  g_autoptr (ParserSaid) said = parser_said_new ("", name, strlen (name), NULL);
  parser_said_read_rest (said, 0);
  char *words = g_strndup (said->words->str, said->words->len);
  return g_strstrip (g_strdelimit (words, "\001", ' '));
}

static gboolean
is_edge (const GString *words, guint at)
{
  if (at == 0 || at >= words->len)
    return TRUE;
  gunichar a = g_utf8_get_char (g_utf8_prev_char (words->str + at)), b = g_utf8_get_char (words->str + at);
  return !parser_is_word (a) || !parser_is_word (b) || parser_is_unspaced (a) || parser_is_unspaced (b);
}

/* Where @name stands in [low, high) as whole words, or -1. */
static gint
find_name (const GString *words, guint low, guint high, const char *name)
{
  gsize length = strlen (name);
  if (length == 0)
    return -1;
  for (const char *at = words->str + low; (at = g_strstr_len (at, words->str + high - at, name)) != NULL;
       at++)
    {
      guint start = (guint)(at - words->str);
      if (is_edge (words, start) && is_edge (words, start + (guint)length))
        return (gint)start;
    }
  return -1;
}

/* A sentence: its bytes of words, and its cues. */
typedef struct
{
  guint low, high;
  guint first, end;
} Sentence;

static const ParserCue *
cue_in (const ParserSaid *said, const Sentence *sentence, ParserCueKind kind)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    if (parser_said_cue (said, i)->kind == kind && !parser_said_cue (said, i)->inside)
      return parser_said_cue (said, i);
  return NULL;
}

static gboolean
acts_in (const ParserSaid *said, const Sentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    if (parser_said_cue (said, i)->kind <= PARSER_CUE_WISH && !parser_said_cue (said, i)->inside)
      return TRUE;
  return FALSE;
}

/* One sentence: names behind "except" are kept; names beside an "only" without an action ("only invoices
 * please") are kept as well; all other names are left. Returns FALSE when something is to be kept that no
 * category's words name. */
static gboolean
read_sentence (Scope *scope, const Sentence *sentence)
{
  const ParserSaid *said = scope->said;
  const ParserCue *except = cue_in (said, sentence, PARSER_CUE_EXCEPT);
  const ParserCue *only = cue_in (said, sentence, PARSER_CUE_ONLY);
  gboolean keeps = except != NULL, kept_any = FALSE;
  if (!except && !only && !acts_in (said, sentence))
    return TRUE;
  gboolean only_keeps
      = only && !acts_in (said, sentence) && parser_said_count (said, sentence->low, only->start) == 0;
  for (guint i = 0; i < scope->names->len; i++)
    {
      gint at = find_name (said->words, sentence->low, sentence->high, g_ptr_array_index (scope->names, i));
      guint owner = g_array_index (scope->owners, guint, i);
      if (at < 0)
        continue;
      if ((except && (guint)at > except->start) || only_keeps)
        scope->kept[owner] = kept_any = TRUE;
      else
        scope->left[owner] = TRUE;
    }
  return kept_any || !(keeps || only_keeps);
}

static char **
names_of (const ParserOptions *options, const gboolean *chosen)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; i < options->n_categories; i++)
    if (chosen[i])
      g_ptr_array_add (names, g_strdup (options->categories[i].name));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

/* Sentences that hold evidence, and those that keep something. */
static gboolean
read_said (Scope *scope, const ParserSaid *said)
{
  gboolean known = TRUE;
  scope->said = said;
  for (guint i = 0; i < said->clauses->len;)
    {
      const ParserClause *clause = &g_array_index (said->clauses, ParserClause, i);
      Sentence sentence = { clause->start, clause->end, clause->first_cue, clause->end_cue };
      for (guint number = clause->sentence; i < said->clauses->len; i++)
        {
          clause = &g_array_index (said->clauses, ParserClause, i);
          if (clause->sentence != number)
            break;
          sentence.high = clause->end;
          sentence.end = clause->end_cue;
        }
      known &= read_sentence (scope, &sentence);
    }
  return known;
}

gboolean
parser_scope_read (const ParserSaid *const *said, guint n_said, const ParserOptions *options,
                   ParserFacts *facts)
{
  static const ParserOptions none = { 0 };
  if (options == NULL)
    options = &none;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *kept = g_new0 (gboolean, options->n_categories + 1);
  g_autofree gboolean *left = g_new0 (gboolean, options->n_categories + 1);
  Scope scope = { .options = options, .names = names, .owners = owners, .kept = kept, .left = left };
  for (guint i = 0; i < options->n_categories; i++)
    for (const char *const *word = options->categories[i].words; word && *word; word++)
      {
        g_ptr_array_add (names, as_words (*word));
        g_array_append_val (owners, i);
      }
  gboolean known = TRUE;
  for (guint i = 0; i < n_said; i++)
    known &= read_said (&scope, said[i]);

  g_strfreev (facts->except);
  facts->except = names_of (options, kept);
  g_strfreev (facts->scope);
  facts->scope = names_of (options, left);
  if (facts->scope[0] == NULL || facts->except[0])
    {
      g_strfreev (facts->scope);
      facts->scope = g_strsplit ("*", " ", -1);
    }
  return known;
}
