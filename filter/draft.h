/* draft.h - a file that is not there until it is whole: written beside its place, then renamed; and what goes to standard
 * output, which waits in a file without a name until it may go. */
#ifndef FILTER_DRAFT_H
#define FILTER_DRAFT_H

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct FilterDraft FilterDraft;

/**
 * filter_draft_new - begin what will stand at @path
 * @path: NULL: standard output
 * @mode: of the file; where it lets the group read, its group will be the folder's
 * Errors: no such folder, no permission.   Nobody else can read it before filter_draft_finish().
 */
FilterDraft *filter_draft_new (const char *path, guint mode, GError **error);
void filter_draft_free (FilterDraft *draft); /* what was not published is removed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterDraft, filter_draft_free)

/** filter_draft_stream - to be written to; a write that fails shows when it is finished. Borrowed, until then */
FILE *filter_draft_stream (FilterDraft *draft);
/** filter_draft_name - the name that it has meanwhile; NULL for standard output */
const char *filter_draft_name (const FilterDraft *draft);
/** filter_draft_flush - all that was written can be read under its name */
gboolean filter_draft_flush (FilterDraft *draft, GError **error);
/** filter_draft_replace - the file @name, made from what was written, stands for it, and that is removed */
gboolean filter_draft_replace (FilterDraft *draft, const char *name, GError **error);
/**
 * filter_draft_finish - it is whole: on the disk, with its mode and group
 * @sha256_out: (optional) of its octets, hex; the caller frees
 */
gboolean filter_draft_finish (FilterDraft *draft, char **sha256_out, GError **error);
/** filter_draft_publish - give it its name, or write it out. Once, and after filter_draft_finish() */
gboolean filter_draft_publish (FilterDraft *draft, GError **error);

G_END_DECLS

#endif
