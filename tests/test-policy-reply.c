/* test-policy-reply.c - whom we answer: one row for each rule that bars an answer, in its order; and what an
 * answer is counted under. tests/long/reply-rules deletes each rule in turn and looks whether a row here
 * fails. */
#include "policy-kit.h"

#include <string.h>

#define ANN KIT_ANN
#define OWN KIT_SUPPORT

/* A mail that is answered but for what the row says of it. */
typedef struct
{
  const char *name, *why;
  const char *from, *sender; /* ANN; "" for the null sender, "?" for an unknown one */
  const char *asked;         /* the holder of a token in it, who would be asked */
  const char *act;           /* act reason, where it matters */
  ParserKind kind;
  guint marks, defects;
  gboolean idle, mute, observe; /* nothing was done; no [reply] from; mode = observe */
  FilterReplyWhen when;
  gboolean trust; /* Authentication-Results are believed, and say nothing of this author */
  gboolean smtputf8;
  FilterSubmitWay submit;
} Row;

#define KIND(name) .kind = PARSER_KIND_##name
#define BOTH(address) .from = address, .sender = address

/* clang-format off */
static const Row rows[] = {
  { .name = "a person's wish is answered", .why = "ok" },
  { "our own mail come back (R20)", "own-loop", MARK (OWN_LOOP) },
  { "a mail that goes in circles (R20, R72)", "hops", MARK (HOPS) },
  { "what could not be read (R19)", "unscanned", KIND (UNSCANNED) },
  { "the null sender (R58)", "null-sender", .sender = "" },
  { "a null return path (R58)", "null-sender", MARK (NULL_SENDER) },
  { "a mail that says it is automatic (R59)", "automatic", MARK (AUTO_SUBMITTED) },
  { "a responder that does not say so (R59)", "automatic", KIND (AUTO_REPLY) },
  { "a tap on a button (R59)", "automatic", MARK (ONE_TAP) },
  { "a bounce (R85)", "automatic", KIND (BOUNCE) },
  { "a read receipt (R85)", "automatic", KIND (RECEIPT) },
  { "a complaint (R86)", "automatic", KIND (COMPLAINT) },
  { "list mail (R60)", "list-mail", KIND (LIST) },
  { "a field of a list (R60)", "list-mail", MARK (LIST_FIELDS) },
  { "bulk precedence (R60)", "list-mail", MARK (BULK) },
  { "a system address (R61)", "system-address", BOTH ("noreply@example.org") },
  { "a system address in the envelope (R61)", "system-address", .sender = "owner-people@example.org" },
  { "our own mailbox (R61, R72)", "own-address", BOTH (OWN) },
  { "our own mailbox in the envelope (R61, R72)", "own-address", .sender = OWN },
  { "the address that confirmations come from (R61)", "own-address", BOTH ("preferences@metrix.example") },
  { "the address that their bounces go to (R61)", "own-address", BOTH ("returns@metrix.example") },
  { "the very mailbox that it was sent to (R61)", "own-address", BOTH ("info@metrix.example") },
  { "a token of a system address (R61)", "system-address", .asked = "noreply@example.org" },
  { "a token of ours (R61)", "own-address", .asked = OWN },
  { "what a colleague forwards", "colleague", .act = "colleague" },
  { "what a spam filter marked (R72)", "spam-flagged", MARK (SPAM) },
  { "two authors (R35, R72)", "many-from", .defects = PARSER_DEFECT_MANY_FROM },
  { "a mail over a limit (R72)", "partial", .defects = PARSER_DEFECT_PARTIAL },
  { "who asks for no automatic answer (FIELD finding 9)", "suppress", MARK (SUPPRESS) },
  { "a mail that nothing was done about", "nothing-to-say", .idle = TRUE },
  { "another envelope sender (R62)", "destination-unproved", .sender = "bob@example.net" },
  { "an unknown envelope sender (R62)", "destination-unproved", .sender = "?" },
  { "an address that looks like an option (H28)", "odd-destination", BOTH ("-oq/tmp@example.org") },
  { "an address of several words (H27)", "odd-destination", BOTH ("a b@example.org") },
  { "an address with a bracket (H27)", "odd-destination", BOTH ("a>b@example.org") },
  { "an address beyond ASCII (R47)", "eai-destination", BOTH ("josé@example.org") },
  { "an address beyond ASCII, where sendmail takes it (R47)", "ok", BOTH ("josé@example.org"), .smtputf8 = TRUE },
  { "an address beyond ASCII through a mail server (R47)", "eai-destination", BOTH ("josé@example.org"), .smtputf8 = TRUE, .submit = FILTER_SUBMIT_SMTP },
  { "no address to answer from (R66)", "no-reply-address", .mute = TRUE },
  { "answers that are switched off", "replies-off", .when = FILTER_REPLY_NEVER },
  { "while we only observe", "observe", .observe = TRUE },
  { "an author of whom nothing is proved, where it could be (R72)", "unauthenticated", .trust = TRUE },
  { "an author of whom nothing is proved, where it is asked for (R72)", "unauthenticated", .when = FILTER_REPLY_AUTHENTICATED },
};
/* clang-format on */

static FilterConfig *
make_config (const Row *row)
{
  FilterConfig *config = kit_config ();
  config->reply_from = row->mute ? NULL : config->reply_from;
  config->envelope_sender = (char *)"returns@metrix.example";
  config->observe = row->observe;
  config->smtputf8 = row->smtputf8;
  config->submit = row->submit;
  config->when = row->when;
  config->trust_authentication_results = row->trust;
  return config;
}

static FilterVerdict *
make_verdict (FilterAct act)
{
  FilterVerdict *verdict = filter_verdict_new ();
  verdict->act = act;
  verdict->intent = PARSER_INTENT_OPT_OUT;
  return verdict;
}

static void
bars (gconstpointer data)
{
  const Row *row = data;
  FilterConfig *config = make_config (row);
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autoptr (FilterVerdict) verdict = make_verdict (row->idle ? FILTER_ACT_NONE : FILTER_ACT_RECORD);
  verdict->asked = g_strdup (row->asked);
  verdict->act_reason = row->act != NULL ? row->act : "clear-wish";
  facts->from = g_strdup (row->from != NULL ? row->from : ANN);
  facts->kind = row->kind;
  facts->marks = row->marks;
  facts->defects = row->defects;
  const char *sender = row->sender == NULL ? ANN : strcmp (row->sender, "?") == 0 ? NULL : row->sender;
  const FilterCase c
      = { .facts = facts, .config = config, .sender = sender, .recipient = "info@metrix.example" };
  filter_policy_reply (&c, verdict);
  g_assert_cmpstr (verdict->reply_reason, ==, row->why);
  g_assert_cmpint (verdict->reply, ==, strcmp (row->why, "ok") == 0);
  g_assert_cmpstr (verdict->reply_to, ==, verdict->reply ? facts->from : NULL);
  kit_config_free (config);
}

/* ---- budgets ---- */

/* What a mail with this subject is counted under beside its address, its domain and all. */
static const struct
{
  const char *name, *subject;
  guint wish_end; /* the first so many octets of the subject are the wish */
  const char *parent, *counted;
  gboolean ours, token;
} topics[] = {
  { "a subject", "Automatic reply: unsubscribe", .counted = "subject:automatic reply unsubscribe" },
  { .name = "none" },
  { "nothing but a wish", "Unsubscribe", .wish_end = 11 },
  { "nothing but a wish and our token", "unsubscribe oo3kq7abcd2ef5ghijklmnopqrstuvwxyz", .wish_end = 11 },
  { "a wish and more", "Unsubscribe our ticket", .wish_end = 11,
    .counted = "subject:unsubscribe our ticket" },
  { "a ticket's number", "Re: [Ticket#2026-11] your request 4711 (ABX-9)",
    .counted = "subject:your request" },
  { "another ticket's number", "Re: [Ticket#2026-12] your request 4712 (QRZ-8)",
    .counted = "subject:your request" },
  { "a person's answer to a mailing", "Re: Spring offers", .parent = "<spring@metrix.example>" },
  { "an answer to a confirmation, of somebody else", "Re: You are unsubscribed",
    .parent = "<optout.x@metrix.example>", .ours = TRUE, .counted = "subject:you are unsubscribed" },
  { "an answer to a confirmation, of its person", "Re: You are unsubscribed",
    .parent = "<optout.x@metrix.example>", .ours = TRUE, .token = TRUE },
};

static void
add_wish (ParserFacts *facts, guint end)
{
  ParserHit *hit = g_new0 (ParserHit, 1);
  hit->rule = g_strdup ("en.unsubscribe");
  hit->part = g_strdup ("subject");
  hit->text = g_strndup (facts->subject, end);
  hit->language = g_strdup ("en");
  hit->end = end;
  g_ptr_array_add (facts->evidence, hit);
}

static void
counts_subjects (void)
{
  FilterConfig *config = make_config (&rows[0]);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      g_autoptr (ParserFacts) facts = parser_facts_new ();
      g_autoptr (FilterVerdict) verdict = make_verdict (FILTER_ACT_RECORD);
      StoreBudget budgets[FILTER_BUDGETS];
      g_auto (GStrv) names = NULL;
      facts->from = g_strdup (ANN);
      facts->subject = g_strdup (topics[i].subject);
      facts->in_reply_to = g_strdup (topics[i].parent);
      if (topics[i].wish_end > 0)
        add_wish (facts, topics[i].wish_end);
      verdict->proof = topics[i].token ? PARSER_PROOF_TOKEN : PARSER_PROOF_NONE;
      const FilterCase c
          = { .facts = facts, .config = config, .sender = ANN, .answered_asked = topics[i].ours };
      filter_policy_reply (&c, verdict);
      guint n = filter_policy_budgets (verdict, config, budgets, &names);
      g_test_message ("%s", topics[i].name);
      g_assert_cmpuint (n, ==, topics[i].counted != NULL ? 5 : 4);
      if (n == 5)
        g_assert_cmpstr (names[3], ==, topics[i].counted);
    }
  kit_config_free (config);
}

static void
counts_five_things (void)
{
  static const struct
  {
    const char *name, *reason;
    guint most, seconds;
  } wanted[FILTER_BUDGETS] = {
    { "address:ann@example.org:opt-out:offers,updates", "once-per-period", 1, 7 * 24 * 3600 },
    { "mailbox:ann@example.org", "rate-mailbox", 10, 24 * 3600 },
    { "domain:example.org", "rate-domain", 50, 3600 },
    { "subject:spring offers", "rate-subject", 20, 3600 },
    { "all", "rate", 500, 3600 },
  };
  FilterConfig *config = make_config (&rows[0]);
  g_autoptr (FilterVerdict) verdict = make_verdict (FILTER_ACT_RECORD);
  StoreBudget budgets[FILTER_BUDGETS];
  g_auto (GStrv) names = NULL;
  verdict->reply_to = g_strdup (ANN);
  verdict->requester = g_strdup (ANN);
  verdict->topic = g_strdup ("spring offers");
  g_strfreev (verdict->scope);
  verdict->scope = g_strsplit ("offers,updates", ",", -1);
  g_assert_cmpuint (filter_policy_budgets (verdict, config, budgets, &names), ==, FILTER_BUDGETS);
  for (guint i = 0; i < FILTER_BUDGETS; i++)
    {
      g_assert_cmpstr (budgets[i].name, ==, wanted[i].name);
      g_assert_cmpuint (budgets[i].most, ==, wanted[i].most);
      g_assert_cmpuint (budgets[i].seconds, ==, wanted[i].seconds);
      g_assert_cmpstr (filter_policy_budget_reason (&budgets[i]), ==, wanted[i].reason);
    }
  kit_config_free (config);
}

/* However much is forged in the name of a domain, its proved people, and who has a token, have a room of
 * their own. */
static void
counts_the_proved_apart (void)
{
  static const struct
  {
    ParserProof proof;
    gboolean asked, token;
    const char *domain, *all;
  } cases[] = {
    { PARSER_PROOF_NONE, FALSE, FALSE, "domain:example.org", "all" },
    { PARSER_PROOF_SPF, FALSE, FALSE, "domain:example.org:proved", "all:proved" },
    { PARSER_PROOF_TOKEN, FALSE, FALSE, "domain:example.org:proved", "all:proved" },
    { PARSER_PROOF_NONE, TRUE, FALSE, "domain:example.org:proved", "all:proved" },
    { PARSER_PROOF_NONE, FALSE, TRUE, "domain:example.org:proved", "all:proved" },
  };
  FilterConfig *config = make_config (&rows[0]);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FilterVerdict) verdict = make_verdict (FILTER_ACT_RECORD);
      FilterSubject *subject = g_new0 (FilterSubject, 1);
      StoreBudget budgets[FILTER_BUDGETS];
      g_auto (GStrv) names = NULL;
      subject->address = g_strdup (ANN);
      subject->source = cases[i].token ? "token" : "from";
      g_ptr_array_add (verdict->subjects, subject);
      verdict->reply_to = g_strdup (ANN);
      verdict->asked = cases[i].asked ? g_strdup (ANN) : NULL;
      verdict->proof = cases[i].proof;
      g_assert_cmpuint (filter_policy_budgets (verdict, config, budgets, &names), ==, 4);
      g_assert_cmpstr (names[2], ==, cases[i].domain);
      g_assert_cmpstr (names[3], ==, cases[i].all);
      g_assert_cmpstr (filter_policy_budget_reason (&budgets[2]), ==, "rate-domain");
      g_assert_cmpstr (filter_policy_budget_reason (&budgets[3]), ==, "rate");
    }
  kit_config_free (config);
}

/* Whoever has a mail of hers may name other categories each time, and write from other addresses. */
static void
counts_notices_that_others_cause_by_kind (void)
{
  static const struct
  {
    const char *asked, *to, *first, *mailbox;
  } cases[] = {
    { ANN, ANN, "address:ann@example.org:ask", "mailbox:ann@example.org" },
    { NULL, ANN, "address:ann@example.org:opt-out", "mailbox:ann@example.org" },
    { NULL, "bob+7@example.net", "address:bob+7@example.net:opt-out:offers", "mailbox:bob@example.net" },
    { NULL, "b.ob+8@dotless.example", "address:b.ob+8@dotless.example:opt-out",
      "mailbox:bob@dotless.example" },
  };
  static char *dotless[] = { (char *)"dotless.example", NULL };
  FilterConfig *config = make_config (&rows[0]);
  config->dotless_domains = dotless;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FilterVerdict) verdict = make_verdict (FILTER_ACT_RECORD);
      StoreBudget budgets[FILTER_BUDGETS];
      g_auto (GStrv) names = NULL;
      verdict->asked = g_strdup (cases[i].asked);
      verdict->reply_to = g_strdup (cases[i].to);
      verdict->requester = g_strdup ("bob+7@example.net");
      g_strfreev (verdict->scope);
      verdict->scope = g_strsplit ("offers", ",", -1);
      filter_policy_budgets (verdict, config, budgets, &names);
      g_assert_cmpstr (names[0], ==, cases[i].first);
      g_assert_cmpstr (names[1], ==, cases[i].mailbox);
    }
  kit_config_free (config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kit_add_rows ("policy-reply", rows, sizeof *rows, G_N_ELEMENTS (rows), bars);
  g_test_add_func ("/policy-reply/counts-five-things", counts_five_things);
  g_test_add_func ("/policy-reply/counts-the-proved-apart", counts_the_proved_apart);
  g_test_add_func ("/policy-reply/counts-notices-that-others-cause-by-kind",
                   counts_notices_that_others_cause_by_kind);
  g_test_add_func ("/policy-reply/counts-subjects", counts_subjects);
  return g_test_run ();
}
