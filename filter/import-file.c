/* import-file.c - see import-file.h */
#include "import-file.h"

#include "address.h"
#include "csv.h"
#include "plain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64u * 1024)

struct FilterImportFile
{
  char *name;
  int fd; /* -1: standard input, which is not ours to close */
  struct stat stat;
  char *sha256;
  GHashTable *maps;
  FilterCsv *csv;
  gboolean jsonl;
  GStrv names;                /* of the columns; with JSON those of the last line */
  FilterImportLayout *layout; /* NULL with JSON: nothing in the last line is an address */
};

void
filter_import_file_free (FilterImportFile *file)
{
  if (file == NULL)
    return;
  if (file->fd >= 0)
    close (file->fd);
  g_free (file->name);
  g_free (file->sha256);
  g_clear_pointer (&file->csv, filter_csv_free);
  g_strfreev (file->names);
  g_clear_pointer (&file->layout, filter_import_layout_free);
  g_free (file);
}

static gboolean fail (const FilterImportFile *file, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (const FilterImportFile *file, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", file->name, why);
  return FALSE;
}

/* ---- opening ---- */

static gboolean
hash (FilterImportFile *file, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *octets = g_malloc (CHUNK);
  gssize got;
  while ((got = read (file->fd, octets, CHUNK)) > 0 || (got < 0 && errno == EINTR))
    if (got > 0)
      g_checksum_update (sum, octets, got);
  if (got < 0 || lseek (file->fd, 0, SEEK_SET) < 0)
    return fail (file, error, "%s", g_strerror (errno));
  file->sha256 = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

/* A pipe is not waited for: its other end may never come. */
static gboolean
open_path (FilterImportFile *file, const char *path, GError **error)
{
  file->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file->fd < 0 || fstat (file->fd, &file->stat) != 0)
    return fail (file, error, "%s", g_strerror (errno));
  if (S_ISDIR (file->stat.st_mode))
    return fail (file, error, "it is a directory; name the files in it one by one");
  if (!S_ISREG (file->stat.st_mode))
    return fail (file, error, "it is no ordinary file; hand it in on standard input, with - for its name");
  return hash (file, error);
}

/* What a file of another kind begins with; the longest first. */
static const struct
{
  const char *octets;
  gsize length;
  const char *why;
} foreign[] = {
  { "\xff\xfe\0\0", 4, "it is UTF-32; convert it, as with iconv -f UTF-32 -t UTF-8" },
  { "\0\0\xfe\xff", 4, "it is UTF-32; convert it, as with iconv -f UTF-32 -t UTF-8" },
  { "\xff\xfe", 2, "it is UTF-16; save it as UTF-8, or convert it, as with iconv -f UTF-16 -t UTF-8" },
  { "\xfe\xff", 2, "it is UTF-16; save it as UTF-8, or convert it, as with iconv -f UTF-16 -t UTF-8" },
  { "PK\3\4", 4, "it is an archive or a workbook; unpack it, or save the sheet as CSV in UTF-8" },
  { "\x1f\x8b", 2, "it is compressed; unpack it with gunzip" },
  { "BZh", 3, "it is compressed; unpack it with bunzip2" },
  { "\x28\xb5\x2f\xfd", 4, "it is compressed; unpack it with unzstd" },
  { "\xfd"
    "7zXZ",
    5, "it is compressed; unpack it with unxz" },
};

static gboolean
check_kind (const FilterImportFile *file, const char *octets, gsize length, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (length >= foreign[i].length && memcmp (octets, foreign[i].octets, foreign[i].length) == 0)
      return fail (file, error, "%s", foreign[i].why);
  if (length >= 2 && (octets[0] == '\0' || octets[1] == '\0'))
    return fail (file, error, "it is UTF-16 without a mark, or no text; save it as UTF-8");
  return TRUE;
}

/* Is one of the fields an address, so that the line is no header? */
static gboolean
has_address (const FilterCsvRecord *record)
{
  gboolean found = FALSE;
  for (guint i = 0; i < record->n_fields && !found; i++)
    {
      g_autofree char *address = filter_address_canonical (record->fields[i]);
      found = address != NULL;
    }
  return found;
}

static gboolean
read_header (FilterImportFile *file, GError **error)
{
  FilterCsvRecord record;
  g_autofree char *why = NULL;
  FilterCsvNext next = filter_csv_next (file->csv, &record, error);
  if (next == FILTER_CSV_TROUBLE)
    g_prefix_error (error, "%s: ", file->name);
  if (next != FILTER_CSV_RECORD)
    return next == FILTER_CSV_END && fail (file, error, "it is empty");
  if (record.wrong != NULL)
    return fail (file, error, "line %" G_GUINT64_FORMAT ": %s", record.line, record.wrong);
  gboolean plain = has_address (&record);
  if (plain && record.n_fields > 1)
    return fail (file, error,
                 "line %" G_GUINT64_FORMAT
                 " holds an address, so it is no header; name the columns in a first line",
                 record.line);
  if (plain)
    filter_csv_again (file->csv);
  file->names = plain ? g_strsplit ("address", ",", 1) : g_strdupv ((char **)record.fields);
  file->layout = plain ? filter_import_layout_plain ()
                       : filter_import_layout_new ((const char *const *)file->names, file->maps, &why);
  return file->layout != NULL || fail (file, error, "line %" G_GUINT64_FORMAT ": %s", record.line, why);
}

/* Past a byte order mark and up to the header; an object a line has none. */
static gboolean
begin (FilterImportFile *file, FilterImportFormat format, GError **error)
{
  const char *octets;
  gsize length, blank = 0;
  if (!filter_csv_peek (file->csv, &octets, &length, error))
    {
      g_prefix_error (error, "%s: ", file->name);
      return FALSE;
    }
  if (!check_kind (file, octets, length, error))
    return FALSE;
  gsize mark = length >= 3 && memcmp (octets, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  filter_csv_skip (file->csv, mark);
  octets += mark, length -= mark;
  while (blank < length && strchr (" \t\r\n", octets[blank]) != NULL)
    blank++;
  if (blank == length && length < FILTER_CSV_MOST)
    return fail (file, error, "it is empty");
  gboolean brace = octets[blank] == '{', bracket = octets[blank] == '[';
  file->jsonl = format == FILTER_IMPORT_JSONL || (format == FILTER_IMPORT_AUTO && brace);
  if (bracket && format != FILTER_IMPORT_CSV)
    return fail (file, error, "it is one list of JSON; make a line of each object, as with jq -c '.[]'");
  if (file->jsonl)
    return TRUE;
  filter_csv_set_separator (file->csv, filter_csv_separator (octets + blank, length - blank));
  return read_header (file, error);
}

FilterImportFile *
filter_import_file_open (const char *path, FilterImportFormat format, GHashTable *maps, GError **error)
{
  g_autoptr (FilterImportFile) file = g_new0 (FilterImportFile, 1);
  gboolean standard = g_str_equal (path, "-");
  file->fd = -1;
  file->maps = maps;
  file->name = standard ? g_strdup ("standard input") : filter_plain_text (path, -1, FALSE);
  if (!standard && !open_path (file, path, error))
    return NULL;
  file->csv = filter_csv_new (standard ? STDIN_FILENO : file->fd);
  return begin (file, format, error) ? g_steal_pointer (&file) : NULL;
}

/* ---- rows ---- */

static gboolean
same_names (char *const *one, char *const *other)
{
  guint i = 0;
  if (one == NULL)
    return FALSE;
  while (one[i] != NULL && other[i] != NULL && g_str_equal (one[i], other[i]))
    i++;
  return one[i] == NULL && other[i] == NULL;
}

/* Objects of one list mostly have the same members, so that the layout of the last one serves. */
static const char *
read_json (FilterImportFile *file, const char *line, FilterImportWish *wish)
{
  g_auto (GStrv) names = NULL, values = NULL;
  if (!filter_import_json_fields (line, &names, &values))
    return "it is no JSON object on one line; jq -c '.[]' makes lines of a list";
  if (!same_names (file->names, names))
    {
      g_autofree char *why = NULL;
      g_clear_pointer (&file->layout, filter_import_layout_free);
      file->layout = filter_import_layout_new ((const char *const *)names, file->maps, &why);
      g_strfreev (file->names);
      file->names = g_steal_pointer (&names);
    }
  if (file->layout == NULL)
    return "no member of it, or more than one, holds an address; say which with --map NAME=address";
  filter_import_layout_read (file->layout, (const char *const *)values, wish);
  return NULL;
}

static const char *
read_csv (const FilterImportFile *file, const FilterCsvRecord *record, FilterImportWish *wish)
{
  guint wanted = g_strv_length (file->names);
  if (record->n_fields != wanted)
    return record->n_fields < wanted ? "it has fewer fields than the header"
                                     : "it has more fields than the header";
  filter_import_layout_read (file->layout, record->fields, wish);
  return NULL;
}

/* What was read is to be what the sha256 was taken of. */
static gboolean
is_unchanged (const FilterImportFile *file, GError **error)
{
  struct stat now;
  if (file->sha256 == NULL
      || (fstat (file->fd, &now) == 0 && now.st_size == file->stat.st_size
          && now.st_mtim.tv_sec == file->stat.st_mtim.tv_sec
          && now.st_mtim.tv_nsec == file->stat.st_mtim.tv_nsec))
    return TRUE;
  return fail (file, error, "it was changed while it was read");
}

gboolean
filter_import_file_next (FilterImportFile *file, FilterImportRow *row_out, gboolean *more_out, GError **error)
{
  FilterCsvRecord record;
  FilterCsvNext next = filter_csv_next (file->csv, &record, error);
  if (next == FILTER_CSV_TROUBLE)
    g_prefix_error (error, "%s: ", file->name);
  *more_out = next == FILTER_CSV_RECORD;
  if (next != FILTER_CSV_RECORD)
    return next == FILTER_CSV_END && is_unchanged (file, error);
  FilterImportRow row = { .line = record.line, .after = record.after, .line_after = record.line_after };
  row.text = record.text;
  row.length = record.length;
  const char *wrong = record.wrong != NULL ? record.wrong
                      : file->jsonl        ? read_json (file, record.text, &row.wish)
                                           : read_csv (file, &record, &row.wish);
  if (wrong != NULL)
    row.wish.wrong = wrong;
  row.provider = filter_import_file_provider (file);
  *row_out = row;
  return TRUE;
}

gboolean
filter_import_file_seek (FilterImportFile *file, guint64 after, guint64 line_after, GError **error)
{
  g_assert (file->sha256 != NULL);
  return filter_csv_seek (file->csv, after, line_after) || fail (file, error, "%s", g_strerror (errno));
}

/* ---- what is known of it ---- */

const char *
filter_import_file_name (const FilterImportFile *file)
{
  return file->name;
}

const char *
filter_import_file_sha256 (const FilterImportFile *file)
{
  return file->sha256;
}

const char *
filter_import_file_format (const FilterImportFile *file)
{
  return file->jsonl ? "jsonl" : "csv";
}

const char *
filter_import_file_provider (const FilterImportFile *file)
{
  return file->layout != NULL ? filter_import_layout_provider (file->layout) : NULL;
}

guint64
filter_import_file_size (const FilterImportFile *file)
{
  return file->sha256 != NULL ? (guint64)file->stat.st_size : 0;
}

gboolean
filter_import_file_is (const FilterImportFile *file, int fd)
{
  struct stat other;
  return file->sha256 != NULL && fstat (fd, &other) == 0 && other.st_dev == file->stat.st_dev
         && other.st_ino == file->stat.st_ino;
}
