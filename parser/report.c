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

/* "5.1.1" at the head of @text, or behind the three digits of an SMTP reply; NULL when there is none. */
static const char *
status_of (const char *text)
{
  if (g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2]) && (text[3] == ' ' || text[3] == '-'))
    text += 4;
  return text[0] == '5' && text[1] == '.' ? text : NULL;
}

/* Of RFC 3463 only what says that there is no such address any more: a full mailbox, a mail too long, a
 * policy or the sender's own address are no fault of it. A code that says nothing ("5.0.0") leaves it to the
 * words. */
gboolean
parser_refusal_is_hard (const char *text)
{
  static const char *const gone[] = { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4", NULL };
  const char *status = *text == '5' ? status_of (text) : NULL;
  g_autofree char *code = status ? g_strndup (status, strspn (status, "0123456789.")) : NULL;
  if (*text != '5' || (code && !g_str_has_suffix (code, ".0")))
    return code && g_strv_contains (gone, code);
  guint ignored = 0;
  g_autofree char *folded = parser_fold (text, strlen (text), NULL, &ignored);
  return parser_words_stand_in (parser_words_hard, folded);
}

/* The status, and where that says nothing, what the other mail server answered. */
static gboolean
is_group_hard (GPtrArray *group)
{
  const char *action = parser_fields_first (group, "Action");
  const char *status = parser_fields_first (group, "Status");
  const char *diagnostic = parser_fields_first (group, "Diagnostic-Code");
  g_autofree char *text = g_strconcat (status ? status : "", " ", diagnostic, NULL);
  return action && status && g_ascii_strncasecmp (action, "failed", 6) == 0
         && parser_refusal_is_hard (g_strstrip (text));
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
      char *address = first_address (group, recipients);
      facts->hard_bounce = address && is_group_hard (group);
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
