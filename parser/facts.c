/* facts.c - facts made, freed, named, and sent through a pipe: what comes out of it is checked as hostile
 * input */
#include <string.h>

#include "internal.h"

#define MAX_STRING (4 * PARSER_MAX_HEADER) /* octets; a header decoded is no longer */
#define MAX_SCOPE 1000                     /* categories named by one mail */
#define ALL_MARKS ((PARSER_MARK_EVERYTHING << 1) - 1)
#define ALL_DEFECTS ((PARSER_DEFECT_EMPTY << 1) - 1)
#define MAX_TIME G_GINT64_CONSTANT (253402300799) /* the last second of the year 9999 */

#define HITS_TYPE "a(sssmsmsuuui)"
#define SEGMENTS_TYPE "a(sumsuub)"
#define TOKENS_TYPE "a(su)"

/* ---- the table of scalar facts ---- */

typedef enum
{
  TEXT,    /* one line of UTF-8, NULL: absent */
  ADDRESS, /* canonical */
  SENDER,  /* canonical or "" */
  MESSAGE_ID,
  NUMBER, /* guint or enum, at most .most */
  TIME,
  FLAG,
  LIST, /* of texts, never NULL */
  IDS   /* of message-ids, never NULL */
} Shape;

static const struct
{
  const char *name;
  gsize offset;
  Shape shape;
  guint most;
} members[] = {
/* clang-format off */
#define MEMBER(name, shape, most) { #name, G_STRUCT_OFFSET (ParserFacts, name), shape, most }
  MEMBER (kind, NUMBER, PARSER_KIND_UNSCANNED),
  MEMBER (kind_why, TEXT, 0),
  MEMBER (marks, NUMBER, ALL_MARKS),
  MEMBER (defects, NUMBER, ALL_DEFECTS),
  MEMBER (from, ADDRESS, 0),
  MEMBER (from_spelt, ADDRESS, 0),
  MEMBER (from_domains, TEXT, 0),
  MEMBER (return_path, SENDER, 0),
  MEMBER (original_to, ADDRESS, 0),
  MEMBER (delivered_to, ADDRESS, 0),
  MEMBER (to, ADDRESS, 0),
  MEMBER (forwarded_from, ADDRESS, 0),
  MEMBER (alias_of, ADDRESS, 0),
  MEMBER (reported, ADDRESS, 0),
  MEMBER (reported_by, TEXT, 0),
  MEMBER (report, TEXT, 0),
  MEMBER (enclosed_id, MESSAGE_ID, 0),
  MEMBER (hard_bounce, FLAG, 0),
  MEMBER (leaver, FLAG, 0),
  MEMBER (successor, ADDRESS, 0),
  MEMBER (subject, TEXT, 0),
  MEMBER (message_id, MESSAGE_ID, 0),
  MEMBER (in_reply_to, MESSAGE_ID, 0),
  MEMBER (references, IDS, PARSER_MAX_REFERENCES),
  MEMBER (identity, TEXT, 0),
  MEMBER (date_at, TIME, 0),
  MEMBER (received_at, TIME, 0),
  MEMBER (intent, NUMBER, PARSER_INTENT_UNCLEAR),
  MEMBER (request, NUMBER, PARSER_INTENT_UNCLEAR),
  MEMBER (confidence, NUMBER, 100),
  MEMBER (language, TEXT, 0),
  MEMBER (scope, LIST, MAX_SCOPE),
  MEMBER (except, LIST, MAX_SCOPE),
  MEMBER (third_person, FLAG, 0),
  MEMBER (named_address, ADDRESS, 0),
  MEMBER (answer, NUMBER, PARSER_ANSWER_STOP),
  MEMBER (answer_scope, LIST, MAX_SCOPE),
  MEMBER (authenticated, NUMBER, PARSER_PROOF_DMARC), /* a token is the engine's to see */
  MEMBER (auth_detail, TEXT, 0),
#undef MEMBER
  /* clang-format on */
};

static void
hit_free (gpointer data)
{
  ParserHit *hit = data;
  g_free (hit->rule);
  g_free (hit->part);
  g_free (hit->text);
  g_free (hit->language);
  g_free (hit->why);
  g_free (hit);
}

static void
segment_free (gpointer data)
{
  ParserSegment *segment = data;
  g_free (segment->part);
  g_free (segment->why);
  g_free (segment);
}

static void
found_free (gpointer data)
{
  ParserFound *found = data;
  g_free (found->text);
  g_free (found);
}

GPtrArray *
parser_segments_new (void)
{
  return g_ptr_array_new_with_free_func (segment_free);
}

ParserFacts *
parser_facts_new (void)
{
  ParserFacts *facts = g_new0 (ParserFacts, 1);
  facts->references = g_new0 (char *, 1);
  facts->scope = g_new0 (char *, 1);
  facts->except = g_new0 (char *, 1);
  facts->answer_scope = g_new0 (char *, 1);
  facts->evidence = g_ptr_array_new_with_free_func (hit_free);
  facts->ignored = g_ptr_array_new_with_free_func (hit_free);
  facts->segments = parser_segments_new ();
  facts->tokens = g_ptr_array_new_with_free_func (found_free);
  return facts;
}

void
parser_facts_free (ParserFacts *facts)
{
  if (!facts)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gpointer member = G_STRUCT_MEMBER_P (facts, members[i].offset);
      if (members[i].shape == LIST || members[i].shape == IDS)
        g_strfreev (*(char ***)member);
      else if (members[i].shape < NUMBER)
        g_free (*(char **)member);
    }
  g_ptr_array_unref (facts->evidence);
  g_ptr_array_unref (facts->ignored);
  g_ptr_array_unref (facts->segments);
  g_ptr_array_unref (facts->tokens);
  g_free (facts);
}

/* ---- to a value ---- */

static GVariant *
member_to_variant (gsize i, gconstpointer member)
{
  switch (members[i].shape)
    {
    case TEXT:
    case ADDRESS:
    case SENDER:
    case MESSAGE_ID:
      return *(char *const *)member ? g_variant_new_string (*(char *const *)member) : NULL;
    case NUMBER:
      return g_variant_new_uint32 (*(const guint *)member);
    case TIME:
      return g_variant_new_int64 (*(const gint64 *)member);
    case FLAG:
      return g_variant_new_boolean (*(const gboolean *)member);
    case LIST:
    case IDS:
      return g_variant_new_strv (*(const char *const *const *)member, -1);
    }
  g_assert_not_reached ();
}

static GVariant *
hits_to_variant (GPtrArray *hits)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (HITS_TYPE));
  for (guint i = 0; i < MIN (hits->len, PARSER_MAX_HITS); i++)
    {
      const ParserHit *hit = hits->pdata[i];
      g_variant_builder_add (&builder, "(sssmsmsuuui)", hit->rule, hit->part, hit->text, hit->language,
                             hit->why, hit->line, hit->start, hit->end, hit->weight);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
segments_to_variant (GPtrArray *segments)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (SEGMENTS_TYPE));
  for (guint i = 0; i < MIN (segments->len, PARSER_MAX_SEGMENTS); i++)
    {
      const ParserSegment *segment = segments->pdata[i];
      g_variant_builder_add (&builder, "(sumsuub)", segment->part, (guint)segment->kind, segment->why,
                             segment->first_line, segment->last_line, segment->sure);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
tokens_to_variant (GPtrArray *tokens)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (TOKENS_TYPE));
  for (guint i = 0; i < MIN (tokens->len, PARSER_MAX_TOKENS); i++)
    {
      const ParserFound *found = tokens->pdata[i];
      g_variant_builder_add (&builder, "(su)", found->text, (guint)found->place);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
parser_facts_to_variant (const ParserFacts *facts)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      GVariant *value = member_to_variant (i, G_STRUCT_MEMBER_P (facts, members[i].offset));
      if (value)
        g_variant_builder_add (&builder, "{sv}", members[i].name, value);
    }
  GVariant *parts[] = { g_variant_builder_end (&builder), hits_to_variant (facts->evidence),
                        hits_to_variant (facts->ignored), segments_to_variant (facts->segments),
                        tokens_to_variant (facts->tokens) };
  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

/* ---- from a value ---- */

/* Text of one line: nothing in it can break a log, a header or a terminal (H60). */
static gboolean
is_line (const char *text)
{
  if (strlen (text) > MAX_STRING)
    return FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
is_canonical (const char *address)
{
  g_autofree char *canonical = parser_address_canonical (address);
  return g_strcmp0 (canonical, address) == 0;
}

static gboolean
string_fits (const char *text, Shape shape)
{
  if (shape == ADDRESS)
    return is_canonical (text);
  if (shape == SENDER)
    return !*text || is_canonical (text);
  if (shape == MESSAGE_ID || shape == IDS)
    return parser_message_id_is_valid (text, strlen (text));
  return is_line (text);
}

static gboolean
read_list (GVariant *value, gsize i, char ***list)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY)
      || g_variant_n_children (value) > members[i].most)
    return FALSE;
  g_auto (GStrv) read = g_variant_dup_strv (value, NULL);
  for (guint n = 0; read[n]; n++)
    if (!string_fits (read[n], members[i].shape))
      return FALSE;
  g_strfreev (*list);
  *list = g_steal_pointer (&read);
  return TRUE;
}

static gboolean
read_member (GVariant *value, gsize i, gpointer member)
{
  switch (members[i].shape)
    {
    case TEXT:
    case ADDRESS:
    case SENDER:
    case MESSAGE_ID:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
          || !string_fits (g_variant_get_string (value, NULL), members[i].shape))
        return FALSE;
      g_free (*(char **)member);
      *(char **)member = g_variant_dup_string (value, NULL);
      return TRUE;
    case NUMBER:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32)
          || g_variant_get_uint32 (value) > members[i].most)
        return FALSE;
      *(guint *)member = g_variant_get_uint32 (value);
      return TRUE;
    case TIME:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) || g_variant_get_int64 (value) < 0
          || g_variant_get_int64 (value) > MAX_TIME)
        return FALSE;
      *(gint64 *)member = g_variant_get_int64 (value);
      return TRUE;
    case FLAG:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        return FALSE;
      *(gboolean *)member = g_variant_get_boolean (value);
      return TRUE;
    case LIST:
    case IDS:
      return read_list (value, i, member);
    }
  g_assert_not_reached ();
}

static gboolean
read_members (GVariant *dictionary, ParserFacts *facts)
{
  if (g_variant_n_children (dictionary) > G_N_ELEMENTS (members))
    return FALSE;
  GVariantIter iter;
  const char *name;
  GVariant *borrowed;
  g_variant_iter_init (&iter, dictionary);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &borrowed))
    {
      g_autoptr (GVariant) value = borrowed;
      gsize i = 0;
      while (i < G_N_ELEMENTS (members) && strcmp (members[i].name, name) != 0)
        i++;
      if (i == G_N_ELEMENTS (members)
          || !read_member (value, i, G_STRUCT_MEMBER_P (facts, members[i].offset)))
        return FALSE;
    }
  return facts->identity != NULL;
}

static gboolean
hit_fits (const ParserHit *hit)
{
  return is_line (hit->rule) && is_line (hit->part) && is_line (hit->text)
         && g_utf8_strlen (hit->text, -1) <= PARSER_MAX_QUOTED_WORDS
         && (!hit->language || is_line (hit->language)) && (!hit->why || is_line (hit->why))
         && hit->start <= hit->end;
}

static gboolean
read_hits (GVariant *array, GPtrArray *hits)
{
  if (g_variant_n_children (array) > PARSER_MAX_HITS)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (array, i);
      ParserHit *hit = g_new0 (ParserHit, 1);
      g_ptr_array_add (hits, hit);
      g_variant_get (child, "(sssmsmsuuui)", &hit->rule, &hit->part, &hit->text, &hit->language, &hit->why,
                     &hit->line, &hit->start, &hit->end, &hit->weight);
      if (!hit_fits (hit))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_segments (GVariant *array, GPtrArray *segments)
{
  if (g_variant_n_children (array) > PARSER_MAX_SEGMENTS)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (array, i);
      ParserSegment *segment = g_new0 (ParserSegment, 1);
      g_ptr_array_add (segments, segment);
      guint kind = 0;
      g_variant_get (child, "(sumsuub)", &segment->part, &kind, &segment->why, &segment->first_line,
                     &segment->last_line, &segment->sure);
      segment->kind = kind;
      if (kind > PARSER_SEGMENT_BANNER || !is_line (segment->part)
          || (segment->why && !is_line (segment->why)) || segment->first_line > segment->last_line)
        return FALSE;
    }
  return TRUE;
}

/* The place that only the mail server knows is not the child's to name. */
static gboolean
read_tokens (GVariant *array, GPtrArray *tokens)
{
  if (g_variant_n_children (array) > PARSER_MAX_TOKENS)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      ParserFound *found = g_new0 (ParserFound, 1);
      g_ptr_array_add (tokens, found);
      guint place = 0;
      g_variant_get_child (array, i, "(su)", &found->text, &place);
      found->place = place;
      if (place == PARSER_IN_RECIPIENT || place > PARSER_IN_ENCLOSED || !is_line (found->text))
        return FALSE;
    }
  return TRUE;
}

ParserFacts *
parser_facts_from_variant (GVariant *variant)
{
  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (PARSER_FACTS_TYPE))
      || !g_variant_is_normal_form (variant))
    return NULL;
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autoptr (GVariant) dictionary = g_variant_get_child_value (variant, 0);
  g_autoptr (GVariant) evidence = g_variant_get_child_value (variant, 1);
  g_autoptr (GVariant) ignored = g_variant_get_child_value (variant, 2);
  g_autoptr (GVariant) segments = g_variant_get_child_value (variant, 3);
  g_autoptr (GVariant) tokens = g_variant_get_child_value (variant, 4);
  if (!read_members (dictionary, facts) || !read_hits (evidence, facts->evidence)
      || !read_hits (ignored, facts->ignored) || !read_segments (segments, facts->segments)
      || !read_tokens (tokens, facts->tokens))
    return NULL;
  return g_steal_pointer (&facts);
}

/* ---- names ---- */

const char *
parser_kind_name (ParserKind kind)
{
  static const char *const names[]
      = { "person", "auto-reply", "bounce", "receipt", "complaint", "list", "unscanned" };
  g_assert (kind < G_N_ELEMENTS (names));
  return names[kind];
}

const char *
parser_intent_name (ParserIntent intent)
{
  static const char *const names[] = { "none",       "opt-out",    "opt-in",   "erasure", "access",
                                       "correction", "no-sharing", "question", "unclear" };
  g_assert (intent < G_N_ELEMENTS (names));
  return names[intent];
}

const char *
parser_segment_name (ParserSegmentKind kind)
{
  static const char *const names[] = { "new",       "quotation", "attribution", "header-block", "forward",
                                       "signature", "footer",    "disclaimer",  "banner" };
  g_assert (kind < G_N_ELEMENTS (names));
  return names[kind];
}

const char *
parser_proof_name (ParserProof proof)
{
  static const char *const names[] = { "none", "spf", "dkim", "dmarc", "token" };
  g_assert (proof < G_N_ELEMENTS (names));
  return names[proof];
}

const char *
parser_answer_name (ParserAnswer answer)
{
  static const char *const names[] = { "none", "undo", "only", "all", "erase", "stop" };
  g_assert (answer < G_N_ELEMENTS (names));
  return names[answer];
}

char **
parser_defect_names (guint defects)
{
  static const char *const names[]
      = { "partial",           "no-header",     "no-from",      "many-from",    "many-subject",
          "many-content-type", "bad-header",    "nul",          "bad-boundary", "bad-encoding",
          "bad-charset",       "no-message-id", "long-address", "hidden-text",  "alternatives-disagree",
          "look-alikes",       "empty" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (defects & 1u << i)
      g_strv_builder_add (builder, names[i]);
  return g_strv_builder_end (builder);
}
