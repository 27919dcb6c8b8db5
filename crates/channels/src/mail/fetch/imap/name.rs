//! How folders and words are written to an IMAP server: names in modified UTF-7 (RFC 3501, 5.1.3), words in quotes.

use std::fmt::Write;

/// The letters of modified base64: like base64, with a comma in place of the slash.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// A folder's name as the server knows it.
pub(in crate::mail) fn encode(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    let mut outside: Vec<u16> = Vec::new();
    for letter in name.chars() {
        if (' '..='~').contains(&letter) {
            end_run(&mut written, &mut outside);
            written.push(letter);
            if letter == '&' {
                written.push('-');
            }
        } else {
            outside.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        }
    }
    end_run(&mut written, &mut outside);
    written
}

fn end_run(written: &mut String, outside: &mut Vec<u16>) {
    if outside.is_empty() {
        return;
    }
    written.push('&');
    let (mut held, mut bits) = (0_u32, 0);
    for unit in outside.drain(..) {
        held = held << 16 | u32::from(unit);
        bits += 16;
        while bits >= 6 {
            bits -= 6;
            written.push(char::from(LETTERS[(held >> bits & 63) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        written.push(char::from(LETTERS[(held << (6 - bits) & 63) as usize]));
    }
    written.push('-');
}

/// A folder's name as people know it; as it stands where it is not rightly written.
pub(in crate::mail) fn decode(name: &[u8]) -> String {
    let plain = || String::from_utf8_lossy(name).into_owned();
    if !name.is_ascii() {
        return plain();
    }
    let mut read = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((&first, after)) = rest.split_first() {
        if first != b'&' {
            read.push(char::from(first));
            rest = after;
            continue;
        }
        let Some(end) = after.iter().position(|byte| *byte == b'-') else { return plain() };
        if end == 0 {
            read.push('&');
        } else {
            let Some(run) = run(&after[..end]) else { return plain() };
            read.push_str(&run);
        }
        rest = &after[end + 1..];
    }
    read
}

fn run(letters: &[u8]) -> Option<String> {
    let (mut held, mut bits) = (0_u32, 0);
    let mut units = Vec::new();
    for letter in letters {
        let value = LETTERS.iter().position(|known| known == letter)?;
        held = held << 6 | value as u32;
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            units.push((held >> bits) as u16);
            held &= (1 << bits) - 1;
        }
    }
    String::from_utf16(&units).ok()
}

/// A word in quotes; `None` when quotes cannot hold it.
pub(in crate::mail) fn quoted(word: &str) -> Option<String> {
    if word.chars().any(|letter| matches!(letter, '\r' | '\n' | '\0') || !letter.is_ascii()) {
        return None;
    }
    let mut written = String::with_capacity(word.len() + 2);
    written.push('"');
    for letter in word.chars() {
        if matches!(letter, '"' | '\\') {
            written.push('\\');
        }
        written.push(letter);
    }
    written.push('"');
    Some(written)
}

/// A folder as it stands in a command.
pub(in crate::mail) fn folder(name: &str) -> String {
    // INBOX is the one name that may be written in any case; encoding leaves nothing that quotes cannot hold.
    let name = if name.eq_ignore_ascii_case("inbox") { "INBOX" } else { name };
    quoted(&encode(name)).unwrap_or_else(|| "INBOX".to_owned())
}

/// Numbers as a set, neighbours as ranges: `3:5,9`. They must ascend.
pub(in crate::mail) fn set(numbers: &[u32]) -> String {
    let mut written = String::new();
    let mut rest = numbers;
    while let Some(&first) = rest.first() {
        let length = rest.iter().enumerate().take_while(|(at, number)| **number == first + *at as u32).count();
        let separator = if written.is_empty() { "" } else { "," };
        let _ = match length {
            1 => write!(written, "{separator}{first}"),
            _ => write!(written, "{separator}{first}:{}", rest[length - 1]),
        };
        rest = &rest[length..];
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_72_a_folder_may_have_any_name() {
        for (name, written) in [
            ("INBOX", "INBOX"),
            ("Kundenanfragen/Größe", "Kundenanfragen/Gr&APYA3w-e"),
            ("Anfragen & Angebote", "Anfragen &- Angebote"),
            ("Ελλάδα", "&A5UDuwO7A6wDtAOx-"),
            ("受信箱", "&U9dP4Xux-"),
            ("Lob 👍 und Tadel", "Lob &2D3cTQ- und Tadel"),
            ("a~b", "a~b"),
            ("Tab\tbing", "Tab&AAk-bing"),
        ] {
            assert_eq!(encode(name), written);
            assert_eq!(decode(written.as_bytes()), name);
        }
        assert_eq!(folder("inbox"), "\"INBOX\"");
        assert_eq!(folder("The \"big\" one\\old"), "\"The \\\"big\\\" one\\\\old\"");
    }

    #[test]
    fn line_72_a_name_that_is_wrongly_written_is_shown_as_it_stands() {
        for wrong in ["&", "a&b", "&!!-", "&2D3-", "&A-x&"] {
            assert!(!decode(wrong.as_bytes()).is_empty());
        }
        assert_eq!(decode("Größe".as_bytes()), "Größe");
        assert_eq!(decode(b"&!!-"), "&!!-");
    }

    #[test]
    fn neighbours_are_written_as_ranges() {
        assert_eq!(set(&[3, 4, 5, 9, 11, 12]), "3:5,9,11:12");
        assert_eq!(set(&[]), "");
        assert_eq!(set(&[u32::MAX]), "4294967295");
    }
}
