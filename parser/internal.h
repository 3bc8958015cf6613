/* internal.h - what the files of this room tell each other. Nobody outside parser/ includes it. */
#ifndef PARSER_INTERNAL_H
#define PARSER_INTERNAL_H

#include "parser.h"

/* ---- prescan.c: one streaming pass over the raw octets, before GMime sees them ---- */

typedef struct
{
  gboolean too_much; /* a limit of R42 is exceeded: GMime must not see the mail as it is */
  guint defects;
  gsize header_end;  /* octet after the empty line that ends the header; the mail's size when there is none */
  gsize start;       /* octets to pass over: a From_ line, a BOM, empty lines */
  gsize from_at;     /* where the From_ line begins */
  gboolean from_line; /* the mail began with "From " */
} ParserPrescan;

ParserPrescan parser_prescan (const guint8 *octets, gsize size);

/* The end of the line that begins at @at, and where the next one begins: LF, CRLF, a lone CR, CR CR LF (R30). */
gsize parser_line_end (const guint8 *octets, gsize size, gsize at, gsize *next_out);

/* The length of the name of a line "Name: value" or "Name : value", 0 when it is no field (R33, R34). */
gsize parser_field_name (const guint8 *line, gsize size);

/* ---- decode.c ---- */

/* Text that stands in one MIME part, decoded to UTF-8 with LF ends, and what is known of its stretches. */
typedef enum
{
  PARSER_SPAN_LINK = 1 << 0,        /* label of a link: "Unsubscribe" in <a href> */
  PARSER_SPAN_QUOTE = 1 << 1,       /* inside a quoting container that evidence backs */
  PARSER_SPAN_QUOTE_DOUBT = 1 << 2, /* inside a quoting container that nothing backs */
  PARSER_SPAN_SIGNATURE = 1 << 3,
  PARSER_SPAN_ATTRIBUTION = 1 << 4
} ParserSpanFlag;

typedef struct
{
  guint start, end; /* bytes of text */
  guint flags;      /* ParserSpanFlag */
  const char *why;  /* static: "gmail-quote", "blockquote-cite", ... */
} ParserSpan;

/* A link that may hold a token of ours. */
typedef struct
{
  guint at;     /* byte of text at which its label ends */
  char *target; /* as it stands in the mail */
} ParserLink;

typedef struct
{
  char *part;       /* MIME path */
  char *text;       /* UTF-8, LF ends, no NUL inside */
  gsize length;
  gboolean from_html;
  gboolean flowed, delsp; /* RFC 3676; text keeps its bytes: a line that ends in a space goes on in the next */
  GArray *spans;    /* ParserSpan, sorted by start, from HTML; empty for plain text */
  GPtrArray *links; /* (nullable) ParserLink, sorted, from HTML */
} ParserText;

void parser_text_free (ParserText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserText, parser_text_free)

/* Own decoders: GMime 3.2.13 loses text of ordinary mail (REQUIREMENTS section 0, point 1). */
GByteArray *parser_decode_base64 (const guint8 *octets, gsize size, guint *defects);           /* R39 */
GByteArray *parser_decode_quoted_printable (const guint8 *octets, gsize size, guint *defects); /* R39 */
typedef enum
{
  PARSER_ENCODING_IDENTITY,
  PARSER_ENCODING_BASE64,
  PARSER_ENCODING_QUOTED_PRINTABLE,
  PARSER_ENCODING_OPAQUE
} ParserEncoding;

/* What a Content-Transfer-Encoding (NULL: none) names, and the octets without it; the caller unrefs. */
ParserEncoding parser_encoding_read (const char *value, guint *defects);
GByteArray *parser_decode_transfer (const guint8 *octets, gsize size, ParserEncoding encoding, guint *defects);
/* A header value, raw and possibly folded, to one line of UTF-8 (R38, RFC 2047); never fails. */
char *parser_decode_words (const char *raw, gsize size);

/* ---- misread.c ---- */

/* @text, owned by the call, with every line that is UTF-8 twice over made what it was; the caller frees. */
char *parser_undo_misread (char *text, gsize *length);

/* ---- charset.c ---- */

/* Octets in @charset (NULL: us-ascii) to UTF-8: as declared; if invalid, UTF-8; else windows-1252 (R45). Never fails. */
char *parser_charset_to_utf8 (const guint8 *octets, gsize size, const char *charset, gsize *length_out, guint *defects);
void parser_charset_prepare (const guint8 *octets, gsize size);
void parser_charset_prepare_all (void);

/* ---- fields.c: a header block as fields ---- */

typedef struct
{
  char *name;  /* as written */
  char *value; /* unfolded (R32), raw octets otherwise, NUL-free */
} ParserField;

/* The header block as fields, by our own lenient reading (R32-R35): GMime drops what R33-R35 ask to keep. */
GPtrArray *parser_fields_read (const guint8 *octets, gsize size, guint *defects);
const char *parser_fields_first (GPtrArray *fields, const char *name); /* topmost value, or NULL */
const char *parser_fields_last (GPtrArray *fields, const char *name);  /* lowest value, or NULL */
guint parser_fields_count (GPtrArray *fields, const char *name);
GPtrArray *parser_fields_new (void); /* of ParserField */
void parser_fields_add (GPtrArray *fields, const char *name, const char *value);

/* ---- mailbox.c: addresses and message-ids out of values ---- */

GPtrArray *parser_mailboxes (const char *value);  /* addr-specs as written; owned by the caller */
char *parser_mailbox_first (const char *value);   /* the first one that is an address, canonical, or NULL */
char *parser_mailbox_spelt (const char *value);   /* the address that "ann at example.org (Ann)" stands for, or NULL */
GPtrArray *parser_message_ids (const char *value); /* valid msg-ids with their brackets (H26) */
gboolean parser_message_id_is_valid (const char *id, gsize size);

/* ---- headers.c: what known headers prove ---- */

/* A value without comments, in lower case; the caller frees. */
char *parser_value_plain (const char *value);
/* Return-Path and received date out of a "From " line at @octets, where the header gave none. */
void parser_from_line_read (const guint8 *octets, gsize size, ParserFacts *facts);
/* Message-ID, or the digest of From, Date, Subject and body; the caller frees. */
char *parser_identity (GPtrArray *fields, const ParserFacts *facts, const guint8 *body, gsize size);
/* Fills addresses, dates, subject, references, marks of @facts. */
void parser_headers_read (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts);
/* alias.c: alias_of; after parser_headers_read() */
void parser_alias_read (GPtrArray *fields, ParserFacts *facts);
/* auth.c: authenticated and auth_detail (R50-R53) */
void parser_auth_read (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts);

/* ---- tree.c: the parts of a mail, as kind.c wants to see them ---- */

typedef struct
{
  char *content_type;    /* of the whole mail, lower case "multipart/report" */
  char *report_type;     /* its report-type parameter, lower case, or NULL */
  GPtrArray *part_types; /* lower-case content types of all parts, in order */
  GPtrArray *reports;    /* a GPtrArray of ParserField per group: message/delivery-status, feedback-report, ... */
  GPtrArray *enclosed;   /* fields of the returned or enclosed message's header (message/rfc822, text/rfc822-headers), or NULL */
  GString *enclosed_text; /* and texts of that message, as they stand, for what may be a token in them; or NULL */
  GPtrArray *texts;      /* ParserText: what a reader would read, alternatives chosen (DETECTION section 8, stage 2) */
} ParserTree;

/* The parts of @body under the header @fields. @too_much: GMime must not see it, it is one raw text (R42). Adds to
 * defects and marks of @facts. */
ParserTree *parser_tree_read (GPtrArray *fields, const guint8 *body, gsize size, gboolean too_much,
                              const ParserOptions *options, ParserFacts *facts);
void parser_tree_free (ParserTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParserTree, parser_tree_free)

/* choose.c: TRUE when the HTML of a multipart/alternative is to be read instead of its plain text; adds to defects and
 * marks of @facts when they ask for different things (H51). */
gboolean parser_prefers_html (GPtrArray *plain, GPtrArray *html, const ParserOptions *options, ParserFacts *facts);

/* report.c: whom a bounce (also hard_bounce) or a complaint is about */
void parser_report_bounce (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts);
void parser_report_complaint (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts);
const char *parser_report_field (const ParserTree *tree, const char *name); /* first value in the reports, or NULL */

/* machine-words.c: what machines write, folded, NULL-terminated */
extern const char *const parser_words_auto_subject[], *const parser_words_auto_body[], *const parser_words_auto_sure[];
extern const char *const parser_words_gone[], *const parser_words_closed[];
extern const char *const parser_words_bounce_subject[], *const parser_words_bounce_body[], *const parser_words_hard[];
extern const char *const parser_words_bounce_sure_subject[], *const parser_words_bounce_sure_body[];
extern const char *const parser_words_receipt_subject[], *const parser_words_receipt_body[];
extern const char *const parser_words_one_tap[];

/* ---- word-list.c: lists of words, constant and NULL-terminated, in folded text ---- */

/* Where the first (and there the longest) of @words ends that stands in @folded as a whole word; NULL when none does.
 * @word_out: (nullable) that word. */
const char *parser_words_find (const char *const *words, const char *folded, gsize length, const char **word_out);
gboolean parser_words_begin (const char *const *words, const char *folded, gsize length);
/* TRUE when the stretch is one of @words. */
gboolean parser_words_equal (const char *const *words, const char *folded, gsize length);
/* TRUE when one of @words stands in @folded, or begins it, be it as part of a longer word. */
gboolean parser_words_stand_in (const char *const *words, const char *folded);
gboolean parser_words_lead (const char *const *words, const char *folded);

/* kind.c: sets kind, kind_why, reported, hard_bounce. Before intent, in the order of DETECTION section 8.
 * The texts of @tree give the cues of responders that send no header. */
void parser_kind_read (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts);
/* The first words of @text that are new, on one line; the caller frees. */
char *parser_new_opening (const ParserText *text, const GPtrArray *segments);
/* leaver.c: leaver and successor, of an automatic answer; with @facts->segments. */
void parser_leaver_read (GPtrArray *texts, ParserFacts *facts);
/* Marks as doubtful what a responder may have written who says so with words alone, in the new text of @texts; with
 * @facts->segments. */
void parser_kind_doubt (GPtrArray *texts, ParserFacts *facts);

/* ---- html.c: HTML to text; hidden text dropped (H21, H22), link labels and quoting containers as spans ---- */
ParserText *parser_html_to_text (const char *html, gsize length, const char *part, guint *defects);

/* An empty array that owns its ParserSegment; the caller unrefs (facts.c). */
GPtrArray *parser_segments_new (void);
/* ParserSegment.why of lines that are texts of ours come back. */
#define PARSER_WHY_OURS "our-words"

/* ---- segment.c: whose words; appends ParserSegment to @segments, covering every line of @text once ---- */
void parser_segment (const ParserText *text, const ParserOptions *options, GPtrArray *segments);

/* ---- forward.c: forwarded_from of @facts, whose kind and segments are known ---- */
void parser_forward_read (const ParserTree *tree, ParserFacts *facts);

/* ---- intent.c: what the new text asks for ----
 * Reads the subject and the new text of @texts; sets intent, confidence, language, scope, except, third_person,
 * named_address, evidence, ignored, and PARSER_MARK_EMPTY_BODY, PARSER_MARK_DOUBTFUL of @facts. @facts->segments,
 * kind, subject and marks are set already. */
void parser_intent_read (GPtrArray *texts, const ParserOptions *options, ParserFacts *facts);

/* ---- tokens.c: what may be a token of ours, and where it stands; the last to read, of all that is found ---- */
void parser_tokens_read (const ParserTree *tree, ParserFacts *facts);

/* ---- fold.c: one folding for lexicon and mail ----
 * Lower case, accents off where the language lets people leave them off (Latin, Greek), full-width to ASCII, curly
 * quotes to ', zero-width, soft hyphens and bidi marks out, look-alike letters to the script of their word. @map_out
 * gives for each byte of the result the byte of @text it came from (and one entry more: the end). */
char *parser_fold (const char *text, gsize length, GArray **map_out, guint *defects);

/* ---- echo.c ---- */

/**
 * parser_echoes_end - may @text be a copy of a confirmation of ours up to where something is asked for?
 * Of a text of the operator's, from where it tells what to answer; of one of ours, from anywhere.
 * parser_echoes_start - does what @text first repeats of these texts stand where they begin? A copy that a person writes
 *   above begins as ours do; a piece of one that begins with a word to answer with goes on with what stands behind that.
 */
typedef enum
{
  PARSER_ECHO_NONE, /* it repeats nothing */
  PARSER_ECHO_BEGINS,
  PARSER_ECHO_MAY_BEGIN, /* ours say the same further down, and go on as it does */
  PARSER_ECHO_GOES_ON
} ParserEchoStart;
gboolean parser_echoes_end (const ParserEchoes *echoes, const char *text, gsize length);
ParserEchoStart parser_echoes_start (const ParserEchoes *echoes, const char *text, gsize length);

#endif
