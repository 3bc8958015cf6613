/* sandbox.h - the walls around the child that reads untrusted octets (REQUIREMENTS 3.3). */
#ifndef FILTER_SANDBOX_H
#define FILTER_SANDBOX_H

#include <glib.h>

G_BEGIN_DECLS

/**
 * filter_sandbox_enter - give up everything but computing, and reading and writing what is open
 * @cpu_s: seconds of CPU; 0: none is set here (a kept child, whose parent sets it for each mail)
 * @memory: octets of memory that may be mapped in addition to what is
 * No files, network, processes or exec: rlimits, no_new_privs, Landlock where the kernel has it, and seccomp, which
 * kills the process at any other system call. For good, and for this process alone.
 * Returns FALSE when a wall does not stand; Landlock may be absent (it is the second one).
 * A sanitizer build leaves out seccomp and the limit of memory.
 */
gboolean filter_sandbox_enter (guint cpu_s, gsize memory);

G_END_DECLS

#endif
