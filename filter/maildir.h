/* maildir.h - writes a mail into a Maildir. */
#ifndef FILTER_MAILDIR_H
#define FILTER_MAILDIR_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_maildir_deliver - put @octets whole into new/ of the Maildir @path, durable on return (R26)
 * The Maildir must exist: a lost mount must not become a new one. Errors: one line; new/ then has nothing of it.
 */
gboolean filter_maildir_deliver (const char *path, GBytes *octets, GError **error);

G_END_DECLS

#endif
