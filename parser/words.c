/* words.c - which characters make words */
#include "lexicon.h"

gboolean
parser_is_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((gchar)c) : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

gboolean
parser_is_unspaced (gunichar c)
{
  return (c >= 0x0E00 && c <= 0x0E7F) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c <= 0x30FF)
         || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x20000 && c <= 0x3FFFF);
}
