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

#define ENCLOSED "enclosed "

/* Notes the first address in one of @names of @fields, and which one: "original-rcpt-to"; behind @where, when
 * it is derived. */
static gboolean
note_address (GPtrArray *fields, const char *const *names, const char *where, ParserFacts *facts)
{
  for (; fields && *names; names++)
    {
      const char *value = parser_fields_first (fields, *names);
      g_autofree char *address = value ? typed_address (value) : NULL;
      if (!address)
        continue;
      g_autofree char *name = g_ascii_strdown (*names, -1);
      g_free (facts->reported);
      g_free (facts->reported_by);
      facts->reported = g_steal_pointer (&address);
      facts->reported_by = g_strconcat (where, name, NULL);
      return TRUE;
    }
  return FALSE;
}

/* What the other side says, as one short line. */
static void
note_report (const char *text, ParserFacts *facts)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_free (facts->report);
  facts->report = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), PARSER_MAX_QUOTED_WORDS));
  for (char *at = facts->report; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      memset (at, ' ', g_utf8_next_char (at) - at);
  g_strstrip (facts->report);
}

static char *
message_id_of (const char *value)
{
  g_autoptr (GPtrArray) ids = parser_message_ids (value ? value : "");
  return ids->len > 0 ? g_strdup (ids->pdata[0]) : NULL;
}

/* Where a server returns the mail as text, its header stands there line by line. */
static char *
message_id_in (const char *text)
{
  static const char name[] = "message-id:";
  for (const char *line = text; line; line = strchr (line, '\n'), line = line ? line + 1 : NULL)
    {
      line += strspn (line, "> \t");
      if (g_ascii_strncasecmp (line, name, strlen (name)) != 0)
        continue;
      g_autofree char *value = g_strndup (line + strlen (name), strcspn (line + strlen (name), "\n"));
      char *id = message_id_of (value);
      if (id)
        return id;
    }
  return NULL;
}

/* Which mail it is about: ours has a MAC in its Message-ID, which only the engine can check. */
static void
note_enclosed (const ParserTree *tree, ParserFacts *facts)
{
  facts->enclosed_id
      = message_id_of (tree->enclosed ? parser_fields_first (tree->enclosed, "Message-ID") : NULL);
  for (guint i = 0; i < tree->texts->len && !facts->enclosed_id; i++)
    facts->enclosed_id = message_id_in (((const ParserText *)tree->texts->pdata[i])->text);
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
static void
read_group (GPtrArray *group, ParserFacts *facts)
{
  static const char *const recipients[] = { "Original-Recipient", "Final-Recipient", NULL };
  const char *action = parser_fields_first (group, "Action");
  const char *status = parser_fields_first (group, "Status");
  const char *diagnostic = parser_fields_first (group, "Diagnostic-Code");
  const char *answer = diagnostic ? strchr (diagnostic, ';') : NULL; /* "smtp; 550 no such user" */
  g_autofree char *text = g_strconcat (status ? status : "", " ",
                                       answer ? answer + 1 + strspn (answer + 1, " ") : diagnostic, NULL);
  gboolean hard = action && status && g_ascii_strncasecmp (action, "failed", 6) == 0
                  && parser_refusal_is_hard (g_strstrip (text));
  if ((hard || !facts->reported) && note_address (group, recipients, "", facts))
    {
      facts->hard_bounce = hard;
      if (*text)
        note_report (text, facts);
    }
}

void
parser_report_bounce (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts)
{
  static const char *const envelope[] = { "X-Failed-Recipients", NULL };
  static const char *const enclosed[] = { "To", NULL };
  for (guint i = 0; i < tree->reports->len && !facts->hard_bounce; i++)
    read_group (tree->reports->pdata[i], facts);
  if (!facts->reported && !note_address (fields, envelope, "", facts))
    note_address (tree->enclosed, enclosed, ENCLOSED, facts);
  note_enclosed (tree, facts);
}

/* R86: the report's own word, else whom the mail that is complained of went to, which is derived only. */
void
parser_report_complaint (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts)
{
  static const char *const recipients[]
      = { "Original-Rcpt-To", "Original-Recipient", "Removal-Recipient", NULL };
  static const char *const hotmail[] = { "X-HmXmrOriginalRecipient", NULL };
  static const char *const enclosed[]
      = { "X-HmXmrOriginalRecipient", "X-Original-To", "Delivered-To", "To", NULL };
  const char *type = parser_report_field (tree, "Feedback-Type");
  gboolean named = FALSE;
  for (guint i = 0; i < tree->reports->len && !named; i++)
    named = note_address (tree->reports->pdata[i], recipients, "", facts);
  if (!named && !note_address (fields, hotmail, "", facts))
    note_address (tree->enclosed, enclosed, ENCLOSED, facts);
  if (type)
    note_report (type, facts);
  note_enclosed (tree, facts);
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
