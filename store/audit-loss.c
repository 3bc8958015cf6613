/* audit-loss.c - is everything that is missing from the ledger missing by right? Personal parts go by an
 * erasure, which names each event under the chain's key; details go by retention, which names the day. */
#include "internal.h"

struct StoreLosses
{
  GHashTable *noted;    /* seq -> who: as the table erased has it */
  GHashTable *claimed;  /* seq -> who: as the ledger has it, the last word on each */
  gint64 gone;          /* the first row without a personal part that is not noted; 0: none */
  gint64 bare, bare_at; /* of rows without details that are not noted the one recorded last */
  gint64 before;        /* what was recorded before then may have no details */
  gint64 back;          /* the first row that is noted and yet has everything */
  gint64 missing;
};

static GHashTable *
new_map (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
map_put (GHashTable *map, gint64 seq, const char *who)
{
  g_hash_table_replace (map, g_memdup2 (&seq, sizeof seq), g_strdup (who));
}

StoreLosses *
store_losses_new (Store *store, GError **error)
{
  g_autoptr (StoreLosses) losses = g_new0 (StoreLosses, 1);
  g_auto (StoreWalk) walk = { 0 };
  gconstpointer row;
  losses->noted = new_map ();
  losses->claimed = new_map ();
  if (!store_walk (store, &(StoreFind){ .table = &store_table_erased }, &walk, error))
    return NULL;
  do
    {
      const StoreErasedRow *erased;
      if (!store_step (&walk, &row, error))
        return NULL;
      if ((erased = row) != NULL)
        map_put (losses->noted, erased->seq, erased->who);
    }
  while (row != NULL);
  return g_steal_pointer (&losses);
}

void
store_losses_free (StoreLosses *losses)
{
  if (losses == NULL)
    return;
  g_hash_table_unref (losses->noted);
  g_hash_table_unref (losses->claimed);
  g_free (losses);
}

/* ---- on the way ---- */

static void
claim (StoreLosses *losses, const StoreEvent *event)
{
  const char *who = store_event_who (event), *list = store_event_detail (event, STORE_DETAIL_EVENTS);
  g_auto (GStrv) seqs = g_strsplit (list != NULL ? list : "", " ", -1);
  if (who == NULL || event->address != NULL)
    return;
  map_put (losses->claimed, event->seq, who);
  for (char **seq = seqs; *seq != NULL; seq++)
    if (**seq != '\0')
      map_put (losses->claimed, g_ascii_strtoll (*seq, NULL, 10), who);
}

/* The ledger's own word, which stands under its MAC. */
static void
hear (StoreLosses *losses, const StoreEventRow *row, const StorePersonRow *person)
{
  StoreAction action;
  if (!store_action_from_name (row->action, &action)
      || (action != STORE_ACTION_ERASED && action != STORE_ACTION_CLOSE && action != STORE_ACTION_SHED))
    return;
  g_autoptr (StoreEvent) event = store_event_from_rows (row, person, NULL);
  if (event == NULL)
    return; /* the audit finds that out by itself */
  const char *before = action == STORE_ACTION_SHED ? store_event_detail (event, STORE_DETAIL_BEFORE) : NULL;
  if (before != NULL)
    losses->before = MAX (losses->before, g_ascii_strtoll (before, NULL, 10));
  claim (losses, event);
}

void
store_losses_row (StoreLosses *losses, const StoreEventRow *row, const StorePersonRow *person)
{
  gboolean noted = g_hash_table_size (losses->noted) > 0 && g_hash_table_contains (losses->noted, &row->seq);
  losses->missing += person == NULL;
  if (person == NULL)
    losses->gone = noted || losses->gone != 0 ? losses->gone : row->seq;
  else if (person->details == NULL && !noted && row->recorded_at >= losses->bare_at)
    losses->bare = row->seq, losses->bare_at = row->recorded_at;
  else if (person->details != NULL && person->address != NULL && noted && losses->back == 0)
    losses->back = row->seq;
  if (person != NULL)
    hear (losses, row, person);
}

/* ---- at the end ---- */

static gboolean
fault (gint64 seq, const char *what, char **fault_out)
{
  *fault_out = g_strdup_printf ("row %" G_GINT64_FORMAT ": %s", seq, what);
  return TRUE;
}

/* Somebody may have erased while we walked. */
static gboolean
noted_now (Store *store, gint64 seq, char **who_out, GError **error)
{
  StoreFind find = { .table = &store_table_erased, .where = "seq", .is.number = seq };
  g_autoptr (StoreErasedRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *who_out = row != NULL ? g_steal_pointer (&row->who) : NULL;
  return TRUE;
}

/* Each of @ought is as @is says, or as the table says by now. */
static gboolean
compare (Store *store, GHashTable *ought, GHashTable *is, gboolean now, char **fault_out, GError **error)
{
  GHashTableIter iter;
  gpointer seq, who;
  g_hash_table_iter_init (&iter, ought);
  while (*fault_out == NULL && g_hash_table_iter_next (&iter, &seq, &who))
    {
      g_autofree char *there = NULL;
      if (g_strcmp0 (g_hash_table_lookup (is, seq), who) == 0)
        continue;
      if (now && !noted_now (store, *(gint64 *)seq, &there, error))
        return FALSE;
      if (g_strcmp0 (there, who) != 0)
        fault (*(gint64 *)seq,
               now ? "an erasure names it, and it is not noted whose it was, or another's"
                   : "noted as an erased person's, and no erasure names it so",
               fault_out);
    }
  return TRUE;
}

gboolean
store_losses_check (Store *store, const StoreLosses *losses, char **fault_out, GError **error)
{
  g_autofree char *gone = NULL, *bare = NULL;
  if (losses->back != 0)
    return fault (losses->back, "was erased, and yet its personal part is there", fault_out);
  if (!compare (store, losses->noted, losses->claimed, FALSE, fault_out, error)
      || !compare (store, losses->claimed, losses->noted, TRUE, fault_out, error))
    return FALSE;
  if (*fault_out != NULL)
    return TRUE;
  if (!noted_now (store, losses->gone, &gone, error) || !noted_now (store, losses->bare, &bare, error))
    return FALSE;
  if (losses->gone != 0 && gone == NULL)
    return fault (losses->gone, "its personal part is missing, or another's, and no erasure says so",
                  fault_out);
  if (losses->bare != 0 && bare == NULL && losses->bare_at >= losses->before)
    return fault (losses->bare, "its evidence is missing, and no retention says so", fault_out);
  return TRUE;
}

gint64
store_losses_missing (const StoreLosses *losses)
{
  return losses->missing;
}
