/* postfix-policyd.c - Postfix asks, mail by mail: may this go out? The policy protocol of Postfix's
 * SMTPD_POLICY_README, on standard input and output under spawn(8). Never yes when unsure. */
#include "build-config.h"

#include "address.h"
#include "admin.h"
#include "log.h"
#include "outcome.h"
#include "postfix.h"
#include "privileges.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define LINE_MOST 8192     /* Postfix cuts lines at 2048 */
#define REQUESTS_MOST 1000 /* the store is opened again after so many */
#define OPEN_MOST_S 60     /* or so long */

#define DUNNO "DUNNO"
#define DEFER "DEFER_IF_PERMIT 4.3.0 Consent cannot be looked up now"
#define NO_ADDRESS "REJECT 5.1.3 Consent cannot be looked up: no address"

typedef struct
{
  FilterAdmin admin;
  const FilterCategory *category; /* NULL: the sender says it */
  char *action;                   /* --action, or NULL */
  guint asked;                    /* of the store since it was opened */
  gint64 opened_at;               /* monotonic */
} Policyd;

static void
policyd_clear (Policyd *policyd)
{
  filter_admin_clear (&policyd->admin);
  g_free (policyd->action);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Policyd, policyd_clear)

/* spawn(8) connects standard error to Postfix too, which would take what it reads there for an answer. */
static int
fail (const char *why)
{
  filter_log (LOG_WARNING, "policyd: %s", why);
  if (isatty (STDERR_FILENO))
    filter_complain (FILTER_EXIT_RETRY, "policyd", "%s", why);
  return FILTER_EXIT_RETRY;
}

/* ---- a request ---- */

typedef struct
{
  char *request, *sender, *recipient;
  gboolean malformed;
} Request;

static void
request_clear (Request *request)
{
  g_free (request->request);
  g_free (request->sender);
  g_free (request->recipient);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

/* What we need may stand once; the other attributes only have to look like some. */
static void
take_attribute (Request *request, const char *line)
{
  const struct
  {
    const char *name;
    char **value;
  } wanted[] = {
    { "request=", &request->request },
    { "sender=", &request->sender },
    { "recipient=", &request->recipient },
  };
  if (*line == '=' || strchr (line, '=') == NULL)
    request->malformed = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (g_str_has_prefix (line, wanted[i].name))
      {
        request->malformed = request->malformed || *wanted[i].value != NULL;
        g_free (*wanted[i].value);
        *wanted[i].value = g_strdup (line + strlen (wanted[i].name));
      }
}

/* A line without its end. *sound is FALSE when it is too long or holds a NUL; it is read to its end all the
 * same. FALSE where the input ends. */
static gboolean
read_line (GString *line, gboolean *sound)
{
  int octet;
  g_string_truncate (line, 0);
  *sound = TRUE;
  while ((octet = getc_unlocked (stdin)) != EOF && octet != '\n')
    if (octet == '\0' || line->len >= LINE_MOST)
      *sound = FALSE;
    else
      g_string_append_c (line, (char)octet);
  return octet == '\n';
}

/* FALSE where the input ends; *cut_out: in the middle of a request. */
static gboolean
read_request (Request *request, gboolean *cut_out)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean sound, begun = FALSE;
  while (read_line (line, &sound))
    {
      if (sound && line->len == 0)
        return TRUE;
      begun = TRUE;
      if (sound)
        take_attribute (request, line->str);
      else
        request->malformed = TRUE;
    }
  *cut_out = begun || line->len > 0 || !sound;
  return FALSE;
}

static gboolean
is_whole (const Request *request)
{
  return !request->malformed && g_strcmp0 (request->request, "smtpd_access_policy") == 0
         && request->sender != NULL && request->recipient != NULL;
}

/* ---- the answer ---- */

/* The store, kept open from request to request; a backup may have been brought back in its place. */
static gboolean
settle_store (Policyd *policyd, GError **error)
{
  FilterAdmin *admin = &policyd->admin;
  gint64 now = g_get_monotonic_time ();
  if (admin->store != NULL && policyd->asked < REQUESTS_MOST
      && now - policyd->opened_at < OPEN_MOST_S * G_TIME_SPAN_SECOND && store_in_place (admin->store, NULL))
    return TRUE;
  filter_admin_close (admin);
  policyd->asked = 0;
  policyd->opened_at = now;
  return filter_admin_try_open (admin, FALSE, error);
}

static gboolean
look_up (Policyd *policyd, const char *address, const FilterCategory *category, gboolean *stopped_out,
         GError **error)
{
  g_auto (FilterAnswer) answer = { 0 };
  if (!settle_store (policyd, error)
      || !filter_gate_ask (policyd->admin.store, policyd->admin.config, address, category, &answer, error))
    return FALSE;
  policyd->asked++;
  *stopped_out = !filter_answer_is_yes (&answer);
  return TRUE;
}

/* The caller frees. */
static char *
decide (Policyd *policyd, const Request *request)
{
  g_autoptr (GError) error = NULL;
  gboolean stopped;
  if (!is_whole (request))
    {
      filter_log (LOG_WARNING, "policyd: deferred: a malformed request");
      return g_strdup (DEFER);
    }
  const FilterCategory *category = policyd->category != NULL
                                       ? policyd->category
                                       : filter_config_sender (policyd->admin.config, request->sender);
  if (category == NULL || category->essential || *request->recipient == '\0')
    return g_strdup (DUNNO);
  g_autofree char *address = filter_address_canonical (request->recipient);
  if (address == NULL)
    return g_strdup (NO_ADDRESS);
  if (look_up (policyd, address, category, &stopped, &error))
    return stopped ? filter_postfix_action (policyd->action, category) : g_strdup (DUNNO);
  filter_log (LOG_WARNING, "policyd: deferred: %s", error->message);
  filter_admin_close (&policyd->admin);
  return g_strdup (DEFER);
}

static int
serve (Policyd *policyd)
{
  gboolean cut = FALSE;
  for (;;)
    {
      g_auto (Request) request = { 0 };
      if (!read_request (&request, &cut))
        break;
      g_autofree char *action = decide (policyd, &request);
      if (printf ("action=%s\n\n", action) < 0 || fflush (stdout) != 0)
        return fail ("an answer could not be written");
    }
  return ferror (stdin) ? fail (g_strerror (errno))
         : cut          ? fail ("the input ended in the middle of a request")
                        : FILTER_EXIT_DONE;
}

/* ---- the command ---- */

static gboolean
has_senders (const FilterConfig *config)
{
  for (guint i = 0; i < config->categories->len; i++)
    if (((const FilterCategory *)g_ptr_array_index (config->categories, i))->senders[0] != NULL)
      return TRUE;
  return FALSE;
}

/* As root, before anything is read, it becomes the configured user (R15). */
static gboolean
prepare (Policyd *policyd, const FilterGlobal *global, const char *category, GError **error)
{
  FilterConfig *config = policyd->admin.config
      = filter_config_load (global->config_file, global->store_url, error);
  if (config == NULL || !filter_privileges_drop (config, error))
    return FALSE;
  policyd->category = category != NULL ? filter_config_category (config, category) : NULL;
  if (policyd->action != NULL && !filter_postfix_is_action (policyd->action))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--action: not a short line of ASCII");
  else if (category != NULL && policyd->category == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: no such category", category);
  else if (category == NULL && !has_senders (config)) /* every mail would pass */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "no CATEGORY, and no [category] has senders: nothing would ever be stopped");
  else
    return TRUE;
  return FALSE;
}

int
filter_policyd (const FilterGlobal *global, int argc, char **argv)
{
  g_auto (Policyd) policyd = { .admin.command = "policyd" };
  const GOptionEntry entries[] = {
    { "action", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &policyd.action,
      "What Postfix does with mail that is stopped (default REJECT)", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *help = NULL;
  filter_log_open ();
  if (!filter_options_read (entries, "[CATEGORY]",
                            "Answers Postfix, mail by mail, whether it may go out: for check_policy_service, "
                            "under spawn(8).\nWithout CATEGORY the sender says it: [category] senders.",
                            &argc, &argv, &help, &error))
    return fail (error->message);
  if (help != NULL)
    return fputs (help, stdout) >= 0 ? FILTER_EXIT_DONE : FILTER_EXIT_RETRY;
  if (argc > 2)
    return fail ("one CATEGORY at most");
  if (!prepare (&policyd, global, argc > 1 ? argv[1] : NULL, &error))
    return fail (error->message);
  return serve (&policyd);
}
