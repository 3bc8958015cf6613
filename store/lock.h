/* lock.h - one writer at a time, in the order of arrival; private to the room. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "store.h"

/**
 * store_lock_take - wait until the lock on @fd is ours
 * @path: for the message   @timeout_ms: 0 = for ever
 * Errors: BUSY. While it waits with a time limit, SIGURG is handled in this thread.
 */
gboolean store_lock_take (int fd, const char *path, guint timeout_ms, GError **error);
/** store_lock_try - take it only if nobody has it */
gboolean store_lock_try (int fd);
void store_lock_drop (int fd);

#endif
