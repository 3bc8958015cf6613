/* prescan.c - one pass over the raw octets before GMime sees them: where the header ends, and whether it is
 * safe (R42) */
#include <string.h>

#include "internal.h"

/* What surrounds the line that is being read: one multipart's boundary, or an enclosed message (no boundary).
 */
typedef struct
{
  const guint8 *boundary;
  gsize size;
  gboolean multipart;
  gboolean digest; /* whose parts are messages when they do not say what they are (RFC 2046 section 5.1.5) */
} Level;

typedef struct
{
  ParserPrescan result;
  Level levels[PARSER_MAX_NESTING];
  guint depth;
  guint parts;
  guint dash_lines;

  /* the header block that the line is in */
  gboolean in_header;
  gboolean top; /* it is the mail's own */
  gsize block_size;
  guint fields;

  /* its field that the line belongs to */
  gboolean is_address, is_content;
  gsize field_size;
  guint colons, parameters;
  const guint8 *boundary; /* of the block's Content-Type */
  gsize boundary_size;
  gboolean is_multipart, is_message, is_digest, has_type;
} Scan;

/* R30: LF, CRLF, a lone CR; and CR CR LF, which mangled mail has, is one end too. */
gsize
parser_line_end (const guint8 *octets, gsize size, gsize at, gsize *next_out)
{
  while (at < size && octets[at] != '\n' && octets[at] != '\r')
    at++;
  gsize end = at;
  if (end < size && octets[end] == '\r' && end + 1 < size && octets[end + 1] != '\n')
    at = end + 2 < size && octets[end + 1] == '\r' && octets[end + 2] == '\n' ? end + 2 : end;
  else if (end + 1 < size && octets[end] == '\r')
    at = end + 1;
  *next_out = MIN (at + 1, size);
  return end;
}

/* The length of the field's name when the line is "Name:" or "Name :" (R33), else 0. */
gsize
parser_field_name (const guint8 *line, gsize size)
{
  gsize name = 0;
  while (name < size && line[name] > ' ' && line[name] < 0x7f && line[name] != ':')
    name++;
  gsize colon = name;
  while (colon < size && (line[colon] == ' ' || line[colon] == '\t'))
    colon++;
  return colon < size && line[colon] == ':' ? name : 0;
}

static gboolean
name_is_one_of (const guint8 *line, gsize size, const char *const *names)
{
  for (; *names; names++)
    if (strlen (*names) == size && g_ascii_strncasecmp ((const char *)line, *names, size) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
holds (const guint8 *line, gsize size, const char *word, gsize *at_out)
{
  gsize length = strlen (word);
  for (gsize i = 0; i + length <= size; i++)
    if (g_ascii_tolower (line[i]) == *word && g_ascii_strncasecmp ((const char *)line + i, word, length) == 0)
      {
        *at_out = i + length;
        return TRUE;
      }
  return FALSE;
}

/* The top header goes to our own reader alone, so what is over a limit there is passed over and no danger. */
static void
over_limit (Scan *scan)
{
  scan->result.defects |= PARSER_DEFECT_PARTIAL;
  if (!scan->top || scan->is_content)
    scan->result.too_much = TRUE;
}

static void
start_block (Scan *scan, gboolean top)
{
  scan->in_header = TRUE;
  scan->top = top;
  scan->block_size = scan->field_size = 0;
  scan->fields = scan->colons = scan->parameters = 0;
  scan->is_address = scan->is_content = FALSE;
  scan->is_multipart = scan->is_message = scan->is_digest = scan->has_type = FALSE;
  scan->boundary = NULL;
}

static gsize
span_of (const guint8 *octets, gsize size, const char *among)
{
  gsize n = 0;
  while (n < size && octets[n] != '\0' && strchr (among, octets[n]))
    n++;
  return n;
}

static void
note_content_type (Scan *scan, const guint8 *line, gsize size)
{
  gsize at = 0;
  scan->has_type = TRUE;
  scan->is_digest |= holds (line, size, "multipart/digest", &at);
  scan->is_multipart |= holds (line, size, "multipart/", &at);
  scan->is_message |= holds (line, size, "message/", &at);
  if (!holds (line, size, "boundary", &at))
    return;
  /* "boundary*0*" = "x": what stands before the value; the value may begin with a digit or "=" */
  at += span_of (line + at, size - at, "*0123456789 \t");
  at += span_of (line + at, MIN (size - at, 1), "=");
  at += span_of (line + at, size - at, " \t");
  at += span_of (line + at, MIN (size - at, 1), "\"");
  gsize end = at;
  while (end < size && !strchr ("\"\r\n;", line[end]))
    end++;
  while (end > at && g_ascii_isspace (line[end - 1]))
    end--;
  scan->boundary = line + at;
  scan->boundary_size = MIN (end - at, PARSER_MAX_BOUNDARY);
}

static void
scan_header_line (Scan *scan, const guint8 *line, gsize size)
{
  static const char *const address_names[] = { "from",
                                               "sender",
                                               "reply-to",
                                               "to",
                                               "cc",
                                               "bcc",
                                               "resent-from",
                                               "resent-sender",
                                               "resent-reply-to",
                                               "resent-to",
                                               "resent-cc",
                                               "resent-bcc",
                                               "return-path",
                                               "disposition-notification-to",
                                               NULL };
  static const char *const content_names[] = { "content-type", "content-disposition", NULL };
  gboolean folded = size > 0 && (line[0] == ' ' || line[0] == '\t');
  gsize name = folded ? 0 : parser_field_name (line, size);
  if (name > 0)
    {
      scan->fields++;
      scan->field_size = scan->colons = scan->parameters = 0;
      scan->is_address = name_is_one_of (line, name, address_names);
      scan->is_content = name_is_one_of (line, name, content_names);
    }
  scan->block_size += size + 1;
  scan->field_size += size + 1;
  for (gsize i = 0; i < size; i++)
    {
      scan->colons += line[i] == ':';
      scan->parameters += line[i] == ';';
    }
  if (scan->is_content)
    note_content_type (scan, line, MIN (size, PARSER_MAX_HEADER));
  if (scan->block_size > PARSER_MAX_HEADER_BLOCK || scan->field_size > PARSER_MAX_HEADER
      || scan->fields > PARSER_MAX_HEADERS || (scan->is_content && scan->parameters > PARSER_MAX_PARAMETERS)
      || (scan->is_address && scan->colons > PARSER_MAX_ADDRESS_COLONS + 1)) /* one ends the name */
    over_limit (scan);
}

static void
push (Scan *scan, const guint8 *boundary, gsize size, gboolean multipart)
{
  if (scan->depth == PARSER_MAX_NESTING)
    {
      scan->result.too_much = TRUE;
      return;
    }
  scan->levels[scan->depth++] = (Level){ boundary, size, multipart, scan->is_digest };
}

/* An empty line: the block ends, and its Content-Type says what begins. */
static void
end_block (Scan *scan)
{
  gboolean in_digest = scan->depth > 0 && scan->levels[scan->depth - 1].digest;
  gboolean message = scan->is_message || (in_digest && !scan->has_type);
  if (scan->is_multipart)
    push (scan, scan->boundary, scan->boundary ? scan->boundary_size : 0, TRUE);
  scan->in_header = FALSE;
  if (message)
    {
      scan->is_digest = FALSE;
      push (scan, NULL, 0, FALSE);
      start_block (scan, FALSE);
    }
}

/* What was open above @depth ends here; a multipart without its closing line is a defect (R41). */
static void
pop (Scan *scan, guint depth)
{
  for (; scan->depth > depth; scan->depth--)
    if (scan->levels[scan->depth - 1].multipart)
      scan->result.defects |= PARSER_DEFECT_BAD_BOUNDARY;
}

/* A line that begins with "--": a part, when a multipart that is open has this boundary. */
static void
scan_dash_line (Scan *scan, const guint8 *line, gsize size)
{
  if (scan->depth > 0 && ++scan->dash_lines > PARSER_MAX_DASH_LINES)
    scan->result.too_much = TRUE;
  for (guint i = scan->depth; i > 0; i--)
    {
      const Level *level = &scan->levels[i - 1];
      if (!level->boundary || size < level->size + 2 || memcmp (line + 2, level->boundary, level->size) != 0)
        continue;
      gboolean closes = size >= level->size + 4 && memcmp (line + 2 + level->size, "--", 2) == 0;
      pop (scan, i);
      scan->depth -= closes;
      scan->parts += !closes;
      if (scan->parts > PARSER_MAX_PARTS)
        scan->result.too_much = TRUE;
      start_block (scan, FALSE);
      scan->in_header = !closes;
      return;
    }
}

static void
scan_lines (Scan *scan, const guint8 *octets, gsize size)
{
  gsize at = scan->result.start, next = 0;
  start_block (scan, TRUE);
  scan->in_header = scan->result.header_end != at; /* no header at all */
  if (!scan->in_header)
    scan->top = FALSE;
  for (; at < size && (!scan->result.too_much || (scan->top && scan->in_header)); at = next)
    {
      gsize end = parser_line_end (octets, size, at, &next);
      if (scan->top && scan->in_header && end == at)
        scan->result.header_end = next;
      if (end - at >= 2 && octets[at] == '-' && octets[at + 1] == '-')
        scan_dash_line (scan, octets + at, end - at);
      if (!scan->in_header)
        continue;
      if (end == at)
        end_block (scan);
      else
        scan_header_line (scan, octets + at, end - at);
    }
  pop (scan, 0);
}

/* ---- where the header begins, and whether there is one (R34, R49) ---- */

static gboolean
begins (const guint8 *octets, gsize size, gsize at, const char *word)
{
  return size - at >= strlen (word) && memcmp (octets + at, word, strlen (word)) == 0;
}

static void
find_start (ParserPrescan *result, const guint8 *octets, gsize size)
{
  gsize at = begins (octets, size, 0, "\xef\xbb\xbf") ? 3 : 0;
  while (at < size && (octets[at] == '\r' || octets[at] == '\n'))
    at++;
  result->from_at = at;
  result->from_line = begins (octets, size, at, "From ");
  if (result->from_line || begins (octets, size, at, ">From "))
    parser_line_end (octets, size, at, &at);
  result->start = at;
}

/* Text that is no field may stand in a header, but not at its beginning, unless what follows is surely one.
 */
static gboolean
has_header (const guint8 *octets, gsize size, gsize at)
{
  static const char *const sure[]
      = { "return-path", "received",     "from",         "to",           "subject", "date",
          "message-id",  "delivered-to", "mime-version", "content-type", NULL };
  gsize next = 0;
  gsize end = parser_line_end (octets, size, at, &next);
  if (parser_field_name (octets + at, end - at) > 0)
    return TRUE;
  if (end == at)
    return FALSE;
  end = parser_line_end (octets, size, next, &at);
  gsize name = parser_field_name (octets + next, end - next);
  return name_is_one_of (octets + next, name, sure);
}

ParserPrescan
parser_prescan (const guint8 *octets, gsize size)
{
  Scan scan = { 0 };
  find_start (&scan.result, octets, size);
  gboolean header = has_header (octets, size, scan.result.start);
  scan.result.header_end = header ? size : scan.result.start;
  if (size == 0)
    scan.result.defects |= PARSER_DEFECT_EMPTY;
  if (!header)
    scan.result.defects |= PARSER_DEFECT_NO_HEADER;
  if (size > 0 && memchr (octets, '\0', size))
    scan.result.defects |= PARSER_DEFECT_NUL;
  scan_lines (&scan, octets, size);
  if (scan.result.too_much)
    scan.result.defects |= PARSER_DEFECT_PARTIAL;
  return scan.result;
}
