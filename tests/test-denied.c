/* Who says that he does not want to leave stays, in every language: a person may look, but nothing is
 * recorded */
#include "parser.h"

#include <string.h>

/* clang-format off */
static const char *const cases[] = {
  "Don't worry, I do not want to unsubscribe from your newsletter at all.",
  "Please do not take me off your list.",
  "I have no intention of leaving your list, on the contrary.",
  "There is no need to unsubscribe me.",
  "Keine Sorge, ich will mich gar nicht von Ihrem Newsletter abmelden.",
  "Bitte nehmen Sie mich nicht aus dem Verteiler.",
  "Ich habe nicht vor, mich abzumelden, im Gegenteil.",
  "Sie brauchen mich nicht abzumelden.",
  "Rassurez-vous, je ne veux pas du tout me désabonner de votre newsletter.",
  "Ne me retirez surtout pas de votre liste.",
  "Je n'ai pas l'intention de me désabonner, au contraire.",
  "Inutile de me désinscrire.",
  "Tranquilos, no quiero darme de baja del boletín.",
  "Por favor, no me quiten de la lista.",
  "No tengo intención de darme de baja, al contrario.",
  "No hace falta que me den de baja.",
  "Tranquilli, non voglio affatto cancellarmi dalla vostra newsletter.",
  "Per favore non toglietemi dalla lista.",
  "Non ho intenzione di disiscrivermi, anzi.",
  "Non serve cancellarmi.",
  "Fiquem tranquilos, não quero cancelar a inscrição na newsletter.",
  "Por favor, não me tirem da lista.",
  "Não tenho intenção de cancelar a inscrição, pelo contrário.",
  "Não é preciso me descadastrar.",
  "Geen zorgen, ik wil me helemaal niet uitschrijven voor jullie nieuwsbrief.",
  "Haal me alsjeblieft niet van de lijst.",
  "Ik ben niet van plan me uit te schrijven, integendeel.",
  "Jullie hoeven me niet uit te schrijven.",
  "Ingen fara, jag vill inte alls avsluta nyhetsbrevet.",
  "Ta inte bort mig från listan, snälla.",
  "Jag tänker inte avregistrera mig, tvärtom.",
  "Ni behöver inte ta bort mig.",
  "Bare rolig, jeg vil slet ikke afmelde jeres nyhedsbrev.",
  "Fjern mig ikke fra listen, tak.",
  "Jeg har ikke tænkt mig at afmelde mig, tværtimod.",
  "I behøver ikke at fjerne mig.",
  "Ta det med ro, jeg vil slett ikke melde meg av nyhetsbrevet.",
  "Ikke ta meg bort fra listen, er dere snille.",
  "Jeg har ikke tenkt å melde meg av, tvert imot.",
  "Dere trenger ikke å fjerne meg.",
  "Ei hätää, en halua lainkaan perua uutiskirjettänne.",
  "Älkää poistako minua listalta.",
  "En aio erota listalta, päinvastoin.",
  "Minua ei tarvitse poistaa.",
  "Proszę się nie martwić, wcale nie chcę się wypisywać z Waszego newslettera.",
  "Proszę nie usuwać mnie z listy.",
  "Nie zamierzam się wypisywać, wręcz przeciwnie.",
  "Nie trzeba mnie wypisywać.",
  "Nebojte se, vůbec se nechci z vašeho newsletteru odhlásit.",
  "Prosím, nevyřazujte mě ze seznamu.",
  "Nemám v úmyslu se odhlásit, naopak.",
  "Není třeba mě odhlašovat.",
  "Nebojte sa, vôbec sa nechcem z vášho newslettera odhlásiť.",
  "Prosím, nevyraďujte ma zo zoznamu.",
  "Nemám v úmysle sa odhlásiť, naopak.",
  "Nie je potrebné ma odhlasovať.",
  "Ne aggódjanak, egyáltalán nem akarok leiratkozni a hírlevélről.",
  "Kérem, ne vegyenek le a listáról.",
  "Nem áll szándékomban leiratkozni, sőt.",
  "Nem szükséges leiratkoztatni.",
  "Stați liniștiți, nu vreau deloc să mă dezabonez de la newsletter.",
  "Vă rog să nu mă scoateți de pe listă.",
  "Nu am de gând să mă dezabonez, dimpotrivă.",
  "Nu e nevoie să mă dezabonați.",
  "Не се притеснявайте, изобщо не искам да се отписвам от бюлетина ви.",
  "Моля, не ме махайте от списъка.",
  "Нямам намерение да се отписвам, напротив.",
  "Няма нужда да ме отписвате.",
  "Μην ανησυχείτε, δεν θέλω καθόλου να διαγραφώ από το newsletter σας.",
  "Παρακαλώ μη με βγάλετε από τη λίστα.",
  "Δεν σκοπεύω να διαγραφώ, αντιθέτως.",
  "Δεν χρειάζεται να με διαγράψετε.",
  "Не волнуйтесь, я вовсе не хочу отписываться от вашей рассылки.",
  "Пожалуйста, не убирайте меня из списка.",
  "Я не собираюсь отписываться, наоборот.",
  "Не нужно меня отписывать.",
  "Не хвилюйтеся, я зовсім не хочу відписуватися від вашої розсилки.",
  "Будь ласка, не прибирайте мене зі списку.",
  "Я не збираюся відписуватися, навпаки.",
  "Не потрібно мене відписувати.",
  "Merak etmeyin, bülteninizden çıkmak istemiyorum.",
  "Lütfen beni listeden çıkarmayın.",
  "Abonelikten ayrılmaya niyetim yok, aksine.",
  "Beni silmenize gerek yok.",
  "لا تقلقوا، أنا لا أريد إلغاء الاشتراك في نشرتكم أبدا.",
  "من فضلكم لا تحذفوني من القائمة.",
  "لا أنوي إلغاء الاشتراك، بل على العكس.",
  "لا داعي لإلغاء اشتراكي.",
  "אל דאגה, אני ממש לא רוצה לבטל את ההרשמה לניוזלטר שלכם.",
  "בבקשה אל תורידו אותי מהרשימה.",
  "אין לי כוונה לבטל את המינוי לדיוור, להפך.",
  "אין צורך להסיר אותי.",
  "نگران نباشید، من اصلا نمی‌خواهم اشتراک خبرنامه شما را لغو کنم.",
  "لطفا مرا از لیست حذف نکنید.",
  "قصد ندارم اشتراکم را لغو کنم، برعکس.",
  "لازم نیست مرا حذف کنید.",
  "ご心配なく、メルマガを解除したいわけではありません。",
  "リストから外さないでください。",
  "解除するつもりはありません。",
  "配信を止める必要はありません。",
  "걱정 마세요, 뉴스레터 구독을 취소하고 싶은 건 아닙니다.",
  "명단에서 빼지 마세요.",
  "해지할 생각은 없습니다.",
  "저를 삭제할 필요 없습니다.",
  "别担心，我并不想退订你们的邮件。",
  "请不要把我从名单里删掉。",
  "我没打算退订。",
  "不用给我退订。",
  "別擔心，我並不想取消訂閱你們的電子報。",
  "請不要把我從名單上移除。",
  "我沒有要取消訂閱的意思。",
  "不用幫我退訂。",
  "Đừng lo, tôi hoàn toàn không muốn hủy đăng ký bản tin của bạn.",
  "Xin đừng xóa tôi khỏi danh sách.",
  "Tôi không có ý định hủy đăng ký.",
  "Không cần gỡ tôi ra đâu.",
  "ไม่ต้องห่วง ฉันไม่ได้อยากยกเลิกการรับข่าวสารเลย",
  "กรุณาอย่าลบฉันออกจากรายชื่อ",
  "ไม่ได้คิดจะเลิกรับข่าวสารนะคะ",
  "ไม่ต้องเอาชื่อผมออกนะครับ",
  "Tenang saja, saya sama sekali tidak mau berhenti berlangganan buletin Anda.",
  "Tolong jangan keluarkan saya dari daftar.",
  "Saya tidak berniat berhenti berlangganan.",
  "Tidak perlu menghapus saya.",
  "कृपया मुझे सूची से न हटाएँ।",
  "मेरा सदस्यता छोड़ने का कोई इरादा नहीं है।",
  "मुझे हटाने की ज़रूरत नहीं है।",
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const char *text = cases[GPOINTER_TO_UINT (data)];
  g_autofree char *mail
      = g_strconcat ("From: ann@example.org\nContent-Type: text/plain; charset=utf-8\n\n", text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  g_autoptr (ParserFacts) facts = parser_read (bytes, NULL);
  g_assert_true (facts->intent != PARSER_INTENT_ERASURE);
  gboolean clear = facts->confidence >= 60 && !(facts->marks & PARSER_MARK_DOUBTFUL);
  g_assert_true (facts->intent != PARSER_INTENT_OPT_OUT || !clear);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  parser_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/denied/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
