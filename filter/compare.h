/* compare.h - verdicts of today beside those that an earlier replay wrote down. */
#ifndef FILTER_COMPARE_H
#define FILTER_COMPARE_H

#include "engine.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct FilterCompare FilterCompare;

/**
 * filter_compare_new - the verdicts of @file, as "replay --format=jsonl" writes them
 * @jsonl: differences are printed as objects, else as lines for reading
 * Every line is read once, so that a bad one is an error (named with its number) before any mail is taken. A mail is known by its
 * Message-ID, or where it has none by source and number; several alike are taken in their order.
 * Errors: the file cannot be read, or a line in it is no such object.   Cost: 24 octets of memory a line.
 */
FilterCompare *filter_compare_new (const char *file, gboolean jsonl, GError **error);
void filter_compare_free (FilterCompare *compare);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterCompare, filter_compare_free)

/** filter_compare_take - prints how the verdict of a mail has changed, if it has. FALSE when the file can no longer be read */
gboolean filter_compare_take (FilterCompare *compare, const FilterOutcome *outcome, const char *source, guint index);

/**
 * filter_compare_end - prints the mails that are only in the file, and to @table the counts
 * Sets @same_out: whether no verdict has changed, and both have the same mails. FALSE when the file can no longer be read.
 */
gboolean filter_compare_end (FilterCompare *compare, FILE *table, gboolean *same_out);

G_END_DECLS

#endif
