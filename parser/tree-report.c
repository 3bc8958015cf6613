/* tree-report.c - what a machine tells in parts of its own: reports, and the message that they are about */
#include <string.h>

#include "tree.h"

#define MAX_REPORT (64 * 1024) /* octets of a report that are read */
#define MAX_GROUPS 100         /* recipients in it */
#define MAX_ENCLOSED_DEPTH 10  /* of parts in parts of an enclosed message */

GByteArray *
parser_part_octets (GMimeObject *object, gsize most)
{
  GByteArray *octets = g_byte_array_new ();
  GMimeDataWrapper *content = g_mime_part_get_content (GMIME_PART (object));
  GMimeStream *stream = content ? g_mime_data_wrapper_get_stream (content) : NULL;
  gint64 length = stream ? g_mime_stream_length (stream) : 0;
  if (length <= 0)
    return octets;
  g_byte_array_set_size (octets, MIN (length, (gint64)most));
  g_mime_stream_reset (stream);
  gssize got = g_mime_stream_read (stream, (char *)octets->data, octets->len);
  g_byte_array_set_size (octets, MAX (got, 0));
  return octets;
}

ParserEncoding
parser_part_encoding (GMimeObject *object, guint *defects)
{
  return parser_encoding_read (g_mime_object_get_header (object, "Content-Transfer-Encoding"), defects);
}

/* R40: a label that is forbidden is not believed, unless the octets can be nothing else. */
static GByteArray *
report_octets (GMimeObject *object, guint *defects)
{
  GByteArray *raw = parser_part_octets (object, MAX_REPORT);
  gsize at = 0, next = 0;
  while (at < raw->len && g_ascii_isspace (raw->data[at]))
    at++;
  gsize end = parser_line_end (raw->data, raw->len, at, &next);
  ParserEncoding encoding = parser_part_encoding (object, defects);
  if (encoding == PARSER_ENCODING_IDENTITY || encoding == PARSER_ENCODING_OPAQUE
      || parser_field_name (raw->data + at, end - at) > 0)
    return raw;
  GByteArray *decoded = parser_decode_transfer (raw->data, raw->len, encoding, defects);
  g_byte_array_unref (raw);
  return decoded;
}

/* Groups of fields with empty lines between (RFC 3464 section 2.1). */
void
parser_tree_report (ParserTree *tree, GMimeObject *object, guint *defects)
{
  g_autoptr (GByteArray) octets = report_octets (object, defects);
  gsize group = 0;
  for (gsize at = 0, next = 0; at < octets->len && tree->reports->len < MAX_GROUPS; at = next)
    {
      gsize end = parser_line_end (octets->data, octets->len, at, &next);
      if (end != at && next < octets->len)
        continue;
      guint ignored = 0;
      g_autoptr (GPtrArray) fields = parser_fields_read (octets->data + group, next - group, &ignored);
      group = next;
      if (fields->len > 0)
        g_ptr_array_add (tree->reports, g_steal_pointer (&fields));
    }
}

static void
keep_enclosed (ParserTree *tree, const guint8 *octets, gsize size)
{
  guint ignored = 0;
  if (!tree->enclosed)
    tree->enclosed = parser_fields_read (octets, size, &ignored);
}

/* Of the texts no more than where a token may stand: nobody reads them for a wish (R43). */
static void
keep_enclosed_text (ParserTree *tree, GMimeObject *object, guint depth)
{
  GString *text = tree->enclosed_text;
  if (GMIME_IS_MULTIPART (object) && depth < MAX_ENCLOSED_DEPTH)
    for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (object)) && text->len < MAX_REPORT; i++)
      keep_enclosed_text (tree, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
  if (!GMIME_IS_PART (object)
      || !g_mime_content_type_is_type (g_mime_object_get_content_type (object), "text", "*"))
    return;
  guint ignored = 0;
  g_autoptr (GByteArray) raw = parser_part_octets (object, MAX_REPORT);
  g_autoptr (GByteArray) octets
      = parser_decode_transfer (raw->data, raw->len, parser_part_encoding (object, &ignored), &ignored);
  for (guint i = 0; i < octets->len; i++)
    g_string_append_c (text, octets->data[i] != '\0' ? (char)octets->data[i] : ' ');
  g_string_append_c (text, '\n');
}

/* The header of an enclosed message as it stood; the message itself is not entered (R43, R52). */
void
parser_tree_enclosed (ParserTree *tree, GMimeMessagePart *part)
{
  GMimeMessage *message = g_mime_message_part_get_message (part);
  if (!message || tree->enclosed)
    return;
  GMimeHeaderList *headers = g_mime_object_get_header_list (GMIME_OBJECT (message));
  g_autoptr (GString) raw = g_string_new (NULL);
  for (int i = 0; i < g_mime_header_list_get_count (headers) && raw->len < PARSER_MAX_HEADER_BLOCK; i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);
      const char *value = g_mime_header_get_raw_value (header);
      g_string_append_printf (raw, "%s:%s", g_mime_header_get_raw_name (header), value ? value : "\n");
    }
  keep_enclosed (tree, (const guint8 *)raw->str, raw->len);
  tree->enclosed_text = g_string_new (NULL);
  keep_enclosed_text (tree, g_mime_message_get_mime_part (message), 0);
}

void
parser_tree_headers (ParserTree *tree, GMimeObject *object, guint *defects)
{
  g_autoptr (GByteArray) octets = report_octets (object, defects);
  keep_enclosed (tree, octets->data, octets->len);
}
