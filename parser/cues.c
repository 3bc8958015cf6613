/* cues.c - the phrases of all languages at once, in one pass over the words */
#include "intent.h"
#include "lexicon.inc"
#include "table.h"

#include <string.h>

#define MAX_CUES 1000000 /* of a text: megabytes of lines of one letter are no mail */
#define LONG_WORD 6      /* bytes */
#define TELLING 3        /* words by which a language can be told */

typedef struct
{
  ParserSaid *said;
  const ParserOwn *own; /* or NULL */
  ParserOpen open;
  guint clause;
  guint first, first_about, first_sense; /* indices of the clause's first */
  gboolean accents_known, accented;      /* of the clause */
  guint word_from, word_to;              /* bytes of words that are known to be of one word */
} Scan;

/* How far a word of the lexicon is read. */
typedef struct
{
  guint32 state;
  guint32 pieces; /* index of the first that may still come */
  guint32 n;      /* of the word that ends here */
} Place;

/* Takes in one more byte of it. Returns FALSE when no word goes on so. */
static gboolean
step (Place *place, char byte)
{
  ParserCell cell = parser_cell_unpack (parser_table_number (lexicon_cells, place->state + (guint8)byte));
  place->state = cell.next;
  place->pieces += cell.skipped;
  place->n = cell.ends;
  return cell.byte == (guint8)byte;
}

/* Is the clause written with accents? Asked once, for many do not. */
static gboolean
is_accented (Scan *scan)
{
  const ParserSaid *said = scan->said;
  const ParserClause *clause = &g_array_index (said->clauses, ParserClause, scan->clause);
  if (!scan->accents_known)
    {
      guint start, end;
      scan->accents_known = TRUE;
      scan->accented = FALSE;
      parser_said_locate (said, clause->start, clause->end, &start, &end);
      parser_accents (said->text + start, end - start, 0, &scan->accented);
    }
  return scan->accented;
}

/* Where a clause is written with accents, and its language has words that differ by nothing else, they must
 * be the phrase's: "dừng" is to stop, "dùng" to use. */
static gboolean
is_spelt (Scan *scan, const ParserCue *cue)
{
  guint32 accents = 0;
  guint low = 0, high = G_N_ELEMENTS (lexicon_spellings);
  if (!lexicon_languages[cue->language].tells_accents || !is_accented (scan))
    return TRUE;
  for (guint i = 0; i < cue->n_pieces; i++)
    {
      guint start, end;
      gboolean ignored = FALSE;
      parser_said_locate (scan->said, cue->pieces[i].start, cue->pieces[i].end, &start, &end);
      accents = parser_accents (scan->said->text + start, end - start, accents, &ignored);
    }
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (lexicon_spellings[middle].phrase < cue->phrase)
        low = middle + 1;
      else
        high = middle;
    }
  gboolean told = FALSE;
  for (; low < G_N_ELEMENTS (lexicon_spellings) && lexicon_spellings[low].phrase == cue->phrase; low++)
    {
      told = TRUE;
      if (lexicon_spellings[low].accents == accents)
        return TRUE;
    }
  return !told;
}

void
parser_said_add_cue (ParserSaid *said, guint first, const ParserCue *cue)
{
  if (said->cues->len - first < PARSER_MAX_CUES_OF_CLAUSE && said->cues->len < MAX_CUES)
    g_array_append_vals (said->cues, cue, 1);
}

static void
add_cue (Scan *scan, const ParserCue *cue)
{
  if (!cue->own && !is_spelt (scan, cue)) /* the lexicon does not know how the operator's are spelt */
    return;
  GArray *about = scan->said->about, *senses = scan->said->senses;
  if (cue->kind >= PARSER_CUE_SENSE)
    {
      if (senses->len - scan->first_sense < PARSER_MAX_SENSES_OF_CLAUSE)
        g_array_append_vals (senses, cue, 1);
    }
  else if (cue->kind >= PARSER_CUE_TOPIC)
    {
      if (about->len - scan->first_about < PARSER_MAX_CUES_OF_CLAUSE && about->len < MAX_CUES)
        g_array_append_vals (about, cue, 1);
    }
  else
    parser_said_add_cue (scan->said, scan->first, cue);
}

static guint8
count_respelt (const ParserSaid *said, guint start, guint end)
{
  guint8 n = 0;
  for (guint i = 0; i < said->respelt->len; i++)
    {
      const guint at = g_array_index (said->respelt, guint, i);
      n += at >= start && at < end;
    }
  return n;
}

static void
found (Scan *scan, const ParserPiece *piece, guint start, guint end)
{
  ParserCue cue;
  if (piece->kind >= PARSER_CUE_SENSE && scan->said->senses == NULL)
    return;
  if (piece->before)
    {
      const ParserCue *open = parser_open_find (&scan->open, scan->said, piece->before, start);
      if (open == NULL)
        return;
      cue = *open;
    }
  else
    cue = (ParserCue){
      .kind = piece->kind, .language = piece->language, .clause = scan->clause, .start = start
    };
  cue.phrase = piece->phrase;
  cue.typos += count_respelt (scan->said, start, end);
  cue.pieces[cue.n_pieces].start = start;
  cue.pieces[cue.n_pieces].end = cue.end = end;
  cue.n_pieces++;
  if (piece->last)
    add_cue (scan, &cue);
  else
    parser_open_add (&scan->open, &cue);
}

/* Has a cue taken in what stands from @start to @end? */
static gboolean
is_found (const Scan *scan, guint start, guint end)
{
  for (guint i = scan->first; i < scan->said->cues->len; i++)
    {
      const ParserCue *cue = &g_array_index (scan->said->cues, ParserCue, i);
      if (cue->start <= start && cue->end >= end)
        return TRUE;
    }
  return FALSE;
}

/* The word from @start to @end is the key word number @typo with so many @errors. */
static void
add_typo (Scan *scan, guint typo, guint8 errors, guint start, guint end)
{
  const ParserPiece piece = parser_piece_unpack (lexicon_typos[typo].piece);
  ParserCue cue = { .phrase = piece.phrase,
                    .kind = piece.kind,
                    .language = piece.language,
                    .n_pieces = 1,
                    .typos = errors,
                    .clause = scan->clause,
                    .start = start,
                    .end = end };
  cue.pieces[0].start = start;
  cue.pieces[0].end = end;
  add_cue (scan, &cue);
}

/* A long key word with typing errors, which is no word of the lexicon itself, so that "subscribe" and
 * "unsubscribed" stay what they are. */
static void
find_typo (Scan *scan, guint start, guint end)
{
  const ParserSaid *said = scan->said;
  const char *word = said->words->str + start;
  const guint length = end - start;
  const gboolean alone = said->clauses->len == 1 && start == 0 && end + 1 == said->words->len;
  if (length < PARSER_LEAST_TYPO || length > PARSER_MOST_TYPO || is_found (scan, start, end))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (lexicon_typos); i++)
    {
      guint errors;
      if (parser_is_typo (lexicon_typos[i].word, word, length, alone, &errors))
        {
          add_typo (scan, i, (guint8)errors, start, end);
          return;
        }
    }
}

static void
find_phrases (Scan *scan)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ParserCue));
  if (scan->own != NULL && scan->own->phrases->len > 0)
    parser_own_find (scan->own, scan->said, scan->clause, scan->first, found);
  for (guint i = 0; i < found->len; i++)
    add_cue (scan, &g_array_index (found, ParserCue, i));
}

/* Is what stands from @start to @end one of the small words that the language writes together with the next
 * ("from the list" in Hebrew)? */
static gboolean
is_particle (guint language, const GString *words, guint start, guint end)
{
  g_autofree char *particle = g_strdup_printf (" %.*s ", (int)(end - start), words->str + start);
  return strstr (lexicon_languages[language].particles, particle) != NULL;
}

/* Where the word goes on to that @at stands in: of a word without end it is asked again and again. */
static guint
word_end (Scan *scan, guint at, guint clause_end)
{
  const char *words = scan->said->words->str;
  if (at < scan->word_from || at > scan->word_to)
    {
      scan->word_from = scan->word_to = at;
      while (scan->word_to < clause_end && words[scan->word_to] != ' ' && words[scan->word_to] != '\'')
        scan->word_to++;
    }
  return scan->word_to;
}

/* The phrases that begin at @at, behind a particle that begins at @start. */
static void
walk (Scan *scan, Place place, guint start, guint at, guint clause_end)
{
  const GString *words = scan->said->words;
  for (guint end = at; end < clause_end && step (&place, words->str[end]);)
    {
      end++;
      gboolean edge = place.n && parser_is_edge (words, end);
      for (guint32 i = 0; i < place.n; i++)
        {
          const ParserPiece piece
              = parser_piece_unpack (parser_table_number (lexicon_pieces, place.pieces + i));
          guint to = end;
          if (!piece.open_end && !edge)
            continue;
          if (start < at && !is_particle (piece.language, words, start, at))
            continue;
          if (piece.open_end)
            to = word_end (scan, end, clause_end);
          found (scan, &piece, start, to);
        }
    }
}

/* All phrases that begin at @at, a character. */
static void
walk_all (Scan *scan, guint at, guint clause_end)
{
  const GString *words = scan->said->words;
  const Place root = { .state = LEXICON_ROOT };
  Place inside = root, particle = root;
  if (parser_is_edge (words, at))
    walk (scan, root, at, at, clause_end);
  step (&inside, *PARSER_OPEN_START);
  walk (scan, inside, at, at, clause_end);
  if (at > 0 && (guchar)words->str[at - 1] > ' ')
    return;
  step (&particle, *PARSER_PARTICLE);
  for (guint end = at; end < clause_end && step (&particle, words->str[end]); end++)
    if (particle.n && !parser_is_edge (words, end + 1))
      walk (scan, root, at, end + 1, clause_end);
}

static void
scan_clause (Scan *scan, const ParserClause *clause)
{
  GArray *cues = scan->said->cues;
  const char *words = scan->said->words->str;
  scan->first = cues->len;
  scan->first_sense = scan->said->senses ? scan->said->senses->len : 0;
  scan->accents_known = FALSE;
  parser_open_clear (&scan->open);
  scan->first_about = scan->said->about->len;
  for (const char *at = words + clause->start; at < words + clause->end; at = g_utf8_next_char (at))
    walk_all (scan, (guint)(at - words), clause->end);
  find_phrases (scan);
  for (guint at = clause->start; at < clause->end;)
    {
      guint end = at;
      while (end < clause->end && words[end] != ' ')
        end++;
      find_typo (scan, at, end);
      at = end + 1;
    }
  parser_cues_sort_by_end (cues, scan->first);
  parser_cues_drop_inner (cues, scan->first);
  if (scan->own != NULL)
    parser_topics_find (scan->own, scan->said, scan->clause, scan->first, scan->first_about);
  parser_cues_sort (cues, scan->first);
}

/* Returns what the text is about, as ParserTopic.kinds. */
static guint
scan_text (ParserSaid *said, const ParserOwn *own)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (ParserCue));
  Scan scan = { .said = said, .own = own, .open.cues = open };
  guint kinds = 0;
  for (guint i = 0; i < said->clauses->len; i++)
    {
      ParserClause *clause = &g_array_index (said->clauses, ParserClause, i);
      scan.clause = i;
      clause->first_cue = said->cues->len;
      clause->first_about = said->about->len;
      clause->first_sense = said->senses ? said->senses->len : 0;
      scan_clause (&scan, clause);
      clause->end_cue = said->cues->len;
      clause->end_about = said->about->len;
      clause->end_sense = said->senses ? said->senses->len : 0;
    }
  for (guint k = 0; k < said->about->len; k++)
    kinds |= PARSER_TOPIC_BIT (g_array_index (said->about, ParserCue, k).kind);
  return kinds;
}

void
parser_cues_read (ParserSaid *said, const ParserOwn *own, gboolean senses)
{
  if (senses)
    said->senses = g_array_new (FALSE, FALSE, sizeof (ParserCue));
  scan_text (said, own);
}

guint
parser_cues_kinds (ParserSaid *said)
{
  return scan_text (said, NULL);
}

/* Chinese in either letters is one language. */
gboolean
parser_cues_same_language (const ParserCue *a, const ParserCue *b)
{
  return parser_cue_is_of (a, (int)b->language);
}

gboolean
parser_cue_is_of (const ParserCue *cue, int language)
{
  if (language < 0)
    return FALSE;
  const char *one = lexicon_languages[cue->language].code, *two = lexicon_languages[language].code;
  return one[0] == two[0] && one[1] == two[1];
}

int
parser_cues_language (const ParserSaid *const *said, guint n_said)
{
  guint counts[G_N_ELEMENTS (lexicon_languages)] = { 0 };
  int best = -1;
  for (guint i = 0; i < n_said; i++)
    for (guint k = 0; k < said[i]->cues->len; k++)
      {
        const ParserCue *cue = &g_array_index (said[i]->cues, ParserCue, k);
        if (cue->topic) /* in whatever language the operator names it */
          continue;
        /* a long phrase tells more than a short word, which several languages may share */
        counts[cue->language]
            += (cue->kind == PARSER_CUE_COMMON ? 2 : 1) + (cue->end - cue->start) / LONG_WORD;
      }
  guint words = 0;
  for (guint i = 0; i < n_said; i++)
    words += said[i]->n_words;
  for (guint i = 0; i < G_N_ELEMENTS (counts) && words >= TELLING; i++)
    if (counts[i] && (best < 0 || counts[i] > counts[best]))
      best = (int)i;
  return best;
}

int
parser_cues_find_language (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (lexicon_languages); i++)
    if (strcmp (lexicon_languages[i].code, code) == 0)
      return (int)i;
  return -1;
}

const char *
parser_cues_language_code (guint language)
{
  return lexicon_languages[language].code;
}

gboolean
parser_cues_goes_on (const char *word, gsize length)
{
  g_autofree char *that = g_strdup_printf (" %.*s ", (int)length, word);
  for (guint i = 0; i < G_N_ELEMENTS (lexicon_languages); i++)
    if (strstr (lexicon_languages[i].that, that) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
parser_cues_negates_after (guint language)
{
  return lexicon_languages[language].negates_after;
}

gboolean
parser_cues_verb_last (guint language)
{
  return lexicon_languages[language].verb_last;
}

gboolean
parser_cues_has_endings (guint language)
{
  return lexicon_languages[language].has_endings;
}

char *
parser_cue_rule (const ParserSaid *said, const ParserCue *cue)
{
  GString *rule = g_string_new (cue->own ? "own" : lexicon_languages[cue->language].code);
  if (cue->learned)
    g_string_append (rule, ".like");
  for (guint i = 0; i < cue->n_pieces; i++)
    {
      g_string_append_c (rule, i || cue->learned ? '-' : '.');
      g_string_append_len (rule, said->words->str + cue->pieces[i].start,
                           cue->pieces[i].end - cue->pieces[i].start);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lexicon_typos) && cue->typos; i++)
    if (parser_piece_unpack (lexicon_typos[i].piece).phrase == cue->phrase)
      g_string_printf (rule, "%s.%s", lexicon_languages[cue->language].code, lexicon_typos[i].word);
  return g_strdelimit (g_string_free (rule, FALSE), " '", '-');
}

/* The first key that does not stand before @word, of which @length bytes count. */
static guint
find_key (const char *word, guint length)
{
  guint low = 0, high = G_N_ELEMENTS (lexicon_keys);
  while (low < high)
    {
      const guint middle = (low + high) / 2;
      if (strncmp (lexicon_keys[middle], word, length) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
parser_cues_is_key (const char *word, guint length)
{
  const guint at = find_key (word, length);
  return at < G_N_ELEMENTS (lexicon_keys) && strncmp (lexicon_keys[at], word, length) == 0
         && lexicon_keys[at][length] == '\0';
}

const char *
parser_cues_near (const char *word, guint length)
{
  const guint letter = (guint)(g_utf8_next_char (word) - word);
  for (guint i = find_key (word, letter);
       i < G_N_ELEMENTS (lexicon_keys) && strncmp (lexicon_keys[i], word, letter) == 0; i++)
    if (parser_is_one_off (lexicon_keys[i], word, length))
      return lexicon_keys[i];
  return NULL;
}

const char *
parser_cues_digest (void)
{
  return lexicon_digest;
}
