/* test-void.c - events that turn out not to be their person's: what holds then, for every backend (H42). */
#include "store-kit.h"

#define ANN "ann@example.org"

/* In the open transaction. */
static gboolean
make_void (Store *store, const char *id)
{
  g_autoptr (StoreEvent) event = kit_event (id, "void customer-service 900");
  gboolean done = TRUE;
  g_autofree char *own = g_strconcat ("v", id, NULL);
  g_free (event->id);
  event->id = g_steal_pointer (&own);
  g_clear_pointer (&event->address, g_free);
  kit_ok (store_void (store, id, event, &done, error));
  return done;
}

static gboolean
take_back (Store *store, const char *id)
{
  kit_ok (store_begin (store, error));
  gboolean done = make_void (store, id);
  kit_ok (store_commit (store, error));
  return done;
}

/* clang-format off */
typedef struct
{
  const char *name, *events[4]; /* f is the forged one */
  const char *offers, *news;    /* which reason stops them afterwards */
} Case;

static const Case cases[] = {
  { "nothing-else-stands",               { "f opt-out person 100 *" }, "none", "none" },
  { "an-earlier-wish-stays",             { "a opt-out person 50 *", "f opt-out person 100 *" }, "person", "person" },
  { "a-later-wish-stays",                { "f opt-out person 100 *", "a opt-out person 150 *" }, "person", "person" },
  { "one-of-less-stays-as-it-was",       { "a opt-out person 50 offers", "f opt-out person 100 *" }, "person", "none" },
  { "what-it-kept-is-not-carved-out",    { "a opt-out person 50 *", "f opt-out person 100 * -offers" }, "person", "person" },
  { "what-an-earlier-one-kept-is-kept",  { "a opt-out person 50 * -news", "f opt-out person 100 *" }, "person", "none" },
  { "what-came-in-later-but-was-earlier", { "f opt-out person 100 *", "a opt-out person 50 offers" }, "person", "none" },
  { "a-complaint-stays",                 { "a opt-out complaint 50 *", "f opt-out person 100 *" }, "complaint", "complaint" },
  { "a-later-consent-stays",             { "f opt-out person 100 *", "a opt-in person 150 *" }, "none", "none" },
  { "an-earlier-consent-counts-again",   { "a opt-out person 50 *", "b opt-in person 80 *", "f opt-out person 100 *" }, "none", "none" },
  { "a-forged-consent-lifts-nothing",    { "a opt-out person 50 *", "f opt-in person 100 *" }, "person", "person" },
  { "a-held-wish-is-released",           { "f hold review 100 *" }, "none", "none" },
};
/* clang-format on */

static void
record (Store *store, const char *text)
{
  g_autofree char *id = g_strndup (text, 1);
  kit_record (store, kit_event (id, text + 2));
}

static void
test_standing (Store *store, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (StoreEvent) by = NULL, none = NULL;
  for (guint e = 0; e < G_N_ELEMENTS (c->events) && c->events[e] != NULL; e++)
    record (store, c->events[e]);
  g_assert_true (take_back (store, "f"));
  g_assert_cmpstr (kit_blocked (store, ANN, "offers"), ==, c->offers);
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, c->news);
  kit_verify (store);
  g_assert_false (take_back (store, "f")); /* void is void */
  kit_ok (store_void_of (store, "f", &by, error));
  g_assert_cmpstr (by->id, ==, "vf");
  g_assert_cmpstr (by->address, ==, ANN);
  kit_ok (store_void_of (store, "a", &none, error));
  g_assert_null (none);
}

/* Its mail again is known; another mail of the same person is not. */
static void
test_again (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *key = g_strnfill (64, 'a');
  StoreEvent *event = kit_event ("f", "opt-out person 100 *");
  event->key = g_strdup (key);
  kit_record (store, event);
  g_assert_true (take_back (store, "f"));
  event = kit_event ("g", "opt-out person 100 *");
  event->key = g_strdup (key);
  g_assert_cmpint (kit_record (store, event), ==, STORE_KNOWN);
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "none");
  g_assert_cmpint (kit_record (store, kit_event ("h", "opt-out person 100 *")), ==, STORE_RECORDED);
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "person");
  kit_verify (store);
}

/* A held mail that was raised to an opt-out does not wait anew; one that is void is raised no more. */
static void
test_held (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_autoptr (GPtrArray) open = NULL;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *key = g_strnfill (64, i == 0 ? 'a' : 'b');
      StoreEvent *event = kit_event (i == 0 ? "h" : "k", "hold review 100 *");
      StoreHeld held = { .id = event->id,
                         .address = (char *)ANN,
                         .why = (char *)"question",
                         .summary = (char *)"",
                         .held_at = 100,
                         .event = event->id };
      StoreRecorded recorded;
      event->key = g_strdup (key);
      kit_ok (store_begin (store, error) && store_record (store, event, &recorded, NULL, error)
              && store_hold (store, &held, mail, error) && store_commit (store, error));
      store_event_free (event);
      if (i == 1)
        g_assert_true (take_back (store, "k"));
      event = kit_event (i == 0 ? "f" : "g", "opt-out person 100 *");
      event->key = g_strdup (key);
      g_assert_cmpint (kit_record (store, event), ==, i == 0 ? STORE_RAISED : STORE_KNOWN);
    }
  g_assert_true (take_back (store, "f"));
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "none");
  kit_ok (store_held_list (store, FALSE, &open, error));
  g_assert_cmpuint (open->len, ==, 0);
  kit_verify (store);
}

static void
test_request (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (StoreRequest) request = NULL;
  kit_record (store, kit_event ("f", "erasure person 100 *"));
  g_assert_true (take_back (store, "f"));
  kit_ok (store_requests (store, FALSE, &open, error));
  g_assert_cmpuint (open->len, ==, 0);
  kit_ok (store_request (store, "f", &request, error));
  g_assert_cmpstr (request->outcome, ==, STORE_OUTCOME_NOT_THEIRS);
  kit_verify (store);
}

/* What waits is not sent; what is sent stays on record. */
static void
test_reply (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (StoreReply) waiting = NULL, sent = NULL, claimed = NULL;
  for (guint i = 0; i < 2; i++)
    {
      const char *id = i == 0 ? "e" : "f";
      g_autoptr (StoreReply) reply = kit_reply (i == 0 ? "r1" : "r2", 100);
      reply->event = g_strdup (id);
      kit_record (store, kit_event (id, "opt-out person 100 *"));
      kit_ok (store_begin (store, error) && store_queue (store, reply, NULL, 0, error)
              && store_commit (store, error));
    }
  kit_ok (store_claim (store, "r1", FALSE, 100, &claimed, error)
          && store_settle (store, "r1", STORE_REPLY_SENT, 100, 0, NULL, error));
  g_assert_true (take_back (store, "e") && take_back (store, "f"));
  kit_ok (store_reply_of (store, "e", &sent, error) && store_reply_of (store, "f", &waiting, error));
  g_assert_nonnull (sent);
  g_assert_null (waiting);
}

/* Erased afterwards, what holds goes over to the pseudonym; before, nobody is left to take it back for. */
static void
test_erased (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  kit_record (store, kit_event ("a", "opt-out person 50 offers"));
  kit_record (store, kit_event ("f", "opt-out person 100 *"));
  g_assert_true (take_back (store, "f"));
  kit_erase (store, ANN);
  g_assert_cmpstr (kit_blocked (store, ANN, "offers"), ==, "person");
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "none");
  g_assert_false (take_back (store, "a"));
  g_assert_cmpstr (kit_blocked (store, ANN, "offers"), ==, "person");
  kit_verify (store);
}

/* Nothing of a transaction that is rolled back; and many of one address in one. */
static void
test_transaction (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  enum
  {
    MANY = 300
  };
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      kit_record (store, kit_event (id, "opt-out person 100 *"));
    }
  kit_ok (store_begin (store, error));
  g_assert_true (make_void (store, "e0"));
  store_rollback (store);
  g_assert_cmpuint (kit_verify (store), ==, MANY);
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_assert_true (make_void (store, id));
    }
  g_assert_false (make_void (store, "nosuchevent"));
  g_assert_false (
      make_void (store, "ve0")); /* that an event is void is not taken back: who wants it opts out anew */
  kit_ok (store_commit (store, error));
  g_assert_cmpstr (kit_blocked (store, ANN, "news"), ==, "none");
  g_assert_cmpuint (kit_verify (store), ==, 2 * MANY);
}

int
main (int argc, char **argv)
{
  static const KitStoreTest tests[]
      = { { "again", test_again, NULL },     { "held", test_held, NULL },
          { "request", test_request, NULL }, { "reply", test_reply, NULL },
          { "erased", test_erased, NULL },   { "transaction", test_transaction, NULL } };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KitStoreTest standing = { cases[i].name, test_standing, &cases[i] };
      kit_add_tests ("void/standing", &standing, 1);
    }
  kit_add_tests ("void", tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
