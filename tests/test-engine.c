/* test-engine.c - the straight road from a mail to the ledger, the outbox and the answer, in memory and in
 * SQLite. */
#include "house.h"

#include <string.h>

static void
a_wish_is_recorded_and_confirmed (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
  const FilterOutcome *o = house_only (result);
  g_assert_cmpint (o->status, ==, FILTER_DONE);
  g_assert_nonnull (o->event);
  g_assert_nonnull (o->reply);
  g_assert_false (o->known);
  g_assert_cmpstr (o->reply_reason, ==, "ok");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_true (house_may_send (h, "bob@example.org"));

  g_autoptr (StoreEvent) event = NULL;
  g_assert_true (store_event (house_store (h), o->event, &event, NULL));
  g_assert_cmpint (event->action, ==, STORE_ACTION_OPT_OUT);
  g_assert_cmpint (event->reason, ==, STORE_REASON_PERSON);
  const char *queue_id, *why;
  g_assert_true (g_variant_lookup (event->details, "queue-id", "&s", &queue_id));
  g_assert_true (g_variant_lookup (event->details, "act-reason", "&s", &why));
  g_assert_cmpstr (queue_id, ==, "4QUEUE");
  g_assert_cmpstr (why, ==, "clear-wish");

  g_autoptr (StoreReply) reply = house_claim (h, o->reply, HOUSE_NOW);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, reply->mail);
  g_autofree char *message_id = parser_token_message_id (h->secret.token, o->event, "metrix.example");
  g_autofree char *got_id = house_header (reply, "Message-ID");
  g_autofree char *got_parent = house_header (reply, "In-Reply-To");
  g_autofree char *got_language = house_header (reply, "Content-Language");
  g_autofree char *got_loop = house_header (reply, "X-Loop");
  g_assert_cmpstr (event->confirmation, ==, digest);
  g_assert_cmpstr (got_id, ==, message_id);
  g_assert_cmpstr (got_parent, ==, "<wish@example.org>");
  g_assert_cmpstr (got_language, ==, "de");
  g_assert_cmpstr (got_loop, ==, "preferences@metrix.example");
  g_assert_cmpstr (reply->sender, ==, "");
  g_assert_cmpstr (reply->recipient, ==, HOUSE_ANN);
  g_assert_cmpstr (reply->event, ==, o->event);
}

static void
the_same_mail_again_changes_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) first = house_take (h, house_wish, HOUSE_NOW);
  g_autoptr (FilterResult) again = house_take (h, house_wish, HOUSE_NOW + 60);
  g_assert_true (house_only (again)->known);
  g_assert_cmpstr (house_only (again)->event, ==, house_only (first)->event);
  g_assert_null (house_only (again)->reply);
  g_assert_cmpstr (house_only (again)->reply_reason, ==, "known");
  g_assert_cmpuint (house_events (h), ==, 1);
  g_assert_cmpuint (house_waiting (h), ==, 1);
}

static FilterResult *
take_numbered (House *h, gint64 now)
{
  g_autofree char *text
      = g_strdup_printf ("from " HOUSE_ANN "\nintent opt-out\nid <%u@example.org>", ++h->serial);
  return house_take (h, text, now);
}

static void
one_reply_a_period (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FilterResult) result = take_numbered (h, HOUSE_NOW + i * 3600);
      g_assert_cmpstr (house_only (result)->reply_reason, ==, i == 0 ? "ok" : "once-per-period");
    }
  g_assert_cmpuint (house_events (h), ==, 5);
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_autoptr (FilterResult) later = take_numbered (h, HOUSE_NOW + 8 * HOUSE_DAY);
  g_assert_cmpstr (house_only (later)->reply_reason, ==, "ok");
}

static void
forged_mail_beyond_the_rate_is_recorded_in_silence (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  h->config.per_hour = 2;
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "from p%u@d%u.example\nintent opt-out\nid <%u@d>\nreturn-path p%u@d%u.example", i, i, i, i, i);
      g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
      const FilterMail mail = { .mail = octets, .received_at = HOUSE_NOW, .now = HOUSE_NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_assert_cmpstr (house_only (g_ptr_array_index (results, 0))->reply_reason, ==, i < 2 ? "ok" : "rate");
    }
  g_assert_cmpuint (house_events (h), ==, 4);
  g_assert_cmpuint (house_waiting (h), ==, 2);
}

static void
three_recipients_get_one_event_and_one_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = house_take_to (
      h, house_wish, "support@metrix.example,Unsubscribe@Metrix.example,news@metrix.example", HOUSE_NOW);
  g_assert_cmpuint (result->outcomes->len, ==, 3);
  guint replies = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (house_outcome (result, i)->status, ==, FILTER_DONE);
      g_assert_cmpstr (house_outcome (result, i)->event, ==, house_outcome (result, 0)->event);
      replies += house_outcome (result, i)->reply != NULL;
    }
  g_assert_cmpstr (house_outcome (result, 1)->recipient, ==, "unsubscribe@metrix.example");
  g_assert_nonnull (house_outcome (result, 1)->mailbox);
  g_assert_cmpuint (replies, ==, 1);
  g_assert_cmpuint (house_events (h), ==, 1);
  g_assert_cmpuint (house_waiting (h), ==, 1);
}

/* A question is held at support@ and an opt-out at unsubscribe@: in one mail it is the opt-out, whatever the
 * order. */
static void
what_one_mailbox_records_another_does_not_hold (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result
      = house_take_to (h, "from " HOUSE_ANN "\nintent question\nid <q@example.org>",
                       "support@metrix.example,unsubscribe@metrix.example", HOUSE_NOW);
  g_autoptr (GPtrArray) held = NULL;
  g_assert_true (store_held_list (house_store (h), TRUE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 0);
  g_assert_cmpuint (house_events (h), ==, 1);
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_assert_true (house_outcome (result, 0)->known);
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

static void
ordinary_mail_opens_no_store (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  house_renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (FilterResult) result = house_take (h, "from " HOUSE_ANN "\nid <hello@example.org>", HOUSE_NOW);
  g_assert_cmpint (house_only (result)->status, ==, FILTER_DONE);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "no-wish");
}

static void
observing_and_looking_write_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  house_renew_engine (h, "sqlite:/nowhere/consent.db", FILTER_ENGINE_LOOK);
  g_autoptr (FilterResult) look = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (look)->status, ==, FILTER_DONE);
  g_assert_cmpint (house_only (look)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_cmpstr (house_only (look)->reply_reason, ==, "ok");
  g_assert_null (house_only (look)->event);

  house_renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  h->config.observe = TRUE;
  g_autoptr (FilterResult) observed = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (observed)->status, ==, FILTER_DONE);
  g_assert_cmpint (house_only (observed)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_cmpstr (house_only (observed)->reply_reason, ==, "observe");
  g_assert_null (house_only (observed)->event);
}

static void
a_silent_replay_records_without_a_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  house_renew_engine (h, h->url, FILTER_ENGINE_SILENT);
  g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
  g_assert_nonnull (house_only (result)->event);
  g_assert_null (house_only (result)->reply);
  g_assert_cmpstr (house_only (result)->reply_reason, ==, "silent");
  g_assert_cmpuint (house_waiting (h), ==, 0);
}

static void
a_saved_mail_reached_us_when_its_trace_says (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const struct
  {
    const char *line;
    gint64 want;
  } cases[] = { { "received 1790000000", 1790000000 },
                { "received 1999999999", HOUSE_NOW },
                { "subject none", HOUSE_NOW } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "from " HOUSE_ANN "\nintent opt-out\nid <%u@saved.example>\n%s", i, cases[i].line);
      g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
      const FilterMail mail = { .mail = octets, .now = HOUSE_NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_autoptr (StoreEvent) event = NULL;
      g_assert_true (
          store_event (house_store (h), house_only (g_ptr_array_index (results, 0))->event, &event, NULL));
      g_assert_cmpint (event->received_at, ==, cases[i].want);
      g_assert_cmpint (event->recorded_at, ==, HOUSE_NOW);
    }
}

static void
the_recipient_comes_from_the_header_where_the_server_names_none (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char text[]
      = "from " HOUSE_ANN "\nto unsubscribe@metrix.example\ndelivered-to box@metrix.example";
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  FilterMail mail = { .mail = octets, .now = HOUSE_NOW };
  g_autoptr (GPtrArray) live = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpstr (house_only (g_ptr_array_index (live, 0))->recipient, ==, "box@metrix.example");

  static const char saved_text[] = "from " HOUSE_ANN "\nto unsubscribe@metrix.example";
  g_autoptr (GBytes) saved = g_bytes_new (saved_text, strlen (saved_text));
  mail.mail = saved;
  mail.header_recipient = TRUE;
  g_autoptr (GPtrArray) replayed = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpstr (house_only (g_ptr_array_index (replayed, 0))->verdict->act_reason, ==,
                   "unsubscribe-mailbox");
}

static void
every_form_of_the_null_sender_is_silence (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const forms[] = { "", "<>", "MAILER-DAEMON", "mailer-daemon" };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = g_strdup_printf ("from " HOUSE_ANN "\nintent opt-out\nid <%u@null.example>", i);
      g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
      const FilterMail mail
          = { .mail = octets, .sender = forms[i], .received_at = HOUSE_NOW, .now = HOUSE_NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_assert_nonnull (house_only (g_ptr_array_index (results, 0))->event);
      g_assert_cmpstr (house_only (g_ptr_array_index (results, 0))->reply_reason, ==, "null-sender");
    }
}

static void
an_erasure_is_a_case_beside_its_opt_out (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FilterResult) result
          = house_take (h, "from " HOUSE_ANN "\nintent erasure\nid <e@example.org>", HOUSE_NOW + i);
      g_assert_cmpint (house_only (result)->known, ==, i == 1);
      g_assert_cmpuint (house_events (h), ==, 2);
      g_assert_cmpuint (house_waiting (h), ==, 1);
    }
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (FilterResult) access
      = house_take (h, "from bob@example.org\nintent access\nid <a@example.org>", HOUSE_NOW);
  g_assert_nonnull (house_only (access)->event);
  g_assert_true (house_may_send (h, "bob@example.org"));
}

static void
an_opt_out_with_a_request_is_both (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  const char *text = "from " HOUSE_ANN "\nintent opt-out\nrequest access\nid <b@example.org>";
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FilterResult) result = house_take (h, text, HOUSE_NOW + i);
      g_assert_cmpint (house_only (result)->known, ==, i == 1);
      g_assert_cmpuint (house_events (h), ==, 2);
      g_assert_cmpuint (house_waiting (h), ==, 1);
    }
  g_autoptr (GPtrArray) requests = NULL;
  g_assert_true (store_requests (house_store (h), FALSE, &requests, NULL));
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

static void
a_request_to_two_mailboxes_is_answered_once (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  const char *text = "from " HOUSE_ANN "\nintent access\nid <a@example.org>";
  g_autoptr (FilterResult) first = house_take (h, text, HOUSE_NOW);
  g_assert_cmpstr (house_only (first)->reply_reason, ==, "ok");
  g_autoptr (FilterResult) second = house_take_to (h, text, "unsubscribe@metrix.example", HOUSE_NOW + 1);
  g_assert_cmpstr (house_only (second)->reply_reason, ==, "known");
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

/* ---- what the child is told ---- */

static void
the_child_is_told_what_the_configuration_says (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  char *words[] = { (char *)"deals", (char *)"bargains", NULL };
  char *ids[] = { (char *)"support.metrix.example", NULL };
  g_autofree char *pattern = g_build_filename (h->folder, "*.txt", NULL);
  g_autofree char *file = g_build_filename (h->folder, "footer.txt", NULL);
  char *footers[] = { pattern, NULL };
  FilterCategory offers = { .name = (char *)"offers", .title = (char *)"Special offers", .words = words };
  g_ptr_array_add (h->config.categories, &offers);
  FilterMailbox *mailbox = g_ptr_array_index (h->config.mailboxes, 0);
  mailbox->list_ids = ids;
  mailbox->footers = footers;
  h->config.authserv_id = (char *)"mx.metrix.example";
  g_assert_true (g_file_set_contents (file, "You get this mail because \xfc.", -1, NULL));

  g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (result)->status, ==, FILTER_DONE);
  g_assert_cmpuint (house_told->n_categories, ==, 1);
  g_assert_cmpstr (house_told->categories[0].name, ==, "offers");
  g_assert_cmpstr (house_told->categories[0].words[0], ==, "Special offers");
  g_assert_cmpstr (house_told->categories[0].words[2], ==, "bargains");
  g_assert_null (house_told->categories[0].words[3]);
  g_assert_cmpstr (house_told->own_list_ids[0], ==, "support.metrix.example");
  g_assert_null (house_told->own_list_ids[1]);
  g_assert_true (parser_echoes_hold (house_told->echoes, "You get this mail because"));
  g_assert_true (parser_echoes_hold (house_told->echoes, "Do you want our mail as before?"));
  g_assert_false (parser_echoes_hold (house_told->echoes, "unsubscribe"));
  g_assert_cmpstr (house_told->loop_marker, ==, "preferences@metrix.example");
  g_assert_cmpstr (house_told->authserv_id, ==, "mx.metrix.example");
  g_assert_false (house_told->trust_authentication_results);
}

static void
a_footer_that_cannot_be_read_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autofree char *missing = g_strconcat (h->folder, "/none.txt", NULL);
  g_autofree char *none_yet = g_strconcat (h->folder, "/*.txt", NULL);
  char *footers[] = { h->folder, NULL }; /* a folder is no text, not even for root */
  FilterMailbox *mailbox = g_ptr_array_index (h->config.mailboxes, 0);
  mailbox->footers = footers;
  for (guint i = 0; i < 2; i++, footers[0] = missing)
    {
      g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
      g_assert_cmpint (house_only (result)->status, ==, FILTER_RETRY);
      g_assert_nonnull (strstr (house_only (result)->detail, footers[0]));
    }
  footers[0] = none_yet;
  g_autoptr (FilterResult) taken = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (taken)->status, ==, FILTER_DONE);
}

/* ---- troubles ---- */

static void
a_missing_store_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  house_renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (result)->status, ==, FILTER_RETRY);
  g_assert_cmpstr (house_only (result)->why, ==, "consent store unavailable");
  g_assert_nonnull (house_only (result)->detail);
  g_assert_null (house_only (result)->event);
}

static void
a_child_that_cannot_be_had_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result
      = house_take_to (h, "no child", "a@metrix.example,b@metrix.example", HOUSE_NOW);
  g_assert_null (result->facts);
  g_assert_cmpuint (result->outcomes->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (house_outcome (result, i)->status, ==, FILTER_RETRY);
      g_assert_cmpstr (house_outcome (result, i)->why, ==, "mail cannot be taken now");
      g_assert_nonnull (strstr (house_outcome (result, i)->detail, "no child"));
    }
}

static GPtrArray *
take_group (House *h)
{
  const char *const texts[] = { house_wish, "from " HOUSE_ANN "\nid <hello@example.org>",
                                "from bob@example.org\nintent opt-out\nid <bob@example.org>", "no child" };
  FilterMail mails[G_N_ELEMENTS (texts)];
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mails[i] = (FilterMail){ .mail = g_bytes_new (texts[i], strlen (texts[i])),
                             .received_at = HOUSE_NOW,
                             .now = HOUSE_NOW };
  GPtrArray *results = filter_engine_take (h->engine, mails, G_N_ELEMENTS (mails));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_bytes_unref (mails[i].mail);
  g_assert_cmpuint (results->len, ==, G_N_ELEMENTS (texts));
  return results;
}

static void
a_group_is_one_transaction (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const FilterStatus fine[] = { FILTER_DONE, FILTER_DONE, FILTER_DONE, FILTER_RETRY };
  static const FilterStatus gone[] = { FILTER_RETRY, FILTER_DONE, FILTER_RETRY, FILTER_RETRY };
  g_autoptr (GPtrArray) taken = take_group (h);
  for (guint i = 0; i < taken->len; i++)
    g_assert_cmpint (house_only (g_ptr_array_index (taken, i))->status, ==, fine[i]);
  g_assert_cmpuint (house_events (h), ==, 2);

  house_renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (GPtrArray) failed = take_group (h);
  for (guint i = 0; i < failed->len; i++)
    g_assert_cmpint (house_only (g_ptr_array_index (failed, i))->status, ==, gone[i]);
}

/* Every call of the store fails once; then the mail server comes again. */
static void
whatever_fails_nothing_is_lost_or_doubled (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const manners[] = { ":", "~:" };
  static const char *const mails[]
      = { house_wish, house_question, "from " HOUSE_ANN "\nintent erasure\nid <e@example.org>" };
  static const guint want_events[] = { 1, 1, 2 };
  guint failures = 0;
  for (guint m = 0; m < G_N_ELEMENTS (manners) * G_N_ELEMENTS (mails); m++)
    for (guint n = 1, again = TRUE; again; n++)
      {
        House fresh = { 0 };
        house_set_up (&fresh, "sqlite:");
        const char *text = mails[m % G_N_ELEMENTS (mails)];
        g_autofree char *faulty
            = g_strdup_printf ("fault:%u%s%s", n, manners[m / G_N_ELEMENTS (mails)], fresh.url);
        house_renew_engine (&fresh, faulty, 0);
        g_autoptr (FilterResult) first = house_take (&fresh, text, HOUSE_NOW);
        again = house_only (first)->status == FILTER_RETRY;
        if (again)
          {
            failures++;
            g_assert_null (house_only (first)->event);
            g_assert_null (house_only (first)->reply);
            house_renew_engine (&fresh, fresh.url, 0);
            g_autoptr (FilterResult) second = house_take (&fresh, text, HOUSE_NOW + 60);
            g_assert_cmpint (house_only (second)->status, ==, FILTER_DONE);
            g_assert_nonnull (house_only (second)->event);
          }
        house_renew_engine (&fresh, fresh.url, 0);
        g_assert_cmpuint (house_events (&fresh), ==, want_events[m % G_N_ELEMENTS (mails)]);
        g_assert_cmpuint (house_waiting (&fresh), ==, 1);
        g_assert_false (house_may_send (&fresh, HOUSE_ANN));
        guint64 count;
        g_autofree char *damage = NULL;
        g_assert_true (store_verify (house_store (&fresh), &count, &damage, NULL));
        g_assert_null (damage);
        house_tear_down (&fresh, NULL);
      }
  g_test_message ("%u failures of the store survived", failures);
  g_assert_cmpuint (failures, >, 20);
  g_assert_true (house_may_send (h, HOUSE_ANN));
}

static const HouseTest tests[] = {
  { "a wish is recorded and confirmed", a_wish_is_recorded_and_confirmed, FALSE },
  { "the same mail again changes nothing", the_same_mail_again_changes_nothing, FALSE },
  { "one reply a period", one_reply_a_period, FALSE },
  { "forged mail beyond the rate is recorded in silence", forged_mail_beyond_the_rate_is_recorded_in_silence,
    FALSE },
  { "three recipients get one event and one reply", three_recipients_get_one_event_and_one_reply, FALSE },
  { "what one mailbox records another does not hold", what_one_mailbox_records_another_does_not_hold, FALSE },
  { "ordinary mail opens no store", ordinary_mail_opens_no_store, TRUE },
  { "observing and looking write nothing", observing_and_looking_write_nothing, TRUE },
  { "a silent replay records without a reply", a_silent_replay_records_without_a_reply, FALSE },
  { "a saved mail reached us when its trace says", a_saved_mail_reached_us_when_its_trace_says, FALSE },
  { "the recipient comes from the header where the server names none",
    the_recipient_comes_from_the_header_where_the_server_names_none, FALSE },
  { "every form of the null sender is silence", every_form_of_the_null_sender_is_silence, FALSE },
  { "an erasure is a case beside its opt-out", an_erasure_is_a_case_beside_its_opt_out, FALSE },
  { "an opt-out with a request is both", an_opt_out_with_a_request_is_both, FALSE },
  { "a request to two mailboxes is answered once", a_request_to_two_mailboxes_is_answered_once, FALSE },
  { "the child is told what the configuration says", the_child_is_told_what_the_configuration_says, FALSE },
  { "a footer that cannot be read is tried again", a_footer_that_cannot_be_read_is_tried_again, FALSE },
  { "a missing store is tried again", a_missing_store_is_tried_again, TRUE },
  { "a child that cannot be had is tried again", a_child_that_cannot_be_had_is_tried_again, TRUE },
  { "a group is one transaction", a_group_is_one_transaction, TRUE },
  { "whatever fails nothing is lost or doubled", whatever_fails_nothing_is_lost_or_doubled, TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
