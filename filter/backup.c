/* backup.c - a copy of the store while others write to it. */
#include "admin.h"
#include "outcome.h"
#include "progress.h"

#include <stdio.h>

typedef struct
{
  char *by, *note;
  gboolean force;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->by);
  g_free (options->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What left the house, in the ledger that it was taken from; the copy does not know of itself. */
static gboolean
record (FilterAdmin *admin, const char *file, guint64 count, const Options *options, GError **error)
{
  g_autofree char *events = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_autoptr (GVariant) details
      = filter_admin_details ("what", "backup", "file", file, "events", events, "note", options->note, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_HAND, options->by, details);
  g_clear_pointer (&admin->store, store_close);
  filter_secret_clear (&admin->secret);
  return filter_admin_try_open (admin, TRUE, error) && filter_admin_record (admin, event, error);
}

/* The store is opened for looking: it can be copied from a full disk, and from a medium that nobody writes
 * to. */
static int
back_up (FilterAdmin *admin, const char *file, const Options *options)
{
  g_autoptr (GError) error = NULL;
  FilterProgress *progress = NULL;
  guint64 count;
  int code;
  const StoreCopying how = {
    .at = g_get_real_time () / G_USEC_PER_SEC,
    .force = options->force,
    .progress = filter_progress_pages,
    .data = &progress,
  };
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  gboolean done = store_copy (admin->store, file, &how, &count, &error);
  filter_progress_free (progress);
  if (!done)
    return filter_admin_store_trouble (admin, error);
  printf ("%s: %" G_GUINT64_FORMAT
          " events, every one verifies. The keys are not in it: keep a copy of %s in another place\n",
          file, count, admin->config->secret_file);
  if (record (admin, file, count, options, &error))
    return FILTER_EXIT_DONE;
  return filter_complain (FILTER_EXIT_RETRY, admin->command,
                          "%s is good, but the ledger could not note it: %s", file, error->message);
}

int
filter_backup (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "force", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.force,
      "Replace FILE, once the new copy is whole", NULL },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who copies"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (
          entries, "FILE",
          "Copies the store to FILE, and the mails that it keeps to folders beside it, while others go on\n"
          "writing. FILE gets its name when it is whole, verified and on the disk. 'optout verify --store\n"
          "sqlite:FILE' looks at it, 'optout restore FILE' brings it back.",
          &argc, &argv, &code))
    return code;
  if (argc != 2)
    return filter_complain (FILTER_EXIT_USAGE, "backup", "one FILE; see 'optout help backup'");
  return filter_admin_load (&admin, global, "backup", &code) ? back_up (&admin, argv[1], &options) : code;
}
