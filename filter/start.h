/* start.h - what each of our programs does first. */
#ifndef FILTER_START_H
#define FILTER_START_H

#include "commands.h"

G_BEGIN_DECLS

/** filter_start - hold descriptors 0 to 2, settle the signals that a parent left us, and silence libraries; FALSE: end with 75 */
gboolean filter_start (void);

/** filter_start_global - take -c and --store out of @argv wherever they stand; FALSE when one lacks its value */
gboolean filter_start_global (FilterGlobal *global, int *argc, char **argv);

/**
 * filter_start_program - the path of our program optout-@name: beside the running one (a build tree), else in libexec
 * The caller frees. Whether it is there shows when it is run.
 */
char *filter_start_program (const char *name);

/** filter_start_replace - run optout-@argv[0] in our place, with the settings of @global; returns only when it cannot be */
void filter_start_replace (const FilterGlobal *global, char **argv);

G_END_DECLS

#endif
