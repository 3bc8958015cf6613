/* import-file.h - somebody's list, line by line: CSV, an object a line, or an address a line. */
#ifndef FILTER_IMPORT_FILE_H
#define FILTER_IMPORT_FILE_H

#include "import-layout.h"

G_BEGIN_DECLS

typedef enum
{
  FILTER_IMPORT_AUTO, /* by the first octets */
  FILTER_IMPORT_CSV,
  FILTER_IMPORT_JSONL
} FilterImportFormat;

typedef struct FilterImportFile FilterImportFile;

/**
 * filter_import_file_open - the list at @path, "-" for standard input, read up to its header
 * @maps: of filter_import_map(); borrowed for the file's life
 * A file is read twice, for its sha256 comes first; standard input once. Errors: one line that names the file
 * and says what to do: not there, a directory or a pipe, empty, another encoding, compressed, no column with
 * an address.
 */
FilterImportFile *filter_import_file_open (const char *path, FilterImportFormat format, GHashTable *maps,
                                           GError **error);
void filter_import_file_free (FilterImportFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterImportFile, filter_import_file_free)

const char *filter_import_file_name (const FilterImportFile *file);     /* UTF-8 */
const char *filter_import_file_sha256 (const FilterImportFile *file);   /* NULL: of standard input */
const char *filter_import_file_format (const FilterImportFile *file);   /* "csv", "jsonl" */
const char *filter_import_file_provider (const FilterImportFile *file); /* of the last line, or NULL */
guint64 filter_import_file_size (const FilterImportFile *file);         /* octets; 0: not known */
/** filter_import_file_is - is @fd open on the same file? */
gboolean filter_import_file_is (const FilterImportFile *file, int fd);

/* A line, or several where a quoted field holds line ends. All borrowed until the next, but @wish. */
typedef struct
{
  guint64 line, after, line_after; /* as in FilterCsvRecord */
  const char *text;
  gsize length;
  const char *provider;  /* or NULL; static */
  FilterImportWish wish; /* the caller clears it */
} FilterImportRow;

/** filter_import_file_next - the next row; *more_out is FALSE, and @row_out untouched, at the end. Errors: it
 * cannot be read, or was changed meanwhile and so is not the one of its sha256. */
gboolean filter_import_file_next (FilterImportFile *file, FilterImportRow *row_out, gboolean *more_out,
                                  GError **error);
/** filter_import_file_seek - go on where a row of an earlier reading ended; only of a file with a sha256 */
gboolean filter_import_file_seek (FilterImportFile *file, guint64 after, guint64 line_after, GError **error);

/**
 * filter_import_json_fields - an object that stands on a line, as fields like those of CSV
 * A list becomes lines of one value; of the objects in the lists that providers use ("lists", "doNotContact")
 * each member becomes a field of its own, "lists.subscription_status". Other objects are left out. FALSE when
 * it is no JSON object.
 */
gboolean filter_import_json_fields (const char *line, GStrv *names_out, GStrv *values_out);

G_END_DECLS

#endif
