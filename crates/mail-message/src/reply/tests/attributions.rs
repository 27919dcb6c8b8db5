//! The lines above a quote, by program and language (PEERS 54).

use super::visible;

#[rustfmt::skip]
const LINES: &[&str] = &[
    // English
    "On Mon, Mar 4, 2024 at 10:11\u{202f}AM Ann Other <ann@example.org> wrote:",
    "On Mon, Mar 4, 2024 at 10:11 AM Ann Other via Desk <\ndesk@example.org> wrote:",
    "On Mon, Mar 4, 2024 at\n10:11 AM Ann Other <ann@example.org>\nwrote:",
    "On 3/4/24 9:30, Ann Other wrote:",
    "On 2024-03-04 10:11, Ann Other wrote:",
    "On 04/03/2024, Ann Other <ann@example.org> wrote:",
    "On Mar 4, 2024, at 10:11 AM, Ann Other <ann@example.org> wrote:",
    "On 4 Mar 2024, at 10:11, Ann Other wrote:",
    "On Monday, March 4, 2024, 10:11:00 AM GMT+1, Ann Other <ann@example.org> wrote:",
    "On Monday, March 4th, 2024 at 10:11 AM, Ann Other <ann@example.org> wrote:",
    "On 4 Mar 2024 at 10:11 +0100, Ann Other <ann@example.org>, wrote:",
    "On Mon, Mar 04, 2024 at 10:11 AM, Ann Other < ann@example.org > wrote:",
    "On March 4, 2024 at 10:11 AM GMT+1 ann@example.org wrote:",
    "----- On Mar 4, 2024, at 10:11 AM, Ann Other ann@example.org wrote:",
    "---- On Mon, 04 Mar 2024 10:11:12 +0100 Ann Other <ann@example.org> wrote ----",
    "-----Ann Other <ann@example.org> wrote: -----",
    "Ann Other <ann@example.org> wrote on 03/04/2024 10:11:12 AM:",
    "Ann Other <ann@example.org> writes:",
    "At 10:11 AM 3/4/2024, Ann Other wrote:",
    "*On Mon, Mar 4, 2024 at 10:11 AM Ann Other <ann@example.org> wrote:*",
    "Quoting Ann Other <ann@example.org>:",
    "2024-03-04 10:11 GMT+01:00 Ann Other <ann@example.org>:",
    "On Monday, 4 March 2024 10:11:12 CET Ann Other wrote:",
    // German
    "Am 4. März 2024 10:11:12 MEZ schrieb Ann Other <ann@example.org>:",
    "Am Montag, 4. März 2024 um 10:11:00 MEZ hat Ann Other <ann@example.org> Folgendes geschrieben:",
    "Am 04.03.2024 um 10:11 schrieb Ann Other <ann@example.org>:",
    "Ann Other <ann@example.org> schrieb am Mo. 4. März 2024 um 10:11:",
    "Ann Other <ann@example.org> hat am 04.03.2024 10:11 geschrieben:",
    "Ann Other schrieb am 04.03.2024 10:11:12:",
    "Zitat von Ann Other <ann@example.org>:",
    "Am Montag, dem 04.03.2024 um 10:11 +0100 schrieb Ann Other:",
    "Am Mo., 4. März 2024 um 10:11 Uhr schrieb Ann Other-Sehrlang von und zu Beispiel\n<ann@example.org>:",
    // French
    "Le 04/03/2024 à 10:11, Ann Other a écrit\u{a0}:",
    "Le 4 mars 2024 à 10:11, Ann Other <ann@example.org> a écrit :",
    "Le lundi 4 mars 2024 à 10:11:00 UTC+1, Ann Other <ann@example.org> a\nécrit :",
    "Le 4 mars 2024\nà 10:11, Ann Other <ann@example.org> a écrit :",
    // Spanish
    "El 4 mar 2024, a las 10:11, Ann Other <ann@example.org> escribió:",
    "El lunes, 4 de marzo de 2024, 10:11:00 CET, Ann Other <ann@example.org> escribió:",
    "El 04/03/2024 a las 10:11, Ann Other escribió:",
    // Italian
    "Il giorno 4 mar 2024, alle ore 10:11, Ann Other <ann@example.org> ha scritto:",
    "Il 04/03/2024 10:11, Ann Other ha scritto:",
    "Il lunedì 4 marzo 2024 alle ore 10:11:00 CET, Ann Other <ann@example.org> ha scritto:",
    "Ann Other <ann@example.org> ha scritto:",
    // Portuguese
    "No dia 4 de março de 2024 às 10:11, Ann Other <ann@example.org> escreveu:",
    "A segunda, 4/03/2024, 10:11, Ann Other <ann@example.org> escreveu:",
    "Ann Other <ann@example.org> escreveu no dia segunda, 4/03/2024 à(s) 10:11:",
    "Em 04/03/2024 10:11, Ann Other escreveu:",
    // Dutch
    "Op 4 mrt. 2024, om 10:11 heeft Ann Other <ann@example.org> het volgende geschreven:",
    "Op 04-03-2024 om 10:11 schreef Ann Other:",
    "Op maandag 4 maart 2024 om 10:11:00 CET schreef Ann Other <ann@example.org>:",
    "Ann Other <ann@example.org> schreef op 04-03-2024 10:11:",
    // Danish, Norwegian, Swedish
    "Den 04.03.2024 kl. 10.11 skrev Ann Other:",
    "Den 4. mar. 2024 kl. 10.11 skrev Ann Other <ann@example.org>:",
    "Den mandag den 4. marts 2024 10.11.00 CET skrev Ann Other <ann@example.org>:",
    "man. 4. mar. 2024 kl. 10:11 skrev Ann Other <ann@example.org>:",
    "4. mars 2024 kl. 10:11 skrev Ann Other <ann@example.org>:",
    "Den 04.03.2024 10:11, skrev Ann Other:",
    "4 mars 2024 kl. 10:11 skrev Ann Other <ann@example.org>:",
    "Den 2024-03-04 kl. 10:11, skrev Ann Other:",
    // Finnish
    "Ann Other <ann@example.org> kirjoitti 4.3.2024 kello 10.11:",
    "4.3.2024 10.11, Ann Other kirjoitti:",
    "maanantai 4. maaliskuuta 2024 klo 10.11.00 UTC+2 Ann Other <ann@example.org> kirjoitti:",
    // Polish
    "W dniu 2024-03-04 10:11, Ann Other napisał(a):",
    "Wiadomość napisana przez Ann Other <ann@example.org> w dniu 4 mar 2024, o godz. 10:11:",
    "Dnia 4 marca 2024 10:11 Ann Other <ann@example.org> napisał(a):",
    // Czech, Slovak
    "po 4. 3. 2024 v 10:11 odesílatel Ann Other <ann@example.org> napsal:",
    "Dne 04. 03. 24 v 10:11 Ann Other napsal(a):",
    "4. 3. 2024 v 10:11, Ann Other <ann@example.org>:",
    "po 4. 3. 2024 o 10:11 Ann Other <ann@example.org> napísal(a):",
    "Dňa 4. 3. 2024 o 10:11 Ann Other napísal(a):",
    // Russian, Ukrainian
    "04.03.2024 10:11, Ann Other пишет:",
    "04.03.2024, 10:11, \"Ann Other\" <ann@example.org>:",
    "Понедельник, 4 марта 2024, 10:11 +03:00 от Ann Other <ann@example.org>:",
    "4 марта 2024 г., в 10:11, Анна Другая <ann@example.org> написал(а):",
    "пн, 4 бер. 2024 р. о 10:11 Ann Other <ann@example.org> пише:",
    "4 бер. 2024 р. о 10:11 Ann Other <ann@example.org> написав(ла):",
    "4 березня 2024, 10:11:12, від \"Ann Other\" <ann@example.org>:",
    // Greek
    "Στις Δευ 4 Μαρ 2024 στις 10:11 π.μ., ο χρήστης Ann Other <ann@example.org> έγραψε:",
    "Στις 4/3/24 10:11, ο/η Ann Other έγραψε:",
    // Turkish
    "Ann Other <ann@example.org>, 4 Mar 2024 Pzt, 10:11 tarihinde şunu\nyazdı:",
    "4.03.2024 10:11 tarihinde Ann Other yazdı:",
    "Ann Other <ann@example.org> şunları yazdı (4 Mar 2024 10:11):",
    // Hungarian
    "Ann Other <ann@example.org> ezt írta (időpont: 2024. márc. 4., H,\n10:11):",
    "2024. 03. 04. 10:11 keltezéssel, Ann Other írta:",
    "2024. 3. 4. dátummal, 10:11 időpontban Ann Other <ann@example.org> írta:",
    // Romanian
    "În lun., 4 mar. 2024 la 10:11, Ann Other <ann@example.org> a scris:",
    "Pe 4 mar. 2024, la 10:11, Ann Other <ann@example.org> a scris:",
    "La 04.03.2024 10:11, Ann Other a scris:",
    // Chinese
    "在 2024/3/4 10:11, Ann Other 写道:",
    "2024年3月4日 上午10:11，Ann Other <ann@example.org> 写道：",
    "在2024年3月4日 星期一，Ann Other <ann@example.org> 写道：",
    "Ann Other <ann@example.org> 於 2024年3月4日 週一 上午10:11寫道：",
    "於 2024/3/4 上午 10:11, Ann Other 提到:",
    "At 2024-03-04 10:11:12, \"Ann Other\" <ann@example.org> wrote:",
    "在 2024-03-04 10:11:12，\"Ann Other\" <ann@example.org> 写道：",
    // Japanese, Korean
    "2024/03/04 10:11、Ann Other <ann@example.org>のメール:",
    "On 2024/03/04 10:11, Ann Other wrote:",
    "2024. 3. 4. 오전 10:11, Ann Other <ann@example.org> 작성:",
    "2024-03-04 오전 10:11에 Ann Other 이(가) 쓴 글:",
];

#[test]
fn attributions_of_many_programs() {
    let mut wrong = Vec::new();
    for line in LINES {
        let shapes = [
            ("marked", format!("Yes, please.\n\n{line}\n\n> Shall we?\n> Ann\n")),
            ("bare", format!("Yes, please.\n\n{line}\n\nShall we?\n\nAnn\n")),
            ("directly below", format!("Yes, please\n{line}\nShall we?\n\nAnn\n")),
        ];
        for (shape, text) in shapes {
            let found = visible(&text);
            if !matches!(found.as_str(), "Yes, please." | "Yes, please") {
                wrong.push(format!("{shape}: {line:?}: {found:?}"));
            }
        }
        let below = format!("{line}\n> Shall we?\n\nYes, please.\n\n> And you?\n\nMe too.");
        let found = visible(&below);
        if !found.ends_with("> Shall we?\n\nYes, please.\n\n> And you?\n\nMe too.") {
            wrong.push(format!("inline: {line:?}: {found:?}"));
        }
        let alone = format!("{line}\n\nShall we?\n\nAnn");
        if visible(&alone) != alone {
            wrong.push(format!("nothing above: {line:?}: {:?}", visible(&alone)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_phone_writes_the_quote_in_the_same_line() {
    let text = "It works.\n\n  On Mon, Mar 4, 2024 at 10:11 AM, Ann Other<ann@example.org> wrote:   Does it work? ";
    assert_eq!(visible(text), "It works.");
}

#[test]
fn a_phone_writes_no_colon_and_groupwise_writes_marks() {
    assert_eq!(visible("It works.\n\nAm 04.03.24 um 10:11 schrieb Ann Other\n\n> Does it?"), "It works.");
    let unmarked = "It works.\n\n>>> Ann Other <ann@example.org> 04.03.2024 10:11 >>>\nDoes it?\nAnn";
    assert_eq!(visible(unmarked), "It works.");
}

#[test]
fn what_people_tell_is_no_attribution() {
    let kept = [
        "On 4 March 2024 at 10:11 I wrote:\nplease send the keys.",
        "On 4 March 2024 at 10:11 Ann wrote that we should do the following:\nopen it.",
        "Am 04.03.2024 um 10:11 schrieb ich Ihnen:\nbitte senden.",
        "Our logs say, on 4 March 2024 at 10:11 for ann@example.org:\nerror 80",
        "Please write to ann@example.org:\n- your name\n- 10:11 on 4.3.2024",
        "Ann Other wrote:\nplease send the keys.",
        "The following steps, as of 2024-03-04 10:11:\n\n1. Open it",
        "Reply above all: this line.\nNo more.",
        "On Mar 4 10:11:12 the server wrote:\nerror 80",
        "I forwarded this message:\nit is gone.",
    ];
    for text in kept {
        assert_eq!(visible(text), text);
    }
}
