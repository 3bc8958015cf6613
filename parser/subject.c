/* subject.c - the subject without what mail clients and lists put in front of it */
#include "intent.h"

#include <string.h>

#define MAX_TAG 40 /* bytes of "[list]" */

/* clang-format off */
/* Folded; a number in brackets and a colon may follow ("Re[2]:"). */
static const char *const answers[] = {
  "re", "r", "aw", "antw", "antwort", "sv", "vs", "va", "odp", "ref", "res", "rif", "ynt", "atb", "ha", "на", "отв", "απ", "σχετ",
  "השב", "תגובה", "רד", "رد", "پاسخ", "باسخ", "回复", "回覆", "答复", "答覆", "답장", "회신", "tra loi", "rasp", "מענה", "bls", "blz", "yt", "nt", NULL
};
static const char *const forwards[] = {
  "fwd", "fw", "wg", "tr", "rv", "enc", "vb", "pd", "redir", "ilet", "i", "videresend", "转发", "轉寄", "전달", "chuyen tiep",
  "העברה", "הועבר", "إعادة توجيه", "اعاده توجيه", "هدايت", "re fwd", "vl", "doorst", "tov", "továbbítás", "fs", "edasi", "pto", "ii", "ογ", NULL
};
/* clang-format on */

static gboolean
skip_prefix (const char *const *prefixes, const char **at)
{
  const char *p = *at;
  for (; *prefixes; prefixes++)
    {
      gsize length = strlen (*prefixes);
      if (strncmp (p, *prefixes, length))
        continue;
      const char *end = p + length;
      if (*end == '[' || *end == '(' || *end == '^' || *end == '*')
        while (*end && strchr ("[]()^*0123456789", *end))
          end++;
      while (*end == ' ')
        end++;
      if (*end != ':')
        continue;
      *at = end + 1;
      return TRUE;
    }
  return FALSE;
}

guint
parser_subject_prefix (const char *subject, gboolean *reply_out)
{
  const char *at = subject;
  for (;;)
    {
      while (*at == ' ')
        at++;
      const char *end = *at == '[' ? strchr (at, ']') : NULL;
      if (end && end - at < MAX_TAG && end[1])
        at = end + 1;
      else if (skip_prefix (answers, &at) || skip_prefix (forwards, &at))
        *reply_out = TRUE;
      else
        return (guint)(at - subject);
    }
}

gboolean
parser_subject_is_forward (const char *subject)
{
  const char *at = subject + strspn (subject, " ");
  return skip_prefix (forwards, &at);
}
