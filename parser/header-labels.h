/* header-labels.h - the labels that clients put in front of the header of a mail they quote, in the folded form of lines.c.
 * Data; included by header-block.c alone. Latin letters stand without accents. */
#ifndef PARSER_HEADER_LABELS_H
#define PARSER_HEADER_LABELS_H

/* clang-format off */

/* The labels of a quoted header, one row a language: who, when, to whom, what, copies. */
enum { ROLE_FROM = 1, ROLE_DATE, ROLE_TO, ROLE_SUBJECT, ROLE_COPY, ROLE_REPLY, ROLES };

static const struct
{
  const char *label[ROLES - 1]; /* alternatives separated by "|" */
} labels[] = {
  { { "from", "sent|date|sent at", "to", "subject", "cc|bcc", "reply-to|reply to|message-id|in-reply-to|importance|attachments" } }, /* en */
  { { "von", "gesendet|datum|gesendet am|verschickt", "an", "betreff", "cc|kopie|bcc", "antwort an|antworten an|wichtigkeit|anlagen" } },
  { { "de|expediteur", "envoye|date|envoye le|date d'envoi|message du", "a|destinataire|pour", "objet|sujet", "cc|copie|copie a", "repondre a|importance|pieces jointes" } },
  { { "de", "enviado|fecha|enviado el|enviado a las", "para|a", "asunto", "cc|cco", "responder a|importancia|datos adjuntos" } }, /* es */
  { { "da", "inviato|data|inviato il|data invio", "a|per", "oggetto", "cc|ccn", "rispondi a|risposta|rispondi|priorita|allegati" } }, /* it */
  { { "de", "enviado|enviada|enviada em|data|enviado em", "para", "assunto", "cc|cco", "responder a|responder para|anexos" } }, /* pt */
  { { "van", "verzonden|datum|verstuurd", "aan", "onderwerp", "cc|bcc", "antwoord aan|urgentie|bijlagen" } }, /* nl */
  { { "fran", "skickat|datum|skickad", "till", "amne", "kopia|cc", "svar till|svara till|bilagor" } }, /* sv */
  { { "fra", "sendt|dato", "til", "emne", "cc|kopi", "svar til|vedhæftede filer" } }, /* da, no */
  { { "lahettaja", "lahetetty|paivays|paivamaara|pvm", "vastaanottaja", "aihe", "kopio|cc", "vastausosoite|liitteet" } }, /* fi */
  { { "od|nadawca", "wysłano|wysłane|data|wyslano", "do|adresat", "temat", "dw|cc|do wiadomosci", "odpowiedz do|załaczniki" } }, /* pl */
  { { "od|odesilatel", "odeslano|datum", "komu|pro", "predmet", "kopie|cc", "odpovedet komu|prilohy" } }, /* cs */
  { { "od|odosielatel", "odoslane|datum", "komu|pre", "predmet", "kopia|cc", "odpovedat komu|prilohy" } }, /* sk */
  { { "felado|kuldo|kuldi", "elkuldve|datum|kuldve", "cimzett", "targy", "masolat|masolatot kap", "valaszcim|mellekletek" } }, /* hu */
  { { "de la|expeditor", "trimis|data|expediat", "catre|la", "subiect", "cc", "raspunde la|atasamente" } }, /* ro */
  { { "от", "изпратено|дата|изпрати до", "до|към", "тема|относно", "копие|як", "отговор до" } }, /* bg */
  { { "από", "στάλθηκε|αποστολή|ημερομηνία|εστάλη", "προς", "θέμα", "κοιν.|κοινοποίηση|cc", "απάντηση προς" } }, /* el */
  { { "от|от кого", "отправлено|дата|отправлен", "кому", "тема", "копия|cc", "ответить|обратный адрес" } }, /* ru */
  { { "від|від кого", "надіслано|дата|відправлено", "кому", "тема", "копія|cc", "відповісти" } }, /* uk */
  { { "kimden|gonderen", "gonderildi|tarih|gonderilme|gonderim tarihi", "kime|alıcı", "konu", "bilgi|cc", "yanıt adresi" } }, /* tr */
  { { "من|مِن", "تاريخ الإرسال|التاريخ|أرسل|المُرسل|تم الإرسال", "إلى", "الموضوع|موضوع", "نسخة", "الرد إلى" } }, /* ar */
  { { "מאת", "נשלח|תאריך|בתאריך", "אל", "נושא", "עותק|העתק", "השב אל" } }, /* he */
  { { "از|فرستنده", "ارسال|تاریخ|ارسال شده", "به|گیرنده", "موضوع", "رونوشت", "پاسخ به" } }, /* fa */
  { { "से|प्रेषक|द्वारा", "तारीख|भेजा गया|दिनांक", "को|प्राप्तकर्ता|प्रति", "सबजेक्ट|विषय", "प्रतिलिपि", "उत्तर दें" } }, /* hi */
  { { "差出人|送信者", "送信日時|送信日|日付|日時", "宛先", "件名", "cc", "返信先" } }, /* ja */
  { { "보낸 사람|보낸사람|발신", "보낸 날짜|날짜|보낸날짜|발송일", "받는 사람|받는사람|수신", "제목", "참조", "회신" } }, /* ko */
  { { "发件人", "发送时间|日期|发送日期|时间", "收件人", "主题", "抄送", "回复" } }, /* zh-Hans */
  { { "寄件者|寄件人", "寄件日期|日期|寄送日期|傳送日期|寄件時間", "收件者|收件人", "主旨|主題", "副本", "回覆" } }, /* zh-Hant */
  { { "tu|nguoi gui", "đa gui|ngay|gui|ngay gui", "toi|đen|nguoi nhan", "chu đe|tieu đe", "cc", "tra loi" } }, /* vi */
  { { "จาก", "ส่งเมื่อ|วันที่|ส่ง", "ถึง", "เรื่อง|หัวเรื่อง", "สำเนา", "ตอบกลับ" } }, /* th */
  { { "dari", "dikirim|tanggal|terkirim", "kepada|ke|untuk", "subjek|perihal", "cc|tembusan", "balas ke" } }, /* id */
  { { "de|des de", "enviat|data", "per a|a", "assumpte|tema", "cc", "respon a" } }, /* ca */
  { { "od|posiljatelj|salje", "poslano|datum|послато|датум", "za|prima", "predmet", "kp|cc", "odgovori" } }, /* hr, sl, sr */
};

/* clang-format on */

#endif
