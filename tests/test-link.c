/* test-link.c - links between addresses, and consent where a category is out by default: what holds for whom,
 * for every backend. */
#include "internal.h"
#include "store-kit.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *steps[6]; /* "ann opt-out person 100 news", "ann link bob", "ann unlink bob", "ann tie bob",
                           "ann erase" */
  const char *want;     /* "ann reason" for each address asked about news; reason "none": may be mailed */
} LinkCase;

/* clang-format off */
static const LinkCase links[] = {
  { "who is not linked is not touched", { "ann opt-out person 100 news" }, "ann person bob none" },
  { "a stop holds for the linked address", { "ann link bob", "ann opt-out person 100 news" }, "ann person bob person" },
  { "from either side", { "bob link ann", "ann opt-out person 100 news" }, "ann person bob person" },
  { "also when the link comes later", { "ann opt-out complaint 100 *", "bob link ann" }, "ann complaint bob complaint" },
  { "a stop of another category does not", { "ann link bob", "ann opt-out person 100 offers" }, "bob none" },
  { "a hold does", { "ann link bob", "ann hold review 100 *" }, "bob review" },
  { "its own stop is named first, be it the weaker", { "ann link bob", "ann opt-out complaint 100 *", "bob opt-out bounce 100 *" }, "bob bounce" },
  { "an opt-in lifts what its own address stopped", { "ann link bob", "ann opt-out person 100 *", "ann opt-in person 200 *" }, "ann none bob none" },
  { "and never what the other stopped", { "ann link bob", "ann opt-out person 100 *", "bob opt-in person 200 *" }, "ann person bob person" },
  { "links are not followed further", { "ann link bob", "bob link carol", "ann opt-out person 100 *" }, "bob person carol none" },
  { "every link of an address counts", { "ann link bob", "ann link carol", "carol opt-out person 100 *" }, "ann person bob none" },
  { "an unlink ends it", { "ann link bob", "ann opt-out person 100 *", "bob unlink ann" }, "ann person bob none" },
  { "and it can be made again", { "ann link bob", "ann opt-out person 100 *", "bob unlink ann", "bob link ann" }, "bob person" },
  { "an unlink of what is not linked changes nothing", { "ann link bob", "ann opt-out person 100 *", "ann unlink carol" }, "bob person" },
  { "an erased address still stops the other", { "ann link bob", "ann opt-out person 100 *", "ann erase" }, "ann person bob person" },
  { "and is still stopped by it", { "ann link bob", "ann erase", "bob opt-out person 100 *" }, "ann person bob person" },
  { "both erased too", { "ann link bob", "bob opt-out person 100 *", "ann erase", "bob erase" }, "ann person bob person" },
  { "an erased spelling too", { "ann opt-out person 100 *", "ann tie bob", "ann erase" }, "ann person bob person" },
  { "or its other spelling", { "ann opt-out person 100 *", "ann tie bob", "bob erase" }, "ann person bob person" },
  { "what an erased address stops when it is used again stops the other too", { "ann link bob", "ann erase", "ann opt-out person 100 *" }, "ann person bob person" },
  { "so does its next spelling", { "ann opt-out person 100 offers", "ann tie bob", "ann opt-in person 200 *", "ann erase", "ann opt-out person 300 *" }, "ann person bob person" },
  { "an unlink finds an erased address", { "ann link bob", "ann opt-out person 100 *", "ann erase", "bob unlink ann" }, "ann person bob none" },
  { "a spelling is linked by the wish itself", { "ann opt-out person 100 news", "ann tie bob" }, "ann person bob person" },
  { "once, whatever comes after", { "ann opt-out person 100 news", "ann tie bob", "ann opt-out person 200 news", "ann tie bob" }, "bob person" },
  { "a tied spelling can be unlinked", { "ann opt-out person 100 news", "ann tie bob", "bob unlink ann" }, "ann person bob none" },
  { "a link over a tied spelling is one link", { "ann opt-out person 100 news", "ann tie bob", "ann link bob", "ann unlink bob" }, "bob none" },
};
/* clang-format on */

/* ---- steps ---- */

static char *
address_of (const char *name)
{
  return g_strconcat (name, "@example.org", NULL);
}

static StoreEvent *
event_of (const char *name, const char *words)
{
  static guint number;
  g_autofree char *id = g_strdup_printf ("e%u", ++number);
  StoreEvent *event = kit_event (id, words);
  g_free (event->address);
  event->address = address_of (name);
  return event;
}

static void
link_one_way (Store *store, const char *name, const char *action, const char *other)
{
  g_autofree char *words = g_strconcat (action, " customer-service 50", NULL), *address = address_of (other);
  StoreEvent *event = event_of (name, words);
  event->details
      = g_variant_ref_sink (g_variant_new_parsed ("{'other': %s, 'proof': 'both wrote'}", address));
  kit_record (store, event);
}

static void
tie (Store *store, const char *name, const char *other)
{
  g_autoptr (StoreEvent) event = event_of (name, "opt-out person 100 news");
  g_autofree char *spelling = address_of (other);
  StoreRecorded recorded;
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, event, &recorded, NULL, error));
  kit_ok (store_link_spelling (store, event, spelling, error));
  kit_ok (store_commit (store, error));
}

/* What an erasure does to what is looked up. */
static void
erase (Store *store, const char *name)
{
  g_autofree char *address = address_of (name), *who = store_pseudonym (store, address);
  g_autoptr (GPtrArray) rows = NULL;
  StoreFind find = { .table = &store_table_standing, .where = "who", .is.text = address };
  kit_ok (store_begin (store, error));
  kit_ok (store_find (store, &find, &rows, error));
  kit_ok (store_drop (store, &store_table_standing, "who", address, error));
  for (guint i = 0; i < rows->len; i++)
    {
      StoreStandingRow *row = rows->pdata[i];
      g_free (row->who);
      row->who = g_strdup (who);
      kit_ok (store_put (store, row, error));
    }
  kit_ok (store_link_erase (store, address, error));
  kit_ok (store_commit (store, error));
}

static void
take_step (Store *store, const char *step)
{
  g_auto (GStrv) word = g_strsplit (step, " ", 3);
  if (strcmp (word[1], "erase") == 0)
    erase (store, word[0]);
  else if (strcmp (word[1], "tie") == 0)
    tie (store, word[0], word[2]);
  else if (g_str_has_suffix (word[1], "link"))
    {
      link_one_way (store, word[0], word[1], word[2]);
      link_one_way (store, word[2], word[1], word[0]);
    }
  else
    kit_record (store, event_of (word[0], step + strlen (word[0]) + 1));
}

static void
run_link (Store *store, gconstpointer data)
{
  const LinkCase *link = data;
  for (guint i = 0; i < G_N_ELEMENTS (link->steps) && link->steps[i] != NULL; i++)
    take_step (store, link->steps[i]);
  g_auto (GStrv) word = g_strsplit (link->want, " ", -1);
  for (guint i = 0; word[i] != NULL; i += 2)
    {
      g_autofree char *address = address_of (word[i]);
      g_assert_cmpstr (kit_blocked (store, address, "news"), ==, word[i + 1]);
    }
  gboolean erased = FALSE; /* only by half here: the ledger still knows the address */
  for (guint i = 0; i < G_N_ELEMENTS (link->steps) && link->steps[i] != NULL; i++)
    erased = erased || g_str_has_suffix (link->steps[i], " erase");
  if (!erased)
    kit_verify (store);
}

/* ---- whose stop it is, and who is linked ---- */

static void
expect_other (Store *store, const char *name, const char *want)
{
  g_autofree char *address = address_of (name), *other = want != NULL ? address_of (want) : NULL;
  g_autoptr (StoreStanding) blocked = NULL;
  kit_ok (store_check (store, address, "news", &blocked, error));
  g_assert_nonnull (blocked);
  g_assert_cmpstr (blocked->other, ==, other);
}

static void
test_other (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL, standings = NULL;
  take_step (store, "ann link bob");
  take_step (store, "ann opt-out person 100 *");
  expect_other (store, "ann", NULL);
  expect_other (store, "bob", "ann");
  kit_ok (store_links (store, "bob@example.org", &rows, error));
  g_assert_cmpuint (rows->len, ==, 1);
  const StoreLink *link = rows->pdata[0];
  g_assert_cmpstr (link->other, ==, "ann@example.org");
  g_assert_cmpint (link->at, ==, 50);
  g_autoptr (StoreEvent) event = NULL;
  kit_ok (store_event (store, link->event, &event, error));
  g_assert_cmpint (event->action, ==, STORE_ACTION_LINK);
  g_assert_cmpstr (event->address, ==, "bob@example.org");
  kit_ok (store_standings (store, "bob@example.org", &standings, error));
  g_assert_cmpuint (standings->len, ==, 0); /* they are not merged */
}

/* ---- audited ---- */

static void
expect_fault (Store *store, const char *want)
{
  g_autofree char *fault = NULL;
  guint64 count;
  kit_ok (store_verify (store, &count, &fault, error));
  g_assert_nonnull (fault);
  g_assert_nonnull (strstr (fault, want));
}

static void
test_missing (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  take_step (store, "ann link bob");
  take_step (store, "ann link carol");
  take_step (store, "ann unlink carol");
  kit_verify (store);
  kit_ok (store_begin (store, error));
  kit_ok (store_drop (store, &store_table_link, "who", "bob@example.org", error));
  kit_ok (store_commit (store, error));
  expect_fault (store, "the link of bob@example.org with ann@example.org");
}

static void
test_one_sided (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) why = NULL;
  take_step (store, "ann link bob");
  kit_ok (store_begin (store, error));
  kit_ok (store_drop (store, &store_table_link, "who", "bob@example.org", error));
  g_assert_false (store_link_erase (store, "ann@example.org", &why));
  g_assert_error (why, STORE_ERROR, STORE_ERROR_CORRUPT);
  store_rollback (store);
}

static void
test_made_up (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (StoreLinkRow) row = store_row_new (&store_table_link);
  take_step (store, "ann opt-out person 100 *");
  row->who = g_strdup ("ann@example.org");
  row->other = g_strdup ("bob@example.org");
  row->event = g_strdup ("none1");
  kit_ok (store_begin (store, error));
  kit_ok (store_put (store, row, error));
  kit_ok (store_commit (store, error));
  expect_fault (store, "the link of ann@example.org with bob@example.org rests on no event");
}

/* Which spellings are one the settings say, not the ledger: of a tie, one side vouches for the other. */
static void
test_half_a_tie (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  take_step (store, "ann opt-out person 100 *");
  take_step (store, "ann tie bob");
  kit_verify (store);
  kit_ok (store_begin (store, error));
  kit_ok (store_drop (store, &store_table_link, "who", "bob@example.org", error));
  kit_ok (store_commit (store, error));
  expect_fault (store, "the link of ann@example.org with bob@example.org stands from one side alone");
}

/* ---- listed ---- */

static gboolean
add_standing (const char *address, const StoreStanding *standing, gpointer data)
{
  GString *text = data;
  g_string_append_printf (text, "%.3s:%s:%.3s ", address, standing->category,
                          standing->other != NULL ? standing->other : "own");
  return text->len < 100;
}

static void
expect_listed (Store *store, const StoreQuery *query, const char *want)
{
  g_autoptr (GString) text = g_string_new (NULL);
  kit_ok (store_each_standing (store, query, add_standing, text, error));
  g_assert_cmpstr (text->str, ==, want);
}

static void
test_listed (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  take_step (store, "ann link bob");
  take_step (store, "ann link carol");
  take_step (store, "ann opt-out person 100 *");
  take_step (store, "bob opt-out person 200 offers");
  expect_listed (store, &(StoreQuery){ .reason = -1 },
                 "ann:*:own bob:offers:own ann:offers:bob bob:*:ann car:*:ann ");
  expect_listed (store, &(StoreQuery){ .reason = -1, .category = "news" }, "ann:*:own bob:*:ann car:*:ann ");
  expect_listed (store, &(StoreQuery){ .reason = -1, .category = "offers" },
                 "ann:*:own bob:offers:own car:*:ann ");
  expect_listed (store, &(StoreQuery){ .reason = -1, .since_at = 150 }, "bob:offers:own ann:offers:bob ");
  expect_listed (store, &(StoreQuery){ .reason = -1, .address = "carol@example.org" }, "");
}

/* More links than a page has, and a caller who has seen enough. */
static void
test_listed_pages (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  take_step (store, "ann opt-out person 100 *");
  g_autoptr (StoreEvent) event = event_of ("ann", "opt-out person 100 news");
  StoreRecorded recorded;
  kit_ok (store_begin (store, error));
  kit_ok (store_record (store, event, &recorded, NULL, error));
  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *spelling = g_strdup_printf ("b%04u@example.org", i);
      kit_ok (store_link_spelling (store, event, spelling, error));
    }
  kit_ok (store_commit (store, error));
  kit_ok (store_each_standing (store, &(StoreQuery){ .reason = -1, .category = "news" }, add_standing, text,
                               error));
  g_assert_cmpuint (text->len, >=, 100);
  g_assert_cmpuint (text->len, <, 120);
}

/* ---- consent ---- */

static const struct
{
  const char *name, *events[3], *want; /* the opt-in to news that holds */
} consents[] = {
  { "nobody consents by silence", { NULL }, NULL },
  { "an opt-in to the category", { "opt-in person 100 news" }, "person" },
  { "an opt-in to everything", { "opt-in customer-service 100 *" }, "customer-service" },
  { "an opt-in to everything else is none", { "opt-in person 100 * -news" }, NULL },
  { "an opt-in to another category is none", { "opt-in person 100 offers" }, NULL },
  { "a later opt-out ends it", { "opt-in person 100 news", "opt-out person 200 *" }, NULL },
  { "a later bounce too", { "opt-in person 100 news", "opt-out bounce 200 *" }, NULL },
  { "an opt-out of the same second too", { "opt-in person 100 news", "opt-out person 100 *" }, NULL },
  { "an opt-out of another category does not",
    { "opt-in person 100 *", "opt-out person 200 offers" },
    "person" },
  { "an earlier opt-out does not", { "opt-out person 50 *", "opt-in person 100 news" }, "person" },
  { "customer service cannot consent over the person's no",
    { "opt-out person 50 *", "opt-in customer-service 100 news" },
    NULL },
};

static void
test_consent (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (consents); i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i), *address = address_of (name);
      g_autoptr (StoreStanding) consent = NULL;
      for (guint e = 0; e < G_N_ELEMENTS (consents[i].events) && consents[i].events[e] != NULL; e++)
        kit_record (store, event_of (name, consents[i].events[e]));
      kit_ok (store_consent (store, address, "news", &consent, error));
      g_test_message ("%s", consents[i].name);
      g_assert_cmpstr (consent != NULL ? store_reason_name (consent->reason) : NULL, ==, consents[i].want);
    }
}

static void
test_consent_is_ones_own (Store *store, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (StoreStanding) consent = NULL;
  take_step (store, "ann link bob");
  take_step (store, "ann opt-in person 100 *");
  kit_ok (store_consent (store, "bob@example.org", "news", &consent, error));
  g_assert_null (consent);
}

static const KitStoreTest cases[] = {
  { "a stop says whose it is, and the two stay apart", test_other, NULL },
  { "verify names a link that is missing", test_missing, NULL },
  { "and one that nobody made", test_made_up, NULL },
  { "and half a tie of spellings", test_half_a_tie, NULL },
  { "a link of one side alone ends no program", test_one_sided, NULL },
  { "who is stopped by a link is listed behind the others", test_listed, NULL },
  { "listings of links go on over pages, until told to stop", test_listed_pages, NULL },
  { "consent is what holds against every stop", test_consent, NULL },
  { "nobody consents for a linked address", test_consent_is_ones_own, NULL },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      const KitStoreTest link = { links[i].name, run_link, &links[i] };
      kit_add_tests ("link", &link, 1);
    }
  kit_add_tests ("link", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
