/* audit-request.c - is every case that the ledger opened on the list, and closed only as the ledger says? */
#include "internal.h"

typedef struct
{
  char *kind;
  gint64 opened_at;
  gboolean closed; /* by a CLOSE; an erasure closes others, which is asked for when it is needed */
} Case;

struct StoreDocket
{
  GHashTable *cases; /* id -> Case */
};

static void
case_free (gpointer data)
{
  Case *one = data;
  g_free (one->kind);
  g_free (one);
}

StoreDocket *
store_docket_new (void)
{
  StoreDocket *docket = g_new0 (StoreDocket, 1);
  docket->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, case_free);
  return docket;
}

void
store_docket_free (StoreDocket *docket)
{
  if (docket == NULL)
    return;
  g_hash_table_unref (docket->cases);
  g_free (docket);
}

void
store_docket_row (StoreDocket *docket, const StoreEventRow *row)
{
  StoreAction action;
  Case *one;
  if (!store_action_from_name (row->action, &action))
    return;
  if ((action == STORE_ACTION_CLOSE || action == STORE_ACTION_VOID) && row->related != NULL
      && (one = g_hash_table_lookup (docket->cases, row->related)) != NULL)
    one->closed = TRUE;
  if (!store_action_is_request (action))
    return;
  one = g_new0 (Case, 1);
  one->kind = g_strdup (row->action);
  one->opened_at = row->received_at;
  g_hash_table_replace (docket->cases, g_strdup (row->id), one);
}

/* ---- at the end ---- */

static gboolean
fault (const char *id, const char *what, char **fault_out)
{
  *fault_out = g_strdup_printf ("the case %s %s", id, what);
  return TRUE;
}

/* Closed by the event that the list names? */
static gboolean
check_closed (Store *store, const StoreRequestRow *row, char **fault_out, GError **error)
{
  g_autoptr (StoreEvent) event = NULL;
  if (row->event != NULL && !store_event (store, row->event, &event, error))
    return FALSE;
  gboolean sound = event != NULL
                   && (event->action == STORE_ACTION_CLOSE || event->action == STORE_ACTION_VOID
                           ? g_strcmp0 (event->related, row->id) == 0
                           : event->action == STORE_ACTION_ERASED
                                 && g_str_equal (row->kind, store_action_name (STORE_ACTION_ERASURE)));
  return sound || fault (row->id, "is closed, and the ledger does not say so", fault_out);
}

/* A case that was opened while we walked is none of those we know. */
static gboolean
check_unknown (Store *store, const StoreRequestRow *row, char **fault_out, GError **error)
{
  g_autoptr (StoreEvent) event = NULL;
  if (!store_event (store, row->id, &event, error))
    return FALSE;
  return (event != NULL && store_action_is_request (event->action))
         || fault (row->id, "rests on no event of the ledger", fault_out);
}

static gboolean
check_row (Store *store, StoreDocket *docket, const StoreRequestRow *row, char **fault_out, GError **error)
{
  const Case *one = g_hash_table_lookup (docket->cases, row->id);
  if (one == NULL)
    return check_unknown (store, row, fault_out, error);
  gboolean same = g_str_equal (one->kind, row->kind) && one->opened_at == row->opened_at;
  gboolean reopened = one->closed && row->closed_at == 0;
  g_hash_table_remove (docket->cases, row->id);
  if (!same)
    return fault (row->id, "is not what its event says", fault_out);
  if (reopened)
    return fault (row->id, "is open, and the ledger closed it", fault_out);
  return row->closed_at == 0 || check_closed (store, row, fault_out, error);
}

gboolean
store_docket_check (Store *store, StoreDocket *docket, char **fault_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GHashTableIter iter;
  gpointer id;
  if (!store_find (store, &(StoreFind){ .table = &store_table_request }, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len && *fault_out == NULL; i++)
    if (!check_row (store, docket, rows->pdata[i], fault_out, error))
      return FALSE;
  g_hash_table_iter_init (&iter, docket->cases);
  if (*fault_out == NULL && g_hash_table_iter_next (&iter, &id, NULL))
    fault (id, "is missing from the list of cases", fault_out);
  return TRUE;
}
