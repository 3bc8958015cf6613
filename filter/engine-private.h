/* engine-private.h - what the engine's files share: the road (engine.c), what is known before a decision
 * (engine-known.c), one mail's rows (engine-record.c) and the notice of them (engine-notice.c), the staff's decisions (engine-staff.c), the child that reads (engine-reader.c). Nobody else includes it. */
#ifndef FILTER_ENGINE_PRIVATE_H
#define FILTER_ENGINE_PRIVATE_H

#include "engine.h"
#include "reply.h"
#include "worker.h"

G_BEGIN_DECLS

/* ---- engine-reader.c: a worker and what it is told ---- */

typedef struct FilterReader FilterReader;

/**
 * filter_reader_new - a worker told what @config says: categories, own texts, own groups, whose
 * authentication counts
 * @keep: as filter_worker_new().   Errors: a footer file that cannot be read.   The caller frees.
 */
FilterReader *filter_reader_new (const FilterConfig *config, gboolean keep, GError **error);
void filter_reader_free (FilterReader *reader);
FilterWorker *filter_reader_worker (FilterReader *reader);

/* ---- engine.c ---- */

struct FilterEngine
{
  const FilterConfig *config;
  guint flags;
  FilterReader *reader; /* NULL until the first mail */
  FilterSecret secret;
  StoreKeys keys; /* borrowed from secret; lives as long as the store */
  Store *store;   /* NULL until it is needed */
};

/* The keys, read on first use. */
gboolean filter_engine_secret (FilterEngine *engine, GError **error);

/* ---- engine-known.c: what the store and the keys know of a mail before it is decided ---- */

/* A token of ours in the mail. */
typedef struct
{
  ParserToken *token;
  ParserTokenPlace place;
  gboolean same;           /* its holder is the writer */
  const FilterOutcome *of; /* the one recipient that it stands in; NULL: it is in the mail */
} FilterNamed;

typedef struct
{
  gboolean sender_known, from_known;
  gboolean answers; /* it names a confirmation of ours, whether or not the ledger has that */
  StoreEvent *answered;
  char **stopped;
  gboolean named_is_writer; /* the address in the text is the writer's, or linked with it */
  char *erasure; /* id of the open case of that event's person */
  GPtrArray *named; /* FilterNamed, strongest place first; NULL: not looked at */
} FilterKnown;

void filter_known_clear (FilterKnown *known);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterKnown, filter_known_clear)

/* Fills @known, which is zeroed, for a mail whose answer to "is it a wish?" makes it worth it; the store is open. */
gboolean filter_engine_look_up (FilterEngine *engine, const FilterMail *mail, const FilterResult *result,
                                const char *sender, FilterKnown *known, GError **error);

/* Whom tokens and text name alone, for a mail that is only looked at: no store, and where the keys may not be read no token
 * says anything. */
void filter_engine_look_at_names (FilterEngine *engine, const FilterMail *mail, const FilterResult *result,
                                  const char *sender, FilterKnown *known);

/* Does anything in the mail or its recipients look like a token of ours, in that place or a stronger one? */
gboolean filter_engine_has_tokens (const FilterMail *mail, const FilterResult *result, ParserTokenPlace weakest);

/* Whom the tokens name, as policy wants them for @outcome; returns how many. */
#define FILTER_HOLDERS (PARSER_MAX_TOKENS + 2)
guint filter_known_holders (const FilterKnown *known, const FilterConfig *config, const FilterOutcome *outcome,
                            FilterHolder holders_out[FILTER_HOLDERS]);

/* ---- engine-record.c ---- */

/* A mail on its way into the ledger, and what the store knew of it. */
typedef struct
{
  FilterEngine *engine;
  const FilterMail *mail;
  const ParserFacts *facts;
  const char *sender;   /* canonical, "" for the null sender, NULL when unknown */
  const char *answered; /* id of the event whose confirmation it answers, or NULL */
  char *digest;         /* sha256 of its octets, hex */
  const char *language; /* of what we answer, or NULL */
  gint64 received_at;
  GPtrArray *told; /* addresses, borrowed: one reply a mail to each, however many recipients it has (R9) */
} FilterPassage;

/* ---- engine-flood.c ---- */

/* Does neither the mail nor a token prove that @subject asked for it? */
gboolean filter_engine_is_unproved (const FilterVerdict *verdict, const FilterSubject *subject);

/* Is there a flood of unproved wishes, of the domain of who wrote or of many? Then they are not answered. */
gboolean filter_engine_flood_on (const FilterPassage *passage, const FilterVerdict *verdict, const FilterSubject *subject,
                                 gboolean *on_out, GError **error);

/* Counts one that came in live; inside the transaction. Sets the flood of @outcome when an alarm is due. */
gboolean filter_engine_flood_count (const FilterPassage *passage, FilterOutcome *outcome, const FilterSubject *subject,
                                    GError **error);

/* Records what @outcome's verdict says, holds the mail, queues the reply; inside a transaction. */
gboolean filter_engine_record (FilterPassage *passage, FilterOutcome *outcome, GError **error);

/* Puts the address that @outcome's verdict says is given up on the list of leavers; inside a transaction. */
gboolean filter_engine_list_leaver (FilterPassage *passage, FilterOutcome *outcome, GError **error);

/* ---- engine-notice.c ---- */

/* A confirmation that is going to be queued with its event. */
typedef struct
{
  GBytes *mail; /* NULL: none */
  const char *reason;
  char *template, *template_digest; /* "opt-out.en", and of its text */
  StoreBudget budgets[FILTER_BUDGETS];
  guint n_budgets;
  char **names;
} FilterNotice;

void filter_notice_clear (FilterNotice *notice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterNotice, filter_notice_clear)

/* Fills @notice, which is zeroed: the mail about @outcome to its reader, or why there is none. @event is to carry it;
 * @known: it did already. */
gboolean filter_notice_prepare (FilterPassage *passage, const FilterOutcome *outcome, const FilterSubject *subject,
                                const StoreEvent *event, gboolean known, FilterNotice *notice, GError **error);

/* Queues it with @event, if there is a mail; inside the transaction of that. */
gboolean filter_notice_queue (FilterPassage *passage, FilterOutcome *outcome, const char *event,
                              const FilterNotice *notice, GError **error);

/* A mail of ours to @to; @event is what its Message-ID names; @parent the facts of the mail that it answers,
 * or NULL. */
GBytes *filter_engine_compose (const FilterEngine *engine, const char *to, const FilterReplyText *text,
                               const char *event, const ParserFacts *parent, gint64 now);

/* Queues @mail to @to as it is told; *id_out is its id in the outbox. */
gboolean filter_engine_queue (FilterEngine *engine, const char *event, const char *to, GBytes *mail,
                              const StoreBudget *budgets, guint n_budgets, gint64 now, char **id_out,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterReader, filter_reader_free)

G_END_DECLS

#endif
