/* command.c - texts, subjects and lines that are nothing but a command: "unsubscribe", "please stop. thanks,
 * Ann" */
#include "intent.h"

#include <string.h>

enum
{
  SCORE_COMMAND = 80,
  WEIGHT_TYPO = -5,
  WEIGHT_GUESS = -20,  /* of a word with more than three wrong letters */
  WEIGHT_STRANGE = -5, /* for each of up to two strange words, such as a list's name */
  MOST_STRANGE = 4
};

typedef struct
{
  const ParserSaid *said;
  guint first, end; /* cues */
  const ParserCue *command;
  guint strange; /* words that no cue covers */
} Line;

/* Kinds of words that stand in no command. */
static gboolean
is_talk (guint kind)
{
  return kind == PARSER_CUE_NOT || kind == PARSER_CUE_OTHERS || kind == PARSER_CUE_PAST
         || kind == PARSER_CUE_ASK || kind == PARSER_CUE_ABOUT || kind == PARSER_CUE_THING
         || kind == PARSER_CUE_OFFER || kind == PARSER_CUE_PERSON;
}

static gboolean
is_strong (const ParserCue *cue)
{
  return cue->kind == PARSER_CUE_LEAVE || cue->kind == PARSER_CUE_WISH;
}

/* "No need to delete": what is refused is what stands behind it. */
static gboolean
refuses_action (const Line *line, const ParserCue *command)
{
  gboolean refuses = FALSE, action = FALSE;
  for (guint i = line->first; i < line->end; i++)
    {
      const ParserCue *cue = parser_said_cue (line->said, i);
      if (cue->clause == command->clause && parser_cues_same_language (cue, command))
        {
          refuses
              |= cue->kind == PARSER_CUE_REFUSE && cue->start == command->start && cue->end == command->end;
          action |= cue->kind < PARSER_CUE_REFUSE && cue->start >= command->end;
        }
    }
  return refuses && action;
}

static const ParserCue *
find_command (const Line *line, int language)
{
  const ParserCue *command = NULL;
  for (guint i = line->first; i < line->end; i++)
    {
      const ParserCue *cue = parser_said_cue (line->said, i);
      if (parser_cue_is_shadowed (line->said, cue, language))
        continue;
      if (!cue->inside
          && (is_strong (cue) ? !command || !is_strong (command)
                              : !command && cue->kind == PARSER_CUE_COMMAND))
        command = cue;
    }
  for (guint i = line->first; command && i < line->end; i++)
    {
      const ParserCue *cue = parser_said_cue (line->said, i);
      gboolean refuses
          = (cue->kind == PARSER_CUE_REFUSE || cue->kind == PARSER_CUE_YOU) && cue->start < command->start;
      if ((refuses || is_talk (cue->kind)) && !cue->inside && parser_cues_same_language (cue, command))
        return NULL;
    }
  return command && refuses_action (line, command) ? NULL : command;
}

/* Where the light words that begin at @at end; @at when a strange one stands there. */
static guint
skip_light (const Line *line, guint at)
{
  guint end = at;
  for (guint i = line->first; i < line->end; i++)
    {
      const ParserCue *cue = parser_said_cue (line->said, i);
      gboolean light = cue->kind <= PARSER_CUE_FILLER || cue->kind == PARSER_CUE_FROM;
      for (guint p = 0; light && p < cue->n_pieces; p++)
        if (cue->pieces[p].start <= at && cue->pieces[p].end > end)
          end = cue->pieces[p].end;
    }
  return end;
}

/* FALSE when strange words stand before the command, or too many behind it. */
static gboolean
read_clause (Line *line, const ParserClause *clause)
{
  const char *words = line->said->words->str;
  for (guint at = clause->start; at < clause->end;)
    {
      guint next = skip_light (line, at);
      if (next == at)
        {
          next = parser_said_word_end (line->said, at, clause->end);
          gboolean strange = (guchar)words[at] > PARSER_WORD_URL;
          line->strange += strange;
          if (strange
              && (at < line->command->start || line->strange > MOST_STRANGE || !is_strong (line->command)))
            return FALSE;
        }
      at = next + (next < clause->end && words[next] == ' ');
    }
  return TRUE;
}

gboolean
parser_command_read (const ParserSaid *said, int language, guint first_clause, guint end_clause,
                     const ParserCue **cue_out, int *score_out)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  Line line
      = { .said = said, .first = clauses[first_clause].first_cue, .end = clauses[end_clause - 1].end_cue };
  line.command = find_command (&line, language);
  if (line.command == NULL)
    return FALSE;
  for (guint i = first_clause; i < end_clause; i++)
    if (!read_clause (&line, &clauses[i]))
      return FALSE;
  *cue_out = line.command;
  *score_out = SCORE_COMMAND + WEIGHT_STRANGE * (int)MIN (line.strange, 2)
               + (line.command->typos ? WEIGHT_TYPO : 0) + (line.command->typos > 3 ? WEIGHT_GUESS : 0);
  return TRUE;
}
