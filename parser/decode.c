/* decode.c - base64, quoted-printable and encoded-words, tolerant: GMime 3.2.13 loses text of ordinary mail
 * (R38, R39) */
#include <string.h>

#include "internal.h"

#define MAX_CHARSET_NAME 60 /* characters of a charset's name in an encoded-word */

void
parser_text_free (ParserText *text)
{
  if (!text)
    return;
  g_free (text->part);
  g_free (text->text);
  g_clear_pointer (&text->spans, g_array_unref);
  g_clear_pointer (&text->links, g_ptr_array_unref);
  g_free (text);
}

static int
base64_value (guint8 octet)
{
  if (octet >= 'A' && octet <= 'Z')
    return octet - 'A';
  if (octet >= 'a' && octet <= 'z')
    return octet - 'a' + 26;
  if (octet >= '0' && octet <= '9')
    return octet - '0' + 52;
  return octet == '+' ? 62 : octet == '/' ? 63 : -1;
}

/* What an unfinished group of @count characters still holds. */
static void
flush_group (GByteArray *out, guint32 bits, guint count)
{
  for (guint whole = count * 6 / 8, i = 0; i < whole; i++)
    g_byte_array_append (out, &(guint8){ bits >> (count * 6 - 8 * (i + 1)) & 0xff }, 1);
}

/* Padding ends a group and not the text, since some writers encode in padded chunks; what is outside the
 * alphabet is passed over. */
GByteArray *
parser_decode_base64 (const guint8 *octets, gsize size, guint *defects)
{
  GByteArray *out = g_byte_array_sized_new (size / 4 * 3 + 3);
  guint32 bits = 0;
  guint count = 0;
  for (gsize i = 0; i < size; i++)
    {
      int value = base64_value (octets[i]);
      if (value >= 0)
        {
          bits = bits << 6 | value;
          count++;
        }
      else if (octets[i] != '=' && !g_ascii_isspace (octets[i]))
        *defects |= PARSER_DEFECT_BAD_ENCODING;
      if (count == 4 || (count > 0 && octets[i] == '='))
        {
          flush_group (out, bits, count);
          bits = count = 0;
        }
    }
  flush_group (out, bits, count);
  return out;
}

/* The octet after a soft line break that begins at @at (an "="), blanks before the line end allowed; 0 when
 * it is none. */
static gsize
soft_break (const guint8 *octets, gsize size, gsize at)
{
  gsize end = at + 1;
  while (end < size && (octets[end] == ' ' || octets[end] == '\t'))
    end++;
  if (end == size)
    return end;
  if (octets[end] == '\r')
    return end + 1 < size && octets[end + 1] == '\n' ? end + 2 : end + 1;
  return octets[end] == '\n' ? end + 1 : 0;
}

static void
decode_quoted (GByteArray *out, const guint8 *octets, gsize size, gboolean in_word, guint *defects)
{
  guint to = out->len;
  g_byte_array_set_size (out, to + (guint)size); /* no text grows */
  for (gsize i = 0; i < size; i++)
    {
      guint8 octet = octets[i];
      gsize next = 0;
      if (octet == '=' && i + 2 < size && g_ascii_isxdigit (octets[i + 1])
          && g_ascii_isxdigit (octets[i + 2]))
        {
          octet = g_ascii_xdigit_value (octets[i + 1]) << 4 | g_ascii_xdigit_value (octets[i + 2]);
          i += 2;
        }
      else if (octet == '=' && !in_word && (next = soft_break (octets, size, i)) > 0)
        {
          i = next - 1;
          continue;
        }
      else if (octet == '=')
        *defects |= PARSER_DEFECT_BAD_ENCODING; /* and "=ZZ" stays as it stands */
      else if (octet == '_' && in_word)
        octet = ' ';
      out->data[to++] = octet;
    }
  g_byte_array_set_size (out, to);
}

GByteArray *
parser_decode_quoted_printable (const guint8 *octets, gsize size, guint *defects)
{
  GByteArray *out = g_byte_array_sized_new (size);
  decode_quoted (out, octets, size, FALSE, defects);
  return out;
}

/* ---- by label ---- */

/* An unknown encoding is opaque (R39); a misspelt "8-bit" is not unknown. */
ParserEncoding
parser_encoding_read (const char *value, guint *defects)
{
  static const struct
  {
    const char *start;
    ParserEncoding encoding;
  } names[] = { { "base64", PARSER_ENCODING_BASE64 },
                { "b64", PARSER_ENCODING_BASE64 },
                { "quoted", PARSER_ENCODING_QUOTED_PRINTABLE },
                { "7", PARSER_ENCODING_IDENTITY },
                { "8", PARSER_ENCODING_IDENTITY },
                { "binary", PARSER_ENCODING_IDENTITY },
                { "none", PARSER_ENCODING_IDENTITY },
                { "us-ascii", PARSER_ENCODING_IDENTITY },
                { "utf-8", PARSER_ENCODING_IDENTITY },
                { "iso-8859", PARSER_ENCODING_IDENTITY },
                { "text", PARSER_ENCODING_IDENTITY } };
  g_autofree char *plain = parser_value_plain (value ? value : "");
  g_strdelimit (plain, "\"'", ' ');
  g_strstrip (plain);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (plain, names[i].start))
      return names[i].encoding;
  if (*plain == '\0')
    return PARSER_ENCODING_IDENTITY;
  *defects |= PARSER_DEFECT_BAD_ENCODING;
  return PARSER_ENCODING_OPAQUE;
}

static gboolean
is_escape (const guint8 *octets, gsize size, gsize at)
{
  return at + 2 < size && octets[at] == '=' && g_ascii_isxdigit (octets[at + 1])
         && g_ascii_isxdigit (octets[at + 2]);
}

/* The octets that a row of escapes at @at takes, 0 where they are no UTF-8 beyond ASCII. */
static gsize
escaped_utf_8 (const guint8 *octets, gsize size, gsize at)
{
  char decoded[6] = { 0 };
  gsize n = 0;
  for (; n < sizeof decoded && is_escape (octets, size, at + 3 * n); n++)
    decoded[n] = (char)(g_ascii_xdigit_value (octets[at + 3 * n + 1]) << 4
                        | g_ascii_xdigit_value (octets[at + 3 * n + 2]));
  gunichar c = n > 0 ? g_utf8_get_char_validated (decoded, (gssize)n) : 0;
  return c >= 0x80 && c < 0x110000 ? 3 * (gsize)g_unichar_to_utf8 (c, NULL) : 0;
}

/* Is this quoted-printable, whose label got lost on the way? Where an equals sign stands, letters or the end
 * of a line are encoded there, but for a few. */
static gboolean
is_quoted_printable (const guint8 *octets, gsize size)
{
  guint letters = 0, breaks = 0, others = 0;
  const guint8 *found = octets;
  for (gsize at = 0; at < size && (found = memchr (octets + at, '=', size - at)) != NULL;)
    {
      at = (gsize)(found - octets);
      gsize taken = escaped_utf_8 (octets, size, at), end = taken > 0 ? 0 : soft_break (octets, size, at);
      letters += taken > 0;
      breaks += end > 0;
      others += taken == 0 && end == 0 && !is_escape (octets, size, at);
      at = taken > 0 ? at + taken : at + 1;
    }
  return letters + breaks >= 2 && (letters + breaks) / 4 >= others;
}

GByteArray *
parser_decode_transfer (const guint8 *octets, gsize size, ParserEncoding encoding, guint *defects)
{
  if (encoding == PARSER_ENCODING_BASE64)
    return parser_decode_base64 (octets, size, defects);
  if (encoding == PARSER_ENCODING_QUOTED_PRINTABLE
      || (encoding == PARSER_ENCODING_IDENTITY && is_quoted_printable (octets, size)))
    return parser_decode_quoted_printable (octets, size, defects);
  GByteArray *copy = g_byte_array_sized_new (size);
  return g_byte_array_append (copy, octets, size);
}

/* ---- encoded-words (RFC 2047) ---- */

typedef struct
{
  const char *charset; /* borrowed from the value, not terminated */
  gsize charset_size;
  char encoding; /* 'b' or 'q' */
  const char *text;
  gsize text_size;
  gsize size; /* of the whole word */
} Word;

static gsize
span_until (const char *at, gsize size, const char *stops)
{
  gsize span = 0;
  while (span < size && !strchr (stops, at[span]))
    span++;
  return span;
}

/* The word at @at, which begins with "=?". Malformed: FALSE, to be shown as it stands. Looks at no character
 * of the text twice, so that a row of unfinished words stays linear (H10). */
static gboolean
read_word (const char *at, gsize size, Word *word_out)
{
  gsize limit = MIN (size - 2, MAX_CHARSET_NAME + 1);
  gsize name = span_until (at + 2, limit, "?* \t");
  gsize tail = 2 + name;
  if (name == 0 || name == limit)
    return FALSE;
  if (at[tail] == '*') /* RFC 2231 section 5: a language */
    tail += span_until (at + tail, MIN (size - tail, MAX_CHARSET_NAME), "? \t");
  if (tail + 3 >= size || at[tail] != '?' || at[tail + 2] != '?')
    return FALSE;
  Word word = { at + 2, name, g_ascii_tolower (at[tail + 1]), at + tail + 3, 0, 0 };
  if (word.encoding != 'b' && word.encoding != 'q')
    return FALSE;
  gsize rest = size - tail - 3;
  word.text_size = span_until (word.text, rest, "?");
  if (word.text_size + 1 >= rest || word.text[word.text_size + 1] != '=')
    return FALSE;
  word.size = tail + 3 + word.text_size + 2;
  *word_out = word;
  return TRUE;
}

static gboolean
same_charset (const Word *a, const Word *b)
{
  return a->charset_size == b->charset_size
         && g_ascii_strncasecmp (a->charset, b->charset, a->charset_size) == 0;
}

static void
append_text (GString *out, const guint8 *octets, gsize size, const char *charset)
{
  guint ignored = 0;
  gsize length = 0;
  g_autofree char *text = parser_charset_to_utf8 (octets, size, charset, &length, &ignored);
  g_string_append_len (out, text, length);
}

/* Octets of adjacent words in one charset are put together before they are read as characters: some writers
 * split in the middle of one. */
static void
flush_words (GString *out, GByteArray *octets, const Word *word)
{
  if (octets->len == 0)
    return;
  g_autofree char *charset = g_strndup (word->charset, word->charset_size);
  append_text (out, octets->data, octets->len, charset);
  g_byte_array_set_size (octets, 0);
}

static void
decode_word (const Word *word, GByteArray *octets)
{
  guint ignored = 0;
  g_autoptr (GByteArray) decoded = NULL;
  if (word->encoding == 'b')
    decoded = parser_decode_base64 ((const guint8 *)word->text, word->text_size, &ignored);
  else
    {
      decoded = g_byte_array_new ();
      decode_quoted (decoded, (const guint8 *)word->text, word->text_size, TRUE, &ignored);
    }
  g_byte_array_append (octets, decoded->data, decoded->len);
}

static gboolean
is_blank (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/* One line, folds undone: a decoded line end must never become a second header (H25). */
static char *
one_line (const char *text, gsize size)
{
  g_autoptr (GString) line = g_string_sized_new (size);
  for (const char *at = text; at < text + size; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      if (character == '\n' && (at[1] == ' ' || at[1] == '\t'))
        continue;
      gboolean breaks = g_unichar_iscntrl (character) || character == 0x2028 || character == 0x2029;
      g_string_append_unichar (line, breaks ? ' ' : character);
    }
  return g_strdup (g_strstrip (line->str));
}

char *
parser_decode_words (const char *raw, gsize size)
{
  g_autoptr (GString) out = g_string_sized_new (size);
  g_autoptr (GByteArray) octets = g_byte_array_new (); /* of the words not yet written */
  Word word = { 0 }, next;
  gsize plain = 0; /* where the text not yet written begins */
  for (gsize i = 0; i + 1 < size; i++)
    {
      if (raw[i] != '=' || raw[i + 1] != '?' || !read_word (raw + i, size - i, &next))
        continue;
      gboolean adjacent = word.size > 0 && is_blank (raw + plain, i - plain);
      if (!adjacent || !same_charset (&word, &next))
        flush_words (out, octets, &word);
      if (!adjacent)
        append_text (out, (const guint8 *)raw + plain, i - plain, NULL);
      word = next;
      decode_word (&word, octets);
      i += word.size - 1;
      plain = i + 1;
    }
  flush_words (out, octets, &word);
  append_text (out, (const guint8 *)raw + plain, size - plain, NULL);
  return one_line (out->str, out->len);
}
