/* import-record.c - what a list says becomes events, group by group. */
#include "import.h"

#include "gate.h"
#include "interrupt.h"
#include "outcome.h"
#include "progress.h"

#include <string.h>

#include "build-config.h"

/* A group is one transaction. It is read before it begins, so that a list that comes slowly keeps no lock. A
 * short list keeps others waiting for a moment only; a long one would write each page of the indexes many
 * times over in short groups, so its groups grow. */
#define LEAST_ROWS 2000
#define MOST_ROWS 32000
#define GROUP_OCTETS (8u * 1024 * 1024)

#define MARK "import-"
#define MARK_DONE "done"

typedef struct
{
  FilterImportRow row;
  char *text; /* of the row, where it may be wanted */
} Item;

typedef struct
{
  GArray *items;
  guint most;
  gsize octets;
  gboolean last;
} Group;

static void
item_clear (gpointer data)
{
  Item *item = data;
  filter_import_wish_clear (&item->row.wish);
  g_free (item->text);
}

/* ---- a line ---- */

static const StoreReason reasons[] = {
  [FILTER_IMPORT_COMPLAINT] = STORE_REASON_COMPLAINT,
  [FILTER_IMPORT_PERSON] = STORE_REASON_PERSON,
  [FILTER_IMPORT_SERVICE] = STORE_REASON_CUSTOMER_SERVICE,
  [FILTER_IMPORT_BOUNCE] = STORE_REASON_BOUNCE,
};

/* Of the names that a list of ours excepts those that there are; of the others more is stopped, on the safe
 * side. */
static char **
known_names (const FilterConfig *config, const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, " ", -1);
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  for (char **name = names; *name != NULL; name++)
    if (filter_config_category (config, *name) != NULL)
      g_strv_builder_add (known, *name);
  return g_strv_builder_end (known);
}

/* What a line stops: as --category says, else as our own list says, else everything. FALSE: there is no such
 * category. */
static gboolean
find_scope (const FilterImport *import, const FilterImportWish *wish, char ***scope_out, char ***except_out)
{
  gboolean named
      = import->scope == NULL && wish->category != NULL && !g_str_equal (wish->category, STORE_EVERY);
  const FilterCategory *category
      = named ? filter_config_category (import->admin->config, wish->category) : NULL;
  if (named && (category == NULL || category->essential))
    return FALSE;
  gboolean every = import->scope == NULL && !named;
  *scope_out = import->scope != NULL ? g_strdupv (import->scope)
                                     : g_strsplit (named ? wish->category : STORE_EVERY, "\n", 1);
  *except_out = every && wish->except != NULL ? known_names (import->admin->config, wish->except) : NULL;
  return TRUE;
}

/* The same line of the same list has the same key, whenever it comes (R105); an address stands in it as its
 * pseudonym, for the key stays when the address is erased. A line without a time is known by its file. The
 * time comes first: lists are mostly in its order, and so the index of keys grows at one place instead of
 * everywhere. */
static char *
key_of (const FilterImport *import, const StoreEvent *event, const char *who, gint64 at)
{
  const char *file = at != 0 ? NULL : filter_import_file_sha256 (import->file);
  g_autofree char *scope = g_strjoinv ("\n", event->scope);
  g_autofree char *except = event->except != NULL ? g_strjoinv ("\n", event->except) : g_strdup ("");
  g_autofree char *when
      = file != NULL ? g_strndup (file, 10)
                     : g_strdup_printf ("%010" G_GINT64_MODIFIER "x", at != 0 ? at : event->received_at);
  g_autofree char *text
      = g_strjoin ("\n\n", "import", store_action_name (event->action), who,
                   store_reason_name (event->reason), file != NULL ? file : when, scope, except, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  memcpy (digest, when, 10);
  return g_steal_pointer (&digest);
}

/* Random for the import, counted up within it, for the sake of the index. */
static char *
next_id (FilterImport *import)
{
  return g_strdup_printf ("%.24s%08x", import->id, import->ids++);
}

static StoreEvent *
new_event (FilterImport *import, const FilterImportRow *row, const char *who, FilterImportMeaning meaning,
           char **scope, char **except)
{
  const FilterImportWish *wish = &row->wish;
  gboolean in = meaning == FILTER_IMPORT_SUBSCRIBED;
  gint64 at = wish->at != 0 ? wish->at : import->received_at;
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, row->line);
  StoreEvent *event = store_event_new ();
  event->id = next_id (import);
  event->action = in ? STORE_ACTION_OPT_IN : STORE_ACTION_OPT_OUT;
  event->reason = in ? STORE_REASON_PERSON : reasons[meaning];
  event->received_at = at != 0 ? MIN (at, import->now) : import->now;
  event->recorded_at = import->now;
  event->channel = g_strdup ("import");
  event->scope = g_strdupv (scope);
  event->except = g_strdupv (except);
  event->by = g_strdup (import->by);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (wish->address);
  event->details = filter_admin_details ("note", import->note, "proof", in ? import->proof : NULL, "file",
                                         filter_import_file_name (import->file), "file-sha256",
                                         filter_import_file_sha256 (import->file), "line", line, "provider",
                                         row->provider, "provider-words", wish->text,
                                         FILTER_ADMIN_CONTROLLER (import->admin->config), NULL);
  event->key = key_of (import, event, who, at);
  return event;
}

static gboolean
covers (char *const *scope, const char *category)
{
  return g_strv_contains ((const char *const *)scope, STORE_EVERY)
         || g_strv_contains ((const char *const *)scope, category);
}

/* Would mail of @scope be stopped now: by a row of the address itself, for categories that are no longer
 * configured too, or by whatever the gate finds? */
static gboolean
is_stopped (const FilterImport *import, const char *address, char **scope, gboolean *stopped_out,
            GError **error)
{
  const FilterConfig *config = import->admin->config;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean stopped = FALSE;
  if (!store_standings (import->admin->store, address, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len && !stopped; i++)
    {
      const StoreStanding *row = rows->pdata[i];
      stopped = row->out && (g_str_equal (row->category, STORE_EVERY) || covers (scope, row->category));
    }
  for (guint i = 0; i < config->categories->len && !stopped; i++)
    {
      g_auto (FilterAnswer) answer = { 0 };
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (category->essential || !covers (scope, category->name))
        continue;
      if (!filter_gate_ask (import->admin->store, config, address, category, &answer, error))
        return FALSE;
      stopped = answer.ground == FILTER_GROUND_STOP;
    }
  *stopped_out = stopped;
  return TRUE;
}

/* Does @row stop all of @category that @event does, for a reason as strong? */
static gboolean
outdoes (const StoreStanding *row, const StoreEvent *event, const char *category)
{
  gboolean every = g_str_equal (row->category, STORE_EVERY), whole = TRUE;
  if (!row->out || !row->erased || row->reason > event->reason
      || (!every && !g_str_equal (row->category, category)))
    return FALSE;
  for (char **name = row->except; every && *name != NULL && whole; name++)
    whole = g_str_equal (category, STORE_EVERY)
                ? event->except != NULL && g_strv_contains ((const char *const *)event->except, *name)
                : !g_str_equal (category, *name);
  return whole;
}

static gboolean
is_outdone (const GPtrArray *rows, const StoreEvent *event)
{
  gboolean outdone = TRUE;
  for (guint i = 0; event->scope[i] != NULL && outdone; i++)
    {
      outdone = FALSE;
      for (guint k = 0; k < rows->len && !outdone; k++)
        outdone = outdoes (rows->pdata[k], event, event->scope[i]);
    }
  for (guint k = 0; k < rows->len && outdone; k++)
    outdone = ((const StoreStanding *)rows->pdata[k])->out; /* the line may come later than an opt-in */
  return outdone;
}

/* Was the address erased, and does as much stand under its hash as the line says? Then it is not written down
 * again. What else may forbid it now, a link or a mail that is held, may end. */
static gboolean
is_remembered (const FilterImport *import, const StoreEvent *event, const char *who, gboolean *remembered_out,
               GError **error)
{
  Store *store = import->admin->store;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean known = FALSE;
  if (event->action == STORE_ACTION_OPT_OUT
      && (!store_known (store, who, &known, error)
          || (known && !store_standings (store, event->address, &rows, error))))
    return FALSE;
  *remembered_out = known && is_outdone (rows, event);
  return TRUE;
}

/* Sets *why_out when the line is refused, *left_out when it is no opt-out, and no opt-in that is wanted
 * (R105). */
static gboolean
judge (const FilterImport *import, const FilterImportWish *wish, FilterImportMeaning meaning, char **scope,
       const char **why_out, gboolean *left_out, GError **error)
{
  gboolean stopped = FALSE;
  *left_out = meaning == FILTER_IMPORT_OTHER;
  if (meaning == FILTER_IMPORT_UNSAID)
    *why_out
        = "it does not say, in words that we know, whether it is stopped and why; --reason says so for all";
  if (meaning != FILTER_IMPORT_SUBSCRIBED)
    return TRUE;
  if (!is_stopped (import, wish->address, scope, &stopped, error))
    return FALSE;
  if (stopped)
    *why_out = "it says subscribed, but the address is stopped; only the person's own later act lifts that";
  else if (import->proof == NULL)
    *left_out = TRUE;
  else if (wish->at == 0 && import->received_at == 0)
    *why_out = "it says subscribed, but not since when; --received says so for all";
  return TRUE;
}

static FilterImportMeaning
meaning_of (const FilterImport *import, const FilterImportWish *wish)
{
  gboolean open = wish->meaning <= FILTER_IMPORT_BOUNCE || wish->meaning == FILTER_IMPORT_UNSAID;
  return import->reason >= 0 && open ? (FilterImportMeaning)import->reason : wish->meaning;
}

/* A dry run looks only. */
static gboolean
record (const FilterImport *import, StoreEvent *event, gboolean *known_out, GError **error)
{
  Store *store = import->admin->store;
  g_autoptr (StoreEvent) earlier = NULL;
  StoreRecorded recorded = STORE_RECORDED;
  if (import->dry_run ? !store_event_by_key (store, event->key, &earlier, error)
                      : !store_record (store, event, &recorded, NULL, error))
    return FALSE;
  *known_out = earlier != NULL || recorded == STORE_KNOWN;
  return import->dry_run || *known_out || filter_gate_tie (store, import->admin->config, event, error);
}

static gboolean
take (FilterImport *import, const Item *item, GError **error)
{
  const FilterImportWish *wish = &item->row.wish;
  const char *why = wish->wrong;
  gboolean left = FALSE;
  g_auto (GStrv) scope = NULL, except = NULL;
  FilterImportMeaning meaning = meaning_of (import, wish);
  if (why == NULL && !find_scope (import, wish, &scope, &except))
    why = "its category is none of ours; --category says what to stop";
  if (why == NULL && !judge (import, wish, meaning, scope, &why, &left, error))
    return FALSE;
  import->counts.refused += why != NULL;
  import->counts.left += left;
  if (why != NULL)
    filter_import_report_refuse (import->report, item->row.line, why, item->text,
                                 item->text != NULL ? item->row.length : 0);
  if (why != NULL || left)
    return TRUE;
  g_autofree char *who = store_pseudonym (import->admin->store, wish->address);
  g_autoptr (StoreEvent) event = new_event (import, &item->row, who, meaning, scope, except);
  gboolean known = FALSE;
  if (!is_remembered (import, event, who, &known, error)
      || (!known && !record (import, event, &known, error)))
    return FALSE;
  import->counts.known += known;
  import->counts.taken += !known;
  return TRUE;
}

/* ---- marks: how far it came ---- */

gboolean
filter_import_resume (FilterImport *import, GError **error)
{
  g_autofree char *value = NULL;
  guint64 n[6];
  if (import->run == NULL || import->dry_run)
    return TRUE;
  g_autofree char *name = g_strconcat (MARK, import->run, NULL);
  if (!store_mark_get (import->admin->store, name, &value, error))
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", " ", -1);
  if (g_strv_length (parts) != G_N_ELEMENTS (n))
    return TRUE; /* never begun, or done */
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    n[i] = g_ascii_strtoull (parts[i], NULL, 10);
  import->continued_at = n[1];
  import->counts = (FilterImportCounts){ .taken = n[2], .known = n[3], .refused = n[4], .left = n[5] };
  return filter_import_file_seek (import->file, n[0], n[1], error);
}

static gboolean
set_mark (const FilterImport *import, const Group *group, GError **error)
{
  const FilterImportCounts *c = &import->counts;
  if (import->run == NULL)
    return TRUE;
  g_autofree char *name = g_strconcat (MARK, import->run, NULL);
  if (group->last)
    return store_mark_set (import->admin->store, name, MARK_DONE, error);
  const FilterImportRow *row = &g_array_index (group->items, Item, group->items->len - 1).row;
  g_autofree char *value
      = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                         " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                         row->after, row->line_after, c->taken, c->known, c->refused, c->left);
  return store_mark_set (import->admin->store, name, value, error);
}

/* A list of which everything was known already changes nothing. */
static gboolean
record_import (const FilterImport *import, GError **error)
{
  const FilterImportCounts *c = &import->counts;
  const guint64 numbers[] = { c->taken, c->known, c->refused, c->left };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  StoreRecorded recorded;
  if (c->taken == 0 && c->known > 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_ptr_array_add (texts, g_strdup_printf ("%" G_GUINT64_FORMAT, numbers[i]));
  g_autoptr (GVariant) details = filter_admin_details (
      "note", import->note, "proof", import->proof, "file", filter_import_file_name (import->file),
      "file-sha256", filter_import_file_sha256 (import->file), "format",
      filter_import_file_format (import->file), "provider", filter_import_file_provider (import->file),
      "taken", texts->pdata[0], "known", texts->pdata[1], "refused", texts->pdata[2], "left-out",
      texts->pdata[3], NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_IMPORT, import->by, details);
  return store_record (import->admin->store, event, &recorded, NULL, error);
}

/* ---- groups ---- */

static gboolean
take_items (FilterImport *import, const Group *group, GError **error)
{
  for (guint i = 0; i < group->items->len; i++)
    {
      const Item *item = &g_array_index (group->items, Item, i);
      if (!take (import, item, error))
        {
          g_prefix_error (error, "line %" G_GUINT64_FORMAT ": ", item->row.line);
          return FALSE;
        }
    }
  return filter_import_report_flush (import->report, error);
}

static gboolean
take_group (FilterImport *import, const Group *group, GError **error)
{
  Store *store = import->admin->store;
  if (import->dry_run)
    return take_items (import, group, error);
  if (store_begin (store, error) && take_items (import, group, error)
      && (!group->last || record_import (import, error)) && set_mark (import, group, error)
      && store_commit (store, error))
    return TRUE;
  store_rollback (store);
  return FALSE;
}

static gboolean
read_group (FilterImport *import, Group *group, GError **error)
{
  g_array_set_size (group->items, 0);
  group->octets = 0;
  while (!group->last && group->items->len < group->most && group->octets < GROUP_OCTETS)
    {
      Item item = { 0 };
      gboolean more;
      if (!filter_import_file_next (import->file, &item.row, &more, error))
        return FALSE;
      group->last = !more;
      if (!more)
        break;
      if (filter_import_report_keeps (import->report))
        item.text = g_memdup2 (item.row.text, item.row.length);
      group->octets += item.row.length;
      g_array_append_val (group->items, item);
    }
  return TRUE;
}

static void
show_progress (const FilterImport *import, const Group *group, FilterProgress *progress)
{
  if (group->items->len == 0)
    return;
  const FilterImportCounts *c = &import->counts;
  const FilterImportRow *row = &g_array_index (group->items, Item, group->items->len - 1).row;
  g_autofree char *rest = g_strdup_printf ("%" G_GUINT64_FORMAT " taken, %" G_GUINT64_FORMAT
                                           " known, %" G_GUINT64_FORMAT " refused",
                                           c->taken, c->known, c->refused);
  filter_progress_show (progress, row->after, row->line, rest);
}

int
filter_import_run (FilterImport *import)
{
  g_autoptr (FilterProgress) progress = filter_progress_new (filter_import_file_size (import->file), "lines");
  g_autoptr (GArray) items = g_array_sized_new (FALSE, FALSE, sizeof (Item), LEAST_ROWS);
  Group group = { .items = items, .most = LEAST_ROWS };
  g_array_set_clear_func (items, item_clear);
  filter_interrupt_hold ();
  while (!group.last)
    {
      g_autoptr (GError) error = NULL;
      gboolean whole = read_group (import, &group, &error);
      filter_progress_hide (progress);
      if (!whole || !take_group (import, &group, &error))
        {
          return filter_complain (FILTER_EXIT_RETRY, "import", "%s. Run it again to go on", error->message);
        }
      show_progress (import, &group, progress);
      group.most = MIN (2 * group.most, MOST_ROWS);
      if (!group.last && filter_interrupted ())
        {
          filter_progress_hide (progress);
          return filter_complain (FILTER_EXIT_RETRY, "import", "interrupted. Run it again to go on");
        }
    }
  return import->counts.refused == 0 ? FILTER_EXIT_DONE : FILTER_EXIT_NO;
}
