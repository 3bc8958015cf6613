/* config-table.h - the one table of settings, between config.c (the table, the dump) and config-file.c (the loader). */
#ifndef FILTER_CONFIG_TABLE_H
#define FILTER_CONFIG_TABLE_H

#include "config.h"

G_BEGIN_DECLS

typedef struct FilterKey FilterKey;

/* Sets the field of @key in @base from @value; returns NULL, or what @value is not, which the caller frees. */
typedef char *(*FilterKeyParse) (const FilterKey *key, const char *value, gpointer base);

struct FilterKey
{
  const char *group; /* "mailbox" stands for every "[mailbox ...]"; so do "category" and "words" */
  const char *key;
  FilterKeyParse parse;
  gsize offset;          /* in FilterConfig, FilterMailbox, FilterCategory or FilterWords */
  const char *fallback;  /* the default as one would write it; NULL: unset */
  const char *const *choices; /* of a choice, in the order of its enum */
  guint least, most;     /* of a number */
  const char *meaning;
};

extern const FilterKey filter_config_keys[]; /* ends with a NULL group */

/** filter_config_key - the row of @key in @group ("mailbox" for every mailbox); NULL when there is none */
const FilterKey *filter_config_key (const char *group, const char *key);
/** filter_config_has_group - is there any key of that group? */
gboolean filter_config_has_group (const char *group);
/** filter_config_is_many - "mailbox", "category" and "words", of which there may be many */
gboolean filter_config_is_many (const char *group);
/** filter_config_set_defaults - every field of @group (NULL: of all groups of which there is one) as its fallback says */
void filter_config_set_defaults (const char *group, gpointer base);

/**
 * filter_config_wrong_line - number of the first line that is no group, "key = value", comment or empty; 0 when all are
 * filter_config_line - number of the line of @key (NULL: of the group's own line) in @group of @text; 0 when not there
 */
guint filter_config_wrong_line (const char *text);
guint filter_config_line (const char *text, const char *group, const char *key);

/** filter_config_parse_submit - FilterKeyParse of "submit": sendmail, smtp://HOST[:PORT], smtps://HOST[:PORT], lmtp:unix:/PATH */
char *filter_config_parse_submit (const FilterKey *key, const char *value, gpointer base);
/** filter_config_wrong_submit - which key of [reply] does not go with `submit`, and why not in *why_out; NULL when all do */
const char *filter_config_wrong_submit (const FilterConfig *config, const char **why_out);

FilterMailbox *filter_mailbox_new (const char *address);
void filter_mailbox_free (FilterMailbox *mailbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterMailbox, filter_mailbox_free)
FilterCategory *filter_category_new (const char *name);
void filter_category_free (FilterCategory *category);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterCategory, filter_category_free)

FilterWords *filter_words_new (const char *language);
void filter_words_free (FilterWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterWords, filter_words_free)

G_END_DECLS

#endif
