/* test-policy-report.c - what a bounce and a complaint change, and for whom: one table. */
#include "policy-kit.h"

#include <string.h>

#define ANN KIT_ANN
#define BOB "bob@example.net"

typedef struct
{
  const char *name;
  ParserKind kind;
  gboolean hard;
  const char *reported;
  const char *holders[2]; /* whom tokens of ours in it name, the strongest first */
  ParserTokenPurpose purpose;
  gboolean by_envelope; /* they stand in the address that the report came to, not in what it encloses */
  ParserProof authenticated;
  gboolean trust;        /* Authentication-Results are believed */
  const char *confirmed; /* to whom the confirmation of ours went that it is about */
  gboolean erased;       /* and who was erased since */
  const char *act, *why, *subject;
  StoreReason reason;
} Row;

#define COMPLAINT .kind = PARSER_KIND_COMPLAINT
#define BOUNCE .kind = PARSER_KIND_BOUNCE
#define HARD BOUNCE, .hard = TRUE
#define STOPS(for_whom, as) .act = "record", .subject = for_whom "/token", .reason = STORE_REASON_##as
#define UNCHANGED .act = "none", .subject = ""

/* clang-format off */
static const Row rows[] = {
  { "a complaint with our token stops the mail of its holder", COMPLAINT, .holders = { ANN }, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "a complaint that names nobody but has our token is proved all the same", COMPLAINT, .reported = NULL, .holders = { ANN }, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "a complaint of somebody to whom the mail was forwarded stops the holder", COMPLAINT, .reported = BOB, .holders = { ANN }, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "a complaint with tokens of two acts on the one that it names", COMPLAINT, .reported = BOB, .holders = { ANN, BOB }, STOPS (BOB, COMPLAINT), .why = "complaint" },
  { "a complaint with tokens of two that names neither acts on one", COMPLAINT, .holders = { ANN, BOB }, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "a complaint about our confirmation stops its person", COMPLAINT, .confirmed = ANN, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "a complaint without a token waits for a person, its address silent", COMPLAINT, .reported = ANN, .act = "review", .why = "complaint-unproved", .subject = ANN "/text", .reason = STORE_REASON_REVIEW },
  { "a complaint about nobody waits for a person", COMPLAINT, .act = "review", .why = "complaint-unproved", .subject = "", .reason = STORE_REASON_REVIEW },
  { "a complaint about who was erased waits for a person", COMPLAINT, .confirmed = ANN, .erased = TRUE, .act = "review", .why = "complaint-unproved", .subject = "", .reason = STORE_REASON_REVIEW },

  { "a complaint that only names a mail of ours waits: its Message-ID stands in every answer", COMPLAINT, .reported = ANN, .holders = { ANN }, .purpose = PARSER_TOKEN_REPLY, .act = "review", .why = "complaint-unproved", .subject = ANN "/text", .reason = STORE_REASON_REVIEW },
  { "unless the mail server says who complains", COMPLAINT, .holders = { ANN }, .purpose = PARSER_TOKEN_REPLY, .trust = TRUE, .authenticated = PARSER_PROOF_DKIM, STOPS (ANN, COMPLAINT), .why = "complaint" },
  { "where authentication is trusted a complaint that nobody signed waits, its holder silent", COMPLAINT, .reported = BOB, .holders = { ANN }, .trust = TRUE, .act = "review", .why = "complaint-unproved", .subject = ANN "/text", .reason = STORE_REASON_REVIEW },
  { "where it is trusted a signed one stops", COMPLAINT, .holders = { ANN }, .trust = TRUE, .authenticated = PARSER_PROOF_DKIM, STOPS (ANN, COMPLAINT), .why = "complaint" },

  { "a hard bounce with our token stops the mail of its holder", HARD, .holders = { ANN }, STOPS (ANN, BOUNCE), .why = "hard-bounce" },
  { "a hard bounce that only names a mail of ours changes nothing", HARD, .reported = ANN, .holders = { ANN }, .purpose = PARSER_TOKEN_REPLY, UNCHANGED, .why = "bounce-unproved" },
  { "a hard bounce to our envelope sender with a token stops its holder", HARD, .holders = { ANN }, .purpose = PARSER_TOKEN_REPLY, .by_envelope = TRUE, STOPS (ANN, BOUNCE), .why = "hard-bounce" },
  { "a hard bounce needs no signature where authentication is trusted: bounces have none", HARD, .holders = { ANN }, .trust = TRUE, STOPS (ANN, BOUNCE), .why = "hard-bounce" },
  { "a hard bounce of a forwarder behind the holder stops the holder", HARD, .reported = BOB, .holders = { ANN }, STOPS (ANN, BOUNCE), .why = "hard-bounce" },
  { "a hard bounce of our confirmation stops its person", HARD, .reported = ANN, .confirmed = ANN, STOPS (ANN, BOUNCE), .why = "hard-bounce" },
  { "a hard bounce that proves nothing changes nothing", HARD, .reported = ANN, UNCHANGED, .why = "bounce-unproved" },
  { "a hard bounce about who was erased changes nothing", HARD, .confirmed = ANN, .erased = TRUE, UNCHANGED, .why = "bounce-unproved" },
  { "a soft bounce changes nothing, whatever it proves", BOUNCE, .reported = ANN, .holders = { ANN }, .confirmed = ANN, UNCHANGED, .why = "bounce" },
};
/* clang-format on */

static void
decides (gconstpointer data)
{
  const Row *row = data;
  FilterConfig *config = kit_config ();
  FilterHolder holders[2] = { 0 };
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autoptr (StoreEvent) answered = store_event_new ();
  guint n = 0;
  for (; n < 2 && row->holders[n] != NULL; n++)
    holders[n] = (FilterHolder){ .purpose = row->purpose,
                                 .place = row->by_envelope ? PARSER_IN_RECIPIENT : PARSER_IN_ENCLOSED,
                                 .address = row->holders[n] };
  facts->kind = row->kind;
  facts->hard_bounce = row->hard;
  facts->from = g_strdup ("mailer-daemon@example.com");
  facts->reported = g_strdup (row->reported);
  facts->authenticated = row->authenticated;
  config->trust_authentication_results = row->trust;
  answered->address = row->erased ? NULL : g_strdup (row->confirmed);
  answered->scope = g_new0 (char *, 1);
  for (guint role = FILTER_ROLE_MIXED; role <= FILTER_ROLE_PREFERENCES; role++)
    {
      const FilterMailbox mailbox = { .role = role };
      const FilterCase c = { .facts = facts,
                             .config = config,
                             .mailbox = &mailbox,
                             .sender = "",
                             .answered = row->confirmed != NULL ? answered : NULL,
                             .answered_asked = row->confirmed != NULL,
                             .holders = holders,
                             .n_holders = n };
      g_autoptr (FilterVerdict) verdict = filter_policy_decide (&c);
      g_autofree char *subject = kit_subjects (verdict);
      g_assert_cmpstr (filter_act_name (verdict->act), ==, row->act);
      g_assert_cmpstr (verdict->act_reason, ==, row->why);
      g_assert_cmpstr (subject, ==, row->subject);
      g_assert_cmpuint (verdict->subjects->len, <=, 1);
      g_assert_false (verdict->reply);
      if (verdict->act != FILTER_ACT_NONE)
        g_assert_cmpint (verdict->reason, ==, row->reason);
      if (verdict->act == FILTER_ACT_RECORD)
        {
          g_assert_cmpint (verdict->proof, ==, PARSER_PROOF_TOKEN);
          g_assert_cmpstr (verdict->scope[0], ==, STORE_EVERY);
        }
    }
  kit_config_free (config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kit_add_rows ("policy-report", rows, sizeof *rows, G_N_ELEMENTS (rows), decides);
  return g_test_run ();
}
