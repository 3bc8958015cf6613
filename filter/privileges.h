/* privileges.h - from root to the configured user, before a mail is read (R15). */
#ifndef FILTER_PRIVILEGES_H
#define FILTER_PRIVILEGES_H

#include "config.h"

G_BEGIN_DECLS

/**
 * filter_privileges_drop - become [optout] user, with its groups, for good
 * Nothing to do for a process that is not root. Errors: no user configured, no such user, root itself, the system refuses.
 */
gboolean filter_privileges_drop (const FilterConfig *config, GError **error);

G_END_DECLS

#endif
