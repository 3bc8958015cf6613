/* standing.c - what holds now.
 *
 * For each address, category (or "*") and reason the row with the latest wish is kept; at the same second the
 * opt-out. So the order in which events reach us changes nothing (REQUIREMENTS 4.3, 6). What holds is worked
 * out when it is asked: an opt-out stands unless an opt-in lifts it, that is one that covers it, came
 * strictly later, and is of a reason allowed to lift it. */
#include "internal.h"

#define PAGE 1000

void
store_standing_free (StoreStanding *standing)
{
  if (standing == NULL)
    return;
  g_free (standing->category);
  g_strfreev (standing->except);
  g_free (standing->event);
  g_free (standing->channel);
  g_free (standing->other);
  g_free (standing);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)store_standing_free);
}

static StoreStanding *
standing_from_row (const StoreStandingRow *row, GError **error)
{
  g_autoptr (StoreStanding) standing = g_new0 (StoreStanding, 1);
  if (!store_reason_from_name (row->reason, &standing->reason))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT, "the standing of event %s is damaged",
                   row->event);
      return NULL;
    }
  standing->category = g_strdup (row->category);
  standing->erased = g_str_has_prefix (row->who, "hmac:");
  standing->except = store_list_split (row->kept);
  standing->out = row->is_out != 0;
  standing->at = row->received_at;
  standing->event = g_strdup (row->event);
  standing->channel = g_strdup (row->channel);
  return g_steal_pointer (&standing);
}

/* ---- precedence ---- */

/* Which reasons an opt-in of a person or of customer service lifts (FIELD section 4, 22). No other reason
 * opts in. */
static gboolean
lifts (const StoreStanding *in, const StoreStanding *out)
{
  gboolean allowed
      = in->reason == STORE_REASON_PERSON
        || (in->reason == STORE_REASON_CUSTOMER_SERVICE
            && (out->reason == STORE_REASON_CUSTOMER_SERVICE || out->reason == STORE_REASON_BOUNCE));
  return allowed && in->at > out->at;
}

/* Does @row speak for all of @category, which may be STORE_EVERY less @except? */
static gboolean
covers (const StoreStanding *row, const char *category, char *const *except)
{
  if (g_str_equal (row->category, category) && !g_str_equal (category, STORE_EVERY))
    return TRUE;
  if (!g_str_equal (row->category, STORE_EVERY))
    return FALSE;
  if (!g_str_equal (category, STORE_EVERY))
    return !g_strv_contains ((const char *const *)row->except, category);
  for (guint i = 0; row->except[i] != NULL; i++)
    if (except == NULL || !g_strv_contains ((const char *const *)except, row->except[i]))
      return FALSE;
  return TRUE;
}

/* Does @row hold for @category, against the other rows of its address? */
static gboolean
holds (const GPtrArray *rows, const StoreStanding *row, const char *category, char *const *except)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreStanding *other = rows->pdata[i];
      if (other->out == row->out || !covers (other, category, except))
        continue;
      if (row->out ? lifts (other, row) : !lifts (row, other))
        return FALSE;
    }
  return TRUE;
}

/* Does @row forbid mail of @category? STORE_EVERY asks for mail that might be of any, NULL for whatever @row
 * speaks of. */
gboolean
store_standing_blocks (const GPtrArray *rows, const StoreStanding *row, const char *category)
{
  if (!row->out)
    return FALSE;
  if (category == NULL || g_str_equal (category, STORE_EVERY))
    return (category == NULL || g_str_equal (row->category, category))
           && holds (rows, row, row->category, row->except);
  return covers (row, category, NULL) && holds (rows, row, category, NULL);
}

/* Is @row an opt-in to @category that holds? */
static gboolean
consents (const GPtrArray *rows, const StoreStanding *row, const char *category)
{
  return !row->out && covers (row, category, NULL) && holds (rows, row, category, NULL);
}

static int
compare_strength (gconstpointer a, gconstpointer b)
{
  const StoreStanding *one = *(StoreStanding *const *)a, *other = *(StoreStanding *const *)b;
  if (one->reason != other->reason)
    return one->reason < other->reason ? -1 : 1;
  if (one->out != other->out)
    return one->out ? -1 : 1;
  return (one->at < other->at) - (one->at > other->at);
}

/* ---- reading ---- */

static gboolean
add_rows (GPtrArray *rows, const GPtrArray *found, guint from, guint to, GError **error)
{
  for (guint i = from; i < to; i++)
    {
      StoreStanding *standing = standing_from_row (found->pdata[i], error);
      if (standing == NULL)
        return FALSE;
      g_ptr_array_add (rows, standing);
    }
  return TRUE;
}

static gboolean
read_rows (Store *store, const char *who, GPtrArray *rows, GError **error)
{
  const StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = who };
  g_auto (StoreWalk) walk = { 0 };
  const StoreStandingRow *row;
  if (!store_walk (store, &find, &walk, error) || !store_step (&walk, (gconstpointer *)&row, error))
    return FALSE;
  while (row != NULL)
    {
      StoreStanding *standing = standing_from_row (row, error);
      if (standing == NULL)
        return FALSE;
      g_ptr_array_add (rows, standing);
      if (!store_step (&walk, (gconstpointer *)&row, error))
        return FALSE;
    }
  return TRUE;
}

/* All rows of @address, those under its keyed hash included, strongest first. It may be such a hash itself,
 * in a link. */
GPtrArray *
store_standing_rows (Store *store, const char *address, GError **error)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autofree char *erased
      = store_is_address (address) && !store->none_erased ? store_pseudonym (store, address) : NULL;
  if (!read_rows (store, address, rows, error) || (erased != NULL && !read_rows (store, erased, rows, error)))
    return NULL;
  g_ptr_array_sort (rows, compare_strength);
  return g_steal_pointer (&rows);
}

/* The strongest of @rows that forbids mail of @category, taken out of them; NULL when none does. */
static StoreStanding *
take_blocking (GPtrArray *rows, const char *category)
{
  for (guint i = 0; i < rows->len; i++)
    if (store_standing_blocks (rows, rows->pdata[i], category))
      return g_ptr_array_steal_index (rows, i);
  return NULL;
}

/* The first stop of an address linked with @address. */
static gboolean
check_links (Store *store, const char *address, const char *category, StoreStanding **blocked_out,
             GError **error)
{
  g_autoptr (GPtrArray) links = NULL;
  *blocked_out = NULL;
  if (!store_links (store, address, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len && *blocked_out == NULL; i++)
    {
      const StoreLink *link = links->pdata[i];
      g_autoptr (GPtrArray) rows = store_standing_rows (store, link->other, error);
      if (rows == NULL)
        return FALSE;
      *blocked_out = take_blocking (rows, category);
      if (*blocked_out != NULL)
        (*blocked_out)->other = g_strdup (link->other);
    }
  return TRUE;
}

gboolean
store_check (Store *store, const char *address, const char *category, StoreStanding **blocked_out,
             GError **error)
{
  g_assert (store_is_address (address) && store_is_category (category));
  g_autoptr (GPtrArray) rows = store_standing_rows (store, address, error);
  if (rows == NULL)
    return FALSE;
  g_autoptr (StoreStanding) blocked = take_blocking (rows, category);
  if (blocked == NULL && !check_links (store, address, category, &blocked, error))
    return FALSE;
  if (blocked == NULL && !store_complete (store, error))
    return FALSE;
  *blocked_out = g_steal_pointer (&blocked);
  return TRUE;
}

gboolean
store_consent (Store *store, const char *address, const char *category, StoreStanding **consent_out,
               GError **error)
{
  g_assert (store_is_address (address) && store_is_category (category));
  g_autoptr (GPtrArray) rows = store_standing_rows (store, address, error);
  if (rows == NULL)
    return FALSE;
  guint i = 0;
  while (i < rows->len && !consents (rows, rows->pdata[i], category))
    i++;
  *consent_out = i < rows->len ? g_ptr_array_steal_index (rows, i) : NULL;
  return TRUE;
}

gboolean
store_standings (Store *store, const char *address, GPtrArray **rows_out, GError **error)
{
  g_assert (store_is_address (address));
  g_autoptr (GPtrArray) rows = store_standing_rows (store, address, error);
  if (rows == NULL)
    return FALSE;
  g_autofree gboolean *keep = g_new (gboolean, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreStanding *row = rows->pdata[i];
      keep[i] = holds (rows, row, row->category, row->except);
    }
  *rows_out = new_rows ();
  for (guint i = 0; i < rows->len; i++)
    if (keep[i])
      g_ptr_array_add (*rows_out, g_steal_pointer (&rows->pdata[i]));
  return TRUE;
}

/* ---- listing ---- */

typedef struct
{
  const StoreQuery *query;
  StoreStandingFunc func;
  gpointer data;
} Listing;

/* Of one address, or of @other for it: the rows that are out and asked for. FALSE: the caller wants no more.
 */
static gboolean
list_rows (const Listing *listing, const char *who, const char *other, GPtrArray *rows)
{
  const StoreQuery *query = listing->query;
  g_ptr_array_sort (rows, compare_strength);
  for (guint i = 0; i < rows->len; i++)
    {
      StoreStanding *row = rows->pdata[i];
      row->other = g_strdup (other);
      if (row->at >= query->since_at && (query->reason < 0 || (int)row->reason == query->reason)
          && store_standing_blocks (rows, row, query->category) && !listing->func (who, row, listing->data))
        return FALSE;
    }
  return TRUE;
}

/* One page of rows, address by address. Its last address may go on behind it and is read by itself. */
static gboolean
list_page (Store *store, const Listing *listing, char **after, gboolean *more, gboolean *wanted,
           GError **error)
{
  StoreValue bound = { .text = *after };
  StoreFind find = { .table = &store_table_standing, .order = "who", .after = &bound, .most = PAGE };
  g_autoptr (GPtrArray) found = NULL;
  if (!store_find (store, &find, &found, error))
    return FALSE;
  *more = found->len == PAGE;
  for (guint from = 0, to = 0; from < found->len; from = to)
    {
      const char *who = ((StoreStandingRow *)found->pdata[from])->who;
      g_autoptr (GPtrArray) rows = new_rows ();
      while (to < found->len && g_str_equal (((StoreStandingRow *)found->pdata[to])->who, who))
        to++;
      if (to == PAGE ? !read_rows (store, who, rows, error) : !add_rows (rows, found, from, to, error))
        return FALSE;
      if (!list_rows (listing, who, NULL, rows))
        *more = *wanted = FALSE, to = found->len;
      g_free (*after);
      *after = g_strdup (who);
    }
  return TRUE;
}

/* What the links of @who, an address or a pseudonym, add to what was listed of it. */
static gboolean
list_links_of (Store *store, const Listing *listing, const char *who, gboolean *wanted, GError **error)
{
  g_autoptr (GPtrArray) own = store_standing_rows (store, who, error);
  g_autoptr (GPtrArray) links = store_links_new ();
  if (own == NULL || !store_links_read (store, who, links, error))
    return FALSE;
  g_autoptr (StoreStanding) named
      = listing->query->category != NULL ? take_blocking (own, listing->query->category) : NULL;
  for (guint i = 0; named == NULL && *wanted && i < links->len; i++)
    {
      const char *other = ((const StoreLink *)links->pdata[i])->other;
      g_autoptr (GPtrArray) rows = store_standing_rows (store, other, error);
      if (rows == NULL)
        return FALSE;
      *wanted = list_rows (listing, who, other, rows);
    }
  return TRUE;
}

static gboolean
list_linked (Store *store, const Listing *listing, GError **error)
{
  g_autofree char *after = g_strdup ("");
  gboolean wanted = TRUE;
  for (guint found = PAGE; found == PAGE && wanted;)
    {
      StoreValue bound = { .text = after };
      StoreFind find = { .table = &store_table_link, .order = "who", .after = &bound, .most = PAGE };
      g_autoptr (GPtrArray) rows = NULL;
      if (!store_find (store, &find, &rows, error))
        return FALSE;
      found = rows->len;
      for (guint i = 0; wanted && i < found; i++)
        {
          const char *who = ((const StoreLinkRow *)rows->pdata[i])->who;
          if (g_str_equal (who, after))
            continue;
          if (!list_links_of (store, listing, who, &wanted, error))
            return FALSE;
          g_free (after);
          after = g_strdup (who);
        }
    }
  return TRUE;
}

gboolean
store_each_standing (Store *store, const StoreQuery *query, StoreStandingFunc func, gpointer data,
                     GError **error)
{
  const Listing listing = { query, func, data };
  if (query->address != NULL)
    {
      g_autoptr (GPtrArray) rows = store_standing_rows (store, query->address, error);
      if (rows != NULL)
        list_rows (&listing, query->address, NULL, rows);
      return rows != NULL;
    }
  g_autofree char *after = g_strdup ("");
  gboolean more = TRUE, wanted = TRUE;
  while (more)
    if (!list_page (store, &listing, &after, &more, &wanted, error))
      return FALSE;
  return !wanted || list_linked (store, &listing, error);
}
