/* replies.c - sends what is queued: claim, hand over, settle. */
#include "log.h"
#include "submit.h"

#include <syslog.h>

#define MINUTE 60
#define GIVE_UP_S (3 * 24 * 60 * MINUTE)

/* The claim has counted this try already. */
static gint64
next_try (const StoreReply *reply, gint64 now)
{
  static const int minutes[] = { 1, 5, 15, 60, 240 };
  return now + minutes[CLAMP (reply->tries, 1, G_N_ELEMENTS (minutes)) - 1] * MINUTE;
}

/* What became of it. What a program that was killed may have sent is never sent twice by itself (R73). */
static StoreReplyState
hand_over (const FilterConfig *config, const StoreReply *reply, gint64 now, char **why_out)
{
  g_autoptr (GError) error = NULL;
  if (filter_submit_mail (config, reply->sender, reply->recipient, reply->mail, &error))
    return STORE_REPLY_SENT;
  *why_out = g_strdup (error->message);
  filter_log (LOG_WARNING, "reply %s: not sent now: %s", reply->id, error->message);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INTR))
    return STORE_REPLY_UNCERTAIN;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INVAL) || now - reply->queued_at > GIVE_UP_S)
    return STORE_REPLY_FAILED;
  return STORE_REPLY_WAITING;
}

gboolean
filter_submit_replies (const FilterConfig *config, Store *store, const char *only, gboolean uncertain,
                       gint64 now, guint *sent_out, guint *failed_out, GError **error)
{
  guint sent = 0, failed = 0;
  for (;;)
    {
      g_autoptr (StoreReply) reply = NULL;
      g_autofree char *why = NULL;
      if (!store_claim (store, only, uncertain, now, &reply, error))
        return FALSE;
      if (reply == NULL)
        break;
      StoreReplyState state = hand_over (config, reply, now, &why);
      /* an uncertain one stays claimed, and the store makes it UNCERTAIN, as after a crash of ours */
      if (state != STORE_REPLY_UNCERTAIN
          && !store_settle (store, reply->id, state, now, next_try (reply, now), why, error))
        return FALSE;
      if (state == STORE_REPLY_SENT)
        sent++;
      else
        failed++;
      if (only != NULL)
        break;
    }
  if (sent_out != NULL)
    *sent_out = sent;
  if (failed_out != NULL)
    *failed_out = failed;
  return TRUE;
}
