/* engine-reader.c - the child that reads, and what it is told of the configuration. */
#include "engine-private.h"
#include "answers.h"
#include "input.h"
#include "reply.h"
#include "template.h"

#include <glob.h>
#include <string.h>

struct FilterReader
{
  GArray *categories;   /* ParserCategory */
  GPtrArray *words;     /* of the categories: title and words, one NULL-terminated array each */
  GArray *phrases;      /* ParserWords */
  GPtrArray *texts;     /* our own, NULL-terminated */
  ParserEchoes *echoes; /* of these */
  GArray *answers;      /* ParserAnswerWord */
  GPtrArray *list_ids;  /* NULL-terminated, borrowed */
  ParserOptions options;
  FilterWorker *worker;
};

static void
add_category (FilterReader *reader, const FilterCategory *category)
{
  GPtrArray *words = g_ptr_array_new ();
  g_ptr_array_add (words, category->title != NULL ? category->title : category->name);
  for (char **title = category->titles; title != NULL && *title != NULL; title += 2)
    g_ptr_array_add (words, title[1]);
  for (char **word = category->words; *word != NULL; word++)
    g_ptr_array_add (words, *word);
  g_ptr_array_add (words, NULL);
  const char *const *list = (const char *const *)g_ptr_array_free (words, FALSE);
  g_ptr_array_add (reader->words, (gpointer)list);
  const ParserCategory told = { .name = category->name, .words = list };
  g_array_append_val (reader->categories, told);
}

static void
add_phrases (FilterReader *reader, const FilterWords *words)
{
  for (guint i = 0; i < FILTER_HEADINGS; i++)
    {
      const ParserWords told = { .language = words->language,
                                 .heading = filter_config_headings[i],
                                 .phrases = (const char *const *)words->phrases[i] };
      g_array_append_val (reader->phrases, told);
    }
}

static gboolean
add_footer (FilterReader *reader, const char *file, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) reason = NULL;
  if (!g_file_get_contents (file, &text, &length, &reason))
    {
      g_set_error (error, G_FILE_ERROR, reason->code, "%s: cannot be read: %s", file,
                   filter_input_why (reason));
      return FALSE;
    }
  g_ptr_array_add (reader->texts, g_utf8_make_valid (text, (gssize)length));
  return TRUE;
}

/* A text that cannot be read is an error: without it our own words would count as the writer's. So is a
 * folder, and a file that is named and not there; of a pattern there may be none yet. */
static gboolean
add_footers (FilterReader *reader, const char *pattern, GError **error)
{
  glob_t found = { 0 };
  int code = glob (pattern, GLOB_ERR, NULL, &found);
  gboolean done = code == 0 || (code == GLOB_NOMATCH && strpbrk (pattern, "*?[") != NULL);
  if (!done)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "footers = %s: %s", pattern,
                 code == GLOB_NOMATCH ? "there is no such file" : "the folder cannot be read");
  for (size_t i = 0; done && i < found.gl_pathc; i++)
    done = add_footer (reader, found.gl_pathv[i], error);
  globfree (&found);
  return done;
}

static gboolean
add_mailbox (FilterReader *reader, const FilterMailbox *mailbox, GError **error)
{
  for (char **id = mailbox->list_ids; *id != NULL; id++)
    g_ptr_array_add (reader->list_ids, *id);
  for (char **pattern = mailbox->footers; *pattern != NULL; pattern++)
    if (!add_footers (reader, *pattern, error))
      return FALSE;
  return TRUE;
}

/* What the operator writes to people comes back in their answers, as our own texts do. */
static void
add_templates (FilterReader *reader, const FilterConfig *config)
{
  for (guint i = 0; config->templates != NULL && i < config->templates->len; i++)
    {
      const FilterTemplate *template = g_ptr_array_index (config->templates, i);
      if (strcmp (template->kind, FILTER_TEMPLATE_WORDS) != 0)
        g_ptr_array_add (reader->texts, g_strdup (template->text));
    }
}

static void
set_options (FilterReader *reader, const FilterConfig *config)
{
  add_templates (reader, config);
  reader->answers = filter_answers_words (config);
  g_ptr_array_add (reader->texts, NULL);
  reader->echoes = parser_echoes_new ((const char *const *)reader->texts->pdata);
  parser_echoes_add (reader->echoes, &filter_echo_table);
  g_ptr_array_add (reader->list_ids, NULL);
  reader->options = (ParserOptions){
    .categories = (const ParserCategory *)(gpointer)reader->categories->data,
    .n_categories = reader->categories->len,
    .words = (const ParserWords *)(gpointer)reader->phrases->data,
    .n_words = reader->phrases->len,
    .echoes = reader->echoes,
    .answers = (const ParserAnswerWord *)(gpointer)reader->answers->data,
    .n_answers = reader->answers->len,
    .signature = config->organisation,
    .own_list_ids = (const char *const *)reader->list_ids->pdata,
    .loop_marker = config->reply_from,
    .authserv_id = config->authserv_id,
    .trust_authentication_results = config->trust_authentication_results,
    .authentication_methods = (const char *const *)config->authentication_methods,
  };
}

FilterReader *
filter_reader_new (const FilterConfig *config, gboolean keep, GError **error)
{
  g_autoptr (FilterReader) reader = g_new0 (FilterReader, 1);
  reader->categories = g_array_new (FALSE, FALSE, sizeof (ParserCategory));
  reader->phrases = g_array_new (FALSE, FALSE, sizeof (ParserWords));
  reader->words = g_ptr_array_new_with_free_func (g_free);
  reader->texts = g_ptr_array_new_with_free_func (g_free);
  reader->list_ids = g_ptr_array_new ();
  for (guint i = 0; i < config->categories->len; i++)
    add_category (reader, g_ptr_array_index (config->categories, i));
  for (guint i = 0; i < config->words->len; i++)
    add_phrases (reader, g_ptr_array_index (config->words, i));
  for (guint i = 0; i < config->mailboxes->len; i++)
    if (!add_mailbox (reader, g_ptr_array_index (config->mailboxes, i), error))
      return NULL;
  set_options (reader, config);
  parser_init ();
  reader->worker = filter_worker_new (&reader->options, keep);
  return g_steal_pointer (&reader);
}

void
filter_reader_free (FilterReader *reader)
{
  if (reader == NULL)
    return;
  filter_worker_free (reader->worker);
  g_array_unref (reader->categories);
  g_array_unref (reader->phrases);
  g_ptr_array_unref (reader->words);
  g_ptr_array_unref (reader->texts);
  parser_echoes_free (reader->echoes);
  g_clear_pointer (&reader->answers, g_array_unref);
  g_ptr_array_unref (reader->list_ids);
  g_free (reader);
}

FilterWorker *
filter_reader_worker (FilterReader *reader)
{
  return reader->worker;
}
