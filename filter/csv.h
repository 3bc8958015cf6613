/* csv.h - records of a text file that somebody hands us: CSV (RFC 4180), or a record a line. Streaming, flat
 * memory, and nothing guessed: a record that is none comes out with what is wrong with it. */
#ifndef FILTER_CSV_H
#define FILTER_CSV_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_CSV_MOST (1024u * 1024) /* octets of a record; of a longer one the rest is passed over */
#define FILTER_CSV_LINES                                                                                     \
  (-1) /* for a separator: a record is a line as it stands, quotation marks and all                          \
        */

typedef struct FilterCsv FilterCsv;

/* All borrowed, until the next one. */
typedef struct
{
  guint64 line;              /* on which it begins, from 1 */
  guint64 after;             /* octets and ... */
  guint64 line_after;        /* ... line where the next one begins: filter_csv_seek() */
  const char *const *fields; /* @n_fields and a NULL */
  guint n_fields;
  const char *text; /* as it stands in the file, without its end; perhaps cut, with NULs, no UTF-8 */
  gsize length;
  const char *wrong; /* NULL, or why the fields are not to be used; static */
} FilterCsvRecord;

typedef enum
{
  FILTER_CSV_RECORD,
  FILTER_CSV_END,
  FILTER_CSV_TROUBLE /* the descriptor cannot be read */
} FilterCsvNext;

/** filter_csv_new - a reader of @fd, which stays the caller's; lines as records until
 * filter_csv_set_separator() */
FilterCsv *filter_csv_new (int fd);
void filter_csv_free (FilterCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterCsv, filter_csv_free)

/**
 * filter_csv_peek - what comes next, without taking it: at least 64 KB or all there is
 * Waits for that much. Errors: as filter_csv_next().
 */
gboolean filter_csv_peek (FilterCsv *csv, const char **octets_out, gsize *length_out, GError **error);
/** filter_csv_skip - pass over @octets that were seen by filter_csv_peek(): a byte order mark */
void filter_csv_skip (FilterCsv *csv, gsize octets);
void filter_csv_set_separator (FilterCsv *csv, int separator);

/**
 * filter_csv_separator - which of comma, semicolon and tab separates the fields of the line that @octets
 * begin with The most frequent one outside quotation marks; a comma when there is none.
 */
int filter_csv_separator (const char *octets, gsize length);

/**
 * filter_csv_next - the next record that is not blank
 * Lines end with LF, CRLF or CR, also in turn. A record is wrong when it holds NUL or no UTF-8, is over
 * FILTER_CSV_MOST, has text behind a closing quotation mark (then it ends with its line), or a quotation mark
 * that is never closed (then it reaches to the end). A quotation mark inside a field that does not begin with
 * one stands for itself.
 */
FilterCsvNext filter_csv_next (FilterCsv *csv, FilterCsvRecord *record_out, GError **error);

/** filter_csv_again - let filter_csv_next() return the last record once more */
void filter_csv_again (FilterCsv *csv);

/** filter_csv_seek - go on behind a record of an earlier reading: its after and line_after. FALSE with errno.
 */
gboolean filter_csv_seek (FilterCsv *csv, guint64 after, guint64 line_after);

/** filter_csv_append - @length octets as a field, in quotation marks where it needs them */
void filter_csv_append (GString *out, const char *text, gsize length);

G_END_DECLS

#endif
