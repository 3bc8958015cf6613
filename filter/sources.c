/* sources.c - see sources.h */
#include "build-config.h"
#include "sources.h"
#include "date.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct FilterSources
{
  FilterWalk *walk;
  FilterMboxDialect dialect;
  gint64 since_at;
  FilterMbox *mbox; /* the file we stand in, or NULL */
  char *path;       /* its name */
  guint index;
  guint64 octets; /* of the files behind us */
};

void
filter_source_mail_clear (FilterSourceMail *mail)
{
  g_clear_pointer (&mail->octets, g_bytes_unref);
  g_clear_pointer (&mail->source, g_free);
}

FilterSources *
filter_sources_new (const char *const *arguments, FilterMboxDialect dialect, gint64 since_at)
{
  FilterSources *sources = g_new0 (FilterSources, 1);
  sources->walk = filter_walk_new (arguments);
  sources->dialect = dialect;
  sources->since_at = since_at;
  return sources;
}

void
filter_sources_free (FilterSources *sources)
{
  if (sources == NULL)
    return;
  filter_walk_free (sources->walk);
  filter_mbox_free (sources->mbox);
  g_free (sources->path);
  g_free (sources);
}

guint64
filter_sources_octets (const FilterSources *sources)
{
  return sources->octets + (sources->mbox != NULL ? filter_mbox_octets (sources->mbox) : 0);
}

static void
leave_file (FilterSources *sources)
{
  sources->octets = filter_sources_octets (sources);
  g_clear_pointer (&sources->mbox, filter_mbox_free);
}

/* What a folder holds may have become a link or a pipe since its name was read (H33): it is not followed, and
 * opening it does not wait. What a person named may be either. */
static int
open_source (const char *path, gboolean named)
{
  int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (named ? 0 : O_NOFOLLOW | O_NONBLOCK);
  if (named && g_str_equal (path, "-"))
    return fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  int fd = open (path, flags | O_NOATIME);
  return fd < 0 && errno == EPERM ? open (path, flags) : fd; /* O_NOATIME is for the owner alone */
}

/* Opens the next file. FALSE with an error: that one cannot be read; without one: there is none left. */
static gboolean
enter_file (FilterSources *sources, GError **error)
{
  const char *path;
  gboolean named;
  struct stat status;
  for (;;)
    {
      if (!filter_walk_next (sources->walk, &path, &named, error) || path == NULL)
        return FALSE;
      int fd = open_source (path, named);
      if (fd < 0)
        {
          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
                       g_strerror (errno));
          return FALSE;
        }
      if (!named && (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)))
        {
          close (fd);
          continue;
        }
      (void)posix_fadvise (fd, 0, 0, POSIX_FADV_SEQUENTIAL);
      sources->mbox = filter_mbox_new (fd, sources->dialect);
      g_free (sources->path);
      sources->path = g_strdup (path);
      sources->index = 0;
      return TRUE;
    }
}

static gboolean
is_too_old (const FilterSources *sources, GBytes *octets)
{
  gint64 received_at = sources->since_at != 0 ? filter_date_received (octets) : 0;
  return received_at != 0 && received_at < sources->since_at;
}

FilterSourcesNext
filter_sources_next (FilterSources *sources, FilterSourceMail *mail_out, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) trouble = NULL;
      g_autoptr (GBytes) octets = NULL;
      gboolean cut = FALSE;
      if (sources->mbox == NULL && !enter_file (sources, &trouble))
        {
          if (trouble == NULL)
            return FILTER_SOURCES_END;
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FILTER_SOURCES_TROUBLE;
        }
      if (!filter_mbox_next (sources->mbox, &octets, &cut, error))
        {
          g_prefix_error (error, "%s: ", sources->path);
          leave_file (sources);
          return FILTER_SOURCES_TROUBLE;
        }
      if (octets == NULL)
        {
          leave_file (sources);
          continue;
        }
      sources->index++;
      if (is_too_old (sources, octets))
        continue;
      *mail_out = (FilterSourceMail){ .octets = g_steal_pointer (&octets),
                                      .source = g_strdup (sources->path),
                                      .index = sources->index,
                                      .cut = cut };
      return FILTER_SOURCES_MAIL;
    }
}

gboolean
filter_sources_total (const char *const *arguments, guint64 *octets_out)
{
  g_autoptr (FilterWalk) walk = filter_walk_new (arguments);
  guint64 octets = 0;
  const char *path;
  gboolean named;
  for (;;)
    {
      struct stat status;
      if (!filter_walk_next (walk, &path, &named, NULL))
        continue; /* it is named when it is its turn */
      if (path == NULL)
        break;
      int found = named ? stat (path, &status) : lstat (path, &status);
      if (found != 0 && named && g_str_equal (path, "-"))
        return FALSE;
      if (found == 0 && named && !S_ISREG (status.st_mode))
        return FALSE;
      octets += found == 0 ? (guint64)status.st_size : 0;
    }
  *octets_out = octets;
  return TRUE;
}
