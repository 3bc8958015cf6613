/* sql.c - the few statements that we need, made from a table's description, in SQL that SQLite and PostgreSQL
 * share. */
#include "backend.h"

static void G_GNUC_NULL_TERMINATED
add (GString *sql, ...)
{
  const char *text;
  va_list arguments;
  va_start (arguments, sql);
  while ((text = va_arg (arguments, const char *)) != NULL)
    g_string_append (sql, text);
  va_end (arguments);
}

static void
add_columns (GString *sql, const StoreTable *table, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    add (sql, i > 0 ? ", " : "", table->columns[i].name, NULL);
}

static GString *
insert (const StoreTable *table)
{
  GString *sql = g_string_sized_new (512);
  add (sql, "INSERT INTO ", table->name, " (", NULL);
  add_columns (sql, table, table->n_columns);
  add (sql, ") VALUES (", NULL);
  for (guint i = 1; i <= table->n_columns; i++)
    g_string_append_printf (sql, i > 1 ? ", $%u" : "$%u", i);
  add (sql, ")", NULL);
  return sql;
}

char *
store_sql_put (const StoreFind *find)
{
  const StoreTable *table = find->table;
  GString *sql = insert (table);
  if (!table->append)
    {
      add (sql, " ON CONFLICT (", NULL);
      add_columns (sql, table, table->n_key);
      add (sql, ") DO UPDATE SET ", NULL);
      for (guint i = table->n_key; i < table->n_columns; i++)
        add (sql, i > table->n_key ? ", " : "", table->columns[i].name, " = excluded.",
             table->columns[i].name, NULL);
    }
  return g_string_free (sql, FALSE);
}

char *
store_sql_add (const StoreFind *find)
{
  const StoreTable *table = find->table;
  GString *sql = insert (table);
  add (sql, " ON CONFLICT (", NULL);
  if (table->unique != NULL)
    add (sql, table->unique, NULL);
  else
    add_columns (sql, table, table->n_key);
  add (sql, ") DO NOTHING", NULL);
  return g_string_free (sql, FALSE);
}

/* The parameters stand in the order: is, after. */
static void
add_where (GString *sql, const StoreFind *find)
{
  if (find->where != NULL)
    add (sql, " WHERE ", find->where, " = $1", NULL);
  if (find->after != NULL)
    add (sql, find->where != NULL ? " AND " : " WHERE ", find->order, find->where != NULL ? " > $2" : " > $1",
         NULL);
}

char *
store_sql_find (const StoreFind *find)
{
  const char *order = find->order != NULL ? find->order : find->table->columns[0].name;
  const char *direction = find->descending ? " DESC" : "";
  GString *sql = g_string_sized_new (512);
  add (sql, "SELECT ", NULL);
  add_columns (sql, find->table, find->table->n_columns);
  add (sql, " FROM ", find->table->name, NULL);
  add_where (sql, find);
  add (sql, " ORDER BY ", order, direction, NULL);
  for (guint i = 0; i < find->table->n_key; i++)
    if (!g_str_equal (find->table->columns[i].name, order))
      add (sql, ", ", find->table->columns[i].name, direction, NULL);
  if (find->most > 0)
    g_string_append_printf (sql, " LIMIT %u", find->most);
  return g_string_free (sql, FALSE);
}

char *
store_sql_count (const StoreFind *find)
{
  GString *sql = g_string_sized_new (512);
  add (sql, "SELECT count(*) FROM ", find->table->name, NULL);
  add_where (sql, find);
  return g_string_free (sql, FALSE);
}

/* Nothing is dropped by an empty text; saying so lets an index serve that leaves those rows out. */
char *
store_sql_drop (const StoreFind *find)
{
  return g_strconcat ("DELETE FROM ", find->table->name, " WHERE ", find->where, " = $1 AND ", find->where,
                      " <> ''", NULL);
}
