/* flood.h - is somebody opting out people who never asked? Unproved opt-outs are counted hour by hour (H42): those of each
 * domain that sends many, and all others together, so that who floods in the name of one domain silences nobody else's. The
 * counts are a line of text, which the store keeps from one process to the next; a domain has a name in it that does not tell
 * which it is, without blanks and semicolons. */
#ifndef FILTER_FLOOD_H
#define FILTER_FLOOD_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_FLOOD_MARK "flood" /* under which name the store keeps it */
#define FILTER_FLOOD_REASON "flood" /* reply_reason of what is not answered while one is on */
#define FILTER_FLOOD_DOMAINS 16 /* that many are counted apart: those with most, and those whose flood is news */

typedef struct
{
  gint64 hour_at;    /* when the hour began that is counted */
  guint64 count;     /* in it */
  gint64 quarter_at; /* the same of a quarter of an hour */
  guint64 quarter;
  gint64 began_at;   /* the last flood: the beginning of its first hour; 0: there never was one */
  guint64 total;     /* unproved opt-outs in it */
  gint64 over_at;    /* when it last went on */
  gint64 alarmed_at; /* when it was last told */
} FilterFlood;

typedef struct
{
  FilterFlood rest;   /* of all who are in no flood of their domain */
  GPtrArray *domains; /* of FilterFloodDomain */
} FilterFloods;

typedef struct
{
  char *name;
  FilterFlood flood;
} FilterFloodDomain;

/** filter_floods_read - what @text (nullable) says; nothing is counted yet in what is none of ours; the caller frees */
FilterFloods *filter_floods_read (const char *text);
/** filter_floods_write - the reverse, in one line; the caller frees */
char *filter_floods_write (const FilterFloods *floods);
void filter_floods_free (FilterFloods *floods);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterFloods, filter_floods_free)

/**
 * filter_floods_add - one more, at @now, in the name of somebody at that domain
 * @limit: so many in an hour, of one domain or of all others, are none yet; 0: none is ever found
 * @own_out: is it a flood of that domain alone?
 * Returns how many came in this hour where an alarm is due: a flood is on, and none was given for an hour; else 0.
 */
guint64 filter_floods_add (FilterFloods *floods, const char *name, guint limit, gint64 now, gboolean *own_out);
/**
 * filter_floods_take_back - one that came at @at is void, and counts no more
 * What is left of a flood within @limit is none: the next one begins, and is told, anew.
 */
void filter_floods_take_back (FilterFloods *floods, const char *name, guint limit, gint64 at);
/**
 * filter_floods_is_on - is there a flood of that domain, or of many domains, at @now?
 * One ends a quarter of an hour after it was last as quick as @limit, so that true people need not wait longer for an answer.
 */
gboolean filter_floods_is_on (const FilterFloods *floods, const char *name, guint limit, gint64 now);
/**
 * filter_floods_news - those of the two days before @now, which may have to be taken back
 * @began_at_out: when the first of them began; 0: there was none
 * Returns how many opt-outs came in them.
 */
guint64 filter_floods_news (const FilterFloods *floods, guint limit, gint64 now, gint64 *began_at_out);

G_END_DECLS

#endif
