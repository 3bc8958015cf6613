/* overview.c - see overview.h */
#include "overview-private.h"

#include "clock.h"

#include <string.h>

/* What was recorded so long after it reached us did not come in as it was written: it was read from saved
 * mail or a file. What a person has decided on answers the held mail and is no such thing. */
#define LATE_SECONDS 60

typedef struct
{
  FilterOverview *overview;
  const FilterConfig *config;
  FilterOverviewPartners *partners;
} Count;

/* ---- made and freed ---- */

static void
tally_free (gpointer data)
{
  FilterTally *tally = data;
  g_free (tally->name);
  g_free (tally->title);
  g_free (tally);
}

static FilterTally *
add_tally (GPtrArray *tallies, const char *name, const char *title)
{
  FilterTally *tally = g_new0 (FilterTally, 1);
  tally->name = g_strdup (name);
  tally->title = g_strdup (title);
  g_ptr_array_add (tallies, tally);
  return tally;
}

static FilterOverview *
overview_new (const FilterConfig *config, gint64 since_at, gint64 now)
{
  FilterOverview *overview = g_new0 (FilterOverview, 1);
  overview->since_at = since_at;
  overview->now = now;
  overview->categories = g_ptr_array_new_with_free_func (tally_free);
  overview->channels = g_ptr_array_new_with_free_func (tally_free);
  overview->cases.kinds = g_array_new (FALSE, FALSE, sizeof (FilterCaseKind));
  overview->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  add_tally (overview->categories, STORE_EVERY, "All marketing mail");
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (!category->essential)
        add_tally (overview->categories, category->name,
                   category->title != NULL ? category->title : category->name);
    }
  add_tally (overview->categories, NULL, "Categories no longer configured");
  return overview;
}

void
filter_overview_free (FilterOverview *overview)
{
  if (overview == NULL)
    return;
  g_ptr_array_unref (overview->categories);
  g_ptr_array_unref (overview->channels);
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    filter_span_clear ((FilterSpan *)filter_overview_span (overview, clock));
  filter_span_clear (&overview->cases.closed);
  g_array_unref (overview->cases.kinds);
  g_hash_table_unref (overview->days);
  g_free (overview);
}

/* ---- days ---- */

void
filter_overview_count_day (FilterOverview *overview, gint64 at, guint column)
{
  const gint64 day = filter_clock_day (at);
  gint64 *counts = g_hash_table_lookup (overview->days, &day);
  if (counts == NULL)
    {
      counts = g_new0 (gint64, FILTER_DAY_CATEGORY + overview->categories->len);
      g_hash_table_insert (overview->days, g_memdup2 (&day, sizeof day), counts);
    }
  counts[column]++;
}

/* ---- events ---- */

/* The last one stands for all that have no place of their own. */
static guint
category_index (const GPtrArray *categories, const char *name)
{
  guint i = 0;
  while (i + 1 < categories->len
         && !g_str_equal (((const FilterTally *)g_ptr_array_index (categories, i))->name, name))
    i++;
  return i;
}

static void
count_categories (FilterOverview *overview, const StoreEvent *event)
{
  for (guint i = 0; event->scope[i] != NULL; i++)
    {
      guint index = category_index (overview->categories, event->scope[i]);
      ((FilterTally *)g_ptr_array_index (overview->categories, index))->count++;
      filter_overview_count_day (overview, event->received_at, FILTER_DAY_CATEGORY + index);
    }
}

static void
count_channel (GPtrArray *channels, const char *name)
{
  FilterTally *tally = NULL;
  for (guint i = 0; i < channels->len && tally == NULL; i++)
    if (g_str_equal (((FilterTally *)g_ptr_array_index (channels, i))->name, name))
      tally = g_ptr_array_index (channels, i);
  if (tally == NULL)
    tally = add_tally (channels, name, name);
  tally->count++;
}

/* An answer to a confirmation is related too, but only a person's decision takes its time. */
static gboolean
is_late (const StoreEvent *event)
{
  gboolean decided = event->related != NULL && !g_str_equal (event->by, "optout");
  return !decided && event->recorded_at - event->received_at > LATE_SECONDS;
}

static void
count_opt_out (const Count *count, const StoreEvent *event)
{
  FilterOverview *overview = count->overview;
  overview->opt_outs++;
  if (event->reason < FILTER_REASONS) /* another is a row that somebody altered: verify tells */
    {
      overview->reasons[event->reason]++;
      filter_overview_count_day (overview, event->received_at, FILTER_DAY_REASON + event->reason);
    }
  count_categories (overview, event);
  count_channel (overview->channels, event->channel);
  filter_span_add (is_late (event) ? &overview->late : &overview->effective, count->config->holidays,
                   event->received_at, event->recorded_at);
}

static gboolean
count_event (const StoreEvent *event, gpointer data)
{
  const Count *count = data;
  FilterOverview *overview = count->overview;
  gboolean within = event->received_at >= overview->since_at;
  gboolean opt_out = event->action == STORE_ACTION_OPT_OUT;
  if (opt_out && within)
    count_opt_out (count, event);
  else if (opt_out)
    overview->earlier += event->recorded_at >= overview->since_at ? 1 : 0;
  else if (event->action == STORE_ACTION_OPT_IN)
    overview->opt_ins += within ? 1 : 0;
  else if (event->action == STORE_ACTION_VOID)
    overview->voids += within ? 1 : 0;
  if (opt_out || event->action == STORE_ACTION_NO_SHARING)
    filter_overview_partners_count (count->partners, overview, count->config, event,
                                    opt_out && within && !is_late (event));
  return TRUE;
}

/* ---- replies and held mails ---- */

void
filter_overview_note_open (FilterBacklog *backlog, gint64 at, gboolean late)
{
  backlog->open++;
  backlog->late += late ? 1 : 0;
  if (backlog->oldest_at == 0 || at < backlog->oldest_at)
    backlog->oldest_at = at;
}

static gboolean
count_reply (const StoreReply *reply, gpointer data)
{
  const Count *count = data;
  FilterOverview *overview = count->overview;
  overview->replies[reply->state]++;
  if (reply->state == STORE_REPLY_WAITING)
    filter_overview_note_open (&overview->waiting, reply->queued_at,
                               overview->now - reply->queued_at > FILTER_OVERVIEW_PATIENCE);
  if (reply->state != STORE_REPLY_SENT || reply->settled_at == 0 || reply->asked_at == 0
      || reply->asked_at < overview->since_at)
    return TRUE;
  if (reply->queued_at - reply->asked_at > LATE_SECONDS)
    overview->confirmed_late++;
  else
    filter_span_add (&overview->confirmed, count->config->holidays, reply->asked_at, reply->settled_at);
  return TRUE;
}

static void
count_decision (const Count *count, const StoreHeld *held)
{
  FilterOverview *overview = count->overview;
  gboolean accepted = g_strcmp0 (held->decision, "accept") == 0;
  filter_overview_count_day (overview, held->decided_at,
                             accepted ? FILTER_DAY_ACCEPTED : FILTER_DAY_REJECTED);
  if (held->decided_at < overview->since_at)
    return;
  overview->accepted += accepted;
  overview->rejected += !accepted;
  filter_span_add (&overview->decided, count->config->holidays, held->held_at, held->decided_at);
}

static gboolean
count_held (const StoreHeld *held, gpointer data)
{
  const Count *count = data;
  FilterOverview *overview = count->overview;
  filter_overview_count_day (overview, held->held_at, FILTER_DAY_HELD);
  if (held->decided_at != 0)
    {
      count_decision (count, held);
      return TRUE;
    }
  filter_overview_note_open (&overview->held, held->held_at,
                             overview->now - held->held_at > FILTER_OVERVIEW_PATIENCE);
  return TRUE;
}

/* ---- all of it ---- */

static gint
compare_tallies (gconstpointer a, gconstpointer b)
{
  const FilterTally *one = *(FilterTally *const *)a, *other = *(FilterTally *const *)b;
  return one->count != other->count ? (one->count < other->count ? 1 : -1) : strcmp (one->name, other->name);
}

gboolean
filter_overview_read (Store *store, const FilterConfig *config, gint64 since_at, gint64 now,
                      FilterOverview **overview_out, GError **error)
{
  g_autoptr (FilterOverview) overview = overview_new (config, since_at, now);
  const StoreQuery every = { .reason = -1, .bare = TRUE };
  g_autoptr (FilterOverviewPartners) partners = filter_overview_partners_new (store, overview, error);
  Count count = { overview, config, partners };
  g_autofree char *flood = NULL;
  if (partners == NULL || !store_gap (store, &overview->gap_at, error)
      || !store_mark_get (store, FILTER_FLOOD_MARK, &flood, error)
      || !store_events (store, &every, count_event, &count, error)
      || !store_each_reply (store, count_reply, &count, error)
      || !store_each_held (store, count_held, &count, error)
      || !filter_overview_count_cases (store, config, overview, error))
    return FALSE;
  g_autoptr (FilterFloods) floods = filter_floods_read (flood);
  overview->flood = filter_floods_news (floods, config->flood_per_hour, now, &overview->flood_at);
  overview->partners_late = filter_overview_partners_late (partners);
  g_ptr_array_sort (overview->channels, compare_tallies);
  for (const FilterOverviewClock *clock = filter_overview_clocks; clock->name != NULL; clock++)
    filter_span_sort ((FilterSpan *)filter_overview_span (overview, clock));
  *overview_out = g_steal_pointer (&overview);
  return TRUE;
}

/* ---- the clocks ---- */

#define SPAN(member) G_STRUCT_OFFSET (FilterOverview, member)

/* clang-format off */
const FilterOverviewClock filter_overview_clocks[] = {
  { "effective", "In effect", "From the moment the wish reached us to the moment it was recorded; from then on 'optout check' says no, and nothing has to be passed on for that. Where a person had to decide first, that time is in it, although the address got no such mail meanwhile", SPAN (effective) },
  { "late", "Recorded afterwards", "The same for wishes that were recorded more than a minute after they had reached us, without a person's deciding: saved mail that was read with 'optout replay', and imported lists. The time says how long the wish lay unread, not how long this program took", SPAN (late) },
  { "confirmed", "Answered", "From the moment the wish reached us to the moment our answer was handed to the mail server. Answers to saved mail are left out", SPAN (confirmed) },
  { "handed", "Handed to partners", "From the moment the wish reached us to the moment the file for a partner was made that holds it, once for each partner", SPAN (handed) },
  { "acknowledged", "Confirmed by partners", "The same to the moment the partner confirmed that file or a later one", SPAN (acknowledged) },
  { "decided", "Decided", "From the moment a mail was held for a person to the moment that somebody accepted or rejected it", SPAN (decided) },
  { NULL, NULL, NULL, 0 },
};
/* clang-format on */

const FilterSpan *
filter_overview_span (const FilterOverview *overview, const FilterOverviewClock *clock)
{
  return (const FilterSpan *)((const char *)overview + clock->offset);
}
