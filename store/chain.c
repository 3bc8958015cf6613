/* chain.c - the chain of events. Each row's MAC is taken over the row before, the row's public columns and
 * the salted digest of its personal part; count and head are sealed under the same key. So nobody without the
 * key can alter, remove, insert, move or cut off a row unseen, and an erasure, which deletes personal part
 * and salt, leaves the chain whole. */
#include "internal.h"

#include <string.h>

#define SEAL ".ledger"
#define CHAIN "chain." /* and the number of a key: the scope of an event */

/* ---- digests and MACs ---- */

/* Without printf(), which would cost as much as the digest does. */
static void
add_number (GString *message, gint64 number, char end)
{
  char digits[24], *start = digits + sizeof digits;
  guint64 left = number < 0 ? -(guint64)number : (guint64)number;
  *--start = end;
  do
    *--start = (char)('0' + left % 10);
  while ((left /= 10) > 0);
  if (number < 0)
    *--start = '-';
  g_string_append_len (message, start, digits + sizeof digits - start);
}

/* One field, so that no two lists of fields are the same text: length and octets, or that it is absent. */
static void
add_field (GString *message, const char *field)
{
  if (field == NULL)
    {
      g_string_append (message, "-;");
      return;
    }
  gsize length = strlen (field);
  add_number (message, (gint64)length, ':');
  g_string_append_len (message, field, (gssize)length);
  g_string_append_c (message, ';');
}

char *
store_chain_mac (const StoreMac *chain, const char *head, const StoreEventRow *row)
{
  const StoreTable *table = &store_table_event;
  g_autoptr (GString) message = g_string_new ("event 1;");
  add_field (message, head);
  for (guint i = 0; strcmp (table->columns[i].name, "mac") != 0; i++)
    if (table->columns[i].type == STORE_NUMBER)
      add_number (message, *store_row_number (row, &table->columns[i]), ';');
    else
      add_field (message, *store_row_text (row, &table->columns[i]));
  return store_mac_hex (chain, message->str, message->len);
}

static char *
salted (const char *salt, const char *what, const char *one, const char *other)
{
  g_autoptr (GString) message = g_string_new (what);
  add_field (message, one);
  add_field (message, other);
  return store_mac_once (salt, strlen (salt), message->str, message->len);
}

char *
store_chain_evidence (const StorePersonRow *row)
{
  return salted (row->evidence_salt, "evidence 1;", row->details, NULL);
}

/* In rows of schema 1 the details stand in the digest themselves. */
char *
store_chain_digest (const StorePersonRow *row)
{
  return row->evidence == NULL ? salted (row->salt, "person 1;", row->address, row->details)
                               : salted (row->salt, "person 2;", row->address, row->evidence);
}

/* ---- the seal ---- */

static char *
seal_mac (GBytes *chain, const StoreSeal *seal)
{
  g_autoptr (GString) message = g_string_new ("seal 1;");
  add_number (message, seal->count, ';');
  add_number (message, seal->erased, ';');
  add_field (message, seal->head != NULL ? seal->head : "");
  gsize size;
  const void *key = g_bytes_get_data (chain, &size);
  return store_mac_once (key, size, message->str, message->len);
}

StoreMarkRow *
store_chain_seal (GBytes *chain, const StoreSeal *seal)
{
  g_autofree char *mac = seal_mac (chain, seal);
  StoreMarkRow *row = store_row_new (&store_table_mark);
  row->name = g_strdup (SEAL);
  row->value = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s", seal->count, seal->erased,
                                seal->head != NULL ? seal->head : "", mac);
  return row;
}

/* Which key was @mac made with? Newest first; n_chains: none of ours. */
static guint
find_chain (const Store *store, const StoreSeal *seal, const char *is)
{
  for (guint i = store->n_chains; i-- > 0;)
    {
      g_autofree char *mac = seal_mac (store->chains[i].key, seal);
      if (g_str_equal (mac, is))
        return i;
    }
  return store->n_chains;
}

/* Whoever has a key that was given up could cut the ledger off in front of the row that says so, and seal the
 * rest. */
gboolean
store_chain_read_seal (Store *store, StoreSeal *seal_out, const char **fault_out, GError **error)
{
  StoreFind find = { .table = &store_table_mark, .where = "name", .is.text = SEAL };
  g_autoptr (StoreMarkRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  g_auto (GStrv) part = g_strsplit (row != NULL ? row->value : "", " ", -1);
  *seal_out = (StoreSeal){ 0 };
  *fault_out = "the seal of the ledger does not verify under our key: missing, altered, or made with a key "
               "that this "
               "program did not find in the secret file when it was started";
  if (g_strv_length (part) != 4)
    return TRUE;
  seal_out->count = g_ascii_strtoll (part[0], NULL, 10);
  seal_out->erased = g_ascii_strtoll (part[1], NULL, 10);
  seal_out->head = g_strdup (part[2]);
  guint chain = find_chain (store, seal_out, part[3]);
  if (chain == store->n_chains)
    return TRUE;
  store->chain = chain;
  *fault_out = store->chains[chain].upto == 0 ? NULL
                                              : "the seal of the ledger was made with a key that is retired: "
                                                "it is a copy from before the key was "
                                                "changed, or forged";
  return TRUE;
}

/* ---- from one key to the next ---- */

guint
store_chain_named (const StoreEventRow *row)
{
  return g_str_equal (row->action, store_action_name (STORE_ACTION_KEYS)) && row->scope != NULL
                 && g_str_has_prefix (row->scope, CHAIN)
             ? (guint)g_ascii_strtoull (row->scope + strlen (CHAIN), NULL, 10)
             : 0;
}

gboolean
store_rekey (Store *store, StoreEvent *event, GError **error)
{
  g_autofree char *name = g_strdup_printf (CHAIN "%u", store->n_chains);
  StoreRecorded recorded;
  g_assert (event->action == STORE_ACTION_KEYS && g_strcmp0 (event->scope[0], name) == 0);
  if (!store_record (store, event, &recorded, NULL, error))
    return FALSE;
  store->chain = store->n_chains - 1;
  return TRUE;
}

gboolean
store_chain_number (Store *store, guint *number_out, GError **error)
{
  StoreSeal seal;
  const char *fault;
  if (!store_chain_read_seal (store, &seal, &fault, error))
    return FALSE;
  g_free (seal.head);
  if (fault != NULL)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CORRUPT, fault);
  else
    *number_out = store->chain + 1;
  return fault == NULL;
}
