/* token.c - names of ours that nobody else can make: tokens, and the Message-ID of a confirmation.
 *
 * The octets of a token are its head (purpose and number of the key), the MAC of head and content, and the
 * content, enciphered. The MAC is what the key stream is made from, as in SIV (RFC 5297): so the same token
 * is made for the same person again, nothing need be kept, and two that differ share no key stream. */
#include "token.h"

#include <string.h>

#define KEY_SIZE 32
#define BLOCK_SIZE 32 /* of HMAC-SHA-256 */
#define HEAD_SIZE 1
#define MAC_SIZE 10
#define CONTENT_AT (HEAD_SIZE + MAC_SIZE)
#define CATEGORY_SIZE 3
#define EVENT_SIZE 16
#define MAX_NUMBER 63
#define MAC_DIGITS 32 /* 128 bits in hex */
#define EVENT_MAX 64
#define EVENT_LETTERS "0123456789abcdefghijklmnopqrstuvwxyz"

/* A MAC for one use is none for another: @use is bound with its NUL. */
static GHmac *
hmac_new (GBytes *key, const char *use)
{
  gsize size;
  const guchar *octets = g_bytes_get_data (key, &size);
  g_assert (size == KEY_SIZE);
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, octets, size);
  g_hmac_update (hmac, (const guchar *)use, (gssize)strlen (use) + 1);
  return hmac;
}

/* R56: takes the same time wherever the first difference is. */
static gboolean
same_octets (const void *a, const void *b, gsize size)
{
  const guint8 *left = a, *right = b;
  guint difference = 0;
  for (gsize i = 0; i < size; i++)
    difference |= (guint)(left[i] ^ right[i]);
  return difference == 0;
}

/* ---- tokens ---- */

guint32
parser_token_category (const char *name)
{
  if (name == NULL)
    return 0;
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  digest[2 * CATEGORY_SIZE] = '\0';
  return MAX ((guint32)g_ascii_strtoull (digest, NULL, 16), 1);
}

static void
token_mac (GBytes *key, const guint8 *octets, gsize size, guint8 mac_out[MAC_SIZE])
{
  g_autoptr (GHmac) hmac = hmac_new (key, "token");
  guint8 block[BLOCK_SIZE];
  gsize length = sizeof block;
  g_hmac_update (hmac, octets, HEAD_SIZE);
  g_hmac_update (hmac, octets + CONTENT_AT, (gssize)(size - CONTENT_AT));
  g_hmac_get_digest (hmac, block, &length);
  memcpy (mac_out, block, MAC_SIZE);
}

/* Enciphers the content, or deciphers it: the stream is the same. */
static void
cipher (GBytes *key, GByteArray *octets)
{
  guint8 block[BLOCK_SIZE], count = 0;
  for (guint at = CONTENT_AT; at < octets->len; count++)
    {
      g_autoptr (GHmac) hmac = hmac_new (key, "token-stream");
      gsize length = sizeof block;
      g_hmac_update (hmac, octets->data + HEAD_SIZE, MAC_SIZE);
      g_hmac_update (hmac, &count, 1);
      g_hmac_get_digest (hmac, block, &length);
      for (guint i = 0; i < BLOCK_SIZE && at < octets->len; i++, at++)
        octets->data[at] ^= block[i];
    }
}

static GByteArray *
token_begin (guint number, ParserTokenPurpose purpose)
{
  g_assert (number <= MAX_NUMBER);
  GByteArray *octets = g_byte_array_sized_new (64);
  g_byte_array_set_size (octets, CONTENT_AT);
  octets->data[0] = (guint8)((guint)purpose << 6 | number);
  return octets;
}

static char *
token_end (GBytes *key, GByteArray *octets)
{
  guint8 mac[MAC_SIZE];
  token_mac (key, octets->data, octets->len, mac);
  memcpy (octets->data + HEAD_SIZE, mac, MAC_SIZE);
  cipher (key, octets);
  return parser_token_spell (octets);
}

char *
parser_token_make (GBytes *key, guint number, ParserTokenPurpose purpose, const char *address,
                   const char *category)
{
  guint32 named = parser_token_category (category);
  const guint8 names[CATEGORY_SIZE] = { (guint8)(named >> 16), (guint8)(named >> 8), (guint8)named };
  g_assert (purpose != PARSER_TOKEN_ANSWER && strlen (address) <= PARSER_MAX_ADDRESS);
  g_autoptr (GByteArray) octets = token_begin (number, purpose);
  g_byte_array_append (octets, names, sizeof names);
  parser_token_pack (octets, address);
  return token_end (key, octets);
}

char *
parser_token_make_answer (GBytes *key, guint number, const char *event)
{
  g_autoptr (GByteArray) octets = token_begin (number, PARSER_TOKEN_ANSWER);
  g_assert (strlen (event) == 2 * EVENT_SIZE && strspn (event, "0123456789abcdef") == 2 * EVENT_SIZE);
  for (guint i = 0; i < EVENT_SIZE; i++)
    {
      guint8 octet
          = (guint8)(g_ascii_xdigit_value (event[2 * i]) << 4 | g_ascii_xdigit_value (event[2 * i + 1]));
      g_byte_array_append (octets, &octet, 1);
    }
  return token_end (key, octets);
}

/* The octets of @text when they can be those of a token. */
static GByteArray *
octets_of (const char *text)
{
  g_autoptr (GByteArray) octets = parser_token_unspell (text);
  if (octets == NULL || octets->len <= CONTENT_AT + CATEGORY_SIZE)
    return NULL;
  guint purpose = octets->data[0] >> 6;
  gboolean answer = purpose == PARSER_TOKEN_ANSWER;
  return purpose <= PARSER_TOKEN_ANSWER && (!answer || octets->len == CONTENT_AT + EVENT_SIZE)
             ? g_steal_pointer (&octets)
             : NULL;
}

int
parser_token_number (const char *text)
{
  g_autoptr (GByteArray) octets = octets_of (text);
  return octets != NULL ? octets->data[0] & MAX_NUMBER : -1;
}

static char *
event_of (const guint8 *octets)
{
  GString *event = g_string_sized_new (2 * EVENT_SIZE);
  for (guint i = 0; i < EVENT_SIZE; i++)
    g_string_append_printf (event, "%02x", octets[i]);
  return g_string_free (event, FALSE);
}

ParserToken *
parser_token_read (GBytes *key, const char *text)
{
  guint8 mac[MAC_SIZE];
  g_autoptr (GByteArray) octets = octets_of (text);
  if (octets == NULL)
    return NULL;
  cipher (key, octets);
  token_mac (key, octets->data, octets->len, mac);
  if (!same_octets (mac, octets->data + HEAD_SIZE, MAC_SIZE))
    return NULL;

  const guint8 *content = octets->data + CONTENT_AT;
  g_autoptr (ParserToken) token = g_new0 (ParserToken, 1);
  token->purpose = octets->data[0] >> 6;
  if (token->purpose == PARSER_TOKEN_ANSWER)
    {
      token->event = event_of (content);
      return g_steal_pointer (&token);
    }
  token->category = (guint32)content[0] << 16 | (guint32)content[1] << 8 | content[2];
  token->address = parser_token_unpack (content + CATEGORY_SIZE, octets->len - CONTENT_AT - CATEGORY_SIZE);
  return token->address != NULL ? g_steal_pointer (&token) : NULL;
}

void
parser_token_free (ParserToken *token)
{
  if (token == NULL)
    return;
  g_free (token->address);
  g_free (token->event);
  g_free (token);
}

/* ---- the Message-ID of a confirmation ---- */

static char *
event_mac (GBytes *key, const char *event)
{
  g_autoptr (GHmac) hmac = hmac_new (key, "message-id");
  g_hmac_update (hmac, (const guchar *)event, (gssize)strlen (event));
  return g_strndup (g_hmac_get_string (hmac), MAC_DIGITS);
}

char *
parser_token_message_id (GBytes *key, const char *event, const char *domain)
{
  gsize length = strspn (event, EVENT_LETTERS);
  g_assert (length > 0 && length <= EVENT_MAX && event[length] == '\0');
  g_autofree char *mac = event_mac (key, event);
  return g_strconcat (PARSER_OUR_ID, event, ".", mac, "@", domain, ">", NULL);
}

char *
parser_token_event (GBytes *key, const char *message_id)
{
  if (!g_str_has_prefix (message_id, PARSER_OUR_ID))
    return NULL;
  const char *event = message_id + strlen (PARSER_OUR_ID);
  gsize length = strspn (event, EVENT_LETTERS);
  if (length == 0 || length > EVENT_MAX || event[length] != '.')
    return NULL;
  const char *mac = event + length + 1;
  if (strspn (mac, "0123456789abcdef") != MAC_DIGITS || mac[MAC_DIGITS] != '@')
    return NULL;

  g_autofree char *name = g_strndup (event, length);
  g_autofree char *right = event_mac (key, name);
  return same_octets (mac, right, MAC_DIGITS) ? g_steal_pointer (&name) : NULL;
}
