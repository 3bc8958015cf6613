/* partner-hand.c - the file that a partner gets: hashes under its own key, and no address. A line says each
 * thing; the first one what the file is, the last one how many lines stand between, so that a file that was
 * cut off shows. */
#include "partner.h"
#include "csv.h"
#include "draft.h"
#include "interrupt.h"
#include "outcome.h"
#include "progress.h"

#include <stdio.h>
#include <string.h>

#define FORMAT_VERSION 1
#define MODE 0640
#define LOOK_EVERY 1000 /* entries, for an interruption */

typedef struct
{
  gboolean jsonl;
  FILE *stream;
  GString *line;
  guint64 entries;
  FilterProgress *progress;
} Writing;

/* ---- lines ---- */

static void
put (Writing *writing)
{
  g_string_append (writing->line, writing->jsonl ? "\n" : "\r\n");
  fwrite (writing->line->str, 1, writing->line->len, writing->stream);
  g_string_truncate (writing->line, 0);
}

static void
put_head (Writing *writing, const StorePartner *partner, const StoreHandover *handover)
{
  GString *line = writing->line;
  g_autofree char *made = filter_time_text (handover->made_at);
  g_string_append (line, writing->jsonl ? "{" : "# {");
  filter_json_member (line, "format", "optout-partner");
  filter_json_number (line, "version", FORMAT_VERSION);
  filter_json_member (line, "partner", partner->name);
  filter_json_number (line, "number", handover->number);
  filter_json_member (line, "kind", handover->full ? "full" : "delta");
  filter_json_number (line, "since_seq", handover->since_seq);
  filter_json_number (line, "upto_seq", handover->upto_seq);
  filter_json_number (line, "key", partner->generation);
  filter_json_member (line, "made_at", made);
  g_string_append_c (line, '}');
  put (writing);
  if (writing->jsonl)
    return;
  g_string_append (line, "action,key,hash,scope,except,since,mark");
  put (writing);
}

static void
put_end (Writing *writing)
{
  g_string_append_printf (writing->line, "%s{\"end\":true,\"entries\":%" G_GUINT64_FORMAT "}",
                          writing->jsonl ? "" : "# ", writing->entries);
  put (writing);
}

static void
append_json (GString *line, const StorePartnerEntry *entry, const char *since)
{
  g_string_append_c (line, '{');
  filter_json_member (line, "action", entry->is_out ? "add" : "remove");
  filter_json_number (line, "key", entry->generation);
  filter_json_member (line, "hash", entry->hash);
  filter_json_strings (line, "scope", (const char *const *)entry->scope);
  filter_json_strings (line, "except", (const char *const *)entry->except);
  filter_json_member (line, "since", since);
  filter_json_member (line, "mark", entry->no_sharing ? "no-sharing" : NULL);
  g_string_append_c (line, '}');
}

static void
append_names (GString *line, char *const *names)
{
  g_autofree char *text = g_strjoinv (" ", (char **)names);
  if (*text != '\0')
    filter_csv_append (line, text, strlen (text));
}

static void
append_csv (GString *line, const StorePartnerEntry *entry, const char *since)
{
  g_string_append_printf (line, "%s,%" G_GINT64_FORMAT ",%s,", entry->is_out ? "add" : "remove",
                          entry->generation, entry->hash);
  append_names (line, entry->scope);
  g_string_append_c (line, ',');
  append_names (line, entry->except);
  g_string_append_printf (line, ",%s,%s", since != NULL ? since : "", entry->no_sharing ? "no-sharing" : "");
}

static gboolean
put_entry (const StorePartnerEntry *entry, gpointer data)
{
  Writing *writing = data;
  g_autofree char *since = filter_time_text (entry->since_at);
  if (writing->jsonl)
    append_json (writing->line, entry, since);
  else
    append_csv (writing->line, entry, since);
  put (writing);
  filter_progress_show (writing->progress, 0, ++writing->entries, "");
  return !ferror (writing->stream) && (writing->entries % LOOK_EVERY != 0 || !filter_interrupted ());
}

/* ---- the file ---- */

static gboolean
write_lines (Writing *writing, FilterAdmin *admin, const FilterPartnerHand *hand, const StorePartner *partner,
             StoreHandover **handover_out, guint64 *unknown_out, GError **error)
{
  if (!store_handover_next (admin->store, partner, hand->full, handover_out, error))
    return FALSE;
  StoreHandover *handover = *handover_out;
  handover->made_at = g_get_real_time () / G_USEC_PER_SEC;
  put_head (writing, partner, handover);
  if (!store_partner_entries (admin->store, partner, handover, put_entry, writing, unknown_out, error))
    return FALSE;
  if (filter_interrupted ())
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INTR, "interrupted: nothing was handed on");
      return FALSE;
    }
  put_end (writing);
  handover->entries = (gint64)writing->entries;
  return TRUE;
}

static gboolean
write_file (FilterAdmin *admin, const FilterPartnerHand *hand, const StorePartner *partner,
            FilterDraft *draft, StoreHandover **handover_out, guint64 *unknown_out, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (FilterProgress) progress = filter_progress_new (0, "entries");
  Writing writing = { hand->jsonl, filter_draft_stream (draft), line, 0, progress };
  /* A full list of a copy with a gap would take off whoever opted out since (R126). */
  filter_interrupt_hold ();
  if (!store_complete (admin->store, error) || !store_look (admin->store, error))
    return FALSE;
  gboolean whole = write_lines (&writing, admin, hand, partner, handover_out, unknown_out, error);
  store_look_away (admin->store);
  return whole && filter_draft_finish (draft, &(*handover_out)->sha256, error);
}

static StoreEvent *
new_event (const FilterPartnerHand *hand, const StoreHandover *handover)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, handover->number);
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, handover->since_seq);
  g_autofree char *upto = g_strdup_printf ("%" G_GINT64_FORMAT, handover->upto_seq);
  g_autofree char *entries = g_strdup_printf ("%" G_GINT64_FORMAT, handover->entries);
  g_autoptr (GVariant) details = filter_admin_details (
      "partner", handover->partner, "number", number, "kind", handover->full ? "full" : "delta", "format",
      hand->jsonl ? "jsonl" : "csv", "since-seq", since, "upto-seq", upto, "entries", entries, "sha256",
      handover->sha256, "file", hand->output, "note", hand->note, NULL);
  StoreEvent *event = filter_admin_house_event (STORE_ACTION_HAND, hand->by, details);
  event->received_at = handover->made_at; /* verify compares the list of files with it */
  return event;
}

static gboolean
record (FilterAdmin *admin, const FilterPartnerHand *hand, StoreHandover *handover, GError **error)
{
  StoreRecorded recorded;
  g_autoptr (StoreEvent) event = new_event (hand, handover);
  handover->by = g_strdup (event->by);
  handover->event = g_strdup (event->id);
  gboolean done = store_begin (admin->store, error)
                  && store_record (admin->store, event, &recorded, NULL, error)
                  && store_hand (admin->store, handover, error) && store_commit (admin->store, error);
  store_rollback (admin->store);
  return done;
}

/* On standard error: the file itself may go to standard output. */
static void
print_done (const FilterPartnerHand *hand, const StoreHandover *handover, guint64 unknown)
{
  fprintf (stderr,
           "%s: number %" G_GINT64_FORMAT " (%s), %" G_GINT64_FORMAT " entries, up to event %" G_GINT64_FORMAT
           " of the ledger%s%s\n",
           handover->partner, handover->number, handover->full ? "full" : "delta", handover->entries,
           handover->upto_seq, hand->output != NULL ? ": " : "", hand->output != NULL ? hand->output : "");
  fprintf (stderr, "  sha256 %s\n", handover->sha256);
  if (unknown > 0)
    fprintf (stderr,
             "  not in it: %" G_GUINT64_FORMAT " people who were erased when %s was no partner; nobody can "
             "name them to it any more\n",
             unknown, handover->partner);
  fprintf (stderr, "  once it is confirmed: optout partner ack %s %" G_GINT64_FORMAT "\n", handover->partner,
           handover->number);
}

int
filter_partner_hand (FilterAdmin *admin, const FilterPartnerHand *hand)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StorePartner) partner = NULL;
  g_autoptr (StoreHandover) handover = NULL;
  guint64 unknown = 0;
  int code;
  if (!filter_admin_open (admin, TRUE, &code) || !filter_partner_find (admin, hand->name, &partner, &code))
    return code;
  if (partner->retired_at != 0)
    return filter_complain (FILTER_EXIT_USAGE, admin->command,
                            "%s: is retired and gets nothing; 'optout partner add %s' brings it back",
                            hand->name, hand->name);
  g_autoptr (FilterDraft) draft = filter_draft_new (hand->output, MODE, &error);
  if (draft == NULL || !write_file (admin, hand, partner, draft, &handover, &unknown, &error)
      || !record (admin, hand, handover, &error))
    return filter_admin_store_trouble (admin, error);
  if (!filter_draft_publish (draft, &error))
    return filter_complain (FILTER_EXIT_RETRY, admin->command,
                            "%s. Number %" G_GINT64_FORMAT " is in the ledger, but not in its place: hand it "
                            "on again",
                            error->message, handover->number);
  if (hand->output == NULL && (fflush (stdout) != 0 || ferror (stdout)))
    return FILTER_EXIT_RETRY; /* main tells of it */
  print_done (hand, handover, unknown);
  return FILTER_EXIT_DONE;
}
