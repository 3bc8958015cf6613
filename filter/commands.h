/* commands.h - one function a subcommand; the table that names them is in main.c. */
#ifndef FILTER_COMMANDS_H
#define FILTER_COMMANDS_H

#include <glib.h>

G_BEGIN_DECLS

/* What stood before or after the command and is the same for all. */
typedef struct
{
  const char *config_file; /* -c, or NULL */
  const char *store_url;   /* --store, or NULL */
} FilterGlobal;

/* argv[0] is the command's name; -c and --store are already taken out. Returns an exit code of outcome.h. */
typedef int (*FilterCommandFunc) (const FilterGlobal *global, int argc, char **argv);

int filter_deliver (const FilterGlobal *global, int argc, char **argv);
int filter_filter (const FilterGlobal *global, int argc, char **argv); /* passthrough.c */
int filter_classify (const FilterGlobal *global, int argc, char **argv);
int filter_replay (const FilterGlobal *global, int argc, char **argv);
int filter_send (const FilterGlobal *global, int argc, char **argv);
int filter_check (const FilterGlobal *global, int argc, char **argv);
int filter_add (const FilterGlobal *global, int argc, char **argv);
int filter_opt_in (const FilterGlobal *global, int argc, char **argv);
int filter_link (const FilterGlobal *global, int argc, char **argv);
int filter_unlink (const FilterGlobal *global, int argc, char **argv); /* link.c */
int filter_show (const FilterGlobal *global, int argc, char **argv);
int filter_history (const FilterGlobal *global, int argc, char **argv);
int filter_list (const FilterGlobal *global, int argc, char **argv);
int filter_leavers (const FilterGlobal *global, int argc, char **argv);
int filter_export (const FilterGlobal *global, int argc, char **argv);
int filter_policyd (const FilterGlobal *global, int argc, char **argv);
int filter_import (const FilterGlobal *global, int argc, char **argv);
int filter_review (const FilterGlobal *global, int argc, char **argv);
int filter_partner (const FilterGlobal *global, int argc, char **argv);
int filter_cases (const FilterGlobal *global, int argc, char **argv);
int filter_access (const FilterGlobal *global, int argc, char **argv);
int filter_revert (const FilterGlobal *global, int argc, char **argv);
int filter_erase (const FilterGlobal *global, int argc, char **argv);
int filter_tidy (const FilterGlobal *global, int argc, char **argv);
int filter_init (const FilterGlobal *global, int argc, char **argv);
int filter_reply (const FilterGlobal *global, int argc, char **argv); /* preview.c */
int filter_config (const FilterGlobal *global, int argc, char **argv);
int filter_token (const FilterGlobal *global, int argc, char **argv); /* token-command.c */
int filter_header (const FilterGlobal *global, int argc, char **argv); /* header-command.c */
int filter_stats (const FilterGlobal *global, int argc, char **argv);
int filter_report (const FilterGlobal *global, int argc, char **argv); /* stats.c */
int filter_backup (const FilterGlobal *global, int argc, char **argv);
int filter_keys (const FilterGlobal *global, int argc, char **argv); /* keys-command.c */
int filter_restore (const FilterGlobal *global, int argc, char **argv);
int filter_verify (const FilterGlobal *global, int argc, char **argv);

/**
 * filter_complain - "optout: COMMAND: what: why. what to do" on stderr, one line
 * @command: (nullable) left out when NULL.   Returns @code, for "return filter_complain (...)".
 */
int filter_complain (int code, const char *command, const char *format, ...) G_GNUC_PRINTF (3, 4);

/**
 * filter_options_read - the same for the doors, which print no complaint: options into @entries, the rest stays in @argv
 * *help_out is the help text when -h/--help was asked for, else NULL. Errors: what is wrong with the command line.
 */
gboolean filter_options_read (const GOptionEntry *entries, const char *usage, const char *summary, int *argc, char ***argv,
                              char **help_out, GError **error);

/** filter_options - parse @argv of a command with GOption; -h/--help prints and returns FALSE with *code_out 0 */
gboolean filter_options (const GOptionEntry *entries, const char *usage, const char *summary, int *argc, char ***argv, int *code_out);

G_END_DECLS

#endif
