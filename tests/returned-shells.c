/* returned-shells.c - see returned.h: how mail programs send a confirmation of ours back, whole */
#include "returned.h"

#include <string.h>

static char *
plain (const char *subject, const char *body)
{
  return g_strconcat ("Subject: ", subject, "\nContent-Type: text/plain; charset=utf-8\n\n", body, NULL);
}

static char *
page (const FilterReplyText *ours, const char *words, const char *before, const char *quoted,
      const char *behind)
{
  g_autofree char *above = *words ? g_strconcat ("<p>", words, "</p>\n", NULL) : g_strdup ("");
  return g_strconcat ("Subject: Re: ", ours->subject,
                      "\nContent-Type: text/html; charset=utf-8\n\n<html><body>", above, before, quoted,
                      behind, "</body></html>\n", NULL);
}

static char *
quote (const char *text, const char *mark)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    g_string_append_printf (out, "%s%s\n", mark, lines[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
above (const char *words, const char *below)
{
  return g_strconcat (words, *words ? "\n\n" : "", below, NULL);
}

char *
returned_beside (const FilterReplyText *ours, const char *words, const char *text)
{
  g_autofree char *subject = g_strconcat ("Re: ", ours->subject, NULL);
  g_autofree char *body = above (words, text);
  return plain (subject, body);
}

#define ATTRIBUTION "On Sat, 21 Nov 2026 at 10:00, Metrix Example <" RETURNED_US "> wrote:\n"

static char *
quoted_below (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *below = g_strconcat (ATTRIBUTION, quoted, NULL);
  return returned_beside (ours, words, below);
}

static char *
quoted_above (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *body = g_strconcat (ATTRIBUTION, quoted, "\n", words, "\n", NULL);
  return returned_beside (ours, "", body);
}

static char *
quoted_without_attribution (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  return returned_beside (ours, words, quoted);
}

static char *
quoted_in_the_same_line (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_autofree char *body = g_strconcat (words, " ", quoted, NULL);
  return returned_beside (ours, "", body);
}

static char *
under_a_separator (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat ("-----Original Message-----\nFrom: Metrix Example <" RETURNED_US
                                        ">\nSent: Saturday, November 21, 2026 10:00\n"
                                        "To: " RETURNED_ANN "\nSubject: ",
                                        ours->subject, "\n\n", ours->body, NULL);
  return returned_beside (ours, words, below);
}

static char *
under_a_rule (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat ("----------------------------------------\n\n", ours->body, NULL);
  return returned_beside (ours, words, below);
}

static char *
without_marks (const FilterReplyText *ours, const char *words)
{
  return returned_beside (ours, words, ours->body);
}

static char *
with_subject (const FilterReplyText *ours, const char *words)
{
  g_autofree char *below = g_strconcat (ours->subject, "\n\n", ours->body, NULL);
  return returned_beside (ours, words, below);
}

static char *
wrapped_at (const FilterReplyText *ours, const char *words, guint width)
{
  g_autofree char *wrapped = returned_wrap (ours->body, width);
  return returned_beside (ours, words, wrapped);
}

static char *
wrapped_at_40 (const FilterReplyText *ours, const char *words)
{
  return wrapped_at (ours, words, 40);
}

static char *
wrapped_at_60 (const FilterReplyText *ours, const char *words)
{
  return wrapped_at (ours, words, 60);
}

static char *
wrapped_with_its_marks (const FilterReplyText *ours, const char *words)
{
  g_autofree char *quoted = quote (ours->body, "> ");
  g_auto (GStrv) lines = g_strsplit (quoted, "\n", -1);
  g_autoptr (GString) below = g_string_new (ATTRIBUTION);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *wrapped = returned_wrap (lines[i], 40);
      g_strchomp (wrapped);
      g_string_append_printf (below, "%s\n", wrapped);
    }
  return returned_beside (ours, words, below->str);
}

static char *
in_a_blockquote (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, ATTRIBUTION "<blockquote type=\"cite\">", ours->html, "</blockquote>");
}

static char *
in_a_div (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, "<div>", ours->html, "</div>");
}

static char *
in_a_table (const FilterReplyText *ours, const char *words)
{
  return page (ours, words, "<table><tr><td>", ours->html, "</td></tr></table>");
}

/* Its text, as lines of a page. */
static char *
with_line_breaks (const FilterReplyText *ours, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (ours->body, "\n", -1);
  g_autofree char *text = g_strjoinv ("<br>\n", lines);
  return page (ours, words, "", text, "");
}

static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0x80 || strchr ("&<>\"'", (int)c) != NULL)
        g_string_append_printf (out, "&#%u;", c);
      else
        g_string_append_c (out, (char)c);
    }
  return g_string_free (out, FALSE);
}

static char *
escaped_twice (const FilterReplyText *ours, const char *words)
{
  g_autofree char *once = escape (ours->body);
  g_autofree char *twice = escape (once);
  g_auto (GStrv) lines = g_strsplit (twice, "\n", -1);
  g_autofree char *text = g_strjoinv ("<br>\n", lines);
  return page (ours, words, "", text, "");
}

static char *
escaped_as_text (const FilterReplyText *ours, const char *words)
{
  g_autofree char *once = escape (ours->body);
  return returned_beside (ours, words, once);
}

static char *
without_its_body (const FilterReplyText *ours, const char *words)
{
  return returned_beside (ours, words, "");
}

static char *
under_its_bare_subject (const FilterReplyText *ours, const char *words)
{
  return plain (ours->subject, words);
}

static char *
as_an_automatic_reply (const FilterReplyText *ours, const char *words)
{
  g_autofree char *subject = g_strconcat ("Automatic reply: ", ours->subject, NULL);
  g_autofree char *body = above (words, ours->body);
  return plain (subject, body);
}

/* clang-format off */
const ReturnedShell returned_shells[] = {
  { "quoted-below", quoted_below, FALSE },
  { "quoted-above", quoted_above, FALSE },
  { "quoted-without-attribution", quoted_without_attribution, FALSE },
  { "quoted-in-the-same-line", quoted_in_the_same_line, TRUE },
  { "under-a-separator", under_a_separator, FALSE },
  { "under-a-rule", under_a_rule, FALSE },
  { "without-marks", without_marks, FALSE },
  { "with-its-subject", with_subject, FALSE },
  { "wrapped-at-40", wrapped_at_40, FALSE },
  { "wrapped-at-60", wrapped_at_60, FALSE },
  { "wrapped-with-its-marks", wrapped_with_its_marks, FALSE },
  { "in-a-blockquote", in_a_blockquote, FALSE },
  { "in-a-div", in_a_div, FALSE },
  { "in-a-table", in_a_table, FALSE },
  { "with-line-breaks", with_line_breaks, FALSE },
  { "escaped-twice", escaped_twice, TRUE },
  { "escaped-as-text", escaped_as_text, TRUE },
  { "without-its-body", without_its_body, FALSE },
  { "under-its-bare-subject", under_its_bare_subject, FALSE },
  { "as-an-automatic-reply", as_an_automatic_reply, TRUE },
};
/* clang-format on */
const guint returned_n_shells = G_N_ELEMENTS (returned_shells);
