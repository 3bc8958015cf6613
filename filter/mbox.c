/* mbox.c - see mbox.h */
#include "build-config.h"
#include "mbox.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_SIZE (256u * 1024)
#define MAX_HEADER (1024u * 1024)
#define SEPARATOR "\nFrom "
#define SEPARATOR_SIZE (sizeof SEPARATOR - 1)
#define FROM "From "
#define FROM_SIZE (sizeof FROM - 1)

struct FilterMbox
{
  int fd;
  gboolean started, ended;
  gboolean many; /* a mailbox, not one mail */
  gboolean unquote;
  gboolean use_lengths; /* look at Content-Length at all */
  gboolean one_lie;     /* a mail without a true one ends that: in an mboxrd file the field is a stranger's */
  guint64 octets;       /* read so far */
  guint8 *data;         /* what was read and is not given out yet stands from begin up to end */
  gsize size, begin, end;
};

static const struct
{
  const char *name;
  FilterMboxDialect dialect;
  gboolean unquote, use_lengths, one_lie;
} dialects[] = {
  { "auto", FILTER_MBOX_AUTO, FALSE, TRUE, TRUE },
  { "mboxo", FILTER_MBOX_O, FALSE, FALSE, FALSE },
  { "mboxrd", FILTER_MBOX_RD, TRUE, FALSE, FALSE },
  { "mboxcl2", FILTER_MBOX_CL2, FALSE, TRUE, FALSE },
};

gboolean
filter_mbox_dialect (const char *name, FilterMboxDialect *dialect_out)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (g_str_equal (dialects[i].name, name))
      {
        *dialect_out = dialects[i].dialect;
        return TRUE;
      }
  return FALSE;
}

FilterMbox *
filter_mbox_new (int fd, FilterMboxDialect dialect)
{
  FilterMbox *mbox = g_new0 (FilterMbox, 1);
  g_assert (dialects[dialect].dialect == dialect);
  mbox->fd = fd;
  mbox->unquote = dialects[dialect].unquote;
  mbox->use_lengths = dialects[dialect].use_lengths;
  mbox->one_lie = dialects[dialect].one_lie;
  return mbox;
}

void
filter_mbox_free (FilterMbox *mbox)
{
  if (mbox == NULL)
    return;
  close (mbox->fd);
  g_free (mbox->data);
  g_free (mbox);
}

guint64
filter_mbox_octets (const FilterMbox *mbox)
{
  return mbox->octets;
}

static gsize
available (const FilterMbox *mbox)
{
  return mbox->end - mbox->begin;
}

static const guint8 *
front (const FilterMbox *mbox)
{
  return mbox->data + mbox->begin;
}

/* Reads on. Data moves to the front only when at least as much was given out: each octet moves once. */
static gboolean
fill (FilterMbox *mbox, GError **error)
{
  if (mbox->begin > 0 && mbox->begin >= available (mbox))
    {
      memcpy (mbox->data, front (mbox), available (mbox));
      mbox->end -= mbox->begin;
      mbox->begin = 0;
    }
  if (mbox->size - mbox->end < READ_SIZE)
    {
      mbox->size = MAX (mbox->size * 2, 2 * READ_SIZE);
      mbox->data = g_realloc (mbox->data, mbox->size);
    }
  ssize_t got = read (mbox->fd, mbox->data + mbox->end, READ_SIZE);
  if (got < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  mbox->ended = got == 0;
  mbox->end += (gsize)got;
  mbox->octets += (guint64)got;
  return TRUE;
}

/* Until @count octets are there, or the file has no more. */
static gboolean
fill_to (FilterMbox *mbox, gsize count, GError **error)
{
  while (available (mbox) < count && !mbox->ended)
    if (!fill (mbox, error))
      return FALSE;
  return TRUE;
}

static gboolean
starts (const guint8 *text, gsize length, const char *word)
{
  return length >= strlen (word) && memcmp (text, word, strlen (word)) == 0;
}

/* Octets of the empty line that @text starts with. */
static gsize
empty_line (const guint8 *text, gsize length)
{
  return starts (text, length, "\n") ? 1 : starts (text, length, "\r\n") ? 2 : 0;
}

/* The number in a line "Content-Length: 123", -1 when it is none. */
static gint64
content_length (const guint8 *line, gsize length)
{
  static const char name[] = "content-length:";
  if (length < sizeof name - 1 || g_ascii_strncasecmp ((const char *)line, name, sizeof name - 1) != 0)
    return -1;
  g_autofree char *value = g_strndup ((const char *)line + sizeof name - 1, length - (sizeof name - 1));
  guint64 number;
  if (!g_ascii_string_to_unsigned (g_strstrip (value), 10, 0, G_MAXINT32 * (guint64)1024, &number, NULL))
    return -1;
  return (gint64)number;
}

/* Where the body would end by Content-Length, counted from the front; -1 when the header does not say. The
 * header ends at an empty line; a From_ line before that is the next mail's. */
static gboolean
find_length (FilterMbox *mbox, gint64 *length_out, GError **error)
{
  gint64 number = -1;
  for (gsize at = 0; at < MAX_HEADER;)
    {
      const guint8 *line = front (mbox) + at;
      const guint8 *end = at < available (mbox) ? memchr (line, '\n', available (mbox) - at) : NULL;
      if (end == NULL && !mbox->ended)
        {
          if (!fill (mbox, error))
            return FALSE;
          continue;
        }
      if (end == NULL || (at > 0 && starts (line, available (mbox) - at, FROM)))
        break;
      gsize next = (gsize)(end + 1 - front (mbox));
      if (empty_line (line, next - at) > 0)
        {
          *length_out = number < 0 ? -1 : (gint64)next + number;
          return TRUE;
        }
      number = MAX (number, content_length (line, next - at));
      at = next;
    }
  *length_out = -1;
  return TRUE;
}

/* Up to @count octets from @at, counted from the front, without reading the stream on where the file can be
 * asked. */
static gsize
peek (FilterMbox *mbox, gint64 at, guint8 *buffer, gsize count)
{
  if (at + (gint64)count <= (gint64)available (mbox) || mbox->ended)
    {
      gsize left = at < (gint64)available (mbox) ? available (mbox) - (gsize)at : 0;
      count = MIN (count, left);
      if (count > 0)
        memcpy (buffer, front (mbox) + at, count);
      return count;
    }
  off_t here = lseek (mbox->fd, 0, SEEK_CUR);
  ssize_t got = here < 0 ? -1 : pread (mbox->fd, buffer, count, here - (off_t)available (mbox) + at);
  return got > 0 ? (gsize)got : 0;
}

/* Does a mail really end at @stop? The octet before it is looked at too: a From_ line stands at the start of
 * a line. */
static gboolean
ends_at (FilterMbox *mbox, gint64 stop)
{
  guint8 text[1 + 2 + FROM_SIZE];
  gsize got = peek (mbox, stop - 1, text, sizeof text);
  if (got == 0)
    return FALSE;
  gsize line = empty_line (text + 1, got - 1);
  gboolean at_start = text[0] == '\n' || line > 0;
  return got == 1 + line || (at_start && starts (text + 1 + line, got - 1 - line, FROM));
}

/* Sets *stop_out to where the mail in front ends when a Content-Length is to be believed, else to -1. */
static gboolean
stop_by_length (FilterMbox *mbox, gint64 *stop_out, GError **error)
{
  gint64 stop = -1;
  if (mbox->many && mbox->use_lengths)
    {
      if (!find_length (mbox, &stop, error))
        return FALSE;
      /* A pipe cannot be asked what stands further on; it is read up to there instead. */
      if (stop >= 0 && stop <= (gint64)FILTER_MBOX_MAIL && lseek (mbox->fd, 0, SEEK_CUR) < 0
          && !fill_to (mbox, (gsize)stop + 2 + FROM_SIZE, error))
        return FALSE;
      if (stop >= 0 && !ends_at (mbox, stop))
        stop = -1;
      if (stop < 0 && mbox->one_lie)
        mbox->use_lengths = FALSE;
    }
  *stop_out = stop;
  return TRUE;
}

/* Where the mail in front ends, from the front, looking from @from on; -1: not in what was read so far. */
static gint64
find_stop (const FilterMbox *mbox, gsize from, gint64 stop)
{
  if (stop >= 0 || !mbox->many)
    return stop >= 0 && stop <= (gint64)available (mbox) ? stop : -1;
  const guint8 *found = memmem (front (mbox) + from, available (mbox) - from, SEPARATOR, SEPARATOR_SIZE);
  return found != NULL ? found + 1 - front (mbox) : -1;
}

/* Without the one empty line that stands between mails. */
static gsize
trim (const guint8 *text, gsize length)
{
  if (length >= 3 && memcmp (text + length - 3, "\n\r\n", 3) == 0)
    return length - 2;
  return length >= 2 && memcmp (text + length - 2, "\n\n", 2) == 0 ? length - 1 : length;
}

/* mboxrd: one ">" off each line of ">"s and "From ". */
static GBytes *
unquoted (GBytes *mail)
{
  gsize length, kept = 0;
  const guint8 *text = g_bytes_get_data (mail, &length);
  guint8 *copy = g_malloc (length + 1);
  for (gsize at = 0; at < length;)
    {
      const guint8 *end = memchr (text + at, '\n', length - at);
      gsize next = end != NULL ? (gsize)(end + 1 - text) : length;
      gsize marks = 0;
      while (at + marks < next && text[at + marks] == '>')
        marks++;
      if (marks > 0 && starts (text + at + marks, next - at - marks, FROM))
        at++;
      memcpy (copy + kept, text + at, next - at);
      kept += next - at;
      at = next;
    }
  g_bytes_unref (mail);
  return g_bytes_new_take (copy, kept);
}

/* The mail in front, and past it. Over the limit its start is put aside and the rest is read and let go. */
static gboolean
take (FilterMbox *mbox, gint64 stop, GBytes **mail_out, gboolean *cut_out, GError **error)
{
  g_autoptr (GBytes) mail = NULL;
  gboolean by_length = stop >= 0;
  gsize looked = 0;
  gint64 found;
  while ((found = find_stop (mbox, looked, stop)) < 0 && !mbox->ended)
    {
      looked = available (mbox) - MIN (available (mbox), SEPARATOR_SIZE - 1);
      if (mail == NULL && available (mbox) > FILTER_MBOX_MAIL)
        mail = g_bytes_new (front (mbox), FILTER_MBOX_MAIL);
      if (mail != NULL)
        {
          mbox->begin += looked;
          stop -= by_length ? (gint64)looked : 0;
          looked = 0;
        }
      if (!fill (mbox, error))
        return FALSE;
    }
  gsize length = found < 0 ? available (mbox) : (gsize)found;
  gsize wanted = mbox->many && !by_length ? trim (front (mbox), length) : length;
  *cut_out = mail != NULL || wanted > FILTER_MBOX_MAIL;
  if (mail == NULL)
    mail = g_bytes_new (front (mbox), MIN (wanted, FILTER_MBOX_MAIL));
  mbox->begin += length;
  *mail_out = mbox->unquote && mbox->many ? unquoted (g_steal_pointer (&mail)) : g_steal_pointer (&mail);
  return TRUE;
}

gboolean
filter_mbox_next (FilterMbox *mbox, GBytes **mail_out, gboolean *cut_out, GError **error)
{
  gint64 stop;
  gboolean first = !mbox->started;
  if (!fill_to (mbox, FROM_SIZE, error))
    return FALSE;
  mbox->started = TRUE;
  if (first)
    mbox->many = starts (front (mbox), available (mbox), FROM);
  else
    mbox->begin += empty_line (front (mbox), available (mbox)); /* after a mail that ended by its length */
  if (!first && available (mbox) == 0)
    {
      *mail_out = NULL;
      return TRUE;
    }
  return stop_by_length (mbox, &stop, error) && take (mbox, stop, mail_out, cut_out, error);
}
