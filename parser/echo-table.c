/* echo-table.c - our own texts as words; every three in a row are indexed (echo.h) */
#include "echo.h"
#include "html.h"
#include "lines.h"

#include <string.h>

#define MAX_WORDS 100000 /* of all our texts together */
#define HEAD 3           /* the subject, "Hello" and "Thank you for your mail" */

/* ---- words ---- */

/* Scripts that part no words: each letter is one. */
static gboolean
is_word_alone (gunichar c)
{
  return (c >= 0xe00 && c < 0xf00) || (c >= 0x1780 && c < 0x1800) || (c >= 0x2e80 && c < 0xa000)
         || (c >= 0xf900 && c < 0xfb00);
}

static gboolean
is_letter (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((char)c) : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
is_end (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0x61f || c == 0x964;
}

typedef struct
{
  GArray *words;
  ParserEchoWord word; /* open while its end is not 0 */
} Splitter;

static void
close_word (Splitter *splitter)
{
  ParserEchoWord *word = &splitter->word;

  word->hash &= ~PARSER_ECHO_MARKS;
  word->hash += word->hash == 0 || word->hash == PARSER_ECHO_END ? PARSER_ECHO_MARKS + 1 : 0;
  if (word->end)
    g_array_append_val (splitter->words, *word);
  *word = (ParserEchoWord){ 0 };
}

static void
add_letter (Splitter *splitter, gunichar c, guint start, guint end)
{
  ParserEchoWord *word = &splitter->word;

  if (is_word_alone (c))
    close_word (splitter);
  if (word->end == 0)
    *word = (ParserEchoWord){ .hash = 5381, .start = start };
  word->hash = word->hash * 33 + c;
  word->end = end;
  if (is_word_alone (c))
    close_word (splitter);
}

static void
end_sentence (Splitter *splitter)
{
  close_word (splitter);
  if (splitter->words->len)
    g_array_index (splitter->words, ParserEchoWord, splitter->words->len - 1).last = TRUE;
}

/* Capitals do not tell which sigma it was. */
static gunichar
one_sigma (gunichar c)
{
  return c == 0x3c2 ? 0x3c3 : c;
}

/* The character at @p of folded text, or the one that a reference there stands for, folded. */
static gunichar
read_char (const char *p, const char *end, const char **after_out)
{
  gunichar c = *p == '&' ? parser_html_entity (p, end, after_out) : 0;
  gunichar base, mark;

  if (c == 0)
    {
      *after_out = g_utf8_next_char (p);
      return one_sigma (g_utf8_get_char (p));
    }
  c = g_unichar_tolower (c);
  while (c >= 0xc0 && c < 0x250 && g_unichar_decompose (c, &base, &mark) && mark)
    c = base;
  return one_sigma (c);
}

/* A {name}; of several in a row one is enough. */
static void
add_name (GArray *words)
{
  const ParserEchoWord name = { .hash = 0 },
                       *last = words->len ? &g_array_index (words, ParserEchoWord, words->len - 1) : NULL;

  if (!last || last->hash || last->last)
    g_array_append_val (words, name);
}

/* "21. november", "p.m.": no sentence ends there. */
static gboolean
is_short_form (const char *folded, const char *p)
{
  const char *last = p > folded ? g_utf8_prev_char (p) : NULL;
  const char *before = last && last > folded ? g_utf8_prev_char (last) : NULL;

  if (*p != '.' || !last || !is_letter (g_utf8_get_char (last)))
    return FALSE;
  if (before && *before == '.')
    return TRUE;
  return g_ascii_isdigit (*last)
         && (!before || *before == ' '
             || (g_ascii_isdigit (*before) && (before == folded || before[-1] == ' ')));
}

void
parser_echo_split (GArray *words, const char *folded, gsize length, gboolean ours)
{
  Splitter splitter = { .words = words };
  const char *end = folded + length, *after = NULL;

  for (const char *p = folded; p < end; p = after)
    {
      gunichar c = read_char (p, end, &after);
      const char *brace = ours && c == '{' ? memchr (p, '}', (gsize)(end - p)) : NULL;

      if (brace)
        {
          close_word (&splitter);
          add_name (words);
          after = brace + 1;
        }
      else if (is_letter (c))
        add_letter (&splitter, c, (guint)(p - folded), (guint)(after - folded));
      else if ((is_end (c) && (after >= end || *after == ' ' || c > 0x80) && !is_short_form (folded, p))
               || (c == ' ' && after < end && *after == ' ')) /* an empty line */
        end_sentence (&splitter);
      else if (c != '\'')
        close_word (&splitter);
    }
  end_sentence (&splitter);
}

/* ---- the index ---- */

guint
parser_echo_key (const guint hashes[PARSER_ECHO_KEY])
{
  guint key = 17;

  for (guint i = 0; i < PARSER_ECHO_KEY; i++)
    key = (key ^ hashes[i]) * 0x9e3779b1u;
  return key ^ (key >> 15);
}

static gboolean
tells_answer (const char *paragraph)
{
  for (ParserAnswer answer = PARSER_ANSWER_UNDO; answer <= PARSER_ANSWER_STOP; answer++)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", parser_answer_key (answer));
      if (strstr (paragraph, name))
        return TRUE;
    }
  return FALSE;
}

static void
add_text (GArray *words, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  gboolean head = TRUE;
  guint n = 0; /* paragraphs that are always there */

  for (char **paragraph = paragraphs; *paragraph && words->len < MAX_WORDS; paragraph++)
    {
      g_autoptr (GString) folded = g_string_new (NULL);
      guint first = words->len;
      parser_lines_fold_onto (folded, *paragraph, strlen (*paragraph));
      parser_echo_split (words, folded->str, folded->len, TRUE);
      n += **paragraph != '{';
      head = head && n <= HEAD && !tells_answer (*paragraph);
      for (guint i = first; i < words->len; i++)
        g_array_index (words, ParserEchoWord, i).head = head;
    }
  const ParserEchoWord end = { .hash = PARSER_ECHO_END, .last = TRUE };
  g_array_append_val (words, end);
}

static guint
pack (const ParserEchoWord *word)
{
  return word->hash | (word->last ? PARSER_ECHO_LAST : 0) | (word->head ? PARSER_ECHO_HEAD : 0);
}

/* Every place where PARSER_ECHO_KEY words of ours stand in a row, by their slot. */
static void
index_words (ParserEchoTable *table, const guint *words, guint *next, guint *first)
{
  for (guint i = 0; i + PARSER_ECHO_KEY <= table->n_words; i++)
    {
      guint hashes[PARSER_ECHO_KEY], names = 0;
      for (guint k = 0; k < PARSER_ECHO_KEY; k++)
        {
          names += PARSER_ECHO_IS_NAME (words[i + k]);
          hashes[k] = words[i + k] & ~PARSER_ECHO_MARKS;
        }
      guint *slot = &first[parser_echo_key (hashes) & table->mask];
      if (names)
        continue;
      next[i] = *slot;
      *slot = i + 1;
    }
}

ParserEchoes *
parser_echoes_new (const char *const *texts)
{
  ParserEchoes *echoes = g_new0 (ParserEchoes, 1);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (ParserEchoWord));

  for (; texts && *texts; texts++)
    add_text (words, *texts);
  ParserEchoTable *table = &echoes->own;
  table->n_words = words->len;
  for (table->mask = 1; table->mask < words->len; table->mask = table->mask * 2 + 1)
    ;
  guint *packed = g_new (guint, words->len), *next = g_new0 (guint, words->len),
        *first = g_new0 (guint, table->mask + 1);
  for (guint i = 0; i < words->len; i++)
    packed[i] = pack (&g_array_index (words, ParserEchoWord, i));
  index_words (table, packed, next, first);
  table->words = packed;
  table->next = next;
  table->first = first;
  return echoes;
}

void
parser_echoes_add (ParserEchoes *echoes, const ParserEchoTable *ready)
{
  echoes->ready = ready;
}

static void
print_array (GString *out, const char *name, const guint *values, guint n)
{
  g_string_append_printf (out, "static const guint %s[] = {", name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u,", i % 12 == 0 ? "\n" : "", values[i]);
  g_string_append (out, "\n};\n");
}

char *
parser_echoes_print (const ParserEchoes *echoes, const char *name)
{
  const ParserEchoTable *table = &echoes->own;
  GString *out = g_string_new (NULL);

  print_array (out, "words", table->words, table->n_words);
  print_array (out, "next", table->next, table->n_words);
  print_array (out, "first", table->first, table->mask + 1);
  g_string_append_printf (out, "const ParserEchoTable %s = { words, next, first, %u, %u };\n", name,
                          table->n_words, table->mask);
  return g_string_free (out, FALSE);
}

void
parser_echoes_free (ParserEchoes *echoes)
{
  if (!echoes)
    return;
  g_free ((gpointer)echoes->own.words);
  g_free ((gpointer)echoes->own.next);
  g_free ((gpointer)echoes->own.first);
  g_free (echoes);
}
