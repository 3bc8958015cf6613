/* config-table.c - every setting: its group, key, kind, default and meaning. */
#include "config-table.h"
#include "clock.h"

#include <string.h>

#include "parser.h"

#define FIELD(type) (*(type *)((char *)base + key->offset))

static void
set_text (const FilterKey *key, gpointer base, char *text)
{
  g_free (FIELD (char *));
  FIELD (char *) = text;
}

static char *
parse_text (const FilterKey *key, const char *value, gpointer base)
{
  set_text (key, base, *value != '\0' ? g_strdup (value) : NULL);
  return NULL;
}

static char *
parse_flag (const FilterKey *key, const char *value, gpointer base)
{
  static const char *const names[] = { "no", "yes", "false", "true", "0", "1", NULL };
  for (int i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (value, names[i]) == 0)
      {
        FIELD (gboolean) = i % 2;
        return NULL;
      }
  return g_strdup ("is neither yes nor no");
}

static char *
parse_number (const FilterKey *key, const char *value, gpointer base)
{
  guint64 number;
  if (!g_ascii_string_to_unsigned (value, 10, key->least, key->most, &number, NULL))
    return g_strdup_printf ("is not a number from %u to %u", key->least, key->most);
  FIELD (guint) = (guint)number;
  return NULL;
}

static char *
parse_choice (const FilterKey *key, const char *value, gpointer base)
{
  for (int i = 0; key->choices[i] != NULL; i++)
    if (g_str_equal (value, key->choices[i]))
      {
        FIELD (int) = i;
        return NULL;
      }
  g_autofree char *list = g_strjoinv (", ", (char **)key->choices);
  return g_strdup_printf ("is none of: %s", list);
}

static char *
parse_list (const FilterKey *key, const char *value, gpointer base)
{
  g_auto (GStrv) pieces = g_strsplit (value, ";", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  for (char **piece = pieces; *piece != NULL; piece++)
    if (*g_strstrip (*piece) != '\0')
      g_ptr_array_add (list, g_strdup (*piece));
  g_ptr_array_add (list, NULL);
  g_strfreev (FIELD (char **));
  FIELD (char **) = (char **)g_ptr_array_steal (list, NULL);
  return NULL;
}

static char *
parse_days (const FilterKey *key, const char *value, gpointer base)
{
  g_auto (GStrv) pieces = g_strsplit (value, ";", -1);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (char **piece = pieces; *piece != NULL; piece++)
    {
      gint64 day;
      if (*g_strstrip (*piece) == '\0')
        continue;
      if (!filter_clock_parse_day (*piece, &day))
        return g_strdup_printf ("holds \"%s\", which is no date like 2026-12-25", *piece);
      g_array_append_val (days, day);
    }
  g_clear_pointer (&FIELD (GArray *), g_array_unref);
  FIELD (GArray *) = g_steal_pointer (&days);
  return NULL;
}

/* A list of domains, each as the store has them. */
static char *
parse_domains (const FilterKey *key, const char *value, gpointer base)
{
  char *why = parse_list (key, value, base);
  for (char **domain = FIELD (char **); why == NULL && *domain != NULL; domain++)
    {
      g_autofree char *address = g_strconcat ("a@", *domain, NULL);
      g_autofree char *canonical = strchr (*domain, '@') == NULL ? parser_address_canonical (address) : NULL;
      if (canonical == NULL)
        return g_strdup_printf ("holds \"%s\", which is no domain", *domain);
      g_free (*domain);
      *domain = g_strdup (canonical + strlen ("a@"));
    }
  return why;
}

/* A list of phrases, each in the form of the lexicon. */
static char *
parse_phrases (const FilterKey *key, const char *value, gpointer base)
{
  const FilterWords *words = base;
  char *why = parse_list (key, value, base);
  for (char **phrase = FIELD (char **); why == NULL && *phrase != NULL; phrase++)
    {
      g_autofree char *wrong = parser_words_check (words->language, key->key, *phrase);
      if (wrong != NULL)
        why = g_strdup_printf ("cannot be read: %s", wrong);
    }
  return why;
}

static char *
parse_address (const FilterKey *key, const char *value, gpointer base)
{
  char *address = parser_address_canonical (value);
  if (address == NULL)
    return g_strdup ("is not an address");
  set_text (key, base, address);
  return NULL;
}

/* Addresses, and domains behind an "@"; as envelopes have them once they are canonical. */
static char *
parse_senders (const FilterKey *key, const char *value, gpointer base)
{
  char *why = parse_list (key, value, base);
  for (char **sender = FIELD (char **); why == NULL && *sender != NULL; sender++)
    {
      gsize domain = **sender == '@' ? 1 : 0;
      g_autofree char *text = g_strconcat (domain == 1 ? "x" : "", *sender, NULL);
      g_autofree char *address = parser_address_canonical (text);
      if (address == NULL)
        return g_strdup_printf ("has %s, which is neither an address nor a domain behind an @", *sender);
      g_free (*sender);
      *sender = g_strdup (address + domain);
    }
  return why;
}

/* Name <address>, or the address alone. */
static char *
parse_from (const FilterKey *key, const char *value, gpointer base)
{
  FilterConfig *config = base;
  const char *angle = strrchr (value, '<');
  char *why = parse_address (key, angle != NULL ? angle : value, base);
  if (why != NULL)
    return why;
  g_autofree char *name = angle != NULL ? g_strstrip (g_strndup (value, (gsize)(angle - value))) : NULL;
  gsize length = name != NULL ? strlen (name) : 0;
  gboolean quoted = length >= 2 && name[0] == '"' && name[length - 1] == '"';
  g_free (config->reply_from_name);
  config->reply_from_name = length == 0 ? NULL
                            : quoted    ? g_strndup (name + 1, length - 2)
                                        : g_steal_pointer (&name);
  return NULL;
}

/* A language that there are texts in, built in; others may come from the folder of templates. */
static char *
parse_language (const FilterKey *key, const char *value, gpointer base)
{
  if (strlen (value) < 2
      || value[strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] != '\0')
    return g_strdup ("is no language like de or zh-Hant");
  return parse_text (key, value, base);
}

/* A link stands in a text whole, between blanks. */
static char *
parse_link (const FilterKey *key, const char *value, gpointer base)
{
  gboolean web = g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://");
  for (const char *c = value; *c != '\0' && web; c++)
    web = g_ascii_isgraph (*c) && strchr ("\"<>{}", *c) == NULL;
  if (!web || strlen (value) > 200)
    return g_strdup ("is no https:// address of at most 200 characters");
  return parse_text (key, value, base);
}

static char *
parse_folder (const FilterKey *key, const char *value, gpointer base)
{
  return *value == '/' || *value == '\0' ? parse_text (key, value, base)
                                         : g_strdup ("is no path from the root");
}

/* What mail servers have between a mailbox and what follows it. */
static char *
parse_delimiter (const FilterKey *key, const char *value, gpointer base)
{
  if (*value != '\0' && (strlen (value) != 1 || strchr ("+-=_#", *value) == NULL))
    return g_strdup ("is none of: + - = _ #");
  return parse_text (key, value, base);
}

/* R82: what stands between angle brackets in List-Unsubscribe. */
static char *
parse_url (const FilterKey *key, const char *value, gpointer base)
{
  g_autoptr (GString) url = g_string_new (value);
  guint tokens = g_string_replace (url, "{token}", "oo", 0);
  g_autoptr (GUri) uri = g_uri_parse (url->str, G_URI_FLAGS_ENCODED, NULL);
  if (*value != '\0' && tokens == 0)
    return g_strdup ("lacks {token}");
  if (*value != '\0'
      && (uri == NULL || strcmp (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL
          || *g_uri_get_host (uri) == '\0' || url->str[strcspn (url->str, " <>\"{}\\^`|")] != '\0'
          || !g_str_is_ascii (url->str)))
    return g_strdup ("is not an https URI");
  return parse_text (key, value, base);
}

/* sendmail:ADDRESS, maildir:PATH, none */
static char *
parse_pass (const FilterKey *key, const char *value, gpointer base)
{
  char *pass = NULL;
  if (g_str_has_prefix (value, "maildir:/"))
    pass = g_strdup (value);
  else if (g_str_has_prefix (value, "sendmail:"))
    {
      g_autofree char *address = parser_address_canonical (value + strlen ("sendmail:"));
      if (address != NULL && address[0] != '-') /* R13 */
        pass = g_strdup (value);
    }
  if (pass == NULL && !g_str_equal (value, "none"))
    return g_strdup ("is none of: sendmail:ADDRESS, maildir:/PATH, none");
  set_text (key, base, pass);
  return NULL;
}

/* A list out of the choices. */
static char *
parse_methods (const FilterKey *key, const char *value, gpointer base)
{
  char *why = parse_list (key, value, base);
  for (char **method = FIELD (char **); why == NULL && *method != NULL; method++)
    if (!g_strv_contains (key->choices, *method))
      why = g_strdup_printf ("has %s, which is none of: dkim, spf, dmarc", *method);
  return why;
}

static const char *const methods[] = { "dkim", "spf", "dmarc", NULL };
static const char *const modes[] = { "active", "observe", NULL };
static const char *const questions[] = { "review", "record", NULL };
static const char *const whens[] = { "auto", "authenticated", "never", NULL };
static const char *const tls_modes[] = { "auto", "required", "when-offered", "no", NULL };
static const char *const defaults[] = { "in", "out", NULL };
static const char *const roles[] = { "mixed", "unsubscribe", "newsletter", "preferences", NULL };

#define OF(member) G_STRUCT_OFFSET (FilterConfig, member)
#define OF_MAILBOX(member) G_STRUCT_OFFSET (FilterMailbox, member)
#define OF_CATEGORY(member) G_STRUCT_OFFSET (FilterCategory, member)
#define OF_WORDS(n) G_STRUCT_OFFSET (FilterWords, phrases[n])

/* clang-format off */
const FilterKey filter_config_keys[] = {
  { "optout", "organisation", parse_text, OF (organisation), NULL, NULL, 0, 0, "who speaks in confirmations; unset: the name or domain of [reply] from" },
  { "optout", "user", parse_text, OF (user), NULL, NULL, 0, 0, "whom deliver and filter become when they are started as root" },
  { "optout", "store", parse_text, OF (store), "sqlite:/var/lib/optout/consent.db", NULL, 0, 0, "where consent is remembered" },
  { "optout", "secret-file", parse_text, OF (secret_file), "/etc/optout/secret", NULL, 0, 0, "the keys, made by 'optout init'" },
  { "optout", "sendmail", parse_text, OF (sendmail), FILTER_SENDMAIL, NULL, 0, 0, "the program that sends confirmations and hands mail on" },
  { "optout", "postmap", parse_text, OF (postmap), FILTER_POSTMAP, NULL, 0, 0, "the program that makes Postfix's tables" },
  { "optout", "mode", parse_choice, OF (observe), "active", modes, 0, 0, "observe logs verdicts, writes nothing, passes everything" },
  { "optout", "authserv-id", parse_text, OF (authserv_id), NULL, NULL, 0, 0, "whose Authentication-Results are ours" },
  { "optout", "trust-authentication-results", parse_flag, OF (trust_authentication_results), "no", NULL, 0, 0, "yes once the border mail server removes forged ones" },
  { "optout", "authentication-methods", parse_methods, OF (authentication_methods), "", methods, 0, 0, "which of dkim, spf and dmarc your filters check, separated by ;; unset: all" },
  { "optout", "questions", parse_choice, OF (record_questions), "review", questions, 0, 0, "what a question (how do I get off this list?) becomes" },
  { "optout", "deadline", parse_number, OF (deadline_s), "60", NULL, 1, 899, "seconds after which deliver and filter give up with 75" },
  { "optout", "case-days", parse_number, OF (case_days), "30", NULL, 1, 31, "a person's request is due after so many days, or one calendar month where that is earlier" },
  { "optout", "flood-per-hour", parse_number, OF (flood_per_hour), "200", NULL, 0, 1000000, "more opt-outs in an hour that nothing proves are a flood: told, and not answered; 0: never" },
  { "optout", "evidence-days", parse_number, OF (evidence_days), "0", NULL, 0, 36500, "words and evidence of events are removed after so many days; 0: never" },
  { "optout", "seal", parse_flag, OF (seal), "no", NULL, 0, 0, "yes keeps the whole mail that a recorded wish rests on" },
  { "optout", "sealed-days", parse_number, OF (sealed_days), "0", NULL, 0, 36500, "such mails are removed after so many days; 0: never" },
  { "optout", "holidays", parse_days, OF (holidays), "", NULL, 0, 0, "days that are no business days, separated by ;" },
  { "optout", "policy-url", parse_text, OF (policy_url), NULL, NULL, 0, 0, "where your privacy policy stands; kept with each event" },
  { "optout", "jurisdiction", parse_text, OF (jurisdiction), NULL, NULL, 0, 0, "the law you record opt-outs under, in your words; kept with each event" },
  { "optout", "domains", parse_domains, OF (domains), NULL, NULL, 0, 0, "domains that our own people write from, a list; unset: those of the mailboxes and of [reply] from" },
  { "optout", "dotless-domains", parse_domains, OF (dotless_domains), "", NULL, 0, 0, "domains where dots in front of the @ mean nothing, separated by ;" },
  { "optout", "partner-days", parse_number, OF (partner_days), "10", NULL, 1, 366, "business days in which a partner must have confirmed an opt-out" },
  { "reply", "from", parse_from, OF (reply_from), NULL, NULL, 0, 0, "the From of confirmations; unset: none is sent" },
  { "reply", "submit", filter_config_parse_submit, 0, "sendmail", NULL, 0, 0, "how confirmations are sent: sendmail, smtp://HOST[:PORT], smtps://HOST[:PORT] or lmtp:unix:/PATH" },
  { "reply", "tls", parse_choice, OF (tls), "auto", tls_modes, 0, 0, "whether the way to that server must be encrypted and its certificate right" },
  { "reply", "ca-file", parse_text, OF (ca_file), NULL, NULL, 0, 0, "who may vouch for its certificate; unset: whom the system trusts" },
  { "reply", "user", parse_text, OF (submit_user), NULL, NULL, 0, 0, "by which name optout logs in to it; unset: it does not" },
  { "reply", "password-file", parse_text, OF (password_file), NULL, NULL, 0, 0, "the file with the password, mode 0600" },
  { "reply", "timeout", parse_number, OF (submit_timeout_s), "60", NULL, 1, 600, "seconds that server gets for a connection, and for each mail" },
  { "reply", "smtputf8", parse_flag, OF (smtputf8), "no", NULL, 0, 0, "yes: sendmail takes addresses beyond ASCII, so they are answered too" },
  { "reply", "once-per-days", parse_number, OF (once_per_days), "7", NULL, 1, 365, "an address gets one confirmation of a kind in so many days" },
  { "reply", "when", parse_choice, OF (when), "auto", whens, 0, 0, "which clear wishes are confirmed" },
  { "reply", "per-hour", parse_number, OF (per_hour), "500", NULL, 1, 1000000, "confirmations an hour, all together" },
  { "reply", "per-domain-per-hour", parse_number, OF (per_domain_per_hour), "100", NULL, 1, 1000000, "confirmations an hour to one domain" },
  { "reply", "per-subject-per-hour", parse_number, OF (per_subject_per_hour), "20", NULL, 1, 1000000, "confirmations an hour to mail that answers nothing of yours and has the same subject" },
  { "reply", "envelope-sender", parse_address, OF (envelope_sender), NULL, NULL, 0, 0, "the envelope sender of confirmations, a mailbox that comes back to optout; unset: the null sender" },
  { "reply", "language", parse_language, OF (reply_language), NULL, NULL, 0, 0, "of confirmations where the mail's own language has none; unset: English" },
  { "reply", "html", parse_flag, OF (reply_html), "no", NULL, 0, 0, "yes: confirmations have their text as a page too" },
  { "reply", "preferences-url", parse_link, OF (preferences_url), NULL, NULL, 0, 0, "a page where people choose what they get; named in confirmations" },
  { "reply", "templates", parse_folder, OF (templates_folder), NULL, NULL, 0, 0, "a folder with texts of yours for confirmations, over the built-in ones" },
  { "unsubscribe", "address", parse_address, OF (unsubscribe_address), NULL, NULL, 0, 0, "where opt-outs by mail go to; unset: the first mailbox of role unsubscribe" },
  { "unsubscribe", "delimiter", parse_delimiter, OF (delimiter), NULL, NULL, 0, 0, "what your mail server has between a mailbox and its sub-address; unset: tokens stand in the subject" },
  { "unsubscribe", "url", parse_url, OF (unsubscribe_url), NULL, NULL, 0, 0, "the https address of your page for one-click opt-outs, with {token} in it; unset: none" },
  { "notify", "to", parse_address, OF (notify_to), NULL, NULL, 0, 0, "who gets the daily notice of what waits for a person: mails and cases" },
  { "log", "verdicts", parse_text, OF (verdicts), NULL, NULL, 0, 0, "a file to which each verdict is appended, one JSON object a line" },
  { "log", "log-addresses", parse_flag, OF (log_addresses), "no", NULL, 0, 0, "addresses in the mail log too" },
  { "category", "title", parse_text, OF_CATEGORY (title), NULL, NULL, 0, 0, "what people call it, also title[LANGUAGE]; unset: its name" },
  { "category", "words", parse_list, OF_CATEGORY (words), "", NULL, 0, 0, "other words for it, separated by ;" },
  { "category", "senders", parse_senders, OF_CATEGORY (senders), "", NULL, 0, 0, "envelope senders of its mail, addresses or @domain, separated by ;" },
  { "category", "essential", parse_flag, OF_CATEGORY (essential), "no", NULL, 0, 0, "mail that must go out: there is no opt-out of it" },
  { "category", "default", parse_choice, OF_CATEGORY (is_out), "in", defaults, 0, 0, "out: it goes only to who opted in" },
  { "mailbox", "role", parse_choice, OF_MAILBOX (role), "mixed", roles, 0, 0, "what this address is for" },
  { "mailbox", "pass", parse_pass, OF_MAILBOX (pass), "none", NULL, 0, 0, "where deliver hands the mail on" },
  { "mailbox", "copy", parse_flag, OF_MAILBOX (copy), "no", NULL, 0, 0, "yes: the mail server delivers the original too" },
  { "mailbox", "list-ids", parse_list, OF_MAILBOX (list_ids), "", NULL, 0, 0, "groups of ours in front of it, separated by ;" },
  { "mailbox", "footers", parse_list, OF_MAILBOX (footers), "", NULL, 0, 0, "files with texts of ours, never evidence, separated by ;" },
  { "words", "leave", parse_phrases, OF_WORDS (0), "", NULL, 0, 0, "ways to leave a list: unsubscribe" },
  { "words", "remove", parse_phrases, OF_WORDS (1), "", NULL, 0, 0, "actions that say whom or from what: take ... off" },
  { "words", "stop", parse_phrases, OF_WORDS (2), "", NULL, 0, 0, "actions that say what: stop, no more" },
  { "words", "refuse", parse_phrases, OF_WORDS (3), "", NULL, 0, 0, "not wanting, before it is said what: do not send" },
  { "words", "wish", parse_phrases, OF_WORDS (4), "", NULL, 0, 0, "sentences that leave no doubt: leave me alone" },
  { "words", "command", parse_phrases, OF_WORDS (5), "", NULL, 0, 0, "words that are a wish only on their own: stop" },
  { "words", "mail", parse_phrases, OF_WORDS (6), "", NULL, 0, 0, "what you send: circular, digest" },
  { "words", "list", parse_phrases, OF_WORDS (7), "", NULL, 0, 0, "what one can be taken off: circle of friends" },
  { "words", "thing", parse_phrases, OF_WORDS (8), "", NULL, 0, 0, "what else one cancels or removes: order, course" },
  { "words", "about", parse_phrases, OF_WORDS (9), "", NULL, 0, 0, "talk about unsubscribing that is no wish: unsubscribe page" },
  { "words", "offer", parse_phrases, OF_WORDS (10), "", NULL, 0, 0, "words by which mailings tell how to leave: click here" },
  { NULL, NULL, NULL, 0, NULL, NULL, 0, 0, NULL },
};
/* In the order of FilterWords.phrases. */
const char *const filter_config_headings[FILTER_HEADINGS] = {
  "leave", "remove", "stop", "refuse", "wish", "command", "mail", "list", "thing", "about", "offer",
};
/* clang-format on */

const FilterKey *
filter_config_key (const char *group, const char *key)
{
  for (const FilterKey *row = filter_config_keys; row->group != NULL; row++)
    if (g_str_equal (row->group, group) && g_str_equal (row->key, key))
      return row;
  return NULL;
}

gboolean
filter_config_has_group (const char *group)
{
  for (const FilterKey *row = filter_config_keys; row->group != NULL; row++)
    if (g_str_equal (row->group, group))
      return TRUE;
  return FALSE;
}

gboolean
filter_config_is_many (const char *group)
{
  return g_str_equal (group, "mailbox") || g_str_equal (group, "category") || g_str_equal (group, "words");
}

void
filter_config_set_defaults (const char *group, gpointer base)
{
  for (const FilterKey *row = filter_config_keys; row->group != NULL; row++)
    if (row->fallback != NULL
        && (group != NULL ? g_str_equal (row->group, group) : !filter_config_is_many (row->group)))
      {
        g_autofree char *why = row->parse (row, row->fallback, base);
        g_assert (why == NULL);
      }
}
