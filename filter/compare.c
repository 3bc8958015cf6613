/* compare.c - which verdicts a change of rules alters. */
#include "compare.h"
#include "plain.h"
#include "report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ACTS (FILTER_ACT_RECORD + 1)

/* A line of the file. Those of one key stand together, in the order of the file. */
typedef struct
{
  guint64 key;
  gint64 offset;
  guint32 taken; /* in the first one of a key: how many of them have met their mail */
} Entry;

struct FilterCompare
{
  char *name;
  FILE *file;
  char *line;
  size_t room; /* of line */
  GArray *entries;
  gboolean jsonl;
  guint64 acts[ACTS][ACTS]; /* was, is now */
  guint64 altered, come, gone;
};

static const char *
text_of (GVariant *verdict, const char *name)
{
  const char *text = NULL;
  return g_variant_lookup (verdict, name, "&s", &text) ? text : NULL;
}

static gint64
number_of (GVariant *verdict, const char *name)
{
  gint64 number = 0;
  g_variant_lookup (verdict, name, "x", &number);
  return number;
}

static int
act_of (GVariant *verdict)
{
  for (int act = 0; act < ACTS; act++)
    if (g_strcmp0 (text_of (verdict, "act"), filter_act_name ((FilterAct)act)) == 0)
      return act;
  return -1;
}

/* "special-offers,events" */
static char *
list_of (GVariant *verdict, const char *name)
{
  g_autoptr (GVariant) list = g_variant_lookup_value (verdict, name, G_VARIANT_TYPE ("av"));
  GString *joined = g_string_new (NULL);
  for (gsize i = 0; list != NULL && i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) boxed = g_variant_get_child_value (list, i), item = g_variant_get_variant (boxed);
      if (g_variant_is_of_type (item, G_VARIANT_TYPE_STRING))
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "",
                                g_variant_get_string (item, NULL));
    }
  return g_string_free (joined, FALSE);
}

/* Mailboxes grow and move, so a mail's own name is better than its place. */
static guint64
key_of (GVariant *verdict)
{
  const char *id = text_of (verdict, "message_id"), *source = text_of (verdict, "source");
  g_autofree char *key
      = id != NULL ? g_strdup (id)
                   : g_strdup_printf ("%s\n%" G_GINT64_FORMAT, source, number_of (verdict, "index"));
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_MD5); /* a stranger gains nothing by two of one */
  guint8 octets[16];
  gsize size = sizeof octets;
  guint64 number;
  g_checksum_update (digest, (const guchar *)key, -1);
  g_checksum_get_digest (digest, octets, &size);
  memcpy (&number, octets, sizeof number);
  return number;
}

/* ---- the file ---- */

static gboolean
is_verdict (GVariant *verdict)
{
  return verdict != NULL && text_of (verdict, "source") != NULL && act_of (verdict) >= 0
         && text_of (verdict, "intent") != NULL;
}

/* The verdict that stands at @offset; NULL when the file is not what it was. */
static GVariant *
read_at (FilterCompare *compare, gint64 offset)
{
  if (fseeko (compare->file, (off_t)offset, SEEK_SET) != 0
      || getline (&compare->line, &compare->room, compare->file) < 0)
    return NULL;
  g_strchomp (compare->line);
  g_autoptr (GVariant) verdict = filter_json_read (compare->line);
  return is_verdict (verdict) ? g_steal_pointer (&verdict) : NULL;
}

static int
by_key (gconstpointer a, gconstpointer b)
{
  const Entry *one = a, *two = b;
  return one->key != two->key ? (one->key > two->key) - (one->key < two->key)
                              : (one->offset > two->offset) - (one->offset < two->offset);
}

static gboolean
read_all (FilterCompare *compare, GError **error)
{
  Entry entry = { 0 };
  guint number = 0;
  gssize length;
  while ((length = getline (&compare->line, &compare->room, compare->file)) >= 0)
    {
      number++;
      gboolean whole = strlen (compare->line) == (gsize)length; /* no NUL */
      g_strchomp (compare->line);
      g_autoptr (GVariant) verdict = whole ? filter_json_read (compare->line) : NULL;
      if (!is_verdict (verdict))
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                       "%s:%u: is not a verdict as 'optout replay --dry-run --format=jsonl' writes it",
                       compare->name, number);
          return FALSE;
        }
      entry.key = key_of (verdict);
      g_array_append_val (compare->entries, entry);
      entry.offset += length;
    }
  if (ferror (compare->file))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "%s: cannot be read: %s", compare->name,
                 g_strerror (errno));
  g_array_sort (compare->entries, by_key);
  return !ferror (compare->file);
}

FilterCompare *
filter_compare_new (const char *file, gboolean jsonl, GError **error)
{
  g_autoptr (FilterCompare) compare = g_new0 (FilterCompare, 1);
  compare->name = g_strdup (file);
  compare->jsonl = jsonl;
  compare->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  compare->file = fopen (file, "re");
  if (compare->file == NULL || fseeko (compare->file, 0, SEEK_SET) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: cannot be read: %s", file,
                   g_strerror (errno));
      return NULL;
    }
  return read_all (compare, error) ? g_steal_pointer (&compare) : NULL;
}

void
filter_compare_free (FilterCompare *compare)
{
  if (compare == NULL)
    return;
  g_clear_pointer (&compare->file, fclose);
  g_array_unref (compare->entries);
  free (compare->line);
  g_free (compare->name);
  g_free (compare);
}

/* The first entry of the next key from @at on. */
static guint
end_of_key (const FilterCompare *compare, guint at)
{
  guint64 key = g_array_index (compare->entries, Entry, at).key;
  while (at < compare->entries->len && g_array_index (compare->entries, Entry, at).key == key)
    at++;
  return at;
}

/* The next line of the file that has @key and no mail yet; NULL when there is none. */
static const Entry *
find (FilterCompare *compare, guint64 key)
{
  guint low = 0, high = compare->entries->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (compare->entries, Entry, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == compare->entries->len)
    return NULL;
  Entry *first = &g_array_index (compare->entries, Entry, low);
  guint next = low + first->taken;
  if (next >= compare->entries->len || g_array_index (compare->entries, Entry, next).key != key)
    return NULL;
  first->taken++;
  return &g_array_index (compare->entries, Entry, next);
}

/* ---- what is said ---- */

/* The words of @verdict on which @other does not rest too. */
static GPtrArray *
words_only_in (GVariant *verdict, GVariant *other)
{
  GPtrArray *only = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  g_autoptr (GVariant) hits
      = verdict ? g_variant_lookup_value (verdict, "evidence", G_VARIANT_TYPE ("av")) : NULL;
  g_autoptr (GVariant) others
      = other ? g_variant_lookup_value (other, "evidence", G_VARIANT_TYPE ("av")) : NULL;
  for (gsize i = 0; hits != NULL && i < g_variant_n_children (hits); i++)
    {
      gboolean both = FALSE;
      g_autoptr (GVariant) boxed = g_variant_get_child_value (hits, i), hit = g_variant_get_variant (boxed);
      for (gsize k = 0; !both && others != NULL && k < g_variant_n_children (others); k++)
        {
          g_autoptr (GVariant) box = g_variant_get_child_value (others, k), one = g_variant_get_variant (box);
          both = g_variant_is_of_type (hit, G_VARIANT_TYPE_VARDICT)
                 && g_variant_is_of_type (one, G_VARIANT_TYPE_VARDICT)
                 && g_strcmp0 (text_of (hit, "rule"), text_of (one, "rule")) == 0
                 && g_strcmp0 (text_of (hit, "text"), text_of (one, "text")) == 0;
        }
      if (!both && g_variant_is_of_type (hit, G_VARIANT_TYPE_VARDICT))
        g_ptr_array_add (only, g_variant_ref (hit));
    }
  return only;
}

/* "record opt-out of * but events" */
static char *
told (GVariant *verdict)
{
  if (verdict == NULL)
    return g_strdup ("not there");
  if (g_str_equal (text_of (verdict, "act"), "none") && g_str_equal (text_of (verdict, "intent"), "none"))
    return g_strdup ("nothing");
  g_autofree char *scope = list_of (verdict, "scope"), *except = list_of (verdict, "except");
  const char *request = text_of (verdict, "request");
  return g_strconcat (text_of (verdict, "act"), " ", text_of (verdict, "intent"), *scope ? " of " : "", scope,
                      *except ? " but " : "", except, request != NULL ? " and " : "", request, NULL);
}

static void
append_words (GString *line, const char *title, const GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      GVariant *hit = g_ptr_array_index (words, i);
      g_string_append_printf (line, "%s \"%s\" (%s)", i == 0 ? title : ",", text_of (hit, "text"),
                              text_of (hit, "rule"));
    }
}

static void
append_words_json (GString *line, const char *name, const GPtrArray *words)
{
  filter_json_name (line, name);
  g_string_append_c (line, '[');
  for (guint i = 0; i < words->len; i++)
    {
      GVariant *hit = g_ptr_array_index (words, i);
      g_string_append (line, i > 0 ? ",{" : "{");
      filter_json_member (line, "rule", text_of (hit, "rule"));
      filter_json_member (line, "part", text_of (hit, "part"));
      filter_json_number (line, "line", number_of (hit, "line"));
      filter_json_member (line, "text", text_of (hit, "text"));
      g_string_append_c (line, '}');
    }
  g_string_append_c (line, ']');
}

static void
append_verdict_json (GString *line, const char *name, GVariant *verdict)
{
  filter_json_name (line, name);
  if (verdict == NULL)
    {
      g_string_append (line, "null");
      return;
    }
  g_autofree char *scope = list_of (verdict, "scope"), *except = list_of (verdict, "except");
  g_auto (GStrv) in = g_strsplit (scope, ",", -1), out = g_strsplit (except, ",", -1);
  g_string_append_c (line, '{');
  filter_json_member (line, "act", text_of (verdict, "act"));
  filter_json_member (line, "intent", text_of (verdict, "intent"));
  filter_json_member (line, "request", text_of (verdict, "request"));
  filter_json_strings (line, "scope", (const char *const *)in);
  filter_json_strings (line, "except", (const char *const *)out);
  g_string_append_c (line, '}');
}

/* One line for a mail whose verdict was @old and is @now; one of them may be missing. */
static void
print_change (const FilterCompare *compare, GVariant *old, GVariant *now)
{
  GVariant *mail = now != NULL ? now : old;
  g_autoptr (GPtrArray) came = words_only_in (now, old), went = words_only_in (old, now);
  g_autoptr (GString) line = g_string_new (NULL);
  if (compare->jsonl)
    {
      g_string_append_c (line, '{');
      filter_json_member (line, "source", text_of (mail, "source"));
      filter_json_number (line, "index", number_of (mail, "index"));
      filter_json_member (line, "message_id", text_of (mail, "message_id"));
      append_verdict_json (line, "was", old);
      append_verdict_json (line, "now", now);
      append_words_json (line, "came", came);
      append_words_json (line, "went", went);
      g_string_append_c (line, '}');
      puts (line->str);
      return;
    }
  g_autofree char *was = told (old), *is = told (now);
  const char *id = text_of (mail, "message_id");
  g_string_append_printf (line, "%s %" G_GINT64_FORMAT " %s: %s -> %s", text_of (mail, "source"),
                          number_of (mail, "index"), id != NULL ? id : "(no Message-ID)", was, is);
  append_words (line, "; came:", came);
  append_words (line, "; went:", went);
  g_autofree char *plain = filter_plain_text (line->str, -1, FALSE);
  puts (plain);
}

gboolean
filter_compare_take (FilterCompare *compare, const FilterOutcome *outcome, const char *source, guint index)
{
  g_autofree char *json = filter_report_json (outcome, source, index, FALSE, FALSE);
  g_autoptr (GVariant) now = filter_json_read (json);
  const Entry *entry = find (compare, key_of (now));
  g_autoptr (GVariant) old = entry != NULL ? read_at (compare, entry->offset) : NULL;
  if (entry != NULL && old == NULL)
    return FALSE;
  g_autofree char *was = told (old), *is = told (now);
  if (old != NULL)
    compare->acts[act_of (old)][act_of (now)]++;
  compare->come += old == NULL;
  compare->altered += old != NULL && !g_str_equal (was, is);
  if (!g_str_equal (was, is))
    print_change (compare, old, now);
  return TRUE;
}

static void
print_table (const FilterCompare *compare, FILE *table)
{
  guint64 same = 0;
  for (guint was = 0; was < ACTS; was++)
    for (guint is = 0; is < ACTS; is++)
      same += compare->acts[was][is];
  fprintf (table, "%" G_GUINT64_FORMAT " mails in both, %" G_GUINT64_FORMAT " with another verdict\n", same,
           compare->altered);
  if (compare->gone > 0)
    fprintf (table, "only in %s: %" G_GUINT64_FORMAT "\n", compare->name, compare->gone);
  if (compare->come > 0)
    fprintf (table, "not in %s: %" G_GUINT64_FORMAT "\n", compare->name, compare->come);
  fprintf (table, "%10s", "now");
  for (int is = ACTS - 1; is >= 0; is--)
    fprintf (table, "  %10s", filter_act_name ((FilterAct)is));
  for (int was = ACTS - 1; was >= 0; was--)
    {
      fprintf (table, "\nwas %-6s", filter_act_name ((FilterAct)was));
      for (int is = ACTS - 1; is >= 0; is--)
        fprintf (table, "  %10" G_GUINT64_FORMAT, compare->acts[was][is]);
    }
  fputc ('\n', table);
}

static int
by_offset (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a, *two = b;
  return (*one > *two) - (*one < *two);
}

/* Offsets of the lines that have met no mail, in the order of the file. */
static GArray *
find_gone (const FilterCompare *compare)
{
  GArray *gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint first = 0, end; first < compare->entries->len; first = end)
    {
      end = end_of_key (compare, first);
      for (guint i = first + g_array_index (compare->entries, Entry, first).taken; i < end; i++)
        g_array_append_val (gone, g_array_index (compare->entries, Entry, i).offset);
    }
  g_array_sort (gone, by_offset);
  return gone;
}

gboolean
filter_compare_end (FilterCompare *compare, FILE *table, gboolean *same_out)
{
  g_autoptr (GArray) gone = find_gone (compare);
  for (; compare->gone < gone->len; compare->gone++)
    {
      g_autoptr (GVariant) old = read_at (compare, g_array_index (gone, gint64, compare->gone));
      if (old == NULL)
        return FALSE;
      print_change (compare, old, NULL);
    }
  print_table (compare, table);
  *same_out = compare->altered == 0 && compare->come == 0 && compare->gone == 0;
  return TRUE;
}
