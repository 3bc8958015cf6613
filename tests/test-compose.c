/* test-compose.c - what we write, read back with GMime and octet by octet (R63, R66-R70, H25, H26, H28-H30).
 */
#include "parser.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)

static const ParserReply plain = {
  .from_name = "Metrix Example preferences",
  .from = "preferences@metrix.example",
  .to = "ann@example.org",
  .subject = "You are unsubscribed",
  .body = "Hello,\n\nyou get no more marketing mail.\n",
  .message_id = "<optout.ab.cd@metrix.example>",
  .in_reply_to = "<wish@example.org>",
  .loop_marker = "preferences@metrix.example",
  .language = "en",
  .date_at = 1795255200, /* 2026-11-21 10:00 */
  .auto_replied = TRUE,
};

static char *
composed (const ParserReply *reply)
{
  g_autoptr (GBytes) octets = parser_compose (reply);
  gsize size;
  const char *data = g_bytes_get_data (octets, &size);
  g_assert_cmpuint (strlen (data), ==, size);
  return g_strndup (data, size);
}

static GMimeMessage *
read_back (const char *mail)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (mail, strlen (mail));
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  g_assert_nonnull (message);
  return message;
}

static const char *
header (GMimeMessage *message, const char *name)
{
  return g_mime_object_get_header (GMIME_OBJECT (message), name);
}

/* Header fields of that name, counted in the octets, where no parser helps. */
static guint
fields (const char *mail, const char *name)
{
  g_autofree char *head = g_strndup (mail, (gsize)(strstr (mail, "\n\n") + 1 - mail));
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);
  guint count = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (name);
      count += g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':';
    }
  return count;
}

static void
assert_well_formed (const char *mail)
{
  static const char *const once[]
      = { "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type" };
  static const char *const never[]
      = { "Cc", "Bcc", "Reply-To", "Sender", "List-Unsubscribe", "Disposition-Notification-To" };
  for (guint i = 0; i < G_N_ELEMENTS (once); i++)
    g_assert_cmpuint (fields (mail, once[i]), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_cmpuint (fields (mail, never[i]), ==, 0);
  g_assert_null (strchr (mail, '\r'));
  g_assert_true (g_str_has_suffix (mail, "\n"));
  gsize column = 0;
  for (const char *c = mail; *c != '\0'; c++)
    {
      column = *c == '\n' ? 0 : column + 1;
      g_assert_cmpuint (column, <=, 78);
      g_assert_true (g_ascii_isprint (*c) || *c == '\n' || *c == '\t');
    }
}

static char *
body_of (GMimeMessage *message)
{
  GMimeObject *part = g_mime_message_get_mime_part (message);
  g_assert_true (GMIME_IS_TEXT_PART (part));
  return g_mime_text_part_get_text (GMIME_TEXT_PART (part));
}

static void
is_this_to_the_letter (void)
{
  g_autofree char *mail = composed (&plain);
  g_assert_cmpstr (mail, ==,
                   "From: Metrix Example preferences <preferences@metrix.example>\n"
                   "To: ann@example.org\n"
                   "Subject: You are unsubscribed\n"
                   "Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
                   "Message-ID: <optout.ab.cd@metrix.example>\n"
                   "In-Reply-To: <wish@example.org>\n"
                   "References: <wish@example.org>\n"
                   "Auto-Submitted: auto-replied\n"
                   "X-Loop: preferences@metrix.example\n"
                   "MIME-Version: 1.0\n"
                   "Content-Type: text/plain; charset=utf-8\n"
                   "Content-Transfer-Encoding: 7bit\n"
                   "Content-Language: en\n"
                   "\n"
                   "Hello,\n\nyou get no more marketing mail.\n");
  assert_well_formed (mail);
}

static void
is_utf8_for_an_address_beyond_ascii (void)
{
  ParserReply reply = plain;
  reply.to = "jos\303\251.m@example.org";
  g_autofree char *mail = composed (&reply);
  g_assert_nonnull (strstr (mail, "\nTo: jos\303\251.m@example.org\n"));
  reply.to = "jos\303\251 m@example.org";
  g_autofree char *quoted = composed (&reply);
  g_assert_nonnull (strstr (quoted, "\nTo: \"jos\303\251 m\"@example.org\n"));
}

static void
reads_back_in_every_language (void)
{
  static const struct
  {
    const char *name, *subject, *body;
  } texts[] = {
    { "Büro für Größeres", "Sie bekommen keine Werbung mehr: Büro für Größeres und außerdem Ärger",
      "Guten Tag,\n\nSie bekommen ab sofort keine Werbung mehr. Rückgängig: RÜCKGÄNGIG.\n" },
    { "Société Générale d’Exemple",
      "Vous êtes désinscrit·e de toutes nos communications commerciales à compter d’aujourd’hui",
      "Bonjour,\n\nvous ne recevrez plus de publicité à partir d’aujourd’hui.\n" },
    { "Compañía Ejemplo", "Ya no recibirá más publicidad",
      "Hola:\n\nya no recibirá publicidad. ¿Un error? DESHACER.\n" },
    { "例え", "配信停止のお知らせ、配信停止のお知らせ、配信停止のお知らせ、配信停止のお知らせ",
      "配信を停止しました。\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ParserReply reply = plain;
      reply.from_name = texts[i].name;
      reply.subject = texts[i].subject;
      reply.body = texts[i].body;
      g_autofree char *mail = composed (&reply);
      assert_well_formed (mail);
      g_autoptr (GMimeMessage) message = read_back (mail);
      g_autofree char *body = body_of (message);
      g_assert_cmpstr (g_mime_message_get_subject (message), ==, texts[i].subject);
      g_assert_cmpstr (body, ==, texts[i].body);
      InternetAddressList *from = g_mime_message_get_from (message);
      g_assert_cmpint (internet_address_list_length (from), ==, 1);
      g_assert_cmpstr (internet_address_get_name (internet_address_list_get_address (from, 0)), ==,
                       texts[i].name);
    }
}

/* R69: a word that is encoded ends on the line on which it began. */
static void
keeps_encoded_words_whole (void)
{
  ParserReply reply = plain;
  g_autofree char *subject = g_strnfill (300, 'x');
  for (guint i = 0; i < 300; i += 7)
    subject[i] = ' ';
  g_autofree char *umlauts
      = g_strconcat (g_strstrip (subject), " größer Äpfel Öl über ", subject, " Übermut", NULL);
  reply.subject = umlauts;
  g_autofree char *mail = composed (&reply);
  assert_well_formed (mail);
  g_auto (GStrv) lines = g_strsplit (mail, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      guint opened = 0, closed = 0;
      for (const char *c = lines[i]; (c = strstr (c, "=?utf-8?B?")) != NULL; c += 2)
        opened++;
      for (const char *c = lines[i]; (c = strstr (c, "?=")) != NULL; c += 2)
        closed++;
      g_assert_cmpuint (opened, ==, closed);
    }
  g_autoptr (GMimeMessage) message = read_back (mail);
  g_assert_cmpstr (g_mime_message_get_subject (message), ==, umlauts);
}

static void
long_lines_are_quoted_printable (void)
{
  ParserReply reply = plain;
  g_autofree char *words = g_strnfill (1000, 'a');
  g_autofree char *body = g_strconcat ("From here on\n.\n", words, "\n\nend\n", NULL);
  reply.body = body;
  g_autofree char *mail = composed (&reply);
  assert_well_formed (mail);
  g_autoptr (GMimeMessage) message = read_back (mail);
  g_autofree char *back = body_of (message);
  g_assert_cmpstr (back, ==, body);
}

static void
says_once_that_a_machine_wrote_it (void)
{
  ParserReply digest = plain;
  digest.auto_replied = FALSE;
  digest.in_reply_to = NULL;
  digest.loop_marker = NULL;
  digest.language = NULL;
  digest.from_name = NULL;
  g_autofree char *mail = composed (&digest);
  assert_well_formed (mail);
  g_assert_nonnull (strstr (mail, "\nAuto-Submitted: auto-generated\n"));
  g_assert_true (g_str_has_prefix (mail, "From: preferences@metrix.example\n"));
  g_assert_cmpuint (fields (mail, "In-Reply-To"), ==, 0);
  g_assert_cmpuint (fields (mail, "References"), ==, 0);
  g_assert_cmpuint (fields (mail, "X-Loop"), ==, 0);
}

/* R68: the parent's References and the parent; the parent alone; nothing without one. */
static void
answers_in_the_thread (void)
{
  static const char *const older[] = { "<first@example.org>", "<second@example.org>", NULL };
  ParserReply reply = plain;
  reply.references = older;
  g_autofree char *mail = composed (&reply);
  g_autoptr (GMimeMessage) message = read_back (mail);
  g_assert_cmpstr (header (message, "In-Reply-To"), ==, "<wish@example.org>");
  g_assert_cmpstr (header (message, "References"), ==,
                   "<first@example.org> <second@example.org> <wish@example.org>");

  reply.in_reply_to = NULL;
  g_autofree char *alone = composed (&reply);
  g_assert_cmpuint (fields (alone, "References"), ==, 0);
  g_assert_cmpuint (fields (alone, "In-Reply-To"), ==, 0);
}

static void
keeps_the_first_and_the_last_of_many_references (void)
{
  char *many[1001] = { NULL };
  for (guint i = 0; i < 1000; i++)
    many[i] = g_strdup_printf ("<%u.thread@a-rather-long-host-name.example.org>", i);
  ParserReply reply = plain;
  reply.references = (const char *const *)many;
  g_autofree char *mail = composed (&reply);
  assert_well_formed (mail);
  g_autoptr (GMimeMessage) message = read_back (mail);
  const char *references = header (message, "References");
  g_assert_true (g_str_has_prefix (references, "<0.thread@"));
  g_assert_true (g_str_has_suffix (references, "<wish@example.org>"));
  g_assert_nonnull (strstr (references, "<999.thread@"));
  g_assert_null (strstr (references, "<500.thread@"));
  for (guint i = 0; i < 1000; i++)
    g_free (many[i]);
}

static void
leaves_out_ids_that_are_none (void)
{
  g_autofree char *letters = g_strnfill (1000000, 'a');
  g_autofree char *huge = g_strconcat ("<", letters, "@b>", NULL);
  const char *const bad[] = { "<a@b>\nBcc: <v@e.example>",
                              "<a\r\nb@c>",
                              "<a\tb@c>",
                              "<\xc3\xa4@b>",
                              "a@b",
                              "<",
                              "",
                              "<>",
                              "<a<b@c>",
                              "<%s%n> x",
                              huge };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *const references[] = { bad[i], "<good@example.org>", NULL };
      ParserReply reply = plain;
      reply.references = references;
      g_autofree char *mail = composed (&reply);
      assert_well_formed (mail);
      g_autoptr (GMimeMessage) message = read_back (mail);
      g_assert_cmpstr (header (message, "References"), ==, "<good@example.org> <wish@example.org>");

      reply.in_reply_to = bad[i];
      g_autofree char *orphan = composed (&reply);
      assert_well_formed (orphan);
      g_assert_cmpuint (fields (orphan, "In-Reply-To"), ==, 0);
      g_assert_cmpuint (fields (orphan, "References"), ==, 0);
    }
}

/* H25, H28-H30: what would be a command elsewhere is text here. */
static void
hostile_words_stay_words (void)
{
  static const char *const words[]
      = { "=?utf-8?Q?unsubscribe=0D=0ABcc:_v@e.example?=", "%s%n%x %{x} ${HOME} $(id) `id`",
          "\"quoted\" <x@y.example>, (comment); group: a@b;", "-oQ/tmp --config=/x", "Bcc: v@e.example" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      ParserReply reply = plain;
      reply.subject = words[i];
      reply.from_name = words[i];
      reply.body = words[i];
      g_autofree char *body = g_strconcat (words[i], "\n", NULL);
      reply.body = body;
      g_autofree char *mail = composed (&reply);
      assert_well_formed (mail);
      g_autoptr (GMimeMessage) message = read_back (mail);
      g_assert_cmpint (internet_address_list_length (g_mime_message_get_from (message)), ==, 1);
      g_assert_cmpint (internet_address_list_length (g_mime_message_get_to (message)), ==, 1);
      InternetAddress *from = internet_address_list_get_address (g_mime_message_get_from (message), 0);
      g_assert_cmpstr (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (from)), ==, plain.from);
    }
}

static void
odd_recipients_stay_one_recipient (void)
{
  static const char *const odd[]
      = { "-oq/tmp@x.example", "john doe@example.org", "a,b@example.org", "a\"b@example.org",
          "a>b@example.org",   "$(id)@example.org",    "a@b@example.org", "(a)@example.org" };
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      ParserReply reply = plain;
      reply.to = odd[i];
      g_autofree char *mail = composed (&reply);
      assert_well_formed (mail);
      g_autoptr (GMimeMessage) message = read_back (mail);
      InternetAddressList *to = g_mime_message_get_to (message);
      g_assert_cmpint (internet_address_list_length (to), ==, 1);
    }
}

static void
a_line_end_in_a_header_is_our_own_mistake (void)
{
  if (g_test_subprocess ())
    {
      ParserReply reply = plain;
      reply.subject = "one\nBcc: v@e.example";
      g_bytes_unref (parser_compose (&reply));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

/* RFC 2046 section 5.1.4: the page behind the plain text; nothing else of the mail changes. */
static void
a_page_stands_behind_the_plain_text (void)
{
  static const char page[] = "<!DOCTYPE html>\n<html lang=\"hi\"><p>नमस्ते, नमस्ते, नमस्ते</p></html>\n";
  ParserReply reply = plain;
  reply.html = page;
  reply.language = "hi";
  g_autofree char *mail = composed (&reply), *again = composed (&reply);
  g_autoptr (GMimeMessage) message = read_back (mail);
  GMimeObject *body = g_mime_message_get_mime_part (message);
  g_assert_cmpstr (mail, ==, again);
  g_assert_true (GMIME_IS_MULTIPART (body));
  g_assert_true (
      g_mime_content_type_is_type (g_mime_object_get_content_type (body), "multipart", "alternative"));
  g_assert_cmpint (g_mime_multipart_get_count (GMIME_MULTIPART (body)), ==, 2);
  for (int i = 0; i < 2; i++)
    {
      GMimeObject *part = g_mime_multipart_get_part (GMIME_MULTIPART (body), i);
      g_autofree char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
      g_assert_cmpstr (text, ==, i == 0 ? reply.body : page);
      g_assert_cmpstr (g_mime_object_get_header (part, "Content-Language"), ==, "hi");
      g_assert_cmpstr (g_mime_content_type_get_media_subtype (g_mime_object_get_content_type (part)), ==,
                       i == 0 ? "plain" : "html");
    }
  g_assert_cmpuint (fields (mail, "Auto-Submitted"), ==, 1);
  g_auto (GStrv) lines = g_strsplit (mail, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 78);
  g_assert_true (g_str_is_ascii (mail));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  g_test_add_func ("/compose/is-this-to-the-letter", is_this_to_the_letter);
  g_test_add_func ("/compose/an-address-beyond-ascii-is-utf-8", is_utf8_for_an_address_beyond_ascii);
  g_test_add_func ("/compose/reads-back-in-every-language", reads_back_in_every_language);
  g_test_add_func ("/compose/keeps-encoded-words-whole", keeps_encoded_words_whole);
  g_test_add_func ("/compose/long-lines-are-quoted-printable", long_lines_are_quoted_printable);
  g_test_add_func ("/compose/says-once-that-a-machine-wrote-it", says_once_that_a_machine_wrote_it);
  g_test_add_func ("/compose/answers-in-the-thread", answers_in_the_thread);
  g_test_add_func ("/compose/keeps-the-first-and-the-last-of-many-references",
                   keeps_the_first_and_the_last_of_many_references);
  g_test_add_func ("/compose/leaves-out-ids-that-are-none", leaves_out_ids_that_are_none);
  g_test_add_func ("/compose/hostile-words-stay-words", hostile_words_stay_words);
  g_test_add_func ("/compose/odd-recipients-stay-one-recipient", odd_recipients_stay_one_recipient);
  g_test_add_func ("/compose/a-line-end-in-a-header-is-our-own-mistake",
                   a_line_end_in_a_header_is_our_own_mistake);
  g_test_add_func ("/compose/a-page-stands-behind-the-plain-text", a_page_stands_behind_the_plain_text);
  return g_test_run ();
}
