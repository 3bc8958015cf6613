/* deliver.c - the end of a mail's road: nothing may vanish in it. */
#include "door.h"
#include "submit.h"

#include <string.h>
#include <unistd.h>

static const char summary[]
    = "Takes one mail on standard input: for Postfix pipe(8), an alias, or a procmail action.\n"
      "Exit code 0: it is safe. 75: try again later. Other codes are not used.";

/* A mailbox that people read, or that is only looked at, must have a way for its mail; NULL when it is so. */
static const char *
no_way_out (const FilterConfig *config, const FilterMailbox *mailbox)
{
  if (filter_mailbox_lets_go (mailbox))
    return NULL;
  if (config->observe)
    return "mode = observe, and the mailbox has neither pass nor copy = yes";
  return filter_mailbox_keeps (mailbox) ? NULL
                                        : "people read this mailbox, and it has neither pass nor copy = yes";
}

static gboolean
check_way_out (const FilterDoor *door, const FilterMailbox *mailbox, int *code_out)
{
  const char *why = no_way_out (door->config, mailbox);
  if (why == NULL)
    return TRUE;
  g_autofree char *detail = g_strdup_printf ("%s: see optout.conf(5), [mailbox]",
                                             mailbox != NULL ? mailbox->address : "no [mailbox]");
  *code_out = filter_door_retry (door, why, detail);
  return FALSE;
}

/* Each mailbox's pass, once. */
static gboolean
pass_on (const FilterDoor *door, int *code_out)
{
  const GPtrArray *outcomes = filter_door_outcomes (door);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const FilterOutcome *outcome = g_ptr_array_index (outcomes, i);
      const char *pass = outcome->mailbox != NULL ? outcome->mailbox->pass : NULL;
      const char *sender = door->sender != NULL     ? door->sender
                           : outcome->facts != NULL ? outcome->facts->return_path
                                                    : NULL;
      g_autoptr (GError) error = NULL;
      if (pass == NULL || !g_hash_table_add (done, (gpointer)pass))
        continue;
      if (!filter_submit_pass (door->config, pass, sender, door->octets, &error))
        {
          *code_out = filter_door_retry (door, "the mail cannot be handed on now", error->message);
          return FALSE;
        }
    }
  return TRUE;
}

int
filter_deliver (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (FilterDoor) door = { .name = "deliver", .complain_fd = STDOUT_FILENO, .ends = TRUE };
  int code;
  if (!filter_door_open (&door, global, argc, argv, summary, &code))
    return code;
  for (char **recipient = door.recipients; recipient != NULL && *recipient != NULL; recipient++)
    if (!check_way_out (&door, filter_config_mailbox (door.config, *recipient), &code))
      return code;
  if (!filter_door_take (&door, &code))
    return code;
  /* the recipient may be known only now, from the mail */
  const GPtrArray *outcomes = filter_door_outcomes (&door);
  for (guint i = 0; i < outcomes->len; i++)
    if (!check_way_out (&door, ((const FilterOutcome *)g_ptr_array_index (outcomes, i))->mailbox, &code))
      return code;
  if (!pass_on (&door, &code))
    return code;
  return filter_door_close (&door);
}
