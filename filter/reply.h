/* reply.h - what we say: the confirmation's text, from templates and values. Pure, as policy is. */
#ifndef FILTER_REPLY_H
#define FILTER_REPLY_H

#include "config.h"
#include "policy.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject;
  char *body;     /* plain text */
  char *html;     /* the same as a page; NULL unless [reply] html = yes */
  char *language; /* of the template that was found */
  char *name;     /* "opt-out.en"; of an operator's one with its place: "offers/opt-out.en" */
  char *digest;   /* SHA-256 of the template's text, hex */
} FilterReplyText;

void filter_reply_text_free (FilterReplyText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterReplyText, filter_reply_text_free)

/**
 * filter_reply_text - the notice for @verdict in the language of the mail, or one that filter_template_find() falls back to
 * @verdict: one that is answered
 * @mailbox: (nullable) address of the [mailbox] that the mail came to
 * @language: (nullable) language tag of the mail
 * @at: when the wish reached us, seconds UTC: the day is written as people write it there
 * Names what was stopped, what still comes and why, and how to undo it by replying. Under 4 KB, no octet of the mail
 * in it but the address (R70); the operator's names are made one line each. The caller frees.
 */
FilterReplyText *filter_reply_text (const FilterVerdict *verdict, const FilterConfig *config, const char *mailbox,
                                    const char *language, gint64 at);

/**
 * filter_reply_digest - the staff's daily notice that @count mails, cases and answers wait
 * @flood: (nullable) since when, and how many; @waiting: (nullable) the mails; @requests: (nullable) the cases: lines of ours,
 * each with its end
 * @failed: answers that were given up since the last notice   The caller frees.
 */
FilterReplyText *filter_reply_digest (const FilterConfig *config, guint count, const char *flood, const char *waiting,
                                      const char *requests, guint failed);

/** filter_reply_template - the text under [KIND] in filter/templates/LANGUAGE.txt, compiled in (templates.c); NULL when there is none */
const char *filter_reply_template (const char *kind, const char *language);
/** filter_reply_template_nth - the text of number @n, from 0, its KIND and LANGUAGE; NULL when there are no more */
const char *filter_reply_template_nth (guint n, const char **kind_out, const char **language_out);

/* Our texts as they come back in answers, made by echoc when the program is built (echoes.c). */
extern const ParserEchoTable filter_echo_table;

G_END_DECLS

#endif
