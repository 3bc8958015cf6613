/* engine-notice.c - the mail that tells somebody what was recorded: written, counted, and queued with its
 * event. */
#include "engine-private.h"
#include "flood.h"
#include "tokens.h"

#include <string.h>

void
filter_notice_clear (FilterNotice *notice)
{
  g_clear_pointer (&notice->mail, g_bytes_unref);
  g_strfreev (notice->names);
  g_free (notice->template);
  g_free (notice->template_digest);
}
/* ---- a mail of ours ---- */

GBytes *
filter_engine_compose (const FilterEngine *engine, const char *to, const FilterReplyText *text,
                       const char *event, const ParserFacts *parent, gint64 now)
{
  const FilterConfig *config = engine->config;
  const char *domain = strrchr (config->reply_from, '@') + 1;
  g_autofree char *message_id = parser_token_message_id (engine->secret.token, event, domain);
  /* whoever answers names the event also by the address, where his mail program leaves out what he answers */
  g_autofree char *token = filter_token_answer (&engine->secret, event);
  g_autofree char *reply_to
      = parent != NULL ? filter_token_subaddress (config, config->reply_from, token) : NULL;
  /* R68: the parent's References, else its In-Reply-To alone */
  const char *alone[] = { parent != NULL ? parent->in_reply_to : NULL, NULL };
  const ParserReply reply = {
    .from_name = config->reply_from_name,
    .from = config->reply_from,
    .to = to,
    .reply_to = reply_to,
    .subject = text->subject,
    .body = text->body,
    .html = text->html,
    .message_id = message_id,
    .in_reply_to = parent != NULL ? parent->message_id : NULL,
    .references
    = parent != NULL && *parent->references != NULL ? (const char *const *)parent->references : alone,
    .loop_marker = config->reply_from,
    .language = text->language,
    .date_at = now,
    .auto_replied = parent != NULL,
  };
  return parser_compose (&reply);
}

gboolean
filter_engine_queue (FilterEngine *engine, const char *event, const char *to, GBytes *mail,
                     const StoreBudget *budgets, guint n_budgets, gint64 now, char **id_out, GError **error)
{
  g_autoptr (StoreReply) reply = store_reply_new ();
  reply->id = filter_engine_random_id ();
  reply->event = g_strdup (event);
  reply->sender
      = g_strdup (engine->config->envelope_sender != NULL ? engine->config->envelope_sender : ""); /* R71 */
  reply->recipient = g_strdup (to);
  reply->mail = g_bytes_ref (mail);
  reply->queued_at = now;
  reply->next_at = now;
  if (!store_queue (engine->store, reply, budgets, n_budgets, error))
    return FALSE;
  *id_out = g_strdup (reply->id);
  return TRUE;
}

/* ---- the notice of an event ---- */

/* Why there will be no reply although the verdict has one; NULL when there will. */
static const char *
silence_of (const FilterPassage *p, const FilterVerdict *verdict, gboolean known)
{
  return !verdict->reply                                  ? verdict->reply_reason
         : known                                          ? "known"
         : (p->engine->flags & FILTER_ENGINE_SILENT) != 0 ? "silent"
         : g_ptr_array_find_with_equal_func (p->told, verdict->reply_to, g_str_equal, NULL)
             ? "other-recipient"
             : NULL;
}

gboolean
filter_notice_prepare (FilterPassage *p, const FilterOutcome *outcome, const FilterSubject *subject,
                       const StoreEvent *event, gboolean known, FilterNotice *notice, GError **error)
{
  const FilterVerdict *verdict = outcome->verdict;
  gboolean flood = FALSE;
  notice->reason = silence_of (p, verdict, known);
  if (notice->reason != NULL)
    return TRUE;
  if (filter_engine_is_unproved (verdict, subject)
      && !filter_engine_flood_on (p, verdict, subject, &flood, error))
    return FALSE;
  if (flood)
    {
      notice->reason = FILTER_FLOOD_REASON;
      return TRUE;
    }
  int refused;
  notice->n_budgets = filter_policy_budgets (verdict, p->engine->config, notice->budgets, &notice->names);
  if (!store_budget (p->engine->store, notice->budgets, notice->n_budgets, p->mail->now, &refused, error))
    return FALSE;
  if (refused >= 0)
    {
      notice->reason = filter_policy_budget_reason (&notice->budgets[refused]);
      return TRUE;
    }
  const char *mailbox = outcome->mailbox != NULL ? outcome->mailbox->address : NULL;
  g_autoptr (FilterReplyText) text
      = filter_reply_text (verdict, p->engine->config, mailbox, p->language, p->received_at);
  notice->template = g_steal_pointer (&text->name);
  notice->template_digest = g_steal_pointer (&text->digest);
  /* Who has the Message-ID may undo the event it names, in the name of its person: others get one of no
   * event. */
  gboolean own = strcmp (verdict->reply_to, event->address) == 0;
  g_autofree char *id = own ? g_strdup (event->id) : filter_engine_random_id ();
  /* and the holder of a token does not learn from our header who used it (R56) */
  g_autoptr (ParserFacts) nameless = parser_facts_new ();
  gboolean writer = g_strcmp0 (verdict->reply_to, verdict->requester) == 0;
  notice->mail = filter_engine_compose (p->engine, verdict->reply_to, text, id, writer ? p->facts : nameless,
                                        p->mail->now);
  notice->reason = "ok";
  return TRUE;
}

gboolean
filter_notice_queue (FilterPassage *p, FilterOutcome *outcome, const char *event, const FilterNotice *notice,
                     GError **error)
{
  if (notice->mail == NULL)
    return TRUE;
  g_ptr_array_add (p->told, outcome->verdict->reply_to);
  return filter_engine_queue (p->engine, event, outcome->verdict->reply_to, notice->mail, notice->budgets,
                              notice->n_budgets, p->mail->now, &outcome->reply, error);
}
