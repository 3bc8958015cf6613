/* misread.c - UTF-8 that a program on the way took for windows-1252 and wrote as UTF-8 once more ("Ã¤" for
 * "ä"): undone line by line, where a whole line can be */
#include <string.h>

#include "internal.h"

#define FIRST_CONTROL 0x80
#define SIGN 0xc3 /* begins what the first octet, 0xc2 to 0xf4, of any character became */

/* What windows-1252 has at 0x80 to 0x9f; 0: nothing, and then the control character is left. */
static const gunichar high[32]
    = { 0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
        0x2039, 0x152,  0,      0x17d,  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178 };

/* The octet that was read as @c; -1: none is. */
static int
octet_of (gunichar c)
{
  for (guint i = 0; c > 0xff && i < G_N_ELEMENTS (high); i++)
    if (high[i] == c)
      return (int)(FIRST_CONTROL + i);
  return c <= 0xff ? (int)c : -1;
}

/* The line as it was; NULL when it is no such line. */
static char *
undo_line (const char *line, gsize length)
{
  if (memchr (line, SIGN, length) == NULL)
    return NULL;
  g_autofree char *octets = g_malloc (length + 1);
  gsize n = 0;
  for (const char *p = line; p < line + length; p = g_utf8_next_char (p))
    {
      int octet = octet_of (g_utf8_get_char (p));
      if (octet < 0)
        return NULL;
      octets[n++] = (char)octet;
    }
  octets[n] = '\0';
  return g_utf8_validate (octets, (gssize)n, NULL) ? g_steal_pointer (&octets) : NULL;
}

char *
parser_undo_misread (char *text, gsize *length)
{
  GString *out = NULL;
  gsize line = 0;
  while (line < *length)
    {
      const char *end = memchr (text + line, '\n', *length - line);
      gsize next = end != NULL ? (gsize)(end - text) + 1 : *length;
      g_autofree char *undone = undo_line (text + line, next - line);
      if (undone != NULL && out == NULL)
        out = g_string_new_len (text, (gssize)line);
      if (out != NULL)
        g_string_append_len (out, undone != NULL ? undone : text + line,
                             undone != NULL ? (gssize)strlen (undone) : (gssize)(next - line));
      line = next;
    }
  if (out == NULL)
    return text;
  g_free (text);
  *length = out->len;
  return g_string_free (out, FALSE);
}
