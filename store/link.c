/* link.c - two addresses of one person: rows from both sides, so that one look-up by either finds the other.
 */
#include "internal.h"

#include <string.h>

#define PAGE 1000

static void
link_free (gpointer data)
{
  StoreLink *link = data;
  g_free (link->other);
  g_free (link->event);
  g_free (link);
}

/* ---- reading ---- */

GPtrArray *
store_links_new (void)
{
  return g_ptr_array_new_with_free_func (link_free);
}

gboolean
store_links_read (Store *store, const char *who, GPtrArray *links, GError **error)
{
  StoreFind find = { .table = &store_table_link, .where = "who", .is.text = who };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreLinkRow *row = rows->pdata[i];
      StoreLink *link = g_new0 (StoreLink, 1);
      link->other = g_strdup (row->other);
      link->at = row->linked_at;
      link->event = g_strdup (row->event);
      g_ptr_array_add (links, link);
    }
  return TRUE;
}

gboolean
store_links (Store *store, const char *address, GPtrArray **links_out, GError **error)
{
  g_assert (store_is_address (address));
  g_autoptr (GPtrArray) links = store_links_new ();
  g_autofree char *erased = store->none_erased ? NULL : store_pseudonym (store, address);
  if (!store->none_linked
      && (!store_links_read (store, address, links, error)
          || (erased != NULL && !store_links_read (store, erased, links, error))))
    return FALSE;
  *links_out = g_steal_pointer (&links);
  return TRUE;
}

/* The link of @address to @other, under whatever name each stands; NULL when there is none. */
static gboolean
find_link (Store *store, const char *address, const char *other, char **event_out, GError **error)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autofree char *erased = store_pseudonym (store, other);
  if (!store_links (store, address, &links, error))
    return FALSE;
  *event_out = NULL;
  for (guint i = 0; i < links->len && *event_out == NULL; i++)
    {
      const StoreLink *link = links->pdata[i];
      if (g_str_equal (link->other, other) || g_str_equal (link->other, erased))
        *event_out = g_strdup (link->event);
    }
  return TRUE;
}

/* ---- writing ---- */

static gboolean
put_link (Store *store, const char *who, const char *other, const StoreEvent *event, GError **error)
{
  g_autoptr (StoreLinkRow) row = store_row_new (&store_table_link);
  row->who = g_strdup (who);
  row->other = g_strdup (other);
  row->linked_at = event->received_at;
  row->event = g_strdup (event->id);
  return store_put (store, row, error);
}

/* A spelling that was tied goes with both its rows, which bear one event; a link with the one of this side.
 */
static gboolean
drop_link (Store *store, const char *who, const char *other, GError **error)
{
  for (;;)
    {
      g_autofree char *event = NULL;
      if (!find_link (store, who, other, &event, error))
        return FALSE;
      if (event == NULL)
        return TRUE;
      if (!store_drop (store, &store_table_link, "event", event, error))
        return FALSE;
    }
}

gboolean
store_link_apply (Store *store, const StoreEvent *event, GError **error)
{
  const char *other = store_event_detail (event, "other");
  if (other == NULL)
    return TRUE; /* it was erased; the rows bear the pseudonym */
  return event->action == STORE_ACTION_LINK ? put_link (store, event->address, other, event, error)
                                            : drop_link (store, event->address, other, error);
}

/* The row of @who and @other, or NULL. */
static gboolean
find_row (Store *store, const char *who, const char *other, StoreLinkRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_link, .where = "who", .is.text = who };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  *row_out = NULL;
  for (guint i = 0; i < rows->len && *row_out == NULL; i++)
    if (g_str_equal (((StoreLinkRow *)rows->pdata[i])->other, other))
      *row_out = store_row_copy (rows->pdata[i]);
  return TRUE;
}

/* Both rows are read before either is dropped: those of a spelling bear one event. */
static gboolean
rename_link (Store *store, const char *who, const char *other, const char *name, GError **error)
{
  g_autoptr (StoreLinkRow) row = NULL, back = NULL;
  if (!find_row (store, who, other, &row, error) || !find_row (store, other, who, &back, error))
    return FALSE;
  if (row == NULL || back == NULL)
    return store_fail (store, STORE_ERROR_CORRUPT, error, "a link of %s stands from one side alone", who);
  if (!store_drop (store, &store_table_link, "event", row->event, error)
      || !store_drop (store, &store_table_link, "event", back->event, error))
    return FALSE;
  g_free (row->who);
  row->who = g_strdup (name);
  g_free (back->other);
  back->other = g_strdup (name);
  return store_put (store, row, error) && store_put (store, back, error);
}

static gboolean
rename_links (Store *store, const char *who, const char *name, GError **error)
{
  g_autoptr (GPtrArray) links = store_links_new ();
  if (!store_links_read (store, who, links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (!rename_link (store, who, ((const StoreLink *)links->pdata[i])->other, name, error))
      return FALSE;
  return TRUE;
}

gboolean
store_link_erase (Store *store, const char *address, GError **error)
{
  g_autofree char *name = store_pseudonym (store, address);
  return rename_links (store, address, name, error);
}

gboolean
store_link_return (Store *store, const char *address, GError **error)
{
  g_autofree char *name = store_pseudonym (store, address);
  return rename_links (store, name, address, error);
}

gboolean
store_link_spelling (Store *store, const StoreEvent *event, const char *spelling, GError **error)
{
  g_assert (store_is_address (spelling) && !g_str_equal (spelling, event->address));
  g_autofree char *earlier = NULL;
  if (!find_link (store, event->address, spelling, &earlier, error))
    return FALSE;
  return earlier != NULL
         || (put_link (store, event->address, spelling, event, error)
             && put_link (store, spelling, event->address, event, error));
}

/* ---- auditing ---- */

gboolean
store_link_take (Store *store, const char *id, GHashTable *links, GError **error)
{
  g_autoptr (StoreEvent) event = NULL;
  if (!store_event (store, id, &event, error))
    return FALSE;
  const char *other = event != NULL ? store_event_detail (event, "other") : NULL;
  if (other != NULL && event->action == STORE_ACTION_LINK)
    g_hash_table_insert (links, g_strdup (other), g_strdup (id));
  else if (other != NULL)
    g_hash_table_remove (links, other);
  return TRUE;
}

gboolean
store_link_audit (Store *store, const char *address, GHashTable *links, char **fault_out, GError **error)
{
  GHashTableIter iter;
  gpointer other, id;
  g_hash_table_iter_init (&iter, links);
  while (*fault_out == NULL && g_hash_table_iter_next (&iter, &other, &id))
    {
      g_autofree char *found = NULL;
      if (!find_link (store, address, other, &found, error))
        return FALSE;
      if (found == NULL)
        *fault_out = g_strdup_printf ("the link of %s with %s, event %s, is missing", address, (char *)other,
                                      (char *)id);
    }
  return TRUE;
}

/* Rows of one event may be parted by the end of a page: the event was looked for with the first. */
gboolean
store_link_audit_events (Store *store, char **fault_out, GError **error)
{
  g_autofree char *after = g_strdup ("");
  for (guint found = PAGE; found == PAGE && *fault_out == NULL;)
    {
      StoreValue bound = { .text = after };
      StoreFind find = { .table = &store_table_link, .order = "event", .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < found && *fault_out == NULL; i++)
        {
          const StoreLinkRow *row = rows->pdata[i];
          g_autoptr (StoreEvent) event = NULL;
          if (!store_event (store, row->event, &event, error))
            return FALSE;
          g_autoptr (StoreLinkRow) back = NULL;
          if (!find_row (store, row->other, row->who, &back, error))
            return FALSE;
          if (event == NULL)
            *fault_out = g_strdup_printf ("the link of %s with %s rests on no event of the ledger", row->who,
                                          row->other);
          else if (back == NULL)
            *fault_out
                = g_strdup_printf ("the link of %s with %s stands from one side alone", row->who, row->other);
          g_free (after);
          after = g_strdup (row->event);
        }
    }
  return TRUE;
}
