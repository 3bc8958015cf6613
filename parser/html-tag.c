/* html-tag.c - tags: their names, their attributes, what they do to a line. */
#include "html.h"

#include <string.h>

/* clang-format off */
static const struct { char name[HTML_TAG_NAME]; guint flags; } elements[] = {
  { "address", HTML_BREAK }, { "area", HTML_VOID }, { "article", HTML_BREAK }, { "aside", HTML_BREAK }, { "base", HTML_VOID },
  { "blockquo", HTML_BREAK | HTML_PARAGRAPH }, { "body", HTML_BREAK }, { "br", HTML_VOID }, { "caption", HTML_BREAK }, { "center", HTML_BREAK },
  { "col", HTML_VOID }, { "dd", HTML_BREAK }, { "dir", HTML_BREAK }, { "div", HTML_BREAK }, { "dl", HTML_BREAK }, { "dt", HTML_BREAK },
  { "embed", HTML_VOID }, { "fieldset", HTML_BREAK }, { "figure", HTML_BREAK }, { "footer", HTML_BREAK }, { "form", HTML_BREAK },
  { "h1", HTML_BREAK | HTML_PARAGRAPH }, { "h2", HTML_BREAK | HTML_PARAGRAPH }, { "h3", HTML_BREAK | HTML_PARAGRAPH }, { "h4", HTML_BREAK | HTML_PARAGRAPH },
  { "h5", HTML_BREAK | HTML_PARAGRAPH }, { "h6", HTML_BREAK | HTML_PARAGRAPH }, { "header", HTML_BREAK }, { "hr", HTML_BREAK | HTML_VOID },
  { "iframe", HTML_DROP }, { "img", HTML_VOID }, { "input", HTML_VOID }, { "legend", HTML_BREAK }, { "li", HTML_BREAK }, { "link", HTML_VOID },
  { "listing", HTML_BREAK | HTML_PRE }, { "main", HTML_BREAK }, { "menu", HTML_BREAK }, { "meta", HTML_VOID }, { "nav", HTML_BREAK }, { "noembed", HTML_DROP },
  { "noframes", HTML_DROP }, { "ol", HTML_BREAK }, 
  { "p", HTML_BREAK | HTML_PARAGRAPH }, { "param", HTML_VOID }, { "pre", HTML_BREAK | HTML_PRE }, { "script", HTML_DROP }, { "section", HTML_BREAK },
  { "select", HTML_DROP }, { "source", HTML_VOID }, { "style", HTML_DROP }, { "svg", HTML_DROP }, { "table", HTML_BREAK }, { "tbody", HTML_BREAK },
  { "td", HTML_CELL }, { "template", HTML_DROP }, { "tfoot", HTML_BREAK }, { "th", HTML_CELL }, { "thead", HTML_BREAK }, { "title", HTML_DROP },
  { "tr", HTML_BREAK }, { "track", HTML_VOID }, { "ul", HTML_BREAK }, { "wbr", HTML_VOID }, { "xml", HTML_DROP },
};
/* clang-format on */

void
parser_html_name (char folded[HTML_TAG_NAME], const char *name, gsize length)
{
  memset (folded, 0, HTML_TAG_NAME);
  for (gsize i = 0; i < MIN (length, HTML_TAG_NAME); i++)
    folded[i] = g_ascii_tolower (name[i]);
}

guint
parser_html_flags (const char name[HTML_TAG_NAME])
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (memcmp (elements[i].name, name, HTML_TAG_NAME) == 0)
      return elements[i].flags;
  return 0;
}

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && (g_ascii_isspace (*p) || *p == '/'))
    p++;
  return p;
}

static void
keep_attribute (HtmlTag *tag, const char *name, gsize length, HtmlValue value)
{
  static const char *const names[HTML_ATTRIBUTES]
      = { "class", "id", "style", "type", "name", "href", "hidden", "color", "bgcolor", "data-marker" };

  for (guint i = 0; i < HTML_ATTRIBUTES; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0
        && !tag->value[i].text)
      tag->value[i] = value;
}

static const char *
read_value (const char *p, const char *end, HtmlValue *value_out)
{
  const char *start = p;

  if (p < end && (*p == '"' || *p == '\''))
    {
      const char *stop = memchr (p + 1, *p, (gsize)(end - p - 1));
      if (stop)
        {
          *value_out = (HtmlValue){ p + 1, (gsize)(stop - p - 1) };
          return stop + 1;
        }
      p++; /* a quotation mark that is never closed is a letter: the mail's text must not vanish in it */
    }
  while (p < end && !g_ascii_isspace (*p) && *p != '>')
    p++;
  *value_out = (HtmlValue){ start, (gsize)(p - start) };
  return p;
}

const char *
parser_html_tag (const char *p, const char *end, HtmlTag *tag)
{
  const char *name;

  *tag = (HtmlTag){ .closing = p[1] == '/' };
  p += 1 + tag->closing;
  for (name = p; p < end && !g_ascii_isspace (*p) && *p != '>' && *p != '/'; p++)
    continue;
  parser_html_name (tag->name, name, (gsize)(p - name));
  for (p = skip_blanks (p, end); p < end && *p != '>'; p = skip_blanks (p, end))
    {
      HtmlValue value = { "", 0 };

      for (name = p; p < end && !g_ascii_isspace (*p) && !strchr ("=>/", *p); p++)
        continue;
      gsize length = (gsize)(p - name);
      const char *after = p;
      while (after < end && g_ascii_isspace (*after))
        after++;
      if (after < end && *after == '=')
        {
          for (p = after + 1; p < end && g_ascii_isspace (*p); p++)
            continue;
          p = read_value (p, end, &value);
        }
      keep_attribute (tag, name, length, value);
    }
  return p < end ? p + 1 : end;
}
