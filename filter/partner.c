/* partner.c - partners, whom we tell who opted out: who they are, their keys and seeds, and what they
 * confirm. */
#include "partner.h"
#include "address.h"
#include "date.h"
#include "outcome.h"

#include <stdio.h>

typedef struct
{
  char *seed, *at, *output, *format, *note, *by;
  gboolean full;
  int days;
  FilterAdminFormat list;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->seed);
  g_free (options->at);
  g_free (options->output);
  g_free (options->format);
  g_free (options->note);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

gboolean
filter_partner_find (const FilterAdmin *admin, const char *name, StorePartner **partner_out, int *code_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  if (!store_partner (admin->store, name, &partner, &error))
    *code_out = filter_admin_store_trouble (admin, error);
  else if (partner == NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command,
                                 "%s: no such partner; see 'optout partner list'", name);
  else
    *partner_out = g_steal_pointer (&partner);
  return *partner_out != NULL;
}

/* ---- who they are ---- */

/* Write what became of @partner, and the event that says so: @what. */
static gboolean
write_partner (FilterAdmin *admin, StorePartner *partner, const char *what, const Options *options,
               GError **error)
{
  StoreRecorded recorded;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, partner->generation);
  g_autoptr (GVariant) details = filter_admin_details ("partner", partner->name, "what", what, "key", key,
                                                       "seed", partner->seed, "note", options->note, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_PARTNER, options->by, details);
  g_free (partner->by);
  partner->by = g_strdup (event->by);
  g_free (partner->event);
  partner->event = g_strdup (event->id);
  gboolean done = store_begin (admin->store, error)
                  && store_record (admin->store, event, &recorded, NULL, error)
                  && store_partner_put (admin->store, partner, error) && store_commit (admin->store, error);
  store_rollback (admin->store);
  return done;
}

/* An address that nobody else has: no partner, and nobody who wrote to us. */
static gboolean
is_seed_free (FilterAdmin *admin, const char *name, const char *seed, int *code_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) partners = NULL;
  gboolean known;
  if (!store_known (admin->store, seed, &known, &error) || !store_partners (admin->store, &partners, &error))
    {
      *code_out = filter_admin_store_trouble (admin, error);
      return FALSE;
    }
  for (guint i = 0; i < partners->len; i++)
    {
      const StorePartner *other = g_ptr_array_index (partners, i);
      known = known || (!g_str_equal (other->name, name) && g_strcmp0 (other->seed, seed) == 0);
    }
  if (known)
    *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command,
                                 "--seed %s: is in the store already; a seed is an address that nobody else "
                                 "has",
                                 seed);
  return !known;
}

static gboolean
set_seed (FilterAdmin *admin, StorePartner *partner, const char *text, int *code_out)
{
  if (text == NULL)
    return TRUE;
  g_autofree char *seed = filter_address_canonical (text);
  if (seed == NULL)
    {
      *code_out
          = filter_complain (FILTER_EXIT_USAGE, admin->command, "--seed %s: not an e-mail address", text);
      return FALSE;
    }
  if (!is_seed_free (admin, partner->name, seed, code_out))
    return FALSE;
  g_free (partner->seed);
  partner->seed = g_steal_pointer (&seed);
  return TRUE;
}

/* A partner that comes back gets a new key: nobody knows what became of the old one. */
static int
add (FilterAdmin *admin, const char *name, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  int code;
  if (!store_is_partner (name))
    return filter_complain (FILTER_EXIT_USAGE, admin->command,
                            "%s: a partner's name is 1 to 64 of a-z, 0-9 and -", name);
  if (!filter_admin_open (admin, TRUE, &code))
    return code;
  if (!store_partner (admin->store, name, &partner, &error))
    return filter_admin_store_trouble (admin, error);
  if (partner != NULL && partner->retired_at == 0)
    return filter_complain (FILTER_EXIT_USAGE, admin->command,
                            "%s: is a partner already; 'optout partner rekey' gives it a new key or seed",
                            name);
  if (partner == NULL)
    {
      partner = store_partner_new ();
      partner->name = g_strdup (name);
    }
  partner->generation++;
  partner->retired_at = 0;
  partner->added_at = g_get_real_time () / G_USEC_PER_SEC;
  if (!set_seed (admin, partner, options->seed, &code))
    return code;
  if (!write_partner (admin, partner, "added", options, &error))
    return filter_admin_store_trouble (admin, error);
  printf ("%s: added (event %s)\n  its key: optout partner key %s\n  its list: optout partner hand %s "
          "--output FILE\n",
          name, partner->event, name, name);
  return FILTER_EXIT_DONE;
}

static int
rekey (FilterAdmin *admin, const char *name, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  int code;
  if (!filter_admin_open (admin, TRUE, &code) || !filter_partner_find (admin, name, &partner, &code)
      || !set_seed (admin, partner, options->seed, &code))
    return code;
  partner->generation++;
  if (!write_partner (admin, partner, "new key", options, &error))
    return filter_admin_store_trouble (admin, error);
  printf ("%s: key %" G_GINT64_FORMAT
          " from now on (event %s)\n  print it: optout partner key %s\n  the next "
          "list is a full one; who was erased before is in it under the older key\n",
          name, partner->generation, partner->event, name);
  return FILTER_EXIT_DONE;
}

static int
retire (FilterAdmin *admin, const char *name, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  int code;
  if (!filter_admin_open (admin, TRUE, &code) || !filter_partner_find (admin, name, &partner, &code))
    return code;
  partner->retired_at = g_get_real_time () / G_USEC_PER_SEC;
  if (!write_partner (admin, partner, "retired", options, &error))
    return filter_admin_store_trouble (admin, error);
  printf ("%s: retired (event %s); it is told no more, and never overdue\n", name, partner->event);
  return FILTER_EXIT_DONE;
}

/* That the key left the house is in the ledger before anybody sees it. */
static int
print_key (FilterAdmin *admin, const char *name, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  StoreRecorded recorded;
  int code;
  if (!filter_admin_open (admin, TRUE, &code) || !filter_partner_find (admin, name, &partner, &code))
    return code;
  g_autofree char *generation = g_strdup_printf ("%" G_GINT64_FORMAT, partner->generation);
  g_autoptr (GVariant) details = filter_admin_details ("partner", name, "what", "key shown", "key",
                                                       generation, "note", options->note, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_PARTNER, options->by, details);
  if (!store_begin (admin->store, &error) || !store_record (admin->store, event, &recorded, NULL, &error)
      || !store_commit (admin->store, &error))
    {
      store_rollback (admin->store);
      return filter_admin_store_trouble (admin, error);
    }
  g_autofree char *key = store_partner_key (admin->store, name, partner->generation);
  puts (key);
  fprintf (
      stderr,
      "This is key %s of %s. Whoever has it can find out of any address whether it is on %s's list: hand it "
      "over by\na way that nobody reads along, never beside the list. If it leaks: optout partner rekey %s\n",
      generation, name, name, name);
  return FILTER_EXIT_DONE;
}

/* ---- what they confirm ---- */

static gboolean
read_number (const char *text, gint64 *number_out)
{
  guint64 number;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, &number, NULL))
    return FALSE;
  *number_out = (gint64)number;
  return TRUE;
}

/* When the partner confirmed it: now, or --at. */
static gboolean
read_at (const FilterAdmin *admin, const char *text, gint64 *at_out, int *code_out)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  *at_out = now;
  if (text == NULL || (filter_date_option (text, at_out) && *at_out <= now))
    return TRUE;
  *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command,
                               "--at %s: not a past date like 2026-11-21 or 2026-11-21T10:00:00Z", text);
  return FALSE;
}

static gboolean
write_ack (FilterAdmin *admin, const char *name, gint64 number, gint64 at, const Options *options,
           gboolean *known_out, GError **error)
{
  StoreRecorded recorded;
  g_autofree char *number_text = g_strdup_printf ("%" G_GINT64_FORMAT, number),
                  *at_text = filter_time_text (at);
  g_autoptr (GVariant) details = filter_admin_details ("partner", name, "number", number_text, "at", at_text,
                                                       "note", options->note, NULL);
  g_autoptr (StoreEvent) event = filter_admin_house_event (STORE_ACTION_ACKNOWLEDGE, options->by, details);
  gboolean done = store_begin (admin->store, error)
                  && store_acknowledge (admin->store, name, number, at, known_out, error)
                  && (!*known_out
                      || (store_record (admin->store, event, &recorded, NULL, error)
                          && store_commit (admin->store, error)));
  store_rollback (admin->store);
  return done;
}

static int
ack (FilterAdmin *admin, const char *name, const char *number_text, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  gint64 number = 0, at = 0;
  gboolean known = FALSE;
  int code;
  if (!read_number (number_text, &number))
    return filter_complain (FILTER_EXIT_USAGE, admin->command,
                            "%s: not the number of a list; see 'optout partner list'", number_text);
  if (!read_at (admin, options->at, &at, &code) || !filter_admin_open (admin, TRUE, &code)
      || !filter_partner_find (admin, name, &partner, &code))
    return code;
  if (!write_ack (admin, name, number, at, options, &known, &error))
    return filter_admin_store_trouble (admin, error);
  if (!known)
    return filter_complain (FILTER_EXIT_USAGE, admin->command,
                            "%s was never handed number %" G_GINT64_FORMAT "; see 'optout partner list'",
                            name, number);
  printf ("%s: has confirmed number %" G_GINT64_FORMAT " and all before\n", name, number);
  return FILTER_EXIT_DONE;
}

/* ---- seeds ---- */

static int
leak (FilterAdmin *admin, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) partners = NULL;
  g_autofree char *address = filter_address_canonical (text);
  int code;
  if (address == NULL)
    return filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: not an e-mail address", text);
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  if (!store_partners (admin->store, &partners, &error))
    return filter_admin_store_trouble (admin, error);
  for (guint i = 0; i < partners->len; i++)
    {
      const StorePartner *partner = g_ptr_array_index (partners, i);
      if (g_strcmp0 (partner->seed, address) != 0)
        continue;
      printf ("%s: the seed of %s, and of nobody else. Who mails it is %s, or has it from %s.\n", address,
              partner->name, partner->name, partner->name);
      return FILTER_EXIT_DONE;
    }
  printf ("%s: is nobody's seed\n", address);
  return FILTER_EXIT_NO;
}

/* ---- the command ---- */

static int
hand (FilterAdmin *admin, const char *name, const Options *options)
{
  gboolean jsonl = g_strcmp0 (options->format, "jsonl") == 0;
  if (options->format != NULL && !jsonl && !g_str_equal (options->format, "csv"))
    return filter_complain (FILTER_EXIT_USAGE, admin->command, "--format %s: it is csv or jsonl",
                            options->format);
  const FilterPartnerHand what = { name, options->full, jsonl, options->output, options->by, options->note };
  return filter_partner_hand (admin, &what);
}

static int
overdue (FilterAdmin *admin, const Options *options)
{
  if (options->days < 0 || options->days > 366)
    return filter_complain (FILTER_EXIT_USAGE, admin->command, "--days %d: it is 1 to 366", options->days);
  return filter_partner_overdue (admin,
                                 options->days > 0 ? (guint)options->days : admin->config->partner_days,
                                 filter_admin_format (&options->list));
}

typedef enum
{
  LIST,
  OVERDUE,
  ADD,
  REKEY,
  RETIRE,
  KEY,
  HAND,
  ACK,
  LEAK
} Verb;

/* clang-format off */
static const struct
{
  const char *name;
  Verb verb;
  int words; /* behind it */
  const char *takes;
} verbs[] = {
  { "list", LIST, 0, "options only" },
  { "overdue", OVERDUE, 0, "options only" },
  { "add", ADD, 1, "one NAME" },
  { "rekey", REKEY, 1, "one NAME" },
  { "retire", RETIRE, 1, "one NAME" },
  { "key", KEY, 1, "one NAME" },
  { "hand", HAND, 1, "one NAME" },
  { "ack", ACK, 2, "a NAME and a NUMBER" },
  { "leak", LEAK, 1, "one ADDRESS" },
};
/* clang-format on */

static gboolean
find_verb (int argc, char **argv, Verb *verb_out, int *code_out)
{
  const char *name = argc > 1 ? argv[1] : "list";
  guint i = 0;
  while (i < G_N_ELEMENTS (verbs) && !g_str_equal (verbs[i].name, name))
    i++;
  if (i == G_N_ELEMENTS (verbs))
    *code_out = filter_complain (FILTER_EXIT_USAGE, "partner", "%s: no such thing; see 'optout help partner'",
                                 name);
  else if (MAX (argc - 2, 0) != verbs[i].words)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "partner", "%s takes %s; see 'optout help partner'", name,
                                 verbs[i].takes);
  else
    {
      *verb_out = verbs[i].verb;
      return TRUE;
    }
  return FALSE;
}

static int
run (FilterAdmin *admin, Verb verb, char **words, const Options *options)
{
  switch (verb)
    {
    case LIST:
      return filter_partner_list (admin, filter_admin_format (&options->list));
    case OVERDUE:
      return overdue (admin, options);
    case ADD:
      return add (admin, words[0], options);
    case REKEY:
      return rekey (admin, words[0], options);
    case RETIRE:
      return retire (admin, words[0], options);
    case KEY:
      return print_key (admin, words[0], options);
    case HAND:
      return hand (admin, words[0], options);
    case ACK:
      return ack (admin, words[0], words[1], options);
    case LEAK:
      return leak (admin, words[0]);
    }
  g_assert_not_reached ();
}

int
filter_partner (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.seed,
      "add, rekey: an address that only this partner gets, so that mail to it names the leak", "ADDRESS" },
    { "full", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.full,
      "hand: everybody, also where what has changed would do", NULL },
    { "format", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.format, "hand: as what (default csv)",
      "csv|jsonl" },
    { "output", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.output,
      "hand: the file (default standard output)", "FILE" },
    { "at", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.at, "ack: when it was (default now)",
      "DATE" },
    { "days", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &options.days,
      "overdue: business days (default partner-days of the settings)", "N" },
    FILTER_ADMIN_FORMAT_OPTIONS (&options.list),
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "Why", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "Who does it"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  Verb verb;
  int code;
  if (!filter_options (
          entries,
          "[list | overdue | add NAME | key NAME | hand NAME | ack NAME NUMBER | rekey NAME | "
          "retire NAME | leak ADDRESS]",
          "Partners are told who opted out, by hashes under a key of their own. overdue ends with 1 "
          "when somebody is.",
          &argc, &argv, &code)
      || !find_verb (argc, argv, &verb, &code) || !filter_admin_load (&admin, global, "partner", &code))
    return code;
  return run (&admin, verb, argv + 2, &options);
}
