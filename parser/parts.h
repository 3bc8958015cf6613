/* parts.h - what texts are made of, for what is learned from examples: between learn.c, which weighs the parts while
 * the program is built, and likeness.c, which looks the weights up */
#ifndef PARSER_PARTS_H
#define PARSER_PARTS_H

#include "intent.h"

/* What a text can be like. */
typedef enum
{
  PARSER_LIKE_WISH,   /* somebody wants no more mail, or to be forgotten */
  PARSER_LIKE_DOUBT,  /* somebody else's wish, or one under a condition */
  PARSER_LIKE_HOW,    /* a question how to leave, or that it did not work */
  PARSER_LIKE_ERASED, /* a wish to be forgotten, which is a wish too */
  PARSER_LIKE_BROKEN, /* it did not work, which is like a question */
  PARSER_LIKE_IN,     /* somebody wants mail */
  PARSER_LIKE_ACCESS, /* or to know what is known of him */
  PARSER_LIKE_CORRECT, /* or it is wrong */
  PARSER_LIKE_SHARE,  /* or is to be passed on to nobody */
  PARSER_LIKE_BUT,    /* a wish that one kind of mail alone may go on */
  PARSER_N_LIKE
} ParserLike;

/* Those before are about leaving. */
#define PARSER_N_LEAVING PARSER_LIKE_IN

/* A part is a number. Those of words alone are odd, for a word that is in no example tells something too: that
 * something else is spoken of. */
#define PARSER_PART_IS_WORD(part) (((part) & 1) != 0)
#define PARSER_MOST_STRANGE 4

/* What a part tells, in hundredths: each from -PARSER_MOST_WEIGHT to PARSER_MOST_WEIGHT. */
#define PARSER_MOST_WEIGHT 127
typedef struct
{
  guint32 part;
  int weights[PARSER_N_LIKE];
} ParserWeight;

/* As a row of a table, which is in the order of parts: the part in four octets, and its weights in one each. */
#define PARSER_WEIGHT_LENGTH 2
G_STATIC_ASSERT (sizeof (guint32) + PARSER_N_LIKE <= PARSER_WEIGHT_LENGTH * sizeof (guint64));

static inline void
parser_weight_pack (const ParserWeight *weight, guint64 numbers_out[PARSER_WEIGHT_LENGTH])
{
  numbers_out[0] = weight->part;
  numbers_out[1] = 0;
  for (guint i = 0, at = sizeof weight->part; i < PARSER_N_LIKE; i++, at++)
    numbers_out[at / 8] |= (guint64)(guint8)(weight->weights[i] + PARSER_MOST_WEIGHT) << at % 8 * 8;
}

/* Adds the weights of row @row of @table to @weights; octets as the table has them, for it is done often. */
static inline void
parser_weights_add (const char *table, gsize row, int weights[PARSER_N_LIKE])
{
  const guint8 *octets
      = (const guint8 *)table + row * PARSER_WEIGHT_LENGTH * sizeof (guint64) + sizeof (guint32);
  for (guint i = 0; i < PARSER_N_LIKE; i++)
    weights[i] += octets[i] - PARSER_MOST_WEIGHT;
}

/* Units, which tell what parts mean beside each other: what each part takes there are its ways, in 32ths. They are
 * written as so many numbers of a table: the part, and the ways of eight units in each of the others. */
#define PARSER_UNITS 128
#define PARSER_WAY_ONE 32
#define PARSER_WAYS_LENGTH (1 + PARSER_UNITS / 8)

static inline void
parser_ways_set (guint64 numbers[PARSER_WAYS_LENGTH], guint unit, int way)
{
  numbers[1 + unit / 8] |= (guint64)(guint8)(way + PARSER_MOST_WEIGHT) << unit % 8 * 8;
}

/* Adds the ways of row @row of @table to @units; octets as the table has them, for it is done often. */
static inline void
parser_ways_add (const char *table, gsize row, int units[PARSER_UNITS])
{
  const guint8 *ways = (const guint8 *)table + (row * PARSER_WAYS_LENGTH + 1) * sizeof (guint64);
  for (guint u = 0; u < PARSER_UNITS; u++)
    units[u] += ways[u] - PARSER_MOST_WEIGHT;
}

/* Clauses of a sentence, of two that follow each other, or of all. */
typedef struct
{
  guint first, end;
} ParserStretch;

/* ParserStretch: every sentence and every two, by their ends, and the whole of more than two. The caller frees. */
GArray *parser_stretches_new (const ParserSaid *said);

/* Sets @parts_out to the parts (guint32) of @stretch, each once, in order; @language is the mail's, -1 when unknown.
 * The cues must have been read. Returns FALSE for a stretch so long that it is not read.   Cost: linear in the stretch and the sentences around. */
gboolean parser_parts_read (const ParserSaid *said, int language, const ParserStretch *stretch, GArray *parts_out);

/* The part that a word of @length bytes is; of scripts without spaces a word is two characters. */
guint32 parser_parts_word (const char *word, gsize length);
/* A number that stands for the whole word. */
guint32 parser_parts_whole (const char *word, gsize length);
/* The part of a stretch that has so many words which are in no two examples. */
guint32 parser_parts_strange (guint words);

#endif
