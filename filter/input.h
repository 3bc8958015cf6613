/* input.h - a mail from a descriptor into one buffer. */
#ifndef FILTER_INPUT_H
#define FILTER_INPUT_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_INPUT_MAX (1024u * 1024 * 1024)

/**
 * filter_input_read - all octets of @fd to its end (R4)
 * Whole in memory, whatever its size: what is over FILTER_WORKER_MAIL is not looked at, but it is kept and passed on.
 * Errors: read() fails; over FILTER_INPUT_MAX, which no mail server sends.   The caller unrefs.
 */
GBytes *filter_input_read (int fd, GError **error);

/** filter_input_why - why GLib could not open a file or folder, in words of ours: its own line has quotation marks that
 * no log is sure to show; borrowed */
const char *filter_input_why (const GError *reason);

/** filter_output_write - all of @octets to @fd; FALSE with errno */
gboolean filter_output_write (int fd, GBytes *octets);
/** filter_output_sync_folder - the names in @folder are on the disk; FALSE with errno */
gboolean filter_output_sync_folder (const char *folder);

G_END_DECLS

#endif
