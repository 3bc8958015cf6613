/* interrupt.h - long work that may be stopped between two groups, and gone on with later. */
#ifndef FILTER_INTERRUPT_H
#define FILTER_INTERRUPT_H

#include <glib.h>

G_BEGIN_DECLS

/** filter_interrupt_hold - from now on SIGINT, SIGTERM and SIGHUP only make filter_interrupted() TRUE; in
 * children too */
void filter_interrupt_hold (void);
gboolean filter_interrupted (void);

G_END_DECLS

#endif
