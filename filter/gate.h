/* gate.h - may this be sent? The one look-up of check and its batches, of show, policyd and liboptout: never yes when
 * unsure (FIELD section 4, 14). */
#ifndef FILTER_GATE_H
#define FILTER_GATE_H

#include "config.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  FILTER_GROUND_ESSENTIAL, /* yes: mail that there is no opt-out of (R106) */
  FILTER_GROUND_SILENCE,   /* yes: nothing forbids it */
  FILTER_GROUND_CONSENT,   /* yes: it is out by default, and an opt-in holds */
  FILTER_GROUND_STOP,      /* no: a stop holds */
  FILTER_GROUND_DEFAULT    /* no: it is out by default, and no opt-in holds */
} FilterGround;

typedef struct
{
  FilterGround ground;
  StoreStanding *standing; /* the stop, or the opt-in; NULL: none */
  char *found;             /* the address that the stop was looked up by: the base address, or the spelling without dots,
                            * of the one asked for; NULL: that itself */
} FilterAnswer;

void filter_answer_clear (FilterAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterAnswer, filter_answer_clear)

gboolean filter_answer_is_yes (const FilterAnswer *answer);
/** filter_ground_name - "essential", "silence", "consent", "stop", "default"; static */
const char *filter_ground_name (FilterGround ground);

/**
 * filter_gate_ask - may mail of @category be sent to @address?
 * @store: (nullable with an essential category, which needs none)   @address: canonical
 * A stop is one of the address itself or of its base address, as it is spelt or without the dots that mean nothing there
 * ([optout] dotless-domains), each with the addresses linked with it (store_check()). Consent, where the category is out by
 * default, is the address's own alone: a stop is looked for on the safe side, and so is consent.
 * Errors: of the store, and then nobody may send.   Cost: one store_check() for each form that the address has.
 */
gboolean filter_gate_ask (Store *store, const FilterConfig *config, const char *address, const FilterCategory *category,
                          FilterAnswer *answer_out, GError **error);

/** filter_gate_explain - the answer and what it rests on in one line: "no: for ..., everything is stopped since ..."; the
 * caller frees */
char *filter_gate_explain (const FilterAnswer *answer, const char *address, const FilterCategory *category);

/**
 * filter_gate_tie - after @event, a wish, is recorded: link its address with the spelling without dots, where dots mean
 * nothing, so that the look-up by any spelling finds it; inside the same transaction. Of other events nothing.
 */
gboolean filter_gate_tie (Store *store, const FilterConfig *config, const StoreEvent *event, GError **error);

G_END_DECLS

#endif
