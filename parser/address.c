/* address.c - the canonical address, and what an address tells by its shape */
#include <string.h>

#include "parser.h"

#include <idn2.h> /* after GLib, whose G_GNUC_DEPRECATED it would take */

/* Any control character, C0, DEL or C1: an address with one is refused, never cleaned (H27). */
static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* NFC and case-folded: people write their own address with and without capitals (R46, R57). Most are ASCII,
 * which is its own NFC, and look-ups by the million begin here. */
static char *
fold_local (const char *local)
{
  if (g_str_is_ascii (local))
    return g_ascii_strdown (local, -1);
  g_autofree char *composed = g_utf8_normalize (local, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = composed ? g_utf8_casefold (composed, -1) : NULL;
  return folded ? g_utf8_normalize (folded, -1, G_NORMALIZE_NFC) : NULL;
}

/* R8: "john doe"@x and john doe@x are one. NULL when the quotes do not match, or when reading the result
 * again would give something else: the canonical form of a canonical form is itself. */
static char *
unquote_local (const char *raw)
{
  g_autoptr (GString) local = g_string_new (NULL);
  if (*raw != '"')
    g_string_append (local, raw);
  else
    {
      const char *at = raw + 1;
      for (; *at && *at != '"'; at++)
        {
          if (*at == '\\' && at[1])
            at++;
          g_string_append_c (local, *at);
        }
      if (*at != '"' || at[1])
        return NULL;
    }
  if (local->len == 0 || strchr ("\"< ", local->str[0]) || local->str[local->len - 1] == ' ')
    return NULL;
  return g_strdup (local->str);
}

static gboolean
is_host (const char *domain)
{
  gsize label = 0;
  for (const char *at = domain; *at; at++)
    {
      if (*at == '.' && label == 0)
        return FALSE;
      if (*at != '.' && !g_ascii_isalnum (*at) && *at != '-' && *at != '_')
        return FALSE;
      label = *at == '.' ? 0 : label + 1;
      if (label > 63)
        return FALSE;
    }
  return label > 0;
}

static gboolean
is_literal (const char *domain)
{
  gsize size = strlen (domain);
  return size > 2 && domain[0] == '[' && domain[size - 1] == ']'
         && strspn (domain + 1, "0123456789abcdefipv:.") == size - 2;
}

/* The lower-case A-label (R46); NULL when it is no domain. */
static char *
canonical_domain (const char *raw)
{
  gsize size = strlen (raw);
  /* A domain name has 253 characters and a U-label is never longer than its A-label's four octets a
   * character. */
  if (size == 0 || size > 4 * PARSER_MAX_DOMAIN)
    return NULL;
  g_autofree char *domain = g_strndup (raw, raw[size - 1] == '.' ? size - 1 : size);
  g_autofree char *lower = NULL;
  if (g_str_is_ascii (domain))
    lower = g_ascii_strdown (domain, -1);
  else
    {
      char *ascii = NULL;
      if (idn2_to_ascii_8z (domain, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
        return NULL;
      lower = g_ascii_strdown (ascii, -1);
      idn2_free (ascii);
    }
  if (strlen (lower) > PARSER_MAX_DOMAIN || !(is_host (lower) || is_literal (lower)))
    return NULL;
  return g_steal_pointer (&lower);
}

char *
parser_address_canonical (const char *address)
{
  g_assert (address);
  if (!g_utf8_validate (address, -1, NULL) || has_control (address))
    return NULL;
  g_autofree char *spec = g_strstrip (g_strdup (address));
  gsize size = strlen (spec);
  if (size > 1 && spec[0] == '<' && spec[size - 1] == '>')
    {
      spec[size - 1] = '\0';
      memmove (spec, spec + 1, size - 1);
    }
  char *at = strrchr (spec, '@');
  if (!at)
    return NULL;
  *at = '\0';
  g_autofree char *raw = unquote_local (spec);
  g_autofree char *local = raw ? fold_local (raw) : NULL;
  if (!local || strlen (local) > PARSER_MAX_LOCAL)
    return NULL;
  g_autofree char *domain = canonical_domain (at + 1);
  return domain ? g_strconcat (local, "@", domain, NULL) : NULL;
}

char *
parser_address_base (const char *canonical)
{
  const char *at = strrchr (canonical, '@');
  const char *plus = strchr (canonical, '+');
  if (!at || !plus || plus > at || plus == canonical)
    return NULL;
  g_autofree char *local = g_strndup (canonical, plus - canonical);
  return g_strconcat (local, at, NULL);
}

char *
parser_address_recipient (const char *address)
{
  char *canonical = parser_address_canonical (address);
  const char *at = strrchr (address, '@'), *plus = strchr (address, '+');
  if (canonical || !at || !plus || plus > at)
    return canonical;
  g_autofree char *base = g_strdup_printf ("%.*s%s", (int)(plus - address), address, at);
  return parser_address_canonical (base);
}

char *
parser_address_unicode (const char *canonical)
{
  const char *domain = strrchr (canonical, '@') + 1;
  char *unicode = NULL;
  if (idn2_to_unicode_8z8z (domain, &unicode, 0) != IDN2_OK || strcmp (unicode, domain) == 0)
    {
      idn2_free (unicode);
      return NULL;
    }
  g_autofree char *local = g_strndup (canonical, (gsize)(domain - canonical));
  g_autofree char *address = g_strconcat (local, unicode, NULL);
  idn2_free (unicode);
  /* a label that only looks like one of these may come back as another domain */
  g_autofree char *again = parser_address_canonical (address);
  return g_strcmp0 (again, canonical) == 0 ? g_steal_pointer (&address) : NULL;
}

/* R61, RFC 5230 section 4.6, RFC 3834 section 2. A star stands for anything, also nothing. */
gboolean
parser_address_is_system (const char *canonical)
{
  static const char *const patterns[]
      = { "mailer-daemon*", "mailer_daemon*",   "mailerdaemon",   "mail-daemon",    "maildaemon",
          "mailer",         "postmaster*",      "mdaemon",        "owner-*",        "*-owner",
          "*-request",      "*-bounces",        "*-bounces+*",    "*-bounce",       "bounce*",
          "listserv*",      "majordom*",        "listmaster",     "mailman",        "sympa",
          "noreply*",       "no-reply*",        "no_reply*",      "no.reply*",      "*-noreply",
          "*-no-reply",     "*.noreply",        "donotreply*",    "do-not-reply*",  "do_not_reply*",
          "devnull",        "nobody",           "daemon",         "root",           "uucp",
          "autoreply*",     "auto-reply*",      "autoresponder*", "autoanswer*",    "listproc*",
          "*-return-*",     "noresponder*",     "no-responder*",  "nepasrepondre*", "ne-pas-repondre*",
          "keine-antwort*", "nicht-antworten*", "naoresponda*",   "nao-responda*",  "nonrispondere*",
          "non-rispondere*" };
  const char *at = strrchr (canonical, '@');
  if (!at)
    return FALSE;
  g_autofree char *local = g_strndup (canonical, at - canonical);
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (g_pattern_match_simple (patterns[i], local))
      return TRUE;
  return FALSE;
}

/* SRS0=HASH=TIME=DOMAIN=LOCAL and SRS1=HASH=FORWARDER==HASH=TIME=DOMAIN=LOCAL: the last "=" pieces say who
 * wrote. */
static char *
unwrap_srs (const char *local)
{
  const char *rest = local + strlen ("srs0=");
  if (g_str_has_prefix (local, "srs1"))
    {
      const char *inner = strstr (rest, "==");
      if (!inner)
        return NULL;
      rest = inner + 2;
    }
  g_auto (GStrv) pieces = g_strsplit (rest, "=", 4); /* hash, time, domain, local */
  if (g_strv_length (pieces) != 4)
    return NULL;
  g_autofree char *address = g_strconcat (pieces[3], "@", pieces[2], NULL);
  return parser_address_canonical (address);
}

/* prvs=TAG=LOCAL, as the BATV draft has it, and the older btv1==TAG==LOCAL. */
static char *
unwrap_batv (const char *local, const char *domain)
{
  gboolean old = g_str_has_prefix (local, "btv1==");
  const char *mark = old ? "==" : "=";
  const char *tag = strchr (local, '=') + strlen (mark);
  const char *inner = strstr (tag, mark);
  if (!inner)
    return NULL;
  g_autofree char *address = g_strconcat (inner + strlen (mark), domain, NULL);
  return parser_address_canonical (address);
}

char *
parser_address_unwrap (const char *address)
{
  g_autofree char *canonical = parser_address_canonical (address);
  if (!canonical)
    return NULL;
  char *inner = NULL;
  const char *domain = strrchr (canonical, '@');
  g_autofree char *local = g_strndup (canonical, domain - canonical);
  if (g_str_has_prefix (local, "prvs=") || g_str_has_prefix (local, "btv1=="))
    inner = unwrap_batv (local, domain);
  else if (strlen (local) > 5 && g_str_has_prefix (local, "srs") && strchr ("01", local[3])
           && strchr ("=+-", local[4]))
    inner = unwrap_srs (local);
  return inner ? inner : g_steal_pointer (&canonical);
}
