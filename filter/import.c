/* import.c - lists of opt-outs that were kept elsewhere: what is asked for, and what came of it. */
#include "import.h"

#include "date.h"
#include "engine.h"
#include "outcome.h"

#include <stdio.h>

typedef struct
{
  char **categories, **maps;
  char *format, *reason, *received, *note, *by, *proof, *rejects;
  gboolean opt_in, dry_run, json;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->categories);
  g_strfreev (options->maps);
  g_free (options->format);
  g_free (options->reason);
  g_free (options->received);
  g_free (options->note);
  g_free (options->by);
  g_free (options->proof);
  g_free (options->rejects);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
import_clear (FilterImport *import)
{
  g_clear_pointer (&import->id, g_free);
  g_clear_pointer (&import->report, filter_import_report_free);
  g_clear_pointer (&import->file, filter_import_file_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterImport, import_clear)

/* ---- options ---- */

static const struct
{
  const char *name;
  FilterImportMeaning meaning;
} reasons[] = {
  { "complaint", FILTER_IMPORT_COMPLAINT },
  { "person", FILTER_IMPORT_PERSON },
  { "customer-service", FILTER_IMPORT_SERVICE },
  { "bounce", FILTER_IMPORT_BOUNCE },
};

static gboolean
find_reason (const char *name, int *reason_out)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].name, name))
      {
        *reason_out = (int)reasons[i].meaning;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_format (const char *name, FilterImportFormat *format_out)
{
  gboolean csv = g_str_equal (name, "csv"), jsonl = g_str_equal (name, "jsonl");
  if (csv || jsonl)
    *format_out = csv ? FILTER_IMPORT_CSV : FILTER_IMPORT_JSONL;
  return csv || jsonl;
}

/* What stands alone in the options; names that the configuration must know come later. */
static gboolean
settle_options (const Options *options, FilterImport *import, FilterImportFormat *format_out,
                GHashTable *maps, int *code_out)
{
  const char *option = NULL, *value = NULL, *wanted = NULL;
  for (char **map = options->maps; map != NULL && *map != NULL && option == NULL; map++)
    if (!filter_import_map (maps, *map))
      option = "--map", value = *map,
      wanted = "it is COLUMN= and address, reason, status, stopped, time, opt-in-time, text or ignore";
  if (options->reason != NULL && !find_reason (options->reason, &import->reason))
    option = "--reason", value = options->reason,
    wanted = "it is person, complaint, bounce or customer-service";
  else if (options->format != NULL && !find_format (options->format, format_out))
    option = "--format", value = options->format, wanted = "it is csv or jsonl";
  else if (options->received != NULL && !filter_date_option (options->received, &import->received_at))
    option = "--received", value = options->received,
    wanted = "not a date like 2026-11-21 or 2026-11-21T10:00:00Z";
  if (option != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "import", "%s %s: %s", option, value, wanted);
  else if (!filter_admin_is_given (options->note) && !options->dry_run)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "import",
                                 "--note TEXT is missing: the ledger keeps who and why");
  else if (options->opt_in != filter_admin_is_given (options->proof))
    *code_out = filter_complain (
        FILTER_EXIT_USAGE, "import",
        "--opt-in and --proof TEXT go together: what proves that all of them asked for mail");
  else
    return TRUE;
  return FALSE;
}

/* Only the same file, taken in the same way, is gone on with. */
static char *
digest_of_run (const FilterImport *import, const Options *options)
{
  static const char *const none[] = { NULL };
  const char *sha256 = filter_import_file_sha256 (import->file);
  if (sha256 == NULL)
    return NULL;
  g_autofree char *categories
      = g_strjoinv ("\n", options->categories != NULL ? options->categories : (char **)none);
  g_autofree char *maps = g_strjoinv ("\n", options->maps != NULL ? options->maps : (char **)none);
  g_autofree char *received = g_strdup_printf ("%" G_GINT64_FORMAT, import->received_at);
  const char *format = filter_import_file_format (import->file),
             *reason = options->reason != NULL ? options->reason : "";
  g_autofree char *text = g_strjoin ("\n\n", sha256, format, reason, received,
                                     options->proof != NULL ? options->proof : "", categories, maps, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* ---- the summary ---- */

static void
print_json (const FilterImport *import, gboolean whole)
{
  const FilterImportCounts *c = &import->counts;
  g_autoptr (GString) out = g_string_new ("{");
  filter_json_member (out, "file", filter_import_file_name (import->file));
  filter_json_member (out, "sha256", filter_import_file_sha256 (import->file));
  filter_json_member (out, "format", filter_import_file_format (import->file));
  filter_json_member (out, "provider", filter_import_file_provider (import->file));
  filter_json_number (out, "taken", (gint64)c->taken);
  filter_json_number (out, "known", (gint64)c->known);
  filter_json_number (out, "refused", (gint64)c->refused);
  filter_json_number (out, "left_out", (gint64)c->left);
  filter_json_number (out, "continued_at", (gint64)import->continued_at);
  filter_json_name (out, "whole");
  g_string_append (out, whole ? "true" : "false");
  filter_json_name (out, "dry_run");
  g_string_append (out, import->dry_run ? "true}" : "false}");
  puts (out->str);
}

static void
print_summary (const FilterImport *import)
{
  const FilterImportCounts *c = &import->counts;
  const char *provider = filter_import_file_provider (import->file);
  printf ("%s%s%s%s: %" G_GUINT64_FORMAT " %s, %" G_GUINT64_FORMAT " known already, %" G_GUINT64_FORMAT
          " refused, %" G_GUINT64_FORMAT " left out (no opt-outs)\n",
          filter_import_file_name (import->file), provider != NULL ? " (" : "",
          provider != NULL ? provider : "", provider != NULL ? ")" : "", c->taken,
          import->dry_run ? "would be taken" : "taken", c->known, c->refused, c->left);
  filter_import_report_end (import->report);
  if (import->dry_run)
    puts ("nothing was written (--dry-run)");
}

/* ---- the command ---- */

static int
start (FilterImport *import, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *run = digest_of_run (import, options);
  int code;
  import->run = run;
  if (!filter_admin_open (import->admin, !import->dry_run, &code))
    return code;
  if (!filter_import_resume (import, &error))
    return filter_admin_store_trouble (import->admin, error);
  import->report
      = filter_import_report_new (options->rejects, import->continued_at > 0, import->file, &error);
  if (import->report == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "import", "%s", error->message);
  if (import->continued_at > 0 && !options->json)
    printf ("continued at line %" G_GUINT64_FORMAT "\n", import->continued_at);
  code = filter_import_run (import);
  if (options->json)
    print_json (import, code != FILTER_EXIT_RETRY);
  else if (code != FILTER_EXIT_RETRY)
    print_summary (import);
  return code;
}

static int
run (const FilterGlobal *global, const Options *options, const char *path)
{
  g_auto (FilterAdmin) admin = { 0 };
  g_auto (FilterImport) import
      = { .admin = &admin, .reason = -1, .scope = options->categories, .dry_run = options->dry_run };
  g_autoptr (GHashTable) maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *who = filter_admin_by (options->by);
  g_autofree char *by = g_utf8_make_valid (who, -1);
  FilterImportFormat format = FILTER_IMPORT_AUTO;
  int code;
  import.by = by;
  import.note = options->note;
  import.proof = options->opt_in ? options->proof : NULL;
  import.id = filter_engine_random_id ();
  import.now = g_get_real_time () / G_USEC_PER_SEC;
  if (!settle_options (options, &import, &format, maps, &code)
      || !filter_admin_load (&admin, global, "import", &code)
      || (options->categories != NULL && !filter_admin_stoppable (&admin, options->categories, &code)))
    return code;
  import.file = filter_import_file_open (path, format, maps, &error);
  if (import.file == NULL)
    return filter_complain (FILTER_EXIT_NO_INPUT, "import", "%s", error->message);
  return start (&import, options);
}

int
filter_import (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "category", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.categories,
      "What the lines stop; may be given again (default everything, or as our own list says)", "NAME" },
    { "reason", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.reason,
      "Why, for all lines that stop something", "person|complaint|bounce|customer-service" },
    { "received", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.received,
      "Since when, for lines without a time (default now)", "DATE" },
    { "map", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.maps,
      "What a column is: address, reason, status, stopped, time, opt-in-time, text, ignore; may be given "
      "again",
      "COLUMN=MEANING" },
    { "format", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.format,
      "What the file is (default: by its first octets)", "csv|jsonl" },
    { "opt-in", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.opt_in,
      "Record lines that say subscribed as consents, where nothing is stopped; needs --proof", NULL },
    { "proof", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.proof, "What proves those consents",
      "TEXT" },
    { "rejects", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.rejects,
      "Write the refused lines to FILE: number, why, and the line itself", "FILE" },
    { "dry-run", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.dry_run,
      "Say what would be done; write nothing", NULL },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "Print the summary as JSON", NULL },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why: where the list comes from",
      "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who does it"),
    G_OPTION_ENTRY_NULL,
  };
  int code;
  if (!filter_options (
          entries, "FILE",
          "Takes a list of opt-outs: CSV, an object a line, or an address a line; - for standard input.\n"
          "An import never lifts an opt-out, and the same file again changes nothing.\n"
          "Exit code 0: all taken, 1: some lines were refused (named), 66: the file cannot be read,\n"
          "75: interrupted, or no store.",
          &argc, &argv, &code))
    return code;
  if (argc != 2)
    return filter_complain (FILTER_EXIT_USAGE, "import", "it takes one FILE; see 'optout help import'");
  return run (global, &options, argv[1]);
}
