/* auth.c - how sure we are who wrote it: Authentication-Results under its rules of trust (R50 to R53) */
#include <string.h>

#include "internal.h"

/* What one result, "dkim=pass header.d=example.org", proves. */
typedef struct
{
  ParserProof proof;
  char *detail; /* owned */
} Result;

/* One domain is the other's parent or both are one: relaxed alignment as far as it goes without a list of
 * public suffixes, so siblings do not count (RFC 9989 section 4.4). */
static gboolean
is_aligned (const char *domain, const char *from)
{
  gsize a = strlen (domain), b = strlen (from);
  if (!strchr (domain, '.') || !strchr (from, '.'))
    return FALSE;
  if (a == b)
    return strcmp (domain, from) == 0;
  const char *longer = a > b ? domain : from, *shorter = a > b ? from : domain;
  gsize cut = MAX (a, b) - MIN (a, b);
  return longer[cut - 1] == '.' && strcmp (longer + cut, shorter) == 0;
}

/* The value of property @name among @words, its domain alone; NULL when it is not there. */
static char *
property_domain (char **words, const char *name)
{
  for (guint i = 1; words[i]; i++)
    {
      gsize size = strlen (name);
      if (strncmp (words[i], name, size) != 0 || words[i][size] != '=')
        continue;
      const char *value = words[i] + size + 1;
      const char *at = strrchr (value, '@');
      g_autofree char *domain = g_strdup (at ? at + 1 : value);
      g_strdelimit (domain, "\"", ' ');
      g_autofree char *address = g_strconcat ("x@", g_strstrip (domain), NULL);
      g_autofree char *canonical = parser_address_canonical (address);
      return canonical ? g_strdup (canonical + 2) : NULL;
    }
  return NULL;
}

/* What a result proves about an author at @from; unknown methods and properties decide nothing (R52). */
static Result
read_result (const char *text, const char *from)
{
  static const struct
  {
    const char *word, *property;
    ParserProof proof;
  } methods[] = {
    { "dmarc=pass", "header.from", PARSER_PROOF_DMARC },
    { "dkim=pass", "header.d", PARSER_PROOF_DKIM },
    { "dkim=pass", "header.i", PARSER_PROOF_DKIM },
    { "spf=pass", "smtp.mailfrom", PARSER_PROOF_SPF },
  };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  for (gsize i = 0; words[0] && i < G_N_ELEMENTS (methods); i++)
    {
      if (strcmp (words[0], methods[i].word) != 0)
        continue;
      g_autofree char *domain = property_domain (words, methods[i].property);
      gboolean exact = methods[i].proof == PARSER_PROOF_DMARC;
      if (domain && (exact ? strcmp (domain, from) == 0 : is_aligned (domain, from)))
        return (Result){ methods[i].proof,
                         g_strdup_printf ("%s %s=%s", words[0], methods[i].property, domain) };
    }
  return (Result){ PARSER_PROOF_NONE, NULL };
}

/* What stands in quotes is never syntax: a reason may hold a stranger's words. */
static void
mask_quoted (char *plain)
{
  gboolean quoted = FALSE;
  for (; *plain; plain++)
    if (*plain == '"')
      quoted = !quoted;
    else if (quoted && strchr ("; =\t", *plain))
      *plain = '?';
}

/* "spf = pass" is written so as well as "spf=pass". */
static char *
close_up (const char *text)
{
  g_autoptr (GString) closed = g_string_new (NULL);
  for (const char *at = text; *at; at++)
    {
      gboolean blank = g_ascii_isspace (*at);
      const char *next = at;
      while (g_ascii_isspace (*next))
        next++;
      if (blank && (*next == '=' || (closed->len && strchr ("= ", closed->str[closed->len - 1]))))
        continue;
      g_string_append_c (closed, blank ? ' ' : *at);
    }
  return g_strdup (g_strstrip (closed->str));
}

/* The one field that is believed: what it holds best. */
static void
believe (const char *plain, ParserFacts *facts)
{
  g_auto (GStrv) results = g_strsplit (plain, ";", -1);
  for (guint i = 1; results[0] && results[i]; i++)
    {
      g_autofree char *text = close_up (results[i]);
      Result result = read_result (text, facts->from_domains);
      if (result.proof > facts->authenticated)
        {
          facts->authenticated = result.proof;
          g_free (facts->auth_detail);
          facts->auth_detail = g_steal_pointer (&result.detail);
        }
      g_free (result.detail);
    }
}

/* The field names @authserv_id and no version, or version 1 (R51). Its @value begins with that name: ours
 * writes it so, and who removes forged ones need not know how else it could be written. */
static gboolean
is_ours (const char *value, const char *plain, const char *authserv_id)
{
  if (g_ascii_strncasecmp (value, authserv_id, strlen (authserv_id)) != 0)
    return FALSE;
  g_autofree char *head = g_strndup (plain, strcspn (plain, ";"));
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (head), " \t", -1);
  if (!words[0] || g_ascii_strcasecmp (words[0], authserv_id) != 0)
    return FALSE;
  for (guint i = 1; words[i]; i++)
    if (*words[i] && strcmp (words[i], "1") != 0)
      return FALSE;
  return TRUE;
}

/* A Received that our own border or a host behind it wrote: its "by" is @authserv_id or in the same domain.
 */
static gboolean
is_own_hop (const char *received, const char *authserv_id)
{
  g_autofree char *plain = parser_value_plain (received);
  g_auto (GStrv) words = g_strsplit_set (plain, " \t;", -1);
  const char *dot = strchr (authserv_id, '.');
  const char *domain = dot && strchr (dot + 1, '.') ? dot + 1 : authserv_id;
  for (guint i = 0; words[i]; i++)
    if (strcmp (words[i], "by") == 0)
      {
        while (words[++i] && !*words[i])
          ;
        gsize host = words[i] ? strlen (words[i]) : 0, own = strlen (domain);
        return host >= own && g_ascii_strcasecmp (words[i] + host - own, domain) == 0
               && (host == own || words[i][host - own - 1] == '.');
      }
  return FALSE;
}

/* The topmost instance with our authserv-id, as long as no hop outside of our house stands above it (R50). */
void
parser_auth_read (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts)
{
  if (!options || !options->authserv_id || !options->trust_authentication_results)
    return;
  if (!facts->from_domains || strchr (facts->from_domains, ',') || facts->defects & PARSER_DEFECT_MANY_FROM)
    return;
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strcasecmp (field->name, "Received") == 0
          && !is_own_hop (field->value, options->authserv_id))
        return;
      if (g_ascii_strcasecmp (field->name, "Authentication-Results") != 0)
        continue;
      g_autofree char *plain = parser_value_plain (field->value);
      mask_quoted (plain);
      if (is_ours (field->value, plain, options->authserv_id))
        {
          believe (plain, facts);
          return;
        }
    }
}
