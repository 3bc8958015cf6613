/* html.c - HTML to the text that a reader sees: one pass, no tree, no recursion (H20).
 *
 * What is remembered is a stack of open elements, capped: deeper ones change nothing. */
#include "html.h"
#include "token.h"

#include <string.h>

#define MAX_DEPTH 256    /* open elements that are remembered */
#define MAX_REGIONS 2000 /* quoting containers */
#define MAX_NESTED 4     /* of them in each other */
#define NO_REGION G_MAXUINT

typedef struct
{
  char name[HTML_TAG_NAME];
  HtmlStyle style;
  gboolean pre;
  guint region; /* index of the region that it opened */
} Element;

typedef struct
{
  GString *out;
  GArray *links, *regions;
  Element stack[MAX_DEPTH];
  guint depth;    /* 0: only the ground, which is stack[0] */
  guint beyond;   /* open elements over MAX_DEPTH */
  guint nested;   /* open regions */
  guint breaks;   /* line ends that are due before the next word */
  gboolean blank; /* a blank is due */
  gboolean link;  /* a label is open */
  guint link_start;
  char *target; /* of the link, when it may hold a token of ours; else NULL */
  GPtrArray *targets;
  GHashTable *hidden; /* set of what style sheets hide */
  gboolean hid;       /* text was dropped that no reader sees */
} Writer;

static gboolean
is (const char name[HTML_TAG_NAME], const char *word)
{
  return strncmp (name, word, HTML_TAG_NAME) == 0;
}

/* ---- text ---- */

static Element *
top_of (Writer *writer)
{
  return &writer->stack[writer->depth];
}

static void
break_line (Writer *writer, guint breaks)
{
  writer->breaks = MAX (writer->breaks, breaks);
  writer->blank = FALSE;
}

/* Writes the line ends and the blank that are due. */
static void
flush (Writer *writer)
{
  GString *out = writer->out;

  if (writer->breaks)
    {
      guint there = 0;
      while (there < out->len && out->str[out->len - 1 - there] == '\n')
        there++;
      for (; there < writer->breaks && out->len; there++)
        g_string_append_c (out, '\n');
      writer->breaks = 0;
      if (writer->link && writer->link_start == out->len - 1)
        writer->link_start = (guint)out->len;
    }
  else if (writer->blank && out->len && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ' ');
  writer->blank = FALSE;
}

static gboolean
is_zero_width (const Writer *writer, gunichar c)
{
  if (c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x34f)
    return TRUE;
  /* Joiners make letters of Persian and Hindi, and pictures; among Latin letters they hide words. */
  return (c == 0x200c || c == 0x200d) && writer->out->len
         && g_ascii_isalnum (writer->out->str[writer->out->len - 1]);
}

static void
put (Writer *writer, gunichar c)
{
  const Element *top = top_of (writer);

  if (parser_html_is_invisible (&top->style))
    {
      writer->hid |= g_unichar_isalnum (c);
      return;
    }
  if (is_zero_width (writer, c) || c == 0)
    return;
  if (top->pre && c == '\n')
    {
      flush (writer);
      g_string_append_c (writer->out, '\n');
      return;
    }
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')
    {
      if (top->pre && c != '\r')
        {
          flush (writer);
          g_string_append_c (writer->out, ' ');
        }
      else
        writer->blank = TRUE;
      return;
    }
  flush (writer);
  if (c == 0xa0)
    g_string_append_c (writer->out, ' ');
  else
    g_string_append_unichar (writer->out, c);
}

static void
put_text (Writer *writer, const char *p, const char *end)
{
  while (p < end && writer->out->len < PARSER_MAX_TEXT)
    {
      const char *after = NULL;
      gunichar c = *p == '&' ? parser_html_entity (p, end, &after) : 0;

      if (!c)
        {
          c = g_utf8_get_char (p);
          after = g_utf8_next_char (p);
        }
      put (writer, c);
      p = after;
    }
}

/* ---- links ---- */

static void
link_free (gpointer data)
{
  ParserLink *link = data;
  g_free (link->target);
  g_free (link);
}

static void
close_target (Writer *writer)
{
  if (writer->target == NULL)
    return;
  ParserLink *link = g_new0 (ParserLink, 1);
  link->at = writer->out->len ? (guint)writer->out->len - 1 : 0;
  link->target = g_steal_pointer (&writer->target);
  g_ptr_array_add (writer->targets, link);
}

static void
open_target (Writer *writer, const HtmlValue *href)
{
  gsize start, end;
  g_autofree char *target = g_strndup (href->text, href->length);

  if (parser_token_next (target, 0, &start, &end))
    writer->target = g_steal_pointer (&target);
}

static void
close_link (Writer *writer)
{
  ParserSpan span = { writer->link_start, (guint)writer->out->len, PARSER_SPAN_LINK, "link" };

  if (writer->link && span.end > span.start)
    g_array_append_val (writer->links, span);
  writer->link = FALSE;
  close_target (writer);
}

static void
open_link (Writer *writer, const HtmlTag *tag)
{
  close_link (writer);
  if (!tag->value[HTML_HREF].text)
    return;
  if (writer->blank)
    flush (writer);
  open_target (writer, &tag->value[HTML_HREF]);
  writer->link = TRUE;
  writer->link_start = (guint)writer->out->len;
}

/* ---- elements ---- */

static guint
open_region (Writer *writer, const HtmlTag *tag)
{
  HtmlRegion region = { .end = G_MAXUINT };

  region.kind = parser_html_region (tag, &region.why);
  if (region.kind == HTML_REGION_NONE || writer->regions->len >= MAX_REGIONS || writer->nested >= MAX_NESTED)
    return NO_REGION;
  break_line (writer, 1);
  flush (writer);
  region.start = (guint)writer->out->len;
  g_array_append_val (writer->regions, region);
  if (region.kind == HTML_REGION_MARKER)
    return NO_REGION; /* to the end of the mail */
  writer->nested++;
  return writer->regions->len - 1;
}

static void
end_block (Writer *writer, guint flags, gboolean tight)
{
  if (flags & (HTML_BREAK | HTML_PRE))
    break_line (writer, flags & HTML_PARAGRAPH && !tight ? 2 : 1);
  else if (flags & HTML_CELL)
    writer->blank = TRUE;
}

static void
pop (Writer *writer)
{
  const Element *top = top_of (writer);

  if (!top->style.gone)
    end_block (writer, parser_html_flags (top->name), top->style.tight);
  if (top->region != NO_REGION)
    {
      g_array_index (writer->regions, HtmlRegion, top->region).end = (guint)writer->out->len;
      writer->nested--;
      break_line (writer, 1);
    }
  writer->depth--;
}

static void
close_element (Writer *writer, const char name[HTML_TAG_NAME])
{
  guint flags = parser_html_flags (name);

  gboolean beyond = writer->beyond > 0;

  writer->beyond -= beyond;
  for (guint i = beyond ? 0 : writer->depth; i > 0; i--)
    if (memcmp (writer->stack[i].name, name, HTML_TAG_NAME) == 0)
      {
        while (writer->depth >= i)
          pop (writer);
        return;
      }
  end_block (writer, flags, TRUE);
}

/* Elements whose end tag people and programs leave out. */
static void
close_implied (Writer *writer, const char name[HTML_TAG_NAME], guint flags)
{
  const char *open = top_of (writer)->name;
  gboolean row = is (name, "tr");

  if (writer->depth == 0)
    return;
  if ((is (open, "p") && (flags & (HTML_BREAK | HTML_CELL | HTML_PRE)))
      || (is (open, "li") && is (name, "li"))
      || ((is (open, "td") || is (open, "th")) && ((flags & HTML_CELL) || row)) || (is (open, "tr") && row))
    {
      pop (writer);
      if (row)
        close_implied (writer, name, flags);
    }
}

static void
push (Writer *writer, const HtmlTag *tag, guint flags)
{
  HtmlStyle style = parser_html_style (tag, &top_of (writer)->style);

  style.gone |= parser_html_sheet_hides (writer->hidden, tag);

  if ((flags & (HTML_BREAK | HTML_PRE)) && !style.gone)
    break_line (writer, flags & HTML_PARAGRAPH && !style.tight && writer->out->len ? 2 : 1);
  if (writer->depth + 1 >= MAX_DEPTH)
    {
      writer->beyond++;
      return;
    }
  Element element = { .style = style,
                      .pre = (flags & HTML_PRE) || top_of (writer)->pre,
                      .region = open_region (writer, tag) };
  memcpy (element.name, tag->name, HTML_TAG_NAME);
  writer->stack[++writer->depth] = element;
}

static void
open_element (Writer *writer, const HtmlTag *tag)
{
  guint flags = parser_html_flags (tag->name);

  close_implied (writer, tag->name, flags);
  if (is (tag->name, "a"))
    open_link (writer, tag);
  if (!(flags & HTML_VOID))
    push (writer, tag, flags);
  else if (is (tag->name, "br") && !parser_html_is_invisible (&top_of (writer)->style))
    {
      if (writer->breaks)
        flush (writer);
      writer->blank = FALSE;
      g_string_append_c (writer->out, '\n');
    }
  else if (is (tag->name, "hr"))
    {
      open_region (writer, tag);
      break_line (writer, 1);
      flush (writer);
      g_string_append (writer->out, "________");
      break_line (writer, 1);
    }
}

/* ---- the pass ---- */

/* Behind </NAME ...>, or @end. Its search never looks at an octet twice: what it passes over is gone. */
static const char *
skip_content (const char *p, const char *end, const char wanted[HTML_TAG_NAME])
{
  for (HtmlTag tag; (p = memchr (p, '<', (gsize)(end - p))); p++)
    {
      const char *stop = p + 2;
      char name[HTML_TAG_NAME];

      if (end - p < 3)
        break;
      if (p[1] != '/')
        continue;
      while (stop < end && g_ascii_isalnum (*stop))
        stop++;
      parser_html_name (name, p + 2, (gsize)(stop - p - 2));
      if (memcmp (name, wanted, HTML_TAG_NAME) == 0)
        return parser_html_tag (p, end, &tag);
    }
  return end;
}

/* Comments, declarations and the marks of Microsoft's conditional comments. */
static const char *
skip_markup (const char *p, const char *end)
{
  const char *stop;

  if (end - p >= 4 && strncmp (p, "<!--", 4) == 0)
    {
      stop = g_strstr_len (p + 2, end - p - 2, "-->");
      return stop ? stop + 3 : end;
    }
  stop = memchr (p, '>', (gsize)(end - p));
  return stop ? stop + 1 : end;
}

static const char *
read_tag (Writer *writer, const char *p, const char *end)
{
  HtmlTag tag;
  const char *after = parser_html_tag (p, end, &tag);
  guint flags = parser_html_flags (tag.name);

  if (tag.closing)
    {
      if (is (tag.name, "a"))
        close_link (writer);
      close_element (writer, tag.name);
      return after;
    }
  if ((flags & HTML_DROP) && after[-1] == '>' && after[-2] != '/')
    {
      const char *behind = skip_content (after, end, tag.name);
      if (is (tag.name, "style"))
        parser_html_sheet_read (writer->hidden, after, behind);
      return behind;
    }
  open_element (writer, &tag);
  return after;
}

static void
read_all (Writer *writer, const char *p, const char *end)
{
  while (p < end && writer->out->len < PARSER_MAX_TEXT)
    {
      const char *tag = memchr (p, '<', (gsize)(end - p));

      put_text (writer, p, tag ? tag : end);
      if (!tag)
        return;
      char next = tag + 1 < end ? tag[1] : 0;
      if (next == '!' || next == '?')
        p = skip_markup (tag, end);
      else if (g_ascii_isalpha (next) || (next == '/' && tag + 2 < end && g_ascii_isalpha (tag[2])))
        p = read_tag (writer, tag, end);
      else
        {
          put (writer, '<');
          p = tag + 1;
        }
    }
}

static void
finish (Writer *writer)
{
  close_link (writer);
  while (writer->depth)
    pop (writer);
  for (guint i = 0; i < writer->regions->len; i++)
    {
      HtmlRegion *region = &g_array_index (writer->regions, HtmlRegion, i);
      region->end = MIN (region->end, (guint)writer->out->len);
    }
  if (writer->out->len && writer->out->str[writer->out->len - 1] != '\n')
    g_string_append_c (writer->out, '\n');
}

ParserText *
parser_html_to_text (const char *html, gsize length, const char *part, guint *defects)
{
  g_autofree Writer *writer = g_new0 (Writer, 1);
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (HtmlRegion));
  ParserText *text = g_new0 (ParserText, 1);

  writer->out = g_string_sized_new (MIN (length, PARSER_MAX_TEXT) / 2 + 16);
  writer->links = g_array_new (FALSE, FALSE, sizeof (ParserSpan));
  writer->targets = g_ptr_array_new_with_free_func (link_free);
  writer->regions = regions;
  writer->hidden = hidden;
  writer->stack[0].region = NO_REGION;
  read_all (writer, html, html + length);
  finish (writer);
  if (writer->hid)
    *defects |= PARSER_DEFECT_HIDDEN_TEXT;
  if (writer->out->len >= PARSER_MAX_TEXT)
    *defects |= PARSER_DEFECT_PARTIAL;
  text->part = g_strdup (part);
  text->length = writer->out->len;
  text->text = g_string_free (writer->out, FALSE);
  text->from_html = TRUE;
  text->spans = writer->links;
  text->links = writer->targets;
  parser_html_resolve (text, regions);
  return text;
}
