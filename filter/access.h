/* access.h - one person's file: everything that is known of an address, to be handed to the person. */
#ifndef FILTER_ACCESS_H
#define FILTER_ACCESS_H

#include "admin.h"

G_BEGIN_DECLS

/* A chapter: a table, row by row. */
typedef struct
{
  const char *name;  /* in JSON */
  const char *title; /* for the reader */
  const char *const *columns;
  GPtrArray *cells; /* text, NULL for none; row after row */
} FilterChapter;

typedef struct
{
  const char *organisation, *address;
  gint64 at;
  GPtrArray *events;   /* StoreEvent */
  GPtrArray *chapters; /* FilterChapter */
} FilterAccess;

/** filter_access_gather - all there is of @address. Errors: of the store. The caller frees. */
FilterAccess *filter_access_gather (const FilterAdmin *admin, const char *address, gint64 now,
                                    GError **error);
void filter_access_free (FilterAccess *access);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterAccess, filter_access_free)

G_END_DECLS

#endif
