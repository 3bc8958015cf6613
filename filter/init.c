/* init.c - makes the secret and the empty store, for the user that will use them. */
#include "admin.h"
#include "keys.h"
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (GError **error, const char *what, int reason)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", what, g_strerror (reason));
  return FALSE;
}

static gboolean
exists_at (const char *path)
{
  struct stat status;
  return path != NULL && lstat (path, &status) == 0;
}

/* May we, who we are now, make @file? What is missing of its folders is made too. */
static gboolean
check_folder (const char *file, GError **error)
{
  g_autofree char *own = g_path_get_dirname (file), *folder = g_strdup (own);
  while (!exists_at (folder) && strchr (folder, '/') != NULL && strcmp (folder, "/") != 0)
    {
      char *parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
    }
  if (exists_at (file) || faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 || errno != EACCES)
    return TRUE;
  const struct passwd *user = getpwuid (geteuid ());
  const char *name = user != NULL ? user->pw_name : "this user";
  if (getuid () != 0 || strcmp (folder, own) != 0)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES, "%s: %s may not write there: run init as root",
                 folder, name);
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES,
                 "%s: %s may not write there: 'chown %s: %s', then init again", folder, name, name, folder);
  return FALSE;
}

/* Makes the folder that @file stands in. The new one belongs to @owner; NULL: to who we are. */
static gboolean
make_folder (const char *file, mode_t mode, const struct passwd *owner, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_autofree char *parent = g_path_get_dirname (folder);
  if (g_mkdir_with_parents (parent, 0755) != 0 || (mkdir (folder, mode) != 0 && errno != EEXIST))
    return fail (error, folder, errno);
  if (owner != NULL && lchown (folder, owner->pw_uid, owner->pw_gid) != 0)
    return fail (error, folder, errno);
  printf ("made %s\n", folder);
  return TRUE;
}

/* Gives the secret to @owner. Root follows no link and no second name to somewhere else (H33). */
static gboolean
give_secret (const char *file, const struct passwd *owner, GError **error)
{
  struct stat status;
  int fd = open (file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return fail (error, file, errno);
  int reason = fstat (fd, &status) != 0                            ? errno
               : !S_ISREG (status.st_mode) || status.st_nlink != 1 ? EPERM
               : fchown (fd, owner->pw_uid, owner->pw_gid) != 0    ? errno
                                                                   : 0;
  close (fd);
  return reason == 0 || fail (error, file, reason);
}

/* Where the store stands, NULL when that is no file. */
static const char *
path_of (const FilterConfig *config)
{
  return g_str_has_prefix (config->store, "sqlite:") ? config->store + strlen ("sqlite:") : NULL;
}

static gboolean
make_secret (const FilterConfig *config, const struct passwd *owner, FilterSecret *secret_out, GError **error)
{
  const char *file = config->secret_file;
  gboolean exists = g_file_test (file, G_FILE_TEST_EXISTS);
  if (!check_folder (file, error) || !make_folder (file, 0755, NULL, error)
      || !filter_secret_create (file, error) || (owner != NULL && !give_secret (file, owner, error))
      || !filter_secret_load (file, secret_out, error))
    return FALSE;
  printf ("%s %s%s\n", exists ? "exists" : "made", file, exists ? "" : "; keep a copy of it in a safe place");
  return TRUE;
}

/* A store that is there: is it under our keys? */
static gboolean
check_store (Store *store, GError *trouble, GError **error)
{
  guint number;
  if (store != NULL)
    return store_chain_number (store, &number, error);
  g_propagate_error (error, g_error_copy (trouble));
  return FALSE;
}

static gboolean
make_store (const FilterConfig *config, const FilterSecret *secret, GError **error)
{
  StoreKeys keys;
  g_autoptr (GError) trouble = NULL;
  const char *path = path_of (config);
  if (path != NULL && !check_folder (path, error))
    return FALSE;
  filter_keys_of (secret, &keys);
  g_autoptr (Store) store = store_open_read (config->store, &keys, &trouble);
  gboolean exists = store != NULL || exists_at (path);
  if (exists ? !check_store (store, trouble, error) : !store_create (config->store, &keys, error))
    return FALSE;
  printf ("%s %s\n", exists ? "exists" : "made", config->store);
  return TRUE;
}

/* The store is made by the user that it is for: root creates nothing in a folder of somebody else's (H33). */
static gboolean
make_store_as (const FilterConfig *config, const FilterSecret *secret, const struct passwd *owner,
               GError **error)
{
  if (owner == NULL)
    return make_store (config, secret, error);
  if (setegid (owner->pw_gid) != 0 || seteuid (owner->pw_uid) != 0)
    return fail (error, owner->pw_name, errno);
  gboolean made = make_store (config, secret, error);
  g_assert (seteuid (0) == 0 && setegid (0) == 0);
  return made;
}

static gboolean
make_all (const FilterConfig *config, const struct passwd *owner, GError **error)
{
  g_auto (FilterSecret) secret = { 0 };
  const char *path = path_of (config);
  if (exists_at (path) && !exists_at (config->secret_file))
    {
      g_set_error (
          error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
          "%s: is missing, and new keys would not fit the store that is there, %s: bring the file back",
          config->secret_file, path);
      return FALSE;
    }
  return make_secret (config, owner, &secret, error)
         && (path == NULL || (check_folder (path, error) && make_folder (path, 0700, owner, error)))
         && make_store_as (config, &secret, owner, error);
}

int
filter_init (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (FilterAdmin) admin = { 0 };
  g_autoptr (GError) error = NULL;
  const struct passwd *owner = NULL;
  int code;
  if (!filter_options (
          NULL, NULL,
          "Makes the secret file and an empty store; as root, for [optout] user. What exists is kept.", &argc,
          &argv, &code))
    return code;
  if (argc > 1)
    return filter_complain (FILTER_EXIT_USAGE, "init", "%s: init takes no arguments", argv[1]);
  if (!filter_admin_load (&admin, global, "init", &code))
    return code;
  const char *user = geteuid () == 0 ? admin.config->user : NULL;
  if (user != NULL && (owner = getpwnam (user)) == NULL)
    return filter_complain (FILTER_EXIT_RETRY, "init",
                            "[optout] user = %s: there is no such user; make it, or name another", user);
  if (!make_all (admin.config, owner, &error))
    return filter_complain (FILTER_EXIT_RETRY, "init", "%s", error->message);
  return FILTER_EXIT_DONE;
}
