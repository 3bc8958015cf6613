/* partner-entries.c - what a partner is told, address by address, by hashes under its own key (R104, R121).
 */
#include "internal.h"

#include <string.h>

#define PAGE 1000
#define PSEUDONYMS "hmac:"

/* Who asked not to be passed on. */
static const StoreFind no_sharing
    = { .table = &store_table_request, .where = "kind", .is.text = "no-sharing" };

typedef struct
{
  Store *store;
  const StorePartner *partner;
  const StoreHandover *handover;
  GBytes *key;
  StorePartnerEntryFunc func;
  gpointer data;
  gboolean sharing; /* did anybody ask not to be passed on? */
  gboolean seeded;  /* the seed was told, or there is none */
  guint64 unknown;
  gboolean ended; /* the caller wants no more */
} Telling;

/* ---- one address ---- */

static gboolean
find_hash (Telling *telling, const char *pseudonym, StorePartnerHashRow **row_out, GError **error)
{
  StoreFind find = { .table = &store_table_partner_hash, .where = "who", .is.text = pseudonym };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (telling->store, &find, &rows, error))
    return FALSE;
  *row_out = NULL;
  for (guint i = 0; i < rows->len && *row_out == NULL; i++)
    if (g_str_equal (((StorePartnerHashRow *)rows->pdata[i])->partner, telling->partner->name))
      *row_out = g_ptr_array_steal_index (rows, i);
  return TRUE;
}

/* When the first request not to be passed on was made under that very name; 0: there is none that stands. */
static gboolean
find_request (Telling *telling, const char *name, gint64 *at_out, GError **error)
{
  StoreFind find = { .table = &store_table_request, .where = "who", .is.text = name, .order = "opened_at" };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (telling->store, &find, &rows, error))
    return FALSE;
  *at_out = 0;
  for (guint i = 0; i < rows->len && *at_out == 0; i++)
    {
      const StoreRequestRow *row = rows->pdata[i];
      if (g_str_equal (row->kind, no_sharing.is.text)
          && g_strcmp0 (row->outcome, STORE_OUTCOME_NOT_THEIRS) != 0)
        *at_out = row->opened_at;
    }
  return TRUE;
}

/* What was asked for before an erasure goes on to hold for the address. */
static gboolean
find_no_sharing (Telling *telling, const char *who, gint64 *at_out, GError **error)
{
  *at_out = 0;
  if (!telling->sharing)
    return TRUE;
  if (store_is_address (who))
    {
      g_autofree char *pseudonym = store_pseudonym (telling->store, who);
      if (!find_request (telling, pseudonym, at_out, error))
        return FALSE;
    }
  return *at_out != 0 || find_request (telling, who, at_out, error);
}

static void
tell (Telling *telling, const StorePartnerEntry *entry)
{
  telling->ended = !telling->func (entry, telling->data);
}

/* An address is hashed now; of one that is erased we have what was noted then. */
static gboolean
tell_entry (Telling *telling, const char *who, StorePartnerEntry *entry, GError **error)
{
  g_autoptr (StorePartnerHashRow) row = NULL;
  g_autofree char *hash = NULL;
  if (store_is_address (who))
    {
      hash = store_partner_hash (telling->key, who);
      entry->hash = hash;
      entry->generation = telling->partner->generation;
    }
  else if (!find_hash (telling, who, &row, error))
    return FALSE;
  else if (row == NULL)
    {
      telling->unknown++;
      return TRUE;
    }
  else
    {
      entry->hash = row->hash;
      entry->generation = row->generation;
    }
  tell (telling, entry);
  return TRUE;
}

static gboolean
note_stop (const StoreEvent *event, gpointer data)
{
  gboolean *was = data;
  *was = event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_HOLD
         || event->action == STORE_ACTION_NO_SHARING || event->action == STORE_ACTION_LINK;
  return !*was;
}

/* Of @who, who is stopped of nothing now: may the partner think otherwise? Who never was stopped is none of
 * its business. A full list says so only where it named the same address before, as one that was erased. */
static gboolean
was_stopped (Telling *telling, const char *who, gboolean *was_out, GError **error)
{
  StoreQuery query = { .address = who, .reason = -1 };
  *was_out = FALSE;
  if (!store_is_address (who))
    return TRUE;
  g_autofree char *pseudonym = store_pseudonym (telling->store, who);
  StoreFind erased = { .table = &store_table_standing, .where = "who", .is.text = pseudonym };
  StoreFind linked = { .table = &store_table_link, .where = "who", .is.text = who };
  guint64 n_erased, n_linked;
  if (!store_count (telling->store, &erased, &n_erased, error)
      || !store_count (telling->store, &linked, &n_linked, error))
    return FALSE;
  *was_out = n_erased > 0 || (n_linked > 0 && !telling->handover->full);
  return *was_out || telling->handover->full
         || store_events (telling->store, &query, note_stop, was_out, error);
}

static gboolean
tell_of (Telling *telling, const char *who, GError **error)
{
  static const char *const every[] = { STORE_EVERY, NULL }, *const none[] = { NULL };
  g_auto (StoreScope) scope = { 0 };
  gint64 no_sharing_at;
  if (!store_scope_of (telling->store, who, &scope, error)
      || !find_no_sharing (telling, who, &no_sharing_at, error))
    return FALSE;
  StorePartnerEntry entry = { .is_out = scope.is_out || no_sharing_at != 0,
                              .scope = scope.scope,
                              .except = scope.except,
                              .no_sharing = no_sharing_at != 0,
                              .since_at = scope.since_at };
  if (entry.no_sharing)
    {
      entry.scope = (char **)every;
      entry.except = (char **)none;
      if (entry.since_at == 0 || no_sharing_at < entry.since_at)
        entry.since_at = no_sharing_at;
    }
  gboolean named = entry.is_out;
  if (!named && !was_stopped (telling, who, &named, error))
    return FALSE;
  return !named || tell_entry (telling, who, &entry, error);
}

/* The seed stands among the others as if it were one of them, where it would be by its name. */
static void
tell_seed (Telling *telling, const char *before)
{
  static const char *const every[] = { STORE_EVERY, NULL }, *const none[] = { NULL };
  const StorePartner *partner = telling->partner;
  if (telling->seeded || (before != NULL && strcmp (before, partner->seed) < 0))
    return;
  telling->seeded = TRUE;
  g_autofree char *hash = store_partner_hash (telling->key, partner->seed);
  const StorePartnerEntry entry = { .hash = hash,
                                    .generation = partner->generation,
                                    .is_out = TRUE,
                                    .scope = (char **)every,
                                    .except = (char **)none,
                                    .since_at = partner->added_at };
  tell (telling, &entry);
}

/* ---- everybody ---- */

/* Each name in the standing behind @from, once: only pseudonyms, or only addresses. */
static gboolean
tell_standing (Telling *telling, const char *from, gboolean pseudonyms, GError **error)
{
  g_autofree char *after = g_strdup (from);
  for (guint found = PAGE; found == PAGE && !telling->ended;)
    {
      StoreValue bound = { .text = after };
      StoreFind find = { .table = &store_table_standing, .order = "who", .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (telling->store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < rows->len && !telling->ended; i++)
        {
          const char *who = ((StoreStandingRow *)rows->pdata[i])->who;
          if (g_str_equal (who, after))
            continue;
          g_free (after);
          after = g_strdup (who);
          if (pseudonyms && !g_str_has_prefix (who, PSEUDONYMS))
            return TRUE;
          if (pseudonyms == store_is_address (who))
            continue;
          if (!pseudonyms)
            tell_seed (telling, who);
          if (!telling->ended && !tell_of (telling, who, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Each name in the column "who" of the rows that @of asks for, once, that has no standing of its own. */
static gboolean
tell_others (Telling *telling, const StoreFind *of, GError **error)
{
  const StoreColumn *column = store_table_column (of->table, "who");
  g_autofree char *after = g_strdup ("");
  for (guint found = PAGE; found == PAGE && !telling->ended;)
    {
      StoreValue bound = { .text = after };
      StoreFind find = *of;
      g_autoptr (GPtrArray) rows = NULL;
      find.order = "who";
      find.after = &bound;
      find.most = PAGE;
      if (!store_find (telling->store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < rows->len && !telling->ended; i++)
        {
          const char *who = *store_row_text (rows->pdata[i], column);
          StoreFind standing = { .table = &store_table_standing, .where = "who", .is.text = who };
          guint64 count;
          if (g_str_equal (who, after))
            continue;
          if (!store_count (telling->store, &standing, &count, error)
              || (count == 0 && !tell_of (telling, who, error)))
            return FALSE;
          g_free (after);
          after = g_strdup (who);
        }
    }
  return TRUE;
}

/* Erased addresses come first, so that of one that is used again what it says now holds. */
static gboolean
tell_all (Telling *telling, GError **error)
{
  if (!tell_standing (telling, PSEUDONYMS, TRUE, error) || !tell_standing (telling, "", FALSE, error))
    return FALSE;
  if (!telling->ended)
    tell_seed (telling, NULL);
  return tell_others (telling, &no_sharing, error)
         && tell_others (telling, &(StoreFind){ .table = &store_table_link }, error);
}

/* ---- what has changed ---- */

/* Whom event @seq speaks of; NULL: nobody. */
static gboolean
find_who (Store *store, gint64 seq, char **who_out, GError **error)
{
  StoreFind people = { .table = &store_table_person, .where = "seq", .is.number = seq };
  StoreFind erased = { .table = &store_table_erased, .where = "seq", .is.number = seq };
  g_autoptr (StorePersonRow) person = NULL;
  g_autoptr (StoreErasedRow) gone = NULL;
  if (!store_find_one (store, &people, (gpointer *)&person, error)
      || ((person == NULL || person->address == NULL)
          && !store_find_one (store, &erased, (gpointer *)&gone, error)))
    return FALSE;
  *who_out = g_strdup (person != NULL && person->address != NULL ? person->address
                       : gone != NULL                            ? gone->who
                                                                 : NULL);
  return TRUE;
}

/* Does a later event of the same part speak of @who too? Then @who is told of there. */
static gboolean
comes_again (Telling *telling, const char *who, gint64 seq, gboolean *again_out, GError **error)
{
  gboolean address = store_is_address (who);
  StoreValue bound = { .number = seq };
  StoreFind find = { .table = address ? &store_table_person : &store_table_erased,
                     .where = address ? "address" : "who",
                     .is.text = who,
                     .order = "seq",
                     .after = &bound };
  gpointer next = NULL;
  if (!store_find_one (telling->store, &find, &next, error))
    return FALSE;
  gint64 next_seq = next == NULL ? 0
                    : address    ? ((StorePersonRow *)next)->seq
                                 : ((StoreErasedRow *)next)->seq;
  *again_out = next != NULL && next_seq <= telling->handover->upto_seq;
  store_row_free (next);
  return TRUE;
}

/* What changed for @who changed for the addresses linked with it, too. */
static gboolean
tell_linked (Telling *telling, const char *who, GError **error)
{
  g_autoptr (GPtrArray) links = store_links_new ();
  if (!telling->store->none_linked && !store_links_read (telling->store, who, links, error))
    return FALSE;
  for (guint i = 0; i < links->len && !telling->ended; i++)
    if (!tell_of (telling, ((StoreLink *)links->pdata[i])->other, error))
      return FALSE;
  return TRUE;
}

static gboolean
tell_changes (Telling *telling, GError **error)
{
  for (gint64 seq = telling->handover->since_seq + 1; seq <= telling->handover->upto_seq && !telling->ended;
       seq++)
    {
      g_autofree char *who = NULL;
      gboolean again = FALSE;
      if (!find_who (telling->store, seq, &who, error)
          || (who != NULL && !comes_again (telling, who, seq, &again, error))
          || (who != NULL && !again
              && (!tell_of (telling, who, error) || !tell_linked (telling, who, error))))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_partner_entries (Store *store, const StorePartner *partner, const StoreHandover *handover,
                       StorePartnerEntryFunc func, gpointer data, guint64 *unknown_out, GError **error)
{
  g_autoptr (GBytes) key = store_partner_key_octets (store, partner->name, partner->generation);
  Telling telling = { .store = store,
                      .partner = partner,
                      .handover = handover,
                      .key = key,
                      .func = func,
                      .data = data,
                      .seeded = partner->seed == NULL };
  guint64 requests;
  g_assert (store->looking);
  if (!store_count (store, &no_sharing, &requests, error))
    return FALSE;
  telling.sharing = requests > 0;
  if (!(handover->full ? tell_all (&telling, error) : tell_changes (&telling, error)))
    return FALSE;
  *unknown_out = telling.unknown;
  return TRUE;
}
