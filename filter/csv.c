/* csv.c - see csv.h */
#include "csv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (64u * 1024)

typedef enum
{
  FIELD,  /* a field begins */
  PLAIN,  /* inside one */
  QUOTED, /* inside one in quotation marks */
  CLOSED, /* behind a quotation mark inside one, which ends it or is the first of two */
  SKIPPED /* to the end of the line */
} State;

struct FilterCsv
{
  int fd;
  int separator;
  char *buffer; /* two chunks: a peek may move what is left to the front */
  gsize at, have;
  guint64 before; /* octets of the file before the buffer */
  guint64 line;   /* of the next octet */
  gboolean at_end;
  gboolean again;
  GError *error;
  GString *text, *cells; /* the record as it stands; its fields, each with a NUL */
  GArray *starts;        /* gsize: where in cells each field begins */
  GPtrArray *fields;
  FilterCsvRecord last;
};

FilterCsv *
filter_csv_new (int fd)
{
  FilterCsv *csv = g_new0 (FilterCsv, 1);
  csv->fd = fd;
  csv->separator = FILTER_CSV_LINES;
  csv->buffer = g_malloc (2 * CHUNK);
  csv->line = 1;
  csv->text = g_string_new (NULL);
  csv->cells = g_string_new (NULL);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->fields = g_ptr_array_new ();
  return csv;
}

void
filter_csv_free (FilterCsv *csv)
{
  if (csv == NULL)
    return;
  g_free (csv->buffer);
  g_clear_error (&csv->error);
  g_string_free (csv->text, TRUE);
  g_string_free (csv->cells, TRUE);
  g_array_unref (csv->starts);
  g_ptr_array_unref (csv->fields);
  g_free (csv);
}

void
filter_csv_set_separator (FilterCsv *csv, int separator)
{
  csv->separator = separator;
}

/* ---- octets ---- */

/* Reads on behind what is left. FALSE at the end, or with csv->error. */
static gboolean
fill (FilterCsv *csv)
{
  if (csv->at_end || csv->error != NULL)
    return FALSE;
  memmove (csv->buffer, csv->buffer + csv->at, csv->have - csv->at);
  csv->before += csv->at;
  csv->have -= csv->at;
  csv->at = 0;
  for (;;)
    {
      gssize got = read (csv->fd, csv->buffer + csv->have, 2 * CHUNK - csv->have);
      int reason = errno;
      if (got < 0 && reason == EINTR)
        continue;
      if (got < 0)
        csv->error
            = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (reason), g_strerror (reason));
      csv->at_end = got == 0;
      csv->have += got > 0 ? (gsize)got : 0;
      return got > 0;
    }
}

/* The next octet without taking it, or -1. */
static inline int
peek (FilterCsv *csv)
{
  return csv->at < csv->have || fill (csv) ? (guchar)csv->buffer[csv->at] : -1;
}

gboolean
filter_csv_peek (FilterCsv *csv, const char **octets_out, gsize *length_out, GError **error)
{
  while (csv->have - csv->at < CHUNK && fill (csv))
    continue;
  if (csv->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&csv->error));
      return FALSE;
    }
  *octets_out = csv->buffer + csv->at;
  *length_out = csv->have - csv->at;
  return TRUE;
}

void
filter_csv_skip (FilterCsv *csv, gsize octets)
{
  g_assert (octets <= csv->have - csv->at);
  csv->at += octets;
}

gboolean
filter_csv_seek (FilterCsv *csv, guint64 after, guint64 line_after)
{
  if (lseek (csv->fd, (off_t)after, SEEK_SET) < 0)
    return FALSE;
  csv->at = csv->have = 0;
  csv->before = after;
  csv->line = line_after;
  csv->at_end = csv->again = FALSE;
  return TRUE;
}

void
filter_csv_again (FilterCsv *csv)
{
  csv->again = TRUE;
}

int
filter_csv_separator (const char *octets, gsize length)
{
  static const char separators[] = ",;\t";
  guint counts[sizeof separators] = { 0 };
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length && (quoted || (octets[i] != '\n' && octets[i] != '\r')); i++)
    {
      const char *separator = octets[i] != '\0' ? strchr (separators, octets[i]) : NULL;
      quoted ^= octets[i] == '"';
      if (separator != NULL && !quoted)
        counts[separator - separators]++;
    }
  guint best = 0;
  for (guint i = 1; i < strlen (separators); i++)
    if (counts[i] > counts[best])
      best = i;
  return separators[best];
}

/* ---- records ---- */

static void
begin_field (FilterCsv *csv)
{
  if (csv->starts->len > 0)
    g_string_append_c (csv->cells, '\0');
  g_array_append_val (csv->starts, csv->cells->len);
}

static void
begin_record (FilterCsv *csv, FilterCsvRecord *record)
{
  *record = (FilterCsvRecord){ .line = csv->line };
  g_string_truncate (csv->text, 0);
  g_string_truncate (csv->cells, 0);
  g_array_set_size (csv->starts, 0);
  begin_field (csv);
}

static void
blame (FilterCsvRecord *record, const char *wrong)
{
  if (record->wrong == NULL)
    record->wrong = wrong;
}

static void
finish_record (FilterCsv *csv, FilterCsvRecord *record)
{
  g_ptr_array_set_size (csv->fields, 0);
  for (guint i = 0; i < csv->starts->len; i++)
    g_ptr_array_add (csv->fields, csv->cells->str + g_array_index (csv->starts, gsize, i));
  g_ptr_array_add (csv->fields, NULL);
  record->fields = (const char *const *)csv->fields->pdata;
  record->n_fields = csv->starts->len;
  record->text = csv->text->str;
  record->length = csv->text->len;
  record->after = csv->before + csv->at;
  record->line_after = csv->line;
  if (memchr (csv->text->str, '\0', csv->text->len) != NULL)
    blame (record, "it holds a NUL octet");
  else if (!g_utf8_validate_len (csv->text->str, csv->text->len, NULL))
    blame (record, "it is not UTF-8; convert the file, as with iconv -f WINDOWS-1252 -t UTF-8");
}

static inline void
keep (FilterCsv *csv, FilterCsvRecord *record, char octet, gboolean in_cell)
{
  if (csv->text->len == FILTER_CSV_MOST)
    {
      blame (record, "it is longer than 1 MB");
      return;
    }
  g_string_append_c (csv->text, octet);
  if (in_cell)
    g_string_append_c (csv->cells, octet);
}

static State
next_state (const FilterCsv *csv, State state, int octet)
{
  gboolean quote = octet == '"' && csv->separator != FILTER_CSV_LINES;
  gboolean separates = octet == csv->separator;
  switch (state)
    {
    case FIELD:
      return separates ? FIELD : quote ? QUOTED : PLAIN;
    case PLAIN:
      return separates ? FIELD : PLAIN;
    case QUOTED:
      return quote ? CLOSED : QUOTED;
    case CLOSED:
      return separates ? FIELD : quote ? QUOTED : SKIPPED;
    case SKIPPED:
      return SKIPPED;
    }
  g_assert_not_reached ();
}

static State
take (FilterCsv *csv, FilterCsvRecord *record, State state, int octet)
{
  State next = next_state (csv, state, octet);
  keep (csv, record, (char)octet, next == PLAIN || (next == QUOTED && state != FIELD));
  if (state == CLOSED && next == SKIPPED)
    blame (record, "there is text behind a closing quotation mark");
  if (next == FIELD && record->wrong == NULL)
    begin_field (csv);
  return next;
}

/* A line ends here: LF, CRLF or CR, which is taken whole. */
static gboolean
take_line_end (FilterCsv *csv, int octet)
{
  if (octet != '\n' && octet != '\r')
    return FALSE;
  csv->at++;
  csv->line++;
  if (octet == '\r' && peek (csv) == '\n')
    csv->at++;
  return TRUE;
}

FilterCsvNext
filter_csv_next (FilterCsv *csv, FilterCsvRecord *record_out, GError **error)
{
  FilterCsvRecord record;
  State state = FIELD;
  if (csv->again)
    {
      csv->again = FALSE;
      *record_out = csv->last;
      return FILTER_CSV_RECORD;
    }
  begin_record (csv, &record);
  for (int octet; (octet = peek (csv)) >= 0;)
    {
      gboolean ends = take_line_end (csv, octet);
      if (ends && state == QUOTED)
        keep (csv, &record, '\n', TRUE);
      else if (ends && csv->text->len > 0)
        break;
      else if (ends)
        record.line = csv->line; /* a blank line */
      else
        {
          csv->at++;
          state = take (csv, &record, state, octet);
        }
    }
  if (csv->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&csv->error));
      return FILTER_CSV_TROUBLE;
    }
  if (csv->text->len == 0)
    return FILTER_CSV_END;
  if (state == QUOTED)
    record.wrong = "its quotation mark is never closed: nothing behind it could be read";
  finish_record (csv, &record);
  *record_out = csv->last = record;
  return FILTER_CSV_RECORD;
}

void
filter_csv_append (GString *out, const char *text, gsize length)
{
  gboolean bare = length > 0;
  for (gsize i = 0; i < length && bare; i++)
    bare = memchr ("\",;\t\r\n", text[i], 6) == NULL;
  if (bare && text[0] != ' ')
    {
      g_string_append_len (out, text, (gssize)length);
      return;
    }
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}
