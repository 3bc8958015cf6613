/* table.h - the tables that are computed while building: numbers of 64 bits
 *
 * They stand in the source as the octets of a string, the least first, which compilers read in a thirtieth of
 * the time that a list of as many numbers takes. */
#ifndef PARSER_TABLE_H
#define PARSER_TABLE_H

#include <glib.h>
#include <string.h>

/* Writes the definition of @name, a table of @numbers (guint64), to standard output; for lexc.c and learn.c. */
void parser_table_write (const char *name, const GArray *numbers);

static inline guint64
parser_table_number (const char *table, gsize index)
{
  guint64 number;
  memcpy (&number, table + index * sizeof number, sizeof number);
  return GUINT64_FROM_LE (number);
}

/* Of a table, which ends with one octet more. */
#define PARSER_TABLE_LENGTH(table) (sizeof (table) / sizeof (guint64))

#endif
