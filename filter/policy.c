/* policy.c - may we act, and how: one ordered table, first row that holds. Pure. */
#include "policy.h"

#include <string.h>

#define SURE 60 /* confidence from which a wish is recorded without a person */
#define HINT 30 /* below it there is no wish at all */

/* What the rows look at, worked out once. */
typedef struct
{
  const FilterCase *c;
  FilterRole role;
  char *sender;       /* envelope sender out of BATV and SRS; NULL when null or unknown */
  const char *writer; /* R55; NULL when the mail names nobody */
  const char *writer_source;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_free (reading->sender);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* R55: From known in the store > envelope sender known > From; without a From the envelope sender (R36), and
 * without that the address that From spells in words, as in archives. Never Reply-To or Sender. */
static void
reading_init (Reading *reading, const FilterCase *c)
{
  const char *from = c->facts->from;
  reading->c = c;
  reading->role = c->mailbox != NULL ? c->mailbox->role : FILTER_ROLE_MIXED;
  reading->sender = c->sender != NULL && *c->sender != '\0' ? parser_address_unwrap (c->sender) : NULL;
  gboolean by_sender = reading->sender != NULL && (from == NULL || (c->sender_known && !c->from_known));
  reading->writer = by_sender ? reading->sender : from != NULL ? from : c->facts->from_spelt;
  reading->writer_source = by_sender ? "sender" : "from";
}

/* ---- what a row may ask ---- */

static gboolean
is_proved_by_token (const Reading *r)
{
  return r->c->facts->authenticated == PARSER_PROOF_TOKEN && r->c->facts->reported != NULL;
}

/* What is proved of the writer: an authentication is the From's, and says nothing of an envelope sender
 * (R53). */
static ParserProof
proof_of (const Reading *r)
{
  ParserProof proof = r->c->facts->authenticated;
  return proof == PARSER_PROOF_TOKEN || r->writer == r->c->facts->from ? proof : PARSER_PROOF_NONE;
}

static gboolean
is_no_one_tap (const Reading *r)
{
  return (r->c->facts->marks & PARSER_MARK_ONE_TAP) == 0;
}

/* Is this mail, here, a wish of any kind? Mail to an unsubscribe address is one whatever it says. */
static gboolean
is_wish (const Reading *r)
{
  return r->role == FILTER_ROLE_UNSUBSCRIBE || r->c->facts->intent != PARSER_INTENT_NONE
         || !is_no_one_tap (r);
}

static gboolean
is_wish_of_nobody (const Reading *r)
{
  return is_wish (r) && r->writer == NULL;
}

/* A colleague who forwards a customer's wish does not mean our own address. */
static gboolean
is_wish_of_ours (const Reading *r)
{
  return is_wish (r) && filter_config_is_own (r->c->config, r->writer);
}

static gboolean
is_sure (const Reading *r)
{
  return r->c->facts->confidence >= SURE && (r->c->facts->marks & PARSER_MARK_DOUBTFUL) == 0
         && (r->c->facts->defects & (PARSER_DEFECT_PARTIAL | PARSER_DEFECT_DISAGREE)) == 0;
}

static gboolean
is_faint (const Reading *r)
{
  return r->c->facts->confidence < HINT;
}

static gboolean
is_unsure (const Reading *r)
{
  return r->c->facts->confidence < SURE;
}

/* An opt-in and a case stop nothing that could come back. */
static gboolean
is_stop (const StoreEvent *event)
{
  return event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_HOLD;
}

static gboolean
was_of_every_channel (const StoreEvent *hold)
{
  const char *channels;
  return hold->details != NULL && g_variant_lookup (hold->details, FILTER_DETAIL_CHANNELS, "&s", &channels)
         && strcmp (channels, FILTER_CHANNELS_EVERY) == 0;
}

/* What a held mail was taken for; whatever is no request of its own is the opt-out that it might be. */
static ParserIntent
held_intent (const StoreEvent *hold)
{
  static const ParserIntent own[] = { PARSER_INTENT_OPT_IN, PARSER_INTENT_ERASURE, PARSER_INTENT_ACCESS,
                                      PARSER_INTENT_CORRECTION, PARSER_INTENT_NO_SHARING };
  const char *name;
  if (hold->details == NULL || !g_variant_lookup (hold->details, "intent", "&s", &name))
    return PARSER_INTENT_OPT_OUT;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (name, parser_intent_name (own[i])) == 0)
      return own[i];
  return PARSER_INTENT_OPT_OUT;
}

/* Our own "reply with the word UNDO" stands quoted below every answer: a doubtful word is none. */
static gboolean
is_answer_of_the_notified (const Reading *r)
{
  const StoreEvent *answered = r->c->answered;
  return answered != NULL && is_stop (answered) && answered->address != NULL
         && g_strcmp0 (answered->address, r->c->facts->from) == 0 && r->writer == r->c->facts->from
         && (r->c->facts->marks & PARSER_MARK_DOUBTFUL) == 0 && !is_faint (r);
}

/* Who asked for our mail and was asked whether it was he: his answer is more than an undo. */
static gboolean
is_answer_to_question (const StoreEvent *answered)
{
  return answered->action == STORE_ACTION_HOLD && held_intent (answered) == PARSER_INTENT_OPT_IN;
}

/* "Everything will be as it was before", we wrote; and before there was a stop of everything already. */
static gboolean
is_undo_of_second_stop (const Reading *r)
{
  const char *const *stopped = (const char *const *)r->c->stopped;
  return is_answer_of_the_notified (r) && !is_answer_to_question (r->c->answered) && stopped != NULL
         && g_strv_contains (stopped, STORE_EVERY);
}

static gboolean
is_answer (const Reading *r)
{
  return r->c->answered_asked;
}

/* Nothing that the ledger knows of the writer could come back. */
static gboolean
is_stranger (const Reading *r)
{
  return r->writer == r->sender ? !r->c->sender_known : !r->c->from_known;
}

static gboolean
is_sure_and_authenticated (const Reading *r)
{
  return is_sure (r) && proof_of (r) != PARSER_PROOF_NONE;
}

static gboolean
is_negated (const Reading *r)
{
  for (guint i = 0; r->c->facts->intent == PARSER_INTENT_NONE && i < r->c->facts->ignored->len; i++)
    {
      const ParserHit *hit = g_ptr_array_index (r->c->facts->ignored, i);
      if (g_strcmp0 (hit->why, "negated") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_for_another (const Reading *r)
{
  return r->c->facts->third_person || r->c->facts->named_address != NULL;
}

static gboolean
is_question_to_record (const Reading *r)
{
  return r->c->config->record_questions && is_sure (r);
}

static const FilterCategory *
category_of (const Reading *r, const char *name)
{
  return filter_config_category (r->c->config, name);
}

/* Names categories, and none of them can be opted out of. */
static gboolean
is_essential_only (const Reading *r)
{
  guint essential = 0;
  for (char **name = r->c->facts->scope; *name != NULL; name++)
    {
      const FilterCategory *category = category_of (r, *name);
      if (category == NULL || !category->essential)
        return FALSE;
      essential++;
    }
  return essential > 0;
}

/* ---- the table ---- */

enum
{
  ANY = 0,
  TO_UNSUBSCRIBE = 1 << FILTER_ROLE_UNSUBSCRIBE,
  TO_PEOPLE = 1 << FILTER_ROLE_MIXED | 1 << FILTER_ROLE_NEWSLETTER,
  TO_OTHERS = 1 << FILTER_ROLE_MIXED | 1 << FILTER_ROLE_NEWSLETTER | 1 << FILTER_ROLE_PREFERENCES
};

#define KIND(name) (1u << PARSER_KIND_##name)
#define MARK(name) PARSER_MARK_##name
#define DEFECT(name) PARSER_DEFECT_##name
#define WISH(name) (1u << PARSER_INTENT_##name)
#define WISHES (~WISH (NONE))
#define AS_SAID -1

/* A row holds when each of its sets that is not empty has a member in the mail, and its question is answered
 * yes. */
typedef struct
{
  const char *reason;
  guint roles, kinds, marks, defects, intents;
  gboolean (*asks) (const Reading *reading);
  FilterAct act;
  int intent; /* what it is taken for */
} ActRule;

/* No row may veto a clear opt-out because its author is not authenticated or because a limit cut the mail
 * short (R54, R108). */
/* clang-format off */
static const ActRule act_rules[] = {
  /* mail that no person wrote (R19, R20, R59, R81, R85, R86) */
  { "own-loop",            ANY, 0,                 MARK (OWN_LOOP), 0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "hops",                ANY, 0,                 MARK (HOPS),     0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "unscanned",           ANY, KIND (UNSCANNED),  0,               0, 0, NULL,                  FILTER_ACT_REVIEW, AS_SAID },
  { "complaint",           ANY, KIND (COMPLAINT),  0,               0, 0, is_proved_by_token,    FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "complaint-unproved",  ANY, KIND (COMPLAINT),  0,               0, 0, NULL,                  FILTER_ACT_REVIEW, PARSER_INTENT_OPT_OUT },
  { "bounce",              ANY, KIND (BOUNCE),     0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "receipt",             ANY, KIND (RECEIPT),    0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "list-mail",           ANY, KIND (LIST),       0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "auto-reply",          ANY, KIND (AUTO_REPLY), 0,               0, 0, is_no_one_tap,         FILTER_ACT_NONE,   AS_SAID },

  /* whose wish? (R35, R36) */
  { "many-from",           ANY, 0, 0, DEFECT (MANY_FROM), 0, is_wish,                            FILTER_ACT_REVIEW, AS_SAID },
  { "no-address",          ANY, 0, 0, 0, 0,                  is_wish_of_nobody,                  FILTER_ACT_REVIEW, AS_SAID },
  { "own-address",         ANY, 0, 0, 0, 0,                  is_wish_of_ours,                    FILTER_ACT_REVIEW, AS_SAID },

  /* wishes whatever the words */
  { "one-tap",             ANY, 0, MARK (ONE_TAP), 0, 0,     NULL,                               FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "encrypted",           TO_OTHERS, 0, MARK (ENCRYPTED), 0, 0, NULL,                           FILTER_ACT_REVIEW, AS_SAID },

  /* the way back: only the person's own proved act (R105) */
  { "alternatives-disagree", ANY, 0, 0, DEFECT (DISAGREE), WISH (OPT_IN), NULL,                  FILTER_ACT_REVIEW, AS_SAID },
  { "undo-again",          ANY, 0, 0, 0, WISH (OPT_IN),      is_undo_of_second_stop,             FILTER_ACT_REVIEW, AS_SAID },
  { "undo",                ANY, 0, 0, 0, WISH (OPT_IN),      is_answer_of_the_notified,          FILTER_ACT_RECORD, AS_SAID },
  { "opt-in",              ANY, 0, 0, 0, WISH (OPT_IN),      is_sure_and_authenticated,          FILTER_ACT_RECORD, AS_SAID },
  { "undo-unproved",       ANY, 0, 0, 0, WISH (OPT_IN),      is_answer,                          FILTER_ACT_REVIEW, AS_SAID },
  { "no-wish",             TO_PEOPLE, 0, 0, 0, WISH (OPT_IN), is_unsure, /* leaves all as it is */ FILTER_ACT_NONE,   AS_SAID },
  { "opt-in-unproved",     TO_PEOPLE, 0, 0, 0, WISH (OPT_IN), is_stranger, /* people read it too */ FILTER_ACT_NONE, AS_SAID },
  { "opt-in-unproved",     ANY, 0, 0, 0, WISH (OPT_IN),      NULL,                               FILTER_ACT_REVIEW, AS_SAID },

  /* mail to an unsubscribe address is an opt-out, also an empty one (R80) */
  { "negated",             TO_UNSUBSCRIBE, 0, 0, 0, 0,       is_negated,                         FILTER_ACT_REVIEW, AS_SAID },
  { "request",             TO_UNSUBSCRIBE, 0, 0, 0,
      WISH (ERASURE) | WISH (ACCESS) | WISH (CORRECTION) | WISH (NO_SHARING), is_sure,           FILTER_ACT_RECORD, AS_SAID },
  { "unsubscribe-mailbox", TO_UNSUBSCRIBE, 0, 0, 0, 0,       NULL,                               FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },

  /* mail that people read too: clear wishes only */
  { "unclear",             ANY, 0, 0, 0, WISH (UNCLEAR),     NULL,                               FILTER_ACT_REVIEW, AS_SAID },
  { "third-person",        ANY, 0, 0, 0, WISHES,             is_for_another,                     FILTER_ACT_REVIEW, AS_SAID },
  { "no-wish",             ANY, 0, 0, 0, WISHES,             is_faint,                           FILTER_ACT_NONE,   AS_SAID },
  { "question",            ANY, 0, 0, 0, WISH (QUESTION),    is_question_to_record,              FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "question",            ANY, 0, 0, 0, WISH (QUESTION),    NULL,                               FILTER_ACT_REVIEW, AS_SAID },
  { "alternatives-disagree", ANY, 0, 0, DEFECT (DISAGREE), WISHES, NULL,                         FILTER_ACT_REVIEW, AS_SAID },
  { "doubtful",            ANY, 0, MARK (DOUBTFUL), 0, WISHES, NULL,                             FILTER_ACT_REVIEW, AS_SAID },
  { "unsure",              ANY, 0, 0, 0, WISHES,             is_unsure,                          FILTER_ACT_REVIEW, AS_SAID },
  { "essential-only",      ANY, 0, 0, 0, WISH (OPT_OUT),     is_essential_only,                  FILTER_ACT_REVIEW, AS_SAID },
  { "clear-wish",          ANY, 0, 0, 0, WISH (OPT_OUT) | WISH (ERASURE), NULL,                  FILTER_ACT_RECORD, AS_SAID },
  { "request",             ANY, 0, 0, 0, WISHES,             NULL,                               FILTER_ACT_RECORD, AS_SAID },
  { "no-wish",             ANY, 0, 0, 0, 0,                  NULL,                               FILTER_ACT_NONE,   AS_SAID },
};
/* clang-format on */

static gboolean
meets (guint wanted, guint found)
{
  return wanted == 0 || (wanted & found) != 0;
}

static const ActRule *
act_rule_of (const Reading *r)
{
  const ParserFacts *facts = r->c->facts;
  const ActRule *rule = act_rules;
  while (!(meets (rule->roles, 1u << r->role) && meets (rule->kinds, 1u << facts->kind)
           && meets (rule->marks, facts->marks) && meets (rule->defects, facts->defects)
           && meets (rule->intents, 1u << facts->intent) && (rule->asks == NULL || rule->asks (r))))
    rule++; /* the last row holds for every mail */
  return rule;
}

/* ---- what the wish covers ---- */

static char **
list_of (const char *only)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  if (only != NULL)
    g_strv_builder_add (list, only);
  return g_strv_builder_end (list);
}

/* The configured categories among @names: the essential ones or the others; empty when there are none. */
static char **
categories_of (const Reading *r, char **names, gboolean essential)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (char **name = names; *name != NULL; name++)
    {
      const FilterCategory *category = category_of (r, *name);
      if (category != NULL && category->essential == essential)
        g_strv_builder_add (list, *name);
    }
  return g_strv_builder_end (list);
}

/* The categories that the mail names; a wish that names none is about all marketing (R103). */
static char **
wished_scope (const Reading *r, gboolean essential)
{
  g_auto (GStrv) scope = categories_of (r, r->c->facts->scope, essential);
  if (*scope == NULL || g_strv_contains ((const char *const *)r->c->facts->scope, STORE_EVERY))
    return list_of (STORE_EVERY);
  return g_steal_pointer (&scope);
}

/* Opens a case and stops nothing. */
static gboolean
is_case_only (ParserIntent intent)
{
  return intent == PARSER_INTENT_ACCESS || intent == PARSER_INTENT_CORRECTION
         || intent == PARSER_INTENT_NO_SHARING;
}

static char **
scope_of (const Reading *r, const ActRule *rule, ParserIntent intent)
{
  if (rule->act == FILTER_ACT_NONE
      || (rule->act == FILTER_ACT_RECORD && is_case_only (intent) && r->role != FILTER_ROLE_UNSUBSCRIBE))
    return list_of (NULL);
  if (strcmp (rule->reason, "undo") == 0) /* what was stopped comes back, or the part of it that is named */
    {
      g_auto (GStrv) named = categories_of (r, r->c->facts->scope, FALSE);
      return *named != NULL ? g_steal_pointer (&named) : g_strdupv (r->c->answered->scope);
    }
  return wished_scope (r, strcmp (rule->reason, "essential-only") == 0);
}

/* An undo makes everything as it was before: what another wish stopped stays so, and nobody has opted in to
 * what is out by default. Whoever asked for our mail again, and was asked whether it was he, gets all of it.
 */
static char **
except_of (const Reading *r, const FilterVerdict *verdict)
{
  g_autoptr (GPtrArray) except = g_ptr_array_new ();
  if (verdict->proof != PARSER_PROOF_TOKEN)
    return categories_of (r, r->c->facts->except, FALSE);
  if (strcmp (verdict->act_reason, "undo") != 0 || is_answer_to_question (r->c->answered))
    return list_of (NULL);
  for (char **name = r->c->stopped; name != NULL && *name != NULL; name++)
    g_ptr_array_add (except, *name);
  for (guint i = 0; i < r->c->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (r->c->config->categories, i);
      if (category->is_out && !g_ptr_array_find_with_equal_func (except, category->name, g_str_equal, NULL))
        g_ptr_array_add (except, category->name);
    }
  g_ptr_array_add (except, NULL);
  return g_strdupv ((char **)except->pdata);
}

static void
append_subject (FilterVerdict *verdict, const char *address, const char *source)
{
  FilterSubject *subject = g_new0 (FilterSubject, 1);
  subject->address = g_strdup (address);
  subject->source = source;
  subject->scope = g_strdupv (verdict->scope);
  g_ptr_array_add (verdict->subjects, subject);
}

/* Whose standing changes. A complaint and a wish for somebody else name the address themselves; of a mail
 * that could not be read nobody knows whether it is a wish, so it silences nobody. */
static void
add_subject (const Reading *r, FilterVerdict *verdict)
{
  const ParserFacts *facts = r->c->facts;
  const char *address = r->writer;
  const char *source = r->writer_source;
  if (facts->kind == PARSER_KIND_COMPLAINT)
    {
      address = facts->reported;
      source = verdict->act == FILTER_ACT_RECORD ? "token" : "text";
    }
  else if (verdict->act == FILTER_ACT_REVIEW && facts->named_address != NULL)
    {
      address = facts->named_address;
      source = "text";
    }
  if (verdict->act != FILTER_ACT_NONE && facts->kind != PARSER_KIND_UNSCANNED && address != NULL)
    append_subject (verdict, address, source);
}

static StoreReason
reason_of (const Reading *r, FilterAct act)
{
  if (act == FILTER_ACT_REVIEW)
    return STORE_REASON_REVIEW;
  return r->c->facts->kind == PARSER_KIND_COMPLAINT ? STORE_REASON_COMPLAINT : STORE_REASON_PERSON;
}

FilterVerdict *
filter_policy_decide (const FilterCase *c)
{
  g_auto (Reading) reading = { 0 };
  reading_init (&reading, c);
  const ActRule *rule = act_rule_of (&reading);

  FilterVerdict *verdict = filter_verdict_new ();
  verdict->act = rule->act;
  verdict->act_reason = rule->reason;
  verdict->intent = rule->intent == AS_SAID ? c->facts->intent : (ParserIntent)rule->intent;
  verdict->proof = strcmp (rule->reason, "undo") == 0 ? PARSER_PROOF_TOKEN : proof_of (&reading);
  verdict->reason = reason_of (&reading, rule->act);
  verdict->requester = g_strdup (reading.writer);

  g_strfreev (verdict->scope);
  verdict->scope = scope_of (&reading, rule, verdict->intent);
  if (g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY))
    {
      g_strfreev (verdict->except);
      verdict->except = except_of (&reading, verdict);
    }
  verdict->every_channel = verdict->act == FILTER_ACT_RECORD && verdict->intent == PARSER_INTENT_OPT_OUT
                           && (c->facts->marks & PARSER_MARK_EVERY_CHANNEL) != 0;
  add_subject (&reading, verdict);
  filter_policy_reply (c, verdict);
  if (c->ends && verdict->act == FILTER_ACT_NONE)
    verdict->act = FILTER_ACT_REVIEW;
  return verdict;
}

FilterVerdict *
filter_policy_accept (const StoreEvent *hold, gboolean proof)
{
  g_assert (hold->action == STORE_ACTION_HOLD && hold->address != NULL);
  FilterVerdict *verdict = filter_verdict_new ();
  verdict->act = FILTER_ACT_RECORD;
  verdict->act_reason = "accepted";
  verdict->intent = held_intent (hold);
  verdict->reason = verdict->intent == PARSER_INTENT_OPT_IN && !proof ? STORE_REASON_CUSTOMER_SERVICE
                                                                      : STORE_REASON_PERSON;
  if (!is_case_only (verdict->intent))
    {
      g_strfreev (verdict->scope);
      verdict->scope = g_strdupv (hold->scope);
    }
  verdict->every_channel = verdict->intent == PARSER_INTENT_OPT_OUT && was_of_every_channel (hold);
  append_subject (verdict, hold->address, "from");
  return verdict;
}

/* What is neither acted on nor answered is decided by the mail alone; but for who asks for our mail it counts
 * whether the ledger knows him. */
gboolean
filter_policy_needs_store (const FilterVerdict *verdict)
{
  return verdict->act != FILTER_ACT_NONE || strcmp (verdict->act_reason, "opt-in-unproved") == 0;
}
