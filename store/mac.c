/* mac.c - HMAC-SHA-256. Of what is recorded, and more so of what is verified, most of the time goes into it:
 * nettle uses the processor's own instructions for it. */
#include "internal.h"

#include <nettle/hmac.h>
#include <string.h>

struct StoreMac
{
  struct hmac_sha256_ctx context;
};

static char *
digest_hex (struct hmac_sha256_ctx *context)
{
  static const char digits[] = "0123456789abcdef";
  guint8 octets[SHA256_DIGEST_SIZE];
  char *hex = g_malloc (2 * sizeof octets + 1);
  hmac_sha256_digest (context, sizeof octets, octets);
  for (guint i = 0; i < sizeof octets; i++)
    {
      hex[2 * i] = digits[octets[i] >> 4];
      hex[2 * i + 1] = digits[octets[i] & 15];
    }
  hex[2 * sizeof octets] = '\0';
  return hex;
}

StoreMac *
store_mac_new (GBytes *key)
{
  gsize size;
  const guint8 *octets = g_bytes_get_data (key, &size);
  StoreMac *mac = g_new (StoreMac, 1);
  hmac_sha256_set_key (&mac->context, size, octets);
  return mac;
}

void
store_mac_free (StoreMac *mac)
{
  if (mac == NULL)
    return;
  explicit_bzero (mac, sizeof *mac);
  g_free (mac);
}

char *
store_mac_hex (const StoreMac *mac, const char *message, gsize length)
{
  StoreMac copy = *mac;
  hmac_sha256_update (&copy.context, length, (const guint8 *)message);
  return digest_hex (&copy.context);
}

char *
store_mac_once (const void *key, gsize size, const char *message, gsize length)
{
  struct hmac_sha256_ctx context;
  hmac_sha256_set_key (&context, size, key);
  hmac_sha256_update (&context, length, (const guint8 *)message);
  return digest_hex (&context);
}
