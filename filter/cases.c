/* cases.c - the command "cases": what people asked for that somebody must do, when it is due, and that it was
 * done. */
#include "cases.h"
#include "clock.h"
#include "outcome.h"
#include "plain.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *outcome, *proof, *note, *by;
  gboolean all;
  FilterAdminFormat format;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->outcome);
  g_free (options->proof);
  g_free (options->note);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_erased (const StoreRequest *request)
{
  return strchr (request->who, '@') == NULL;
}

/* ---- list ---- */

static const char *
state_of (const StoreRequest *request, gint64 due_at, gint64 now)
{
  return request->closed_at != 0 ? "closed" : due_at < now ? "overdue" : "open";
}

static void
add_row (FilterList *rows, const StoreRequest *request, gint64 due_at, gint64 now, gboolean all)
{
  g_autofree char *opened = filter_time_text (request->opened_at), *due = filter_time_text (due_at);
  g_autofree char *closed = request->closed_at != 0 ? filter_time_text (request->closed_at) : NULL;
  g_autofree char *confirmed = request->confirmed_at != 0 ? filter_time_text (request->confirmed_at) : NULL;
  const char *state = state_of (request, due_at, now), *kind = store_action_name (request->kind);
  const char *const open[] = { request->id, state, due, kind, request->who, opened, confirmed };
  const char *const every[]
      = { request->id, state,          due,      kind, request->who, opened, closed, request->outcome,
          request->by, request->event, confirmed };
  filter_list_row (rows, all ? every : open);
}

/* Open ones come by due date, which is in the order in which they were opened: the overdue first. */
static int
list (FilterAdmin *admin, const Options *options)
{
  static const char *const open[]
      = { "id", "state", "due_at", "kind", "who", "opened_at", "confirmed_at", NULL };
  static const char *const every[] = { "id",        "state",   "due_at", "kind",  "who",          "opened_at",
                                       "closed_at", "outcome", "by",     "event", "confirmed_at", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  if (!store_requests (admin->store, options->all, &requests, &error))
    return filter_admin_store_trouble (admin, error);
  FilterListFormat format = filter_admin_format (&options->format);
  gboolean wide = options->all || format != FILTER_LIST_TABLE;
  FilterList *rows = filter_list_new (format, wide ? every : open);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < requests->len; i++)
      {
        const StoreRequest *request = g_ptr_array_index (requests, i);
        if ((request->closed_at != 0) == pass)
          add_row (rows, request, filter_clock_case_due (request->opened_at, admin->config->case_days), now,
                   wide);
      }
  filter_list_end (rows);
  if (requests->len == 0 && format == FILTER_LIST_TABLE)
    puts (options->all ? "There are no cases." : "No case is open.");
  return FILTER_EXIT_DONE;
}

/* ---- show ---- */

static gboolean
find_case (const FilterAdmin *admin, const char *id, StoreRequest **request_out, int *code_out)
{
  g_autoptr (GError) error = NULL;
  StoreRequest *request = NULL;
  if (!store_request (admin->store, id, &request, &error))
    *code_out = filter_admin_store_trouble (admin, error);
  else if (request == NULL)
    *code_out
        = filter_complain (FILTER_EXIT_NO_INPUT, "cases", "%s: no such case; see 'optout cases --all'", id);
  if (request != NULL)
    *request_out = request;
  return request != NULL;
}

static void
print_line (const char *name, const char *value)
{
  g_autofree char *text = filter_plain_text (value != NULL ? value : "-", -1, FALSE);
  printf ("%-10s %s\n", name, text);
}

static void
print_request (const FilterAdmin *admin, const StoreRequest *request)
{
  gint64 due_at = filter_clock_case_due (request->opened_at, admin->config->case_days);
  g_autofree char *opened = filter_time_text (request->opened_at), *due = filter_time_text (due_at);
  g_autofree char *closed = request->closed_at != 0 ? filter_time_text (request->closed_at) : NULL;
  g_autofree char *confirmed = request->confirmed_at != 0 ? filter_time_text (request->confirmed_at) : NULL;
  print_line ("case:", request->id);
  print_line ("state:", state_of (request, due_at, g_get_real_time () / G_USEC_PER_SEC));
  print_line ("asks for:", store_action_name (request->kind));
  print_line ("who:", request->who);
  print_line ("opened:", opened);
  print_line ("due:", due);
  if (request->kind == STORE_ACTION_ERASURE)
    print_line ("confirmed:", confirmed != NULL ? confirmed : "not by the person");
  print_line ("closed:", closed);
  print_line ("outcome:", request->outcome);
  print_line ("by:", request->by);
}

static void
print_event (const StoreEvent *event, const Options *options)
{
  g_autoptr (GString) text = g_string_new (options->format.json ? NULL : "\n");
  if (event == NULL)
    return;
  if (options->format.json)
    filter_admin_event_json (text, event);
  else
    filter_admin_event_words (text, event);
  printf ("%s%s", text->str, options->format.json ? "\n" : "");
}

static int
show (FilterAdmin *admin, const char *id, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRequest) request = NULL;
  g_autoptr (StoreEvent) asked = NULL, closed = NULL;
  int code;
  if (!find_case (admin, id, &request, &code))
    return code;
  if (!store_event (admin->store, id, &asked, &error)
      || (request->event != NULL && !store_event (admin->store, request->event, &closed, &error)))
    return filter_admin_store_trouble (admin, error);
  if (!options->format.json)
    print_request (admin, request);
  print_event (asked, options);
  print_event (closed, options);
  return FILTER_EXIT_DONE;
}

/* ---- close ---- */

/* What is wrong with closing it so; NULL: nothing. */
static const char *
fault_of (const StoreRequest *request, const FilterCaseEnd *end)
{
  static const char *const outcomes[]
      = { STORE_OUTCOME_DONE, STORE_OUTCOME_REFUSED, STORE_OUTCOME_NOT_THEIRS, NULL };
  gboolean done = g_strcmp0 (end->outcome, STORE_OUTCOME_DONE) == 0;
  if (end->outcome == NULL || !g_strv_contains (outcomes, end->outcome))
    return "--outcome is missing, or none of done, refused, not-theirs";
  if (done && !filter_admin_is_given (end->proof))
    return "--proof TEXT is missing: what shows that it was done";
  if (!done && !filter_admin_is_given (end->note))
    return "--note TEXT is missing: why it is not done";
  if (done && request->kind == STORE_ACTION_ERASURE && !is_erased (request))
    return "nothing is erased yet: 'optout erase --case ID' does it, and closes the case";
  if (is_erased (request)
      && ((end->note != NULL && strchr (end->note, '@') != NULL)
          || (end->proof != NULL && strchr (end->proof, '@') != NULL)))
    return "this person is erased, and what you write stays for ever: write it without an address";
  return NULL;
}

static StoreEvent *
event_of (const StoreRequest *request, const FilterCaseEnd *end)
{
  gboolean erased = is_erased (request);
  g_autoptr (GVariant) details
      = filter_admin_details (STORE_DETAIL_OUTCOME, end->outcome, "proof", end->proof, "note", end->note,
                              STORE_DETAIL_WHO, erased ? request->who : NULL, NULL);
  StoreEvent *event = filter_admin_event (STORE_ACTION_CLOSE, erased ? NULL : request->who, end->by, details);
  event->related = g_strdup (request->id);
  return event;
}

static int
close_found (FilterAdmin *admin, const StoreRequest *request, const FilterCaseEnd *end)
{
  g_autoptr (GError) error = NULL;
  StoreRecorded recorded;
  const char *fault = fault_of (request, end);
  if (request->closed_at != 0)
    return filter_complain (FILTER_EXIT_NO_INPUT, admin->command,
                            "%s: is closed already; see 'optout cases show %s'", request->id, request->id);
  if (fault != NULL)
    return filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: %s", request->id, fault);
  g_autoptr (StoreEvent) event = event_of (request, end);
  if (!store_record (admin->store, event, &recorded, NULL, &error) || !store_commit (admin->store, &error))
    return filter_admin_store_trouble (admin, error);
  printf ("%s: closed, %s (event %s)\n", request->id, end->outcome, event->id);
  return FILTER_EXIT_DONE;
}

int
filter_cases_close (FilterAdmin *admin, const char *id, const FilterCaseEnd *end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRequest) request = NULL;
  int code;
  if (!store_begin (admin->store, &error))
    return filter_admin_store_trouble (admin, error);
  if (find_case (admin, id, &request, &code))
    code = close_found (admin, request, end);
  store_rollback (admin->store);
  return code;
}

gboolean
filter_cases_address (const FilterAdmin *admin, const char *id, StoreAction kind, char **address_out,
                      gint64 *confirmed_at_out, int *code_out)
{
  g_autoptr (StoreRequest) request = NULL;
  const char *why = NULL;
  if (!find_case (admin, id, &request, code_out))
    return FALSE;
  if (is_erased (request))
    why = "this person is erased already";
  else if (request->kind != kind)
    why = "this case asks for something else; name the address to do it all the same";
  else if (request->closed_at != 0)
    why = "is closed already; name the address to do it again";
  if (why != NULL)
    *code_out = filter_complain (FILTER_EXIT_NO_INPUT, admin->command, "%s: %s", id, why);
  else
    {
      *address_out = g_strdup (request->who);
      *confirmed_at_out = request->confirmed_at;
    }
  return why == NULL;
}

/* ---- the command ---- */

static int
run (FilterAdmin *admin, const char *verb, const char *id, const Options *options)
{
  gboolean closing = g_str_equal (verb, "close");
  int code;
  if (!filter_admin_open (admin, closing, &code))
    return code;
  const FilterCaseEnd end = { options->outcome, options->proof, options->note, options->by };
  return closing      ? filter_cases_close (admin, id, &end)
         : id != NULL ? show (admin, id, options)
                      : list (admin, options);
}

int
filter_cases (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "all", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.all, "list: closed ones too", NULL },
    { "outcome", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.outcome, "close: how it ended",
      "done|refused|not-theirs" },
    { "proof", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.proof,
      "close: what shows that it was done", "TEXT" },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "close: why it was not", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who closes it"),
    FILTER_ADMIN_FORMAT_OPTIONS (&options.format),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (entries, "[list | show ID | close ID]",
                       "What people asked for, beside an end to mail: to be erased, a copy of their data, a "
                       "correction. When it is due, and that it was done.",
                       &argc, &argv, &code))
    return code;
  const char *verb = argc > 1 ? argv[1] : "list";
  gboolean listing = g_str_equal (verb, "list"),
           known = g_str_equal (verb, "show") || g_str_equal (verb, "close");
  if (!listing && !known)
    return filter_complain (FILTER_EXIT_USAGE, "cases", "%s: it is list, show or close", verb);
  if (argc > (listing ? 2 : 3) || (known && argc < 3))
    return filter_complain (FILTER_EXIT_USAGE, "cases", "%s takes %s; see 'optout help cases'", verb,
                            listing ? "no ID" : "one ID");
  if (!filter_admin_load (&admin, global, "cases", &code))
    return code;
  return run (&admin, verb, listing ? NULL : argv[2], &options);
}
