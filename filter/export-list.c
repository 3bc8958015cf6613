/* export-list.c - who is stopped of what, since when and why: for files that leave the house. */
#include "export.h"

#include <string.h>

typedef struct
{
  const FilterExport *export;
  FilterExportFile *file;
  FilterList *list;
} Listing;

/* R104: who is not named plainly has the name that an erasure would give. The caller frees. */
static char *
name_of (const FilterExport *export, const char *address)
{
  gboolean hidden = address == NULL || export->plain || strchr (address, '@') == NULL;
  return hidden ? g_strdup (address) : store_pseudonym (export->admin->store, address);
}

static gboolean
write_row (const char *address, const StoreStanding *standing, gpointer data)
{
  Listing *listing = data;
  g_autofree char *who = name_of (listing->export, address);
  g_autofree char *linked = name_of (listing->export, standing->other);
  filter_admin_standing_row (listing->list, who, linked, standing);
  return filter_export_go_on (listing->export, ++listing->file->count);
}

FilterExportFile *
filter_export_list (const FilterExport *export, GError **error)
{
  g_autoptr (FilterExportFile) file = filter_export_file_new (export->output, export->category, 0600, error);
  if (file == NULL)
    return NULL;
  Listing listing = { export, file, NULL };
  const StoreQuery query = { .category = export->category, .reason = -1 };
  listing.list = filter_list_new_to (export->format == FILTER_EXPORT_CSV ? FILTER_LIST_CSV : FILTER_LIST_JSON,
                                     filter_admin_standing_columns, filter_draft_stream (file->draft));
  gboolean whole = store_each_standing (export->admin->store, &query, write_row, &listing, error);
  filter_list_end (listing.list);
  return whole ? g_steal_pointer (&file) : NULL;
}
