/* test-templates.c - the texts in filter/templates: complete in every language, fit to be sent, with answer
 * words that people can type; and a linter that can say no (R70, R112, R115). */
#include "template.h"

#include <string.h>

#include "reply.h"
#include "text.h"

/* ---- the languages ---- */

/* The set of {names} of @text. */
static GHashTable *
names_of (const char *text)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const char *c = strchr (text, '{'); c != NULL; c = strchr (c + 1, '{'))
    g_hash_table_add (names, g_strndup (c + 1, strcspn (c + 1, "}")));
  return names;
}

/* Says what @text lacks of English, paragraph by paragraph. */
static void
compare (const char *language, const char *kind, const char *text)
{
  g_auto (GStrv) theirs = g_strsplit (text, "\n\n", -1);
  g_auto (GStrv) english = g_strsplit (filter_reply_template (kind, "en"), "\n\n", -1);
  if (g_strv_length (theirs) != g_strv_length (english))
    {
      g_test_fail_printf ("%s [%s]: %u paragraphs, and English has %u", language, kind,
                          g_strv_length (theirs), g_strv_length (english));
      return;
    }
  for (guint i = 0; english[i] != NULL; i++)
    {
      g_autoptr (GHashTable) names = names_of (theirs[i]), wanted = names_of (english[i]);
      GHashTableIter iter;
      gpointer name;
      g_hash_table_iter_init (&iter, wanted);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (!g_hash_table_contains (names, name))
          g_test_fail_printf ("%s [%s]: paragraph %u has no {%s}, and English has", language, kind, i,
                              (char *)name);
      g_hash_table_iter_init (&iter, names);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (!g_hash_table_contains (wanted, name))
          g_test_fail_printf ("%s [%s]: paragraph %u has {%s}, and English has not", language, kind, i,
                              (char *)name);
    }
}

/* Every kind, each fit to be sent and with what English has. */
static void
test_language (gconstpointer data)
{
  const char *language = data;
  for (const char *const *kind = filter_template_kinds; *kind != NULL; kind++)
    {
      const char *text = filter_reply_template (*kind, language);
      guint line;
      g_autofree char *fault = text != NULL ? filter_template_fault (*kind, text, &line) : NULL;
      if (fault != NULL)
        g_test_fail_printf ("%s [%s], its line %u: %s", language, *kind, line + 1, fault);
      if (strcmp (*kind, "digest") == 0)
        continue;
      if (text == NULL)
        g_test_fail_printf ("%s [%s] is missing", language, *kind);
      else if (strcmp (*kind, FILTER_TEMPLATE_WORDS) != 0)
        compare (language, *kind, text);
    }
}

/* What is found for a tag that no file is named by. */
static void
test_tags (void)
{
  static const struct
  {
    const char *tag, *language;
  } tags[] = {
    { "zh-TW", "zh-Hant" }, { "zh-HK", "zh-Hant" },      { "zh-MO", "zh-Hant" }, { "zh_tw", "zh-Hant" },
    { "zh-CN", "zh-Hans" }, { "zh-SG", "zh-Hans" },      { "zh", "zh-Hans" },    { "zh-Hant-TW", "zh-Hant" },
    { "de-AT", "de" },      { "zh-Hans-HK", "zh-Hans" }, { "xx", "en" }
  };
  const FilterConfig config = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const FilterTemplateChoice choice = { .config = &config, .language = tags[i].tag };
      const char *language, *place;
      filter_template_find (&choice, "opt-out", &language, &place);
      g_assert_cmpstr (language, ==, tags[i].language);
    }
}

/* ---- the linter ---- */

#define GOOD "About it: {organisation}\n\nStopped: {scope}.\n\nReply {undo}.\n"
#define WORDS                                                                                                \
  "everything: all\nexcept: all but {kept}\nundo: UNDO\nunsubscribe: LEAVE\nonly: STOP ONLY\nall: STOP "     \
  "ALL\n"                                                                                                    \
  "yes: YES, ERASE IT\nerasure: a\naccess: b\ncorrection: c\nno-sharing: d\ndate: {day} {month} {year}\n"    \
  "months: a b c d e f g h i j k l\n"

/* clang-format off */
static const struct
{
  const char *name, *kind, *text, *fault; /* NULL: none; else what it says */
  guint line;
} cases[] = {
  { "a-text-that-has-what-it-needs", "opt-out", GOOD "\n{organisation}\n", NULL, 0 },
  { "no-such-kind", "greeting", GOOD, "no kind of text", 0 },
  { "no-subject", "opt-out", "\n\nStopped: {scope} {undo} {organisation}.\n", "begins with its subject", 0 },
  { "a-subject-of-two-lines", "opt-out", "About\nit\n\n{organisation} {scope} {undo}\n", "begins with its subject", 0 },
  { "a-subject-and-nothing-else", "opt-out", "About it\n", "begins with its subject", 0 },
  { "a-subject-with-a-list", "opt-out", "About {scope}\n\n{organisation} {scope} {undo}\n", "no name that a subject has", 0 },
  { "a-name-that-there-is-not", "opt-out", GOOD "\n{organisation} {gift}\n", "{gift} is no name", 6 },
  { "a-name-of-another-kind", "opt-in", GOOD, "{undo} is no name", 4 },
  { "a-brace-alone", "opt-out", GOOD "\n{organisation} {undo\n", "brace without", 6 },
  { "how-to-undo-is-missing", "opt-out", "A\n\n{organisation}: {scope}.\n", "{undo} is missing", 0 },
  { "how-to-undo-is-not-always-there", "opt-out", "A\n\n{organisation}: {scope}.\n\n{part}Reply {undo}.\n", "{undo} is missing", 0 },
  { "a-link", "opt-out", GOOD "\n{organisation}\n\nSee https://shop.example/sale\n", "a link", 8 },
  { "a-link-without-a-scheme", "opt-out", GOOD "\n{organisation} on shop.example\n", "a link", 6 },
  { "an-address", "opt-out", GOOD "\n{organisation} sales@shop.example\n", "a link", 6 },
  { "the-link-to-preferences", "opt-out", GOOD "\n{organisation}\n\nChoose here: {preferences}\n", NULL, 0 },
  { "a-full-stop-is-no-link", "opt-out", GOOD "\n{organisation}, e.g. this. Or that.\n", NULL, 0 },
  { "a-control-character", "opt-out", GOOD "\n{organisation}\a\n", "control character", 6 },
  { "a-carriage-return", "opt-out", "A\r\n\r\n{organisation}\r\n", "control character", 0 },
  { "a-sign-that-turns-numbers", "opt-out", GOOD "\n{organisation} \u061c12\n", "direction", 6 },
  { "a-sign-that-ends-a-line", "opt-out", GOOD "\n{organisation}\u2028x\n", "direction", 6 },
  { "a-sign-that-turns-the-text", "opt-out", GOOD "\n{organisation} \u202egnp\n", "direction", 6 },
  { "two-signs-for-one-letter", "opt-out", GOOD "\n{organisation} cafe\u0301\n", "NFC", 6 },
  { "letters-of-two-scripts", "opt-out", GOOD "\n{organisation} w\u043erd\n", "two scripts", 6 },
  { "words-of-two-scripts", "opt-out", GOOD "\n{organisation} \u0441\u043b\u043e\u0432\u043e UNDO\n", NULL, 0 },
  { "words", "words", WORDS, NULL, 0 },
  { "words-in-another-order", "words", "first: 1st\n" WORDS, NULL, 0 },
  { "eleven-months", "words", "months: a b c d e f g h i j k\n", "is missing", 0 },
  { "a-line-that-is-no-word", "words", WORDS "colour: red\n", "is no \"word", 13 },
  { "a-word-of-marks", "words", "undo: <3\n" WORDS, "a link", 0 },
  { "an-answer-with-digits", "words", "undo: UND0\n" WORDS, "cannot be expected to type", 0 },
  { "an-answer-that-begins-another", "words", "all: stop\n" WORDS, "beginning of the other", 0 },
  { "an-answer-that-is-another-with-accents", "words", "undo: l\u00e9ave\n" WORDS, "beginning of the other", 0 },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), line = 0;
  g_autofree char *fault = filter_template_fault (cases[i].kind, cases[i].text, &line);
  if (cases[i].fault == NULL)
    g_assert_cmpstr (fault, ==, NULL);
  else if (fault == NULL || strstr (fault, cases[i].fault) == NULL)
    g_test_fail_printf ("%s, not \"%s\"", fault, cases[i].fault);
  else
    g_assert_cmpuint (line, ==, cases[i].line);
}

static void
test_length (void)
{
  guint line;
  g_autoptr (GString) text = g_string_new (GOOD "\n{organisation}");
  for (guint i = 0; i < 800; i++)
    g_string_append (text, " word");
  g_autofree char *fault = filter_template_fault ("opt-out", text->str, &line);
  g_assert_nonnull (strstr (fault, "4096 is too much"));
  g_string_assign (text, GOOD "\n{organisation} ");
  for (guint i = 0; i < 80; i++)
    g_string_append_c (text, 'w');
  g_autofree char *wide = filter_template_fault ("opt-out", text->str, &line);
  g_assert_nonnull (strstr (wide, "cannot be broken"));
}

/* ---- a file ---- */

static void
test_file (void)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_template_free);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  static const char file[] = "# ours\n\n[opt-out]\n" GOOD
                             "\n[review]\n\nWe have it: {organisation}\n\nSee www.x.example {undo}.\n\n"
                             "[opt-out]\n" GOOD;
  filter_template_parse ("offers", "de", "de.txt", file, sizeof file - 1, templates, faults);
  g_assert_cmpuint (templates->len, ==, 1);
  const FilterTemplate *one = g_ptr_array_index (templates, 0);
  g_assert_cmpstr (one->kind, ==, "opt-out");
  g_assert_cmpstr (one->place, ==, "offers");
  g_assert_cmpstr (one->text, ==, GOOD);
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (faults, 0), ==,
                   "de.txt:14: [review]: has a link or an address: only {preferences} may be one");
  g_assert_cmpstr (g_ptr_array_index (faults, 1), ==, "de.txt:17: [opt-out]: stands here twice");
  filter_template_parse ("", "fr", "fr.txt", "[opt-out]\n\xff\n", 12, templates, faults);
  g_assert_cmpstr (g_ptr_array_index (faults, 2), ==, "fr.txt:2: is not UTF-8");
  g_assert_cmpuint (templates->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  const char *kind, *language, *last = "";
  for (guint i = 0; filter_reply_template_nth (i, &kind, &language) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/templates/language/", language, NULL);
      if (strcmp (language, last) != 0)
        g_test_add_data_func (path, language, test_language);
      last = language;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", cases[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/templates/too-long", test_length);
  g_test_add_func ("/templates/a-tag-finds-its-script", test_tags);
  g_test_add_func ("/templates/a-file-has-faults-with-their-lines", test_file);
  return g_test_run ();
}
