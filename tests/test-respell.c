/* Words with one typing error are read as they were meant, others as they stand: as told in parser/respell.c
 */
#include "parser.h"

#include <string.h>

static const struct
{
  const char *text, *intent, *evidence;
} cases[] = {
  { "Szeretnék lieratkozni a hírlevélről.", "opt-out", "lieratkozni" },
  { "me descadatsrem por favor", "opt-out", "descadatsrem" },
  { "Va rog sa ma dezabnati", "opt-out", "dezabnati" },
  { "Bitte den Newslettter abbestelllen.", "opt-out", "abbestelllen" },
  { "Please unsubcsribe me.", "opt-out", "unsubcsribe" },
  { "Пожалуйста, отпиишите меня от рассылки.", "opt-out", "отпиишите" },
  { "Bitte um Anmledung zum Kurs am Montag.", "none", NULL },
  { "Ik wil mij inschrijvn voor de cursus.", "none", NULL },
};

static ParserFacts *
read_text (const char *text)
{
  g_autofree char *mail
      = g_strconcat ("From: ann@example.org\nContent-Type: text/plain; charset=utf-8\n\n", text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  return parser_read (bytes, NULL);
}

/* The evidence is the mail's own words. */
static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ParserFacts) facts = read_text (cases[i].text);
  g_assert_cmpstr (parser_intent_name (facts->intent), ==, cases[i].intent);
  if (cases[i].evidence == NULL)
    return;
  const ParserHit *hit = g_ptr_array_index (facts->evidence, 0);
  g_assert_nonnull (strstr (hit->text, cases[i].evidence));
}

/* Many words that nobody knows cost little, and addresses keep their places. */
static void
test_many (void)
{
  GString *text = g_string_new ("Pleese unsubcsribe ann@example.org, not me. ");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "unsubscr%cbx%u newslettr%c ", 'a' + i % 26, i, 'a' + i % 26);
  g_autoptr (ParserFacts) facts = read_text (text->str);
  g_string_free (text, TRUE);
  g_assert_nonnull (facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/respell/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/respell/many", test_many);
  return g_test_run ();
}
