/* keys-command.c - which keys there are, and a new one in the place of an old one.
 *
 * The chain's key changes in three steps, and after each of them everything works: the new key is in the
 * secret file, the ledger goes on under it, the old key is marked there as retired. Whatever was broken off,
 * the same command ends it. */
#include "admin.h"
#include "keys.h"
#include "outcome.h"

#include <stdio.h>

typedef struct
{
  FilterAdminFormat format;
  char *by, *note;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->by);
  g_free (options->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

StoreEvent *
filter_keys_event (const char *name, guint number, const char *by, const char *note)
{
  g_autoptr (GVariant) details = filter_admin_details ("note", note, NULL);
  StoreEvent *event = filter_admin_house_event (STORE_ACTION_KEYS, by, details);
  g_strfreev (event->scope);
  event->scope = g_new0 (char *, 2);
  event->scope[0] = g_strdup_printf ("%s.%u", name, number);
  return event;
}

/* The secret file as it is now; the store is opened anew with it, and its lock is ours: nobody else changes
 * keys. */
static gboolean
begin (FilterAdmin *admin, guint *number_out, GError **error)
{
  g_clear_pointer (&admin->store, store_close);
  filter_secret_clear (&admin->secret);
  return filter_admin_try_open (admin, TRUE, error) && store_begin (admin->store, error)
         && store_chain_number (admin->store, number_out, error);
}

/* ---- looking ---- */

static void
list_keys (FilterList *list, const GArray *keys, const char *name, guint in_use)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const FilterSecretKey *key = &g_array_index (keys, FilterSecretKey, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1), *since = filter_time_text (key->since_at);
      g_autofree char *state = key->upto != 0
                                   ? g_strdup_printf ("retired behind row %" G_GINT64_FORMAT, key->upto)
                               : i + 1 == in_use             ? g_strdup ("in use")
                               : g_str_equal (name, "token") ? g_strdup ("good for what it was made for")
                               : i + 1 < in_use ? g_strdup ("not yet retired: rotate chain again")
                                                : g_strdup ("not yet in use: rotate chain again");
      const char *const cells[] = { name, number, since, state, NULL };
      filter_list_row (list, cells);
    }
}

static int
list (FilterAdmin *admin, const Options *options)
{
  static const char *const columns[] = { "key", "number", "since", "state", NULL };
  g_autoptr (GError) error = NULL;
  guint number;
  int code;
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  if (!store_chain_number (admin->store, &number, &error))
    return filter_admin_store_trouble (admin, error);
  FilterList *rows = filter_list_new (filter_admin_format (&options->format), columns);
  list_keys (rows, admin->secret.tokens, "token", admin->secret.tokens->len);
  list_keys (rows, admin->secret.chains, "chain", number);
  const char *const suppression[] = { "suppression", "1", NULL, "in use, for ever", NULL };
  filter_list_row (rows, suppression);
  filter_list_end (rows);
  return FILTER_EXIT_DONE;
}

/* ---- changing ---- */

/* Old tokens stay good: replies to old confirmations, unsubscribe addresses in old mail (R102). */
static gboolean
rotate_token (FilterAdmin *admin, const Options *options, GError **error)
{
  guint chain, number;
  StoreRecorded recorded;
  if (!begin (admin, &chain, error)
      || !filter_secret_add (admin->config->secret_file, "token", g_get_real_time () / G_USEC_PER_SEC,
                             &number, error))
    return FALSE;
  g_autoptr (StoreEvent) event = filter_keys_event ("token", number, options->by, options->note);
  if (!store_record (admin->store, event, &recorded, NULL, error) || !store_commit (admin->store, error))
    return FALSE;
  printf ("token key %u is in use; what was made with the ones before stays good\n", number);
  return TRUE;
}

/* Is there a key that is newer than the one in use, and if not, was the one before it retired? */
static gboolean
make_chain_key (FilterAdmin *admin, gboolean *more_out, GError **error)
{
  guint in_use, number;
  if (!begin (admin, &in_use, error))
    return FALSE;
  guint n = admin->secret.chains->len;
  gboolean whole = n == 1 || g_array_index (admin->secret.chains, FilterSecretKey, n - 2).upto != 0;
  *more_out = in_use < n || whole;
  if (in_use == n && whole
      && !filter_secret_add (admin->config->secret_file, "chain", g_get_real_time () / G_USEC_PER_SEC,
                             &number, error))
    return FALSE;
  store_rollback (admin->store);
  return TRUE;
}

static gboolean
use_chain_key (FilterAdmin *admin, const Options *options, GError **error)
{
  guint in_use;
  if (!begin (admin, &in_use, error))
    return FALSE;
  g_autoptr (StoreEvent) event
      = filter_keys_event ("chain", admin->secret.chains->len, options->by, options->note);
  if (in_use < admin->secret.chains->len
      && (!store_rekey (admin->store, event, error) || !store_commit (admin->store, error)))
    return FALSE;
  store_rollback (admin->store);
  return TRUE;
}

typedef struct
{
  char *scope;
  gint64 seq;
} Change;

static gboolean
find_change (const StoreEvent *event, gpointer data)
{
  Change *change = data;
  if (event->action == STORE_ACTION_KEYS && g_strcmp0 (event->scope[0], change->scope) == 0)
    change->seq = event->seq;
  return change->seq == 0;
}

/* Whoever has an old key can seal nothing with it any more. */
static gboolean
retire_chain_keys (FilterAdmin *admin, GError **error)
{
  const StoreQuery all = { .reason = -1, .bare = TRUE };
  guint in_use;
  if (!begin (admin, &in_use, error))
    return FALSE;
  g_autofree char *scope = g_strdup_printf ("chain.%u", in_use);
  Change change = { scope, 0 };
  gboolean done = store_events (admin->store, &all, find_change, &change, error);
  for (guint i = 0; done && change.seq != 0 && i + 1 < in_use; i++)
    if (g_array_index (admin->secret.chains, FilterSecretKey, i).upto == 0)
      done = filter_secret_retire (admin->config->secret_file, i + 1, change.seq, error);
  store_rollback (admin->store);
  if (done)
    printf ("chain key %u is in use, the ones before are retired behind row %" G_GINT64_FORMAT
            ". Programs that still run with the old key defer mail until they are started anew.\n"
            "Keep a copy of %s, and make a backup: older ones need --retired-key to come back\n",
            in_use, change.seq, admin->config->secret_file);
  return done;
}

static gboolean
rotate_chain (FilterAdmin *admin, const Options *options, GError **error)
{
  gboolean more;
  return make_chain_key (admin, &more, error) && (!more || use_chain_key (admin, options, error))
         && retire_chain_keys (admin, error);
}

static int
rotate (FilterAdmin *admin, const char *name, const Options *options)
{
  g_autoptr (GError) error = NULL;
  gboolean done = g_str_equal (name, "token") ? rotate_token (admin, options, &error)
                                              : rotate_chain (admin, options, &error);
  if (done)
    return FILTER_EXIT_DONE;
  if (admin->store != NULL)
    store_rollback (admin->store);
  return filter_admin_store_trouble (admin, error);
}

static int
check_rotation (const char *name, const Options *options)
{
  if (g_str_equal (name, "suppression"))
    return filter_complain (
        FILTER_EXIT_USAGE, "keys",
        "the suppression key is never changed: addresses that were erased are known by it alone, and "
        "cannot be hashed again");
  if (!g_str_equal (name, "token") && !g_str_equal (name, "chain"))
    return filter_complain (FILTER_EXIT_USAGE, "keys", "%s: no such key; rotate token or chain", name);
  if (!filter_admin_is_given (options->note))
    return filter_complain (FILTER_EXIT_USAGE, "keys",
                            "--note TEXT is missing: the ledger keeps who and why");
  return FILTER_EXIT_DONE;
}

int
filter_keys (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who does it"),
    FILTER_ADMIN_FORMAT_OPTIONS (&options.format),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (entries, "[list] | rotate token | rotate chain",
                       "Which keys there are; or a new one, which counts from now on. The secret file is "
                       "replaced by one of\n"
                       "the same owner, so this is done as root, or by who may write to its folder.",
                       &argc, &argv, &code))
    return code;
  gboolean rotates = argc == 3 && g_str_equal (argv[1], "rotate");
  if (!rotates && argc != 1 && !(argc == 2 && g_str_equal (argv[1], "list")))
    return filter_complain (FILTER_EXIT_USAGE, "keys",
                            "list, rotate token or rotate chain; see 'optout help keys'");
  if (rotates && (code = check_rotation (argv[2], &options)) != FILTER_EXIT_DONE)
    return code;
  if (!filter_admin_load (&admin, global, "keys", &code))
    return code;
  return rotates ? rotate (&admin, argv[2], &options) : list (&admin, &options);
}
