/* test-worker.c - what the child that reads mails may do, and what becomes of it when it does more (R18,
 * R19). */
#include "worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build-config.h"

/* A child has no other input than the mail, so the mail says what it does; facts say that it lived on. */

static gboolean
mail_is (GBytes *mail, const char *text)
{
  gsize size;
  const char *octets = g_bytes_get_data (mail, &size);
  return size == strlen (text) && memcmp (octets, text, size) == 0;
}

static void
eat_memory (void)
{
  for (;;)
    memset (g_malloc (1 << 20), 'x', 1 << 20);
}

static void
overflow_stack (guint depth)
{
  volatile char room[4096];
  room[depth % sizeof room] = 'x';
  if (depth > 0)
    overflow_stack (depth - 1);
  room[0] = 'y';
}

static void
work_for_ever (void)
{
  for (volatile guint i = 0;; i++)
    ;
}

static void
open_file (void)
{
  if (open ("/etc/passwd", O_RDONLY) >= 0)
    work_for_ever ();
}

static void
open_socket (void)
{
  if (socket (AF_INET, SOCK_STREAM, 0) >= 0)
    work_for_ever ();
}

static void
run_program (void)
{
  char *argv[] = { (char *)"true", NULL };
  execv ("/bin/true", argv);
}

static void
fork_child (void)
{
  if (fork () >= 0)
    work_for_ever ();
}

static void
trace_parent (void)
{
  ptrace (PTRACE_ATTACH, getppid (), NULL, NULL);
}

static void
make_code (void)
{
  if (mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    work_for_ever ();
}

static void
share_memory (void)
{
  if (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    work_for_ever ();
}

static void
kill_parent (void)
{
  kill (getppid (), SIGTERM);
}

static void
leave (void)
{
  _exit (0);
}

static void
say_nonsense (void)
{
  guint64 size = 5;
  if (write (3, &size, sizeof size) > 0 && write (3, "hello", 5) > 0)
    _exit (0);
}

static void
say_too_much (void)
{
  guint64 size = G_MAXUINT64;
  if (write (3, &size, sizeof size) > 0)
    _exit (0);
}

static void
say_half (void)
{
  guint64 size = 1000;
  if (write (3, &size, sizeof size) > 0)
    _exit (0);
}

static void
print (void)
{
  if (write (1, "words of a mail\n", 16) > 0 || write (2, "words of a mail\n", 16) > 0)
    work_for_ever ();
}

static const struct
{
  const char *name, *mail;
  void (*deed) (void);
  const char *why;  /* kind_why, or NULL: it is read */
  gboolean seccomp; /* needs what a sanitizer build leaves out: not tried there */
} deeds[] = {
  /* clang-format off */
  { "a crash", "abort", abort, "crash", FALSE },
  { "a stack that overflows", "stack", NULL, "crash", TRUE },
  { "memory without end", "memory", eat_memory, "memory", TRUE },
  { "work without end", "cpu", work_for_ever, "cpu", FALSE },
  { "a file", "open", open_file, NULL, TRUE },
  { "a connection", "socket", open_socket, "crash", TRUE },
  { "a program", "exec", run_program, "crash", TRUE },
  { "a process", "fork", fork_child, "crash", TRUE },
  { "the parent's memory", "ptrace", trace_parent, "crash", TRUE },
  { "the parent's life", "kill", kill_parent, "crash", TRUE },
  { "memory to execute", "code", make_code, "crash", TRUE },
  { "shared memory", "share", share_memory, "crash", TRUE },
  { "no answer", "leave", leave, "nonsense", FALSE },
  { "an answer that is no facts", "nonsense", say_nonsense, "nonsense", FALSE },
  { "an answer that is too long", "much", say_too_much, "nonsense", FALSE },
  { "half an answer", "half", say_half, "nonsense", FALSE },
  { "printing", "print", print, NULL, TRUE },
  /* clang-format on */
};

static ParserFacts *
read_badly (GBytes *mail, G_GNUC_UNUSED const ParserOptions *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (mail_is (mail, deeds[i].mail))
      {
        if (deeds[i].deed == NULL)
          overflow_stack (G_MAXUINT);
        else
          deeds[i].deed ();
      }
  ParserFacts *facts = parser_facts_new ();
  facts->identity = g_strdup ("<a@example.org>");
  facts->confidence = 42;
  return facts;
}

static ParserFacts *
expect_facts (FilterWorker *worker, const char *text)
{
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ParserFacts *facts = NULL;
  g_assert_true (filter_worker_read (worker, mail, &facts, &error));
  g_assert_no_error (error);
  return facts;
}

static void
expect_good (FilterWorker *worker)
{
  g_autoptr (ParserFacts) facts = expect_facts (worker, "a good mail");
  g_assert_cmpint (facts->kind, ==, PARSER_KIND_PERSON);
  g_assert_cmpuint (facts->confidence, ==, 42);
}

static void
test_deed (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data) / 2;
  gboolean keep = GPOINTER_TO_SIZE (data) % 2;
  g_autoptr (FilterWorker) worker = filter_worker_new_with (NULL, keep, read_badly);
  g_autoptr (ParserFacts) facts = expect_facts (worker, deeds[i].mail);
  g_assert_cmpstr (facts->kind_why, ==, deeds[i].why);
  g_assert_cmpint (facts->kind, ==, deeds[i].why != NULL ? PARSER_KIND_UNSCANNED : PARSER_KIND_PERSON);
  expect_good (worker); /* and the next mail is read as ever */
}

static void
test_size (void)
{
  g_autofree char *octets = g_malloc0 (FILTER_WORKER_MAIL + 1);
  g_autoptr (GBytes) long_mail = g_bytes_new_static (octets, FILTER_WORKER_MAIL + 1);
  g_autoptr (FilterWorker) worker = filter_worker_new_with (NULL, FALSE, read_badly);
  g_autoptr (ParserFacts) facts = NULL;
  g_assert_true (filter_worker_read (worker, long_mail, &facts, NULL));
  g_assert_cmpstr (facts->kind_why, ==, "size");
}

/* ---- our own troubles ---- */

static pid_t
only_child (void)
{
  g_autofree char *file = g_strdup_printf ("/proc/self/task/%d/children", (int)getpid ());
  g_autofree char *text = NULL;
  return g_file_get_contents (file, &text, NULL, NULL) ? atoi (text) : 0;
}

static gpointer
kill_child_soon (G_GNUC_UNUSED gpointer data)
{
  pid_t child = 0;
  for (int i = 0; i < 300 && child == 0; i++)
    {
      g_usleep (10000);
      child = only_child ();
    }
  return GINT_TO_POINTER (child > 0 && kill (child, SIGKILL) == 0);
}

static void
test_killed (gconstpointer data)
{
  g_autoptr (FilterWorker) worker = filter_worker_new_with (NULL, GPOINTER_TO_SIZE (data) % 2, read_badly);
  g_autoptr (GBytes) mail = g_bytes_new_static ("cpu", 3);
  g_autoptr (GError) error = NULL;
  ParserFacts *facts = NULL;
  GThread *killer = g_thread_new ("killer", kill_child_soon, NULL);
  gboolean done = filter_worker_read (worker, mail, &facts, &error);
  if (g_thread_join (killer) == NULL)
    {
      parser_facts_free (facts);
      g_test_skip ("this kernel does not list children");
      return;
    }
  g_assert_false (done);
  g_assert_nonnull (error);
  g_assert_null (facts);
  expect_good (worker);
}

/* What a mail leaves behind in a kept child is not laid at the next one's door. */
static void
test_replaced (void)
{
  g_autoptr (FilterWorker) worker = filter_worker_new_with (NULL, TRUE, read_badly);
  expect_good (worker);
  pid_t child = only_child ();
  if (child > 0)
    kill (child, SIGKILL);
  expect_good (worker);
}

static void
test_no_descriptor (void)
{
  g_autoptr (FilterWorker) worker = filter_worker_new_with (NULL, FALSE, read_badly);
  g_autoptr (GBytes) mail = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (int));
  for (int fd = open ("/dev/null", O_RDONLY); fd >= 0 && taken->len < 100000; fd = dup (fd))
    g_array_append_val (taken, fd);
  ParserFacts *facts = NULL;
  gboolean done = filter_worker_read (worker, mail, &facts, &error);
  for (guint i = 0; i < taken->len; i++)
    close (g_array_index (taken, int, i));
  g_assert_false (done);
  g_assert_nonnull (error);
  expect_good (worker);
}

/* A child that nobody waits for any more ends by itself. */
static void
test_parent_gone (void)
{
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t parent = fork ();
  if (parent == 0)
    {
      FilterWorker *worker = filter_worker_new_with (NULL, TRUE, read_badly);
      expect_good (worker);
      pid_t child = only_child ();
      _exit (write (ends[1], &child, sizeof child) == sizeof child ? 0 : 1);
    }
  pid_t child = 0;
  g_assert_cmpint (read (ends[0], &child, sizeof child), ==, sizeof child);
  g_assert_cmpint (waitpid (parent, NULL, 0), ==, parent);
  for (int i = 0; i < 100 && child > 0 && kill (child, 0) == 0; i++)
    g_usleep (10000);
  g_autofree char *file = g_strdup_printf ("/proc/%d/stat", (int)child);
  g_autofree char *stat = NULL;
  /* gone, or a zombie that nobody has collected yet */
  g_assert_true (child <= 0 || kill (child, 0) != 0
                 || (g_file_get_contents (file, &stat, NULL, NULL) && strstr (stat, ") Z ") != NULL));
}

/* ---- the real reader ---- */

static const char *const charsets[]
    = { "utf-8",       "iso-8859-1",  "windows-1252", "koi8-r",      "utf-7",       "utf-16", "utf-16le",
        "iso-2022-jp", "iso-2022-kr", "shift_jis",    "euc-jp",      "euc-kr",      "gb2312", "gbk",
        "gb18030",     "big5",        "hz-gb-2312",   "no-such-set", "windows-1251" };

static void
test_charset (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data) / 2;
  g_autofree char *text = g_strdup_printf ("From: ann@example.org\nSubject: =?%s?Q?hello?=\n"
                                           "Content-Type: text/plain; charset=%s\n\nhello \x82\xa0\n",
                                           charsets[i], charsets[i]);
  g_autoptr (FilterWorker) worker = filter_worker_new (NULL, GPOINTER_TO_SIZE (data) % 2);
  g_autoptr (ParserFacts) facts = expect_facts (worker, text);
  g_assert_cmpint (facts->kind, ==, PARSER_KIND_PERSON);
  g_assert_cmpstr (facts->from, ==, "ann@example.org");
}

/* What a mail says does not depend on which door it came through: replay keeps its child, deliver does not.
 */
static void
test_read_charset (gconstpointer data)
{
  static const struct
  {
    const char *charset, *octets, *want;
  } cases[] = { { "koi8-r", "\xd3\xd4\xcf\xd0", "стоп" },
                { "macintosh", "\xd2stop\xd3", "“stop”" },
                { "iso-8859-2", "\xb1", "ą" },
                { "cp850", "l\x94schen", "löschen" },
                { "windows-1251", "\xf1\xf2\xee\xef", "стоп" },
                { "iso-8859-7", "\xe1", "α" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = g_base64_encode ((const guchar *)cases[i].octets, strlen (cases[i].octets));
      g_autofree char *text
          = g_strdup_printf ("From: ann@example.org\nSubject: =?%s?B?%s?=\n\n", cases[i].charset, digits);
      g_autoptr (FilterWorker) worker = filter_worker_new (NULL, GPOINTER_TO_SIZE (data) % 2);
      g_autoptr (ParserFacts) facts = expect_facts (worker, text);
      g_assert_cmpstr (facts->subject, ==, cases[i].want);
    }
}

static void
add_twice (const char *path, gsize i, GTestDataFunc func)
{
  for (gsize keep = 0; keep < 2; keep++)
    {
      g_autofree char *full
          = g_strconcat (path, keep ? ", by a kept child" : ", by a child of its own", NULL);
      g_test_add_data_func (full, GSIZE_TO_POINTER (2 * i + keep), func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
#ifdef WITH_SANITIZERS
  const gboolean seccomp = FALSE; /* nor a limit of memory: both are left out of such a build */
#else
  const gboolean seccomp = TRUE;
#endif
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      if (deeds[i].seccomp && !seccomp)
        continue;
      g_autofree char *path = g_strconcat ("/worker/the child takes: ", deeds[i].name, NULL);
      add_twice (path, i, test_deed);
    }
  g_test_add_func ("/worker/a mail over the limit is not looked at", test_size);
  add_twice ("/worker/a kill from outside is no property of the mail", 0, test_killed);
  g_test_add_func ("/worker/a kept child that died between two mails is replaced", test_replaced);
  g_test_add_func ("/worker/no descriptor left is no property of the mail", test_no_descriptor);
  g_test_add_func ("/worker/the child does not outlive its parent", test_parent_gone);
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autofree char *path = g_strconcat ("/worker/the lock-down leaves the charset ", charsets[i], NULL);
      add_twice (path, i, test_charset);
    }
  add_twice ("/worker/a charset is read", 0, test_read_charset);
  return g_test_run ();
}
