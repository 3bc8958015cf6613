/* import-report.c - the lines that were refused: shown, counted and, where wanted, kept. */
#include "import.h"

#include "csv.h"
#include "input.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_SHOWN 50

struct FilterImportReport
{
  char *path; /* of the rejects, NULL: not wanted */
  int fd;
  GString *waiting;    /* for the next flush */
  GHashTable *reasons; /* text to how often */
  guint64 count;
};

static gboolean
fail (const FilterImportReport *report, GError **error, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "--rejects %s: %s", report->path, why);
  return FALSE;
}

/* The list may be the file itself, so nothing is cut off before that is known. */
static gboolean
open_rejects (FilterImportReport *report, gboolean append, const FilterImportFile *file, GError **error)
{
  report->fd = open (report->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
  if (report->fd < 0)
    return fail (report, error, g_strerror (errno));
  if (filter_import_file_is (file, report->fd))
    return fail (report, error, "it is the list itself; name another file");
  if (fchmod (report->fd, 0600) != 0 || (!append && ftruncate (report->fd, 0) != 0))
    return fail (report, error, g_strerror (errno));
  if (!append)
    g_string_append (report->waiting, "line,why,text\r\n");
  return TRUE;
}

FilterImportReport *
filter_import_report_new (const char *rejects, gboolean append, const FilterImportFile *file, GError **error)
{
  g_autoptr (FilterImportReport) report = g_new0 (FilterImportReport, 1);
  report->path = g_strdup (rejects);
  report->fd = -1;
  report->waiting = g_string_new (NULL);
  report->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  if (rejects != NULL && !open_rejects (report, append, file, error))
    return NULL;
  return g_steal_pointer (&report);
}

void
filter_import_report_free (FilterImportReport *report)
{
  if (report == NULL)
    return;
  if (report->fd >= 0)
    close (report->fd);
  g_free (report->path);
  g_string_free (report->waiting, TRUE);
  g_hash_table_unref (report->reasons);
  g_free (report);
}

gboolean
filter_import_report_keeps (const FilterImportReport *report)
{
  return report->fd >= 0;
}

void
filter_import_report_refuse (FilterImportReport *report, guint64 line, const char *why, const char *text,
                             gsize length)
{
  guint64 *often = g_hash_table_lookup (report->reasons, why);
  if (often == NULL)
    g_hash_table_insert (report->reasons, (gpointer)why, often = g_new0 (guint64, 1));
  ++*often;
  if (++report->count <= MOST_SHOWN)
    filter_complain (FILTER_EXIT_NO, "import", "line %" G_GUINT64_FORMAT ": %s", line, why);
  if (report->fd < 0)
    return;
  g_string_append_printf (report->waiting, "%" G_GUINT64_FORMAT ",", line);
  filter_csv_append (report->waiting, why, strlen (why));
  g_string_append_c (report->waiting, ',');
  filter_csv_append (report->waiting, text, length);
  g_string_append (report->waiting, "\r\n");
}

gboolean
filter_import_report_flush (FilterImportReport *report, GError **error)
{
  g_autoptr (GBytes) octets = g_bytes_new (report->waiting->str, report->waiting->len);
  g_string_truncate (report->waiting, 0);
  return report->fd < 0 || filter_output_write (report->fd, octets)
         || fail (report, error, g_strerror (errno));
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

void
filter_import_report_end (FilterImportReport *report)
{
  guint n;
  g_autofree const char **reasons = (const char **)g_hash_table_get_keys_as_array (report->reasons, &n);
  if (report->count > MOST_SHOWN)
    filter_complain (FILTER_EXIT_NO, "import", "%" G_GUINT64_FORMAT " more lines were refused; %s%s",
                     report->count - MOST_SHOWN,
                     report->path != NULL ? "all are in " : "--rejects FILE writes all of them",
                     report->path != NULL ? report->path : "");
  qsort (reasons, n, sizeof *reasons, compare_reasons);
  for (guint i = 0; i < n; i++)
    printf ("  %" G_GUINT64_FORMAT " refused: %s\n",
            *(guint64 *)g_hash_table_lookup (report->reasons, reasons[i]), reasons[i]);
}
