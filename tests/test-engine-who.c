/* test-engine-who.c - one mail, two people: what the ledger gets of each, who is told, and who can undo what.
 */
#include "house.h"

#include <string.h>

#define BOB "bob@example.net"
#define WISH "from " BOB "\nintent opt-out\nid <wish@example.net>\nlanguage en\n"

static char *
token_of (House *h, const char *address)
{
  return parser_token_make (h->secret.token, h->secret.tokens->len - 1, PARSER_TOKEN_UNSUBSCRIBE, address,
                            "offers");
}

/* @text to @to, out of the envelope of @sender. */
static FilterResult *
take (House *h, const char *sender, const char *text, const char *to)
{
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  const char *const recipients[] = { to, NULL };
  const gint64 now = HOUSE_NOW + h->serial++;
  const FilterMail mail
      = { .mail = octets, .sender = sender, .recipients = recipients, .received_at = now, .now = now };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  return g_ptr_array_steal_index (results, 0);
}

static FilterResult *
take_to_token (House *h, const char *text)
{
  g_autofree char *token = token_of (h, HOUSE_ANN);
  g_autofree char *to = g_strconcat ("unsubscribe+", token, "@metrix.example", NULL);
  return take (h, BOB, text, to);
}

static FilterResult *
take_quoting (House *h)
{
  g_autofree char *token = token_of (h, HOUSE_ANN);
  g_autofree char *text = g_strconcat (WISH "quoted ", token, NULL);
  return take (h, BOB, text, "support@metrix.example");
}

/* An undo of @from, in answer to the notice with @message_id. */
static FilterResult *
undo (House *h, const char *from, const char *message_id)
{
  g_autofree char *text = g_strdup_printf ("from %s\nintent opt-in\nid <undo-%u@example.org>\nreply-to-id %s",
                                           from, h->serial, message_id);
  return take (h, from, text, "preferences@metrix.example");
}

static StoreReply *
next_notice (House *h)
{
  return house_claim (h, NULL, HOUSE_NOW + 1000);
}

/* What the ledger keeps of @event says that somebody else wrote, and not who. */
static void
assert_nothing_of_bob (House *h, const char *id)
{
  g_autoptr (StoreEvent) event = NULL;
  const char *writer;
  g_assert_true (store_event (house_store (h), id, &event, NULL));
  g_autofree char *details = g_variant_print (event->details, FALSE);
  g_assert_null (strstr (details, "bob"));
  g_assert_true (g_variant_lookup (event->details, "writer", "&s", &writer));
  g_assert_cmpstr (writer, ==, "another person");
}

static void
a_token_stops_both_and_tells_its_holder (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_to_token (h, WISH);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "token");
  g_assert_cmpstr (house_only (result)->reply_reason, ==, "ok");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_false (house_may_send (h, BOB));
  g_assert_cmpuint (house_events (h), ==, 2);
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_autoptr (StoreReply) notice = next_notice (h);
  g_autoptr (StoreEvent) event = NULL;
  g_assert_cmpstr (notice->recipient, ==, HOUSE_ANN);
  g_assert_true (store_event (house_store (h), house_only (result)->event, &event, NULL));
  g_assert_cmpstr (event->address, ==, HOUSE_ANN);
  g_assert_nonnull (event->confirmation);
  /* what she gets does not tell who it was, and what the ledger has says what proves that it is hers */
  g_assert_null (g_strstr_len (g_bytes_get_data (notice->mail, NULL), (gssize)g_bytes_get_size (notice->mail),
                               "example.net"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (notice->mail, NULL),
                                  (gssize)g_bytes_get_size (notice->mail), "Auto-Submitted: auto-replied"));
  const char *proof;
  g_assert_true (g_variant_lookup (event->details, "authenticated", "&s", &proof));
  g_assert_cmpstr (proof, ==, "token");
  assert_nothing_of_bob (h, event->id);
}

static void
the_holder_undoes_her_stop_alone (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_to_token (h, WISH);
  g_assert_cmpint (house_only (result)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autoptr (StoreReply) notice = next_notice (h);
  g_autofree char *id = house_header (notice, "Message-ID");
  g_autoptr (FilterResult) others = undo (h, BOB, id);
  g_assert_cmpint (house_only (others)->verdict->act, !=, FILTER_ACT_RECORD);
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (FilterResult) hers = undo (h, HOUSE_ANN, id);
  g_assert_cmpstr (house_only (hers)->verdict->act_reason, ==, "undo");
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_false (house_may_send (h, BOB));
}

static void
her_own_token_is_one_event (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autofree char *token = token_of (h, HOUSE_ANN);
  g_autofree char *text = g_strconcat ("from " HOUSE_ANN "\nid <own@example.org>\nin-subject ", token, NULL);
  g_autoptr (FilterResult) result = take (h, HOUSE_ANN, text, "support@metrix.example");
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "token");
  g_assert_cmpuint (house_events (h), ==, 1);
  g_autoptr (StoreReply) notice = next_notice (h);
  g_assert_cmpstr (notice->recipient, ==, HOUSE_ANN);
}

static void
who_is_quoted_is_asked_and_stays (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_quoting (h);
  g_assert_false (house_may_send (h, BOB));
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_cmpuint (house_events (h), ==, 2);
  g_autoptr (StoreReply) confirmation = house_claim (h, house_only (result)->reply, HOUSE_NOW + 1000);
  g_autoptr (StoreReply) question = house_claim (h, house_only (result)->question, HOUSE_NOW + 1000);
  g_assert_cmpstr (confirmation->recipient, ==, BOB);
  g_assert_cmpstr (confirmation->event, ==, house_only (result)->event);
  g_assert_cmpstr (question->recipient, ==, HOUSE_ANN);
  assert_nothing_of_bob (h, question->event);
  /* the question names her own event: nobody undoes with it what Bob asked for */
  g_autofree char *id = house_header (question, "Message-ID");
  g_assert_null (strstr (id, house_only (result)->event));
  g_autoptr (FilterResult) answer = undo (h, HOUSE_ANN, id);
  g_assert_cmpint (house_only (answer)->verdict->act, !=, FILTER_ACT_RECORD);
  g_assert_false (house_may_send (h, BOB));
  g_autofree char *stop
      = g_strconcat ("from " HOUSE_ANN "\nanswer stop\nid <stop@example.org>\nreply-to-id ", id, NULL);
  g_autoptr (FilterResult) yes = take (h, HOUSE_ANN, stop, "preferences@metrix.example");
  g_assert_cmpint (house_only (yes)->verdict->proof, ==, PARSER_PROOF_TOKEN);
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

static guint
requests_of (House *h, const char *address)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_assert_true (store_requests_of (house_store (h), address, &requests, NULL));
  return requests->len;
}

/* "Delete my data", by the way that is made for Ann: it is Bob's case, and he hears of it. */
static void
a_request_there_is_its_writers_and_acknowledged (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result
      = take_to_token (h, "from " BOB "\nintent erasure\nid <erase@example.net>\nlanguage en\n");
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "request");
  g_assert_cmpstr (house_only (result)->reply_reason, ==, "ok");
  g_assert_cmpuint (requests_of (h, BOB), ==, 1);
  g_assert_cmpuint (requests_of (h, HOUSE_ANN), ==, 0);
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_autoptr (StoreReply) acknowledgement = house_claim (h, house_only (result)->reply, HOUSE_NOW + 1000);
  g_autoptr (StoreReply) question = house_claim (h, house_only (result)->question, HOUSE_NOW + 1000);
  g_assert_cmpstr (acknowledgement->recipient, ==, BOB);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (acknowledgement->mail, NULL),
                                  (gssize)g_bytes_get_size (acknowledgement->mail), "YES, ERASE MY DATA"));
  g_assert_cmpstr (question->recipient, ==, HOUSE_ANN);
  assert_nothing_of_bob (h, question->event);
}

/* Whom the text names beside the holder waits for a person, and is silent meanwhile. */
static void
a_third_whom_the_text_names_waits (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_to_token (h, WISH "named carl@example.com\n");
  g_autoptr (GPtrArray) held = NULL;
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "token");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_false (house_may_send (h, BOB));
  g_assert_false (house_may_send (h, "carl@example.com"));
  g_assert_true (store_held_list (house_store (h), FALSE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 1);
  const StoreHeld *one = g_ptr_array_index (held, 0);
  g_assert_cmpstr (one->address, ==, "carl@example.com");
  g_assert_cmpstr (one->why, ==, "third-person");
  assert_nothing_of_bob (h, one->event);
  g_assert_cmpuint (house_waiting (h), ==, 2); /* Ann is told of her stop, Bob that Carl's waits */
  g_autoptr (StoreReply) waits = house_claim (h, house_only (result)->question, HOUSE_NOW + 1000);
  g_assert_cmpstr (waits->recipient, ==, BOB);
  g_autoptr (FilterResult) again = take_to_token (h, WISH "named carl@example.com\n");
  g_assert_true (house_only (again)->known);
  g_assert_cmpuint (house_events (h), ==, 3);
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_assert_true (filter_engine_decide (h->engine, one->id, FALSE, "carol", NULL, HOUSE_NOW + 2000, NULL));
  g_assert_true (house_may_send (h, "carl@example.com"));
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

static void
a_mail_that_comes_again_tells_nobody_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) first = take_to_token (h, WISH);
  g_assert_cmpint (house_only (first)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autoptr (FilterResult) second = take_to_token (h, WISH);
  g_assert_true (house_only (second)->known);
  g_assert_cmpstr (house_only (second)->reply_reason, ==, "known");
  /* nor does a copy to another of our mailboxes, where only the writer is stopped */
  g_autoptr (FilterResult) copy = take (h, BOB, WISH, "support@metrix.example");
  g_assert_cmpstr (house_only (copy)->reply_reason, ==, "known");
  g_assert_cmpuint (house_events (h), ==, 2);
  g_assert_cmpuint (house_waiting (h), ==, 1);
}

/* Who writes to two mailboxes, by her way to leave and by another, does not stop her unseen: in two
 * deliveries or in one. */
static void
a_copy_to_another_mailbox_hides_nothing_from_her (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) copy = take (h, BOB, WISH, "support@metrix.example");
  g_assert_cmpstr (house_only (copy)->reply_reason, ==, "ok");
  g_autoptr (FilterResult) hers = take_to_token (h, WISH);
  g_assert_cmpstr (house_only (hers)->reply_reason, ==, "ok");
  g_autoptr (StoreReply) notice = house_claim (h, house_only (hers)->reply, HOUSE_NOW + 1000);
  g_assert_cmpstr (notice->recipient, ==, HOUSE_ANN);

  static const char both[] = "from carl@example.com\nintent opt-out\nid <both@example.com>\nlanguage en\n";
  g_autofree char *eve = parser_token_make (h->secret.token, h->secret.tokens->len - 1,
                                            PARSER_TOKEN_UNSUBSCRIBE, "eve@example.org", "offers");
  g_autofree char *eves = g_strconcat ("unsubscribe+", eve, "@metrix.example", NULL);
  const char *const recipients[] = { "support@metrix.example", eves, "info@metrix.example", NULL };
  g_autoptr (GBytes) octets = g_bytes_new_static (both, strlen (both));
  const FilterMail mail = { .mail = octets,
                            .sender = "carl@example.com",
                            .recipients = recipients,
                            .received_at = HOUSE_NOW + 50,
                            .now = HOUSE_NOW + 50 };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  const FilterResult *result = g_ptr_array_index (results, 0);
  g_assert_cmpstr (house_outcome (result, 0)->reply_reason, ==, "ok");
  g_assert_cmpstr (house_outcome (result, 1)->reply_reason, ==, "ok");
  g_assert_cmpstr (house_outcome (result, 2)->reply_reason, ==, "known");
  g_autoptr (StoreReply) told = house_claim (h, house_outcome (result, 1)->reply, HOUSE_NOW + 1000);
  g_assert_cmpstr (told->recipient, ==, "eve@example.org");
}

static void
she_is_asked_once (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autofree char *token = token_of (h, HOUSE_ANN);
  g_autoptr (FilterResult) first = take_quoting (h);
  g_assert_cmpint (house_only (first)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autofree char *text
      = g_strconcat ("from eve@example.com\nintent opt-out\nid <eve@example.com>\nquoted ", token, NULL);
  g_autoptr (FilterResult) second = take (h, "eve@example.com", text, "support@metrix.example");
  g_assert_cmpstr (house_only (second)->reply_reason, ==, "ok");
  g_assert_null (house_only (second)->question);
  g_assert_false (house_may_send (h, "eve@example.com"));
  g_assert_cmpuint (house_waiting (h), ==, 3);
  g_assert_cmpuint (house_events (h), ==, 3); /* what nobody was asked leaves no trace of her */
}

static void
a_broken_token_is_none (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autofree char *token = token_of (h, HOUSE_ANN);
  token[20] = token[20] == 'a' ? 'b' : 'a';
  g_autofree char *to = g_strconcat ("unsubscribe+", token, "@metrix.example", NULL);
  g_autoptr (FilterResult) result = take (h, BOB, WISH, to);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unsubscribe-mailbox");
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_false (house_may_send (h, BOB));
  g_autoptr (StoreReply) notice = next_notice (h);
  g_assert_cmpstr (notice->recipient, ==, BOB);
}

static void
who_asks_for_another_spelling_of_his_own_is_heard (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) own
      = take (h, BOB, "from " BOB "\nintent opt-out\nid <n1@x>\nnamed bob+shop@example.net",
              "unsubscribe@metrix.example");
  g_assert_cmpstr (house_only (own)->verdict->act_reason, ==, "unsubscribe-mailbox");
  g_assert_false (house_may_send (h, BOB));
  g_assert_false (house_may_send (h, "bob+shop@example.net"));
  g_autoptr (FilterResult) other
      = take (h, "eve@example.com", "from eve@example.com\nintent opt-out\nid <n2@x>\nnamed " HOUSE_ANN,
              "unsubscribe@metrix.example");
  g_assert_cmpstr (house_only (other)->verdict->act_reason, ==, "third-person");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_false (house_may_send (h, "eve@example.com"));
}

static const HouseTest tests[] = {
  { "a-token-stops-both-and-tells-its-holder", a_token_stops_both_and_tells_its_holder, FALSE },
  { "the-holder-undoes-her-stop-alone", the_holder_undoes_her_stop_alone, FALSE },
  { "her-own-token-is-one-event", her_own_token_is_one_event, FALSE },
  { "who-is-quoted-is-asked-and-stays", who_is_quoted_is_asked_and_stays, FALSE },
  { "a-request-there-is-its-writers-and-acknowledged", a_request_there_is_its_writers_and_acknowledged,
    FALSE },
  { "a-third-whom-the-text-names-waits", a_third_whom_the_text_names_waits, FALSE },
  { "a-copy-to-another-mailbox-hides-nothing-from-her", a_copy_to_another_mailbox_hides_nothing_from_her,
    FALSE },
  { "a-mail-that-comes-again-tells-nobody-again", a_mail_that_comes_again_tells_nobody_again, FALSE },
  { "she-is-asked-once", she_is_asked_once, FALSE },
  { "a-broken-token-is-none", a_broken_token_is_none, FALSE },
  { "who-asks-for-another-spelling-of-his-own-is-heard", who_asks_for_another_spelling_of_his_own_is_heard,
    FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
