/* show.c - what holds for an address, and how it came to be. */
#include "admin.h"
#include "outcome.h"

#include <stdio.h>

/* ---- show ---- */

static const char *const show_columns[]
    = { "category", "status", "reason", "since", "channel", "event", NULL };

static void
add_row (FilterList *list, const char *category, const char *status, const StoreStanding *standing)
{
  g_autofree char *since = standing != NULL ? filter_time_text (standing->at) : NULL;
  const char *const values[] = {
    category,
    status,
    standing != NULL ? store_reason_name (standing->reason) : NULL,
    since,
    standing != NULL ? standing->channel : NULL,
    standing != NULL ? standing->event : NULL,
  };
  filter_list_row (list, values);
}

/* The row of @standings that says something of @category itself, for who opted in again. */
static const StoreStanding *
find_standing (GPtrArray *standings, const char *category)
{
  for (guint i = 0; i < standings->len; i++)
    {
      const StoreStanding *standing = g_ptr_array_index (standings, i);
      if (g_str_equal (standing->category, category))
        return standing;
    }
  return NULL;
}

static const char *
status_of (const FilterAnswer *answer)
{
  switch (answer->ground)
    {
    case FILTER_GROUND_ESSENTIAL:
      return "essential";
    case FILTER_GROUND_SILENCE:
      return "allowed";
    case FILTER_GROUND_CONSENT:
      return "opted in";
    case FILTER_GROUND_DEFAULT:
      return "out by default";
    case FILTER_GROUND_STOP:
      return answer->standing->other != NULL ? "stopped (linked address)"
             : answer->found != NULL         ? "stopped (base address)"
                                             : "stopped";
    }
  g_assert_not_reached ();
}

static gboolean
show_category (FilterAdmin *admin, FilterList *list, const char *address, const FilterCategory *category,
               GPtrArray *standings, GError **error)
{
  g_auto (FilterAnswer) answer = { 0 };
  g_autoptr (GError) trouble = NULL;
  gboolean told = filter_gate_ask (admin->store, admin->config, address, category, &answer, &trouble);
  if (!told && store_complete (admin->store, NULL)) /* it is not the gap of a copy */
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  add_row (list, category->name, told ? status_of (&answer) : "cannot tell (a copy)",
           answer.standing != NULL ? answer.standing : find_standing (standings, category->name));
  return TRUE;
}

/* They are another's, or another spelling of the same; what stands there is not merged with what stands here.
 */
static gboolean
print_links (const FilterAdmin *admin, const char *address, GError **error)
{
  g_autoptr (GPtrArray) links = NULL;
  if (!store_links (admin->store, address, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const StoreLink *link = g_ptr_array_index (links, i);
      g_autofree char *since = filter_time_text (link->at);
      gboolean erased = g_str_has_prefix (link->other, "hmac:");
      printf ("linked with %s since %s (event %s): a stop of either holds for both\n",
              erased ? "an erased address" : link->other, since, link->event);
    }
  return TRUE;
}

/* What "leavers" lists: an automatic answer said so. It stops nothing by itself. */
static gboolean
print_leaver (const StoreEvent *event, G_GNUC_UNUSED gpointer data)
{
  if (event->action != STORE_ACTION_LEFT)
    return TRUE;
  g_autofree char *since = filter_time_text (event->received_at);
  printf ("given up since %s, as an automatic answer says (event %s): see 'optout leavers'\n", since,
          event->id);
  return FALSE;
}

/* Standings of "*" and of categories that are no longer configured. */
static void
show_others (const FilterAdmin *admin, FilterList *list, GPtrArray *standings)
{
  for (guint i = 0; i < standings->len; i++)
    {
      const StoreStanding *standing = g_ptr_array_index (standings, i);
      const char *const scope[] = { standing->category, NULL };
      g_autofree char *scope_text = filter_admin_scope_text (scope, (const char *const *)standing->except);
      if (filter_config_category (admin->config, standing->category) == NULL)
        add_row (list, scope_text, standing->out ? "stopped" : "allowed", standing);
    }
}

static int
show (FilterAdmin *admin, const char *address, FilterListFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) standings = NULL;
  g_autofree char *who = store_pseudonym (admin->store, address);
  gboolean known = FALSE, erased = FALSE;
  if (!store_known (admin->store, address, &known, &error)
      || !store_known (admin->store, who, &erased, &error)
      || !store_standings (admin->store, address, &standings, &error))
    return filter_admin_store_trouble (admin, error);
  FilterList *list = filter_list_new (format, show_columns);
  gboolean whole = TRUE;
  for (guint i = 0; whole && i < admin->config->categories->len; i++)
    whole = show_category (admin, list, address, g_ptr_array_index (admin->config->categories, i), standings,
                           &error);
  show_others (admin, list, standings);
  if (format == FILTER_LIST_TABLE)
    printf ("%s%s\n", address, erased ? ": was erased" : known ? "" : ": nothing is recorded");
  filter_list_end (list);
  const StoreQuery left = { .address = address, .reason = STORE_REASON_BOUNCE };
  whole = whole
          && (format != FILTER_LIST_TABLE
              || (print_links (admin, address, &error)
                  && store_events (admin->store, &left, print_leaver, NULL, &error)));
  return whole ? FILTER_EXIT_DONE : filter_admin_store_trouble (admin, error);
}

/* ---- history ---- */

static const char *const history_columns[] = { "seq",     "received_at", "action",  "scope",
                                               "except",  "reason",      "channel", "by",
                                               "related", "event",       NULL };

static void
add_event (FilterList *list, const StoreEvent *event)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, event->seq);
  g_autofree char *received = filter_time_text (event->received_at);
  g_autofree char *scope = g_strjoinv (" ", event->scope);
  g_autofree char *except = event->except != NULL ? g_strjoinv (" ", event->except) : NULL;
  const char *const values[] = {
    seq,
    received,
    store_action_name (event->action),
    scope,
    except,
    store_reason_name (event->reason),
    event->channel,
    event->by,
    event->related,
    event->id,
  };
  filter_list_row (list, values);
}

typedef struct
{
  FilterListFormat format;
  FilterList *list; /* of CSV */
  Store *store;
  GError **error;
  gboolean failed;
  guint64 count;
} History;

static gboolean
history_event (const StoreEvent *event, gpointer data)
{
  History *history = data;
  g_autoptr (GString) text = g_string_new (NULL);
  history->count++;
  switch (history->format)
    {
    case FILTER_LIST_TABLE:
      filter_admin_event_words (text, event);
      history->failed = !filter_admin_event_outcome (text, history->store, event, history->error);
      break;
    case FILTER_LIST_JSON:
      filter_admin_event_json (text, event);
      g_string_append_c (text, '\n');
      break;
    case FILTER_LIST_CSV:
      add_event (history->list, event);
      break;
    }
  fwrite (text->str, 1, text->len, stdout);
  return !history->failed;
}

static int
history (FilterAdmin *admin, const char *address, FilterListFormat format)
{
  g_autoptr (GError) error = NULL;
  const StoreQuery query = { .address = address, .reason = -1 };
  g_autofree char *who = store_pseudonym (admin->store, address);
  const StoreQuery erased = { .address = who, .reason = -1 };
  History events = { .format = format, .store = admin->store, .error = &error };
  if (format == FILTER_LIST_CSV)
    events.list = filter_list_new (format, history_columns);
  gboolean whole = store_events (admin->store, &erased, history_event, &events, &error) && !events.failed
                   && store_events (admin->store, &query, history_event, &events, &error);
  if (events.list != NULL)
    filter_list_end (events.list);
  if (!whole || events.failed)
    return filter_admin_store_trouble (admin, error);
  if (format != FILTER_LIST_TABLE)
    return FILTER_EXIT_DONE;
  if (events.count > 0)
    {
      printf ("\nWhat holds now, for ");
      return show (admin, address, format);
    }
  printf ("%s: nothing is recorded\n", address);
  return FILTER_EXIT_DONE;
}

/* ---- both ---- */

/* The mail that an event rests on, as it came; its sha256 stands in the event. */
static int
print_sealed (FilterAdmin *admin, const char *address, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreEvent) event = NULL;
  g_autoptr (GBytes) mail = NULL;
  if (!store_event (admin->store, id, &event, &error))
    return filter_admin_store_trouble (admin, error);
  if (event == NULL || g_strcmp0 (event->address, address) != 0)
    return filter_complain (FILTER_EXIT_NO_INPUT, "history", "%s: no event of %s; see 'optout history %s'",
                            id, address, address);
  if (!store_sealed (admin->store, id, &mail, &error))
    return filter_admin_store_trouble (admin, error);
  if (mail == NULL)
    return filter_complain (FILTER_EXIT_NO_INPUT, "history",
                            "%s: no copy of its mail is kept; see seal in optout.conf(5)", id);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, mail);
  const char *recorded = NULL;
  if (event->details != NULL && g_variant_lookup (event->details, "mail-sha256", "&s", &recorded)
      && !g_str_equal (recorded, sha256))
    return filter_complain (FILTER_EXIT_NO, "history",
                            "%s: the copy of its mail was altered: the event has another sha256", id);
  fwrite (g_bytes_get_data (mail, NULL), 1, g_bytes_get_size (mail), stdout);
  return FILTER_EXIT_DONE;
}

static int
run (const FilterGlobal *global, int (*print) (FilterAdmin *, const char *, FilterListFormat),
     const char *summary, int argc, char **argv)
{
  FilterAdminFormat format = { 0 };
  g_autofree char *mail = NULL;
  const GOptionEntry entries[] = {
    FILTER_ADMIN_FORMAT_OPTIONS (&format),
    { print == history ? "mail" : NULL, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &mail,
      "Print the sealed mail of that event, tokens and all", "EVENT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  int code;
  const char *command = argv[0];
  if (!filter_options (entries, "ADDRESS", summary, &argc, &argv, &code)
      || !filter_admin_load (&admin, global, command, &code)
      || !filter_admin_address (&admin, argc, argv, &address, &code)
      || !filter_admin_open (&admin, FALSE, &code))
    return code;
  return mail != NULL ? print_sealed (&admin, address, mail)
                      : print (&admin, address, filter_admin_format (&format));
}

int
filter_show (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, show, "What may be sent to an address: its standing, category by category.", argc,
              argv);
}

int
filter_history (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, history, "Every event of an address, with its evidence.", argc, argv);
}
