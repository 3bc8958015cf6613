/* test-import.c - what a line of somebody's list says */
#include "date.h"
#include "import-file.h"

#include <string.h>

static const char *const meanings[] = {
  [FILTER_IMPORT_COMPLAINT] = "complaint", [FILTER_IMPORT_PERSON] = "person",
  [FILTER_IMPORT_SERVICE] = "service",     [FILTER_IMPORT_BOUNCE] = "bounce",
  [FILTER_IMPORT_TEMPORARY] = "temporary", [FILTER_IMPORT_SUBSCRIBED] = "subscribed",
  [FILTER_IMPORT_OTHER] = "other",         [FILTER_IMPORT_UNSAID] = "unsaid",
};

/* @columns and @fields have a comma between; @said is "meaning address time text", with - for none, or
 * "!why". */
static const struct
{
  const char *name, *columns, *fields, *provider, *said;
} cases[] = {
  /* clang-format off */
  { "SES bounce", "EmailAddress,Reason,LastUpdateTime", "Ann@Example.org,BOUNCE,2020-04-10T21:03:05.000000+02:00",
    "SES", "bounce ann@example.org 1586545385 BOUNCE" },
  { "SES complaint in seconds", "EmailAddress,Reason,LastUpdateTime", "a@example.org,COMPLAINT,1586552585.1",
    "SES", "complaint a@example.org 1586552585 COMPLAINT" },
  { "SendGrid hard bounce", "status,reason,email,created", "5.1.1,550 no such user,a@example.org,1443651141",
    "SendGrid", "bounce a@example.org 1443651141 5.1.1; 550 no such user" },
  { "SendGrid soft bounce", "status,reason,email,created", "4.2.2,mailbox full,a@example.org,1443651141",
    "SendGrid", "!it is a soft bounce or a block, which passes and says nothing of the person" },
  { "SendGrid block", "status,reason,email,created", "5.7.1,policy,a@example.org,1443651141",
    "SendGrid", "!it is a soft bounce or a block, which passes and says nothing of the person" },
  { "SendGrid without a status", "status,reason,email,created", ",odd,a@example.org,1443651141",
    "SendGrid", "unsaid a@example.org 1443651141 odd" },
  { "SendGrid spam report", "email,created,ip", "a@example.org,1443651141,192.0.2.1",
    "SendGrid", "complaint a@example.org 1443651141 -" },
  { "SendGrid invalid address", "reason,email,created", "unknown domain,a@example.org,1443651141",
    "SendGrid", "bounce a@example.org 1443651141 unknown domain" },
  { "SendGrid unsubscribe", "email,created", "a@example.org,1443651141", "SendGrid", "person a@example.org 1443651141 -" },
  { "SendGrid unsubscribe of a group", "email,group_id,group_name,created_at", "a@example.org,7,Weekly,1443651141",
    "SendGrid", "person a@example.org 1443651141 Weekly" },
  { "Mailgun bounce", "address,code,error,created_at", "a@example.org,550,no such mailbox,Fri, 21 Oct 2011 11:02:55 GMT",
    "Mailgun", "bounce a@example.org 1319194975 550; no such mailbox" },
  { "Mailgun temporary bounce", "address,code,error,created_at", "a@example.org,452,full,",
    "Mailgun", "!it is a soft bounce or a block, which passes and says nothing of the person" },
  { "Mailgun unsubscribe", "address,tags,created_at", "a@example.org,*,2015-10-01T00:12:21Z",
    "Mailgun", "person a@example.org 1443658341 *" },
  { "Mailgun complaint", "address,created_at", "a@example.org,2015-10-01T00:12:21Z", "Mailgun", "complaint a@example.org 1443658341 -" },
  { "Mailchimp unsubscribed, beside a postal address",
    "Email Address,First Name,Address,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON",
    "a@example.org,Ann,1 Main St,2018-02-12 17:59:31,,2019-01-01 00:00:00,2018-12-31 23:59:59,Winter,NORMAL",
    "Mailchimp", "person a@example.org 1546300799 NORMAL; Winter" },
  { "Mailchimp unsubscribed as spam", "Email Address,UNSUB_TIME,UNSUB_REASON", "a@example.org,2018-12-31 23:59:59,SPAM",
    "Mailchimp", "complaint a@example.org 1546300799 SPAM" },
  { "Mailchimp cleaned", "Email Address,OPTIN_TIME,CLEAN_TIME", "a@example.org,2018-01-01 00:00:00,2018-12-31 23:59:59",
    "Mailchimp", "bounce a@example.org 1546300799 -" },
  { "Mailchimp subscribed", "Email Address,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED",
    "a@example.org,2018-01-01 00:00:00,2018-01-02 00:00:00,2019-01-01 00:00:00",
    "Mailchimp", "subscribed a@example.org 1514851200 -" },
  { "Mailchimp without an address, but with a postal one", "Email Address,Address,UNSUB_TIME", ",b@example.org,2018-01-01 00:00:00",
    "Mailchimp", "!it has no address" },
  { "Postmark bounce", "EmailAddress,SuppressionReason,Origin,CreatedAt", "a@example.org,HardBounce,Recipient,2019-12-10T08:58:33-05:00",
    "Postmark", "bounce a@example.org 1575986313 HardBounce" },
  { "Postmark complaint", "EmailAddress,SuppressionReason,Origin,CreatedAt", "a@example.org,SpamComplaint,Recipient,2019-12-10T08:58:33-05:00",
    "Postmark", "complaint a@example.org 1575986313 SpamComplaint" },
  { "Postmark by the recipient", "EmailAddress,SuppressionReason,Origin,CreatedAt", "a@example.org,ManualSuppression,Recipient,2019-12-10",
    "Postmark", "person a@example.org 1575936000 ManualSuppression" },
  { "Postmark by the customer", "EmailAddress,SuppressionReason,Origin,CreatedAt", "a@example.org,ManualSuppression,Customer,2019-12-10",
    "Postmark", "service a@example.org 1575936000 ManualSuppression" },
  { "Mautic flag", "email,doNotContact,date_added", "a@example.org,TRUE,2020-01-01 00:00:00", "Mautic", "person a@example.org 1577836800 -" },
  { "Mautic flag off", "email,DNC,date_added", "a@example.org,0,2020-01-01 00:00:00", "Mautic", "subscribed a@example.org 1577836800 -" },
  { "Mautic reason 1", "email,channel,reason,date_added", "a@example.org,email,1,2020-01-01", "Mautic", "person a@example.org 1577836800 -" },
  { "Mautic reason 2", "email,channel,reason,date_added", "a@example.org,email,2,2020-01-01", "Mautic", "bounce a@example.org 1577836800 -" },
  { "Mautic reason 3", "email,channel,reason,date_added", "a@example.org,email,3,2020-01-01", "Mautic", "service a@example.org 1577836800 -" },
  { "Mautic of another channel", "email,channel,reason,date_added", "a@example.org,sms,1,2020-01-01", "Mautic", "other a@example.org 1577836800 -" },
  { "listmonk blocklisted", "uuid,email,name,attributes,status,created_at,updated_at",
    "0-1,a@example.org,Ann,{},blocklisted,2020-01-01 00:00:00,2021-01-01 00:00:00.5 +0000 UTC",
    "listmonk", "person a@example.org 1609459200 blocklisted" },
  { "listmonk enabled", "uuid,email,name,attributes,status,created_at", "0-1,a@example.org,Ann,{},enabled,2020-01-01 00:00:00",
    "listmonk", "subscribed a@example.org 1577836800 enabled" },
  { "listmonk unsubscribed from a list", "email,status,subscription_status,updated_at", "a@example.org,enabled,unsubscribed,2020-01-01 00:00:00",
    "listmonk", "person a@example.org 1577836800 unsubscribed; enabled" },
  { "listmonk not confirmed", "email,subscription_status", "a@example.org,unconfirmed", "listmonk", "other a@example.org 0 unconfirmed" },
  { "listmonk soft bounce", "subscriber_uuid,email,type,created_at", "0-1,a@example.org,soft,2020-01-01",
    "listmonk", "!it is a soft bounce or a block, which passes and says nothing of the person" },
  { "phpList blacklisted", "email,confirmed,blacklisted,bouncecount,entered,modified", "a@example.org,1,1,0,2019-01-01 00:00:00,2020-01-01 00:00:00",
    "phpList", "person a@example.org 1577836800 -" },
  { "phpList not blacklisted", "Email,Is this subscriber confirmed,Is this subscriber blacklisted,Last Modified",
    "a@example.org,1,0,2020-01-01 00:00:00", "phpList", "subscribed a@example.org 1577836800 -" },
  { "our own list", "address,category,except,reason,since,channel,event", "a@example.org,*,offers,customer-service,2020-01-01T00:00:00Z,phone,abc",
    "optout", "service a@example.org 1577836800 customer-service; abc" },
  { "our own, waiting for review", "address,category,except,reason,since,channel,event", "a@example.org,*,,review,2020-01-01T00:00:00Z,mail,abc",
    "optout", "other a@example.org 1577836800 review; abc" },
  { "our own, erased", "address,category,except,reason,since,channel,event",
    "hmac:00,*,,person,2020-01-01T00:00:00Z,mail,abc", "optout",
    "!it is a hash, and nobody can tell whose: a hash cannot be turned back into an address" },
  { "an address and no more", "E-Mail", "a@example.org", NULL, "person a@example.org 0 -" },
  { "somebody's own words", "email,reason", "a@example.org,too many mails", NULL, "person a@example.org 0 too many mails" },
  { "a status that nobody knows", "email,status", "a@example.org,frozen", NULL, "unsaid a@example.org 0 frozen" },
  { "a status that nobody knows, of one who is stopped", "email,status,unsub_time", "a@example.org,frozen,2020-01-01",
    NULL, "person a@example.org 1577836800 frozen" },
  { "a flag that is neither yes nor no", "email,unsubscribed", "a@example.org,perhaps", NULL, "unsaid a@example.org 0 -" },
  { "no address", "email,created", "nobody,1443651141", "SendGrid", "!its address is no e-mail address" },
  { "blank", "email,created", "  ,1443651141", "SendGrid", "!it has no address" },
  { "a time that may be either of two days", "email,created", "a@example.org,10/11/2026 10:00", "SendGrid",
    "!its time cannot be told for sure; like 2026-11-21T10:00:00Z it could" },
  { "no columns of ours", "name,colour", "Ann,red", "?", "no column holds an address; there are: name, colour. Say which one with --map COLUMN=address" },
  { "two of a kind", "email,E-Mail", "a@example.org,b@example.org", "?",
    "columns 1 and 2 both are the address; name one of them otherwise, or use --map COLUMN=ignore" },
  { "hashes alone", "email_sha256,created", "00,1", "?",
    "it holds hashes, and nobody can tell whose: a hash cannot be turned back into an address. Ask for the addresses" },
  /* clang-format on */
};

/* A comma before a blank is one of RFC 5322. */
static char **
split (const char *text)
{
  return g_regex_split_simple (",(?! )", text, 0, 0);
}

static char *
say (const FilterImportWish *wish)
{
  return wish->wrong != NULL
             ? g_strconcat ("!", wish->wrong, NULL)
             : g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", meanings[wish->meaning], wish->address,
                                wish->at, wish->text != NULL ? wish->text : "-");
}

static void
test_line (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GHashTable) maps = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) names = g_strsplit (cases[i].columns, ",", -1), fields = split (cases[i].fields);
  g_autofree char *why = NULL;
  g_autoptr (FilterImportLayout) layout = filter_import_layout_new ((const char *const *)names, maps, &why);
  if (layout == NULL)
    {
      g_assert_cmpstr (why, ==, cases[i].said);
      return;
    }
  FilterImportWish wish;
  filter_import_layout_read (layout, (const char *const *)fields, &wish);
  g_autofree char *said = say (&wish);
  g_assert_cmpstr (filter_import_layout_provider (layout), ==, cases[i].provider);
  g_assert_cmpstr (said, ==, cases[i].said);
  filter_import_wish_clear (&wish);
}

static const struct
{
  const char *name, *line, *fields;
} objects[] = {
  { "members", "{\"email\":\"a@example.org\",\"n\":7,\"x\":1.5,\"yes\":true,\"none\":null}",
    "email=a@example.org n=7 x=1.500 yes=true none=" },
  { "a list", "{\"tags\":[\"a\",\"b\"],\"empty\":[]}", "tags=a\nb" },
  { "other objects are left out", "{\"a\":{\"b\":1},\"c\":[{\"d\":1}],\"e\":2}", "e=2" },
  { "objects in a list that providers use",
    "{\"lists\":[{\"id\":1,\"subscription_status\":\"confirmed\"},{\"id\":2,\"subscription_status\":"
    "\"unsubscribed\"}]}",
    "lists.id=1\n2 lists.subscription_status=confirmed\nunsubscribed" },
  { "no object", "[1]", NULL },
  { "half an object", "{\"a\":1", NULL },
  { "two of them", "{} {}", NULL },
  { "no number", "{\"a\":01}", NULL },
  { "no number either", "{\"a\":1.}", NULL },
  { "nor this", "{\"a\":+1}", NULL },
};

static void
test_object (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) names = NULL, values = NULL;
  gboolean read = filter_import_json_fields (objects[i].line, &names, &values);
  g_assert_cmpint (read, ==, objects[i].fields != NULL);
  if (!read)
    return;
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint n = 0; names[n] != NULL; n++)
    g_string_append_printf (all, "%s%s=%s", n > 0 ? " " : "", names[n], values[n]);
  g_assert_cmpstr (all->str, ==, objects[i].fields);
}

static void
test_map (void)
{
  static const char *const names[] = { "Kontakt", "Grund", "e-mail", NULL }, *const fields[]
                                                                             = { "a@example.org", "spam",
                                                                                 "b@example.org" };
  g_autoptr (GHashTable) maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *why = NULL;
  g_assert_true (filter_import_map (maps, "Kontakt=address"));
  g_assert_true (filter_import_map (maps, "Grund=reason"));
  g_assert_false (filter_import_map (maps, "Grund"));
  g_assert_false (filter_import_map (maps, "Grund=colour"));
  g_autoptr (FilterImportLayout) layout = filter_import_layout_new (names, maps, &why);
  FilterImportWish wish;
  filter_import_layout_read (layout, fields, &wish);
  g_assert_cmpstr (wish.address, ==, "a@example.org");
  g_assert_cmpint (wish.meaning, ==, FILTER_IMPORT_COMPLAINT);
  filter_import_wish_clear (&wish);
  g_assert_true (filter_import_map (maps, "Telefon=text"));
  g_assert_null (filter_import_layout_new (names, maps, &why));
  g_assert_cmpstr (why, ==, "there is no column telefon, which --map names");
}

static void
test_text (void)
{
  static const char *const names[] = { "email", "reason", NULL };
  g_autoptr (GHashTable) maps = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) reason = g_string_new (NULL);
  g_autofree char *why = NULL;
  while (reason->len < 1000)
    g_string_append (reason, "\303\274");
  const char *const fields[] = { "a@example.org", reason->str };
  g_autoptr (FilterImportLayout) layout = filter_import_layout_new (names, maps, &why);
  FilterImportWish wish;
  filter_import_layout_read (layout, fields, &wish);
  g_assert_cmpuint (strlen (wish.text), ==, 2 * FILTER_IMPORT_TEXT_MOST);
  g_assert_true (g_utf8_validate (wish.text, -1, NULL));
  filter_import_wish_clear (&wish);
}

static const struct
{
  const char *text;
  gint64 at;
} times[] = {
  { "", 0 },
  { "0", 0 },
  { "0000-00-00 00:00:00", 0 },
  { "1586552585", 1586552585 },
  { "1586552585.999", 1586552585 },
  { "1586552585123", 1586552585 },
  { "20200410", -1 },
  { "2020", -1 },
  { "2020-04-10", 1586476800 },
  { "2020-04-10T21:03:05Z", 1586552585 },
  { "2020-04-10 21:03:05", 1586552585 },
  { "2020-04-10 21:03", 1586552580 },
  { "2020-04-10T21:03:05.123456+02:00", 1586545385 },
  { "2020-04-10 21:03:05-0500", 1586570585 },
  { "2020-04-10 21:03:05.1 +0200 CEST", 1586545385 },
  { "2020-04-10 21:03:05 UTC", 1586552585 },
  { "2020-04-10 21:03:05 CEST", -1 },
  { "2020-04-10 9:03 PM", -1 },
  { "2020-13-10", -1 },
  { "2020-02-30", -1 },
  { "2020-04-10x", -1 },
  { "Fri, 10 Apr 2020 21:03:05 +0000", 1586552585 },
  { "Apr 10, 2020 09:03 PM", -1 },
  { "10/04/2020 21:03", -1 },
  { "10.04.2020", -1 },
  { "yesterday", -1 },
};

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_test_message ("%s", times[i].text);
      g_assert_cmpint (filter_date_field (times[i].text), ==, times[i].at);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/line/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_autofree char *path = g_strconcat ("/import/object/", objects[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_object);
    }
  g_test_add_func ("/import/the user says what columns are for", test_map);
  g_test_add_func ("/import/a provider's words are cut", test_text);
  g_test_add_func ("/import/times that can be told, and those that cannot", test_times);
  return g_test_run ();
}
