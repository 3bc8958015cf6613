/* reply.c - what a verdict says to its reader: the values of a template. Pure. */
#include "reply.h"

#include <string.h>

#include "clock.h"
#include "template.h"
#include "text.h"

#define NAME_MOST 200 /* octets of a name of the operator's, so that every text stays short (R70) */
#define LIST_MOST 400 /* of several */

void
filter_reply_text_free (FilterReplyText *text)
{
  if (text == NULL)
    return;
  g_free (text->subject);
  g_free (text->body);
  g_free (text->html);
  g_free (text->language);
  g_free (text->name);
  g_free (text->digest);
  g_free (text);
}

static FilterReplyText *
make_text (const char *kind, const FilterTemplateChoice *choice, const char *template, const char *place,
           const FilterValue *values)
{
  const FilterConfig *config = choice->config;
  FilterReplyText *text = g_new0 (FilterReplyText, 1);
  filter_text_plain (template, values, &text->subject, &text->body);
  if (config->reply_html)
    text->html = filter_text_html (template, values, choice->language, config->preferences_url);
  text->language = g_strdup (choice->language);
  text->name = g_strdup_printf ("%s%s%s.%s", place != NULL ? place : "",
                                place != NULL && *place != '\0' ? "/" : "", kind, choice->language);
  text->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, template, -1);
  return text;
}

/* ---- the values ---- */

static char *
date_of (const FilterTemplateChoice *choice, gint64 at)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at);
  g_assert (date != NULL);
  g_autofree char *form = filter_template_word (choice, "date");
  g_autofree char *months = filter_template_word (choice, "months");
  g_autofree char *first = filter_template_word (choice, "first"); /* "1er novembre" */
  g_auto (GStrv) month = g_strsplit (months, " ", -1);
  int day = g_date_time_get_day_of_month (date);
  g_autofree char *number = day == 1 && first != NULL ? g_strdup (first) : g_strdup_printf ("%d", day);
  g_autofree char *year = g_strdup_printf ("%d", g_date_time_get_year (date));
  const FilterValue values[] = { { "day", number },
                                 { "month", month[g_date_time_get_month (date) - 1] },
                                 { "year", year },
                                 FILTER_VALUES_END };
  return filter_text_fill (form, values);
}

static char *
title_of (const FilterTemplateChoice *choice, const char *name)
{
  const FilterCategory *category = filter_config_category (choice->config, name);
  const char *title = category != NULL ? filter_category_title (category, choice->language) : name;
  return filter_text_clean (title, NAME_MOST);
}

static char *
titles_of (const FilterTemplateChoice *choice, char **names)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *title = title_of (choice, *name);
      g_strv_builder_add (titles, title);
    }
  g_auto (GStrv) list = g_strv_builder_end (titles);
  g_autofree char *all = g_strjoinv (", ", list);
  return *list != NULL ? filter_text_clean (all, LIST_MOST) : NULL;
}

/* What is stopped, or comes again: "all marketing mail", "all marketing mail except A, B", "A, B"; NULL for
 * nothing. */
static char *
scope_of (const FilterVerdict *verdict, const FilterTemplateChoice *choice)
{
  if (!g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY))
    return titles_of (choice, verdict->scope);
  g_autofree char *kept = titles_of (choice, verdict->except);
  g_autofree char *form = filter_template_word (choice, kept == NULL ? "everything" : "except");
  const FilterValue values[] = { { "kept", kept }, FILTER_VALUES_END };
  return filter_text_fill (form, values);
}

/* "to correct your personal data", and what is asked beside it; an opt-out is told by its scope. */
static char *
request_of (const FilterVerdict *verdict, const FilterTemplateChoice *choice)
{
  const ParserIntent asked[] = { verdict->request, verdict->intent };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *word = filter_template_word (choice, parser_intent_name (asked[i]));
      if (word != NULL)
        g_strv_builder_add (words, word);
    }
  g_auto (GStrv) list = g_strv_builder_end (words);
  return *list != NULL ? g_strjoinv (", ", list) : NULL;
}

static char *
essential_of (const FilterTemplateChoice *choice)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < choice->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (choice->config->categories, i);
      if (category->essential)
        g_strv_builder_add (names, category->name);
    }
  g_auto (GStrv) list = g_strv_builder_end (names);
  return titles_of (choice, list);
}

/* Who we are: the configured name, else the domain we write from. */
static char *
organisation_of (const FilterConfig *config)
{
  g_assert (config->organisation != NULL || config->reply_from != NULL);
  return filter_text_clean (
      config->organisation != NULL ? config->organisation : strrchr (config->reply_from, '@') + 1, NAME_MOST);
}

/* Is the reader the one whose standing changed, or who is asked whether it shall? Another's address is not
 * told, nor may another undo it (R56, R62). */
static gboolean
is_about_reader (const FilterVerdict *verdict)
{
  gboolean reader = FALSE;
  for (guint i = 0; i < verdict->subjects->len && !reader; i++)
    {
      const FilterSubject *subject = g_ptr_array_index (verdict->subjects, i);
      reader = g_strcmp0 (subject->address, verdict->reply_to) == 0;
    }
  return reader;
}

/* The title of a category that could have been meant alone; NULL when there are not two to choose from. */
static char *
example_of (const FilterTemplateChoice *choice)
{
  const char *example = NULL;
  guint n = 0;
  for (guint i = 0; i < choice->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (choice->config->categories, i);
      if (!category->essential && n++ == 0)
        example = category->name;
    }
  return n > 1 ? title_of (choice, example) : NULL;
}

/* The titles of all that can be chosen from; NULL when there is none. */
static char *
choice_of (const FilterTemplateChoice *choice)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < choice->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (choice->config->categories, i);
      if (!category->essential)
        g_strv_builder_add (names, category->name);
    }
  g_auto (GStrv) list = g_strv_builder_end (names);
  return titles_of (choice, list);
}

static const char *
present (gboolean there, const char *value)
{
  return there ? value : NULL;
}

FilterReplyText *
filter_reply_text (const FilterVerdict *verdict, const FilterConfig *config, const char *mailbox,
                   const char *language, gint64 at)
{
  const char *kind = filter_policy_notice (verdict), *place;
  gboolean reader = is_about_reader (verdict);
  gboolean own = verdict->requester == NULL || g_strcmp0 (verdict->reply_to, verdict->requester) == 0;
  gboolean every = g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY);
  gboolean one = !every && *verdict->scope != NULL && verdict->scope[1] == NULL;
  FilterTemplateChoice choice = {
    .config = config, .mailbox = mailbox, .category = one ? *verdict->scope : NULL, .language = language
  };
  const char *template = filter_template_find (&choice, kind, &choice.language, &place);
  g_autofree char *organisation = organisation_of (config);
  g_autofree char *date = date_of (&choice, at);
  g_autofree char *due = date_of (&choice, filter_clock_case_due (at, config->case_days));
  g_autofree char *scope = scope_of (verdict, &choice);
  g_autofree char *essential = essential_of (&choice);
  g_autofree char *example = every && *verdict->except == NULL ? example_of (&choice) : NULL;
  g_autofree char *names = choice_of (&choice);
  gboolean part = *verdict->scope != NULL && !every, rest = *verdict->again != NULL;
  g_autofree char *request = request_of (verdict, &choice);
  g_autofree char *undo = filter_template_word (&choice, "undo");
  g_autofree char *unsubscribe = filter_template_word (&choice, "unsubscribe");
  g_autofree char *only = filter_template_word (&choice, "only");
  g_autofree char *all = filter_template_word (&choice, "all");
  g_autofree char *yes = filter_template_word (&choice, "yes");
  const FilterValue values[] = {
    { "organisation", organisation },
    { "date", date },
    { "due", due },
    { "scope", scope },
    { "own", present (own, "") },
    { "other", present (!own, "") },
    { "part", present (part && !rest, "") },
    { "rest", present (part && rest, "") },
    { "stopped", present (scope != NULL, "") },
    { "unknown", present (strcmp (verdict->act_reason, "only-unknown") == 0, "") },
    { "names", names },
    { "choose", present (example != NULL, "") },
    { "channels", present (verdict->every_channel, "") },
    { "erase", present (verdict->intent == PARSER_INTENT_ERASURE && verdict->confirms == NULL, "") },
    { "address", present (reader, verdict->reply_to) },
    { "essential", essential },
    { "example", example },
    { "preferences", config->preferences_url },
    { "request", request },
    { "unsubscribe", unsubscribe },
    { "undo", present (reader, undo) },
    { "only", present (reader, only) },
    { "all", present (reader, all) },
    { "yes", present (reader, yes) },
    FILTER_VALUES_END,
  };
  return make_text (kind, &choice, template, place, values);
}

FilterReplyText *
filter_reply_digest (const FilterConfig *config, guint count, const char *flood, const char *waiting,
                     const char *requests, guint failed)
{
  const char *place;
  FilterTemplateChoice choice = { .config = config };
  const char *template = filter_template_find (&choice, "digest", &choice.language, &place);
  g_autofree char *organisation = organisation_of (config);
  g_autofree char *number = g_strdup_printf ("%u", count), *given_up = g_strdup_printf ("%u", failed);
  const FilterValue values[] = {
    { "organisation", organisation },
    { "count", number },
    { "floods", present (flood != NULL, "") },
    { "flood", flood },
    { "mails", present (waiting != NULL, "") },
    { "waiting", waiting },
    { "cases", present (requests != NULL, "") },
    { "requests", requests },
    { "lost", present (failed > 0, "") },
    { "failed", present (failed > 0, given_up) },
    FILTER_VALUES_END,
  };
  return make_text ("digest", &choice, template, place, values);
}
