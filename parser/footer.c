/* footer.c - what programs and organisations add to a writer's words: list footers, notices, "sent from"
 * lines. */
#include "lines.h"

#include <string.h>

#include "footer-words.h"

#define MAX_LABELS 160      /* octets of a line of labels */
#define MIN_LETTER 300      /* octets of a letter below which a label stands alone */
#define MAX_FOOTER_LINES 30 /* under a rule, to the end of the mail */
#define FULL_LINE 50        /* octets: a line this long goes on in the next one */

/* ---- one line ---- */

static gboolean
is_delimiter (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  if (line->marks & PARSER_LINE_DELIMITER)
    return TRUE;
  /* "--" with blanks around, and the lone long dash of code forges */
  return (line->fold_length == 2 && memcmp (folded, "--", 2) == 0)
         || (line->fold_length == 1 && *folded == '-' && line->end - line->start == 3);
}

/* "-------------- next part --------------" of list archives. */
static gboolean
is_next_part (const char *folded, gsize length)
{
  return length < 100 && strncmp (folded, "----", 4) == 0
         && parser_words_find (next_part, folded, length, NULL);
}

/* The address of a list's own page. */
static gboolean
is_list_page (const ParserLine *line, const char *folded)
{
  return (line->marks & PARSER_LINE_URL) && g_strstr_len (folded, line->fold_length, "/listinfo/");
}

static gboolean
is_link_alone (const ParserLine *line, const char *folded)
{
  return (line->marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)) && !memchr (folded, ' ', line->fold_length);
}

gboolean
parser_footer_names_leaving (const char *folded, gsize length)
{
  return parser_words_find (unsubscribe_words, folded, length, NULL) != NULL;
}

/* Below a gateway's warning: the rest of its sentence, or what it advises. */
static gboolean
continues_warning (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i], *above = line;
  const char *folded = parser_lines_fold (lines, i);

  while (above > lines->line && (above == line || above->letter == 'E'))
    above--;
  if (above->letter != 'B' || above == line)
    return FALSE;
  if (parser_banner_goes_on (folded, line->fold_length))
    return TRUE;
  const char *end = lines->folded->str + above->fold + above->fold_length;
  return above == line - 1 && above->fold_length >= FULL_LINE && !strchr (".!?]", end[-1])
         && !parser_speaks_writer (folded, line->fold_length)
         && !parser_footer_names_leaving (folded, line->fold_length);
}

/* "Unsubscribe | Preferences | View in browser": names of links that stood between bars. */
static gboolean
is_labels (const ParserLine *line, const char *folded)
{
  static const char *const bars[] = { "|", "\u00b7", "\u2022", NULL };
  guint pieces = 1;

  if (line->fold_length > MAX_LABELS || (line->marks & PARSER_LINE_ADDRESS)
      || !parser_footer_names_leaving (folded, line->fold_length))
    return FALSE;
  for (guint i = 0; bars[i]; i++)
    for (const char *p = folded;
         (p = g_strstr_len (p, folded + line->fold_length - p, bars[i])) && p > folded; p++)
      pieces++;
  return pieces > 2 || (pieces == 2 && !parser_speaks_one (folded, line->fold_length));
}

static void
mark_line (ParserLines *lines, guint i, gboolean top)
{
  ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  if (is_delimiter (lines, i))
    line->letter = 'S';
  else if (is_next_part (folded, line->fold_length))
    line->letter = 'L';
  else if (parser_banner_is_device (folded, line->fold_length))
    line->letter = 'B';
  else if (top && (parser_banner_is_warning (folded, line->fold_length) || continues_warning (lines, i)))
    line->letter = 'B';
  else if (is_labels (line, folded))
    line->letter = 'L';
  else if (is_link_alone (line, folded))
    line->letter = 'U';
  else if ((line->marks & PARSER_LINE_PHONE) && line->fold_length < 80)
    line->letter = 'P';
}

/* ---- one paragraph ---- */

static gboolean
is_text (char letter)
{
  return strchr ("TUPBC", letter) != NULL;
}

/* Nor is what complains a program's. */
static gboolean
is_persons (const char *folded, gsize length)
{
  return parser_speaks_writer (folded, length) || parser_speaks_trouble (folded, length);
}

/* Whether line @i begins a sentence: with a capital that no others follow, or below a line that ended one, or
 * that is short and not the writer's ("I want" / "to unsubscribe"). */
static gboolean
begins_sentence (const ParserLines *lines, guint i)
{
  const char *text = lines->text->text + lines->line[i].start, *folded = parser_lines_fold (lines, i - 1);
  gsize length = lines->line[i - 1].fold_length;

  while (*text == ' ' || *text == '\t')
    text++;
  gunichar first = g_utf8_get_char (text);
  if (g_unichar_isupper (first) && g_unichar_islower (g_utf8_get_char (g_utf8_next_char (text))))
    return TRUE;
  if (length == 0 || strchr (".!?:;)>-", folded[length - 1]))
    return TRUE;
  return length < FULL_LINE - 10 && !parser_speaks_one (folded, length);
}

/* Whether a sentence of @openings begins in line @i of the paragraph from line @from on: where, or NULL. */
static const char *
find_opening (const ParserLines *lines, const char *const *openings, guint from, guint i)
{
  const char *folded = parser_lines_fold (lines, i);
  gsize length = lines->line[i].fold_length;
  gboolean begins = i == from || begins_sentence (lines, i);

  for (gsize k = 0; k < length; k++)
    {
      if (begins && !strchr (" [](){}<>*_|\"'-=~.", folded[k]))
        {
          if (parser_words_begin (openings, folded + k, length - k))
            return folded + k;
          begins = FALSE;
        }
      begins |= strchr (".!?;|:)]", folded[k]) != NULL || (folded[k] == '-' && k && folded[k - 1] == '-');
    }
  return NULL;
}

/* The sentence that begins at @at is not the writer's: it does not speak of him, and when it asks, the answer
 * is there: a link, an address, what to click. */
static gboolean
is_programs_sentence (const char *at, const char *end)
{
  const char *stop = at;
  gsize rest;

  while (stop < end && !strchr (".!?;", *stop))
    stop++;
  if (is_persons (at, (gsize)(stop - at)))
    return FALSE;
  if (stop == end || *stop != '?')
    return TRUE;
  rest = (gsize)(end - stop);
  return parser_words_find (click_words, stop, rest, NULL)
         || (parser_footer_names_leaving (stop, rest) && !is_persons (stop, rest))
         || (parser_lines_marks (stop, rest) & (PARSER_LINE_URL | PARSER_LINE_ADDRESS));
}

/* "Unsubscribe: http://…", or a label of a link. */
static gboolean
is_label_line (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  if (!parser_footer_names_leaving (folded, line->fold_length))
    return FALSE;
  if (line->linked * 10 >= line->fold_length * 5)
    return TRUE;
  return (line->marks & PARSER_LINE_URL || line->linked) && !is_persons (folded, line->fold_length);
}

/* Whether there is somewhere to go: a link, an address, something to click, or one of these below an empty
 * line. */
static gboolean
leads_somewhere (const ParserLines *lines, guint from, guint to)
{
  const char *folded = parser_lines_fold (lines, from);
  gsize length = (gsize)(parser_lines_fold (lines, to - 1) - folded) + lines->line[to - 1].fold_length;
  guint next = parser_lines_next (lines, to);

  for (guint i = from; i < to; i++)
    if ((lines->line[i].marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)) || lines->line[i].linked)
      return TRUE;
  if (next < lines->n && next <= to + 2
      && (lines->line[next].marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)))
    return TRUE;
  return parser_words_find (click_words, folded, MIN (length, PARSER_MAX_LINE_FOLD), NULL) != NULL;
}

/* The first line of lines @from..@to that a program wrote, or @to. Words that share a line with the beginning
 * of a program's sentence are doubtful when the writer speaks in them. */
static guint
footer_start (ParserLines *lines, guint from, guint to)
{
  const char *end = parser_lines_fold (lines, to - 1) + lines->line[to - 1].fold_length;
  gboolean led = leads_somewhere (lines, from, to);

  for (guint i = from; i < to; i++)
    {
      const char *folded = parser_lines_fold (lines, i);
      const char *opening = find_opening (lines, footer_notices, from, i);

      if (!opening && led)
        opening = find_opening (lines, footer_openings, from, i);
      if (is_label_line (lines, i))
        return i;
      if (to - from <= 5 && is_list_page (&lines->line[i], folded)
          && !parser_speaks_writer (parser_lines_fold (lines, from),
                                    (gsize)(end - parser_lines_fold (lines, from))))
        return from;
      if (!opening || !is_programs_sentence (opening, MIN (end, opening + 1000)))
        continue;
      if (opening - folded < 8 || !parser_speaks_writer (folded, (gsize)(opening - folded)))
        return i;
      lines->line[i].marks |= PARSER_LINE_MIXED;
    }
  return to;
}

/* "Click" and "unsubscribe" in one paragraph that nobody in particular says: from the line of the click, with
 * the full lines above it. */
static guint
instruction_start (const ParserLines *lines, guint from, guint to)
{
  const char *folded = parser_lines_fold (lines, from);
  gsize length = (gsize)(parser_lines_fold (lines, to - 1) - folded) + lines->line[to - 1].fold_length;
  const char *click = parser_words_find (click_words, folded, MIN (length, PARSER_MAX_LINE_FOLD), NULL);
  guint i = from;

  length = MIN (length, PARSER_MAX_LINE_FOLD);
  if (!click || !parser_footer_names_leaving (folded, length) || is_persons (folded, length))
    return to;
  while (i + 1 < to && parser_lines_fold (lines, i + 1) < click)
    i++;
  while (i > from && lines->line[i - 1].fold_length >= FULL_LINE)
    i--;
  return i;
}

static guint
disclaimer_start (const ParserLines *lines, guint from, guint to)
{
  const char *folded = parser_lines_fold (lines, from);
  gsize length = (gsize)(parser_lines_fold (lines, to - 1) - folded) + lines->line[to - 1].fold_length;

  length = MIN (length, PARSER_MAX_LINE_FOLD);
  if (length < 60 || !parser_words_find (disclaimers, folded, length, NULL)
      || parser_speaks_writer (folded, length))
    return to;
  for (guint i = from; i < to; i++)
    if (lines->line[i].fold_length >= FULL_LINE
        || parser_words_find (disclaimers, parser_lines_fold (lines, i), lines->line[i].fold_length, NULL))
      return i;
  return to;
}

static void
mark_paragraph (ParserLines *lines, guint from, guint to)
{
  guint disclaimer = disclaimer_start (lines, from, to);
  guint footer = MIN (footer_start (lines, from, to), instruction_start (lines, from, to));

  for (guint i = MIN (disclaimer, footer); i < to; i++)
    lines->line[i].letter = i >= footer ? 'L' : 'C';
}

/* Both in a quotation of HTML, or neither: no footer goes on beyond its quotation. */
static gboolean
are_quoted_alike (const ParserLine *a, const ParserLine *b)
{
  return ((a->spans ^ b->spans) & (PARSER_SPAN_QUOTE | PARSER_SPAN_QUOTE_DOUBT)) == 0;
}

/* What a footer goes on with after an empty line: the address to write to, the command, the rest of the
 * sentence. */
static gboolean
continues_footer (const ParserLines *lines, guint above, guint i)
{
  const ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i), *end;
  gboolean alone = i + 1 >= lines->n || lines->line[i + 1].letter != 'T';

  if (!are_quoted_alike (&lines->line[above], line))
    return FALSE;
  if (parser_speaks_writer (folded, line->fold_length) && !memchr (folded, '"', line->fold_length))
    return FALSE;
  if (alone && line->fold_length < 60 && parser_words_begin (commands, folded, line->fold_length))
    return (lines->line[above].marks & PARSER_LINE_COLON) || memchr (folded, ' ', line->fold_length);
  end = parser_lines_fold (lines, above) + lines->line[above].fold_length;
  return line->letter == 'U' ? !strchr (".!?", end[-1])
                             : parser_words_begin (connectives, folded, line->fold_length);
}

static void
mark_continued (ParserLines *lines)
{
  for (guint i = 0; i + 1 < lines->n; i++)
    {
      guint next = parser_lines_next (lines, i + 1);

      if (lines->line[i].letter != 'L' || next == i + 1 || next > i + 3 || next >= lines->n
          || !strchr ("TU", lines->line[next].letter) || !continues_footer (lines, i, next))
        continue;
      for (; next < lines->n && strchr ("TU", lines->line[next].letter); next++)
        lines->line[next].letter = 'L';
    }
}

/* ---- rules ---- */

static gboolean
has_list_words (const ParserLine *line, const char *folded)
{
  if (line->letter == 'L')
    return TRUE;
  return is_text (line->letter) && !parser_words_begin (commands, folded, line->fold_length)
         && parser_words_find (list_words, folded, line->fold_length, NULL);
}

static gboolean
ends_footer (const ParserLine *line, const char *folded)
{
  return strchr ("QAHF", line->letter)
         || (line->letter == 'T' && parser_speaks_one (folded, line->fold_length));
}

/* A rule, then within a few lines a list's words, a link or an address: a footer to the end, the next
 * quotation, or the next words in which the writer speaks: forms and people draw rules too. */
static guint
footer_under_rule (const ParserLines *lines, guint i)
{
  guint end = i + 1, lines_of_text = 0, words = 0, links = 0;

  for (; end < lines->n; end++)
    {
      const ParserLine *line = &lines->line[end];
      const char *folded = parser_lines_fold (lines, end);

      if (ends_footer (line, folded) || (line->letter != 'E' && !are_quoted_alike (&lines->line[i], line)))
        break;
      if (line->letter != 'E' && ++lines_of_text > MAX_FOOTER_LINES)
        return i;
      if (lines_of_text > 12 && words == 0)
        return i;
      words += has_list_words (line, folded);
      links += (line->marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)) || line->letter == 'L';
    }
  return words && links ? end : i;
}

static void
mark_rules (ParserLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    {
      if (lines->line[i].letter != 'D' && lines->line[i].letter != 'S')
        continue;
      guint end = footer_under_rule (lines, i);
      for (guint k = i; k < end; k++)
        if (lines->line[k].letter != 'E')
          lines->line[k].letter = 'L';
      i = MAX (i, end ? end - 1 : 0);
    }
}

/* ---- the whole ---- */

/* "next part", and down to the URL: what a list's archive took out of the mail. */
static void
mark_scrubbed (ParserLines *lines, guint i)
{
  guint end = i + 1;

  while (end < lines->n && end < i + 10 && is_text (lines->line[end].letter)
         && !(lines->line[end].marks & PARSER_LINE_URL))
    end++;
  if (end >= lines->n || !(lines->line[end].marks & PARSER_LINE_URL))
    end = i;
  for (guint k = i; k <= end; k++)
    lines->line[k].letter = 'L';
}

static void
mark_paragraphs (ParserLines *lines)
{
  for (guint i = 0; i < lines->n;)
    {
      while (i < lines->n && lines->line[i].letter == 'B')
        i++; /* what a banner stands above is no part of it */
      guint to = i;

      while (to < lines->n && is_text (lines->line[to].letter))
        to++;
      if (to > i)
        mark_paragraph (lines, i, to);
      i = to + 1;
    }
}

/* The whole line is a label: "Abmelden", "Unsubscribe here". */
static gboolean
is_label_alone (const ParserLine *line, const char *folded)
{
  const char *word = NULL, *end = parser_words_find (unsubscribe_words, folded, line->fold_length, &word);
  gsize rest = end ? line->fold_length - (gsize)(end - folded) : 0;

  if (line->letter != 'T' || !end || (gsize)(end - folded) > strlen (word) + 2)
    return FALSE;
  while (rest && strchr (" >:.", *end))
    end++, rest--;
  return rest == 0 || (rest < 12 && parser_words_begin (click_words, end, rest));
}

/* The last line of a letter in which nobody speaks of himself, and alone: a newsletter that somebody pasted
 * ends so. */
static void
mark_label_alone (ParserLines *lines)
{
  guint last = lines->n, octets = 0;

  while (last > 0 && strchr ("ELCBSUD", lines->line[last - 1].letter))
    last--;
  if (last < 3 || lines->line[last - 2].letter != 'E'
      || !is_label_alone (&lines->line[last - 1], parser_lines_fold (lines, last - 1)))
    return;
  for (guint i = 0; i + 1 < last; i++)
    {
      const ParserLine *line = &lines->line[i];

      if (strchr ("QAHF", line->letter))
        return;
      if (is_text (line->letter) && parser_speaks_one (parser_lines_fold (lines, i), line->fold_length))
        return;
      octets += is_text (line->letter) ? line->fold_length : 0;
    }
  if (octets >= MIN_LETTER)
    lines->line[last - 1].letter = 'L';
}

void
parser_footer_mark (ParserLines *lines)
{
  gboolean top = TRUE;

  parser_armour_mark (lines);
  for (guint i = 0; i < lines->n; i++)
    if (lines->line[i].letter == 'T')
      {
        mark_line (lines, i, top);
        top = lines->line[i].letter == 'B';
      }
  for (guint i = 0; i < lines->n; i++)
    if (lines->line[i].letter == 'L')
      mark_scrubbed (lines, i);
  mark_paragraphs (lines);
  mark_continued (lines);
  mark_rules (lines);
  mark_label_alone (lines);
}
