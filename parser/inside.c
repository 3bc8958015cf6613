/* inside.c - how cues stand to each other: which comes first, and which lie inside longer ones and say
 * nothing of their own */
#include "intent.h"

static int
by_start (const void *a, const void *b)
{
  const ParserCue *one = a, *two = b;
  return one->start != two->start ? (one->start > two->start) - (one->start < two->start)
                                  : (one->phrase > two->phrase) - (one->phrase < two->phrase);
}

static int
by_end (const void *a, const void *b)
{
  const ParserCue *one = a, *two = b;
  return one->end != two->end ? (one->end > two->end) - (one->end < two->end) : by_start (a, b);
}

/* They come nearly in order. */
static void
sort (GArray *cues, guint first, int (*compare) (const void *, const void *))
{
  for (guint i = first + 1; i < cues->len; i++)
    {
      ParserCue *at = &g_array_index (cues, ParserCue, i), cue;
      guint to = i;
      if (compare (at - 1, at) <= 0)
        continue;
      for (cue = *at; to > first && compare (at - 1, &cue) > 0; at--, to--)
        *at = at[-1];
      *at = cue;
    }
}

void
parser_cues_sort (GArray *cues, guint first)
{
  sort (cues, first, by_start);
}

void
parser_cues_sort_by_end (GArray *cues, guint first)
{
  sort (cues, first, by_end);
}

gboolean
parser_cue_lies_in (const ParserCue *inner, const ParserCue *outer)
{
  for (guint p = 0; p < outer->n_pieces; p++)
    if (outer->pieces[p].start <= inner->start && outer->pieces[p].end >= inner->end)
      return TRUE;
  return FALSE;
}

static gboolean
is_action (guint kind)
{
  return kind <= PARSER_CUE_WISH || kind == PARSER_CUE_BROKEN;
}

/* May @outer swallow @inner, of the same language and inside it? Who and what stay: the "me" of "take me off"
 * still says whom. How to ask for an action does not unsay it. */
static gboolean
swallows (const ParserCue *outer, const ParserCue *inner)
{
  gboolean object
      = inner->kind == PARSER_CUE_ME || inner->kind == PARSER_CUE_MAIL || inner->kind == PARSER_CUE_LIST;
  gboolean asking = outer->kind == PARSER_CUE_PLEASE || outer->kind == PARSER_CUE_WANT
                    || outer->kind == PARSER_CUE_ASK || outer->kind == PARSER_CUE_FILLER;
  gboolean neutral = outer->kind == PARSER_CUE_COMMON || outer->kind == PARSER_CUE_COMMAND
                     || outer->kind == PARSER_CUE_DATA || outer->kind == PARSER_CUE_KEEP
                     || outer->kind == PARSER_CUE_REST
                     || (inner->kind == PARSER_CUE_DATA && outer->kind != PARSER_CUE_THING);
  if (!parser_cues_same_language (outer, inner) || neutral || inner->kind == PARSER_CUE_COMMON)
    return FALSE;
  if (outer->kind == PARSER_CUE_OFFER && inner->kind == PARSER_CUE_IF)
    return FALSE;
  if (object
      && (is_action (outer->kind) || asking || outer->kind == PARSER_CUE_MAIL || outer->kind == PARSER_CUE_ME
          || outer->kind == PARSER_CUE_UNASKED))
    return FALSE;
  return !((asking || outer->kind == PARSER_CUE_UNASKED) && is_action (inner->kind));
}

/* Does somebody else stand before @cue in its clause: "you want to"? */
static gboolean
is_others (const GArray *cues, guint first, const ParserCue *cue)
{
  for (guint i = first; i < cues->len; i++)
    {
      const ParserCue *one = &g_array_index (cues, ParserCue, i);
      if ((one->kind == PARSER_CUE_YOU || one->kind == PARSER_CUE_OTHERS) && one->language == cue->language
          && one->end <= cue->start)
        return TRUE;
    }
  return FALSE;
}

/* "to unsubscribe" is how offers begin, but not in "I want to unsubscribe". */
static void
drop_begun (GArray *cues, guint first)
{
  for (guint i = first; i < cues->len; i++)
    {
      ParserCue *cue = &g_array_index (cues, ParserCue, i);
      for (guint k = first; k < cues->len && (cue->kind == PARSER_CUE_OFFER || cue->kind == PARSER_CUE_ABOUT);
           k++)
        {
          const ParserCue *before = &g_array_index (cues, ParserCue, k);
          gboolean asks = before->kind == PARSER_CUE_WANT || before->kind == PARSER_CUE_PLEASE
                          || before->kind == PARSER_CUE_ASK;
          if (asks && before->language == cue->language && before->start < cue->start
              && before->end > cue->start && before->end < cue->end
              && (before->kind == PARSER_CUE_ASK || !is_others (cues, first, before)))
            cue->inside = TRUE;
        }
    }
}

/* A cue that lies in a piece of a longer one is not said on its own: "unsubscribe" in "unsubscribe link".
 * Cues come by their ends, so that an offer which a longer phrase holds still swallows what ends before it
 * does; and so that what holds a cue stands behind it, or ends where it does. */
void
parser_cues_drop_inner (GArray *cues, guint first)
{
  guint least[PARSER_MAX_CUES_OF_CLAUSE]; /* where the earliest of the cues from here on begins */
  for (guint k = cues->len, start = G_MAXUINT; k-- > first;)
    least[k - first] = start = MIN (start, g_array_index (cues, ParserCue, k).start);
  drop_begun (cues, first);
  for (guint i = first, from = first; i < cues->len; i++)
    {
      ParserCue *inner = &g_array_index (cues, ParserCue, i);
      while (g_array_index (cues, ParserCue, from).end < inner->end)
        from++;
      if (inner->kind == PARSER_CUE_COMMON)
        continue;
      for (guint k = from; k < cues->len && least[k - first] <= inner->start && !inner->inside; k++)
        {
          const ParserCue *outer = &g_array_index (cues, ParserCue, k);
          if (outer->start > inner->start || outer->end - outer->start <= inner->end - inner->start
              || (outer->inside && (outer->kind == PARSER_CUE_OFFER || outer->kind == PARSER_CUE_ABOUT))
              || !swallows (outer, inner))
            continue;
          for (guint p = 0; p < outer->n_pieces; p++)
            if (outer->pieces[p].start <= inner->start && outer->pieces[p].end >= inner->end
                && outer->pieces[p].end - outer->pieces[p].start > inner->end - inner->start)
              inner->inside = TRUE;
        }
    }
}

gboolean
parser_cue_is_shadowed (const ParserSaid *said, const ParserCue *cue, int language)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, cue->clause);
  if (language < 0 || parser_cue_is_of (cue, language))
    return FALSE;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *other = parser_said_cue (said, i);
      gboolean weaker = cue->kind == PARSER_CUE_COMMAND
                        && (other->kind == PARSER_CUE_REMOVE || other->kind == PARSER_CUE_STOP);
      if (!weaker && (int)other->language == language && other->kind != PARSER_CUE_COMMON
          && other->start < cue->end && other->end > cue->start)
        return TRUE;
    }
  return FALSE;
}
