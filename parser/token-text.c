/* token-text.c - octets as letters that survive every mail program, and addresses in few octets. */
#include "token.h"

#include <string.h>

#define DIGITS "abcdefghijklmnopqrstuvwxyz234567"
#define MAX_OCTETS (1 + 10 + 3 + 1 + PARSER_MAX_ADDRESS)
#define MAX_DIGITS ((MAX_OCTETS * 8 + 4) / 5)

/* ---- base32 (RFC 4648 section 6), in lower case ---- */

char *
parser_token_spell (const GByteArray *octets)
{
  GString *text = g_string_sized_new (strlen (PARSER_TOKEN_MARK) + octets->len * 8 / 5 + 2);
  guint bits = 0, held = 0;
  g_string_append (text, PARSER_TOKEN_MARK);
  for (guint i = 0; i < octets->len; i++)
    {
      bits = (bits << 8 | octets->data[i]) & 0xfff;
      for (held += 8; held >= 5; held -= 5)
        g_string_append_c (text, DIGITS[bits >> (held - 5) & 31]);
    }
  if (held > 0)
    g_string_append_c (text, DIGITS[bits << (5 - held) & 31]);
  return g_string_free (text, FALSE);
}

static int
digit_value (char letter)
{
  return g_ascii_isalpha (letter)         ? g_ascii_tolower (letter) - 'a'
         : letter >= '2' && letter <= '7' ? letter - '2' + 26
                                          : -1;
}

GByteArray *
parser_token_unspell (const char *text)
{
  if (g_ascii_strncasecmp (text, PARSER_TOKEN_MARK, strlen (PARSER_TOKEN_MARK)) != 0)
    return NULL;
  const char *digits = text + strlen (PARSER_TOKEN_MARK);
  gsize n = strnlen (digits, MAX_DIGITS + 1);
  guint bits = 0, held = 0;
  if (n > MAX_DIGITS)
    return NULL;
  g_autoptr (GByteArray) octets = g_byte_array_sized_new ((guint)(n * 5 / 8));
  for (gsize i = 0; i < n; i++)
    {
      int value = digit_value (digits[i]);
      if (value < 0)
        return NULL;
      bits = (bits << 5 | (guint)value) & 0xfff;
      held += 5;
      if (held < 8)
        continue;
      held -= 8;
      guint8 octet = (guint8)(bits >> held);
      g_byte_array_append (octets, &octet, 1);
    }
  /* one spelling for one token: what is left is less than a digit, and nothing */
  return held < 5 && (bits & ((1U << held) - 1)) == 0 ? g_steal_pointer (&octets) : NULL;
}

/* ---- addresses ----
 *
 * A code of six bits stands for a letter, or for an ending: the longest that fits. They are part of every
 * token that was ever sent, and so never changed. */

#define LETTERS "abcdefghijklmnopqrstuvwxyz0123456789.-_+@"
#define N_LETTERS (sizeof LETTERS - 1)

/* clang-format off */
static const char *const endings[] = {
  ".com", ".org", ".net", ".de", ".fr", ".co.uk", ".nl", ".it",
  "@gmail.com", "@yahoo.com", "@hotmail.com", "@outlook.com", "@icloud.com", "@aol.com", "@live.com",
  "@gmx.de", "@gmx.net", "@web.de", "@t-online.de", "@mail.ru", "@qq.com", "@163.com",
};
/* clang-format on */

G_STATIC_ASSERT (N_LETTERS + G_N_ELEMENTS (endings) == 63); /* 0 stands for nothing */

/* The code of what @text begins with, and the length of that; 0 when there is none. */
static guint
code_of (const char *text, gsize *length_out)
{
  const char *letter = strchr (LETTERS, *text);
  guint code = letter != NULL ? (guint)(letter - LETTERS) + 1 : 0;
  *length_out = 1;
  for (guint i = 0; i < G_N_ELEMENTS (endings) && strchr (".@", *text) != NULL; i++)
    if (strlen (endings[i]) > *length_out && g_str_has_prefix (text, endings[i]))
      {
        *length_out = strlen (endings[i]);
        code = N_LETTERS + i + 1;
      }
  return code;
}

/* FALSE when the address holds what no code stands for. */
static gboolean
pack_codes (GByteArray *octets, const char *address)
{
  guint bits = 0, held = 0;
  gsize length;
  for (; *address != '\0'; address += length)
    {
      guint code = code_of (address, &length);
      if (code == 0)
        return FALSE;
      bits = (bits << 6 | code) & 0xffff;
      held += 6;
      if (held < 8)
        continue;
      held -= 8;
      guint8 octet = (guint8)(bits >> held);
      g_byte_array_append (octets, &octet, 1);
    }
  guint8 last = (guint8)(bits << (8 - held));
  if (held > 0)
    g_byte_array_append (octets, &last, 1);
  return TRUE;
}

void
parser_token_pack (GByteArray *octets, const char *address)
{
  static const guint8 plain = 0;
  guint size = octets->len;
  if (pack_codes (octets, address))
    return;
  g_byte_array_set_size (octets, size);
  g_byte_array_append (octets, &plain, 1);
  g_byte_array_append (octets, (const guint8 *)address, (guint)strlen (address));
}

static void
append_code (GString *address, guint code)
{
  if (code > N_LETTERS)
    g_string_append (address, endings[code - N_LETTERS - 1]);
  else if (code > 0)
    g_string_append_c (address, LETTERS[code - 1]);
}

static char *
unpack_codes (const guint8 *octets, gsize size)
{
  GString *address = g_string_new (NULL);
  guint bits = 0, held = 0;
  for (gsize i = 0; i < size; i++)
    {
      bits = (bits << 8 | octets[i]) & 0xffff;
      for (held += 8; held >= 6; held -= 6)
        append_code (address, bits >> (held - 6) & 63);
    }
  return g_string_free (address, FALSE);
}

char *
parser_token_unpack (const guint8 *octets, gsize size)
{
  if (size == 0)
    return NULL;
  g_autofree char *address
      = octets[0] == 0 ? g_strndup ((const char *)octets + 1, size - 1) : unpack_codes (octets, size);
  g_autofree char *canonical = parser_address_canonical (address);
  return g_strcmp0 (canonical, address) == 0 ? g_steal_pointer (&address) : NULL;
}
