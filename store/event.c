/* event.c - an event as callers see it, and the two rows it is kept in. */
#include "internal.h"

#include <string.h>

StoreEvent *
store_event_new (void)
{
  return g_new0 (StoreEvent, 1);
}

StoreEvent *
store_event_copy (const StoreEvent *event)
{
  StoreEvent *copy = g_memdup2 (event, sizeof *event);
  copy->id = g_strdup (event->id);
  copy->channel = g_strdup (event->channel);
  copy->scope = g_strdupv (event->scope);
  copy->except = g_strdupv (event->except);
  copy->key = g_strdup (event->key);
  copy->by = g_strdup (event->by);
  copy->related = g_strdup (event->related);
  copy->program = g_strdup (event->program);
  copy->confirmation = g_strdup (event->confirmation);
  copy->address = g_strdup (event->address);
  copy->details = event->details != NULL ? g_variant_ref (event->details) : NULL;
  return copy;
}

void
store_event_free (StoreEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->id);
  g_free (event->channel);
  g_strfreev (event->scope);
  g_strfreev (event->except);
  g_free (event->key);
  g_free (event->by);
  g_free (event->related);
  g_free (event->program);
  g_free (event->confirmation);
  g_free (event->address);
  g_clear_pointer (&event->details, g_variant_unref);
  g_free (event);
}

const char *
store_event_detail (const StoreEvent *event, const char *name)
{
  const char *text;
  return event->details != NULL && g_variant_lookup (event->details, name, "&s", &text) ? text : NULL;
}

/* ---- asserts ---- */

static void
check_names (char *const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_assert (store_is_category (names[i]));
}

void
store_event_check (const StoreEvent *event)
{
  g_assert (event->id != NULL && store_is_id (event->id));
  g_assert (event->channel != NULL && store_is_text (event->channel));
  g_assert (event->by != NULL && store_is_text (event->by));
  g_assert (event->program != NULL && store_is_text (event->program));
  gboolean house = store_action_is_house (event->action);
  g_assert (house == (event->reason == STORE_REASON_HOUSE));
  gboolean nobody = house || (event->action == STORE_ACTION_CLOSE && store_event_who (event) != NULL);
  g_assert (nobody ? event->address == NULL : event->address != NULL && store_is_address (event->address));
  g_assert (event->key == NULL || store_is_digest (event->key));
  g_assert (event->related == NULL || store_is_id (event->related));
  g_assert (event->confirmation == NULL || store_is_digest (event->confirmation));
  g_assert (event->details == NULL || g_variant_is_of_type (event->details, G_VARIANT_TYPE ("a{ss}")));
  g_assert (event->scope != NULL);
  check_names (event->scope);
  check_names (event->except);

  gboolean opt_out = event->action == STORE_ACTION_OPT_OUT, opt_in = event->action == STORE_ACTION_OPT_IN;
  g_assert (event->scope[0] != NULL || (!opt_out && !opt_in));
  g_assert (!opt_out || event->reason != STORE_REASON_REVIEW);
  g_assert (!opt_in || event->reason == STORE_REASON_PERSON
            || event->reason == STORE_REASON_CUSTOMER_SERVICE);
  gboolean link = event->action == STORE_ACTION_LINK || event->action == STORE_ACTION_UNLINK;
  const char *other = link ? store_event_detail (event, "other") : NULL;
  g_assert (!link || (other != NULL && store_is_address (other) && !g_str_equal (other, event->address)));
  g_assert ((event->action != STORE_ACTION_ACCEPT && event->action != STORE_ACTION_REJECT
             && event->action != STORE_ACTION_CLOSE && event->action != STORE_ACTION_VOID
             && event->action != STORE_ACTION_CONFIRM)
            || event->related != NULL);
}

const char *
store_event_who (const StoreEvent *event)
{
  gboolean may = event->action == STORE_ACTION_ERASED || event->action == STORE_ACTION_CLOSE;
  return may ? store_event_detail (event, STORE_DETAIL_WHO) : NULL;
}

/* ---- details: a{ss} as text, the keys sorted, so that the same details are the same text ---- */

typedef struct
{
  const char *name, *value;
} Detail;

static int
compare_details (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Detail *)a)->name, ((const Detail *)b)->name);
}

/* As g_variant_parse() reads it. By hand, for GVariant's own way took a sixth of the time to record an event.
 */
static void
add_quoted (GString *text, const char *string)
{
  g_string_append_c (text, '\'');
  for (const char *p = string; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      g_string_append_printf (text, "\\u%04x", (guint)*p);
    else
      {
        if (*p == '\'' || *p == '\\')
          g_string_append_c (text, '\\');
        g_string_append_c (text, *p);
      }
  g_string_append_c (text, '\'');
}

static char *
details_to_text (GVariant *details)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Detail));
  GString *text = g_string_new ("{");
  GVariantIter iter;
  Detail detail;

  if (details != NULL)
    {
      g_variant_iter_init (&iter, details);
      while (g_variant_iter_next (&iter, "{&s&s}", &detail.name, &detail.value))
        g_array_append_val (sorted, detail);
    }
  g_array_sort (sorted, compare_details); /* stable: of the same name the last one counts */
  for (guint i = 0; i < sorted->len; i++)
    {
      const Detail *one = &g_array_index (sorted, Detail, i);
      if (i + 1 < sorted->len && compare_details (one, one + 1) == 0)
        continue;
      g_string_append (text, text->len > 1 ? ", " : "");
      add_quoted (text, one->name);
      g_string_append (text, ": ");
      add_quoted (text, one->value);
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* ---- rows ---- */

StoreEventRow *
store_event_to_row (const StoreEvent *event)
{
  StoreEventRow *row = store_row_new (&store_table_event);
  row->seq = event->seq;
  row->id = g_strdup (event->id);
  row->action = g_strdup (store_action_name (event->action));
  row->reason = g_strdup (store_reason_name (event->reason));
  row->received_at = event->received_at;
  row->recorded_at = event->recorded_at;
  row->channel = g_strdup (event->channel);
  row->scope = store_list_join (event->scope);
  row->kept = store_list_join (event->except);
  row->wish = g_strdup (event->key);
  row->actor = g_strdup (event->by);
  row->related = g_strdup (event->related);
  row->program = g_strdup (event->program);
  row->confirmation = g_strdup (event->confirmation);
  return row;
}

StorePersonRow *
store_event_to_person (const StoreEvent *event)
{
  StorePersonRow *row = store_row_new (&store_table_person);
  row->seq = event->seq;
  row->key_version = STORE_KEY_VERSION;
  row->address = g_strdup (event->address);
  row->details = details_to_text (event->details);
  return row;
}

StoreEvent *
store_event_from_rows (const StoreEventRow *row, const StorePersonRow *person, GError **error)
{
  g_autoptr (StoreEvent) event = store_event_new ();
  event->id = g_strdup (row->id);
  event->seq = row->seq;
  event->received_at = row->received_at;
  event->recorded_at = row->recorded_at;
  event->channel = g_strdup (row->channel);
  event->scope = store_list_split (row->scope);
  event->except = row->kept != NULL ? store_list_split (row->kept) : NULL;
  event->key = g_strdup (row->wish);
  event->by = g_strdup (row->actor);
  event->related = g_strdup (row->related);
  event->program = g_strdup (row->program);
  event->confirmation = g_strdup (row->confirmation);
  gboolean sound = store_action_from_name (row->action, &event->action)
                   && store_reason_from_name (row->reason, &event->reason);
  if (person != NULL)
    {
      event->address = g_strdup (person->address);
      if (person->details != NULL)
        event->details = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), person->details, NULL, NULL, NULL);
      sound = sound && (event->details != NULL || person->details == NULL);
    }
  if (sound)
    return g_steal_pointer (&event);
  g_set_error (error, STORE_ERROR, STORE_ERROR_CORRUPT, "row %" G_GINT64_FORMAT " of the ledger is damaged",
               row->seq);
  return NULL;
}
