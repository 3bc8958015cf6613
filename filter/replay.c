/* replay.c - saved mailboxes through the same road as live mail, in groups. */
#include "address.h"
#include "commands.h"
#include "compare.h"
#include "date.h"
#include "engine.h"
#include "gap.h"
#include "interrupt.h"
#include "plain.h"
#include "progress.h"
#include "report.h"
#include "sources.h"
#include "worker.h"

#include <stdio.h>

/* A group is one transaction: large enough that the commit costs nothing, small enough to be flat. */
#define GROUP_MAILS 64
#define GROUP_OCTETS (8u * 1024 * 1024)
#define GROUP_US 200000

G_STATIC_ASSERT (FILTER_MBOX_MAIL <= FILTER_WORKER_MAIL); /* what is cut is still read */

typedef struct
{
  gboolean dry_run, reply, jsonl, closes_gap;
  char *as, *since, *format, *dialect, *compare;
} Options;

typedef struct
{
  guint64 mails, cut, unreadable;
  guint64 acts[FILTER_ACT_RECORD + 1], kinds[PARSER_KIND_UNSCANNED + 1];
  guint64 recorded, known, replies;
} Totals;

typedef struct
{
  FilterSourceMail mails[GROUP_MAILS];
  guint count;
  gsize octets;
  gint64 started_us;
} Group;

typedef struct
{
  const Options *options;
  gboolean observes; /* nothing is written: --dry-run, or mode = observe */
  FilterSources *sources;
  FilterEngine *engine;
  FilterProgress *progress;
  FilterCompare *compare; /* NULL: every verdict is told */
  Group group;
  Totals totals;
} Replay;

static void
options_clear (Options *options)
{
  g_free (options->as);
  g_free (options->since);
  g_free (options->format);
  g_free (options->dialect);
  g_free (options->compare);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
group_clear (Group *group)
{
  for (guint i = 0; i < group->count; i++)
    filter_source_mail_clear (&group->mails[i]);
  group->count = 0;
  group->octets = 0;
}

static void
replay_clear (Replay *replay)
{
  group_clear (&replay->group);
  g_clear_pointer (&replay->progress, filter_progress_free);
  g_clear_pointer (&replay->engine, filter_engine_free);
  g_clear_pointer (&replay->compare, filter_compare_free);
  g_clear_pointer (&replay->sources, filter_sources_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

/* ---- what is said of a mail ---- */

static const char *
novelty (const Replay *replay, const FilterOutcome *outcome)
{
  return replay->observes ? "would be recorded" : outcome->known ? "already known" : "new";
}

/* One line: inbox.mbox 12: record opt-out of * for ann@example.org, clear-wish: "please take me off" (new) */
static void
print_text (const Replay *replay, const FilterSourceMail *mail, const FilterOutcome *outcome)
{
  const FilterVerdict *verdict = outcome->verdict;
  const ParserHit *hit
      = outcome->facts->evidence->len > 0 ? g_ptr_array_index (outcome->facts->evidence, 0) : NULL;
  if (verdict->act == FILTER_ACT_NONE)
    return;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *scope = g_strjoinv (",", verdict->scope);
  g_autofree char *words = hit != NULL ? filter_plain_text (hit->text, -1, FALSE) : NULL;
  g_autofree char *source = filter_plain_text (mail->source, -1, FALSE);
  g_string_append_printf (line, "%s %u: %s %s", source, mail->index, filter_act_name (verdict->act),
                          parser_intent_name (verdict->intent));
  if (*scope != '\0')
    g_string_append_printf (line, " of %s", scope);
  for (guint i = 0; i < verdict->subjects->len; i++)
    g_string_append_printf (line, "%s %s", i == 0 ? " for" : ",",
                            ((const FilterSubject *)g_ptr_array_index (verdict->subjects, i))->address);
  g_string_append_printf (line, ", %s", verdict->act_reason);
  if (words != NULL)
    g_string_append_printf (line, ": \"%s\"", words);
  if (verdict->act == FILTER_ACT_RECORD)
    g_string_append_printf (line, " (%s)", novelty (replay, outcome));
  puts (line->str);
}

/* FALSE when it cannot be compared. */
static gboolean
print_mail (const Replay *replay, const FilterSourceMail *mail, const FilterOutcome *outcome)
{
  if (replay->compare != NULL)
    return filter_compare_take (replay->compare, outcome, mail->source, mail->index);
  if (!replay->options->jsonl)
    {
      print_text (replay, mail, outcome);
      return TRUE;
    }
  g_autofree char *json = filter_report_json (outcome, mail->source, mail->index, FALSE, TRUE);
  puts (json);
  return TRUE;
}

static void
count (Totals *totals, const FilterSourceMail *mail, const FilterOutcome *outcome)
{
  totals->mails++;
  totals->cut += mail->cut;
  totals->acts[outcome->verdict->act]++;
  totals->kinds[outcome->facts->kind]++;
  totals->recorded += outcome->event != NULL && !outcome->known;
  totals->known += outcome->known;
  totals->replies += outcome->reply != NULL;
}

static void
show_progress (Replay *replay)
{
  g_autofree char *rest
      = g_strdup_printf ("%" G_GUINT64_FORMAT " wishes, %" G_GUINT64_FORMAT " for review",
                         replay->totals.acts[FILTER_ACT_RECORD], replay->totals.acts[FILTER_ACT_REVIEW]);
  filter_progress_show (replay->progress, filter_sources_octets (replay->sources), replay->totals.mails,
                        rest);
}

/* ---- groups ---- */

static gboolean
is_full (const Group *group)
{
  return group->count == GROUP_MAILS || group->octets >= GROUP_OCTETS
         || (group->count > 0 && g_get_monotonic_time () - group->started_us >= GROUP_US);
}

static GPtrArray *
take (Replay *replay)
{
  const char *const as[] = { replay->options->as, NULL };
  FilterMail mails[GROUP_MAILS];
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  for (guint i = 0; i < replay->group.count; i++)
    mails[i] = (FilterMail){ .mail = replay->group.mails[i].octets,
                             .recipients = as[0] != NULL ? as : NULL,
                             .header_recipient = as[0] == NULL,
                             .now = now };
  return filter_engine_take (replay->engine, mails, replay->group.count);
}

static gboolean
complain_of_comparison (const Replay *replay)
{
  filter_complain (FILTER_EXIT_RETRY, "replay", "%s: has changed meanwhile", replay->options->compare);
  return FALSE;
}

/* Takes the group. FALSE when a mail could not be taken or compared: it is said which, and why. */
static gboolean
flush (Replay *replay)
{
  Group *group = &replay->group;
  if (group->count == 0)
    return TRUE;
  g_autoptr (GPtrArray) results = take (replay);
  gboolean whole = TRUE;
  filter_progress_hide (replay->progress);
  for (guint i = 0; i < group->count; i++)
    {
      const FilterResult *result = g_ptr_array_index (results, i);
      const FilterOutcome *outcome = g_ptr_array_index (result->outcomes, 0); /* there is one recipient */
      if (outcome->status == FILTER_DONE)
        {
          count (&replay->totals, &group->mails[i], outcome);
          if (whole && !print_mail (replay, &group->mails[i], outcome))
            whole = complain_of_comparison (replay);
        }
      else if (whole)
        {
          g_autofree char *source = filter_plain_text (group->mails[i].source, -1, FALSE);
          filter_complain (FILTER_EXIT_RETRY, "replay", "%s, mail %u: %s", source, group->mails[i].index,
                           outcome->detail != NULL ? outcome->detail : outcome->why);
          whole = FALSE;
        }
    }
  group_clear (group);
  show_progress (replay);
  return whole;
}

static void
complain_of_source (Replay *replay, const GError *error)
{
  g_autofree char *text = filter_plain_text (error->message, -1, FALSE);
  replay->totals.unreadable++;
  filter_progress_hide (replay->progress);
  filter_complain (replay->compare != NULL ? FILTER_EXIT_NO_INPUT : FILTER_EXIT_NO, "replay", "%s", text);
}

/* All mails of all sources. Returns the exit code. */
static int
run (Replay *replay)
{
  Group *group = &replay->group;
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      FilterSourceMail *mail = &group->mails[group->count];
      gboolean interrupted = filter_interrupted ();
      FilterSourcesNext next
          = interrupted ? FILTER_SOURCES_END : filter_sources_next (replay->sources, mail, &error);
      if (next == FILTER_SOURCES_TROUBLE)
        complain_of_source (replay, error);
      if (next == FILTER_SOURCES_MAIL)
        {
          if (group->count++ == 0)
            group->started_us = g_get_monotonic_time ();
          group->octets += g_bytes_get_size (mail->octets);
        }
      if ((next == FILTER_SOURCES_END || is_full (group)) && !flush (replay))
        return FILTER_EXIT_RETRY;
      if (interrupted)
        return filter_complain (FILTER_EXIT_RETRY, "replay",
                                "interrupted. Run it again: what was taken changes nothing");
      if (next == FILTER_SOURCES_END)
        return replay->totals.unreadable == 0 ? FILTER_EXIT_DONE : FILTER_EXIT_NO;
    }
}

/* ---- the end ---- */

static void
print_named (FILE *out, const char *title, const char *const *names, const guint64 *counts, guint n)
{
  const char *between = " ";
  fprintf (out, "%s:", title);
  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      {
        fprintf (out, "%s%" G_GUINT64_FORMAT " %s", between, counts[i], names[i]);
        between = ", ";
      }
  fprintf (out, "%s\n", *between == ' ' ? " none" : "");
}

/* Standard output is for the objects with --format=jsonl; then the totals go beside. */
static void
print_totals (Replay *replay, double seconds)
{
  const Totals *totals = &replay->totals;
  FILE *out = replay->options->jsonl ? stderr : stdout;
  const char *acts[G_N_ELEMENTS (totals->acts)], *kinds[G_N_ELEMENTS (totals->kinds)];
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    acts[i] = filter_act_name ((FilterAct)i);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    kinds[i] = parser_kind_name ((ParserKind)i);
  filter_progress_hide (replay->progress);
  fprintf (out, "%" G_GUINT64_FORMAT " mails, %" G_GUINT64_FORMAT " octets in %.1f s (%.0f mails/s)\n",
           totals->mails, filter_sources_octets (replay->sources), seconds,
           (double)totals->mails / MAX (seconds, 0.001));
  print_named (out, "acts", acts, totals->acts, G_N_ELEMENTS (acts));
  print_named (out, "kinds", kinds, totals->kinds, G_N_ELEMENTS (kinds));
  if (replay->observes)
    fprintf (out, "recorded: nothing (%s)\n",
             replay->options->compare != NULL ? "--compare"
             : replay->options->dry_run       ? "--dry-run"
                                              : "mode = observe");
  else
    fprintf (out, "recorded: %" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " already known\n",
             totals->recorded, totals->known);
  if (totals->replies > 0)
    fprintf (out, "confirmations: %" G_GUINT64_FORMAT " queued; 'optout send' sends them\n", totals->replies);
  if (totals->cut > 0)
    fprintf (out, "longer than %u MB, read up to there: %" G_GUINT64_FORMAT "\n", FILTER_MBOX_MAIL >> 20,
             totals->cut);
  if (totals->unreadable > 0)
    fprintf (out, "could not be read: %" G_GUINT64_FORMAT " (named above)\n", totals->unreadable);
}

/* ---- the command ---- */

static gboolean
settle_options (Options *options, FilterMboxDialect *dialect_out, gint64 *since_out, int *code_out)
{
  const char *option = NULL, *value = NULL, *wanted = NULL;
  g_autofree char *as = options->as != NULL ? filter_address_canonical (options->as) : NULL;
  options->jsonl = g_strcmp0 (options->format, "jsonl") == 0;
  options->dry_run |= options->compare != NULL;
  if (options->as != NULL && as == NULL)
    option = "--as", value = options->as, wanted = "not an e-mail address";
  else if (options->since != NULL && !filter_date_option (options->since, since_out))
    option = "--since", value = options->since, wanted = "not a date like 2026-11-21 or 2026-11-21T10:00:00Z";
  else if (options->dialect != NULL && !filter_mbox_dialect (options->dialect, dialect_out))
    option = "--mbox", value = options->dialect, wanted = "it is auto, mboxo, mboxrd or mboxcl2";
  else if (!options->jsonl && options->format != NULL && !g_str_equal (options->format, "text"))
    option = "--format", value = options->format, wanted = "it is text or jsonl";
  if (option != NULL)
    *code_out = filter_complain (FILTER_EXIT_USAGE, "replay", "%s %s: %s", option, value, wanted);
  return option == NULL;
}

/* With --compare 1 says that verdicts have changed, so what could not be read is 66. */
static int
finish_comparison (Replay *replay, int code)
{
  gboolean same = FALSE;
  FILE *table = replay->options->jsonl ? stderr : stdout;
  if (replay->compare == NULL || code == FILTER_EXIT_RETRY)
    return code;
  if (!filter_compare_end (replay->compare, table, &same))
    {
      complain_of_comparison (replay);
      return FILTER_EXIT_RETRY;
    }
  return code != FILTER_EXIT_DONE ? FILTER_EXIT_NO_INPUT : same ? FILTER_EXIT_DONE : FILTER_EXIT_NO;
}

static int
start (const FilterConfig *config, const Options *options, const char *const *arguments,
       FilterMboxDialect dialect, gint64 since_at)
{
  g_auto (Replay) replay = { .options = options, .observes = options->dry_run || config->observe };
  g_autoptr (GError) error = NULL;
  guint64 total = 0;
  gint64 started_us = g_get_monotonic_time ();
  if (options->compare != NULL
      && (replay.compare = filter_compare_new (options->compare, options->jsonl, &error)) == NULL)
    return filter_complain (FILTER_EXIT_NO_INPUT, "replay", "%s", error->message);
  filter_interrupt_hold ();
  if (!filter_progress_is_seen () || !filter_sources_total (arguments, &total))
    total = 0;
  replay.sources = filter_sources_new (arguments, dialect, since_at);
  replay.progress = filter_progress_new (total, "mails");
  replay.engine = filter_engine_new (config, FILTER_ENGINE_KEEP | (replay.observes ? FILTER_ENGINE_LOOK : 0)
                                                 | (options->reply ? 0 : FILTER_ENGINE_SILENT));
  int code = finish_comparison (&replay, run (&replay));
  print_totals (&replay, (double)(g_get_monotonic_time () - started_us) / G_USEC_PER_SEC);
  return code;
}

int
filter_replay (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "dry-run", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.dry_run,
      "Say what would be done; write nothing, open no store", NULL },
    { "compare", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.compare,
      "As --dry-run, but say only what differs from OLD, which --dry-run --format=jsonl wrote", "OLD" },
    { "reply", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.reply, "Queue confirmations too", NULL },
    { "as", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.as,
      "The mailbox of ours that the mails came to", "RECIPIENT" },
    { "since", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.since, "Pass over what came in before",
      "DATE" },
    { "closes-gap", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.closes_gap,
      "After a restore: with --since, these are all mails that the restored copy does not know", NULL },
    { "format", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.format,
      "text: a line for each wish and the totals; jsonl: an object for each mail", "text|jsonl" },
    { "mbox", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.dialect,
      "How mailboxes guard their From lines (default auto)", "mboxo|mboxrd|mboxcl2" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  FilterMboxDialect dialect = FILTER_MBOX_AUTO;
  gint64 since_at = 0;
  int code;
  if (!filter_options (
          entries, "SOURCE...",
          "Takes saved mail: mailboxes, Maildir, MH, single mails, folders of them, - for standard input.\n"
          "Sources are never written to. Replaying again changes nothing.\n"
          "Exit code 0: all taken, 1: some could not be read (named), 75: interrupted, or no store.\n"
          "With --compare 0: the same verdicts, 1: other ones, 66: OLD or some mail could not be read.",
          &argc, &argv, &code)
      || !settle_options (&options, &dialect, &since_at, &code))
    return code;
  if (argc < 2)
    return filter_complain (FILTER_EXIT_USAGE, "replay", "no SOURCE; see 'optout help replay'");
  if (options.closes_gap && (options.since == NULL || options.dry_run))
    return filter_complain (FILTER_EXIT_USAGE, "replay",
                            "--closes-gap needs --since, and that mail is recorded");
  g_autoptr (FilterConfig) config = filter_config_load (global->config_file, global->store_url, &error);
  if (config == NULL)
    return filter_complain (FILTER_EXIT_RETRY, "replay", "%s", error->message);
  if (options.closes_gap && !filter_gap_check (global, since_at, &code))
    return code;
  code = start (config, &options, (const char *const *)argv + 1, dialect, since_at);
  return options.closes_gap && code != FILTER_EXIT_RETRY
             ? filter_gap_replayed (global, options.since, argv + 1, code)
             : code;
}
