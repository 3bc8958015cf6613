/* token.c - names of ours that nobody else can make: the Message-ID of a confirmation. */
#include "parser.h"

#include <string.h>

#define KEY_SIZE 32
#define MAC_DIGITS 32 /* 128 bits in hex */
#define EVENT_MAX 64
#define PREFIX "<optout."
#define EVENT_LETTERS "0123456789abcdefghijklmnopqrstuvwxyz"

static char *
event_mac (GBytes *key, const char *event)
{
  static const char purpose[] = "message-id"; /* with its NUL: a MAC for one purpose is none for another */
  gsize size;
  const guchar *octets = g_bytes_get_data (key, &size);
  g_assert (size == KEY_SIZE);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, octets, size);
  g_hmac_update (hmac, (const guchar *)purpose, sizeof purpose);
  g_hmac_update (hmac, (const guchar *)event, (gssize)strlen (event));
  return g_strndup (g_hmac_get_string (hmac), MAC_DIGITS);
}

/* R56: takes the same time wherever the first difference is. */
static gboolean
same_digits (const char *a, const char *b)
{
  guint difference = 0;
  for (guint i = 0; i < MAC_DIGITS; i++)
    difference |= (guint)(a[i] ^ b[i]);
  return difference == 0;
}

char *
parser_token_message_id (GBytes *key, const char *event, const char *domain)
{
  gsize length = strspn (event, EVENT_LETTERS);
  g_assert (length > 0 && length <= EVENT_MAX && event[length] == '\0');
  g_autofree char *mac = event_mac (key, event);
  return g_strconcat (PREFIX, event, ".", mac, "@", domain, ">", NULL);
}

char *
parser_token_event (GBytes *key, const char *message_id)
{
  if (!g_str_has_prefix (message_id, PREFIX))
    return NULL;
  const char *event = message_id + strlen (PREFIX);
  gsize length = strspn (event, EVENT_LETTERS);
  if (length == 0 || length > EVENT_MAX || event[length] != '.')
    return NULL;
  const char *mac = event + length + 1;
  if (strspn (mac, "0123456789abcdef") != MAC_DIGITS || mac[MAC_DIGITS] != '@')
    return NULL;

  g_autofree char *name = g_strndup (event, length);
  g_autofree char *right = event_mac (key, name);
  return same_digits (mac, right) ? g_steal_pointer (&name) : NULL;
}
