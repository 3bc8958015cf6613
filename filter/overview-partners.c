/* overview-partners.c - when opt-outs reached the partners. Events come in the order of seq, and so do the
 * handovers of each partner: both are walked along once, side by side. */
#include "clock.h"
#include "overview-private.h"

typedef struct
{
  StorePartner *partner; /* borrowed from the list of all */
  GPtrArray *handovers;
  guint next; /* the first that may hold the next event */
  gboolean late;
} Partner;

struct FilterOverviewPartners
{
  GPtrArray *all; /* StorePartner */
  GArray *active; /* Partner */
};

static void
partner_clear (gpointer data)
{
  g_ptr_array_unref (((Partner *)data)->handovers);
}

void
filter_overview_partners_free (FilterOverviewPartners *partners)
{
  if (partners == NULL)
    return;
  g_clear_pointer (&partners->active, g_array_unref);
  g_clear_pointer (&partners->all, g_ptr_array_unref);
  g_free (partners);
}

FilterOverviewPartners *
filter_overview_partners_new (Store *store, FilterOverview *overview, GError **error)
{
  g_autoptr (FilterOverviewPartners) partners = g_new0 (FilterOverviewPartners, 1);
  partners->active = g_array_new (FALSE, FALSE, sizeof (Partner));
  g_array_set_clear_func (partners->active, partner_clear);
  if (!store_partners (store, &partners->all, error))
    return NULL;
  for (guint i = 0; i < partners->all->len; i++)
    {
      Partner one = { .partner = g_ptr_array_index (partners->all, i) };
      if (one.partner->retired_at != 0)
        continue;
      if (!store_handovers (store, one.partner->name, &one.handovers, error))
        return NULL;
      g_array_append_val (partners->active, one);
    }
  overview->partners = partners->active->len;
  return g_steal_pointer (&partners);
}

/* The first handover that holds @seq, or NULL. */
static const StoreHandover *
find_handover (Partner *partner, gint64 seq)
{
  while (partner->next < partner->handovers->len
         && ((StoreHandover *)g_ptr_array_index (partner->handovers, partner->next))->upto_seq < seq)
    partner->next++;
  return partner->next < partner->handovers->len ? g_ptr_array_index (partner->handovers, partner->next)
                                                 : NULL;
}

/* What the partner must still confirm, and whether its time is up: as "partner overdue" has it. */
static void
count_untold (Partner *partner, FilterOverview *overview, const FilterConfig *config, const StoreEvent *event)
{
  gint64 since_at = MAX (event->received_at, partner->partner->added_at);
  gboolean late = overview->now > filter_clock_add (config->holidays, since_at, config->partner_days);
  filter_overview_note_open (&overview->untold, since_at, late);
  partner->late |= late;
}

void
filter_overview_partners_count (FilterOverviewPartners *partners, FilterOverview *overview,
                                const FilterConfig *config, const StoreEvent *event, gboolean timed)
{
  for (guint i = 0; i < partners->active->len; i++)
    {
      Partner *partner = &g_array_index (partners->active, Partner, i);
      const StoreHandover *handover = find_handover (partner, event->seq);
      gboolean clock_runs = timed && event->recorded_at >= partner->partner->added_at;
      gboolean confirmed = handover != NULL && handover->acked_at != 0;
      if (!confirmed)
        count_untold (partner, overview, config, event);
      if (clock_runs && handover != NULL)
        filter_span_add (&overview->handed, config->holidays, event->received_at, handover->made_at);
      if (clock_runs && confirmed)
        filter_span_add (&overview->acknowledged, config->holidays, event->received_at, handover->acked_at);
    }
}

guint
filter_overview_partners_late (const FilterOverviewPartners *partners)
{
  guint late = 0;
  for (guint i = 0; i < partners->active->len; i++)
    late += g_array_index (partners->active, Partner, i).late ? 1 : 0;
  return late;
}
