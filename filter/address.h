/* address.h - addresses that people type, as the store knows them. Pure; for the commands, which know no parser. */
#ifndef FILTER_ADDRESS_H
#define FILTER_ADDRESS_H

#include <glib.h>

G_BEGIN_DECLS

/** filter_address_canonical - the key of @text, NULL when it is no address (see parser.h); the caller frees */
char *filter_address_canonical (const char *text);
/** filter_address_base - @canonical without its +tag, NULL when it has none; for a second look-up; the caller frees */
char *filter_address_base (const char *canonical);

/** filter_address_quoted - @canonical as mail systems write it: its local part in quotes where RFC 5321 wants them; the
 * caller frees */
char *filter_address_quoted (const char *canonical);
/** filter_address_unicode - @canonical with its domain in letters, NULL where that is the same; the caller frees */
char *filter_address_unicode (const char *canonical);

/**
 * filter_address_dotless - @canonical without the dots in front of its +tag; NULL when it has none there, or its domain is
 * not one of @domains (nullable), where they mean nothing, or it is no address. For a second look-up; the caller frees.
 */
char *filter_address_dotless (const char *canonical, const char *const *domains);

/** filter_address_mailbox - one name for all spellings of a mailbox: without its +tag, and without dots where they mean
 * nothing. For comparing and counting, never another key; the caller frees. */
char *filter_address_mailbox (const char *canonical, const char *const *domains);

G_END_DECLS

#endif
