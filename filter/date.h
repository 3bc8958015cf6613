/* date.h - dates as mail and people write them, for --since. What is recorded takes its date from the parser.
 */
#ifndef FILTER_DATE_H
#define FILTER_DATE_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_date_parse - the date in a Date or Received field or in a From_ line, seconds UTC
 * Day, month, year and time in any order, with a zone or without (then UTC). Returns 0 when one of them is
 * missing or there is no such day.
 */
gint64 filter_date_parse (const char *text);

/**
 * filter_date_received - when a mail came in by its own header: top Received, else the From_ line, else Date
 * (4.3, 6) Returns 0 when none of them can be read.
 */
gint64 filter_date_received (GBytes *mail);

/** filter_date_option - "2026-11-21", or ISO 8601 with a time, UTC where it names no zone; FALSE for all else
 */
gboolean filter_date_option (const char *text, gint64 *at_out);

/**
 * filter_date_field - a time as programs write it into their lists, seconds UTC
 * Seconds or milliseconds since 1970, ISO 8601 with a blank for its T as well, with a zone or without (then
 * UTC), a day alone (its beginning), and what filter_date_parse() knows. Returns 0 for none (blank, "0",
 * "0000-00-00 ..."), -1 when it cannot be told for sure: 10/11/2026 may be either of two days.
 */
gint64 filter_date_field (const char *text);

G_END_DECLS

#endif
