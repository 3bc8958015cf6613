/* plain.c - see plain.h */
#include "plain.h"

#include <string.h>

static gboolean
is_plain (gunichar c, gboolean lines)
{
  if (c == '\n' || c == '\t')
    return lines;
  switch ((int)g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return FALSE;
    default:
      return TRUE;
    }
}

char *
filter_plain_text (const char *text, gssize length, gboolean lines)
{
  const char *end = text + (length < 0 ? (gssize)strlen (text) : length);
  GString *plain = g_string_sized_new ((gsize)(end - text) + 1);
  while (text < end)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);
      if (c == 0 || c == (gunichar)-1 || c == (gunichar)-2) /* GLib has no NUL within a length */
        g_string_append_printf (plain, "\\x%02x", (guchar)*text++);
      else
        {
          const char *next = g_utf8_next_char (text);
          gboolean line_end = lines && c == '\r' && next < end && *next == '\n';
          if (is_plain (c, lines))
            g_string_append_len (plain, text, next - text);
          else if (!line_end)
            g_string_append_printf (plain, "\\u{%04x}", c);
          text = next;
        }
    }
  return g_string_free (plain, FALSE);
}
