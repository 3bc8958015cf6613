/* test-erase.c - forgetting a person: nothing is left of it in any file, what was stopped stays stopped, and
 * verify knows what is missing by right. */
#include "internal.h"
#include "store-kit.h"

#include <sqlite3.h>
#include <string.h>

#define ANN "ann@example.org"

static Store *
new_store (const char *folder, char **path_out)
{
  *path_out = g_build_filename (folder, "store.db", NULL);
  return kit_store (folder, "sqlite");
}

/* An event of @address whose words are @words. */
static StoreEvent *
event_of (const char *id, const char *event, const char *address, const char *words)
{
  StoreEvent *one = kit_event (id, event);
  g_free (one->address);
  one->address = g_strdup (address);
  one->details = g_variant_ref_sink (g_variant_new_parsed ("{'words': %s}", words));
  return one;
}

static void
record (Store *store, const char *id, const char *event, const char *address, const char *words)
{
  kit_record (store, event_of (id, event, address, words));
}

/* ---- what holds ---- */

typedef struct
{
  const char *name;
  const char *before[4], *after[3]; /* events of ann, before and after the erasure */
  const char *want;                 /* what forbids news in the end */
} Standing;

/* clang-format off */
static const Standing standings[] = {
  { "an opt-out stays", { "opt-out person 100 news" }, { NULL }, "person" },
  { "so does one of everything", { "opt-out complaint 100 *" }, { NULL }, "complaint" },
  { "so does an opt-in", { "opt-out person 100 *", "opt-in person 200 news" }, { NULL }, "none" },
  { "what nobody stopped is not stopped", { "access person 100" }, { NULL }, "none" },
  { "the strongest is still named", { "opt-out bounce 100 news", "opt-out person 200 *" }, { NULL }, "person" },
  { "a later opt-in of the person lifts it", { "opt-out person 100 news" }, { "opt-in person 200 news" }, "none" },
  { "one of customer service does not", { "opt-out person 100 news" }, { "opt-in customer-service 200 news" }, "person" },
  { "an opt-in from before does not", { "opt-out person 300 news" }, { "opt-in person 200 news" }, "person" },
  { "an opt-out from before the opt-in changes nothing", { "opt-out person 100 *", "opt-in person 300 *" }, { "opt-out person 200 *" }, "none" },
  { "what was carved out stays so", { "opt-out person 100 *", "opt-out person 200 * -news" }, { "opt-out person 300 *" }, "person" },
};
/* clang-format on */

static void
test_standing (gconstpointer data)
{
  const Standing *s = data;
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  guint n = 0;
  for (guint round = 0; round < 2; round++)
    {
      const char *const *events = round == 0 ? s->before : s->after;
      for (guint i = 0;
           i < (round == 0 ? G_N_ELEMENTS (s->before) : G_N_ELEMENTS (s->after)) && events[i] != NULL; i++)
        {
          g_autofree char *id = g_strdup_printf ("e%u", ++n);
          record (store, id, events[i], ANN, "x");
        }
      if (round == 1)
        g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, s->want);
      kit_erase (store, ANN);
      kit_verify (store);
      if (round == 1)
        g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, s->want);
    }
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* ---- what is left ---- */

static gboolean
holds (const char *octets, gsize length, const char *needle)
{
  gsize size = strlen (needle);
  for (gsize i = 0; i + size <= length; i++)
    if (octets[i] == *needle && memcmp (octets + i, needle, size) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
file_holds (const char *path, const char *needle)
{
  g_autofree char *octets = NULL;
  gsize length;
  if (!g_file_get_contents (path, &octets, &length, NULL))
    return FALSE;
  g_autoptr (GString) hex = g_string_new (NULL);
  for (const char *c = needle; *c != '\0'; c++)
    g_string_append_printf (hex, "%02x", (guint8)*c);
  return holds (octets, length, needle) || holds (octets, length, hex->str);
}

static gboolean
store_holds (const char *path, const char *needle)
{
  static const char *const files[] = { "", "-wal", "-shm", ".lock" };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_strconcat (path, files[i], NULL);
      if (file_holds (file, needle))
        return TRUE;
    }
  return FALSE;
}

/* So many that pages are split and joined; in no order, so that rows move. */
static void
test_octets (void)
{
  enum
  {
    PEOPLE = 600,
    EVERY = 7
  };
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  StoreRecorded recorded;
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < PEOPLE; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i), *words = g_strdup_printf ("w%uords-%0*u", i, 700, i);
      g_autofree char *address = g_strdup_printf ("p%u@example.org", (i * 263) % PEOPLE);
      g_autoptr (StoreEvent) event = event_of (id, "opt-out person 100 *", address, words);
      kit_ok (store_record (store, event, &recorded, NULL, error));
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < PEOPLE; i += EVERY)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.org", (i * 263) % PEOPLE);
      g_autofree char *id = g_strdup_printf ("x%u", i);
      g_autoptr (StoreEvent) event = kit_event (id, "erased house 900");
      StoreErasure erasure;
      event->details = g_variant_ref_sink (g_variant_new_parsed ("{'note': 'x'}"));
      kit_ok (store_erase (store, address, event, &erasure, error));
      g_assert_cmpuint (erasure.events, ==, 1);
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_scrub (store, error));
  for (guint i = 0; i < PEOPLE; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.org", (i * 263) % PEOPLE);
      g_autofree char *words = g_strdup_printf ("w%uords-", i);
      g_assert_cmpint (store_holds (path, address), ==, i % EVERY != 0);
      g_assert_cmpint (store_holds (path, words), ==, i % EVERY != 0);
      g_assert_cmpstr (kit_blocked (store, address, "news"), ==, "person");
    }
  kit_verify (store);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

static void
test_other_traces (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  g_autoptr (StoreReply) reply = kit_reply ("r1", 100);
  g_autoptr (StoreEvent) other = NULL, third = NULL, theirs = NULL;
  g_autoptr (GPtrArray) held = NULL;
  StoreHeld open
      = { (char *)"h1", (char *)ANN, (char *)"question", (char *)"", NULL, NULL, 100, 0, NULL, NULL, NULL };
  StoreErasure erasure;
  record (store, "e1", "opt-out person 100 *", ANN, "mine");
  record (store, "e2", "opt-out person 100 *", "bob@example.org", "husband of\nAnn@Example.org.");
  record (store, "e3", "opt-out person 100 *", "joann@example.org",
          "I am joann@example.org, not ann@example.orgy or ann@example.org.example");
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, NULL, 0, error));
  kit_ok (store_hold (store, &open, reply->mail, error));
  kit_ok (store_commit (store, error));

  theirs = kit_event ("e4", "erased house 900");
  theirs->details = g_variant_ref_sink (g_variant_new_parsed ("{'note': 'x'}"));
  kit_ok (store_begin (store, error));
  kit_ok (store_erase (store, ANN, theirs, &erasure, error));
  g_assert_cmpstr (erasure.waiting, ==, "h1");
  store_erasure_clear (&erasure);
  kit_ok (store_held_decide (store, "h1", "reject", "carol", 200, error));
  kit_ok (store_commit (store, error));
  g_assert_true (store_holds (path, "mine"));

  erasure = kit_erase (store, ANN);
  g_assert_cmpuint (erasure.events, ==, 1);
  g_assert_cmpuint (erasure.mentions, ==, 1);
  g_assert_cmpuint (erasure.replies, ==, 1);
  g_assert_cmpuint (erasure.unsent, ==, 1);
  g_assert_cmpuint (erasure.held, ==, 1);
  g_assert_false (store_holds (path, "mine"));
  g_assert_false (store_holds (path, "husband"));
  kit_ok (store_held_list (store, TRUE, &held, error));
  g_assert_cmpuint (held->len, ==, 0);
  kit_ok (store_event (store, "e2", &other, error));
  kit_ok (store_event (store, "e3", &third, error));
  g_assert_nonnull (third->details);
  g_assert_cmpstr (other->address, ==, "bob@example.org");
  g_assert_null (other->details);
  kit_verify (store);
  kit_erase (store, "bob@example.org"); /* whose event was cut for ann before */
  kit_verify (store);
  g_assert_cmpstr (kit_blocked (store, "bob@example.org", "news"), ==, "person");
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* ---- what verify says ---- */

#define HASH "'hmac:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"

/* clang-format off */
static const struct tampering
{
  const char *name, *sql, *want;
} tamperings[] = {
  { "an erased row is removed", "DELETE FROM erased WHERE seq = 1", "row 1: an erasure names it" },
  { "that of the erasure itself", "DELETE FROM erased WHERE seq = 4", "row 4: an erasure names it" },
  { "all of them", "DELETE FROM erased", "an erasure names it" },
  { "it names another", "UPDATE erased SET who = " HASH " WHERE seq = 1", "row 1: " },
  { "all name another", "UPDATE erased SET who = " HASH, "noted as an erased person's" },
  { "a row is forged", "INSERT INTO erased VALUES (3, " HASH ")", "row 3: was erased, and yet" },
  { "a forged row hides a theft", "DELETE FROM person WHERE seq = 3; INSERT INTO erased VALUES (3, " HASH ")", "row 3: noted as" },
  { "a personal part is stolen", "DELETE FROM person WHERE seq = 3", "row 3: its personal part is missing" },
  { "details are stolen", "UPDATE person SET details = NULL, evidence_salt = NULL WHERE seq = 3", "row 3: its evidence is missing" },
  { "the standing of the erased is lifted", "DELETE FROM standing WHERE who LIKE 'hmac:%'", "the standing of hmac:" },
  { "or turned", "UPDATE standing SET is_out = 0 WHERE who LIKE 'hmac:%'", "the standing of hmac:" },
  { "or made another's", "UPDATE standing SET who = " HASH " WHERE who LIKE 'hmac:%'", "the standing of hmac:" },
  { "a case is removed from the list", "DELETE FROM request", "the case e2 is missing" },
  { "or closed", "UPDATE request SET closed_at = 5, event = 'e3'", "the case e2 is closed, and" },
  { "or made another", "UPDATE request SET kind = 'correction'", "the case e2 is not what" },
  { "or invented", "INSERT INTO request SELECT 'e9', kind, who, opened_at, 0, NULL, NULL, NULL FROM request", "the case e9 rests on no event" },
  { "the word of the erasure is altered", "UPDATE person SET details = replace (details, '1 2', '1 3') WHERE seq = 4", "row 4, event " },
};
/* clang-format on */

static void
test_tampering (gconstpointer data)
{
  const struct tampering *t = data;
  g_autofree char *folder = kit_folder (), *path = NULL, *fault = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  sqlite3 *db;
  char *message = NULL;
  guint64 count;
  record (store, "e1", "opt-out person 100 *", ANN, "a");
  record (store, "e2", "access person 100", ANN, "b");
  record (store, "e3", "opt-out person 100 *", "bob@example.org", "c");
  kit_erase (store, ANN);
  kit_verify (store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, t->sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
  kit_ok (store_verify (store, &count, &fault, error));
  g_assert_nonnull (fault);
  if (strstr (fault, t->want) == NULL)
    g_error ("wanted \"%s\" in \"%s\"", t->want, fault);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

/* ---- one call after the other fails ---- */

static gboolean
try_erase (const char *url, guint n)
{
  g_autofree char *fault = g_strdup_printf ("fault:%u:%s", n, url);
  g_autoptr (GError) failure = NULL;
  g_autoptr (Store) store = store_open (fault, kit_keys (), 1000, &failure);
  g_autoptr (StoreEvent) event = kit_event ("x1", "erased house 900");
  g_auto (StoreErasure) erasure = { 0 };
  event->details = g_variant_ref_sink (g_variant_new_parsed ("{'note': 'x'}"));
  return store != NULL && store_begin (store, &failure) && store_erase (store, ANN, event, &erasure, &failure)
         && store_commit (store, &failure);
}

static void
test_faults (void)
{
  g_autofree char *folder = kit_folder (), *path = NULL;
  g_autoptr (Store) store = new_store (folder, &path);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  record (store, "e1", "opt-out person 100 *", ANN, "a");
  record (store, "e2", "erasure person 100", ANN, "b");
  guint n = 1;
  for (gboolean done = FALSE; !done && n < 500; n++)
    {
      gboolean known;
      done = try_erase (url, n);
      kit_verify (store);
      kit_ok (store_known (store, ANN, &known, error));
      g_assert_cmpint (known, ==, !done);
      g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "person");
    }
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, <, 500);
  g_clear_pointer (&store, store_close);
  kit_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    {
      g_autofree char *name = g_strconcat ("/erase/standing/", standings[i].name, NULL);
      g_test_add_data_func (name, &standings[i], test_standing);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *name = g_strconcat ("/erase/verify/", tamperings[i].name, NULL);
      g_test_add_data_func (name, &tamperings[i], test_tampering);
    }
  g_test_add_func ("/erase/no octet is left", test_octets);
  g_test_add_func ("/erase/replies, decided mails and what others say go too", test_other_traces);
  g_test_add_func ("/erase/all or nothing, whatever fails", test_faults);
  return g_test_run ();
}
