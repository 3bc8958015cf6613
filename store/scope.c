/* scope.c - what an address is stopped of, taken together: for whoever cannot ask store_check() for each
 * category. */
#include "internal.h"

#include <string.h>

void
store_scope_clear (StoreScope *scope)
{
  g_clear_pointer (&scope->scope, g_strfreev);
  g_clear_pointer (&scope->except, g_strfreev);
}

static gboolean
add_standing (Store *store, const char *who, GPtrArray *standings, GError **error)
{
  GPtrArray *rows = store_standing_rows (store, who, error);
  if (rows != NULL)
    g_ptr_array_add (standings, rows);
  return rows != NULL;
}

/* The rows of @who, and those of each address linked with it. */
static gboolean
gather (Store *store, const char *who, GPtrArray *standings, GError **error)
{
  g_autoptr (GPtrArray) links = store_links_new ();
  if (!add_standing (store, who, standings, error))
    return FALSE;
  if (store->none_linked)
    return TRUE;
  g_autofree char *erased = store_is_address (who) ? store_pseudonym (store, who) : NULL;
  if (!store_links_read (store, who, links, error)
      || (erased != NULL && !store_links_read (store, erased, links, error)))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (!add_standing (store, ((StoreLink *)links->pdata[i])->other, standings, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_blocked (const GPtrArray *standings, const char *category)
{
  for (guint i = 0; i < standings->len; i++)
    {
      const GPtrArray *rows = standings->pdata[i];
      for (guint k = 0; k < rows->len; k++)
        if (store_standing_blocks (rows, rows->pdata[k], category))
          return TRUE;
    }
  return FALSE;
}

static gint64
oldest (const GPtrArray *standings)
{
  gint64 at = 0;
  for (guint i = 0; i < standings->len; i++)
    {
      const GPtrArray *rows = standings->pdata[i];
      for (guint k = 0; k < rows->len; k++)
        {
          const StoreStanding *row = rows->pdata[k];
          if (store_standing_blocks (rows, row, NULL) && (at == 0 || row->at < at))
            at = row->at;
        }
    }
  return at;
}

/* The categories that are named anywhere, each once. */
static GHashTable *
names_of (const GPtrArray *standings)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < standings->len; i++)
    {
      const GPtrArray *rows = standings->pdata[i];
      for (guint k = 0; k < rows->len; k++)
        {
          const StoreStanding *row = rows->pdata[k];
          if (!g_str_equal (row->category, STORE_EVERY))
            g_hash_table_add (names, row->category);
          for (char **name = row->except; *name != NULL; name++)
            g_hash_table_add (names, *name);
        }
    }
  return names;
}

/* Of the categories that are named, in order, those that are blocked, or those that are not. */
static char **
list_names (const GPtrArray *standings, gboolean blocked)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GHashTable) names = names_of (standings);
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc)strcmp);
  for (GList *l = sorted; l != NULL; l = l->next)
    if (is_blocked (standings, l->data) == blocked)
      g_ptr_array_add (list, g_strdup (l->data));
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_steal (list, NULL);
}

gboolean
store_scope_of (Store *store, const char *who, StoreScope *scope_out, GError **error)
{
  static const char *const every[] = { STORE_EVERY, NULL }, *const none[] = { NULL };
  g_autoptr (GPtrArray) standings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  if (!gather (store, who, standings, error))
    return FALSE;
  /* Of a category that nobody named: none has a line end in its name. */
  gboolean whole = is_blocked (standings, "\n");
  scope_out->scope = whole ? g_strdupv ((char **)every) : list_names (standings, TRUE);
  scope_out->except = whole ? list_names (standings, FALSE) : g_strdupv ((char **)none);
  scope_out->is_out = scope_out->scope[0] != NULL;
  scope_out->since_at = oldest (standings);
  return TRUE;
}
