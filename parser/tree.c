/* tree.c - the parts of a mail: GMime finds them, we decode them, and what a reader would read is kept */
#include <string.h>

#include "tree.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

#define NUL_HEAVY 10 /* one NUL in so many octets: no text (R33) */

typedef struct
{
  ParserTree *tree;
  const ParserOptions *options;
  ParserFacts *facts;
  gsize budget; /* octets of text that may still be decoded */
  gboolean encrypted;
} Walk;

void
parser_tree_free (ParserTree *tree)
{
  if (!tree)
    return;
  g_free (tree->content_type);
  g_free (tree->report_type);
  g_ptr_array_unref (tree->part_types);
  g_ptr_array_unref (tree->reports);
  g_clear_pointer (&tree->enclosed, g_ptr_array_unref);
  if (tree->enclosed_text != NULL)
    g_string_free (tree->enclosed_text, TRUE);
  g_ptr_array_unref (tree->texts);
  g_free (tree);
}

static GPtrArray *
texts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)parser_text_free);
}

/* ---- one part ---- */

static char *
type_name (GMimeContentType *type)
{
  g_autofree char *name = g_strconcat (g_mime_content_type_get_media_type (type), "/",
                                       g_mime_content_type_get_media_subtype (type), NULL);
  return g_ascii_strdown (name, -1);
}

static gboolean
parameter_is (GMimeContentType *type, const char *name, const char *value)
{
  const char *got = g_mime_content_type_get_parameter (type, name);
  return got && g_ascii_strcasecmp (got, value) == 0;
}

static gboolean
is_nul_heavy (const GByteArray *octets, const char *charset)
{
  gsize nuls = 0;
  for (guint i = 0; i < octets->len; i++)
    nuls += octets->data[i] == 0;
  gboolean wide = charset
                  && (g_ascii_strncasecmp (charset, "utf-16", 6) == 0
                      || g_ascii_strncasecmp (charset, "utf-32", 6) == 0);
  return !wide && nuls * NUL_HEAVY > octets->len;
}

/* Cut at the budget, between two characters. */
static void
cut_text (Walk *walk, char *text, gsize *length)
{
  if (*length > walk->budget)
    {
      const char *end = text + walk->budget;
      while (end > text && ((guint8)*end & 0xc0) == 0x80)
        end--;
      *length = end - text;
      text[*length] = '\0';
      walk->facts->defects |= PARSER_DEFECT_PARTIAL;
    }
  walk->budget -= *length;
}

static gboolean
is_pgp (const char *text)
{
  return g_str_has_prefix (text + strspn (text, " \n"), "-----BEGIN PGP MESSAGE-----");
}

/* The text of a text/plain or text/html part whose encoded octets are @octets; other types are not scanned
 * (H47). */
static void
take_text (Walk *walk, GMimeContentType *type, ParserEncoding encoding, const guint8 *octets, gsize size,
           const char *path, GPtrArray *texts)
{
  guint *defects = &walk->facts->defects;
  gboolean html = g_mime_content_type_is_type (type, "text", "html");
  if ((!html && !g_mime_content_type_is_type (type, "text", "plain")) || encoding == PARSER_ENCODING_OPAQUE)
    return;
  gsize most = 4 * walk->budget; /* the most that so much text takes, three octets for one and soft breaks */
  if (size > most)
    *defects |= PARSER_DEFECT_PARTIAL;
  const char *charset = g_mime_content_type_get_parameter (type, "charset");
  g_autoptr (GByteArray) decoded = parser_decode_transfer (octets, MIN (size, most), encoding, defects);
  if (decoded->len > 0 && is_nul_heavy (decoded, charset))
    {
      *defects |= PARSER_DEFECT_NUL;
      return;
    }
  gsize length = 0;
  g_autofree char *utf_8 = parser_undo_misread (
      parser_charset_to_utf8 (decoded->data, decoded->len, charset, &length, defects), &length);
  cut_text (walk, utf_8, &length);
  if (html)
    {
      g_ptr_array_add (texts, parser_html_to_text (utf_8, length, path, defects));
      return;
    }
  walk->encrypted |= is_pgp (utf_8);
  ParserText *text = g_new0 (ParserText, 1);
  text->part = g_strdup (path);
  text->text = g_steal_pointer (&utf_8);
  text->length = length;
  text->flowed = parameter_is (type, "format", "flowed");
  text->delsp = parameter_is (type, "delsp", "yes");
  text->spans = g_array_new (FALSE, FALSE, sizeof (ParserSpan));
  g_ptr_array_add (texts, text);
}

/* ---- the walk ---- */

static gboolean
is_report (const char *type)
{
  static const char *const types[] = { "message/delivery-status",
                                       "message/global-delivery-status",
                                       "message/disposition-notification",
                                       "message/global-disposition-notification",
                                       "message/feedback-report",
                                       "message/tracking-status",
                                       NULL };
  return g_strv_contains (types, type);
}

static gboolean
is_encrypted (GMimeContentType *type, const char *name)
{
  return strcmp (name, "multipart/encrypted") == 0
         || ((strcmp (name, "application/pkcs7-mime") == 0 || strcmp (name, "application/x-pkcs7-mime") == 0)
             && !parameter_is (type, "smime-type", "signed-data"));
}

/* A text that its sender named as a file, behind the first one, is an attachment whatever its disposition
 * says. */
static gboolean
is_attachment (GMimeObject *object, GPtrArray *texts)
{
  const char *disposition = g_mime_object_get_disposition (object);
  if (disposition && g_ascii_strcasecmp (disposition, "attachment") == 0)
    return TRUE;
  return texts->len > 0 && g_mime_part_get_filename (GMIME_PART (object));
}

static void
walk_part (Walk *walk, GMimeObject *object, const char *name, const char *path, GPtrArray *texts)
{
  if (is_report (name))
    parser_tree_report (walk->tree, object, &walk->facts->defects);
  else if (strcmp (name, "text/rfc822-headers") == 0 || strcmp (name, "message/global-headers") == 0)
    parser_tree_headers (walk->tree, object, &walk->facts->defects);
  else if (g_str_has_prefix (name, "text/") && !is_attachment (object, texts))
    {
      ParserEncoding encoding = parser_part_encoding (object, &walk->facts->defects);
      g_autoptr (GByteArray) octets = parser_part_octets (object, 4 * walk->budget + 1);
      take_text (walk, g_mime_object_get_content_type (object), encoding, octets->data, octets->len, path,
                 texts);
    }
}

static void walk_object (Walk *walk, GMimeObject *object, const char *path, GPtrArray *texts);

static void
walk_child (Walk *walk, GMimeMultipart *multipart, int i, const char *path, GPtrArray *texts)
{
  g_autofree char *child = path ? g_strdup_printf ("%s.%d", path, i + 1) : g_strdup_printf ("%d", i + 1);
  walk_object (walk, g_mime_multipart_get_part (multipart, i), child, texts);
}

static void
move_texts (GPtrArray *from, GPtrArray *to)
{
  while (from->len > 0)
    g_ptr_array_add (to, g_ptr_array_steal_index (from, 0));
}

static gboolean
has_html (GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (((const ParserText *)texts->pdata[i])->from_html)
      return TRUE;
  return FALSE;
}

/* The best of the plain texts against the best HTML: the last that says anything, as RFC 2046 section 5.1.4
 * orders. */
static void
walk_alternative (Walk *walk, GMimeMultipart *multipart, const char *path, GPtrArray *texts)
{
  g_autoptr (GPtrArray) plain = texts_new ();
  g_autoptr (GPtrArray) html = texts_new ();
  for (int i = 0; i < g_mime_multipart_get_count (multipart); i++)
    {
      g_autoptr (GPtrArray) child = texts_new ();
      walk_child (walk, multipart, i, path, child);
      if (child->len == 0)
        continue;
      GPtrArray *kind = has_html (child) ? html : plain;
      g_ptr_array_set_size (kind, 0);
      move_texts (child, kind);
    }
  gboolean read_html = html->len > 0 && parser_prefers_html (plain, html, walk->options, walk->facts);
  move_texts (read_html ? html : plain, texts);
}

/* No part at all, for want of a boundary: what stands there is one raw text (R41). */
static void
take_raw (Walk *walk, const guint8 *octets, gsize size, const char *path, GPtrArray *texts)
{
  g_autoptr (GMimeContentType) type = g_mime_content_type_new ("text", "plain");
  take_text (walk, type, PARSER_ENCODING_IDENTITY, octets, size, path, texts);
}

static void
walk_multipart (Walk *walk, GMimeMultipart *multipart, const char *name, const char *path, GPtrArray *texts)
{
  int count = g_mime_multipart_get_count (multipart);
  const char *prologue = count == 0 ? g_mime_multipart_get_prologue (multipart) : NULL;
  if (prologue)
    {
      walk->facts->defects |= PARSER_DEFECT_BAD_BOUNDARY;
      take_raw (walk, (const guint8 *)prologue, strlen (prologue), path ? path : "1", texts);
    }
  else if (strcmp (name, "multipart/alternative") == 0)
    walk_alternative (walk, multipart, path, texts);
  else
    for (int i = 0; i < count; i++)
      walk_child (walk, multipart, i, path, texts);
}

/* base64 and quoted-printable are forbidden on what has parts, and read as if they were not there (R40). */
static void
note_forbidden_encoding (const char *encoding, guint *defects)
{
  if (parser_encoding_read (encoding, defects) != PARSER_ENCODING_IDENTITY)
    *defects |= PARSER_DEFECT_BAD_ENCODING;
}

/* @path: NULL for the whole mail's multipart, whose parts are "1", "2" (RFC 3501 section 6.4.5). */
static void
walk_object (Walk *walk, GMimeObject *object, const char *path, GPtrArray *texts)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autofree char *name = type_name (type);
  gboolean encrypted = is_encrypted (type, name);
  walk->encrypted |= encrypted;
  if (!GMIME_IS_PART (object))
    note_forbidden_encoding (g_mime_object_get_header (object, "Content-Transfer-Encoding"),
                             &walk->facts->defects);
  if (GMIME_IS_MESSAGE_PART (object))
    parser_tree_enclosed (walk->tree, GMIME_MESSAGE_PART (object));
  else if (GMIME_IS_MULTIPART (object) && !encrypted)
    walk_multipart (walk, GMIME_MULTIPART (object), name, path, texts);
  else if (GMIME_IS_PART (object))
    walk_part (walk, object, name, path ? path : "1", texts);
  g_ptr_array_add (walk->tree->part_types, g_steal_pointer (&name));
}

/* ---- the whole mail ---- */

/* What GMime is given: of the header the content type alone, since it can be crashed by others (H1), and the
 * body, with every kind of line end made one that it knows (R30). A transfer encoding is forbidden here and
 * left out (R40). */
static GByteArray *
make_document (const char *content_type, const guint8 *body, gsize size)
{
  GByteArray *document = g_byte_array_sized_new (size + strlen (content_type) + 32);
  g_autofree char *header = g_strdup_printf ("Content-Type: %s\n\n", content_type);
  g_byte_array_append (document, (const guint8 *)header, strlen (header));
  if (!memchr (body, '\r', size))
    return g_byte_array_append (document, body, size);
  for (gsize at = 0, next = 0; at < size; at = next)
    {
      gsize end = parser_line_end (body, size, at, &next);
      g_byte_array_append (document, body + at, end - at);
      if (next > end)
        g_byte_array_append (document, (const guint8 *)"\n", 1);
    }
  return document;
}

static void
walk_document (Walk *walk, const char *content_type, const guint8 *body, gsize size)
{
  GByteArray *document = make_document (content_type, body, size);
  g_autoptr (GMimeStream) stream
      = g_mime_stream_mem_new_with_byte_array (document); /* which owns it from here */
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr (GMimeObject) object = g_mime_parser_construct_part (parser, NULL);
  if (object)
    walk_object (walk, object, NULL, walk->tree->texts);
}

static gboolean
is_composite (GMimeContentType *type)
{
  return g_mime_content_type_is_type (type, "multipart", "*")
         || g_mime_content_type_is_type (type, "message", "*");
}

static GMimeContentType *
read_type (const char *value)
{
  guint parameters = 0;
  for (const char *at = value; at && *at; at++)
    parameters += *at == ';';
  return value && parameters <= PARSER_MAX_PARAMETERS ? g_mime_content_type_parse (NULL, value)
                                                      : g_mime_content_type_new ("text", "plain");
}

static void
read_parts (Walk *walk, GPtrArray *fields, const guint8 *body, gsize size, gboolean too_much)
{
  ParserTree *tree = walk->tree;
  guint *defects = &walk->facts->defects;
  const char *value = parser_fields_last (fields, "Content-Type");
  g_autoptr (GMimeContentType) type = read_type (value);
  const char *report_type = g_mime_content_type_get_parameter (type, "report-type");
  gboolean unbounded = g_mime_content_type_is_type (type, "multipart", "*")
                       && !g_mime_content_type_get_parameter (type, "boundary");
  tree->content_type = type_name (type);
  tree->report_type = report_type ? g_ascii_strdown (report_type, -1) : NULL;
  const char *encoding = parser_fields_last (fields, "Content-Transfer-Encoding");
  if (is_composite (type))
    note_forbidden_encoding (encoding, defects);
  if (is_composite (type) && !unbounded && !too_much)
    {
      walk_document (walk, value, body, size);
      return;
    }
  g_ptr_array_add (tree->part_types, g_strdup (tree->content_type));
  if (is_composite (type))
    {
      *defects |= unbounded ? PARSER_DEFECT_BAD_BOUNDARY : 0;
      take_raw (walk, body, size, "1", tree->texts);
      return;
    }
  walk->encrypted |= is_encrypted (type, tree->content_type);
  take_text (walk, type, parser_encoding_read (encoding, defects), body, size, "1", tree->texts);
}

static gboolean
is_nothing_else (GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (!is_pgp (((const ParserText *)texts->pdata[i])->text))
      return FALSE;
  return TRUE;
}

ParserTree *
parser_tree_read (GPtrArray *fields, const guint8 *body, gsize size, gboolean too_much,
                  const ParserOptions *options, ParserFacts *facts)
{
  ParserTree *tree = g_new0 (ParserTree, 1);
  tree->part_types = g_ptr_array_new_with_free_func (g_free);
  tree->reports = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  tree->texts = texts_new ();
  Walk walk = { tree, options, facts, PARSER_MAX_TEXT, FALSE };
  read_parts (&walk, fields, body, size, too_much);
  if (walk.encrypted && is_nothing_else (tree->texts))
    facts->marks |= PARSER_MARK_ENCRYPTED;
  return tree;
}
