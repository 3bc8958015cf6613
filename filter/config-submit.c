/* config-submit.c - the server that takes our mail: where it is, and what must hold on the way to it. */
#include "config-table.h"

#include <string.h>

#define WAYS "is none of: sendmail, smtp://HOST[:PORT], smtps://HOST[:PORT], lmtp:unix:/PATH"

/* "HOST", "HOST:PORT", "[ADDRESS]:PORT". */
static gboolean
parse_server (const char *value, guint port, char **host_out, guint *port_out)
{
  gboolean bracket = *value == '[';
  const char *host = value + bracket;
  gsize length = strcspn (host, bracket ? "]" : ":");
  const char *rest = host + length;
  guint64 number = port;
  if (length == 0 || length > 253 || (bracket && *rest != ']'))
    return FALSE;
  rest += bracket;
  if (*rest == ':' ? !g_ascii_string_to_unsigned (rest + 1, 10, 1, 65535, &number, NULL) : *rest != '\0')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (host[i]) && strchr (bracket ? ":.%" : "-._", host[i]) == NULL)
      return FALSE;
  *host_out = g_strndup (host, length);
  *port_out = (guint)number;
  return TRUE;
}

static gboolean
parse_way (const char *value, FilterSubmitWay *way_out, char **host_out, guint *port_out)
{
  static const struct
  {
    const char *prefix;
    FilterSubmitWay way;
    guint port;
  } servers[] = { { "smtp://", FILTER_SUBMIT_SMTP, 25 }, { "smtps://", FILTER_SUBMIT_SMTPS, 465 } };
  if (g_str_equal (value, "sendmail"))
    {
      *way_out = FILTER_SUBMIT_SENDMAIL;
      return TRUE;
    }
  if (g_str_has_prefix (value, "lmtp:unix:/"))
    {
      *way_out = FILTER_SUBMIT_LMTP;
      *host_out = g_strdup (value + strlen ("lmtp:unix:"));
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    if (g_str_has_prefix (value, servers[i].prefix))
      {
        *way_out = servers[i].way;
        return parse_server (value + strlen (servers[i].prefix), servers[i].port, host_out, port_out);
      }
  return FALSE;
}

char *
filter_config_parse_submit (G_GNUC_UNUSED const FilterKey *key, const char *value, gpointer base)
{
  FilterConfig *config = base;
  char *host = NULL;
  if (!parse_way (value, &config->submit, &host, &config->submit_port))
    return g_strdup (WAYS);
  g_free (config->submit_host);
  config->submit_host = host;
  return NULL;
}

gboolean
filter_config_submits_here (const FilterConfig *config)
{
  static const char *const names[] = { "localhost", "::1", NULL };
  return config->submit == FILTER_SUBMIT_SENDMAIL || config->submit == FILTER_SUBMIT_LMTP
         || g_strv_contains (names, config->submit_host)
         || (g_str_has_prefix (config->submit_host, "127.")
             && g_hostname_is_ip_address (config->submit_host));
}

/* What goes to this machine itself crosses no network, and the certificate of a mail server that is only
 * asked from here seldom bears the name "localhost". */
FilterTls
filter_config_tls (const FilterConfig *config)
{
  return config->tls != FILTER_TLS_AUTO          ? config->tls
         : !filter_config_submits_here (config)  ? FILTER_TLS_REQUIRED
         : config->submit == FILTER_SUBMIT_SMTP  ? FILTER_TLS_WHEN_OFFERED
         : config->submit == FILTER_SUBMIT_SMTPS ? FILTER_TLS_WHEN_OFFERED
                                                 : FILTER_TLS_NO;
}

const char *
filter_config_wrong_submit (const FilterConfig *config, const char **why_out)
{
  gboolean smtp = config->submit == FILTER_SUBMIT_SMTP || config->submit == FILTER_SUBMIT_SMTPS;
  gboolean user = config->submit_user != NULL, password = config->password_file != NULL;
  const struct
  {
    gboolean is;
    const char *key, *why;
  } wrong[] = {
    { user && !password, "user", "needs password-file" },
    { password && !user, "password-file", "needs user" },
    { user && !smtp, "user", "is for submit = smtp://... and smtps://..." },
    { user && !filter_config_submits_here (config) && filter_config_tls (config) != FILTER_TLS_REQUIRED,
      "tls", "a password goes over the network only with tls = required" },
    { config->tls != FILTER_TLS_AUTO && !smtp, "tls", "is for submit = smtp://... and smtps://..." },
    { config->smtputf8 && config->submit != FILTER_SUBMIT_SENDMAIL, "smtputf8", "is for submit = sendmail" },
    { config->tls == FILTER_TLS_NO && config->submit == FILTER_SUBMIT_SMTPS, "tls",
      "smtps:// is never without TLS; take smtp://" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (wrong[i].is)
      {
        *why_out = wrong[i].why;
        return wrong[i].key;
      }
  return NULL;
}
