/* request.c - cases: what a person asked for that somebody on the staff must do. The ledger opens and closes
 * them; here stands what is open. */
#include "internal.h"

void
store_request_free (StoreRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->id);
  g_free (request->who);
  g_free (request->outcome);
  g_free (request->by);
  g_free (request->event);
  g_free (request);
}

static StoreRequest *
request_from_row (const StoreRequestRow *row, GError **error)
{
  g_autoptr (StoreRequest) request = g_new0 (StoreRequest, 1);
  if (!store_action_from_name (row->kind, &request->kind) || !store_action_is_request (request->kind))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT, "the case %s is damaged", row->id);
      return NULL;
    }
  request->id = g_strdup (row->id);
  request->who = g_strdup (row->who);
  request->opened_at = row->opened_at;
  request->closed_at = row->closed_at;
  request->outcome = g_strdup (row->outcome);
  request->by = g_strdup (row->actor);
  request->event = g_strdup (row->event);
  return g_steal_pointer (&request);
}

/* ---- looking ---- */

/* Only where it counts: nothing else is done for ever. */
static gboolean
read_confirmed (Store *store, StoreRequest *request, GError **error)
{
  StoreFind find = { .table = &store_table_event, .where = "related", .is.text = request->id };
  g_autoptr (GPtrArray) rows = NULL;
  if (request->kind != STORE_ACTION_ERASURE)
    return TRUE;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreEventRow *row = rows->pdata[i];
      gboolean confirms = g_str_equal (row->action, store_action_name (STORE_ACTION_CONFIRM));
      if (confirms && (request->confirmed_at == 0 || row->received_at < request->confirmed_at))
        request->confirmed_at = row->received_at;
    }
  return TRUE;
}

static gboolean
add_requests (Store *store, GPtrArray *requests, const GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      StoreRequest *request = request_from_row (rows->pdata[i], error);
      if (request == NULL)
        return FALSE;
      g_ptr_array_add (requests, request);
      if (!read_confirmed (store, request, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_requests (Store *store, const StoreFind *find, GPtrArray *requests, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  return store_find (store, find, &rows, error) && add_requests (store, requests, rows, error);
}

static GPtrArray *
new_requests (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)store_request_free);
}

gboolean
store_requests (Store *store, gboolean all, GPtrArray **requests_out, GError **error)
{
  StoreFind find = { .table = &store_table_request, .where = all ? NULL : "closed_at", .order = "opened_at" };
  g_autoptr (GPtrArray) requests = new_requests ();
  if (!find_requests (store, &find, requests, error))
    return FALSE;
  *requests_out = g_steal_pointer (&requests);
  return TRUE;
}

gboolean
store_requests_of (Store *store, const char *address, GPtrArray **requests_out, GError **error)
{
  g_autoptr (GPtrArray) requests = new_requests ();
  g_autofree char *who = store_pseudonym (store, address);
  StoreFind find = { .table = &store_table_request, .where = "who", .is.text = who, .order = "opened_at" };
  if (!find_requests (store, &find, requests, error))
    return FALSE;
  find.is.text = address;
  if (!find_requests (store, &find, requests, error))
    return FALSE;
  *requests_out = g_steal_pointer (&requests);
  return TRUE;
}

static gboolean
find_row (Store *store, const char *id, StoreRequestRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_request, .where = "id", .is.text = id };
  return store_find_one (store, &find, (gpointer *)row_out, error);
}

gboolean
store_request (Store *store, const char *id, StoreRequest **request_out, GError **error)
{
  g_autoptr (StoreRequestRow) row = NULL;
  g_autoptr (StoreRequest) request = NULL;
  if (!find_row (store, id, &row, error))
    return FALSE;
  if (row != NULL
      && ((request = request_from_row (row, error)) == NULL || !read_confirmed (store, request, error)))
    return FALSE;
  *request_out = g_steal_pointer (&request);
  return TRUE;
}

/* ---- opening and closing ---- */

static gboolean
open_case (Store *store, const StoreEvent *event, GError **error)
{
  g_autoptr (StoreRequestRow) row = store_row_new (&store_table_request);
  row->id = g_strdup (event->id);
  row->kind = g_strdup (store_action_name (event->action));
  row->who = g_strdup (event->address);
  row->opened_at = event->received_at;
  return store_put (store, row, error);
}

static gboolean
close_row (Store *store, StoreRequestRow *row, const StoreEvent *event, const char *outcome, GError **error)
{
  row->closed_at = event->recorded_at;
  row->outcome = g_strdup (outcome);
  row->actor = g_strdup (event->by);
  row->event = g_strdup (event->id);
  return store_put (store, row, error);
}

static gboolean
close_case (Store *store, const StoreEvent *event, GError **error)
{
  g_autoptr (StoreRequestRow) row = NULL;
  const char *outcome = event->action == STORE_ACTION_VOID ? STORE_OUTCOME_NOT_THEIRS
                                                           : store_event_detail (event, STORE_DETAIL_OUTCOME);
  if (!find_row (store, event->related, &row, error))
    return FALSE;
  if (row == NULL || row->closed_at != 0)
    return TRUE; /* the first one stands */
  return close_row (store, row, event, outcome != NULL ? outcome : STORE_OUTCOME_DONE, error);
}

gboolean
store_request_apply (Store *store, const StoreEvent *event, GError **error)
{
  if (event->action == STORE_ACTION_CLOSE || event->action == STORE_ACTION_VOID)
    return close_case (store, event, error);
  return !store_action_is_request (event->action) || open_case (store, event, error);
}

gboolean
store_request_erase (Store *store, const char *address, const char *who, const StoreEvent *erased,
                     guint64 *closed_out, GError **error)
{
  StoreFind find = { .table = &store_table_request, .where = "who", .is.text = address };
  g_autoptr (GPtrArray) rows = NULL;
  guint64 closed = 0;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      StoreRequestRow *row = rows->pdata[i];
      gboolean close
          = row->closed_at == 0 && g_str_equal (row->kind, store_action_name (STORE_ACTION_ERASURE));
      g_free (row->who);
      row->who = g_strdup (who);
      if (close ? !close_row (store, row, erased, STORE_OUTCOME_DONE, error) : !store_put (store, row, error))
        return FALSE;
      closed += close;
    }
  *closed_out = closed;
  return TRUE;
}
