/* corpus-quotes.c - how often we cut where others' test suites say (TAP): leaks, losses and exact cuts, with
 * floors. The replies are real ones, so they stay outside the tree: ../shared/corpus/quotes beside it, else
 * skipped. */
#include "internal.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  guint read, exact; /* mails, and those cut exactly, signatures aside */
  guint leaks;       /* lines with an unsubscribe word that are another's and came out as the writer's */
  guint lost;        /* lines of the writer that came out as another's */
} Score;

static ParserText *
text_of (const char *content, gboolean html)
{
  g_autofree char *valid = g_utf8_make_valid (content, -1);
  guint defects = 0;

  if (html)
    return parser_html_to_text (valid, strlen (valid), "1", &defects);
  g_auto (GStrv) lines = g_strsplit (valid, "\r\n", -1);
  ParserText *text = g_new0 (ParserText, 1);
  text->part = g_strdup ("1");
  text->text = g_strjoinv ("\n", lines);
  text->length = strlen (text->text);
  text->spans = g_array_new (FALSE, FALSE, sizeof (ParserSpan));
  return text;
}

/* A line with blanks taken off; the suites differ in them. */
static char *
bare (const char *line)
{
  GString *out = g_string_new (NULL);

  for (; *line; line++)
    if (!g_ascii_isspace (*line))
      g_string_append_c (out, *line);
  return g_string_free (out, FALSE);
}

/* The lines that a suite expects, less those that it hands back as quotations. */
static GPtrArray *
expected_lines (const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (char **line = lines; *line; line++)
    {
      g_autofree char *kept = bare (*line);
      if (*kept && *kept != '>')
        g_ptr_array_add (wanted, g_steal_pointer (&kept));
    }
  return wanted;
}

static gboolean
is_ours (const ParserSegment *segment)
{
  return segment->kind == PARSER_SEGMENT_NEW;
}

static gboolean
is_indifferent (const ParserSegment *segment)
{
  return segment->kind == PARSER_SEGMENT_SIGNATURE || segment->kind == PARSER_SEGMENT_BANNER;
}

static void
score (const char *name, const char *content, gboolean html, const char *expected, Score *score)
{
  ParserText *text = text_of (content, html);
  g_autoptr (GPtrArray) segments = parser_segments_new ();
  g_autoptr (GPtrArray) wanted = expected_lines (expected);
  g_auto (GStrv) lines = g_strsplit (text->text, "\n", -1);
  guint next = 0, lost = 0, extra = 0;

  parser_segment (text, NULL, segments);
  for (guint i = 0; i < segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (segments, i);
      for (guint k = segment->first_line; k <= segment->last_line; k++)
        {
          g_autofree char *line = bare (lines[k - 1]), *low = g_ascii_strdown (line, -1);
          gboolean theirs = next < wanted->len && strcmp (line, g_ptr_array_index (wanted, next)) == 0;
          next += theirs;
          lost += theirs && !is_ours (segment) && !is_indifferent (segment);
          extra += !theirs && *line && is_ours (segment);
          if (!theirs && is_ours (segment) && segment->sure && strstr (low, "unsubscri"))
            {
              g_test_message ("leak in %s: line %u", name, k);
              score->leaks++;
            }
        }
    }
  score->read++;
  score->exact += lost + extra == 0 && next == wanted->len;
  score->lost += lost;
  if (lost + extra || next < wanted->len)
    g_test_message ("%s: %u lines lost, %u too many, %u not found", name, lost, extra, wanted->len - next);
  parser_text_free (text);
}

/* ---- the suites ---- */

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *content = NULL;

  return g_file_get_contents (path, &content, NULL, NULL) ? content : NULL;
}

static char *
find_plain (GMimeObject *object)
{
  if (GMIME_IS_TEXT_PART (object)
      && g_mime_content_type_is_type (g_mime_object_get_content_type (object), "text", "plain"))
    return g_mime_text_part_get_text (GMIME_TEXT_PART (object));
  char *found = NULL;
  for (int i = 0;
       GMIME_IS_MULTIPART (object) && !found && i < g_mime_multipart_get_count (GMIME_MULTIPART (object));
       i++)
    found = find_plain (g_mime_multipart_get_part (GMIME_MULTIPART (object), i));
  return found;
}

static char *
plain_of_mail (const char *mail)
{
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (mail, strlen (mail));
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  char *plain = find_plain (g_mime_message_get_mime_part (message));

  g_object_unref (message);
  g_object_unref (parser);
  g_object_unref (stream);
  return plain;
}

/* A mail that is nothing but a forward, with nothing before what it embeds, holds no word of the writer's
 * (R43); the suite hands back the forwarded text. */
static void
score_trimmer (const char *folder, char **field, Score *result)
{
  g_autofree char *content = read_file (folder, field[0]), *expected = read_file (folder, field[1]);
  g_autofree char *before = g_strv_length (field) > 4 && *field[4] ? read_file (folder, field[4]) : NULL;

  if (before && expected && !*g_strstrip (before))
    *expected = 0;
  if (content && expected)
    score (field[0], content, FALSE, expected, result);
}

static void
score_talon (const char *folder, char **field, Score *result)
{
  g_autofree char *content = read_file (folder, field[0]);
  g_autofree char *expected = field[3] && *field[3] ? read_file (folder, field[3]) : g_strcompress (field[2]);
  gboolean html = g_str_has_prefix (field[1], "html");

  if (!content || !expected || !(html || strcmp (field[1], "plain") == 0))
    return;
  g_autofree char *plain = html ? NULL : plain_of_mail (content);
  score (field[0], html ? content : plain, html, expected, result);
}

static void
score_crisp (const char *folder, char **field, Score *result)
{
  if (!g_str_has_suffix (field[2], "=="))
    return;
  g_autofree char *content = read_file (folder, field[0]), *expected = g_strcompress (field[3]);
  if (content)
    score (field[0], content, FALSE, expected, result);
}

/* clang-format off */
static const struct
{
  const char *name, *folder;
  void (*run) (const char *folder, char **field, Score *result);
  guint fields, read, exact; /* fields of a line; mails read and exact cuts at least */
  guint lost;                /* lines at most */
} suites[] = {
  { "/quotes/email_reply_trimmer", "email_reply_trimmer", score_trimmer, 3, 64, 60, 0 },
  { "/quotes/talon", "talon", score_talon, 3, 23, 22, 0 },
  { "/quotes/crisp", "crisp-email-reply-parser", score_crisp, 4, 48, 44, 0 },
};
/* clang-format on */

static void
test_suite (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  const char *top = g_getenv ("top_srcdir");
  g_autofree char *folder
      = g_build_filename (top ? top : ".", "..", "shared", "corpus", "quotes", suites[n].folder, NULL);
  g_autofree char *table = read_file (folder, "EXPECTED.tsv");
  Score result = { 0 };

  if (!table)
    {
      g_test_skip ("../shared/corpus/quotes is not there");
      return;
    }
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  for (char **line = lines + 1; *line; line++)
    {
      g_auto (GStrv) field = g_strsplit (*line, "\t", -1);
      if (g_strv_length (field) >= suites[n].fields)
        suites[n].run (folder, field, &result);
    }
  g_test_message ("%s: %u of %u exact, %u leaks, %u lines lost", suites[n].folder, result.exact, result.read,
                  result.leaks, result.lost);
  g_assert_cmpuint (result.read, >=, suites[n].read);
  g_assert_cmpuint (result.leaks, ==, 0);
  g_assert_cmpuint (result.exact, >=, suites[n].exact);
  g_assert_cmpuint (result.lost, <=, suites[n].lost);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_mime_init ();
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    g_test_add_data_func (suites[i].name, GUINT_TO_POINTER (i), test_suite);
  return g_test_run ();
}
