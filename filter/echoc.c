/* echoc.c - run by make: our own texts -> filter/echoes.c, the table by which they are found again in
 * answers.
 *
 * Made ready at start they would cost more than reading an ordinary mail does (PERFORMANCE P4). */
#include "reply.h"

#include <stdio.h>
#include <string.h>

int
main (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const char *kind, *language, *text;
  for (guint i = 0; (text = filter_reply_template_nth (i, &kind, &language)) != NULL; i++)
    if (strcmp (kind, "words") != 0)
      g_ptr_array_add (texts, (gpointer)text);
  g_ptr_array_add (texts, NULL);
  parser_init ();
  g_autoptr (ParserEchoes) echoes = parser_echoes_new ((const char *const *)texts->pdata);
  g_autofree char *table = parser_echoes_print (echoes, "filter_echo_table");
  printf ("/* Made by echoc from filter/templates; change those. */\n#include \"reply.h\"\n\n%s", table);
  return fflush (stdout) == 0 ? 0 : 1;
}
