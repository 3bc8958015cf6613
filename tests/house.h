/* house.h - a small house for the tests of the engine: configuration, secret, store, and a child that reads
 * no mail but takes facts from lines "name value", so that these tests stay true whatever the parser learns.
 */
#ifndef TESTS_HOUSE_H
#define TESTS_HOUSE_H

#include "engine.h"

#define HOUSE_ANN "ann@example.org"
#define HOUSE_NOW 1795255200 /* 2026-11-21 10:00 */
#define HOUSE_DAY 86400

typedef struct
{
  char *folder;
  char *url, *path;
  FilterConfig config;
  FilterSecret secret;
  FilterEngine *engine;
  guint serial;
} House;

extern const ParserOptions *house_told; /* what the last child was told */
extern const char house_wish[], house_question[];

/* @kind: "memory:" or "sqlite:" */
void house_set_up (House *h, gconstpointer kind);
void house_tear_down (House *h, gconstpointer kind);
void house_renew_engine (House *h, const char *url, guint flags);

/* A test and its name, a sentence; one that needs a store outside of the engine runs with SQLite alone. */
typedef struct
{
  const char *name;
  void (*test) (House *h, gconstpointer kind);
  gboolean sqlite_only;
} HouseTest;

void house_add_tests (const HouseTest *tests, guint n);

/* One mail from HOUSE_ANN at @now to @to (addresses with commas between); house_take: to the mixed mailbox.
 */
FilterResult *house_take_to (House *h, const char *text, const char *to, gint64 now);
FilterResult *house_take (House *h, const char *text, gint64 now);
const FilterOutcome *house_outcome (const FilterResult *result, guint index);
const FilterOutcome *house_only (const FilterResult *result);

Store *house_store (House *h);
gboolean house_may_send (House *h, const char *address);
guint house_events (House *h);
guint64 house_waiting (House *h); /* replies */
StoreReply *house_claim (House *h, const char *id, gint64 now);
char *house_header (const StoreReply *reply, const char *name);

#endif
