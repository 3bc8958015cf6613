/* keys.c - see keys.h */
#include "keys.h"

void
filter_keys_of (const FilterSecret *secret, StoreKeys *keys_out)
{
  guint n = secret->chains->len;
  *keys_out = (StoreKeys){ .suppression = secret->suppression, .chain = secret->chain, .n_older = n - 1 };
  for (guint i = 0; i + 1 < n; i++)
    {
      const FilterSecretKey *key = &g_array_index (secret->chains, FilterSecretKey, i);
      keys_out->older[i] = (StoreChainKey){ key->key, key->upto };
    }
}

StoreEvent *
filter_keys_event (const char *name, guint number, const char *by, const char *note)
{
  g_autoptr (GVariant) details = filter_admin_details ("note", note, NULL);
  StoreEvent *event = filter_admin_house_event (STORE_ACTION_KEYS, by, details);
  g_strfreev (event->scope);
  event->scope = g_new0 (char *, 2);
  event->scope[0] = g_strdup_printf ("%s.%u", name, number);
  return event;
}
