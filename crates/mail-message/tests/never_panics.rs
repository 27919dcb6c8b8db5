//! Any bytes, any damage: an answer, no panic, in linear time.

use std::time::{Duration, Instant};

use mail_message::{Message, html_to_text, inspect, is_thanks, reply};
use proptest::prelude::*;

const FIXTURES: &[&[u8]] = &[
    include_bytes!("conformance/054-outlook-reply.eml"),
    include_bytes!("conformance/031-delivery-status.eml"),
    include_bytes!("conformance/060-names.eml"),
    include_bytes!("conformance/063-nested.eml"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        inspect(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        reply::split(&text);
        html_to_text(&text);
        is_thanks(&text);
        inspect(text.as_bytes());
    }

    #[test]
    fn mail_like_soup(pieces in proptest::collection::vec(prop::sample::select(&[
        "From: ", "Subject: ", "To: a@b.c, ", "<", ">", "\"", "(", ")", ":", ";", "=?utf-8?Q?", "?=", "=?gb2312?B?", "\n", "\r\n", "\n\n",
        "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", "--b--\n", "Content-Type: message/rfc822\n\n",
        "Content-Type: text/html; charset=\"", "Content-Transfer-Encoding: base64\n", "<blockquote>", "</div>", "&#x", "&amp;",
        "> ", "-- \n", "On 4 Mar 2024, at 10:11, Ann <a@b.c> wrote:\n", "\u{0}", "ß", "\t", "@", "+", "=", "5.1.1", "550 ",
        "Final-Recipient: rfc822; ", "Action: failed\n", "message/delivery-status", "filename*0*=utf-8''", "%e4",
    ][..]), 0..120)) {
        inspect(pieces.concat().as_bytes());
    }

    #[test]
    fn damaged_fixtures(which in 0..FIXTURES.len(), cut in any::<prop::sample::Index>(), changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20)) {
        let mut bytes = FIXTURES[which].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(FIXTURES[which].len()) + 1);
        inspect(&bytes);
        let message = Message::read(&bytes);
        for attachment in &message.attachments {
            assert!(!attachment.name.is_empty() && attachment.name.len() <= 255 && !attachment.name.contains(['/', '\\']));
        }
    }
}

/// Hostile shapes, one megabyte each. The bound is generous for a debug build on a busy machine; quadratic work on a
/// megabyte takes minutes.
#[test]
fn hostile_shapes_stay_linear() {
    let repeated = |head: &str, piece: &str| {
        let mut text = head.to_owned();
        while text.len() < 1_000_000 {
            text.push_str(piece);
        }
        text
    };
    let shapes = [
        ("nested messages", repeated("From: a@b.c\n", "Content-Type: message/rfc822\n\n")),
        ("nested multiparts", repeated("From: a@b.c\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n")),
        (
            "lost boundaries",
            repeated(
                "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n",
                "--b\nContent-Type: multipart/mixed; boundary=x\n\n",
            ),
        ),
        (
            "many parts",
            repeated("From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: a/b\n\nx\n"),
        ),
        ("encoded words that never end", repeated("Subject: ", "=?utf-8?Q?")),
        ("encoded words, half", repeated("From: ", "=?utf-8?B?AAAA ?=")),
        ("addresses", repeated("To: ", "\"a\" <a@b.c>, ")),
        ("open comments", repeated("To: ", "(")),
        ("ids", repeated("References: ", "<a@b> ")),
        ("ids that never end", repeated("References: ", "<")),
        ("headers", repeated("", "From: a@b.c\n")),
        ("folded", repeated("From: a@b.c\n", " folded\n")),
        ("attributions", repeated("From: a@b.c\n\n", "On 4 Mar 2024 at 10:11\n")),
        ("header blocks", repeated("From: a@b.c\n\n", "From: x\n")),
        ("quotes", repeated("From: a@b.c\n\n", "> x\ny\n\n")),
        ("marks", repeated("From: a@b.c\n\n", ">")),
        ("blank, then signatures", format!("{}{}", repeated("From: a@b.c\n\n", "\n"), repeated("", "-Ann\n\n"))),
        ("signatures", repeated("From: a@b.c\n\n", "-- \n")),
        (
            "levels of quotes",
            (1..1_400).fold("From: a@b.c\n\n".to_owned(), |text, level| text + &"> ".repeat(level % 700) + "x\n"),
        ),
        ("answers in between", repeated("From: a@b.c\n\n", "On 4 Mar 2024 at 10:11, Ann <a@b.c> wrote:\n> x\n\ny\n\n")),
        ("lines that tell what somebody wrote", repeated("From: a@b.c\n\n", "On Monday Ann wrote:\n")),
        ("names that begin", repeated("From: a@b.c\n\n", "Ann <a@b.c>\nAnn <a@b.c> 10:11:\n")),
        ("markers", repeated("From: a@b.c\n\n", "-----Original Message-----\n\n")),
        ("markers of forwarded mails", repeated("From: a@b.c\n\n", "---- Forwarded message ----\n")),
        ("markers of our own", repeated("From: a@b.c\n\n", "-- Reply above this line --\n> x\n")),
        ("blank and rule", repeated("From: a@b.c\n\n", "\n\n\n\n\n\n\n-----\nFrom: x\n")),
        ("colons", repeated("From: a@b.c\n\n", "a:\n")),
        ("one line", repeated("From: a@b.c\n\n", "On wrote: 10:11 <a@b.c> ")),
        ("open tags", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<a ")),
        ("open quotes in tags", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<a b=\"")),
        ("open comments in pages", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<!-- ")),
        ("open scripts", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<svg><script></")),
        ("deep quotes", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<blockquote><div>x")),
        ("quotes that programs name", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<div class=gmail_quote>x")),
        (
            "signatures that programs name",
            repeated("From: a@b.c\nContent-Type: text/html\n\n", "<div id=Signature>x</div>y"),
        ),
        ("links", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<a href=http://b.c/d>x</a> ")),
        ("open links", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<a href=http://b.c/d>x")),
        ("hidden", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<div style=display:none>x")),
        (
            "hidden and closed",
            repeated(
                "From: a@b.c\nContent-Type: text/html\n\n",
                "<p style=display:none>x</p><span style=display:none>",
            ),
        ),
        ("attributes", repeated("From: a@b.c\nContent-Type: text/html\n\n<div ", "a=b ")),
        ("lists", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<ul><li>x")),
        ("cells", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<td><p>x</td>")),
        (
            "both forms",
            format!(
                "From: a@b.c\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n{}\n--b\nContent-Type: text/html\n\n<p>x<div class=gmail_quote>{}",
                "a ".repeat(250_000),
                "a ".repeat(250_000),
            ),
        ),
        ("entities", repeated("From: a@b.c\nContent-Type: text/html\n\n", "&amp")),
        (
            "a notice full of addresses",
            repeated("From: mailer-daemon@b.c\nSubject: failure notice\n\nunable to deliver\n", "x@y.z\n"),
        ),
        (
            "a notice in one line",
            repeated("From: mailer-daemon@b.c\nSubject: failure notice\n\nunable to deliver\n", "x@y.z 550 "),
        ),
        (
            "a report full of recipients",
            repeated("From: a@b.c\nContent-Type: message/delivery-status\n\n", "Final-Recipient: rfc822; a@b.c\n\n"),
        ),
        ("tokens in subjects", repeated("Subject: ", "[D-")),
    ];
    for (name, shape) in shapes {
        let start = Instant::now();
        inspect(shape.as_bytes());
        let took = start.elapsed();
        if took > Duration::from_millis(800) {
            eprintln!("{name}: {took:?}");
        }
        assert!(took < Duration::from_secs(8), "{name} took {took:?}");
    }
}
