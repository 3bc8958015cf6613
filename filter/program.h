/* program.h - runs a program of the mail system: arguments, no shell (R13). */
#ifndef FILTER_PROGRAM_H
#define FILTER_PROGRAM_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_program_run - run argv[0] and wait until it ends with 0
 * @input: (nullable) what it reads; NULL: nothing
 * @wait_ms: it is ended when it takes longer; 0: it may take its time
 * @heard: what it complains of goes to our standard error; else nowhere (R3)
 * Errors: G_FILE_ERROR_INTR when it had to be ended or nobody knows how it ended, else G_FILE_ERROR_FAILED.
 */
gboolean filter_program_run (char *const *argv, GBytes *input, guint wait_ms, gboolean heard, GError **error);

G_END_DECLS

#endif
