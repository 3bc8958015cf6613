/* own.c - what the operator adds to the lexicon: the names of his categories, and phrases */
#include "intent.h"

#include <string.h>

#define MOST_VARIANTS 100 /* of one phrase */
#define MOST_FOUND 256    /* of a clause */

static const char *const headings[] = {
#define CUE(name, heading) heading,
  PARSER_CUES (CUE)
#undef CUE
};

typedef struct
{
  guint16 kind;
  guint8 language;
  guint n_pieces;
  ParserPhrasePiece pieces[PARSER_MAX_PIECES];
} Phrase;

/* What a category is called as words of a mail, and in @kinds what it is about. */
static char *
as_words (const char *name, guint *kinds)
{
  g_autoptr (ParserSaid) said = parser_said_new ("", name, strlen (name), NULL);
  parser_said_read_rest (said, 0);
  *kinds |= parser_cues_kinds (said);
  char *words = g_strndup (said->words->str, said->words->len);
  return g_strstrip (g_strdelimit (words, "\001", ' '));
}

static void
clear_topic (gpointer data)
{
  g_free (((ParserTopic *)data)->words);
}

static void
clear_phrase (gpointer data)
{
  Phrase *phrase = data;
  for (guint i = 0; i < phrase->n_pieces; i++)
    g_free (phrase->pieces[i].words);
}

static int
find_heading (const char *heading)
{
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (strcmp (headings[i], heading) == 0)
      return (int)i;
  return -1;
}

/* Appends all that @text stands for. Returns NULL, or what is wrong with it. */
static char *
add_phrase (GArray *phrases, int language, int kind, const char *text)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  char *why = parser_phrase_expand (text, MOST_VARIANTS, all);
  for (guint i = 0; why == NULL && i < all->len; i++)
    {
      Phrase phrase = { .kind = (guint16)kind, .language = (guint8)language };
      why = parser_phrase_split (g_ptr_array_index (all, i), phrase.pieces, &phrase.n_pieces);
      if (why == NULL)
        g_array_append_val (phrases, phrase);
    }
  return why;
}

static GArray *
phrases_new (void)
{
  GArray *phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
  g_array_set_clear_func (phrases, clear_phrase);
  return phrases;
}

char *
parser_words_check (const char *language, const char *heading, const char *phrase)
{
  g_autoptr (GArray) phrases = phrases_new ();
  int number = parser_cues_find_language (language), kind = find_heading (heading);
  if (number < 0)
    return g_strdup_printf ("\"%s\" is no language that is known; they are named as de or zh-Hans", language);
  return kind < 0 ? g_strdup_printf ("\"%s\" is no heading", heading)
                  : add_phrase (phrases, number, kind, phrase);
}

static void
add_category (GArray *topics, const ParserOptions *options, guint category)
{
  ParserTopic about = { .category = category };
  for (const char *const *word = options->categories[category].words; word && *word; word++)
    {
      ParserTopic topic = { .words = as_words (*word, &about.kinds), .category = category };
      g_array_append_val (topics, topic);
    }
  if (about.kinds)
    g_array_append_val (topics, about);
}

static void
add_words (GArray *phrases, const ParserWords *words)
{
  int language = parser_cues_find_language (words->language), kind = find_heading (words->heading);
  for (const char *const *phrase = words->phrases; *phrase; phrase++)
    {
      g_autofree char *why = add_phrase (phrases, language, kind, *phrase);
      g_assert (language >= 0 && kind >= 0 && why == NULL); /* parser_words_check() */
    }
}

ParserOwn *
parser_own_new (const ParserOptions *options)
{
  ParserOwn *own = g_new0 (ParserOwn, 1);
  own->topics = g_array_new (FALSE, FALSE, sizeof (ParserTopic));
  own->phrases = phrases_new ();
  g_array_set_clear_func (own->topics, clear_topic);
  for (guint i = 0; options != NULL && i < options->n_categories; i++)
    add_category (own->topics, options, i);
  for (guint i = 0; options != NULL && i < options->n_words; i++)
    add_words (own->phrases, &options->words[i]);
  return own;
}

void
parser_own_free (ParserOwn *own)
{
  if (own == NULL)
    return;
  g_array_unref (own->topics);
  g_array_unref (own->phrases);
  g_free (own);
}

/* Where @piece stands next in @from .. @end of the words. */
static gboolean
find_piece (const GString *words, const ParserPhrasePiece *piece, guint from, guint end, guint *start_out,
            guint *end_out)
{
  guint length = (guint)strlen (piece->words);
  const char *at = words->str + from, *stop = words->str + end;
  for (; (at = g_strstr_len (at, stop - at, piece->words)) != NULL; at++)
    {
      guint start = (guint)(at - words->str), last = start + length;
      if (!(piece->open_start || parser_is_edge (words, start))
          || !(piece->open_end || parser_is_edge (words, last)))
        continue;
      while (piece->open_end && last < end && words->str[last] != ' ' && words->str[last] != '\'')
        last++;
      *start_out = start;
      *end_out = last;
      return TRUE;
    }
  return FALSE;
}

/* The further pieces of @phrase, each the next one behind the one before. */
static gboolean
find_rest (const Phrase *phrase, const ParserSaid *said, guint end, ParserCue *cue)
{
  for (guint i = 1; i < phrase->n_pieces; i++)
    {
      guint start, last;
      if (!find_piece (said->words, &phrase->pieces[i], cue->end, end, &start, &last)
          || !parser_said_is_gap (said, cue->end, start))
        return FALSE;
      cue->pieces[i].start = start;
      cue->pieces[i].end = cue->end = last;
    }
  return TRUE;
}

/* Where the lexicon takes the same words for something else, the operator is right. */
static void
outvote (ParserSaid *said, guint first_cue, const ParserCue *own)
{
  for (guint i = first_cue; i < said->cues->len; i++)
    {
      ParserCue *one = &g_array_index (said->cues, ParserCue, i);
      one->inside |= parser_cues_same_language (one, own) && one->kind != own->kind
                     && one->start == own->start && one->end == own->end;
    }
}

void
parser_own_find (const ParserOwn *own, ParserSaid *said, guint clause, guint first_cue, GArray *cues)
{
  guint end = g_array_index (said->clauses, ParserClause, clause).end;
  for (guint i = 0; i < own->phrases->len; i++)
    {
      const Phrase *phrase = &g_array_index (own->phrases, Phrase, i);
      guint at = g_array_index (said->clauses, ParserClause, clause).start, start, last;
      for (; cues->len < MOST_FOUND && find_piece (said->words, &phrase->pieces[0], at, end, &start, &last);
           at = last)
        {
          ParserCue cue = { .phrase = G_MAXUINT32,
                            .kind = phrase->kind,
                            .language = phrase->language,
                            .n_pieces = (guint8)phrase->n_pieces,
                            .own = TRUE,
                            .clause = clause,
                            .start = start,
                            .end = last };
          cue.pieces[0].start = start;
          cue.pieces[0].end = last;
          if (!find_rest (phrase, said, end, &cue))
            continue;
          outvote (said, first_cue, &cue);
          g_array_append_val (cues, cue);
        }
    }
}
