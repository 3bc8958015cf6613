/* keys.h - the keys of the secret file, as the store wants them. */
#ifndef FILTER_KEYS_H
#define FILTER_KEYS_H

#include "config.h"
#include "store.h"

G_BEGIN_DECLS

/** filter_keys_of - borrowed from @secret */
void filter_keys_of (const FilterSecret *secret, StoreKeys *keys_out);
/** filter_keys_event - that the key @name, "token" or "chain", of that @number is the newest */
StoreEvent *filter_keys_event (const char *name, guint number, const char *by, const char *note);

G_END_DECLS

#endif
