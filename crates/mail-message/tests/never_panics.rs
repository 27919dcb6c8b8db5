//! Any bytes, any damage: an answer, and no panic.

use mail_message::{Message, html_to_text, inspect, is_thanks, reply};
use proptest::prelude::*;

mod winmail;

use winmail::{SIGNATURE, as_attachment, attribute};

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
