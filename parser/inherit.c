/* inherit.c - whose the words of the subject are: the writer's, or those of the mail that he answers
 */
#include "reading.h"

enum
{
  SCORE_CLEAR = 60,
  SCORE_SUBJECT = 80, /* before the body is looked at */
  FEW_WORDS = 12,
  OWN_WORDS = 5, /* from here on the text of an answer says something of its own */
  SOME_WORDS = 60
};

/* The body answers somebody who wants to leave: "you can unsubscribe there". */
static gboolean
is_talk (const ParserReading *reading)
{
  for (guint i = 0; reading->quotes && i < reading->findings->len; i++)
    {
      const char *why = g_array_index (reading->findings, ParserFinding, i).why;
      if (g_strcmp0 (why, "offer") == 0 || g_strcmp0 (why, "other-person") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Somebody whom the mail quotes asks to leave: the subject is his. Footers ask for nothing. */
static gboolean
is_quoted (const ParserReading *reading)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (ParserFinding));
  if (!reading->replied && (reading->n_words == 0 || reading->facts->in_reply_to == NULL))
    return FALSE;
  for (guint i = 0; i < reading->others->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (reading->whose, i);
      if (segment->kind != PARSER_SEGMENT_QUOTATION)
        continue;
      parser_reading_add_commands (reading, g_ptr_array_index (reading->others, i), findings);
      parser_rules_read (g_ptr_array_index (reading->others, i), &reading->setting, findings);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (findings, ParserFinding, i);
      gboolean leaves = one->intent == PARSER_INTENT_OPT_OUT || one->intent == PARSER_INTENT_QUESTION;
      if (leaves && one->why == NULL && one->score >= SCORE_CLEAR
          && !parser_reading_is_link_label (reading, one->said, one->cue))
        return TRUE;
    }
  return FALSE;
}

/* Does the new text ask for anything, in whatever words? */
static gboolean
asks (const ParserReading *reading)
{
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *said = g_ptr_array_index (reading->bodies, i);
      for (guint k = 0; k < said->cues->len; k++)
        if (parser_said_cue (said, k)->kind <= PARSER_CUE_COMMAND
            || parser_said_cue (said, k)->kind == PARSER_CUE_PLEASE
            || parser_said_cue (said, k)->kind == PARSER_CUE_WANT)
          return TRUE;
    }
  return FALSE;
}

/* What of the score of @finding in the subject is left: a command under which nothing else is said is the
 * whole mail; a reply carries somebody else's subject, but for what the writer @added to it. */
static int
subject_worth (const ParserReading *reading, const ParserFinding *finding, gboolean added)
{
  int score = MIN (finding->score, SCORE_SUBJECT);
  if (reading->quotes && reading->answered)
    return 0;
  if (reading->n_words == 0)
    return reading->replied && !added ? score - 30 : score;
  if (reading->replied || is_talk (reading))
    return 0;
  if (reading->quoted && reading->n_words > OWN_WORDS && !asks (reading))
    return score - (finding->cue->kind == PARSER_CUE_LEAVE ? 20 : 40);
  if (reading->quotes && reading->n_words > 3)
    return reading->n_words <= FEW_WORDS ? score - 20 : 0;
  return reading->n_words <= FEW_WORDS ? score - 5 : reading->n_words <= SOME_WORDS ? score - 15 : score - 40;
}

void
parser_reading_add_subject (ParserReading *reading)
{
  const guint n = reading->subject->clauses->len;
  /* "Re: our offers - unsubscribe" */
  gboolean tail = n > 1 && g_array_index (reading->subject->clauses, ParserClause, n - 1).dash;
  if (n && reading->subject->n_words <= FEW_WORDS)
    {
      parser_reading_add_command (reading, reading->subject, 0, n, 0, reading->in_subject);
      if (tail)
        parser_reading_add_command (reading, reading->subject, n - 1, n, PARSER_IN_A_LINE,
                                    reading->in_subject);
    }
  parser_rules_read (reading->subject, &reading->setting, reading->in_subject);
  gboolean quoted = reading->in_subject->len && is_quoted (reading);
  for (guint i = 0; i < reading->in_subject->len; i++)
    {
      ParserFinding *finding = &g_array_index (reading->in_subject, ParserFinding, i);
      gboolean added = tail && finding->cue->clause == n - 1;
      gboolean inherited = quoted && !(added && reading->n_words == 0);
      finding->score = inherited ? 0 : subject_worth (reading, finding, added);
      if (finding->why == NULL && finding->score <= 0)
        finding->why = "inherited-subject";
    }
}
