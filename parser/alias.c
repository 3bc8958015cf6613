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

/* Behind "s=" of Apple's "p=ALIAS; d=; f=MAILBOX; r=to; s=WRITER". */
static char *
apple_writer (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (g_strstrip (*part), "s="))
      return parser_address_canonical (*part + strlen ("s="));
  return NULL;
}

/* Apple's own address for bob@example.net is bob_at_example_net_RANDOM: what else may stand in it is not
 * told, so every mark is taken for any other. */
static gboolean
is_apple_for (const char *from, const char *writer)
{
  const char *at = strrchr (writer, '@');
  g_autofree char *start = g_strdup_printf ("%.*s_at_%s_", (int)(at - writer), writer, at + 1);
  g_autofree char *local = g_strndup (from, (gsize)(strrchr (from, '@') - from));
  return g_str_has_prefix (g_strdelimit (local, ".-+_", '_'), g_strdelimit (start, ".-+_", '_'));
}

static char *
read_apple (GPtrArray *fields, const char *from)
{
  static const char *const domains[] = { "icloud.com", "privaterelay.appleid.com" };
  const char *value = parser_fields_first (fields, "X-ICLOUD-HME");
  g_autofree char *writer = value != NULL ? apple_writer (value) : NULL;
  for (gsize i = 0; writer != NULL && i < G_N_ELEMENTS (domains); i++)
    if (is_in (from, domains[i]) && is_apple_for (from, writer))
      return g_steal_pointer (&writer);
  return NULL;
}

/* The last of "Bob O'Hara 'bob@example.net' via 33Mail". */
static char *
read_33mail (GPtrArray *fields, const char *from)
{
  const char *value = parser_fields_first (fields, "From");
  const char *end = is_in (from, "33mail.com") ? strstr (value, "' via 33Mail") : NULL;
  const char *start = end != NULL ? g_strrstr_len (value, end - value, "'") : NULL;
  g_autofree char *address = start != NULL ? g_strndup (start + 1, (gsize)(end - start - 1)) : NULL;
  return address != NULL ? parser_address_canonical (address) : NULL;
}

/* Such a service adds a way to block the alias to all that it hands on. That makes no list mail; the fields
 * of a list do. */
static void
forgive_unsubscribe (GPtrArray *fields, ParserFacts *facts)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strncasecmp (field->name, "List-", 5) == 0
          && g_ascii_strcasecmp (field->name, "List-Unsubscribe") != 0
          && g_ascii_strcasecmp (field->name, "List-Unsubscribe-Post") != 0)
        return;
    }
  facts->marks &= ~(guint)PARSER_MARK_LIST_FIELDS;
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
  if (facts->from != NULL && facts->alias_of == NULL)
    facts->alias_of = read_apple (fields, facts->from);
  if (facts->from != NULL && facts->alias_of == NULL)
    facts->alias_of = read_33mail (fields, facts->from);
  if (facts->alias_of != NULL)
    forgive_unsubscribe (fields, facts);
}
