/* footer.c - what programs and organisations add to a writer's words: list footers, notices, "sent from"
 * lines. */
#include "lines.h"

#include <string.h>

#include "footer-words.h"

#define MAX_BANNER 100      /* octets of a "sent from" line */
#define MAX_FOOTER_LINES 30 /* under a rule, to the end of the mail */
#define MIN_OWN_SENTENCE 16 /* octets of a sentence of the operator that is looked for */
#define MAX_OWN_SENTENCES 500

/* ---- one line ---- */

static gboolean
is_device_banner (const char *folded, gsize length)
{
  guint words = 1;

  while (length && strchr ("<([{*_- ", *folded))
    folded++, length--;
  if (length > MAX_BANNER || length < 8)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    words += folded[i] == ' ';
  gboolean lead = parser_words_begin (device_leads, folded, length);
  gboolean device = parser_words_find (devices, folded, length, NULL) != NULL;
  /* "Sent from my phone: please unsubscribe me" is the writer's wish. */
  if (parser_words_find (unsubscribe_words, folded, length, NULL) || words > 14)
    return FALSE;
  return (lead && (device || words <= 5))
         || (device && parser_words_find (device_tails, folded, length, NULL));
}

static gboolean
is_delimiter (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  if (line->marks & PARSER_LINE_DELIMITER)
    return TRUE;
  /* "--" with blanks around, and the lone long dash of code forges */
  return (line->fold_length == 2 && memcmp (folded, "--", 2) == 0)
         || (line->fold_length == 1 && *folded == '-' && line->end - line->start == 3);
}

static gboolean
is_link_alone (const ParserLine *line, const char *folded)
{
  return (line->marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)) && !memchr (folded, ' ', line->fold_length);
}

static void
mark_line (ParserLines *lines, guint i, gboolean top)
{
  ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  if (is_delimiter (lines, i))
    line->letter = 'S';
  else if (is_device_banner (folded, line->fold_length))
    line->letter = 'B';
  else if (top
           && parser_words_begin (external_banners, folded + strspn (folded, "[(*<!- "),
                                  line->fold_length - MIN (line->fold_length, strspn (folded, "[(*<!- "))))
    line->letter = 'B';
  else if (is_link_alone (line, folded))
    line->letter = 'U';
  else if ((line->marks & PARSER_LINE_PHONE) && line->fold_length < 80)
    line->letter = 'P';
}

/* ---- one paragraph ---- */

static gboolean
is_text (char letter)
{
  return strchr ("TUPBC", letter) != NULL;
}

/* Whether a sentence that begins in this stretch is a program's: where, or NULL. */
static const char *
find_opening (const char *folded, gsize length)
{
  gboolean begins = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (begins && !strchr (" [(<*_|\"'-=~.", folded[i]))
        {
          if (parser_words_begin (footer_openings, folded + i, length - i))
            return folded + i;
          begins = FALSE;
        }
      begins |= strchr (".!?;|:", folded[i]) != NULL || (folded[i] == '-' && i && folded[i - 1] == '-');
    }
  return NULL;
}

static gboolean
is_writers (const char *folded, gsize length)
{
  return parser_words_find (writer_words, folded, length, NULL) != NULL;
}

/* The sentence around @at: what it says of "me" makes it the writer's. */
static gboolean
is_writers_sentence (const char *folded, gsize length, const char *at)
{
  const char *end = at;

  while (end < folded + length && !strchr (".!?;", *end))
    end++;
  return is_writers (at, (gsize)(end - at));
}

static gboolean
is_label_line (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];
  const char *folded = parser_lines_fold (lines, i);

  return (line->marks & (PARSER_LINE_URL | PARSER_LINE_LINK))
         && parser_words_find (unsubscribe_words, folded, line->fold_length, NULL)
         && !is_writers (folded, line->fold_length);
}

/* The first line of lines @from..@to that a program wrote, or @to. */
static guint
footer_start (const ParserLines *lines, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      const char *folded = parser_lines_fold (lines, i);
      gsize length = lines->line[i].fold_length;
      gsize rest = lines->line[to - 1].fold + lines->line[to - 1].fold_length - lines->line[i].fold;
      const char *opening = find_opening (folded, length);

      if (opening && (gsize)(opening - folded) < 16
          && !is_writers_sentence (folded, MIN (rest, 1000), opening))
        return i;
      if (is_label_line (lines, i))
        return i;
    }
  return to;
}

/* "Click" and "unsubscribe" in one paragraph that nobody in particular says. */
static gboolean
is_instruction (const char *folded, gsize length)
{
  return parser_words_find (click_words, folded, length, NULL)
         && parser_words_find (unsubscribe_words, folded, length, NULL) && !is_writers (folded, length);
}

static void
mark_paragraph (ParserLines *lines, guint from, guint to)
{
  const char *folded = parser_lines_fold (lines, from);
  gsize length = lines->line[to - 1].fold + lines->line[to - 1].fold_length - lines->line[from].fold;
  guint start;

  if (length > PARSER_MAX_LINE_FOLD)
    length = PARSER_MAX_LINE_FOLD;
  if (length > 60 && parser_words_find (disclaimers, folded, length, NULL) && !is_writers (folded, length))
    {
      for (guint i = from; i < to; i++)
        lines->line[i].letter = 'C';
      return;
    }
  start = is_instruction (folded, length) ? from : footer_start (lines, from, to);
  for (guint i = start; i < to; i++)
    lines->line[i].letter = 'L';
}

/* ---- rules ---- */

static gboolean
has_list_words (const ParserLines *lines, guint i)
{
  const ParserLine *line = &lines->line[i];

  return line->letter == 'L'
         || ((is_text (line->letter))
             && parser_words_find (list_words, parser_lines_fold (lines, i), line->fold_length, NULL));
}

static gboolean
ends_footer (char letter)
{
  return strchr ("QAHF", letter) != NULL;
}

/* A rule, then within a few lines a list's words, a link or an address: a footer to the end or the next
 * quotation. */
static guint
footer_under_rule (const ParserLines *lines, guint i)
{
  guint end = i + 1, lines_of_text = 0, words = 0, links = 0;

  for (; end < lines->n && !ends_footer (lines->line[end].letter); end++)
    {
      if (lines->line[end].letter != 'E' && ++lines_of_text > MAX_FOOTER_LINES)
        return i;
      if (lines_of_text > 12 && words == 0)
        return i;
      words += has_list_words (lines, end);
      links += (lines->line[end].marks & (PARSER_LINE_URL | PARSER_LINE_ADDRESS)) != 0
               || lines->line[end].letter == 'L';
    }
  return words && links ? end : i;
}

static void
mark_rules (ParserLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    {
      if (lines->line[i].letter != 'D' && lines->line[i].letter != 'S')
        continue;
      guint end = footer_under_rule (lines, i);
      for (guint k = i; k < end; k++)
        if (lines->line[k].letter != 'E')
          lines->line[k].letter = 'L';
      i = MAX (i, end ? end - 1 : 0);
    }
}

/* ---- the whole ---- */

void
parser_footer_mark (ParserLines *lines)
{
  gboolean top = TRUE;

  for (guint i = 0; i < lines->n; i++)
    if (lines->line[i].letter == 'T')
      {
        mark_line (lines, i, top);
        top = lines->line[i].letter == 'B';
      }
  for (guint i = 0; i < lines->n;)
    {
      guint to = i;

      while (to < lines->n && is_text (lines->line[to].letter))
        to++;
      if (to > i)
        mark_paragraph (lines, i, to);
      i = to + 1;
    }
  mark_rules (lines);
}

/* ---- the operator's own texts ---- */

/* Each octet of folded text that repeats @sentence gets its bit. */
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
        line->marks |= PARSER_LINE_LONG;
    }
}
