/* handover.c - what each partner was handed, and what it has confirmed. */
#include "internal.h"

#define PAGE 1000

StoreHandover *
store_handover_new (void)
{
  return g_new0 (StoreHandover, 1);
}

void
store_handover_free (StoreHandover *handover)
{
  if (handover == NULL)
    return;
  g_free (handover->partner);
  g_free (handover->sha256);
  g_free (handover->by);
  g_free (handover->event);
  g_free (handover);
}

static StoreHandover *
handover_from_row (const StoreHandoverRow *row)
{
  StoreHandover *handover = store_handover_new ();
  handover->partner = g_strdup (row->partner);
  handover->number = row->number;
  handover->full = g_str_equal (row->kind, "full");
  handover->since_seq = row->since_seq;
  handover->upto_seq = row->upto_seq;
  handover->entries = row->entries;
  handover->sha256 = g_strdup (row->sha256);
  handover->made_at = row->made_at;
  handover->acked_at = row->acked_at;
  handover->by = g_strdup (row->actor);
  handover->event = g_strdup (row->event);
  return handover;
}

static GPtrArray *
new_handovers (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)store_handover_free);
}

static gboolean
find_rows (Store *store, const char *partner, GPtrArray **rows_out, GError **error)
{
  StoreFind find
      = { .table = &store_table_handover, .where = "partner", .is.text = partner, .order = "number" };
  return store_find (store, &find, rows_out, error);
}

gboolean
store_handovers (Store *store, const char *partner, GPtrArray **handovers_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  if (!find_rows (store, partner, &rows, error))
    return FALSE;
  *handovers_out = new_handovers ();
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (*handovers_out, handover_from_row (rows->pdata[i]));
  return TRUE;
}

/* The first handover that covered @seq; one of number 0 when none did. */
static gboolean
first_handover (Store *store, const char *partner, gint64 seq, StoreHandover **handover_out, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  if (!find_rows (store, partner, &rows, error))
    return FALSE;
  const StoreHandoverRow *first = NULL;
  for (guint i = 0; i < rows->len && first == NULL; i++)
    {
      const StoreHandoverRow *row = rows->pdata[i];
      if (row->since_seq < seq && seq <= row->upto_seq)
        first = row;
    }
  *handover_out = first != NULL ? handover_from_row (first) : store_handover_new ();
  if (first == NULL)
    (*handover_out)->partner = g_strdup (partner);
  return TRUE;
}

gboolean
store_handovers_of (Store *store, gint64 seq, GPtrArray **handovers_out, GError **error)
{
  g_autoptr (GPtrArray) partners = NULL, handovers = new_handovers ();
  if (!store_partners (store, &partners, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      const StorePartner *partner = partners->pdata[i];
      g_autoptr (StoreHandover) handover = NULL;
      if (!first_handover (store, partner->name, seq, &handover, error))
        return FALSE;
      if (handover->number > 0 || partner->retired_at == 0)
        g_ptr_array_add (handovers, g_steal_pointer (&handover));
    }
  *handovers_out = g_steal_pointer (&handovers);
  return TRUE;
}

/* ---- what is not told yet ---- */

static void
note_wish (const StoreEventRow *row, guint64 *count, gint64 *oldest_at)
{
  gboolean stops = g_str_equal (row->action, store_action_name (STORE_ACTION_OPT_OUT))
                   || g_str_equal (row->action, store_action_name (STORE_ACTION_NO_SHARING));
  if (stops || g_str_equal (row->action, store_action_name (STORE_ACTION_OPT_IN))
      || g_str_equal (row->action, store_action_name (STORE_ACTION_VOID)))
    (*count)++;
  if (stops && (*oldest_at == 0 || row->received_at < *oldest_at))
    *oldest_at = row->received_at;
}

gboolean
store_partner_behind (Store *store, gint64 seq, guint64 *count_out, gint64 *oldest_at_out, GError **error)
{
  guint64 count = 0;
  gint64 oldest_at = 0;
  for (guint found = PAGE; found == PAGE;)
    {
      StoreValue bound = { .number = seq };
      StoreFind find = { .table = &store_table_event, .order = "seq", .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; i < found; i++)
        {
          const StoreEventRow *row = rows->pdata[i];
          note_wish (row, &count, &oldest_at);
          seq = row->seq;
        }
    }
  *count_out = count;
  *oldest_at_out = oldest_at;
  return TRUE;
}

/* ---- making one ---- */

/* A delta begins where the partner has confirmed to be, unless that was under a key that it no longer has. */
static gboolean
find_start (Store *store, const StorePartner *partner, const GPtrArray *rows, gint64 *since_out,
            GError **error)
{
  StoreFind find = { .table = &store_table_event, .where = "id", .is.text = partner->event };
  g_autoptr (StoreEventRow) keyed = NULL;
  if (!store_find_one (store, &find, (gpointer *)&keyed, error))
    return FALSE;
  *since_out = 0;
  for (guint i = 0; keyed != NULL && i < rows->len; i++)
    {
      const StoreHandoverRow *row = rows->pdata[i];
      if (row->acked_at != 0 && row->upto_seq >= keyed->seq)
        *since_out = row->upto_seq;
    }
  return TRUE;
}

gboolean
store_handover_next (Store *store, const StorePartner *partner, gboolean full, StoreHandover **handover_out,
                     GError **error)
{
  StoreFind find = { .table = &store_table_event, .order = "seq", .descending = TRUE };
  g_autoptr (StoreHandover) next = store_handover_new ();
  g_autoptr (StoreEventRow) last = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 since;
  if (!store_find_one (store, &find, (gpointer *)&last, error)
      || !find_rows (store, partner->name, &rows, error) || !find_start (store, partner, rows, &since, error))
    return FALSE;
  const StoreHandoverRow *before = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  next->partner = g_strdup (partner->name);
  next->number = before != NULL ? before->number + 1 : 1;
  next->full = full || since == 0;
  next->since_seq = next->full ? 0 : since;
  next->upto_seq = last != NULL ? last->seq : 0;
  *handover_out = g_steal_pointer (&next);
  return TRUE;
}

gboolean
store_hand (Store *store, const StoreHandover *handover, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_assert (handover->number > 0 && handover->made_at > 0 && store_is_digest (handover->sha256));
  g_assert (store_is_text (handover->by) && store_is_id (handover->event));
  if (!find_rows (store, handover->partner, &rows, error))
    return FALSE;
  const StoreHandoverRow *before = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  if (before != NULL && before->number >= handover->number)
    return store_fail (store, STORE_ERROR_BUSY, error,
                       "somebody else handed number %" G_GINT64_FORMAT " to %s meanwhile", handover->number,
                       handover->partner);
  const StoreHandoverRow row = {
    .table = &store_table_handover,
    .partner = handover->partner,
    .number = handover->number,
    .kind = (char *)(handover->full ? "full" : "delta"),
    .since_seq = handover->since_seq,
    .upto_seq = handover->upto_seq,
    .entries = handover->entries,
    .sha256 = handover->sha256,
    .made_at = handover->made_at,
    .acked_at = handover->acked_at,
    .actor = handover->by,
    .event = handover->event,
  };
  return store_put (store, &row, error);
}

gboolean
store_acknowledge (Store *store, const char *partner, gint64 number, gint64 at, gboolean *known_out,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean known = FALSE;
  if (!find_rows (store, partner, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    known = known || ((const StoreHandoverRow *)rows->pdata[i])->number == number;
  for (guint i = 0; known && i < rows->len; i++)
    {
      StoreHandoverRow *row = rows->pdata[i];
      if (row->number > number || row->acked_at != 0)
        continue;
      row->acked_at = at;
      if (!store_put (store, row, error))
        return FALSE;
    }
  *known_out = known;
  return TRUE;
}
