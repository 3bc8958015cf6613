/* sql.c - the few statements that we need, made from a table's description, in SQL that SQLite and PostgreSQL
 * share. */
#include "backend.h"

static void
add_columns (GString *sql, const StoreTable *table, guint from, guint to, const char *format)
{
  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append (sql, ", ");
      const char *name = table->columns[i].name;
      for (const char *p = format; *p != '\0'; p++)
        if (*p == '%')
          g_string_append (sql, name);
        else
          g_string_append_c (sql, *p);
    }
}

char *
store_sql_put (const StoreTable *table)
{
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO %s (", table->name);
  add_columns (sql, table, 0, table->n_columns, "%");
  g_string_append (sql, ") VALUES (");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (sql, i == 0 ? "$%u" : ", $%u", i + 1);
  g_string_append_c (sql, ')');
  if (!table->append)
    {
      g_string_append (sql, " ON CONFLICT (");
      add_columns (sql, table, 0, table->n_key, "%");
      g_string_append (sql, ") DO UPDATE SET ");
      add_columns (sql, table, table->n_key, table->n_columns, "% = excluded.%");
    }
  return g_string_free (sql, FALSE);
}

/* The parameters stand in the order: is, after. */
static void
add_where (GString *sql, const StoreFind *find)
{
  if (find->where != NULL)
    g_string_append_printf (sql, " WHERE %s = $1", find->where);
  if (find->after != NULL)
    g_string_append_printf (sql, find->where != NULL ? " AND %s > $2" : " WHERE %s > $1", find->order);
}

char *
store_sql_find (const StoreFind *find)
{
  const char *order = find->order != NULL ? find->order : find->table->columns[0].name;
  const char *direction = find->descending ? " DESC" : "";
  GString *sql = g_string_new ("SELECT ");
  add_columns (sql, find->table, 0, find->table->n_columns, "%");
  g_string_append_printf (sql, " FROM %s", find->table->name);
  add_where (sql, find);
  g_string_append_printf (sql, " ORDER BY %s%s", order, direction);
  for (guint i = 0; i < find->table->n_key; i++)
    if (!g_str_equal (find->table->columns[i].name, order))
      g_string_append_printf (sql, ", %s%s", find->table->columns[i].name, direction);
  if (find->most > 0)
    g_string_append_printf (sql, " LIMIT %u", find->most);
  return g_string_free (sql, FALSE);
}

char *
store_sql_count (const StoreFind *find)
{
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql, "SELECT count(*) FROM %s", find->table->name);
  add_where (sql, find);
  return g_string_free (sql, FALSE);
}

/* Nothing is dropped by an empty text; saying so lets an index serve that leaves those rows out. */
char *
store_sql_drop (const StoreTable *table, const char *column)
{
  return g_strdup_printf ("DELETE FROM %s WHERE %s = $1 AND %s <> ''", table->name, column, column);
}
