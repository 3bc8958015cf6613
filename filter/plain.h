/* plain.h - strangers' octets as text that a terminal may be given (H60). */
#ifndef FILTER_PLAIN_H
#define FILTER_PLAIN_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_plain_text - @text with everything written out that a terminal would obey instead of show
 * @length: in octets; -1: up to its NUL
 * @lines: TRUE keeps line ends and tabs
 * Octets that are no UTF-8 become \xHH, controls and what turns or hides text (bidirectional marks, zero width)
 * \u{HHHH}. The caller frees.
 */
char *filter_plain_text (const char *text, gssize length, gboolean lines);

G_END_DECLS

#endif
