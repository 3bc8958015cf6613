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
} ParserEchoWord;

/* A word of ours in a table: its hash, and in the lowest bit whether it is the last of its sentence. */
#define PARSER_ECHO_LAST 1u
#define PARSER_ECHO_IS_NAME(own) ((own) <= PARSER_ECHO_LAST)

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
