/* parser-reply.h - how a mail of ours is written; a part of parser.h, which includes it. */
#ifndef PARSER_REPLY_H
#define PARSER_REPLY_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *from_name; /* UTF-8, or NULL */
  const char *from;      /* canonical address, ours */
  const char *to;        /* canonical address, the only recipient (R63) */
  const char *reply_to;  /* (nullable) where answers are to go instead of @from; canonical, ours */
  const char *subject;   /* UTF-8, one line; a line end in it is an assertion: subjects are ours (R69) */
  const char *body;      /* UTF-8 text with LF ends */
  const char *html;      /* (nullable) the same as a page: multipart/alternative */
  const char *message_id;  /* with angle brackets */
  const char *in_reply_to; /* (nullable) parent's Message-ID */
  const char *const *references; /* parent's References, or its In-Reply-To alone; NULL or NULL-terminated (R68) */
  const char *loop_marker; /* value of X-Loop */
  const char *language;    /* (nullable) for Content-Language */
  gint64 date_at;          /* seconds UTC */
  gboolean auto_replied;   /* Auto-Submitted: auto-replied (R67), else auto-generated (a digest) */
} ParserReply;

/**
 * parser_compose - a mail of ours as RFC 5322 octets with LF ends, 7bit clean, lines at most 78 characters
 * Only an address beyond ASCII stands in it as UTF-8 (RFC 6532): such a mail needs SMTPUTF8 on the whole way (R47).
 * @reply: borrowed; its strings are asserted free of line ends where a header takes them
 * Returns the octets; the caller unrefs. Source: R66-R70.
 */
GBytes *parser_compose (const ParserReply *reply);

G_END_DECLS

#endif
