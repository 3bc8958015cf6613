/* submit-tls.h - is the server the one that we mean? libetpan asks nobody; GnuTLS does here. */
#ifndef FILTER_SUBMIT_TLS_H
#define FILTER_SUBMIT_TLS_H

#include <glib.h>
#include <libetpan/mailstream.h>

G_BEGIN_DECLS

/**
 * filter_tls_check - does somebody trusted vouch that the certificate of @stream is @host's, today?
 * @ca_file: (nullable) certificates of who is trusted; NULL: the system's
 * FALSE: *why_out says what is wrong, one line; the caller frees.
 */
gboolean filter_tls_check (mailstream *stream, const char *host, const char *ca_file, char **why_out);

G_END_DECLS

#endif
