/* start.c - see start.h */
#include "build-config.h"

#include "start.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A closed descriptor 0, 1 or 2 would be given to the store's file, and what is printed would go into it.
 * They are opened the wrong way round, so that reading a mail from a closed stdin fails and is no empty mail
 * (H55). */
static gboolean
hold_descriptors (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
      return FALSE;
  return TRUE;
}

/* What our parent ignores or blocks is handed down to us: then the deadline would not strike (R2), the
 * reading child not end at its CPU (R18), and a program that failed would seem to have done its work. */
static void
settle_signals (void)
{
  static const int needed[] = { SIGALRM, SIGCHLD, SIGXCPU };
  sigset_t none;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    signal (needed[i], SIG_DFL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* a write over RLIMIT_FSIZE then fails as on a full disk (H55) */
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* What libraries have to say is no business of a mail server's or of a person's (R3). */
static GLogWriterOutput
say_nothing (G_GNUC_UNUSED GLogLevelFlags level, G_GNUC_UNUSED const GLogField *fields,
             G_GNUC_UNUSED gsize n_fields, G_GNUC_UNUSED gpointer data)
{
  return G_LOG_WRITER_HANDLED;
}

gboolean
filter_start (void)
{
  if (!hold_descriptors ())
    return FALSE;
  settle_signals ();
  g_log_set_writer_func (say_nothing, NULL, NULL);
  return TRUE;
}

/* ---- arguments ---- */

/* The word after one of these is data of a mail server or a person, and never an option of ours (R6, H28). */
static const char *const carry_data[] = {
  "-f", "--original-recipient", "--queue-id", "--as", "--by", "--note", "--proof", "--action", "--subject",
  NULL
};

gboolean
filter_start_global (FilterGlobal *global, int *argc, char **argv)
{
  int kept = 0;
  gboolean options = TRUE, whole = TRUE;
  for (int i = 0; i < *argc; i++)
    {
      const char *word = argv[i];
      options = options && !g_str_equal (word, "--");
      const char **value = !options                                                     ? NULL
                           : g_str_equal (word, "-c") || g_str_equal (word, "--config") ? &global->config_file
                           : g_str_equal (word, "--store")                              ? &global->store_url
                                                                                        : NULL;
      if (value != NULL)
        {
          *value = argv[++i];
          whole = whole && *value != NULL;
          continue;
        }
      if (options && g_str_has_prefix (word, "--store="))
        {
          global->store_url = word + strlen ("--store=");
          continue;
        }
      argv[kept++] = argv[i];
      if (options && g_strv_contains (carry_data, word) && i + 1 < *argc)
        argv[kept++] = argv[++i];
    }
  argv[kept] = NULL;
  *argc = kept;
  return whole;
}

/* ---- programs beside ours ---- */

char *
filter_start_program (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = folder != NULL ? g_strconcat (folder, "/optout-", name, NULL) : NULL;
  if (built != NULL && access (built, X_OK) == 0)
    return g_steal_pointer (&built);
  return g_strconcat (FILTER_LIBEXEC, "/optout-", name, NULL);
}

void
filter_start_replace (const FilterGlobal *global, char **argv)
{
  if (strchr (argv[0], '/') != NULL)
    return;
  if (global->config_file != NULL)
    g_setenv ("OPTOUT_CONFIG", global->config_file, TRUE);
  if (global->store_url != NULL)
    g_setenv ("OPTOUT_STORE", global->store_url, TRUE);
  g_autofree char *path = filter_start_program (argv[0]);
  execv (path, argv);
}
