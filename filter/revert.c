/* revert.c - take back what was recorded in the name of people who never wrote it: a flood of forged mails
 * (H42). */
#include "admin.h"
#include "date.h"
#include "engine.h"
#include "flood.h"
#include "outcome.h"
#include "progress.h"

#include <stdio.h>
#include <string.h>

#define GROUP 500 /* events a transaction */

typedef struct
{
  char *since, *until, *domain, *proof, *reason, *subject, *note, *by;
  char **events, **keep, **queues; /* (nullable) */
  gboolean yes;
  FilterAdminFormat format;
} Options;

static void
options_clear (Options *options)
{
  char **texts[] = { &options->since,  &options->until,   &options->domain, &options->proof,
                     &options->reason, &options->subject, &options->note,   &options->by };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_strfreev (options->events);
  g_strfreev (options->keep);
  g_strfreev (options->queues);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- which events ---- */

typedef struct
{
  const Options *options;
  gint64 since_at, until_at; /* until_at is not within; 0: no end */
  int reason;                /* StoreReason, or -1 */
  GHashTable *found;         /* id -> event of its own, less those that are void already */
  GPtrArray *order;          /* of these ids */
  GHashTable *people;        /* their addresses */
} Search;

static const char *
detail (const StoreEvent *event, const char *name)
{
  const char *text;
  return event->details != NULL && g_variant_lookup (event->details, name, "&s", &text) ? text : NULL;
}

static gboolean
is_in (char **list, const char *text)
{
  return list != NULL && text != NULL && g_strv_contains ((const char *const *)list, text);
}

/* The domain, or one below it. */
static gboolean
is_of_domain (const char *address, const char *domain)
{
  const char *host = strrchr (address, '@') + 1;
  gsize own = strlen (host), asked = strlen (domain);
  return own >= asked && g_ascii_strcasecmp (host + own - asked, domain) == 0
         && (own == asked || host[own - asked - 1] == '.');
}

/* What came by mail with no person's hand in it: what the staff wrote down or decided is nobody's forgery. */
static gboolean
is_from_mail (const StoreEvent *event)
{
  return event->address != NULL && strcmp (event->channel, "mail") == 0 && strcmp (event->by, "optout") == 0
         && (event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_HOLD
             || store_action_is_request (event->action));
}

/* Who was named by a token of ours is proved, whoever sent it. */
static const char *
proof_of (const StoreEvent *event)
{
  return g_strcmp0 (detail (event, "source"), "token") == 0 ? "token" : detail (event, "authenticated");
}

static gboolean
is_of_proof (const StoreEvent *event, const char *proof)
{
  return strcmp (proof, "any") == 0 || g_strcmp0 (proof_of (event), proof) == 0;
}

static gboolean
is_asked_for (const Search *search, const StoreEvent *event)
{
  const Options *options = search->options;
  if (is_in (options->keep, event->id))
    return FALSE;
  if (is_in (options->events, event->id))
    return event->address != NULL;
  if (options->events != NULL || !is_from_mail (event))
    return FALSE;
  return event->received_at >= search->since_at
         && (search->until_at == 0 || event->received_at < search->until_at)
         && (search->reason < 0 || (int)event->reason == search->reason)
         && is_of_proof (event, options->proof != NULL ? options->proof : "none")
         && (options->domain == NULL || is_of_domain (event->address, options->domain))
         && (options->subject == NULL || g_strcmp0 (detail (event, "subject"), options->subject) == 0)
         && (options->queues == NULL || is_in (options->queues, detail (event, "queue-id")));
}

static gboolean
note_event (const StoreEvent *event, gpointer data)
{
  Search *search = data;
  if (event->action == STORE_ACTION_VOID)
    g_hash_table_remove (search->found, event->related);
  else if (is_asked_for (search, event))
    {
      StoreEvent *copy = store_event_copy (event);
      g_hash_table_insert (search->found, copy->id, copy);
      g_ptr_array_add (search->order, g_strdup (event->id));
    }
  return TRUE;
}

static gboolean
find_events (FilterAdmin *admin, Search *search, GError **error)
{
  const StoreQuery query = { .reason = -1 };
  if (!store_events (admin->store, &query, note_event, search, error))
    return FALSE;
  for (guint i = search->order->len; i-- > 0;)
    {
      const StoreEvent *event = g_hash_table_lookup (search->found, search->order->pdata[i]);
      if (event == NULL)
        g_ptr_array_remove_index (search->order, i);
      else
        g_hash_table_add (search->people, g_strdup (event->address));
    }
  return TRUE;
}

static void
search_clear (Search *search)
{
  g_hash_table_unref (search->found);
  g_ptr_array_unref (search->order);
  g_hash_table_unref (search->people);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
search_init (Search *search, const Options *options)
{
  search->options = options;
  search->reason = -1;
  search->found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)store_event_free);
  search->order = g_ptr_array_new_with_free_func (g_free);
  search->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- the list ---- */

static const char *const columns[]
    = { "received", "address", "action", "scope", "authenticated", "subject", "event", NULL };

static void
print_list (const Search *search)
{
  FilterList *list = filter_list_new (filter_admin_format (&search->options->format), columns);
  for (guint i = 0; i < search->order->len; i++)
    {
      const StoreEvent *event = g_hash_table_lookup (search->found, search->order->pdata[i]);
      g_autofree char *received = filter_time_text (event->received_at);
      g_autofree char *scope = g_strjoinv (" ", event->scope);
      const char *const values[] = { received, event->address,   store_action_name (event->action),
                                     scope,    proof_of (event), detail (event, "subject"),
                                     event->id };
      filter_list_row (list, values);
    }
  filter_list_end (list);
}

/* ---- taking back ---- */

/* Which query it was, in words of a command line, for the ledger. */
static char *
query_text (const Options *options)
{
  const struct
  {
    const char *name, *value;
  } texts[] = { { "since", options->since },        { "until", options->until },
                { "from-domain", options->domain }, { "reason", options->reason },
                { "subject", options->subject },    { "authenticated", options->proof } };
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      g_string_append_printf (text, "%s--%s %s", text->len > 0 ? " " : "", texts[i].name, texts[i].value);
  return g_string_free (text, text->len == 0);
}

/* What is void makes no flood; inside the transaction. */
static gboolean
calm_flood (FilterAdmin *admin, const Search *search, const GPtrArray *taken, GError **error)
{
  g_autofree char *text = NULL;
  if (!store_mark_get (admin->store, FILTER_FLOOD_MARK, &text, error))
    return FALSE;
  g_autoptr (FilterFloods) floods = filter_floods_read (text);
  for (guint i = 0; i < taken->len; i++)
    {
      const StoreEvent *event = g_hash_table_lookup (search->found, taken->pdata[i]);
      if (!is_from_mail (event) || store_action_is_request (event->action) || !is_of_proof (event, "none"))
        continue;
      g_autofree char *name = filter_engine_flood_name (admin->store, event->address);
      filter_floods_take_back (floods, name, admin->config->flood_per_hour, event->received_at);
    }
  g_autofree char *left = filter_floods_write (floods);
  return text == NULL || store_mark_set (admin->store, FILTER_FLOOD_MARK, left, error);
}

static gboolean
take_group (FilterAdmin *admin, const Search *search, guint from, GVariant *details, guint *done,
            GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  if (!store_begin (admin->store, error))
    return FALSE;
  for (guint i = from; i < MIN (search->order->len, from + GROUP); i++)
    {
      g_autoptr (StoreEvent) event
          = filter_admin_event (STORE_ACTION_VOID, NULL, search->options->by, details);
      gboolean one;
      if (!store_void (admin->store, search->order->pdata[i], event, &one, error))
        return FALSE;
      if (one)
        g_ptr_array_add (taken, search->order->pdata[i]);
    }
  if (!calm_flood (admin, search, taken, error) || !store_commit (admin->store, error))
    return FALSE;
  *done += taken->len;
  return TRUE;
}

static void
print_counts (guint events, guint people)
{
  printf ("%u %s of %u %s ", events, events == 1 ? "event" : "events", people,
          people == 1 ? "address" : "addresses");
}

static int
take_back (FilterAdmin *admin, const Search *search)
{
  const Options *options = search->options;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = query_text (options);
  g_autoptr (GVariant) details = filter_admin_details ("note", options->note, "query", query,
                                                       FILTER_ADMIN_CONTROLLER (admin->config), NULL);
  g_autoptr (FilterProgress) progress = filter_progress_new (search->order->len, "events");
  guint done = 0;
  for (guint from = 0; from < search->order->len; from += GROUP)
    {
      gboolean whole = take_group (admin, search, from, details, &done, &error);
      filter_progress_hide (progress);
      if (!whole)
        {
          store_rollback (admin->store);
          return filter_complain (FILTER_EXIT_RETRY, "revert",
                                  "%s. %u events are taken back; the same command goes on", error->message,
                                  done);
        }
      filter_progress_show (progress, from + GROUP, done, "");
    }
  filter_progress_hide (progress);
  if (filter_admin_format (&options->format) == FILTER_LIST_TABLE)
    {
      print_counts (done, g_hash_table_size (search->people));
      printf ("%s taken back: what else was wished holds\n", done == 1 ? "is" : "are");
    }
  return FILTER_EXIT_DONE;
}

static int
run (FilterAdmin *admin, Search *search)
{
  const Options *options = search->options;
  g_autoptr (GError) error = NULL;
  gboolean table = filter_admin_format (&options->format) == FILTER_LIST_TABLE;
  if (!find_events (admin, search, &error))
    return filter_admin_store_trouble (admin, error);
  if (table && search->order->len == 0)
    {
      printf ("no such event, or they are taken back already\n");
      return FILTER_EXIT_DONE;
    }
  if (!table || !options->yes)
    print_list (search);
  if (options->yes)
    return take_back (admin, search);
  if (table)
    {
      print_counts (search->order->len, g_hash_table_size (search->people));
      printf ("would be taken back. Nothing is changed yet: with --yes it is\n");
    }
  return FILTER_EXIT_DONE;
}

/* ---- the command ---- */

static gboolean
read_time (const char *name, const char *text, gint64 *at_out, int *code_out)
{
  if (text == NULL || filter_date_option (text, at_out))
    return TRUE;
  *code_out = filter_complain (FILTER_EXIT_USAGE, "revert",
                               "--%s %s: not a date like 2026-11-21 or 2026-11-21T10:00:00Z", name, text);
  return FALSE;
}

static gboolean
is_proof (const char *name)
{
  static const char *const names[] = { "none", "spf", "dkim", "dmarc", "token", "any", NULL };
  return name == NULL || g_strv_contains (names, name);
}

static gboolean
check_options (const Options *options, int argc, char **argv, Search *search, int *code_out)
{
  StoreReason reason = STORE_REASON_HOUSE;
  g_autofree char *why = NULL;
  if (argc > 1)
    why = g_strdup_printf ("%s: revert takes options only; see 'optout help revert'", argv[1]);
  else if (options->since == NULL && options->events == NULL && options->queues == NULL)
    why = g_strdup ("say since when: --since TIME; or name them: --event ID");
  else if (options->events != NULL
           && (options->since != NULL || options->until != NULL || options->domain != NULL
               || options->proof != NULL || options->reason != NULL || options->subject != NULL
               || options->queues != NULL))
    why = g_strdup ("--event names each one: leave the other conditions out");
  else if (!is_proof (options->proof))
    why = g_strdup_printf ("--authenticated %s: there are none, spf, dkim, dmarc, token and any",
                           options->proof);
  else if (options->reason != NULL && !store_reason_from_name (options->reason, &reason))
    why = g_strdup_printf ("--reason %s: no such reason; there are person, complaint, bounce and review",
                           options->reason);
  else if (options->yes && !filter_admin_is_given (options->note))
    why = g_strdup ("--note TEXT is missing: the ledger keeps who and why");
  if (why != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "revert", "%s", why);
  if (options->reason != NULL)
    search->reason = (int)reason;
  return why == NULL && read_time ("since", options->since, &search->since_at, code_out)
         && read_time ("until", options->until, &search->until_at, code_out);
}

int
filter_revert (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "since", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.since, "What reached us then or later",
      "TIME" },
    { "until", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.until, "And before then", "TIME" },
    { "from-domain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.domain,
      "In the name of people of that domain, or of one below it", "DOMAIN" },
    { "subject", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.subject, "With this very subject",
      "TEXT" },
    { "queue-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.queues,
      "Of this mail, as the mail server called it; once for each", "ID" },
    { "authenticated", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.proof,
      "Proved so: none (the default), spf, dkim, dmarc, token, or any", "LEVEL" },
    { "reason", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.reason, "Recorded for that reason",
      "REASON" },
    { "event", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.events,
      "This very event, whatever it is; once for each", "ID" },
    { "keep", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.keep,
      "Not this one; once for each", "ID" },
    { "yes", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.yes, "Do it; without it they are listed",
      NULL },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note,
      "Why: what happened, a ticket number", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who takes them back"),
    FILTER_ADMIN_FORMAT_OPTIONS (&options.format),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_auto (Search) search = { 0 };
  int code;
  search_init (&search, &options);
  if (!filter_options (entries, NULL,
                       "Take back what forged mails did: without --yes, list it. What people wished besides, "
                       "before or later, holds.",
                       &argc, &argv, &code)
      || !check_options (&options, argc, argv, &search, &code)
      || !filter_admin_load (&admin, global, "revert", &code)
      || !filter_admin_open (&admin, options.yes, &code))
    return code;
  return run (&admin, &search);
}
