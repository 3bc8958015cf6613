/* test-sources.c - saved mailboxes, split and walked */
#include "date.h"
#include "mbox.h"
#include "sources.h"
#include "walk.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one file ---- */

static const struct
{
  const char *name;
  FilterMboxDialect dialect;
  const char *file;
  const char *mails; /* with "|" between them */
} split_cases[] = {
  { "a file that does not start with From_ is one mail", FILTER_MBOX_AUTO, "Subject: a\n\nb\n\nFrom x\n",
    "Subject: a\n\nb\n\nFrom x\n" },
  { "an empty file is one mail", FILTER_MBOX_AUTO, "", "" },
  { "a single mail keeps what looks quoted", FILTER_MBOX_RD, "A: b\n\n>From x\n", "A: b\n\n>From x\n" },
  { "two mails, the empty line between belongs to none", FILTER_MBOX_AUTO,
    "From a D\nA: b\n\nx\n\nFrom b D\nA: c\n\ny\n\n", "From a D\nA: b\n\nx\n|From b D\nA: c\n\ny\n" },
  { "a missing empty line is accepted", FILTER_MBOX_AUTO, "From a D\nA: b\n\nx\nFrom b D\nA: c\n\ny",
    "From a D\nA: b\n\nx\n|From b D\nA: c\n\ny" },
  { "only one empty line is taken off", FILTER_MBOX_AUTO, "From a D\nA: b\n\nx\n\n\nFrom b D\n\n\n\n",
    "From a D\nA: b\n\nx\n\n|From b D\n\n\n" },
  { "CRLF line ends", FILTER_MBOX_AUTO, "From a D\r\nA: b\r\n\r\nx\r\n\r\nFrom b D\r\n\r\ny\r\n",
    "From a D\r\nA: b\r\n\r\nx\r\n|From b D\r\n\r\ny\r\n" },
  { "a From_ line without a date splits too", FILTER_MBOX_AUTO, "From a D\n\nx\nFrom here on\n",
    "From a D\n\nx\n|From here on\n" },
  { "From_ is spelled so and stands at the start of a line", FILTER_MBOX_AUTO,
    "From a D\n\n from b\nfrom c\nFrom: d\n From e\nFrom\n",
    "From a D\n\n from b\nfrom c\nFrom: d\n From e\nFrom\n" },
  { "a From_ line alone", FILTER_MBOX_AUTO, "From a D", "From a D" },
  { "From_ lines in a row", FILTER_MBOX_AUTO, "From a\nFrom b\nFrom c\n", "From a\n|From b\n|From c\n" },
  { "mboxo is not unquoted", FILTER_MBOX_O, "From a D\n\n>From x\n>>From y\n",
    "From a D\n\n>From x\n>>From y\n" },
  { "not told, nothing is unquoted", FILTER_MBOX_AUTO, "From a D\n\n>From x\n>>From y\n",
    "From a D\n\n>From x\n>>From y\n" },
  { "mboxrd loses one mark", FILTER_MBOX_RD,
    "From a D\n\n>From x\n>>From y\n>Fromage\n > From z\n\nFrom b D\n>From ",
    "From a D\n\nFrom x\n>From y\n>Fromage\n > From z\n|From b D\nFrom " },
  { "a true Content-Length holds over From_ lines", FILTER_MBOX_AUTO,
    "From a D\nContent-Length: 15\n\nx\n\nFrom b D\n\ny\nFrom c D\nContent-length:2\n\nz\n",
    "From a D\nContent-Length: 15\n\nx\n\nFrom b D\n\ny\n|From c D\nContent-length:2\n\nz\n" },
  { "a true Content-Length, body without line end", FILTER_MBOX_CL2,
    "From a D\nContent-Length: 1\n\nx\nFrom b D\n\ny\n", "From a D\nContent-Length: 1\n\nx|From b D\n\ny\n" },
  { "a true Content-Length of nothing", FILTER_MBOX_CL2,
    "From a D\nContent-Length: 0\n\n\nFrom b D\nContent-Length: 0\n\n",
    "From a D\nContent-Length: 0\n\n|From b D\nContent-Length: 0\n\n" },
  { "a true Content-Length with CRLF", FILTER_MBOX_CL2,
    "From a D\r\nContent-Length: 9\r\n\r\nFrom x\r\ny\r\nFrom b D\r\n\r\ny\r\n",
    "From a D\r\nContent-Length: 9\r\n\r\nFrom x\r\ny|From b D\r\n\r\ny\r\n" },
  { "a Content-Length that is too short lies", FILTER_MBOX_CL2,
    "From a D\nContent-Length: 1\n\nxyz\n\nFrom b D\n\ny\n",
    "From a D\nContent-Length: 1\n\nxyz\n|From b D\n\ny\n" },
  { "a Content-Length past the end lies", FILTER_MBOX_CL2,
    "From a D\nContent-Length: 99\n\nx\n\nFrom b D\n\ny\n",
    "From a D\nContent-Length: 99\n\nx\n|From b D\n\ny\n" },
  { "a negative Content-Length lies", FILTER_MBOX_CL2, "From a D\nContent-Length: -1\n\nx\n\nFrom b D\n\ny\n",
    "From a D\nContent-Length: -1\n\nx\n|From b D\n\ny\n" },
  { "a Content-Length of 2^63 lies", FILTER_MBOX_CL2,
    "From a D\nContent-Length: 9223372036854775808\n\nx\n\nFrom b D\n\ny\n",
    "From a D\nContent-Length: 9223372036854775808\n\nx\n|From b D\n\ny\n" },
  { "a Content-Length in the next mail's header is the next mail's", FILTER_MBOX_CL2,
    "From a D\nFrom b D\nContent-Length: 2\n\ny\n", "From a D\n|From b D\nContent-Length: 2\n\ny\n" },
  { "mboxo and mboxrd do not look at Content-Length", FILTER_MBOX_O,
    "From a D\nContent-Length: 11\n\nx\nFrom b D\n", "From a D\nContent-Length: 11\n\nx\n|From b D\n" },
  { "not told, a stranger's Content-Length swallows no mail", FILTER_MBOX_AUTO,
    "From a D\n\nx\n\nFrom b D\nContent-Length: 11\n\ny\nFrom c D\n",
    "From a D\n\nx\n|From b D\nContent-Length: 11\n\ny\n|From c D\n" },
  { "told so, it holds behind a mail without", FILTER_MBOX_CL2,
    "From a D\n\nx\n\nFrom b D\nContent-Length: 11\n\ny\nFrom c D\n",
    "From a D\n\nx\n|From b D\nContent-Length: 11\n\ny\nFrom c D\n" },
};

static char *
split (int fd, FilterMboxDialect dialect)
{
  g_autoptr (FilterMbox) mbox = filter_mbox_new (fd, dialect);
  g_autoptr (GError) error = NULL;
  GString *mails = g_string_new (NULL);
  for (guint n = 0;; n++)
    {
      g_autoptr (GBytes) mail = NULL;
      gboolean cut = TRUE;
      gboolean ok = filter_mbox_next (mbox, &mail, &cut, &error);
      g_assert_no_error (error);
      g_assert_true (ok);
      if (mail == NULL)
        return g_string_free (mails, FALSE);
      g_assert_false (cut);
      g_string_append (mails, n > 0 ? "|" : "");
      g_string_append_len (mails, g_bytes_get_data (mail, NULL), (gssize)g_bytes_get_size (mail));
    }
}

static int
unnamed_file (const char *text)
{
  g_autofree char *path = g_strdup ("/tmp/test-sources.XXXXXX");
  int fd = g_mkstemp (path);
  g_assert_cmpint (fd, >=, 0);
  g_unlink (path);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (int)strlen (text));
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  return fd;
}

static void
test_split (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *mails = split (unnamed_file (split_cases[i].file), split_cases[i].dialect);
  g_assert_cmpstr (mails, ==, split_cases[i].mails);
}

/* The same octets through a pipe, one by one: where the reads end decides nothing, and a pipe cannot be
 * looked ahead. */
static gpointer
drip (gpointer data)
{
  const char *text = ((gpointer *)data)[0];
  int fd = GPOINTER_TO_INT (((gpointer *)data)[1]);
  for (; *text != '\0'; text++)
    g_assert_cmpint (write (fd, text, 1), ==, 1);
  close (fd);
  return NULL;
}

static void
test_split_pipe (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  gpointer job[] = { (gpointer)split_cases[i].file, GINT_TO_POINTER (ends[1]) };
  GThread *writer = g_thread_new ("drip", drip, job);
  g_autofree char *mails = split (ends[0], split_cases[i].dialect);
  g_thread_join (writer);
  g_assert_cmpstr (mails, ==, split_cases[i].mails);
}

/* A file of @mails mails whose bodies hold @size octets; every From_ line falls somewhere else in the read
 * buffer. */
static void
test_sizes (void)
{
  for (gsize size = 262100; size < 262200; size += 7)
    {
      g_autofree char *body = g_strnfill (size, 'x');
      g_autofree char *file = g_strdup_printf ("From a D\n\n%s\n\nFrom b D\n\n%s\n\nFrom c D\n", body, body);
      g_autofree char *want = g_strdup_printf ("From a D\n\n%s\n|From b D\n\n%s\n|From c D\n", body, body);
      g_autofree char *mails = split (unnamed_file (file), FILTER_MBOX_AUTO);
      g_assert_cmpstr (mails, ==, want);
    }
}

/* 200 MB in one mail, most of it a hole, and a small mail behind it. */
static void
test_huge (gconstpointer data)
{
  static const char second[] = "\n\nFrom b D\n\nsmall\n";
  const char *header = data;
  gint64 hole = 200 * 1024 * 1024;
  int fd = unnamed_file (header);
  g_autoptr (GError) error = NULL;
  gboolean cut = FALSE;
  gssize size = (gssize)strlen (second);
  g_assert_cmpint (pwrite (fd, second, (gsize)size, (off_t)strlen (header) + hole - 1), ==, size);
  g_autoptr (FilterMbox) mbox = filter_mbox_new (fd, FILTER_MBOX_AUTO);
  g_autoptr (GBytes) first_mail = NULL, second_mail = NULL, end = NULL;
  g_assert_true (filter_mbox_next (mbox, &first_mail, &cut, &error));
  g_assert_true (cut);
  g_assert_cmpuint (g_bytes_get_size (first_mail), ==, FILTER_MBOX_MAIL);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (first_mail, NULL), header));
  g_assert_true (filter_mbox_next (mbox, &second_mail, &cut, &error));
  g_assert_false (cut);
  g_assert_cmpmem (g_bytes_get_data (second_mail, NULL), g_bytes_get_size (second_mail), second + 2,
                   sizeof second - 3);
  g_assert_true (filter_mbox_next (mbox, &end, &cut, &error));
  g_assert_null (end);
  g_assert_cmpuint (filter_mbox_octets (mbox), ==, strlen (header) + (gsize)hole - 1 + sizeof second - 1);
}

/* ---- folders ---- */

static char *
make_tree (const char *const *files)
{
  char *tree = g_dir_make_tmp ("test-sources-XXXXXX", NULL);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (tree, files[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      if (g_str_has_suffix (files[i], "/"))
        g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      else
        g_assert_true (g_file_set_contents (path, files[i], -1, NULL));
    }
  return tree;
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* What comes of @arguments under @tree: "path#index " a mail, "(trouble) " for each source that cannot be
 * read. */
static char *
read_all (const char *tree, const char *const *arguments)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (paths, g_build_filename (tree, arguments[i], NULL));
  g_ptr_array_add (paths, NULL);
  g_autoptr (FilterSources) sources
      = filter_sources_new ((const char *const *)paths->pdata, FILTER_MBOX_AUTO, 0);
  GString *found = g_string_new (NULL);
  for (;;)
    {
      g_auto (FilterSourceMail) mail = { 0 };
      g_autoptr (GError) error = NULL;
      switch (filter_sources_next (sources, &mail, &error))
        {
        case FILTER_SOURCES_MAIL:
          g_assert_true (g_str_has_prefix (mail.source, tree));
          g_string_append_printf (found, "%s#%u ", mail.source + strlen (tree) + 1, mail.index);
          break;
        case FILTER_SOURCES_TROUBLE:
          g_assert_nonnull (strstr (error->message, ": "));
          g_string_append (found, "(trouble) ");
          break;
        case FILTER_SOURCES_END:
          return g_string_free (found, FALSE);
        }
    }
}

typedef const char *const Names[24];

static const struct
{
  const char *name;
  Names files;
  Names arguments;
  const char *found;
} folder_cases[] = {
  { "a Maildir is cur and new",
    { "m/cur/2:2,S", "m/cur/10:2,S", "m/cur/.hidden", "m/new/1", "m/tmp/3", "m/dovecot-uidlist",
      "m/cur/sub/1", "m/.Sent/cur/1", "m/Other/1" },
    { "m" },
    "m/cur/2:2,S#1 m/cur/10:2,S#1 m/new/1#1 " },
  { "an empty Maildir", { "m/cur/", "m/new/", "m/tmp/" }, { "m" }, "" },
  { "MH numbers count by their value",
    { "h/10", "h/9", "h/1", "h/,2", "h/#3", "h/4~", "h/.mh_sequences", "h/100" },
    { "h" },
    "h/1#1 h/9#1 h/10#1 h/100#1 " },
  { "any folder is walked down by name",
    { "d/b.eml", "d/a/z", "d/a/y", "d/c", "d/.git/config", "d/c.msf", "d/m/cur/1", "d/m/new/", "d/m/tmp/2" },
    { "d" },
    "d/a/y#1 d/a/z#1 d/b.eml#1 d/c#1 d/m/cur/1#1 " },
  { "arguments come in their order, hidden ones too",
    { "b", "a", ".c" },
    { "b", ".c", "a" },
    "b#1 .c#1 a#1 " },
  { "what is missing is named and the rest goes on",
    { "a", "b" },
    { "a", "none", "b" },
    "a#1 (trouble) b#1 " },
  { "a folder named with a slash", { "d/a" }, { "d/" }, "d/a#1 " },
};

static void
test_folder (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *tree = make_tree (folder_cases[i].files);
  g_autofree char *found = read_all (tree, folder_cases[i].arguments);
  g_assert_cmpstr (found, ==, folder_cases[i].found);
  remove_tree (tree);
}

static void
test_links (void)
{
  g_autofree char *tree = make_tree ((Names){ "real/1", "real/2", "d/3" });
  const struct
  {
    const char *target, *link;
  } links[] = { { "../real/1", "d/file" }, { "../real", "d/folder" }, { "..", "d/loop" },
                { "real/1", "file" },      { "real", "folder" },      { "nowhere", "broken" } };
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *path = g_build_filename (tree, links[i].link, NULL);
      g_assert_cmpint (symlink (links[i].target, path), ==, 0);
    }
  g_autofree char *fifo = g_build_filename (tree, "d", "fifo", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_autofree char *found = read_all (tree, (Names){ "d", "file", "folder", "broken" });
  g_assert_cmpstr (found, ==, "d/3#1 file#1 folder/1#1 folder/2#1 (trouble) ");
  remove_tree (tree);
}

static void
test_unreadable (void)
{
  uid_t user = geteuid ();
  if (user == 0) /* root reads everything */
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_autofree char *tree = make_tree ((Names){ "d/1", "d/2", "d/3", "d/4/1", "d/5" });
  g_autofree char *file = g_build_filename (tree, "d", "2", NULL);
  g_autofree char *folder = g_build_filename (tree, "d", "4", NULL);
  g_assert_cmpint (g_chmod (file, 0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  g_autofree char *found = read_all (tree, (Names){ "d" });
  g_assert_cmpstr (found, ==, "d/1#1 (trouble) d/3#1 (trouble) d/5#1 ");
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  remove_tree (tree);
  g_assert_cmpint (seteuid (user), ==, 0);
}

static void
test_untouched (void)
{
  g_autofree char *tree = make_tree ((Names){ "d/cur/1", "d/new/2" });
  g_autofree char *path = g_build_filename (tree, "d", "cur", "1", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  const struct timespec old[] = { { .tv_sec = 1000 }, { .tv_sec = 2000 } };
  struct stat file, folder, folder_before;
  g_assert_cmpint (utimensat (AT_FDCWD, path, old, 0), ==, 0);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  g_assert_cmpint (stat (parent, &folder_before), ==, 0);
  g_autofree char *found = read_all (tree, (Names){ "d" });
  g_assert_cmpstr (found, ==, "d/cur/1#1 d/new/2#1 ");
  g_assert_cmpint (stat (path, &file), ==, 0);
  g_assert_cmpint (stat (parent, &folder), ==, 0);
  g_assert_cmpint (file.st_atime, ==, 1000);
  g_assert_cmpint (file.st_mtime, ==, 2000);
  g_assert_cmpint (folder.st_mtim.tv_nsec, ==, folder_before.st_mtim.tv_nsec);
  remove_tree (tree);
}

static void
test_since (void)
{
  static const char mails[]
      = "From a Sat Nov 21 10:00:00 2026\n\nold\n\n"
        "From b Sat Nov 21 11:00:00 2026\n\nnew\n\n"
        "From c\n\nwithout a date\n\n"
        "From d Sat Nov 21 10:00:00 2026\nReceived: from x by y; Sat, 21 Nov 2026 12:00:00 +0100\n\nnew\n";
  g_autofree char *tree = make_tree ((Names){ NULL });
  g_autofree char *path = g_build_filename (tree, "inbox", NULL);
  const char *const arguments[] = { path, NULL };
  gint64 since_at = 0;
  guint64 total = 0;
  g_autoptr (GString) found = g_string_new (NULL);
  g_assert_true (g_file_set_contents (path, mails, -1, NULL));
  g_assert_true (filter_date_option ("2026-11-21T11:00:00Z", &since_at));
  g_autoptr (FilterSources) sources = filter_sources_new (arguments, FILTER_MBOX_AUTO, since_at);
  for (;;)
    {
      g_auto (FilterSourceMail) mail = { 0 };
      if (filter_sources_next (sources, &mail, NULL) != FILTER_SOURCES_MAIL)
        break;
      g_string_append_printf (found, "%u ", mail.index);
    }
  g_assert_cmpstr (found->str, ==, "2 3 4 ");
  g_assert_true (filter_sources_total (arguments, &total));
  g_assert_cmpuint (total, ==, sizeof mails - 1);
  g_assert_cmpuint (filter_sources_octets (sources), ==, total);
  g_assert_false (filter_sources_total ((Names){ path, "-" }, &total));
  remove_tree (tree);
}

/* ---- dates ---- */

static const struct
{
  const char *text;
  gint64 at;
} date_cases[] = {
  { "Sat, 21 Nov 2026 10:00:00 +0000", 1795255200 },
  { "Sat, 21 Nov 2026 10:00:00 -0130", 1795255200 + 5400 },
  { "21 nov 26 10:00 GMT", 1795255200 },
  { "Sat, 21 Nov 2026 02:00:00 PST", 1795255200 },
  { "Sat, 21 Nov 2026 12:00:00 +0200 (EST)", 1795255200 },
  { "Sat Nov 21 10:00:00 2026", 1795255200 },
  { "Sat Nov 21 10:00:00 2026 +0100", 1795255200 - 3600 },
  { "Sun Nov  1 10:00:00 2026", 1793527200 },
  { "Sat, 32 Nov 2026 10:00:00 +0000", 0 },
  { "Sat, 21 2026 10:00:00", 0 },
  { "Sat, 21 Nov 2026", 0 },
  { "99:99:99 21 Nov 2026", 0 },
  { "999999999999999999999 Nov 2026 10:00", 0 },
  { "", 0 },
};

static void
test_dates (void)
{
  gint64 at = 0;
  for (guint i = 0; i < G_N_ELEMENTS (date_cases); i++)
    g_assert_cmpint (filter_date_parse (date_cases[i].text), ==, date_cases[i].at);
  g_assert_true (filter_date_option ("2026-11-21", &at));
  g_assert_cmpint (at, ==, 1795255200 - 10 * 3600);
  g_assert_true (filter_date_option ("2026-11-21T10:00:00", &at));
  g_assert_cmpint (at, ==, 1795255200);
  g_assert_false (filter_date_option ("yesterday", &at));
  g_assert_false (filter_date_option ("2026-13-01", &at));
}

static const struct
{
  const char *name, *mail;
  gint64 at;
} received_cases[] = {
  { "the top Received counts, folded too",
    "From a Sat Nov 21 09:00:00 2026\nReceived: by b;\n\tSat, 21 Nov 2026 10:00:00 +0000\nReceived: by c; "
    "Sat, 21 Nov 2026 08:00:00 +0000\n\n",
    1795255200 },
  { "an unreadable Received is passed over",
    "Received: by b; never\nReceived: by c; Sat, 21 Nov 2026 10:00:00 +0000\n\n", 1795255200 },
  { "the From_ line counts before Date",
    "From a Sat Nov 21 10:00:00 2026\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\n", 1795255200 },
  { "a sender of digits is no year", "From 1234 Sat Nov 21 10:00:00 2026\n\n", 1795255200 },
  { "Date at last", "Subject: a\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\n", 1795255200 },
  { "the body does not count", "Subject: a\n\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n", 0 },
  { "an empty mail", "", 0 },
};

static void
test_received (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) mail = g_bytes_new_static (received_cases[i].mail, strlen (received_cases[i].mail));
  g_assert_cmpint (filter_date_received (mail), ==, received_cases[i].at);
}

static void
add (const char *path, const char *name, gsize i, GTestDataFunc func)
{
  g_autofree char *full = g_strconcat (path, name, NULL);
  g_test_add_data_func (full, GSIZE_TO_POINTER (i), func);
}

/* For tests/mbox-python.sh: length and digest of each mail of @path, without its From_ line. */
static int
print_split (const char *path)
{
  g_autoptr (FilterMbox) mbox = filter_mbox_new (open (path, O_RDONLY | O_CLOEXEC), FILTER_MBOX_AUTO);
  for (;;)
    {
      g_autoptr (GBytes) mail = NULL;
      gboolean cut;
      if (!filter_mbox_next (mbox, &mail, &cut, NULL))
        return 1;
      if (mail == NULL)
        return 0;
      gsize length = g_bytes_get_size (mail);
      const guchar *text = g_bytes_get_data (mail, NULL), *end = memchr (text, '\n', length);
      const guchar *rest = end != NULL ? end + 1 : text + length;
      gsize left = (gsize)(text + length - rest);
      g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, rest, left);
      g_print ("%" G_GSIZE_FORMAT " %s\n", left, digest);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--split"))
    return print_split (argv[2]);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      add ("/split/file/", split_cases[i].name, i, test_split);
      add ("/split/pipe/", split_cases[i].name, i, test_split_pipe);
    }
  g_test_add_func ("/split/a From_ line anywhere in the read buffer", test_sizes);
  g_test_add_data_func ("/split/a huge mail is cut and the next one is whole", "From a D\nSubject: huge\n\n",
                        test_huge);
  g_test_add_data_func ("/split/a huge mail with a true Content-Length",
                        "From a D\nContent-Length: 209715200\n\n", test_huge);
  for (gsize i = 0; i < G_N_ELEMENTS (folder_cases); i++)
    add ("/folder/", folder_cases[i].name, i, test_folder);
  g_test_add_func ("/folder/links and pipes count as arguments only", test_links);
  g_test_add_func ("/folder/what cannot be read is named and the rest goes on", test_unreadable);
  g_test_add_func ("/folder/nothing is touched", test_untouched);
  g_test_add_func ("/since/older mails are passed over, undated ones are not", test_since);
  g_test_add_func ("/date/as mail and people write it", test_dates);
  for (gsize i = 0; i < G_N_ELEMENTS (received_cases); i++)
    add ("/received/", received_cases[i].name, i, test_received);
  return g_test_run ();
}
