/* import-json.c - an object a line, as names and values. */
#include "import-file.h"

#include "report.h"

#define MOST_INNER 64 /* different members of the objects in a list */

typedef struct
{
  GStrvBuilder *names;
  GPtrArray *values; /* GString, one a name */
  GHashTable *inner; /* name of an inner member to its GString */
} Fields;

static char *
scalar_text (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, g_variant_get_int64 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return g_strdup_printf ("%.3f", g_variant_get_double (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "true" : "false");
  return g_variant_is_of_type (value, G_VARIANT_TYPE ("ms")) ? g_strdup ("") : NULL;
}

static GString *
add (Fields *fields, const char *name)
{
  GString *value = g_string_new (NULL);
  g_strv_builder_add (fields->names, name);
  g_ptr_array_add (fields->values, value);
  return value;
}

static void
append (GString *value, const char *text)
{
  if (value->len > 0)
    g_string_append_c (value, '\n');
  g_string_append (value, text);
}

/* "doNotContact":[{"channel":"email","reason":1}] */
static void
add_inner (Fields *fields, const char *outer, GVariant *object)
{
  GVariantIter iter;
  const char *name;
  GVariant *member;
  g_variant_iter_init (&iter, object);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &member))
    {
      g_autofree char *text = scalar_text (member);
      g_autofree char *whole = g_strconcat (outer, ".", name, NULL);
      GString *value = g_hash_table_lookup (fields->inner, whole);
      if (text == NULL || (value == NULL && g_hash_table_size (fields->inner) == MOST_INNER))
        continue;
      if (value == NULL)
        {
          value = add (fields, whole);
          g_hash_table_insert (fields->inner, g_steal_pointer (&whole), value);
        }
      append (value, text);
    }
}

static void
add_list (Fields *fields, const char *name, GVariant *list)
{
  static const char *const used[] = { "lists", "doNotContact", NULL };
  gboolean objects = g_strv_contains (used, name);
  GString *value = NULL;
  GVariantIter iter;
  GVariant *item;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_loop (&iter, "v", &item))
    {
      g_autofree char *text = scalar_text (item);
      if (text == NULL && objects && g_variant_is_of_type (item, G_VARIANT_TYPE_VARDICT))
        add_inner (fields, name, item);
      if (text != NULL)
        append (value = value != NULL ? value : add (fields, name), text);
    }
}

gboolean
filter_import_json_fields (const char *line, GStrv *names_out, GStrv *values_out)
{
  g_autoptr (GVariant) object = filter_json_read (line);
  if (object == NULL)
    return FALSE;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GHashTable) inner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Fields fields = { names, values, inner };
  GVariantIter iter;
  const char *name;
  GVariant *member;
  g_variant_iter_init (&iter, object);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &member))
    {
      g_autofree char *text = scalar_text (member);
      if (text != NULL)
        append (add (&fields, name), text);
      else if (g_variant_is_of_type (member, G_VARIANT_TYPE ("av")))
        add_list (&fields, name, member);
    }
  *names_out = g_strv_builder_end (names);
  *values_out = g_new0 (char *, values->len + 1);
  for (guint i = 0; i < values->len; i++)
    (*values_out)[i] = g_string_free (values->pdata[i], FALSE);
  return TRUE;
}
