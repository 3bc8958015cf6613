/* check-batch.c - may this be sent, for as many addresses as come in, group by group: memory stays flat, and
 * the store is asked in the order of addresses (store_look()), the answers given in the order of the lines.
 */
#include "build-config.h"

#include "address-lines.h"
#include "check.h"
#include "outcome.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define GROUP 16384

typedef struct
{
  guint64 number;
  char *text; /* as it came, without blanks around it */
  char *address;
  gboolean yes;
} Line;

typedef struct
{
  FilterAdmin *admin;
  const FilterCategory *category;
  gboolean others;
  GArray *lines; /* of Line: this group */
  FilterAddressLines from;
} Batch;

static void
line_clear (gpointer data)
{
  Line *line = data;
  g_free (line->text);
  g_free (line->address);
}

static void
batch_clear (Batch *batch)
{
  g_array_unref (batch->lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

/* ---- reading ---- */

static void
read_group (Batch *batch)
{
  Line line = { 0 };
  g_array_set_size (batch->lines, 0);
  while (batch->lines->len < GROUP && filter_address_lines_next (&batch->from, &line.text, &line.address))
    {
      line.number = batch->from.number;
      g_array_append_val (batch->lines, line);
    }
}

/* ---- answering ---- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Line *const *)a)->address, (*(Line *const *)b)->address);
}

static gboolean
ask_all (const Batch *batch, GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = lines->pdata[i];
      g_auto (FilterAnswer) answer = { 0 };
      if (!filter_gate_ask (batch->admin->store, batch->admin->config, line->address, batch->category,
                            &answer, error))
        return FALSE;
      line->yes = filter_answer_is_yes (&answer);
    }
  return TRUE;
}

static gboolean
ask_group (const Batch *batch, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (batch->lines->len);
  for (guint i = 0; i < batch->lines->len; i++)
    g_ptr_array_add (sorted, &g_array_index (batch->lines, Line, i));
  g_ptr_array_sort (sorted, compare_lines);
  if (batch->category->essential)
    return ask_all (batch, sorted, error);
  if (!store_look (batch->admin->store, error))
    return FALSE;
  gboolean done = ask_all (batch, sorted, error);
  store_look_away (batch->admin->store);
  return done;
}

static void
print_group (const Batch *batch)
{
  for (guint i = 0; i < batch->lines->len; i++)
    {
      const Line *line = &g_array_index (batch->lines, Line, i);
      if (line->yes == batch->others)
        continue;
      fputs_unlocked (line->text, stdout);
      putc_unlocked ('\n', stdout);
    }
}

int
filter_check_batch (FilterAdmin *admin, const FilterCategory *category, gboolean others)
{
  g_auto (Batch) batch
      = { admin, category, others, g_array_new (FALSE, FALSE, sizeof (Line)), { admin->command, 0, 0 } };
  g_autoptr (GError) error = NULL;
  int code;
  g_array_set_clear_func (batch.lines, line_clear);
  if (!category->essential && !filter_admin_open (admin, FALSE, &code))
    return code;
  errno = 0;
  do
    {
      read_group (&batch);
      if (!ask_group (&batch, &error))
        return filter_complain (
            FILTER_EXIT_RETRY, admin->command, "line %" G_GUINT64_FORMAT ": %s. The answer ends before it",
            batch.lines->len > 0 ? g_array_index (batch.lines, Line, 0).number : 1, error->message);
      print_group (&batch);
    }
  while (batch.lines->len > 0);
  if (ferror (stdin))
    return filter_complain (FILTER_EXIT_RETRY, admin->command, "standard input: %s", g_strerror (errno));
  return batch.from.malformed > 0 ? FILTER_EXIT_USAGE : FILTER_EXIT_DONE;
}
