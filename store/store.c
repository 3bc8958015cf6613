/* store.c - the door: opening by URL, transactions, marks, and the guard in front of every call of a backend.
 */
#include "internal.h"

#define PAGE 500

#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (store - error - quark, store_error)

/* ---- backends by the scheme of a URL ---- */

static const StoreBackend *const backends[] = { &store_sqlite, &store_memory, &store_fault };

const StoreBackend *
store_backend_find (const char *url, const char **where_out, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (backends); i++)
    {
      gsize length = strlen (backends[i]->scheme);
      if (strncmp (url, backends[i]->scheme, length) == 0 && url[length] == ':')
        {
          *where_out = url + length + 1;
          return backends[i];
        }
    }
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: no such kind of store; write sqlite:PATH",
               url);
  return NULL;
}

/* ---- opening ---- */

static void
check_keys (const StoreKeys *keys)
{
  g_assert (g_bytes_get_size (keys->suppression) == 32);
  g_assert (g_bytes_get_size (keys->chain) == 32);
  g_assert (keys->n_older < STORE_KEYS_MOST);
  for (guint i = 0; i < keys->n_older; i++)
    g_assert (g_bytes_get_size (keys->older[i].key) == 32);
}

gboolean
store_create (const char *url, const StoreKeys *keys, GError **error)
{
  const char *where;
  check_keys (keys);
  g_autoptr (StoreMarkRow) seal = store_chain_seal (keys->chain, &(StoreSeal){ 0 });
  const StoreBackend *backend = store_backend_find (url, &where, error);
  return backend != NULL && backend->create (where, seal, error);
}

/* The newest one counts, until a seal says otherwise: an empty ledger has it. */
static void
add_chain (Store *store, GBytes *key, gint64 upto)
{
  store->chain = store->n_chains++;
  store->chains[store->chain] = (StoreChain){ g_bytes_ref (key), store_mac_new (key), upto };
}

void
store_keys_of (const Store *store, StoreKeys *keys_out)
{
  *keys_out = (StoreKeys){ .suppression = store->suppression, .n_older = store->n_chains - 1 };
  for (guint i = 0; i < keys_out->n_older; i++)
    keys_out->older[i] = (StoreChainKey){ store->chains[i].key, store->chains[i].upto };
  keys_out->chain = store->chains[keys_out->n_older].key;
}

static Store *
open_store (const char *url, const StoreKeys *keys, const StoreOpening *how, GError **error)
{
  const char *where;
  const StoreBackend *backend = store_backend_find (url, &where, error);
  if (backend == NULL)
    return NULL;
  gpointer self = backend->open (where, how, error);
  if (self == NULL)
    return NULL;
  Store *store = g_new0 (Store, 1);
  store->backend = backend;
  store->self = self;
  store->suppression = g_bytes_ref (keys->suppression);
  for (guint i = 0; i < keys->n_older; i++)
    add_chain (store, keys->older[i].key, keys->older[i].upto);
  add_chain (store, keys->chain, 0);
  store->suppression_mac = store_mac_new (keys->suppression);
  store->pid = getpid ();
  store->read_only = how->read_only;
  store->voided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    store->forgotten[i] = g_ptr_array_new_with_free_func (g_free);
  return store;
}

Store *
store_open (const char *url, const StoreKeys *keys, guint timeout_ms, GError **error)
{
  check_keys (keys);
  g_autoptr (StoreMarkRow) seal = store_chain_seal (keys->chain, &(StoreSeal){ 0 });
  return open_store (url, keys, &(StoreOpening){ .timeout_ms = timeout_ms, .seal = seal }, error);
}

Store *
store_open_read (const char *url, const StoreKeys *keys, GError **error)
{
  check_keys (keys);
  g_autoptr (StoreMarkRow) seal = store_chain_seal (keys->chain, &(StoreSeal){ 0 });
  return open_store (url, keys, &(StoreOpening){ .read_only = TRUE, .seal = seal }, error);
}

void
store_close (Store *store)
{
  if (store == NULL)
    return;
  store_rollback (store);
  store->backend->close (store->self);
  g_bytes_unref (store->suppression);
  for (guint i = 0; i < store->n_chains; i++)
    {
      g_bytes_unref (store->chains[i].key);
      store_mac_free (store->chains[i].mac);
    }
  store_mac_free (store->suppression_mac);
  g_hash_table_unref (store->voided);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    g_ptr_array_unref (store->forgotten[i]);
  g_free (store);
}

/* ---- transactions ---- */

static void
check_process (const Store *store)
{
  g_assert (store->pid == getpid ()); /* R127 */
}

static void
end_transaction (Store *store)
{
  store->inside = store->broken = store->sealed = store->resealed = FALSE;
  g_clear_pointer (&store->seal.head, g_free);
  g_hash_table_remove_all (store->voided);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    g_ptr_array_set_size (store->forgotten[i], 0);
}

gboolean
store_begin (Store *store, GError **error)
{
  check_process (store);
  g_assert (!store->inside && !store->looking && !store->read_only);
  store->inside = store->backend->begin (store->self, error);
  return store->inside;
}

static gboolean
put_seal (Store *store, GError **error)
{
  if (!store->resealed)
    return TRUE;
  g_autoptr (StoreMarkRow) seal = store_chain_seal (store->chains[store->chain].key, &store->seal);
  return store_put (store, seal, error);
}

gboolean
store_commit (Store *store, GError **error)
{
  check_process (store);
  g_assert (store->inside && !store->broken);
  gboolean whole = store_void_settle (store, error) && put_seal (store, error);
  gboolean done = whole && store->backend->commit (store->self, error);
  if (!whole)
    store->backend->rollback (store->self);
  for (guint folder = 0; done && folder < STORE_FOLDERS; folder++)
    for (guint i = 0; i < store->forgotten[folder]->len; i++)
      store->backend->mail_drop (store->self, folder, store->forgotten[folder]->pdata[i]);
  end_transaction (store);
  return done;
}

void
store_rollback (Store *store)
{
  check_process (store);
  if (store->inside)
    store->backend->rollback (store->self);
  end_transaction (store);
}

/* ---- the guard ---- */

static gboolean
guard (Store *store, gboolean done)
{
  if (!done && store->inside)
    store->broken = TRUE;
  return done;
}

gboolean
store_fail (Store *store, StoreError code, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (STORE_ERROR, code, format, arguments));
  va_end (arguments);
  return guard (store, FALSE);
}

gboolean
store_put (Store *store, gconstpointer row, GError **error)
{
  check_process (store);
  g_assert (store->inside && !store->broken);
  return guard (store, store->backend->put (store->self, row, error));
}

gboolean
store_drop (Store *store, const StoreTable *table, const char *column, const char *is, GError **error)
{
  check_process (store);
  g_assert (store->inside && !store->broken);
  return guard (store, store->backend->drop (store->self, table, column, is, error));
}

gboolean
store_add (Store *store, gconstpointer row, gboolean *added_out, GError **error)
{
  check_process (store);
  g_assert (store->inside && !store->broken);
  return guard (store, store->backend->add (store->self, row, added_out, error));
}

gboolean
store_walk (Store *store, const StoreFind *find, StoreWalk *walk_out, GError **error)
{
  check_process (store);
  g_assert (!store->broken);
  gpointer rows = store->backend->walk (store->self, find, error);
  if (rows == NULL)
    return guard (store, FALSE);
  *walk_out = (StoreWalk){ store, rows };
  return TRUE;
}

gboolean
store_step (StoreWalk *walk, gconstpointer *row_out, GError **error)
{
  Store *store = walk->store;
  return guard (store, store->backend->step (store->self, walk->rows, row_out, error));
}

void
store_walk_clear (StoreWalk *walk)
{
  if (walk->store != NULL)
    walk->store->backend->leave (walk->store->self, walk->rows);
  *walk = (StoreWalk){ 0 };
}

gboolean
store_find (Store *store, const StoreFind *find, GPtrArray **rows_out, GError **error)
{
  g_auto (StoreWalk) walk = { 0 };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (store_row_free);
  gconstpointer row;
  if (!store_walk (store, find, &walk, error))
    return FALSE;
  do
    {
      if (!store_step (&walk, &row, error))
        return FALSE;
      if (row != NULL)
        g_ptr_array_add (rows, store_row_copy (row));
    }
  while (row != NULL);
  *rows_out = g_steal_pointer (&rows);
  return TRUE;
}

/* Does @table have no row that stands under a pseudonym? Those all stand together, behind their prefix. */
static gboolean
find_none_erased (Store *store, const StoreTable *table, gboolean *none_out, GError **error)
{
  const StoreValue prefix = { .text = "hmac:" };
  const StoreFind find = { .table = table, .order = "who", .after = &prefix };
  gpointer row = NULL;
  if (!store_find_one (store, &find, &row, error))
    return FALSE;
  *none_out
      = row == NULL || !g_str_has_prefix (*store_row_text (row, store_table_column (table, "who")), "hmac:");
  store_row_free (row);
  return TRUE;
}

static gboolean
look_around (Store *store, GError **error)
{
  gboolean standing, link;
  g_autoptr (StoreLinkRow) any = NULL;
  if (!find_none_erased (store, &store_table_standing, &standing, error)
      || !find_none_erased (store, &store_table_link, &link, error)
      || !store_find_one (store, &(StoreFind){ .table = &store_table_link }, (gpointer *)&any, error))
    return FALSE;
  store->none_erased = standing && link;
  store->none_linked = any == NULL;
  return TRUE;
}

gboolean
store_look (Store *store, GError **error)
{
  check_process (store);
  g_assert (!store->inside && !store->looking);
  store->looking = store_in_place (store, error) && store->backend->look (store->self, error);
  if (!store->looking)
    return FALSE;
  if (look_around (store, error))
    return TRUE;
  store_look_away (store);
  return FALSE;
}

void
store_look_away (Store *store)
{
  check_process (store);
  store->looking = store->none_erased = store->none_linked = FALSE;
  store->backend->look_away (store->self);
}

gboolean
store_find_one (Store *store, const StoreFind *find, gpointer *row_out, GError **error)
{
  g_auto (StoreWalk) walk = { 0 };
  StoreFind one = *find;
  gconstpointer row;
  one.most = 1;
  if (!store_walk (store, &one, &walk, error) || !store_step (&walk, &row, error))
    return FALSE;
  *row_out = row != NULL ? store_row_copy (row) : NULL;
  return TRUE;
}

gboolean
store_each_row (Store *store, const StoreTable *table, StoreRowFunc func, gpointer data, GError **error)
{
  const char *key = table->columns[0].name;
  g_autofree char *after = g_strdup ("");
  g_assert (table->n_key == 1);
  for (;;)
    {
      g_autoptr (GPtrArray) rows = NULL;
      StoreValue bound = { .text = after };
      StoreFind find = { .table = table, .order = key, .after = &bound, .most = PAGE };
      if (!store_find (store, &find, &rows, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!func (rows->pdata[i], data))
          return TRUE;
      if (rows->len < PAGE)
        return TRUE;
      g_free (after);
      after = g_strdup (*store_row_text (rows->pdata[PAGE - 1], &table->columns[0]));
    }
}

gboolean
store_count (Store *store, const StoreFind *find, guint64 *count_out, GError **error)
{
  check_process (store);
  g_assert (!store->broken);
  return guard (store, store->backend->count (store->self, find, count_out, error));
}

gboolean
store_mail_keep (Store *store, StoreFolder folder, const char *id, GBytes *mail, GError **error)
{
  check_process (store);
  g_assert (store->inside && !store->broken);
  return guard (store, store->backend->mail_keep (store->self, folder, id, mail, error));
}

gboolean
store_mail_read (Store *store, StoreFolder folder, const char *id, GBytes **mail_out, GError **error)
{
  check_process (store);
  g_assert (!store->broken);
  return guard (store, store->backend->mail_read (store->self, folder, id, mail_out, error));
}

gboolean
store_mail_list (Store *store, StoreFolder folder, char ***ids_out, GError **error)
{
  check_process (store);
  g_assert (!store->broken);
  return guard (store, store->backend->mail_list (store->self, folder, ids_out, error));
}

void
store_mail_forget (Store *store, StoreFolder folder, const char *id)
{
  g_assert (store->inside);
  g_ptr_array_add (store->forgotten[folder], g_strdup (id));
}

char *
store_hash (const Store *store, const char *text)
{
  return store_mac_hex (store->suppression_mac, text, strlen (text));
}

char *
store_pseudonym (const Store *store, const char *address)
{
  g_assert (store_is_address (address));
  g_autofree char *hash = store_hash (store, address);
  return g_strconcat ("hmac:", hash, NULL);
}

gboolean
store_in_place (Store *store, GError **error)
{
  check_process (store);
  return store->backend->in_place (store->self, error);
}

/* ---- marks ---- */

/* The seal of the ledger is a mark too: its name has a dot, so that nobody reaches it from outside. */
static void
check_mark (const char *name)
{
  g_assert (name[0] != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (name));
}

gboolean
store_mark_get (Store *store, const char *name, char **value_out, GError **error)
{
  g_autoptr (StoreMarkRow) row = NULL;
  check_mark (name);
  if (!store_find_one (store, &(StoreFind){ .table = &store_table_mark, .where = "name", .is.text = name },
                       (gpointer *)&row, error))
    return FALSE;
  *value_out = row != NULL ? g_steal_pointer (&row->value) : NULL;
  return TRUE;
}

gboolean
store_mark_set (Store *store, const char *name, const char *value, GError **error)
{
  check_mark (name);
  g_assert (store_is_text (value));
  StoreMarkRow row = { &store_table_mark, (char *)name, (char *)value };
  return store_put (store, &row, error);
}
