/* send-list.c - what is queued and not sent, for people: which, for whom, and why not. */
#include "send.h"

gboolean
filter_send_is_state (const char *name)
{
  for (guint i = 0; i <= STORE_REPLY_FAILED; i++)
    if (i != STORE_REPLY_SENT && g_str_equal (store_reply_state_name (i), name))
      return TRUE;
  return FALSE;
}

typedef struct
{
  FilterList *list;
  const char *state;
} Listing;

static gboolean
add_reply (const StoreReply *reply, gpointer data)
{
  const Listing *listing = data;
  const char *state = store_reply_state_name (reply->state);
  if (reply->state == STORE_REPLY_SENT || (listing->state != NULL && !g_str_equal (listing->state, state)))
    return TRUE;
  g_autofree char *tries = g_strdup_printf ("%u", reply->tries),
                  *queued = filter_time_text (reply->queued_at);
  g_autofree char *next = reply->state == STORE_REPLY_WAITING ? filter_time_text (reply->next_at) : NULL;
  filter_list_row (listing->list, (const char *const[]){ reply->id, state, reply->recipient, queued, tries,
                                                         next, reply->event, reply->last_error });
  return TRUE;
}

gboolean
filter_send_list (Store *store, FilterListFormat format, const char *state, GError **error)
{
  static const char *const columns[]
      = { "id", "state", "to", "queued_at", "tries", "next_at", "event", "why", NULL };
  Listing listing = { filter_list_new (format, columns), state };
  gboolean done = store_each_reply (store, add_reply, &listing, error);
  filter_list_end (listing.list);
  return done;
}
