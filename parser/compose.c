/* compose.c - a mail of ours as octets, the only file that writes mail. GMime builds the mail and encodes its
 * text; the header's values are ours, because GMime 3.2.13 writes encoded-words longer than RFC 2047 section
 * 2 allows and leaves local parts unquoted. */
#include "internal.h"

#include <gmime/gmime.h>
#include <string.h>

#define LINE 78
#define PLAIN_WORD_MAX 60 /* a longer word of a text is encoded, so that it can be folded */
#define ENCODED_OCTETS 42 /* of UTF-8 in one encoded-word: 56 digits and 12 around them, 75 allowed */
#define REFERENCES_MAX 20 /* R68: the first, which names the thread, and the last ones */
#define ATEXT "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimePart, g_object_unref)

static gboolean
is_one_line (const char *text)
{
  return text == NULL || strpbrk (text, "\r\n") == NULL;
}

/* Text that may stand in a header as it is: folding at single spaces gives it back unchanged. */
static gboolean
is_plain_header (const char *text)
{
  gsize word = 0;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isprint (*c) || (*c == ' ' && word == 0))
        return FALSE;
      word = *c == ' ' ? 0 : word + 1;
      if (word > PLAIN_WORD_MAX)
        return FALSE;
    }
  return word > 0
         && strstr (text, "=?") == NULL; /* what looks like an encoded-word must not become one (H25) */
}

/* RFC 2047: words that each end on a character's end; a reader drops the spaces between them. */
static char *
encoded_words (const char *text)
{
  GString *words = g_string_new (NULL);
  for (const char *start = text, *end = text; *start != '\0'; start = end)
    {
      while (*end != '\0' && g_utf8_next_char (end) - start <= ENCODED_OCTETS)
        end = g_utf8_next_char (end);
      g_autofree char *digits = g_base64_encode ((const guchar *)start, (gsize)(end - start));
      g_string_append_printf (words, "%s=?utf-8?B?%s?=", words->len > 0 ? " " : "", digits);
    }
  return g_string_free (words, FALSE);
}

static char *
quoted (const char *text)
{
  GString *out = g_string_new ("\"");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
    }
  return g_string_free (g_string_append_c (out, '"'), FALSE);
}

/* Dots too. Beyond ASCII everything is (RFC 6532 section 3.2). */
static gboolean
is_atext (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text < 0x80 && strchr (ATEXT ".", *text) == NULL)
      return FALSE;
  return TRUE;
}

static char *
addr_spec (const char *address)
{
  const char *at = strrchr (address, '@');
  g_assert (at != NULL && at > address && g_utf8_validate (address, -1, NULL));
  g_autofree char *local = g_strndup (address, (gsize)(at - address));
  gboolean dot_atom = is_atext (local) && local[0] != '.' && at[-1] != '.' && strstr (local, "..") == NULL;
  g_autofree char *written = dot_atom ? g_strdup (local) : quoted (local);
  return g_strconcat (written, at, NULL);
}

static char *
mailbox (const char *name, const char *address)
{
  g_autofree char *spec = addr_spec (address);
  if (name == NULL || *name == '\0')
    return g_steal_pointer (&spec);
  g_autofree char *phrase = !is_plain_header (name)                  ? encoded_words (name)
                            : name[strspn (name, ATEXT " ")] == '\0' ? g_strdup (name)
                                                                     : quoted (name);
  return g_strconcat (phrase, " <", spec, ">", NULL);
}

/* Sets a field whose value is folded at its spaces, where a line would be too long. */
static void
set_field (GMimeMessage *message, const char *name, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  GString *folded = g_string_new (NULL);
  gsize column = strlen (name) + 1;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]) + 1;
      if (i > 0 && column + length > LINE)
        {
          g_string_append_c (folded, '\n');
          column = 0;
        }
      g_string_append_printf (folded, " %s", words[i]);
      column += length;
    }
  g_string_append_c (folded, '\n');

  GMimeObject *object = GMIME_OBJECT (message);
  g_mime_object_set_header (object, name, "", NULL);
  g_mime_header_set_raw_value (g_mime_header_list_get_header (g_mime_object_get_header_list (object), name),
                               folded->str);
  g_string_free (folded, TRUE);
}

static gboolean
is_message_id (const char *id)
{
  return parser_message_id_is_valid (id, strlen (id));
}

/* R68: the parent's References and then the parent itself; none when the parent has no name. */
static void
set_thread (GMimeMessage *message, const ParserReply *reply)
{
  if (reply->in_reply_to == NULL || !is_message_id (reply->in_reply_to)) /* H26 */
    return;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; reply->references != NULL && reply->references[i] != NULL; i++)
    if (is_message_id (reply->references[i]) && strcmp (reply->references[i], reply->in_reply_to) != 0)
      g_ptr_array_add (ids, (gpointer)reply->references[i]);
  g_ptr_array_add (ids, (gpointer)reply->in_reply_to);
  if (ids->len > REFERENCES_MAX)
    g_ptr_array_remove_range (ids, 1, ids->len - REFERENCES_MAX);
  g_ptr_array_add (ids, NULL);
  g_autofree char *references = g_strjoinv (" ", (char **)ids->pdata);
  set_field (message, "In-Reply-To", reply->in_reply_to);
  set_field (message, "References", references);
}

static void
set_header (GMimeMessage *message, const ParserReply *reply)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (reply->date_at);
  g_assert (date != NULL);
  g_autofree char *from = mailbox (reply->from_name, reply->from);
  g_autofree char *to = mailbox (NULL, reply->to); /* R63: one, no Cc, no Bcc */
  g_autofree char *subject
      = is_plain_header (reply->subject) ? g_strdup (reply->subject) : encoded_words (reply->subject);
  set_field (message, "From", from);
  set_field (message, "To", to);
  if (reply->reply_to != NULL)
    {
      g_autofree char *reply_to = mailbox (NULL, reply->reply_to);
      set_field (message, "Reply-To", reply_to);
    }
  set_field (message, "Subject", subject);
  g_mime_message_set_date (message, date);
  set_field (message, "Message-ID", reply->message_id);
  set_thread (message, reply);
  set_field (message, "Auto-Submitted", reply->auto_replied ? "auto-replied" : "auto-generated"); /* R67 */
  if (reply->loop_marker != NULL)
    set_field (message, "X-Loop", reply->loop_marker);
}

static gboolean
is_plain_text (const char *body)
{
  gsize column = 0;
  for (const char *c = body; *c != '\0'; c++)
    {
      column = *c == '\n' ? 0 : column + 1;
      if (column > LINE || !(g_ascii_isprint (*c) || *c == '\n'))
        return FALSE;
    }
  return TRUE;
}

/* Quoted-printable can be read as it is where most letters are Latin; elsewhere it takes nine octets for one
 * of Hindi. */
static GMimeContentEncoding
encoding_of (const char *text)
{
  gsize beyond = 0, length = strlen (text);
  if (is_plain_text (text))
    return GMIME_CONTENT_ENCODING_7BIT;
  for (const char *c = text; *c != '\0'; c++)
    beyond += !g_ascii_isprint (*c) && *c != '\n';
  return beyond * 6 > length ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

static GMimePart *
text_part (const char *subtype, const char *text, const char *language)
{
  g_autoptr (GMimeStream) octets = g_mime_stream_mem_new_with_buffer (text, strlen (text));
  g_autoptr (GMimeDataWrapper) content
      = g_mime_data_wrapper_new_with_stream (octets, GMIME_CONTENT_ENCODING_DEFAULT);
  GMimePart *part = g_mime_part_new_with_type ("text", subtype);
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding_of (text));
  if (language != NULL)
    g_mime_object_set_header (GMIME_OBJECT (part), "Content-Language", language, NULL);
  return part;
}

/* Plain text first: who shows pages takes the last that it can show (RFC 2046 section 5.1.4). The boundary is
 * made from the text, so that the same reply is the same octets. */
static GMimeObject *
body_of (const ParserReply *reply)
{
  g_autoptr (GMimePart) plain = text_part ("plain", reply->body, reply->language);
  if (reply->html == NULL)
    return GMIME_OBJECT (g_steal_pointer (&plain));
  g_autoptr (GMimePart) page = text_part ("html", reply->html, reply->language);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reply->html, -1);
  g_autofree char *boundary = g_strdup_printf ("=_%.32s", digest);
  GMimeMultipart *both = g_mime_multipart_new_with_subtype ("alternative");
  g_mime_multipart_set_boundary (both, boundary);
  g_mime_multipart_add (both, GMIME_OBJECT (plain));
  g_mime_multipart_add (both, GMIME_OBJECT (page));
  return GMIME_OBJECT (both);
}

GBytes *
parser_compose (const ParserReply *reply)
{
  g_assert (is_one_line (reply->from_name) && is_one_line (reply->subject)
            && is_one_line (reply->loop_marker));
  g_assert (is_one_line (reply->from) && is_one_line (reply->to) && is_one_line (reply->reply_to)
            && is_one_line (reply->language));
  g_assert (is_message_id (reply->message_id));
  parser_init ();

  g_autoptr (GMimeMessage) message = g_mime_message_new (FALSE);
  GMimeObject *body = body_of (reply);
  set_header (message, reply);
  g_mime_message_set_mime_part (message, body);
  g_object_unref (body);
  char *octets = g_mime_object_to_string (GMIME_OBJECT (message), NULL);
  return g_bytes_new_take (octets, strlen (octets));
}
