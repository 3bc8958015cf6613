/* mbox.h - one open file as a stream of mails: a saved mailbox, or a single mail. */
#ifndef FILTER_MBOX_H
#define FILTER_MBOX_H

#include <glib.h>

G_BEGIN_DECLS

/* Octets of a mail that are read, as many as FILTER_WORKER_MAIL; the rest of a longer one is passed over. */
#define FILTER_MBOX_MAIL (64u * 1024 * 1024)

/* How a mailbox guards its From_ lines (R24). */
typedef enum
{
  FILTER_MBOX_AUTO, /* every From_ line starts a mail; Content-Length counts while all mails so far had a true one */
  FILTER_MBOX_O,    /* every From_ line starts a mail, nothing is unquoted: ">From " is ambiguous */
  FILTER_MBOX_RD,   /* the same, and ">From ", ">>From " lose one ">" */
  FILTER_MBOX_CL2   /* Content-Length counts wherever it is true */
} FilterMboxDialect;

/** filter_mbox_dialect - by name: "auto", "mboxo", "mboxrd", "mboxcl2" */
gboolean filter_mbox_dialect (const char *name, FilterMboxDialect *dialect_out);

typedef struct FilterMbox FilterMbox;

/** filter_mbox_new - a stream over @fd, from where it stands; it is only read, and closed with the stream */
FilterMbox *filter_mbox_new (int fd, FilterMboxDialect dialect);
void filter_mbox_free (FilterMbox *mbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterMbox, filter_mbox_free)

/**
 * filter_mbox_next - the next mail, its From_ line first where it has one
 * @mail_out: the caller unrefs; NULL at the end
 * @cut_out: TRUE when the mail is longer than FILTER_MBOX_MAIL and only so much of it is here
 * When the first five octets are "From ", every From_ line starts a mail and one empty line before it belongs
 * to none; else the file is one mail, also when it is empty. A Content-Length is true when exactly so many
 * octets after the header stands the end, or a From_ line; any other is ignored (H52).
 * Returns FALSE with an error when the file cannot be read on.   Cost: one pass; memory for one mail.
 */
gboolean filter_mbox_next (FilterMbox *mbox, GBytes **mail_out, gboolean *cut_out, GError **error);

/** filter_mbox_octets - how many octets were read so far */
guint64 filter_mbox_octets (const FilterMbox *mbox);

G_END_DECLS

#endif
