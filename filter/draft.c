/* draft.c - see draft.h */
#include "build-config.h"

#include "draft.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"

#define CHUNK (64u * 1024)

struct FilterDraft
{
  char *path; /* NULL: standard output */
  char *name; /* meanwhile; NULL: none, or published */
  guint mode;
  FILE *stream;
};

static gboolean
fail (const FilterDraft *draft, int reason, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s",
               draft->path != NULL ? draft->path : "standard output",
               reason == ENOENT ? "there is no such folder; make it first" : g_strerror (reason));
  return FALSE;
}

static int
open_draft (FilterDraft *draft)
{
  if (draft->path == NULL)
    {
      g_autofree char *name = g_build_filename (g_get_tmp_dir (), "optout.XXXXXX", NULL);
      int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
      if (fd >= 0)
        unlink (name);
      return fd;
    }
  g_autofree char *folder = g_path_get_dirname (draft->path), *file = g_path_get_basename (draft->path);
  g_autofree char *hidden = g_strconcat (".", file, ".XXXXXX", NULL);
  draft->name = g_build_filename (folder, hidden, NULL);
  return g_mkstemp_full (draft->name, O_RDWR | O_CLOEXEC, 0600);
}

FilterDraft *
filter_draft_new (const char *path, guint mode, GError **error)
{
  g_autoptr (FilterDraft) draft = g_new0 (FilterDraft, 1);
  draft->path = g_strdup (path);
  draft->mode = mode;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      fail (draft, EISDIR, error);
      return NULL;
    }
  int fd = open_draft (draft);
  int reason = errno;
  if (fd >= 0)
    {
      draft->stream = fdopen (fd, "w+");
      g_assert (draft->stream != NULL);
      return g_steal_pointer (&draft);
    }
  g_clear_pointer (&draft->name, g_free);
  fail (draft, reason, error);
  return NULL;
}

void
filter_draft_free (FilterDraft *draft)
{
  if (draft == NULL)
    return;
  if (draft->stream != NULL)
    fclose (draft->stream);
  if (draft->name != NULL)
    unlink (draft->name);
  g_free (draft->name);
  g_free (draft->path);
  g_free (draft);
}

FILE *
filter_draft_stream (FilterDraft *draft)
{
  return draft->stream;
}

const char *
filter_draft_name (const FilterDraft *draft)
{
  return draft->name;
}

gboolean
filter_draft_flush (FilterDraft *draft, GError **error)
{
  if (fflush (draft->stream) == 0 && !ferror (draft->stream))
    return TRUE;
  return fail (draft, errno != 0 ? errno : EIO, error);
}

gboolean
filter_draft_replace (FilterDraft *draft, const char *name, GError **error)
{
  FILE *stream = fopen (name, "r+e");
  if (stream == NULL)
    return fail (draft, errno, error);
  fclose (draft->stream);
  unlink (draft->name);
  g_free (draft->name);
  draft->stream = stream;
  draft->name = g_strdup (name);
  return TRUE;
}

/* The group that reads the folder reads the file. Where the folder is set-gid, the file has it already. */
static gboolean
settle_group (const FilterDraft *draft, int fd, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (draft->path);
  struct stat place, file;
  if (stat (folder, &place) != 0 || fstat (fd, &file) != 0)
    return fail (draft, errno, error);
  if (file.st_gid == place.st_gid || fchown (fd, (uid_t)-1, place.st_gid) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
               "%s: cannot be given the group of its folder; 'chmod g+s %s' does it", draft->path, folder);
  return FALSE;
}

/* It is a file with a name: its group, its mode, and all of it on the disk. */
static gboolean
settle (const FilterDraft *draft, int fd, GError **error)
{
  if ((draft->mode & 0070) != 0 && !settle_group (draft, fd, error))
    return FALSE;
  return (fchmod (fd, draft->mode) == 0 && fsync (fd) == 0) || fail (draft, errno, error);
}

/* All that was written, to @sum and to @copy; either may be NULL. FALSE with errno when it cannot be read. */
static gboolean
read_back (const FilterDraft *draft, GChecksum *sum, FILE *copy)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gsize size;
  rewind (draft->stream);
  while ((size = fread (chunk, 1, CHUNK, draft->stream)) > 0)
    {
      if (sum != NULL)
        g_checksum_update (sum, chunk, (gssize)size);
      if (copy != NULL)
        fwrite (chunk, 1, size, copy);
    }
  return !ferror (draft->stream);
}

gboolean
filter_draft_finish (FilterDraft *draft, char **sha256_out, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!filter_draft_flush (draft, error))
    return FALSE;
  if (draft->path != NULL && !settle (draft, fileno (draft->stream), error))
    return FALSE;
  if (sha256_out == NULL)
    return TRUE;
  if (!read_back (draft, sum, NULL))
    return fail (draft, errno, error);
  *sha256_out = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

gboolean
filter_draft_publish (FilterDraft *draft, GError **error)
{
  if (draft->path == NULL) /* what standard output does not take, main tells of */
    return read_back (draft, NULL, stdout) || fail (draft, errno, error);
  if (rename (draft->name, draft->path) != 0)
    return fail (draft, errno, error);
  g_clear_pointer (&draft->name, g_free);
  g_autofree char *folder = g_path_get_dirname (draft->path);
  return filter_output_sync_folder (folder) || fail (draft, errno, error);
}
