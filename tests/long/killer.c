/* killer.c - runs a program, and ends it and all that it started at the Nth step: at the beginning or at
 * the end of a system call of any of them.
 *
 * usage: kill-send N PROGRAM ARGUMENT...     exit code 0: it was ended; 1: it ended by itself before, after
 * so many steps
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define MANY 64

static pid_t known[MANY];
static int n_known;

static void
remember (pid_t pid)
{
  for (int i = 0; i < n_known; i++)
    if (known[i] == pid)
      return;
  if (n_known < MANY)
    known[n_known++] = pid;
}

static int
end_all (void)
{
  pid_t pid;
  int status;
  for (int i = 0; i < n_known; i++)
    kill (known[i], SIGKILL);
  while ((pid = waitpid (-1, &status, __WALL)) > 0 || errno == EINTR)
    if (pid > 0 && WIFSTOPPED (status)) /* it was born meanwhile, and waits to be known */
      kill (pid, SIGKILL);
  return 0;
}

int
main (int argc, char **argv)
{
  long least = argc > 2 ? atol (argv[1]) : 0, steps = 0;
  int status;
  if (least <= 0)
    return 64;
  pid_t first = fork ();
  if (first == 0)
    {
      ptrace (PTRACE_TRACEME, 0, NULL, NULL);
      raise (SIGSTOP);
      execv (argv[2], argv + 2);
      _exit (127);
    }
  waitpid (first, &status, 0);
  ptrace (PTRACE_SETOPTIONS, first, NULL,
          PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE
              | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
  remember (first);
  ptrace (PTRACE_SYSCALL, first, NULL, NULL);
  for (pid_t pid; (pid = waitpid (-1, &status, __WALL)) > 0;)
    {
      if (!WIFSTOPPED (status))
        continue;
      int signal = WSTOPSIG (status);
      remember (pid);
      if (signal == (SIGTRAP | 0x80) && ++steps == least)
        return end_all ();
      ptrace (PTRACE_SYSCALL, pid, NULL,
              signal == (SIGTRAP | 0x80) || signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
    }
  printf ("%ld\n", steps);
  return 1;
}
