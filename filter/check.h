/* check.h - 'optout check --batch', in a file of its own. */
#ifndef FILTER_CHECK_H
#define FILTER_CHECK_H

#include "admin.h"

G_BEGIN_DECLS

/**
 * filter_check_batch - read addresses, one a line, and print those that may get mail of @category, or with @others the rest
 * In the order they came. A line that is no address is complained of by its number and left out. Whatever cannot be read ends
 * the answer before the first line of the group that it struck.   Memory: flat.
 */
int filter_check_batch (FilterAdmin *admin, const FilterCategory *category, gboolean others);

G_END_DECLS

#endif
