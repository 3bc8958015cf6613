/* address-lines.h - addresses on standard input, one a line, for commands that take them by the million. */
#ifndef FILTER_ADDRESS_LINES_H
#define FILTER_ADDRESS_LINES_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *command; /* who complains */
  guint64 number;      /* of the line that was read last, from 1 */
  guint64 malformed;   /* lines that were left out */
} FilterAddressLines;

/**
 * filter_address_lines_next - the next address; what is none is complained of, counted and left out
 * @text_out: as it came, without blanks around it   @address_out: canonical; the caller frees both
 * FALSE: there is none, or standard input cannot be read (ferror(3)).
 */
gboolean filter_address_lines_next (FilterAddressLines *lines, char **text_out, char **address_out);

G_END_DECLS

#endif
