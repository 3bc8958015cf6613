/* address-lines.c - see address-lines.h */
#include "address-lines.h"
#include "address.h"
#include "commands.h"
#include "outcome.h"

#include <stdio.h>

#define LINE_MOST 4096 /* octets; no address is so long */

/* The next line, without its end. *whole_out is FALSE when it holds a NUL or is too long; what is too long is
 * left out. FALSE: there is none. */
static gboolean
read_line (char *line_out, gboolean *whole_out)
{
  gsize length = 0;
  int c = getc_unlocked (stdin);
  if (c == EOF)
    return FALSE;
  for (*whole_out = TRUE; c != EOF && c != '\n'; c = getc_unlocked (stdin))
    {
      *whole_out = *whole_out && c != '\0' && length < LINE_MOST;
      if (length < LINE_MOST)
        line_out[length++] = (char)c;
    }
  line_out[length] = '\0';
  return TRUE;
}

gboolean
filter_address_lines_next (FilterAddressLines *lines, char **text_out, char **address_out)
{
  char buffer[LINE_MOST + 1];
  gboolean whole;
  while (read_line (buffer, &whole))
    {
      const char *text = g_strstrip (buffer);
      lines->number++;
      if (*text == '\0' && whole)
        continue;
      char *address = whole ? filter_address_canonical (text) : NULL;
      if (address != NULL)
        {
          *text_out = g_strdup (text);
          *address_out = address;
          return TRUE;
        }
      lines->malformed++;
      filter_complain (FILTER_EXIT_USAGE, lines->command,
                       "line %" G_GUINT64_FORMAT ": not an e-mail address; left out", lines->number);
    }
  return FALSE;
}
