/* table.c - writes tables for the compiler */
#include "table.h"

#include <stdio.h>

#define LINE 8 /* numbers */

void
parser_table_write (const char *name, const GArray *numbers)
{
  printf ("static const char %s[] = \"\"\n", name);
  for (guint i = 0; i < numbers->len; i++)
    {
      guint64 number = g_array_index (numbers, guint64, i);
      printf (i % LINE == 0 ? "\"" : "");
      for (guint k = 0; k < sizeof number; k++, number >>= 8)
        if (g_ascii_isalnum ((char)(number & 0xFF)))
          putchar ((int)(number & 0xFF));
        else
          printf ("\\%03o", (guint)(number & 0xFF));
      printf (i % LINE == LINE - 1 || i + 1 == numbers->len ? "\"\n" : "");
    }
  printf (";\n");
}
