/* test-engine-undo.c - who may undo, and what comes back. */
#include "house.h"
#include "store-people.h"

#include <string.h>

static char *
answer_to (House *h, const FilterOutcome *o, const char *more)
{
  g_autofree char *id = parser_token_message_id (h->secret.token, o->event, "metrix.example");
  return g_strdup_printf ("id <undo-%u@example.org>\nreply-to-id %s\n%s", ++h->serial, id, more);
}

static void
a_reply_undoes (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *text = answer_to (h, house_only (out), "from " HOUSE_ANN "\nintent opt-in");
  g_autoptr (FilterResult) undo = house_take_to (h, text, "preferences@metrix.example", HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (undo)->verdict->act_reason, ==, "undo");
  g_assert_cmpstr (house_only (undo)->reply_reason, ==, "ok");
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_autoptr (StoreEvent) event = NULL;
  g_assert_true (store_event (house_store (h), house_only (undo)->event, &event, NULL));
  g_assert_cmpint (event->action, ==, STORE_ACTION_OPT_IN);
  g_assert_cmpstr (event->related, ==, house_only (out)->event);
}

static void
nobody_else_and_no_machine_undoes (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const others[]
      = { "from " HOUSE_ANN "\nintent opt-in\nkind auto-reply", "from bob@example.org\nintent opt-in",
          "from " HOUSE_ANN "\nintent none" };
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = answer_to (h, house_only (out), others[i]);
      g_autoptr (FilterResult) result = house_take_to (h, text, "preferences@metrix.example", HOUSE_NOW + 60);
      g_assert_cmpint (house_only (result)->verdict->act, !=, FILTER_ACT_RECORD);
      g_assert_false (house_may_send (h, HOUSE_ANN));
    }
  g_autoptr (FilterResult) forged = house_take_to (
      h,
      "id <f@x>\nreply-to-id <optout.0a1b.00000000000000000000000000000000@metrix.example>\nfrom " HOUSE_ANN
      "\nintent opt-in",
      "preferences@metrix.example", HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (forged)->verdict->act_reason, ==, "opt-in-unproved");
  g_assert_false (house_may_send (h, HOUSE_ANN));
}

static char *
send_next (House *h)
{
  g_autoptr (StoreReply) reply = house_claim (h, NULL, HOUSE_NOW);
  return house_header (reply, "Message-ID");
}

static FilterResult *
undo (House *h, const char *message_id, gint64 now)
{
  g_autofree char *text = g_strdup_printf (
      "id <undo-%u@example.org>\nreply-to-id %s\nfrom " HOUSE_ANN "\nintent opt-in", ++h->serial, message_id);
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
  g_assert_cmpint (house_only (out)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) another
      = take_of_eve (h, "id <m@example.net>\nfrom eve@example.net\nnamed " HOUSE_ANN "\nintent opt-out");
  g_assert_cmpstr (house_only (another)->verdict->act_reason, ==, "third-person");
  g_assert_cmpstr (house_only (another)->reply_reason, ==, "ok");
  g_autofree char *notice = send_next (h);
  g_autoptr (FilterResult) forged = undo (h, notice, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (forged)->verdict->act_reason, ==, "undo-unproved");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (FilterResult) proved = undo (h, confirmation, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (proved)->verdict->act_reason, ==, "undo");
}

/* On the phone, an hour before anything else. */
static void
stop_before (House *h, const char *category)
{
  const char *const scope[] = { category, NULL };
  g_autoptr (StoreEvent) event = store_event_new ();
  g_autoptr (GError) error = NULL;
  StoreRecorded recorded;
  event->id = filter_engine_random_id ();
  event->action = STORE_ACTION_OPT_OUT;
  event->reason = STORE_REASON_PERSON;
  event->received_at = event->recorded_at = HOUSE_NOW - 3600;
  event->channel = g_strdup ("phone");
  event->scope = g_strdupv ((char **)scope);
  event->by = g_strdup ("staff");
  event->program = g_strdup ("test");
  event->address = g_strdup (HOUSE_ANN);
  Store *store = house_store (h);
  g_assert_true (store_begin (store, &error) && store_record (store, event, &recorded, NULL, &error)
                 && store_commit (store, &error));
}

static gboolean
is_stopped (House *h, const char *category)
{
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (house_store (h), HOUSE_ANN, category, &blocked, NULL));
  return blocked != NULL;
}

static void
everything_is_as_it_was_before (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  stop_before (h, "offers");
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (out)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_true (is_stopped (h, "updates"));
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) back = undo (h, confirmation, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (back)->verdict->act_reason, ==, "undo");
  g_assert_false (is_stopped (h, "updates"));
  g_assert_true (is_stopped (h, "offers"));
}

static void
who_asked_for_all_gets_all (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  stop_before (h, "offers");
  g_autoptr (FilterResult) asked = house_take_to (
      h, "from " HOUSE_ANN "\nintent opt-in\nid <back@example.org>", "preferences@metrix.example", HOUSE_NOW);
  g_assert_cmpstr (house_only (asked)->verdict->act_reason, ==, "opt-in-unproved");
  g_autofree char *question = send_next (h);
  g_autoptr (FilterResult) back = undo (h, question, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (back)->verdict->act_reason, ==, "undo");
  g_assert_false (is_stopped (h, "updates"));
  g_assert_false (is_stopped (h, "offers"));
}

static void
expect_recorded (const FilterResult *result)
{
  g_assert_cmpint (house_only (result)->verdict->act, ==, FILTER_ACT_RECORD);
}

/* "Everything will be as it was before", we wrote; before, everything was stopped. */
static void
a_second_stop_is_not_undone_unasked (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  stop_before (h, STORE_EVERY);
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (out)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) back = undo (h, confirmation, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (back)->verdict->act_reason, ==, "undo-again");
  g_assert_cmpint (house_only (back)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_true (is_stopped (h, "updates"));
  g_autoptr (StoreReply) asking = house_claim (h, NULL, HOUSE_NOW + 60);
  g_autofree char *question = house_header (asking, "Message-ID");
  g_autoptr (FilterResult) sure = undo (h, question, HOUSE_NOW + 120);
  g_assert_cmpstr (house_only (sure)->verdict->act_reason, ==, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

static void
a_first_stop_is_undone_whatever_came_after (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  expect_recorded (out);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) again
      = house_take (h, "from " HOUSE_ANN "\nintent opt-out\nid <again@example.org>", HOUSE_NOW + 30);
  g_assert_cmpint (house_only (again)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autoptr (FilterResult) back = undo (h, confirmation, HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (back)->verdict->act_reason, ==, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

static void
who_came_back_meanwhile_may_undo (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  expect_recorded (out);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) back = undo (h, confirmation, HOUSE_NOW + 60);
  expect_recorded (back);
  g_assert_false (is_stopped (h, "updates"));
  gint64 later = HOUSE_NOW + 30 * 86400;
  g_autoptr (FilterResult) again
      = house_take (h, "from " HOUSE_ANN "\nintent opt-out\nid <month@example.org>", later);
  expect_recorded (again);
  g_assert_true (is_stopped (h, "updates"));
  g_autoptr (StoreReply) first = house_claim (h, NULL, later); /* to the undo */
  g_assert_nonnull (first);
  g_autoptr (StoreReply) second = house_claim (h, NULL, later);
  g_assert_nonnull (second);
  g_autofree char *newer = house_header (second, "Message-ID");
  g_autoptr (FilterResult) once_more = undo (h, newer, later + 60);
  g_assert_cmpstr (house_only (once_more)->verdict->act_reason, ==, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

static void
nobody_opts_in_by_an_undo (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  char *words[] = { NULL };
  FilterCategory offers = { .name = (char *)"offers", .words = words, .is_out = TRUE };
  g_ptr_array_add (h->config.categories, &offers);
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  expect_recorded (out);
  g_autofree char *confirmation = send_next (h);
  g_autoptr (FilterResult) back = undo (h, confirmation, HOUSE_NOW + 60);
  expect_recorded (back);
  g_autoptr (StoreStanding) consent = NULL;
  g_assert_false (is_stopped (h, "updates"));
  g_assert_true (store_consent (house_store (h), HOUSE_ANN, "offers", &consent, NULL));
  g_assert_null (consent);
}

/* ---- answers, in whatever order ---- */

/* What Ann writes to the confirmation @id: "answer only\nonly offers". */
static void
expect_answer (House *h, const char *id, const char *answer, gint64 now, const char *reason)
{
  g_autofree char *text = g_strdup_printf (
      "id <answer-%u@example.org>\nreply-to-id %s\nfrom " HOUSE_ANN "\n%s", ++h->serial, id, answer);
  g_autoptr (FilterResult) result = house_take_to (h, text, "preferences@metrix.example", now);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, reason);
}

static void
answers_in_any_order (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  gint64 now = HOUSE_NOW;
  g_autoptr (FilterResult) out = house_take (h, house_wish, now);
  expect_recorded (out);
  g_autofree char *id = send_next (h);
  expect_answer (h, id, "answer undo", now += 60, "undo");
  g_assert_false (is_stopped (h, "updates"));
  expect_answer (h, id, "answer undo", now += 60, "undo"); /* the same again */
  g_assert_false (is_stopped (h, "updates"));
  expect_answer (h, id, "answer all", now += 60, "all"); /* the later one counts */
  g_assert_true (is_stopped (h, "updates") && is_stopped (h, "offers"));
  expect_answer (h, id, "answer undo", now += 60, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

static void
an_answer_that_names_nothing_is_held (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  expect_recorded (out);
  g_autofree char *id = send_next (h);
  expect_answer (h, id, "answer only", HOUSE_NOW + 60, "only-unknown");
  g_assert_true (is_stopped (h, "updates"));
}

static void
only_chooses_among_categories (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  char *words[] = { NULL };
  FilterCategory named[] = { { .name = (char *)"offers", .words = words },
                             { .name = (char *)"updates", .words = words },
                             { .name = (char *)"events", .words = words },
                             { .name = (char *)"notices", .words = words, .essential = TRUE } };
  gint64 now = HOUSE_NOW;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_ptr_array_add (h->config.categories, &named[i]);
  g_autoptr (FilterResult) out = house_take (h, house_wish, now);
  expect_recorded (out);
  g_autofree char *id = send_next (h);
  expect_answer (h, id, "answer only\nonly offers,events", now += 60, "only");
  g_assert_true (is_stopped (h, "offers") && is_stopped (h, "events"));
  g_assert_false (is_stopped (h, "updates"));
  expect_answer (h, id, "answer only\nonly notices", now += 60, "essential-only");
  g_assert_false (is_stopped (h, "updates"));
  expect_answer (h, id, "answer all", now += 60, "all");
  g_assert_true (is_stopped (h, "updates"));
}

/* Of the three that there are. */
static void
expect_stopped (House *h, const char *expected)
{
  static const char *const names[] = { "offers", "updates", "events" };
  g_autoptr (GString) stopped = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_stopped (h, names[i]))
      g_string_append_printf (stopped, "%s%s", stopped->len > 0 ? " " : "", names[i]);
  g_assert_cmpstr (stopped->str, ==, expected);
}

/* The Message-ID of the confirmation of @answer's event, as she gets it. */
static char *
confirmation_of (House *h, const FilterResult *answer)
{
  return parser_token_message_id (h->secret.token, house_only (answer)->event, "metrix.example");
}

static FilterResult *
take_answer (House *h, const char *id, const char *answer, gint64 now)
{
  g_autofree char *text = g_strdup_printf (
      "id <answer-%u@example.org>\nreply-to-id %s\nfrom " HOUSE_ANN "\n%s", ++h->serial, id, answer);
  return house_take_to (h, text, "preferences@metrix.example", now);
}

static void
have_categories (House *h)
{
  static char *words[] = { NULL };
  static FilterCategory named[]
      = { { .name = (char *)"offers", .title = (char *)"Special offers", .words = words },
          { .name = (char *)"updates", .title = (char *)"Product updates", .words = words } };
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_ptr_array_add (h->config.categories, &named[i]);
}

/* "The rest then comes again", we wrote, and the offers are of the rest now. */
static void
the_later_only_counts (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  have_categories (h);
  stop_before (h, "events"); /* another wish */
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *id = confirmation_of (h, out);
  g_autoptr (FilterResult) offers = take_answer (h, id, "answer only\nonly offers", HOUSE_NOW + 60);
  expect_recorded (offers);
  expect_stopped (h, "offers events");
  expect_answer (h, id, "answer only\nonly updates", HOUSE_NOW + 120, "only");
  expect_stopped (h, "updates events");
  g_autofree char *second = confirmation_of (h, offers);
  g_assert_cmpstr (second, !=, id);
  g_autoptr (FilterResult) again = take_answer (h, id, "answer only\nonly offers", HOUSE_NOW + 180);
  g_autofree char *third = confirmation_of (h, again);
  expect_answer (h, third, "answer only\nonly updates", HOUSE_NOW + 240, "only");
  expect_stopped (h, "updates events");
  expect_answer (h, id, "answer undo", HOUSE_NOW + 300, "undo");
  expect_stopped (h, "events");
}

/* What the old confirmation says was taken back, and a newer wish stands: does she want our mail at all? */
static void
an_old_confirmation_undoes_no_newer_wish (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  have_categories (h);
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *id = confirmation_of (h, out);
  expect_answer (h, id, "answer undo", HOUSE_NOW + 60, "undo");
  g_assert_false (is_stopped (h, "updates"));
  g_autoptr (FilterResult) newer
      = house_take (h, "from " HOUSE_ANN "\nintent opt-out\nid <newer@example.org>", HOUSE_NOW + 120);
  expect_recorded (newer);
  expect_answer (h, id, "answer undo", HOUSE_NOW + 180, "undo-again");
  expect_answer (h, id, "answer only\nonly offers", HOUSE_NOW + 240, "only-again");
  g_assert_true (is_stopped (h, "updates"));
  expect_answer (h, id, "answer all", HOUSE_NOW + 300, "all");
  g_autofree char *own = confirmation_of (h, newer);
  expect_answer (h, own, "answer undo", HOUSE_NOW + 360, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

static void
erase (House *h)
{
  g_auto (StoreErasure) erasure = { 0 };
  g_autoptr (StoreEvent) event = store_event_new ();
  g_autoptr (GError) error = NULL;
  event->id = filter_engine_random_id ();
  event->action = STORE_ACTION_ERASED;
  event->reason = STORE_REASON_HOUSE;
  event->received_at = event->recorded_at = HOUSE_NOW + 30;
  event->by = g_strdup ("staff");
  event->program = g_strdup ("test");
  event->channel = g_strdup ("staff");
  event->scope = g_new0 (char *, 1);
  event->details = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  Store *store = house_store (h);
  gboolean done = store_begin (store, &error) && store_erase (store, HOUSE_ANN, event, &erasure, &error)
                  && store_commit (store, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* Nothing is left that could be undone: she is asked, and a stop counts. */
static void
after_an_erasure_she_is_asked (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *id = confirmation_of (h, out);
  erase (h);
  g_assert_true (is_stopped (h, "updates"));
  g_autoptr (FilterResult) back = take_answer (h, id, "answer undo\nintent none", HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (back)->verdict->act_reason, ==, "undo-unproved");
  g_assert_cmpint (house_only (back)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_true (is_stopped (h, "updates"));
  g_autofree char *question = confirmation_of (h, back);
  expect_answer (h, question, "answer undo", HOUSE_NOW + 120, "undo");
  g_assert_false (is_stopped (h, "updates"));
}

/* She is told which names there are, and chooses. */
static void
who_names_nothing_that_we_have_is_told (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  have_categories (h);
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  expect_recorded (out);
  g_autofree char *id = send_next (h);
  g_autoptr (FilterResult) unknown = take_answer (h, id, "answer only", HOUSE_NOW + 60);
  g_assert_cmpstr (house_only (unknown)->verdict->act_reason, ==, "only-unknown");
  g_autoptr (StoreReply) told = house_claim (h, NULL, HOUSE_NOW + 60);
  g_autofree char *mail = g_strndup (g_bytes_get_data (told->mail, NULL), g_bytes_get_size (told->mail));
  g_assert_nonnull (strstr (mail, "Special offers, Product updates"));
  g_autofree char *question = house_header (told, "Message-ID");
  expect_answer (h, question, "answer only\nonly offers", HOUSE_NOW + 120, "only");
  g_assert_true (is_stopped (h, "offers") && !is_stopped (h, "updates"));
}

static void
an_answer_of_another_or_forged_is_none (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const words[] = { "undo", "only", "all", "erase", "stop" };
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_assert_cmpint (house_only (out)->verdict->act, ==, FILTER_ACT_RECORD);
  g_autofree char *id = send_next (h);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "id <eve-%u@example.net>\nreply-to-id %s\nfrom eve@example.net\nanswer %s", i, id, words[i]);
      g_autoptr (FilterResult) eve = take_of_eve (h, text);
      g_assert_cmpint (house_only (eve)->verdict->act, ==, FILTER_ACT_NONE);
      g_autofree char *forged
          = g_strdup_printf ("id <forged-%u@x>\nfrom " HOUSE_ANN "\nanswer %s\n"
                             "reply-to-id <optout.0a1b.00000000000000000000000000000000@metrix.example>",
                             i, words[i]);
      g_autoptr (FilterResult) wrong
          = house_take_to (h, forged, "preferences@metrix.example", HOUSE_NOW + 60);
      g_assert_cmpint (house_only (wrong)->verdict->act, ==, FILTER_ACT_NONE);
    }
  g_assert_true (is_stopped (h, "updates"));
}

static const HouseTest tests[] = {
  { "a reply undoes", a_reply_undoes, FALSE },
  { "nobody else and no machine undoes", nobody_else_and_no_machine_undoes, FALSE },
  { "a notice to another undoes nothing", a_notice_to_another_undoes_nothing, FALSE },
  { "everything is as it was before", everything_is_as_it_was_before, FALSE },
  { "a second stop is not undone unasked", a_second_stop_is_not_undone_unasked, FALSE },
  { "a first stop is undone, whatever came after", a_first_stop_is_undone_whatever_came_after, FALSE },
  { "who came back meanwhile may undo", who_came_back_meanwhile_may_undo, FALSE },
  { "nobody opts in by an undo", nobody_opts_in_by_an_undo, FALSE },
  { "who asked for all gets all", who_asked_for_all_gets_all, FALSE },
  { "answers in any order", answers_in_any_order, FALSE },
  { "an answer that names nothing is held", an_answer_that_names_nothing_is_held, FALSE },
  { "only chooses among categories", only_chooses_among_categories, FALSE },
  { "the later ONLY counts", the_later_only_counts, FALSE },
  { "an old confirmation undoes no newer wish", an_old_confirmation_undoes_no_newer_wish, FALSE },
  { "after an erasure she is asked", after_an_erasure_she_is_asked, FALSE },
  { "who names nothing that we have is told", who_names_nothing_that_we_have_is_told, FALSE },
  { "an answer of another or a forged one is none", an_answer_of_another_or_forged_is_none, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
