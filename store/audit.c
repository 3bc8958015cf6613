/* audit.c - walking the ledger, to list it and to verify it; page by page, so that memory stays flat and
 * nobody waits. */
#include "internal.h"

#define PAGE 500
#define ROWS 10000 /* are verified in one look at the store */

/* The next rows of the ledger with their personal parts. */
static gboolean
next_page (Store *store, gboolean bare, gint64 after, GPtrArray **events_out, GPtrArray **people_out,
           GError **error)
{
  StoreValue bound = { .number = after };
  StoreFind people = { .table = &store_table_person, .order = "seq", .after = &bound, .most = PAGE };
  StoreFind events = { .table = &store_table_event, .order = "seq", .after = &bound, .most = PAGE };
  if (bare)
    *people_out = g_ptr_array_new ();
  return store_find (store, &events, events_out, error)
         && (bare || store_find (store, &people, people_out, error));
}

/* ---- of one address ---- */

static gboolean
add_row (Store *store, const StoreTable *table, gint64 seq, GPtrArray *rows, GError **error)
{
  gpointer row = NULL;
  StoreFind find = { .table = table, .where = "seq", .is.number = seq };
  if (!store_find_one (store, &find, &row, error))
    return FALSE;
  if (row != NULL)
    g_ptr_array_add (rows, row);
  return TRUE;
}

/* An event of somebody else lost its details only. */
static gboolean
is_of_another (const GPtrArray *people, gint64 seq)
{
  const StorePersonRow *person = people->len > 0 ? people->pdata[people->len - 1] : NULL;
  return person != NULL && person->seq == seq && person->address != NULL;
}

/* Of @found, rows of person or of erased, the events with their personal parts. */
static gboolean
add_events (Store *store, const GPtrArray *found, GPtrArray *events, GPtrArray *people, GError **error)
{
  for (guint i = 0; i < found->len; i++)
    {
      const StoreRow *row = found->pdata[i];
      gboolean erased = row->table == &store_table_erased;
      gint64 seq = erased ? ((const StoreErasedRow *)row)->seq : ((const StorePersonRow *)row)->seq;
      if (!erased)
        g_ptr_array_add (people, store_row_copy (row));
      else if (!add_row (store, &store_table_person, seq, people, error))
        return FALSE;
      if (!(erased && is_of_another (people, seq))
          && !add_row (store, &store_table_event, seq, events, error))
        return FALSE;
    }
  return TRUE;
}

/* Moves @after along, and sets it to -1 behind the last row. */
static gboolean
next_of_address (Store *store, const char *address, gint64 *after, GPtrArray **events_out,
                 GPtrArray **people_out, GError **error)
{
  gboolean erased = store_is_pseudonym (address);
  StoreValue bound = { .number = *after };
  StoreFind find = { .table = erased ? &store_table_erased : &store_table_person,
                     .where = erased ? "who" : "address",
                     .is.text = address,
                     .order = "seq",
                     .after = &bound,
                     .most = PAGE };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (store_row_free);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (store_row_free);
  if (!store_find (store, &find, &found, error) || !add_events (store, found, events, people, error))
    return FALSE;
  const StoreRow *last = found->len == PAGE ? found->pdata[PAGE - 1] : NULL;
  *after = last == NULL ? -1
           : erased     ? ((const StoreErasedRow *)last)->seq
                        : ((const StorePersonRow *)last)->seq;
  *events_out = g_steal_pointer (&events);
  *people_out = g_steal_pointer (&people);
  return TRUE;
}

/* ---- listing ---- */

/* The personal part of row @seq; parts come in the order of seq, and @next walks along. */
static const StorePersonRow *
person_of (const GPtrArray *people, guint *next, gint64 seq)
{
  while (*next < people->len && ((StorePersonRow *)people->pdata[*next])->seq < seq)
    (*next)++;
  const StorePersonRow *person = *next < people->len ? people->pdata[*next] : NULL;
  return person != NULL && person->seq == seq ? person : NULL;
}

static gboolean
is_asked_for (const StoreEvent *event, const StoreQuery *query)
{
  return event->received_at >= query->since_at && (query->reason < 0 || (int)event->reason == query->reason)
         && (query->category == NULL || store_scope_covers (event->scope, event->except, query->category));
}

/* FALSE: failed, or the caller wants no more. */
static gboolean
tell_events (const GPtrArray *events, const GPtrArray *people, const StoreQuery *query, StoreEventFunc func,
             gpointer data, GError **error)
{
  guint next = 0;
  for (guint i = 0; i < events->len; i++)
    {
      const StoreEventRow *row = events->pdata[i];
      g_autoptr (StoreEvent) event = store_event_from_rows (row, person_of (people, &next, row->seq), error);
      if (event == NULL)
        return FALSE;
      if (event->address == NULL && query->address != NULL)
        event->address = g_strdup (query->address);
      if (is_asked_for (event, query) && !func (event, data))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_events (Store *store, const StoreQuery *query, StoreEventFunc func, gpointer data, GError **error)
{
  g_assert (!query->bare || query->address == NULL);
  for (gint64 after = 0; after >= 0;)
    {
      g_autoptr (GPtrArray) events = NULL, people = NULL;
      g_autoptr (GError) why = NULL;
      if (query->address != NULL ? !next_of_address (store, query->address, &after, &events, &people, error)
                                 : !next_page (store, query->bare, after, &events, &people, error))
        return FALSE;
      if (query->address == NULL)
        after = events->len == PAGE ? ((const StoreEventRow *)events->pdata[PAGE - 1])->seq : -1;
      if (!tell_events (events, people, query, func, data, &why))
        return why == NULL || (g_propagate_error (error, g_steal_pointer (&why)), FALSE);
    }
  return TRUE;
}

/* ---- verifying ---- */

typedef struct
{
  Store *store;
  StoreSeal seal;
  gint64 count; /* rows seen */
  StoreLosses *losses;
  StoreDocket *docket;
  StoreTelling *telling;
  char *head;
  guint chain;  /* the key that rows are under here; n_chains: the first row will tell */
  guint sealed; /* the key that the seal was made with */
  char *fault;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free (walk->seal.head);
  g_free (walk->head);
  g_free (walk->fault);
  store_losses_free (walk->losses);
  store_docket_free (walk->docket);
  store_telling_free (walk->telling);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
verify_fault (Walk *walk, gint64 seq, const char *id, const char *what)
{
  walk->fault = g_strdup_printf ("row %" G_GINT64_FORMAT "%s%s: %s", seq, id != NULL ? ", event " : "",
                                 id != NULL ? id : "", what);
  return FALSE;
}

/* The digest vouches for the evidence's, which vouches for the details while they are there. */
static gboolean
is_person_sound (const StoreEventRow *row, const StorePersonRow *person)
{
  g_autofree char *digest = store_chain_digest (person);
  if (!g_str_equal (digest, row->digest))
    return FALSE;
  if (person->evidence == NULL || (person->evidence_salt == NULL && person->details == NULL))
    return TRUE;
  if (person->evidence_salt == NULL || person->details == NULL)
    return FALSE;
  g_autofree char *evidence = store_chain_evidence (person);
  return g_str_equal (evidence, person->evidence);
}

/* The row's MAC, when it is under the key that it must be under; else NULL. The ledger may begin under any.
 */
static char *
check_mac (Walk *walk, const StoreEventRow *row)
{
  const Store *store = walk->store;
  for (guint i = 0; i < store->n_chains; i++)
    {
      if (walk->chain != i && walk->chain < store->n_chains)
        continue;
      g_autofree char *mac = store_chain_mac (store->chains[i].mac, walk->head, row);
      if (!g_str_equal (mac, row->mac))
        continue;
      walk->chain = i;
      return g_steal_pointer (&mac);
    }
  return NULL;
}

/* A key that is retired vouches up to the row that ended it, and that row says which one follows. */
static gboolean
follow_keys (Walk *walk, const StoreEventRow *row)
{
  const Store *store = walk->store;
  gint64 upto = store->chains[walk->chain].upto;
  guint number = store_chain_named (row);
  if (upto != 0 && row->seq > upto)
    return verify_fault (walk, row->seq, row->id, "under a key that was retired before it");
  if (number == 0)
    return TRUE;
  if (number > store->n_chains || number <= walk->chain + 1)
    return verify_fault (walk, row->seq, row->id, "the key that the rows behind it are under is not ours");
  walk->chain = number - 1;
  return TRUE;
}

/* FALSE: here is the first fault. */
static gboolean
verify_row (Walk *walk, const StoreEventRow *row, const StorePersonRow *person)
{
  gint64 seq = walk->count + 1;
  if (row->seq != seq)
    return verify_fault (walk, seq, NULL, "missing");
  g_autofree char *mac = check_mac (walk, row);
  if (mac == NULL)
    return verify_fault (walk, seq, row->id,
                         "altered, inserted or moved: its MAC does not follow from the row before");
  if (!follow_keys (walk, row))
    return FALSE;
  walk->count = seq;
  g_free (walk->head);
  walk->head = g_steal_pointer (&mac);
  if (person != NULL && !is_person_sound (row, person))
    return verify_fault (walk, seq, row->id, "its address or details were altered");
  store_losses_row (walk->losses, row, person);
  store_docket_row (walk->docket, row);
  store_telling_row (walk->telling, row);
  return TRUE;
}

/* The next rows with their personal parts, in one look at the store; *more is FALSE behind the last. */
static gboolean
verify_page (Walk *walk, gboolean *more, GError **error)
{
  const StoreValue after = { .number = walk->count };
  const StoreFind all = { .table = &store_table_event, .order = "seq", .after = &after };
  const StoreFind parts = { .table = &store_table_person, .order = "seq", .after = &after };
  g_auto (StoreWalk) events = { 0 }, people = { 0 };
  const StoreEventRow *row;
  const StorePersonRow *person;
  if (!store_walk (walk->store, &all, &events, error) || !store_walk (walk->store, &parts, &people, error)
      || !store_step (&people, (gconstpointer *)&person, error))
    return FALSE;
  for (guint i = 0; i < ROWS && walk->count < walk->seal.count; i++)
    {
      if (!store_step (&events, (gconstpointer *)&row, error))
        return FALSE;
      while (row != NULL && person != NULL && person->seq < row->seq)
        if (!store_step (&people, (gconstpointer *)&person, error))
          return FALSE;
      *more
          = row != NULL && verify_row (walk, row, person != NULL && person->seq == row->seq ? person : NULL);
      if (!*more)
        return TRUE;
    }
  return TRUE;
}

/* Rows that are appended while we walk stand behind @seal's count and are not ours to judge. */
static gboolean
verify_rows (Walk *walk, GError **error)
{
  gboolean more = TRUE, done = TRUE;
  while (done && more && walk->count < walk->seal.count)
    {
      if (!store_look (walk->store, error))
        return FALSE;
      done = verify_page (walk, &more, error);
      store_look_away (walk->store);
    }
  return done;
}

/* What only the whole shows: a cut tail, a forged one, personal parts that are gone without an erasure. */
static gboolean
verify_end (Walk *walk, GError **error)
{
  g_autoptr (StoreEventRow) last = NULL;
  StoreFind find = { .table = &store_table_event, .order = "seq", .descending = TRUE };
  g_auto (Walk) again = { .store = walk->store };
  const char *unsound;

  if (walk->count < walk->seal.count)
    {
      verify_fault (walk, walk->count + 1, NULL, "missing: the end of the ledger was cut off");
      return TRUE;
    }
  if (!g_str_equal (walk->head, walk->seal.head))
    {
      verify_fault (walk, walk->count, NULL, "not the row that the seal names as the last");
      return TRUE;
    }
  if (walk->count > 0 && walk->chain != walk->sealed)
    {
      verify_fault (walk, walk->count, NULL, "the seal was made with another key than the ledger is under");
      return TRUE;
    }
  if (!store_find_one (walk->store, &find, (gpointer *)&last, error)
      || !store_chain_read_seal (walk->store, &again.seal, &unsound, error))
    return FALSE;
  if (last != NULL && last->seq > again.seal.count)
    verify_fault (walk, again.seal.count + 1, NULL, "inserted behind the end that the seal names");
  else if (!store_losses_check (walk->store, walk->losses, &walk->fault, error)
           || (walk->fault == NULL && !store_docket_check (walk->store, walk->docket, &walk->fault, error))
           || (walk->fault == NULL
               && !store_telling_check (walk->store, walk->telling, walk->count, &walk->fault, error)))
    return FALSE;
  gint64 missing = store_losses_missing (walk->losses); /* somebody may have erased while we walked */
  if (walk->fault == NULL && (missing < walk->seal.erased || missing > again.seal.erased))
    walk->fault = g_strdup_printf ("%" G_GINT64_FORMAT " rows have lost their personal part, and the seal "
                                   "says %" G_GINT64_FORMAT,
                                   missing, again.seal.erased);
  return TRUE;
}

gboolean
store_verify (Store *store, guint64 *count_out, char **fault_out, GError **error)
{
  g_auto (Walk) walk = { .store = store, .head = g_strdup (""), .chain = store->n_chains };
  const char *unsound = NULL;

  g_assert (!store->inside);
  walk.docket = store_docket_new ();
  walk.telling = store_telling_new ();
  walk.losses = store_losses_new (store, error);
  if (walk.losses == NULL || !store->backend->audit (store->self, &walk.fault, error))
    return FALSE;
  if (walk.fault == NULL && !store_chain_read_seal (store, &walk.seal, &unsound, error))
    return FALSE;
  if (walk.fault == NULL)
    walk.fault = g_strdup (unsound);
  walk.sealed = store->chain;
  if (walk.fault == NULL
      && (!verify_rows (&walk, error) || (walk.fault == NULL && !verify_end (&walk, error))))
    return FALSE;
  if (walk.fault == NULL && !store_audit_standing (store, &walk.fault, error))
    return FALSE;
  if (walk.fault == NULL && !store_audit_held (store, &walk.fault, error))
    return FALSE;
  *count_out = (guint64)walk.count;
  if (fault_out != NULL)
    *fault_out = g_steal_pointer (&walk.fault);
  return TRUE;
}
