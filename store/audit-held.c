/* audit-held.c - does every wish that waits for a decision, and silences meanwhile, still have its mail in
 * the list of those to be read? */
#include "internal.h"

#define PAGE 500

static gboolean
audit_hold (Store *store, const char *hold, char **fault_out, GError **error)
{
  const StoreFind find = { .table = &store_table_held, .where = "id", .is.text = hold };
  g_autoptr (StoreHeldRow) row = NULL;
  if (!store_find_one (store, &find, (gpointer *)&row, error))
    return FALSE;
  if (row == NULL || row->decided_at != 0)
    *fault_out = g_strdup_printf ("the mail held as %s waits for a decision, and %s", hold,
                                  row == NULL ? "is not in the list of held mails"
                                              : "the list of held mails says that there was one");
  return TRUE;
}

/* One page at one moment, lest a mail is decided on between the two looks at it. */
static gboolean
audit_page (Store *store, char **last, gboolean *more, char **fault_out, GError **error)
{
  const StoreValue bound = { .text = *last };
  const StoreFind find = { .table = &store_table_standing, .order = "hold", .after = &bound, .most = PAGE };
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_find (store, &find, &rows, error))
    return FALSE;
  *more = rows->len == PAGE;
  for (guint i = 0; i < rows->len && *fault_out == NULL; i++)
    {
      const char *hold = ((const StoreStandingRow *)rows->pdata[i])->hold;
      if (g_str_equal (hold, *last))
        continue; /* of another category */
      if (!audit_hold (store, hold, fault_out, error))
        return FALSE;
      g_free (*last);
      *last = g_strdup (hold);
    }
  return TRUE;
}

gboolean
store_audit_held (Store *store, char **fault_out, GError **error)
{
  g_autofree char *last = g_strdup ("");
  gboolean more = TRUE, done = TRUE;
  while (done && more && *fault_out == NULL)
    {
      if (!store_look (store, error))
        return FALSE;
      done = audit_page (store, &last, &more, fault_out, error);
      store_look_away (store);
    }
  return done;
}
