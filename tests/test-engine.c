/* test-engine.c - the straight road from a mail to the ledger, the outbox and the answer, in memory and in
 * SQLite.
 *
 * The child that reads is replaced by one that takes facts from lines "name value", so that these tests stay
 * true whatever the parser learns. */
#include "engine.h"
#include "worker.h"

#include <glib/gstdio.h>
#include <string.h>

#define ANN "ann@example.org"
#define NOW 1795255200 /* 2026-11-21 10:00 */
#define DAY 86400

/* ---- the child that reads, for tests ---- */

struct FilterWorker
{
  int unused;
};

static const ParserOptions *told; /* what the last child was told */

FilterWorker *
filter_worker_new (const ParserOptions *options, G_GNUC_UNUSED gboolean keep)
{
  told = options;
  return g_new0 (FilterWorker, 1);
}

void
filter_worker_free (FilterWorker *worker)
{
  g_free (worker);
}

static void
set_fact (ParserFacts *facts, const char *name, const char *value)
{
  static const struct
  {
    const char *name;
    ParserIntent intent;
  } intents[] = { { "opt-out", PARSER_INTENT_OPT_OUT },   { "opt-in", PARSER_INTENT_OPT_IN },
                  { "erasure", PARSER_INTENT_ERASURE },   { "access", PARSER_INTENT_ACCESS },
                  { "question", PARSER_INTENT_QUESTION }, { "none", PARSER_INTENT_NONE } };
  char **texts[] = { &facts->from,         &facts->message_id, &facts->in_reply_to, &facts->return_path,
                     &facts->delivered_to, &facts->to,         &facts->subject,     &facts->language };
  static const char *const names[]
      = { "from", "id", "reply-to-id", "return-path", "delivered-to", "to", "subject", "language" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        g_free (*texts[i]);
        *texts[i] = g_strdup (value);
      }
  for (guint i = 0; i < G_N_ELEMENTS (intents); i++)
    if (strcmp (name, "intent") == 0 && strcmp (value, intents[i].name) == 0)
      facts->intent = intents[i].intent;
  if (strcmp (name, "kind") == 0)
    facts->kind = strcmp (value, "auto-reply") == 0 ? PARSER_KIND_AUTO_REPLY : PARSER_KIND_UNSCANNED;
  if (strcmp (name, "confidence") == 0)
    facts->confidence = (guint)g_ascii_strtoull (value, NULL, 10);
  if (strcmp (name, "received") == 0)
    facts->received_at = g_ascii_strtoll (value, NULL, 10);
}

gboolean
filter_worker_read (G_GNUC_UNUSED FilterWorker *worker, GBytes *mail, ParserFacts **facts_out, GError **error)
{
  gsize size;
  const char *octets = g_bytes_get_data (mail, &size);
  g_autofree char *text = g_strndup (octets, size);
  if (strcmp (text, "no child") == 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, "fork: no child");
      return FALSE;
    }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  ParserFacts *facts = parser_facts_new ();
  facts->confidence = 90;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *space = strchr (lines[i], ' ');
      if (space == NULL)
        continue;
      *space = '\0';
      set_fact (facts, lines[i], space + 1);
    }
  facts->identity = facts->message_id != NULL ? g_strdup (facts->message_id) : NULL;
  g_strfreev (facts->scope);
  facts->scope = g_strsplit (facts->intent == PARSER_INTENT_NONE ? "" : STORE_EVERY, ",", -1);
  *facts_out = facts;
  return TRUE;
}

/* ---- the house ---- */

typedef struct
{
  char *folder;
  char *url, *path;
  FilterConfig config;
  FilterSecret secret;
  FilterEngine *engine;
  guint serial;
} House;

static void
add_mailbox (FilterConfig *config, const char *address, FilterRole role)
{
  static char *none[] = { NULL };
  FilterMailbox *mailbox = g_new0 (FilterMailbox, 1);
  mailbox->address = (char *)address;
  mailbox->role = role;
  mailbox->list_ids = none;
  mailbox->footers = none;
  g_ptr_array_add (config->mailboxes, mailbox);
}

static void
make_config (House *h)
{
  FilterConfig *config = &h->config;
  config->store = h->url;
  config->secret_file = g_build_filename (h->folder, "secret", NULL);
  config->organisation = (char *)"Metrix Example";
  config->reply_from = (char *)"preferences@metrix.example";
  config->notify_to = (char *)"staff@metrix.example";
  config->deadline_s = 20;
  config->once_per_days = 7;
  config->per_hour = 500;
  config->per_domain_per_hour = 100;
  config->categories = g_ptr_array_new ();
  config->mailboxes = g_ptr_array_new_with_free_func (g_free);
  add_mailbox (config, "unsubscribe@metrix.example", FILTER_ROLE_UNSUBSCRIBE);
  add_mailbox (config, "preferences@metrix.example", FILTER_ROLE_PREFERENCES);
}

static void
set_up (House *h, gconstpointer kind)
{
  GError *error = NULL;
  h->folder = g_dir_make_tmp ("optout-engine-XXXXXX", &error);
  g_assert_no_error (error);
  h->path = g_build_filename (h->folder, "consent.db", NULL);
  h->url = strcmp (kind, "memory:") == 0 ? g_strdup (kind) : g_strconcat (kind, h->path, NULL);
  make_config (h);
  g_assert_true (filter_secret_create (h->config.secret_file, &error));
  g_assert_true (filter_secret_load (h->config.secret_file, &h->secret, &error));
  const StoreKeys keys = { h->secret.suppression, h->secret.chain };
  g_assert_true (store_create (h->url, &keys, &error));
  h->engine = filter_engine_new (&h->config, 0);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  filter_engine_free (h->engine);
  filter_secret_clear (&h->secret);
  remove_folder (h->folder);
  g_ptr_array_unref (h->config.categories);
  g_ptr_array_unref (h->config.mailboxes);
  g_free (h->config.secret_file);
  g_free (h->folder);
  g_free (h->path);
  g_free (h->url);
}

static void
renew_engine (House *h, const char *url, guint flags)
{
  filter_engine_free (h->engine);
  h->config.store = (char *)url;
  h->engine = filter_engine_new (&h->config, flags);
}

/* One mail from ANN at @now to @to (addresses with commas between). */
static FilterResult *
take_to (House *h, const char *text, const char *to, gint64 now)
{
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  g_auto (GStrv) recipients = g_strsplit (to, ",", -1);
  const FilterMail mail = { .mail = octets,
                            .sender = ANN,
                            .recipients = (const char *const *)recipients,
                            .queue_id = "4QUEUE",
                            .received_at = now,
                            .now = now };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpuint (results->len, ==, 1);
  return g_ptr_array_steal_index (results, 0);
}

static FilterResult *
take (House *h, const char *text, gint64 now)
{
  return take_to (h, text, "support@metrix.example", now);
}

static const FilterOutcome *
outcome (const FilterResult *result, guint index)
{
  return g_ptr_array_index (result->outcomes, index);
}

static const FilterOutcome *
only (const FilterResult *result)
{
  g_assert_cmpuint (result->outcomes->len, ==, 1);
  return outcome (result, 0);
}

static Store *
store_of (House *h)
{
  g_autoptr (GError) error = NULL;
  Store *store = filter_engine_store (h->engine, &error);
  g_assert_no_error (error);
  return store;
}

static gboolean
may_send (House *h, const char *address)
{
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (store_of (h), address, "offers", &blocked, NULL));
  return blocked == NULL;
}

static gboolean
count_event (G_GNUC_UNUSED const StoreEvent *event, gpointer count)
{
  (*(guint *)count)++;
  return TRUE;
}

static guint
events (House *h)
{
  const StoreQuery all = { .reason = -1 };
  guint count = 0;
  g_assert_true (store_events (store_of (h), &all, count_event, &count, NULL));
  return count;
}

static guint64
waiting (House *h)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  g_assert_true (store_reply_counts (store_of (h), counts, NULL));
  return counts[STORE_REPLY_WAITING];
}

static StoreReply *
claim (House *h, const char *id, gint64 now)
{
  g_autoptr (GError) error = NULL;
  StoreReply *reply = NULL;
  g_assert_true (store_claim (store_of (h), id, FALSE, now, &reply, &error));
  g_assert_nonnull (reply);
  return reply;
}

static char *
header_of (const StoreReply *reply, const char *name)
{
  gsize size;
  const char *octets = g_bytes_get_data (reply->mail, &size);
  g_autofree char *text = g_strndup (octets, size);
  g_autofree char *start = g_strconcat ("\n", name, ": ", NULL);
  const char *found = strstr (text, start);
  g_assert_nonnull (found);
  found += strlen (start);
  return g_strndup (found, strcspn (found, "\n"));
}

static const char wish[] = "from " ANN "\nintent opt-out\nid <wish@example.org>\nsubject stop\nlanguage de";

/* ---- tests ---- */

static void
a_wish_is_recorded_and_confirmed (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take (h, wish, NOW);
  const FilterOutcome *o = only (result);
  g_assert_cmpint (o->status, ==, FILTER_DONE);
  g_assert_nonnull (o->event);
  g_assert_nonnull (o->reply);
  g_assert_false (o->known);
  g_assert_cmpstr (o->reply_reason, ==, "ok");
  g_assert_false (may_send (h, ANN));
  g_assert_true (may_send (h, "bob@example.org"));

  g_autoptr (StoreEvent) event = NULL;
  g_assert_true (store_event (store_of (h), o->event, &event, NULL));
  g_assert_cmpint (event->action, ==, STORE_ACTION_OPT_OUT);
  g_assert_cmpint (event->reason, ==, STORE_REASON_PERSON);
  const char *queue_id, *why;
  g_assert_true (g_variant_lookup (event->details, "queue-id", "&s", &queue_id));
  g_assert_true (g_variant_lookup (event->details, "act-reason", "&s", &why));
  g_assert_cmpstr (queue_id, ==, "4QUEUE");
  g_assert_cmpstr (why, ==, "clear-wish");

  g_autoptr (StoreReply) reply = claim (h, o->reply, NOW);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, reply->mail);
  g_autofree char *message_id = parser_token_message_id (h->secret.token, o->event, "metrix.example");
  g_autofree char *got_id = header_of (reply, "Message-ID");
  g_autofree char *got_parent = header_of (reply, "In-Reply-To");
  g_autofree char *got_language = header_of (reply, "Content-Language");
  g_autofree char *got_loop = header_of (reply, "X-Loop");
  g_assert_cmpstr (event->confirmation, ==, digest);
  g_assert_cmpstr (got_id, ==, message_id);
  g_assert_cmpstr (got_parent, ==, "<wish@example.org>");
  g_assert_cmpstr (got_language, ==, "de");
  g_assert_cmpstr (got_loop, ==, "preferences@metrix.example");
  g_assert_cmpstr (reply->sender, ==, "");
  g_assert_cmpstr (reply->recipient, ==, ANN);
  g_assert_cmpstr (reply->event, ==, o->event);
}

static void
the_same_mail_again_changes_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) first = take (h, wish, NOW);
  g_autoptr (FilterResult) again = take (h, wish, NOW + 60);
  g_assert_true (only (again)->known);
  g_assert_cmpstr (only (again)->event, ==, only (first)->event);
  g_assert_null (only (again)->reply);
  g_assert_cmpstr (only (again)->reply_reason, ==, "known");
  g_assert_cmpuint (events (h), ==, 1);
  g_assert_cmpuint (waiting (h), ==, 1);
}

static FilterResult *
take_numbered (House *h, gint64 now)
{
  g_autofree char *text = g_strdup_printf ("from " ANN "\nintent opt-out\nid <%u@example.org>", ++h->serial);
  return take (h, text, now);
}

static void
one_reply_a_period (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FilterResult) result = take_numbered (h, NOW + i * 3600);
      g_assert_cmpstr (only (result)->reply_reason, ==, i == 0 ? "ok" : "once-per-period");
    }
  g_assert_cmpuint (events (h), ==, 5);
  g_assert_cmpuint (waiting (h), ==, 1);
  g_autoptr (FilterResult) later = take_numbered (h, NOW + 8 * DAY);
  g_assert_cmpstr (only (later)->reply_reason, ==, "ok");
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
      const FilterMail mail = { .mail = octets, .received_at = NOW, .now = NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_assert_cmpstr (only (g_ptr_array_index (results, 0))->reply_reason, ==, i < 2 ? "ok" : "rate");
    }
  g_assert_cmpuint (events (h), ==, 4);
  g_assert_cmpuint (waiting (h), ==, 2);
}

static char *
answer_to (House *h, const FilterOutcome *o, const char *more)
{
  g_autofree char *id = parser_token_message_id (h->secret.token, o->event, "metrix.example");
  return g_strdup_printf ("id <undo-%u@example.org>\nreply-to-id %s\n%s", ++h->serial, id, more);
}

static void
a_reply_undoes (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) out = take (h, wish, NOW);
  g_autofree char *text = answer_to (h, only (out), "from " ANN "\nintent opt-in");
  g_autoptr (FilterResult) undo = take_to (h, text, "preferences@metrix.example", NOW + 60);
  g_assert_cmpstr (only (undo)->verdict->act_reason, ==, "undo");
  g_assert_cmpstr (only (undo)->reply_reason, ==, "ok");
  g_assert_true (may_send (h, ANN));
  g_autoptr (StoreEvent) event = NULL;
  g_assert_true (store_event (store_of (h), only (undo)->event, &event, NULL));
  g_assert_cmpint (event->action, ==, STORE_ACTION_OPT_IN);
  g_assert_cmpstr (event->related, ==, only (out)->event);
}

static void
nobody_else_and_no_machine_undoes (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const others[] = { "from " ANN "\nintent opt-in\nkind auto-reply",
                                        "from bob@example.org\nintent opt-in", "from " ANN "\nintent none" };
  g_autoptr (FilterResult) out = take (h, wish, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = answer_to (h, only (out), others[i]);
      g_autoptr (FilterResult) result = take_to (h, text, "preferences@metrix.example", NOW + 60);
      g_assert_cmpint (only (result)->verdict->act, !=, FILTER_ACT_RECORD);
      g_assert_false (may_send (h, ANN));
    }
  g_autoptr (FilterResult) forged = take_to (
      h,
      "id <f@x>\nreply-to-id <optout.0a1b.00000000000000000000000000000000@metrix.example>\nfrom " ANN
      "\nintent opt-in",
      "preferences@metrix.example", NOW + 60);
  g_assert_cmpstr (only (forged)->verdict->act_reason, ==, "opt-in-unproved");
  g_assert_false (may_send (h, ANN));
}

static void
three_recipients_get_one_event_and_one_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result
      = take_to (h, wish, "support@metrix.example,Unsubscribe@Metrix.example,news@metrix.example", NOW);
  g_assert_cmpuint (result->outcomes->len, ==, 3);
  guint replies = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (outcome (result, i)->status, ==, FILTER_DONE);
      g_assert_cmpstr (outcome (result, i)->event, ==, outcome (result, 0)->event);
      replies += outcome (result, i)->reply != NULL;
    }
  g_assert_cmpstr (outcome (result, 1)->recipient, ==, "unsubscribe@metrix.example");
  g_assert_nonnull (outcome (result, 1)->mailbox);
  g_assert_cmpuint (replies, ==, 1);
  g_assert_cmpuint (events (h), ==, 1);
  g_assert_cmpuint (waiting (h), ==, 1);
}

/* A question is held at support@ and an opt-out at unsubscribe@: in one mail it is the opt-out, whatever the
 * order. */
static void
what_one_mailbox_records_another_does_not_hold (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_to (h, "from " ANN "\nintent question\nid <q@example.org>",
                                             "support@metrix.example,unsubscribe@metrix.example", NOW);
  g_autoptr (GPtrArray) held = NULL;
  g_assert_true (store_held_list (store_of (h), TRUE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 0);
  g_assert_cmpuint (events (h), ==, 1);
  g_assert_cmpuint (waiting (h), ==, 1);
  g_assert_true (outcome (result, 0)->known);
  g_assert_false (may_send (h, ANN));
}

static void
ordinary_mail_opens_no_store (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (FilterResult) result = take (h, "from " ANN "\nid <hello@example.org>", NOW);
  g_assert_cmpint (only (result)->status, ==, FILTER_DONE);
  g_assert_cmpstr (only (result)->verdict->act_reason, ==, "no-wish");
}

static void
observing_and_looking_write_nothing (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  renew_engine (h, "sqlite:/nowhere/consent.db", FILTER_ENGINE_LOOK);
  g_autoptr (FilterResult) look = take (h, wish, NOW);
  g_assert_cmpint (only (look)->status, ==, FILTER_DONE);
  g_assert_cmpint (only (look)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_cmpstr (only (look)->reply_reason, ==, "ok");
  g_assert_null (only (look)->event);

  renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  h->config.observe = TRUE;
  g_autoptr (FilterResult) observed = take (h, wish, NOW);
  g_assert_cmpint (only (observed)->status, ==, FILTER_DONE);
  g_assert_cmpint (only (observed)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_cmpstr (only (observed)->reply_reason, ==, "observe");
  g_assert_null (only (observed)->event);
}

static void
a_silent_replay_records_without_a_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  renew_engine (h, h->url, FILTER_ENGINE_SILENT);
  g_autoptr (FilterResult) result = take (h, wish, NOW);
  g_assert_nonnull (only (result)->event);
  g_assert_null (only (result)->reply);
  g_assert_cmpstr (only (result)->reply_reason, ==, "silent");
  g_assert_cmpuint (waiting (h), ==, 0);
}

static void
a_saved_mail_reached_us_when_its_trace_says (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const struct
  {
    const char *line;
    gint64 want;
  } cases[]
      = { { "received 1790000000", 1790000000 }, { "received 1999999999", NOW }, { "subject none", NOW } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("from " ANN "\nintent opt-out\nid <%u@saved.example>\n%s", i, cases[i].line);
      g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
      const FilterMail mail = { .mail = octets, .now = NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_autoptr (StoreEvent) event = NULL;
      g_assert_true (store_event (store_of (h), only (g_ptr_array_index (results, 0))->event, &event, NULL));
      g_assert_cmpint (event->received_at, ==, cases[i].want);
      g_assert_cmpint (event->recorded_at, ==, NOW);
    }
}

static void
the_recipient_comes_from_the_header_where_the_server_names_none (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char text[] = "from " ANN "\nto unsubscribe@metrix.example\ndelivered-to box@metrix.example";
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  FilterMail mail = { .mail = octets, .now = NOW };
  g_autoptr (GPtrArray) live = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpstr (only (g_ptr_array_index (live, 0))->recipient, ==, "box@metrix.example");

  static const char saved_text[] = "from " ANN "\nto unsubscribe@metrix.example";
  g_autoptr (GBytes) saved = g_bytes_new (saved_text, strlen (saved_text));
  mail.mail = saved;
  mail.header_recipient = TRUE;
  g_autoptr (GPtrArray) replayed = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpstr (only (g_ptr_array_index (replayed, 0))->verdict->act_reason, ==, "unsubscribe-mailbox");
}

static void
every_form_of_the_null_sender_is_silence (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const forms[] = { "", "<>", "MAILER-DAEMON", "mailer-daemon" };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = g_strdup_printf ("from " ANN "\nintent opt-out\nid <%u@null.example>", i);
      g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
      const FilterMail mail = { .mail = octets, .sender = forms[i], .received_at = NOW, .now = NOW };
      g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
      g_assert_nonnull (only (g_ptr_array_index (results, 0))->event);
      g_assert_cmpstr (only (g_ptr_array_index (results, 0))->reply_reason, ==, "null-sender");
    }
}

static void
an_erasure_is_a_case_beside_its_opt_out (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FilterResult) result = take (h, "from " ANN "\nintent erasure\nid <e@example.org>", NOW + i);
      g_assert_cmpint (only (result)->known, ==, i == 1);
      g_assert_cmpuint (events (h), ==, 2);
      g_assert_cmpuint (waiting (h), ==, 1);
    }
  g_assert_false (may_send (h, ANN));
  g_autoptr (FilterResult) access = take (h, "from bob@example.org\nintent access\nid <a@example.org>", NOW);
  g_assert_nonnull (only (access)->event);
  g_assert_true (may_send (h, "bob@example.org"));
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
  g_assert_true (g_file_set_contents (file, "You get this mail because \xfc", -1, NULL));

  g_autoptr (FilterResult) result = take (h, wish, NOW);
  g_assert_cmpint (only (result)->status, ==, FILTER_DONE);
  g_assert_cmpuint (told->n_categories, ==, 1);
  g_assert_cmpstr (told->categories[0].name, ==, "offers");
  g_assert_cmpstr (told->categories[0].words[0], ==, "Special offers");
  g_assert_cmpstr (told->categories[0].words[2], ==, "bargains");
  g_assert_null (told->categories[0].words[3]);
  g_assert_cmpstr (told->own_list_ids[0], ==, "support.metrix.example");
  g_assert_null (told->own_list_ids[1]);
  g_assert_true (g_utf8_validate (told->footers[0], -1, NULL));
  g_assert_true (g_str_has_prefix (told->footers[0], "You get this mail because "));
  g_assert_null (told->footers[1]);
  g_assert_cmpstr (told->loop_marker, ==, "preferences@metrix.example");
  g_assert_cmpstr (told->authserv_id, ==, "mx.metrix.example");
  g_assert_false (told->trust_authentication_results);
}

static void
a_footer_that_cannot_be_read_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  char *footers[] = { h->folder, NULL }; /* a folder is no text, not even for root */
  FilterMailbox *mailbox = g_ptr_array_index (h->config.mailboxes, 0);
  mailbox->footers = footers;
  g_autoptr (FilterResult) result = take (h, wish, NOW);
  g_assert_cmpint (only (result)->status, ==, FILTER_RETRY);
  g_assert_nonnull (strstr (only (result)->detail, h->folder));
}

/* ---- held mail ---- */

static const char question[] = "from " ANN "\nintent question\nid <q@example.org>";

static void
a_doubtful_wish_is_held_whole_and_silent (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take (h, question, NOW);
  g_assert_cmpint (only (result)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_cmpstr (only (result)->reply_reason, ==, "ok");
  g_assert_false (may_send (h, ANN));
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_assert_true (store_held_get (store_of (h), only (result)->event, &held, &kept, NULL));
  g_assert_cmpstr (held->why, ==, "question");
  g_assert_cmpstr (held->address, ==, ANN);
  g_assert_cmpstr (held->event, ==, only (result)->event);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), question, strlen (question));
  g_autoptr (FilterResult) again = take (h, question, NOW + 60);
  g_assert_true (only (again)->known);
  g_assert_cmpuint (events (h), ==, 1);
}

static void
accepting_makes_it_the_persons_wish (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterResult) result = take (h, question, NOW);
  g_assert_true (
      filter_engine_decide (h->engine, only (result)->event, TRUE, "eve", "she called", NOW + DAY, &error));
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (store_of (h), ANN, "offers", &blocked, NULL));
  g_assert_cmpint (blocked->reason, ==, STORE_REASON_PERSON);
  g_assert_cmpint (blocked->at, ==, NOW);
  g_assert_false (
      filter_engine_decide (h->engine, only (result)->event, TRUE, "eve", NULL, NOW + DAY, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_DECIDED);
}

static void
rejecting_lifts_the_silence (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterResult) result = take (h, question, NOW);
  g_assert_true (
      filter_engine_decide (h->engine, only (result)->event, FALSE, "eve", NULL, NOW + DAY, &error));
  g_assert_true (may_send (h, ANN));
  g_assert_cmpuint (events (h), ==, 2);
  g_assert_false (filter_engine_decide (h->engine, "0none", FALSE, "eve", NULL, NOW, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_NOT_HELD);
}

/* REQUIREMENTS 4.3, 5: half a message, then the whole one. */
static void
a_fuller_copy_raises_a_held_wish_without_a_second_reply (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) half
      = take (h, "from " ANN "\nintent opt-out\nconfidence 40\nid <wish@example.org>", NOW);
  g_assert_cmpint (only (half)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_autoptr (FilterResult) full = take (h, wish, NOW + 60);
  g_assert_cmpint (only (full)->verdict->act, ==, FILTER_ACT_RECORD);
  g_assert_false (only (full)->known);
  g_assert_cmpuint (waiting (h), ==, 1);
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (store_of (h), ANN, "offers", &blocked, NULL));
  g_assert_cmpint (blocked->reason, ==, STORE_REASON_PERSON);
}

static void
an_unscanned_mail_is_held_once_and_silences_nobody (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FilterResult) result = take (h, "kind unscanned", NOW + i);
      g_autoptr (GPtrArray) held = NULL;
      g_assert_cmpint (only (result)->status, ==, FILTER_DONE);
      g_assert_null (only (result)->event);
      g_assert_cmpint (only (result)->known, ==, i == 1);
      g_assert_true (store_held_list (store_of (h), FALSE, &held, NULL));
      g_assert_cmpuint (held->len, ==, 1);
      g_assert_null (((StoreHeld *)g_ptr_array_index (held, 0))->event);
    }
  g_assert_cmpuint (events (h), ==, 0);
  g_assert_true (may_send (h, ANN));
}

static void
ordinary_mail_that_goes_nowhere_else_is_held (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char text[] = "from " ANN "\nid <hello@example.org>";
  static const char *const recipients[] = { "preferences@metrix.example", "support@metrix.example", NULL };
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  const FilterMail mail
      = { .mail = octets, .recipients = recipients, .ends = TRUE, .received_at = NOW, .now = NOW };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  const FilterResult *result = g_ptr_array_index (results, 0);
  g_assert_cmpint (outcome (result, 0)->verdict->act, ==, FILTER_ACT_REVIEW);
  g_assert_cmpint (outcome (result, 1)->verdict->act, ==, FILTER_ACT_NONE);
  g_autoptr (GPtrArray) held = NULL;
  g_assert_true (store_held_list (store_of (h), FALSE, &held, NULL));
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_true (may_send (h, ANN));
}

static void
a_mail_that_names_nobody_is_rejected_but_not_accepted (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (FilterResult) result = take (h, "kind unscanned", NOW);
  g_assert_cmpstr (only (result)->verdict->act_reason, ==, "unscanned");
  g_assert_true (store_held_list (store_of (h), FALSE, &held, NULL));
  const char *id = ((StoreHeld *)g_ptr_array_index (held, 0))->id;
  g_assert_false (filter_engine_decide (h->engine, id, TRUE, "eve", NULL, NOW, &error));
  g_assert_error (error, FILTER_ENGINE_ERROR, FILTER_ENGINE_ERROR_NOBODY);
  g_clear_error (&error);
  g_assert_true (filter_engine_decide (h->engine, id, FALSE, "eve", NULL, NOW, &error));
}

static void
the_staff_is_told_once_a_day (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const struct
  {
    gint64 at;
    gboolean queued;
  } days[] = { { NOW, TRUE }, { NOW + 3600, FALSE }, { NOW + DAY - 1, FALSE }, { NOW + DAY, TRUE } };
  gboolean queued;
  g_assert_true (filter_engine_digest (h->engine, NOW, &queued, NULL));
  g_assert_false (queued);
  g_autoptr (FilterResult) result = take (h, "kind unscanned", NOW);
  g_assert_cmpstr (only (result)->verdict->act_reason, ==, "unscanned");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_assert_true (filter_engine_digest (h->engine, days[i].at, &queued, NULL));
      g_assert_cmpint (queued, ==, days[i].queued);
    }
  g_assert_cmpuint (waiting (h), ==, 2);
  g_autoptr (StoreReply) digest = claim (h, NULL, NOW);
  g_autofree char *automatic = header_of (digest, "Auto-Submitted");
  g_assert_cmpstr (digest->recipient, ==, "staff@metrix.example");
  g_assert_cmpstr (automatic, ==, "auto-generated");
}

/* ---- troubles ---- */

static void
a_missing_store_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (FilterResult) result = take (h, wish, NOW);
  g_assert_cmpint (only (result)->status, ==, FILTER_RETRY);
  g_assert_cmpstr (only (result)->why, ==, "consent store unavailable");
  g_assert_nonnull (only (result)->detail);
  g_assert_null (only (result)->event);
}

static void
a_child_that_cannot_be_had_is_tried_again (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  g_autoptr (FilterResult) result = take_to (h, "no child", "a@metrix.example,b@metrix.example", NOW);
  g_assert_null (result->facts);
  g_assert_cmpuint (result->outcomes->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (outcome (result, i)->status, ==, FILTER_RETRY);
      g_assert_cmpstr (outcome (result, i)->why, ==, "mail cannot be taken now");
      g_assert_nonnull (strstr (outcome (result, i)->detail, "no child"));
    }
}

static GPtrArray *
take_group (House *h)
{
  const char *const texts[] = { wish, "from " ANN "\nid <hello@example.org>",
                                "from bob@example.org\nintent opt-out\nid <bob@example.org>", "no child" };
  FilterMail mails[G_N_ELEMENTS (texts)];
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mails[i]
        = (FilterMail){ .mail = g_bytes_new (texts[i], strlen (texts[i])), .received_at = NOW, .now = NOW };
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
    g_assert_cmpint (only (g_ptr_array_index (taken, i))->status, ==, fine[i]);
  g_assert_cmpuint (events (h), ==, 2);

  renew_engine (h, "sqlite:/nowhere/consent.db", 0);
  g_autoptr (GPtrArray) failed = take_group (h);
  for (guint i = 0; i < failed->len; i++)
    g_assert_cmpint (only (g_ptr_array_index (failed, i))->status, ==, gone[i]);
}

/* Every call of the store fails once; then the mail server comes again. */
static void
whatever_fails_nothing_is_lost_or_doubled (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  static const char *const manners[] = { ":", "~:" };
  static const char *const mails[] = { wish, question, "from " ANN "\nintent erasure\nid <e@example.org>" };
  static const guint want_events[] = { 1, 1, 2 };
  guint failures = 0;
  for (guint m = 0; m < G_N_ELEMENTS (manners) * G_N_ELEMENTS (mails); m++)
    for (guint n = 1, again = TRUE; again; n++)
      {
        House fresh = { 0 };
        set_up (&fresh, "sqlite:");
        const char *text = mails[m % G_N_ELEMENTS (mails)];
        g_autofree char *faulty
            = g_strdup_printf ("fault:%u%s%s", n, manners[m / G_N_ELEMENTS (mails)], fresh.url);
        renew_engine (&fresh, faulty, 0);
        g_autoptr (FilterResult) first = take (&fresh, text, NOW);
        again = only (first)->status == FILTER_RETRY;
        if (again)
          {
            failures++;
            g_assert_null (only (first)->event);
            g_assert_null (only (first)->reply);
            renew_engine (&fresh, fresh.url, 0);
            g_autoptr (FilterResult) second = take (&fresh, text, NOW + 60);
            g_assert_cmpint (only (second)->status, ==, FILTER_DONE);
            g_assert_nonnull (only (second)->event);
          }
        renew_engine (&fresh, fresh.url, 0);
        g_assert_cmpuint (events (&fresh), ==, want_events[m % G_N_ELEMENTS (mails)]);
        g_assert_cmpuint (waiting (&fresh), ==, 1);
        g_assert_false (may_send (&fresh, ANN));
        guint64 count;
        g_autofree char *damage = NULL;
        g_assert_true (store_verify (store_of (&fresh), &count, &damage, NULL));
        g_assert_null (damage);
        tear_down (&fresh, NULL);
      }
  g_test_message ("%u failures of the store survived", failures);
  g_assert_cmpuint (failures, >, 20);
  g_assert_true (may_send (h, ANN));
}

static const struct
{
  const char *name;
  void (*test) (House *, gconstpointer);
  gboolean sqlite_only;
} tests[] = {
  { "a wish is recorded and confirmed", a_wish_is_recorded_and_confirmed, FALSE },
  { "the same mail again changes nothing", the_same_mail_again_changes_nothing, FALSE },
  { "one reply a period", one_reply_a_period, FALSE },
  { "forged mail beyond the rate is recorded in silence", forged_mail_beyond_the_rate_is_recorded_in_silence,
    FALSE },
  { "a reply undoes", a_reply_undoes, FALSE },
  { "nobody else and no machine undoes", nobody_else_and_no_machine_undoes, FALSE },
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
  { "the child is told what the configuration says", the_child_is_told_what_the_configuration_says, FALSE },
  { "a footer that cannot be read is tried again", a_footer_that_cannot_be_read_is_tried_again, FALSE },
  { "ordinary mail that goes nowhere else is held", ordinary_mail_that_goes_nowhere_else_is_held, FALSE },
  { "a doubtful wish is held whole and silent", a_doubtful_wish_is_held_whole_and_silent, FALSE },
  { "accepting makes it the person's wish", accepting_makes_it_the_persons_wish, FALSE },
  { "rejecting lifts the silence", rejecting_lifts_the_silence, FALSE },
  { "a fuller copy raises a held wish without a second reply",
    a_fuller_copy_raises_a_held_wish_without_a_second_reply, FALSE },
  { "an unscanned mail is held once and silences nobody", an_unscanned_mail_is_held_once_and_silences_nobody,
    FALSE },
  { "a mail that names nobody is rejected but not accepted",
    a_mail_that_names_nobody_is_rejected_but_not_accepted, FALSE },
  { "the staff is told once a day", the_staff_is_told_once_a_day, FALSE },
  { "a missing store is tried again", a_missing_store_is_tried_again, TRUE },
  { "a child that cannot be had is tried again", a_child_that_cannot_be_had_is_tried_again, TRUE },
  { "a group is one transaction", a_group_is_one_transaction, TRUE },
  { "whatever fails nothing is lost or doubled", whatever_fails_nothing_is_lost_or_doubled, TRUE },
};

static void
add_tests (const char *folder, const char *kind, gboolean sqlite)
{
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      if (tests[i].sqlite_only && !sqlite)
        continue;
      g_autofree char *name = g_strdelimit (g_strdup (tests[i].name), " ", '-');
      g_autofree char *path = g_strconcat (folder, name, NULL);
      g_test_add (path, House, kind, set_up, tests[i].test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  add_tests ("/engine/memory/", "memory:", FALSE);
  add_tests ("/engine/sqlite/", "sqlite:", TRUE);
  return g_test_run ();
}
