/* report-words.c - reason codes as a colleague would say them. */
#include "report.h"

typedef struct
{
  const char *code, *words;
} Meaning;

/* clang-format off */
static const Meaning acts[] = {
  { "own-loop", "It is a mail of our own that came back" },
  { "hops", "It has gone round too many servers to be anything but a loop" },
  { "unscanned", "Nobody could read it, so it waits whole" },
  { "complaint", "The provider proves for whom it complains, and a complaint counts as an opt-out" },
  { "complaint-unproved", "The complaint does not prove for whom it speaks" },
  { "hard-bounce", "A mail server says that the address is gone, and has our mail to it" },
  { "bounce-unproved", "It says that an address is gone, and does not prove that it is about mail of ours" },
  { "refused", "The mail server of the address said that it is gone" },
  { "bounce", "A mail server wrote it, and nobody asks for anything" },
  { "receipt", "A mail program confirms that a mail was read, and nobody asks for anything" },
  { "list-mail", "Everybody on the list got it, so it is no wish of one of them" },
  { "leaver", "A program says that the person has left, or that the mailbox is given up: see 'optout leavers'" },
  { "auto-reply", "A program wrote it, not the person" },
  { "token", "It names whom a mail of ours was for, by the way that we made for leaving" },
  { "colleague", "A colleague hands on what a customer wrote" },
  { "asked", "Somebody else answered or quoted our mail to them" },
  { "alias-service", "It came through an alias service, and only its fields say who wrote it" },
  { "many-from", "It has several authors, and it cannot be told whose wish it is" },
  { "no-address", "It asks for something, and names no address that could be opted out" },
  { "own-address", "The address is one of ours" },
  { "one-tap", "The unsubscribe button of a mail program wrote it for its owner" },
  { "encrypted", "It is encrypted, and may hold a wish" },
  { "alternatives-disagree", "Its plain text and its HTML ask for different things" },
  { "undo", "It takes back a wish, in answer to our confirmation" },
  { "undo-again", "It takes back a second opt-out, and the first one stands: does the person want our mail at all?" },
  { "only", "It says in answer to our confirmation what alone is to stop, so the rest comes again" },
  { "only-unknown", "It says in answer to our confirmation that only a part is to stop, and no category is known by that name" },
  { "only-again", "It says that only a part is to stop, and everything was stopped before already: does the person want the rest?" },
  { "all", "It says in answer to our confirmation that all of it is to stop" },
  { "changed-mind", "It takes back an opt-in, in answer to our confirmation" },
  { "erase-confirmed", "It says once more, in answer to our confirmation, that their data are to be erased" },
  { "opt-in", "The author is proved and asks for mail" },
  { "undo-unproved", "It seems to take a wish back, and does not prove who wrote it" },
  { "opt-in-unproved", "It asks for mail, and does not prove who wrote it" },
  { "negated", "It came to the unsubscribe address and says that they want to stay" },
  { "request", "It asks clearly, and the request opens a case" },
  { "unsubscribe-mailbox", "Whoever writes to the unsubscribe address wants to leave" },
  { "unclear", "There is a wish, but under a condition, for somebody else, beside another one, or about something else than mail" },
  { "third-person", "It asks for somebody else" },
  { "no-wish", "Nothing in the writer's own words asks for it" },
  { "question", "It asks how to leave, which may or may not be a wish" },
  { "doubtful", "The words may not be the writer's own" },
  { "unsure", "The words are a wish, but not beyond doubt" },
  { "essential-only", "It names only mail that must go out" },
  { "clear-wish", "The wish is clear" },
};

static const Meaning replies[] = {
  { "own-loop", "it is our own mail" },
  { "hops", "it may be a loop" },
  { "unscanned", "it could not be read" },
  { "null-sender", "it has no sender who could be answered" },
  { "automatic", "a program wrote it" },
  { "list-mail", "the answer would go to a list" },
  { "system-address", "the address is a machine's" },
  { "own-address", "the address is ours" },
  { "spam-flagged", "it is marked as spam" },
  { "many-from", "it has several authors" },
  { "partial", "only a part of it was read" },
  { "suppress", "its sender asks for no automatic answer" },
  { "colleague", "a colleague handed it on" },
  { "nothing-to-say", "nothing was done" },
  { "destination-unproved", "nothing proves that the address is the writer's" },
  { "odd-destination", "no mail can safely be sent to such an address" },
  { "eai-destination", "the address is not in ASCII" },
  { "no-reply-address", "[reply] from is not set" },
  { "replies-off", "[reply] when = never" },
  { "observe", "mode = observe" },
  { "unauthenticated", "nothing proves that the author wrote it" },
  { "known", "the same mail came in before" },
  { "silent", "it was replayed without --reply" },
  { "other-recipient", "the same mail to another mailbox is answered" },
  { "once-per-period", "the address has had one lately" },
  { "rate-mailbox", "the mailbox has had enough of them for this day" },
  { "rate-domain", "its domain has had enough of them for this hour" },
  { "rate-subject", "mail with its subject has had enough of them for this hour" },
  { "flood", "too many that nothing proves came within an hour, of its domain or of all" },
  { "rate", "enough of them were sent in this hour" },
};

static const Meaning whys[] = {
  { "quotation", "quoted: somebody else's words" },
  { "attribution", "the line above a quotation" },
  { "header-block", "the header of a quoted mail" },
  { "forward", "part of a forwarded mail" },
  { "signature", "part of a signature" },
  { "footer", "part of a footer" },
  { "disclaimer", "part of a disclaimer" },
  { "banner", "a line that a program added" },
  { "negated", "the writer says that they do not want it" },
  { "negation", "the writer says that they do not want it" },
  { "past", "it has happened already" },
  { "mention", "only spoken of" },
  { "missed", "they miss mail of ours, and do not want it stopped" },
  { "offer", "tells others how to leave" },
  { "other-object", "it is about something else than our mail" },
  { "other-person", "somebody else does it, or is meant" },
  { "third-person", "asked for somebody else" },
  { "quoted-words", "in quotation marks" },
  { "discussion", "a question in a long text" },
  { "question", "a question, beside the wish that counts" },
  { "other-wish", "another wish, weaker than the one that counts" },
  { "inherited-subject", "a subject taken over from the mail that it answers" },
  { "link-label", "the label of a link" },
};
/* clang-format on */

static const char *
find (const Meaning *meanings, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (meanings[i].code, code))
      return meanings[i].words;
  return NULL;
}

const char *
filter_report_act_words (const char *code)
{
  return find (acts, G_N_ELEMENTS (acts), code);
}

const char *
filter_report_reply_words (const char *code)
{
  return find (replies, G_N_ELEMENTS (replies), code);
}

const char *
filter_report_why_words (const char *code)
{
  return find (whys, G_N_ELEMENTS (whys), code);
}
