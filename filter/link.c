/* link.c - two addresses of one person: a stop of one holds for the other from then on. */
#include "address.h"
#include "admin.h"
#include "engine.h"
#include "outcome.h"

#include <stdio.h>
#include <string.h>

#include "build-config.h"

#define GROUP 1000 /* wishes a transaction, when spellings are linked */

typedef struct
{
  char *proof, *note, *by;
  gboolean spellings;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->proof);
  g_free (options->note);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- two addresses ---- */

typedef struct
{
  StoreAction action;
  char *addresses[2];
  const Options *options;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_free (pair->addresses[0]);
  g_free (pair->addresses[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static StoreEvent *
new_event (const FilterConfig *config, const Pair *pair, guint side)
{
  static const char *const nothing[] = { NULL };
  StoreEvent *event = store_event_new ();
  g_autofree char *by = filter_admin_by (pair->options->by);
  event->id = filter_engine_random_id ();
  event->action = pair->action;
  event->reason = STORE_REASON_CUSTOMER_SERVICE;
  event->received_at = event->recorded_at = g_get_real_time () / G_USEC_PER_SEC;
  event->channel = g_strdup ("command");
  event->scope = g_strdupv ((char **)nothing);
  event->by = g_utf8_make_valid (by, -1);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (pair->addresses[side]);
  event->details = filter_admin_details ("other", pair->addresses[1 - side], "proof", pair->options->proof,
                                         "note", pair->options->note, FILTER_ADMIN_CONTROLLER (config), NULL);
  return event;
}

/* Inside the transaction: are they linked now? A link stands from both sides. */
static gboolean
are_linked (Store *store, const Pair *pair, gboolean *linked_out, GError **error)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autofree char *erased = store_pseudonym (store, pair->addresses[1]);
  gboolean linked = FALSE;
  if (!store_links (store, pair->addresses[0], &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const StoreLink *link = g_ptr_array_index (links, i);
      linked = linked || strcmp (link->other, pair->addresses[1]) == 0 || strcmp (link->other, erased) == 0;
    }
  *linked_out = linked;
  return TRUE;
}

static gboolean
record_pair (const FilterAdmin *admin, const Pair *pair, GError **error)
{
  for (guint side = 0; side < 2; side++)
    {
      StoreRecorded recorded;
      g_autoptr (StoreEvent) event = new_event (admin->config, pair, side);
      if (!store_record (admin->store, event, &recorded, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static int
record (FilterAdmin *admin, const Pair *pair)
{
  g_autoptr (GError) error = NULL;
  gboolean want = pair->action == STORE_ACTION_LINK, linked = FALSE;
  int code;
  if (!filter_admin_open (admin, TRUE, &code))
    return code;
  if (!store_begin (admin->store, &error) || !are_linked (admin->store, pair, &linked, &error)
      || (linked != want && !record_pair (admin, pair, &error)) || !store_commit (admin->store, &error))
    {
      store_rollback (admin->store);
      return filter_admin_store_trouble (admin, error);
    }
  printf ("%s and %s %s%s\n", pair->addresses[0], pair->addresses[1], linked == want ? "were " : "are ",
          linked == want ? want ? "linked already" : "not linked"
          : want         ? "linked: a stop of one holds for the other"
                         : "linked no longer: each has its own stops alone");
  return FILTER_EXIT_DONE;
}

static gboolean
read_pair (const FilterAdmin *admin, int argc, char **argv, Pair *pair, int *code_out)
{
  if (argc != 3)
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command, "two addresses; see 'optout help %s'",
                                   admin->command);
      return FALSE;
    }
  for (int i = 0; i < 2; i++)
    {
      pair->addresses[i] = filter_address_canonical (argv[i + 1]);
      if (pair->addresses[i] == NULL)
        {
          *code_out
              = filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: not an e-mail address", argv[i + 1]);
          return FALSE;
        }
    }
  if (strcmp (pair->addresses[0], pair->addresses[1]) == 0)
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: that is one address twice",
                                   pair->addresses[0]);
      return FALSE;
    }
  return TRUE;
}

/* ---- spellings that were recorded before the operator said that dots mean nothing ---- */

typedef struct
{
  const FilterConfig *config;
  GPtrArray *wishes; /* ids of events */
} Spellings;

static gboolean
add_wish (const char *address, const StoreStanding *standing, gpointer data)
{
  const Spellings *spellings = data;
  g_autofree char *dotless
      = filter_address_dotless (address, (const char *const *)spellings->config->dotless_domains);
  if (dotless != NULL && standing->other == NULL)
    g_ptr_array_add (spellings->wishes, g_strdup (standing->event));
  return TRUE;
}

static gboolean
tie_group (FilterAdmin *admin, const GPtrArray *wishes, guint from, GError **error)
{
  for (guint i = from; i < MIN (wishes->len, from + GROUP); i++)
    {
      g_autoptr (StoreEvent) event = NULL;
      if (!store_event (admin->store, g_ptr_array_index (wishes, i), &event, error)
          || (event != NULL && event->address != NULL
              && !filter_gate_tie (admin->store, admin->config, event, error)))
        return FALSE;
    }
  return TRUE;
}

static int
tie_spellings (FilterAdmin *admin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func (g_free);
  const StoreQuery all = { .reason = -1 };
  int code;
  if (admin->config->dotless_domains[0] == NULL)
    return filter_complain (
        FILTER_EXIT_USAGE, admin->command,
        "--spellings: no domain is named by [optout] dotless-domains; see optout.conf(5)");
  if (!filter_admin_open (admin, TRUE, &code))
    return code;
  Spellings spellings = { admin->config, wishes };
  gboolean done = store_each_standing (admin->store, &all, add_wish, &spellings, &error);
  for (guint from = 0; done && from < wishes->len; from += GROUP)
    done = store_begin (admin->store, &error) && tie_group (admin, wishes, from, &error)
           && store_commit (admin->store, &error);
  if (!done)
    {
      store_rollback (admin->store);
      return filter_admin_store_trouble (admin, error);
    }
  printf ("every stop at %s holds for all spellings of its mailbox\n",
          admin->config->dotless_domains[1] == NULL ? admin->config->dotless_domains[0] : "these domains");
  return FILTER_EXIT_DONE;
}

/* ---- the commands ---- */

static int
run (const FilterGlobal *global, StoreAction action, const char *usage, const char *summary, int argc,
     char **argv)
{
  gboolean link = action == STORE_ACTION_LINK;
  const char *command = argv[0];
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note,
      "Why: what was said, a ticket number", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who writes it down"),
    { link ? "proof" : NULL, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.proof,
      "What proves that both are one person's", "TEXT" },
    { "spellings", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.spellings,
      "After dotless-domains has changed: link the spellings that are recorded", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_auto (Pair) pair = { .action = action, .options = &options };
  int code;
  if (!filter_options (entries, usage, summary, &argc, &argv, &code)
      || !filter_admin_load (&admin, global, command, &code))
    return code;
  if (options.spellings && argc == 1)
    return tie_spellings (&admin);
  if (!read_pair (&admin, argc, argv, &pair, &code))
    return code;
  if (!filter_admin_is_given (link ? options.proof : options.note))
    return filter_complain (FILTER_EXIT_USAGE, command, "--%s TEXT is missing: the ledger keeps who and why",
                            link ? "proof" : "note");
  return record (&admin, &pair);
}

int
filter_link (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, STORE_ACTION_LINK, "ADDRESS ADDRESS --proof TEXT | --spellings",
              "Two addresses are one person's: a stop of one holds for the other from then on.", argc, argv);
}

int
filter_unlink (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, STORE_ACTION_UNLINK, "ADDRESS ADDRESS --note TEXT",
              "Two addresses are not one person's after all: each has its own stops alone.", argc, argv);
}
