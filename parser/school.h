/* school.h - the examples, as learn.c reads them and network.c learns from them; while building only */
#ifndef PARSER_SCHOOL_H
#define PARSER_SCHOOL_H

#include "parts.h"

typedef struct
{
  int like;         /* ParserLike, or -1: nothing of it */
  gboolean strict;  /* it must be taken for that */
  GPtrArray *parts; /* GArray of indices of parts (guint32), one a stretch */
} Example;

/* When it is read the parts that are seen often come first, and those that are not weighed are left out. */
typedef struct
{
  GPtrArray *examples;
  GArray *names;       /* the parts (guint32) */
  GHashTable *indices; /* while reading: part -> its index in names + 1 */
  GArray *seen;        /* while reading: in how many examples (guint) */
  GHashTable *words;   /* parser_parts_whole() -> in how many examples, those of ordinary mail twice */
  guint n_often;       /* parts at the beginning that units know */
} School;

#endif
