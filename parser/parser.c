/* parser.c - what a mail says: the road from octets to facts */
#include <string.h>

#include <gmime/gmime.h>

#include "internal.h"

void
parser_init (void)
{
  g_mime_init ();
  /* GMime reads a file name that says nothing of its charset by this one. */
  const char *fallback = "=?iso-8859-1?";
  parser_charset_prepare ((const guint8 *)fallback, strlen (fallback));
}

void
parser_prepare (GBytes *mail)
{
  gsize size = 0;
  const guint8 *octets = mail ? g_bytes_get_data (mail, &size) : NULL;
  if (!mail)
    parser_charset_prepare_all ();
  else if (size > 0)
    parser_charset_prepare (octets, size);
}

/* The border took a lone CR and a NUL for text where we see a line end, or nothing (R30, R33): a field that
 * it could not see, it could not remove (R51, H39). */
static gboolean
is_read_alike (const guint8 *octets, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (octets[i] == '\0' || (octets[i] == '\r' && (i + 1 == size || octets[i + 1] != '\n')))
      return FALSE;
  return TRUE;
}

static void
read_header (GPtrArray *fields, const guint8 *octets, gsize size, const ParserPrescan *prescan,
             const ParserOptions *options, ParserFacts *facts)
{
  parser_headers_read (fields, options, facts);
  parser_alias_read (fields, facts);
  if (prescan->from_line)
    parser_from_line_read (octets + prescan->from_at, size - prescan->from_at, facts);
  facts->identity = parser_identity (fields, facts, octets + prescan->header_end, size - prescan->header_end);
  if (is_read_alike (octets + prescan->start, prescan->header_end - prescan->start)
      && !(facts->defects & PARSER_DEFECT_BAD_HEADER))
    parser_auth_read (fields, options, facts);
}

/* The mail's own words may hold anything; what is kept of them breaks no log, no terminal and no header
 * (H60), and opts nobody out who sees it (FIELD section 4, 24). */
static void
make_harmless (char **words)
{
  char *clean = parser_token_strip (*words);
  for (char *at = clean; *at;)
    {
      char *next = g_utf8_next_char (at);
      if (g_unichar_iscntrl (g_utf8_get_char (at)))
        memset (at, ' ', next - at);
      at = next;
    }
  g_free (*words);
  *words = clean;
}

static void
make_hits_harmless (GPtrArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    make_harmless (&((ParserHit *)hits->pdata[i])->text);
}

ParserFacts *
parser_read (GBytes *mail, const ParserOptions *options)
{
  gsize size = 0;
  const guint8 *octets = g_bytes_get_data (mail, &size);
  octets = octets ? octets : (const guint8 *)"";
  ParserPrescan prescan = parser_prescan (octets, size);
  ParserFacts *facts = parser_facts_new ();
  facts->defects = prescan.defects;
  g_autoptr (GPtrArray) fields
      = parser_fields_read (octets + prescan.start, prescan.header_end - prescan.start, &facts->defects);
  read_header (fields, octets, size, &prescan, options, facts);
  g_autoptr (ParserTree) tree = parser_tree_read (
      fields, octets + prescan.header_end, size - prescan.header_end, prescan.too_much, options, facts);
  parser_kind_read (fields, tree, facts);
  for (guint i = 0; i < tree->texts->len; i++)
    parser_segment (tree->texts->pdata[i], options, facts->segments);
  parser_forward_read (tree, facts);
  parser_kind_doubt (tree->texts, facts);
  parser_leaver_read (tree->texts, facts);
  parser_intent_read (tree->texts, options, facts);
  parser_tokens_read (tree, facts);
  make_hits_harmless (facts->evidence);
  make_hits_harmless (facts->ignored);
  if (facts->subject)
    make_harmless (&facts->subject);
  return facts;
}
