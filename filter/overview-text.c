/* overview-text.c - the overview for people: worst things first, a line each. */
#include "overview.h"
#include "plain.h"
#include "report.h"

#include <string.h>

static void
heading (GString *out, const char *text)
{
  g_string_append_printf (out, "\n%s\n", text);
}

static void
row (GString *out, const char *name, guint64 number)
{
  g_autofree char *plain = filter_plain_text (name, -1, FALSE); /* a title is the operator's text */
  glong width = g_utf8_strlen (plain, -1);
  g_string_append_printf (out, "  %s%*s%10" G_GUINT64_FORMAT "\n", plain, (int)MAX (40 - width, 1), "",
                          number);
}

/* So many are open, and since when. */
static void
backlog_row (GString *out, const FilterBacklog *backlog)
{
  g_autofree char *since = filter_time_text (backlog->oldest_at);
  g_autofree char *name
      = since != NULL ? g_strdup_printf ("open, the oldest since %.10s", since) : g_strdup ("open");
  row (out, name, backlog->open);
}

static void
add_needs (GString *out, const FilterOverview *overview)
{
  g_autoptr (GPtrArray) needs = filter_overview_needs (overview);
  heading (out, "What needs a person");
  for (guint i = 0; i < needs->len; i++)
    {
      const FilterNeed *need = g_ptr_array_index (needs, i);
      g_string_append_printf (out, "  %s %s: '%s'\n", need->late ? "!" : "-", need->text, need->command);
    }
  if (needs->len == 0)
    g_string_append (out, "  nothing\n");
}

static void
add_opt_outs (GString *out, const FilterOverview *overview)
{
  heading (out, "Opt-outs");
  row (out, "all", overview->opt_outs);
  row (out, "opted in again", overview->opt_ins);
  if (overview->voids > 0)
    row (out, "taken back by 'optout revert'", overview->voids);
  if (overview->earlier > 0)
    row (out, "recorded now, received before", overview->earlier);
  heading (out, "Opt-outs by category (one that names two counts in both)");
  for (guint i = 0; i < overview->categories->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (overview->categories, i);
      if (tally->name != NULL || tally->count > 0)
        row (out, tally->title, tally->count);
    }
  heading (out, "Opt-outs by reason");
  for (guint i = 0; i < FILTER_REASONS; i++)
    row (out, store_reason_name ((StoreReason)i), overview->reasons[i]);
  if (overview->channels->len > 0)
    heading (out, "Opt-outs by channel");
  for (guint i = 0; i < overview->channels->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (overview->channels, i);
      row (out, tally->name, tally->count);
    }
}

static void
add_clock (GString *out, const char *title, const FilterSpan *span)
{
  static const guint percents[] = { 50, 95, 100 };
  g_string_append_printf (out, "  %-20s%8" G_GUINT64_FORMAT, title, span->count);
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      g_autofree char *text = filter_span_text (filter_span_percentile (span, percents[i]));
      g_string_append_printf (out, "%16s", span->count > 0 ? text : "-");
    }
  for (guint i = 0; i < FILTER_TERMS; i++)
    g_string_append_printf (out, "%8" G_GUINT64_FORMAT, filter_span_over (span, (FilterTerm)i));
  g_string_append_c (out, '\n');
}

static void
add_clocks (GString *out, const FilterOverview *overview)
{
  heading (out, "Clocks: how long it took, and how many took longer than 48 hours, 5 and 10 business days");
  g_string_append_printf (out, "  %-20s%8s%16s%16s%16s%8s%8s%8s\n", "", "number", "median", "95 of 100",
                          "longest", "> 48 h", "> 5 bd", "> 10 bd");
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    add_clock (out, clock->title, filter_overview_span (overview, clock));
  if (overview->late.count > 0)
    g_string_append (out,
                     "  Recorded afterwards: from saved mail or a file; the time is how old the wish was.\n");
  if (overview->confirmed_late > 0)
    g_string_append_printf (out, "  Answered: without answers to saved mail (%" G_GUINT64_FORMAT ").\n",
                            overview->confirmed_late);
}

static void
add_cases (GString *out, const FilterCases *cases)
{
  heading (out, "Requests of people");
  backlog_row (out, &cases->open);
  row (out, "overdue", cases->open.late);
  row (out, "due within 7 days", cases->soon.open);
  for (guint i = 0; i < cases->kinds->len; i++)
    {
      const FilterCaseKind *kind = &g_array_index (cases->kinds, FilterCaseKind, i);
      g_autofree char *name = g_strdup_printf ("open: %s", store_action_name (kind->action));
      row (out, name, kind->open);
    }
  row (out, "closed", cases->closed.count);
  row (out, "closed after they were due", cases->closed_late);
}

char *
filter_overview_text (const FilterOverview *overview, const FilterConfig *config)
{
  GString *out = g_string_new (NULL);
  g_autofree char *name = filter_plain_text (config->organisation, -1, FALSE);
  g_autofree char *now = filter_time_text (overview->now), *since = filter_time_text (overview->since_at);
  g_string_append_printf (out, "%s, %s, %s%s\n", name, now, since != NULL ? "since " : "from the beginning",
                          since != NULL ? since : "");
  add_needs (out, overview);
  add_opt_outs (out, overview);
  add_clocks (out, overview);
  heading (out, "Review");
  backlog_row (out, &overview->held);
  row (out, "accepted", overview->accepted);
  row (out, "rejected", overview->rejected);
  add_cases (out, &overview->cases);
  if (overview->partners > 0)
    {
      heading (out, "Partners");
      row (out, "active", overview->partners);
      row (out, "opt-outs not confirmed, over all partners", overview->untold.open);
    }
  heading (out, "Answers, as they stand now");
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    row (out, store_reply_state_name ((StoreReplyState)i), overview->replies[i]);
  return g_string_free (out, FALSE);
}
