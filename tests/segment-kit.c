#include "segment-kit.h"

#include <string.h>

char *
kit_words_of_writer (const char *content)
{
  ParserText text = { .part = (char *)"1", .text = (char *)content, .length = strlen (content) };
  g_autoptr (GPtrArray) segments = parser_segments_new ();
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  GString *words = g_string_new (NULL);

  parser_segment (&text, NULL, segments);
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      for (guint k = segment->first_line; k <= segment->last_line; k++)
        if (segment->kind == PARSER_SEGMENT_NEW && *lines[k - 1])
          g_string_append_printf (words, "%s%s", words->len ? " | " : "", lines[k - 1]);
    }
  return g_string_free (words, FALSE);
}
