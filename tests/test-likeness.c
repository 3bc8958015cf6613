/* What is known by its likeness to examples alone, and where examples say nothing. */
#include "internal.h"
#include "likeness.h"

#include <string.h>

#define WISH                                                                                                 \
  "I'm 74 and have no more use for teddy bears. Would you be so kind as to leave me off from now on?"
#define LONG                                                                                                 \
  "We met at the harvest fair, where your stand was next to ours, and you told my wife about the kiln that " \
  "your uncle built in the yard behind the mill, which burnt for a week in the winter of the great flood, "  \
  "and how the whole village came to warm their hands at it and to tell each other stories about the "       \
  "river. "

static const struct
{
  const char *name;
  const char *text;
  const char *intent;
  gboolean like; /* the evidence is a likeness */
} cases[] = {
  { "words-that-no-phrase-has", WISH, "opt-out", TRUE },
  { "above-a-quotation", WISH "\n\n> Autumn news from the bear shop\n> New: bears in red\n", "opt-out",
    TRUE },
  { "between-quotations-is-talk", "> How are you?\n" WISH "\n> Shall we meet?\nYes.\n", "none", FALSE },
  { "below-a-quotation-is-talk", "> How are you?\n" WISH "\n", "none", FALSE },
  { "in-a-long-mail-examples-say-nothing", LONG LONG WISH, "none", FALSE },
  { "the-same-words-about-a-parcel",
    "I'm 74 and live on the third floor. Would you be so kind as to leave the parcel with my neighbour from "
    "now on?",
    "none", FALSE },
  { "a-certain-wish-stays-one",
    "My colleague sends you his regards. Please unsubscribe me from the newsletter.", "opt-out", FALSE },
  { "to-be-forgotten", "Kindly wipe my file with all that is in it, so that nothing of me is left with you.",
    "erasure", TRUE },
  { "all-data-to-be-forgotten", "Pyydän poistamaan kaikki minua koskevat henkilötiedot rekisteristänne.",
    "erasure", TRUE },
  { "a-wish-beside-a-question-of-data",
    "Where did you get my address from? I have never been to your shop. Do me a favour and spare me all of "
    "this.",
    "opt-out", FALSE },
  { "a-wish-beside-a-request-for-data", "Please send me a copy of all data that you hold about me. " WISH,
    "unclear", FALSE }, /* more likely none, and a person sees */
  { "a-shorter-wish-beside-a-request-for-data",
    "Please send me a copy of all data that you hold about me. Do me a favour and spare me all of this.",
    "opt-out", FALSE },
  { "what-is-kept-is-unknown", "Please send me only the monthly digest, no more offers.", "unclear", FALSE },
  { "a-wish-heard-that-its-sentence-doubts",
    "Dacă mai văd o singură reclamă la mobilă, mă dezabonez, să știți.", "unclear", FALSE },
  { "a-weak-wish-that-is-like-one",
    "Meillä ei ole enää kissaa, joten kissanruoista ei ole iloa. Ottakaahan pois jakelusta.", "opt-out",
    TRUE },
  { "a-weak-wish-that-is-like-nothing", "ho gaya ji, ab zarurat nahi, lamp theek ho gayi", "none", FALSE },
  { "a-sure-wish-about-what-examples-know-otherwise",
    "Vil si opp abonnementet på treningssenteret fra 1. mars, ligger det noe oppsigelsestid på det?",
    "unclear", FALSE },
  { "an-erasure-that-examples-know-otherwise",
    "Nur aus Neugier: welche Daten über mich haben Sie? Sie sollen nichts löschen.", "unclear", FALSE },
  { "what-only-looks-denied", "โว้ย หยุดยิงโฆษณาใส่เมลผมซะที", "opt-out", TRUE },
  { "a-wish-that-somebody-passes-on", "Un client ne souhaite plus recevoir la lettre, tu t'en charges ?",
    "unclear", TRUE },
  { "a-greeting-alone", "Hi", "none", FALSE },
  { "how-without-the-word", "Is there some way out of this, and where do I find it?", "question", TRUE },
};

static ParserFacts *
read_mail (const char *subject, const char *text)
{
  g_autofree char *mail
      = g_strconcat ("From: ann@example.org\nTo: support@metrix.example\nSubject: ", subject,
                     "\nContent-Type: text/plain; charset=utf-8\n\n", text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  return parser_read (bytes, NULL);
}

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ParserFacts) facts = read_mail ("Bears", cases[i].text);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, cases[i].intent);
  gboolean like = facts->evidence->len > 0
                  && strstr (((const ParserHit *)g_ptr_array_index (facts->evidence, 0))->rule, ".like-");
  g_assert_cmpint (like, ==, cases[i].like);
}

/* Beside a wish that is denied in so many words likeness alone records nobody. */
static void
test_denied (void)
{
  g_autoptr (ParserFacts) facts = read_mail ("Bears", "Please do not unsubscribe me. " WISH);
  g_autoptr (ParserFacts) twice = read_mail ("Bears", "Please do not unsubscribe me. " WISH " " WISH);
  g_assert_cmpint (facts->intent, !=, PARSER_INTENT_OPT_OUT);
  g_assert_cmpint (twice->intent, !=, PARSER_INTENT_OPT_OUT);
}

/* Of a misspelt word alone likeness knows too little to doubt it. */
static void
test_command (void)
{
  g_autoptr (ParserFacts) facts = read_mail ("No Subject", "unsunscribe");
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, "opt-out");
}

/* The evidence is the sentences, where they stand. */
static void
test_evidence (void)
{
  g_autoptr (ParserFacts) facts = read_mail ("Bears", "Good morning,\n\n" WISH "\n\nAnn");
  g_assert_cmpuint (facts->evidence->len, ==, 1);
  const ParserHit *hit = g_ptr_array_index (facts->evidence, 0);
  g_assert_cmpuint (hit->line, ==, 3);
  g_assert_true (g_str_has_prefix (hit->text, "I'm 74 and have no more use"));
  g_assert_true (g_str_has_suffix (hit->text, "leave me off from now on"));
}

/* An address is a word of the mail that has no letters to name what was found by. */
static void
test_address (void)
{
  static const char text[] = "ann@example.org https://shop.example/off";
  guint defects = 0;
  g_autoptr (ParserSaid) said = parser_said_new ("1", text, strlen (text), &defects);
  ParserStretch stretch = { 0, 1 };
  parser_said_read (said, 1, 1, FALSE);
  for (ParserLike like = 0; like < PARSER_N_LIKE; like++)
    {
      ParserCue cue = { 0 };
      parser_likeness_words (said, &stretch, like, &cue);
      g_assert_cmpuint (cue.n_pieces, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/likeness/", cases[i].name, NULL);
      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/likeness/a-wish-beside-one-that-is-denied", test_denied);
  g_test_add_func ("/likeness/a-command-is-too-short-to-doubt", test_command);
  g_test_add_func ("/likeness/evidence", test_evidence);
  g_test_add_func ("/likeness/an-address-in-the-evidence", test_address);
  return g_test_run ();
}
