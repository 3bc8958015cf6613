/* likeness.h - what a text is like, by what was learned from the examples */
#ifndef PARSER_LIKENESS_H
#define PARSER_LIKENESS_H

#include "parts.h"

/* Of everything that a text can be like the stretch that is most like it, and how much: in hundredths, above
 * 0 rather than not. Above 0 @told is the narrowest stretch in it that is a third as much, or more. @said is NULL
 * where nothing was read. */
typedef struct
{
  struct
  {
    const ParserSaid *said; /* borrowed */
    ParserStretch stretch, told;
    int score;
  } most[PARSER_N_LIKE];
} ParserLikeness;

/* Takes in @said, whose cues have been read; @language is the mail's, -1 when unknown.   Cost: linear. */
void parser_likeness_read (const ParserSaid *said, int language, ParserLikeness *likeness);

/* Sets the pieces of @cue to the words of @stretch that speak most for @like, three at most, in their order.
 */
void parser_likeness_words (const ParserSaid *said, const ParserStretch *stretch, ParserLike like,
                            ParserCue *cue);

/* Is the whole word one of the examples? One in about 20,000 that are not is taken for one.   Cost: a dozen looks. */
gboolean parser_likeness_knows (const char *word, gsize length);

#endif
