/* passthrough.c - the command "filter": the mail goes on through our standard output. */
#include "door.h"
#include "input.h"
#include "trace.h"

#include <errno.h>
#include <unistd.h>

static const char summary[] = "Takes one mail on standard input and writes it to standard output with the "
                              "field Optout-Verdict in front of its\n"
                              "header: for procmail ':0fw' and maildrop 'xfilter'. Exit code 75: nothing was "
                              "written, try again later.";

static char *
trace_value (const FilterOutcome *outcome)
{
  const FilterVerdict *verdict = outcome->verdict;
  g_autofree char *scope = g_strjoinv (",", verdict->scope);
  GString *value = g_string_new (NULL);
  g_string_append_printf (value, "act=%s; intent=%s", filter_act_name (verdict->act),
                          parser_intent_name (verdict->intent));
  if (*scope != '\0')
    g_string_append_printf (value, "; scope=%s", scope);
  if (outcome->event != NULL)
    g_string_append_printf (value, "; event=%s", outcome->event);
  return g_string_free (value, FALSE);
}

int
filter_filter (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (FilterDoor) door = { .name = "filter", .complain_fd = STDERR_FILENO };
  int code;
  if (!filter_door_open (&door, global, argc, argv, summary, &code) || !filter_door_take (&door, &code))
    return code;
  g_autofree char *value = trace_value (g_ptr_array_index (filter_door_outcomes (&door), 0));
  g_autoptr (GBytes) mail = filter_trace_add (door.octets, value);
  if (!filter_output_write (STDOUT_FILENO, mail) || close (STDOUT_FILENO) != 0)
    return filter_door_retry (&door, "the mail cannot be written to standard output", g_strerror (errno));
  return filter_door_close (&door);
}
