/* export.h - what leaves the house: between export.c (the command) and what writes each format. */
#ifndef FILTER_EXPORT_H
#define FILTER_EXPORT_H

#include "admin.h"
#include "draft.h"
#include "progress.h"

G_BEGIN_DECLS

typedef enum
{
  FILTER_EXPORT_CSV,
  FILTER_EXPORT_JSONL,
  FILTER_EXPORT_TEXT,
  FILTER_EXPORT_CDB,
  FILTER_EXPORT_HASH
} FilterExportFormat;

/* One file, whole and on the disk, that has not got its name yet. */
typedef struct
{
  FilterDraft *draft;
  const char *category; /* NULL: all */
  guint64 count;        /* addresses, or rows of a listing */
  char *path;           /* NULL: standard output */
  char *sha256;
} FilterExportFile;

FilterExportFile *filter_export_file_new (const char *path, const char *category, guint mode, GError **error);
void filter_export_file_free (FilterExportFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterExportFile, filter_export_file_free)

typedef struct
{
  FilterAdmin *admin;
  FilterExportFormat format;
  const char *category; /* --category, or NULL */
  const char *output;   /* --output, or NULL */
  const char *action;   /* --action, or NULL */
  gboolean plain;
  FilterProgress *progress;
} FilterExport;

/** filter_export_go_on - show that @count are done; FALSE when somebody wants it to stop */
gboolean filter_export_go_on (const FilterExport *export, guint64 count);
/** filter_export_list - who is stopped of what, as a listing. NULL with an error. */
FilterExportFile *filter_export_list (const FilterExport *export, GError **error);
/**
 * filter_export_map - a table of access(5) with everybody who is stopped of @category (R104: plain, for our own Postfix)
 * Says on standard error whom it leaves out: who is erased has no address any more, and few addresses cannot be a key.
 * Errors: of the store, of the folder, of postmap.
 */
FilterExportFile *filter_export_map (const FilterExport *export, const FilterCategory *category, GError **error);

G_END_DECLS

#endif
