/* submit.c - hands mail to the MTA's sendmail program, or to a Maildir. */
#include "build-config.h"

#include "submit.h"

#include <string.h>

#include "address.h"
#include "maildir.h"
#include "program.h"

#define WAIT_MS (30 * 1000)

static gboolean
fail (GError **error, GFileError code, const char *what, const char *why)
{
  g_set_error (error, G_FILE_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/* ---- addresses as arguments ---- */

static gboolean
is_null_sender (const char *sender)
{
  return sender == NULL || *sender == '\0' || g_str_equal (sender, "<>")
         || g_ascii_strcasecmp (sender, "MAILER-DAEMON") == 0;
}

/* A line end in an address would be one in the MTA's queue file (H27). */
static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

/* ---- handing over ---- */

gboolean
filter_submit_mail (const FilterConfig *config, const char *sender, const char *recipient, GBytes *octets,
                    GError **error)
{
  gboolean null_sender = is_null_sender (sender);
  if (*recipient == '-' || *recipient == '\0' || has_control (recipient)
      || (!null_sender && has_control (sender)))
    return fail (error, G_FILE_ERROR_INVAL, config->sendmail, "no address to hand over (R13)");
  /* Arguments are read as RFC 5322 addresses, and a canonical local part is unquoted. "<>" is what every
   * sendmail takes for the null sender; with it no notice of any kind can come back (R71), and -N is left
   * out, since Exim's sendmail takes that for "do not deliver". */
  g_autofree char *from = null_sender ? g_strdup ("<>") : filter_address_quoted (sender);
  g_autofree char *to = filter_address_quoted (recipient);
  char *argv[] = { config->sendmail, (char *)"-i", (char *)"-f", from, (char *)"--", to, NULL };
  return filter_program_run (argv, octets, WAIT_MS, FALSE, error);
}

/* The From_ line of an mbox or of a local delivery is no part of the mail (R26). */
static GBytes *
without_from_line (GBytes *octets)
{
  gsize size;
  const char *start = g_bytes_get_data (octets, &size);
  const char *end = size >= 5 && memcmp (start, "From ", 5) == 0 ? memchr (start, '\n', size) : NULL;
  gsize skip = end != NULL ? (gsize)(end + 1 - start) : 0;
  return g_bytes_new_from_bytes (octets, skip, size - skip);
}

gboolean
filter_submit_pass (const FilterConfig *config, const char *pass, const char *sender, GBytes *octets,
                    GError **error)
{
  if (pass == NULL)
    return TRUE;
  g_autoptr (GBytes) mail = without_from_line (octets);
  const char *target = strchr (pass, ':') + 1;
  if (g_str_has_prefix (pass, "maildir:"))
    return filter_maildir_deliver (target, mail, error);
  /* what cannot be a sender must not keep the mail here for ever (R17) */
  const char *usable = is_null_sender (sender) || has_control (sender) ? "" : sender;
  return filter_submit_mail (config, usable, target, mail, error);
}

/* ---- the way through the program ---- */

typedef struct
{
  FilterTransport transport;
  const FilterConfig *config;
} Program;

static FilterSubmitResult
hand_to_program (FilterTransport *transport, const StoreReply *reply, char **why_out,
                 G_GNUC_UNUSED char **said_out)
{
  g_autoptr (GError) error = NULL;
  if (filter_submit_mail (((Program *)transport)->config, reply->sender, reply->recipient, reply->mail,
                          &error))
    return FILTER_SUBMIT_SENT;
  *why_out = g_strdup (error->message);
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INTR)    ? FILTER_SUBMIT_UNCERTAIN
         : g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INVAL) ? FILTER_SUBMIT_FAILED
                                                                     : FILTER_SUBMIT_WAITS;
}

static void
free_program (FilterTransport *transport)
{
  g_free (transport);
}

FilterTransport *
filter_submit_program (const FilterConfig *config)
{
  Program *program = g_new0 (Program, 1);
  *program = (Program){ { hand_to_program, free_program }, config };
  return &program->transport;
}

void
filter_transport_free (FilterTransport *transport)
{
  if (transport != NULL)
    transport->free (transport);
}
