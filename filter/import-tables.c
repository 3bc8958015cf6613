/* import-tables.c - how mail providers name columns and reasons. Each row is in the table of optout(1),
 * section IMPORT. */
#include "import-layout.h"

#define COMPLAINT FILTER_IMPORT_COMPLAINT
#define PERSON FILTER_IMPORT_PERSON
#define SERVICE FILTER_IMPORT_SERVICE
#define BOUNCE FILTER_IMPORT_BOUNCE
#define TEMPORARY FILTER_IMPORT_TEMPORARY
#define SUBSCRIBED FILTER_IMPORT_SUBSCRIBED
#define OTHER FILTER_IMPORT_OTHER
#define UNSAID FILTER_IMPORT_UNSAID

/* clang-format off */
const FilterImportColumn filter_import_columns[] = {
  /* whose; Mailchimp has a postal "Address" beside */
  { "emailaddress", FILTER_IMPORT_ADDRESS, UNSAID, NULL },
  { "email", FILTER_IMPORT_ADDRESS, UNSAID, NULL },
  { "subscriberemail", FILTER_IMPORT_ADDRESS, UNSAID, NULL },
  { "mail", FILTER_IMPORT_ADDRESS, UNSAID, NULL },
  { "address", FILTER_IMPORT_ADDRESS, UNSAID, NULL },
  { "hash", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "hmac", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "sha256", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "md5", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "emailhash", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "emailsha256", FILTER_IMPORT_HASH, UNSAID, NULL },
  { "emailmd5", FILTER_IMPORT_HASH, UNSAID, NULL },

  /* stopped or not, and why */
  { "channel", FILTER_IMPORT_CHANNEL, UNSAID, "Mautic" },
  { "donotcontactchannel", FILTER_IMPORT_CHANNEL, UNSAID, NULL },
  { "donotcontactreason", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "donotcontact", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "donotemail", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "dnc", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "dncreason", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "reason", FILTER_IMPORT_STOPPED, UNSAID, "Mautic" },
  { "blacklisted", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "isthissubscriberblacklisted", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "isthisuserblacklisted", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "unsubscribed", FILTER_IMPORT_STOPPED, UNSAID, NULL },
  { "subscriptionstatus", FILTER_IMPORT_STATUS, UNSAID, NULL },
  { "listssubscriptionstatus", FILTER_IMPORT_STATUS, UNSAID, NULL },
  { "status", FILTER_IMPORT_STATUS, UNSAID, NULL },
  { "type", FILTER_IMPORT_STATUS, UNSAID, "listmonk" },
  { "suppressionreason", FILTER_IMPORT_REASON, UNSAID, NULL },
  { "unsubreason", FILTER_IMPORT_REASON, UNSAID, NULL },
  { "reason", FILTER_IMPORT_REASON, UNSAID, NULL },
  { "origin", FILTER_IMPORT_ORIGIN, UNSAID, "Postmark" },
  { "code", FILTER_IMPORT_STATUS, UNSAID, "Mailgun" },

  /* since when: what tells of the opt-out before what tells of the contact */
  { "unsubtime", FILTER_IMPORT_TIME, PERSON, NULL },
  { "cleantime", FILTER_IMPORT_TIME, BOUNCE, NULL },
  { "unsubscribedat", FILTER_IMPORT_TIME, PERSON, NULL },
  { "donotcontactdateadded", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "dncdateadded", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "blacklistdate", FILTER_IMPORT_TIME, PERSON, NULL },
  { "blacklistedat", FILTER_IMPORT_TIME, PERSON, NULL },
  { "since", FILTER_IMPORT_TIME, UNSAID, "optout" },
  { "lastupdatetime", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "updatedat", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "modified", FILTER_IMPORT_TIME, UNSAID, "phpList" },
  { "lastmodified", FILTER_IMPORT_TIME, UNSAID, "phpList" },
  { "added", FILTER_IMPORT_TIME, UNSAID, "phpList" },
  { "lastchanged", FILTER_IMPORT_TIME, UNSAID, "Mailchimp" },
  { "createdat", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "created", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "dateadded", FILTER_IMPORT_TIME, UNSAID, NULL },
  { "confirmtime", FILTER_IMPORT_OPT_IN_TIME, UNSAID, NULL },
  { "optintime", FILTER_IMPORT_OPT_IN_TIME, UNSAID, NULL },

  /* what else is kept */
  { "category", FILTER_IMPORT_CATEGORY, UNSAID, "optout" },
  { "except", FILTER_IMPORT_EXCEPT, UNSAID, "optout" },
  { "event", FILTER_IMPORT_TEXT, UNSAID, "optout" },
  { "error", FILTER_IMPORT_TEXT, UNSAID, "Mailgun" },
  { "tags", FILTER_IMPORT_TEXT, UNSAID, "Mailgun" },
  { "groupname", FILTER_IMPORT_TEXT, UNSAID, "SendGrid" },
  { "unsubcampaigntitle", FILTER_IMPORT_TEXT, UNSAID, "Mailchimp" },
  { "unsubreasonother", FILTER_IMPORT_TEXT, UNSAID, "Mailchimp" },
  { "cleancampaigntitle", FILTER_IMPORT_TEXT, UNSAID, "Mailchimp" },
  { "donotcontactcomments", FILTER_IMPORT_TEXT, UNSAID, "Mautic" },
  { "comments", FILTER_IMPORT_TEXT, UNSAID, "Mautic" },
  { NULL, FILTER_IMPORT_IGNORED, UNSAID, NULL },
};

const FilterImportProvider filter_import_providers[] = {
  { "optout", { "address", "category", "reason", "since" }, UNSAID },
  { "SES", { "emailaddress", "reason", "lastupdatetime" }, UNSAID },
  { "Postmark", { "emailaddress", "suppressionreason" }, UNSAID },
  { "SendGrid", { "email", "created", "status", "reason" }, UNSAID },  /* bounces and blocks look alike */
  { "SendGrid", { "email", "created", "ip" }, COMPLAINT },             /* spam reports */
  { "SendGrid", { "email", "created", "reason" }, BOUNCE },            /* invalid addresses */
  { "SendGrid", { "email", "groupid" }, PERSON },                      /* unsubscribes of a group */
  { "SendGrid", { "email", "created" }, PERSON },                      /* unsubscribes */
  { "Mailgun", { "address", "code", "error" }, BOUNCE },
  { "Mailgun", { "address", "tags" }, PERSON },
  { "Mailgun", { "address", "createdat" }, COMPLAINT },
  { "Mailchimp", { "emailaddress", "unsubtime" }, PERSON },
  { "Mailchimp", { "emailaddress", "cleantime" }, BOUNCE },
  { "Mailchimp", { "emailaddress", "optintime" }, SUBSCRIBED },
  { "Mautic", { "email", "donotcontact" }, UNSAID },
  { "Mautic", { "email", "donotcontactreason" }, UNSAID },
  { "Mautic", { "email", "dnc" }, UNSAID },
  { "Mautic", { "email", "channel", "reason" }, UNSAID },
  { "listmonk", { "email", "uuid", "status" }, UNSAID },
  { "listmonk", { "email", "subscriberuuid", "type" }, UNSAID },
  { "listmonk", { "email", "subscriptionstatus" }, UNSAID },
  { "listmonk", { "email", "listssubscriptionstatus" }, UNSAID },
  { "phpList", { "email", "blacklisted" }, UNSAID },
  { "phpList", { "email", "isthissubscriberblacklisted" }, UNSAID },
  { "phpList", { "email", "isthisuserblacklisted" }, UNSAID },
  { "phpList", { "email", "added" }, PERSON },                         /* its table of blacklisted addresses */
  { NULL, { NULL }, PERSON },
};

#define WORDS (FILTER_IMPORT_REASON | FILTER_IMPORT_STATUS)
#define EITHER (FILTER_IMPORT_STOPPED | FILTER_IMPORT_STATUS | FILTER_IMPORT_REASON)
#define STOPPED FILTER_IMPORT_STOPPED
#define ORIGIN FILTER_IMPORT_ORIGIN
#define CHANNEL FILTER_IMPORT_CHANNEL

const FilterImportWord filter_import_words[] = {
  { WORDS, "complaint", COMPLAINT },
  { WORDS, "complained", COMPLAINT },
  { WORDS, "spam", COMPLAINT },
  { WORDS, "spamcomplaint", COMPLAINT },
  { WORDS, "spamreport", COMPLAINT },
  { WORDS, "abuse", COMPLAINT },
  { WORDS, "abusecomplaint", COMPLAINT },
  { EITHER, "unsubscribed", PERSON },
  { EITHER, "unsubscribe", PERSON },
  { WORDS, "person", PERSON },
  { WORDS | ORIGIN, "recipient", PERSON },
  { WORDS, "optout", PERSON },
  { WORDS, "optedout", PERSON },
  { WORDS, "blocklisted", PERSON }, /* by the person or by staff: on the safe side */
  { WORDS, "blacklisted", PERSON },
  { EITHER, "manual", SERVICE },
  { WORDS, "manualsuppression", SERVICE },
  { WORDS, "customerservice", SERVICE },
  { WORDS | ORIGIN, "admin", SERVICE },
  { WORDS | ORIGIN, "customer", SERVICE },
  { WORDS, "naunsubscribedbyanadmin", SERVICE },
  { WORDS, "disabled", SERVICE },
  { EITHER, "bounced", BOUNCE },
  { WORDS, "bounce", BOUNCE },
  { WORDS, "hardbounce", BOUNCE },
  { WORDS, "hard", BOUNCE },
  { WORDS, "invalid", BOUNCE },
  { WORDS, "cleaned", BOUNCE },
  { WORDS, "soft", TEMPORARY },
  { WORDS, "softbounce", TEMPORARY },
  { WORDS, "transient", TEMPORARY },
  { WORDS, "block", TEMPORARY },
  { WORDS, "blocked", TEMPORARY },
  { WORDS, "subscribed", SUBSCRIBED },
  { WORDS, "enabled", SUBSCRIBED },
  { WORDS, "confirmed", SUBSCRIBED },
  { WORDS, "active", SUBSCRIBED },
  { WORDS, "unconfirmed", OTHER },
  { WORDS, "pending", OTHER },
  { WORDS, "review", OTHER }, /* of our own: not decided yet */
  { STOPPED, "1", PERSON },
  { STOPPED, "yes", PERSON },
  { STOPPED, "true", PERSON },
  { STOPPED, "2", BOUNCE }, /* Mautic */
  { STOPPED, "3", SERVICE },
  { STOPPED, "0", SUBSCRIBED },
  { STOPPED, "no", SUBSCRIBED },
  { STOPPED, "false", SUBSCRIBED },
  { CHANNEL, "email", UNSAID },
  { CHANNEL, "mail", UNSAID },
  { 0, NULL, UNSAID },
};
/* clang-format on */
