/* charset.c - octets of any charset to UTF-8, without ever failing and without opening a file while a mail is
 * read */
#include <errno.h>
#include <string.h>

#include "internal.h"

#define MAX_NAME 40     /* characters of a charset's name that are looked at */
#define MAX_SECTIONS 10 /* of a name split by RFC 2231 */

typedef enum
{
  OWN_ASCII, /* also what is not known: read as UTF-8, else as windows-1252 */
  OWN_UTF_8,
  OWN_LATIN_1, /* windows-1252 too: a browser reads both as this one */
  OWN_LATIN_9,
  OWN_UTF_16, /* by its mark, else as the zero octets show */
  CONVERTER
} Method;

typedef struct
{
  const char *name; /* lower-case letters and digits only */
  Method method;
  const char *converter; /* iconv's name; opened for our own too, since GMime decodes file names by it */
} Charset;

/* clang-format off */
static const Charset charsets[] = {
  { "usascii",      OWN_ASCII,   NULL },  { "ascii",        OWN_ASCII,   NULL },
  { "ansix341968",  OWN_ASCII,   NULL },  { "unknown8bit",  OWN_ASCII,   NULL },
  { "utf8",         OWN_UTF_8,   NULL },  { "unicode11utf8", OWN_UTF_8,  NULL },
  { "utf8mb4",      OWN_UTF_8,   NULL },
  { "iso88591",     OWN_LATIN_1, "ISO-8859-1" },  { "latin1",       OWN_LATIN_1, "ISO-8859-1" },
  { "l1",           OWN_LATIN_1, "ISO-8859-1" },  { "windows1252",  OWN_LATIN_1, "CP1252" },
  { "cp1252",       OWN_LATIN_1, "CP1252" },      { "win1252",      OWN_LATIN_1, "CP1252" },
  { "ansi",         OWN_LATIN_1, "CP1252" },      { "iso885915",    OWN_LATIN_9, "ISO-8859-15" },
  { "latin9",       OWN_LATIN_9, "ISO-8859-15" }, { "utf16",        OWN_UTF_16,  "UTF-16" },
  { "utf16le",      OWN_UTF_16,  "UTF-16" },      { "utf16be",      OWN_UTF_16,  "UTF-16" },
  { "ucs2",         OWN_UTF_16,  "UTF-16" },      { "unicode",      OWN_UTF_16,  "UTF-16" },
  { "utf7",         CONVERTER, "UTF-7" },        { "unicode11utf7", CONVERTER, "UTF-7" },
  { "iso88592",     CONVERTER, "ISO-8859-2" },   { "latin2",        CONVERTER, "ISO-8859-2" },
  { "iso88593",     CONVERTER, "ISO-8859-3" },   { "iso88594",      CONVERTER, "ISO-8859-4" },
  { "iso88595",     CONVERTER, "ISO-8859-5" },   { "iso88596",      CONVERTER, "ISO-8859-6" },
  { "iso88596i",    CONVERTER, "ISO-8859-6" },   { "iso88597",      CONVERTER, "ISO-8859-7" },
  { "iso88598",     CONVERTER, "ISO-8859-8" },   { "iso88598i",     CONVERTER, "ISO-8859-8" },
  { "iso88598e",    CONVERTER, "ISO-8859-8" },   { "iso88599",      CONVERTER, "ISO-8859-9" },
  { "iso885910",    CONVERTER, "ISO-8859-10" },  { "iso885911",     CONVERTER, "TIS-620" },
  { "tis620",       CONVERTER, "TIS-620" },      { "windows874",    CONVERTER, "TIS-620" },
  { "iso885913",    CONVERTER, "ISO-8859-13" },  { "iso885914",     CONVERTER, "ISO-8859-14" },
  { "iso885916",    CONVERTER, "ISO-8859-16" },  { "koi8r",         CONVERTER, "KOI8-R" },
  { "koi8",         CONVERTER, "KOI8-R" },       { "koi8u",         CONVERTER, "KOI8-U" },
  { "windows1250",  CONVERTER, "CP1250" },       { "cp1250",        CONVERTER, "CP1250" },
  { "windows1251",  CONVERTER, "CP1251" },       { "cp1251",        CONVERTER, "CP1251" },
  { "windows1253",  CONVERTER, "CP1253" },       { "cp1253",        CONVERTER, "CP1253" },
  { "windows1254",  CONVERTER, "CP1254" },       { "cp1254",        CONVERTER, "CP1254" },
  { "windows1255",  CONVERTER, "CP1255" },       { "cp1255",        CONVERTER, "CP1255" },
  { "windows1256",  CONVERTER, "CP1256" },       { "cp1256",        CONVERTER, "CP1256" },
  { "windows1257",  CONVERTER, "CP1257" },       { "cp1257",        CONVERTER, "CP1257" },
  { "windows1258",  CONVERTER, "CP1258" },       { "cp1258",        CONVERTER, "CP1258" },
  { "ibm437",       CONVERTER, "CP437" },        { "cp437",         CONVERTER, "CP437" },
  { "ibm850",       CONVERTER, "CP850" },        { "cp850",         CONVERTER, "CP850" },
  { "ibm852",       CONVERTER, "CP852" },        { "cp852",         CONVERTER, "CP852" },
  { "ibm866",       CONVERTER, "CP866" },        { "cp866",         CONVERTER, "CP866" },
  { "macintosh",    CONVERTER, "MACINTOSH" },    { "xmacroman",     CONVERTER, "MACINTOSH" },
  { "viscii",       CONVERTER, "VISCII" },       { "utf32",         CONVERTER, "UTF-32" },
  { "iso2022jp",    CONVERTER, "ISO-2022-JP" },  { "iso2022jp2",    CONVERTER, "ISO-2022-JP-2" },
  { "eucjp",        CONVERTER, "EUC-JP" },       { "xeucjp",        CONVERTER, "EUC-JP" },
  { "shiftjis",     CONVERTER, "CP932" },        { "sjis",          CONVERTER, "CP932" },
  { "xsjis",        CONVERTER, "CP932" },        { "windows31j",    CONVERTER, "CP932" },
  { "cp932",        CONVERTER, "CP932" },        { "iso2022kr",     CONVERTER, "ISO-2022-KR" },
  { "euckr",        CONVERTER, "CP949" },        { "ksc56011987",   CONVERTER, "CP949" },
  { "ksc5601",      CONVERTER, "CP949" },        { "cp949",         CONVERTER, "CP949" },
  { "gb2312",       CONVERTER, "GB18030" },      { "gbk",           CONVERTER, "GB18030" },
  { "gb18030",      CONVERTER, "GB18030" },      { "cp936",         CONVERTER, "GB18030" },
  { "big5",         CONVERTER, "BIG5-HKSCS" },   { "big5hkscs",     CONVERTER, "BIG5-HKSCS" },
  { "cp950",        CONVERTER, "BIG5-HKSCS" },   { "iso2022cn",     CONVERTER, "ISO-2022-CN" },
};

/* What windows-1252 has at 0x80 to 0x9f; 0xfffd where it has nothing. */
static const gunichar2 windows_1252[32] = {
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
  0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};
/* clang-format on */

/* The converters that are open, beside the name that asked for each; they and the lists of word-list.c are
 * all that this room remembers. Nothing may be opened once the child is locked down (REQUIREMENTS 3.3), so
 * they live as long as the process, which reads one mail at a time. */
static GIConv converters[G_N_ELEMENTS (charsets)];

static const Charset *
find_charset (const char *name)
{
  char folded[MAX_NAME + 1];
  gsize size = 0;
  for (const char *at = name; *at && size < MAX_NAME; at++)
    if (g_ascii_isalnum (*at))
      folded[size++] = g_ascii_tolower (*at);
  folded[size] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (strcmp (charsets[i].name, folded) == 0)
      return &charsets[i];
  return NULL;
}

static void
open_converter (const char *name)
{
  const Charset *charset = find_charset (name);
  if (!charset || !charset->converter || converters[charset - charsets])
    return;
  GIConv opened = g_iconv_open ("UTF-8", charset->converter);
  if (opened != (GIConv)-1)
    converters[charset - charsets] = opened;
}

/* ---- what to open: names in the raw octets, found without parsing ---- */

typedef struct
{
  GString *sections[MAX_SECTIONS]; /* charset*0=ut; charset*1=f-8, in any order (R44) */
} Split;

static void
take_split (Split *split, guint section, const char *value, gsize size)
{
  if (section >= MAX_SECTIONS)
    return;
  if (split->sections[section])
    g_string_free (split->sections[section], TRUE);
  split->sections[section] = g_string_new_len (value, size);
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint i = 0; i < MAX_SECTIONS && split->sections[i]; i++)
    {
      g_string_append_len (name, split->sections[i]->str, split->sections[i]->len);
      open_converter (name->str);
    }
}

/* When the "=" at @at ends "charset=", "charset*=" or "charset*1*=", TRUE and the section. */
static gboolean
is_charset_parameter (const guint8 *octets, gsize at, guint *section_out)
{
  gsize end = at;
  guint section = 0, scale = 1;
  while (end > 0 && g_ascii_isspace (octets[end - 1]))
    end--;
  if (end > 0 && octets[end - 1] == '*')
    end--;
  for (; end > 0 && g_ascii_isdigit (octets[end - 1]) && scale < 1000; end--, scale *= 10)
    section += scale * (octets[end - 1] - '0');
  if (end > 0 && octets[end - 1] == '*')
    end--;
  const char name[] = "charset";
  gsize size = strlen (name);
  if (end < size || g_ascii_strncasecmp ((const char *)octets + end - size, name, size) != 0)
    return FALSE;
  *section_out = section;
  return TRUE;
}

static void
take_parameter (const guint8 *octets, gsize size, gsize at, guint section, Split *split)
{
  while (at < size && (g_ascii_isspace (octets[at]) || octets[at] == '"'))
    at++;
  char value[MAX_NAME * 2 + 1];
  gsize length = 0;
  for (; at < size && length < sizeof value - 1 && !strchr ("\";, \t\r\n", octets[at]); at++)
    value[length++] = octets[at];
  value[length] = '\0';
  const char *mark = strrchr (value, '\''); /* RFC 2231 section 4: charset'language'value */
  const char *name = mark ? mark + 1 : value;
  open_converter (name);
  take_split (split, section, name, strlen (name));
}

static void
open_named (const guint8 *at, const guint8 *end, const char *stops)
{
  char name[MAX_NAME + 1];
  gsize length = 0;
  for (; at < end && length < MAX_NAME && !strchr (stops, *at); at++)
    name[length++] = *at;
  name[length] = '\0';
  open_converter (name);
}

void
parser_charset_prepare (const guint8 *octets, gsize size)
{
  Split split = { { NULL } };
  const guint8 *end = octets + size;
  for (const guint8 *at = octets; at && at < end && (at = memchr (at, '=', end - at)); at++)
    {
      gsize position = at - octets;
      guint section = 0;
      if (position + 1 < size && octets[position + 1] == '?')
        open_named (octets + position + 2, end, "?* \r\n"); /* an encoded-word */
      else if (position > 0 && octets[position - 1] == '*')
        open_named (octets + position + 1, end, "' \r\n"); /* RFC 2231: filename*=charset'language'value */
      if (is_charset_parameter (octets, position, &section))
        take_parameter (octets, size, position + 1, section, &split);
    }
  for (guint i = 0; i < MAX_SECTIONS; i++)
    if (split.sections[i])
      g_string_free (split.sections[i], TRUE);
}

void
parser_charset_prepare_all (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    open_converter (charsets[i].name);
}

/* ---- reading ---- */

static void
append_single_byte (GString *out, const guint8 *octets, gsize size, Method method)
{
  static const guint8 latin_9[][2] = { { 0xa4, 0xac }, { 0xa6, 0x60 }, { 0xa8, 0x61 }, { 0xb4, 0x7d },
                                       { 0xb8, 0x7e }, { 0xbc, 0x52 }, { 0xbd, 0x53 }, { 0xbe, 0x78 } };
  static const gunichar2 latin_9_high[] = { 0x2000, 0x0100, 0x0100, 0x0100, 0x0100, 0x0100, 0x0100, 0x0100 };
  for (gsize i = 0; i < size; i++)
    {
      gunichar character = octets[i];
      if (character >= 0x80 && character < 0xa0)
        character = windows_1252[character - 0x80];
      for (gsize n = 0; method == OWN_LATIN_9 && n < G_N_ELEMENTS (latin_9); n++)
        if (octets[i] == latin_9[n][0])
          character = latin_9_high[n] | latin_9[n][1];
      g_string_append_unichar (out, character);
    }
}

/* UTF-8 with U+FFFD for what is none; returns how many places were bad, and in @good_out how many characters
 * beyond ASCII were whole. */
static gsize
append_utf_8 (GString *out, const guint8 *octets, gsize size, gsize *good_out)
{
  gsize bad = 0, good = 0;
  const char *at = (const char *)octets, *end = at + size, *stop = at;
  while (at < end)
    {
      gboolean whole = g_utf8_validate_len (at, end - at, &stop);
      for (const char *seen = at; seen < stop; seen++)
        good += (guint8)*seen >= 0xc0;
      g_string_append_len (out, at, stop - at);
      if (whole)
        break;
      g_string_append (out, "\xef\xbf\xbd");
      bad++;
      for (at = stop + 1; at < end && ((guint8)*at & 0xc0) == 0x80; at++)
        ; /* the rest of the broken character */
    }
  *good_out = good;
  return bad;
}

static gsize
append_utf_16 (GString *out, const guint8 *octets, gsize size)
{
  gsize zeros[2] = { 0, 0 }, bad = size % 2;
  for (gsize i = 0; i < size; i++)
    zeros[i % 2] += octets[i] == 0;
  gboolean little = size >= 2 && octets[0] == 0xff && octets[1] == 0xfe;
  gboolean big = size >= 2 && octets[0] == 0xfe && octets[1] == 0xff;
  gsize high = little || (!big && zeros[1] > zeros[0]) ? 1 : 0; /* which octet of two is the high one */
  for (gsize i = little || big ? 2 : 0; i + 1 < size; i += 2)
    {
      gunichar unit = octets[i + high] << 8 | octets[i + 1 - high];
      if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < size && (octets[i + 2 + high] & 0xfc) == 0xdc)
        {
          gunichar low = octets[i + 2 + high] << 8 | octets[i + 3 - high];
          unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          i += 2;
        }
      gboolean broken = unit >= 0xd800 && unit < 0xe000;
      bad += broken;
      g_string_append_unichar (out, broken ? 0xfffd : unit);
    }
  return bad;
}

/* Through an open converter; returns how many places were bad, each shown as U+FFFD. */
static gsize
append_converted (GString *out, const guint8 *octets, gsize size, GIConv converter)
{
  char buffer[4096];
  char *in = (char *)octets;
  gsize left = size, bad = 0;
  gboolean flushed = FALSE; /* some converters hold a character back until they are asked for it */
  g_iconv (converter, NULL, NULL, NULL, NULL);
  while (!flushed)
    {
      char *to = buffer;
      gsize room = sizeof buffer;
      gboolean flushing = left == 0;
      gsize done = g_iconv (converter, flushing ? NULL : &in, &left, &to, &room);
      int why = done == (gsize)-1 ? errno : 0;
      g_string_append_len (out, buffer, to - buffer);
      flushed = flushing && why != E2BIG;
      if (!flushing && (why == EILSEQ || why == EINVAL))
        {
          g_string_append (out, "\xef\xbf\xbd");
          bad++;
          in++;
          left--;
        }
    }
  return g_utf8_validate_len (out->str, out->len, NULL) || memchr (out->str, '\0', out->len) ? bad : size;
}

static gboolean
is_ascii (const guint8 *octets, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (octets[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* As declared; FALSE when the octets are not what they are said to be. */
static gboolean
append_declared (GString *out, const guint8 *octets, gsize size, const Charset *charset)
{
  gsize bad = 0;
  switch (charset->method)
    {
    case OWN_LATIN_1:
    case OWN_LATIN_9:
      append_single_byte (out, octets, size, charset->method);
      return TRUE;
    case OWN_UTF_16:
      if (is_ascii (octets, size) && !memchr (octets, '\0', size))
        return FALSE; /* a blank or a line end of UTF-16 has a zero octet */
      bad = append_utf_16 (out, octets, size);
      break;
    case CONVERTER:
      if (!converters[charset - charsets])
        return FALSE;
      bad = append_converted (out, octets, size, converters[charset - charsets]);
      break;
    case OWN_ASCII:
    case OWN_UTF_8:
      return FALSE; /* the fallback reads these */
    }
  return bad <= 1 + size / 100; /* a text cut short, or a slip, is no wrong name */
}

/* LF line ends, no NUL. */
static char *
finish (GString *text, gsize *length_out)
{
  gsize to = 0;
  *length_out = text->len;
  if (!memchr (text->str, '\r', text->len) && !memchr (text->str, '\0', text->len))
    return g_string_free (text, FALSE);
  for (gsize i = 0; i < text->len; i++)
    {
      char octet = text->str[i], next = i + 1 < text->len ? text->str[i + 1] : '\0';
      gboolean doubled = octet == '\r' && next == '\r' && i + 2 < text->len && text->str[i + 2] == '\n';
      if (octet == '\0' || doubled || (octet == '\r' && next == '\n'))
        continue;
      text->str[to++] = octet == '\r' ? '\n' : octet;
    }
  g_string_truncate (text, to);
  *length_out = to;
  return g_string_free (text, FALSE);
}

char *
parser_charset_to_utf8 (const guint8 *octets, gsize size, const char *name, gsize *length_out, guint *defects)
{
  GString *out = g_string_sized_new (size + 1);
  const Charset *charset = find_charset (name ? name : "us-ascii");
  /* An unprepared converter whose charset contains ASCII falls through to here as well. */
  gboolean stateful = charset && charset->method >= OWN_UTF_16;
  if (!stateful && is_ascii (octets, size))
    {
      g_string_append_len (out, (const char *)octets, size);
      if (!charset)
        *defects |= PARSER_DEFECT_BAD_CHARSET;
      return finish (out, length_out);
    }
  if (charset && append_declared (out, octets, size, charset))
    return finish (out, length_out);
  g_string_truncate (out, 0);
  gsize good = 0, bad = append_utf_8 (out, octets, size, &good);
  if (bad > 0 || !charset || charset->method != OWN_UTF_8)
    *defects |= PARSER_DEFECT_BAD_CHARSET;
  if (bad > good) /* hardly any of it is UTF-8: R45's last resort */
    {
      g_string_truncate (out, 0);
      append_single_byte (out, octets, size, OWN_LATIN_1);
    }
  return finish (out, length_out);
}
