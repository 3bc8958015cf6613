/* policy-kit.h - what the tests of policy share: a house to decide for, and tables of rows. */
#ifndef TESTS_POLICY_KIT_H
#define TESTS_POLICY_KIT_H

#include "policy.h"

#define KIT_ANN "ann@example.org"
#define KIT_SUPPORT "support@metrix.example"

/* Of rows with members act, reason and role. */
#define UNSUBSCRIBE .role = FILTER_ROLE_UNSUBSCRIBE
#define NEWSLETTER .role = FILTER_ROLE_NEWSLETTER
#define PREFERENCES .role = FILTER_ROLE_PREFERENCES
#define RECORD(why) .act = "record", .reason = why
#define REVIEW(why) .act = "review", .reason = why
#define NOTHING(why) .act = "none", .reason = why
#define MARK(name) .marks = PARSER_MARK_##name

/**
 * kit_config - the settings of Metrix Example: categories offers, updates and the essential notices; mailboxes support@,
 *   unsubscribe@ and news@metrix.example; answers from preferences@metrix.example within budgets
 * Its strings are static; what a test sets beside them is the test's. To be freed with kit_config_free().
 */
FilterConfig *kit_config (void);
void kit_config_free (FilterConfig *config);

/** kit_set_list - make of *@list the words of @text, commas between */
void kit_set_list (char ***list, const char *text);

/** kit_add_negated - @facts say that the writer does not want it: "do not unsubscribe me" */
void kit_add_negated (ParserFacts *facts);

/** kit_subjects - who is opted out, in order: "ann@example.org/token,bob@example.net/from"; the caller frees */
char *kit_subjects (const FilterVerdict *verdict);

/** kit_assert_is - @got is what is @wanted; NULL: whatever */
void kit_assert_is (const char *got, const char *wanted);

/** kit_add_rows - a test of each of @n rows of @size octets, whose first member is a sentence: "/GROUP/its-name" */
void kit_add_rows (const char *group, gconstpointer rows, gsize size, guint n, GTestDataFunc check);

#endif
