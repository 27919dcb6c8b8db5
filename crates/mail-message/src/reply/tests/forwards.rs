//! Forwarded messages, by program and language (PEERS 42).

use super::read;

const ADDRESS: &str = "ann@example.org";

fn check(text: &str, subject: &str, wrong: &mut Vec<String>) {
    let (reply, forwarded) = read(text, subject, &[]);
    let Some(forwarded) = forwarded else {
        wrong.push(format!("not recognised: {subject}\n{text}"));
        return;
    };
    let from = forwarded.from.map(|from| (from.name.unwrap_or_default(), from.address)).unwrap_or_default();
    let dated = forwarded.date.as_deref().is_some_and(|date| date.contains("2024") || date.contains("24"));
    let is_right = from == ("Ann Other".to_owned(), ADDRESS.to_owned())
        && dated
        && forwarded.subject.as_deref() == Some("Keys: lost");
    if !is_right {
        wrong.push(format!("{from:?} {:?} {:?}:\n{text}", forwarded.date, forwarded.subject));
    }
    if !reply.visible.contains("The keys are lost.") {
        wrong.push(format!("hidden: {:?}\n{text}", reply.visible));
    }
}

#[rustfmt::skip]
const MARKED: &[&str] = &[
    "---------- Forwarded message ---------\nFrom: Ann Other <ann@example.org>\nDate: Mon, Mar 4, 2024 at 10:11 AM\nSubject: Keys: lost\nTo: Bob <bob@example.org>\n\n\nThe keys are lost.",
    "---------- Forwarded message ----------\nFrom: *Ann Other* <ann@example.org>\nDate: Mon, Mar 4, 2024 at 10:11 AM\nSubject: Keys: lost\nTo: Bob <bob@example.org>,\nCarl <carl@example.org>\nCc: Dora <dora@example.org>\n\nThe keys are lost.",
    "Begin forwarded message:\n\n> From: Ann Other <ann@example.org>\n> Subject: Keys: lost\n> Date: 4 March 2024 at 10:11:12 CET\n> To: Bob <bob@example.org>\n> \n> The keys are lost.",
    "Begin forwarded message:\n\nFrom: Ann Other <ann@example.org>\nSubject: Keys: lost\nDate: 4 March 2024 at 10:11:12 CET\nTo: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Forwarded Message --------\nSubject: \tKeys: lost\nDate: \tMon, 4 Mar 2024 10:11:12 +0100\nFrom: \tAnn Other <ann@example.org>\nTo: \tBob <bob@example.org>\n\n\n\nThe keys are lost.",
    "----- Forwarded Message -----\nFrom: Ann Other <ann@example.org>\nTo: Bob <bob@example.org>\nSent: Monday, March 4, 2024 at 10:11:00 AM GMT+1\nSubject: Keys: lost\n\nThe keys are lost.",
    "------- Forwarded Message -------\nFrom: Ann Other <ann@example.org>\nDate: On Monday, March 4th, 2024 at 10:11 AM\nSubject: Keys: lost\nTo: bob@example.org <bob@example.org>\n\n\n> The keys are lost.",
    "------ Forwarded Message ------\nFrom \"Ann Other\" <ann@example.org>\nTo bob@example.org\nDate 04/03/2024 10:11:12\nSubject Keys: lost\n\nThe keys are lost.",
    "----- Forwarded by Bob Bobson/Berlin/Example on 04.03.2024 10:12 -----\n\nFrom:        Ann Other <ann@example.org>\nTo:        Bob\nDate:        04.03.2024 10:11\nSubject:        Keys: lost\n\n\nThe keys are lost.",
    "-------- Weitergeleitete Nachricht --------\nBetreff: \tKeys: lost\nDatum: \tMon, 4 Mar 2024 10:11:12 +0100\nVon: \tAnn Other <ann@example.org>\nAn: \tBob <bob@example.org>\n\n\nThe keys are lost.",
    "Anfang der weitergeleiteten Nachricht:\n\n> Von: Ann Other <ann@example.org>\n> Betreff: Keys: lost\n> Datum: 4. März 2024 um 10:11:12 MEZ\n> An: Bob <bob@example.org>\n> \n> The keys are lost.",
    "Début du message transféré :\n\nDe: Ann Other <ann@example.org>\nObjet: Keys: lost\nDate: 4 mars 2024 à 10:11:12 UTC+1\nÀ: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Message transféré --------\nSujet : \tKeys: lost\nDate : \tMon, 4 Mar 2024 10:11:12 +0100\nDe : \tAnn Other <ann@example.org>\nPour : \tBob <bob@example.org>\n\n\nThe keys are lost.",
    "Inicio del mensaje reenviado:\n\nDe: Ann Other <ann@example.org>\nAsunto: Keys: lost\nFecha: 4 de marzo de 2024, 10:11:12 CET\nPara: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Messaggio Inoltrato --------\nOggetto: \tKeys: lost\nData: \tMon, 4 Mar 2024 10:11:12 +0100\nMittente: \tAnn Other <ann@example.org>\nA: \tBob <bob@example.org>\n\nThe keys are lost.",
    "---------- Mensagem encaminhada ---------\nDe: Ann Other <ann@example.org>\nData: segunda, 4/03/2024 à(s) 10:11\nAssunto: Keys: lost\nPara: Bob <bob@example.org>\n\nThe keys are lost.",
    "Begin doorgestuurd bericht:\n\nVan: Ann Other <ann@example.org>\nOnderwerp: Keys: lost\nDatum: 4 maart 2024 om 10:11:12 CET\nAan: Bob <bob@example.org>\n\nThe keys are lost.",
    "---------- Videresendt meddelelse ----------\nFra: Ann Other <ann@example.org>\nDato: man. 4. mar. 2024 kl. 10.11\nEmne: Keys: lost\nTil: Bob <bob@example.org>\n\nThe keys are lost.",
    "Vidarebefordrat brev:\n\nFrån: Ann Other <ann@example.org>\nÄmne: Keys: lost\nDatum: 4 mars 2024 10:11:12 CET\nTill: Bob <bob@example.org>\n\nThe keys are lost.",
    "Välitetty viesti alkaa:\n\nLähettäjä: Ann Other <ann@example.org>\nAihe: Keys: lost\nPäivämäärä: 4. maaliskuuta 2024 klo 10.11.12\nVastaanottaja: Bob <bob@example.org>\n\nThe keys are lost.",
    "Początek przekazywanej wiadomości:\n\nOd: Ann Other <ann@example.org>\nTemat: Keys: lost\nData: 4 marca 2024 10:11:12\nDo: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Přeposlaná zpráva --------\nPředmět: \tKeys: lost\nDatum: \tMon, 4 Mar 2024 10:11:12 +0100\nOd: \tAnn Other <ann@example.org>\nKomu: \tBob <bob@example.org>\n\nThe keys are lost.",
    "-------- Пересылаемое сообщение --------\n04.03.2024, 10:11, \"Somebody\" <x@example.org>:\n\nОт: Ann Other <ann@example.org>\nДата: 4 марта 2024, 10:11\nТема: Keys: lost\nКому: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Перенаправлене повідомлення --------\nТема: \tKeys: lost\nДата: \tMon, 4 Mar 2024 10:11:12 +0200\nВід: \tAnn Other <ann@example.org>\nКому: \tBob <bob@example.org>\n\nThe keys are lost.",
    "-------- Προωθημένο μήνυμα --------\nΘέμα: \tKeys: lost\nΗμερομηνία: \tMon, 4 Mar 2024 10:11:12 +0200\nΑπό: \tAnn Other <ann@example.org>\nΠρος: \tBob <bob@example.org>\n\nThe keys are lost.",
    "İletilen mesajın başlangıcı:\n\nKimden: Ann Other <ann@example.org>\nKonu: Keys: lost\nTarih: 4 Mart 2024 10:11:12\nKime: Bob <bob@example.org>\n\nThe keys are lost.",
    "-------- Továbbított üzenet --------\nTárgy: \tKeys: lost\nDátum: \tMon, 4 Mar 2024 10:11:12 +0100\nFeladó: \tAnn Other <ann@example.org>\nCímzett: \tBob <bob@example.org>\n\nThe keys are lost.",
    "-------- Mesaj redirecționat --------\nSubiect: \tKeys: lost\nData: \tMon, 4 Mar 2024 10:11:12 +0200\nDe la: \tAnn Other <ann@example.org>\nCătre: \tBob <bob@example.org>\n\nThe keys are lost.",
    "---------- 转发的邮件 ----------\n发件人： Ann Other <ann@example.org>\n日期： 2024年3月4日 10:11\n主题： Keys: lost\n收件人： Bob <bob@example.org>\n\nThe keys are lost.",
    "以下是轉寄的郵件：\n\n寄件者: Ann Other <ann@example.org>\n主旨: Keys: lost\n日期: 2024年3月4日 上午10:11\n收件者: Bob <bob@example.org>\n\nThe keys are lost.",
    "転送されたメッセージ：\n\n差出人: Ann Other <ann@example.org>\n件名: Keys: lost\n日付: 2024年3月4日 10:11\n宛先: Bob <bob@example.org>\n\nThe keys are lost.",
    "전달된 메시지:\n\n보낸 사람: Ann Other <ann@example.org>\n제목: Keys: lost\n날짜: 2024년 3월 4일 오전 10:11\n받는 사람: Bob <bob@example.org>\n\nThe keys are lost.",
];

#[rustfmt::skip]
const UNMARKED: &[(&str, &str)] = &[
    ("FW: Keys: lost", "From: Ann Other <ann@example.org>\nSent: Monday, March 4, 2024 10:11 AM\nTo: Bob <bob@example.org>\nSubject: Keys: lost\n\nThe keys are lost."),
    ("Fw: Keys: lost", "________________________________\nFrom: Ann Other <ann@example.org>\nSent: Monday, March 4, 2024 10:11 AM\nTo: Bob <bob@example.org>\nSubject: Keys: lost\n\nThe keys are lost."),
    ("FW: Keys: lost", "-----Original Message-----\nFrom: Ann Other [mailto:ann@example.org]\nSent: Monday, March 4, 2024 10:11 AM\nTo: Bob\nSubject: Keys: lost\n\nThe keys are lost."),
    ("WG: Keys: lost", "Von: Ann Other <ann@example.org>\nGesendet: Montag, 4. März 2024 10:11\nAn: Bob\nBetreff: Keys: lost\n\nThe keys are lost."),
    ("TR: Keys: lost", "De : Ann Other <ann@example.org>\nEnvoyé : lundi 4 mars 2024 10:11\nÀ : Bob\nObjet : Keys: lost\n\nThe keys are lost."),
    ("RV: Keys: lost", "De: Ann Other <ann@example.org>\nEnviado el: lunes, 4 de marzo de 2024 10:11\nPara: Bob\nAsunto: Keys: lost\n\nThe keys are lost."),
    ("I: Keys: lost", "Da: Ann Other <ann@example.org>\nInviato: lunedì 4 marzo 2024 10:11\nA: Bob\nOggetto: Keys: lost\n\nThe keys are lost."),
    ("ENC: Keys: lost", "De: Ann Other <ann@example.org>\nEnviada em: segunda-feira, 4 de março de 2024 10:11\nPara: Bob\nAssunto: Keys: lost\n\nThe keys are lost."),
    ("VS: Keys: lost", "Fra: Ann Other <ann@example.org>\nSendt: mandag 4. mars 2024 10:11\nTil: Bob\nEmne: Keys: lost\n\nThe keys are lost."),
    ("VB: Keys: lost", "Från: Ann Other <ann@example.org>\nSkickat: den 4 mars 2024 10:11\nTill: Bob\nÄmne: Keys: lost\n\nThe keys are lost."),
    ("PD: Keys: lost", "Od: Ann Other <ann@example.org>\nWysłano: poniedziałek, 4 marca 2024 10:11\nDo: Bob\nTemat: Keys: lost\n\nThe keys are lost."),
    ("转发: Keys: lost", "发件人: Ann Other <ann@example.org>\n发送时间: 2024年3月4日 10:11\n收件人: Bob\n主题: Keys: lost\n\nThe keys are lost."),
];

#[test]
fn forwarded_messages() {
    let mut wrong = Vec::new();
    for text in MARKED {
        for subject in ["Fwd: Keys: lost", "Keys"] {
            check(text, subject, &mut wrong);
            check(&format!("Please help Ann.\n\nBob\n\n{text}"), subject, &mut wrong);
        }
    }
    for (subject, text) in UNMARKED {
        check(text, subject, &mut wrong);
        check(&format!("Please help Ann.\n\nBob\n\n{text}"), subject, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn answers_are_not_forwarded() {
    let answers = [
        (
            "Re: Fwd: Keys",
            "Done.\n\nOn 4 Mar 2024, at 10:11, Ann <ann@example.org> wrote:\n> ---------- Forwarded message ---------\n> From: X <x@example.org>",
        ),
        (
            "RE: Keys",
            "Done.\n\nFrom: Ann <ann@example.org>\nSent: Monday, 4 March 2024\nTo: Desk\nSubject: FW: Keys\n\n---------- Forwarded message ---------\nFrom: X",
        ),
        (
            "VS: Avain",
            "Valmis.\n\nLähettäjä: Ann <ann@example.org>\nLähetetty: maanantai 4. maaliskuuta 2024 10.11\nVastaanottaja: Desk\nAihe: Avain\n\nOnko?",
        ),
        ("Re: Keys", "From: Ann <ann@example.org>\nSent: Monday, 4 March 2024\nTo: Desk\nSubject: Keys\n\nLost."),
        ("Keys", "I forwarded this message to Bob.\n\nForwarded: yes"),
    ];
    for (subject, text) in answers {
        let (reply, forwarded) = read(text, subject, &[]);
        assert_eq!(forwarded, None, "{subject}\n{text}");
        assert!(reply.visible.starts_with(text.split('\n').next().unwrap()));
    }
}
