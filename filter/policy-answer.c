/* policy-answer.c - what a mail is that answers one of our confirmations with the word that it asks for: one
 * table, first row that holds. Pure.
 *
 * An answer counts where the mail names that confirmation, its writer is the person to whom it went, and
 * nothing speaks of a machine; where it may be our own text come back, a person on the staff decides. Each is
 * a wish of its own, received now: the later one counts, and none is undone by an earlier one that comes
 * again. UNDO takes back what the answered confirmation says, and no more: what other wishes stopped stays
 * so. */
#include "policy-private.h"

#include <string.h>

/* ---- does it count? ---- */

#define MACHINE                                                                                              \
  (PARSER_MARK_AUTO_SUBMITTED | PARSER_MARK_ONE_TAP | PARSER_MARK_LIST_FIELDS | PARSER_MARK_BULK             \
   | PARSER_MARK_OWN_LOOP | PARSER_MARK_HOPS | PARSER_MARK_NULL_SENDER)
#define UNSURE (PARSER_DEFECT_PARTIAL | PARSER_DEFECT_DISAGREE | PARSER_DEFECT_MANY_FROM)

gboolean
filter_policy_is_from_person (const FilterReading *r)
{
  const FilterCase *c = r->c;
  return c->facts->kind == PARSER_KIND_PERSON && (c->facts->marks & MACHINE) == 0
         && (c->facts->defects & UNSURE) == 0 && g_strcmp0 (c->sender, "") != 0;
}

static gboolean
is_from_notified (const FilterReading *r)
{
  const StoreEvent *answered = r->c->answered;
  return answered != NULL && answered->address != NULL && r->writer == r->c->facts->from
         && g_strcmp0 (answered->address, r->writer) == 0;
}

/* It may be a piece of ours that a machine sent back: then a person reads it. */
static gboolean
is_doubtful (const FilterReading *r)
{
  return (r->c->facts->marks & PARSER_MARK_DOUBTFUL) != 0;
}

/* ---- what a row may ask ---- */

/* They were told of a stop, and not asked whether they want our mail again. */
static gboolean
is_told (const FilterReading *r)
{
  return !filter_policy_is_question (r->c->answered);
}

static gboolean
is_stopped_before (const FilterReading *r)
{
  return is_told (r) && r->c->stopped != NULL
         && g_strv_contains ((const char *const *)r->c->stopped, STORE_EVERY);
}

/* The categories that ONLY names: the essential ones or the others. */
static char **
named (const FilterReading *r, gboolean essential)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (char **name = r->c->facts->answer_scope; *name != NULL; name++)
    {
      const FilterCategory *category = filter_config_category (r->c->config, *name);
      if (category != NULL && category->essential == essential)
        g_strv_builder_add (list, *name);
    }
  return g_strv_builder_end (list);
}

static gboolean
names_any (const FilterReading *r, gboolean essential)
{
  g_auto (GStrv) list = named (r, essential);
  return *list != NULL;
}

static gboolean
names_nothing (const FilterReading *r)
{
  return is_told (r) && !names_any (r, FALSE) && !names_any (r, TRUE);
}

static gboolean
names_essential (const FilterReading *r)
{
  return is_told (r) && !names_any (r, FALSE);
}

static gboolean
has_case (const FilterReading *r)
{
  return r->c->erasure != NULL;
}

/* ---- the table ---- */

#define ANY 0
#define TOLD(name) (1u << STORE_ACTION_##name)
#define STOPS (TOLD (OPT_OUT) | TOLD (HOLD))

typedef struct
{
  const char *reason;
  ParserAnswer answer;
  guint events; /* of which the answered confirmation told */
  gboolean (*asks) (const FilterReading *reading);
  FilterAct act;
  ParserIntent intent;
} AnswerRule;

/* clang-format off */
static const AnswerRule rules[] = {
  { "undo-again",      PARSER_ANSWER_UNDO,  STOPS,         is_stopped_before, FILTER_ACT_REVIEW, PARSER_INTENT_OPT_IN },
  { "undo",            PARSER_ANSWER_UNDO,  STOPS,         NULL,              FILTER_ACT_RECORD, PARSER_INTENT_OPT_IN },
  { "undo-unproved",   PARSER_ANSWER_UNDO,  ANY,           NULL,              FILTER_ACT_REVIEW, PARSER_INTENT_OPT_IN },
  { "only-unknown",    PARSER_ANSWER_ONLY,  STOPS,         names_nothing,     FILTER_ACT_REVIEW, PARSER_INTENT_OPT_OUT },
  { "essential-only",  PARSER_ANSWER_ONLY,  STOPS,         names_essential,   FILTER_ACT_REVIEW, PARSER_INTENT_OPT_OUT },
  { "only-again",      PARSER_ANSWER_ONLY,  STOPS,         is_stopped_before, FILTER_ACT_REVIEW, PARSER_INTENT_OPT_OUT },
  { "only",            PARSER_ANSWER_ONLY,  STOPS,         is_told,           FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "all",             PARSER_ANSWER_ALL,   STOPS,         is_told,           FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "erase-confirmed", PARSER_ANSWER_ERASE, ANY,           has_case,          FILTER_ACT_RECORD, PARSER_INTENT_ERASURE },
  { "request",         PARSER_ANSWER_ERASE, ANY,           NULL,              FILTER_ACT_RECORD, PARSER_INTENT_ERASURE },
  { "changed-mind",    PARSER_ANSWER_STOP,  TOLD (OPT_IN), NULL,              FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
  { "clear-wish",      PARSER_ANSWER_STOP,  ANY,           NULL,              FILTER_ACT_RECORD, PARSER_INTENT_OPT_OUT },
};
/* clang-format on */

static const AnswerRule *
rule_of (const FilterReading *r)
{
  if (r->c->facts->answer == PARSER_ANSWER_NONE || !is_from_notified (r) || !filter_policy_is_from_person (r))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].answer == r->c->facts->answer
        && (rules[i].events == ANY || (rules[i].events & 1u << r->c->answered->action) != 0)
        && (rules[i].asks == NULL || rules[i].asks (r)))
      return &rules[i];
  return NULL;
}

gboolean
filter_policy_is_answer (const FilterReading *reading)
{
  return rule_of (reading) != NULL;
}

/* ---- what it covers ---- */

static void
set_list (char ***list, char **to)
{
  g_strfreev (*list);
  *list = to;
}

static char **
every (void)
{
  return g_strdupv ((char *[]){ (char *)STORE_EVERY, NULL });
}

/* The names of @from that stand in neither @without nor @nor, and can be stopped. */
static char **
rest_of (const FilterReading *r, char **from, char **without, char **nor)
{
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  for (char **name = from; *name != NULL; name++)
    {
      const FilterCategory *category = filter_config_category (r->c->config, *name);
      if (!g_strv_contains ((const char *const *)without, *name)
          && !g_strv_contains ((const char *const *)nor, *name) && (category == NULL || !category->essential))
        g_strv_builder_add (rest, *name);
    }
  return g_strv_builder_end (rest);
}

/* What is named is stopped; the rest of what was stopped becomes as it was before. */
static void
cover_only (const FilterReading *r, FilterVerdict *verdict)
{
  const StoreEvent *answered = r->c->answered;
  g_auto (GStrv) stays = filter_policy_stays_out (r);
  set_list (&verdict->scope, named (r, FALSE));
  set_list (&verdict->again, rest_of (r, answered->scope, verdict->scope, stays));
  if (!g_strv_contains ((const char *const *)verdict->again, STORE_EVERY))
    return;
  g_autoptr (GStrvBuilder) except = g_strv_builder_new ();
  for (char **name = verdict->scope; *name != NULL; name++)
    g_strv_builder_add (except, *name);
  for (char **name = stays; *name != NULL; name++)
    if (!g_strv_contains ((const char *const *)verdict->scope, *name))
      g_strv_builder_add (except, *name);
  set_list (&verdict->again_except, g_strv_builder_end (except));
}

static void
cover (const FilterReading *r, FilterVerdict *verdict)
{
  if (verdict->intent == PARSER_INTENT_OPT_IN)
    filter_policy_cover (r, verdict);
  else if (strcmp (verdict->act_reason, "only") == 0)
    cover_only (r, verdict);
  else if (strcmp (verdict->act_reason, "essential-only") == 0)
    set_list (&verdict->scope, named (r, TRUE));
  else if (strcmp (verdict->act_reason, "changed-mind") == 0)
    set_list (&verdict->scope, g_strdupv (r->c->answered->scope));
  else if (verdict->confirms == NULL)
    set_list (&verdict->scope, every ()); /* R103 */
}

void
filter_policy_answer (const FilterReading *reading, FilterVerdict *verdict)
{
  const AnswerRule *rule = rule_of (reading);
  g_assert (rule != NULL);
  gboolean doubt = rule->act == FILTER_ACT_RECORD && is_doubtful (reading);
  verdict->act = doubt ? FILTER_ACT_REVIEW : rule->act;
  verdict->act_reason = doubt ? "doubtful" : rule->reason;
  verdict->intent = rule->intent;
  verdict->proof = PARSER_PROOF_TOKEN;
  verdict->reason = verdict->act == FILTER_ACT_REVIEW ? STORE_REASON_REVIEW : STORE_REASON_PERSON;
  if (strcmp (verdict->act_reason, "erase-confirmed") == 0)
    verdict->confirms = g_strdup (reading->c->erasure);
  cover (reading, verdict);
}
