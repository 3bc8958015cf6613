/* log.h - one line of syslog a mail; no addresses unless log-addresses = yes. */
#ifndef FILTER_LOG_H
#define FILTER_LOG_H

#include "engine.h"

G_BEGIN_DECLS

/** filter_log_open - LOG_MAIL, our name and pid */
void filter_log_open (void);
/** filter_log - one line, control characters escaped, at most 200 characters of each string (H60) */
void filter_log (int priority, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** filter_log_line - the line of filter_log_mail(), for its test; the caller frees */
char *filter_log_line (const FilterConfig *config, const FilterMail *mail, const FilterOutcome *outcome, gint64 milliseconds);
/** filter_log_mail - queue id, kind, act, reply, reasons, event, milliseconds */
void filter_log_mail (const FilterConfig *config, const FilterMail *mail, const FilterOutcome *outcome, gint64 milliseconds);

G_END_DECLS

#endif
