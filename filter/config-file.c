/* config-file.c - reads optout.conf: GKeyFile loads it, and one scan of ours finds the line for a message. */
#include "config-table.h"

#include <string.h>

#include "input.h"
#include "parser.h"
#include "template.h"

/* ---- the scan ---- */

/* The next line of *text, stripped; NULL at the end. */
static char *
next_line (const char **text)
{
  if (**text == '\0')
    return NULL;
  const char *end = *text + strcspn (*text, "\n");
  char *line = g_strstrip (g_strndup (*text, (gsize)(end - *text)));
  *text = *end == '\n' ? end + 1 : end;
  return line;
}

/* "[name]" -> "name", cut in place; NULL when the line is no group. */
static char *
group_of_line (char *line)
{
  gsize length = strlen (line);
  if (length < 2 || line[0] != '[' || line[length - 1] != ']')
    return NULL;
  line[length - 1] = '\0';
  return line + 1;
}

static gboolean
line_is_key (const char *line, const char *key)
{
  gsize length = strlen (key);
  return strncmp (line, key, length) == 0 && (line[length] == '=' || g_ascii_isspace (line[length]));
}

guint
filter_config_line (const char *text, const char *group, const char *key)
{
  gboolean inside = FALSE;
  guint found = 0, number = 1;
  for (char *line = next_line (&text); line != NULL; line = next_line (&text), number++)
    {
      const char *name = group_of_line (line);
      if (name != NULL)
        inside = g_str_equal (name, group);
      if (inside && (key != NULL ? name == NULL && line_is_key (line, key) : name != NULL && found == 0))
        found = number; /* of a key that stands twice the last one counts, as GKeyFile has it */
      g_free (line);
    }
  return found;
}

guint
filter_config_wrong_line (const char *text)
{
  gboolean in_group = FALSE;
  guint number = 1;
  for (char *line = next_line (&text); line != NULL; line = next_line (&text), number++)
    {
      gboolean is_group = group_of_line (line) != NULL;
      in_group = in_group || is_group;
      gboolean fine = is_group || *line == '\0' || *line == '#'
                      || (in_group && *line != '=' && strchr (line, '=') != NULL);
      fine = fine && g_utf8_validate (line, -1, NULL);
      g_free (line);
      if (!fine)
        return number;
    }
  return 0;
}

/* ---- the loader ---- */

static void G_GNUC_PRINTF (5, 6) set_error (GError **error, const FilterConfig *config, const char *group,
                                            const char *key, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  guint line = filter_config_line (config->text, group, key);
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s:%u: [%s]%s%s%s%s", config->file,
               line, group, key != NULL ? " " : "", key != NULL ? key : "", key != NULL ? ": " : " ", what);
}

/* "title[de]" -> "de", cut off *key; NULL when there is no language in it. */
static char *
language_of_key (char *key)
{
  gsize length = strlen (key);
  char *open = strchr (key, '[');
  if (open == NULL || key[length - 1] != ']')
    return NULL;
  *open = key[length - 1] = '\0';
  return open + 1;
}

static gboolean
is_language (const char *tag)
{
  return g_ascii_isalpha (tag[0]) && g_ascii_isalpha (tag[1]) && strlen (tag) <= 35
         && tag[strspn (tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] == '\0';
}

static void
add_title (FilterCategory *category, const char *language, const char *title)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (category->titles != NULL)
    g_strv_builder_addv (builder, (const char **)category->titles);
  g_strv_builder_add (builder, language);
  g_strv_builder_add (builder, title);
  g_strfreev (category->titles);
  category->titles = g_strv_builder_end (builder);
}

static gboolean
load_key (FilterConfig *config, const char *kind, const char *group, const char *key, gpointer base,
          GError **error)
{
  g_autofree char *name = g_strdup (key);
  const char *language = language_of_key (name);
  const FilterKey *row = filter_config_key (kind, name);
  gboolean is_title = g_str_equal (kind, "category") && g_str_equal (name, "title");
  if (row == NULL || (language != NULL && !(is_title && is_language (language))))
    {
      set_error (error, config, group, key, "no such setting");
      return FALSE;
    }
  g_autoptr (GError) reason = NULL;
  g_autofree char *value = g_key_file_get_string (config->key_file, group, key, &reason);
  if (reason != NULL)
    {
      set_error (error, config, group, key, "a backslash stands only in \\s \\n \\t \\r \\\\");
      return FALSE;
    }
  g_strstrip (value);
  if (language != NULL)
    {
      add_title (base, language, value);
      return TRUE;
    }
  g_autofree char *why = row->parse (row, value, base);
  if (why != NULL)
    set_error (error, config, group, key, "\"%s\" %s", value, why);
  return why == NULL;
}

/* A category's name goes into header fields, commands and file names. */
static gboolean
is_category_name (const char *name)
{
  return g_ascii_isalnum (*name) && strlen (name) <= 64
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen (name);
}

/* Where the keys of @group go: the configuration, or a new mailbox or category of it. NULL with an error. */
static gpointer
base_of_group (FilterConfig *config, const char *kind, const char *name, const char *group, GError **error)
{
  if (g_str_equal (kind, "category"))
    {
      if (!is_category_name (name))
        {
          set_error (error, config, group, NULL, "a category's name is made of a-z, 0-9, . _ -");
          return NULL;
        }
      g_ptr_array_add (config->categories, filter_category_new (name));
      return g_ptr_array_index (config->categories, config->categories->len - 1);
    }
  if (g_str_equal (kind, "words"))
    {
      g_autofree char *why = parser_words_check (name, "leave", "x");
      if (why != NULL)
        {
          set_error (error, config, group, NULL, "%s", why);
          return NULL;
        }
      g_ptr_array_add (config->words, filter_words_new (name));
      return g_ptr_array_index (config->words, config->words->len - 1);
    }
  if (g_str_equal (kind, "mailbox"))
    {
      g_autofree char *address = parser_address_canonical (name);
      if (address == NULL)
        {
          set_error (error, config, group, NULL, "is not an address");
          return NULL;
        }
      for (guint i = 0; i < config->mailboxes->len; i++)
        if (g_str_equal (((FilterMailbox *)g_ptr_array_index (config->mailboxes, i))->address, address))
          {
            set_error (error, config, group, NULL, "this mailbox has a group already");
            return NULL;
          }
      g_ptr_array_add (config->mailboxes, filter_mailbox_new (address));
      return g_ptr_array_index (config->mailboxes, config->mailboxes->len - 1);
    }
  return config;
}

/* R106: who never asked for it gets essential mail all the same. */
static gboolean
check_category (const FilterConfig *config, const char *group, const FilterCategory *category, GError **error)
{
  if (!category->essential || !g_key_file_has_key (config->key_file, group, "default", NULL))
    return TRUE;
  set_error (error, config, group, "default", "essential mail always goes out and has no default");
  return FALSE;
}

static gboolean
load_group (FilterConfig *config, const char *group, GError **error)
{
  const char *space = strchr (group, ' ');
  g_autofree char *kind = space != NULL ? g_strndup (group, (gsize)(space - group)) : g_strdup (group);
  g_autofree char *name = space != NULL ? g_strstrip (g_strdup (space)) : g_strdup ("");
  if (!filter_config_has_group (kind) || filter_config_is_many (kind) != (*name != '\0'))
    {
      set_error (error, config, group, NULL, "no such group");
      return FALSE;
    }
  gpointer base = base_of_group (config, kind, name, group, error);
  if (base == NULL)
    return FALSE;
  g_auto (GStrv) keys = g_key_file_get_keys (config->key_file, group, NULL, NULL);
  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!load_key (config, kind, group, *key, base, error))
      return FALSE;
  return !g_str_equal (kind, "category") || check_category (config, group, base, error);
}

/* Mail of one sender is of one category, or what stops it would be a matter of chance. */
static gboolean
check_senders (const FilterConfig *config, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      for (char **sender = category->senders; *sender != NULL; sender++)
        if (!g_hash_table_add (seen, *sender))
          {
            g_autofree char *group = g_strconcat ("category ", category->name, NULL);
            set_error (error, config, group, "senders", "%s is a sender already", *sender);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
check_submit (const FilterConfig *config, GError **error)
{
  const char *why, *key = filter_config_wrong_submit (config, &why);
  if (key != NULL)
    set_error (error, config, "reply", key, "%s", why);
  return key == NULL;
}

static gboolean
load_text (FilterConfig *config, GError **error)
{
  guint wrong = filter_config_wrong_line (config->text);
  if (wrong != 0)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                   "%s:%u: is neither a [group], \"key = value\" under a group, nor a comment in UTF-8",
                   config->file, wrong);
      return FALSE;
    }
  g_autoptr (GError) reason = NULL;
  if (!g_key_file_load_from_data (config->key_file, config->text, strlen (config->text),
                                  G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s: %s", config->file, reason->message);
      return FALSE;
    }
  g_auto (GStrv) groups = g_key_file_get_groups (config->key_file, NULL);
  for (char **group = groups; *group != NULL; group++)
    if (!load_group (config, *group, error))
      return FALSE;
  return check_senders (config, error) && check_submit (config, error);
}

static gboolean
read_file (FilterConfig *config, const char *file, GError **error)
{
  const char *named = file != NULL ? file : g_getenv ("OPTOUT_CONFIG");
  gsize size = 0;
  g_autoptr (GError) reason = NULL;
  config->file = g_strdup (named != NULL ? named : FILTER_CONFIG_FILE);
  if (!g_file_get_contents (config->file, &config->text, &size, &reason))
    {
      if (named == NULL && g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_clear_pointer (&config->file, g_free);
          config->text = g_strdup ("");
          return TRUE;
        }
      g_set_error (error, G_FILE_ERROR, reason->code, "%s: cannot be read: %s", config->file,
                   filter_input_why (reason));
      return FALSE;
    }
  if (strlen (config->text) != size)
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s: holds a NUL byte", config->file);
  return strlen (config->text) == size;
}

/* Who speaks, when nobody said so. */
static void
settle_organisation (FilterConfig *config)
{
  if (config->organisation == NULL && config->reply_from != NULL)
    config->organisation = g_strdup (config->reply_from_name != NULL ? config->reply_from_name
                                                                     : strrchr (config->reply_from, '@') + 1);
  if (config->organisation == NULL)
    config->organisation = g_strdup ("this organisation");
}

/* Whoever writes from where our mailboxes are is one of us, unless the file says otherwise. */
static void
settle_domains (FilterConfig *config)
{
  if (config->domains != NULL)
    return;
  g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
  if (config->reply_from != NULL)
    g_strv_builder_add (domains, strrchr (config->reply_from, '@') + 1);
  for (guint i = 0; i < config->mailboxes->len; i++)
    {
      const FilterMailbox *mailbox = g_ptr_array_index (config->mailboxes, i);
      g_strv_builder_add (domains, strrchr (mailbox->address, '@') + 1);
    }
  config->domains = g_strv_builder_end (domains);
}

FilterConfig *
filter_config_load (const char *file, const char *store_url, GError **error)
{
  g_autoptr (FilterConfig) config = g_new0 (FilterConfig, 1);
  config->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_mailbox_free);
  config->categories = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_category_free);
  config->words = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_words_free);
  config->templates = g_ptr_array_new_with_free_func ((GDestroyNotify)filter_template_free);
  config->template_faults = g_ptr_array_new_with_free_func (g_free);
  config->key_file = g_key_file_new ();
  filter_config_set_defaults (NULL, config);
  if (!read_file (config, file, error) || !load_text (config, error))
    return NULL;
  settle_organisation (config);
  settle_domains (config);
  if (config->templates_folder != NULL)
    filter_template_read (config->templates_folder, config, config->templates, config->template_faults);
  const char *environment = g_getenv ("OPTOUT_STORE");
  const char *url = store_url != NULL ? store_url : environment;
  if (url != NULL)
    {
      g_free (config->store);
      config->store = g_strdup (url);
      config->store_origin = store_url != NULL ? "--store" : "OPTOUT_STORE";
    }
  return g_steal_pointer (&config);
}
