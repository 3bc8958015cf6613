/* sources.h - the mails in mailboxes, folders and files, one after the other, for replay and classify.
 *
 * Sources are opened for reading: never written, locked or created and, where the system lets us, not marked as accessed.
 * One mail is in memory at a time. */
#ifndef FILTER_SOURCES_H
#define FILTER_SOURCES_H

#include "mbox.h"

G_BEGIN_DECLS

typedef struct FilterSources FilterSources;

/* One mail; all its own. */
typedef struct
{
  GBytes *octets; /* with its From_ line where it has one */
  char *source;   /* the file, as it was named or found */
  guint index;    /* from 1 in its file */
  gboolean cut;   /* longer than FILTER_MBOX_MAIL: only so much of it is here */
} FilterSourceMail;

void filter_source_mail_clear (FilterSourceMail *mail);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterSourceMail, filter_source_mail_clear)

typedef enum
{
  FILTER_SOURCES_MAIL,
  FILTER_SOURCES_TROUBLE, /* one source cannot be read, or not to its end; the next call goes on behind it */
  FILTER_SOURCES_END
} FilterSourcesNext;

/**
 * filter_sources_new - the mails of @arguments in their order
 * @arguments: files, folders (Maildir, MH, any other: see walk.h), "-" for standard input; NULL-terminated, copied
 * @since_at: mails that came in before are passed over (seconds UTC; 0: none); one without a readable date is not
 */
FilterSources *filter_sources_new (const char *const *arguments, FilterMboxDialect dialect, gint64 since_at);
void filter_sources_free (FilterSources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterSources, filter_sources_free)

/**
 * filter_sources_next - the next mail
 * @mail_out: with MAIL set, cleared by the caller
 * @error: with TROUBLE set: "PATH: why"
 */
FilterSourcesNext filter_sources_next (FilterSources *sources, FilterSourceMail *mail_out, GError **error);

/** filter_sources_octets - how many octets were read so far */
guint64 filter_sources_octets (const FilterSources *sources);

/**
 * filter_sources_total - how many octets there are in all, for a progress bar
 * Returns FALSE when that cannot be known (standard input, a pipe).   Cost: one stat a file.
 */
gboolean filter_sources_total (const char *const *arguments, guint64 *octets_out);

G_END_DECLS

#endif
