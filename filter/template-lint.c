/* template-lint.c - what keeps a text from being sent (R70, R112, R115). Pure. */
#include "template.h"

#include <string.h>

#include "answers.h"
#include "fill.h"
#include "text.h"

#define LINE_MOST 78     /* columns of a line that could not be broken */
#define SUBJECT_MOST 120 /* columns of a subject without its values */
#define ANSWER_WORDS 3   /* of an answer; "yes" may have twice as many */

/* Which names a kind must have and may have. */
typedef struct
{
  const char *kind, *needs, *may;
} Rule;

/* clang-format off */
static const Rule rules[] = {
  { "opt-out", "organisation scope undo",
    "date own other part rest choose channels address essential only all example preferences unsubscribe" },
  { "opt-in", "organisation scope unsubscribe", "date address essential preferences" },
  { "opt-in-ask", "organisation undo", "date scope address essential" },
  { "review", "organisation undo", "date address essential unknown names only example" },
  { "request", "organisation request", "date due scope stopped undo erase yes address" },
  { "essential", "organisation scope", "date unsubscribe address essential" },
  { "ask", "organisation unsubscribe", "date address" },
  { "digest", "organisation waiting requests", "count mails cases lost failed floods flood" },
};
/* Values that are not always there, and names that only say when a paragraph is. */
static const char sometimes[] = "own other part rest stopped unknown names choose channels erase essential example preferences mails cases waiting requests lost failed floods flood";
static const char in_subject[] = "organisation date count";

const char *const filter_template_kinds[]
    = { "opt-out", "opt-in", "opt-in-ask", "review", "request", "essential", "ask", "digest", FILTER_TEMPLATE_WORDS, NULL };

/* About the longest that they are. */
static const FilterValue samples[] = {
  { "organisation", "The Metrix Example Company of Metrix" },
  { "date", "21 September 2026" },
  { "due", "21 September 2026" },
  { "scope", "all marketing mail except Product updates, Special offers and Events" },
  { "address", "annabella.longname@mail.metrix.example" },
  { "essential", "Update and support notices, Invoices" },
  { "request", "to tell you which personal data of yours we hold" },
  { "example", "Product updates" },
  { "preferences", "https://www.metrix.example/account/preferences" },
  { "undo", "UNDO" }, { "unsubscribe", "UNSUBSCRIBE" }, { "only", "STOP ONLY" }, { "all", "STOP ALL" },
  { "yes", "YES, ERASE MY DATA" },
  { "names", "Product updates, Special offers and Events" }, { "rest", "" }, { "stopped", "" }, { "unknown", "" },
  { "own", "" }, { "other", "" }, { "part", "" }, { "choose", "" }, { "channels", "" }, { "erase", "" },
  { "mails", "" }, { "cases", "" }, { "count", "12" }, { "waiting", "  0a1b" }, { "requests", "  0a1b" },
  { "lost", "" }, { "failed", "1" },
  { "floods", "" }, { "flood", "  0a1b" },
  FILTER_VALUES_END,
};
/* clang-format on */

static gboolean
is_among (const char *names, const char *name, gsize length)
{
  for (const char *at = names; *at != '\0'; at += strspn (at, " "))
    {
      gsize size = strcspn (at, " ");
      if (size == length && strncmp (at, name, length) == 0)
        return TRUE;
      at += size;
    }
  return FALSE;
}

static guint
line_of (const char *text, const char *at)
{
  guint line = 0;
  for (const char *c = text; c < at; c++)
    line += *c == '\n';
  return line;
}

/* ---- signs ---- */

static const char *
sign_fault (gunichar c)
{
  if (c == '\n')
    return NULL;
  if (g_unichar_iscntrl (c))
    return "has a control character";
  if (filter_text_is_direction (c) || c == 0xfeff)
    return "has a sign for the direction of text: they are set when a mail is written";
  return g_unichar_isdefined (c) && c != 0xfffd ? NULL : "has a sign that stands for none";
}

/* A word of letters that look alike in two scripts. */
static gboolean
is_mixed (const char *text, const char **at_out)
{
  enum
  {
    LATIN = 1,
    CYRILLIC = 2,
    GREEK = 4
  };
  guint scripts = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      GUnicodeScript script = g_unichar_get_script (letter);
      scripts = !g_unichar_isalpha (letter)           ? 0
                : script == G_UNICODE_SCRIPT_LATIN    ? scripts | LATIN
                : script == G_UNICODE_SCRIPT_CYRILLIC ? scripts | CYRILLIC
                : script == G_UNICODE_SCRIPT_GREEK    ? scripts | GREEK
                                                      : scripts;
      *at_out = c;
      if ((scripts & (scripts - 1)) != 0)
        return TRUE;
    }
  return FALSE;
}

/* An address, a link, or a name that mail programs make one of: two letters, a full stop, two letters. */
static const char *
link_in (const char *text)
{
  static const char *const marks[] = { "://", "www.", "mailto:", "@", "<", ">" };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (text, marks[i]) != NULL)
      return strstr (text, marks[i]);
  for (const char *dot = strchr (text, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    if (dot - text >= 2 && g_ascii_isalnum (dot[-1]) && g_ascii_isalnum (dot[-2]) && g_ascii_islower (dot[1])
        && g_ascii_islower (dot[2]))
      return dot;
  return NULL;
}

static char *
signs_fault (const char *text, const char **at_out)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      const char *why = sign_fault (g_utf8_get_char (c));
      *at_out = c;
      if (why != NULL)
        return g_strdup (why);
    }
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  if (strcmp (composed, text) != 0)
    {
      gsize same = 0;
      while (composed[same] == text[same])
        same++;
      *at_out = text + same;
      return g_strdup ("is not in the normal form NFC: a letter and its mark are two signs");
    }
  if (is_mixed (text, at_out))
    return g_strdup ("has a word with letters of two scripts");
  *at_out = link_in (text);
  return *at_out != NULL ? g_strdup ("has a link or an address: only {preferences} may be one") : NULL;
}

/* ---- names ---- */

static char *
name_fault (const char *text, const char *names, const char *kind, const char **at_out)
{
  for (const char *c = strpbrk (text, "{}"); c != NULL; c = strpbrk (c + 1, "{}"))
    {
      gsize length = strcspn (c + 1, "{}\n");
      *at_out = c;
      if (*c == '}' || c[length + 1] != '}')
        return g_strdup ("has a brace without the other");
      if (!is_among (names, c + 1, length))
        return g_strdup_printf ("{%.*s} is no name that %s has", (int)length, c + 1, kind);
      c += length + 1;
    }
  return NULL;
}

static gboolean
has_name (const char *text, const char *name)
{
  g_autofree char *braced = g_strconcat ("{", name, "}", NULL);
  return strstr (text, braced) != NULL;
}

static gboolean
has_any_name (const char *text, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  for (char **name = list; *name != NULL; name++)
    if (has_name (text, *name))
      return TRUE;
  return FALSE;
}

/* What must be said stands in a paragraph that is always there. */
static char *
needs_fault (char **paragraphs, const Rule *rule)
{
  g_auto (GStrv) needs = g_strsplit (rule->needs, " ", -1);
  for (char **name = needs; *name != NULL; name++)
    {
      gboolean may_miss = is_among (sometimes, *name, strlen (*name)), found = FALSE;
      for (guint i = 0; paragraphs[i] != NULL; i++)
        found |= has_name (paragraphs[i], *name) && (may_miss || !has_any_name (paragraphs[i], sometimes));
      if (!found)
        return g_strdup_printf ("{%s} is missing, or stands only in paragraphs that are not always there",
                                *name);
    }
  return NULL;
}

/* ---- a whole text ---- */

static char *
size_fault (const char *text)
{
  /* of these there is one at a time */
  static const char *const writers[] = { "own", "other", NULL }, *const parts[]
                                                                 = { "part", "rest", "choose", NULL };
  for (guint n = 0; n < 6; n++)
    {
      FilterValue values[G_N_ELEMENTS (samples)];
      g_autofree char *subject = NULL, *body = NULL;
      memcpy (values, samples, sizeof samples);
      for (FilterValue *value = values; value->name != NULL; value++)
        if ((g_strv_contains (writers, value->name) && !g_str_equal (value->name, writers[n / 3]))
            || (g_strv_contains (parts, value->name) && !g_str_equal (value->name, parts[n % 3])))
          value->value = NULL;
      filter_text_plain (text, values, &subject, &body);
      if (strlen (subject) + strlen (body) >= FILTER_TEXT_MOST)
        return g_strdup_printf ("has %" G_GSIZE_FORMAT " octets with its values; %d is too much",
                                strlen (body), FILTER_TEXT_MOST);
      g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        if (filter_fill_columns (lines[i]) > LINE_MOST)
          return g_strdup_printf ("a line of %u columns cannot be broken: %s", filter_fill_columns (lines[i]),
                                  lines[i]);
    }
  return NULL;
}

static char *
subject_fault (char **paragraphs)
{
  const char *subject = paragraphs[0];
  const char *at;
  if (subject == NULL || *subject == '\0' || strchr (subject, '\n') != NULL || paragraphs[1] == NULL)
    return g_strdup ("begins with its subject, one line, and an empty one behind it");
  if (filter_fill_columns (subject) > SUBJECT_MOST)
    return g_strdup ("has too long a subject");
  return name_fault (subject, in_subject, "a subject", &at);
}

static char *
text_fault (const Rule *rule, const char *text, const char **at_out)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  g_autofree char *names = g_strconcat (rule->needs, " ", rule->may, NULL);
  *at_out = text;
  char *why = subject_fault (paragraphs);
  if (why == NULL)
    why = name_fault (text, names, rule->kind, at_out);
  if (why == NULL)
    {
      *at_out = text;
      why = needs_fault (paragraphs, rule);
    }
  return why != NULL ? why : size_fault (text);
}

/* ---- [words] ---- */

static char *
folded (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *small = g_utf8_casefold (apart, -1);
  GString *out = g_string_new (NULL);
  for (const char *c = small; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_type (g_utf8_get_char (c)) != G_UNICODE_NON_SPACING_MARK)
      g_string_append_unichar (out, g_utf8_get_char (c));
  return g_string_free (out, FALSE);
}

/* What people are told to type: letters, a few words. */
static char *
answer_fault (const char *key, const char *answer)
{
  guint words = 1, most = ANSWER_WORDS * (g_str_equal (key, "yes") ? 2 : 1);
  for (const char *c = answer; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar sign = g_utf8_get_char (c);
      words += sign == ' ';
      gboolean mark = sign < 0x80 ? strchr (" ,'-", (char)sign) != NULL
                                  : sign == 0x200c || sign == 0x60c || sign == 0x3001 || sign == 0xff0c;
      if (!mark && !g_unichar_isalpha (sign) && !g_unichar_ismark (sign))
        return g_strdup_printf ("%s: people cannot be expected to type that: letters alone", key);
    }
  return words > most ? g_strdup_printf ("%s: at most %u words", key, most) : NULL;
}

static char *
answers_fault (const char *text)
{
  char *answers[PARSER_ANSWER_STOP + 1] = { NULL };
  char *why = NULL;
  for (ParserAnswer a = PARSER_ANSWER_UNDO; a <= PARSER_ANSWER_STOP && why == NULL; a++)
    {
      g_autofree char *answer = filter_template_word_in (text, parser_answer_key (a));
      why = answer_fault (parser_answer_key (a), answer);
      answers[a] = folded (answer);
      for (ParserAnswer b = PARSER_ANSWER_UNDO; b < a && why == NULL; b++)
        if (g_str_has_prefix (answers[a], answers[b]) || g_str_has_prefix (answers[b], answers[a]))
          why = g_strdup_printf ("%s and %s: one is the beginning of the other", parser_answer_key (b),
                                 parser_answer_key (a));
    }
  for (ParserAnswer a = PARSER_ANSWER_UNDO; a <= PARSER_ANSWER_STOP; a++)
    g_free (answers[a]);
  return why;
}

/* clang-format off */
static const struct
{
  const char *key;
  gboolean may_miss;
  const char *names; /* each once, and no other */
} words[] = {
  { "everything", FALSE, "" }, { "except", FALSE, "kept" },
  { "undo", FALSE, "" }, { "unsubscribe", FALSE, "" }, { "only", FALSE, "" }, { "all", FALSE, "" }, { "yes", FALSE, "" },
  { "erasure", FALSE, "" }, { "access", FALSE, "" }, { "correction", FALSE, "" }, { "no-sharing", FALSE, "" },
  { "date", FALSE, "day month year" }, { "months", FALSE, "" }, { "first", TRUE, "" },
};
/* clang-format on */

static char *
word_fault (const char *key, const char *value, const char *names)
{
  const char *at;
  char *why = name_fault (value, names, key, &at);
  if (why != NULL)
    return why;
  g_auto (GStrv) needed = g_strsplit (names, " ", -1);
  for (char **name = needed; *name != NULL; name++)
    if (**name != '\0' && !has_name (value, *name))
      return g_strdup_printf ("%s: {%s} is missing", key, *name);
  g_auto (GStrv) months = g_strsplit (value, " ", -1);
  if (g_str_equal (key, "months") && g_strv_length (months) != 12)
    return g_strdup_printf ("months: twelve names, not %u", g_strv_length (months));
  return NULL;
}

static char *
line_fault (const char *text, const char **at_out)
{
  for (const char *line = text; *line != '\0'; line += strcspn (line, "\n"), line += *line == '\n')
    {
      gsize key = strcspn (line, ":\n");
      gboolean known = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        known |= strlen (words[i].key) == key && strncmp (line, words[i].key, key) == 0;
      *at_out = line;
      if (!known || strncmp (line + key, ": ", 2) != 0 || strchr (" \n", line[key + 2]) != NULL)
        return g_strdup ("is no \"word: what it is here\"");
    }
  return NULL;
}

static char *
words_fault (const char *text, const char **at_out)
{
  char *why = line_fault (text, at_out);
  for (guint i = 0; i < G_N_ELEMENTS (words) && why == NULL; i++)
    {
      g_autofree char *value = filter_template_word_in (text, words[i].key);
      g_autofree char *line = g_strconcat ("\n", words[i].key, ": ", NULL);
      const char *at = strstr (text, line);
      *at_out = at != NULL ? at + 1 : text;
      if (value != NULL)
        why = word_fault (words[i].key, value, words[i].names);
      else if (!words[i].may_miss)
        why = g_strdup_printf ("%s is missing", words[i].key);
    }
  *at_out = why == NULL ? text : *at_out;
  return why != NULL ? why : answers_fault (text);
}

char *
filter_template_fault (const char *kind, const char *text, guint *line_out)
{
  const Rule *rule = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].kind, kind))
      rule = &rules[i];
  const char *at = text;
  gboolean is_words = g_str_equal (kind, FILTER_TEMPLATE_WORDS);
  char *why = rule == NULL && !is_words ? g_strdup ("is no kind of text") : signs_fault (text, &at);
  if (why == NULL)
    why = is_words ? words_fault (text, &at) : text_fault (rule, text, &at);
  *line_out = at != NULL ? line_of (text, at) : 0;
  return why;
}
