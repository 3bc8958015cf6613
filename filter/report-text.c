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
      return g_strdup ("wants to know what we keep about them");
    case PARSER_INTENT_CORRECTION:
      return g_strdup ("wants their data corrected");
    case PARSER_INTENT_NO_SHARING:
      return g_strdup ("wants their address passed on to nobody");
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

/* "part 1.2", "the subject" */
static char *
place (const char *part)
{
  return g_str_equal (part, "subject") ? g_strdup ("the subject") : g_strdup_printf ("part %s", part);
}

static void
append_hit (GString *out, const ParserHit *hit)
{
  g_autofree char *where = place (hit->part);
  append (out, "    \"%s\"", hit->text);
  if (hit->why != NULL)
    append (out, "      %s, line %u: %s (%s)", where, hit->line, hit->why, hit->rule);
  else
    append (out, "      %s, line %u: %s, weight %d", where, hit->line, hit->rule, hit->weight);
}

static void
append_hits (GString *out, const char *title, const GPtrArray *hits)
{
  if (hits->len > 0)
    append (out, "  %s", title);
  for (guint i = 0; i < hits->len; i++)
    append_hit (out, g_ptr_array_index (hits, i));
}

static void
append_segments (GString *out, const GPtrArray *segments)
{
  if (segments->len > 0)
    append (out, "  This is how its text was read:");
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      gboolean explain = segment->why != NULL && segment->kind != PARSER_SEGMENT_NEW;
      append (out, "    part %s, lines %u to %u: %s%s%s%s%s", segment->part, segment->first_line,
              segment->last_line, parser_segment_name (segment->kind), explain ? " (" : "",
              explain ? segment->why : "", explain ? ")" : "", segment->sure ? "" : ", not for sure");
    }
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
  append (out, "  %s (%s).", deed (verdict->act), verdict->act_reason);
  if (filter_report_reply (outcome))
    append (out, "  A confirmation goes to %s.", verdict->reply_to);
  else
    append (out, "  No answer (%s).", filter_report_reply_reason (outcome));
}

static void
append_explanation (GString *out, const FilterOutcome *outcome)
{
  const ParserFacts *facts = outcome->facts;
  const GPtrArray *subjects = outcome->verdict->subjects;
  for (guint i = 0; i < subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (subjects, i);
      g_autofree char *scope = g_strjoinv (", ", subject->scope);
      append (out, "  It counts for %s (by its %s): %s", subject->address, subject->source, scope);
    }
  append (out, "  Language %s, confidence %u of 100, author proved by %s",
          facts->language != NULL ? facts->language : "unknown", facts->confidence,
          outcome->verdict->proof != PARSER_PROOF_NONE ? parser_proof_name (outcome->verdict->proof)
                                                       : "nothing");
  append_hits (out, "These were seen, and do not count:", facts->ignored);
  append_segments (out, facts->segments);
}

char *
filter_report_text (const FilterOutcome *outcome, const char *source, guint index, gboolean explain)
{
  GString *out = g_string_new (NULL);
  append_headline (out, outcome, source, index);
  append_hits (out, "These words decided:", outcome->facts->evidence);
  if (explain)
    append_explanation (out, outcome);
  g_auto (GStrv) defects = parser_defect_names (outcome->facts->defects);
  g_autofree char *list = g_strjoinv (", ", defects);
  if (*list != '\0')
    append (out, "  Wrong with the mail itself: %s", list);
  return g_string_free (out, FALSE);
}
