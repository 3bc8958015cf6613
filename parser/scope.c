/* scope.c - of which mail the writer wants no more: the operator's words for his categories, "only" and
 * "except" */
#include "scope.h"

#include <string.h>

#define FEW 2 /* words around a topic in a clause of its own: "and the events" */

typedef struct
{
  ParserScopeText text;
  guint first, end; /* clauses */
  guint general;    /* the first clause of it that acts on mail in general, or end */
  gboolean reason;  /* does a later sentence leave all mail? */
} Sentence;

/* What is found, of each category. */
typedef struct
{
  gboolean *kept, *left;
  gboolean alone; /* kept is nothing else: "only", "all but" */
} Scope;

/* ---- what the sentences say of them ---- */

static const ParserCue *
cue_in (const Sentence *sentence, ParserCueKind kind)
{
  for (guint i = parser_scope_clause (sentence->text.said, sentence->first)->first_cue;
       i < parser_scope_clause (sentence->text.said, sentence->end - 1)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (sentence->text.said, i);
      gboolean native = sentence->text.language < 0 || (int)cue->language == sentence->text.language;
      if (cue->kind == kind && native && !cue->inside)
        return cue;
    }
  return NULL;
}

static gboolean
acts_in (const Sentence *sentence)
{
  gboolean found = FALSE;
  for (guint i = sentence->first; i < sentence->end; i++)
    found |= parser_scope_acts (&sentence->text, i);
  return found;
}

static gboolean
keeps_in (const Sentence *sentence)
{
  gboolean found = FALSE;
  for (guint i = sentence->first; i < sentence->end; i++)
    found |= parser_scope_keeps (&sentence->text, i) || parser_scope_prefers (&sentence->text, i);
  return found;
}

/* "I have no use for your offers. Please remove me from all your lists": the first only says why. */
static gboolean
is_reason (const Sentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    if (parser_scope_acts_by (&sentence->text, i, PARSER_CUE_LEAVE, PARSER_CUE_STOP)
        || parser_scope_clause (sentence->text.said, i)->wished)
      return FALSE;
  return sentence->reason;
}

/* "The letters about every update are too many, switch them off": a later clause stops what this one names.
 */
static gboolean
is_meant_later (const Sentence *sentence, const ParserCue *topic)
{
  for (guint i = topic->clause + 1; i < sentence->end; i++)
    if (!parser_scope_names_any (&sentence->text, i)
        && parser_scope_acts_by (&sentence->text, i, PARSER_CUE_STOP, PARSER_CUE_STOP))
      return TRUE;
  return FALSE;
}

/* A topic beside the action is what it acts on; one in a clause of hardly more than itself goes on a list of
 * them, unless the list goes on from mail in general: "all your lists, including the offers". */
static gboolean
is_acted_on (const Sentence *sentence, const ParserCue *topic)
{
  const ParserClause *clause = parser_scope_clause (sentence->text.said, topic->clause);
  if (parser_scope_acts (&sentence->text, topic->clause) || is_meant_later (sentence, topic))
    return TRUE;
  if (sentence->general < topic->clause)
    return FALSE;
  return parser_said_count (sentence->text.said, clause->start, topic->start)
             + parser_said_count (sentence->text.said, topic->end, clause->end)
         <= FEW;
}

/* Do few words at most part @only from @cue? */
static gboolean
is_near (const ParserSaid *said, const ParserCue *only, const ParserCue *cue)
{
  return cue->start >= only->end ? parser_said_count (said, only->end, cue->start) <= FEW
                                 : parser_said_count (said, cue->end, only->start) <= FEW;
}

/* Does the clause of @only name mail near to it? */
static gboolean
names_mail (const ParserSaid *said, const ParserCue *only)
{
  const ParserClause *clause = parser_scope_clause (said, only->clause);
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if ((cue->kind == PARSER_CUE_MAIL || cue->topic) && !cue->inside && is_near (said, only, cue))
        return TRUE;
    }
  for (guint i = clause->first_about; i < clause->end_about; i++)
    if (is_near (said, only, &g_array_index (said->about, ParserCue, i)))
      return TRUE;
  return FALSE;
}

/* "I do not want your offers, only the invoices"? */
static gboolean
is_after_refusal (const Sentence *sentence, const ParserCue *only)
{
  const ParserSaid *said = sentence->text.said;
  if (parser_said_count (said, parser_scope_clause (said, only->clause)->start, only->start) > 0)
    return FALSE;
  for (guint i = sentence->first; i < only->clause; i++)
    if (parser_scope_acts_by (&sentence->text, i, PARSER_CUE_REFUSE, PARSER_CUE_REFUSE))
      return TRUE;
  return FALSE;
}

/* "Only the offers please"; "please send me only the offers, no other mail": what stands there is kept. "Only
 * came for the coupon" keeps nothing. */
static gboolean
is_kept_alone (const Sentence *sentence, const ParserCue *only)
{
  if (only == NULL || parser_scope_acts (&sentence->text, only->clause))
    return FALSE;
  guint start = parser_scope_clause (sentence->text.said, sentence->first)->start;
  gboolean wanted = FALSE;
  for (guint i = parser_scope_clause (sentence->text.said, only->clause)->first_cue;
       i < parser_scope_clause (sentence->text.said, only->clause)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (sentence->text.said, i);
      wanted |= (cue->kind == PARSER_CUE_PLEASE || cue->kind == PARSER_CUE_WANT) && cue->end <= only->start
                && parser_cues_same_language (cue, only);
    }
  return wanted
         || (names_mail (sentence->text.said, only)
             && (parser_said_count (sentence->text.said, start, only->start) == 0
                 || parser_scope_clause (sentence->text.said, only->clause)->wished
                 || is_after_refusal (sentence, only)));
}

/* "All but the invoices", or, where "but" stands behind what it names, "the invoices but, all". */
static gboolean
is_excepted (const Sentence *sentence, const ParserCue *topic, const ParserCue *except)
{
  if (except == NULL || topic->start > except->start)
    return except != NULL;
  for (guint i = parser_scope_clause (sentence->text.said, except->clause)->first_cue;
       i < parser_scope_clause (sentence->text.said, sentence->end - 1)->end_cue; i++)
    if (parser_said_cue (sentence->text.said, i)->topic
        && parser_said_cue (sentence->text.said, i)->start > except->start)
      return FALSE;
  return topic->clause == except->clause;
}

/* "I answer your surveys gladly, keep them coming": a later clause keeps what this one names. */
static gboolean
is_kept_later (const Sentence *sentence, const ParserCue *topic)
{
  if (parser_scope_acts_by_rule (&sentence->text, topic->clause))
    return FALSE;
  for (guint i = topic->clause + 1; i < sentence->end; i++)
    {
      if (parser_scope_names_any (&sentence->text, i))
        return FALSE;
      if (parser_scope_keeps (&sentence->text, i))
        return TRUE;
    }
  return FALSE;
}

/* Does the sentence leave all mail before the clause of @topic? */
static gboolean
leaves_all_before (const Sentence *sentence, const ParserCue *topic)
{
  return sentence->general < topic->clause && parser_scope_says_all (&sentence->text, sentence->general);
}

static gboolean
is_kept (const Sentence *sentence, const ParserCue *topic, const ParserCue *except, const ParserCue *alone)
{
  return is_excepted (sentence, topic, except)
         || parser_scope_excepts (&sentence->text, topic, leaves_all_before (sentence, topic))
         || (alone && topic->clause == alone->clause) || is_kept_later (sentence, topic)
         || parser_scope_is_before_rest (&sentence->text, topic)
         || parser_scope_keeps (&sentence->text, topic->clause)
         || parser_scope_prefers (&sentence->text, topic->clause);
}

static gboolean
is_essential (const ParserCue *about)
{
  return about->kind == PARSER_CUE_TOPIC_INVOICES || about->kind == PARSER_CUE_TOPIC_SERVICE;
}

/* Is the mail that @cue names a word of what is essential: "order mails"? */
static gboolean
is_of_essential (const ParserSaid *said, const ParserCue *cue)
{
  for (guint i = parser_scope_clause (said, cue->clause)->first_about;
       i < parser_scope_clause (said, cue->clause)->end_about; i++)
    {
      const ParserCue *about = &g_array_index (said->about, ParserCue, i);
      if (is_essential (about) && about->start <= cue->start && about->end >= cue->end)
        return TRUE;
    }
  return FALSE;
}

/* Does @clause, from @start on, name mail that is not essential? Sets @any_out where it names some that is.
 */
static gboolean
names_other (const Sentence *sentence, guint clause, guint start, gboolean *any_out)
{
  const ParserSaid *said = sentence->text.said;
  for (guint i = parser_scope_clause (said, clause)->first_about;
       i < parser_scope_clause (said, clause)->end_about; i++)
    {
      const ParserCue *about = &g_array_index (said->about, ParserCue, i);
      if (about->start < start
          || (sentence->text.language >= 0 && !parser_cue_is_of (about, sentence->text.language)))
        continue;
      if (!is_essential (about))
        return TRUE;
      *any_out = TRUE;
    }
  for (guint i = parser_scope_clause (said, clause)->first_cue;
       i < parser_scope_clause (said, clause)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (said, i);
      if (cue->kind == PARSER_CUE_MAIL && !cue->inside && cue->start >= start && !is_of_essential (said, cue)
          && (sentence->text.language < 0 || parser_cue_is_of (cue, sentence->text.language)))
        return TRUE;
    }
  return FALSE;
}

/* "All but the invoices", where the operator has no category for them: what is kept nobody can leave, so that
 * all that there is to leave goes. A later clause goes on with what is kept unless it acts: "drop all other
 * mail". */
static gboolean
keeps_essential (const Sentence *sentence, const ParserCue *except, const ParserCue *alone)
{
  const guint clause = except ? except->clause : alone->clause;
  const guint start = except ? except->end : parser_scope_clause (sentence->text.said, clause)->start;
  gboolean any = FALSE;
  for (guint i = clause; i < sentence->end; i++)
    if ((i == clause || !parser_scope_acts_by_rule (&sentence->text, i))
        && names_other (sentence, i, start, &any))
      return FALSE;
  return any;
}

/* Is the sentence about mail at all? "If only one more comes I complain" keeps nothing. */
static gboolean
is_of_mail (const Sentence *sentence)
{
  for (guint i = sentence->first; i < sentence->end; i++)
    {
      const ParserClause *clause = parser_scope_clause (sentence->text.said, i);
      if (parser_scope_acts (&sentence->text, i) || clause->end_about > clause->first_about
          || parser_scope_names_any (&sentence->text, i))
        return TRUE;
    }
  return FALSE;
}

/* Returns FALSE when something is to be kept and nothing says what goes or stays. */
static gboolean
read_sentence (const Sentence *sentence, Scope *scope)
{
  const ParserCue *except = cue_in (sentence, PARSER_CUE_EXCEPT), *only = cue_in (sentence, PARSER_CUE_ONLY);
  const ParserCue *alone = is_kept_alone (sentence, only) ? only : NULL;
  gboolean named = FALSE;
  if (!except && !alone && !keeps_in (sentence) && (!acts_in (sentence) || is_reason (sentence)))
    return TRUE;
  for (guint i = parser_scope_clause (sentence->text.said, sentence->first)->first_cue;
       i < parser_scope_clause (sentence->text.said, sentence->end - 1)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (sentence->text.said, i);
      if (cue->topic == 0 || cue->inside || !parser_scope_counts (&sentence->text, cue))
        continue;
      if (is_kept (sentence, cue, except, alone))
        scope->kept[cue->topic - 1] = named = TRUE;
      else if (cue->kind == PARSER_CUE_MAIL && is_acted_on (sentence, cue))
        scope->left[cue->topic - 1] = named = TRUE;
    }
  scope->alone |= named && (except || alone);
  return named || !(except || alone) || (!except && !is_of_mail (sentence))
         || keeps_essential (sentence, except, alone);
}

/* The sentence that begins with clause @first. */
static Sentence
sentence_at (const ParserScopeText *text, guint first)
{
  Sentence sentence = { .text = *text, .first = first, .end = first };
  while (sentence.end < text->said->clauses->len
         && parser_scope_clause (text->said, sentence.end)->sentence
                == parser_scope_clause (text->said, first)->sentence)
    sentence.end++;
  for (sentence.general = first; sentence.general < sentence.end; sentence.general++)
    if (parser_scope_is_general (text, sentence.general))
      break;
  return sentence;
}

/* Behind the last clause that leaves mail in general; 0 for none. */
static guint
find_last_leave (const ParserScopeText *text)
{
  for (guint i = text->said->clauses->len; i > 0; i--)
    if (parser_scope_is_general (text, i - 1)
        && (parser_scope_acts_by (text, i - 1, PARSER_CUE_LEAVE, PARSER_CUE_REMOVE)
            || parser_scope_acts_by (text, i - 1, PARSER_CUE_WISH, PARSER_CUE_WISH)))
      return i;
  return 0;
}

/* Sets in @chosen the categories that @clause names. Returns FALSE for none. */
static gboolean
choose_named (const ParserScopeText *text, guint clause, gboolean *chosen)
{
  gboolean any = FALSE;
  for (guint i = parser_scope_clause (text->said, clause)->first_cue;
       i < parser_scope_clause (text->said, clause)->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (text->said, i);
      if (cue->topic && !cue->inside && parser_scope_counts (text, cue))
        chosen[cue->topic - 1] = any = TRUE;
    }
  return any;
}

/* "The vouchers I do use. The rest may go": the rest is all but what was named last, unless that is to stop
 * too. */
static void
keep_before_rest (const ParserScopeText *text, guint rest, Scope *scope)
{
  for (guint i = rest; i > 0; i--)
    {
      const guint clause = i - 1;
      if (parser_scope_clause (text->said, rest)->sentence
          > parser_scope_clause (text->said, clause)->sentence + 1)
        return;
      if (parser_scope_acts_by_rule (text, clause)
          || parser_scope_acts_by (text, clause, PARSER_CUE_NOT, PARSER_CUE_NOT)
          || choose_named (text, clause, scope->kept))
        return;
    }
}

/* Where nothing is kept by the rules: what is named before "the rest", or where, as learned, one kind alone
 * may go on, and nothing stops. */
static void
keep_likely (const ParserScopeText *text, Scope *scope)
{
  for (guint i = 0; i < text->said->clauses->len; i++)
    if (parser_scope_speaks_of_rest (text, i))
      keep_before_rest (text, i, scope);
  for (guint i = 0; i < text->said->clauses->len; i++)
    if (parser_scope_clause (text->said, i)->but && !parser_scope_acts_by_rule (text, i))
      choose_named (text, i, scope->kept);
}

static gboolean
is_any (const gboolean *chosen, guint n)
{
  gboolean any = FALSE;
  for (guint i = 0; i < n; i++)
    any |= chosen[i];
  return any;
}

static gboolean
read_text (ParserScopeText *text, Scope *scope)
{
  const guint last_leave = find_last_leave (text);
  gboolean known = TRUE;
  for (guint i = 0; i < text->said->clauses->len; i++)
    text->rest |= parser_scope_speaks_of_rest (text, i) || parser_scope_clause (text->said, i)->but;
  for (guint i = 0; i < text->said->clauses->len;)
    {
      Sentence sentence = sentence_at (text, i);
      sentence.reason = last_leave > sentence.end;
      known &= read_sentence (&sentence, scope);
      i = sentence.end;
    }
  scope->alone |= text->rest;
  return known;
}

/* "Stop everything", "from all your lists": more than the one newsletter that a token was made for. */
static gboolean
says_everything (const ParserScopeText *text)
{
  const ParserSaid *said = text->said;
  for (guint i = 0; i < said->clauses->len; i++)
    {
      const ParserClause *clause = parser_scope_clause (said, i);
      gboolean topic = FALSE;
      for (guint k = clause->first_cue; k < clause->end_cue; k++)
        topic |= parser_said_cue (said, k)->topic != 0;
      if (!topic && parser_scope_acts (text, i) && parser_scope_says_all (text, i))
        return TRUE;
    }
  return FALSE;
}

static char **
names_of (const ParserOptions *options, const gboolean *chosen)
{
  GPtrArray *names = g_ptr_array_new ();
  for (guint i = 0; i < options->n_categories; i++)
    if (chosen[i])
      g_ptr_array_add (names, g_strdup (options->categories[i].name));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

gboolean
parser_scope_read (const ParserSaid *const *said, guint n_said, int language, const ParserOptions *options,
                   ParserFacts *facts)
{
  static const ParserOptions none = { 0 };
  if (options == NULL)
    options = &none;
  g_autofree gboolean *kept = g_new0 (gboolean, options->n_categories + 1);
  g_autofree gboolean *left = g_new0 (gboolean, options->n_categories + 1);
  Scope scope = { .kept = kept, .left = left };
  gboolean known = TRUE;
  for (guint i = 0; i < n_said; i++)
    {
      ParserScopeText text = { said[i], language, FALSE };
      known &= read_text (&text, &scope);
      if (!is_any (kept, options->n_categories))
        keep_likely (&text, &scope);
      facts->marks |= says_everything (&text) ? PARSER_MARK_EVERYTHING : 0;
    }

  g_strfreev (facts->except);
  facts->except = names_of (options, kept);
  g_strfreev (facts->scope);
  facts->scope = names_of (options, left);
  if (facts->scope[0] && !scope.alone && !(facts->marks & PARSER_MARK_EVERYTHING))
    {
      g_strfreev (facts->except);
      facts->except = g_new0 (char *, 1);
    }
  if (facts->scope[0] == NULL || facts->except[0])
    {
      g_strfreev (facts->scope);
      facts->scope = g_strsplit ("*", " ", -1);
    }
  return known;
}
