/* worker.c - the parent's side of the child that reads mails, and the child's main loop. */
#include "build-config.h"

#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sandbox.h"

#define CHANNEL 3                     /* the child's only open descriptor */
#define ANSWER_MAX (8u * 1024 * 1024) /* octets of facts */
#define WAIT_MS (45 * 1000)           /* of a child that neither answers nor dies */
#define CHILD_NO_MEMORY 3             /* exit codes of the child */
#define CHILD_NO_SANDBOX 4

struct FilterWorker
{
  const ParserOptions *options;
  FilterReadFunc read;
  gboolean keep;
  pid_t child;   /* 0: none */
  gboolean used; /* it has answered before */
  int channel;
};

/* ---- octets through the channel ---- */

static gboolean
send_all (int fd, gconstpointer octets, gsize size)
{
  for (const char *at = octets; size > 0;)
    {
      /* write() for the child, which may not call send(); SIGPIPE is off in both */
      gssize sent = write (fd, at, size);
      if (sent < 0 && errno == EINTR)
        continue;
      if (sent <= 0)
        return FALSE;
      at += sent;
      size -= (gsize)sent;
    }
  return TRUE;
}

/* @deadline: monotonic microseconds, 0 for none. */
static gboolean
wait_readable (int fd, gint64 deadline)
{
  struct pollfd entry = { fd, POLLIN, 0 };
  for (;;)
    {
      gint64 left = deadline - g_get_monotonic_time ();
      int ready = left > 0 ? poll (&entry, 1, (int)(left / 1000) + 1) : 0;
      if (ready >= 0 || errno != EINTR)
        return ready > 0;
    }
}

typedef enum
{
  GOT_ALL,
  GOT_END,
  GOT_NOTHING_IN_TIME
} Got;

static Got
receive_all (int fd, gpointer octets, gsize size, gint64 deadline)
{
  for (char *at = octets; size > 0;)
    {
      if (deadline != 0 && !wait_readable (fd, deadline))
        return GOT_NOTHING_IN_TIME;
      gssize got = read (fd, at, size);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return GOT_END;
      at += got;
      size -= (gsize)got;
    }
  return GOT_ALL;
}

/* ---- the child ---- */

/* GLib says so before it aborts for want of memory; all else that it says here is dropped. */
static void
child_log (G_GNUC_UNUSED const char *domain, GLogLevelFlags level, G_GNUC_UNUSED const char *text,
           G_GNUC_UNUSED gpointer data)
{
  if ((level & G_LOG_LEVEL_ERROR) != 0)
    _exit (CHILD_NO_MEMORY);
}

static void
child_close_all (int channel)
{
  if (channel != CHANNEL)
    dup2 (channel, CHANNEL);
  close (STDIN_FILENO);
  close (STDOUT_FILENO);
#ifndef WITH_SANITIZERS
  close (STDERR_FILENO);
#endif
  if (close_range (CHANNEL + 1, ~0u, 0) != 0)
    for (int fd = CHANNEL + 1; fd < (int)MIN (sysconf (_SC_OPEN_MAX), 65536); fd++)
      close (fd);
}

static gboolean
child_answer (const FilterWorker *worker, GBytes *mail)
{
  g_autoptr (ParserFacts) facts = worker->read (mail, worker->options);
  g_autoptr (GVariant) variant = g_variant_ref_sink (parser_facts_to_variant (facts));
  guint64 size = g_variant_get_size (variant);
  return send_all (CHANNEL, &size, sizeof size) && send_all (CHANNEL, g_variant_get_data (variant), size);
}

static void
child_answer_all (const FilterWorker *worker)
{
  guint64 size;
  while (receive_all (CHANNEL, &size, sizeof size, 0) == GOT_ALL && size <= FILTER_WORKER_MAIL)
    {
      gpointer octets = g_malloc (size);
      g_autoptr (GBytes) mail = g_bytes_new_take (octets, size);
      if (receive_all (CHANNEL, octets, size, 0) != GOT_ALL || !child_answer (worker, mail))
        return;
    }
}

static void G_GNUC_NORETURN
child_main (const FilterWorker *worker, int channel, pid_t parent, GBytes *mail)
{
  if (prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid () != parent)
    _exit (CHILD_NO_SANDBOX);
  child_close_all (channel);
  g_log_set_default_handler (child_log, NULL);
  parser_prepare (mail);
  if (!filter_sandbox_enter (mail != NULL ? FILTER_WORKER_CPU_S : 0, FILTER_WORKER_MEMORY))
    _exit (CHILD_NO_SANDBOX);
  if (mail != NULL)
    child_answer (worker, mail);
  else
    child_answer_all (worker);
  _exit (0);
}

/* ---- the parent ---- */

static gboolean
fail (GError **error, const char *what, int reason)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", what, g_strerror (reason));
  return FALSE;
}

/* @mail: what a one-shot child reads; NULL for one that is kept. */
static gboolean
start_child (FilterWorker *worker, GBytes *mail, GError **error)
{
  int ends[2];
  pid_t parent = getpid ();
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail (error, "socketpair", errno);
  pid_t child = fork ();
  if (child == 0)
    child_main (worker, ends[1], parent, mail);
  int reason = errno;
  close (ends[1]);
  if (child < 0)
    {
      close (ends[0]);
      return fail (error, "fork", reason);
    }
  worker->child = child;
  worker->used = FALSE;
  worker->channel = ends[0];
  return TRUE;
}

/* Returns the child's wait status. */
static int
end_child (FilterWorker *worker, gboolean force)
{
  int status = 0;
  close (worker->channel);
  if (force)
    kill (worker->child, SIGKILL);
  while (waitpid (worker->child, &status, 0) < 0 && errno == EINTR)
    ;
  worker->child = 0;
  return status;
}

/* The limit is on all CPU that a process ever used, so a kept child's is moved before each mail. */
static void
limit_cpu (const FilterWorker *worker)
{
  clockid_t clock;
  struct timespec used = { 0, 0 };
  if (clock_getcpuclockid (worker->child, &clock) == 0)
    clock_gettime (clock, &used);
  struct rlimit value = { (rlim_t)used.tv_sec + 1 + FILTER_WORKER_CPU_S, RLIM_INFINITY };
  prlimit (worker->child, RLIMIT_CPU, &value, NULL);
}

/* A child that is gone without an answer: why the mail is unscanned, or NULL when that is no property of the
 * mail. */
static const char *
judge_death (int status)
{
  if (WIFEXITED (status))
    return WEXITSTATUS (status) == CHILD_NO_MEMORY    ? "memory"
           : WEXITSTATUS (status) == CHILD_NO_SANDBOX ? NULL
                                                      : "nonsense";
  switch (WTERMSIG (status))
    {
    case SIGXCPU:
      return "cpu";
    case SIGSEGV:
    case SIGBUS:
    case SIGABRT:
    case SIGSYS:
    case SIGFPE:
    case SIGILL:
    case SIGTRAP:
      return "crash";
    default:
      return NULL;
    }
}

/* What nobody could read is known by its octets. */
static gboolean
answer_unscanned (GBytes *mail, const char *why, ParserFacts **facts_out)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, mail);
  ParserFacts *facts = parser_facts_new ();
  facts->identity = g_strconcat ("sha256:", sum, NULL);
  facts->kind = PARSER_KIND_UNSCANNED;
  facts->kind_why = g_strdup (why);
  *facts_out = facts;
  return TRUE;
}

/* No whole answer: asks the child's death why. */
static gboolean
answer_death (FilterWorker *worker, GBytes *mail, Got got, ParserFacts **facts_out, GError **error)
{
  int status = end_child (worker, got == GOT_NOTHING_IN_TIME);
  const char *why = got == GOT_END ? judge_death (status) : NULL;
  if (why != NULL)
    return answer_unscanned (mail, why, facts_out);
  if (got == GOT_NOTHING_IN_TIME)
    return fail (error, "the reading child", ETIMEDOUT);
  if (WIFEXITED (status))
    return fail (error, "the reading child cannot be locked in (seccomp)", ENOSYS);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the reading child was ended by signal %d",
               WTERMSIG (status));
  return FALSE;
}

/* What the child says, hostile until checked; NULL when it is no facts. */
static Got
receive_facts (const FilterWorker *worker, ParserFacts **facts_out)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  guint64 size = 0;
  *facts_out = NULL;
  Got got = receive_all (worker->channel, &size, sizeof size, deadline);
  if (got != GOT_ALL || size > ANSWER_MAX)
    return got;
  char *octets = g_malloc (size + 1); /* + 1: never NULL */
  got = receive_all (worker->channel, octets, size, deadline);
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_data (G_VARIANT_TYPE (PARSER_FACTS_TYPE), octets, size, FALSE, g_free, octets));
  if (got == GOT_ALL)
    *facts_out = parser_facts_from_variant (variant);
  return got;
}

gboolean
filter_worker_read (FilterWorker *worker, GBytes *mail, ParserFacts **facts_out, GError **error)
{
  guint64 size = g_bytes_get_size (mail);
  ParserFacts *facts = NULL;
  if (size > FILTER_WORKER_MAIL)
    return answer_unscanned (mail, "size", facts_out);
  if (worker->child != 0 && !worker->keep)
    end_child (worker, TRUE); /* of the mail before: it went while its parent worked on */
  if (worker->child == 0 && !start_child (worker, worker->keep ? NULL : mail, error))
    return FALSE;
  if (worker->keep)
    {
      limit_cpu (worker);
      /* a child that dies while it is written to shows that in its answer */
      if (send_all (worker->channel, &size, sizeof size))
        send_all (worker->channel, g_bytes_get_data (mail, NULL), size);
    }
  Got got = receive_facts (worker, &facts);
  if (got != GOT_ALL && worker->used)
    {
      /* perhaps the mail before has done it: judged is who does it to a child of its own */
      end_child (worker, TRUE);
      return filter_worker_read (worker, mail, facts_out, error);
    }
  if (got != GOT_ALL)
    return answer_death (worker, mail, got, facts_out, error);
  if (facts == NULL)
    {
      end_child (worker, TRUE);
      return answer_unscanned (mail, "nonsense", facts_out);
    }
  worker->used = TRUE;
  *facts_out = facts;
  return TRUE;
}

FilterWorker *
filter_worker_new_with (const ParserOptions *options, gboolean keep, FilterReadFunc read_func)
{
  FilterWorker *worker = g_new0 (FilterWorker, 1);
  parser_init ();
  worker->options = options;
  worker->keep = keep;
  worker->read = read_func;
  return worker;
}

FilterWorker *
filter_worker_new (const ParserOptions *options, gboolean keep)
{
  return filter_worker_new_with (options, keep, parser_read);
}

void
filter_worker_free (FilterWorker *worker)
{
  if (worker != NULL && worker->child != 0)
    end_child (worker, TRUE);
  g_free (worker);
}
