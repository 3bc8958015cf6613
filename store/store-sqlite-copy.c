/* store-sqlite-copy.c - a snapshot of a live database in a file of its own, and a database moved out of the
 * way of another. */
#include "store-sqlite.h"
#include "lock.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define STEP_PAGES 1024 /* between two reports of progress: 4 MB */

/* ---- copying ---- */

static gboolean
copy_pages (StoreSqlite *from, StoreSqlite *to, StoreCopyFunc progress, gpointer data, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->db, "main", from->db, "main");
  int code = SQLITE_OK;
  if (backup == NULL)
    return store_sqlite_fail (to, error);
  while ((code = sqlite3_backup_step (backup, STEP_PAGES)) == SQLITE_OK)
    if (progress != NULL)
      {
        guint64 pages = (guint64)sqlite3_backup_pagecount (backup),
                left = (guint64)sqlite3_backup_remaining (backup);
        progress (pages - left, pages, data);
      }
  code = sqlite3_backup_finish (backup);
  return code == SQLITE_OK || store_sqlite_fail (to, error);
}

/* The draft is nobody's yet: what makes a database outlive a crash begins when it is whole, with the caller's
 * fsync(). A journal of the plain kind makes the copy one file that can be read from a medium that nobody
 * writes to. */
gboolean
store_sqlite_copy (gpointer self, const char *path, const StoreMarkRow *mark, StoreCopyFunc progress,
                   gpointer data, GError **error)
{
  g_autoptr (StoreSqlite) to = store_sqlite_new (path);
  return store_sqlite_connect (to, error) && store_sqlite_run (to, "PRAGMA synchronous = OFF", error)
         && copy_pages (self, to, progress, data, error)
         && store_sqlite_run (to, "PRAGMA journal_mode = DELETE", error)
         && store_sqlite_put (to, mark, error);
}

/* ---- out of the way ---- */

/* What stands beside a database and is part of it while a process has it open. */
static const char *const companions[] = { "-wal", "-shm", "-journal" };

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* A log beside the database of another would be read into it. So the log gets its second name before the
 * database moves, and loses its first one before another database comes: a crash in between leaves a store
 * that is whole, here or there, and none that lacks its log. */
static gboolean
each_companion (const char *path, const char *aside, gboolean (*act) (const char *old, const char *new),
                GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *old = g_strconcat (path, companions[i], NULL),
                      *new = g_strconcat (aside, companions[i], NULL);
      if (!act (old, new) && errno != ENOENT)
        return fail (old, error);
    }
  return TRUE;
}

static gboolean
give_name (const char *old, const char *new)
{
  return link (old, new) == 0;
}

static gboolean
take_name (const char *old, const char *new G_GNUC_UNUSED)
{
  return unlink (old) == 0;
}

static gboolean
move (const char *old, const char *new, GError **error)
{
  return rename (old, new) == 0 || errno == ENOENT || fail (old, error);
}

/* The folders of whole mails that stand beside a database. */
static gboolean
move_folders (const char *from, const char *to, GError **error)
{
  gboolean done = TRUE;
  for (guint i = 0; done && i < STORE_FOLDERS; i++)
    {
      g_autofree char *old = g_strconcat (from, store_folder_suffix[i], NULL),
                      *new = g_strconcat (to, store_folder_suffix[i], NULL);
      done = move (old, new, error);
    }
  return done;
}

static gboolean
move_aside (const char *path, const char *aside, GError **error)
{
  return each_companion (path, aside, give_name, error) && move (path, aside, error)
         && move_folders (path, aside, error) && each_companion (path, aside, take_name, error);
}

/* The copy becomes a store that many use at once. Nobody else knows it yet, so its empty log may go. */
static gboolean
prepare (const char *fresh, GError **error)
{
  g_autoptr (StoreSqlite) sqlite = store_sqlite_new (fresh);
  gboolean done
      = store_sqlite_connect (sqlite, error) && store_sqlite_run (sqlite, "PRAGMA journal_mode = WAL", error);
  g_clear_pointer (&sqlite, store_sqlite_close);
  return done && each_companion (fresh, fresh, take_name, error);
}

gboolean
store_sqlite_replace (const char *path, const char *fresh, const StoreReplacing *how, GError **error)
{
  g_autoptr (StoreSqlite) place = store_sqlite_new (path);
  return prepare (fresh, error) && store_sqlite_lock (place, &how->owner, how->timeout_ms, error)
         && move_aside (path, how->aside, error) && move_folders (fresh, path, error)
         && move (fresh, path, error) && (store_folder_sync_of (path) || fail (path, error));
}
