/* secret.c - the secret file: one line a key, "name = 64 hex digits". */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_OCTETS 32
#define FILE_MAX 4096

static const char *const names[] = { "token", "suppression", "chain" };

static gboolean
fail (GError **error, const char *file, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", file, why);
  return FALSE;
}

/* What is wrong with the open file, or NULL. */
static const char *
objection (int fd)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    return g_strerror (errno);
  if (!S_ISREG (status.st_mode))
    return "is not a file";
  if ((status.st_mode & 077) != 0)
    return "others may read it; chmod 600 it, and make a new one if they did";
  return status.st_size > FILE_MAX ? "is not a secret file" : NULL;
}

static GBytes *
key_from_hex (const char *hex)
{
  guint8 octets[KEY_OCTETS];
  if (strlen (hex) != 2 * KEY_OCTETS)
    return NULL;
  for (gsize i = 0; i < KEY_OCTETS; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);
      if (high < 0 || low < 0)
        return NULL;
      octets[i] = (guint8)(high << 4 | low);
    }
  return g_bytes_new (octets, sizeof octets);
}

/* The value of "name = value" in @text, NULL when it has none. */
static GBytes *
find_key (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) sides = g_strsplit (*line, "=", 2);
      if (g_strv_length (sides) == 2 && g_str_equal (g_strstrip (sides[0]), name))
        return key_from_hex (g_strstrip (sides[1]));
    }
  return NULL;
}

gboolean
filter_secret_load (const char *file, FilterSecret *secret_out, GError **error)
{
  char text[FILE_MAX + 1];
  int fd = open (file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return fail (error, file,
                 errno == ENOENT  ? "there is no such file; 'optout init' makes it"
                 : errno == ELOOP ? "is a symbolic link; name the file itself"
                                  : g_strerror (errno));
  const char *why = objection (fd);
  gssize size = why == NULL ? read (fd, text, FILE_MAX) : 0;
  close (fd);
  if (why != NULL || size < 0)
    return fail (error, file, why != NULL ? why : "cannot be read");
  text[size] = '\0';
  GBytes *keys[G_N_ELEMENTS (names)];
  gboolean whole = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    whole = (keys[i] = find_key (text, names[i])) != NULL && whole;
  explicit_bzero (text, sizeof text);
  FilterSecret secret = { keys[0], keys[1], keys[2] };
  if (!whole)
    {
      filter_secret_clear (&secret);
      return fail (error, file,
                   "is damaged: bring it back from a backup, since the ledger verifies only with its keys");
    }
  *secret_out = secret;
  return TRUE;
}

static char *
new_secret_text (void)
{
  GString *text = g_string_new (
      "# Made by 'optout init'. Keep it, keep it secret: the ledger verifies only with it.\n");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint8 octets[KEY_OCTETS];
      if (getrandom (octets, sizeof octets, 0) != sizeof octets)
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append_printf (text, "%s = ", names[i]);
      for (gsize octet = 0; octet < sizeof octets; octet++)
        g_string_append_printf (text, "%02x", octets[octet]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

gboolean
filter_secret_create (const char *file, GError **error)
{
  struct stat status;
  if (lstat (file, &status) == 0)
    return TRUE;
  g_autofree char *text = new_secret_text ();
  if (text == NULL)
    return fail (error, file, "the system has no random numbers");
  /* Under another name first, so that a half written one never bears the name; link() keeps one that came
   * meanwhile. */
  g_autofree char *draft = g_strconcat (file, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, file, g_strerror (errno));
  gsize size = strlen (text);
  gboolean done = write (fd, text, size) == (gssize)size && fsync (fd) == 0;
  done = close (fd) == 0 && done;
  done = done && (link (draft, file) == 0 || errno == EEXIST);
  int reason = errno;
  unlink (draft);
  explicit_bzero (text, size);
  return done || fail (error, file, g_strerror (reason));
}

void
filter_secret_clear (FilterSecret *secret)
{
  g_clear_pointer (&secret->token, g_bytes_unref);
  g_clear_pointer (&secret->suppression, g_bytes_unref);
  g_clear_pointer (&secret->chain, g_bytes_unref);
}
