/* audit-standing.c - does what holds now follow from the ledger? Addresses and standing are walked side by
 * side, in the order of names. Of each address the events are taken once more, in a store of memory, and what
 * comes out is compared with what stands. */
#include "internal.h"

#include <string.h>

#define NAMES 5000 /* are audited in one look at the store */
#define PAGE 500

/* ---- what ought to stand ---- */

typedef struct
{
  Store *store;
  Store *again;      /* of memory; inside a transaction that is rolled back */
  GHashTable *holds; /* of one name: key of a held wish -> id of its HOLD */
  GHashTable *links; /* of one name: address that it is linked with -> id of its LINK */
  gboolean voided;   /* of one name: one of its events is void */
  char **fault;
} Audit;

/* Links are no standing, and what they name is in their details. */
static gboolean
take_event (Audit *audit, const StoreEvent *event, GError **error)
{
  if (event->action == STORE_ACTION_LINK || event->action == STORE_ACTION_UNLINK)
    return store_link_take (audit->store, event->id, audit->links, error);
  audit->voided = audit->voided || event->action == STORE_ACTION_VOID;
  return store_standing_take (audit->again, event, audit->holds, error);
}

static gboolean
take_row (Audit *audit, const char *address, gint64 seq, GError **error)
{
  const StoreFind find = { .table = &store_table_event, .where = "seq", .is.number = seq };
  g_auto (StoreWalk) walk = { 0 };
  const StoreEventRow *row;
  if (!store_walk (audit->store, &find, &walk, error) || !store_step (&walk, (gconstpointer *)&row, error))
    return FALSE;
  g_autoptr (StoreEvent) event = row != NULL ? store_event_from_rows (row, NULL, error) : NULL;
  if (event == NULL)
    return row == NULL; /* the walk over the ledger tells */
  event->address = g_strdup (address);
  return take_event (audit, event, error);
}

typedef struct
{
  Audit *audit;
  GError **error;
  gboolean failed;
} Taking;

static gboolean
take_known (const StoreEvent *event, gpointer data)
{
  Taking *taking = data;
  taking->failed = !take_event (taking->audit, event, taking->error);
  return !taking->failed;
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
start_name (Audit *audit, GError **error)
{
  g_hash_table_remove_all (audit->holds);
  g_hash_table_remove_all (audit->links);
  audit->voided = FALSE;
  return store_begin (audit->again, error);
}

/* Behind the last event of @who: an event that is void stood before the one that says so. */
static gboolean
end_name (Audit *audit, const char *who, GError **error)
{
  return !audit->voided || store_standing_fold (audit->store, audit->again, who, error);
}

/* Compares what came out for @who with the rows of @standing from @row on, which moves behind them; both are
 * sorted by key. */
static gboolean
compare (Audit *audit, const char *who, StoreWalk *standing, const StoreStandingRow **row, GError **error)
{
  const StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = who };
  g_auto (StoreWalk) walk = { 0 };
  gconstpointer ought;
  if (!store_walk (audit->again, &find, &walk, error) || !store_step (&walk, &ought, error))
    return FALSE;
  while (ought != NULL && *row != NULL && is_same_row (ought, *row))
    if (!store_step (&walk, &ought, error) || !store_step (standing, (gconstpointer *)row, error))
      return FALSE;
  if (ought != NULL || (*row != NULL && g_str_equal ((*row)->who, who)))
    *audit->fault = g_strdup_printf ("the standing of %s is not what the ledger says", who);
  return TRUE;
}

/* A name by itself: one that is erased, of whose events some may be another's. */
static gboolean
audit_pseudonym (Audit *audit, const char *who, GError **error)
{
  const StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = who };
  const StoreQuery query = { .address = who, .reason = -1 };
  Taking taking = { audit, error, FALSE };
  g_auto (StoreWalk) standing = { 0 };
  const StoreStandingRow *row;
  gboolean done = start_name (audit, error) && store_events (audit->store, &query, take_known, &taking, error)
                  && !taking.failed && end_name (audit, who, error)
                  && store_walk (audit->store, &find, &standing, error)
                  && store_step (&standing, (gconstpointer *)&row, error)
                  && compare (audit, who, &standing, &row, error);
  store_rollback (audit->again);
  return done;
}

/* ---- addresses and standing, side by side ---- */

typedef struct
{
  StoreWalk people, standing;
  const StorePersonRow *person; /* where each walk stands; NULL: behind the last */
  const StoreStandingRow *row;
} Merge;

static void
merge_clear (Merge *merge)
{
  store_walk_clear (&merge->people);
  store_walk_clear (&merge->standing);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static gboolean
start (Audit *audit, const char *after, Merge *merge, GError **error)
{
  const StoreValue bound = { .text = after };
  const StoreFind people = { .table = &store_table_person_name, .order = "address", .after = &bound };
  const StoreFind standing = { .table = &store_table_standing, .order = "who", .after = &bound };
  return store_walk (audit->store, &people, &merge->people, error)
         && store_walk (audit->store, &standing, &merge->standing, error)
         && store_step (&merge->people, (gconstpointer *)&merge->person, error)
         && store_step (&merge->standing, (gconstpointer *)&merge->row, error);
}

static gboolean
audit_address (Audit *audit, Merge *merge, const char *address, GError **error)
{
  gboolean done = start_name (audit, error);
  while (done && merge->person != NULL && g_str_equal (merge->person->address, address))
    done = take_row (audit, address, merge->person->seq, error)
           && store_step (&merge->people, (gconstpointer *)&merge->person, error);
  done = done && end_name (audit, address, error)
         && compare (audit, address, &merge->standing, &merge->row, error)
         && store_link_audit (audit->store, address, audit->links, audit->fault, error);
  store_rollback (audit->again);
  return done;
}

/* Standing without an event: of an erased name, for the events of which it stands, or a fault. */
static gboolean
audit_owner (Audit *audit, Merge *merge, const char *who, GError **error)
{
  gboolean known = FALSE;
  if (store_is_pseudonym (who) && !store_known (audit->store, who, &known, error))
    return FALSE;
  if (!known)
    *audit->fault = g_strdup_printf ("the standing of %s rests on no event of the ledger", who);
  while (merge->row != NULL && g_str_equal (merge->row->who, who))
    if (!store_step (&merge->standing, (gconstpointer *)&merge->row, error))
      return FALSE;
  return TRUE;
}

/* The next names behind @name, which moves along; FALSE in @more at the end. */
static gboolean
audit_names (Audit *audit, char **name, gboolean *more, GError **error)
{
  g_auto (Merge) merge = { 0 };
  if (!start (audit, *name, &merge, error))
    return FALSE;
  for (guint i = 0; i < NAMES && *audit->fault == NULL; i++)
    {
      const char *address = merge.person != NULL ? merge.person->address : NULL;
      const char *who = merge.row != NULL ? merge.row->who : NULL;
      *more = address != NULL || who != NULL;
      if (!*more)
        return TRUE;
      gboolean owned = address != NULL && (who == NULL || strcmp (address, who) <= 0);
      g_free (*name);
      *name = g_strdup (owned ? address : who);
      if (!(owned ? audit_address : audit_owner) (audit, &merge, *name, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
audit_addresses (Audit *audit, GError **error)
{
  g_autofree char *name = g_strdup ("");
  gboolean more = TRUE, done = TRUE;
  while (done && more && *audit->fault == NULL)
    {
      if (!store_look (audit->store, error))
        return FALSE;
      done = audit_names (audit, &name, &more, error);
      store_look_away (audit->store);
    }
  return done;
}

static gboolean
audit_erased (Audit *audit, GError **error)
{
  g_autofree char *last = g_strdup ("");
  for (guint found = PAGE; found == PAGE && *audit->fault == NULL;)
    {
      const StoreValue bound = { .text = last };
      const StoreFind find = { .table = &store_table_erased, .order = "who", .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (audit->store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < found && *audit->fault == NULL; i++)
        {
          const char *who = ((const StoreErasedRow *)rows->pdata[i])->who;
          if (g_str_equal (who, last))
            continue;
          if (!store_look (audit->store, error))
            return FALSE;
          gboolean done = audit_pseudonym (audit, who, error);
          store_look_away (audit->store);
          if (!done)
            return FALSE;
          g_free (last);
          last = g_strdup (who);
        }
    }
  return TRUE;
}

gboolean
store_audit_standing (Store *store, char **fault_out, GError **error)
{
  const StoreKeys keys = { .suppression = store->suppression, .chain = store->chains[store->chain].key };
  g_autoptr (Store) again = store_open ("memory:", &keys, 0, error);
  g_autoptr (GHashTable) holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Audit audit = { store, again, holds, links, FALSE, fault_out };
  return again != NULL && audit_addresses (&audit, error) && audit_erased (&audit, error)
         && (*fault_out != NULL || store_link_audit_events (store, fault_out, error));
}
