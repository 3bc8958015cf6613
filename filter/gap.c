/* gap.c - see gap.h */
#include "gap.h"
#include "outcome.h"

#include <stdio.h>

#define COMMAND "replay"

gboolean
filter_gap_close (FilterAdmin *admin, StoreEvent *event, GError **error)
{
  if (store_begin (admin->store, error) && store_gap_close (admin->store, event, error)
      && store_commit (admin->store, error))
    return TRUE;
  store_rollback (admin->store);
  return FALSE;
}

/* ---- a replay that fills it ---- */

gboolean
filter_gap_check (const FilterGlobal *global, gint64 since_at, int *code_out)
{
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 at = 0;
  if (!filter_admin_load (&admin, global, COMMAND, code_out) || !filter_admin_open (&admin, FALSE, code_out))
    return FALSE;
  gboolean read = store_gap (admin.store, &at, &error);
  g_autofree char *when = filter_time_text (at);
  if (!read)
    *code_out = filter_admin_store_trouble (&admin, error);
  else if (at == 0)
    *code_out
        = filter_complain (FILTER_EXIT_USAGE, COMMAND, "--closes-gap: the store has no gap; leave it out");
  else if (admin.config->observe)
    *code_out = filter_complain (FILTER_EXIT_USAGE, COMMAND,
                                 "--closes-gap: with mode = observe nothing is recorded");
  else if (since_at > at)
    *code_out = filter_complain (
        FILTER_EXIT_USAGE, COMMAND,
        "--since is later than the copy, which was made %s: what came in between would be missing", when);
  return read && at != 0 && !admin.config->observe && since_at <= at;
}

int
filter_gap_replayed (const FilterGlobal *global, const char *since, char **sources, int code)
{
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  if (code != FILTER_EXIT_DONE)
    return filter_complain (
        code, COMMAND,
        "the gap stays open, since some mail could not be read. Mend or leave out what is named above, "
        "and do it again");
  g_autofree char *names = g_strjoinv (" ", sources);
  g_autoptr (GVariant) details
      = filter_admin_details ("what", "gap closed", "how", "replay", "since", since, "sources", names, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_RESTORE, NULL, details);
  if (!filter_admin_load (&admin, global, COMMAND, &code) || !filter_admin_open (&admin, TRUE, &code))
    return code;
  if (!filter_gap_close (&admin, event, &error))
    return filter_admin_store_trouble (&admin, error);
  puts ("the gap is closed: marketing mail may go out again");
  return FILTER_EXIT_DONE;
}
