/* reply.c - a template and its values become a text. Pure.
 *
 * A template's first line is the subject, the rest paragraphs. A paragraph that needs a value which is not
 * there is left out whole, so that no placeholder and no half sentence is ever sent; lines that begin with a
 * space stay as they are. */
#include "reply.h"

#include <string.h>

#include "clock.h"

#define WIDTH 72 /* columns of a filled line */

typedef struct
{
  const char *name;
  const char *value; /* NULL: not there */
} Value;

#define VALUES_END                                                                                           \
  {                                                                                                          \
    NULL, NULL                                                                                               \
  }

void
filter_reply_text_free (FilterReplyText *text)
{
  if (text == NULL)
    return;
  g_free (text->subject);
  g_free (text->body);
  g_free (text->language);
  g_free (text);
}

/* @text with its {names} replaced; NULL when one of them has no value. A value is never read for names again
 * (H30). */
static char *
with_values (const char *text, const Value *values)
{
  GString *out = g_string_new (NULL);
  for (const char *c = text; *c != '\0';)
    {
      if (*c != '{')
        {
          g_string_append_c (out, *c++);
          continue;
        }
      gsize length = strcspn (c + 1, "}");
      const Value *value = values;
      while (value->name != NULL
             && (strncmp (value->name, c + 1, length) != 0 || strlen (value->name) != length))
        value++;
      g_assert (value->name != NULL && c[length + 1] == '}'); /* the templates are ours */
      if (value->value == NULL)
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      g_string_append (out, value->value);
      c += length + 2;
    }
  return g_string_free (out, FALSE);
}

static void
append_word (GString *out, const char *word, gsize *column)
{
  gsize width = (gsize)g_utf8_strlen (word, -1);
  if (*column > 0 && *column + 1 + width > WIDTH)
    {
      g_string_append_c (out, '\n');
      *column = 0;
    }
  if (*column > 0)
    {
      g_string_append_c (out, ' ');
      *column += 1;
    }
  g_string_append (out, word);
  *column += width;
}

/* The paragraph with its lines filled up to WIDTH, and an end. */
static void
append_filled (GString *out, const char *paragraph)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", -1);
  gsize column = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == ' ')
        {
          g_string_append_printf (out, "%s%s\n", column > 0 ? "\n" : "", lines[i]);
          column = 0;
          continue;
        }
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      for (guint w = 0; words[w] != NULL; w++)
        if (*words[w] != '\0')
          append_word (out, words[w], &column);
    }
  if (column > 0)
    g_string_append_c (out, '\n');
}

static FilterReplyText *
make_text (const char *kind, const char *language, const Value *values)
{
  g_auto (GStrv) paragraphs = g_strsplit (filter_reply_template (kind, language), "\n\n", -1);
  GString *body = g_string_new (NULL);
  for (guint i = 1; paragraphs[i] != NULL; i++)
    {
      g_autofree char *paragraph = with_values (paragraphs[i], values);
      if (paragraph == NULL)
        continue;
      if (body->len > 0)
        g_string_append_c (body, '\n');
      append_filled (body, paragraph);
    }
  FilterReplyText *text = g_new0 (FilterReplyText, 1);
  text->subject = with_values (paragraphs[0], values);
  text->body = g_string_free (body, FALSE);
  text->language = g_strdup (language);
  return text;
}

/* ---- the values ---- */

char *
filter_reply_word (const char *language, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (filter_reply_template ("words", language), "\n", -1);
  gsize length = strlen (key);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], key, length) == 0 && g_str_has_prefix (lines[i] + length, ": "))
      return g_strdup (lines[i] + length + 2);
  return NULL;
}

static char *
date_of (const char *language, gint64 at)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at);
  g_assert (date != NULL);
  g_autofree char *form = filter_reply_word (language, "date");
  g_autofree char *months = filter_reply_word (language, "months");
  g_autofree char *first = filter_reply_word (language, "first"); /* "1er novembre" */
  g_auto (GStrv) month = g_strsplit (months, " ", -1);
  int day = g_date_time_get_day_of_month (date);
  g_autofree char *number = day == 1 && first != NULL ? g_strdup (first) : g_strdup_printf ("%d", day);
  g_autofree char *year = g_strdup_printf ("%d", g_date_time_get_year (date));
  const Value values[] = {
    { "day", number }, { "month", month[g_date_time_get_month (date) - 1] }, { "year", year }, VALUES_END
  };
  return with_values (form, values);
}

static const char *
title_of (const FilterConfig *config, const char *name)
{
  const FilterCategory *category = filter_config_category (config, name);
  return category != NULL && category->title != NULL ? category->title : name;
}

static char *
titles_of (const FilterConfig *config, char **names)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  for (char **name = names; *name != NULL; name++)
    g_strv_builder_add (titles, title_of (config, *name));
  g_auto (GStrv) list = g_strv_builder_end (titles);
  return *list != NULL ? g_strjoinv (", ", list) : NULL;
}

/* What is stopped, or comes again: "all marketing mail", "all marketing mail except A, B", "A, B"; NULL for
 * nothing. */
static char *
scope_of (const FilterVerdict *verdict, const FilterConfig *config, const char *language)
{
  if (!g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY))
    return titles_of (config, verdict->scope);
  g_autofree char *kept = titles_of (config, verdict->except);
  g_autofree char *form = filter_reply_word (language, kept == NULL ? "everything" : "except");
  const Value values[] = { { "kept", kept }, VALUES_END };
  return with_values (form, values);
}

static char *
essential_of (const FilterConfig *config)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (category->essential)
        g_strv_builder_add (names, category->name);
    }
  g_auto (GStrv) list = g_strv_builder_end (names);
  return titles_of (config, list);
}

/* Who we are: the configured name, else the domain we write from. */
static const char *
organisation_of (const FilterConfig *config)
{
  if (config->organisation != NULL)
    return config->organisation;
  g_assert (config->reply_from != NULL);
  return strrchr (config->reply_from, '@') + 1;
}

/* Is the reader the one whose standing changed? Another's address is not told, nor may another undo it (R56,
 * R62). */
static gboolean
is_about_reader (const FilterVerdict *verdict)
{
  for (guint i = 0; i < verdict->subjects->len; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      if (g_strcmp0 (subject->address, verdict->reply_to) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The language we have templates in: that of the mail ("de", "de-AT"), else English. */
static char *
spoken (const char *language)
{
  g_autofree char *code = language != NULL ? g_strndup (language, strcspn (language, "-_")) : NULL;
  return g_strdup (code != NULL && filter_reply_template ("words", code) != NULL ? code : "en");
}

/* The title of a category that could have been meant alone; NULL when there are not two to choose from. */
static const char *
example_of (const FilterConfig *config)
{
  const char *example = NULL;
  guint n = 0;
  for (guint i = 0; i < config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (config->categories, i);
      if (!category->essential && n++ == 0)
        example = title_of (config, category->name);
    }
  return n > 1 ? example : NULL;
}

FilterReplyText *
filter_reply_text (const FilterVerdict *verdict, const FilterConfig *config, const char *language, gint64 at)
{
  gboolean reader = is_about_reader (verdict);
  gboolean own = verdict->requester == NULL || g_strcmp0 (verdict->reply_to, verdict->requester) == 0;
  gboolean every = g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY);
  g_autofree char *lang = spoken (language);
  g_autofree char *date = date_of (lang, at);
  g_autofree char *due = date_of (lang, filter_clock_case_due (at, config->case_days));
  g_autofree char *scope = scope_of (verdict, config, lang);
  g_autofree char *essential = essential_of (config);
  g_autofree char *undo = filter_reply_word (lang, "undo");
  g_autofree char *unsubscribe = filter_reply_word (lang, "unsubscribe");
  g_autofree char *only = filter_reply_word (lang, "only");
  g_autofree char *all = filter_reply_word (lang, "all");
  g_autofree char *yes = filter_reply_word (lang, "yes");
  g_autofree char *request = filter_reply_word (lang, parser_intent_name (verdict->intent));
  const char *example = every && *verdict->except == NULL ? example_of (config) : NULL;
  const Value values[] = {
    { "organisation", organisation_of (config) },
    { "date", date },
    { "due", due },
    { "scope", scope },
    { "own", own ? "" : NULL },
    { "other", own ? NULL : "" },
    { "part", *verdict->scope != NULL && !every ? "" : NULL }, /* only some mailings are meant */
    { "choose", example != NULL ? "" : NULL },
    { "channels", verdict->every_channel ? "" : NULL },
    { "erase", verdict->intent == PARSER_INTENT_ERASURE ? "" : NULL },
    { "address", reader ? verdict->reply_to : NULL },
    { "essential", essential },
    { "example", example },
    { "preferences", NULL },
    { "undo", reader ? undo : NULL },
    { "unsubscribe", unsubscribe },
    { "only", reader ? only : NULL },
    { "all", reader ? all : NULL },
    { "yes", reader ? yes : NULL },
    { "request", request },
    VALUES_END,
  };
  return make_text (filter_policy_notice (verdict), lang, values);
}

FilterReplyText *
filter_reply_digest (const FilterConfig *config, guint count, const char *waiting, const char *requests)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  const Value values[] = {
    { "organisation", organisation_of (config) },
    { "count", number },
    { "mails", waiting != NULL ? "" : NULL },
    { "waiting", waiting },
    { "cases", requests != NULL ? "" : NULL },
    { "requests", requests },
    VALUES_END,
  };
  return make_text ("digest", "en", values);
}
