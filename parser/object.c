/* object.c - what an action acts on: the writer, a person, mail, or something else
 */
#include "intent.h"

enum
{
  NEAR = 4,    /* words from an action to what it acts on */
  BESIDE = 8,  /* clauses that are looked at before it */
  FEW = 4,     /* words, more than of a salutation */
  STRANGE = 2, /* words of no known meaning that are borne with */
  FEW_WORDS = 12,
  SHORT_TEXT = 30,
  LONG_TEXT = 120 /* words from which nothing is looked for in the sentences before */
};

/* The last cue of @kind before the action. */
static const ParserCue *
find_last_before (const ParserPlace *place, ParserCueKind kind)
{
  const ParserCue *last = NULL;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && parser_place_counts (place, cue) && cue->start >= place->low
          && cue->end <= place->action->start && (last == NULL || cue->end >= last->end))
        last = cue;
    }
  return last;
}

/* Where verbs end the clause, the noun next to the verb is what it acts on: "no answer to this mail is
 * needed"; but what stands before a condition is what that is about: "without refund if it stays, cancel". */
static gboolean
is_other_object_before (const ParserPlace *place)
{
  const ParserCue *thing = find_last_before (place, PARSER_CUE_THING);
  const ParserCue *mail = find_last_before (place, PARSER_CUE_MAIL);
  const ParserCue *list = find_last_before (place, PARSER_CUE_LIST);
  const ParserCue *condition = find_last_before (place, PARSER_CUE_IF);
  if (thing && condition && thing->end <= condition->start && place->action->kind == PARSER_CUE_LEAVE)
    return FALSE;
  return thing && (!mail || mail->end < thing->end) && (!list || list->end < thing->end);
}

/* The first of what may be acted on decides: "remove me from the cc of this list" is about the cc. */
gboolean
parser_place_is_other_object (const ParserPlace *place)
{
  int language = place->setting->language;
  gboolean last = parser_cues_verb_last (place->action->language)
                  || (language >= 0 && parser_cues_verb_last ((guint)language));
  const ParserCue *mail = parser_place_find_mail (place, place->low, last ? place->action->end : place->high);
  const ParserCue *thing = parser_place_find (place, PARSER_CUE_THING, place->action->start, place->high);
  const ParserCue *except = parser_place_find_in_clause (place, PARSER_CUE_EXCEPT);
  if (last && is_other_object_before (place))
    return TRUE;
  if (parser_cues_has_endings (place->action->language))
    return FALSE;
  if (thing == NULL && mail == NULL && parser_cues_negates_after (place->action->language))
    thing = parser_place_find_in_clause (place, PARSER_CUE_THING);
  gboolean sending = place->action->kind >= PARSER_CUE_STOP && place->action->kind <= PARSER_CUE_WISH;
  if (sending && parser_place_find (place, PARSER_CUE_ABOUT, place->action->end, place->high))
    return TRUE; /* "don't send me mail about this" */
  if (thing == NULL || parser_cue_lies_in (thing, place->action) || (except && except->start < thing->start))
    return FALSE;
  mail = parser_place_find_mail (place, place->action->start, place->high);
  return mail == NULL || thing->start < mail->start
         || (thing->start == mail->start && thing->end >= mail->end);
}

/* Is there a cue of @kind within @most words of the action, before or behind it? */
static const ParserCue *
find_near (const ParserPlace *place, ParserCueKind kind, guint most)
{
  const ParserCue *action = place->action;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind != kind || cue == action || !parser_place_counts (place, cue) || cue->start < place->low
          || cue->start >= place->high)
        continue;
      if (parser_place_words_between (place, cue->end, action->start)
              + parser_place_words_between (place, action->end, cue->start)
          <= most)
        return cue;
    }
  return NULL;
}

/* Mail that the action acts on: behind it with hardly a strange word between, or near before it. */
static gboolean
acts_on_mail (const ParserPlace *place)
{
  const ParserCue *action = place->action;
  const ParserCue *mail = parser_place_find_mail (place, action->end, place->high);
  const ParserCue *want = find_last_before (place, PARSER_CUE_WANT);
  guint most = 1;
  /* "I have to stop reading mail for a while": who must is who stops */
  if (action->kind == PARSER_CUE_STOP && want && want->end + 1 >= action->start)
    most = 0;
  if (mail && parser_place_words_between (place, action->end, mail->start) <= NEAR + 1
      && parser_place_find (place, PARSER_CUE_OTHERS, action->end, mail->start) == NULL
      && parser_place_strange_words (place, action->end, mail->start) <= most)
    return TRUE;
  mail = find_near (place, PARSER_CUE_MAIL, NEAR);
  if (mail == NULL)
    mail = find_near (place, PARSER_CUE_LIST, NEAR);
  return mail && parser_place_strange_words (place, action->end, mail->start) <= most;
}

/* Is it leaving that the action speaks of: "I tried to unsubscribe"? */
static gboolean
leaves (const ParserPlace *place)
{
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind <= PARSER_CUE_REMOVE && cue->language == place->action->language
          && cue->start >= place->low && cue->end <= place->high)
        return TRUE;
    }
  return FALSE;
}

gboolean
parser_place_acts_on_named_before (const ParserPlace *place, guint sentences)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint here = place->action->clause, from = here;
  guint complaint = 0; /* where the last word of our mail being too much ends */
  gboolean mail = FALSE, thing = FALSE;
  if (parser_place_find_in_clause (place, PARSER_CUE_THING))
    return FALSE;
  if (parser_place_strange_words (place, place->action->start, place->high) > 0
      || place->setting->n_words > LONG_TEXT)
    return FALSE;
  /* where nothing but a space parts two thoughts: "so many mails can you stop" */
  const ParserCue *unasked
      = parser_cues_verb_last (place->action->language) ? find_last_before (place, PARSER_CUE_UNASKED) : NULL;
  guint before
      = parser_place_strange_words (place, unasked ? unasked->end : place->low, place->action->start);
  /* "Thanks for the catalogues, but I am 84 and need them no more" */
  if (before > 0)
    sentences = 0;
  if (before > (parser_cues_verb_last (place->action->language) ? 0 : STRANGE))
    return FALSE;
  while (from > 0 && here - from < BESIDE && clauses[here].sentence - clauses[from - 1].sentence <= sentences)
    from--;
  for (guint i = clauses[from].first_cue; i < clauses[here].first_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (!parser_place_counts (place, cue))
        continue;
      mail |= cue->kind == PARSER_CUE_MAIL || cue->kind == PARSER_CUE_LIST || cue->kind == PARSER_CUE_UNASKED;
      thing |= cue->kind == PARSER_CUE_THING && cue->start >= complaint;
      /* "I bought a chair, and ever since an offer comes every day": it is no more about the chair */
      if (cue->kind == PARSER_CUE_UNASKED)
        {
          thing = FALSE;
          complaint = cue->end;
        }
    }
  return (mail || unasked) && !thing;
}

/* "We no longer need it": a refusal that is the whole of a short mail, and names nothing, can only mean that
 * mail. */
static gboolean
refuses_what_came (const ParserPlace *place)
{
  if (place->action->kind != PARSER_CUE_REFUSE || place->setting->n_words > FEW_WORDS
      || parser_place_strange_words (place, place->low, place->high) > 0)
    return FALSE;
  for (guint i = 0; i < place->said->cues->len; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean acts = cue->kind <= PARSER_CUE_WISH && cue->language == place->action->language
                      && (cue->start >= place->action->end || cue->end <= place->action->start);
      if (cue->kind == PARSER_CUE_THING || acts)
        return FALSE;
    }
  return TRUE;
}

/* Is a person spoken of in this clause, at its beginning if @first? */
static gboolean
names_person (const ParserPlace *place, const ParserClause *clause, gboolean first)
{
  gboolean person = FALSE;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == PARSER_CUE_ME && parser_place_counts (place, cue))
        return FALSE;
      person |= cue->kind == PARSER_CUE_PERSON && parser_place_counts (place, cue)
                && (!first || cue->start <= clause->start + 1);
    }
  return person;
}

/* "Our colleague, Ms Lane, ... please unsubscribe": somebody is spoken of before, and it is no salutation;
 * "remove our head, Ms Lane": or straight behind. */
gboolean
parser_place_is_of_person (const ParserPlace *place)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint here = place->action->clause;
  if (place->setting->n_words > SHORT_TEXT)
    return FALSE;
  if (here + 1 < place->said->clauses->len && clauses[here + 1].sentence == clauses[here].sentence
      && names_person (place, &clauses[here + 1], TRUE))
    return TRUE;
  for (guint i = here; i > 0 && clauses[here].sentence - clauses[i - 1].sentence <= 1; i--)
    if ((!clauses[i - 1].line_start
         || parser_said_count (place->said, clauses[i - 1].start, clauses[i - 1].end) >= FEW)
        && names_person (place, &clauses[i - 1], TRUE))
      return TRUE;
  return FALSE;
}

/* What the action acts on is named, and is what it must be: the writer, or mail with nothing strange before
 * it. */
gboolean
parser_place_has_object (const ParserPlace *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  const ParserCue *mail;
  /* "how do I get off the Oak Street list?" */
  guint names = parser_place_find (place, PARSER_CUE_ASK, place->low, parser_place_reach (place)) ? 2 : 0;
  switch (action->kind)
    {
    case PARSER_CUE_REMOVE:
      mail = parser_place_find (place, PARSER_CUE_LIST,
                                parser_cues_verb_last (action->language) ? place->low : action->start,
                                place->high);
      return me || named || parser_place_find_in_clause (place, PARSER_CUE_PERSON)
             || parser_place_is_of_person (place)
             || (mail && parser_place_strange_words (place, action->pieces[0].end, mail->start) <= names);
    case PARSER_CUE_STOP:
    case PARSER_CUE_REFUSE:
      return parser_place_acts_on_named_before (place, 2) || refuses_what_came (place)
             || (named && parser_place_strange_words (place, action->end, place->high) <= STRANGE)
             || (me && find_near (place, PARSER_CUE_ME, NEAR)
                 && parser_place_strange_words (place, action->end, place->high) <= 1)
             || acts_on_mail (place);
    case PARSER_CUE_BROKEN: /* "still getting the same error" */
      return me || parser_place_find_mail (place, place->low, place->high)
             || parser_place_strange_words (place, action->end, place->high) == 0 || leaves (place);
    case PARSER_CUE_LEAVE:
      return me || parser_cues_verb_last (action->language)
             || parser_place_find_in_clause (place, PARSER_CUE_PERSON) || parser_place_is_of_person (place)
             || parser_place_strange_words (place, action->end, place->high) <= 1;
    default:
      return TRUE;
    }
}
