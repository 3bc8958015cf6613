/* token-find.c - what may be a token, in text of any kind. */
#include "token.h"

#include <string.h>

#define MIN_LENGTH 30 /* of the shortest token: of a@b */
#define CONFIRMATION "optout."
#define EVENT_MAX 64
#define MAC_DIGITS 32

static gboolean
is_digit (char c)
{
  return g_ascii_isalpha (c) || (c >= '2' && c <= '7');
}

/* "%2Foo..." and "=3Doo...": what an escape stands for is no part of it. */
static gsize
skip_escape (const char *text, gsize at)
{
  gboolean escape = at > 0 && (text[at - 1] == '%' || text[at - 1] == '=') && g_ascii_isxdigit (text[at])
                    && g_ascii_isxdigit (text[at + 1]);
  return escape ? at + 2 : at;
}

gboolean
parser_token_next (const char *text, gsize from, gsize *start_out, gsize *end_out)
{
  for (gsize at = from; text[at] != '\0';)
    {
      gsize start = skip_escape (text, at), end = start;
      while (is_digit (text[end]))
        end++;
      if (end - start >= MIN_LENGTH
          && g_ascii_strncasecmp (text + start, PARSER_TOKEN_MARK, strlen (PARSER_TOKEN_MARK)) == 0)
        {
          *start_out = start;
          *end_out = end;
          return TRUE;
        }
      at = MAX (end, at + 1);
    }
  return FALSE;
}

char *
parser_token_find (const char *text)
{
  gsize start, end;
  return parser_token_next (text, 0, &start, &end) ? g_strndup (text + start, end - start) : NULL;
}

/* optout.EVENT.MAC of the Message-ID of a confirmation. */
static gboolean
confirmation_next (const char *text, gsize from, gsize *start_out, gsize *end_out)
{
  for (const char *at = text + from; (at = strstr (at, CONFIRMATION)) != NULL; at++)
    {
      const char *event = at + strlen (CONFIRMATION);
      gsize length = strspn (event, "0123456789abcdefghijklmnopqrstuvwxyz");
      if (length == 0 || length > EVENT_MAX || event[length] != '.'
          || strspn (event + length + 1, "0123456789abcdef") != MAC_DIGITS)
        continue;
      *start_out = (gsize)(at - text);
      *end_out = (gsize)(event - text) + length + 1 + MAC_DIGITS;
      return TRUE;
    }
  return FALSE;
}

static char *
replace (const char *text, gboolean (*next) (const char *text, gsize from, gsize *start_out, gsize *end_out))
{
  GString *clean = g_string_new (NULL);
  gsize at = 0, start, end;
  for (; next (text, at, &start, &end); at = end)
    {
      g_string_append_len (clean, text + at, (gssize)(start - at));
      g_string_append (clean, "[token]");
    }
  g_string_append (clean, text + at);
  return g_string_free (clean, FALSE);
}

char *
parser_token_strip (const char *text)
{
  g_autofree char *clean = replace (text, parser_token_next);
  return replace (clean, confirmation_next);
}
