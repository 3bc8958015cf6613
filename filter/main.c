/* main.c - the one front door: a table of commands. Only this file ends the program. */
#include "build-config.h"

#include "commands.h"
#include "outcome.h"
#include "start.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  const char *name;
  FilterCommandFunc run;
  const char *summary;
} Command;

/* clang-format off */
static const Command commands[] = {
  { "deliver", filter_deliver, "take one mail at the end of its road" },
  { "filter", filter_filter, "take one mail and let it go on, marked with the verdict" },
  { "classify", filter_classify, "what would you make of this mail, and why?" },
  { "replay", filter_replay, "take saved mail: mailboxes, Maildir, MH, single files" },
  { "send", filter_send, "send the confirmations that are due" },
  { "init", filter_init, "make the secret and the empty store" },
  { "check", filter_check, "may this be sent? 0 yes, 1 no" },
  { "policyd", filter_policyd, "answer Postfix whether each mail may go out" },
  { "add", filter_add, "write down an opt-out that came to customer service" },
  { "opt-in", filter_opt_in, "write down a consent" },
  { "link", filter_link, "write down that two addresses are one person's" },
  { "unlink", filter_unlink, "write down that they are not, after all" },
  { "show", filter_show, "what holds for an address" },
  { "history", filter_history, "every event of an address, with its evidence" },
  { "list", filter_list, "who is opted out, of what, since when and why" },
  { "leavers", filter_leavers, "whose address is given up, as automatic answers say" },
  { "import", filter_import, "take a list of opt-outs that was kept elsewhere" },
  { "export", filter_export, "who is opted out, for others: hashed; or tables for Postfix" },
  { "review", filter_review, "look at what waits for a person, and decide" },
  { "revert", filter_revert, "take back what forged mails did" },
  { "partner", filter_partner, "tell partners who opted out, and see that they know" },
  { "cases", filter_cases, "what people asked for, when it is due, and that it was done" },
  { "access", filter_access, "everything that is known of a person, for the person" },
  { "erase", filter_erase, "forget a person, and keep what was stopped" },
  { "token", filter_token, "the address by which somebody is opted out, for mail to him" },
  { "header", filter_header, "the header fields by which he is, List-Unsubscribe" },
  { "stats", filter_stats, "counts, times to effect, and what needs a person" },
  { "report", filter_report, "the same as a page with charts" },
  { "tidy", filter_tidy, "remove evidence and sealed mails that are kept too long" },
  { "verify", filter_verify, "check every event of the ledger" },
  { "backup", filter_backup, "copy the store while others write to it" },
  { "restore", filter_restore, "bring a copy back, and name what it does not know" },
  { "keys", filter_keys, "which keys there are, and a new one for an old one" },
  { "reply", filter_reply, "see the confirmations, and check texts of your own" },
  { "config", filter_config, "look at the settings: check them, or show them all" },
  { NULL, NULL, NULL },
};
/* clang-format on */

static const Command *
find_command (const char *name)
{
  for (const Command *command = commands; command->name != NULL; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

static int
print_help (void)
{
  printf ("Usage: optout [-c FILE] [--store URL] COMMAND [ARGUMENT...]\n\n"
          "Takes the mail that customers send, finds the wish to get no more marketing mail, remembers it\n"
          "and confirms it.\n\nCommands:\n");
  for (const Command *command = commands; command->name != NULL; command++)
    printf ("  %-10s %s\n", command->name, command->summary);
  printf ("  %-10s %s\n\n", "help", "show this, or with a command's name all about that command");
  printf ("  -c FILE      configuration (else OPTOUT_CONFIG, else /etc/optout/optout.conf)\n"
          "  --store URL  the consent store (else OPTOUT_STORE, else as configured)\n"
          "  --version    show the version\n\nManuals: optout(1), optout.conf(5), optout-mail(7)\n");
  return FILTER_EXIT_DONE;
}

/* Whoever reads no more, as "head" does, wants to hear no more: we end as other programs do then, by the
 * signal that is off while we work. */
static void
end_with_reader (void)
{
  struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };
  if (poll (&out, 1, 0) != 1 || (out.revents & POLLERR) == 0)
    return;
  signal (SIGPIPE, SIG_DFL);
  raise (SIGPIPE);
}

static int
run_command (const FilterGlobal *global, int argc, char **argv)
{
  const Command *command = find_command (argv[0]);
  if (command == NULL)
    {
      filter_start_replace (global, argv); /* "optout lmtpd" is libexec/optout/optout-lmtpd */
      return filter_complain (FILTER_EXIT_USAGE, NULL, "%s: no such command; see 'optout help'", argv[0]);
    }
  int code = command->run (global, argc, argv);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return code;
  end_with_reader ();
  return filter_complain (FILTER_EXIT_RETRY, argv[0],
                          "standard output cannot be written: the answer is not whole");
}

static int
run_help (const FilterGlobal *global, int argc, char **argv)
{
  if (argc < 2 || g_str_equal (argv[1], "help"))
    return print_help ();
  char *asked[] = { argv[1], (char *)"--help", NULL };
  return run_command (global, 2, asked);
}

/* A mail server would bounce the mail for any code but 75 (R1). */
static int
lacks_value (const char *command)
{
  static const char *const doors[] = { "deliver", "filter", NULL };
  const char *why = "-c and --store need a value";
  if (command == NULL || !g_strv_contains (doors, command))
    return filter_complain (FILTER_EXIT_USAGE, NULL, "%s; see 'optout help'", why);
  g_autofree char *line = filter_outcome_text (FILTER_RETRY, why);
  fprintf (stderr, "%s\n", line);
  return filter_outcome_exit (FILTER_RETRY);
}

int
main (int argc, char **argv)
{
  FilterGlobal global = { NULL, NULL };
  if (!filter_start ())
    return FILTER_EXIT_RETRY;
  argc--, argv++;
  if (!filter_start_global (&global, &argc, argv))
    return lacks_value (argv[0]);
  if (argc == 0)
    return filter_complain (FILTER_EXIT_USAGE, NULL, "no command; see 'optout help'");
  if (g_str_equal (argv[0], "--version"))
    return printf ("%s\n", PACKAGE_STRING) > 0 ? FILTER_EXIT_DONE : FILTER_EXIT_RETRY;
  if (g_str_equal (argv[0], "help"))
    return run_help (&global, argc, argv);
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return print_help ();
  return run_command (&global, argc, argv);
}
