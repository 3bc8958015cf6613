/* armour.c - signatures that programs made, between rules of their own. */
#include "lines.h"

#include <string.h>

/* The lines of an armoured signature: no blanks in them but those of "Version: 2". */
static gboolean
is_armour (const ParserLine *line, const char *folded)
{
  return line->letter == 'E' || !memchr (folded, ' ', line->fold_length)
         || g_strstr_len (folded, MIN (line->fold_length, 20), ": ")
         || strncmp (folded, "-----end pgp", 12) == 0;
}

void
parser_armour_mark (ParserLines *lines)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < lines->n; i++)
    {
      ParserLine *line = &lines->line[i];
      const char *folded = parser_lines_fold (lines, i);

      if (line->letter == 'T' && strncmp (folded, "-----begin pgp signed", 21) == 0)
        line->letter = 'B';
      inside = (inside && is_armour (line, folded)) || strncmp (folded, "-----begin pgp signature", 24) == 0;
      if (inside && strchr ("TD", line->letter))
        line->letter = 'G';
      if (inside && strncmp (folded, "-----end pgp", 12) == 0)
        inside = FALSE;
    }
}
