/* submit.h - what sends: hands queued replies and passed mail to the MTA. Never sandboxed: postdrop is set-gid. */
#ifndef FILTER_SUBMIT_H
#define FILTER_SUBMIT_H

#include "config.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * filter_submit_mail - hand one mail to `sendmail -i -f SENDER -- RECIPIENT` (argv, no shell; R11, R13)
 * @sender: "" for the null sender   @octets: as they are
 * MAIL_CONFIG is the only variable of the environment that it gets beside PATH (R14). At most 30 s.
 * Errors: one line with sendmail's exit code.
 */
gboolean filter_submit_mail (const FilterConfig *config, const char *sender, const char *recipient, GBytes *octets, GError **error);

/**
 * filter_submit_pass - hand a mail on as `pass` says: sendmail:ADDRESS (envelope sender kept), maildir:PATH (R26)
 * Nothing to do for NULL.
 */
gboolean filter_submit_pass (const FilterConfig *config, const char *pass, const char *sender, GBytes *octets, GError **error);

/**
 * filter_submit_replies - send what is due at @now: claim, hand over, settle; backoff 1, 5, 15, 60 minutes, then each 4
 * hours, given up after 3 days
 * @only: (nullable) id of the one reply to send   @uncertain: also those that may have been sent
 * One that cannot be sent is no error here (it waits); the store's trouble is.
 */
gboolean filter_submit_replies (const FilterConfig *config, Store *store, const char *only, gboolean uncertain, gint64 now,
                                guint *sent_out, guint *failed_out, GError **error);

G_END_DECLS

#endif
