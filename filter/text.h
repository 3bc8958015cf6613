/* text.h - a template and its values become a mail's text. Pure. */
#ifndef FILTER_TEXT_H
#define FILTER_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

#define FILTER_TEXT_MOST 4096 /* octets of a text with its values (R70) */

/* What stands for a {name}; a list of them ends with a NULL name. */
typedef struct
{
  const char *name;
  const char *value; /* NULL: not there, and the paragraph that needs it is left out */
} FilterValue;

#define FILTER_VALUES_END                                                                                              \
  {                                                                                                                    \
    NULL, NULL                                                                                                         \
  }

/**
 * filter_text_fill - @text with its {names} replaced; NULL when one of them has no value
 * A value is never read for names again (H30). Every name of @text is one of @values: templates are checked before.
 * The caller frees.
 */
char *filter_text_fill (const char *text, const FilterValue *values);

/**
 * filter_text_plain - the subject and the body of @template: paragraphs in lines, one that needs what is not there left out
 * filter_text_html - the same paragraphs as a page: no picture, no style sheet, no link but @link, NULL for none
 * @language: for lang; the direction is that of the template's own script
 */
void filter_text_plain (const char *template, const FilterValue *values, char **subject_out, char **body_out);
char *filter_text_html (const char *template, const FilterValue *values, const char *language, const char *link);

/** filter_text_is_direction - does @c turn the direction of what follows, or end a line that is none? In a name it would turn
 * our sentence (H30) */
gboolean filter_text_is_direction (gunichar c);

/** filter_text_clean - @value as one line without control and direction signs, at most @most octets; NULL for NULL */
char *filter_text_clean (const char *value, gsize most);

G_END_DECLS

#endif
