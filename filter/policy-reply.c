/* policy-reply.c - may we answer, and whom: the second table (R58-R73). Pure. */
#include "policy.h"

#include <string.h>

static gboolean
is_holder (const FilterCase *c, const char *address)
{
  for (guint i = 0; i < c->n_holders; i++)
    if (g_strcmp0 (c->holders[i].address, address) == 0)
      return TRUE;
  return FALSE;
}

/* Does the envelope, an authentication, a token or a confirmation of ours say that From reads his mail? */
static gboolean
is_from_proved (const FilterCase *c, const FilterVerdict *verdict)
{
  const char *from = c->facts->from;
  g_autofree char *sender
      = c->sender != NULL && *c->sender != '\0' ? parser_address_unwrap (c->sender) : NULL;
  return from != NULL
         && ((verdict->proof != PARSER_PROOF_NONE && verdict->proof != PARSER_PROOF_TOKEN)
             || g_strcmp0 (sender, from) == 0 || is_holder (c, from)
             || (c->answered != NULL && g_strcmp0 (c->answered->address, from) == 0));
}

/* The one address that a notice may go to (R62): the token's holder, where he is another than the writer;
 * else the writer's, where it is proved; else that of the writer's own token. Borrowed. */
static const char *
destination_of (const FilterCase *c, const FilterVerdict *verdict)
{
  const char *holder = NULL;
  if (verdict->asked != NULL)
    return verdict->asked;
  for (guint i = 0; i < verdict->subjects->len && holder == NULL; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      holder = strcmp (subject->source, "token") == 0 ? subject->address : NULL;
      if (holder != NULL && i == 0 && g_strcmp0 (holder, verdict->requester) != 0)
        return holder;
    }
  return is_from_proved (c, verdict) ? c->facts->from : holder;
}

static gboolean
is_from_nobody (const FilterCase *c, G_GNUC_UNUSED const FilterVerdict *verdict)
{
  return (c->sender != NULL && *c->sender == '\0') || (c->facts->marks & PARSER_MARK_NULL_SENDER) != 0;
}

/* Of who wrote, who sent and who would be answered, which is somebody else where a token names him. */
static gboolean
any_address (const FilterCase *c, const FilterVerdict *verdict,
             gboolean (*is) (const FilterCase *, const char *))
{
  const char *addresses[] = { c->facts->from, c->sender, destination_of (c, verdict) };
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    if (addresses[i] != NULL && *addresses[i] != '\0' && is (c, addresses[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_system (G_GNUC_UNUSED const FilterCase *c, const char *address)
{
  return parser_address_is_system (address);
}

static gboolean
is_ours (const FilterCase *c, const char *address)
{
  return filter_config_is_own (c->config, address) || g_strcmp0 (address, c->recipient) == 0;
}

static gboolean
is_from_system (const FilterCase *c, const FilterVerdict *verdict)
{
  return any_address (c, verdict, is_system);
}

static gboolean
is_from_ourselves (const FilterCase *c, const FilterVerdict *verdict)
{
  return any_address (c, verdict, is_ours);
}

/* The colleague knows what he forwarded, and the customer did not write to us. */
static gboolean
is_handed_on (G_GNUC_UNUSED const FilterCase *c, const FilterVerdict *verdict)
{
  return strcmp (verdict->act_reason, "colleague") == 0;
}

static gboolean
is_nothing_done (G_GNUC_UNUSED const FilterCase *c, const FilterVerdict *verdict)
{
  return verdict->act == FILTER_ACT_NONE;
}

static gboolean
is_unproved (const FilterCase *c, const FilterVerdict *verdict)
{
  return destination_of (c, verdict) == NULL;
}

/* Addresses that some program on the way would read as an option or as several words are not tried (H27,
 * H28). */
static gboolean
is_odd (const FilterCase *c, const FilterVerdict *verdict)
{
  const char *to = destination_of (c, verdict);
  return *to == '-' || to[strcspn (to, " \"(),:;<>[\\]")] != '\0' || strchr (to, '@') != strrchr (to, '@');
}

/* R47: an address that needs SMTPUTF8 needs it on the whole way, and only sendmail's queue may know it. */
static gboolean
is_beyond_ascii (const FilterCase *c, const FilterVerdict *verdict)
{
  gboolean knows = c->config->smtputf8 && c->config->submit == FILTER_SUBMIT_SENDMAIL;
  return !knows
         && (!g_str_is_ascii (destination_of (c, verdict))
             || (c->config->reply_from != NULL && !g_str_is_ascii (c->config->reply_from)));
}

static gboolean
is_without_reply_address (const FilterCase *c, G_GNUC_UNUSED const FilterVerdict *verdict)
{
  return c->config->reply_from == NULL;
}

static gboolean
is_switched_off (const FilterCase *c, G_GNUC_UNUSED const FilterVerdict *verdict)
{
  return c->config->when == FILTER_REPLY_NEVER;
}

static gboolean
is_observed (const FilterCase *c, G_GNUC_UNUSED const FilterVerdict *verdict)
{
  return c->config->observe;
}

/* Who authenticates mail answers only authenticated authors: all others are recorded in silence (R72,
 * backscatter). But a token proves of its holder that he gets our mail, whoever sent it back. */
static gboolean
is_unauthenticated (const FilterCase *c, const FilterVerdict *verdict)
{
  gboolean trusted = c->config->trust_authentication_results && !is_holder (c, destination_of (c, verdict));
  return (trusted || c->config->when == FILTER_REPLY_AUTHENTICATED) && verdict->proof == PARSER_PROOF_NONE;
}

/* Three hundred people may answer the same mailing within an hour, and whoever answers a confirmation of ours
 * with its token was asked to. What answers a confirmation without being its person, and what answers
 * nothing, may be a machine that changes its address each time (FIELD section 4, 16): its subject is counted.
 */
static gboolean
is_asked_for (const FilterCase *c, const FilterVerdict *verdict)
{
  return verdict->proof == PARSER_PROOF_TOKEN || (c->facts->in_reply_to != NULL && !c->answered_asked);
}

#define KIND(name) (1u << PARSER_KIND_##name)
#define MARK(name) PARSER_MARK_##name
#define DEFECT(name) PARSER_DEFECT_##name

/* A row bars the reply when the mail has a member of one of its sets, or its question is answered yes. */
typedef struct
{
  const char *reason;
  guint kinds, marks, defects;
  gboolean (*asks) (const FilterCase *c, const FilterVerdict *verdict);
} ReplyRule;

/* What RFC 3834, RFC 5230 and the vacation programs ask for, but for one: whether our address stands in To or
 * Cc says nothing here. A wish in the writer's own words is personal mail, whichever alias or Bcc brought it,
 * and only what was acted on is answered. */
/* clang-format off */
static const ReplyRule reply_rules[] = {
  { "own-loop",      0, MARK (OWN_LOOP), 0, NULL },                                               /* R20 */
  { "hops",          0, MARK (HOPS), 0, NULL },                                                   /* R20, R72 */
  { "unscanned",     KIND (UNSCANNED), 0, 0, NULL },                                              /* R19 */
  { "null-sender",   0, 0, 0, is_from_nobody },                                                   /* R58, R7 */
  { "automatic",     KIND (AUTO_REPLY) | KIND (BOUNCE) | KIND (RECEIPT) | KIND (COMPLAINT),
                     MARK (AUTO_SUBMITTED) | MARK (ONE_TAP), 0, NULL },                           /* R59, R85, R86 */
  { "list-mail",     KIND (LIST), MARK (LIST_FIELDS) | MARK (BULK), 0, NULL },                    /* R60 */
  { "system-address", 0, 0, 0, is_from_system },                                                  /* R61 */
  { "own-address",   0, 0, 0, is_from_ourselves },                                                /* R61, R72 */
  { "spam-flagged",  0, MARK (SPAM), 0, NULL },                                                   /* R72 */
  { "many-from",     0, 0, DEFECT (MANY_FROM), NULL },                                            /* R35, R72 */
  { "partial",       0, 0, DEFECT (PARTIAL), NULL },                                              /* R72 */
  { "suppress",      0, MARK (SUPPRESS), 0, NULL },                                               /* FIELD finding 9 */
  { "colleague",     0, 0, 0, is_handed_on },
  { "nothing-to-say", 0, 0, 0, is_nothing_done },
  { "destination-unproved", 0, 0, 0, is_unproved },                                               /* R62 */
  { "odd-destination", 0, 0, 0, is_odd },                                                         /* H27, H28 */
  { "eai-destination", 0, 0, 0, is_beyond_ascii },                                                /* R47 */
  { "no-reply-address", 0, 0, 0, is_without_reply_address },                                      /* R66 */
  { "replies-off",   0, 0, 0, is_switched_off },
  { "observe",       0, 0, 0, is_observed },
  { "unauthenticated", 0, 0, 0, is_unauthenticated },                                             /* R72 */
};
/* clang-format on */

void
filter_policy_reply (const FilterCase *c, FilterVerdict *verdict)
{
  const ParserFacts *facts = c->facts;
  for (guint i = 0; i < G_N_ELEMENTS (reply_rules); i++)
    {
      const ReplyRule *rule = &reply_rules[i];
      if ((rule->kinds & (1u << facts->kind)) != 0 || (rule->marks & facts->marks) != 0
          || (rule->defects & facts->defects) != 0 || (rule->asks != NULL && rule->asks (c, verdict)))
        {
          verdict->reply_reason = rule->reason;
          return;
        }
    }
  verdict->reply = TRUE;
  verdict->reply_reason = "ok";
  verdict->reply_to = g_strdup (destination_of (c, verdict));
  verdict->topic = is_asked_for (c, verdict) ? NULL : parser_facts_topic (facts);
}

const char *
filter_policy_notice (const FilterVerdict *verdict)
{
  static const struct
  {
    const char *reason, *notice;
  } reviews[] = { { "essential-only", "essential" },
                  { "opt-in-unproved", "opt-in-ask" },
                  { "undo-again", "opt-in-ask" },
                  { "undo-unproved", "opt-in-ask" } };
  if (verdict->asked != NULL)
    return "ask";
  if (verdict->act != FILTER_ACT_REVIEW)
    return verdict->request != PARSER_INTENT_NONE     ? "request"
           : verdict->intent == PARSER_INTENT_OPT_OUT ? "opt-out"
           : verdict->intent == PARSER_INTENT_OPT_IN  ? "opt-in"
                                                      : "request";
  for (guint i = 0; i < G_N_ELEMENTS (reviews); i++)
    if (strcmp (verdict->act_reason, reviews[i].reason) == 0)
      return reviews[i].notice;
  return "review";
}
