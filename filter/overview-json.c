/* overview-json.c - the overview as one JSON object. */
#include "overview.h"
#include "report.h"

static void
add_time (GString *out, const char *name, gint64 at)
{
  g_autofree char *text = filter_time_text (at);
  filter_json_member (out, name, text);
}

static void
add_number (GString *out, const char *name, guint64 number)
{
  filter_json_number (out, name, (gint64)number);
}

static void
open_object (GString *out, const char *name)
{
  filter_json_name (out, name);
  g_string_append_c (out, '{');
}

static void
add_categories (GString *out, const GPtrArray *categories)
{
  filter_json_name (out, "by_category");
  g_string_append_c (out, '[');
  for (guint i = 0; i < categories->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (categories, i);
      g_string_append (out, i > 0 ? ",{" : "{");
      filter_json_member (out, "category", tally->name);
      filter_json_member (out, "title", tally->title);
      add_number (out, "opt_outs", tally->count);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
add_opt_outs (GString *out, const FilterOverview *overview)
{
  add_number (out, "opt_outs", overview->opt_outs);
  add_number (out, "opt_ins", overview->opt_ins);
  add_number (out, "taken_back", overview->voids);
  add_number (out, "recorded_but_received_before", overview->earlier);
  add_categories (out, overview->categories);
  open_object (out, "by_reason");
  for (guint i = 0; i < FILTER_REASONS; i++)
    add_number (out, store_reason_name ((StoreReason)i), overview->reasons[i]);
  g_string_append_c (out, '}');
  open_object (out, "by_channel");
  for (guint i = 0; i < overview->channels->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (overview->channels, i);
      add_number (out, tally->name, tally->count);
    }
  g_string_append_c (out, '}');
}

static void
add_span (GString *out, const char *name, const FilterSpan *span)
{
  static const char *const over[FILTER_TERMS]
      = { "over_48_hours", "over_5_business_days", "over_10_business_days" };
  open_object (out, name);
  add_number (out, "count", span->count);
  filter_json_number (out, "median_seconds", filter_span_percentile (span, 50));
  filter_json_number (out, "percentile_95_seconds", filter_span_percentile (span, 95));
  filter_json_number (out, "longest_seconds", filter_span_percentile (span, 100));
  for (guint i = 0; i < FILTER_TERMS; i++)
    add_number (out, over[i], filter_span_over (span, (FilterTerm)i));
  g_string_append_c (out, '}');
}

static void
add_backlog (GString *out, const FilterBacklog *backlog)
{
  add_number (out, "open", backlog->open);
  add_time (out, "oldest_since", backlog->oldest_at);
}

static void
add_cases (GString *out, const FilterCases *cases)
{
  open_object (out, "cases");
  add_backlog (out, &cases->open);
  add_number (out, "overdue", cases->open.late);
  add_number (out, "due_within_7_days", cases->soon.open);
  add_number (out, "closed", cases->closed.count);
  add_number (out, "closed_late", cases->closed_late);
  filter_json_number (out, "median_seconds", filter_span_percentile (&cases->closed, 50));
  filter_json_number (out, "longest_seconds", filter_span_percentile (&cases->closed, 100));
  open_object (out, "by_kind");
  for (guint i = 0; i < cases->kinds->len; i++)
    {
      const FilterCaseKind *kind = &g_array_index (cases->kinds, FilterCaseKind, i);
      open_object (out, store_action_name (kind->action));
      add_number (out, "received", kind->received);
      add_number (out, "open", kind->open);
      add_number (out, "overdue", kind->overdue);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "}}");
}

static void
add_needs (GString *out, const FilterOverview *overview)
{
  g_autoptr (GPtrArray) needs = filter_overview_needs (overview);
  filter_json_name (out, "needs_a_person");
  g_string_append_c (out, '[');
  for (guint i = 0; i < needs->len; i++)
    {
      const FilterNeed *need = g_ptr_array_index (needs, i);
      g_string_append (out, i > 0 ? ",{" : "{");
      filter_json_member (out, "what", need->what);
      add_number (out, "count", need->count);
      add_time (out, "oldest_since", need->since_at);
      filter_json_name (out, "late");
      g_string_append (out, need->late ? "true" : "false");
      filter_json_member (out, "text", need->text);
      filter_json_member (out, "command", need->command);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

char *
filter_overview_json (const FilterOverview *overview, const FilterConfig *config)
{
  GString *out = g_string_new ("{");
  filter_json_member (out, "organisation", config->organisation);
  add_time (out, "made_at", overview->now);
  add_time (out, "since", overview->since_at);
  add_needs (out, overview);
  add_opt_outs (out, overview);
  open_object (out, "clocks");
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    add_span (out, clock->name, filter_overview_span (overview, clock));
  g_string_append_c (out, '}');
  add_number (out, "confirmed_late", overview->confirmed_late);
  open_object (out, "review");
  add_backlog (out, &overview->held);
  add_number (out, "open_over_48_hours", overview->held.late);
  add_number (out, "accepted", overview->accepted);
  add_number (out, "rejected", overview->rejected);
  g_string_append_c (out, '}');
  add_cases (out, &overview->cases);
  open_object (out, "partners");
  add_number (out, "active", overview->partners);
  add_number (out, "late", overview->partners_late);
  add_number (out, "unconfirmed_opt_outs", overview->untold.open);
  add_time (out, "oldest_since", overview->untold.oldest_at);
  g_string_append_c (out, '}');
  open_object (out, "replies");
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    add_number (out, store_reply_state_name ((StoreReplyState)i), overview->replies[i]);
  g_string_append (out, "}}");
  return g_string_free (out, FALSE);
}
