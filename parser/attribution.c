/* attribution.c - the lines that mail clients put above a quotation.
 *
 * A client-made quote header carries evidence (a date, a time or an address); a sentence does not. Every rule
 * here asks for it, but for the separators between rules of dashes. */
#include "lines.h"

#include <string.h>

#include "attribution-words.h"

#define MAX_ATTRIBUTION 500 /* octets of a joined attribution */
#define MIN_GLUED 30        /* octets of a line that a quotation may share */
#define MAX_JOINED 3        /* lines of a wrapped one */

static const char marks_around[] = "-_=*#~<>| +";

/* The stretch without the signs of rules and emphasis around it; the number of signs in front that make a
 * rule. */
static guint
trim_rules (const char **folded, gsize *length)
{
  guint dashes = 0;

  while (*length && strchr (marks_around, **folded))
    {
      dashes += strchr ("-_=*", **folded) != NULL;
      (*folded)++, (*length)--;
    }
  while (*length && (strchr (marks_around, (*folded)[*length - 1]) || (*folded)[*length - 1] == ':'))
    (*length)--;
  return dashes;
}

/* ---- separators ---- */

/* Sets the line's label: what the separator separates. */
static gboolean
is_separator (ParserLines *lines, guint i)
{
  ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);
  gsize length = line->fold_length;
  guint dashes;

  if (length > 120)
    return FALSE;
  dashes = trim_rules (&folded, &length);
  if (dashes >= 2 && parser_words_begin (original, folded, length))
    line->label = PARSER_SEPARATOR_ORIGINAL;
  else if (dashes >= 2 && parser_words_begin (end_words, folded, length))
    line->label = PARSER_SEPARATOR_END;
  else if (dashes >= 2 ? parser_words_begin (forwarded, folded, length)
                       : (line->marks & PARSER_LINE_COLON) && parser_words_equal (forwarded, folded, length))
    line->label = PARSER_SEPARATOR_FORWARD;
  else
    return FALSE;
  return TRUE;
}

/* "----- Whatever -----" straight above a header label: a separator in a language that is not in the tables.
 */
static gboolean
is_foreign_separator (const ParserLines *lines, guint i)
{
  const char *folded = parser_lines_fold (lines, i);
  gsize length = lines->line[i].fold_length;
  guint next = parser_lines_next (lines, i + 1);

  if (length > 100 || next >= lines->n || next > i + 2 || lines->line[next].label == 0)
    return FALSE;
  return trim_rules (&folded, &length) >= 4 && length > 0;
}

/* ---- attributions ---- */

/* Not as a piece of an address: ann.i@example.org. */
static gboolean
has_first_person (const char *folded, gsize length)
{
  const char *at = folded, *end, *word;

  while ((end = parser_words_find (first_person, at, length - (gsize)(at - folded), &word)))
    {
      const char *start = end - strlen (word);
      gboolean alone = (start == folded || strchr (" ,(", start[-1]))
                       && (end == folded + length || strchr (" ,):", *end));
      if (alone)
        return TRUE;
      at = end;
    }
  return FALSE;
}

static guint
count_words (const char *folded, gsize length)
{
  guint blanks = 0;

  for (gsize i = 0; i < length; i++)
    blanks += folded[i] == ' ';
  return blanks + (length > 0);
}

/* "… on 3 March 2025 at 10:12 Uhr:", not "… on 3 March 2025 and asked:" */
static gboolean
ends_in_number (const char *folded, gsize length)
{
  for (gsize i = length > 10 ? length - 10 : 0; i < length; i++)
    if (g_ascii_isdigit (folded[i]))
      return TRUE;
  return FALSE;
}

/* What stands behind the verb must be what a client writes there: nothing, evidence, or a name. */
static gboolean
is_tail (const char *verb, const char *folded, gsize length, const char *end)
{
  gsize rest = length - (gsize)(end - folded);

  while (rest && strchr ("-:*_>\" )", *end))
    end++, rest--;
  if (rest == 0)
    return TRUE;
  if (has_first_person (end, rest))
    return FALSE;
  guint marks = parser_lines_marks (end, rest);
  if (marks & PARSER_LINE_EVIDENCE)
    return rest < 200 && ((marks & PARSER_LINE_ADDRESS) || ends_in_number (end, rest));
  return parser_words_equal (wrote_before_name, verb, strlen (verb)) && count_words (end, rest) <= 6
         && rest < 80;
}

static gboolean
has_verb (const char *const *verbs, const char *folded, gsize length)
{
  const char *at = folded, *verb = NULL;

  /* The last verb counts: a name or a sentence in front may hold another. */
  for (guint tries = 0; tries < 4; tries++)
    {
      const char *end = parser_words_find (verbs, at, length - (gsize)(at - folded), &verb);
      if (!end)
        return FALSE;
      if (is_tail (verb, folded, length, end))
        return !has_first_person (folded, (gsize)(end - folded)) || (gsize)(end - folded) > 60;
      at = end;
    }
  return FALSE;
}

/* Yahoo leaves the colon out. */
static gboolean
ends_in_verb (const char *folded, gsize length)
{
  gsize size = strlen ("wrote");

  return length > size && memcmp (folded + length - size, "wrote", size) == 0;
}

/* Zoho writes "---- On DATE NAME wrote ----". */
static gboolean
is_between_dashes (const char *folded, gsize length)
{
  return length > 8 && strncmp (folded, "---", 3) == 0 && strncmp (folded + length - 3, "---", 3) == 0;
}

/* How much the beginning looks like one: a date or time near it, a word that leads to one. */
static guint
beginning_of (const char *folded, gsize length)
{
  if (parser_lines_marks (folded, MIN (length, PARSER_LINE_START)) & PARSER_LINE_EARLY)
    return 2;
  return parser_words_begin (leads, folded, length) || g_ascii_isdigit (*folded);
}

typedef enum
{
  NONE,
  SHAPED, /* a date, a time or an address where clients put it */
  WROTE   /* and a verb */
} Strength;

/* What the joined stretch is; @quoted: a marked line follows. */
static Strength
strength_of (const char *folded, gsize length, gboolean quoted)
{
  guint marks = parser_lines_marks (folded, length),
        early = parser_lines_marks (folded, MIN (length, PARSER_LINE_START));
  gboolean ends = (marks & PARSER_LINE_COLON) || is_between_dashes (folded, length);
  gboolean dated = (early & PARSER_LINE_DATE) && (marks & PARSER_LINE_ADDRESS);
  gboolean full = dated && (early & PARSER_LINE_TIME);

  if (length > MAX_ATTRIBUTION || !(marks & PARSER_LINE_EVIDENCE))
    return NONE;
  if ((ends || quoted) && (has_verb (wrote, folded, length) || has_verb (wrote_before_name, folded, length)))
    return WROTE;
  if (full && ends_in_verb (folded, length))
    return WROTE;
  if (ends && quoted && length < 200)
    return SHAPED; /* language-free: it ends in a colon straight above a quotation */
  if (full && (ends || quoted) && !has_first_person (folded, length))
    return SHAPED; /* Gmail in languages without a verb: DATE TIME NAME <ADDRESS>: */
  if (dated && quoted && folded[length - 1] == '>')
    return SHAPED;
  gboolean zoned = (early & PARSER_LINE_TIME) && (early & PARSER_LINE_DATE) && g_ascii_isdigit (*folded);
  return zoned && length < 120 && g_strstr_len (folded, (gssize)length, " gmt") ? SHAPED : NONE;
}

static gboolean
is_quoted_line (const ParserLine *line)
{
  return line->letter == 'Q' || (line->spans & (PARSER_SPAN_QUOTE | PARSER_SPAN_QUOTE_DOUBT));
}

/* Gmail's fold leaves "> wrote:" at the start of a line, which then looks marked. */
static gboolean
is_wrapped_tail (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];

  return line->letter == 'Q' && line->depth == 1 && line->fold_length < 60
         && (line->marks & PARSER_LINE_COLON)
         && has_verb (wrote, parser_lines_fold (lines, i), line->fold_length);
}

/* The first line of an attribution that ends in line @last, or n when there is none: of the up to three
 * lines, the stretch with a verb, and of those the one that begins as an attribution does. */
static guint
find_start (const ParserLines *lines, guint last)
{
  guint next = parser_lines_next (lines, last + 1), found = lines->n, best = 0;
  gboolean quoted = next < lines->n && next <= last + 3 && is_quoted_line (&lines->line[next]);
  gsize end = lines->line[last].fold + lines->line[last].fold_length;

  for (guint joined = 0; joined < MAX_JOINED && joined <= last; joined++)
    {
      guint i = last - joined;
      const char *folded = parser_lines_fold (lines, i);

      if (joined && lines->line[i].letter != 'T')
        break;
      guint begins = beginning_of (folded, lines->line[i].fold_length);
      guint score = 4 * strength_of (folded, end - lines->line[i].fold, quoted);
      if (score == 0 || (joined && !begins && !(lines->line[i].marks & PARSER_LINE_ADDRESS)))
        continue;
      /* "3 March 2025" / "10:12 News wrote:": the line with the date belongs to it */
      score += begins
               + ((parser_lines_marks (folded, MIN (end - lines->line[i].fold, PARSER_LINE_START))
                   & PARSER_LINE_DATE)
                  != 0);
      if (score > best)
        best = score, found = i;
    }
  return found;
}

/* HTML that became text leaves its address between empty lines: "On DATE News", "<", "mailto:…", "> wrote:".
 */
static guint
with_head (const ParserLines *lines, guint start)
{
  guint above = start;

  if (start >= lines->n || !strchr ("<m", *parser_lines_fold (lines, start)))
    return start;
  while (above > 0 && above + 4 > start
         && (lines->line[above - 1].letter == 'E'
             || (lines->line[above - 1].fold_length == 1 && *parser_lines_fold (lines, above - 1) == '<')))
    above--;
  const ParserLine *head = above > 0 && above < start ? &lines->line[above - 1] : NULL;
  guint dated = PARSER_LINE_DATE | PARSER_LINE_EARLY;
  return head && head->letter == 'T' && (head->marks & dated) == dated && head->fold_length < MAX_ATTRIBUTION
             ? above - 1
             : start;
}

static gboolean
may_end_one (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];

  if (line->letter == 'Q')
    return is_wrapped_tail (lines, i);
  if (line->letter != 'T' || line->fold_length > MAX_ATTRIBUTION)
    return FALSE;
  guint next = parser_lines_next (lines, i + 1);
  return (line->marks & (PARSER_LINE_COLON | PARSER_LINE_EARLY))
         || (next < lines->n && is_quoted_line (&lines->line[next]))
         || is_between_dashes (parser_lines_fold (lines, i), line->fold_length);
}

/* ---- glued ---- */

/* "… -----Original Message----- …" */
static gboolean
is_separator_inside (const char *folded, gsize length)
{
  const char *end = folded + length;

  for (const char *p = folded; (p = g_strstr_len (p, end - p, "---"));)
    {
      p += strspn (p, "- ");
      if (p < end
          && (parser_words_begin (original, p, (gsize)(end - p))
              || parser_words_begin (forwarded, p, (gsize)(end - p))))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_attribution_inside (const char *folded, gsize length)
{
  const char *verb = NULL, *end = folded;

  for (guint tries = 0; tries < 8; tries++)
    {
      end = parser_words_find (wrote, end, length - (gsize)(end - folded), &verb);
      if (!end)
        return FALSE;
      const char *from = MAX (folded, end - 200), *stop = MIN (folded + length, end + 4);
      const char *colon = memchr (end, ':', (gsize)(stop - end));
      if (colon && (parser_lines_marks (from, (gsize)(end - from)) & PARSER_LINE_EVIDENCE))
        return TRUE;
    }
  return FALSE;
}

gboolean
parser_attribution_glued (const ParserLines *lines, guint i)
{
  const char *folded = parser_lines_fold (lines, i);
  gsize length = lines->line[i].fold_length;

  return length > MIN_GLUED
         && (((lines->line[i].marks & PARSER_LINE_EVIDENCE) && is_attribution_inside (folded, length))
             || is_separator_inside (folded, length) || parser_header_glued (folded, length));
}

/* ---- all of them ---- */

/* Straight below an attribution any sign will do that the lines have in common: ": so" or "}so". */
static void
mark_signs (ParserLines *lines, guint i)
{
  const char *text = lines->text->text;
  char sign = i < lines->n && lines->line[i].letter == 'T' ? text[lines->line[i].start] : 0;

  if (!sign || !strchr (":|}%+", sign))
    return;
  for (; i < lines->n && lines->line[i].letter == 'T' && text[lines->line[i].start] == sign; i++)
    {
      lines->line[i].letter = 'Q';
      lines->line[i].depth = 1;
    }
}

/* GroupWise: ">>> News <news@example.org> 3/3/2025 10:12 >>>", and no marks below it. */
static gboolean
is_between_marks (const ParserLines *lines, const ParserLine *line)
{
  const char *end = lines->text->text + line->end;

  while (end > lines->text->text + line->start && (end[-1] == ' ' || end[-1] == '\r'))
    end--;
  return line->depth == 3 && line->fold_length > 8 && strncmp (end - 3, ">>>", 3) == 0
         && (line->marks & PARSER_LINE_EVIDENCE);
}

void
parser_attribution_mark (ParserLines *lines)
{
  parser_header_mark (lines);
  for (guint i = 0; i < lines->n; i++)
    {
      ParserLine *line = &lines->line[i];

      if (line->letter == 'T' && (is_separator (lines, i) || is_foreign_separator (lines, i)))
        line->letter = 'F';
      if (line->letter == 'Q' && is_between_marks (lines, line))
        line->letter = 'A';
      if (!may_end_one (lines, i))
        continue;
      guint start = with_head (lines, find_start (lines, i));
      for (guint k = start; k <= i && start < lines->n; k++)
        if (lines->line[k].letter != 'E')
          lines->line[k].letter = 'A';
      if (start < lines->n)
        mark_signs (lines, parser_lines_next (lines, i + 1));
    }
}
