/* add.c - customer service writes down what people said by phone, letter or in person: opt-outs and opt-ins.
 */
#include "address.h"
#include "admin.h"
#include "engine.h"
#include "outcome.h"

#include <stdio.h>

#include "build-config.h"

typedef struct
{
  char *channel, *note, *by, *proof;
  gboolean all_channels;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->channel);
  g_free (options->note);
  g_free (options->by);
  g_free (options->proof);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static StoreEvent *
new_event (const FilterConfig *config, StoreAction action, const char *address, char **categories,
           const Options *options)
{
  static const char *const every[] = { STORE_EVERY, NULL };
  StoreEvent *event = store_event_new ();
  g_autofree char *by = filter_admin_by (options->by);
  event->id = filter_engine_random_id ();
  event->action = action;
  event->reason = options->proof != NULL ? STORE_REASON_PERSON : STORE_REASON_CUSTOMER_SERVICE;
  event->received_at = event->recorded_at = g_get_real_time () / G_USEC_PER_SEC;
  event->channel = g_strdup (options->channel != NULL ? options->channel : "phone");
  event->scope = g_strdupv (categories[0] != NULL ? categories : (char **)every);
  event->by = g_utf8_make_valid (by, -1);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (address);
  event->details = filter_admin_details ("note", options->note, "proof", options->proof, "controller",
                                         config->organisation, "policy-url", config->policy_url,
                                         "jurisdiction", config->jurisdiction, NULL);
  return event;
}

static const char *
what_lifts (const FilterAnswer *answer, const StoreEvent *event)
{
  if (answer->found != NULL || answer->standing->other != NULL)
    return "of another address of the same person, see 'optout show': an opt-in lifts only its own";
  return answer->standing->at >= event->received_at ? "of the same second, the opt-out holds: do it again"
                                                    : "only the person's own act lifts that: --proof TEXT";
}

/* An opt-in of customer service lifts nothing that the person did; whoever writes it down should hear of
 * that. */
static gboolean
print_still_blocked (const FilterAdmin *admin, const StoreEvent *event, GError **error)
{
  for (guint i = 0; i < admin->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (admin->config->categories, i);
      gboolean covered = g_strv_contains ((const char *const *)event->scope, STORE_EVERY)
                         || g_strv_contains ((const char *const *)event->scope, category->name);
      g_auto (FilterAnswer) answer = { 0 };
      if (!covered || category->essential)
        continue;
      if (!filter_gate_ask (admin->store, admin->config, event->address, category, &answer, error))
        return FALSE;
      if (answer.ground == FILTER_GROUND_STOP)
        printf ("  %s stays stopped by %s; %s\n", category->name,
                filter_admin_reason_text (answer.standing->reason), what_lifts (&answer, event));
    }
  return TRUE;
}

/* A second opt-out is an event of its own; but whoever takes it should hear that the first one holds. */
static gboolean
is_stopped (const FilterAdmin *admin, const StoreEvent *event, gboolean *stopped_out, GError **error)
{
  gboolean stopped = TRUE;
  for (guint i = 0; event->scope[i] != NULL && stopped; i++)
    {
      g_autoptr (StoreStanding) blocked = NULL;
      if (!store_check (admin->store, event->address, event->scope[i], &blocked, error))
        return FALSE;
      stopped = blocked != NULL && blocked->other == NULL;
    }
  *stopped_out = stopped;
  return TRUE;
}

/* Beside the opt-out, which is of mail: a case, for whoever calls and writes letters. */
static gboolean
record_no_contact (const FilterAdmin *admin, const StoreEvent *opt_out, GError **error)
{
  g_autoptr (StoreEvent) event = store_event_copy (opt_out);
  StoreRecorded recorded;
  g_free (event->id);
  event->id = filter_engine_random_id ();
  event->action = STORE_ACTION_NO_CONTACT;
  g_strfreev (event->scope);
  event->scope = g_new0 (char *, 1);
  return store_record (admin->store, event, &recorded, NULL, error);
}

static int
record (FilterAdmin *admin, StoreEvent *event, gboolean all_channels)
{
  g_autoptr (GError) error = NULL;
  StoreRecorded recorded;
  gboolean stopped = FALSE;
  gint64 gap = 0; /* a copy cannot tell what else holds */
  int code;
  if (!filter_admin_open (admin, TRUE, &code))
    return code;
  if (!store_begin (admin->store, &error) || !store_gap (admin->store, &gap, &error)
      || (gap == 0 && !is_stopped (admin, event, &stopped, &error))
      || !store_record (admin->store, event, &recorded, NULL, &error)
      || !filter_gate_tie (admin->store, admin->config, event, &error)
      || (all_channels && !record_no_contact (admin, event, &error)) || !store_commit (admin->store, &error))
    {
      store_rollback (admin->store);
      return filter_admin_store_trouble (admin, error);
    }
  g_autofree char *scope = filter_admin_scope_text ((const char *const *)event->scope, NULL);
  printf ("%s: %s of %s recorded (event %s)%s\n", event->address, store_action_name (event->action), scope,
          event->id, stopped && event->action == STORE_ACTION_OPT_OUT ? "; it was stopped already" : "");
  if (all_channels)
    puts ("  a case is open for telephone and post; see 'optout cases'");
  if (event->action == STORE_ACTION_OPT_IN && gap == 0 && !print_still_blocked (admin, event, &error))
    return filter_admin_store_trouble (admin, error);
  return FILTER_EXIT_DONE;
}

/* What a wish names: categories that exist and can be stopped; and a channel we know. */
static gboolean
check_wish (const FilterAdmin *admin, char **categories, const Options *options, int *code_out)
{
  static const char *const channels[] = { "mail", "phone", "post", NULL };
  if (!filter_admin_stoppable (admin, categories, code_out))
    return FALSE;
  if (options->channel != NULL && !g_strv_contains (channels, options->channel))
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command,
                                   "%s: no such channel; it is mail, phone or post", options->channel);
      return FALSE;
    }
  return TRUE;
}

static int
run (const FilterGlobal *global, StoreAction action, const char *summary, int argc, char **argv)
{
  gboolean opt_in = action == STORE_ACTION_OPT_IN;
  const char *command = argv[0];
  g_auto (Options) options = { 0 };
  const GOptionEntry proof = { "proof",
                               0,
                               G_OPTION_FLAG_NONE,
                               G_OPTION_ARG_FILENAME,
                               &options.proof,
                               "What proves that the person did it: then it counts as the person's own act",
                               "TEXT" };
  const GOptionEntry all_channels = { "all-channels",
                                      0,
                                      G_OPTION_FLAG_NONE,
                                      G_OPTION_ARG_NONE,
                                      &options.all_channels,
                                      "Neither calls nor letters: a case for telephone and post too",
                                      NULL };
  const GOptionEntry entries[] = {
    { "channel", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.channel,
      "How it reached us (default phone)", "mail|phone|post" },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note,
      "Why: what was said, a ticket number", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who writes it down"),
    opt_in ? proof : all_channels,
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  int code;
  if (!filter_options (entries, "ADDRESS [CATEGORY...]", summary, &argc, &argv, &code))
    return code;
  if (!filter_admin_is_given (options.note) && !filter_admin_is_given (options.proof))
    return filter_complain (FILTER_EXIT_USAGE, command,
                            "--note TEXT is missing: the ledger keeps who and why");
  if (!filter_admin_load (&admin, global, command, &code)
      || !filter_admin_address (&admin, argc, argv, &address, &code)
      || !check_wish (&admin, argv + 2, &options, &code))
    return code;
  g_autoptr (StoreEvent) event = new_event (admin.config, action, address, argv + 2, &options);
  return record (&admin, event, options.all_channels);
}

int
filter_add (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, STORE_ACTION_OPT_OUT,
              "Customer service takes an opt-out. Without CATEGORY it is from everything but essential mail.",
              argc, argv);
}

int
filter_opt_in (const FilterGlobal *global, int argc, char **argv)
{
  return run (global, STORE_ACTION_OPT_IN,
              "Customer service takes an opt-in. Without --proof it lifts only what customer service or "
              "undeliverable "
              "mail stopped.",
              argc, argv);
}
