/* store-sqlite-statement.c - statements: each shape is prepared once, bound for each call, and its rows are
 * read. */
#include "store-sqlite.h"

#include <sqlite3.h>

struct StoreStatement
{
  StoreSql make; /* with @find its shape */
  StoreFind find;
  sqlite3_stmt *statement;
  StoreRow *row; /* of a walk: its text is SQLite's, its bytes are ours */
  gboolean busy;
  gboolean spare; /* not in the cache: the one there is busy */
};

/* ---- shapes: what makes the same text; the names of columns are those of the table, so pointers tell ----
 */

static StoreFind
shape_of (const StoreFind *find)
{
  static const StoreValue bound;
  const StoreTable *table = find->table;
  return (StoreFind){
    .table = table,
    .where = find->where != NULL ? store_table_column (table, find->where)->name : NULL,
    .order = find->order != NULL ? store_table_column (table, find->order)->name : NULL,
    .descending = find->descending,
    .after = find->after != NULL ? &bound : NULL,
    .most = find->most,
  };
}

guint
store_sqlite_shape_hash (gconstpointer data)
{
  const StoreStatement *shape = data;
  return g_direct_hash (shape->find.table) * 31 + g_direct_hash (shape->find.where) * 7
         + g_direct_hash (shape->find.order) + g_direct_hash ((gpointer)shape->make) + shape->find.most;
}

gboolean
store_sqlite_shape_equal (gconstpointer a, gconstpointer b)
{
  const StoreStatement *one = a, *other = b;
  return one->make == other->make && one->find.table == other->find.table
         && one->find.where == other->find.where && one->find.order == other->find.order
         && one->find.descending == other->find.descending && one->find.after == other->find.after
         && one->find.most == other->find.most;
}

/* ---- statements ---- */

void
store_sqlite_statement_free (gpointer data)
{
  StoreStatement *self = data;
  sqlite3_finalize (self->statement);
  g_free (self->row);
  g_free (self);
}

StoreStatement *
store_sqlite_statement (StoreSqlite *sqlite, StoreSql make, const StoreFind *find, GError **error)
{
  const StoreStatement shape = { .make = make, .find = shape_of (find) };
  StoreStatement *known = g_hash_table_lookup (sqlite->statements, &shape);
  if (known != NULL && !known->busy)
    {
      known->busy = TRUE;
      return known;
    }
  g_autofree char *sql = make (find);
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3 (sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      store_sqlite_fail (sqlite, error);
      return NULL;
    }
  StoreStatement *self = g_memdup2 (&shape, sizeof shape);
  self->statement = statement;
  self->busy = TRUE;
  self->spare = known != NULL;
  if (!self->spare)
    g_hash_table_add (sqlite->statements, self);
  return self;
}

/* Of the row we own its bytes alone. */
static void
clear_row (StoreRow *row)
{
  for (guint i = 0; i < row->table->n_columns; i++)
    if (row->table->columns[i].type == STORE_BYTES)
      g_clear_pointer (store_row_bytes (row, &row->table->columns[i]), g_bytes_unref);
}

void
store_sqlite_statement_release (StoreStatement *self)
{
  if (self->row != NULL)
    clear_row (self->row);
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
  self->busy = FALSE;
  if (self->spare)
    store_sqlite_statement_free (self);
}

/* ---- binding: text and bytes are borrowed until the release ---- */

static int
bind_text (sqlite3_stmt *statement, int at, const char *text)
{
  return sqlite3_bind_text (statement, at, text, -1, SQLITE_STATIC);
}

static int
bind_value (sqlite3_stmt *statement, int at, const StoreColumn *column, const StoreValue *value)
{
  return column->type == STORE_TEXT ? bind_text (statement, at, value->text)
                                    : sqlite3_bind_int64 (statement, at, value->number);
}

void
store_sqlite_bind_find (StoreStatement *self, const StoreFind *find)
{
  int at = 1, code = SQLITE_OK;
  if (find->where != NULL)
    code = bind_value (self->statement, at++, store_table_column (find->table, find->where), &find->is);
  g_assert (code == SQLITE_OK);
  if (find->after != NULL)
    code = bind_value (self->statement, at, store_table_column (find->table, find->order), find->after);
  g_assert (code == SQLITE_OK);
}

static int
bind_bytes (sqlite3_stmt *statement, int at, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return sqlite3_bind_blob64 (statement, at, size > 0 ? data : "", size, SQLITE_STATIC);
}

gboolean
store_sqlite_bind_row (StoreStatement *self, gconstpointer row)
{
  const StoreTable *table = ((const StoreRow *)row)->table;
  int code = SQLITE_OK;
  for (guint i = 0; i < table->n_columns && code == SQLITE_OK; i++)
    {
      const StoreColumn *column = &table->columns[i];
      int at = (int)i + 1;
      switch (column->type)
        {
        case STORE_TEXT:
          code = bind_text (self->statement, at, *store_row_text (row, column));
          break;
        case STORE_NUMBER:
          code = sqlite3_bind_int64 (self->statement, at, *store_row_number (row, column));
          break;
        case STORE_BYTES:
          code = bind_bytes (self->statement, at, *store_row_bytes (row, column));
          break;
        }
    }
  return code == SQLITE_OK; /* else it is too large */
}

/* ---- reading ---- */

/* A column that must not be NULL is so only in a database that was tampered with. */
static gboolean
read_row (sqlite3_stmt *statement, StoreRow *row, GError **error)
{
  for (int i = 0; i < (int)row->table->n_columns; i++)
    {
      const StoreColumn *column = &row->table->columns[i];
      if (!column->may_be_null && sqlite3_column_type (statement, i) == SQLITE_NULL)
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT, "%s.%s is missing in a row", row->table->name,
                       column->name);
          return FALSE;
        }
      switch (column->type)
        {
        case STORE_TEXT:
          *store_row_text (row, column) = (char *)sqlite3_column_text (statement, i);
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
  return TRUE;
}

gpointer
store_sqlite_walk (gpointer self, const StoreFind *find, GError **error)
{
  StoreStatement *walk = store_sqlite_statement (self, store_sql_find, find, error);
  if (walk == NULL)
    return NULL;
  if (walk->row == NULL)
    walk->row = store_row_new (find->table);
  store_sqlite_bind_find (walk, find);
  return walk;
}

gboolean
store_sqlite_step (gpointer self, gpointer data, gconstpointer *row_out, GError **error)
{
  StoreStatement *walk = data;
  clear_row (walk->row);
  int code = sqlite3_step (walk->statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return store_sqlite_fail (self, error);
  if (code == SQLITE_ROW && !read_row (walk->statement, walk->row, error))
    return FALSE;
  *row_out = code == SQLITE_ROW ? walk->row : NULL;
  return TRUE;
}

void
store_sqlite_leave (gpointer self G_GNUC_UNUSED, gpointer walk)
{
  store_sqlite_statement_release (walk);
}

gboolean
store_sqlite_finish (StoreSqlite *sqlite, StoreStatement *self, GError **error)
{
  return sqlite3_step (self->statement) == SQLITE_DONE || store_sqlite_fail (sqlite, error);
}

gboolean
store_sqlite_number (StoreSqlite *sqlite, StoreStatement *self, guint64 *number_out, GError **error)
{
  if (sqlite3_step (self->statement) != SQLITE_ROW)
    return store_sqlite_fail (sqlite, error);
  *number_out = (guint64)sqlite3_column_int64 (self->statement, 0);
  return TRUE;
}

gboolean
store_sqlite_ask (StoreSqlite *sqlite, const char *sql, char **answer_out, GError **error)
{
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3 (sqlite->db, sql, -1, 0, &statement, NULL) != SQLITE_OK)
    return store_sqlite_fail (sqlite, error);
  gboolean done = sqlite3_step (statement) == SQLITE_ROW || store_sqlite_fail (sqlite, error);
  if (done)
    *answer_out = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return done;
}
