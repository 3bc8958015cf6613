/* engine.c - the straight road: read -> parse -> look up -> decide -> record and queue in one transaction ->
 * commit -> answer. */
#include "engine-private.h"
#include "keys.h"

#include <string.h>
#include <sys/random.h>

FilterEngine *
filter_engine_new (const FilterConfig *config, guint flags)
{
  FilterEngine *engine = g_new0 (FilterEngine, 1);
  engine->config = config;
  engine->flags = flags;
  return engine;
}

void
filter_engine_free (FilterEngine *engine)
{
  if (engine == NULL)
    return;
  store_close (engine->store);
  filter_secret_clear (&engine->secret);
  filter_reader_free (engine->reader);
  g_free (engine);
}

char *
filter_engine_random_id (void)
{
  guint64 half[2];
  gssize got = getrandom (half, sizeof half, 0);
  g_assert (got == (gssize)sizeof half); /* so few octets are never given in part, random(7) */
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", half[0], half[1]);
}

gboolean
filter_engine_secret (FilterEngine *engine, GError **error)
{
  return engine->secret.token != NULL
         || filter_secret_load (engine->config->secret_file, &engine->secret, error);
}

Store *
filter_engine_store (FilterEngine *engine, GError **error)
{
  if (engine->store != NULL)
    return engine->store;
  if (!filter_engine_secret (engine, error))
    return NULL;
  filter_keys_of (&engine->secret, &engine->keys);
  /* The lock is waited for half of the time that the whole mail has (R2). */
  guint timeout_ms = engine->config->deadline_s * 1000 / 2;
  engine->store = store_open (engine->config->store, &engine->keys, timeout_ms, error);
  return engine->store;
}

/* ---- outcomes ---- */

static void
outcome_free (gpointer data)
{
  FilterOutcome *outcome = data;
  g_free (outcome->why);
  g_free (outcome->detail);
  g_free (outcome->recipient);
  filter_verdict_free (outcome->verdict);
  g_free (outcome->event);
  g_free (outcome->reply);
  g_free (outcome->question);
  g_free (outcome);
}

static FilterResult *
result_new (void)
{
  FilterResult *result = g_new0 (FilterResult, 1);
  result->outcomes = g_ptr_array_new_with_free_func (outcome_free);
  return result;
}

void
filter_result_free (FilterResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->outcomes);
  parser_facts_free (result->facts);
  g_free (result);
}

static FilterOutcome *
add_outcome (const FilterEngine *engine, FilterResult *result, const char *recipient)
{
  FilterOutcome *outcome = g_new0 (FilterOutcome, 1);
  outcome->recipient = recipient != NULL ? parser_address_recipient (recipient) : NULL;
  outcome->mailbox
      = outcome->recipient != NULL ? filter_config_mailbox (engine->config, outcome->recipient) : NULL;
  outcome->facts = result->facts;
  g_ptr_array_add (result->outcomes, outcome);
  return outcome;
}

/* What the mail server may see of a trouble: a fixed phrase, never words of the mail (R3). */
static const char *
phrase_of (const GError *error)
{
  if (error->domain != STORE_ERROR)
    return "mail cannot be taken now";
  switch ((StoreError)error->code)
    {
    case STORE_ERROR_UNAVAILABLE:
      return "consent store unavailable";
    case STORE_ERROR_BUSY:
      return "consent store busy";
    case STORE_ERROR_UNCERTAIN:
      return "consent store did not confirm";
    case STORE_ERROR_CORRUPT:
      return "consent store damaged";
    }
  return "consent store unavailable";
}

/* Nothing of this was recorded: the mail server is to come again. */
static void
set_retry (FilterOutcome *outcome, const GError *error)
{
  g_clear_pointer (&outcome->event, g_free);
  g_clear_pointer (&outcome->reply, g_free);
  g_clear_pointer (&outcome->question, g_free);
  outcome->known = FALSE;
  outcome->status = FILTER_RETRY;
  outcome->why = g_strdup (phrase_of (error));
  outcome->detail = g_strdup (error->message);
}

/* ---- reading ---- */

static const char *
recipient_of (const FilterMail *mail, const ParserFacts *facts)
{
  if (!mail->header_recipient)
    return facts->delivered_to;
  const char *found[] = { facts->original_to, facts->delivered_to, facts->to };
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (found[i] != NULL)
      return found[i];
  return NULL;
}

static gboolean
read_facts (FilterEngine *engine, const FilterMail *mail, ParserFacts **facts_out, GError **error)
{
  if (engine->reader == NULL)
    engine->reader = filter_reader_new (engine->config, (engine->flags & FILTER_ENGINE_KEEP) != 0, error);
  return engine->reader != NULL
         && filter_worker_read (filter_reader_worker (engine->reader), mail->mail, facts_out, error);
}

static FilterResult *
read_mail (FilterEngine *engine, const FilterMail *mail)
{
  FilterResult *result = result_new ();
  g_autoptr (GError) error = NULL;
  gboolean read = read_facts (engine, mail, &result->facts, &error);

  for (guint i = 0; mail->recipients != NULL && mail->recipients[i] != NULL; i++)
    add_outcome (engine, result, mail->recipients[i]);
  if (result->outcomes->len == 0)
    add_outcome (engine, result, read ? recipient_of (mail, result->facts) : NULL);
  for (guint i = 0; !read && i < result->outcomes->len; i++)
    set_retry (g_ptr_array_index (result->outcomes, i), error);
  return result;
}

/* R7: "", <> and MAILER-DAEMON are the null sender. R12: without one from the mail server, the top
 * Return-Path. */
static char *
sender_of (const FilterMail *mail, const ParserFacts *facts)
{
  if (mail->sender == NULL)
    return g_strdup (facts->return_path);
  if (*mail->sender == '\0' || strcmp (mail->sender, "<>") == 0
      || g_ascii_strcasecmp (mail->sender, "MAILER-DAEMON") == 0)
    return g_strdup ("");
  return parser_address_canonical (mail->sender);
}

/* REQUIREMENTS 4.3, 6: what came in live came now; a saved mail when its own trace says, never in the future.
 */
static gint64
received_at_of (const FilterMail *mail, const ParserFacts *facts, const StoreEvent *answered)
{
  gint64 at = mail->received_at != 0    ? mail->received_at
              : facts->received_at != 0 ? facts->received_at
              : facts->date_at != 0     ? facts->date_at
                                        : mail->now;
  at = CLAMP (at, 1, mail->now);
  /* an UNDO came after what it undoes, though both be of one second */
  return answered != NULL && !filter_policy_is_report (facts) ? MAX (at, answered->received_at + 1) : at;
}

/* ---- deciding ---- */

static void
decide (const FilterEngine *engine, const FilterMail *mail, FilterResult *result, const char *sender,
        const FilterKnown *known)
{
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
      FilterHolder holders[FILTER_HOLDERS];
      const FilterCase c = {
        .facts = result->facts,
        .config = engine->config,
        .mailbox = outcome->mailbox,
        .recipient = outcome->recipient,
        .sender = sender,
        .sender_known = known->sender_known,
        .from_known = known->from_known,
        .answered = known->answered,
        .stopped = known->stopped,
        .erasure = known->erasure,
        .answered_asked = known->answers,
        .named_is_writer = known->named_is_writer,
        .holders = holders,
        .n_holders = filter_known_holders (known, engine->config, outcome, holders),
        .ends = mail->ends && filter_mailbox_keeps (outcome->mailbox),
        .now = mail->now,
      };
      filter_verdict_free (outcome->verdict);
      outcome->verdict = filter_policy_decide (&c);
      outcome->reply_reason = outcome->verdict->reply_reason;
    }
}

/* A bounce and a complaint are of somebody where a token, or a Message-ID of ours, says so; one that comes
 * back by the way that we made for it is a wish without a word (R55); and what a word of ours answers, the
 * ledger knows. */
static gboolean
needs_tokens (const FilterMail *mail, const FilterResult *result)
{
  const ParserFacts *facts = result->facts;
  gboolean answer = facts->answer != PARSER_ANSWER_NONE;
  if (filter_policy_is_report (facts))
    return facts->enclosed_id != NULL || filter_engine_has_tokens (mail, result, PARSER_IN_ENCLOSED);
  return facts->kind == PARSER_KIND_PERSON
         && ((answer && (facts->in_reply_to != NULL || *facts->references != NULL))
             || filter_engine_has_tokens (mail, result, answer ? PARSER_IN_REFERENCES : PARSER_IN_SUBJECT));
}

static gboolean
needs_store (const FilterMail *mail, const FilterResult *result)
{
  for (guint i = 0; result->facts != NULL && i < result->outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
      if (filter_policy_needs_store (outcome->verdict))
        return TRUE;
    }
  return result->facts != NULL && needs_tokens (mail, result);
}

/* ---- the transaction ---- */

/* What is recorded goes first: then a copy to a mailbox that would hold the mail finds it known, not the
 * other way. */
static gboolean
record_outcomes (FilterPassage *passage, FilterResult *result, GError **error)
{
  static const FilterAct order[] = { FILTER_ACT_RECORD, FILTER_ACT_REVIEW };
  for (guint o = 0; o < G_N_ELEMENTS (order); o++)
    for (guint i = 0; i < result->outcomes->len; i++)
      {
        FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
        if (outcome->verdict->act == order[o] && !filter_engine_record (passage, outcome, error))
          return FALSE;
      }
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
      if (outcome->verdict->left != NULL && !filter_engine_list_leaver (passage, outcome, error))
        return FALSE;
    }
  return TRUE;
}

/* Who answers with a word of ours is answered in the language that he read, whatever the word is in. */
static char *
language_of (const ParserFacts *facts, const StoreEvent *answered)
{
  const char *template = NULL;
  if (facts->answer != PARSER_ANSWER_NONE && answered != NULL && answered->details != NULL)
    g_variant_lookup (answered->details, FILTER_DETAIL_TEMPLATE, "&s", &template);
  const char *dot = template != NULL ? strrchr (template, '.') : NULL;
  return g_strdup (dot != NULL ? dot + 1 : facts->language);
}

static gboolean
take_one (FilterEngine *engine, const FilterMail *mail, FilterResult *result, GError **error)
{
  g_auto (FilterKnown) known = { 0 };
  g_autofree char *sender = sender_of (mail, result->facts);
  if (!filter_engine_look_up (engine, mail, result, sender, &known, error))
    return FALSE;
  decide (engine, mail, result, sender, &known);

  g_autofree char *language = language_of (result->facts, known.answered);
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, mail->mail);
  FilterPassage passage = {
    .engine = engine,
    .mail = mail,
    .facts = result->facts,
    .sender = sender,
    .answered = known.answered != NULL ? known.answered->id : NULL,
    .digest = digest,
    .language = language,
    .told = told,
    .received_at = received_at_of (mail, result->facts, known.answered),
  };
  return record_outcomes (&passage, result, error);
}

static gboolean
take_group (FilterEngine *engine, const FilterMail *mails, GPtrArray *results, GError **error)
{
  Store *store = filter_engine_store (engine, error);
  if (store == NULL || !store_begin (store, error))
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      FilterResult *result = g_ptr_array_index (results, i);
      if (needs_store (&mails[i], result) && !take_one (engine, &mails[i], result, error))
        {
          store_rollback (store);
          return FALSE;
        }
    }
  if (store_commit (store, error))
    return TRUE;
  store_rollback (store);
  return FALSE;
}

static void
retry_group (const FilterMail *mails, GPtrArray *results, const GError *error)
{
  for (guint i = 0; i < results->len; i++)
    {
      FilterResult *result = g_ptr_array_index (results, i);
      for (guint o = 0; result->facts != NULL && o < result->outcomes->len; o++)
        {
          FilterOutcome *outcome = g_ptr_array_index (result->outcomes, o);
          if (filter_policy_needs_store (outcome->verdict) || needs_tokens (&mails[i], result))
            set_retry (outcome, error);
        }
    }
}

/* By the mail alone; of one that is only looked at also by whom it names. TRUE: the store has something to
 * say or to keep. */
static gboolean
decide_alone (FilterEngine *engine, const FilterMail *mail, FilterResult *result, gboolean look)
{
  static const FilterKnown nothing = { 0 };
  g_autofree char *sender = sender_of (mail, result->facts);
  decide (engine, mail, result, sender, &nothing);
  gboolean needs = needs_store (mail, result);
  if (needs && look
      && (result->facts->named_address != NULL
          || filter_engine_has_tokens (mail, result, PARSER_IN_ENCLOSED)))
    {
      g_auto (FilterKnown) known = { 0 };
      filter_engine_look_at_names (engine, mail, result, sender, &known);
      decide (engine, mail, result, sender, &known);
    }
  return needs && !look;
}

GPtrArray *
filter_engine_take (FilterEngine *engine, const FilterMail *mails, guint n)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_result_free);
  gboolean look = (engine->flags & FILTER_ENGINE_LOOK) != 0 || engine->config->observe;
  gboolean write = FALSE;
  for (guint i = 0; i < n; i++)
    {
      FilterResult *result = read_mail (engine, &mails[i]);
      g_ptr_array_add (results, result);
      if (result->facts != NULL && decide_alone (engine, &mails[i], result, look))
        write = TRUE;
    }

  g_autoptr (GError) error = NULL;
  if (write && !take_group (engine, mails, results, &error))
    retry_group (mails, results, error);
  return results;
}
