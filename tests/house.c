/* house.c - see house.h */
#include "house.h"
#include "worker.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- the child that reads, for tests ---- */

struct FilterWorker
{
  int unused;
};

const ParserOptions *house_told; /* what the last child was told */

FilterWorker *
filter_worker_new (const ParserOptions *options, G_GNUC_UNUSED gboolean keep)
{
  house_told = options;
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
  char **texts[] = { &facts->from,          &facts->message_id,  &facts->in_reply_to, &facts->return_path,
                     &facts->delivered_to,  &facts->to,          &facts->subject,     &facts->language,
                     &facts->named_address, &facts->enclosed_id, &facts->reported,    &facts->reported_by };
  static const char *const names[]
      = { "from",    "id",       "reply-to-id", "return-path", "delivered-to", "to",
          "subject", "language", "named",       "enclosed-id", "reported",     "reported-by" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        g_free (*texts[i]);
        *texts[i] = g_strdup (value);
      }
  for (guint i = 0; i < G_N_ELEMENTS (intents); i++)
    if (strcmp (value, intents[i].name) == 0)
      {
        if (strcmp (name, "intent") == 0)
          facts->intent = intents[i].intent;
        if (strcmp (name, "request") == 0)
          facts->request = intents[i].intent;
      }
  if (strcmp (name, "kind") == 0)
    facts->kind = strcmp (value, "auto-reply") == 0  ? PARSER_KIND_AUTO_REPLY
                  : strcmp (value, "bounce") == 0    ? PARSER_KIND_BOUNCE
                  : strcmp (value, "complaint") == 0 ? PARSER_KIND_COMPLAINT
                                                     : PARSER_KIND_UNSCANNED;
  for (ParserAnswer a = PARSER_ANSWER_UNDO; a <= PARSER_ANSWER_STOP; a++)
    if (strcmp (name, "answer") == 0 && strcmp (value, parser_answer_name (a)) == 0)
      facts->answer = a;
  if (strcmp (name, "only") == 0)
    {
      g_strfreev (facts->answer_scope);
      facts->answer_scope = g_strsplit (value, ",", -1);
    }
  if (strcmp (name, "quoted") == 0 || strcmp (name, "in-subject") == 0)
    {
      ParserFound *found = g_new0 (ParserFound, 1);
      found->text = g_strdup (value);
      found->place = *name == 'q' ? PARSER_IN_QUOTED : PARSER_IN_SUBJECT;
      g_ptr_array_add (facts->tokens, found);
    }
  if (strcmp (name, "hard") == 0)
    facts->hard_bounce = TRUE;
  if (strcmp (name, "left") == 0)
    facts->leaver = TRUE;
  if (strcmp (name, "confidence") == 0)
    facts->confidence = (guint)g_ascii_strtoull (value, NULL, 10);
  if (strcmp (name, "channels") == 0)
    facts->marks |= strcmp (value, "every") == 0 ? PARSER_MARK_EVERY_CHANNEL : 0;
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
  static char *none[] = { NULL };
  config->dotless_domains = none;
  config->deadline_s = 20;
  config->case_days = 30;
  config->once_per_days = 7;
  config->per_hour = 500;
  config->per_domain_per_hour = 100;
  config->per_subject_per_hour = 20;
  config->categories = g_ptr_array_new ();
  config->words = g_ptr_array_new ();
  config->mailboxes = g_ptr_array_new_with_free_func (g_free);
  add_mailbox (config, "unsubscribe@metrix.example", FILTER_ROLE_UNSUBSCRIBE);
  add_mailbox (config, "preferences@metrix.example", FILTER_ROLE_PREFERENCES);
}

void
house_set_up (House *h, gconstpointer kind)
{
  GError *error = NULL;
  h->folder = g_dir_make_tmp ("optout-engine-XXXXXX", &error);
  g_assert_no_error (error);
  h->path = g_build_filename (h->folder, "consent.db", NULL);
  h->url = strcmp (kind, "memory:") == 0 ? g_strdup (kind) : g_strconcat (kind, h->path, NULL);
  make_config (h);
  g_assert_true (filter_secret_create (h->config.secret_file, &error));
  g_assert_true (filter_secret_load (h->config.secret_file, &h->secret, &error));
  const StoreKeys keys = { .suppression = h->secret.suppression, .chain = h->secret.chain };
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

void
house_tear_down (House *h, G_GNUC_UNUSED gconstpointer kind)
{
  filter_engine_free (h->engine);
  filter_secret_clear (&h->secret);
  remove_folder (h->folder);
  g_ptr_array_unref (h->config.categories);
  g_ptr_array_unref (h->config.words);
  g_ptr_array_unref (h->config.mailboxes);
  g_free (h->config.secret_file);
  g_free (h->folder);
  g_free (h->path);
  g_free (h->url);
}

void
house_renew_engine (House *h, const char *url, guint flags)
{
  filter_engine_free (h->engine);
  h->config.store = (char *)url;
  h->engine = filter_engine_new (&h->config, flags);
}

/* One mail from HOUSE_ANN at @now to @to (addresses with commas between). */
FilterResult *
house_take_to (House *h, const char *text, const char *to, gint64 now)
{
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));
  g_auto (GStrv) recipients = g_strsplit (to, ",", -1);
  const FilterMail mail = { .mail = octets,
                            .sender = HOUSE_ANN,
                            .recipients = (const char *const *)recipients,
                            .queue_id = "4QUEUE",
                            .received_at = now,
                            .now = now };
  g_autoptr (GPtrArray) results = filter_engine_take (h->engine, &mail, 1);
  g_assert_cmpuint (results->len, ==, 1);
  return g_ptr_array_steal_index (results, 0);
}

FilterResult *
house_take (House *h, const char *text, gint64 now)
{
  return house_take_to (h, text, "support@metrix.example", now);
}

const FilterOutcome *
house_outcome (const FilterResult *result, guint index)
{
  return g_ptr_array_index (result->outcomes, index);
}

const FilterOutcome *
house_only (const FilterResult *result)
{
  g_assert_cmpuint (result->outcomes->len, ==, 1);
  return house_outcome (result, 0);
}

Store *
house_store (House *h)
{
  g_autoptr (GError) error = NULL;
  Store *store = filter_engine_store (h->engine, &error);
  g_assert_no_error (error);
  return store;
}

gboolean
house_may_send (House *h, const char *address)
{
  g_autoptr (StoreStanding) blocked = NULL;
  g_assert_true (store_check (house_store (h), address, "offers", &blocked, NULL));
  return blocked == NULL;
}

static gboolean
count_event (G_GNUC_UNUSED const StoreEvent *event, gpointer count)
{
  (*(guint *)count)++;
  return TRUE;
}

guint
house_events (House *h)
{
  const StoreQuery all = { .reason = -1 };
  guint count = 0;
  g_assert_true (store_events (house_store (h), &all, count_event, &count, NULL));
  return count;
}

guint64
house_waiting (House *h)
{
  guint64 counts[STORE_REPLY_FAILED + 1];
  g_assert_true (store_reply_counts (house_store (h), counts, NULL));
  return counts[STORE_REPLY_WAITING];
}

StoreReply *
house_claim (House *h, const char *id, gint64 now)
{
  g_autoptr (GError) error = NULL;
  StoreReply *reply = NULL;
  g_assert_true (store_claim (house_store (h), id, FALSE, now, &reply, &error));
  g_assert_nonnull (reply);
  return reply;
}

char *
house_header (const StoreReply *reply, const char *name)
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

const char house_wish[]
    = "from " HOUSE_ANN "\nintent opt-out\nid <wish@example.org>\nsubject stop\nlanguage de";
const char house_question[] = "from " HOUSE_ANN "\nintent question\nid <q@example.org>";

static void
add_tests (const char *folder, const char *kind, const HouseTest *tests, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (tests[i].sqlite_only && strcmp (kind, "sqlite:") != 0)
        continue;
      g_autofree char *name = g_strdelimit (g_strdup (tests[i].name), " ", '-');
      g_autofree char *path = g_strconcat (folder, name, NULL);
      g_test_add (path, House, kind, house_set_up, tests[i].test, house_tear_down);
    }
}

void
house_add_tests (const HouseTest *tests, guint n)
{
  parser_init ();
  add_tests ("/engine/memory/", "memory:", tests, n);
  add_tests ("/engine/sqlite/", "sqlite:", tests, n);
}
