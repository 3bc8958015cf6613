/* topics.c - the operator's categories, where a clause names them or is about them */
#include "intent.h"

#include <string.h>

typedef struct
{
  ParserSaid *said;
  guint clause;
  guint first; /* index of the clause's first cue */
} Search;

/* What names a category, in @language or -1 for the operator's own words, is mail; or, by a common word that
 * else names a thing, or any advertising, what one may keep. */
static void
add_topic (Search *search, const ParserTopic *topic, ParserCueKind kind, int language, guint start, guint end)
{
  ParserCue cue = { .kind = (guint16)kind,
                    .topic = topic->category + 1,
                    .language = (guint8)MAX (language, 0),
                    .own = language < 0,
                    .n_pieces = 1,
                    .clause = search->clause,
                    .start = start,
                    .end = end };
  cue.pieces[0].start = start;
  cue.pieces[0].end = end;
  parser_said_add_cue (search->said, search->first, &cue);
}

/* The operator's own word is mail also where the same word else names a thing. */
static void
drop_things (Search *search, guint start, guint end)
{
  for (guint i = search->first; i < search->said->cues->len; i++)
    {
      ParserCue *one = &g_array_index (search->said->cues, ParserCue, i);
      if (one->start >= start && one->end <= end && (one->kind == PARSER_CUE_THING || one->topic))
        one->inside = TRUE;
    }
}

static gboolean
is_thing (const Search *search, const ParserCue *cue)
{
  for (guint i = search->first; i < search->said->cues->len; i++)
    {
      const ParserCue *one = parser_said_cue (search->said, i);
      if (one->kind == PARSER_CUE_THING && !one->inside && one->start <= cue->start && one->end >= cue->end)
        return TRUE;
    }
  return FALSE;
}

/* The operator's own word for it, wherever it stands. */
static void
find_named (Search *search, const ParserClause *clause, const ParserTopic *topic)
{
  const GString *words = search->said->words;
  guint length = (guint)strlen (topic->words);
  for (const char *at = words->str + clause->start;
       length > 0 && (at = g_strstr_len (at, words->str + clause->end - at, topic->words)) != NULL; at++)
    {
      guint start = (guint)(at - words->str);
      if (parser_is_edge (words, start) && parser_is_edge (words, start + length))
        {
          drop_things (search, start, start + length);
          add_topic (search, topic, PARSER_CUE_MAIL, -1, start, start + length);
        }
    }
}

void
parser_topics_find (const ParserOwn *own, ParserSaid *said, guint at, guint first_cue, guint first_about)
{
  Search search = { said, at, first_cue };
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, at);
  for (guint i = 0; i < own->topics->len; i++)
    {
      const ParserTopic *topic = &g_array_index (own->topics, ParserTopic, i);
      if (topic->words != NULL)
        find_named (&search, clause, topic);
      for (guint k = first_about; k < said->about->len; k++)
        {
          const ParserCue *cue = &g_array_index (said->about, ParserCue, k);
          gboolean kept = cue->kind == PARSER_CUE_KEPT_OFFERS;
          if (topic->kinds & PARSER_TOPIC_BIT (kept ? PARSER_CUE_TOPIC_OFFERS : cue->kind))
            add_topic (&search, topic,
                       kept                      ? PARSER_CUE_KEPT_OFFERS
                       : is_thing (&search, cue) ? PARSER_CUE_THING
                                                 : PARSER_CUE_MAIL,
                       (int)cue->language, cue->start, cue->end);
        }
    }
}
