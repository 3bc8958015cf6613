/* review.c - mails that wait for a person: look at them, and decide. */
#include "admin.h"
#include "engine.h"
#include "outcome.h"
#include "plain.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *note, *by;
  gboolean all, raw;
  FilterAdminFormat format;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->note);
  g_free (options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A table is for people: no column twice, and none that is empty while nothing is decided. */
/* Its writer stands in front; and behind, whom it is for, where that is somebody else. */
static char *
summary_of (const StoreHeld *mail)
{
  gsize size = mail->address != NULL ? strlen (mail->address) : 0;
  gboolean own
      = size == 0 || (strncmp (mail->summary, mail->address, size) == 0 && mail->summary[size] == ':');
  return own ? g_strdup (mail->summary) : g_strdup_printf ("%s (for %s)", mail->summary, mail->address);
}

static int
list (FilterAdmin *admin, const Options *options)
{
  static const char *const columns[]
      = { "id", "held_at", "why", "address", "summary", "decision", "by", "event", NULL };
  static const char *const waiting[] = { "id", "held_at", "why", "summary", NULL };
  static const char *const decided[] = { "id", "held_at", "why", "summary", "decision", "by", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = NULL;
  if (!store_held_list (admin->store, options->all, &held, &error))
    return filter_admin_store_trouble (admin, error);
  FilterListFormat format = filter_admin_format (&options->format);
  gboolean table = format == FILTER_LIST_TABLE;
  FilterList *rows = filter_list_new (format, !table ? columns : options->all ? decided : waiting);
  for (guint i = 0; i < held->len; i++)
    {
      const StoreHeld *mail = g_ptr_array_index (held, i);
      g_autofree char *held_at = filter_time_text (mail->held_at);
      const char *const values[] = { mail->id,      held_at,        mail->why, mail->address,
                                     mail->summary, mail->decision, mail->by,  mail->event };
      g_autofree char *summary = summary_of (mail);
      const char *const of_table[] = { mail->id, held_at, mail->why, summary, mail->decision, mail->by };
      filter_list_row (rows, table ? of_table : values);
    }
  filter_list_end (rows);
  if (held->len == 0 && table)
    puts ("Nothing waits for a person.");
  return FILTER_EXIT_DONE;
}

static void
print_line (const char *name, const char *value)
{
  g_autofree char *text = filter_plain_text (value != NULL ? value : "-", -1, FALSE);
  printf ("%-10s %s\n", name, text);
}

static void
print_held (const StoreHeld *held, GBytes *mail)
{
  gsize length;
  const char *octets = g_bytes_get_data (mail, &length);
  g_autofree char *held_at = filter_time_text (held->held_at);
  g_autofree char *plain = filter_plain_text (octets, (gssize)length, TRUE);
  g_autofree char *text = parser_token_strip (plain); /* FIELD section 4, 24 */
  print_line ("id:", held->id);
  print_line ("held:", held_at);
  print_line ("why:", held->why);
  print_line ("address:", held->address);
  print_line ("sender:", held->sender);
  print_line ("recipient:", held->recipient);
  print_line ("summary:", held->summary);
  print_line ("decision:", held->decision != NULL ? held->decision : "none yet");
  printf ("\n%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
}

static int
show (FilterAdmin *admin, const char *id, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreHeld) held = NULL;
  g_autoptr (GBytes) mail = NULL;
  if (!store_held_get (admin->store, id, &held, &mail, &error))
    return filter_admin_store_trouble (admin, error);
  if (held == NULL)
    return filter_complain (FILTER_EXIT_NO_INPUT, "review",
                            "%s: no mail is held under that id; see 'optout review list'", id);
  if (mail == NULL)
    return filter_complain (FILTER_EXIT_NO_INPUT, "review",
                            "%s: the mail itself is gone since it was decided", id);
  if (options->raw)
    fwrite (g_bytes_get_data (mail, NULL), 1, g_bytes_get_size (mail), stdout);
  else
    print_held (held, mail);
  return FILTER_EXIT_DONE;
}

static int
decide (FilterAdmin *admin, const char *id, gboolean accept, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterEngine) engine = filter_engine_new (admin->config, 0);
  g_autofree char *by = filter_admin_by (options->by);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  if (!filter_engine_decide (engine, id, accept, by, options->note, now, &error))
    return filter_complain (error->domain == FILTER_ENGINE_ERROR ? FILTER_EXIT_NO_INPUT : FILTER_EXIT_RETRY,
                            "review", "%s: %s", id, error->message);
  printf ("%s: %s\n", id, accept ? "accepted, the wish is recorded" : "rejected, nothing is stopped");
  return FILTER_EXIT_DONE;
}

static int
run (FilterAdmin *admin, const char *verb, const char *id, const Options *options)
{
  gboolean accept = g_str_equal (verb, "accept");
  int code;
  if (accept || g_str_equal (verb, "reject"))
    return decide (admin, id, accept, options);
  if (!filter_admin_open (admin, FALSE, &code))
    return code;
  return id == NULL ? list (admin, options) : show (admin, id, options);
}

int
filter_review (const FilterGlobal *global, int argc, char **argv)
{
  static const char *const verbs[] = { "show", "accept", "reject", NULL };
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "all", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.all, "list: also what is decided", NULL },
    FILTER_ADMIN_FORMAT_OPTIONS (&options.format),
    { "raw", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.raw,
      "show: the mail's own octets, for 'optout classify --explain -'", NULL },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.note, "accept, reject: why", "TEXT" },
    FILTER_ADMIN_BY_OPTION (options.by, "accept, reject: who decides"),
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FilterAdmin) admin = { 0 };
  int code;
  if (!filter_options (entries, "[list | show ID | accept ID | reject ID]",
                       "Mails that wait for a person. accept records the wish, reject lets it go.", &argc,
                       &argv, &code))
    return code;
  const char *verb = argc > 1 ? argv[1] : "list";
  gboolean lists = g_str_equal (verb, "list");
  if (!lists && !g_strv_contains (verbs, verb))
    return filter_complain (FILTER_EXIT_USAGE, "review", "%s: it is list, show, accept or reject", verb);
  if (argc > (lists ? 2 : 3) || (!lists && argc < 3))
    return filter_complain (FILTER_EXIT_USAGE, "review", "%s takes %s; see 'optout help review'", verb,
                            lists ? "no ID" : "one ID");
  if (!filter_admin_load (&admin, global, "review", &code))
    return code;
  return run (&admin, verb, lists ? NULL : argv[2], &options);
}
