/* header-block.c - "From: Sent: To: Subject:" above a quoted mail. */
#include "lines.h"

#include <string.h>

#include "header-labels.h"

#define MAX_HEADER_LINES 12 /* a header block with wrapped recipients */

/* The role of a label, 0 when it is none, and the languages that have it. */
static guint8
label_of (const char *text, gsize size, guint64 *languages_out)
{
  guint8 found = 0;

  for (guint language = 0; language < G_N_ELEMENTS (labels); language++)
    for (guint role = 0; role < ROLES - 1; role++)
      for (const char *p = labels[language].label[role]; p && *p;)
        {
          gsize same = 0;
          while (same < size && p[same] == text[same])
            same++;
          if (same == size && (p[same] == '|' || p[same] == '\0'))
            {
              found = (guint8)(role + 1);
              *languages_out |= G_GUINT64_CONSTANT (1) << language;
            }
          p = strchr (p, '|');
          p += p != NULL;
        }
  return found;
}

/* Role and languages of the label that a line begins with. */
static void
read_label (ParserLine *line, const char *folded)
{
  gsize length = line->fold_length, size;

  while (length && strchr ("*_|> ", *folded))
    folded++, length--;
  const char *colon = memchr (folded, ':', MIN (length, 60));
  if (!colon)
    return;
  size = (gsize)(colon - folded);
  while (size && strchr ("*_ ", folded[size - 1]))
    size--;
  line->label = label_of (folded, size, &line->languages);
}

/* How many lines of a header block begin at @i; 0 when none does. */
static guint
header_block (const ParserLines *lines, guint i)
{
  guint64 languages = lines->line[i].languages;
  guint roles = 0, marks = 0, last = i, blanks = 0;

  for (guint k = i; k < lines->n && k < i + MAX_HEADER_LINES && blanks < 2; k++)
    {
      const ParserLine *line = &lines->line[k];

      if (line->letter == 'Q')
        break;
      blanks = line->letter == 'E' ? blanks + 1 : 0;
      if (line->letter == 'E' || (line->label == 0 && k > last + 2))
        continue;
      if (line->label == 0)
        {
          marks |= k == last + 1 ? line->marks
                                 : 0; /* the value of a label that stands alone, or a folded one */
          continue;
        }
      if (!(languages & line->languages) || (roles && k > i + 6 && k > last + 3))
        break;
      languages &= line->languages;
      roles |= 1u << line->label;
      marks |= line->marks;
      last = k;
    }
  gboolean proper = (roles & (1u << ROLE_FROM | 1u << ROLE_DATE)) != 0;
  guint count = (guint)__builtin_popcount (roles);
  return count >= 2 && proper && (marks & PARSER_LINE_EVIDENCE) ? last - i + 1 : 0;
}

void
parser_header_mark (ParserLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    if (lines->line[i].letter == 'T')
      read_label (&lines->line[i], parser_lines_fold (lines, i));
  for (guint i = 0; i < lines->n; i++)
    {
      guint size = lines->line[i].letter == 'T' && lines->line[i].label ? header_block (lines, i) : 0;

      for (guint k = i; k < i + size; k++)
        if (lines->line[k].letter != 'E')
          lines->line[k].letter = 'H';
      i += size ? size - 1 : 0;
    }
}

/* "From: Ann Reed [mailto:ann@example.org]", as Outlook wrote it, is no domain literal. */
static char *
address_in (const char *value, gsize size)
{
  g_autofree char *line = g_strndup (value, size);
  g_auto (GStrv) pieces = g_strsplit (line, "[mailto:", 2);
  if (pieces[0] != NULL && pieces[1] != NULL)
    {
      g_strdelimit (pieces[1], "]", ' ');
      return parser_mailbox_first (pieces[1]);
    }
  return parser_mailbox_first (line);
}

char *
parser_header_author (const ParserLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    {
      char *author = NULL;
      if (lines->line[i].letter != 'H' || lines->line[i].label != ROLE_FROM)
        continue;
      /* the value may stand below its label, or go on there */
      for (guint k = i; k < lines->n && k < i + 3 && author == NULL && (k == i || lines->line[k].label == 0);
           k++)
        {
          const char *start = lines->text->text + lines->line[k].start;
          gsize size = lines->line[k].end - lines->line[k].start;
          const char *colon = k == i ? memchr (start, ':', size) : NULL;
          const char *value = colon != NULL ? colon + 1 : start;
          author = address_in (value, size - (gsize)(value - start));
        }
      return author;
    }
  return NULL;
}

/* "… From: News Sent: 3 March 2025 To: Ann …": of one language, who with when or to whom. */
gboolean
parser_header_glued (const char *folded, gsize length)
{
  guint64 seen[ROLES] = { 0 };

  for (const char *colon = folded; (colon = memchr (colon, ':', length - (gsize)(colon - folded))); colon++)
    {
      const char *start = colon;
      for (guint words = 0; words < 3 && start > folded; words++)
        {
          guint64 languages = 0;
          while (start > folded && start[-1] != ' ' && start[-1] != '*')
            start--;
          guint8 role = label_of (start, (gsize)(colon - start), &languages);
          seen[role] |= languages;
          start -= start > folded;
        }
    }
  seen[0]
      = seen[ROLE_FROM]
        & ((seen[ROLE_DATE] & (seen[ROLE_TO] | seen[ROLE_SUBJECT])) | (seen[ROLE_TO] & seen[ROLE_SUBJECT]));
  return seen[0] != 0;
}
