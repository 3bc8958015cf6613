/* progress.h - how far long work has come: one line on a terminal, drawn over itself. */
#ifndef FILTER_PROGRESS_H
#define FILTER_PROGRESS_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct FilterProgress FilterProgress;

/**
 * filter_progress_new - a line on standard error, or nothing at all where that is no terminal
 * @total: octets in all; 0: not known, then there is no bar and no time left
 * @unit: what is counted, "mails"; static
 */
FilterProgress *filter_progress_new (guint64 total, const char *unit);
/** filter_progress_is_seen - is there a terminal? (if not, @total need not be found out) */
gboolean filter_progress_is_seen (void);
/**
 * filter_progress_show - that @octets and @count units are done
 * @rest: what else there is to say, one short line
 * Draws ten times a second at most, so it may be called for each one.
 */
void filter_progress_show (FilterProgress *progress, guint64 octets, guint64 count, const char *rest);
/** filter_progress_pages - for a store's copy: @data is where the line stands, NULL at first; the caller frees it */
void filter_progress_pages (guint64 done, guint64 total, gpointer data);
/** filter_progress_hide - wipe the line, before something else is written; it comes back with the next show */
void filter_progress_hide (FilterProgress *progress);
void filter_progress_free (FilterProgress *progress); /* wipes it too */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterProgress, filter_progress_free)

/** filter_progress_line - the line itself, for its test; the caller frees */
char *filter_progress_line (guint64 octets, guint64 total, guint64 count, const char *unit, double seconds,
                            const char *rest);

G_END_DECLS

#endif
