/* engine-record.c - what one verdict leaves in the store: events with their evidence, and a held mail. */
#include "engine-private.h"
#include "gate.h"

#include "build-config.h"

#include <string.h>

#define WORDS 200 /* characters of the mail in a detail (R120) */
#define RULES 10

/* ---- the evidence (R120) ---- */

static void
add_detail (GVariantBuilder *details, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *shown = parser_token_strip (valid); /* FIELD section 4, 24 */
  if (g_utf8_strlen (shown, -1) > WORDS)
    *g_utf8_offset_to_pointer (shown, WORDS) = '\0';
  g_variant_builder_add (details, "{ss}", name, shown);
}

/* The words of @action: what was asked beside the wish has its own. */
static const char *
words_of (const ParserFacts *facts, StoreAction action)
{
  gboolean beside = facts->request != PARSER_INTENT_NONE
                    && strcmp (store_action_name (action), parser_intent_name (facts->request)) == 0;
  guint i = beside && facts->evidence->len > 1 ? 1 : 0;
  return facts->evidence->len > 0 ? ((const ParserHit *)g_ptr_array_index (facts->evidence, i))->text : NULL;
}

static char *
rules_of (const ParserFacts *facts)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();
  for (guint i = 0; i < facts->evidence->len && rules->len < RULES; i++)
    {
      const ParserHit *hit = g_ptr_array_index (facts->evidence, i);
      if (!g_ptr_array_find_with_equal_func (rules, hit->rule, g_str_equal, NULL))
        g_ptr_array_add (rules, hit->rule);
    }
  g_ptr_array_add (rules, NULL);
  return g_strjoinv (" ", (char **)rules->pdata);
}

/* Did a word that our confirmation asked for decide? */
static gboolean
is_answer (const ParserFacts *facts, const FilterVerdict *verdict)
{
  return facts->answer != PARSER_ANSWER_NONE && verdict->proof == PARSER_PROOF_TOKEN;
}

static GVariant *
details_of (const FilterPassage *p, const FilterOutcome *outcome, const FilterSubject *subject,
            StoreAction action, const FilterNotice *notice)
{
  const FilterConfig *config = p->engine->config;
  const ParserFacts *facts = p->facts;
  const FilterVerdict *verdict = outcome->verdict;
  ParserProof proof = strcmp (subject->source, "token") == 0 ? PARSER_PROOF_TOKEN : verdict->proof;
  g_autofree char *rules = rules_of (facts);
  g_autofree char *confidence = g_strdup_printf ("%u", facts->confidence);
  const struct
  {
    const char *name, *text;
  } rows[] = {
    { "message-id", facts->message_id },
    { "queue-id", p->mail->queue_id },
    { "mail-sha256", p->digest },
    { "from", subject->another ? NULL : facts->from },
    { "sender", subject->another ? NULL : p->sender },
    { FILTER_DETAIL_WRITER, subject->another ? FILTER_WRITER_ANOTHER : NULL },
    { "recipient", outcome->recipient },
    { "source", subject->source },
    { "authenticated", parser_proof_name (proof) },
    { "authentication", subject->another ? NULL : facts->auth_detail },
    { "intent", parser_intent_name (is_answer (facts, verdict) ? verdict->intent : facts->intent) },
    { "request", facts->request != PARSER_INTENT_NONE ? parser_intent_name (facts->request) : NULL },
    { "answer", is_answer (facts, verdict) ? parser_answer_name (facts->answer) : NULL },
    { "report", facts->report },
    { "reported", facts->reported },
    { "successor", facts->successor },
    { "reported-by", facts->reported_by },
    { FILTER_DETAIL_CHANNELS,
      (facts->marks & PARSER_MARK_EVERY_CHANNEL) != 0 ? FILTER_CHANNELS_EVERY : NULL },
    { "rules", rules },
    { "rules-version", parser_rules_version () },
    { "words", subject->another ? NULL : words_of (facts, action) },
    { "subject", subject->another ? NULL : facts->subject },
    { "language", facts->language },
    { "confidence", confidence },
    { "act-reason", verdict->act_reason },
    { "reply-reason", notice->reason },
    { FILTER_DETAIL_TEMPLATE, notice->template },
    { "template-sha256", notice->template_digest },
    { "controller", config->organisation },
    { "policy-url", config->policy_url },
    { "jurisdiction", config->jurisdiction },
  };
  GVariantBuilder details;
  g_variant_builder_init (&details, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_detail (&details, rows[i].name, rows[i].text);
  return g_variant_ref_sink (g_variant_builder_end (&details));
}

/* ---- keys ---- */

/* A request that opens a case, beside an opt-out or alone. */
static gboolean
is_case (StoreAction action)
{
  return action != STORE_ACTION_OPT_OUT && action != STORE_ACTION_OPT_IN && action != STORE_ACTION_HOLD;
}

/* What comes again beside a stop, by STOP ONLY. */
static gboolean
is_again (const FilterVerdict *verdict, StoreAction action)
{
  return action == STORE_ACTION_OPT_IN && *verdict->again != NULL;
}

static gboolean
has_own_key (const FilterVerdict *verdict, StoreAction action)
{
  return is_case (action) || is_again (verdict, action);
}

/* REQUIREMENTS 4.3, 5: the mail and the address, no envelope, no scope, no trace; what stands beside the
 * opt-out, a case or what comes again, has a key of its own. It is made with the first of the token keys:
 * with a later one, a mail that comes in again would not be known. */
static char *
idempotency_key (const FilterPassage *p, const char *address, StoreAction action, gboolean own)
{
  gsize size;
  const guchar *key
      = g_bytes_get_data (g_array_index (p->engine->secret.tokens, FilterSecretKey, 0).key, &size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, size);
  /* a responder answers each mailing, and its address is listed once */
  const char *identity = action == STORE_ACTION_LEFT  ? ""
                         : p->facts->identity != NULL ? p->facts->identity
                                                      : p->digest;
  g_hmac_update (hmac, (const guchar *)identity, (gssize)strlen (identity) + 1);
  g_hmac_update (hmac, (const guchar *)address, (gssize)strlen (address));
  if (own)
    {
      const char *name = store_action_name (action);
      g_hmac_update (hmac, (const guchar *)"", 1);
      g_hmac_update (hmac, (const guchar *)name, (gssize)strlen (name));
    }
  return g_strdup (g_hmac_get_string (hmac));
}

/* ---- held mail ---- */

static char *
summary_of (const FilterPassage *p)
{
  const char *words = words_of (p->facts, STORE_ACTION_HOLD);
  const char *subject = p->facts->subject != NULL ? p->facts->subject : "";
  const char *who = p->facts->from != NULL                    ? p->facts->from
                    : p->sender != NULL && *p->sender != '\0' ? p->sender
                                                              : "?";
  char *line = g_strconcat (who, ": ", words != NULL ? words : subject, NULL);
  if (g_utf8_strlen (line, -1) > WORDS)
    *g_utf8_offset_to_pointer (line, WORDS) = '\0';
  for (char *c = line; *c != '\0'; c++) /* H60 */
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return line;
}

static gboolean
hold_mail (FilterPassage *p, const FilterOutcome *outcome, const char *id, const StoreEvent *event,
           GError **error)
{
  g_autoptr (StoreHeld) held = store_held_new ();
  held->id = g_strdup (id);
  held->address = event != NULL ? g_strdup (event->address) : NULL;
  held->why = g_strdup (outcome->verdict->act_reason);
  held->summary = summary_of (p);
  held->sender = g_strdup (p->sender);
  held->recipient = outcome->recipient != NULL ? parser_token_strip (outcome->recipient) : NULL;
  held->held_at = p->mail->now;
  held->event = event != NULL ? g_strdup (event->id) : NULL;
  return store_hold (p->engine->store, held, p->mail->mail, error);
}

/* What silences nobody is kept whole under a name made from its octets, once. */
static gboolean
hold_silently (FilterPassage *p, const FilterOutcome *outcome, gboolean *known_out, GError **error)
{
  g_autofree char *key = idempotency_key (p, p->digest, STORE_ACTION_HOLD, FALSE);
  g_autofree char *id = g_strndup (key, 32);
  g_autoptr (StoreHeld) earlier = NULL;
  if (!store_held_get (p->engine->store, id, &earlier, NULL, error))
    return FALSE;
  *known_out = earlier != NULL;
  return earlier != NULL || hold_mail (p, outcome, id, NULL, error);
}

/* ---- one event ---- */

static StoreEvent *
event_of (const FilterPassage *p, const FilterOutcome *outcome, const FilterSubject *subject,
          StoreAction action)
{
  const FilterVerdict *verdict = outcome->verdict;
  StoreEvent *event = store_event_new ();
  event->id = filter_engine_random_id ();
  event->action = action;
  event->reason = verdict->reason;
  event->received_at = p->received_at;
  event->recorded_at = p->mail->now;
  event->channel = g_strdup ("mail");
  gboolean again = is_again (verdict, action);
  char **except = again ? verdict->again_except : verdict->except;
  event->scope = g_strdupv (again ? verdict->again : subject->scope);
  event->except = *except != NULL ? g_strdupv (except) : NULL;
  event->key = idempotency_key (p, subject->address, action, has_own_key (verdict, action));
  event->by = g_strdup ("optout");
  event->related = g_strdup (action == STORE_ACTION_CONFIRM         ? verdict->confirms
                             : verdict->proof == PARSER_PROOF_TOKEN ? p->answered
                                                                    : NULL);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (subject->address);
  return event;
}

static gboolean
look_for_event (const FilterPassage *p, const char *address, StoreAction action, gboolean own,
                gboolean *known, GError **error)
{
  g_autofree char *key = idempotency_key (p, address, action, own);
  g_autoptr (StoreEvent) earlier = NULL;
  if (!store_event_by_key (p->engine->store, key, &earlier, error))
    return FALSE;
  *known = *known || earlier != NULL;
  return TRUE;
}

/* The subject who reads the notice; as many as there are, when it is none of them. */
static guint
reader_of (const FilterVerdict *verdict)
{
  guint s = 0;
  for (; s < verdict->subjects->len; s++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, s);
      if (g_strcmp0 (subject->address, verdict->reply_to) == 0)
        break;
    }
  return s;
}

/* Has a copy of this mail left anything of who would be told? It was answered then: a mail to two mailboxes
 * may be a request in one, a request and an opt-out in the other, and gets one reply. What it left of
 * somebody else tells this one nothing. */
static gboolean
look_for_copy (const FilterPassage *p, const FilterVerdict *verdict, gboolean *known_out, GError **error)
{
  StoreAction actions[FILTER_ACTIONS];
  guint n = filter_policy_actions (verdict, actions), count = verdict->subjects->len;
  guint reader = reader_of (verdict);
  guint from = reader < count ? reader : 0, upto = reader < count ? reader + 1 : count;
  gboolean known = FALSE;
  for (guint s = from; s < upto; s++)
    for (guint i = 0; i < n && !known; i++)
      {
        const FilterSubject *subject = g_ptr_array_index (verdict->subjects, s);
        if (!look_for_event (p, subject->address, actions[i], has_own_key (verdict, actions[i]), &known,
                             error))
          return FALSE;
      }
  *known_out = known;
  return TRUE;
}

/* An event of a mail. The main one of a subject is what he asked for, and a case beside it is not; the first
 * of all carries the notice. */
typedef enum
{
  EVENT_FIRST,
  EVENT_MAIN,
  EVENT_BESIDE
} Rank;

static gboolean
record_event (FilterPassage *p, FilterOutcome *outcome, const FilterSubject *subject, StoreAction action,
              Rank rank, GError **error)
{
  Store *store = p->engine->store;
  g_auto (FilterNotice) notice = { 0 };
  g_autoptr (StoreEvent) event = event_of (p, outcome, subject, action);
  gboolean known;
  if (rank == EVENT_FIRST
      && (!look_for_copy (p, outcome->verdict, &known, error)
          || !filter_notice_prepare (p, outcome, subject, event, known, &notice, error)))
    return FALSE;
  if (action == STORE_ACTION_ASKED && notice.mail == NULL)
    return TRUE; /* nobody was asked */
  if (notice.mail != NULL)
    event->confirmation = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, notice.mail);
  event->details = details_of (p, outcome, subject, action, &notice);

  StoreRecorded recorded;
  g_autofree char *id = NULL;
  if (!store_record (store, event, &recorded, &id, error)
      || (rank != EVENT_BESIDE && recorded != STORE_KNOWN && action != STORE_ACTION_HOLD
          && p->engine->config->seal && !subject->another
          && !store_seal (store, event->id, p->mail->mail, error))
      || (recorded != STORE_KNOWN && !filter_gate_tie (store, p->engine->config, event, error))
      || (rank == EVENT_FIRST && recorded == STORE_RECORDED
          && filter_engine_is_unproved (outcome->verdict, subject)
          && !filter_engine_flood_count (p, outcome, subject, error)))
    return FALSE;
  if (rank == EVENT_FIRST)
    {
      g_free (outcome->event);
      outcome->event = g_steal_pointer (&id);
      outcome->known = recorded == STORE_KNOWN;
      outcome->reply_reason = notice.reason;
    }
  if (action == STORE_ACTION_HOLD && recorded == STORE_RECORDED
      && !hold_mail (p, outcome, event->id, event, error))
    return FALSE;
  return filter_notice_queue (p, outcome, event->id, &notice, error);
}

gboolean
filter_engine_list_leaver (FilterPassage *p, FilterOutcome *outcome, GError **error)
{
  char *none[] = { NULL };
  const FilterSubject left = { .address = outcome->verdict->left, .source = "from", .scope = none };
  const FilterNotice notice = { .reason = outcome->verdict->reply_reason };
  g_autoptr (StoreEvent) event = event_of (p, outcome, &left, STORE_ACTION_LEFT);
  StoreRecorded recorded;
  event->reason = STORE_REASON_BOUNCE;
  event->details = details_of (p, outcome, &left, STORE_ACTION_LEFT, &notice);
  return store_record (p->engine->store, event, &recorded, NULL, error);
}

static gboolean
record_verdict (FilterPassage *passage, FilterOutcome *outcome, GError **error)
{
  const FilterVerdict *verdict = outcome->verdict;
  StoreAction actions[FILTER_ACTIONS];
  guint n = filter_policy_actions (verdict, actions);
  if (verdict->subjects->len == 0)
    return hold_silently (passage, outcome, &outcome->known, error);
  /* the notice goes with the event of its reader: its Message-ID names that, so that he can undo it and no
   * other */
  guint count = verdict->subjects->len, reader = reader_of (verdict);
  for (guint s = 0; s < count; s++)
    for (guint a = 0; a < n; a++)
      if (!record_event (passage, outcome, g_ptr_array_index (verdict->subjects, (reader + s) % count),
                         actions[a],
                         a > 0   ? EVENT_BESIDE
                         : s > 0 ? EVENT_MAIN
                                 : EVENT_FIRST,
                         error))
        return FALSE;
  /* whoever works on a case needs the mail, and here it goes nowhere else */
  gboolean known;
  return !(passage->mail->ends && filter_mailbox_keeps (outcome->mailbox)
           && store_action_is_request (actions[n - 1]))
         || hold_silently (passage, outcome, &known, error);
}

static gboolean
record_beside (FilterPassage *passage, FilterOutcome *outcome, GError **error)
{
  FilterOutcome other = { .recipient = outcome->recipient,
                          .mailbox = outcome->mailbox,
                          .facts = outcome->facts,
                          .verdict = outcome->verdict->beside };
  gboolean done = record_verdict (passage, &other, error);
  outcome->question = other.reply;
  if (other.flood > 0)
    {
      outcome->flood = other.flood;
      outcome->flood_of_domain = other.flood_of_domain;
    }
  g_free (other.event);
  return done;
}

gboolean
filter_engine_record (FilterPassage *passage, FilterOutcome *outcome, GError **error)
{
  return record_verdict (passage, outcome, error)
         && (outcome->verdict->beside == NULL || record_beside (passage, outcome, error));
}
