/* void.c - events that turned out not to be their person's: forged ones (H42). They stay in the ledger, and
 * what holds follows from the others. */
#include "internal.h"

/* No mail's key is made so, and each event has one such key: void twice is void once. */
static char *
key_of (const char *id)
{
  g_autofree char *text = g_strconcat ("void\n", id, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
can_be_void (const StoreEvent *event)
{
  return event != NULL && event->address != NULL
         && (event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_OPT_IN
             || event->action == STORE_ACTION_HOLD || store_action_is_request (event->action));
}

/* What was about to tell its person of it; what is out is out. */
static gboolean
drop_reply (Store *store, const char *event, GError **error)
{
  g_autoptr (StoreReply) reply = NULL;
  return store_reply_of (store, event, &reply, error)
         && (reply == NULL || reply->state != STORE_REPLY_WAITING
             || store_drop (store, &store_table_reply, "id", reply->id, error));
}

static void
fill (StoreEvent *event, const StoreEvent *other)
{
  g_assert (event->address == NULL && event->related == NULL && event->key == NULL);
  event->address = g_strdup (other->address);
  g_strfreev (event->scope);
  event->scope = g_strdupv (other->scope);
  event->except = g_strdupv (other->except);
  event->related = g_strdup (other->id);
  event->key = key_of (other->id);
}

gboolean
store_void (Store *store, const char *id, StoreEvent *event, gboolean *done_out, GError **error)
{
  g_autoptr (StoreEvent) other = NULL, earlier = NULL;
  StoreRecorded recorded;
  g_assert (event->action == STORE_ACTION_VOID);
  if (!store_event (store, id, &other, error) || !store_void_of (store, id, &earlier, error))
    return FALSE;
  if (!can_be_void (other) || earlier != NULL)
    {
      *done_out = FALSE;
      return TRUE;
    }
  fill (event, other);
  if (!store_record (store, event, &recorded, NULL, error) || !drop_reply (store, id, error)
      || (other->action == STORE_ACTION_HOLD
          && !store_held_decide (store, id, "reject", event->by, event->recorded_at, error)))
    return FALSE;
  g_hash_table_add (store->voided, g_strdup (other->address));
  *done_out = TRUE;
  return TRUE;
}

gboolean
store_void_of (Store *store, const char *id, StoreEvent **event_out, GError **error)
{
  g_autofree char *key = key_of (id);
  return store_event_by_key (store, key, event_out, error);
}

gboolean
store_void_settle (Store *store, GError **error)
{
  GHashTableIter iter;
  gpointer address;
  g_hash_table_iter_init (&iter, store->voided);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    if (!store_standing_fold (store, store, address, error))
      return FALSE;
  return TRUE;
}
