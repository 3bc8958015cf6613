/* test-machine-answer.c - mail whose header says that a machine wrote it, and whose text begins with a word
 * that our confirmations ask for, alone or above one of them: in no language does it answer anything. */
#include "returned.h"
#include "sample.h"

#include <string.h>

#define PLAIN "Content-Type: text/plain; charset=utf-8\n\n%s"
#define REPORT(type)                                                                                         \
  "Content-Type: multipart/report; report-type=" type "; boundary=b\n\n--b\n"                                \
  "Content-Type: text/plain; charset=utf-8\n\n%s\n--b\n"

/* clang-format off */
static const struct { const char *name, *form; } machines[] = {
  { "a delivery report", "Return-Path: <>\nSubject: Undelivered Mail Returned to Sender\n" REPORT ("delivery-status")
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
    "Final-Recipient: rfc822; ann@example.org\nAction: delayed\nStatus: 4.4.1\n--b--\n" },
  { "a read receipt", "Subject: Read: your mail\n" REPORT ("disposition-notification")
    "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ann@example.org\n"
    "Disposition: manual-action/MDN-sent-manually; displayed\n--b--\n" },
  { "a complaint", "Subject: Abuse report\n" REPORT ("feedback-report")
    "Content-Type: message/feedback-report\n\nFeedback-Type: not-spam\nUser-Agent: x/1\nVersion: 1\n--b--\n" },
  { "an absence", "Subject: Re: your mail\nAuto-Submitted: auto-replied\n" PLAIN },
  { "an absence of the old kind", "Subject: Re: your mail\nX-Autoreply: yes\nPrecedence: auto_reply\n" PLAIN },
  { "an absence of Exchange", "Subject: Re: your mail\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n" PLAIN },
  { "a challenge", "Subject: Re: your mail\nAuto-Submitted: auto-generated (challenge)\nPrecedence: junk\n" PLAIN },
  { "a ticket", "Subject: [Ticket 4711] Re: your mail\nPrecedence: bulk\nAuto-Submitted: auto-replied\n" PLAIN },
  { "mail of a list", "Subject: Re: your mail\nList-Id: <people.example.org>\nPrecedence: list\n" PLAIN },
  { "mail without a sender", "Return-Path: <>\nSubject: Re: your mail\n" PLAIN },
};
/* clang-format on */

static void
expect_nothing (const char *machine, const char *form, const char *body)
{
  g_autoptr (GString) mail = g_string_new (form);
  g_string_replace (mail, "%s", body, 1);
  g_autoptr (ParserFacts) facts = returned_read (mail->str);
  g_autoptr (FilterVerdict) verdict = returned_decide (facts);
  /* where nothing but the envelope speaks of a machine, a wish is heard, as from anybody (R54) */
  gboolean wish = facts->kind == PARSER_KIND_PERSON && verdict->intent != PARSER_INTENT_OPT_IN
                  && strcmp (verdict->act_reason, "clear-wish") == 0;
  if (wish || verdict->subjects->len == 0
      || (facts->kind == PARSER_KIND_PERSON && verdict->act == FILTER_ACT_REVIEW))
    return;
  g_test_fail_printf ("%s: %s, answer %s, %s", machine, parser_kind_name (facts->kind),
                      parser_answer_name (facts->answer), verdict->act_reason);
  g_test_message ("%s", body);
}

static void
no_machine_answers (gconstpointer data)
{
  const guint number = GPOINTER_TO_UINT (data);
  const char *language = returned_language (number);
  g_autoptr (FilterReplyText) ours = returned_text (&returned_notices[0], language);
  for (ParserAnswer answer = PARSER_ANSWER_UNDO; answer <= PARSER_ANSWER_STOP; answer++)
    for (guint m = 0; m < G_N_ELEMENTS (machines); m++)
      {
        if (sample_spares ((number * PARSER_ANSWER_STOP + answer) * G_N_ELEMENTS (machines) + m, 4))
          continue;
        g_autofree char *word = returned_words (language, answer);
        g_autofree char *above = g_strconcat (word, "\n\n", ours->body, NULL);
        g_autofree char *among = g_strconcat ("Hello.\n\n", word, "\n\nMetrix", NULL);
        expect_nothing (machines[m].name, machines[m].form, word);
        expect_nothing (machines[m].name, machines[m].form, (answer + m) % 2 ? above : among);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  returned_set_up ();
  for (guint i = 0; returned_language (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/machine-answer/", returned_language (i), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), no_machine_answers);
    }
  int code = g_test_run ();
  returned_tear_down ();
  return code;
}
