/* address.c - see address.h */
#include "address.h"
#include "parser.h"

#include <string.h>

char *
filter_address_canonical (const char *text)
{
  return parser_address_canonical (text);
}

char *
filter_address_base (const char *canonical)
{
  return parser_address_base (canonical);
}

char *
filter_address_unicode (const char *canonical)
{
  return parser_address_unicode (canonical);
}

char *
filter_address_quoted (const char *canonical)
{
  static const char special[] = " ()<>[]:;,\\\"@";
  const char *at = strrchr (canonical, '@');
  gsize length = at != NULL ? (gsize)(at - canonical) : strlen (canonical);
  gboolean dots = *canonical == '.' || (length > 0 && canonical[length - 1] == '.')
                  || g_strstr_len (canonical, (gssize)length, "..") != NULL;
  if (*canonical == '"' || (!dots && strcspn (canonical, special) >= length))
    return g_strdup (canonical);
  GString *out = g_string_new ("\"");
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, strchr ("\"\\", canonical[i]) != NULL ? "\\%c" : "%c", canonical[i]);
  g_string_append_c (out, '"');
  g_string_append (out, canonical + length);
  return g_string_free (out, FALSE);
}

char *
filter_address_dotless (const char *canonical, const char *const *domains)
{
  const char *at = strrchr (canonical, '@');
  if (at == NULL || domains == NULL || !g_strv_contains (domains, at + 1))
    return NULL;
  gsize whole = strcspn (canonical, "+@");
  g_autoptr (GString) name = g_string_new_len (canonical, (gssize)whole);
  g_string_replace (name, ".", "", 0);
  if (name->len == 0 || name->len == whole)
    return NULL;
  g_string_append (name, canonical + whole);
  return g_strdup (name->str);
}

char *
filter_address_mailbox (const char *canonical, const char *const *domains)
{
  g_autofree char *base = filter_address_base (canonical);
  const char *name = base != NULL ? base : canonical;
  char *dotless = filter_address_dotless (name, domains);
  return dotless != NULL ? dotless : g_strdup (name);
}
