/* test-footer.c - what programs and organisations add, in every language: why a newsletter came and how to
 * leave it, "sent from my phone", notices, warnings of a gateway. None of it is the writer's. The texts are
 * ours. */
#include "segment-kit.h"

#include <string.h>

#define WISH "no thanks"
#define LINK "https://shop.example/u/1"

typedef enum
{
  REASON,     /* why it came; alone, and above the next one */
  HOW,        /* how to leave, a link behind it or below it */
  LABELS,     /* names of links between bars, whose links are gone */
  PHONE,      /* a telephone's or program's signature */
  DISCLAIMER, /* a notice of confidence */
  WARNING,    /* a gateway's words on top */
  PARTS
} Part;

static const char *const parts[PARTS] = { "reason", "how", "labels", "phone", "disclaimer", "warning" };

/* clang-format off */
static const struct { const char *language, *text[PARTS]; } rows[] = {
  { "en", { "You are receiving this email because you signed up on our website.", "To unsubscribe from this newsletter, click here:", "Unsubscribe | Manage preferences | View in browser", "Sent from my iPhone", "This message is confidential and meant for its addressee alone. If you are not the intended recipient, please delete it.", "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender." } },
  { "de", { "Sie erhalten diese E-Mail, weil Sie sich auf unserer Website angemeldet haben.", "Um sich abzumelden, klicken Sie hier:", "Abmelden | Einstellungen | Im Browser ansehen", "Von meinem iPhone gesendet", "Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt. Sind Sie nicht der richtige Adressat, löschen Sie sie bitte.", "ACHTUNG: Diese E-Mail kommt von außerhalb der Organisation. Klicken Sie auf keine Links." } },
  { "fr", { "Vous recevez cet e-mail car vous êtes inscrit sur notre site.", "Pour vous désabonner, cliquez ici :", "Se désabonner | Préférences | Version en ligne", "Envoyé de mon iPhone", "Ce message est confidentiel et réservé à son destinataire. Si vous n'êtes pas le destinataire, merci de le détruire.", "ATTENTION : ce message provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens." } },
  { "es", { "Recibes este correo porque te registraste en nuestra web.", "Para darte de baja, haz clic aquí:", "Darse de baja | Preferencias | Ver en el navegador", "Enviado desde mi iPhone", "Este mensaje contiene información confidencial para su destinatario. Si no es el destinatario, por favor elimínelo.", "PRECAUCIÓN: Este correo se originó fuera de la organización. No haga clic en los enlaces." } },
  { "it", { "Ricevi questa email perché ti sei iscritto sul nostro sito.", "Per cancellarti dalla newsletter, clicca qui:", "Disiscriviti | Preferenze | Vedi nel browser", "Inviato da iPhone", "Le informazioni di questo messaggio sono riservate al destinatario. Se lo avete ricevuto per errore, vi preghiamo di distruggerlo.", "ATTENZIONE: questa email proviene dall'esterno dell'organizzazione. Non aprite i collegamenti." } },
  { "pt", { "Você recebeu este e-mail porque se cadastrou em nosso site.", "Para cancelar a inscrição, clique aqui:", "Descadastrar | Preferências | Ver no navegador", "Enviado do meu iPhone", "Esta mensagem contém informações confidenciais para o destinatário. Se não for o destinatário, apague-a por favor.", "CUIDADO: Este e-mail veio de fora da organização. Não clique em links." } },
  { "nl", { "Je ontvangt deze e-mail omdat je je op onze site hebt aangemeld.", "Klik hier om je uit te schrijven:", "Uitschrijven | Voorkeuren | Bekijk in browser", "Verstuurd vanaf mijn iPhone", "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Is het niet voor u bestemd, verwijder het dan.", "LET OP: deze e-mail komt van buiten de organisatie. Klik niet op links." } },
  { "sv", { "Du får detta mejl eftersom du har anmält dig på vår webbplats.", "Klicka här för att avregistrera dig:", "Avregistrera | Inställningar | Visa i webbläsaren", "Skickat från min iPhone", "Detta meddelande är konfidentiellt och endast avsett för mottagaren. Har det nått fel person ber avsändaren att det raderas.", "VARNING: Detta mejl kommer utifrån organisationen. Klicka inte på länkar." } },
  { "da", { "Du modtager denne e-mail, fordi du har tilmeldt dig på vores side.", "Klik her for at afmelde nyhedsbrevet:", "Afmeld | Indstillinger | Se i browser", "Sendt fra min iPhone", "Denne meddelelse er fortrolig og kun beregnet til modtageren. Er den havnet forkert, bedes den slettet.", "ADVARSEL: Denne e-mail kommer udefra. Klik ikke på links." } },
  { "no", { "Du mottar denne e-posten fordi du har registrert deg på nettstedet vårt.", "Klikk her for å melde deg av nyhetsbrevet:", "Meld av | Innstillinger | Vis i nettleser", "Sendt fra min iPhone", "Denne meldingen er fortrolig og bare ment for mottakeren. Har den havnet feil, bes den slettet.", "ADVARSEL: Denne e-posten kommer fra avsender utenfor virksomheten. Ikke klikk på lenker." } },
  { "fi", { "Saat tämän viestin, koska olet ilmoittautunut sivuillamme.", "Peruuta tilaus klikkaamalla tästä:", "Peruuta tilaus | Asetukset | Näytä selaimessa", "Lähetetty iPhonesta", "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle. Väärään osoitteeseen tullut viesti pyydetään poistamaan.", "VAROITUS: Tämä viesti tulee organisaation ulkopuolelta. Älä avaa linkkejä." } },
  { "pl", { "Otrzymujesz tę wiadomość, ponieważ zapisałeś się na naszej stronie.", "Aby zrezygnować z newslettera, kliknij tutaj:", "Wypisz się | Ustawienia | Zobacz w przeglądarce", "Wysłane z iPhone'a", "Ta wiadomość jest poufna i przeznaczona wyłącznie dla adresata. Jeżeli trafiła do kogoś innego, prosimy o jej usunięcie.", "UWAGA: wiadomość pochodzi spoza organizacji. Nie klikaj w odnośniki." } },
  { "cs", { "Tento e-mail jste obdrželi, protože jste se přihlásili na našem webu.", "Pro odhlášení klikněte zde:", "Odhlásit odběr | Nastavení | Zobrazit v prohlížeči", "Odesláno z iPhonu", "Tato zpráva je důvěrná a určená pouze adresátovi. Dostala-li se k někomu jinému, smažte ji prosím.", "POZOR: Tento e-mail přišel z vnějšku organizace. Neklikejte na odkazy." } },
  { "sk", { "Tento e-mail ste dostali, pretože ste sa prihlásili na našom webe.", "Pre odhlásenie kliknite sem:", "Odhlásiť odber | Nastavenia | Zobraziť v prehliadači", "Odoslané z iPhonu", "Táto správa je dôverná a určená iba adresátovi. Ak sa dostala k niekomu inému, prosíme o jej zmazanie.", "POZOR: Tento e-mail prišiel zvonka organizácie. Neklikajte na odkazy." } },
  { "hu", { "Ezt a levelet azért kapta, mert feliratkozott honlapunkon.", "A leiratkozáshoz kattintson ide:", "Leiratkozás | Beállítások | Megtekintés böngészőben", "iPhone-ról küldve", "Ez az üzenet bizalmas és kizárólag a címzettnek szól. Ha tévedésből került valakihez, kérjük a törlését.", "FIGYELEM: Ez a levél a szervezeten kívülről érkezett. Ne kattintson a hivatkozásokra." } },
  { "ro", { "Ați primit acest e-mail pentru că v-ați înscris pe site.", "Pentru dezabonare, faceți clic aici:", "Dezabonare | Preferințe | Vezi în browser", "Trimis de pe iPhone", "Acest mesaj conține informații confidențiale destinate doar destinatarului. Dacă a ajuns din greșeală la altcineva, trebuie șters.", "ATENȚIE: Acest e-mail vine din afara organizației. Nu accesați linkurile." } },
  { "bg", { "Получавате това писмо, защото сте се записали на нашия сайт.", "За да се отпишете, натиснете тук:", "Отписване | Настройки | Преглед в браузъра", "Изпратено от моя iPhone", "Това съобщение съдържа поверителна информация и е предназначено само за получателя. При грешка следва да бъде изтрито.", "ВНИМАНИЕ: Този имейл идва извън организацията. Не отваряйте връзки." } },
  { "el", { "Λαμβάνετε αυτό το μήνυμα επειδή εγγραφήκατε στον ιστότοπό μας.", "Για διαγραφή από τη λίστα, κάντε κλικ εδώ:", "Διαγραφή | Προτιμήσεις | Προβολή στον φυλλομετρητή", "Στάλθηκε από το iPhone", "Το μήνυμα αυτό είναι εμπιστευτικό και απευθύνεται μόνο στον παραλήπτη. Αν ελήφθη κατά λάθος, πρέπει να διαγραφεί.", "ΠΡΟΣΟΧΗ: Αυτό το email προέρχεται εκτός του οργανισμού. Μην ανοίγετε συνδέσμους." } },
  { "ru", { "Вы получили это письмо, потому что подписались на нашем сайте.", "Чтобы отписаться от рассылки, нажмите сюда:", "Отписаться | Настройки | Открыть в браузере", "Отправлено с iPhone", "Это сообщение содержит конфиденциальную информацию и предназначено только адресату. При ошибочном получении его следует удалить.", "ВНИМАНИЕ: Внешний отправитель. Не открывайте ссылки." } },
  { "uk", { "Ви отримали цей лист, бо підписалися на нашому сайті.", "Щоб відписатися, натисніть тут:", "Відписатися | Налаштування | Переглянути у браузері", "Надіслано з iPhone", "Це повідомлення містить конфіденційну інформацію для адресата. Помилково отриманий лист слід видалити.", "УВАГА: Цей лист надійшов ззовні організації. Не відкривайте посилань." } },
  { "tr", { "Bu e-postayı sitemize üye olduğunuz için aldınız.", "Abonelikten çıkmak için buraya tıklayın:", "Abonelikten çık | Tercihler | Tarayıcıda görüntüle", "iPhone'umdan gönderildi", "Bu mesaj gizli bilgiler içerir ve yalnızca alıcısı içindir. Yanlışlıkla ulaştıysa silinmelidir.", "DİKKAT: Bu e-posta kurum dışından geldi. Bağlantılara tıklamayın." } },
  { "ar", { "وصلتك هذه الرسالة لأنك سجلت في موقعنا.", "لإلغاء الاشتراك انقر هنا:", "إلغاء الاشتراك | التفضيلات | عرض في المتصفح", "أُرسلت من الـ iPhone", "هذه الرسالة سرية ومخصصة للمرسل إليه فقط. إذا وصلت إلى غيره عن طريق الخطأ فيجب حذفها.", "تنبيه: هذه الرسالة من خارج المؤسسة. لا تنقر على الروابط." } },
  { "he", { "קיבלת הודעה זו כי נרשמת באתר שלנו.", "להסרה מרשימת התפוצה לחצו כאן:", "הסרה מהרשימה | העדפות | צפייה בדפדפן", "נשלח מה-iPhone", "הודעה זו היא חסויה ומיועדת לנמען בלבד. אם הגיעה בטעות לאדם אחר, יש למחוק אותה.", "זהירות: הודעה זו נשלחה מחוץ לארגון. אין ללחוץ על קישורים." } },
  { "fa", { "شما این ایمیل را دریافت کرده‌اید چون در سایت ما عضو شده‌اید.", "برای لغو اشتراک اینجا کلیک کنید:", "لغو اشتراک | تنظیمات | مشاهده در مرورگر", "ارسال شده از iPhone", "این پیام محرمانه است و تنها برای گیرنده فرستاده شده است. اگر به اشتباه رسیده، باید حذف شود.", "هشدار: این ایمیل از خارج سازمان آمده است. روی پیوندها کلیک نکنید." } },
  { "hi", { "आपको यह ईमेल इसलिए मिला क्योंकि आपने हमारी साइट पर पंजीकरण किया है।", "सदस्यता रद्द करने के लिए यहाँ क्लिक करें:", "सदस्यता रद्द करें | सेटिंग | ब्राउज़र में देखें", "मेरे iPhone से भेजा गया", "यह संदेश गोपनीय है और केवल प्राप्तकर्ता के लिए है। गलती से मिलने पर इसे हटा दिया जाए।", "सावधान: यह ईमेल संगठन के बाहर से आया है। लिंक पर क्लिक न करें।" } },
  { "ja", { "このメールは、当サイトに登録された方にお送りしています。", "配信停止をご希望の方はこちらをクリックしてください：", "配信停止 | 設定の変更 | ブラウザで見る", "iPhoneから送信", "このメールには機密情報が含まれている場合があります。宛先の方以外が受信された場合は、削除をお願いいたします。", "注意：このメールは社外から送信されています。リンクを開かないでください。" } },
  { "ko", { "본 메일은 회원가입 시 수신에 동의하신 분께 보내드립니다.", "수신을 원하지 않으시면 여기를 클릭하세요:", "수신거부 | 설정 | 웹에서 보기", "나의 iPhone에서 보냄", "이 메일은 기밀 정보를 포함하고 있으며 지정된 수신인만을 위한 것입니다. 잘못 전달된 경우 삭제하여 주시기 바랍니다.", "주의: 이 메일은 외부에서 발송되었습니다. 링크를 클릭하지 마십시오." } },
  { "zh-Hans", { "您收到此邮件是因为您在我们的网站注册过。", "如不想再收到此类邮件，请点击退订：", "退订 | 偏好设置 | 在浏览器中查看", "发自我的iPhone", "本邮件含有机密信息，仅供收件人使用。如误收到本邮件，应立即删除并告知发件人，不得复制或转发给他人。", "注意：此邮件来自外部。请勿点击链接。" } },
  { "zh-Hant", { "您收到此郵件是因為您在我們的網站註冊過。", "如不想再收到此類郵件，請點擊退訂：", "取消訂閱 | 偏好設定 | 在瀏覽器中檢視", "從我的 iPhone 傳送", "本郵件含有機密資訊，僅供收件人使用。如誤收到本郵件，應立即刪除並告知寄件人，不得複製或轉寄給他人。", "注意：此郵件來自外部。請勿點擊連結。" } },
  { "vi", { "Bạn nhận được email này vì đã đăng ký trên trang của chúng tôi.", "Để hủy đăng ký, vui lòng nhấn vào đây:", "Hủy đăng ký | Tùy chọn | Xem trên trình duyệt", "Đã gửi từ iPhone của tôi", "Thư này chứa thông tin bảo mật và chỉ dành cho người nhận. Nếu thư đến nhầm địa chỉ, cần xóa ngay.", "CẢNH BÁO: Email này đến từ bên ngoài tổ chức. Không nhấn vào liên kết." } },
  { "th", { "คุณได้รับอีเมลนี้เพราะลงทะเบียนไว้กับเว็บไซต์ของเรา", "หากต้องการยกเลิกการรับข่าวสาร คลิกที่นี่:", "ยกเลิกการรับข่าวสาร | การตั้งค่า | ดูในเบราว์เซอร์", "ส่งจาก iPhone ของฉัน", "ข้อความนี้เป็นความลับและส่งถึงผู้รับเท่านั้น หากส่งผิดพลาดโปรดลบข้อความนี้ทิ้ง", "คำเตือน: อีเมลนี้มาจากภายนอกองค์กร อย่าคลิกลิงก์" } },
  { "id", { "Anda menerima email ini karena mendaftar di situs kami.", "Untuk berhenti berlangganan, klik di sini:", "Berhenti berlangganan | Preferensi | Lihat di browser", "Dikirim dari iPhone saya", "Pesan ini bersifat rahasia dan hanya untuk penerima yang dituju. Bila salah alamat, pesan ini harus dihapus.", "PERHATIAN: Email ini berasal dari luar organisasi. Jangan klik tautan." } },
};
/* clang-format on */

static void
check (const char *const *pieces)
{
  g_autofree char *content = g_strjoinv (NULL, (char **)pieces);
  g_autofree char *words = kit_words_of_writer (content);

  g_assert_cmpstr (words, ==, WISH);
}

static void
test_part (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  Part part = n % PARTS;
  const char *text = rows[n / PARTS].text[part], *how = rows[n / PARTS].text[HOW];

  if (part == WARNING)
    {
      check ((const char *const[]){ text, "\n\n" WISH "\n", NULL });
      check ((const char *const[]){ "[", text, "]\n" WISH "\n", NULL });
      return;
    }
  if (part == HOW)
    {
      check ((const char *const[]){ WISH "\n\n", text, " " LINK "\n", NULL });
      check ((const char *const[]){ WISH "\n\n", text, "\n" LINK "\n", NULL });
      check ((const char *const[]){ WISH "\n", text, " " LINK "\n", NULL });
      return;
    }
  check ((const char *const[]){ WISH "\n\n", text, "\n", NULL });
  if (part == REASON)
    check ((const char *const[]){ WISH "\n\n", text, " ", how, " " LINK "\n", NULL });
  if (part == DISCLAIMER)
    check ((const char *const[]){ WISH "\n\n________________________________\n", text, "\n", NULL });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows) * PARTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/footer/%s/%s", rows[i / PARTS].language, parts[i % PARTS]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_part);
    }
  return g_test_run ();
}
