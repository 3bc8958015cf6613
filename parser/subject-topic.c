/* subject-topic.c - what a subject is about, so that mails of the same topic can be counted (FIELD section 4,
 * 16) */
#include <string.h>

#include "intent.h"

#define TOKEN_LENGTH 24 /* letters: no word is so long where nobody wants it unguessable */
#define CODE_LENGTH 4

/* A counter, a date, a ticket's number or code: what differs from mail to mail of the same machine. */
static gboolean
is_code (const char *word)
{
  gsize length = strlen (word);
  return strpbrk (word, "0123456789") || word[strspn (word, "-")] == '\0'
         || g_utf8_strlen (word, -1) > TOKEN_LENGTH
         || (length >= CODE_LENGTH && g_str_is_ascii (word) && !strpbrk (word, "aeiouy"));
}

static void
append_word (GString *topic, const char *word, gsize length)
{
  g_autofree char *whole = g_strndup (word, length);
  if (length > 0 && !is_code (whole))
    g_string_append_printf (topic, "%s%s", topic->len > 0 ? " " : "", whole);
}

/* The words of @text but codes and what stands in [brackets], "Re:" and "Fwd:" off; NULL when there are none.
 */
static char *
topic_of (const char *text)
{
  guint ignored = 0;
  gboolean reply;
  g_autofree char *folded = parser_fold (text, strlen (text), NULL, &ignored);
  g_autoptr (GString) topic = g_string_new (NULL);
  const char *at = folded + parser_subject_prefix (folded, &reply), *word = at;
  for (gboolean more = TRUE; more;)
    {
      more = *at != '\0';
      if (more && (*at == '-' || g_unichar_isalnum (g_utf8_get_char (at)))) /* "AB-1234" is one word */
        {
          at = g_utf8_next_char (at);
          continue;
        }
      append_word (topic, word, (gsize)(at - word));
      const char *closed = *at == '[' ? strchr (at, ']') : NULL;
      at = closed ? closed + 1 : more ? g_utf8_next_char (at) : at;
      word = at;
    }
  return topic->len > 0 ? g_strdup (topic->str) : NULL;
}

/* The subject without the words that are the wish. */
static char *
without_wish (const ParserFacts *facts)
{
  char *rest = g_strdup (facts->subject);
  gsize length = strlen (rest);
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const ParserHit *hit = g_ptr_array_index (facts->evidence, i);
      if (strcmp (hit->part, PARSER_SUBJECT) == 0 && hit->start < hit->end && hit->end <= length)
        memset (rest + hit->start, ' ', hit->end - hit->start);
    }
  return rest;
}

char *
parser_facts_topic (const ParserFacts *facts)
{
  if (!facts->subject)
    return NULL;
  g_autofree char *rest = without_wish (facts);
  g_autofree char *beside = topic_of (rest);
  return beside ? topic_of (facts->subject) : NULL;
}
