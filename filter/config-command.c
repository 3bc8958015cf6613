/* config-command.c - look at the settings: are they sound, what are they and where do they come from? */
#include "admin.h"
#include "outcome.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Why who sends could not use the file of the password; NULL. */
static char *
password_trouble (const FilterConfig *config)
{
  const struct passwd *user = config->user != NULL ? getpwnam (config->user) : NULL;
  g_autoptr (GError) error = NULL;
  char *password = filter_secret_password (config->password_file, &error);
  if (password == NULL)
    return g_strdup (error->message);
  explicit_bzero (password, strlen (password));
  g_free (password);
  struct stat status;
  return user != NULL && stat (config->password_file, &status) == 0 && status.st_uid != user->pw_uid
             ? g_strdup_printf ("%s: %s could not read it; chown %s it", config->password_file, user->pw_name,
                                user->pw_name)
             : NULL;
}

/* What [reply] submit names and would be missed when the first confirmation is to go out. */
static guint
check_submit (const FilterConfig *config)
{
  g_autofree char *password = config->password_file != NULL ? password_trouble (config) : NULL;
  const char *const files[]
      = { config->ca_file, config->submit == FILTER_SUBMIT_LMTP ? config->submit_host : NULL };
  guint count = password != NULL ? 1 : 0;
  if (password != NULL)
    printf ("warning: no confirmation can be sent: %s\n", password);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i] != NULL && access (files[i], R_OK) != 0)
      {
        printf ("warning: no confirmation can be sent: %s: %s\n", files[i], g_strerror (errno));
        count++;
      }
  return count;
}

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
  return no_user + no_store + check_submit (admin->config);
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
