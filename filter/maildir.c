/* maildir.c - writes a mail into a Maildir: whole or not at all (R26). */
#include "build-config.h"

#include "maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "input.h"

static char *
unique_name (void)
{
  char host[65] = "localhost";
  gethostname (host, sizeof host - 1);
  g_strdelimit (host, "/:,", '_');
  return g_strdup_printf ("%" G_GINT64_FORMAT ".P%dR%08x%08x.%s", g_get_real_time () / G_USEC_PER_SEC,
                          (int)getpid (), g_random_int (), g_random_int (), host);
}

static gboolean
write_file (const char *file, GBytes *octets)
{
  int fd = open (file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  gboolean done = filter_output_write (fd, octets) && fsync (fd) == 0;
  int reason = errno;
  if (close (fd) != 0 && done)
    return FALSE;
  errno = reason;
  return done;
}

gboolean
filter_maildir_deliver (const char *path, GBytes *octets, GError **error)
{
  g_autofree char *name = unique_name ();
  g_autofree char *draft = g_build_filename (path, "tmp", name, NULL);
  g_autofree char *folder = g_build_filename (path, "new", NULL);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  if (write_file (draft, octets) && rename (draft, file) == 0 && filter_output_sync_folder (folder))
    return TRUE;
  int reason = errno;
  unlink (draft);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "maildir %s: %s", path,
               g_strerror (reason));
  return FALSE;
}
