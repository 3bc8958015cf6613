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

/* What became of a reply that was handed over. */
typedef enum
{
  FILTER_SUBMIT_SENT,
  FILTER_SUBMIT_WAITS,     /* not now */
  FILTER_SUBMIT_AWAY,      /* not now, and there is no use in trying others: it waits */
  FILTER_SUBMIT_FAILED,    /* never */
  FILTER_SUBMIT_REFUSED,   /* never: the server's last word on the recipient or the mail */
  FILTER_SUBMIT_UNCERTAIN  /* perhaps sent; no use in trying others either (R73) */
} FilterSubmitResult;

/* A way out: the program sendmail, or a server. */
typedef struct FilterTransport FilterTransport;
struct FilterTransport
{
  /* *why_out: one line, no address in it; *said_out: what the server said, or NULL. Not set when it is sent; the caller frees. */
  FilterSubmitResult (*hand_over) (FilterTransport *transport, const StoreReply *reply, char **why_out, char **said_out);
  void (*free) (FilterTransport *transport);
};

/** filter_submit_program - the way through sendmail; @config is borrowed */
FilterTransport *filter_submit_program (const FilterConfig *config);
void filter_transport_free (FilterTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterTransport, filter_transport_free)

/* Which replies to send; what became of them is counted in it. */
typedef struct
{
  const char *only;   /* (nullable) id of the one to send */
  gboolean uncertain; /* also those that may have been sent, each once */
  gint64 now;         /* when the round begins */
  guint sent, failed;
  gboolean away;      /* set when there was no use in going on */
} FilterRound;

/**
 * filter_submit_replies - send what is due: claim, hand over, settle; backoff 1, 5, 15, 60 minutes, then each 4 hours, given
 * up after 3 days; what an address gets that a server refuses for good is filter_engine_bounced()'s
 * One that cannot be sent is no error here (it waits); the store's trouble is.
 */
gboolean filter_submit_replies (const FilterConfig *config, FilterTransport *transport, Store *store, FilterRound *round,
                                GError **error);

G_END_DECLS

#endif
