/* test-auto.c - automatic answers in every language, with headers and without, that hold words of leaving:
 * never a person's wish. The texts are ours. */
#include <string.h>

#include "internal.h"

typedef enum
{
  SUBJECT, /* how the subject of an absence begins */
  AWAY,
  RECEIVED,
  GONE, /* somebody else has left */
  PARTS
} Part;

static const char *const parts[PARTS] = { "subject", "away", "received", "gone" };

/* What makes each of them a trap. */
#define TRAP "\nPlease remove me from the thread. To unsubscribe from our news, unsubscribe here.\n"

/* clang-format off */
static const struct { const char *language, *text[PARTS]; } rows[] = {
  { "en", { "Automatic reply: Spring offers", "I am out of the office until 5 May. In urgent cases please call my colleagues.", "Thank you for contacting us. Your ticket number is 4711.", "Dan Lee no longer works for Example Ltd. Please write to info@shop.example." } },
  { "de", { "Automatische Antwort: Frühlingsangebote", "Guten Tag, ich bin derzeit nicht im Büro und ab dem 5. Mai wieder da.", "Vielen Dank, Ihre Nachricht ist bei uns eingegangen. Ihre Ticketnummer lautet 4711.", "Herr Lee arbeitet nicht mehr in unserem Hause." } },
  { "fr", { "Réponse automatique : Offres", "Bonjour, je suis absent du bureau jusqu'au 5 mai.", "Nous avons bien reçu votre message, dossier 4711.", "Monsieur Lee ne travaille plus dans notre société." } },
  { "es", { "Respuesta automática: Ofertas", "Hola, estoy de vacaciones hasta el 5 de mayo.", "Hemos recibido su mensaje con el número 4711.", "El señor Lee ya no trabaja con nosotros." } },
  { "it", { "Risposta automatica: Offerte", "Buongiorno, sono in ferie fino al 5 maggio.", "Abbiamo ricevuto la sua richiesta numero 4711.", "Il signor Lee non lavora più con noi." } },
  { "pt", { "Resposta automática: Ofertas", "Olá, estou de férias até 5 de maio.", "Recebemos a sua mensagem com o número 4711.", "O senhor Lee já não trabalha connosco." } },
  { "nl", { "Automatisch antwoord: Acties", "Hallo, ik ben met vakantie tot 5 mei.", "Wij hebben uw bericht ontvangen onder nummer 4711.", "De heer Lee is niet meer werkzaam bij ons." } },
  { "sv", { "Automatiskt svar: Erbjudanden", "Hej, jag har semester till den 5 maj.", "Vi har tagit emot ditt meddelande, nummer 4711.", "Herr Lee arbetar inte längre hos oss." } },
  { "da", { "Automatisk svar: Tilbud", "Hej, jeg er på ferie til den 5. maj.", "Vi har modtaget din henvendelse, nummer 4711.", "Hr. Lee er fratrådt sin stilling." } },
  { "no", { "Automatisk svar: Tilbud", "Hei, jeg er ute av kontoret til 5. mai.", "Vi har mottatt henvendelsen din, nummer 4711.", "Herr Lee jobber ikke lenger hos oss." } },
  { "fi", { "Automaattinen vastaus: Tarjoukset", "Hei, olen lomalla 5. toukokuuta asti.", "Olemme vastaanottaneet viestisi numerolla 4711.", "Lee ei työskentele enää meillä." } },
  { "pl", { "Odpowiedź automatyczna: Oferty", "Dzień dobry, przebywam na urlopie do 5 maja.", "Otrzymaliśmy Państwa wiadomość, numer 4711.", "Pan Lee już nie pracuje w naszej firmie." } },
  { "cs", { "Automatická odpověď: Nabídky", "Dobrý den, do 5. května čerpám dovolenou.", "Přijali jsme váš požadavek číslo 4711.", "Pan Lee u nás již nepracuje." } },
  { "sk", { "Automatická odpoveď: Ponuky", "Dobrý deň, do 5. mája čerpám dovolenku.", "Prijali sme vašu požiadavku číslo 4711.", "Pán Lee u nás už nie je zamestnaný." } },
  { "hu", { "Automatikus válasz: Ajánlatok", "Jó napot, május 5-ig szabadságon vagyok.", "Üzenetét megkaptuk, száma 4711.", "Lee úr már nem dolgozik nálunk." } },
  { "ro", { "Răspuns automat: Oferte", "Bună ziua, sunt în concediu până pe 5 mai.", "Am primit solicitarea cu numărul 4711.", "Domnul Lee nu mai lucrează la noi." } },
  { "bg", { "Автоматичен отговор: Оферти", "Здравейте, в момента съм в отпуск до 5 май.", "Получихме вашето съобщение с номер 4711.", "Господин Лий вече не работи в нашата фирма." } },
  { "el", { "Αυτόματη απάντηση: Προσφορές", "Καλημέρα, βρίσκομαι σε άδεια έως τις 5 Μαΐου.", "Λάβαμε το μήνυμά σας με αριθμό 4711.", "Ο κύριος Λι δεν εργάζεται πλέον σε εμάς." } },
  { "ru", { "Автоматический ответ: Скидки", "Добрый день! Нахожусь в отпуске до 5 мая.", "Спасибо за обращение, его номер 4711.", "Господин Ли больше не работает в нашей компании." } },
  { "uk", { "Автоматична відповідь: Знижки", "Добрий день! Я у відпустці до 5 травня.", "Дякуємо за звернення, його номер 4711.", "Пан Лі більше не працює в нашій компанії." } },
  { "tr", { "Otomatik yanıt: Fırsatlar", "Merhaba, 5 Mayıs'a kadar izindeyim.", "Talebiniz alınmıştır, numarası 4711.", "Lee Bey şirketimizden ayrılmıştır." } },
  { "ar", { "رد تلقائي: عروض", "مرحبا، أنا في إجازة حتى 5 مايو.", "شكرا لتواصلكم معنا، رقم الطلب 4711.", "السيد لي لم يعد يعمل في شركتنا." } },
  { "he", { "תשובה אוטומטית: מבצעים", "שלום, אני בחופשה עד 5 במאי.", "פנייתך התקבלה ומספרה 4711.", "מר לי כבר לא עובד בחברה." } },
  { "fa", { "پاسخ خودکار: پیشنهادها", "سلام، تا ۵ مه در مرخصی هستم.", "درخواست شما ثبت شد، شماره ۴۷۱۱.", "آقای لی دیگر در شرکت ما کار نمی‌کند." } },
  { "hi", { "स्वचालित उत्तर: ऑफ़र", "नमस्ते, मैं छुट्टी पर हूँ, 5 मई तक।", "संपर्क करने के लिए धन्यवाद, संख्या 4711.", "श्री ली अब यहाँ काम नहीं करते।" } },
  { "ja", { "自動応答: お得な情報", "5月5日まで不在にしております。", "お問い合わせありがとうございます。番号は4711です。", "李は3月末で退職いたしました。" } },
  { "ko", { "자동 회신: 할인 소식", "안녕하세요, 5월 5일까지 휴가 중입니다.", "문의가 접수되었습니다. 번호는 4711입니다.", "이 과장은 3월에 퇴사하였습니다." } },
  { "zh-Hans", { "自动回复: 优惠", "您好，我正在休假，5月5日回来。", "感谢您的来信，编号4711。", "李先生已离职。" } },
  { "zh-Hant", { "自動回覆: 優惠", "您好，我目前不在辦公室，5月5日回來。", "感謝您的來信，編號4711。", "李先生已離職。" } },
  { "vi", { "Trả lời tự động: Ưu đãi", "Xin chào, tôi đang nghỉ phép đến ngày 5 tháng 5.", "Cảm ơn bạn đã liên hệ, mã số 4711.", "Ông Lý không còn làm việc tại công ty." } },
  { "th", { "ตอบกลับอัตโนมัติ: ข้อเสนอ", "สวัสดีค่ะ ขณะนี้อยู่ระหว่างลาพักร้อนถึงวันที่ 5 พฤษภาคม", "ขอบคุณที่ติดต่อเรา หมายเลข 4711", "คุณลีลาออกแล้ว" } },
  { "id", { "Balasan otomatis: Penawaran", "Halo, saya sedang cuti sampai 5 Mei.", "Terima kasih telah menghubungi kami, nomor 4711.", "Pak Lee sudah tidak bekerja di perusahaan kami." } },
};
/* clang-format on */

static ParserFacts *
read_mail (const char *header, const char *subject, const char *body)
{
  g_autofree char *text
      = g_strconcat ("From: ann@example.org\nTo: news@metrix.example\n", header, "Subject: ", subject,
                     "\nContent-Type: text/plain; charset=utf-8\n\n", body, TRAP, NULL);
  g_autoptr (GBytes) mail = g_bytes_new (text, strlen (text));

  return parser_read (mail, NULL);
}

static gboolean
may_be_recorded (const ParserFacts *facts)
{
  return facts->kind == PARSER_KIND_PERSON && !(facts->marks & PARSER_MARK_DOUBTFUL);
}

static void
test_row (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  Part part = n % PARTS;
  const char *subject = rows[n / PARTS].text[SUBJECT], *text = rows[n / PARTS].text[part];

  if (part == SUBJECT)
    {
      g_autoptr (ParserFacts) said = read_mail ("", text, rows[n / PARTS].text[AWAY]);
      g_autoptr (ParserFacts) null_sender = read_mail ("Return-Path: <>\n", text, "Hello.");
      g_autofree char *loud = g_utf8_strup (text, -1);
      g_autoptr (ParserFacts) shouted = read_mail ("", loud, rows[n / PARTS].text[AWAY]);
      g_assert_cmpint (said->kind, ==, PARSER_KIND_AUTO_REPLY);
      g_assert_cmpint (null_sender->kind, ==, PARSER_KIND_AUTO_REPLY);
      g_assert_cmpint (shouted->kind, ==, PARSER_KIND_AUTO_REPLY);
      return;
    }
  g_autoptr (ParserFacts) sloppy = read_mail ("", "Re: Spring offers", text);
  g_autoptr (ParserFacts) proper = read_mail ("Auto-Submitted: auto-replied\n", subject, text);
  g_assert_false (may_be_recorded (sloppy));
  g_assert_cmpint (proper->kind, ==, PARSER_KIND_AUTO_REPLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (rows) * PARTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/auto/%s/%s", rows[i / PARTS].language, parts[i % PARTS]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
