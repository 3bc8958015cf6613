/* store-sqlite.c - rows in SQLite: transactions and statements. How a database is found, checked and opened
 * stands in store-sqlite-open.c. */
#include "store-sqlite.h"
#include "lock.h"

#include <sqlite3.h>
#include <string.h>

#define READERS_MS 3000 /* for those who read an old state to end */

/* ---- errors ---- */

static StoreError
error_of (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return STORE_ERROR_BUSY;
    case SQLITE_ERROR: /* our statements never change: it is the tables that are not what they were */
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return STORE_ERROR_CORRUPT;
    default:
      return STORE_ERROR_UNAVAILABLE;
    }
}

static gboolean
fail_as (StoreSqlite *sqlite, StoreError code, GError **error)
{
  int kind = sqlite3_errcode (sqlite->db) & 0xff, system = sqlite3_system_errno (sqlite->db);
  const char *why = sqlite3_errmsg (sqlite->db);
  if (system != 0 && (kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN))
    g_set_error (error, STORE_ERROR, code, "%s: %s: %s", sqlite->path, why, g_strerror (system));
  else
    g_set_error (error, STORE_ERROR, code, "%s: %s", sqlite->path, why);
  return FALSE;
}

gboolean
store_sqlite_fail (StoreSqlite *sqlite, GError **error)
{
  return fail_as (sqlite, error_of (sqlite3_errcode (sqlite->db)), error);
}

gboolean
store_sqlite_run (StoreSqlite *sqlite, const char *sql, GError **error)
{
  return sqlite3_exec (sqlite->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_sqlite_fail (sqlite, error);
}

/* ---- rows ---- */

typedef StoreStatement Running; /* released, so that it holds no lock, when it goes out of scope */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Running, store_sqlite_statement_release)

/* Each row touches pages all over the tables. A transaction of many needs them all at once, or they are
 * written and read again and again; for one mail the usual few are enough, and the daemon stays small. */
#define MANY_ROWS 2000
#define MANY_KIB 131072

static void
make_room (StoreSqlite *sqlite)
{
  if (++sqlite->written == MANY_ROWS)
    sqlite3_exec (sqlite->db, "PRAGMA cache_size = -" G_STRINGIFY (MANY_KIB), NULL, NULL, NULL);
}

static void
give_back (StoreSqlite *sqlite)
{
  if (sqlite->written >= MANY_ROWS)
    sqlite3_exec (sqlite->db, "PRAGMA cache_size = -2000", NULL, NULL, NULL);
  sqlite->written = 0;
}

static gboolean
insert (StoreSqlite *sqlite, StoreSql make, gconstpointer row, GError **error)
{
  make_room (sqlite);
  const StoreFind find = { .table = ((const StoreRow *)row)->table };
  g_autoptr (Running) statement = store_sqlite_statement (sqlite, make, &find, error);
  return statement != NULL && (store_sqlite_bind_row (statement, row) || store_sqlite_fail (sqlite, error))
         && store_sqlite_finish (sqlite, statement, error);
}

gboolean
store_sqlite_put (gpointer self, gconstpointer row, GError **error)
{
  return insert (self, store_sql_put, row, error);
}

static gboolean
sqlite_add (gpointer self, gconstpointer row, gboolean *added_out, GError **error)
{
  StoreSqlite *sqlite = self;
  if (!insert (sqlite, store_sql_add, row, error))
    return FALSE;
  *added_out = sqlite3_changes (sqlite->db) > 0;
  return TRUE;
}

static gboolean
sqlite_count (gpointer self, const StoreFind *find, guint64 *count_out, GError **error)
{
  g_autoptr (Running) statement = store_sqlite_statement (self, store_sql_count, find, error);
  if (statement == NULL)
    return FALSE;
  store_sqlite_bind_find (statement, find);
  return store_sqlite_number (self, statement, count_out, error);
}

static gboolean
sqlite_drop (gpointer self, const StoreTable *table, const char *column, const char *is, GError **error)
{
  const StoreFind find = { .table = table, .where = column, .is.text = is };
  g_autoptr (Running) statement = store_sqlite_statement (self, store_sql_drop, &find, error);
  if (statement == NULL)
    return FALSE;
  store_sqlite_bind_find (statement, &find);
  return store_sqlite_finish (self, statement, error);
}

static gboolean
sqlite_audit (gpointer self, char **fault_out, GError **error)
{
  g_autofree char *result = NULL;
  if (!store_sqlite_ask (self, "PRAGMA integrity_check(1)", &result, error))
    return FALSE;
  *fault_out = g_strcmp0 (result, "ok") == 0 ? NULL : g_strdelimit (g_steal_pointer (&result), "\n", ' ');
  return TRUE;
}

/* ---- transactions ---- */

/* A database that was moved away or restored under us must not be written to: what we hold is no longer it.
 */
gboolean
store_sqlite_in_place (gpointer self, GError **error)
{
  const StoreSqlite *sqlite = self;
  struct stat now;
  if (lstat (sqlite->path, &now) == 0 && now.st_dev == sqlite->status.st_dev
      && now.st_ino == sqlite->status.st_ino)
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: was moved or replaced since it was opened",
               sqlite->path);
  return FALSE;
}

gboolean
store_sqlite_begin (gpointer self, GError **error)
{
  StoreSqlite *sqlite = self;
  if (!store_lock_take (sqlite->lock, sqlite->path, sqlite->timeout_ms, error))
    return FALSE;
  if (store_sqlite_in_place (sqlite, error) && store_sqlite_run (sqlite, "BEGIN IMMEDIATE", error))
    return TRUE;
  store_lock_drop (sqlite->lock);
  return FALSE;
}

void
store_sqlite_rollback (gpointer self)
{
  StoreSqlite *sqlite = self;
  if (!sqlite3_get_autocommit (sqlite->db))
    sqlite3_exec (sqlite->db, "ROLLBACK", NULL, NULL, NULL);
  give_back (sqlite);
  store_lock_drop (sqlite->lock);
}

/* A write that failed wrote no commit record; what a failed sync left on the disk, nobody knows. */
gboolean
store_sqlite_commit (gpointer self, GError **error)
{
  StoreSqlite *sqlite = self;
  gboolean done = sqlite3_exec (sqlite->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  if (!done)
    {
      int code = sqlite3_extended_errcode (sqlite->db);
      gboolean uncertain = (code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_WRITE;
      fail_as (sqlite, uncertain ? STORE_ERROR_UNCERTAIN : error_of (code), error);
    }
  store_sqlite_rollback (sqlite);
  return done;
}

/* Readers of a write-ahead log see one moment and keep no writer waiting. */
static gboolean
sqlite_look (gpointer self, GError **error)
{
  return store_sqlite_run (self, "BEGIN", error);
}

static void
sqlite_look_away (gpointer self)
{
  StoreSqlite *sqlite = self;
  sqlite3_exec (sqlite->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- forgetting ---- */

/* A page that was split may keep a copy of rows that moved to another one, where secure_delete does not look:
 * so the whole database is written anew. Then nothing may stay in the log; its readers have a few seconds to
 * end. */
static gboolean
rewrite (StoreSqlite *sqlite, GError **error)
{
  sqlite3_limit (sqlite->db, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM attaches its copy */
  gboolean done
      = store_sqlite_run (sqlite, "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY", error);
  sqlite3_limit (sqlite->db, SQLITE_LIMIT_ATTACHED, 0);
  return done;
}

static gboolean
empty_log (StoreSqlite *sqlite, GError **error)
{
  g_autofree char *busy = NULL;
  if (!store_sqlite_ask (sqlite, "PRAGMA wal_checkpoint (TRUNCATE)", &busy, error))
    return FALSE;
  if (g_strcmp0 (busy, "0") == 0)
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_BUSY, "%s: another program still reads what was removed",
               sqlite->path);
  return FALSE;
}

static gboolean
sqlite_scrub (gpointer self, GError **error)
{
  StoreSqlite *sqlite = self;
  if (!store_lock_take (sqlite->lock, sqlite->path, sqlite->timeout_ms, error))
    return FALSE;
  sqlite3_busy_timeout (sqlite->db, READERS_MS);
  gboolean done
      = store_sqlite_in_place (sqlite, error) && rewrite (sqlite, error) && empty_log (sqlite, error);
  sqlite3_busy_timeout (sqlite->db, STORE_SQLITE_BUSY_MS);
  store_lock_drop (sqlite->lock);
  return done;
}

/* ---- whole mails ---- */

static gboolean
sqlite_mail_keep (gpointer self, StoreFolder folder, const char *id, GBytes *mail, GError **error)
{
  StoreSqlite *sqlite = self;
  return store_folder_keep (sqlite->folders[folder], id, mail, sqlite->status.st_uid, sqlite->status.st_gid,
                            error);
}

static gboolean
sqlite_mail_read (gpointer self, StoreFolder folder, const char *id, GBytes **mail_out, GError **error)
{
  StoreSqlite *sqlite = self;
  return store_folder_read (sqlite->folders[folder], id, mail_out, error);
}

static void
sqlite_mail_drop (gpointer self, StoreFolder folder, const char *id)
{
  StoreSqlite *sqlite = self;
  store_folder_drop (sqlite->folders[folder], id);
}

static gboolean
sqlite_mail_list (gpointer self, StoreFolder folder, char ***ids_out, GError **error)
{
  StoreSqlite *sqlite = self;
  return store_folder_list (sqlite->folders[folder], ids_out, error);
}

const StoreBackend store_sqlite = {
  .scheme = "sqlite",
  .create = store_sqlite_create,
  .open = store_sqlite_open,
  .close = store_sqlite_close,
  .in_place = store_sqlite_in_place,
  .begin = store_sqlite_begin,
  .commit = store_sqlite_commit,
  .rollback = store_sqlite_rollback,
  .put = store_sqlite_put,
  .add = sqlite_add,
  .walk = store_sqlite_walk,
  .step = store_sqlite_step,
  .leave = store_sqlite_leave,
  .look = sqlite_look,
  .look_away = sqlite_look_away,
  .count = sqlite_count,
  .drop = sqlite_drop,
  .audit = sqlite_audit,
  .mail_keep = sqlite_mail_keep,
  .mail_read = sqlite_mail_read,
  .mail_drop = sqlite_mail_drop,
  .mail_list = sqlite_mail_list,
  .scrub = sqlite_scrub,
  .copy = store_sqlite_copy,
  .place = store_sqlite_place,
  .replace = store_sqlite_replace,
};
