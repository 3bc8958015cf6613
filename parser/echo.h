/* echo.h - what the files that find our own texts again share: echo-table.c makes words and tables of them,
 * echo.c follows a mail's words along them. */
#ifndef PARSER_ECHO_H
#define PARSER_ECHO_H

#include "parser.h"

#define PARSER_ECHO_KEY 3 /* words that find a place */

typedef struct
{
  guint hash; /* 0: a {name} */
  guint start, end;
  gboolean last; /* of its sentence */
  gboolean head; /* of ours: in its text nobody was told yet what to answer */
} ParserEchoWord;

/* A word of ours in a table: its hash, and in the lowest bits whether it is the last of its sentence, and of the head. */
#define PARSER_ECHO_LAST 1u
#define PARSER_ECHO_HEAD 2u
#define PARSER_ECHO_MARKS (PARSER_ECHO_LAST | PARSER_ECHO_HEAD)
#define PARSER_ECHO_END ~PARSER_ECHO_MARKS /* stands behind each text, and is no word of a mail */
#define PARSER_ECHO_IS_NAME(own) ((own) <= PARSER_ECHO_MARKS)

struct ParserEchoes
{
  ParserEchoTable own;          /* of the texts that were given */
  const ParserEchoTable *ready; /* or NULL */
};

/* Adds the words of @length octets of folded text; @ours: {names} stand for any words. */
void parser_echo_split (GArray *words, const char *folded, gsize length, gboolean ours);

/* What the places of these words are found by. */
guint parser_echo_key (const guint hashes[PARSER_ECHO_KEY]);

#endif
