/* internal.h - what the files above the backends share; private to the room. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "backend.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* Count and head of the ledger, kept under the chain's key so that a cut tail shows. */
typedef struct
{
  gint64 count;
  gint64 erased; /* events whose personal part was removed by us */
  char *head;    /* mac of the last row */
} StoreSeal;

typedef struct StoreMac StoreMac;

typedef struct
{
  GBytes *key;
  StoreMac *mac;
  gint64 upto; /* as in StoreChainKey */
} StoreChain;

struct Store
{
  const StoreBackend *backend;
  gpointer self;
  GBytes *suppression;
  StoreMac *suppression_mac;          /* the same key, taken in */
  StoreChain chains[STORE_KEYS_MOST]; /* the chain's keys, oldest first */
  guint n_chains;
  guint chain; /* the one that the ledger is under, as far as we know: from its seal, read anew in each transaction */
  pid_t pid; /* a database must not be used across fork (R127) */
  gboolean read_only;
  gboolean complete; /* no gap; known once, since no store ever gets one */
  gboolean inside; /* a transaction runs */
  gboolean broken; /* and something in it failed */
  gboolean sealed; /* @seal is verified and current within this transaction */
  gboolean looking; /* between store_look() and store_look_away() */
  gboolean none_erased, none_linked; /* known while we look: nobody stands under a pseudonym, or is linked */
  gboolean resealed; /* and has changed since: store_commit() writes it, once for all events */
  StoreSeal seal;
  GHashTable *voided; /* addresses of which an event became void: their standing is folded anew before the commit */
  GPtrArray *forgotten[STORE_FOLDERS]; /* ids of whole mails to drop after the commit */
};

/* ---- the backend's calls, guarded: right process, transaction not failed; a failure inside marks it so ----
 */

gboolean store_put (Store *store, gconstpointer row, GError **error);
/** store_add - insert; a row that is there already, by its table's unique column or else by key, stays as it is */
gboolean store_add (Store *store, gconstpointer row, gboolean *added_out, GError **error);

/* Rows as they come, without a copy of each: start with { 0 } and g_auto. */
typedef struct
{
  Store *store;
  gpointer rows;
} StoreWalk;
gboolean store_walk (Store *store, const StoreFind *find, StoreWalk *walk_out, GError **error);
/** store_step - the next row, borrowed until the next step, or NULL behind the last */
gboolean store_step (StoreWalk *walk, gconstpointer *row_out, GError **error);
void store_walk_clear (StoreWalk *walk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreWalk, store_walk_clear)

/** store_find - copies of all rows */
gboolean store_find (Store *store, const StoreFind *find, GPtrArray **rows_out, GError **error);
/** store_find_one - the first row, owned by the caller, or NULL */
gboolean store_find_one (Store *store, const StoreFind *find, gpointer *row_out, GError **error);
typedef gboolean (*StoreRowFunc) (gconstpointer row, gpointer data);
/** store_each_row - every row of @table, whose key is one text that is never empty, page by page: memory stays flat. @func
 * returns FALSE to stop early. */
gboolean store_each_row (Store *store, const StoreTable *table, StoreRowFunc func, gpointer data, GError **error);
gboolean store_count (Store *store, const StoreFind *find, guint64 *count_out, GError **error);
gboolean store_drop (Store *store, const StoreTable *table, const char *column, const char *is,
                     GError **error);
gboolean store_mail_keep (Store *store, StoreFolder folder, const char *id, GBytes *mail, GError **error);
gboolean store_mail_read (Store *store, StoreFolder folder, const char *id, GBytes **mail_out,
                          GError **error);
gboolean store_mail_list (Store *store, StoreFolder folder, char ***ids_out, GError **error);
/** store_mail_forget - the mail goes once the transaction is committed */
void store_mail_forget (Store *store, StoreFolder folder, const char *id);
/** store_fail - set an error of ours and mark the transaction as failed; always FALSE */
gboolean store_fail (Store *store, StoreError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* ---- shapes, asserted wherever a caller hands one in ---- */

gboolean store_is_id (const char *text);     /* [0-9a-z]{1,64} */
gboolean store_is_digest (const char *text); /* 64 hex digits */
gboolean
store_is_address (const char *text); /* canonical: ARCHITECTURE point 6, the same as the CHECK in schema/ */
gboolean store_is_category (
    const char *text); /* UTF-8 without control characters, 1..255 octets: a list is a line each */
gboolean store_is_text (const char *text); /* UTF-8, whatever it says */
gboolean store_is_pseudonym (const char *text); /* "hmac:" and 64 hex digits: an address has an @ */
/** store_list_join - category names as one text, a line each; NULL and empty lists are NULL */
char *store_list_join (char *const *names);
/** store_list_split - the reverse; never NULL */
char **store_list_split (const char *text);

/** store_hash - how an erased address or a budget is named: HMAC-SHA-256 under the suppression key, hex
 * (R121) */
char *store_hash (const Store *store, const char *text);
/** store_scope_covers - is @category within @scope less @except? Lists may be NULL. */
gboolean store_scope_covers (char *const *scope, char *const *except, const char *category);
gboolean store_action_from_name (const char *name, StoreAction *action_out);
gboolean store_reply_state_from_name (const char *name, StoreReplyState *state_out);

/* ---- events, ledger, standing, held mails ---- */

StoreEventRow *store_event_to_row (const StoreEvent *event);
StorePersonRow *store_event_to_person (const StoreEvent *event);
/** store_event_from_rows - @person is NULL after an erasure; CORRUPT when a row is not one that we wrote */
StoreEvent *store_event_from_rows (const StoreEventRow *row, const StorePersonRow *person, GError **error);
/** store_event_check - assert that @event is well-formed */
void store_event_check (const StoreEvent *event);

/** store_mac_new - a key taken in, for many messages; freed by store_mac_free(), which leaves nothing of it in memory */
StoreMac *store_mac_new (GBytes *key);
void store_mac_free (StoreMac *mac);
/** store_mac_hex - HMAC-SHA-256 of @message, 64 hex digits */
char *store_mac_hex (const StoreMac *mac, const char *message, gsize length);
/** store_mac_once - the same under a key that is used once */
char *store_mac_once (const void *key, gsize size, const char *message, gsize length);
/** store_chain_mac - the MAC of @row when the row before has @head ("" for none) */
char *store_chain_mac (const StoreMac *chain, const char *head, const StoreEventRow *row);
/** store_chain_evidence - digest of the details, under their salt; both are there */
char *store_chain_evidence (const StorePersonRow *row);
/** store_chain_digest - of a personal part, under its salt; @row->evidence is set, but in rows of schema 1 */
char *store_chain_digest (const StorePersonRow *row);
/** store_chain_seal - the row of marks that seals @seal under @chain */
StoreMarkRow *store_chain_seal (GBytes *chain, const StoreSeal *seal);
/** store_chain_read_seal - the seal, and in @store the key that it was made with; *fault_out is NULL, or static: what is wrong
 * with it */
gboolean store_chain_read_seal (Store *store, StoreSeal *seal_out, const char **fault_out, GError **error);
/** store_ledger_ends - does the ledger end as its seal says? Else CORRUPT; in or out of a transaction */
gboolean store_ledger_ends (Store *store, GError **error);
/** store_chain_named - the number of the key that the rows behind @row are under, when it says so; else 0 */
guint store_chain_named (const StoreEventRow *row);
/** store_keys_of - the keys that @store was opened with; borrowed from it */
void store_keys_of (const Store *store, StoreKeys *keys_out);
/** store_standing_apply - what @event changes in the standing of its address */
gboolean store_standing_apply (Store *store, const StoreEvent *event, GError **error);
/** store_standing_rows - all rows of @who, an address (those under its pseudonym included) or a pseudonym, strongest
 * first; GPtrArray of StoreStanding, caller unrefs; NULL with an error */
GPtrArray *store_standing_rows (Store *store, const char *who, GError **error);
/** store_standing_blocks - does @row, among the @rows of its address, forbid mail of @category? STORE_EVERY asks for mail
 * that might be of any, NULL for whatever @row speaks of. */
gboolean store_standing_blocks (const GPtrArray *rows, const StoreStanding *row, const char *category);
/** store_standing_take - what @event changes as store_record() does it, taken again later
 * @holds: a map of texts, empty before the first event: the key of each held wish and the id of its HOLD */
gboolean store_standing_take (Store *into, const StoreEvent *event, GHashTable *holds, GError **error);
/** store_void_settle - before the commit: the standing of every address in store->voided, anew */
gboolean store_void_settle (Store *store, GError **error);
/** store_standing_fold - what stands for @who, an address or a pseudonym, in @into: from all its events in @from but those
 * that are void, and nothing else */
gboolean store_standing_fold (Store *from, Store *into, const char *who, GError **error);
/** store_standing_release - @hold, an event, is decided: its provisional opt-out goes */
gboolean store_standing_release (Store *store, const char *hold, GError **error);
/** store_audit_held - is every mail whose wish silences somebody until it is decided still in the list?  *fault_out is NULL
 * when all are. Cost: a walk over the standing, flat memory. */
gboolean store_audit_held (Store *store, char **fault_out, GError **error);
/** store_audit_standing - does every standing follow from the events of its address? *fault_out is NULL when all do.
 * Cost: linear, flat memory. */
gboolean store_audit_standing (Store *store, char **fault_out, GError **error);
/** store_links_new - an empty list of StoreLink; store_links_read - add the links that stand under @who, by that very name */
GPtrArray *store_links_new (void);
gboolean store_links_read (Store *store, const char *who, GPtrArray *links, GError **error);
/** store_link_erase - the links of @address stand under its pseudonym from now on; inside a transaction */
gboolean store_link_erase (Store *store, const char *address, GError **error);
/** store_link_return - @address was erased and stops something anew: its links stand under it again, for by its pseudonym
 * nobody who is linked with it finds that stop */
gboolean store_link_return (Store *store, const char *address, GError **error);
/** store_link_take - note in @links, address -> id of its LINK, what the LINK or UNLINK called @id says; nothing once it is erased */
gboolean store_link_take (Store *store, const char *id, GHashTable *links, GError **error);
/** store_link_audit - does every one of @links of @address stand? *fault_out stays NULL when it does */
gboolean store_link_audit (Store *store, const char *address, GHashTable *links, char **fault_out, GError **error);
/** store_link_audit_events - does every link rest on an event? The same */
gboolean store_link_audit_events (Store *store, char **fault_out, GError **error);
/** store_link_apply - what @event, a LINK or UNLINK, changes in the links of its address */
gboolean store_link_apply (Store *store, const StoreEvent *event, GError **error);
/** store_event_detail - the detail called @name, borrowed, or NULL */
const char *store_event_detail (const StoreEvent *event, const char *name);
/* What is missing from the ledger, and whether by right: see audit-loss.c. Make it before the seal is read. */
typedef struct StoreLosses StoreLosses;
StoreLosses *store_losses_new (Store *store, GError **error);
void store_losses_free (StoreLosses *losses);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLosses, store_losses_free)
/** store_losses_row - the next row, in order, which is sound; @person is NULL when it has no personal part */
void store_losses_row (StoreLosses *losses, const StoreEventRow *row, const StorePersonRow *person);
/** store_losses_missing - how many rows had no personal part */
gint64 store_losses_missing (const StoreLosses *losses);
/** store_losses_check - behind the last row: *fault_out is untouched when nothing is missing but by right */
gboolean store_losses_check (Store *store, const StoreLosses *losses, char **fault_out, GError **error);
/* The cases that the ledger opened and closed: see audit-request.c. */
typedef struct StoreDocket StoreDocket;
StoreDocket *store_docket_new (void);
void store_docket_free (StoreDocket *docket);
/** store_docket_row - the next row of the ledger, in order, which is sound */
void store_docket_row (StoreDocket *docket, const StoreEventRow *row);
/** store_docket_check - behind the last row: *fault_out is untouched when the list of cases is what follows; once */
gboolean store_docket_check (Store *store, StoreDocket *docket, char **fault_out, GError **error);
/* What partners were handed and have confirmed: see audit-handover.c. */
typedef struct StoreTelling StoreTelling;
StoreTelling *store_telling_new (void);
void store_telling_free (StoreTelling *telling);
/** store_telling_row - the next row of the ledger, in order, which is sound */
void store_telling_row (StoreTelling *telling, const StoreEventRow *row);
/**
 * store_telling_check - behind row @count, the last: *fault_out is untouched when the list of files is what follows;
 * once
 */
gboolean store_telling_check (Store *store, StoreTelling *telling, gint64 count, char **fault_out,
                              GError **error);
/** store_request_apply - the case that @event opens or closes */
gboolean store_request_apply (Store *store, const StoreEvent *event, GError **error);
/** store_request_erase - the cases of @address go over to @who; requests to be erased are closed by @erased */
gboolean store_request_erase (Store *store, const char *address, const char *who, const StoreEvent *erased,
                              guint64 *closed_out, GError **error);
/** store_seal_erased - @n more events have lost their personal part; after a store_record() of the same transaction */
void store_seal_erased (Store *store, guint n);
/** store_erased_put - note that event @seq spoke of @who, a pseudonym */
gboolean store_erased_put (Store *store, gint64 seq, const char *who, GError **error);
/** store_person_shed - take the details off @row, which is of schema 2 */
gboolean store_person_shed (Store *store, StorePersonRow *row, GError **error);
/** store_event_who - the pseudonym that @event, which has no address, speaks of; NULL: none. Borrowed from @event. */
const char *store_event_who (const StoreEvent *event);
/** store_held_raise - @event is the opt-out that the held mail @hold was raised to: close both, row and
 * provisional opt-out */
gboolean store_held_raise (Store *store, const char *hold, const StoreEvent *event, GError **error);

/* ---- what an address is stopped of, as one scope ---- */

typedef struct
{
  char **scope, **except; /* as in StoreEvent; never NULL */
  gint64 since_at;        /* the oldest opt-out of those that hold; 0: none does */
  gboolean is_out;        /* is it stopped of anything? */
} StoreScope;
void store_scope_clear (StoreScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreScope, store_scope_clear)
/**
 * store_scope_of - exactly what store_check() forbids for @who, an address or a pseudonym: links count
 * The caller clears; untouched on failure.   Cost: that of store_check().
 */
gboolean store_scope_of (Store *store, const char *who, StoreScope *scope_out, GError **error);

/* ---- copies ---- */

/** store_gap_mark - what a copy made at @at bears */
StoreMarkRow *store_gap_mark (gint64 at);

/* ---- partners ---- */

/** store_partner_key_octets - store_partner_key() as 32 octets, for store_partner_hash() */
GBytes *store_partner_key_octets (const Store *store, const char *name, gint64 generation);
/** store_partner_hash - what @address is called towards the partner who has @key: HMAC-SHA-256, hex */
char *store_partner_hash (GBytes *key, const char *address);

G_END_DECLS

#endif
