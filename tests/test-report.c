/* test-report.c - verdicts for programs and for the mail log: one line each, whatever a mail says (H30, H60).
 */
#include "log.h"
#include "report.h"

#include <string.h>

static const struct
{
  const char *name, *text, *want;
} strings[] = {
  { "none", NULL, "null" },
  { "plain", "a b", "\"a b\"" },
  { "marks and backslashes", "a\"b\\c", "\"a\\\"b\\\\c\"" },
  { "line ends and other controls", "a\r\nb\t\x1b[2J\x7f", "\"a\\u000d\\nb\\t\\u001b[2J\\u007f\"" },
  { "C1 controls",
    "a\xc2\x9b"
    "2J",
    "\"a\\u009b2J\"" },
  { "UTF-8 stays", "J\xc3\xbcrgen \xe2\x82\xac", "\"J\xc3\xbcrgen \xe2\x82\xac\"" },
  { "what is no UTF-8 is replaced", "caf\xe9", "\"caf\xef\xbf\xbd\"" },
  { "format signs are words (H30)", "%s%n", "\"%s%n\"" },
};

static void
test_string (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GString) out = g_string_new (NULL);
  filter_json_string (out, strings[i].text);
  g_assert_cmpstr (out->str, ==, strings[i].want);
}

static void
test_object (void)
{
  static const char *const list[] = { "a", "b", NULL };
  g_autoptr (GString) out = g_string_new ("{");
  filter_json_member (out, "name", "ends with {");
  filter_json_number (out, "number", -5);
  filter_json_strings (out, "list", list);
  filter_json_strings (out, "none", NULL);
  filter_json_member (out, "last", NULL);
  g_assert_cmpstr (
      out->str, ==,
      "{\"name\":\"ends with {\",\"number\":-5,\"list\":[\"a\",\"b\"],\"none\":[],\"last\":null");
  g_autofree char *time = filter_time_text (1795255200);
  g_assert_cmpstr (time, ==, "2026-11-21T10:00:00Z");
  g_assert_null (filter_time_text (0));
}

/* An outcome as the engine makes it, of one opt-out. */
static FilterOutcome
outcome_of_wish (void)
{
  FilterOutcome outcome = { .status = FILTER_DONE };
  outcome.facts = parser_facts_new ();
  outcome.facts->from = g_strdup ("ann@example.org");
  outcome.facts->message_id = g_strdup ("<a@example.org>");
  outcome.facts->date_at = 1795255200;
  outcome.facts->confidence = 97;
  outcome.facts->language = g_strdup ("en");
  ParserHit *hit = g_new0 (ParserHit, 1);
  *hit = (ParserHit){ .rule = g_strdup ("en.stop"),
                      .part = g_strdup ("1.1"),
                      .text = g_strdup ("please \"stop\""),
                      .line = 3,
                      .start = 4,
                      .end = 17,
                      .weight = 60 };
  g_ptr_array_add (outcome.facts->evidence, hit);
  outcome.verdict = filter_verdict_new ();
  outcome.verdict->act = FILTER_ACT_RECORD;
  outcome.verdict->act_reason = "clear-wish";
  outcome.verdict->reply = TRUE;
  outcome.verdict->reply_reason = "ok";
  outcome.verdict->reply_to = g_strdup ("ann@example.org");
  outcome.verdict->intent = PARSER_INTENT_OPT_OUT;
  outcome.verdict->requester = g_strdup ("ann@example.org");
  g_strfreev (outcome.verdict->scope);
  outcome.verdict->scope = g_strsplit ("*", ",", 0);
  outcome.event = g_strdup ("e1");
  return outcome;
}

static void
outcome_clear (FilterOutcome *outcome)
{
  parser_facts_free (outcome->facts);
  filter_verdict_free (outcome->verdict);
  g_free (outcome->event);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterOutcome, outcome_clear)

static void
test_json (void)
{
  g_auto (FilterOutcome) outcome = outcome_of_wish ();
  g_autofree char *text = filter_report_json (&outcome, "inbox.mbox", 12, TRUE, TRUE);
  g_assert_cmpstr (
      text, ==,
      "{\"source\":\"inbox.mbox\",\"index\":12,\"message_id\":\"<a@example.org>\",\"date\":\"2026-11-21T10:"
      "00:00Z\","
      "\"from\":\"ann@example.org\",\"kind\":\"person\",\"intent\":\"opt-out\",\"request\":null,\"scope\":["
      "\"*\"],\"except\":["
      "],\"channels\":[\"mail\"],"
      "\"confidence\":97,\"language\":\"en\",\"act\":\"record\",\"act_reason\":\"clear-wish\",\"reply\":"
      "\"send\","
      "\"reply_reason\":\"ok\",\"requester\":\"ann@example.org\",\"authenticated\":\"none\",\"subjects\":[],"
      "\"beside\":null,"
      "\"evidence\":[{\"rule\":\"en.stop\",\"part\":\"1.1\",\"line\":3,\"bytes\":[4,17],"
      "\"text\":\"please "
      "\\\"stop\\\"\",\"weight\":60}],\"answer\":\"none\",\"ignored\":[],\"segments\":[],\"defects\":[],"
      "\"event\":\"e1\"}");
}

static void
test_not_sent (void)
{
  g_auto (FilterOutcome) outcome = outcome_of_wish ();
  outcome.reply_reason = "once-per-period";
  g_autofree char *json = filter_report_json (&outcome, "-", 1, FALSE, FALSE);
  g_autofree char *text = filter_report_text (&outcome, "-", 1, FALSE);
  g_assert_nonnull (strstr (json, "\"reply\":\"no\",\"reply_reason\":\"once-per-period\""));
  g_assert_nonnull (strstr (text, "No answer: the address has had one lately (once-per-period)."));
  g_assert_null (strstr (json, "segments"));
}

static void
test_text (void)
{
  g_auto (FilterOutcome) outcome = outcome_of_wish ();
  g_autofree char *text = filter_report_text (&outcome, "a.eml", 1, FALSE);
  g_assert_cmpstr (text, ==,
                   "a.eml, mail 1: ann@example.org wants no more marketing mail.\n"
                   "  To be recorded. The wish is clear (clear-wish).\n"
                   "  A confirmation goes to ann@example.org, who can undo it by an answer.\n"
                   "  These words decided:\n"
                   "    \"please \"stop\"\"\n"
                   "      line 3 of part 1.1: en.stop, 60 points\n");
}

static void
test_log (void)
{
  FilterConfig config = { .log_addresses = FALSE };
  FilterMail mail = { .queue_id = "4XyZ" };
  g_auto (FilterOutcome) outcome = outcome_of_wish ();
  g_autofree char *line = filter_log_line (&config, &mail, &outcome, 12);
  g_assert_cmpstr (line, ==,
                   "4XyZ: kind=person intent=opt-out act=record (clear-wish) reply=send (ok) event=e1 12 ms");
  config.log_addresses = TRUE;
  g_autofree char *with = filter_log_line (&config, &mail, &outcome, 12);
  g_assert_nonnull (strstr (with, " from=ann@example.org "));
}

static void
test_log_hostile (void)
{
  FilterConfig config = { .log_addresses = FALSE };
  g_autofree char *huge = g_strnfill (100000, 'x');
  g_autofree char *id = g_strconcat ("\x1b[31m\r\nevil %s%n ", huge, NULL);
  FilterMail mail = { .queue_id = id };
  FilterOutcome outcome = { .status = FILTER_RETRY, .why = (char *)"busy", .detail = huge };
  g_autofree char *line = filter_log_line (&config, &mail, &outcome, 1);
  g_assert_true (g_str_has_prefix (line, "\\x1b[31m\\x0d\\x0aevil %s%n xxx"));
  g_assert_null (strpbrk (line, "\r\n\x1b"));
  g_assert_cmpuint (strlen (line), <, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *path = g_strconcat ("/json/string: ", strings[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_string);
    }
  g_test_add_func ("/json/an object in the order it is written", test_object);
  g_test_add_func ("/report/the object of the manual", test_json);
  g_test_add_func ("/report/an answer that is not sent is none", test_not_sent);
  g_test_add_func ("/report/the same for reading", test_text);
  g_test_add_func ("/log/one line a mail, without addresses unless asked for", test_log);
  g_test_add_func ("/log/line ends, terminal sequences and length (H60)", test_log_hostile);
  return g_test_run ();
}
