/* access.c - the command "access": everything that is known of a person, as a document for the person. */
#include "access.h"
#include "cases.h"
#include "draft.h"
#include "engine.h"
#include "outcome.h"
#include "plain.h"

#include "build-config.h"

typedef struct
{
  char *output, *request, *by;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->request);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- as text ---- */

/* The first column names the row, the others say what of it. */
static void
append_rows (GString *out, const FilterChapter *chapter)
{
  guint n = g_strv_length ((char **)chapter->columns);
  for (guint i = 0; i < chapter->cells->len; i++)
    {
      const char *cell = g_ptr_array_index (chapter->cells, i);
      g_autofree char *text = cell != NULL ? filter_plain_text (cell, -1, FALSE) : NULL; /* H60 */
      g_auto (GStrv) words = g_strsplit (chapter->columns[i % n], "_", -1);
      g_autofree char *name = g_strjoinv (" ", words);
      if (text != NULL)
        g_string_append_printf (out, "%s%s: %s\n", i % n == 0 ? "  " : "    ", name, text);
    }
  if (chapter->cells->len == 0)
    g_string_append (out, "  nothing\n");
}

static void
append_text (GString *out, const FilterAccess *access)
{
  g_autofree char *at = filter_time_text (access->at);
  g_string_append_printf (out,
                          "What %s knows about %s\n\nMade on %s (UTC) from the consent store: all of it, but "
                          "for the words of others and who they are.\nIt says what you asked for, in your "
                          "words, what was done, and who was told.\n",
                          access->organisation != NULL ? access->organisation : "this organisation",
                          access->address, at);
  for (guint i = 0; i < access->chapters->len; i++)
    {
      const FilterChapter *chapter = g_ptr_array_index (access->chapters, i);
      g_string_append_printf (out, "\n%u. %s\n\n", i + 1, chapter->title);
      append_rows (out, chapter);
    }
  g_string_append_printf (out, "\n%u. Every event, with its evidence\n\n", access->chapters->len + 1);
  for (guint i = 0; i < access->events->len; i++)
    filter_admin_event_words (out, g_ptr_array_index (access->events, i));
  if (access->events->len == 0)
    g_string_append (out, "  nothing is recorded\n");
}

/* ---- as JSON ---- */

static void
append_chapter (GString *out, const FilterChapter *chapter)
{
  guint n = g_strv_length ((char **)chapter->columns);
  filter_json_name (out, chapter->name);
  g_string_append_c (out, '[');
  for (guint i = 0; i < chapter->cells->len; i++)
    {
      if (i % n == 0)
        g_string_append (out, i > 0 ? ",{" : "{");
      filter_json_member (out, chapter->columns[i % n], g_ptr_array_index (chapter->cells, i));
      if (i % n == n - 1)
        g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_json (GString *out, const FilterAccess *access)
{
  g_autofree char *at = filter_time_text (access->at);
  g_string_append_c (out, '{');
  filter_json_member (out, "address", access->address);
  filter_json_member (out, "organisation", access->organisation);
  filter_json_member (out, "made_at", at);
  for (guint i = 0; i < access->chapters->len; i++)
    append_chapter (out, g_ptr_array_index (access->chapters, i));
  filter_json_name (out, "events");
  g_string_append_c (out, '[');
  for (guint i = 0; i < access->events->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      filter_admin_event_json (out, g_ptr_array_index (access->events, i));
    }
  g_string_append (out, "]}\n");
}

/* ---- the command ---- */

static int
trouble (const char *why)
{
  return filter_complain (FILTER_EXIT_RETRY, "access", "%s", why);
}

/* What is handed out is proved by its sha256. */
static int
write_file (FilterAdmin *admin, const GString *text, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (FilterDraft) draft = filter_draft_new (options->output, 0600, &error);
  if (draft == NULL)
    return trouble (error->message);
  fwrite (text->str, 1, text->len, filter_draft_stream (draft));
  if (!filter_draft_finish (draft, &sha256, &error) || !filter_draft_publish (draft, &error))
    return trouble (error->message);
  if (options->request == NULL)
    return FILTER_EXIT_DONE;
  g_autofree char *proof = g_strdup_printf ("the file made for the person, sha256 %s", sha256);
  const FilterCaseEnd end = { STORE_OUTCOME_DONE, proof, NULL, options->by };
  return filter_cases_close (admin, options->request, &end);
}

static int
access_of (FilterAdmin *admin, const char *address, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterAccess) access
      = filter_access_gather (admin, address, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  if (access == NULL)
    return filter_admin_store_trouble (admin, error);
  if (options->json)
    append_json (text, access);
  else
    append_text (text, access);
  return write_file (admin, text, options);
}

int
filter_access (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "One JSON object, not a text", NULL },
    { "output", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.output,
      "Write it there, for nobody else to read", "FILE" },
    { "case", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.request,
      "Who asked for it in this case; with --output, which closes it", "ID" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who hands it out"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  gint64 confirmed_at;
  int code;
  if (!filter_options (
          entries, "[ADDRESS]",
          "Everything that is known of a person: where it came from, what was done, who was told.", &argc,
          &argv, &code))
    return code;
  if ((argc > 1) == (options.request != NULL) || argc > 2)
    return filter_complain (FILTER_EXIT_USAGE, "access", "name one address, or --case ID");
  if (options.request != NULL && options.output == NULL)
    return filter_complain (FILTER_EXIT_USAGE, "access",
                            "--case closes the case: --output FILE says what was made");
  if (!filter_admin_load (&admin, global, "access", &code)
      || (argc > 1 && !filter_admin_address (&admin, argc, argv, &address, &code))
      || !filter_admin_open (&admin, options.request != NULL, &code)
      || (address == NULL
          && !filter_cases_address (&admin, options.request, STORE_ACTION_ACCESS, &address, &confirmed_at,
                                    &code)))
    return code;
  return access_of (&admin, address, &options);
}
