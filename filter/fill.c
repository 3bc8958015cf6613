/* fill.c - paragraphs become lines. Pure.
 *
 * A piece is what no line break parts: a word, or, in scripts that have no spaces, one sign with the marks
 * that may not stand away from it (UAX #14, as far as a short letter needs it). */
#include "fill.h"

#include <string.h>

#define RIGHT_TO_LEFT_MARK 0x200f

typedef struct
{
  GString *out, *line;
  guint columns; /* of the line */
  guint width;   /* 0: one line without an end */
  gboolean rtl;
} Fill;

/* ---- signs ---- */

static guint
columns_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
filter_fill_columns (const char *text)
{
  guint columns = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    columns += columns_of (g_utf8_get_char (c));
  return columns;
}

/* Chinese and Japanese, whose signs stand without spaces; Korean is wide too, and has them. */
static gboolean
is_ideographic (gunichar c)
{
  GUnicodeBreakType type = g_unichar_break_type (c);
  return g_unichar_iswide (c)
         && (type < G_UNICODE_BREAK_HANGUL_L_JAMO || type > G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE);
}

/* Thai and its neighbours, whose words only a dictionary tells. */
static gboolean
is_without_spaces (gunichar c)
{
  return g_unichar_break_type (c) == G_UNICODE_BREAK_COMPLEX_CONTEXT;
}

static gboolean
joins_without_space (gunichar before, gunichar after)
{
  return is_ideographic (before) || is_ideographic (after)
         || (is_without_spaces (before) && is_without_spaces (after));
}

/* A full stop does not begin a line, a bracket that opens does not end one. */
static gboolean
may_break (gunichar before, gunichar after)
{
  if (!is_ideographic (before) && !is_ideographic (after))
    return FALSE;
  if (g_unichar_break_type (before) == G_UNICODE_BREAK_OPEN_PUNCTUATION)
    return FALSE;
  switch ((int)g_unichar_break_type (after))
    {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_CONDITIONAL_JAPANESE_STARTER:
    case G_UNICODE_BREAK_COMBINING_MARK:
    case G_UNICODE_BREAK_ZERO_WIDTH_JOINER:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Is the first letter of @text read from the right? FALSE as well when it has none. */
static gboolean
begins_from_right (const char *text, gboolean names)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (names && c == '{')
        p += strcspn (p, "}");
      if (*p == '\0')
        return FALSE;
      if (g_unichar_isalpha (c))
        {
          GUnicodeScript script = g_unichar_get_script (c);
          return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW
                 || script == G_UNICODE_SCRIPT_SYRIAC || script == G_UNICODE_SCRIPT_THAANA;
        }
    }
  return FALSE;
}

gboolean
filter_fill_is_rtl (const char *text)
{
  return begins_from_right (text, TRUE);
}

/* ---- lines ---- */

static void
end_line (Fill *fill)
{
  if (fill->line->len == 0)
    return;
  if (fill->rtl && !begins_from_right (fill->line->str, FALSE))
    g_string_append_unichar (fill->out, RIGHT_TO_LEFT_MARK);
  g_string_append (fill->out, fill->line->str);
  if (fill->width > 0)
    g_string_append_c (fill->out, '\n');
  g_string_truncate (fill->line, 0);
  fill->columns = 0;
}

static void
add_piece (Fill *fill, const char *piece, gsize length, gboolean space)
{
  g_autofree char *text = g_strndup (piece, length);
  guint columns = filter_fill_columns (text);
  if (fill->width > 0 && fill->columns + (space ? 1 : 0) + columns > fill->width)
    end_line (fill);
  if (fill->line->len > 0 && space)
    {
      g_string_append_c (fill->line, ' ');
      fill->columns++;
    }
  g_string_append (fill->line, text);
  fill->columns += columns;
}

static void
add_word (Fill *fill, const char *word, gboolean space)
{
  const char *piece = word;
  for (const char *c = word, *next; *c != '\0'; c = next)
    {
      next = g_utf8_next_char (c);
      if (*next != '\0' && !may_break (g_utf8_get_char (c), g_utf8_get_char (next)))
        continue;
      add_piece (fill, piece, (gsize)(next - piece), space);
      piece = next;
      space = FALSE;
    }
}

/* Does the end of a line of the paragraph, with @line behind it, stand for a space? */
static gboolean
is_space (const Fill *fill, const char *line)
{
  const char *end = fill->line->str + fill->line->len;
  const char *last = g_utf8_find_prev_char (fill->line->str, end);
  return last == NULL || !joins_without_space (g_utf8_get_char (last), g_utf8_get_char (line));
}

static void
add_line (Fill *fill, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean space = is_space (fill, line);
  for (guint w = 0; words[w] != NULL; w++)
    if (*words[w] != '\0')
      {
        add_word (fill, words[w], space);
        space = TRUE;
      }
}

static void
fill_paragraph (Fill *fill, const char *paragraph)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", -1);
  fill->line = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == ' ' && fill->width > 0)
      {
        end_line (fill);
        g_string_append_printf (fill->out, "%s\n", lines[i]);
      }
    else
      add_line (fill, lines[i]);
  end_line (fill);
  g_string_free (fill->line, TRUE);
}

void
filter_fill_lines (GString *out, const char *paragraph, gboolean rtl)
{
  Fill fill = { .out = out, .width = FILTER_FILL_WIDTH, .rtl = rtl };
  fill_paragraph (&fill, paragraph);
}

void
filter_fill_line (GString *out, const char *paragraph)
{
  Fill fill = { .out = out };
  fill_paragraph (&fill, paragraph);
}
