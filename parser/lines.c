/* lines.c - a text as lines: folded form, quote marks, and what a line holds. */
#include "lines.h"

#include <string.h>

#define MAX_INDENT 8 /* blanks in front of a quote mark */

/* Marks, joiners and bidi controls that no reader sees. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0xad || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f)
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

static gunichar
fold_char (gunichar c)
{
  gunichar base, mark;

  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xfee0;
  else if (c == 0x2018 || c == 0x2019 || c == 0x2bc)
    c = '\'';
  else if (c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f))
    c = '"';
  else if (c >= 0x2010 && c <= 0x2015)
    c = '-';
  else if (g_unichar_isdigit (c))
    c = '0' + g_unichar_digit_value (c);
  if (c < 0x80)
    return g_ascii_tolower (c);
  c = g_unichar_tolower (c);
  while (((c >= 0xc0 && c < 0x250) || (c >= 0x1e00 && c < 0x1f00)) && g_unichar_decompose (c, &base, &mark)
         && mark)
    c = base;
  return c;
}

void
parser_lines_fold_onto (GString *out, const char *text, gsize length)
{
  const char *end = text + length;
  gboolean blank = FALSE, any = FALSE;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gboolean ascii = (guchar)*p < 0x80; /* most are */
      gunichar c = ascii ? (guchar)*p : g_utf8_get_char (p);

      if (!ascii && is_invisible (c))
        continue;
      if (ascii ? c <= ' ' || c == 0x7f : g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          blank = any;
          continue;
        }
      if (blank)
        g_string_append_c (out, ' ');
      if (ascii)
        g_string_append_c (out, g_ascii_tolower ((char)c));
      else
        g_string_append_unichar (out, fold_char (c));
      blank = FALSE;
      any = TRUE;
    }
}

/* ---- dates, times, addresses ---- */

typedef struct
{
  const char *p, *end;
} Cursor;

static guint
take_digits (Cursor *at, guint *digits_out)
{
  guint value = 0, digits = 0;

  for (; at->p < at->end && g_ascii_isdigit (*at->p); at->p++, digits++)
    value = digits < 8 ? value * 10 + (guint)(*at->p - '0') : value;
  *digits_out = digits;
  return value;
}

static gboolean
is_year (guint value)
{
  /* Also the solar years of Iran and the Buddhist ones of Thailand. */
  return (value >= 1980 && value <= 2099) || (value >= 1380 && value <= 1450)
         || (value >= 2520 && value <= 2640);
}

/* What a run of digits begins: a date, a time or nothing. The cursor stands on its first digit and ends
 * behind it. */
static guint
mark_of_number (Cursor *at)
{
  guint digits, more, value = take_digits (at, &digits);
  char sign = at->p < at->end ? *at->p : 0;
  Cursor look = { at->p + 1, at->end };

  if (digits == 4 && is_year (value))
    return PARSER_LINE_DATE;
  if (digits > 2 || !sign || !strchr (":.h/-", sign) || look.p >= look.end || !g_ascii_isdigit (*look.p))
    return 0;
  guint second = take_digits (&look, &more);
  if (more <= 2 && look.p < look.end && *look.p == sign && sign != ':' && look.p + 1 < look.end
      && g_ascii_isdigit (look.p[1]))
    {
      look.p++;
      guint third = take_digits (&look, &digits);
      at->p = look.p;
      return digits == 2 || (digits == 4 && is_year (third)) ? PARSER_LINE_DATE : 0;
    }
  if (more != 2 || value > 24 || second > 59 || sign == '/' || sign == '-')
    return 0;
  at->p = look.p;
  return PARSER_LINE_TIME;
}

static gboolean
is_address_at (const char *folded, gsize length, gsize at)
{
  gsize i = at + 1;
  gboolean dot = FALSE;

  if (at == 0 || folded[at - 1] == ' ' || folded[at - 1] == '@')
    return FALSE;
  for (;
       i < length && (g_ascii_isalnum (folded[i]) || strchr ("-._", folded[i]) || (guchar)folded[i] >= 0x80);
       i++)
    dot |= folded[i] == '.' && i > at + 1;
  return dot && i > at + 3;
}

/* Seven digits or more, with nothing but the signs of a telephone number between them. */
static gboolean
has_phone (const char *folded, gsize length)
{
  guint digits = 0, others = 0;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (folded[i]))
      digits++, others = 0;
    else if (strchr ("+-()./ ", folded[i]) && ++others < 4)
      continue;
    else if (digits >= 7)
      break;
    else
      digits = others = 0;
  return digits >= 7 && digits <= 16;
}

guint
parser_lines_marks (const char *folded, gsize length)
{
  const char *end = folded + length;
  guint marks = has_phone (folded, length) ? PARSER_LINE_PHONE : 0;

  for (Cursor at = { folded, end }; at.p < end;)
    {
      const char *p = at.p;
      gboolean inside = p > folded && g_ascii_isalpha (p[-1]);

      if (g_ascii_isdigit (*p))
        {
          guint found = mark_of_number (&at);
          if (inside)
            found = 0;
          marks |= found | (found && p - folded < PARSER_LINE_START ? PARSER_LINE_EARLY : 0);
          continue;
        }
      if (*p == '@' && is_address_at (folded, length, (gsize)(p - folded)))
        marks |= PARSER_LINE_ADDRESS;
      else if (*p == ':' && end - p > 3 && p[1] == '/' && p[2] == '/' && inside)
        marks |= PARSER_LINE_URL;
      else if (*p == 'w' && end - p > 5 && !inside && strncmp (p, "www.", 4) == 0)
        marks |= PARSER_LINE_URL;
      else if (*p == 'm' && end - p > 8 && !inside && strncmp (p, "mailto:", 7) == 0)
        marks |= PARSER_LINE_URL;
      at.p++;
    }
  while (end > folded && strchr ("*_>\" ", end[-1]))
    end--;
  if (end > folded && end[-1] == ':')
    marks |= PARSER_LINE_COLON;
  return marks;
}

/* ---- lines ---- */

/* Octets of quote marks in front: "> ", ">>", "> > ", and AB> or Name>. The bar is decided with its
 * neighbours. */
static gsize
quote_marks (const char *p, gsize length, guint *depth_out)
{
  gsize i = 0, end = 0, name = 0;
  guint depth = 0;

  while (i < length && i < MAX_INDENT && p[i] == ' ')
    i++;
  while (i + name < length && name < 12 && (g_ascii_isalnum (p[i + name]) || p[i + name] == '.'))
    name++;
  if (name && g_ascii_isupper (p[i]) && i + name < length && p[i + name] == '>'
      && (i + name + 1 == length || p[i + name + 1] == ' ' || p[i + name + 1] == '>'))
    i += name;
  for (; i < length && (p[i] == '>' || p[i] == ' ' || p[i] == '\t'); i++)
    if (p[i] == '>')
      depth++, end = i + 1;
  *depth_out = depth;
  return depth ? end : 0;
}

/* A line of nothing but rule signs, four or more. */
static gboolean
is_rule (const char *folded, gsize length)
{
  guint signs = 0;

  for (gsize i = 0; i < length; i++)
    if (strchr ("-_=*#~+.", folded[i]))
      signs += folded[i] == '_' ? 2 : 1; /* "__" is a list's rule already */
    else if (folded[i] != ' ' && folded[i] != '>' && folded[i] != '<')
      return FALSE;
  return signs >= 4;
}

static void
read_line (ParserLines *lines, ParserLine *line)
{
  const char *p = lines->text->text + line->start;
  gsize length = line->end - line->start, quoted = quote_marks (p, length, &line->depth);

  if (length - quoted > PARSER_MAX_LINE_FOLD)
    {
      line->marks |= PARSER_LINE_LONG;
      length = quoted + PARSER_MAX_LINE_FOLD;
      while ((p[length] & 0xc0) == 0x80)
        length--;
    }
  line->fold = (guint)lines->folded->len;
  parser_lines_fold_onto (lines->folded, p + quoted, length - quoted);
  line->fold_length = (guint)lines->folded->len - line->fold;
  g_string_append_c (lines->folded, ' ');

  const char *folded = lines->folded->str + line->fold;
  line->marks |= parser_lines_marks (folded, line->fold_length);
  if (line->depth == 0 && length >= 2 && strncmp (p, "--", 2) == 0
      && (length == 2 || (length == 3 && p[2] == ' ')))
    line->marks |= PARSER_LINE_DELIMITER;
  line->letter = line->depth                           ? 'Q'
                 : line->fold_length == 0              ? 'E'
                 : is_rule (folded, line->fold_length) ? 'D'
                                                       : 'T';
}

/* ">From " alone between the writer's lines is how mailboxes store a "From " of his own. */
static void
clear_stored_from (ParserLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    {
      ParserLine *line = &lines->line[i];
      const char *text = lines->text->text + line->start;
      gboolean alone
          = (i == 0 || lines->line[i - 1].letter != 'Q') && (i + 1 == lines->n || line[1].letter != 'Q');

      if (line->letter == 'Q' && alone && line->end - line->start > 6 && strncmp (text, ">From ", 6) == 0)
        {
          line->letter = 'T';
          line->depth = 0;
        }
    }
}

/* Bars and colons quote when two lines in a row begin with one and hold no other bar (a table does). */
static void
mark_bars (ParserLines *lines)
{
  char before = 0;

  for (guint i = 0; i < lines->n; i++)
    {
      ParserLine *line = &lines->line[i];
      const char *folded = parser_lines_fold (lines, i);
      gboolean bar = line->depth == 0 && line->fold_length && (*folded == '|' || *folded == ':')
                     && (line->fold_length == 1 || folded[1] == ' ')
                     && !memchr (folded + 1, '|', line->fold_length - 1);

      if (bar && before == *folded)
        {
          line->letter = lines->line[i - 1].letter = 'Q';
          line->depth = lines->line[i - 1].depth = 1;
        }
      before = bar ? *folded : 0;
    }
}

/* Mail programs make links of addresses that people write. */
static gboolean
is_bare_address (const char *label, gsize length)
{
  return memchr (label, '@', length) || g_strstr_len (label, (gssize)length, "://")
         || g_strstr_len (label, (gssize)length, "www.");
}

static void
mark_span (ParserLines *lines, ParserLine *line, const ParserSpan *span)
{
  const char *text = lines->text->text;
  guint at = line->start;

  if (span->flags & PARSER_SPAN_LINK)
    {
      guint start = MAX (span->start, line->start), end = MIN (span->end, line->end);
      if (end > start && !is_bare_address (text + start, end - start))
        line->linked += end - start;
      return;
    }
  while (at < line->end && (text[at] == ' ' || text[at] == '\t'))
    at++;
  if (span->start > at || span->end <= at)
    return;
  if (!(line->spans & PARSER_SPAN_QUOTE))
    line->span_why = span->why;
  line->spans |= span->flags;
}

/* Spans come sorted by their start and hardly overlap (html.c), so this is linear. */
static void
mark_spans (ParserLines *lines)
{
  const GArray *spans = lines->text->spans;
  guint first = 0;

  for (guint k = 0; spans && k < spans->len; k++)
    {
      const ParserSpan *span = &g_array_index (spans, ParserSpan, k);

      while (first < lines->n && lines->line[first].end < span->start)
        first++;
      for (guint i = first; i < lines->n && lines->line[i].start < span->end; i++)
        mark_span (lines, &lines->line[i], span);
    }
}

ParserLines *
parser_lines_new (const ParserText *text)
{
  ParserLines *lines = g_new0 (ParserLines, 1);
  const char *p = text->text, *end = text->text + text->length;

  lines->text = text;
  lines->folded = g_string_sized_new (text->length + 16);
  for (const char *q = p; q < end; q++)
    lines->total += *q == '\n' || q + 1 == end;
  lines->n = MIN (lines->total, PARSER_MAX_LINES);
  lines->line = g_new0 (ParserLine, lines->n + 1);
  for (guint i = 0; i < lines->n; i++)
    {
      const char *stop = memchr (p, '\n', (gsize)(end - p));
      stop = stop ? stop : end;
      lines->line[i].start = (guint)(p - text->text);
      lines->line[i].end = (guint)(stop - text->text);
      read_line (lines, &lines->line[i]);
      p = stop + 1;
    }
  clear_stored_from (lines);
  mark_bars (lines);
  mark_spans (lines);
  return lines;
}

void
parser_lines_free (ParserLines *lines)
{
  if (!lines)
    return;
  g_string_free (lines->folded, TRUE);
  g_free (lines->line);
  g_free (lines);
}

const char *
parser_lines_fold (const ParserLines *lines, guint i)
{
  return lines->folded->str + lines->line[i].fold;
}

guint
parser_lines_next (const ParserLines *lines, guint i)
{
  while (i < lines->n && lines->line[i].letter == 'E')
    i++;
  return i;
}
