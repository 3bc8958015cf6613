/* rules.c - what a clause asks for: a fixed table of weights, and the ways of speaking that make a wish none
 */
#include "intent.h"

#include <string.h>

/* Weights add up to a confidence; 60 records, 30 is held for a person (DETECTION section 8). */
enum
{
  WEIGHT_PLEASE = 20,
  WEIGHT_FIRST = 15, /* the action begins its clause, or only filler and "please" stand before it */
  WEIGHT_SHORT = 10,
  WEIGHT_LONG = -20,
  WEIGHT_VERY_LONG = -30,
  WEIGHT_UNKNOWN = -15, /* for each of up to four strange words behind the action */
  WEIGHT_MIDDLE = -10,  /* strange words stand before it */
  WEIGHT_TYPO = -5,
  SCORE_COMMAND = 80,
  WEIGHT_BARE = -20, /* a bare key word in a text that goes on */
  SHORT_TEXT = 30,   /* words */
  LONG_TEXT = 120,
  VERY_LONG_TEXT = 300,
  NEAR = 4 /* words over which a "not" reaches */
};

/* clang-format off */
static const struct { ParserIntent intent; gint8 base, me, mail; } weights[] = {
  [PARSER_CUE_LEAVE]     = { PARSER_INTENT_OPT_OUT,    30, 30, 15 },
  [PARSER_CUE_REMOVE]    = { PARSER_INTENT_OPT_OUT,    15, 30, 20 },
  [PARSER_CUE_STOP]      = { PARSER_INTENT_OPT_OUT,    15, 20, 30 },
  [PARSER_CUE_REFUSE]    = { PARSER_INTENT_OPT_OUT,    20, 15, 30 },
  [PARSER_CUE_WISH]      = { PARSER_INTENT_OPT_OUT,    55,  5, 10 },
  [PARSER_CUE_BROKEN]    = { PARSER_INTENT_OPT_OUT,    45,  5, 10 },
  [PARSER_CUE_STAY]      = { PARSER_INTENT_OPT_IN,     65,  0,  5 },
  [PARSER_CUE_SUBSCRIBE] = { PARSER_INTENT_OPT_IN,     30, 20, 20 },
  [PARSER_CUE_ERASE]     = { PARSER_INTENT_ERASURE,    60,  0,  0 },
  [PARSER_CUE_ACCESS]    = { PARSER_INTENT_ACCESS,     60,  0,  0 },
  [PARSER_CUE_CORRECT]   = { PARSER_INTENT_CORRECTION, 60,  0,  0 },
  [PARSER_CUE_SHARE]     = { PARSER_INTENT_NO_SHARING, 65,  0,  0 },
};
/* clang-format on */

/* The clause around an action: the cues of its languages between two contrast words. */
typedef struct
{
  const ParserSaid *said;
  const ParserSetting *setting;
  const ParserClause *clause;
  const ParserCue *action;
  guint first, end; /* cues of the clause */
  guint low, high;  /* bytes of words */
} Place;

static gboolean
counts (const Place *place, const ParserCue *cue)
{
  return !cue->inside
         && (cue->language == place->action->language || (int)cue->language == place->setting->language);
}

static const ParserCue *
cue_at (const ParserSaid *said, guint i)
{
  return &g_array_index (said->cues, ParserCue, i);
}

/* The first cue of @kind whose start lies in [low, high), other than the action. */
static const ParserCue *
find (const Place *place, ParserCueKind kind, guint low, guint high)
{
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (cue->kind == kind && cue != place->action && counts (place, cue) && cue->start >= low
          && cue->start < high)
        return cue;
    }
  return NULL;
}

static const ParserCue *
find_in_clause (const Place *place, ParserCueKind kind)
{
  return find (place, kind, place->low, place->high);
}

/* A cue of @kind anywhere in the action's sentence. */
static const ParserCue *
find_in_sentence (const Place *place, ParserCueKind kind)
{
  const GArray *clauses = place->said->clauses, *cues = place->said->cues;
  for (guint i = place->first; i > 0; i--)
    {
      const ParserCue *cue = cue_at (place->said, i - 1);
      if (g_array_index (clauses, ParserClause, cue->clause).sentence != place->clause->sentence)
        break;
      if (cue->kind == kind && counts (place, cue))
        return cue;
    }
  for (guint i = place->first; i < cues->len; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (g_array_index (clauses, ParserClause, cue->clause).sentence != place->clause->sentence)
        break;
      if (cue->kind == kind && cue != place->action && counts (place, cue))
        return cue;
    }
  return NULL;
}

static void
set_bounds (Place *place)
{
  place->low = place->clause->start;
  place->high = place->clause->end;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (cue->kind != PARSER_CUE_BUT || !counts (place, cue))
        continue;
      if (cue->end <= place->action->start)
        place->low = cue->end;
      else if (cue->start >= place->action->end)
        place->high = MIN (place->high, cue->start);
    }
}

static guint
words_between (const Place *place, guint start, guint end)
{
  return end > start ? parser_said_count (place->said, start, end) : 0;
}

static gboolean
lies_in (const ParserCue *inner, const ParserCue *outer)
{
  for (guint p = 0; p < outer->n_pieces; p++)
    if (outer->pieces[p].start <= inner->start && outer->pieces[p].end >= inner->end)
      return TRUE;
  return FALSE;
}

/* Negation reaches over NEAR words before the action, never out of its clause; two make none. A refusal
 * straight before another action is a negation of it: "I don't want you to stop". */
static gboolean
is_negated (const Place *place)
{
  const ParserCue *action = place->action;
  guint negations = 0;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      gboolean refusal = cue->kind == PARSER_CUE_REFUSE && action->kind != PARSER_CUE_REFUSE
                         && action->kind != PARSER_CUE_WISH && cue->end <= action->start
                         && find (place, PARSER_CUE_MAIL, cue->end, action->start) == NULL;
      if ((cue->kind != PARSER_CUE_NOT && !refusal) || !counts (place, cue) || lies_in (cue, action))
        continue;
      if (cue->start >= place->low && cue->end <= action->start)
        negations += words_between (place, cue->end, action->start) <= NEAR;
      else if (cue->start >= action->start && cue->end <= action->end)
        negations++;
      else if (parser_cues_negates_after (action->language) && cue->start >= action->end
               && cue->start < place->high)
        negations += words_between (place, action->end, cue->start) <= NEAR;
    }
  return negations % 2 == 1;
}

/* A refusal that only negates the action behind it is no refusal of mail. */
static gboolean
is_carrier (const Place *place)
{
  if (place->action->kind != PARSER_CUE_REFUSE)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (cue->kind <= PARSER_CUE_STOP && counts (place, cue) && cue->start >= place->action->end
          && cue->start < place->high && words_between (place, place->action->end, cue->start) <= NEAR
          && find (place, PARSER_CUE_MAIL, place->action->end, cue->start) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* The first of what may be acted on decides: "remove me from the cc of this list" is about the cc. */
static gboolean
is_other_object (const Place *place)
{
  const ParserCue *thing = find (place, PARSER_CUE_THING, place->action->start, place->high);
  const ParserCue *mail = find (place, PARSER_CUE_MAIL, place->action->start, place->high);
  if (thing == NULL || lies_in (thing, place->action))
    return FALSE;
  return mail == NULL || thing->start < mail->start
         || (thing->start == mail->start && thing->end >= mail->end);
}

/* Nothing stands before the action but filler and asking, or a "please" stands straight before it. */
static gboolean
begins_clause (const Place *place)
{
  guint at = place->low;
  for (guint i = place->first; i < place->end && at < place->action->start; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      gboolean asks = cue->kind == PARSER_CUE_PLEASE || cue->kind == PARSER_CUE_WANT;
      gboolean light = asks || cue->kind == PARSER_CUE_FILLER || cue->kind == PARSER_CUE_ME;
      if (!light || !counts (place, cue) || cue->start >= place->action->start || cue->end <= at)
        continue;
      if (asks || cue->start <= at + 1)
        at = cue->end;
    }
  return at + 1 >= place->action->start;
}

static gboolean
stands_for_writer (const ParserSetting *setting, const char *address)
{
  for (const char *const *own = setting->own; own && *own; own++)
    if (g_ascii_strcasecmp (*own, address) == 0)
      return TRUE;
  return FALSE;
}

/* An address behind the action: the writer's own stands for "me", another one is a third party's. */
static const char *
named_after (const Place *place, gboolean *own_out)
{
  const GPtrArray *named = place->said->named;
  for (guint i = 0; i < named->len; i++)
    {
      const ParserNamed *one = g_ptr_array_index (named, i);
      if (one->at < place->action->start || one->at >= place->high)
        continue;
      *own_out = stands_for_writer (place->setting, one->address);
      return *own_out ? NULL : one->address;
    }
  return NULL;
}

/* Words in [start, end) that no cue covers: something else is spoken of. */
static guint
unknown_words (const Place *place, guint start, guint end)
{
  guint unknown = 0;
  const char *words = place->said->words->str;
  for (guint at = start; at < end;)
    {
      guint next = at;
      for (guint i = place->first; i < place->end; i++)
        {
          const ParserCue *cue = cue_at (place->said, i);
          for (guint p = 0; counts (place, cue) && p < cue->n_pieces; p++)
            if (cue->pieces[p].start <= at && cue->pieces[p].end > next)
              next = cue->pieces[p].end;
        }
      if (next == at)
        {
          const char *space = memchr (words + at, ' ', end - at);
          next = space ? (guint)(space - words) : end;
          unknown += (guchar)words[at] > PARSER_WORD_URL && words[at] != ' ';
        }
      at = next + (next < end && words[next] == ' ');
    }
  return unknown;
}

/* Is there a cue of @kind within @most words of the action, before or behind it? */
static const ParserCue *
find_near (const Place *place, ParserCueKind kind, guint most)
{
  const ParserCue *action = place->action;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (cue->kind != kind || cue == action || !counts (place, cue) || cue->start < place->low
          || cue->start >= place->high)
        continue;
      if (words_between (place, cue->end, action->start) + words_between (place, action->end, cue->start)
          <= most)
        return cue;
    }
  return NULL;
}

/* What the action acts on is named, and is what it must be: the writer, or mail with nothing strange before
 * it. */
static gboolean
has_object (const Place *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  const ParserCue *mail;
  switch (action->kind)
    {
    case PARSER_CUE_REMOVE:
      mail = find (place, PARSER_CUE_MAIL, action->start, place->high);
      return me || named || (mail && unknown_words (place, action->pieces[0].end, mail->start) == 0);
    case PARSER_CUE_STOP:
    case PARSER_CUE_REFUSE:
      mail = find (place, PARSER_CUE_MAIL, action->start, place->high);
      return (me && find_near (place, PARSER_CUE_ME, NEAR)
              && unknown_words (place, action->end, place->high) <= 1)
             || (mail && words_between (place, action->end, mail->start) <= NEAR
                 && unknown_words (place, action->end, mail->start) <= 1);
    case PARSER_CUE_LEAVE:
      return me || unknown_words (place, action->end, place->high) <= 1;
    default:
      return TRUE;
    }
}

/* Words of a sender who says how to leave: "click here", "if you", an URL. In another clause of the sentence
 * they are passed over when the writer speaks of himself. */
static gboolean
is_offer (const Place *place, gboolean me)
{
  if (find (place, PARSER_CUE_OFFER, place->low, place->action->start))
    return TRUE;
  if (me)
    return FALSE;
  return find_in_sentence (place, PARSER_CUE_OFFER)
         || find (place, PARSER_CUE_YOU, place->low, place->action->start)
         || memchr (place->said->words->str + place->low, PARSER_WORD_URL, place->high - place->low);
}

static const char *
why_ignored (const Place *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  if (is_negated (place))
    return "negated";
  if (is_carrier (place))
    return "negation";
  if (is_other_object (place) || !has_object (place, me, named))
    return "other-object";
  if (place->clause->quoted && (place->clause->end - place->clause->start + 1 < place->said->words->len))
    return "quoted-words";
  const ParserCue *others = find (place, PARSER_CUE_OTHERS, place->low, action->start);
  if (others && find (place, PARSER_CUE_PLEASE, others->end, action->start) == NULL
      && !lies_in (others, action))
    return "other-person";
  if (is_offer (place, me))
    return "offer";
  return NULL;
}

/* "please", in the clause or as a clause of its own beside it. */
static gboolean
is_asked_for (const Place *place)
{
  if (find_in_clause (place, PARSER_CUE_PLEASE))
    return TRUE;
  const ParserCue *please = find_in_sentence (place, PARSER_CUE_PLEASE);
  if (please == NULL)
    return find (place, PARSER_CUE_WANT, place->low, place->action->start) != NULL;
  const ParserClause *clause = &g_array_index (place->said->clauses, ParserClause, please->clause);
  return ABS ((gint)please->clause - (gint)place->action->clause) == 1
         && parser_said_count (place->said, clause->start, clause->end) <= NEAR;
}

static int
score_of (const Place *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  gboolean mail = find_in_clause (place, PARSER_CUE_MAIL) != NULL;
  guint words = place->setting->n_words;
  int score = weights[action->kind].base + me * weights[action->kind].me + mail * weights[action->kind].mail;
  if (is_asked_for (place))
    score += WEIGHT_PLEASE;
  if (action->typo)
    score += WEIGHT_TYPO;
  if (begins_clause (place))
    score += WEIGHT_FIRST;
  else if (unknown_words (place, place->low, action->start))
    score += WEIGHT_MIDDLE;
  if (!mail && !named && weights[action->kind].intent == PARSER_INTENT_OPT_OUT)
    score += WEIGHT_UNKNOWN * (int)MIN (unknown_words (place, action->end, place->high), NEAR);
  if (action->kind == PARSER_CUE_LEAVE && !me && !mail && words > SHORT_TEXT && !is_asked_for (place))
    score += WEIGHT_BARE;
  score += words <= SHORT_TEXT      ? WEIGHT_SHORT
           : words > VERY_LONG_TEXT ? WEIGHT_VERY_LONG
           : words > LONG_TEXT      ? WEIGHT_LONG
                                    : 0;
  return score;
}

static void
judge (Place *place, GArray *findings)
{
  const ParserCue *action = place->action;
  gboolean own = FALSE;
  set_bounds (place);
  const char *named = named_after (place, &own);
  gboolean me = own || find_in_clause (place, PARSER_CUE_ME) != NULL;
  ParserFinding finding = { .said = place->said, .cue = action, .intent = weights[action->kind].intent };
  finding.score = score_of (place, me, named);
  const ParserCue *ask = find (place, PARSER_CUE_ASK, place->low, action->start);
  if (ask && finding.intent == PARSER_INTENT_OPT_OUT)
    {
      finding.intent = PARSER_INTENT_QUESTION;
      finding.score += place->clause->asked ? 20 : 0;
      finding.why = place->clause->asked || place->setting->n_words <= 2 * SHORT_TEXT ? NULL : "discussion";
    }
  else
    finding.why = why_ignored (place, me, named);
  const ParserCue *person = find (place, PARSER_CUE_PERSON, action->start, place->high);
  finding.third_person = person != NULL && !me;
  finding.named = me ? NULL : named;
  const ParserCue *condition = find_in_sentence (place, PARSER_CUE_IF);
  finding.asked = (condition && ABS ((gint)condition->clause - (gint)action->clause) <= 1)
                  || (place->clause->asked && find_in_sentence (place, PARSER_CUE_PLEASE) == NULL);
  g_array_append_val (findings, finding);
}

static gboolean
is_covered (const ParserSaid *said, guint first, guint end, guint at, guint *end_out)
{
  guint best = at;
  for (guint i = first; i < end; i++)
    {
      const ParserCue *cue = cue_at (said, i);
      gboolean light = cue->kind <= PARSER_CUE_FILLER || cue->kind == PARSER_CUE_FROM;
      for (guint p = 0; light && p < cue->n_pieces; p++)
        if (cue->pieces[p].start <= at && cue->pieces[p].end > best)
          best = cue->pieces[p].end;
    }
  *end_out = best;
  return best > at;
}

/* Kinds of words that stand in no command. */
static gboolean
is_talk (guint kind)
{
  return kind == PARSER_CUE_NOT || kind == PARSER_CUE_OTHERS || kind == PARSER_CUE_PAST
         || kind == PARSER_CUE_ASK || kind == PARSER_CUE_ABOUT || kind == PARSER_CUE_THING
         || kind == PARSER_CUE_OFFER;
}

gboolean
parser_rules_is_command (const ParserSaid *said, guint first_clause, guint end_clause,
                         const ParserCue **cue_out, int *score_out)
{
  const ParserCue *command = NULL;
  guint first = 0, end, unknown = 0, before = 0;
  for (guint last = said->cues->len; first < last;) /* cues stand in the order of their clauses */
    {
      guint middle = first + (last - first) / 2;
      if (cue_at (said, middle)->clause < first_clause)
        first = middle + 1;
      else
        last = middle;
    }
  for (end = first; end < said->cues->len && cue_at (said, end)->clause < end_clause; end++)
    {
      const ParserCue *cue = cue_at (said, end);
      gboolean commands
          = cue->kind == PARSER_CUE_LEAVE || cue->kind == PARSER_CUE_COMMAND || cue->kind == PARSER_CUE_WISH;
      if (commands && !cue->inside
          && (command == NULL || (command->kind == PARSER_CUE_COMMAND && cue->kind != PARSER_CUE_COMMAND)))
        command = cue;
      if (is_talk (cue->kind) && !cue->inside)
        return FALSE;
    }
  if (command == NULL)
    return FALSE;
  for (guint i = first_clause; i < end_clause; i++)
    {
      const ParserClause *clause = &g_array_index (said->clauses, ParserClause, i);
      for (guint at = clause->start; at < clause->end;)
        {
          guint next;
          if (!is_covered (said, first, end, at, &next))
            {
              const char *space = memchr (said->words->str + at, ' ', clause->end - at);
              next = space ? (guint)(space - said->words->str) : clause->end;
              gboolean strange = (guchar)said->words->str[at] > PARSER_WORD_URL;
              unknown += strange;
              before += strange && at < command->start;
            }
          at = next + (next < clause->end && said->words->str[next] == ' ');
        }
    }
  gboolean weak = command->kind == PARSER_CUE_COMMAND;
  if (before || unknown > (weak ? 0 : 4))
    return FALSE;
  *cue_out = command;
  *score_out = SCORE_COMMAND - 5 * (int)MIN (unknown, 2) + (command->typo ? WEIGHT_TYPO : 0);
  return TRUE;
}

void
parser_rules_read (const ParserSaid *said, const ParserSetting *setting, GArray *findings)
{
  Place place = { .said = said, .setting = setting };
  for (guint i = 0; i < said->cues->len; i++)
    {
      const ParserCue *cue = cue_at (said, i);
      if (i == 0 || cue->clause != cue_at (said, i - 1)->clause)
        {
          place.first = i;
          for (place.end = i; place.end < said->cues->len && cue_at (said, place.end)->clause == cue->clause;)
            place.end++;
          place.clause = &g_array_index (said->clauses, ParserClause, cue->clause);
        }
      gboolean acts = cue->kind < G_N_ELEMENTS (weights) && weights[cue->kind].base > 0;
      if (cue->inside && cue->kind == PARSER_CUE_LEAVE)
        {
          ParserFinding seen
              = { .said = said, .cue = cue, .intent = PARSER_INTENT_OPT_OUT, .why = "mention" };
          for (guint k = place.first; k < place.end; k++)
            if (cue_at (said, k)->kind == PARSER_CUE_PAST && lies_in (cue, cue_at (said, k)))
              seen.why = "past";
          g_array_append_val (findings, seen);
        }
      if (!acts || cue->inside)
        continue;
      place.action = cue;
      judge (&place, findings);
    }
}
