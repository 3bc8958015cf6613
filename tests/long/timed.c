/* timed.c - reads a mailbox, or a file of nothing but text, and says how long the processor took
 *
 * speed bare MBOX: GMime alone parses each mail and decodes its texts
 * speed read MBOX: the whole detection, in this process
 * speed text FILE: the whole detection of one mail that holds the file's text */
#include "parser.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void
decode (G_GNUC_UNUSED GMimeObject *parent, GMimeObject *part, G_GNUC_UNUSED gpointer data)
{
  if (!GMIME_IS_PART (part))
    return;
  GMimeDataWrapper *content = g_mime_part_get_content (GMIME_PART (part));
  GMimeStream *sink = g_mime_stream_mem_new ();
  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, sink);
  g_object_unref (sink);
}

static void
read_bare (const char *mail, gsize size)
{
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (mail, size);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL)
    {
      g_mime_message_foreach (message, decode, NULL);
      g_object_unref (message);
    }
  g_object_unref (parser);
  g_object_unref (stream);
}

static void
read_whole (const char *mail, gsize size)
{
  const ParserOptions options = { 0 };
  g_autoptr (GBytes) octets = g_bytes_new_static (mail, size);
  g_autoptr (ParserFacts) facts = parser_read (octets, &options);
  g_assert (facts != NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *octets = NULL, *mail = NULL;
  gsize size;
  guint mails = 0;
  if (argc != 3 || !g_file_get_contents (argv[2], &octets, &size, NULL))
    return 64;
  parser_init ();
  if (strcmp (argv[1], "text") == 0)
    {
      mail = g_steal_pointer (&octets);
      octets = g_strdup_printf ("From: a@example.org\nTo: b@example.org\n\n%s", mail);
      size = strlen (octets);
    }
  clock_t start = clock ();
  for (const char *at = octets, *end = octets + size; at < end; mails++)
    {
      const char *next = g_strstr_len (at + 1, end - at - 1, "\n\nFrom ");
      gsize length = next && *argv[1] != 't' ? (gsize)(next + 2 - at) : (gsize)(end - at);
      const char *line = memchr (at, '\n', length);
      gsize from_line = *argv[1] == 't' ? 0 : (gsize)(line + 1 - at);
      if (strcmp (argv[1], "bare") == 0)
        read_bare (at + from_line, length - from_line);
      else
        read_whole (at + from_line, length - from_line);
      at += length;
    }
  printf ("%u %.4f\n", mails, (double)(clock () - start) / CLOCKS_PER_SEC);
  return 0;
}
