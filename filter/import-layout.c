/* import-layout.c - see import-layout.h */
#include "import-layout.h"

#include "address.h"
#include "date.h"
#include "plain.h"

#include <string.h>

#define MOST_WORD 64

typedef struct
{
  const FilterImportColumn *column;
  guint field;
  gsize rank;
} Pick;

struct FilterImportLayout
{
  const FilterImportProvider *provider;
  GArray *picks; /* of Pick, by rank */
};

/* Column names and words without what programs differ in: "E-mail Address", "EMAIL_ADDRESS", "EmailAddress".
 */
static char *
key_of (const char *text)
{
  GString *key = g_string_new (NULL);
  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (key, g_ascii_tolower (*text));
  return g_string_free (key, FALSE);
}

/* ---- columns ---- */

/* What a user may call a column. */
static const struct
{
  const char *name;
  FilterImportColumn column;
} meanings[] = {
  { "address", { NULL, FILTER_IMPORT_ADDRESS, FILTER_IMPORT_UNSAID, NULL } },
  { "reason", { NULL, FILTER_IMPORT_REASON, FILTER_IMPORT_UNSAID, NULL } },
  { "status", { NULL, FILTER_IMPORT_STATUS, FILTER_IMPORT_UNSAID, NULL } },
  { "stopped", { NULL, FILTER_IMPORT_STOPPED, FILTER_IMPORT_UNSAID, NULL } },
  { "time", { NULL, FILTER_IMPORT_TIME, FILTER_IMPORT_UNSAID, NULL } },
  { "opt-in-time", { NULL, FILTER_IMPORT_OPT_IN_TIME, FILTER_IMPORT_UNSAID, NULL } },
  { "text", { NULL, FILTER_IMPORT_TEXT, FILTER_IMPORT_UNSAID, NULL } },
  { "ignore", { NULL, FILTER_IMPORT_IGNORED, FILTER_IMPORT_UNSAID, NULL } },
};

gboolean
filter_import_map (GHashTable *maps, const char *value)
{
  const char *equals = strrchr (value, '=');
  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (equals + 1, meanings[i].name))
      {
        g_autofree char *column = g_strndup (value, equals - value);
        g_hash_table_insert (maps, key_of (column), (gpointer)&meanings[i].column);
        return TRUE;
      }
  return FALSE;
}

static const FilterImportProvider *
find_provider (const char *const *keys)
{
  const FilterImportProvider *provider = filter_import_providers;
  for (; provider->name != NULL; provider++)
    {
      gboolean all = TRUE;
      for (guint i = 0; all && provider->columns[i] != NULL; i++)
        all = g_strv_contains (keys, provider->columns[i]);
      if (all)
        break;
    }
  return provider;
}

/* The row of the table for @key; NULL: nothing is to be made of it. */
static const FilterImportColumn *
find_column (const FilterImportProvider *provider, const char *key)
{
  for (const FilterImportColumn *column = filter_import_columns; column->name != NULL; column++)
    if (g_str_equal (column->name, key)
        && (column->provider == NULL || g_strcmp0 (column->provider, provider->name) == 0))
      return column;
  return NULL;
}

static int
compare_picks (gconstpointer a, gconstpointer b)
{
  const Pick *one = a, *other = b;
  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return one->field < other->field ? -1 : 1;
}

static void
pick_columns (FilterImportLayout *layout, const char *const *keys, GHashTable *maps)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      const FilterImportColumn *mapped = g_hash_table_lookup (maps, keys[i]);
      const FilterImportColumn *column = mapped != NULL ? mapped : find_column (layout->provider, keys[i]);
      gsize rank = mapped == NULL && column != NULL ? 1 + (gsize)(column - filter_import_columns) : 0;
      if (column != NULL)
        g_array_append_val (layout->picks, ((Pick){ column, i, rank }));
    }
  g_array_sort (layout->picks, compare_picks);
}

/* Why @layout is of no use, or NULL. */
static char *
find_fault (const FilterImportLayout *layout, const char *const *names, const char *const *keys,
            GHashTable *maps)
{
  const Pick *address = NULL;
  gboolean hashes = FALSE;
  GHashTableIter iter;
  gpointer key;
  for (guint i = 0; i < layout->picks->len; i++)
    {
      const Pick *pick = &g_array_index (layout->picks, Pick, i);
      hashes |= pick->column->role == FILTER_IMPORT_HASH;
      if (pick->column->role != FILTER_IMPORT_ADDRESS)
        continue;
      if (address != NULL && address->rank == pick->rank)
        return g_strdup_printf ("columns %u and %u both are the address; name one of them otherwise, or use "
                                "--map COLUMN=ignore",
                                address->field + 1, pick->field + 1);
      address = address == NULL ? pick : address;
    }
  g_hash_table_iter_init (&iter, maps);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_strv_contains (keys, key))
      return g_strdup_printf ("there is no column %s, which --map names", (const char *)key);
  if (address != NULL)
    return NULL;
  if (hashes)
    return g_strdup (
        "it holds hashes, and nobody can tell whose: a hash cannot be turned back into an address. "
        "Ask for the addresses");
  g_autofree char *all = g_strjoinv (", ", (char **)names);
  g_autofree char *plain = filter_plain_text (all, (gssize)MIN (strlen (all), 200), FALSE);
  return g_strdup_printf (
      "no column holds an address; there are: %s. Say which one with --map COLUMN=address", plain);
}

FilterImportLayout *
filter_import_layout_new (const char *const *names, GHashTable *maps, char **why_out)
{
  guint n = g_strv_length ((char **)names);
  g_auto (GStrv) keys = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    keys[i] = key_of (names[i]);
  const char *const *const_keys = (const char *const *)keys;
  g_autoptr (FilterImportLayout) layout = g_new0 (FilterImportLayout, 1);
  layout->provider = find_provider (const_keys);
  layout->picks = g_array_new (FALSE, FALSE, sizeof (Pick));
  pick_columns (layout, const_keys, maps);
  char *why = find_fault (layout, names, const_keys, maps);
  if (why == NULL)
    return g_steal_pointer (&layout);
  *why_out = why;
  return NULL;
}

FilterImportLayout *
filter_import_layout_plain (void)
{
  static const char *const names[] = { "address", NULL };
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *why = NULL;
  FilterImportLayout *layout = filter_import_layout_new (names, none, &why);
  g_assert (layout != NULL);
  return layout;
}

void
filter_import_layout_free (FilterImportLayout *layout)
{
  if (layout == NULL)
    return;
  g_array_unref (layout->picks);
  g_free (layout);
}

const char *
filter_import_layout_provider (const FilterImportLayout *layout)
{
  return layout->provider->name;
}

/* ---- words ---- */

static gboolean
find_word (FilterImportRole role, const char *text, FilterImportMeaning *meaning_out)
{
  g_autofree char *key = strlen (text) <= MOST_WORD ? key_of (text) : NULL;
  for (const FilterImportWord *word = filter_import_words; key != NULL && word->word != NULL; word++)
    if ((word->roles & role) != 0 && g_str_equal (word->word, key))
      {
        *meaning_out = word->meaning;
        return TRUE;
      }
  return FALSE;
}

/* RFC 3463: class 4 is temporary, 5.7 a matter of policy. 605 and its like are a provider's own for what
 * bounced before. */
static gboolean
find_code (FilterImportRole role, const char *text, FilterImportMeaning *meaning_out)
{
  gboolean code
      = role == FILTER_IMPORT_STATUS && *text >= '4' && *text <= '6'
        && (text[1] == '.'
            || (g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2]) && !g_ascii_isdigit (text[3])));
  if (code)
    *meaning_out
        = *text == '4' || g_str_has_prefix (text, "5.7.") ? FILTER_IMPORT_TEMPORARY : FILTER_IMPORT_BOUNCE;
  return code;
}

/* ---- a line ---- */

typedef struct
{
  const char *address; /* NULL: none yet */
  const char *category, *except;
  const char *time, *opt_in_time;
  FilterImportMeaning meaning, origin;
  gboolean unknown; /* a status that we do not know: then nothing is guessed */
  gboolean other_channel;
  GString *text;
} Line;

static void
keep_text (Line *line, const char *value)
{
  g_string_append_printf (line->text, "%s%s", line->text->len > 0 ? "; " : "", value);
}

/* Several values are a line each: a list of JSON. The strongest holds. */
static void
take_words (Line *line, const FilterImportColumn *column, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, "\n", -1);
  gboolean any = FALSE;
  for (char **word = words; *word != NULL; word++)
    {
      FilterImportMeaning meaning = FILTER_IMPORT_UNSAID;
      gboolean known = find_word (column->role, *word, &meaning) || find_code (column->role, *word, &meaning);
      line->unknown |= !known && (column->role & (FILTER_IMPORT_STATUS | FILTER_IMPORT_STOPPED)) != 0;
      any |= known;
      if (column->role == FILTER_IMPORT_ORIGIN)
        line->origin = MIN (line->origin, meaning);
      else
        line->meaning = MIN (line->meaning, meaning);
    }
  line->other_channel |= column->role == FILTER_IMPORT_CHANNEL && !any;
}

static void
take_first (const char **where, const char *value)
{
  if (*where == NULL)
    *where = value;
}

static void
take_value (Line *line, const FilterImportColumn *column, const char *value)
{
  line->meaning = MIN (line->meaning, column->meaning);
  switch (column->role)
    {
    case FILTER_IMPORT_ADDRESS:
      take_first (&line->address, value);
      break;
    case FILTER_IMPORT_REASON:
    case FILTER_IMPORT_STATUS:
      keep_text (line, value);
      take_words (line, column, value);
      break;
    case FILTER_IMPORT_STOPPED:
    case FILTER_IMPORT_ORIGIN:
    case FILTER_IMPORT_CHANNEL:
      take_words (line, column, value);
      break;
    case FILTER_IMPORT_TIME:
      take_first (&line->time, value);
      break;
    case FILTER_IMPORT_OPT_IN_TIME:
      take_first (&line->opt_in_time, value);
      break;
    case FILTER_IMPORT_CATEGORY:
      take_first (&line->category, value);
      break;
    case FILTER_IMPORT_EXCEPT:
      take_first (&line->except, value);
      break;
    case FILTER_IMPORT_TEXT:
      keep_text (line, value);
      break;
    case FILTER_IMPORT_HASH:
    case FILTER_IMPORT_IGNORED:
      break;
    }
}

static gboolean
is_hash (const char *text)
{
  gsize length = strlen (text);
  return g_str_has_prefix (text, "hmac:")
         || ((length == 32 || length == 40 || length == 64)
             && strspn (text, "0123456789abcdefABCDEF") == length);
}

static const char *
read_address (const Line *line, FilterImportWish *wish)
{
  if (line->address == NULL || *line->address == '\0')
    return "it has no address";
  if (is_hash (line->address))
    return "it is a hash, and nobody can tell whose: a hash cannot be turned back into an address";
  wish->address = filter_address_canonical (line->address);
  return wish->address == NULL ? "its address is no e-mail address" : NULL;
}

static const char *
read_meaning (const FilterImportLayout *layout, const Line *line, FilterImportWish *wish)
{
  gboolean open = line->meaning == FILTER_IMPORT_SERVICE || line->meaning == FILTER_IMPORT_UNSAID;
  FilterImportMeaning meaning = open && line->origin != FILTER_IMPORT_UNSAID ? line->origin : line->meaning;
  if (line->other_channel)
    meaning = FILTER_IMPORT_OTHER;
  else if (line->unknown && meaning > FILTER_IMPORT_TEMPORARY)
    meaning = FILTER_IMPORT_UNSAID;
  else if (meaning == FILTER_IMPORT_UNSAID)
    meaning = layout->provider->meaning;
  wish->meaning = meaning;
  return meaning == FILTER_IMPORT_TEMPORARY
             ? "it is a soft bounce or a block, which passes and says nothing of the person"
             : NULL;
}

static const char *
read_time (const Line *line, FilterImportWish *wish)
{
  gboolean in = wish->meaning == FILTER_IMPORT_SUBSCRIBED && line->opt_in_time != NULL;
  const char *text = in ? line->opt_in_time : line->time;
  gint64 at = text != NULL ? filter_date_field (text) : 0;
  if (at < 0)
    return "its time cannot be told for sure; like 2026-11-21T10:00:00Z it could";
  wish->at = at;
  return NULL;
}

static char *
cut_text (const GString *text)
{
  if (text->len == 0)
    return NULL;
  return g_utf8_strlen (text->str, -1) <= FILTER_IMPORT_TEXT_MOST
             ? g_strdup (text->str)
             : g_utf8_substring (text->str, 0, FILTER_IMPORT_TEXT_MOST);
}

void
filter_import_layout_read (const FilterImportLayout *layout, const char *const *values,
                           FilterImportWish *wish_out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Line line = { .meaning = FILTER_IMPORT_UNSAID, .origin = FILTER_IMPORT_UNSAID, .text = text };
  FilterImportWish wish = { 0 };
  for (guint i = 0; i < layout->picks->len; i++)
    {
      const Pick *pick = &g_array_index (layout->picks, Pick, i);
      const char *value = values[pick->field];
      if (value[strspn (value, " \t\r\n")] != '\0')
        take_value (&line, pick->column, value);
      else if (pick->column->role == FILTER_IMPORT_ADDRESS)
        take_first (&line.address, ""); /* the next one is somebody's postal address */
    }
  wish.wrong = read_address (&line, &wish);
  if (wish.wrong == NULL)
    wish.wrong = read_meaning (layout, &line, &wish);
  if (wish.wrong == NULL)
    wish.wrong = read_time (&line, &wish);
  wish.category = g_strdup (line.category);
  wish.except = g_strdup (line.except);
  wish.text = cut_text (text);
  *wish_out = wish;
}

void
filter_import_wish_clear (FilterImportWish *wish)
{
  g_clear_pointer (&wish->address, g_free);
  g_clear_pointer (&wish->category, g_free);
  g_clear_pointer (&wish->except, g_free);
  g_clear_pointer (&wish->text, g_free);
}
