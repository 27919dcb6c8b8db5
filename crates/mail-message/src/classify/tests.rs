use super::*;

fn kind(mail: &str) -> Kind {
    classify(&Message::read(mail.as_bytes())).kind
}

#[test]
fn headers_that_programs_leave() {
    // PEERS 26
    let cases = [
        ("Auto-Submitted: auto-replied (vacation)", Kind::AutoReply),
        ("Auto-Submitted: auto-generated", Kind::Machine),
        ("Auto-Submitted: no", Kind::Human),
        ("Precedence: bulk", Kind::Machine),
        ("Precedence: first-class\nPrecedence: auto_reply", Kind::AutoReply),
        ("X-Auto-Response-Suppress: All", Kind::Machine),
        ("X-Autoreply: yes", Kind::AutoReply),
        ("X-Autoreply: no", Kind::Human),
        ("X-FC-MachineGenerated: true", Kind::Machine),
        ("X-AMAZON-MAIL-RELAY-TYPE: notification", Kind::Machine),
        ("List-Id: <users.example.org>", Kind::List),
        ("Delivered-To: Autoresponder", Kind::AutoReply),
        ("Return-Path: <>", Kind::Machine),
        ("X-Mailer: Pen and Paper", Kind::Human),
    ];
    for (header, expected) in cases {
        let mail = format!("{header}\nFrom: Ann <ann@example.org>\nSubject: Printer\n\nIt is broken.");
        assert_eq!(kind(&mail), expected, "{header}");
    }
}

#[test]
fn subjects_are_weak_and_a_reply_to_one_is_human() {
    // PEERS 33
    for subject in
        ["Automatic reply: Printer", "Abwesenheitsnotiz: Drucker", "自動返信: プリンタ", "Réponse automatique : x"]
    {
        let found = classify(&Message::read(format!("From: a@b.c\nSubject: {subject}\n\nI am away.").as_bytes()));
        assert_eq!(found.kind, Kind::AutoReply, "{subject}");
        assert!(found.evidence.iter().all(|sign| sign.weak) && found.must_not_be_answered());
        assert_eq!(kind(&format!("From: a@b.c\nSubject: Re: {subject}\n\nWelcome back.")), Kind::Human);
    }
}

#[test]
fn nobody_is_not_answered_and_people_are() {
    // PEERS 28, 30
    let answered = |mail: &str| !classify(&Message::read(mail.as_bytes())).must_not_be_answered();
    assert!(answered("From: Ann <ann@example.org>\nSubject: Printer\n\nIt is broken."));
    assert!(!answered("From: no-reply@example.org\nSubject: Printer\n\nIt is broken."));
    assert!(!answered("From: Ann <ann@example.org>\nX-Loop: desk@example.net\n\nIt is broken."));
}

#[test]
fn invitations_are_calendar() {
    // PEERS 65
    let mail = "From: ann@example.org\nSubject: Visit\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n\
        --x\nContent-Type: text/plain\n\nVisit on Monday\n--x\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--x--\n";
    assert_eq!(kind(mail), Kind::Calendar);
    let message = Message::read(mail.as_bytes());
    assert_eq!((message.text.as_str(), message.attachments[0].name.as_str()), ("Visit on Monday", "attachment-1.ics"));
}

#[test]
fn read_receipts_are_machine() {
    // PEERS 34
    let mail = "From: ann@example.org\nSubject: Read: Printer\nMIME-Version: 1.0\n\
        Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n\
        --x\n\nYour message was read.\n--x\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--x--\n";
    assert_eq!(kind(mail), Kind::Machine);
    assert!(Message::read(mail.as_bytes()).attachments.is_empty());
}
