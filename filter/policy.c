/* policy.c - may we act, and how: one ordered table, first row that holds. Pure. */
#include "policy-private.h"

#include <string.h>

#define SURE 60 /* confidence from which a wish is recorded without a person */
#define HINT 30 /* below it there is no wish at all */

/* ---- what a row may ask ---- */

static gboolean
is_proved (const FilterReading *r)
{
  return filter_policy_reported (r->c) != NULL;
}

/* Providers sign their reports: where that is looked at, one that nobody signed is for a person, whatever it
 * encloses. */
static gboolean
is_complaint_proved (const FilterReading *r)
{
  return is_proved (r)
         && (!r->c->config->trust_authentication_results || r->c->facts->authenticated != PARSER_PROOF_NONE);
}

static gboolean
is_hard (const FilterReading *r)
{
  return r->c->facts->hard_bounce;
}

static gboolean
is_hard_and_proved (const FilterReading *r)
{
  return is_hard (r) && is_proved (r);
}

static gboolean
is_no_one_tap (const FilterReading *r)
{
  return (r->c->facts->marks & PARSER_MARK_ONE_TAP) == 0;
}

/* Who is away for a while is not, and of our own addresses we know. */
static gboolean
is_leaver (const FilterReading *r)
{
  return r->c->facts->leaver && is_no_one_tap (r) && r->c->facts->from != NULL
         && !parser_address_is_system (r->c->facts->from)
         && !filter_config_is_own (r->c->config, r->c->facts->from);
}

/* Is this mail, here, a wish of any kind? Mail to an unsubscribe address is one whatever it says. */
static gboolean
is_wish (const FilterReading *r)
{
  return r->role == FILTER_ROLE_UNSUBSCRIBE || r->c->facts->intent != PARSER_INTENT_NONE
         || !is_no_one_tap (r);
}

static gboolean
is_wish_of_nobody (const FilterReading *r)
{
  return is_wish (r) && r->writer == NULL;
}

static gboolean
is_sure (const FilterReading *r)
{
  return r->c->facts->confidence >= SURE && (r->c->facts->marks & PARSER_MARK_DOUBTFUL) == 0
         && (r->c->facts->defects & (PARSER_DEFECT_PARTIAL | PARSER_DEFECT_DISAGREE)) == 0;
}

static gboolean
is_faint (const FilterReading *r)
{
  return r->c->facts->confidence < HINT;
}

static gboolean
is_negated (const FilterReading *r)
{
  for (guint i = 0; r->c->facts->intent == PARSER_INTENT_NONE && i < r->c->facts->ignored->len; i++)
    {
      const ParserHit *hit = g_ptr_array_index (r->c->facts->ignored, i);
      if (g_strcmp0 (hit->why, "negated") == 0)
        return TRUE;
    }
  return FALSE;
}

/* R55: the way that we made for it was taken. Words that take it back are for a person to read. */
static gboolean
is_by_token (const FilterReading *r)
{
  return r->holder != NULL && !is_negated (r);
}

/* More than to stop is asked, and the writer can ask it. */
static gboolean
is_request_by_token (const FilterReading *r)
{
  return is_by_token (r) && is_sure (r) && r->writer != NULL && !filter_reading_is_for_another (r)
         && !filter_config_is_own (r->c->config, r->writer);
}

/* A wish that is more than a hint, or stands where every mail is one. */
static gboolean
is_likely_wish (const FilterReading *r)
{
  return is_wish (r) && (r->role == FILTER_ROLE_UNSUBSCRIBE || !is_no_one_tap (r) || !is_faint (r));
}

/* A colleague who forwards what a customer wrote does not mean himself. */
static gboolean
is_wish_of_customer (const FilterReading *r)
{
  return is_likely_wish (r) && filter_reading_customer (r) != NULL;
}

static gboolean
is_wish_of_ours (const FilterReading *r)
{
  return is_wish (r) && filter_config_is_own (r->c->config, r->writer);
}

static gboolean
is_wish_through_alias (const FilterReading *r)
{
  return is_likely_wish (r) && filter_reading_behind (r) != NULL;
}

static gboolean
is_unsure (const FilterReading *r)
{
  return r->c->facts->confidence < SURE;
}

/* An opt-in and a case stop nothing that could come back. */
static gboolean
is_stop (const StoreEvent *event)
{
  return event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_HOLD;
}

/* Our own "reply with the word UNDO" stands quoted below every answer: a doubtful word is none. */
static gboolean
is_answer_of_the_notified (const FilterReading *r)
{
  const StoreEvent *answered = r->c->answered;
  return answered != NULL && is_stop (answered) && answered->address != NULL
         && g_strcmp0 (answered->address, r->c->facts->from) == 0 && r->writer == r->c->facts->from
         && filter_policy_is_from_person (r) && (r->c->facts->marks & PARSER_MARK_DOUBTFUL) == 0
         && !is_faint (r);
}

/* "Everything will be as it was before", we wrote; and before there was a stop of everything already. */
static gboolean
is_undo_of_second_stop (const FilterReading *r)
{
  const char *const *stopped = (const char *const *)r->c->stopped;
  return is_answer_of_the_notified (r) && !filter_policy_is_question (r->c->answered) && stopped != NULL
         && g_strv_contains (stopped, STORE_EVERY);
}

static gboolean
is_answer (const FilterReading *r)
{
  return r->c->answered_asked;
}

/* The person was erased since: the word alone says what is wanted, in whatever language. */
static gboolean
is_undo_of_erased (const FilterReading *r)
{
  return r->c->facts->answer == PARSER_ANSWER_UNDO && r->c->answered != NULL
         && r->c->answered->address == NULL;
}

/* Nothing that the ledger knows of the writer could come back. */
static gboolean
is_stranger (const FilterReading *r)
{
  return r->writer == r->sender ? !r->c->sender_known : !r->c->from_known;
}

/* A token stands in every copy of our mail that was handed on, quoted or archived, so it does not make up for
 * an author of whom nothing is proved (R105). He is asked, and our question, which goes to him alone, has the
 * token that does. */
static gboolean
is_sure_and_authenticated (const FilterReading *r)
{
  return is_sure (r) && r->writer != NULL && r->writer == r->c->facts->from
         && r->c->facts->authenticated != PARSER_PROOF_NONE;
}

/* "Remove ann+news@": another spelling of the writer's own address, or one that is linked with it. */
static gboolean
is_for_own_name (const FilterReading *r)
{
  return r->c->facts->named_address != NULL && !filter_reading_is_for_another (r) && is_sure (r);
}

static gboolean
is_for_named (const FilterReading *r)
{
  return r->c->facts->named_address != NULL && filter_reading_is_for_another (r);
}

static gboolean
is_question_to_record (const FilterReading *r)
{
  return r->c->config->record_questions && is_sure (r);
}

/* Names categories, and none of them can be opted out of. */
static gboolean
is_essential_only (const FilterReading *r)
{
  guint essential = 0;
  for (char **name = r->c->facts->scope; *name != NULL; name++)
    {
      const FilterCategory *category = filter_config_category (r->c->config, *name);
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
  gboolean (*asks) (const FilterReading *reading);
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
  { "complaint",           ANY, KIND (COMPLAINT),  0,               0, 0, is_complaint_proved,   FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "complaint-unproved",  ANY, KIND (COMPLAINT),  0,               0, 0, NULL,                  FILTER_ACT_REVIEW, PARSER_INTENT_OPT_OUT },
  { "hard-bounce",         ANY, KIND (BOUNCE),     0,               0, 0, is_hard_and_proved,    FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "bounce-unproved",     ANY, KIND (BOUNCE),     0,               0, 0, is_hard,               FILTER_ACT_NONE,   AS_SAID },
  { "bounce",              ANY, KIND (BOUNCE),     0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "receipt",             ANY, KIND (RECEIPT),    0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "list-mail",           ANY, KIND (LIST),       0,               0, 0, NULL,                  FILTER_ACT_NONE,   AS_SAID },
  { "leaver",              ANY, KIND (AUTO_REPLY), 0,               0, 0, is_leaver,             FILTER_ACT_NONE,   AS_SAID },
  { "auto-reply",          ANY, KIND (AUTO_REPLY), 0,               0, 0, is_no_one_tap,         FILTER_ACT_NONE,   AS_SAID },

  /* a token of ours, sent back as we asked (R55) */
  { "request",             ANY, 0, 0, 0,
      WISH (ERASURE) | WISH (ACCESS) | WISH (CORRECTION) | WISH (NO_SHARING), is_request_by_token, FILTER_ACT_RECORD, AS_SAID },
  { "token",               ANY, 0, 0, 0, ~WISH (OPT_IN),     is_by_token,                        FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },

  /* whose wish? (R35, R36) */
  { "colleague",           ANY, 0, 0, 0, ~WISH (OPT_IN),     is_wish_of_customer,                FILTER_ACT_REVIEW, AS_SAID },
  { "many-from",           ANY, 0, 0, DEFECT (MANY_FROM), 0, is_wish,                            FILTER_ACT_REVIEW, AS_SAID },
  { "no-address",          ANY, 0, 0, 0, 0,                  is_wish_of_nobody,                  FILTER_ACT_REVIEW, AS_SAID },
  { "own-address",         ANY, 0, 0, 0, 0,                  is_wish_of_ours,                    FILTER_ACT_REVIEW, AS_SAID },
  { "alias-service",       ANY, 0, 0, 0, ~WISH (OPT_IN),     is_wish_through_alias,              FILTER_ACT_REVIEW, AS_SAID },

  /* the word that our confirmation asked for: policy-answer.c says what is done */
  { "undo", /* or another */ ANY, 0, 0, 0, 0,                filter_policy_is_answer,            FILTER_ACT_RECORD, AS_SAID },

  /* wishes whatever the words */
  { "one-tap",             ANY, 0, MARK (ONE_TAP), 0, 0,     NULL,                               FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "encrypted",           TO_OTHERS, 0, MARK (ENCRYPTED), 0, 0, NULL,                           FILTER_ACT_REVIEW, AS_SAID },

  /* the way back: only the person's own proved act (R105) */
  { "alternatives-disagree", ANY, 0, 0, DEFECT (DISAGREE), WISH (OPT_IN), NULL,                  FILTER_ACT_REVIEW, AS_SAID },
  { "undo-again",          ANY, 0, 0, 0, WISH (OPT_IN),      is_undo_of_second_stop,             FILTER_ACT_REVIEW, AS_SAID },
  { "undo",                ANY, 0, 0, 0, WISH (OPT_IN),      is_answer_of_the_notified,          FILTER_ACT_RECORD, AS_SAID },
  { "opt-in",              ANY, 0, 0, 0, WISH (OPT_IN),      is_sure_and_authenticated,          FILTER_ACT_RECORD, AS_SAID },
  { "undo-unproved",       ANY, 0, 0, 0, WISH (OPT_IN),      is_answer,                          FILTER_ACT_REVIEW, AS_SAID },
  { "undo-unproved",       ANY, 0, 0, 0, WISH (NONE),        is_undo_of_erased,                  FILTER_ACT_REVIEW, PARSER_INTENT_OPT_IN },
  { "no-wish",             TO_PEOPLE, 0, 0, 0, WISH (OPT_IN), is_unsure, /* leaves all as it is */ FILTER_ACT_NONE,   AS_SAID },
  { "opt-in-unproved",     TO_PEOPLE, 0, 0, 0, WISH (OPT_IN), is_stranger, /* people read it too */ FILTER_ACT_NONE, AS_SAID },
  { "opt-in-unproved",     ANY, 0, 0, 0, WISH (OPT_IN),      NULL,                               FILTER_ACT_REVIEW, AS_SAID },

  /* mail to an unsubscribe address is an opt-out, also an empty one (R80) */
  { "negated",             TO_UNSUBSCRIBE, 0, 0, 0, 0,       is_negated,                         FILTER_ACT_REVIEW, AS_SAID },
  { "third-person",        TO_UNSUBSCRIBE, 0, 0, 0, 0,       is_for_named,                       FILTER_ACT_REVIEW, AS_SAID },
  { "request",             TO_UNSUBSCRIBE, 0, 0, 0,
      WISH (ERASURE) | WISH (ACCESS) | WISH (CORRECTION) | WISH (NO_SHARING), is_sure,           FILTER_ACT_RECORD, AS_SAID },
  { "unsubscribe-mailbox", TO_UNSUBSCRIBE, 0, 0, 0, 0,       NULL,                               FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },

  /* mail that people read too: clear wishes only */
  { "clear-wish",          ANY, 0, 0, 0, WISH (UNCLEAR),     is_for_own_name,                    FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "unclear",             ANY, 0, 0, 0, WISH (UNCLEAR),     NULL,                               FILTER_ACT_REVIEW, AS_SAID },
  { "third-person",        ANY, 0, 0, 0, WISHES,             filter_reading_is_for_another,      FILTER_ACT_REVIEW, AS_SAID },
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
act_rule_of (const FilterReading *r)
{
  const ParserFacts *facts = r->c->facts;
  const ActRule *rule = act_rules;
  while (!(meets (rule->roles, 1u << r->role) && meets (rule->kinds, 1u << facts->kind)
           && meets (rule->marks, facts->marks) && meets (rule->defects, facts->defects)
           && meets (rule->intents, 1u << facts->intent) && (rule->asks == NULL || rule->asks (r))))
    rule++; /* the last row holds for every mail */
  return rule;
}

static StoreReason
reason_of (const FilterReading *r, FilterAct act)
{
  if (act == FILTER_ACT_REVIEW)
    return STORE_REASON_REVIEW;
  return r->c->facts->kind == PARSER_KIND_COMPLAINT ? STORE_REASON_COMPLAINT
         : r->c->facts->kind == PARSER_KIND_BOUNCE  ? STORE_REASON_BOUNCE
                                                    : STORE_REASON_PERSON;
}

/* What is acted on rests on a token of ours where the mail undoes, or is about one of ours. */
static ParserProof
proof_of (const FilterReading *r, const ActRule *rule)
{
  gboolean token = strcmp (rule->reason, "undo") == 0
                   || (rule->act == FILTER_ACT_RECORD && filter_policy_is_report (r->c->facts));
  return token ? PARSER_PROOF_TOKEN : filter_reading_proof (r);
}

FilterVerdict *
filter_policy_decide (const FilterCase *c)
{
  g_auto (FilterReading) reading = { 0 };
  filter_reading_init (&reading, c);
  const ActRule *rule = act_rule_of (&reading);

  FilterVerdict *verdict = filter_verdict_new ();
  verdict->act = rule->act;
  verdict->act_reason = rule->reason;
  verdict->intent = rule->intent == AS_SAID ? c->facts->intent : (ParserIntent)rule->intent;
  verdict->proof = proof_of (&reading, rule);
  verdict->reason = reason_of (&reading, rule->act);
  verdict->requester = g_strdup (reading.writer);

  if (rule->asks == filter_policy_is_answer)
    filter_policy_answer (&reading, verdict);
  else
    filter_policy_cover (&reading, verdict);
  verdict->request = filter_policy_has_request (verdict) ? c->facts->request : PARSER_INTENT_NONE;
  verdict->every_channel = verdict->act == FILTER_ACT_RECORD && verdict->intent == PARSER_INTENT_OPT_OUT
                           && (c->facts->marks & PARSER_MARK_EVERY_CHANNEL) != 0;
  filter_policy_add_subjects (&reading, verdict);
  verdict->left = strcmp (rule->reason, "leaver") == 0 ? g_strdup (c->facts->from) : NULL;
  filter_policy_reply (c, verdict);
  if (verdict->beside != NULL)
    filter_policy_reply (c, verdict->beside);
  if (c->ends && verdict->act == FILTER_ACT_NONE)
    verdict->act = FILTER_ACT_REVIEW;
  return verdict;
}

/* What is neither acted on nor answered is decided by the mail alone; but for who asks for our mail it counts
 * whether the ledger knows him. */
gboolean
filter_policy_needs_store (const FilterVerdict *verdict)
{
  return verdict->act != FILTER_ACT_NONE || verdict->left != NULL
         || strcmp (verdict->act_reason, "opt-in-unproved") == 0;
}
