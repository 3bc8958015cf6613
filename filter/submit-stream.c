/* submit-stream.c - see submit-stream.h. libetpan bounds each wait for octets; a server that sends one now
 * and then would be waited for without end, so a driver of ours stands around libetpan's and gives each wait
 * what is left. */
#include "build-config.h"

#include "submit-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BUFFER 8192
#define ROOM (64 * 1024) /* what a server may say until the next deadline is set */

typedef struct
{
  mailstream_low *inner; /* the socket, or TLS over it */
  gint64 deadline;
  gsize room;
} Bound;

/* ---- the driver ---- */

/* Whole seconds that are left, as libetpan counts; 0: none, which it would take for its default. */
static time_t
seconds_left (const Bound *bound)
{
  gint64 left = bound->deadline - g_get_monotonic_time ();
  return left > 0 ? (time_t)((left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND) : 0;
}

static gboolean
prepare (mailstream_low *low)
{
  Bound *bound = low->data;
  time_t seconds = seconds_left (bound);
  mailstream_low_set_timeout (bound->inner, seconds);
  return seconds > 0;
}

static ssize_t
bound_read (mailstream_low *low, void *octets, size_t count)
{
  Bound *bound = low->data;
  if (bound->room == 0 || !prepare (low))
    return -1;
  ssize_t size = bound->inner->driver->mailstream_read (bound->inner, octets, MIN (count, bound->room));
  bound->room -= size > 0 ? (gsize)size : 0;
  return size;
}

static ssize_t
bound_write (mailstream_low *low, const void *octets, size_t count)
{
  Bound *bound = low->data;
  return prepare (low) ? bound->inner->driver->mailstream_write (bound->inner, octets, count) : -1;
}

static int
bound_close (mailstream_low *low)
{
  return mailstream_low_close (((Bound *)low->data)->inner);
}

static int
bound_fd (mailstream_low *low)
{
  return mailstream_low_get_fd (((Bound *)low->data)->inner);
}

static void
bound_free (mailstream_low *low)
{
  mailstream_low_free (((Bound *)low->data)->inner);
  g_free (low->data);
  free (low); /* libetpan's malloc() made it */
}

static void
bound_cancel (mailstream_low *low)
{
  mailstream_low_cancel (((Bound *)low->data)->inner);
}

static struct mailstream_cancel *
bound_get_cancel (mailstream_low *low)
{
  return mailstream_low_get_cancel (((Bound *)low->data)->inner);
}

static carray *
bound_chain (mailstream_low *low)
{
  return mailstream_low_get_certificate_chain (((Bound *)low->data)->inner);
}

static mailstream_low_driver bound_driver = {
  .mailstream_read = bound_read,
  .mailstream_write = bound_write,
  .mailstream_close = bound_close,
  .mailstream_get_fd = bound_fd,
  .mailstream_free = bound_free,
  .mailstream_cancel = bound_cancel,
  .mailstream_get_cancel = bound_get_cancel,
  .mailstream_get_certificate_chain = bound_chain,
};

mailstream *
filter_stream_new (int fd, gint64 deadline)
{
  Bound *bound = g_new0 (Bound, 1);
  *bound = (Bound){ mailstream_low_socket_open (fd), deadline, ROOM };
  g_assert (bound->inner != NULL); /* no memory */
  mailstream *stream = mailstream_new (mailstream_low_new (bound, &bound_driver), BUFFER);
  g_assert (stream != NULL);
  return stream;
}

void
filter_stream_set_deadline (mailstream *stream, gint64 deadline)
{
  Bound *bound = mailstream_get_low (stream)->data;
  bound->deadline = deadline;
  bound->room = ROOM;
}

/* ---- TLS ---- */

static void
set_name (struct mailstream_ssl_context *context, void *host)
{
  if (!g_hostname_is_ip_address (host)) /* RFC 6066 section 3 */
    mailstream_ssl_set_server_name (context, host);
}

gboolean
filter_stream_start_tls (mailstream *stream, const char *host)
{
  Bound *bound = mailstream_get_low (stream)->data;
  time_t seconds = seconds_left (bound);
  int fd = mailstream_low_get_fd (bound->inner);
  int flags = fcntl (fd, F_GETFL);
  if (seconds == 0 || flags < 0 || fcntl (fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
    return FALSE;
  mailstream_low *inner = mailstream_low_tls_open_with_callback_timeout (fd, seconds, set_name, (char *)host);
  if (inner == NULL)
    return FALSE;
  mailstream_low_free (bound->inner); /* leaves the socket open */
  bound->inner = inner;
  return TRUE;
}

/* ---- connecting ---- */

static int
finish_connect (int fd, gint64 deadline)
{
  struct pollfd entry = { fd, POLLOUT, 0 };
  int reason = ETIMEDOUT;
  socklen_t size = sizeof reason;
  gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  if (left > 0 && poll (&entry, 1, (int)left) > 0)
    getsockopt (fd, SOL_SOCKET, SO_ERROR, &reason, &size);
  return reason;
}

/* A connected socket, or -1 with errno. */
static int
connect_to (const struct sockaddr *address, socklen_t size, gint64 deadline)
{
  struct timeval patience = { 30, 0 }; /* libetpan waits until there is room, and then for all of it */
  int fd = socket (address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  int reason = connect (fd, address, size) == 0 ? 0 : errno;
  if (reason == EINPROGRESS)
    reason = finish_connect (fd, deadline);
  if (reason == 0
      && (fcntl (fd, F_SETFL, 0) != 0
          || setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0))
    reason = errno;
  if (reason == 0)
    return fd;
  close (fd);
  errno = reason;
  return -1;
}

static int
connect_unix (const char *path, gint64 deadline, const char **why_out)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  if (g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path)
    {
      *why_out = "the path of the socket is too long";
      return -1;
    }
  int fd = connect_to ((struct sockaddr *)&address, sizeof address, deadline);
  if (fd < 0)
    *why_out = g_strerror (errno);
  return fd;
}

int
filter_stream_connect (const char *host, guint port, gint64 deadline, const char **why_out)
{
  if (port == 0)
    return connect_unix (host, deadline, why_out);
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG }, *found;
  g_autofree char *service = g_strdup_printf ("%u", port);
  int reason = getaddrinfo (host, service, &hints, &found), fd = -1;
  if (reason != 0)
    {
      *why_out = gai_strerror (reason);
      return -1;
    }
  for (struct addrinfo *one = found; one != NULL && fd < 0; one = one->ai_next)
    fd = connect_to (one->ai_addr, one->ai_addrlen, deadline);
  if (fd < 0)
    *why_out = g_strerror (errno);
  freeaddrinfo (found);
  return fd;
}
