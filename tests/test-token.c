/* test-token.c - the names that only we can make: tokens, and the Message-ID of a confirmation (R56, R82,
 * R102). */
#include "parser.h"

#include <string.h>

static GBytes *
key_of (guint8 octet)
{
  guint8 octets[32];
  memset (octets, octet, sizeof octets);
  return g_bytes_new (octets, sizeof octets);
}

static void
names_its_event (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *id = parser_token_message_id (key, "0123abcxyz", "metrix.example");
  g_assert_true (g_str_has_prefix (id, "<optout.0123abcxyz."));
  g_assert_true (g_str_has_suffix (id, "@metrix.example>"));
  g_autofree char *event = parser_token_event (key, id);
  g_assert_cmpstr (event, ==, "0123abcxyz");
}

static void
is_the_hmac_that_the_contract_says (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (key, NULL), 32);
  g_hmac_update (hmac, (const guchar *)"message-id\0ab", 13);
  g_autofree char *digits = g_strndup (g_hmac_get_string (hmac), 32);
  g_autofree char *want = g_strdup_printf ("<optout.ab.%s@a.example>", digits);
  g_autofree char *id = parser_token_message_id (key, "ab", "a.example");
  g_assert_cmpstr (id, ==, want);
}

static void
any_changed_digit_is_not_ours (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *id = parser_token_message_id (key, "ab", "a.example");
  for (guint i = 0; id[i] != '@'; i++)
    {
      g_autofree char *forged = g_strdup (id);
      forged[i] = forged[i] == '0' ? '1' : '0';
      g_autofree char *event = parser_token_event (key, forged);
      g_assert_null (event);
    }
}

static void
another_key_is_not_ours (void)
{
  g_autoptr (GBytes) ours = key_of (7);
  g_autoptr (GBytes) theirs = key_of (8);
  g_autofree char *id = parser_token_message_id (theirs, "ab", "a.example");
  g_autofree char *event = parser_token_event (ours, id);
  g_assert_null (event);
}

/* A gateway may rewrite what stands behind the "@"; the MAC says whose it is. */
static void
the_domain_does_not_matter (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *id = parser_token_message_id (key, "ab", "old-name.example");
  g_autofree char *event = parser_token_event (key, id);
  g_assert_cmpstr (event, ==, "ab");
}

static void
whatever_else_is_not_ours (void)
{
  static const char *const others[] = { "",
                                        "<",
                                        "<optout.",
                                        "<optout.>",
                                        "<optout.ab>",
                                        "<optout.ab.>",
                                        "<optout..0@x>",
                                        "<optout.ab.0123@x>",
                                        "<optout.AB.00000000000000000000000000000000@x>",
                                        "<optout.ab.00000000000000000000000000000000",
                                        "<a@b.example>",
                                        "<optout.../../etc/passwd.00000000000000000000000000000000@x>",
                                        "%s%n" };
  g_autoptr (GBytes) key = key_of (7);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *event = parser_token_event (key, others[i]);
      g_assert_null (event);
    }
  g_autofree char *many = g_strnfill (100000, 'a');
  g_autofree char *id = g_strconcat ("<optout.", many, ".00000000000000000000000000000000@x>", NULL);
  g_autofree char *event = parser_token_event (key, id);
  g_assert_null (event);
}

/* ---- tokens ---- */

#define EVENT "00112233445566778899aabbccddeeff"

static void
check_round_trip (GBytes *key, guint number, ParserTokenPurpose purpose, const char *address,
                  const char *category)
{
  g_autofree char *text = parser_token_make (key, number, purpose, address, category);
  g_assert_true (g_str_has_prefix (text, "oo"));
  g_assert_cmpuint (strspn (text, "abcdefghijklmnopqrstuvwxyz234567"), ==, strlen (text));
  g_assert_cmpint (parser_token_number (text), ==, (int)number);
  g_autofree char *shouted = g_ascii_strup (text, -1);
  const char *const spellings[] = { text, shouted };
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (ParserToken) token = parser_token_read (key, spellings[i]);
      g_assert_nonnull (token);
      g_assert_cmpint (token->purpose, ==, purpose);
      g_assert_cmpstr (token->address, ==, address);
      g_assert_cmpuint (token->category, ==, parser_token_category (category));
      g_assert_null (token->event);
    }
}

static void
says_again_what_it_was_made_of (void)
{
  static const char *const addresses[] = {
    "a@b",
    "ann@example.org",
    "ann.smith+news@mail.example.com",
    "o'neill@example.org",
    "john doe@example.org",
    "münchen@xn--mnchen-3ya.example",
    "x@[192.0.2.1]",
    "a_b-c=d/e@example.co.uk",
    "some.one@gmail.com",
    "@@example.org",
    "00000000@163.com",
  };
  static const char *const categories[] = { NULL, "special-offers", "product-updates" };
  g_autoptr (GBytes) key = key_of (7);
  for (guint a = 0; a < G_N_ELEMENTS (addresses); a++)
    for (guint c = 0; c < G_N_ELEMENTS (categories); c++)
      for (guint number = 0; number < 64; number += 21)
        {
          check_round_trip (key, number, PARSER_TOKEN_UNSUBSCRIBE, addresses[a], categories[c]);
          check_round_trip (key, number, PARSER_TOKEN_REPLY, addresses[a], categories[c]);
        }
}

static void
holds_the_longest_address_and_every_length (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *local = g_strnfill (PARSER_MAX_LOCAL, 'x');
  for (guint i = 1; i <= PARSER_MAX_LOCAL; i++)
    {
      g_autofree char *address = g_strdup_printf ("%.*s@example.org", (int)i, local);
      g_autofree char *odd = g_strdup_printf ("!%.*s@example.org", (int)i - 1, local);
      check_round_trip (key, 0, PARSER_TOKEN_REPLY, address, NULL);
      check_round_trip (key, 0, PARSER_TOKEN_REPLY, odd, NULL);
    }
  g_autoptr (GString) longest = g_string_new (local);
  longest->str[0] = '!';
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (longest, "%c%.*s", i == 0 ? '@' : '.', 62, local);
  g_string_append (longest, ".com");
  g_assert_cmpuint (longest->len, ==, PARSER_MAX_ADDRESS);
  check_round_trip (key, 63, PARSER_TOKEN_UNSUBSCRIBE, longest->str, "special-offers");
}

/* The local part of an address has 64 octets, and the name of the mailbox stands in them too. */
static void
a_usual_address_leaves_room_in_a_local_part (void)
{
  static const char *const addresses[]
      = { "ann.smith@gmail.com", "ann.smith@example.org", "someone.else@t-online.de", "info@metrix.example" };
  g_autoptr (GBytes) key = key_of (7);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *text
          = parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, addresses[i], "special-offers");
      g_assert_cmpuint (strlen ("unsubscribe+") + strlen (text), <=, PARSER_MAX_LOCAL);
    }
}

static void
names_the_event_of_a_confirmation (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *text = parser_token_make_answer (key, 5, EVENT);
  g_assert_cmpuint (strlen (text), ==, 46);
  g_assert_cmpint (parser_token_number (text), ==, 5);
  g_autoptr (ParserToken) token = parser_token_read (key, text);
  g_assert_nonnull (token);
  g_assert_cmpint (token->purpose, ==, PARSER_TOKEN_ANSWER);
  g_assert_cmpstr (token->event, ==, EVENT);
  g_assert_null (token->address);
  g_assert_cmpuint (token->category, ==, 0);
}

/* Whoever changes the spelling, the codes of addresses or the keys makes every token void that was ever sent.
 */
static void
is_the_one_that_was_sent_years_ago (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *text
      = parser_token_make (key, 3, PARSER_TOKEN_UNSUBSCRIBE, "ann@example.org", "special-offers");
  g_assert_cmpstr (text, ==, "ooapayrmlljcamxjrqpe7swzsjqob4ycvak3h2y");
  g_autofree char *odd = parser_token_make (key, 0, PARSER_TOKEN_REPLY, "o'neill@example.org", NULL);
  g_assert_cmpstr (odd, ==, "ooib43qhhackwecht5o44q4go3wswdxtgksegxcmzyx7udjs67ffj4rci");
  g_autofree char *answer = parser_token_make_answer (key, 63, EVENT);
  g_assert_cmpstr (answer, ==, "oox4mnnhbslawvrnq733bchthykntwpb2fmp362ui7vo2a");
}

static void
check_not_ours (GBytes *key, const char *text)
{
  g_autoptr (ParserToken) token = parser_token_read (key, text);
  g_assert_null (token);
}

static void
any_changed_letter_is_none_of_ours (void)
{
  static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567 1é";
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *mail = parser_token_make (key, 1, PARSER_TOKEN_UNSUBSCRIBE, "ann.smith@example.org", NULL);
  g_autofree char *answer = parser_token_make_answer (key, 1, EVENT);
  const char *const tokens[] = { mail, answer };
  for (guint t = 0; t < G_N_ELEMENTS (tokens); t++)
    for (guint i = 0; tokens[t][i] != '\0'; i++)
      for (guint d = 0; digits[d] != '\0'; d++)
        {
          g_autofree char *forged = g_strdup (tokens[t]);
          forged[i] = digits[d];
          if (strcmp (forged, tokens[t]) != 0)
            check_not_ours (key, forged);
        }
}

static void
another_key_reads_nothing (void)
{
  g_autoptr (GBytes) ours = key_of (7), theirs = key_of (8);
  g_autofree char *text = parser_token_make (theirs, 0, PARSER_TOKEN_UNSUBSCRIBE, "ann@example.org", NULL);
  g_autofree char *answer = parser_token_make_answer (theirs, 0, EVENT);
  check_not_ours (ours, text);
  check_not_ours (ours, answer);
}

static void
a_piece_of_one_or_more_than_one_is_none (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *text = parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, "ann@example.org", NULL);
  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *cut = g_strndup (text, i);
      check_not_ours (key, cut);
      check_not_ours (key, text + i + 1);
    }
  g_autofree char *twice = g_strconcat (text, text, NULL), *more = g_strconcat (text, "a", NULL);
  check_not_ours (key, twice);
  check_not_ours (key, more);
}

static void
rubbish_is_none (void)
{
  static const char *const others[] = { "",
                                        "o",
                                        "oo",
                                        "ooo",
                                        "oomph",
                                        "ooooooooooooooooooooooooooooooooooooooooooooooooooo",
                                        "%s%n",
                                        "oo\xff\xfe",
                                        "oo=+oo",
                                        "ooaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                        "oo7777777777777777777777777777777777777777777777777777" };
  g_autoptr (GBytes) key = key_of (7);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    check_not_ours (key, others[i]);
  g_autofree char *many = g_strnfill (1000000, 'o');
  check_not_ours (key, many);
  g_assert_cmpint (parser_token_number (many), ==, -1);
  g_assert_cmpint (parser_token_number ("unsubscribe"), ==, -1);
}

/* Two people of one house, two categories, two purposes: nothing that is the same in them shows. */
static void
shows_nothing_of_what_it_says (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *tokens[] = {
    parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, "ann.smith@example.org", "special-offers"),
    parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, "ann.smits@example.org", "special-offers"),
    parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, "ann.smith@example.org", NULL),
    parser_token_make (key, 0, PARSER_TOKEN_REPLY, "ann.smith@example.org", "special-offers"),
  };
  for (guint a = 0; a < G_N_ELEMENTS (tokens); a++)
    for (guint b = 0; b < a; b++)
      {
        guint same = 0;
        gsize n = strlen (tokens[a]);
        g_assert_cmpuint (strlen (tokens[b]), ==, n);
        for (gsize i = 4; i < n; i++)
          same += tokens[a][i] == tokens[b][i];
        g_assert_cmpuint (same, <, n / 4);
      }
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_free (g_steal_pointer (&tokens[i]));
}

static void
a_category_has_a_number_of_its_own (void)
{
  g_assert_cmpuint (parser_token_category (NULL), ==, 0);
  g_assert_cmpuint (parser_token_category ("special-offers"), !=, parser_token_category ("product-updates"));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("category-%u", i);
      guint32 number = parser_token_category (name);
      g_assert_cmpuint (number, >, 0);
      g_assert_cmpuint (number, <, 1 << 24);
    }
}

/* ---- what staff see ---- */

static void
is_replaced_wherever_it_stands (void)
{
  static const char *const around[][2] = {
    { "unsubscribe+TOKEN@metrix.example", "unsubscribe+[token]@metrix.example" },
    { "TOKEN", "[token]" },
    { "Subject: unsubscribe TOKEN.", "Subject: unsubscribe [token]." },
    { "mailto:u@metrix.example?subject=unsubscribe%20TOKEN",
      "mailto:u@metrix.example?subject=unsubscribe%20[token]" },
    { "https://metrix.example/u/TOKEN?x=1", "https://metrix.example/u/[token]?x=1" },
    { "https://links.example/?u=https%3A%2F%2Fmetrix.example%2Fu%2FTOKEN",
      "https://links.example/?u=https%3A%2F%2Fmetrix.example%2Fu%2F[token]" },
    { "t=3DTOKEN", "t=3D[token]" },
    { "CUT", "[token]" },
    { "<TOKEN.123@metrix.example> und <x@y>", "<[token].123@metrix.example> und <x@y>" },
    { "öTOKEN,TOKEN", "ö[token],[token]" },
    { "https://metrix.example/u/CUT?x=3D1", "https://metrix.example/u/[token]?x=3D1" },
    { "code=\nTOKEN", "code=\n[token]" },
  };
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *token = parser_token_make (key, 0, PARSER_TOKEN_UNSUBSCRIBE, "a@b", NULL);
  g_autofree char *shouted = g_ascii_strup (token, -1);
  g_autofree char *cut = g_strdup_printf ("o=\n%.9s=\r\n%s", token + 1, token + 10);
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    for (guint capitals = 0; capitals < 2; capitals++)
      {
        g_autoptr (GString) text = g_string_new (around[i][0]);
        g_string_replace (text, "TOKEN", capitals ? shouted : token, 0);
        g_string_replace (text, "CUT", cut, 0);
        g_autofree char *clean = parser_token_strip (text->str);
        g_assert_cmpstr (clean, ==, around[i][1]);
      }
}

static void
the_message_id_of_a_confirmation_is_replaced (void)
{
  g_autoptr (GBytes) key = key_of (7);
  g_autofree char *id = parser_token_message_id (key, EVENT, "metrix.example");
  g_autofree char *text = g_strconcat ("In-Reply-To: ", id, " optout.", NULL);
  g_autofree char *clean = parser_token_strip (text);
  g_assert_cmpstr (clean, ==, "In-Reply-To: <[token]@metrix.example> optout.");
}

static void
other_words_stay (void)
{
  static const char *const texts[] = { "",
                                       "oo",
                                       "look at the moon, oomph",
                                       "optout.",
                                       "optout.ab.12",
                                       "%",
                                       "=",
                                       "=3",
                                       "%4",
                                       "optout.optout.optout",
                                       "zürich %C3%BC oo",
                                       "Donaudampfschifffahrtsgesellschaft" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clean = parser_token_strip (texts[i]);
      g_assert_cmpstr (clean, ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/names-its-event", names_its_event);
  g_test_add_func ("/token/is-the-hmac-that-the-contract-says", is_the_hmac_that_the_contract_says);
  g_test_add_func ("/token/any-changed-digit-is-not-ours", any_changed_digit_is_not_ours);
  g_test_add_func ("/token/another-key-is-not-ours", another_key_is_not_ours);
  g_test_add_func ("/token/the-domain-does-not-matter", the_domain_does_not_matter);
  g_test_add_func ("/token/whatever-else-is-not-ours", whatever_else_is_not_ours);
  g_test_add_func ("/token/says-again-what-it-was-made-of", says_again_what_it_was_made_of);
  g_test_add_func ("/token/holds-the-longest-address-and-every-length",
                   holds_the_longest_address_and_every_length);
  g_test_add_func ("/token/a-usual-address-leaves-room-in-a-local-part",
                   a_usual_address_leaves_room_in_a_local_part);
  g_test_add_func ("/token/names-the-event-of-a-confirmation", names_the_event_of_a_confirmation);
  g_test_add_func ("/token/is-the-one-that-was-sent-years-ago", is_the_one_that_was_sent_years_ago);
  g_test_add_func ("/token/any-changed-letter-is-none-of-ours", any_changed_letter_is_none_of_ours);
  g_test_add_func ("/token/another-key-reads-nothing", another_key_reads_nothing);
  g_test_add_func ("/token/a-piece-of-one-or-more-than-one-is-none", a_piece_of_one_or_more_than_one_is_none);
  g_test_add_func ("/token/rubbish-is-none", rubbish_is_none);
  g_test_add_func ("/token/shows-nothing-of-what-it-says", shows_nothing_of_what_it_says);
  g_test_add_func ("/token/a-category-has-a-number-of-its-own", a_category_has_a_number_of_its_own);
  g_test_add_func ("/token/is-replaced-wherever-it-stands", is_replaced_wherever_it_stands);
  g_test_add_func ("/token/the-message-id-of-a-confirmation-is-replaced",
                   the_message_id_of_a_confirmation_is_replaced);
  g_test_add_func ("/token/other-words-stay", other_words_stay);
  return g_test_run ();
}
