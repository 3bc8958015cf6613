/* html-entity.c - character references: the names that mail uses, and numbers (H20). */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAME 16

/* clang-format off */
/* Sorted by strcmp. */
static const struct { const char *name; guint character; } entities[] = {
  { "AElig", 198 }, { "Aacute", 193 }, { "Abreve", 258 }, { "Acirc", 194 }, { "Agrave", 192 },
  { "Alpha", 913 }, { "Aogon", 260 }, { "Aring", 197 }, { "Atilde", 195 }, { "Auml", 196 }, { "Beta", 914 },
  { "Cacute", 262 }, { "Ccaron", 268 }, { "Ccedil", 199 }, { "Chi", 935 }, { "Dagger", 8225 },
  { "Dcaron", 270 }, { "Delta", 916 }, { "Dstrok", 272 }, { "ETH", 208 }, { "Eacute", 201 },
  { "Ecaron", 282 }, { "Ecirc", 202 }, { "Egrave", 200 }, { "Eogon", 280 }, { "Epsilon", 917 },
  { "Eta", 919 }, { "Euml", 203 }, { "Gamma", 915 }, { "Gbreve", 286 }, { "Iacute", 205 }, { "Icirc", 206 },
  { "Idot", 304 }, { "Igrave", 204 }, { "Iota", 921 }, { "Iuml", 207 }, { "Kappa", 922 }, { "Lambda", 923 },
  { "Lstrok", 321 }, { "Mu", 924 }, { "Nacute", 323 }, { "Ncaron", 327 }, { "NewLine", 10 },
  { "NoBreak", 8288 }, { "Ntilde", 209 }, { "Nu", 925 }, { "OElig", 338 }, { "Oacute", 211 },
  { "Ocirc", 212 }, { "Odblac", 336 }, { "Ograve", 210 }, { "Omega", 937 }, { "Omicron", 927 },
  { "Oslash", 216 }, { "Otilde", 213 }, { "Ouml", 214 }, { "Phi", 934 }, { "Pi", 928 }, { "Prime", 8243 },
  { "Psi", 936 }, { "Rcaron", 344 }, { "Rho", 929 }, { "Sacute", 346 }, { "Scaron", 352 }, { "Scedil", 350 },
  { "Sigma", 931 }, { "THORN", 222 }, { "Tab", 9 }, { "Tau", 932 }, { "Tcaron", 356 }, { "Tcedil", 354 },
  { "Theta", 920 }, { "Uacute", 218 }, { "Ucirc", 219 }, { "Udblac", 368 }, { "Ugrave", 217 },
  { "Upsilon", 933 }, { "Uring", 366 }, { "Uuml", 220 }, { "Xi", 926 }, { "Yacute", 221 }, { "Yuml", 376 },
  { "Zacute", 377 }, { "Zcaron", 381 }, { "Zdot", 379 }, { "ZeroWidthSpace", 8203 }, { "Zeta", 918 },
  { "aacute", 225 }, { "abreve", 259 }, { "acirc", 226 }, { "acute", 180 }, { "aelig", 230 },
  { "agrave", 224 }, { "alefsym", 8501 }, { "alpha", 945 }, { "amacr", 257 }, { "amp", 38 }, { "and", 8743 },
  { "ang", 8736 }, { "aogon", 261 }, { "apos", 39 }, { "aring", 229 }, { "ast", 42 }, { "asymp", 8776 },
  { "atilde", 227 }, { "auml", 228 }, { "bdquo", 8222 }, { "beta", 946 }, { "brvbar", 166 }, { "bull", 8226 },
  { "cacute", 263 }, { "cap", 8745 }, { "ccaron", 269 }, { "ccedil", 231 }, { "cedil", 184 }, { "cent", 162 },
  { "chi", 967 }, { "circ", 710 }, { "clubs", 9827 }, { "colon", 58 }, { "comma", 44 }, { "commat", 64 },
  { "cong", 8773 }, { "copy", 169 }, { "crarr", 8629 }, { "cup", 8746 }, { "curren", 164 }, { "dArr", 8659 },
  { "dagger", 8224 }, { "darr", 8595 }, { "dash", 8208 }, { "dcaron", 271 }, { "deg", 176 }, { "delta", 948 },
  { "diams", 9830 }, { "divide", 247 }, { "dollar", 36 }, { "dstrok", 273 }, { "eacute", 233 },
  { "ecaron", 283 }, { "ecirc", 234 }, { "egrave", 232 }, { "emacr", 275 }, { "empty", 8709 },
  { "emsp", 8195 }, { "ensp", 8194 }, { "eogon", 281 }, { "epsilon", 949 }, { "equals", 61 },
  { "equiv", 8801 }, { "eta", 951 }, { "eth", 240 }, { "euml", 235 }, { "euro", 8364 }, { "excl", 33 },
  { "exist", 8707 }, { "fnof", 402 }, { "forall", 8704 }, { "frac12", 189 }, { "frac14", 188 },
  { "frac34", 190 }, { "frasl", 8260 }, { "gamma", 947 }, { "gbreve", 287 }, { "ge", 8805 }, { "gt", 62 },
  { "hArr", 8660 }, { "harr", 8596 }, { "hearts", 9829 }, { "hellip", 8230 }, { "hyphen", 8208 },
  { "iacute", 237 }, { "icirc", 238 }, { "iexcl", 161 }, { "igrave", 236 }, { "image", 8465 },
  { "imath", 305 }, { "infin", 8734 }, { "inodot", 305 }, { "int", 8747 }, { "iota", 953 }, { "iquest", 191 },
  { "isin", 8712 }, { "iuml", 239 }, { "kappa", 954 }, { "lArr", 8656 }, { "lambda", 955 }, { "lang", 9001 },
  { "laquo", 171 }, { "larr", 8592 }, { "lcaron", 318 }, { "lceil", 8968 }, { "ldquo", 8220 }, { "le", 8804 },
  { "lfloor", 8970 }, { "lowast", 8727 }, { "lowbar", 95 }, { "loz", 9674 }, { "lpar", 40 }, { "lrm", 8206 },
  { "lsaquo", 8249 }, { "lsqb", 91 }, { "lsquo", 8216 }, { "lstrok", 322 }, { "lt", 60 }, { "macr", 175 },
  { "mdash", 8212 }, { "micro", 181 }, { "middot", 183 }, { "minus", 8722 }, { "mu", 956 }, { "nabla", 8711 },
  { "nacute", 324 }, { "nbsp", 160 }, { "ncaron", 328 }, { "ndash", 8211 }, { "ne", 8800 }, { "ni", 8715 },
  { "not", 172 }, { "notin", 8713 }, { "nsub", 8836 }, { "ntilde", 241 }, { "nu", 957 }, { "num", 35 },
  { "oacute", 243 }, { "ocirc", 244 }, { "odblac", 337 }, { "oelig", 339 }, { "ograve", 242 },
  { "oline", 8254 }, { "omega", 969 }, { "omicron", 959 }, { "oplus", 8853 }, { "or", 8744 }, { "ordf", 170 },
  { "ordm", 186 }, { "oslash", 248 }, { "otilde", 245 }, { "otimes", 8855 }, { "ouml", 246 }, { "para", 182 },
  { "part", 8706 }, { "percnt", 37 }, { "period", 46 }, { "permil", 8240 }, { "perp", 8869 }, { "phi", 966 },
  { "pi", 960 }, { "piv", 982 }, { "plus", 43 }, { "plusmn", 177 }, { "pound", 163 }, { "prime", 8242 },
  { "prod", 8719 }, { "prop", 8733 }, { "psi", 968 }, { "quest", 63 }, { "quot", 34 }, { "rArr", 8658 },
  { "racute", 341 }, { "radic", 8730 }, { "rang", 9002 }, { "raquo", 187 }, { "rarr", 8594 },
  { "rcaron", 345 }, { "rceil", 8969 }, { "rdquo", 8221 }, { "real", 8476 }, { "reg", 174 },
  { "rfloor", 8971 }, { "rho", 961 }, { "rlm", 8207 }, { "rpar", 41 }, { "rsaquo", 8250 }, { "rsqb", 93 },
  { "rsquo", 8217 }, { "sacute", 347 }, { "sbquo", 8218 }, { "scaron", 353 }, { "scedil", 351 },
  { "sdot", 8901 }, { "sect", 167 }, { "semi", 59 }, { "shy", 173 }, { "sigma", 963 }, { "sigmaf", 962 },
  { "sim", 8764 }, { "sol", 47 }, { "spades", 9824 }, { "sub", 8834 }, { "sube", 8838 }, { "sum", 8721 },
  { "sup", 8835 }, { "sup1", 185 }, { "sup2", 178 }, { "sup3", 179 }, { "supe", 8839 }, { "szlig", 223 },
  { "tau", 964 }, { "tcaron", 357 }, { "tcedil", 355 }, { "there4", 8756 }, { "theta", 952 },
  { "thetasym", 977 }, { "thinsp", 8201 }, { "thorn", 254 }, { "tilde", 732 }, { "times", 215 },
  { "trade", 8482 }, { "uArr", 8657 }, { "uacute", 250 }, { "uarr", 8593 }, { "ucirc", 251 },
  { "udblac", 369 }, { "ugrave", 249 }, { "umacr", 363 }, { "uml", 168 }, { "upsih", 978 },
  { "upsilon", 965 }, { "uring", 367 }, { "uuml", 252 }, { "vert", 124 }, { "weierp", 8472 }, { "xi", 958 },
  { "yacute", 253 }, { "yen", 165 }, { "yuml", 255 }, { "zacute", 378 }, { "zcaron", 382 }, { "zdot", 380 },
  { "zeta", 950 }, { "zwj", 8205 }, { "zwnj", 8204 },
};

/* What windows-1252 has where the numbers are control characters: browsers read &#146; so. */
static const guint16 windows[32] = {
  0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178
};
/* clang-format on */

static int
compare (const void *key, const void *entry)
{
  return strcmp (key, *(const char *const *)entry);
}

/* A number that is no character, NUL and the surrogates among them, is U+FFFD. */
static gunichar
from_number (guint number)
{
  if (number >= 0x80 && number < 0xa0)
    number = windows[number - 0x80];
  if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)
      || (number & 0xfffe) == 0xfffe)
    return 0xfffd;
  return number;
}

static gunichar
numeric (const char *p, const char *end, const char **after_out)
{
  gboolean hex = p < end && (*p == 'x' || *p == 'X');
  const char *digits = p + hex;
  guint number = 0;

  for (p = digits; p < end && (hex ? g_ascii_isxdigit (*p) : g_ascii_isdigit (*p)); p++)
    number = MIN (number * (hex ? 16 : 10) + (guint)g_ascii_xdigit_value (*p), 0x110000);
  if (p == digits)
    return 0;
  *after_out = p + (p < end && *p == ';');
  return from_number (number);
}

gunichar
parser_html_entity (const char *p, const char *end, const char **after_out)
{
  char name[MAX_NAME + 1];
  gsize length = 0;

  if (++p < end && *p == '#')
    return numeric (p + 1, end, after_out);
  while (length < MAX_NAME && p + length < end && g_ascii_isalnum (p[length]))
    length++;
  if (length == 0 || p + length >= end || p[length] != ';')
    {
      /* The four that old mail leaves without a semicolon, before anything but a letter or "=". */
      static const char *const bare[] = { "nbsp", "amp", "lt", "gt" };
      static const char character[] = { ' ', '&', '<', '>' };
      for (guint i = 0; i < G_N_ELEMENTS (bare); i++)
        if (length == strlen (bare[i]) && strncmp (p, bare[i], length) == 0
            && (p + length == end || p[length] != '='))
          {
            *after_out = p + length;
            return (guchar)character[i];
          }
      return 0;
    }
  memcpy (name, p, length);
  name[length] = 0;
  const void *found = bsearch (name, entities, G_N_ELEMENTS (entities), sizeof entities[0], compare);
  if (!found)
    return 0;
  *after_out = p + length + 1;
  return ((const typeof (entities[0]) *)found)->character;
}
