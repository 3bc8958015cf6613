/* lexc.h - what the files of the lexicon compiler tell each other: lexc.c, lexc-words.c */
#ifndef PARSER_LEXC_H
#define PARSER_LEXC_H

#include "lexicon.h"

/* All words of the lexicon, with the pieces that they stand for. */
GArray *parser_lexc_words_new (void);
void parser_lexc_words_add (GArray *words, const char *word, ParserPiece piece);
/* Writes lexicon_pieces and lexicon_cells to standard output. */
void parser_lexc_words_write (GArray *words);

#endif
