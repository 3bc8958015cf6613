/* html-quote.c - containers that mail clients put around quotations, signatures and attributions.
 *
 * A container alone proves nothing: clients wrap whole mails in them, and people indent (DETECTION sections
 * 1, 7). */
#include "html.h"
#include "lines.h"

#include <string.h>

#define MAX_ATTRIBUTION 600

/* clang-format off */
static const struct
{
  HtmlAttribute attribute;
  const char *word; /* one of the blank-separated words of the value, or its beginning when it ends in "*" */
  HtmlRegionKind kind;
  const char *why;
} containers[] = {
  { HTML_TYPE, "cite", HTML_REGION_CITE, "blockquote-cite" },
  { HTML_CLASS, "gmail_attr", HTML_REGION_ATTRIBUTION, "gmail-attribution" },
  { HTML_CLASS, "moz-cite-prefix", HTML_REGION_ATTRIBUTION, "mozilla-attribution" },
  { HTML_CLASS, "moz-email-headers-table", HTML_REGION_ATTRIBUTION, "mozilla-headers" },
  { HTML_CLASS, "gmail_quote*", HTML_REGION_QUOTE, "gmail-quote" },
  { HTML_CLASS, "gmail_extra", HTML_REGION_QUOTE, "gmail-quote" },
  { HTML_CLASS, "yahoo_quoted*", HTML_REGION_QUOTE, "yahoo-quote" },
  { HTML_ID, "yahoo_quoted*", HTML_REGION_QUOTE, "yahoo-quote" },
  { HTML_CLASS, "iosymail", HTML_REGION_QUOTE, "yahoo-quote" },
  { HTML_CLASS, "protonmail_quote*", HTML_REGION_QUOTE, "proton-quote" },
  { HTML_CLASS, "tutanota_quote", HTML_REGION_QUOTE, "tutanota-quote" },
  { HTML_CLASS, "zmail_extra", HTML_REGION_QUOTE, "zoho-quote" },
  { HTML_CLASS, "skiff_quote", HTML_REGION_QUOTE, "skiff-quote" },
  { HTML_CLASS, "hcb-quote", HTML_REGION_QUOTE, "quote-class" },
  { HTML_CLASS, "cloudmagic-smart-quote", HTML_REGION_QUOTE, "newton-quote" },
  { HTML_ID, "isForwardContent", HTML_REGION_QUOTE, "netease-quote" },
  { HTML_ID, "isReplyContent", HTML_REGION_QUOTE, "netease-quote" },
  { HTML_ID, "mailcontent", HTML_REGION_QUOTE, "quote-id" },
  { HTML_ID, "origbody", HTML_REGION_QUOTE, "quote-id" },
  { HTML_ID, "reply139content", HTML_REGION_QUOTE, "quote-id" },
  { HTML_ID, "OLK_SRC_BODY_SECTION", HTML_REGION_QUOTE, "outlook-quote" },
  { HTML_ID, "mail-editor-reference-message-container", HTML_REGION_QUOTE, "outlook-quote" },
  { HTML_NAME, "quote", HTML_REGION_QUOTE, "gmx-quote" },
  { HTML_NAME, "messageReplySection", HTML_REGION_QUOTE, "spark-quote" },
  { HTML_ID, "divRplyFwdMsg", HTML_REGION_MARKER, "outlook-reply" },
  { HTML_ID, "appendonsend", HTML_REGION_MARKER, "outlook-reply" },
  { HTML_ID, "replySplit", HTML_REGION_MARKER, "reply-split" },
  { HTML_ID, "oriMsgHtmlSeperator", HTML_REGION_MARKER, "reply-split" },
  { HTML_MARKER, "__DIVIDER__", HTML_REGION_MARKER, "zimbra-divider" },
  { HTML_CLASS, "gmail_signature", HTML_REGION_SIGNATURE, "gmail-signature" },
  { HTML_CLASS, "moz-signature", HTML_REGION_SIGNATURE, "mozilla-signature" },
  { HTML_ID, "AppleMailSignature", HTML_REGION_SIGNATURE, "apple-signature" },
  { HTML_ID, "Signature", HTML_REGION_SIGNATURE, "outlook-signature" },
  { HTML_ID, "ms-outlook-mobile-signature", HTML_REGION_SIGNATURE, "outlook-signature" },
  { HTML_CLASS, "protonmail_signature_block", HTML_REGION_SIGNATURE, "proton-signature" },
};
/* clang-format on */

/* Outlook webmail sends mail through gateways that encode twice: id=3D"divRplyFwdMsg". */
static HtmlValue
bare_value (HtmlValue value)
{
  if (value.length > 3 && strncmp (value.text, "3D\"", 3) == 0)
    value.text += 3, value.length -= 3;
  while (value.length && strchr ("\"' ", value.text[value.length - 1]))
    value.length--;
  return value;
}

static gboolean
has_word (HtmlValue value, const char *word)
{
  gsize size = strlen (word);
  gboolean open = word[size - 1] == '*';

  value = bare_value (value);
  size -= open;
  for (const char *p = value.text, *end = p + value.length; p < end;)
    {
      const char *stop = p;
      while (stop < end && !g_ascii_isspace (*stop))
        stop++;
      gsize length = (gsize)(stop - p);
      /* Outlook and Gmail rename ids and classes of what they quote: x_divRplyFwdMsg,
       * gmail-m_123divRplyFwdMsg */
      if (length > 2 && strncmp (p, "x_", 2) == 0)
        p += 2, length -= 2;
      if (length >= size && (open || length == size) && g_ascii_strncasecmp (p, word, size) == 0)
        return TRUE;
      for (p = stop; p < end && g_ascii_isspace (*p);)
        p++;
    }
  return FALSE;
}

HtmlRegionKind
parser_html_region (const HtmlTag *tag, const char **why_out)
{
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    if (tag->value[containers[i].attribute].text
        && has_word (tag->value[containers[i].attribute], containers[i].word))
      {
        *why_out = containers[i].why;
        return containers[i].kind;
      }
  *why_out = "blockquote";
  return memcmp (tag->name, "blockquo", HTML_TAG_NAME) == 0 ? HTML_REGION_BLOCKQUOTE : HTML_REGION_NONE;
}

/* ---- what the regions turn out to be ---- */

static gboolean
is_header_letter (const ParserLines *lines, guint i)
{
  return i < lines->n && strchr ("AHF", lines->line[i].letter) != NULL;
}

static guint
line_at (const ParserLines *lines, guint at)
{
  guint low = 0, high = lines->n;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;
      if (lines->line[middle].start <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Its first line is an attribution or a header, rules passed over; under a client's mark, a date or an
 * address within three lines will do. */
static gboolean
begins_with_header (const ParserLines *lines, const HtmlRegion *region)
{
  guint i = parser_lines_next (lines, line_at (lines, region->start)), seen = 0;
  guint enough = region->kind == HTML_REGION_MARKER ? 3 : 1;

  for (; i < lines->n && lines->line[i].start < region->end && seen < enough;
       i = parser_lines_next (lines, i + 1))
    {
      if (is_header_letter (lines, i))
        return TRUE;
      seen += lines->line[i].letter != 'D';
      if (region->kind == HTML_REGION_MARKER && (lines->line[i].marks & PARSER_LINE_EVIDENCE))
        return TRUE;
    }
  return FALSE;
}

static gboolean
follows_header (const ParserLines *lines, const HtmlRegion *region)
{
  guint i = line_at (lines, region->start);

  while (i > 0 && (lines->line[i].start >= region->start || lines->line[i].letter == 'E'))
    i--;
  return lines->line[i].start < region->start && is_header_letter (lines, i);
}

/* The first and behind the last octet of the text that is neither blank nor of a rule. */
typedef struct
{
  guint first, last;
} Extent;

static Extent
extent_of (const ParserText *text)
{
  Extent extent = { 0, (guint)text->length };

  while (extent.first < extent.last && strchr (" \t\n_", text->text[extent.first]))
    extent.first++;
  while (extent.last > extent.first && strchr (" \t\n_", text->text[extent.last - 1]))
    extent.last--;
  return extent;
}

static guint
flags_of (const ParserLines *lines, const HtmlRegion *region, const Extent *extent)
{
  if (region->kind == HTML_REGION_SIGNATURE)
    return PARSER_SPAN_SIGNATURE;
  if (region->kind == HTML_REGION_ATTRIBUTION)
    {
      guint i = parser_lines_next (lines, line_at (lines, region->start));
      gboolean proved
          = is_header_letter (lines, i) || (i < lines->n && (lines->line[i].marks & PARSER_LINE_EVIDENCE));
      return proved && region->end - region->start < MAX_ATTRIBUTION ? PARSER_SPAN_ATTRIBUTION : 0;
    }
  if (region->kind == HTML_REGION_CITE || begins_with_header (lines, region)
      || follows_header (lines, region))
    return PARSER_SPAN_QUOTE;
  if (extent->first < region->start && extent->last <= region->end && region->kind == HTML_REGION_QUOTE)
    return PARSER_SPAN_QUOTE;
  return PARSER_SPAN_QUOTE_DOUBT;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const ParserSpan *one = a, *two = b;

  return one->start < two->start ? -1 : one->start > two->start;
}

void
parser_html_resolve (ParserText *text, GArray *regions)
{
  g_autoptr (ParserLines) lines = NULL;
  guint links = text->spans->len;

  if (regions->len == 0)
    return;
  for (guint i = 0; i < regions->len; i++)
    {
      const HtmlRegion *region = &g_array_index (regions, HtmlRegion, i);
      ParserSpan span = { region->start, region->end, 0, region->why };
      if (region->kind == HTML_REGION_CITE || region->kind == HTML_REGION_QUOTE)
        span.flags = PARSER_SPAN_QUOTE_DOUBT; /* enough to see an attribution above it */
      g_array_append_val (text->spans, span);
    }
  g_array_sort (text->spans, compare_spans);
  lines = parser_lines_new (text);
  parser_attribution_mark (lines);

  Extent extent = extent_of (text);
  const char *proved = NULL; /* of a client's containers: answers stand between the pieces of one quotation */
  guint kept = 0;
  for (guint i = 0; i < text->spans->len; i++)
    if (g_array_index (text->spans, ParserSpan, i).flags & PARSER_SPAN_LINK)
      g_array_index (text->spans, ParserSpan, kept++) = g_array_index (text->spans, ParserSpan, i);
  g_assert (kept == links);
  g_array_set_size (text->spans, kept);
  for (guint i = 0; i < regions->len; i++)
    {
      const HtmlRegion *region = &g_array_index (regions, HtmlRegion, i);
      ParserSpan span = { region->start, region->end, flags_of (lines, region, &extent), region->why };
      if (region->kind == HTML_REGION_QUOTE && span.flags == PARSER_SPAN_QUOTE)
        proved = region->why;
      else if (region->kind == HTML_REGION_QUOTE && g_strcmp0 (proved, region->why) == 0)
        span.flags = PARSER_SPAN_QUOTE;
      if (span.flags && span.end > span.start)
        g_array_append_val (text->spans, span);
    }
  g_array_sort (text->spans, compare_spans);
}
