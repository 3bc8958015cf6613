/* tokens.c - see tokens.h */
#include "tokens.h"

#include <string.h>

/* ---- made and read ---- */

/* A key's number is its place among the keys, which never changes. */
static GBytes *
newest_key (const FilterSecret *secret, guint *number_out)
{
  *number_out = secret->tokens->len - 1;
  return secret->token;
}

char *
filter_token_make (const FilterSecret *secret, ParserTokenPurpose purpose, const char *address,
                   const char *category)
{
  guint number;
  GBytes *key = newest_key (secret, &number);
  return parser_token_make (key, number, purpose, address, category);
}

char *
filter_token_answer (const FilterSecret *secret, const char *event)
{
  guint number;
  GBytes *key = newest_key (secret, &number);
  return parser_token_make_answer (key, number, event);
}

ParserToken *
filter_token_read (const FilterSecret *secret, const char *text)
{
  int number = parser_token_number (text);
  if (number < 0 || (guint)number >= secret->tokens->len)
    return NULL;
  return parser_token_read (g_array_index (secret->tokens, FilterSecretKey, number).key, text);
}

const char *
filter_token_category (const FilterConfig *config, guint32 number)
{
  const char *found = NULL;
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (category->essential || parser_token_category (category->name) != number)
        continue;
      if (found != NULL) /* of two with one number nobody knows which: both, and more */
        return NULL;
      found = category->name;
    }
  return found;
}

/* ---- where they stand ---- */

const char *
filter_token_mailbox (const FilterConfig *config)
{
  if (config->unsubscribe_address != NULL)
    return config->unsubscribe_address;
  for (guint i = 0; i < config->mailboxes->len; i++)
    {
      const FilterMailbox *mailbox = g_ptr_array_index (config->mailboxes, i);
      if (mailbox->role == FILTER_ROLE_UNSUBSCRIBE)
        return mailbox->address;
    }
  return NULL;
}

char *
filter_token_subaddress (const FilterConfig *config, const char *mailbox, const char *token)
{
  const char *domain = strrchr (mailbox, '@');
  gsize local = (gsize)(domain - mailbox);
  if (config->delimiter == NULL || local + strlen (config->delimiter) + strlen (token) > PARSER_MAX_LOCAL)
    return NULL;
  return g_strdup_printf ("%.*s%s%s%s", (int)local, mailbox, config->delimiter, token, domain);
}

char *
filter_token_mailto (const FilterConfig *config, const char *token)
{
  const char *mailbox = filter_token_mailbox (config);
  if (mailbox == NULL)
    return NULL;
  g_autofree char *subaddress = filter_token_subaddress (config, mailbox, token);
  /* RFC 6068: whatever an address may hold, and a URI, is left as it is */
  g_autofree char *path = g_uri_escape_string (subaddress != NULL ? subaddress : mailbox, "@+!$'*", FALSE);
  return subaddress != NULL ? g_strconcat ("mailto:", path, "?subject=unsubscribe", NULL)
                            : g_strconcat ("mailto:", path, "?subject=unsubscribe%20", token, NULL);
}

char *
filter_token_url (const FilterConfig *config, const char *token)
{
  g_autoptr (GString) url = g_string_new (config->unsubscribe_url);
  if (url->len == 0)
    return NULL;
  g_string_replace (url, "{token}", token, 0);
  return g_strdup (url->str);
}
