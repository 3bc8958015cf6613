/* machine-words.c - what machines write in subjects and bodies, in the form that parser_fold() gives */
#include "internal.h"

/* clang-format off */
/* How the subject of an automatic answer begins, before any "Re:". */
const char *const parser_words_auto_subject[] = {
  "out of office", "out of the office", "out-of-office", "automatic reply", "automatic response", "automated reply",
  "automated response", "autoreply", "auto-reply", "auto reply", "autoresponse", "auto-response", "auto response",
  "auto:", "away:", "away from ", "on vacation", "vacation reply", "vacation message", "on leave", "on holiday",
  "annual leave", "i am away", "i'm away", "i am out of", "i'm out of", "absence:", "ooo:", "ooo -", "[auto-reply]",
  "[autoreply]", "[auto reply]", "automatic answer", "thank you for contacting", "thanks for contacting",
  "abwesenheit", "abwesend", "automatische antwort", "autom. antwort", "automatische ruckantwort", "automatisierte antwort",
  "ausser haus", "nicht im buro", "nicht im buero", "im urlaub", "urlaub:",
  "reponse automatique", "absence du bureau", "absent du bureau", "absente du bureau", "message d'absence",
  "avis d'absence", "absent(e) du bureau", "notification d'absence",
  "respuesta automatica", "ausencia de la oficina", "ausencia temporal", "fuera de la oficina", "fuera de oficina",
  "aviso de ausencia",
  "risposta automatica", "fuori sede", "fuori ufficio", "assente dall'ufficio", "risposta non al computer",
  "resposta automatica", "fora do escritorio", "ausencia do escritorio", "ausente do escritorio",
  "automatisch antwoord", "automatische beantwoording", "afwezigheid", "afwezig:", "buiten kantoor",
  "automatiskt svar", "automatisk svar", "autosvar", "franvaro", "franvarande", "fravaer", "fravaerende",
  "ikke til stede", "ikke tilstede", "pa ferie",
  "automaattinen vastaus", "poissa toimistolta", "poissa:", "lomavastaaja",
  "odpowiedz automatyczna", "automatyczna odpowiedz", "poza biurem", "nieobecnosc",
  "automaticka odpoved", "mimo kancelar", "mimo kancelarie", "nepritomnost",
  "automatikus valasz", "hazon kivul", "irodan kivul",
  "raspuns automat", "in afara biroului",
  "автоматичен отговор", "извън офиса", "извън офис",
  "αυτοματη απαντηση", "εκτοσ γραφειου",
  "автоматический ответ", "автоматическии ответ", "автоответ", "вне офиса", "отпуск:",
  "автоматична відповідь", "поза офісом",
  "otomatik yanit", "otomatik cevap", "ofis disinda",
  "رد تلقائي", "خارج المكتب", "תשובה אוטומטית", "מענה אוטומטי", "מחוץ למשרד", "پاسخ خودكار",
  "स्वचालित उत्तर", "自動応答", "自動返信", "不在通知", "不在のお知らせ", "자동 회신", "자동 응답", "부재중",
  "自动回复", "自动答复", "自動回覆", "自動回复", "不在辦公室", "tra loi tu dong", "vang mat",
  "ตอบกลับอัตโนมัติ", "balasan otomatis", "di luar kantor",
  NULL
};

/* What the text of an automatic answer says. */
const char *const parser_words_auto_body[] = {
  "out of the office", "out of office", "away from the office", "away from my desk", "away from my email",
  "i am currently away", "i'm currently away", "currently out", "on vacation", "on annual leave", "on leave until",
  "on holiday until", "on maternity leave", "limited access to", "no access to my email", "will return on",
  "i will be back", "i'll be back", "upon my return", "when i return", "this is an automatic", "this is an automated",
  "this is an auto", "automatically generated reply", "automatic reply", "auto-reply", "autoreply", "autoresponder",
  "do not reply to this", "thank you for your email", "thank you for your message", "thank you for contacting",
  "has been received", "we have received your", "for urgent matters", "no longer employed", "no longer works",
  "no longer with",
  "nicht im buro", "nicht im buero", "nicht im hause", "ausser haus", "im urlaub", "abwesend", "wieder erreichbar",
  "wieder im buro", "automatische antwort", "automatisch generiert", "automatisch erstellt", "nicht erreichbar",
  "wird nicht weitergeleitet", "in dringenden fallen",
  "actuellement absent", "absent du bureau", "absente du bureau", "absent jusqu", "absente jusqu", "en conges",
  "en conge", "de retour le", "reponse automatique", "en cas d'urgence", "accuse de reception",
  "fuera de la oficina", "respuesta automatica", "de vacaciones", "mensaje automatico", "estare de regreso",
  "estare de vuelta", "en caso de urgencia", "hemos recibido su",
  "fuori ufficio", "assente", "in ferie", "risposta automatica", "saro di ritorno", "messaggio automatico",
  "fora do escritorio", "ausente", "de ferias", "resposta automatica", "mensagem automatica",
  "afwezig", "op vakantie", "automatisch antwoord", "niet op kantoor", "weer aanwezig",
  "pa semester", "tillbaka den", "inte pa kontoret", "pa ferie", "ute av kontoret", "tilbage den", "tilbake den",
  "automatisk svar", "autosvar", "olen lomalla", "poissa toimistolta", "automaattinen",
  "nieobecn", "poza biurem", "na urlopie", "automatyczn", "mimo kancelar", "na dovolene", "na dovolenke",
  "automaticka", "szabadsagon", "automatikus", "in concediu", "raspuns automat", "отпуск", "автоматич", "вне офиса",
  "отсутств", "відпустці", "αυτοματη", "εκτοσ γραφειου", "σε αδεια", "ofis disinda", "izindeyim", "otomatik",
  "تلقائي", "اجازه", "אוטומטית", "חופשה", "خودكار", "अवकाश", "स्वचालित", "不在", "自動返信", "休暇", "자동 회신",
  "부재", "휴가", "自动回复", "休假", "自動回覆", "tu dong", "nghi phep", "อัตโนมัติ", "ลาพักร้อน", "otomatis", "cuti",
  NULL
};

/* Sentences that hardly anything but an automatic answer begins with: without a header or a subject, for a person. */
const char *const parser_words_auto_sure[] = {
  "this is an automatic reply", "this is an automated reply", "this is an automated response",
  "this is an automatic response", "this is an auto-reply", "this is an autoreply", "dies ist eine automatische antwort",
  "diese e-mail wurde automatisch", "ceci est une reponse automatique", "esta es una respuesta automatica",
  "questa e una risposta automatica", "esta e uma resposta automatica", "dit is een automatisch",
  NULL
};

/* Subjects of bounces; only together with a null or a system sender, or with words of the body. */
const char *const parser_words_bounce_subject[] = {
  "undeliverable", "undelivered mail", "undelivered message", "undeliverable mail", "non deliverable", "mail delivery failed",
  "mail delivery failure", "mail delivery problem", "mail delivery error", "mail delivery status", "mail delivery system",
  "mail delivery subsystem", "delivery status notification", "delivery notification", "delivery failure", "delivery failed",
  "delivery error", "delivery problem", "delivery report", "delivery has failed", "delivery warning", "delivery unsuccessful",
  "message delivery", "email delivery", "failed delivery", "failed mail", "failure notice", "failure delivery",
  "failure sending", "mail failure", "mail error", "error in mail", "error sending", "mail returned", "mail not delivered",
  "message not delivered", "not delivered", "could not be delivered", "couldn't be delivered", "cannot be delivered",
  "can't be delivered", "could not send", "unable to deliver", "unable to be delivered", "returned mail", "returned to sender",
  "return to sender", "returned message", "returned email", "return mail", "bounce", "bounced", "user unknown", "unknown user",
  "unknown address", "unknown recipient", "invalid address", "invalid recipient", "no such user", "address not found",
  "mailbox full", "mailbox unavailable", "mailbox is full", "over quota", "message blocked", "message rejected",
  "mail rejected", "rejected mail", "rejected:", "message status - undeliverable", "nondeliverable", "non-deliverable",
  "nondelivery", "non-delivery", "non remis", "non-remise", "ndn:", "ndr:", "dsn:", "warning: could not send", "warning: message",
  "warning message", "delayed mail", "delivery delayed", "delivery status", "mail status report", "mail system error",
  "daemon", "problem delivering", "permanent delivery", "temporary delivery", "message could not", "mail could not",
  "your message to", "your mail to", "processing error", "address change", "inactive account", "account disabled", "deactivated",
  "unzustellbar", "nicht zustellbar", "nicht zugestellt", "zustellung", "fehler beim senden", "ruckgabe", "unzustellbare",
  "notification d'etat", "non distribue", "echec de", "non delivre", "impossible de remettre", "retour de courrier",
  "no se puede entregar", "no entregado", "devuelto", "devolucion", "error de entrega", "fallo en la entrega",
  "non recapitabile", "mancata consegna", "non consegnato", "impossibile consegnare", "messaggio non",
  "nao e possivel entregar", "nao entregue", "falha na entrega", "mensagem devolvida",
  "onbestelbaar", "niet bezorgd", "onbestelbare", "kan inte leverer", "kan ikke leveres", "ikke levert", "ei voitu toimittaa",
  "niedostarczon", "nie mozna dostarczyc", "nedorucitelne", "nedoruceno", "nedorucitelna", "kezbesithetetlen",
  "imposibil de livrat", "недоставен", "недоставл", "не удается доставить", "не доставлено", "невозможно доставить",
  "αδυνατη η παραδοση", "teslim edilemedi", "teslim edilemeyen", "تعذر التسليم", "לא ניתן למסור",
  "配信不能", "配達不能", "配信できません", "返送", "送信できません", "배달되지 않음", "배달 실패", "전달 실패", "반송",
  "无法送达", "退信", "无法投递", "無法傳遞", "退件", "khong the gui", "tidak terkirim",
  NULL
};

/* Bounces of gateways that write under a name of their own: both together, the subject at its beginning. */
const char *const parser_words_bounce_sure_subject[] = {
  "undeliverable:", "undelivered mail returned", "mail delivery failed", "delivery failure", "delivery status notification",
  "mail could not be delivered", "message could not be delivered", "returned mail", "failure notice", "non-delivery",
  "nondeliverable mail", "unzustellbar:", "non remis", NULL
};
const char *const parser_words_bounce_sure_body[] = {
  "could not be delivered to", "was not delivered to", "unable to deliver message to", "delivery to the following",
  "could not deliver mail to", "failed recipients", "rcpt to:<", "smtp error code", "permanent error", "did not reach the following",
  "delivery attempts will continue", "action not taken", "konnte nicht zugestellt werden", "pas pu etre delivre", NULL
};

/* Words of the text of a bounce. */
const char *const parser_words_bounce_body[] = {
  "could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "can't be delivered",
  "could not deliver", "couldn't deliver", "cannot deliver", "was not delivered", "were not delivered", "not been delivered",
  "not delivered to", "undeliverable", "undelivered", "unable to deliver", "unable to be delivered", "wasn't able to deliver",
  "wasn't delivered", "was unable to deliver", "delivery to the following", "delivery has failed", "delivery failed",
  "delivery failure", "delivery attempts", "delivery error", "failed to deliver", "failed to reach", "did not reach",
  "returned to sender", "returned to you", "is being returned", "was returned", "being returned", "permanent error",
  "permanent fatal error", "fatal error", "transient error", "transcript of session", "following recipient",
  "following address", "following error", "the recipient", "recipients of this message", "user unknown", "unknown user",
  "unknown address", "unknown recipient", "unrecognized recipient", "unrecognised recipient", "no such user", "no such address",
  "no such person", "no such account", "no mailbox", "no user", "not a valid user", "not a known user", "user not found",
  "not found in", "does not exist", "doesn't exist", "doesn't have", "do not exist", "invalid recipient", "invalid address",
  "invalid mailbox", "mailbox unavailable", "mailbox full", "mailbox is full", "mailbox not found", "mailbox for", "over quota",
  "quota exceeded", "exceeded his", "exceeds the maximum", "is full", "account is disabled", "has been disabled",
  "has been suspended", "inactive", "not accepting", "access denied", "message was rejected", "was rejected", "been rejected",
  "message rejected", "relaying denied", "relay denied", "host unknown", "host not found", "connection refused", "timed out",
  "will keep trying", "will be retried", "has not yet been delivered", "delayed", "no longer", "rcpt to:", "550 ", "5.1.1",
  "554 ", "553 ", "552 ", "551 ", "5.0.0", "4.4.", "mailer-daemon", "error-code", "unsent message", "message header follows",
  "original message follows", "returned mail follows", "has been returned", "failed addresses follow", "mail delivery", "blocked", "spam",
  "nicht zugestellt", "nicht zustellbar", "konnte nicht", "unzustellbar", "unbekannt", "existiert nicht",
  "n'a pas pu etre", "n'a pu etre", "pas pu etre remis", "non remis", "inconnu", "n'existe pas",
  "no pudo ser entregado", "no se pudo entregar", "no ha podido", "desconocido", "no existe", "rechaz", "devuelto",
  "non e stato", "impossibile", "sconosciuto", "non esiste", "nao pode ser", "nao foi entregue", "inexistente",
  "niet worden bezorgd", "kunde inte", "kunne ikke", "nie mozna", "nie zostal", "nelze dorucit", "не может быть доставлено",
  "не доставлено", "недоступ", "не существует", "配信できません", "届けることができません", "配信に失敗", "無法", "无法", "不存在", "전달할 수 없",
  NULL
};

/* Words that say that the address is gone for good. */
const char *const parser_words_hard[] = {
  "user unknown", "unknown user", "unknown address", "unknown recipient", "unrecognized recipient", "unrecognised recipient",
  "no such user", "no such address", "no such person", "no such account", "no such mailbox", "no mailbox here",
  "not a valid user", "not a known user", "user not found", "mailbox not found", "does not exist", "doesn't exist",
  "doesn't have a", "invalid recipient", "invalid mailbox", "5.1.1", "5.1.2", "5.1.3", "host unknown", "host not found",
  "account has been disabled", "account is disabled", "existiert nicht", "n'existe pas", "no existe", "non esiste",
  NULL
};

/* Subjects of read receipts at their beginning. */
const char *const parser_words_receipt_subject[] = {
  "read:", "read receipt", "not read:", "return receipt", "disposition notification", "message read",
  "gelesen:", "ungelesen geloscht:", "lesebestatigung", "lu:", "lu :", "non lu:", "non lu :", "accuse de lecture", "leido:",
  "no leido:", "confirmacion de lectura", "letto:", "non letto:", "conferma di lettura", "lida:", "lido:", "nao lida:",
  "gelezen:", "niet gelezen:", "leesbevestiging", "last:", "laest:", "lest:", "luettu:", "przeczytane:", "precteno:",
  "precitane:", "olvasott:", "citit:", "прочетено:", "διαβαστηκε:", "прочтено:", "прочитано:", "okundu:", "تمت القراءه:",
  "נקרא:", "開封済み:", "開封確認", "읽음:", "已读:", "已讀:", "da doc:",
  NULL
};

/* What the text of a read receipt says. */
const char *const parser_words_receipt_body[] = {
  "was read on", "was read at", "has been displayed", "was displayed", "return receipt", "read receipt", "was deleted without",
  "wurde gelesen am", "wurde am", "gelesen", "angezeigt", "a ete lu", "a ete affiche", "se leyo el", "fue leido", "leido el",
  "e stato letto", "foi lida", "is gelezen op", "blev last", "przeczytan", "прочитано", "прочтено", "開封", "읽었", "已被阅读",
  "message-id:", "no guarantee that the",
  NULL
};

/* Bodies of opt-outs that a program writes at a person's tap (DETECTION section 10). */
const char *const parser_words_one_tap[] = {
  "automated unsubscription request", "automated unsubscribe request", "automatic unsubscribe request",
  "automatically generated unsubscribe request", "automatic unsubscription request",
  NULL
};
/* clang-format on */
