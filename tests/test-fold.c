/* One folding for lexicon and mail: what looks the same becomes the same, each byte knows whence. */
#include "internal.h"

#include <string.h>

/* clang-format off */
static const struct { const char *name, *text, *folded; gboolean look_alikes; } cases[] = {
  { "capitals-become-small",                "Unsubscribe ME",        "unsubscribe me", FALSE },
  { "accents-of-latin-go",                  "Désinscrivez-moi, Größe", "desinscrivez-moi, grosse", FALSE },
  { "accents-written-apart-go",             "de\xcc\x81sabonner",    "desabonner", FALSE },
  { "polish-and-danish-letters-get-plain",  "łąką på ø æ",           "laka pa o ae", FALSE },
  { "turkish-i-with-and-without-dot",       "İPTAL ıptal",           "iptal iptal", FALSE },
  { "accents-of-greek-go",                  "Διαγραφή ΛΊΣΤΑΣ",       "διαγραφη λιστασ", FALSE },
  { "full-width-becomes-ascii",             "ＳＴＯＰ！",            "stop!", FALSE },
  { "curly-quotes-become-plain",            "don’t “stop”",          "don't \"stop\"", FALSE },
  { "invisible-characters-go",              "un\xc2\xadsub\xe2\x80\x8bscribe\xef\xbb\xbf", "unsubscribe", FALSE },
  { "direction-marks-go",                   "\xe2\x80\xabسجل\xe2\x80\xac", "سجل", FALSE },
  { "an-override-is-a-disguise",            "\xe2\x80\xaestop",      "stop", TRUE },
  { "russian-stays-russian",                "Отпишите МЕНЯ",         "отпишите меня", FALSE },
  { "short-i-stays",                        "Удалите мой",           "удалите мой", FALSE },
  { "short-i-written-apart-is-composed",    "мои\xcc\x86",           "мой", FALSE },
  { "yo-becomes-ye",                        "всё",                   "все", FALSE },
  { "yo-written-apart-becomes-ye",          "все\xcc\x88",           "все", FALSE },
  { "every-blank-is-a-blank",               "a\xc2\xa0\x62\xe2\x80\x83\x63\xe3\x80\x80\x64", "a b c d", FALSE },
  { "cyrillic-letters-in-a-latin-word",     "unѕubѕcrіbe",           "unsubscribe", TRUE },
  { "latin-letters-in-a-cyrillic-word",     "отпиcaть",              "отписать", TRUE },
  { "a-word-of-strange-cyrillic-is-latin",  "ѕтор",                  "stop", TRUE },
  { "arabic-variants-become-one",           "إلغاءَ الاشتراكـ",      "الغاء الاشتراك", FALSE },
  { "persian-letters-become-arabic",        "ایمیل يک",              "ايميل يك", FALSE },
  { "hebrew-points-go",                     "הָסֵר אותי",            "הסר אותי", FALSE },
  { "japanese-width-and-stops",             "配信停止。ﾒｰﾙ",         "配信停止.メール", FALSE },
  { "thai-keeps-its-marks",                 "ไม่ต้องการ",            "ไม่ต้องการ", FALSE },
  { "hindi-keeps-its-vowels",               "मुझे हटाएँ।",           "मुझे हटाएँ.", FALSE },
  { "hangul-stays-in-syllables",            "수신거부",              "수신거부", FALSE },
  { "vietnamese-without-its-marks",         "Huỷ đăng ký",           "huy dang ky", FALSE },
  { "digits-of-all-scripts",                "٣ ३ ３",                "3 3 3", FALSE },
  { "a-broken-byte-is-one-letter",          "a\xff\xffz",            "a\xef\xbf\xbd\xef\xbf\xbdz", FALSE },
};
/* clang-format on */

static void
test_fold (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint defects = 0;
  g_autofree char *folded = parser_fold (cases[i].text, strlen (cases[i].text), NULL, &defects);
  g_assert_cmpstr (folded, ==, cases[i].folded);
  g_assert_cmpint (defects == PARSER_DEFECT_LOOK_ALIKES, ==, cases[i].look_alikes);
}

/* Folding what is folded changes nothing. */
static void
test_twice (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *again = parser_fold (cases[i].folded, strlen (cases[i].folded), NULL, NULL);
  g_assert_cmpstr (again, ==, cases[i].folded);
}

/* The map never goes back, stays in the text, and has one entry more than there are bytes. */
static void
test_map (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data), length = strlen (cases[i].text);
  g_autoptr (GArray) map = NULL;
  g_autofree char *folded = parser_fold (cases[i].text, length, &map, NULL);
  g_assert_cmpuint (map->len, ==, strlen (folded) + 1);
  g_assert_cmpuint (g_array_index (map, guint, map->len - 1), ==, length);
  for (guint k = 1; k < map->len; k++)
    g_assert_cmpuint (g_array_index (map, guint, k - 1), <=, g_array_index (map, guint, k));
}

static void
test_place (void)
{
  const char *text = "Große Bitte";
  g_autoptr (GArray) map = NULL;
  g_autofree char *folded = parser_fold (text, strlen (text), &map, NULL);
  const char *found = strstr (folded, "bitte");
  g_assert_nonnull (found);
  g_assert_cmpuint (g_array_index (map, guint, found - folded), ==, strstr (text, "Bitte") - text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fold = g_strdup_printf ("/fold/%s", cases[i].name);
      g_autofree char *twice = g_strdup_printf ("/fold/twice/%s", cases[i].name);
      g_autofree char *map = g_strdup_printf ("/fold/map/%s", cases[i].name);
      g_test_add_data_func (fold, GSIZE_TO_POINTER (i), test_fold);
      g_test_add_data_func (twice, GSIZE_TO_POINTER (i), test_twice);
      g_test_add_data_func (map, GSIZE_TO_POINTER (i), test_map);
    }
  g_test_add_func ("/fold/a-place-is-found-again", test_place);
  return g_test_run ();
}
