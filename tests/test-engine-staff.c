/* test-engine-staff.c - held mail, what people decide about it, and the notice that there is some. */
#include "house.h"

#include <string.h>

static void
a_doubtful_wish_is_held_whole_and_silent (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = house_take (h, house_question, HOUSE_NOW);
  g_assert_cmpint (house_only (result)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_cmpstr (house_only (result)->reply_reason, ==, "ok");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_assert_true (store_held_get (house_store (h), house_only (result)->event, &held, &kept, NULL));
  g_assert_cmpstr (held->why, ==, "question");
  g_assert_cmpstr (held->address, ==, HOUSE_ANN);
  g_assert_cmpstr (held->event, ==, house_only (result)->event);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), house_question,
                   strlen (house_question));
  g_autoptr (FilterResult) again = house_take (h, house_question, HOUSE_NOW + 60);
  g_assert_true (house_only (again)->known);
  g_assert_cmpuint (house_events (h), ==, 1);
}

static void
accepting_makes_it_the_persons_wish (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterResult) result = house_take (h, house_question, HOUSE_NOW);
  g_assert_true (filter_engine_decide (h->engine, house_only (result)->event, TRUE, "eve", "she called",
                                       HOUSE_NOW + HOUSE_DAY, &error));
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (house_store (h), HOUSE_ANN, "offers", &blocked, NULL));
  g_assert_cmpint (blocked->reason, ==, STORE_REASON_PERSON);
  g_assert_cmpint (blocked->at, ==, HOUSE_NOW);
  g_assert_false (filter_engine_decide (h->engine, house_only (result)->event, TRUE, "eve", NULL,
                                        HOUSE_NOW + HOUSE_DAY, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_DECIDED);
}

/* Without a proof an accepted opt-in is customer service's act, and lifts no wish of the person (R105). */
static void
accepting_an_opt_in_needs_a_proof (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const notes[] = { NULL, "", "signed letter of 20 November" };
  g_autoptr (FilterResult) out = house_take (h, house_wish, HOUSE_NOW);
  g_assert_nonnull (house_only (out)->event);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strdup_printf ("from " HOUSE_ANN "\nintent opt-in\nid <in-%u@example.org>", i);
      g_autoptr (FilterResult) in = house_take_to (h, text, "preferences@metrix.example", HOUSE_NOW + 60 + i);
      g_assert_cmpstr (house_only (in)->verdict->act_reason, ==, "opt-in-unproved");
      g_assert_true (filter_engine_decide (h->engine, house_only (in)->event, TRUE, "eve", notes[i],
                                           HOUSE_NOW + HOUSE_DAY, &error));
      g_assert_cmpint (house_may_send (h, HOUSE_ANN), ==, i == 2);
    }
}

static void
accepting_a_held_case_stops_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterResult) result
      = house_take (h, "from " HOUSE_ANN "\nintent access\nconfidence 40\nid <a@example.org>", HOUSE_NOW);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unsure");
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_true (
      filter_engine_decide (h->engine, house_only (result)->event, TRUE, "eve", NULL, HOUSE_NOW, &error));
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_cmpuint (house_events (h), ==, 3);
}

static void
accepting_a_wish_opens_the_case_beside_it (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (FilterResult) result = house_take (
      h, "from " HOUSE_ANN "\nintent opt-out\nrequest access\nconfidence 45\nid <a@example.org>", HOUSE_NOW);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unsure");
  g_assert_true (
      filter_engine_decide (h->engine, house_only (result)->event, TRUE, "eve", NULL, HOUSE_NOW, NULL));
  g_assert_false (house_may_send (h, HOUSE_ANN));
  g_assert_true (store_requests (house_store (h), FALSE, &requests, NULL));
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpint (((const StoreRequest *)requests->pdata[0])->kind, ==, STORE_ACTION_ACCESS);
}

/* What the mail said of telephone and post is not forgotten while it waits. */
static void
accepting_a_wish_of_every_channel_opens_its_case (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const struct
  {
    const char *channels, *name;
    guint open;
  } mails[] = { { "mail", "a", 0 }, { "every", "b", 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (GPtrArray) requests = NULL;
      g_autofree char *text = g_strdup_printf (
          "from " HOUSE_ANN "\nintent opt-out\nconfidence 45\nchannels %s\nid <%s@example.org>",
          mails[i].channels, mails[i].name);
      g_autoptr (FilterResult) result = house_take (h, text, HOUSE_NOW);
      g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unsure");
      g_assert_true (
          filter_engine_decide (h->engine, house_only (result)->event, TRUE, "eve", NULL, HOUSE_NOW, NULL));
      g_assert_true (store_requests (house_store (h), FALSE, &requests, NULL));
      g_assert_cmpuint (requests->len, ==, mails[i].open);
      if (requests->len > 0)
        g_assert_cmpint (((const StoreRequest *)requests->pdata[0])->kind, ==, STORE_ACTION_NO_CONTACT);
    }
}

static void
rejecting_lifts_the_silence (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterResult) result = house_take (h, house_question, HOUSE_NOW);
  g_assert_true (filter_engine_decide (h->engine, house_only (result)->event, FALSE, "eve", NULL,
                                       HOUSE_NOW + HOUSE_DAY, &error));
  g_assert_true (house_may_send (h, HOUSE_ANN));
  g_assert_cmpuint (house_events (h), ==, 2);
  g_assert_false (filter_engine_decide (h->engine, "0none", FALSE, "eve", NULL, HOUSE_NOW, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_NOT_HELD);
}

/* REQUIREMENTS 4.3, 5: half a message, then the whole one. */
static void
a_fuller_copy_raises_a_held_wish_without_a_second_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) half
      = house_take (h, "from " HOUSE_ANN "\nintent opt-out\nconfidence 40\nid <wish@example.org>", HOUSE_NOW);
  g_assert_cmpint (house_only (half)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_autoptr (FilterResult) full = house_take (h, house_wish, HOUSE_NOW + 60);
  g_assert_cmpint (house_only (full)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_false (house_only (full)->known);
  g_assert_cmpuint (house_waiting (h), ==, 1);
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (house_store (h), HOUSE_ANN, "offers", &blocked, NULL));
  g_assert_cmpint (blocked->reason, ==, STORE_REASON_PERSON);
}

static void
an_unscanned_mail_is_held_once_and_silences_nobody (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FilterResult) result = house_take (h, "kind unscanned", HOUSE_NOW + i);
      g_autoptr (GPtrArray) held = NULL;
      g_assert_cmpint (house_only (result)->status, ==, FILTER_DONE);
      g_assert_null (house_only (result)->event);
      g_assert_cmpint (house_only (result)->known, ==, i == 1);
      g_assert_true (store_held_list (house_store (h), FALSE, &held, NULL));
      g_assert_cmpuint (held->len, ==, 1);
      g_assert_null (((StoreHeld *)g_ptr_array_index (held, 0))->event);
    }
  g_assert_cmpuint (house_events (h), ==, 0);
  g_assert_true (house_may_send (h, HOUSE_ANN));
}

static void
ordinary_mail_that_goes_nowhere_else_is_held (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char text[] = "from " HOUSE_ANN "\nid <hello@example.org>";
  static const char *const recipients[] = { "preferences@metrix.example", "support@metrix.example", NULL };
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  const FilterMail mail = {
    .mail = octets, .recipients = recipients, .ends = TRUE, .received_at = HOUSE_NOW, .now = HOUSE_NOW
  };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  const FilterResult *result = g_ptr_array_index (results, 0);
  g_assert_cmpint (house_outcome (result, 0)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_cmpint (house_outcome (result, 1)->verdict->act, ==, FILTER_ACT_NONE);
  g_autoptr (GPtrArray) held = NULL;
  g_assert_true (store_held_list (house_store (h), FALSE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_true (house_may_send (h, HOUSE_ANN));
}

static void
a_mail_that_names_nobody_is_rejected_but_not_accepted (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (FilterResult) result = house_take (h, "kind unscanned", HOUSE_NOW);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unscanned");
  g_assert_true (store_held_list (house_store (h), FALSE, &held, NULL));
  const char *id = ((StoreHeld *)g_ptr_array_index (held, 0))->id;
  g_assert_false (filter_engine_decide (h->engine, id, TRUE, "eve", NULL, HOUSE_NOW, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_NOBODY);
  g_clear_error (&error);
  g_assert_true (filter_engine_decide (h->engine, id, FALSE, "eve", NULL, HOUSE_NOW, &error));
}

static void
the_staff_is_told_once_a_day (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const struct
  {
    gint64 at;
    gboolean queued;
  } days[] = { { HOUSE_NOW, TRUE },
               { HOUSE_NOW + 3600, FALSE },
               { HOUSE_NOW + HOUSE_DAY - 1, FALSE },
               { HOUSE_NOW + HOUSE_DAY, TRUE } };
  char *nothing = NULL;
  g_assert_true (filter_engine_digest (h->engine, HOUSE_NOW, &nothing, NULL));
  g_assert_null (nothing);
  g_autoptr (FilterResult) result = house_take (h, "kind unscanned", HOUSE_NOW);
  g_assert_cmpstr (house_only (result)->verdict->act_reason, ==, "unscanned");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *reply = NULL;
      g_assert_true (filter_engine_digest (h->engine, days[i].at, &reply, NULL));
      g_assert_cmpint (reply != NULL, ==, days[i].queued);
    }
  g_assert_cmpuint (house_waiting (h), ==, 2);
  g_autoptr (StoreReply) digest = house_claim (h, NULL, HOUSE_NOW);
  g_autofree char *automatic = house_header (digest, "Auto-Submitted");
  g_assert_cmpstr (digest->recipient, ==, "staff@metrix.example");
  g_assert_cmpstr (automatic, ==, "auto-generated");
}

/* Nobody else would learn that a confirmation never went out. */
static void
the_staff_is_told_of_what_was_given_up_once (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = house_take (h, house_wish, HOUSE_NOW);
  g_autofree char *id = g_strdup (house_only (result)->reply), *first = NULL, *second = NULL;
  g_autoptr (StoreReply) reply = house_claim (h, id, HOUSE_NOW);
  g_assert_cmpstr (reply->id, ==, id);
  g_assert_true (store_settle (house_store (h), id, STORE_REPLY_FAILED, HOUSE_NOW, 0, "why", NULL));
  g_assert_true (filter_engine_digest (h->engine, HOUSE_NOW + 60, &first, NULL));
  g_assert_nonnull (first);
  g_autoptr (StoreReply) digest = house_claim (h, first, HOUSE_NOW + 60);
  g_autofree char *text = g_strndup (g_bytes_get_data (digest->mail, NULL), g_bytes_get_size (digest->mail));
  g_assert_nonnull (strstr (text, "optout send --list --state failed"));
  g_assert_true (filter_engine_digest (h->engine, HOUSE_NOW + 2 * HOUSE_DAY, &second, NULL));
  g_assert_null (second);
}

/* Whoever is to correct something must be able to read what. */
static void
a_request_whose_road_ends_here_is_kept_whole (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char text[] = "from " HOUSE_ANN "\nintent access\nid <a@example.org>";
  static const char *const boxes[] = { "unsubscribe@metrix.example", "support@metrix.example" };
  g_autoptr (GBytes) octets = g_bytes_new_static (text, sizeof text - 1);
  for (guint i = 0; i < 4; i++)
    {
      const char *const recipients[] = { boxes[i / 2], NULL };
      const FilterMail mail = {
        .mail = octets, .recipients = recipients, .ends = TRUE, .received_at = HOUSE_NOW, .now = HOUSE_NOW
      };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      const FilterOutcome *outcome = house_only (g_ptr_array_index (results, 0));
      g_assert_cmpint (outcome->verdict->act, ==, FILTER_ACT_RECORD);
      g_assert_cmpint (outcome->known, ==, i > 0);
    }
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (StoreHeld) one = NULL;
  g_assert_true (store_held_list (house_store (h), FALSE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 1);
  const StoreHeld *first = g_ptr_array_index (held, 0);
  g_assert_cmpstr (first->why, ==, "request");
  g_assert_true (store_held_get (house_store (h), first->id, &one, &kept, NULL));
  g_assert_true (g_bytes_equal (kept, octets));
}

static const HouseTest tests[] = {
  { "ordinary mail that goes nowhere else is held", ordinary_mail_that_goes_nowhere_else_is_held, FALSE },
  { "a doubtful wish is held whole and silent", a_doubtful_wish_is_held_whole_and_silent, FALSE },
  { "accepting a wish opens the case beside it", accepting_a_wish_opens_the_case_beside_it, FALSE },
  { "accepting makes it the person's wish", accepting_makes_it_the_persons_wish, FALSE },
  { "accepting an opt-in needs a proof", accepting_an_opt_in_needs_a_proof, FALSE },
  { "accepting a wish of every channel opens its case", accepting_a_wish_of_every_channel_opens_its_case,
    FALSE },
  { "accepting a held case stops nothing", accepting_a_held_case_stops_nothing, FALSE },
  { "rejecting lifts the silence", rejecting_lifts_the_silence, FALSE },
  { "a fuller copy raises a held wish without a second reply",
    a_fuller_copy_raises_a_held_wish_without_a_second_reply, FALSE },
  { "an unscanned mail is held once and silences nobody", an_unscanned_mail_is_held_once_and_silences_nobody,
    FALSE },
  { "a request whose road ends here is kept whole", a_request_whose_road_ends_here_is_kept_whole, FALSE },
  { "a mail that names nobody is rejected but not accepted",
    a_mail_that_names_nobody_is_rejected_but_not_accepted, FALSE },
  { "the staff is told once a day", the_staff_is_told_once_a_day, FALSE },
  { "the staff is told of what was given up, once", the_staff_is_told_of_what_was_given_up_once, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  house_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
