/* tree.h - what the tree*.c files tell each other. */
#ifndef PARSER_TREE_H
#define PARSER_TREE_H

#include <gmime/gmime.h>

#include "internal.h"

/* The octets of a part as it is encoded, @most of them; the caller unrefs. */
GByteArray *parser_part_octets (GMimeObject *object, gsize most);
ParserEncoding parser_part_encoding (GMimeObject *object, guint *defects);

/* ---- tree-report.c ---- */

/* Groups of fields of a report (RFC 3464 section 2.1). */
void parser_tree_report (ParserTree *tree, GMimeObject *object, guint *defects);
/* The header of the message that a mail is about, where that is all of it that came back. */
void parser_tree_headers (ParserTree *tree, GMimeObject *object, guint *defects);
/* The header and the texts of the first message that a mail encloses. */
void parser_tree_enclosed (ParserTree *tree, GMimeMessagePart *part);

#endif
