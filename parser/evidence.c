/* evidence.c - findings as a person is shown them: what decided, and what was seen and passed over
 */
#include "reading.h"

#include <string.h>

const ParserText *
parser_reading_text (const ParserReading *reading, const char *part)
{
  for (guint i = 0; i < reading->texts->len; i++)
    {
      const ParserText *text = g_ptr_array_index (reading->texts, i);
      if (strcmp (text->part, part) == 0)
        return text;
    }
  return NULL;
}

/* Is the cue's text part of a link's label? Nobody writes links by hand: it is somebody else's offer. */
gboolean
parser_reading_is_link_label (const ParserReading *reading, const ParserSaid *said, const ParserCue *cue)
{
  const ParserText *text = parser_reading_text (reading, said->part);
  guint start, end;
  if (text == NULL || text->spans == NULL)
    return FALSE;
  parser_said_locate (said, cue->start, cue->end, &start, &end);
  for (guint i = 0; i < text->spans->len; i++)
    {
      const ParserSpan *span = &g_array_index (text->spans, ParserSpan, i);
      if ((span->flags & PARSER_SPAN_LINK) && span->start < end && span->end > start)
        return TRUE;
    }
  return FALSE;
}

/* Does one of @hits, for the same reason, stand in bytes @start to @end of @part? */
static gboolean
is_listed (const GPtrArray *hits, const char *why, const char *part, guint start, guint end)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const ParserHit *one = g_ptr_array_index (hits, i);
      if (strcmp (one->part, part) == 0 && start < one->end && end > one->start
          && g_strcmp0 (one->why, why) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
append_hit (GPtrArray *hits, const ParserFinding *finding, const char *why, guint start, guint end)
{
  const ParserSaid *said = finding->said;
  ParserHit *hit = g_new0 (ParserHit, 1);
  g_autofree char *words = g_strndup (said->text + start, end - start);
  g_strdelimit (words, "\n\r\t", ' ');
  hit->text = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), PARSER_MAX_QUOTED_WORDS));
  hit->rule = parser_cue_rule (said, finding->cue);
  hit->part = g_strdup (said->part);
  hit->language = g_strdup (parser_cues_language_code (finding->cue->language));
  hit->why = g_strdup (why);
  hit->start = start;
  hit->end = end;
  hit->line = parser_said_line (said, start);
  hit->weight = finding->score;
  g_ptr_array_add (hits, hit);
}

/* The finding's clause, or where that is long its own words alone. */
static void
locate (const ParserFinding *finding, guint *start, guint *end)
{
  const ParserSaid *said = finding->said;
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, finding->cue->clause);
  parser_said_locate (said, clause->start, clause->end, start, end);
  if (finding->cue->learned
      || g_utf8_strlen (said->text + *start, (gssize)(*end - *start)) > PARSER_MAX_QUOTED_WORDS)
    parser_said_locate (said, finding->cue->start, finding->cue->end, start, end);
}

/* Each place once, whatever languages know it. */
void
parser_reading_add_hit (const ParserFacts *facts, GPtrArray *hits, const ParserFinding *finding,
                        const char *why)
{
  guint start, end;
  locate (finding, &start, &end);
  if (hits->len < PARSER_MAX_HITS && !is_listed (facts->evidence, NULL, finding->said->part, start, end)
      && !is_listed (hits, why, finding->said->part, start, end))
    append_hit (hits, finding, why, start, end);
}

/* Its own words alone where the wish stands in the same clause. */
void
parser_reading_add_request (const ParserFacts *facts, const ParserFinding *request)
{
  guint start, end;
  locate (request, &start, &end);
  if (is_listed (facts->evidence, NULL, request->said->part, start, end))
    parser_said_locate (request->said, request->cue->start, request->cue->end, &start, &end);
  append_hit (facts->evidence, request, NULL, start, end);
}

void
parser_reading_list_others (const ParserReading *reading)
{
  for (guint i = 0; i < reading->others->len; i++)
    {
      ParserSaid *said = g_ptr_array_index (reading->others, i);
      const ParserSegment *segment = g_ptr_array_index (reading->whose, i);
      for (guint k = 0; k < said->cues->len; k++)
        {
          ParserFinding finding = { .said = said, .cue = &g_array_index (said->cues, ParserCue, k) };
          if (finding.cue->kind == PARSER_CUE_LEAVE || finding.cue->kind == PARSER_CUE_WISH)
            parser_reading_add_hit (reading->facts, reading->facts->ignored, &finding,
                                    parser_segment_name (segment->kind));
        }
    }
}

void
parser_reading_list_findings (const ParserReading *reading, const GArray *findings, const ParserHeard *heard)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (findings, ParserFinding, i);
      if (one == heard->finding || one == heard->request)
        continue;
      if (one->why)
        parser_reading_add_hit (reading->facts, reading->facts->ignored, one, one->why);
      else if (heard->finding && one->intent == heard->finding->intent)
        parser_reading_add_hit (reading->facts, reading->facts->evidence, one, NULL);
      else
        parser_reading_add_hit (reading->facts, reading->facts->ignored, one,
                                one->third_person || one->named ? "third-person"
                                : one->asked                    ? "question"
                                                                : "other-wish");
    }
}
