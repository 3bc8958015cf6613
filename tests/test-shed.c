/* test-shed.c - retention: what goes, what stays, and that verify knows the difference. */
#include "internal.h"
#include "store-kit.h"

#include <sqlite3.h>
#include <string.h>

enum
{
  BEFORE = 2000000 /* kit_event() records at 1000000 */
};

static Store *
new_store (const char *folder, char **path_out)
{
  *path_out = g_build_filename (folder, "store.db", NULL);
  return kit_store (folder, "sqlite");
}

static void
record (Store *store, const char *id, const char *words, gint64 recorded_at)
{
  StoreEvent *event = kit_event (id, words);
  event->recorded_at = recorded_at;
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'words': 'stop it'}"));
  kit_record (store, event);
}

static gboolean
has_details (Store *store, const char *id)
{
  g_autoptr (StoreEvent) event = NULL;
  kit_ok (store_event (store, id, &event, error));
  g_assert_cmpstr (event->address, ==, "ann@example.org");
  return event->details != NULL;
}

static StoreTidied
tidy (Store *store, const char *id, gint64 evidence_before, gint64 sealed_before)
{
  const StoreRetention retention = { evidence_before, sealed_before };
  g_autoptr (StoreEvent) event = kit_event (id, "shed house 900");
  StoreTidied tidied;
  kit_ok (store_tidy (store, &retention, event, &tidied, error));
  return tidied;
}

/* An event of each kind that is treated in its own way. */
static void
fill (Store *store)
{
  record (store, "e1", "opt-out person 100 *", 1000000);
  record (store, "e2", "opt-in person 200 news", 1000000);
  record (store, "e3", "access person 300", 1000000);
  record (store, "e4", "hold review 400 *", 1000000);
  record (store, "e5", "opt-out person 500 news", 3000000);
}

static void
test_what_goes (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  fill (store);
  g_assert_cmpuint (tidy (store, "s0", 0, 0).details, ==, 0);
  g_assert_cmpuint (tidy (store, "s1", 1000000, 0).details, ==, 0);
  g_assert_cmpuint (kit_verify (store), ==, 5); /* where nothing goes, nothing is said */
  g_assert_cmpuint (tidy (store, "s2", BEFORE, 0).details, ==, 1);
  g_assert_false (has_details (store, "e1"));
  g_assert_true (has_details (store, "e2")); /* the proof of a consent */
  g_assert_true (has_details (store, "e3")); /* an open case */
  g_assert_true (has_details (store, "e4")); /* an open hold */
  g_assert_true (has_details (store, "e5")); /* not old */
  g_assert_cmpuint (kit_verify (store), ==, 6);
  g_assert_cmpuint (tidy (store, "s3", BEFORE, 0).details, ==, 0);

  StoreEvent *done = kit_event ("c1", "close customer-service 600");
  done->related = g_strdup ("e3");
  done->recorded_at = 3000000;
  kit_record (store, done);
  StoreEvent *no = kit_event ("r1", "reject customer-service 700");
  no->related = g_strdup ("e4");
  no->recorded_at = 3000000;
  kit_record (store, no);
  g_assert_cmpuint (tidy (store, "s4", BEFORE, 0).details, ==, 2);
  g_assert_cmpuint (kit_verify (store), ==, 9);
  g_assert_cmpstr (kit_blocked (store, "ann@example.org", "offers"), ==, "person");
  kit_erase (store, "ann@example.org"); /* what is shed can be erased as well */
  kit_verify (store);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_more_than_a_batch (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  StoreRecorded recorded;
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 2345; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_autoptr (StoreEvent) event = kit_event (id, "opt-out person 100 *");
      kit_ok (store_record (store, event, &recorded, NULL, error));
    }
  kit_ok (store_commit (store, error));
  g_assert_cmpuint (tidy (store, "s1", BEFORE, 0).details, ==, 2345);
  g_assert_cmpuint (tidy (store, "s2", BEFORE, 0).details, ==, 0);
  g_assert_cmpuint (kit_verify (store), ==, 2346);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_mails (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1), kept = NULL, gone = NULL;
  fill (store);
  kit_ok (store_begin (store, error));
  kit_ok (store_seal (store, "e1", mail, error));
  kit_ok (store_seal (store, "e5", mail, error));
  kit_ok (store_seal (store, "nosuchevent", mail, error));
  kit_ok (store_mail_keep (store, STORE_FOLDER_HELD, "nosuchmail", mail, error));
  kit_ok (store_commit (store, error));
  StoreTidied tidied = tidy (store, "s1", 0, BEFORE);
  g_assert_cmpuint (tidied.sealed, ==, 1);
  g_assert_cmpuint (tidied.strays, ==, 2);
  kit_ok (store_sealed (store, "e5", &kept, error));
  kit_ok (store_sealed (store, "e1", &gone, error));
  g_assert_true (kept != NULL && g_bytes_equal (kept, mail));
  g_assert_null (gone);
  g_assert_true (has_details (store, "e1"));
  tidied = tidy (store, "s2", 0, BEFORE);
  g_assert_cmpuint (tidied.sealed + tidied.strays, ==, 0);
  g_assert_cmpuint (kit_verify (store), ==, 6);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_theft (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL, *fault = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  sqlite3 *db;
  guint64 count;
  fill (store);
  tidy (store, "s1", BEFORE, 0);
  kit_verify (store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE person SET details = NULL, evidence_salt = NULL WHERE seq = 5",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  kit_ok (store_verify (store, &count, &fault, error));
  g_assert_nonnull (fault);
  g_assert_nonnull (strstr (fault, "row 5: its evidence is missing, and no retention says so"));
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_faults (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  const StoreRetention retention = { BEFORE, 0 };
  fill (store);
  gboolean done = FALSE;
  guint n = 1;
  for (; !done && n < 500; n++)
    {
      g_autofree char *fault = g_strdup_printf ("fault:%u:%s", n, url);
      g_autoptr (GError) failure = NULL;
      g_autoptr (Store) faulty = store_open (fault, kit_keys (), 1000, &failure);
      g_autoptr (StoreEvent) event = kit_event ("s1", "shed house 900");
      StoreTidied tidied;
      done = faulty != NULL && store_tidy (faulty, &retention, event, &tidied, &failure);
      kit_verify (store);
    }
  g_assert_cmpuint (n, >, 5);
  g_assert_true (done);
  g_assert_false (has_details (store, "e1"));
  g_assert_true (has_details (store, "e2"));
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shed/what is old goes, and nothing that is needed", test_what_goes);
  g_test_add_func ("/shed/more than one transaction of them", test_more_than_a_batch);
  g_test_add_func ("/shed/sealed mails and what a crash has left", test_mails);
  g_test_add_func ("/shed/evidence that is taken shows", test_theft);
  g_test_add_func ("/shed/whatever fails, the ledger is whole", test_faults);
  return g_test_run ();
}
