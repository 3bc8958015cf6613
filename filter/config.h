/* config.h - the settings, from one table (config.c) that feeds the loader, "optout config" and the test against
 * optout.conf(5). Everything has a default: an empty file, or none, is a working configuration. */
#ifndef FILTER_CONFIG_H
#define FILTER_CONFIG_H

#include <glib.h>

G_BEGIN_DECLS

#ifndef FILTER_SENDMAIL
#define FILTER_SENDMAIL "/usr/sbin/sendmail"
#endif
#ifndef FILTER_POSTMAP
#define FILTER_POSTMAP "/usr/sbin/postmap"
#endif
#ifndef FILTER_CONFIG_FILE
#define FILTER_CONFIG_FILE "/etc/optout/optout.conf"
#endif

typedef enum
{
  FILTER_ROLE_MIXED, /* clear wishes only; people read it too. Also every address under no [mailbox] */
  FILTER_ROLE_UNSUBSCRIBE,
  FILTER_ROLE_NEWSLETTER,
  FILTER_ROLE_PREFERENCES
} FilterRole;

typedef enum
{
  FILTER_REPLY_AUTO,
  FILTER_REPLY_AUTHENTICATED,
  FILTER_REPLY_NEVER
} FilterReplyWhen;

/* How mail of ours leaves the house. */
typedef enum
{
  FILTER_SUBMIT_SENDMAIL, /* the program */
  FILTER_SUBMIT_SMTP,
  FILTER_SUBMIT_SMTPS,
  FILTER_SUBMIT_LMTP
} FilterSubmitWay;

typedef enum
{
  FILTER_TLS_AUTO,         /* required; when-offered to a server on this machine */
  FILTER_TLS_REQUIRED,     /* and the server's certificate is checked */
  FILTER_TLS_WHEN_OFFERED, /* whoever it is */
  FILTER_TLS_NO
} FilterTls;

typedef struct
{
  char *address; /* canonical */
  FilterRole role;
  char *pass;    /* "sendmail:ADDRESS", "maildir:PATH", or NULL for none */
  gboolean copy;
  char **list_ids; /* never NULL, as all lists here */
  char **footers;  /* file name patterns */
} FilterMailbox;

typedef struct
{
  char *name;
  char *title;   /* NULL: the name */
  char **titles; /* in some languages: tag and title in turn; or NULL */
  char **words;
  char **senders; /* envelope senders of its mail: canonical addresses, "@" and a domain */
  gboolean essential;
  gboolean is_out; /* default = out: nobody gets it who did not opt in */
} FilterCategory;

#define FILTER_HEADINGS 11

/* Phrases that are added to the lexicon of a language. */
typedef struct
{
  char *language;
  char **phrases[FILTER_HEADINGS]; /* a list for each of filter_config_headings */
} FilterWords;

extern const char *const filter_config_headings[FILTER_HEADINGS]; /* "leave", "remove", ... */

typedef struct
{
  char *file; /* where it was read, NULL when from nowhere */
  /* [optout] */
  char *organisation;
  char *user;
  char *store;
  char *secret_file;
  char *sendmail;   /* the program that sends and passes mail on */
  char *postmap;    /* the program that makes Postfix's tables */
  gboolean observe; /* mode = observe */
  char *authserv_id;
  gboolean trust_authentication_results;
  char **authentication_methods; /* of our own filters; empty: all that we read */
  gboolean record_questions; /* questions = record */
  guint deadline_s;          /* 60; 1..899 (R2) */
  guint case_days;           /* 30; 1..31 (R101) */
  guint evidence_days;       /* 0: for ever */
  guint sealed_days;         /* 0: for ever */
  gboolean seal;             /* keep the mail that asked */
  GArray *holidays;          /* as clock.h has them, never NULL */
  char *policy_url, *jurisdiction; /* for the record of each event (R120); or NULL */
  char **domains;            /* canonical; of our own people. NULL while the file is read, and it does not say */
  char **dotless_domains;    /* canonical; where dots in a local part mean nothing */
  guint partner_days;        /* business days */
  guint flood_per_hour;      /* unproved opt-outs; 0: as many as come */
  /* [reply] */
  char *reply_from_name, *reply_from; /* reply_from canonical, NULL: no reply is ever sent */
  FilterSubmitWay submit;
  char *submit_host; /* without brackets; of LMTP the path of the socket; or NULL */
  guint submit_port;
  FilterTls tls;     /* as it is set: see filter_config_tls() */
  char *ca_file;     /* NULL: the system's */
  char *submit_user, *password_file; /* both or none */
  guint submit_timeout_s;
  gboolean smtputf8; /* the mail system behind sendmail knows it (R47) */
  guint once_per_days;
  FilterReplyWhen when;
  guint per_hour, per_domain_per_hour, per_subject_per_hour; /* R65 */
  char *envelope_sender; /* of our confirmations, canonical; NULL: the null sender (R71) */
  char *reply_language;                /* tag; for mail whose language has no text; NULL: English */
  char *templates_folder;              /* the operator's texts; or NULL */
  char *preferences_url;               /* the one link that a text may have; or NULL */
  gboolean reply_html;
  GPtrArray *templates;      /* FilterTemplate (template.h) of that folder */
  GPtrArray *template_faults; /* char *: "FILE:LINE: why", of texts there that cannot be sent: ours are sent instead */
  /* [unsubscribe] */
  char *unsubscribe_address; /* canonical; NULL: the first mailbox of role unsubscribe */
  char *delimiter;           /* of sub-addresses, one character; NULL: none */
  char *unsubscribe_url;     /* https, with {token}; NULL: none */
  /* [notify] */
  char *notify_to; /* canonical or NULL */
  /* [log] */
  char *verdicts; /* file, or NULL */
  gboolean log_addresses;
  /* sections of many */
  GPtrArray *mailboxes;  /* FilterMailbox */
  GPtrArray *categories; /* FilterCategory */
  GPtrArray *words;      /* FilterWords */
  /* for the dump */
  GKeyFile *key_file;
  char *text;
  const char *store_origin; /* static: "--store", "OPTOUT_STORE", or NULL */
} FilterConfig;

/**
 * filter_config_load - the settings of @file
 * @file: NULL: OPTOUT_CONFIG, else /etc/optout/optout.conf where it exists, else defaults. A file named by option or
 *        environment must exist.
 * @store_url: (nullable) --store, over OPTOUT_STORE over the file
 * Errors, one line with file and line number: no such file, syntax, unknown group or key, a value out of its range, an
 * address that is none. Nothing is half loaded. The caller frees.
 */
FilterConfig *filter_config_load (const char *file, const char *store_url, GError **error);
void filter_config_free (FilterConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterConfig, filter_config_free)

/**
 * filter_config_mailbox - the [mailbox] of @address, also by its base address (+extension off, or a token of ours behind
 * the configured delimiter); NULL when it has none
 * @address: as an envelope has it; it is made canonical here
 */
const FilterMailbox *filter_config_mailbox (const FilterConfig *config, const char *address);
/** filter_mailbox_lets_go - does its mail go on to somebody (pass, copy)? FALSE for NULL */
gboolean filter_mailbox_lets_go (const FilterMailbox *mailbox);
/** filter_mailbox_keeps - does its mail stay with us: role unsubscribe or preferences, without pass and copy? FALSE for NULL */
gboolean filter_mailbox_keeps (const FilterMailbox *mailbox);
/** filter_category_title - what people who speak @language call it: title[de-AT], title[de], title, its name */
const char *filter_category_title (const FilterCategory *category, const char *language);
/** filter_config_category - by name, NULL when there is none */
const FilterCategory *filter_config_category (const FilterConfig *config, const char *name);
/**
 * filter_config_sender - whose mail has this envelope sender: by address, by its base address, or by its domain
 * @sender: as an envelope has it; BATV and SRS are taken off.   NULL when no category says so.
 */
const FilterCategory *filter_config_sender (const FilterConfig *config, const char *sender);
/** filter_config_tls - what holds between us and the server of `submit`: never AUTO */
FilterTls filter_config_tls (const FilterConfig *config);
/** filter_config_submits_here - is the server of `submit` on this machine? */
gboolean filter_config_submits_here (const FilterConfig *config);
/** filter_config_is_own - is @address one of our mailboxes or the reply's From? (R61, R72) */
gboolean filter_config_is_own (const FilterConfig *config, const char *address);
/** filter_config_is_colleague - is the domain of @address, canonical, one of [optout] domains? */
gboolean filter_config_is_colleague (const FilterConfig *config, const char *address);

/* A key that has been in use: one that is followed by another stays, for what was made with it. */
typedef struct
{
  GBytes *key;     /* 32 octets */
  gint64 since_at; /* 0: from the beginning */
  gint64 upto;     /* of the chain, retired: the last row of the ledger under it; 0: not retired */
} FilterSecretKey;

/* The secret file: keys for tokens, suppression and chain, separate ones. */
typedef struct
{
  GBytes *token, *suppression, *chain; /* the newest of each; 32 octets */
  GArray *tokens, *chains;             /* FilterSecretKey, all of them, oldest first */
} FilterSecret;

/**
 * filter_secret_load - read the secret file (O_NOFOLLOW; refused when others may read it: mode & 077)
 * Errors: one line that says what to do.   The caller clears.
 */
gboolean filter_secret_load (const char *file, FilterSecret *secret_out, GError **error);
/** filter_secret_create - make one, 0600, from getrandom(); an existing one is kept and is not an error */
gboolean filter_secret_create (const char *file, GError **error);
/**
 * filter_secret_add - add a key named @name, "token" or "chain", to the secret file; the newest counts from now on
 * @number_out: its number in the file; the first is 1
 * The file is replaced by a whole one of the same owner and mode, on the disk. Nobody else may do so meanwhile.
 */
gboolean filter_secret_add (const char *file, const char *name, gint64 now, guint *number_out, GError **error);
/** filter_secret_retire - note in the secret file that the chain's key of that @number vouches for rows up to @upto alone */
gboolean filter_secret_retire (const char *file, guint number, gint64 upto, GError **error);
/**
 * filter_secret_password - the first line of @file, which is guarded as the secret file is
 * The caller frees, and wipes it before.   Errors: one line that says what to do; the file is empty.
 */
char *filter_secret_password (const char *file, GError **error);
void filter_secret_clear (FilterSecret *secret);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterSecret, filter_secret_clear)

/** filter_config_dump - every key with value and origin, for "optout config dump"; the caller frees */
char *filter_config_dump (const FilterConfig *config);
/** filter_config_warnings - what "optout config check" has to say about a configuration that loads: e.g. R51 */
char **filter_config_warnings (const FilterConfig *config);

G_END_DECLS

#endif
