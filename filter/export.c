/* export.c - who is opted out, for those who must know it: listings without addresses, and tables for our own
 * Postfix. Nothing leaves before the ledger says so: files are written beside their place, then recorded,
 * then renamed. Nor does what a store with a gap knows: whoever is not in it would get mail. */
#include "export.h"
#include "interrupt.h"
#include "outcome.h"
#include "partner.h"
#include "postfix.h"

#include <string.h>

#define LOOK_EVERY 1000 /* rows, for an interruption */

typedef struct
{
  char *format, *category, *partner, *output, *action, *note, *by;
  gboolean plain, full;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->format);
  g_free (options->category);
  g_free (options->partner);
  g_free (options->output);
  g_free (options->action);
  g_free (options->note);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *const formats[] = {
  [FILTER_EXPORT_CSV] = "csv",           [FILTER_EXPORT_JSONL] = "jsonl",
  [FILTER_EXPORT_TEXT] = "postfix-text", [FILTER_EXPORT_CDB] = "postfix-cdb",
  [FILTER_EXPORT_HASH] = "postfix-hash",
};

static gboolean
is_map (FilterExportFormat format)
{
  return format >= FILTER_EXPORT_TEXT;
}

/* ---- files ---- */

FilterExportFile *
filter_export_file_new (const char *path, const char *category, guint mode, GError **error)
{
  g_autoptr (FilterExportFile) file = g_new0 (FilterExportFile, 1);
  file->draft = filter_draft_new (path, mode, error);
  file->path = g_strdup (path);
  file->category = category;
  return file->draft != NULL ? g_steal_pointer (&file) : NULL;
}

void
filter_export_file_free (FilterExportFile *file)
{
  if (file == NULL)
    return;
  filter_draft_free (file->draft);
  g_free (file->path);
  g_free (file->sha256);
  g_free (file);
}

gboolean
filter_export_go_on (const FilterExport *export, guint64 count)
{
  filter_progress_show (export->progress, 0, count, "");
  return count % LOOK_EVERY != 0 || !filter_interrupted ();
}

static gboolean
add_file (GPtrArray *files, FilterExportFile *file, GError **error)
{
  if (file != NULL)
    g_ptr_array_add (files, file);
  return file != NULL && filter_draft_finish (file->draft, &file->sha256, error);
}

/* A table holds those who are stopped. Where everybody is but those who opted in, it would let most of them
 * through. */
static gboolean
has_table (const FilterExport *export, const FilterCategory *category)
{
  if (category->essential || (export->category != NULL && !g_str_equal (export->category, category->name)))
    return FALSE;
  if (category->is_out)
    filter_complain (
        0, "export",
        "%s: out for all who did not opt in, which no table can say; leave it to 'optout policyd'",
        category->name);
  return !category->is_out;
}

/* FALSE with @error, or without one when it was interrupted. Whoever is not in a table gets mail: a copy with
 * a gap makes none. */
static gboolean
make_files (const FilterExport *export, GPtrArray *files, GError **error)
{
  const GPtrArray *categories = export->admin->config->categories;
  if (!store_complete (export->admin->store, error))
    return FALSE;
  if (!is_map (export->format))
    return add_file (files, filter_export_list (export, error), error) && !filter_interrupted ();
  for (guint i = 0; i < categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (categories, i);
      if (has_table (export, category)
          && !add_file (files, filter_export_map (export, category, error), error))
        return FALSE;
      if (filter_interrupted ())
        return FALSE;
    }
  return TRUE;
}

/* ---- the ledger (R104) ---- */

static StoreEvent *
new_event (const FilterExport *export, const FilterExportFile *file, const Options *options)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, file->count);
  g_autoptr (GVariant) details = filter_admin_details (
      "format", formats[export->format], "category", file->category, "file", file->path, "count", count,
      "sha256", file->sha256, "addresses", export->plain ? "plain" : "hashed", "note", options->note, NULL);
  return filter_admin_house_event (STORE_ACTION_HAND, options->by, details);
}

static gboolean
record (const FilterExport *export, const GPtrArray *files, const Options *options, GError **error)
{
  Store *store = export->admin->store;
  gboolean done = store_begin (store, error);
  for (guint i = 0; done && i < files->len; i++)
    {
      g_autoptr (StoreEvent) event = new_event (export, g_ptr_array_index (files, i), options);
      StoreRecorded recorded;
      done = store_record (store, event, &recorded, NULL, error);
    }
  done = done && store_commit (store, error);
  if (!done)
    store_rollback (store);
  return done;
}

static gboolean
publish (const GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const FilterExportFile *file = g_ptr_array_index (files, i);
      if (!filter_draft_publish (file->draft, error))
        return FALSE;
      if (file->path != NULL)
        printf ("wrote %s: %" G_GUINT64_FORMAT "\n", file->path, file->count);
    }
  return TRUE;
}

static int
run (FilterExport *export, const Options *options)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_export_file_free);
  g_autoptr (FilterProgress) progress = filter_progress_new (0, "addresses");
  g_autoptr (GError) error = NULL;
  export->progress = progress;
  filter_interrupt_hold ();
  gboolean made = store_complete (export->admin->store, &error) && make_files (export, files, &error);
  filter_progress_hide (progress);
  if (!made && error == NULL)
    return filter_complain (FILTER_EXIT_RETRY, "export", "interrupted: nothing was written");
  if (made && files->len == 0)
    return filter_complain (FILTER_EXIT_USAGE, "export", "there is no category that a table could be of");
  if (made && record (export, files, options, &error) && publish (files, &error))
    return FILTER_EXIT_DONE;
  return filter_admin_store_trouble (export->admin, error);
}

/* ---- the command ---- */

static gboolean
check_format (const Options *options, FilterExportFormat *format_out, int *code_out)
{
  gsize format = 0;
  while (options->format != NULL && format < G_N_ELEMENTS (formats)
         && !g_str_equal (options->format, formats[format]))
    format++;
  const char *why = NULL;
  if (format == G_N_ELEMENTS (formats))
    why = "--format is csv, jsonl, postfix-text, postfix-cdb or postfix-hash";
  else if (options->partner != NULL
           && (is_map (format) || options->category != NULL || options->plain || options->action != NULL))
    why = "--partner goes with --full, --format csv or jsonl, and --output";
  else if (options->full && options->partner == NULL)
    why = "--full goes with --partner";
  else if (is_map (format) && options->output == NULL)
    why = "--output DIR is missing: tables for Postfix are files, one a category";
  else if (!is_map (format) && options->action != NULL)
    why = "--action is for Postfix's tables";
  else if (options->action != NULL && !filter_postfix_is_action (options->action))
    why = "--action: not a short line of ASCII";
  else if (!is_map (format) && options->plain && !filter_admin_is_given (options->note))
    why = "--note TEXT is missing: the ledger keeps why addresses leave the house";
  if (why != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "export", "%s; see 'optout help export'", why);
  else
    *format_out = (FilterExportFormat)format;
  return why == NULL;
}

int
filter_export (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "format", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.format,
      "csv (default), jsonl, postfix-text, postfix-cdb, postfix-hash", "FORMAT" },
    { "category", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.category,
      "Only who gets no mail of it", "NAME" },
    { "plain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.plain,
      "Addresses instead of keyed hashes; the ledger keeps that, and --note", NULL },
    { "partner", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.partner,
      "What this partner is to be told, as 'optout partner hand' does", "NAME" },
    { "full", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.full,
      "With --partner: everybody, also where what has changed would do", NULL },
    { "output", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.output,
      "The file, or the folder of Postfix's tables (default standard output)", "FILE|DIR" },
    { "action", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.action,
      "What Postfix does with mail that is stopped (default REJECT)", "TEXT" },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why, and for whom", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who does it"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  FilterExportFormat format;
  int code;
  if (!filter_options (
          entries, NULL,
          "Who is opted out, for others: without addresses, unless --plain. Every export is in the ledger.",
          &argc, &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "export",
                            "%s: export takes options only; see 'optout help export'", argv[1]);
  if (!check_format (&options, &format, &code) || !filter_admin_load (&admin, global, "export", &code))
    return code;
  if (options.partner != NULL)
    return filter_partner_hand (&admin, &(FilterPartnerHand){ options.partner, options.full,
                                                              format == FILTER_EXPORT_JSONL, options.output,
                                                              options.by, options.note });
  if (!filter_admin_stoppable (&admin, (char *[]){ options.category, NULL }, &code)
      || !filter_admin_open (&admin, TRUE, &code))
    return code;
  FilterExport export = { .admin = &admin,
                          .format = format,
                          .category = options.category,
                          .output = options.output,
                          .action = options.action,
                          .plain = options.plain || is_map (format) };
  return run (&export, &options);
}
