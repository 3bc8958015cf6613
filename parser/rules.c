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
  WEIGHT_BARE = -20, /* a bare key word in a text that goes on */
  SHORT_TEXT = 30,   /* words */
  LONG_TEXT = 120,
  VERY_LONG_TEXT = 300,
  CLEAR = 60,
  FEW_WORDS = 12,
  STRANGE = 4, /* words of no known meaning, counted at most */
  MOST_FINDINGS = 1000,
  TAG = 1, /* words of "ok?" */
  FEW = 4  /* words of a clause that only asks */
};

/* clang-format off */
static const struct { ParserIntent intent; gint8 base, me, mail; } weights[] = {
  [PARSER_CUE_LEAVE]     = { PARSER_INTENT_OPT_OUT,    30, 30, 15 },
  [PARSER_CUE_REMOVE]    = { PARSER_INTENT_OPT_OUT,    15, 30, 20 },
  [PARSER_CUE_STOP]      = { PARSER_INTENT_OPT_OUT,    15, 20, 30 },
  [PARSER_CUE_REFUSE]    = { PARSER_INTENT_OPT_OUT,    20, 15, 30 },
  [PARSER_CUE_WISH]      = { PARSER_INTENT_OPT_OUT,    55,  5, 10 },
  [PARSER_CUE_BROKEN]    = { PARSER_INTENT_OPT_OUT,    55,  5, 10 },
  [PARSER_CUE_STAY]      = { PARSER_INTENT_OPT_IN,     65,  0,  5 },
  [PARSER_CUE_SUBSCRIBE] = { PARSER_INTENT_OPT_IN,     30, 20, 20 },
  [PARSER_CUE_ERASE]     = { PARSER_INTENT_ERASURE,    60,  0,  0 },
  [PARSER_CUE_ACCESS]    = { PARSER_INTENT_ACCESS,     60,  0,  0 },
  [PARSER_CUE_CORRECT]   = { PARSER_INTENT_CORRECTION, 60,  0,  0 },
  [PARSER_CUE_SHARE]     = { PARSER_INTENT_NO_SHARING, 65,  0,  0 },
};
/* clang-format on */

/* "please", in the clause or as a clause of its own beside it. */
static gboolean
is_asked_for (const ParserPlace *place)
{
  if (parser_place_find_in_clause (place, PARSER_CUE_PLEASE))
    return TRUE;
  if (parser_place_find (place, PARSER_CUE_WANT, place->low, parser_place_reach (place)))
    return TRUE;
  const ParserCue *please = parser_place_find_in_sentence (place, PARSER_CUE_PLEASE);
  if (please == NULL)
    return FALSE;
  const ParserClause *clause = &g_array_index (place->said->clauses, ParserClause, please->clause);
  return ABS ((gint)please->clause - (gint)place->action->clause) == 1
         && parser_said_count (place->said, clause->start, clause->end) <= FEW;
}

/* What the action acts on stands before a condition. */
static guint
end_of (const ParserPlace *place)
{
  const ParserCue *condition = parser_place_find (place, PARSER_CUE_IF, place->action->end, place->high);
  return condition ? condition->start : place->high;
}

static int
score_of (const ParserPlace *place, gboolean me, const char *named, gboolean ask)
{
  const ParserCue *action = place->action;
  gboolean stops = action->kind == PARSER_CUE_STOP || action->kind == PARSER_CUE_REFUSE;
  gboolean mail = parser_place_find_mail (place, place->low, place->high) != NULL
                  || (stops && parser_place_acts_on_named_before (place, 1));
  guint words = place->setting->n_words;
  int score = weights[action->kind].base + me * weights[action->kind].me + mail * weights[action->kind].mail;
  if (is_asked_for (place))
    score += WEIGHT_PLEASE;
  if (action->typos)
    score += WEIGHT_TYPO;
  if (parser_place_is_first (place))
    score += WEIGHT_FIRST;
  else if (action->kind != PARSER_CUE_ACCESS && !parser_cues_verb_last (action->language)
           && parser_place_strange_words (place, place->low, action->start))
    score += WEIGHT_MIDDLE;
  if (!mail && !named && weights[action->kind].intent == PARSER_INTENT_OPT_OUT)
    score += WEIGHT_UNKNOWN
             * (int)MIN (parser_place_strange_words (place, action->end, end_of (place)), STRANGE);
  gboolean bare = words > LONG_TEXT || (!mail && (words > SHORT_TEXT || !parser_place_is_first (place)));
  if (action->kind == PARSER_CUE_LEAVE && !me && !is_asked_for (place) && !ask && bare)
    score += WEIGHT_BARE;
  score += words <= SHORT_TEXT      ? WEIGHT_SHORT
           : words > VERY_LONG_TEXT ? WEIGHT_VERY_LONG
           : words > LONG_TEXT      ? WEIGHT_LONG
                                    : 0;
  return score;
}

/* "Enough with the spam, ok?": what is asked is a word behind it. */
static gboolean
is_only_tagged (const ParserPlace *place)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint last = place->action->clause;
  while (last + 1 < place->said->clauses->len && clauses[last + 1].sentence == clauses[last].sentence)
    last++;
  return last > place->action->clause
         && parser_said_count (place->said, clauses[last].start, clauses[last].end) <= TAG;
}

/* A condition beside the action, or a question that asks for nothing: a person must read it. */
static gboolean
is_conditional (const ParserPlace *place)
{
  const ParserCue *condition = parser_place_find_in_sentence (place, PARSER_CUE_IF);
  if (condition && parser_place_apart (place, condition) <= 1)
    return TRUE;
  return place->clause->asked && !is_only_tagged (place)
         && parser_place_find_in_sentence (place, PARSER_CUE_PLEASE) == NULL;
}

/* "Where did you get my address? Delete it": for languages whose "it" is "her" or "him", one word and nothing
 * else. */
static gboolean
answers_access (const ParserPlace *place, const ParserFinding *finding)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  const ParserCue *person = parser_place_find_in_clause (place, PARSER_CUE_PERSON);
  guint here = place->action->clause;
  if (finding->named || finding->asked || parser_place_find_mail (place, place->low, place->high)
      || parser_place_find_in_clause (place, PARSER_CUE_THING)
      || parser_place_strange_words (place, place->action->end, place->high) > 1
      || (person && parser_said_count (place->said, person->start, person->end) > 1))
    return FALSE;
  for (guint i = here; i-- > 0 && clauses[here].sentence - clauses[i].sentence <= 1;)
    for (guint k = clauses[i].first_cue; k < clauses[i].end_cue; k++)
      {
        const ParserCue *cue = parser_said_cue (place->said, k);
        if (cue->kind == PARSER_CUE_ACCESS && parser_place_counts (place, cue))
          return TRUE;
      }
  return FALSE;
}

/* "Delete my account and all my data"; but in "remove me from the list, and do not share my data" another
 * clause speaks of the data. */
static gboolean
acts_on_data (const ParserPlace *place)
{
  if (parser_place_find_in_clause (place, PARSER_CUE_DATA))
    return TRUE;
  return parser_place_find_in_sentence (place, PARSER_CUE_DATA)
         && !parser_place_find_in_clause (place, PARSER_CUE_ME)
         && !parser_place_find_mail (place, place->low, place->high);
}

/* What is removed is what is known of the writer. */
static void
judge_erasure (const ParserPlace *place, ParserFinding *finding)
{
  gboolean erases = place->action->kind == PARSER_CUE_REMOVE || place->action->kind == PARSER_CUE_ERASE;
  gboolean data = !finding->doubtful && acts_on_data (place);
  if (!erases || finding->intent == PARSER_INTENT_QUESTION || !(data || answers_access (place, finding)))
    return;
  finding->intent = PARSER_INTENT_ERASURE;
  finding->score = MAX (finding->score, weights[PARSER_CUE_ERASE].base);
  finding->third_person = finding->doubtful = FALSE;
  if (g_strcmp0 (finding->why, "other-object") == 0)
    finding->why = NULL;
}

static void
judge (ParserPlace given, GArray *findings)
{
  ParserPlace *place = &given; /* its bounds are the action's own */
  const ParserCue *action = place->action;
  gboolean own = FALSE;
  parser_place_set_bounds (place);
  gboolean last = parser_cues_verb_last (action->language);
  const char *named = parser_setting_named (place->setting, place->said, last ? place->low : action->start,
                                            place->high, &own);
  gboolean me = own || parser_place_is_own (place);
  gboolean person = !me
                    && (parser_place_find_in_clause (place, PARSER_CUE_PERSON) != NULL
                        || parser_place_is_of_person (place));
  ParserFinding finding = { .said = place->said, .cue = action, .intent = weights[action->kind].intent };
  const ParserCue *ask = parser_place_find (place, PARSER_CUE_ASK, place->low, parser_place_reach (place));
  /* "you can delete him": what else goes by that pronoun is no person on a list */
  gboolean listed = person && parser_place_find_mail (place, place->low, place->high) != NULL;
  finding.score = score_of (place, me || listed, named, ask != NULL);
  finding.why = parser_place_why_ignored (place, me, named);
  gboolean other = action->kind != PARSER_CUE_LEAVE && g_strcmp0 (finding.why, "other-object") == 0;
  if (ask && finding.intent == PARSER_INTENT_OPT_OUT && !other)
    {
      finding.intent = PARSER_INTENT_QUESTION;
      finding.score += place->clause->asked ? 20 : 0;
      finding.why = place->clause->asked || place->setting->n_words <= 2 * SHORT_TEXT ? NULL : "discussion";
    }
  /* "The link 'unsubscribe' leads nowhere" */
  if (g_strcmp0 (finding.why, "quoted-words") == 0 && action->kind == PARSER_CUE_LEAVE
      && parser_place_find_in_sentence (place, PARSER_CUE_BROKEN))
    {
      finding.intent = PARSER_INTENT_QUESTION;
      finding.score = MAX (finding.score, CLEAR);
      finding.why = NULL;
    }
  /* "A customer said 'unsubscribe me'": in a mail of a sentence or two somebody's wish is passed on. */
  gboolean reported = g_strcmp0 (finding.why, "quoted-words") == 0 && me && finding.score >= CLEAR
                      && place->setting->n_words <= SHORT_TEXT
                      && (parser_place_find_in_sentence (place, PARSER_CUE_PERSON)
                          || parser_place_find_in_sentence (place, PARSER_CUE_OTHERS));
  if (reported)
    finding.why = NULL;
  finding.third_person = reported || person;
  finding.named = me ? NULL : named;
  finding.asked = finding.intent == PARSER_INTENT_OPT_OUT && is_conditional (place);
  finding.doubtful = finding.third_person || finding.named || finding.asked;
  judge_erasure (place, &finding);
  g_array_append_val (findings, finding);
}

/* In a text of some length only unmistakable words of another language count. */
static gboolean
is_foreign (const ParserSetting *setting, const ParserCue *cue)
{
  return setting->language >= 0 && !parser_cue_is_of (cue, setting->language) && cue->kind != PARSER_CUE_LEAVE
         && cue->kind != PARSER_CUE_WISH && setting->n_words > FEW_WORDS;
}

/* A key word inside a longer phrase that says something else is listed as seen. */
static void
list_mention (const ParserPlace *place, const ParserCue *cue, GArray *findings)
{
  ParserFinding seen = { .said = place->said, .cue = cue, .intent = PARSER_INTENT_OPT_OUT, .why = "mention" };
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *outer = parser_said_cue (place->said, i);
      if (outer->kind == PARSER_CUE_PAST && parser_cue_lies_in (cue, outer))
        seen.why = "past";
    }
  g_array_append_val (findings, seen);
}

void
parser_rules_read (const ParserSaid *said, const ParserSetting *setting, GArray *findings)
{
  for (guint i = 0; i < said->clauses->len; i++)
    {
      const ParserClause *clause = &g_array_index (said->clauses, ParserClause, i);
      ParserPlace place = {
        .said = said, .setting = setting, .clause = clause, .first = clause->first_cue, .end = clause->end_cue
      };
      for (guint k = place.first; k < place.end && findings->len < MOST_FINDINGS; k++)
        {
          const ParserCue *cue = parser_said_cue (said, k);
          gboolean acts = cue->kind < G_N_ELEMENTS (weights) && weights[cue->kind].base > 0;
          place.action = cue;
          if (is_foreign (setting, cue) || parser_cue_is_shadowed (said, cue, setting->language))
            continue;
          if (cue->inside && cue->kind == PARSER_CUE_LEAVE)
            list_mention (&place, cue, findings);
          else if (acts && !cue->inside)
            judge (place, findings);
        }
    }
}
