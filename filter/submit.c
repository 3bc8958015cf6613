/* submit.c - hands mail to the MTA's sendmail program, or to a Maildir. */
#include "build-config.h"

#include "submit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input.h"
#include "maildir.h"

#define WAIT_MS (30 * 1000)

static gboolean
fail (GError **error, GFileError code, const char *what, const char *why)
{
  g_set_error (error, G_FILE_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/* ---- addresses as arguments ---- */

static gboolean
is_null_sender (const char *sender)
{
  return sender == NULL || *sender == '\0' || g_str_equal (sender, "<>")
         || g_ascii_strcasecmp (sender, "MAILER-DAEMON") == 0;
}

/* A line end in an address would be one in the MTA's queue file (H27). */
static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

/* sendmail reads its arguments as RFC 5322 addresses, and a canonical local part is unquoted. The caller
 * frees. */
static char *
quote_address (const char *address)
{
  static const char special[] = " ()<>[]:;,\\\"@";
  const char *at = strrchr (address, '@');
  gsize length = at != NULL ? (gsize)(at - address) : strlen (address);
  gboolean dots
      = *address == '.' || (length > 0 && address[length - 1] == '.') || strstr (address, "..") != NULL;
  if (*address == '"' || (!dots && strcspn (address, special) >= length))
    return g_strdup (address);
  GString *out = g_string_new ("\"");
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, strchr ("\"\\", address[i]) != NULL ? "\\%c" : "%c", address[i]);
  g_string_append_c (out, '"');
  g_string_append (out, address + length);
  return g_string_free (out, FALSE);
}

/* ---- the program ---- */

/* The mail as a file in memory: no pipe that fills, no temporary file. -1 with errno. */
static int
open_octets (GBytes *octets)
{
  int fd = memfd_create ("mail", MFD_CLOEXEC);
  if (fd < 0 || (filter_output_write (fd, octets) && lseek (fd, 0, SEEK_SET) == 0))
    return fd;
  int reason = errno;
  close (fd);
  errno = reason;
  return -1;
}

/* What it prints goes nowhere (R3); signals that we ignore are its own to handle. Returns 0 or an errno. */
static int
spawn_program (char *const *argv, int input, pid_t *child_out)
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
  posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  int reason = posix_spawn (child_out, argv[0], &actions, &attributes, argv, environment);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return reason;
}

/* FALSE when it had to be ended, or nobody knows how it ended. */
static gboolean
wait_program (pid_t child, int *status_out)
{
  int fd = (int)syscall (SYS_pidfd_open, child, 0);
  gint64 deadline = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean ended = fd < 0; /* a kernel without it: the caller's own deadline holds */
  for (gint64 left = WAIT_MS; !ended && left > 0; left = (deadline - g_get_monotonic_time ()) / 1000)
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

static gboolean
run_program (char *const *argv, GBytes *octets, GError **error)
{
  int status = 0;
  pid_t child;
  int input = open_octets (octets);
  if (input < 0)
    return fail (error, G_FILE_ERROR_FAILED, argv[0], g_strerror (errno));
  int reason = spawn_program (argv, input, &child);
  close (input);
  if (reason != 0)
    return fail (error, G_FILE_ERROR_FAILED, argv[0], g_strerror (reason));
  if (!wait_program (child, &status))
    return fail (error, G_FILE_ERROR_INTR, argv[0], "gave no answer");
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  g_autofree char *why = WIFEXITED (status) ? g_strdup_printf ("exit code %d", WEXITSTATUS (status))
                                            : g_strdup_printf ("ended by signal %d", WTERMSIG (status));
  return fail (error, WIFEXITED (status) ? G_FILE_ERROR_FAILED : G_FILE_ERROR_INTR, argv[0], why);
}

gboolean
filter_submit_mail (const FilterConfig *config, const char *sender, const char *recipient, GBytes *octets,
                    GError **error)
{
  gboolean null_sender = is_null_sender (sender);
  if (*recipient == '-' || *recipient == '\0' || has_control (recipient)
      || (!null_sender && has_control (sender)))
    return fail (error, G_FILE_ERROR_INVAL, config->sendmail, "no address to hand over (R13)");
  /* "<>" is what every sendmail takes for the null sender; with it no notice of any kind can come back (R71),
   * and -N is left out, since Exim's sendmail takes that for "do not deliver". */
  g_autofree char *from = null_sender ? g_strdup ("<>") : quote_address (sender);
  g_autofree char *to = quote_address (recipient);
  char *argv[] = { config->sendmail, (char *)"-i", (char *)"-f", from, (char *)"--", to, NULL };
  return run_program (argv, octets, error);
}

/* The From_ line of an mbox or of a local delivery is no part of the mail (R26). */
static GBytes *
without_from_line (GBytes *octets)
{
  gsize size;
  const char *start = g_bytes_get_data (octets, &size);
  const char *end = size >= 5 && memcmp (start, "From ", 5) == 0 ? memchr (start, '\n', size) : NULL;
  gsize skip = end != NULL ? (gsize)(end + 1 - start) : 0;
  return g_bytes_new_from_bytes (octets, skip, size - skip);
}

gboolean
filter_submit_pass (const FilterConfig *config, const char *pass, const char *sender, GBytes *octets,
                    GError **error)
{
  if (pass == NULL)
    return TRUE;
  g_autoptr (GBytes) mail = without_from_line (octets);
  const char *target = strchr (pass, ':') + 1;
  if (g_str_has_prefix (pass, "maildir:"))
    return filter_maildir_deliver (target, mail, error);
  /* what cannot be a sender must not keep the mail here for ever (R17) */
  const char *usable = is_null_sender (sender) || has_control (sender) ? "" : sender;
  return filter_submit_mail (config, usable, target, mail, error);
}
