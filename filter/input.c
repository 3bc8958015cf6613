/* input.c - octets from and to descriptors. */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define CHUNK (64u * 1024)

GBytes *
filter_input_read (int fd, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  for (;;)
    {
      guint have = buffer->len;
      if (have > FILTER_INPUT_MAX)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "over %u octets", FILTER_INPUT_MAX);
          return NULL;
        }
      g_byte_array_set_size (buffer, have + CHUNK);
      gssize got = read (fd, buffer->data + have, CHUNK);
      int reason = errno;
      g_byte_array_set_size (buffer, have + (got > 0 ? (guint)got : 0));
      if (got == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&buffer));
      if (got < 0 && reason != EINTR)
        {
          g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (reason), g_strerror (reason));
          return NULL;
        }
    }
}

gboolean
filter_output_write (int fd, GBytes *octets)
{
  gsize size;
  for (const char *at = g_bytes_get_data (octets, &size); size > 0;)
    {
      gssize written = write (fd, at, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      at += written;
      size -= (gsize)written;
    }
  return TRUE;
}

gboolean
filter_output_sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  gboolean done = fsync (fd) == 0;
  close (fd);
  return done;
}

const char *
filter_input_why (const GError *reason)
{
  static const struct
  {
    GFileError code;
    const char *words;
  } whys[] = { { G_FILE_ERROR_NOENT, "there is no such file" },
               { G_FILE_ERROR_ACCES, "permission denied" },
               { G_FILE_ERROR_ISDIR, "it is a folder" },
               { G_FILE_ERROR_NOTDIR, "it is no folder" },
               { G_FILE_ERROR_IO, "the disk has an error there" } };
  for (guint i = 0; i < G_N_ELEMENTS (whys); i++)
    if (g_error_matches (reason, G_FILE_ERROR, (int)whys[i].code))
      return whys[i].words;
  return "it cannot be opened";
}
