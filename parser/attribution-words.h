/* attribution-words.h - what mail clients write above a quotation, in the folded form of lines.c.
 * Data; included by attribution.c alone. Latin letters stand without accents. */
#ifndef PARSER_ATTRIBUTION_WORDS_H
#define PARSER_ATTRIBUTION_WORDS_H

#include <stddef.h>

/* clang-format off */

/* "wrote": the verb stands last, or a date, time or address follows it. */
static const char *const wrote[] = {
  "wrote", "writes", "a ecrit", "ecrivit", "escribio", "ha escrito", "ha scritto", "scrisse", "escreveu",
  "geschreven", "kirjoitti", "napisał(a)", "napisał", "napisała", "napisał/a", "napisali", "pisze", "wiadomosc napisana przez",
  "napsal(a)", "napsal", "napsala", "napisal(a)", "napisal", "napisala", "irta", "a scris", "написа", "έγραψε",
  "пишет", "написал", "написала", "написал(а)", "писал", "писал(а)", "пише", "написав", "написала(в)",
  "yazdı", "yazmıs", "yazdi", "نوشت", "نوشته است", "نوشته", "ने लिखा", "書きました", "さんは書きました", "のメッセージ",
  "님이 작성", "쓴 글", "쓴 내용", "이 씀", "写道", "寫道", "写到", "寫到", "đa viet", "viet", "เขียนว่า", "เขียน", "menulis",
  "va escriure", "ha escrit", "kirjutas", "rase", "rakstija", "je napisao", "је написао", "написао је",
  "a beren", "aandika", "skrifaði", "idatzi zuen", "escribiu", "a scrive", "より", NULL
};

/* "wrote" of the languages that put the name after it. */
static const char *const wrote_before_name[] = {
  "schrieb", "hat geschrieben", "schreef", "heeft", "skrev", "skreiv", "كتب", "كتبت", "כתב", "כתבה", "מאת", "kirjoitti",
  "ezt irta", "เขียนเมื่อ", "نوشت", "wrote", "a ecrit", "escreveu", "escribio", "menulis", NULL
};

/* Whoever writes of himself quotes nobody: "On Monday I wrote to you:" (but see: above marked lines he does). */
static const char *const first_person[] = {
  "i", "we", "ich", "wir", "je", "nous", "j'ai", "yo", "eu", "ik", "wij", "jag", "jeg",
  "я", "ми", "мы", "io", "abbiamo", NULL
};

/* How an attribution begins, besides with a date. */
static const char *const leads[] = {
  "on", "at", "in a message dated", "am", "um", "le", "el", "il", "il giorno", "em", "as", "a", "op", "den", "dnia",
  "w dniu", "dne", "dna", "la", "pe", "in", "na", "στις", "ekkor", "vao", "vao luc", "vao ngay", "pada", "在", "于", "於",
  "في", "على", "بتاريخ", "בתאריך", "ב", "در", "เมื่อ", "quoting", "citeren", "citando", "zitat von", "dia", NULL
};

/* Between rules: "-----Original Message-----". */
static const char *const original[] = {
  "original message", "original mail", "original email", "original-nachricht", "originalnachricht",
  "ursprungliche nachricht", "urspr. nachricht", "message original", "message d'origine", "courriel original",
  "courriel initial", "e-mail d'origine", "mensaje original", "correo original", "messaggio originale",
  "mensagem original", "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht",
  "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "original besked",
  "oprindelig besked", "opprinnelig melding", "original melding", "opprinnelig e-post", "alkuperainen viesti",
  "alkuperainen viesti / orig.msg.", "tresc oryginalnej wiadomosci", "treść oryginalnej wiadomości",
  "wiadomosc oryginalna", "oryginalna wiadomosc", "puvodni zprava", "povodna sprava",
  "povodna sprava --- original message", "eredeti uzenet", "mesajul original", "mesaj original",
  "оригинално писмо", "оригинално съобщение", "αρχικό μήνυμα", "πρωτότυπο μήνυμα", "исходное сообщение",
  "первоначальное сообщение", "исходное письмо", "оригинальное сообщение", "початкове повідомлення",
  "оригінальне повідомлення", "вихідне повідомлення", "ozgun ileti", "orijinal mesaj", "orijinal ileti", "asıl mesaj",
  "الرسالة الأصلية", "الرسالة الأساسية", "الرسالة الأصليَّة", "הודעה מקורית", "پیام اصلی", "پیام نخستین",
  "मूल संदेश", "पुराना मैसेज", "元のメッセージ", "元メール", "元のメール", "원본 메시지", "원본 메일", "원본 이메일",
  "原始邮件", "原始消息", "原始郵件", "原始訊息", "thu goc", "tin nhan goc", "ข้อความต้นฉบับ", "ข้อความเดิม",
  "pesan asli", "pesan orisinal", "missatge original", "izvorna poruka", "izvirno sporocilo", "reply message",
  "reply to message", "antwort auf", "previous message", NULL
};

/* Between rules, or at the start of a line that ends in a colon: "Begin forwarded message:". */
static const char *const forwarded[] = {
  "forwarded message", "begin forwarded message", "forwarded mail", "forwarded email", "forwarded by", "forwarded",
  "start of forwarded message", "weitergeleitete nachricht", "weitergeleitete mail", "anfang der weitergeleiteten nachricht",
  "anfang der weitergeleiteten e-mail", "weitergeleitet von", "message transfere", "debut du message transfere",
  "debut du message reexpedie", "mensaje reenviado", "inicio del mensaje reenviado", "messaggio inoltrato",
  "inizio messaggio inoltrato", "mensagem encaminhada", "mensagem reencaminhada", "inicio da mensagem reencaminhada",
  "inicio da mensagem encaminhada", "doorgestuurd bericht", "begin doorgestuurd bericht", "vidarebefordrat meddelande",
  "vidarebefordrat brev", "videresendt meddelelse", "videresendt besked", "start pa videresendt besked",
  "videresendt melding", "begynnelse pa videresendt melding", "videresendt e-post", "valitetty viesti",
  "valitetty viesti / fwd.msg", "valitetty viesti alkaa", "tresc przekazanej wiadomosci", "treść przekazanej wiadomości",
  "przekazana wiadomosc", "wiadomosc przekazana dalej", "preposlana zprava", "zacatek preposlane zpravy",
  "preposlana sprava", "preposlana sprava --- forwarded message", "tovabbıtott uzenet", "tovabbitott uzenet",
  "tovabbitott level", "mesaj redirectionat", "препратено писмо", "препратено съобщение", "προωθημένο μήνυμα",
  "перенаправленное сообщение", "пересылаемое сообщение", "начало переадресованного сообщения",
  "пересланное сообщение", "переслане повідомлення", "початок листа, що пересилається", "iletilen ileti",
  "iletilmis mesaj", "yonlendirilen mesaj", "رسالة ممرّرة", "الرسالة المعاد توجيهها", "بدء الرسالة المعاد توجيهها",
  "הודעה שהועברה", "תחילת ההודעה שהועברה", "پیام هدایت‌شده", "پیام ارسال شده", "अग्रेषित संदेश", "転送されたメッセージ",
  "転送メッセージ", "전달된 메시지", "전달된 이메일", "转发的消息", "转发的邮件", "转发邮件信息", "轉寄郵件", "轉寄的郵件",
  "已轉寄的郵件", "開始轉寄訊息", "以下是转发的邮件", "tin nhan đa đuoc chuyen tiep", "chuyen tiep thu", "ข้อความที่ส่งต่อ",
  "pesan diteruskan", "pesan terusan", NULL
};

/* Between rules, below what was forwarded. */
static const char *const end_words[] = {
  "end of original message", "end of forwarded message", "end forwarded message", "ende der weitergeleiteten nachricht", "ende der originalnachricht",
  "fin du message transfere", "fin du message reexpedie", "fin del mensaje reenviado", "fine messaggio inoltrato", "fim da mensagem encaminhada",
  "fim da mensagem reencaminhada", "einde doorgestuurd bericht", "slut pa vidarebefordrat meddelande", "конец пересылаемого сообщения",
  "конец переадресованного сообщения", NULL
};

/* clang-format on */

#endif
