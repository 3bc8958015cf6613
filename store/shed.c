/* shed.c - retention: the details of old events go, and so do sealed copies; an event of the house says
 * which. Mails whose row never came, or has gone, go too. */
#include "internal.h"

#define BATCH 1000 /* rows that are shed in one transaction, so that nobody waits long */

gboolean
store_person_shed (Store *store, StorePersonRow *row, GError **error)
{
  g_assert (row->evidence != NULL);
  g_clear_pointer (&row->evidence_salt, g_free);
  g_clear_pointer (&row->details, g_free);
  return store_put (store, row, error);
}

/* ---- whose details may go ---- */

/* Events that somebody still works on. */
static gboolean
read_kept (Store *store, GHashTable **kept_out, GError **error)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) requests = NULL, held = NULL;
  if (!store_requests (store, FALSE, &requests, error) || !store_held_list (store, FALSE, &held, error))
    return FALSE;
  for (guint i = 0; i < requests->len; i++)
    g_hash_table_add (kept, g_strdup (((const StoreRequest *)requests->pdata[i])->id));
  for (guint i = 0; i < held->len; i++)
    if (((const StoreHeld *)held->pdata[i])->event != NULL)
      g_hash_table_add (kept, g_strdup (((const StoreHeld *)held->pdata[i])->event));
  *kept_out = g_steal_pointer (&kept);
  return TRUE;
}

/* Whoever writes to people on the ground of a consent or a link must be able to prove it as long as it holds.
 */
static gboolean
is_due (const StoreEventRow *event, const StorePersonRow *person, gint64 before, GHashTable *kept)
{
  StoreAction action;
  return person->address != NULL && person->details != NULL && event->recorded_at < before
         && store_action_from_name (event->action, &action) && action != STORE_ACTION_OPT_IN
         && action != STORE_ACTION_LINK && action != STORE_ACTION_UNLINK
         && !g_hash_table_contains (kept, event->id);
}

/* The row of @events with that number; both walks go by number. */
static gboolean
step_to (StoreWalk *events, gint64 seq, const StoreEventRow **event_out, GError **error)
{
  gconstpointer row;
  do
    if (!store_step (events, &row, error))
      return FALSE;
  while (row != NULL && ((const StoreEventRow *)row)->seq < seq);
  *event_out = row;
  return TRUE;
}

/* Up to BATCH rows behind @after, which moves along and is -1 at the end; @old_out: those of schema 1 cannot
 * lose their details alone. */
static gboolean
next_batch (Store *store, gint64 before, gint64 *after, GPtrArray *rows, guint64 *old_out, GError **error)
{
  g_auto (StoreWalk) people = { 0 }, events = { 0 };
  g_autoptr (GHashTable) kept = NULL;
  StoreValue bound = { .number = *after };
  StoreFind find = { .table = &store_table_person, .order = "seq", .after = &bound };
  if (!read_kept (store, &kept, error) || !store_walk (store, &find, &people, error))
    return FALSE;
  find.table = &store_table_event;
  if (!store_walk (store, &find, &events, error))
    return FALSE;
  while (rows->len < BATCH)
    {
      gconstpointer row;
      const StoreEventRow *event;
      if (!store_step (&people, &row, error))
        return FALSE;
      const StorePersonRow *person = row;
      if (person == NULL)
        return *after = -1, TRUE;
      *after = person->seq;
      if (!step_to (&events, person->seq, &event, error))
        return FALSE;
      if (event == NULL || event->seq != person->seq || !is_due (event, person, before, kept))
        continue;
      if (person->evidence != NULL)
        g_ptr_array_add (rows, store_row_copy (person));
      else
        ++*old_out;
    }
  return TRUE;
}

static gboolean
count_due (Store *store, gint64 before, StoreTidied *tidied, GError **error)
{
  for (gint64 after = before > 0 ? 0 : -1; after >= 0;)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (store_row_free);
      if (!next_batch (store, before, &after, rows, &tidied->old, error))
        return FALSE;
      tidied->details += rows->len;
    }
  return TRUE;
}

/* It was found before the lock was taken, and may have been erased since. */
static gboolean
shed_row (Store *store, gint64 seq, GError **error)
{
  const StoreFind find = { .table = &store_table_person, .where = "seq", .is.number = seq };
  g_autoptr (StorePersonRow) row = NULL;
  return store_find_one (store, &find, (gpointer *)&row, error)
         && (row == NULL || row->details == NULL || store_person_shed (store, row, error));
}

/* The ledger is walked while others write, and only what was found is done under the lock. */
static gboolean
shed_batch (Store *store, gint64 before, gint64 *after, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (store_row_free);
  guint64 old = 0;
  if (!next_batch (store, before, after, rows, &old, error))
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  gboolean done = store_begin (store, error);
  for (guint i = 0; i < rows->len && done; i++)
    done = shed_row (store, ((const StorePersonRow *)rows->pdata[i])->seq, error);
  done = done && store_commit (store, error);
  store_rollback (store);
  return done;
}

/* ---- whole mails ---- */

static gboolean
is_sealed_due (Store *store, const char *id, gint64 before, gboolean *stray_out, gboolean *due_out,
               GError **error)
{
  g_autoptr (StoreEvent) event = NULL;
  if (!store_event (store, id, &event, error))
    return FALSE;
  *stray_out = event == NULL || event->address == NULL; /* never committed, or erased */
  *due_out = !*stray_out && event->recorded_at < before;
  return TRUE;
}

static gboolean
find_sealed (Store *store, gint64 before, GPtrArray *ids, StoreTidied *tidied, GError **error)
{
  g_auto (GStrv) all = NULL;
  if (!store_mail_list (store, STORE_FOLDER_SEALED, &all, error))
    return FALSE;
  for (char **id = all; *id != NULL; id++)
    {
      gboolean stray, due;
      if (!is_sealed_due (store, *id, before, &stray, &due, error))
        return FALSE;
      tidied->strays += stray;
      tidied->sealed += due;
      if (stray || due)
        g_ptr_array_add (ids, g_strdup (*id));
    }
  return TRUE;
}

static gboolean
find_stray_held (Store *store, GPtrArray *ids, StoreTidied *tidied, GError **error)
{
  g_auto (GStrv) all = NULL;
  if (!store_mail_list (store, STORE_FOLDER_HELD, &all, error))
    return FALSE;
  for (char **id = all; *id != NULL; id++)
    {
      g_autoptr (StoreHeld) held = NULL;
      if (!store_held_get (store, *id, &held, NULL, error))
        return FALSE;
      if (held != NULL && held->decided_at == 0)
        continue;
      tidied->strays++;
      g_ptr_array_add (ids, g_strdup (*id));
    }
  return TRUE;
}

/* ---- both ---- */

static void
forget (Store *store, StoreFolder folder, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    store_mail_forget (store, folder, ids->pdata[i]);
}

static gboolean
find_mails (Store *store, const StoreRetention *retention, GPtrArray *sealed, GPtrArray *held,
            StoreTidied *tidied, GError **error)
{
  return find_sealed (store, retention->sealed_before, sealed, tidied, error)
         && find_stray_held (store, held, tidied, error);
}

gboolean
store_tidy_look (Store *store, const StoreRetention *retention, StoreTidied *tidied_out, GError **error)
{
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  StoreTidied tidied = { 0 };
  if (!count_due (store, retention->evidence_before, &tidied, error)
      || !find_mails (store, retention, sealed, held, &tidied, error))
    return FALSE;
  *tidied_out = tidied;
  return TRUE;
}

static void
add_number (GVariantBuilder *details, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  if (number > 0)
    g_variant_builder_add (details, "{ss}", name, text);
}

/* It says so before it is done: a crash leaves rows that may go, and none that must not. */
static gboolean
record_shed (Store *store, const StoreRetention *retention, const StoreTidied *tidied, StoreEvent *event,
             GError **error)
{
  GVariantBuilder details;
  StoreRecorded recorded;
  g_variant_builder_init (&details, G_VARIANT_TYPE ("a{ss}"));
  add_number (&details, STORE_DETAIL_BEFORE, retention->evidence_before);
  add_number (&details, "details", (gint64)tidied->details);
  add_number (&details, "sealed-before", retention->sealed_before);
  add_number (&details, "sealed", (gint64)tidied->sealed);
  g_clear_pointer (&event->details, g_variant_unref);
  event->details = g_variant_ref_sink (g_variant_builder_end (&details));
  return store_record (store, event, &recorded, NULL, error);
}

/* Under the lock, for a mail without a row is one that somebody is about to record, or a stray. */
static gboolean
tidy (Store *store, const StoreRetention *retention, StoreEvent *event, StoreTidied *tidied, GError **error)
{
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  if (!find_mails (store, retention, sealed, held, tidied, error)
      || (tidied->details + tidied->sealed > 0 && !record_shed (store, retention, tidied, event, error)))
    return FALSE;
  forget (store, STORE_FOLDER_SEALED, sealed);
  forget (store, STORE_FOLDER_HELD, held);
  return store_commit (store, error);
}

gboolean
store_tidy (Store *store, const StoreRetention *retention, StoreEvent *event, StoreTidied *tidied_out,
            GError **error)
{
  StoreTidied tidied = { 0 };
  g_assert (event->action == STORE_ACTION_SHED);
  gboolean done = count_due (store, retention->evidence_before, &tidied, error) && store_begin (store, error)
                  && tidy (store, retention, event, &tidied, error);
  for (gint64 after = tidied.details > 0 ? 0 : -1; done && after >= 0;)
    done = shed_batch (store, retention->evidence_before, &after, error);
  store_rollback (store);
  if (done)
    *tidied_out = tidied;
  return done;
}

/* ---- sealed copies ---- */

gboolean
store_seal (Store *store, const char *event, GBytes *mail, GError **error)
{
  g_assert (store_is_id (event));
  return store_mail_keep (store, STORE_FOLDER_SEALED, event, mail, error);
}

gboolean
store_sealed (Store *store, const char *event, GBytes **mail_out, GError **error)
{
  g_assert (store_is_id (event));
  return store_mail_read (store, STORE_FOLDER_SEALED, event, mail_out, error);
}
