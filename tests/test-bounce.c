/* test-bounce.c - a mail of ours that was refused: while we spoke to the other mail server (smtp://), and
 * later. */
#include "house.h"

#include <string.h>

static const struct
{
  const char *name, *text;
  gboolean recorded;
} refusals[] = {
  { "an address that is gone", "550 5.1.1 <ann@example.org>: no such user", TRUE },
  { "an address that is gone, without an enhanced code", "550 User unknown", TRUE },
  { "a policy", "550 5.7.1 message refused as spam", FALSE },
  { "a full mailbox", "552 5.2.2 over quota", FALSE },
  { "a delay, whatever its words", "450 4.1.1 user unknown", FALSE },
};

static void
a_refused_recipient_gets_no_more_mail (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *who = g_strdup_printf ("gone%u@example.org", i);
      g_autofree char *mail = g_strdup_printf ("from %s\nintent access\nid <%u@example.org>", who, i);
      g_autoptr (GError) error = NULL;
      /* a request for access stops nothing, so that all that is stopped afterwards is the refusal's doing */
      g_autoptr (FilterResult) result = house_take (h, mail, HOUSE_NOW);
      const StoreReply reply
          = { .id = house_only (result)->event, .event = house_only (result)->event, .recipient = who };
      gboolean recorded;
      g_test_message ("%s", refusals[i].name);
      g_assert_true (filter_engine_bounced (&h->config, house_store (h), &reply, refusals[i].text, HOUSE_NOW,
                                            &recorded, &error));
      g_assert_no_error (error);
      g_assert_cmpint (recorded, ==, refusals[i].recorded);
      g_assert_cmpint (house_may_send (h, who), ==, !refusals[i].recorded);
    }
}

static void
the_same_refusal_is_one_event (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  StoreReply reply = { .id = (char *)"r", .event = (char *)"e", .recipient = (char *)HOUSE_ANN };
  for (guint i = 0; i < 2; i++)
    g_assert_true (
        filter_engine_bounced (&h->config, house_store (h), &reply, refusals[0].text, HOUSE_NOW, NULL, NULL));
  g_assert_cmpuint (house_events (h), ==, 1);
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (house_store (h), HOUSE_ANN, "offers", &blocked, NULL));
  g_assert_cmpint (blocked->reason, ==, STORE_REASON_BOUNCE);
}

static void
our_own_addresses_are_never_stopped (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  const StoreReply others[] = {
    { .id = (char *)"a", .event = (char *)"e", .recipient = (char *)"preferences@metrix.example" },
    { .id = (char *)"b", .recipient = (char *)"staff@metrix.example" }, /* the digest */
  };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (filter_engine_bounced (&h->config, house_store (h), &others[i], refusals[0].text,
                                          HOUSE_NOW, NULL, NULL));
  g_assert_cmpuint (house_events (h), ==, 0);
}

/* ---- what comes back as a mail ---- */

/* A request for access stops nothing: what is stopped afterwards is the bounce's doing. */
static void
a_bounce_of_our_confirmation_stops_its_person (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) asked
      = house_take (h, "from " HOUSE_ANN "\nintent access\nid <a@example.org>", HOUSE_NOW);
  g_autofree char *id
      = parser_token_message_id (h->secret.token, house_only (asked)->event, "metrix.example");
  g_autofree char *soft
      = g_strdup_printf ("kind bounce\nid <s@example.org>\nenclosed-id %s\nreported " HOUSE_ANN, id);
  g_autofree char *hard = g_strdup_printf ("kind bounce\nhard yes\nid <h@example.org>\nenclosed-id %s\n"
                                           "reported " HOUSE_ANN "\nreported-by final-recipient",
                                           id);
  g_autoptr (FilterResult) first = house_take (h, soft, HOUSE_NOW + 1);
  g_assert_cmpstr (house_only (first)->verdict->act_reason, ==, "bounce");
  g_assert_true (house_may_send (h, HOUSE_ANN));

  g_autoptr (FilterResult) second = house_take (h, hard, HOUSE_NOW + 2);
  g_assert_cmpstr (house_only (second)->verdict->act_reason, ==, "hard-bounce");
  g_assert_null (house_only (second)->reply);
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (StoreEvent) event = NULL;
  const char *named;
  g_assert_true (store_event (house_store (h), house_only (second)->event, &event, NULL));
  g_assert_cmpint (event->reason, ==, STORE_REASON_BOUNCE);
  g_assert_cmpstr (event->related, ==, house_only (asked)->event);
  g_assert_true (g_variant_lookup (event->details, "reported-by", "&s", &named));
  g_assert_cmpstr (named, ==, "final-recipient");

  g_autoptr (FilterResult) again = house_take (h, hard, HOUSE_NOW + 3);
  g_assert_true (house_only (again)->known);
}

static void
a_forged_bounce_changes_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const forged[] = {
    "kind bounce\nhard yes\nid <1@example.org>\nreported " HOUSE_ANN,
    "kind bounce\nhard yes\nid <2@example.org>\nreported " HOUSE_ANN
    "\nenclosed-id <optout.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef@metrix.example>",
  };
  g_autoptr (FilterResult) wish = house_take (h, "from bob@example.org\nintent opt-out\nid <w@x>", HOUSE_NOW);
  g_assert_cmpint (house_only (wish)->verdict->act, ==, FILTER_ACT_RECORD);
  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (FilterResult) result = house_take (h, forged[i], HOUSE_NOW);
      g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "bounce-unproved");
      g_assert_true (house_may_send (h, HOUSE_ANN));
    }
  g_assert_cmpuint (house_events (h), ==, 1);
}

/* ---- who has left ---- */

static void
a_leaver_is_listed_once_and_nothing_stopped (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("kind auto-reply\nleft yes\nfrom " HOUSE_ANN "\nid <%u@x>", i);
      g_autoptr (FilterResult) result = house_take (h, text, HOUSE_NOW + i);
      g_assert_cmpint (house_only (result)->verdict->act, ==, FILTER_ACT_NONE);
      g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "leaver");
      g_assert_null (house_only (result)->event);
      g_assert_null (house_only (result)->reply);
    }
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_cmpuint (house_events (h), ==, 1);
  g_autofree char *fault = NULL;
  guint64 count;
  g_assert_true (store_verify (house_store (h), &count, &fault, NULL));
  g_assert_null (fault);
}

static const HouseTest tests[] = {
  { "a refused recipient gets no more mail", a_refused_recipient_gets_no_more_mail, FALSE },
  { "the same refusal is one event", the_same_refusal_is_one_event, FALSE },
  { "our own addresses are never stopped", our_own_addresses_are_never_stopped, FALSE },
  { "a bounce of our confirmation stops its person", a_bounce_of_our_confirmation_stops_its_person, FALSE },
  { "a leaver is listed once and nothing stopped", a_leaver_is_listed_once_and_nothing_stopped, FALSE },
  { "a forged bounce changes nothing", a_forged_bounce_changes_nothing, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
