/* every-words.h - words that say aloud that all of something is meant, folded, in the languages of the lexicon. Data; included
 * by scope-clause.c alone. "Any" and "no more" are not among them: everybody writes those of the one newsletter that he leaves. Nor
 * are words that are common ones in another language (Turkish "her", Dutch and Romanian "tot"). */
#ifndef PARSER_EVERY_WORDS_H
#define PARSER_EVERY_WORDS_H

#include <glib.h>

/* clang-format off */
static const char *const every_words[] = {
  "all", "every", "everything",
  "alle", "allen", "aller", "alles", "samtliche", "samtlichen", "saemtliche", "saemtlichen", "jegliche", "jeglichen",
  "tous", "toutes", "tout", "toute", "todos", "todas", "todo", "toda", "tutti", "tutte", "tutto", "tutta", "qualsiasi",
  "tudo", "elke", "alla", "allt", "samtliga", "samtlige", "kaikki", "kaikista", "kaiken", "kaikkien", "kaikilta", "kaikesta",
  "wszystkie", "wszystkich", "wszystko", "wszelkie", "wszelkich", "vsechny", "vsech", "vsechno", "veskere", "vsetky", "vsetkych",
  "vsetko", "minden", "mindent", "osszes", "toate", "tuturor", "tum", "tumunu", "butun", "hepsi", "hepsini", "hepsinden",
  "semua", "seluruh", "segala", "tat ca", "toan bo", "tat het", "het luon", "moi danh sach", "moi email", "moi thu",
  "всички", "всичко", "все", "всё", "всех", "всі", "усі", "всіх", "усіх", "усе", "όλα", "όλες", "όλους", "όλων", "ολα", "ολες",
  "ολους", "ολων", "كل", "جميع", "كافة", "כל", "הכל", "מכל", "همه", "تمام", "تمامی", "सभी", "सब", "सारे", "ทั้งหมด", "ทุก",
  "すべて", "全て", "全部", "一切", "모든", "전부", "모두", "일체", "所有", NULL
};
/* clang-format on */

#endif
