/* erase.c - the command "erase": a person is forgotten, and what was stopped stays stopped. */
#include "cases.h"
#include "engine.h"
#include "gate.h"
#include "outcome.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *note, *by, *request;
  gboolean opt_out, dry_run, finish;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->note);
  g_free (options->by);
  g_free (options->request);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- saying what goes ---- */

static void
print_count (guint64 count, const char *what)
{
  if (count > 0)
    printf ("  %" G_GUINT64_FORMAT " %s\n", count, what);
}

static void
print_erasure (const char *address, const StoreErasure *erasure, const StoreEvent *event)
{
  if (event != NULL)
    printf ("%s: erased (event %s)\n", address, event->id);
  else
    printf ("%s: would be erased\n", address);
  print_count (erasure->events, "events: address, words and evidence");
  print_count (erasure->mentions, "events of others that name the address: words and evidence");
  print_count (erasure->replies, "replies to it");
  print_count (erasure->unsent, "of these replies were not sent, and will not be");
  print_count (erasure->held, "mails that were held and are decided");
  print_count (erasure->cases, "requests to be erased, closed by this");
  print_count (erasure->uncut, "events name the address in a note that cannot be taken away");
}

static void
print_stopped (gboolean stopped, const Options *options)
{
  if (stopped)
    puts ("  what was stopped stays stopped, under its keyed hash");
  else if (options->opt_out)
    puts ("  all marketing is stopped, under its keyed hash");
  else
    puts ("  nothing was stopped for it: whoever comes by the address again may write to it (--opt-out stops "
          "that)");
}

/* ---- doing it ---- */

static gboolean
is_stopped (Store *store, const char *address, gboolean *stopped_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean stopped = FALSE;
  if (!store_standings (store, address, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    stopped = stopped || ((const StoreStanding *)rows->pdata[i])->out;
  *stopped_out = stopped;
  return TRUE;
}

/* A request to be erased implies the opt-out: it is the person's own act where a case is there to prove it.
 */
static gboolean
record_opt_out (FilterAdmin *admin, const char *address, const Options *options, GError **error)
{
  g_autoptr (GVariant) details
      = filter_admin_details ("note", options->note, FILTER_ADMIN_CONTROLLER (admin->config), NULL);
  g_autoptr (StoreEvent) event = filter_admin_event (STORE_ACTION_OPT_OUT, address, options->by, details);
  StoreRecorded recorded;
  g_strfreev (event->scope);
  event->scope = g_strdupv ((char *[]){ (char *)STORE_EVERY, NULL });
  event->related = g_strdup (options->request);
  if (options->request != NULL)
    event->reason = STORE_REASON_PERSON;
  return store_record (admin->store, event, &recorded, NULL, error)
         && filter_gate_tie (admin->store, admin->config, event, error);
}

static int
finish (FilterAdmin *admin)
{
  g_autoptr (GError) error = NULL;
  if (store_scrub (admin->store, &error))
    return FILTER_EXIT_DONE;
  return filter_complain (FILTER_EXIT_RETRY, "erase",
                          "%s. It is erased, but the files still hold it: run 'optout erase --finish' soon",
                          error->message);
}

static int
complain_waiting (const char *id)
{
  return filter_complain (FILTER_EXIT_NO_INPUT, "erase",
                          "%s: a mail of this person waits for a decision: 'optout review accept' or "
                          "'optout review reject' it first",
                          id);
}

static int
erase (FilterAdmin *admin, const char *address, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (StoreErasure) erasure = { 0 };
  g_autoptr (GVariant) details = filter_admin_details ("note", options->note, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_ERASED, options->by, details);
  gboolean stopped = FALSE;
  event->related = g_strdup (options->request);
  gboolean done = store_begin (admin->store, &error) && is_stopped (admin->store, address, &stopped, &error)
                  && (stopped || !options->opt_out || record_opt_out (admin, address, options, &error))
                  && store_erase (admin->store, address, event, &erasure, &error)
                  && (erasure.waiting != NULL || store_commit (admin->store, &error));
  store_rollback (admin->store);
  if (!done)
    return filter_admin_store_trouble (admin, error);
  if (erasure.waiting != NULL)
    return complain_waiting (erasure.waiting);
  print_erasure (address, &erasure, event);
  print_stopped (stopped, options);
  fflush (stdout);
  return finish (admin);
}

/* ---- before it ---- */

/* Nothing there to erase: said, and no event made of it. */
static int
look (FilterAdmin *admin, const char *address, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (StoreErasure) erasure = { 0 };
  g_autofree char *who = store_pseudonym (admin->store, address);
  gboolean stopped, before;
  if (!store_erase_look (admin->store, address, &erasure, &error)
      || !is_stopped (admin->store, address, &stopped, &error)
      || !store_known (admin->store, who, &before, &error))
    return filter_admin_store_trouble (admin, error);
  if (erasure.waiting != NULL)
    return complain_waiting (erasure.waiting);
  gboolean nothing = erasure.events + erasure.mentions + erasure.replies + erasure.held == 0;
  if (nothing && !options->opt_out)
    {
      printf ("%s: %s\n", address, before ? "is erased already" : "nothing is recorded");
      return FILTER_EXIT_DONE;
    }
  if (!options->dry_run)
    return erase (admin, address, options);
  print_erasure (address, &erasure, NULL);
  print_stopped (stopped, options);
  return FILTER_EXIT_DONE;
}

/* The ledger keeps the note for ever, so that it must not say who was erased. */
static gboolean
check_options (const Options *options, int argc, char **argv, int *code_out)
{
  const char *why = NULL;
  if (options->finish ? argc > 1 || options->request != NULL : (argc > 1) == (options->request != NULL))
    why = "name one address, or --case ID, or --finish alone";
  else if (argc > 2)
    why = "one address at a time";
  else if (!options->finish && !options->dry_run && options->request == NULL
           && !filter_admin_is_given (options->note))
    why = "--note TEXT is missing: the ledger keeps who and why";
  else if (options->note != NULL && strchr (options->note, '@') != NULL)
    why = "--note stays in the ledger for ever: write it without an address";
  if (why != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, argv[0], "%s", why);
  return why == NULL;
}

/* A case that its person confirmed needs no further proof, any other one a note of what it is (R109). */
static gboolean
read_case (const FilterAdmin *admin, Options *options, char **address_out, int *code_out)
{
  gint64 confirmed_at;
  if (!filter_cases_address (admin, options->request, STORE_ACTION_ERASURE, address_out, &confirmed_at,
                             code_out))
    return FALSE;
  if (options->dry_run || filter_admin_is_given (options->note))
    return TRUE;
  if (confirmed_at == 0)
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, "erase",
                                   "--note TEXT is missing: the person has not confirmed this case, and the "
                                   "ledger keeps how you know that it was they");
      return FALSE;
    }
  g_autofree char *confirmed = filter_time_text (confirmed_at);
  g_free (options->note);
  options->note = g_strdup_printf ("confirmed by the person, by reply, on %s", confirmed);
  return TRUE;
}

int
filter_erase (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "case", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.request,
      "Who asked for it in this case; it is closed by it", "ID" },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note,
      "Why: a ticket number, who asked how; without the address", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who erases"),
    { "opt-out", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.opt_out,
      "Stop all marketing first, where nothing is stopped", NULL },
    { "dry-run", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.dry_run, "Say what would go", NULL },
    { "finish", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.finish,
      "Only clean the files, after an erasure that could not", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  int code;
  if (!filter_options (
          entries, "[ADDRESS]",
          "Forget a person: address, words and mails go for good. A keyed hash stays, and with it "
          "what was stopped.",
          &argc, &argv, &code)
      || !check_options (&options, argc, argv, &code) || !filter_admin_load (&admin, global, "erase", &code)
      || (argc > 1 && !filter_admin_address (&admin, argc, argv, &address, &code))
      || !filter_admin_open (&admin, !options.dry_run, &code))
    return code;
  if (options.finish)
    return finish (&admin);
  if (address == NULL && !read_case (&admin, &options, &address, &code))
    return code;
  return look (&admin, address, &options);
}
