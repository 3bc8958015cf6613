/* Phrases that the operator adds to the lexicon, and what is kept where he has no categories. */
#include "parser.h"

#include <string.h>

/* clang-format off */
static const ParserWords words[] = {
  { "de", "leave", (const char *const[]){ "auskringeln", "den Kringel ... verlassen", NULL } },
  { "de", "wish", (const char *const[]){ "Funkstille (bitte|erbeten)", NULL } },
  { "de", "mail", (const char *const[]){ "Kringelbot*", NULL } },
  { "de", "thing", (const char *const[]){ "Abo der Kantine", NULL } },
  { "de", "about", (const char *const[]){ "Abmeldekringel", NULL } },
  { "en", "command", (const char *const[]){ "yeet", NULL } },
  { "ja", "leave", (const char *const[]){ "拝退", NULL } },
  { "vi", "leave", (const char *const[]){ "biến khỏi vòng", NULL } },
};
static const ParserOptions own = { .words = words, .n_words = G_N_ELEMENTS (words) }, none = { 0 };

static const struct
{
  const char *name, *text;
  ParserIntent without, with;
  const char *rule; /* of the first hit with them; NULL: there is none */
} cases[] = {
  { "a word of their own", "Ich möchte mich auskringeln.", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.auskringeln" },
  { "in capitals", "ICH MÖCHTE MICH AUSKRINGELN", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.auskringeln" },
  { "denied by the grammar of its language", "Ich will mich nicht auskringeln.", PARSER_INTENT_NONE, PARSER_INTENT_NONE, NULL },
  { "asked for by the grammar of its language", "Wie kann ich mich auskringeln?", PARSER_INTENT_NONE, PARSER_INTENT_QUESTION, "own.auskringeln" },
  { "not inside a longer word", "Ich möchte mich verauskringelnd zeigen.", PARSER_INTENT_NONE, PARSER_INTENT_NONE, NULL },
  { "with a gap", "Ich möchte den Kringel heute Abend verlassen.", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.den-kringel-verlassen" },
  { "with a gap that is too wide", "Ich will den Kringel einmal sehen und dann kurz bevor es Nacht wird wieder verlassen.", PARSER_INTENT_NONE, PARSER_INTENT_NONE, NULL },
  { "a choice", "Funkstille erbeten!", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.funkstille-erbeten" },
  { "a name for the mail", "Nie wieder so einen Kringelboten!", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "de.nie-wieder" },
  { "another thing", "Bitte kündigen Sie mein Abo der Kantine.", PARSER_INTENT_OPT_OUT, PARSER_INTENT_NONE, NULL },
  { "talk about it", "Der Abmeldekringel ist gelb.", PARSER_INTENT_NONE, PARSER_INTENT_NONE, NULL },
  { "a command on its own", "yeet please", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.yeet" },
  { "a command in a sentence", "Did you see him yeet the ball over the fence?", PARSER_INTENT_NONE, PARSER_INTENT_NONE, NULL },
  { "without blanks", "会を拝退したいです。", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.拝退" },
  { "with accents that tell words apart", "Em muốn biến khỏi vòng thi.", PARSER_INTENT_NONE, PARSER_INTENT_OPT_OUT, "own.bien-khoi-vong" },
};

static const struct { const char *language, *heading, *phrase; gboolean fine; } checks[] = {
  { "de", "leave", "raus (hier|da)", TRUE },
  { "zh-Hans", "wish", "别寄了", TRUE },
  { "de", "mail", "*brief*", TRUE },
  { "de", "stop", "hör ... auf", TRUE },
  { "xx", "leave", "raus", FALSE },
  { "de", "leaf", "raus", FALSE },
  { "de", "leave", "raus (hier", FALSE },
  { "de", "leave", "raus)", FALSE },
  { "de", "leave", "a ... b ... c ... d ... e", FALSE },
  { "de", "leave", "raus! hier", FALSE },
  { "de", "leave", "", FALSE },
  { "de", "leave", "*", FALSE },
  { "de", "leave", "raus ...", FALSE },
  { "de", "leave", "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", FALSE }, /* 128 variants */
};

/* What nobody can leave may be kept without a category for it; what else is kept, somebody must look at. */
static const struct { const char *text; ParserIntent intent; } kept[] = {
  { "Unsubscribe me from everything except the invoices.", PARSER_INTENT_OPT_OUT },
  { "Unsubscribe me from everything except the offers.", PARSER_INTENT_UNCLEAR },
  { "Unsubscribe me from everything except the invoices and the offers.", PARSER_INTENT_UNCLEAR },
  { "Unsubscribe me from everything except what I like.", PARSER_INTENT_UNCLEAR },
  { "Please send me only the booking confirmations, no other mail.", PARSER_INTENT_OPT_OUT },
  { "Please send me only the offers, no other mail.", PARSER_INTENT_UNCLEAR },
  { "Please send me only the invoices and the offers, no other mail.", PARSER_INTENT_UNCLEAR },
  { "Only the invoices, the receipts and the surveys please.", PARSER_INTENT_UNCLEAR },
  { "Unsubscribe me from all emails except the invoices.", PARSER_INTENT_OPT_OUT },
  { "Unsubscribe me from all order confirmations except the important ones.", PARSER_INTENT_UNCLEAR },
  { "Unsubscribe me from everything except booking confirmation surveys.", PARSER_INTENT_UNCLEAR },
  { "Only the newsletter please, no ads.", PARSER_INTENT_UNCLEAR },
  { "Only bought one thing from you. Please take me off the list.", PARSER_INTENT_OPT_OUT },
  { "Only signed up for the coupon. Please unsubscribe me.", PARSER_INTENT_OPT_OUT },
  { "Nur wegen des Gutscheins angemeldet. Bitte abmelden.", PARSER_INTENT_OPT_OUT },
  { "Bitte nur noch Rechnungen und Bestellbestätigungen, sonst will ich keine Mails mehr.", PARSER_INTENT_OPT_OUT },
  { "Désinscrivez-moi de tout sauf des confirmations de réservation.", PARSER_INTENT_OPT_OUT },
  { "除了订单通知,其他邮件全部退订。", PARSER_INTENT_OPT_OUT },
};
/* clang-format on */

static ParserFacts *
read_text (const char *text, const ParserOptions *options)
{
  g_autofree char *octets = g_strconcat ("From: ann@example.org\n"
                                         "Content-Type: text/plain; charset=utf-8\n\n",
                                         text, "\n", NULL);
  g_autoptr (GBytes) mail = g_bytes_new (octets, strlen (octets));
  return parser_read (mail, options);
}

static void
test_kept (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_text (kept[i].text, &none);
  if (facts->intent != kept[i].intent)
    g_test_fail_printf ("%s", parser_intent_name (facts->intent));
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) without = read_text (cases[i].text, &none);
  g_autoptr (ParserFacts) with = read_text (cases[i].text, &own);
  const ParserHit *hit = with->evidence->len > 0 ? g_ptr_array_index (with->evidence, 0) : NULL;
  g_assert_cmpstr (parser_intent_name (without->intent), ==, parser_intent_name (cases[i].without));
  g_assert_cmpstr (parser_intent_name (with->intent), ==, parser_intent_name (cases[i].with));
  g_assert_cmpstr (hit != NULL ? hit->rule : NULL, ==, cases[i].rule);
}

static void
test_ignored (void)
{
  g_autoptr (ParserFacts) facts = read_text ("Danke!\n\n> Ich will mich auskringeln.", &own);
  g_assert_cmpint (facts->intent, ==, PARSER_INTENT_NONE);
  g_assert_cmpuint (facts->ignored->len, ==, 1);
  const ParserHit *hit = g_ptr_array_index (facts->ignored, 0);
  g_assert_cmpstr (hit->rule, ==, "own.auskringeln");
  g_assert_cmpstr (hit->why, ==, "quotation");
}

static void
test_check (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *why = parser_words_check (checks[i].language, checks[i].heading, checks[i].phrase);
  g_assert_true ((why == NULL) == checks[i].fine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/own/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *path = g_strdup_printf ("/kept/%s", kept[i].text);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_kept);
    }
  g_test_add_func ("/own/in a quotation it is seen and ignored", test_ignored);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/own/check/%s: %s", checks[i].heading, checks[i].phrase);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_check);
    }
  return g_test_run ();
}
