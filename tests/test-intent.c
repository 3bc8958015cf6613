/* What people write, and what it asks for: one sentence a line in parser/examples/LANG. And what must not
 * change it. */
#include "internal.h"
#include "sample.h"

#include <string.h>

typedef struct
{
  char *language;
  char *verdict;
  char *subject;
  char *text;
} Case;

static const ParserCategory categories[] = {
  { "product-updates", (const char *const[]){ "product updates", "product news", NULL } },
  { "special-offers", (const char *const[]){ "special offers", "Sonderangebote", "ofertas especiales",
                                             "offres spéciales", NULL } },
  { "invoices", (const char *const[]){ "invoices", "Rechnungen", "facturas", "factures", NULL } },
};
static const ParserOptions options = { .categories = categories, .n_categories = G_N_ELEMENTS (categories) };

static void
case_free (gpointer data)
{
  Case *one = data;
  g_free (one->language);
  g_free (one->verdict);
  g_free (one->subject);
  g_free (one->text);
  g_free (one);
}

/* The facts of a plain mail whose text is all new but for what follows @quoted lines from its end. */
static ParserFacts *
read_mail (const char *subject, const char *body, guint quoted)
{
  ParserFacts *facts = parser_facts_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)parser_text_free);
  ParserText *text = g_new0 (ParserText, 1);
  guint lines = 1;
  for (const char *p = body; *p; p++)
    lines += *p == '\n';
  text->part = g_strdup ("1");
  text->text = g_strdup (body);
  text->length = strlen (body);
  text->spans = g_array_new (FALSE, FALSE, sizeof (ParserSpan));
  g_ptr_array_add (texts, text);
  facts->subject = g_strdup (subject);
  facts->from = g_strdup ("ann@example.org");
  for (guint i = 0; i < 2; i++)
    {
      ParserSegment *segment = g_new0 (ParserSegment, 1);
      segment->part = g_strdup ("1");
      segment->kind = i ? PARSER_SEGMENT_QUOTATION : PARSER_SEGMENT_NEW;
      segment->first_line = i ? lines - quoted + 1 : 1;
      segment->last_line = i ? lines : lines - quoted;
      segment->why = g_strdup ("test");
      segment->sure = TRUE;
      if (i && quoted == 0)
        {
          g_free (segment->part);
          g_free (segment->why);
          g_free (segment);
          continue;
        }
      g_ptr_array_add (facts->segments, segment);
    }
  parser_intent_read (texts, &options, facts);
  return facts;
}

/* As the files have it: "opt-out" is a wish that is recorded, "review" whatever a person must read. */
static char *
verdict_of (const ParserFacts *facts)
{
  gboolean sure = facts->confidence >= 60 && !(facts->marks & PARSER_MARK_DOUBTFUL);
  g_autofree char *scope = g_strjoinv (",", facts->scope);
  g_autofree char *except = g_strjoinv (",", facts->except);
  gboolean out = facts->intent == PARSER_INTENT_OPT_OUT || facts->intent == PARSER_INTENT_ERASURE;
  if (facts->intent == PARSER_INTENT_QUESTION)
    return g_strdup ("question");
  if (facts->intent == PARSER_INTENT_UNCLEAR || (out && !sure))
    return g_strdup ("review");
  if (facts->intent == PARSER_INTENT_OPT_OUT && *except)
    return g_strdup_printf ("opt-out but %s", except);
  if (facts->intent == PARSER_INTENT_OPT_OUT && strcmp (scope, "*"))
    return g_strdup_printf ("opt-out of %s", scope);
  return g_strdup (parser_intent_name (facts->intent));
}

static char *
verdict_of_mail (const char *subject, const char *text, guint quoted)
{
  g_autoptr (ParserFacts) facts = read_mail (subject, text, quoted);
  return verdict_of (facts);
}

static void
check (const Case *one, const char *form, const char *text, guint quoted)
{
  g_autofree char *verdict = verdict_of_mail (one->subject, text, quoted);
  if (strcmp (verdict, one->verdict) == 0)
    return;
  g_test_message ("%s, %s: %s, not %s", form, text, verdict, one->verdict);
  g_test_fail ();
}

/* Capitals, accents left off, other line ends and a quotation below: the same request. */
static void
test_case (gconstpointer data)
{
  const Case *one = data;
  check (one, "as written", one->text, 0);
  g_autofree char *upper = g_utf8_strup (one->text, -1);
  check (one, "in capitals", upper, 0);

  g_autofree char *parts = g_utf8_normalize (one->text, -1, G_NORMALIZE_NFD);
  GString *bare = g_string_new (NULL), *narrow = g_string_new (NULL);
  for (const char *p = parts; *p; p = g_utf8_next_char (p))
    if (!(g_utf8_get_char (p) >= 0x300 && g_utf8_get_char (p) < 0x370))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  g_autofree char *without = g_string_free (bare, FALSE);
  check (one, "without accents", without, 0);

  gsize column = 0;
  for (const char *p = one->text; *p; p++, column = *p == '\n' ? 0 : column + 1)
    {
      const char *space = strpbrk (p + 1, " \n");
      gsize word = space ? (gsize)(space - p) : strlen (p);
      gboolean fits = column + word <= 24 || column == 0;
      g_string_append_c (narrow, *p == ' ' && !fits ? '\n' : *p);
      column = *p == ' ' && !fits ? (gsize)-1 : column;
    }
  g_autofree char *wrapped = g_string_free (narrow, FALSE);
  check (one, "wrapped", wrapped, 0);

  g_autofree char *above
      = g_strconcat (one->text, "\n> Unsubscribe me please.\n> Abmelden | Se désabonner", NULL);
  check (one, "above a quotation", above, 2);
}

/* "verdict: text" or "verdict: [subject] text", \n for a line end; # begins a remark, ~ what is taught alone.
 */
static Case *
read_case (const char *language, const char *line)
{
  const char *colon = strstr (line, ": ");
  if (*line == '#' || *line == '~' || *line == '\0')
    return NULL;
  g_assert_nonnull (colon);
  Case *one = g_new0 (Case, 1);
  const char *text = colon + 2, *end = *text == '[' ? strchr (text, ']') : NULL;
  one->language = g_strdup (language);
  one->verdict = g_strndup (line, (gsize)(colon - line));
  one->subject = end ? g_strndup (text + 1, (gsize)(end - text - 1)) : NULL;
  g_auto (GStrv) lines = g_strsplit (end ? g_strchug ((char *)end + 1) : text, "\\n", -1);
  one->text = g_strjoinv ("\n", lines);
  return one;
}

static void
read_cases (const char *folder, const char *language)
{
  g_autofree char *path = g_build_filename (folder, language, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      Case *one = read_case (language, lines[i]);
      if (one == NULL)
        continue;
      if (sample_spares (i, 1))
        {
          case_free (one);
          continue;
        }
      g_autofree char *name = g_strdup_printf ("/intent/%s/%u", language, i + 1);
      g_test_add_data_func_full (name, one, test_case, case_free);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *top = g_getenv ("top_srcdir");
  g_autofree char *folder = g_build_filename (top ? top : ".", "parser", "examples", NULL);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (names);
  for (const char *name; (name = g_dir_read_name (names)) != NULL;)
    if (strcmp (name, "README"))
      read_cases (folder, name);
  return g_test_run ();
}
