/* test-token.c - the Message-ID that only we can make (R56). */
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
  return g_test_run ();
}
