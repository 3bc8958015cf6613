/* weighed.c - prints what parser/balance.c weighs of each mail that standard input names, a path a line: what
 * the rules heard, its words, and how much it is like each; "-" for one that is not weighed. For
 * tests/long/balance. */
#define parser_balance weigh_balance
#include "../../parser/balance.c"
#undef parser_balance

#include <stdio.h>

static char *weighed; /* of the mail that is read */

void
parser_balance (ParserReading *reading, ParserHeard *heard)
{
  const Heard sort = sort_of (reading, heard);
  ParserLikeness likeness = { 0 };
  if (sort == HEARD_OTHER || reading->n_words == 0 || reading->n_words > PARSER_MOST_LIKE
      || (heard->finding && heard->finding->said == reading->subject))
    return;
  read_likeness (reading, TRUE, &likeness);
  if (likeness.most[0].said == NULL)
    return;
  GString *out = g_string_new (NULL);
  g_string_printf (out, "%d %u", (int)sort, g_bit_storage (reading->n_words));
  for (guint c = 0; c < PARSER_N_LEAVING; c++)
    g_string_append_printf (out, " %d", CLAMP (likeness.most[c].score, -FARTHEST, FARTHEST));
  g_free (weighed);
  weighed = g_string_free (out, FALSE);
}

int
main (void)
{
  char path[4096];
  parser_init ();
  while (fgets (path, sizeof path, stdin))
    {
      char *text = NULL;
      gsize length = 0;
      g_autoptr (GError) error = NULL;
      if (!g_file_get_contents (g_strchomp (path), &text, &length, &error))
        g_error ("%s", error->message);
      g_autoptr (GBytes) mail = g_bytes_new_take (text, length);
      g_autoptr (ParserFacts) facts = parser_read (mail, NULL);
      printf ("%s\n", weighed ? weighed : "-");
      g_clear_pointer (&weighed, g_free);
    }
  return 0;
}
