/* log.c - the mail log: one line a mail. */
#include "log.h"

#include <string.h>
#include <syslog.h>

#include "report.h"

#define LINE_MAX_OCTETS 1000
#define STRING_MAX 200 /* H60 */

void
filter_log_open (void)
{
  openlog ("optout", LOG_PID, LOG_MAIL);
}

/* Printable ASCII stays; the rest is \xNN, so that no line end or terminal sequence gets into a log (H60). */
static char *
escape (const char *text, gsize most)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0' && out->len < most; p++)
    if (g_ascii_isprint (*p))
      g_string_append_c (out, *p);
    else
      g_string_append_printf (out, "\\x%02x", (guchar)*p);
  return g_string_free (out, FALSE);
}

void
filter_log (int priority, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *line = escape (text, LINE_MAX_OCTETS);
  syslog (priority, "%s", line);
}

static void
append (GString *line, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *safe = escape (value, STRING_MAX);
  g_string_append_printf (line, " %s=%s", name, safe);
}

static void
append_verdict (GString *line, const FilterOutcome *outcome)
{
  const FilterVerdict *verdict = outcome->verdict;
  g_string_append_printf (line, " intent=%s act=%s (%s)", parser_intent_name (verdict->intent),
                          filter_act_name (verdict->act), verdict->act_reason);
  g_string_append_printf (line, " reply=%s (%s)", filter_report_reply (outcome) ? "send" : "no",
                          filter_report_reply_reason (outcome));
  append (line, outcome->known ? "known" : "event", outcome->event);
}

char *
filter_log_line (const FilterConfig *config, const FilterMail *mail, const FilterOutcome *outcome,
                 gint64 milliseconds)
{
  g_autofree char *queue_id = escape (mail->queue_id != NULL ? mail->queue_id : "-", STRING_MAX);
  GString *line = g_string_new (queue_id);
  g_string_append_c (line, ':');
  if (outcome->status != FILTER_DONE)
    {
      append (line, "deferred", outcome->why);
      append (line, "because", outcome->detail);
    }
  if (outcome->facts != NULL)
    append (line, "kind", parser_kind_name (outcome->facts->kind));
  if (outcome->facts != NULL && outcome->facts->kind == PARSER_KIND_UNSCANNED)
    append (line, "alarm", outcome->facts->kind_why); /* R19 */
  if (outcome->verdict != NULL)
    append_verdict (line, outcome);
  if (config->log_addresses)
    {
      append (line, "from", outcome->facts != NULL ? outcome->facts->from : NULL);
      g_autofree char *to = outcome->recipient != NULL ? parser_token_strip (outcome->recipient) : NULL;
      append (line, "to", to);
    }
  g_string_append_printf (line, " %" G_GINT64_FORMAT " ms", milliseconds);
  return g_string_free (line, FALSE);
}

void
filter_log_mail (const FilterConfig *config, const FilterMail *mail, const FilterOutcome *outcome,
                 gint64 milliseconds)
{
  g_autofree char *line = filter_log_line (config, mail, outcome, milliseconds);
  filter_log (outcome->status == FILTER_DONE ? LOG_INFO : LOG_WARNING, "%s", line);
}
