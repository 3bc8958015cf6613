/* partner-list.c - how far partners are behind, and who is overdue (R101). */
#include "clock.h"
#include "outcome.h"
#include "partner.h"

#include <stdio.h>

/* Where one partner is. */
typedef struct
{
  const StorePartner *partner;
  GPtrArray *handovers;
  const StoreHandover *last, *acked; /* NULL: none */
  guint64 behind;
  gint64 since_at; /* the oldest stop that it has not confirmed, but not before it was a partner; 0: none */
} Position;

static void
position_clear (Position *position)
{
  g_clear_pointer (&position->handovers, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Position, position_clear)

static gboolean
find_position (FilterAdmin *admin, const StorePartner *partner, Position *position, GError **error)
{
  position->partner = partner;
  if (!store_handovers (admin->store, partner->name, &position->handovers, error))
    return FALSE;
  for (guint i = 0; i < position->handovers->len; i++)
    {
      position->last = g_ptr_array_index (position->handovers, i);
      if (position->last->acked_at != 0)
        position->acked = position->last;
    }
  if (!store_partner_behind (admin->store, position->acked != NULL ? position->acked->upto_seq : 0,
                             &position->behind, &position->since_at, error))
    return FALSE;
  if (position->since_at != 0)
    position->since_at = MAX (position->since_at, partner->added_at);
  return TRUE;
}

static char *
number_text (const StoreHandover *handover)
{
  return handover != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, handover->number) : NULL;
}

typedef gboolean (*PositionFunc) (FilterAdmin *admin, const Position *position, FilterList *list, gint64 now,
                                  guint days);

/* A row for each partner that @print has one for; *found_out says whether any had. */
static gboolean
each_position (FilterAdmin *admin, PositionFunc print, FilterList *list, guint days, guint *n_partners_out,
               gboolean *found_out, GError **error)
{
  g_autoptr (GPtrArray) partners = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  if (!store_partners (admin->store, &partners, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      g_auto (Position) position = { 0 };
      if (!find_position (admin, g_ptr_array_index (partners, i), &position, error))
        return FALSE;
      if (print (admin, &position, list, now, days))
        *found_out = TRUE;
    }
  *n_partners_out = partners->len;
  return TRUE;
}

static int
print_positions (FilterAdmin *admin, const char *const *columns, FilterListFormat format, PositionFunc print,
                 guint days, guint *n_partners_out, gboolean *found_out)
{
  g_autoptr (GError) error = NULL;
  int code;
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  FilterList *list = filter_list_new (format, columns);
  gboolean whole = each_position (admin, print, list, days, n_partners_out, found_out, &error);
  filter_list_end (list);
  if (!whole)
    return filter_admin_store_trouble (admin, error);
  if (*n_partners_out == 0 && format == FILTER_LIST_TABLE)
    puts ("There are no partners.");
  return FILTER_EXIT_DONE;
}

/* ---- list ---- */

static gboolean
print_partner (FilterAdmin *admin, const Position *position, FilterList *list, gint64 now,
               guint days G_GNUC_UNUSED)
{
  const StorePartner *partner = position->partner;
  const StoreHandover *last = position->last, *acked = position->acked;
  g_autofree char *handed = number_text (last), *confirmed = number_text (acked);
  g_autofree char *handed_at = last != NULL ? filter_time_text (last->made_at) : NULL;
  g_autofree char *confirmed_at = acked != NULL ? filter_time_text (acked->acked_at) : NULL;
  g_autofree char *behind = g_strdup_printf ("%" G_GUINT64_FORMAT, position->behind);
  guint waited
      = position->since_at != 0 ? filter_clock_elapsed (admin->config->holidays, position->since_at, now) : 0;
  g_autofree char *business_days = g_strdup_printf ("%u", waited);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, partner->generation);
  g_autofree char *added_at = filter_time_text (partner->added_at);
  g_autofree char *retired_at = filter_time_text (partner->retired_at);
  const char *const values[] = { partner->name, handed,        handed_at,  confirmed, confirmed_at, behind,
                                 business_days, partner->seed, retired_at, key,       added_at };
  filter_list_row (list, values);
  return TRUE;
}

int
filter_partner_list (FilterAdmin *admin, FilterListFormat format)
{
  /* A table, for people, ends before the key. */
  static const char *const columns[]
      = { "name",          "handed", "handed_at",  "confirmed", "confirmed_at", "behind",
          "business_days", "seed",   "retired_at", "key",       "added_at",     NULL };
  static const char *const of_table[]
      = { "name",   "handed",        "handed_at", "confirmed",  "confirmed_at",
          "behind", "business_days", "seed",      "retired_at", NULL };
  guint n_partners = 0;
  gboolean found = FALSE;
  return print_positions (admin, format == FILTER_LIST_TABLE ? of_table : columns, format, print_partner, 0,
                          &n_partners, &found);
}

/* ---- overdue ---- */

static gboolean
print_overdue (FilterAdmin *admin, const Position *position, FilterList *list, gint64 now, guint days)
{
  const StoreHandover *last = position->last, *acked = position->acked;
  if (position->partner->retired_at != 0 || position->since_at == 0)
    return FALSE;
  gint64 due_at = filter_clock_add (admin->config->holidays, position->since_at, days);
  if (now <= due_at)
    return FALSE;
  g_autofree char *since = filter_time_text (position->since_at), *due = filter_time_text (due_at);
  g_autofree char *behind = g_strdup_printf ("%" G_GUINT64_FORMAT, position->behind);
  g_autofree char *handed = number_text (last), *confirmed = number_text (acked);
  g_autofree char *handed_at = last != NULL ? filter_time_text (last->made_at) : NULL;
  const char *what = last == NULL || last == acked ? "not told" : "not confirmed";
  const char *const values[]
      = { position->partner->name, what, behind, since, due, handed, handed_at, confirmed };
  filter_list_row (list, values);
  return TRUE;
}

int
filter_partner_overdue (FilterAdmin *admin, guint days, FilterListFormat format)
{
  static const char *const columns[]
      = { "name", "what", "behind", "since", "due", "handed", "handed_at", "confirmed", NULL };
  guint n_partners = 0;
  gboolean found = FALSE;
  int code = print_positions (admin, columns, format, print_overdue, days, &n_partners, &found);
  if (code != FILTER_EXIT_DONE)
    return code;
  if (!found && n_partners > 0 && format == FILTER_LIST_TABLE)
    printf ("Every partner has confirmed what it must know, or has time left: %u business days.\n", days);
  return found ? FILTER_EXIT_NO : FILTER_EXIT_DONE;
}
