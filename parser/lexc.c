/* lexc.c - the lexicon compiler, run while building: lexc FILE... writes the tables of all files to
 * standard output.
 *
 * A bad line ends it with FILE:LINE: what is wrong, and exit 1. The form of the files is told in
 * lexicon/README. */
#include "internal.h"
#include "lexc.h"

#include <stdio.h>
#include <string.h>

#define MAX_VARIANTS 1024 /* of one line */

static const char *const headings[] = {
#define CUE(name, heading) heading,
  PARSER_CUES (CUE)
#undef CUE
};

/* Headings that say what single words mean: their names are the first file's. */
static const struct
{
  const char *begins;
  int first, end; /* kinds */
} meanings[]
    = { { "sense ", PARSER_CUE_SENSE, PARSER_CUE_WORD }, { "word ", PARSER_CUE_WORD, PARSER_MAX_KIND + 1 } };

typedef struct
{
  const char *file;
  guint line;
  int kind; /* ParserCueKind under which lines stand now, -1 before the first heading */
  guint language;
  GHashTable *sets;    /* name -> "(a|b)" */
  GPtrArray *respell;  /* pairs: "ä", "ae" */
  GHashTable *phrases; /* of this file, and what they begin with: kind and words -> number */
} Source;

typedef struct
{
  GArray *words; /* of lexc-words.c */
  guint n_phrases;
  GArray *languages;                            /* ParserLanguage */
  GArray *typos;                                /* ParserTypo */
  GHashTable *keys;                             /* words that others are respelt to */
  GArray *spellings;                            /* ParserSpelling */
  GPtrArray *meanings[G_N_ELEMENTS (meanings)]; /* names */
} Lexicon;

G_GNUC_PRINTF (2, 3)
static void G_GNUC_NORETURN
fail (const Source *source, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "%s:%u: %s\n", source->file, source->line, what);
  exit (1);
}

/* Ends with @why, which the form of a phrase gave, unless it is NULL. */
static void
expect (const Source *source, const char *why)
{
  if (why != NULL)
    fail (source, "%s", why);
}

/* A word that may go on is known without its accents alone. */
static void
add_spelling (Lexicon *lexicon, guint32 phrase, const char *text)
{
  gboolean any = FALSE;
  ParserSpelling spelling = { phrase, parser_accents (text, strlen (text), 0, &any) };
  if (strchr (text, '*') == NULL)
    g_array_append_val (lexicon->spellings, spelling);
}

/* The long words of @piece, if they tell that something is asked for, or mail; one that may go on is no whole
 * word. */
static void
add_keys (Lexicon *lexicon, const ParserPhrasePiece *piece, int kind)
{
  g_auto (GStrv) words = g_strsplit (piece->words, " ", -1);
  const gboolean asks = kind <= PARSER_CUE_LIST || (kind >= PARSER_CUE_STAY && kind <= PARSER_CUE_SHARE);
  for (guint i = 0; words[i] && asks && !piece->open_start; i++)
    {
      gboolean whole = words[i + 1] != NULL || !piece->open_end;
      for (const char *p = words[i]; *p; p = g_utf8_next_char (p))
        whole &= g_unichar_isalpha (g_utf8_get_char (p)) && !parser_is_unspaced (g_utf8_get_char (p));
      if (whole && g_utf8_strlen (words[i], -1) >= PARSER_LEAST_KEY
          && !g_hash_table_contains (lexicon->keys, words[i]))
        g_hash_table_add (lexicon->keys, g_strdup (words[i]));
    }
}

static void
add_phrase (Lexicon *lexicon, Source *source, const char *text, gboolean typo)
{
  ParserPhrasePiece pieces[PARSER_MAX_PIECES];
  guint n;
  expect (source, parser_phrase_split (text, pieces, &n));
  ParserPiece piece = { .kind = (guint16)source->kind, .language = (guint8)source->language };
  g_autoptr (GString) read = g_string_new (NULL);
  g_string_printf (read, "%d", source->kind);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = pieces[i].words;
      g_autofree char *key = g_strconcat (pieces[i].open_start ? PARSER_OPEN_START : "", words, NULL);
      if (typo && (n > 1 || strlen (words) < 6 || strchr (words, ' ')))
        fail (source, "~ stands before one word of six letters or more");
      add_keys (lexicon, &pieces[i], source->kind);
      piece.open_end = (guint8)pieces[i].open_end;
      piece.last = i + 1 == n;
      g_string_append_printf (read, "|%s%s%s", key, piece.open_end ? "*" : "", piece.last ? "" : "...");
      piece.before = piece.phrase;
      piece.phrase = GPOINTER_TO_UINT (g_hash_table_lookup (source->phrases, read->str));
      if (piece.phrase)
        continue;
      piece.phrase = ++lexicon->n_phrases;
      if (piece.phrase > PARSER_MAX_PHRASE)
        fail (source, "too many phrases");
      g_hash_table_insert (source->phrases, g_strdup (read->str), GUINT_TO_POINTER (piece.phrase));
      parser_lexc_words_add (lexicon->words, key, piece);
      if (typo)
        {
          ParserTypo one = { g_steal_pointer (&words), parser_piece_pack (piece) };
          g_array_append_val (lexicon->typos, one);
        }
    }
  if (g_array_index (lexicon->languages, ParserLanguage, source->language).tells_accents)
    add_spelling (lexicon, piece.phrase, text);
}

/* {name} to the choices of its set. */
static char *
fill_sets (const Source *source, const char *text)
{
  GString *filled = g_string_new (NULL);
  for (const char *p = text; *p; p++)
    {
      if (*p != '{')
        {
          g_string_append_c (filled, *p);
          continue;
        }
      const char *end = strchr (p, '}');
      if (end == NULL)
        fail (source, "\"%s\": { without }", text);
      g_autofree char *name = g_strndup (p + 1, (gsize)(end - p - 1));
      const char *set = g_hash_table_lookup (source->sets, name);
      if (set == NULL)
        fail (source, "{%s} is not defined above", name);
      g_string_append (filled, set);
      p = end;
    }
  return g_string_free (filled, FALSE);
}

/* A line's phrases with all their variants, and again with the other spelling of the language ("ä=ae"). */
static void
add_line (Lexicon *lexicon, Source *source, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, ";", -1);
  for (char **part = parts; *part; part++)
    {
      char *text = g_strstrip (*part);
      gboolean typo = *text == '~';
      g_autofree char *filled = fill_sets (source, text + typo);
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
      if (*text == '\0')
        fail (source, "an empty phrase");
      expect (source, parser_phrase_expand (filled, MAX_VARIANTS, all));
      for (guint i = 0; i < all->len; i++)
        {
          const char *variant = g_ptr_array_index (all, i);
          GString *other = g_string_new (variant);
          for (guint k = 0; k + 1 < source->respell->len; k += 2)
            g_string_replace (other, g_ptr_array_index (source->respell, k),
                              g_ptr_array_index (source->respell, k + 1), 0);
          g_autofree char *respelt = g_string_free (other, FALSE);
          add_phrase (lexicon, source, variant, typo);
          if (strcmp (respelt, variant))
            add_phrase (lexicon, source, respelt, typo);
        }
    }
}

/* The words that say who speaks to whom come first, as PARSER_CUE_WORD_YOU has it. */
static void
check_first_words (const Source *source, const GPtrArray *names)
{
  static const char *const first[] = { "i", "we", "you" };
  if (names->len <= G_N_ELEMENTS (first)
      && !g_str_equal (names->pdata[names->len - 1], first[names->len - 1]))
    fail (source, "the first three that begin with \"word\" are i, we and you");
}

/* The kind of a heading that begins as @group does and goes on with @name. */
static int
find_meaning (Lexicon *lexicon, const Source *source, guint group, const char *name)
{
  GPtrArray *names = lexicon->meanings[group];
  guint index;
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, &index))
    return meanings[group].first + (int)index;
  if (source->language > 0)
    fail (source, "[%s%s] is no heading of the first file", meanings[group].begins, name);
  g_ptr_array_add (names, g_strdup (name));
  if (meanings[group].first == PARSER_CUE_WORD)
    check_first_words (source, names);
  if (meanings[group].first + (int)names->len > meanings[group].end)
    fail (source, "too many headings that begin with \"%s\"", meanings[group].begins);
  return meanings[group].first + (int)names->len - 1;
}

static void
add_heading (Lexicon *lexicon, Source *source, char *line)
{
  if (!g_str_has_suffix (line, "]"))
    fail (source, "a heading ends with ]");
  line[strlen (line) - 1] = '\0';
  source->kind = -1;
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_has_prefix (line + 1, meanings[i].begins))
      source->kind = find_meaning (lexicon, source, i, line + 1 + strlen (meanings[i].begins));
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (strcmp (headings[i], line + 1) == 0)
      source->kind = (int)i;
  if (source->kind < 0)
    fail (source, "[%s] is no heading that we know", line + 1);
}

/* The words of the language that are written together with the next one. */
static void
add_particles (Lexicon *lexicon, Source *source, ParserLanguage *language, const char *value)
{
  const ParserPiece none = { 0 };
  g_autofree char *words = NULL;
  expect (source, parser_phrase_words (value, &words));
  g_auto (GStrv) particles = g_strsplit (words, " ", -1);
  for (char **one = particles; *one; one++)
    {
      g_autofree char *key = g_strconcat (PARSER_PARTICLE, *one, NULL);
      parser_lexc_words_add (lexicon->words, key, none);
    }
  language->particles = g_strdup_printf (" %s ", words);
}

static void
add_that (Source *source, ParserLanguage *language, const char *value)
{
  g_autofree char *words = NULL;
  expect (source, parser_phrase_words (value, &words));
  language->that = g_strdup_printf (" %s ", words);
}

static void
add_respelling (Source *source, const char *value)
{
  g_auto (GStrv) pairs = g_strsplit_set (value, " =", -1);
  if (g_strv_length (pairs) % 2)
    fail (source, "\"%s\": pairs such as ä=ae are wanted", value);
  for (char **pair = pairs; *pair; pair++)
    g_ptr_array_add (source->respell, g_strdup (*pair));
}

/* What stands above the first heading: "language: en", "not: after", "verb: last", "also: ä=ae ö=oe",
 * "particles: w b", "that: dass". */
static void
add_setting (Lexicon *lexicon, Source *source, const char *line)
{
  const char *colon = strchr (line, ':');
  if (colon == NULL)
    fail (source, "\"%s\": a heading or a setting comes first", line);
  g_autofree char *name = g_strstrip (g_strndup (line, (gsize)(colon - line)));
  g_autofree char *value = g_strstrip (g_strdup (colon + 1));
  ParserLanguage *language = &g_array_index (lexicon->languages, ParserLanguage, source->language);
  if (strcmp (name, "language") == 0)
    language->code = g_strdup (value);
  else if (strcmp (name, "not") == 0 && strcmp (value, "after") == 0)
    language->negates_after = TRUE;
  else if (strcmp (name, "not") == 0 && strcmp (value, "behind") == 0)
    language->has_endings = TRUE;
  else if (strcmp (name, "verb") == 0 && strcmp (value, "last") == 0)
    language->verb_last = TRUE;
  else if (strcmp (name, "accents") == 0 && strcmp (value, "tell") == 0)
    language->tells_accents = TRUE;
  else if (strcmp (name, "particles") == 0)
    add_particles (lexicon, source, language, value);
  else if (strcmp (name, "that") == 0)
    add_that (source, language, value);
  else if (strcmp (name, "also") == 0)
    add_respelling (source, value);
  else
    fail (source, "\"%s\" is no setting that we know", line);
}

static void
add_set (Source *source, const char *line)
{
  const char *end = strstr (line, "}:");
  if (end == NULL)
    fail (source, "\"%s\": a set is written {name}: a | b", line);
  g_autofree char *filled = fill_sets (source, end + 2);
  g_auto (GStrv) choices = g_strsplit (filled, "|", -1);
  for (char **choice = choices; *choice; choice++)
    g_strstrip (*choice);
  g_autofree char *joined = g_strjoinv ("|", choices);
  g_hash_table_insert (source->sets, g_strndup (line + 1, (gsize)(end - line - 1)),
                       g_strdup_printf ("(%s)", joined));
}

static void
read_file (Lexicon *lexicon, const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) respell = g_ptr_array_new_with_free_func (g_free);
  ParserLanguage language = { .particles = " ", .that = " " };
  Source source = { .file = path,
                    .kind = -1,
                    .language = lexicon->languages->len,
                    .sets = sets,
                    .respell = respell,
                    .phrases = phrases };
  g_array_append_val (lexicon->languages, language);
  if (!g_file_get_contents (path, &text, &length, &error))
    fail (&source, "%s", error->message);
  if (!g_utf8_validate (text, (gssize)length, NULL))
    fail (&source, "the file is not UTF-8");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **at = lines; *at; at++)
    {
      char *line = g_strstrip (*at);
      source.line++;
      if (*line == '\0' || *line == '#')
        continue;
      if (*line == '[')
        add_heading (lexicon, &source, line);
      else if (*line == '{' && strstr (line, "}:"))
        add_set (&source, line);
      else if (source.kind < 0)
        add_setting (lexicon, &source, line);
      else
        add_line (lexicon, &source, line);
    }
  if (g_array_index (lexicon->languages, ParserLanguage, source.language).code == NULL)
    fail (&source, "\"language: CODE\" is missing");
}

static int
by_phrase (const void *a, const void *b)
{
  guint32 one = ((const ParserSpelling *)a)->phrase, two = ((const ParserSpelling *)b)->phrase;
  return (one > two) - (one < two);
}

static int
by_word (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
write_keys (const Lexicon *lexicon)
{
  guint n;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (lexicon->keys, &n);
  qsort (keys, n, sizeof *keys, by_word);
  printf ("static const char *const lexicon_keys[] = {\n");
  for (guint i = 0; i < n; i++)
    printf ("\"%s\",\n", (const char *)keys[i]);
  printf ("};\n");
}

static void
write_tables (const Lexicon *lexicon)
{
  printf ("static const ParserLanguage lexicon_languages[] = {\n");
  for (guint i = 0; i < lexicon->languages->len; i++)
    {
      const ParserLanguage *language = &g_array_index (lexicon->languages, ParserLanguage, i);
      printf ("{\"%s\",%d,%d,%d,%d,\"%s\",\"%s\"},\n", language->code, language->negates_after,
              language->verb_last, language->has_endings, language->tells_accents, language->particles,
              language->that);
    }
  printf ("};\nstatic const ParserSpelling lexicon_spellings[] = {\n");
  g_array_sort (lexicon->spellings, by_phrase);
  for (guint i = 0; i < lexicon->spellings->len; i++)
    {
      const ParserSpelling *spelling = &g_array_index (lexicon->spellings, ParserSpelling, i);
      printf ("{%u,%uU},\n", spelling->phrase, spelling->accents);
    }
  printf ("{G_MAXUINT32,0}};\nstatic const ParserTypo lexicon_typos[] = {\n");
  for (guint i = 0; i < lexicon->typos->len; i++)
    {
      const ParserTypo *typo = &g_array_index (lexicon->typos, ParserTypo, i);
      printf ("{\"%s\",%" G_GUINT64_FORMAT "U},\n", typo->word, typo->piece);
    }
  printf ("};\n");
  write_keys (lexicon);
}

/* What the rules were when a wish was read: the digest of their sources, in order. */
static void
write_digest (char **files)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  for (char **file = files; *file != NULL; file++)
    {
      g_autofree char *text = NULL;
      gsize size;
      if (g_file_get_contents (*file, &text, &size, NULL))
        g_checksum_update (digest, (const guchar *)text, (gssize)size);
    }
  printf ("static const char lexicon_digest[] = \"%.16s\";\n", g_checksum_get_string (digest));
}

int
main (int argc, char **argv)
{
  Lexicon lexicon = { .words = parser_lexc_words_new (),
                      .languages = g_array_new (FALSE, FALSE, sizeof (ParserLanguage)),
                      .typos = g_array_new (FALSE, FALSE, sizeof (ParserTypo)),
                      .keys = g_hash_table_new (g_str_hash, g_str_equal),
                      .spellings = g_array_new (FALSE, FALSE, sizeof (ParserSpelling)),
                      .meanings = { g_ptr_array_new (), g_ptr_array_new () } };
  const ParserPiece none = { 0 };
  if (argc < 2)
    {
      fprintf (stderr, "usage: lexc FILE...\n");
      return 1;
    }
  parser_lexc_words_add (lexicon.words, PARSER_OPEN_START, none);
  parser_lexc_words_add (lexicon.words, PARSER_PARTICLE, none);
  for (int i = 1; i < argc; i++)
    read_file (&lexicon, argv[i]);
  printf ("/* written by lexc: do not edit */\n");
  parser_lexc_words_write (lexicon.words);
  write_tables (&lexicon);
  write_digest (argv + 1);
  return fflush (stdout) == 0 && !ferror (stdout) ? 0 : 1;
}
