/* clauses.c - folded text as words, clauses and sentences
 *
 * A line end inside a running sentence is no boundary, however the writer's client wrapped it: a line was
 * wrapped when the next line's first word would not have fitted the paragraph's width. */
#include "intent.h"

#include <string.h>

#define FEW_SIGNS 12     /* bytes of the four signs of Han that a line may lack */
#define UNSEEN_SIGNS 2   /* bytes of a joiner, counted where the line was wrapped, and gone since */
#define MOST_CLAUSE 2000 /* bytes; a longer one is cut, so that all work on a clause is bounded */
#define MOST_GAP 500     /* bytes of the words between two pieces of a phrase */

typedef struct
{
  ParserSaid *said;
  guint sentence;
  guint clause_start;   /* byte of words where the clause at hand begins */
  guint sentence_first; /* index of the sentence's first clause */
  gboolean quoted, bracketed;
  gboolean line_start;
  gboolean dash;
  gboolean gap;  /* a space is due before the next word */
  gunichar last; /* last word character */
  guint plain;   /* up to this byte stands no address and no URL: each byte is looked at once for them */
} Reader;

ParserSaid *
parser_said_new (const char *part, const char *text, gsize length, guint *defects)
{
  ParserSaid *said = g_new0 (ParserSaid, 1);
  said->part = part;
  said->text = text;
  said->folded = parser_fold (text, length, &said->fold_map, defects);
  said->line = 1;
  said->words = g_string_new (NULL);
  said->map = g_array_new (FALSE, FALSE, sizeof (guint));
  said->clauses = g_array_new (FALSE, FALSE, sizeof (ParserClause));
  said->respelt = g_array_new (FALSE, FALSE, sizeof (guint));
  said->cues = g_array_new (FALSE, FALSE, sizeof (ParserCue));
  said->about = g_array_new (FALSE, FALSE, sizeof (ParserCue));
  said->named = g_ptr_array_new ();
  return said;
}

void
parser_said_free (ParserSaid *said)
{
  if (said == NULL)
    return;
  for (guint i = 0; i < said->named->len; i++)
    {
      ParserNamed *named = g_ptr_array_index (said->named, i);
      g_free (named->address);
      g_free (named);
    }
  g_ptr_array_unref (said->named);
  g_free (said->folded);
  g_array_unref (said->fold_map);
  g_string_free (said->words, TRUE);
  g_array_unref (said->map);
  g_array_unref (said->clauses);
  g_array_unref (said->respelt);
  g_array_unref (said->cues);
  g_array_unref (said->about);
  g_clear_pointer (&said->senses, g_array_unref);
  g_free (said);
}

static void
append (ParserSaid *said, const char *bytes, gsize n, guint from)
{
  g_string_append_len (said->words, bytes, (gssize)n);
  guint first = said->map->len;
  g_array_set_size (said->map, first + (guint)n);
  for (guint i = 0; i < n; i++)
    g_array_index (said->map, guint, first + i) = from + i;
}

static void
end_clause (Reader *reader, guint at)
{
  ParserSaid *said = reader->said;
  reader->gap = FALSE;
  reader->last = 0;
  if (said->words->len == reader->clause_start)
    return;
  ParserClause clause = { .start = reader->clause_start,
                          .end = (guint)said->words->len,
                          .sentence = reader->sentence,
                          .quoted = reader->quoted || reader->bracketed,
                          .line_start = reader->line_start,
                          .dash = reader->dash };
  g_array_append_val (said->clauses, clause);
  said->n_words += parser_said_count (said, clause.start, clause.end);
  append (said, "\001", 1, at);
  reader->clause_start = (guint)said->words->len;
  reader->line_start = reader->dash = FALSE;
}

static void
end_sentence (Reader *reader, guint at, gboolean asked)
{
  end_clause (reader, at);
  for (guint i = reader->sentence_first; i < reader->said->clauses->len; i++)
    g_array_index (reader->said->clauses, ParserClause, i).asked |= asked;
  if (reader->sentence_first < reader->said->clauses->len)
    reader->sentence++;
  reader->sentence_first = reader->said->clauses->len;
  reader->line_start = TRUE;
}

/* A space between words; none between characters of scripts that know none. */
static void
begin_word (Reader *reader, gunichar c, guint at)
{
  ParserSaid *said = reader->said;
  guint most = reader->gap || parser_is_unspaced (c) ? MOST_CLAUSE : 2 * MOST_CLAUSE; /* no blank comes */
  if (said->words->len - reader->clause_start > most)
    end_clause (reader, at);
  if (reader->gap && said->words->len > reader->clause_start
      && !(parser_is_unspaced (reader->last) && parser_is_unspaced (c)))
    append (said, " ", 1, at);
  reader->gap = FALSE;
}

static gboolean
ends_special (char c)
{
  switch (c)
    {
    case ' ':
    case '\n':
    case '\t':
    case '<':
    case '>':
    case '"':
    case '(':
    case ')':
    case ',':
    case ';':
    case '[':
    case ']':
    case '\0':
      return TRUE;
    default:
      return FALSE;
    }
}

/* An address or URL is one word, whatever stands in it. Returns its length, 0 when none begins here. */
static guint
special_word (Reader *reader, guint at, guint end)
{
  const char *folded = reader->said->folded;
  guint stop = at, sign = 0;
  gboolean url = strncmp (folded + at, "www.", 4) == 0;
  for (; stop < end && !ends_special (folded[stop]); stop++)
    {
      if ((guchar)folded[stop] >= 0xE0 && parser_is_unspaced (g_utf8_get_char (folded + stop)))
        break;
      if (folded[stop] == '@' && sign == 0)
        sign = stop;
      if (folded[stop] == ':' && stop + 2 < end && folded[stop + 1] == '/' && folded[stop + 2] == '/')
        url = TRUE;
    }
  while (stop > at && strchr (".:!?'*", folded[stop - 1]))
    stop--;
  if (!url && (sign <= at || sign + 1 >= stop))
    {
      reader->plain = stop;
      return 0;
    }
  begin_word (reader, 'a', at);
  if (!url)
    {
      ParserNamed *named = g_new (ParserNamed, 1);
      guint from = at;
      if (strncmp (folded + from, "mailto:", 7) == 0)
        from += 7;
      named->at = (guint)reader->said->words->len;
      named->address = g_strndup (folded + from, stop - from);
      g_ptr_array_add (reader->said->named, named);
    }
  append (reader->said, url ? "\003" : "\002", 1, at);
  reader->gap = TRUE;
  reader->last = 'a';
  return stop - at;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n';
}

static gboolean
is_hebrew (gunichar c)
{
  return c >= 0x05D0 && c <= 0x05EA;
}

/* "Ich will nicht, dass Sie mir schreiben" is one thought, and what is denied is behind the comma. */
static gboolean
goes_on (const char *folded, guint at, guint end)
{
  guint stop;
  while (at < end && is_space (folded[at]))
    at++;
  for (stop = at; stop < end && parser_is_word (g_utf8_get_char (folded + stop));)
    stop = (guint)(g_utf8_next_char (folded + stop) - folded);
  return stop > at && parser_cues_goes_on (folded + at, stop - at);
}

static void
read_mark (Reader *reader, gunichar c, guint at, guint next, guint end)
{
  const char *folded = reader->said->folded;
  char before = at ? folded[at - 1] : ' ', after = next < end ? folded[next] : ' ';
  gboolean apart = is_space (after) || strchr (".!?\")'", after) != NULL || parser_is_unspaced (reader->last);
  gboolean letters = at > 1 && folded[at - 2] == '.' && g_ascii_isalpha (before); /* "a.u.b." */
  if (c == '!' || c == '?' || (((c == '.' && !letters) || c == ';' || c == ':') && apart))
    end_sentence (reader, at,
                  c == '?' || (c == ';' && reader->last >= 0x0370 && reader->last < 0x0400)); /* Greek */
  else if (c == '"' && is_hebrew (reader->last) && !reader->gap
           && is_hebrew (g_utf8_get_char (folded + next)))
    return; /* a sign of abbreviation */
  else if (c == '"')
    {
      end_clause (reader, at);
      reader->quoted = !reader->quoted;
    }
  else if (c == '[' || c == ']')
    {
      end_clause (reader, at);
      reader->bracketed = c == '[';
    }
  else if (c == ',' && goes_on (folded, next, end))
    reader->gap = TRUE;
  else if (c == ',' || c == '(' || c == ')' || c == '|')
    end_clause (reader, at);
  else if (c == 0x2013 || c == 0x2014 || ((c == '-' || c == '/') && is_space (before) && is_space (after)))
    {
      end_clause (reader, at);
      reader->dash = TRUE;
    }
  else if (c == '\'' && !is_space (before) && !is_space (after) && at
           && reader->said->words->len > reader->clause_start && !reader->gap)
    append (reader->said, "'", 1, at);
  else
    reader->gap = TRUE;
}

static void
read_line (Reader *reader, guint at, guint end)
{
  const char *folded = reader->said->folded;
  while (at < end)
    {
      gunichar c = g_utf8_get_char (folded + at);
      guint next = (guint)(g_utf8_next_char (folded + at) - folded);
      gboolean word = parser_is_word (c);
      gboolean starts = word && at >= reader->plain && !parser_is_unspaced (c)
                        && (at == 0 || ends_special (folded[at - 1]) || strchr (":'*", folded[at - 1])
                            || (parser_is_unspaced (reader->last) && !reader->gap));
      guint special = starts ? special_word (reader, at, end) : 0;
      if (special)
        next = at + special;
      else if (word)
        {
          begin_word (reader, c, at);
          while (c < 0x80 && next < MIN (end, at + MOST_CLAUSE)
                 && g_ascii_isalnum (folded[next])) /* and the rest of it */
            next++;
          append (reader->said, folded + at, next - at, at);
          reader->last = c;
        }
      else
        read_mark (reader, c, at, next, end);
      at = next;
    }
}

static guint
line_end (const char *folded, guint at)
{
  const char *end = strchr (folded + at, '\n');
  return end ? (guint)(end - folded) : at + (guint)strlen (folded + at);
}

/* A line without a letter or digit parts paragraphs: empty, or a ruler. */
static gboolean
is_blank (const char *folded, guint at, guint end)
{
  for (const char *p = folded + at; p < folded + end; p = g_utf8_next_char (p))
    if (parser_is_word (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* The widest line of the paragraph that begins at @at. */
static guint
paragraph_width (const char *folded, guint at, guint lines)
{
  guint width = 0;
  for (; lines && folded[at]; lines--)
    {
      guint end = line_end (folded, at);
      if (is_blank (folded, at, end))
        break;
      width = MAX (width, end - at);
      if (folded[end] == '\0')
        break;
      at = end + 1;
    }
  return width;
}

/* Does the line that ends at @end run on in the next? */
static gboolean
is_wrapped (const char *folded, guint at, guint end, guint width, gboolean flowed)
{
  if (flowed && end > at && folded[end - 1] == ' ')
    return TRUE;
  guint next = end + 1, stop = next;
  gunichar first = g_utf8_get_char (folded + next);
  gboolean anywhere = first >= 0x3005 && first < 0xAC00; /* kana and Han: lines break between any two */
  while (folded[stop] && !is_space (folded[stop]) && !(anywhere && stop - next >= FEW_SIGNS))
    stop++;
  while (end > at && is_space (folded[end - 1]))
    end--;
  return end - at + 1 + (stop - next) + UNSEEN_SIGNS > width;
}

void
parser_said_read (ParserSaid *said, guint first_line, guint last_line, gboolean flowed)
{
  const char *folded = said->folded;
  Reader reader = { .said = said,
                    .line_start = TRUE,
                    .clause_start = (guint)said->words->len,
                    .sentence_first = said->clauses->len };
  if (said->clauses->len)
    reader.sentence = g_array_index (said->clauses, ParserClause, said->clauses->len - 1).sentence + 1;
  guint at = said->line_at, width = 0;
  for (guint line = said->line; line < first_line && folded[at]; line++)
    at = line_end (folded, at) + (folded[line_end (folded, at)] != '\0');
  for (guint line = first_line; line <= last_line && folded[at]; line++)
    {
      guint end = line_end (folded, at);
      if (is_blank (folded, at, end))
        {
          read_line (&reader, at, end);
          end_sentence (&reader, at, FALSE);
          reader.quoted = FALSE;
          width = 0;
        }
      else
        {
          if (width == 0)
            width = paragraph_width (folded, at, last_line - line + 1);
          read_line (&reader, at, end);
          if (folded[end] && is_wrapped (folded, at, end, width, flowed))
            reader.gap = TRUE;
          else
            {
              end_clause (&reader, end);
              reader.line_start = TRUE;
            }
        }
      at = end + (folded[end] != '\0');
    }
  end_sentence (&reader, at, FALSE);
  said->line = last_line + 1;
  said->line_at = at;
}

void
parser_said_read_rest (ParserSaid *said, guint at)
{
  Reader reader = { .said = said, .line_start = TRUE };
  guint end = at + (guint)strlen (said->folded + at);
  read_line (&reader, at, end);
  end_sentence (&reader, end, FALSE);
}

void
parser_said_locate (const ParserSaid *said, guint start, guint end, guint *start_out, guint *end_out)
{
  guint first = g_array_index (said->map, guint, start);
  guint last = g_array_index (said->map, guint, end - 1);
  *start_out = g_array_index (said->fold_map, guint, first);
  guint from = g_array_index (said->fold_map, guint, last);
  while (last + 1 < said->fold_map->len && g_array_index (said->fold_map, guint, last) == from)
    last++;
  *end_out = g_array_index (said->fold_map, guint, last);
  /* one byte stands for a whole address or URL */
  if ((guchar)said->words->str[end - 1] == PARSER_WORD_ADDRESS
      || said->words->str[end - 1] == PARSER_WORD_URL)
    *end_out += (guint)strcspn (said->text + *end_out, " \t\n<>()\",;");
}

guint
parser_said_line (const ParserSaid *said, guint byte)
{
  guint line = 1;
  for (guint i = 0; i < byte; i++)
    line += said->text[i] == '\n';
  return line;
}

guint
parser_said_count (const ParserSaid *said, guint start, guint end)
{
  guint words = 0, unspaced = 0;
  gboolean inside = FALSE;
  for (const char *p = said->words->str + start; p < said->words->str + end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (parser_is_unspaced (c))
        unspaced++;
      else if (c != ' ' && c != PARSER_CLAUSE_END && !inside)
        words++;
      inside = c != ' ' && c != PARSER_CLAUSE_END;
    }
  return words + (unspaced + 1) / 2;
}

gboolean
parser_said_is_gap (const ParserSaid *said, guint start, guint end)
{
  return end - start <= MOST_GAP && parser_said_count (said, start, end) <= PARSER_MAX_GAP;
}

guint
parser_said_word_end (const ParserSaid *said, guint at, guint end)
{
  const char *p = said->words->str + at, *stop = said->words->str + end;
  gboolean unspaced = parser_is_unspaced (g_utf8_get_char (p));
  for (guint n = 0; p < stop && *p != ' ' && *p != PARSER_CLAUSE_END && !(unspaced && n == 2); n++)
    {
      if (parser_is_unspaced (g_utf8_get_char (p)) != unspaced)
        break;
      p = g_utf8_next_char (p);
    }
  return (guint)(p - said->words->str);
}

const ParserCue *
parser_said_cue (const ParserSaid *said, guint i)
{
  return &g_array_index (said->cues, ParserCue, i);
}
