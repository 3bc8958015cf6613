/* gap.c - what a copy does not know. It bears a mark of when it was made, and keeps it wherever it is put:
 * what came in later is not in it, so it says yes to no marketing until somebody closes the gap. A store in
 * use never gets the mark. */
#include "internal.h"

#define COPIED ".copied"            /* with a dot, so that nobody reaches it from outside */
#define QUEUED_S (5 * 24 * 60 * 60) /* so long a mail may wait in a mail server until we take it */

StoreMarkRow *
store_gap_mark (gint64 at)
{
  StoreMarkRow *row = store_row_new (&store_table_mark);
  row->name = g_strdup (COPIED);
  row->value = g_strdup_printf ("%" G_GINT64_FORMAT, at);
  return row;
}

gboolean
store_gap (Store *store, gint64 *at_out, GError **error)
{
  StoreFind find = { .table = &store_table_mark, .where = "name", .is.text = COPIED };
  g_autoptr (StoreMarkRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  *at_out = row != NULL ? MAX (g_ascii_strtoll (row->value, NULL, 10), 1) : 0;
  return TRUE;
}

static char *
time_text (gint64 at, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at);
  return time != NULL ? g_date_time_format (time, format) : g_strdup ("?");
}

char *
store_gap_advice (gint64 at)
{
  g_autofree char *since = time_text (MAX (at - QUEUED_S, 0), "%Y-%m-%d");
  return g_strdup_printf (
      "'optout replay --since %s --closes-gap SOURCE...' takes it in, 'optout restore --gap-closed' "
      "says that there is none",
      since);
}

gboolean
store_complete (Store *store, GError **error)
{
  gint64 at = 0;
  if (store->complete)
    return TRUE;
  if (!store_ledger_ends (store, error) || !store_gap (store, &at, error))
    return FALSE;
  store->complete = at == 0;
  if (store->complete)
    return TRUE;
  g_autofree char *when = time_text (at, "%Y-%m-%dT%H:%M:%SZ"), *advice = store_gap_advice (at);
  g_set_error (
      error, STORE_ERROR, STORE_ERROR_UNAVAILABLE,
      "the store is a copy made %s, and no marketing may go out until the mail since then is in it: %s", when,
      advice);
  return FALSE;
}

gboolean
store_gap_close (Store *store, StoreEvent *event, GError **error)
{
  StoreRecorded recorded;
  return store_record (store, event, &recorded, NULL, error)
         && store_drop (store, &store_table_mark, "name", COPIED, error);
}
