/* policy-scope.c - what a wish covers: categories, or all marketing, and what is kept. Pure. */
#include "policy-private.h"

#include <string.h>

static char **
list_of (const char *only)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  if (only != NULL)
    g_strv_builder_add (list, only);
  return g_strv_builder_end (list);
}

/* The configured categories among @names: the essential ones or the others; empty when there are none. */
static char **
categories_of (const FilterReading *r, char **names, gboolean essential)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (char **name = names; *name != NULL; name++)
    {
      const FilterCategory *category = filter_config_category (r->c->config, *name);
      if (category != NULL && category->essential == essential)
        g_strv_builder_add (list, *name);
    }
  return g_strv_builder_end (list);
}

/* What a strong token stops: the category that it was made for, and what the words say beside it (R103). A
 * bare command says no more than the token; what is to be kept, and "everything", do. */
static char **
scope_by_token (const FilterReading *r)
{
  const char *token = r->holder->category;
  const FilterCategory *category = token != NULL ? filter_config_category (r->c->config, token) : NULL;
  if (category == NULL || category->essential || *r->c->facts->except != NULL
      || (r->c->facts->marks & (PARSER_MARK_EVERYTHING | PARSER_MARK_EVERY_CHANNEL)) != 0)
    return list_of (STORE_EVERY);
  g_auto (GStrv) named = categories_of (r, r->c->facts->scope, FALSE);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_strv_builder_add (list, token);
  for (char **name = named; *name != NULL; name++)
    if (strcmp (*name, token) != 0)
      g_strv_builder_add (list, *name);
  return g_strv_builder_end (list);
}

/* The categories that the mail names; a wish that names none is about all marketing (R103). */
static char **
wished_scope (const FilterReading *r, gboolean essential)
{
  g_auto (GStrv) scope = categories_of (r, r->c->facts->scope, essential);
  if (*scope == NULL || g_strv_contains ((const char *const *)r->c->facts->scope, STORE_EVERY))
    return list_of (STORE_EVERY);
  return g_steal_pointer (&scope);
}

gboolean
filter_policy_has_request (const FilterVerdict *verdict)
{
  return verdict->act == FILTER_ACT_RECORD && verdict->confirms == NULL
         && (verdict->intent == PARSER_INTENT_OPT_OUT || verdict->intent == PARSER_INTENT_ERASURE
             || verdict->intent == PARSER_INTENT_NO_SHARING);
}

gboolean
filter_policy_is_case_only (ParserIntent intent)
{
  return intent == PARSER_INTENT_ACCESS || intent == PARSER_INTENT_CORRECTION
         || intent == PARSER_INTENT_NO_SHARING;
}

static gboolean
is_undo (const FilterVerdict *verdict)
{
  return strcmp (verdict->act_reason, "undo") == 0;
}

static char **
scope_of (const FilterReading *r, const FilterVerdict *verdict)
{
  if (verdict->act == FILTER_ACT_NONE
      || (verdict->act == FILTER_ACT_RECORD && filter_policy_is_case_only (verdict->intent)
          && r->role != FILTER_ROLE_UNSUBSCRIBE && r->holder == NULL))
    return list_of (NULL);
  if (is_undo (verdict)) /* what was stopped comes back, or the part of it that is named */
    {
      g_auto (GStrv) named = categories_of (r, r->c->facts->scope, FALSE);
      return *named != NULL ? g_steal_pointer (&named) : g_strdupv (r->c->answered->scope);
    }
  if (verdict->act == FILTER_ACT_RECORD && verdict->intent == PARSER_INTENT_OPT_OUT && r->holder != NULL)
    return scope_by_token (r);
  return wished_scope (r, strcmp (verdict->act_reason, "essential-only") == 0);
}

/* What another wish stopped stays so, and nobody has opted in to what is out by default. */
char **
filter_policy_stays_out (const FilterReading *r)
{
  g_autoptr (GPtrArray) except = g_ptr_array_new ();
  for (char **name = r->c->stopped; name != NULL && *name != NULL; name++)
    g_ptr_array_add (except, *name);
  for (guint i = 0; i < r->c->config->categories->len; i++)
    {
      const FilterCategory *category = g_ptr_array_index (r->c->config->categories, i);
      if (category->is_out && !g_ptr_array_find_with_equal_func (except, category->name, g_str_equal, NULL))
        g_ptr_array_add (except, category->name);
    }
  g_ptr_array_add (except, NULL);
  return g_strdupv ((char **)except->pdata);
}

/* An undo makes everything as it was before. Whoever asked for our mail again, and was asked whether it was
 * he, gets all of it. */
static char **
except_of (const FilterReading *r, const FilterVerdict *verdict)
{
  if (!is_undo (verdict))
    return categories_of (r, r->c->facts->except, FALSE);
  return filter_policy_is_question (r->c->answered) ? list_of (NULL) : filter_policy_stays_out (r);
}

void
filter_policy_cover (const FilterReading *reading, FilterVerdict *verdict)
{
  g_strfreev (verdict->scope);
  verdict->scope = scope_of (reading, verdict);
  if (!g_strv_contains ((const char *const *)verdict->scope, STORE_EVERY))
    return;
  g_strfreev (verdict->except);
  verdict->except = except_of (reading, verdict);
}
