/* segment.c - whose words: one letter a line, then one pass over the letters.
 *
 *   E empty    Q quote mark    A attribution    H header block    D rule    F separator    T text
 *   S signature delimiter    G armoured signature    P telephone    U address alone
 *   L list footer    C confidentiality    B banner
 *
 * Nothing looks back further than a few lines, nothing is tried twice: the cost is linear. */
#include "lines.h"

#include <string.h>

#define MAX_SIGNATURE_LINES 10 /* lines of a signature without a delimiter */
#define MAX_SIGNATURE_WIDTH 70
#define MAX_WRAPPED 60 /* octets of the end of a marked line that lost its mark */

typedef struct
{
  ParserSegmentKind kind;
  const char *why;
  gboolean sure;
} Verdict;

/* What the lines belong to until something else begins. */
typedef enum
{
  STATE_NEW,       /* the writer's */
  STATE_BELOW,     /* under a header or attribution with nothing above it: an answer below, or a mail with no
                      answer */
  STATE_QUOTATION, /* an unmarked quotation, to the end */
  STATE_FORWARD,
  STATE_ANGLES, /* "<< quoted words >>" of AOL */
  STATE_SIGNATURE
} State;

typedef struct
{
  const ParserLines *lines;
  Verdict *verdict;
  State state;
  gboolean written; /* some of the writer's words stand above */
  guint marked;     /* the marked line that an attribution announced: what stands before it is doubtful */
} Reader;

static const Verdict verdict_of_state[] = {
  [STATE_NEW] = { PARSER_SEGMENT_NEW, "text", TRUE },
  [STATE_BELOW] = { PARSER_SEGMENT_NEW, "below-header", FALSE },
  [STATE_QUOTATION] = { PARSER_SEGMENT_QUOTATION, "below-header", TRUE },
  [STATE_FORWARD] = { PARSER_SEGMENT_FORWARD, "below-separator", TRUE },
  [STATE_ANGLES] = { PARSER_SEGMENT_QUOTATION, "angle-marks", TRUE },
  [STATE_SIGNATURE] = { PARSER_SEGMENT_SIGNATURE, "delimiter", TRUE },
};

/* ---- one letter after the other ---- */

static gboolean
is_marked (const ParserLine *line)
{
  return line->letter == 'Q' || (line->spans & PARSER_SPAN_QUOTE);
}

/* The marked line that an attribution or separator in line @last is about: the next one, or after a line or
 * two such as "[...]"; n when there is none. */
static guint
next_marked (const Reader *reader, guint last)
{
  const ParserLines *lines = reader->lines;
  guint i = last;

  for (guint seen = 0; seen < 3 && i < lines->n; seen++)
    {
      i = parser_lines_next (lines, i + 1);
      if (i < lines->n && is_marked (&lines->line[i]))
        return i;
      if (i >= lines->n || !strchr ("TUPA", lines->line[i].letter))
        break;
    }
  return lines->n;
}

/* Whether marked lines follow, which speak for themselves. */
static gboolean
announces_marked (Reader *reader, guint last)
{
  guint marked = next_marked (reader, last);

  if (marked >= reader->lines->n)
    return FALSE;
  reader->marked = marked;
  return TRUE;
}

/* What follows an attribution: marked lines, else all the rest is the quotation. */
static State
state_below_attribution (Reader *reader, guint last)
{
  guint next = parser_lines_next (reader->lines, last + 1);

  if (next < reader->lines->n && strncmp (parser_lines_fold (reader->lines, next), "<<", 2) == 0)
    return STATE_ANGLES;
  if (announces_marked (reader, last))
    return STATE_NEW;
  return reader->written ? STATE_QUOTATION : STATE_BELOW;
}

static State
state_below_separator (Reader *reader, guint i)
{
  switch (reader->lines->line[i].label)
    {
    case PARSER_SEPARATOR_FORWARD:
      return STATE_FORWARD;
    case PARSER_SEPARATOR_END:
      return STATE_NEW;
    default:
      return announces_marked (reader, i) ? STATE_NEW : STATE_QUOTATION;
    }
}

static Verdict
read_header (Reader *reader, guint i, char letter)
{
  const ParserLine *line = reader->lines->line;
  gboolean last = i + 1 >= reader->lines->n || line[i + 1].letter != letter;

  if (letter == 'F')
    {
      reader->state = state_below_separator (reader, i);
      return (Verdict){ reader->state == STATE_FORWARD ? PARSER_SEGMENT_FORWARD : PARSER_SEGMENT_QUOTATION,
                        "separator", TRUE };
    }
  if (letter == 'A')
    {
      if (last)
        reader->state = state_below_attribution (reader, i);
      return (Verdict){ PARSER_SEGMENT_ATTRIBUTION, "attribution-line", TRUE };
    }
  reader->state = reader->written ? STATE_QUOTATION : STATE_BELOW;
  return (Verdict){ PARSER_SEGMENT_HEADER_BLOCK, "header-labels", TRUE };
}

static Verdict
read_span (const ParserLine *line)
{
  if (line->spans & PARSER_SPAN_QUOTE)
    return (Verdict){ PARSER_SEGMENT_QUOTATION, line->span_why, TRUE };
  if (line->spans & PARSER_SPAN_ATTRIBUTION)
    return (Verdict){ PARSER_SEGMENT_ATTRIBUTION, line->span_why, TRUE };
  return (Verdict){ PARSER_SEGMENT_SIGNATURE, line->span_why, TRUE };
}

static Verdict
read_text (Reader *reader, guint i)
{
  const ParserLine *line = &reader->lines->line[i];
  Verdict verdict = verdict_of_state[reader->state];

  if (verdict.kind != PARSER_SEGMENT_NEW)
    return verdict;
  if (i < reader->marked)
    return (Verdict){ PARSER_SEGMENT_QUOTATION, "above-marks", FALSE };
  reader->written = TRUE;
  if (line->spans & PARSER_SPAN_QUOTE_DOUBT)
    return (Verdict){ PARSER_SEGMENT_NEW, line->span_why, FALSE };
  if (line->marks & PARSER_LINE_LONG)
    return (Verdict){ PARSER_SEGMENT_NEW, "long-line", FALSE };
  if (line->marks & PARSER_LINE_MIXED)
    return (Verdict){ PARSER_SEGMENT_NEW, "mixed-line", FALSE };
  if (parser_attribution_glued (reader->lines, i))
    return (Verdict){ PARSER_SEGMENT_NEW, "glued-attribution", FALSE };
  return verdict;
}

/* The lines of a block after its first, or the block under "-----Original Message-----". */
static gboolean
is_header_going_on (const Reader *reader, guint i)
{
  while (i > 0 && reader->lines->line[i - 1].letter == 'E')
    i--;
  return i > 0 && strchr ("HF", reader->lines->line[i - 1].letter)
         && reader->verdict[i - 1].kind != PARSER_SEGMENT_NEW;
}

static Verdict
read_line (Reader *reader, guint i)
{
  const ParserLine *line = &reader->lines->line[i];
  State state = reader->state;

  if (line->letter == 'E')
    return i ? reader->verdict[i - 1] : verdict_of_state[STATE_NEW];
  if (state == STATE_ANGLES)
    {
      const char *end = reader->lines->text->text + line->end;
      if (line->end - line->start >= 2 && end[-1] == '>' && end[-2] == '>')
        reader->state = STATE_NEW;
      return verdict_of_state[state];
    }
  if (line->letter == 'Q')
    {
      reader->state = state == STATE_SIGNATURE ? STATE_NEW : state;
      return (Verdict){ PARSER_SEGMENT_QUOTATION, "cite-marks", TRUE };
    }
  if (line->spans & (PARSER_SPAN_QUOTE | PARSER_SPAN_ATTRIBUTION | PARSER_SPAN_SIGNATURE))
    return read_span (line);
  if (state != STATE_NEW && line->letter == 'F' && line->label == PARSER_SEPARATOR_END)
    return read_header (reader, i, 'F');
  if (state == STATE_QUOTATION && line->letter == 'H' && is_header_going_on (reader, i))
    return (Verdict){ PARSER_SEGMENT_HEADER_BLOCK, "header-labels", TRUE };
  if (state == STATE_QUOTATION || state == STATE_FORWARD)
    return verdict_of_state[state];
  switch (line->letter)
    {
    case 'A':
    case 'H':
    case 'F':
      return read_header (reader, i, line->letter);
    case 'S':
      reader->state = STATE_SIGNATURE;
      return verdict_of_state[STATE_SIGNATURE];
    case 'G':
      return (Verdict){ PARSER_SEGMENT_SIGNATURE, "pgp-signature", TRUE };
    case 'L':
      return (Verdict){ PARSER_SEGMENT_FOOTER,
                        line->marks & PARSER_LINE_OURS ? PARSER_WHY_OURS : "footer-words", TRUE };
    case 'C':
      return (Verdict){ PARSER_SEGMENT_DISCLAIMER, "disclaimer-words", TRUE };
    case 'B':
      return (Verdict){ PARSER_SEGMENT_BANNER, "banner-words", TRUE };
    default:
      return read_text (reader, i);
    }
}

/* ---- second looks ---- */

/* A rule that stands over a header, an attribution or a footer belongs to it. */
static void
join_rules (Reader *reader)
{
  const ParserLines *lines = reader->lines;

  for (guint i = lines->n; i-- > 0;)
    {
      guint next = lines->line[i].letter == 'D' ? parser_lines_next (lines, i + 1) : lines->n;

      if (next < lines->n && next <= i + 3 && strchr ("HAFLC", lines->line[next].letter)
          && reader->verdict[i].kind == PARSER_SEGMENT_NEW)
        for (guint k = i; k < next; k++)
          reader->verdict[k] = reader->verdict[next];
    }
}

/* A quoting client that wraps marked lines leaves their ends unmarked: short, in the middle of a sentence
 * that the line above has not ended, and too wide for it. */
static void
join_wrapped (Reader *reader)
{
  const ParserLines *lines = reader->lines;

  for (guint i = 1; i + 1 < lines->n; i++)
    {
      const ParserLine *before = &lines->line[i - 1], *line = &lines->line[i], *after = &lines->line[i + 1];
      const char *text = lines->text->text + line->start;
      guint width = line->end - line->start, above = before->end - before->start;

      if (before->letter != 'Q' || after->letter != 'Q' || after->depth > before->depth
          || reader->verdict[i].kind != PARSER_SEGMENT_NEW || width == 0 || width > MAX_WRAPPED
          || g_ascii_isupper (*text) || above == 0 || strchr (".!?:", text[-2]))
        continue;
      if (above + 1 + strcspn (text, " \n") > 68)
        reader->verdict[i] = (Verdict){ PARSER_SEGMENT_QUOTATION, "wrapped-quote", FALSE };
    }
}

/* The writer's name and numbers under the last words: a paragraph of short lines that begins with a name and
 * holds a telephone number. Only the numbers and addresses are taken out: a wish may stand among them. */
static void
find_signature (Reader *reader)
{
  const ParserLines *lines = reader->lines;
  guint end = lines->n, first, phones = 0, count = 0;

  while (end > 0
         && (reader->verdict[end - 1].kind != PARSER_SEGMENT_NEW || lines->line[end - 1].letter == 'E'))
    end--;
  for (first = end; first > 0 && count <= MAX_SIGNATURE_LINES; first--)
    {
      const ParserLine *line = &lines->line[first - 1];

      if (reader->verdict[first - 1].kind != PARSER_SEGMENT_NEW || line->letter == 'E'
          || line->fold_length > MAX_SIGNATURE_WIDTH)
        break;
      phones += line->letter == 'P';
      count++;
    }
  if (count < 3 || count > MAX_SIGNATURE_LINES || phones == 0 || first == 0
      || lines->line[first - 1].letter != 'E' || lines->line[first].letter != 'T')
    return;
  for (guint i = first; i < end; i++)
    if (lines->line[i].letter == 'P' || lines->line[i].letter == 'U')
      reader->verdict[i] = (Verdict){ PARSER_SEGMENT_SIGNATURE, "contact-lines", FALSE };
}

/* Empty lines at the head of the writer's words and between two segments belong to what follows nothing:
 * leave them with the one above; at the very start, with the one below. */
static void
settle_start (Reader *reader)
{
  guint first = parser_lines_next (reader->lines, 0);

  for (guint i = 0; i < first && first < reader->lines->n; i++)
    reader->verdict[i] = reader->verdict[first];
}

/* One line is the whole text, and nothing in it can be followed: whatever words it has in common with footers
 * and banners, a person wrote it. But not where it is a text of ours: a page of ours that lost its marks is
 * one line. */
static void
find_lone_line (Reader *reader)
{
  const ParserLines *lines = reader->lines;
  guint only = parser_lines_next (lines, 0);
  if (only == lines->n || parser_lines_next (lines, only + 1) < lines->n)
    return;
  const ParserLine *line = &lines->line[only];
  if (strchr ("LB", line->letter) && line->linked == 0 && line->spans == 0
      && !(line->marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS | PARSER_LINE_OURS)))
    reader->verdict[only] = verdict_of_state[STATE_NEW];
}

/* ---- segments ---- */

static void
append (GPtrArray *segments, const ParserText *text, guint first, guint last, Verdict verdict)
{
  ParserSegment *segment = g_new0 (ParserSegment, 1);

  segment->part = g_strdup (text->part);
  segment->kind = verdict.kind;
  segment->first_line = first;
  segment->last_line = last;
  segment->why = g_strdup (verdict.why);
  segment->sure = verdict.sure;
  g_ptr_array_add (segments, segment);
}

static gboolean
same (const Verdict *a, const Verdict *b)
{
  return a->kind == b->kind && a->sure == b->sure && g_strcmp0 (a->why, b->why) == 0;
}

static void
append_all (const Reader *reader, GPtrArray *segments)
{
  const ParserLines *lines = reader->lines;
  static const Verdict beyond = { PARSER_SEGMENT_NEW, "limit", FALSE };
  guint first = 0;

  if (segments->len >= PARSER_MAX_SEGMENTS)
    return; /* other parts of the mail have used them up */
  for (guint i = 1; i <= lines->n; i++)
    {
      if (i < lines->n && same (&reader->verdict[i], &reader->verdict[first]))
        continue;
      if (segments->len + 2 > PARSER_MAX_SEGMENTS)
        break;
      append (segments, lines->text, first + 1, i, reader->verdict[first]);
      first = i;
    }
  if (first < lines->total)
    append (segments, lines->text, first + 1, lines->total, beyond);
}

void
parser_segment (const ParserText *text, const ParserOptions *options, GPtrArray *segments)
{
  g_autoptr (ParserLines) lines = parser_lines_new (text);
  g_autofree Verdict *verdict = g_new0 (Verdict, lines->n + 1);
  Reader reader = { .lines = lines, .verdict = verdict, .marked = 0 };

  parser_attribution_mark (lines);
  parser_footer_mark (lines);
  parser_echo_mark (lines, options);
  for (guint i = 0; i < lines->n; i++)
    verdict[i] = read_line (&reader, i);
  find_lone_line (&reader);
  settle_start (&reader);
  join_rules (&reader);
  join_wrapped (&reader);
  find_signature (&reader);
  append_all (&reader, segments);
}
