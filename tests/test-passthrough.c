/* test-passthrough.c - our trace field: in front of the header, and nothing else of the mail changes (R16).
 */
#include "trace.h"

#include <string.h>

static const struct
{
  const char *name, *mail, *want;
} cases[] = {
  /* clang-format off */
  { "an ordinary mail", "From: a@x.example\nSubject: hi\n\nbody\n", "Optout-Verdict: V\nFrom: a@x.example\nSubject: hi\n\nbody\n" },
  { "the mail's own line ends", "From: a@x.example\r\n\r\nbody\r\n", "Optout-Verdict: V\r\nFrom: a@x.example\r\n\r\nbody\r\n" },
  { "after a From_ line", "From a@x.example Mon\nTo: b\n\nx", "From a@x.example Mon\nOptout-Verdict: V\nTo: b\n\nx" },
  { "after a From_ line with CRLF", "From a Mon\r\nTo: b\r\n", "From a Mon\r\nOptout-Verdict: V\r\nTo: b\r\n" },
  { "a forged one goes", "A: 1\nOptout-Verdict: act=none\nB: 2\n\nx\n", "Optout-Verdict: V\nA: 1\nB: 2\n\nx\n" },
  { "a forged one goes with its continuation lines", "optout-VERDICT : act=none;\n\tx=y\n z\nB: 2\n c\n\nx\n", "Optout-Verdict: V\nB: 2\n c\n\nx\n" },
  { "all forged ones go, the last one without an end too", "Optout-Verdict: 1\nOptout-Verdict: 2", "Optout-Verdict: V\n" },
  { "behind a line of blanks, which ends no header", "A: 1\n \nOptout-Verdict: 1\n\nx", "Optout-Verdict: V\nA: 1\n \n\nx" },
  { "behind a line that is no field", "A: 1\nnonsense\nOptout-Verdict: 1\n\nx", "Optout-Verdict: V\nA: 1\nnonsense\n\nx" },
  { "a field whose name only begins so stays", "Optout-Verdict-Of: 1\n\n", "Optout-Verdict: V\nOptout-Verdict-Of: 1\n\n" },
  { "the words in a body stay", "A: 1\n\nOptout-Verdict: 1\n", "Optout-Verdict: V\nA: 1\n\nOptout-Verdict: 1\n" },
  { "the words in a continuation line stay", "A: 1\n Optout-Verdict: 1\n\n", "Optout-Verdict: V\nA: 1\n Optout-Verdict: 1\n\n" },
  { "a first line that continues nothing does not continue ours", "From a Mon\n ; act=record\n\tx\nA: 1\n\nx", "From a Mon\n ; act=record\n\tx\nOptout-Verdict: V\nA: 1\n\nx" },
  { "no octets", "", "Optout-Verdict: V\n" },
  { "no header", "\r\nbody", "Optout-Verdict: V\r\n\r\nbody" },
  { "a last line without an end", "A: 1\n\nbody", "Optout-Verdict: V\nA: 1\n\nbody" },
  { "nothing but a From_ line without an end", "From a", "From aOptout-Verdict: V\n" },
  /* clang-format on */
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) mail = g_bytes_new_static (cases[i].mail, strlen (cases[i].mail));
  g_autoptr (GBytes) result = filter_trace_add (mail, "V");
  gsize size;
  const char *octets = g_bytes_get_data (result, &size);
  g_assert_cmpmem (octets, size, cases[i].want, strlen (cases[i].want));
}

static void
test_octets (void)
{
  static const char mail[] = "A: \0\xff\xfe\r\nB: 1\n\n\0\r\r\n\xe4 \n.\n";
  static const char want[] = "Optout-Verdict: V\r\nA: \0\xff\xfe\r\nB: 1\n\n\0\r\r\n\xe4 \n.\n";
  g_autoptr (GBytes) octets = g_bytes_new_static (mail, sizeof mail - 1);
  g_autoptr (GBytes) result = filter_trace_add (octets, "V");
  g_assert_cmpmem (g_bytes_get_data (result, NULL), g_bytes_get_size (result), want, sizeof want - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/passthrough/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/passthrough/octets of any kind stay", test_octets);
  return g_test_run ();
}
