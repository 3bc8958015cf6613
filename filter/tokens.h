/* tokens.h - tokens of ours, as the keys make them and as they stand in mail that goes out. Pure. */
#ifndef FILTER_TOKENS_H
#define FILTER_TOKENS_H

#include "config.h"
#include "parser.h"

G_BEGIN_DECLS

/**
 * filter_token_make - a token for mail of @category (NULL: all marketing) to @address, canonical, under the
 * newest key filter_token_answer - one that names @event, for answers to its confirmation The caller frees.
 */
char *filter_token_make (const FilterSecret *secret, ParserTokenPurpose purpose, const char *address,
                         const char *category);
char *filter_token_answer (const FilterSecret *secret, const char *event);

/** filter_token_read - what @text says under the key of its number (R102); NULL when it is none of ours; the
 * caller frees */
ParserToken *filter_token_read (const FilterSecret *secret, const char *text);
/** filter_token_category - the category that a token of @number can stop; NULL: all marketing, also where
 * that one is configured no longer, or is essential by now */
const char *filter_token_category (const FilterConfig *config, guint32 number);

/** filter_token_mailbox - where opt-outs go: [unsubscribe] address, else the first mailbox of that role;
 * NULL: nowhere */
const char *filter_token_mailbox (const FilterConfig *config);
/** filter_token_subaddress - @mailbox with @token behind the delimiter; NULL where none is configured, or
 * where the local part has no room for it (RFC 5321, 4.5.3.1.1); the caller frees */
char *filter_token_subaddress (const FilterConfig *config, const char *mailbox, const char *token);
/** filter_token_mailto - the mailto: that opts out, the token in the address or else in the subject; NULL
 * without a mailbox; the caller frees */
char *filter_token_mailto (const FilterConfig *config, const char *token);
/** filter_token_url - [unsubscribe] url with @token in it; NULL where none is configured; the caller frees */
char *filter_token_url (const FilterConfig *config, const char *token);

G_END_DECLS

#endif
