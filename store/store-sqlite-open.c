/* store-sqlite-open.c - finding an SQLite store, making sure that it is ours and on a disk of ours, and
 * bringing its schema up to date. A file that is not a store of ours is left as it is. */
#include "store-sqlite.h"
#include "lock.h"
#include "schema.inc"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#define APPLICATION_ID 1330664532 /* "OPTT" */
#define SCHEMA_VERSION ((int)G_N_ELEMENTS (schema))
#define FORCE_NETWORK "?force-network=yes"
#define SMALL_LOG (512 * 1024)
#define MOST_OCTETS (64 * 1024 * 1024)

static gboolean
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: %s", path, why);
  return FALSE;
}

/* ---- the place ---- */

/* Locks and shared memory do not work over a network (R124). FUSE hides what is behind it. */
static gboolean
is_network (const struct statfs *fs)
{
  /* clang-format off */
  static const guint32 types[] = {
    0x6969 /* NFS */, 0x517b /* SMB */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */, 0x65735546 /* FUSE */,
    0x5346414f /* AFS */, 0x6b414653 /* kAFS */, 0x73757245 /* Coda */, 0x564c /* NCP */, 0x01021997 /* 9P */,
    0x00c36400 /* Ceph */, 0x7461636f /* OCFS2 */, 0x01161970 /* GFS2 */, 0x0bd00bd0 /* Lustre */, 0x47504653 /* GPFS */,
  };
  /* clang-format on */
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if ((guint32)fs->f_type == types[i])
      return TRUE;
  return FALSE;
}

/* The path behind "sqlite:", its folder without links, so that SQLite may refuse any. */
static char *
find_place (const char *where, GError **error)
{
  gboolean forced = g_str_has_suffix (where, FORCE_NETWORK);
  g_autofree char *path = g_strndup (where, strlen (where) - (forced ? strlen (FORCE_NETWORK) : 0));
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree char *real = realpath (folder, NULL); /* malloc() is g_malloc() */
  struct statfs fs;

  if (path[0] == '\0' || g_str_has_suffix (path, "/") || strchr (path, '?') != NULL)
    refuse (where, "not a path of a file; write sqlite:PATH", error);
  else if (real == NULL || statfs (real, &fs) != 0)
    g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: the folder %s: %s", path, folder,
                 g_strerror (errno));
  else if (!forced && is_network (&fs))
    refuse (path,
            "on a network file system, where a database is not safe (sqlite:PATH" FORCE_NETWORK " insists)",
            error);
  else
    return g_build_filename (real, name, NULL);
  return NULL;
}

static gboolean
check_file (const char *path, struct stat *status_out, GError **error)
{
  if (lstat (path, status_out) != 0)
    return refuse (path,
                   errno == ENOENT ? "there is no store; is its disk mounted? ('optout init' makes a new one)"
                                   : g_strerror (errno),
                   error);
  if (S_ISLNK (status_out->st_mode))
    return refuse (path, "a symbolic link, which is not followed", error);
  if (!S_ISREG (status_out->st_mode))
    return refuse (path, "not a file", error);
  return status_out->st_nlink == 1
         || refuse (path, "has a second name (hard link), which is not safe", error);
}

static gboolean
check_writable (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (access (path, R_OK | W_OK) != 0)
    return refuse (path, g_strerror (errno), error);
  return access (folder, W_OK | X_OK) == 0 || refuse (folder, g_strerror (errno), error);
}

static gboolean
open_lock (StoreSqlite *sqlite, GError **error)
{
  g_autofree char *path = g_strconcat (sqlite->path, ".lock", NULL);
  struct stat status;
  sqlite->lock = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (sqlite->lock < 0 || fstat (sqlite->lock, &status) != 0)
    return refuse (path, g_strerror (errno), error);
  if (!S_ISREG (status.st_mode))
    return refuse (path, "not a file", error);
  if (geteuid () == 0 && status.st_uid != sqlite->status.st_uid
      && fchown (sqlite->lock, sqlite->status.st_uid, sqlite->status.st_gid) != 0)
    return refuse (path, g_strerror (errno), error);
  return TRUE;
}

gboolean
store_sqlite_place (const char *where, char **path_out, StoreOwner *owner_out, GError **error)
{
  g_autofree char *path = find_place (where, error);
  if (path == NULL)
    return FALSE;
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;
  if (lstat (path, &status) == 0 ? !S_ISREG (status.st_mode) : errno != ENOENT)
    return refuse (path, "not a file, and left as it is", error);
  if (lstat (path, &status) != 0 && stat (folder, &status) != 0)
    return refuse (folder, g_strerror (errno), error);
  *owner_out = (StoreOwner){ status.st_uid, status.st_gid };
  *path_out = g_steal_pointer (&path);
  return TRUE;
}

gboolean
store_sqlite_lock (StoreSqlite *sqlite, const StoreOwner *owner, guint timeout_ms, GError **error)
{
  sqlite->status.st_uid = owner->uid;
  sqlite->status.st_gid = owner->gid;
  return open_lock (sqlite, error) && store_lock_take (sqlite->lock, sqlite->path, timeout_ms, error);
}

/* ---- the connection ---- */

/* The last one to close copies the log into the database and removes it, by its name: two syncs more
 * (PERFORMANCE P5), and a loss once another database stands in our place (store-sqlite-copy.c). A short log
 * is left to those who come later, and read by them in no time; a long one is removed while the lock keeps
 * our place ours. */
static void
spare_log (StoreSqlite *sqlite)
{
  g_autofree char *log = g_strconcat (sqlite->path, "-wal", NULL);
  struct stat status;
  gboolean is_long = stat (log, &status) == 0 && status.st_size >= SMALL_LOG;
  if (!is_long || sqlite->lock < 0 || !store_lock_try (sqlite->lock) || !store_sqlite_in_place (sqlite, NULL))
    sqlite3_db_config (sqlite->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void
store_sqlite_close (gpointer self)
{
  StoreSqlite *sqlite = self;
  g_hash_table_unref (sqlite->statements);
  if (sqlite->db != NULL)
    spare_log (sqlite);
  sqlite3_close (sqlite->db);
  if (sqlite->lock >= 0)
    close (sqlite->lock);
  g_free (sqlite->path);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    g_free (sqlite->folders[i]);
  g_free (sqlite);
}

StoreSqlite *
store_sqlite_new (const char *path)
{
  StoreSqlite *sqlite = g_new0 (StoreSqlite, 1);
  sqlite->path = g_strdup (path);
  for (guint i = 0; i < STORE_FOLDERS; i++)
    sqlite->folders[i] = g_strconcat (path, store_folder_suffix[i], NULL);
  sqlite->lock = -1;
  sqlite->statements = g_hash_table_new_full (store_sqlite_shape_hash, store_sqlite_shape_equal,
                                              store_sqlite_statement_free, NULL);
  return sqlite;
}

/* R123, R125. EXTRA is FULL with a write-ahead log; with a rollback journal it syncs the folder too. */
static gboolean
configure (StoreSqlite *sqlite, GError **error)
{
  sqlite3 *db = sqlite->db;
  sqlite3_extended_result_codes (db, 1);
  sqlite3_busy_timeout (db, STORE_SQLITE_BUSY_MS);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MOST_OCTETS);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 100000);
  sqlite3_limit (db, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit (db, SQLITE_LIMIT_COMPOUND_SELECT, 5);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (db, SQLITE_LIMIT_WORKER_THREADS, 0);
  return store_sqlite_run (sqlite,
                           "PRAGMA mmap_size = 0; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;"
                           "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
                           error);
}

static gboolean
connect_to (StoreSqlite *sqlite, const char *name, int flags, GError **error)
{
  int code = sqlite3_open_v2 (name, &sqlite->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
  return (code == SQLITE_OK || store_sqlite_fail (sqlite, error)) && configure (sqlite, error);
}

gboolean
store_sqlite_connect (StoreSqlite *sqlite, GError **error)
{
  return connect_to (sqlite, sqlite->path, SQLITE_OPEN_READWRITE, error);
}

static gboolean
read_pragma (StoreSqlite *sqlite, const char *sql, int *value_out, GError **error)
{
  g_autofree char *answer = NULL;
  if (!store_sqlite_ask (sqlite, sql, &answer, error))
    return FALSE;
  *value_out = atoi (answer);
  return TRUE;
}

/* ---- whose it is, and how old ---- */

static gboolean
check_ours (StoreSqlite *sqlite, int *version_out, GError **error)
{
  int application;
  if (!read_pragma (sqlite, "PRAGMA application_id", &application, error)
      || !read_pragma (sqlite, "PRAGMA user_version", version_out, error))
    return FALSE;
  if (application != APPLICATION_ID || *version_out < 1)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT,
                   "%s: a database, but not a store of ours: perhaps the path is wrong", sqlite->path);
      return FALSE;
    }
  return *version_out <= SCHEMA_VERSION
         || refuse (sqlite->path, "is of a newer program; use that one", error);
}

/* One numbered file, in the transaction that runs. */
static gboolean
apply_schema (StoreSqlite *sqlite, int version, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version);
  return store_sqlite_run (sqlite, schema[version - 1], error) && store_sqlite_run (sqlite, mark, error);
}

static gboolean
migrate (StoreSqlite *sqlite, int version, GError **error)
{
  while (version < SCHEMA_VERSION)
    {
      if (!store_sqlite_begin (sqlite, error))
        return FALSE;
      if (!check_ours (sqlite, &version, error) /* another process may have been faster */
          || (version < SCHEMA_VERSION && !apply_schema (sqlite, ++version, error)))
        {
          store_sqlite_rollback (sqlite);
          return FALSE;
        }
      if (!store_sqlite_commit (sqlite, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- creating ---- */

static gboolean
fill (StoreSqlite *sqlite, const StoreMarkRow *seal, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d", APPLICATION_ID);
  if (!store_sqlite_connect (sqlite, error) || !store_sqlite_begin (sqlite, error))
    return FALSE;
  gboolean done = store_sqlite_run (sqlite, mark, error);
  for (int version = 1; done && version <= SCHEMA_VERSION; version++)
    done = apply_schema (sqlite, version, error);
  done = done && store_sqlite_put (sqlite, seal, error);
  if (!done)
    store_sqlite_rollback (sqlite);
  /* Where a write-ahead log is not to be had, the journal mode stays what it is, and EXTRA makes that safe.
   */
  return done && store_sqlite_commit (sqlite, error)
         && store_sqlite_run (sqlite, "PRAGMA journal_mode = WAL", error);
}

gboolean
store_sqlite_create (const char *where, const StoreMarkRow *seal, GError **error)
{
  g_autofree char *path = find_place (where, error);
  if (path == NULL)
    return FALSE;
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return refuse (path, errno == EEXIST ? "exists already" : g_strerror (errno), error);
  close (fd);
  g_autoptr (StoreSqlite) sqlite = store_sqlite_new (path);
  if (check_file (path, &sqlite->status, error) && open_lock (sqlite, error) && fill (sqlite, seal, error)
      && (store_folder_sync_of (path) || refuse (path, g_strerror (errno), error)))
    return TRUE;
  static const char *const made[] = { "", ".lock", "-journal", "-wal", "-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *name = g_strconcat (path, made[i], NULL);
      unlink (name);
    }
  return FALSE;
}

/* ---- opening ---- */

static gboolean
open_write (StoreSqlite *sqlite, GError **error)
{
  int version;
  return check_writable (sqlite->path, error) && store_sqlite_connect (sqlite, error)
         && check_ours (sqlite, &version, error)
         && (sqlite3_db_readonly (sqlite->db, "main") == 0 || refuse (sqlite->path, "read-only", error))
         && open_lock (sqlite, error) && migrate (sqlite, version, error);
}

static gboolean
open_read (StoreSqlite *sqlite, const char *name, int flags, GError **error)
{
  int version;
  return connect_to (sqlite, name, flags | SQLITE_OPEN_READONLY, error)
         && check_ours (sqlite, &version, error)
         && (version == SCHEMA_VERSION
             || refuse (sqlite->path, "is of an older program; a command that writes brings it up to date",
                        error));
}

/* On a medium that nobody can write to, SQLite need not look for a log; but then there must be none. */
static gboolean
is_frozen (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct statvfs fs;
  struct stat status;
  return statvfs (path, &fs) == 0 && (fs.f_flag & ST_RDONLY) != 0
         && (stat (log, &status) != 0 || status.st_size == 0);
}

gpointer
store_sqlite_open (const char *where, const StoreOpening *how, GError **error)
{
  g_autofree char *path = find_place (where, error);
  if (path == NULL)
    return NULL;
  g_autoptr (StoreSqlite) sqlite = store_sqlite_new (path);
  sqlite->timeout_ms = how->timeout_ms;
  if (!check_file (path, &sqlite->status, error))
    return NULL;
  if (!how->read_only)
    return open_write (sqlite, error) ? g_steal_pointer (&sqlite) : NULL;
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *frozen = g_strconcat ("file:", escaped, "?immutable=1", NULL);
  gboolean opened = is_frozen (path) ? open_read (sqlite, frozen, SQLITE_OPEN_URI, error)
                                     : open_read (sqlite, path, 0, error);
  return opened ? g_steal_pointer (&sqlite) : NULL;
}
