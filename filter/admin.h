/* admin.h - what the commands for people share: settings, keys and store opened; categories, names and events checked
 * and made. Whatever goes wrong is complained of here, once. */
#ifndef FILTER_ADMIN_H
#define FILTER_ADMIN_H

#include "commands.h"
#include "config.h"
#include "gate.h"
#include "report.h"
#include "standing-text.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *command;
  FilterConfig *config;
  FilterSecret secret;
  Store *store; /* NULL until filter_admin_open() */
} FilterAdmin;

void filter_admin_clear (FilterAdmin *admin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterAdmin, filter_admin_clear)

/* Each returns FALSE when it has complained and set *code_out. */
gboolean filter_admin_load (FilterAdmin *admin, const FilterGlobal *global, const char *command, int *code_out);
/** filter_admin_open - the keys and the store, for looking or, with @writing, for a transaction */
gboolean filter_admin_open (FilterAdmin *admin, gboolean writing, int *code_out);
/** filter_admin_try_open - the same without a complaint. Errors: of the secret file and of the store. */
gboolean filter_admin_try_open (FilterAdmin *admin, gboolean writing, GError **error);
/** filter_admin_close - as before it was opened; harmless when it was not */
void filter_admin_close (FilterAdmin *admin);
/** filter_admin_address - the one address a command is about: argv[1], canonical; the caller frees */
gboolean filter_admin_address (const FilterAdmin *admin, int argc, char **argv, char **address_out, int *code_out);
/** filter_admin_category - is there a category of that name? */
gboolean filter_admin_category (const FilterAdmin *admin, const char *name, const FilterCategory **category_out,
                                int *code_out);

/** filter_admin_stoppable - are @names, a list that may be empty, categories that a wish can be of? */
gboolean filter_admin_stoppable (const FilterAdmin *admin, char **names, int *code_out);
/** filter_admin_is_given - is there more in @text, which may be NULL, than blanks? */
gboolean filter_admin_is_given (const char *text);

/** filter_admin_store_trouble - complain of @error of the store; returns 75 */
int filter_admin_store_trouble (const FilterAdmin *admin, const GError *error);

/** filter_admin_by - who acts: @by where it was given, else the login name; the caller frees */
char *filter_admin_by (const char *by);

/** filter_admin_details - what an event keeps beside its fields, a{ss}: names and values in turn, ending with a NULL name; a
 * value that is NULL is left out. The caller unrefs. */
GVariant *filter_admin_details (const char *name, ...) G_GNUC_NULL_TERMINATED;
/**
 * filter_admin_event - an event of customer service, of now, without a scope
 * @address: NULL where the event has none.   @by, @details: as in filter_admin_house_event()
 */
StoreEvent *filter_admin_event (StoreAction action, const char *address, const char *by, GVariant *details);
/** FILTER_ADMIN_CONTROLLER - names and values of details: in whose name, and under which policy and law (R120) */
#define FILTER_ADMIN_CONTROLLER(config)                                                                                \
  "controller", (config)->organisation, "policy-url", (config)->policy_url, "jurisdiction", (config)->jurisdiction
/**
 * filter_admin_house_event - an event of the house, of now: an import, an export, a change of keys
 * @by: (nullable) --by, as in filter_admin_by().   @details: borrowed
 */
StoreEvent *filter_admin_house_event (StoreAction action, const char *by, GVariant *details);

/* A row of what stops somebody: "address", "category", ..., "event". */
extern const char *const filter_admin_standing_columns[];
/** filter_admin_standing_row - @address and @linked, whose stop it is where it is a linked address's, as they are to be shown */
void filter_admin_standing_row (FilterList *list, const char *address, const char *linked, const StoreStanding *standing);

/** filter_admin_record - @event in a transaction of its own; the store is open for writing */
gboolean filter_admin_record (FilterAdmin *admin, StoreEvent *event, GError **error);

/** filter_admin_event_json - the consent record of @event as a JSON object, without an end of line (R120) */
void filter_admin_event_json (GString *out, const StoreEvent *event);
/** filter_admin_event_words - the same in words: lines, those behind the first indented */
void filter_admin_event_words (GString *out, const StoreEvent *event);
/** filter_admin_event_outcome - lines behind these: whether it was taken back, what became of the confirmation, which
 * partners were told */
gboolean filter_admin_event_outcome (GString *out, Store *store, const StoreEvent *event, GError **error);

/* --by, for the options of a command that writes: @field is a char *, @who what it says. */
#define FILTER_ADMIN_BY_OPTION(field, who)                                                                             \
  { "by", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &(field), who " (default the login name)", "NAME" }

/* --json and --csv, for the options of a listing. */
typedef struct
{
  gboolean json, csv;
} FilterAdminFormat;
#define FILTER_ADMIN_FORMAT_OPTIONS(format)                                                                            \
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &(format)->json, "One JSON object a line", NULL },               \
  { "csv", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &(format)->csv, "Comma-separated values", NULL }
FilterListFormat filter_admin_format (const FilterAdminFormat *format);

G_END_DECLS

#endif
