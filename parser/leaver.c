/* leaver.c - automatic answers of somebody who has left, or of a mailbox that is given up (FIELD section 4,
 * 20) */
#include <string.h>

#include "internal.h"

static gboolean
says_so (const char *text)
{
  guint ignored = 0;
  g_autofree char *folded = parser_fold (text, strlen (text), NULL, &ignored);
  return parser_words_stand_in (parser_words_gone, folded)
         || parser_words_stand_in (parser_words_closed, folded);
}

static gboolean
is_part_of_address (char c)
{
  return (guchar)c >= 0x80 || g_ascii_isalnum (c) || strchr ("._%+-=", c);
}

/* The first address in @text that is not @from. */
static char *
other_address (const char *text, const char *from)
{
  for (const char *at = strchr (text, '@'); at; at = strchr (at + 1, '@'))
    {
      const char *start = at, *end = at + 1;
      while (start > text && is_part_of_address (start[-1]))
        start--;
      while (*end && is_part_of_address (*end))
        end++;
      while (end > at && !g_ascii_isalnum (end[-1])
             && (guchar)end[-1] < 0x80) /* "write to bob@example.org." */
        end--;
      g_autofree char *spelt = g_strndup (start, (gsize)(end - start));
      g_autofree char *address = parser_address_canonical (spelt);
      if (address && g_strcmp0 (address, from) != 0)
        return g_steal_pointer (&address);
    }
  return NULL;
}

void
parser_leaver_read (GPtrArray *texts, ParserFacts *facts)
{
  if (facts->kind != PARSER_KIND_AUTO_REPLY || (facts->marks & PARSER_MARK_OWN_LOOP))
    return;
  gboolean leaver = facts->subject && says_so (facts->subject);
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *opening = parser_new_opening (texts->pdata[i], facts->segments);
      leaver = leaver || says_so (opening);
      if (leaver && !facts->successor)
        facts->successor = other_address (opening, facts->from);
    }
  facts->leaver = leaver;
}
