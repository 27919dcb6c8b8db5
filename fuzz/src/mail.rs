//! What must hold for any mail, whoever wrote it.
//!
//! Read twice, it is the same message. Whatever becomes of it, no field can carry a line end into a header that we write,
//! no file name leads anywhere, no line of the text is lost when quotes are hidden.

use mail_message::{Address, Message, Own, classify, html_to_text, inspect, is_thanks, reply, thread};

/// Attached messages are followed this far.
const DEEPEST: usize = 3;

/// A whole mail.
pub fn mail(data: &[u8]) {
    let message = Message::read(data);
    assert_eq!(message, Message::read(data), "read twice, two messages");
    message_holds(&message, 0);
    let shown = inspect(data);
    assert_eq!(shown["subject"], message.subject.as_str());
    assert_eq!(shown["text"], message.text.as_str());
}

fn message_holds(message: &Message, depth: usize) {
    assert!(!message.subject.contains(char::is_control), "subject {:?}", message.subject);
    let one = [&message.from, &message.sender, &message.reply_to].into_iter().flatten();
    for address in one.chain(&message.to).chain(&message.cc).chain(&message.delivered_to) {
        address_holds(address);
    }
    for id in message.message_id.iter().chain(&message.in_reply_to).chain(&message.references) {
        let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
        assert!(!id.is_empty() && !id.contains(bad), "id {id:?}");
    }
    assert!(message.date.is_none_or(|date| (315_532_800_000..=4_102_444_800_000 + 2 * 86_400_000).contains(&date)));
    text_holds(&message.text);
    split_holds(&message.text, &message.reply);
    for name in message.attachments.iter().map(|file| file.name.as_str()) {
        let bad = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
        assert!(!name.is_empty() && name.len() <= 255 && !name.contains(bad), "file name {name:?}");
        assert!(!name.starts_with('.') && name.trim() == name, "file name {name:?}");
    }
    for file in &message.attachments {
        assert!(!file.content_type.contains(|c: char| c.is_control()), "content type {:?}", file.content_type);
    }
    if let Some(html) = &message.html {
        html_holds(html);
    }
    is_thanks(&message.text);
    let found = classify::classify(message);
    for failure in found.bounce.iter().flat_map(|bounce| &bounce.failures) {
        assert!(!(failure.hard && failure.delayed), "both for good and still being tried: {failure:?}");
        // A complaint has no status.
        let Some(status) = failure.status.as_deref() else { continue };
        let parts: Vec<&str> = status.split('.').collect();
        let numbers = parts.len() == 3 && parts.iter().all(|part| (1..=3).contains(&part.len()));
        assert!(numbers && status.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()), "status {status:?}");
        assert!(failure.reply.as_deref().is_none_or(|reply| reply.len() == 3), "reply {:?}", failure.reply);
        assert!(!failure.hard || !status.starts_with('4'), "hard with {status}");
    }
    if found.bounce.is_some() {
        assert!(found.bounce.iter().all(|bounce| !bounce.failures.is_empty()));
    }
    let own = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };
    let evidence = thread::evidence(message, &own);
    for token in evidence.token.iter().chain(&evidence.quoted_token) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        assert!((1..=128).contains(&token.len()) && token.bytes().all(plain), "token {token:?}");
    }
    let number = evidence.subject_number.unwrap_or_default();
    assert!(number.len() <= 18 && number.bytes().all(|byte| byte.is_ascii_digit()), "number {number:?}");
    for inner in message.attachments.iter().take(5).filter_map(|file| file.message()) {
        if depth < DEEPEST {
            message_holds(&inner, depth + 1);
        }
    }
}

fn address_holds(address: &Address) {
    let written = address.address.as_str();
    let quoted = written.starts_with('"');
    let bad = |c: char| c.is_control() || matches!(c, '<' | '>') || (c.is_whitespace() && !quoted);
    assert!(!written.contains(bad), "address {written:?}");
    let name = address.name.as_deref().unwrap_or("a name");
    assert!(!name.is_empty() && !name.contains(char::is_control), "name {name:?}");
}

fn text_holds(text: &str) {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(bad), "a control character in {text:?}");
}

/// A text as somebody writes it.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    is_thanks(&text);
    let split = reply::split(&text);
    split_holds(&text, &split);
    // What was shown of a mail is stored, and may be split again: it is all new.
    let again = reply::split(&split.visible);
    assert_eq!(filled(&again.visible), filled(&split.visible), "split again: {text:?}");
}

fn filled(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// What is shown is the text from its first line on; what is hidden follows it, in order, and nothing is in neither.
fn split_holds(text: &str, split: &reply::Reply) {
    let (all, visible) = (filled(text), filled(&split.visible));
    assert!(all.starts_with(&visible), "shown otherwise than written: {text:?} as {split:?}");
    assert!(all.is_empty() || !visible.is_empty(), "nothing is shown of {text:?}");
    let mut below = all[visible.len()..].to_vec();
    let mut hidden = Vec::new();
    for part in [&split.quoted, &split.signature] {
        let mut lines = below.iter();
        let in_order = filled(part).iter().all(|wanted| lines.any(|line| line == wanted));
        assert!(in_order, "hidden otherwise than written: {text:?} as {split:?}");
        hidden.extend(filled(part));
    }
    below.sort_unstable();
    hidden.sort_unstable();
    assert_eq!(below, hidden, "lost, or said twice: {text:?} as {split:?}");
}

/// A page as a mail brings it.
pub fn html(data: &[u8]) {
    html_holds(&String::from_utf8_lossy(data));
}

fn html_holds(html: &str) {
    let text = html_to_text(html);
    let bad = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || (c.is_control() && !matches!(c, '\n' | '\t'));
    assert!(!text.contains(bad), "{html:?} gives {text:?}");
    // Deep quotes cost some characters a line, and relative links the address that they are relative to.
    assert!(text.len() <= 30 * (html.len() + 100), "{} bytes give {}", html.len(), text.len());
}

/// Puts `data` where a mail has it, so that the reader of one field is reached at once: the first byte says where.
pub fn fields(data: &[u8]) {
    let Some((&which, data)) = data.split_first() else { return };
    let (before, after) = PLACES[usize::from(which) % PLACES.len()];
    mail(&[before.as_bytes(), data, after.as_bytes()].concat());
}

/// Where a field stands.
const PLACES: &[(&str, &str)] = &[
    ("From: ", "\nTo: b@example.org\n\nx\n"),
    ("From: a@example.org\nTo: ", "\nCc: b@example.org\n\nx\n"),
    ("From: a@example.org\nSubject: ", "\n\nx\n"),
    ("From: a@example.org\nSubject: =?utf-8?Q?", "?=\n\nx\n"),
    ("From: a@example.org\nSubject: =?iso-2022-jp?B?", "?=\n\nx\n"),
    ("From: a@example.org\nDate: ", "\n\nx\n"),
    ("From: a@example.org\nReceived: from a by b; ", "\nDate: Mon, 4 Mar 2024 10:11:00 +0100\n\nx\n"),
    ("From: a@example.org\nMessage-ID: ", "\nReferences: <a@b>\n\nx\n"),
    ("From: a@example.org\nReferences: ", "\n\nx\n"),
    ("From: a@example.org\nContent-Type: ", "\n\nx\n"),
    (
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: a/b; name",
        "\n\nx\n--b--\n",
    ),
    (
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename",
        "\n\nx\n--b--\n",
    ),
    ("From: a@example.org\nContent-Type: text/plain; format=flowed; delsp=yes\n\n", "\n"),
    ("From: a@example.org\nContent-Transfer-Encoding: base64\n\n", "\n"),
    ("From: a@example.org\nContent-Transfer-Encoding: quoted-printable\n\n", "\n"),
    ("From: a@example.org\nContent-Type: text/plain; charset=utf-7\n\n", "\n"),
    ("From: a@example.org\nContent-Type: text/plain; charset=", "\n\nSch\u{f6}ne Gr\u{fc}\u{df}e\n"),
    ("From: a@example.org\nContent-Transfer-Encoding: ", "\n\n=C3=A4 QUJD\n"),
    ("From: a@example.org\nAuto-Submitted: auto-replied\nSubject: Out\n", "\n\nI am away.\n"),
    ("From: a@example.org\n\nbegin 644 a.txt\n", "\nend\n"),
];

/// A report of a delivery: fields of RFC 3464 and 5965, and what servers write instead.
pub fn report(data: &[u8]) {
    let Some((&which, data)) = data.split_first() else { return };
    let (before, after) = REPORTS[usize::from(which) % REPORTS.len()];
    mail(&[before.as_bytes(), data, after.as_bytes()].concat());
}

const REPORTS: &[(&str, &str)] = &[
    (
        "From: mailer-daemon@example.net\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
        --b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.net\n\n",
        "\n--b--\n",
    ),
    ("From: mailer-daemon@example.net\nSubject: Undelivered Mail Returned to Sender\n\n", "\n"),
    (
        "From: postmaster@example.net\nSubject: failure notice\n\nHi. I'm not able to deliver your message.\n\n",
        "\n--- Below this line is a copy of the message.\n\nMessage-ID: <a@b>\n",
    ),
    (
        "From: feedback@example.net\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
        --b\n\nAbuse.\n--b\nContent-Type: message/feedback-report\n\n",
        "\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <a@b>\nTo: c@example.com\n\nx\n--b--\n",
    ),
    (
        "From: mailer-daemon@example.net\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
        --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.net\n\n\
        Final-Recipient: rfc822; a@example.com\nAction: failed\nDiagnostic-Code: smtp; ",
        "\n--b--\n",
    ),
];

/// A calendar.
pub fn calendar(data: &[u8]) {
    let before: &[u8] = b"From: a@example.org\nContent-Type: text/calendar; charset=utf-8\n\n";
    mail(&[before, data].concat());
    mail(&[before, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", data].concat());
}

/// A `winmail.dat`: the bytes as they are, then as a list of attributes whose sums are right.
pub fn tnef(data: &[u8]) {
    mail(&winmail(data));
    mail(&winmail(&tnef_of(data)));
}

fn winmail(tnef: &[u8]) -> Vec<u8> {
    let head: &[u8] = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=border\n\n--border\n\
        Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: binary\n\n";
    [head, tnef, b"\n--border--\n"].concat()
}

/// Cuts `data` into attributes: one byte says which, two how long it is. The sum behind each is made to be right.
fn tnef_of(mut data: &[u8]) -> Vec<u8> {
    const ATTRIBUTES: [u32; 10] = [
        0x0006_9007,
        0x0001_8004,
        0x0002_800c,
        0x0006_9003,
        0x0006_9002,
        0x0006_800f,
        0x0001_8010,
        0x0006_9001,
        0x0006_9005,
        0x0008_9006,
    ];
    let mut tnef = vec![0x78, 0x9f, 0x3e, 0x22, 1, 0];
    while let [which, high, low, rest @ ..] = data {
        let length = (usize::from(*high & 15) << 8 | usize::from(*low)).min(rest.len());
        let (content, after) = rest.split_at(length);
        let id = ATTRIBUTES[usize::from(*which) % ATTRIBUTES.len()];
        tnef.push(if which & 128 == 0 { 1 } else { 2 });
        tnef.extend(id.to_le_bytes());
        tnef.extend((length as u32).to_le_bytes());
        tnef.extend(content);
        tnef.extend(content.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte))).to_le_bytes());
        data = after;
    }
    tnef
}
