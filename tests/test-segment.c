/* test-segment.c - whose words: every line once, nothing quoted is new, nothing new is cut. The texts are
 * ours. */
#include "internal.h"

#include <string.h>

/* One letter a line: N new, n new but doubtful, Q quotation, A attribution, H header block, F forward, S
 * signature, L footer, C disclaimer, B banner. An empty line has the letter of the line above. */
static char *
letters_of (const char *content, const ParserEchoes *echoes)
{
  static const char kinds[] = "NQAHFSLCB";
  ParserText text = { .part = (char *)"1", .text = (char *)content, .length = strlen (content) };
  ParserOptions options = { .echoes = echoes };
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();
  GString *letters = g_string_new (NULL);

  parser_segment (&text, &options, segments);
  for (guint i = 0; i < segments->len; i++)
    {
      ParserSegment *segment = g_ptr_array_index (segments, i);
      char letter = kinds[segment->kind];

      g_assert_cmpuint (segment->first_line, ==, letters->len + 1);
      g_assert_cmpstr (segment->part, ==, "1");
      g_assert_nonnull (segment->why);
      if (segment->kind == PARSER_SEGMENT_NEW && !segment->sure)
        letter = 'n';
      for (guint k = segment->first_line; k <= segment->last_line; k++)
        g_string_append_c (letters, letter);
      g_free (segment->part);
      g_free (segment->why);
      g_free (segment);
    }
  return g_string_free (letters, FALSE);
}

/* clang-format off */
static const struct { const char *name, *text, *want; } cases[] = {
  /* attributions in the languages, unmarked quotation below: nothing of it may be new */
  { "English of Gmail", "stop\n\nOn Mon, 3 Mar 2025 at 10:12, Ann Lee <ann@example.org> wrote:\n\nunsubscribe here", "NNAAQ" },
  { "English, folded by Gmail", "stop\nOn Mon, 3 Mar 2025 at 10:12, Ann Lee of the customers' desk <\nann@example.org> wrote:\nunsubscribe here", "NAAQ" },
  { "English of Outlook for phones", "stop\n\nAnn Lee <ann@example.org> wrote on Monday, 3 March 2025 at 10:12:\nunsubscribe", "NNAQ" },
  { "English of Yahoo", "stop\n   On Monday, March 3, 2025 at 10:12:30 AM GMT+1, News <news@example.org> wrote:  \n unsubscribe", "NAQ" },
  { "English of Zoho", "stop\n---- On Mon, 03 Mar 2025 10:12:00 +0100 News <news@example.org> wrote ----\nunsubscribe", "NAQ" },
  { "German of Gmail", "bitte abmelden\n\nAm Mo., 3. März 2025 um 10:12 Uhr schrieb Firma <news@example.org>:\n\nHier abmelden", "NNAAQ" },
  { "German of Thunderbird", "nein danke\nAm 03.03.25 um 10:12 schrieb Firma:\n> Hier abmelden\n", "NAQ" },
  { "German, the name first, folded", "nein\nFirma <news@example.org> schrieb am Mo., 3. März 2025\num 10:12 Uhr:\n> abmelden", "NAAQ" },
  { "French of Gmail", "non merci\nLe lun. 3 mars 2025 à 10:12, Boutique <news@example.org> a écrit :\nse désabonner", "NAQ" },
  { "French, folded before the verb", "non merci\nLe 3 mars 2025 à 10:12, \"Boutique\"\n<news@example.org>\na écrit :\n> se désabonner", "NAAAQ" },
  { "Spanish", "no\nEl lun, 3 mar 2025 a las 10:12, Tienda (<news@example.org>) escribió:\ndarse de baja", "NAQ" },
  { "Italian", "no\nIl giorno lun 3 mar 2025 alle ore 10:12 Negozio <news@example.org> ha scritto:\ndisiscriviti", "NAQ" },
  { "Portuguese", "não\nEm seg., 3 de mar. de 2025 às 10:12, Loja <news@example.org> escreveu:\ndescadastrar", "NAQ" },
  { "Dutch", "nee\nOp ma 3 mrt 2025 om 10:12 schreef Winkel <news@example.org>:\nuitschrijven", "NAQ" },
  { "Dutch of iPhones", "nee\nOp 3 mrt. 2025 om 10:12 heeft Winkel <news@example.org> het volgende geschreven:\nuitschrijven", "NAQ" },
  { "Swedish", "nej\nDen mån 3 mars 2025 kl 10:12 skrev Butik <news@example.org>:\navregistrera", "NAQ" },
  { "Danish", "nej\nDen man. 3. mar. 2025 kl. 10.12 skrev Butik <news@example.org>:\nafmeld", "NAQ" },
  { "Norwegian", "nei\nman. 3. mar. 2025 kl. 10:12 skrev Butikk <news@example.org>:\nmeld av", "NAQ" },
  { "Finnish", "ei\nma 3. maalisk. 2025 klo 10.12 Kauppa (news@example.org) kirjoitti:\nperu tilaus", "NAQ" },
  { "Polish", "nie\npon., 3 mar 2025 o 10:12 Sklep <news@example.org> napisał(a):\nwypisz się", "NAQ" },
  { "Polish of Thunderbird", "nie\nW dniu 3.03.2025 o 10:12, Sklep pisze:\n> wypisz się", "NAQ" },
  { "Czech", "ne\npo 3. 3. 2025 v 10:12 odesílatel Obchod <news@example.org> napsal:\nodhlásit", "NAQ" },
  { "Slovak", "nie\nDňa 3. 3. 2025 o 10:12 Obchod napísal(a):\n> odhlásiť", "NAQ" },
  { "Hungarian", "nem\nBolt <news@example.org> ezt írta (időpont: 2025. márc. 3., H, 10:12):\nleiratkozás", "NAQ" },
  { "Romanian", "nu\nPe lun., 3 mar. 2025 la 10:12, Magazin <news@example.org> a scris:\ndezabonare", "NAQ" },
  { "Bulgarian", "не\nНа 3.03.2025 в 10:12, Магазин написа:\n> отписване", "NAQ" },
  { "Greek", "όχι\nΣτις Δευ 3 Μαρ 2025 στις 10:12, ο/η Κατάστημα <news@example.org> έγραψε:\nδιαγραφή", "NAQ" },
  { "Russian of Gmail, without a verb", "нет\nпн, 3 мар. 2025 г. в 10:12, Магазин <news@example.org>:\nотписаться", "NAQ" },
  { "Russian", "нет\n03.03.2025 10:12, Магазин пишет:\n> отписаться", "NAQ" },
  { "Russian of a webmail, without a verb", "нет\nПонедельник, 3 марта 2025, 10:12 +03:00 от Магазин <news@example.org>:\nотписаться", "NAQ" },
  { "GroupWise", "stop\n>>> News <news@example.org> 3/3/2025 10:12 >>>\nunsubscribe here", "NAQ" },
  { "Ukrainian", "ні\nпн, 3 бер. 2025 р. о 10:12 Крамниця <news@example.org> пише:\nвідписатися", "NAQ" },
  { "Turkish", "hayır\nMağaza <news@example.org>, 3 Mar 2025 Pzt, 10:12 tarihinde şunu yazdı:\nabonelikten çık", "NAQ" },
  { "Arabic, with a bidi mark", "لا\n\u202bفي الاثنين، 3 مارس 2025 في 10:12 ص كتب متجر <news@example.org>:\nإلغاء الاشتراك", "NAQ" },
  { "Hebrew", "לא\nבתאריך יום ב׳, 3 במרץ 2025 ב-10:12 מאת חנות <news@example.org>:\nביטול הרשמה", "NAQ" },
  { "Persian with its own digits", "نه\nدر ۳ مارس ۲۰۲۵، ۱۰:۱۲، فروشگاه نوشت:\n> لغو اشتراک", "NAQ" },
  { "Hindi", "नहीं\nसोम, 3 मार्च 2025 को 10:12 am बजे दुकान <news@example.org> ने लिखा:\nअनसब्सक्राइब", "NAQ" },
  { "Japanese, without a verb", "不要です\n2025年3月3日(月) 10:12 店 <news@example.org>:\n配信停止", "NAQ" },
  { "Korean", "싫어요\n2025년 3월 3일 (월) 오전 10:12, 가게 <news@example.org>님이 작성:\n수신거부", "NAQ" },
  { "Chinese", "不要\n商店 <news@example.org> 于2025年3月3日周一 10:12写道：\n退订", "NAQ" },
  { "Chinese, traditional", "不要\n商店 <news@example.org> 於 2025年3月3日 週一 上午10:12寫道：\n退訂", "NAQ" },
  { "Vietnamese", "không\nVào Th 2, 3 thg 3, 2025 vào lúc 10:12 Cửa hàng <news@example.org> đã viết:\nhủy đăng ký", "NAQ" },
  { "Thai", "ไม่\nเมื่อ จ. 3 มี.ค. 2025 เวลา 10:12 ร้าน <news@example.org> เขียนว่า:\nยกเลิกการสมัคร", "NAQ" },
  { "Indonesian", "tidak\nPada Sen, 3 Mar 2025 pukul 10.12 Toko <news@example.org> menulis:\nberhenti", "NAQ" },
  { "an address that HTML left between empty lines", "stop\n\nOn Mon, 3 Mar 2025 at 10:12 News\n\n<\nmailto:News <news@example.org>\n> wrote:\n\nunsubscribe", "NNAAQQQQQ" },
  { "a language that we do not know, above marks", "ez\nKz 3 qrt 2025 nl 10:12, Dnd <news@example.org> zkl:\n> unsubscribe", "NAQ" },

  /* header blocks */
  { "header block, English", "stop\n\nFrom: News <news@example.org>\nSent: Monday, 3 March 2025 10:12\nTo: Ann\nSubject: Offers\n\nunsubscribe", "NNHHHHHQ" },
  { "header block in bold and under a rule", "stop\n________________________________\n*From:* News\n*Sent:* 3 March 2025\n*To:* Ann\n*Subject:* Offers\nunsubscribe", "NHHHHHQ" },
  { "header block, German", "nein\nVon: Firma <news@example.org>\nGesendet: Montag, 3. März 2025 10:12\nAn: Ann\nBetreff: Angebote\nabmelden", "NHHHHQ" },
  { "header block, French", "non\nDe : Boutique <news@example.org>\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Ann\nObjet : Offres\nse désabonner", "NHHHHQ" },
  { "header block, Spanish", "no\nDe: Tienda <news@example.org>\nEnviado el: lunes, 3 de marzo de 2025 10:12\nPara: Ann\nAsunto: Ofertas\nbaja", "NHHHHQ" },
  { "header block, Italian", "no\nDa: Negozio <news@example.org>\nInviato: lunedì 3 marzo 2025 10:12\nA: Ann\nOggetto: Offerte\ncancellati", "NHHHHQ" },
  { "header block, Portuguese", "não\nDe: Loja <news@example.org>\nEnviada em: segunda-feira, 3 de março de 2025 10:12\nPara: Ann\nAssunto: Ofertas\ndescadastrar", "NHHHHQ" },
  { "header block, Dutch", "nee\nVan: Winkel <news@example.org>\nVerzonden: maandag 3 maart 2025 10:12\nAan: Ann\nOnderwerp: Acties\nuitschrijven", "NHHHHQ" },
  { "header block, Swedish", "nej\nFrån: Butik <news@example.org>\nSkickat: den 3 mars 2025 10:12\nTill: Ann\nÄmne: Erbjudanden\navregistrera", "NHHHHQ" },
  { "header block, Danish", "nej\nFra: Butik <news@example.org>\nSendt: 3. marts 2025 10:12\nTil: Ann\nEmne: Tilbud\nafmeld", "NHHHHQ" },
  { "header block, Polish", "nie\nOd: Sklep <news@example.org>\nWysłano: poniedziałek, 3 marca 2025 10:12\nDo: Ann\nTemat: Oferty\nwypisz", "NHHHHQ" },
  { "header block, Russian", "нет\nОт: Магазин <news@example.org>\nОтправлено: 3 марта 2025 г. 10:12\nКому: Ann\nТема: Скидки\nотписаться", "NHHHHQ" },
  { "header block, Japanese", "不要\n差出人: 店 <news@example.org>\n送信日時: 2025年3月3日 10:12\n宛先: Ann\n件名: お得\n配信停止", "NHHHHQ" },
  { "header block, Chinese with wide colons", "不要\n发件人： 商店 <news@example.org>\n发送时间： 2025年3月3日 10:12\n收件人： Ann\n主题： 优惠\n退订", "NHHHHQ" },
  { "an answer below a leading header is new, and doubtful", "From: News <news@example.org>\nSent: 3 March 2025 10:12\nSubject: Offers\n\nplease stop", "HHHHn" },
  { "a label alone is prose", "From: tomorrow on I am away.\nunsubscribe me", "NN" },
  { "two labels without a date or an address are prose", "To: all of you\nSubject: enough\nunsubscribe me", "NNN" },

  /* separators and forwards */
  { "original message", "stop\n-----Original Message-----\nFrom: News <news@example.org>\nSent: 3 March 2025\nunsubscribe", "NQHHQ" },
  { "original message, German", "nein\n-----Ursprüngliche Nachricht-----\nVon: Firma <news@example.org>\nGesendet: 3. März 2025\nabmelden", "NQHHQ" },
  { "original message, with nothing below it", "stop\n-------- Original Message --------\nunsubscribe here", "NQQ" },
  { "a separator in a language that we do not know", "stop\n----- Mqrt zkl -----\nFrom: News <news@example.org>\nDate: 3 March 2025\nunsubscribe", "NQHHQ" },
  { "a forward with a comment", "thanks!\n---------- Forwarded message ---------\nFrom: News <news@example.org>\nDate: 3 March 2025\nunsubscribe", "NFFFF" },
  { "a forward of Apple Mail", "fyi\nBegin forwarded message:\n\nFrom: News <news@example.org>\nunsubscribe", "NFFFF" },
  { "a forward with no comment is nobody's wish", "---------- Forwarded message ---------\nFrom: News <news@example.org>\nDate: 3 March 2025\n\nunsubscribe", "FFFFF" },

  /* quote marks */
  { "marks of all kinds", "a\n> b\n>> c\n> > d\n| e\n| f\nAL> g", "NQQQQQQ" },
  { "answers between marks stay new", "> are you well?\nyes\n> more mail?\nno, unsubscribe me\n> bye", "QNQNQ" },
  { "an answer below marks is new", "On 3 March 2025 News wrote:\n> unsubscribe here\n\nplease take me off", "AQQN" },
  { "the end of a marked line that a client wrapped", "> To unsubscribe from these mails for ever and ever and ever, go to our\nnice page\n> of settings", "QQQ" },
  { "an answer in small letters under a sentence that ended", "> Would you like to hear of all our offers for the coming summer season?\nno, stop it\n> We hope so", "QNQ" },
  { ">From is the writer's", "unsubscribe me\n>From now on I want no mail.", "NN" },
  { "a table is no quotation", "| a | b |\n| c | d |", "NN" },
  { "angles of AOL", "In a message dated 3/3/2025 10:12:00 AM, news@example.org writes:\n<< unsubscribe here\nfor free >>\nplease stop", "AQQN" },

  { "a stored From among marks is marked", "> a\n>From us: unsubscribe here\n> b", "QQQ" },
  { "colons below an attribution", "At 10:12 3/3/2025, News wrote:\n:unsubscribe here\n:for free\nno thanks", "AQQN" },
  { "left out below an attribution", "On 3 March 2025 News wrote:\n[...]\n> unsubscribe here\nplease do", "AQQN" },
  { "a separator above marks", "===== Original Message from News =====\n{news@example.org} at 3/3/2025 10:12\n>unsubscribe here\nplease remove me", "QAQN" },
  { "what comes below a forward", "-----Forwarded Message-----\nFrom: News\nunsubscribe here\n-----End of Forwarded Message-----\nI want no such mail", "FFFQN" },

  /* sentences that look like a client's */
  { "On Tuesday", "On Tuesday I am away.\nOn 3 March 2025 I wrote to you:\nunsubscribe me", "NNN" },
  { "a colon in the body", "What I want:\nno more mail", "NN" },
  { "my wife wrote", "My wife wrote to you on 3 March 2025 and asked:\nstop this", "NN" },
  { "dates in a text", "2025-01-15 14:30:25\n15.01.2025 14:30\nthese were your mails, stop", "NNN" },
  { "an order with its date", "Hello\nMy order 1234 of 03.03.2025 from shop@example.org:\nplease stop", "NNN" },
  { "Am Montag", "Am 3. März 2025 habe ich Ihnen geschrieben:\nbitte abmelden", "NN" },

  /* signatures */
  { "a delimiter", "stop\n-- \nAnn Lee\nExample Ltd", "NSSS" },
  { "a delimiter without its blank", "stop\n\n--\nAnn Lee", "NNSS" },
  { "a dash in front of words is none", "-This is a wish\n- stop\n---\nunsubscribe me", "NNNN" },
  { "a quotation below a signature", "stop\n-- \nAnn\n\nOn 3 Mar 2025 News <news@example.org> wrote:\n> unsubscribe", "NSSSAQ" },
  { "a PGP signature", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nstop\n-----BEGIN PGP SIGNATURE-----\n\niQ+/abc=\n=ab\n-----END PGP SIGNATURE-----\nnow", "BNNNSSSSSN" },
  { "contact lines under a name, not the wish among them", "stop\n\nAnn Lee\nTel. +49 30 1234567\nunsubscribe me\nhttps://example.org", "NNNSNS" },
  { "addresses that the writer lists", "Please remove these:\n\nann@example.org\nbob@example.org\ncat@example.org", "NNNNN" },
  { "sent from", "stop\n\nSent from my iPhone", "NNB" },
  { "sent from, German", "bitte abmelden\nVon meinem iPhone gesendet", "NB" },
  { "sent from, Japanese", "不要\niPhoneから送信", "NB" },
  { "a wish in a sent-from line", "Sent from my iPhone please unsubscribe me", "N" },
  { "get Outlook", "stop\nGet Outlook for Android<https://aka.example/a>", "NB" },

  /* footers */
  { "a list's footer", "please unsubscribe me\n_______________________________________________\nExample mailing list\nexample@lists.example.org\nhttps://lists.example.org/mailman/listinfo/example", "NLLLL" },
  { "a form's rule above a wish", "Name: Ann\n---------\nPlease remove me from your mailing list, I am ann@example.org", "NNN" },
  { "a form's rule above a command", "Message\n---------\nunsubscribe ann@example.org", "NNN" },
  { "a footer, Dutch", "Hallo\n\nU ontvangt deze e-mail omdat u klant bent.\nKlik hier om u uit te schrijven: https://example.org/u", "NNLL" },
  { "a footer, Spanish", "Hola\n\nSi no desea recibir más correos, haga clic aquí para darse de baja: https://example.org/u", "NNL" },
  { "a footer, Italian", "Ciao\n\nPer cancellarti clicca qui: https://example.org/u", "NNL" },
  { "a footer, Portuguese", "Olá\n\nVocê recebeu este e-mail porque é cliente.\nPara cancelar a inscrição, clique aqui: https://example.org/u", "NNLL" },
  { "a footer, Polish", "Cześć\n\nAby zrezygnować, kliknij tutaj: https://example.org/u", "NNL" },
  { "a footer, Russian", "Здравствуйте\n\nЧтобы отписаться от рассылки, нажмите сюда: https://example.org/u", "NNL" },
  { "a footer, Swedish", "Hej\n\nDu får detta mejl för att du är kund.\nAvregistrera dig: https://example.org/u", "NNLL" },
  { "a footer, Turkish", "Merhaba\n\nAbonelikten çıkmak için tıklayın: https://example.org/u", "NNL" },
  { "a footer, Chinese", "您好\n\n如不想再收到此类邮件，请点击退订：https://example.org/u", "NNL" },
  { "a footer, Korean", "안녕하세요\n\n수신을 원하지 않으시면 수신거부 버튼을 눌러 주세요 https://example.org/u", "NNL" },
  { "a footer without a rule", "Good news for you.\n\nTo unsubscribe, visit https://example.org/u", "NNL" },
  { "a wish straight above a footer", "please take me off\nTo unsubscribe from this group, send an email to list@example.org", "NL" },
  { "the reason why", "Hello\n\nYou are receiving this because you bought a pen.\nUnsubscribe: https://example.org/u", "NNLL" },
  { "a footer, German", "Hallo\n\nSie erhalten diese E-Mail, weil Sie Kunde sind.\nHier abmelden: https://example.org/u", "NNLL" },
  { "a footer, French", "Bonjour\n\nPour vous désabonner, cliquez ici : https://example.org/u", "NNL" },
  { "a footer, Japanese", "こんにちは\n\n配信停止はこちら https://example.org/u", "NNL" },
  { "a command that a footer announces", "News\n\nTo unsubscribe, send a mail to list@example.org that says:\n\nunsubscribe example", "NNLLL" },
  { "what a list's archive leaves", "unsubscribe\n-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <http://example.org/a.html>", "NLLL" },
  { "a sentence that goes on is the writer's", "I opened your page https://example.org/u\nto unsubscribe but nothing happens", "NN" },
  { "a wish broken after two words", "I want\nto unsubscribe, ann@example.org", "NN" },
  { "a command with the address", "Unsubscribe: ann@example.org", "N" },
  { "a command in the list's words", "unsubscribe from this list please", "N" },
  { "a notice that leads nowhere is no instruction", "To unsubscribe please", "N" },
  { "a broken link is the writer's", "The unsubscribe link is broken: https://example.org/u", "N" },
  { "a click that fails is the writer's", "Clicking unsubscribe on your page gives an error.", "N" },
  { "a click that fails, German", "Beim Klick auf Abmelden kommt ein Fehler: https://example.org/u", "N" },
  { "inability is the writer's", "To unsubscribe I clicked on https://example.org/u but it does not work", "N" },
  { "a question is the writer's", "How to unsubscribe from this list?", "N" },
  { "words that share their line with a footer are doubtful", "take me off. To unsubscribe from this list visit https://example.org/u", "n" },
  { "a disclaimer", "please stop\n\nThis e-mail and its attachments are confidential. If you are not the intended recipient, delete it.", "NNC" },
  { "what begins as a banner, and is a wish", "मेरे पते पर कुछ मत भेजो\n\nVon meinem Postfach fernhalten!\n\n从我的邮箱里消失", "NNNNN" },
  { "banners of telephones", "no more\n\nमेरे फ़ोन से भेजा गया\n\nVon meinem Handy\n\n从我的手机发送", "NNBBBBB" },
  { "an external banner", "[EXTERNAL] Do not click links.\nplease stop", "BN" },

  /* limits and doubts */
  { "a mail glued into one line is doubtful", "please unsubscribe me On Mon, 3 Mar 2025 at 10:12 A <a@example.org> wrote: unsubscribe here, Ann", "n" },
  { "a mail glued at a separator is doubtful", "thank you -----Original Message----- please unsubscribe me, Ann", "n" },
  { "a mail glued at a header is doubtful", "danke Von: Firma <news@example.org> Gesendet: 3. März 2025 An: Ann Betreff: Angebote abmelden", "n" },
  { "a colon or two are no header", "My name: Ann Lee. To: whom it may concern: please unsubscribe me", "N" },
  { "a footer of groups.io", "thanks\n-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all messages sent to this group.\nMute This Topic: https://groups.example/mt/1\nUnsubscribe: https://groups.example/unsub", "NLLLL" },
  { "a footer of Sympa", "thanks\n\n--\nTo unsubscribe from this list: send a mail to sympa@lists.example.org\nsignoff news", "NNLLL" },
  { "a footer of Google Groups", "thanks\n-- \nYou received this message because you are subscribed to the Google Groups \"x\" group.\nTo unsubscribe from this group, send an email to x+unsubscribe@groups.example.", "NLLL" },
  { "the label under a pasted newsletter", "Our spring offers are here, with half the price for all that you have been looking at this winter.\n\nCome and see the new rooms in our house at the market place, open from Monday to Saturday, from nine to six.\n\nAnd a small surprise waits for all who come before the end of the month, as long as there are any left of it.\n\nUnsubscribe", "NNNNNNL" },
  { "the same word under a letter of one's own", "I have been getting these since last spring and I never asked for them, nor did my husband.\n\nWe have both written to you before and nobody ever answered, which is a poor way to treat people who bought from you.\n\nThis is the last time that I write, and after this I will go to the authorities and let them deal with you.\n\nUnsubscribe", "NNNNNNN" },
  { "nothing", "", "" },
  { "empty lines", "\n\n\n", "NNN" },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autofree char *letters = letters_of (cases[n].text, NULL);

  g_assert_cmpstr (letters, ==, cases[n].want);
}

static void
test_own_footers (void)
{
  static const char *const texts[] = {
    "Example Ltd, 1 Example Street.\nTo leave our list, press\nthe button to unsubscribe. Have a nice day!",
    NULL
  };
  g_autoptr (ParserEchoes) echoes = parser_echoes_new (texts);
  g_autofree char *whole
      = letters_of ("stop\nTO LEAVE  our list,\npress the button to un&#115;ubscribe.\nbye", echoes);
  g_autofree char *shared
      = letters_of ("stop it. To leave our list, press the button to unsubscribe", echoes);
  g_autofree char *harmless = letters_of ("stop it. Example Ltd, 1 Example Street.", echoes);
  g_autofree char *other = letters_of ("I press the button and nothing happens.", echoes);
  g_autofree char *few = letters_of ("unsubscribe\nto unsubscribe", echoes);

  g_assert_cmpstr (whole, ==, "NLLN");
  g_assert_cmpstr (shared, ==, "n");
  g_assert_cmpstr (harmless, ==, "N");
  g_assert_cmpstr (other, ==, "N");
  g_assert_cmpstr (few, ==, "NN");
}

/* Every line is covered once, whatever the text; and the time grows with the size alone. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { ">",
                                        "> ",
                                        "\n",
                                        "On 3 Mar 2025 ",
                                        "wrote:",
                                        "wrote:\n",
                                        "From: a@b.example\n",
                                        "--\n",
                                        "----\n",
                                        "| a\n",
                                        "unsubscribe http://a.example\n",
                                        "click ",
                                        "A>",
                                        ":",
                                        "3.3.2025 ",
                                        "\"",
                                        "<<\n" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < 1000000)
        g_string_append (text, pieces[i]);
      gint64 before = g_get_monotonic_time ();
      g_autofree char *letters = letters_of (text->str, NULL);
      guint lines = 1;
      for (gsize k = 0; k + 1 < text->len; k++)
        lines += text->str[k] == '\n';
      g_assert_cmpuint (strlen (letters), ==, lines);
      g_test_message ("%.20s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time () - before) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/segment/%s", cases[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/segment/the operator's own sentences are no evidence", test_own_footers);
  g_test_add_func ("/segment/hostile texts take no more than their time", test_hostile);
  return g_test_run ();
}
