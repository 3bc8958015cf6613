/* shape.c - what ids, addresses and category names look like. Whoever hands in another shape has a bug. */
#include "internal.h"

#include <string.h>

static gboolean
is_made_of (const char *text, const char *set, gsize least, gsize most)
{
  gsize length = strlen (text);
  return length >= least && length <= most && strspn (text, set) == length;
}

gboolean
store_is_id (const char *text)
{
  return is_made_of (text, "0123456789abcdefghijklmnopqrstuvwxyz", 1, 64);
}

gboolean
store_is_digest (const char *text)
{
  return is_made_of (text, "0123456789abcdef", 64, 64);
}

gboolean
store_is_text (const char *text)
{
  return g_utf8_validate (text, -1, NULL);
}

gboolean
store_is_partner (const char *name)
{
  return is_made_of (name, "abcdefghijklmnopqrstuvwxyz0123456789-", 1, 64);
}

static gboolean
is_line (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return store_is_text (text);
}

gboolean
store_is_category (const char *text)
{
  gsize length = strlen (text);
  return length >= 1 && length <= 255 && is_line (text);
}

gboolean
store_is_address (const char *text)
{
  gsize length = strlen (text);
  const char *at = strrchr (text, '@');
  if (length < 3 || length > 320 || at == NULL || at == text || at[1] == '\0' || !is_line (text))
    return FALSE;
  for (const char *p = at; *p != '\0'; p++)
    if (g_ascii_isupper (*p))
      return FALSE;
  return TRUE;
}

gboolean
store_is_pseudonym (const char *text)
{
  return g_str_has_prefix (text, "hmac:") && store_is_digest (text + strlen ("hmac:"));
}

char *
store_list_join (char *const *names)
{
  return names == NULL || names[0] == NULL ? NULL : g_strjoinv ("\n", (char **)names);
}

char **
store_list_split (const char *text)
{
  return g_strsplit (text == NULL ? "" : text, "\n", -1);
}

gboolean
store_scope_covers (char *const *scope, char *const *except, const char *category)
{
  if (scope == NULL)
    return FALSE;
  if (g_strv_contains ((const char *const *)scope, category))
    return TRUE;
  return g_strv_contains ((const char *const *)scope, STORE_EVERY)
         && (except == NULL || !g_strv_contains ((const char *const *)except, category));
}
