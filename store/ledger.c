/* ledger.c - the ledger: each event once, behind the last one, and looked up again. */
#include "internal.h"

#include <string.h>
#include <sys/random.h>

#define LOOKS 5 /* at seal and end, when others write between the two */

static char *
make_salt (void)
{
  static const char digits[] = "0123456789abcdef";
  guint8 octets[32];
  char *hex = g_malloc0 (2 * sizeof octets + 1);
  g_assert (getrandom (octets, sizeof octets, 0) == sizeof octets);
  for (guint i = 0; i < sizeof octets; i++)
    {
      hex[2 * i] = digits[octets[i] >> 4];
      hex[2 * i + 1] = digits[octets[i] & 15];
    }
  return hex;
}

static gboolean
find_last (Store *store, StoreEventRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_event, .order = "seq", .descending = TRUE };
  return store_find_one (store, &find, (gpointer *)row_out, error);
}

/* What is wrong with the end of the ledger, or NULL; the caller frees. */
static gboolean
read_end (Store *store, StoreSeal *seal_out, char **fault_out, GError **error)
{
  g_autoptr (StoreEventRow) last = NULL;
  const char *fault;
  if (!store_chain_read_seal (store, seal_out, &fault, error) || !find_last (store, &last, error))
    return FALSE;
  gint64 count = last != NULL ? last->seq : 0;
  if (fault != NULL)
    *fault_out = g_strdup (fault);
  else if (count != seal_out->count || !g_str_equal (last != NULL ? last->mac : "", seal_out->head))
    *fault_out
        = g_strdup_printf ("the ledger ends at row %" G_GINT64_FORMAT ", but its seal says %" G_GINT64_FORMAT,
                           count, seal_out->count);
  else
    *fault_out = NULL;
  return TRUE;
}

/* Before we write: the ledger must end as its seal says. Once in a transaction is enough, nobody else writes
 * in it. */
static gboolean
check_head (Store *store, GError **error)
{
  g_autofree char *fault = NULL;
  if (store->sealed)
    return TRUE;
  g_clear_pointer (&store->seal.head, g_free);
  if (!read_end (store, &store->seal, &fault, error))
    return FALSE;
  if (fault != NULL)
    return store_fail (store, STORE_ERROR_CORRUPT, error, "%s", fault);
  store->sealed = TRUE;
  return TRUE;
}

gboolean
store_ledger_ends (Store *store, GError **error)
{
  g_autofree char *fault = NULL;
  if (store->sealed)
    return TRUE; /* seen before this transaction wrote; the new seal comes with its commit */
  for (guint i = 0; i < LOOKS; i++)
    {
      StoreSeal seal = { 0 };
      g_clear_pointer (&fault, g_free);
      gboolean read = read_end (store, &seal, &fault, error);
      g_free (seal.head);
      if (!read || fault == NULL)
        return read;
    }
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CORRUPT, fault);
  return FALSE;
}

/* ---- looking up ---- */

static gboolean
event_of_row (Store *store, const StoreEventRow *row, StoreEvent **event_out, GError **error)
{
  StoreFind find = { .table = &store_table_person, .where = "seq", .is.number = row->seq };
  g_autoptr (StorePersonRow) person = NULL;
  if (!store_find_one (store, &find, (gpointer *)&person, error))
    return FALSE;
  StoreEvent *event = store_event_from_rows (row, person, error);
  if (event != NULL)
    *event_out = event;
  return event != NULL;
}

/* Of several rows (a HOLD and what it was raised to) the newest. There are few; sorted as the index of wishes
 * has them, so that none of the many that find nothing prepares to sort. */
static gboolean
find_row (Store *store, const char *column, const char *is, StoreEventRow **row_out, GError **error)
{
  const StoreFind find = { .table = &store_table_event, .where = column, .is.text = is, .order = "action" };
  g_auto (StoreWalk) walk = { 0 };
  g_autoptr (StoreEventRow) newest = NULL;
  const StoreEventRow *row;
  if (!store_walk (store, &find, &walk, error) || !store_step (&walk, (gconstpointer *)&row, error))
    return FALSE;
  while (row != NULL)
    {
      if (newest == NULL || row->seq > newest->seq)
        {
          store_row_free (newest);
          newest = store_row_copy (row);
        }
      if (!store_step (&walk, (gconstpointer *)&row, error))
        return FALSE;
    }
  *row_out = g_steal_pointer (&newest);
  return TRUE;
}

static gboolean
find_event (Store *store, const char *column, const char *is, StoreEvent **event_out, GError **error)
{
  g_autoptr (StoreEventRow) row = NULL;
  if (!find_row (store, column, is, &row, error))
    return FALSE;
  if (row != NULL)
    return event_of_row (store, row, event_out, error);
  *event_out = NULL;
  return TRUE;
}

gboolean
store_event (Store *store, const char *id, StoreEvent **event_out, GError **error)
{
  return find_event (store, "id", id, event_out, error);
}

gboolean
store_event_by_key (Store *store, const char *key, StoreEvent **event_out, GError **error)
{
  return find_event (store, "wish", key, event_out, error);
}

gboolean
store_known (Store *store, const char *address, gboolean *known_out, GError **error)
{
  StoreFind find = { .table = &store_table_person, .where = "address", .is.text = address, .order = "seq" };
  g_autoptr (StoreRow) row = NULL;
  if (store_is_pseudonym (address))
    find = (StoreFind){ .table = &store_table_erased, .where = "who", .is.text = address, .order = "seq" };
  else
    g_assert (store_is_address (address));
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *known_out = row != NULL;
  return TRUE;
}

/* The last text that sorts before them is the address up to its @, with the + of a tag. */
gboolean
store_tagged (Store *store, const char *address, GPtrArray **addresses_out, GError **error)
{
  const char *at = strrchr (address, '@'), *last = "";
  g_autofree char *prefix = g_strdup_printf ("%.*s+", (int)(at - address), address);
  g_autoptr (GPtrArray) tagged = g_ptr_array_new_with_free_func (g_free);
  g_auto (StoreWalk) walk = { 0 };
  StoreValue bound = { .text = prefix };
  StoreFind find = { .table = &store_table_person, .order = "address", .after = &bound };
  g_assert (store_is_address (address));
  if (!store_walk (store, &find, &walk, error))
    return FALSE;
  for (;;)
    {
      gconstpointer row;
      if (!store_step (&walk, &row, error))
        return FALSE;
      const char *next = row != NULL ? ((const StorePersonRow *)row)->address : NULL;
      if (next == NULL || !g_str_has_prefix (next, prefix))
        break;
      if (g_str_equal (strrchr (next, '@'), at) && !g_str_equal (next, last))
        {
          g_ptr_array_add (tagged, g_strdup (next));
          last = g_ptr_array_index (tagged, tagged->len - 1);
        }
    }
  *addresses_out = g_steal_pointer (&tagged);
  return TRUE;
}

/* ---- recording ---- */

/* What is in the ledger of this event already, as its key says; of the same id (the same call again, after
 * UNCERTAIN) before others. Without a key append() sees it. */
static gboolean
find_earlier (Store *store, const StoreEvent *event, StoreEventRow **row_out, GError **error)
{
  g_autoptr (StoreEventRow) wish = NULL;
  if (event->key == NULL)
    return TRUE;
  if (!find_row (store, "wish", event->key, &wish, error)
      || (wish != NULL && !find_row (store, "id", event->id, row_out, error)))
    return FALSE;
  if (*row_out == NULL)
    *row_out = g_steal_pointer (&wish);
  return TRUE;
}

/* A fuller copy of a mail may raise its HOLD, unless a person has decided on it (REQUIREMENTS 4.3, 5). */
static gboolean
may_raise (Store *store, const StoreEventRow *earlier, const StoreEvent *event, gboolean *raise_out,
           GError **error)
{
  g_autoptr (GPtrArray) answers = NULL;
  *raise_out = event->action == STORE_ACTION_OPT_OUT && !g_str_equal (earlier->id, event->id)
               && g_str_equal (earlier->action, store_action_name (STORE_ACTION_HOLD));
  if (!*raise_out)
    return TRUE;
  StoreFind find = { .table = &store_table_event, .where = "related", .is.text = earlier->id };
  if (!store_find (store, &find, &answers, error))
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      StoreAction action;
      const StoreEventRow *answer = answers->pdata[i];
      if (store_action_from_name (answer->action, &action)
          && (action == STORE_ACTION_ACCEPT || action == STORE_ACTION_REJECT || action == STORE_ACTION_VOID))
        *raise_out = FALSE;
    }
  return TRUE;
}

static gboolean
append (Store *store, StoreEvent *event, gboolean *added_out, GError **error)
{
  event->seq = store->seal.count + 1;
  g_autoptr (StoreEventRow) row = store_event_to_row (event);
  g_autoptr (StorePersonRow) person = store_event_to_person (event);
  person->salt = make_salt ();
  person->evidence_salt = make_salt ();
  person->evidence = store_chain_evidence (person);
  row->digest = store_chain_digest (person);
  row->mac = store_chain_mac (store->chains[store->chain].mac, store->seal.head, row);
  const char *who = event->address == NULL ? store_event_who (event) : NULL;
  if (!store_add (store, row, added_out, error))
    return FALSE;
  if (!*added_out)
    return TRUE;
  if (!store_put (store, person, error) || (who != NULL && !store_erased_put (store, event->seq, who, error)))
    return FALSE;
  store->seal.count = event->seq;
  g_free (store->seal.head);
  store->seal.head = g_strdup (row->mac);
  store->resealed = TRUE;
  return TRUE;
}

void
store_seal_erased (Store *store, guint n)
{
  g_assert (store->sealed);
  store->seal.erased += n;
  store->resealed = TRUE;
}

gboolean
store_record (Store *store, StoreEvent *event, StoreRecorded *recorded_out, char **id_out, GError **error)
{
  g_autoptr (StoreEventRow) earlier = NULL;
  gboolean raise = FALSE, added = FALSE;

  g_assert (store->inside && !store->broken);
  store_event_check (event);
  if (!check_head (store, error) || !find_earlier (store, event, &earlier, error)
      || (earlier != NULL && !may_raise (store, earlier, event, &raise, error))
      || ((earlier == NULL || raise) && !append (store, event, &added, error))
      || (earlier == NULL && !added && !find_row (store, "id", event->id, &earlier, error)))
    return FALSE;
  if (!added)
    {
      event->seq = earlier->seq;
      *recorded_out = STORE_KNOWN;
    }
  else
    {
      gboolean stops = event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_HOLD;
      if (!store_standing_apply (store, event, error) || !store_request_apply (store, event, error)
          || (stops && !store_link_return (store, event->address, error))
          || (raise && !store_held_raise (store, earlier->id, event, error)))
        return FALSE;
      *recorded_out = raise ? STORE_RAISED : STORE_RECORDED;
    }
  if (id_out != NULL)
    *id_out = g_strdup (*recorded_out == STORE_KNOWN ? earlier->id : event->id);
  return TRUE;
}
