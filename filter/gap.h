/* gap.h - after a restore: the mail that the copy does not know has come in again by a replay. */
#ifndef FILTER_GAP_H
#define FILTER_GAP_H

#include "admin.h"

G_BEGIN_DECLS

/** filter_gap_check - has the store a gap, and does mail since @since_at fill it? Else FALSE: it has complained and set
 * *code_out. */
gboolean filter_gap_check (const FilterGlobal *global, gint64 since_at, int *code_out);
/**
 * filter_gap_replayed - a replay of all @sources that are to fill the gap has ended with @code
 * With 0 the gap is closed, in the ledger too; else it stays, and that is said. Returns the exit code.
 */
int filter_gap_replayed (const FilterGlobal *global, const char *since, char **sources, int code);
/** filter_gap_close - nothing is missing any more, as @event says; the store is open for writing */
gboolean filter_gap_close (FilterAdmin *admin, StoreEvent *event, GError **error);

G_END_DECLS

#endif
