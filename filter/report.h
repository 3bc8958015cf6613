/* report.h - a verdict as people and programs read it. */
#ifndef FILTER_REPORT_H
#define FILTER_REPORT_H

#include "engine.h"

#include <stdio.h>

G_BEGIN_DECLS

/* JSON, written in order: GLib has no writer, and a mail's door links little. Strings become valid UTF-8. */
void filter_json_string (GString *out, const char *text); /* NULL: null */
void filter_json_member (GString *out, const char *name, const char *text);   /* "name":"text", with a comma where needed */
void filter_json_name (GString *out, const char *name); /* "name": alone, for what is nested */
void filter_json_number (GString *out, const char *name, gint64 number);
void filter_json_strings (GString *out, const char *name, const char *const *list);
/**
 * filter_json_read - an object that stands on a line, as a{sv}
 * A list is av, a whole number x, any other d, null ms. NULL when it is no JSON object, or holds lists
 * in lists too deep. The caller unrefs.
 */
GVariant *filter_json_read (const char *line);
char *filter_time_text (gint64 at); /* "2026-11-21T10:00:00Z", NULL for 0; the caller frees */

/* An outcome that is reported has facts and a verdict. */
/** filter_report_reply - is there an answer to it, also where it is only looked at? */
gboolean filter_report_reply (const FilterOutcome *outcome);
/** filter_report_reply_reason - why, or why not; static */
const char *filter_report_reply_reason (const FilterOutcome *outcome);
/** filter_report_json - the object of INTERFACE.md, one line without its end; with @event the member "event" too */
char *filter_report_json (const FilterOutcome *outcome, const char *source, guint index, gboolean explain, gboolean event);
/** filter_report_text - the same laid out for reading: the verdict first, then the mail's own words that decided it */
char *filter_report_text (const FilterOutcome *outcome, const char *source, guint index, gboolean explain);

/* What a reason code means, as words of a sentence; NULL for one that has none. report-words.c; static. */
const char *filter_report_act_words (const char *code);
const char *filter_report_reply_words (const char *code);
const char *filter_report_why_words (const char *code); /* of ParserHit.why */

/* A listing: a table on a terminal, JSON lines, or CSV, from the same rows. */
typedef enum
{
  FILTER_LIST_TABLE,
  FILTER_LIST_JSON,
  FILTER_LIST_CSV
} FilterListFormat;

typedef struct FilterList FilterList;
/** filter_list_new - @columns: names as in JSON, NULL-terminated, static */
FilterList *filter_list_new (FilterListFormat format, const char *const *columns);
/** filter_list_new_to - the same into @out instead of standard output, borrowed; not a table */
FilterList *filter_list_new_to (FilterListFormat format, const char *const *columns, FILE *out);
/** filter_list_row - one value a column, NULL for none; JSON and CSV are written at once, a table at the end */
void filter_list_row (FilterList *list, const char *const *values);
void filter_list_end (FilterList *list); /* writes what is left and frees */

G_END_DECLS

#endif
