/* Requests that no phrase of the lexicon has, and which mail a wish is about: as told in parser/requests.c
 * and parser/scope.c */
#include "parser.h"

#include <string.h>

static const ParserCategory categories[] = {
  { "newsletter", (const char *const[]){ "our weekly letter", NULL } },
  { "special-offers", (const char *const[]){ "special offers", NULL } },
  { "surveys", (const char *const[]){ "customer surveys", NULL } },
};
static const ParserOptions options = { .categories = categories, .n_categories = G_N_ELEMENTS (categories) };

/* clang-format off */
static const struct { const char *text, *intent; } requests[] = {
  { "What have you got stored about us Hendersons?", "access" },
  { "Wer hat euch denn meine Nummer verraten?", "access" },
  { "あなた方は私のどんな情報を保存していますか", "access" },
  { "You have my surname wrong, it has two t's.", "correction" },
  { "Mi apellido es con z, no con s, corríjanlo en mi ficha.", "correction" },
  { "My number is for you and for nobody else, so don't hand it to your partners.", "no-sharing" },
  { "我的资料不要给你们的合作公司", "no-sharing" },
  { "When you asked me I said that I would like to stay on your list. I have changed my mind. Please unsubscribe me.", "opt-out" },
  { "Put me back on your mailing list please, I hit the wrong button.", "opt-in" },
  { "Ich habe mich schon dreimal abgemeldet und es kommt immer noch jede Woche etwas.", "opt-out" },
  { "Please delete my account.", "erasure" },
  { "Bitte löschen Sie mein Konto.", "erasure" },
  { "I get an error when I try to unsubscribe.", "opt-out" },
  { "The unsubscribe link has to be in every mail that we send.", "none" },
  { "Do not delete my account please.", "none" },
  { "I don't want my email given to other companies.", "no-sharing" },
  { "Please add two candles to my order.", "none" },
  { "Wo habt ihr die schöne Lampe her?", "none" },
  { "Please deliver order 778 to my neighbour.", "none" },
};
static const struct { const char *text, *scope, *except; } scopes[] = {
  { "Stop the surveys please. The concert invitations may go on.", "surveys", "" },
  { "Please turn off the discount emails. I'd like to keep the newsletter.", "special-offers", "" },
  { "I don't want your surveys, only the newsletter.", "*", "newsletter" },
  { "Bitte keine Umfragen mehr. Den Newsletter möchte ich behalten.", "surveys", "" },
  { "Stop everything but keep sending the newsletter.", "*", "newsletter" },
  { "Unsubscribe me from all your mails, I would like to keep the newsletter.", "*", "newsletter" },
  { "Please unsubscribe me from all your mails.", "*", "" },
  { "I only want the newsletter. The rest can stop, please unsubscribe me.", "*", "newsletter" },
  { "Den Newsletter möchte ich behalten. Alles andere bitte abbestellen.", "*", "newsletter" },
  { "Stop the surveys please, the rest is fine.", "surveys", "" },
  { "The special offers come every day, please stop that.", "special-offers", "" },
  { "The special offers are too many for me, please stop all of it.", "*", "" },
  { "Remove me from all your lists but leave the surveys.", "*", "surveys" },
  { "Retirez-moi de toutes les listes mais laissez-moi les sondages.", "*", "surveys" },
  { "I still answer the surveys but want no other mail.", "*", "surveys" },
  { "Stop the newsletter but keep sending me the special offers.", "newsletter", "" },
  { "Envoyez-moi seulement les promotions, rien d'autre.", "*", "special-offers" },
  { "Merci de ne plus m'envoyer de promotions.", "*", "" },
  { "Unsubscribe me at once. Only one more and I complain.", "*", "" },
};
/* clang-format on */

static ParserFacts *
read_text (const char *text)
{
  g_autofree char *mail
      = g_strconcat ("From: ann@example.org\nContent-Type: text/plain; charset=utf-8\n\n", text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  return parser_read (bytes, &options);
}

static void
test_request (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ParserFacts) facts = read_text (requests[i].text);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, requests[i].intent);
  if (facts->intent != PARSER_INTENT_NONE)
    g_assert_cmpuint (facts->evidence->len, >, 0);
}

static void
test_scope (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ParserFacts) facts = read_text (scopes[i].text);
  g_autofree char *scope = g_strjoinv (",", facts->scope), *except = g_strjoinv (",", facts->except);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, "opt-out");
  g_assert_cmpstr (scope, ==, scopes[i].scope);
  g_assert_cmpstr (except, ==, scopes[i].except);
}

/* A mail of so many words that its likeness is not read is none of them. */
static void
test_long (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 200; i++)
    g_string_append (text, "The tide was high and the boats lay in the mud. ");
  g_autoptr (ParserFacts) facts = read_text (text->str);
  g_string_free (text, TRUE);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/requests/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_request);
    }
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scopes/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scope);
    }
  g_test_add_func ("/requests/long", test_long);
  return g_test_run ();
}
