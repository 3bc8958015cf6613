/* overview-page.h - what the files of the report's page share. */
#ifndef FILTER_OVERVIEW_PAGE_H
#define FILTER_OVERVIEW_PAGE_H

#include <glib.h>

G_BEGIN_DECLS

extern const char filter_overview_style[]; /* the style sheet */

G_END_DECLS

#endif
