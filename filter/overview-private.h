/* overview-private.h - what the files that count an overview share. */
#ifndef FILTER_OVERVIEW_PRIVATE_H
#define FILTER_OVERVIEW_PRIVATE_H

#include "overview.h"

G_BEGIN_DECLS

#define FILTER_OVERVIEW_PATIENCE (2 * 86400) /* seconds that something may wait where the law names no term: 48 hours */

/** filter_overview_note_open - one more is open, since @at.   @late: its term has passed */
void filter_overview_note_open (FilterBacklog *backlog, gint64 at, gboolean late);

/** filter_overview_count_day - one more of @column on the day of @at */
void filter_overview_count_day (FilterOverview *overview, gint64 at, guint column);
/** filter_overview_count_cases - the requests of people. Errors: of the store. */
gboolean filter_overview_count_cases (Store *store, const FilterConfig *config, FilterOverview *overview, GError **error);

typedef struct FilterOverviewPartners FilterOverviewPartners;

/** filter_overview_partners_new - every partner that is not retired, with what it was handed. Errors: of the store. */
FilterOverviewPartners *filter_overview_partners_new (Store *store, FilterOverview *overview, GError **error);
void filter_overview_partners_free (FilterOverviewPartners *partners);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterOverviewPartners, filter_overview_partners_free)
/**
 * filter_overview_partners_count - when the partners were told of @event, an opt-out or "do not pass my address on"; call it in
 * the order of seq
 * @timed: FALSE for what is no opt-out of the period, or was recorded afterwards: no clock runs, and yet the partners have to
 *   hear of it
 */
void filter_overview_partners_count (FilterOverviewPartners *partners, FilterOverview *overview,
                                     const FilterConfig *config, const StoreEvent *event, gboolean timed);
/** filter_overview_partners_late - how many are overdue */
guint filter_overview_partners_late (const FilterOverviewPartners *partners);

G_END_DECLS

#endif
