/* json-read.c - JSON as we write it, read again: one object a line. */
#include "report.h"

#include <string.h>

#define MOST_DEEP 16

typedef struct
{
  const char *at;
  guint deep;
} Reader;

static GVariant *read_value (Reader *reader); /* floating; NULL: it is none */

static void
skip_blanks (Reader *reader)
{
  reader->at += strspn (reader->at, " \t\r");
}

static gboolean
take (Reader *reader, char c)
{
  skip_blanks (reader);
  if (*reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

/* The four digits of \uHHHH, or -1. */
static int
read_code (Reader *reader)
{
  int code = 0;
  for (guint i = 0; i < 4; i++, reader->at++)
    {
      if (!g_ascii_isxdigit (*reader->at))
        return -1;
      code = code * 16 + g_ascii_xdigit_value (*reader->at);
    }
  return code;
}

/* Half of a pair and NUL, which no string of ours holds, become the sign of what cannot be shown. */
static gboolean
read_character (Reader *reader, GString *text)
{
  static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char c = *reader->at++;
  const char *escape = c != '\0' ? strchr (escapes, c) : NULL;
  if (escape != NULL)
    {
      g_string_append_c (text, meanings[escape - escapes]);
      return TRUE;
    }
  int code = c == 'u' ? read_code (reader) : -1;
  if (code >= 0xd800 && code < 0xdc00 && g_str_has_prefix (reader->at, "\\u"))
    {
      reader->at += 2;
      int low = read_code (reader);
      code = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
             : low < 0                     ? -1
                                           : 0xfffd;
    }
  if (code < 0)
    return FALSE;
  g_string_append_unichar (text, code == 0 || (code >= 0xd800 && code < 0xe000) ? 0xfffd : (gunichar)code);
  return TRUE;
}

static char *
read_string (Reader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (!take (reader, '"'))
    return NULL;
  for (;;)
    {
      gsize plain = strcspn (reader->at, "\"\\");
      g_string_append_len (text, reader->at, (gssize)plain);
      reader->at += plain;
      if (*reader->at == '\0')
        return NULL;
      if (*reader->at++ == '"')
        return g_string_free (g_steal_pointer (&text), FALSE);
      if (!read_character (reader, text))
        return NULL;
    }
}

static GVariant *
read_array (Reader *reader)
{
  g_auto (GVariantBuilder) items = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  for (gboolean more = !take (reader, ']'); more;)
    {
      GVariant *item = read_value (reader);
      if (item == NULL)
        return NULL;
      g_variant_builder_add (&items, "v", item);
      more = take (reader, ',');
      if (!more && !take (reader, ']'))
        return NULL;
    }
  return g_variant_builder_end (&items);
}

static GVariant *
read_object (Reader *reader)
{
  g_auto (GVariantBuilder) members = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  for (gboolean more = !take (reader, '}'); more;)
    {
      g_autofree char *name = read_string (reader);
      GVariant *value = name != NULL && take (reader, ':') ? read_value (reader) : NULL;
      if (value == NULL)
        return NULL;
      g_variant_builder_add (&members, "{sv}", name, value);
      more = take (reader, ',');
      if (!more && !take (reader, '}'))
        return NULL;
    }
  return g_variant_builder_end (&members);
}

/* RFC 8259 section 6. */
static gboolean
is_number (const char *word)
{
  const char *at = word + (*word == '-');
  gsize digits = strspn (at, "0123456789");
  if (digits == 0 || (*at == '0' && digits > 1))
    return FALSE;
  at += digits;
  if (*at == '.')
    {
      digits = strspn (++at, "0123456789");
      at += digits;
    }
  if (digits > 0 && (*at == 'e' || *at == 'E'))
    {
      at += at[1] == '+' || at[1] == '-' ? 2 : 1;
      digits = strspn (at, "0123456789");
      at += digits;
    }
  return digits > 0 && *at == '\0';
}

/* null, true, false or a number. */
static GVariant *
read_word (Reader *reader)
{
  gsize length = strcspn (reader->at, ",]} \t\r");
  g_autofree char *word = g_strndup (reader->at, length);
  gint64 number;
  reader->at += length;
  if (g_str_equal (word, "null"))
    return g_variant_new_maybe (G_VARIANT_TYPE_STRING, NULL);
  if (g_str_equal (word, "true") || g_str_equal (word, "false"))
    return g_variant_new_boolean (*word == 't');
  if (!is_number (word))
    return NULL;
  return g_ascii_string_to_signed (word, 10, G_MININT64, G_MAXINT64, &number, NULL)
             ? g_variant_new_int64 (number)
             : g_variant_new_double (g_ascii_strtod (word, NULL));
}

static GVariant *
read_value (Reader *reader)
{
  GVariant *value = NULL;
  skip_blanks (reader);
  if (*reader->at == '"')
    {
      char *text = read_string (reader);
      return text != NULL ? g_variant_new_take_string (text) : NULL;
    }
  if (*reader->at != '{' && *reader->at != '[')
    return read_word (reader);
  if (++reader->deep <= MOST_DEEP)
    value = *reader->at++ == '{' ? read_object (reader) : read_array (reader);
  reader->deep--;
  return value;
}

GVariant *
filter_json_read (const char *line)
{
  Reader reader = { .at = line };
  g_autoptr (GVariant) value = g_utf8_validate (line, -1, NULL) ? read_value (&reader) : NULL;
  if (value != NULL)
    g_variant_ref_sink (value);
  skip_blanks (&reader);
  if (value == NULL || *reader.at != '\0' || !g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return NULL;
  return g_steal_pointer (&value);
}
