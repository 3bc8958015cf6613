/* test-address.c - the canonical form (R8, R46, R48, R57), and what an address tells by its shape */
#include <string.h>

#include "parser.h"

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN
#define LABEL SIXTY "klm" /* 63 */

/* clang-format off */
static const struct { const char *name, *address, *want; } canonical_cases[] = {
  { "an-ordinary-address-stays",              "ann@example.org",              "ann@example.org" },
  { "capitals-fold-on-both-sides",            "Ann.Smith@Example.ORG",        "ann.smith@example.org" },
  { "angle-brackets-go",                      "<ann@example.org>",            "ann@example.org" },
  { "blanks-around-go",                       "  ann@example.org ",           "ann@example.org" },
  { "quotes-that-are-not-needed-go",          "\"ann\"@example.org",          "ann@example.org" },
  { "a-quoted-blank-is-kept-unquoted",        "\"john doe\"@example.org",     "john doe@example.org" },
  { "a-raw-blank-equals-a-quoted-one",        "john doe@example.org",         "john doe@example.org" },
  { "a-quoted-pair-is-undone",                "\"a\\b\"@example.org",         "ab@example.org" },
  { "several-at-signs-in-quotes-are-local",   "\"a@b@c\"@example.org",        "a@b@c@example.org" },
  { "a-tag-is-kept",                          "Ann+News@example.org",         "ann+news@example.org" },
  { "a-u-label-becomes-an-a-label",           "ann@bücher.example",           "ann@xn--bcher-kva.example" },
  { "an-a-label-in-capitals-is-lowered",      "ann@XN--BCHER-KVA.example",    "ann@xn--bcher-kva.example" },
  { "a-u-label-in-capitals-is-the-same",      "ann@BÜCHER.example",           "ann@xn--bcher-kva.example" },
  { "sharp-s-is-not-transitional",            "ann@faß.example",              "ann@xn--fa-hia.example" },
  { "a-composed-local-part-stays",            "jos\xc3\xa9@example.org",      "jos\xc3\xa9@example.org" },
  { "a-decomposed-local-part-is-composed",    "jose\xcc\x81@example.org",     "jos\xc3\xa9@example.org" },
  { "a-decomposed-domain-is-composed",        "ann@bu\xcc\x88" "cher.example", "ann@xn--bcher-kva.example" },
  { "compatibility-forms-stay-apart",         "\xef\xbd\x81nn@example.org",   "\xef\xbd\x81nn@example.org" },
  { "a-capital-umlaut-folds",                 "\xc3\x84nn@example.org",       "\xc3\xa4nn@example.org" },
  { "a-closing-dot-goes",                     "ann@example.org.",             "ann@example.org" },
  { "two-closing-dots-are-no-domain",         "ann@example.org..",            NULL },
  { "64-octets-of-local-part-fit",            SIXTY "abcd@example.org",       SIXTY "abcd@example.org" },
  { "65-octets-of-local-part-do-not",         SIXTY "abcde@example.org",      NULL },
  { "255-octets-of-domain-fit",               "a@" LABEL "." LABEL "." LABEL "." LABEL, "a@" LABEL "." LABEL "." LABEL "." LABEL },
  { "256-octets-of-domain-do-not",            "a@" LABEL "." LABEL "." LABEL "." SIXTY ".abc", NULL },
  { "a-label-of-64-does-not",                 "a@" LABEL "x.example",         NULL },
  { "a-tab-is-refused",                       "a\tb@example.org",             NULL },
  { "a-line-end-is-refused",                  "a@b.example>\r\nRCPT TO:<v@x.example", NULL },
  { "a-quoted-line-end-is-refused",           "\"a\r\nb\"@example.org",       NULL },
  { "a-c1-control-is-refused",                "a\xc2\x85" "b@example.org",    NULL },
  { "an-option-is-data",                      "-oQ/tmp@example.org",          "-oq/tmp@example.org" },
  { "shell-characters-are-data",              "$(id);`x`|y@example.org",      "$(id);`x`|y@example.org" },
  { "sql-is-data",                            "' OR 1=1--@example.org",       "' or 1=1--@example.org" },
  { "an-empty-string-is-none",                "",                             NULL },
  { "an-empty-path-is-none",                  "<>",                           NULL },
  { "no-at-sign-is-none",                     "MAILER-DAEMON",                NULL },
  { "an-empty-local-part-is-none",            "@example.org",                 NULL },
  { "an-empty-quoted-local-part-is-none",     "\"\"@example.org",             NULL },
  { "an-empty-domain-is-none",                "ann@",                         NULL },
  { "an-empty-label-is-none",                 "ann@example..org",             NULL },
  { "quotes-must-close",                      "\"ann@example.org",            NULL },
  { "text-after-quotes-is-none",              "\"a\"b@example.org",           NULL },
  { "what-would-read-otherwise-is-none",      "\"\\\"a\\\"\"@example.org",    NULL },
  { "a-quoted-leading-blank-is-none",         "\" a\"@example.org",           NULL },
  { "invalid-utf-8-is-none",                  "jos\xe9@example.org",          NULL },
  { "a-domain-of-one-label-is-one",           "root@localhost",               "root@localhost" },
  { "an-address-literal-is-one",              "ann@[192.0.2.1]",              "ann@[192.0.2.1]" },
  { "an-ipv6-literal-is-lowered",             "ann@[IPv6:2001:DB8::1]",       "ann@[ipv6:2001:db8::1]" },
  { "blanks-in-a-domain-are-none",            "ann@example .org",             NULL },
  { "markup-in-a-domain-is-none",             "ann@<example.org",             NULL },
};

static const struct { const char *name, *address, *want; } base_cases[] = {
  { "the-tag-goes",                 "ann+news@example.org", "ann@example.org" },
  { "all-tags-go",                  "ann+a+b@example.org",  "ann@example.org" },
  { "no-tag-has-no-base",           "ann@example.org",      NULL },
  { "a-leading-plus-is-no-tag",     "+ann@example.org",     NULL },
};

static const struct { const char *name, *address, *want; } unicode_cases[] = {
  { "an-a-label-in-letters",               "ann@xn--bcher-kva.example",     "ann@b\303\274cher.example" },
  { "a-sharp-s-stays-one",                 "ann@xn--strae-oqa.example",     "ann@stra\303\237e.example" },
  { "ascii-is-the-same",                   "ann@example.org",               NULL },
  { "an-at-in-the-local-part",             "a@b@xn--bcher-kva.example",     "a@b@b\303\274cher.example" },
  { "a-label-that-says-nothing",           "ann@xn--.example",              NULL },
  { "a-label-that-only-looks-like-one",    "ann@xn--ascii-.example",        NULL },
  { "an-address-literal",                  "ann@[192.0.2.1]",               NULL },
};

static const struct { const char *name, *address; gboolean want; } system_cases[] = {
  { "mailer-daemon-is",          "mailer-daemon@example.org",     TRUE },
  { "an-owner-is",               "owner-news@example.org",        TRUE },
  { "a-request-address-is",      "news-request@example.org",      TRUE },
  { "noreply-is",                "noreply@example.org",           TRUE },
  { "no-reply-with-a-tag-is",    "no-reply+7@example.org",        TRUE },
  { "a-bounce-address-is",       "bounces+ann=x@example.org",     TRUE },
  { "mailman-bounces-is",        "news-bounces@example.org",      TRUE },
  { "listserv-is",               "listserv@example.org",          TRUE },
  { "majordomo-is",              "majordomo@example.org",         TRUE },
  { "postmaster-is",             "postmaster@example.org",        TRUE },
  { "a-subscriber-of-ezmlm-is",  "news-return-7-ann=x@example.org", TRUE },
  { "noreply-in-spanish-is",     "noresponder@example.org",       TRUE },
  { "noreply-in-french-is",      "ne-pas-repondre@example.org",   TRUE },
  { "noreply-in-german-is",      "keine-antwort@example.org",     TRUE },
  { "a-person-is-not",           "ann@example.org",               FALSE },
  { "a-home-owner-is-not",       "owner@example.org",             FALSE },
  { "rootham-is-not",            "rootham@example.org",           FALSE },
};

static const struct { const char *name, *address, *want; } unwrap_cases[] = {
  { "a-plain-address-is-canonical",   "Ann@example.org",                        "ann@example.org" },
  { "batv-is-unwrapped",              "prvs=1234abcdef=ann@example.org",        "ann@example.org" },
  { "old-batv-is-unwrapped",          "btv1==0123456789==ann@example.org",      "ann@example.org" },
  { "srs0-is-unwrapped",              "SRS0=HHH=TT=example.org=ann@fwd.example", "ann@example.org" },
  { "srs0-with-plus-is-unwrapped",    "SRS0+HHH=TT=example.org=ann@fwd.example", "ann@example.org" },
  { "srs1-is-unwrapped",              "SRS1=HHH=fwd2.example==HHH=TT=example.org=ann@fwd.example", "ann@example.org" },
  { "srs-keeps-equal-signs",          "SRS0=H=T=example.org=a=b@fwd.example",   "a=b@example.org" },
  { "a-broken-wrapping-stays",        "srs0=hhh@fwd.example",                   "srs0=hhh@fwd.example" },
  { "a-broken-batv-stays",            "prvs=ann@example.org",                   "prvs=ann@example.org" },
  { "no-address-is-none",             "prvs=1234=ann",                          NULL },
};
/* clang-format on */

static void
test_canonical (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = parser_address_canonical (canonical_cases[i].address);
  g_assert_cmpstr (got, ==, canonical_cases[i].want);
  if (!got)
    return;
  g_autofree char *again = parser_address_canonical (got);
  g_assert_cmpstr (again, ==, got);
}

static void
test_base (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = parser_address_base (base_cases[i].address);
  g_assert_cmpstr (got, ==, base_cases[i].want);
}

/* Of an address that a mail came to, what stands behind the "+" is anybody's. */
static void
test_recipient (void)
{
  g_autofree char *zeros = g_strnfill (300, '0');
  const struct
  {
    const char *extension, *want;
  } cases[] = { { "", "list+@metrix.example" },
                { "x", "list+x@metrix.example" },
                { zeros, "list@metrix.example" },
                { "\377\376", "list@metrix.example" },
                { "a\tb@c", "list@metrix.example" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = g_strconcat ("List+", cases[i].extension, "@METRIX.example", NULL);
      g_autofree char *got = parser_address_recipient (address);
      g_assert_cmpstr (got, ==, cases[i].want);
    }
  g_autofree char *none = g_strconcat (zeros, "@metrix.example", NULL);
  g_assert_null (parser_address_recipient (none));
  g_assert_null (parser_address_recipient ("list+x"));
  g_assert_null (parser_address_recipient ("list+x@"));
}

static void
test_unicode (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = parser_address_unicode (unicode_cases[i].address);
  g_assert_cmpstr (got, ==, unicode_cases[i].want);
}

static void
test_system (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_assert_cmpint (parser_address_is_system (system_cases[i].address), ==, system_cases[i].want);
}

static void
test_unwrap (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = parser_address_unwrap (unwrap_cases[i].address);
  g_assert_cmpstr (got, ==, unwrap_cases[i].want);
}

/* R48, H18: whatever the length, no crash and no truncation. */
static void
test_long (void)
{
  g_autofree char *local = g_strnfill (10000, 'a');
  g_autofree char *address = g_strconcat (local, "@", local, ".example", NULL);
  g_assert_null (parser_address_canonical (address));
}

#define ADD(group, cases, function)                                                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strconcat ("/address/" group "/", cases[i].name, NULL);                      \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                           \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("canonical", canonical_cases, test_canonical)
  ADD ("base", base_cases, test_base)
  ADD ("unicode", unicode_cases, test_unicode)
  ADD ("system", system_cases, test_system)
  ADD ("unwrap", unwrap_cases, test_unwrap)
  g_test_add_func ("/address/ten-thousand-octets-are-none", test_long);
  g_test_add_func ("/address/recipient", test_recipient);
  return g_test_run ();
}
