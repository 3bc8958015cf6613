/* verify.c - is the ledger whole, and does what holds now follow from it? */
#include "admin.h"
#include "outcome.h"

#include <stdio.h>

int
filter_verify (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  guint64 count = 0;
  int code;
  if (!filter_options (NULL, NULL,
                       "Check every event of the ledger, and that what holds now follows from them. Exit "
                       "code 0: whole, 1: it is not.",
                       &argc, &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "verify", "%s: verify takes no arguments", argv[1]);
  if (!filter_admin_load (&admin, global, "verify", &code) || !filter_admin_open (&admin, FALSE, &code))
    return code;
  if (!store_verify (admin.store, &count, &fault, &error))
    return filter_admin_store_trouble (&admin, error);
  if (fault != NULL)
    return filter_complain (FILTER_EXIT_NO, "verify", "%s. Keep this store as it is and look for a backup",
                            fault);
  printf ("%s: %" G_GUINT64_FORMAT " events, every one verifies\n", admin.config->store, count);
  return FILTER_EXIT_DONE;
}
