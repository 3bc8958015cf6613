/* open.c - phrases of which the first pieces have been met, and more is awaited in the clause */
#include "intent.h"

#include <string.h>

void
parser_open_clear (ParserOpen *open)
{
  g_array_set_size (open->cues, 0);
  memset (open->latest, 0, sizeof open->latest);
}

void
parser_open_add (ParserOpen *open, const ParserCue *cue)
{
  guint16 *latest = &open->latest[cue->phrase % PARSER_OPEN_SLOTS];
  if (open->cues->len >= PARSER_MAX_CUES_OF_CLAUSE)
    return;
  open->before[open->cues->len] = *latest;
  g_array_append_vals (open->cues, cue, 1);
  *latest = (guint16)open->cues->len;
}

const ParserCue *
parser_open_find (const ParserOpen *open, const ParserSaid *said, guint32 phrase, guint start)
{
  for (guint i = open->latest[phrase % PARSER_OPEN_SLOTS]; i > 0; i = open->before[i - 1])
    {
      const ParserCue *cue = &g_array_index (open->cues, ParserCue, i - 1);
      if (cue->phrase == phrase && cue->end <= start)
        return parser_said_is_gap (said, cue->end, start) ? cue : NULL; /* those before are farther */
    }
  return NULL;
}
