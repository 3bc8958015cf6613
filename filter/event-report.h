/* event-report.h - an event of the ledger as people and programs read it. */
#ifndef FILTER_EVENT_REPORT_H
#define FILTER_EVENT_REPORT_H

#include "store.h"

G_BEGIN_DECLS

/** filter_admin_event_json - the consent record of @event as a JSON object, without an end of line (R120) */
void filter_admin_event_json (GString *out, const StoreEvent *event);
/** filter_admin_event_words - the same in words: lines, those behind the first indented */
void filter_admin_event_words (GString *out, const StoreEvent *event);

G_END_DECLS

#endif
