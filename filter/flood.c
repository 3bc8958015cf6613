/* flood.c - see flood.h */
#include "flood.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HOUR 3600
#define QUARTER (HOUR / 4)
#define NEWS (48 * HOUR)

/* ---- one count ---- */

static gboolean
read_flood (const char *text, FilterFlood *flood_out)
{
  FilterFlood flood;
  if (sscanf (text,
              "%" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNd64,
              &flood.hour_at, &flood.count, &flood.quarter_at, &flood.quarter, &flood.began_at, &flood.total,
              &flood.over_at, &flood.alarmed_at)
      != 8)
    return FALSE;
  *flood_out = flood;
  return TRUE;
}

static void
write_flood (GString *out, const FilterFlood *flood)
{
  g_string_append_printf (
      out, "%" PRId64 " %" PRIu64 " %" PRId64 " %" PRIu64 " %" PRId64 " %" PRIu64 " %" PRId64 " %" PRId64,
      flood->hour_at, flood->count, flood->quarter_at, flood->quarter, flood->began_at, flood->total,
      flood->over_at, flood->alarmed_at);
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

static gboolean
is_on (const FilterFlood *flood, guint limit, gint64 now)
{
  return is_over (flood, limit) && is_within (flood->over_at, now, QUARTER);
}

static gboolean
is_news (const FilterFlood *flood, guint limit, gint64 now)
{
  return is_over (flood, limit) && is_within (flood->over_at, now, NEWS);
}

static void
take_back (FilterFlood *flood, guint limit, guint64 taken)
{
  flood->count -= MIN (taken, flood->count);
  flood->quarter -= MIN (taken, flood->quarter);
  flood->total -= MIN (taken, flood->total);
  if (!is_over (flood, limit))
    flood->alarmed_at = 0;
}

/* A flood that is over takes its hour with it: who comes later is counted anew. */
static void
turn (FilterFlood *flood, guint limit, gboolean on, gint64 now)
{
  if (!is_within (flood->hour_at, now, HOUR) || (!on && limit != 0 && flood->count > limit))
    {
      flood->hour_at = now;
      flood->count = 0;
    }
  if (!is_within (flood->quarter_at, now, QUARTER))
    {
      flood->quarter_at = now;
      flood->quarter = 0;
    }
}

/* One more. TRUE: an alarm is due. */
static gboolean
add (FilterFlood *flood, guint limit, gint64 now)
{
  gboolean on = is_on (flood, limit, now);
  turn (flood, limit, on, now);
  flood->count++;
  flood->quarter++;
  flood->total += on ? 1 : 0;
  if (limit == 0 || flood->count <= limit || (on && flood->quarter <= limit / 4))
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

/* ---- all of them ---- */

static void
domain_free (gpointer data)
{
  FilterFloodDomain *one = data;
  g_free (one->name);
  g_free (one);
}

static FilterFloodDomain *
domain_new (const char *name)
{
  FilterFloodDomain *one = g_new0 (FilterFloodDomain, 1);
  one->name = g_strdup (name);
  return one;
}

void
filter_floods_free (FilterFloods *floods)
{
  if (floods == NULL)
    return;
  g_ptr_array_unref (floods->domains);
  g_free (floods);
}

/* "NUMBERS;NAME NUMBERS;NAME NUMBERS" */
FilterFloods *
filter_floods_read (const char *text)
{
  FilterFloods *floods = g_new0 (FilterFloods, 1);
  floods->domains = g_ptr_array_new_with_free_func (domain_free);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);
  if (*parts == NULL || !read_flood (*parts, &floods->rest))
    return floods;
  for (char **part = parts + 1; *part != NULL && floods->domains->len < FILTER_FLOOD_DOMAINS; part++)
    {
      char *space = strchr (*part, ' ');
      FilterFlood flood;
      if (space == NULL || !read_flood (space, &flood))
        continue;
      *space = '\0';
      FilterFloodDomain *one = domain_new (*part);
      one->flood = flood;
      g_ptr_array_add (floods->domains, one);
    }
  return floods;
}

char *
filter_floods_write (const FilterFloods *floods)
{
  GString *text = g_string_new (NULL);
  write_flood (text, &floods->rest);
  for (guint i = 0; i < floods->domains->len; i++)
    {
      const FilterFloodDomain *one = g_ptr_array_index (floods->domains, i);
      g_string_append_printf (text, ";%s ", one->name);
      write_flood (text, &one->flood);
    }
  return g_string_free (text, FALSE);
}

static FilterFloodDomain *
find (const FilterFloods *floods, const char *name)
{
  for (guint i = 0; i < floods->domains->len; i++)
    {
      FilterFloodDomain *one = g_ptr_array_index (floods->domains, i);
      if (strcmp (one->name, name) == 0)
        return one;
    }
  return NULL;
}

/* What would be missed least goes first: what is no news, and of that, what has the fewest in this hour. */
static guint64
weight_of (const FilterFlood *flood, guint limit, gint64 now)
{
  return is_news (flood, limit, now)             ? G_MAXUINT32 + (guint64)ABS (flood->over_at)
         : is_within (flood->hour_at, now, HOUR) ? MIN (flood->count, G_MAXUINT32)
                                                 : 0;
}

static FilterFloodDomain *
make_room (FilterFloods *floods, const char *name, guint limit, gint64 now)
{
  guint least = 0;
  for (guint i = 1; i < floods->domains->len; i++)
    {
      const FilterFloodDomain *one = g_ptr_array_index (floods->domains, i);
      const FilterFloodDomain *other = g_ptr_array_index (floods->domains, least);
      if (weight_of (&one->flood, limit, now) < weight_of (&other->flood, limit, now))
        least = i;
    }
  if (floods->domains->len == FILTER_FLOOD_DOMAINS)
    g_ptr_array_remove_index (floods->domains, least);
  g_ptr_array_add (floods->domains, domain_new (name));
  return g_ptr_array_index (floods->domains, floods->domains->len - 1);
}

guint64
filter_floods_add (FilterFloods *floods, const char *name, guint limit, gint64 now, gboolean *own_out)
{
  FilterFloodDomain *one = find (floods, name);
  if (one == NULL)
    one = make_room (floods, name, limit, now);
  gboolean was_on = is_on (&one->flood, limit, now);
  gboolean due = add (&one->flood, limit, now);
  gboolean on = is_on (&one->flood, limit, now);
  *own_out = on;
  if (on && !was_on) /* until now they counted among the others */
    take_back (&floods->rest, limit, one->flood.count - 1);
  if (on)
    return due ? one->flood.count : 0;
  return add (&floods->rest, limit, now) ? floods->rest.count : 0;
}

void
filter_floods_take_back (FilterFloods *floods, const char *name, guint limit, gint64 at)
{
  FilterFloodDomain *one = find (floods, name);
  gboolean own = one != NULL && is_over (&one->flood, limit);
  if (one != NULL && at >= one->flood.began_at)
    take_back (&one->flood, limit, 1);
  if (!own && at >= floods->rest.began_at)
    take_back (&floods->rest, limit, 1);
}

gboolean
filter_floods_is_on (const FilterFloods *floods, const char *name, guint limit, gint64 now)
{
  const FilterFloodDomain *one = find (floods, name);
  return is_on (&floods->rest, limit, now) || (one != NULL && is_on (&one->flood, limit, now));
}

static guint64
tell (const FilterFlood *flood, guint limit, gint64 now, gint64 *began_at)
{
  if (!is_news (flood, limit, now))
    return 0;
  *began_at = *began_at == 0 ? flood->began_at : MIN (*began_at, flood->began_at);
  return flood->total;
}

guint64
filter_floods_news (const FilterFloods *floods, guint limit, gint64 now, gint64 *began_at_out)
{
  gint64 began_at = 0;
  guint64 total = tell (&floods->rest, limit, now, &began_at);
  for (guint i = 0; i < floods->domains->len; i++)
    total += tell (&((const FilterFloodDomain *)g_ptr_array_index (floods->domains, i))->flood, limit, now,
                   &began_at);
  *began_at_out = began_at;
  return total;
}
