/* import-layout.h - what a line of somebody's list says: whose address, stopped or not, why and since when.
 * Pure. The tables of columns, words and providers are in import-tables.c. */
#ifndef FILTER_IMPORT_LAYOUT_H
#define FILTER_IMPORT_LAYOUT_H

#include <glib.h>

G_BEGIN_DECLS

/* Strongest first: of several columns of a line the strongest holds. */
typedef enum
{
  FILTER_IMPORT_COMPLAINT,
  FILTER_IMPORT_PERSON,
  FILTER_IMPORT_SERVICE,
  FILTER_IMPORT_BOUNCE,
  FILTER_IMPORT_TEMPORARY,  /* a soft bounce, or a block that says nothing of the address: refused */
  FILTER_IMPORT_SUBSCRIBED, /* never lifts anything (R105) */
  FILTER_IMPORT_OTHER,      /* of another channel, or not decided: left out */
  FILTER_IMPORT_UNSAID
} FilterImportMeaning;

/* What a column is for. */
typedef enum
{
  FILTER_IMPORT_ADDRESS = 1 << 0,
  FILTER_IMPORT_HASH = 1 << 1,    /* of an address: a list of nothing else is refused */
  FILTER_IMPORT_REASON = 1 << 2,  /* words that we know, or anybody's */
  FILTER_IMPORT_STATUS = 1 << 3,  /* words that we know, or a mail server's code */
  FILTER_IMPORT_STOPPED = 1 << 4, /* yes or no */
  FILTER_IMPORT_ORIGIN = 1 << 5,  /* who did it, where the reason leaves that open */
  FILTER_IMPORT_CHANNEL = 1 << 6, /* what is stopped: mail, or something else */
  FILTER_IMPORT_TIME = 1 << 7,    /* of the opt-out */
  FILTER_IMPORT_OPT_IN_TIME = 1 << 8,
  FILTER_IMPORT_CATEGORY = 1 << 9, /* of our own lists */
  FILTER_IMPORT_EXCEPT = 1 << 10,
  FILTER_IMPORT_TEXT = 1 << 11, /* kept as evidence */
  FILTER_IMPORT_IGNORED = 1 << 12
} FilterImportRole;

typedef struct
{
  const char *name; /* letters and digits alone, lower case */
  FilterImportRole role;
  FilterImportMeaning meaning; /* of a value in it, whatever it is */
  const char *provider;        /* only there; NULL: everywhere */
} FilterImportColumn;

typedef struct
{
  const char *name;            /* NULL: none that we know */
  const char *columns[5];      /* that make it known */
  FilterImportMeaning meaning; /* of a line that does not say why */
} FilterImportProvider;

typedef struct
{
  guint roles;
  const char *word;
  FilterImportMeaning meaning;
} FilterImportWord;

/* import-tables.c; each ends with an empty row, but the last provider is the one for all else. In each the
 * first row that fits is taken, and the columns of one role stand in the order in which they are asked. */
extern const FilterImportColumn filter_import_columns[];
extern const FilterImportProvider filter_import_providers[];
extern const FilterImportWord filter_import_words[];

typedef struct FilterImportLayout FilterImportLayout;

/** filter_import_map - a value of --map, COLUMN=MEANING, into @maps (name to role); FALSE when there is no
 * such meaning */
gboolean filter_import_map (GHashTable *maps, const char *value);

/**
 * filter_import_layout_new - what the columns called @names are for
 * @maps: what the user says of some of them
 * @why_out: set when NULL is returned: no column has an address, two have, or one of @maps is not there; the
 * caller frees
 */
FilterImportLayout *filter_import_layout_new (const char *const *names, GHashTable *maps, char **why_out);
void filter_import_layout_free (FilterImportLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterImportLayout, filter_import_layout_free)
/** filter_import_layout_plain - of lines that are an address each */
FilterImportLayout *filter_import_layout_plain (void);
/** filter_import_layout_provider - "SendGrid", or NULL; static */
const char *filter_import_layout_provider (const FilterImportLayout *layout);

/* What one line says. */
typedef struct
{
  const char *wrong; /* NULL, or why it is refused; static */
  FilterImportMeaning meaning;
  char *address;  /* canonical; NULL only when wrong */
  gint64 at;      /* 0: the line does not say */
  char *category; /* of our own lists: a name or "*"; else NULL */
  char *except;   /* names with blanks between; or NULL */
  char *text;     /* the provider's words, at most FILTER_IMPORT_TEXT_MOST characters; or NULL */
} FilterImportWish;

#define FILTER_IMPORT_TEXT_MOST 200

/** filter_import_layout_read - the line whose fields are @values, one for each of the layout's names */
void filter_import_layout_read (const FilterImportLayout *layout, const char *const *values,
                                FilterImportWish *wish_out);
void filter_import_wish_clear (FilterImportWish *wish);

G_END_DECLS

#endif
