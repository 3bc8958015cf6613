/* store-sqlite.c - rows in SQLite: transactions and statements. How a database is found, checked and opened
 * stands in store-sqlite-open.c. */
#include "store-sqlite.h"
#include "lock.h"

#include <sqlite3.h>
#include <string.h>

/* ---- errors ---- */

static StoreError
error_of (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return STORE_ERROR_BUSY;
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

/* ---- statements ---- */

gboolean
store_sqlite_run (StoreSqlite *sqlite, const char *sql, GError **error)
{
  return sqlite3_exec (sqlite->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_sqlite_fail (sqlite, error);
}

sqlite3_stmt *
store_sqlite_prepare (StoreSqlite *sqlite, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (sqlite->statements, sql);
  if (statement != NULL)
    return statement;
  if (sqlite3_prepare_v3 (sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      store_sqlite_fail (sqlite, error);
      return NULL;
    }
  g_hash_table_insert (sqlite->statements, g_strdup (sql), statement);
  return statement;
}

static void
reset (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}
typedef sqlite3_stmt Running; /* reset, so that it holds no lock, when it goes out of scope */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Running, reset)

/* Bound text and bytes are borrowed until the reset. */
static void
bind_value (sqlite3_stmt *statement, int at, const StoreColumn *column, const StoreValue *value)
{
  int code = column->type == STORE_TEXT ? sqlite3_bind_text (statement, at, value->text, -1, SQLITE_STATIC)
                                        : sqlite3_bind_int64 (statement, at, value->number);
  g_assert (code == SQLITE_OK);
}

static gboolean
bind_bytes (sqlite3_stmt *statement, int at, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return sqlite3_bind_blob64 (statement, at, size > 0 ? data : "", size, SQLITE_STATIC) == SQLITE_OK;
}

static void
bind_find (sqlite3_stmt *statement, const StoreFind *find)
{
  int at = 1;
  if (find->where != NULL)
    bind_value (statement, at++, store_table_column (find->table, find->where), &find->is);
  if (find->after != NULL)
    bind_value (statement, at, store_table_column (find->table, find->order), find->after);
}

/* A column that must not be NULL is so only in a database that was tampered with. */
static gpointer
read_row (sqlite3_stmt *statement, const StoreTable *table)
{
  gpointer row = store_row_new (table);
  for (int i = 0; i < (int)table->n_columns; i++)
    {
      const StoreColumn *column = &table->columns[i];
      switch (column->type)
        {
        case STORE_TEXT:
          *store_row_text (row, column) = g_strdup ((const char *)sqlite3_column_text (statement, i));
          break;
        case STORE_NUMBER:
          *store_row_number (row, column) = sqlite3_column_int64 (statement, i);
          break;
        case STORE_BYTES:
          *store_row_bytes (row, column)
              = g_bytes_new (sqlite3_column_blob (statement, i), (gsize)sqlite3_column_bytes (statement, i));
          break;
        }
    }
  return row;
}

/* ---- rows ---- */

gboolean
store_sqlite_put (gpointer self, gconstpointer row, GError **error)
{
  const StoreTable *table = ((const StoreRow *)row)->table;
  g_autofree char *sql = store_sql_put (table);
  g_autoptr (Running) statement = store_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  gboolean bound = TRUE;
  for (int i = 0; i < (int)table->n_columns; i++)
    {
      const StoreColumn *column = &table->columns[i];
      if (column->type == STORE_BYTES)
        bound = bound && bind_bytes (statement, i + 1, *store_row_bytes (row, column));
      else
        {
          StoreValue value = { 0 };
          if (column->type == STORE_TEXT)
            value.text = *store_row_text (row, column);
          else
            value.number = *store_row_number (row, column);
          bind_value (statement, i + 1, column, &value);
        }
    }
  return (bound && sqlite3_step (statement) == SQLITE_DONE) || store_sqlite_fail (self, error);
}

static gboolean
sqlite_find (gpointer self, const StoreFind *find, GPtrArray **rows_out, GError **error)
{
  g_autofree char *sql = store_sql_find (find);
  g_autoptr (Running) statement = store_sqlite_prepare (self, sql, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (store_row_free);
  int code;
  if (statement == NULL)
    return FALSE;
  bind_find (statement, find);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (rows, read_row (statement, find->table));
  if (code != SQLITE_DONE)
    return store_sqlite_fail (self, error);
  *rows_out = g_steal_pointer (&rows);
  return TRUE;
}

static gboolean
sqlite_count (gpointer self, const StoreFind *find, guint64 *count_out, GError **error)
{
  g_autofree char *sql = store_sql_count (find);
  g_autoptr (Running) statement = store_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_find (statement, find);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return store_sqlite_fail (self, error);
  *count_out = (guint64)sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static gboolean
sqlite_drop (gpointer self, const StoreTable *table, const char *column, const char *is, GError **error)
{
  g_autofree char *sql = store_sql_drop (table, column);
  g_autoptr (Running) statement = store_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_value (statement, 1, store_table_column (table, column), &(StoreValue){ .text = is });
  return sqlite3_step (statement) == SQLITE_DONE || store_sqlite_fail (self, error);
}

static gboolean
sqlite_audit (gpointer self, char **fault_out, GError **error)
{
  g_autoptr (Running) statement = store_sqlite_prepare (self, "PRAGMA integrity_check(1)", error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return store_sqlite_fail (self, error);
  const char *result = (const char *)sqlite3_column_text (statement, 0);
  *fault_out = g_strcmp0 (result, "ok") == 0 ? NULL : g_strdelimit (g_strdup (result), "\n", ' ');
  return TRUE;
}

/* ---- transactions ---- */

/* A database that was moved away or restored under us must not be written to: what we hold is no longer it.
 */
static gboolean
sqlite_in_place (gpointer self, GError **error)
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
  if (sqlite_in_place (sqlite, error) && store_sqlite_run (sqlite, "BEGIN IMMEDIATE", error))
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
  g_autoptr (Running) statement = store_sqlite_prepare (sqlite, "PRAGMA wal_checkpoint (TRUNCATE)", error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return store_sqlite_fail (sqlite, error);
  if (sqlite3_column_int (statement, 0) == 0)
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
  gboolean done = sqlite_in_place (sqlite, error) && rewrite (sqlite, error) && empty_log (sqlite, error);
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
  .in_place = sqlite_in_place,
  .begin = store_sqlite_begin,
  .commit = store_sqlite_commit,
  .rollback = store_sqlite_rollback,
  .put = store_sqlite_put,
  .find = sqlite_find,
  .count = sqlite_count,
  .drop = sqlite_drop,
  .audit = sqlite_audit,
  .mail_keep = sqlite_mail_keep,
  .mail_read = sqlite_mail_read,
  .mail_drop = sqlite_mail_drop,
  .mail_list = sqlite_mail_list,
  .scrub = sqlite_scrub,
};
