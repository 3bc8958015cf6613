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
