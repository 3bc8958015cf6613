/* test-engine-undo.c - who may undo, and what comes back. */
#include "house.h"

#include <string.h>

static char *
send_next (House *h)
{
  g_autoptr (StoreReply) reply = house_claim (h, NULL, HOUSE_NOW);
  return house_header (reply, "Message-ID");
}

static FilterResult *
undo (House *h, const char *message_id, gint64 now)
{
  g_autofree char *text = g_strdup_printf ("id <undo-%u@example.org>\nreply-to-id %s\nfrom " HOUSE_ANN
                                           "\nintent opt-in",
                                           ++h->serial, message_id);
  return house_take_to (h, text, "preferences@metrix.example", now);
}

/* @text from eve@example.net, whose envelope it has too. */
static FilterResult *
take_of_eve (House *h, const char *text)
{
  g_autoptr (GBytes) octets = g_bytes_new_static (text, strlen (text));
  const FilterMail mail
      = { .mail = octets, .sender = "eve@example.net", .received_at = HOUSE_NOW, .now = HOUSE_NOW };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  return g_ptr_array_steal_index (results, 0);
}

static void
a_notice_to_another_undoes_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) another = take_of_eve (
      h, "id <m@example.net>\nfrom eve@example.net\nnamed " HOUSE_ANN "\nintent opt-out");
  g_assert_cmpstr (house_only (another)->verdict->act_reason, ==, "third-person");
  g_assert_cmpstr (house_only (another)->reply_reason, ==, "ok");
  g_autofree char *notice = send_next (h);
  g_autoptr (FilterResult) forged = undo (h, notice, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (forged)->verdict->act_reason, ==, "undo-unproved");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (FilterResult) proved = undo (h, confirmation, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (proved)->verdict->act_reason, ==, "undo");
}

static const HouseTest tests[] = {
  { "a notice to another undoes nothing", a_notice_to_another_undoes_nothing, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
