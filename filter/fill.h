/* fill.h - paragraphs become lines, by the columns that they take on a screen. Pure. */
#ifndef FILTER_FILL_H
#define FILTER_FILL_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_FILL_WIDTH 72 /* columns of a line */

/**
 * filter_fill_lines - appends @paragraph to @out in lines of at most FILTER_FILL_WIDTH columns, each with its end
 * Breaks stand at spaces; between Chinese and Japanese signs, where their rules allow one; and at line ends of @paragraph,
 * which become a space only where the script has spaces. A line that begins with a space stays as it is.
 * @rtl: a line that would not begin from the right by itself is made to
 */
void filter_fill_lines (GString *out, const char *paragraph, gboolean rtl);
/** filter_fill_line - the same as one line without an end */
void filter_fill_line (GString *out, const char *paragraph);
/** filter_fill_columns - what @text takes on a screen: wide signs two, marks none */
guint filter_fill_columns (const char *text);
/** filter_fill_is_rtl - is the first letter of @text, {names} aside, of a script that is read from the right? */
gboolean filter_fill_is_rtl (const char *text);

G_END_DECLS

#endif
