/* classify.c - "what would you make of this, and why?": no store, no reply, no effects. */
#include "commands.h"
#include "engine.h"
#include "report.h"
#include "sources.h"

#include <stdio.h>

typedef struct
{
  gboolean json, explain;
  char *as;
  char **files;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->as);
  g_strfreev (options->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int argc, char **argv, int *code_out)
{
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->json, "One JSON object a mail", NULL },
    { "explain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->explain,
      "Also what does not count, and how the text was read", NULL },
    { "as", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options->as, "As if it had come to this address",
      "RECIPIENT" },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { 0 },
  };
  return filter_options (
      entries, "[FILE...]",
      "Says what each mail is taken for, and why; nothing is recorded or sent. Without FILE it reads\n"
      "standard input; a file that begins with \"From \" is a mailbox of several mails.",
      &argc, &argv, code_out);
}

/* FALSE for our own trouble, never for a property of the mail. */
static gboolean
classify (FilterEngine *engine, const Options *options, const FilterSourceMail *source)
{
  const char *recipients[] = { options->as, NULL };
  const FilterMail mail = { .mail = source->octets,
                            .recipients = recipients,
                            .header_recipient = options->as == NULL,
                            .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (GPtrArray) results = filter_engine_take (engine, &mail, 1);
  const FilterResult *result = g_ptr_array_index (results, 0);
  const FilterOutcome *outcome = g_ptr_array_index (result->outcomes, 0);
  if (outcome->status != FILTER_DONE)
    {
      filter_complain (FILTER_EXIT_RETRY, "classify", "%s, mail %u: %s", source->source, source->index,
                       outcome->detail);
      return FALSE;
    }
  g_autofree char *text
      = options->json ? filter_report_json (outcome, source->source, source->index, options->explain, FALSE)
                      : filter_report_text (outcome, source->source, source->index, options->explain);
  fputs (text, stdout);
  if (options->json)
    putchar ('\n');
  return TRUE;
}

static int
classify_all (const FilterConfig *config, const Options *options)
{
  static const char *const standard_input[] = { "-", NULL };
  const char *const *files = options->files != NULL ? (const char *const *)options->files : standard_input;
  gboolean one = options->files == NULL || options->files[1] == NULL;
  g_autoptr (FilterEngine) engine
      = filter_engine_new (config, FILTER_ENGINE_LOOK | (one ? 0 : FILTER_ENGINE_KEEP));
  g_autoptr (FilterSources) sources = filter_sources_new (files, FILTER_MBOX_AUTO, 0);
  int code = FILTER_EXIT_DONE;
  for (;;)
    {
      g_auto (FilterSourceMail) mail = { 0 };
      g_autoptr (GError) error = NULL;
      FilterSourcesNext next = filter_sources_next (sources, &mail, &error);
      if (next == FILTER_SOURCES_END)
        break;
      if (next == FILTER_SOURCES_TROUBLE)
        code = filter_complain (FILTER_EXIT_NO_INPUT, "classify", "%s", error->message);
      else if (!classify (engine, options, &mail))
        code = FILTER_EXIT_RETRY;
    }
  return fflush (stdout) == 0 ? code : FILTER_EXIT_RETRY;
}

int
filter_classify (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  int code;
  if (!read_options (&options, argc, argv, &code))
    return code;
  g_autoptr (FilterConfig) config = filter_config_load (global->config_file, global->store_url, &error);
  if (config == NULL)
    return filter_complain (FILTER_EXIT_USAGE, NULL, "%s", error->message);
  return classify_all (config, &options);
}
