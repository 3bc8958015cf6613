/* mailbox.c - addresses and message-ids out of header values: tokenised first, never decoded (R37) */
#include <string.h>

#include "internal.h"

#define MAX_MESSAGE_ID 500 /* octets; a longer one would not fit a line of ours (R68) */

typedef struct
{
  GPtrArray *specs;
  GString *bare;  /* words outside of angle brackets */
  GString *angle; /* what stands inside */
  gboolean has_angle;
  gboolean open; /* something did not close: from there on nothing does */
} Mailboxes;

static void
add_spec (GPtrArray *specs, const char *spec)
{
  g_autofree char *stripped = g_strstrip (g_strdup (spec));
  if (*stripped)
    g_ptr_array_add (specs, g_steal_pointer (&stripped));
}

/* Without brackets an address is one word: "Ann Smith ann@example.org" is ann@example.org. */
static void
add_bare (GPtrArray *specs, const char *bare)
{
  if (strchr (bare, '"')) /* a quoted local part may hold blanks */
    {
      if (strchr (bare, '@'))
        add_spec (specs, bare);
      return;
    }
  g_auto (GStrv) words = g_strsplit_set (bare, " \t", -1);
  for (guint i = 0; words[i]; i++)
    if (strchr (words[i], '@'))
      add_spec (specs, words[i]);
}

static void
flush_mailbox (Mailboxes *boxes)
{
  if (boxes->has_angle)
    add_spec (boxes->specs, boxes->angle->str);
  else
    add_bare (boxes->specs, boxes->bare->str);
  g_string_truncate (boxes->bare, 0);
  g_string_truncate (boxes->angle, 0);
  boxes->has_angle = FALSE;
}

/* The end of a comment that begins at @at, of comments inside it too; NULL when there is none. A counter, no
 * recursion (H8). */
static const char *
skip_comment (const char *at)
{
  guint depth = 0;
  for (; *at; at++)
    {
      if (*at == '\\' && at[1])
        at++;
      else if (*at == '(')
        depth++;
      else if (*at == ')' && --depth == 0)
        return at;
    }
  return NULL;
}

/* The end of a quoted string or a domain literal: nothing in it is syntax. NULL when it does not close. */
static const char *
skip_closed (const char *at, char close)
{
  for (at++; *at && *at != close; at++)
    if (*at == '\\' && at[1])
      at++;
  return *at ? at : NULL;
}

/* "Ann :( <ann@example.org>": people and programs cut names in the middle, and the address behind counts all
 * the same. One such end is looked for once, so that a row of them stays linear. */
static const char *
take_closed (Mailboxes *boxes, GString *to, const char *at)
{
  const char *end = boxes->open  ? NULL
                    : *at == '(' ? skip_comment (at)
                                 : skip_closed (at, *at == '[' ? ']' : '"');
  if (!end)
    {
      boxes->open = TRUE;
      return at;
    }
  if (*at != '(')
    g_string_append_len (to, at, end - at + 1);
  return end;
}

static const char *
take_character (Mailboxes *boxes, const char *at, gboolean *in_angle)
{
  GString *to = *in_angle ? boxes->angle : boxes->bare;
  switch (*at)
    {
    case '(':
    case '"':
    case '[':
      return take_closed (boxes, to, at);
    case '<':
      if (boxes->has_angle && !*in_angle) /* a second address without a comma is one more all the same */
        flush_mailbox (boxes);
      *in_angle = boxes->has_angle = TRUE;
      g_string_truncate (boxes->angle, 0);
      return at;
    case '>':
      *in_angle = FALSE;
      return at;
    case ':': /* a group's name, or a route */
      g_string_truncate (to, 0);
      return at;
    case ',':
    case ';':
      if (!*in_angle)
        flush_mailbox (boxes);
      else
        g_string_append_c (to, *at);
      return at;
    default:
      g_string_append_c (to, *at);
      return at;
    }
}

GPtrArray *
parser_mailboxes (const char *value)
{
  g_autoptr (GString) bare = g_string_new (NULL);
  g_autoptr (GString) angle = g_string_new (NULL);
  Mailboxes boxes = { g_ptr_array_new_with_free_func (g_free), bare, angle, FALSE, FALSE };
  gboolean in_angle = FALSE;
  for (const char *at = value; *at; at++)
    at = take_character (&boxes, at, &in_angle);
  flush_mailbox (&boxes);
  return boxes.specs;
}

char *
parser_mailbox_first (const char *value)
{
  g_autoptr (GPtrArray) specs = parser_mailboxes (value);
  for (guint i = 0; i < specs->len; i++)
    {
      char *canonical = parser_address_canonical (specs->pdata[i]);
      if (canonical)
        return canonical;
    }
  return NULL;
}

/* "ann at example.org (Ann)", "Ann <ann at example.org>", as list archives hide addresses from robots;
 * pipermail writes the sign's name in the language of the list. Nothing else may stand there. */
char *
parser_mailbox_spelt (const char *value)
{
  static const char *const signs[]
      = { "at", "en", "em", "a", "à", "chez", "bei", "op", "på", "na", "la", "на", "στο", "tại", "在", NULL };
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *at = value; at && *at; at++)
    if (*at != '(')
      g_string_append_c (plain, *at);
    else if ((at = skip_comment (at)) == NULL)
      return NULL;
  char *angle = strrchr (plain->str, '<');
  if (strchr (plain->str, '@'))
    return NULL;
  if (angle)
    angle[strcspn (angle, ">")] = '\0';
  char *spelt = g_strstrip (g_strdelimit (angle ? angle + 1 : plain->str, "\t", ' '));
  g_auto (GStrv) words = g_strsplit (spelt, " ", -1);
  if (g_strv_length (words) != 3 || !g_strv_contains (signs, words[1]) || !strchr (words[2], '.')
      || strpbrk (spelt, "\"<>,;:\\[]"))
    return NULL;
  g_autofree char *spec = g_strconcat (words[0], "@", words[2], NULL);
  return parser_address_canonical (spec);
}

/* H26: printable ASCII, one line, of a length that fits a line of ours; else it is dropped. */
gboolean
parser_message_id_is_valid (const char *id, gsize size)
{
  if (size < 5 || size > MAX_MESSAGE_ID || id[0] != '<' || id[size - 1] != '>' || id[1] == '@'
      || id[size - 2] == '@')
    return FALSE;
  for (gsize i = 1; i + 1 < size; i++)
    if (id[i] <= ' ' || id[i] >= 0x7f || id[i] == '<' || id[i] == '>')
      return FALSE;
  return memchr (id, '@', size) != NULL;
}

GPtrArray *
parser_message_ids (const char *value)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = value; (at = strchr (at, '<'));)
    {
      gsize size = strcspn (at + 1, "<>") + 2;
      if (at[size - 1] == '>' && parser_message_id_is_valid (at, size))
        g_ptr_array_add (ids, g_strndup (at, size));
      at += size - 1;
    }
  return ids;
}
