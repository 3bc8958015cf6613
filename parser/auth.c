/* auth.c - how sure we are who wrote it: Authentication-Results under its rules of trust (R50 to R53) */
#include <libpsl.h>
#include <string.h>

#include "internal.h"

/* What we read of a result, "dkim=pass header.d=example.org". */
typedef struct
{
  const char *name, *property, *fallback; /* fallback: where the field does not have the property */
  ParserProof proof;
  gboolean exact;
} Method;

static const Method methods[] = {
  { "dmarc", "header.from", NULL, PARSER_PROOF_DMARC, TRUE },
  { "dkim", "header.d", "header.i", PARSER_PROOF_DKIM, FALSE },
  { "spf", "smtp.mailfrom", NULL, PARSER_PROOF_SPF, FALSE },
};

/* ---- alignment ---- */

/* Relaxed alignment (RFC 9989 section 4.4): both have the same organizational domain. What that is would be
 * found by a walk through the DNS; the list of public suffixes tells it without (doc/DEVIATIONS). */
static gboolean
is_aligned (const char *domain, const char *from)
{
  if (!strchr (domain, '.') || !strchr (from, '.'))
    return FALSE;
  if (strcmp (domain, from) == 0)
    return TRUE;
  const char *one = psl_registrable_domain (psl_builtin (), domain);
  const char *other = psl_registrable_domain (psl_builtin (), from);
  return one && other && strcmp (one, other) == 0;
}

/* ---- one result ---- */

/* What stands behind "@name=" among @words; NULL when it is not there. */
static const char *
property (char **words, const char *name)
{
  gsize size = strlen (name);
  for (guint i = 1; words[i]; i++)
    if (strncmp (words[i], name, size) == 0 && words[i][size] == '=')
      return words[i] + size + 1;
  return NULL;
}

/* The domain of an address, of "@domain", or of a domain, as the store has domains; NULL when it is none. */
static char *
domain_of (const char *value)
{
  const char *at = strrchr (value, '@');
  g_autofree char *address = g_strconcat ("x@", at ? at + 1 : value, NULL);
  g_autofree char *canonical = parser_address_canonical (address);
  return canonical ? g_strdup (canonical + 2) : NULL;
}

/* The method that @word, "dkim=pass" or "dkim/1=pass", speaks of; NULL when we do not know it (R52). */
static const Method *
method_of (const char *word, const char **result_out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      gsize size = strlen (methods[i].name);
      if (strncmp (word, methods[i].name, size) != 0)
        continue;
      const char *behind = word + size;
      if (g_str_has_prefix (behind, "/1"))
        behind += 2;
      if (*behind != '=')
        continue;
      *result_out = behind + 1;
      return &methods[i];
    }
  return NULL;
}

/* What a result of @method proves about the author, if it is better than what is known. */
static void
weigh (const Method *method, char **words, ParserFacts *facts)
{
  const char *name = method->property, *value = property (words, name);
  if (!value && method->fallback)
    value = property (words, name = method->fallback);
  if (!value || method->proof <= facts->authenticated)
    return;
  g_autofree char *domain = domain_of (value);
  if (!domain
      || !(method->exact ? strcmp (domain, facts->from_domains) == 0
                         : is_aligned (domain, facts->from_domains)))
    return;
  facts->authenticated = method->proof;
  g_free (facts->auth_detail);
  facts->auth_detail = g_strdup_printf ("%s=pass %s=%s", method->name, name, domain);
}

/* ---- one field ---- */

/* A field without its comments, in lower case; what stands in quotes is never syntax, for it may be a
 * stranger's words. NULL when a quotation or comment has no end: then nobody can tell what is. */
static char *
plain_of (const char *value)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  guint depth = 0;
  gboolean quoted = FALSE;
  for (; *value; value++)
    {
      gboolean escaped = *value == '\\' && value[1] && (quoted || depth > 0);
      value += escaped;
      if (!escaped && depth == 0 && *value == '"')
        quoted = !quoted;
      else if (quoted)
        g_string_append_c (plain, escaped || strchr (";=() \t", *value) ? '?' : g_ascii_tolower (*value));
      else if (!escaped && *value == '(')
        depth++;
      else if (!escaped && depth > 0 && *value == ')')
        depth--, g_string_append_c (plain, ' ');
      else if (depth == 0)
        g_string_append_c (plain, g_ascii_tolower (*value));
    }
  return quoted || depth > 0 ? NULL : g_string_free (g_steal_pointer (&plain), FALSE);
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

/* What a field says best. Of a method that a field above has spoken of it is not heard: each of our filters
 * speaks of its own, and whatever a stranger put there stands below them. */
static guint
believe (const char *plain, guint spoken, ParserFacts *facts)
{
  g_auto (GStrv) results = g_strsplit (plain, ";", -1);
  guint speaks = 0;
  for (guint i = 1; results[0] && results[i]; i++)
    {
      const char *result;
      g_autofree char *text = close_up (results[i]);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);
      const Method *method = words[0] ? method_of (words[0], &result) : NULL;
      if (!method || spoken & 1u << (method - methods))
        continue;
      speaks |= 1u << (method - methods);
      if (strcmp (result, "pass") == 0)
        weigh (method, words, facts);
    }
  return spoken | speaks;
}

/* Does @value begin with our name? Our own filters write it so, and who removes forged fields need not know
 * how else it could be written. */
static gboolean
names_us (const char *value, const char *authserv_id)
{
  gsize size = strlen (authserv_id);
  return g_ascii_strncasecmp (value, authserv_id, size) == 0 && strchr ("; \t\r\n(", value[size]);
}

/* No version, or version 1 (R51). */
static gboolean
is_version_1 (const char *plain)
{
  g_autofree char *head = g_strndup (plain, strcspn (plain, ";"));
  g_auto (GStrv) words = g_strsplit_set (head, " \t\r\n", -1);
  for (guint i = 1; words[0] && words[i]; i++)
    if (*words[i] && strcmp (words[i], "1") != 0)
      return FALSE;
  return TRUE;
}

/* The domain that the hosts of our house are in: @authserv_id less its first label, where that is somebody's.
 */
static const char *
house_of (const char *authserv_id)
{
  const char *dot = strchr (authserv_id, '.');
  g_autofree char *parent = dot ? g_ascii_strdown (dot + 1, -1) : NULL;
  return parent && !psl_is_public_suffix (psl_builtin (), parent) ? dot + 1 : authserv_id;
}

/* A Received that our own border or a host behind it wrote: its "by" is @authserv_id or in the same domain.
 */
static gboolean
is_own_hop (const char *received, const char *authserv_id)
{
  g_autofree char *plain = parser_value_plain (received);
  g_auto (GStrv) words = g_strsplit_set (plain, " \t;", -1);
  const char *domain = house_of (authserv_id);
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

/* What none of our filters looks at is not heard, whoever says it. */
static guint
not_ours (const char *const *ours)
{
  guint others = 0;
  for (gsize i = 0; ours && *ours && i < G_N_ELEMENTS (methods); i++)
    if (!g_strv_contains (ours, methods[i].name))
      others |= 1u << i;
  return others;
}

/* The fields with our authserv-id, as long as no hop outside of our house stands above them (R50), and none
 * at all between them: our filters write at one place, and below a second Received of our name may stand what
 * somebody made up. One that we cannot read is the last. */
void
parser_auth_read (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts)
{
  if (!options || !options->authserv_id || !options->trust_authentication_results)
    return;
  if (!facts->from_domains || strchr (facts->from_domains, ',') || facts->defects & PARSER_DEFECT_MANY_FROM)
    return;
  gboolean found = FALSE;
  guint spoken = not_ours (options->authentication_methods);
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strcasecmp (field->name, "Received") == 0
          && (found || !is_own_hop (field->value, options->authserv_id)))
        return;
      if (g_ascii_strcasecmp (field->name, "Authentication-Results") != 0
          || !names_us (field->value, options->authserv_id))
        continue;
      g_autofree char *plain = plain_of (field->value);
      if (!plain || !is_version_1 (plain))
        return;
      spoken = believe (plain, spoken, facts);
      found = TRUE;
    }
}
