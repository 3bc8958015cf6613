/* lexicon.h - the form of the compiled lexicon, between lexc.c that writes it and cues.c that reads it. */
#ifndef PARSER_LEXICON_H
#define PARSER_LEXICON_H

#include <glib.h>

/* What a phrase tells; the names are the headings of the files in lexicon/, explained in its README. */
#define PARSER_CUES(CUE)                                                                                     \
  CUE (LEAVE, "leave")                                                                                       \
  CUE (REMOVE, "remove")                                                                                     \
  CUE (STOP, "stop")                                                                                         \
  CUE (REFUSE, "refuse")                                                                                     \
  CUE (WISH, "wish")                                                                                         \
  CUE (COMMAND, "command")                                                                                   \
  CUE (ME, "me")                                                                                             \
  CUE (MAIL, "mail")                                                                                         \
  CUE (LIST, "list")                                                                                         \
  CUE (PLEASE, "please")                                                                                     \
  CUE (WANT, "want")                                                                                         \
  CUE (FILLER, "filler")                                                                                     \
  CUE (NOT, "not")                                                                                           \
  CUE (BUT, "but")                                                                                           \
  CUE (IF, "if")                                                                                             \
  CUE (ASK, "ask")                                                                                           \
  CUE (PAST, "past")                                                                                         \
  CUE (OTHERS, "others")                                                                                     \
  CUE (PERSON, "person")                                                                                     \
  CUE (THING, "thing")                                                                                       \
  CUE (ABOUT, "about")                                                                                       \
  CUE (OFFER, "offer")                                                                                       \
  CUE (FROM, "from")                                                                                         \
  CUE (YOU, "you")                                                                                           \
  CUE (STAY, "stay")                                                                                         \
  CUE (SUBSCRIBE, "subscribe")                                                                               \
  CUE (ERASE, "erase")                                                                                       \
  CUE (ACCESS, "access")                                                                                     \
  CUE (CORRECT, "correct")                                                                                   \
  CUE (SHARE, "share")                                                                                       \
  CUE (BROKEN, "broken")                                                                                     \
  CUE (ONLY, "only")                                                                                         \
  CUE (EXCEPT, "except")                                                                                     \
  CUE (DATA, "data")                                                                                         \
  CUE (COMMON, "common")                                                                                     \
  CUE (MISS, "miss")                                                                                         \
  CUE (CONTACT, "contact")                                                                                   \
  CUE (UNASKED, "unasked")                                                                                   \
  CUE (CANCEL, "cancel")                                                                                     \
  CUE (WELCOME, "welcome")                                                                                   \
  CUE (KEEP, "keep")                                                                                         \
  CUE (REST, "rest")                                                                                         \
  CUE (TOPIC_OFFERS, "topic offers")                                                                         \
  CUE (TOPIC_NEWSLETTER, "topic newsletter")                                                                 \
  CUE (TOPIC_UPDATES, "topic updates")                                                                       \
  CUE (TOPIC_EVENTS, "topic events")                                                                         \
  CUE (TOPIC_SURVEYS, "topic surveys")                                                                       \
  CUE (TOPIC_REMINDERS, "topic reminders")                                                                   \
  CUE (TOPIC_INVOICES, "topic invoices")                                                                     \
  CUE (TOPIC_SERVICE, "topic service")                                                                       \
  CUE (KEPT_OFFERS, "kept offers")

typedef enum
{
#define CUE(name, heading) PARSER_CUE_##name,
  PARSER_CUES (CUE)
#undef CUE
  PARSER_CUE_SENSE
} ParserCueKind;

/* From here on the kinds say what a mail is about; they count where a category of the operator's is about the
 * same. */
#define PARSER_CUE_TOPIC PARSER_CUE_TOPIC_OFFERS
#define PARSER_TOPIC_BIT(kind) (1u << ((kind)-PARSER_CUE_TOPIC))

/* From PARSER_CUE_SENSE on they say what single words mean, and from PARSER_CUE_WORD on what they mean in
 * particular, numbered in the order of the first file: they are no cues, and count only where examples are
 * learned from. */
#define PARSER_CUE_WORD 0x800
/* The first three: I, we, you. */
#define PARSER_CUE_WORD_YOU (PARSER_CUE_WORD + 2)
#define PARSER_MAX_KIND 0xFFF
#define PARSER_MAX_PHRASE 0x3FFFFF

#define PARSER_MAX_PIECES 4
#define PARSER_MAX_GAP 7 /* words between two pieces of a phrase */

/* A phrase is one piece, or several with other words between them ("take ... off"); phrases of one heading
 * share the pieces with which they begin alike. */
typedef struct
{
  guint32 phrase;  /* up to this piece, numbered in the order of files and lines from 1: 22 bits */
  guint32 before;  /* the phrase that it goes on, 0 at the first piece: 22 bits */
  guint16 kind;    /* ParserCueKind: 12 bits */
  guint8 language; /* index of the language table: 6 bits */
  guint8 open_end; /* the word may go on */
  guint8 last;     /* the phrase is whole */
} ParserPiece;

#define PARSER_MAX_CELLS 0x3FFFFF
#define PARSER_MAX_ENDS 0xFFF

/* What stands behind a state when the next byte is its own; a state is an index of cells, and the byte is
 * added. */
typedef struct
{
  guint32 next;    /* state: 22 bits */
  guint32 skipped; /* pieces of words that come before those which go on here: 22 bits */
  guint16 ends;    /* pieces of the word that ends with this byte: 12 bits; the first is the sum of skipped on
                      the way */
  guint8 byte;     /* 0: nobody's cell */
} ParserCell;

/* Both stand in the tables as one number: small, and quickly compiled. */
static inline guint64
parser_piece_pack (ParserPiece piece)
{
  return (guint64)piece.phrase << 42 | (guint64)piece.before << 20 | (guint32)piece.language << 14
         | (guint32)piece.kind << 2 | (guint32)piece.open_end << 1 | piece.last;
}

static inline ParserPiece
parser_piece_unpack (guint64 piece)
{
  return (ParserPiece){ .phrase = (guint32)(piece >> 42),
                        .before = piece >> 20 & PARSER_MAX_PHRASE,
                        .language = piece >> 14 & 0x3F,
                        .kind = piece >> 2 & PARSER_MAX_KIND,
                        .open_end = piece >> 1 & 1,
                        .last = piece & 1 };
}

static inline guint64
parser_cell_pack (ParserCell cell)
{
  return (guint64)cell.ends << 52 | (guint64)cell.skipped << 30 | (guint64)cell.next << 8 | cell.byte;
}

static inline ParserCell
parser_cell_unpack (guint64 cell)
{
  return (ParserCell){ .ends = (guint16)(cell >> 52),
                       .skipped = cell >> 30 & PARSER_MAX_CELLS,
                       .next = cell >> 8 & PARSER_MAX_CELLS,
                       .byte = (guint8)cell };
}

/* Stand before words that may begin inside a longer one, and before particles. */
#define PARSER_OPEN_START "*"
#define PARSER_PARTICLE "+"

typedef struct
{
  const char *code;
  gboolean negates_after; /* "not" may follow the verb that it governs */
  gboolean verb_last;     /* what a verb acts on, and "how", stand before it or behind it */
  gboolean has_endings;   /* "not" and "did" stand straight behind the verb, and nowhere else */
  gboolean tells_accents; /* words differ by their accents alone */
  const char
      *particles; /* small words that are written together with the next one; parted and enclosed by blanks */
  const char *that; /* words that, behind a comma, go on with the thought before it; likewise */
} ParserLanguage;

/* How a phrase of a language that tells accents is spelt; sorted by phrase, which may have several. */
typedef struct
{
  guint32 phrase;
  guint32 accents; /* of parser_accents */
} ParserSpelling;

/* A long word that is known with typing errors too. */
typedef struct
{
  const char *word;
  guint64 piece;
} ParserTypo;

/* ---- phrase.c: how phrases are written, by lexicon/README ---- */

/* A stretch of a phrase between gaps. */
typedef struct
{
  char *words; /* folded, parted by one space, or by none where scripts know none */
  gboolean open_start, open_end;
} ParserPhrasePiece;

/* These return NULL, or what is wrong, which the caller frees. */

/* Appends to @all everything that a phrase with (a|b) in it stands for, at most @most. */
char *parser_phrase_expand (const char *text, guint most, GPtrArray *all);
/* The pieces of a phrase without choices; the caller frees their words. */
char *parser_phrase_split (const char *text, ParserPhrasePiece pieces_out[PARSER_MAX_PIECES], guint *n_out);
/* The words of a piece as the automaton meets them in a mail. */
char *parser_phrase_words (const char *piece, char **words_out);

/* ---- words.c ---- */

/* Letters, digits and the marks on them; everything else parts words. */
gboolean parser_is_word (gunichar c);
/* May a phrase begin or end at byte @at of @words? */
gboolean parser_is_edge (const GString *words, guint at);
/* Scripts that write without spaces, or with spaces as the writer likes (Hangul): no word boundary is asked
 * for there, and no space counts. */
gboolean parser_is_unspaced (gunichar c);
/* A number that tells which accents the words of @text bear, wherever in the word, going on from @accents of
 * the text before (0: none); sets in @any_out whether one bears any. */
guint32 parser_accents (const char *text, gsize length, guint32 accents, gboolean *any_out);
/* Is @word, of @length bytes, but for one typing error @key: a letter wrong, missing or too many, or two swapped,
 * and not the first? */
gboolean parser_is_one_off (const char *key, const char *word, guint length);
enum
{
  PARSER_LEAST_KEY = 7, /* letters of a word that others are respelt to */
  PARSER_LEAST_TYPO = 6, /* bytes of a word that is taken for another */
  PARSER_MOST_TYPO = 16
};
/* Is @word, of @length bytes between the two, @key with typing errors: one in up to eight letters, two from
 * nine on? It keeps its first and its last letter. Who writes nothing but one word (@alone) may get more of a
 * long one wrong behind its beginning. */
gboolean parser_is_typo (const char *key, const char *word, guint length, gboolean alone, guint *errors_out);

#endif
