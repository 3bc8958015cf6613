/* test-forward.c - whom a mail speaks of beside its author: of what it forwards, behind an alias service; and
 * whether it says that all mail is meant. */
#include "parser.h"

#include <string.h>

#define BOB "bob@example.net"

typedef struct
{
  const char *name;
  const char *header; /* beside From, Date and To; each field with its end */
  const char *body;
  const char *author; /* NULL: none */
} Row;

#define HERE "Subject: x\n"
#define FWD "Subject: Fwd: stop\n"
#define APPLE(writer)                                                                                        \
  "X-ICLOUD-HME: p=jane.shop-1x@icloud.com; d=; f=jane@metrix.example; r=to; s=" writer "\n"
#define PARTS "Subject: Fwd: stop\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"

static const Row forwards[] = {
  { "thunderbird", FWD,
    "See below.\n\n-------- Forwarded Message --------\nSubject: stop\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n"
    "From: Bob Reed <bob@example.net>\nTo: jane@metrix.example\n\nPlease stop.\n",
    BOB },
  { "gmail", FWD,
    "---------- Forwarded message ---------\nFrom: Bob Reed <bob@example.net>\nDate: Mon, Mar 2, 2026 at "
    "9:00 AM\n"
    "Subject: stop\nTo: <jane@metrix.example>\n\n\nPlease stop.\n",
    BOB },
  { "apple", FWD,
    "Begin forwarded message:\n\nFrom: Bob Reed <bob@example.net>\nSubject: stop\nDate: 2 March 2026 at "
    "09:00:00 GMT\n"
    "To: jane@metrix.example\n\nPlease stop.\n",
    BOB },
  { "outlook in german", "Subject: WG: Newsletter\n",
    "zur Kenntnis\n\nVon: Bob Reed <bob@example.net>\nGesendet: Montag, 2. Maerz 2026 09:00\nAn: Jane Poe\n"
    "Betreff: Newsletter\n\nBitte keine Newsletter mehr.\n",
    BOB },
  { "outlook in french", "Subject: TR: lettre\n",
    "Pour suite.\n\nDe : Bob Reed <bob@example.net>\nEnvoy\303\251 : lundi 2 mars 2026 09:00\n\303\200 : "
    "Jane Poe\n"
    "Objet : lettre\n\nMerci de ne plus m'\303\251crire.\n",
    BOB },
  { "outlook of old", "Subject: FW: stop\n",
    "FYI\n\nFrom: Bob Reed [mailto:bob@example.net]\nSent: Monday, March 2, 2026 9:00 AM\nTo: Jane Poe\n"
    "Subject: stop\n\nPlease stop.\n",
    BOB },
  { "in japanese", "Subject: Fwd: x\n",
    "---------- Forwarded message ---------\n\345\267\256\345\207\272\344\272\272: Bob <bob@example.net>\n"
    "\346\227\245\344\273\230: 2026\345\271\2643\346\234\2102\346\227\245 9:00\n\344\273\266\345\220\215: "
    "x\n\nStop\n",
    BOB },
  { "the outermost of a forward of a forward", FWD,
    "-------- Forwarded Message --------\nSubject: Fwd: stop\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n"
    "From: bob@example.net\nTo: jane@metrix.example\n\n-------- Forwarded Message --------\nSubject: stop\n"
    "Date: Sun, 1 Mar 2026 09:00:00 +0000\nFrom: eve@example.com\nTo: bob@example.net\n\nstop\n",
    BOB },
  { "an enclosed mail", PARTS,
    "--b\n\nSee there.\n--b\nContent-Type: message/rfc822\n\nFrom: Bob Reed <bob@example.net>\nSubject: "
    "stop\n\n"
    "Please stop.\n--b--\n",
    BOB },
  { "an answer over a header block forwards nothing", "Subject: RE: stop\n",
    "Please take me off.\n\nFrom: Bob Reed <bob@example.net>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Jane "
    "Poe\n"
    "Subject: stop\n\nHello.\n",
    NULL },
  { "an answer to a quotation forwards nothing", "Subject: Re: stop\n",
    "Yes.\n\nOn Mon, 2 Mar 2026 at 09:00, Bob Reed <bob@example.net> wrote:\n> stop\n", NULL },
  { "a subject alone forwards nothing", FWD, "Please stop.\n", NULL },
  { "a block without an address names nobody", FWD,
    "-------- Forwarded Message --------\nSubject: stop\nDate: Mon, 2 Mar 2026 09:00:00 +0000\nFrom: Bob "
    "Reed\n"
    "To: jane@metrix.example\n\nPlease stop.\n",
    NULL },
  { "what a bounce encloses is no forward",
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    "--b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: "
    "message/rfc822\n\n"
    "From: bob@example.net\nSubject: stop\n\nx\n--b--\n",
    NULL },
};

/* With From in the first field of the header. */
static const Row aliases[] = {
  { "simplelogin",
    "From: \"Bob - bob at example.net\" <bob_at_example_net_x@alias.example>\n" HERE
    "X-SimpleLogin-Type: Forward\nX-SimpleLogin-Original-From: Bob Reed <bob@example.net>\n",
    "", BOB },
  { "addy.io",
    "From: \"Bob 'bob at example.net'\" <news+bob=example.net@jane.addy.example>\n" HERE
    "X-AnonAddy-Original-Sender: bob@example.net\n",
    "", BOB },
  { "duckduckgo",
    "From: Bob <bob_at_example.net_jane@duck.com>\n" HERE "Duck-Original-From: \"Bob\" <bob@example.net>\n",
    "", BOB },
  { "duckduckgo's field elsewhere",
    "From: <eve@example.com>\n" HERE "Duck-Original-From: <bob@example.net>\n", "", NULL },
  { "firefox relay",
    "From: \"bob@example.net [via Relay]\" <k3x@mozmail.com>\n" HERE "Resent-From: bob@example.net\n", "",
    BOB },
  { "firefox relay with a domain of its user",
    "From: \"bob@example.net [via Relay]\" <shop@jane.mozmail.com>\n" HERE "Resent-From: bob@example.net\n",
    "", BOB },
  { "apple", "From: Bob Reed <bob_at_example_net_x7k2m_9f31@icloud.com>\n" HERE APPLE ("bob@example.net"), "",
    BOB },
  { "apple for an app",
    "From: Bob <bob_at_example_net_x7k2m_9f31@privaterelay.appleid.com>\n" HERE APPLE ("Bob@Example.net"), "",
    BOB },
  { "apple since 2026",
    "From: Bob <b.ob-reed_at_mail_example_net_x7k2m_9f31@private.icloud.com>\n" HERE APPLE (
        "b.ob-reed@mail.example.net"),
    "", "b.ob-reed@mail.example.net" },
  { "apple's field in a mail of an account there", "From: eve@icloud.com\n" HERE APPLE ("bob@example.net"),
    "", NULL },
  { "apple's field of another than From is written for",
    "From: <eve_at_example_com_x7k2m_9f31@icloud.com>\n" HERE APPLE ("bob@example.net"), "", NULL },
  { "apple's field elsewhere",
    "From: <bob_at_example_net_x7k2m_9f31@example.com>\n" HERE APPLE ("bob@example.net"), "", NULL },
  { "apple's field that does not say who",
    "From: <bob_at_example_net_x7_9f@icloud.com>\n" HERE
    "X-ICLOUD-HME: p=a@icloud.com; d=; is=bob@example.net; s=\n",
    "", NULL },
  { "an answer from behind apple's service", "From: x7k2m.9f@privaterelay.appleid.com\n" HERE, "", NULL },
  { "33mail", "From: \"Bob Reed 'bob@example.net' via 33Mail\"\n <sender@mailer1.33mail.com>\n" HERE, "",
    BOB },
  { "33mail without a name", "From: 'bob@example.net' via 33Mail <sender@mailer1.33mail.com>\n" HERE, "",
    BOB },
  { "33mail's words elsewhere", "From: \"Bob 'bob@example.net' via 33Mail\" <eve@example.com>\n" HERE, "",
    NULL },
  { "33mail of somebody with a quotation mark",
    "From: \"Bob O'Hara 'bob@example.net' via 33Mail\" <sender@mailer1.33mail.com>\n" HERE, "", BOB },
  { "an answer from behind 33mail", "From: \"Bob\" <shop@bob.33mail.com>\n" HERE, "", NULL },
  { "a mail that somebody handed on", "From: <eve@example.com>\n" HERE "Resent-From: bob@example.net\n", "",
    NULL },
  { "a domain that only ends so", "From: <k3x@notmozmail.com>\n" HERE "Resent-From: bob@example.net\n", "",
    NULL },
  { "a field that names From",
    "From: <bob@example.net>\n" HERE "X-AnonAddy-Original-Sender: bob@example.net\n", "", NULL },
  { "a field without an address", "From: <x@alias.example>\n" HERE "X-SimpleLogin-Original-From: Bob\n", "",
    NULL },
  { "two authors",
    "From: <x@alias.example>, <y@alias.example>\n" HERE "X-AnonAddy-Original-Sender: bob@example.net\n", "",
    NULL },
  { "an answer through the service", "From: k3x@alias.example\n" HERE "X-SimpleLogin-Type: Reply\n", "",
    NULL },
};

static const struct
{
  const char *text;
  gboolean all;
} wishes[] = {
  { "Unsubscribe me from all your mailing lists.", TRUE },
  { "Stop sending me everything.", TRUE },
  { "Bitte tragen Sie mich aus allen Verteilern aus.", TRUE },
  { "D\303\251sinscrivez-moi de toutes vos listes.", TRUE },
  { "unsubscribe", FALSE },
  { "Please take me off this list.", FALSE },
  { "Please stop sending me this newsletter.", FALSE },
  { "Bitte keine weiteren E-Mails.", FALSE },
  { "Please unsubscribe me. Hello to all of you from Spain.", FALSE },
};

static ParserFacts *
read_mail (const char *from, const char *header, const char *body)
{
  g_autofree char *text = g_strconcat (from,
                                       "To: support@metrix.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
                                       "Message-ID: <f1@example.org>\n",
                                       header, "\n", body, NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));
  return parser_read (mail, NULL);
}

static void
names_the_author (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (ParserFacts) facts = read_mail ("From: jane@metrix.example\n", row->header, row->body);
  g_assert_cmpstr (facts->forwarded_from, ==, row->author);
  g_assert_null (facts->alias_of);
}

static void
names_who_is_behind (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (ParserFacts) facts = read_mail ("", row->header, "Please unsubscribe me.\n");
  g_assert_cmpstr (facts->alias_of, ==, row->author);
  g_assert_null (facts->forwarded_from);
}

/* The service puts a List-Unsubscribe of its own into all that it hands on; a list's other fields stay a
 * list's. */
static void
is_no_list_for_the_services_fields (void)
{
  static const struct
  {
    const char *fields;
    ParserKind kind;
  } cases[] = {
    { "X-AnonAddy-Original-Sender: bob@example.net\nList-Unsubscribe: <mailto:x@addy.example>\n"
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
      PARSER_KIND_PERSON },
    { "X-AnonAddy-Original-Sender: bob@example.net\nList-Unsubscribe: <mailto:x@addy.example>\n"
      "List-Id: <news.example.net>\n",
      PARSER_KIND_LIST },
    { "X-AnonAddy-Original-Sender: bob@example.net\nPrecedence: bulk\nList-Id: <news.example.net>\n",
      PARSER_KIND_LIST },
    { "List-Unsubscribe: <mailto:x@addy.example>\n", PARSER_KIND_LIST },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strconcat (HERE, cases[i].fields, NULL);
      g_autoptr (ParserFacts) facts
          = read_mail ("From: <x1@addy.example>\n", header, "Please unsubscribe me.\n");
      g_test_message ("%s", cases[i].fields);
      g_assert_cmpint (facts->kind, ==, cases[i].kind);
      g_assert_cmpint ((facts->marks & PARSER_MARK_LIST_FIELDS) != 0, ==, cases[i].kind == PARSER_KIND_LIST);
    }
}

static void
hears_that_all_is_meant (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autoptr (ParserFacts) facts = read_mail ("From: ann@example.org\n", HERE, wishes[i].text);
      g_test_message ("%s", wishes[i].text);
      g_assert_cmpint (facts->intent, ==, PARSER_INTENT_OPT_OUT);
      g_assert_cmpint ((facts->marks & PARSER_MARK_EVERYTHING) != 0, ==, wishes[i].all);
    }
}

static void
add_rows (const char *group, const Row *rows, guint n, GTestDataFunc check)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (group, rows[i].name, NULL);
      g_strdelimit (path, " ", '-');
      g_test_add_data_func (path, &rows[i], check);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  add_rows ("/forward/", forwards, G_N_ELEMENTS (forwards), names_the_author);
  add_rows ("/alias/", aliases, G_N_ELEMENTS (aliases), names_who_is_behind);
  g_test_add_func ("/alias/is-no-list-for-the-services-fields", is_no_list_for_the_services_fields);
  g_test_add_func ("/everything", hears_that_all_is_meant);
  return g_test_run ();
}
