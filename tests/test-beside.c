/* Two wishes in one mail: none of them is lost. */
#include "parser.h"

#include <string.h>

static const struct
{
  const char *name, *subject, *text, *intent, *request;
} cases[] = {
  { "no-more-and-a-copy", "Q",
    "Please send me a copy of all data that you hold about me. Please unsubscribe me.", "opt-out", "access" },
  { "a-copy-and-no-more", "Q", "Please unsubscribe me and send me a copy of my data.", "opt-out", "access" },
  { "no-more-and-to-nobody", "Q", "Unsubscribe me. Do not share my data with third parties.", "opt-out",
    "no-sharing" },
  { "to-nobody-and-no-more", "Q", "Please do not pass my address on, and take me off your list.", "opt-out",
    "no-sharing" },
  { "a-mistake-and-no-more", "Q", "Please correct my name. And stop sending me advertising.", "opt-out",
    "correction" },
  { "forgotten-after-a-copy", "Q",
    "Send me a copy of all data that you hold about me. Then delete all my data.", "erasure", "access" },
  { "to-nobody-and-a-copy", "Q",
    "Do not share my data with anyone. Send me a copy of all data that you hold about me.", "no-sharing",
    "access" },
  { "said-without-a-phrase", "Q",
    "Please send me a copy of all data that you hold about me. I'm 74 and have no more use for teddy bears. "
    "Would you be so "
    "kind as to leave me off from now on?",
    "unclear", "access" },
  { "a-copy-alone", "Q", "Please send me a copy of all data that you hold about me.", "access", "none" },
  { "no-more-alone", "Q", "Please unsubscribe me.", "opt-out", "none" },
  { "to-nobody-alone", "Q", "Do not share my address.", "no-sharing", "none" },
  { "what-is-not-asked", "Q", "Please unsubscribe me. I do not need a copy of my data.", "opt-out", "none" },
  { "what-need-not-be-deleted", "Q", "מאיפה קיבלתם את המייל שלי? לא צריך למחוק שום דבר, רק סקרנית.", "access",
    "none" },
  { "no-more-and-a-copy-de", "Frage",
    "Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben. Bitte tragen Sie mich aus dem "
    "Newsletter aus.",
    "opt-out", "access" },
  { "no-more-and-to-nobody-fr", "Question", "Désinscrivez-moi. Ne transmettez pas mes données à des tiers.",
    "opt-out", "no-sharing" },
};

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autofree char *mail
      = g_strconcat ("From: ann@example.org\nTo: support@metrix.example\nSubject: ", cases[i].subject,
                     "\nContent-Type: text/plain; charset=utf-8\n\n", cases[i].text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  g_autoptr (ParserFacts) facts = parser_read (bytes, NULL);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, cases[i].intent);
  g_assert_cmpstr (parser_intent_name (facts->request), ==, cases[i].request);
  /* the words of both are evidence */
  const gboolean two = facts->request != PARSER_INTENT_NONE && facts->intent != PARSER_INTENT_UNCLEAR;
  g_assert_cmpuint (facts->evidence->len, >=, two ? 2 : 1);
}

int
main (int argc, char **argv)
{
  parser_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/beside/", cases[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
