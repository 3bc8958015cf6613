/* submit-smtp.c - see submit-smtp.h. libetpan speaks; what a reply code means is judged here (RFC 5321
 * section 4.2). */
#include "build-config.h"

#include "submit-smtp.h"

#include <libetpan/mailsmtp.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "submit-stream.h"
#include "submit-tls.h"

#define SAID 300     /* characters of the server's words that are kept */
#define ARGUMENT 400 /* libetpan cuts a command at 513 octets without a word */

typedef struct
{
  FilterTransport transport;
  const FilterConfig *config;
  mailsmtp *session; /* NULL: no connection */
} Smtp;

/* ---- what the server says ---- */

static int
code_of (const Smtp *smtp)
{
  return smtp->session != NULL ? smtp->session->response_code : 0;
}

/* libetpan leaves the last answer in its place when it cannot write the next command. */
static void
forget (const Smtp *smtp)
{
  smtp->session->response_code = 0;
}

/* Its first line, for people: it may hold anything. */
static char *
words_of (const Smtp *smtp)
{
  const char *response = smtp->session->response != NULL ? smtp->session->response : "";
  g_autofree char *line = g_strndup (response, MIN (strcspn (response, "\r\n"), SAID));
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_strdup_printf ("%d %s", code_of (smtp), g_strstrip (valid));
}

static void
hang_up (Smtp *smtp)
{
  if (smtp->session != NULL)
    mailsmtp_free (smtp->session); /* with QUIT, where there is still a connection */
  smtp->session = NULL;
}

/* ---- opening ---- */

static gboolean
start_tls (Smtp *smtp, char **why_out)
{
  mailstream *stream = smtp->session->stream;
  const char *host = smtp->config->submit_host;
  if (!filter_stream_start_tls (stream, host))
    {
      *why_out = g_strdup ("no TLS comes about with the server");
      return FALSE;
    }
  return filter_config_tls (smtp->config) != FILTER_TLS_REQUIRED
         || filter_tls_check (stream, host, smtp->config->ca_file, why_out);
}

static gboolean
say_hello (Smtp *smtp, char **why_out)
{
  forget (smtp);
  if (smtp->config->submit == FILTER_SUBMIT_LMTP)
    mailesmtp_lhlo (smtp->session, g_get_host_name ());
  else
    mailesmtp_ehlo (smtp->session);
  if (code_of (smtp) == 250)
    return TRUE;
  *why_out = g_strdup_printf ("%s was answered with %d",
                              smtp->config->submit == FILTER_SUBMIT_LMTP ? "LHLO" : "EHLO", code_of (smtp));
  return FALSE;
}

/* STARTTLS and a new EHLO, as far as it is to be; what was offered before is forgotten (RFC 3207
 * section 4.2). */
static gboolean
upgrade (Smtp *smtp, char **why_out)
{
  FilterTls tls = filter_config_tls (smtp->config);
  gboolean offered = (smtp->session->esmtp & MAILSMTP_ESMTP_STARTTLS) != 0;
  if (smtp->config->submit != FILTER_SUBMIT_SMTP || tls == FILTER_TLS_NO
      || (tls == FILTER_TLS_WHEN_OFFERED && !offered))
    return TRUE;
  if (!offered)
    {
      *why_out = g_strdup ("the server offers no STARTTLS, and [reply] tls = required; is smtps:// meant?");
      return FALSE;
    }
  forget (smtp);
  /* What came behind the answer came from whoever stands between, and would be taken for the server's words
   * under TLS (CVE-2020-15953); Debian's libetpan sees it too. */
  if (mailesmtp_starttls (smtp->session) != MAILSMTP_NO_ERROR || smtp->session->stream->read_buffer_len > 0)
    {
      *why_out = code_of (smtp) == 220
                     ? g_strdup ("the server went on to speak without TLS: somebody may stand between")
                     : g_strdup_printf ("STARTTLS was answered with %d", code_of (smtp));
      return FALSE;
    }
  return start_tls (smtp, why_out) && say_hello (smtp, why_out);
}

static gboolean
log_in_with (Smtp *smtp, const char *password, char **why_out)
{
  const char *user = smtp->config->submit_user, *host = smtp->config->submit_host;
  const char *name = (smtp->session->auth & MAILSMTP_AUTH_PLAIN) != 0   ? "PLAIN"
                     : (smtp->session->auth & MAILSMTP_AUTH_LOGIN) != 0 ? "LOGIN"
                                                                        : NULL;
  if (name == NULL || 4 * (2 * strlen (user) + strlen (password)) / 3 > ARGUMENT)
    {
      *why_out = g_strdup (name == NULL ? "the server offers neither AUTH PLAIN nor AUTH LOGIN"
                                        : "user and password are too long for AUTH");
      return FALSE;
    }
  forget (smtp);
  if (mailesmtp_auth_sasl (smtp->session, name, host, NULL, NULL, user, user, password, NULL)
          == MAILSMTP_NO_ERROR
      && code_of (smtp) == 235)
    return TRUE;
  *why_out = code_of (smtp) == 0
                 ? g_strdup_printf ("AUTH %s was not answered; is libsasl2-modules installed?", name)
                 : g_strdup_printf ("AUTH %s was answered with %d; see [reply] user and password-file", name,
                                    code_of (smtp));
  return FALSE;
}

static gboolean
log_in (Smtp *smtp, char **why_out)
{
  g_autoptr (GError) error = NULL;
  if (smtp->config->submit_user == NULL)
    return TRUE;
  char *password = filter_secret_password (smtp->config->password_file, &error);
  if (password == NULL)
    {
      *why_out = g_strdup (error->message);
      return FALSE;
    }
  gboolean done = log_in_with (smtp, password, why_out);
  explicit_bzero (password, strlen (password));
  g_free (password);
  return done;
}

static gint64
deadline_of (const Smtp *smtp)
{
  return g_get_monotonic_time () + smtp->config->submit_timeout_s * G_TIME_SPAN_SECOND;
}

/* The server's first line. Of smtps TLS stands before it, and libetpan has no session then to ask. */
static gboolean
greet (Smtp *smtp, int fd, gint64 deadline, char **why_out)
{
  mailstream *stream = filter_stream_new (fd, deadline);
  smtp->session->stream = stream;
  if (smtp->config->submit == FILTER_SUBMIT_SMTPS && !start_tls (smtp, why_out))
    return FALSE;
  if (mailsmtp_connect (smtp->session, stream) == MAILSMTP_NO_ERROR)
    return TRUE;
  *why_out = code_of (smtp) == 0 ? g_strdup ("the server does not greet")
                                 : g_strdup_printf ("the server greets with %d", code_of (smtp));
  return FALSE;
}

static gboolean
open_connection (Smtp *smtp, char **why_out)
{
  gint64 deadline = deadline_of (smtp);
  const char *why;
  int fd = filter_stream_connect (smtp->config->submit_host, smtp->config->submit_port, deadline, &why);
  if (fd < 0)
    {
      *why_out = smtp->config->submit_port != 0 ? g_strdup_printf (
                     "%s, port %u: %s", smtp->config->submit_host, smtp->config->submit_port, why)
                                                : g_strdup_printf ("%s: %s", smtp->config->submit_host, why);
      return FALSE;
    }
  smtp->session = mailsmtp_new (0, NULL);
  g_assert (smtp->session != NULL);
  return greet (smtp, fd, deadline, why_out) && say_hello (smtp, why_out) && upgrade (smtp, why_out)
         && log_in (smtp, why_out);
}

/* ---- one mail ---- */

/* What an answer other than yes means. Who must log in, or may not speak now, hears the same for every mail.
 */
static FilterSubmitResult
judge (const Smtp *smtp)
{
  static const int ours[] = { 421, 530, 535, 538 };
  int code = code_of (smtp);
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    if (code == ours[i])
      return FILTER_SUBMIT_AWAY;
  return code / 100 == 4 ? FILTER_SUBMIT_WAITS : code / 100 == 5 ? FILTER_SUBMIT_REFUSED : FILTER_SUBMIT_AWAY;
}

/* @step was not answered as it should be. */
static FilterSubmitResult
refused (Smtp *smtp, const char *step, char **why_out, char **said_out)
{
  FilterSubmitResult result = judge (smtp);
  if (code_of (smtp) == 0)
    *why_out = g_strdup_printf ("the connection broke before %s was answered", step);
  else
    {
      *why_out = g_strdup_printf ("%s was answered with %d", step, code_of (smtp));
      *said_out = words_of (smtp);
    }
  if (result == FILTER_SUBMIT_AWAY || mailsmtp_reset (smtp->session) != MAILSMTP_NO_ERROR)
    hang_up (smtp);
  return result;
}

/* Lines end in LF here and libetpan sends CR LF; it ends the last one itself. */
static gsize
size_of (const char *mail, gsize size)
{
  return size > 0 && mail[size - 1] == '\n' ? size - 1 : size;
}

/* From the final dot on, no answer may mean that it was taken (RFC 5321 section 4.2.5, R73). */
static FilterSubmitResult
send_mail (Smtp *smtp, GBytes *octets, char **why_out, char **said_out)
{
  gsize size;
  const char *mail = g_bytes_get_data (octets, &size);
  forget (smtp);
  mailsmtp_data (smtp->session);
  if (code_of (smtp) != 354)
    return refused (smtp, "DATA", why_out, said_out);
  mailsmtp_data_message (smtp->session, mail, size_of (mail, size));
  int code = code_of (smtp);
  if (code / 100 == 2)
    return FILTER_SUBMIT_SENT;
  if (code == 354 || code / 100 == 4 || code / 100 == 5) /* 354: not all of it could be written */
    {
      if (code == 354)
        forget (smtp);
      return refused (smtp, "the mail", why_out, said_out);
    }
  *why_out = g_strdup ("the server gave no answer to the whole mail: perhaps it was sent");
  hang_up (smtp);
  return FILTER_SUBMIT_UNCERTAIN;
}

/* Who is told when it cannot be delivered: nobody, but where an envelope sender is set it gets failures
 * (R71). */
static int
notify_of (const char *sender)
{
  return *sender == '\0' ? MAILSMTP_DSN_NOTIFY_NEVER : MAILSMTP_DSN_NOTIFY_FAILURE;
}

static FilterSubmitResult
speak (Smtp *smtp, const char *sender, const StoreReply *reply, char **why_out, char **said_out)
{
  g_autofree char *to = filter_address_quoted (reply->recipient);
  filter_stream_set_deadline (smtp->session->stream, deadline_of (smtp));
  forget (smtp);
  mailesmtp_mail_size (smtp->session, sender, 0, NULL, g_bytes_get_size (reply->mail));
  if (code_of (smtp) / 100 != 2)
    {
      FilterSubmitResult result = refused (smtp, "MAIL FROM", why_out, said_out);
      return result == FILTER_SUBMIT_REFUSED ? FILTER_SUBMIT_FAILED : result; /* said of us */
    }
  forget (smtp);
  mailesmtp_rcpt (smtp->session, to, notify_of (sender), NULL);
  if (code_of (smtp) / 100 != 2)
    return refused (smtp, "RCPT TO", why_out, said_out);
  return send_mail (smtp, reply->mail, why_out, said_out);
}

/* R47: SMTPUTF8 is not spoken here. What libetpan would cut, or take for a command of its own, never reaches
 * it (H27). */
static gboolean
is_usable (const char *address)
{
  gsize length = strlen (address);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (address[i]) || strchr ("<>", address[i]) != NULL)
      return FALSE;
  return length < ARGUMENT;
}

static FilterSubmitResult
hand_to_server (FilterTransport *transport, const StoreReply *reply, char **why_out, char **said_out)
{
  Smtp *smtp = (Smtp *)transport;
  g_autofree char *sender = filter_address_quoted (reply->sender);
  if (*reply->recipient == '\0' || !is_usable (reply->recipient) || !is_usable (sender))
    {
      *why_out = g_strdup ("the address goes through submit = sendmail only (R47)");
      return FILTER_SUBMIT_FAILED;
    }
  for (gboolean fresh = FALSE;; fresh = TRUE)
    {
      fresh = fresh || smtp->session == NULL;
      if (smtp->session == NULL && !open_connection (smtp, why_out))
        {
          hang_up (smtp);
          return FILTER_SUBMIT_AWAY;
        }
      FilterSubmitResult result = speak (smtp, sender, reply, why_out, said_out);
      /* a server may end a connection after so many mails, or so much time */
      if (result != FILTER_SUBMIT_AWAY || fresh)
        return result;
      g_clear_pointer (why_out, g_free);
      g_clear_pointer (said_out, g_free);
    }
}

static void
free_smtp (FilterTransport *transport)
{
  hang_up ((Smtp *)transport);
  g_free (transport);
}

FilterTransport *
filter_submit_smtp (const FilterConfig *config)
{
  Smtp *smtp = g_new0 (Smtp, 1);
  *smtp = (Smtp){ { hand_to_server, free_smtp }, config, NULL };
  return &smtp->transport;
}
