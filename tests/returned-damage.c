/* returned-damage.c - see returned.h: what is done on the way to a text of ours, so that it comes back in
 * pieces, in another encoding or in another order */
#include "returned.h"

#include <string.h>

/* ---- lines ---- */

/* Lines of at most @width columns; scripts without spaces are cut where the line is full. */
char *
returned_wrap (const char *text, guint width)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      gsize line = out->len, blank = 0;
      guint columns = 0;
      g_strdelimit (paragraphs[i], "\n", ' ');
      for (const char *p = paragraphs[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          if (*p == ' ')
            blank = out->len;
          g_string_append_unichar (out, g_utf8_get_char (p));
          if (++columns <= width)
            continue;
          if (blank > line)
            out->str[blank] = '\n';
          else
            g_string_append_c (out, '\n'), blank = out->len - 1;
          line = blank + 1;
          columns = (guint)g_utf8_strlen (out->str + line, -1);
        }
      g_string_append (out, "\n\n");
    }
  return g_string_free (out, FALSE);
}

static char *
on_one_line (const char *body, G_GNUC_UNUSED const char *word)
{
  return g_strdelimit (g_strdup (body), "\n", ' ');
}

/* As programs do that make text of a page. */
static char *
a_line_a_paragraph (const char *body, G_GNUC_UNUSED const char *word)
{
  return returned_wrap (body, G_MAXINT);
}

/* ---- pieces ---- */

static char *
from_tenth_to (const char *body, guint from, guint to)
{
  glong length = g_utf8_strlen (body, -1);
  return g_utf8_substring (body, length * from / 10, length * to / 10);
}

static char *
cut_at_its_end (const char *body, G_GNUC_UNUSED const char *word)
{
  return from_tenth_to (body, 0, 7);
}

static char *
cut_in_its_middle (const char *body, G_GNUC_UNUSED const char *word)
{
  return from_tenth_to (body, 0, 5);
}

static char *
the_second_half (const char *body, G_GNUC_UNUSED const char *word)
{
  return from_tenth_to (body, 5, 10);
}

static char *
the_end (const char *body, G_GNUC_UNUSED const char *word)
{
  return from_tenth_to (body, 7, 10);
}

/* Its paragraphs, from number @first on, each @step further. */
static char *
paragraphs (const char *body, guint first, guint step)
{
  g_auto (GStrv) list = g_strsplit (body, "\n\n", -1);
  guint n = g_strv_length (list);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s\n\n", g_strchomp (list[(first + i * step) % n]));
  return g_string_free (out, FALSE);
}

static char *
in_another_order (const char *body, G_GNUC_UNUSED const char *word)
{
  return paragraphs (body, 3, 1);
}

static char *
backwards (const char *body, G_GNUC_UNUSED const char *word)
{
  g_auto (GStrv) list = g_strsplit (body, "\n\n", -1);
  guint n = g_strv_length (list);
  return paragraphs (body, n - 1, n - 1);
}

static char *
from_the_word (const char *body, const char *word)
{
  return g_strdup (strstr (body, word));
}

static char *
to_the_word (const char *body, const char *word)
{
  const char *at = strstr (body, word);
  return at != NULL ? g_strndup (body, (gsize)(at - body) + strlen (word)) : NULL;
}

/* The word in a line of its own: with what stood in front of it or without. */
static char *
apart (const char *body, const char *word, gboolean whole)
{
  const char *at = strstr (body, word);
  if (at == NULL)
    return NULL;
  g_autofree char *before = g_strndup (body, (gsize)(at - body));
  return g_strconcat (whole ? before : "", whole ? "\n" : "", word, "\n", at + strlen (word), NULL);
}

static char *
with_the_word_apart (const char *body, const char *word)
{
  return apart (body, word, TRUE);
}

static char *
from_the_word_apart (const char *body, const char *word)
{
  return apart (body, word, FALSE);
}

/* Cut where the line ends in which the word stands alone. */
static char *
to_the_word_apart (const char *body, const char *word)
{
  g_autofree char *text = to_the_word (body, word);
  return text != NULL ? apart (text, word, TRUE) : NULL;
}

/* ---- encodings ---- */

/* Quoted-printable that a relay took for plain text. */
static char *
encode (const char *body, const char *form)
{
  GString *out = g_string_new (NULL);
  guint columns = 0;
  for (const guchar *p = (const guchar *)body; *p != '\0'; p++)
    {
      gsize before = out->len;
      if (*p >= 0x80 || *p == '=')
        g_string_append_printf (out, *form == 'x' ? "=%02x" : "=%02X", *p);
      else
        g_string_append_c (out, (char)*p);
      columns = *p == '\n' ? 0 : columns + (guint)(out->len - before);
      if (columns > 72)
        g_string_append (out, "=\n"), columns = 0;
    }
  return g_string_free (out, FALSE);
}

static char *
not_decoded (const char *body, G_GNUC_UNUSED const char *word)
{
  return encode (body, "X");
}

static char *
not_decoded_and_cut (const char *body, G_GNUC_UNUSED const char *word)
{
  g_autofree char *text = encode (body, "x");
  return from_tenth_to (text, 0, 8);
}

/* UTF-8 that was read as windows-1252, or nearly. */
static char *
misread (const char *body, G_GNUC_UNUSED const char *word)
{
  return g_convert (body, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static char *
with_signs_lost (const char *body, G_GNUC_UNUSED const char *word)
{
  return g_str_to_ascii (body, "C");
}

/* Where each octet of them was one. */
static char *
with_octets_lost (const char *body, G_GNUC_UNUSED const char *word)
{
  char *text = g_strdup (body);
  for (char *p = text; *p != '\0'; p++)
    *p = (guchar)*p < 0x80 ? *p : '?';
  return text;
}

static char *
in_capitals (const char *body, G_GNUC_UNUSED const char *word)
{
  return g_utf8_strup (body, -1);
}

static char *
in_small_letters (const char *body, G_GNUC_UNUSED const char *word)
{
  return g_utf8_strdown (body, -1);
}

/* clang-format off */
const ReturnedHarm returned_harms[] = {
  { "cut-at-its-end", cut_at_its_end, FALSE, FALSE },
  { "cut-in-its-middle", cut_in_its_middle, FALSE, FALSE },
  { "the-second-half", the_second_half, FALSE, FALSE },
  { "the-end", the_end, FALSE, FALSE },
  { "in-another-order", in_another_order, FALSE, FALSE },
  { "backwards", backwards, FALSE, FALSE },
  { "on-one-line", on_one_line, FALSE, FALSE },
  { "a-line-a-paragraph", a_line_a_paragraph, FALSE, TRUE },
  { "in-capitals", in_capitals, FALSE, FALSE },
  { "in-small-letters", in_small_letters, FALSE, TRUE },
  { "not-decoded", not_decoded, FALSE, TRUE },
  { "not-decoded-and-cut", not_decoded_and_cut, FALSE, FALSE },
  { "misread", misread, FALSE, FALSE },
  { "with-signs-lost", with_signs_lost, FALSE, FALSE },
  { "with-octets-lost", with_octets_lost, FALSE, FALSE },
  { "from-the-word", from_the_word, TRUE, FALSE },
  { "to-the-word", to_the_word, TRUE, FALSE },
  { "with-the-word-apart", with_the_word_apart, TRUE, FALSE },
  { "from-the-word-apart", from_the_word_apart, TRUE, FALSE },
  { "to-the-word-apart", to_the_word_apart, TRUE, FALSE },
};
/* clang-format on */
const guint returned_n_harms = G_N_ELEMENTS (returned_harms);
