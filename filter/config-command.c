/* config-command.c - look at the settings: are they sound, what are they and where do they come from? */
#include "commands.h"
#include "config.h"
#include "outcome.h"

#include <stdio.h>

static int
check (const FilterConfig *config)
{
  g_auto (GStrv) warnings = filter_config_warnings (config);
  for (char **warning = warnings; *warning != NULL; warning++)
    printf ("warning: %s\n", *warning);
  printf ("%s: no errors, %u warnings\n", config->file != NULL ? config->file : "built-in settings",
          g_strv_length (warnings));
  return FILTER_EXIT_DONE;
}

static int
dump (const FilterConfig *config)
{
  g_autofree char *text = filter_config_dump (config);
  fputs (text, stdout);
  return FILTER_EXIT_DONE;
}

int
filter_config (const FilterGlobal *global, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int code;
  if (!filter_options (NULL, "[check|dump]",
                       "check: errors with their line, and what is perhaps not meant (the default).\n"
                       "dump: every setting, with its meaning and where it comes from.",
                       &argc, &argv, &code))
    return code;
  gboolean dumps = argc == 2 && g_str_equal (argv[1], "dump");
  if (argc > 2 || (argc == 2 && !dumps && !g_str_equal (argv[1], "check")))
    return filter_complain (FILTER_EXIT_USAGE, "config",
                            "%s: it is 'check' or 'dump'; see 'optout help config'", argv[1]);
  g_autoptr (FilterConfig) config = filter_config_load (global->config_file, global->store_url, &error);
  if (config == NULL)
    return filter_complain (FILTER_EXIT_RETRY, "config", "%s", error->message);
  return dumps ? dump (config) : check (config);
}
