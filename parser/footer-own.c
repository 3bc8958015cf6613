/* footer-own.c - the operator's own texts come back in replies: they are never a writer's words. */
#include "lines.h"

#include <string.h>

#define MIN_OWN_SENTENCE 16 /* octets of a sentence of the operator that is looked for */
#define MAX_OWN_SENTENCES 500

/* Each octet of folded text that repeats @sentence is marked. */
static void
cover (ParserLines *lines, guint8 *covered, const char *sentence, gsize length)
{
  const char *hit = lines->folded->str;

  while ((hit = strstr (hit, sentence)))
    {
      memset (covered + (hit - lines->folded->str), 1, length);
      hit += length;
    }
}

static void
cover_sentences (ParserLines *lines, guint8 *covered, const char *footer, guint *left)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  parser_lines_fold_onto (folded, footer, strlen (footer));
  for (char *p = folded->str; *p && *left;)
    {
      gsize size = strcspn (p, ".!?");
      size += strspn (p + size, ".!? ");
      char *next = p + size, kept = *next;

      *next = 0;
      g_strchomp (p);
      gsize length = strlen (p);
      if (length >= MIN_OWN_SENTENCE && strchr (p, ' '))
        {
          cover (lines, covered, p, length);
          (*left)--;
        }
      *next = kept;
      p = next;
    }
}

void
parser_footer_mark_own (ParserLines *lines, const char *const *footers)
{
  g_autofree guint8 *covered = NULL;
  guint left = MAX_OWN_SENTENCES;

  if (!footers || !*footers)
    return;
  covered = g_malloc0 (lines->folded->len + 1);
  for (; *footers; footers++)
    cover_sentences (lines, covered, *footers, &left);
  for (guint i = 0; i < lines->n; i++)
    {
      ParserLine *line = &lines->line[i];
      guint bare = 0, own = 0;

      for (guint k = line->fold; k < line->fold + line->fold_length; k++)
        if (covered[k])
          own++;
        else if (lines->folded->str[k] != ' ')
          bare++;
      if (own && bare <= 2 && line->letter != 'Q')
        line->letter = 'L';
      else if (own)
        line->marks |= PARSER_LINE_MIXED;
    }
}
