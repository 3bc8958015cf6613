/* balance.c - what the rules heard, and what the text is like, weighed against each other
 *
 * Rules know what they have words for, and are seldom wrong there; the examples know ways of speaking that no
 * rule has. Both are given weights, and the heaviest outcome is the verdict, where what was heard may become
 * it. The weights were fitted to mail that neither the lexicon nor the examples had seen (doc/ACCURACY tells
 * how). */
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

enum
{
  FARTHEST = 200,  /* likeness beyond which a text is no more like, or unlike */
  UNLIKE = -80,    /* below which a weak or unclear wish is none, and an erasure doubtful */
  FAR_FROM = -220, /* and a sure one doubtful */
  PLAIN = 100,     /* from which doubt is plain */
  MANY_WORDS = 30,
  MUCH_HEAVIER = 60,   /* hundredths */
  LEAST_BROKEN = -110, /* likeness from which a question is that leaving did not work, */
  BROKEN = 90,         /* and any text tells it */
  COMMAND = 3          /* words of the mail at most, of which likeness knows too little */
};

typedef enum
{
  NOTHING,
  WISH,
  DOUBT,
  HOW,
  N_OUTCOMES
} Outcome;

static const ParserLike likes[N_OUTCOMES]
    = { [WISH] = PARSER_LIKE_WISH, [DOUBT] = PARSER_LIKE_DOUBT, [HOW] = PARSER_LIKE_HOW };
/* Up to which likeness it is none; what a person reads may be somewhat unlike. */
static const int too_little[N_OUTCOMES] = { [WISH] = 25, [DOUBT] = -60, [HOW] = -60 };

typedef enum
{
  HEARD_NOTHING,
  HEARD_ASTRAY, /* one for something else */
  HEARD_BESIDE, /* one of somebody else, in quotation marks or past */
  HEARD_WEAK,
  HEARD_UNCLEAR,
  HEARD_CLEAR,
  HEARD_SURE,
  HEARD_CERTAIN,
  HEARD_RIGHT,  /* what do you know of me, my address has changed */
  HEARD_DENIED, /* do not take me off */
  HEARD_ERASURE,
  N_HEARD,
  HEARD_OTHER = N_HEARD /* another request, a wish for a third person, talk: not weighed */
} Heard;

/* clang-format off */
static const int heard_weights[N_HEARD][N_OUTCOMES] = {
  /*                   nothing  wish  doubt   how */
  [HEARD_NOTHING] =   {   -62,   214,  -304,   150 },
  [HEARD_ASTRAY] =    {   -43,    88,  -154,   154 },
  [HEARD_BESIDE] =    {    79,   147,  -346,   122 },
  [HEARD_WEAK] =      {  -262,   178,  -139,   223 },
  [HEARD_UNCLEAR] =   {  -197,   -64,    -4,   269 },
  [HEARD_CLEAR] =     {  -328,   353,  -305,   291 },
  [HEARD_SURE] =      {  -372,   389,  -295,   281 },
  [HEARD_CERTAIN] =   {  -352,   496,  -181,    38 },
  [HEARD_RIGHT] =     {   -74,   295,  -147,   -73 },
  [HEARD_DENIED] =    {    84,   161,   -74,  -164 },
  [HEARD_ERASURE] =   {  -158,   285,  -202,    70 },
};
static const int like_weights[PARSER_N_LEAVING][N_OUTCOMES] = {
  [PARSER_LIKE_WISH] =    {  -103,   133,    -6,   -27 },
  [PARSER_LIKE_DOUBT] =   {  -120,   -62,   230,   -50 },
  [PARSER_LIKE_HOW] =     {  -128,   -17,   -11,   156 },
  [PARSER_LIKE_ERASED] =  {   -31,    39,    49,   -56 },
  [PARSER_LIKE_BROKEN] =  {    60,   -82,   -77,   101 },
};
/* The more is said, the more likely of something else: for each time that the words are twice as many. */
static const int length_weights[N_OUTCOMES] = {    -7,   -52,    65,   -15 };
/* clang-format on */

/* Why the rules passed over what would have been a wish. */
static Heard
sort_of_nothing (const ParserReading *reading)
{
  static const char *const astray[] = { "other-object", "offer", NULL };
  static const char *const beside[] = { "other-person", "quoted-words", "past", NULL };
  static const char *const denied[] = { "negated", "negation", NULL };
  Heard sort = HEARD_NOTHING;
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (reading->findings, ParserFinding, i);
      if (one->intent != PARSER_INTENT_OPT_OUT || one->why == NULL || one->score < SCORE_CLEAR)
        continue;
      if (g_strv_contains (beside, one->why))
        sort = HEARD_BESIDE;
      else if (g_strv_contains (astray, one->why))
        sort = sort == HEARD_NOTHING ? HEARD_ASTRAY : sort;
      else if (!g_strv_contains (denied, one->why))
        return HEARD_OTHER;
      else if (sort != HEARD_BESIDE)
        sort = HEARD_DENIED;
    }
  return sort;
}

static Heard
sort_of (const ParserReading *reading, const ParserHeard *heard)
{
  if (heard->intent == PARSER_INTENT_NONE)
    return sort_of_nothing (reading);
  g_assert (heard->finding);
  if (heard->unsure || heard->finding->third_person || heard->finding->named)
    return HEARD_OTHER;
  if (heard->intent == PARSER_INTENT_UNCLEAR)
    return HEARD_UNCLEAR;
  if (heard->intent == PARSER_INTENT_ACCESS || heard->intent == PARSER_INTENT_CORRECTION)
    return HEARD_RIGHT;
  if (heard->intent == PARSER_INTENT_ERASURE)
    return HEARD_ERASURE;
  if (heard->intent == PARSER_INTENT_OPT_IN)
    return HEARD_NOTHING;
  if (heard->intent != PARSER_INTENT_OPT_OUT)
    return HEARD_OTHER;
  return heard->score < SCORE_CLEAR     ? HEARD_WEAK
         : heard->score < SCORE_SURE    ? HEARD_CLEAR
         : heard->score < SCORE_CERTAIN ? HEARD_SURE
                                        : HEARD_CERTAIN;
}

/* The heaviest outcome, of nothing and what the text is like; how much heavier than nothing it is in
 * @lead_out, in hundredths. */
static Outcome
weigh (Heard heard, const ParserLikeness *likeness, guint n_words, int *lead_out)
{
  const int length = (int)g_bit_storage (n_words);
  int sums[N_OUTCOMES];
  Outcome best = NOTHING;
  for (Outcome o = NOTHING; o < N_OUTCOMES; o++)
    {
      gboolean like = o == NOTHING || likeness->most[likes[o]].score > too_little[o];
      sums[o] = heard_weights[heard][o] + length_weights[o] * length;
      for (guint c = 0; c < G_N_ELEMENTS (like_weights); c++)
        sums[o] += like_weights[c][o] * CLAMP (likeness->most[c].score, -FARTHEST, FARTHEST) / 100;
      best = like && sums[o] > sums[best] ? o : best;
    }
  *lead_out = sums[best] - sums[NOTHING];
  return best;
}

ParserFinding *
parser_reading_likely (const ParserReading *reading, ParserLike like, ParserLikely *likely)
{
  const ParserSaid *said = reading->likeness.most[like].said;
  const ParserStretch *stretch = &reading->likeness.most[like].told;
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  likely->cue = (ParserCue){ .learned = TRUE,
                             .language = (guint8)MAX (reading->setting.language, 0),
                             .clause = stretch->first,
                             .start = clauses[stretch->first].start,
                             .end = clauses[stretch->end - 1].end };
  parser_likeness_words (said, stretch, like, &likely->cue);
  likely->finding = (ParserFinding){ .said = said, .cue = &likely->cue };
  return &likely->finding;
}

/* Where a text of ours came back, what stands beside it unmarked may be the rest of it. */
static gboolean
has_ours (const ParserFacts *facts)
{
  for (guint i = 0; i < facts->segments->len; i++)
    if (strcmp (((const ParserSegment *)g_ptr_array_index (facts->segments, i))->why, PARSER_WHY_OURS) == 0)
      return TRUE;
  return FALSE;
}

gboolean
parser_reading_is_talk (const ParserReading *reading)
{
  gboolean quoted = FALSE;
  for (guint i = 0; i < reading->facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (reading->facts->segments, i);
      if (quoted && segment->kind == PARSER_SEGMENT_NEW)
        return TRUE;
      quoted |= segment->kind == PARSER_SEGMENT_QUOTATION;
    }
  return FALSE;
}

/* Does the wish that was heard stand in the stretch that is most like doubt, and plainly so where it is
 * certain? */
static gboolean
is_beside (Heard sort, const ParserFinding *wish, const ParserLikeness *likeness)
{
  const ParserStretch *doubt = &likeness->most[PARSER_LIKE_DOUBT].stretch;
  return likeness->most[PARSER_LIKE_DOUBT].score > (sort == HEARD_CERTAIN ? PLAIN : 0)
         && wish->said == likeness->most[PARSER_LIKE_DOUBT].said && wish->cue->clause >= doubt->first
         && wish->cue->clause < doubt->end;
}

static gboolean
is_sure (Heard sort)
{
  return sort == HEARD_CLEAR || sort == HEARD_SURE || sort == HEARD_CERTAIN || sort == HEARD_ERASURE;
}

static gboolean
is_below (const ParserLikeness *likeness, int score)
{
  for (guint c = 0; c < PARSER_N_LEAVING; c++)
    if (likeness->most[c].score > score)
      return FALSE;
  return TRUE;
}

/* Does the likely wish stand in clauses that the request with a term of the law, which was heard, is none of?
 */
static gboolean
is_apart (const ParserFinding *right, const ParserLikeness *likeness)
{
  const ParserStretch *told = &likeness->most[PARSER_LIKE_WISH].told;
  return right->said != likeness->most[PARSER_LIKE_WISH].said || right->cue->clause < told->first
         || right->cue->clause >= told->end;
}

/* Is there a likely wish beside that request, perhaps together with it? */
static gboolean
is_wish_beside (const ParserHeard *heard, Heard sort, const ParserLikeness *likeness)
{
  const ParserStretch *told = &likeness->most[PARSER_LIKE_WISH].told;
  return sort == HEARD_RIGHT && likeness->most[PARSER_LIKE_WISH].score > 0
         && (told->end - told->first > 1 || is_apart (heard->finding, likeness));
}

/* Does the likely wish stand behind @back, the wish for mail: "I said that I would stay. Not any more"? */
static gboolean
is_later (const ParserFinding *back, const ParserLikeness *likeness)
{
  const ParserStretch *told = &likeness->most[PARSER_LIKE_WISH].told;
  return likeness->most[PARSER_LIKE_WISH].said == back->said && told->first > back->cue->clause;
}

/* Is leaving denied in so many words, "there is no need to remove me", where the likely wish lies, or
 * elsewhere in its text? */
static gboolean
is_denied (const ParserLikeness *likeness, gboolean elsewhere)
{
  const ParserSaid *said = likeness->most[PARSER_LIKE_WISH].said;
  const ParserStretch *told = &likeness->most[PARSER_LIKE_WISH].told;
  const ParserCue *denial = NULL;
  for (guint i = 0; i < said->cues->len; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if ((cue->clause < told->first || cue->clause >= told->end) != elsewhere)
        continue;
      if (cue->kind == PARSER_CUE_NOT && (denial == NULL || cue->end > denial->end))
        denial = cue;
      else if (cue->kind <= PARSER_CUE_STOP && cue->inside && denial && parser_cue_lies_in (cue, denial))
        return TRUE;
    }
  return FALSE;
}

/* May what the rules heard become @outcome? What rests on a word that was guessed is for a person; so is a
 * sure wish that weighs as nothing. What the operator's own words heard is never less than it was. */
static gboolean
may_become (const ParserReading *reading, const ParserHeard *heard, Heard sort, Outcome outcome,
            const ParserLikeness *likeness)
{
  const gboolean nothing = heard->intent == PARSER_INTENT_NONE, sure = is_sure (sort);
  const gboolean weak = sort == HEARD_WEAK || sort == HEARD_UNCLEAR;
  const gboolean guessed = !nothing && heard->finding->cue->typos > 0;
  if (outcome != WISH && !nothing && heard->finding->cue->own)
    return FALSE;
  if (heard->intent == PARSER_INTENT_OPT_IN)
    return outcome == WISH && is_later (heard->finding, likeness);
  switch (outcome)
    {
    case WISH:
      return (nothing && !is_denied (likeness, FALSE)) || sort == HEARD_RIGHT || (weak && !guessed);
    case DOUBT:
      return nothing || (sure && is_beside (sort, heard->finding, likeness))
             || is_wish_beside (heard, sort, likeness);
    case HOW:
      return nothing;
    case NOTHING:
      return reading->n_words > COMMAND
             && ((((weak && !guessed) || sort == HEARD_ERASURE) && is_below (likeness, UNLIKE))
                 || (sure && is_below (likeness, FAR_FROM)));
    case N_OUTCOMES:
    default:
      return FALSE;
    }
}

/* Is the wish one to be forgotten, by the same words? */
static gboolean
is_erasure (const ParserLikeness *likeness)
{
  const ParserStretch *wish = &likeness->most[PARSER_LIKE_WISH].stretch;
  const ParserStretch *erased = &likeness->most[PARSER_LIKE_ERASED].stretch;
  return likeness->most[PARSER_LIKE_ERASED].score > 0
         && likeness->most[PARSER_LIKE_ERASED].said == likeness->most[PARSER_LIKE_WISH].said
         && erased->first < wish->end && wish->first < erased->end;
}

/* Is the question that leaving did not work? Who tells that wants to be off. */
static gboolean
is_broken (const ParserLikeness *likeness)
{
  return likeness->most[PARSER_LIKE_BROKEN].score > LEAST_BROKEN;
}

/* Is what was heard in the very clause that asks to be forgotten: "delete all data about me"? */
static gboolean
is_erased (const ParserFinding *right, const ParserLikeness *likeness)
{
  const ParserStretch *told = &likeness->most[PARSER_LIKE_ERASED].told;
  return is_erasure (likeness) && right->said == likeness->most[PARSER_LIKE_ERASED].said
         && told->end - told->first == 1 && right->cue->clause == told->first;
}

/* Makes @outcome of what was heard; a wish is @lead heavier than nothing. One in the same clauses as a
 * request with a term of the law is for a person, or the request might be none; so is one beside a wish of
 * somebody else, or a past one. */
static void
become (ParserReading *reading, ParserHeard *heard, Heard sort, Outcome outcome,
        const ParserLikeness *likeness, int lead)
{
  static const ParserIntent intents[N_OUTCOMES]
      = { PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, PARSER_INTENT_UNCLEAR, PARSER_INTENT_QUESTION };
  const gboolean mixed
      = sort == HEARD_RIGHT && !is_erased (heard->finding, likeness) && !is_apart (heard->finding, likeness);
  const gboolean split = outcome == WISH && (mixed || sort == HEARD_BESIDE);
  const gboolean wish = (outcome == WISH && !split) || (outcome == HOW && is_broken (likeness));
  if (heard->finding == NULL || wish)
    heard->finding = parser_reading_likely (reading, likes[outcome], &reading->likely);
  heard->intent = split                                              ? PARSER_INTENT_UNCLEAR
                  : wish && outcome == WISH && is_erasure (likeness) ? PARSER_INTENT_ERASURE
                  : wish                                             ? PARSER_INTENT_OPT_OUT
                                                                     : intents[outcome];
  heard->score = wish ? CLAMP (SCORE_CLEAR + lead / 10, SCORE_CLEAR, SCORE_MOST) : SCORE_DOUBT;
  if (heard->finding == &reading->likely.finding)
    {
      reading->likely.finding.intent = heard->intent;
      reading->likely.finding.score = heard->score;
      reading->likely.finding.doubtful = !wish;
    }
}

/* Is there a cue of @kind that covers all of @within? */
static gboolean
is_covered (const ParserSaid *said, ParserCueKind kind, const ParserCue *within)
{
  for (guint i = 0; i < said->cues->len; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if (cue->kind == kind && cue->start <= within->start && cue->end >= within->end)
        return TRUE;
    }
  return FALSE;
}

static gboolean
names_mail (const ParserReading *reading)
{
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *said = g_ptr_array_index (reading->bodies, i);
      for (guint k = 0; k < said->cues->len; k++)
        if (parser_said_cue (said, k)->kind == PARSER_CUE_MAIL
            || parser_said_cue (said, k)->kind == PARSER_CUE_LIST)
          return TRUE;
    }
  return FALSE;
}

/* "Cancellation" in the subject, above a text that says something and names no mail: of a contract, a room,
 * an appointment? */
static gboolean
may_cancel_other (const ParserReading *reading, const ParserHeard *heard)
{
  return heard->finding && heard->finding->said == reading->subject && heard->intent == PARSER_INTENT_OPT_OUT
         && reading->n_words > COMMAND
         && is_covered (reading->subject, PARSER_CUE_CANCEL, heard->finding->cue) && !names_mail (reading);
}

static void
read_likeness (const ParserReading *reading, gboolean subject, ParserLikeness *likeness)
{
  if (subject && !reading->replied && !reading->quotes)
    parser_likeness_read (reading->subject, reading->setting.language, likeness);
  for (guint i = 0; i < reading->bodies->len; i++)
    parser_likeness_read (g_ptr_array_index (reading->bodies, i), reading->setting.language, likeness);
}

/* Returns FALSE where the text below does not tell against it. */
static gboolean
cancels_other (const ParserReading *reading, const ParserHeard *heard)
{
  ParserLikeness likeness = { 0 };
  if (!may_cancel_other (reading, heard))
    return FALSE;
  read_likeness (reading, FALSE, &likeness);
  return likeness.most[0].said && is_below (&likeness, UNLIKE);
}

/* "I get an error when I try to unsubscribe": "when" is no condition, and who asks what to do now wants to be
 * off. */
static gboolean
tells_broken (const ParserHeard *heard, const ParserLikeness *likeness)
{
  const gboolean open = heard->intent == PARSER_INTENT_NONE || heard->intent == PARSER_INTENT_UNCLEAR
                        || heard->intent == PARSER_INTENT_QUESTION;
  return open && !heard->unsure && likeness->most[PARSER_LIKE_BROKEN].said
         && likeness->most[PARSER_LIKE_BROKEN].score > BROKEN
         && !(heard->finding && (heard->finding->third_person || heard->finding->named));
}

/* Long texts have some sentence that is like anything: there a wish that no rule heard must be much heavier
 * than nothing. */
static gboolean
is_too_light (const ParserReading *reading, const ParserHeard *heard, int lead)
{
  return heard->intent == PARSER_INTENT_NONE && reading->n_words > MANY_WORDS && lead < MUCH_HEAVIER;
}

static void
balance (ParserReading *reading, ParserHeard *heard)
{
  const Heard sort = sort_of (reading, heard);
  const ParserLikeness *likeness = &reading->likeness;
  int lead;
  gboolean in_subject = heard->finding && heard->finding->said == reading->subject; /* weighed by inherit.c */
  if (reading->n_words == 0 || reading->n_words > PARSER_MOST_LIKE || has_ours (reading->facts))
    return;
  if (cancels_other (reading, heard))
    {
      *heard = (ParserHeard){ .intent = PARSER_INTENT_NONE };
      return;
    }
  read_likeness (reading, TRUE, &reading->likeness);
  if (tells_broken (heard, likeness) && !parser_reading_is_talk (reading))
    {
      become (reading, heard, sort, HOW, likeness, 0);
      return;
    }
  if (sort == HEARD_OTHER || (in_subject && sort != HEARD_WEAK) || likeness->most[0].said == NULL)
    return;
  Outcome outcome = weigh (sort, likeness, reading->n_words, &lead);
  if ((outcome == NOTHING && is_wish_beside (heard, sort, likeness))
      || (outcome == WISH
          && (is_too_light (reading, heard, lead) || (sort == HEARD_DENIED && is_denied (likeness, TRUE)))))
    outcome = DOUBT;
  if (!may_become (reading, heard, sort, outcome, likeness)
      || (outcome != NOTHING && parser_reading_is_talk (reading)))
    return;
  if (outcome != NOTHING)
    become (reading, heard, sort, outcome, likeness, lead);
  else if (is_sure (sort))
    become (reading, heard, sort, DOUBT, likeness, lead);
  else
    *heard = (ParserHeard){ .intent = PARSER_INTENT_NONE };
}

/* "Delete my account, please": the rules hear a wish to leave in it; who wants to be forgotten wants more. */
void
parser_balance (ParserReading *reading, ParserHeard *heard)
{
  balance (reading, heard);
  if (heard->intent == PARSER_INTENT_OPT_OUT && reading->likeness.most[PARSER_LIKE_ERASED].said
      && reading->likeness.most[PARSER_LIKE_ERASED].score > 0)
    heard->intent = PARSER_INTENT_ERASURE;
}
