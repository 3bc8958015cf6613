/* speaker.c - who speaks: a person of himself, or a program to a reader. */
#include "lines.h"

#include <string.h>

#define NEAR 12 /* octets around a word in which a longer one is looked for that holds it */

/* clang-format off */

/* Whoever speaks of himself, or asks, is no footer. */
static const char *const writer_words[] = {
  "i", "i'm", "i've", "i'd", "i'll", "im", "me", "my", "mine", "please unsubscribe", "pls unsubscribe", "plz unsubscribe", "kindly unsubscribe",
  "please remove", "pls remove", "please stop", "please take", "unsubscribe us", "remove us", "take us off", "ich", "mich", "mir", "meine", "meinen", "meiner", "bitte abmelden", "bitte austragen",
  "je", "j'ai", "m'avez", "moi", "mon", "yo", "mi", "mis", "io", "mio", "mia", "mie", "eu", "meu", "minha", "ik", "mij", "mijn", "jag", "mig", "min", "mitt", "mina", "jeg", "meg", "mit", "mine", "minun", "minut", "minua", "mnie", "moj", "moje", "mne", "muj", "ma", "moja",
  "nekem", "engem", "ma", "mea", "меня", "мне", "мой", "мои", "я", "мене", "мені", "мій", "мен", "ми", "με", "μου", "beni", "bana", "benim", "我", "我的", "私", "저를", "저는", "저에게", "제게", "제가", "제 메일", "제 이메일", "나를", "나에게", "אותי", "שלי",
  "saya", "aku", "toi", "मुझे", "मेरा", "मेरी", "मैं", "مرا", "منو", "من را", "אני", "θέλω", "ผม", "ฉัน", "doesn't work", "does not work", "not working", "funktioniert nicht", "ne fonctionne pas", "no funciona", "non funziona", NULL
};

/* So do whoever speak for several, and firms. */
static const char *const writers_words[] = { "we", "us", "wir", "uns", "nous", "nos", NULL };

/* Whoever says that it does not work is no program. */
static const char *const failure_words[] = {
  "an error", "error message", "error 4", "error 5", "broken", "fails", "failed", "dead", "404", "not found", "does nothing", "nothing happens",
  "won't", "can't", "cannot unsubscribe", "unable", "impossible", "still getting", "still receiving", "still get", "again and again", "ein fehler", "einen fehler", "fehlermeldung", "geht nicht", "kaputt",
  "nicht moglich", "klappt nicht", "passiert nichts", "immer noch", "erreur", "ne marche pas", "toujours", "no puedo", "no se puede", "sigo recibiendo",
  "errore", "non riesco", "erro", "nao funciona", "nao consigo", "fout", "werkt niet", "lukt niet", "fungerar inte", "fungerer ikke", "virker ikke", "virhe", "ei toimi",
  "bład", "nie działa", "nefunguje", "hiba", "nem mukodik", "eroare", "nu functioneaza", "грешка", "не работи", "σφάλμα", "δεν λειτουργεί", "ошибка", "не работает",
  "помилка", "не працює", "hata", "calısmıyor", "خطأ", "לא עובד", "کار نمی کند", "काम नहीं", "エラー", "できません", "오류", "안 됩니다", "错误", "無法", "无法", "錯誤", "loi", "khong đuoc", "ไม่ได้", "tidak bisa", NULL
};

/* Words that say "I" in one language and something else in others, whose words they then stand among; and pieces
 * of words that say "we, the firm". */
static const char *const german[] = {
  "sie", "ihre", "ihrem", "ihren", "ihnen", "der", "die", "das", "browser", "den", "dem", "und", "nicht", "wenn", "von", "zu", "sich", "du", "dein", "deine", "dich", NULL
};
static const char *const not_french[] = {
  "deze", "dit", "omdat", "uit", "geen", "het", "een", "van", "wil", "niet", "ontvangt", "krijgt", "kunt", "kun", "bent", "hebt", "om", "uitschrijven", "afmelden",
  "tato", "tento", "nebo", "alebo", "pouze", "prosim", "jako", "ako", "jsme", "sme", "byl", "byla", "bola", "ktera", "ktora", "na", "sa", "iba", "vam", "vas", NULL
};
static const char *const italian[] = { "non", "di", "questa", "se", "per", "il", "che", NULL };
static const char *const northern[] = {
  "og", "och", "att", "det", "fra", "fran", "til", "till", "af", "ikke", "inte", "dig", "deg", "pa", "ej", "nie", "jest", "dla", "sie", "przez", "tylko", "vasi", "vase", "nebo", "alebo", "ktera", "ktora", "jako", "dell'", "nel", "della", "delle", "dei", "gli", NULL
};
static const char *const domains[] = { "groups.io", NULL };
static const char *const firm[] = { "我们", "我們", "chung toi", "chung minh", NULL };

static const struct { const char *word; const char *const *others; gboolean around; } shared[] = {
  { "i", northern, FALSE }, { "im", german, FALSE }, { "mit", german, FALSE }, { "je", not_french, FALSE }, { "ma", italian, FALSE },
  { "io", domains, TRUE }, { "我", firm, TRUE }, { "我的", firm, TRUE }, { "toi", firm, TRUE },
};

/* clang-format on */

/* The word from @word to @end is another language's, or part of a firm's. */
static gboolean
is_anothers (const char *word, const char *end, const char *folded, gsize length)
{
  const char *from = folded, *stop = folded + length;

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      if (strlen (shared[i].word) != (gsize)(end - word)
          || memcmp (shared[i].word, word, (gsize)(end - word)) != 0)
        continue;
      if (shared[i].around)
        {
          from = word - MIN (NEAR, word - folded);
          stop = end + MIN (NEAR, stop - end);
        }
      return parser_words_find (shared[i].others, from, (gsize)(stop - from), NULL) != NULL;
    }
  return FALSE;
}

/* "Let me know", "contact me": a program's words, or those of somebody who offers. */
static gboolean
is_offer (const char *folded, const char *me)
{
  static const char *const before[]
      = { "let ", "contact ", "email ", "e-mail ", "mail ", "tell ", "call ", "notify ", NULL };

  for (guint i = 0; before[i]; i++)
    if ((gsize)(me - folded) >= strlen (before[i])
        && memcmp (me - strlen (before[i]), before[i], strlen (before[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Whether one of @words stands in this stretch, outside quotation marks. */
static gboolean
is_said (const char *const *words, const char *folded, gsize length)
{
  const char *end = folded + length, *word = NULL;

  for (const char *p = folded; p < end;)
    {
      const char *open = memchr (p, '"', (gsize)(end - p)), *stop = open ? open : end;

      for (const char *hit = p; (hit = parser_words_find (words, hit, (gsize)(stop - hit), &word));)
        if (!is_offer (folded, hit - strlen (word))
            && !is_anothers (hit - strlen (word), hit, folded, length))
          return TRUE;
      const char *close = open && open + 1 < end ? memchr (open + 1, '"', (gsize)(end - open - 1)) : NULL;
      p = close ? close + 1 : open ? open + 1 : end;
    }
  return FALSE;
}

gboolean
parser_speaks_one (const char *folded, gsize length)
{
  return is_said (writer_words, folded, length);
}

gboolean
parser_speaks_writer (const char *folded, gsize length)
{
  return is_said (writer_words, folded, length) || is_said (writers_words, folded, length);
}

gboolean
parser_speaks_trouble (const char *folded, gsize length)
{
  return is_said (failure_words, folded, length);
}
