/* engine-known.c - what the store and the keys know of a mail before it is decided: whether its writer is
 * known, which confirmation it answers, whom its tokens name. */
#include "engine-private.h"
#include "address.h"
#include "tokens.h"

#include <string.h>

void
filter_known_clear (FilterKnown *known)
{
  store_event_free (known->answered);
  g_strfreev (known->stopped);
  g_free (known->erasure);
  g_clear_pointer (&known->named, g_ptr_array_unref);
}

/* ---- tokens (R10, R55, R56) ---- */

static void
named_free (gpointer data)
{
  FilterNamed *named = data;
  parser_token_free (named->token);
  g_free (named);
}

static void
add_named (const FilterEngine *engine, const char *text, ParserTokenPlace place, const FilterOutcome *of,
           FilterKnown *known)
{
  ParserToken *token = filter_token_read (&engine->secret, text);
  if (token == NULL)
    return;
  FilterNamed *named = g_new0 (FilterNamed, 1);
  named->token = token;
  named->place = place;
  named->of = of;
  g_ptr_array_add (known->named, named);
}

/* R10: the recipient as the mail server gives it, never the header. */
static void
add_named_by_recipient (const FilterEngine *engine, const char *recipient, const FilterOutcome *of,
                        FilterKnown *known)
{
  g_autofree char *text = recipient != NULL ? parser_token_find (recipient) : NULL;
  if (text != NULL)
    add_named (engine, text, PARSER_IN_RECIPIENT, of, known);
}

static void
read_tokens (const FilterEngine *engine, const FilterMail *mail, const FilterResult *result,
             FilterKnown *known)
{
  const GPtrArray *tokens = result->facts->tokens;
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
      add_named_by_recipient (engine, outcome->recipient, outcome, known);
    }
  add_named_by_recipient (engine, mail->original_recipient, NULL, known);
  for (guint i = 0; i < tokens->len; i++)
    {
      const ParserFound *found = g_ptr_array_index (tokens, i);
      add_named (engine, found->text, found->place, NULL, known);
    }
}

gboolean
filter_engine_has_tokens (const FilterMail *mail, const FilterResult *result, ParserTokenPlace weakest)
{
  const GPtrArray *tokens = result->facts->tokens;
  g_autofree char *original
      = mail->original_recipient != NULL ? parser_token_find (mail->original_recipient) : NULL;
  gboolean has
      = original != NULL
        || (tokens->len > 0 && ((const ParserFound *)g_ptr_array_index (tokens, 0))->place <= weakest);
  for (guint i = 0; i < result->outcomes->len && !has; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (result->outcomes, i);
      g_autofree char *text = outcome->recipient != NULL ? parser_token_find (outcome->recipient) : NULL;
      has = text != NULL;
    }
  return has;
}

guint
filter_known_holders (const FilterKnown *known, const FilterConfig *config, const FilterOutcome *outcome,
                      FilterHolder holders_out[FILTER_HOLDERS])
{
  guint n = 0;
  for (guint i = 0; known->named != NULL && i < known->named->len && n < FILTER_HOLDERS; i++)
    {
      const FilterNamed *named = g_ptr_array_index (known->named, i);
      if (named->token->purpose != PARSER_TOKEN_ANSWER && (named->of == NULL || named->of == outcome))
        holders_out[n++] = (FilterHolder){ .purpose = named->token->purpose,
                                           .place = named->place,
                                           .address = named->token->address,
                                           .category = filter_token_category (config, named->token->category),
                                           .same = named->same };
    }
  return n;
}

/* ---- is it the writer's? ---- */

static void
match_holders (const FilterConfig *config, const ParserFacts *facts, const char *address, FilterKnown *known)
{
  const char *const *dotless = (const char *const *)config->dotless_domains;
  g_autofree char *mailbox = filter_address_mailbox (address, dotless);
  g_autofree char *asked_for
      = facts->named_address != NULL ? filter_address_mailbox (facts->named_address, dotless) : NULL;
  known->named_is_writer = known->named_is_writer || g_strcmp0 (asked_for, mailbox) == 0;
  for (guint i = 0; i < known->named->len; i++)
    {
      FilterNamed *named = g_ptr_array_index (known->named, i);
      if (named->token->address == NULL)
        continue;
      g_autofree char *holder = filter_address_mailbox (named->token->address, dotless);
      named->same = named->same || strcmp (holder, mailbox) == 0;
    }
}

/* And those whom somebody linked with the writer. */
static gboolean
match_links (FilterEngine *engine, const ParserFacts *facts, const char *address, FilterKnown *known,
             GError **error)
{
  g_autoptr (GPtrArray) links = NULL;
  if (!store_links (engine->store, address, &links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    match_holders (engine->config, facts, ((const StoreLink *)g_ptr_array_index (links, i))->other, known);
  return TRUE;
}

/* Without a store, of a mail that is only looked at, by the spelling alone. */
static gboolean
look_up_holders (FilterEngine *engine, const FilterMail *mail, const FilterResult *result, const char *sender,
                 FilterKnown *known, GError **error)
{
  known->named = g_ptr_array_new_with_free_func (named_free);
  if (engine->secret.tokens != NULL)
    read_tokens (engine, mail, result, known);
  const FilterCase c = { .facts = result->facts,
                         .config = engine->config,
                         .sender = sender,
                         .sender_known = known->sender_known,
                         .from_known = known->from_known };
  g_autofree char *writer = filter_policy_writer (&c);
  if (writer == NULL || (known->named->len == 0 && result->facts->named_address == NULL))
    return TRUE;
  match_holders (engine->config, result->facts, writer, known);
  g_autofree char *base = filter_address_base (writer);
  return engine->store == NULL
         || (match_links (engine, result->facts, writer, known, error)
             && (base == NULL || match_links (engine, result->facts, base, known, error)));
}

void
filter_engine_look_at_names (FilterEngine *engine, const FilterMail *mail, const FilterResult *result,
                             const char *sender, FilterKnown *known)
{
  filter_engine_secret (engine, NULL);
  look_up_holders (engine, mail, result, sender, known, NULL);
}

/* ---- whose confirmation it answers ---- */

/* A confirmation of ours may be answered long after its key was followed by another (R102). */
static char *
event_named_by (const FilterSecret *secret, const char *message_id)
{
  char *id = NULL;
  for (guint i = secret->tokens->len; message_id != NULL && i-- > 0 && id == NULL;)
    id = parser_token_event (g_array_index (secret->tokens, FilterSecretKey, i).key, message_id);
  return id;
}

/* The event whose confirmation the mail names; the one to the writer is kept. */
static gboolean
look_up_answered (FilterEngine *engine, const ParserFacts *facts, const char *id, FilterKnown *known,
                  GError **error)
{
  if (id == NULL || (known->answered != NULL && g_strcmp0 (known->answered->address, facts->from) == 0))
    return TRUE;
  g_autoptr (StoreEvent) event = NULL;
  if (!store_event (engine->store, id, &event, error))
    return FALSE;
  known->answers = TRUE;
  if (event != NULL)
    {
      store_event_free (known->answered);
      known->answered = g_steal_pointer (&event);
    }
  return TRUE;
}

static gboolean
look_up_answered_by_id (FilterEngine *engine, const ParserFacts *facts, const char *message_id,
                        FilterKnown *known, GError **error)
{
  g_autofree char *id = event_named_by (&engine->secret, message_id);
  return look_up_answered (engine, facts, id, known, error);
}

/* By Message-ID, the latest of a thread, and where a mail program left that out, by the token in our Reply-To
 * or subject (FIELD 4, 18). What a bounce or a complaint is about, it encloses. */
static gboolean
look_up_confirmation (FilterEngine *engine, const ParserFacts *facts, FilterKnown *known, GError **error)
{
  gboolean report = filter_policy_is_report (facts);
  if (!look_up_answered_by_id (engine, facts, facts->in_reply_to, known, error)
      || (report && !look_up_answered_by_id (engine, facts, facts->enclosed_id, known, error)))
    return FALSE;
  for (guint i = g_strv_length (facts->references); i-- > 0;)
    if (!look_up_answered_by_id (engine, facts, facts->references[i], known, error))
      return FALSE;
  for (guint i = 0; i < known->named->len; i++)
    {
      const FilterNamed *named = g_ptr_array_index (known->named, i);
      gboolean answers = named->place <= PARSER_IN_REFERENCES && named->place != PARSER_IN_TEXT;
      if (named->token->purpose == PARSER_TOKEN_ANSWER && (answers || report)
          && !look_up_answered (engine, facts, named->token->event, known, error))
        return FALSE;
    }
  return TRUE;
}

/* What other wishes stopped by name; and was everything stopped by one: when the answered one came, or later,
 * once that had been taken back? A bounce is no wish, and what a person opted in to after it is stopped no
 * longer. */
typedef struct
{
  Store *store;
  const StoreEvent *answered;
  GHashTable *wish, *names; /* ids of the answered wish's events; what others stopped */
  gboolean stopped;
  gboolean lifted; /* the answered stop was */
  GError *error;
} Other;

/* What answers to its confirmations did is part of a wish. The parents of an event come before it. */
static gboolean
is_same_wish (GHashTable *wish, const StoreEvent *event)
{
  if (event->related != NULL && g_hash_table_contains (wish, event->related))
    g_hash_table_add (wish, g_strdup (event->id));
  return g_hash_table_contains (wish, event->id);
}

/* The wish that @answered belongs to begins with what it chose from. */
static gboolean
look_up_wish (FilterEngine *engine, const StoreEvent *answered, GHashTable *wish, GError **error)
{
  g_autofree char *id = g_strdup (answered->id);
  while (id != NULL && g_hash_table_add (wish, g_strdup (id)))
    {
      g_autoptr (StoreEvent) event = NULL;
      if (!store_event (engine->store, id, &event, error))
        return FALSE;
      g_free (id);
      id = event != NULL ? g_strdup (event->related) : NULL;
    }
  return TRUE;
}

/* What the standing says of a name may be of the wish that stopped everything since. */
static void
note_names (Other *other, const StoreEvent *event, gboolean out)
{
  gboolean every = g_strv_contains ((const char *const *)event->scope, STORE_EVERY);
  GHashTableIter iter;
  gpointer name;
  for (char **one = event->scope; *one != NULL && !every; one++)
    if (out)
      g_hash_table_add (other->names, g_strdup (*one));
    else
      g_hash_table_remove (other->names, *one);
  g_hash_table_iter_init (&iter, other->names);
  while (every && !out && g_hash_table_iter_next (&iter, &name, NULL))
    if (event->except == NULL || !g_strv_contains ((const char *const *)event->except, name))
      g_hash_table_iter_remove (&iter);
}

static gboolean
look_at_other (const StoreEvent *event, gpointer data)
{
  Other *other = data;
  gboolean before = event->received_at <= other->answered->received_at;
  gboolean same = is_same_wish (other->wish, event);
  gboolean out = event->action == STORE_ACTION_OPT_OUT && event->reason != STORE_REASON_BOUNCE;
  gboolean in = event->action == STORE_ACTION_OPT_IN && event->reason == STORE_REASON_PERSON;
  g_autoptr (StoreEvent) void_event = NULL;
  if ((!out && !in) || (same && before))
    return TRUE;
  if (!store_void_of (other->store, event->id, &void_event, &other->error))
    return FALSE;
  if (void_event != NULL)
    return TRUE;
  if (!same)
    note_names (other, event, out);
  if (!g_strv_contains ((const char *const *)event->scope, STORE_EVERY))
    return TRUE;
  other->lifted |= in && !before;
  if (before || in || (other->lifted && !same))
    other->stopped = out;
  return TRUE;
}

static gboolean
add_standing (FilterEngine *engine, const Other *other, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  if (!store_standings (engine->store, other->answered->address, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreStanding *row = g_ptr_array_index (rows, i);
      if (row->out && strcmp (row->category, STORE_EVERY) != 0
          && !g_hash_table_contains (other->wish, row->event))
        g_hash_table_add (other->names, g_strdup (row->category));
    }
  return TRUE;
}

/* What the person to whom it was confirmed had stopped by name in other wishes; and STORE_EVERY, when one of
 * them stopped that. */
static gboolean
look_up_stopped (FilterEngine *engine, FilterKnown *known, GError **error)
{
  if (known->answered == NULL || known->answered->address == NULL)
    return TRUE;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) wish = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const StoreQuery query = { .address = known->answered->address, .reason = -1 };
  Other other = { .store = engine->store, .answered = known->answered, .wish = wish, .names = names };
  if (!look_up_wish (engine, known->answered, wish, error)
      || !store_events (engine->store, &query, look_at_other, &other, error))
    return FALSE;
  if (other.error != NULL)
    return g_propagate_error (error, other.error), FALSE;
  if (!add_standing (engine, &other, error))
    return FALSE;
  if (other.stopped)
    g_hash_table_add (names, g_strdup (STORE_EVERY));
  g_autofree char **borrowed = (char **)g_hash_table_get_keys_as_array (names, NULL);
  known->stopped = g_strdupv (borrowed);
  return TRUE;
}

/* The oldest that is open: the one that is due first. */
static gboolean
look_up_erasure (FilterEngine *engine, const ParserFacts *facts, FilterKnown *known, GError **error)
{
  g_autoptr (GPtrArray) requests = NULL;
  if (facts->answer != PARSER_ANSWER_ERASE || known->answered == NULL || known->answered->address == NULL)
    return TRUE;
  if (!store_requests_of (engine->store, known->answered->address, &requests, error))
    return FALSE;
  for (guint i = 0; i < requests->len && known->erasure == NULL; i++)
    {
      const StoreRequest *request = g_ptr_array_index (requests, i);
      if (request->kind == STORE_ACTION_ERASURE && request->closed_at == 0)
        known->erasure = g_strdup (request->id);
    }
  return TRUE;
}

gboolean
filter_engine_look_up (FilterEngine *engine, const FilterMail *mail, const FilterResult *result,
                       const char *sender, FilterKnown *known, GError **error)
{
  const ParserFacts *facts = result->facts;
  g_autofree char *unwrapped = sender != NULL && *sender != '\0' ? parser_address_unwrap (sender) : NULL;
  const char *from = facts->from != NULL ? facts->from : facts->from_spelt;
  if (from != NULL && !store_known (engine->store, from, &known->from_known, error))
    return FALSE;
  if (unwrapped != NULL && g_strcmp0 (unwrapped, facts->from) != 0
      && !store_known (engine->store, unwrapped, &known->sender_known, error))
    return FALSE;
  return look_up_holders (engine, mail, result, sender, known, error)
         && look_up_confirmation (engine, facts, known, error) && look_up_stopped (engine, known, error)
         && look_up_erasure (engine, facts, known, error);
}
