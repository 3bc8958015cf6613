/* policy-private.h - what the files of the decision share: the table and its questions (policy.c), whose wish it is
 * (policy-who.c), what it covers (policy-scope.c), what an answer asks for (policy-answer.c), what a held one was (policy-held.c). All pure; nobody else
 * includes it. */
#ifndef FILTER_POLICY_PRIVATE_H
#define FILTER_POLICY_PRIVATE_H

#include "policy.h"

G_BEGIN_DECLS

/* What the rows look at, worked out once. */
typedef struct
{
  const FilterCase *c;
  FilterRole role;
  char *sender;       /* envelope sender out of BATV and SRS; NULL when null or unknown */
  const char *writer; /* R55; NULL when the mail names nobody */
  const char *writer_source;
  const FilterHolder *holder; /* whom a strong token names: he is opted out; NULL */
  const FilterHolder *own;    /* a token of the writer's own, its strongest place; NULL */
  const FilterHolder *other;  /* whom a weak token names where neither of these is there: he is asked; NULL */
} FilterReading;

/* ---- policy-who.c ---- */

void filter_reading_init (FilterReading *reading, const FilterCase *c);
void filter_reading_clear (FilterReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterReading, filter_reading_clear)

/* What is proved of the writer. A token proves whom a mail of ours was for, so it proves the writer only where it is his
 * own; one in a quotation proves nothing. An authentication is the From's, and says nothing of an envelope sender (R53). */
ParserProof filter_reading_proof (const FilterReading *reading);

/* Does the writer belong to the house ([optout] domains, or one of our mailboxes)? */
gboolean filter_reading_is_colleague (const FilterReading *reading);
/* Whose mail a colleague forwards; NULL when none does, or it is one of ours. */
const char *filter_reading_customer (const FilterReading *reading);
/* Who wrote, where an alias service stands between and From is its address for him: whom its fields name. A claim, so he
 * is never opted out by it; NULL where the ledger knows From. */
const char *filter_reading_behind (const FilterReading *reading);
/* Does the text ask for an address that is not the writer's, or for somebody without one? */
gboolean filter_reading_is_for_another (const FilterReading *reading);

/* Whose standing @verdict changes, where its act and scope are known. */
void filter_policy_add_subjects (const FilterReading *reading, FilterVerdict *verdict);
/* Returns the subject, borrowed; NULL where the address is one already. */
FilterSubject *filter_verdict_add_subject (FilterVerdict *verdict, const char *address, const char *source);

/* ---- policy-report.c ---- */

/* Whom a bounce or a complaint is about, where it is proved; borrowed, NULL where it is not. */
const char *filter_policy_reported (const FilterCase *c);

/* ---- policy-scope.c ---- */

/* Fills scope and except of @verdict, whose act, reason and intent are known. */
void filter_policy_cover (const FilterReading *reading, FilterVerdict *verdict);

/* May a request be recorded beside what @verdict records? */
gboolean filter_policy_has_request (const FilterVerdict *verdict);

/* Does @intent open a case and stop nothing? */
gboolean filter_policy_is_case_only (ParserIntent intent);

/* What stays stopped where everything becomes as it was before @reading's answered wish. The caller frees. */
char **filter_policy_stays_out (const FilterReading *reading);

/* ---- policy-answer.c ---- */

/* Does nothing say that a machine wrote it, or that it is not whole? */
gboolean filter_policy_is_from_person (const FilterReading *reading);
/* Is the mail what one of our confirmations asked its reader for (R55, R56)? */
gboolean filter_policy_is_answer (const FilterReading *reading);
/* Makes of @verdict what that answer asks for: all but the subjects and the reply. */
void filter_policy_answer (const FilterReading *reading, FilterVerdict *verdict);

/* ---- policy-held.c ---- */

/* What a held mail was taken for; whatever is no request of its own is the opt-out that it might be. */
ParserIntent filter_policy_held_intent (const StoreEvent *hold);

/* Who asked for our mail and was asked whether it was he: his answer is more than an undo. */
gboolean filter_policy_is_question (const StoreEvent *answered);

G_END_DECLS

#endif
