/* progress.c - see progress.h */
#include "progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR 24
#define REDRAW_US 100000

struct FilterProgress
{
  gboolean seen;
  gboolean drawn;
  guint64 total;
  const char *unit;
  gint64 started_us, drawn_us;
};

gboolean
filter_progress_is_seen (void)
{
  return isatty (STDERR_FILENO) == 1;
}

FilterProgress *
filter_progress_new (guint64 total, const char *unit)
{
  FilterProgress *progress = g_new0 (FilterProgress, 1);
  progress->seen = filter_progress_is_seen ();
  progress->total = total;
  progress->unit = unit;
  progress->started_us = g_get_monotonic_time ();
  return progress;
}

char *
filter_progress_line (guint64 octets, guint64 total, guint64 count, const char *unit, double seconds,
                      const char *rest)
{
  GString *line = g_string_new (NULL);
  double part = total > 0 ? MIN (1.0, (double)octets / (double)total) : 0;
  if (total > 0)
    {
      g_string_append_c (line, '[');
      for (int i = 0; i < BAR; i++)
        g_string_append_c (line, i < (int)(part * BAR) ? '=' : ' ');
      g_string_append_printf (line, "] %3d %%  ", (int)(part * 100));
    }
  g_string_append_printf (line, "%" G_GUINT64_FORMAT " %s", count, unit);
  if (seconds > 0)
    g_string_append_printf (line, "  %.0f/s", (double)count / seconds);
  if (part > 0 && seconds > 1)
    {
      guint64 left = (guint64)(seconds / part * (1 - part) + 0.5);
      g_string_append_printf (line, "  %" G_GUINT64_FORMAT ":%02u left", left / 60, (guint)(left % 60));
    }
  g_string_append_printf (line, "  %s", rest);
  return g_string_free (line, FALSE);
}

void
filter_progress_show (FilterProgress *progress, guint64 octets, guint64 count, const char *rest)
{
  gint64 now_us = g_get_monotonic_time ();
  struct winsize size = { 0 };
  if (!progress->seen || (progress->drawn && now_us - progress->drawn_us < REDRAW_US))
    return;
  g_autofree char *line
      = filter_progress_line (octets, progress->total, count, progress->unit,
                              (double)(now_us - progress->started_us) / G_USEC_PER_SEC, rest);
  int width = ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
  fprintf (stderr, "\r%.*s\033[K", width, line);
  fflush (stderr);
  progress->drawn = TRUE;
  progress->drawn_us = now_us;
}

void
filter_progress_pages (guint64 done, guint64 total, gpointer data)
{
  FilterProgress **progress = data;
  if (*progress == NULL)
    *progress = filter_progress_new (total, "pages");
  filter_progress_show (*progress, done, done, "copied");
}

void
filter_progress_hide (FilterProgress *progress)
{
  if (!progress->drawn)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  progress->drawn = FALSE;
}

void
filter_progress_free (FilterProgress *progress)
{
  if (progress == NULL)
    return;
  filter_progress_hide (progress);
  g_free (progress);
}
