/* balance.c - what the rules heard, and what the text is like, weighed against each other
 *
 * Rules know what they have words for, and are seldom wrong there; the examples know ways of speaking that no
 * rule has. Both are given weights, and the heaviest outcome is the verdict. The weights were fitted to mail
 * that neither the lexicon nor the examples had seen (doc/ACCURACY tells how). */
#include "reading.h"

#include <string.h>

enum
{
  SCORE_CLEAR = 60,
  SCORE_SURE = 75,
  SCORE_CERTAIN = 90,
  SCORE_DOUBT = 45, /* of what is for a person to read */
  SCORE_MOST = 85   /* of what rests on examples alone */
};

typedef enum
{
  NOTHING,
  WISH,
  DOUBT,
  HOW,
  N_OUTCOMES
} Outcome;

typedef enum
{
  HEARD_NOTHING,
  HEARD_DENIED, /* a wish that is denied, past, or talk about wishes */
  HEARD_ASTRAY, /* one for something else */
  HEARD_WEAK,
  HEARD_UNCLEAR,
  HEARD_QUESTION,
  HEARD_CLEAR,
  HEARD_SURE,
  HEARD_CERTAIN,
  HEARD_OTHER, /* a request of another kind */
  N_HEARD
} Heard;

/* clang-format off */
static const int heard_weights[N_HEARD][N_OUTCOMES] = {
  /*                   nothing  wish  doubt   how */
  [HEARD_NOTHING] =  {   262,   -29,  -142,   -64 },
  [HEARD_DENIED] =   {   246,  -123,  -159,    35 },
  [HEARD_ASTRAY] =   {   167,   -13,   -84,   -70 },
  [HEARD_WEAK] =     {    86,    67,  -178,    24 },
  [HEARD_UNCLEAR] =  {    75,   -40,   109,   -45 },
  [HEARD_QUESTION] = {   128,   -47,   -56,    74 },
  [HEARD_CLEAR] =    {   -17,   122,   -102,    15 },
  [HEARD_SURE] =     {   -32,   152,   -107,     6 },
  [HEARD_CERTAIN] =  {    31,   145,   -18,   -59 },
};
static const int like_weights[PARSER_N_LIKE][N_OUTCOMES] = {
  [PARSER_LIKE_WISH] =   {  -67,  126,  -11,  -48 },
  [PARSER_LIKE_DOUBT] =  {  -47,  -73,  169,  -49 },
  [PARSER_LIKE_HOW] =    {  -34,  -48, -124,  206 },
};
/* clang-format on */

/* Why the rules passed over what would have been a wish. */
static Heard
sort_of_nothing (const ParserReading *reading)
{
  Heard sort = HEARD_NOTHING;
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (reading->findings, ParserFinding, i);
      if (one->intent != PARSER_INTENT_OPT_OUT || one->why == NULL || one->score < SCORE_CLEAR)
        continue;
      if (strcmp (one->why, "other-object") && strcmp (one->why, "offer"))
        return HEARD_DENIED;
      sort = HEARD_ASTRAY;
    }
  return sort;
}

static Heard
sort_of (const ParserReading *reading, const ParserHeard *heard)
{
  if (heard->intent == PARSER_INTENT_NONE)
    return sort_of_nothing (reading);
  if (heard->intent == PARSER_INTENT_QUESTION)
    return HEARD_QUESTION;
  if (heard->intent == PARSER_INTENT_UNCLEAR || (heard->intent == PARSER_INTENT_OPT_OUT && heard->unsure))
    return HEARD_UNCLEAR;
  if (heard->intent != PARSER_INTENT_OPT_OUT)
    return HEARD_OTHER;
  return heard->score < SCORE_CLEAR     ? HEARD_WEAK
         : heard->score < SCORE_SURE    ? HEARD_CLEAR
         : heard->score < SCORE_CERTAIN ? HEARD_SURE
                                        : HEARD_CERTAIN;
}

/* The heaviest outcome; how much heavier than nothing it is in @lead_out, in hundredths. */
static Outcome
weigh (Heard heard, const ParserLikeness *likeness, int *lead_out)
{
  int sums[N_OUTCOMES];
  Outcome best = NOTHING;
  for (Outcome o = NOTHING; o < N_OUTCOMES; o++)
    {
      sums[o] = heard_weights[heard][o];
      for (guint c = 0; c < PARSER_N_LIKE; c++)
        sums[o] += like_weights[c][o] * likeness->most[c].score / 100;
      best = sums[o] > sums[best] ? o : best;
    }
  *lead_out = sums[best] - sums[NOTHING];
  return best;
}

/* The finding that rests on the stretch which is most like @like. */
static const ParserFinding *
find_like (ParserReading *reading, const ParserLikeness *likeness, ParserLike like)
{
  const ParserSaid *said = likeness->most[like].said;
  const ParserStretch *stretch = &likeness->most[like].stretch;
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  reading->like = (ParserCue){ .learned = TRUE,
                               .language = (guint8)MAX (reading->setting.language, 0),
                               .clause = stretch->first,
                               .start = clauses[stretch->first].start,
                               .end = clauses[stretch->end - 1].end };
  parser_likeness_words (said, stretch, like, &reading->like);
  reading->likely = (ParserFinding){ .said = said, .cue = &reading->like };
  return &reading->likely;
}

/* Who writes below what he quotes is talking to somebody, and what he says of mail belongs to the talk; and
 * where a text of ours came back, what stands beside it unmarked may be the rest of it. */
static gboolean
is_talk (const ParserFacts *facts)
{
  gboolean quoted = FALSE;
  for (guint i = 0; i < facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (facts->segments, i);
      if (strcmp (segment->why, PARSER_WHY_OURS) == 0 || (quoted && segment->kind == PARSER_SEGMENT_NEW))
        return TRUE;
      quoted |= segment->kind == PARSER_SEGMENT_QUOTATION;
    }
  return FALSE;
}

/* What was heard is not unheard, and a wish that is not quite certain yields to nothing but to doubt that
 * stands @beside it. */
static gboolean
may_become (Heard heard, Outcome outcome, gboolean beside)
{
  if (outcome == NOTHING)
    return FALSE;
  if (outcome == WISH)
    return heard <= HEARD_WEAK;
  return heard <= HEARD_WEAK || (outcome == DOUBT && beside && (heard == HEARD_CLEAR || heard == HEARD_SURE));
}

void
parser_balance (ParserReading *reading, ParserHeard *heard)
{
  static const ParserLike likes[N_OUTCOMES]
      = { [WISH] = PARSER_LIKE_WISH, [DOUBT] = PARSER_LIKE_DOUBT, [HOW] = PARSER_LIKE_HOW };
  static const ParserIntent intents[N_OUTCOMES]
      = { PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, PARSER_INTENT_UNCLEAR, PARSER_INTENT_QUESTION };
  const Heard sort = sort_of (reading, heard);
  ParserLikeness likeness = { 0 };
  int lead;
  gboolean in_subject = heard->finding && heard->finding->said == reading->subject; /* weighed by inherit.c */
  if (sort == HEARD_OTHER || in_subject || reading->n_words > PARSER_MOST_LIKE || is_talk (reading->facts))
    return;
  if (!reading->replied && !reading->quotes)
    parser_likeness_read (reading->subject, reading->setting.language, &likeness);
  for (guint i = 0; i < reading->bodies->len; i++)
    parser_likeness_read (g_ptr_array_index (reading->bodies, i), reading->setting.language, &likeness);
  if (likeness.most[0].said == NULL)
    return;
  const Outcome outcome = weigh (sort, &likeness, &lead);
  const ParserStretch *doubt = &likeness.most[PARSER_LIKE_DOUBT].stretch;
  gboolean beside = heard->finding && heard->finding->said == likeness.most[PARSER_LIKE_DOUBT].said
                    && heard->finding->cue->clause >= doubt->first
                    && heard->finding->cue->clause < doubt->end;
  if (!may_become (sort, outcome, beside))
    return;
  if (heard->finding == NULL || outcome == WISH)
    heard->finding = find_like (reading, &likeness, likes[outcome]);
  heard->intent = intents[outcome];
  heard->score = outcome == WISH ? CLAMP (SCORE_CLEAR + lead / 10, SCORE_CLEAR, SCORE_MOST) : SCORE_DOUBT;
  if (heard->finding == &reading->likely)
    {
      reading->likely.intent = heard->intent;
      reading->likely.score = heard->score;
      reading->likely.doubtful = outcome != WISH;
    }
}
