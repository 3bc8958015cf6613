/* rules.c - what a clause asks for: a fixed table of weights, and the ways of speaking that make a wish none
 */
#include "intent.h"

#include <string.h>

/* Weights add up to a confidence; 60 records, 30 is held for a person (DETECTION section 8). */
enum
{
  WEIGHT_PLEASE = 15,
  WEIGHT_FIRST = 10, /* the action begins its clause, or only filler and "please" stand before it */
  WEIGHT_SHORT = 10,
  WEIGHT_LONG = -10,
  WEIGHT_VERY_LONG = -20,
  WEIGHT_UNKNOWN = -30, /* the action's object is a word that we do not know */
  WEIGHT_TYPO = -5,
  SCORE_COMMAND = 80,
  SHORT_TEXT = 30, /* words */
  LONG_TEXT = 120,
  VERY_LONG_TEXT = 300,
  NEAR = 4 /* words over which a "not" reaches */
};

/* clang-format off */
static const struct { ParserIntent intent; gint8 base, me, mail; } weights[] = {
  [PARSER_CUE_LEAVE]     = { PARSER_INTENT_OPT_OUT,    45, 25, 20 },
  [PARSER_CUE_REMOVE]    = { PARSER_INTENT_OPT_OUT,    15, 30, 20 },
  [PARSER_CUE_STOP]      = { PARSER_INTENT_OPT_OUT,    15, 20, 30 },
  [PARSER_CUE_REFUSE]    = { PARSER_INTENT_OPT_OUT,    20, 15, 30 },
  [PARSER_CUE_WISH]      = { PARSER_INTENT_OPT_OUT,    55,  5, 10 },
  [PARSER_CUE_BROKEN]    = { PARSER_INTENT_OPT_OUT,    45,  5, 10 },
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

/* Text stands before the action that is neither filler nor request. */
static gboolean
begins_clause (const Place *place)
{
  guint at = place->low;
  for (guint i = place->first; i < place->end && at < place->action->start; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      gboolean light
          = cue->kind == PARSER_CUE_PLEASE || cue->kind == PARSER_CUE_FILLER || cue->kind == PARSER_CUE_ME;
      if (light && counts (place, cue) && cue->start <= at + 1 && cue->end > at)
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

/* "unsubscribe the spammers": the word behind the action is known as nothing that one leaves. */
static gboolean
has_unknown_object (const Place *place)
{
  guint at = place->action->end;
  if (place->action->kind != PARSER_CUE_LEAVE || at + 1 >= place->high || place->said->words->str[at] != ' ')
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = cue_at (place->said, i);
      if (counts (place, cue) && cue->start <= at + 1 && cue->end > at + 1 && cue->kind != PARSER_CUE_COMMON)
        return FALSE;
    }
  return (guchar)place->said->words->str[at + 1] > 4;
}

static const char *
why_ignored (const Place *place)
{
  const ParserCue *action = place->action;
  if (is_negated (place))
    return "negated";
  if (is_carrier (place))
    return "negation";
  if (is_other_object (place))
    return "other-object";
  if (place->clause->quoted && (place->clause->end - place->clause->start + 1 < place->said->words->len))
    return "quoted-words";
  const ParserCue *others = find (place, PARSER_CUE_OTHERS, place->low, action->start);
  if (others && find (place, PARSER_CUE_PLEASE, others->end, action->start) == NULL
      && !lies_in (others, action))
    return "other-person";
  return NULL;
}

static int
score_of (const Place *place, const char *named, gboolean own)
{
  const ParserCue *action = place->action;
  gboolean me = own || find_in_clause (place, PARSER_CUE_ME) != NULL;
  gboolean mail = find_in_clause (place, PARSER_CUE_MAIL) != NULL;
  guint words = place->setting->n_words;
  int score = weights[action->kind].base + me * weights[action->kind].me + mail * weights[action->kind].mail;
  if (find_in_sentence (place, PARSER_CUE_PLEASE))
    score += WEIGHT_PLEASE;
  if (begins_clause (place))
    score += WEIGHT_FIRST;
  if (action->typo)
    score += WEIGHT_TYPO;
  if (!me && !mail && !named && has_unknown_object (place))
    score += WEIGHT_UNKNOWN;
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
  ParserFinding finding = { .said = place->said, .cue = action, .intent = weights[action->kind].intent };
  finding.why = why_ignored (place);
  finding.score = score_of (place, named, own);
  const ParserCue *ask = find (place, PARSER_CUE_ASK, place->low, action->start);
  if (ask && finding.intent == PARSER_INTENT_OPT_OUT && finding.why == NULL)
    {
      finding.intent = PARSER_INTENT_QUESTION;
      finding.score += place->clause->asked ? 20 : 0;
    }
  const ParserCue *me = find_in_clause (place, PARSER_CUE_ME);
  const ParserCue *person = find (place, PARSER_CUE_PERSON, action->start, place->high);
  finding.third_person = person != NULL && me == NULL;
  finding.named = me ? NULL : named;
  finding.asked = find_in_sentence (place, PARSER_CUE_IF) != NULL
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

gboolean
parser_rules_is_command (const ParserSaid *said, guint first_clause, guint end_clause,
                         const ParserSetting *setting, const ParserCue **cue_out, int *score_out)
{
  const ParserCue *command = NULL;
  guint first = 0, end, unknown = 0;
  while (first < said->cues->len && cue_at (said, first)->clause < first_clause)
    first++;
  for (end = first; end < said->cues->len && cue_at (said, end)->clause < end_clause; end++)
    {
      const ParserCue *cue = cue_at (said, end);
      gboolean commands
          = cue->kind == PARSER_CUE_LEAVE || cue->kind == PARSER_CUE_COMMAND || cue->kind == PARSER_CUE_WISH;
      if (commands && !cue->inside
          && (command == NULL || (command->kind == PARSER_CUE_COMMAND && cue->kind != PARSER_CUE_COMMAND)))
        command = cue;
      if (cue->kind == PARSER_CUE_NOT && !cue->inside)
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
              unknown += (guchar)said->words->str[at] > 4;
            }
          at = next + (next < clause->end && said->words->str[next] == ' ');
        }
    }
  guint start = g_array_index (said->clauses, ParserClause, first_clause).start;
  gboolean leads = parser_said_count (said, start, MAX (command->start, start)) <= 2;
  guint allowed = command->kind == PARSER_CUE_COMMAND || !leads ? 0 : 3;
  (void)setting;
  if (unknown > allowed)
    return FALSE;
  *cue_out = command;
  *score_out = SCORE_COMMAND - 5 * (int)unknown + (command->typo ? WEIGHT_TYPO : 0);
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
