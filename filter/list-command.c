/* list-command.c - who is opted out, of what, since when and why. */
#include "admin.h"
#include "date.h"
#include "outcome.h"

/* What a terminal has room for. */
static const char *const few_columns[] = { "address", "stopped", "reason", "since", NULL };

typedef struct
{
  char *category, *since, *reason;
  gboolean whole;
  FilterAdminFormat format;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->category);
  g_free (options->since);
  g_free (options->reason);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
print_standing (const char *address, const StoreStanding *standing, gpointer data)
{
  filter_admin_standing_row (data, address, standing->other, standing);
  return TRUE;
}

static gboolean
print_few (const char *address, const StoreStanding *standing, gpointer data)
{
  const char *const scope[] = { standing->category, NULL };
  g_autofree char *what = filter_admin_scope_text (scope, (const char *const *)standing->except);
  g_autofree char *since = filter_time_text (standing->at);
  const char *const values[]
      = { address, what, standing->other != NULL ? "linked address" : store_reason_name (standing->reason),
          since };
  filter_list_row (data, values);
  return TRUE;
}

static gboolean
make_query (const FilterAdmin *admin, const Options *options, StoreQuery *query_out, int *code_out)
{
  StoreQuery query = { .category = options->category, .reason = -1 };
  StoreReason reason;
  const FilterCategory *category;
  if (options->category != NULL && !filter_admin_category (admin, options->category, &category, code_out))
    return FALSE;
  if (options->since != NULL && !filter_date_option (options->since, &query.since_at))
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command,
                                   "--since %s: not a date like 2026-11-21 or "
                                   "2026-11-21T10:00:00Z",
                                   options->since);
      return FALSE;
    }
  if (options->reason != NULL && !store_reason_from_name (options->reason, &reason))
    {
      *code_out = filter_complain (
          FILTER_EXIT_USAGE, admin->command,
          "--reason %s: no such reason; there are %s, %s, "
          "%s, %s and %s",
          options->reason, store_reason_name (STORE_REASON_COMPLAINT),
          store_reason_name (STORE_REASON_PERSON), store_reason_name (STORE_REASON_CUSTOMER_SERVICE),
          store_reason_name (STORE_REASON_BOUNCE), store_reason_name (STORE_REASON_REVIEW));
      return FALSE;
    }
  if (options->reason != NULL)
    query.reason = (int)reason;
  *query_out = query;
  return TRUE;
}

int
filter_list (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "category", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.category,
      "Only who gets no mail of it", "NAME" },
    { "since", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.since,
      "Only what came in on that day or later", "DATE" },
    { "reason", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.reason, "Only for that reason",
      "REASON" },
    { "long", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.whole,
      "All columns, as in JSON and CSV: channel, linked address and event too", NULL },
    FILTER_ADMIN_FORMAT_OPTIONS (&options.format),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  StoreQuery query;
  int code;
  if (!filter_options (entries, NULL, "Who is opted out, of what, since when and why.", &argc, &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "list", "%s: list takes options only; see 'optout help list'",
                            argv[1]);
  if (!filter_admin_load (&admin, global, "list", &code) || !make_query (&admin, &options, &query, &code)
      || !filter_admin_open (&admin, FALSE, &code))
    return code;
  FilterListFormat format = filter_admin_format (&options.format);
  gboolean few = format == FILTER_LIST_TABLE && !options.whole;
  FilterList *list = filter_list_new (format, few ? few_columns : filter_admin_standing_columns);
  gboolean whole = store_each_standing (admin.store, &query, few ? print_few : print_standing, list, &error);
  filter_list_end (list);
  return whole ? FILTER_EXIT_DONE : filter_admin_store_trouble (&admin, error);
}
