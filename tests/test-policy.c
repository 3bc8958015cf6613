/* test-policy.c - both verdicts as one table of sentences: a mail, a mailbox, and what we do about it. */
#include "policy-kit.h"

#include <string.h>

#define ANN KIT_ANN

enum
{
  OWN_DOMAIN_TRUST = 1 << 0, /* trust-authentication-results = yes */
  OBSERVE = 1 << 1,
  NO_REPLY_FROM = 1 << 2,
  RECORD_QUESTIONS = 1 << 3,
  FROM_KNOWN = 1 << 4,
  SENDER_KNOWN = 1 << 5,
  ANSWERS = 1 << 6,         /* names a confirmation of ours to ANN, its MAC checked */
  ANSWERS_UNKNOWN = 1 << 7, /* names one that the ledger does not have */
  ANSWERS_BOB = 1 << 8,     /* names a confirmation of ours to somebody else */
  ANSWERS_PART = 1 << 9,    /* as ANSWERS, of an opt-out of one category */
  FOR_ANOTHER = 1 << 10,    /* third_person */
  NEGATED = 1 << 11,
  AUTH_ONLY = 1 << 12,    /* [reply] when = authenticated */
  NEVER = 1 << 13,        /* [reply] when = never */
  ENDS = 1 << 14,         /* the mail goes nowhere else */
  ANSWERS_CASE = 1 << 15, /* as ANSWERS, of a request for access */
  ANSWERS_IN = 1 << 16,   /* as ANSWERS, of an opt-in */
  LEAVER = 1 << 17        /* says that the address is given up */
};

typedef struct
{
  const char *name;
  /* the mail: from and sender are ANN and confidence is 90 unless given; "" for none */
  const char *from, *spelt, *sender;
  ParserKind kind;
  ParserIntent intent, request;
  guint marks, defects, confidence, more;
  const char *scope, *except, *named, *reported;
  ParserAnswer answer;
  const char *only; /* what STOP ONLY names */
  ParserProof proof;
  FilterRole role;
  /* what must come out; what is NULL is not looked at */
  const char *act, *reason, *reply, *taken, *besides, *covers, *keeps, *subject, *to;
  gboolean calls; /* of telephone and post too */
} Row;

#define PERSON PARSER_KIND_PERSON
#define OUT .intent = PARSER_INTENT_OPT_OUT
#define IN .intent = PARSER_INTENT_OPT_IN
#define BAD(name) .defects = PARSER_DEFECT_##name

/* clang-format off */
static const Row rows[] = {
  /* ---- channels ---- */
  { "a wish that is not of mail alone opens a case", OUT, MARK (EVERY_CHANNEL), RECORD ("clear-wish"), .taken = "opt-out", .calls = TRUE },
  { "a wish of mail is of mail alone", OUT, RECORD ("clear-wish"), .taken = "opt-out" },
  { "what a person must decide on first opens none yet", .intent = PARSER_INTENT_UNCLEAR, MARK (EVERY_CHANNEL), REVIEW ("unclear") },
  /* ---- machines ---- */
  { "our own mail come back is left alone", OUT, MARK (OWN_LOOP), NOTHING ("own-loop"), .reply = "own-loop" },
  { "our own mail come back is left alone also at the unsubscribe address", MARK (OWN_LOOP), UNSUBSCRIBE, NOTHING ("own-loop") },
  { "a mail that goes in circles is left alone", OUT, MARK (HOPS), NOTHING ("hops"), .reply = "hops" },
  { "an unscanned mail is kept for a person", .kind = PARSER_KIND_UNSCANNED, .from = "", REVIEW ("unscanned"), .reply = "unscanned", .subject = "" },
  { "an unscanned mail silences nobody although its envelope names somebody", .kind = PARSER_KIND_UNSCANNED, .from = "", .sender = ANN, UNSUBSCRIBE, REVIEW ("unscanned"), .subject = "" },
  { "an unproved complaint is reviewed and its address silent meanwhile", .kind = PARSER_KIND_COMPLAINT, .from = "fbl@provider.example", .reported = ANN, REVIEW ("complaint-unproved"), .reply = "automatic", .subject = ANN "/text" },
  { "a complaint never opts out the provider that forwards it", .kind = PARSER_KIND_COMPLAINT, .from = "fbl@provider.example", UNSUBSCRIBE, REVIEW ("complaint-unproved"), .subject = "" },
  { "a bounce that quotes our footer is no wish", .kind = PARSER_KIND_BOUNCE, OUT, .sender = "", NOTHING ("bounce"), .reply = "null-sender" },
  { "a bounce to the unsubscribe address is no wish", .kind = PARSER_KIND_BOUNCE, UNSUBSCRIBE, NOTHING ("bounce"), .reply = "automatic" },
  { "a read receipt is no wish", .kind = PARSER_KIND_RECEIPT, OUT, UNSUBSCRIBE, NOTHING ("receipt"), .reply = "automatic" },
  { "a newsletter of others with its own unsubscribe line is no wish", .kind = PARSER_KIND_LIST, OUT, NOTHING ("list-mail"), .reply = "list-mail" },
  { "a newsletter of others is no wish at the unsubscribe address", .kind = PARSER_KIND_LIST, OUT, UNSUBSCRIBE, NOTHING ("list-mail") },
  { "an out-of-office reply is no wish", .kind = PARSER_KIND_AUTO_REPLY, OUT, MARK (AUTO_SUBMITTED), NOTHING ("auto-reply"), .reply = "automatic" },
  { "an out-of-office reply is no wish at the unsubscribe address", .kind = PARSER_KIND_AUTO_REPLY, UNSUBSCRIBE, NOTHING ("auto-reply") },
  { "a leaver's notice is listed and no more", .kind = PARSER_KIND_AUTO_REPLY, .more = LEAVER, UNSUBSCRIBE, NOTHING ("leaver"), .reply = "automatic", .subject = "" },
  { "a leaver's notice of our own is not listed", .kind = PARSER_KIND_AUTO_REPLY, .from = "support@metrix.example", .more = LEAVER, NOTHING ("auto-reply") },
  { "a leaver's notice of a system address is not listed", .kind = PARSER_KIND_AUTO_REPLY, .from = "postmaster@example.org", .more = LEAVER, NOTHING ("auto-reply") },
  { "an out-of-office reply never undoes", .kind = PARSER_KIND_AUTO_REPLY, IN, .more = ANSWERS, PREFERENCES, NOTHING ("auto-reply") },

  /* ---- one tap ---- */
  { "a one-tap mail that says it is automatic is an opt-out and not answered", .kind = PARSER_KIND_AUTO_REPLY, .marks = PARSER_MARK_ONE_TAP | PARSER_MARK_AUTO_SUBMITTED, RECORD ("one-tap"), .reply = "automatic", .taken = "opt-out", .covers = "*", .subject = ANN "/from" },
  { "a one-tap mail without a word is an opt-out", MARK (ONE_TAP), RECORD ("one-tap"), .reply = "automatic", .taken = "opt-out" },
  { "a one-tap mail with two authors is reviewed", .from = "", MARK (ONE_TAP), BAD (MANY_FROM), REVIEW ("many-from"), .reply = "automatic" },

  /* ---- whose wish ---- */
  { "a wish of two authors is reviewed", .from = "", OUT, BAD (MANY_FROM), REVIEW ("many-from"), .reply = "many-from" },
  { "ordinary mail of two authors is ordinary mail", .from = "", BAD (MANY_FROM), NOTHING ("no-wish") },
  { "a mail of two authors to the unsubscribe address is reviewed", .from = "", BAD (MANY_FROM), UNSUBSCRIBE, REVIEW ("many-from") },
  { "a wish of nobody is reviewed", .from = "", .sender = "", OUT, REVIEW ("no-address"), .subject = "" },
  { "a wish without From is its envelope sender's", .from = "", .sender = ANN, OUT, BAD (NO_FROM), RECORD ("clear-wish"), .subject = ANN "/sender", .reply = "destination-unproved" },
  { "a wish out of an archive is of the address that From spells, and not answered", .from = "", .sender = "?", .spelt = ANN, OUT, BAD (NO_FROM), RECORD ("clear-wish"), .subject = ANN "/from", .reply = "destination-unproved" },
  { "an envelope sender counts before what From spells", .from = "", .sender = ANN, .spelt = "bob@example.net", OUT, BAD (NO_FROM), RECORD ("clear-wish"), .subject = ANN "/sender", .reply = "destination-unproved" },
  { "nobody undoes with an address that From spells", IN, .from = "", .sender = "?", .spelt = ANN, .more = ANSWERS, PREFERENCES, REVIEW ("undo-unproved"), .reply = "destination-unproved" },
  { "our own address spelt in an archive is reviewed", .from = "", .sender = "?", .spelt = "support@metrix.example", OUT, REVIEW ("own-address") },
  { "a customer's wish that a colleague forwards is reviewed", .from = "support@metrix.example", OUT, UNSUBSCRIBE, REVIEW ("own-address"), .reply = "own-address" },
  { "the writer is From", OUT, .sender = "bounces@forwarder.example", RECORD ("clear-wish"), .subject = ANN "/from" },
  { "the writer is a known envelope sender where From is unknown", OUT, .sender = "ann.work@example.com", .more = SENDER_KNOWN, RECORD ("clear-wish"), .subject = "ann.work@example.com/sender", .reply = "destination-unproved" },
  { "the writer is From where both are known", OUT, .sender = "ann.work@example.com", .more = SENDER_KNOWN | FROM_KNOWN, RECORD ("clear-wish"), .subject = ANN "/from" },
  { "an unknown address is recorded all the same", OUT, .from = "stranger@example.net", .sender = "stranger@example.net", RECORD ("clear-wish"), .subject = "stranger@example.net/from", .to = "stranger@example.net" },

  /* ---- mixed mailboxes ---- */
  { "ordinary mail is left alone", NOTHING ("no-wish"), .reply = "nothing-to-say", .covers = "", .subject = "" },
  { "ordinary mail to the newsletter mailbox is left alone", NEWSLETTER, NOTHING ("no-wish") },
  { "ordinary mail to the preferences mailbox is left alone", PREFERENCES, NOTHING ("no-wish") },
  { "ordinary mail that a limit cut short is left alone", BAD (PARTIAL), NOTHING ("no-wish"), .reply = "partial" },
  { "a clear wish is recorded and confirmed", OUT, RECORD ("clear-wish"), .reply = "ok", .taken = "opt-out", .covers = "*", .subject = ANN "/from", .to = ANN },
  { "a clear wish to the newsletter mailbox is recorded", OUT, NEWSLETTER, RECORD ("clear-wish"), .reply = "ok" },
  { "a clear wish to the preferences mailbox is recorded", OUT, PREFERENCES, RECORD ("clear-wish"), .reply = "ok" },
  { "a wish with 60 in 100 is clear", OUT, .confidence = 60, RECORD ("clear-wish") },
  { "a wish with 59 in 100 is reviewed", OUT, .confidence = 59, REVIEW ("unsure"), .reply = "ok" },
  { "a wish with 30 in 100 is reviewed", OUT, .confidence = 30, REVIEW ("unsure") },
  { "a wish with 29 in 100 is none", OUT, .confidence = 29, NOTHING ("no-wish"), .reply = "nothing-to-say" },
  { "a wish in doubtful words is reviewed", OUT, MARK (DOUBTFUL), REVIEW ("doubtful") },
  { "an unclear wish is reviewed with all marketing silent", .intent = PARSER_INTENT_UNCLEAR, REVIEW ("unclear"), .covers = "*", .subject = ANN "/from", .reply = "ok" },
  { "an unclear wish is reviewed however faint", .intent = PARSER_INTENT_UNCLEAR, .confidence = 10, REVIEW ("unclear") },
  { "a wish for somebody else is reviewed for that address", OUT, .more = FOR_ANOTHER, .named = "mother@example.org", REVIEW ("third-person"), .subject = "mother@example.org/text" },
  { "a wish for somebody without an address is reviewed for the writer", OUT, .more = FOR_ANOTHER, REVIEW ("third-person"), .subject = ANN "/from" },
  { "a wish that names another address is reviewed for that one", OUT, .named = "ann.old@example.com", REVIEW ("third-person"), .subject = "ann.old@example.com/text" },
  { "alternatives that disagree are reviewed", OUT, BAD (DISAGREE), REVIEW ("alternatives-disagree") },
  { "a clear wish in a mail that a limit cut short is recorded and not answered", OUT, BAD (PARTIAL), RECORD ("clear-wish"), .reply = "partial" },
  { "an unsure wish in a mail that a limit cut short is reviewed", OUT, BAD (PARTIAL), .confidence = 50, REVIEW ("unsure"), .reply = "partial" },
  { "a question is reviewed", .intent = PARSER_INTENT_QUESTION, REVIEW ("question"), .taken = "question", .covers = "*", .reply = "ok" },
  { "a question is an opt-out where the configuration says so", .intent = PARSER_INTENT_QUESTION, .more = RECORD_QUESTIONS, RECORD ("question"), .taken = "opt-out", .covers = "*" },
  { "an unsure question is reviewed even then", .intent = PARSER_INTENT_QUESTION, .confidence = 50, .more = RECORD_QUESTIONS, REVIEW ("question") },
  { "an encrypted mail is reviewed", MARK (ENCRYPTED), REVIEW ("encrypted") },
  { "look-alike letters do not veto a clear wish", OUT, BAD (LOOK_ALIKES), RECORD ("clear-wish") },
  { "a spam flag does not veto a clear wish but its answer", OUT, MARK (SPAM), RECORD ("clear-wish"), .reply = "spam-flagged" },
  { "a forged author does not veto a clear wish but its answer", OUT, .sender = "spammer@evil.example", .more = OWN_DOMAIN_TRUST, RECORD ("clear-wish"), .reply = "destination-unproved" },

  /* ---- where the road ends ---- */
  { "ordinary mail that goes nowhere else is held and silences nobody", .more = ENDS, PREFERENCES, REVIEW ("no-wish"), .reply = "nothing-to-say", .covers = "", .subject = "" },
  { "a machine's mail that goes nowhere else is held and silences nobody", .kind = PARSER_KIND_AUTO_REPLY, .more = ENDS, UNSUBSCRIBE, REVIEW ("auto-reply"), .reply = "automatic", .subject = "" },
  { "a wish that goes nowhere else is recorded as any", OUT, .more = ENDS, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .reply = "ok" },

  /* ---- requests ---- */
  { "an erasure implies the opt-out", .intent = PARSER_INTENT_ERASURE, RECORD ("clear-wish"), .taken = "erasure", .covers = "*" },
  { "an unsure erasure is reviewed", .intent = PARSER_INTENT_ERASURE, .confidence = 45, REVIEW ("unsure"), .covers = "*" },
  { "a request for access is a case and stops nothing", .intent = PARSER_INTENT_ACCESS, RECORD ("request"), .taken = "access", .covers = "", .reply = "ok", .subject = ANN "/from" },
  { "a correction is a case and stops nothing", .intent = PARSER_INTENT_CORRECTION, RECORD ("request"), .covers = "" },
  { "a wish not to be handed on is recorded and stops nothing", .intent = PARSER_INTENT_NO_SHARING, RECORD ("request"), .covers = "" },
  { "an opt-out with a request is both", OUT, .request = PARSER_INTENT_ACCESS, RECORD ("clear-wish"), .taken = "opt-out", .besides = "access", .covers = "*", .reply = "ok" },
  { "an erasure with a request is both", .intent = PARSER_INTENT_ERASURE, .request = PARSER_INTENT_ACCESS, RECORD ("clear-wish"), .taken = "erasure", .besides = "access", .covers = "*" },
  { "a wish not to be handed on with a request is both", .intent = PARSER_INTENT_NO_SHARING, .request = PARSER_INTENT_ACCESS, RECORD ("request"), .taken = "no-sharing", .besides = "access", .covers = "" },
  { "an opt-out with a request to the unsubscribe address is both", OUT, .request = PARSER_INTENT_NO_SHARING, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .taken = "opt-out", .besides = "no-sharing", .covers = "*" },
  { "what is asked beside an unsure wish waits with it", OUT, .request = PARSER_INTENT_ACCESS, .confidence = 50, REVIEW ("unsure"), .besides = "none", .covers = "*" },
  { "a request for access to the unsubscribe address is both", .intent = PARSER_INTENT_ACCESS, UNSUBSCRIBE, RECORD ("request"), .taken = "access", .covers = "*" },
  { "an unsure request to the unsubscribe address is an opt-out", .intent = PARSER_INTENT_ACCESS, .confidence = 40, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .taken = "opt-out" },

  /* ---- the unsubscribe address ---- */
  { "an empty mail to the unsubscribe address is an opt-out", MARK (EMPTY_BODY), UNSUBSCRIBE, .confidence = 1, RECORD ("unsubscribe-mailbox"), .taken = "opt-out", .covers = "*", .reply = "ok" },
  { "any words to the unsubscribe address are an opt-out", UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .taken = "opt-out" },
  { "a question to the unsubscribe address is an opt-out", .intent = PARSER_INTENT_QUESTION, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .taken = "opt-out" },
  { "an unclear mail to the unsubscribe address is an opt-out", .intent = PARSER_INTENT_UNCLEAR, UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .taken = "opt-out" },
  { "a doubtful mail to the unsubscribe address is an opt-out", OUT, MARK (DOUBTFUL), UNSUBSCRIBE, RECORD ("unsubscribe-mailbox") },
  { "a huge mail to the unsubscribe address is an opt-out", BAD (PARTIAL), UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .reply = "partial" },
  { "an encrypted mail to the unsubscribe address is an opt-out", MARK (ENCRYPTED), UNSUBSCRIBE, RECORD ("unsubscribe-mailbox") },
  { "a category named to the unsubscribe address is the scope", OUT, .scope = "offers", UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .covers = "offers" },
  { "an essential category named to the unsubscribe address is all marketing", OUT, .scope = "notices", UNSUBSCRIBE, RECORD ("unsubscribe-mailbox"), .covers = "*" },
  { "a mail that says do not unsubscribe me is reviewed there", .more = NEGATED, UNSUBSCRIBE, REVIEW ("negated") },
  { "a negated wish elsewhere is ordinary mail", .more = NEGATED, NOTHING ("no-wish") },
  { "an opt-in at the unsubscribe address is reviewed", IN, UNSUBSCRIBE, REVIEW ("opt-in-unproved") },

  /* ---- the words that our confirmations ask for ---- */
  { "UNDO takes back what was stopped, whatever language it is in", .answer = PARSER_ANSWER_UNDO, .more = ANSWERS, RECORD ("undo"), .taken = "opt-in", .covers = "*", .reply = "ok" },
  { "UNDO takes back a part", .answer = PARSER_ANSWER_UNDO, .more = ANSWERS_PART, RECORD ("undo"), .covers = "offers" },
  { "UNDO of an opt-in is for a person to read", .answer = PARSER_ANSWER_UNDO, .more = ANSWERS_IN, REVIEW ("undo-unproved") },
  { "STOP ONLY stops what it names", .answer = PARSER_ANSWER_ONLY, .only = "offers", .more = ANSWERS, RECORD ("only"), .taken = "opt-out", .covers = "offers", .reply = "ok" },
  { "STOP ONLY of nothing that is known is for a person to read", .answer = PARSER_ANSWER_ONLY, .more = ANSWERS, REVIEW ("only-unknown"), .covers = "*" },
  { "STOP ONLY of what must go out is for a person to read", .answer = PARSER_ANSWER_ONLY, .only = "notices", .more = ANSWERS, REVIEW ("essential-only"), .covers = "notices" },
  { "STOP ALL stops all, after a part", .answer = PARSER_ANSWER_ALL, .more = ANSWERS_PART, RECORD ("all"), .taken = "opt-out", .covers = "*", .reply = "ok" },
  { "UNSUBSCRIBE takes back an opt-in", .answer = PARSER_ANSWER_STOP, .more = ANSWERS_IN, RECORD ("changed-mind"), .taken = "opt-out", .covers = "*" },
  { "YES, ERASE MY DATA without a case is a request", .answer = PARSER_ANSWER_ERASE, .more = ANSWERS, RECORD ("request"), .taken = "erasure", .covers = "*" },
  { "no answer is a machine's", .answer = PARSER_ANSWER_UNDO, .kind = PARSER_KIND_AUTO_REPLY, .more = ANSWERS, NOTHING ("auto-reply") },
  { "no answer comes with Auto-Submitted", .answer = PARSER_ANSWER_UNDO, MARK (AUTO_SUBMITTED), .more = ANSWERS, NOTHING ("no-wish") },
  { "no answer comes from the null sender", .answer = PARSER_ANSWER_UNDO, .sender = "", .more = ANSWERS, NOTHING ("no-wish") },
  { "an answer in doubt is for a person to read", .answer = PARSER_ANSWER_ONLY, .only = "offers", MARK (DOUBTFUL), .more = ANSWERS, REVIEW ("doubtful"), .taken = "opt-out", .covers = "*" },
  { "an UNDO in doubt is for a person to read", .answer = PARSER_ANSWER_UNDO, MARK (DOUBTFUL), .more = ANSWERS, REVIEW ("doubtful"), .taken = "opt-in", .covers = "*" },
  { "no answer is somebody else's", .answer = PARSER_ANSWER_UNDO, .more = ANSWERS_BOB, NOTHING ("no-wish") },
  { "no answer answers nothing", .answer = PARSER_ANSWER_UNDO, NOTHING ("no-wish") },

  /* ---- the way back ---- */
  { "an answer to our confirmation undoes", IN, .more = ANSWERS, PREFERENCES, RECORD ("undo"), .taken = "opt-in", .covers = "*", .reply = "ok", .subject = ANN "/from" },
  { "an answer to our confirmation undoes at any mailbox", IN, .more = ANSWERS, UNSUBSCRIBE, RECORD ("undo") },
  { "an undo brings back what was stopped", IN, .scope = "*", .more = ANSWERS_PART, PREFERENCES, RECORD ("undo"), .covers = "offers" },
  { "an undo that names a category brings back that one", IN, .scope = "updates", .more = ANSWERS, PREFERENCES, RECORD ("undo"), .covers = "updates" },
  { "an undo is answered although its envelope is somebody's else", IN, .sender = "srs0=x@forwarder.example", .more = ANSWERS, PREFERENCES, RECORD ("undo"), .reply = "ok", .to = ANN },
  { "an answer to what we wrote about a request undoes nothing", IN, .more = ANSWERS_CASE, PREFERENCES, REVIEW ("undo-unproved") },
  { "an undo of an opt-in is no opt-in", IN, .more = ANSWERS_IN, PREFERENCES, REVIEW ("undo-unproved") },
  { "an answer from another address does not undo", IN, .more = ANSWERS_BOB, PREFERENCES, REVIEW ("undo-unproved") },
  { "an answer to a confirmation that the ledger does not have does not undo", IN, .more = ANSWERS_UNKNOWN, PREFERENCES, REVIEW ("undo-unproved") },
  { "our own word UNDO quoted in doubt does not undo", IN, MARK (DOUBTFUL), .more = ANSWERS, PREFERENCES, REVIEW ("undo-unproved") },
  { "an answer to our confirmation that asks nothing is ordinary mail", .more = ANSWERS, PREFERENCES, NOTHING ("no-wish") },
  { "an answer to our confirmation that opts out again is an opt-out", OUT, .more = ANSWERS, PREFERENCES, RECORD ("clear-wish") },
  { "an opt-in without proof is reviewed", IN, PREFERENCES, REVIEW ("opt-in-unproved"), .reply = "ok" },
  { "an opt-in of a stranger is for the people who read the mailbox", IN, NOTHING ("opt-in-unproved"), .reply = "nothing-to-say", .covers = "", .subject = "" },
  { "an opt-in of a stranger is left to people also at the newsletter mailbox", IN, NEWSLETTER, NOTHING ("opt-in-unproved") },
  { "an opt-in of somebody whom the ledger knows is reviewed", IN, .more = FROM_KNOWN, REVIEW ("opt-in-unproved"), .reply = "ok" },
  { "an opt-in of a stranger that goes nowhere else is held", IN, .more = ENDS, REVIEW ("opt-in-unproved"), .reply = "nothing-to-say", .covers = "", .subject = "" },
  { "an opt-in of an authenticated author is recorded", IN, .proof = PARSER_PROOF_DKIM, RECORD ("opt-in"), .taken = "opt-in" },
  { "an authenticated author does not opt in a known envelope sender", IN, .sender = "bob@example.net", .more = SENDER_KNOWN, .proof = PARSER_PROOF_DMARC, REVIEW ("opt-in-unproved"), .reply = "destination-unproved", .subject = "bob@example.net/sender" },
  { "an authenticated author is not told about a known envelope sender", OUT, .sender = "bob@example.net", .more = SENDER_KNOWN, .proof = PARSER_PROOF_DMARC, RECORD ("clear-wish"), .reply = "destination-unproved", .subject = "bob@example.net/sender" },
  { "an answer to our confirmation does not undo for a known envelope sender", IN, .sender = "bob@example.net", .more = SENDER_KNOWN | ANSWERS, PREFERENCES, REVIEW ("undo-unproved"), .subject = "bob@example.net/sender" },
  { "an unsure opt-in among people's mail is none, which leaves all as it is", IN, .proof = PARSER_PROOF_DMARC, .confidence = 59, NOTHING ("no-wish") },
  { "an unsure opt-in at the preferences mailbox is reviewed", IN, .confidence = 50, PREFERENCES, REVIEW ("opt-in-unproved") },
  { "an unsure opt-in at the unsubscribe address is reviewed", IN, .confidence = 50, UNSUBSCRIBE, REVIEW ("opt-in-unproved") },
  { "an opt-in in a mail that a limit cut short is no proved one", IN, .more = FROM_KNOWN, .proof = PARSER_PROOF_DMARC, BAD (PARTIAL), REVIEW ("opt-in-unproved") },

  { "an opt-in in one alternative alone is reviewed", IN, .more = ANSWERS, BAD (DISAGREE), REVIEW ("alternatives-disagree") },

  /* ---- scope ---- */
  { "a named category is the scope", OUT, .scope = "offers", RECORD ("clear-wish"), .covers = "offers" },
  { "two named categories are the scope", OUT, .scope = "offers,updates", RECORD ("clear-wish"), .covers = "offers,updates" },
  { "a category that is not configured is all marketing", OUT, .scope = "weekly", RECORD ("clear-wish"), .covers = "*" },
  { "all and a category are all", OUT, .scope = "*,offers", RECORD ("clear-wish"), .covers = "*" },
  { "a category that is kept is kept", OUT, .scope = "*", .except = "updates", RECORD ("clear-wish"), .covers = "*", .keeps = "updates" },
  { "an essential category beside another is left out", OUT, .scope = "offers,notices", RECORD ("clear-wish"), .covers = "offers" },
  { "an essential category alone is reviewed and silences no marketing", OUT, .scope = "notices", REVIEW ("essential-only"), .covers = "notices", .reply = "ok" },
  { "an essential category kept need not be named", OUT, .scope = "*", .except = "notices", RECORD ("clear-wish"), .keeps = "" },

  /* ---- replies ---- */
  { "the null sender is not answered", OUT, .sender = "", RECORD ("clear-wish"), .reply = "null-sender" },
  { "a null return path is not answered", OUT, MARK (NULL_SENDER), RECORD ("clear-wish"), .reply = "null-sender" },
  { "a mail that says it is automatic is not answered", OUT, MARK (AUTO_SUBMITTED), RECORD ("clear-wish"), .reply = "automatic" },
  { "a mail with list fields is not answered", OUT, MARK (LIST_FIELDS), RECORD ("clear-wish"), .reply = "list-mail" },
  { "a mail of bulk precedence is not answered", OUT, MARK (BULK), RECORD ("clear-wish"), .reply = "list-mail" },
  { "a system address is not answered", OUT, .from = "noreply@example.org", .sender = "noreply@example.org", RECORD ("clear-wish"), .reply = "system-address" },
  { "a system address in the envelope is not answered", OUT, .sender = "owner-people@example.org", RECORD ("clear-wish"), .reply = "system-address" },
  { "our own address in the envelope is not answered", OUT, .sender = "preferences@metrix.example", RECORD ("clear-wish"), .reply = "own-address" },
  { "who asks for no automatic reply gets none", OUT, MARK (SUPPRESS), RECORD ("clear-wish"), .reply = "suppress" },
  { "From is answered where the envelope sender is the same", OUT, RECORD ("clear-wish"), .to = ANN },
  { "From is answered where the envelope sender is the same under BATV", OUT, .sender = "prvs=0123456789=ann@example.org", RECORD ("clear-wish"), .to = ANN },
  { "From is not answered where the envelope sender is another", OUT, .sender = "bob@example.net", RECORD ("clear-wish"), .reply = "destination-unproved" },
  { "an authenticated From is answered whatever the envelope", OUT, .sender = "ann.reed@mailer.example", .proof = PARSER_PROOF_DKIM, RECORD ("clear-wish"), .reply = "ok", .to = ANN },
  { "an unknown envelope sender proves nothing", OUT, .sender = "?", RECORD ("clear-wish"), .reply = "destination-unproved" },
  { "an address that looks like an option is recorded and not answered", OUT, .from = "-oq/tmp@example.org", .sender = "-oq/tmp@example.org", RECORD ("clear-wish"), .subject = "-oq/tmp@example.org/from", .reply = "odd-destination" },
  { "an address of several words is recorded and not answered", OUT, .from = "a b@example.org", .sender = "a b@example.org", RECORD ("clear-wish"), .reply = "odd-destination" },
  { "an address with a bracket is recorded and not answered", OUT, .from = "a>b@example.org", .sender = "a>b@example.org", RECORD ("clear-wish"), .reply = "odd-destination" },
  { "an address beyond ASCII is recorded and not answered", OUT, .from = "josé@example.org", .sender = "josé@example.org", RECORD ("clear-wish"), .reply = "eai-destination" },
  { "where authentication is trusted an unauthenticated author is recorded in silence", OUT, .more = OWN_DOMAIN_TRUST, RECORD ("clear-wish"), .reply = "unauthenticated" },
  { "where authentication is trusted an authenticated author is answered", OUT, .more = OWN_DOMAIN_TRUST, .proof = PARSER_PROOF_SPF, RECORD ("clear-wish"), .reply = "ok" },
  { "where authentication is trusted an undo by our token is answered", IN, .more = OWN_DOMAIN_TRUST | ANSWERS, RECORD ("undo"), .reply = "ok" },
  { "only authenticated authors are answered where the configuration says so", OUT, .more = AUTH_ONLY, RECORD ("clear-wish"), .reply = "unauthenticated" },
  { "nobody is answered where the configuration says so", OUT, .more = NEVER, RECORD ("clear-wish"), .reply = "replies-off" },
  { "nobody is answered without an address to answer from", OUT, .more = NO_REPLY_FROM, RECORD ("clear-wish"), .reply = "no-reply-address" },
  { "nobody is answered while we only observe", OUT, .more = OBSERVE, RECORD ("clear-wish"), .reply = "observe" },
};
/* clang-format on */

static FilterConfig *
make_config (guint more)
{
  FilterConfig *config = kit_config ();
  config->reply_from = (more & NO_REPLY_FROM) != 0 ? NULL : config->reply_from;
  config->observe = (more & OBSERVE) != 0;
  config->record_questions = (more & RECORD_QUESTIONS) != 0;
  config->trust_authentication_results = (more & OWN_DOMAIN_TRUST) != 0;
  config->when = (more & NEVER) != 0       ? FILTER_REPLY_NEVER
                 : (more & AUTH_ONLY) != 0 ? FILTER_REPLY_AUTHENTICATED
                                           : FILTER_REPLY_AUTO;
  return config;
}

static ParserFacts *
make_facts (const Row *row)
{
  ParserFacts *facts = parser_facts_new ();
  facts->kind = row->kind;
  facts->intent = row->intent;
  facts->request = row->request;
  facts->marks = row->marks;
  facts->defects = row->defects;
  facts->confidence = row->confidence != 0 ? row->confidence : 90;
  facts->from = row->from == NULL ? g_strdup (ANN) : *row->from != '\0' ? g_strdup (row->from) : NULL;
  facts->from_spelt = g_strdup (row->spelt);
  facts->named_address = g_strdup (row->named);
  facts->reported = g_strdup (row->reported);
  facts->leaver = (row->more & LEAVER) != 0;
  facts->answer = row->answer;
  kit_set_list (&facts->answer_scope, row->only != NULL ? row->only : "");
  facts->third_person = (row->more & FOR_ANOTHER) != 0;
  facts->authenticated = row->proof;
  kit_set_list (&facts->scope, row->scope != NULL                  ? row->scope
                               : row->intent != PARSER_INTENT_NONE ? "*"
                                                                   : "");
  kit_set_list (&facts->except, row->except != NULL ? row->except : "");
  if ((row->more & NEGATED) != 0)
    kit_add_negated (facts);
  return facts;
}

static void
assert_matches (const Row *row, const FilterVerdict *verdict)
{
  g_autofree char *covers = g_strjoinv (",", verdict->scope);
  g_autofree char *keeps = g_strjoinv (",", verdict->except);
  g_autofree char *subject = kit_subjects (verdict);
  g_assert_cmpstr (filter_act_name (verdict->act), ==, row->act);
  g_assert_cmpstr (verdict->act_reason, ==, row->reason);
  kit_assert_is (verdict->reply_reason, row->reply);
  kit_assert_is (parser_intent_name (verdict->intent), row->taken);
  kit_assert_is (parser_intent_name (verdict->request), row->besides);
  kit_assert_is (covers, row->covers);
  kit_assert_is (keeps, row->keeps);
  kit_assert_is (subject, row->subject);
  kit_assert_is (verdict->reply_to, row->to);
  g_assert_cmpint (verdict->reply, ==, strcmp (verdict->reply_reason, "ok") == 0);
  g_assert_cmpint (verdict->reply_to != NULL, ==, verdict->reply);
  g_assert_cmpuint (verdict->subjects->len, <=, 1);
  g_assert_cmpint (verdict->every_channel, ==, row->calls);
}

static void
decides (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (ParserFacts) facts = make_facts (row);
  g_autoptr (StoreEvent) answered = store_event_new ();
  answered->address = g_strdup ((row->more & ANSWERS_BOB) != 0 ? "bob@example.net" : ANN);
  answered->scope = g_strsplit ((row->more & ANSWERS_CASE) != 0   ? ""
                                : (row->more & ANSWERS_PART) != 0 ? "offers"
                                                                  : STORE_EVERY,
                                ",", -1);
  answered->action = (row->more & ANSWERS_CASE) != 0 ? STORE_ACTION_ACCESS
                     : (row->more & ANSWERS_IN) != 0 ? STORE_ACTION_OPT_IN
                                                     : STORE_ACTION_OPT_OUT;
  FilterConfig *config = make_config (row->more);
  FilterMailbox mailbox = { .address = (char *)"box@metrix.example", .role = row->role };
  const guint answers = ANSWERS | ANSWERS_BOB | ANSWERS_PART | ANSWERS_CASE | ANSWERS_IN;
  const FilterCase c = {
    .facts = facts,
    .config = config,
    .mailbox = row->role == FILTER_ROLE_MIXED ? NULL : &mailbox,
    .sender = row->sender == NULL              ? ANN
              : strcmp (row->sender, "?") == 0 ? NULL
                                               : row->sender,
    .sender_known = (row->more & SENDER_KNOWN) != 0,
    .from_known = (row->more & FROM_KNOWN) != 0,
    .answered = (row->more & answers) != 0 ? answered : NULL,
    .answered_asked = (row->more & (answers | ANSWERS_UNKNOWN)) != 0,
    .ends = (row->more & ENDS) != 0,
    .now = 1795255200,
  };
  g_autoptr (FilterVerdict) verdict = filter_policy_decide (&c);
  assert_matches (row, verdict);
  g_assert_cmpint (filter_policy_needs_store (verdict), ==,
                   strcmp (row->act, "none") != 0 || strcmp (row->reason, "opt-in-unproved") == 0
                       || strcmp (row->reason, "leaver") == 0);
  g_assert_cmpstr (verdict->left, ==, strcmp (row->reason, "leaver") == 0 ? facts->from : NULL);
  kit_config_free (config);
}

/* ---- what the ledger gets ---- */

static void
records_the_opt_out_beside_the_case (void)
{
  static const struct
  {
    FilterAct act;
    ParserIntent intent;
    const char *scope, *want;
    gboolean every_channel;
    ParserIntent request;
  } cases[] = {
    { FILTER_ACT_NONE, PARSER_INTENT_NONE, "", "", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_NONE, PARSER_INTENT_OPT_OUT, "", "", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_REVIEW, PARSER_INTENT_ERASURE, "*", "hold ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT, "*", "opt-out ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT, "*", "opt-out no-contact ", TRUE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_OPT_IN, "*", "opt-in ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_ERASURE, "*", "opt-out erasure ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_ACCESS, "", "access ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_ACCESS, "*", "opt-out access ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_CORRECTION, "", "correction ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_NO_SHARING, "", "no-sharing ", FALSE, PARSER_INTENT_NONE },
    { FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT, "*", "opt-out correction no-contact ", TRUE,
      PARSER_INTENT_CORRECTION },
    { FILTER_ACT_RECORD, PARSER_INTENT_ERASURE, "*", "opt-out erasure access ", FALSE, PARSER_INTENT_ACCESS },
    { FILTER_ACT_RECORD, PARSER_INTENT_NO_SHARING, "", "access no-sharing ", FALSE, PARSER_INTENT_ACCESS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FilterVerdict) verdict = filter_verdict_new ();
      verdict->act = cases[i].act;
      verdict->intent = cases[i].intent;
      verdict->request = cases[i].request;
      verdict->every_channel = cases[i].every_channel;
      kit_set_list (&verdict->scope, cases[i].scope);
      StoreAction actions[FILTER_ACTIONS];
      guint n = filter_policy_actions (verdict, actions);
      g_autoptr (GString) got = g_string_new (NULL);
      for (guint a = 0; a < n; a++)
        g_string_append_printf (got, "%s ", store_action_name (actions[a]));
      g_assert_cmpstr (got->str, ==, cases[i].want);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kit_add_rows ("policy", rows, sizeof *rows, G_N_ELEMENTS (rows), decides);
  g_test_add_func ("/policy/records-the-opt-out-beside-the-case", records_the_opt_out_beside_the_case);
  return g_test_run ();
}
