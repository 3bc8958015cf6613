/* footer-words.h - what programs write under, over and beside the words of a writer, in the folded form of lines.c.
 * Data; included by footer.c alone. Latin letters stand without accents. */
#ifndef PARSER_FOOTER_WORDS_H
#define PARSER_FOOTER_WORDS_H

#include <stddef.h>

/* clang-format off */

/* A sentence that begins so tells its reader why the mail came, or where it came from. Enough by itself. */
static const char *const footer_notices[] = {
  "you received this", "you have received this", "you are receiving", "you're receiving", "you are subscribed", "you're subscribed",
  "you are currently subscribed", "you are on this list", "you got this", "you were sent this", "you are getting this", "you are on the cc list",
  "your email address was obtained", "your e-mail address was obtained", "this message was sent to", "this email was sent to",
  "this e-mail was sent to", "this mail was sent to", "this newsletter was sent", "this email has been sent to", "this message is sent in compliance",
  "this is not spam", "this is a one time mailing", "this is a one-time mailing", "this message is being sent to", "view this email in your browser",
  "view this message in your browser", "view in browser", "view online version", "having trouble viewing", "trouble viewing this",
  "your use of yahoo", "list-unsubscribe", "list archive", "list info", "list help", "forgot your password", "mute the thread",
  "reply to this email directly", "to mute this", "archives:", "list guidelines", "posting guidelines", "an embedded and charset-unspecified",
  "an html attachment was scrubbed", "a non-text attachment was scrubbed", "an embedded message was scrubbed", "this list is sponsored",
  "this sf.net email is sponsored", "get your free", "do you yahoo", "tip 1: subscribe and unsubscribe", "our mailing address is", "copyright (c)",
  "all rights reserved", "all messages sent to this list", "please do not reply to this", "please consider the environment",
  /* de */
  "sie erhalten diese", "sie erhalten dieses", "sie erhalten diesen", "sie haben diese", "du erhaltst diese", "du bekommst diese",
  "diese e-mail wurde an", "diese nachricht wurde an", "diese e-mail ging an", "wird diese e-mail nicht", "im browser ansehen",
  "probleme mit der darstellung",
  /* fr */
  "vous recevez ce", "vous recevez cet", "vous avez recu ce", "ce message a ete envoye a", "cet e-mail a ete envoye", "cet email a ete envoye",
  "voir la version en ligne",
  /* es */
  "usted recibe este", "usted recibio este", "recibe este", "recibes este", "ha recibido este", "has recibido este", "este mensaje fue enviado",
  "este correo fue enviado", "este mensaje se ha enviado", "este correo se ha enviado", "ver en el navegador",
  /* it */
  "ricevi questa", "hai ricevuto questa", "riceve questa", "ha ricevuto questa", "questo messaggio e stato inviato", "questa email e stata inviata",
  "questa e-mail e stata inviata",
  /* pt */
  "voce esta recebendo", "voce recebeu", "recebeu este", "recebeu esta", "este e-mail foi enviado", "este email foi enviado",
  "esta mensagem foi enviada",
  /* nl */
  "u ontvangt deze", "je ontvangt deze", "je krijgt deze", "deze e-mail is verzonden", "deze e-mail is verstuurd", "deze mail is verzonden",
  /* sv, da, no, fi */
  "du far detta", "du har fatt detta", "detta mejl skickades", "detta mail skickades", "du modtager denne", "du har modtaget denne",
  "denne e-mail er sendt", "du mottar denne", "du har mottatt denne", "denne e-posten ble sendt", "saat taman viestin", "sait taman viestin",
  "tama viesti on lahetetty",
  /* pl, cs, sk, hu, ro */
  "otrzymujesz te", "otrzymałes te", "otrzymałas te", "ta wiadomosc została", "tento e-mail byl odeslan", "tento e-mail jste", "tuto zpravu jste",
  "tento e-mail bol", "tento e-mail ste", "tuto zpravu dostavate", "tento email ste", "tento email jste", "tuto spravu ste", "ezt a levelet", "ezt az e-mailt", "ati primit acest", "primiti acest",
  /* bg, el, ru, uk, tr */
  "получавате това", "получавате този", "λαμβάνετε αυτό", "λάβατε αυτό", "вы получили это", "вы получаете это", "это письмо отправлено",
  "это письмо было", "bu e-postayı", "bu e-posta size", "bu e-posta,", "bu maili", "bu mesajı", "ви отримали цей", "ви отримуєте цей", "цей лист надіслано",
  /* ar, he, fa, hi */
  "لقد تلقيت هذه", "تتلقى هذه", "وصلتك هذه", "تم إرسال هذه", "קיבלת הודעה זו", "הודעה זו נשלחה", "شما این ایمیل", "आपको यह ईमेल",
  /* ja, ko, zh, vi, th, id */
  "本メールは", "このメールは", "본 메일은", "본메일은", "이 메일은", "이 이메일은", "您收到此", "您收到这", "你收到此", "您會收到", "此邮件由", "此郵件由", "本邮件由", "ban nhan đuoc",
  "email nay đuoc gui", "คุณได้รับอีเมล", "ท่านได้รับ", "anda menerima", "email ini dikirim", NULL
};

/* A sentence that begins so tells its reader what to do; with a link, an address or a click it is a footer's. */
static const char *const footer_openings[] = {
  "to unsubscribe", "to un-subscribe", "to subscribe or unsubscribe", "to subscribe, unsubscribe", "to opt out", "to opt-out", "to be removed",
  "to remove yourself", "to remove your", "to stop receiving", "to no longer receive", "to cancel your subscription", "to change your subscription",
  "to manage your", "to update your", "to leave this", "to leave the list", "to get off this list", "to get off the list", "unsubscribe info",
  "unsubscribe instructions", "you can unsubscribe", "you may unsubscribe", "you can opt out", "you may opt out", "you can also unsubscribe",
  "if you wish to unsubscribe", "if you want to unsubscribe", "if you would like to unsubscribe", "if you'd like to unsubscribe", "if you no longer",
  "if you do not wish", "if you don't wish", "if you don't want", "if you do not want", "if you would prefer not", "if you prefer not",
  "if you would rather not", "if you wish to be", "if you want to be removed", "if you would like to be removed", "if you'd like to be removed",
  "if you wish not", "if you received this", "if you have received this", "if you believe you", "if you feel you", "if this message was",
  "don't want to receive", "no longer want to receive", "no longer wish to receive", "not interested anymore", "want to change how you receive", "reply with remove", "reply with unsubscribe", "send a blank", "send an empty",
  "manage your subscription", "manage preferences", "manage subscription", "update your preferences", "update your profile", "update preferences",
  "change your preferences", "email preferences", "unsubscribe options", "subscription options", "modify your subscription", "for subscription info",
  "for additional commands", "subscribe/unsubscribe", "subscription/unsubscription", "unsubscribe/subscribe", "archives and options",
  "to respond, reply to this", "post messages to", "post message:", "list owner:", "to post to this", "to view this discussion",
  /* de */
  "um sich abzumelden", "um sich auszutragen", "um sich von", "um diesen newsletter", "um den newsletter", "um keine weiteren", "um den bezug",
  "um dich abzumelden", "um dich von", "um abzubestellen", "zum abbestellen", "zum abmelden", "zur abmeldung", "zum austragen", "wenn sie keine",
  "wenn sie diese", "wenn sie diesen", "wenn sie sich", "wenn sie den", "wenn du keine", "wenn du diese", "wenn du dich", "falls sie", "falls du",
  "sollten sie", "soll ihre", "sollte ihre", "mochten sie keine", "mochten sie diese", "mochten sie den", "wollen sie keine", "du mochtest diese",
  "sie mochten keine", "hier konnen sie", "hier konnt ihr", "sie konnen sich jederzeit", "sie konnen den newsletter",
  /* fr */
  "pour vous desabonner", "pour se desabonner", "pour vous desinscrire", "pour se desinscrire", "pour ne plus recevoir", "pour te desabonner",
  "si vous ne souhaitez", "si vous ne desirez", "si vous ne voulez", "si vous souhaitez vous", "vous ne souhaitez plus",
  "vous pouvez vous desabonner", "vous pouvez vous desinscrire", "vous pouvez a tout moment",
  /* es */
  "para darse de baja", "para darte de baja", "para dejar de recibir", "para no recibir", "para anular", "si no desea", "si no quiere",
  "si ya no desea", "si ya no quiere", "si no deseas", "si no quieres", "si desea darse", "si deseas darte", "¿no quiere seguir",
  /* it */
  "per cancellarti", "per cancellarsi", "per disiscriverti", "per disiscriversi", "per annullare", "per non ricevere", "per smettere di",
  "se non desideri", "se non desidera", "se non vuoi", "se non vuole", "se desideri", "non desideri", "non vuoi piu ricevere",
  /* pt */
  "para deixar de receber", "para nao receber", "para se descadastrar", "para descadastrar", "se nao deseja", "se nao quiser", "se voce nao",
  "caso nao queira", "caso nao deseje", "caso voce", "nao quer receber", "nao deseja mais",
  /* nl */
  "om u uit te schrijven", "om je uit te schrijven", "om u af te melden", "om je af te melden", "om uit te schrijven", "om deze", "als u geen",
  "als u deze", "als je geen", "als je deze", "indien u", "wilt u deze", "wilt u geen", "wil je geen", "wil je deze", "u kunt zich",
  /* sv, da, no, fi */
  "for att avregistrera", "for att avsluta", "for att avprenumerera", "om du inte", "vill du inte", "for at afmelde", "for at framelde",
  "hvis du ikke", "hvis du onsker", "hvis du ønsker", "ønsker du ikke", "for a melde", "for å melde", "for a avslutte", "vil du ikke motta",
  "peruuttaaksesi", "jos et halua", "voit perua", "voit peruuttaa", "etko halua", "lopettaaksesi",
  /* pl, cs, sk, hu, ro */
  "aby zrezygnowac", "aby wypisac", "aby anulowac", "aby nie otrzymywac", "jesli nie chcesz", "jezeli nie chcesz", "nie chcesz otrzymywac",
  "pro odhlaseni", "pokud nechcete", "pokud si neprejete", "nechcete dostavat", "pre odhlasenie", "ak nechcete", "ak si nezelate", "leiratkozashoz",
  "ha nem szeretne", "ha nem kivan", "ha le szeretne", "a leiratkozashoz", "pentru dezabonare", "pentru a va dezabona", "pentru a te dezabona",
  "daca nu doriti", "daca nu mai doriti", "nu doriti sa primiti",
  /* bg, el, ru, uk, tr */
  "за да се отпишете", "ако не желаете", "ако не искате", "не желаете да получавате", "για διαγραφή", "για να διαγραφείτε", "αν δεν επιθυμείτε",
  "εάν δεν επιθυμείτε", "αν δεν θέλετε", "δεν θέλετε να λαμβάνετε", "чтобы отписаться", "чтобы отказаться", "для отписки", "для отказа от",
  "если вы не хотите", "если вы больше не", "если вы хотите отписаться", "если вы получили", "вы можете отписаться", "не хотите получать",
  "щоб відписатися", "щоб відписатись", "для відписки", "якщо ви не бажаєте", "якщо ви не хочете", "якщо ви більше не", "не бажаєте отримувати",
  "aboneligi iptal", "aboneliginizi", "abonelikten cıkmak icin", "listeden cıkmak icin",
  /* ar, he, fa, hi */
  "لإلغاء الاشتراك", "إذا كنت لا ترغب", "إذا لم ترغب", "لا تريد استلام", "להסרה מרשימת", "להסרה מהרשימה", "אם אינך מעוניין", "אם אינכם מעוניינים",
  "לא רוצה לקבל", "برای لغو اشتراک", "برای لغو عضویت", "اگر نمی خواهید", "اگر نمی‌خواهید", "اگر مایل نیستید", "सदस्यता समाप्त करने के लिए",
  "सदस्यता रद्द करने के लिए", "अनसब्सक्राइब करने के लिए", "यदि आप", "अगर आप",
  /* ja, ko, zh, vi, th, id */
  "配信停止は", "配信停止をご希望", "配信を希望されない", "メールの配信を停止しますか", "メルマガの解除", "購読解除は", "解除はこちら", "登録解除は", "配信解除は", "수신거부를 원하", "수신거부 버튼", "이메일 수신을 원하지 않으", "如果您不想",
  "如果你不想", "如不想", "如不希望", "如果您不希望", "若不想", "退订请", "点击退订", "如需退订", "如欲取消", "若您不想", "若要取消", "đe huy đang ky", "đe huy nhan", "neu ban khong muon",
  "ban khong muon nhan", "หากคุณไม่ต้องการ", "หากท่านไม่ต้องการ", "ยกเลิกการรับข่าวสาร คลิก", "untuk berhenti berlangganan", "jika anda tidak",
  "jika anda ingin berhenti", "수신을 원하지 않", "수신거부를 원하", NULL
};

/* Words that a footer's link or its instructions hold. Alone they prove nothing. */
static const char *const unsubscribe_words[] = {
  "unsubscribe", "unsubscribing", "unsubscription", "un-subscribe", "opt-out", "opt out", "list removal", "removed from", "be removed",
  "remove", "abmelden", "abmeldung", "abbestellen", "austragen", "desabonner", "desabonnement", "desinscrire", "desinscription",
  "darse de baja", "dar de baja", "darte de baja", "cancelar suscripcion", "cancelar la suscripcion", "desuscribirse", "disiscriviti", "disiscriversi",
  "cancella iscrizione", "cancellazione", "annulla iscrizione", "descadastrar", "cancelar inscricao", "cancelar a inscricao", "cancelar subscricao", "cancelar a subscricao", "cancelar assinatura",
  "uitschrijven", "uit te schrijven", "afmelden", "af te melden", "avregistrera", "avregistrera dig", "avprenumerera", "avsluta prenumeration", "afmeld", "frameld", "afmelde", "avmeld", "meld av", "melde deg av", "melde seg av",
  "avslutt abonnement", "lopeta tilaus", "peru tilaus", "peruuta tilaus", "wypisz", "anuluj subskrypcje", "rezygnacja", "zrezygnuj",
  "odhlasit", "odhlaseni", "zrusit odber", "leiratkozas", "leiratkozashoz", "leiratkozhat", "dezabonare", "dezabonati", "отписване", "отпишете",
  "κατάργηση εγγραφής", "κατάργηση συνδρομής", "διαγραφή", "απεγγραφή", "отписаться", "отписка", "відписатися", "відписатись", "відписка",
  "abonelikten cık", "abonelikten cıkmak", "uyelikten ayrıl", "إلغاء الاشتراك", "ביטול הרשמה", "ביטול מינוי", "הסרה", "لغو اشتراک", "لغو عضویت",
  "अनसब्सक्राइब", "सदस्यता समाप्त", "सदस्यता रद्द", "配信停止", "購読解除", "登録解除", "配信解除", "수신거부", "수신 거부", "구독 취소", "구독 해지", "取消订阅", "退订",
  "取消訂閱", "退訂", "huy đang ky", "ยกเลิกการสมัคร", "ยกเลิกการรับ", "berhenti berlangganan", "batal berlangganan", NULL
};

/* What to do with a link. */
static const char *const click_words[] = {
  "click", "clicking", "klicken", "klicke", "klick", "cliquez", "cliquer", "cliquant", "haga clic", "haz clic", "pulse", "clicca", "cliccando", "clique", "clicar",
  "klik", "klicka", "klikk", "klikkaa", "klikkaamalla", "kliknij", "klikajac", "kliknete", "kliknutim", "kliknite", "kattintson", "kattints", "faceti clic", "щракнете", "натиснете",
  "κάντε κλικ", "πατήστε", "нажмите", "перейдите", "кликните", "натисніть", "перейдіть", "tıklayın", "tıklayınız", "انقر", "اضغط", "לחץ", "לחצו", "כאן",
  "کلیک", "क्लिक", "クリック", "こちら", "클릭", "눌러", "点击", "點擊", "點選", "单击", "按此", "nhap vao", "bam vao", "nhan vao", "คลิก",
  "follow this link", "use this link", "visit", "go to", "send an email", "send email", "send a message", "send mail", "send a blank", "respond with", "reply with", "reply to this", "respond to", "in the subject", "subject line",
  "subject area", "subject field", "send the message", "contact us", NULL
};

/* What follows instructions, on a line of its own. */
static const char *const commands[] = { "unsubscribe", "subscribe", "signoff", "remove", "set nomail", "leave", NULL };

/* How the rest of a sentence begins that an address in the middle tore apart. */
static const char *const connectives[] = { "with", "and", "or", "in the subject", "in the body", "containing", "including", "from the address", NULL };

static const char *const next_part[] = {
  "next part", "proxima parte", "parte successiva", "section suivante", "nachster teil", "volgend deel", "следующая часть", NULL
};

/* Between a rule and the end of the mail these make a list's footer of it. */
static const char *const list_words[] = {
  "mailing list", "maillist", "listinfo", "mailman", "majordomo", "listserv", "yahoo! groups", "google groups", "groups.io", "list archives", "discussion list", "newsletter",
  "subscribe", "unsubscribe", "subscription", "subscriber", "list info", "sponsored by", "sponsor", "lists.", "/lists/", "freelists", "sourceforge", "faq", "archive", "archives",
  "mailingliste", "liste de diffusion", "lista de correo", "mailinglijst", "рассылка", "рассылки", "メーリングリスト", "end of broadcast", NULL
};

/* Confidentiality notices. */
static const char *const disclaimers[] = {
  "intended recipient", "intended recipients", "intended solely for", "intended only for", "is confidential", "are confidential", "may contain confidential", "contains confidential", "confidential information", "confidentiality notice", "privileged and confidential", "legally privileged", "privileged information", "disclaimer:", "do not disseminate",
  "vertrauliche informationen", "vertrauliche und", "vertraulich", "nicht der richtige adressat", "nicht der beabsichtigte", "unbefugte weitergabe", "irrtumlich erhalten", "irrtumlich zugesandt", "ist strafbar",
  "confidentiel", "confidentielles", "confidentielle", "destinataire prevu", "n'etes pas le destinataire", "usage exclusif", "confidencial", "informacion confidencial", "no es el destinatario", "destinatario previsto", "aviso legal", "riservato", "riservate", "informazioni riservate", "non siete il destinatario", "destinatario indicato",
  "informacao confidencial", "informacoes confidenciais", "nao for o destinatario", "vertrouwelijk", "vertrouwelijke", "niet de geadresseerde", "uitsluitend bestemd", "konfidentiell", "konfidentiellt", "konfidentiel information", "konfidentiel", "avsedd for", "fortrolig", "fortrolige", "fortroligt", "konfidensiell", "konfidensielt", "luottamuksellinen", "luottamuksellista", "poufna", "poufne", "poufny", "poufną", "duverne", "duverny", "duverna", "doverne", "doverny", "doverna", "bizalmas", "confidentiale", "поверителна", "поверително", "поверителен", "конфиденциално", "εμπιστευτικό", "εμπιστευτικές", "конфиденциальную", "конфиденциальная", "конфиденциальной", "конфіденційну", "конфіденційне", "конфіденційний", "конфиденциально", "конфиденциальное", "конфіденційна", "gizli", "سرية", "חסוי", "محرمانه", "गोपनीय", "機密", "기밀", "机密", "bao mat", "ความลับ", "rahasia",
  "內容保密", "内容保密", "不是收件人", "非收件人", "不是指定收件人", "非指定收件人", "不是指定的收件人", "非指定的收件人", "非預期收件人", "誤收本", "误收本", "誤って受信", "誤送信", "宛先に誤りが", "秘密情報", "수신인이 아닌", "수신자가 아닌", "수신인이 아닐", "비밀정보", "ไม่ใช่ผู้รับ", "มิใช่ผู้รับ", "khong phai la nguoi nhan", "khong phai nguoi nhan", "bukan penerima yang", "alicisi degilseniz", "gizlidir", "المستلم المقصود", "لست المستلم", "המיועדת לנמען", "אינך הנמען", "प्राप्तकर्ता नहीं हैं", "گیرنده مورد نظر", NULL
};

/* clang-format on */

#endif
