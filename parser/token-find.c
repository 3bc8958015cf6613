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

/* Behind the soft line break of a text that is quoted-printable still, as staff may see it. */
static gsize
skip_break (const char *text, gsize at)
{
  gsize end = at + (text[at] == '=');
  end += end > at && text[end] == '\r';
  return end > at && text[end] == '\n' ? end + 1 : at;
}

/* The end of the digits that begin at @start, and how many they are if the mark is in front: else 0. */
static guint
read_digits (const char *text, gsize start, gsize *end_out)
{
  guint n = 0;
  gboolean marked = TRUE;
  gsize end = start;
  for (gsize at = start; is_digit (text[at]); at = marked ? skip_break (text, end) : end)
    {
      marked
          = marked && (n >= strlen (PARSER_TOKEN_MARK) || g_ascii_tolower (text[at]) == PARSER_TOKEN_MARK[n]);
      n++;
      end = at + 1;
    }
  *end_out = end;
  return marked ? n : 0;
}

gboolean
parser_token_next (const char *text, gsize from, gsize *start_out, gsize *end_out)
{
  for (gsize at = from; text[at] != '\0';)
    {
      gsize start = skip_escape (text, at), end;
      if (read_digits (text, start, &end) >= MIN_LENGTH)
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
