/* overview-html.c - the page of "report": one file that needs nothing from elsewhere, and no script. Titles
 * of categories and the organisation's name are the operator's text, so all text goes through
 * filter_chart_append(). */
#include "overview.h"
#include "overview-chart.h"
#include "overview-days.h"
#include "overview-page.h"
#include "report.h"

#include <string.h>

typedef struct
{
  GString *out;
  const FilterOverview *overview;
  const FilterConfig *config;
  FilterAxis *axis;
} Page;

#define add filter_chart_append

static char *
day_text (gint64 at)
{
  g_autofree char *text = filter_time_text (at);
  return text != NULL ? g_strndup (text, strlen ("2026-11-21")) : g_strdup ("the beginning");
}

/* ---- top ---- */

static void
add_head (const Page *page)
{
  g_autofree char *since = day_text (page->overview->since_at), *until = day_text (page->overview->now);
  g_autofree char *made = filter_time_text (page->overview->now);
  g_string_append (page->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                              "style-src 'unsafe-inline'\">\n");
  add (page->out, "<title>Opt-outs, %s, %s to %s</title>\n", page->config->organisation, since, until);
  g_string_append_printf (page->out, "<style>\n%s</style>\n</head>\n<body>\n", filter_overview_style);
  add (page->out,
       "<header><h1>Opt-outs: %s</h1>\n<p>From %s to %s. <span class=\"soft\">Made on <time "
       "datetime=\"%s\">%s</time>; all times are UTC. Nobody's address is in this "
       "report.</span></p></header>\n"
       "<main>\n",
       page->config->organisation, since, until, made, made);
}

static void
add_needs (const Page *page)
{
  g_autoptr (GPtrArray) needs = filter_overview_needs (page->overview);
  g_string_append (page->out, "<section id=\"needs\"><h2>What needs a person</h2>\n");
  if (needs->len == 0)
    g_string_append (page->out, "<p class=\"fine\">Nothing.</p>\n");
  else
    g_string_append (page->out, "<ul class=\"needs\">\n");
  for (guint i = 0; i < needs->len; i++)
    {
      const FilterNeed *need = g_ptr_array_index (needs, i);
      add (page->out, "<li class=\"%s\"><strong>%s</strong><code>%s</code></li>\n",
           need->late ? "late" : "open", need->text, need->command);
    }
  g_string_append (page->out, needs->len > 0 ? "</ul></section>\n" : "</section>\n");
}

static void
add_tile (const Page *page, const char *id, const char *title, guint64 number, gboolean late)
{
  add (page->out, "<div class=\"%s\"><dt>%s</dt><dd id=\"%s\">%" G_GUINT64_FORMAT "</dd></div>\n",
       late && number > 0 ? "late" : "fact", title, id, number);
}

static void
add_tiles (const Page *page)
{
  const FilterOverview *overview = page->overview;
  g_string_append (page->out, "<section id=\"figures\"><h2>In short</h2>\n<dl class=\"tiles\">\n");
  add_tile (page, "opt-outs", "opt-outs", overview->opt_outs, FALSE);
  add_tile (page, "opt-ins", "opted in again", overview->opt_ins, FALSE);
  add_tile (page, "over-48-hours", "in effect after more than 48 hours",
            filter_span_over (&overview->effective, FILTER_TERM_48_HOURS), TRUE);
  add_tile (page, "over-10-days", "in effect after more than 10 business days",
            filter_span_over (&overview->effective, FILTER_TERM_10_DAYS), TRUE);
  add_tile (page, "review-open", "mails that wait for a decision", overview->held.open, FALSE);
  add_tile (page, "cases-open", "open requests of people", overview->cases.open.open, FALSE);
  add_tile (page, "cases-overdue", "of them overdue", overview->cases.open.late, TRUE);
  add_tile (page, "partners-late", "partners that are overdue", overview->partners_late, TRUE);
  g_string_append (page->out, "</dl>\n");
  if (overview->earlier > 0)
    add (page->out,
         "<p class=\"note\">%" G_GUINT64_FORMAT
         " more opt-outs were recorded in this period, but had reached us "
         "before it; they are not counted here.</p>\n",
         overview->earlier);
  g_string_append (page->out, "</section>\n");
}

/* ---- charts ---- */

static void
add_figure (const Page *page, const char *id, const FilterChart *chart,
            void (*draw) (GString *, const FilterChart *))
{
  add (page->out, "<figure id=\"%s\"><h3>%s</h3>\n", id, chart->title);
  filter_chart_legend (page->out, chart);
  draw (page->out, chart);
  filter_chart_table (page->out, chart);
  g_string_append (page->out, "</figure>\n");
}

static FilterChart
chart_of (const Page *page, const char *title, GArray *series)
{
  return (FilterChart){ .title = title,
                        .place = page->axis->place,
                        .labels = (const char *const *)page->axis->labels,
                        .n_labels = page->axis->n,
                        .series = (const FilterSeries *)(gconstpointer)series->data,
                        .n_series = series->len };
}

static void
series_clear (gpointer data)
{
  g_free ((guint64 *)((FilterSeries *)data)->values);
}

static GArray *
series_new (void)
{
  GArray *series = g_array_new (FALSE, FALSE, sizeof (FilterSeries));
  g_array_set_clear_func (series, series_clear);
  return series;
}

static void
take_series (GArray *series, const char *name, guint64 *values)
{
  FilterSeries one = { name, values };
  g_array_append_val (series, one);
}

/* More than there are colours share the last one. */
static void
take_category (const Page *page, GArray *series, const char *title, guint64 *values)
{
  if (series->len < FILTER_CHART_COLOURS)
    {
      take_series (series, title, values);
      return;
    }
  FilterSeries *last = &g_array_index (series, FilterSeries, FILTER_CHART_COLOURS - 1);
  last->name = "Other categories";
  for (guint i = 0; i < page->axis->n; i++)
    ((guint64 *)last->values)[i] += values[i];
  g_free (values);
}

static void
add_by_category (const Page *page)
{
  const GPtrArray *categories = page->overview->categories;
  g_autoptr (GArray) series = series_new ();
  for (guint i = 0; i < categories->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (categories, i);
      if (tally->count > 0)
        take_category (page, series, tally->title,
                       filter_axis_sums (page->axis, page->overview, FILTER_DAY_CATEGORY + i));
    }
  FilterChart chart = chart_of (page, "Opt-outs by category", series);
  add_figure (page, "by-category", &chart, filter_chart_columns);
}

static void
add_by_reason (const Page *page)
{
  g_autoptr (GArray) series = series_new ();
  for (guint i = 0; i < FILTER_REASONS; i++)
    if (page->overview->reasons[i] > 0)
      take_series (series, store_reason_name ((StoreReason)i),
                   filter_axis_sums (page->axis, page->overview, FILTER_DAY_REASON + i));
  FilterChart chart = chart_of (page, "Opt-outs by reason", series);
  add_figure (page, "by-reason", &chart, filter_chart_columns);
}

static void
add_channels (const Page *page)
{
  const GPtrArray *channels = page->overview->channels;
  g_string_append (page->out,
                   "<table id=\"by-channel\"><caption>Opt-outs by channel</caption><thead><tr><th "
                   "scope=\"col\">Channel</th><th scope=\"col\">Opt-outs</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < channels->len; i++)
    {
      const FilterTally *tally = g_ptr_array_index (channels, i);
      add (page->out, "<tr><th scope=\"row\">%s</th><td>%" G_GUINT64_FORMAT "</td></tr>\n", tally->name,
           tally->count);
    }
  g_string_append (page->out, "</tbody></table>\n");
}

static void
add_opt_outs (const Page *page)
{
  g_string_append (page->out, "<section id=\"opt-out-charts\"><h2>Opt-outs over time</h2>\n");
  if (page->overview->opt_outs == 0)
    g_string_append (page->out, "<p>No opt-out reached us in this period.</p>\n");
  else
    {
      g_string_append (
          page->out,
          "<p class=\"note\">By the day on which the wish reached us. By category, an opt-out "
          "that names two counts in both. The first and the last column may be cut by the period.</p>\n");
      add_by_category (page);
      add_by_reason (page);
      add_channels (page);
    }
  g_string_append (page->out, "</section>\n");
}

/* ---- clocks ---- */

static void
add_clock_row (const Page *page, const FilterOverviewClock *clock)
{
  static const guint percents[] = { 50, 95, 100 };
  const FilterSpan *span = filter_overview_span (page->overview, clock);
  add (page->out, "<tr id=\"clock-%s\"><th scope=\"row\">%s</th><td>%" G_GUINT64_FORMAT "</td>", clock->name,
       clock->title, span->count);
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      g_autofree char *text = filter_span_text (filter_span_percentile (span, percents[i]));
      add (page->out, "<td>%s</td>", text);
    }
  for (guint i = 0; i < FILTER_TERMS; i++)
    {
      guint64 over = filter_span_over (span, (FilterTerm)i);
      add (page->out, "<td class=\"%s\">%" G_GUINT64_FORMAT "</td>", over > 0 ? "late" : "kept", over);
    }
  g_string_append (page->out, "</tr>\n");
}

static void
add_clocks (const Page *page)
{
  g_string_append (
      page->out,
      "<section id=\"clocks\"><h2>How long it took</h2>\n<div class=\"wide\"><table><caption>From the "
      "moment the wish reached us</caption><thead><tr><th scope=\"col\">Clock</th>"
      "<th scope=\"col\">Number</th><th scope=\"col\">Median</th><th scope=\"col\">95 of 100 "
      "within</th><th scope=\"col\">Longest</th>");
  for (guint i = 0; i < FILTER_TERMS; i++)
    add (page->out, "<th scope=\"col\">Over %s</th>", filter_term_name ((FilterTerm)i));
  g_string_append (page->out, "</tr></thead>\n<tbody>\n");
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    if (filter_overview_span (page->overview, clock)->count > 0)
      add_clock_row (page, clock);
  g_string_append (page->out, "</tbody></table></div>\n");
  if (page->overview->confirmed_late > 0)
    add (page->out,
         "<p class=\"note\">Answered: without answers to saved mail (%" G_GUINT64_FORMAT ").</p>\n",
         page->overview->confirmed_late);
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    {
      const FilterSpan *span = filter_overview_span (page->overview, clock);
      if (span->count == 0)
        continue;
      add (page->out, "<figure id=\"span-%s\"><h3>%s</h3>\n", clock->name, clock->title);
      filter_chart_span (page->out, clock->title, span);
      g_string_append (page->out, "</figure>\n");
    }
  g_string_append (page->out, "</section>\n");
}

/* ---- what waits ---- */

static void
add_backlog (const Page *page)
{
  static const guint decided[] = { FILTER_DAY_ACCEPTED, FILTER_DAY_REJECTED },
                     closed[] = { FILTER_DAY_CLOSED };
  g_autoptr (GArray) series = series_new ();
  take_series (
      series, "Mails for review",
      filter_axis_levels (page->axis, page->overview, FILTER_DAY_HELD, decided, G_N_ELEMENTS (decided)));
  take_series (
      series, "Requests of people (broken line)",
      filter_axis_levels (page->axis, page->overview, FILTER_DAY_OPENED, closed, G_N_ELEMENTS (closed)));
  g_autofree char *title = g_strdup_printf ("Open at the end of each %s", page->axis->unit);
  FilterChart chart = chart_of (page, title, series);
  g_string_append (page->out, "<section id=\"backlog\"><h2>What was open</h2>\n");
  add_figure (page, "open", &chart, filter_chart_steps);
  g_string_append (page->out, "</section>\n");
}

static void
add_oldest (const Page *page, const FilterBacklog *backlog)
{
  g_autofree char *since = day_text (backlog->oldest_at);
  if (backlog->open > 0)
    add (page->out, "<p class=\"note\">Open now: %" G_GUINT64_FORMAT ", the oldest since %s.</p>\n",
         backlog->open, since);
}

static void
add_review (const Page *page)
{
  const FilterOverview *overview = page->overview;
  const FilterSeries series[] = { { "accepted", &overview->accepted },
                                  { "rejected", &overview->rejected },
                                  { "open", &overview->held.open } };
  static const char *const labels[] = { "in this period (open: now)" };
  const FilterChart chart
      = { "Mails that a person had to decide on", "Outcome", labels, 1, series, G_N_ELEMENTS (series) };
  g_string_append (page->out, "<section id=\"review\"><h2>Outcome of reviews</h2>\n");
  if (overview->accepted + overview->rejected + overview->held.open == 0)
    g_string_append (page->out, "<p>No mail had to be decided on.</p>\n");
  else
    {
      g_string_append (page->out, "<figure id=\"outcome\">\n");
      filter_chart_bars (page->out, &chart);
      filter_chart_table (page->out, &chart);
      g_string_append (page->out, "</figure>\n");
    }
  add_oldest (page, &overview->held);
  g_string_append (page->out, "</section>\n");
}

static void
add_case_kinds (const Page *page, const GArray *kinds)
{
  g_string_append (page->out,
                   "<table><caption>Access, correction, erasure and the like</caption><thead><tr><th "
                   "scope=\"col\">Kind</th><th scope=\"col\">Received</th><th scope=\"col\">Open now</th><th "
                   "scope=\"col\">Overdue now</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < kinds->len; i++)
    {
      const FilterCaseKind *kind = &g_array_index (kinds, FilterCaseKind, i);
      add (page->out,
           "<tr><th scope=\"row\">%s</th><td>%" G_GUINT64_FORMAT "</td><td>%" G_GUINT64_FORMAT
           "</td><td class=\"%s\">%" G_GUINT64_FORMAT "</td></tr>\n",
           store_action_name (kind->action), kind->received, kind->open, kind->overdue > 0 ? "late" : "kept",
           kind->overdue);
    }
  g_string_append (page->out, "</tbody></table>\n");
}

static void
add_cases (const Page *page)
{
  const FilterCases *cases = &page->overview->cases;
  g_autofree char *median = filter_span_text (filter_span_percentile (&cases->closed, 50));
  g_autofree char *longest = filter_span_text (filter_span_percentile (&cases->closed, 100));
  g_string_append (page->out, "<section id=\"cases\"><h2>Requests of people</h2>\n");
  if (cases->kinds->len > 0)
    add_case_kinds (page, cases->kinds);
  else
    g_string_append (page->out, "<p>Nobody has asked for anything.</p>\n");
  add_oldest (page, &cases->open);
  if (cases->closed.count > 0)
    add (page->out,
         "<p class=\"note\">Closed in this period: %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
         " of them after they were due. The median took %s, the longest %s.</p>\n",
         cases->closed.count, cases->closed_late, median, longest);
  g_string_append (page->out, "</section>\n");
}

static void
add_replies (const Page *page)
{
  g_string_append (
      page->out,
      "<section id=\"replies\"><h2>Answers</h2>\n<table><caption>As they stand now</caption><thead><tr>"
      "<th scope=\"col\">State</th><th scope=\"col\">Answers</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    add (page->out, "<tr><th scope=\"row\">%s</th><td>%" G_GUINT64_FORMAT "</td></tr>\n",
         store_reply_state_name ((StoreReplyState)i), page->overview->replies[i]);
  g_string_append (page->out, "</tbody></table></section>\n");
}

static void
add_words (const Page *page)
{
  g_string_append (page->out, "</main>\n<footer><h2>What the clocks mean</h2>\n<dl class=\"words\">\n");
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    add (page->out, "<dt>%s</dt><dd>%s.</dd>\n", clock->title, clock->meaning);
  g_string_append (
      page->out,
      "<dt>The terms</dt><dd>48 hours: Gmail and Yahoo. 5 business days: Australia. 10 business days: the "
      "United States and Canada. Business days are Monday to Friday, less the configured holidays; the day "
      "on "
      "which the wish reached us does not count.</dd>\n");
  add (page->out,
       "<dt>Requests of people</dt><dd>Due %u days after they reached us, or after one calendar month where "
       "that is "
       "earlier.</dd>\n",
       page->config->case_days);
  g_string_append (page->out, "</dl></footer>\n</body>\n</html>\n");
}

char *
filter_overview_html (const FilterOverview *overview, const FilterConfig *config)
{
  g_autoptr (FilterAxis) axis = filter_axis_new (overview);
  const Page page = { g_string_new (NULL), overview, config, axis };
  add_head (&page);
  add_needs (&page);
  add_tiles (&page);
  add_opt_outs (&page);
  add_clocks (&page);
  add_backlog (&page);
  add_review (&page);
  add_cases (&page);
  add_replies (&page);
  add_words (&page);
  return g_string_free (page.out, FALSE);
}
