/* template.c - which text is sent to whom. Pure. */
#include "template.h"

#include <string.h>

#include "reply.h"

void
filter_template_free (FilterTemplate *template)
{
  if (template == NULL)
    return;
  g_free (template->place);
  g_free (template->language);
  g_free (template->kind);
  g_free (template->text);
  g_free (template);
}

/* ---- one place, one language ---- */

static const FilterTemplate *
placed (const FilterConfig *config, const char *place, const char *kind, const char *language)
{
  for (guint i = 0; i < config->templates->len; i++)
    {
      const FilterTemplate *one = g_ptr_array_index (config->templates, i);
      if (g_str_equal (one->place, place) && g_str_equal (one->kind, kind)
          && g_str_equal (one->language, language))
        return one;
    }
  return NULL;
}

/* The places of the operator's texts, most specific first; ends with NULL. */
static char **
places_of (const FilterTemplateChoice *choice)
{
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  if (choice->mailbox != NULL && choice->category != NULL)
    {
      g_autofree char *both = g_strconcat (choice->mailbox, "/", choice->category, NULL);
      g_strv_builder_add (places, both);
    }
  if (choice->mailbox != NULL)
    g_strv_builder_add (places, choice->mailbox);
  if (choice->category != NULL)
    g_strv_builder_add (places, choice->category);
  g_strv_builder_add (places, "");
  return g_strv_builder_end (places);
}

static const char *
spoken (const FilterTemplateChoice *choice, const char *kind, const char *language, const char **place_out)
{
  const FilterTemplate *own = NULL;
  if (choice->config->templates != NULL && choice->config->templates->len > 0)
    {
      g_auto (GStrv) places = places_of (choice);
      for (char **place = places; *place != NULL && own == NULL; place++)
        own = placed (choice->config, *place, kind, language);
    }
  *place_out = own != NULL ? own->place : NULL;
  return own != NULL ? own->text : filter_reply_template (kind, language);
}

/* ---- languages ---- */

/* The script that Chinese has there, which its texts are named by; NULL for any other tag. */
static const char *
chinese_of (const char *tag)
{
  static const char *const traditional[] = { "zh-tw", "zh-hk", "zh-mo", NULL };
  static const char *const simplified[] = { "zh", "zh-cn", "zh-sg", NULL };
  g_autofree char *low = g_ascii_strdown (tag, -1);
  return g_strv_contains (traditional, low)  ? "zh-Hant"
         : g_strv_contains (simplified, low) ? "zh-Hans"
                                             : NULL;
}

/* @tag, and what it is a kind of: "zh-Hant-TW", "zh-Hant", "zh", "zh-Hans". */
static void
add_tags (GStrvBuilder *tags, const char *tag)
{
  g_autofree char *text = g_strdelimit (g_strdup (tag != NULL ? tag : ""), "_", '-');
  while (*text != '\0')
    {
      const char *chinese = chinese_of (text);
      g_strv_builder_add (tags, text);
      if (chinese != NULL)
        g_strv_builder_add (tags, chinese);
      char *dash = strrchr (text, '-');
      *(dash != NULL ? dash : text) = '\0';
    }
}

const char *
filter_template_find (const FilterTemplateChoice *choice, const char *kind, const char **language_out,
                      const char **place_out)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  add_tags (builder, choice->language);
  add_tags (builder, choice->config->reply_language);
  g_strv_builder_add (builder, "en");
  g_auto (GStrv) tags = g_strv_builder_end (builder);
  for (char **tag = tags; *tag != NULL; tag++)
    {
      const char *place;
      const char *words = spoken (choice, FILTER_TEMPLATE_WORDS, *tag, &place);
      const char *text = words != NULL ? spoken (choice, kind, *tag, &place) : NULL;
      if (text == NULL)
        continue;
      *language_out = g_intern_string (*tag);
      *place_out = place;
      return text;
    }
  g_assert_not_reached ();
}

char *
filter_template_word_in (const char *words, const char *key)
{
  gsize length = strlen (key);
  for (const char *line = words; line != NULL && *line != '\0';)
    {
      gsize end = strcspn (line, "\n");
      if (end > length + 2 && strncmp (line, key, length) == 0 && strncmp (line + length, ": ", 2) == 0)
        return g_strndup (line + length + 2, end - length - 2);
      line += end + (line[end] == '\n');
    }
  return NULL;
}

char *
filter_template_word (const FilterTemplateChoice *choice, const char *key)
{
  const char *place;
  return filter_template_word_in (spoken (choice, FILTER_TEMPLATE_WORDS, choice->language, &place), key);
}

const char *
filter_template_nth (const FilterConfig *config, guint n, const char **kind_out, const char **language_out)
{
  guint own = config != NULL && config->templates != NULL ? config->templates->len : 0;
  if (n >= own)
    return filter_reply_template_nth (n - own, kind_out, language_out);
  const FilterTemplate *one = g_ptr_array_index (config->templates, n);
  *kind_out = one->kind;
  *language_out = one->language;
  return one->text;
}

/* ---- a file of texts ---- */

static void G_GNUC_PRINTF (4, 5)
    add_fault (GPtrArray *faults, const char *file, guint line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (faults, g_strdup_printf ("%s:%u: %s", file, line, why));
}

/* "[opt-out]" -> "opt-out"; NULL when the line is no heading. */
static char *
kind_of_line (const char *line)
{
  gsize length = strlen (line);
  return length > 2 && line[0] == '[' && line[length - 1] == ']' ? g_strndup (line + 1, length - 2) : NULL;
}

/* One section of a file, while it is read. */
typedef struct
{
  const char *place, *language, *file;
  GPtrArray *templates, *faults;
  char *kind; /* NULL: none yet */
  guint line; /* the first one of the text */
  GString *text;
} Section;

static gboolean
is_twice (const Section *section)
{
  for (guint i = 0; i < section->templates->len; i++)
    {
      const FilterTemplate *one = g_ptr_array_index (section->templates, i);
      if (g_str_equal (one->place, section->place) && g_str_equal (one->language, section->language)
          && g_str_equal (one->kind, section->kind))
        return TRUE;
    }
  return FALSE;
}

static void
end_section (Section *section)
{
  if (section->kind != NULL)
    {
      guint line = 0;
      while (section->text->len > 1 && g_str_has_suffix (section->text->str, "\n\n"))
        g_string_truncate (section->text, section->text->len - 1);
      g_autofree char *fault = is_twice (section)
                                   ? g_strdup ("stands here twice")
                                   : filter_template_fault (section->kind, section->text->str, &line);
      if (fault != NULL)
        add_fault (section->faults, section->file, section->line + line, "[%s]: %s", section->kind, fault);
      else
        {
          FilterTemplate *one = g_new0 (FilterTemplate, 1);
          one->place = g_strdup (section->place);
          one->language = g_strdup (section->language);
          one->kind = g_strdup (section->kind);
          one->text = g_strdup (section->text->str);
          g_ptr_array_add (section->templates, one);
        }
    }
  g_clear_pointer (&section->kind, g_free);
  g_string_truncate (section->text, 0);
}

void
filter_template_parse (const char *place, const char *language, const char *file, const char *content,
                       gsize length, GPtrArray *templates, GPtrArray *faults)
{
  const char *end;
  Section section
      = { .place = place, .language = language, .file = file, .templates = templates, .faults = faults };
  if (!g_utf8_validate_len (content, length, &end))
    {
      guint line = 1;
      for (const char *c = content; c < end; c++)
        line += *c == '\n';
      add_fault (faults, file, line, "is not UTF-8");
      return;
    }
  section.text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *kind = kind_of_line (lines[i]);
      if (kind != NULL)
        {
          end_section (&section);
          section.kind = g_steal_pointer (&kind);
        }
      else if (section.kind != NULL && (section.text->len > 0 || *lines[i] != '\0'))
        {
          if (section.text->len == 0)
            section.line = i + 1;
          g_string_append_printf (section.text, "%s\n", lines[i]);
        }
    }
  end_section (&section);
  g_string_free (section.text, TRUE);
}
