/* shed.c - retention: the details of old events go, and what is left of them says so. */
#include "internal.h"

gboolean
store_person_shed (Store *store, StorePersonRow *row, GError **error)
{
  g_assert (row->evidence != NULL);
  g_clear_pointer (&row->evidence_salt, g_free);
  g_clear_pointer (&row->details, g_free);
  return store_put (store, row, error);
}
