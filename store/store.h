/* store.h - the only door of the room: what we remember.
 *
 * A store knows addresses, categories, events, queued replies and held mails; it knows no mail syntax and no policy.
 * An address is a key: canonical, opaque to us (made by parser_address_canonical(); its shape is asserted here and is a
 * CHECK in the schema). The room neither exits, logs nor prints; it reads no clock: times come in, seconds UTC.
 *
 * All writing, and the looking up that a write depends on, stands between store_begin() and store_commit(): one
 * transaction for one mail or for a group. Errors leave the transaction unusable but for store_rollback(). */
#ifndef STORE_H
#define STORE_H

#include <glib.h>

G_BEGIN_DECLS

#define STORE_KEY_VERSION 1
#define STORE_EVERY "*" /* the scope of all marketing, categories made later included */

typedef struct Store Store;

#define STORE_ERROR (store_error_quark ())
GQuark store_error_quark (void);
typedef enum
{
  STORE_ERROR_UNAVAILABLE, /* missing, not ours to open, read-only, full, newer than we are; nothing was written */
  STORE_ERROR_BUSY,        /* the lock was not to be had in time; nothing was written */
  STORE_ERROR_UNCERTAIN,   /* perhaps written: do it again, idempotency keys make that harmless */
  STORE_ERROR_CORRUPT      /* not a store of ours, damaged, or its chain does not verify; left untouched */
} StoreError;

#define STORE_KEYS_MOST 32

/* A key of the chain that another one has followed, or is about to. */
typedef struct
{
  GBytes *key;
  gint64 upto; /* it vouches for rows up to this one and seals nothing any more; 0: it is not retired */
} StoreChainKey;

/* Keys, 32 octets each; borrowed by store_open() for the store's life. Separate keys: one leaked key tells nothing else. */
typedef struct
{
  GBytes *suppression; /* HMAC of erased addresses and of counted budget keys (R121, R64) */
  GBytes *chain;       /* HMAC of the ledger; the newest */
  StoreChainKey older[STORE_KEYS_MOST - 1]; /* the chain's keys before it, oldest first */
  guint n_older;
} StoreKeys;

/* ---- opening ---- */

/**
 * store_create - make an empty store; the only call that creates one
 * @url: "sqlite:PATH" ("?force-network=yes" behind it insists on a network file system); "memory:", which every open finds
 *   empty; for tests "fault:N:URL" (call n fails), "fault:N+:URL" (and all after it), "fault:N~:URL" (a commit is done and
 *   called UNCERTAIN)
 * An SQLite store is PATH and what stands beside it: PATH-wal (part of the data), -shm, .lock, .held/, .sealed/.
 * Errors: UNAVAILABLE: it exists already, or cannot be made.   Cost: a few fsyncs.
 */
gboolean store_create (const char *url, const StoreKeys *keys, GError **error);

/**
 * store_open - open a store that exists, and bring an older schema up to date
 * @timeout_ms: how long to wait for the lock in store_begin(), 0 = for ever
 * Returns NULL with UNAVAILABLE (missing, no permission, network file system (R124), newer schema) or CORRUPT.
 * Never creates anything (a lost mount must not start an empty ledger). Cost: one open, one read.
 */
Store *store_open (const char *url, const StoreKeys *keys, guint timeout_ms, GError **error);
/** store_open_read - the same for looking only: no lock, no migration; works on a read-only file */
Store *store_open_read (const char *url, const StoreKeys *keys, GError **error);
void store_close (Store *store);
/** store_in_place - is what was opened still what its URL names? UNAVAILABLE when it was moved or replaced: open it again */
gboolean store_in_place (Store *store, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_close)

/**
 * store_begin - take the fair lock and start the one write transaction
 * store_commit - make it durable; TRUE only when it is (R123)
 * store_rollback - as if it had never begun; harmless without a transaction
 * Errors of begin: BUSY, UNAVAILABLE; of commit: UNAVAILABLE (not written), UNCERTAIN.   Cost: 2 to 5 fsyncs a commit.
 */
gboolean store_begin (Store *store, GError **error);
gboolean store_commit (Store *store, GError **error);
void store_rollback (Store *store);

/* ---- the ledger ---- */

typedef enum
{
  STORE_ACTION_OPT_OUT,
  STORE_ACTION_OPT_IN,
  STORE_ACTION_ERASURE, /* a request: opens a case; the opt-out is an event of its own */
  STORE_ACTION_ACCESS,
  STORE_ACTION_CORRECTION,
  STORE_ACTION_NO_SHARING,
  STORE_ACTION_HOLD,   /* doubtful: a person decides; marketing is silent meanwhile where the scope says so */
  STORE_ACTION_ACCEPT, /* a person decided for the held wish; the opt-out is an event of its own */
  STORE_ACTION_REJECT, /* a person decided against it */
  STORE_ACTION_NO_CONTACT, /* a request: neither phone nor post; opens a case */
  STORE_ACTION_CLOSE,      /* a case is closed; related names the event that opened it */
  STORE_ACTION_CONFIRM,    /* the person says once more that a case is theirs; related names the event that opened it */
  STORE_ACTION_LINK,       /* two addresses are one person's; details say which other, and the proof */
  STORE_ACTION_UNLINK,
  STORE_ACTION_LEFT, /* an automatic answer says that the address is given up: listed, and nothing follows from it */
  STORE_ACTION_ASKED, /* somebody else wrote with a token of theirs, and they were asked what they want: nothing follows from it */
  STORE_ACTION_VOID, /* an event turned out not to be its person's: what holds follows from the others (H42) */
  /* of the house: they speak of nobody, so address is NULL */
  STORE_ACTION_ERASED,      /* the personal data of an address were removed; related names the request, if any */
  STORE_ACTION_IMPORT,      /* a file came in */
  STORE_ACTION_HAND,        /* something left the house: an export, a partner's file */
  STORE_ACTION_ACKNOWLEDGE, /* a partner has confirmed what was handed on */
  STORE_ACTION_PARTNER,     /* a partner was added, changed or retired */
  STORE_ACTION_KEYS,        /* a key was changed */
  STORE_ACTION_RESTORE,     /* a backup was brought back, or its gap declared closed */
  STORE_ACTION_SHED         /* evidence or sealed copies were removed as the retention rules say */
} StoreAction;

/* Strongest first. A weaker reason never overwrites or lifts a stronger one (FIELD section 4, 22). */
typedef enum
{
  STORE_REASON_COMPLAINT,
  STORE_REASON_PERSON,
  STORE_REASON_CUSTOMER_SERVICE,
  STORE_REASON_BOUNCE,
  STORE_REASON_REVIEW, /* provisional, while a mail is held */
  STORE_REASON_HOUSE   /* of events that speak of nobody; no standing has it */
} StoreReason;

/* One row of the ledger. The public fields are chained as they are; the personal part (address and details) through a
 * salted digest that stands beside it, so that an erasure may remove part and salt and the chain still verifies. */
typedef struct
{
  char *id;      /* [0-9a-z]{1,64}, made by the caller, random */
  gint64 seq;    /* set by the store: 1, 2, 3, ... */
  StoreAction action;
  StoreReason reason;
  gint64 received_at; /* when the wish reached us */
  gint64 recorded_at; /* now */
  char *channel;      /* "mail", "phone", "post" */
  char **scope;       /* STORE_EVERY or category names */
  char **except;      /* category names kept, or NULL */
  char *key;          /* idempotency key, 64 hex digits (REQUIREMENTS 4.3, 5), or NULL: never the same twice */
  char *by;           /* "optout" or who on the staff */
  char *related;      /* id of the event this one answers (undo, accept, reject), or NULL */
  char *program;      /* "optout 0.1.0" */
  char *confirmation; /* sha256 hex of the confirmation's octets, or NULL */
  /* personal */
  char *address;      /* canonical; NULL after an erasure, and in events of the house */
  GVariant *details;  /* a{ss}: message-id, queue-id, mail-sha256, authenticated, rules, words, subject, note, ...; NULL after
                       * an erasure, and once the evidence was shed */
} StoreEvent;

/** store_action_is_house - is this the action of an event that speaks of nobody? */
gboolean store_action_is_house (StoreAction action);
/** store_action_is_request - does such an event open a case? */
gboolean store_action_is_request (StoreAction action);

StoreEvent *store_event_new (void);
StoreEvent *store_event_copy (const StoreEvent *event);
void store_event_free (StoreEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEvent, store_event_free)

typedef enum
{
  STORE_RECORDED, /* new in the ledger */
  STORE_KNOWN,    /* its idempotency key, or its id, is there already: nothing was changed */
  STORE_RAISED    /* its key belonged to an open HOLD and this is an opt-out: recorded now, the hold, and its held mail, are
                   * closed by it; a HOLD that a person has decided is KNOWN */
} StoreRecorded;

/**
 * store_record - append @event to the ledger and bring the standing up to date; inside a transaction
 * @event: borrowed; seq is set. id, channel, scope, by, program and address are asserted present and well-formed:
 *   all text is UTF-8, and category names hold no control characters; OPT_OUT and OPT_IN have a scope, an OPT_IN is of PERSON
 *   or CUSTOMER_SERVICE, an OPT_OUT never of REVIEW, ACCEPT, REJECT, CLOSE and CONFIRM name what they speak of in related. An event of the
 *   house has reason HOUSE and no address, all others have one and another reason; but a CLOSE of the case of an erased
 *   person has none, and their pseudonym in the details as STORE_DETAIL_WHO.
 * @id_out: (optional) id of the event in the ledger: of @event, or of the earlier one with the same key; caller frees
 * An opt-out that came before a later opt-in of the same person is recorded and changes no standing (H41, R105); at the
 * same second the opt-out wins. An OPT_IN of reason PERSON lifts COMPLAINT, PERSON and all below; of CUSTOMER_SERVICE
 * only CUSTOMER_SERVICE and BOUNCE; a HOLD is lifted by ACCEPT, REJECT (related = its id) and by an OPT_IN of a person.
 * An event that is a request opens a case of the same id; a CLOSE closes the one it names, with the outcome that its
 * details have as STORE_DETAIL_OUTCOME.
 * Errors: UNAVAILABLE, CORRUPT (the chain's head does not verify).   Source: R120-R122.
 * Cost: O(log n); of many in one transaction least where ids and keys begin alike and count up, for then the indexes grow at
 * one place. The seal of the ledger is written by store_commit(), once.
 */
gboolean store_record (Store *store, StoreEvent *event, StoreRecorded *recorded_out, char **id_out, GError **error);

/**
 * store_rekey - let the ledger go on under the newest key of the chain; inside a transaction
 * @event: of KEYS, its scope "chain.N", where N, from 1, is the number of that key. It is the last row under the key before,
 *   and says under which one the rows behind it are.
 * The key before is to be retired once this is committed: until then whoever has it could cut the ledger off and seal it.
 * Errors: as store_record().
 */
gboolean store_rekey (Store *store, StoreEvent *event, GError **error);
/** store_chain_number - the number of the key that the ledger is under. Errors: UNAVAILABLE, CORRUPT: of none of ours */
gboolean store_chain_number (Store *store, guint *number_out, GError **error);

/** store_event - the event with this id; *event_out is NULL when there is none. In or out of a transaction. */
gboolean store_event (Store *store, const char *id, StoreEvent **event_out, GError **error);
/** store_event_by_key - the same by idempotency key */
gboolean store_event_by_key (Store *store, const char *key, StoreEvent **event_out, GError **error);

/* Called for each row; return FALSE to stop early. The row is borrowed for the call. */
typedef gboolean (*StoreEventFunc) (const StoreEvent *event, gpointer data);

typedef struct
{
  const char *address;  /* NULL: all. A pseudonym: what is left of the events of who was erased, by that name */
  const char *category; /* NULL: all; else events whose scope covers it */
  gint64 since_at;      /* received_at at or after; 0: all */
  int reason;           /* StoreReason, or -1: all */
  gboolean bare;        /* of events: leave address and details out, which is quicker; not together with @address */
} StoreQuery;

/**
 * store_void - make the event called @id void: somebody found that its person did not write it; inside a transaction
 * @event: of VOID; gets the address and scope of the other, and related = @id; seq is set where it is recorded
 * @done_out: FALSE: there is no such event, it is void already, its person was erased, or it is of a kind that cannot be:
 *   void can be an OPT_OUT, OPT_IN, HOLD, or a request, and nothing was changed
 * The void event stays in the ledger for ever, and its key stays known: its mail, coming again, changes nothing. What holds
 * for the address follows from all its other events; a held mail is decided ("reject"), a case closed (NOT_THEIRS), a
 * confirmation that waits is dropped. Standing and checks see it once the transaction is committed.
 * Errors: as store_record().   Cost: one store_record(), and for each address one walk over its events at the commit.
 */
gboolean store_void (Store *store, const char *id, StoreEvent *event, gboolean *done_out, GError **error);
/** store_void_of - the VOID of the event called @id; *event_out is NULL when it is not void; the caller frees */
gboolean store_void_of (Store *store, const char *id, StoreEvent **event_out, GError **error);

/** store_events - rows of the ledger in order of seq; streaming, flat memory */
gboolean store_events (Store *store, const StoreQuery *query, StoreEventFunc func, gpointer data, GError **error);

/**
 * store_verify - walk the whole chain: every MAC, every personal digest, count and head; and take every event once
 *   more, to see that the standing is what follows from the ledger
 * @fault_out: (optional) NULL when all is well, else one line that names the first wrong row and what is wrong with it
 * Returns FALSE only when the store cannot be read. Not in a transaction.
 * Cost: linear, flat memory; it looks at some thousand rows at a time, so that writers and their log go on (store_look()).
 */
gboolean store_verify (Store *store, guint64 *count_out, char **fault_out, GError **error);

/* ---- standing: what holds now ---- */

typedef struct
{
  char *category; /* or STORE_EVERY */
  char **except;  /* with STORE_EVERY: what is kept; may be empty */
  StoreReason reason;
  gboolean out;   /* TRUE: opted out; FALSE: opted in again by act of that reason */
  gint64 at;      /* received_at of the event */
  char *event;    /* its id */
  char *channel;
  gboolean erased; /* it stands under the keyed hash of its address alone */
  char *other; /* whose it is: an address linked with the one asked for, "hmac:" HEX when erased; NULL: its own */
} StoreStanding;

void store_standing_free (StoreStanding *standing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreStanding, store_standing_free)

/**
 * store_check - may marketing mail of @category go to @address? (an essential category is not asked here)
 * @blocked_out: the strongest standing that forbids it, NULL when nothing does; the caller frees
 * Looks for the address itself, for its keyed hash when it was erased, and for rows of STORE_EVERY; then, where these forbid
 * nothing, for each address linked with it. Of an address linked with one of those nothing is known here: links are proved
 * two by two, and whoever wants three to be one links each pair.
 * Errors: UNAVAILABLE (of a copy with a gap too: store_complete()), CORRUPT: and then nobody may send.   Cost: four index
 *   look-ups, two more for each link.
 */
gboolean store_check (Store *store, const char *address, const char *category, StoreStanding **blocked_out, GError **error);

/**
 * store_look - look at one moment: all that is read until store_look_away() is of the same one; not in a transaction
 * For a group of questions, which costs less so: who asks in the order of addresses (strcmp) reads each page of the database
 * once, and nobody's pseudonym or links are looked for where none are. Each question is asked as ever, with all the names
 * that its address has: itself, its base address and other spellings from the caller, links and pseudonyms from here.
 * Not for long: nobody who writes waits, but what they write cannot be put back into the database meanwhile.
 * Errors: UNAVAILABLE (of a store that was moved or replaced since it was opened too: store_in_place()), CORRUPT.
 */
gboolean store_look (Store *store, GError **error);
void store_look_away (Store *store);

/**
 * store_consent - the opt-in that holds for mail of @category to @address, which an opt-out of equal or later time lifts
 * @consent_out: NULL when there is none; the caller frees
 * For a category that is out unless in. The address's own alone: nobody consents for another, linked or not.
 * Errors: as store_check().   Cost: two index look-ups.
 */
gboolean store_consent (Store *store, const char *address, const char *category, StoreStanding **consent_out, GError **error);

/** store_standings - every row that holds for @address, strongest first; GPtrArray of StoreStanding, caller unrefs */
gboolean store_standings (Store *store, const char *address, GPtrArray **rows_out, GError **error);

/** store_known - has the ledger any event of @address, or of the erased person whose pseudonym it is? */
gboolean store_known (Store *store, const char *address, gboolean *known_out, GError **error);

/**
 * store_pseudonym - "hmac:" HEX, the keyed hash of @address (R121): what it is called once it is erased, and where
 * addresses must not be told. The caller frees.
 */
char *store_pseudonym (const Store *store, const char *address);

/** store_tagged - the addresses with events that are @address with a tag (user+tag@), in order; GPtrArray of text, caller unrefs */
gboolean store_tagged (Store *store, const char *address, GPtrArray **addresses_out, GError **error);

/* ---- links: two addresses of one person ---- */

typedef struct
{
  char *other; /* "hmac:" HEX when erased */
  gint64 at;
  char *event; /* the LINK of this side, or the wish that a spelling was tied for */
} StoreLink;

/**
 * store_links - the addresses linked with @address, in order; GPtrArray of StoreLink, caller unrefs
 * A link is made by two events LINK, one of each address, whose details name the "other"; and taken back by two events
 * UNLINK. A stop of one then holds for the other (store_check()), also where the one was erased and has come back: with
 * its next stop its links stand under it again. An opt-in lifts what its own address stopped and no more,
 * and standings and events stay apart: two people whom somebody linked by mistake are never merged.
 */
gboolean store_links (Store *store, const char *address, GPtrArray **links_out, GError **error);

/**
 * store_link_spelling - link the address of @event, a wish that is recorded, with another spelling of the same mailbox
 * Inside the same transaction. Where the two are linked already nothing is changed. The event is its own proof: there is
 * no LINK in the ledger.   Source: the operator's dotless-domains.
 */
gboolean store_link_spelling (Store *store, const StoreEvent *event, const char *spelling, GError **error);

/* ---- all of them ---- */

/* @address is its pseudonym when it was erased. */
typedef gboolean (*StoreStandingFunc) (const char *address, const StoreStanding *standing, gpointer data);
/**
 * store_each_standing - all rows that are out, by address, filtered as @query says; streaming
 * Behind them come the addresses for which a stop of a linked one holds, with its row, whose other is set; with a category
 * in @query only those that it does not name before. Not with an address in @query, which asks for its own rows.
 */
gboolean store_each_standing (Store *store, const StoreQuery *query, StoreStandingFunc func, gpointer data, GError **error);

/* ---- replies waiting to be sent ---- */

typedef enum
{
  STORE_REPLY_WAITING,
  STORE_REPLY_SENDING,   /* claimed; found so after a crash it is UNCERTAIN */
  STORE_REPLY_SENT,
  STORE_REPLY_UNCERTAIN, /* perhaps sent; only "optout send --uncertain" sends it again (R73) */
  STORE_REPLY_FAILED     /* given up; a person must look */
} StoreReplyState;

/* At most @most replies counted under @name within @seconds. */
typedef struct
{
  const char *name; /* "address:ann@example.org:opt-out:*", "domain:example.org", "all"; stored as a keyed hash (R64) */
  guint most;
  guint seconds;
} StoreBudget;

typedef struct
{
  char *id;        /* [0-9a-z]{1,64} */
  char *event;     /* id of the event it answers, NULL for a digest */
  char *sender;    /* envelope sender, "" for <> */
  char *recipient; /* one canonical address (R63) */
  GBytes *mail;
  gint64 queued_at;
  gint64 next_at;  /* not before */
  guint tries;
  StoreReplyState state;
  char *last_error; /* NULL or one line */
  gint64 settled_at; /* set by the store: when it was sent, given up or last tried; 0: not yet, or before schema 2 */
  gint64 asked_at;   /* set by the store: when the wish that it answers reached us; 0: it answers none */
} StoreReply;

StoreReply *store_reply_new (void);
void store_reply_free (StoreReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreReply, store_reply_free)

/**
 * store_budget - is there room under every one of @budgets at @now?; counts nothing
 * @refused_out: index of the first budget without room, or -1. A reply counts for @seconds, from queued_at on.
 */
gboolean store_budget (Store *store, const StoreBudget *budgets, guint n_budgets, gint64 now, int *refused_out, GError **error);

/**
 * store_queue - queue @reply and count it under every one of @budgets; inside a transaction
 * Old counts beyond what the longest budget needs are dropped on the way, oldest first, never fewer than 1000 kept.
 */
gboolean store_queue (Store *store, const StoreReply *reply, const StoreBudget *budgets, guint n_budgets, GError **error);

/**
 * store_claim - take the next reply that is due at @now, marking it SENDING in a transaction of its own
 * @id: (nullable) that one only   @uncertain: also those that are UNCERTAIN, when none is waiting
 * *reply_out is NULL when nothing is due. Rows left SENDING by a process that is gone become UNCERTAIN: @now minus
 * its claim is over 1 hour.
 */
gboolean store_claim (Store *store, const char *id, gboolean uncertain, gint64 now, StoreReply **reply_out, GError **error);
/**
 * store_settle - say what became, at @now, of a claimed reply: SENT, FAILED, UNCERTAIN, or WAITING until @next_at; own
 * transaction
 * @last_error: (nullable) one line.   A reply that is settled already stays so. The mail of one that is SENT is not kept.
 */
gboolean store_settle (Store *store, const char *id, StoreReplyState state, gint64 now, gint64 next_at, const char *last_error,
                       GError **error);
/**
 * store_retry - let a reply that is FAILED or UNCERTAIN be due at @now: a person says that it is to be tried again; own
 * transaction
 * *found_out is FALSE when there is no such reply.
 */
gboolean store_retry (Store *store, const char *id, gint64 now, gboolean *found_out, GError **error);
/** store_replies_failed - how many replies were given up after @since */
gboolean store_replies_failed (Store *store, gint64 since, guint64 *count_out, GError **error);
/** store_reply_counts - how many replies are in each state; @counts_out has STORE_REPLY_FAILED + 1 entries */
gboolean store_reply_counts (Store *store, guint64 *counts_out, GError **error);

/* Called for each row; return FALSE to stop early. The row is borrowed for the call. */
/** store_reply_of - the reply to the event with this id, its mail empty once it is sent; *reply_out is NULL when none was queued */
gboolean store_reply_of (Store *store, const char *event, StoreReply **reply_out, GError **error);
typedef gboolean (*StoreReplyFunc) (const StoreReply *reply, gpointer data);
/** store_each_reply - all of them, in no order that means anything; streaming, flat memory */
gboolean store_each_reply (Store *store, StoreReplyFunc func, gpointer data, GError **error);

/* ---- held mails: kept whole until a person decides ---- */

typedef struct
{
  char *id;      /* the HOLD event's id, or one of its own for an unscanned mail */
  char *address; /* whose wish it may be, canonical, or NULL */
  char *why;     /* act reason: "question", "unscanned", ... */
  char *summary; /* one line, UTF-8: from and the words, for the list */
  char *sender, *recipient; /* envelope, may be NULL */
  gint64 held_at;
  gint64 decided_at; /* 0: open */
  char *decision;    /* "accept", "reject", NULL: open */
  char *by;          /* who decided, or NULL */
  char *event;       /* id of the HOLD event, or NULL when unscanned */
} StoreHeld;

StoreHeld *store_held_new (void);
void store_held_free (StoreHeld *held);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHeld, store_held_free)

/**
 * store_hold - keep @mail whole: a file of mode 0600 in the store's folder PATH.held/, written and synced before the row
 * Inside a transaction. The same id again changes nothing. A file without a row, left by a crash, is harmless.
 */
gboolean store_hold (Store *store, const StoreHeld *held, GBytes *mail, GError **error);
/** store_held_list - open ones (or all), oldest first; GPtrArray of StoreHeld, caller unrefs */
gboolean store_held_list (Store *store, gboolean all, GPtrArray **held_out, GError **error);
typedef gboolean (*StoreHeldFunc) (const StoreHeld *held, gpointer data);
/** store_each_held - all of them, in no order that means anything; streaming, flat memory */
gboolean store_each_held (Store *store, StoreHeldFunc func, gpointer data, GError **error);
/** store_held_get - one by id; both out are NULL when there is none; @mail_out (optional, NULL once decided) caller unrefs */
gboolean store_held_get (Store *store, const char *id, StoreHeld **held_out, GBytes **mail_out, GError **error);
/**
 * store_held_decide - close it; inside a transaction; the file goes once the transaction is committed
 * @decision: "accept" or "reject"; the first one stands, another changes nothing
 */
gboolean store_held_decide (Store *store, const char *id, const char *decision, const char *by, gint64 now, GError **error);

/* ---- small marks: "digest-sent-at" ---- */
gboolean store_mark_get (Store *store, const char *name, char **value_out, GError **error); /* NULL when unset */
gboolean store_mark_set (Store *store, const char *name, const char *value, GError **error); /* inside a transaction */

/* Names: "opt-out", "customer-service", "waiting". Static strings. */
const char *store_action_name (StoreAction action);
const char *store_reason_name (StoreReason reason);
gboolean store_reason_from_name (const char *name, StoreReason *reason_out);
const char *store_reply_state_name (StoreReplyState state);

G_END_DECLS

#include "store-house.h"
#include "store-people.h"

#endif
