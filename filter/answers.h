/* answers.h - the words that our texts ask people to answer with: those of [words] that a wish hangs on. Pure. */
#ifndef FILTER_ANSWERS_H
#define FILTER_ANSWERS_H

#include "config.h"
#include "parser.h"

G_BEGIN_DECLS

/** filter_answers_is - is @name, @length octets of it, a parser_answer_key()? */
gboolean filter_answers_is (const char *name, gsize length);

/**
 * filter_answers_words - what people may answer with, in every language: they may write in another one than we do
 * @config: (nullable) ours alone
 * Returns ParserAnswerWord, for ParserOptions.answers; the caller frees with g_array_unref().
 */
GArray *filter_answers_words (const FilterConfig *config);

G_END_DECLS

#endif
