/* test-store-replies.c - what store.h promises of replies, budgets, held mails and marks, for every backend
 */
#include "internal.h"
#include "store-kit.h"

#include <string.h>

static void
queue (Store *store, const char *id, gint64 at)
{
  g_autoptr (StoreReply) reply = kit_reply (id, at);
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, NULL, 0, error));
  kit_ok (store_commit (store, error));
}

/* The id of the reply that is claimed, or NULL. */
static char *
claim (Store *store, const char *id, gboolean uncertain, gint64 now)
{
  g_autoptr (StoreReply) reply = NULL;
  kit_ok (store_claim (store, id, uncertain, now, &reply, error));
  return reply != NULL ? g_strdup (reply->id) : NULL;
}

#define assert_claim(store, id, uncertain, now, want)                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *claimed = claim (store, id, uncertain, now);                                            \
    g_assert_cmpstr (claimed, ==, want);                                                                     \
  }                                                                                                          \
  G_STMT_END

static void
assert_counts (Store *store, guint waiting, guint sending, guint sent, guint uncertain, guint failed)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  kit_ok (store_reply_counts (store, counts, error));
  g_assert_cmpuint (counts[STORE_REPLY_WAITING], ==, waiting);
  g_assert_cmpuint (counts[STORE_REPLY_SENDING], ==, sending);
  g_assert_cmpuint (counts[STORE_REPLY_SENT], ==, sent);
  g_assert_cmpuint (counts[STORE_REPLY_UNCERTAIN], ==, uncertain);
  g_assert_cmpuint (counts[STORE_REPLY_FAILED], ==, failed);
}

static void
test_reply_once (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreReply) reply = NULL, want = kit_reply ("r1", 100);
  queue (store, "r1", 100);
  queue (store, "r1", 100);
  assert_counts (store, 1, 0, 0, 0, 0);
  assert_claim (store, NULL, FALSE, 99, NULL);
  kit_ok (store_claim (store, NULL, FALSE, 100, &reply, error));
  g_assert_cmpstr (reply->recipient, ==, "ann@example.org");
  g_assert_cmpstr (reply->sender, ==, "");
  g_assert_null (reply->event);
  g_assert_true (g_bytes_equal (reply->mail, want->mail));
  g_assert_cmpuint (reply->tries, ==, 1);
  g_assert_cmpint (reply->state, ==, STORE_REPLY_SENDING);
  assert_claim (store, NULL, TRUE, 100, NULL);
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 900, 0, NULL, error));
  assert_counts (store, 0, 0, 1, 0, 0);
  kit_ok (store_settle (store, "r1", STORE_REPLY_WAITING, 900, 0, NULL, error)); /* too late: it is sent */
  queue (store, "r1", 100);
  assert_counts (store, 0, 0, 1, 0, 0);
  assert_claim (store, "r1", TRUE, 99999, NULL);
}

static void
test_reply_of (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreReply) found = NULL, sent = NULL, none = NULL, reply = kit_reply ("r1", 100);
  g_free (reply->event);
  reply->event = g_strdup ("e1");
  kit_record (store, kit_event ("e1", "opt-out person 90 *"));
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, NULL, 0, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_reply_of (store, "e2", &none, error));
  g_assert_null (none);
  kit_ok (store_reply_of (store, "e1", &found, error));
  g_assert_cmpstr (found->id, ==, "r1");
  g_assert_cmpint (found->state, ==, STORE_REPLY_WAITING);
  g_autofree char *claimed = claim (store, "r1", FALSE, 100);
  kit_ok (store_settle (store, claimed, STORE_REPLY_SENT, 150, 0, NULL, error));
  kit_ok (store_reply_of (store, "e1", &sent, error));
  g_assert_cmpint (sent->state, ==, STORE_REPLY_SENT);
  g_assert_cmpint (sent->settled_at, ==, 150);
}

static void
test_reply_again (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreReply) reply = NULL;
  queue (store, "r1", 100);
  queue (store, "r2", 90);
  assert_claim (store, NULL, FALSE, 100, "r2");
  kit_ok (store_settle (store, "r2", STORE_REPLY_WAITING, 900, 300, "451 later", error));
  assert_claim (store, "r2", FALSE, 299, NULL);
  assert_claim (store, "r1", FALSE, 299, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_FAILED, 900, 0, "550 no", error));
  kit_ok (store_claim (store, NULL, FALSE, 300, &reply, error));
  g_assert_cmpstr (reply->last_error, ==, "451 later");
  g_assert_cmpuint (reply->tries, ==, 2);
  assert_counts (store, 0, 1, 0, 0, 1);
  assert_claim (store, "nobody", TRUE, 300, NULL);
}

static gboolean
list_reply (const StoreReply *reply, gpointer data)
{
  g_string_append_printf (data, "%s %s asked %" G_GINT64_FORMAT " settled %" G_GINT64_FORMAT "\n", reply->id,
                          store_reply_state_name (reply->state), reply->asked_at, reply->settled_at);
  return reply->id[0] < 'r' || reply->id[1] < '3';
}

static void
test_reply_times (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (StoreReply) answer = kit_reply ("r1", 100);
  g_autoptr (GString) text = g_string_new (NULL);
  answer->event = g_strdup ("a");
  kit_record (store, kit_event ("a", "opt-out person 40 *"));
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, answer, NULL, 0, error));
  kit_ok (store_commit (store, error));
  for (guint i = 2; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      queue (store, id, 100 + i);
    }
  assert_claim (store, "r1", FALSE, 200, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 210, 0, NULL, error));
  assert_claim (store, "r2", FALSE, 200, "r2");
  kit_ok (store_settle (store, "r2", STORE_REPLY_WAITING, 220, 300, "451 later", error));
  kit_ok (store_each_reply (store, list_reply, text, error));
  g_assert_cmpstr (text->str, ==,
                   "r1 sent asked 40 settled 210\nr2 waiting asked 0 settled 220\n"
                   "r3 waiting asked 0 settled 0\n");
}

static void
test_reply_uncertain (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  queue (store, "r1", 100);
  assert_claim (store, NULL, FALSE, 100, "r1");
  assert_claim (store, NULL, FALSE, 3700, NULL);
  assert_counts (store, 0, 1, 0, 0, 0);
  assert_claim (store, NULL, FALSE, 3701, NULL);
  assert_counts (store, 0, 0, 0, 1, 0);
  assert_claim (store, "r1", FALSE, 3701, NULL);
  queue (store, "r2", 3702);
  assert_claim (store, NULL, TRUE, 3702, "r2");
  assert_claim (store, NULL, TRUE, 3702, "r1");
  kit_ok (store_settle (store, "r1", STORE_REPLY_SENT, 900, 0, NULL, error));
  assert_claim (store, NULL, TRUE, 200, NULL); /* the clock was set back: the claim of r2 is in the future */
  assert_counts (store, 0, 1, 1, 0, 0);
  assert_claim (store, NULL, FALSE, 50, NULL);
  assert_counts (store, 0, 0, 1, 1, 0);
}

static void
test_budget (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  const StoreBudget budgets[] = { { "all", 5, 3600 }, { "address:ann@example.org:opt-out:*", 1, 604800 } };
  g_autoptr (StoreReply) reply = kit_reply ("r1", 1000);
  g_autoptr (GPtrArray) rows = NULL;
  int refused;
  kit_ok (store_budget (store, budgets, 2, 1000, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_begin (store, error));
  kit_ok (store_queue (store, reply, budgets, 2, error));
  kit_ok (store_budget (store, budgets, 2, 1000, &refused, error));
  g_assert_cmpint (refused, ==, 1); /* seen within the transaction */
  kit_ok (store_commit (store, error));
  kit_ok (store_budget (store, budgets, 1, 1000, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_budget (store, budgets, 2, 1000 + 604799, &refused, error));
  g_assert_cmpint (refused, ==, 1);
  kit_ok (store_budget (store, budgets, 2, 1000 + 604800, &refused, error));
  g_assert_cmpint (refused, ==, -1);
  kit_ok (store_budget (store, &(StoreBudget){ "none", 0, 10 }, 1, 0, &refused, error));
  g_assert_cmpint (refused, ==, 0);
  kit_ok (store_find (store, &(StoreFind){ .table = &store_table_budget }, &rows, error));
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (store_is_digest (((StoreBudgetRow *)rows->pdata[i])->name));
}

static guint64
count_budget (Store *store)
{
  guint64 count;
  kit_ok (store_count (store, &(StoreFind){ .table = &store_table_budget }, &count, error));
  return count;
}

static void
test_budget_dropped (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  const StoreBudget budgets[] = { { "short", 1, 10 }, { "long", 100000, 100000 } };
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autoptr (StoreReply) reply = kit_reply (id, 1000);
      kit_ok (store_queue (store, reply, budgets, 2, error));
    }
  g_assert_cmpuint (count_budget (store), ==, 1200); /* all of them count still */
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autoptr (StoreReply) reply = kit_reply (id, 2000);
      kit_ok (store_queue (store, reply, &budgets[1], 1, error));
    }
  g_assert_cmpuint (count_budget (store), ==, 1000); /* the oldest went, no more than that */
  kit_ok (store_commit (store, error));
}

/* ---- held mails ---- */

static void
test_held (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) open = NULL, all = NULL, left = NULL;
  g_autoptr (StoreHeld) held = NULL, none = NULL, decided = NULL;
  g_autoptr (GBytes) mail = NULL, gone = NULL;
  g_autoptr (StoreHeld) early = store_held_new ();
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\r\n\xff", 4);
  early->id = g_strdup ("h2");
  early->why = g_strdup ("unscanned");
  early->summary = g_strdup ("");
  early->sender = g_strdup (KIT_NASTY);
  early->held_at = 400;
  kit_ok (store_begin (store, error));
  kit_hold_mail (store, "h1", "first");
  kit_hold_mail (store, "h1", "second");
  kit_ok (store_hold (store, early, bytes, error));
  kit_ok (store_commit (store, error));

  kit_ok (store_held_list (store, FALSE, &open, error));
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpstr (((StoreHeld *)open->pdata[0])->id, ==, "h2");
  g_assert_cmpstr (((StoreHeld *)open->pdata[0])->sender, ==, KIT_NASTY);
  kit_ok (store_held_get (store, "h1", &held, &mail, error));
  g_assert_cmpstr (held->summary, ==, KIT_NASTY);
  g_assert_cmpstr (held->event, ==, "h1");
  g_assert_cmpuint (g_bytes_get_size (mail), ==, 5);
  kit_ok (store_held_get (store, "nobody", &none, NULL, error));
  g_assert_null (none);

  kit_ok (store_begin (store, error));
  kit_ok (store_held_decide (store, "h2", "reject", "carol", 900, error));
  store_rollback (store);
  g_clear_pointer (&mail, g_bytes_unref);
  kit_ok (store_held_get (store, "h2", &none, &mail, error));
  g_assert_true (g_bytes_equal (mail, bytes));

  kit_ok (store_begin (store, error));
  kit_ok (store_held_decide (store, "h2", "reject", "carol", 900, error));
  kit_ok (store_held_decide (store, "h2", "accept", "dave", 901, error));
  kit_ok (store_held_decide (store, "nobody", "accept", "dave", 901, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_held_get (store, "h2", &decided, &gone, error));
  g_assert_null (gone);
  g_assert_cmpstr (decided->decision, ==, "reject");
  g_assert_cmpstr (decided->by, ==, "carol");
  g_assert_cmpint (decided->decided_at, ==, 900);
  kit_ok (store_held_list (store, FALSE, &left, error));
  g_assert_cmpuint (left->len, ==, 1);
  kit_ok (store_held_list (store, TRUE, &all, error));
  g_assert_cmpuint (all->len, ==, 2);
}

static gboolean
count_held (const StoreHeld *held, gpointer data)
{
  g_assert_cmpint (held->held_at, ==, 500);
  ++*(guint *)data;
  return TRUE;
}

static void
test_each_held (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  guint seen = 0;
  kit_ok (store_begin (store, error));
  for (guint i = 0; i < 600; i++) /* more than a page */
    {
      g_autofree char *id = g_strdup_printf ("h%u", i);
      kit_hold_mail (store, id, "x");
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_each_held (store, count_held, &seen, error));
  g_assert_cmpuint (seen, ==, 600);
}

static void
test_marks (Store *store, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *none = NULL, *value = NULL;
  kit_ok (store_mark_get (store, "digest-sent-at", &none, error));
  g_assert_null (none);
  kit_ok (store_begin (store, error));
  kit_ok (store_mark_set (store, "digest-sent-at", "1", error));
  kit_ok (store_mark_set (store, "digest-sent-at", KIT_NASTY, error));
  kit_ok (store_commit (store, error));
  kit_ok (store_mark_get (store, "digest-sent-at", &value, error));
  g_assert_cmpstr (value, ==, KIT_NASTY);
}

/* clang-format off */
static const KitStoreTest tests[] = {
  { "a reply is queued, claimed and sent once", test_reply_once, NULL },
  { "the reply to an event is found by it", test_reply_of, NULL },
  { "a reply that failed for now is due again later", test_reply_again, NULL },
  { "replies are listed with the times of wish and sending", test_reply_times, NULL },
  { "a claim an hour old is uncertain, and sent again only on demand", test_reply_uncertain, NULL },
  { "a budget counts in its transaction, by name, for its time", test_budget, NULL },
  { "budgets that count no longer are dropped, but for a thousand", test_budget_dropped, NULL },
  { "a held mail is whole until it is decided", test_held, NULL },
  { "held mails are listed page by page", test_each_held, NULL },
  { "a mark is set and read", test_marks, NULL },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kit_add_tests ("replies", tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
