/* scope-clause.c - what a clause says of the mail that it names: that it is to stop, or may go on */
#include "scope.h"

#include "every-words.h"

const ParserClause *
parser_scope_clause (const ParserSaid *said, guint i)
{
  return &g_array_index (said->clauses, ParserClause, i);
}

gboolean
parser_scope_counts (const ParserScopeText *text, const ParserCue *cue)
{
  return text->language < 0 || parser_cue_is_of (cue, text->language) || cue->own
         || cue->kind == PARSER_CUE_LEAVE || cue->kind == PARSER_CUE_WISH;
}

gboolean
parser_scope_acts_by (const ParserScopeText *text, guint clause, ParserCueKind from, ParserCueKind to)
{
  for (guint i = parser_scope_clause (text->said, clause)->first_cue;
       i < parser_scope_clause (text->said, clause)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->kind >= from && cue->kind <= to && !cue->inside && parser_scope_counts (text, cue))
        return TRUE;
    }
  return FALSE;
}

gboolean
parser_scope_acts_by_rule (const ParserScopeText *text, guint clause)
{
  return parser_scope_acts_by (text, clause, PARSER_CUE_LEAVE, PARSER_CUE_WISH);
}

gboolean
parser_scope_keeps (const ParserScopeText *text, guint clause)
{
  return parser_scope_acts_by (text, clause, PARSER_CUE_KEEP, PARSER_CUE_KEEP)
         && !parser_scope_acts_by (text, clause, PARSER_CUE_NOT, PARSER_CUE_NOT)
         && !parser_scope_acts_by_rule (text, clause);
}

/* "The discount codes only": what is to end is not said in the same breath. */
static gboolean
narrows (const ParserScopeText *text, guint clause)
{
  return parser_scope_acts_by (text, clause, PARSER_CUE_ONLY, PARSER_CUE_ONLY)
         && !parser_scope_acts_by (text, clause, PARSER_CUE_NOT, PARSER_CUE_NOT)
         && !parser_scope_acts_by_rule (text, clause);
}

gboolean
parser_scope_speaks_of_rest (const ParserScopeText *text, guint clause)
{
  return parser_scope_acts_by (text, clause, PARSER_CUE_REST, PARSER_CUE_REST)
         && !parser_scope_keeps (text, clause)
         && !parser_scope_acts_by (text, clause, PARSER_CUE_WELCOME, PARSER_CUE_WELCOME);
}

gboolean
parser_scope_prefers (const ParserScopeText *text, guint clause)
{
  return text->rest && !parser_scope_acts_by (text, clause, PARSER_CUE_REST, PARSER_CUE_REST)
         && (parser_scope_acts_by (text, clause, PARSER_CUE_ONLY, PARSER_CUE_ONLY)
             || parser_scope_acts_by (text, clause, PARSER_CUE_KEEP, PARSER_CUE_KEEP)
             || parser_scope_acts_by (text, clause, PARSER_CUE_WANT, PARSER_CUE_WANT))
         && !parser_scope_acts_by (text, clause, PARSER_CUE_NOT, PARSER_CUE_NOT)
         && !parser_scope_acts_by_rule (text, clause);
}

gboolean
parser_scope_acts (const ParserScopeText *text, guint clause)
{
  return parser_scope_acts_by_rule (text, clause)
         || (parser_scope_clause (text->said, clause)->wished && !parser_scope_keeps (text, clause)
             && !narrows (text, clause) && !parser_scope_prefers (text, clause));
}

gboolean
parser_scope_is_general (const ParserScopeText *text, guint clause)
{
  gboolean mail = FALSE;
  for (guint i = parser_scope_clause (text->said, clause)->first_cue;
       i < parser_scope_clause (text->said, clause)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->topic && parser_scope_counts (text, cue))
        return FALSE;
      mail |= (cue->kind == PARSER_CUE_MAIL || cue->kind == PARSER_CUE_LIST) && !cue->inside;
    }
  return mail && parser_scope_acts (text, clause);
}

static gboolean
says_all (const ParserScopeText *text, guint start, guint end)
{
  return parser_words_find (every_words, text->said->words->str + start, end - start, NULL) != NULL;
}

gboolean
parser_scope_says_all (const ParserScopeText *text, guint i)
{
  const ParserClause *clause = parser_scope_clause (text->said, i);
  return says_all (text, clause->start, clause->end);
}

/* The last "but" of the clause of @topic that stands before it, or NULL. */
static const ParserCue *
find_but (const ParserScopeText *text, const ParserCue *topic)
{
  const ParserClause *clause = parser_scope_clause (text->said, topic->clause);
  const ParserCue *but = NULL;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->kind == PARSER_CUE_BUT && cue->end <= topic->start && !cue->inside
          && parser_scope_counts (text, cue) && (but == NULL || cue->start > but->start))
        but = cue;
    }
  return but;
}

gboolean
parser_scope_excepts (const ParserScopeText *text, const ParserCue *topic, gboolean all_before)
{
  const ParserClause *clause = parser_scope_clause (text->said, topic->clause);
  const ParserCue *but = find_but (text, topic);
  gboolean acts = FALSE, keeps = FALSE;
  for (guint i = clause->first_cue; but && i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->inside || !parser_scope_counts (text, cue))
        continue;
      acts |= cue->kind <= PARSER_CUE_WISH && cue->start < but->start;
      keeps |= cue->kind == PARSER_CUE_KEEP && cue->start > but->start;
      if (cue->start > but->start
          && (cue->kind == PARSER_CUE_NOT || cue->kind == PARSER_CUE_STOP || cue->kind == PARSER_CUE_REFUSE
              || cue->kind == PARSER_CUE_REMOVE))
        return FALSE;
    }
  return but && (all_before || (acts && (keeps || says_all (text, clause->start, but->start))));
}

gboolean
parser_scope_is_before_rest (const ParserScopeText *text, const ParserCue *topic)
{
  const ParserClause *clause = parser_scope_clause (text->said, topic->clause);
  const ParserCue *but = NULL;
  gboolean rest = FALSE;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->inside || !parser_scope_counts (text, cue))
        continue;
      if (cue->kind == PARSER_CUE_BUT && cue->start >= topic->end && (but == NULL || cue->start < but->start))
        but = cue;
      rest |= cue->kind == PARSER_CUE_REST && but && cue->start >= but->end;
    }
  for (guint i = clause->first_cue; rest && i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (!cue->inside && parser_scope_counts (text, cue) && cue->end <= but->start
          && (cue->kind <= PARSER_CUE_WISH || cue->kind == PARSER_CUE_NOT))
        return FALSE;
    }
  return rest;
}

gboolean
parser_scope_names_any (const ParserScopeText *text, guint i)
{
  const ParserClause *clause = parser_scope_clause (text->said, i);
  for (guint k = clause->first_cue; k < clause->end_cue; k++)
    {
      const ParserCue *cue = parser_said_cue (text->said, k);
      if ((cue->kind == PARSER_CUE_MAIL || cue->kind == PARSER_CUE_LIST || cue->topic) && !cue->inside)
        return TRUE;
    }
  return parser_scope_says_all (text, i);
}
