/* fields.c - the header block as a list of fields, by our own lenient reading (R32 to R35) */
#include <string.h>

#include "internal.h"

static void
field_free (gpointer data)
{
  ParserField *field = data;
  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

GPtrArray *
parser_fields_new (void)
{
  return g_ptr_array_new_with_free_func (field_free);
}

void
parser_fields_add (GPtrArray *fields, const char *name, const char *value)
{
  ParserField *field = g_new (ParserField, 1);
  field->name = g_strdup (name);
  field->value = g_strstrip (g_strdup (value));
  g_ptr_array_add (fields, field);
}

/* Isolated NULs are dropped (R33); over PARSER_MAX_HEADER the rest is passed over. */
static void
append_value (GString *value, const guint8 *octets, gsize size, guint *defects)
{
  if (size > PARSER_MAX_HEADER - MIN (value->len, PARSER_MAX_HEADER))
    {
      *defects |= PARSER_DEFECT_PARTIAL;
      size = PARSER_MAX_HEADER - MIN (value->len, PARSER_MAX_HEADER);
    }
  for (gsize i = 0; i < size; i++)
    if (octets[i] != '\0')
      g_string_append_c (value, octets[i]);
}

static void
flush_field (GPtrArray *fields, GString *name, GString *value, guint *defects)
{
  if (name->len > 0 && fields->len < PARSER_MAX_HEADERS)
    parser_fields_add (fields, name->str, value->str);
  else if (name->len > 0)
    *defects |= PARSER_DEFECT_PARTIAL;
  g_string_truncate (name, 0);
  g_string_truncate (value, 0);
}

GPtrArray *
parser_fields_read (const guint8 *octets, gsize size, guint *defects)
{
  GPtrArray *fields = parser_fields_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  if (size > PARSER_MAX_HEADER_BLOCK)
    {
      *defects |= PARSER_DEFECT_PARTIAL;
      size = PARSER_MAX_HEADER_BLOCK;
    }
  for (gsize at = 0, next = 0; at < size; at = next)
    {
      gsize end = parser_line_end (octets, size, at, &next);
      if (end == at)
        break;
      gboolean folded = octets[at] == ' ' || octets[at] == '\t';
      gsize length = folded ? 0 : parser_field_name (octets + at, end - at);
      if (length > 0)
        {
          flush_field (fields, name, value, defects);
          g_string_append_len (name, (const char *)octets + at, length);
          const guint8 *colon = memchr (octets + at, ':', end - at);
          append_value (value, colon + 1, octets + end - colon - 1, defects);
          continue;
        }
      if (!folded) /* R34: taken as text of the field before it */
        {
          *defects |= PARSER_DEFECT_BAD_HEADER;
          append_value (value, (const guint8 *)" ", 1, defects);
        }
      append_value (value, octets + at, end - at, defects);
    }
  flush_field (fields, name, value, defects);
  return fields;
}

const char *
parser_fields_first (GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

const char *
parser_fields_last (GPtrArray *fields, const char *name)
{
  for (guint i = fields->len; i > 0; i--)
    {
      const ParserField *field = fields->pdata[i - 1];
      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

guint
parser_fields_count (GPtrArray *fields, const char *name)
{
  guint count = 0;
  for (guint i = 0; i < fields->len; i++)
    count += g_ascii_strcasecmp (((const ParserField *)fields->pdata[i])->name, name) == 0;
  return count;
}
