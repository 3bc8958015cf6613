/* held.c - mails that wait for a person. */
#include "internal.h"

StoreHeld *
store_held_new (void)
{
  return g_new0 (StoreHeld, 1);
}

void
store_held_free (StoreHeld *held)
{
  if (held == NULL)
    return;
  g_free (held->id);
  g_free (held->address);
  g_free (held->why);
  g_free (held->summary);
  g_free (held->sender);
  g_free (held->recipient);
  g_free (held->decision);
  g_free (held->by);
  g_free (held->event);
  g_free (held);
}

static StoreHeld *
held_from_row (const StoreHeldRow *row)
{
  StoreHeld *held = store_held_new ();
  held->id = g_strdup (row->id);
  held->address = g_strdup (row->address);
  held->why = g_strdup (row->why);
  held->summary = g_strdup (row->summary);
  held->sender = g_strdup (row->sender);
  held->recipient = g_strdup (row->recipient);
  held->held_at = row->held_at;
  held->decided_at = row->decided_at;
  held->decision = g_strdup (row->decision);
  held->by = g_strdup (row->actor);
  held->event = g_strdup (row->event);
  return held;
}

static void
check_held (const StoreHeld *held)
{
  g_assert (held->id != NULL && store_is_id (held->id));
  g_assert (held->address == NULL || store_is_address (held->address));
  g_assert (held->why != NULL && store_is_text (held->why));
  g_assert (held->summary != NULL && store_is_text (held->summary));
  g_assert (held->sender == NULL || store_is_text (held->sender));
  g_assert (held->recipient == NULL || store_is_text (held->recipient));
  g_assert (held->event == NULL || store_is_id (held->event));
}

static gboolean
find_held (Store *store, const char *id, StoreHeldRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_held, .where = "id", .is.text = id };
  return store_find_one (store, &find, (gpointer *)row_out, error);
}

gboolean
store_hold (Store *store, const StoreHeld *held, GBytes *mail, GError **error)
{
  g_autoptr (StoreHeldRow) known = NULL, row = store_row_new (&store_table_held);
  check_held (held);
  g_assert (store->inside);
  if (!find_held (store, held->id, &known, error))
    return FALSE;
  if (known != NULL)
    return TRUE;
  row->id = g_strdup (held->id);
  row->address = g_strdup (held->address);
  row->why = g_strdup (held->why);
  row->summary = g_strdup (held->summary);
  row->sender = g_strdup (held->sender);
  row->recipient = g_strdup (held->recipient);
  row->held_at = held->held_at;
  row->event = g_strdup (held->event);
  return store_mail_keep (store, STORE_FOLDER_HELD, held->id, mail, error) && store_put (store, row, error);
}

gboolean
store_held_list (Store *store, gboolean all, GPtrArray **held_out, GError **error)
{
  StoreFind find = { .table = &store_table_held, .where = all ? NULL : "decided_at", .order = "held_at" };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  *held_out = g_ptr_array_new_with_free_func ((GDestroyNotify)store_held_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (*held_out, held_from_row (rows->pdata[i]));
  return TRUE;
}

typedef struct
{
  StoreHeldFunc func;
  gpointer data;
} Each;

static gboolean
each_held (gconstpointer row, gpointer data)
{
  const Each *each = data;
  g_autoptr (StoreHeld) held = held_from_row (row);
  return each->func (held, each->data);
}

gboolean
store_each_held (Store *store, StoreHeldFunc func, gpointer data, GError **error)
{
  return store_each_row (store, &store_table_held, each_held, &(Each){ func, data }, error);
}

gboolean
store_held_get (Store *store, const char *id, StoreHeld **held_out, GBytes **mail_out, GError **error)
{
  g_autoptr (StoreHeldRow) row = NULL;
  g_autoptr (GBytes) mail = NULL;
  if (!find_held (store, id, &row, error))
    return FALSE;
  if (row != NULL && row->decided_at == 0 && mail_out != NULL)
    {
      if (!store_mail_read (store, STORE_FOLDER_HELD, id, &mail, error))
        return FALSE;
      if (mail == NULL)
        return store_fail (store, STORE_ERROR_UNAVAILABLE, error,
                           "the mail held as %s is gone from its folder", id);
    }
  *held_out = row != NULL ? held_from_row (row) : NULL;
  if (mail_out != NULL)
    *mail_out = g_steal_pointer (&mail);
  return TRUE;
}

gboolean
store_held_decide (Store *store, const char *id, const char *decision, const char *by, gint64 now,
                   GError **error)
{
  g_autoptr (StoreHeldRow) row = NULL;
  g_assert (store->inside && now != 0);
  g_assert (g_str_equal (decision, "accept") || g_str_equal (decision, "reject"));
  g_assert (store_is_text (by));
  if (!find_held (store, id, &row, error))
    return FALSE;
  if (row == NULL || row->decided_at != 0)
    return TRUE; /* decided already: the first decision stands */
  row->decided_at = now;
  row->decision = g_strdup (decision);
  row->actor = g_strdup (by);
  store_mail_forget (store, STORE_FOLDER_HELD, id);
  return store_put (store, row, error);
}

gboolean
store_held_raise (Store *store, const char *hold, const StoreEvent *event, GError **error)
{
  return store_standing_release (store, hold, error)
         && store_held_decide (store, hold, "accept", event->by, event->recorded_at, error);
}
