/* tidy.c - the command "tidy", and the same once a day beside the sending: what is kept too long goes. */
#include "tidy.h"
#include "admin.h"
#include "clock.h"
#include "outcome.h"

#include <stdio.h>

#define MARK "tidied-at"

static StoreRetention
retention_of (const FilterConfig *config, gint64 now)
{
  return (StoreRetention){
    .evidence_before = config->evidence_days > 0 ? now - (gint64)config->evidence_days * FILTER_CLOCK_DAY : 0,
    .sealed_before = config->sealed_days > 0 ? now - (gint64)config->sealed_days * FILTER_CLOCK_DAY : 0,
  };
}

static gboolean
tidy (Store *store, const FilterConfig *config, const char *by, gint64 now, StoreTidied *tidied_out,
      GError **error)
{
  const StoreRetention retention = retention_of (config, now);
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_parsed ("@a{ss} {}"));
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_SHED, by, none);
  return store_tidy (store, &retention, event, tidied_out, error);
}

gboolean
filter_tidy_daily (Store *store, const FilterConfig *config, gint64 now, GError **error)
{
  g_autofree char *last = NULL, *text = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  StoreTidied tidied;
  if (!store_mark_get (store, MARK, &last, error))
    return FALSE;
  gint64 since = last != NULL ? now - g_ascii_strtoll (last, NULL, 10) : FILTER_CLOCK_DAY;
  if (since >= 0 && since < FILTER_CLOCK_DAY) /* a clock that was set back must not stop it (H58) */
    return TRUE;
  gboolean done = store_begin (store, error) && store_mark_set (store, MARK, text, error)
                  && store_commit (store, error);
  store_rollback (store);
  return done && tidy (store, config, "optout", now, &tidied, error);
}

static void
print_tidied (const StoreTidied *tidied, gboolean dry_run)
{
  const char *verb = dry_run ? "would be removed" : "removed";
  printf ("%s: evidence of %" G_GUINT64_FORMAT " events, %" G_GUINT64_FORMAT
          " sealed mails, %" G_GUINT64_FORMAT " mails left by a crash\n",
          verb, tidied->details, tidied->sealed, tidied->strays);
  if (tidied->old > 0)
    printf ("%" G_GUINT64_FORMAT
            " events are of the first version, and keep their evidence until 'optout erase'\n",
            tidied->old);
}

int
filter_tidy (const FilterGlobal *global, int argc, char **argv)
{
  g_autofree char *by = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &dry_run, "Say what would go", NULL },
    FILTER_ADMIN_BY_OPTION (by, "Who does it"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  StoreTidied tidied;
  int code;
  if (!filter_options (entries, NULL,
                       "Remove evidence and sealed mails that are older than evidence-days and sealed-days. "
                       "'optout send' does it once a day.",
                       &argc, &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "tidy", "%s: tidy takes options only", argv[1]);
  if (!filter_admin_load (&admin, global, "tidy", &code) || !filter_admin_open (&admin, !dry_run, &code))
    return code;
  const StoreRetention retention = retention_of (admin.config, now);
  if (dry_run ? !store_tidy_look (admin.store, &retention, &tidied, &error)
              : !tidy (admin.store, admin.config, by, now, &tidied, &error))
    return filter_admin_store_trouble (&admin, error);
  print_tidied (&tidied, dry_run);
  return FILTER_EXIT_DONE;
}
