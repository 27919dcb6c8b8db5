//! Hostile shapes: four times as much takes about four times the time, whatever is repeated.

use std::hint::black_box;
use std::time::{Duration, Instant};

use mail_message::{Message, Own, inspect, thread};

mod winmail;

use winmail::{SIGNATURE, as_attachment, attribute};

const FROM: &str = "From: a@b.c\n";
const TEXT: &str = "From: a@b.c\n\n";
const PAGE: &str = "From: a@b.c\nContent-Type: text/html\n\n";
const MIXED: &str = "From: a@b.c\nContent-Type: multipart/mixed; boundary=a\n\n";
const CALENDAR: &str = "From: a@b.c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n";
const NOTICE: &str = "From: mailer-daemon@b.c\nSubject: failure notice\n\nunable to deliver\n";
const REPORT: &str = "From: a@b.c\nContent-Type: message/delivery-status\n\n";
const COMPLAINT: &str = "From: a@b.c\nContent-Type: message/feedback-report\n\n";

/// A name, the head of the mail, and what is repeated below it.
const REPEATED: &[(&str, &str, &str)] = &[
    // Headers
    ("headers", "", "From: a@b.c\n"),
    ("folded", FROM, " folded\n"),
    ("folded addresses", "To: ", "<a@b.c>,\n "),
    ("encoded words that never end", "Subject: ", "=?utf-8?Q?"),
    ("encoded words that are never coded", "Subject: ", "=?"),
    ("encoded words, half", "From: ", "=?utf-8?B?AAAA ?="),
    ("encoded words in a row", "Subject: ", "=?utf-8?Q?a?= "),
    ("encoded words that go on", "Subject: ", "=?iso-2022-jp?B?GyRC?= "),
    ("addresses", "To: ", "\"a\" <a@b.c>, "),
    ("commas", "To: ", ","),
    ("names without an address", "To: ", "a, "),
    ("groups", "To: ", "a:;"),
    ("quotes in addresses", "To: ", "\"a b\"@c.d "),
    ("quotes that never end", "To: ", "\"\\"),
    ("open comments", "To: ", "("),
    ("comments in comments", "To: a@b.c ", "(a) (b"),
    ("open brackets", "To: ", "<"),
    ("ids", "References: ", "<a@b> "),
    ("ids that never end", "References: ", "<"),
    ("ids without brackets", "References: ", "a@b "),
    ("dates", FROM, "Received: x; 1 Jan 99999 99:99\n"),
    ("comments in dates", "Date: ", "("),
    ("tokens in subjects", "Subject: ", "[D-"),
    ("numbers in subjects", "Subject: ", "[D-1 "),
    ("links in subjects", "Subject: ", "<http:"),
    ("marks of other desks in subjects", "Subject: ", "[INC0012345] NET-42 #"),
    ("answers to answers", "Subject: ", "Re: "),
    ("lists in subjects", "Subject: ", "[a] "),
    ("addresses of our own", "To: ", "desk+"),
    // Parts
    ("nested messages", FROM, "Content-Type: message/rfc822\n\n"),
    ("nested multiparts", FROM, "Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    ("lost boundaries", MIXED, "--a\nContent-Type: multipart/mixed; boundary=x\n\n"),
    ("many parts", MIXED, "--a\nContent-Type: a/b\n\nx\n"),
    ("borders", MIXED, "--a\n"),
    ("borders that begin alike", MIXED, "--ab"),
    (
        "borders without a name",
        "From: a@b.c\nContent-Type: multipart/mixed\n\n",
        "--x\nContent-Type: multipart/mixed\n\n",
    ),
    ("mails attached", MIXED, "--a\nContent-Type: message/rfc822\n\nFrom: a@b.c\n\nx\n"),
    ("Content-Types", FROM, "Content-Type: multipart/mixed; boundary=a\n"),
    ("names of parts", MIXED, "--a\nContent-Type: a/b; name*0*=x; name*1=y; name*2=z; c=d; e=f; g=h; i=j\n\nx\n"),
    ("semicolons", "From: a@b.c\nContent-Type: text/plain", ";"),
    ("parameters that are quoted", "From: a@b.c\nContent-Type: text/plain", "; a=\"\\\""),
    ("one parameter, again and again", "From: a@b.c\nContent-Type: text/plain", "; name*1=a"),
    ("soft line breaks", "From: a@b.c\nContent-Transfer-Encoding: quoted-printable\n\n", "=\n"),
    ("codes that are none", "From: a@b.c\nContent-Transfer-Encoding: quoted-printable\n\n", "=x"),
    ("base64 with dirt", "From: a@b.c\nContent-Transfer-Encoding: base64\n\n", "QU=\n-"),
    ("UTF-7", "From: a@b.c\nContent-Type: text/plain; charset=utf-7\n\n", "+AGE"),
    ("ISO-2022-JP", "From: a@b.c\nContent-Type: text/plain; charset=iso-2022-jp\n\n", "\u{1b}$B\u{1b}(B"),
    ("flowing lines", "From: a@b.c\nContent-Type: text/plain; format=flowed\n\n", "> a \n"),
    ("flowing and stuffed lines", "From: a@b.c\nContent-Type: text/plain; format=flowed; delsp=yes\n\n", " \n"),
    ("begins", TEXT, "begin 644 x\n#0V%T\n"),
    ("uuencoded files", TEXT, "begin 644 x\n#0V%T\n`\nend\n"),
    ("a uuencoded file that never ends", "From: a@b.c\n\nbegin 644 x\n", "#0V%T\n"),
    ("calendar lines", CALENDAR, "ATTENDEE;CN=\"x\":mailto:a@b.c\n"),
    ("parameters of a calendar", CALENDAR, "ATTENDEE;CN="),
    ("quotes in a calendar", CALENDAR, ";\"a"),
    ("calendars in calendars", "From: a@b.c\nContent-Type: text/calendar\n\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"),
    ("ends of what never began", CALENDAR, "END:VEVENT\nBEGIN:VEVENT\n"),
    ("folds of a calendar", "From: a@b.c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n", " x\n"),
    ("times of a calendar", CALENDAR, "DTSTART;TZID=/a/Europe/Berlin:20240715T100000\n"),
    ("durations", CALENDAR, "DURATION:P1"),
    // Texts
    ("attributions", TEXT, "On 4 Mar 2024 at 10:11\n"),
    ("attributions over two lines", TEXT, "On 4 Mar 2024 at 10:11, Ann\n<a@b.c> wrote:\n"),
    ("header blocks", TEXT, "From: x\n"),
    ("header blocks in stars", TEXT, "*From:* x\n*Sent:* y\n"),
    ("quotes", TEXT, "> x\ny\n\n"),
    ("marks", TEXT, ">"),
    ("marks and blanks", TEXT, "> "),
    ("signatures", TEXT, "-- \n"),
    ("answers in between", TEXT, "On 4 Mar 2024 at 10:11, Ann <a@b.c> wrote:\n> x\n\ny\n\n"),
    ("lines that tell what somebody wrote", TEXT, "On Monday Ann wrote:\n"),
    ("names that begin", TEXT, "Ann <a@b.c>\nAnn <a@b.c> 10:11:\n"),
    ("markers", TEXT, "-----Original Message-----\n\n"),
    ("markers of forwarded mails", TEXT, "---- Forwarded message ----\n"),
    ("markers of our own", TEXT, "-- Reply above this line --\n> x\n"),
    ("blank and rule", TEXT, "\n\n\n\n\n\n\n-----\nFrom: x\n"),
    ("dashes", TEXT, "-"),
    ("colons", TEXT, "a:\n"),
    ("one line", TEXT, "On wrote: 10:11 <a@b.c> "),
    ("thanks", TEXT, "thank you so much "),
    ("addresses of our own in texts", TEXT, "desk+a"),
    ("addresses of our own in links", TEXT, "desk%2b"),
    ("carriage returns", TEXT, "\r"),
    // Pages
    ("open tags", PAGE, "<a "),
    ("brackets", PAGE, "<"),
    ("end tags", PAGE, "</blockquote></div>"),
    ("open quotes in tags", PAGE, "<a b=\""),
    ("open comments in pages", PAGE, "<!-- "),
    ("short comments in pages", PAGE, "<!-->"),
    ("open scripts", PAGE, "<svg><script></"),
    ("scripts", PAGE, "<script></script><style></style>"),
    ("bases", PAGE, "<head><base href=a></head>"),
    ("deep quotes", PAGE, "<blockquote><div>x"),
    ("quotes that programs name", PAGE, "<div class=gmail_quote>x"),
    ("signatures that programs name", PAGE, "<div id=Signature>x</div>y"),
    ("links", PAGE, "<a href=http://b.c/d>x</a> "),
    ("open links", PAGE, "<a href=http://b.c/d>x"),
    ("hidden", PAGE, "<div style=display:none>x"),
    ("hidden and closed", PAGE, "<p style=display:none>x</p><span style=display:none>"),
    ("attributes", "From: a@b.c\nContent-Type: text/html\n\n<div ", "a=b "),
    ("lists", PAGE, "<ul><li>x"),
    ("items", PAGE, "<ol><li><li>"),
    ("cells", PAGE, "<td><p>x</td>"),
    ("line breaks", PAGE, "<br>"),
    ("preformatted", "From: a@b.c\nContent-Type: text/html\n\n<pre>", "\n"),
    ("entities", PAGE, "&amp"),
    ("entities with numbers", PAGE, "&#65;&#x41"),
    ("invisible characters", PAGE, "\u{200b}\u{a0}"),
    ("pictures that are shown", PAGE, "<img src=\"cid:x\">"),
    ("links that never end", PAGE, "cid:"),
    // Bounces
    ("a notice full of addresses", NOTICE, "x@y.z\n"),
    ("a notice full of reasons", NOTICE, "<x@y.z>: 550 5.1.1 user unknown\n"),
    ("a notice in one line", NOTICE, "x@y.z 550 "),
    ("a notice full of numbers", NOTICE, "5.1.1 4.4."),
    ("a notice full of headers", NOTICE, "\nMessage-ID: <a@b>\nReceived: x\n"),
    ("a report full of recipients", REPORT, "Final-Recipient: rfc822; a@b.c\n\n"),
    ("a report full of fields", REPORT, "Status: 5.1.1\n"),
    (
        "a report in one field",
        "From: a@b.c\nContent-Type: message/delivery-status\n\nDiagnostic-Code: smtp; ",
        "550 5.1.1 no ",
    ),
    ("a complaint full of recipients", COMPLAINT, "Original-Rcpt-To: a@b.c\nFeedback-Type: abuse\n"),
];

/// What is repeated, by its number.
type Piece = fn(usize) -> String;

/// The same, where what is repeated counts.
const COUNTED: &[(&str, &str, Piece)] = &[
    ("borders that are all different", MIXED, |n| {
        format!("--{n}\nContent-Type: multipart/mixed; boundary={}\n\n", n + 1)
    }),
    ("borders that are opened in turn", MIXED, |n| {
        format!("--a\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n\n")
    }),
    ("borders that are opened and never used", MIXED, |n| {
        format!("--a\nContent-Type: multipart/mixed; boundary=b{n}\n\n")
    }),
    ("parameters", "From: a@b.c\nContent-Type: text/plain", |n| format!("; a{n}*{n}*=%41")),
    ("one parameter in pieces", "From: a@b.c\nContent-Type: text/plain", |n| format!("; name*{n}=a")),
    ("different ids", "References: ", |n| format!("<{n}@b> ")),
    ("different headers", FROM, |n| format!("x{n}: a\n")),
    ("levels of quotes", TEXT, |n| "> ".repeat(n % 700) + "x\n"),
    ("different recipients", REPORT, |n| format!("Final-Recipient: rfc822; a{n}@b.c\nAction: failed\n\n")),
    ("different addresses in a notice", NOTICE, |n| format!("<a{n}@b.c>: 550 no\n")),
    ("pictures that are shown and there", MIXED, |n| {
        format!(
            "--a\nContent-Type: text/html\n\n<img src=cid:a{n}>\n--a\nContent-ID: <a{n}>\nContent-Type: image/png\n\nx\n"
        )
    }),
];

/// Makes a mail of about so many bytes.
type Shape = Box<dyn Fn(usize) -> Vec<u8>>;

fn shapes() -> Vec<(&'static str, Shape)> {
    let mut shapes: Vec<(&str, Shape)> = Vec::new();
    for (name, head, piece) in REPEATED {
        let shape = |length: usize| [head.as_bytes(), &piece.as_bytes().repeat(length / piece.len() + 1)].concat();
        shapes.push((name, Box::new(shape)));
    }
    for (name, head, piece) in COUNTED {
        shapes.push((name, Box::new(|length| counted(head, *piece, length))));
    }
    shapes.push((
        "blank, then signatures",
        Box::new(|length| [TEXT.as_bytes(), &b"\n".repeat(length / 2), &b"-Ann\n\n".repeat(length / 12)].concat()),
    ));
    shapes.push((
        "a long base of many links",
        Box::new(|length| {
            let base = "a".repeat(length / 2);
            format!("{PAGE}<base href='https://b.c/{base}/'>{}", "<a href=d>x</a>".repeat(length / 30)).into_bytes()
        }),
    ));
    shapes.push((
        "both forms",
        Box::new(|length| {
            let words = "a ".repeat(length / 4);
            let head = "From: a@b.c\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n";
            format!("{head}{words}\n--b\nContent-Type: text/html\n\n<p>x<div class=gmail_quote>{words}").into_bytes()
        }),
    ));
    shapes.push((
        "files in a TNEF",
        Box::new(|length| winmail(&attribute(2, 0x0006_9002, &[0; 14]).repeat(length / 25))),
    ));
    shapes.push(("TNEF in TNEF", Box::new(|length| as_attachment("winmail.dat", &nested(length / 1000)))));
    let properties = [[255, 255, 255, 255], [3, 0, 1, 0]].concat();
    shapes.push((
        "TNEF properties",
        Box::new(move |length| winmail(&attribute(1, 0x0006_9003, &properties.repeat(length / 8)))),
    ));
    for (name, piece) in [
        ("braces of RTF", "{"),
        ("words of RTF", "\\a1"),
        ("pictures of RTF", "{\\*\\a"),
        ("codes of RTF", "\\'e4\\u228?"),
        ("page in RTF", "{\\*\\htmltag <p>}"),
    ] {
        shapes.push((name, Box::new(move |length| winmail(&rtf(&piece.repeat(length / piece.len()))))));
    }
    shapes
}

fn counted(head: &str, piece: Piece, length: usize) -> Vec<u8> {
    let mut text = head.to_owned();
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&piece(number));
    }
    text.into_bytes()
}

fn winmail(attributes: &[u8]) -> Vec<u8> {
    as_attachment("winmail.dat", &[SIGNATURE, attributes].concat())
}

/// A message in a message in a message.
fn nested(levels: usize) -> Vec<u8> {
    let file = attribute(2, 0x0006_9002, &[0; 14]);
    let mut nested = SIGNATURE.to_vec();
    for _ in 0..levels {
        let object = [&[0; 16][..], &nested].concat();
        let mut list = [1u32.to_le_bytes(), 0x3701_000du32.to_le_bytes(), 1u32.to_le_bytes()].concat();
        list.extend((object.len() as u32).to_le_bytes());
        list.extend(&object);
        nested = [SIGNATURE, &file, &attribute(2, 0x0006_9005, &list)].concat();
    }
    nested
}

/// A body in RTF, stored as it is.
fn rtf(content: &str) -> Vec<u8> {
    let content = format!("{{\\rtf1\\fromhtml1 {content}");
    let mut list = [1u32.to_le_bytes(), 0x1009_0102u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
    list.extend((content.len() as u32 + 16).to_le_bytes());
    for number in [content.len() as u32 + 12, content.len() as u32, 0x414c_454d, 0] {
        list.extend(number.to_le_bytes());
    }
    list.extend(content.as_bytes());
    attribute(1, 0x0006_9003, &list)
}

/// Everything that reads a mail.
fn read(mail: &[u8]) -> Duration {
    let begun = Instant::now();
    black_box(inspect(mail));
    let own = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };
    black_box(thread::evidence(&Message::read(mail), &own));
    begun.elapsed()
}

/// What grows with the square takes sixteen times as long. What is over in a moment is not measured; what seems slow is
/// tried again, since others use the machine too.
#[test]
fn four_times_as_much_takes_no_more_than_ten_times_as_long() {
    const FEW: usize = 40_000;
    const MOMENT: Duration = Duration::from_millis(60);
    let mut slow = Vec::new();
    for (name, shape) in shapes() {
        let (few, many) = (shape(FEW), shape(4 * FEW));
        let growth = || read(&many).as_secs_f64() / read(&few).max(MOMENT).as_secs_f64();
        let least = (0..4).map(|_| growth()).find(|times| *times < 10.0);
        if least.is_none() {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "more than linear: {slow:?}");
}
