/* store-people.h - what people may ask of us: cases, being forgotten, and how long evidence is kept. Part of store.h, the only door. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "store.h"

G_BEGIN_DECLS

/* ---- cases: what a person asked for that somebody must do (R101) ---- */

#define STORE_OUTCOME_DONE "done"
#define STORE_OUTCOME_REFUSED "refused"
#define STORE_OUTCOME_NOT_THEIRS "not-theirs" /* who asked is not whose data it is */

/* Details that the store itself reads. */
#define STORE_DETAIL_OUTCOME "outcome" /* of a CLOSE */
#define STORE_DETAIL_WHO "who"         /* of an ERASED, and a CLOSE without address: the pseudonym it speaks of */
#define STORE_DETAIL_EVENTS "events"   /* of an ERASED, made by the store: the numbers of the events that lost something */
#define STORE_DETAIL_BEFORE "before"   /* of a SHED, made by the store: what was recorded before then has no details */

typedef struct
{
  char *id;         /* of the event that opened it */
  StoreAction kind; /* that event's */
  char *who;        /* canonical address, or its pseudonym once it is erased */
  gint64 opened_at; /* received_at of that event */
  gint64 confirmed_at; /* of an ERASURE: received_at of the first CONFIRM; 0: none */
  gint64 closed_at; /* 0: open */
  char *outcome;    /* one of the above; NULL: open */
  char *by;         /* who closed it, or NULL */
  char *event;      /* id of the CLOSE or ERASED that closed it, or NULL */
} StoreRequest;

void store_request_free (StoreRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRequest, store_request_free)

/** store_requests - the open cases, or all, the oldest first; GPtrArray of StoreRequest, caller unrefs */
gboolean store_requests (Store *store, gboolean all, GPtrArray **requests_out, GError **error);
/** store_requests_of - the same of one address, erased or not */
gboolean store_requests_of (Store *store, const char *address, GPtrArray **requests_out, GError **error);
/** store_request - one by id; *request_out is NULL when there is none; caller frees */
gboolean store_request (Store *store, const char *id, StoreRequest **request_out, GError **error);

/* ---- erasing a person (R109) ---- */

/* What there was, or is, to remove of an address. */
typedef struct
{
  guint64 events;   /* whose personal part goes */
  guint64 mentions; /* events of others that lose their details, since they name the address */
  guint64 uncut;    /* events that name it and must stay as they are: of the ledger's own care, or of schema 1 */
  guint64 replies;  /* to the address; and of them */
  guint64 unsent;   /* which were not sent, and never will be */
  guint64 held;     /* decided mails */
  guint64 cases;    /* requests to be erased that are closed by it */
  char *waiting;    /* id of a held mail that waits for a decision; then nothing is erased. NULL: none */
} StoreErasure;

void store_erasure_clear (StoreErasure *erasure);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreErasure, store_erasure_clear)

/** store_erase_look - what store_erase() would remove; cases are not counted.   Cost: one walk over the ledger. */
gboolean store_erase_look (Store *store, const char *address, StoreErasure *erasure_out, GError **error);

/**
 * store_erase - forget @address, but that and what it opted out of; inside a transaction
 * @event: of ERASED, with details; it is recorded and gets STORE_DETAIL_WHO and _EVENTS beside them
 * Standing, links and cases go over to the pseudonym, where store_check() and an import find them; open requests to be
 * erased are closed. Held and sealed mails go after the commit. Nothing is done where a held mail is waiting.
 * Cost: one walk over the ledger.   Afterwards call store_scrub().
 */
gboolean store_erase (Store *store, const char *address, StoreEvent *event, StoreErasure *erasure_out, GError **error);

/**
 * store_scrub - see to it that nothing that was removed is left in any file; outside a transaction
 * Errors: BUSY: somebody still reads an old state: do it again later.   Cost: the database is written anew, nobody writes
 * meanwhile.
 */
gboolean store_scrub (Store *store, GError **error);

/* ---- sealed copies, and how long evidence is kept ---- */

/** store_seal - keep the mail that @event rests on whole, as store_hold() does; inside the transaction that records it */
gboolean store_seal (Store *store, const char *event, GBytes *mail, GError **error);
/** store_sealed - it again; *mail_out is NULL when there is none */
gboolean store_sealed (Store *store, const char *event, GBytes **mail_out, GError **error);

/* What was recorded before then goes; 0: it is kept for ever. */
typedef struct
{
  gint64 evidence_before; /* the details of people's events */
  gint64 sealed_before;   /* sealed copies */
} StoreRetention;

typedef struct
{
  guint64 details; /* events that lose them */
  guint64 old;     /* events of schema 1, which cannot lose theirs alone, and keep them until the address is erased */
  guint64 sealed;  /* sealed copies */
  guint64 strays;  /* whole mails that no row speaks of any more: left by a crash */
} StoreTidied;

/** store_tidy_look - what store_tidy() would remove */
gboolean store_tidy_look (Store *store, const StoreRetention *retention, StoreTidied *tidied_out, GError **error);
/**
 * store_tidy - remove what is due, in transactions of its own, short ones
 * @event: of SHED; recorded, with details of ours, where anything but strays goes
 * Never the details of an open case or an open hold, of an opt-in (the proof of a consent) or of a link.
 * Cost: one walk over the ledger.
 */
gboolean store_tidy (Store *store, const StoreRetention *retention, StoreEvent *event, StoreTidied *tidied_out,
                     GError **error);

G_END_DECLS

#endif
