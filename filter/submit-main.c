/* submit-main.c - the program optout-send: the command "send" with the libraries that speak SMTP and TLS. */
#include "outcome.h"
#include "send.h"
#include "start.h"
#include "submit-smtp.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  FilterGlobal global = { NULL, NULL };
  char *name = (char *)"send";
  if (!filter_start () || argc == 0)
    return FILTER_EXIT_RETRY;
  argv[0] = name;
  if (!filter_start_global (&global, &argc, argv))
    return filter_complain (FILTER_EXIT_USAGE, name, "-c and --store need a value");
  int code = filter_send_through (&global, argc, argv, filter_submit_smtp);
  return fflush (stdout) == 0 && !ferror (stdout) ? code : FILTER_EXIT_RETRY;
}
