/* test-csv.c - records of CSV and of lines, whatever the file holds */
#include "csv.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define AUTO 0
#define LINES FILTER_CSV_LINES

/* Records are shown as "LINE:field|field"; a wrong one as "LINE!why". */
static const struct
{
  const char *name;
  const char *octets;
  gssize length; /* -1: a string */
  int separator;
  const char *records;
} cases[] = {
  /* clang-format off */
  { "fields and lines", "a,b\n1,2\n", -1, AUTO, "1:a|b 2:1|2" },
  { "the last line needs no end", "a,b\n1,2", -1, AUTO, "1:a|b 2:1|2" },
  { "CRLF", "a,b\r\n1,2\r\n", -1, AUTO, "1:a|b 2:1|2" },
  { "CR alone", "a,b\r1,2\r", -1, AUTO, "1:a|b 2:1|2" },
  { "line ends in turn", "a\r\nb\nc\rd", -1, AUTO, "1:a 2:b 3:c 4:d" },
  { "blank lines are passed over and counted", "\n\r\na\n\n\nb\n", -1, AUTO, "3:a 6:b" },
  { "empty fields", ",\na,,b\n,,\n", -1, AUTO, "1:| 2:a||b 3:||" },
  { "semicolons", "a;b,c;d\n", -1, AUTO, "1:a|b,c|d" },
  { "tabs", "a\tb\tc,d\n", -1, AUTO, "1:a|b|c,d" },
  { "separators in quotation marks do not count", "\"a;b;c\",d\n", -1, AUTO, "1:a;b;c|d" },
  { "quotation marks", "\"a\",\"b \"\"c\"\"\",\"\"\n", -1, AUTO, "1:a|b \"c\"|" },
  { "a line end within them", "\"a\nb\",c\r\nd,e\n", -1, AUTO, "1:a\nb|c 3:d|e" },
  { "CRLF within them", "\"a\r\nb\",c\nd,e\n", -1, AUTO, "1:a\nb|c 3:d|e" },
  { "one inside a field stands for itself", "a\"b,5\" screen\n", -1, AUTO, "1:a\"b|5\" screen" },
  { "text behind a closing one", "\"a\"b,c\nd,e\n", -1, AUTO, "1!there is text behind a closing quotation mark 2:d|e" },
  { "a stray one spoils its own line alone", "\"a\",\"he said \"hi\"\",\"x\"\n\"b\",\"c\",\"d\"\n", -1, AUTO,
    "1!there is text behind a closing quotation mark 2:b|c|d" },
  { "one that is never closed", "a,b\n\"c,d\ne,f\n", -1, AUTO,
    "1:a|b 2!its quotation mark is never closed: nothing behind it could be read" },
  { "NUL", "a,b\nc\0d,e\nf,g\n", 14, AUTO, "1:a|b 2!it holds a NUL octet 3:f|g" },
  { "no UTF-8", "a,b\nM\374ller,e\nf,g\n", -1, AUTO,
    "1:a|b 2!it is not UTF-8; convert the file, as with iconv -f WINDOWS-1252 -t UTF-8 3:f|g" },
  { "UTF-8", "M\303\274ller,\346\227\245\n", -1, AUTO, "1:M\303\274ller|\346\227\245" },
  { "lines as they stand", "{\"a\":\"b,c\"}\r\n\"x\n\ny\n", -1, LINES, "1:{\"a\":\"b,c\"} 2:\"x 4:y" },
  { "a NUL is no separator of lines", "a\0b\n", 4, LINES, "1!it holds a NUL octet" },
  { "nothing", "", -1, AUTO, "" },
  { "nothing but blank lines", "\r\n\n\r", -1, AUTO, "" },
  /* clang-format on */
};

static int
file_of (const char *octets, gsize length)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("optout-csv-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, octets, length), ==, (gssize)length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  g_unlink (path);
  return fd;
}

static void
show (GString *shown, const FilterCsvRecord *record)
{
  g_string_append_printf (shown, "%s%" G_GUINT64_FORMAT "%c", shown->len > 0 ? " " : "", record->line,
                          record->wrong != NULL ? '!' : ':');
  if (record->wrong != NULL)
    g_string_append (shown, record->wrong);
  for (guint i = 0; record->wrong == NULL && i < record->n_fields; i++)
    g_string_append_printf (shown, "%s%s", i > 0 ? "|" : "", record->fields[i]);
  g_assert_null (record->fields[record->n_fields]);
}

static FilterCsv *
reader (int fd, int separator)
{
  FilterCsv *csv = filter_csv_new (fd);
  const char *octets;
  gsize length;
  g_assert_true (filter_csv_peek (csv, &octets, &length, NULL));
  filter_csv_set_separator (csv, separator == AUTO ? filter_csv_separator (octets, length) : separator);
  return csv;
}

static void
test_records (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize length = cases[i].length < 0 ? strlen (cases[i].octets) : (gsize)cases[i].length;
  int fd = file_of (cases[i].octets, length);
  g_autoptr (FilterCsv) csv = reader (fd, cases[i].separator);
  g_autoptr (GString) shown = g_string_new (NULL);
  FilterCsvRecord record;
  while (filter_csv_next (csv, &record, NULL) == FILTER_CSV_RECORD)
    {
      filter_csv_again (csv);
      g_assert_cmpint (filter_csv_next (csv, &record, NULL), ==, FILTER_CSV_RECORD);
      show (shown, &record);
    }
  g_assert_cmpstr (shown->str, ==, cases[i].records);
  close (fd);
}

/* Behind each record of a file another reader goes on as the first one did. */
static void
test_seek (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize length = cases[i].length < 0 ? strlen (cases[i].octets) : (gsize)cases[i].length;
  int fd = file_of (cases[i].octets, length), other = file_of (cases[i].octets, length);
  g_autoptr (FilterCsv) csv = reader (fd, cases[i].separator), again = reader (other, cases[i].separator);
  FilterCsvRecord record, seen;
  g_assert_cmpint (lseek (other, 0, SEEK_END), ==, (gssize)length);
  guint64 after = 0, line = 1;
  while (filter_csv_next (csv, &record, NULL) == FILTER_CSV_RECORD)
    {
      g_autoptr (GString) one = g_string_new (NULL), two = g_string_new (NULL);
      g_assert_true (filter_csv_seek (again, after, line));
      g_assert_cmpint (filter_csv_next (again, &seen, NULL), ==, FILTER_CSV_RECORD);
      show (one, &record);
      show (two, &seen);
      g_assert_cmpstr (one->str, ==, two->str);
      after = record.after;
      line = record.line_after;
    }
  close (fd);
  close (other);
}

/* A record of @size octets between two short ones, with @octet in it. */
static void
check_long (gsize size, char octet, const char *begin, const char *wrong)
{
  g_autoptr (GString) octets = g_string_new ("a\n");
  g_string_append (octets, begin);
  while (octets->len < size + 2)
    g_string_append_c (octets, octet);
  g_string_append (octets, *begin != '\0' ? "\"\nb\n" : "\nb\n");
  int fd = file_of (octets->str, octets->len);
  g_autoptr (FilterCsv) csv = reader (fd, ',');
  FilterCsvRecord record;
  g_assert_cmpint (filter_csv_next (csv, &record, NULL), ==, FILTER_CSV_RECORD);
  g_assert_cmpint (filter_csv_next (csv, &record, NULL), ==, FILTER_CSV_RECORD);
  g_assert_cmpstr (record.wrong, ==, wrong);
  g_assert_cmpuint (record.length, <=, FILTER_CSV_MOST);
  g_assert_cmpint (filter_csv_next (csv, &record, NULL), ==, FILTER_CSV_RECORD);
  g_assert_cmpstr (record.fields[0], ==, "b");
  g_assert_null (record.wrong);
  close (fd);
}

static void
test_long (void)
{
  check_long (FILTER_CSV_MOST, 'x', "", NULL);
  check_long (FILTER_CSV_MOST + 1, 'x', "", "it is longer than 1 MB");
  check_long (3 * FILTER_CSV_MOST, ',', "", "it is longer than 1 MB");
  check_long (3 * FILTER_CSV_MOST, '\n', "\"", "it is longer than 1 MB");
}

static void
test_trouble (void)
{
  int fd = open (".", O_RDONLY | O_DIRECTORY);
  g_autoptr (FilterCsv) csv = filter_csv_new (fd);
  g_autoptr (GError) error = NULL;
  FilterCsvRecord record;
  g_assert_cmpint (filter_csv_next (csv, &record, &error), ==, FILTER_CSV_TROUBLE);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  close (fd);
}

static void
test_append (void)
{
  static const char *const fields[][2]
      = { { "a", "a" },          { "", "\"\"" },       { " a", "\" a\"" },
          { "a,b", "\"a,b\"" },  { "a;b", "\"a;b\"" }, { "say \"a\"", "\"say \"\"a\"\"\"" },
          { "a\nb", "\"a\nb\"" } };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      filter_csv_append (out, fields[i][0], strlen (fields[i][0]));
      g_assert_cmpstr (out->str, ==, fields[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/csv/", cases[i].name, NULL);
      g_autofree char *seek = g_strconcat ("/csv/gone on with: ", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_records);
      g_test_add_data_func (seek, GSIZE_TO_POINTER (i), test_seek);
    }
  g_test_add_func ("/csv/a record over 1 MB is refused and passed over", test_long);
  g_test_add_func ("/csv/a directory cannot be read", test_trouble);
  g_test_add_func ("/csv/a field is written in quotation marks where it needs them", test_append);
  return g_test_run ();
}
