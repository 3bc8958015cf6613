/* erase.c - forgetting a person (R109, R121). The personal part of each event goes; which events they were
 * stays known under the keyed hash of the address, and so does what they stopped: the events are taken once
 * more, in their order, so that the standing follows from the ledger as it did before. An event of the house
 * names hash and events under the chain's key, and nobody can add to them or take from them unseen. */
#include "internal.h"

#include <string.h>

/* What there is of an address. */
typedef struct
{
  const char *address;
  char *who;
  GArray *seqs;        /* gint64: of its events */
  GHashTable *ids;     /* and their ids */
  GPtrArray *mentions; /* StorePersonRow: of others, whose details name it */
  GPtrArray *sealed;   /* ids of the same: their mails name it too */
  GPtrArray *replies;  /* ids */
  GPtrArray *held;     /* ids of those that are decided */
  StoreErasure counts;
  GError **error;
} Traces;

static void
traces_clear (Traces *traces)
{
  g_free (traces->who);
  g_array_unref (traces->seqs);
  g_hash_table_unref (traces->ids);
  g_ptr_array_unref (traces->mentions);
  g_ptr_array_unref (traces->sealed);
  g_ptr_array_unref (traces->replies);
  g_ptr_array_unref (traces->held);
  store_erasure_clear (&traces->counts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Traces, traces_clear)

static Traces
traces_of (Store *store, const char *address)
{
  return (Traces){ .address = address,
                   .who = store_pseudonym (store, address),
                   .seqs = g_array_new (FALSE, FALSE, sizeof (gint64)),
                   .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                   .mentions = g_ptr_array_new_with_free_func (store_row_free),
                   .sealed = g_ptr_array_new_with_free_func (g_free),
                   .replies = g_ptr_array_new_with_free_func (g_free),
                   .held = g_ptr_array_new_with_free_func (g_free) };
}

void
store_erasure_clear (StoreErasure *erasure)
{
  g_clear_pointer (&erasure->waiting, g_free);
}

/* ---- finding ---- */

static gboolean
is_of_address (char c)
{
  return g_ascii_isalnum (c) || strchr ("-_+.", c) != NULL || (guchar)c >= 0x80;
}

/* Not of a longer domain: "ann@example.org." ends a sentence, "ann@example.org.example" is somebody else. */
static gboolean
is_end (const char *p)
{
  return *p == '\0' || !is_of_address (*p) || (*p == '.' && (p[1] == '\0' || !is_of_address (p[1])));
}

/* Does @text name @address, and not one that only ends or begins with it? */
static gboolean
names (const char *text, const char *address)
{
  gsize length = strlen (address), local = (gsize)(strrchr (address, '@') - address);
  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      const char *p = at - local;
      if ((gsize)(at - text) >= local && g_ascii_strncasecmp (p, address, length) == 0
          && (p == text || !is_of_address (p[-1])) && is_end (p + length))
        return TRUE;
    }
  return FALSE;
}

/* @domain begins with its @. */
static gboolean
has_domain (const char *text, const char *domain)
{
  gsize length = strlen (domain);
  const char *at = strchr (text, '@');
  while (at != NULL && g_ascii_strncasecmp (at, domain, length) != 0)
    at = strchr (at + 1, '@');
  return at != NULL;
}

/* The text of details has its values as they are, but where something is escaped; and of a domain nothing
 * ever is, so that few are parsed while others wait for the lock. */
static gboolean
details_name (const char *details, const char *address)
{
  if (details == NULL || strchr (details, '\\') == NULL)
    return details != NULL && names (details, address);
  if (!has_domain (details, strrchr (address, '@')))
    return FALSE;
  g_autoptr (GVariant) values = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), details, NULL, NULL, NULL);
  GVariantIter iter;
  const char *value;
  if (values == NULL)
    return FALSE;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&s&s}", NULL, &value))
    if (names (value, address))
      return TRUE;
  return FALSE;
}

static gboolean
note_event (Store *store, Traces *traces, gint64 seq, GError **error)
{
  StoreFind find = { .table = &store_table_event, .where = "seq", .is.number = seq };
  g_autoptr (StoreEventRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  g_array_append_val (traces->seqs, seq);
  if (row != NULL)
    g_hash_table_add (traces->ids, g_strdup (row->id));
  return TRUE;
}

/* What the ledger's audit rests on is never cut. Rows of schema 1 cannot lose their details alone. */
static gboolean
note_mention (Store *store, Traces *traces, const StorePersonRow *row, GError **error)
{
  StoreFind find = { .table = &store_table_event, .where = "seq", .is.number = row->seq };
  g_autoptr (StoreEventRow) event = NULL;
  StoreAction action;
  if (!store_find_one (store, &find, (gpointer *)&event, error))
    return FALSE;
  gboolean cuttable = row->evidence != NULL && event != NULL
                      && store_action_from_name (event->action, &action)
                      && (row->address != NULL || action == STORE_ACTION_IMPORT || action == STORE_ACTION_HAND
                          || action == STORE_ACTION_ACKNOWLEDGE || action == STORE_ACTION_PARTNER);
  if (!cuttable)
    return traces->counts.uncut++, TRUE;
  g_ptr_array_add (traces->mentions, store_row_copy (row));
  g_ptr_array_add (traces->sealed, g_strdup (event->id));
  return TRUE;
}

/* One walk over all personal parts: others may name the address in words of theirs. */
static gboolean
find_people (Store *store, Traces *traces, GError **error)
{
  const StoreFind all = { .table = &store_table_person };
  g_auto (StoreWalk) walk = { 0 };
  const StorePersonRow *row;
  if (!store_walk (store, &all, &walk, error) || !store_step (&walk, (gconstpointer *)&row, error))
    return FALSE;
  while (row != NULL)
    {
      gboolean own = g_strcmp0 (row->address, traces->address) == 0;
      if (own ? !note_event (store, traces, row->seq, error)
              : details_name (row->details, traces->address) && !note_mention (store, traces, row, error))
        return FALSE;
      if (!store_step (&walk, (gconstpointer *)&row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_reply (const StoreReply *reply, gpointer data)
{
  Traces *traces = data;
  gboolean theirs = g_str_equal (reply->recipient, traces->address)
                    || (reply->event != NULL && g_hash_table_contains (traces->ids, reply->event)
                        && g_bytes_get_size (reply->mail) > 0);
  if (!theirs)
    return TRUE;
  g_ptr_array_add (traces->replies, g_strdup (reply->id));
  traces->counts.unsent += reply->state != STORE_REPLY_SENT;
  return TRUE;
}

static gboolean
note_held (const StoreHeld *held, gpointer data)
{
  Traces *traces = data;
  gboolean theirs = g_strcmp0 (held->address, traces->address) == 0
                    || (held->sender != NULL && names (held->sender, traces->address))
                    || names (held->summary, traces->address);
  if (theirs && held->decided_at != 0)
    g_ptr_array_add (traces->held, g_strdup (held->id));
  else if (theirs && traces->counts.waiting == NULL)
    traces->counts.waiting = g_strdup (held->id);
  return TRUE;
}

static gboolean
find_traces (Store *store, Traces *traces, GError **error)
{
  g_assert (store_is_address (traces->address));
  if (!find_people (store, traces, error) || !store_each_reply (store, note_reply, traces, error)
      || !store_each_held (store, note_held, traces, error))
    return FALSE;
  traces->counts.events = traces->seqs->len;
  traces->counts.mentions = traces->mentions->len;
  traces->counts.replies = traces->replies->len;
  traces->counts.held = traces->held->len;
  return TRUE;
}

gboolean
store_erase_look (Store *store, const char *address, StoreErasure *erasure_out, GError **error)
{
  g_auto (Traces) traces = traces_of (store, address);
  if (!find_traces (store, &traces, error))
    return FALSE;
  *erasure_out = traces.counts;
  traces.counts.waiting = NULL;
  return TRUE;
}

/* ---- removing ---- */

gboolean
store_erased_put (Store *store, gint64 seq, const char *who, GError **error)
{
  StoreErasedRow row = { &store_table_erased, seq, (char *)who };
  return store_put (store, &row, error);
}

static gboolean
remove_people (Store *store, const Traces *traces, GError **error)
{
  if (!store_drop (store, &store_table_person, "address", traces->address, error))
    return FALSE;
  for (guint i = 0; i < traces->seqs->len; i++)
    if (!store_erased_put (store, g_array_index (traces->seqs, gint64, i), traces->who, error))
      return FALSE;
  store_seal_erased (store, traces->seqs->len);
  for (guint i = 0; i < traces->mentions->len; i++)
    {
      StorePersonRow *row = traces->mentions->pdata[i];
      if (!store_person_shed (store, row, error) || !store_erased_put (store, row->seq, traces->who, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
drop_all (Store *store, const StoreTable *table, const GPtrArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!store_drop (store, table, "id", ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
move_standing (Store *store, const Traces *traces, GError **error)
{
  return store_drop (store, &store_table_standing, "who", traces->address, error)
         && store_standing_fold (store, store, traces->who, error);
}

static void
forget_mails (Store *store, const Traces *traces)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, traces->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    store_mail_forget (store, STORE_FOLDER_SEALED, id);
  for (guint i = 0; i < traces->sealed->len; i++)
    store_mail_forget (store, STORE_FOLDER_SEALED, traces->sealed->pdata[i]);
  for (guint i = 0; i < traces->held->len; i++)
    store_mail_forget (store, STORE_FOLDER_HELD, traces->held->pdata[i]);
}

/* ---- saying so ---- */

static char *
list_seqs (const Traces *traces)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < traces->seqs->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (traces->seqs, gint64, i));
  for (guint i = 0; i < traces->mentions->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, list->len > 0 ? " " : "",
                            ((const StorePersonRow *)traces->mentions->pdata[i])->seq);
  return g_string_free (list, FALSE);
}

/* What the caller has to say, and under the chain's key what was erased. */
static GVariant *
details_of (GVariant *said, const Traces *traces)
{
  g_autofree char *events = list_seqs (traces);
  GVariantBuilder details;
  GVariantIter iter;
  const char *name, *value;
  g_variant_builder_init (&details, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, said);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    g_variant_builder_add (&details, "{ss}", name, value);
  g_variant_builder_add (&details, "{ss}", STORE_DETAIL_WHO, traces->who);
  g_variant_builder_add (&details, "{ss}", STORE_DETAIL_EVENTS, events);
  return g_variant_ref_sink (g_variant_builder_end (&details));
}

static gboolean
record_erased (Store *store, StoreEvent *event, const Traces *traces, GError **error)
{
  StoreRecorded recorded;
  GVariant *details = details_of (event->details, traces);
  g_variant_unref (event->details);
  event->details = details;
  return store_record (store, event, &recorded, NULL, error);
}

gboolean
store_erase (Store *store, const char *address, StoreEvent *event, StoreErasure *erasure_out, GError **error)
{
  g_auto (Traces) traces = traces_of (store, address);
  g_assert (store->inside && event->action == STORE_ACTION_ERASED && event->details != NULL);
  if (!find_traces (store, &traces, error))
    return FALSE;
  if (traces.counts.waiting == NULL
      && (!record_erased (store, event, &traces, error) || !remove_people (store, &traces, error)
          || !move_standing (store, &traces, error) || !store_link_erase (store, address, error)
          || !store_request_erase (store, address, traces.who, event, &traces.counts.cases, error)
          || !drop_all (store, &store_table_reply, traces.replies, error)
          || !drop_all (store, &store_table_held, traces.held, error)
          || !store_partner_remember (store, address, error)))
    return FALSE;
  if (traces.counts.waiting == NULL)
    forget_mails (store, &traces);
  *erasure_out = traces.counts;
  traces.counts.waiting = NULL;
  return TRUE;
}

gboolean
store_scrub (Store *store, GError **error)
{
  g_assert (!store->inside && !store->read_only);
  return store->backend->scrub (store->self, error);
}
