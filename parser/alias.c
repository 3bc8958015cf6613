/* alias.c - who wrote, where a mailbox of ours stands behind an alias service
 *
 * Such a service puts an address of its own into From, by which we reach the writer through it, and the
 * writer's into a field. Only fields that a service documents, or that its source or its mail shows, are
 * looked at. Anybody can write them. */
#include <string.h>

#include "internal.h"

static gboolean
is_in (const char *address, const char *domain)
{
  const char *at = strrchr (address, '@') + 1;
  gsize length = strlen (at), size = strlen (domain);
  return length >= size && strcmp (at + length - size, domain) == 0
         && (length == size || at[length - size - 1] == '.');
}

void
parser_alias_read (GPtrArray *fields, ParserFacts *facts)
{
  static const struct
  {
    const char *name;
    const char *domain; /* of From; NULL: any, since people run the service under a domain of their own */
  } services[] = {
    { "X-SimpleLogin-Original-From", NULL },
    { "X-AnonAddy-Original-Sender", NULL },
    { "Duck-Original-From", "duck.com" },
    { "Resent-From", "mozmail.com" }, /* Firefox Relay; elsewhere the field says who handed a mail on */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (services) && facts->from != NULL && facts->alias_of == NULL; i++)
    {
      const char *value = parser_fields_first (fields, services[i].name);
      if (value == NULL || (services[i].domain != NULL && !is_in (facts->from, services[i].domain)))
        continue;
      g_autofree char *address = parser_mailbox_first (value);
      if (g_strcmp0 (address, facts->from) != 0)
        facts->alias_of = g_steal_pointer (&address);
    }
}
