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

static FilterFloods *
read_floods (FilterEngine *engine, GError **error)
{
  g_autofree char *text = NULL;
  return store_mark_get (engine->store, FILTER_FLOOD_MARK, &text, error) ? filter_floods_read (text) : NULL;
}

char *
filter_engine_flood_name (const Store *store, const char *address)
{
  g_autofree char *anybody = g_strconcat ("*", strrchr (address, '@'), NULL);
  return store_pseudonym (store, anybody);
}

static char *
name_of (FilterEngine *engine, const FilterVerdict *verdict, const FilterSubject *subject)
{
  const char *writer = verdict->requester != NULL ? verdict->requester : subject->address;
  return filter_engine_flood_name (engine->store, writer);
}

gboolean
filter_engine_flood_on (const FilterPassage *passage, const FilterVerdict *verdict,
                        const FilterSubject *subject, gboolean *on_out, GError **error)
{
  FilterEngine *engine = passage->engine;
  g_autoptr (FilterFloods) floods = read_floods (engine, error);
  g_autofree char *name = name_of (engine, verdict, subject);
  if (floods != NULL)
    *on_out = filter_floods_is_on (floods, name, engine->config->flood_per_hour, passage->mail->now);
  return floods != NULL;
}

/* Saved mail of many years is no flood. */
gboolean
filter_engine_flood_count (const FilterPassage *passage, FilterOutcome *outcome, const FilterSubject *subject,
                           GError **error)
{
  FilterEngine *engine = passage->engine;
  if (passage->mail->received_at == 0)
    return TRUE;
  g_autoptr (FilterFloods) floods = read_floods (engine, error);
  g_autofree char *name = name_of (engine, outcome->verdict, subject);
  if (floods == NULL)
    return FALSE;
  outcome->flood = filter_floods_add (floods, name, engine->config->flood_per_hour, passage->mail->now,
                                      &outcome->flood_of_domain);
  g_autofree char *text = filter_floods_write (floods);
  return store_mark_set (engine->store, FILTER_FLOOD_MARK, text, error);
}
