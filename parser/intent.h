/* intent.h - what the files that read an intent tell each other: clauses.c, own.c, topics.c, cues.c, inside.c, place.c,
 * object.c, ignored.c, rules.c, command.c, subject.c, scope.c */
#ifndef PARSER_INTENT_H
#define PARSER_INTENT_H

#include "internal.h"
#include "lexicon.h"

/* ---- clauses.c: folded text as words and clauses ---- */

/* A stretch between marks, line ends and contrast words. Sentences number the stretches between full stops.
 */
typedef struct
{
  guint start, end; /* bytes of ParserSaid.words */
  guint sentence;
  gboolean asked;           /* its sentence ends in a question mark */
  gboolean quoted;          /* stands in quotation marks */
  gboolean line_start;      /* the first of its line or sentence */
  guint first_cue, end_cue; /* indices of its cues */
  guint first_about, end_about;
  guint first_sense, end_sense;
  gboolean dash;            /* a dash stands before it */
  gboolean wished;          /* the wish is in it, by what was learned from examples */
  gboolean but;             /* it is among those by which one kind of mail alone may go on, as learned */
} ParserClause;

/* An address that stands in the text. */
typedef struct
{
  guint at;      /* byte of words that stands for it */
  char *address; /* as written, folded */
} ParserNamed;

/* One text or the subject as words: one space between words, PARSER_CLAUSE_END after each clause. */
typedef struct
{
  const char *part; /* borrowed */
  const char *text; /* decoded text of the part, borrowed */
  char *folded;
  GArray *fold_map; /* byte of folded -> byte of text */
  GString *words;
  GArray *map;      /* byte of words -> byte of folded */
  GArray *clauses;  /* ParserClause */
  GArray *respelt;  /* bytes of words (guint) where words begin that were written with a typing error */
  GPtrArray *named; /* ParserNamed */
  GArray *cues;     /* ParserCue, by start */
  GArray *about;    /* ParserCue of the kinds from PARSER_CUE_TOPIC on */
  GArray *senses;   /* ParserCue of the kinds from PARSER_CUE_SENSE on; NULL: they are not wanted */
  guint n_words;
  guint line, line_at; /* the line read next, and its byte of folded */
} ParserSaid;

#define PARSER_CLAUSE_END '\001'
#define PARSER_WORD_ADDRESS '\002'
#define PARSER_WORD_URL '\003'

#define PARSER_SUBJECT "subject" /* the part that the subject is */
ParserSaid *parser_said_new (const char *part, const char *text, gsize length, guint *defects);
void parser_said_free (ParserSaid *said);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserSaid, parser_said_free)
/* Takes in the lines from @first_line to @last_line, which follow those taken in before; @flowed as in
 * ParserText. */
void parser_said_read (ParserSaid *said, guint first_line, guint last_line, gboolean flowed);
/* Takes in what stands from byte @at of folded to its end. */
void parser_said_read_rest (ParserSaid *said, guint at);
/* Bytes of the part's text that the bytes @start to @end of words came from. */
void parser_said_locate (const ParserSaid *said, guint start, guint end, guint *start_out, guint *end_out);
guint parser_said_line (const ParserSaid *said, guint byte);
/* How many words begin in @start .. @end of words; two characters of unspaced scripts count as one. */
guint parser_said_count (const ParserSaid *said, guint start, guint end);
/* Are there so few words that a phrase may leap over them, PARSER_MAX_GAP at most?   Cost: bounded. */
gboolean parser_said_is_gap (const ParserSaid *said, guint start, guint end);
/* Where the word that begins at @at ends, at most @end; in unspaced scripts it is two characters. */
guint parser_said_word_end (const ParserSaid *said, guint at, guint end);

/* ---- own.c: what the operator adds ---- */

/* One of the operator's words for a category, or what the category is about ("topic offers"), by whatever words of
 * whatever language: what it names is mail that one can want no more of. */
typedef struct
{
  char *words;    /* folded, one space between words; NULL: see kinds */
  guint kinds;    /* one bit for each kind from PARSER_CUE_TOPIC on */
  guint category; /* index in ParserOptions.categories */
} ParserTopic;

typedef struct
{
  GArray *topics;  /* ParserTopic */
  GArray *phrases; /* of ParserOptions.words */
} ParserOwn;

ParserOwn *parser_own_new (const ParserOptions *options);
void parser_own_free (ParserOwn *own);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserOwn, parser_own_free)
/* Appends a ParserCue to @cues for each phrase of the operator in @clause, whose cues begin at @first_cue. */
void parser_own_find (const ParserOwn *own, ParserSaid *said, guint clause, guint first_cue, GArray *cues);

/* ---- cues.c: phrases of the lexicon in the words ---- */

typedef struct
{
  guint32 phrase;
  guint16 kind; /* ParserCueKind */
  guint8 language;
  guint8 n_pieces;
  guint topic;      /* number of the category that the operator's word names, from 1; 0: a word of the lexicon */
  guint8 typos;     /* letters that are wrong */
  gboolean own;     /* a phrase of the operator's */
  gboolean learned; /* no phrase: the stretch is like examples */
  gboolean inside;  /* part of a longer phrase that says something else */
  guint clause;     /* index */
  guint start, end; /* bytes of words, from the first piece to the last */
  struct
  {
    guint start, end;
  } pieces[PARSER_MAX_PIECES];
} ParserCue;

#define PARSER_MAX_CUES_OF_CLAUSE 256
#define PARSER_MAX_SENSES_OF_CLAUSE 1024 /* of all languages */

/* @own: (nullable); @senses: what single words mean is wanted too */
void parser_cues_read (ParserSaid *said, const ParserOwn *own, gboolean senses);
/* What the words of @said are about, as ParserTopic.kinds. */
guint parser_cues_kinds (ParserSaid *said);
/* Index of the language with @code, or -1. */
int parser_cues_find_language (const char *code);
/* Index of the language whose words are most, or -1. */
int parser_cues_language (const ParserSaid *const *said, guint n_said);
const char *parser_cues_language_code (guint language);
/* Is the word one of the long ones by which the lexicon knows that something is asked for, or mail; and which of
 * them is but one typing error away from it, or NULL?   Cost: a look at those that begin alike. */
gboolean parser_cues_is_key (const char *word, guint length);
const char *parser_cues_near (const char *word, guint length);
/* Changes whenever a phrase of the lexicon does. */
const char *parser_cues_digest (void);
gboolean parser_cues_negates_after (guint language);
gboolean parser_cues_verb_last (guint language);
/* Does a folded @word behind a comma go on with the thought before it, in whatever language: "I want, that you stop"? */
gboolean parser_cues_goes_on (const char *word, gsize length);
gboolean parser_cues_has_endings (guint language);
/* Is @cue of @language, an index or -1? Chinese in either letters is one language. */
gboolean parser_cue_is_of (const ParserCue *cue, int language);
gboolean parser_cues_same_language (const ParserCue *a, const ParserCue *b);
const ParserCue *parser_said_cue (const ParserSaid *said, guint i); /* clauses.c */
/* Appends to the cues of the clause whose first is @first, unless it has very many. */
void parser_said_add_cue (ParserSaid *said, guint first, const ParserCue *cue);
/* The cue's words as a rule name: "en.take-off", "own.let-me-out". The caller frees. */
char *parser_cue_rule (const ParserSaid *said, const ParserCue *cue);

/* ---- open.c: phrases with gaps, of which more is awaited ---- */

#define PARSER_OPEN_SLOTS 64

typedef struct
{
  GArray *cues;                              /* ParserCue, the last piece of each met so far */
  guint16 latest[PARSER_OPEN_SLOTS];         /* by the last digits of a phrase: the latest of cues, counted from 1, */
  guint16 before[PARSER_MAX_CUES_OF_CLAUSE]; /* and the one before it in the same slot */
} ParserOpen;

void parser_open_clear (ParserOpen *open);
/* Beyond PARSER_MAX_CUES_OF_CLAUSE nothing is awaited. */
void parser_open_add (ParserOpen *open, const ParserCue *cue);
/* The latest cue of @phrase that a piece which begins at @start may go on; or NULL.   Cost: those in its slot. */
const ParserCue *parser_open_find (const ParserOpen *open, const ParserSaid *said, guint32 phrase, guint start);

/* ---- inside.c ---- */

/* Puts the cues from @first on in order, by where they begin or by where they end.   Cost: linear where they
 * nearly are. */
void parser_cues_sort (GArray *cues, guint first);
void parser_cues_sort_by_end (GArray *cues, guint first);
/* Does @inner lie in one of the pieces of @outer? */
gboolean parser_cue_lies_in (const ParserCue *inner, const ParserCue *outer);
/* Marks as inside the cues from @first on, which come by their ends, that a longer one of them holds. */
void parser_cues_drop_inner (GArray *cues, guint first);
/* A word of another language that the mail's own @language knows too is its own: "stop" in an English mail. */
gboolean parser_cue_is_shadowed (const ParserSaid *said, const ParserCue *cue, int language);

/* ---- topics.c ---- */

/* Adds a cue wherever clause @clause, whose cues begin at @first_cue, names a category of the operator's or, by those
 * of @said->about from @first_about on, is about what one is about. */
void parser_topics_find (const ParserOwn *own, ParserSaid *said, guint clause, guint first_cue, guint first_about);

/* ---- place.c: where an action stands ---- */

typedef struct
{
  int language;           /* of the whole mail, -1 when it cannot be told */
  guint n_words;          /* of all new text */
  const char *writer[2]; /* addresses that stand for the writer; or NULL */
  const char *list[3];   /* and for the list */
} ParserSetting;

/* The clause around an action: the cues of its languages between two contrast words. */
typedef struct
{
  const ParserSaid *said;
  const ParserSetting *setting;
  const ParserClause *clause;
  const ParserCue *action;
  guint first, end; /* cues of the clause */
  guint low, high;  /* bytes of words */
} ParserPlace;

/* A cue of @kind that counts, other than the action, and begins in [low, high); in the clause; in the
 * sentence; or NULL. */
const ParserCue *parser_place_find (const ParserPlace *place, ParserCueKind kind, guint low, guint high);
const ParserCue *parser_place_find_in_clause (const ParserPlace *place, ParserCueKind kind);
const ParserCue *parser_place_find_mail (const ParserPlace *place, guint low, guint high);
const ParserCue *parser_place_find_in_sentence (const ParserPlace *place, ParserCueKind kind);
/* Up to where stand the words that govern the action: where verbs stand last, they may stand behind it. */
guint parser_place_reach (const ParserPlace *place);
/* Is @clause nothing but a "please"? */
gboolean parser_clause_is_please (const ParserSaid *said, const ParserClause *clause);
/* Sets low and high to the contrast words around the action. */
void parser_place_set_bounds (ParserPlace *place);
/* Words in [start, end) that no cue covers, counted up to four: something else is spoken of. */
guint parser_place_strange_words (const ParserPlace *place, guint start, guint end);
/* How many clauses @cue is away from the action, those not counted that are nothing but a "please". */
guint parser_place_apart (const ParserPlace *place, const ParserCue *cue);
/* The writer speaks of himself in the clause. */
gboolean parser_place_is_own (const ParserPlace *place);
/* "I get too many mails from you. Please stop it": what the action acts on was named in one of so many @sentences before
 * it, and nothing else. */
gboolean parser_place_acts_on_named_before (const ParserPlace *place, guint sentences);
/* Beside the action, in a short text, somebody else is spoken of. */
gboolean parser_place_is_of_person (const ParserPlace *place);
/* The action begins its clause, or only filler and asking stand before it. */
gboolean parser_place_is_first (const ParserPlace *place);
/* A third party's address in [low, high) of words, or NULL; one that stands for the writer or the list sets @own_out. */
const char *parser_setting_named (const ParserSetting *setting, const ParserSaid *said, guint low, guint high,
                                  gboolean *own_out);
/* Does @cue count beside the action: one of its language or the mail's, in no longer phrase? */
gboolean parser_place_counts (const ParserPlace *place, const ParserCue *cue);
guint parser_place_words_between (const ParserPlace *place, guint start, guint end);

/* ---- object.c: what it acts on ---- */

/* The first of what may be acted on is something else. */
gboolean parser_place_is_other_object (const ParserPlace *place);
/* What the action acts on is named, and is what it must be. */
gboolean parser_place_has_object (const ParserPlace *place, gboolean me, const char *named);

/* ---- ignored.c ---- */

/* Why the action is no wish of the writer, or NULL; @me: he speaks of himself, @named: of this address. */
const char *parser_place_why_ignored (const ParserPlace *place, gboolean me, const char *named);

/* ---- rules.c: what a clause asks for ---- */

typedef struct
{
  const ParserSaid *said;
  const ParserCue *cue; /* what the finding rests on; borrowed from said */
  ParserIntent intent;
  int score;
  const char *why; /* not NULL: seen, and ignored for this reason */
  gboolean third_person;
  const char *named; /* address that it asks for, borrowed from said */
  gboolean asked;    /* a question, or under a condition */
  gboolean doubtful; /* for one of these, a person must read it */
} ParserFinding;

/* Appends ParserFinding for each action of @said. */
void parser_rules_read (const ParserSaid *said, const ParserSetting *setting, GArray *findings);

/* ---- command.c ---- */

/* Are the words of these clauses nothing but a command, in a mail of @language (-1: unknown)? Sets the cue that it rests on, and its score. */
gboolean parser_command_read (const ParserSaid *said, int language, guint first_clause, guint end_clause,
                              const ParserCue **cue_out, int *score_out);

/* ---- subject.c ---- */

/* Bytes of the folded @subject that are reply prefixes and [list] tags; TRUE in @reply_out when a prefix was
 * among them. */
guint parser_subject_prefix (const char *subject, gboolean *reply_out);
/* TRUE when a mail client put "Fwd:" in front, in whatever language. @subject is folded. */
gboolean parser_subject_is_forward (const char *subject);

/* ---- scope.c ---- */

/* Fills scope and except of @facts, a mail of @language (-1: unknown), from the topics of sentences that hold a wish. Returns FALSE for "only X"
 * with an unknown X. */
gboolean parser_scope_read (const ParserSaid *const *said, guint n_said, int language,
                            const ParserOptions *options, ParserFacts *facts);

#endif
