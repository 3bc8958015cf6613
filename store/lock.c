/* lock.c - the fair lock in front of a database: processes queue in the kernel instead of polling
 * (PERFORMANCE, lessons). */
#define _GNU_SOURCE
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static int
set_turn (int fd, int command, short type)
{
  struct flock turn = { .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
  return fcntl (fd, command, &turn);
}

/* 0, or -1 and errno: EWOULDBLOCK when we do not @wait, EINTR when a signal came. */
static int
take (int fd, gboolean wait)
{
  if (set_turn (fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, F_WRLCK) != 0)
    return -1;
  int done = flock (fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
  int why = errno;
  set_turn (fd, F_OFD_SETLK, F_UNLCK);
  errno = why;
  return done;
}

static void
wake_up (int number G_GNUC_UNUSED)
{
}

#define AGAIN_MS 50

/* Interrupt this thread's waiting in @timeout_ms, and again and again, should the first time come before we
 * wait. */
static timer_t
start_timer (guint timeout_ms)
{
  struct sigevent event
      = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGURG, .sigev_notify_thread_id = gettid () };
  struct itimerspec when = { .it_value = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L },
                             .it_interval = { 0, AGAIN_MS * 1000000L } };
  timer_t timer;
  g_assert (timer_create (CLOCK_MONOTONIC, &event, &timer) == 0);
  g_assert (timer_settime (timer, 0, &when, NULL) == 0);
  return timer;
}

/* Has it run out? If not, another signal woke us. Once it has, less than AGAIN_MS are left for ever. */
static gboolean
is_over (timer_t timer)
{
  struct itimerspec left;
  g_assert (timer_gettime (timer, &left) == 0);
  return left.it_value.tv_sec == 0 && left.it_value.tv_nsec <= AGAIN_MS * 1000000L;
}

/* SIGURG is ignored by default, so that one which comes late does no harm. */
static int
wait_until (int fd, guint timeout_ms)
{
  struct sigaction wake = { .sa_handler = wake_up }, old;
  sigset_t urgent, mask;
  int done, why;

  sigemptyset (&urgent);
  sigaddset (&urgent, SIGURG);
  sigaction (SIGURG, &wake, &old);
  pthread_sigmask (SIG_UNBLOCK, &urgent, &mask);
  timer_t timer = start_timer (timeout_ms);
  do
    {
      done = take (fd, TRUE);
      why = errno;
    }
  while (done != 0 && why == EINTR && !is_over (timer));
  timer_delete (timer);
  pthread_sigmask (SIG_SETMASK, &mask, NULL);
  sigaction (SIGURG, &old, NULL);
  errno = why;
  return done;
}

gboolean
store_lock_take (int fd, const char *path, guint timeout_ms, GError **error)
{
  int done = take (fd, FALSE);
  if (done != 0 && errno == EWOULDBLOCK)
    {
      if (timeout_ms > 0)
        done = wait_until (fd, timeout_ms);
      else
        while ((done = take (fd, TRUE)) != 0 && errno == EINTR)
          ;
    }
  if (done == 0)
    return TRUE;
  if (errno == EINTR)
    g_set_error (error, STORE_ERROR, STORE_ERROR_BUSY, "%s: another process holds the lock for over %u ms",
                 path, timeout_ms);
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_UNAVAILABLE, "%s: cannot lock: %s", path,
                 g_strerror (errno));
  return FALSE;
}

gboolean
store_lock_try (int fd)
{
  return take (fd, FALSE) == 0;
}

void
store_lock_drop (int fd)
{
  flock (fd, LOCK_UN);
}
