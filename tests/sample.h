/* sample.h - which of the mails that a test has by the thousand it reads */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include <glib.h>

/* Is number @serial left out, where one in @of is read? SAMPLE of the environment makes that one in SAMPLE
 * times as many, or with 0 all of them. */
static inline gboolean
sample_spares (guint serial, guint of)
{
  const char *told = g_getenv ("SAMPLE");
  const guint times = told != NULL ? (guint)g_ascii_strtoull (told, NULL, 10) : 1;
  return serial % MAX (of * times, 1) != 0;
}

#endif
