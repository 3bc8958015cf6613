/* store-fault.c - another store whose n-th call fails, for tests. "fault:N:URL" fails once, "fault:N+:URL"
 * from then on for ever, "fault:N~:URL" does a commit and says UNCERTAIN (other calls just fail). Opening is
 * call 1. */
#include "backend.h"

#include <string.h>

typedef struct
{
  const StoreBackend *inner;
  gpointer self;
  guint64 calls, n;
  char manner; /* '+', '~' or ':' */
} Fault;

/* Reads "N:URL", "N+:URL" or "N~:URL". */
static gboolean
parse (const char *where, Fault *fault, const char **inner_where_out, GError **error)
{
  char *end;
  fault->n = g_ascii_strtoull (where, &end, 10);
  fault->manner = *end;
  if (*end == '+' || *end == '~')
    end++;
  if (end != where && *end == ':')
    return (fault->inner = store_backend_find (end + 1, inner_where_out, error)) != NULL;
  g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "fault:%s: write fault:N:URL", where);
  return FALSE;
}

/* Is this call the one to fail? */
static gboolean
is_due (Fault *fault)
{
  fault->calls++;
  return fault->manner == '+' ? fault->calls >= fault->n : fault->calls == fault->n;
}

static gboolean
refuse (const Fault *fault, StoreError code, GError **error)
{
  g_set_error (error, STORE_ERROR, code, "call %" G_GUINT64_FORMAT " fails, as asked", fault->calls);
  return FALSE;
}

static gboolean
fault_create (const char *where, const StoreMarkRow *seal, GError **error)
{
  Fault fault = { 0 };
  const char *inner_where;
  return parse (where, &fault, &inner_where, error) && fault.inner->create (inner_where, seal, error);
}

static gpointer
fault_open (const char *where, const StoreOpening *how, GError **error)
{
  g_autofree Fault *fault = g_new0 (Fault, 1);
  const char *inner_where;
  if (!parse (where, fault, &inner_where, error))
    return NULL;
  if (is_due (fault))
    {
      refuse (fault, STORE_ERROR_UNAVAILABLE, error);
      return NULL;
    }
  fault->self = fault->inner->open (inner_where, how, error);
  return fault->self != NULL ? g_steal_pointer (&fault) : NULL;
}

static void
fault_close (gpointer self)
{
  Fault *fault = self;
  fault->inner->close (fault->self);
  g_free (fault);
}

static gboolean
fault_commit (gpointer self, GError **error)
{
  Fault *fault = self;
  if (!is_due (fault))
    return fault->inner->commit (fault->self, error);
  if (fault->manner != '~')
    {
      fault->inner->rollback (fault->self);
      return refuse (fault, STORE_ERROR_UNAVAILABLE, error);
    }
  return fault->inner->commit (fault->self, error) && refuse (fault, STORE_ERROR_UNCERTAIN, error);
}

static void
fault_rollback (gpointer self)
{
  Fault *fault = self;
  fault->inner->rollback (fault->self);
}

static gpointer
fault_walk (gpointer self, const StoreFind *find, GError **error)
{
  Fault *fault = self;
  if (!is_due (fault))
    return fault->inner->walk (fault->self, find, error);
  refuse (fault, STORE_ERROR_UNAVAILABLE, error);
  return NULL;
}

static void
fault_leave (gpointer self, gpointer walk)
{
  Fault *fault = self;
  fault->inner->leave (fault->self, walk);
}

static void
fault_look_away (gpointer self)
{
  Fault *fault = self;
  fault->inner->look_away (fault->self);
}

static void
fault_mail_drop (gpointer self, StoreFolder folder, const char *id)
{
  Fault *fault = self;
  if (!is_due (fault))
    fault->inner->mail_drop (fault->self, folder, id);
}

/* clang-format off */
#define FORWARD(call, parameters, arguments) \
  static gboolean fault_##call parameters \
  { \
    Fault *fault = self; \
    return is_due (fault) ? refuse (fault, STORE_ERROR_UNAVAILABLE, error) : fault->inner->call arguments; \
  }

FORWARD (in_place, (gpointer self, GError **error), (fault->self, error))
FORWARD (begin, (gpointer self, GError **error), (fault->self, error))
FORWARD (put, (gpointer self, gconstpointer row, GError **error), (fault->self, row, error))
FORWARD (add, (gpointer self, gconstpointer row, gboolean *added_out, GError **error),
         (fault->self, row, added_out, error))
FORWARD (step, (gpointer self, gpointer walk, gconstpointer *row_out, GError **error),
         (fault->self, walk, row_out, error))
FORWARD (look, (gpointer self, GError **error), (fault->self, error))
FORWARD (count, (gpointer self, const StoreFind *find, guint64 *count_out, GError **error),
         (fault->self, find, count_out, error))
FORWARD (drop, (gpointer self, const StoreTable *table, const char *column, const char *is, GError **error),
         (fault->self, table, column, is, error))
FORWARD (audit, (gpointer self, char **fault_out, GError **error), (fault->self, fault_out, error))
FORWARD (mail_keep, (gpointer self, StoreFolder folder, const char *id, GBytes *mail, GError **error),
         (fault->self, folder, id, mail, error))
FORWARD (mail_read, (gpointer self, StoreFolder folder, const char *id, GBytes **mail_out, GError **error),
         (fault->self, folder, id, mail_out, error))
FORWARD (mail_list, (gpointer self, StoreFolder folder, char ***ids_out, GError **error),
         (fault->self, folder, ids_out, error))
FORWARD (scrub, (gpointer self, GError **error), (fault->self, error))
/* clang-format on */

const StoreBackend store_fault = {
  .scheme = "fault",
  .create = fault_create,
  .open = fault_open,
  .close = fault_close,
  .in_place = fault_in_place,
  .begin = fault_begin,
  .commit = fault_commit,
  .rollback = fault_rollback,
  .put = fault_put,
  .add = fault_add,
  .walk = fault_walk,
  .step = fault_step,
  .leave = fault_leave,
  .look = fault_look,
  .look_away = fault_look_away,
  .count = fault_count,
  .drop = fault_drop,
  .audit = fault_audit,
  .mail_keep = fault_mail_keep,
  .mail_read = fault_mail_read,
  .mail_drop = fault_mail_drop,
  .mail_list = fault_mail_list,
  .scrub = fault_scrub,
};
