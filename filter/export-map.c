/* export-map.c - a table for Postfix: text, or what postmap makes of it. */
#include "export.h"
#include "outcome.h"
#include "postfix.h"
#include "program.h"

#include <string.h>
#include <unistd.h>

#define MODE 0640 /* plain addresses: for Postfix, by the folder's group */
#define NAMED 10  /* so many addresses that cannot be a key are named */

typedef struct
{
  const FilterExport *export;
  FilterExportFile *file;
  char *action;
  char *last; /* an address with several reasons comes several times, one after the other */
  guint64 erased, odd;
} Map;

static void
map_clear (Map *map)
{
  g_free (map->action);
  g_free (map->last);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, map_clear)

static void
leave_out (Map *map, const char *address)
{
  filter_progress_hide (map->export->progress);
  if (strchr (address, '@') == NULL)
    map->erased++;
  else if (++map->odd <= NAMED)
    filter_complain (0, map->export->admin->command,
                     "%s: Postfix would take it for a comment; left out of the table of %s", address,
                     map->file->category);
}

static gboolean
write_address (const char *address, G_GNUC_UNUSED const StoreStanding *standing, gpointer data)
{
  Map *map = data;
  FILE *stream = filter_draft_stream (map->file->draft);
  if (g_strcmp0 (address, map->last) == 0)
    return TRUE;
  g_free (map->last);
  map->last = g_strdup (address);
  gboolean erased = strchr (address, '@') == NULL;
  g_autofree char *key = erased ? NULL : filter_postfix_key (address);
  g_autofree char *second = key == NULL ? NULL : filter_postfix_second_key (address);
  if (key == NULL)
    {
      leave_out (map, address);
      return TRUE;
    }
  fprintf (stream, "%s %s\n", key, map->action);
  if (second != NULL)
    fprintf (stream, "%s %s\n", second, map->action);
  return filter_export_go_on (map->export, ++map->file->count);
}

static void
tell_left_out (const Map *map)
{
  filter_progress_hide (map->export->progress);
  if (map->odd + map->erased > 0)
    filter_complain (0, map->export->admin->command,
                     "the table of %s lacks %" G_GUINT64_FORMAT " erased and %" G_GUINT64_FORMAT
                     " other addresses; 'optout policyd' stops them too",
                     map->file->category, map->erased, map->odd);
}

/* ---- postmap ---- */

/* Under the draft's name, so that Postfix never sees half a table; the text is not kept, one copy of these
 * addresses is enough. */
static gboolean
index_table (const FilterExport *export, FilterExportFile *file, GError **error)
{
  gboolean cdb = export->format == FILTER_EXPORT_CDB;
  const char *text = filter_draft_name (file->draft);
  g_autofree char *table = g_strconcat (cdb ? "cdb:" : "hash:", text, NULL);
  g_autofree char *made = g_strconcat (text, cdb ? ".cdb" : ".db", NULL);
  char *argv[] = { export->admin->config->postmap, table, NULL };
  if (!filter_draft_flush (file->draft, error))
    return FALSE;
  gboolean done
      = filter_program_run (argv, NULL, 0, TRUE, error) && filter_draft_replace (file->draft, made, error);
  if (!done)
    {
      g_autofree char *half = g_strconcat (made, ".tmp", NULL); /* of cdb */
      unlink (made);
      unlink (half);
    }
  return done;
}

FilterExportFile *
filter_export_map (const FilterExport *export, const FilterCategory *category, GError **error)
{
  static const char *const ends[] = {
    [FILTER_EXPORT_TEXT] = "",
    [FILTER_EXPORT_CDB] = ".cdb",
    [FILTER_EXPORT_HASH] = ".db",
  };
  g_autofree char *name = g_strconcat ("optout-", category->name, ends[export->format], NULL);
  g_autofree char *path = g_build_filename (export->output, name, NULL);
  g_autoptr (FilterExportFile) file = filter_export_file_new (path, category->name, MODE, error);
  if (file == NULL)
    return NULL;
  g_auto (Map) map
      = { .export = export, .file = file, .action = filter_postfix_action (export->action, category) };
  const StoreQuery query = { .category = category->name, .reason = -1 };
  if (!store_each_standing (export->admin->store, &query, write_address, &map, error)
      || (export->format != FILTER_EXPORT_TEXT && !index_table (export, file, error)))
    return NULL;
  tell_left_out (&map);
  return g_steal_pointer (&file);
}
