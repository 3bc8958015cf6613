/* ignored.c - whether the clause around an action makes the wish none: denials, offers, others, what has been
 */
#include "intent.h"

#include <string.h>

#define NEAR 4 /* words over which a "not" reaches */

/* "don't want to be removed": a denial stands before the wish "want to be removed", and is read together with
 * its first word. */
static gboolean
runs_into (const ParserPlace *place, const ParserCue *refusal)
{
  const ParserCue *action = place->action;
  if (refusal->start >= action->start || refusal->end <= action->start)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == PARSER_CUE_NOT && cue->language == action->language && cue->start >= refusal->start
          && cue->end <= action->start)
        return TRUE;
    }
  return FALSE;
}

/* "All that you hold about me": who asks for his data speaks of the reader between the words that ask. */
static gboolean
asks_for_data (const ParserCue *action)
{
  return action->kind == PARSER_CUE_ERASE || action->kind == PARSER_CUE_ACCESS;
}

/* "Not interested please remove me": nobody put a full stop before the request. */
static gboolean
is_another_request (const ParserPlace *place, const ParserCue *denial)
{
  const ParserCue *please = parser_place_find (place, PARSER_CUE_PLEASE, denial->end, place->action->start);
  return please
         && (denial->kind == PARSER_CUE_REFUSE
             || parser_place_words_between (place, denial->end, please->start) > 0);
}

/* Negation reaches over NEAR words before the action, never out of its clause; two make none. A refusal
 * straight before another action is a negation of it: "I don't want you to stop". */
static gboolean
is_negated (const ParserPlace *place)
{
  const ParserCue *action = place->action;
  guint negations = 0, counted = 0;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean refusal = cue->kind == PARSER_CUE_REFUSE && action->kind != PARSER_CUE_REFUSE
                         && action->kind != PARSER_CUE_WISH && cue->end <= action->start
                         && parser_place_find_mail (place, cue->end, action->start) == NULL;
      refusal |= cue->kind == PARSER_CUE_REFUSE && runs_into (place, cue);
      gboolean denies = (cue->kind == PARSER_CUE_NOT || refusal) && parser_place_counts (place, cue);
      gboolean ending = parser_cues_has_endings (action->language);
      gboolean behind = (ending || parser_cues_negates_after (action->language)) && cue->start >= action->end
                        && parser_cues_same_language (cue, action);
      if (!denies || (ending && cue->start < action->start) || parser_cue_lies_in (cue, action)
          || cue->start < counted || cue->start < place->low || cue->start >= place->high
          || (cue->start >= action->end && !behind)
          || (asks_for_data (action) && cue->start >= action->start && cue->end <= action->end))
        continue;
      if (action->kind == PARSER_CUE_BROKEN && cue->start > action->start && cue->start < action->end)
        continue; /* "tried without success to unsubscribe" */
      if (is_another_request (place, cue))
        continue;
      guint apart = parser_place_words_between (place, cue->end, action->start)
                    + parser_place_words_between (place, action->end, cue->start);
      negations += apart <= (ending ? 0 : NEAR);
      counted = cue->end;
    }
  return negations % 2 == 1;
}

/* A refusal that only negates the action behind it is no refusal of mail. */
static gboolean
is_carrier (const ParserPlace *place)
{
  if (place->action->kind != PARSER_CUE_REFUSE)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean behind = cue->start >= place->action->end
                        || (cue->kind == PARSER_CUE_LEAVE && cue->start > place->action->start
                            && cue->end > place->action->end);
      if (behind && cue->kind <= PARSER_CUE_STOP && parser_cues_same_language (cue, place->action)
          && cue->start < place->high
          && parser_place_words_between (place, place->action->end, cue->start) <= NEAR
          && parser_place_find_mail (place, place->action->end, cue->start) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Words of a sender who says how to leave: "click here", "if you", an URL. In another clause of the sentence
 * they are passed over when the writer speaks of himself. */
static gboolean
is_offer (const ParserPlace *place, gboolean me)
{
  if (!asks_for_data (place->action) && place->action->kind != PARSER_CUE_BROKEN
      && parser_place_find (place, PARSER_CUE_YOU, place->action->start, place->action->end))
    return TRUE; /* "they can get you off" */
  if (!me && parser_place_find (place, PARSER_CUE_PERSON, place->action->start, place->high))
    return FALSE; /* "you may take him off" asks */
  const ParserCue *before = parser_place_find (place, PARSER_CUE_OFFER, place->low, place->action->start);
  if (before && !(me && before->end > place->action->start)) /* but "and unsubscribe" me */
    return TRUE;
  if (me)
    return FALSE;
  gboolean leaving = place->action->kind == PARSER_CUE_LEAVE || place->action->kind == PARSER_CUE_REMOVE;
  const ParserCue *offer = parser_place_find_in_sentence (place, PARSER_CUE_OFFER);
  gboolean told = offer && offer->start > place->action->start && parser_cue_lies_in (offer, place->action);
  return (offer && !told) /* "I told you to stop" */
         || (leaving && parser_place_find_in_clause (place, PARSER_CUE_YOU))
         || memchr (place->said->words->str + place->low, PARSER_WORD_URL, place->high - place->low);
}

/* Where verbs have such endings, "did", "link" and "for those who wish to" are said straight behind the
 * action. */
static gboolean
goes_on (const ParserPlace *place, ParserCueKind kind)
{
  const ParserCue *action = place->action;
  if (!parser_cues_has_endings (action->language) || action->kind > PARSER_CUE_WISH)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && parser_place_counts (place, cue) && cue->start > action->start
          && cue->start <= action->end && cue->end > action->end)
        return TRUE;
    }
  return FALSE;
}

/* "For weeks I have got no newsletter any more": words that lie between those of missing it ask for nothing,
 * but where wanting stands between them. */
static gboolean
is_missed (const ParserPlace *place)
{
  const ParserCue *action = place->action;
  if (action->kind < PARSER_CUE_STOP || action->kind > PARSER_CUE_WISH)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *miss = parser_said_cue (place->said, i);
      if (miss->kind == PARSER_CUE_MISS && parser_place_counts (place, miss) && action->end > miss->start
          && action->start < miss->end
          && parser_place_find (place, PARSER_CUE_WANT, miss->start, action->start) == NULL
          && parser_place_find (place, PARSER_CUE_PLEASE, miss->start, action->start) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* "There is no need to remove me": the words lie in those of a denial, or go on from them. */
static gboolean
goes_on_from_denial (const ParserPlace *place)
{
  const ParserCue *action = place->action;
  if (action->kind > PARSER_CUE_WISH)
    return FALSE;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean denies = cue->kind == PARSER_CUE_NOT || cue->kind == PARSER_CUE_STAY;
      if (denies && parser_place_counts (place, cue)
          && ((cue->start < action->start && cue->end > action->start)
              || (cue->start == action->start && cue->end > action->pieces[0].end)))
        return TRUE;
    }
  return FALSE;
}

const char *
parser_place_why_ignored (const ParserPlace *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  if (goes_on_from_denial (place) || is_negated (place))
    return "negated";
  if (is_carrier (place))
    return "negation";
  if (is_missed (place))
    return "missed";
  if (goes_on (place, PARSER_CUE_PAST))
    return "past";
  if (goes_on (place, PARSER_CUE_ABOUT))
    return "mention";
  if (parser_place_is_other_object (place) || !parser_place_has_object (place, me, named))
    return "other-object";
  if (place->clause->quoted && (place->clause->end - place->clause->start + 1 < place->said->words->len))
    return "quoted-words";
  const ParserCue *others = parser_place_find (place, PARSER_CUE_OTHERS, place->low, action->start);
  if (others && parser_place_find (place, PARSER_CUE_PLEASE, others->end, action->start) == NULL
      && others->end <= action->start)
    return "other-person";
  if (is_offer (place, me))
    return "offer";
  return NULL;
}
