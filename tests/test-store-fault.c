/* test-store-fault.c - one call after the other fails; whatever happened, trying again ends with one event
 * and one reply. */
#include "store-kit.h"

#include <string.h>

typedef struct
{
  const char *backend; /* "memory" or "sqlite" */
  const char *manner;  /* "", "+" or "~" */
  StoreError code;
} Manner;

static char *
make_store (const Manner *manner, const char *folder)
{
  char *url = g_str_equal (manner->backend, "memory") ? g_strdup ("memory:")
                                                      : g_strdup_printf ("sqlite:%s/a.db", folder);
  kit_ok (store_create (url, kit_keys (), error));
  return url;
}

static Store *
open_fault (const Manner *manner, guint n, const char *url, GError **error)
{
  g_autofree char *fault = g_strdup_printf ("fault:%u%s:%s", n, manner->manner, url);
  return store_open (fault, kit_keys (), 1000, error);
}

/* What a door does with one mail: an opt-out and its reply, and another mail held, in one transaction. */
static gboolean
take_mail (Store *store, GError **error)
{
  const StoreBudget budget = { "all", 1000, 3600 };
  g_autoptr (StoreEvent) event = kit_event ("e1", "opt-out person 100 * -news");
  g_autoptr (StoreReply) reply = kit_reply ("r1", 100);
  g_autoptr (StoreHeld) held = store_held_new ();
  StoreRecorded recorded;
  int refused;

  event->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "wish", -1);
  held->id = g_strdup ("h1");
  held->why = g_strdup ("unscanned");
  held->summary = g_strdup ("");
  return store_begin (store, error) && store_record (store, event, &recorded, NULL, error)
         && store_budget (store, &budget, 1, 100, &refused, error)
         && (recorded == STORE_KNOWN || store_queue (store, reply, &budget, 1, error))
         && store_hold (store, held, reply->mail, error) && store_commit (store, error);
}

/* The transport takes it once; that this could not be noted at once does not send it twice. */
static gboolean
send_reply (Store *store, guint *sent, GError **failure)
{
  g_autoptr (StoreReply) reply = NULL;
  if (!store_claim (store, NULL, FALSE, 100, &reply, failure))
    return FALSE;
  if (reply == NULL)
    return TRUE;
  (*sent)++;
  if (store_settle (store, reply->id, STORE_REPLY_SENT, 900, 0, NULL, failure))
    return TRUE;
  kit_ok (store_settle (store, reply->id, STORE_REPLY_SENT, 900, 0, NULL, error));
  return FALSE;
}

static void
expect_one (Store *store, const Manner *manner)
{
  guint64 counts[STORE_REPLY_FAILED + 1], replies = 0;
  g_autoptr (GPtrArray) held = NULL;
  g_assert_cmpuint (kit_verify (store), ==, 1);
  g_assert_cmpstr (kit_blocked (store, "ann@example.org", "offers"), ==, "person");
  kit_ok (store_reply_counts (store, counts, error));
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    replies += counts[i];
  g_assert_cmpuint (replies, ==, 1);
  g_assert_cmpuint (counts[STORE_REPLY_FAILED] + counts[STORE_REPLY_UNCERTAIN], ==, 0);
  g_assert_true (counts[STORE_REPLY_SENT] == 1
                 || manner->manner[0] == '~'); /* else perhaps sent: not by us again */
  kit_ok (store_held_list (store, FALSE, &held, error));
  g_assert_cmpuint (held->len, ==, 1);
}

/* Returns whether call @n was reached. */
static gboolean
fail_once (const Manner *manner, guint n)
{
  g_autofree char *folder = kit_folder (), *url = make_store (manner, folder);
  g_autoptr (GError) failure = NULL;
  g_autoptr (Store) store = open_fault (manner, n, url, &failure);
  guint sent = 0;
  if (store != NULL && !take_mail (store, &failure))
    {
      store_rollback (store);
      kit_ok (take_mail (store, error));
    }
  for (guint i = 0; store != NULL && i < 2; i++)
    if (!send_reply (store, &sent, failure == NULL ? &failure : NULL))
      kit_ok (send_reply (store, &sent, error));
  g_assert_cmpuint (sent, <=, 1);
  if (store != NULL && failure != NULL)
    expect_one (store, manner);
  if (failure != NULL)
    g_assert_true (g_error_matches (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE)
                   || g_error_matches (failure, STORE_ERROR, manner->code));
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
  return failure != NULL;
}

static void
test_once (gconstpointer data)
{
  guint n = 1;
  while (fail_once (data, n))
    n++;
  g_assert_cmpuint (n, >, 20); /* it did fail at many places */
}

/* A store that goes on failing: what was not committed is not there, and what was is whole. */
static gboolean
fail_for_ever (const Manner *manner, guint n)
{
  g_autofree char *folder = kit_folder (), *url = make_store (manner, folder);
  g_autoptr (GError) failure = NULL;
  g_autoptr (Store) store = open_fault (manner, n, url, &failure);
  gboolean done = store != NULL && take_mail (store, &failure);
  for (guint i = 0; i < 3 && store != NULL && !done; i++)
    {
      store_rollback (store);
      g_assert_false (take_mail (store, NULL));
    }
  g_clear_pointer (&store, store_close);
  kit_ok ((store = store_open (url, kit_keys (), 1000, error)) != NULL);
  g_assert_cmpuint (kit_verify (store), ==, done ? 1 : 0);
  g_assert_cmpstr (kit_blocked (store, "ann@example.org", "offers"), ==, done ? "person" : "none");
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
  return !done;
}

static void
test_for_ever (gconstpointer data)
{
  guint n = 1;
  while (fail_for_ever (data, n))
    n++;
  g_assert_cmpuint (n, >, 15);
}

static void
test_urls (void)
{
  static const char *const wrong[] = { "fault:",           "fault::memory:", "fault:1",    "fault:1memory:",
                                       "fault:1:nothing:", "nothing",        "postgres:x", "" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) failure = NULL;
      g_assert_null (store_open (wrong[i], kit_keys (), 0, &failure));
      g_assert_error (failure, STORE_ERROR, STORE_ERROR_UNAVAILABLE);
    }
}

int
main (int argc, char **argv)
{
  static const Manner manners[] = {
    { "memory", "", STORE_ERROR_UNAVAILABLE },  { "memory", "~", STORE_ERROR_UNCERTAIN },
    { "sqlite", "", STORE_ERROR_UNAVAILABLE },  { "sqlite", "~", STORE_ERROR_UNCERTAIN },
    { "sqlite", "+", STORE_ERROR_UNAVAILABLE },
  };
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/memory/any one call fails, the next try sets it right", &manners[0], test_once);
  g_test_add_data_func ("/memory/a commit of which nobody knows is harmless to repeat", &manners[1],
                        test_once);
  g_test_add_data_func ("/sqlite/any one call fails, the next try sets it right", &manners[2], test_once);
  g_test_add_data_func ("/sqlite/a commit of which nobody knows is harmless to repeat", &manners[3],
                        test_once);
  g_test_add_data_func ("/sqlite/a store that goes on failing stays whole", &manners[4], test_for_ever);
  g_test_add_func ("/a URL that names no store is refused", test_urls);
  return g_test_run ();
}
