/* audit.c - walking the ledger, to list it and to verify it; page by page, so that memory stays flat and
 * nobody waits. */
#include "internal.h"

#define PAGE 500

/* The next rows of the ledger with their personal parts; of one address, or of all. */
static gboolean
next_page (Store *store, const char *address, gboolean bare, gint64 after, GPtrArray **events_out,
           GPtrArray **people_out, GError **error)
{
  StoreValue bound = { .number = after };
  StoreFind people = { .table = &store_table_person, .order = "seq", .after = &bound, .most = PAGE };
  StoreFind events = { .table = &store_table_event, .order = "seq", .after = &bound, .most = PAGE };
  if (bare)
    *people_out = g_ptr_array_new ();
  if (bare)
    return store_find (store, &events, events_out, error);
  if (address == NULL)
    return store_find (store, &events, events_out, error) && store_find (store, &people, people_out, error);

  people.where = "address";
  people.is.text = address;
  if (!store_find (store, &people, people_out, error))
    return FALSE;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (store_row_free);
  for (guint i = 0; i < (*people_out)->len; i++)
    {
      gpointer row = NULL;
      StoreFind one = { .table = &store_table_event,
                        .where = "seq",
                        .is.number = ((StorePersonRow *)(*people_out)->pdata[i])->seq };
      if (!store_find_one (store, &one, &row, error))
        return FALSE;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  *events_out = g_steal_pointer (&rows);
  return TRUE;
}

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

gboolean
store_events (Store *store, const StoreQuery *query, StoreEventFunc func, gpointer data, GError **error)
{
  g_assert (!query->bare || query->address == NULL);
  for (gint64 after = 0;;)
    {
      g_autoptr (GPtrArray) events = NULL, people = NULL;
      guint next = 0;
      if (!next_page (store, query->address, query->bare, after, &events, &people, error))
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          const StoreEventRow *row = events->pdata[i];
          g_autoptr (StoreEvent) event
              = store_event_from_rows (row, person_of (people, &next, row->seq), error);
          if (event == NULL)
            return FALSE;
          after = row->seq;
          if (is_asked_for (event, query) && !func (event, data))
            return TRUE;
        }
      if (events->len < PAGE)
        return TRUE;
    }
}

/* ---- verifying ---- */

typedef struct
{
  Store *store;
  StoreSeal seal;
  gint64 count, missing; /* rows seen, and how many of them have no personal part */
  gint64 first_missing;
  char *head;
  char *fault;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free (walk->seal.head);
  g_free (walk->head);
  g_free (walk->fault);
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

/* FALSE: here is the first fault. */
static gboolean
verify_row (Walk *walk, const StoreEventRow *row, const StorePersonRow *person)
{
  gint64 seq = walk->count + 1;
  if (row->seq != seq)
    return verify_fault (walk, seq, NULL, "missing");
  g_autofree char *mac = store_chain_mac (walk->store->chain_mac, walk->head, row);
  if (!g_str_equal (mac, row->mac))
    return verify_fault (walk, seq, row->id,
                         "altered, inserted or moved: its MAC does not follow from the row before");
  walk->count = seq;
  g_free (walk->head);
  walk->head = g_steal_pointer (&mac);
  if (person == NULL)
    {
      walk->first_missing = walk->missing++ == 0 ? seq : walk->first_missing;
      return TRUE;
    }
  return is_person_sound (row, person)
         || verify_fault (walk, seq, row->id, "its address or details were altered");
}

/* Rows that are appended while we walk stand behind @seal's count and are not ours to judge. */
static gboolean
verify_rows (Walk *walk, GError **error)
{
  guint found = PAGE;
  while (walk->fault == NULL && found == PAGE && walk->count < walk->seal.count)
    {
      g_autoptr (GPtrArray) events = NULL, people = NULL;
      guint next = 0;
      if (!next_page (walk->store, NULL, FALSE, walk->count, &events, &people, error))
        return FALSE;
      found = events->len;
      for (guint i = 0; i < found && walk->count < walk->seal.count; i++)
        {
          const StoreEventRow *row = events->pdata[i];
          if (!verify_row (walk, row, person_of (people, &next, row->seq)))
            break;
        }
    }
  return TRUE;
}

/* What only the whole shows: a cut tail, a forged one, personal parts that are gone without an erasure. */
static gboolean
verify_end (Walk *walk, GError **error)
{
  g_autoptr (StoreEventRow) last = NULL;
  StoreFind find = { .table = &store_table_event, .order = "seq", .descending = TRUE };
  g_auto (Walk) again = { .store = walk->store };
  gboolean sound;

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
  if (!store_find_one (walk->store, &find, (gpointer *)&last, error)
      || !store_chain_read_seal (walk->store, &again.seal, &sound, error))
    return FALSE;
  if (last != NULL && last->seq > again.seal.count)
    verify_fault (walk, again.seal.count + 1, NULL, "inserted behind the end that the seal names");
  else if (walk->missing != walk->seal.erased)
    verify_fault (walk, walk->first_missing, NULL,
                  "its personal part is missing, or another's, and no erasure says so");
  return TRUE;
}

gboolean
store_verify (Store *store, guint64 *count_out, char **fault_out, GError **error)
{
  g_auto (Walk) walk = { .store = store, .head = g_strdup ("") };
  gboolean sound;

  g_assert (!store->resealed);
  if (!store->backend->audit (store->self, &walk.fault, error))
    return FALSE;
  if (walk.fault == NULL && !store_chain_read_seal (store, &walk.seal, &sound, error))
    return FALSE;
  if (walk.fault == NULL && !sound)
    walk.fault = g_strdup (
        "the seal of the ledger does not verify under our key: missing, altered, or another key's");
  if (walk.fault == NULL
      && (!verify_rows (&walk, error) || (walk.fault == NULL && !verify_end (&walk, error))))
    return FALSE;
  if (walk.fault == NULL && !store_audit_standing (store, &walk.fault, error))
    return FALSE;
  *count_out = (guint64)walk.count;
  if (fault_out != NULL)
    *fault_out = g_steal_pointer (&walk.fault);
  return TRUE;
}
