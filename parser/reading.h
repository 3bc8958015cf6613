/* reading.h - a mail while its intent is read: what intent.c, evidence.c, asked.c and inherit.c share */
#ifndef PARSER_READING_H
#define PARSER_READING_H

#include "intent.h"
#include "likeness.h"

#define PARSER_MOST_LIKE 110 /* words of a mail of which the examples, which are short, say anything */
#define PARSER_IN_A_LINE 15 /* off the score of a command that something follows: more is said than a word */

/* Where the text is most like something, and that as a finding. */
typedef struct
{
  ParserCue cue;
  ParserFinding finding;
} ParserLikely;

typedef struct
{
  GPtrArray *texts;
  ParserFacts *facts;
  ParserSaid *subject;
  gboolean quotes;      /* the mail answers another one: its subject may be that one's */
  gboolean quoted;      /* and shows it */
  gboolean answered;    /* text that is a footer's by its words stands above the quotation */
  gboolean replied;     /* the subject has a reply prefix */
  GPtrArray *bodies;    /* ParserSaid of new text */
  GPtrArray *others;    /* ParserSaid of the rest, one a segment */
  GPtrArray *whose;     /* ParserSegment of others */
  GArray *findings;     /* of bodies */
  GArray *in_subject;   /* of the subject */
  guint n_words;        /* of bodies */
  const ParserOwn *own; /* the operator's words */
  ParserSetting setting;
  ParserLikeness likeness;      /* of all that is new; its likes have no text where it was not weighed */
  ParserLikely likely, request; /* the wish that it is most like, and the request */
} ParserReading;

/* What a mail is taken for. */
typedef struct
{
  ParserIntent intent;
  const ParserFinding *finding; /* what it rests on; NULL: nothing */
  int score;
  gboolean unsure;      /* the wish is taken back in the same mail */
  const ParserFinding *request; /* with a term of the law, beside it; NULL: none */
} ParserHeard;

/* ---- evidence.c ---- */

/* The text of @part, or NULL. */
const ParserText *parser_reading_text (const ParserReading *reading, const char *part);
/* Is the cue's text part of a link's label? */
gboolean parser_reading_is_link_label (const ParserReading *reading, const ParserSaid *said, const ParserCue *cue);
/* Appends to @hits the finding's clause, or where that is long its own words, once. */
void parser_reading_add_hit (const ParserFacts *facts, GPtrArray *hits, const ParserFinding *finding, const char *why);
/* Appends @request to the evidence, behind the wish beside which it was found. */
void parser_reading_add_request (const ParserFacts *facts, const ParserFinding *request);
/* Lists what was seen in text that is not the writer's. */
void parser_reading_list_others (const ParserReading *reading);
/* Lists @findings beside what was @heard as evidence or as ignored. */
void parser_reading_list_findings (const ParserReading *reading, const GArray *findings, const ParserHeard *heard);

/* ---- asked.c ---- */

/* Appends a finding when the clauses from @first to before @end are nothing but a command, @less off its score. */
void parser_reading_add_command (const ParserReading *reading, const ParserSaid *said, guint first, guint end,
                                 int less, GArray *findings);
/* A text of few words that are nothing but a command; a line that is one, or a clause of a short text. */
void parser_reading_add_commands (const ParserReading *reading, const ParserSaid *said, GArray *findings);
/* Is the clause the heading of a footer? */
gboolean parser_reading_is_footer_heading (const ParserReading *reading, const ParserSaid *said, guint at);

/* ---- intent.c ---- */

/* The best finding of @intent that counts, or NULL, with what agrees with it added to its score; @plain: none that is
 * doubtful. */
const ParserFinding *parser_reading_best (const ParserReading *reading, ParserIntent intent, gboolean plain,
                                          int *score_out);

/* ---- balance.c ---- */

/* Weighs what the rules @heard against what the text is like, and sets it to what both together make of it; reads the
 * likeness. */
void parser_balance (ParserReading *reading, ParserHeard *heard);
/* Sets @likely to the stretch that is most like @like, which must have been read, and returns its finding. */
ParserFinding *parser_reading_likely (const ParserReading *reading, ParserLike like, ParserLikely *likely);
/* Does the writer write below what he quotes? Then he is talking to somebody, and what he says of mail belongs to
 * the talk. */
gboolean parser_reading_is_talk (const ParserReading *reading);

/* ---- requests.c ---- */

/* Are they said in different words? */
gboolean parser_findings_apart (const ParserFinding *one, const ParserFinding *other);
/* Adds the request with a term of the law that stands beside the wish that was @heard; where none was heard, or only
 * by likeness and the text is more like such a request, or like a wish for mail, sets @heard to that. */
void parser_requests_read (ParserReading *reading, ParserHeard *heard);

/* ---- respell.c ---- */

/* Reads unknown words of @said as those that they were meant to be, before its cues are read.   Cost: a search for
 * each word that is in no example, 2,000 more for one that is near a key. */
void parser_respell (ParserSaid *said);

/* ---- answer.c ---- */

/* Sets answer and answer_scope, once the cues are read. */
void parser_answer_read (const ParserReading *reading, const ParserOptions *options);

/* ---- answer-place.c ---- */

/* Do the bytes @start to @end of @part's text stand in unmarked text of ours, where ours may have them? @strict: also
 * where they may stand as well above a whole one. */
gboolean parser_reading_is_among_ours (const ParserReading *reading, const ParserOptions *options, const char *part,
                                       guint start, guint end, gboolean strict);
/* Does the mail answer another one that looks like a confirmation of ours? */
gboolean parser_reading_answers_ours (const ParserReading *reading);

/* ---- inherit.c ---- */

/* Reads the subject, once the bodies are read. */
void parser_reading_add_subject (ParserReading *reading);

#endif
