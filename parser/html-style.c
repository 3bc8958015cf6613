/* html-style.c - what a reader cannot see (H21, H22). */
#include "html.h"

#include <string.h>

/* clang-format off */
static const struct { const char *name; guint32 color; } colors[] = {
  { "white", 0xffffff }, { "black", 0 }, { "red", 0xff0000 }, { "green", 0x008000 }, { "blue", 0x0000ff },
  { "yellow", 0xffff00 }, { "gray", 0x808080 }, { "grey", 0x808080 }, { "silver", 0xc0c0c0 }, { "navy", 0x000080 },
  { "snow", 0xfffafa }, { "ivory", 0xfffff0 }, { "whitesmoke", 0xf5f5f5 }, { "ghostwhite", 0xf8f8ff },
  { "lightgray", 0xd3d3d3 }, { "lightgrey", 0xd3d3d3 }, { "purple", 0x800080 }, { "orange", 0xffa500 },
};
/* clang-format on */

static HtmlValue
trim (const char *text, const char *end)
{
  while (text < end && (g_ascii_isspace (*text) || *text == '"' || *text == '\''))
    text++;
  while (end > text && (g_ascii_isspace (end[-1]) || end[-1] == '"' || end[-1] == '\''))
    end--;
  return (HtmlValue){ text, (gsize)(end - text) };
}

static gboolean
is (HtmlValue value, const char *word)
{
  return value.length == strlen (word) && g_ascii_strncasecmp (value.text, word, value.length) == 0;
}

static gboolean
begins (HtmlValue value, const char *word)
{
  return value.length >= strlen (word) && g_ascii_strncasecmp (value.text, word, strlen (word)) == 0;
}

/* A length or number that is nothing: "0", "0px", "0.0em", "0 !important"; a pixel of type is too small to
 * read. */
static gboolean
is_zero (HtmlValue value, gboolean font)
{
  gsize i = 0;
  guint whole = 0;
  gboolean digits = FALSE, fraction = FALSE;

  for (; i < value.length && (g_ascii_isdigit (value.text[i]) || value.text[i] == '.'); i++)
    if (value.text[i] == '.')
      fraction = TRUE;
    else
      {
        digits = TRUE;
        whole = MIN (whole * (fraction ? 1 : 10) + (guint)(value.text[i] - '0'), 100000);
      }
  HtmlValue unit = { value.text + i, value.length - i };
  if (!digits)
    return FALSE;
  return whole == 0 || (font && whole == 1 && !fraction && (begins (unit, "px") || begins (unit, "pt")));
}

/* A size that does not follow from the one around: "14px", "medium", but not "1em" or "100%". */
static gboolean
is_own_size (HtmlValue value)
{
  static const char *const units[] = { "px", "pt", "pc", "mm", "cm", "in", "rem" };
  gsize i = 0;

  if (value.length && g_ascii_isalpha (*value.text))
    return !begins (value, "inherit");
  while (i < value.length && (g_ascii_isdigit (value.text[i]) || value.text[i] == '.'))
    i++;
  HtmlValue unit = { value.text + i, value.length - i };
  for (guint n = 0; n < G_N_ELEMENTS (units); n++)
    if (begins (unit, units[n]))
      return TRUE;
  return FALSE;
}

/* "-9999px", not the hanging indent of a list. */
static gboolean
is_far (HtmlValue value)
{
  gsize digits = 0;

  while (digits + 1 < value.length && g_ascii_isdigit (value.text[digits + 1]))
    digits++;
  return begins (value, "-") && digits >= 3;
}

static gboolean
hex_color (HtmlValue value, guint32 *color_out)
{
  guint32 color = 0;

  if (value.length != 3 && value.length != 6)
    return FALSE;
  for (gsize i = 0; i < value.length; i++)
    {
      int digit = g_ascii_xdigit_value (value.text[i]);
      if (digit < 0)
        return FALSE;
      color = color << 4 | (guint32)digit;
      if (value.length == 3)
        color = color << 4 | (guint32)digit;
    }
  *color_out = color;
  return TRUE;
}

/* "rgb(255, 255, 255)", and rgba. */
static gboolean
rgb_color (HtmlValue value, guint32 *color_out)
{
  const char *p = memchr (value.text, '(', value.length), *end = value.text + value.length;
  guint32 color = 0;

  if (!p)
    return FALSE;
  p++;
  for (guint channel = 0; channel < 3; channel++)
    {
      guint32 number = 0;
      while (p < end && !g_ascii_isdigit (*p))
        p++;
      if (p == end)
        return FALSE;
      for (; p < end && g_ascii_isdigit (*p); p++)
        number = MIN (number * 10 + (guint32)(*p - '0'), 255);
      color = color << 8 | number;
    }
  *color_out = color;
  return TRUE;
}

static gboolean
read_color (HtmlValue value, guint32 *color_out)
{
  const char *blank;

  if (begins (value, "rgb"))
    return rgb_color (value, color_out);
  if ((blank = memchr (value.text, ' ', value.length)))
    value.length = (gsize)(blank - value.text);
  if (value.length && *value.text == '#')
    return hex_color ((HtmlValue){ value.text + 1, value.length - 1 }, color_out);
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    if (is (value, colors[i].name))
      {
        *color_out = colors[i].color;
        return TRUE;
      }
  return hex_color (value, color_out);
}

/* What one style says that only counts together. */
typedef struct
{
  gboolean flat;    /* no height or no width */
  gboolean clipped; /* overflow: hidden */
} Box;

static void
read_declaration (HtmlValue name, HtmlValue value, HtmlStyle *style, Box *box)
{
  if (is (name, "display") && begins (value, "none"))
    style->gone = TRUE;
  else if ((is (name, "mso-hide") && begins (value, "all"))
           || (is (name, "visibility") && (begins (value, "hidden") || begins (value, "collapse")))
           || (is (name, "opacity") && is_zero (value, FALSE))
           || ((is (name, "text-indent") || is (name, "left")) && is_far (value)))
    style->hidden = TRUE;
  else if (is (name, "font-size"))
    style->tiny = is_zero (value, TRUE) || (style->tiny && !is_own_size (value));
  else if (is (name, "overflow"))
    box->clipped |= begins (value, "hidden");
  else if (is (name, "max-height") || is (name, "height") || is (name, "max-width") || is (name, "width"))
    box->flat |= is_zero (value, FALSE);
  else if (is (name, "color"))
    style->has_color |= read_color (value, &style->color);
  else if (is (name, "background-color") || is (name, "background"))
    style->has_background |= read_color (value, &style->background);
  else if (is (name, "margin") || is (name, "margin-bottom"))
    style->tight |= is_zero (value, FALSE);
}

static void
read_style (HtmlValue text, HtmlStyle *style)
{
  const char *p = text.text, *end = text.text + text.length;
  Box box = { FALSE, FALSE };

  while (p < end)
    {
      const char *stop = memchr (p, ';', (gsize)(end - p));
      stop = stop ? stop : end;
      const char *colon = memchr (p, ':', (gsize)(stop - p));
      if (colon)
        read_declaration (trim (p, colon), trim (colon + 1, stop), style, &box);
      p = stop + 1;
    }
  if (box.flat && box.clipped)
    style->hidden = TRUE;
}

HtmlStyle
parser_html_style (const HtmlTag *tag, const HtmlStyle *inherited)
{
  HtmlStyle style = *inherited;
  const HtmlValue *value = tag->value;

  style.tight = value[HTML_CLASS].text && begins (value[HTML_CLASS], "Mso");
  if (value[HTML_HIDDEN].text)
    style.gone = TRUE;
  if (value[HTML_COLOR].text)
    style.has_color |= read_color (value[HTML_COLOR], &style.color);
  if (value[HTML_BGCOLOR].text)
    style.has_background |= read_color (value[HTML_BGCOLOR], &style.background);
  if (value[HTML_STYLE].text)
    read_style (value[HTML_STYLE], &style);
  return style;
}

gboolean
parser_html_is_invisible (const HtmlStyle *style)
{
  if (style->hidden || style->gone || style->tiny)
    return TRUE;
  if (!style->has_color || !style->has_background)
    return FALSE;
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int)(style->color >> shift & 255) - (int)(style->background >> shift & 255)) > 8)
      return FALSE;
  return TRUE;
}
