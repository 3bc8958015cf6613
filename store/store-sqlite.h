/* store-sqlite.h - an open SQLite store, shared by the store-sqlite files alone. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "backend.h"

#include <sys/stat.h>

struct sqlite3;
typedef struct StoreStatement StoreStatement;

#define STORE_SQLITE_BUSY_MS 10000 /* a second net: the lock of ours keeps writers apart already */

typedef struct
{
  char *path;
  char *folders[STORE_FOLDERS]; /* PATH.held, PATH.sealed */
  struct sqlite3 *db;
  GHashTable *statements; /* set of StoreStatement */
  guint written;          /* rows in this transaction */
  struct stat status;     /* of the database when it was opened */
  int lock;               /* PATH.lock, or -1 when it is open for reading only */
  guint timeout_ms;
} StoreSqlite;

/** store_sqlite_new - of @path, connected to nothing yet */
StoreSqlite *store_sqlite_new (const char *path);
/** store_sqlite_connect - to the file as it is, with our settings; it exists */
gboolean store_sqlite_connect (StoreSqlite *sqlite, GError **error);
/** store_sqlite_lock - take the lock of the place, whatever stands there; until it is closed */
gboolean store_sqlite_lock (StoreSqlite *sqlite, const StoreOwner *owner, guint timeout_ms, GError **error);

gboolean store_sqlite_create (const char *where, const StoreMarkRow *seal, GError **error);
gpointer store_sqlite_open (const char *where, const StoreOpening *how, GError **error);
void store_sqlite_close (gpointer self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSqlite, store_sqlite_close)
gboolean store_sqlite_in_place (gpointer self, GError **error);
gboolean store_sqlite_copy (gpointer self, const char *path, const StoreMarkRow *mark, StoreCopyFunc progress,
                            gpointer data, GError **error);
gboolean store_sqlite_place (const char *where, char **path_out, StoreOwner *owner_out, GError **error);
gboolean store_sqlite_replace (const char *path, const char *fresh, const StoreReplacing *how, GError **error);

/** store_sqlite_fail - an error out of SQLite's last one, with the path; always FALSE */
gboolean store_sqlite_fail (StoreSqlite *sqlite, GError **error);
/** store_sqlite_run - statements without parameters or rows */
gboolean store_sqlite_run (StoreSqlite *sqlite, const char *sql, GError **error);
/** store_sqlite_ask - a question without parameters: the first column of its first row */
gboolean store_sqlite_ask (StoreSqlite *sqlite, const char *sql, char **answer_out, GError **error);

/* ---- statements, kept by the shape of what they find ---- */

/** store_sqlite_statement - one that is free, to be bound, run and released */
StoreStatement *store_sqlite_statement (StoreSqlite *sqlite, StoreSql make, const StoreFind *find, GError **error);
void store_sqlite_statement_release (StoreStatement *self);
void store_sqlite_statement_free (gpointer self);
guint store_sqlite_shape_hash (gconstpointer self);
gboolean store_sqlite_shape_equal (gconstpointer a, gconstpointer b);
/* What is bound is borrowed until the release. */
void store_sqlite_bind_find (StoreStatement *self, const StoreFind *find);
gboolean store_sqlite_bind_row (StoreStatement *self, gconstpointer row);
/** store_sqlite_finish - run what has no rows; store_sqlite_number - what answers with one number */
gboolean store_sqlite_finish (StoreSqlite *sqlite, StoreStatement *self, GError **error);
gboolean store_sqlite_number (StoreSqlite *sqlite, StoreStatement *self, guint64 *number_out, GError **error);

/* ---- of the backend ---- */

gpointer store_sqlite_walk (gpointer self, const StoreFind *find, GError **error);
gboolean store_sqlite_step (gpointer self, gpointer walk, gconstpointer *row_out, GError **error);
void store_sqlite_leave (gpointer self, gpointer walk);
gboolean store_sqlite_begin (gpointer self, GError **error);
gboolean store_sqlite_commit (gpointer self, GError **error);
void store_sqlite_rollback (gpointer self);
gboolean store_sqlite_put (gpointer self, gconstpointer row, GError **error);

#endif
