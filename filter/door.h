/* door.h - what deliver and filter have in common: from the command line to the verdict, and what follows it. */
#ifndef FILTER_DOOR_H
#define FILTER_DOOR_H

#include "commands.h"
#include "engine.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* of the command */
  int complain_fd;      /* where "4.3.0 ..." goes */
  gboolean ends;        /* the mail goes no further than this door */
  gint64 started;       /* monotonic, microseconds */
  char *sender, *original_recipient, *queue_id;
  char **recipients;
  FilterConfig *config;
  FilterEngine *engine;
  GBytes *octets;
  FilterMail mail;
  GPtrArray *results;   /* of one FilterResult */
} FilterDoor;

void filter_door_clear (FilterDoor *door);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterDoor, filter_door_clear)

/**
 * filter_door_open - options, deadline, configuration, and from root to the user (R15); no octet of the mail is read
 * @door: name, complain_fd and ends are set
 * Returns FALSE when all is said already: *code_out is 0 (help) or 75.
 */
gboolean filter_door_open (FilterDoor *door, const FilterGlobal *global, int argc, char **argv, const char *summary,
                           int *code_out);

/**
 * filter_door_take - read the mail to its end (R4) and take it
 * Returns FALSE with 75 when it could not be taken for every recipient; the line is written then.
 */
gboolean filter_door_take (FilterDoor *door, int *code_out);

/** filter_door_outcomes - FilterOutcome, one a recipient */
const GPtrArray *filter_door_outcomes (const FilterDoor *door);

/**
 * filter_door_retry - "4.3.0 @why" to the mail server, @detail to our log, and to a person at a terminal
 * @why: a fixed phrase of ours (R3).   Returns 75.
 */
int filter_door_retry (const FilterDoor *door, const char *why, const char *detail);

/**
 * filter_door_close - the mail is safe: log it, send what is to be sent
 * From here on nothing can change the answer: the deadline ends with 0, and no failure is an error.   Returns 0.
 */
int filter_door_close (FilterDoor *door);

G_END_DECLS

#endif
