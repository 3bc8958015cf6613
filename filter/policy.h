/* policy.h - what we do about a mail: facts + standing + rules + now -> verdict.
 *
 * Pure: no I/O, no clock, no log, no random (a test reads the object's undefined symbols). Words, MIME and
 * quoting are settled before; thresholds, law, categories and rates are settled here, each rule with its
 * reason code. */
#ifndef FILTER_POLICY_H
#define FILTER_POLICY_H

#include "config.h"
#include "parser.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  FILTER_ACT_NONE,
  FILTER_ACT_REVIEW, /* a person decides; marketing is silent meanwhile */
  FILTER_ACT_RECORD
} FilterAct;

typedef struct
{
  char *address; /* canonical */
  const char
      *source; /* "token", "from", "sender"; with REVIEW also "text": named by the mail alone; static */
  char **scope;
  gboolean another; /* it was somebody else who wrote: nothing that tells who is noted with this person */
} FilterSubject;

typedef struct FilterVerdict FilterVerdict;
struct FilterVerdict
{
  FilterAct act;
  const char
      *act_reason; /* static: "clear-wish", "unsubscribe-mailbox", "one-tap", "question", "auto-reply", ... */
  gboolean reply;
  const char
      *reply_reason; /* static: "ok", "automatic", "list-mail", "null-sender", "destination-unproved", ... */
  char *topic;       /* of the mail's subject, where the reply is counted under it; NULL */
  char *reply_to;    /* the one destination, canonical; NULL when reply is FALSE */
  ParserIntent intent;    /* what is recorded: the facts' intent, or what the mailbox makes of it */
  ParserIntent request;   /* what is asked beside an opt-out, an erasure or a no-sharing that is recorded; mostly none */
  char **scope, **except; /* never NULL */
  GPtrArray *subjects;    /* FilterSubject: who is opted out; never NULL */
  char *requester;        /* the writer, canonical, or NULL */
  char **again, **again_except; /* what comes again beside, by STOP ONLY: scope and except of an opt-in; never NULL, mostly empty */
  char *confirms;         /* the open case of which the requester says once more that it is theirs; its id, or NULL */
  FilterVerdict *beside;  /* what it means for one more person, whom it names: with an event of its own; NULL (R55) */
  char *asked;            /* of one beside: the holder of a token that does not opt him out is asked; canonical, or NULL */
  char *left;             /* who says in an automatic answer that the address is given up: listed, no more; or NULL */
  ParserProof proof;
  StoreReason reason; /* under which the standing changes */
  gboolean every_channel; /* no calls and no letters either: people must see to that, so it opens a case */
};

FilterVerdict *filter_verdict_new (void);
void filter_verdict_free (FilterVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterVerdict, filter_verdict_free)

/* Whom a token in the mail names, its MAC checked (R55). */
typedef struct
{
  ParserTokenPurpose purpose; /* UNSUBSCRIBE or REPLY */
  ParserTokenPlace place;
  const char *address;  /* canonical */
  const char *category; /* configured name; NULL: all marketing, or one that is configured no longer */
  gboolean same;        /* it is the writer's: the same mailbox in another spelling, or linked with it */
} FilterHolder;

/* Everything that a decision may look at; all borrowed. */
typedef struct
{
  const ParserFacts *facts;
  const FilterConfig *config;
  const FilterMailbox *mailbox; /* NULL: role mixed, no pass, no copy */
  const char *recipient;        /* the address it came to, canonical; NULL when unknown */
  const char *sender;           /* envelope sender, canonical; "" for the null sender; NULL when unknown */
  gboolean sender_known,
      from_known;             /* the ledger has events of that address; FALSE when not looked up (R55) */
  const StoreEvent *answered; /* the event whose confirmation this mail answers, its MAC checked; NULL */
  char **stopped;             /* categories that other wishes of that person stopped by name, and STORE_EVERY when one
                                 had stopped everything before; NULL: none */
  const char *erasure;        /* the open case of that person's wish to be erased, its id; NULL */
  gboolean answered_asked;    /* this mail names a confirmation of ours, its MAC checked, whether or not the
                                 ledger has it */
  gboolean named_is_writer; /* the address that the text asks for is the writer's: another spelling, or linked */
  const FilterHolder *holders;
  guint n_holders; /* strongest place first */
  gboolean ends; /* the mail goes nowhere else: what is not acted on is held, and silences nobody */
  gint64 now;
} FilterCase;

/**
 * filter_policy_decide - the verdict on one mail for one mailbox
 * Deterministic; the caller frees.   Cost: a walk over two tables.   Source: R54, R55, R58-R72, R80-R86,
 * R100-R108.
 */
FilterVerdict *filter_policy_decide (const FilterCase *c);

/** filter_policy_writer - whose wish it is by From, envelope and what the ledger knows of both (R55); NULL: nobody's; the
 * caller frees */
char *filter_policy_writer (const FilterCase *c);

/** filter_policy_is_report - is it a complaint, or a bounce that says that an address is gone: about a mail of ours? */
gboolean filter_policy_is_report (const ParserFacts *facts);

/**
 * filter_policy_reply - the second verdict, about @verdict's act: fills reply, reply_reason and reply_to
 * Called by filter_policy_decide(); apart because the two are independent (ARCHITECTURE point 2).
 */
void filter_policy_reply (const FilterCase *c, FilterVerdict *verdict);

/**
 * filter_policy_actions - what the ledger gets for @verdict: nothing, a hold, or a wish and the case that it
 * opens, and what is asked beside it. Fills @actions_out, what changes the standing first; returns how many.
 */
#define FILTER_ACTIONS 4
guint filter_policy_actions (const FilterVerdict *verdict, StoreAction actions_out[FILTER_ACTIONS]);

/* Detail of an event that was confirmed: kind and language of the text, "opt-out.de". */
#define FILTER_DETAIL_TEMPLATE "template"

/* Detail of an event of somebody whom the writer of a mail named, or whose token he used: who that was stands with the
 * writer's own event of the same mail, and not here. */
#define FILTER_DETAIL_WRITER "writer"
#define FILTER_WRITER_ANOTHER "another person"

/* Details of an event whose wish is of every channel, so that what a person decides on later is of them too. */
#define FILTER_DETAIL_CHANNELS "channels"
#define FILTER_CHANNELS_EVERY "mail phone post"

/**
 * filter_policy_accept - the verdict that a held wish becomes when a person on the staff says yes
 * @hold: the HOLD event, its address present   @proof: the staff says how it knows that the person wants our
 * mail again The caller frees.
 */
FilterVerdict *filter_policy_accept (const StoreEvent *hold, gboolean proof);

/** filter_policy_notice - which text tells the writer about @verdict: "opt-out", "review", ...; static, never
 * NULL */
const char *filter_policy_notice (const FilterVerdict *verdict);

/**
 * filter_policy_needs_store - could what the store knows change this verdict?
 * FALSE for ordinary mail, so that it never opens the store (PERFORMANCE P5).
 */
gboolean filter_policy_needs_store (const FilterVerdict *verdict);

/**
 * filter_policy_budgets - what a reply is counted under: address, kind and list; mailbox; domain; subject;
 * whole system (R64, R65)
 * What another than its reader causes is counted without the list, and all spellings of a mailbox as one: neither other
 * categories nor other +tags get more notices to one person.
 * The subject only where nobody asked for so many: of a person's answer to a mailing, of an undo with our token and of a
 * subject that is nothing but a wish there may be any number.
 * Domain and whole system have as much again for who is proved, so that forged mail, however much, silences nobody who is.
 * Fills @budgets_out (room for FILTER_BUDGETS) and returns how many; names are made into @names_out, freed by the caller
 * with g_strfreev().
 */
#define FILTER_BUDGETS 5
guint filter_policy_budgets (const FilterVerdict *verdict, const FilterConfig *config, StoreBudget *budgets_out,
                             char ***names_out);
/** filter_policy_budget_reason - reply_reason when @budget had no room: "once-per-period", "rate-mailbox",
 * "rate-domain", "rate-subject", "rate" */
const char *filter_policy_budget_reason (const StoreBudget *budget);

const char *filter_act_name (FilterAct act);

G_END_DECLS

#endif
