//! Calendars, `winmail.dat`, uuencode and broken borders: any bytes, any damage, an answer in linear time.

use std::time::{Duration, Instant};

use mail_message::{Message, inspect};
use proptest::prelude::*;

const SIGNATURE: &[u8] = &[0x78, 0x9f, 0x3e, 0x22, 1, 0];

fn as_attachment(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: a@b.c\nContent-Type: multipart/mixed; boundary=border\n\n--border\nContent-Type: application/ms-tnef\n\
        Content-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: binary\n\n"
    );
    [head.as_bytes(), bytes, b"\n--border--\n"].concat()
}

fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    [&[level][..], &id.to_le_bytes(), &(data.len() as u32).to_le_bytes(), data, &sum.to_le_bytes()].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_tnef(attributes in proptest::collection::vec((1u8..4, prop::sample::select(&[
        0x0006_9007u32, 0x0001_8004, 0x0002_800c, 0x0006_9003, 0x0006_9002, 0x0006_800f, 0x0001_8010, 0x0006_9005,
    ][..]), proptest::collection::vec(any::<u8>(), 0..120)), 0..12), cut in any::<prop::sample::Index>()) {
        let mut tnef = SIGNATURE.to_vec();
        for (level, id, data) in attributes {
            tnef.extend(attribute(level, id, &data));
        }
        tnef.truncate(cut.index(tnef.len()) + 1);
        let message = Message::read(&as_attachment("winmail.dat", &tnef));
        for file in &message.attachments {
            assert!(!file.name.is_empty() && file.name.len() <= 255 && !file.name.contains(['/', '\\']));
        }
    }

    #[test]
    fn any_rtf(bytes in proptest::collection::vec(prop::sample::select(&b"{}\\'*uf1-9 htmlragpbc\n;\xe4"[..]), 0..300)) {
        // A property list of one compressed RTF that is stored as it is.
        let mut packed = Vec::new();
        for number in [0, bytes.len() as u32, 0x414c_454d, 0] {
            packed.extend(number.to_le_bytes());
        }
        packed.extend(&bytes);
        let mut list = [1u32.to_le_bytes(), 0x1009_0102u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
        list.extend((packed.len() as u32).to_le_bytes());
        list.extend(&packed);
        let tnef = [SIGNATURE, &attribute(1, 0x0006_9003, &list)].concat();
        inspect(&as_attachment("winmail.dat", &tnef));
    }

    #[test]
    fn any_calendar(pieces in proptest::collection::vec(prop::sample::select(&[
        "BEGIN:", "END:", "VCALENDAR\n", "VEVENT\n", "DTSTART", ";TZID=", "Europe/Berlin", "UTC", ":", "20240715T100000", "Z", "\n", "\n ",
        "DURATION:", "P1D", "PT99999999999999999999H", "ATTENDEE", ";CN=\"", "\"", "mailto:a@b.c", "METHOD:REPLY\n", "\\n", "\\", "ß", "24",
    ][..]), 0..80)) {
        let calendar = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}", pieces.concat());
        inspect(format!("From: a@b.c\nContent-Type: text/calendar\n\n{calendar}").as_bytes());
    }

    #[test]
    fn any_borders(pieces in proptest::collection::vec(prop::sample::select(&[
        "--a\n", "--b\n", "--c--\n", "--a--\n", "--b--", "\n", "\r\n", "x\n", "Content-Type: ", "multipart/mixed", "text/plain", "text", "message/rfc822",
        "; boundary=a\n", "; boundary=\"b\"\n", ";\nboundary=c\n", "; boundary=\n c\n", "; boundary=\n", "Content-Transfer-Encoding: base64\n", " ", ":",
        "begin 644 x\n", "#0V%T\n", "end\n", "; name*0*=utf-8''%c3", "; name*1=\"", "cid:",
    ][..]), 0..80)) {
        inspect(pieces.concat().as_bytes());
        inspect(format!("From: a@b.c\nContent-Type: multipart/mixed; boundary=a\n{}", pieces.concat()).as_bytes());
    }
}

#[test]
fn hostile_shapes_of_parts_stay_linear() {
    let repeated = |head: &str, piece: &str| {
        let mut text = head.to_owned();
        while text.len() < 1_000_000 {
            text.push_str(piece);
        }
        text.into_bytes()
    };
    let counted = |head: &str, piece: fn(usize) -> String| {
        let mut text = head.to_owned();
        for number in 0.. {
            if text.len() >= 1_000_000 {
                break;
            }
            text.push_str(&piece(number));
        }
        text.into_bytes()
    };
    let mixed = "From: a@b.c\nContent-Type: multipart/mixed; boundary=a\n\n";
    let file = attribute(2, 0x0006_9002, &[0; 14]);
    let mut nested = SIGNATURE.to_vec();
    for _ in 0..200 {
        let object = [&[0; 16][..], &nested].concat();
        let mut list = [1u32.to_le_bytes(), 0x3701_000du32.to_le_bytes(), 1u32.to_le_bytes()].concat();
        list.extend((object.len() as u32).to_le_bytes());
        list.extend(&object);
        nested = [SIGNATURE, &file, &attribute(2, 0x0006_9005, &list)].concat();
    }
    let shapes = [
        (
            "borders without a name",
            repeated("From: a@b.c\nContent-Type: multipart/mixed\n\n", "--x\nContent-Type: multipart/mixed\n\n"),
        ),
        (
            "borders that are all different",
            counted(mixed, |n| format!("--{n}\nContent-Type: multipart/mixed; boundary={}\n\n", n + 1)),
        ),
        (
            "borders that are opened in turn",
            counted(mixed, |n| format!("--a\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n\n")),
        ),
        ("Content-Types", repeated("From: a@b.c\n", "Content-Type: multipart/mixed; boundary=a\n")),
        ("parameters", counted("From: a@b.c\nContent-Type: text/plain", |n| format!("; a{n}*{n}*=%41"))),
        (
            "names of parts",
            repeated(mixed, "--a\nContent-Type: a/b; name*0*=x; name*1=y; name*2=z; c=d; e=f; g=h; i=j\n\nx\n"),
        ),
        ("begins", repeated("From: a@b.c\n\n", "begin 644 x\n#0V%T\n")),
        ("uuencoded files", repeated("From: a@b.c\n\n", "begin 644 x\n#0V%T\n`\nend\n")),
        (
            "calendar lines",
            repeated(
                "From: a@b.c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n",
                "ATTENDEE;CN=\"x\":mailto:a@b.c\n",
            ),
        ),
        (
            "calendars in calendars",
            repeated("From: a@b.c\nContent-Type: text/calendar\n\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"),
        ),
        ("folds of a calendar", repeated("From: a@b.c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n", " x\n")),
        (
            "times of a calendar",
            repeated(
                "From: a@b.c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n",
                "DTSTART;TZID=/a/Europe/Berlin:20240715T100000\n",
            ),
        ),
        ("pictures that are shown", repeated("From: a@b.c\nContent-Type: text/html\n\n", "<img src=\"cid:x\">")),
        ("links that never end", repeated("From: a@b.c\nContent-Type: text/html\n\n", "cid:")),
        ("quotes in addresses", repeated("To: ", "\"a b\"@c.d ")),
        ("dates", repeated("From: a@b.c\n", "Received: x; 1 Jan 99999 99:99\n")),
        ("mails attached", repeated(mixed, "--a\nContent-Type: message/rfc822\n\nFrom: a@b.c\n\nx\n")),
        ("files in a TNEF", as_attachment("winmail.dat", &[SIGNATURE, &file.repeat(40_000)].concat())),
        ("TNEF in TNEF", as_attachment("winmail.dat", &nested)),
        (
            "TNEF properties",
            as_attachment(
                "winmail.dat",
                &[
                    SIGNATURE,
                    &attribute(1, 0x0006_9003, &[[255, 255, 255, 255], [3, 0, 1, 0]].concat().repeat(120_000)),
                ]
                .concat(),
            ),
        ),
    ];
    for (name, shape) in shapes {
        let start = Instant::now();
        inspect(&shape);
        let took = start.elapsed();
        if took > Duration::from_millis(800) {
            eprintln!("{name}: {took:?}");
        }
        assert!(took < Duration::from_secs(8), "{name} took {took:?}");
    }
}
