/* json.c - JSON, written in order. */
#include "report.h"

#include <string.h>

static void
append_character (GString *out, const char *at, const char *next)
{
  guchar octet = (guchar)*at;
  if (octet == '"' || octet == '\\')
    g_string_append_printf (out, "\\%c", octet);
  else if (octet == '\n')
    g_string_append (out, "\\n");
  else if (octet == '\t')
    g_string_append (out, "\\t");
  else if (octet < 0x20 || octet == 0x7f || (octet == 0xc2 && (guchar)at[1] < 0xa0)) /* C1 too (H60) */
    g_string_append_printf (out, "\\u%04x", g_utf8_get_char (at));
  else
    g_string_append_len (out, at, next - at);
}

void
filter_json_string (GString *out, const char *text)
{
  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    append_character (out, at, g_utf8_next_char (at));
  g_string_append_c (out, '"');
}

void
filter_json_name (GString *out, const char *name)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '{';
  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
  filter_json_string (out, name);
  g_string_append_c (out, ':');
}

void
filter_json_member (GString *out, const char *name, const char *text)
{
  filter_json_name (out, name);
  filter_json_string (out, text);
}

void
filter_json_number (GString *out, const char *name, gint64 number)
{
  filter_json_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

void
filter_json_strings (GString *out, const char *name, const char *const *list)
{
  filter_json_name (out, name);
  g_string_append_c (out, '[');
  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      filter_json_string (out, list[i]);
    }
  g_string_append_c (out, ']');
}

char *
filter_time_text (gint64 at)
{
  if (at == 0)
    return NULL;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}
