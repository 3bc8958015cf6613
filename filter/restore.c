/* restore.c - a copy comes back, and what it does not know is named: until that is known, no marketing goes
 * out. */
#include "gap.h"
#include "keys.h"
#include "outcome.h"
#include "progress.h"

#include <stdio.h>

typedef struct
{
  char *by, *note;
  gboolean gap_closed, force, retired_key;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->by);
  g_free (options->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  FilterAdmin *admin;
  const Options *options;
  const char *file;
  Store *copy;
  guint64 count; /* of events in the copy */
  gint64 at;     /* what came in later, it does not know */
  gint64 now;
} Restore;

static StoreEvent *
new_event (const Options *options, const char *what, const char *file, const char *aside)
{
  g_autoptr (GVariant) details
      = filter_admin_details ("what", what, "file", file, "moved-to", aside, "note", options->note, NULL);
  return filter_admin_house_event (STORE_ACTION_RESTORE, options->by, details);
}

/* ---- the copy, and what is there ---- */

/* Of a store that is no copy, such as one that a restore moved away: it knows what it knew last. */
static gboolean
note_time (const StoreEvent *event, gpointer data)
{
  gint64 *at = data;
  *at = MAX (*at, event->recorded_at);
  return TRUE;
}

/* A copy from before a change of the chain's key is sealed with one that is retired: only who brings it knows
 * whether it is genuine. */
static void
keys_of (const Restore *restore, StoreKeys *keys_out)
{
  filter_keys_of (&restore->admin->secret, keys_out);
  for (guint i = 0; restore->options->retired_key && i < keys_out->n_older; i++)
    keys_out->older[i].upto = 0;
}

/* Ours, under our keys, and whole? */
static gboolean
read_copy (Restore *restore, int *code_out)
{
  StoreKeys keys;
  const StoreQuery all = { .reason = -1, .bare = TRUE };
  g_autofree char *url = g_strconcat ("sqlite:", restore->file, "?force-network=yes", NULL), *fault = NULL;
  g_autoptr (GError) error = NULL;
  keys_of (restore, &keys);
  restore->copy = store_open_read (url, &keys, &error);
  if (restore->copy == NULL || !store_verify (restore->copy, &restore->count, &fault, &error)
      || !store_gap (restore->copy, &restore->at, &error)
      || (restore->at == 0 && !store_events (restore->copy, &all, note_time, &restore->at, &error)))
    *code_out = filter_admin_store_trouble (restore->admin, error);
  else if (fault != NULL)
    *code_out = filter_complain (FILTER_EXIT_RETRY, restore->admin->command,
                                 "%s: %s. Nothing was changed; look for another copy", restore->file, fault);
  else
    return TRUE;
  return FALSE;
}

/* How many events the store at @path has, when it is whole; else why it is not. The caller frees. */
static char *
describe (const Restore *restore, const char *url, guint64 *count_out)
{
  StoreKeys keys;
  g_autofree char *fault = NULL;
  g_autoptr (GError) error = NULL;
  filter_keys_of (&restore->admin->secret, &keys);
  g_autoptr (Store) store = store_open_read (url, &keys, &error);
  *count_out = 0;
  if (store == NULL || !store_verify (store, count_out, &fault, &error))
    return g_strdup (error->message);
  return g_steal_pointer (&fault);
}

/* A store that is whole and knows more than the copy is not given up by mistake. */
static gboolean
check_present (const Restore *restore, int *code_out)
{
  guint64 count;
  g_autofree char *fault = describe (restore, restore->admin->config->store, &count);
  if (fault != NULL || count <= restore->count || restore->options->force)
    return TRUE;
  *code_out
      = filter_complain (FILTER_EXIT_NO, restore->admin->command,
                         "%s is whole and has %" G_GUINT64_FORMAT
                         " events that the copy has not; --force puts the copy in its place all the same",
                         restore->admin->config->store, count - restore->count);
  return FALSE;
}

/* ---- in its place ---- */

static void
print_aside (const Restore *restore, const char *aside)
{
  guint64 count;
  if (aside == NULL)
    return;
  g_autofree char *url = g_strconcat ("sqlite:", aside, NULL), *fault = describe (restore, url, &count);
  if (fault == NULL)
    printf ("What was there is %s now. It is whole and has %" G_GUINT64_FORMAT
            " events; --store %s reads it\n",
            aside, count, url);
  else
    printf ("What was there is %s now: %s\n", aside, fault);
}

static void
print_gap (const Restore *restore)
{
  g_autofree char *when = filter_time_text (restore->at), *advice = store_gap_advice (restore->at);
  printf ("Mail taken since %s is not in it, and no marketing mail may go out until it is:\n  %s\n"
          "What people wrote down by hand since then, decisions, imports and erasures, must be done again.\n",
          when, advice);
}

/* From a retired key to the newest one, before anybody can use the store. */
static gboolean
renew_chain (const Restore *restore, GError **error)
{
  StoreKeys keys;
  guint number;
  keys_of (restore, &keys);
  g_autoptr (Store) store = store_open (restore->admin->config->store, &keys, 0, error);
  if (store == NULL || !store_chain_number (store, &number, error))
    return FALSE;
  if (!restore->options->retired_key || number > keys.n_older)
    return TRUE;
  g_autoptr (StoreEvent) event
      = filter_keys_event ("chain", keys.n_older + 1, restore->options->by, restore->options->note);
  return store_begin (store, error) && store_rekey (store, event, error) && store_commit (store, error);
}

static gboolean
reopen (FilterAdmin *admin, GError **error)
{
  filter_secret_clear (&admin->secret);
  return filter_admin_try_open (admin, TRUE, error);
}

static int
put_back (Restore *restore)
{
  FilterAdmin *admin = restore->admin;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (restore->now);
  g_autofree char *suffix = g_date_time_format (now, "before-%Y%m%dT%H%M%SZ"), *aside = NULL;
  g_autoptr (GError) error = NULL;
  FilterProgress *progress = NULL;
  const StoreCopying how = {
    .at = restore->at,
    .force = TRUE,
    .timeout_ms = admin->config->deadline_s * 1000,
    .progress = filter_progress_pages,
    .data = &progress,
  };
  gboolean done = store_restore (admin->config->store, restore->copy, suffix, &how, &aside, &error);
  filter_progress_free (progress);
  if (!done)
    return filter_admin_store_trouble (admin, error);
  printf ("%s is what %s holds: %" G_GUINT64_FORMAT " events\n", admin->config->store, restore->file,
          restore->count);
  print_aside (restore, aside);
  print_gap (restore);
  g_autoptr (StoreEvent) event = new_event (restore->options, "restored", restore->file, aside);
  if (renew_chain (restore, &error) && reopen (admin, &error) && filter_admin_record (admin, event, &error))
    return FILTER_EXIT_DONE;
  return filter_complain (FILTER_EXIT_RETRY, admin->command,
                          "the copy is in its place, but the ledger could not note it: %s", error->message);
}

static int
bring_back (FilterAdmin *admin, const char *file, const Options *options)
{
  Restore restore
      = { .admin = admin, .options = options, .file = file, .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (GError) error = NULL;
  int code;
  if (!filter_secret_load (admin->config->secret_file, &admin->secret, &error))
    return filter_admin_store_trouble (admin, error);
  gboolean sound = read_copy (&restore, &code) && check_present (&restore, &code);
  if (sound)
    code = put_back (&restore);
  g_clear_pointer (&restore.copy, store_close);
  return code;
}

/* ---- no gap any more ---- */

static int
close_gap (FilterAdmin *admin, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreEvent) event = new_event (options, "gap closed", NULL, NULL);
  gint64 at;
  int code;
  if (!filter_admin_open (admin, TRUE, &code))
    return code;
  if (!store_gap (admin->store, &at, &error))
    return filter_admin_store_trouble (admin, error);
  if (at == 0)
    return printf ("%s has no gap\n", admin->config->store) > 0 ? FILTER_EXIT_DONE : FILTER_EXIT_RETRY;
  if (!filter_gap_close (admin, event, &error))
    return filter_admin_store_trouble (admin, error);
  puts ("the gap is closed: marketing mail may go out again");
  return FILTER_EXIT_DONE;
}

int
filter_restore (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "gap-closed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.gap_closed,
      "Without FILE: nothing is missing since the copy was made, so marketing mail may go out again", NULL },
    { "retired-key", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.retired_key,
      "FILE is from before a change of the chain's key, and you know that it is genuine", NULL },
    { "force", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.force,
      "Even in the place of a store that is whole", NULL },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who does it"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (
          entries, "FILE | --gap-closed",
          "Puts a copy that 'optout backup' made in the place of the store. What is there is moved aside, "
          "never\n"
          "deleted. Marketing mail is not allowed until the mail since the copy was made is replayed, or\n"
          "--gap-closed says that nothing is missing.",
          &argc, &argv, &code))
    return code;
  if (argc != (options.gap_closed ? 1 : 2))
    return filter_complain (FILTER_EXIT_USAGE, "restore",
                            "one FILE, or --gap-closed; see 'optout help restore'");
  if (!filter_admin_is_given (options.note))
    return filter_complain (FILTER_EXIT_USAGE, "restore",
                            "--note TEXT is missing: the ledger keeps who and why");
  if (!filter_admin_load (&admin, global, "restore", &code))
    return code;
  return options.gap_closed ? close_gap (&admin, &options) : bring_back (&admin, argv[1], &options);
}
