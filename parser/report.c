/* report.c - whom a bounce or a complaint is about, out of the parts that machines write for machines */
#include <string.h>

#include "internal.h"

/* "rfc822; ann@example.org", also without the type (RFC 3464 section 2.3.1). */
static char *
typed_address (const char *value)
{
  const char *semicolon = strchr (value, ';');
  return parser_mailbox_first (semicolon ? semicolon + 1 : value);
}

static char *
first_address (GPtrArray *fields, const char *const *names)
{
  for (; fields && *names; names++)
    {
      const char *value = parser_fields_first (fields, *names);
      char *address = value ? typed_address (value) : NULL;
      if (address)
        return address;
    }
  return NULL;
}

/* Codes for which the address itself is not at fault: a full mailbox, a mail too long, a policy. */
static gboolean
is_hard_status (const char *status)
{
  static const char *const passing[] = { "5.2.2", "5.2.3", "5.3.4", "5.7." };
  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_str_has_prefix (status, passing[i]))
      return FALSE;
  return *status == '5';
}

void
parser_report_bounce (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts)
{
  static const char *const recipients[] = { "Original-Recipient", "Final-Recipient", NULL };
  static const char *const envelope[] = { "X-Failed-Recipients", NULL };
  static const char *const enclosed[] = { "To", NULL };
  for (guint i = 0; i < tree->reports->len && !facts->hard_bounce; i++)
    {
      GPtrArray *group = tree->reports->pdata[i];
      const char *action = parser_fields_first (group, "Action");
      const char *status = parser_fields_first (group, "Status");
      char *address = first_address (group, recipients);
      facts->hard_bounce = address && action && status && g_ascii_strncasecmp (action, "failed", 6) == 0
                           && is_hard_status (status);
      if (address && (facts->hard_bounce || !facts->reported))
        {
          g_free (facts->reported);
          facts->reported = g_steal_pointer (&address);
        }
      g_free (address);
    }
  if (!facts->reported)
    facts->reported = first_address (fields, envelope);
  if (!facts->reported)
    facts->reported = first_address (tree->enclosed, enclosed);
}

/* R86: the report's own word, else whom the mail that is complained of went to. */
void
parser_report_complaint (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts)
{
  static const char *const recipients[]
      = { "Original-Rcpt-To", "Original-Recipient", "Removal-Recipient", NULL };
  static const char *const hotmail[] = { "X-HmXmrOriginalRecipient", NULL };
  static const char *const enclosed[]
      = { "X-HmXmrOriginalRecipient", "X-Original-To", "Delivered-To", "To", NULL };
  for (guint i = 0; i < tree->reports->len && !facts->reported; i++)
    facts->reported = first_address (tree->reports->pdata[i], recipients);
  if (!facts->reported)
    facts->reported = first_address (fields, hotmail);
  if (!facts->reported)
    facts->reported = first_address (tree->enclosed, enclosed);
}

const char *
parser_report_field (const ParserTree *tree, const char *name)
{
  for (guint i = 0; i < tree->reports->len; i++)
    {
      const char *value = parser_fields_first (tree->reports->pdata[i], name);
      if (value)
        return value;
    }
  return NULL;
}
