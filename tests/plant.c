/* clang-format off */
/* plant.c - puts into a store what stats and report are to count, with times as ages, so that a test knows every figure.
 *
 * usage: plant CONFIGURATION < PLAN
 *   a line each; an age is 0, 90s, 5m, 50h or 3d before now; names are [0-9a-z]
 *   out REASON CHANNEL RECEIVED RECORDED SCOPE[,SCOPE...] [EVENT [RELATED]]
 *   in RECEIVED SCOPE
 *   reply NAME EVENT QUEUED waiting | uncertain | sent AGE | failed AGE
 *   hold NAME HELD [accept|reject DECIDED]      with its events
 *   case NAME KIND RECEIVED [CLOSED]            access, erasure, correction
 *   partner NAME ADDED
 *   hand PARTNER MADE [ACKNOWLEDGED]            of all events before it */
/* clang-format on */
#include "config.h"
#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600

typedef struct
{
  Store *store;
  gint64 now;
  guint64 events;
} Plant;

#define ok(call)                                                                                             \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GError *error = NULL;                                                                                    \
    if (!(call))                                                                                             \
      {                                                                                                      \
        fprintf (stderr, "plant: %s\n", error->message);                                                     \
        exit (1);                                                                                            \
      }                                                                                                      \
  }                                                                                                          \
  G_STMT_END

static gint64
at (const Plant *plant, const char *age)
{
  char *unit;
  gint64 number = g_ascii_strtoll (age, &unit, 10);
  return plant->now - number * (*unit == 'd' ? 24 * HOUR : *unit == 'h' ? HOUR : *unit == 'm' ? 60 : 1);
}

static StoreEvent *
new_event (Plant *plant, const char *id, StoreAction action, gint64 received_at, gint64 recorded_at)
{
  StoreEvent *event = store_event_new ();
  plant->events++;
  event->id = id != NULL ? g_strdup (id) : g_strdup_printf ("plant%" G_GUINT64_FORMAT, plant->events);
  event->action = action;
  event->reason = STORE_REASON_PERSON;
  event->received_at = received_at;
  event->recorded_at = recorded_at;
  event->channel = g_strdup ("mail");
  event->by = g_strdup ("optout");
  event->program = g_strdup ("plant");
  event->scope = g_new0 (char *, 1);
  event->address = g_strdup_printf ("person-%" G_GUINT64_FORMAT "@example.org", plant->events);
  return event;
}

static void
set_scope (StoreEvent *event, const char *scope)
{
  g_strfreev (event->scope);
  event->scope = g_strsplit (scope, ",", -1);
}

static void
set_address (StoreEvent *event, const char *address)
{
  g_free (event->address);
  event->address = g_strdup (address);
}

static void
record (Plant *plant, StoreEvent *event)
{
  StoreRecorded recorded;
  ok (store_record (plant->store, event, &recorded, NULL, &error));
  store_event_free (event);
}

static void
plant_out (Plant *plant, char **word)
{
  StoreEvent *event
      = new_event (plant, word[6], STORE_ACTION_OPT_OUT, at (plant, word[3]), at (plant, word[4]));
  g_assert_true (store_reason_from_name (word[1], &event->reason));
  g_free (event->channel);
  event->channel = g_strdup (word[2]);
  set_scope (event, word[5]);
  event->related = word[6] != NULL ? g_strdup (word[7]) : NULL;
  record (plant, event);
}

static void
plant_in (Plant *plant, char **word)
{
  StoreEvent *event = new_event (plant, NULL, STORE_ACTION_OPT_IN, at (plant, word[1]), at (plant, word[1]));
  set_scope (event, word[2]);
  record (plant, event);
}

/* What is settled is claimed first, in transactions of their own. */
static void
plant_reply (Plant *plant, char **word)
{
  g_autoptr (StoreReply) reply = store_reply_new (), claimed = NULL, other = NULL;
  gint64 queued_at = at (plant, word[3]);
  gboolean sent = g_str_equal (word[4], "sent"), failed = g_str_equal (word[4], "failed");
  reply->id = g_strdup (word[1]);
  reply->event = g_strdup (word[2]);
  reply->sender = g_strdup ("");
  reply->recipient = g_strdup ("person@example.org");
  reply->mail = g_bytes_new_static ("Subject: x\n\nx\n", 14);
  reply->queued_at = reply->next_at = queued_at;
  ok (store_queue (plant->store, reply, NULL, 0, &error));
  ok (store_commit (plant->store, &error));
  if (!g_str_equal (word[4], "waiting"))
    ok (store_claim (plant->store, reply->id, FALSE, queued_at, &claimed, &error));
  if (sent || failed)
    ok (store_settle (plant->store, reply->id, sent ? STORE_REPLY_SENT : STORE_REPLY_FAILED,
                      at (plant, word[5]), 0, NULL, &error));
  if (g_str_equal (word[4], "uncertain")) /* as whoever asks two hours later finds it */
    ok (store_claim (plant->store, "nobody", FALSE, queued_at + 2 * HOUR, &other, &error));
  ok (store_begin (plant->store, &error));
}

static void
plant_decision (Plant *plant, char **word, const StoreEvent *hold)
{
  gboolean accept = g_str_equal (word[3], "accept");
  gint64 decided_at = at (plant, word[4]);
  StoreEvent *answer
      = new_event (plant, NULL, accept ? STORE_ACTION_ACCEPT : STORE_ACTION_REJECT, decided_at, decided_at);
  answer->reason = STORE_REASON_CUSTOMER_SERVICE;
  answer->related = g_strdup (word[1]);
  set_address (answer, hold->address);
  record (plant, answer);
  ok (store_held_decide (plant->store, word[1], word[3], "carol", decided_at, &error));
  if (!accept)
    return;
  StoreEvent *wish = new_event (plant, NULL, STORE_ACTION_OPT_OUT, hold->received_at, decided_at);
  wish->related = g_strdup (word[1]);
  set_address (wish, hold->address);
  g_free (wish->by);
  wish->by = g_strdup ("carol");
  set_scope (wish, STORE_EVERY);
  record (plant, wish);
}

static void
plant_hold (Plant *plant, char **word)
{
  g_autoptr (StoreHeld) held = store_held_new ();
  g_autoptr (GBytes) mail = g_bytes_new_static ("Subject: x\n\nx\n", 14);
  gint64 held_at = at (plant, word[2]);
  StoreEvent *hold = new_event (plant, word[1], STORE_ACTION_HOLD, held_at, held_at);
  held->id = g_strdup (word[1]);
  held->event = g_strdup (word[1]);
  held->address = g_strdup (hold->address);
  held->why = g_strdup ("question");
  held->summary = g_strdup ("how do I get off this list?");
  held->held_at = held_at;
  hold->reason = STORE_REASON_REVIEW;
  set_scope (hold, STORE_EVERY);
  ok (store_hold (plant->store, held, mail, &error));
  g_autoptr (StoreEvent) copy = store_event_new ();
  copy->received_at = held_at;
  copy->address = g_strdup (hold->address);
  record (plant, hold);
  if (word[3] != NULL)
    plant_decision (plant, word, copy);
}

static void
plant_case (Plant *plant, char **word)
{
  static const StoreAction kinds[] = { STORE_ACTION_ACCESS, STORE_ACTION_ERASURE, STORE_ACTION_CORRECTION };
  gint64 opened_at = at (plant, word[3]);
  StoreEvent *event = new_event (plant, word[1], STORE_ACTION_ACCESS, opened_at, opened_at);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (store_action_name (kinds[i]), word[2]))
      event->action = kinds[i];
  g_autofree char *address = g_strdup (event->address);
  record (plant, event);
  if (word[4] == NULL)
    return;
  StoreEvent *answer = new_event (plant, NULL, STORE_ACTION_CLOSE, at (plant, word[4]), at (plant, word[4]));
  answer->reason = STORE_REASON_CUSTOMER_SERVICE;
  answer->related = g_strdup (word[1]);
  answer->details
      = g_variant_ref_sink (g_variant_new_parsed ("{%s: %s}", STORE_DETAIL_OUTCOME, STORE_OUTCOME_DONE));
  set_address (answer, address);
  record (plant, answer);
}

static StoreEvent *
house_event (Plant *plant, StoreAction action, gint64 when)
{
  StoreEvent *event = new_event (plant, NULL, action, when, when);
  event->reason = STORE_REASON_HOUSE;
  g_clear_pointer (&event->address, g_free);
  return event;
}

static void
plant_partner (Plant *plant, char **word)
{
  g_autoptr (StorePartner) partner = store_partner_new ();
  StoreEvent *event = house_event (plant, STORE_ACTION_PARTNER, at (plant, word[2]));
  partner->name = g_strdup (word[1]);
  partner->generation = 1;
  partner->added_at = at (plant, word[2]);
  partner->by = g_strdup ("carol");
  partner->event = g_strdup (event->id);
  record (plant, event);
  ok (store_partner_put (plant->store, partner, &error));
}

static void
plant_hand (Plant *plant, char **word)
{
  g_autoptr (StorePartner) partner = NULL;
  g_autoptr (StoreHandover) handover = NULL;
  gboolean known;
  ok (store_partner (plant->store, word[1], &partner, &error));
  ok (store_handover_next (plant->store, partner, FALSE, &handover, &error));
  gint64 when = at (plant, word[2]), later = word[3] != NULL ? at (plant, word[3]) : 0;
  StoreEvent *event = house_event (plant, STORE_ACTION_HAND, when);
  handover->made_at = when;
  handover->sha256 = g_strdup ("0000000000000000000000000000000000000000000000000000000000000000");
  handover->by = g_strdup ("carol");
  handover->event = g_strdup (event->id);
  record (plant, event);
  ok (store_hand (plant->store, handover, &error));
  if (word[3] == NULL)
    return;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (later);
  g_autofree char *text = g_date_time_format_iso8601 (utc), *number = NULL;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, handover->number);
  event = house_event (plant, STORE_ACTION_ACKNOWLEDGE, later);
  event->details = g_variant_ref_sink (
      g_variant_new_parsed ("{'partner': %s, 'number': %s, 'at': %s}", word[1], number, text));
  ok (store_acknowledge (plant->store, word[1], handover->number, later, &known, &error));
  record (plant, event);
}

/* clang-format off */
static const struct
{
  const char *name;
  guint least;
  void (*plant) (Plant *, char **);
} kinds[] = {
  { "out", 6, plant_out },
  { "in", 3, plant_in },
  { "reply", 5, plant_reply },
  { "hold", 3, plant_hold },
  { "case", 4, plant_case },
  { "partner", 3, plant_partner },
  { "hand", 3, plant_hand },
};
/* clang-format on */

static gboolean
plant_line (Plant *plant, char *line)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (words[0], kinds[i].name) == 0 && g_strv_length (words) >= kinds[i].least)
      {
        kinds[i].plant (plant, words);
        return TRUE;
      }
  return *line == '\0';
}

int
main (int argc, char **argv)
{
  g_auto (FilterSecret) secret = { 0 };
  GError *failure = NULL;
  char line[1000];
  if (argc != 2)
    return 64;
  g_autoptr (FilterConfig) config = filter_config_load (argv[1], NULL, &failure);
  if (config == NULL || !filter_secret_load (config->secret_file, &secret, &failure))
    {
      fprintf (stderr, "plant: %s\n", failure->message);
      return 1;
    }
  const StoreKeys keys = { .suppression = secret.suppression, .chain = secret.chain };
  Plant plant = { .now = g_get_real_time () / G_USEC_PER_SEC };
  ok ((plant.store = store_open (config->store, &keys, 0, &error)) != NULL);
  ok (store_begin (plant.store, &error));
  while (fgets (line, sizeof line, stdin) != NULL)
    if (!plant_line (&plant, line))
      {
        fprintf (stderr, "plant: %s: not understood\n", line);
        return 1;
      }
  ok (store_commit (plant.store, &error));
  store_close (plant.store);
  return 0;
}
