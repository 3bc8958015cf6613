/* check.c - may this be sent? Never yes when unsure. */
#include "build-config.h"

#include "address.h"
#include "admin.h"
#include "outcome.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  gboolean explain, batch, others;
} Options;

static int
check_one (FilterAdmin *admin, const char *address, const FilterCategory *category, gboolean explain)
{
  g_auto (FilterAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  int code;
  if (!category->essential && !filter_admin_open (admin, FALSE, &code))
    return code;
  if (!filter_gate_ask (admin->store, admin->config, address, category, &answer, &error))
    return filter_admin_store_trouble (admin, error);
  if (explain)
    {
      g_autofree char *text = filter_gate_explain (&answer, address, category);
      puts (text);
    }
  return filter_answer_is_yes (&answer) ? FILTER_EXIT_DONE : FILTER_EXIT_NO;
}

/* One line of a batch: prints @text when its answer is the one that was asked for. FALSE: the store failed.
 */
static gboolean
check_line (FilterAdmin *admin, const char *text, const char *address, const FilterCategory *category,
            gboolean others, GError **error)
{
  g_auto (FilterAnswer) answer = { 0 };
  if (!filter_gate_ask (admin->store, admin->config, address, category, &answer, error))
    return FALSE;
  if (filter_answer_is_yes (&answer) != others)
    {
      fputs_unlocked (text, stdout);
      putc_unlocked ('\n', stdout);
    }
  return TRUE;
}

static int
check_batch (FilterAdmin *admin, const FilterCategory *category, gboolean others)
{
  char *line = NULL;
  size_t size = 0;
  guint64 number = 0, malformed = 0;
  int code = FILTER_EXIT_DONE;
  if (!category->essential && !filter_admin_open (admin, FALSE, &code))
    return code;
  errno = 0;
  for (ssize_t length; code == FILTER_EXIT_DONE && (length = getline (&line, &size, stdin)) >= 0;)
    {
      g_autoptr (GError) error = NULL;
      gboolean whole = memchr (line, '\0', (gsize)length) == NULL;
      const char *text = g_strstrip (line);
      number++;
      if (*text == '\0' && whole)
        continue;
      g_autofree char *address = whole ? filter_address_canonical (text) : NULL;
      if (address == NULL && ++malformed)
        filter_complain (FILTER_EXIT_USAGE, admin->command,
                         "line %" G_GUINT64_FORMAT ": not an e-mail address; left out", number);
      else if (!check_line (admin, text, address, category, others, &error))
        code = filter_complain (FILTER_EXIT_RETRY, admin->command,
                                "line %" G_GUINT64_FORMAT ": %s. The answer ends before it", number,
                                error->message);
    }
  free (line);
  if (code == FILTER_EXIT_DONE && ferror (stdin))
    code = filter_complain (FILTER_EXIT_RETRY, admin->command, "standard input: %s", g_strerror (errno));
  return code == FILTER_EXIT_DONE && malformed > 0 ? FILTER_EXIT_USAGE : code;
}

int
filter_check (const FilterGlobal *global, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "explain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.explain, "Say why", NULL },
    { "batch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.batch,
      "Read addresses from standard input, one a line, and print those that may be mailed", NULL },
    { "not", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.others, "With --batch: print the others",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  g_autofree char *address = NULL;
  const FilterCategory *category;
  int code;
  if (!filter_options (entries, "ADDRESS CATEGORY | --batch CATEGORY",
                       "May this be sent? Exit code 0: yes, 1: no, 75: cannot tell, so no.", &argc, &argv,
                       &code))
    return code;
  if (argc != (options.batch ? 2 : 3) || (options.others && !options.batch))
    return filter_complain (FILTER_EXIT_USAGE, "check",
                            "one ADDRESS and one CATEGORY, or --batch CATEGORY; see 'optout help check'");
  if (!filter_admin_load (&admin, global, "check", &code)
      || (!options.batch && !filter_admin_address (&admin, argc, argv, &address, &code))
      || !filter_admin_category (&admin, argv[argc - 1], &category, &code))
    return code;
  return options.batch ? check_batch (&admin, category, options.others)
                       : check_one (&admin, address, category, options.explain);
}
