/* echo.c - our own texts, found again where somebody sends them back: re-wrapped, cut, with other quotes and
 * dashes, escaped as HTML, or with a few words changed.
 *
 * A mail's words are followed along ours from where three of them stand in a row. A stretch of a mail is
 * looked at again only while it is short, so the cost is linear. */
#include "echo.h"
#include "lines.h"

#include <string.h>

#define MAX_PLACES 8   /* of one key that are tried */
#define MAX_WILD 12    /* words of a mail that a {name} stands for */
#define MAX_LETTERS 40 /* of a script that parts no words */
#define LETTER 3       /* octets of such a letter, which is a word here */
#define MAX_LAST 4     /* at the end of a sentence that was not met whole so far */
#define CUT_WORDS 6    /* of a sentence that was cut: so many words and octets */
#define CUT_OCTETS 36
#define WHOLE_OCTETS 16 /* of a whole sentence, of PARSER_ECHO_KEY words at least */
#define WHOLE_ALONE 10  /* where it is the whole text */
#define MAX_BROKEN 4    /* pieces of words that an encoding broke */
#define TELLING 3       /* octets of a word that shows alone that ours goes on */

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
  guint least;         /* octets of a whole sentence */
  gboolean begun;      /* this sentence of ours was met at its beginning */
  gboolean whole;      /* a whole sentence was */
} Trail;

static const ParserEchoWord *
word_at (const GArray *words, guint at)
{
  return at < words->len ? &g_array_index (words, ParserEchoWord, at) : NULL;
}

/* A word of ours; behind the last one a name that no mail can go on with. */
static guint
own_at (const ParserEchoTable *ours, guint at)
{
  return at < ours->n_words ? ours->words[at] : PARSER_ECHO_LAST;
}

static gboolean
is_same (const Trail *trail, guint mail, guint own)
{
  const ParserEchoWord *theirs = word_at (trail->theirs, mail);

  return theirs && !PARSER_ECHO_IS_NAME (own_at (trail->ours, own))
         && theirs->hash == (own_at (trail->ours, own) & ~PARSER_ECHO_LAST);
}

static gboolean
begins_sentence (const GArray *words, guint at)
{
  return at == 0 || g_array_index (words, ParserEchoWord, at - 1).last;
}

static gboolean
begins_own_sentence (const Trail *trail, guint own)
{
  return own == 0 || (own_at (trail->ours, own - 1) & PARSER_ECHO_LAST) != 0;
}

/* A word of ours is passed; the sentence may end with it. */
static void
step (Trail *trail)
{
  gboolean last = (own_at (trail->ours, trail->own) & PARSER_ECHO_LAST) != 0;

  trail->own++;
  if (!last)
    return;
  trail->whole |= (trail->begun || trail->words - trail->before >= CUT_WORDS)
                  && trail->octets - trail->from >= trail->least;
  trail->begun = TRUE;
  trail->from = trail->octets;
  trail->before = trail->words;
}

/* How many words from @mail on may be a value: "21" and then letters that are words each is one too. */
static guint
most_of_value (const GArray *theirs, guint mail)
{
  for (guint i = mail; i < mail + 2 && i < theirs->len; i++)
    if (word_at (theirs, i)->end - word_at (theirs, i)->start == LETTER)
      return MAX_LETTERS;
  return MAX_WILD;
}

/* A {name}: up to where ours goes on, or to the end of a sentence of the mail. */
static gboolean
pass_name (Trail *trail)
{
  gboolean last = (own_at (trail->ours, trail->own) & PARSER_ECHO_LAST) != 0;
  const ParserEchoWord *before = trail->mail ? word_at (trail->theirs, trail->mail - 1) : NULL;
  guint most = last && !(trail->begun && trail->words - trail->before >= PARSER_ECHO_KEY)
                   ? MAX_LAST
                   : most_of_value (trail->theirs, trail->mail);

  if (last && before && before->last && !begins_own_sentence (trail, trail->own))
    {
      step (trail); /* nothing stands there: what follows is the writer's */
      return TRUE;
    }
  for (guint width = 0; width <= most; width++)
    {
      const ParserEchoWord *word = width ? word_at (trail->theirs, trail->mail + width - 1) : NULL;
      gboolean found = last ? word && word->last
                            : is_same (trail, trail->mail + width, trail->own + 1)
                                  && ((own_at (trail->ours, trail->own + 1) & PARSER_ECHO_LAST) != 0
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
  const ParserEchoWord *word = word_at (trail->theirs, mail);

  if (word && own < trail->ours->n_words && PARSER_ECHO_IS_NAME (own_at (trail->ours, own)))
    return trail->since >= PARSER_ECHO_KEY; /* a {name} */
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

  for (guint i = 0; i <= PARSER_ECHO_KEY && !begins_own_sentence (trail, own); i++, own--)
    if (mail > 0 && is_same (trail, mail - 1, own - 1))
      mail--;
    else if (!PARSER_ECHO_IS_NAME (own_at (trail->ours, own - 1)) || !pass_name_back (trail, &mail, own))
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
follow (const GArray *theirs, const ParserEchoTable *ours, guint mail, guint own, guint least)
{
  Trail trail = { .theirs = theirs, .ours = ours, .mail = mail, .own = own, .least = least };
  guint from = look_back (&trail);

  while (trail.own < ours->n_words)
    {
      if (is_same (&trail, trail.mail, trail.own))
        {
          const ParserEchoWord *word = word_at (theirs, trail.mail++);
          trail.words++, trail.since++;
          trail.octets += word->end - word->start + 1;
          step (&trail);
        }
      else if (!(PARSER_ECHO_IS_NAME (own_at (ours, trail.own)) ? pass_name (&trail) : pass_gap (&trail)))
        break;
    }
  gboolean long_enough = trail.words >= CUT_WORDS && trail.octets >= CUT_OCTETS;
  return trail.whole || long_enough ? (Stretch){ from, trail.mail } : (Stretch){ mail, mail };
}

/* The longest stretch from word @mail on that is ours. */
static Stretch
longest (const ParserEchoTable *ours, const GArray *theirs, guint mail, guint least)
{
  Stretch best = { mail, mail };
  guint hashes[PARSER_ECHO_KEY] = { 0 };

  for (guint k = 0; k < PARSER_ECHO_KEY && mail + PARSER_ECHO_KEY <= theirs->len; k++)
    hashes[k] = word_at (theirs, mail + k)->hash;
  guint place = ours->n_words && hashes[0] ? ours->first[parser_echo_key (hashes) & ours->mask] : 0;
  for (guint tries = 0; place && tries < MAX_PLACES; place = ours->next[place - 1])
    {
      if ((ours->words[place - 1] & ~PARSER_ECHO_LAST) != hashes[0])
        continue; /* other words of the same slot */
      Stretch found = follow (theirs, ours, mail, place - 1, least);
      if (found.to > best.to)
        best = found;
      tries++;
    }
  return best;
}

/* ---- the mail ---- */

/* Marks each octet of @folded that repeats ours, whole sentences from @least octets on. A whole word of
 * somebody else's that stands in a gap is not. */
static guint8 *
cover (const ParserEchoes *echoes, const char *folded, gsize length, guint least)
{
  guint8 *covered = g_malloc0 (length + 1);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (ParserEchoWord));

  parser_echo_split (words, folded, length, FALSE);
  for (guint i = 0; i < words->len; i++)
    {
      Stretch ours = longest (&echoes->own, words, i, least);
      if (ours.to == i && echoes->ready)
        ours = longest (echoes->ready, words, i, least);
      if (ours.to == i)
        continue;
      memset (covered + word_at (words, ours.from)->start, 1,
              word_at (words, ours.to - 1)->end - word_at (words, ours.from)->start);
      i = ours.to - 1;
    }
  return covered;
}

guint8 *
parser_echoes_cover (const ParserEchoes *echoes, const char *folded, gsize length)
{
  gboolean any = echoes && (echoes->own.n_words > 0 || echoes->ready);

  return any ? cover (echoes, folded, length, WHOLE_OCTETS) : NULL;
}

gboolean
parser_echoes_hold (const ParserEchoes *echoes, const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autofree guint8 *covered = NULL;

  parser_lines_fold_onto (folded, text, strlen (text));
  covered = cover (echoes, folded->str, folded->len, WHOLE_ALONE);
  for (const char *p = folded->str; *p; p = g_utf8_next_char (p))
    if (!covered[p - folded->str] && g_unichar_isalnum (g_utf8_get_char (p)))
      return FALSE;
  return memchr (covered, 1, folded->len) != NULL;
}
