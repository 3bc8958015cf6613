/* answer.c - the words that our confirmations ask for, where a mail begins with one of them and is hardly
 * more
 *
 * What takes a stop back must stand beyond doubt: around UNDO and ONLY every word is looked at, and where one
 * is not understood there is no answer, or one that a person must read. */
#include "reading.h"

#include <string.h>

enum
{
  MOST_WORDS = 40,   /* of a mail that is hardly more than a word */
  FEW_WORDS = 12,    /* of an ONLY that is not understood */
  MOST_BELOW = 15,   /* words behind it: a reason, a name and a firm */
  MOST_NAME = 2,     /* strange words in the sentence of the answer: "UNDO, Ann" */
  MOST_GREETING = 3, /* "Dear Ms Miller" */
  NOT_LIGHT = 1000   /* a word that makes it no answer */
};

#define CUE(name) (G_GUINT64_CONSTANT (1) << PARSER_CUE_##name)
#define WAYS_OUT (CUE (LEAVE) | CUE (REMOVE) | CUE (STOP) | CUE (WISH) | CUE (COMMAND))
#define TALK                                                                                                 \
  (CUE (NOT) | CUE (REFUSE) | CUE (IF) | CUE (ASK) | CUE (OTHERS) | CUE (ABOUT) | CUE (OFFER) | CUE (EXCEPT))
#define APART (CUE (OTHERS) | CUE (ABOUT) | CUE (OFFER)) /* says nothing about an answer in another line */
#define POLITE (CUE (ME) | CUE (MAIL) | CUE (LIST) | CUE (PLEASE) | CUE (WANT) | CUE (FILLER) | CUE (FROM))
#define SMALL (CUE (PLEASE) | CUE (FROM) | CUE (COMMON) | WAYS_OUT)

/* Words that may stand beside an answer, and those beside which it is none. */
typedef struct
{
  guint64 light, talk;
} Company;

static const Company company[] = {
  [PARSER_ANSWER_UNDO] = { POLITE, TALK | WAYS_OUT },
  [PARSER_ANSWER_ONLY] = { SMALL, TALK | CUE (WANT) | CUE (SUBSCRIBE) | CUE (STAY) },
  [PARSER_ANSWER_ALL] = { POLITE | WAYS_OUT, TALK },
  [PARSER_ANSWER_ERASE] = { POLITE | WAYS_OUT | CUE (ERASE) | CUE (DATA), TALK },
  [PARSER_ANSWER_STOP] = { POLITE | WAYS_OUT, TALK },
};
static const Company greeting = { POLITE, TALK | WAYS_OUT };

/* One of ParserOptions.answers, where it stands. */
typedef struct
{
  const ParserSaid *said;
  const ParserOptions *options;
  char **words; /* of options->answers, as those of said */
  int language; /* of the mail, -1 when it cannot be told */
  ParserAnswer answer;
  guint clause, n;  /* where it stands, and how many are read */
  guint start, end; /* bytes of words */
} Word;

static const ParserClause *
clause_at (const ParserSaid *said, guint i)
{
  return &g_array_index (said->clauses, ParserClause, i);
}

/* ---- finding the word ---- */

static gboolean
is_gap (char c)
{
  return c == ' ' || c == PARSER_CLAUSE_END;
}

/* Where @words, made as those of @said, end that begin at @at; 0 when others stand there. */
static guint
match (const GString *said, guint at, const char *words)
{
  gunichar last = 0;
  for (; *words != '\0'; words = g_utf8_next_char (words))
    {
      gunichar c = g_utf8_get_char (words);
      if (is_gap ((char)*words))
        {
          if (!is_gap (said->str[at]) && !parser_is_unspaced (last))
            return 0;
          at += is_gap (said->str[at]);
          continue;
        }
      if (at >= said->len || g_utf8_get_char (said->str + at) != c)
        return 0;
      last = c;
      at = (guint)(g_utf8_next_char (said->str + at) - said->str);
    }
  return parser_is_edge (said, at) ? at : 0;
}

/* @text as the words of a mail are: one space between words. */
static char *
as_words (const char *text)
{
  g_autoptr (ParserSaid) said = parser_said_new ("", text, strlen (text), NULL);
  parser_said_read_rest (said, 0);
  g_string_truncate (said->words, said->words->len - (said->words->len > 0)); /* the end of its last clause */
  return g_strdup (said->words->str);
}

/* The longest of the words that begins at @at; none where it asks for different things in two languages. */
static gboolean
find_word (Word *word, guint at)
{
  word->end = 0;
  for (guint i = 0; i < word->options->n_answers; i++)
    {
      ParserAnswer answer = word->options->answers[i].answer;
      guint end = *word->words[i] != '\0' ? match (word->said->words, at, word->words[i]) : 0;
      if (end > word->end || (end > 0 && end == word->end && answer != word->answer))
        word->answer = end > word->end ? answer : PARSER_ANSWER_NONE;
      word->end = MAX (word->end, end);
    }
  word->start = at;
  return word->end > 0 && word->answer != PARSER_ANSWER_NONE;
}

/* ---- the words around it ---- */

/* Does @cue say something here: one of the mail's language, and no part of a longer phrase? */
static gboolean
counts (const Word *word, const ParserCue *cue)
{
  return !cue->inside && (word->language < 0 || (int)cue->language == word->language);
}

/* Where the words of @kinds that begin at @at end, or the topic; @at when others stand there. */
static guint
skip (const Word *word, const ParserClause *clause, guint64 kinds, guint at)
{
  guint end = at;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (word->said, i);
      for (guint p = 0; (kinds >> cue->kind & 1) && !cue->topic && p < cue->n_pieces; p++)
        if (cue->pieces[p].start <= at && cue->pieces[p].end > end)
          end = cue->pieces[p].end;
    }
  return end;
}

static gboolean
talks (const Word *word, const ParserClause *clause, guint64 kinds, guint from)
{
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (word->said, i);
      gboolean answer = cue->start >= word->start && cue->end <= word->end; /* "kun" is "when" in Finnish */
      if (cue->start >= from && !answer && (kinds >> cue->kind & 1) && !cue->topic && counts (word, cue))
        return TRUE;
    }
  return clause->asked;
}

/* How many words from @from to @end of @clause are none that may stand there. */
static guint
strange (const Word *word, const ParserClause *clause, Company with, guint from, guint end)
{
  guint n = 0;
  if (talks (word, clause, with.talk, from))
    return NOT_LIGHT;
  for (guint at = from; at < end;)
    {
      guint next = skip (word, clause, with.light, at);
      if (next == at)
        {
          next = parser_said_word_end (word->said, at, end);
          n += next > at;
        }
      at = MAX (next, at + 1);
    }
  return n;
}

/* Does the clause go on with the line in which the word stands? */
static gboolean
is_beside (const Word *word, guint i)
{
  const ParserClause *clause = clause_at (word->said, i);
  return i == word->clause
         || (clause->sentence == clause_at (word->said, word->clause)->sentence && !clause->line_start);
}

/* What stands behind clause @from: no more than a name, and what people write below it: a reason, their firm.
 */
static gboolean
is_only_name (const Word *word, guint from, Company with)
{
  guint near = 0, all = 0;
  with.light |= CUE (FILLER);
  for (guint i = from; i < word->n; i++)
    {
      const ParserClause *clause = clause_at (word->said, i);
      gboolean beside = is_beside (word, i);
      Company here = { with.light, beside ? with.talk : with.talk & ~APART };
      guint n = strange (word, clause, here, clause->start, clause->end);
      near += beside || n == NOT_LIGHT ? n : 0;
      all += parser_said_count (word->said, clause->start, clause->end);
    }
  return near <= MOST_NAME && all <= MOST_BELOW;
}

static gboolean
is_hardly_more (const Word *word)
{
  const ParserClause *clause = clause_at (word->said, word->clause);
  Company with = company[word->answer];
  guint last = word->clause;
  while (clause_at (word->said, last)->end < word->end) /* "YES, ERASE MY DATA" */
    last++;
  clause = clause_at (word->said, last);
  return strange (word, clause, with, word->end, clause->end) == 0 && is_only_name (word, last + 1, with);
}

/* ---- ONLY, and what ---- */

typedef struct
{
  gboolean *chosen; /* one a category */
  gboolean any;
} Choice;

/* The category that is named at @at, and where its name ends; @at when none is. */
static guint
read_topic (const Word *word, const ParserClause *clause, guint at, Choice *choice)
{
  guint end = at;
  for (guint i = clause->first_cue; i < clause->end_cue; i++)
    {
      const ParserCue *cue = parser_said_cue (word->said, i);
      if (!cue->topic || cue->inside || cue->start != at)
        continue;
      choice->chosen[cue->topic - 1] = choice->any = TRUE;
      end = MAX (end, cue->end);
    }
  return end;
}

/* Categories and small words alone, from @from to @end? "Special offers mails" are special offers. */
static gboolean
read_topics (const Word *word, const ParserClause *clause, guint from, guint end, Choice *choice)
{
  const Company with = company[PARSER_ANSWER_ONLY];
  gboolean behind = FALSE;
  if (talks (word, clause, with.talk, from))
    return FALSE;
  for (guint at = from; at < end;)
    {
      guint next = read_topic (word, clause, at, choice);
      gboolean topic = next > at;
      if (!topic)
        next = skip (word, clause, with.light | (behind ? CUE (MAIL) | CUE (LIST) : 0), at);
      if (next == at && !is_gap (word->said->words->str[at]))
        return FALSE;
      behind = topic || (behind && next == at);
      at = MAX (next, at + 1);
    }
  return TRUE;
}

static gboolean
has_topic (const Word *word, guint i)
{
  const ParserClause *clause = clause_at (word->said, i);
  for (guint k = clause->first_cue; k < clause->end_cue; k++)
    if (parser_said_cue (word->said, k)->topic && !parser_said_cue (word->said, k)->inside)
      return TRUE;
  return FALSE;
}

/* "Only special offers, events. Thanks, Ann": what belongs to the list is understood to the last word. */
static gboolean
read_only (const Word *word, Choice *choice)
{
  const ParserClause *clause = clause_at (word->said, word->clause);
  guint i = word->clause + 1;
  if (!read_topics (word, clause, clause->start, word->start, choice)
      || !read_topics (word, clause, word->end, clause->end, choice))
    return FALSE;
  for (; i < word->n && has_topic (word, i); i++)
    {
      clause = clause_at (word->said, i);
      if (!read_topics (word, clause, clause->start, clause->end, choice))
        return FALSE;
    }
  Company with = company[PARSER_ANSWER_ONLY];
  with.light |= CUE (FILLER);
  gboolean closed = i == word->n || !is_beside (word, i)
                    || strange (word, clause_at (word->said, i), with, clause_at (word->said, i)->start,
                                clause_at (word->said, i)->end)
                           == 0;
  return choice->any && closed && is_only_name (word, i, with);
}

/* ---- the mail ---- */

/* Where the clause begins but for a "please". */
static guint
start_of (const Word *word, const ParserClause *clause)
{
  guint at = skip (word, clause, CUE (PLEASE), clause->start);
  return at > clause->start && at < clause->end && is_gap (word->said->words->str[at]) ? at + 1 : at;
}

/* "Special offers only": some languages say it so. */
static gboolean
find_behind (Word *word, const ParserClause *clause)
{
  const GString *words = word->said->words;
  for (guint at = clause->start; at < clause->end; at += (guint)g_utf8_skip[(guchar)words->str[at]])
    if (parser_is_edge (words, at) && find_word (word, at) && word->end == clause->end)
      return word->answer == PARSER_ANSWER_ONLY;
  return FALSE;
}

static gboolean
is_greeting (const Word *word, const ParserClause *clause)
{
  return skip (word, clause, greeting.light, clause->start) > clause->start
         && strange (word, clause, greeting, clause->start, clause->end) <= MOST_GREETING;
}

static void
clear_choice (const Word *word, Choice *choice)
{
  memset (choice->chosen, 0, word->options->n_categories * sizeof (gboolean));
  choice->any = FALSE;
}

static guint
words_read (const Word *word)
{
  return word->n == 0 ? 0 : parser_said_count (word->said, 0, clause_at (word->said, word->n - 1)->end);
}

/* Is there an answer in clause @i? */
static gboolean
read_clause (Word *word, guint i, Choice *choice)
{
  const ParserClause *clause = clause_at (word->said, i);
  guint starts[] = { clause->start, start_of (word, clause) };
  word->clause = i;
  for (guint s = 0; s < G_N_ELEMENTS (starts); s++)
    {
      if (!find_word (word, starts[s]))
        continue;
      if (word->answer != PARSER_ANSWER_ONLY ? is_hardly_more (word) : read_only (word, choice))
        return TRUE;
      if (word->answer != PARSER_ANSWER_ONLY || words_read (word) > FEW_WORDS || clause->asked)
        continue;
      clear_choice (word, choice);
      return TRUE;
    }
  return find_behind (word, clause) && read_only (word, choice);
}

static guint
line_of (const Word *word, guint i)
{
  guint start, end;
  const ParserClause *clause = clause_at (word->said, i);
  parser_said_locate (word->said, clause->start, clause->end, &start, &end);
  return parser_said_line (word->said, start);
}

/* Reads the whole, or @alone the line of the answer, whatever stands below it. */
static gboolean
read_said (Word *word, Choice *choice, gboolean alone)
{
  guint n = word->said->clauses->len;
  for (guint i = 0; i < n; i++)
    {
      word->n = n;
      for (guint k = i + 1; alone && k < n && word->n == n; k++)
        if (line_of (word, k) != line_of (word, i))
          word->n = k;
      if (read_clause (word, i, choice))
        return TRUE;
      if (!is_greeting (word, clause_at (word->said, i)))
        return FALSE;
    }
  return FALSE;
}

/* The one text with words of the writer's; the subject when there is none; NULL when there are several. */
static const ParserSaid *
only_text (const ParserReading *reading)
{
  const ParserSaid *said = NULL;
  for (guint i = 0; i < reading->bodies->len; i++)
    {
      const ParserSaid *one = g_ptr_array_index (reading->bodies, i);
      if (one->n_words > 0 && said != NULL)
        return NULL;
      if (one->n_words > 0)
        said = one;
    }
  return said != NULL ? said : reading->subject;
}

static gboolean
is_sure (const ParserFacts *facts, const char *part)
{
  for (guint i = 0; i < facts->segments->len; i++)
    {
      const ParserSegment *segment = g_ptr_array_index (facts->segments, i);
      if (segment->kind == PARSER_SEGMENT_NEW && !segment->sure && strcmp (segment->part, part) == 0)
        return FALSE;
    }
  return TRUE;
}

/* A sentence of ours that came back alone. */
static gboolean
is_ours (const ParserSaid *said, const ParserOptions *options)
{
  g_autofree char *words = g_strdelimit (g_strdup (said->words->str), "\001", '\n');
  return options->echoes != NULL && parser_echoes_hold (options->echoes, words);
}

static char **
names_of (const ParserOptions *options, const Choice *choice)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < options->n_categories; i++)
    if (choice->chosen[i])
      g_strv_builder_add (names, options->categories[i].name);
  return g_strv_builder_end (names);
}

/* How sure is it that somebody answers? In the line of the word nothing else stands; below it may stand what
 * is not understood, and may be ours. */
typedef enum
{
  IS_NONE,
  IS_DOUBTFUL,
  IS_SURE
} Certainty;

/* So little of the writer's that all of it is read as an answer. */
static gboolean
is_little (const ParserFacts *facts, const ParserSaid *said)
{
  return said->n_words <= MOST_WORDS && is_sure (facts, said->part);
}

static Certainty
read_answer (Word *word, const ParserReading *reading, Choice *choice)
{
  const ParserFacts *facts = reading->facts;
  const ParserSaid *said = word->said;
  gboolean sure = is_little (facts, said) && read_said (word, choice, FALSE);
  if (!sure)
    clear_choice (word, choice);
  if ((!sure && !(parser_reading_answers_ours (reading) && read_said (word, choice, TRUE)))
      || is_ours (said, word->options))
    return IS_NONE;
  guint start, end;
  parser_said_locate (said, word->start, word->end, &start, &end);
  if (parser_reading_is_among_ours (reading, word->options, said->part, start, end, FALSE))
    return IS_DOUBTFUL;
  gboolean says_more = word->answer != PARSER_ANSWER_ONLY && facts->intent != PARSER_INTENT_NONE
                       && facts->intent != PARSER_INTENT_OPT_IN;
  return sure ? IS_SURE : says_more ? IS_NONE : IS_DOUBTFUL;
}

void
parser_answer_read (const ParserReading *reading, const ParserOptions *options)
{
  const ParserSaid *said = only_text (reading);
  if (options == NULL || options->n_answers == 0 || said == NULL
      || (!is_little (reading->facts, said) && !parser_reading_answers_ours (reading)))
    return; /* before all the words are made ready, which takes longer than the rest */
  g_autofree gboolean *chosen = g_new0 (gboolean, options->n_categories + 1);
  g_auto (GStrv) words = g_new0 (char *, options->n_answers + 1);
  for (guint i = 0; i < options->n_answers; i++)
    words[i] = as_words (options->answers[i].words);
  Choice choice = { .chosen = chosen };
  Word word = { .said = said, .options = options, .words = words, .language = reading->setting.language };
  Certainty certainty = read_answer (&word, reading, &choice);
  if (certainty == IS_NONE)
    return;
  ParserFacts *facts = reading->facts;
  facts->answer = word.answer;
  facts->marks |= certainty == IS_DOUBTFUL ? PARSER_MARK_DOUBTFUL : 0;
  g_strfreev (facts->answer_scope);
  facts->answer_scope = names_of (options, &choice);
}
