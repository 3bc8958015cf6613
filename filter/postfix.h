/* postfix.h - what Postfix is told: keys of its look-up tables, and the action for mail that is stopped. Pure. */
#ifndef FILTER_POSTFIX_H
#define FILTER_POSTFIX_H

#include "config.h"

G_BEGIN_DECLS

/** filter_postfix_is_action - may @action stand in a table and in an answer: a line of printable ASCII, not too long? */
gboolean filter_postfix_is_action (const char *action);
/**
 * filter_postfix_action - what access(5) does with mail of @category to somebody who is stopped
 * @action: (nullable) --action; NULL: REJECT with a sentence that names the category and nobody
 * The caller frees.
 */
char *filter_postfix_action (const char *action, const FilterCategory *category);

/**
 * filter_postfix_key - @address as a line of a table begins, so that Postfix finds it: it looks for the quoted form
 * Returns NULL for what postmap takes for a comment. The caller frees.
 */
char *filter_postfix_key (const char *address);
/** filter_postfix_second_key - the other form of the same: Postfix looks for a domain of the world's letters as it was
 * spelt. NULL when there is none. The caller frees. */
char *filter_postfix_second_key (const char *address);

G_END_DECLS

#endif
