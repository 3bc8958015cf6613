/* overview-cases.c - people's requests: what is open, when it is due, how long it took. */
#include "overview-private.h"

#include "clock.h"

#define SOON (7 * FILTER_CLOCK_DAY)

static FilterCaseKind *
find_kind (GArray *kinds, StoreAction action)
{
  const FilterCaseKind fresh = { .action = action };
  guint i = 0;
  while (i < kinds->len && g_array_index (kinds, FilterCaseKind, i).action != action)
    i++;
  if (i == kinds->len)
    g_array_append_val (kinds, fresh);
  return &g_array_index (kinds, FilterCaseKind, i);
}

static gint
compare_kinds (gconstpointer a, gconstpointer b)
{
  return (gint)((const FilterCaseKind *)a)->action - (gint)((const FilterCaseKind *)b)->action;
}

static void
count_open (FilterOverview *overview, FilterCaseKind *kind, const StoreRequest *request, gint64 due_at)
{
  FilterCases *cases = &overview->cases;
  gboolean overdue = due_at < overview->now;
  kind->open++;
  kind->overdue += overdue ? 1 : 0;
  filter_overview_note_open (&cases->open, request->opened_at, overdue);
  if (!overdue && due_at <= overview->now + SOON)
    filter_overview_note_open (&cases->soon, request->opened_at, FALSE);
}

static void
count_closed (FilterOverview *overview, const FilterConfig *config, const StoreRequest *request,
              gint64 due_at)
{
  filter_overview_count_day (overview, request->closed_at, FILTER_DAY_CLOSED);
  if (request->closed_at < overview->since_at)
    return;
  filter_span_add (&overview->cases.closed, config->holidays, request->opened_at, request->closed_at);
  overview->cases.closed_late += request->closed_at > due_at ? 1 : 0;
}

gboolean
filter_overview_count_cases (Store *store, const FilterConfig *config, FilterOverview *overview,
                             GError **error)
{
  g_autoptr (GPtrArray) requests = NULL;
  if (!store_requests (store, TRUE, &requests, error))
    return FALSE;
  for (guint i = 0; i < requests->len; i++)
    {
      const StoreRequest *request = g_ptr_array_index (requests, i);
      FilterCaseKind *kind = find_kind (overview->cases.kinds, request->kind);
      gint64 due_at = filter_clock_case_due (request->opened_at, config->case_days);
      filter_overview_count_day (overview, request->opened_at, FILTER_DAY_OPENED);
      kind->received += request->opened_at >= overview->since_at ? 1 : 0;
      if (request->closed_at == 0)
        count_open (overview, kind, request, due_at);
      else
        count_closed (overview, config, request, due_at);
    }
  g_array_sort (overview->cases.kinds, compare_kinds);
  filter_span_sort (&overview->cases.closed);
  return TRUE;
}
