/* admin.c - see admin.h */
#include "admin.h"
#include "address.h"
#include "engine.h"
#include "keys.h"
#include "outcome.h"

#include <string.h>
#include <unistd.h>

#include "build-config.h"

gboolean
filter_admin_load (FilterAdmin *admin, const FilterGlobal *global, const char *command, int *code_out)
{
  g_autoptr (GError) error = NULL;
  admin->command = command;
  admin->config = filter_config_load (global->config_file, global->store_url, &error);
  if (admin->config == NULL)
    *code_out = filter_complain (FILTER_EXIT_RETRY, command, "%s", error->message);
  return admin->config != NULL;
}

int
filter_admin_store_trouble (const FilterAdmin *admin, const GError *error)
{
  gboolean damaged = g_error_matches (error, STORE_ERROR, STORE_ERROR_CORRUPT);
  return filter_complain (FILTER_EXIT_RETRY, admin->command, "%s%s", error->message,
                          damaged ? ". Leave it as it is; 'optout restore' brings a backup back" : "");
}

gboolean
filter_admin_try_open (FilterAdmin *admin, gboolean writing, GError **error)
{
  const FilterConfig *config = admin->config;
  if (!filter_secret_load (config->secret_file, &admin->secret, error))
    return FALSE;
  StoreKeys keys;
  filter_keys_of (&admin->secret, &keys);
  admin->store = writing ? store_open (config->store, &keys, config->deadline_s * 1000, error)
                         : store_open_read (config->store, &keys, error);
  return admin->store != NULL;
}

gboolean
filter_admin_open (FilterAdmin *admin, gboolean writing, int *code_out)
{
  g_autoptr (GError) error = NULL;
  gboolean open = filter_admin_try_open (admin, writing, &error);
  if (!open)
    *code_out = filter_admin_store_trouble (admin, error);
  return open;
}

void
filter_admin_close (FilterAdmin *admin)
{
  g_clear_pointer (&admin->store, store_close);
  filter_secret_clear (&admin->secret);
}

void
filter_admin_clear (FilterAdmin *admin)
{
  filter_admin_close (admin);
  g_clear_pointer (&admin->config, filter_config_free);
}

gboolean
filter_admin_address (const FilterAdmin *admin, int argc, char **argv, char **address_out, int *code_out)
{
  char *address = argc > 1 ? filter_address_canonical (argv[1]) : NULL;
  if (argc < 2)
    *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command, "no address; see 'optout help %s'",
                                 admin->command);
  else if (address == NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: not an e-mail address", argv[1]);
  else
    *address_out = address;
  return address != NULL;
}

gboolean
filter_admin_category (const FilterAdmin *admin, const char *name, const FilterCategory **category_out,
                       int *code_out)
{
  const FilterCategory *category = filter_config_category (admin->config, name);
  if (category != NULL)
    {
      *category_out = category;
      return TRUE;
    }
  g_autoptr (GString) known = g_string_new (NULL);
  for (guint i = 0; i < admin->config->categories->len; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            ((const FilterCategory *)g_ptr_array_index (admin->config->categories, i))->name);
  *code_out = known->len > 0
                  ? filter_complain (FILTER_EXIT_USAGE, admin->command, "%s: no such category; there are %s",
                                     name, known->str)
                  : filter_complain (FILTER_EXIT_USAGE, admin->command,
                                     "%s: no such category; the configuration has no [category]", name);
  return FALSE;
}

gboolean
filter_admin_stoppable (const FilterAdmin *admin, char **names, int *code_out)
{
  const FilterCategory *category = NULL;
  for (char **name = names; *name != NULL; name++)
    {
      if (!filter_admin_category (admin, *name, &category, code_out))
        return FALSE;
      if (category->essential)
        {
          *code_out
              = filter_complain (FILTER_EXIT_USAGE, admin->command,
                                 "%s: essential mail always goes out; nothing to stop or to allow", *name);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
filter_admin_is_given (const char *text)
{
  return text != NULL && text[strspn (text, " \t\r\n")] != '\0';
}

char *
filter_admin_by (const char *by)
{
  char login[256];
  if (by != NULL && *by != '\0')
    return g_strdup (by);
  return g_strdup (getlogin_r (login, sizeof login) == 0 ? login : g_get_user_name ());
}

GVariant *
filter_admin_details (const char *name, ...)
{
  g_auto (GVariantBuilder) details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  va_list args;
  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);
      if (value != NULL)
        g_variant_builder_add_value (
            &details, g_variant_new_dict_entry (g_variant_new_string (name),
                                                g_variant_new_take_string (g_utf8_make_valid (value, -1))));
    }
  va_end (args);
  return g_variant_ref_sink (g_variant_builder_end (&details));
}

StoreEvent *
filter_admin_event (StoreAction action, const char *address, const char *by, GVariant *details)
{
  StoreEvent *event = store_event_new ();
  g_autofree char *who = filter_admin_by (by);
  event->id = filter_engine_random_id ();
  event->action = action;
  event->reason = store_action_is_house (action) ? STORE_REASON_HOUSE : STORE_REASON_CUSTOMER_SERVICE;
  event->received_at = event->recorded_at = g_get_real_time () / G_USEC_PER_SEC;
  event->channel = g_strdup ("command");
  event->scope = g_new0 (char *, 1); /* of nothing */
  event->by = g_utf8_make_valid (who, -1);
  event->program = g_strdup (PACKAGE_STRING);
  event->address = g_strdup (address);
  event->details = g_variant_ref (details);
  return event;
}

StoreEvent *
filter_admin_house_event (StoreAction action, const char *by, GVariant *details)
{
  g_assert (store_action_is_house (action));
  return filter_admin_event (action, NULL, by, details);
}

gboolean
filter_admin_record (FilterAdmin *admin, StoreEvent *event, GError **error)
{
  StoreRecorded recorded;
  if (store_begin (admin->store, error) && store_record (admin->store, event, &recorded, NULL, error)
      && store_commit (admin->store, error))
    return TRUE;
  store_rollback (admin->store);
  return FALSE;
}

FilterListFormat
filter_admin_format (const FilterAdminFormat *format)
{
  return format->json ? FILTER_LIST_JSON : format->csv ? FILTER_LIST_CSV : FILTER_LIST_TABLE;
}

const char *const filter_admin_standing_columns[]
    = { "address", "category", "except", "reason", "since", "channel", "event", "linked", NULL };

void
filter_admin_standing_row (FilterList *list, const char *address, const char *linked,
                           const StoreStanding *standing)
{
  g_autofree char *except = standing->except != NULL ? g_strjoinv (" ", standing->except) : NULL;
  g_autofree char *since = filter_time_text (standing->at);
  const char *const values[] = {
    address, standing->category, except,          store_reason_name (standing->reason),
    since,   standing->channel,  standing->event, linked,
  };
  filter_list_row (list, values);
}
