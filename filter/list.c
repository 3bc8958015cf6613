/* list.c - a listing: a table for people, JSON lines or CSV for programs, from the same rows. */
#include "plain.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

struct FilterList
{
  FilterListFormat format;
  const char *const *columns;
  guint n_columns;
  FILE *out;
  GPtrArray *rows; /* of a table: char ** */
};

FilterList *
filter_list_new (FilterListFormat format, const char *const *columns)
{
  return filter_list_new_to (format, columns, stdout);
}

FilterList *
filter_list_new_to (FilterListFormat format, const char *const *columns, FILE *out)
{
  g_assert (format != FILTER_LIST_TABLE || out == stdout);
  FilterList *list = g_new0 (FilterList, 1);
  list->format = format;
  list->out = out;
  list->columns = columns;
  list->n_columns = g_strv_length ((char **)columns);
  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  if (format == FILTER_LIST_CSV)
    filter_list_row (list, columns);
  return list;
}

static void
append_csv (GString *out, const char *value)
{
  g_autofree char *text = filter_plain_text (value, -1, FALSE); /* H60: it may be a terminal after all */
  if (strpbrk (text, "\",") == NULL && *text != ' ')
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    g_string_append (out, *p == '"' ? "\"\"" : (char[]){ *p, '\0' });
  g_string_append_c (out, '"');
}

static void
print_row (const FilterList *list, const char *const *values)
{
  g_autoptr (GString) line = g_string_new (list->format == FILTER_LIST_JSON ? "{" : "");
  for (guint i = 0; i < list->n_columns; i++)
    if (list->format == FILTER_LIST_JSON)
      filter_json_member (line, list->columns[i], values[i]);
    else
      {
        if (i > 0)
          g_string_append_c (line, ',');
        append_csv (line, values[i] != NULL ? values[i] : "");
      }
  g_string_append (line, list->format == FILTER_LIST_JSON ? "}\n" : "\r\n");
  fwrite (line->str, 1, line->len, list->out);
}

void
filter_list_row (FilterList *list, const char *const *values)
{
  if (list->format != FILTER_LIST_TABLE)
    {
      print_row (list, values);
      return;
    }
  char **row = g_new0 (char *, list->n_columns + 1);
  for (guint i = 0; i < list->n_columns; i++)
    row[i] = filter_plain_text (values[i] != NULL ? values[i] : "-", -1, FALSE); /* H60 */
  g_ptr_array_add (list->rows, row);
}

static void
print_cells (const FilterList *list, const char *const *cells, const glong *widths)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (guint i = 0; i < list->n_columns; i++)
    {
      g_string_append (line, cells[i]);
      if (i + 1 < list->n_columns)
        for (glong width = g_utf8_strlen (cells[i], -1); width < widths[i] + 2; width++)
          g_string_append_c (line, ' ');
    }
  puts (line->str);
}

static void
print_table (const FilterList *list)
{
  g_autofree glong *widths = g_new0 (glong, list->n_columns);
  for (guint i = 0; i < list->n_columns; i++)
    {
      widths[i] = (glong)strlen (list->columns[i]);
      for (guint row = 0; row < list->rows->len; row++)
        widths[i] = MAX (widths[i], g_utf8_strlen (((char **)g_ptr_array_index (list->rows, row))[i], -1));
    }
  g_auto (GStrv) heads = g_strdupv ((char **)list->columns);
  for (char **head = heads; *head != NULL; head++)
    g_strdelimit (*head, "_", ' ');
  print_cells (list, (const char *const *)heads, widths);
  for (guint row = 0; row < list->rows->len; row++)
    print_cells (list, g_ptr_array_index (list->rows, row), widths);
}

void
filter_list_end (FilterList *list)
{
  if (list->format == FILTER_LIST_TABLE && list->rows->len > 0)
    print_table (list);
  fflush (list->out);
  g_ptr_array_unref (list->rows);
  g_free (list);
}
