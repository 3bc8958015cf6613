/* names.c - what actions, reasons and states are called, in the database as in listings. */
#include "internal.h"

/* clang-format off */
static const char *const action_names[] = {
  [STORE_ACTION_OPT_OUT] = "opt-out",
  [STORE_ACTION_OPT_IN] = "opt-in",
  [STORE_ACTION_ERASURE] = "erasure",
  [STORE_ACTION_ACCESS] = "access",
  [STORE_ACTION_CORRECTION] = "correction",
  [STORE_ACTION_NO_SHARING] = "no-sharing",
  [STORE_ACTION_HOLD] = "hold",
  [STORE_ACTION_ACCEPT] = "accept",
  [STORE_ACTION_REJECT] = "reject",
  [STORE_ACTION_NO_CONTACT] = "no-contact",
  [STORE_ACTION_CLOSE] = "close",
  [STORE_ACTION_CONFIRM] = "confirm",
  [STORE_ACTION_LINK] = "link",
  [STORE_ACTION_UNLINK] = "unlink",
  [STORE_ACTION_LEFT] = "left",
  [STORE_ACTION_ASKED] = "asked",
  [STORE_ACTION_VOID] = "void",
  [STORE_ACTION_ERASED] = "erased",
  [STORE_ACTION_IMPORT] = "import",
  [STORE_ACTION_HAND] = "hand-on",
  [STORE_ACTION_ACKNOWLEDGE] = "acknowledge",
  [STORE_ACTION_PARTNER] = "partner",
  [STORE_ACTION_KEYS] = "keys",
  [STORE_ACTION_RESTORE] = "restore",
  [STORE_ACTION_SHED] = "shed",
};
static const char *const reason_names[] = {
  [STORE_REASON_COMPLAINT] = "complaint",
  [STORE_REASON_PERSON] = "person",
  [STORE_REASON_CUSTOMER_SERVICE] = "customer-service",
  [STORE_REASON_BOUNCE] = "bounce",
  [STORE_REASON_REVIEW] = "review",
  [STORE_REASON_HOUSE] = "house",
};
static const char *const state_names[] = {
  [STORE_REPLY_WAITING] = "waiting",
  [STORE_REPLY_SENDING] = "sending",
  [STORE_REPLY_SENT] = "sent",
  [STORE_REPLY_UNCERTAIN] = "uncertain",
  [STORE_REPLY_FAILED] = "failed",
};
/* clang-format on */

static int
find_name (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return (int)i;
  return -1;
}

const char *
store_action_name (StoreAction action)
{
  g_assert (action < G_N_ELEMENTS (action_names));
  return action_names[action];
}

const char *
store_reason_name (StoreReason reason)
{
  g_assert (reason < G_N_ELEMENTS (reason_names));
  return reason_names[reason];
}

const char *
store_reply_state_name (StoreReplyState state)
{
  g_assert (state < G_N_ELEMENTS (state_names));
  return state_names[state];
}

gboolean
store_action_is_house (StoreAction action)
{
  return action >= STORE_ACTION_ERASED;
}

gboolean
store_action_is_request (StoreAction action)
{
  return action == STORE_ACTION_ERASURE || action == STORE_ACTION_ACCESS || action == STORE_ACTION_CORRECTION
         || action == STORE_ACTION_NO_SHARING || action == STORE_ACTION_NO_CONTACT;
}

gboolean
store_action_from_name (const char *name, StoreAction *action_out)
{
  int i = find_name (action_names, G_N_ELEMENTS (action_names), name);
  if (i >= 0)
    *action_out = (StoreAction)i;
  return i >= 0;
}

gboolean
store_reason_from_name (const char *name, StoreReason *reason_out)
{
  int i = find_name (reason_names, G_N_ELEMENTS (reason_names), name);
  if (i >= 0)
    *reason_out = (StoreReason)i;
  return i >= 0;
}

gboolean
store_reply_state_from_name (const char *name, StoreReplyState *state_out)
{
  int i = find_name (state_names, G_N_ELEMENTS (state_names), name);
  if (i >= 0)
    *state_out = (StoreReplyState)i;
  return i >= 0;
}
