/* event-report.c - an event of the ledger as people and programs read it. */
#include "admin.h"
#include "plain.h"

#include <string.h>

/* How our consent records are laid out. */
#define SCHEMA "optout/consent-record/1"

static const char *
detail (const StoreEvent *event, const char *name)
{
  const char *text;
  return event->details != NULL && g_variant_lookup (event->details, name, "&s", &text) ? text : NULL;
}

/* ---- as JSON ---- */

static void
add_time (GString *out, const char *name, gint64 at)
{
  g_autofree char *text = filter_time_text (at);
  filter_json_member (out, name, text);
}

/* What stands by itself in the record is no evidence. */
static const char *const own_members[]
    = { "controller", "policy-url", "jurisdiction", "rules-version", "template", "template-sha256" };

static gboolean
is_own_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_members); i++)
    if (strcmp (own_members[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* What ISO/IEC TS 27560 calls event and evidence (R120). */
void
filter_admin_event_json (GString *out, const StoreEvent *event)
{
  const char *key, *value;
  GVariantIter details;
  g_string_append_c (out, '{');
  filter_json_member (out, "event", event->id);
  filter_json_number (out, "seq", event->seq);
  filter_json_member (out, "schema", SCHEMA);
  filter_json_member (out, "action", store_action_name (event->action));
  filter_json_member (out, "reason", store_reason_name (event->reason));
  filter_json_member (out, "address", event->address);
  filter_json_strings (out, "scope", (const char *const *)event->scope);
  filter_json_strings (out, "except", (const char *const *)event->except);
  add_time (out, "received_at", event->received_at);
  add_time (out, "recorded_at", event->recorded_at);
  filter_json_member (out, "channel", event->channel);
  filter_json_member (out, "by", event->by);
  filter_json_member (out, "related", event->related);
  filter_json_member (out, "confirmation", event->confirmation);
  filter_json_member (out, "program", event->program);
  for (guint i = 0; i < G_N_ELEMENTS (own_members); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (own_members[i]), "-", '_');
      filter_json_member (out, name, detail (event, own_members[i]));
    }
  filter_json_name (out, "evidence");
  g_string_append_c (out, '{');
  if (event->details != NULL)
    {
      g_variant_iter_init (&details, event->details);
      while (g_variant_iter_next (&details, "{&s&s}", &key, &value))
        if (!is_own_member (key))
          filter_json_member (out, key, value);
    }
  g_string_append (out, "}}");
}

/* ---- in words ---- */

static void G_GNUC_PRINTF (2, 3) add_line (GString *out, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_string_append (out, "    ");
  g_string_append_vprintf (out, format, arguments);
  g_string_append_c (out, '\n');
  va_end (arguments);
}

/* What a detail is called in words. Those without words are told in a sentence, or mean something to programs
 * alone. */
static const struct
{
  const char *name, *words;
  gboolean quoted;
} meanings[] = {
  { "words", "they wrote", TRUE },
  { "subject", "subject", FALSE },
  { "proof", "proof", FALSE },
  { "note", "note", FALSE },
  { FILTER_DETAIL_WRITER, "written by", FALSE },
  { "from", "From", FALSE },
  { "sender", "envelope sender", FALSE },
  { "recipient", "sent to", FALSE },
  { "message-id", "Message-ID", FALSE },
  { "queue-id", "queue id", FALSE },
  { "mail-sha256", "sha256 of the mail", FALSE },
  { "authentication", "the mail server's proof", FALSE },
  { "report", "the report says", TRUE },
  { "reported", "the report is about", FALSE },
  { "reported-by", "it names that in", FALSE },
  { "successor", "the notice names instead", FALSE },
  { "smtp-reply", "the other mail server said", TRUE },
  { "rules", "rules that matched", FALSE },
  { "controller", "on behalf of", FALSE },
  { "policy-url", "privacy policy", FALSE },
  { "jurisdiction", "jurisdiction", FALSE },
  { "other", NULL, FALSE },
  { "source", NULL, FALSE },
  { "act-reason", NULL, FALSE },
  { "authenticated", NULL, FALSE },
  { "reply-reason", NULL, FALSE },
  { "rules-version", NULL, FALSE },
  { "template", NULL, FALSE },
  { "template-sha256", NULL, FALSE },
  { "confidence", NULL, FALSE },
  { "intent", NULL, FALSE },
  { "request", NULL, FALSE },
  { "language", NULL, FALSE },
};

static void
add_meant (GString *out, const StoreEvent *event, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      const char *value = meanings[i].words != NULL ? detail (event, meanings[i].name) : NULL;
      if (value == NULL)
        continue;
      g_autofree char *text = filter_plain_text (value, -1, FALSE);
      add_line (out, meanings[i].quoted ? "%s: \"%s\"" : "%s: %s", meanings[i].words, text);
    }
}

/* Details that other commands and later versions write. */
static void
add_others (GString *out, const StoreEvent *event)
{
  const char *key, *value;
  GVariantIter details;
  if (event->details == NULL)
    return;
  g_variant_iter_init (&details, event->details);
  while (g_variant_iter_next (&details, "{&s&s}", &key, &value))
    {
      guint i = 0;
      while (i < G_N_ELEMENTS (meanings) && strcmp (meanings[i].name, key) != 0)
        i++;
      g_autofree char *text = filter_plain_text (value, -1, FALSE);
      if (i == G_N_ELEMENTS (meanings))
        add_line (out, "%s: %s", key, text);
    }
}

static void
add_why (GString *out, const StoreEvent *event)
{
  const char *code = detail (event, "act-reason"), *proof = detail (event, "authenticated");
  const char *words = code != NULL ? filter_report_act_words (code) : NULL;
  gboolean none = proof == NULL || strcmp (proof, "none") == 0;
  gboolean token = g_strcmp0 (proof, "token") == 0;
  if (code == NULL)
    return;
  add_line (out, "%s: %s (%s); %s%s", event->action == STORE_ACTION_HOLD ? "why it waits" : "why it counts",
            words != NULL ? words : "A rule says so", code,
            none    ? "nothing proves who wrote it"
            : token ? "a token of ours proves whose it is"
                    : "the author is proved by ",
            none || token ? "" : proof);
}

/* What changed by it, for the words "what we did"; the caller frees. */
static char *
deed_of (const StoreEvent *event, const char *scope)
{
  const char *other = detail (event, "other");
  switch (event->action)
    {
    case STORE_ACTION_OPT_OUT:
      return g_strconcat (g_strcmp0 (detail (event, "answer"), "only") == 0 ? "by reply: stopped only "
                                                                            : "stopped ",
                          scope, NULL);
    case STORE_ACTION_OPT_IN:
      return g_strconcat (
          "allowed ", scope,
          event->reason == STORE_REASON_PERSON ? NULL : ", except what the person or a complaint had stopped",
          NULL);
    case STORE_ACTION_HOLD:
      return g_strconcat ("left it to a person to decide", *scope != '\0' ? ", and until then stopped " : "",
                          scope, NULL);
    case STORE_ACTION_ACCEPT:
      return g_strdup ("a person took it for the wish that it seemed");
    case STORE_ACTION_REJECT:
      return g_strdup ("a person found that it is no such wish");
    case STORE_ACTION_ERASURE:
      return g_strdup ("opened a case: to be erased");
    case STORE_ACTION_ACCESS:
      return g_strdup ("opened a case: to be told what is known");
    case STORE_ACTION_CORRECTION:
      return g_strdup ("opened a case: to have it corrected");
    case STORE_ACTION_NO_SHARING:
      return g_strdup ("opened a case: the address is not passed on");
    case STORE_ACTION_NO_CONTACT:
      return g_strdup ("opened a case: no calls and no letters");
    case STORE_ACTION_CLOSE:
      return g_strdup ("closed the case");
    case STORE_ACTION_CONFIRM:
      return g_strdup ("noted with the case that the person asks for it once more");
    case STORE_ACTION_LINK:
      return g_strdup_printf ("linked it with %s: a stop of one holds for the other",
                              other != NULL ? other : "another address");
    case STORE_ACTION_UNLINK:
      return g_strdup_printf ("parted it from %s", other != NULL ? other : "another address");
    case STORE_ACTION_LEFT:
      return g_strdup ("put it on the list of addresses that are given up; nothing is stopped by that");
    case STORE_ACTION_ASKED:
      return g_strdup ("asked them whether our mail to them is to stop too; nothing is changed by that");
    case STORE_ACTION_VOID:
      return g_strdup_printf ("took back event %s: this person did not write it", event->related);
    case STORE_ACTION_ERASED:
      return g_strdup (
          "forgot the address, words and evidence of the events below; what was stopped stays stopped");
    case STORE_ACTION_IMPORT:
    case STORE_ACTION_HAND:
    case STORE_ACTION_ACKNOWLEDGE:
    case STORE_ACTION_PARTNER:
    case STORE_ACTION_KEYS:
    case STORE_ACTION_RESTORE:
    case STORE_ACTION_SHED:
      break;
    }
  return g_strdup ("recorded it");
}

static void
add_deed (GString *out, const StoreEvent *event, const char *scope)
{
  g_autofree char *deed = deed_of (event, scope), *recorded = filter_time_text (event->recorded_at);
  g_autofree char *by = filter_plain_text (event->by, -1, FALSE);
  const char *rules = detail (event, "rules-version");
  add_line (out, "what we did: %s, at %s by %s (%s%s%s)", deed, recorded != NULL ? recorded : "?", by,
            event->program, rules != NULL ? ", rules " : "", rules != NULL ? rules : "");
}

/* Told by whoever has the store too; without it what the event itself says. */
static void
add_confirmation (GString *out, const StoreEvent *event)
{
  const char *code = detail (event, "reply-reason"), *template = detail (event, "template");
  const char *words = code != NULL ? filter_report_reply_words (code) : NULL;
  if (event->confirmation != NULL)
    add_line (out, "%s%s%s, sha256 %s",
              event->action == STORE_ACTION_ASKED ? "what we sent: a question"
                                                  : "what we answered: a confirmation",
              template != NULL ? " from " : "", template != NULL ? template : "", event->confirmation);
  else if (code != NULL)
    add_line (out, "what we answered: nothing%s%s (%s)", words != NULL ? ", since " : "",
              words != NULL ? words : "", code);
}

void
filter_admin_event_words (GString *out, const StoreEvent *event)
{
  enum
  {
    SAID = 4 /* so many meanings are what somebody said; the rest is evidence */
  };
  g_autofree char *received = filter_time_text (event->received_at);
  g_autofree char *scope
      = filter_admin_scope_text ((const char *const *)event->scope, (const char *const *)event->except);
  const char *of
      = store_action_is_request (event->action) ? "" : scope; /* its scope is of the opt-out beside it */
  g_string_append_printf (out, "%s  %s%s%s, by %s: %s\n", received != NULL ? received : "?",
                          store_action_name (event->action), *of != '\0' ? " of " : "", of, event->channel,
                          filter_admin_reason_text (event->reason));
  add_meant (out, event, 0, SAID);
  add_why (out, event);
  add_deed (out, event, scope);
  add_confirmation (out, event);
  add_meant (out, event, SAID, G_N_ELEMENTS (meanings));
  add_others (out, event);
  if (event->related != NULL)
    add_line (out, "in answer to event %s", event->related);
  add_line (out, "event %s, number %" G_GINT64_FORMAT " of the ledger", event->id, event->seq);
}

/* ---- what became of it ---- */

static void
add_reply (GString *out, const StoreReply *reply, const char *what)
{
  g_autofree char *queued = filter_time_text (reply->queued_at),
                  *settled = filter_time_text (reply->settled_at);
  g_autofree char *trouble
      = reply->last_error != NULL ? filter_plain_text (reply->last_error, -1, FALSE) : NULL;
  const char *on = settled != NULL ? " on " : "", *when = settled != NULL ? settled : "";
  switch (reply->state)
    {
    case STORE_REPLY_WAITING:
    case STORE_REPLY_SENDING:
      add_line (out, "the %s waits to be sent since %s%s%s", what, queued, trouble != NULL ? ": " : "",
                trouble != NULL ? trouble : "");
      break;
    case STORE_REPLY_SENT:
      add_line (out, "the %s was sent%s%s", what, on, when);
      break;
    case STORE_REPLY_UNCERTAIN:
      add_line (out, "the %s may have been sent: the system went down meanwhile", what);
      break;
    case STORE_REPLY_FAILED:
      add_line (out, "the %s was given up%s%s%s%s", what, on, when, trouble != NULL ? ": " : "",
                trouble != NULL ? trouble : "");
      break;
    }
}

static void
add_handover (GString *out, const StoreHandover *handover)
{
  g_autofree char *made = filter_time_text (handover->made_at),
                  *acked = filter_time_text (handover->acked_at);
  if (handover->number == 0)
    add_line (out, "partner %s: not told yet", handover->partner);
  else
    add_line (out, "partner %s: told on %s by file %" G_GINT64_FORMAT ", %s%s", handover->partner, made,
              handover->number, acked != NULL ? "confirmed on " : "not confirmed yet",
              acked != NULL ? acked : "");
}

/* Who took it back, when and why. */
static void
add_void (GString *out, const StoreEvent *void_event)
{
  const char *note = detail (void_event, "note");
  g_autofree char *when = filter_time_text (void_event->recorded_at);
  g_autofree char *by = filter_plain_text (void_event->by, -1, FALSE);
  g_autofree char *why = note != NULL ? filter_plain_text (note, -1, FALSE) : NULL;
  add_line (out, "void: %s took it back on %s, since this person did not write it%s%s (event %s)", by, when,
            why != NULL ? ": " : "", why != NULL ? why : "", void_event->id);
}

gboolean
filter_admin_event_outcome (GString *out, Store *store, const StoreEvent *event, GError **error)
{
  g_autoptr (StoreReply) reply = NULL;
  g_autoptr (GPtrArray) handovers = NULL;
  g_autoptr (StoreEvent) void_event = NULL;
  gboolean told = event->action == STORE_ACTION_OPT_OUT || event->action == STORE_ACTION_OPT_IN
                  || event->action == STORE_ACTION_NO_SHARING || event->action == STORE_ACTION_VOID;
  if (!store_reply_of (store, event->id, &reply, error)
      || !store_void_of (store, event->id, &void_event, error)
      || (told && !store_handovers_of (store, event->seq, &handovers, error)))
    return FALSE;
  if (void_event != NULL)
    add_void (out, void_event);
  if (reply != NULL)
    add_reply (out, reply, event->action == STORE_ACTION_ASKED ? "question" : "confirmation");
  for (guint i = 0; handovers != NULL && i < handovers->len; i++)
    add_handover (out, g_ptr_array_index (handovers, i));
  return TRUE;
}
