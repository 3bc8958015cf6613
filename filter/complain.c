/* complain.c - what all commands say alike: one line of error, and options with their help. */
#include "commands.h"
#include "outcome.h"

#include <stdio.h>

int
filter_complain (int code, const char *command, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_strdelimit (text, "\r\n", ' ');
  if (command != NULL)
    fprintf (stderr, "optout: %s: %s\n", command, text);
  else
    fprintf (stderr, "optout: %s\n", text);
  return code;
}

/* GOption would convert from the locale and exit by itself; help is ours so that only main exits. */
static GOptionContext *
context_new (const GOptionEntry *entries, const char *usage, const char *summary, gboolean *help)
{
  const GOptionEntry help_entries[] = {
    { "help", 'h', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, help, "Show this help", NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (usage);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, help_entries, NULL);
  return context;
}

/* GOption leaves "--" where a word that looks like an option follows it. */
static void
take_separator (int *argc, char **argv)
{
  for (int i = 1, kept = 1; i <= *argc; i++)
    if (kept < i || argv[i] == NULL || !g_str_equal (argv[i], "--"))
      argv[kept++] = argv[i];
  *argc = (int)g_strv_length (argv);
}

gboolean
filter_options_read (const GOptionEntry *entries, const char *usage, const char *summary, int *argc,
                     char ***argv, char **help_out, GError **error)
{
  gboolean help = FALSE;
  g_autoptr (GOptionContext) context = context_new (entries, usage, summary, &help);
  g_autofree char *prgname = g_strconcat ("optout ", (*argv)[0], NULL);
  g_set_prgname (prgname);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  take_separator (argc, *argv);
  *help_out = help ? g_option_context_get_help (context, TRUE, NULL) : NULL;
  return TRUE;
}

gboolean
filter_options (const GOptionEntry *entries, const char *usage, const char *summary, int *argc, char ***argv,
                int *code_out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *help = NULL;
  if (!filter_options_read (entries, usage, summary, argc, argv, &help, &error))
    {
      *code_out = filter_complain (FILTER_EXIT_USAGE, (*argv)[0], "%s; see 'optout help %s'", error->message,
                                   (*argv)[0]);
      return FALSE;
    }
  if (help == NULL)
    return TRUE;
  *code_out = FILTER_EXIT_DONE;
  fputs (help, stdout);
  return FALSE;
}
