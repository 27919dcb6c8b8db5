//! The block of headers that Outlook and others put above a quote: "From: ... Sent: ... To: ... Subject: ...".

/// Headers that such a block has, and their names in each language (lower case, without the colon).
#[rustfmt::skip]
const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "från", "fra", "od", "от", "від", "发件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람",
    "보낸사람", "lähettäjä", "kimden", "gönderen", "feladó", "expediteur", "expéditeur", "mittente", "remitente",
    "remetente", "afzender", "avsändare", "afsender", "avsender", "nadawca", "odesílatel", "odosielateľ", "από",
    "αποστολέας", "отправитель", "מאת", "من", "de la", "pošiljatelj", "dari", "từ",
];
#[rustfmt::skip]
const SENT: &[&str] = &[
    "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviada em", "enviado el", "enviado em", "fecha",
    "data", "inviato", "verzonden", "verzonden op", "skickat", "sendt", "dato", "wysłano", "wysłane", "отправлено",
    "дата", "надіслано", "发送时间", "发送日期", "日期", "寄件日期", "送信日時", "日時", "送信日", "보낸 날짜", "날짜", "lähetetty", "päivämäärä",
    "tarih", "gönderildi", "elküldve", "dátum", "odesláno", "odoslané", "στάλθηκε", "ημερομηνία", "trimis",
    "poslano", "נשלח", "تاريخ", "tanggal", "ngày",
];
#[rustfmt::skip]
const TO: &[&str] = &[
    "to", "an", "à", "a", "para", "aan", "till", "til", "do", "кому", "收件人", "收件者", "宛先", "받는 사람", "받는사람",
    "vastaanottaja", "kime", "címzett", "komu", "προς", "către", "za", "אל", "إلى", "kepada", "đến", "destinataire",
    "destinatario", "destinatário", "cc", "kopie", "copia", "copie", "kopia", "копия", "抄送", "副本",
];
#[rustfmt::skip]
const SUBJECT: &[&str] = &[
    "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne", "temat", "тема",
    "主题", "主題", "主旨", "件名", "제목", "aihe", "konu", "tárgy", "předmět", "predmet", "θέμα", "subiect", "zadeva", "נושא",
    "الموضوع", "perihal", "chủ đề", "re",
];

/// What a line names, when it is a line of such a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    From,
    Sent,
    To,
    Subject,
}

const LABELS: &[(Label, &[&str])] =
    &[(Label::From, FROM), (Label::Sent, SENT), (Label::To, TO), (Label::Subject, SUBJECT)];

/// Lines below the first in which the others are looked for; long recipient lists wrap.
const NEAR: usize = 10;
/// Longest name of a header, in characters.
const LONGEST: usize = 24;

/// The label of each line, looked up once.
pub(super) fn labels(lines: &[&str]) -> Vec<Option<Label>> {
    lines.iter().map(|line| label(line)).collect()
}

/// Whether such a block begins at line `at`: a From, and at least two of date, recipient and subject right below.
pub(super) fn starts(labels: &[Option<Label>], at: usize) -> bool {
    if labels[at] != Some(Label::From) {
        return false;
    }
    let near = &labels[at + 1..labels.len().min(at + 1 + NEAR)];
    [Label::Sent, Label::To, Label::Subject].iter().filter(|wanted| near.contains(&Some(**wanted))).count() >= 2
}

fn label(line: &str) -> Option<Label> {
    let line = line.trim_start_matches(|c: char| matches!(c, '*' | '_' | '|') || c.is_whitespace());
    let start = line.char_indices().nth(LONGEST).map_or(line.len(), |(at, _)| at);
    let colon = line[..start].find([':', '：'])?;
    let name = line[..colon].trim_matches(|c: char| matches!(c, '*' | '_') || c.is_whitespace()).to_lowercase();
    LABELS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(label, _)| *label)
}
