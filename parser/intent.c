/* intent.c - what the new text and the subject of a mail ask for
 *
 * Every way of asking adds to a score out of one fixed table; the subject counts when it is a command and the
 * writer's own; text that is not the writer's is looked at only to say why it was passed over (DETECTION
 * section 8, stage 5). */
#include "reading.h"

#include <string.h>

enum
{
  SCORE_SEEN = 40,  /* below: no wish */
  SCORE_ASKED = 30, /* below: no question */
  SCORE_CLEAR = 60, /* from here: a clear one */
  SCORE_IN = 45,    /* from here: a wish to get on */
  SCORE_MOST = 99,
  LEAST_BUT = 0, /* likeness */
  TWICE = 10,    /* the text asks in two places */
  FEW_WORDS = 12,
  FEW_OF_WISH = 3 /* words of one that is no sentence: "UNSUBSCRIBE" */
};

static void
read_segments (ParserReading *reading)
{
  gboolean quoted = FALSE; /* so far */
  for (guint i = 0; i < reading->facts->segments->len; i++)
    {
      ParserSegment *segment = g_ptr_array_index (reading->facts->segments, i);
      const ParserText *text = parser_reading_text (reading, segment->part);
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

/* The subject of a confirmation of ours is nobody's wish; what somebody adds to it behind a dash is his. */
static gboolean
is_our_subject (const char *subject, const ParserOptions *options)
{
  return options != NULL && options->echoes != NULL && strstr (subject, " - ") == NULL
         && parser_echoes_hold (options->echoes, subject);
}

static void
read_subject (ParserReading *reading, const ParserOptions *options)
{
  const char *subject = reading->facts->subject ? reading->facts->subject : "";
  reading->subject = parser_said_new (PARSER_SUBJECT, subject, strlen (subject), &reading->facts->defects);
  const char *folded = reading->subject->folded;
  guint at = parser_subject_prefix (folded, &reading->replied);
  const char *rest = subject + g_array_index (reading->subject->fold_map, guint, at);
  parser_said_read_rest (reading->subject, is_our_subject (rest, options) ? (guint)strlen (folded) : at);
}

static void
find_all (ParserReading *reading)
{
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *said = g_ptr_array_index (reading->bodies, i);
      parser_reading_add_commands (reading, said, reading->findings);
      parser_rules_read (said, &reading->setting, reading->findings);
    }
  for (guint i = 0; i < reading->findings->len; i++)
    {
      ParserFinding *finding = &g_array_index (reading->findings, ParserFinding, i);
      if (finding->why == NULL && parser_reading_is_link_label (reading, finding->said, finding->cue))
        finding->why = "link-label";
      if (finding->why == NULL && finding->cue->kind == PARSER_CUE_LEAVE
          && parser_reading_is_footer_heading (reading, finding->said, finding->cue->clause))
        finding->why = "offer";
    }
}

const ParserFinding *
parser_reading_best (const ParserReading *reading, ParserIntent intent, gboolean plain, int *score_out)
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
is_taken_back (const ParserReading *reading, const ParserFinding *wish)
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

/* "Contacting me" is mail too, and more. */
static gboolean
is_over_contact (const ParserSaid *said, const ParserClause *clause, const ParserCue *mail)
{
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if (cue->kind == PARSER_CUE_CONTACT && cue->start < mail->end && mail->start < cue->end)
        return TRUE;
    }
  return FALSE;
}

/* "Do not contact me", and in no way of doing it: then telephone and post are meant too. */
static gboolean
is_of_every_channel (const ParserFinding *wish)
{
  const ParserClause *clause = &g_array_index (wish->said->clauses, ParserClause, wish->cue->clause);
  gboolean contact = FALSE;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (wish->said, i);
      if (!parser_cues_same_language (cue, wish->cue))
        continue;
      contact |= cue->kind == PARSER_CUE_CONTACT;
      if (cue->kind == PARSER_CUE_MAIL && !cue->inside && !is_over_contact (wish->said, clause, cue))
        return FALSE;
    }
  return contact;
}

static void
set_verdict (ParserReading *reading, const ParserHeard *heard)
{
  ParserFacts *facts = reading->facts;
  const ParserFinding *best = heard->finding;
  facts->intent = heard->intent;
  facts->request = heard->request ? heard->request->intent : PARSER_INTENT_NONE;
  facts->confidence = (guint)CLAMP (heard->score, 0, 100);
  if (best)
    parser_reading_add_hit (facts, facts->evidence, best, NULL);
  if (heard->request && heard->request != best)
    parser_reading_add_request (facts, heard->request);
  parser_reading_list_findings (reading, reading->findings, heard);
  parser_reading_list_findings (reading, reading->in_subject, heard);
  if (best == NULL)
    return;
  if (heard->intent == PARSER_INTENT_OPT_OUT && is_of_every_channel (best))
    facts->marks |= PARSER_MARK_EVERY_CHANNEL;
  facts->third_person = best->third_person;
  if (best->named && best->doubtful)
    facts->named_address = parser_address_canonical (best->named);
  if (!best->cue->learned && (reading->setting.language < 0 || reading->n_words < FEW_WORDS))
    {
      g_free (facts->language);
      facts->language = g_strdup (parser_cues_language_code (best->cue->language));
    }
}

/* "I would like to go on getting the invitations": one kind of mail is to stay. */
static gboolean
names_topic (const ParserFinding *finding)
{
  const ParserClause *clause = &g_array_index (finding->said->clauses, ParserClause, finding->cue->clause);
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    if (parser_said_cue (finding->said, i)->topic)
      return TRUE;
  return FALSE;
}

/* Does @one stand in a sentence before @other's? The later word is the one that counts. */
static gboolean
is_before (const ParserFinding *one, const ParserFinding *other)
{
  const ParserClause *clauses = &g_array_index (one->said->clauses, ParserClause, 0);
  return one->said == other->said
         && clauses[one->cue->clause].sentence < clauses[other->cue->clause].sentence;
}

/* What the rules hear. */
static ParserHeard
hear (const ParserReading *reading)
{
  static const ParserIntent rights[]
      = { PARSER_INTENT_ERASURE, PARSER_INTENT_NO_SHARING, PARSER_INTENT_ACCESS, PARSER_INTENT_CORRECTION };
  int out, in, asked, unclear, score;
  const ParserFinding *wish = parser_reading_best (reading, PARSER_INTENT_OPT_OUT, TRUE, &out);
  const ParserFinding *back = parser_reading_best (reading, PARSER_INTENT_OPT_IN, TRUE, &in);
  const ParserFinding *question = parser_reading_best (reading, PARSER_INTENT_QUESTION, TRUE, &asked);
  const ParserFinding *question_too = parser_reading_best (reading, PARSER_INTENT_QUESTION, FALSE, &unclear);
  if (question_too && unclear > asked)
    {
      question = question_too;
      asked = unclear;
    }
  const ParserFinding *other = parser_reading_best (reading, PARSER_INTENT_OPT_OUT, FALSE, &unclear);
  gboolean stays = back && back->cue->kind == PARSER_CUE_STAY && !names_topic (back)
                   && !(wish && is_before (back, wish));
  gboolean unsure = wish && out >= SCORE_CLEAR && (stays || is_taken_back (reading, wish));
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const ParserFinding *right = parser_reading_best (reading, rights[i], TRUE, &score);
      gboolean beside = wish && out >= SCORE_CLEAR && right && parser_findings_apart (right, wish)
                        && (right->said != wish->said || right->cue->clause != wish->cue->clause);
      if (right && ((score >= out && !beside) || rights[i] == PARSER_INTENT_ERASURE))
        return (ParserHeard){ rights[i], right, MAX (score, out), FALSE, NULL };
    }
  if (wish && (out >= SCORE_CLEAR || (out >= asked && out >= unclear && out >= in)))
    return (ParserHeard){ PARSER_INTENT_OPT_OUT, wish, out, unsure, NULL };
  if (back && in >= SCORE_IN && in > asked && in > unclear)
    return (ParserHeard){ PARSER_INTENT_OPT_IN, back, in, unsure, NULL };
  if (question && asked >= unclear && asked >= SCORE_ASKED)
    return (ParserHeard){ PARSER_INTENT_QUESTION, question, asked, unsure, NULL };
  if (other)
    return (ParserHeard){ PARSER_INTENT_UNCLEAR, other, unclear, unsure, NULL };
  return (ParserHeard){ PARSER_INTENT_NONE, NULL, 0, unsure, NULL };
}

/* Is there a word of not or of not wanting before @cue in its clause? */
static gboolean
is_denied (const ParserSaid *said, const ParserCue *cue)
{
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, cue->clause);
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *one = parser_said_cue (said, i);
      if ((one->kind == PARSER_CUE_NOT || one->kind == PARSER_CUE_REFUSE || one->kind == PARSER_CUE_STOP)
          && one->start < cue->end && one != cue)
        return TRUE;
    }
  return FALSE;
}

/* Is there a cue of @kind in the writer's text that nothing denies? */
static gboolean
is_said (const ParserReading *reading, ParserCueKind kind)
{
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *said = g_ptr_array_index (reading->bodies, i);
      for (guint k = 0; k < said->cues->len; k++)
        {
          const ParserCue *cue = parser_said_cue (said, k);
          if (cue->kind == kind && !cue->inside && (kind == PARSER_CUE_THING || !is_denied (said, cue)))
            return TRUE;
        }
    }
  return FALSE;
}

/* Is the clause of the wish about mail? */
static gboolean
names_mail (const ParserFinding *wish)
{
  const ParserClause *clause = &g_array_index (wish->said->clauses, ParserClause, wish->cue->clause);
  for (guint i = clause->first_cue; i < clause->end_cue && !wish->cue->learned; i++)
    {
      const ParserCueKind kind = parser_said_cue (wish->said, i)->kind;
      if (kind == PARSER_CUE_MAIL || kind == PARSER_CUE_LIST)
        return TRUE;
    }
  return FALSE;
}

/* "The catalogue can stop, by e-mail I read it all": where our mail is welcome, a wish that names none is
 * about what else is named, or for a person. */
static void
weigh_welcome (const ParserReading *reading, ParserHeard *heard)
{
  if (heard->intent != PARSER_INTENT_OPT_OUT || !is_said (reading, PARSER_CUE_WELCOME)
      || names_mail (heard->finding))
    return;
  if (is_said (reading, PARSER_CUE_THING))
    *heard = (ParserHeard){ PARSER_INTENT_NONE, NULL, 0, heard->unsure, NULL };
  else
    heard->intent = PARSER_INTENT_UNCLEAR;
}

/* Tells the clauses in which a likely wish is: what they name is what is to stop. */
static void
mark_wished (const ParserHeard *heard)
{
  if (heard->intent != PARSER_INTENT_OPT_OUT || !heard->finding->cue->learned)
    return;
  for (guint i = 0; i < heard->finding->said->clauses->len; i++)
    {
      ParserClause *clause = &g_array_index (heard->finding->said->clauses, ParserClause, i);
      clause->wished = clause->start >= heard->finding->cue->start && clause->end <= heard->finding->cue->end;
    }
}

/* Tells the clauses by which one kind of mail may go on, and nothing else. */
static void
mark_but (const ParserReading *reading, const ParserHeard *heard)
{
  const ParserSaid *said = reading->likeness.most[PARSER_LIKE_BUT].said;
  const ParserStretch *told = &reading->likeness.most[PARSER_LIKE_BUT].told;
  if (heard->intent != PARSER_INTENT_OPT_OUT || said == NULL
      || reading->likeness.most[PARSER_LIKE_BUT].score <= LEAST_BUT)
    return;
  for (guint i = told->first; i < told->end; i++)
    g_array_index (said->clauses, ParserClause, i).but = TRUE;
}

static void
decide (ParserReading *reading)
{
  ParserHeard heard = hear (reading);
  if (heard.score < SCORE_SEEN && heard.intent != PARSER_INTENT_QUESTION)
    heard = (ParserHeard){ PARSER_INTENT_NONE, NULL, 0, heard.unsure, NULL };
  parser_balance (reading, &heard);
  weigh_welcome (reading, &heard);
  parser_requests_read (reading, &heard);
  set_verdict (reading, &heard);
  mark_wished (&heard);
  mark_but (reading, &heard);
  if (heard.unsure)
    reading->facts->marks |= PARSER_MARK_DOUBTFUL;
}

static void
set_scope (ParserReading *reading, const ParserOptions *options)
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
is_own_attribution (const ParserReading *reading, const ParserSegment *segment)
{
  const ParserText *text = parser_reading_text (reading, segment->part);
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

/* The line that @hit ends in. */
static guint
last_line (const ParserReading *reading, const ParserHit *hit)
{
  const ParserText *text = parser_reading_text (reading, hit->part);
  guint line = hit->line;
  for (gsize at = hit->start; text && at < hit->end && text->text[at]; at++)
    line += text->text[at] == '\n';
  return line;
}

/* Evidence in a segment of which we are not sure whose it is makes the whole doubtful; so does evidence that
 * may be a piece of the confirmation that the mail answers. */
static void
mark_doubt (const ParserReading *reading, const ParserOptions *options)
{
  ParserFacts *facts = reading->facts;
  if (facts->evidence->len == 0)
    return;
  const ParserHit *hit = g_ptr_array_index (facts->evidence, 0);
  g_auto (GStrv) hit_words = g_strsplit (hit->text, " ", -1);
  gboolean sentence = g_strv_length (hit_words) > FEW_OF_WISH;
  const guint end = last_line (reading, hit);
  if (parser_reading_answers_ours (reading)
      && parser_reading_is_among_ours (reading, options, hit->part, hit->start, hit->start, sentence))
    facts->marks |= PARSER_MARK_DOUBTFUL;
  for (guint i = 0; i < facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (facts->segments, i);
      gboolean own = i > 0 && is_own_attribution (reading, g_ptr_array_index (facts->segments, i - 1));
      guint last = segment->kind == PARSER_SEGMENT_NEW ? end : hit->line;
      if (!segment->sure && !own && strcmp (segment->part, hit->part) == 0 && last >= segment->first_line
          && hit->line <= segment->last_line)
        facts->marks |= PARSER_MARK_DOUBTFUL;
    }
}

/* The cues of all texts, and so their words and language. */
static void
read_cues (ParserReading *reading)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_ptr_array_add (all, reading->subject);
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      ParserSaid *body = g_ptr_array_index (reading->bodies, i);
      g_ptr_array_add (all, body);
      reading->n_words += body->n_words;
    }
  for (guint i = 0; i < reading->others->len; i++)
    parser_cues_read (g_ptr_array_index (reading->others, i), reading->own, FALSE);
  for (guint i = 0; i < all->len; i++)
    {
      gboolean few = reading->n_words <= PARSER_MOST_LIKE;
      if (few)
        parser_respell (g_ptr_array_index (all, i));
      parser_cues_read (g_ptr_array_index (all, i), reading->own, few);
    }
  reading->setting.n_words = reading->n_words;
  reading->setting.language = parser_cues_language ((const ParserSaid *const *)all->pdata, all->len);
  if (reading->n_words == 0)
    reading->facts->marks |= PARSER_MARK_EMPTY_BODY;
}

static void
name_language (ParserFacts *facts, int language)
{
  g_free (facts->language);
  facts->language = language < 0 ? NULL : g_strdup (parser_cues_language_code ((guint)language));
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
  ParserReading reading
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
  read_subject (&reading, options);
  read_cues (&reading);
  name_language (facts, reading.setting.language);
  find_all (&reading);
  parser_reading_add_subject (&reading);
  decide (&reading);
  set_scope (&reading, options);
  mark_doubt (&reading, options);
  parser_answer_read (&reading, options);
  parser_reading_list_others (&reading);
  parser_said_free (reading.subject);
}
