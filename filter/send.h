/* send.h - the command "send", for the two programs that have it. */
#ifndef FILTER_SEND_H
#define FILTER_SEND_H

#include "commands.h"
#include "report.h"
#include "submit.h"

G_BEGIN_DECLS

typedef FilterTransport *(*FilterTransportNew) (const FilterConfig *config);

/**
 * filter_send_through - "send", by the way out that @server makes
 * @server: (nullable) NULL in the program that has no such way: where `submit` is not sendmail, optout-send runs in its place
 */
int filter_send_through (const FilterGlobal *global, int argc, char **argv, FilterTransportNew server);

/** filter_send_list - what is queued and not sent: a row each. @state: (nullable) only those in that state */
gboolean filter_send_list (Store *store, FilterListFormat format, const char *state, GError **error);
/** filter_send_is_state - is it a state that filter_send_list() knows? */
gboolean filter_send_is_state (const char *name);

G_END_DECLS

#endif
