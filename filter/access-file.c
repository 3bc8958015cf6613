/* access-file.c - gathering what is known of an address, chapter by chapter. */
#include "access.h"
#include "address.h"
#include "clock.h"
#include "gate.h"

#include <string.h>

static void
chapter_free (gpointer data)
{
  FilterChapter *chapter = data;
  g_ptr_array_unref (chapter->cells);
  g_free (chapter);
}

void
filter_access_free (FilterAccess *access)
{
  if (access == NULL)
    return;
  g_ptr_array_unref (access->events);
  g_ptr_array_unref (access->chapters);
  g_free (access);
}

static GPtrArray *
add_chapter (FilterAccess *access, const char *name, const char *title, const char *const *columns)
{
  FilterChapter *chapter = g_new0 (FilterChapter, 1);
  chapter->name = name;
  chapter->title = title;
  chapter->columns = columns;
  chapter->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (access->chapters, chapter);
  return chapter->cells;
}

static void
add (GPtrArray *cells, const char *text)
{
  g_ptr_array_add (cells, g_strdup (text));
}

static void
add_time (GPtrArray *cells, gint64 at)
{
  g_ptr_array_add (cells, filter_time_text (at));
}

/* ---- the chapters ---- */

static const char *
ground_text (const FilterAnswer *answer)
{
  if (answer->standing != NULL)
    return filter_admin_reason_text (answer->standing->reason);
  return answer->ground == FILTER_GROUND_ESSENTIAL ? "it must go out, whatever is stopped"
         : filter_answer_is_yes (answer)           ? "nothing forbids it"
                                                   : "it is sent only to those who ask for it";
}

static gboolean
add_standing (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const columns[] = { "category", "sent", "reason", "since", "event", NULL };
  GPtrArray *cells = add_chapter (access, "standing", "What may be sent to this address", columns);
  for (guint i = 0; i < admin->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (admin->config->categories, i);
      g_auto (FilterAnswer) answer = { 0 };
      if (!filter_gate_ask (admin->store, admin->config, access->address, category, &answer, error))
        return FALSE;
      const StoreStanding *standing = answer.standing;
      add (cells, category->name);
      add (cells, filter_answer_is_yes (&answer) ? "yes" : "no");
      add (cells, ground_text (&answer));
      add_time (cells, standing != NULL ? standing->at : 0);
      add (cells, standing != NULL ? standing->event : NULL);
    }
  return TRUE;
}

static gboolean
add_requests (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const columns[]
      = { "case", "asked_for", "asked_at", "due_at", "closed_at", "outcome", NULL };
  GPtrArray *cells = add_chapter (access, "cases", "What you asked us to do", columns);
  g_autoptr (GPtrArray) requests = NULL;
  if (!store_requests_of (admin->store, access->address, &requests, error))
    return FALSE;
  for (guint i = 0; i < requests->len; i++)
    {
      const StoreRequest *request = g_ptr_array_index (requests, i);
      add (cells, request->id);
      add (cells, store_action_name (request->kind));
      add_time (cells, request->opened_at);
      add_time (cells, filter_clock_case_due (request->opened_at, admin->config->case_days));
      add_time (cells, request->closed_at);
      add (cells, request->outcome);
    }
  return TRUE;
}

typedef struct
{
  const char *address;
  GPtrArray *cells;
} Filling;

/* Who else wrote that the person shall get no mail, and in what words, is that other's to tell. */
static const char *
summary_of (const StoreHeld *held, const char *address)
{
  gsize size = strlen (address);
  gboolean own
      = held->summary != NULL && strncmp (held->summary, address, size) == 0 && held->summary[size] == ':';
  return own || held->summary == NULL || g_strcmp0 (held->sender, address) == 0 ? held->summary
                                                                                : "somebody else wrote it";
}

static gboolean
add_held (const StoreHeld *held, gpointer data)
{
  const Filling *filling = data;
  if (g_strcmp0 (held->address, filling->address) != 0 && g_strcmp0 (held->sender, filling->address) != 0)
    return TRUE;
  add (filling->cells, held->id);
  add_time (filling->cells, held->held_at);
  add (filling->cells, held->why);
  add (filling->cells, summary_of (held, filling->address));
  add (filling->cells, held->decision != NULL ? held->decision : "the mail is kept until somebody decides");
  return TRUE;
}

static gboolean
add_reply (const StoreReply *reply, gpointer data)
{
  const Filling *filling = data;
  if (!g_str_equal (reply->recipient, filling->address))
    return TRUE;
  add (filling->cells, reply->id);
  add (filling->cells, reply->event);
  add_time (filling->cells, reply->queued_at);
  add (filling->cells, store_reply_state_name (reply->state));
  add_time (filling->cells, reply->settled_at);
  return TRUE;
}

static gboolean
add_mails (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const held_columns[] = { "mail", "since", "why", "summary", "decision", NULL };
  static const char *const reply_columns[] = { "reply", "event", "made_at", "state", "settled_at", NULL };
  Filling held = { access->address, NULL }, replies = { access->address, NULL };
  held.cells = add_chapter (access, "held", "Mails that a person had to read", held_columns);
  replies.cells = add_chapter (access, "replies", "What we answered", reply_columns);
  return store_each_held (admin->store, add_held, &held, error)
         && store_each_reply (admin->store, add_reply, &replies, error);
}

static gboolean
add_sealed (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const columns[] = { "event", "since", NULL };
  GPtrArray *cells = add_chapter (access, "sealed", "Mails of yours that we keep whole, as proof", columns);
  for (guint i = 0; i < access->events->len; i++)
    {
      const StoreEvent *event = g_ptr_array_index (access->events, i);
      g_autoptr (GBytes) mail = NULL;
      if (!store_sealed (admin->store, event->id, &mail, error))
        return FALSE;
      if (mail == NULL)
        continue;
      add (cells, event->id);
      add_time (cells, event->recorded_at);
    }
  return TRUE;
}

/* Does the file that was handed on tell of any of the events? */
static gboolean
covers (const StoreHandover *handover, const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const StoreEvent *event = g_ptr_array_index (events, i);
      if (event->seq > handover->since_seq && event->seq <= handover->upto_seq)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_partners (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const columns[] = { "partner", "number", "told_at", "confirmed_at", NULL };
  GPtrArray *cells
      = add_chapter (access, "partners", "Whom we told, by a keyed hash of the address", columns);
  g_autoptr (GPtrArray) partners = NULL;
  if (!store_partners (admin->store, &partners, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      g_autoptr (GPtrArray) handovers = NULL;
      const StorePartner *partner = g_ptr_array_index (partners, i);
      if (!store_handovers (admin->store, partner->name, &handovers, error))
        return FALSE;
      for (guint k = 0; k < handovers->len; k++)
        {
          const StoreHandover *handover = g_ptr_array_index (handovers, k);
          if (!covers (handover, access->events))
            continue;
          add (cells, partner->name);
          g_ptr_array_add (cells, g_strdup_printf ("%" G_GINT64_FORMAT, handover->number));
          add_time (cells, handover->made_at);
          add_time (cells, handover->acked_at);
        }
    }
  return TRUE;
}

/* Other addresses may be another's: they are named, and not shown. */
static gboolean
add_others (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  static const char *const columns[] = { "address", "how", "since", NULL };
  GPtrArray *cells
      = add_chapter (access, "others", "Other addresses, which have files of their own", columns);
  g_autoptr (GPtrArray) links = NULL, tags = NULL;
  g_autofree char *base = filter_address_base (access->address);
  if (!store_links (admin->store, access->address, &links, error)
      || !store_tagged (admin->store, access->address, &tags, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const StoreLink *link = g_ptr_array_index (links, i);
      add (cells, link->other);
      add (cells, "linked with this one");
      add_time (cells, link->at);
    }
  for (guint i = 0; i < tags->len; i++)
    {
      add (cells, g_ptr_array_index (tags, i));
      add (cells, "this one with a tag");
      add (cells, NULL);
    }
  if (base != NULL)
    {
      add (cells, base);
      add (cells, "this one without its tag");
      add (cells, NULL);
    }
  return TRUE;
}

/* ---- the events ---- */

/* Of a mail that somebody else wrote, what is known of this person without its words and its name. */
static GVariant *
without_writer (GVariant *details)
{
  static const char *const others[] = { "words", "subject", "message-id", NULL };
  const char *key, *value;
  GVariantIter iter;
  GVariantBuilder rest;
  g_variant_builder_init (&rest, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, details);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!g_strv_contains (others, key))
      g_variant_builder_add (&rest, "{ss}", key, value);
  return g_variant_ref_sink (g_variant_builder_end (&rest));
}

static gboolean
copy_event (const StoreEvent *event, gpointer data)
{
  StoreEvent *copy = store_event_copy (event);
  const char *writer;
  if (event->details != NULL && g_variant_lookup (event->details, FILTER_DETAIL_WRITER, "&s", &writer))
    {
      g_variant_unref (copy->details);
      copy->details = without_writer (event->details);
    }
  g_ptr_array_add (data, copy);
  return TRUE;
}

static gboolean
add_events (const FilterAdmin *admin, FilterAccess *access, GError **error)
{
  g_autofree char *who = store_pseudonym (admin->store, access->address);
  const StoreQuery erased = { .address = who, .reason = -1 };
  const StoreQuery query = { .address = access->address, .reason = -1 };
  return store_events (admin->store, &erased, copy_event, access->events, error)
         && store_events (admin->store, &query, copy_event, access->events, error);
}

FilterAccess *
filter_access_gather (const FilterAdmin *admin, const char *address, gint64 now, GError **error)
{
  g_autoptr (FilterAccess) access = g_new0 (FilterAccess, 1);
  const FilterConfig *config = admin->config;
  access->organisation = config->organisation != NULL ? config->organisation : config->reply_from;
  access->address = address;
  access->at = now;
  access->events = g_ptr_array_new_with_free_func ((GDestroyNotify)store_event_free);
  access->chapters = g_ptr_array_new_with_free_func (chapter_free);
  if (!add_events (admin, access, error) || !add_standing (admin, access, error)
      || !add_requests (admin, access, error) || !add_mails (admin, access, error)
      || !add_sealed (admin, access, error) || !add_partners (admin, access, error)
      || !add_others (admin, access, error))
    return NULL;
  return g_steal_pointer (&access);
}
