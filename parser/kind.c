/* kind.c - person or machine, and which one, in the order of DETECTION section 8, stage 0 */
#include <string.h>

#include "intent.h"

#define MAX_LOOKED_AT (16 * 1024) /* octets of a text in which a machine's words are looked for */
#define OPENING 800               /* octets in which an automatic answer says what it is */

typedef struct
{
  GPtrArray *fields;
  const ParserTree *tree;
  ParserFacts *facts;
  char *subject; /* folded */
  char *body;    /* folded, all texts, the first octets */
} Evidence;

static char *
fold (const char *text, gsize length)
{
  guint ignored = 0;
  return parser_fold (text, length, NULL, &ignored);
}

static char *
fold_texts (GPtrArray *texts)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < texts->len && all->len < MAX_LOOKED_AT; i++)
    {
      const ParserText *text = texts->pdata[i];
      gsize length = MIN (text->length, MAX_LOOKED_AT - all->len);
      while (length > 0 && ((guint8)text->text[length] & 0xc0) == 0x80)
        length--;
      g_string_append_len (all, text->text, length);
      g_string_append_c (all, '\n');
    }
  g_strdelimit (all->str, "\n", ' ');
  return fold (all->str, all->len);
}

static gboolean
has_part (const ParserTree *tree, const char *type)
{
  for (guint i = 0; i < tree->part_types->len; i++)
    if (strcmp (tree->part_types->pdata[i], type) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
decide (Evidence *evidence, ParserKind kind, const char *why)
{
  evidence->facts->kind = kind;
  evidence->facts->kind_why = g_strdup (why);
  return TRUE;
}

/* ---- (a) our own ---- */

static gboolean
is_loop (Evidence *evidence)
{
  if (!(evidence->facts->marks & PARSER_MARK_OWN_LOOP))
    return FALSE;
  return decide (evidence, PARSER_KIND_AUTO_REPLY, "x-loop");
}

/* ---- (b) complaints (RFC 5965, RFC 6650) ---- */

/* "opt-out" as old reports have it, and with its list; all others ("not-spam", "fraud", "auth-failure") say
 * nothing of what the person wants. */
static gboolean
is_complaint_type (const char *type)
{
  static const char *const types[] = { "abuse", "opt-out", "opt-out-list", NULL };
  g_autofree char *plain = parser_value_plain (type);
  return g_strv_contains (types, plain);
}

static gboolean
is_complaint (Evidence *evidence)
{
  const ParserTree *tree = evidence->tree;
  const char *type = parser_report_field (tree, "Feedback-Type");
  const char *why = NULL;
  if (g_strcmp0 (tree->report_type, "feedback-report") == 0)
    why = "report-type feedback-report";
  else if (has_part (tree, "message/feedback-report"))
    why = "message/feedback-report";
  else if (parser_fields_first (evidence->fields, "X-HmXmrOriginalRecipient")
           || (tree->enclosed && parser_fields_first (tree->enclosed, "X-HmXmrOriginalRecipient")))
    why = "x-hmxmroriginalrecipient";
  if (!why)
    return FALSE;
  if (type && !is_complaint_type (type))
    return decide (evidence, PARSER_KIND_AUTO_REPLY, "feedback-type of no complaint");
  parser_report_complaint (evidence->fields, tree, evidence->facts);
  return decide (evidence, PARSER_KIND_COMPLAINT, why);
}

/* ---- (c) bounces ---- */

/* What stands before the address too: many a daemon writes no domain, or no address at all. */
static gboolean
is_mailer (Evidence *evidence)
{
  static const char *const names[] = { "mailer-daemon",
                                       "mailer daemon",
                                       "mailer_daemon",
                                       "mailerdaemon",
                                       "mail delivery",
                                       "maildelivery",
                                       "mail administrator",
                                       "mail system",
                                       "mailsystem",
                                       "mail router",
                                       "mail daemon",
                                       "maildaemon",
                                       "postmaster",
                                       "post master",
                                       "delivery subsystem",
                                       "delivery system",
                                       "mdaemon",
                                       "majordomo",
                                       "system attendant",
                                       "internet mail",
                                       "mail gateway",
                                       "smtp gateway",
                                       "bounce",
                                       "mailer@",
                                       "mmdf",
                                       "systemadministrator",
                                       "system administrator",
                                       "systemadmin",
                                       "microsoft exchange",
                                       NULL };
  const char *from = parser_fields_first (evidence->fields, "From");
  const char *sender = evidence->facts->return_path;
  g_autofree char *folded = g_ascii_strdown (from ? from : "", -1);
  return !*folded || strcmp (folded, "<>") == 0 || parser_words_stand_in (names, folded)
         || (sender && g_str_has_prefix (sender, "mailer-daemon"));
}

/* "could not be delivered to", and then the address. */
static gboolean
names_whom (const char *body)
{
  for (const char *const *words = parser_words_bounce_sure_body; *words; words++)
    for (const char *at = body; (at = strstr (at, *words)); at++)
      {
        const char *next = at + strlen (*words);
        next += strspn (next, " <:\"'");
        if (memchr (next, '@', strcspn (next, " >")))
          return TRUE;
      }
  return FALSE;
}

/* "RE: our news (delivery failed)"; but who answers a bounce or hands it on, "Fwd: Undeliverable: our news",
 * is a person. */
static gboolean
is_told_behind_subject (const char *subject)
{
  gboolean reply = FALSE;
  return parser_words_stand_in (parser_words_bounce_sure_subject, subject)
         && !parser_words_lead (parser_words_bounce_sure_subject,
                                subject + parser_subject_prefix (subject, &reply));
}

static const char *
find_bounce (Evidence *evidence)
{
  const ParserTree *tree = evidence->tree;
  const char *submitted = parser_fields_first (evidence->fields, "Auto-Submitted");
  if (g_strcmp0 (tree->report_type, "delivery-status") == 0)
    return "report-type delivery-status";
  if (has_part (tree, "message/delivery-status") || has_part (tree, "message/global-delivery-status"))
    return "message/delivery-status";
  if (parser_fields_first (evidence->fields, "X-Failed-Recipients"))
    return "x-failed-recipients";
  if (submitted && strstr (submitted, "(rejected)"))
    return "auto-submitted rejected";
  gboolean null_sender = evidence->facts->marks & PARSER_MARK_NULL_SENDER;
  gboolean mailer = is_mailer (evidence);
  gboolean subject = parser_words_stand_in (parser_words_bounce_subject, evidence->subject);
  if (null_sender && subject)
    return "null-sender, subject";
  if (mailer && subject)
    return "system-sender, subject";
  if (mailer && parser_words_stand_in (parser_words_bounce_body, evidence->body))
    return "system-sender, text";
  if (parser_words_lead (parser_words_bounce_sure_subject, evidence->subject)
      && parser_words_stand_in (parser_words_bounce_sure_body, evidence->body))
    return "subject, text";
  if (is_told_behind_subject (evidence->subject) && names_whom (evidence->body))
    return "subject, text";
  return NULL;
}

static gboolean
is_bounce (Evidence *evidence)
{
  const char *why = find_bounce (evidence);
  if (!why)
    return FALSE;
  parser_report_bounce (evidence->fields, evidence->tree, evidence->facts);
  if (evidence->tree->reports->len == 0)
    evidence->facts->hard_bounce = parser_words_stand_in (parser_words_hard, evidence->body);
  return decide (evidence, PARSER_KIND_BOUNCE, why);
}

/* ---- (d) read receipts (RFC 8098) ---- */

static gboolean
is_receipt (Evidence *evidence)
{
  const ParserTree *tree = evidence->tree;
  if (g_strcmp0 (tree->report_type, "disposition-notification") == 0)
    return decide (evidence, PARSER_KIND_RECEIPT, "report-type disposition-notification");
  if (has_part (tree, "message/disposition-notification")
      || has_part (tree, "message/global-disposition-notification"))
    return decide (evidence, PARSER_KIND_RECEIPT, "message/disposition-notification");
  if (parser_words_lead (parser_words_receipt_subject, evidence->subject)
      && parser_words_stand_in (parser_words_receipt_body, evidence->body))
    return decide (evidence, PARSER_KIND_RECEIPT, "subject, text");
  return FALSE;
}

/* ---- (e) automatic answers; a tap on a button is a person's (DETECTION section 10) ---- */

static gboolean
is_one_tap (Evidence *evidence)
{
  const char *gmail = "this message was automatically generated by gmail";
  g_autofree char *whole = g_strstrip (g_strdup (evidence->body));
  gsize size = strlen (gmail);
  gboolean tapped = g_str_has_prefix (whole, gmail) && (!whole[size] || strcmp (whole + size, ".") == 0);
  if (tapped || parser_words_stand_in (parser_words_one_tap, evidence->body))
    evidence->facts->marks |= PARSER_MARK_ONE_TAP;
  if (!(evidence->facts->marks & PARSER_MARK_ONE_TAP))
    return FALSE;
  return decide (evidence, PARSER_KIND_PERSON, "one-tap");
}

/* clang-format off */
/* Fields that responders write, and nobody else; a star stands for anything. */
static const struct { const char *name, *value; } responder_fields[] = {
  { "X-Autoreply", "*" },                    { "X-Autorespond", "*" },            { "X-Autoresponse", "*" },
  { "X-Auto-Response", "*" },                { "X-AutoReply-From", "*" },         { "X-Mail-Autoreply", "*" },
  { "X-Autoresponder*", "*" },               { "X-Auto-Reply*", "*" },            { "X-Autogenerated", "*reply*" },
  { "X-Vacation*", "*" },                    { "X-Apple-Action", "vacation*" },   { "X-FC-MachineGenerated", "true*" },
  { "X-POST-MessageClass", "9*" },           { "X-Precedence", "auto*reply*" },   { "Precedence", "auto*reply*" },
  { "Preference", "auto*reply*" },           { "Delivered-To", "autoresponder*" }, { "X-Mailer", "*autorespon*" },
  { "X-Mailer", "*vacation*" },              { "User-Agent", "*vacation*" },      { "X-MS-Embedded-Report", "*" },
  { "X-Amazon-Mail-Relay-Type", "notification*" }, { "X-Loop", "*autorespon*" },  { "X-Gnu-Auto*", "*" },
};
/* clang-format on */

/* Is @name the one that a star at its end may leave open? */
static gboolean
is_named (const char *name, const char *wanted)
{
  gsize size = strcspn (wanted, "*");
  return g_ascii_strncasecmp (name, wanted, size) == 0 && (wanted[size] || !name[size]);
}

/* The field that proves a responder, or NULL. */
static const char *
find_responder (const ParserField *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (responder_fields); i++)
    if (is_named (field->name, responder_fields[i].name))
      {
        g_autofree char *value = g_ascii_strdown (field->value, -1);
        if (strcmp (value, "no") != 0 && g_pattern_match_simple (responder_fields[i].value, value))
          return responder_fields[i].name;
      }
  return NULL;
}

static const char *
find_auto_reply (Evidence *evidence)
{
  guint marks = evidence->facts->marks;
  if (marks & PARSER_MARK_AUTO_SUBMITTED)
    return "auto-submitted";
  for (guint i = 0; i < evidence->fields->len; i++)
    {
      const char *why = find_responder (evidence->fields->pdata[i]);
      if (why)
        return why;
    }
  if (marks & PARSER_MARK_SUPPRESS
      && parser_fields_first (evidence->fields, "X-MS-Exchange-Inbox-Rules-Loop"))
    return "x-ms-exchange-inbox-rules-loop";
  gboolean null_sender = marks & PARSER_MARK_NULL_SENDER, bulk = marks & PARSER_MARK_BULK;
  if (null_sender && bulk)
    return "null-sender, precedence";
  if (!parser_words_lead (parser_words_auto_subject,
                          evidence->subject + strspn (evidence->subject, "[(<*\" ")))
    return NULL;
  if (null_sender)
    return "null-sender, subject";
  if (bulk && !(marks & PARSER_MARK_LIST_FIELDS))
    return "precedence, subject";
  return parser_words_stand_in (parser_words_auto_body, evidence->body)
                 || parser_words_stand_in (parser_words_auto_sure, evidence->body)
                 || parser_words_stand_in (parser_words_gone, evidence->body)
             ? "subject, text"
             : NULL;
}

static gboolean
is_auto_reply (Evidence *evidence)
{
  const char *why = find_auto_reply (evidence);
  return why != NULL && decide (evidence, PARSER_KIND_AUTO_REPLY, why);
}

/* Where the next line of @text begins, or its end. */
static gsize
next_line (const ParserText *text, gsize at)
{
  const char *end = memchr (text->text + at, '\n', text->length - at);
  return end != NULL ? (gsize)(end - text->text) + 1 : text->length;
}

char *
parser_new_opening (const ParserText *text, const GPtrArray *segments)
{
  g_autoptr (GString) opening = g_string_new (NULL);
  gsize at = 0;
  guint line = 1;
  for (guint i = 0; i < segments->len && opening->len < OPENING; i++)
    {
      const ParserSegment *segment = segments->pdata[i];
      if (strcmp (segment->part, text->part) != 0)
        continue;
      for (gsize end; line <= segment->last_line && at < text->length; line++, at = end)
        {
          end = next_line (text, at);
          if (segment->kind == PARSER_SEGMENT_NEW && opening->len < OPENING)
            g_string_append_len (opening, text->text + at, (gssize)MIN (end - at, OPENING));
        }
    }
  g_strdelimit (opening->str, "\n", ' ');
  return g_utf8_make_valid (opening->str, -1);
}

void
parser_kind_doubt (GPtrArray *texts, ParserFacts *facts)
{
  gboolean person = facts->kind == PARSER_KIND_PERSON && !(facts->marks & PARSER_MARK_ONE_TAP);
  for (guint i = 0; person && i < texts->len; i++)
    {
      g_autofree char *words = parser_new_opening (texts->pdata[i], facts->segments);
      g_autofree char *opening = fold (words, strlen (words));
      if (parser_words_stand_in (parser_words_auto_sure, opening)
          || parser_words_stand_in (parser_words_gone, opening))
        facts->marks |= PARSER_MARK_DOUBTFUL;
    }
}

/* ---- (f) lists ---- */

static gboolean
is_list (Evidence *evidence)
{
  if (!(evidence->facts->marks & PARSER_MARK_LIST_FIELDS))
    return FALSE;
  return decide (evidence, PARSER_KIND_LIST, "list-fields");
}

void
parser_kind_read (GPtrArray *fields, const ParserTree *tree, ParserFacts *facts)
{
  static gboolean (*const rules[]) (Evidence * evidence)
      = { is_loop, is_complaint, is_bounce, is_receipt, is_one_tap, is_auto_reply, is_list };
  const char *raw = facts->subject ? facts->subject : "";
  g_autofree char *subject = fold (raw, strlen (raw));
  g_autofree char *body = fold_texts (tree->texts);
  Evidence evidence = { fields, tree, facts, subject, body };
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i](&evidence))
      return;
  decide (&evidence, PARSER_KIND_PERSON, "no machine's marks");
}
