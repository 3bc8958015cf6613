/* leavers.c - the command "leavers": addresses that are given up, as automatic answers say. */
#include "admin.h"
#include "date.h"
#include "outcome.h"

static const char *const columns[] = { "address", "since", "successor", "subject", "event", NULL };

static const char *
detail (const StoreEvent *event, const char *name)
{
  const char *value = NULL;
  if (event->details != NULL)
    g_variant_lookup (event->details, name, "&s", &value);
  return value;
}

static gboolean
print_leaver (const StoreEvent *event, gpointer list)
{
  if (event->action != STORE_ACTION_LEFT
      || event->address == NULL) /* who was erased is no address any more */
    return TRUE;
  g_autofree char *since = filter_time_text (event->received_at);
  const char *const values[]
      = { event->address, since, detail (event, "successor"), detail (event, "subject"), event->id };
  filter_list_row (list, values);
  return TRUE;
}

int
filter_leavers (const FilterGlobal *global, int argc, char **argv)
{
  g_autofree char *since = NULL;
  FilterAdminFormat format = { 0 };
  const GOptionEntry entries[] = {
    { "since", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &since, "Only what came in on that day or later",
      "DATE" },
    FILTER_ADMIN_FORMAT_OPTIONS (&format),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  StoreQuery query = { .reason = STORE_REASON_BOUNCE };
  int code;
  if (!filter_options (entries, NULL,
                       "Whose address is given up, as automatic answers say, and whom they name instead.",
                       &argc, &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "leavers",
                            "%s: leavers takes options only; see 'optout help leavers'", argv[1]);
  if (since != NULL && !filter_date_option (since, &query.since_at))
    return filter_complain (FILTER_EXIT_USAGE, "leavers",
                            "--since %s: not a date like 2026-11-21 or 2026-11-21T10:00:00Z", since);
  if (!filter_admin_load (&admin, global, "leavers", &code) || !filter_admin_open (&admin, FALSE, &code))
    return code;
  FilterList *list = filter_list_new (filter_admin_format (&format), columns);
  gboolean whole = store_events (admin.store, &query, print_leaver, list, &error);
  filter_list_end (list);
  return whole ? FILTER_EXIT_DONE : filter_admin_store_trouble (&admin, error);
}
