/* engine.h - the straight road: read -> parse -> look up -> decide -> record and queue in one transaction ->
 * commit -> answer. engine.c is the only file that knows both rooms. Every door makes one call of this and
 * turns what comes back into its own language. */
#ifndef FILTER_ENGINE_H
#define FILTER_ENGINE_H

#include "config.h"
#include "outcome.h"
#include "policy.h"

G_BEGIN_DECLS

typedef struct FilterEngine FilterEngine;

typedef enum
{
  FILTER_ENGINE_LOOK = 1 << 0,  /* classify, --dry-run, observe: decide, change nothing, open no store */
  FILTER_ENGINE_KEEP = 1 << 1,  /* many mails to come: keep the child (replay, the daemon) */
  FILTER_ENGINE_SILENT = 1 << 2 /* replay without --reply: record, queue no confirmation */
} FilterEngineFlag;

/**
 * filter_engine_new - an engine; opens nothing yet
 * @config: borrowed for the engine's life
 */
FilterEngine *filter_engine_new (const FilterConfig *config, guint flags);
void filter_engine_free (FilterEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterEngine, filter_engine_free)

/* One mail as it came to a door; all borrowed. */
typedef struct
{
  GBytes *mail;
  const char
      *sender; /* -f: "" and <> and MAILER-DAEMON are the null sender (R7); NULL: top Return-Path or From_ */
  const char *const *recipients; /* NULL or empty: top Delivered-To; with header_recipient: X-Original-To,
                                    Delivered-To, To */
  gboolean header_recipient;
  const char *original_recipient; /* (nullable) for tokens (R10) */
  const char *queue_id;           /* (nullable) */
  gboolean ends; /* the mail's road ends here: a mailbox without pass and copy holds what is not acted on */
  gint64 received_at; /* when the wish reached us; 0: from the mail's own top Received, From_, Date (4.3, 6),
                         never after now */
  gint64 now;
} FilterMail;

/* What became of it for one recipient. */
typedef struct
{
  FilterStatus status;
  char *why;                    /* RETRY: a fixed phrase for the mail server's log; NULL otherwise */
  char *detail;                 /* RETRY: the whole story for our own log; NULL otherwise */
  char *recipient;              /* canonical; NULL when none is known */
  const FilterMailbox *mailbox; /* borrowed from the configuration; NULL: none */
  ParserFacts *facts;           /* shared by all outcomes of a mail: see FilterResult */
  FilterVerdict *verdict;       /* NULL with RETRY before the decision */
  char *event;                  /* id in the ledger, NULL when nothing was recorded */
  gboolean known;               /* the ledger had it already */
  char *reply;                  /* id in the outbox, NULL when none was queued */
  char *question;               /* the same, of the notice about one more person */
  guint64 flood;                /* so many unproved wishes in this hour, when an alarm is due; else 0 */
  gboolean flood_of_domain;     /* all of them in the name of the writer's domain */
  const char *reply_reason;     /* static; why there is none where the verdict would have sent one, or the
                                   verdict's own */
} FilterOutcome;

typedef struct
{
  ParserFacts *facts;  /* NULL when the worker failed */
  GPtrArray *outcomes; /* FilterOutcome, one a recipient, at least one */
} FilterResult;

void filter_result_free (FilterResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterResult, filter_result_free)

/**
 * filter_engine_take - take a group of mails, in one transaction
 * @mails: @n of them; the answer to each waits for the commit that holds it
 * Returns a GPtrArray of FilterResult in the same order, never NULL; nothing of a group is recorded when its
 * commit fails, and then every outcome that needed it is RETRY. Mail that needs no store opens none. One mail
 * to several recipients gives one outcome each and at most one reply (R9). It does not hand mail on (pass,
 * copy): the door does, before it answers.
 */
GPtrArray *filter_engine_take (FilterEngine *engine, const FilterMail *mails, guint n);

#define FILTER_ENGINE_ERROR (filter_engine_error_quark ())
GQuark filter_engine_error_quark (void);
typedef enum
{
  FILTER_ENGINE_ERROR_NOT_HELD, /* no mail is held under that id */
  FILTER_ENGINE_ERROR_DECIDED,  /* a person has decided already */
  FILTER_ENGINE_ERROR_NOBODY    /* there is no address to record anything for */
} FilterEngineError;

/**
 * filter_engine_decide - what a person on the staff decides on a held wish
 * @accept: record the wish (an opt-out by act of the person), or reject it
 * @note: (nullable) why; with an accepted opt-in it is the proof, and without it the opt-in is customer
 * service's Errors: FILTER_ENGINE_ERROR, one line that says what to do; or the store's.
 */
gboolean filter_engine_decide (FilterEngine *engine, const char *held_id, gboolean accept, const char *by,
                               const char *note, gint64 now, GError **error);

/**
 * filter_engine_digest - queue the daily notice of what waits for a person, when one is due
 * @reply_out: its id in the outbox, NULL when none was queued; the caller frees
 * Something is held or a case is open, [notify] to is set, and a day has passed since the last one; its own transaction.
 */
gboolean filter_engine_digest (FilterEngine *engine, gint64 now, char **reply_out, GError **error);

/** filter_engine_flood_name - what the domain of @address is called where floods are counted: a keyed hash, since that
 * count outlives what is known of a person; the caller frees */
char *filter_engine_flood_name (const Store *store, const char *address);

/**
 * filter_engine_bounced - a mail server refused @reply's one recipient for good while we spoke to it (smtp://)
 * @text: what it answered to RCPT or DATA, "550 5.1.1 no such user"; neither what was said of ourselves nor a delay
 * Where it says that there is no such address, its marketing is stopped with reason BOUNCE, as by a bounce that comes back
 * later; of everything else, of our own addresses and of a mail that answers nobody (the digest), nothing changes.
 * Its own transaction; doing it again is harmless.   @recorded_out: (optional)   Errors: the store's.
 */
gboolean filter_engine_bounced (const FilterConfig *config, Store *store, const StoreReply *reply, const char *text,
                                gint64 now, gboolean *recorded_out, GError **error);

/** filter_engine_store - the store, opened for writing on first use; borrowed; NULL with error when it cannot
 * be had */
Store *filter_engine_store (FilterEngine *engine, GError **error);

/* 128 random bits as 32 hex digits. The caller frees. */
char *filter_engine_random_id (void);

G_END_DECLS

#endif
