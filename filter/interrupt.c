/* interrupt.c - see interrupt.h */
#include "interrupt.h"

#include <signal.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

/* Held back, so that neither we nor a child are stopped in the middle of a group. */
void
filter_interrupt_hold (void)
{
  sigset_t held;
  sigemptyset (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaddset (&held, signals[i]);
  sigprocmask (SIG_BLOCK, &held, NULL);
}

gboolean
filter_interrupted (void)
{
  sigset_t pending;
  gboolean any = FALSE;
  if (sigpending (&pending) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    any = any || sigismember (&pending, signals[i]) == 1;
  return any;
}
