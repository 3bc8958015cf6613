/* store-kit.h - what the tests of the store share. */
#ifndef TESTS_STORE_KIT_H
#define TESTS_STORE_KIT_H

#include "store.h"

/** kit_keys - two keys, the same in every test */
const StoreKeys *kit_keys (void);

/** kit_folder, kit_remove - an empty folder of our own, and gone with all that is in it; the caller frees the
 * name */
char *kit_folder (void);
void kit_remove (char *folder);

/** kit_store - make and open an empty store: "memory", "sqlite", which is FOLDER/store.db, or a URL in which
 * "@" becomes a number that no other has */
Store *kit_store (const char *folder, const char *backend);

#define KIT_NASTY "' OR 1=1--\"; DROP TABLE event; \\ %s%n ${x} $(id) \xc3\xa9\xe2\x80\xae"

/* A folder of our own, and the store that is to be in it. */
typedef struct
{
  char *folder, *path, *url;
} KitPlace;

/** kit_place_init, kit_place_clear - make the folder, and remove it with all that is in it */
void kit_place_init (KitPlace *place);
void kit_place_clear (KitPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KitPlace, kit_place_clear)

/** kit_open - open a store, waiting 20 s for its lock; fails the test on any error */
Store *kit_open (const char *url);
/** kit_make - init @place, and make and open an empty store there */
Store *kit_make (KitPlace *place);
/** kit_sql - run @sql on a database past the store's room */
void kit_sql (const char *path, const char *sql);

/* A test on an empty store of its own. */
typedef struct
{
  const char *name;
  void (*test) (Store *store, gconstpointer data);
  gconstpointer data;
} KitStoreTest;

/** kit_add_tests - add each of @tests for each backend, and for the one that the environment names in
 * OPTOUT_TEST_STORE, a URL: "/GROUP/BACKEND/NAME" */
void kit_add_tests (const char *group, const KitStoreTest *tests, guint n);

/**
 * kit_event - an event of ann@example.org out of words: "opt-out person 100 * -offers"
 * action, reason, received_at, then categories and, behind a "-", those that are kept
 */
StoreEvent *kit_event (const char *id, const char *words);

/** kit_record - record it in a transaction of its own and free it; fails the test on any error */
StoreRecorded kit_record (Store *store, StoreEvent *event);
/** kit_record_for - the same of another address, out of words */
void kit_record_for (Store *store, const char *address, const char *id, const char *words);
/** kit_hold_mail - hold a mail of ann@example.org as @id, in the transaction that is open */
void kit_hold_mail (Store *store, const char *id, const char *text);
/** kit_try - the same, but an error is returned, and what was begun is rolled back */
gboolean kit_try (Store *store, StoreEvent *event, StoreRecorded *recorded_out, GError **error);

/** kit_blocked - name of the reason that forbids mail of @category to @address, or "none" */
const char *kit_blocked (Store *store, const char *address, const char *category);
/** kit_verify - number of rows; fails the test when the ledger has a fault */
guint64 kit_verify (Store *store);
/** kit_erase - erase an address that no open held mail keeps from it, in a transaction of its own, and scrub
 */
StoreErasure kit_erase (Store *store, const char *address);
/** kit_reply - a reply to ann@example.org; the caller frees */
StoreReply *kit_reply (const char *id, gint64 at);

#define kit_ok(call)                                                                                         \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GError *kit_error = NULL;                                                                                \
    GError **error = &kit_error;                                                                             \
    gboolean kit_done = (call);                                                                              \
    g_assert_no_error (kit_error);                                                                           \
    g_assert_true (kit_done);                                                                                \
  }                                                                                                          \
  G_STMT_END

#endif
