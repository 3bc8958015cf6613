/* place.c - where an action stands: who speaks, of what, and whether the clause around it makes the wish none
 */
#include "intent.h"

#include <string.h>

enum
{
  NEAR = 4,    /* words over which a "not" reaches, and an action to what it acts on */
  BESIDE = 8,  /* clauses of one sentence that are looked at on either side */
  STRANGE = 4, /* strange words counted at most */
  FEW = 4,     /* words, more than of a salutation */
  FEW_WORDS = 12,
  SHORT_TEXT = 30,
  LONG_TEXT = 120 /* words from which nothing is looked for in the sentences before */
};

static gboolean
counts (const ParserPlace *place, const ParserCue *cue)
{
  return !cue->inside
         && (cue->topic || parser_cues_same_language (cue, place->action)
             || (int)cue->language == place->setting->language);
}

/* The first cue of @kind whose start lies in [low, high), other than the action. */
const ParserCue *
parser_place_find (const ParserPlace *place, ParserCueKind kind, guint low, guint high)
{
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && cue != place->action && counts (place, cue) && cue->start >= low
          && cue->start < high)
        return cue;
    }
  return NULL;
}

guint
parser_place_reach (const ParserPlace *place)
{
  return parser_cues_verb_last (place->action->language) ? place->high : place->action->start;
}

/* Lists and what they send, the first of either. */
const ParserCue *
parser_place_find_mail (const ParserPlace *place, guint low, guint high)
{
  const ParserCue *mail = parser_place_find (place, PARSER_CUE_MAIL, low, high);
  const ParserCue *list = parser_place_find (place, PARSER_CUE_LIST, low, high);
  return !mail || (list && list->start < mail->start) ? list : mail;
}

const ParserCue *
parser_place_find_in_clause (const ParserPlace *place, ParserCueKind kind)
{
  return parser_place_find (place, kind, place->low, place->high);
}

/* Far clauses of an endless sentence have nothing to do with the action. */
const ParserCue *
parser_place_find_in_sentence (const ParserPlace *place, ParserCueKind kind)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint here = place->action->clause, from = here, to = here + 1;
  while (from > 0 && here - from < BESIDE && clauses[from - 1].sentence == clauses[here].sentence)
    from--;
  while (to < place->said->clauses->len && to - here <= BESIDE
         && clauses[to].sentence == clauses[here].sentence)
    to++;
  for (guint i = clauses[from].first_cue; i < clauses[to - 1].end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && cue != place->action && counts (place, cue))
        return cue;
    }
  return NULL;
}

/* Is @clause nothing but a "please"? */
static gboolean
is_please (const ParserSaid *said, const ParserClause *clause)
{
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if (cue->kind == PARSER_CUE_PLEASE && cue->start == clause->start && cue->end == clause->end)
        return TRUE;
    }
  return FALSE;
}

guint
parser_place_apart (const ParserPlace *place, const ParserCue *cue)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint from = MIN (cue->clause, place->action->clause), to = MAX (cue->clause, place->action->clause);
  guint apart = to - from;
  for (guint i = from + 1; i < to; i++)
    apart -= is_please (place->said, &clauses[i]);
  return apart;
}

void
parser_place_set_bounds (ParserPlace *place)
{
  const ParserClause *clauses = &g_array_index (place->said->clauses, ParserClause, 0);
  guint here = place->action->clause, behind = here + 2;
  place->low = place->clause->start;
  place->high = place->clause->end;
  /* "Remove, please, my address": commas around "please" part nothing. */
  if (behind < place->said->clauses->len && clauses[behind].sentence == clauses[here].sentence
      && is_please (place->said, &clauses[here + 1]))
    {
      place->high = clauses[behind].end;
      place->end = clauses[behind].end_cue;
    }
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind != PARSER_CUE_BUT || !counts (place, cue))
        continue;
      if (cue->end <= place->action->start)
        place->low = cue->end;
      else if (cue->start >= place->action->end)
        place->high = MIN (place->high, cue->start);
    }
  /* "Stop it, sending me your mails": what is to stop may stand behind a comma. */
  gboolean open = (place->action->kind == PARSER_CUE_STOP || place->action->kind == PARSER_CUE_REFUSE)
                  && !parser_cues_verb_last (place->action->language)
                  && parser_place_find_mail (place, place->low, place->high) == NULL;
  gboolean more = place->action->clause + 1 < place->said->clauses->len;
  if (open && more && place->action->end == place->clause->end
      && place->clause[1].sentence == place->clause->sentence)
    {
      place->high = place->clause[1].end;
      place->end = place->clause[1].end_cue;
    }
}

static guint
words_between (const ParserPlace *place, guint start, guint end)
{
  return end > start ? parser_said_count (place->said, start, end) : 0;
}

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

/* "Not interested please remove me": nobody put a full stop before the request. */
static gboolean
is_another_request (const ParserPlace *place, const ParserCue *denial)
{
  const ParserCue *please = parser_place_find (place, PARSER_CUE_PLEASE, denial->end, place->action->start);
  return please
         && (denial->kind == PARSER_CUE_REFUSE || words_between (place, denial->end, please->start) > 0);
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
      gboolean denies = (cue->kind == PARSER_CUE_NOT || refusal) && counts (place, cue);
      gboolean ending = parser_cues_has_endings (action->language);
      gboolean behind = (ending || parser_cues_negates_after (action->language)) && cue->start >= action->end
                        && parser_cues_same_language (cue, action);
      if (!denies || (ending && cue->start < action->start) || parser_cue_lies_in (cue, action)
          || cue->start < counted || cue->start < place->low || cue->start >= place->high
          || (cue->start >= action->end && !behind))
        continue;
      if (action->kind == PARSER_CUE_BROKEN && cue->start > action->start && cue->start < action->end)
        continue; /* "tried without success to unsubscribe" */
      if (is_another_request (place, cue))
        continue;
      guint apart
          = words_between (place, cue->end, action->start) + words_between (place, action->end, cue->start);
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
      if (behind && cue->kind <= PARSER_CUE_STOP && counts (place, cue) && cue->start < place->high
          && words_between (place, place->action->end, cue->start) <= NEAR
          && parser_place_find_mail (place, place->action->end, cue->start) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* The last cue of @kind before the action. */
static const ParserCue *
find_last_before (const ParserPlace *place, ParserCueKind kind)
{
  const ParserCue *last = NULL;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && counts (place, cue) && cue->start >= place->low
          && cue->end <= place->action->start && (last == NULL || cue->end >= last->end))
        last = cue;
    }
  return last;
}

/* Where verbs end the clause, the noun next to the verb is what it acts on: "no answer to this mail is
 * needed".
 */
static gboolean
is_other_object_before (const ParserPlace *place)
{
  const ParserCue *thing = find_last_before (place, PARSER_CUE_THING);
  const ParserCue *mail = find_last_before (place, PARSER_CUE_MAIL);
  const ParserCue *list = find_last_before (place, PARSER_CUE_LIST);
  return thing && (!mail || mail->end < thing->end) && (!list || list->end < thing->end);
}

/* The first of what may be acted on decides: "remove me from the cc of this list" is about the cc. */
static gboolean
is_other_object (const ParserPlace *place)
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

/* Nothing stands before the action but filler and asking, or a "please" stands straight before it. */
gboolean
parser_place_is_first (const ParserPlace *place)
{
  guint at = place->low;
  for (guint i = place->first; i < place->end && at < place->action->start; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean asks = cue->kind == PARSER_CUE_PLEASE || cue->kind == PARSER_CUE_WANT;
      gboolean object = parser_cues_verb_last (place->action->language)
                        && (cue->kind == PARSER_CUE_MAIL || cue->kind == PARSER_CUE_LIST);
      gboolean light = asks || object || cue->kind == PARSER_CUE_FILLER || cue->kind == PARSER_CUE_ME;
      if (!light || !counts (place, cue) || cue->start >= place->action->start || cue->end <= at)
        continue;
      if (asks || cue->start <= at + 1)
        at = cue->end;
    }
  return at + 1 >= place->action->start;
}

/* An address in [low, high) of words: the writer's own stands for "me", another one is a third party's. */
const char *
parser_setting_named (const ParserSetting *setting, const ParserSaid *said, guint low, guint high,
                      gboolean *own_out)
{
  for (guint i = 0; i < said->named->len; i++)
    {
      const ParserNamed *one = g_ptr_array_index (said->named, i);
      if (one->at < low || one->at >= high)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (setting->writer); k++)
        *own_out |= setting->writer[k] && g_ascii_strcasecmp (setting->writer[k], one->address) == 0;
      gboolean list = FALSE;
      for (guint k = 0; k < G_N_ELEMENTS (setting->list); k++)
        list |= setting->list[k] && g_ascii_strcasecmp (setting->list[k], one->address) == 0;
      return *own_out || list ? NULL : one->address;
    }
  return NULL;
}

/* Words in [start, end) that no cue covers: something else is spoken of. */
guint
parser_place_strange_words (const ParserPlace *place, guint start, guint end)
{
  guint unknown = 0;
  const char *words = place->said->words->str;
  for (guint at = start; at < end && unknown < STRANGE;)
    {
      guint next = at;
      for (guint i = place->first; i < place->end; i++)
        {
          const ParserCue *cue = parser_said_cue (place->said, i);
          for (guint p = 0; counts (place, cue) && p < cue->n_pieces; p++)
            if (cue->pieces[p].start <= at && cue->pieces[p].end > next)
              next = cue->pieces[p].end;
        }
      if (next == at)
        {
          next = parser_said_word_end (place->said, at, end);
          unknown += next > at && (guchar)words[at] > PARSER_WORD_URL;
        }
      at = next + (next < end && (words[next] == ' ' || words[next] == PARSER_CLAUSE_END));
    }
  return unknown;
}

/* Is there a cue of @kind within @most words of the action, before or behind it? */
static const ParserCue *
find_near (const ParserPlace *place, ParserCueKind kind, guint most)
{
  const ParserCue *action = place->action;
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind != kind || cue == action || !counts (place, cue) || cue->start < place->low
          || cue->start >= place->high)
        continue;
      if (words_between (place, cue->end, action->start) + words_between (place, action->end, cue->start)
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
  if (mail && words_between (place, action->end, mail->start) <= NEAR + 1
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
  gboolean mail = FALSE;
  gboolean thing = parser_place_find_in_clause (place, PARSER_CUE_THING) != NULL;
  if (parser_place_strange_words (place, place->low, place->high) > 0 || place->setting->n_words > LONG_TEXT)
    return FALSE;
  while (from > 0 && here - from < BESIDE && clauses[here].sentence - clauses[from - 1].sentence <= sentences)
    from--;
  for (guint i = clauses[from].first_cue; i < clauses[here].first_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      mail |= (cue->kind == PARSER_CUE_MAIL || cue->kind == PARSER_CUE_LIST) && counts (place, cue);
      thing |= cue->kind == PARSER_CUE_THING && counts (place, cue);
    }
  return mail && !thing;
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
      if (cue->kind == PARSER_CUE_ME && counts (place, cue))
        return FALSE;
      person |= cue->kind == PARSER_CUE_PERSON && counts (place, cue)
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
static gboolean
has_object (const ParserPlace *place, gboolean me, const char *named)
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

/* Words of a sender who says how to leave: "click here", "if you", an URL. In another clause of the sentence
 * they are passed over when the writer speaks of himself. */
static gboolean
is_offer (const ParserPlace *place, gboolean me)
{
  if (parser_place_find (place, PARSER_CUE_YOU, place->action->start, place->action->end))
    return TRUE; /* "they can get you off" */
  if (!me && parser_place_find (place, PARSER_CUE_PERSON, place->action->start, place->high))
    return FALSE; /* "you may take him off" asks */
  if (parser_place_find (place, PARSER_CUE_OFFER, place->low, place->action->start))
    return TRUE;
  if (me)
    return FALSE;
  gboolean leaving = place->action->kind == PARSER_CUE_LEAVE || place->action->kind == PARSER_CUE_REMOVE;
  return parser_place_find_in_sentence (place, PARSER_CUE_OFFER)
         || (leaving && parser_place_find_in_clause (place, PARSER_CUE_YOU))
         || memchr (place->said->words->str + place->low, PARSER_WORD_URL, place->high - place->low);
}

static gboolean
overlaps (const ParserPlace *place, ParserCueKind kind, const ParserCue *with)
{
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind == kind && cue->language == with->language && cue->start < with->end
          && cue->end > with->start)
        return TRUE;
    }
  return FALSE;
}

/* "would like to be removed" is said of oneself, unless somebody else is named before it. */
gboolean
parser_place_is_own (const ParserPlace *place)
{
  const ParserCue *person = parser_place_find_in_clause (place, PARSER_CUE_PERSON);
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      gboolean wanting
          = person && person->end <= cue->start
            && (overlaps (place, PARSER_CUE_WANT, cue) || overlaps (place, PARSER_CUE_PLEASE, cue));
      if (cue->kind == PARSER_CUE_ME && counts (place, cue) && cue->start >= place->low
          && cue->start < place->high && !wanting)
        return TRUE;
    }
  return FALSE;
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
      if (cue->kind == kind && counts (place, cue) && cue->start > action->start && cue->start <= action->end
          && cue->end > action->end)
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
      if (miss->kind == PARSER_CUE_MISS && counts (place, miss) && action->end > miss->start
          && action->start < miss->end
          && parser_place_find (place, PARSER_CUE_WANT, miss->start, action->start) == NULL
          && parser_place_find (place, PARSER_CUE_PLEASE, miss->start, action->start) == NULL)
        return TRUE;
    }
  return FALSE;
}

const char *
parser_place_why_ignored (const ParserPlace *place, gboolean me, const char *named)
{
  const ParserCue *action = place->action;
  if (is_negated (place))
    return "negated";
  if (is_carrier (place))
    return "negation";
  if (is_missed (place))
    return "missed";
  if (goes_on (place, PARSER_CUE_PAST))
    return "past";
  if (goes_on (place, PARSER_CUE_ABOUT))
    return "mention";
  if (is_other_object (place) || !has_object (place, me, named))
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
