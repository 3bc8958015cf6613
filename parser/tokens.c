/* tokens.c - where in a mail something stands that may be a token of ours (R55). Whether it is one, its key
 * tells. */
#include "token.h"

#include "intent.h"

#include <string.h>

/* Each text once, where it is strongest: the places are looked at in their order. */
static void
add_token (GPtrArray *tokens, const char *text, gsize size, ParserTokenPlace place)
{
  if (tokens->len >= PARSER_MAX_TOKENS)
    return;
  g_autofree char *token = g_ascii_strdown (text, (gssize)size);
  if (parser_token_number (token) < 0)
    return;
  for (guint i = 0; i < tokens->len; i++)
    if (strcmp (((const ParserFound *)tokens->pdata[i])->text, token) == 0)
      return;
  ParserFound *found = g_new0 (ParserFound, 1);
  found->text = g_steal_pointer (&token);
  found->place = place;
  g_ptr_array_add (tokens, found);
}

static void
add_all (GPtrArray *tokens, const char *text, ParserTokenPlace place)
{
  for (gsize start, end = 0; text != NULL && parser_token_next (text, end, &start, &end);)
    add_token (tokens, text + start, end - start, place);
}

/* ---- the subject ---- */

static void
add_subject (const ParserFacts *facts, ParserTokenPlace place)
{
  gsize start, end;
  if (facts->subject == NULL || !parser_token_next (facts->subject, 0, &start, &end))
    return;
  g_autofree char *folded = parser_fold (facts->subject, strlen (facts->subject), NULL, NULL);
  gboolean answer = FALSE;
  parser_subject_prefix (folded, &answer);
  if ((place == PARSER_IN_REFERENCES) == answer)
    add_all (facts->tokens, facts->subject, place);
}

/* ---- the texts ---- */

/* Whose words stand at a place of a text; asked from the first text to the last, and in each from its
 * beginning on. */
typedef struct
{
  const GPtrArray *segments;
  guint segment;
  const ParserText *text;
  gsize at;
  guint line;
} Cursor;

static gboolean
is_own (Cursor *cursor, const ParserText *text, gsize at)
{
  if (cursor->text != text)
    {
      cursor->text = text;
      cursor->at = 0;
      cursor->line = 1;
    }
  for (; cursor->at < at; cursor->at++)
    cursor->line += text->text[cursor->at] == '\n';
  for (; cursor->segment < cursor->segments->len; cursor->segment++)
    {
      const ParserSegment *segment = cursor->segments->pdata[cursor->segment];
      if (strcmp (segment->part, text->part) == 0 && segment->last_line >= cursor->line)
        return segment->kind == PARSER_SEGMENT_NEW;
    }
  return FALSE;
}

static void
add_texts (const GPtrArray *texts, const ParserFacts *facts, gboolean own, ParserTokenPlace place)
{
  Cursor words = { .segments = facts->segments }, links = words;
  for (guint i = 0; i < texts->len; i++)
    {
      const ParserText *text = texts->pdata[i];
      for (gsize start, end = 0; parser_token_next (text->text, end, &start, &end);)
        if (is_own (&words, text, start) == own)
          add_token (facts->tokens, text->text + start, end - start, place);
      for (guint k = 0; text->links != NULL && k < text->links->len; k++)
        {
          const ParserLink *link = text->links->pdata[k];
          if (is_own (&links, text, link->at) == own)
            add_all (facts->tokens, link->target, place);
        }
    }
}

/* ---- what is enclosed ---- */

static void
add_fields (const GPtrArray *fields, ParserFacts *facts)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const ParserField *field = fields->pdata[i];
      gboolean subject = g_ascii_strcasecmp (field->name, "Subject") == 0;
      g_autofree char *words = subject ? parser_decode_words (field->value, strlen (field->value)) : NULL;
      add_all (facts->tokens, subject ? words : field->value, PARSER_IN_ENCLOSED);
    }
}

void
parser_tokens_read (const ParserTree *tree, ParserFacts *facts)
{
  /* what a machine reports of, it encloses, in whatever form */
  gboolean report = facts->kind == PARSER_KIND_BOUNCE || facts->kind == PARSER_KIND_COMPLAINT;
  add_subject (facts, PARSER_IN_SUBJECT);
  if (!report)
    add_texts (tree->texts, facts, TRUE, PARSER_IN_TEXT);
  add_all (facts->tokens, facts->in_reply_to, PARSER_IN_REFERENCES);
  for (char **reference = facts->references; *reference != NULL; reference++)
    add_all (facts->tokens, *reference, PARSER_IN_REFERENCES);
  add_subject (facts, PARSER_IN_REFERENCES);
  if (!report)
    add_texts (tree->texts, facts, FALSE, PARSER_IN_QUOTED);
  add_fields (tree->enclosed, facts);
  for (guint i = 0; i < tree->reports->len; i++)
    add_fields (tree->reports->pdata[i], facts);
  if (tree->enclosed_text != NULL)
    add_all (facts->tokens, tree->enclosed_text->str, PARSER_IN_ENCLOSED);
  if (report)
    for (guint own = 0; own < 2; own++)
      add_texts (tree->texts, facts, (gboolean)own, PARSER_IN_ENCLOSED);
}
