/* place.c - where an action stands, and what stands beside it: who speaks, whom is spoken of
 */
#include "intent.h"

#include <string.h>

enum
{
  BESIDE = 8, /* clauses of one sentence that are looked at on either side */
  STRANGE = 4 /* strange words counted at most */
};

gboolean
parser_place_counts (const ParserPlace *place, const ParserCue *cue)
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
      if (cue->kind == kind && cue != place->action && parser_place_counts (place, cue) && cue->start >= low
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
      if (cue->kind == kind && cue != place->action && parser_place_counts (place, cue))
        return cue;
    }
  return NULL;
}

gboolean
parser_clause_is_please (const ParserSaid *said, const ParserClause *clause)
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
    apart -= parser_clause_is_please (place->said, &clauses[i]);
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
      && parser_clause_is_please (place->said, &clauses[here + 1]))
    {
      place->high = clauses[behind].end;
      place->end = clauses[behind].end_cue;
    }
  for (guint i = place->first; i < place->end; i++)
    {
      const ParserCue *cue = parser_said_cue (place->said, i);
      if (cue->kind != PARSER_CUE_BUT || !parser_place_counts (place, cue))
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

guint
parser_place_words_between (const ParserPlace *place, guint start, guint end)
{
  return end > start ? parser_said_count (place->said, start, end) : 0;
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
      if (!light || !parser_place_counts (place, cue) || cue->start >= place->action->start || cue->end <= at)
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
          for (guint p = 0; parser_place_counts (place, cue) && p < cue->n_pieces; p++)
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
      if (cue->kind == PARSER_CUE_ME && parser_place_counts (place, cue) && cue->start >= place->low
          && cue->start < place->high && !wanting)
        return TRUE;
    }
  return FALSE;
}
