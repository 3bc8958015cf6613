/* backend.h - what a database must be able to do for us; private to the room.
 *
 * A backend keeps rows and knows nothing of opt-outs: chain, standing, budgets and the states of a reply
 * stand once, above it (ledger.c, standing.c, replies.c, held.c). A row is a plain struct, described column
 * by column in tables.c, so that a backend copies, binds and reads all of them with one loop. To add a
 * backend copy store-memory.c. */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H

#include "store.h"

G_BEGIN_DECLS

/* ---- rows and tables ---- */

typedef enum
{
  STORE_TEXT,   /* char *, NULL is NULL */
  STORE_NUMBER, /* gint64 */
  STORE_BYTES   /* GBytes *, never NULL */
} StoreType;

typedef struct
{
  const char *name;
  StoreType type;
  gsize offset; /* in the row's struct */
  gboolean may_be_null;
} StoreColumn;

typedef struct
{
  const char *name;
  gsize size;
  const StoreColumn *columns;
  guint n_columns;
  guint n_key;     /* so many columns, from the first on, are the primary key */
  gboolean append;    /* rows are added and never replaced */
  const char *unique; /* by this column add() knows a row again; NULL: by its key */
} StoreTable;

typedef struct
{
  const StoreTable *table; /* first in every row: a row knows what it is */
} StoreRow;

/* All columns but mac are chained, in this order; a later column must stand behind mac (ledger.c). */
typedef struct
{
  const StoreTable *table;
  gint64 seq;
  char *id, *action, *reason;
  gint64 received_at, recorded_at;
  char *channel, *scope, *kept, *wish, *actor, *related, *program, *confirmation;
  char *digest; /* of the personal part */
  char *mac;
} StoreEventRow;

/* The personal part of an event; gone after an erasure. An event of the house has no address. */
typedef struct
{
  const StoreTable *table;
  gint64 seq, key_version;
  char *salt, *address;
  char *evidence;                /* digest of the details; NULL in rows of schema 1 */
  char *evidence_salt, *details; /* gone once the evidence was shed */
} StorePersonRow;

/* That the address of an event was erased: who is "hmac:" HEX. */
typedef struct
{
  const StoreTable *table;
  gint64 seq;
  char *who;
} StoreErasedRow;

typedef struct
{
  const StoreTable *table;
  char *id, *kind, *who; /* who: an address, or "hmac:" HEX */
  gint64 opened_at, closed_at;
  char *outcome, *actor, *event;
} StoreRequestRow;

typedef struct
{
  const StoreTable *table;
  char *name;
  gint64 generation; /* of its key */
  char *seed;
  gint64 added_at, retired_at;
  char *actor, *event;
} StorePartnerRow;

typedef struct
{
  const StoreTable *table;
  char *partner;
  gint64 number;
  char *kind;
  gint64 since_seq, upto_seq, entries;
  char *sha256;
  gint64 made_at, acked_at;
  char *actor, *event;
} StoreHandoverRow;

typedef struct
{
  const StoreTable *table;
  char *who, *partner;
  gint64 generation;
  char *hash;
} StorePartnerHashRow;

typedef struct
{
  const StoreTable *table;
  char *who, *other;
  gint64 linked_at;
  char *event;
} StoreLinkRow;

typedef struct
{
  const StoreTable *table;
  char *who; /* an address, or "hmac:" HEX of an erased one */
  char *category, *reason;
  char *hold; /* id of the open HOLD that a row of reason review stands for, else "" */
  gint64 key_version, is_out, received_at;
  char *kept, *event, *channel;
} StoreStandingRow;

typedef struct
{
  const StoreTable *table;
  char *id, *event, *sender, *recipient;
  GBytes *mail;
  gint64 queued_at;
  gint64 next_at; /* while SENDING or UNCERTAIN: when it was claimed */
  gint64 tries;
  char *state, *last_error;
  gint64 settled_at; /* when it was sent, given up or last tried; 0: not yet */
  gint64 asked_at;   /* received_at of the event it answers, 0: none */
} StoreReplyRow;

typedef struct
{
  const StoreTable *table;
  char *id, *name; /* name: keyed hash */
  gint64 spent_at, until_at;
} StoreBudgetRow;

typedef struct
{
  const StoreTable *table;
  char *id, *address, *why, *summary, *sender, *recipient;
  gint64 held_at, decided_at;
  char *decision, *actor, *event;
} StoreHeldRow;

typedef struct
{
  const StoreTable *table;
  char *name, *value;
} StoreMarkRow;

extern const StoreTable store_table_event, store_table_person, store_table_standing, store_table_reply,
    store_table_budget, store_table_held, store_table_mark, store_table_erased, store_table_request,
    store_table_partner, store_table_handover, store_table_partner_hash, store_table_link;

/* Of person the address and seq alone, which an index holds in their order: to be read only. */
extern const StoreTable store_table_person_name;

/** store_row_new - a row of @table with every column NULL or 0 */
gpointer store_row_new (const StoreTable *table);
gpointer store_row_copy (gconstpointer row);
void store_row_free (gpointer row);
/** store_table_column - the column called @name; it must exist */
const StoreColumn *store_table_column (const StoreTable *table, const char *name);
/** store_row_text, _number, _bytes - where a column of that type stands in @row */
char **store_row_text (gconstpointer row, const StoreColumn *column);
gint64 *store_row_number (gconstpointer row, const StoreColumn *column);
GBytes **store_row_bytes (gconstpointer row, const StoreColumn *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEventRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePersonRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreStandingRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreReplyRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBudgetRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHeldRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreMarkRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreErasedRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRequestRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePartnerRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHandoverRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePartnerHashRow, store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLinkRow, store_row_free)

/* ---- asking ---- */

/* The value of a column: text or number, as the column's type says. */
typedef struct
{
  const char *text;
  gint64 number;
} StoreValue;

/* Rows of @table, in order. */
typedef struct
{
  const StoreTable *table;
  const char *where; /* this column equals @is; NULL: all rows */
  StoreValue is;
  const char *order; /* sorted by this column, then by key; NULL: by key */
  gboolean descending;
  const StoreValue *after; /* only rows whose @order column is greater; NULL: all */
  guint most;              /* at most so many; 0: all */
} StoreFind;

/* ---- the backend ---- */

typedef struct
{
  guint timeout_ms;
  gboolean read_only;
  const StoreMarkRow *seal; /* of an empty ledger, for a store that begins empty at every open */
} StoreOpening;

/* Where whole mails are kept, each under an id. */
typedef enum
{
  STORE_FOLDER_HELD,  /* that wait for a person */
  STORE_FOLDER_SEALED /* that an event rests on, under the event's id */
} StoreFolder;
#define STORE_FOLDERS 2

/* Whom the files belong to that root makes; others make their own. */
typedef struct
{
  guint uid, gid;
} StoreOwner;

typedef struct
{
  const char *aside; /* where what is there goes; nothing has that name */
  StoreOwner owner;
  guint timeout_ms;
} StoreReplacing;

/* Functions that fail set a STORE_ERROR. @self is what open() returned; @where is the URL behind its scheme.
 */
typedef struct
{
  const char *scheme;
  gboolean (*create) (const char *where, const StoreMarkRow *seal, GError **error);
  gpointer (*open) (const char *where, const StoreOpening *how, GError **error);
  void (*close) (gpointer self);
  gboolean (*in_place) (gpointer self, GError **error); /* is it still what its URL names? */

  gboolean (*begin) (gpointer self, GError **error);
  gboolean (*commit) (gpointer self,
                      GError **error); /* having failed, the transaction is over all the same */
  void (*rollback) (gpointer self);

  gboolean (*put) (gpointer self, gconstpointer row,
                   GError **error); /* insert, or replace the row of the same key */
  gboolean (*add) (gpointer self, gconstpointer row, gboolean *added_out,
                   GError **error); /* insert; a row that is there already stays as it is */
  /* Rows one after the other. What walk() returns is the backend's until leave(); several may be under way. */
  gpointer (*walk) (gpointer self, const StoreFind *find, GError **error);
  gboolean (*step) (gpointer self, gpointer walk, gconstpointer *row_out,
                    GError **error); /* borrowed until the next step; NULL behind the last row. CORRUPT: a column is NULL
                                      * that must not be */
  void (*leave) (gpointer self, gpointer walk);
  /* What is read between the two is of one moment; outside a transaction, never one in another. */
  gboolean (*look) (gpointer self, GError **error);
  void (*look_away) (gpointer self);
  gboolean (*count) (gpointer self, const StoreFind *find, guint64 *count_out, GError **error);
  gboolean (*drop) (gpointer self, const StoreTable *table, const char *column, const char *is,
                    GError **error);
  gboolean (*audit) (gpointer self, char **fault_out, GError **error); /* is the database itself sound? */

  /* whole mails; outside the transaction: kept before the row is, dropped after the commit */
  gboolean (*mail_keep) (gpointer self, StoreFolder folder, const char *id, GBytes *mail, GError **error);
  gboolean (*mail_read) (gpointer self, StoreFolder folder, const char *id, GBytes **mail_out,
                         GError **error); /* NULL: there is none */
  void (*mail_drop) (gpointer self, StoreFolder folder, const char *id);
  gboolean (*mail_list) (gpointer self, StoreFolder folder, char ***ids_out, GError **error);

  /* outside a transaction: of what was dropped, no octet stays in any file. BUSY: somebody still reads it */
  gboolean (*scrub) (gpointer self, GError **error);

  /* copies; NULL in a store that cannot be copied */
  gboolean (*copy) (gpointer self, const char *path, const StoreMarkRow *mark, StoreCopyFunc progress, gpointer data,
                    GError **error); /* as it is now, and @mark, into the empty file @path; not yet synced */
  gboolean (*place) (const char *where, char **path_out, StoreOwner *owner_out, GError **error); /* where it stands */
  gboolean (*replace) (const char *path, const char *fresh, const StoreReplacing *how,
                       GError **error); /* under the lock: what is there goes aside, the copy @fresh comes */
} StoreBackend;

extern const StoreBackend store_memory, store_sqlite, store_fault;

/** store_backend_find - the backend for @url, and in @where_out the part behind its scheme, borrowed from
 * @url */
const StoreBackend *store_backend_find (const char *url, const char **where_out, GError **error);

/* ---- SQL that SQLite and PostgreSQL share: parameters $1, $2, ... in the order of the columns, or is, after
 * ---- */

/** StoreSql - the text depends on everything in @find but the values in is and after, and is the same for the same */
typedef char *(*StoreSql) (const StoreFind *find);
char *store_sql_put (const StoreFind *find); /* into its table */
char *store_sql_add (const StoreFind *find);
char *store_sql_find (const StoreFind *find);
char *store_sql_count (const StoreFind *find);
char *store_sql_drop (const StoreFind *find); /* where only; rows with an empty text stay */

/* ---- a folder of mails, mode 0700, for backends that keep them beside the database ---- */

extern const char *const store_folder_suffix[STORE_FOLDERS]; /* behind the database's name: ".held", ".sealed" */
/** store_folder_keep - write @mail durably as ID.eml, mode 0600; makes the folder; owner and group as given
 */
gboolean store_folder_keep (const char *folder, const char *id, GBytes *mail, guint uid, guint gid,
                            GError **error);
/** store_folder_read - the mail; *mail_out is NULL when there is none */
gboolean store_folder_read (const char *folder, const char *id, GBytes **mail_out, GError **error);
void store_folder_drop (const char *folder, const char *id);
gboolean store_folder_has (const char *folder, const char *id);
/** store_folder_list - the ids of all mails in it, in no order; none when there is no such folder; the caller frees */
gboolean store_folder_list (const char *folder, char ***ids_out, GError **error);
/** store_folder_sync_of - make durable what names stand beside @path; errno says why not */
gboolean store_folder_sync_of (const char *path);

G_END_DECLS

#endif
