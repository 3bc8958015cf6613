/* walk.h - from what a person names (files, folders, "-") to the files that hold mail, in a steady order. */
#ifndef FILTER_WALK_H
#define FILTER_WALK_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct FilterWalk FilterWalk;

/** filter_walk_new - a walk over @arguments, NULL-terminated, copied */
FilterWalk *filter_walk_new (const char *const *arguments);
void filter_walk_free (FilterWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterWalk, filter_walk_free)

/**
 * filter_walk_next - the next file
 * @path_out: its path, or "-"; borrowed until the next call; NULL at the end
 * @named_out: TRUE when it was an argument itself, so that a link or a pipe is what the person meant
 * A folder with cur and new is a Maildir: those two and nothing else. Any other is walked down, by name,
 * numbers by their value (MH); hidden files, what mail programs keep beside mails, links, pipes and devices
 * are left out.
 * Returns FALSE with an error that names a folder which cannot be read; the walk goes on with the next call.
 * Cost: the names of one folder in memory.
 */
gboolean filter_walk_next (FilterWalk *walk, const char **path_out, gboolean *named_out, GError **error);

G_END_DECLS

#endif
