/* reply.h - what we say: the confirmation's text, from templates and values. Pure, as policy is. */
#ifndef FILTER_REPLY_H
#define FILTER_REPLY_H

#include "config.h"
#include "policy.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject;
  char *body;
  char *language; /* of the template that was found */
} FilterReplyText;

void filter_reply_text_free (FilterReplyText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterReplyText, filter_reply_text_free)

/**
 * filter_reply_text - the notice for @verdict in the language of the mail, English where we have no template of it
 * @language: (nullable) ISO 639 code of the mail
 * @date: the day of the wish as people write it there is made from @at (seconds UTC)
 * Names what was stopped, what still comes and why, and how to undo it by replying. Under 4 KB, no octet of the mail
 * in it but the address (R70). The caller frees.
 */
FilterReplyText *filter_reply_text (const FilterVerdict *verdict, const FilterConfig *config, const char *language, gint64 at);

G_END_DECLS

#endif
