/* lines.h - a text as lines, for segment.c, html.c and their helpers; nobody else in this room needs it. */
#ifndef PARSER_LINES_H
#define PARSER_LINES_H

#include "internal.h"

#define PARSER_MAX_LINES 20000    /* lines looked at; what follows is one doubtful segment */
#define PARSER_MAX_LINE_FOLD 4000 /* octets of a line that are looked at: more is prose */
#define PARSER_LINE_START 64      /* octets of folded text in which a client writes the date */

/* What a line holds, as bits of ParserLine.marks. */
typedef enum
{
  PARSER_LINE_DATE = 1 << 0,
  PARSER_LINE_TIME = 1 << 1,
  PARSER_LINE_ADDRESS = 1 << 2,
  PARSER_LINE_URL = 1 << 3,
  PARSER_LINE_PHONE = 1 << 4,
  PARSER_LINE_COLON = 1 << 5,    /* ends with one */
  PARSER_LINE_EARLY = 1 << 6,    /* a date or a time stands near the start */
  PARSER_LINE_LONG = 1 << 7,     /* longer than PARSER_MAX_LINE_FOLD */
  PARSER_LINE_MIXED = 1 << 8,    /* a program's sentence begins behind the writer's */
  PARSER_LINE_DELIMITER = 1 << 9, /* its octets are "-- ": RFC 3676 section 4.3 */
  PARSER_LINE_OURS = 1 << 10      /* the operator's own text, come back */
} ParserLineMark;

#define PARSER_LINE_EVIDENCE (PARSER_LINE_DATE | PARSER_LINE_TIME | PARSER_LINE_ADDRESS)

typedef struct
{
  guint start, end;  /* octets of the text, without the line end */
  guint fold;        /* where its folded form begins in ParserLines.folded */
  guint fold_length; /* a space follows it there, so that neighbours read as one */
  guint depth;       /* quote marks in front */
  guint marks;       /* ParserLineMark */
  guint spans;       /* ParserSpanFlag of the span that its first visible octet stands in */
  const char *span_why;
  guint linked;      /* octets that are labels of links, but for bare addresses */
  char letter;       /* E Q A H D F S G P L C B U T, see segment.c */
  guint8 label;      /* of a header label: its role, from 1 */
  guint64 languages; /* of a header label: one bit a language */
} ParserLine;

typedef struct
{
  const ParserText *text;
  ParserLine *line;
  guint n;         /* at most PARSER_MAX_LINES */
  guint total;     /* lines of the whole text */
  GString *folded; /* lower case, without accents of Latin letters, blanks collapsed, digits in ASCII */
} ParserLines;

/* Every line with folded form, quote depth, marks and spans; letter is E, Q, D or T. */
ParserLines *parser_lines_new (const ParserText *text);
void parser_lines_free (ParserLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserLines, parser_lines_free)

/* The folded form of line @i (not NUL-terminated: see fold_length). */
const char *parser_lines_fold (const ParserLines *lines, guint i);
/* First line from @i on that is not empty, or n. */
guint parser_lines_next (const ParserLines *lines, guint i);
/* ParserLineMark of a folded stretch. */
guint parser_lines_marks (const char *folded, gsize length);
/* Folds @length octets of UTF-8 onto @out. */
void parser_lines_fold_onto (GString *out, const char *text, gsize length);

/* ---- attribution.c ---- */

/* What a line of letter F separates: its label. */
enum
{
  PARSER_SEPARATOR_ORIGINAL,
  PARSER_SEPARATOR_FORWARD,
  PARSER_SEPARATOR_END /* what was forwarded ends: the writer goes on */
};

/* Gives the letters A (attribution), H (header block) and F (separator); also to html.c, as the evidence that
 * backs a quoting container. */
void parser_attribution_mark (ParserLines *lines);
/* TRUE when a client's quote header stands inside line @i of prose. */
gboolean parser_attribution_glued (const ParserLines *lines, guint i);

/* ---- header-block.c ---- */

/* Gives the letter H, and labels. */
void parser_header_mark (ParserLines *lines);
/* The author that the first such block of marked @lines names, canonical; NULL when none does. The caller frees. */
char *parser_header_author (const ParserLines *lines);
/* TRUE when such a block stands inside one line of prose. */
gboolean parser_header_glued (const char *folded, gsize length);

/* ---- footer.c ---- */

/* Gives the letters S, B, C, L, P and U. */
void parser_footer_mark (ParserLines *lines);
/* TRUE when a word stands in the stretch that labels of footers have: "unsubscribe". */
gboolean parser_footer_names_leaving (const char *folded, gsize length);

/* ---- speaker.c: who speaks in a folded stretch, words between quotation marks left out ---- */

gboolean parser_speaks_one (const char *folded, gsize length);     /* somebody of himself: "me", "my" */
gboolean parser_speaks_writer (const char *folded, gsize length);  /* or of several, as firms do too: "we", "us" */
gboolean parser_speaks_trouble (const char *folded, gsize length); /* somebody for whom it does not work */

/* ---- armour.c ---- */

/* Gives the letters G to the lines of an armoured signature, B to what announces one. */
void parser_armour_mark (ParserLines *lines);

/* ---- banner.c ---- */

/* "Sent from my iPhone", in a line of its own. */
gboolean parser_banner_is_device (const char *folded, gsize length);
/* A line on top of a mail in which a gateway warns of mail from outside, and a line that goes on so. */
gboolean parser_banner_is_warning (const char *folded, gsize length);
gboolean parser_banner_goes_on (const char *folded, gsize length);

/* ---- echo.c ---- */

/* For each octet of folded text 1 where it repeats ours; NULL when there are no texts of ours. The caller frees. */
guint8 *parser_echoes_cover (const ParserEchoes *echoes, const char *folded, gsize length);

/* ---- echo-mark.c ---- */

/* Gives L to lines that repeat our own texts, and to what is left of them between and below these. */
void parser_echo_mark (ParserLines *lines, const ParserOptions *options);

#endif
