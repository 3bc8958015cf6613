/* test-tokens.c - where in a mail tokens are found (R55): the places that policy tells apart. */
#include "parser.h"

#include <string.h>

#define N_TOKENS 3

static const char *const place_names[]
    = { "recipient", "subject", "text", "references", "quoted", "enclosed" };

/* {1}, {2}, {3} stand for tokens; the places that each is found in are written "subject:1 quoted:2". */
typedef struct
{
  const char *name;
  const char *mail;
  const char *want;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "in-the-subject-of-a-mail-of-its-own", "Subject: unsubscribe {1}\n\n", "subject:1" },
  { "in-capitals", "Subject: UNSUBSCRIBE {1!}\n\n", "subject:1" },
  { "in-a-folded-subject", "Subject: unsubscribe\n {1}\n\n", "subject:1" },
  { "in-an-encoded-subject", "Subject: =?utf-8?q?unsubscribe_{1}?=\n\n", "subject:1" },
  { "in-the-subject-of-an-answer", "Subject: Re: unsubscribe {1}\n\nplease\n", "references:1" },
  { "in-the-subject-of-a-German-answer", "Subject: AW: [Liste] unsubscribe {1}\n\nbitte\n", "references:1" },
  { "in-the-subject-of-a-forward", "Subject: Fwd: {1}\n\nsee below\n", "references:1" },
  { "in-a-Message-ID-that-is-answered", "In-Reply-To: <{1}.17@metrix.example>\nReferences: <a@b.example> <{2}@metrix.example>\n\nstop\n",
    "references:1 references:2" },
  { "in-the-writers-own-words", "Subject: stop\n\nstop it, my number is {1}.\n", "text:1" },
  { "in-what-he-quotes", "Subject: Re: News\n\nstop it\n\n> News\n> Leave: mailto:unsubscribe+{1}@metrix.example\n", "quoted:1" },
  { "under-a-header-block", "Subject: stop\n\nstop it\n\n-----Original Message-----\nFrom: news@metrix.example\nSent: Monday, 3 March 2025 10:00\nTo: ann@example.org\n"
    "Subject: News\n\nhttps://metrix.example/u/{1}?c=1\n", "quoted:1" },
  { "in-a-signature", "Subject: stop\n\nstop it\n-- \nAnn {1}\n", "quoted:1" },
  { "behind-a-link-in-quoted-HTML", "Subject: Re: News\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    "<p>Stop it</p><blockquote type=\"cite\"><p>News</p><p><a href=\"https://metrix.example/u/{1}\">Unsubscribe</a></p></blockquote>\n", "quoted:1" },
  { "behind-a-link-of-ones-own", "Subject: stop\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    "<p>This one is broken: <a href='mailto:u@metrix.example?subject=unsubscribe%20{1}&amp;x=1'>unsubscribe</a></p>\n", "text:1" },
  { "in-quoted-printable-that-cuts-it", "Subject: stop\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "my number is {1/}\n", "text:1" },
  { "strongest-place-first-and-each-once", "Subject: unsubscribe {2}\nIn-Reply-To: <{1}@metrix.example>\n\n{1!} {2}\n\n> {3} {1}\n",
    "subject:2 text:1 quoted:3" },
  { "in-what-a-bounce-encloses", "From: MAILER-DAEMON@mail.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nUser unknown\n\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\nFinal-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1\n\n--b\n"
    "Content-Type: message/rfc822\n\nFrom: news@metrix.example\nMessage-ID: <{1}@metrix.example>\nList-Unsubscribe: <mailto:u+{2}@metrix.example>\nSubject: News\n\n"
    "Leave: {3}\n\n--b--\n", "enclosed:1 enclosed:2 enclosed:3" },
  { "in-the-header-alone-that-a-bounce-encloses", "From: MAILER-DAEMON@mail.example\nSubject: failure notice\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nUser unknown\n\n--b\n"
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\nFinal-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1\n\n--b\n"
    "Content-Type: text/rfc822-headers\n\nFrom: news@metrix.example\nReply-To: news+{1}@metrix.example\nSubject: =?utf-8?q?News_{2}?=\n\n--b--\n",
    "enclosed:1 enclosed:2" },
  { "in-the-text-of-a-bounce-that-encloses-nothing", "From: MAILER-DAEMON@mail.example\nSubject: failure notice\n\n"
    "Hi. This is the qmail-send program at mail.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.org>:\nno such user\n\n--- Below this line is a copy of the message.\n\n"
    "Message-ID: <{1}@metrix.example>\n", "enclosed:1" },
  { "in-what-a-complaint-is-about", "From: fbl@mail.example\nSubject: complaint\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n--b\n"
    "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Mail-From: bounce+{2}@metrix.example\n\n--b\n"
    "Content-Type: message/rfc822\n\nFrom: news@metrix.example\nTo: redacted\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=c\n\n"
    "--c\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{1/}\n\n--c\nContent-Type: text/html\n\n<a href=\"https://metrix.example/u/{3}\">x</a>\n--c--\n--b--\n",
    "enclosed:2 enclosed:1 enclosed:3" },
  { "in-a-mail-that-is-forwarded-as-a-whole", "From: bob@example.org\nSubject: stop this please\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nplease stop\n\n--b\nContent-Type: message/rfc822\n\nFrom: news@metrix.example\nMessage-ID: <{1}@metrix.example>\n\nNews\n--b--\n",
    "enclosed:1" },
  { "nothing-in-a-word-that-only-begins-like-one", "Subject: oooooooooooooooooooooooooooooooooooooooooooo\n\nooh aahoo{1}\n", "" },
  { "nothing-in-a-piece-of-one", "Subject: unsubscribe {1-}\n\n", "" },
  { "nothing-in-an-ordinary-mail", "Subject: hello\n\nsee you at the zoo\n", "" },
};
/* clang-format on */

static char *
token_of (guint which)
{
  g_autofree guint8 *octets = g_malloc0 (32);
  g_autoptr (GBytes) key = g_bytes_new (octets, 32);
  g_autofree char *address = g_strdup_printf ("ann%u@example.org", which);
  return parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, address, NULL);
}

/* {1} as it is, {1!} in capitals, {1/} with a soft line break in it, {1-} without its last letter. */
static char *
write_mail (const char *pattern, char *const tokens[N_TOKENS])
{
  g_autoptr (GString) mail = g_string_new (pattern);
  for (guint i = 0; i < N_TOKENS; i++)
    {
      g_autofree char *shouted = g_ascii_strup (tokens[i], -1);
      g_autofree char *broken = g_strdup_printf ("%.9s=\n%s", tokens[i], tokens[i] + 9);
      g_autofree char *cut = g_strndup (tokens[i], strlen (tokens[i]) - 1);
      const char *const forms[] = { "}", tokens[i], "!}", shouted, "/}", broken, "-}", cut };
      for (guint f = 0; f < G_N_ELEMENTS (forms); f += 2)
        {
          g_autofree char *mark = g_strdup_printf ("{%u%s", i + 1, forms[f]);
          g_string_replace (mail, mark, forms[f + 1], 0);
        }
    }
  return g_strdup (mail->str);
}

static char *
found_in (const char *mail, char *const tokens[N_TOKENS])
{
  g_autoptr (GBytes) octets = g_bytes_new (mail, strlen (mail));
  g_autoptr (ParserFacts) read = parser_read (octets, NULL);
  g_autoptr (GVariant) sent = g_variant_ref_sink (parser_facts_to_variant (read));
  g_autoptr (ParserFacts) facts = parser_facts_from_variant (sent);
  g_autoptr (GString) found = g_string_new (NULL);
  g_assert_nonnull (facts);
  for (guint i = 0; i < facts->tokens->len; i++)
    {
      const ParserFound *token = g_ptr_array_index (facts->tokens, i);
      guint which = 0;
      while (which < N_TOKENS && strcmp (token->text, tokens[which]) != 0)
        which++;
      g_string_append_printf (found, "%s%s:%u", i > 0 ? " " : "", place_names[token->place], which + 1);
    }
  return g_strdup (found->str);
}

static void
is_found (gconstpointer data)
{
  const Case *this = data;
  char *tokens[N_TOKENS] = { token_of (1), token_of (2), token_of (3) };
  g_autofree char *mail = write_mail (this->mail, tokens);
  g_autofree char *found = found_in (mail, tokens);
  g_assert_cmpstr (found, ==, this->want);
  for (guint i = 0; i < N_TOKENS; i++)
    g_free (tokens[i]);
}

/* Whoever fills a mail with them gets no more than so many looked at, in time that grows with the mail alone.
 */
static void
no_more_than_the_limit (void)
{
  g_autoptr (GString) mail = g_string_new ("Subject: stop\n\n");
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *filler = g_strdup_printf ("ooa%05u", i);
      for (char *digit = filler + 3; *digit != '\0'; digit++)
        *digit = (char)(*digit - '0' + 'a');
      g_string_append_printf (mail, "> %saaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", filler);
    }
  char *none[N_TOKENS] = { (char *)"", (char *)"", (char *)"" };
  g_autofree char *found = found_in (mail->str, none);
  g_auto (GStrv) each = g_strsplit (found, " ", -1);
  g_assert_cmpuint (g_strv_length (each), ==, PARSER_MAX_TOKENS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tokens/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], is_found);
    }
  g_test_add_func ("/tokens/no-more-than-the-limit", no_more_than_the_limit);
  return g_test_run ();
}
