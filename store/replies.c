/* replies.c - replies waiting to be sent, each at most once (R73), and the budgets they are counted against
 * (R64, R65). */
#include "internal.h"

#include <stdlib.h>

#define STALE_SECONDS 3600
#define BUDGET_LEAST 1000 /* rows that are kept however old (R64) */
#define BUDGET_STEP 20    /* rows looked at for dropping in one call */

StoreReply *
store_reply_new (void)
{
  return g_new0 (StoreReply, 1);
}

void
store_reply_free (StoreReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->id);
  g_free (reply->event);
  g_free (reply->sender);
  g_free (reply->recipient);
  g_clear_pointer (&reply->mail, g_bytes_unref);
  g_free (reply->last_error);
  g_free (reply);
}

static StoreReply *
reply_from_row (const StoreReplyRow *row)
{
  StoreReply *reply = store_reply_new ();
  reply->id = g_strdup (row->id);
  reply->event = g_strdup (row->event);
  reply->sender = g_strdup (row->sender);
  reply->recipient = g_strdup (row->recipient);
  reply->mail = g_bytes_ref (row->mail);
  reply->queued_at = row->queued_at;
  reply->next_at = row->next_at;
  reply->tries = (guint)row->tries;
  reply->last_error = g_strdup (row->last_error);
  reply->settled_at = row->settled_at;
  reply->asked_at = row->asked_at;
  store_reply_state_from_name (row->state, &reply->state); /* a CHECK of the schema */
  return reply;
}

gboolean
store_reply_of (Store *store, const char *event, StoreReply **reply_out, GError **error)
{
  StoreFind find = { .table = &store_table_reply, .where = "event", .is.text = event };
  g_autoptr (StoreReplyRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *reply_out = row != NULL ? reply_from_row (row) : NULL;
  return TRUE;
}

static gboolean
is_state (const StoreReplyRow *row, StoreReplyState state)
{
  return g_str_equal (row->state, store_reply_state_name (state));
}

static void
set_state (StoreReplyRow *row, StoreReplyState state)
{
  g_free (row->state);
  row->state = g_strdup (store_reply_state_name (state));
}

/* ---- budgets ---- */

static char *
budget_name (Store *store, const StoreBudget *budget)
{
  g_autofree char *text = g_strconcat ("budget:", budget->name, NULL);
  return store_hash (store, text);
}

gboolean
store_budget (Store *store, const StoreBudget *budgets, guint n_budgets, gint64 now, int *refused_out,
              GError **error)
{
  for (guint i = 0; i < n_budgets; i++)
    {
      g_autofree char *name = budget_name (store, &budgets[i]);
      StoreValue since = { .number = now - budgets[i].seconds };
      StoreFind find = {
        .table = &store_table_budget, .where = "name", .is.text = name, .order = "spent_at", .after = &since
      };
      guint64 count;
      if (!store_count (store, &find, &count, error))
        return FALSE;
      if (count >= budgets[i].most)
        {
          *refused_out = (int)i;
          return TRUE;
        }
    }
  *refused_out = -1;
  return TRUE;
}

/* The oldest rows that count no longer; a few at each call, which is more than a call adds. */
static gboolean
drop_spent (Store *store, gint64 now, GError **error)
{
  StoreFind oldest = { .table = &store_table_budget, .order = "until_at", .most = BUDGET_STEP };
  g_autoptr (GPtrArray) rows = NULL;
  guint64 count;
  if (!store_find (store, &oldest, &rows, error))
    return FALSE;
  if (rows->len == 0 || ((StoreBudgetRow *)rows->pdata[0])->until_at > now)
    return TRUE;
  if (!store_count (store, &(StoreFind){ .table = &store_table_budget }, &count, error))
    return FALSE;
  for (guint i = 0; i < rows->len && count > BUDGET_LEAST; i++, count--)
    {
      const StoreBudgetRow *row = rows->pdata[i];
      if (row->until_at <= now && !store_drop (store, &store_table_budget, "id", row->id, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- queueing ---- */

static void
check_reply (const StoreReply *reply)
{
  g_assert (reply->id != NULL && store_is_id (reply->id));
  g_assert (reply->event == NULL || store_is_id (reply->event));
  g_assert (reply->sender != NULL && (reply->sender[0] == '\0' || store_is_address (reply->sender)));
  g_assert (reply->recipient != NULL && store_is_address (reply->recipient));
  g_assert (reply->mail != NULL);
}

static gboolean
find_reply (Store *store, const char *id, StoreReplyRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_reply, .where = "id", .is.text = id };
  return store_find_one (store, &find, (gpointer *)row_out, error);
}

/* When the wish that @reply answers reached us; it stands beside the reply, so that a report reads replies
 * alone. */
static gboolean
find_asked (Store *store, const StoreReply *reply, gint64 *asked_out, GError **error)
{
  g_autoptr (StoreEventRow) row = NULL;
  StoreFind find = { .table = &store_table_event, .where = "id", .is.text = reply->event };
  if (reply->event != NULL && !store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *asked_out = row != NULL ? row->received_at : 0;
  return TRUE;
}

static gboolean
put_reply (Store *store, const StoreReply *reply, GError **error)
{
  g_autoptr (StoreReplyRow) row = store_row_new (&store_table_reply);
  row->id = g_strdup (reply->id);
  row->event = g_strdup (reply->event);
  row->sender = g_strdup (reply->sender);
  row->recipient = g_strdup (reply->recipient);
  row->mail = g_bytes_ref (reply->mail);
  row->queued_at = reply->queued_at;
  row->next_at = reply->next_at;
  row->tries = reply->tries;
  row->last_error = g_strdup (reply->last_error);
  set_state (row, STORE_REPLY_WAITING);
  return find_asked (store, reply, &row->asked_at, error) && store_put (store, row, error);
}

gboolean
store_queue (Store *store, const StoreReply *reply, const StoreBudget *budgets, guint n_budgets,
             GError **error)
{
  g_autoptr (StoreReplyRow) known = NULL;
  check_reply (reply);
  g_assert (store->inside);
  if (!find_reply (store, reply->id, &known, error))
    return FALSE;
  if (known != NULL)
    return TRUE; /* the same call again: never a second reply */
  if (!put_reply (store, reply, error))
    return FALSE;
  for (guint i = 0; i < n_budgets; i++)
    {
      g_autoptr (StoreBudgetRow) row = store_row_new (&store_table_budget);
      row->id = g_strdup_printf ("%s.%u", reply->id, i);
      row->name = budget_name (store, &budgets[i]);
      row->spent_at = reply->queued_at;
      row->until_at = reply->queued_at + budgets[i].seconds;
      if (!store_put (store, row, error))
        return FALSE;
    }
  return drop_spent (store, reply->queued_at, error);
}

/* ---- sending ---- */

/* Whoever claimed it an hour ago is gone, and perhaps had sent it. A claim from the future is an hour old as
 * well: the clock was set back (H58). */
static gboolean
expire_claims (Store *store, gint64 now, GError **error)
{
  const char *sending = store_reply_state_name (STORE_REPLY_SENDING);
  StoreFind find = { .table = &store_table_reply, .where = "state", .is.text = sending, .order = "next_at" };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      StoreReplyRow *row = rows->pdata[i];
      if (llabs (now - row->next_at) <= STALE_SECONDS)
        continue;
      set_state (row, STORE_REPLY_UNCERTAIN);
      if (!store_put (store, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_claim (const StoreReplyRow *row, gboolean uncertain, gint64 now)
{
  return row != NULL
         && ((row->next_at <= now && is_state (row, STORE_REPLY_WAITING))
             || (uncertain && is_state (row, STORE_REPLY_UNCERTAIN)));
}

static gboolean
find_first (Store *store, StoreReplyState state, StoreReplyRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_reply,
                     .where = "state",
                     .is.text = store_reply_state_name (state),
                     .order = "next_at" };
  return store_find_one (store, &find, (gpointer *)row_out, error);
}

/* The reply to take: @id, or the first that is due. */
static gboolean
find_due (Store *store, const char *id, gboolean uncertain, gint64 now, StoreReplyRow **row_out,
          GError **error)
{
  g_autoptr (StoreReplyRow) row = NULL;
  if (id != NULL ? !find_reply (store, id, &row, error)
                 : !find_first (store, STORE_REPLY_WAITING, &row, error))
    return FALSE;
  if (id == NULL && uncertain && !may_claim (row, FALSE, now))
    {
      g_clear_pointer (&row, store_row_free);
      if (!find_first (store, STORE_REPLY_UNCERTAIN, &row, error))
        return FALSE;
    }
  *row_out = may_claim (row, uncertain, now) ? g_steal_pointer (&row) : NULL;
  return TRUE;
}

static gboolean
claim_due (Store *store, const char *id, gboolean uncertain, gint64 now, StoreReply **reply_out,
           GError **error)
{
  g_autoptr (StoreReplyRow) row = NULL;
  if (!expire_claims (store, now, error) || !find_due (store, id, uncertain, now, &row, error))
    return FALSE;
  if (row != NULL)
    {
      set_state (row, STORE_REPLY_SENDING);
      row->next_at = now;
      row->tries++;
      if (!store_put (store, row, error))
        return FALSE;
    }
  if (!store_commit (store, error))
    return FALSE;
  *reply_out = row != NULL ? reply_from_row (row) : NULL;
  return TRUE;
}

gboolean
store_claim (Store *store, const char *id, gboolean uncertain, gint64 now, StoreReply **reply_out,
             GError **error)
{
  if (!store_begin (store, error))
    return FALSE;
  gboolean done = claim_due (store, id, uncertain, now, reply_out, error);
  store_rollback (store);
  return done;
}

static gboolean
settle (Store *store, const char *id, StoreReplyState state, gint64 now, gint64 next_at,
        const char *last_error, GError **error)
{
  g_autoptr (StoreReplyRow) row = NULL;
  if (!find_reply (store, id, &row, error))
    return FALSE;
  if (row == NULL || (!is_state (row, STORE_REPLY_SENDING) && !is_state (row, STORE_REPLY_UNCERTAIN)))
    return TRUE; /* settled already */
  set_state (row, state);
  row->settled_at = now;
  if (state == STORE_REPLY_WAITING)
    row->next_at = next_at;
  g_free (row->last_error);
  row->last_error = g_strdup (last_error);
  if (state == STORE_REPLY_SENT)
    {
      g_bytes_unref (row->mail); /* its text is proved by the event's confirmation; no need to keep it */
      row->mail = g_bytes_new_static ("", 0);
    }
  return store_put (store, row, error) && store_commit (store, error);
}

gboolean
store_settle (Store *store, const char *id, StoreReplyState state, gint64 now, gint64 next_at,
              const char *last_error, GError **error)
{
  g_assert (state != STORE_REPLY_SENDING);
  g_assert (last_error == NULL || store_is_text (last_error));
  if (!store_begin (store, error))
    return FALSE;
  gboolean done = settle (store, id, state, now, next_at, last_error, error);
  store_rollback (store);
  return done;
}

static gboolean
retry (Store *store, const char *id, gint64 now, gboolean *found_out, GError **error)
{
  g_autoptr (StoreReplyRow) row = NULL;
  if (!find_reply (store, id, &row, error))
    return FALSE;
  *found_out = row != NULL && (is_state (row, STORE_REPLY_FAILED) || is_state (row, STORE_REPLY_UNCERTAIN));
  if (!*found_out)
    return TRUE;
  set_state (row, STORE_REPLY_WAITING);
  row->next_at = now;
  return store_put (store, row, error) && store_commit (store, error);
}

gboolean
store_retry (Store *store, const char *id, gint64 now, gboolean *found_out, GError **error)
{
  if (!store_begin (store, error))
    return FALSE;
  gboolean done = retry (store, id, now, found_out, error);
  store_rollback (store);
  return done;
}

gboolean
store_replies_failed (Store *store, gint64 since, guint64 *count_out, GError **error)
{
  StoreValue after = { .number = since };
  StoreFind find = { .table = &store_table_reply,
                     .where = "state",
                     .is.text = store_reply_state_name (STORE_REPLY_FAILED),
                     .order = "settled_at",
                     .after = &after };
  return store_count (store, &find, count_out, error);
}

gboolean
store_reply_counts (Store *store, guint64 *counts_out, GError **error)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    {
      StoreFind find
          = { .table = &store_table_reply, .where = "state", .is.text = store_reply_state_name (i) };
      if (!store_count (store, &find, &counts[i], error))
        return FALSE;
    }
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    counts_out[i] = counts[i];
  return TRUE;
}

/* ---- looking ---- */

typedef struct
{
  StoreReplyFunc func;
  gpointer data;
} Each;

static gboolean
each_reply (gconstpointer row, gpointer data)
{
  const Each *each = data;
  g_autoptr (StoreReply) reply = reply_from_row (row);
  return each->func (reply, each->data);
}

gboolean
store_each_reply (Store *store, StoreReplyFunc func, gpointer data, GError **error)
{
  return store_each_row (store, &store_table_reply, each_reply, &(Each){ func, data }, error);
}
