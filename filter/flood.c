/* flood.c - see flood.h */
#include "flood.h"

#include <inttypes.h>
#include <stdio.h>

#define HOUR 3600
#define NEWS (48 * HOUR)

FilterFlood
filter_flood_read (const char *text)
{
  FilterFlood flood = { 0 };
  if (text == NULL
      || sscanf (text, "%" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNd64, &flood.hour_at,
                 &flood.count, &flood.began_at, &flood.total, &flood.over_at, &flood.alarmed_at)
             != 6)
    return (FilterFlood){ 0 };
  return flood;
}

char *
filter_flood_write (const FilterFlood *flood)
{
  return g_strdup_printf ("%" PRId64 " %" PRIu64 " %" PRId64 " %" PRIu64 " %" PRId64 " %" PRId64,
                          flood->hour_at, flood->count, flood->began_at, flood->total, flood->over_at,
                          flood->alarmed_at);
}

/* A clock that was set back makes no flood endless (H58). */
static gboolean
is_within (gint64 at, gint64 now, gint64 seconds)
{
  return at != 0 && ABS (now - at) < seconds;
}

/* The limit may be another one than when it was passed. */
static gboolean
is_over (const FilterFlood *flood, guint limit)
{
  return limit != 0 && flood->total > limit;
}

gboolean
filter_flood_is_on (const FilterFlood *flood, guint limit, gint64 now)
{
  return is_over (flood, limit) && is_within (flood->over_at, now, HOUR);
}

gboolean
filter_flood_is_news (const FilterFlood *flood, guint limit, gint64 now)
{
  return is_over (flood, limit) && is_within (flood->over_at, now, NEWS);
}

void
filter_flood_take_back (FilterFlood *flood, guint limit, guint64 taken)
{
  flood->count -= MIN (taken, flood->count);
  flood->total -= MIN (taken, flood->total);
  if (!is_over (flood, limit))
    flood->alarmed_at = 0;
}

gboolean
filter_flood_add (FilterFlood *flood, guint limit, gint64 now)
{
  gboolean on = filter_flood_is_on (flood, limit, now);
  if (!is_within (flood->hour_at, now, HOUR))
    {
      flood->hour_at = now;
      flood->count = 0;
    }
  flood->count++;
  flood->total += on ? 1 : 0;
  if (limit == 0 || flood->count <= limit)
    return FALSE;
  if (!on)
    {
      flood->began_at = flood->hour_at;
      flood->total = flood->count;
    }
  flood->over_at = now;
  if (is_within (flood->alarmed_at, now, HOUR))
    return FALSE;
  flood->alarmed_at = now;
  return TRUE;
}
