//! Our own mails, named by the line of the conformance list that they stand for, each with what must come of it.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use mail_message::{Kind, Message, Own, classify::classify, thread};

#[test]
fn line_54_an_answer_from_outlook() {
    let message = Message::read(include_bytes!("conformance/054-outlook-reply.eml"));
    assert_eq!(message.subject, "Re: Drucker");
    let from = message.from.as_ref().unwrap();
    assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("Ann Grün"), "ann@example.net"));
    assert_eq!(message.to[1].name.as_deref(), Some("Smith, Bob"));
    assert_eq!(message.reply.visible, "Er läuft wieder.");
    assert!(message.text.ends_with("Läuft er?") && message.html.as_ref().unwrap().contains("<hr>"));
    assert_eq!(message.date, Some(1_709_543_460_000));
    assert!(message.warnings.is_empty(), "{:?}", message.warnings);
    let own = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };
    let evidence = thread::evidence(&message, &own);
    assert_eq!(evidence.token.as_deref(), Some("Zk3-x9"));
    assert_eq!(evidence.ids, ["m1@example.org", "m0@example.org"]);
    let found = classify(&message);
    assert_eq!(found.kind, Kind::Human);
    assert!(!found.must_not_be_answered());
}

#[test]
fn line_31_a_delivery_report() {
    let found = classify(&Message::read(include_bytes!("conformance/031-delivery-status.eml")));
    assert_eq!(found.kind, Kind::Bounce);
    let bounce = found.bounce.unwrap();
    assert_eq!(bounce.message_id.as_deref(), Some("t1@example.org"));
    assert!(bounce.failures[0].hard);
}

#[test]
fn line_60_names_of_attachments() {
    let message = Message::read(include_bytes!("conformance/060-names.eml"));
    assert_eq!(message.text, "\u{9555}");
    let names: Vec<&str> = message.attachments.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Grüße.pdf", "Bär.png", "pass wd", "attachment-4.csv"]);
    assert_eq!(message.attachments[0].bytes, b"%PDF");
    assert_eq!(message.attachments[1].content_id.as_deref(), Some("bear@example.net"));
    assert!(message.attachments[1].inline && !message.attachments[0].inline);
}

#[test]
fn line_63_a_message_in_a_message() {
    let message = Message::read(include_bytes!("conformance/063-nested.eml"));
    assert_eq!(message.text, "See attached.");
    assert_eq!(message.attachments[0].name, "Keys_ lost.eml");
    let inner = message.attachments[0].message().unwrap();
    assert_eq!(inner.text, "Die Schlüssel sind weg.");
    assert_eq!(inner.attachments[0].name, "photo.png");
}

#[test]
fn line_36_next_to_nothing() {
    for bytes in [&b""[..], b"\n", b"\0", b"Subject:\n\n", b"From:\n\n", b"From - Mon\n\n", b"From: a@b.c", b"hello"] {
        let message = Message::read(bytes);
        assert!(!message.warnings.is_empty(), "{bytes:?}");
        assert_eq!(message.attachments.len(), 0, "{bytes:?}");
    }
    assert_eq!(Message::read(b"hello").text, "hello");
    assert_eq!(Message::read(b"From: a@b.c\n\nhello").text, "hello");
}

#[test]
fn line_47_texts_that_are_not_what_they_say() {
    let mail = |charset: &str, body: &[u8]| {
        let mut bytes = format!("From: a@b.c\nContent-Type: text/plain; charset={charset}\n\n").into_bytes();
        bytes.extend_from_slice(body);
        Message::read(&bytes).text
    };
    assert_eq!(mail("utf-8", b"Gr\xfc\xdfe"), "Grüße");
    assert_eq!(mail("us-ascii", "Grüße".as_bytes()), "Grüße");
    assert_eq!(mail("x-unknown", b"Gr\xfc\xdfe"), "Grüße");
    assert_eq!(mail("ks_c_5601-1987", b"\x81A"), "\u{ac02}");
    assert_eq!(mail("iso-2022-jp", b"\x1b$B$\"\x1b(B"), "あ");
    assert_eq!(mail("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4"), "Привет");
    assert_eq!(mail("utf-8", b"a\0b"), "ab");
}

#[test]
fn line_53_only_html_and_empty_alternatives() {
    let only = Message::read(b"From: a@b.c\nContent-Type: text/html\n\n<p>One</p><p>Two &amp; three</p>");
    assert_eq!(only.text, "One\n\nTwo & three");
    let empty = Message::read(
        b"From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n\
        --x\nContent-Type: text/plain\n\n\n--x\nContent-Type: text/html\n\n<b>Here</b>\n--x--\n",
    );
    assert_eq!(empty.text, "Here");
}
