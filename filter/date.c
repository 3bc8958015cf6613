/* date.c - see date.h */
#include "build-config.h"
#include "date.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  int day, month, year, hour, minute, second, zone; /* zone in seconds */
  gboolean has_time, has_zone;
} Date;

static int
month_of (const char *word)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (int i = 0; i < 12 && strlen (word) >= 3; i++)
    if (g_ascii_strncasecmp (word, names + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

/* RFC 5322 section 4.3; every other name is UTC. */
static int
zone_of (const char *word)
{
  static const struct
  {
    const char *name;
    int hours;
  } zones[] = { { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
                { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 } };
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_ascii_strcasecmp (zones[i].name, word) == 0)
      return zones[i].hours * 3600;
  return 0;
}

static void
take_number (Date *date, const char *word)
{
  int number = (int)g_ascii_strtoull (word, NULL, 10);
  if (strlen (word) == 4)
    date->year = number;
  else if (strlen (word) <= 2 && date->day == 0)
    date->day = number;
  else if (strlen (word) == 2)
    date->year = number + (number < 50 ? 2000 : 1900); /* RFC 5322 section 4.3 */
}

static void
take_word (Date *date, const char *word)
{
  gsize digits = strspn (word, "0123456789");
  if (digits > 0 && word[digits] == ':')
    date->has_time = sscanf (word, "%2d:%2d:%2d", &date->hour, &date->minute, &date->second) >= 2;
  else if (digits > 0 && word[digits] == '\0')
    take_number (date, word);
  else if ((word[0] == '+' || word[0] == '-') && strlen (word) == 5 && strspn (word + 1, "0123456789") == 4)
    {
      int number = (int)g_ascii_strtoull (word + 1, NULL, 10);
      date->zone = (number / 100 * 3600 + number % 100 * 60) * (word[0] == '-' ? -1 : 1);
      date->has_zone = TRUE; /* a comment may name another */
    }
  else if (date->month == 0 && month_of (word) > 0)
    date->month = month_of (word);
  else if (!date->has_zone)
    date->zone = zone_of (word);
}

gint64
filter_date_parse (const char *text)
{
  Date date = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n,()", -1);
  for (guint i = 0; words[i] != NULL; i++)
    take_word (&date, words[i]);
  if (!date.has_time || date.year < 1970 || date.second > 60)
    return 0;
  g_autoptr (GDateTime) time = g_date_time_new_utc (date.year, date.month, date.day, date.hour, date.minute,
                                                    MIN (date.second, 59)); /* a leap second */
  return time != NULL ? g_date_time_to_unix (time) - date.zone : 0;
}

/* The line at *at without its end, and past it; with @folded its continuation lines too. */
static char *
next_line (const char *text, gsize length, gsize *at, gboolean folded)
{
  gsize from = *at;
  do
    {
      const char *end = memchr (text + *at, '\n', length - *at);
      *at = end != NULL ? (gsize)(end + 1 - text) : length;
    }
  while (folded && *at < length && (text[*at] == ' ' || text[*at] == '\t'));
  return g_strchomp (g_strndup (text + from, *at - from));
}

gint64
filter_date_received (GBytes *mail)
{
  gsize length, at = 0;
  const char *text = g_bytes_get_data (mail, &length);
  gint64 from_at = 0, date_at = 0;
  while (at < length)
    {
      gboolean first = at == 0;
      g_autofree char *line = next_line (text, length, &at, !first);
      const char *semicolon = strrchr (line, ';');
      gint64 received_at = 0;
      if (line[0] == '\0')
        break;
      if (g_ascii_strncasecmp (line, "received:", strlen ("received:")) == 0 && semicolon != NULL)
        received_at = filter_date_parse (semicolon + 1);
      else if (g_ascii_strncasecmp (line, "date:", strlen ("date:")) == 0 && date_at == 0)
        date_at = filter_date_parse (line + strlen ("date:"));
      else if (first && g_str_has_prefix (line, "From "))
        from_at = filter_date_parse (line + strlen ("From ") + strcspn (line + strlen ("From "), " "));
      if (received_at != 0)
        return received_at;
    }
  return from_at != 0 ? from_at : date_at;
}

gboolean
filter_date_option (const char *text, gint64 *at_out)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *day = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (strchr (text, 'T') != NULL ? text : day, utc);
  if (time != NULL)
    *at_out = g_date_time_to_unix (time);
  return time != NULL;
}

/* ---- times in lists ---- */

/* Seconds since 1970 have nine to eleven digits for a century to come, milliseconds three more. */
static gint64
read_epoch (const char *text)
{
  gsize digits = strspn (text, "0123456789");
  const char *fraction = text[digits] == '.' ? text + digits + 1 : text + digits;
  gint64 number = g_ascii_strtoll (text, NULL, 10);
  if (fraction[strspn (fraction, "0123456789")] != '\0' || digits > 14 || (digits < 9 && number != 0))
    return -1;
  return digits >= 12 ? number / 1000 : number;
}

/* "Z", "UTC", "+02", "+0200", "+02:00", and as Go writes it "+0200 CEST". */
static gboolean
read_zone (const char *text, int *seconds_out)
{
  int hours = 0, minutes = 0;
  text += strspn (text, " ");
  gboolean offset = *text == '+' || *text == '-';
  gboolean whole = offset
                   && (sscanf (text + 1, "%2d:%2d", &hours, &minutes) == 2
                       || sscanf (text + 1, "%2d%2d", &hours, &minutes) >= 1);
  gboolean named
      = *text == '\0' || g_str_equal (text, "Z") || g_str_equal (text, "UTC") || g_str_equal (text, "GMT");
  if (!(whole && hours < 24 && minutes < 60) && !named)
    return FALSE;
  *seconds_out = (hours * 3600 + minutes * 60) * (*text == '-' ? -1 : 1);
  return TRUE;
}

static gint64
read_iso (const char *text)
{
  int year, month, day, hour = 0, minute = 0, second = 0, length = 0, zone = 0;
  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || length != 10)
    return -1;
  if (year == 0 && month == 0 && day == 0)
    return 0;
  text += length;
  if (*text == 'T' || *text == ' ')
    {
      if (sscanf (++text, "%2d:%2d%n", &hour, &minute, &length) != 2)
        return -1;
      text += length;
      if (*text == ':' && sscanf (text, ":%2d%n", &second, &length) == 1)
        text += length;
      if (*text == '.' || *text == ',')
        text += 1 + strspn (text + 1, "0123456789");
      if (!read_zone (text, &zone))
        return -1;
    }
  else if (*text != '\0')
    return -1;
  g_autoptr (GDateTime) time
      = g_date_time_new_utc (year, month, day, hour, minute, MIN (second, 59)); /* a leap second */
  return time != NULL ? g_date_time_to_unix (time) - zone : -1;
}

gint64
filter_date_field (const char *text)
{
  g_autofree char *field = g_strstrip (g_strdup (text));
  gsize digits = strspn (field, "0123456789");
  if (*field == '\0')
    return 0;
  if (g_str_has_suffix (field, "AM") || g_str_has_suffix (field, "PM"))
    return -1;
  if (digits == 4 && field[4] == '-')
    return read_iso (field);
  if (digits > 0 && (field[digits] == '\0' || field[digits] == '.'))
    return read_epoch (field);
  gint64 at = filter_date_parse (field);
  return at > 0 ? at : -1;
}
