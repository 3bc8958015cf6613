/* wish.c - what an event changes in the standing of its address: rows are put, and held wishes released. What
 * of them holds is worked out when it is asked (standing.c). */
#include "internal.h"

static gboolean
is_newer (const StoreStandingRow *row, const StoreStandingRow *old)
{
  if (row->received_at != old->received_at)
    return row->received_at > old->received_at;
  return row->is_out > old->is_out;
}

static gboolean put_row (Store *store, const StoreStandingRow *row, GError **error);

/* Of two rows for "*" the later one is kept. A category that it excepts and the other covered goes on
 * standing as the other says, by a row of its own; otherwise "all but offers" would undo an earlier "nothing
 * at all" for offers. */
static gboolean
carve_out (Store *store, const StoreStandingRow *kept, const StoreStandingRow *other, GError **error)
{
  g_auto (GStrv) excepted = store_list_split (kept->kept), uncovered = store_list_split (other->kept);
  for (guint i = 0; excepted[i] != NULL; i++)
    {
      if (g_strv_contains ((const char *const *)uncovered, excepted[i]))
        continue;
      g_autoptr (StoreStandingRow) row = store_row_copy (other);
      g_free (row->category);
      row->category = g_strdup (excepted[i]);
      g_clear_pointer (&row->kept, g_free);
      if (!put_row (store, row, error))
        return FALSE;
    }
  return TRUE;
}

/* Put @row, unless there is a later one of the same address, category, reason and hold. */
static gboolean
put_row (Store *store, const StoreStandingRow *row, GError **error)
{
  StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = row->who };
  g_autoptr (GPtrArray) rows = NULL;
  const StoreStandingRow *old = NULL;
  gboolean added;
  if (!store_add (store, row, &added, error) || (!added && !store_find (store, &find, &rows, error)))
    return FALSE;
  if (added)
    return TRUE;
  for (guint i = 0; i < rows->len && old == NULL; i++)
    {
      const StoreStandingRow *candidate = rows->pdata[i];
      if (g_str_equal (candidate->category, row->category) && g_str_equal (candidate->reason, row->reason)
          && g_str_equal (candidate->hold, row->hold))
        old = candidate;
    }
  g_assert (old != NULL);
  gboolean newer = is_newer (row, old);
  if (newer && !store_put (store, row, error))
    return FALSE;
  return carve_out (store, newer ? row : old, newer ? old : row, error);
}

static gboolean
apply_wish (Store *store, const StoreEvent *event, GError **error)
{
  gboolean hold = event->action == STORE_ACTION_HOLD;
  StoreReason reason = hold ? STORE_REASON_REVIEW : event->reason;
  for (guint i = 0; event->scope[i] != NULL; i++)
    {
      g_autoptr (StoreStandingRow) row = store_row_new (&store_table_standing);
      row->who = g_strdup (event->address);
      row->category = g_strdup (event->scope[i]);
      row->reason = g_strdup (store_reason_name (reason));
      row->hold = g_strdup (hold ? event->id : "");
      row->key_version = STORE_KEY_VERSION;
      row->is_out = event->action != STORE_ACTION_OPT_IN;
      row->received_at = event->received_at;
      row->kept = g_str_equal (event->scope[i], STORE_EVERY) ? store_list_join (event->except) : NULL;
      row->event = g_strdup (event->id);
      row->channel = g_strdup (event->channel);
      if (!put_row (store, row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_standing_release (Store *store, const char *hold, GError **error)
{
  return store_drop (store, &store_table_standing, "hold", hold, error);
}

gboolean
store_standing_take (Store *into, const StoreEvent *event, GHashTable *holds, GError **error)
{
  const char *hold = NULL;
  if (event->key != NULL && event->action == STORE_ACTION_HOLD)
    g_hash_table_insert (holds, g_strdup (event->key), g_strdup (event->id));
  else if (event->key != NULL && event->action == STORE_ACTION_OPT_OUT)
    hold = g_hash_table_lookup (holds, event->key);
  return store_standing_apply (into, event, error)
         && (hold == NULL || store_standing_release (into, hold, error));
}

gboolean
store_standing_apply (Store *store, const StoreEvent *event, GError **error)
{
  switch (event->action)
    {
    case STORE_ACTION_OPT_OUT:
    case STORE_ACTION_OPT_IN:
    case STORE_ACTION_HOLD:
      return apply_wish (store, event, error);
    case STORE_ACTION_ACCEPT:
    case STORE_ACTION_REJECT:
      return store_standing_release (store, event->related, error);
    case STORE_ACTION_LINK:
    case STORE_ACTION_UNLINK:
      return store_link_apply (store, event, error);
    case STORE_ACTION_ERASURE:
    case STORE_ACTION_ACCESS:
    case STORE_ACTION_CORRECTION:
    case STORE_ACTION_NO_SHARING:
    case STORE_ACTION_NO_CONTACT:
    case STORE_ACTION_CLOSE:
    case STORE_ACTION_CONFIRM:
    case STORE_ACTION_LEFT:
    case STORE_ACTION_ASKED:
    case STORE_ACTION_VOID: /* store_standing_fold() */
    case STORE_ACTION_ERASED:
    case STORE_ACTION_IMPORT:
    case STORE_ACTION_HAND:
    case STORE_ACTION_ACKNOWLEDGE:
    case STORE_ACTION_PARTNER:
    case STORE_ACTION_KEYS:
    case STORE_ACTION_RESTORE:
    case STORE_ACTION_SHED:
      return TRUE;
    }
  g_assert_not_reached ();
}

/* ---- all of it anew ---- */

typedef struct
{
  Store *into;
  GHashTable *holds, *voids;
  GError **error;
  gboolean failed;
} Fold;

static gboolean
note_void (const StoreEvent *event, gpointer data)
{
  if (event->action == STORE_ACTION_VOID)
    g_hash_table_add (data, g_strdup (event->related));
  return TRUE;
}

/* A held wish that was raised to an opt-out is decided, whatever became of that. Links are no standing. */
static gboolean
fold_event (const StoreEvent *event, gpointer data)
{
  Fold *fold = data;
  const char *hold = NULL;
  if (event->action == STORE_ACTION_LINK || event->action == STORE_ACTION_UNLINK)
    return TRUE;
  if (!g_hash_table_contains (fold->voids, event->id))
    fold->failed = !store_standing_take (fold->into, event, fold->holds, fold->error);
  else if (event->key != NULL && (hold = g_hash_table_lookup (fold->holds, event->key)) != NULL)
    fold->failed = !store_standing_release (fold->into, hold, fold->error);
  return !fold->failed;
}

gboolean
store_standing_fold (Store *from, Store *into, const char *who, GError **error)
{
  g_autoptr (GHashTable) holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) voids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const StoreQuery query = { .address = who, .reason = -1 };
  Fold fold = { into, holds, voids, error, FALSE };
  return store_events (from, &query, note_void, voids, error)
         && store_drop (into, &store_table_standing, "who", who, error)
         && store_events (from, &query, fold_event, &fold, error) && !fold.failed;
}
