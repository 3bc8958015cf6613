/* intent.c - what the new text and the subject of a mail ask for
 *
 * Every way of asking adds to a score out of one fixed table; the subject counts when it is a command and the
 * writer's own; text that is not the writer's is looked at only to say why it was passed over (DETECTION
 * section 8, stage 5). */
#include "intent.h"

#include <string.h>

enum
{
  SCORE_SEEN = 40,  /* below: no wish */
  SCORE_ASKED = 30, /* below: no question */
  SCORE_CLEAR = 60, /* from here: a clear one */
  SCORE_IN = 45,    /* from here: a wish to get on */
  SCORE_MOST = 99,
  SCORE_SUBJECT = 80, /* of a subject, before the body is looked at */
  TWICE = 10,         /* the text asks in two places */
  FEW_WORDS = 12,
  OWN_WORDS = 5, /* from here on the text of an answer says something of its own */
  HALF_MANY = 30,
  IN_A_LINE = 15, /* off the score of a command that something follows: more is said than a word */
  SOME_WORDS = 60
};

typedef struct
{
  GPtrArray *texts;
  ParserFacts *facts;
  ParserSaid *subject;
  gboolean quotes;      /* the mail answers another one: its subject may be that one's */
  gboolean quoted;      /* and shows it */
  gboolean answered;    /* text that is a footer's by its words stands above the quotation */
  gboolean replied;     /* the subject has a reply prefix */
  GPtrArray *bodies;    /* ParserSaid of new text */
  GPtrArray *others;    /* ParserSaid of the rest, one a segment */
  GPtrArray *whose;     /* ParserSegment of others */
  GArray *findings;     /* of bodies */
  GArray *in_subject;   /* of the subject */
  guint n_words;        /* of bodies */
  const ParserOwn *own; /* the operator's words */
  ParserSetting setting;
} Reading;

static const ParserText *
text_of (const Reading *reading, const char *part)
{
  for (guint i = 0; i < reading->texts->len; i++)
    {
      const ParserText *text = g_ptr_array_index (reading->texts, i);
      if (strcmp (text->part, part) == 0)
        return text;
    }
  return NULL;
}

static void
read_segments (Reading *reading)
{
  gboolean quoted = FALSE; /* so far */
  for (guint i = 0; i < reading->facts->segments->len; i++)
    {
      ParserSegment *segment = g_ptr_array_index (reading->facts->segments, i);
      const ParserText *text = text_of (reading, segment->part);
      ParserSaid *said = NULL;
      if (text == NULL)
        continue;
      reading->answered |= segment->kind == PARSER_SEGMENT_FOOTER && !quoted;
      quoted |= segment->kind == PARSER_SEGMENT_QUOTATION || segment->kind == PARSER_SEGMENT_ATTRIBUTION;
      GPtrArray *into = segment->kind == PARSER_SEGMENT_NEW ? reading->bodies : reading->others;
      for (guint k = 0; k < into->len && said == NULL; k++)
        {
          ParserSaid *one = g_ptr_array_index (into, k);
          gboolean same = into == reading->bodies
                          || ((ParserSegment *)g_ptr_array_index (reading->whose, k))->kind == segment->kind;
          if (same && strcmp (one->part, segment->part) == 0)
            said = one;
        }
      if (said == NULL)
        {
          said = parser_said_new (text->part, text->text, text->length, &reading->facts->defects);
          g_ptr_array_add (into, said);
          if (into == reading->others)
            g_ptr_array_add (reading->whose, segment);
        }
      parser_said_read (said, segment->first_line, segment->last_line, text->flowed);
    }
  reading->quotes |= quoted;
  reading->quoted = quoted;
}

static void
read_subject (Reading *reading)
{
  const char *subject = reading->facts->subject ? reading->facts->subject : "";
  reading->subject = parser_said_new ("subject", subject, strlen (subject), &reading->facts->defects);
  parser_said_read_rest (reading->subject,
                         parser_subject_prefix (reading->subject->folded, &reading->replied));
}

/* Is the cue's text part of a link's label? Nobody writes links by hand: it is somebody else's offer. */
static gboolean
is_link_label (const Reading *reading, const ParserSaid *said, const ParserCue *cue)
{
  const ParserText *text = text_of (reading, said->part);
  guint start, end;
  if (text == NULL || text->spans == NULL)
    return FALSE;
  parser_said_locate (said, cue->start, cue->end, &start, &end);
  for (guint i = 0; i < text->spans->len; i++)
    {
      const ParserSpan *span = &g_array_index (text->spans, ParserSpan, i);
      if ((span->flags & PARSER_SPAN_LINK) && span->start < end && span->end > start)
        return TRUE;
    }
  return FALSE;
}

/* Does one of @hits, for the same reason, stand in bytes @start to @end of @part? */
static gboolean
is_listed (const GPtrArray *hits, const char *why, const char *part, guint start, guint end)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const ParserHit *one = g_ptr_array_index (hits, i);
      if (strcmp (one->part, part) == 0 && start < one->end && end > one->start
          && g_strcmp0 (one->why, why) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The finding's clause, or where that is long its own words alone; each place once, whatever languages know
 * it. */
static void
add_hit (const ParserFacts *facts, GPtrArray *hits, const ParserFinding *finding, const char *why)
{
  const ParserSaid *said = finding->said;
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, finding->cue->clause);
  guint start, end;
  parser_said_locate (said, clause->start, clause->end, &start, &end);
  if (g_utf8_strlen (said->text + start, (gssize)(end - start)) > PARSER_MAX_QUOTED_WORDS)
    parser_said_locate (said, finding->cue->start, finding->cue->end, &start, &end);
  if (hits->len >= PARSER_MAX_HITS || is_listed (facts->evidence, NULL, said->part, start, end)
      || is_listed (hits, why, said->part, start, end))
    return;
  ParserHit *hit = g_new0 (ParserHit, 1);
  g_autofree char *words = g_strndup (said->text + start, end - start);
  g_strdelimit (words, "\n\r\t", ' ');
  hit->text = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), PARSER_MAX_QUOTED_WORDS));
  hit->rule = parser_cue_rule (said, finding->cue);
  hit->part = g_strdup (said->part);
  hit->language = g_strdup (parser_cues_language_code (finding->cue->language));
  hit->why = g_strdup (why);
  hit->start = start;
  hit->end = end;
  hit->line = parser_said_line (said, start);
  hit->weight = finding->score;
  g_ptr_array_add (hits, hit);
}

static void
list_others (const Reading *reading)
{
  for (guint i = 0; i < reading->others->len; i++)
    {
      ParserSaid *said = g_ptr_array_index (reading->others, i);
      const ParserSegment *segment = g_ptr_array_index (reading->whose, i);
      for (guint k = 0; k < said->cues->len; k++)
        {
          ParserFinding finding = { .said = said, .cue = &g_array_index (said->cues, ParserCue, k) };
          if (finding.cue->kind == PARSER_CUE_LEAVE || finding.cue->kind == PARSER_CUE_WISH)
            add_hit (reading->facts, reading->facts->ignored, &finding, parser_segment_name (segment->kind));
        }
    }
}

/* "unsubscribe ADDRESS" is how list servers are told, and whoever writes so means himself; nobody says please
 * to a list server. */
static gboolean
is_list_command (const ParserSaid *said, guint first, guint end, const ParserCue *command)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = clauses[first].first_cue; i < clauses[end - 1].end_cue; i++)
    if (parser_said_cue (said, i)->kind == PARSER_CUE_PLEASE)
      return FALSE;
  return command->kind == PARSER_CUE_LEAVE;
}

static gboolean
speaks_of_what (const ParserSaid *said)
{
  for (guint i = 0; i < said->cues->len; i++)
    {
      guint kind = parser_said_cue (said, i)->kind;
      if (kind == PARSER_CUE_THING || kind == PARSER_CUE_MAIL || kind == PARSER_CUE_LIST)
        return TRUE;
    }
  return FALSE;
}

/* A bare "Stop." behind something else is for a person to read. */
static void
add_command (const Reading *reading, const ParserSaid *said, guint first, guint end, int less,
             GArray *findings)
{
  ParserFinding finding = { .said = said, .intent = PARSER_INTENT_OPT_OUT };
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  gboolean own = FALSE;
  if (!parser_command_read (said, reading->setting.language, first, end, &finding.cue, &finding.score))
    return;
  if (finding.cue->kind == PARSER_CUE_COMMAND && (less >= IN_A_LINE || (first > 0 && speaks_of_what (said))))
    return;
  ParserPlace place = { .said = said,
                        .setting = &reading->setting,
                        .clause = &clauses[first],
                        .action = finding.cue,
                        .first = clauses[first].first_cue,
                        .end = clauses[end - 1].end_cue,
                        .low = clauses[first].start,
                        .high = clauses[end - 1].end };
  finding.third_person = !parser_place_is_own (&place) && parser_place_is_of_person (&place);
  finding.score -= less;
  finding.named
      = parser_setting_named (&reading->setting, said, clauses[first].start, clauses[end - 1].end, &own);
  finding.doubtful = finding.third_person || (finding.cue->kind == PARSER_CUE_COMMAND && first > 0)
                     || (finding.named && !is_list_command (said, first, end, finding.cue));
  g_array_append_val (findings, finding);
}

/* Does a condition stand beside the clause? */
static gboolean
is_conditional (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = at ? at - 1 : 0; i <= at + 1 && i < said->clauses->len; i++)
    for (guint k = clauses[i].first_cue;
         k < clauses[i].end_cue && clauses[i].sentence == clauses[at].sentence; k++)
      if (parser_said_cue (said, k)->kind == PARSER_CUE_IF && !parser_said_cue (said, k)->inside)
        return TRUE;
  return FALSE;
}

/* "Unsubscribe", above "You can unsubscribe at ...", is a heading. */
static gboolean
is_heading (const ParserSaid *said, guint at)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  for (guint i = at + 1; i <= at + 2 && i < said->clauses->len; i++)
    for (guint k = clauses[i].first_cue; k < clauses[i].end_cue; k++)
      if (parser_said_cue (said, k)->kind == PARSER_CUE_OFFER && !parser_said_cue (said, k)->inside)
        return TRUE;
  return FALSE;
}

/* A text of few words that are nothing but a command; a line that is one, or a clause of a short text. */
static void
add_commands (const Reading *reading, const ParserSaid *said, GArray *findings)
{
  const ParserClause *clauses = &g_array_index (said->clauses, ParserClause, 0);
  guint n = said->clauses->len;
  if (n && said->n_words <= FEW_WORDS && !is_conditional (said, 0))
    add_command (reading, said, 0, n, 0, findings);
  for (guint i = 0; i < n && findings->len == 0; i++)
    {
      const ParserClause *clause = &clauses[i];
      gboolean brief = said->n_words <= HALF_MANY;
      gboolean alone = clause->line_start && !clause->dash
                       && (i + 1 == n || clause[1].line_start || clause[1].sentence != clause->sentence);
      gboolean linked = i + 1 < n && said->words->str[clause[1].start] == PARSER_WORD_URL;
      if (!linked && !is_heading (said, i) && (alone || brief) && !clause->asked && !clause->quoted
          && !is_conditional (said, i))
        add_command (reading, said, i, i + 1, brief ? alone ? 10 : IN_A_LINE : i == 0 ? 20 : 60, findings);
    }
}

/* Does the clause name the writer, or ask? */
static gboolean
is_somebodys (const ParserSaid *said, guint at)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, at);
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      guint kind = parser_said_cue (said, i)->kind;
      if (kind == PARSER_CUE_ME || kind == PARSER_CUE_PLEASE || kind == PARSER_CUE_WANT)
        return TRUE;
    }
  return FALSE;
}

/* Below other text, the last line above a footer is its heading, where nobody speaks of himself or asks in
 * it. */
static gboolean
is_footer_heading (const Reading *reading, const ParserSaid *said, guint at)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, at);
  const GPtrArray *segments = reading->facts->segments;
  guint start, end;
  if (at == 0 || said->n_words <= HALF_MANY || is_somebodys (said, at))
    return FALSE;
  parser_said_locate (said, clause->start, clause->end, &start, &end);
  guint line = parser_said_line (said, start);
  for (guint i = 0; i + 1 < segments->len; i++)
    {
      const ParserSegment *one = g_ptr_array_index (segments, i), *next = g_ptr_array_index (segments, i + 1);
      if (one->last_line == line && strcmp (one->part, said->part) == 0
          && next->kind == PARSER_SEGMENT_FOOTER)
        return TRUE;
    }
  return FALSE;
}

static void
find_all (Reading *reading)
{
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *said = g_ptr_array_index (reading->bodies, i);
      add_commands (reading, said, reading->findings);
      parser_rules_read (said, &reading->setting, reading->findings);
    }
  for (guint i = 0; i < reading->findings->len; i++)
    {
      ParserFinding *finding = &g_array_index (reading->findings, ParserFinding, i);
      if (finding->why == NULL && is_link_label (reading, finding->said, finding->cue))
        finding->why = "link-label";
      if (finding->why == NULL && finding->cue->kind == PARSER_CUE_LEAVE
          && is_footer_heading (reading, finding->said, finding->cue->clause))
        finding->why = "offer";
    }
}

/* The body answers somebody who wants to leave: "you can unsubscribe there". */
static gboolean
is_talk (const Reading *reading)
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
is_quoted (const Reading *reading)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (ParserFinding));
  if (!reading->replied && (reading->n_words == 0 || reading->facts->in_reply_to == NULL))
    return FALSE;
  for (guint i = 0; i < reading->others->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (reading->whose, i);
      if (segment->kind != PARSER_SEGMENT_QUOTATION)
        continue;
      add_commands (reading, g_ptr_array_index (reading->others, i), findings);
      parser_rules_read (g_ptr_array_index (reading->others, i), &reading->setting, findings);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (findings, ParserFinding, i);
      gboolean leaves = one->intent == PARSER_INTENT_OPT_OUT || one->intent == PARSER_INTENT_QUESTION;
      if (leaves && one->why == NULL && one->score >= SCORE_CLEAR
          && !is_link_label (reading, one->said, one->cue))
        return TRUE;
    }
  return FALSE;
}

/* Does the new text ask for anything, in whatever words? */
static gboolean
asks (const Reading *reading)
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
subject_worth (const Reading *reading, const ParserFinding *finding, gboolean added)
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

static void
add_subject (Reading *reading)
{
  const guint n = reading->subject->clauses->len;
  /* "Re: our offers - unsubscribe" */
  gboolean tail = n > 1 && g_array_index (reading->subject->clauses, ParserClause, n - 1).dash;
  if (n && reading->subject->n_words <= FEW_WORDS)
    {
      add_command (reading, reading->subject, 0, n, 0, reading->in_subject);
      if (tail)
        add_command (reading, reading->subject, n - 1, n, IN_A_LINE, reading->in_subject);
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

/* The best finding of @intent that counts, with what agrees with it added to its score. */
static const ParserFinding *
best_of (const Reading *reading, ParserIntent intent, gboolean plain, int *score_out)
{
  const ParserFinding *best = NULL;
  guint places = 0;
  const GArray *lists[] = { reading->findings, reading->in_subject };
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        const ParserFinding *one = &g_array_index (lists[l], ParserFinding, i);
        if (one->intent != intent || one->why || one->doubtful == plain || one->score < SCORE_ASKED - 10)
          continue;
        places += best == NULL || one->cue->clause != best->cue->clause || one->said != best->said;
        gboolean native = (int)one->cue->language == reading->setting.language;
        if (best == NULL
            || one->score + native > best->score + (best->cue->language == one->cue->language && native))
          best = one;
      }
  *score_out = best ? MIN (best->score + (places > 1 ? TWICE : 0), SCORE_MOST) : 0;
  return best;
}

/* "Please unsubscribe me. No, do not unsubscribe me." */
static gboolean
is_taken_back (const Reading *reading, const ParserFinding *wish)
{
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (reading->findings, ParserFinding, i);
      if (one->intent == PARSER_INTENT_OPT_OUT && g_strcmp0 (one->why, "negated") == 0
          && one->said == wish->said && one->cue->clause > wish->cue->clause && one->score >= SCORE_CLEAR)
        return TRUE;
    }
  return FALSE;
}

static void
list_findings (const Reading *reading, const GArray *findings, const ParserFinding *best)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ParserFinding *one = &g_array_index (findings, ParserFinding, i);
      if (one == best)
        continue;
      if (one->why)
        add_hit (reading->facts, reading->facts->ignored, one, one->why);
      else if (best && one->intent == best->intent)
        add_hit (reading->facts, reading->facts->evidence, one, NULL);
      else
        add_hit (reading->facts, reading->facts->ignored, one,
                 one->third_person || one->named ? "third-person"
                 : one->asked                    ? "question"
                                                 : "other-wish");
    }
}

static void
set_verdict (Reading *reading, ParserIntent intent, const ParserFinding *best, int score)
{
  ParserFacts *facts = reading->facts;
  facts->intent
      = score < (intent == PARSER_INTENT_QUESTION ? SCORE_ASKED : SCORE_SEEN) ? PARSER_INTENT_NONE : intent;
  facts->confidence = facts->intent == PARSER_INTENT_NONE ? 0 : (guint)CLAMP (score, 0, 100);
  if (facts->intent == PARSER_INTENT_NONE)
    best = NULL;
  if (best)
    add_hit (facts, facts->evidence, best, NULL);
  list_findings (reading, reading->findings, best);
  list_findings (reading, reading->in_subject, best);
  if (best == NULL)
    return;
  facts->third_person = best->third_person || (best->named && best->doubtful);
  if (best->named && best->doubtful)
    facts->named_address = parser_address_canonical (best->named);
  if (reading->setting.language < 0 || reading->n_words < FEW_WORDS)
    {
      g_free (facts->language);
      facts->language = g_strdup (parser_cues_language_code (best->cue->language));
    }
}

static void
decide (Reading *reading)
{
  static const ParserIntent rights[]
      = { PARSER_INTENT_ERASURE, PARSER_INTENT_NO_SHARING, PARSER_INTENT_ACCESS, PARSER_INTENT_CORRECTION };
  int out, in, asked, unclear, score;
  const ParserFinding *wish = best_of (reading, PARSER_INTENT_OPT_OUT, TRUE, &out);
  const ParserFinding *back = best_of (reading, PARSER_INTENT_OPT_IN, TRUE, &in);
  const ParserFinding *question = best_of (reading, PARSER_INTENT_QUESTION, TRUE, &asked);
  const ParserFinding *question_too = best_of (reading, PARSER_INTENT_QUESTION, FALSE, &unclear);
  if (question_too && unclear > asked)
    {
      question = question_too;
      asked = unclear;
    }
  const ParserFinding *other = best_of (reading, PARSER_INTENT_OPT_OUT, FALSE, &unclear);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const ParserFinding *right = best_of (reading, rights[i], TRUE, &score);
      if (right && (score >= out || rights[i] == PARSER_INTENT_ERASURE))
        {
          set_verdict (reading, rights[i], right, MAX (score, out));
          return;
        }
    }
  if (wish && (out >= SCORE_CLEAR || (out >= asked && out >= unclear && out >= in)))
    set_verdict (reading, PARSER_INTENT_OPT_OUT, wish, out);
  else if (back && in >= SCORE_IN && in > asked && in > unclear)
    set_verdict (reading, PARSER_INTENT_OPT_IN, back, in);
  else if (question && asked >= unclear)
    set_verdict (reading, PARSER_INTENT_QUESTION, question, asked);
  else if (other)
    set_verdict (reading, PARSER_INTENT_UNCLEAR, other, unclear);
  else
    set_verdict (reading, PARSER_INTENT_NONE, NULL, 0);
  gboolean stays = back && back->cue->kind == PARSER_CUE_STAY;
  if (wish && out >= SCORE_CLEAR && (stays || is_taken_back (reading, wish)))
    reading->facts->marks |= PARSER_MARK_DOUBTFUL;
}

static void
set_scope (Reading *reading, const ParserOptions *options)
{
  ParserFacts *facts = reading->facts;
  if (facts->intent == PARSER_INTENT_NONE)
    return;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  if (!reading->replied || reading->n_words == 0)
    g_ptr_array_add (all, reading->subject); /* not what is offered: "Re: Only today" */
  for (guint i = 0; i < reading->bodies->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (reading->bodies, i));
  if (!parser_scope_read ((const ParserSaid *const *)all->pdata, all->len, reading->setting.language, options,
                          facts)
      && facts->intent == PARSER_INTENT_OPT_OUT)
    facts->intent = PARSER_INTENT_UNCLEAR;
}

/* "On Monday Ann wrote:", and Ann is who writes: she sends her own words again. */
static gboolean
is_own_attribution (const Reading *reading, const ParserSegment *segment)
{
  const ParserText *text = text_of (reading, segment->part);
  if (segment->kind != PARSER_SEGMENT_ATTRIBUTION || text == NULL)
    return FALSE;
  const char *start = text->text;
  for (guint line = 1; line < segment->first_line && start; line++)
    start = (start = strchr (start, '\n')) ? start + 1 : NULL;
  const char *end = start;
  for (guint line = segment->first_line; line <= segment->last_line && end; line++)
    end = (end = strchr (end, '\n')) ? end + 1 : NULL;
  g_autofree char *words = start ? g_strndup (start, end ? (gsize)(end - start) : strlen (start)) : NULL;
  g_autofree char *folded = words ? g_ascii_strdown (words, -1) : NULL;
  g_autofree char *writer
      = reading->setting.writer[0] ? g_ascii_strdown (reading->setting.writer[0], -1) : NULL;
  return folded && writer && strstr (folded, writer) != NULL;
}

/* Evidence in a segment of which we are not sure whose it is makes the whole doubtful. */
static void
mark_doubt (const Reading *reading)
{
  ParserFacts *facts = reading->facts;
  if (facts->evidence->len == 0)
    return;
  const ParserHit *hit = g_ptr_array_index (facts->evidence, 0);
  for (guint i = 0; i < facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (facts->segments, i);
      gboolean own = i > 0 && is_own_attribution (reading, g_ptr_array_index (facts->segments, i - 1));
      if (!segment->sure && !own && strcmp (segment->part, hit->part) == 0 && hit->line >= segment->first_line
          && hit->line <= segment->last_line)
        facts->marks |= PARSER_MARK_DOUBTFUL;
    }
}

void
parser_intent_read (GPtrArray *texts, const ParserOptions *options, ParserFacts *facts)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)parser_said_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)parser_said_free);
  g_autoptr (GPtrArray) whose = g_ptr_array_new ();
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (ParserFinding));
  g_autoptr (GArray) in_subject = g_array_new (FALSE, FALSE, sizeof (ParserFinding));
  g_autoptr (ParserOwn) own = parser_own_new (options);
  Reading reading
      = { .texts = texts,
          .facts = facts,
          .bodies = bodies,
          .others = others,
          .whose = whose,
          .findings = findings,
          .in_subject = in_subject,
          .own = own,
          .setting = { .writer = { facts->from ? facts->from : facts->from_spelt, facts->return_path },
                       .list = { facts->to, facts->original_to, facts->delivered_to } } };
  reading.quotes = facts->in_reply_to != NULL;
  read_segments (&reading);
  read_subject (&reading);
  g_autoptr (ParserSaid) subject = reading.subject;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_ptr_array_add (all, subject);
  for (guint i = 0; i < bodies->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (bodies, i));
  for (guint i = 0; i < others->len; i++)
    parser_cues_read (g_ptr_array_index (others, i), own);
  for (guint i = 0; i < all->len; i++)
    {
      ParserSaid *said = g_ptr_array_index (all, i);
      parser_cues_read (said, own);
      reading.n_words += i ? said->n_words : 0;
    }
  reading.setting.n_words = reading.n_words;
  reading.setting.language = parser_cues_language ((const ParserSaid *const *)all->pdata, all->len);
  if (reading.n_words == 0)
    facts->marks |= PARSER_MARK_EMPTY_BODY;
  g_free (facts->language);
  facts->language = reading.setting.language < 0
                        ? NULL
                        : g_strdup (parser_cues_language_code ((guint)reading.setting.language));
  find_all (&reading);
  add_subject (&reading);
  decide (&reading);
  set_scope (&reading, options);
  mark_doubt (&reading);
  list_others (&reading);
}
