/* parser.h - the only door of the room: what a mail says, and how a mail is written.
 *
 * Bad mail is data here, never an error: parser_read() cannot fail. The room reads no file, environment or clock,
 * prints and logs nothing, and names no store. Every GPtrArray and string of a ParserFacts belongs to it. */
#ifndef PARSER_H
#define PARSER_H

#include <glib.h>

#include "parser-reply.h"

G_BEGIN_DECLS

/* ---- limits (R42, R18, H1-H10). Over a limit the mail is read up to it and PARSER_DEFECT_PARTIAL is set. ---- */
#define PARSER_MAX_NESTING 100
#define PARSER_MAX_PARTS 10000
#define PARSER_MAX_DASH_LINES 20000
#define PARSER_MAX_HEADER_BLOCK (1024 * 1024)
#define PARSER_MAX_HEADER (64 * 1024)
#define PARSER_MAX_HEADERS 2000
#define PARSER_MAX_ADDRESS_COLONS 1000
#define PARSER_MAX_PARAMETERS 200
#define PARSER_MAX_BOUNDARY 2048
#define PARSER_MAX_TEXT (1024 * 1024)    /* decoded text looked at, octets, all parts together */
#define PARSER_MAX_QUOTED_WORDS 200      /* characters of the mail's own words kept in a hit (R120) */
#define PARSER_MAX_HITS 200              /* evidence and ignored each; more are dropped */
#define PARSER_MAX_SEGMENTS 2000
#define PARSER_MAX_REFERENCES 100        /* message-ids kept of References: the first and the last ones (R68) */
#define PARSER_MAX_HOPS 50               /* Received fields (R20) */
#define PARSER_MAX_TOKENS 16             /* candidates kept, those of the strongest place first */

/* ---- what a mail is ---- */

typedef enum
{
  PARSER_KIND_PERSON,
  PARSER_KIND_AUTO_REPLY,
  PARSER_KIND_BOUNCE,
  PARSER_KIND_RECEIPT,
  PARSER_KIND_COMPLAINT,
  PARSER_KIND_LIST,
  PARSER_KIND_UNSCANNED /* the child died of it, or nothing of it can be read (R19) */
} ParserKind;

typedef enum
{
  PARSER_INTENT_NONE,
  PARSER_INTENT_OPT_OUT,
  PARSER_INTENT_OPT_IN, /* also "undo" in answer to a confirmation */
  PARSER_INTENT_ERASURE, /* implies the opt-out */
  PARSER_INTENT_ACCESS,
  PARSER_INTENT_CORRECTION,
  PARSER_INTENT_NO_SHARING,
  PARSER_INTENT_QUESTION, /* "how do I get off this list?" */
  PARSER_INTENT_UNCLEAR   /* a wish that needs a person: a condition, a third party, two readings */
} ParserIntent;

typedef enum
{
  PARSER_SEGMENT_NEW, /* the writer's own words: the only place where evidence comes from */
  PARSER_SEGMENT_QUOTATION,
  PARSER_SEGMENT_ATTRIBUTION,
  PARSER_SEGMENT_HEADER_BLOCK, /* From: Sent: To: Subject: of a quoted mail */
  PARSER_SEGMENT_FORWARD,
  PARSER_SEGMENT_SIGNATURE,
  PARSER_SEGMENT_FOOTER, /* of a list or newsletter, or one of the operator's own texts */
  PARSER_SEGMENT_DISCLAIMER,
  PARSER_SEGMENT_BANNER /* "Sent from my iPhone", "[External mail]" */
} ParserSegmentKind;

/* How sure we are who wrote it (R53); ordered, weakest first. PARSER_PROOF_TOKEN is set by the engine alone. */
typedef enum
{
  PARSER_PROOF_NONE,
  PARSER_PROOF_SPF,
  PARSER_PROOF_DKIM,
  PARSER_PROOF_DMARC,
  PARSER_PROOF_TOKEN
} ParserProof;

/* Where a token of ours stands in a mail, strongest first (R55). The first is the engine's to see: the address that the
 * mail server says it came for. */
typedef enum
{
  PARSER_IN_RECIPIENT,
  PARSER_IN_SUBJECT,    /* of a mail of its own, no "Re:" or "Fwd:": somebody used a mailto: of ours */
  PARSER_IN_TEXT,       /* the writer's own words */
  PARSER_IN_REFERENCES, /* In-Reply-To, References, the subject of an answer */
  PARSER_IN_QUOTED,     /* a quotation, a header block, a forward, a footer */
  PARSER_IN_ENCLOSED    /* the mail that a bounce or a complaint is about, or that is forwarded as a whole */
} ParserTokenPlace;

/* What looks like a token of ours; nobody has looked at its MAC yet. */
typedef struct
{
  char *text; /* as parser_token_read() takes it */
  ParserTokenPlace place;
} ParserFound;

/* What our confirmations ask for, as the first words of an answer (ParserOptions.answers). */
typedef enum
{
  PARSER_ANSWER_NONE,
  PARSER_ANSWER_UNDO,
  PARSER_ANSWER_ONLY,  /* only these categories were meant: answer_scope */
  PARSER_ANSWER_ALL,   /* all of it was meant */
  PARSER_ANSWER_ERASE, /* it was the person who asked for the erasure */
  PARSER_ANSWER_STOP   /* "unsubscribe", where a confirmation asks for that word */
} ParserAnswer;

/* What the header proves, as bits of ParserFacts.marks. */
typedef enum
{
  PARSER_MARK_AUTO_SUBMITTED = 1 << 0, /* Auto-Submitted present with a value other than "no" (R59) */
  PARSER_MARK_ONE_TAP = 1 << 1,        /* a mail client's unsubscribe button wrote it (DETECTION section 10) */
  PARSER_MARK_LIST_FIELDS = 1 << 2,    /* any List-* field (R60), less the groups of ParserOptions.own_list_ids */
  PARSER_MARK_BULK = 1 << 3,           /* Precedence: bulk, list or junk (R60) */
  PARSER_MARK_SUPPRESS = 1 << 4,       /* X-Auto-Response-Suppress asks for no automatic reply: bars a reply, nothing else */
  PARSER_MARK_SPAM = 1 << 5,           /* X-Spam-Flag: YES, X-Spam: yes and the like (R72) */
  PARSER_MARK_OWN_LOOP = 1 << 6,       /* carries our X-Loop, or is a mail of ours come back (R20) */
  PARSER_MARK_HOPS = 1 << 7,           /* more than PARSER_MAX_HOPS Received fields (R20) */
  PARSER_MARK_NULL_SENDER = 1 << 8,    /* top Return-Path is <> */
  PARSER_MARK_EMPTY_BODY = 1 << 9,     /* no new text at all in the body */
  PARSER_MARK_ENCRYPTED = 1 << 10,     /* nothing but an encrypted part (H49) */
  PARSER_MARK_DOUBTFUL = 1 << 11,      /* the evidence stands in a doubtful segment, or two readings are close */
  PARSER_MARK_EVERY_CHANNEL = 1 << 12, /* the wish is not of mail alone: "do not contact me" */
  PARSER_MARK_EVERYTHING = 1 << 13     /* the wish says aloud that all mail is meant */
} ParserMark;

/* What is wrong with a mail, as bits of ParserFacts.defects; names in parser_defect_names(). */
typedef enum
{
  PARSER_DEFECT_PARTIAL = 1 << 0,          /* a limit was met: "partial" */
  PARSER_DEFECT_NO_HEADER = 1 << 1,        /* "no-header" */
  PARSER_DEFECT_NO_FROM = 1 << 2,          /* "no-from" */
  PARSER_DEFECT_MANY_FROM = 1 << 3,        /* several authors or From fields (R35): "many-from" */
  PARSER_DEFECT_MANY_SUBJECT = 1 << 4,     /* "many-subject" */
  PARSER_DEFECT_MANY_CONTENT_TYPE = 1 << 5, /* "many-content-type" */
  PARSER_DEFECT_BAD_HEADER = 1 << 6,       /* non-header line in the header (R34): "bad-header" */
  PARSER_DEFECT_NUL = 1 << 7,              /* "nul" */
  PARSER_DEFECT_BAD_BOUNDARY = 1 << 8,     /* multipart without boundary or close (R41): "bad-boundary" */
  PARSER_DEFECT_BAD_ENCODING = 1 << 9,     /* transfer encoding broken, unknown or forbidden (R39, R40): "bad-encoding" */
  PARSER_DEFECT_BAD_CHARSET = 1 << 10,     /* declared charset unknown or not what the bytes are (R45): "bad-charset" */
  PARSER_DEFECT_NO_MESSAGE_ID = 1 << 11,   /* "no-message-id" */
  PARSER_DEFECT_LONG_ADDRESS = 1 << 12,    /* over R48: "long-address" */
  PARSER_DEFECT_HIDDEN_TEXT = 1 << 13,     /* HTML text that a reader cannot see (H21): "hidden-text" */
  PARSER_DEFECT_DISAGREE = 1 << 14,        /* plain and HTML alternative say different things (H51): "alternatives-disagree" */
  PARSER_DEFECT_LOOK_ALIKES = 1 << 15,     /* homoglyphs, bidi overrides (H23): "look-alikes" */
  PARSER_DEFECT_EMPTY = 1 << 16            /* 0 octets: "empty" */
} ParserDefect;

/* Words that were found: evidence, or (with why) seen and ignored. */
typedef struct
{
  char *rule;     /* "en.remove-me-from-list": language, dot, name in the lexicon */
  char *part;     /* MIME path "1.1", or "subject" */
  char *text;     /* the mail's own words, UTF-8, one line, at most PARSER_MAX_QUOTED_WORDS characters */
  char *language; /* "en" */
  char *why;      /* NULL in evidence; in ignored "quotation", "footer", "negated", "past", "other-object", ... */
  guint line;     /* from 1, in the decoded text of the part */
  guint start;    /* bytes, in the decoded UTF-8 text of the part: from start up to, not including, end */
  guint end;
  int weight;
} ParserHit;

typedef struct
{
  char *part;
  ParserSegmentKind kind;
  guint first_line; /* from 1 */
  guint last_line;  /* included */
  char *why;        /* what proved it: "attribution-line", "cite-marks", "gmail-quote", ... */
  gboolean sure;
} ParserSegment;

typedef struct
{
  ParserKind kind;
  char *kind_why; /* the header or rule that proved it */
  guint marks;    /* ParserMark */
  guint defects;  /* ParserDefect */

  /* who and what; a canonical address or NULL */
  char *from;         /* the one author; NULL when none or several */
  char *from_spelt;   /* where From has no address but "ann at example.org", as archives write it: that; never answered */
  char *from_domains; /* domains of all authors, comma-separated, for R53; NULL when none */
  char *return_path;  /* top Return-Path, else From_; "" for <>; NULL when the mail has neither (R12) */
  char *original_to;  /* top X-Original-To */
  char *delivered_to; /* top Delivered-To */
  char *to;           /* first address of To */
  char *forwarded_from; /* of a mail that forwards one: that one's author, by its header block or as an enclosed mail */
  char *alias_of;       /* behind an alias service: whom its fields name as the writer. A claim, no proof */
  char *reported;     /* of a bounce or complaint: whom it is about; NULL when it does not say */
  char *reported_by;    /* the field that says so: "original-rcpt-to"; "enclosed to" where it stands in the header of the mail
                         * that is reported, and is derived only */
  char *report;         /* of a complaint its Feedback-Type, of a bounce status and answer: "5.1.1 550 no such user"; NULL */
  char *enclosed_id;    /* of a bounce or complaint: the Message-ID of the mail that it is about; NULL */
  gboolean hard_bounce; /* of a bounce: the address is gone for good */
  gboolean leaver;      /* an automatic answer says that its person has left, or that the mailbox is given up */
  char *successor;      /* of such a notice: the other address that it names first; a claim, only shown; NULL */
  char *subject;      /* decoded, one line, NULL when absent */
  char *message_id;   /* with its angle brackets, NULL when absent or not a valid msg-id */
  char *in_reply_to;  /* first valid msg-id of In-Reply-To, or NULL */
  char **references;  /* valid msg-ids of References, oldest first, at most PARSER_MAX_REFERENCES; never NULL */
  char *identity;     /* Message-ID, else "sha256:" HEX over From, Date, Subject and body with LF ends (REQUIREMENTS 4.3, 5) */
  gint64 date_at;     /* Date, seconds UTC; 0 when absent or unreadable */
  gint64 received_at; /* top Received, else the From_ line; 0 when absent or unreadable */

  /* what it says */
  ParserIntent intent;
  ParserIntent request; /* beside an opt-out, an erasure or a no-sharing, in other words: access, correction or no-sharing, as
                         * clear as that, and its words are the second of the evidence; else none */
  guint confidence;   /* 0..100, of the intent */
  char *language;     /* "en"; NULL when it cannot be told */
  char **scope;       /* "*" or category names; never NULL, empty when no wish */
  char **except;      /* category names that are kept; never NULL */
  gboolean third_person; /* asks for somebody else ("my mother"), whether or not with an address */
  char *named_address;   /* the address it asks for, when the text names one other than the author's; canonical or NULL */

  ParserAnswer answer; /* the writer's own text begins with one of ParserOptions.answers and is hardly more */
  char **answer_scope; /* with PARSER_ANSWER_ONLY: the categories it names; never NULL */

  ParserProof authenticated;
  char *auth_detail; /* "dmarc=pass header.from=example.org" of the field that was believed; NULL */

  GPtrArray *evidence; /* ParserHit, best first */
  GPtrArray *ignored;  /* ParserHit with why */
  GPtrArray *segments; /* ParserSegment in order of parts and lines */
  GPtrArray *tokens;   /* ParserFound, strongest place first, each text once */
} ParserFacts;

/* A category of mail as the operator named it. */
typedef struct
{
  const char *name;         /* "product-updates" */
  const char *const *words; /* its title and words, as people write them, NULL-terminated */
} ParserCategory;

/* Phrases that the operator adds to the lexicon, in the form that lexicon/README tells. */
typedef struct
{
  const char *language;       /* "de": the phrases keep its grammar */
  const char *heading;        /* "leave", "wish", ... */
  const char *const *phrases; /* each parser_words_check() has passed; NULL-terminated */
} ParserWords;

/**
 * parser_words_check - is @phrase one that ParserWords may hold?
 * Returns NULL, or what is wrong with language, heading or phrase; the caller frees.
 */
char *parser_words_check (const char *language, const char *heading, const char *phrase);

/**
 * parser_echoes_new - texts of our own, made ready to be found again in replies
 * @texts: (nullable) UTF-8, NULL-terminated, borrowed for the call; in them a {name} stands for any few words
 * Footers and confirmations come back re-wrapped, cut, in other quotes, dashes and capitals, escaped, in another
 * encoding. Sentences of some length are looked for, and longer stretches of one that was cut; a single word of ours is
 * anybody's. Returns an object that is never changed and that any number of mails may be read with; the caller frees.
 * Cost: linear in the texts; 0.2 ms for 10 KB.
 */
typedef struct ParserEchoes ParserEchoes;
ParserEchoes *parser_echoes_new (const char *const *texts);
void parser_echoes_free (ParserEchoes *echoes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserEchoes, parser_echoes_free)

/* Texts that were made ready when the program was built. */
typedef struct
{
  const guint *words, *next, *first; /* echo.c knows what is in them */
  guint n_words, mask;
} ParserEchoTable;
/**
 * parser_echoes_add - look for the texts of @ready too; borrowed, one for all
 * parser_echoes_print - C source of a table @name with the texts that @echoes was made of; the caller frees
 */
void parser_echoes_add (ParserEchoes *echoes, const ParserEchoTable *ready);
char *parser_echoes_print (const ParserEchoes *echoes, const char *name);

/** parser_echoes_hold - TRUE when @text (UTF-8) is nothing but words of these texts */
gboolean parser_echoes_hold (const ParserEchoes *echoes, const char *text);

/* A word of our confirmations that a person is asked to answer with. */
typedef struct
{
  ParserAnswer answer;
  const char *words; /* "UNDO", "YES, ERASE MY DATA"; UTF-8, capitals and accents make no difference */
  const char *const *in_ours; /* what our texts say from it on: "UNDO, and everything will be as it was"; NULL: none */
} ParserAnswerWord;

/* What the operator tells the parser; all borrowed, all values. A zeroed struct is a good default. */
typedef struct
{
  const ParserCategory *categories;
  guint n_categories;
  const ParserWords *words;
  guint n_words;
  const ParserEchoes *echoes;      /* texts of our own that come back in replies, never evidence; NULL: none */
  const ParserAnswerWord *answers;
  guint n_answers;
  const char *signature; /* the name that our own texts end with; NULL: none */
  const char *const *own_list_ids; /* groups in front of our mailboxes whose List-* fields do not count (R81) */
  const char *loop_marker;         /* value of our X-Loop; NULL: none */
  const char *authserv_id;         /* whose Authentication-Results we believe (R50); NULL: nobody's */
  gboolean trust_authentication_results; /* R51 */
  const char *const *authentication_methods; /* of them alone: "dkim", "spf", "dmarc"; NULL or empty: of all three */
} ParserOptions;

/**
 * parser_init - make the room ready, once a process, before any thread or child
 * Harmless when repeated. Cost: 0.1 ms (GMime's tables).
 */
void parser_init (void);

/**
 * parser_prepare - open what reading @mail will need from the disk
 * @mail: (nullable) raw octets, borrowed; NULL: any mail, by a process that reads many
 * Looks for the names of charsets in the raw octets (a plain search, nothing is parsed) and opens the converters of
 * those that are not read by tables of ours, so that parser_read() opens no file afterwards. To be called in the child
 * before it is locked down (REQUIREMENTS 3.3). Cost: one pass over the octets; 0.05 ms a charset found.
 */
void parser_prepare (GBytes *mail);

/**
 * parser_read - what a mail says
 * @mail: raw octets, any length, any content, also none; borrowed
 * @options: (nullable) borrowed for the call
 * Returns the facts, owned by the caller; never NULL: every trouble with the mail is a defect or a kind (R17).
 * Cost: linear in the size of @mail; memory bounded by the limits above and one copy of the decoded text.
 */
ParserFacts *parser_read (GBytes *mail, const ParserOptions *options);

/** parser_facts_new - empty facts (kind person, intent none), every array present; the caller frees */
ParserFacts *parser_facts_new (void);
void parser_facts_free (ParserFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserFacts, parser_facts_free)

/**
 * parser_facts_topic - what the subject is about, so that mails of the same topic can be counted
 * Folded, without "Re:", [tags] and words that are codes or counters, so that a machine's numbers make no other topic.
 * NULL when nothing is left, and when the subject is nothing but a wish, which any number of people may write. The caller
 * frees.
 */
char *parser_facts_topic (const ParserFacts *facts);

/**
 * parser_facts_to_variant - facts as a value of PARSER_FACTS_TYPE, to send through a pipe
 * Returns a floating reference in normal form.
 */
GVariant *parser_facts_to_variant (const ParserFacts *facts);
#define PARSER_FACTS_TYPE "(a{sv}a(sssmsmsuuui)a(sssmsmsuuui)a(sumsuub)a(su))"

/**
 * parser_facts_from_variant - facts from a value that a child sent, checked as hostile input
 * @variant: any value at all, borrowed
 * Returns NULL when it is not of PARSER_FACTS_TYPE, not in normal form, or when a number is out of its range, a string
 * is not UTF-8, an address is not canonical, an array is over its limit or the identity is missing; else facts owned by the caller.
 */
ParserFacts *parser_facts_from_variant (GVariant *variant);

/* Names as INTERFACE.md has them: "auto-reply", "opt-out", "header-block", "dmarc". Static strings. */
const char *parser_kind_name (ParserKind kind);
const char *parser_intent_name (ParserIntent intent);
const char *parser_segment_name (ParserSegmentKind kind);
const char *parser_proof_name (ParserProof proof);
const char *parser_answer_name (ParserAnswer answer);
/** parser_answer_key - the {name} in our texts of the word that asks for @answer: "undo", "only", "all", "yes",
 * "unsubscribe" */
const char *parser_answer_key (ParserAnswer answer);
/** parser_rules_version - 16 hex digits that change whenever a phrase of the lexicon or an example does; static */
const char *parser_rules_version (void);
/** parser_defect_names - names of the bits of @defects, NULL-terminated; the caller frees with g_strfreev() */
char **parser_defect_names (guint defects);

/* ---- the canonical address: the one word that parser and store share ---- */

#define PARSER_ADDRESS_VERSION 1
#define PARSER_MAX_LOCAL 64
#define PARSER_MAX_DOMAIN 255
#define PARSER_MAX_ADDRESS 320

/**
 * parser_address_canonical - the key under which an address is remembered, version PARSER_ADDRESS_VERSION
 * @address: an addr-spec, also quoted or in angle brackets, UTF-8, borrowed
 * The local part is unquoted, NFC, case-folded, its +tag kept; the domain is the lower-case A-label (IDNA 2008,
 * non-transitional), without a closing dot.
 * Returns NULL when @address is no address, over the limits of RFC 5321 section 4.5.3.1, or holds a control character;
 * else a string of 3..320 octets without control characters and with exactly one "@" that splits it at its last one.
 * The caller frees. Source: R8, R46, R48, R57; ARCHITECTURE point 6.
 */
char *parser_address_canonical (const char *address);

/**
 * parser_address_base - @canonical without its +tag; NULL when it has none. The caller frees.
 * For a second look-up, never another key.
 */
char *parser_address_base (const char *canonical);

/**
 * parser_address_recipient - the canonical form of an address that a mail came to
 * Of one that is no address only because of what stands behind its "+", which anybody may write there, the base: the mail
 * server knows whose it is, and mail is never refused for it. NULL when that is none either. The caller frees.
 */
char *parser_address_recipient (const char *address);

/** parser_address_unicode - @canonical with its domain as U-labels; NULL when that is no other. The caller frees. */
char *parser_address_unicode (const char *canonical);

/** parser_address_is_system - TRUE for mailer-daemon, owner-*, *-request, noreply*, bounce* and their kind (R61) */
gboolean parser_address_is_system (const char *canonical);

/**
 * parser_refusal_is_hard - does "550 5.1.1 no such user", an SMTP reply or a status, say that the address is gone for good?
 * FALSE for a full mailbox, a policy, a delay, and for all that begins with another digit than 5.
 */
gboolean parser_refusal_is_hard (const char *text);

/**
 * parser_address_unwrap - the address inside a BATV (prvs=) or SRS (SRS0=, SRS1=) envelope sender
 * Returns the canonical address, NULL when @address is not an address; an address without a wrapping comes back
 * canonical. The caller frees. For comparing only (R62).
 */
char *parser_address_unwrap (const char *address);

/* ---- tokens: names of ours that nobody else can make ----
 *
 * A token says, to whoever has the token key and to nobody else, whom a mail of ours was for: "oo" and base32 digits
 * [a-z2-7], so that it stands in a local part, a subject or a Message-ID and survives a change of capitals. It is
 * stateless: made and read from the key alone, the same for the same person and category, without end (R102). */

typedef enum
{
  PARSER_TOKEN_UNSUBSCRIBE, /* whoever sends it back wants the mail to stop */
  PARSER_TOKEN_REPLY,       /* only tells whom a mail was for (R55) */
  PARSER_TOKEN_ANSWER       /* names the event that a confirmation of ours is about */
} ParserTokenPurpose;

typedef struct
{
  ParserTokenPurpose purpose;
  char *address;    /* canonical; NULL with ANSWER */
  guint32 category; /* parser_token_category() of its name; 0: all marketing, and with ANSWER */
  char *event;      /* with ANSWER, else NULL */
} ParserToken;

void parser_token_free (ParserToken *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserToken, parser_token_free)

/** parser_token_category - the number, 24 bits and never 0, that stands for the category of that name; 0 for NULL */
guint32 parser_token_category (const char *name);

/**
 * parser_token_make - a token of purpose UNSUBSCRIBE or REPLY for mail of @category to @address
 * parser_token_make_answer - one of purpose ANSWER for @event, [0-9a-f]{32}: 46 characters long
 * @key: token key, 32 octets, borrowed   @number: of that key, 0..63
 * @address: canonical   @category: (nullable) NULL: all marketing
 * What it says is enciphered, and bound by 80 bits of HMAC-SHA-256 to @number, purpose and content: whoever sees a token
 * learns nothing from it, and cannot change it. The caller frees.   Cost: a few microseconds.   Source: R56, R82, R102.
 */
char *parser_token_make (GBytes *key, guint number, ParserTokenPurpose purpose, const char *address, const char *category);
char *parser_token_make_answer (GBytes *key, guint number, const char *event);

/** parser_token_find - the first thing in @text that may be a token, NULL when nothing is; the caller frees */
char *parser_token_find (const char *text);

/** parser_token_number - the number of the key that @text was made with, -1 when it has not the form of a token */
int parser_token_number (const char *text);

/**
 * parser_token_read - what a token says; NULL when it is none of ours under @key: never an error (R56)
 * @text: without what stands around it; capitals make no difference
 * The comparison takes constant time. The caller frees.
 */
ParserToken *parser_token_read (GBytes *key, const char *text);

/**
 * parser_token_strip - @text (UTF-8) with everything in it that has the form of a token, or of a Message-ID of our
 *   confirmations, replaced by "[token]": for what is shown to staff. The caller frees.
 */
char *parser_token_strip (const char *text);

/**
 * parser_token_message_id - the Message-ID of our confirmation of an event: <optout.EVENT.MAC@DOMAIN>
 * @key: token key, 32 octets, borrowed   @event: event id, [0-9a-z]{1,64}   @domain: A-label
 * MAC is the first 128 bits of HMAC-SHA-256(@key, "message-id" NUL @event) in hex. The caller frees.
 */
char *parser_token_message_id (GBytes *key, const char *event, const char *domain);

/**
 * parser_token_event - the event id of a Message-ID of ours, NULL when it is not ours or its MAC does not match
 * The comparison takes constant time (R56). The caller frees.
 */
char *parser_token_event (GBytes *key, const char *message_id);

G_END_DECLS

#endif
