/* test-attribution.c - what the clients write above a quotation, in every language: nothing below it is the
 * writer's, and nothing above it is lost. The texts are ours, in the clients' own forms. */
#include "segment-kit.h"

#include <string.h>

#define NEWS "News <news@shop.example>"
#define WISH "no thanks"
#define QUOTED "our spring offers for you"

typedef enum
{
  GMAIL,
  OUTLOOK,
  APPLE,
  THUNDERBIRD,
  OTHER, /* a webmail, or a second form of one of these */
  CLIENTS
} Client;

static const char *const clients[CLIENTS] = { "Gmail", "Outlook", "Apple Mail", "Thunderbird", "another" };

/* clang-format off */
static const struct { const char *language, *form[CLIENTS]; } rows[] = {
  { "en", { "On Mon, 3 Mar 2025 at 10:12, " NEWS " wrote:",
            "From: " NEWS "\nSent: Monday, 3 March 2025 10:12\nTo: Ann <ann@example.org>\nSubject: Offers",
            "On Mar 3, 2025, at 10:12 AM, " NEWS " wrote:",
            "On 03/03/2025 10:12, News wrote:",
            "On Monday, March 3, 2025 at 10:12:30 AM GMT+1, " NEWS " wrote:" } },
  { "de", { "Am Mo., 3. März 2025 um 10:12 Uhr schrieb " NEWS ":",
            "Von: " NEWS "\nGesendet: Montag, 3. März 2025 10:12\nAn: Ann\nBetreff: Angebote",
            "Am 03.03.2025 um 10:12 schrieb " NEWS ":",
            "Am 03.03.25 um 10:12 schrieb News:",
            "Gesendet: Montag, 3. März 2025 um 10:12 Uhr\nVon: " NEWS "\nAn: ann@example.org\nBetreff: Angebote" } },
  { "fr", { "Le lun. 3 mars 2025 à 10:12, " NEWS " a écrit :",
            "De : " NEWS "\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Ann\nObjet : Offres",
            "Le 3 mars 2025 à 10:12, " NEWS " a écrit :",
            "Le 03/03/2025 à 10:12, News a écrit :",
            "Le lundi 3 mars 2025 à 10:12:30 UTC+1, " NEWS " a écrit :" } },
  { "es", { "El lun, 3 mar 2025 a las 10:12, News (<news@shop.example>) escribió:",
            "De: " NEWS "\nEnviado el: lunes, 3 de marzo de 2025 10:12\nPara: Ann\nAsunto: Ofertas",
            "El 3 mar 2025, a las 10:12, " NEWS " escribió:",
            "El 3/3/25 a las 10:12, News escribió:",
            "En lunes, 3 de marzo de 2025, 10:12:30 GMT+1, " NEWS " escribió:" } },
  { "it", { "Il giorno lun 3 mar 2025 alle ore 10:12 " NEWS " ha scritto:",
            "Da: " NEWS "\nInviato: lunedì 3 marzo 2025 10:12\nA: Ann\nOggetto: Offerte",
            "Il giorno 3 mar 2025, alle ore 10:12, " NEWS " ha scritto:",
            "Il 03/03/2025 10:12, News ha scritto:",
            "Il lunedì 3 marzo 2025, 10:12:30 CET, " NEWS " ha scritto:" } },
  { "pt", { "Em seg., 3 de mar. de 2025 às 10:12, " NEWS " escreveu:",
            "De: " NEWS "\nEnviada em: segunda-feira, 3 de março de 2025 10:12\nPara: Ann\nAssunto: Ofertas",
            "Em 3 de mar. de 2025, à(s) 10:12, " NEWS " escreveu:",
            "Às 10:12 de 03/03/2025, News escreveu:",
            "Em segunda-feira, 3 de março de 2025 10:12:30 BRT, " NEWS " escreveu:" } },
  { "nl", { "Op ma 3 mrt 2025 om 10:12 schreef " NEWS ":",
            "Van: " NEWS "\nVerzonden: maandag 3 maart 2025 10:12\nAan: Ann\nOnderwerp: Acties",
            "Op 3 mrt 2025, om 10:12 heeft " NEWS " het volgende geschreven:",
            "Op 03-03-2025 om 10:12 schreef News:",
            "Op maandag 3 maart 2025 10:12:30 CET schreef " NEWS ":" } },
  { "sv", { "Den mån 3 mars 2025 kl 10:12 skrev " NEWS ":",
            "Från: " NEWS "\nSkickat: den 3 mars 2025 10:12\nTill: Ann\nÄmne: Erbjudanden",
            "3 mars 2025 kl. 10:12 skrev " NEWS ":",
            "Den 2025-03-03 kl. 10:12, skrev News:",
            "Den måndag 3 mars 2025 10:12:30 CET, " NEWS " skrev:" } },
  { "da", { "Den man. 3. mar. 2025 kl. 10.12 skrev " NEWS ":",
            "Fra: " NEWS "\nSendt: 3. marts 2025 10:12\nTil: Ann\nEmne: Tilbud",
            "Den 3. mar. 2025 kl. 10.12 skrev " NEWS ":",
            "Den 03.03.2025 kl. 10.12 skrev News:",
            "Den mandag den 3. marts 2025 10.12.30 CET skrev " NEWS ":" } },
  { "no", { "man. 3. mar. 2025 kl. 10:12 skrev " NEWS ":",
            "Fra: " NEWS "\nSendt: mandag 3. mars 2025 10:12\nTil: Ann\nEmne: Tilbud",
            "3. mars 2025 kl. 10:12 skrev " NEWS ":",
            "Den 03.03.2025 10:12, skrev News:",
            "På mandag 3. mars 2025 kl. 10:12:30 CET, " NEWS " skrev:" } },
  { "fi", { "ma 3. maalisk. 2025 klo 10.12 News (news@shop.example) kirjoitti:",
            "Lähettäjä: " NEWS "\nLähetetty: maanantai 3. maaliskuuta 2025 10.12\nVastaanottaja: Ann\nAihe: Tarjoukset",
            NEWS " kirjoitti 3.3.2025 kello 10.12:",
            "News kirjoitti 3.3.2025 klo 10.12:",
            "maanantai 3. maaliskuuta 2025 klo 10.12.30 UTC+2 " NEWS " kirjoitti:" } },
  { "pl", { "pon., 3 mar 2025 o 10:12 " NEWS " napisał(a):",
            "Od: " NEWS "\nWysłano: poniedziałek, 3 marca 2025 10:12\nDo: Ann\nTemat: Oferty",
            "Wiadomość napisana przez " NEWS " w dniu 3 mar 2025, o godz. 10:12:",
            "W dniu 3.03.2025 o 10:12, News pisze:",
            "Dnia 3 marca 2025 10:12 " NEWS " napisał(a):" } },
  { "cs", { "po 3. 3. 2025 v 10:12 odesílatel " NEWS " napsal:",
            "Od: " NEWS "\nOdesláno: pondělí 3. března 2025 10:12\nKomu: Ann\nPředmět: Nabídky",
            "3. 3. 2025 v 10:12, " NEWS ":",
            "Dne 03.03.2025 v 10:12 News napsal(a):",
            "---------- Původní e-mail ----------\nOd: " NEWS "\nKomu: ann@example.org\nDatum: 3. 3. 2025 10:12:30\nPředmět: Nabídky" } },
  { "sk", { "po 3. 3. 2025 o 10:12 " NEWS " napísal(a):",
            "Od: " NEWS "\nOdoslané: pondelok 3. marca 2025 10:12\nKomu: Ann\nPredmet: Ponuky",
            "3. 3. 2025 o 10:12, " NEWS " napísal(a):",
            "Dňa 3. 3. 2025 o 10:12 News napísal(a):",
            "Dňa 3. 3. 2025 o 10:12 používateľ News napísal:" } },
  { "hu", { NEWS " ezt írta (időpont: 2025. márc. 3., H, 10:12):",
            "Feladó: " NEWS "\nElküldve: 2025. március 3., hétfő 10:12\nCímzett: Ann\nTárgy: Ajánlatok",
            "2025. márc. 3. dátummal, 10:12 időpontban " NEWS " írta:",
            "2025. 03. 03. 10:12 keltezéssel, News írta:",
            "News <news@shop.example> írta (2025. március 3., hétfő 10:12):" } },
  { "ro", { "În lun., 3 mar. 2025 la 10:12, " NEWS " a scris:",
            "De la: " NEWS "\nTrimis: luni, 3 martie 2025 10:12\nCătre: Ann\nSubiect: Oferte",
            "Pe 3 mar. 2025, la 10:12, " NEWS " a scris:",
            "La 03.03.2025 10:12, News a scris:",
            "luni, 3 martie 2025, 10:12:30 EET, " NEWS " a scris:" } },
  { "bg", { "На пн, 3.03.2025 г. в 10:12 " NEWS " написа:",
            "От: " NEWS "\nИзпратено: понеделник, 3 март 2025 г. 10:12\nДо: Ann\nОтносно: Оферти",
            "На 3.03.2025 г., в 10:12, " NEWS " написа:",
            "На 3.03.2025 г. в 10:12 ч., News написа:",
            "-------- Оригинално писмо --------\nОт: News news@shop.example\nОтносно: Оферти\nДо: ann@example.org\nИзпратено на: 03.03.2025 10:12" } },
  { "el", { "Στις Δευ 3 Μαρ 2025 στις 10:12 π.μ., ο/η " NEWS " έγραψε:",
            "Από: " NEWS "\nΑποστολή: Δευτέρα, 3 Μαρτίου 2025 10:12\nΠρος: Ann\nΘέμα: Προσφορές",
            "3 Μαρ 2025, 10:12, ο χρήστης «" NEWS "» έγραψε:",
            "Στις 3/3/2025 10:12 π.μ., ο/η News έγραψε:",
            "Από: " NEWS "\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025 10:12 πμ\nΠρος: Ann\nΘέμα: Προσφορές" } },
  { "ru", { "пн, 3 мар. 2025 г. в 10:12, " NEWS ":",
            "От: " NEWS "\nОтправлено: понедельник, 3 марта 2025 г. 10:12\nКому: Ann\nТема: Скидки",
            "3 марта 2025 г., в 10:12, " NEWS " написал(а):",
            "03.03.2025 10:12, News пишет:",
            "Понедельник, 3 марта 2025, 10:12 +03:00 от " NEWS ":" } },
  { "uk", { "пн, 3 бер. 2025 р. о 10:12 " NEWS " пише:",
            "Від: " NEWS "\nНадіслано: понеділок, 3 березня 2025 р. 10:12\nКому: Ann\nТема: Знижки",
            "3 бер. 2025 р. о 10:12 " NEWS " написав(ла):",
            "03.03.25 10:12, News пише:",
            "3 березня 2025, 10:12:30, від \"News\" <news@shop.example>:" } },
  { "tr", { NEWS ", 3 Mar 2025 Pzt, 10:12 tarihinde şunu yazdı:",
            "Kimden: " NEWS "\nGönderildi: 3 Mart 2025 Pazartesi 10:12\nKime: Ann\nKonu: Fırsatlar",
            NEWS " şunları yazdı (3 Mar 2025 10:12):",
            "3.03.2025 10:12 tarihinde News yazdı:",
            "Gönderen: " NEWS "\nGönderilme Tarihi: 3 Mart 2025 Pazartesi 10:12\nKime: Ann\nKonu: Fırsatlar" } },
  { "ar", { "\u202bفي الاثنين، 3 مارس 2025 في 10:12 ص تمت كتابة ما يلي بواسطة \u202aNews\u202c\u200f <\u202anews@shop.example\u202c\u200f>:\u202c",
            "من: " NEWS "\nتم الإرسال: الاثنين، 3 مارس 2025 10:12\nإلى: Ann\nالموضوع: عروض",
            "في ٣ مارس ٢٠٢٥، الساعة ١٠:١٢ ص، كتب " NEWS ":",
            "في 3\u200f/3\u200f/2025 10:12 ص، كتب News:",
            "بتاريخ ٣ مارس ٢٠٢٥ ١٠:١٢، كتب " NEWS ":" } },
  { "he", { "\u202bבתאריך יום ב׳, 3 במרץ 2025 ב-10:12 מאת \u202aNews\u202c\u200f <\u202anews@shop.example\u202c\u200f>:\u202c",
            "מאת: " NEWS "\nנשלח: יום שני 03 מרץ 2025 10:12\nאל: Ann\nנושא: מבצעים",
            "ב-3 במרץ 2025, בשעה 10:12, \u200f" NEWS " כתב/ה:",
            "ב־03/03/2025 בשעה 10:12, News כתב:",
            "נכתב על ידי News, ב־3 במרץ 2025 בשעה 10:12:" } },
  { "fa", { "در تاریخ دوشنبه ۳ مارس ۲۰۲۵، ۱۰:۱۲ " NEWS " نوشت:",
            "از: " NEWS "\nارسال شده: دوشنبه ۱۳ اسفند ۱۴۰۳ ۱۰:۱۲\nبه: Ann\nموضوع: پیشنهادها",
            "در ۱۳ اسفند ۱۴۰۳، ساعت ۱۰:۱۲، " NEWS " نوشت:",
            "در ۱۴۰۳/۱۲/۱۳ ۱۰:۱۲، News نوشت:",
            "در ۳ مارس ۲۰۲۵، News نوشته است:" } },
  { "hi", { "सोम, 3 मार्च 2025 को 10:12 am बजे " NEWS " ने लिखा:",
            "द्वारा: " NEWS "\nभेजा गया: सोमवार, 3 मार्च 2025 10:12\nप्रति: Ann\nविषय: ऑफ़र",
            "३ मार्च २०२५ को १०:१२ पूर्वाह्न बजे, " NEWS " ने लिखा:",
            "3/3/25 को 10:12 पूर्वाह्न पर, News ने लिखा:",
            "3 मार्च 2025 को, News ने लिखा:" } },
  { "ja", { "2025年3月3日(月) 10:12 " NEWS ":",
            "差出人: " NEWS "\n送信日時: 2025年3月3日 10:12\n宛先: Ann\n件名: お得な情報",
            "2025/03/03 10:12、" NEWS "のメール:",
            "On 2025/03/03 10:12, News wrote:",
            "2025年3月3日（月） 10:12 News さんは書きました:" } },
  { "ko", { "2025년 3월 3일 (월) 오전 10:12, " NEWS "님이 작성:",
            "보낸 사람: " NEWS "\n보낸 날짜: 2025년 3월 3일 월요일 오전 10:12\n받는 사람: Ann\n제목: 할인 소식",
            "2025. 3. 3. 오전 10:12, " NEWS " 작성:",
            "2025-03-03 오전 10:12에 News 이(가) 쓴 글:",
            "-----Original Message-----\nFrom: \"News\" <news@shop.example>\nTo: <ann@example.org>\nCc:\nSent: 2025-03-03 (월) 10:12:30 (GMT+09:00)\nSubject: 할인 소식" } },
  { "zh-Hans", { NEWS " 于2025年3月3日周一 10:12写道：",
            "发件人: " NEWS "\n发送时间: 2025年3月3日 10:12\n收件人: Ann\n主题: 优惠",
            "2025年3月3日 10:12，" NEWS " 写道：",
            "在 2025/3/3 10:12, News 写道:",
            "------------------ 原始邮件 ------------------\n发件人: \"News\" <news@shop.example>;\n发送时间: 2025年3月3日(星期一) 上午10:12\n收件人: \"Ann\"<ann@example.org>;\n主题: 优惠" } },
  { "zh-Hant", { NEWS " 於 2025年3月3日 週一 上午10:12寫道：",
            "寄件者: " NEWS "\n寄件日期: 2025年3月3日 上午 10:12\n收件者: Ann\n主旨: 優惠",
            NEWS " 於 2025年3月3日 上午10:12 寫道：",
            "於 2025/3/3 上午 10:12, News 寫道:",
            "在 2025年3月3日 星期一 上午10:12:30 [GMT+8], " NEWS " 寫道：" } },
  { "vi", { "Vào Th 2, 3 thg 3, 2025 vào lúc 10:12 " NEWS " đã viết:",
            "Từ: " NEWS "\nĐã gửi: Thứ Hai, 3 tháng 3, 2025 10:12\nĐến: Ann\nChủ đề: Ưu đãi",
            "Vào 3 thg 3, 2025, lúc 10:12, " NEWS " đã viết:",
            "Vào lúc 10:12 3/3/2025, News đã viết:",
            "Vào 10:12, Th 2, 3 thg 3, 2025 " NEWS " đã viết:" } },
  { "th", { "เมื่อ จ. 3 มี.ค. 2025 เวลา 10:12 " NEWS " เขียนว่า:",
            "จาก: " NEWS "\nส่ง: วันจันทร์ที่ 3 มีนาคม 2568 10:12\nถึง: Ann\nเรื่อง: ข้อเสนอ",
            "เมื่อ 3 มี.ค. 2568 เวลา 10:12 " NEWS " เขียนว่า:",
            "เมื่อ 3/3/2568 เวลา 10:12 News เขียนว่า:",
            "ในวันที่ จ. 3 มี.ค. ๒๕๖๘ เวลา ๑๐:๑๒ น. " NEWS " เขียน:" } },
  { "id", { "Pada Sen, 3 Mar 2025 pukul 10.12 " NEWS " menulis:",
            "Dari: " NEWS "\nDikirim: Senin, 03 Maret 2025 10.12\nKepada: Ann\nSubjek: Penawaran",
            "Pada 3 Mar 2025, pukul 10.12, " NEWS " menulis:",
            "Pada 03/03/2025 10.12, News menulis:",
            "Pada tanggal Sen, 3 Mar 2025 10.12 " NEWS " menulis:" } },
};
/* clang-format on */

/* The last blank before @column of each line becomes a line end, as clients wrap. */
static char *
wrap (const char *form, gsize column)
{
  g_auto (GStrv) lines = g_strsplit (form, "\n", -1);

  for (char **line = lines; *line; line++)
    {
      gsize size = strlen (*line);
      char *blank = size > column ? g_strrstr_len (*line, (gssize)column, " ") : NULL;
      if (blank && blank > *line + 8)
        *blank = '\n';
    }
  return g_strjoinv ("\n", lines);
}

static void
check (const char *content, const char *want)
{
  g_autofree char *words = kit_words_of_writer (content);

  if (g_strcmp0 (words, want) != 0)
    g_test_message ("%s", content);
  g_assert_cmpstr (words, ==, want);
}

static void
test_form (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  const char *form = rows[n / CLIENTS].form[n % CLIENTS];
  g_autofree char *wrapped = wrap (form, 60);
  g_autofree char *above = g_strconcat (WISH "\n\n", form, "\n\n" QUOTED "\n", NULL);
  g_autofree char *tight = g_strconcat (WISH "\n", form, "\n" QUOTED "\n", NULL);
  g_autofree char *folded = g_strconcat (WISH "\n\n", wrapped, "\n\n" QUOTED "\n", NULL);
  g_autofree char *marked
      = g_strconcat (WISH "\n\n", wrapped, "\n\n> " QUOTED "\n> " QUOTED "\n\nthe end\n", NULL);
  g_autofree char *below = g_strconcat (form, "\n\n> " QUOTED "\n> " QUOTED "\n\n" WISH "\n", NULL);

  check (above, WISH);
  check (tight, WISH);
  if (n % CLIENTS != OUTLOOK && !strchr (form, '\n'))
    {
      check (folded, WISH);
      check (marked, WISH " | the end");
      check (below, WISH);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows) * CLIENTS; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/attribution/%s/%s", rows[i / CLIENTS].language, clients[i % CLIENTS]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_form);
    }
  return g_test_run ();
}
