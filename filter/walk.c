/* walk.c - see walk.h */
#include "build-config.h"
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *path;
  GPtrArray *names; /* those of folders end in "/" */
  guint next;
} Folder;

struct FilterWalk
{
  char **arguments;
  guint next;
  GPtrArray *folders; /* of Folder, the innermost last */
  char *path;         /* what the last call gave out */
};

/* What IMAP servers, MH and Thunderbird keep beside mails. Whole names: a mailbox may well be called
 * "dovecot". */
static const char *const not_mail[] = { ",*",
                                        "#*",
                                        "*~",
                                        "*.lock",
                                        "*.msf",
                                        "dovecot.index*",
                                        "dovecot.list.index*",
                                        "dovecot-uidlist*",
                                        "dovecot-uidvalidity*",
                                        "dovecot-keywords*",
                                        "dovecot.mailbox.log*",
                                        "courierimap*",
                                        "cyrus.*",
                                        "maildirsize",
                                        "maildirfolder",
                                        "subscriptions",
                                        "msgFilterRules.dat",
                                        "popstate.dat",
                                        "filterlog.html",
                                        NULL };

static void
folder_free (gpointer data)
{
  Folder *folder = data;
  g_free (folder->path);
  g_ptr_array_unref (folder->names);
  g_free (folder);
}

static gboolean
is_mail_name (const char *name)
{
  if (name[0] == '.')
    return FALSE;
  for (guint i = 0; not_mail[i] != NULL; i++)
    if (g_pattern_match_simple (not_mail[i], name))
      return FALSE;
  return TRUE;
}

/* MH and Cyrus number their mails: 9 comes before 10. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *)a, *right = *(const char *const *)b;
  const char *x = left + strspn (left, "0"), *y = right + strspn (right, "0");
  gsize x_digits = strspn (x, "0123456789"), y_digits = strspn (y, "0123456789");
  if (!g_ascii_isdigit (*left) || !g_ascii_isdigit (*right))
    return strcmp (left, right);
  if (x_digits != y_digits)
    return x_digits < y_digits ? -1 : 1;
  int order = strcmp (x, y);
  return order != 0 ? order : strcmp (left, right);
}

/* '/' for a folder, 'f' for a file, 0 for what holds no mail or leads elsewhere. */
static char
entry_type (DIR *dir, const struct dirent *entry)
{
  struct stat status;
  if (entry->d_type == DT_REG)
    return 'f';
  if (entry->d_type == DT_DIR)
    return '/';
  if (entry->d_type != DT_UNKNOWN || fstatat (dirfd (dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return 0;
  return S_ISREG (status.st_mode) ? 'f' : S_ISDIR (status.st_mode) ? '/' : 0;
}

static GPtrArray *
list_folder (const char *path, gboolean maildir, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *dir = opendir (path);
  for (const struct dirent *entry; dir != NULL && (errno = 0, entry = readdir (dir)) != NULL;)
    {
      char type = is_mail_name (entry->d_name) ? entry_type (dir, entry) : 0;
      if (type == 'f')
        g_ptr_array_add (names, g_strdup (entry->d_name));
      else if (type == '/' && !maildir)
        g_ptr_array_add (names, g_strconcat (entry->d_name, "/", NULL));
    }
  int trouble = errno;
  if (dir != NULL)
    closedir (dir);
  if (trouble != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (trouble), "%s: %s", path,
                   g_strerror (trouble));
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
has_name (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* Steps into the folder @path; its parent on the stack tells whether it is the cur or new of a Maildir. */
static gboolean
enter (FilterWalk *walk, const char *path, gboolean in_maildir, GError **error)
{
  GPtrArray *names = list_folder (path, in_maildir, error);
  if (names == NULL)
    return FALSE;
  if (has_name (names, "cur/") && has_name (names, "new/"))
    {
      g_ptr_array_set_size (names, 0);
      g_ptr_array_add (names, g_strdup ("cur//"));
      g_ptr_array_add (names, g_strdup ("new//"));
    }
  Folder *folder = g_new0 (Folder, 1);
  folder->path = g_strdup (path);
  folder->names = names;
  g_ptr_array_add (walk->folders, folder);
  return TRUE;
}

FilterWalk *
filter_walk_new (const char *const *arguments)
{
  FilterWalk *walk = g_new0 (FilterWalk, 1);
  walk->arguments = g_strdupv ((char **)arguments);
  walk->folders = g_ptr_array_new_with_free_func (folder_free);
  return walk;
}

void
filter_walk_free (FilterWalk *walk)
{
  if (walk == NULL)
    return;
  g_strfreev (walk->arguments);
  g_ptr_array_unref (walk->folders);
  g_free (walk->path);
  g_free (walk);
}

/* The next name, of the innermost folder or of the arguments; FALSE when there is none left. */
static gboolean
step (FilterWalk *walk, gboolean *is_folder_out, gboolean *in_maildir_out, gboolean *named_out)
{
  struct stat status;
  while (walk->folders->len > 0)
    {
      Folder *folder = g_ptr_array_index (walk->folders, walk->folders->len - 1);
      if (folder->next < folder->names->len)
        {
          const char *name = g_ptr_array_index (folder->names, folder->next++);
          *is_folder_out = g_str_has_suffix (name, "/");
          *in_maildir_out = g_str_has_suffix (name, "//");
          *named_out = FALSE;
          g_free (walk->path);
          walk->path = g_build_filename (folder->path, name, NULL);
          return TRUE;
        }
      g_ptr_array_set_size (walk->folders, walk->folders->len - 1);
    }
  if (walk->arguments[walk->next] == NULL)
    return FALSE;
  g_free (walk->path);
  walk->path = g_strdup (walk->arguments[walk->next++]);
  *is_folder_out = stat (walk->path, &status) == 0 && S_ISDIR (status.st_mode);
  *in_maildir_out = FALSE;
  *named_out = TRUE;
  return TRUE;
}

gboolean
filter_walk_next (FilterWalk *walk, const char **path_out, gboolean *named_out, GError **error)
{
  gboolean is_folder, in_maildir;
  while (step (walk, &is_folder, &in_maildir, named_out))
    {
      if (!is_folder)
        {
          *path_out = walk->path;
          return TRUE;
        }
      while (strlen (walk->path) > 1 && g_str_has_suffix (walk->path, "/"))
        walk->path[strlen (walk->path) - 1] = '\0';
      if (!enter (walk, walk->path, in_maildir, error))
        return FALSE;
    }
  *path_out = NULL;
  return TRUE;
}
