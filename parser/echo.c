/* echo.c - our own texts, found again where somebody sends them back: re-wrapped, cut, with other quotes and
 * dashes, escaped as HTML, or with a few words changed.
 *
 * A mail's words are followed along ours from where three of them stand in a row. A stretch of a mail is
 * looked at again only while it is short, so the cost is linear. */
#include "echo.h"
#include "lines.h"

#include <string.h>

#define MAX_PLACES 8    /* of one key that are tried, though the word behind it is another, */
#define MAX_TRIES 64    /* and in all */
#define MAX_BACK 12     /* words from where they are found to where their sentence begins */
#define MAX_WILD 12     /* words of a mail that a {name} stands for */
#define MAX_LETTERS 40  /* of a script that parts no words */
#define LETTER 3        /* octets of such a letter, which is a word here, */
#define LETTER_COUNTS 3 /* and counts as so many */
#define MAX_LAST 4      /* at the end of a sentence that was not met whole so far */
#define MAX_CUT 4       /* the first words, at which a piece of ours may have been cut from a {name} */
#define CUT_WORDS 6     /* of a sentence that was cut: so many words and octets */
#define CUT_OCTETS 36
#define WHOLE_OCTETS 16 /* of a whole sentence, of PARSER_ECHO_KEY words at least */
#define WHOLE_ALONE 10  /* where it is the whole text */
#define MAX_BROKEN 4    /* pieces of words that an encoding broke */
#define TELLING 3       /* octets of a word that shows alone that ours goes on */

/* ---- following ---- */

/* What is taken for ours. */
typedef struct
{
  guint whole; /* octets of a whole sentence */
  guint cut;   /* the first words, of which ours may begin in the middle of a sentence: behind a {name} */
} Manner;

static const Manner in_mail = { WHOLE_OCTETS, 0 }, all_alone = { WHOLE_ALONE, 0 },
                    cut_off = { WHOLE_ALONE, MAX_CUT };

/* One try: words of the mail from @mail on, ours from @own on. */
typedef struct
{
  const Manner *manner;
  const GArray *theirs;
  const ParserEchoTable *ours;
  guint mail, own;
  guint words, octets; /* that were the same */
  guint since;         /* the same since the last gap */
  guint from, before;  /* octets and words at the beginning of this sentence */
  gboolean begun;      /* this sentence of ours was met at its beginning */
  gboolean opened;     /* and a sentence of the mail too, or one of ours was passed before */
  gboolean whole;      /* a whole sentence was */
} Trail;

static const ParserEchoWord *
word_at (const GArray *words, guint at)
{
  return at < words->len ? &g_array_index (words, ParserEchoWord, at) : NULL;
}

/* A word of ours, or the end of a text. */
static guint
own_at (const ParserEchoTable *ours, guint at)
{
  return at < ours->n_words ? ours->words[at] : PARSER_ECHO_END | PARSER_ECHO_LAST;
}

static gboolean
is_same (const Trail *trail, guint mail, guint own)
{
  const ParserEchoWord *theirs = word_at (trail->theirs, mail);

  return theirs && !PARSER_ECHO_IS_NAME (own_at (trail->ours, own))
         && theirs->hash == (own_at (trail->ours, own) & ~PARSER_ECHO_MARKS);
}

static gboolean
is_end (const Trail *trail, guint own)
{
  return (own_at (trail->ours, own) & ~PARSER_ECHO_MARKS) == PARSER_ECHO_END;
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
                  && trail->octets - trail->from >= trail->manner->whole;
  trail->begun = trail->opened = TRUE;
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
      if (!found && most == MAX_LETTERS && word && word->last)
        return FALSE; /* letters that are words each are found again anywhere */
      if (!found)
        continue;
      trail->mail += width;
      step (trail);
      return TRUE;
    }
  return FALSE;
}

/* A letter that is a word: the next one touches it. */
static gboolean
is_letter (const GArray *words, guint at)
{
  const ParserEchoWord *word = word_at (words, at), *next = word_at (words, at + 1);
  return word->end - word->start == LETTER && next && next->start == word->end;
}

/* Ours goes on there: with two words, or a long one, or three letters that are words each. */
static gboolean
goes_on (const Trail *trail, guint mail, guint own)
{
  const ParserEchoWord *word = word_at (trail->theirs, mail);

  if (word && own < trail->ours->n_words && PARSER_ECHO_IS_NAME (own_at (trail->ours, own)))
    return trail->since >= PARSER_ECHO_KEY /* a {name}, */
           && (trail->opened
               || !(own_at (trail->ours, own) & PARSER_ECHO_LAST)); /* which takes all the rest */
  if (!is_same (trail, mail, own))
    return FALSE;
  if (is_letter (trail->theirs, mail))
    return is_same (trail, mail + 1, own + 1) && is_same (trail, mail + 2, own + 2);
  return word->end - word->start >= TELLING || is_same (trail, mail + 1, own + 1);
}

/* Does a sentence of the mail end within its next words, and none of ours within ours? */
static gboolean
ends_alone (const Trail *trail, guint mail, guint own)
{
  const ParserEchoWord *word = word_at (trail->theirs, trail->mail + mail - 1);
  for (guint i = 0; i < own; i++)
    if (own_at (trail->ours, trail->own + i) & PARSER_ECHO_LAST)
      return FALSE;
  return word && word->last;
}

/* A word or two that an encoding broke, or that were changed: ours goes on right behind them. */
static gboolean
pass_gap (Trail *trail)
{
  if (trail->manner->cut > 0)
    return FALSE; /* of so little, each word counts */
  for (guint own = 1; trail->since && own <= 2 && !is_end (trail, trail->own + own - 1); own++)
    for (guint mail = 1; mail <= MAX_BROKEN; mail++)
      {
        if (ends_alone (trail, mail, own))
          break;
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

  for (guint i = 0; i < MAX_BACK && !begins_own_sentence (trail, own); i++, own--)
    if (mail > 0 && !begins_sentence (trail->theirs, mail) && is_same (trail, mail - 1, own - 1))
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
  gboolean head;   /* its first word is one of a head of ours; */
  gboolean tail;   /* one that is not stands at its ends */
  gboolean begins; /* a shorter stretch begins in a head, or this one */
  gboolean ready;  /* of the texts that were made ready */
} Stretch;

static Stretch
follow (const Manner *manner, const GArray *theirs, const ParserEchoTable *ours, guint mail, guint own)
{
  Trail trail = { .manner = manner, .theirs = theirs, .ours = ours, .mail = mail, .own = own };
  guint from = look_back (&trail);
  trail.opened = begins_sentence (theirs, from);

  trail.begun |= mail < manner->cut && own > 0 && PARSER_ECHO_IS_NAME (own_at (ours, own - 1));
  while (trail.own < ours->n_words)
    {
      if (is_same (&trail, trail.mail, trail.own))
        {
          const ParserEchoWord *word = word_at (theirs, trail.mail++);
          trail.words++, trail.since++;
          trail.octets += is_letter (theirs, trail.mail - 1) ? LETTER_COUNTS : word->end - word->start + 1;
          step (&trail);
        }
      else if (!(PARSER_ECHO_IS_NAME (own_at (ours, trail.own)) ? pass_name (&trail) : pass_gap (&trail)))
        break;
    }
  gboolean long_enough = trail.words >= CUT_WORDS && trail.octets >= CUT_OCTETS;
  gboolean head = (own_at (ours, own) & PARSER_ECHO_HEAD) != 0;
  gboolean tail = !head || !(own_at (ours, trail.own - 1) & PARSER_ECHO_HEAD);
  return trail.whole || long_enough ? (Stretch){ .from = from, .to = trail.mail, .head = head, .tail = tail }
                                    : (Stretch){ .from = mail, .to = mail };
}

/* Does ours go on behind the key as the mail does? */
static gboolean
is_promising (const ParserEchoTable *ours, const GArray *theirs, guint mail, guint own)
{
  const Trail trail = { .theirs = theirs, .ours = ours };
  return PARSER_ECHO_IS_NAME (own_at (ours, own)) || is_same (&trail, mail, own);
}

/* Does a sentence of the mail end among the words of the key, where none of ours does? */
static gboolean
ends_within_key (const ParserEchoTable *ours, const GArray *theirs, guint mail, guint own)
{
  for (guint k = 0; k + 1 < PARSER_ECHO_KEY; k++)
    if (word_at (theirs, mail + k)->last && !(own_at (ours, own + k) & PARSER_ECHO_LAST))
      return TRUE;
  return FALSE;
}

/* The longest stretch from word @mail on that is ours, and whether one of a head is. */
static Stretch
longest (const Manner *manner, const ParserEchoTable *ours, const GArray *theirs, guint mail)
{
  Stretch best = { .from = mail, .to = mail };
  guint hashes[PARSER_ECHO_KEY] = { 0 };
  gboolean begins = FALSE;

  for (guint k = 0; k < PARSER_ECHO_KEY && mail + PARSER_ECHO_KEY <= theirs->len; k++)
    hashes[k] = word_at (theirs, mail + k)->hash;
  guint place = ours->n_words && hashes[0] ? ours->first[parser_echo_key (hashes) & ours->mask] : 0;
  for (guint tries = 0, places = 0; place && tries < MAX_TRIES; place = ours->next[place - 1])
    {
      if ((ours->words[place - 1] & ~PARSER_ECHO_MARKS) != hashes[0]
          || ends_within_key (ours, theirs, mail, place - 1))
        continue; /* other words of the same slot, or of two sentences */
      gboolean promising = is_promising (ours, theirs, mail + PARSER_ECHO_KEY, place - 1 + PARSER_ECHO_KEY);
      if (!promising && places++ >= MAX_PLACES)
        continue;
      Stretch found = follow (manner, theirs, ours, mail, place - 1);
      begins |= found.to > mail && found.head;
      if (found.to > best.to)
        best = found;
      tries++;
    }
  best.begins = begins;
  return best;
}

/* ---- the mail ---- */

/* The first stretch from word *@next on; *@next is then the word behind it. FALSE: there is none. */
static gboolean
find_next (const Manner *manner, const ParserEchoes *echoes, const GArray *words, guint *next,
           Stretch *stretch_out)
{
  for (guint i = *next; i < words->len; i++)
    {
      Stretch ours = longest (manner, &echoes->own, words, i);
      gboolean ready = ours.to == i && echoes->ready;
      if (ready)
        ours = longest (manner, echoes->ready, words, i);
      if (ours.to == i)
        continue;
      ours.ready = ready;
      *stretch_out = ours;
      *next = ours.to;
      return TRUE;
    }
  return FALSE;
}

/* Marks each octet of @folded that repeats ours, whole sentences from @least octets on. A whole word of
 * somebody else's that stands in a gap is not. */
static guint8 *
cover (const Manner *manner, const ParserEchoes *echoes, const char *folded, gsize length)
{
  guint8 *covered = g_malloc0 (length + 1);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (ParserEchoWord));
  Stretch ours;

  parser_echo_split (words, folded, length, FALSE);
  for (guint next = 0; find_next (manner, echoes, words, &next, &ours);)
    memset (covered + word_at (words, ours.from)->start, 1,
            word_at (words, ours.to - 1)->end - word_at (words, ours.from)->start);
  return covered;
}

guint8 *
parser_echoes_cover (const ParserEchoes *echoes, const char *folded, gsize length)
{
  gboolean any = echoes && (echoes->own.n_words > 0 || echoes->ready);

  return any ? cover (&in_mail, echoes, folded, length) : NULL;
}

gboolean
parser_echoes_hold (const ParserEchoes *echoes, const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autofree guint8 *covered = NULL;

  parser_lines_fold_onto (folded, text, strlen (text));
  covered = cover (&all_alone, echoes, folded->str, folded->len);
  for (const char *p = folded->str; *p; p = g_utf8_next_char (p))
    if (!covered[p - folded->str] && g_unichar_isalnum (g_utf8_get_char (p)))
      return FALSE;
  return memchr (covered, 1, folded->len) != NULL;
}

static GArray *
words_of (const char *text, gsize length)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (ParserEchoWord));

  parser_lines_fold_onto (folded, text, length);
  parser_echo_split (words, folded->str, folded->len, FALSE);
  return words;
}

gboolean
parser_echoes_end (const ParserEchoes *echoes, const char *text, gsize length)
{
  g_autoptr (GArray) words = words_of (text, length);
  Stretch ours;

  for (guint next = 0; find_next (&in_mail, echoes, words, &next, &ours);)
    if (ours.tail || ours.ready)
      return TRUE;
  return FALSE;
}

ParserEchoStart
parser_echoes_start (const ParserEchoes *echoes, const char *text, gsize length)
{
  g_autoptr (GArray) words = words_of (text, length);
  Stretch ours;
  guint next = 0;

  if (!find_next (&cut_off, echoes, words, &next, &ours))
    return PARSER_ECHO_NONE;
  return ours.head ? PARSER_ECHO_BEGINS : ours.begins ? PARSER_ECHO_MAY_BEGIN : PARSER_ECHO_GOES_ON;
}
