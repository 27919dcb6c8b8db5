//! Replies, forwards and signatures as mail programs of many languages write them.

use super::{read, split};

mod attributions;
mod blocks;
mod forwards;

fn visible(text: &str) -> String {
    split(text).visible
}

#[test]
fn attributions_of_common_programs_in_many_languages() {
    // PEERS 54: Gmail, Thunderbird, Apple Mail, Yahoo, Proton, QQ.
    let attributions = [
        "On Mon, Mar 4, 2024 at 10:11 AM Ann Other <ann@example.org> wrote:",
        "On 04/03/2024 10:11, Ann Other wrote:",
        "On Monday, March 4, 2024 at 10:11:00 AM GMT+1, Ann Other\n<ann@example.org> wrote:",
        "Am Mo., 4. März 2024 um 10:11 Uhr schrieb Ann Other <\nann@example.org>:",
        "Am 04.03.24 um 10:11 schrieb Ann Other:",
        "Le lun. 4 mars 2024 à 10:11, Ann Other <ann@example.org> a écrit :",
        "El lun, 4 mar 2024 a las 10:11, Ann Other (<ann@example.org>) escribió:",
        "Il giorno lun 4 mar 2024 alle ore 10:11 Ann Other <ann@example.org> ha scritto:",
        "Em seg., 4 de mar. de 2024 às 10:11, Ann Other <ann@example.org> escreveu:",
        "Op ma 4 mrt 2024 om 10:11 schreef Ann Other <ann@example.org>:",
        "Den man. 4. mar. 2024 kl. 10.11 skrev Ann Other <ann@example.org>:",
        "Den mån 4 mars 2024 kl 10:11 skrev Ann Other <ann@example.org>:",
        "ma 4. maalisk. 2024 klo 10.11 Ann Other (ann@example.org) kirjoitti:",
        "pon., 4 mar 2024 o 10:11 Ann Other <ann@example.org> napisał(a):",
        "W dniu 4.03.2024 o 10:11, Ann Other pisze:",
        "пн, 4 мар. 2024 г. в 10:11, Ann Other <ann@example.org>:",
        "4 марта 2024 г., 10:11, Ann Other <ann@example.org> написал:",
        "Ann Other <ann@example.org> 于2024年3月4日周一 10:11写道：",
        "2024年3月4日(月) 10:11 Ann Other <ann@example.org>:",
        "2024년 3월 4일 (월) 오전 10:11, Ann Other <ann@example.org>님이 작성:",
        "4 Mar 2024 Pzt, 10:11 tarihinde Ann Other <ann@example.org> şunu yazdı:",
        "Dne po 4. 3. 2024 10:11 uživatel Ann Other <ann@example.org> napsal:",
    ];
    for attribution in attributions {
        let quoted = format!("Yes, please.\n\n{attribution}\n\n> Shall we?\n> Ann\n");
        assert_eq!(visible(&quoted), "Yes, please.", "{attribution}");
        let bare = format!("Yes, please.\n{attribution}\nShall we?\n\nAnn\n");
        assert_eq!(visible(&bare), "Yes, please.", "without marks: {attribution}");
        let below = format!("{attribution}\n> Shall we?\n\nYes, please.");
        assert!(visible(&below).ends_with("> Shall we?\n\nYes, please."), "below: {attribution}");
    }
}

#[test]
fn header_blocks_of_outlook_in_many_languages() {
    let blocks = [
        "From: Ann Other <ann@example.org>\nSent: Monday, March 4, 2024 10:11 AM\nTo: Desk\nSubject: RE: Printer",
        "*From:* Ann Other\n*Sent:* Monday\n*To:* Desk\n*Subject:* Printer",
        "Von: Ann Other\nGesendet: Montag, 4. März 2024 10:11\nAn: Desk\nCc: Bob\nBetreff: Drucker",
        "De : Ann Other\nEnvoyé : lundi 4 mars 2024 10:11\nÀ : Desk\nObjet : Imprimante",
        "De: Ann Other\nEnviado el: lunes\nPara: Desk\nAsunto: Impresora",
        "Da: Ann Other\nInviato: lunedì\nA: Desk\nOggetto: Stampante",
        "De: Ann Other\nEnviada em: segunda-feira\nPara: Desk\nAssunto: Impressora",
        "Van: Ann Other\nVerzonden: maandag\nAan: Desk\nOnderwerp: Printer",
        "Fra: Ann Other\nSendt: 4. marts 2024\nTil: Desk\nEmne: Printer",
        "Från: Ann Other\nSkickat: den 4 mars\nTill: Desk\nÄmne: Skrivare",
        "Od: Ann Other\nWysłano: poniedziałek\nDo: Desk\nTemat: Drukarka",
        "От: Ann Other\nОтправлено: 4 марта\nКому: Desk\nТема: Принтер",
        "发件人: Ann Other\n发送时间: 2024年3月4日\n收件人: Desk\n主题: 打印机",
        "差出人: Ann Other\n送信日時: 2024年3月4日\n宛先: Desk\n件名: プリンタ",
    ];
    for block in blocks {
        let text = format!("It works now.\n\n________________________________\n{block}\n\nPlease restart it.\n");
        assert_eq!(visible(&text), "It works now.", "{block}");
        let original = format!("It works now.\n\n-----Original Message-----\n{block}\n\nPlease restart it.\n");
        assert_eq!(visible(&original), "It works now.", "{block}");
    }
    assert_eq!(visible("Ja.\n\n------------------ 原始邮件 ------------------\nText"), "Ja.");
}

#[test]
fn nothing_that_is_new_is_lost() {
    // PEERS 55
    let kept = [
        "> Is it on?\n\nYes.\n\n> Is it blue?\n\nNo.",
        "From: what I can see\nTo: you this may look odd.",
        "On Monday I wrote:\nplease send the keys.",
        "Forwarding this, see below.\n\n---------- Forwarded message ---------\nFrom: Bob <b@example.org>\nDate: Mon\nSubject: Keys\nTo: me\n\nThe keys are lost.",
        "Steps:\n\n- open it\n- close it",
        "Missing:\n\n-Keyboard\n-Mouse",
        "1. I chose Scan\n2. it said at 10:11:\nerror 80",
        "On Monday at 10:11 he wrote:\nplease send the keys.",
        "Paid:\n\nVon meinem Konto abgebucht",
        "a -- b\n\nSent from my desk, which is much easier than the phone.",
    ];
    for text in kept {
        assert_eq!(visible(text), text);
    }
    let only_quote = "> all of it\n> quoted";
    assert_eq!(visible(only_quote), only_quote);
}

#[test]
fn signatures_are_split_off() {
    let cases = [
        ("Thanks!\n\n-- \nAnn Other\nExample Ltd", "Thanks!", "-- \nAnn Other\nExample Ltd"),
        ("Thanks!\n\nSent from my iPhone", "Thanks!", "Sent from my iPhone"),
        ("Danke!\n\nVon meinem iPhone gesendet", "Danke!", "Von meinem iPhone gesendet"),
        ("Merci\n\nEnvoyé de mon iPhone", "Merci", "Envoyé de mon iPhone"),
        ("Ok\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Ok", "Get Outlook for iOS<https://aka.ms/o0ukef>"),
        ("Ok\n\n-Ann", "Ok", "-Ann"),
    ];
    for (text, visible, signature) in cases {
        let reply = split(text);
        assert_eq!((reply.visible.as_str(), reply.signature.as_str()), (visible, signature));
    }
    let all = split("Ok\n-- \nAnn\n\nOn 4 Mar 2024, at 10:11, Bob <b@example.org> wrote:\n> Ok?");
    assert_eq!((all.visible.as_str(), all.signature.as_str()), ("Ok", "-- \nAnn"));
    assert!(all.quoted.starts_with("On 4 Mar") && all.quoted.ends_with("> Ok?"));
}
