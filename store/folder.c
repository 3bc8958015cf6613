/* folder.c - mails as files: each is whole or not there (REQUIREMENTS R26), nobody else reads it, no link
 * leads astray (H33). */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const store_folder_suffix[STORE_FOLDERS] = {
  [STORE_FOLDER_HELD] = ".held",
  [STORE_FOLDER_SEALED] = ".sealed",
};

static gboolean
fail (const char *folder, const char *name, GError **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s/%s: %s", folder, name, g_strerror (errno));
  return FALSE;
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}
typedef int Fd;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fd, close_fd)

static Fd
open_folder (const char *folder)
{
  return open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Made by root, it belongs to whom the store belongs to. */
static gboolean
make_folder (const char *folder, guint uid, guint gid, GError **error)
{
  if (mkdir (folder, 0700) != 0)
    return errno == EEXIST || fail (folder, "", error);
  if ((geteuid () == 0 && lchown (folder, uid, gid) != 0) || !store_folder_sync_of (folder))
    return fail (folder, "", error);
  return TRUE;
}

static gboolean
write_all (int fd, GBytes *mail)
{
  gsize left;
  const char *data = g_bytes_get_data (mail, &left);
  while (left > 0)
    {
      gssize written = write (fd, data, left);
      if (written < 0 && errno != EINTR)
        return FALSE;
      data += MAX (written, 0);
      left -= (gsize)MAX (written, 0);
    }
  return TRUE;
}

static gboolean
write_file (int in, const char *name, GBytes *mail, guint uid, guint gid)
{
  g_auto (Fd) fd = openat (in, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  return fd >= 0 && (geteuid () != 0 || fchown (fd, uid, gid) == 0) && write_all (fd, mail)
         && fsync (fd) == 0;
}

gboolean
store_folder_keep (const char *folder, const char *id, GBytes *mail, guint uid, guint gid, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".eml", NULL), *temporary = g_strconcat (id, ".new", NULL);
  if (!make_folder (folder, uid, gid, error))
    return FALSE;
  g_auto (Fd) in = open_folder (folder);
  if (in < 0)
    return fail (folder, "", error);
  unlinkat (in, temporary, 0); /* left by a crash */
  if (!write_file (in, temporary, mail, uid, gid) || renameat (in, temporary, in, name) != 0
      || fsync (in) != 0)
    {
      fail (folder, name, error);
      unlinkat (in, temporary, 0);
      return FALSE;
    }
  return TRUE;
}

gboolean
store_folder_read (const char *folder, const char *id, GBytes **mail_out, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".eml", NULL);
  g_auto (Fd) in = open_folder (folder);
  g_auto (Fd) fd = in < 0 ? -1 : openat (in, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  if (fd < 0 && errno == ENOENT)
    {
      *mail_out = NULL;
      return TRUE;
    }
  if (fd < 0 || fstat (fd, &status) != 0)
    return fail (folder, name, error);
  if (!S_ISREG (status.st_mode))
    return errno = EINVAL, fail (folder, name, error);
  g_autofree char *data = g_malloc ((gsize)status.st_size + 1);
  gsize length = 0;
  for (gssize got = 1; got > 0 && length < (gsize)status.st_size; length += (gsize)MAX (got, 0))
    if ((got = read (fd, data + length, (gsize)status.st_size - length)) < 0 && errno != EINTR)
      return fail (folder, name, error);
  *mail_out = g_bytes_new_take (g_steal_pointer (&data), length);
  return TRUE;
}

void
store_folder_drop (const char *folder, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".eml", NULL);
  g_auto (Fd) in = open_folder (folder);
  if (in >= 0 && unlinkat (in, name, 0) == 0)
    fsync (in);
}

gboolean
store_folder_has (const char *folder, const char *id)
{
  g_autofree char *path = g_strconcat (folder, "/", id, ".eml", NULL);
  struct stat status;
  return lstat (path, &status) == 0 && S_ISREG (status.st_mode);
}

gboolean
store_folder_list (const char *folder, char ***ids_out, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &why);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const char *name;
  if (dir == NULL && !g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, why->message);
      return FALSE;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".eml"))
      {
        g_autofree char *id = g_strndup (name, strlen (name) - strlen (".eml"));
        if (store_is_id (id))
          g_strv_builder_add (ids, id);
      }
  *ids_out = g_strv_builder_end (ids);
  return TRUE;
}

gboolean
store_folder_sync_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (Fd) fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return fd >= 0 && fsync (fd) == 0;
}
