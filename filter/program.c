/* program.c - see program.h */
#include "build-config.h"

#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input.h"

static gboolean
fail (GError **error, GFileError code, const char *what, const char *why)
{
  g_set_error (error, G_FILE_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/* The octets as a file in memory: no pipe that fills, no temporary file. -1 with errno. */
static int
open_octets (GBytes *octets)
{
  int fd = octets != NULL ? memfd_create ("input", MFD_CLOEXEC) : open ("/dev/null", O_RDONLY | O_CLOEXEC);
  if (fd < 0 || octets == NULL || (filter_output_write (fd, octets) && lseek (fd, 0, SEEK_SET) == 0))
    return fd;
  int reason = errno;
  close (fd);
  errno = reason;
  return -1;
}

/* Signals that we ignore are its own to handle. Returns 0 or an errno. */
static int
spawn_program (char *const *argv, int input, gboolean heard, pid_t *child_out)
{
  g_autofree char *mail_config = NULL;
  const char *private_instance = g_getenv ("MAIL_CONFIG"); /* R14 */
  if (private_instance != NULL)
    mail_config = g_strconcat ("MAIL_CONFIG=", private_instance, NULL);
  char *environment[] = { (char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", mail_config, NULL };
  sigset_t defaults, none;
  sigemptyset (&none);
  sigemptyset (&defaults);
  sigaddset (&defaults, SIGPIPE);
  sigaddset (&defaults, SIGXFSZ);
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_init (&attributes);
  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_setsigdefault (&attributes, &defaults);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawn_file_actions_adddup2 (&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (!heard)
    posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  int reason = posix_spawn (child_out, argv[0], &actions, &attributes, argv, environment);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return reason;
}

/* FALSE when it had to be ended, or nobody knows how it ended. */
static gboolean
wait_program (pid_t child, guint wait_ms, int *status_out)
{
  int fd = wait_ms > 0 ? (int)syscall (SYS_pidfd_open, child, 0) : -1;
  gint64 deadline = g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND;
  gboolean ended = fd < 0; /* a kernel without it: the caller's own deadline holds */
  for (gint64 left = wait_ms; !ended && left > 0; left = (deadline - g_get_monotonic_time ()) / 1000)
    {
      struct pollfd entry = { fd, POLLIN, 0 };
      ended = poll (&entry, 1, (int)left) > 0;
    }
  if (fd >= 0)
    close (fd);
  if (!ended)
    kill (child, SIGKILL);
  pid_t waited;
  while ((waited = waitpid (child, status_out, 0)) < 0 && errno == EINTR)
    ;
  return ended && waited == child;
}

gboolean
filter_program_run (char *const *argv, GBytes *input, guint wait_ms, gboolean heard, GError **error)
{
  int status = 0;
  pid_t child;
  int fd = open_octets (input);
  if (fd < 0)
    return fail (error, G_FILE_ERROR_FAILED, argv[0], g_strerror (errno));
  int reason = spawn_program (argv, fd, heard, &child);
  close (fd);
  if (reason != 0)
    return fail (error, G_FILE_ERROR_FAILED, argv[0], g_strerror (reason));
  if (!wait_program (child, wait_ms, &status))
    return fail (error, G_FILE_ERROR_INTR, argv[0], "gave no answer");
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  g_autofree char *why = WIFEXITED (status) ? g_strdup_printf ("exit code %d", WEXITSTATUS (status))
                                            : g_strdup_printf ("ended by signal %d", WTERMSIG (status));
  return fail (error, WIFEXITED (status) ? G_FILE_ERROR_FAILED : G_FILE_ERROR_INTR, argv[0], why);
}
