/* submit-stream.h - a connection for libetpan that ends at a time, whatever the server does. */
#ifndef FILTER_SUBMIT_STREAM_H
#define FILTER_SUBMIT_STREAM_H

#include <glib.h>
#include <libetpan/mailstream.h>

G_BEGIN_DECLS

/** filter_stream_connect - a socket to @host and @port, or with port 0 to the socket at that path; -1 with *why_out, static */
int filter_stream_connect (const char *host, guint port, gint64 deadline, const char **why_out);
/** filter_stream_new - a mailstream over @fd, which it closes. @deadline: of g_get_monotonic_time() */
mailstream *filter_stream_new (int fd, gint64 deadline);
/** filter_stream_set_deadline - everything is to be done until then, and a server may say no more than 64 KB meanwhile */
void filter_stream_set_deadline (mailstream *stream, gint64 deadline);
/** filter_stream_start_tls - from here on encrypted, the name of @host sent along; FALSE: no handshake. What came unencrypted
 * must have been read. */
gboolean filter_stream_start_tls (mailstream *stream, const char *host);

G_END_DECLS

#endif
