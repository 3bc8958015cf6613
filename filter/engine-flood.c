/* engine-flood.c - opt-outs that nothing proves, counted in the store: a thousand of them in an hour are
 * hardly a thousand people (H42). */
#include "engine-private.h"
#include "flood.h"

#include <string.h>

gboolean
filter_engine_is_unproved (const FilterVerdict *verdict, const FilterSubject *subject)
{
  return verdict->proof == PARSER_PROOF_NONE && strcmp (subject->source, "token") != 0;
}

static gboolean
read_flood (FilterEngine *engine, FilterFlood *flood_out, GError **error)
{
  g_autofree char *text = NULL;
  if (!store_mark_get (engine->store, FILTER_FLOOD_MARK, &text, error))
    return FALSE;
  *flood_out = filter_flood_read (text);
  return TRUE;
}

gboolean
filter_engine_flood_on (const FilterPassage *passage, gboolean *on_out, GError **error)
{
  FilterFlood flood;
  if (!read_flood (passage->engine, &flood, error))
    return FALSE;
  *on_out = filter_flood_is_on (&flood, passage->engine->config->flood_per_hour, passage->mail->now);
  return TRUE;
}

/* Saved mail of many years is no flood. */
gboolean
filter_engine_flood_count (const FilterPassage *passage, FilterOutcome *outcome, GError **error)
{
  FilterFlood flood;
  if (passage->mail->received_at == 0)
    return TRUE;
  if (!read_flood (passage->engine, &flood, error))
    return FALSE;
  if (filter_flood_add (&flood, passage->engine->config->flood_per_hour, passage->mail->now))
    outcome->flood = flood.count;
  g_autofree char *text = filter_flood_write (&flood);
  return store_mark_set (passage->engine->store, FILTER_FLOOD_MARK, text, error);
}
