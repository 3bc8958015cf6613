/* test-policy-who.c - whose wish it is, as one table of sentences: who wrote, whose token, and who is stopped
 * and told. */
#include "policy-kit.h"

#include <string.h>

#define ANN KIT_ANN                /* our mail was for her */
#define BOB "bob@example.net"      /* somebody else */
#define CARL "carl@example.com"    /* whom the text names */
#define JANE "jane@metrix.example" /* a colleague */
#define SUPPORT KIT_SUPPORT

enum
{
  FROM_KNOWN = 1 << 0,
  SENDER_KNOWN = 1 << 1,
  NAMED_SAME = 1 << 2, /* the address in the text is the writer's own */
  FOR_ANOTHER = 1 << 3,
  NEGATED = 1 << 4,
  TRUST = 1 << 5,      /* trust-authentication-results = yes */
  AUTH_ONLY = 1 << 6,  /* [reply] when = authenticated */
  NO_DOMAINS = 1 << 7, /* [optout] domains = */
  SILENT = 1 << 8,     /* the writer says nothing: no intent */
  ENDS = 1 << 9
};

typedef struct
{
  const char *address;
  ParserTokenPlace place;
  ParserTokenPurpose purpose;
  const char *category;
  gboolean same;
} Token;

typedef struct
{
  const char *name;
  /* from and sender are BOB, the intent is opt-out with 90 unless given; "" for none */
  const char *from, *sender;
  Token tokens[2];
  ParserKind kind;
  ParserIntent intent;
  guint marks, defects, confidence, more;
  const char *scope, *except, *named, *reported, *forwarded, *alias;
  ParserProof proof;
  FilterRole role;
  /* what must come out; what is NULL is not looked at. subjects: all of them, "address/source" */
  const char *act, *reason, *subjects, *covers, *keeps, *to, *reply, *notice, *taken;
  const char *asked;   /* one more person is asked; "" for nobody, "-" before it: without a mail */
  const char *waiting; /* for one more person a person decides: "address/source" */
  ParserProof proved;
} Row;

#define TO_ADDRESS(of) .tokens = { { of, PARSER_IN_RECIPIENT, PARSER_TOKEN_UNSUBSCRIBE, NULL, FALSE } }
#define TO_ADDRESS_OF(of, category)                                                                          \
  .tokens = { { of, PARSER_IN_RECIPIENT, PARSER_TOKEN_UNSUBSCRIBE, category, FALSE } }
#define IN_SUBJECT(of) .tokens = { { of, PARSER_IN_SUBJECT, PARSER_TOKEN_UNSUBSCRIBE, "offers", FALSE } }
#define QUOTED(of) .tokens = { { of, PARSER_IN_QUOTED, PARSER_TOKEN_UNSUBSCRIBE, "offers", FALSE } }
#define ANSWERS_MAIL_OF(of) .tokens = { { of, PARSER_IN_REFERENCES, PARSER_TOKEN_REPLY, "offers", FALSE } }
#define SAME(of, where) .tokens = { { of, where, PARSER_TOKEN_REPLY, "offers", TRUE } }

/* clang-format off */
static const Row rows[] = {
  /* ---- a token in the address or in the subject ---- */
  { "her own unsubscribe address stops her", .from = ANN, .sender = ANN, TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .covers = "offers", .to = ANN, .notice = "opt-out", .proved = PARSER_PROOF_TOKEN },
  { "it needs no word at all", .from = ANN, .sender = ANN, TO_ADDRESS (ANN), UNSUBSCRIBE, .more = SILENT, RECORD ("token"), .subjects = ANN "/token", .covers = "*", .to = ANN },
  { "it works in the subject, at whatever mailbox", .from = ANN, .sender = ANN, IN_SUBJECT (ANN), .more = SILENT, RECORD ("token"), .subjects = ANN "/token", .covers = "offers", .to = ANN },
  { "somebody else who uses it stops both, and the holder is told", TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .to = ANN, .notice = "opt-out", .proved = PARSER_PROOF_NONE },
  { "both are stopped from the same category", TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, .more = SILENT, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .covers = "offers" },
  { "a category named beside it is stopped too", TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, .scope = "updates", RECORD ("token"), .covers = "offers,updates" },
  { "everything said aloud is everything", TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, .marks = PARSER_MARK_EVERYTHING, RECORD ("token"), .covers = "*" },
  { "all but one is all but one", TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, .except = "updates", RECORD ("token"), .covers = "*", .keeps = "updates" },
  { "a token of a category that is no more is of all", TO_ADDRESS_OF (ANN, "gone"), UNSUBSCRIBE, RECORD ("token"), .covers = "*" },
  { "a token of essential mail stops what can be stopped", TO_ADDRESS_OF (ANN, "notices"), UNSUBSCRIBE, RECORD ("token"), .covers = "*" },
  { "a token without a writer stops its holder", .from = "", .sender = "", .defects = PARSER_DEFECT_NO_FROM, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .reply = "null-sender" },
  { "a token under two authors stops its holder", .from = "", .sender = "?", .defects = PARSER_DEFECT_MANY_FROM, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .reply = "many-from" },
  { "a forged From changes nothing for the holder", .from = "victim@example.com", .sender = "spammer@evil.example", TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token,victim@example.com/from", .to = ANN },
  { "where authentication is trusted the holder is told of a stranger's use all the same", TO_ADDRESS (ANN), UNSUBSCRIBE, .more = TRUST, RECORD ("token"), .to = ANN },
  { "where only authenticated authors are answered nobody is told", TO_ADDRESS (ANN), UNSUBSCRIBE, .more = AUTH_ONLY, RECORD ("token"), .reply = "unauthenticated" },
  { "a one-tap mail stops account and holder, and is not answered", TO_ADDRESS (ANN), UNSUBSCRIBE, .marks = PARSER_MARK_ONE_TAP, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .reply = "automatic" },
  { "an out-of-office reply with a token is no wish", .kind = PARSER_KIND_AUTO_REPLY, TO_ADDRESS (ANN), UNSUBSCRIBE, NOTHING ("auto-reply") },
  { "a list that the token was posted to stops nobody", .kind = PARSER_KIND_LIST, TO_ADDRESS (ANN), UNSUBSCRIBE, NOTHING ("list-mail") },
  { "words that take it back are for a person", TO_ADDRESS (ANN), UNSUBSCRIBE, .more = NEGATED, REVIEW ("negated"), .subjects = BOB "/from" },
  { "of two tokens the stronger place counts", .tokens = { { ANN, PARSER_IN_RECIPIENT, PARSER_TOKEN_UNSUBSCRIBE, "offers", FALSE }, { "eve@example.com", PARSER_IN_QUOTED, PARSER_TOKEN_UNSUBSCRIBE, NULL, FALSE } }, UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .asked = "" },
  { "a token that names one of our own mailboxes names nobody", TO_ADDRESS (SUPPORT), UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .subjects = BOB "/from" },
  { "a request beside it is the writer's, and the holder is asked", TO_ADDRESS (ANN), UNSUBSCRIBE, .intent = PARSER_INTENT_ERASURE, RECORD ("request"), .taken = "erasure", .subjects = BOB "/from", .to = BOB, .notice = "request", .asked = ANN },
  { "a request with her own token is hers", .from = ANN, .sender = ANN, IN_SUBJECT (ANN), .intent = PARSER_INTENT_ACCESS, RECORD ("request"), .taken = "access", .subjects = ANN "/token", .covers = "*", .asked = "" },

  /* ---- a token anywhere else ---- */
  { "A forwards to B, B writes over it: B is stopped, A is asked", QUOTED (ANN), RECORD ("clear-wish"), .subjects = BOB "/from", .covers = "*", .to = BOB, .notice = "opt-out", .asked = ANN },
  { "B replies to what A forwarded: the same", ANSWERS_MAIL_OF (ANN), RECORD ("clear-wish"), .subjects = BOB "/from", .to = BOB, .notice = "opt-out", .asked = ANN },
  { "B uses the mailto of A's newsletter: both are stopped, A is told", IN_SUBJECT (ANN), RECORD ("token"), .subjects = ANN "/token," BOB "/from", .to = ANN, .notice = "opt-out" },
  { "a reply token in the address only tells whom the mail was for", .tokens = { { ANN, PARSER_IN_RECIPIENT, PARSER_TOKEN_REPLY, NULL, FALSE } }, RECORD ("clear-wish"), .subjects = BOB "/from", .asked = ANN },
  { "a token quoted without a wish asks nobody", QUOTED (ANN), .more = SILENT, NOTHING ("no-wish"), .asked = "", .reply = "nothing-to-say" },
  { "nobody is asked while the wish itself waits for a person", QUOTED (ANN), .confidence = 50, REVIEW ("unsure"), .subjects = BOB "/from", .asked = "" },
  { "nobody is asked about a request that stops nothing", QUOTED (ANN), .intent = PARSER_INTENT_ACCESS, RECORD ("request"), .asked = "" },
  { "an undone stop asks nobody", QUOTED (ANN), .intent = PARSER_INTENT_OPT_IN, .proof = PARSER_PROOF_DKIM, RECORD ("opt-in"), .subjects = BOB "/from", .asked = "" },
  { "the same mailbox under another spelling is stopped as well", .from = "ann+shop@example.org", .sender = "ann+shop@example.org", SAME (ANN, PARSER_IN_QUOTED), RECORD ("clear-wish"), .subjects = "ann+shop@example.org/from," ANN "/token", .asked = "", .to = "ann+shop@example.org" },
  { "an address linked with the holder's: both, and no question", SAME (ANN, PARSER_IN_REFERENCES), RECORD ("clear-wish"), .subjects = BOB "/from," ANN "/token", .asked = "", .to = BOB, .proved = PARSER_PROOF_TOKEN },
  { "where the linked writer is not proved the holder's address is told", .sender = "x7@relay.example", SAME (ANN, PARSER_IN_REFERENCES), RECORD ("clear-wish"), .to = ANN },
  { "who quotes a token of his own and one of another means his own mail", .tokens = { { BOB, PARSER_IN_REFERENCES, PARSER_TOKEN_REPLY, NULL, FALSE }, { ANN, PARSER_IN_QUOTED, PARSER_TOKEN_REPLY, NULL, FALSE } }, RECORD ("clear-wish"), .subjects = BOB "/token", .asked = "", .to = BOB },
  { "an asking goes out where authentication is trusted and the writer has none", QUOTED (ANN), .more = TRUST, RECORD ("clear-wish"), .asked = ANN, .reply = "unauthenticated" },
  { "mail that says it is automatic asks nobody by mail", QUOTED (ANN), .marks = PARSER_MARK_AUTO_SUBMITTED, RECORD ("clear-wish"), .asked = "-" ANN, .reply = "automatic" },

  /* ---- what a token proves ---- */
  { "her own token does not let her opt in, but asks her", .from = ANN, .sender = "?", .intent = PARSER_INTENT_OPT_IN, SAME (ANN, PARSER_IN_REFERENCES), PREFERENCES, REVIEW ("opt-in-unproved"), .subjects = ANN "/from", .to = ANN, .notice = "opt-in-ask" },
  { "her own token in quoted words is no proof of her, but a way to tell her", .from = ANN, .sender = "?", QUOTED (ANN), RECORD ("clear-wish"), .subjects = ANN "/from", .to = ANN },
  { "another's token lets nobody opt in", .intent = PARSER_INTENT_OPT_IN, ANSWERS_MAIL_OF (ANN), PREFERENCES, REVIEW ("opt-in-unproved"), .subjects = BOB "/from", .asked = "" },
  { "her own token lets nobody opt in for her where mail is authenticated, and his is not", .from = ANN, .intent = PARSER_INTENT_OPT_IN, SAME (ANN, PARSER_IN_REFERENCES), PREFERENCES, .more = TRUST, REVIEW ("opt-in-unproved"), .to = ANN, .notice = "opt-in-ask" },
  { "her own token lets her opt in where she is authenticated", .from = ANN, .intent = PARSER_INTENT_OPT_IN, SAME (ANN, PARSER_IN_REFERENCES), PREFERENCES, .more = TRUST, .proof = PARSER_PROOF_SPF, RECORD ("opt-in"), .to = ANN },
  { "a token in quoted words proves nothing", .from = ANN, .intent = PARSER_INTENT_OPT_IN, SAME (ANN, PARSER_IN_QUOTED), PREFERENCES, REVIEW ("opt-in-unproved") },
  { "a wish to come back to her unsubscribe address is no opt-out of hers", .intent = PARSER_INTENT_OPT_IN, TO_ADDRESS (ANN), UNSUBSCRIBE, REVIEW ("opt-in-unproved"), .subjects = BOB "/from" },
  { "an opt-in is the writer's alone, linked or not", .intent = PARSER_INTENT_OPT_IN, .proof = PARSER_PROOF_DKIM, SAME (ANN, PARSER_IN_REFERENCES), RECORD ("opt-in"), .subjects = BOB "/from" },
  { "a complaint with a token of ours is an opt-out of its holder", .kind = PARSER_KIND_COMPLAINT, .from = "fbl@provider.example", .tokens = { { ANN, PARSER_IN_ENCLOSED, PARSER_TOKEN_UNSUBSCRIBE, NULL, FALSE } }, .reported = "", RECORD ("complaint"), .taken = "opt-out", .subjects = ANN "/token", .reply = "automatic" },
  { "a complaint without one is held for whom it names", .kind = PARSER_KIND_COMPLAINT, .from = "fbl@provider.example", .reported = ANN, REVIEW ("complaint-unproved"), .subjects = ANN "/text" },

  /* ---- an address in the text ---- */
  { "remove ann@, from somebody else: a person decides, and she is silent meanwhile", .intent = PARSER_INTENT_UNCLEAR, .named = ANN, REVIEW ("unclear"), .subjects = ANN "/text" },
  { "remove ann@ at the unsubscribe address: both are silent meanwhile", .named = ANN, UNSUBSCRIBE, REVIEW ("third-person"), .subjects = ANN "/text," BOB "/from" },
  { "remove ann@, from ann+news@ or a linked address: done, under both", .from = "ann+news@example.org", .sender = "ann+news@example.org", .intent = PARSER_INTENT_UNCLEAR, .named = ANN, .more = NAMED_SAME, RECORD ("clear-wish"), .taken = "opt-out", .subjects = "ann+news@example.org/from," ANN "/text", .to = "ann+news@example.org" },
  { "and at the unsubscribe address too", .from = "a.nn@example.org", .sender = "a.nn@example.org", .named = ANN, .more = NAMED_SAME, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .subjects = "a.nn@example.org/from," ANN "/text" },
  { "an unsure wish under two own spellings silences both", .from = "ann+news@example.org", .intent = PARSER_INTENT_UNCLEAR, .confidence = 50, .named = ANN, .more = NAMED_SAME, REVIEW ("unclear"), .subjects = ANN "/text,ann+news@example.org/from" },
  { "a mother with an address of her own linked with his is for a person", .intent = PARSER_INTENT_UNCLEAR, .named = ANN, .more = NAMED_SAME | FOR_ANOTHER, REVIEW ("unclear"), .subjects = ANN "/text" },
  { "the holder's address in the text of her unsubscribe mail is hers", .named = ANN, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token," BOB "/from" },
  { "who names a third by the way that is made for Ann stops her and himself, and for the third a person decides", .named = CARL, TO_ADDRESS_OF (ANN, "offers"), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .covers = "offers", .to = ANN, .asked = "", .waiting = CARL "/text:*" },
  { "also where his words are not clear", .intent = PARSER_INTENT_UNCLEAR, .named = CARL, IN_SUBJECT (ANN), RECORD ("token"), .subjects = ANN "/token," BOB "/from", .waiting = CARL "/text:*" },
  { "Ann herself may name a third there", .from = ANN, .sender = ANN, .named = CARL, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .to = ANN, .waiting = CARL "/text:*" },
  { "a third who is to be erased is held for that", .intent = PARSER_INTENT_ERASURE, .named = CARL, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token," BOB "/from", .waiting = CARL "/text:*" },
  { "another address of the writer's own is no third", .named = "bob+news@example.net", .more = NAMED_SAME, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .waiting = "" },
  { "nor is one of our own mailboxes", .named = SUPPORT, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .waiting = "" },

  /* ---- colleagues ---- */
  { "a colleague forwards a customer's wish: a person decides, for the customer", .from = JANE, .sender = JANE, .forwarded = ANN, REVIEW ("colleague"), .subjects = ANN "/text", .covers = "*" },
  { "to the unsubscribe address, without a word of his own: the same", .from = JANE, .sender = JANE, .forwarded = ANN, .more = SILENT, UNSUBSCRIBE, REVIEW ("colleague"), .subjects = ANN "/text" },
  { "from a mailbox of ours: the same, and no answer", .from = SUPPORT, .sender = SUPPORT, .forwarded = ANN, UNSUBSCRIBE, REVIEW ("colleague"), .subjects = ANN "/text", .reply = "own-address" },
  { "what a colleague forwards is answered to nobody", .from = JANE, .sender = JANE, .forwarded = ANN, REVIEW ("colleague"), .reply = "colleague" },
  { "a colleague who forwards a mail without a wish is ordinary mail", .from = JANE, .sender = JANE, .forwarded = ANN, .more = SILENT, NOTHING ("no-wish"), .subjects = "" },
  { "a colleague who forwards our own newsletter asks for himself", .from = JANE, .sender = JANE, .forwarded = "news@metrix.example", RECORD ("clear-wish"), .subjects = JANE "/from" },
  { "a colleague who asks for himself is a person like others, and answered", .from = JANE, .sender = JANE, RECORD ("clear-wish"), .subjects = JANE "/from", .to = JANE },
  { "a colleague who asks for a customer by address: held for her", .from = JANE, .sender = JANE, .intent = PARSER_INTENT_UNCLEAR, .named = ANN, REVIEW ("unclear"), .subjects = ANN "/text" },
  { "a colleague who asks for a customer without one: held, and nobody is silenced", .from = JANE, .sender = JANE, .intent = PARSER_INTENT_UNCLEAR, .more = FOR_ANOTHER, REVIEW ("unclear"), .subjects = "" },
  { "a colleague who uses a customer's unsubscribe address stops the customer alone", .from = JANE, .sender = JANE, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .to = ANN },
  { "one of our mailboxes that uses it tells nobody", .from = SUPPORT, .sender = SUPPORT, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token", .reply = "own-address" },
  { "a wish of one of our mailboxes stops nothing", .from = SUPPORT, .sender = SUPPORT, REVIEW ("own-address"), .subjects = "", .reply = "own-address" },
  { "where domains is empty nobody is a colleague", .from = JANE, .sender = JANE, .forwarded = ANN, .more = NO_DOMAINS, RECORD ("clear-wish"), .subjects = JANE "/from" },
  { "somebody else who forwards a mail asks for himself", .forwarded = ANN, RECORD ("clear-wish"), .subjects = BOB "/from" },

  /* ---- alias services ---- */
  { "an alias in our list that answers through its service is the writer", .from = "shop.ax7@alias.example", .sender = "shop.ax7@alias.example", RECORD ("clear-wish"), .subjects = "shop.ax7@alias.example/from", .to = "shop.ax7@alias.example" },
  { "where our mailbox is behind a service, whom its fields name is silent until a person decides", .from = "ann_at_example_org_x1@alias.example", .alias = ANN, REVIEW ("alias-service"), .subjects = ANN "/text" },
  { "at the unsubscribe address too", .from = "ann_at_example_org_x1@alias.example", .alias = ANN, UNSUBSCRIBE, REVIEW ("alias-service"), .subjects = ANN "/text" },
  { "but a From that the ledger knows is the writer", .from = "shop.ax7@alias.example", .alias = ANN, .more = FROM_KNOWN, RECORD ("clear-wish"), .subjects = "shop.ax7@alias.example/from" },
  { "a forged field opts out nobody", .alias = "victim@example.com", REVIEW ("alias-service"), .subjects = "victim@example.com/text", .asked = "" },
  { "a field that names the writer himself says nothing", .alias = BOB, RECORD ("clear-wish"), .subjects = BOB "/from" },
  { "a token beats the fields of a service", .from = "ann_at_example_org_x1@alias.example", .alias = ANN, TO_ADDRESS (ANN), UNSUBSCRIBE, RECORD ("token"), .subjects = ANN "/token,ann_at_example_org_x1@alias.example/from", .to = ANN },
  { "ordinary mail through a service is ordinary mail", .from = "ann_at_example_org_x1@alias.example", .alias = ANN, .more = SILENT, NOTHING ("no-wish") },

  /* ---- the writer ---- */
  { "From that is known comes before an envelope sender that is known", .sender = ANN, .more = FROM_KNOWN | SENDER_KNOWN, RECORD ("clear-wish"), .subjects = BOB "/from" },
  { "an envelope sender that is known comes before From that is not", .sender = ANN, .more = SENDER_KNOWN, RECORD ("clear-wish"), .subjects = ANN "/sender", .reply = "destination-unproved" },
  { "From comes before an envelope sender where neither is known", .sender = ANN, RECORD ("clear-wish"), .subjects = BOB "/from", .reply = "destination-unproved" },
  { "a known envelope sender under SRS is unwrapped", .sender = "SRS0=aBcD=XY=example.org=ann@forwarder.example", .more = SENDER_KNOWN, RECORD ("clear-wish"), .subjects = ANN "/sender" },
  { "one that two forwarders wrapped is too", .sender = "SRS1=Qq12=first.example==aBcD=XY=example.org=ann@second.example", .more = SENDER_KNOWN, RECORD ("clear-wish"), .subjects = ANN "/sender" },
  { "From is proved by an envelope sender under SRS", .sender = "SRS0=aBcD=XY=example.net=bob@forwarder.example", RECORD ("clear-wish"), .to = BOB },
  { "and under BATV", .sender = "prvs=3141592653=bob@example.net", RECORD ("clear-wish"), .to = BOB },
  { "a forwarder is never told about somebody else", .sender = "forwarder@example.com", RECORD ("clear-wish"), .subjects = BOB "/from", .reply = "destination-unproved" },
  { "a shared mailbox that asks is stopped, whoever of them wrote", .from = "info@example.org", .sender = "info@example.org", RECORD ("clear-wish"), .subjects = "info@example.org/from", .to = "info@example.org" },
  { "a sub-address that asks is stopped as it is written", .from = "bob+metrix@example.net", .sender = "bob+metrix@example.net", RECORD ("clear-wish"), .subjects = "bob+metrix@example.net/from" },
};
/* clang-format on */

static ParserFacts *
make_facts (const Row *row)
{
  gboolean silent = (row->more & (SILENT | NEGATED)) != 0;
  ParserFacts *facts = parser_facts_new ();
  facts->kind = row->kind;
  facts->intent = silent || row->intent != PARSER_INTENT_NONE ? row->intent : PARSER_INTENT_OPT_OUT;
  facts->marks = row->marks;
  facts->defects = row->defects;
  facts->confidence = silent ? 0 : row->confidence != 0 ? row->confidence : 90;
  facts->from = g_strdup (row->from == NULL ? BOB : *row->from != '\0' ? row->from : NULL);
  facts->third_person = (row->more & FOR_ANOTHER) != 0;
  facts->named_address = g_strdup (row->named);
  facts->forwarded_from = g_strdup (row->forwarded);
  facts->alias_of = g_strdup (row->alias);
  facts->reported = row->reported != NULL && *row->reported != '\0' ? g_strdup (row->reported) : NULL;
  facts->authenticated = row->proof;
  kit_set_list (&facts->scope, row->scope != NULL ? row->scope : silent ? "" : "*");
  kit_set_list (&facts->except, row->except != NULL ? row->except : "");
  if ((row->more & NEGATED) != 0)
    kit_add_negated (facts);
  return facts;
}

static FilterConfig *
make_config (const Row *row)
{
  static char *domains[] = { (char *)"metrix.example", NULL }, *none[] = { NULL };
  FilterConfig *config = kit_config ();
  config->domains = (row->more & NO_DOMAINS) != 0 ? none : domains;
  config->trust_authentication_results = (row->more & TRUST) != 0;
  config->when = (row->more & AUTH_ONLY) != 0 ? FILTER_REPLY_AUTHENTICATED : FILTER_REPLY_AUTO;
  return config;
}

/* What the mail means for one more person. */
static void
check_beside (const Row *row, const FilterVerdict *beside)
{
  gboolean asks = beside != NULL && beside->asked != NULL;
  g_autofree char *asked = !asks           ? g_strdup ("")
                           : beside->reply ? g_strdup (beside->asked)
                                           : g_strconcat ("-", beside->asked, NULL);
  g_autofree char *who = beside != NULL && !asks ? kit_subjects (beside) : g_strdup ("");
  g_autofree char *scope = beside != NULL && !asks ? g_strjoinv (",", beside->scope) : g_strdup ("");
  g_autofree char *waiting = *who != '\0' ? g_strconcat (who, ":", scope, NULL) : g_strdup ("");
  kit_assert_is (asked, row->asked);
  kit_assert_is (waiting, row->waiting);
  if (asks)
    g_assert_cmpstr (filter_policy_notice (beside), ==, "ask");
  if (asks && beside->reply)
    g_assert_cmpstr (beside->reply_to, ==, beside->asked);
  if (beside != NULL && !asks)
    g_assert_cmpint (beside->act, ==, FILTER_ACT_REVIEW);
}

static void
check_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (ParserFacts) facts = make_facts (row);
  FilterConfig *config = make_config (row);
  const FilterMailbox mailbox = { .role = row->role };
  FilterHolder holders[G_N_ELEMENTS (row->tokens)];
  guint n = 0;
  for (; n < G_N_ELEMENTS (holders) && row->tokens[n].address != NULL; n++)
    holders[n] = (FilterHolder){ row->tokens[n].purpose, row->tokens[n].place, row->tokens[n].address,
                                 row->tokens[n].category, row->tokens[n].same };
  const FilterCase c = {
    .facts = facts,
    .config = config,
    .mailbox = &mailbox,
    .sender = row->sender == NULL              ? BOB
              : strcmp (row->sender, "?") != 0 ? row->sender
                                               : NULL,
    .sender_known = (row->more & SENDER_KNOWN) != 0,
    .from_known = (row->more & FROM_KNOWN) != 0,
    .named_is_writer = (row->more & NAMED_SAME) != 0,
    .holders = holders,
    .n_holders = n,
    .ends = (row->more & ENDS) != 0,
    .now = 1800000000,
  };
  g_autoptr (FilterVerdict) verdict = filter_policy_decide (&c);
  g_autofree char *subjects = kit_subjects (verdict);
  g_autofree char *covers = g_strjoinv (",", verdict->scope);
  g_autofree char *keeps = g_strjoinv (",", verdict->except);

  kit_assert_is (verdict->act_reason, row->reason);
  kit_assert_is (filter_act_name (verdict->act), row->act);
  kit_assert_is (subjects, row->subjects);
  kit_assert_is (covers, row->covers);
  kit_assert_is (keeps, row->keeps);
  check_beside (row, verdict->beside);
  kit_assert_is (parser_intent_name (verdict->intent), row->taken);
  kit_assert_is (verdict->reply_reason, row->to != NULL ? "ok" : row->reply);
  kit_assert_is (verdict->reply_to, row->to);
  kit_assert_is (filter_policy_notice (verdict), row->notice);
  if (row->proved != PARSER_PROOF_NONE)
    g_assert_cmpint (verdict->proof, ==, row->proved);
  g_assert_true (verdict->reply == (verdict->reply_to != NULL));
  kit_config_free (config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  kit_add_rows ("policy-who", rows, sizeof *rows, G_N_ELEMENTS (rows), check_row);
  return g_test_run ();
}
