/* test-config.c - the configuration: values, lines of errors, the dump, the secret file. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* As doc and manual show it. */
static const char example[] = "[optout]\n"
                              "organisation = Metrix Example\n"
                              "user         = optout\n"
                              "store        = sqlite:/var/lib/optout/consent.db\n"
                              "# made by 'optout init'\n"
                              "secret-file  = /etc/optout/secret\n"
                              "mode         = active\n"
                              "authserv-id  = mx.metrix.example\n"
                              "trust-authentication-results = yes\n"
                              "holidays     = 2026-12-25; 2027-01-01\n"
                              "\n"
                              "[reply]\n"
                              "from    = Metrix Example preferences <Preferences@metrix.example>\n"
                              "submit  = sendmail\n"
                              "once-per-days = 7\n"
                              "when    = auto\n"
                              "\n"
                              "[notify]\n"
                              "to = support@metrix.example\n"
                              "\n"
                              "[category product-updates]\n"
                              "title   = Product updates\n"
                              "words   = product updates; release news\n"
                              "[category special-offers]\n"
                              "title   = Special offers\n"
                              "[category service-notices]\n"
                              "title   = Update and support notices\n"
                              "essential = true\n"
                              "\n"
                              "[mailbox unsubscribe@metrix.example]\n"
                              "role    = unsubscribe\n"
                              "[mailbox preferences@metrix.example]\n"
                              "role    = preferences\n"
                              "[mailbox support@metrix.example]\n"
                              "role    = mixed\n"
                              "copy    = yes\n"
                              "list-ids = support.metrix.example\n"
                              "[mailbox news@metrix.example]\n"
                              "role    = newsletter\n"
                              "pass    = sendmail:support-people@metrix.example\n"
                              "footers = /etc/optout/footers/*.txt\n"
                              "[words de]\n"
                              "wish    = Funkstille (bitte|erbeten); Schluss ... damit\n";

static char *folder;

static char *
write_file (const char *name, const char *text, int mode)
{
  char *file = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_cmpint (g_chmod (file, mode), ==, 0);
  return file;
}

static FilterConfig *
load (const char *text, GError **error)
{
  g_autofree char *file = write_file ("test.conf", text, 0644);
  return filter_config_load (file, NULL, error);
}

static void
test_example (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterConfig) config = load (example, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->organisation, ==, "Metrix Example");
  g_assert_cmpstr (config->user, ==, "optout");
  g_assert_cmpstr (config->authserv_id, ==, "mx.metrix.example");
  g_assert_true (config->trust_authentication_results);
  g_assert_false (config->observe);
  g_assert_cmpuint (config->holidays->len, ==, 2);
  g_assert_cmpint (g_array_index (config->holidays, gint64, 1), ==, 20819); /* 2027-01-01 */
  g_assert_cmpstr (config->reply_from_name, ==, "Metrix Example preferences");
  g_assert_cmpstr (config->reply_from, ==, "preferences@metrix.example");
  g_assert_cmpuint (config->once_per_days, ==, 7);
  g_assert_cmpint (config->when, ==, FILTER_REPLY_AUTO);
  g_assert_cmpstr (config->notify_to, ==, "support@metrix.example");
  g_assert_cmpuint (config->categories->len, ==, 3);
  const FilterCategory *updates = filter_config_category (config, "product-updates");
  g_assert_cmpstr (updates->title, ==, "Product updates");
  g_assert_cmpstr (updates->words[1], ==, "release news");
  g_assert_false (updates->essential);
  g_assert_true (filter_config_category (config, "service-notices")->essential);
  g_assert_null (filter_config_category (config, "novel"));
  const FilterMailbox *news = filter_config_mailbox (config, "News+tag@METRIX.example");
  g_assert_nonnull (news);
  g_assert_cmpint (news->role, ==, FILTER_ROLE_NEWSLETTER);
  g_assert_cmpstr (news->pass, ==, "sendmail:support-people@metrix.example");
  g_assert_cmpstr (news->footers[0], ==, "/etc/optout/footers/*.txt");
  g_assert_true (filter_config_mailbox (config, "support@metrix.example")->copy);
  g_assert_null (filter_config_mailbox (config, "else@metrix.example"));
  g_assert_true (filter_config_is_own (config, "preferences@metrix.example"));
  g_assert_false (filter_config_is_own (config, "ann@example.org"));
  const FilterWords *words = g_ptr_array_index (config->words, 0);
  g_assert_cmpstr (words->language, ==, "de");
  for (guint i = 0; i < FILTER_HEADINGS; i++)
    g_assert_cmpuint (g_strv_length (words->phrases[i]), ==,
                      g_str_equal (filter_config_headings[i], "wish") ? 2 : 0);
  g_auto (GStrv) warnings = filter_config_warnings (config);
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
}

static void
test_domains (void)
{
  static const struct
  {
    const char *text;
    gboolean shop, house;
  } cases[] = {
    { "", TRUE, TRUE },
    { "[optout]\ndomains = Metrix.EXAMPLE; other.example\n", FALSE, TRUE },
    { "[optout]\ndomains =\n", FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strconcat (cases[i].text, "[reply]\nfrom = a@metrix.example\n[mailbox b@shop.example]\n", NULL);
      g_autoptr (FilterConfig) config = load (text, &error);
      g_assert_no_error (error);
      g_assert_cmpint (filter_config_is_colleague (config, "jane@shop.example"), ==, cases[i].shop);
      g_assert_cmpint (filter_config_is_colleague (config, "jane@metrix.example"), ==, cases[i].house);
      g_assert_false (filter_config_is_colleague (config, "jane@sub.metrix.example"));
    }
}

static void
test_senders (void)
{
  static const struct
  {
    const char *sender, *category;
  } cases[] = {
    { "news@metrix.example", "news" },
    { "News@METRIX.example", "news" },
    { "news+ann=example.org@metrix.example", "news" },
    { "prvs=0123456789=news@metrix.example", "news" },
    { "SRS0=HHH=TT=offers.example=bounces@relay.example", "offers" },
    { "anything@offers.example", "offers" },
    { "news@offers.example", "news" },
    { "ann@b\303\274cher.example", "news" },
    { "anything@sub.offers.example", NULL },
    { "other@metrix.example", NULL },
    { "", NULL },
    { "metrix.example", NULL },
    { "x@", NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterConfig) config
      = load ("[category news]\nsenders = news@Metrix.example; news@offers.example; @xn--bcher-kva.example\n"
              "[category offers]\nsenders = @Offers.example\n[category other]\n",
              &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FilterCategory *category = filter_config_sender (config, cases[i].sender);
      g_assert_cmpstr (category != NULL ? category->name : NULL, ==, cases[i].category);
    }
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterConfig) config = filter_config_load ("/dev/null", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->store, ==, "sqlite:/var/lib/optout/consent.db");
  g_assert_cmpstr (config->sendmail, ==, FILTER_SENDMAIL);
  g_assert_cmpuint (config->deadline_s, ==, 60);
  g_assert_cmpuint (config->case_days, ==, 30);
  g_assert_cmpuint (config->holidays->len, ==, 0);
  g_assert_cmpuint (config->per_hour, ==, 500);
  g_assert_null (config->reply_from);
  g_assert_nonnull (config->organisation);
  g_assert_cmpuint (config->mailboxes->len, ==, 0);
}

static void
test_order (void)
{
  g_autoptr (GError) error = NULL;
  g_setenv ("OPTOUT_STORE", "sqlite:/environment", TRUE);
  g_autoptr (FilterConfig) by_option = filter_config_load ("/dev/null", "sqlite:/option", &error);
  g_autoptr (FilterConfig) by_environment = load (example, &error);
  g_unsetenv ("OPTOUT_STORE");
  g_assert_cmpstr (by_option->store, ==, "sqlite:/option");
  g_assert_cmpstr (by_environment->store, ==, "sqlite:/environment");
  g_autofree char *dump = filter_config_dump (by_environment);
  g_assert_nonnull (strstr (dump, "(OPTOUT_STORE)\nstore = sqlite:/environment\n"));
  g_setenv ("OPTOUT_CONFIG", "/nowhere/optout.conf", TRUE);
  g_assert_null (filter_config_load (NULL, NULL, &error));
  g_unsetenv ("OPTOUT_CONFIG");
  g_assert_cmpstr (error->message, ==, "/nowhere/optout.conf: cannot be read: there is no such file");
}

static void
test_dump (void)
{
  static const char *const lines[] = {
    "test.conf:3)\nuser = optout\n",
    "(default)\nquestions = review\n",
    "(default)\ndeadline = 60\n",
    "[category product-updates]\n",
    "test.conf:23)\nwords = product updates; release news\n",
    "[mailbox news@metrix.example]\n",
    "(default)\nonce-per-days = 7\n",
    "per-domain-per-hour = 100\n",
    "[words de]\n",
    "test.conf:43)\nwish = Funkstille (bitte|erbeten); Schluss ... damit\n",
  };
  g_autoptr (FilterConfig) config = load (example, NULL);
  g_autofree char *dump = filter_config_dump (config);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (i != 6)
      g_assert_nonnull (strstr (dump, lines[i]));
  g_assert_null (strstr (dump, lines[6])); /* it was set */
}

static const struct
{
  const char *name, *text, *message;
} broken[] = {
  /* clang-format off */
  { "a number out of its range", "[reply]\n# c\nonce-per-days = x\n", ":3: [reply] once-per-days: \"x\" is not a number from 1 to 365" },
  { "a deadline of the mail server's length (R2)", "[optout]\ndeadline = 900\n", ":2: [optout] deadline: \"900\" is not a number from 1 to 899" },
  { "a method that we do not read", "[optout]\nauthentication-methods = dkim; arc\n", ":2: [optout] authentication-methods: \"dkim; arc\" has arc, which is none of: dkim, spf, dmarc" },
  { "a holiday that is no date", "[optout]\nholidays = 2026-12-25; 26.12.2026\n", ":2: [optout] holidays: \"2026-12-25; 26.12.2026\" holds \"26.12.2026\", which is no date like 2026-12-25" },
  { "a term beyond the calendar month (R101)", "[optout]\ncase-days = 32\n", ":2: [optout] case-days: \"32\" is not a number from 1 to 31" },
  { "an unknown key", "[optout]\n\n\nonce-per-days = 7\n", ":4: [optout] once-per-days: no such setting" },
  { "an unknown group", "[optout]\n[replies]\n", ":2: [replies] no such group" },
  { "a group of many without its name", "[mailbox]\nrole = mixed\n", ":1: [mailbox] no such group" },
  { "a group of one with a name", "\n[reply x]\n", ":2: [reply x] no such group" },
  { "a line that is nothing", "[optout]\nuser = optout\nthis is no setting\n", ":3: is neither a [group], \"key = value\" under a group, nor a comment in UTF-8" },
  { "a key before any group", "user = optout\n", ":1: is neither a [group], \"key = value\" under a group, nor a comment in UTF-8" },
  { "octets that are no UTF-8", "[optout]\norganisation = caf\xe9\n", ":2: is neither a [group], \"key = value\" under a group, nor a comment in UTF-8" },
  { "a mailbox that is no address", "[mailbox news]\n", ":1: [mailbox news] is not an address" },
  { "the same mailbox twice", "[mailbox a@x.example]\n[mailbox A@x.example]\n", ":2: [mailbox A@x.example] this mailbox has a group already" },
  { "a category that could not stand in a header field", "[category a b]\n", ":1: [category a b] a category's name is made of a-z, 0-9, . _ -" },
  { "a sender that is none", "[category a]\nsenders = @b.example; c@\n", ":2: [category a] senders: \"@b.example; c@\" has c@, which is neither an address nor a domain behind an @" },
  { "a sender of two categories", "[category a]\nsenders = x@b.example\n[category b]\nsenders = @b.example; X@B.example\n", ":4: [category b] senders: x@b.example is a sender already" },
  { "words of a language that is unknown", "[words xx]\nleave = a\n", ":1: [words xx] \"xx\" is no language that is known; they are named as de or zh-Hans" },
  { "words under a heading that is none", "[words de]\nfoo = a\n", ":2: [words de] foo: no such setting" },
  { "a phrase that cannot be read", "[words de]\nwish = a; b\nleave = raus; (ab|\n", ":3: [words de] leave: \"raus; (ab|\" cannot be read: \"(ab|\": ( without )" },
  { "words without their language", "[words]\nleave = a\n", ":1: [words] no such group" },
  { "a role that is none", "[mailbox a@x.example]\nrole = mixd\n", ":2: [mailbox a@x.example] role: \"mixd\" is none of: mixed, unsubscribe, newsletter, preferences" },
  { "a pass to an option (R13)", "[mailbox a@x.example]\npass = sendmail:-oQ@x.example\n", ":2: [mailbox a@x.example] pass: \"sendmail:-oQ@x.example\" is none of: sendmail:ADDRESS, maildir:/PATH, none" },
  { "a pass to a path of its own", "[mailbox a@x.example]\npass = maildir:x\n", ":2: [mailbox a@x.example] pass: \"maildir:x\" is none of: sendmail:ADDRESS, maildir:/PATH, none" },
  { "a flag that is neither", "[log]\nlog-addresses = maybe\n", ":2: [log] log-addresses: \"maybe\" is neither yes nor no" },
  { "a way to send that is none", "[reply]\nsubmit = smtp://localhost:x\n", ":2: [reply] submit: \"smtp://localhost:x\" is none of: sendmail, smtp://HOST[:PORT], smtps://HOST[:PORT], lmtp:unix:/PATH" },
  { "a password in the clear to a name that begins like a number of this machine", "[reply]\nsubmit = smtp://127.evil.example\nuser = a\npassword-file = /x\ntls = when-offered\n", ":5: [reply] tls: a password goes over the network only with tls = required" },
  { "a From that is no address", "[reply]\nfrom = Metrix <>\n", ":2: [reply] from: \"Metrix <>\" is not an address" },
  { "a stray backslash", "[optout]\norganisation = a\\qb\n", ":2: [optout] organisation: a backslash stands only in \\s \\n \\t \\r \\\\" },
  /* clang-format on */
};

static void
test_broken (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterConfig) config = load (broken[i].text, &error);
  g_assert_null (config);
  g_assert_nonnull (error);
  g_autofree char *want = g_strconcat (folder, "/test.conf", broken[i].message, NULL);
  g_assert_cmpstr (error->message, ==, want);
}

static void
test_nul (void)
{
  static const char text[] = "[optout]\n\0user = x\n";
  g_autofree char *file = g_build_filename (folder, "nul.conf", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (file, text, sizeof text - 1, NULL));
  g_assert_null (filter_config_load (file, NULL, &error));
  g_assert_true (g_str_has_suffix (error->message, "holds a NUL byte"));
}

static void
test_warnings (void)
{
  static const char *const words[]
      = { "user is not set", "authserv-id has no effect until",     "no confirmation",     "answers nobody",
          "nobody is told",  "support@metrix.example] has neither", "go round in a circle" };
  g_autoptr (FilterConfig) config = load (
      "[optout]\nauthserv-id = mx.x.example\n[mailbox support@metrix.example]\n"
      "[mailbox a@x.example]\npass = sendmail:support@metrix.example\n[reply]\nwhen = authenticated\n",
      NULL);
  g_auto (GStrv) warnings = filter_config_warnings (config);
  g_autofree char *all = g_strjoinv ("\n", warnings);
  g_assert_cmpuint (g_strv_length (warnings), ==, G_N_ELEMENTS (words));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (all, words[i]));
}

static void
test_secret (void)
{
  g_autofree char *file = g_build_filename (folder, "secret", NULL);
  g_auto (FilterSecret) first = { 0 }, second = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (filter_secret_load (file, &first, &error));
  g_assert_nonnull (strstr (error->message, "optout init"));
  g_clear_error (&error);
  g_assert_true (filter_secret_create (file, &error) && filter_secret_load (file, &first, &error));
  g_assert_true (filter_secret_create (file, &error) && filter_secret_load (file, &second, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first.chain, second.chain)); /* an existing one is kept */
  g_assert_false (g_bytes_equal (first.chain, first.token));
  g_assert_cmpuint (g_bytes_get_size (first.suppression), ==, 32);
}

static const struct
{
  const char *name, *text;
  int mode;
  const char *message;
} bad_secrets[] = {
  /* clang-format off */
  { "others may read it", "token = x\n", 0640, "others may read it" },
  { "a key is missing", "token = 00\n", 0600, "is damaged" },
  { "it is empty", "", 0600, "is damaged" },
  /* clang-format on */
};

static void
test_bad_secret (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *file = write_file ("bad-secret", bad_secrets[i].text, bad_secrets[i].mode);
  g_auto (FilterSecret) secret = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (filter_secret_load (file, &secret, &error));
  g_assert_nonnull (strstr (error->message, bad_secrets[i].message));
  g_assert_null (secret.token);
}

static void
test_secret_link (void)
{
  g_autofree char *file = g_build_filename (folder, "real-secret", NULL);
  g_autofree char *name = g_build_filename (folder, "link", NULL);
  g_auto (FilterSecret) secret = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (filter_secret_create (file, NULL));
  g_assert_cmpint (symlink (file, name), ==, 0);
  g_assert_false (filter_secret_load (name, &secret, &error));
  g_assert_nonnull (strstr (error->message, "symbolic link"));
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_unlink (file);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("optout-config-XXXXXX", NULL);
  g_test_add_func ("/config/the example of the manual loads, and nothing is to be said about it",
                   test_example);
  g_test_add_func ("/config/our own people are known by their domains", test_domains);
  g_test_add_func ("/config/a category is known by its senders", test_senders);
  g_test_add_func ("/config/an empty file is a working configuration", test_empty);
  g_test_add_func ("/config/option over environment over file", test_order);
  g_test_add_func ("/config/the dump has every key with its value and where it comes from", test_dump);
  g_test_add_func ("/config/a NUL byte", test_nul);
  g_test_add_func ("/config/check says what is perhaps not meant (R51)", test_warnings);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/config/broken: ", broken[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_broken);
    }
  g_test_add_func ("/secret/made once, kept, three different keys", test_secret);
  g_test_add_func ("/secret/a symbolic link is not followed (H33)", test_secret_link);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_secrets); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/refused: ", bad_secrets[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad_secret);
    }
  int code = g_test_run ();
  remove_folder ();
  return code;
}
