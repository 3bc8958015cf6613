/* banner.c - what telephones write below the words of a person, and gateways above them. */
#include "lines.h"

#include <string.h>

#define MAX_DEVICE 100  /* octets of a "sent from" line */
#define MAX_WARNING 600 /* octets of a gateway's line in which it says that the mail came from outside */

#define LONG_BANNER 20 /* octets of words of a gateway that need no others */

/* clang-format off */

/* "Sent from my iPhone": how it begins, */
static const char *const device_leads[] = {
  "sent from my", "sent from", "sent via", "sent with", "sent by", "sent using", "sent on the go", "from my iphone", "from my mobile", "from my phone", "get outlook for", "get [outlook for", "composed on", "typed on", "written on my",
  "vom iphone", "gesendet von", "gesendet mit", "gesendet vom", "gesendet uber", "gesendet aus", "diese nachricht wurde von meinem", "diese e-mail wurde von meinem", "hol dir outlook", "holen sie sich outlook",
  "envoye de mon", "envoye depuis", "envoye a partir", "envoye par", "envoye avec", "obtenez outlook", "telecharger outlook", "provenance :",
  "enviado desde", "enviado con", "enviado mediante", "obtener outlook", "descargar outlook", "inviato da", "inviato dal", "inviato con", "inviato tramite", "ottieni outlook", "scarica outlook",
  "enviado do meu", "enviado do", "enviado a partir", "enviado pelo", "enviado via", "obter o outlook", "baixe o outlook", "verzonden vanaf", "verzonden met", "verzonden via", "verstuurd vanaf", "verstuurd van", "outlook voor", "download outlook",
  "skickat fran", "skickades fran", "hamta outlook", "sendt fra", "sendt via", "sendt med", "hent outlook", "fa outlook", "lahetetty", "hanki outlook", "wysłane z", "wysłano z", "wyslane z", "pobierz program outlook", "pobierz outlook",
  "odeslano z", "odeslano ze", "ziskat outlook", "odoslane z", "odoslane zo", "elkuldve", "iphone-rol", "trimis de pe", "trimis din", "obtineti outlook", "изпратено от", "στάλθηκε από", "εστάλη από", "отправлено с", "отправлено из", "отправлено от", "надіслано з", "відправлено з",
  "أرسلت من", "أُرسلت من", "مرسل من", "تم الإرسال من", "נשלח מה", "נשלח מ", "ارسال شده از", "फ़ोन से भेजा गया", "我的 iphone", "發自我的", "发自我的", "來自我的", "来自我的", "发送自", "傳送自", "發送自", "나의 iphone에서", "내 iphone에서", "duoc gui tu", "đuoc gui tu", "da gui tu", "đa gui tu", "gui tu", "ส่งจาก", "dikirim dari", "terkirim dari", "dapatkan outlook", NULL
};

/* or how it begins or ends where a device is named too: "von meinem Postfach" is no banner. */
static const char *const device_tails[] = {
  "von meinem", "von meiner", "मेरे", "从我的", "從我的",
  "gesendet", "gonderildi", "から送信", "에서 보냄", "에서 보낸 메일", "传送", "傳送", "发送", "發送", "से भेजा गया", "kuldve", "wurde von meinem", "verschickt", "lahetetty", NULL
};

/* A device or a program: what makes a longer line such a banner. */
static const char *const devices[] = {
  "iphone", "ipad", "ipod", "android", "mobile", "phone", "smartphone", "handy", "mobilgerat", "mobiltelefon", "mobiltelefons", "galaxy", "samsung", "htc", "blackberry", "outlook", "yahoo", "gmail", "windows", "nokia", "huawei", "xiaomi", "tablet", "device",
  "airmail", "mailbox", "proton", "protonmail", "proton mail", "k-9", "thunderbird", "gmx", "web.de", "t-online", "orange", "libero", "aol", "spark", "mail", "telefon", "telephone", "telefono", "movil", "celular", "telefoon", "mobiel", "mobil", "puhelimesta", "telefonu", "телефона", "iphonesta", "mail.ru", "яндекс", "手机", "手機", "फोन", "फ़ोन", "मोबाइल", "アイフォン", "cell", "hotmail", "webmail", "fairemail", "bluemail", "tutanota", "edison", "pc", "ti-85", "flash2", NULL
};

/* "Sent from my phone, please take me off": no banner. */
static const char *const wishes[] = { "me", "us", "please", "pls", "stop", "off", "list", "take", "no more", "bitte", "merci", "por favor", NULL };

/* What an organisation's gateway puts on top. */
static const char *const external_banners[] = {
  "external email", "external e-mail", "external sender", "external mail", "external:", "external", "caution: this email originated", "caution: this e-mail originated", "caution: external", "caution:this email", "warning: this email originated",
  "warning: external", "this email originated from outside", "this message originated from outside", "this message originated outside", "this email was sent from outside", "this is an external email", "you don't often get email from", "some people who received this message don't often get email from",
  "externe e-mail", "externe email", "externe mail", "externer absender", "achtung: externe", "achtung externe", "achtung: diese e-mail", "vorsicht: externe", "diese e-mail stammt von ausserhalb", "diese e-mail stammt von außerhalb", "diese e-mail kam von", "sie erhalten nicht oft e-mail von",
  "expediteur externe", "courriel externe", "attention : ce message", "attention: ce message", "ce message provient de l'exterieur", "correo externo", "remitente externo", "precaucion: este correo", "este correo proviene de fuera", "mittente esterno", "email esterna", "attenzione: questa email", "remetente externo", "e-mail externo", "cuidado: este e-mail",
  "externe afzender", "let op: deze e-mail", "let op: externe", "externt mejl", "extern avsandare", "ekstern e-mail", "ekstern afsender", "ekstern e-post", "ulkoinen", "wiadomosc zewnetrzna", "uwaga: wiadomosc", "externi e-mail", "внешний отправитель", "внешняя почта", "внимание: внешн", "harici e-posta", "외부 메일", "外部邮件", "外部郵件", "社外メール", "sie erhalten nicht haufig", "vous n'obtenez pas souvent", "no suele recibir correo", "non si riceve spesso posta", "u ontvangt niet vaak e-mail", "du far inte ofta e-post", "du far ikke ofte mail", "du far ikke ofte e-post", NULL
};

/* "Caution:", and then somewhere that the mail came from outside. */
static const char *const cautions[] = {
  "caution", "warning", "attention", "notice", "be careful", "beware", "alert", "achtung", "vorsicht", "warnung", "hinweis", "prudence", "avertissement", "precaucion", "advertencia", "aviso", "atencion", "cuidado", "atencao", "attenzione", "avviso",
  "let op", "pas op", "opgelet", "waarschuwing", "varning", "obs", "advarsel", "forsigtig", "bemærk", "merk", "varoitus", "huomio", "huom", "uwaga", "ostrzezenie", "ostrzeżenie", "pozor", "upozorneni", "upozornenie", "figyelem", "figyelmeztetes", "atentie", "avertisment",
  "внимание", "осторожно", "внимавайте", "предупреждение", "προσοχή", "προσοχη", "προειδοποίηση", "увага", "обережно", "попередження", "dikkat", "uyarı", "تنبيه", "تحذير", "احترس", "זהירות", "אזהרה", "שים לב", "هشدار", "توجه", "सावधान", "चेतावनी",
  "注意", "警告", "ご注意", "주의", "경고", "提醒", "提示", "canh bao", "luu y", "chu y", "คำเตือน", "ระวัง", "โปรดระวัง", "perhatian", "peringatan", "awas", NULL
};
static const char *const outsides[] = {
  "external", "externally", "outside", "extern", "externe", "externer", "externen", "ausserhalb", "außerhalb", "exterieur", "l'exterieur", "externa", "externo", "fuera", "fora", "esterno", "esterna", "dall'esterno", "all'esterno", "buiten", "utifran", "utanfor", "externt", "udefra", "ekstern", "eksterne", "utenfor", "utenfra",
  "ulkopuolelta", "ulkopuolinen", "ulkoinen", "spoza", "zewnetrzna", "zewnetrznego", "zvenku", "z vnejsku", "vnejsku", "mimo organizaci", "externi", "externiho", "zvonka", "mimo organizacie", "externeho", "kivulrol", "kulso", "din afara", "extern", "външен", "извън", "отвън",
  "внешний", "внешняя", "внешней", "внешнего", "извне", "εξωτερικό", "εξωτερικός", "εκτός", "εξωτερική", "зовнішній", "зовнішня", "ззовні", "поза межами", "dısından", "dıs kaynak", "harici", "خارج", "خارجي", "خارجية", "מחוץ", "חיצוני", "خارجی", "बाहर", "बाहरी",
  "社外", "外部", "組織外", "외부", "external", "ben ngoai", "ภายนอก", "luar", "eksternal", NULL
};
/* What a gateway's warning goes on with. */
static const char *const advice[] = {
  "do not click", "don't click", "do not open", "do not follow", "be careful", "only click", "never click", "learn why this is important", "report", "if you do not know", "unless you", "links or", "attachments", "klicken sie", "offnen sie", "anhange", "links oder", "ne cliquez", "n'ouvrez", "pieces jointes", "no haga clic", "no abra",
  "archivos adjuntos", "nao clique", "nao abra", "anexos", "non fare clic", "non cliccare", "non aprire", "allegati", "klik niet", "open geen", "bijlagen", "klicka inte", "oppna inte", "bilagor", "klik ikke", "ikke klikk", "vedlegg", "vedhæftede", "ala avaa", "ala napsauta", "liitteita", "nie klikaj", "nie otwieraj", "załaczniki",
  "neklikejte", "neotevirejte", "neklikajte", "neotvarajte", "prilohy", "ne kattintson", "ne nyissa", "nu accesati", "nu deschideti", "не отваряйте", "не кликайте", "μην ανοίγετε", "не открывайте", "не переходите", "не нажимайте", "не відкривайте", "tıklamayın", "acmayın", "لا تنقر", "لا تفتح", "אין ללחוץ", "אל תלחץ", "אין לפתוח", "کلیک نکنید",
  "क्लिक न करें", "開かないで", "クリックしないで", "클릭하지 마", "열지 마", "请勿点击", "不要点击", "請勿點擊", "不要點擊", "khong nhan", "khong mo", "อย่าคลิก", "jangan klik", "jangan membuka", NULL
};

/* clang-format on */

gboolean
parser_banner_is_device (const char *folded, gsize length)
{
  guint words = 1;

  while (length && strchr ("<([{*_- ", *folded))
    folded++, length--;
  if (length > MAX_DEVICE || length < 8)
    return FALSE;
  gboolean lead = parser_words_begin (device_leads, folded, length);
  if (!lead && !parser_words_find (device_tails, folded, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    words += folded[i] == ' ';
  /* "Sent from my phone: please unsubscribe me" is the writer's wish. */
  if (words > 14 || parser_footer_names_leaving (folded, length))
    return FALSE;
  if (parser_words_find (devices, folded, length, NULL))
    return TRUE;
  return lead && words <= 8 && !parser_words_find (wishes, folded, length, NULL);
}

/* Without the brackets and stars around it. */
static void
trim (const char **folded, gsize *length)
{
  while (*length && strchr ("[(*<!-=_|# ", **folded))
    (*folded)++, (*length)--;
}

gboolean
parser_banner_is_warning (const char *folded, gsize length)
{
  trim (&folded, &length);
  length = MIN (length, MAX_WARNING);
  const char *word = NULL, *end = parser_words_find (external_banners, folded, length, &word);
  if (end && end - strlen (word) == folded)
    {
      gsize rest = length - (gsize)(end - folded);
      while (rest && strchr ("])*!:-=_|#.> ", *end))
        end++, rest--;
      /* "[EXTERNAL] please stop": a mark in front of the writer's words */
      return rest == 0 || strlen (word) >= LONG_BANNER || parser_words_find (outsides, end, rest, NULL)
             || parser_words_find (cautions, end, rest, NULL) || parser_banner_goes_on (end, rest);
    }
  return parser_words_begin (cautions, folded, length) && parser_words_find (outsides, folded, length, NULL)
         && !parser_speaks_one (folded, length);
}

gboolean
parser_banner_goes_on (const char *folded, gsize length)
{
  trim (&folded, &length);
  return parser_words_find (advice, folded, MIN (length, MAX_WARNING), NULL) != NULL
         && !parser_speaks_writer (folded, length) && !parser_footer_names_leaving (folded, length);
}
