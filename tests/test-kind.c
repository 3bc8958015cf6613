/* test-kind.c - person or machine, and which one (DETECTION sections 8 and 10, R85, R86) */
#include <string.h>

#include "internal.h"

#define ANN "From: ann@example.org\nTo: news@metrix.example\n"
#define DAEMON "From: MAILER-DAEMON@mx.example\n"
#define NULL_SENDER "Return-Path: <>\n"
#define REPORT(type)                                                                                         \
  "Content-Type: multipart/report; report-type=" type "; boundary=b\n\n--b\n\nThis is a report.\n"
#define DSN(fields)                                                                                          \
  "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n" fields "\n"
#define FEEDBACK(fields) "--b\nContent-Type: message/feedback-report\n\n" fields "\n"
#define ENCLOSED                                                                                             \
  "--b\nContent-Type: message/rfc822\n\nFrom: news@metrix.example\nTo: Carl <carl@example.net>\n"            \
  "Auto-Submitted: auto-generated\n\nunsubscribe here\n--b--\n"

/* clang-format off */
static const struct { const char *name, *mail; ParserKind want; const char *why; } cases[] = {
  { "a-person",                            ANN "Subject: hello\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "our-own-mail-come-back",              ANN "X-Loop: optout@metrix.example\nAuto-Submitted: auto-replied\n\nx\n", PARSER_KIND_AUTO_REPLY, "x-loop" },

  { "a-complaint",                         ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: abuse\n") ENCLOSED, PARSER_KIND_COMPLAINT, "report-type feedback-report" },
  { "a-complaint-without-report-type",     ANN "Content-Type: multipart/mixed; boundary=b\n\n" FEEDBACK ("Feedback-Type: abuse\n") ENCLOSED, PARSER_KIND_COMPLAINT, "message/feedback-report" },
  { "an-opt-out-by-report",                ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: opt-out\n") ENCLOSED, PARSER_KIND_COMPLAINT, "report-type feedback-report" },
  { "a-report-of-not-spam-is-none",        ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: Not-Spam\n") ENCLOSED, PARSER_KIND_AUTO_REPLY, "feedback-type of no complaint" },
  { "hotmails-own-form",                   "From: staff@hotmail.example\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: carl@example.net\nTo: x@example.net\n\nhi\n--b--\n", PARSER_KIND_COMPLAINT, "x-hmxmroriginalrecipient" },

  { "a-bounce",                            DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822; carl@example.net\nAction: failed\nStatus: 5.1.1\n") ENCLOSED, PARSER_KIND_BOUNCE, "report-type delivery-status" },
  { "a-bounce-beats-auto-submitted",       DAEMON "Auto-Submitted: auto-replied\n" REPORT ("delivery-status") DSN ("Action: failed\n") ENCLOSED, PARSER_KIND_BOUNCE, "report-type delivery-status" },
  { "a-bounce-of-an-own-letters-address",  DAEMON "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/global-delivery-status\n\nAction: failed\n\n--b--\n", PARSER_KIND_BOUNCE, "message/delivery-status" },
  { "a-report-that-is-the-whole-mail",     DAEMON "Content-Type: message/delivery-status\n\nAction: failed\n\n", PARSER_KIND_BOUNCE, "message/delivery-status" },
  { "exims-field",                         ANN "X-Failed-Recipients: carl@example.net\n\nx\n", PARSER_KIND_BOUNCE, "x-failed-recipients" },
  { "a-rejection",                         ANN "Auto-Submitted: auto-replied (rejected)\n\nx\n", PARSER_KIND_BOUNCE, "auto-submitted rejected" },
  { "a-null-sender-and-a-subject",         NULL_SENDER ANN "Subject: Undelivered Mail Returned to Sender\n\nx\n", PARSER_KIND_BOUNCE, "null-sender, subject" },
  { "a-daemon-and-a-subject",              DAEMON "Subject: Returned mail: see transcript\n\nx\n", PARSER_KIND_BOUNCE, "system-sender, subject" },
  { "a-daemon-and-its-words",              DAEMON "Subject: hello\n\n<carl@example.net>: user unknown\n", PARSER_KIND_BOUNCE, "system-sender, text" },
  { "a-german-bounce",                     NULL_SENDER ANN "Subject: Unzustellbar: Neuigkeiten\n\nx\n", PARSER_KIND_BOUNCE, "null-sender, subject" },
  { "a-gateway-under-its-own-name",        ANN "Subject: Delivery failure\n\nThe mail could not be delivered to carl@example.net\n", PARSER_KIND_BOUNCE, "subject, text" },
  { "a-gateway-behind-our-own-subject",    ANN "Subject: RE: our news (delivery failed)\n\nThe mail could not be delivered to\ncarl@example.net\n", PARSER_KIND_BOUNCE, "subject, text" },
  { "a-ticket",                            ANN "Subject: [Ticket #4711] our news\n\nWe have received your message.\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "a-person-who-asks-for-a-ticket",      ANN "Subject: Ticket sales\n\nplease take me off\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "a-person-who-forwards-a-bounce",      ANN "Subject: Fwd: Undeliverable: our news\n\nplease stop\n\n> It could not be delivered to carl@example.net\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "a-person-who-answers-a-bounce",       ANN "Subject: Re: Returned mail\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "a-person-whose-letter-came-back",     ANN "Subject: your parcel\n\nIt could not be delivered to me. Please stop writing.\n", PARSER_KIND_PERSON, "no machine's marks" },

  { "a-receipt",                           ANN REPORT ("disposition-notification") "--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n\n--b--\n", PARSER_KIND_RECEIPT, "report-type disposition-notification" },
  { "a-receipt-in-words",                  ANN "Subject: Read: our news\n\nYour message was read on Monday.\n", PARSER_KIND_RECEIPT, "subject, text" },
  { "a-german-receipt-in-words",           ANN "Subject: Gelesen: Neuigkeiten\n\nIhre Nachricht wurde gelesen am Montag.\n", PARSER_KIND_RECEIPT, "subject, text" },

  { "apples-button",                       ANN "Auto-Submitted: auto-replied\nX-Apple-Unsubscribe: true\nSubject: unsubscribe\n\n", PARSER_KIND_PERSON, "one-tap" },
  { "gmails-button",                       ANN "Subject: unsubscribe\n\nThis message was automatically generated by Gmail.\n", PARSER_KIND_PERSON, "one-tap" },
  { "another-clients-button",              ANN "Subject: unsubscribe\n\nThis is an automated unsubscription request. Please remove the sender.\n", PARSER_KIND_PERSON, "one-tap" },
  { "gmails-words-among-others",           ANN "Subject: hello\n\nI read: This message was automatically generated by Gmail. Why?\n", PARSER_KIND_PERSON, "no machine's marks" },

  { "an-automatic-answer",                 ANN "Auto-Submitted: auto-replied\n\nx\n", PARSER_KIND_AUTO_REPLY, "auto-submitted" },
  { "auto-submitted-no-is-a-person",       ANN "Auto-Submitted: no\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "a-responders-field",                  ANN "X-Autoreply: yes\n\nx\n", PARSER_KIND_AUTO_REPLY, "X-Autoreply" },
  { "a-responders-field-that-says-no",     ANN "X-Autoreply: no\n\nx\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "precedence-auto-reply",               ANN "Precedence: auto_reply\n\nx\n", PARSER_KIND_AUTO_REPLY, "Precedence" },
  { "exchanges-rule",                      ANN "X-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: x@y\n\nx\n", PARSER_KIND_AUTO_REPLY, "x-ms-exchange-inbox-rules-loop" },
  { "suppress-alone-proves-nothing",       ANN "X-Auto-Response-Suppress: All\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "bulk-alone-proves-nothing",           ANN "Precedence: bulk\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "a-null-sender-and-an-auto-subject",   NULL_SENDER ANN "Subject: Out of office: hello\n\nx\n", PARSER_KIND_AUTO_REPLY, "null-sender, subject" },
  { "a-null-sender-and-bulk",              NULL_SENDER ANN "Precedence: junk\nSubject: thanks\n\nx\n", PARSER_KIND_AUTO_REPLY, "null-sender, precedence" },
  { "a-subject-and-a-text",                ANN "Subject: Automatic reply: hello\n\nI am out of the office until Monday.\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "a-subject-in-brackets-and-bulk",      ANN "Precedence: junk\nSubject: [Automatyczna =?utf-8?Q?odpowied=C5=BA?=] x\n\nx\n", PARSER_KIND_AUTO_REPLY, "precedence, subject" },
  { "a-russian-answer",                    ANN "Subject: Автоматический ответ: новости\n\nЯ в отпуске.\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "a-japanese-answer",                   ANN "Subject: 自動応答: x\n\n不在です。\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "a-korean-answer",                     ANN "Subject: 자동 회신: x\n\n휴가 중입니다\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "a-turkish-answer",                    ANN "Subject: OTOMATİK YANIT: x\n\nOfis dışında\n", PARSER_KIND_AUTO_REPLY, "subject, text" },
  { "an-answer-to-an-answer",              ANN "Subject: Re: Automatic reply: hello\n\nplease stop, I am out of the office\n", PARSER_KIND_PERSON, "no machine's marks" },
  { "an-auto-subject-alone",               ANN "Subject: Auto: insurance\n\nplease stop\n", PARSER_KIND_PERSON, "no machine's marks" },

  { "a-list",                              ANN "List-Unsubscribe: <mailto:x@y.example>\n\nunsubscribe\n", PARSER_KIND_LIST, "list-fields" },
  { "nothing-at-all",                      "", PARSER_KIND_PERSON, "no machine's marks" },
};

static const struct { const char *name, *mail, *reported; gboolean hard; } report_cases[] = {
  { "a-user-that-is-gone",                 DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822; Carl@example.net\nAction: failed\nStatus: 5.1.1\n") ENCLOSED, "carl@example.net", TRUE },
  { "the-original-recipient-first",        DAEMON REPORT ("delivery-status") DSN ("Original-Recipient: rfc822;dora@example.net\nFinal-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.1.1\n") ENCLOSED, "dora@example.net", TRUE },
  { "a-full-mailbox-is-not-hard",          DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.2.2\n") ENCLOSED, "carl@example.net", FALSE },
  { "a-policy-is-not-hard",                DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.7.1\n") ENCLOSED, "carl@example.net", FALSE },
  { "a-delay-is-not-hard",                 DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: delayed\nStatus: 4.4.1\n") ENCLOSED, "carl@example.net", FALSE },
  { "a-code-that-says-nothing-is-not-hard", DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 refused\n") ENCLOSED, "carl@example.net", FALSE },
  { "but-the-words-beside-it-may-be",      DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 User unknown\n") ENCLOSED, "carl@example.net", TRUE },
  { "delivered-is-not-hard",               DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: delivered\nStatus: 2.0.0\n") ENCLOSED, "carl@example.net", FALSE },
  { "the-one-that-failed-of-two",          DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: relayed\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;dora@example.net\nAction: failed\nStatus: 5.1.1\n") ENCLOSED, "dora@example.net", TRUE },
  { "whom-the-mail-went-to",               DAEMON REPORT ("delivery-status") DSN ("Action: failed\n") ENCLOSED, "carl@example.net", FALSE },
  { "exims-field-and-words",               DAEMON "X-Failed-Recipients: carl@example.net\nSubject: Mail delivery failed\n\ncarl@example.net: Unknown user\n", "carl@example.net", TRUE },
  { "a-report-in-base64",                  DAEMON REPORT ("delivery-status") "--b\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: base64\n\nUmVwb3J0aW5nLU1UQTogZG5zOyB4CgpGaW5hbC1SZWNpcGllbnQ6IHJmYzgyMjtjYXJsQGV4YW1wbGUubmV0CkFjdGlvbjogZmFpbGVkClN0YXR1czogNS4xLjEK\n--b--\n", "carl@example.net", TRUE },
  { "nobody-named",                        DAEMON "Subject: Undeliverable\n\nx\n", NULL, FALSE },
  { "a-complaint-names-its-recipient",     ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: abuse\nOriginal-Rcpt-To: <dora@example.net>\n") ENCLOSED, "dora@example.net", FALSE },
  { "a-complaint-encloses-the-mail",       ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: abuse\n") ENCLOSED, "carl@example.net", FALSE },
  { "a-complaint-with-headers-alone",      ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: abuse\n") "--b\nContent-Type: text/rfc822-headers\n\nTo: carl@example.net\n--b--\n", "carl@example.net", FALSE },
};

/* Also where it stands, which tells what is derived, what the report says, and which mail it is about. */
static const struct { const char *name, *mail, *reported; gboolean hard; const char *by, *report, *id; } detailed_cases[] = {
  { "a-complaint-to-opt-out",              ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: opt-out\nRemoval-Recipient: <dora@example.net>\n") ENCLOSED, "dora@example.net", FALSE, "removal-recipient", "opt-out", NULL },
  { "a-complaint-that-encloses-a-confirmation", ANN REPORT ("feedback-report") FEEDBACK ("Feedback-Type: abuse\n") "--b\nContent-Type: text/rfc822-headers\n\nTo: carl@example.net\nMessage-ID: <optout.x@metrix.example>\n--b--\n", "carl@example.net", FALSE, "enclosed to", "abuse", "<optout.x@metrix.example>" },
  { "a-complaint-of-hotmail-without-parts", ANN "X-HmXmrOriginalRecipient: dora@example.net\nSubject: complaint about message from 192.0.2.1\n\nx\n", "dora@example.net", FALSE, "x-hmxmroriginalrecipient", NULL, NULL },
  { "a-complaint-of-hotmail-in-what-it-encloses", ANN "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: dora@example.net\nSubject: news\n\nx\n--b--\n", "dora@example.net", FALSE, "enclosed x-hmxmroriginalrecipient", NULL, NULL },
  { "a-bounce-as-text-that-returns-a-confirmation", DAEMON "Subject: failure notice\n\n<carl@example.net>:\nno mailbox here by that name\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <optout.x@metrix.example>\nTo: carl@example.net\n", NULL, TRUE, NULL, NULL, "<optout.x@metrix.example>" },
  { "a-bounce-says-what-was-answered",     DAEMON REPORT ("delivery-status") DSN ("Final-Recipient: rfc822;carl@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n") ENCLOSED, "carl@example.net", TRUE, "final-recipient", "5.1.1 550 5.1.1 no such user", NULL },
};
/* clang-format on */

/* clang-format off */
static const struct { const char *name, *text; gboolean hard; } refusals[] = {
  { "no-such-user",              "550 5.1.1 <x@example.net>: Recipient address rejected", TRUE },
  { "no-such-user-on-many-lines", "550-5.1.1 The email account that you tried to reach", TRUE },
  { "no-such-user-in-words",     "550 no such user here", TRUE },
  { "no-such-domain",            "5.1.2", TRUE },
  { "a-mailbox-closed",          "550 5.2.1 mailbox disabled", TRUE },
  { "a-code-of-exchange",        "550 5.1.10 RESOLVER.ADR.RecipientNotFound", TRUE },
  { "our-own-sender-address",    "550 5.1.8 sender address rejected: user unknown", FALSE },
  { "a-code-that-only-begins-so", "550 5.1.11 x", FALSE },
  { "a-policy-that-quotes-words", "550 5.7.1 user unknown to your reputation", FALSE },
  { "no-words-and-no-code",      "550 go away", FALSE },
  { "a-delay",                   "450 4.1.1 user unknown", FALSE },
  { "success",                   "250 2.1.5 ok", FALSE },
  { "nothing",                   "", FALSE },
};
/* clang-format on */

static void
test_refusal (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_assert_cmpint (parser_refusal_is_hard (refusals[i].text), ==, refusals[i].hard);
}

static ParserFacts *
read_mail (const char *text)
{
  const ParserOptions options = { .loop_marker = "optout@metrix.example" };
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));
  return parser_read (mail, &options);
}

static void
test_kind (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_mail (cases[i].mail);
  g_assert_cmpstr (parser_kind_name (facts->kind), ==, parser_kind_name (cases[i].want));
  g_assert_cmpstr (facts->kind_why, ==, cases[i].why);
}

static void
test_report (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_mail (report_cases[i].mail);
  g_assert_cmpstr (facts->reported, ==, report_cases[i].reported);
  g_assert_cmpint (facts->hard_bounce, ==, report_cases[i].hard);
}

static void
test_details (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_mail (detailed_cases[i].mail);
  g_assert_cmpstr (facts->reported, ==, detailed_cases[i].reported);
  g_assert_cmpint (facts->hard_bounce, ==, detailed_cases[i].hard);
  g_assert_cmpstr (facts->reported_by, ==, detailed_cases[i].by);
  g_assert_cmpstr (facts->report, ==, detailed_cases[i].report);
  g_assert_cmpstr (facts->enclosed_id, ==, detailed_cases[i].id);
}

/* clang-format off */
#define AUTO "From: Carl <carl@example.net>\nAuto-Submitted: auto-replied\n"
static const struct { const char *name, *mail; gboolean leaver; const char *successor; } leavers[] = {
  { "somebody-who-has-left",          AUTO "Subject: Automatic reply\n\nCarl no longer works here. Please write to Dora@example.net.\n", TRUE, "dora@example.net" },
  { "who-names-nobody",               AUTO "Subject: Automatic reply\n\nCarl has left the company.\n", TRUE, NULL },
  { "who-names-himself-first",        AUTO "Subject: x\n\nThe address carl@example.net is no longer in use; use <carl.reed@example.com>, thanks\n", TRUE, "carl.reed@example.com" },
  { "who-says-so-in-german",          AUTO "Subject: Automatische Antwort\n\nHerr Muster arbeitet nicht mehr bei uns.\n", TRUE, NULL },
  { "who-says-so-in-french",          AUTO "Subject: x\n\nCette adresse n'est plus valable, \303\251crivez \303\240 dora@example.net\n", TRUE, "dora@example.net" },
  { "who-says-so-in-the-subject",     AUTO "Subject: This mailbox is no longer monitored\n\nGoodbye.\n", TRUE, NULL },
  { "who-is-away-for-a-while",        AUTO "Subject: Out of office\n\nI am away until Monday, dora@example.net helps.\n", FALSE, NULL },
  { "who-is-quoted",                  AUTO "Subject: Out of office\n\nI am away.\n\nOn Monday Ann wrote:\n> Bob has left the company, write to dora@example.net\n", FALSE, NULL },
  { "a-person-who-says-so",           ANN "Subject: hello\n\nMy colleague has left the company.\n", FALSE, NULL },
};
/* clang-format on */

static void
test_leaver (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_mail (leavers[i].mail);
  g_assert_cmpint (facts->leaver, ==, leavers[i].leaver);
  g_assert_cmpstr (facts->successor, ==, leavers[i].successor);
}

static void
test_doubt (void)
{
  g_autoptr (ParserFacts) facts
      = read_mail (ANN "Subject: hello\n\nThis is an automated response. Please remove me.\n");
  g_assert_cmpint (facts->kind, ==, PARSER_KIND_PERSON);
  g_assert_true (facts->marks & PARSER_MARK_DOUBTFUL);
}

/* A word that folding would change can never be found. */
static void
test_words (void)
{
  const char *const *const tables[] = { parser_words_auto_subject,
                                        parser_words_auto_body,
                                        parser_words_auto_sure,
                                        parser_words_gone,
                                        parser_words_closed,
                                        parser_words_bounce_subject,
                                        parser_words_bounce_sure_subject,
                                        parser_words_bounce_sure_body,
                                        parser_words_bounce_body,
                                        parser_words_hard,
                                        parser_words_receipt_subject,
                                        parser_words_receipt_body,
                                        parser_words_one_tap };
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const char *const *word = tables[i]; *word; word++)
      {
        guint ignored = 0;
        g_autofree char *folded = parser_fold (*word, strlen (*word), NULL, &ignored);
        g_assert_cmpstr (folded, ==, *word);
      }
}

#define ADD(group, cases, function)                                                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strconcat ("/kind/" group "/", cases[i].name, NULL);                         \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                           \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  ADD ("of", cases, test_kind)
  ADD ("about", report_cases, test_report)
  ADD ("in-detail", detailed_cases, test_details)
  ADD ("left", leavers, test_leaver)
  ADD ("refused", refusals, test_refusal)
  g_test_add_func ("/kind/words-alone-are-for-a-person", test_doubt);
  g_test_add_func ("/kind/every-word-is-folded", test_words);
  return g_test_run ();
}
