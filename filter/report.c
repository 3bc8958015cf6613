/* report.c - a verdict as JSON for programs. */
#include "report.h"

const char *
filter_report_reply_reason (const FilterOutcome *outcome)
{
  return outcome->reply_reason != NULL ? outcome->reply_reason : outcome->verdict->reply_reason;
}

/* The engine's own reason stands where the verdict would have sent one. */
gboolean
filter_report_reply (const FilterOutcome *outcome)
{
  return outcome->verdict->reply
         && g_str_equal (filter_report_reply_reason (outcome), outcome->verdict->reply_reason);
}

static void
append_range (GString *out, const char *name, guint first, guint last)
{
  filter_json_name (out, name);
  g_string_append_printf (out, "[%u,%u]", first, last);
}

static void
append_evidence (GString *out, gconstpointer item)
{
  const ParserHit *hit = item;
  filter_json_member (out, "rule", hit->rule);
  filter_json_member (out, "part", hit->part);
  filter_json_number (out, "line", hit->line);
  append_range (out, "bytes", hit->start, hit->end);
  filter_json_member (out, "text", hit->text);
  filter_json_number (out, "weight", hit->weight);
}

static void
append_ignored (GString *out, gconstpointer item)
{
  const ParserHit *hit = item;
  filter_json_member (out, "rule", hit->rule);
  filter_json_member (out, "part", hit->part);
  filter_json_number (out, "line", hit->line);
  filter_json_member (out, "text", hit->text);
  filter_json_member (out, "why", hit->why);
}

static void
append_segment (GString *out, gconstpointer item)
{
  const ParserSegment *segment = item;
  filter_json_member (out, "part", segment->part);
  filter_json_member (out, "kind", parser_segment_name (segment->kind));
  append_range (out, "lines", segment->first_line, segment->last_line);
  filter_json_member (out, "why", segment->why);
  filter_json_name (out, "sure");
  g_string_append (out, segment->sure ? "true" : "false");
}

static void
append_subject (GString *out, gconstpointer item)
{
  const FilterSubject *subject = item;
  filter_json_member (out, "address", subject->address);
  filter_json_member (out, "source", subject->source);
  filter_json_strings (out, "scope", (const char *const *)subject->scope);
}

static void
append_objects (GString *out, const char *name, const GPtrArray *items,
                void (*append) (GString *, gconstpointer))
{
  filter_json_name (out, name);
  g_string_append_c (out, '[');
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_string_append (out, i > 0 ? ",{" : "{");
      append (out, g_ptr_array_index (items, i));
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_verdict (GString *out, const FilterVerdict *verdict, const FilterOutcome *outcome)
{
  filter_json_member (out, "act", filter_act_name (verdict->act));
  filter_json_member (out, "act_reason", verdict->act_reason);
  filter_json_member (out, "reply", filter_report_reply (outcome) ? "send" : "no");
  filter_json_member (out, "reply_reason", filter_report_reply_reason (outcome));
  filter_json_member (out, "requester", verdict->requester);
  filter_json_member (out, "authenticated", parser_proof_name (verdict->proof));
  append_objects (out, "subjects", verdict->subjects, append_subject);
}

/* What the mail means for one more person, whom it names. */
static void
append_beside (GString *out, const FilterVerdict *beside)
{
  if (beside == NULL)
    {
      filter_json_member (out, "beside", NULL);
      return;
    }
  filter_json_name (out, "beside");
  g_string_append_c (out, '{');
  filter_json_member (out, "act", filter_act_name (beside->act));
  filter_json_member (out, "act_reason", beside->act_reason);
  append_objects (out, "subjects", beside->subjects, append_subject);
  g_string_append_c (out, '}');
}

/* By what ways the person wants nothing more. */
static void
append_channels (GString *out, const FilterVerdict *verdict)
{
  static const char *const every[] = { "mail", "phone", "post", NULL }, *const mail[] = { "mail", NULL };
  gboolean stops = verdict->act == FILTER_ACT_RECORD && *verdict->scope != NULL
                   && verdict->intent != PARSER_INTENT_OPT_IN;
  filter_json_strings (out, "channels", verdict->every_channel ? every : stops ? mail : NULL);
}

char *
filter_report_json (const FilterOutcome *outcome, const char *source, guint index, gboolean explain,
                    gboolean event)
{
  const ParserFacts *facts = outcome->facts;
  const FilterVerdict *verdict = outcome->verdict;
  g_autofree char *date = filter_time_text (facts->date_at);
  g_auto (GStrv) defects = parser_defect_names (facts->defects);
  GString *out = g_string_new ("{");
  filter_json_member (out, "source", source);
  filter_json_number (out, "index", index);
  filter_json_member (out, "message_id", facts->message_id);
  filter_json_member (out, "date", date);
  filter_json_member (out, "from", facts->from);
  filter_json_member (out, "kind", parser_kind_name (facts->kind));
  filter_json_member (out, "intent", parser_intent_name (verdict->intent));
  filter_json_member (out, "request",
                      verdict->request != PARSER_INTENT_NONE ? parser_intent_name (verdict->request) : NULL);
  filter_json_strings (out, "scope", (const char *const *)verdict->scope);
  filter_json_strings (out, "except", (const char *const *)verdict->except);
  append_channels (out, verdict);
  filter_json_number (out, "confidence", facts->confidence);
  filter_json_member (out, "language", facts->language);
  append_verdict (out, verdict, outcome);
  append_beside (out, verdict->beside);
  append_objects (out, "evidence", facts->evidence, append_evidence);
  if (explain)
    {
      filter_json_member (out, "answer", parser_answer_name (facts->answer));
      append_objects (out, "ignored", facts->ignored, append_ignored);
      append_objects (out, "segments", facts->segments, append_segment);
    }
  filter_json_strings (out, "defects", (const char *const *)defects);
  if (event)
    filter_json_member (out, "event", outcome->event);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}
