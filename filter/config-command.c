/* config-command.c - look at the settings: are they sound, what are they and where do they come from? */
#include "admin.h"
#include "outcome.h"

#include <pwd.h>
#include <stdio.h>

/* What the settings name and the machine lacks. Returns how much that is. */
static guint
check_surroundings (FilterAdmin *admin)
{
  g_autoptr (GError) error = NULL;
  const char *user = admin->config->user;
  gboolean no_user = user != NULL && getpwnam (user) == NULL;
  if (no_user)
    printf ("warning: [optout] user = %s: there is no such user\n", user);
  gboolean no_store = !filter_admin_try_open (admin, FALSE, &error);
  if (no_store)
    printf ("warning: mail is deferred: %s\n", error->message);
  return no_user + no_store;
}

/* Texts that cannot be sent stop no mail: ours go out instead. Here they are errors, so that somebody mends
 * them. */
static int
complain_of_templates (const FilterConfig *config)
{
  for (guint i = 0; i < config->template_faults->len; i++)
    filter_complain (FILTER_EXIT_USAGE, "config", "%s; the built-in text is sent instead",
                     (const char *)g_ptr_array_index (config->template_faults, i));
  return FILTER_EXIT_USAGE;
}

static int
check (FilterAdmin *admin)
{
  const FilterConfig *config = admin->config;
  if (config->template_faults->len > 0)
    return complain_of_templates (config);
  g_auto (GStrv) warnings = filter_config_warnings (config);
  for (char **warning = warnings; *warning != NULL; warning++)
    printf ("warning: %s\n", *warning);
  guint count = g_strv_length (warnings) + check_surroundings (admin);
  printf ("%s: no errors, %u warning%s\n", config->file != NULL ? config->file : "built-in settings", count,
          count == 1 ? "" : "s");
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
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (
          NULL, "[check|dump]",
          "check: errors with their line, and what is missing or perhaps not meant (the default).\n"
          "dump: every setting, with its meaning and where it comes from.",
          &argc, &argv, &code))
    return code;
  gboolean dumps = argc == 2 && g_str_equal (argv[1], "dump");
  if (argc > 2 || (argc == 2 && !dumps && !g_str_equal (argv[1], "check")))
    return filter_complain (FILTER_EXIT_USAGE, "config",
                            "%s: it is 'check' or 'dump'; see 'optout help config'", argv[1]);
  if (!filter_admin_load (&admin, global, "config", &code))
    return code;
  return dumps ? dump (admin.config) : check (&admin);
}
