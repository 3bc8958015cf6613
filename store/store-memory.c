/* store-memory.c - a store that lives as long as it is open; the reference for backends, and for tests.
 *
 * Every table is an array of rows; asking is a walk. A transaction notes what it replaces, newest last, and
 * rollback walks back. */
#include "backend.h"

#include <string.h>

typedef struct
{
  gpointer before, after; /* rows; NULL: was not there, is gone */
} Change;

typedef struct
{
  GHashTable *tables;               /* name -> GPtrArray of rows */
  GHashTable *mails[STORE_FOLDERS]; /* id -> GBytes */
  GArray *changes;                  /* of Change; owns the rows before */
  gboolean inside;
} Memory;

static GPtrArray *
rows_of (Memory *memory, const StoreTable *table)
{
  GPtrArray *rows = g_hash_table_lookup (memory->tables, table->name);
  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func (store_row_free);
      g_hash_table_insert (memory->tables, (gpointer)table->name, rows);
    }
  return rows;
}

/* ---- comparing ---- */

static int
compare_column (gconstpointer a, gconstpointer b, const StoreColumn *column)
{
  if (column->type == STORE_TEXT)
    return g_strcmp0 (*store_row_text (a, column), *store_row_text (b, column));
  gint64 one = *store_row_number (a, column), other = *store_row_number (b, column);
  return (one > other) - (one < other);
}

static int
compare_key (gconstpointer a, gconstpointer b)
{
  const StoreTable *table = ((const StoreRow *)a)->table;
  int order = 0;
  for (guint i = 0; i < table->n_key && order == 0; i++)
    order = compare_column (a, b, &table->columns[i]);
  return order;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const StoreFind *find = data;
  gconstpointer one = *(gconstpointer *)a, other = *(gconstpointer *)b;
  int order
      = find->order == NULL ? 0 : compare_column (one, other, store_table_column (find->table, find->order));
  if (order == 0)
    order = compare_key (one, other);
  return find->descending ? -order : order;
}

static int
compare_value (gconstpointer row, const StoreColumn *column, const StoreValue *value)
{
  if (column->type == STORE_TEXT)
    return g_strcmp0 (*store_row_text (row, column), value->text);
  gint64 number = *store_row_number (row, column);
  return (number > value->number) - (number < value->number);
}

static gboolean
matches (gconstpointer row, const StoreFind *find)
{
  if (find->where != NULL
      && compare_value (row, store_table_column (find->table, find->where), &find->is) != 0)
    return FALSE;
  return find->after == NULL
         || compare_value (row, store_table_column (find->table, find->order), find->after) > 0;
}

/* ---- opening ---- */

static gboolean
memory_create (const char *where G_GNUC_UNUSED, const StoreMarkRow *seal G_GNUC_UNUSED,
               GError **error G_GNUC_UNUSED)
{
  return TRUE; /* each open makes a new one */
}

static gpointer
memory_open (const char *where G_GNUC_UNUSED, const StoreOpening *how, GError **error G_GNUC_UNUSED)
{
  Memory *memory = g_new0 (Memory, 1);
  memory->tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    memory->mails[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  memory->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_ptr_array_add (rows_of (memory, &store_table_mark), store_row_copy (how->seal));
  return memory;
}

/* ---- transactions ---- */

static gboolean
memory_begin (gpointer self, GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  memory->inside = TRUE;
  return TRUE;
}

static gboolean
memory_commit (gpointer self, GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  for (guint i = 0; i < memory->changes->len; i++)
    store_row_free (g_array_index (memory->changes, Change, i).before);
  g_array_set_size (memory->changes, 0);
  memory->inside = FALSE;
  return TRUE;
}

static void
memory_rollback (gpointer self)
{
  Memory *memory = self;
  for (guint i = memory->changes->len; i-- > 0;)
    {
      Change *change = &g_array_index (memory->changes, Change, i);
      const StoreRow *known = change->after != NULL ? change->after : change->before;
      GPtrArray *rows = rows_of (memory, known->table);
      if (change->after != NULL)
        g_ptr_array_remove (rows, change->after);
      if (change->before != NULL)
        g_ptr_array_add (rows, change->before);
    }
  g_array_set_size (memory->changes, 0);
  memory->inside = FALSE;
}

static void
memory_close (gpointer self)
{
  Memory *memory = self;
  memory_rollback (memory);
  g_hash_table_unref (memory->tables);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    g_hash_table_unref (memory->mails[i]);
  g_array_unref (memory->changes);
  g_free (memory);
}

/* ---- rows ---- */

static gboolean
memory_put (gpointer self, gconstpointer row, GError **error)
{
  Memory *memory = self;
  const StoreTable *table = ((const StoreRow *)row)->table;
  GPtrArray *rows = rows_of (memory, table);
  Change change = { NULL, store_row_copy (row) };
  g_assert (memory->inside);
  for (guint i = 0; i < rows->len && change.before == NULL; i++)
    if (compare_key (rows->pdata[i], row) == 0)
      change.before = g_steal_pointer (&rows->pdata[i]), rows->pdata[i] = change.after;
  if (change.before == NULL)
    g_ptr_array_add (rows, change.after);
  g_array_append_val (memory->changes, change);
  if (change.before == NULL || !table->append)
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: a row is there already", table->name);
  return FALSE;
}

static gboolean
memory_add (gpointer self, gconstpointer row, gboolean *added_out, GError **error)
{
  const StoreTable *table = ((const StoreRow *)row)->table;
  GPtrArray *rows = rows_of (self, table);
  const StoreColumn *unique = table->unique != NULL ? store_table_column (table, table->unique) : NULL;
  *added_out = TRUE;
  for (guint i = 0; i < rows->len && *added_out; i++)
    *added_out
        = (unique != NULL ? compare_column (rows->pdata[i], row, unique) : compare_key (rows->pdata[i], row))
          != 0;
  return !*added_out || memory_put (self, row, error);
}

typedef struct
{
  GPtrArray *rows; /* copies, in order: what is put meanwhile is not seen */
  guint next;
} Walk;

static gpointer
memory_walk (gpointer self, const StoreFind *find, GError **error G_GNUC_UNUSED)
{
  GPtrArray *rows = rows_of (self, find->table);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    if (matches (rows->pdata[i], find))
      g_ptr_array_add (found, rows->pdata[i]);
  g_ptr_array_sort_with_data (found, compare_rows, (gpointer)find);
  if (find->most > 0 && found->len > find->most)
    g_ptr_array_set_size (found, find->most);
  Walk *walk = g_new0 (Walk, 1);
  walk->rows = g_ptr_array_new_with_free_func (store_row_free);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (walk->rows, store_row_copy (found->pdata[i]));
  return walk;
}

static gboolean
memory_step (gpointer self G_GNUC_UNUSED, gpointer data, gconstpointer *row_out, GError **error G_GNUC_UNUSED)
{
  Walk *walk = data;
  *row_out = walk->next < walk->rows->len ? walk->rows->pdata[walk->next++] : NULL;
  return TRUE;
}

static void
memory_leave (gpointer self G_GNUC_UNUSED, gpointer data)
{
  Walk *walk = data;
  g_ptr_array_unref (walk->rows);
  g_free (walk);
}

static gboolean
memory_look (gpointer self G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return TRUE; /* nobody else writes to it */
}

static void
memory_look_away (gpointer self G_GNUC_UNUSED)
{
}

static gboolean
memory_count (gpointer self, const StoreFind *find, guint64 *count_out, GError **error G_GNUC_UNUSED)
{
  GPtrArray *rows = rows_of (self, find->table);
  *count_out = 0;
  for (guint i = 0; i < rows->len; i++)
    *count_out += matches (rows->pdata[i], find) ? 1 : 0;
  return TRUE;
}

static gboolean
memory_drop (gpointer self, const StoreTable *table, const char *column, const char *is,
             GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  GPtrArray *rows = rows_of (memory, table);
  StoreFind find = { .table = table, .where = column, .is.text = is };
  g_assert (memory->inside);
  for (guint i = rows->len; i-- > 0;)
    if (matches (rows->pdata[i], &find))
      {
        Change change = { g_ptr_array_steal_index_fast (rows, i), NULL };
        g_array_append_val (memory->changes, change);
      }
  return TRUE;
}

static gboolean
memory_audit (gpointer self G_GNUC_UNUSED, char **fault_out, GError **error G_GNUC_UNUSED)
{
  *fault_out = NULL;
  return TRUE;
}

static gboolean
memory_in_place (gpointer self G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

/* ---- whole mails ---- */

static gboolean
memory_mail_keep (gpointer self, StoreFolder folder, const char *id, GBytes *mail,
                  GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  g_hash_table_insert (memory->mails[folder], g_strdup (id), g_bytes_ref (mail));
  return TRUE;
}

static gboolean
memory_mail_read (gpointer self, StoreFolder folder, const char *id, GBytes **mail_out,
                  GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  GBytes *mail = g_hash_table_lookup (memory->mails[folder], id);
  *mail_out = mail != NULL ? g_bytes_ref (mail) : NULL;
  return TRUE;
}

static void
memory_mail_drop (gpointer self, StoreFolder folder, const char *id)
{
  Memory *memory = self;
  g_hash_table_remove (memory->mails[folder], id);
}

static gboolean
memory_mail_list (gpointer self, StoreFolder folder, char ***ids_out, GError **error G_GNUC_UNUSED)
{
  Memory *memory = self;
  g_autofree char **ids = (char **)g_hash_table_get_keys_as_array (memory->mails[folder], NULL);
  *ids_out = g_strdupv (ids);
  return TRUE;
}

static gboolean
memory_scrub (gpointer self G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

const StoreBackend store_memory = {
  .scheme = "memory",
  .create = memory_create,
  .open = memory_open,
  .close = memory_close,
  .in_place = memory_in_place,
  .begin = memory_begin,
  .commit = memory_commit,
  .rollback = memory_rollback,
  .put = memory_put,
  .add = memory_add,
  .walk = memory_walk,
  .step = memory_step,
  .leave = memory_leave,
  .look = memory_look,
  .look_away = memory_look_away,
  .count = memory_count,
  .drop = memory_drop,
  .audit = memory_audit,
  .mail_keep = memory_mail_keep,
  .mail_read = memory_mail_read,
  .mail_drop = memory_mail_drop,
  .mail_list = memory_mail_list,
  .scrub = memory_scrub,
};
