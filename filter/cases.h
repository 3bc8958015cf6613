/* cases.h - what "cases", "erase" and "access" do with a case. Whatever goes wrong is complained of here. */
#ifndef FILTER_CASES_H
#define FILTER_CASES_H

#include "admin.h"

G_BEGIN_DECLS

/** filter_cases_address - whose the case @id is, which must ask for @kind and be open; the caller frees
 * @confirmed_at_out: when the person said once more that it is theirs; 0: never */
gboolean filter_cases_address (const FilterAdmin *admin, const char *id, StoreAction kind, char **address_out,
                               gint64 *confirmed_at_out, int *code_out);

/* How a case ended. */
typedef struct
{
  const char *outcome, *proof, *note, *by; /* nullable, as --outcome, --proof, --note and --by */
} FilterCaseEnd;

/** filter_cases_close - close the case @id in a transaction of its own; returns an exit code */
int filter_cases_close (FilterAdmin *admin, const char *id, const FilterCaseEnd *end);

G_END_DECLS

#endif
