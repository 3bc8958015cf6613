/* echo-mark.c - which lines of a mail are our own texts that came back, with no mark of a quotation */
#include "lines.h"

#include <string.h>

#define MAX_BARE 2   /* letters of a line that are not ours */
#define PAGE 300     /* octets of ours in one line, which nobody types */
#define ONE_LINE 80  /* octets of a line that somebody types */
#define MAX_HOLE 160 /* octets between lines of ours that are ours too */

typedef struct
{
  ParserLines *lines;
  const guint8 *covered;
  guint first, last; /* lines of ours */
  guint n, text;     /* how many, and how many of them were the writer's until now */
} Echo;

/* A line that is ours but for a sign or two is a footer. Where the writer's words share it with ours, they
 * are in doubt only when ours speak of leaving, or are a page: one of ours that lost its marks is one line,
 * with values in it that we do not know. */
static gboolean
mark_line (Echo *echo, ParserLine *line)
{
  const char *folded = echo->lines->folded->str + line->fold;
  const guint8 *covered = echo->covered + line->fold;
  g_autoptr (GString) own = g_string_new (NULL);
  guint bare = 0;

  if (!memchr (covered, 1, line->fold_length))
    return FALSE;
  for (const char *p = folded, *end = p + line->fold_length; p < end; p = g_utf8_next_char (p))
    if (covered[p - folded] || *p == ' ')
      g_string_append_unichar (own, g_utf8_get_char (p));
    else
      bare += g_unichar_isalnum (g_utf8_get_char (p));
  if (bare <= MAX_BARE && line->letter != 'Q')
    {
      echo->text += line->letter == 'T';
      line->letter = 'L';
      line->marks |= PARSER_LINE_OURS;
      return TRUE;
    }
  if (parser_footer_names_leaving (own->str, own->len) || own->len > PAGE)
    line->marks |= PARSER_LINE_MIXED;
  return FALSE;
}

static void
mark_lines (Echo *echo)
{
  for (guint i = 0; i < echo->lines->n; i++)
    if (mark_line (echo, &echo->lines->line[i]))
      {
        echo->first = echo->n++ ? echo->first : i;
        echo->last = i;
      }
}

/* ---- what is left of ours where some of it is lost, or stands for a {name} ---- */

/* Gives L to the lines from @from to before @end that are left as the writer's. */
static void
take (const Echo *echo, guint from, guint end)
{
  for (guint i = from; i < end; i++)
    if (echo->lines->line[i].letter == 'T')
      echo->lines->line[i].letter = 'L';
}

/* Few words between lines of ours; more may be somebody's who writes in between. */
static void
fill_holes (const Echo *echo)
{
  guint before = echo->first, octets = 0;

  for (guint i = echo->first + 1; i <= echo->last; i++)
    {
      const ParserLine *line = &echo->lines->line[i];
      octets += line->letter == 'T' ? line->fold_length : 0;
      if (line->letter != 'L')
        continue;
      if (octets <= MAX_HOLE)
        take (echo, before + 1, i);
      before = i;
      octets = 0;
    }
}

static char **
fold_answers (const ParserOptions *options)
{
  char **words = g_new0 (char *, options->n_answers + 1);

  for (guint i = 0; i < options->n_answers; i++)
    {
      GString *folded = g_string_new (NULL);
      parser_lines_fold_onto (folded, options->answers[i].words, strlen (options->answers[i].words));
      words[i] = g_string_free (folded, FALSE);
    }
  return words;
}

/* The word to answer with, below ours and above the name that closes it. */
static void
take_answer (const Echo *echo, const ParserOptions *options)
{
  const ParserLines *lines = echo->lines;
  g_auto (GStrv) words = fold_answers (options);
  guint found = echo->last;

  for (guint i = echo->last + 1; i < lines->n && parser_lines_next (lines, i + 1) < lines->n; i++)
    for (char **word = words; lines->line[i].letter == 'T' && *word; word++)
      if (g_strstr_len (parser_lines_fold (lines, i), lines->line[i].fold_length, *word))
        found = i;
  take (echo, echo->last + 1, found + 1);
}

void
parser_echo_mark (ParserLines *lines, const ParserOptions *options)
{
  g_autofree guint8 *covered
      = options ? parser_echoes_cover (options->echoes, lines->folded->str, lines->folded->len) : NULL;
  Echo echo = { .lines = lines, .covered = covered };

  if (!covered)
    return;
  mark_lines (&echo);
  ParserLine *only = &lines->line[echo.first]; /* where there is one */
  /* "Answer with: please remove me from your list": whoever does, may mean it */
  if (echo.n == 1 && echo.text == 1 && only->fold_length <= ONE_LINE)
    {
      only->letter = 'T';
      only->marks &= ~(guint)PARSER_LINE_OURS;
      only->marks |= PARSER_LINE_MIXED;
    }
  else if (echo.n > 0)
    {
      fill_holes (&echo);
      take_answer (&echo, options);
    }
}
