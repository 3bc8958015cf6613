/* forward.c - whose mail it is that a mail forwards */
#include <string.h>

#include "lines.h"

#include "intent.h"

static gboolean
has_segment (const ParserFacts *facts, const char *part, ParserSegmentKind kind)
{
  for (guint i = 0; i < facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (facts->segments, i);
      if (segment->kind == kind && strcmp (segment->part, part) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_called_forward (const ParserFacts *facts)
{
  if (facts->subject == NULL)
    return FALSE;
  g_autofree char *folded = parser_fold (facts->subject, strlen (facts->subject), NULL, NULL);
  return parser_subject_is_forward (folded);
}

static char *
author_in (const ParserText *text)
{
  g_autoptr (ParserLines) lines = parser_lines_new (text);
  parser_attribution_mark (lines);
  return parser_header_author (lines);
}

/* Outlook puts nothing but a header block between the words and the mail, in answers too: there the subject
 * tells. */
void
parser_forward_read (const ParserTree *tree, ParserFacts *facts)
{
  if (facts->kind != PARSER_KIND_PERSON)
    return;
  const char *from = tree->enclosed != NULL ? parser_fields_first (tree->enclosed, "From") : NULL;
  facts->forwarded_from = from != NULL ? parser_mailbox_first (from) : NULL;
  gboolean called = is_called_forward (facts);
  for (guint i = 0; i < tree->texts->len && facts->forwarded_from == NULL; i++)
    {
      const ParserText *text = g_ptr_array_index (tree->texts, i);
      if (has_segment (facts, text->part, PARSER_SEGMENT_FORWARD)
          || (called && has_segment (facts, text->part, PARSER_SEGMENT_HEADER_BLOCK)))
        facts->forwarded_from = author_in (text);
    }
}
