/* html.h - what the html*.c files tell each other, and echo.c of references. */
#ifndef PARSER_HTML_H
#define PARSER_HTML_H

#include "internal.h"

#define HTML_TAG_NAME 8 /* letters that tell the elements apart: "blockquo" */

/* An attribute's value as it stands in the mail: borrowed, not NUL-terminated. */
typedef struct
{
  const char *text;
  gsize length;
} HtmlValue;

typedef enum
{
  HTML_CLASS,
  HTML_ID,
  HTML_STYLE,
  HTML_TYPE,
  HTML_NAME,
  HTML_HREF,
  HTML_HIDDEN,
  HTML_COLOR,
  HTML_BGCOLOR,
  HTML_MARKER, /* data-marker */
  HTML_ATTRIBUTES
} HtmlAttribute;

typedef struct
{
  char name[HTML_TAG_NAME]; /* its first letters in lower case, filled up with NUL; not terminated */
  gboolean closing;
  HtmlValue value[HTML_ATTRIBUTES]; /* text NULL: not given */
} HtmlTag;

/* What an element does to the text. */
enum
{
  HTML_BREAK = 1 << 0,     /* begins and ends a line */
  HTML_PARAGRAPH = 1 << 1, /* and leaves an empty one */
  HTML_VOID = 1 << 2,      /* has no content */
  HTML_DROP = 1 << 3,      /* its content is no text */
  HTML_CELL = 1 << 4,
  HTML_PRE = 1 << 5
};

/* The first letters of @name in lower case. */
void parser_html_name (char folded[HTML_TAG_NAME], const char *name, gsize length);
/* What the element of that name does; 0 for most. */
guint parser_html_flags (const char name[HTML_TAG_NAME]);

/* Reads the tag whose "<" stands at @p; what follows it, or @end when it is never closed. */
const char *parser_html_tag (const char *p, const char *end, HtmlTag *tag);

/* ---- html-style.c ---- */

typedef struct
{
  gboolean hidden;
  gboolean gone; /* and takes no place: no line ends with it */
  gboolean tiny; /* of letters too small to read, until an element inside says another size */
  gboolean has_color, has_background;
  guint32 color, background; /* 0xrrggbb */
  gboolean tight;            /* no margin: a paragraph is one line break */
} HtmlStyle;

/* @inherited and what @tag changes of it. */
HtmlStyle parser_html_style (const HtmlTag *tag, const HtmlStyle *inherited);
gboolean parser_html_is_invisible (const HtmlStyle *style);

/* ---- html-sheet.c: rules of a <style> element, of the simplest kind ---- */

/* Adds to the set @hidden the ".class" and "#id" that the sheet hides from every reader. */
void parser_html_sheet_read (GHashTable *hidden, const char *sheet, const char *end);
gboolean parser_html_sheet_hides (GHashTable *hidden, const HtmlTag *tag);

/* ---- html-entity.c ---- */

/* The character of the reference whose "&" stands at @p, 0 when it is none; @after_out: what follows it. */
gunichar parser_html_entity (const char *p, const char *end, const char **after_out);

/* ---- html-quote.c ---- */

typedef enum
{
  HTML_REGION_NONE,
  HTML_REGION_CITE,       /* its type says that it quotes */
  HTML_REGION_QUOTE,      /* a client's quoting container */
  HTML_REGION_BLOCKQUOTE, /* nobody's: a person may have made it */
  HTML_REGION_MARKER,     /* from here to the end */
  HTML_REGION_SIGNATURE,
  HTML_REGION_ATTRIBUTION
} HtmlRegionKind;

typedef struct
{
  guint start, end;
  HtmlRegionKind kind;
  const char *why;
} HtmlRegion;

/* What @tag opens; @why_out is static. */
HtmlRegionKind parser_html_region (const HtmlTag *tag, const char **why_out);
/* Adds to the spans of @text what its regions turn out to be. */
void parser_html_resolve (ParserText *text, GArray *regions);

#endif
