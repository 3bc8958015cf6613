/* config.c - the settings as values: making, looking up, showing and judging them. */
#include "config-table.h"

#include <string.h>

#include "parser.h"

FilterMailbox *
filter_mailbox_new (const char *address)
{
  FilterMailbox *mailbox = g_new0 (FilterMailbox, 1);
  filter_config_set_defaults ("mailbox", mailbox);
  mailbox->address = g_strdup (address);
  return mailbox;
}

void
filter_mailbox_free (FilterMailbox *mailbox)
{
  if (mailbox == NULL)
    return;
  g_free (mailbox->address);
  g_free (mailbox->pass);
  g_strfreev (mailbox->list_ids);
  g_strfreev (mailbox->footers);
  g_free (mailbox);
}

gboolean
filter_mailbox_lets_go (const FilterMailbox *mailbox)
{
  return mailbox != NULL && (mailbox->pass != NULL || mailbox->copy);
}

gboolean
filter_mailbox_keeps (const FilterMailbox *mailbox)
{
  return mailbox != NULL && !filter_mailbox_lets_go (mailbox)
         && (mailbox->role == FILTER_ROLE_UNSUBSCRIBE || mailbox->role == FILTER_ROLE_PREFERENCES);
}

FilterCategory *
filter_category_new (const char *name)
{
  FilterCategory *category = g_new0 (FilterCategory, 1);
  filter_config_set_defaults ("category", category);
  category->name = g_strdup (name);
  return category;
}

const char *
filter_category_title (const FilterCategory *category, const char *language)
{
  g_autofree char *tag = g_strdup (language != NULL ? language : "");
  while (*tag != '\0' && category->titles != NULL)
    {
      for (char **title = category->titles; *title != NULL; title += 2)
        if (g_ascii_strcasecmp (title[0], tag) == 0)
          return title[1];
      char *dash = strrchr (tag, '-');
      *(dash != NULL ? dash : tag) = '\0';
    }
  return category->title != NULL ? category->title : category->name;
}

void
filter_category_free (FilterCategory *category)
{
  if (category == NULL)
    return;
  g_free (category->name);
  g_free (category->title);
  g_strfreev (category->titles);
  g_strfreev (category->words);
  g_strfreev (category->senders);
  g_free (category);
}

FilterWords *
filter_words_new (const char *language)
{
  FilterWords *words = g_new0 (FilterWords, 1);
  words->language = g_strdup (language);
  filter_config_set_defaults ("words", words);
  return words;
}

void
filter_words_free (FilterWords *words)
{
  if (words == NULL)
    return;
  for (guint i = 0; i < FILTER_HEADINGS; i++)
    g_strfreev (words->phrases[i]);
  g_free (words->language);
  g_free (words);
}

void
filter_config_free (FilterConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->file);
  g_free (config->organisation);
  g_free (config->user);
  g_free (config->store);
  g_free (config->secret_file);
  g_free (config->sendmail);
  g_free (config->postmap);
  g_free (config->authserv_id);
  g_strfreev (config->authentication_methods);
  g_free (config->reply_from_name);
  g_free (config->reply_from);
  g_free (config->envelope_sender);
  g_free (config->submit_host);
  g_free (config->ca_file);
  g_free (config->submit_user);
  g_free (config->password_file);
  g_free (config->reply_language);
  g_free (config->templates_folder);
  g_free (config->preferences_url);
  g_ptr_array_unref (config->templates);
  g_ptr_array_unref (config->template_faults);
  g_free (config->unsubscribe_address);
  g_free (config->delimiter);
  g_free (config->unsubscribe_url);
  g_free (config->notify_to);
  g_free (config->verdicts);
  g_clear_pointer (&config->holidays, g_array_unref);
  g_strfreev (config->domains);
  g_strfreev (config->dotless_domains);
  g_free (config->policy_url);
  g_free (config->jurisdiction);
  g_ptr_array_unref (config->mailboxes);
  g_ptr_array_unref (config->categories);
  g_ptr_array_unref (config->words);
  g_clear_pointer (&config->key_file, g_key_file_unref);
  g_free (config->text);
  g_free (config);
}

static const FilterMailbox *
mailbox_exact (const FilterConfig *config, const char *canonical)
{
  for (guint i = 0; i < config->mailboxes->len; i++)
    {
      const FilterMailbox *mailbox = g_ptr_array_index (config->mailboxes, i);
      if (g_str_equal (mailbox->address, canonical))
        return mailbox;
    }
  return NULL;
}

/* @canonical without what stands behind a "+", or without a token behind the delimiter; NULL when it is no
 * sub-address. */
static char *
without_extension (const FilterConfig *config, const char *canonical)
{
  char *base = parser_address_base (canonical);
  g_autofree char *token = base == NULL && config->delimiter != NULL ? parser_token_find (canonical) : NULL;
  const char *at = token != NULL ? strstr (canonical, token) : NULL;
  if (at == NULL || at - canonical < 2 || at[-1] != *config->delimiter || at[strlen (token)] != '@')
    return base;
  return g_strdup_printf ("%.*s%s", (int)(at - canonical) - 1, canonical, at + strlen (token));
}

const FilterMailbox *
filter_config_mailbox (const FilterConfig *config, const char *address)
{
  g_autofree char *canonical = parser_address_recipient (address);
  if (canonical == NULL)
    return NULL;
  const FilterMailbox *mailbox = mailbox_exact (config, canonical);
  g_autofree char *base = mailbox == NULL ? without_extension (config, canonical) : NULL;
  return base != NULL ? mailbox_exact (config, base) : mailbox;
}

const FilterCategory *
filter_config_category (const FilterConfig *config, const char *name)
{
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (g_str_equal (category->name, name))
        return category;
    }
  return NULL;
}

static const FilterCategory *
category_of (const FilterConfig *config, const char *sender)
{
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (g_strv_contains ((const char *const *)category->senders, sender))
        return category;
    }
  return NULL;
}

const FilterCategory *
filter_config_sender (const FilterConfig *config, const char *sender)
{
  g_autofree char *address = parser_address_unwrap (sender);
  if (address == NULL)
    return NULL;
  const FilterCategory *category = category_of (config, address);
  g_autofree char *base = category == NULL ? parser_address_base (address) : NULL;
  if (base != NULL)
    category = category_of (config, base);
  return category != NULL ? category : category_of (config, strrchr (address, '@'));
}

gboolean
filter_config_is_own (const FilterConfig *config, const char *address)
{
  g_autofree char *base = address != NULL ? without_extension (config, address) : NULL;
  return g_strcmp0 (address, config->reply_from) == 0 || g_strcmp0 (address, config->envelope_sender) == 0
         || (base != NULL && g_strcmp0 (base, config->reply_from) == 0)
         || filter_config_mailbox (config, address) != NULL;
}

gboolean
filter_config_is_colleague (const FilterConfig *config, const char *address)
{
  return config->domains != NULL
         && g_strv_contains ((const char *const *)config->domains, strrchr (address, '@') + 1);
}

/* ---- the dump ---- */

static void
dump_key (GString *out, const FilterConfig *config, const FilterKey *row, const char *group, const char *key)
{
  g_autofree char *set = g_key_file_get_string (config->key_file, group, key, NULL);
  const char *value = set != NULL ? g_strstrip (set) : row->fallback != NULL ? row->fallback : "";
  g_autofree char *origin
      = set == NULL ? g_strdup ("default")
                    : g_strdup_printf ("%s:%u", config->file, filter_config_line (config->text, group, key));
  if (config->store_origin != NULL && row->offset == G_STRUCT_OFFSET (FilterConfig, store)
      && !filter_config_is_many (row->group))
    {
      value = config->store;
      g_free (origin);
      origin = g_strdup (config->store_origin);
    }
  g_string_append_printf (out, "# %s (%s)\n%s = %s\n", row->meaning, origin, key, value);
}

static void
dump_group (GString *out, const FilterConfig *config, const char *kind, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (config->key_file, group, NULL, NULL);
  g_string_append_printf (out, "%s[%s]\n", out->len > 0 ? "\n" : "", group);
  for (const FilterKey *row = filter_config_keys; row->group != NULL; row++)
    if (g_str_equal (row->group, kind))
      {
        dump_key (out, config, row, group, row->key);
        for (char **key = keys; key != NULL && *key != NULL; key++)
          if (g_str_has_prefix (*key, row->key) && (*key)[strlen (row->key)] == '[')
            dump_key (out, config, row, group, *key);
      }
}

static gboolean
is_of_kind (const char *group, const char *kind)
{
  return g_str_has_prefix (group, kind) && group[strlen (kind)] == ' ';
}

char *
filter_config_dump (const FilterConfig *config)
{
  static const char *const kinds[] = { "optout", "reply", "unsubscribe", "notify", "log" };
  static const char *const many[] = { "category", "mailbox", "words" };
  g_auto (GStrv) groups = g_key_file_get_groups (config->key_file, NULL);
  GString *out = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    dump_group (out, config, kinds[i], kinds[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    for (char **group = groups; *group != NULL; group++)
      if (is_of_kind (*group, many[i]))
        dump_group (out, config, many[i], *group);
  return g_string_free (out, FALSE);
}

/* ---- what loads and is perhaps not meant ---- */

static void G_GNUC_PRINTF (2, 3) warn (GPtrArray *warnings, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_ptr_array_add (warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
warn_of_mailbox (GPtrArray *warnings, const FilterConfig *config, const FilterMailbox *mailbox)
{
  if (!filter_mailbox_lets_go (mailbox) && !filter_mailbox_keeps (mailbox))
    warn (warnings, "[mailbox %s] has neither pass nor copy = yes: deliver defers its mail",
          mailbox->address);
  else if (!filter_mailbox_lets_go (mailbox) && config->observe)
    warn (warnings,
          "[mailbox %s] has neither pass nor copy = yes: with mode = observe deliver defers its mail",
          mailbox->address);
  if (mailbox->pass != NULL && g_str_has_prefix (mailbox->pass, "sendmail:")
      && filter_config_mailbox (config, mailbox->pass + strlen ("sendmail:")) != NULL)
    warn (warnings, "[mailbox %s] passes mail to a mailbox of ours: it may go round in a circle",
          mailbox->address);
}

char **
filter_config_warnings (const FilterConfig *config)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  if (config->user == NULL)
    warn (warnings, "[optout] user is not set: deliver and filter started as root defer all mail");
  if (config->trust_authentication_results && config->authserv_id == NULL)
    warn (warnings, "[optout] trust-authentication-results = yes has no effect without authserv-id");
  if (!config->trust_authentication_results && config->authserv_id != NULL) /* R51 */
    warn (warnings,
          "[optout] authserv-id has no effect until trust-authentication-results = yes says that the border "
          "mail server removes forged Authentication-Results");
  if (!config->trust_authentication_results && config->when == FILTER_REPLY_AUTHENTICATED)
    warn (warnings, "[reply] when = authenticated answers nobody without trust-authentication-results = yes");
  if (config->reply_from == NULL)
    warn (warnings, "[reply] from is not set: no confirmation is sent");
  else
    {
      const FilterMailbox *mailbox = filter_config_mailbox (config, config->reply_from);
      if (mailbox == NULL || mailbox->role != FILTER_ROLE_PREFERENCES)
        warn (warnings,
              "%s ([reply] from) is no [mailbox] with role = preferences: answers to confirmations may go "
              "unread",
              config->reply_from);
    }
  if (config->submit == FILTER_SUBMIT_SMTP && !filter_config_submits_here (config)
      && filter_config_tls (config) != FILTER_TLS_REQUIRED)
    warn (warnings,
          "[reply] submit = smtp://%s with tls = %s: names and addresses of your customers may go over the "
          "network for everyone to read; take tls = required",
          config->submit_host, filter_config_tls (config) == FILTER_TLS_NO ? "no" : "when-offered");
  if (config->envelope_sender != NULL && filter_config_mailbox (config, config->envelope_sender) == NULL)
    warn (warnings,
          "%s ([reply] envelope-sender) is no [mailbox]: what cannot be delivered comes back unread",
          config->envelope_sender);
  if (config->notify_to == NULL)
    warn (warnings, "[notify] to is not set: nobody is told what waits for a person");
  const FilterMailbox *unsubscribe = config->unsubscribe_address != NULL
                                         ? filter_config_mailbox (config, config->unsubscribe_address)
                                         : NULL;
  if (config->unsubscribe_address != NULL
      && (unsubscribe == NULL || unsubscribe->role != FILTER_ROLE_UNSUBSCRIBE))
    warn (warnings,
          "%s ([unsubscribe] address) is no [mailbox] with role = unsubscribe: mail without words is no "
          "opt-out there",
          config->unsubscribe_address);
  for (guint i = 0; i < config->mailboxes->len; i++)
    warn_of_mailbox (warnings, config, g_ptr_array_index (config->mailboxes, i));
  g_ptr_array_add (warnings, NULL);
  return (char **)g_ptr_array_steal (warnings, NULL);
}
