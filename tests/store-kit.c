#include "store-kit.h"

#include <dirent.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

const StoreKeys *
kit_keys (void)
{
  static StoreKeys keys;
  if (keys.chain == NULL)
    {
      keys.suppression = g_bytes_new_static ("suppression-key-of-thirty-two-oc", 32);
      keys.chain = g_bytes_new_static ("chain-key-of-exactly-32-octets--", 32);
    }
  return &keys;
}

char *
kit_folder (void)
{
  GError *error = NULL;
  char *folder = g_dir_make_tmp ("optout-store-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

void
kit_remove (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        kit_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static char *
url_of (const char *folder, const char *backend)
{
  static guint number;
  g_autofree char *text = g_strdup_printf ("%u", ++number);
  if (g_str_equal (backend, "memory"))
    return g_strdup ("memory:");
  if (g_str_equal (backend, "sqlite"))
    return g_strdup_printf ("sqlite:%s/store.db", folder);
  g_auto (GStrv) part = g_strsplit (backend, "@", -1);
  return g_strjoinv (text, part);
}

Store *
kit_store (const char *folder, const char *backend)
{
  Store *store = NULL;
  g_autofree char *url = url_of (folder, backend);
  kit_ok (store_create (url, kit_keys (), error));
  kit_ok ((store = store_open (url, kit_keys (), 1000, error)) != NULL);
  return store;
}

typedef struct
{
  KitStoreTest test;
  const char *backend;
} Run;

static void
run_test (gconstpointer data)
{
  const Run *run = data;
  g_autofree char *folder = kit_folder ();
  g_autoptr (Store) store = kit_store (folder, run->backend);
  run->test.test (store, run->test.data);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

void
kit_add_tests (const char *group, const KitStoreTest *tests, guint n)
{
  const char *const backends[] = { "memory", "sqlite", g_getenv ("OPTOUT_TEST_STORE"), NULL };
  for (guint b = 0; backends[b] != NULL; b++)
    for (guint i = 0; i < n; i++)
      {
        const char *backend = strchr (backends[b], ':') != NULL ? "environment" : backends[b];
        g_autofree char *name = g_strdelimit (g_strdup (tests[i].name), "/", '-');
        g_autofree char *path = g_strdup_printf ("/%s/%s/%s", group, backend, name);
        Run *run = g_new (Run, 1);
        *run = (Run){ tests[i], backends[b] };
        g_test_add_data_func_full (path, run, run_test, g_free);
      }
}

StoreEvent *
kit_event (const char *id, const char *words)
{
  g_auto (GStrv) word = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) scope = g_ptr_array_new (), except = g_ptr_array_new ();
  StoreEvent *event = store_event_new ();
  for (int action = 0; action <= STORE_ACTION_SHED; action++)
    if (g_str_equal (store_action_name (action), word[0]))
      event->action = action;
  g_assert_true (store_reason_from_name (word[1], &event->reason));
  for (guint i = 3; word[i] != NULL; i++)
    if (word[i][0] == '-')
      g_ptr_array_add (except, g_strdup (word[i] + 1));
    else
      g_ptr_array_add (scope, g_strdup (word[i]));
  if (except->len > 0)
    {
      g_ptr_array_add (except, NULL);
      event->except = (char **)g_ptr_array_steal (except, NULL);
    }
  g_ptr_array_add (scope, NULL);
  event->scope = (char **)g_ptr_array_steal (scope, NULL);
  event->id = g_strdup (id);
  event->received_at = g_ascii_strtoll (word[2], NULL, 10);
  event->recorded_at = 1000000;
  event->channel = g_strdup ("mail");
  event->by = g_strdup ("optout");
  event->program = g_strdup ("optout 0.1.0");
  event->address = store_action_is_house (event->action) ? NULL : g_strdup ("ann@example.org");
  return event;
}

/* As the engine does: what is held has its mail. */
static gboolean
keep_held (Store *store, const StoreEvent *event, GError **error)
{
  const StoreHeld held = { .id = event->id,
                           .address = event->address,
                           .why = (char *)"question",
                           .summary = event->address,
                           .held_at = event->received_at,
                           .event = event->id };
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  return event->action != STORE_ACTION_HOLD || store_hold (store, &held, mail, error);
}

/* As the engine does: what is decided waits no more. */
static gboolean
settle_held (Store *store, const StoreEvent *event, GError **error)
{
  gboolean accept = event->action == STORE_ACTION_ACCEPT;
  return (!accept && event->action != STORE_ACTION_REJECT)
         || store_held_decide (store, event->related, accept ? "accept" : "reject", event->by,
                               event->recorded_at, error);
}

gboolean
kit_try (Store *store, StoreEvent *event, StoreRecorded *recorded_out, GError **error)
{
  gboolean done = store_begin (store, error) && store_record (store, event, recorded_out, NULL, error)
                  && keep_held (store, event, error) && settle_held (store, event, error)
                  && store_commit (store, error);
  store_rollback (store);
  return done;
}

StoreRecorded
kit_record (Store *store, StoreEvent *event)
{
  StoreRecorded recorded;
  kit_ok (kit_try (store, event, &recorded, error));
  store_event_free (event);
  return recorded;
}

const char *
kit_blocked (Store *store, const char *address, const char *category)
{
  g_autoptr (StoreStanding) blocked = NULL;
  kit_ok (store_check (store, address, category, &blocked, error));
  return blocked != NULL ? store_reason_name (blocked->reason) : "none";
}

guint64
kit_verify (Store *store)
{
  g_autofree char *fault = NULL;
  guint64 count;
  kit_ok (store_verify (store, &count, &fault, error));
  g_assert_cmpstr (fault, ==, NULL);
  return count;
}

StoreErasure
kit_erase (Store *store, const char *address)
{
  static guint n;
  g_autofree char *id = g_strdup_printf ("erased%u", ++n);
  g_autoptr (StoreEvent) event = kit_event (id, "erased house 900");
  StoreErasure erasure;
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'note': 'asked for it'}"));
  kit_ok (store_begin (store, error));
  kit_ok (store_erase (store, address, event, &erasure, error));
  g_assert_null (erasure.waiting);
  kit_ok (store_commit (store, error));
  kit_ok (store_scrub (store, error));
  return erasure;
}

StoreReply *
kit_reply (const char *id, gint64 at)
{
  StoreReply *reply = store_reply_new ();
  reply->id = g_strdup (id);
  reply->sender = g_strdup ("");
  reply->recipient = g_strdup ("ann@example.org");
  reply->mail = g_bytes_new ("Subject: done\n\n\0x", 17);
  reply->queued_at = reply->next_at = at;
  return reply;
}

void
kit_hold_mail (Store *store, const char *id, const char *text)
{
  g_autoptr (StoreHeld) held = store_held_new ();
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  held->id = g_strdup (id);
  held->event = g_strdup (id);
  held->address = g_strdup ("ann@example.org");
  held->why = g_strdup ("question");
  held->summary = g_strdup (KIT_NASTY);
  held->held_at = 500;
  kit_ok (store_hold (store, held, mail, error));
}

void
kit_record_for (Store *store, const char *address, const char *id, const char *words)
{
  StoreEvent *event = kit_event (id, words);
  g_free (event->address);
  event->address = g_strdup (address);
  kit_record (store, event);
}

void
kit_place_init (KitPlace *place)
{
  place->folder = kit_folder ();
  place->path = g_build_filename (place->folder, "store.db", NULL);
  place->url = g_strconcat ("sqlite:", place->path, NULL);
}

void
kit_place_clear (KitPlace *place)
{
  kit_remove (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->url);
}

Store *
kit_open (const char *url)
{
  Store *store = NULL;
  kit_ok ((store = store_open (url, kit_keys (), 20000, error)) != NULL);
  return store;
}

Store *
kit_make (KitPlace *place)
{
  kit_place_init (place);
  kit_ok (store_create (place->url, kit_keys (), error));
  return kit_open (place->url);
}

void
kit_sql (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}
