/* trace.h - our trace field in front of a mail's header. */
#ifndef FILTER_TRACE_H
#define FILTER_TRACE_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_trace_add - @octets with "Optout-Verdict: @value" in front of the header (R16)
 * After a leading From_ line, with the mail's own line ends; fields of that name that came with the mail are removed,
 * with their continuation lines. Nothing else changes, to the last octet.   The caller unrefs.
 */
GBytes *filter_trace_add (GBytes *octets, const char *value);

G_END_DECLS

#endif
