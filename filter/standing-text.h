/* standing-text.h - a standing and its reason in words. Pure. */
#ifndef FILTER_STANDING_TEXT_H
#define FILTER_STANDING_TEXT_H

#include "store.h"

G_BEGIN_DECLS

/** filter_admin_scope_text - "everything", "everything but a, b", "a, b"; the caller frees */
char *filter_admin_scope_text (const char *const *scope, const char *const *except);
/** filter_admin_reason_text - a reason as people say it: static */
const char *filter_admin_reason_text (StoreReason reason);

G_END_DECLS

#endif
