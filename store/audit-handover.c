/* audit-handover.c - is every file that partners were handed noted as the ledger says, and confirmed only
 * when it says so? "Who was told, and when" is read from that list (R121). */
#include "internal.h"

struct StoreTelling
{
  GPtrArray *events;    /* ids of all HAND and ACKNOWLEDGE, in order */
  GHashTable *files;    /* the list: id of the HAND -> StoreHandoverRow, owned by @rows */
  GPtrArray *confirmed; /* rows whose HAND was met, in order; borrowed from @rows */
  GPtrArray *rows;
  gboolean blind; /* what an ACKNOWLEDGE says was removed: nobody knows any more what it confirmed */
};

StoreTelling *
store_telling_new (void)
{
  StoreTelling *telling = g_new0 (StoreTelling, 1);
  telling->events = g_ptr_array_new_with_free_func (g_free);
  telling->files = g_hash_table_new (g_str_hash, g_str_equal);
  telling->confirmed = g_ptr_array_new ();
  return telling;
}

void
store_telling_free (StoreTelling *telling)
{
  if (telling == NULL)
    return;
  g_ptr_array_unref (telling->events);
  g_hash_table_unref (telling->files);
  g_ptr_array_unref (telling->confirmed);
  g_clear_pointer (&telling->rows, g_ptr_array_unref);
  g_free (telling);
}

void
store_telling_row (StoreTelling *telling, const StoreEventRow *row)
{
  StoreAction action;
  if (store_action_from_name (row->action, &action)
      && (action == STORE_ACTION_HAND || action == STORE_ACTION_ACKNOWLEDGE))
    g_ptr_array_add (telling->events, g_strdup (row->id));
}

/* ---- at the end ---- */

static gboolean
says (const StoreEvent *event, const char *name, const char *text)
{
  return g_strcmp0 (store_event_detail (event, name), text) == 0;
}

/* An event whose details were removed as too old, or with an erased person's, says only that there was a
 * file. */
static gboolean
is_as_handed (const StoreHandoverRow *row, const StoreEvent *event)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, row->since_seq);
  g_autofree char *upto = g_strdup_printf ("%" G_GINT64_FORMAT, row->upto_seq);
  g_autofree char *entries = g_strdup_printf ("%" G_GINT64_FORMAT, row->entries);
  return store_event_detail (event, "partner") == NULL
         || (says (event, "partner", row->partner) && says (event, "number", number)
             && says (event, "kind", row->kind) && says (event, "since-seq", since)
             && says (event, "upto-seq", upto) && says (event, "entries", entries)
             && says (event, "sha256", row->sha256) && g_str_equal (event->by, row->actor)
             && event->received_at == row->made_at);
}

static void
follow_hand (StoreTelling *telling, const StoreEvent *event, char **fault_out)
{
  StoreHandoverRow *row = g_hash_table_lookup (telling->files, event->id);
  if (row == NULL && store_event_detail (event, "partner") == NULL)
    return; /* an export or a backup, or what nobody knows any more */
  if (row == NULL)
    *fault_out
        = g_strdup_printf ("what a partner was handed, event %s, is missing from the list of it", event->id);
  else if (!is_as_handed (row, event))
    *fault_out = g_strdup_printf ("file %" G_GINT64_FORMAT " of partner %s is not what its event %s says",
                                  row->number, row->partner, event->id);
  else
    g_ptr_array_add (telling->confirmed, row);
}

/* A row that is as confirmed needs no more: its time is taken away, and what has one at the end was not. */
static void
follow_acknowledge (StoreTelling *telling, const StoreEvent *event, char **fault_out)
{
  const char *partner = store_event_detail (event, "partner"), *text = store_event_detail (event, "at");
  const char *number = store_event_detail (event, "number");
  g_autoptr (GDateTime) at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  telling->blind = telling->blind || partner == NULL || number == NULL || at == NULL;
  for (guint i = telling->confirmed->len; !telling->blind && i-- > 0 && *fault_out == NULL;)
    {
      StoreHandoverRow *row = telling->confirmed->pdata[i];
      if (!g_str_equal (row->partner, partner) || row->number > g_ascii_strtoll (number, NULL, 10))
        continue;
      if (row->acked_at != g_date_time_to_unix (at))
        *fault_out
            = g_strdup_printf ("file %" G_GINT64_FORMAT " of partner %s is not confirmed as event %s says",
                               row->number, row->partner, event->id);
      row->acked_at = 0;
      g_ptr_array_remove_index (telling->confirmed, i);
    }
}

static gboolean
follow_events (Store *store, StoreTelling *telling, char **fault_out, GError **error)
{
  for (guint i = 0; i < telling->events->len && *fault_out == NULL; i++)
    {
      g_autoptr (StoreEvent) event = NULL;
      if (!store_event (store, telling->events->pdata[i], &event, error))
        return FALSE;
      if (event != NULL && event->action == STORE_ACTION_HAND)
        follow_hand (telling, event, fault_out);
      else if (event != NULL)
        follow_acknowledge (telling, event, fault_out);
      if (event != NULL)
        g_hash_table_remove (telling->files, event->id);
    }
  return TRUE;
}

static void
check_rest (StoreTelling *telling, char **fault_out)
{
  GHashTableIter iter;
  gpointer id, row;
  g_hash_table_iter_init (&iter, telling->files);
  if (*fault_out == NULL && g_hash_table_iter_next (&iter, &id, &row))
    *fault_out = g_strdup_printf ("file %" G_GINT64_FORMAT " of partner %s rests on no event of the ledger",
                                  ((StoreHandoverRow *)row)->number, ((StoreHandoverRow *)row)->partner);
  for (guint i = 0; i < telling->confirmed->len && *fault_out == NULL && !telling->blind; i++)
    {
      const StoreHandoverRow *file = telling->confirmed->pdata[i];
      if (file->acked_at != 0)
        *fault_out = g_strdup_printf ("file %" G_GINT64_FORMAT " of partner %s is confirmed, and the ledger "
                                      "does not say so",
                                      file->number, file->partner);
    }
}

/* What was handed and confirmed while we walked stands behind row @count. */
static gboolean
read_all (Store *store, StoreTelling *telling, gint64 count, char **fault_out, GError **error)
{
  const StoreValue after = { .number = count };
  const StoreFind later = { .table = &store_table_event, .order = "seq", .after = &after };
  g_auto (StoreWalk) events = { 0 };
  const StoreEventRow *event;
  if (!store_find (store, &(StoreFind){ .table = &store_table_handover }, &telling->rows, error)
      || !store_walk (store, &later, &events, error))
    return FALSE;
  for (guint i = 0; i < telling->rows->len; i++)
    g_hash_table_insert (telling->files, ((StoreHandoverRow *)telling->rows->pdata[i])->event,
                         telling->rows->pdata[i]);
  if (g_hash_table_size (telling->files) < telling->rows->len)
    *fault_out = g_strdup ("two files of partners rest on one event of the ledger");
  do
    {
      if (!store_step (&events, (gconstpointer *)&event, error))
        return FALSE;
      if (event != NULL)
        store_telling_row (telling, event);
    }
  while (event != NULL);
  return TRUE;
}

gboolean
store_telling_check (Store *store, StoreTelling *telling, gint64 count, char **fault_out, GError **error)
{
  if (!store_look (store, error))
    return FALSE;
  gboolean done = read_all (store, telling, count, fault_out, error)
                  && follow_events (store, telling, fault_out, error);
  store_look_away (store);
  if (done)
    check_rest (telling, fault_out);
  return done;
}
