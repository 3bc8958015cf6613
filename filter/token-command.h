/* token-command.h - what the commands of senders share (token, header): settings, keys and category. */
#ifndef FILTER_TOKEN_COMMAND_H
#define FILTER_TOKEN_COMMAND_H

#include "admin.h"

G_BEGIN_DECLS

/**
 * filter_token_begin - the settings and the keys, no store
 * @name: a category, or NULL or "*" for all marketing   @category_out: its name, NULL for all marketing
 * FALSE: it has complained and set *code_out, also of an essential category: there is no opt-out of that
 * (R106).
 */
gboolean filter_token_begin (FilterAdmin *admin, const FilterGlobal *global, const char *command,
                             const char *name, const char **category_out, int *code_out);

G_END_DECLS

#endif
