/* returned.h - for tests of our own confirmations that come back: the texts in every language and of every kind, the ways in
 * which mail programs, relays and other machines send them back, and what is made of it. */
#ifndef TESTS_RETURNED_H
#define TESTS_RETURNED_H

#include "answers.h"
#include "policy.h"
#include "reply.h"
#include "template.h"

#define RETURNED_ANN "ann@example.org"
#define RETURNED_US "preferences@metrix.example"

/* ---- returned.c: the house, and what it sends ---- */

/* A text of ours, and what people answer to it. */
typedef struct
{
  const char *name;
  FilterAct act;
  const char *reason;
  ParserIntent intent;
  const char *scope;
  const char *again; /* what comes again beside; "" */
  gboolean asked;
  const char *words; /* of [words], with commas between */
} ReturnedNotice;

extern const ReturnedNotice returned_notices[];
extern const guint returned_n_notices;

void returned_set_up (void);
void returned_tear_down (void);

/* Language number @i that there are texts in, NULL behind the last. */
const char *returned_language (guint i);
/* The word of @language that @answer stands for, with a category behind one that needs it; the caller frees. */
char *returned_words (const char *language, ParserAnswer answer);
FilterReplyText *returned_text (const ReturnedNotice *notice, const char *language);

/* A mail from Ann to us that answers @rest's confirmation; @rest begins with further fields. */
ParserFacts *returned_read (const char *rest);
/* What becomes of it, as an answer to a stop of everything that was confirmed to Ann. */
FilterVerdict *returned_decide (const ParserFacts *facts);

/* ---- returned-shells.c: how mail programs send it back, with words of somebody's beside ---- */

typedef struct
{
  const char *name;
  char *(*shell) (const FilterReplyText *ours, const char *words); /* the words may be "" */
  gboolean machines_only;
} ReturnedShell;

extern const ReturnedShell returned_shells[];
extern const guint returned_n_shells;

/* A mail of @words above @text, with the subject of an answer. */
char *returned_beside (const FilterReplyText *ours, const char *words, const char *text);

/* ---- returned-damage.c: what is done to it on the way ---- */

typedef struct
{
  const char *name;
  /* @body as it arrives; @word: an answer in it, which the harm is done at; NULL where it cannot be done */
  char *(*damage) (const char *body, const char *word);
  gboolean at_word;
  gboolean heard; /* a person's words above it are heard, and not only held */
} ReturnedHarm;

extern const ReturnedHarm returned_harms[];
extern const guint returned_n_harms;

/* Lines of at most @width columns; scripts without spaces are cut where the line is full. */
char *returned_wrap (const char *text, guint width);

#endif
