/* overview-needs.c - what needs a person, worst first. */
#include "overview.h"
#include "report.h"

static void
need_free (gpointer data)
{
  FilterNeed *need = data;
  g_free (need->text);
  g_free (need->command);
  g_free (need);
}

/* What may need a person: how it is said of one and of many, and what shows more. */
typedef struct
{
  const char *what, *one, *many;
  const char *date; /* what stands before that of the oldest */
  const char *command;

  gboolean late; /* a term has passed */
} Kind;

enum
{
  GAP,
  FLOOD,
  CASES_OVERDUE,
  HELD_OVERDUE,
  REPLIES_LATE,
  PARTNERS_LATE,
  REPLIES_FAILED,
  REPLIES_UNCERTAIN,
  CASES_SOON,
  HELD
};

/* clang-format off */
static const Kind kinds[] = {
  [GAP] = { "store-gap", "backup stands in for the store: no marketing mail may go out until the mail since then is in it", "", "made on", "optout help restore", TRUE },
  [FLOOD] = { "flood", "opt-out came in a flood, proved by nothing: forged?", "opt-outs came in a flood, proved by nothing: forged?", "since", "optout revert --since", TRUE },
  [CASES_OVERDUE] = { "cases-overdue", "request of a person is overdue", "requests of people are overdue", "received on", "optout cases list", TRUE },
  [HELD_OVERDUE] = { "review-overdue", "mail has waited more than 48 hours for a decision", "mails have waited more than 48 hours for a decision", "since", "optout review list", TRUE },
  [REPLIES_LATE] = { "replies-late", "answer has waited more than 48 hours to be sent (is 'optout send' running?)", "answers have waited more than 48 hours to be sent (is 'optout send' running?)", "since", "optout send", TRUE },
  [PARTNERS_LATE] = { "partners-late", "partner has not confirmed in time who opted out", "partners have not confirmed in time who opted out", "since", "optout partner overdue", TRUE },
  [REPLIES_FAILED] = { "replies-failed", "answer could not be sent and was given up", "answers could not be sent and were given up", "since", "optout send --list --state failed", FALSE },
  [REPLIES_UNCERTAIN] = { "replies-uncertain", "answer was perhaps sent; it is not sent again by itself", "answers were perhaps sent; they are not sent again by themselves", "since", "optout send --list --state uncertain", FALSE },
  [CASES_SOON] = { "cases-due", "request of a person is due within 7 days", "requests of people are due within 7 days", "received on", "optout cases list", FALSE },
  [HELD] = { "review", "mail waits for a decision", "mails wait for a decision", "since", "optout review list", FALSE },
};
/* clang-format on */

static void
add (GPtrArray *needs, guint kind, guint64 count, gint64 since_at)
{
  if (count == 0)
    return;
  FilterNeed *need = g_new0 (FilterNeed, 1);
  g_autofree char *time = filter_time_text (since_at);
  need->what = kinds[kind].what;
  need->command
      = kind == FLOOD ? g_strdup_printf ("%s %s", kinds[kind].command, time) : g_strdup (kinds[kind].command);
  need->late = kinds[kind].late;
  need->count = count;
  need->since_at = since_at;
  const char *words = count == 1 ? kinds[kind].one : kinds[kind].many;
  need->text = time == NULL ? g_strdup_printf ("%" G_GUINT64_FORMAT " %s", count, words)
                            : g_strdup_printf ("%" G_GUINT64_FORMAT " %s, %s%s %.10s", count, words,
                                               count == 1 ? "" : "the oldest ", kinds[kind].date, time);
  g_ptr_array_add (needs, need);
}

GPtrArray *
filter_overview_needs (const FilterOverview *overview)
{
  GPtrArray *needs = g_ptr_array_new_with_free_func (need_free);
  add (needs, GAP, overview->gap_at != 0 ? 1 : 0, overview->gap_at);
  add (needs, FLOOD, overview->flood, overview->flood_at);
  add (needs, CASES_OVERDUE, overview->cases.open.late, overview->cases.open.oldest_at);
  add (needs, HELD_OVERDUE, overview->held.late, overview->held.oldest_at);
  add (needs, REPLIES_LATE, overview->waiting.late, overview->waiting.oldest_at);
  add (needs, PARTNERS_LATE, overview->partners_late, overview->untold.oldest_at);
  add (needs, REPLIES_FAILED, overview->replies[STORE_REPLY_FAILED], 0);
  add (needs, REPLIES_UNCERTAIN, overview->replies[STORE_REPLY_UNCERTAIN], 0);
  add (needs, CASES_SOON, overview->cases.soon.open, overview->cases.soon.oldest_at);
  add (needs, HELD, overview->held.open - overview->held.late,
       overview->held.late == 0 ? overview->held.oldest_at : 0);
  return needs;
}
