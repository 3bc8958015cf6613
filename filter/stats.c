/* stats.c - how we do, in numbers: the commands stats and report. */
#include "admin.h"
#include "clock.h"
#include "date.h"
#include "outcome.h"
#include "overview.h"

#include <stdio.h>

#define REPORT_DAYS 90

typedef struct
{
  char *since, *html;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->since);
  g_free (options->html);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

#define SINCE_OPTION(options, text)                                                                          \
  {                                                                                                          \
    "since", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &(options)->since, text, "DATE"                   \
  }

/* Opens what is needed and counts. @since_at: where no --since is given. */
static FilterOverview *
read_overview (FilterAdmin *admin, const FilterGlobal *global, const char *command, const char *since,
               gint64 since_at, gint64 now, int *code_out)
{
  g_autoptr (FilterOverview) overview = NULL;
  g_autoptr (GError) error = NULL;
  if (since != NULL && !filter_date_option (since, &since_at))
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, command,
                                   "--since %s: not a date like 2026-11-21 or 2026-11-21T10:00:00Z", since);
      return NULL;
    }
  if (!filter_admin_load (admin, global, command, code_out) || !filter_admin_open (admin, FALSE, code_out))
    return NULL;
  if (!filter_overview_read (admin->store, admin->config, since_at, now, &overview, &error))
    *code_out = filter_admin_store_trouble (admin, error);
  return g_steal_pointer (&overview);
}

static gboolean
read_options (const GOptionEntry *entries, const char *summary, int argc, char **argv, int *code_out)
{
  const char *command = argv[0];
  if (!filter_options (entries, NULL, summary, &argc, &argv, code_out))
    return FALSE;
  if (argc > 1)
    *code_out
        = filter_complain (FILTER_EXIT_USAGE, command, "%s: %s takes options only; see 'optout help %s'",
                           argv[1], command, command);
  return argc <= 1;
}

int
filter_stats (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    SINCE_OPTION (&options, "Only what reached us on that day or later (default: all)"),
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "One JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!read_options (entries, "Counts, times to effect and what waits; what needs a person first.", argc,
                     argv, &code))
    return code;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (FilterOverview) overview = read_overview (&admin, global, "stats", options.since, 0, now, &code);
  if (overview == NULL)
    return code;
  g_autofree char *text = options.json ? filter_overview_json (overview, admin.config)
                                       : filter_overview_text (overview, admin.config);
  printf (options.json ? "%s\n" : "%s", text);
  return FILTER_EXIT_DONE;
}

/* Beside and renamed: whoever opens the file finds the old report or the new one, whole. */
static int
write_page (const char *file, const char *page)
{
  g_autoptr (GError) error = NULL;
  if (g_str_equal (file, "-"))
    {
      fputs (page, stdout);
      return FILTER_EXIT_DONE;
    }
  if (g_file_set_contents_full (file, page, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &error))
    return FILTER_EXIT_DONE;
  return filter_complain (FILTER_EXIT_RETRY, "report", "%s", error->message);
}

int
filter_report (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "html", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.html,
      "The page to write; - for standard output", "FILE" },
    SINCE_OPTION (&options, "Only what reached us on that day or later (default: 90 days ago)"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!read_options (
          entries,
          "One page with charts: opt-outs, times to effect, what waits. It needs nothing from elsewhere and\n"
          "holds nothing personal.",
          argc, argv, &code))
    return code;
  if (options.html == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "report", "no --html FILE; see 'optout help report'");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 since_at = (filter_clock_day (now) - REPORT_DAYS) * FILTER_CLOCK_DAY;
  g_autoptr (FilterOverview) overview
      = read_overview (&admin, global, "report", options.since, since_at, now, &code);
  if (overview == NULL)
    return code;
  g_autofree char *page = filter_overview_html (overview, admin.config);
  return write_page (options.html, page);
}
