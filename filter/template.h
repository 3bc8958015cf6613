/* template.h - the texts of our mails: those that are compiled in, and those of [reply] templates over them. Pure but for
 * filter_template_read(). */
#ifndef FILTER_TEMPLATE_H
#define FILTER_TEMPLATE_H

#include "config.h"

G_BEGIN_DECLS

#define FILTER_TEMPLATE_WORDS "words"

/* A text that the operator put over ours. */
typedef struct
{
  char *place;    /* "", "offers", "news@metrix.example", "news@metrix.example/offers" */
  char *language; /* "de", "zh-Hant" */
  char *kind;     /* "opt-out", ..., "words" */
  char *text;
} FilterTemplate;

void filter_template_free (FilterTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterTemplate, filter_template_free)

/* Whom a text is for: all borrowed. */
typedef struct
{
  const FilterConfig *config;
  const char *mailbox;  /* (nullable) address of the [mailbox] that the mail came to */
  const char *category; /* (nullable) name of the one category that it is about */
  const char *language; /* (nullable) of the mail; with @kind it settles which text it is */
} FilterTemplateChoice;

/**
 * filter_template_find - the text of @kind: of the mail's language, most specific tag first ("zh-TW" is "zh-Hant", "zh" "zh-Hans"), of [reply] language, of English;
 *   in each the operator's for mailbox and category, for the mailbox, for the category, for all, and then ours
 * @language_out: of the text that was found; borrowed   @place_out: its place; NULL: ours
 * Never NULL for a kind that is compiled in: English is complete.
 */
const char *filter_template_find (const FilterTemplateChoice *choice, const char *kind, const char **language_out,
                                  const char **place_out);
/** filter_template_word - what [words] of exactly choice->language has for @key; NULL when nothing. The caller frees. */
char *filter_template_word (const FilterTemplateChoice *choice, const char *key);
/** filter_template_word_in - the same of a text [words] */
char *filter_template_word_in (const char *words, const char *key);

/**
 * filter_template_nth - number @n, from 0, of all texts there are, the operator's and ours; NULL when there are no more
 * @config: (nullable) ours alone
 */
const char *filter_template_nth (const FilterConfig *config, guint n, const char **kind_out, const char **language_out);

/** filter_template_kinds - "opt-out", "opt-in", ..., "digest", "words"; NULL-terminated, static */
extern const char *const filter_template_kinds[];

/**
 * filter_template_fault - why @text cannot be sent as @kind, NULL when it can: an unknown name, a fact that is missing, a
 *   link that is not {preferences}, control signs, lines that cannot be broken, 4 KB, [words] that are incomplete
 * @line_out: the line of the fault in @text, from 0
 * The caller frees.   Source: R70, R112, R115.
 */
char *filter_template_fault (const char *kind, const char *text, guint *line_out);

/**
 * filter_template_parse - the texts in @content, the octets of a file as filter/templates/README has it
 * @place, @language: of all of them   @file: for faults, "FILE:LINE: [KIND]: why", which go to @faults with their texts left out
 * Texts go to @templates.
 */
void filter_template_parse (const char *place, const char *language, const char *file, const char *content, gsize length,
                            GPtrArray *templates, GPtrArray *faults);

/** filter_template_read - parse PLACE/LANGUAGE.txt below @folder for every PLACE that @config knows; what cannot be read is a fault */
void filter_template_read (const char *folder, const FilterConfig *config, GPtrArray *templates, GPtrArray *faults);

G_END_DECLS

#endif
