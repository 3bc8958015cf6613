/* optout.h - may this be sent? For programs that send mail and ask in-process: liboptout(3).
 *
 * The answers are those of "optout check". The library prints nothing, exits never, installs no signal handler, and
 * starts no process or thread; of its symbols only those below leave it. Whatever it cannot find out is
 * OPTOUT_CANNOT_TELL, never OPTOUT_YES. Like all that is built on GLib it ends the program when memory runs out. */
#ifndef OPTOUT_H
#define OPTOUT_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct OptoutGate OptoutGate;

typedef enum
{
  OPTOUT_YES,        /* it may be sent */
  OPTOUT_NO,         /* it may not: now, and when it is tried again */
  OPTOUT_CANNOT_TELL /* do not send; ask again when somebody has seen to what @why_out says */
} OptoutAnswer;

/**
 * optout_open - a gate to the consent store that a configuration names
 * @file: the configuration, or NULL: OPTOUT_CONFIG, else the one that the program was built for; read once, here
 * Never NULL. When the configuration cannot be read every answer is OPTOUT_CANNOT_TELL and says why. The store is opened
 * by the first question that needs it, and again when it was moved or replaced.
 * Threads: a gate is for one thread at a time; each thread may have its own. Processes: after fork() the child opens one
 * of its own, for what it inherited answers OPTOUT_CANNOT_TELL.
 */
OptoutGate *optout_open (const char *file);

/**
 * optout_check - may mail of @category be sent to @address?
 * @gate: NULL cannot tell   @address: as a mail has it, UTF-8; what is no address gets no mail: OPTOUT_NO
 * @category: a [category] of the configuration; of another, and of NULL, nobody can tell
 * @why_out: NULL, or set to a line in UTF-8: what the answer rests on; borrowed until the next call with this gate
 * Mail of an essential category may always be sent to an address, whether or not there is a store.
 * Cost: some look-ups by index; reads only, and is not held up by who writes.
 */
OptoutAnswer optout_check (OptoutGate *gate, const char *address, const char *category, const char **why_out);

/** optout_close - of NULL nothing; in a child that inherited the gate it leaves the store alone */
void optout_close (OptoutGate *gate);

#ifdef __cplusplus
}
#endif

#endif
