/* sandbox.c - the walls around the child. */
#include "build-config.h"

#include "sandbox.h"

#include <errno.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif
#ifndef WITH_SANITIZERS
#include <seccomp.h>
#endif

#define SLACK (16u * 1024 * 1024) /* what is mapped and malloc does not know of: data of libraries */

static gboolean
limit (__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
  struct rlimit value = { soft, hard };
  return setrlimit (resource, &value) == 0;
}

static gboolean
set_limits (guint cpu_s, gsize memory)
{
  gboolean done = limit (RLIMIT_CORE, 0, 0) && limit (RLIMIT_FSIZE, 0, 0) && limit (RLIMIT_NPROC, 0, 0)
                  && limit (RLIMIT_NOFILE, 0, 0);
  if (cpu_s > 0)
    done = done && limit (RLIMIT_CPU, cpu_s, cpu_s + 1);
#ifdef WITH_SANITIZERS
  (void)memory;
#else
  /* RLIMIT_DATA counts private writable memory, and seccomp refuses shared memory, so it bounds what
   * RLIMIT_AS would; what is mapped already is known from malloc, without opening /proc. */
  struct mallinfo2 heap = mallinfo2 ();
  rlim_t most = heap.arena + heap.hblkhd + memory + SLACK;
  done = done && limit (RLIMIT_DATA, most, most);
#endif
  return done;
}

/* Rights to no file at all. The header's version decides what it can name; the kernel may know less. */
static void
forbid_files (void)
{
#ifdef HAVE_LINUX_LANDLOCK_H
  static const guint64 known[] = { 0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff }; /* access rights by ABI */
  long abi = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi <= 0)
    return;
  struct landlock_ruleset_attr rules
      = { .handled_access_fs = known[MIN (abi, (long)G_N_ELEMENTS (known) - 1)] };
  int fd = (int)syscall (SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (fd >= 0)
    {
      syscall (SYS_landlock_restrict_self, fd, 0);
      close (fd);
    }
#endif
}

#ifndef WITH_SANITIZERS
/* What reading a mail needs once its charsets are open; mapping is private and never executable. */
static gboolean
add_rules (scmp_filter_ctx filter)
{
  /* A library that looks for a file is told that it may not: GLib does for the zone of "Date: ... +0360". */
  static const int looks[] = { SCMP_SYS (openat), SCMP_SYS (open),   SCMP_SYS (newfstatat), SCMP_SYS (stat),
                               SCMP_SYS (lstat),  SCMP_SYS (access), SCMP_SYS (readlink) };
  static const int calls[]
      = { SCMP_SYS (read),      SCMP_SYS (write), SCMP_SYS (brk),       SCMP_SYS (munmap),
          SCMP_SYS (mremap),    SCMP_SYS (futex), SCMP_SYS (madvise),   SCMP_SYS (clock_gettime),
          SCMP_SYS (getrandom), SCMP_SYS (exit),  SCMP_SYS (exit_group) };
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), looks[i], 0) != 0)
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 2,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                           SCMP_A3 (SCMP_CMP_MASKED_EQ, MAP_SHARED, 0))
             == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
                == 0;
}

static gboolean
forbid_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  if (filter == NULL)
    return FALSE;
  gboolean done = add_rules (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}
#endif

gboolean
filter_sandbox_enter (guint cpu_s, gsize memory)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  forbid_files ();
  if (!set_limits (cpu_s, memory))
    return FALSE;
#ifndef WITH_SANITIZERS
  return forbid_calls ();
#else
  return TRUE;
#endif
}
