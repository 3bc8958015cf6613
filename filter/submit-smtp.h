/* submit-smtp.h - the way through a mail server: smtp://, smtps:// and lmtp:unix:. */
#ifndef FILTER_SUBMIT_SMTP_H
#define FILTER_SUBMIT_SMTP_H

#include "submit.h"

G_BEGIN_DECLS

/**
 * filter_submit_smtp - one connection, made when it is first needed and again when the server ended it, for many mails
 * @config: borrowed; `submit` is not sendmail
 */
FilterTransport *filter_submit_smtp (const FilterConfig *config);

G_END_DECLS

#endif
