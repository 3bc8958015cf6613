/* requests.c - requests with a term of the law, and the wish for mail: alone, or beside a wish to stop
 *
 * The rules know their usual words; other ways of speaking are known by their likeness to the examples. */
#include "reading.h"

enum
{
  SCORE_CLEAR = 60,
  SCORE_LIKELY_IN = 55, /* mail that somebody wants again is no matter of likeness: a person may look */
  SCORE_MOST = 85
};

static const struct
{
  ParserIntent intent;
  ParserLike like;
  int least, least_other; /* likeness, where somebody speaks to somebody, and elsewhere */
} requests[] = { { PARSER_INTENT_ACCESS, PARSER_LIKE_ACCESS, -60, 0 },
                 { PARSER_INTENT_CORRECTION, PARSER_LIKE_CORRECT, 20, 90 },
                 { PARSER_INTENT_NO_SHARING, PARSER_LIKE_SHARE, -60, 80 },
                 { PARSER_INTENT_OPT_IN, PARSER_LIKE_IN, -20, 20 } };

static gboolean
is_wish (ParserIntent intent)
{
  return intent == PARSER_INTENT_OPT_OUT || intent == PARSER_INTENT_ERASURE
         || intent == PARSER_INTENT_NO_SHARING;
}

gboolean
parser_findings_apart (const ParserFinding *one, const ParserFinding *other)
{
  return one->said != other->said || one->cue->start >= other->cue->end || one->cue->end <= other->cue->start;
}

/* The clearest request that the rules heard beside the wish, and apart from it. What a person is to make out
 * may be that request itself. */
static const ParserFinding *
find_heard (const ParserReading *reading, const ParserHeard *heard)
{
  const gboolean unclear = heard->intent == PARSER_INTENT_UNCLEAR;
  const ParserFinding *request = NULL;
  int most = SCORE_CLEAR - 1, score;
  if (!is_wish (heard->intent) && !unclear)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      const ParserFinding *one = parser_reading_best (reading, requests[i].intent, TRUE, &score);
      if (one && requests[i].intent != heard->intent && requests[i].intent != PARSER_INTENT_OPT_IN
          && score > most && (unclear || parser_findings_apart (one, heard->finding)))
        {
          request = one;
          most = score;
        }
    }
  return request;
}

/* Is @cue the writer, what is known of him, or whom he writes to? */
static gboolean
is_of_two (const ParserReading *reading, const ParserCue *cue)
{
  return (cue->kind == PARSER_CUE_ME || cue->kind == PARSER_CUE_DATA || cue->kind == PARSER_CUE_YOU
          || cue->kind == PARSER_CUE_PLEASE
          || (cue->kind >= PARSER_CUE_WORD && cue->kind <= PARSER_CUE_WORD_YOU))
         && (reading->setting.language < 0 || parser_cue_is_of (cue, reading->setting.language));
}

/* Does somebody speak to somebody in the stretch that is most like @like? Not in the subject: a headline
 * names others. */
static gboolean
is_spoken (const ParserReading *reading, ParserLike like)
{
  const ParserSaid *said = reading->likeness.most[like].said;
  const ParserStretch *told = &reading->likeness.most[like].told;
  for (guint c = told->first; c < told->end && said != reading->subject; c++)
    {
      const ParserClause *clause = &g_array_index (said->clauses, ParserClause, c);
      for (guint i = clause->first_cue; i < clause->end_cue; i++)
        if (is_of_two (reading, parser_said_cue (said, i)))
          return TRUE;
      for (guint i = clause->first_sense; said->senses && i < clause->end_sense; i++)
        if (is_of_two (reading, &g_array_index (said->senses, ParserCue, i)))
          return TRUE;
    }
  return FALSE;
}

/* What the text is most like, and how much, or NULL. */
static const ParserFinding *
find_likely (ParserReading *reading, int *most_out)
{
  guint best = G_N_ELEMENTS (requests);
  *most_out = G_MININT;
  if (reading->likeness.most[0].said == NULL || parser_reading_is_talk (reading))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      const int score = reading->likeness.most[requests[i].like].score;
      if (score > requests[i].least && score > *most_out
          && (score > requests[i].least_other || is_spoken (reading, requests[i].like)))
        {
          best = i;
          *most_out = score;
        }
    }
  if (best == G_N_ELEMENTS (requests))
    return NULL;
  ParserFinding *likely = parser_reading_likely (reading, requests[best].like, &reading->request);
  likely->intent = requests[best].intent;
  likely->score = likely->intent == PARSER_INTENT_OPT_IN
                      ? SCORE_LIKELY_IN
                      : CLAMP (SCORE_CLEAR + *most_out / 10, SCORE_CLEAR, SCORE_MOST);
  return likely;
}

/* Was nothing heard, or by likeness alone something less likely in the same words? A wish to stop gives way
 * to one alone that takes nothing from the writer: that his address shall go no further. */
static gboolean
is_instead (const ParserReading *reading, const ParserHeard *heard, const ParserFinding *likely, int most)
{
  if (heard->intent == PARSER_INTENT_NONE)
    return TRUE;
  return heard->finding == &reading->likely.finding && !parser_findings_apart (heard->finding, likely)
         && heard->intent != PARSER_INTENT_ERASURE
         && (heard->intent != PARSER_INTENT_OPT_OUT || likely->intent == PARSER_INTENT_NO_SHARING)
         && reading->likeness.most[PARSER_LIKE_WISH].score * 2 < most;
}

void
parser_requests_read (ParserReading *reading, ParserHeard *heard)
{
  int most;
  const ParserFinding *likely = find_likely (reading, &most);
  heard->request = find_heard (reading, heard);
  if (likely && is_instead (reading, heard, likely, most))
    *heard = (ParserHeard){ likely->intent, likely, likely->score, heard->unsure, NULL };
  else if (likely && heard->request == NULL && is_wish (heard->intent) && likely->intent != heard->intent
           && likely->intent != PARSER_INTENT_OPT_IN && parser_findings_apart (heard->finding, likely))
    heard->request = likely;
}
