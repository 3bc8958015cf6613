/* test-request.c - cases: what opens one, what closes it, and what the staff sees, for every backend. */
#include "store-kit.h"

static guint
count (Store *store, gboolean all)
{
  g_autoptr (GPtrArray) requests = NULL;
  kit_ok (store_requests (store, all, &requests, error));
  return requests->len;
}

static void
close_case (Store *store, const char *id, const char *related, const char *outcome, const char *who)
{
  StoreEvent *event = kit_event (id, "close customer-service 500");
  event->related = g_strdup (related);
  event->details
      = g_variant_ref_sink (who == NULL ? g_variant_new_parsed ("{'outcome': %s}", outcome)
                                        : g_variant_new_parsed ("{'outcome': %s, 'who': %s}", outcome, who));
  if (who != NULL)
    g_clear_pointer (&event->address, g_free);
  kit_record (store, event);
}

static void
test_kinds (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  static const struct
  {
    const char *event;
    guint cases;
  } events[]
      = { { "erasure person 100", 1 },    { "access person 100", 1 },     { "correction person 100", 1 },
          { "no-sharing person 100", 1 }, { "no-contact person 100", 1 }, { "opt-out person 100 *", 0 },
          { "opt-in person 100 *", 0 },   { "hold review 100 *", 0 } };
  guint open = 0;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      kit_record (store, kit_event (id, events[i].event));
      open += events[i].cases;
      g_assert_cmpuint (count (store, FALSE), ==, open);
    }
  g_assert_cmpuint (kit_record (store, kit_event ("e0", events[0].event)), ==, STORE_KNOWN);
  g_assert_cmpuint (count (store, FALSE), ==, open);
}

static void
test_order_and_closing (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (StoreRequest) one = NULL, none = NULL;
  kit_record (store, kit_event ("e1", "access person 300"));
  kit_record (store, kit_event ("e2", "erasure person 100"));
  kit_record (store, kit_event ("e3", "correction person 200"));
  kit_ok (store_requests (store, FALSE, &requests, error));
  g_assert_cmpstr (((StoreRequest *)requests->pdata[0])->id, ==, "e2");
  g_assert_cmpstr (((StoreRequest *)requests->pdata[2])->id, ==, "e1");

  close_case (store, "c1", "e3", "refused", NULL);
  close_case (store, "c2", "e3", "done", NULL); /* the first one stands */
  close_case (store, "c3", "nosuchcase", "done", NULL);
  g_assert_cmpuint (count (store, FALSE), ==, 2);
  g_assert_cmpuint (count (store, TRUE), ==, 3);
  kit_ok (store_request (store, "e3", &one, error));
  g_assert_cmpint (one->kind, ==, STORE_ACTION_CORRECTION);
  g_assert_cmpstr (one->who, ==, "ann@example.org");
  g_assert_cmpint (one->opened_at, ==, 200);
  g_assert_cmpint (one->closed_at, ==, 1000000);
  g_assert_cmpstr (one->outcome, ==, STORE_OUTCOME_REFUSED);
  g_assert_cmpstr (one->by, ==, "optout");
  g_assert_cmpstr (one->event, ==, "c1");
  kit_ok (store_request (store, "e9", &none, error));
  g_assert_null (none);
  kit_verify (store);
}

static void
test_erased (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autofree char *who = store_pseudonym (store, "ann@example.org");
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (StoreRequest) access = NULL, erasure = NULL;
  gboolean known;
  kit_record (store, kit_event ("e1", "erasure person 100"));
  kit_record (store, kit_event ("e2", "access person 200"));
  g_assert_cmpuint (kit_erase (store, "ann@example.org").cases, ==, 1);
  kit_ok (store_request (store, "e1", &erasure, error));
  g_assert_cmpstr (erasure->who, ==, who);
  g_assert_cmpstr (erasure->outcome, ==, STORE_OUTCOME_DONE);
  close_case (store, "c1", "e2", "not-theirs", who);
  kit_ok (store_request (store, "e2", &access, error));
  g_assert_cmpstr (access->outcome, ==, STORE_OUTCOME_NOT_THEIRS);
  kit_ok (store_requests_of (store, "ann@example.org", &requests, error));
  g_assert_cmpuint (requests->len, ==, 2);
  kit_ok (store_known (store, who, &known, error));
  g_assert_true (known);
  g_assert_cmpuint (kit_verify (store), ==, 4);
}

int
main (int argc, char **argv)
{
  static const KitStoreTest tests[]
      = { { "what opens a case", test_kinds, NULL },
          { "the oldest first, and the first close stands", test_order_and_closing, NULL },
          { "cases of the erased", test_erased, NULL } };
  g_test_init (&argc, &argv, NULL);
  kit_add_tests ("request", tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
