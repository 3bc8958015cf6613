/* address.c - see address.h */
#include "address.h"
#include "parser.h"

char *
filter_address_canonical (const char *text)
{
  return parser_address_canonical (text);
}

char *
filter_address_base (const char *canonical)
{
  return parser_address_base (canonical);
}
