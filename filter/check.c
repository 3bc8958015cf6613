/* check.c - may this be sent? Never yes when unsure. */
#include "build-config.h"

#include "address.h"
#include "check.h"
#include "outcome.h"

#include <stdio.h>

typedef struct
{
  gboolean explain, batch, others, json;
} Options;

static void
print_json (const FilterAnswer *answer, const char *address, const FilterCategory *category)
{
  const StoreStanding *standing = answer->standing;
  g_autoptr (GString) out = g_string_new ("{");
  g_autofree char *why = filter_gate_explain (answer, address, category);
  g_autofree char *since = standing != NULL ? filter_time_text (standing->at) : NULL;
  filter_json_member (out, "address", address);
  filter_json_member (out, "category", category->name);
  filter_json_member (out, "answer", filter_answer_is_yes (answer) ? "yes" : "no");
  filter_json_member (out, "ground", filter_ground_name (answer->ground));
  filter_json_member (out, "reason", standing != NULL ? store_reason_name (standing->reason) : NULL);
  filter_json_member (out, "since", since);
  filter_json_member (out, "channel", standing != NULL ? standing->channel : NULL);
  filter_json_member (out, "event", standing != NULL ? standing->event : NULL);
  filter_json_member (out, "found", answer->found);
  filter_json_member (out, "linked", standing != NULL ? standing->other : NULL);
  filter_json_member (out, "why", why);
  printf ("%s}\n", out->str);
}

static int
check_one (FilterAdmin *admin, const char *address, const FilterCategory *category, const Options *options)
{
  g_auto (FilterAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  int code;
  if (!category->essential && !filter_admin_open (admin, FALSE, &code))
    return code;
  if (!filter_gate_ask (admin->store, admin->config, address, category, &answer, &error))
    return filter_admin_store_trouble (admin, error);
  if (options->json)
    print_json (&answer, address, category);
  else if (options->explain)
    {
      g_autofree char *text = filter_gate_explain (&answer, address, category);
      puts (text);
    }
  return filter_answer_is_yes (&answer) ? FILTER_EXIT_DONE : FILTER_EXIT_NO;
}

int
filter_check (const FilterGlobal *global, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "explain", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.explain, "Say why", NULL },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.json, "Say why as a JSON object", NULL },
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
  if (argc != (options.batch ? 2 : 3) || (options.others && !options.batch)
      || (options.batch && options.json))
    return filter_complain (FILTER_EXIT_USAGE, "check",
                            "one ADDRESS and one CATEGORY, or --batch CATEGORY; see 'optout help check'");
  if (!filter_admin_load (&admin, global, "check", &code)
      || (!options.batch && !filter_admin_address (&admin, argc, argv, &address, &code))
      || !filter_admin_category (&admin, argv[argc - 1], &category, &code))
    return code;
  return options.batch ? filter_check_batch (&admin, category, options.others)
                       : check_one (&admin, address, category, &options);
}
