/* overview.h - how we do: what the store tells of a period, counted in one pass for "stats" and "report". Nothing personal is
 * read. A wish belongs to the period when it reached us in it. */
#ifndef FILTER_OVERVIEW_H
#define FILTER_OVERVIEW_H

#include "config.h"
#include "flood.h"
#include "span.h"
#include "store.h"

G_BEGIN_DECLS

#define FILTER_REASONS 4 /* of opt-outs: complaint, person, customer service, bounce */

typedef struct
{
  char *name;
  char *title;
  guint64 count;
} FilterTally;

/* What a day of FilterOverview.days counts. */
enum
{
  FILTER_DAY_REASON = 0, /* so many as there are reasons */
  FILTER_DAY_HELD = FILTER_REASONS,
  FILTER_DAY_ACCEPTED,
  FILTER_DAY_REJECTED,
  FILTER_DAY_OPENED, /* cases */
  FILTER_DAY_CLOSED,
  FILTER_DAY_CATEGORY /* so many as there are categories */
};

/* What is open: mails for review, requests of people, answers, what partners have not confirmed. */
typedef struct
{
  guint64 open, late; /* late: those of them whose term has passed */
  gint64 oldest_at;   /* of the open ones: since when; 0: there is none */
} FilterBacklog;

typedef struct
{
  StoreAction action;
  guint64 received; /* in the period */
  guint64 open, overdue;
} FilterCaseKind;

/* Requests of people; they are due as filter_clock_case_due() says. */
typedef struct
{
  GArray *kinds; /* FilterCaseKind, those that there are */
  FilterBacklog open, soon; /* soon: those of the open ones that are due within 7 days */
  FilterSpan closed;                 /* from received to closed, of those closed in the period */
  guint64 closed_late;               /* of them: after they were due */
} FilterCases;

typedef struct
{
  gint64 since_at, now; /* since_at 0: from the beginning */
  guint64 flood;        /* unproved opt-outs in floods, while these are news; else 0 */
  gint64 flood_at;      /* when the first of them began */
  gint64 gap_at;        /* when the copy was made that the store is, 0: it is none, or knows what came since */

  guint64 opt_outs, opt_ins;
  guint64 voids;   /* events that were taken back in the period; the opt-outs among them are counted all the same */
  guint64 earlier; /* opt-outs that were recorded in the period, but reached us before it */
  guint64 reasons[FILTER_REASONS];
  GPtrArray *categories; /* FilterTally: "*", those that are configured and can be left, and last, without a name, all others */
  GPtrArray *channels;   /* FilterTally */

  FilterSpan effective; /* from received to recorded: from then on no such mail may go out */
  FilterSpan late;      /* the same of what was recorded afterwards, from saved mail or a file */
  FilterSpan confirmed; /* from received to the answer's being sent */
  guint64 confirmed_late; /* answers to saved mail: no part of confirmed */
  guint64 replies[STORE_REPLY_FAILED + 1]; /* as they stand now */
  FilterBacklog waiting; /* of them; late: beyond 48 hours */

  guint partners; /* that are not retired */
  FilterSpan handed, acknowledged; /* from received to the partner's file, and to its confirmation; once for each partner */
  FilterBacklog untold; /* stops that a partner has not confirmed, once for each; late: beyond partner-days */
  guint partners_late;  /* partners that are overdue */

  FilterBacklog held; /* late: beyond 48 hours */
  guint64 accepted, rejected;
  FilterSpan decided; /* from held to decided */

  FilterCases cases;

  GHashTable *days; /* day since 1970-01-01 -> gint64 [] */
} FilterOverview;

/**
 * filter_overview_read - count what there is since @since_at (0: from the beginning)
 * Errors: of the store.   Cost: one pass over events, replies and held mails; flat memory but for a number for each wish
 * that was not in effect at once. The caller frees.
 */
gboolean filter_overview_read (Store *store, const FilterConfig *config, gint64 since_at, gint64 now,
                               FilterOverview **overview_out, GError **error);
void filter_overview_free (FilterOverview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterOverview, filter_overview_free)

/* One thing that a person must look at. */
typedef struct
{
  const char *what; /* "replies-failed": static */
  guint64 count;
  gint64 since_at; /* of the oldest, or 0 */
  gboolean late;   /* a term has passed */
  char *text;      /* for people: "3 mails wait for a decision, the oldest since 2026-11-20" */
  char *command;   /* what shows them */
} FilterNeed;

/** filter_overview_needs - worst first; GPtrArray of FilterNeed, caller unrefs */
GPtrArray *filter_overview_needs (const FilterOverview *overview);

/** filter_overview_text - the answer of "stats" for people, filter_overview_json - for programs; the caller frees */
char *filter_overview_text (const FilterOverview *overview, const FilterConfig *config);
char *filter_overview_json (const FilterOverview *overview, const FilterConfig *config);
/** filter_overview_html - the page of "report"; the caller frees */
char *filter_overview_html (const FilterOverview *overview, const FilterConfig *config);

/* The clocks, for all three forms. */
typedef struct
{
  const char *name;  /* in JSON */
  const char *title; /* for people */
  const char *meaning;
  gsize offset; /* of the FilterSpan in FilterOverview */
} FilterOverviewClock;
extern const FilterOverviewClock filter_overview_clocks[]; /* ends with a NULL name */
const FilterSpan *filter_overview_span (const FilterOverview *overview, const FilterOverviewClock *clock);

G_END_DECLS

#endif
