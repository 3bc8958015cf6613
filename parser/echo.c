/* echo.c - our own texts, found again where somebody sends them back: re-wrapped, cut, with other quotes and
 * dashes, escaped as HTML, or with a few words changed.
 *
 * Texts are words; every three words in a row of ours are indexed, and a mail's words are followed along ours
 * from there. A stretch of a mail is looked at again only while it is short, so the cost is linear. */
#include "html.h"
#include "lines.h"

#include <string.h>

#define KEY 3            /* words that find a place */
#define MAX_PLACES 8     /* of one key that are tried */
#define MAX_WORDS 100000 /* of all our texts together */
#define MAX_WILD 12      /* words of a mail that a {name} stands for */
#define MAX_LETTERS 40   /* of a script that parts no words */
#define LETTER 3         /* octets of such a letter, which is a word here */
#define MAX_LAST 4       /* at the end of a sentence that was not met whole so far */
#define CUT_WORDS 6      /* of a sentence that was cut: so many words and octets */
#define CUT_OCTETS 36
#define WHOLE_OCTETS 16 /* of a whole sentence, of KEY words at least */
#define MAX_BROKEN 4    /* pieces of words that an encoding broke */
#define MAX_BARE 2      /* letters of a line that are not ours */
#define PAGE 300        /* octets of ours in one line, which nobody types */
#define TELLING 3       /* octets of a word that shows alone that ours goes on */
#define ONE_LINE 80     /* octets of a line that somebody types */

typedef struct
{
  guint hash; /* 0: a {name} */
  guint start, end;
  gboolean last; /* of its sentence */
} Word;

/* A word of ours: its hash, and in the lowest bit whether it is the last of its sentence. */
#define IS_LAST 1u
#define IS_NAME(own) ((own) <= IS_LAST)

struct ParserEchoes
{
  ParserEchoTable own;          /* of the texts that were given */
  const ParserEchoTable *ready; /* or NULL */
};

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
  Word word; /* open while its end is not 0 */
} Splitter;

static void
close_word (Splitter *splitter)
{
  Word *word = &splitter->word;

  word->hash &= ~IS_LAST;
  word->hash += word->hash == 0 ? 2 : 0;
  if (word->end)
    g_array_append_val (splitter->words, *word);
  *word = (Word){ 0 };
}

static void
add_letter (Splitter *splitter, gunichar c, guint start, guint end)
{
  Word *word = &splitter->word;

  if (is_word_alone (c))
    close_word (splitter);
  if (word->end == 0)
    *word = (Word){ .hash = 5381, .start = start };
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
    g_array_index (splitter->words, Word, splitter->words->len - 1).last = TRUE;
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
  const Word name = { .hash = 0 }, *last = words->len ? &g_array_index (words, Word, words->len - 1) : NULL;

  if (!last || last->hash || last->last)
    g_array_append_val (words, name);
}

/* Adds the words of @length octets of folded text; @ours: {names} stand for any words. */
static void
split (GArray *words, const char *folded, gsize length, gboolean ours)
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
      else if ((is_end (c) && (after >= end || *after == ' ' || c > 0x80))
               || (c == ' ' && after < end && *after == ' ')) /* an empty line */
        end_sentence (&splitter);
      else if (c != '\'')
        close_word (&splitter);
    }
  end_sentence (&splitter);
}

/* ---- the index ---- */

static guint
key_of (const guint hashes[KEY])
{
  guint key = 17;

  for (guint i = 0; i < KEY; i++)
    key = (key ^ hashes[i]) * 0x9e3779b1u;
  return key ^ (key >> 15);
}

static void
add_text (GArray *words, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (char **paragraph = paragraphs; *paragraph && words->len < MAX_WORDS; paragraph++)
    {
      g_autoptr (GString) folded = g_string_new (NULL);
      parser_lines_fold_onto (folded, *paragraph, strlen (*paragraph));
      split (words, folded->str, folded->len, TRUE);
    }
}

/* Every place where KEY words of ours stand in a row, by their slot. */
static void
index_words (ParserEchoTable *table, const guint *words, guint *next, guint *first)
{
  for (guint i = 0; i + KEY <= table->n_words; i++)
    {
      guint hashes[KEY], names = 0;
      for (guint k = 0; k < KEY; k++)
        {
          names += IS_NAME (words[i + k]);
          hashes[k] = words[i + k] & ~IS_LAST;
        }
      guint *slot = &first[key_of (hashes) & table->mask];
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
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));

  for (; texts && *texts; texts++)
    add_text (words, *texts);
  ParserEchoTable *table = &echoes->own;
  table->n_words = words->len;
  for (table->mask = 1; table->mask < words->len; table->mask = table->mask * 2 + 1)
    ;
  guint *packed = g_new (guint, words->len), *next = g_new0 (guint, words->len),
        *first = g_new0 (guint, table->mask + 1);
  for (guint i = 0; i < words->len; i++)
    packed[i] = g_array_index (words, Word, i).hash | (g_array_index (words, Word, i).last ? IS_LAST : 0);
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

/* ---- following ---- */

/* One try: words of the mail from @mail on, ours from @own on. */
typedef struct
{
  const GArray *theirs;
  const ParserEchoTable *ours;
  guint mail, own;
  guint words, octets; /* that were the same */
  guint since;         /* the same since the last gap */
  guint from, before;  /* octets and words at the beginning of this sentence */
  gboolean begun;      /* this sentence of ours was met at its beginning */
  gboolean whole;      /* a whole sentence was */
} Trail;

static const Word *
word_at (const GArray *words, guint at)
{
  return at < words->len ? &g_array_index (words, Word, at) : NULL;
}

/* A word of ours; behind the last one a name that no mail can go on with. */
static guint
own_at (const ParserEchoTable *ours, guint at)
{
  return at < ours->n_words ? ours->words[at] : IS_LAST;
}

static gboolean
is_same (const Trail *trail, guint mail, guint own)
{
  const Word *theirs = word_at (trail->theirs, mail);

  return theirs && !IS_NAME (own_at (trail->ours, own))
         && theirs->hash == (own_at (trail->ours, own) & ~IS_LAST);
}

static gboolean
begins_sentence (const GArray *words, guint at)
{
  return at == 0 || g_array_index (words, Word, at - 1).last;
}

static gboolean
begins_own_sentence (const Trail *trail, guint own)
{
  return own == 0 || (own_at (trail->ours, own - 1) & IS_LAST) != 0;
}

/* A word of ours is passed; the sentence may end with it. */
static void
step (Trail *trail)
{
  gboolean last = (own_at (trail->ours, trail->own) & IS_LAST) != 0;

  trail->own++;
  if (!last)
    return;
  trail->whole |= (trail->begun || trail->words - trail->before >= CUT_WORDS)
                  && trail->octets - trail->from >= WHOLE_OCTETS;
  trail->begun = TRUE;
  trail->from = trail->octets;
  trail->before = trail->words;
}

/* How many words from @word on may be a value. */
static guint
most_of_value (const Word *word)
{
  return word && word->end - word->start == LETTER ? MAX_LETTERS : MAX_WILD;
}

/* A {name}: up to where ours goes on, or to the end of a sentence of the mail. */
static gboolean
pass_name (Trail *trail)
{
  gboolean last = (own_at (trail->ours, trail->own) & IS_LAST) != 0;
  const Word *before = trail->mail ? word_at (trail->theirs, trail->mail - 1) : NULL;
  guint most = last && !(trail->begun && trail->words - trail->before >= KEY)
                   ? MAX_LAST
                   : most_of_value (word_at (trail->theirs, trail->mail));

  if (last && before && before->last && !begins_own_sentence (trail, trail->own))
    {
      step (trail); /* nothing stands there: what follows is the writer's */
      return TRUE;
    }
  for (guint width = 0; width <= most; width++)
    {
      const Word *word = width ? word_at (trail->theirs, trail->mail + width - 1) : NULL;
      gboolean found = last ? word && word->last
                            : is_same (trail, trail->mail + width, trail->own + 1)
                                  && ((own_at (trail->ours, trail->own + 1) & IS_LAST) != 0
                                      || is_same (trail, trail->mail + width + 1, trail->own + 2));
      if (!found)
        continue;
      trail->mail += width;
      step (trail);
      return TRUE;
    }
  return FALSE;
}

/* Ours goes on there: with two words, or a long one. */
static gboolean
goes_on (const Trail *trail, guint mail, guint own)
{
  const Word *word = word_at (trail->theirs, mail);

  if (word && own < trail->ours->n_words && IS_NAME (own_at (trail->ours, own)))
    return trail->since >= KEY; /* a {name} */
  return is_same (trail, mail, own)
         && (word->end - word->start >= TELLING || is_same (trail, mail + 1, own + 1));
}

/* A word or two that an encoding broke, or that were changed: ours goes on right behind them. */
static gboolean
pass_gap (Trail *trail)
{
  for (guint own = 1; trail->since && own <= 2; own++)
    for (guint mail = 1; mail <= MAX_BROKEN; mail++)
      {
        if (!goes_on (trail, trail->mail + mail, trail->own + own))
          continue;
        trail->mail += mail;
        for (guint k = 0; k < own; k++)
          step (trail);
        trail->since = 0;
        return TRUE;
      }
  return FALSE;
}

/* Back over a {name} that stands before word @own of ours: the mail's word that it begins with, or @mail and
 * FALSE. */
static gboolean
pass_name_back (const Trail *trail, guint *mail, guint own)
{
  for (guint width = 0; width <= MIN (MAX_WILD, *mail); width++)
    if (begins_own_sentence (trail, own - 1) ? begins_sentence (trail->theirs, *mail - width)
                                             : is_same (trail, *mail - width - 1, own - 2))
      {
        *mail -= width;
        return TRUE;
      }
  return FALSE;
}

/* The mail's word that the sentence begins with: "On {date} we were asked" is found by "we were asked". Where
 * it is not to be seen, the first word of the trail. */
static guint
look_back (Trail *trail)
{
  guint mail = trail->mail, own = trail->own;

  for (guint i = 0; i <= KEY && !begins_own_sentence (trail, own); i++, own--)
    if (mail > 0 && is_same (trail, mail - 1, own - 1))
      mail--;
    else if (!IS_NAME (own_at (trail->ours, own - 1)) || !pass_name_back (trail, &mail, own))
      return trail->mail;
  trail->begun = begins_own_sentence (trail, own);
  return trail->begun ? mail : trail->mail;
}

/* How far the words go together: the mail's first word, and the one behind the last; the same one when they
 * do not. */
typedef struct
{
  guint from, to;
} Stretch;

static Stretch
follow (const GArray *theirs, const ParserEchoTable *ours, guint mail, guint own)
{
  Trail trail = { .theirs = theirs, .ours = ours, .mail = mail, .own = own };
  guint from = look_back (&trail);

  while (trail.own < ours->n_words)
    {
      if (is_same (&trail, trail.mail, trail.own))
        {
          const Word *word = word_at (theirs, trail.mail++);
          trail.words++, trail.since++;
          trail.octets += word->end - word->start + 1;
          step (&trail);
        }
      else if (!(IS_NAME (own_at (ours, trail.own)) ? pass_name (&trail) : pass_gap (&trail)))
        break;
    }
  gboolean long_enough = trail.words >= CUT_WORDS && trail.octets >= CUT_OCTETS;
  return trail.whole || long_enough ? (Stretch){ from, trail.mail } : (Stretch){ mail, mail };
}

/* The longest stretch from word @mail on that is ours. */
static Stretch
longest (const ParserEchoTable *ours, const GArray *theirs, guint mail)
{
  Stretch best = { mail, mail };
  guint hashes[KEY] = { 0 };

  for (guint k = 0; k < KEY && mail + KEY <= theirs->len; k++)
    hashes[k] = word_at (theirs, mail + k)->hash;
  guint place = ours->n_words && hashes[0] ? ours->first[key_of (hashes) & ours->mask] : 0;
  for (guint tries = 0; place && tries < MAX_PLACES; place = ours->next[place - 1])
    {
      if ((ours->words[place - 1] & ~IS_LAST) != hashes[0])
        continue; /* other words of the same slot */
      Stretch found = follow (theirs, ours, mail, place - 1);
      if (found.to > best.to)
        best = found;
      tries++;
    }
  return best;
}

/* ---- the mail ---- */

/* Marks each octet of @folded that repeats ours. A whole word of somebody else's that stands in a gap is not.
 */
static guint8 *
cover (const ParserEchoes *echoes, const char *folded, gsize length)
{
  guint8 *covered = g_malloc0 (length + 1);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));

  split (words, folded, length, FALSE);
  for (guint i = 0; i < words->len; i++)
    {
      Stretch ours = longest (&echoes->own, words, i);
      if (ours.to == i && echoes->ready)
        ours = longest (echoes->ready, words, i);
      if (ours.to == i)
        continue;
      memset (covered + word_at (words, ours.from)->start, 1,
              word_at (words, ours.to - 1)->end - word_at (words, ours.from)->start);
      i = ours.to - 1;
    }
  return covered;
}

gboolean
parser_echoes_hold (const ParserEchoes *echoes, const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autofree guint8 *covered = NULL;

  parser_lines_fold_onto (folded, text, strlen (text));
  covered = cover (echoes, folded->str, folded->len);
  for (const char *p = folded->str; *p; p = g_utf8_next_char (p))
    if (!covered[p - folded->str] && g_unichar_isalnum (g_utf8_get_char (p)))
      return FALSE;
  return memchr (covered, 1, folded->len) != NULL;
}

/* A line that is ours but for a sign or two is a footer: TRUE when it had been the writer's. Where the
 * writer's words share it with ours, they are in doubt only when ours speak of leaving, or are a page: one of
 * ours that lost its marks is one line, with values in it that we do not know. */
static gboolean
mark_line (const ParserLines *lines, ParserLine *line, const guint8 *covered)
{
  const char *folded = lines->folded->str + line->fold;
  g_autoptr (GString) own = g_string_new (NULL);
  guint bare = 0;

  for (const char *p = folded, *end = p + line->fold_length; p < end; p = g_utf8_next_char (p))
    if (covered[p - lines->folded->str] || *p == ' ')
      g_string_append_unichar (own, g_utf8_get_char (p));
    else
      bare += g_unichar_isalnum (g_utf8_get_char (p));
  if (!memchr (covered + line->fold, 1, line->fold_length))
    return FALSE;
  if (bare <= MAX_BARE && line->letter != 'Q')
    {
      gboolean text = line->letter == 'T';
      line->letter = 'L';
      line->marks |= PARSER_LINE_OURS;
      return text;
    }
  if (parser_footer_names_leaving (own->str, own->len) || own->len > PAGE)
    line->marks |= PARSER_LINE_MIXED;
  return FALSE;
}

void
parser_echo_mark (ParserLines *lines, const ParserEchoes *echoes)
{
  g_autofree guint8 *covered = NULL;
  ParserLine *last = NULL;
  guint ours = 0;

  if (!echoes || (echoes->own.n_words == 0 && !echoes->ready))
    return;
  covered = cover (echoes, lines->folded->str, lines->folded->len);
  for (guint i = 0; i < lines->n; i++)
    if (lines->line[i].fold_length && mark_line (lines, &lines->line[i], covered))
      {
        last = &lines->line[i];
        ours++;
      }
  /* "Answer with: please remove me from your list": whoever does, may mean it */
  if (ours == 1 && last->fold_length <= ONE_LINE)
    {
      last->letter = 'T';
      last->marks |= PARSER_LINE_MIXED;
    }
}
