/* copy.c - a copy of a live store, and one put in the store's place (R126). What is there stays whole until
 * the new one is written, synced and verified. Whole mails are files: they are copied before the rows and
 * after them, since a file comes before its row and goes after it. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  Store *store;
  const char *path;
  const StoreCopying *how;
  StoreOwner owner;
  char *draft, *folders[STORE_FOLDERS];
  GHashTable *wanted[STORE_FOLDERS]; /* ids of the mails that the copy is to have */
  int fd;                            /* of the draft, locked while it is open */
  guint64 count;
} Copy;

static void
copy_init (Copy *copy)
{
  copy->fd = -1;
  copy->draft = g_strconcat (copy->path, ".new", NULL);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    {
      copy->folders[i] = g_strconcat (copy->path, store_folder_suffix[i], NULL);
      copy->wanted[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
}

/* The descriptor goes last: closing one of a database drops the locks of all others that this process has of
 * it. */
static void
copy_clear (Copy *copy)
{
  for (guint i = 0; i < STORE_FOLDERS; i++)
    {
      g_free (copy->folders[i]);
      g_hash_table_unref (copy->wanted[i]);
    }
  g_free (copy->draft);
  if (copy->fd >= 0)
    close (copy->fd);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static gboolean
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: %s", path, why);
  return FALSE;
}

/* ---- the draft ---- */

/* Empty and ours alone. One that a crash left is written over, one that another process writes is not. */
static gboolean
open_draft (Copy *copy, GError **error)
{
  struct stat status;
  copy->fd = open (copy->draft, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (copy->fd < 0 || fstat (copy->fd, &status) != 0)
    return refuse (copy->draft, g_strerror (errno), error);
  if (!S_ISREG (status.st_mode) || status.st_nlink != 1)
    return refuse (copy->draft, "not a file of ours", error);
  if (flock (copy->fd, LOCK_EX | LOCK_NB) != 0)
    return refuse (copy->draft, "another copy to this place is under way", error);
  return (ftruncate (copy->fd, 0) == 0 && fchmod (copy->fd, 0600) == 0
          && (geteuid () != 0 || fchown (copy->fd, copy->owner.uid, copy->owner.gid) == 0))
         || refuse (copy->draft, g_strerror (errno), error);
}

/* Those that are not there yet; one that goes meanwhile is left out. */
static gboolean
copy_mails (Copy *copy, StoreFolder folder, GError **error)
{
  g_auto (GStrv) ids = NULL;
  if (!store_mail_list (copy->store, folder, &ids, error))
    return FALSE;
  g_hash_table_remove_all (copy->wanted[folder]);
  for (char **id = ids; *id != NULL; id++)
    {
      g_autoptr (GBytes) mail = NULL;
      g_hash_table_add (copy->wanted[folder], g_strdup (*id));
      if (store_folder_has (copy->folders[folder], *id))
        continue;
      if (!store_mail_read (copy->store, folder, *id, &mail, error)
          || (mail != NULL
              && !store_folder_keep (copy->folders[folder], *id, mail, copy->owner.uid, copy->owner.gid,
                                     error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_folders (Copy *copy, GError **error)
{
  gboolean done = TRUE;
  for (guint i = 0; done && i < STORE_FOLDERS; i++)
    done = copy_mails (copy, i, error);
  return done;
}

/* All of one moment: else the copy would begin anew at every commit of another process, and under load never
 * end. A copy of a copy knows no more than the first one. */
static gboolean
copy_rows (const Copy *copy, GError **error)
{
  gint64 at = 0;
  if (!store_look (copy->store, error))
    return FALSE;
  gboolean done = store_gap (copy->store, &at, error);
  g_autoptr (StoreMarkRow) mark = store_gap_mark (at != 0 ? at : copy->how->at);
  done = done
         && copy->store->backend->copy (copy->store->self, copy->draft, mark, copy->how->progress,
                                        copy->how->data, error);
  store_look_away (copy->store);
  return done && (fsync (copy->fd) == 0 || refuse (copy->draft, g_strerror (errno), error));
}

/* ---- what it is worth ---- */

/* Is every mail there that waits for a person? */
static gboolean
check_held (Copy *copy, Store *draft, GError **error)
{
  g_autoptr (GPtrArray) held = NULL;
  if (!store_held_list (draft, FALSE, &held, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      const char *id = ((const StoreHeld *)held->pdata[i])->id;
      if (!store_folder_has (copy->folders[STORE_FOLDER_HELD], id))
        return refuse (
            id, "the mail that is held under this id is gone; was it decided on just now? Then do it again",
            error);
      g_hash_table_add (copy->wanted[STORE_FOLDER_HELD], g_strdup (id));
    }
  return TRUE;
}

static gboolean
verify_draft (Copy *copy, GError **error)
{
  StoreKeys keys;
  g_autofree char *url
      = g_strconcat (copy->store->backend->scheme, ":", copy->draft, "?force-network=yes", NULL);
  g_autofree char *fault = NULL;
  store_keys_of (copy->store, &keys);
  g_autoptr (Store) draft = store_open_read (url, &keys, error);
  if (draft == NULL || !store_verify (draft, &copy->count, &fault, error))
    return FALSE;
  if (fault == NULL)
    return check_held (copy, draft, error);
  g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT,
               "the copy does not verify, so neither does the store: %s", fault);
  return FALSE;
}

/* ---- in its place ---- */

/* A copy is one file until somebody writes to it. What stands beside a store would be read into the copy that
 * took its place, and whoever has the store open would write on where nobody looks. */
static const char *const beside[] = { ".lock", "-wal", "-journal" };

static gboolean
is_in_use (const char *path)
{
  gboolean used = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (beside) && !used; i++)
    {
      g_autofree char *name = g_strconcat (path, beside[i], NULL);
      struct stat status;
      used = lstat (name, &status) == 0;
    }
  return used;
}

static gboolean
check_place (const Copy *copy, GError **error)
{
  struct stat status;
  if (is_in_use (copy->path))
    return refuse (copy->path, "a store that is or was in use, and left as it is; name another file", error);
  if (lstat (copy->path, &status) != 0)
    return errno == ENOENT || refuse (copy->path, g_strerror (errno), error);
  if (!S_ISREG (status.st_mode))
    return refuse (copy->path, "not a file, and left as it is", error);
  return copy->how->force || refuse (copy->path, "exists already; --force replaces it", error);
}

/* From here on the new rows stand; mails of an earlier copy that they do not need go. */
static gboolean
publish (const Copy *copy, GError **error)
{
  if (rename (copy->draft, copy->path) != 0 || !store_folder_sync_of (copy->path))
    return refuse (copy->path, g_strerror (errno), error);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    {
      g_auto (GStrv) ids = NULL;
      if (!store_folder_list (copy->folders[i], &ids, error))
        return FALSE;
      for (char **id = ids; *id != NULL; id++)
        if (!g_hash_table_contains (copy->wanted[i], *id))
          store_folder_drop (copy->folders[i], *id);
    }
  return TRUE;
}

static gboolean
make_copy (Copy *copy, GError **error)
{
  if (copy->store->backend->copy == NULL)
    return refuse (copy->store->backend->scheme, "such a store cannot be copied", error);
  if (!check_place (copy, error) || !open_draft (copy, error))
    return FALSE;
  if (copy_folders (copy, error) && copy_rows (copy, error) && copy_folders (copy, error)
      && verify_draft (copy, error))
    return publish (copy, error);
  unlink (copy->draft);
  return FALSE;
}

gboolean
store_copy (Store *store, const char *path, const StoreCopying *how, guint64 *count_out, GError **error)
{
  g_auto (Copy) copy = { .store = store, .path = path, .how = how, .owner = { geteuid (), getegid () } };
  copy_init (&copy);
  if (!make_copy (&copy, error))
    return FALSE;
  *count_out = copy.count;
  return TRUE;
}

/* Of a copy that is nobody's store yet: a restore that was killed may leave them. */
static void
drop_beside (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *name = g_strconcat (path, beside[i], NULL);
      unlink (name);
    }
}

/* Nothing has it yet. The caller frees. */
static char *
free_name (const char *path, const char *suffix)
{
  char *name = g_strconcat (path, ".", suffix, NULL);
  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.%s-%u", path, suffix, i);
    }
  return name;
}

gboolean
store_restore (const char *url, Store *from, const char *aside_suffix, const StoreCopying *how,
               char **aside_out, GError **error)
{
  const char *where;
  g_autofree char *path = NULL;
  StoreReplacing replacing = { .timeout_ms = how->timeout_ms };
  const StoreBackend *backend = store_backend_find (url, &where, error);
  if (backend == NULL)
    return FALSE;
  if (backend->replace == NULL || from->backend != backend)
    return refuse (url, "a copy cannot be brought back to such a store", error);
  if (!backend->place (where, &path, &replacing.owner, error))
    return FALSE;
  g_autofree char *fresh = g_strconcat (path, ".restored", NULL), *aside = free_name (path, aside_suffix);
  gboolean was_there = g_file_test (path, G_FILE_TEST_EXISTS);
  g_auto (Copy) copy = { .store = from, .path = fresh, .how = how, .owner = replacing.owner };
  copy_init (&copy);
  drop_beside (fresh);
  replacing.aside = aside;
  if (!make_copy (&copy, error) || !backend->replace (path, fresh, &replacing, error))
    return FALSE;
  *aside_out = was_there ? g_steal_pointer (&aside) : NULL;
  return TRUE;
}
