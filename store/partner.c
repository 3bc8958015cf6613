/* partner.c - partners, whom we tell who opted out, and what each calls an address: a hash under a key of its
 * own, so that a list that leaks says nothing to anybody else, and names whose it is (R104, R121). */
#include "internal.h"

#include <string.h>

StorePartner *
store_partner_new (void)
{
  return g_new0 (StorePartner, 1);
}

void
store_partner_free (StorePartner *partner)
{
  if (partner == NULL)
    return;
  g_free (partner->name);
  g_free (partner->seed);
  g_free (partner->by);
  g_free (partner->event);
  g_free (partner);
}

/* ---- the key ---- */

static GHmac *
derive (const Store *store, const char *name, gint64 generation)
{
  gsize size;
  const guchar *key = g_bytes_get_data (store->suppression, &size);
  /* What else is hashed under this key is an address, or a budget whose name begins otherwise. */
  g_autofree char *text = g_strdup_printf ("partner:%s:%" G_GINT64_FORMAT, name, generation);
  g_assert (store_is_partner (name) && generation > 0);
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, key, size);
  g_hmac_update (hmac, (const guchar *)text, -1);
  return hmac;
}

char *
store_partner_key (const Store *store, const char *name, gint64 generation)
{
  g_autoptr (GHmac) hmac = derive (store, name, generation);
  return g_strdup (g_hmac_get_string (hmac));
}

GBytes *
store_partner_key_octets (const Store *store, const char *name, gint64 generation)
{
  guint8 key[32];
  gsize size = sizeof key;
  g_autoptr (GHmac) hmac = derive (store, name, generation);
  g_hmac_get_digest (hmac, key, &size);
  return g_bytes_new (key, size);
}

char *
store_partner_hash (GBytes *key, const char *address)
{
  gsize size;
  const void *octets = g_bytes_get_data (key, &size);
  return store_mac_once (octets, size, address, strlen (address));
}

/* ---- rows ---- */

gboolean
store_partner_put (Store *store, const StorePartner *partner, GError **error)
{
  g_assert (store_is_partner (partner->name) && partner->generation > 0);
  g_assert (partner->seed == NULL || store_is_address (partner->seed));
  g_assert (store_is_text (partner->by) && store_is_id (partner->event));
  const StorePartnerRow row = {
    .table = &store_table_partner,
    .name = partner->name,
    .generation = partner->generation,
    .seed = partner->seed,
    .added_at = partner->added_at,
    .retired_at = partner->retired_at,
    .actor = partner->by,
    .event = partner->event,
  };
  return store_put (store, &row, error);
}

static StorePartner *
partner_from_row (const StorePartnerRow *row)
{
  StorePartner *partner = store_partner_new ();
  partner->name = g_strdup (row->name);
  partner->generation = row->generation;
  partner->seed = g_strdup (row->seed);
  partner->added_at = row->added_at;
  partner->retired_at = row->retired_at;
  partner->by = g_strdup (row->actor);
  partner->event = g_strdup (row->event);
  return partner;
}

gboolean
store_partner (Store *store, const char *name, StorePartner **partner_out, GError **error)
{
  StoreFind find = { .table = &store_table_partner, .where = "name", .is.text = name };
  g_autoptr (StorePartnerRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *partner_out = row != NULL ? partner_from_row (row) : NULL;
  return TRUE;
}

gboolean
store_partners (Store *store, GPtrArray **partners_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &(StoreFind){ .table = &store_table_partner }, &rows, error))
    return FALSE;
  *partners_out = g_ptr_array_new_with_free_func ((GDestroyNotify)store_partner_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (*partners_out, partner_from_row (rows->pdata[i]));
  return TRUE;
}

/* ---- erased addresses ---- */

gboolean
store_partner_remember (Store *store, const char *address, GError **error)
{
  g_autoptr (GPtrArray) partners = NULL;
  g_autofree char *who = store_pseudonym (store, address);
  if (!store_partners (store, &partners, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      const StorePartner *partner = partners->pdata[i];
      if (partner->retired_at != 0)
        continue;
      g_autoptr (GBytes) key = store_partner_key_octets (store, partner->name, partner->generation);
      g_autofree char *hash = store_partner_hash (key, address);
      const StorePartnerHashRow row
          = { &store_table_partner_hash, who, partner->name, partner->generation, hash };
      if (!store_put (store, &row, error))
        return FALSE;
    }
  return TRUE;
}
