/* postfix.c - see postfix.h */
#include "postfix.h"
#include "address.h"

#include <string.h>

#define ACTION_MOST                                                                                          \
  400 /* RFC 5321 section 4.5.3.1.5: a reply line has 512 octets, and a code goes before it */

gboolean
filter_postfix_is_action (const char *action)
{
  gsize length = strlen (action);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (action[i]))
      return FALSE;
  return g_ascii_isalnum (*action) && length <= ACTION_MOST;
}

char *
filter_postfix_action (const char *action, const FilterCategory *category)
{
  return action != NULL
             ? g_strdup (action)
             : g_strdup_printf ("REJECT 5.7.1 No mail of category %s goes to this recipient", category->name);
}

char *
filter_postfix_key (const char *address)
{
  return *address == '#' ? NULL : filter_address_quoted (address);
}

char *
filter_postfix_second_key (const char *address)
{
  g_autofree char *unicode = filter_address_unicode (address);
  return unicode != NULL ? filter_postfix_key (unicode) : NULL;
}
