/* store-house.h - what the house does with the store: partners and what they were handed; copies, and the gap behind one. Part of store.h, the only door. */
#ifndef STORE_HOUSE_H
#define STORE_HOUSE_H

#include "store.h"

G_BEGIN_DECLS

/* ---- partners: whom we tell who opted out (R104, R121) ---- */

typedef struct
{
  char *name;        /* [a-z0-9-]{1,64} */
  gint64 generation; /* of its key, from 1 */
  char *seed;        /* canonical: an address planted with this partner alone, so that mail to it names the leak; or NULL */
  gint64 added_at;
  gint64 retired_at; /* 0: it still is a partner */
  char *by;
  char *event;       /* id of the PARTNER event that made it as it is */
} StorePartner;

StorePartner *store_partner_new (void);
void store_partner_free (StorePartner *partner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePartner, store_partner_free)

/** store_is_partner - could this be a partner's name? */
gboolean store_is_partner (const char *name);
/** store_partner_put - add it, or change it; inside a transaction, together with its event */
gboolean store_partner_put (Store *store, const StorePartner *partner, GError **error);
/** store_partner - the one of that name; *partner_out is NULL when there is none */
gboolean store_partner (Store *store, const char *name, StorePartner **partner_out, GError **error);
/** store_partners - all, by name, also those that are retired; GPtrArray of StorePartner, caller unrefs */
gboolean store_partners (Store *store, GPtrArray **partners_out, GError **error);
/**
 * store_partner_key - the key of @name that has this @generation, 64 hex digits; the caller frees
 * Derived from the suppression key, so nothing more is to be kept secret or backed up.
 */
char *store_partner_key (const Store *store, const char *name, gint64 generation);

/**
 * store_partner_remember - note what @address is called towards each partner; inside the transaction that erases it
 * Afterwards its hash can no longer be made, and yet each partner must go on hearing of it.
 * Cost: one put for each partner that is not retired. Harmless when done again.
 */
gboolean store_partner_remember (Store *store, const char *address, GError **error);

/* What a partner was handed: the ledger behind since_seq, up to and with upto_seq. */
typedef struct
{
  char *partner;
  gint64 number; /* 1, 2, 3, ... for each partner; 0: not handed on yet */
  gboolean full; /* everybody who is stopped; else what has changed */
  gint64 since_seq, upto_seq;
  gint64 entries;
  char *sha256; /* of the file */
  gint64 made_at;
  gint64 acked_at; /* when the partner confirmed this one or a later one; 0: not yet */
  char *by;
  char *event; /* id of the HAND event */
} StoreHandover;

StoreHandover *store_handover_new (void);
void store_handover_free (StoreHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHandover, store_handover_free)

/**
 * store_handover_next - what would be handed to @partner now: number, full, since_seq and upto_seq, as the ledger ends
 * @full: insist on everybody; it is so too when nothing was confirmed since @partner got its key
 * Else it goes on behind the last one that was confirmed, so that a file that got lost loses nothing. The caller frees.
 */
gboolean store_handover_next (Store *store, const StorePartner *partner, gboolean full, StoreHandover **handover_out,
                              GError **error);
/* One address, in what a partner is handed. */
typedef struct
{
  char *hash;          /* HMAC-SHA-256 of the address under the partner's key, hex */
  gint64 generation;   /* of that key: an older one, of an address that was erased before the partner got a new key */
  gboolean is_out;     /* FALSE: no longer stopped of anything */
  char **scope, **except; /* as in StoreEvent */
  gboolean no_sharing; /* the address is not to be passed on: the partner drops it, scope is STORE_EVERY */
  gint64 since_at;     /* of the oldest wish that holds; 0: none does */
} StorePartnerEntry;
typedef gboolean (*StorePartnerEntryFunc) (const StorePartnerEntry *entry, gpointer data);

/**
 * store_partner_entries - what @handover tells @partner; streaming, flat memory
 * In the same store_look() as the store_handover_next() that it is of: then it says what held when the ledger ended there.
 * A full one has everybody who is stopped, and the partner's seed; a delta each address that an event of its part of the
 * ledger speaks of and that is, or once was, stopped; as it is now. Of two entries with the same hash the later holds.
 * @unknown_out: how many stopped people were erased when @partner was none yet, so that it cannot be told of them
 * Cost: a million addresses in some ten seconds.
 */
gboolean store_partner_entries (Store *store, const StorePartner *partner, const StoreHandover *handover,
                                StorePartnerEntryFunc func, gpointer data, guint64 *unknown_out, GError **error);
/**
 * store_hand - note that @handover was made; inside a transaction, together with its event
 * Errors: BUSY when somebody else made one of that number since store_handover_next(): make it again.
 */
gboolean store_hand (Store *store, const StoreHandover *handover, GError **error);
/**
 * store_acknowledge - @partner has confirmed the handover of that @number, and with it all before; inside a transaction
 * What is confirmed already stays as it is. *known_out is FALSE when none has that number.
 */
gboolean store_acknowledge (Store *store, const char *partner, gint64 number, gint64 at, gboolean *known_out, GError **error);
/**
 * store_partner_behind - what a partner does not know who has confirmed the ledger up to @seq
 * @count_out: wishes that it must hear of: opt-outs, opt-ins, "do not pass my address on"; and what is void
 * @oldest_at_out: when the oldest of those that stop something reached us; 0: there is none
 * Cost: linear in the events behind @seq; flat memory.
 */
gboolean store_partner_behind (Store *store, gint64 seq, guint64 *count_out, gint64 *oldest_at_out, GError **error);
/** store_handovers - those of one partner, oldest first; GPtrArray of StoreHandover, caller unrefs */
gboolean store_handovers (Store *store, const char *partner, GPtrArray **handovers_out, GError **error);
/**
 * store_handovers_of - how the event @seq reached the partners: for each the first handover that covered it
 * @handovers_out: GPtrArray of StoreHandover by partner, caller unrefs; a partner that has not been told and is not retired
 *   has number 0. Empty: there are no partners.
 * Cost: the handovers of every partner are read; who asks for many events keeps store_handovers() of each instead.
 */
gboolean store_handovers_of (Store *store, gint64 seq, GPtrArray **handovers_out, GError **error);

/* ---- copies, and the gap behind one (R126) ---- */

/* How far it is; called now and then. */
typedef void (*StoreCopyFunc) (guint64 done, guint64 total, gpointer data);

typedef struct
{
  gint64 at;              /* now: what comes in later is not in the copy */
  gboolean force;         /* replace what is there, but never a store that is in use */
  guint timeout_ms;       /* for the lock, when a copy is brought back; 0: for ever */
  StoreCopyFunc progress; /* (nullable) */
  gpointer data;
} StoreCopying;

/**
 * store_copy - a copy of a live store: the file @path, and its whole mails in folders beside it; 0600, the caller's own
 * Others go on writing. The copy is a store to every call, but has a gap; it is verified and durable before it gets its name.
 * @count_out: events in it
 * Errors: UNAVAILABLE; CORRUPT: it does not verify, since the store does not. What is at @path is left as it is.
 */
gboolean store_copy (Store *store, const char *path, const StoreCopying *how, guint64 *count_out, GError **error);
/**
 * store_restore - put a copy of @from in the place of the store of @url, under its lock
 * @aside_suffix: what is there gets a dot and this behind its name, with all that belongs to it; nothing is deleted.
 *   *aside_out is its new path, or NULL when there was none; the caller frees. Who has it open fails at the next store_begin().
 * Errors: as store_copy(); BUSY.   After an error there may be no store at @url: then do it again.
 */
gboolean store_restore (const char *url, Store *from, const char *aside_suffix, const StoreCopying *how, char **aside_out,
                        GError **error);

/** store_gap - *at_out is when the copy was made that this store is, 0 when it is none, or no longer: the gap is closed */
gboolean store_gap (Store *store, gint64 *at_out, GError **error);
/** store_gap_advice - how a gap since @at is closed, for people; the caller frees */
char *store_gap_advice (gint64 at);
/** store_gap_close - nothing is missing any more, as @event, of the house, says; inside a transaction. Harmless without a gap */
gboolean store_gap_close (Store *store, StoreEvent *event, GError **error);
/**
 * store_complete - may this store say that somebody has not opted out?; store_check() asks it by itself
 * Errors: UNAVAILABLE: it has a gap; says what to do. CORRUPT: it does not end as its seal says, or is not sealed under our
 * keys, so that who was erased is not known by them either.   Cost: three look-ups in a store's life.
 */
gboolean store_complete (Store *store, GError **error);

G_END_DECLS

#endif
