/* store-sqlite.h - an open SQLite store, shared by the store-sqlite files alone. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "backend.h"

#include <sys/stat.h>

struct sqlite3;
struct sqlite3_stmt;

typedef struct
{
  char *path;
  char *folders[STORE_FOLDERS]; /* PATH.held, PATH.sealed */
  struct sqlite3 *db;
  GHashTable *statements; /* SQL -> struct sqlite3_stmt */
  struct stat status;     /* of the database when it was opened */
  int lock;               /* PATH.lock, or -1 when it is open for reading only */
  guint timeout_ms;
} StoreSqlite;

gboolean store_sqlite_create (const char *where, const StoreMarkRow *seal, GError **error);
gpointer store_sqlite_open (const char *where, const StoreOpening *how, GError **error);
void store_sqlite_close (gpointer self);

/** store_sqlite_fail - an error out of SQLite's last one, with the path; always FALSE */
gboolean store_sqlite_fail (StoreSqlite *sqlite, GError **error);
/** store_sqlite_run - statements without parameters or rows */
gboolean store_sqlite_run (StoreSqlite *sqlite, const char *sql, GError **error);
/** store_sqlite_prepare - a statement of the cache, ready to be bound; borrowed, to be reset after use */
struct sqlite3_stmt *store_sqlite_prepare (StoreSqlite *sqlite, const char *sql, GError **error);
gboolean store_sqlite_begin (gpointer self, GError **error);
gboolean store_sqlite_commit (gpointer self, GError **error);
void store_sqlite_rollback (gpointer self);
gboolean store_sqlite_put (gpointer self, gconstpointer row, GError **error);

#endif
