/* trace.c - our trace field in front of a mail's header. Octets in, octets out: nothing is parsed into a tree
 * (R16). */
#include "trace.h"

#include <string.h>

#define FIELD "Optout-Verdict"

/* Start of the line after the one at @at. */
static const char *
next_line (const char *at, const char *end)
{
  const char *newline = memchr (at, '\n', (gsize)(end - at));
  return newline != NULL ? newline + 1 : end;
}

static gboolean
is_empty_line (const char *at, const char *next)
{
  return (next - at == 1 && at[0] == '\n') || (next - at == 2 && at[0] == '\r' && at[1] == '\n');
}

static gboolean
is_our_field (const char *at, const char *next)
{
  gsize length = strlen (FIELD);
  if ((gsize)(next - at) <= length || g_ascii_strncasecmp (at, FIELD, length) != 0)
    return FALSE;
  for (at += length; at < next && (*at == ' ' || *at == '\t'); at++)
    ;
  return at < next && *at == ':';
}

static const char *
line_end_of (const char *at, const char *next)
{
  return next - at >= 2 && next[-1] == '\n' && next[-2] == '\r' ? "\r\n" : "\n";
}

GBytes *
filter_trace_add (GBytes *octets, const char *value)
{
  gsize size;
  const char *at = g_bytes_get_data (octets, &size);
  const char *end = at + size;
  const char *next = size > 0 ? next_line (at, end) : at;
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint)size + 256);
  g_autofree char *field = g_strconcat (FIELD ": ", value, line_end_of (at, next), NULL);
  if (size >= 5 && memcmp (at, "From ", 5) == 0)
    {
      g_byte_array_append (out, (const guint8 *)at, (guint)(next - at));
      at = next;
    }
  /* a continuation line that continues nothing must not continue ours */
  for (; at < end && (*at == ' ' || *at == '\t') && memchr (at, '\n', (gsize)(end - at)) != NULL; at = next)
    {
      next = next_line (at, end);
      g_byte_array_append (out, (const guint8 *)at, (guint)(next - at));
    }
  g_byte_array_append (out, (const guint8 *)field, (guint)strlen (field));
  for (gboolean ours = FALSE; at < end; at = next)
    {
      next = next_line (at, end);
      if (is_empty_line (at, next))
        break;
      if (*at != ' ' && *at != '\t')
        ours = is_our_field (at, next);
      if (!ours)
        g_byte_array_append (out, (const guint8 *)at, (guint)(next - at));
    }
  g_byte_array_append (out, (const guint8 *)at, (guint)(end - at));
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
