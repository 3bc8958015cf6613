/* headers.c - what the known headers prove: who wrote, when, in answer to what, and marks */
#include <string.h>

#include <gmime/gmime.h>

#include "internal.h"

/* A value with a comment of its own must not pass as another: comments are taken out, then blanks (R59). */
char *
parser_value_plain (const char *value)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  guint depth = 0;
  for (; *value; value++)
    {
      if (*value == '(')
        depth++;
      else if (*value == ')' && depth > 0)
        depth--;
      else if (depth == 0)
        g_string_append_c (plain, g_ascii_tolower (*value));
    }
  return g_strdup (g_strstrip (plain->str));
}

/* The first word, lower case, comments and parameters off: "auto-replied" of "Auto-Replied (vacation); x=1".
 */
static char *
first_word (const char *value)
{
  char *word = parser_value_plain (value);
  word[strcspn (word, "; \t,")] = '\0';
  return word;
}

/* ---- dates ---- */

static gint64
read_date (const char *text)
{
  GDateTime *date = text ? g_mime_utils_header_decode_date (text) : NULL;
  if (!date)
    return 0;
  gint64 at = g_date_time_to_unix (date);
  g_date_time_unref (date);
  return MAX (at, 0);
}

static gint64
read_received_date (GPtrArray *fields)
{
  const char *received = parser_fields_first (fields, "Received");
  const char *semicolon = received ? strrchr (received, ';') : NULL;
  return semicolon ? read_date (semicolon + 1) : 0;
}

static gboolean
is_month (const char *word)
{
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL };
  return g_strv_contains (months, word);
}

/* "Sat Nov 21 10:00:00 2026", perhaps with a zone before or after the year, as RFC 5322 would have it. */
static gint64
read_from_line_date (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  const char *parts[8] = { NULL };
  guint count = 0;
  for (guint i = 0; words[i] && count < G_N_ELEMENTS (parts) - 1; i++)
    if (*words[i] && (count > 0 || is_month (words[i])))
      parts[count++] = words[i];
  if (count < 4)
    return 0;
  gboolean zone_first = !g_ascii_isdigit (*parts[3]) && count > 4;
  const char *year = parts[zone_first ? 4 : 3];
  const char *zone = zone_first ? parts[3] : count > 4 && strchr ("+-", *parts[4]) ? parts[4] : "+0000";
  g_autofree char *date = g_strjoin (" ", parts[1], parts[0], year, parts[2], zone, NULL);
  return read_date (date);
}

void
parser_from_line_read (const guint8 *octets, gsize size, ParserFacts *facts)
{
  gsize next = 0;
  gsize end = parser_line_end (octets, size, 0, &next);
  gsize skip = strlen ("From ");
  g_assert (end >= skip);
  g_autofree char *line = g_strndup ((const char *)octets + skip, end - skip);
  gboolean quoted = FALSE;
  char *at = line;
  for (; *at && (quoted || *at != ' '); at++)
    quoted ^= *at == '"';
  gboolean more = *at != '\0';
  *at = '\0';
  if (!facts->return_path)
    facts->return_path
        = g_ascii_strcasecmp (line, "MAILER-DAEMON") == 0 ? g_strdup ("") : parser_address_canonical (line);
  if (g_strcmp0 (facts->return_path, "") == 0)
    facts->marks |= PARSER_MARK_NULL_SENDER;
  if (facts->received_at == 0 && more)
    facts->received_at = read_from_line_date (at + 1);
}

/* ---- who ---- */

static void
add_domain (GString *domains, const char *domain)
{
  g_auto (GStrv) known = g_strsplit (domains->str, ",", -1);
  if (!g_strv_contains ((const char *const *)known, domain))
    g_string_append_printf (domains, "%s%s", domains->len ? "," : "", domain);
}

/* One author or none: a second address or a second From field makes him ambiguous (R35, R37, H40). */
static void
read_authors (GPtrArray *fields, ParserFacts *facts)
{
  g_autoptr (GHashTable) authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) domains = g_string_new (NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strcasecmp (field->name, "From") != 0)
        continue;
      g_autoptr (GPtrArray) specs = parser_mailboxes (field->value);
      for (guint n = 0; n < specs->len && g_hash_table_size (authors) < PARSER_MAX_REFERENCES; n++)
        {
          char *author = parser_address_canonical (specs->pdata[n]);
          if (!author)
            {
              facts->defects |= strlen (specs->pdata[n]) > PARSER_MAX_LOCAL ? PARSER_DEFECT_LONG_ADDRESS : 0;
              continue;
            }
          add_domain (domains, strrchr (author, '@') + 1);
          g_hash_table_add (authors, author);
        }
    }
  guint count = g_hash_table_size (authors);
  if (count == 0)
    facts->defects |= PARSER_DEFECT_NO_FROM;
  if (count == 0 && parser_fields_count (fields, "From") == 1)
    facts->from_spelt = parser_mailbox_spelt (parser_fields_first (fields, "From"));
  if (count > 1 || parser_fields_count (fields, "From") > 1)
    facts->defects |= PARSER_DEFECT_MANY_FROM;
  GHashTableIter iter;
  gpointer only = NULL;
  g_hash_table_iter_init (&iter, authors);
  if (count == 1 && g_hash_table_iter_next (&iter, &only, NULL))
    facts->from = g_strdup (only);
  facts->from_domains = count > 0 ? g_strdup (domains->str) : NULL;
}

/* The topmost Return-Path alone (R12); MAILER-DAEMON without a domain is Postfix's null sender (R7). */
static void
read_return_path (GPtrArray *fields, ParserFacts *facts)
{
  const char *value = parser_fields_first (fields, "Return-Path");
  if (!value)
    return;
  g_autofree char *plain = parser_value_plain (value);
  if (strcmp (plain, "<>") == 0 || strcmp (plain, "mailer-daemon") == 0
      || strcmp (plain, "<mailer-daemon>") == 0)
    {
      facts->return_path = g_strdup ("");
      facts->marks |= PARSER_MARK_NULL_SENDER;
    }
  else
    facts->return_path = parser_mailbox_first (value);
}

static char *
first_mailbox_of (GPtrArray *fields, const char *name)
{
  const char *value = parser_fields_first (fields, name);
  return value ? parser_mailbox_first (value) : NULL;
}

/* Whom the mail server delivered to: what somebody wrote behind the "+" may be no address any more. */
static char *
recipient_of (GPtrArray *fields, const char *name)
{
  char *mailbox = first_mailbox_of (fields, name);
  const char *value = parser_fields_first (fields, name);
  return mailbox || !value ? mailbox : parser_address_recipient (value);
}

/* ---- in answer to what ---- */

/* The first one and the last ones: the first names the thread, the last ones the mail that is answered (R68).
 */
static char **
read_references (const char *value)
{
  g_autoptr (GPtrArray) ids = parser_message_ids (value ? value : "");
  if (ids->len > PARSER_MAX_REFERENCES)
    g_ptr_array_remove_range (ids, 1, ids->len - PARSER_MAX_REFERENCES);
  g_ptr_array_add (ids, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

static char *
first_message_id (GPtrArray *fields, const char *name)
{
  const char *value = parser_fields_first (fields, name);
  g_autoptr (GPtrArray) ids = parser_message_ids (value ? value : "");
  return ids->len > 0 ? g_strdup (ids->pdata[0]) : NULL;
}

/* The texts of a repeated Subject are put together (R35), as many as one field may hold (R42). */
static char *
read_subject (GPtrArray *fields, guint *defects)
{
  g_autoptr (GString) subject = NULL;
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strcasecmp (field->name, "Subject") != 0)
        continue;
      g_autofree char *decoded = parser_decode_words (field->value, strlen (field->value));
      if (!subject)
        subject = g_string_new (decoded);
      else if (subject->len + strlen (decoded) < PARSER_MAX_HEADER)
        g_string_append_printf (subject, " %s", decoded);
      else
        *defects |= PARSER_DEFECT_PARTIAL;
    }
  return subject ? g_strdup (subject->str) : NULL;
}

/* ---- marks ---- */

static gboolean
is_own_list (const char *list_id, const ParserOptions *options)
{
  if (!options || !options->own_list_ids)
    return FALSE;
  const char *open = strrchr (list_id, '<'); /* R84: only what stands inside the brackets */
  g_autofree char *id = open ? g_strndup (open + 1, strcspn (open + 1, ">")) : g_strdup (list_id);
  for (guint i = 0; options->own_list_ids[i]; i++)
    if (g_ascii_strcasecmp (options->own_list_ids[i], g_strstrip (id)) == 0)
      return TRUE;
  return FALSE;
}

/* R60, R81: any List-* field, unless every List-Id is that of a group in front of our own mailboxes. */
static gboolean
has_list_fields (GPtrArray *fields, const ParserOptions *options)
{
  guint list = 0, own = 0, foreign = 0;
  for (guint i = 0; i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      if (g_ascii_strncasecmp (field->name, "List-", 5) != 0)
        continue;
      list++;
      if (g_ascii_strcasecmp (field->name, "List-Id") == 0)
        *(is_own_list (field->value, options) ? &own : &foreign) += 1;
    }
  return list > 0 && (foreign > 0 || own == 0);
}

static gboolean
is_hard_stop (const char *value)
{
  g_autofree char *plain = parser_value_plain (value);
  g_auto (GStrv) words = g_strsplit_set (plain, ", \t;", -1);
  const char *const *all = (const char *const *)words;
  return g_strv_contains (all, "all") || g_strv_contains (all, "oof") || g_strv_contains (all, "autoreply");
}

static guint
field_marks (const ParserField *field, const ParserOptions *options)
{
  static const struct
  {
    const char *name, *value; /* the value's first word, NULL: any but "no" */
    guint mark;
  } rules[] = {
    { "Auto-Submitted", NULL, PARSER_MARK_AUTO_SUBMITTED },
    { "X-Apple-Unsubscribe", "true", PARSER_MARK_ONE_TAP },
    { "Precedence", "bulk", PARSER_MARK_BULK },
    { "Precedence", "list", PARSER_MARK_BULK },
    { "Precedence", "junk", PARSER_MARK_BULK },
    { "X-Spam-Flag", "yes", PARSER_MARK_SPAM },
    { "X-Spam-Flag", "true", PARSER_MARK_SPAM },
    { "X-Spam", "yes", PARSER_MARK_SPAM },
    { "X-Spam", "true", PARSER_MARK_SPAM },
    { "X-Spam-Status", "yes", PARSER_MARK_SPAM },
    { "X-Barracuda-Spam-Flag", "yes", PARSER_MARK_SPAM },
  };
  g_autofree char *word = first_word (field->value);
  guint marks = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_ascii_strcasecmp (field->name, rules[i].name) == 0
        && (rules[i].value ? strcmp (word, rules[i].value) == 0 : *word && strcmp (word, "no") != 0))
      marks |= rules[i].mark;
  if (g_ascii_strcasecmp (field->name, "X-Auto-Response-Suppress") == 0 && is_hard_stop (field->value))
    marks |= PARSER_MARK_SUPPRESS;
  if (g_ascii_strcasecmp (field->name, "X-Loop") == 0 && options && options->loop_marker
      && g_ascii_strcasecmp (field->value, options->loop_marker) == 0)
    marks |= PARSER_MARK_OWN_LOOP;
  return marks;
}

static void
read_marks (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts)
{
  for (guint i = 0; i < fields->len; i++)
    facts->marks |= field_marks (fields->pdata[i], options);
  if (has_list_fields (fields, options))
    facts->marks |= PARSER_MARK_LIST_FIELDS;
  if (parser_fields_count (fields, "Received") > PARSER_MAX_HOPS)
    facts->marks |= PARSER_MARK_HOPS;
}

void
parser_headers_read (GPtrArray *fields, const ParserOptions *options, ParserFacts *facts)
{
  read_authors (fields, facts);
  read_return_path (fields, facts);
  facts->original_to = recipient_of (fields, "X-Original-To");
  facts->delivered_to = recipient_of (fields, "Delivered-To");
  facts->to = first_mailbox_of (fields, "To");
  facts->subject = read_subject (fields, &facts->defects);
  facts->message_id = first_message_id (fields, "Message-ID");
  facts->in_reply_to = first_message_id (fields, "In-Reply-To");
  g_strfreev (facts->references);
  facts->references = read_references (parser_fields_first (fields, "References"));
  facts->date_at = read_date (parser_fields_first (fields, "Date"));
  facts->received_at = read_received_date (fields);
  read_marks (fields, options, facts);
  if (!facts->message_id)
    facts->defects |= PARSER_DEFECT_NO_MESSAGE_ID;
  if (parser_fields_count (fields, "Subject") > 1)
    facts->defects |= PARSER_DEFECT_MANY_SUBJECT;
  if (parser_fields_count (fields, "Content-Type") > 1)
    facts->defects |= PARSER_DEFECT_MANY_CONTENT_TYPE;
}

/* Where the line begins without the marks by which mailbox files keep "From " from starting a mail (R25). */
static gsize
skip_from_marks (const guint8 *octets, gsize at, gsize end)
{
  gsize from = at;
  while (from < end && octets[from] == '>')
    from++;
  return end - from >= 5 && memcmp (octets + from, "From ", 5) == 0 ? from : at;
}

/* What a mailbox file adds does not count, a delivery may not have it: closing empty lines, marks before
 * "From ". */
static void
digest_body (GChecksum *sum, const guint8 *octets, gsize size)
{
  gsize empty = 0;
  for (gsize at = 0, next = 0; at < size; at = next)
    {
      gsize end = parser_line_end (octets, size, at, &next);
      if (end == at)
        {
          empty++;
          continue;
        }
      for (; empty > 0; empty--)
        g_checksum_update (sum, (const guchar *)"\n", 1);
      gsize from = skip_from_marks (octets, at, end);
      g_checksum_update (sum, octets + from, end - from);
      g_checksum_update (sum, (const guchar *)"\n", 1);
    }
}

char *
parser_identity (GPtrArray *fields, const ParserFacts *facts, const guint8 *body, gsize size)
{
  if (facts->message_id)
    return g_strdup (facts->message_id);
  static const char *const names[] = { "From", "Date", "Subject" };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = parser_fields_first (fields, names[i]);
      g_checksum_update (sum, (const guchar *)(value ? value : ""), -1);
      g_checksum_update (sum, (const guchar *)"\n", 1);
    }
  digest_body (sum, body, size);
  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}
