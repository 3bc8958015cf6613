/* flood.h - is somebody opting out people who never asked? Unproved opt-outs are counted hour by hour (H42). The count is a
 * line of text, which the store keeps from one process to the next. */
#ifndef FILTER_FLOOD_H
#define FILTER_FLOOD_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_FLOOD_MARK "flood" /* under which name the store keeps it */
#define FILTER_FLOOD_REASON "flood" /* reply_reason of what is not answered while one is on */

typedef struct
{
  gint64 hour_at;    /* when the hour began that is counted */
  guint64 count;     /* in it */
  gint64 began_at;   /* the last flood: the beginning of its first hour; 0: there never was one */
  guint64 total;     /* unproved opt-outs in it */
  gint64 over_at;    /* when the limit was last passed */
  gint64 alarmed_at; /* when it was last told */
} FilterFlood;

/** filter_flood_read - what @text (nullable) says; all zero for what is none of ours */
FilterFlood filter_flood_read (const char *text);
/** filter_flood_write - the reverse; the caller frees */
char *filter_flood_write (const FilterFlood *flood);
/**
 * filter_flood_add - one more, at @now
 * @limit: so many in an hour are none yet; 0: none is ever found
 * Returns TRUE when an alarm is due: a flood is on, and none was given for an hour.
 */
gboolean filter_flood_add (FilterFlood *flood, guint limit, gint64 now);
/**
 * filter_flood_take_back - @taken of those that came since it began are void, and count no more
 * What is left of them within @limit is none: the next one begins, and is told, anew.
 */
void filter_flood_take_back (FilterFlood *flood, guint limit, guint64 taken);
/** filter_flood_is_on - was the limit passed within the hour before @now, and is it still? */
gboolean filter_flood_is_on (const FilterFlood *flood, guint limit, gint64 now);
/** filter_flood_is_news - within the two days before: it may have to be taken back */
gboolean filter_flood_is_news (const FilterFlood *flood, guint limit, gint64 now);

G_END_DECLS

#endif
