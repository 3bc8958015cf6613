/* echoc.c - run by make: our own texts -> filter/echoes.c, the table by which they are found again in
 * answers.
 *
 * Made ready at start they would cost more than reading an ordinary mail does (PERFORMANCE P4). */
#include "reply.h"

#include <stdio.h>
#include <string.h>

/* What {request} says, of our point of view: "to delete your personal data". */
static void
add_requests (GPtrArray *texts, const char *words)
{
  static const char *const keys[] = { "erasure: ", "access: ", "correction: ", "no-sharing: " };
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      if (g_str_has_prefix (lines[i], keys[k]))
        g_ptr_array_add (texts, g_strdup (lines[i] + strlen (keys[k])));
}

int
main (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const char *kind, *language, *text;
  for (guint i = 0; (text = filter_reply_template_nth (i, &kind, &language)) != NULL; i++)
    if (strcmp (kind, "words") == 0)
      add_requests (texts, text);
    else
      g_ptr_array_add (texts, g_strdup (text));
  g_ptr_array_add (texts, NULL);
  parser_init ();
  g_autoptr (ParserEchoes) echoes = parser_echoes_new ((const char *const *)texts->pdata);
  g_autofree char *table = parser_echoes_print (echoes, "filter_echo_table");
  printf ("/* Made by echoc from filter/templates; change those. */\n#include \"reply.h\"\n\n%s", table);
  return fflush (stdout) == 0 ? 0 : 1;
}
