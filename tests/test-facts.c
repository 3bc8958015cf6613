/* test-facts.c - facts through a pipe: everything arrives, and nothing hostile does */
#include <string.h>

#include "internal.h"

static ParserFacts *
full_facts (void)
{
  ParserFacts *facts = parser_facts_new ();
  facts->kind = PARSER_KIND_BOUNCE;
  facts->kind_why = g_strdup ("report-type delivery-status");
  facts->marks = PARSER_MARK_NULL_SENDER | PARSER_MARK_DOUBTFUL;
  facts->defects = PARSER_DEFECT_PARTIAL | PARSER_DEFECT_EMPTY;
  facts->from = g_strdup ("jos\xc3\xa9@xn--bcher-kva.example");
  facts->from_spelt = g_strdup ("bob@example.org");
  facts->from_domains = g_strdup ("xn--bcher-kva.example");
  facts->return_path = g_strdup ("");
  facts->reported = g_strdup ("ann@example.org");
  facts->hard_bounce = TRUE;
  facts->subject = g_strdup ("Gr\xc3\xbc\xc3\x9f"
                             "e");
  facts->message_id = g_strdup ("<a@b>");
  facts->identity = g_strdup ("<a@b>");
  g_strfreev (facts->references);
  facts->references = g_strsplit ("<a@b> <c@d>", " ", -1);
  facts->date_at = 1700000000;
  facts->intent = PARSER_INTENT_OPT_OUT;
  facts->confidence = 97;
  facts->language = g_strdup ("en");
  g_strfreev (facts->scope);
  facts->scope = g_strsplit ("*", ",", -1);
  facts->authenticated = PARSER_PROOF_DMARC;
  ParserHit *hit = g_new0 (ParserHit, 1);
  *hit = (ParserHit){
    g_strdup ("en.stop"), g_strdup ("1.1"), g_strdup ("please stop"), g_strdup ("en"), NULL, 3, 4, 15, -5
  };
  g_ptr_array_add (facts->evidence, hit);
  ParserHit *seen = g_new0 (ParserHit, 1);
  *seen = (ParserHit){
    g_strdup ("en.stop"), g_strdup ("1"), g_strdup ("stop"), NULL, g_strdup ("footer"), 9, 0, 4, 10
  };
  g_ptr_array_add (facts->ignored, seen);
  ParserSegment *segment = g_new0 (ParserSegment, 1);
  *segment = (ParserSegment){ g_strdup ("1"), PARSER_SEGMENT_QUOTATION, 2, 7, g_strdup ("cite-marks"), TRUE };
  g_ptr_array_add (facts->segments, segment);
  return facts;
}

static GVariant *
value_of (const ParserFacts *facts)
{
  return g_variant_ref_sink (parser_facts_to_variant (facts));
}

static void
test_arrives (void)
{
  g_autoptr (ParserFacts) facts = full_facts ();
  g_autoptr (GVariant) sent = value_of (facts);
  g_assert_true (g_variant_is_of_type (sent, G_VARIANT_TYPE (PARSER_FACTS_TYPE)));
  g_autoptr (ParserFacts) got = parser_facts_from_variant (sent);
  g_assert_nonnull (got);
  g_autoptr (GVariant) again = value_of (got);
  g_assert_true (g_variant_equal (sent, again));
  g_assert_cmpstr (got->from, ==, facts->from);
  g_assert_cmpstr (got->return_path, ==, "");
  g_assert_null (got->to);
  g_assert_cmpuint (got->intent, ==, PARSER_INTENT_OPT_OUT);
  g_assert_cmpint (((ParserHit *)got->evidence->pdata[0])->weight, ==, -5);
  g_assert_null (((ParserHit *)got->evidence->pdata[0])->why);
  g_assert_cmpstr (((ParserHit *)got->ignored->pdata[0])->why, ==, "footer");
  g_assert_cmpuint (((ParserSegment *)got->segments->pdata[0])->kind, ==, PARSER_SEGMENT_QUOTATION);
  g_assert_cmpstr (got->references[1], ==, "<c@d>");
}

/* Each spoils one thing. */
static void
spoil_kind (ParserFacts *f)
{
  f->kind = 7;
}
static void
spoil_intent (ParserFacts *f)
{
  f->intent = 9;
}
static void
spoil_marks (ParserFacts *f)
{
  f->marks = PARSER_MARK_EVERYTHING << 1;
}
static void
spoil_defects (ParserFacts *f)
{
  f->defects = 1u << 17;
}
static void
spoil_confidence (ParserFacts *f)
{
  f->confidence = 101;
}
static void
spoil_proof (ParserFacts *f)
{
  f->authenticated = PARSER_PROOF_TOKEN;
}
static void
spoil_from (ParserFacts *f)
{
  f->from[0] = 'J';
}
static void
spoil_date (ParserFacts *f)
{
  f->date_at = -1;
}
static void
spoil_subject (ParserFacts *f)
{
  f->subject[0] = '\n';
}
static void
spoil_message_id (ParserFacts *f)
{
  f->message_id[1] = ' ';
}
static void
spoil_reference (ParserFacts *f)
{
  f->references[1][0] = '\r';
}
static void
spoil_scope (ParserFacts *f)
{
  f->scope[0][0] = '\x1b';
}
static void
spoil_hit (ParserFacts *f)
{
  ((ParserHit *)f->evidence->pdata[0])->start = 16;
}
static void
spoil_why (ParserFacts *f)
{
  ((ParserHit *)f->ignored->pdata[0])->why[0] = '\n';
}
static void
spoil_lines (ParserFacts *f)
{
  ((ParserSegment *)f->segments->pdata[0])->first_line = 8;
}
static void
spoil_segment (ParserFacts *f)
{
  ((ParserSegment *)f->segments->pdata[0])->kind = 9;
}
static void
spoil_identity (ParserFacts *f)
{
  g_clear_pointer (&f->identity, g_free);
}
static void
spoil_words (ParserFacts *f)
{
  ParserHit *hit = f->evidence->pdata[0];
  g_free (hit->text);
  hit->text = g_strnfill (PARSER_MAX_QUOTED_WORDS + 1, 'x');
}

static const struct
{
  const char *name;
  void (*spoil) (ParserFacts *facts);
} hostile_cases[] = {
  { "a-kind-that-is-none", spoil_kind },
  { "an-intent-that-is-none", spoil_intent },
  { "a-mark-that-is-none", spoil_marks },
  { "a-defect-that-is-none", spoil_defects },
  { "a-confidence-over-100", spoil_confidence },
  { "a-proof-that-is-the-engines", spoil_proof },
  { "an-address-that-is-not-canonical", spoil_from },
  { "a-time-before-1970", spoil_date },
  { "a-line-end-in-the-subject", spoil_subject },
  { "a-blank-in-a-message-id", spoil_message_id },
  { "a-line-end-in-a-reference", spoil_reference },
  { "an-escape-in-a-category", spoil_scope },
  { "a-hit-that-ends-before-it-starts", spoil_hit },
  { "a-line-end-in-a-reason", spoil_why },
  { "a-segment-that-ends-before-it-starts", spoil_lines },
  { "a-segment-of-no-kind", spoil_segment },
  { "facts-without-identity", spoil_identity },
  { "too-many-quoted-words", spoil_words },
};

static void
test_refused (gconstpointer data)
{
  g_autoptr (ParserFacts) facts = full_facts ();
  hostile_cases[GPOINTER_TO_SIZE (data)].spoil (facts);
  g_autoptr (GVariant) sent = value_of (facts);
  g_assert_null (parser_facts_from_variant (sent));
}

static void
test_wrong_type (void)
{
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_string ("hello"));
  g_assert_null (parser_facts_from_variant (other));
}

static GVariant *
with_dictionary (const char *text)
{
  g_autofree char *whole = g_strdup_printf (
      "(@a{sv} %s, @a(sssmsmsuuui) [], @a(sssmsmsuuui) [], @a(sumsuub) [], @a(su) [])", text);
  return g_variant_parse (G_VARIANT_TYPE (PARSER_FACTS_TYPE), whole, NULL, NULL, NULL);
}

static void
test_dictionary (void)
{
  static const char *const refused[]
      = { "{'identity': <'<a@b>'>, 'unheard-of': <1>}", "{'identity': <uint32 1>}",
          "{'identity': <'x'>, 'kind': <'bounce'>}", "{}" };
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GVariant) value = with_dictionary (refused[i]);
      g_assert_nonnull (value);
      g_assert_null (parser_facts_from_variant (value));
    }
  g_autoptr (GVariant) good = with_dictionary ("{'identity': <'x'>, 'identity': <'y'>}");
  g_autoptr (ParserFacts) facts = parser_facts_from_variant (good);
  g_assert_cmpstr (facts->identity, ==, "y");
}

/* What a child gone bad could write into the pipe: every octet changed, and the value cut at every place. */
static void
test_flipped (void)
{
  g_autoptr (ParserFacts) facts = full_facts ();
  g_autoptr (GVariant) sent = value_of (facts);
  gsize size = g_variant_get_size (sent);
  guint refused = 0;
  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        guint8 *octets = g_memdup2 (g_variant_get_data (sent), size);
        octets[i] ^= 1u << bit;
        g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_data (
            G_VARIANT_TYPE (PARSER_FACTS_TYPE), octets, size, FALSE, g_free, octets));
        g_autoptr (ParserFacts) got = parser_facts_from_variant (value);
        g_assert_true (got == NULL || got->scope != NULL);
        refused += got == NULL;
      }
  g_assert_cmpuint (refused, >, size); /* most of it means something */
  for (gsize cut = 0; cut < size; cut++)
    {
      gpointer octets = g_memdup2 (g_variant_get_data (sent), cut);
      g_autoptr (GVariant) value = g_variant_ref_sink (
          g_variant_new_from_data (G_VARIANT_TYPE (PARSER_FACTS_TYPE), octets, cut, FALSE, g_free, octets));
      g_autoptr (ParserFacts) got = parser_facts_from_variant (value);
      g_assert_true (got == NULL || got->scope != NULL);
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (parser_kind_name (PARSER_KIND_UNSCANNED), ==, "unscanned");
  g_assert_cmpstr (parser_intent_name (PARSER_INTENT_UNCLEAR), ==, "unclear");
  g_assert_cmpstr (parser_segment_name (PARSER_SEGMENT_BANNER), ==, "banner");
  g_assert_cmpstr (parser_proof_name (PARSER_PROOF_TOKEN), ==, "token");
  g_auto (GStrv) names = parser_defect_names (PARSER_DEFECT_PARTIAL | PARSER_DEFECT_EMPTY);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "partial");
  g_assert_cmpstr (names[1], ==, "empty");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/everything-arrives", test_arrives);
  g_test_add_func ("/facts/another-type-is-refused", test_wrong_type);
  g_test_add_func ("/facts/an-unknown-or-wrong-member-is-refused", test_dictionary);
  g_test_add_func ("/facts/changed-and-cut-octets-never-crash", test_flipped);
  g_test_add_func ("/facts/names-are-as-programs-see-them", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/facts/refused/", hostile_cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  return g_test_run ();
}
