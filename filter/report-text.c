/* report-text.c - a verdict as a colleague would tell it. */
#include "plain.h"
#include "report.h"

#include <string.h>

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
      return g_strdup_printf ("wants the own data erased, and no more %s", scope);
    case PARSER_INTENT_ACCESS:
      return g_strdup ("wants to know what we keep about them");
    case PARSER_INTENT_CORRECTION:
      return g_strdup ("wants the own data corrected");
    case PARSER_INTENT_NO_SHARING:
      return g_strdup ("wants the address passed on to nobody");
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
      return "It is recorded";
    case FILTER_ACT_REVIEW:
      return "A person decides";
    case FILTER_ACT_NONE:
      return "Nothing is recorded";
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

static void
append_hits (GString *out, const char *title, const GPtrArray *hits)
{
  if (hits->len > 0)
    append (out, "  %s", title);
  for (guint i = 0; i < hits->len; i++)
    {
      const ParserHit *hit = g_ptr_array_index (hits, i);
      append (out, "    \"%s\"", hit->text);
      if (hit->why != NULL)
        append (out, "        %s, line %u: %s (%s)", hit->part, hit->line, hit->why, hit->rule);
      else
        append (out, "        %s, line %u: %s, weight %d", hit->part, hit->line, hit->rule, hit->weight);
    }
}

static void
append_segments (GString *out, const GPtrArray *segments)
{
  if (segments->len > 0)
    append (out, "  This is how its text was read:");
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      append (out, "    %s, lines %u to %u: %s%s%s%s", segment->part, segment->first_line, segment->last_line,
              parser_segment_name (segment->kind), segment->why != NULL ? ", because of " : "",
              segment->why != NULL ? segment->why : "", segment->sure ? "" : " (not sure)");
    }
}

static void
append_headline (GString *out, const FilterOutcome *outcome, const char *source, guint index)
{
  const ParserFacts *facts = outcome->facts;
  const FilterVerdict *verdict = outcome->verdict;
  const char *who = verdict->requester != NULL ? verdict->requester
                    : facts->from != NULL      ? facts->from
                                               : "The writer";
  g_autofree char *wants = wish (verdict);
  const char *answer = outcome->reply_reason != NULL ? outcome->reply_reason : verdict->reply_reason;
  append (out, "%s, mail %u: %s %s.", source, index, who, wants);
  if (verdict->reply)
    append (out, "  %s (%s), and confirmed to %s (%s).", deed (verdict->act), verdict->act_reason,
            verdict->reply_to, answer);
  else
    append (out, "  %s (%s), and no answer is sent (%s).", deed (verdict->act), verdict->act_reason, answer);
  if (facts->kind != PARSER_KIND_PERSON)
    append (out, "  The mail is of the kind %s, because of %s.", parser_kind_name (facts->kind),
            facts->kind_why != NULL ? facts->kind_why : "its header");
}

char *
filter_report_text (const FilterOutcome *outcome, const char *source, guint index, gboolean explain)
{
  const ParserFacts *facts = outcome->facts;
  GString *out = g_string_new (NULL);
  append_headline (out, outcome, source, index);
  append_hits (out, "These words decided:", facts->evidence);
  if (explain)
    {
      for (guint i = 0; i < outcome->verdict->subjects->len; i++)
        {
          const FilterSubject *subject = g_ptr_array_index (outcome->verdict->subjects, i);
          g_autofree char *scope = g_strjoinv (", ", subject->scope);
          append (out, "  It counts for %s (%s): %s", subject->address, subject->source, scope);
        }
      append (out, "  Language %s, confidence %u of 100, author proved by: %s",
              facts->language != NULL ? facts->language : "unknown", facts->confidence,
              parser_proof_name (outcome->verdict->proof));
      append_hits (out, "These were seen, and do not count:", facts->ignored);
      append_segments (out, facts->segments);
    }
  g_auto (GStrv) defects = parser_defect_names (facts->defects);
  g_autofree char *list = g_strjoinv (", ", defects);
  if (*list != '\0')
    append (out, "  Wrong with the mail itself: %s", list);
  return g_string_free (out, FALSE);
}
