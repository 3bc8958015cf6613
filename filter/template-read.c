/* template-read.c - the operator's texts, from the folder that [reply] templates names. */
#include "input.h"
#include "template.h"

#include <string.h>

#define FILE_MOST (256 * 1024) /* octets of a file of texts */

typedef struct
{
  const FilterConfig *config;
  GPtrArray *templates, *faults;
} Reading;

static void
add_fault (const Reading *reading, const char *path, const GError *error)
{
  g_ptr_array_add (reading->faults,
                   g_strdup_printf ("%s: cannot be read: %s", path, filter_input_why (error)));
}

static void
read_file (const Reading *reading, const char *path, const char *place, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL, *language = g_strndup (name, strlen (name) - strlen (".txt"));
  gsize length;
  if (!g_file_get_contents (path, &content, &length, &error))
    add_fault (reading, path, error);
  else if (length > FILE_MOST)
    g_ptr_array_add (reading->faults, g_strdup_printf ("%s: has %" G_GSIZE_FORMAT " octets; %d is the most",
                                                       path, length, FILE_MOST));
  else
    filter_template_parse (place, language, path, content, length, reading->templates, reading->faults);
}

/* The place of folder @name in @place; NULL when it is none. */
static char *
place_in (const FilterConfig *config, const char *place, const char *name)
{
  gboolean category = filter_config_category (config, name) != NULL;
  const FilterMailbox *mailbox
      = *place == '\0' && strchr (name, '@') != NULL ? filter_config_mailbox (config, name) : NULL;
  if (mailbox != NULL)
    return g_strdup (mailbox->address);
  if (!category || (*place != '\0' && strchr (place, '@') == NULL) || strchr (place, '/') != NULL)
    return NULL;
  return *place != '\0' ? g_strconcat (place, "/", name, NULL) : g_strdup (name);
}

static void read_folder (const Reading *reading, const char *folder, const char *place);

static void
read_entry (const Reading *reading, const char *folder, const char *place, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (*name != '.' && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *inner = place_in (reading->config, place, name);
      if (inner == NULL)
        g_ptr_array_add (reading->faults,
                         g_strdup_printf ("%s: is named for no [mailbox] and no [category]", path));
      else
        read_folder (reading, path, inner);
    }
  else if (*name != '.' && g_str_has_suffix (name, ".txt"))
    read_file (reading, path, place, name);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
read_folder (const Reading *reading, const char *folder, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  if (dir == NULL)
    {
      add_fault (reading, folder, error);
      return;
    }
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names); /* the same faults in the same order, on every file system */
  for (guint i = 0; i < names->len; i++)
    read_entry (reading, folder, place, g_ptr_array_index (names, i));
}

void
filter_template_read (const char *folder, const FilterConfig *config, GPtrArray *templates, GPtrArray *faults)
{
  const Reading reading = { .config = config, .templates = templates, .faults = faults };
  read_folder (&reading, folder, "");
}
