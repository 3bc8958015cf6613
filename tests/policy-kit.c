#include "policy-kit.h"

#include <string.h>

FilterConfig *
kit_config (void)
{
  static const struct
  {
    const char *name;
    gboolean essential;
  } categories[] = { { "offers", FALSE }, { "updates", FALSE }, { "notices", TRUE } };
  static const char *const mailboxes[] = { KIT_SUPPORT, "unsubscribe@metrix.example", "news@metrix.example" };
  FilterConfig *config = g_new0 (FilterConfig, 1);
  config->categories = g_ptr_array_new_with_free_func (g_free);
  config->mailboxes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      FilterCategory *category = g_new0 (FilterCategory, 1);
      category->name = (char *)categories[i].name;
      category->essential = categories[i].essential;
      g_ptr_array_add (config->categories, category);
    }
  for (guint i = 0; i < G_N_ELEMENTS (mailboxes); i++)
    {
      FilterMailbox *mailbox = g_new0 (FilterMailbox, 1);
      mailbox->address = (char *)mailboxes[i];
      g_ptr_array_add (config->mailboxes, mailbox);
    }
  config->reply_from = (char *)"preferences@metrix.example";
  config->once_per_days = 7;
  config->per_hour = 500;
  config->per_domain_per_hour = 50;
  config->per_subject_per_hour = 20;
  return config;
}

void
kit_config_free (FilterConfig *config)
{
  g_ptr_array_unref (config->categories);
  g_ptr_array_unref (config->mailboxes);
  g_free (config);
}

void
kit_set_list (char ***list, const char *text)
{
  g_strfreev (*list);
  *list = g_strsplit (text, ",", -1);
}

void
kit_add_negated (ParserFacts *facts)
{
  ParserHit *hit = g_new0 (ParserHit, 1);
  hit->rule = g_strdup ("en.unsubscribe");
  hit->part = g_strdup ("1");
  hit->text = g_strdup ("do not unsubscribe me");
  hit->language = g_strdup ("en");
  hit->why = g_strdup ("negated");
  g_ptr_array_add (facts->ignored, hit);
}

char *
kit_subjects (const FilterVerdict *verdict)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < verdict->subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      g_string_append_printf (list, "%s%s/%s", i > 0 ? "," : "", subject->address, subject->source);
      g_assert_true (g_strv_equal ((const char *const *)subject->scope, (const char *const *)verdict->scope));
    }
  return g_string_free (list, FALSE);
}

void
kit_assert_is (const char *got, const char *wanted)
{
  if (wanted != NULL)
    g_assert_cmpstr (got, ==, wanted);
}

void
kit_add_rows (const char *group, gconstpointer rows, gsize size, guint n, GTestDataFunc check)
{
  for (guint i = 0; i < n; i++)
    {
      const char *row = (const char *)rows + i * size;
      g_autofree char *name = g_strdup (*(const char *const *)(gconstpointer)row);
      g_autofree char *path = g_strdup_printf ("/%s/%s", group, g_strdelimit (name, " ", '-'));
      g_test_add_data_func (path, row, check);
    }
}
