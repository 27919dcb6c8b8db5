//! Header blocks and the lines that programs draw, by language (PEERS 54).

use super::visible;

#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "From: Ann Other <ann@example.org>\nSent: Monday, March 4, 2024 10:11 AM\nTo: Desk <desk@example.org>\nCc: Bob\nSubject: RE: Printer",
    "From: Ann Other <ann@example.org>\nDate: Monday, March 4, 2024 at 10:11 AM\nTo: Desk <desk@example.org>\nSubject: RE: Printer",
    "*From:* Ann Other <ann@example.org>\n*Sent:* Monday, March 4, 2024 10:11 AM\n*To:* Desk\n*Subject:* Printer",
    "**From:** Ann Other <ann@example.org>\n**Sent:** Monday, March 4, 2024 10:11 AM\n**To:** Desk\n**Subject:** Printer",
    "From: Ann Other <ann@example.org>\n\nSent: Monday, March 4, 2024 10:11 AM\n\nTo: Desk\n\nSubject: Printer",
    "From: Ann Other\nSent: Monday, March 4, 2024 10:11 AM\nTo: Desk <desk@example.org>; Bob\nBobson <bob@example.org>;\nCarl <carl@example.org>\nSubject: Printer",
    "Subject: Printer\nDate: Mon, 4 Mar 2024 10:11:12 +0100\nFrom: Ann Other <ann@example.org>\nTo: Desk <desk@example.org>",
    "From: Ann Other <ann@example.org> Sent: Monday, March 4, 2024 10:11 AM To: Desk <desk@example.org> Subject: Printer",
    "Von: Ann Other\nGesendet: Montag, 4. März 2024 10:11\nAn: Desk\nCc: Bob\nBetreff: Drucker",
    "Gesendet: Montag, 04. März 2024 um 10:11 Uhr\nVon: \"Ann Other\" <ann@example.org>\nAn: desk@example.org\nBetreff: Drucker",
    "Von: Ann Other <ann@example.org>\nDatum: Montag, 4. März 2024 um 10:11\nAn: Desk\nBetreff: Drucker",
    "De : Ann Other <ann@example.org>\nEnvoyé : lundi 4 mars 2024 10:11\nÀ : Desk\nObjet : Imprimante",
    "De: Ann Other\nEnviado el: lunes, 4 de marzo de 2024 10:11\nPara: Desk\nAsunto: Impresora",
    "Da: Ann Other\nInviato: lunedì 4 marzo 2024 10:11\nA: Desk\nOggetto: Stampante",
    "De: Ann Other\nEnviada em: segunda-feira, 4 de março de 2024 10:11\nPara: Desk\nAssunto: Impressora",
    "Van: Ann Other\nVerzonden: maandag 4 maart 2024 10:11\nAan: Desk\nOnderwerp: Printer",
    "Fra: Ann Other\nSendt: 4. marts 2024 10:11\nTil: Desk\nEmne: Printer",
    "Från: Ann Other\nSkickat: den 4 mars 2024 10:11\nTill: Desk\nÄmne: Skrivare",
    "Lähettäjä: Ann Other\nLähetetty: maanantai 4. maaliskuuta 2024 10.11\nVastaanottaja: Desk\nAihe: Tulostin",
    "Od: Ann Other\nWysłano: poniedziałek, 4 marca 2024 10:11\nDo: Desk\nTemat: Drukarka",
    "Od: Ann Other\nOdesláno: pondělí 4. března 2024 10:11\nKomu: Desk\nPředmět: Tiskárna",
    "Od: Ann Other\nOdoslané: pondelok 4. marca 2024 10:11\nKomu: Desk\nPredmet: Tlačiareň",
    "От: Ann Other\nОтправлено: 4 марта 2024 г. 10:11\nКому: Desk\nТема: Принтер",
    "Від: Ann Other\nНадіслано: 4 березня 2024 р. 10:11\nКому: Desk\nТема: Принтер",
    "Από: Ann Other\nΣτάλθηκε: Δευτέρα, 4 Μαρτίου 2024 10:11\nΠρος: Desk\nΘέμα: Εκτυπωτής",
    "Kimden: Ann Other\nGönderildi: 4 Mart 2024 Pazartesi 10:11\nKime: Desk\nKonu: Yazıcı",
    "Feladó: Ann Other\nElküldve: 2024. március 4., hétfő 10:11\nCímzett: Desk\nTárgy: Nyomtató",
    "De la: Ann Other\nTrimis: luni, 4 martie 2024 10:11\nCătre: Desk\nSubiect: Imprimantă",
    "发件人: Ann Other\n发送时间: 2024年3月4日 10:11\n收件人: Desk\n主题: 打印机",
    "发件人：Ann Other <ann@example.org>\n日期：2024年3月4日\n收件人：Desk\n主题：打印机",
    "寄件者: Ann Other\n寄件日期: 2024年3月4日 上午 10:11\n收件者: Desk\n主旨: 印表機",
    "差出人: Ann Other\n送信日時: 2024年3月4日 10:11\n宛先: Desk\n件名: プリンタ",
    "보낸 사람: Ann Other\n보낸 날짜: 2024년 3월 4일 월요일 오전 10:11\n받는 사람: Desk\n제목: 프린터",
];

#[rustfmt::skip]
const ORIGINAL: &[&str] = &[
    "-----Original Message-----", "----- Original Message -----", "------ Original Message ------", "-------- Original message --------",
    "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐", "------- Original Message -------", "________ Original Message ________",
    "-----Ursprüngliche Nachricht-----", "-------- Ursprüngliche Nachricht --------", "-----Message d’origine-----", "-------- Message d'origine --------",
    "-----Mensaje original-----", "-----Messaggio originale-----", "-----Mensagem Original-----", "-----Oorspronkelijk bericht-----",
    "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----Ursprungligt meddelande-----", "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----", "---------- Původní e-mail ----------", "-----Исходное сообщение-----", "-----Оригінальне повідомлення-----",
    "-----Αρχικό μήνυμα-----", "-----Özgün İleti-----", "-----Eredeti üzenet-----", "-----Mesaj original-----", "-----邮件原件-----",
    "------------------ 原始邮件 ------------------", "------------------&nbsp;原始邮件&nbsp;------------------", "---- 回复的原邮件 ----", "-----原始郵件-----", "-----元のメッセージ-----", "-----원본 메시지-----",
];

#[rustfmt::skip]
const ABOVE: &[&str] = &[
    "-- Reply above this line --", "##- Please type your reply above this line -##", "=-=-= Please reply above this line =-=-=",
    "------ Bitte antworten Sie oberhalb dieser Linie ------", "-------- Merci de répondre au-dessus de cette ligne --------",
    "[Please reply above this line]", "Please reply above this line",
];

#[test]
fn header_blocks() {
    let mut wrong = Vec::new();
    for block in BLOCKS {
        for above in ["", "________________________________\n", "-----Original Message-----\n", "-- \n"] {
            let text = format!("It works now.\n\n{above}{block}\n\nPlease restart it.\n\nAnn\n");
            if visible(&text) != "It works now." {
                wrong.push(format!("{above}{block}: {:?}", visible(&text)));
            }
        }
        let alone = format!("{block}\n\nPlease restart it.");
        if visible(&alone) != alone {
            wrong.push(format!("nothing above: {block}: {:?}", visible(&alone)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn original_messages() {
    let mut wrong = Vec::new();
    for line in ORIGINAL {
        let line = line.replace("&nbsp;", "\u{a0}");
        let text = format!("It works now.\n\n{line}\nPlease restart it.\n");
        if visible(&text) != "It works now." {
            wrong.push(format!("{line}: {:?}", visible(&text)));
        }
        let prefixed = format!("It works now.\n\n{line}\n\n> Please restart it.\n\nI did.");
        if visible(&prefixed) != prefixed {
            wrong.push(format!("answer below: {line}: {:?}", visible(&prefixed)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reply_above_this_line() {
    for line in ABOVE {
        let text = format!("It works now.\n\n{line}\n\nPlease restart it.\n");
        assert_eq!(visible(&text), "It works now.", "{line}");
    }
}

#[test]
fn lotus_notes_writes_a_table() {
    let text = "Läuft.\n\n\nAnn Other/Berlin/Example\n04.03.2024 10:11\n\nAn\nDesk/Berlin/Example@Example\nKopie\n\nThema\nDrucker\n\nLäuft er?";
    assert_eq!(visible(text), "Läuft.");
    let cells =
        "Läuft.\n\nAnn Other/Berlin/Example\n04.03.2024 10:11\n\nAn\tDesk/Berlin\nKopie\t\nThema\tDrucker\n\nLäuft er?";
    assert_eq!(visible(cells), "Läuft.");
}

#[test]
fn what_a_form_sends_is_no_quote() {
    let kept = [
        "New request from the website.\n\nFrom: Ann Other <ann@example.org>\nSubject: Keys\nDate: 4.3.2024\nMessage: They are lost.",
        "Please book:\n\nFrom: Berlin\nTo: Paris\nDate: 4 March 2024\nReturn: 8 March 2024",
        "Open:\n\nFrom: 9:00\nTo: 17:00\nDate: 4 March 2024\nSubject: training",
        "Kontaktformular\n\nVon: Ann <ann@example.org>\nAn: Vertrieb\nBetreff: Angebot\nDatum: 4.3.2024\nNachricht: Bitte eines.",
        "The plan:\n\nFrom: Berlin\nTo: Paris\nDate: Monday",
        "Von: Berlin\nNach: Paris\n\nBitte buchen.",
    ];
    for text in kept {
        assert_eq!(visible(text), text);
    }
}
