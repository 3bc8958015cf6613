/* overview-needs.c - what needs a person, worst first. */
#include "clock.h"
#include "overview.h"
#include "report.h"

static void
need_free (gpointer data)
{
  FilterNeed *need = data;
  g_free (need->text);
  g_free (need);
}

/* What may need a person: how it is said of one and of many, and what shows it. */
typedef struct
{
  const char *what, *one, *many, *command;
  gboolean late; /* a term has passed */
} Kind;

enum
{
  HELD_OVERDUE,
  PARTNERS_LATE,
  REPLIES_FAILED,
  REPLIES_UNCERTAIN,
  REPLIES_LATE,
  HELD
};

/* clang-format off */
static const Kind kinds[] = {
  [HELD_OVERDUE] = { "review-overdue", "mail has waited more than 48 hours for a decision", "mails have waited more than 48 hours for a decision", "optout review list", TRUE },
  [PARTNERS_LATE] = { "partners-late", "partner has not confirmed opt-outs that are older than 48 hours", "partners have not confirmed opt-outs that are older than 48 hours", "optout partner overdue", TRUE },
  [REPLIES_FAILED] = { "replies-failed", "answer could not be sent and was given up; the mail log says why", "answers could not be sent and were given up; the mail log says why", "optout send", FALSE },
  [REPLIES_UNCERTAIN] = { "replies-uncertain", "answer was perhaps sent when the system went down; it is not sent again by itself", "answers were perhaps sent when the system went down; they are not sent again by themselves", "optout send --uncertain", FALSE },
  [REPLIES_LATE] = { "replies-late", "answer waits to be sent, some for more than 48 hours; is 'optout send' running?", "answers wait to be sent, some for more than 48 hours; is 'optout send' running?", "optout send", TRUE },
  [HELD] = { "review", "mail waits for a decision", "mails wait for a decision", "optout review list", FALSE },
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
  need->command = kinds[kind].command;
  need->late = kinds[kind].late;
  need->count = count;
  need->since_at = since_at;
  need->text = g_strdup_printf ("%" G_GUINT64_FORMAT " %s%s%.10s", count,
                                count == 1 ? kinds[kind].one : kinds[kind].many,
                                time == NULL ? ""
                                : count == 1 ? ", since "
                                             : ", the oldest since ",
                                time != NULL ? time : "");
  g_ptr_array_add (needs, need);
}

GPtrArray *
filter_overview_needs (const FilterOverview *overview)
{
  GPtrArray *needs = g_ptr_array_new_with_free_func (need_free);
  gboolean sender_sleeps
      = overview->waiting.open > 0 && overview->now - overview->waiting.oldest_at > 2 * FILTER_CLOCK_DAY;
  add (needs, HELD_OVERDUE, overview->held_overdue, overview->held.oldest_at);
  if (sender_sleeps)
    add (needs, REPLIES_LATE, overview->waiting.open, overview->waiting.oldest_at);
  add (needs, PARTNERS_LATE, overview->partners_late, overview->untold.oldest_at);
  add (needs, REPLIES_FAILED, overview->replies[STORE_REPLY_FAILED], 0);
  add (needs, REPLIES_UNCERTAIN, overview->replies[STORE_REPLY_UNCERTAIN], 0);
  if (overview->held_overdue == 0)
    add (needs, HELD, overview->held.open, overview->held.oldest_at);
  else
    add (needs, HELD, overview->held.open - overview->held_overdue, 0);
  return needs;
}
