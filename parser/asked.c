/* asked.c - commands in new text: the whole of it, a line, a clause of a short text
 */
#include "reading.h"

#include <string.h>

enum
{
  FEW_WORDS = 12,
  HALF_MANY = 30,
  UNASKED_LESS = 10
};

/* "unsubscribe ADDRESS" is how list servers are told, and whoever writes so means himself; nobody says please
 * to a list server. */
static gboolean
is_list_command (const ParserSaid *said, guint first, guint end, const ParserCue *command)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = clauses[first].first_cue; i < clauses[end - 1].end_cue; i++)
    if (parser_said_cue (said, i)->kind == PARSER_CUE_PLEASE)
      return FALSE;
  return command->kind == PARSER_CUE_LEAVE;
}

static gboolean
speaks_of_what (const ParserSaid *said)
{
  for (guint i = 0; i < said->cues->len; i++)
    {
      guint kind = parser_said_cue (said, i)->kind;
      if (kind == PARSER_CUE_THING || kind == PARSER_CUE_MAIL || kind == PARSER_CUE_LIST)
        return TRUE;
    }
  return FALSE;
}

/* "I never signed up for this, so stop": the clause, or one of those before it in its sentence or in the
 * last, says that our mail is too much or was not asked for. */
static gboolean
is_of_unasked (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = at + 1; i-- > 0 && clauses[at].sentence - clauses[i].sentence <= 1;)
    for (guint k = clauses[i].first_cue; k < clauses[i].end_cue; k++)
      if (parser_said_cue (said, k)->kind == PARSER_CUE_UNASKED && !parser_said_cue (said, k)->inside)
        return TRUE;
  return FALSE;
}

/* A bare "Stop." behind something else is for a person to read. */
void
parser_reading_add_command (const ParserReading *reading, const ParserSaid *said, guint first, guint end,
                            int less, GArray *findings)
{
  ParserFinding finding = { .said = said, .intent = PARSER_INTENT_OPT_OUT };
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  gboolean own = FALSE;
  if (!parser_command_read (said, reading->setting.language, first, end, &finding.cue, &finding.score))
    return;
  gboolean unasked = first > 0 && is_of_unasked (said, first);
  if (finding.cue->kind == PARSER_CUE_COMMAND && !unasked
      && (less >= PARSER_IN_A_LINE || (first > 0 && speaks_of_what (said))))
    return;
  ParserPlace place = { .said = said,
                        .setting = &reading->setting,
                        .clause = &clauses[first],
                        .action = finding.cue,
                        .first = clauses[first].first_cue,
                        .end = clauses[end - 1].end_cue,
                        .low = clauses[first].start,
                        .high = clauses[end - 1].end };
  finding.third_person = !parser_place_is_own (&place) && parser_place_is_of_person (&place);
  finding.score -= unasked ? MIN (less, UNASKED_LESS) : less;
  finding.named
      = parser_setting_named (&reading->setting, said, clauses[first].start, clauses[end - 1].end, &own);
  finding.doubtful = finding.third_person
                     || (finding.cue->kind == PARSER_CUE_COMMAND && first > 0 && !unasked)
                     || (finding.named && !is_list_command (said, first, end, finding.cue));
  g_array_append_val (findings, finding);
}

/* Does a condition stand beside the clause? */
static gboolean
is_conditional (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = at ? at - 1 : 0; i <= at + 1 && i < said->clauses->len; i++)
    for (guint k = clauses[i].first_cue;
         k < clauses[i].end_cue && clauses[i].sentence == clauses[at].sentence; k++)
      if (parser_said_cue (said, k)->kind == PARSER_CUE_IF && !parser_said_cue (said, k)->inside)
        return TRUE;
  return FALSE;
}

/* "Unsubscribe", above "You can unsubscribe at ...", is a heading. */
static gboolean
is_heading (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = at + 1; i <= at + 2 && i < said->clauses->len; i++)
    for (guint k = clauses[i].first_cue; k < clauses[i].end_cue; k++)
      if (parser_said_cue (said, k)->kind == PARSER_CUE_OFFER && !parser_said_cue (said, k)->inside)
        return TRUE;
  return FALSE;
}

/* "Strike me, please, from the rota": commas around "please" part nothing, and from what decides. */
static gboolean
goes_on_behind_please (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  return at + 2 < said->clauses->len && clauses[at + 2].sentence == clauses[at].sentence
         && parser_clause_is_please (said, &clauses[at + 1]);
}

/* A text of few words that are nothing but a command; a line that is one, or a clause of a short text. */
void
parser_reading_add_commands (const ParserReading *reading, const ParserSaid *said, GArray *findings)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  guint n = said->clauses->len;
  if (n && said->n_words <= FEW_WORDS && !is_conditional (said, 0))
    parser_reading_add_command (reading, said, 0, n, 0, findings);
  for (guint i = 0; i < n && findings->len == 0; i++)
    {
      const ParserClause *clause = &clauses[i];
      gboolean brief = said->n_words <= HALF_MANY;
      gboolean alone = clause->line_start && !clause->dash
                       && (i + 1 == n || clause[1].line_start || clause[1].sentence != clause->sentence);
      gboolean linked = i + 1 < n && said->words->str[clause[1].start] == PARSER_WORD_URL;
      if (!linked && !is_heading (said, i) && !goes_on_behind_please (said, i) && (alone || brief)
          && !clause->asked && !clause->quoted && !is_conditional (said, i))
        parser_reading_add_command (reading, said, i, i + 1,
                                    brief    ? alone ? 10 : PARSER_IN_A_LINE
                                    : i == 0 ? 20
                                             : 60,
                                    findings);
    }
}

/* Does the clause name the writer, or ask? */
static gboolean
is_somebodys (const ParserSaid *said, guint at)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, at);
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      guint kind = parser_said_cue (said, i)->kind;
      if (kind == PARSER_CUE_ME || kind == PARSER_CUE_PLEASE || kind == PARSER_CUE_WANT)
        return TRUE;
    }
  return FALSE;
}

/* Below other text, the last line above a footer is its heading, where nobody speaks of himself or asks in
 * it. */
gboolean
parser_reading_is_footer_heading (const ParserReading *reading, const ParserSaid *said, guint at)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, at);
  const GPtrArray *segments = reading->facts->segments;
  guint start, end;
  if (at == 0 || said->n_words <= HALF_MANY || is_somebodys (said, at))
    return FALSE;
  parser_said_locate (said, clause->start, clause->end, &start, &end);
  guint line = parser_said_line (said, start);
  for (guint i = 0; i + 1 < segments->len; i++)
    {
      const ParserSegment *one = g_ptr_array_index (segments, i), *next = g_ptr_array_index (segments, i + 1);
      if (one->last_line == line && strcmp (one->part, said->part) == 0
          && next->kind == PARSER_SEGMENT_FOOTER)
        return TRUE;
    }
  return FALSE;
}
