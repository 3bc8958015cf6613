/* fold.c - one folding for lexicon and mail: what a reader takes for the same letters becomes the same bytes.
 */
#include "internal.h"

/* clang-format off */
/* Letters without a canonical decomposition, and letters that writers of their language use for one another. */
static const struct { gunichar from; const char *to; } letters[] = {
  { 0x00AA, "a" },  { 0x00B2, "2" },  { 0x00B3, "3" },  { 0x00B9, "1" },  { 0x00BA, "o" },  { 0x00DF, "ss" },
  { 0x00E6, "ae" }, { 0x00F0, "d" },  { 0x00F8, "o" },  { 0x00FE, "th" }, { 0x0111, "d" },  { 0x0127, "h" },
  { 0x0131, "i" },  { 0x0142, "l" },  { 0x0153, "oe" }, { 0x0167, "t" },  { 0x0192, "f" },  { 0x0261, "g" },
  { 0x03C2, "σ" },  { 0x0451, "е" },  { 0x0490, "г" },  { 0x0491, "г" },
  { 0x05F3, "'" },  { 0x05F4, "\"" },
  { 0x0622, "ا" },  { 0x0623, "ا" },  { 0x0625, "ا" },  { 0x0671, "ا" },  { 0x0629, "ه" },  { 0x0649, "ي" },
  { 0x06A9, "ك" },  { 0x06C0, "ه" },  { 0x06CC, "ي" },
};
/* Marks of one meaning in several scripts. */
static const struct { gunichar from; char to; } marks[] = {
  { 0x0060, '\'' }, { 0x00AB, '"' },  { 0x00B4, '\'' }, { 0x00BB, '"' },  { 0x02BB, '\'' },
  { 0x02BC, '\'' }, { 0x037E, '?' },  { 0x05BE, '-' },  { 0x060C, ',' },  { 0x061B, ';' },  { 0x061F, '?' },
  { 0x06D4, '.' },  { 0x0964, '.' },  { 0x0965, '.' },  { 0x2010, '-' },  { 0x2011, '-' },  { 0x2018, '\'' },
  { 0x2019, '\'' }, { 0x201A, '\'' }, { 0x201B, '\'' }, { 0x201C, '"' },  { 0x201D, '"' },  { 0x201E, '"' },
  { 0x201F, '"' },  { 0x2026, '.' },  { 0x2028, ' ' },  { 0x2029, ' ' }, { 0x2032, '\'' }, { 0x2033, '"' },
  { 0x2039, '"' },  { 0x203A, '"' },  { 0x3001, ',' },  { 0x3002, '.' },  { 0x300C, '"' },
  { 0x300D, '"' },  { 0x300E, '"' },  { 0x300F, '"' },  { 0xFF61, '.' },  { 0xFF62, '"' },  { 0xFF63, '"' },
  { 0xFF64, ',' },
};
/* Cyrillic letters (U+0400 up) that look like Latin ones, lower case; the last five no Russian, Ukrainian or
 * Bulgarian word holds, so one of them alone shows a disguise (H23). */
static const struct { gunichar cyrillic; char latin; gboolean foreign; } twins[] = {
  { 0x0430, 'a', FALSE }, { 0x0432, 'b', FALSE }, { 0x0435, 'e', FALSE }, { 0x043A, 'k', FALSE },
  { 0x043C, 'm', FALSE }, { 0x043D, 'h', FALSE }, { 0x043E, 'o', FALSE }, { 0x0440, 'p', FALSE },
  { 0x0441, 'c', FALSE }, { 0x0442, 't', FALSE }, { 0x0443, 'y', FALSE }, { 0x0445, 'x', FALSE },
  { 0x0456, 'i', FALSE }, { 0x0455, 's', TRUE },  { 0x0458, 'j', TRUE },  { 0x04BB, 'h', TRUE },
  { 0x0501, 'd', TRUE },  { 0x051B, 'q', TRUE },
};
/* clang-format on */

typedef struct
{
  gunichar letter;
  guint from; /* byte of the text */
} Folded;

typedef struct
{
  GArray *out; /* Folded */
  gsize word;  /* index in out where the word at hand begins */
  guint latin, cyrillic, foreign;
  guint defects;
} Folder;

static const char *
letter_for (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].from == c)
      return letters[i].to;
  return NULL;
}

static gunichar
mark_for (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].from == c)
      return (gunichar)marks[i].to;
  return g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR ? ' ' : c;
}

/* Zero width, soft hyphen, tatweel, bidi marks: nobody sees them. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x0640 || c == 0x180E
         || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069)
         || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/* Marks that writers leave off: all accents of Latin and Greek, vowel points of Arabic and Hebrew, the nukta.
 */
static gboolean
is_dropped_accent (gunichar c, gunichar base)
{
  if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
    return FALSE;
  GUnicodeScript script = g_unichar_get_script (c);
  return base < 0x0400 || script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW
         || (c >= 0x064B && c <= 0x065F) || c == 0x093C;
}

static void
emit (Folder *folder, gunichar c, guint from)
{
  Folded folded = { c, from };
  g_array_append_val (folder->out, folded);
}

/* A combining mark that stays joins the letter before it, so that both ways to write й, ё or が become one.
 */
static void
emit_mark (Folder *folder, gunichar c, guint from)
{
  gunichar base = 0, composed;
  if (folder->out->len > folder->word)
    base = g_array_index (folder->out, Folded, folder->out->len - 1).letter;
  if (is_dropped_accent (c, base))
    return;
  if (base && g_unichar_compose (base, c, &composed))
    {
      const char *other = letter_for (composed);
      g_array_index (folder->out, Folded, folder->out->len - 1).letter
          = other != NULL ? g_utf8_get_char (other) : composed;
    }
  else
    emit (folder, c, from);
}

static gint
twin_of (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    if (twins[i].cyrillic == c || (gunichar)twins[i].latin == c)
      return (gint)i;
  return -1;
}

/* A word of two scripts is read as the one all its letters can be; a word of Cyrillic letters that no
 * language has together is read as Latin (R45, H23). */
static void
end_word (Folder *folder)
{
  GArray *out = folder->out;
  if ((folder->latin && folder->cyrillic) || folder->foreign)
    {
      gboolean to_latin = TRUE, to_cyrillic = !folder->foreign;
      for (gsize i = folder->word; i < out->len; i++)
        {
          gunichar c = g_array_index (out, Folded, i).letter;
          gint twin = twin_of (c);
          to_latin = to_latin && (c < 0x0400 || twin >= 0);
          to_cyrillic = to_cyrillic && (c >= 0x0400 || twin >= 0);
        }
      for (gsize i = folder->word; (to_latin || to_cyrillic) && i < out->len; i++)
        {
          Folded *folded = &g_array_index (out, Folded, i);
          gint twin = twin_of (folded->letter);
          if (twin >= 0)
            folded->letter = to_latin ? (gunichar)twins[twin].latin : twins[twin].cyrillic;
        }
      if (to_latin || to_cyrillic)
        folder->defects |= PARSER_DEFECT_LOOK_ALIKES;
    }
  folder->latin = folder->cyrillic = folder->foreign = 0;
  folder->word = out->len;
}

/* Hangul may come as its single letters: vowels and finals join the syllable before them. */
static gboolean
joins_syllable (Folder *folder, gunichar c)
{
  if (c < 0x1161 || c > 0x11C2 || folder->out->len == 0)
    return FALSE;
  Folded *last = &g_array_index (folder->out, Folded, folder->out->len - 1);
  return g_unichar_compose (last->letter, c, &last->letter);
}

static void
emit_letter (Folder *folder, gunichar c, guint from)
{
  if (joins_syllable (folder, c))
    return;
  if (!g_unichar_isalpha (c))
    {
      end_word (folder);
      emit (folder, c, from);
      folder->word = folder->out->len;
      return;
    }
  folder->latin += c < 0x0250;
  if (c >= 0x0400 && c < 0x0530)
    {
      gint twin = twin_of (c);
      folder->cyrillic++;
      folder->foreign += twin >= 0 && twins[twin].foreign;
    }
  emit (folder, c, from);
}

static void
fold_char (Folder *folder, gunichar c, guint from)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  if (is_invisible (c))
    {
      if (c == 0x202D || c == 0x202E) /* an override shows letters in another order than they are sent */
        folder->defects |= PARSER_DEFECT_LOOK_ALIKES;
      return;
    }
  c = mark_for (c);
  if (g_unichar_ismark (c))
    {
      emit_mark (folder, c, from);
      return;
    }
  gint digit = g_unichar_digit_value (c);
  if (digit >= 0)
    c = (gunichar)('0' + digit);
  c = g_unichar_tolower (c);
  GUnicodeScript script = g_unichar_get_script (c);
  /* Compatibility forms: ligatures, full and half width, mathematical letters. */
  gboolean compatible
      = (c >= 0xFB00 && c <= 0xFFEF) || (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0x2460 && c <= 0x24FF);
  gsize n = 1;
  parts[0] = c;
  if (compatible || script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK)
    n = g_unichar_fully_decompose (c, compatible, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n; i++)
    {
      gunichar part = g_unichar_tolower (mark_for (parts[i]));
      const char *other = part < 0x80 ? NULL : letter_for (part);
      if (g_unichar_ismark (part))
        emit_mark (folder, part, from);
      else if (other == NULL)
        emit_letter (folder, part, from);
      else
        for (; *other; other = g_utf8_next_char (other))
          emit_letter (folder, g_utf8_get_char (other), from);
    }
}

static guint
letter_size (gunichar c)
{
  return c < 0x80 ? 1 : (guint)g_unichar_to_utf8 (c, NULL);
}

/* Most text is ASCII: folds all of it that follows @at. Returns where it ends. */
static gsize
fold_ascii (Folder *folder, const char *text, gsize at, gsize length)
{
  GArray *out = folder->out;
  gsize end = at;
  while (end < length && (guchar)text[end] < 0x80 && text[end] != '`')
    end++;
  guint first = out->len;
  g_array_set_size (out, first + (guint)(end - at));
  out->len = first;
  for (; at < end; at++)
    {
      gboolean letter = g_ascii_isalpha (text[at]);
      if (!letter)
        end_word (folder);
      folder->latin += letter;
      g_array_index (out, Folded, out->len++) = (Folded){ (guchar)g_ascii_tolower (text[at]), (guint)at };
      if (!letter)
        folder->word = out->len;
    }
  return end;
}

/* A text of nothing but ASCII, where no letter moves; or NULL. */
static char *
fold_plain (const char *text, gsize length, GArray **map_out)
{
  g_autofree char *folded = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar)text[i] >= 0x80 || text[i] == '`')
        return NULL;
      folded[i] = (char)(text[i] + (text[i] >= 'A' && text[i] <= 'Z' ? 'a' - 'A' : 0));
    }
  folded[length] = '\0';
  if (map_out)
    {
      *map_out = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint)length + 1);
      g_array_set_size (*map_out, (guint)length + 1);
      for (guint i = 0; i <= length; i++)
        g_array_index (*map_out, guint, i) = i;
    }
  return g_steal_pointer (&folded);
}

char *
parser_fold (const char *text, gsize length, GArray **map_out, guint *defects)
{
  char *plain = fold_plain (text, length, map_out);
  if (plain != NULL)
    return plain;
  g_autoptr (GArray) out = g_array_sized_new (FALSE, FALSE, sizeof (Folded), (guint)length + 1);
  Folder folder = { .out = out };
  for (gsize at = 0; at < length;)
    {
      if ((guchar)text[at] < 0x80 && text[at] != '`')
        {
          at = fold_ascii (&folder, text, at, length);
          continue;
        }
      gunichar c = g_utf8_get_char_validated (text + at, (gssize)(length - at));
      gboolean broken = c == (gunichar)-1 || c == (gunichar)-2;
      fold_char (&folder, broken ? 0xFFFD : c, (guint)at);
      at += broken ? 1 : (gsize)(g_utf8_next_char (text + at) - (text + at));
    }
  end_word (&folder);

  guint size = 0;
  for (guint i = 0; i < out->len; i++)
    size += letter_size (g_array_index (out, Folded, i).letter);
  GArray *map = g_array_sized_new (FALSE, FALSE, sizeof (guint), size + 1);
  g_array_set_size (map, size + 1);
  char *folded = g_malloc (size + 1);
  for (guint i = 0, at = 0; i < out->len; i++)
    {
      const Folded *one = &g_array_index (out, Folded, i);
      guint next = at + letter_size (one->letter);
      if (one->letter < 0x80)
        folded[at] = (char)one->letter;
      else
        g_unichar_to_utf8 (one->letter, folded + at);
      for (; at < next; at++)
        g_array_index (map, guint, at) = one->from;
    }
  folded[size] = '\0';
  g_array_index (map, guint, size) = (guint)length;
  if (defects)
    *defects |= folder.defects;
  if (map_out)
    *map_out = map;
  else
    g_array_unref (map);
  return folded;
}
