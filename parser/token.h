/* token.h - how a token is spelt, for the files of this room. */
#ifndef PARSER_TOKEN_H
#define PARSER_TOKEN_H

#include "parser.h"

#define PARSER_TOKEN_MARK "oo" /* what a token begins with */

/* The mark and the base32 digits [a-z2-7] of @octets, without padding; the caller frees */
char *parser_token_spell (const GByteArray *octets);

/* The octets behind the mark, NULL when @text has not that form: other characters, a length or last bits that no octets have.
 * Capitals make no difference. The caller unrefs. */
GByteArray *parser_token_unspell (const char *text);

/* Appends @address: six bits a character where it is made of the usual ones, so that a token has room in the 64 octets of a
 * local part; else as it is. */
void parser_token_pack (GByteArray *octets, const char *address);

/* The address that parser_token_pack() appended, NULL when these octets are none; the caller frees */
char *parser_token_unpack (const guint8 *octets, gsize size);

/* The stretch of @text that may be a token, the first at or behind @from; FALSE when there is none. Linear. */
gboolean parser_token_next (const char *text, gsize from, gsize *start_out, gsize *end_out);

/* How the Message-ID of each of our confirmations begins. */
#define PARSER_OUR_ID "<optout."

#endif
