/* text.c - a template and its values become a mail's text. Pure.
 *
 * A template's first line is the subject, the rest paragraphs. A paragraph that needs a value which is not
 * there is left out whole, so that no placeholder and no half sentence is ever sent. */
#include "text.h"

#include <string.h>

#include "fill.h"

char *
filter_text_fill (const char *text, const FilterValue *values)
{
  GString *out = g_string_new (NULL);
  for (const char *c = text; *c != '\0';)
    {
      if (*c != '{')
        {
          g_string_append_c (out, *c++);
          continue;
        }
      gsize length = strcspn (c + 1, "}");
      const FilterValue *value = values;
      while (value->name != NULL
             && (strncmp (value->name, c + 1, length) != 0 || strlen (value->name) != length))
        value++;
      g_assert (value->name != NULL && c[length + 1] == '}');
      if (value->value == NULL)
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      g_string_append (out, value->value);
      c += length + 2;
    }
  return g_string_free (out, FALSE);
}

void
filter_text_plain (const char *template, const FilterValue *values, char **subject_out, char **body_out)
{
  g_auto (GStrv) paragraphs = g_strsplit (template, "\n\n", -1);
  GString *body = g_string_new (NULL);
  gboolean rtl = filter_fill_is_rtl (template);
  for (guint i = 1; paragraphs[i] != NULL; i++)
    {
      g_autofree char *paragraph = filter_text_fill (paragraphs[i], values);
      if (paragraph == NULL)
        continue;
      if (body->len > 0)
        g_string_append_c (body, '\n');
      filter_fill_lines (body, paragraph, rtl);
    }
  *subject_out = filter_text_fill (paragraphs[0], values);
  *body_out = g_string_free (body, FALSE);
}

/* ---- as a page ---- */

static void
append_escaped (GString *out, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      default:
        g_string_append_c (out, *c);
      }
}

/* @paragraph, and @link in it as what one can click. */
static void
append_paragraph (GString *out, const char *paragraph, const char *link)
{
  const char *at = link != NULL ? strstr (paragraph, link) : NULL;
  if (at == NULL)
    {
      append_escaped (out, paragraph);
      return;
    }
  g_autofree char *before = g_strndup (paragraph, (gsize)(at - paragraph));
  append_escaped (out, before);
  g_string_append (out, "<a href=\"");
  append_escaped (out, link);
  g_string_append (out, "\">");
  append_escaped (out, link);
  g_string_append (out, "</a>");
  append_escaped (out, at + strlen (link));
}

char *
filter_text_html (const char *template, const FilterValue *values, const char *language, const char *link)
{
  g_auto (GStrv) paragraphs = g_strsplit (template, "\n\n", -1);
  g_autofree char *subject = filter_text_fill (paragraphs[0], values);
  GString *out = g_string_new ("<!DOCTYPE html>\n");
  g_string_append_printf (out, "<html lang=\"%s\" dir=\"%s\">\n<head><meta charset=\"utf-8\"><title>",
                          language, filter_fill_is_rtl (template) ? "rtl" : "ltr");
  append_escaped (out, subject);
  g_string_append (out, "</title></head>\n<body style=\"font-family:sans-serif;max-width:36em\">\n");
  for (guint i = 1; paragraphs[i] != NULL; i++)
    {
      g_autofree char *paragraph = filter_text_fill (paragraphs[i], values);
      if (paragraph == NULL)
        continue;
      g_autoptr (GString) line = g_string_new (NULL);
      filter_fill_line (line, paragraph);
      g_string_append (out, "<p>");
      append_paragraph (out, line->str, link);
      g_string_append (out, "</p>\n");
    }
  return g_string_free (g_string_append (out, "</body>\n</html>\n"), FALSE);
}

/* ---- values ---- */

gboolean
filter_text_is_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f
         || c == 0x061c || c == 0x2028 || c == 0x2029;
}

char *
filter_text_clean (const char *value, gsize most)
{
  if (value == NULL)
    return NULL;
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (filter_text_is_direction (c))
        continue;
      if (c == ' ' || g_unichar_iscntrl (c))
        {
          blank = out->len > 0;
          continue;
        }
      if (out->len + (gsize)g_unichar_to_utf8 (c, NULL) + blank > most)
        {
          g_string_append (out, "…");
          break;
        }
      if (blank)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
