/* test-machine.c - kinds of real machine mail, and mail that is no mail, where ../shared/corpus is present
 * (TAP) */
#include <string.h>

#include "parser.h"

#define MAX_SECONDS 1.0 /* a mail */

static char *
corpus_path (const char *folder)
{
  const char *top = g_getenv ("top_srcdir");
  char *path = g_build_filename (top ? top : ".", "..", "shared", "corpus", folder, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return path;
  g_free (path);
  return NULL;
}

static ParserFacts *
read_file (const char *path)
{
  char *octets = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &octets, &size, NULL))
    return NULL;
  g_autoptr (GBytes) mail = g_bytes_new_take (octets, size);
  parser_prepare (mail);
  return parser_read (mail, NULL);
}

/* clang-format off */
/* Files whose label says what their suite did with them, not what they are. */
static const char *const mislabelled[] = {
  "spam-bogus-email-in-report.msg", "spam-with-image.msg", /* spam, of which the suite wants to hear nothing */
  "warning-6.msg",                                         /* an absence notice */
  "fbl-hotmail.txt", "hotmailbounce.txt",                  /* complaints in Hotmail's form */
  "unsubscribe.txt",                                       /* a log, no mail */
  NULL
};
/* clang-format on */

/* The kind that a label of the corpus stands for; -1: not scored. */
static int
wanted_kind (const char *label)
{
  static const struct
  {
    const char *start;
    ParserKind kind;
  } labels[] = { { "bounce", PARSER_KIND_BOUNCE },        { "permanent", PARSER_KIND_BOUNCE },
                 { "temporary", PARSER_KIND_BOUNCE },     { "delay", PARSER_KIND_BOUNCE },
                 { "MDN", PARSER_KIND_RECEIPT },          { "complaint", PARSER_KIND_COMPLAINT },
                 { "auto-reply", PARSER_KIND_AUTO_REPLY } };
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_has_prefix (label, labels[i].start))
      return (int)labels[i].kind;
  return -1;
}

static void
score_folder (const char *folder, guint *total, guint *right)
{
  g_autofree char *index = g_build_filename (folder, "EXPECTED.tsv", NULL);
  g_autofree char *table = NULL;
  if (!g_file_get_contents (index, &table, NULL, NULL))
    return;
  g_auto (GStrv) rows = g_strsplit (table, "\n", -1);
  for (guint i = 1; rows[0] && rows[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
      int want = g_strv_length (cells) > 1 ? wanted_kind (cells[1]) : -1;
      if (want < 0 || g_strv_contains (mislabelled, cells[0]))
        continue;
      g_autofree char *path = g_build_filename (folder, cells[0], NULL);
      g_autoptr (ParserFacts) facts = read_file (path);
      g_assert_nonnull (facts);
      *total += 1;
      *right += (int)facts->kind == want;
      if ((int)facts->kind != want)
        g_test_message ("%s: %s, not %s", cells[0], parser_kind_name (facts->kind), cells[1]);
    }
}

static void
test_machine (void)
{
  g_autofree char *root = corpus_path ("machine");
  g_autoptr (GDir) folders = root ? g_dir_open (root, 0, NULL) : NULL;
  guint total = 0, right = 0;
  for (const char *name; folders && (name = g_dir_read_name (folders));)
    {
      g_autofree char *folder = g_build_filename (root, name, NULL);
      score_folder (folder, &total, &right);
    }
  if (total == 0)
    {
      g_test_skip ("../shared/corpus/machine is not here");
      return;
    }
  g_test_message ("%u of %u kinds are right", right, total);
  g_assert_cmpuint (right, ==, total);
}

static guint
survive (const char *folder)
{
  guint count = 0;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  for (const char *name; directory && (name = g_dir_read_name (directory));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          count += survive (path);
          continue;
        }
      g_autoptr (GTimer) timer = g_timer_new ();
      g_autoptr (ParserFacts) facts = read_file (path);
      g_assert_nonnull (facts);
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, MAX_SECONDS);
      g_autoptr (GVariant) value = g_variant_ref_sink (parser_facts_to_variant (facts));
      g_autoptr (ParserFacts) arrived = parser_facts_from_variant (value);
      g_assert_nonnull (arrived);
      count++;
    }
  return count;
}

static void
test_malformed (void)
{
  g_autofree char *root = corpus_path ("malformed");
  if (!root || survive (root) == 0)
    g_test_skip ("../shared/corpus/malformed is not here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  g_test_add_func ("/corpus/machine-mail-is-known-for-what-it-is", test_machine);
  g_test_add_func ("/corpus/malformed-mail-is-survived", test_malformed);
  return g_test_run ();
}
