#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use super::*;
use crate::{Kind, classify::classify};

fn failure(mail: &str) -> Failure {
    let message = Message::read(mail.as_bytes());
    let found = classify(&message);
    assert!(matches!(found.kind, Kind::Bounce | Kind::FeedbackReport), "{:?}", found.evidence);
    found.bounce.unwrap().failures.swap_remove(0)
}

fn report(fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail\nReturn-Path: <>\nMIME-Version: 1.0\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n\
        --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{fields}\n\
        --b\nContent-Type: message/rfc822\n\nMessage-ID: <inner@example.org>\nTo: ann@example.net\n\nHi\n--b--\n"
    )
}

#[test]
fn a_machine_readable_report_says_everything() {
    // PEERS 31, 32, 34
    let mail = report(
        "Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.1.1 (no such user)\n\
        Diagnostic-Code: smtp; 550 5.1.1 <ann@example.net>... User\n unknown",
    );
    let message = Message::read(mail.as_bytes());
    let bounce = read(&message).unwrap();
    assert_eq!(bounce.message_id.as_deref(), Some("inner@example.org"));
    let f = &bounce.failures[0];
    assert_eq!(f.recipient.as_deref(), Some("ann@example.net"));
    assert_eq!((f.status.as_deref(), f.reply.as_deref()), (Some("5.1.1"), Some("550")));
    assert_eq!((f.reason, f.hard, f.inferred, f.delayed), (Reason::UserUnknown, true, false, false));
    assert_eq!(message.attachments.len(), 1, "the report itself is no attachment");
}

#[test]
fn codes_and_words_are_weighed() {
    let cases = [
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 gone", "5.1.1", Reason::UserUnknown, true),
        ("Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full", "5.2.2", Reason::MailboxFull, false),
        ("Action: failed\nStatus: 5.2.0\nDiagnostic-Code: smtp; 550 unknown user", "5.2.0", Reason::Filtered, false),
        ("Action: failed\nStatus: 5.4.4\nDiagnostic-Code: dns; Host not found", "5.4.4", Reason::HostUnknown, true),
        (
            "Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; connection timed out",
            "4.4.1",
            Reason::Expired,
            false,
        ),
        (
            "Action: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550-5.7.26 DMARC policy",
            "5.7.26",
            Reason::Authentication,
            false,
        ),
        (
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: x-unix; procmail: no such user",
            "5.1.1",
            Reason::MailerError,
            false,
        ),
    ];
    for (fields, status, reason, hard) in cases {
        let f = failure(&report(&format!("Final-Recipient: rfc822; ann@example.net\n{fields}")));
        assert_eq!((f.status.as_deref(), f.reason, f.hard), (Some(status), reason, hard), "{fields}");
    }
}

#[test]
fn a_report_of_success_is_no_bounce() {
    let mail = report("Final-Recipient: rfc822; ann@example.net\nAction: delivered\nStatus: 2.0.0");
    let found = classify(&Message::read(mail.as_bytes()));
    assert_eq!(found.kind, Kind::Machine);
}

#[test]
fn words_alone_do_when_two_signs_agree() {
    let mail = "From: Mail Delivery System <postmaster@mx.example.net>\nTo: desk@example.org\n\
        Subject: Mail delivery failed\n\nThe following address failed:\n\n  ann@example.net\n    \
        host mx.example.net [192.0.2.1]: 550 5.1.1 <ann@example.net>: user unknown\n\n\
        ------ This is a copy of your message. ------\n\nMessage-ID: <inner@example.org>\nFrom: desk@example.org\nTo: ann@example.net\n";
    let f = failure(mail);
    assert_eq!(f.recipient.as_deref(), Some("ann@example.net"));
    assert_eq!((f.status.as_deref(), f.hard), (Some("5.1.1"), true));
    assert_eq!(read(&Message::read(mail.as_bytes())).unwrap().message_id.as_deref(), Some("inner@example.org"));
    // A person who asks about a bounce is a person.
    let person = "From: Ann <ann@example.net>\nTo: desk@example.org\nSubject: Mail delivery failed\n\n\
        My mail to you came back: user unknown. Why?";
    assert_eq!(classify(&Message::read(person.as_bytes())).kind, Kind::Human);
}

#[test]
fn a_complaint_names_who_complained() {
    let mail = "From: feedback@provider.example\nSubject: complaint\nMIME-Version: 1.0\n\
        Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n\
        --b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\n\
        --b\nContent-Type: message/rfc822\n\nMessage-ID: <news@example.org>\nTo: ann@example.net\n\nNews\n--b--\n";
    let bounce = read(&Message::read(mail.as_bytes())).unwrap();
    assert_eq!((bounce.feedback.as_deref(), bounce.message_id.as_deref()), (Some("abuse"), Some("news@example.org")));
    assert_eq!(bounce.failures[0].recipient.as_deref(), Some("ann@example.net"));
}

#[test]
fn a_notice_of_thousands_takes_no_time() {
    let mut mail = "From: mailer-daemon@mx.example.net\nSubject: failure notice\n\nunable to deliver\n".to_owned();
    for number in 0..5000 {
        mail.push_str(&format!("a{number}@b.example\n"));
    }
    let start = std::time::Instant::now();
    assert!(read(&Message::read(mail.as_bytes())).unwrap().failures.len() > 50);
    assert!(start.elapsed() < std::time::Duration::from_secs(5), "took {:?}", start.elapsed());
}

#[test]
fn user_unknown_means_what_it_says_unless_the_recipient_had_been_taken() {
    let notice = |words: &str| {
        let head = "From: mailer-daemon@mx.example.net\nSubject: Undelivered Mail\nReturn-Path: <>\n\n";
        failure(&format!("{head}Your mail was not delivered.\n\n<ann@example.net>: {words}\n"))
    };
    for words in ["user unknown", "550 user unknown", "host mx.example.net said: 550 user unknown"] {
        let found = notice(words);
        assert_eq!((found.reason, found.hard), (Reason::UserUnknown, true), "{words}");
    }
    let late = notice("host mx.example.net said: 550 user unknown (in reply to end of DATA command)");
    assert_eq!((late.reason, late.hard), (Reason::Filtered, false));
    let fields = "Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 User unknown";
    let found = failure(&report(fields));
    assert_eq!((found.reason, found.hard), (Reason::UserUnknown, true));
}

#[test]
fn the_odd_forms_of_reports_are_read() {
    let cases = [
        ("Status: 550 5.1.1", "5.1.1", Reason::UserUnknown, true),
        ("Status: #5.1.1", "5.1.1", Reason::UserUnknown, true),
        ("Status: 5.2.1 (mailbox disabled)", "5.2.1", Reason::Suspended, false),
        ("Status: 5.2.1\nDiagnostic-Code: smtp; 550 5.2.1 user unknown", "5.2.1", Reason::Suspended, false),
        (
            "Status: 5.2.1\nDiagnostic-Code: smtp; 550 user unknown\nX-PowerMTA-BounceCategory: bad-mailbox",
            "5.2.1",
            Reason::UserUnknown,
            true,
        ),
        ("Diagnostic-Code: smtp; 550, 5.1.1 no such user", "5.1.1", Reason::UserUnknown, true),
        ("Status: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 user unknown", "5.7.1", Reason::Filtered, false),
        (
            "Status: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 user unknown (in reply to RCPT TO command)",
            "5.7.1",
            Reason::UserUnknown,
            true,
        ),
        (
            "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown; see https://example.net/policy",
            "5.1.1",
            Reason::UserUnknown,
            true,
        ),
        (
            "Status: 5.1.8\nDiagnostic-Code: smtp; 553 5.1.8 Sender address rejected: Domain not found",
            "5.1.8",
            Reason::Rejected,
            false,
        ),
        (
            "Status: 4.0.0\nDiagnostic-Code: smtp; 450 4.2.0 Recipient address rejected: Greylisted",
            "4.2.0",
            Reason::RateLimited,
            false,
        ),
        ("Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 rejected by policy", "5.2.2", Reason::MailboxFull, false),
        (
            "Status: 5.4.310\nDiagnostic-Code: smtp; 550 5.4.310 DNS domain example.net does not exist",
            "5.4.310",
            Reason::HostUnknown,
            true,
        ),
    ];
    for (fields, status, reason, hard) in cases {
        let f = failure(&report(&format!("Final-Recipient: rfc822; ann@example.net\nAction: failed\n{fields}")));
        assert_eq!((f.status.as_deref(), f.reason, f.hard), (Some(status), reason, hard), "{fields}");
    }
}
