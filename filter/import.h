/* import.h - the parts of "optout import": what was asked for, what is recorded (import-record.c), what is
 * told (import-report.c). */
#ifndef FILTER_IMPORT_H
#define FILTER_IMPORT_H

#include "admin.h"
#include "import-file.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 taken, known, refused, left; /* left: says nothing of an opt-out */
} FilterImportCounts;

/* ---- what is told ---- */

typedef struct FilterImportReport FilterImportReport;

/**
 * filter_import_report_new - tells of refused lines on standard error, at most 50 of them, without an address
 * (R3)
 * @rejects: (nullable) a file, mode 0600, that gets number, reason and text of all of them as CSV
 * @append: go on with a file that an interrupted import began
 * Errors: one line; the file cannot be written, or is the list itself.
 */
FilterImportReport *filter_import_report_new (const char *rejects, gboolean append,
                                              const FilterImportFile *file, GError **error);
void filter_import_report_free (FilterImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterImportReport, filter_import_report_free)
/** filter_import_report_keeps - are the texts of lines wanted? */
gboolean filter_import_report_keeps (const FilterImportReport *report);
/** filter_import_report_refuse - @why: static */
void filter_import_report_refuse (FilterImportReport *report, guint64 line, const char *why, const char *text,
                                  gsize length);
/** filter_import_report_flush - what was refused so far is in the file. Errors: it cannot be written. */
gboolean filter_import_report_flush (FilterImportReport *report, GError **error);
/** filter_import_report_end - how many were not shown, and on standard output how many for which reason */
void filter_import_report_end (FilterImportReport *report);

/* ---- what is recorded ---- */

typedef struct
{
  FilterAdmin *admin;
  FilterImportFile *file;
  FilterImportReport *report;
  char **scope;                  /* of --category; NULL: everything, or as the line says */
  int reason;                    /* of --reason, a FilterImportMeaning; -1: as the line says */
  gint64 received_at;            /* of --received; 0: now */
  const char *by, *note, *proof; /* proof: of --opt-in, NULL without */
  const char *run;               /* digest of file and options; NULL: not to be gone on with */
  gboolean dry_run;
  gint64 now;
  char *id; /* random, as that of an event */
  guint ids;
  FilterImportCounts counts;
  guint64 continued_at; /* line; 0: from the beginning */
} FilterImport;

/**
 * filter_import_resume - go on where an import of the same file in the same way was interrupted
 * Sets counts and continued_at. Errors: of the store and of the file.
 */
gboolean filter_import_resume (FilterImport *import, GError **error);
/**
 * filter_import_run - every line, in transactions of some thousand; then the event that tells of the import
 * Returns an exit code; complains itself. Nothing that it records lifts anything (R105).
 */
int filter_import_run (FilterImport *import);

G_END_DECLS

#endif
