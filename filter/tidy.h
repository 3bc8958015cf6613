/* tidy.h - retention: what is kept too long goes. */
#ifndef FILTER_TIDY_H
#define FILTER_TIDY_H

#include "config.h"
#include "store.h"

G_BEGIN_DECLS

/** filter_tidy_daily - what "optout tidy" does, when a day has passed since this did it last. Errors: of the store. */
gboolean filter_tidy_daily (Store *store, const FilterConfig *config, gint64 now, GError **error);

G_END_DECLS

#endif
