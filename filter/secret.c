/* secret.c - the secret file: one line a key, "name = 64 hex digits"; and, when a key was followed by
 * another, which are older and up to where they count. */
#include "config.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_OCTETS 32
#define FILE_MAX 16384
#define KEYS_MOST 32 /* of a name */
#define SINCE " since "
#define NOT_MADE "there is no such file; 'optout init' makes it"

static const char *const names[] = { "token", "suppression", "chain" };

static gboolean
fail (GError **error, const char *file, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", file, why);
  return FALSE;
}

/* What is wrong with the open file, or NULL. */
static const char *
objection (int fd, struct stat *status_out)
{
  if (fstat (fd, status_out) != 0)
    return g_strerror (errno);
  if (!S_ISREG (status_out->st_mode))
    return "is not a file";
  if ((status_out->st_mode & 077) != 0)
    return "others may read it; chmod 600 it, and make a new one if they did";
  return status_out->st_size > FILE_MAX ? "is not a secret file" : NULL;
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

/* The value of "name = value" in @text, NULL when it has none. The caller frees. */
static char *
find_value (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char *value = NULL;
  for (char **line = lines; *line != NULL && value == NULL; line++)
    {
      g_auto (GStrv) sides = g_strsplit (*line, "=", 2);
      if (g_strv_length (sides) == 2 && g_str_equal (g_strstrip (sides[0]), name))
        value = g_strdup (g_strstrip (sides[1]));
      explicit_bzero (*line, strlen (*line));
    }
  return value;
}

/* The first key of @name bears it, later ones their number too: "chain.2 = HEX since TIME"; "chain.1.retired
 * = ROW". */
static gboolean
read_key (const char *text, const char *name, guint number, FilterSecretKey *key_out)
{
  g_autofree char *title = number == 1 ? g_strdup (name) : g_strdup_printf ("%s.%u", name, number);
  g_autofree char *retired = g_strdup_printf ("%s.%u.retired", name, number);
  g_autofree char *value = find_value (text, title), *upto = find_value (text, retired);
  if (value == NULL)
    return FALSE;
  char *rest = value + strcspn (value, " ");
  g_autoptr (GDateTime) since
      = g_str_has_prefix (rest, SINCE) ? g_date_time_new_from_iso8601 (rest + strlen (SINCE), NULL) : NULL;
  *rest = '\0';
  key_out->key = key_from_hex (value);
  key_out->since_at = since != NULL ? g_date_time_to_unix (since) : 0;
  key_out->upto = upto != NULL ? g_ascii_strtoll (upto, NULL, 10) : 0;
  explicit_bzero (value, strlen (value));
  return TRUE;
}

static void
key_clear (gpointer data)
{
  FilterSecretKey *key = data;
  g_clear_pointer (&key->key, g_bytes_unref);
}

/* All keys of @name, oldest first; NULL when there is none, or one is no key. */
static GArray *
read_keys (const char *text, const char *name)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FilterSecretKey));
  FilterSecretKey key;
  g_array_set_clear_func (keys, key_clear);
  while (keys->len < KEYS_MOST && read_key (text, name, keys->len + 1, &key))
    {
      g_array_append_val (keys, key);
      if (key.key == NULL)
        return NULL;
    }
  return keys->len > 0 ? g_steal_pointer (&keys) : NULL;
}

static GBytes *
newest (const GArray *keys)
{
  return keys != NULL ? g_bytes_ref (g_array_index (keys, FilterSecretKey, keys->len - 1).key) : NULL;
}

/* The text of the file, and whose it is. @missing: what to say when there is none. */
static gboolean
read_file (const char *file, const char *missing, char text[FILE_MAX + 1], struct stat *status_out,
           GError **error)
{
  int fd = open (file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return fail (error, file,
                 errno == ENOENT   ? missing
                 : errno == EACCES ? "may not be read by you; be root or who owns it, as with runuser -u USER"
                 : errno == ELOOP  ? "is a symbolic link; name the file itself"
                                   : g_strerror (errno));
  const char *why = objection (fd, status_out);
  gssize size = why == NULL ? read (fd, text, FILE_MAX) : 0;
  close (fd);
  if (why != NULL || size < 0)
    return fail (error, file, why != NULL ? why : "cannot be read");
  text[size] = '\0';
  return TRUE;
}

gboolean
filter_secret_load (const char *file, FilterSecret *secret_out, GError **error)
{
  char text[FILE_MAX + 1];
  struct stat status;
  if (!read_file (file, NOT_MADE, text, &status, error))
    return FALSE;
  g_autoptr (GArray) suppression = read_keys (text, "suppression");
  FilterSecret secret = { .tokens = read_keys (text, "token"), .chains = read_keys (text, "chain") };
  secret.token = newest (secret.tokens);
  secret.chain = newest (secret.chains);
  secret.suppression = newest (suppression);
  explicit_bzero (text, sizeof text);
  if (secret.token == NULL || secret.chain == NULL || suppression == NULL || suppression->len != 1)
    {
      filter_secret_clear (&secret);
      return fail (error, file,
                   "is damaged: bring it back from a backup, since the ledger verifies only with its keys");
    }
  *secret_out = secret;
  return TRUE;
}

char *
filter_secret_password (const char *file, GError **error)
{
  char text[FILE_MAX + 1];
  struct stat status;
  if (!read_file (file, "there is no such file; write the password into it, and chmod 600 it", text, &status,
                  error))
    return NULL;
  char *password = g_strndup (text, strcspn (text, "\r\n"));
  explicit_bzero (text, sizeof text);
  if (*password != '\0')
    return password;
  g_free (password);
  fail (error, file, "its first line is to be the password, and is empty");
  return NULL;
}

/* ---- making one ---- */

static gboolean
add_key (GString *text)
{
  guint8 octets[KEY_OCTETS];
  if (getrandom (octets, sizeof octets, 0) != sizeof octets)
    return FALSE;
  for (gsize i = 0; i < sizeof octets; i++)
    g_string_append_printf (text, "%02x", octets[i]);
  return TRUE;
}

static char *
new_secret_text (void)
{
  GString *text = g_string_new (
      "# Made by 'optout init'. Keep it, keep it secret: the ledger verifies only with it.\n");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_string_append_printf (text, "%s = ", names[i]);
      if (!add_key (text))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* Under another name first, so that a half written one never bears the name. @draft is the pattern of that
 * name, and then the name; @owner: whose it is to be, with its mode; NULL: ours. */
static gboolean
write_draft (char *draft, const char *text, const struct stat *owner)
{
  int fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  gsize size = strlen (text);
  gboolean done
      = (owner == NULL
         || (fchown (fd, owner->st_uid, owner->st_gid) == 0 && fchmod (fd, owner->st_mode & 0700) == 0))
        && write (fd, text, size) == (gssize)size && fsync (fd) == 0;
  return close (fd) == 0 && done;
}

gboolean
filter_secret_create (const char *file, GError **error)
{
  struct stat status;
  if (lstat (file, &status) == 0)
    return TRUE;
  g_autofree char *text = new_secret_text (), *draft = g_strconcat (file, ".XXXXXX", NULL);
  if (text == NULL)
    return fail (error, file, "the system has no random numbers");
  gboolean done = write_draft (draft, text, NULL)
                  && (link (draft, file) == 0 || errno == EEXIST); /* one came meanwhile */
  int reason = errno;
  unlink (draft);
  explicit_bzero (text, strlen (text));
  return done || fail (error, file, g_strerror (reason));
}

/* ---- changing one ---- */

static gboolean
sync_folder_of (const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
replace (const char *file, const char *text, const struct stat *owner, GError **error)
{
  g_autofree char *draft = g_strconcat (file, ".XXXXXX", NULL);
  if (strlen (text) > FILE_MAX)
    return fail (error, file, "has no room for another key");
  if (write_draft (draft, text, owner) && rename (draft, file) == 0 && sync_folder_of (file))
    return TRUE;
  int reason = errno;
  unlink (draft);
  return fail (error, file, g_strerror (reason));
}

gboolean
filter_secret_add (const char *file, const char *name, gint64 now, guint *number_out, GError **error)
{
  char old[FILE_MAX + 1];
  struct stat status;
  if (!read_file (file, NOT_MADE, old, &status, error))
    return FALSE;
  g_autoptr (GArray) keys = read_keys (old, name);
  if (keys == NULL || keys->len == KEYS_MOST)
    return fail (error, file, keys == NULL ? "is damaged" : "has as many keys as there can be");
  g_autofree char *since = filter_time_text (now);
  g_autoptr (GString) text = g_string_new (old);
  g_string_append_printf (text, "%s%s.%u = ", g_str_has_suffix (old, "\n") ? "" : "\n", name, keys->len + 1);
  if (!add_key (text))
    return fail (error, file, "the system has no random numbers");
  g_string_append_printf (text, SINCE "%s\n", since);
  gboolean done = replace (file, text->str, &status, error);
  if (done)
    *number_out = keys->len + 1;
  explicit_bzero (old, sizeof old);
  explicit_bzero (text->str, text->len);
  return done;
}

gboolean
filter_secret_retire (const char *file, guint number, gint64 upto, GError **error)
{
  char old[FILE_MAX + 1];
  struct stat status;
  if (!read_file (file, NOT_MADE, old, &status, error))
    return FALSE;
  g_autofree char *text = g_strdup_printf ("%s%schain.%u.retired = %" G_GINT64_FORMAT "\n", old,
                                           g_str_has_suffix (old, "\n") ? "" : "\n", number, upto);
  gboolean done = replace (file, text, &status, error);
  explicit_bzero (old, sizeof old);
  explicit_bzero (text, strlen (text));
  return done;
}

void
filter_secret_clear (FilterSecret *secret)
{
  g_clear_pointer (&secret->token, g_bytes_unref);
  g_clear_pointer (&secret->suppression, g_bytes_unref);
  g_clear_pointer (&secret->chain, g_bytes_unref);
  g_clear_pointer (&secret->tokens, g_array_unref);
  g_clear_pointer (&secret->chains, g_array_unref);
}
