/* html-sheet.c - what a style sheet hides (H21): rules for a class or an id alone, outside of @media and its
 * kind. */
#include "html.h"

#include <string.h>

#define MAX_HIDDEN 200 /* classes and ids that are remembered */
#define MAX_NAME 64    /* octets of one */

/* The octet after the block whose "{" stands at @p, blocks in it included. */
static const char *
skip_block (const char *p, const char *end)
{
  guint depth = 0;

  for (; p < end; p++)
    if (*p == '{')
      depth++;
    else if (*p == '}' && --depth == 0)
      return p + 1;
  return end;
}

static gboolean
hides (const char *body, const char *end)
{
  const HtmlStyle plain = { .gone = FALSE };
  HtmlTag tag = { .closing = FALSE };

  tag.value[HTML_STYLE] = (HtmlValue){ body, (gsize)(end - body) };
  HtmlStyle style = parser_html_style (&tag, &plain);
  return parser_html_is_invisible (&style);
}

/* ".name", "#name" or "tag.name": one name, nothing around it. */
static void
remember (GHashTable *hidden, const char *selector, const char *end)
{
  while (selector < end && g_ascii_isspace (*selector))
    selector++;
  while (end > selector && g_ascii_isspace (end[-1]))
    end--;
  while (selector < end && g_ascii_isalnum (*selector))
    selector++;
  if (end - selector < 2 || end - selector > MAX_NAME || (*selector != '.' && *selector != '#'))
    return;
  for (const char *p = selector + 1; p < end; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return;
  if (g_hash_table_size (hidden) < MAX_HIDDEN)
    g_hash_table_add (hidden, g_strndup (selector, (gsize)(end - selector)));
}

static void
read_rule (GHashTable *hidden, const char *selectors, const char *open, const char *after)
{
  if (!hides (open + 1, after))
    return;
  while (selectors < open)
    {
      const char *comma = memchr (selectors, ',', (gsize)(open - selectors));
      remember (hidden, selectors, comma ? comma : open);
      selectors = comma ? comma + 1 : open;
    }
}

/* Passes over blanks, comments and the marks of HTML comments that old sheets stand in. */
static const char *
skip_filling (const char *p, const char *end)
{
  for (;;)
    {
      while (p < end && (g_ascii_isspace (*p) || strchr ("<!->};", *p)))
        p++;
      if (end - p < 2 || p[0] != '/' || p[1] != '*')
        return p;
      const char *close = g_strstr_len (p + 2, end - p - 2, "*/");
      p = close ? close + 2 : end;
    }
}

void
parser_html_sheet_read (GHashTable *hidden, const char *sheet, const char *end)
{
  for (const char *p = skip_filling (sheet, end); p < end; p = skip_filling (p, end))
    {
      const char *open = memchr (p, '{', (gsize)(end - p));
      const char *line = *p == '@' ? memchr (p, ';', (gsize)(end - p)) : NULL;

      if (line && (!open || line < open))
        {
          p = line + 1; /* @import and @charset have no block */
          continue;
        }
      if (!open)
        return;
      const char *after = skip_block (open, end);
      if (*p != '@')
        read_rule (hidden, p, open, after > open + 1 && after[-1] == '}' ? after - 1 : after);
      p = after;
    }
}

gboolean
parser_html_sheet_hides (GHashTable *hidden, const HtmlTag *tag)
{
  const HtmlValue *id = &tag->value[HTML_ID], *classes = &tag->value[HTML_CLASS];
  char name[MAX_NAME + 1];

  if (g_hash_table_size (hidden) == 0)
    return FALSE;
  if (id->text && id->length < MAX_NAME)
    {
      g_snprintf (name, sizeof name, "#%.*s", (int)id->length, id->text);
      if (g_hash_table_contains (hidden, name))
        return TRUE;
    }
  if (!classes->text)
    return FALSE;
  for (const char *p = classes->text, *end = p + classes->length; p < end;)
    {
      const char *stop = p;
      while (stop < end && !g_ascii_isspace (*stop))
        stop++;
      if (stop - p < MAX_NAME)
        {
          g_snprintf (name, sizeof name, ".%.*s", (int)(stop - p), p);
          if (g_hash_table_contains (hidden, name))
            return TRUE;
        }
      for (p = stop; p < end && g_ascii_isspace (*p);)
        p++;
    }
  return FALSE;
}
