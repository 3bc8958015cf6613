/* audit-standing.c - does what holds now follow from the ledger? Address by address the events are taken once
 * more, in a store of memory, and what comes out is compared with what stands. */
#include "internal.h"

#include <string.h>

enum
{
  PAGE = 500,
  TRIES = 3 /* for an address to which somebody writes while we look */
};

/* ---- what ought to stand ---- */

typedef struct
{
  Store *again;      /* of memory; inside a transaction that is rolled back */
  GHashTable *holds; /* key of a held wish -> id of its HOLD */
  GError **error;
  gboolean failed;
} Taking;

static gboolean
take_event (const StoreEvent *event, gpointer data)
{
  Taking *taking = data;
  taking->failed = !store_standing_take (taking->again, event, taking->holds, taking->error);
  return !taking->failed;
}

static gboolean
read_standing (Store *store, const char *who, GPtrArray **rows_out, GError **error)
{
  StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = who };
  return store_find (store, &find, rows_out, error);
}

static gboolean
take_again (Store *store, Store *again, const char *address, GPtrArray **rows_out, GError **error)
{
  g_autoptr (GHashTable) holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Taking taking = { again, holds, error, FALSE };
  StoreQuery query = { .address = address, .reason = -1 };
  gboolean done = store_begin (again, error) && store_events (store, &query, take_event, &taking, error)
                  && !taking.failed && read_standing (again, address, rows_out, error);
  store_rollback (again);
  return done;
}

/* ---- comparing ---- */

static gboolean
is_same_row (gconstpointer a, gconstpointer b)
{
  const StoreTable *table = &store_table_standing;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const StoreColumn *column = &table->columns[i];
      if (column->type == STORE_TEXT
              ? g_strcmp0 (*store_row_text (a, column), *store_row_text (b, column)) != 0
              : *store_row_number (a, column) != *store_row_number (b, column))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_same (const GPtrArray *ought, const GPtrArray *is)
{
  gboolean same = ought->len == is->len; /* both are sorted by key */
  for (guint i = 0; same && i < is->len; i++)
    same = is_same_row (ought->pdata[i], is->pdata[i]);
  return same;
}

static gboolean
audit_address (Store *store, Store *again, const char *address, char **fault_out, GError **error)
{
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr (GPtrArray) ought = NULL, is = NULL;
      if (!take_again (store, again, address, &ought, error) || !read_standing (store, address, &is, error))
        return FALSE;
      if (are_same (ought, is))
        return TRUE;
    }
  *fault_out = g_strdup_printf ("the standing of %s is not what the ledger says", address);
  return TRUE;
}

/* ---- all of them ---- */

typedef gboolean (*Audit) (Store *store, Store *again, const char *who, char **fault_out, GError **error);

/* Calls @audit once for each value of the text column @column. */
static gboolean
each_value (Store *store, Store *again, const StoreTable *table, const char *column, Audit audit,
            char **fault_out, GError **error)
{
  const StoreColumn *named = store_table_column (table, column);
  g_autofree char *last = g_strdup ("");
  for (guint found = PAGE; found == PAGE;)
    {
      StoreValue bound = { .text = last };
      StoreFind find = { .table = table, .order = column, .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < found; i++)
        {
          const char *value = *store_row_text (rows->pdata[i], named);
          if (g_strcmp0 (value, last) == 0)
            continue;
          if (!audit (store, again, value, fault_out, error))
            return FALSE;
          if (*fault_out != NULL)
            return TRUE;
          g_free (last);
          last = g_strdup (value);
        }
    }
  return TRUE;
}

/* A standing that no event accounts for: nobody in the ledger, or, once erased, no such event. */
static gboolean
audit_owner (Store *store, Store *again G_GNUC_UNUSED, const char *who, char **fault_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean known = TRUE;
  if (!store_known (store, who, &known, error))
    return FALSE;
  if (!read_standing (store, who, &rows, error))
    return FALSE;
  for (guint i = 0; known && i < rows->len; i++)
    {
      g_autoptr (StoreEvent) event = NULL;
      if (!store_event (store, ((StoreStandingRow *)rows->pdata[i])->event, &event, error))
        return FALSE;
      known = event != NULL;
    }
  if (!known && rows->len > 0)
    *fault_out = g_strdup_printf ("the standing of %s rests on no event of the ledger", who);
  return TRUE;
}

gboolean
store_audit_standing (Store *store, char **fault_out, GError **error)
{
  StoreKeys keys = { store->suppression, store->chain };
  g_autoptr (Store) again = store_open ("memory:", &keys, 0, error);
  return again != NULL
         && each_value (store, again, &store_table_person, "address", audit_address, fault_out, error)
         && (*fault_out != NULL
             || each_value (store, again, &store_table_erased, "who", audit_address, fault_out, error))
         && (*fault_out != NULL
             || each_value (store, again, &store_table_standing, "who", audit_owner, fault_out, error));
}
