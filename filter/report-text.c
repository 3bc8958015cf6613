/* report-text.c - a verdict as a colleague would tell it. */
#include "plain.h"
#include "report.h"

/* "all marketing mail but events", "product-updates, special-offers" */
static char *
scope_words (const FilterVerdict *verdict)
{
  g_autofree char *some = g_strjoinv (", ", verdict->scope);
  g_autofree char *kept = g_strjoinv (", ", verdict->except);
  const char *what = g_str_equal (some, STORE_EVERY) ? "marketing mail" : *some != '\0' ? some : "mail";
  return *kept != '\0' ? g_strdup_printf ("%s except %s", what, kept) : g_strdup (what);
}

static const char *
request_words (ParserIntent request)
{
  return request == PARSER_INTENT_ACCESS       ? "to know what we keep about them"
         : request == PARSER_INTENT_CORRECTION ? "their data corrected"
                                               : "their address passed on to nobody";
}

static char *
wish (const FilterVerdict *verdict)
{
  g_autofree char *scope = scope_words (verdict);
  switch (verdict->intent)
    {
    case PARSER_INTENT_OPT_OUT:
      return g_strdup_printf ("wants no more %s", scope);
    case PARSER_INTENT_OPT_IN:
      return g_strdup_printf ("wants %s again", scope);
    case PARSER_INTENT_ERASURE:
      return g_strdup_printf ("wants their data erased, and no more %s", scope);
    case PARSER_INTENT_ACCESS:
    case PARSER_INTENT_CORRECTION:
    case PARSER_INTENT_NO_SHARING:
      return g_strdup_printf ("wants %s", request_words (verdict->intent));
    case PARSER_INTENT_QUESTION:
      return g_strdup ("asks how to get off our lists");
    case PARSER_INTENT_UNCLEAR:
      return g_strdup ("has a wish that only a person can make out");
    case PARSER_INTENT_NONE:
      return g_strdup ("says nothing about getting our mail");
    }
  g_assert_not_reached ();
}

static const char *
deed (FilterAct act)
{
  switch (act)
    {
    case FILTER_ACT_RECORD:
      return "To be recorded";
    case FILTER_ACT_REVIEW:
      return "A person is to decide";
    case FILTER_ACT_NONE:
      return "Nothing to record";
    }
  g_assert_not_reached ();
}

static const char *
machine (ParserKind kind)
{
  switch (kind)
    {
    case PARSER_KIND_PERSON:
      return NULL;
    case PARSER_KIND_AUTO_REPLY:
      return "An automatic reply";
    case PARSER_KIND_BOUNCE:
      return "A bounce";
    case PARSER_KIND_RECEIPT:
      return "A receipt";
    case PARSER_KIND_COMPLAINT:
      return "A complaint of a mail provider";
    case PARSER_KIND_LIST:
      return "Mail of a list or newsletter";
    case PARSER_KIND_UNSCANNED:
      return "Nobody could read it";
    }
  g_assert_not_reached ();
}

static void G_GNUC_PRINTF (2, 3) append (GString *out, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *clean = filter_plain_text (text, -1, FALSE);
  g_string_append (out, clean);
  g_string_append_c (out, '\n');
}

/* "line 3 of part 1.2", "in the subject" */
static char *
place (const ParserHit *hit)
{
  return g_str_equal (hit->part, "subject") ? g_strdup ("in the subject")
                                            : g_strdup_printf ("line %u of part %s", hit->line, hit->part);
}

static void
append_hit (GString *out, const ParserHit *hit)
{
  g_autofree char *where = place (hit);
  const char *words = hit->why != NULL ? filter_report_why_words (hit->why) : NULL;
  append (out, "    \"%s\"", hit->text);
  if (hit->why == NULL)
    append (out, "      %s: %s, %d points", where, hit->rule, hit->weight);
  else if (words != NULL)
    append (out, "      %s: %s (%s, %s)", where, words, hit->why, hit->rule);
  else
    append (out, "      %s: %s (%s)", where, hit->why, hit->rule);
}

static void
append_hits (GString *out, const char *title, const GPtrArray *hits)
{
  if (hits->len > 0)
    append (out, "  %s", title);
  for (guint i = 0; i < hits->len; i++)
    append_hit (out, g_ptr_array_index (hits, i));
}

/* A text that is all the writer's own needs no map. */
static gboolean
is_all_new (const GPtrArray *segments)
{
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      if (segment->kind != PARSER_SEGMENT_NEW || !segment->sure)
        return FALSE;
    }
  return TRUE;
}

static void
append_segments (GString *out, const GPtrArray *segments)
{
  if (is_all_new (segments))
    {
      append (out, "  All of its text is the writer's own.");
      return;
    }
  append (out, "  Whose words its lines are:");
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      gboolean own = segment->kind == PARSER_SEGMENT_NEW, one = segment->first_line == segment->last_line;
      g_autofree char *lines
          = one ? g_strdup_printf ("line %u", segment->first_line)
                : g_strdup_printf ("lines %u to %u", segment->first_line, segment->last_line);
      append (out, "    part %s, %s: %s%s%s%s%s", segment->part, lines,
              own ? "the writer's own" : parser_segment_name (segment->kind),
              own || !segment->why ? "" : " (", own || !segment->why ? "" : segment->why,
              own || !segment->why ? "" : ")", segment->sure ? "" : ", not for sure");
    }
}

/* A code without words stands for itself. */
static const char *
words_of (const char *(*words) (const char *), const char *code)
{
  return words (code) != NULL ? words (code) : code;
}

static void
append_headline (GString *out, const FilterOutcome *outcome, const char *source, guint index)
{
  const ParserFacts *facts = outcome->facts;
  const FilterVerdict *verdict = outcome->verdict;
  const char *who = verdict->requester != NULL ? verdict->requester
                    : facts->from != NULL      ? facts->from
                                               : "the writer";
  g_autofree char *wants = wish (verdict);
  append (out, "%s, mail %u: %s %s.", source, index, who, wants);
  if (machine (facts->kind) != NULL)
    append (out, "  %s (%s).", machine (facts->kind),
            facts->kind_why != NULL ? facts->kind_why : "by its header");
  append (out, "  %s. %s (%s).", deed (verdict->act), words_of (filter_report_act_words, verdict->act_reason),
          verdict->act_reason);
  if (verdict->request != PARSER_INTENT_NONE)
    append (out, "  They also want %s: that is recorded beside it.", request_words (verdict->request));
  if (verdict->every_channel)
    append (out, "  No calls and no letters either: a case is opened for that.");
  if (filter_report_reply (outcome))
    append (out, "  A confirmation goes to %s, who can undo it by an answer.", verdict->reply_to);
  else
    append (out, "  No answer: %s (%s).",
            words_of (filter_report_reply_words, filter_report_reply_reason (outcome)),
            filter_report_reply_reason (outcome));
}

static void
append_beside (GString *out, const FilterVerdict *beside)
{
  for (guint i = 0; beside != NULL && i < beside->subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (beside->subjects, i);
      append (out,
              beside->asked != NULL ? "  %s is asked whether our mail to them is to stop too (%s)."
                                    : "  For %s, whom its text names, a person decides (%s).",
              subject->address, beside->act_reason);
    }
}

/* What the reader can do now, or NULL. */
static const char *
advice (const ParserFacts *facts, const FilterVerdict *verdict)
{
  gboolean stops = verdict->intent == PARSER_INTENT_OPT_OUT || verdict->intent == PARSER_INTENT_ERASURE;
  if (verdict->act == FILTER_ACT_RECORD && stops)
    return "Once recorded, 'optout opt-in' takes it back, with a proof of the person's own wish.";
  if (verdict->act == FILTER_ACT_REVIEW && verdict->subjects->len > 0)
    return "Until then that address gets no marketing mail; 'optout review' accepts or rejects it.";
  if (verdict->act == FILTER_ACT_REVIEW)
    return "'optout review' accepts or rejects it.";
  if (verdict->act == FILTER_ACT_NONE && facts->kind == PARSER_KIND_PERSON
      && verdict->intent != PARSER_INTENT_OPT_IN)
    return "If that is wrong: 'optout add' records the wish by hand.";
  return NULL;
}

static const char *
source_words (const char *source)
{
  return g_str_equal (source, "from")     ? "its From"
         : g_str_equal (source, "sender") ? "its envelope"
         : g_str_equal (source, "token")  ? "a token of ours in it"
                                          : "its text";
}

static void
append_subjects (GString *out, const FilterVerdict *verdict)
{
  for (guint i = 0; i < verdict->subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      g_autofree char *scope = g_strjoinv (", ", subject->scope);
      const char *what = g_str_equal (scope, STORE_EVERY) ? "all marketing mail" : scope;
      append (out, "  It counts for %s, named by %s%s%s.", subject->address, source_words (subject->source),
              *what != '\0' ? ": " : "", what);
    }
}

static void
append_explanation (GString *out, const FilterOutcome *outcome)
{
  const ParserFacts *facts = outcome->facts;
  const char *next = advice (facts, outcome->verdict);
  gboolean proved = outcome->verdict->proof != PARSER_PROOF_NONE;
  append_hits (out, "Seen, and not counted:", facts->ignored);
  if (facts->kind == PARSER_KIND_PERSON)
    append_segments (out, facts->segments);
  append_subjects (out, outcome->verdict);
  if (facts->intent != PARSER_INTENT_NONE)
    append (out, "  Certainty of the words: %u of 100; from 60 on a wish is clear. Language: %s.",
            facts->confidence, facts->language != NULL ? facts->language : "not told apart");
  if (facts->answer != PARSER_ANSWER_NONE)
    append (out,
            "  It begins with the words for '%s': in answer to a confirmation of ours they count, if its "
            "reader wrote "
            "them. Which one it answers only the store knows.",
            parser_answer_name (facts->answer));
  append (out, "  %s proves that the author wrote it.",
          proved ? parser_proof_name (outcome->verdict->proof) : "Nothing");
  if (next != NULL)
    append (out, "  %s", next);
}

char *
filter_report_text (const FilterOutcome *outcome, const char *source, guint index, gboolean explain)
{
  GString *out = g_string_new (NULL);
  append_headline (out, outcome, source, index);
  append_beside (out, outcome->verdict->beside);
  append_hits (out, "These words decided:", outcome->facts->evidence);
  if (explain)
    append_explanation (out, outcome);
  g_auto (GStrv) defects = parser_defect_names (outcome->facts->defects);
  g_autofree char *list = g_strjoinv (", ", defects);
  if (*list != '\0')
    append (out, "  Wrong with the mail itself: %s", list);
  return g_string_free (out, FALSE);
}
