//! Bytes to text when the label may be missing, wrong or invented. One table says what a label really means.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::Warning;

/// Labels that do not mean what they say, or that the WHATWG list lacks. Everything else goes to that list.
const LABELS: &[(&str, &str)] = &[
    // Software that says gb2312 writes GBK or GB 18030 as soon as a name needs it.
    ("gb2312", "gb18030"),
    ("gb_2312-80", "gb18030"),
    ("gbk", "gb18030"),
    ("cp936", "gb18030"),
    ("ms936", "gb18030"),
    // KS C 5601 in mail is the code page 949, a superset; WHATWG's euc-kr is exactly that.
    ("cp949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("ks_c_5601", "euc-kr"),
    ("iso-2022-jp-ms", "iso-2022-jp"),
    ("iso-2022-jp-1", "iso-2022-jp"),
    ("iso-2022-jp-2", "iso-2022-jp"),
    ("iso-2022-jp-3", "iso-2022-jp"),
    ("cp50220", "iso-2022-jp"),
    ("cp50221", "iso-2022-jp"),
    ("cp932", "shift_jis"),
    ("shift-jis-2004", "shift_jis"),
    ("utf8mb4", "utf-8"),
    ("utf-8mb4", "utf-8"),
    ("cp65001", "utf-8"),
    ("utf_8", "utf-8"),
    ("iso-8859-8-e", "iso-8859-8"),
    ("latin-1", "iso-8859-1"),
    ("latin9", "iso-8859-15"),
    ("latin-9", "iso-8859-15"),
    ("8859-1", "iso-8859-1"),
    ("8859-15", "iso-8859-15"),
];

/// Labels that say nothing: the bytes decide.
#[rustfmt::skip]
const SAYS_NOTHING: &[&str] = &[
    "", "us-ascii", "ascii", "ansi_x3.4-1968", "ansi_x3.110-1983", "iso-646-us", "x-unknown", "unknown",
    "unknown-8bit", "x-unknown-8bit", "default", "default_charset", "none", "null", "7bit", "8bit", "binary",
    "_autodetect", "_autodetect_all", "x-user-defined",
];

/// Decodes `bytes` that claim to be in `label`, and adds to `warnings` what was wrong with the claim.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>, warnings: &mut Vec<Warning>) -> String {
    let label = label.unwrap_or("").trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';'));
    let lower = label.to_ascii_lowercase();
    let text = decode_as(bytes, label, &lower, warnings);
    if text.contains('\0') {
        add(warnings, Warning::NullBytes);
        return text.replace('\0', "");
    }
    text
}

fn decode_as(bytes: &[u8], label: &str, lower: &str, warnings: &mut Vec<Warning>) -> String {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        // Half a unit at the end, the line end that a relay added, is no character.
        let odd = usize::from(encoding != UTF_8 && (bytes.len() - skip) % 2 == 1);
        return encoding.decode_without_bom_handling(&bytes[skip..bytes.len() - odd]).0.into_owned();
    }
    if SAYS_NOTHING.contains(&lower) {
        return by_page(bytes).unwrap_or_else(|| guess(bytes));
    }
    let name = LABELS.iter().find(|(wrong, _)| *wrong == lower).map_or(lower, |(_, right)| right);
    let Some(encoding) = Encoding::for_label_no_replacement(name.as_bytes()) else {
        if let Some(decoder) = charset_decoder(name.as_bytes()).filter(|_| name.is_ascii()) {
            return decoder(bytes);
        }
        add(warnings, Warning::UnknownCharset(label.chars().take(60).collect()));
        return by_page(bytes).unwrap_or_else(|| guess(bytes));
    };
    let tidy = (encoding == ISO_2022_JP).then(|| without_empty_escapes(bytes));
    let (text, wrong) = encoding.decode_without_bom_handling(tidy.as_deref().unwrap_or(bytes));
    if !wrong {
        // Page and bytes together outweigh the label; the bytes alone do not, or a person could not write about "Ã¼".
        return if encoding != UTF_8 && page_charset(bytes) == Some(UTF_8) && std::str::from_utf8(bytes).is_ok() {
            guess(bytes)
        } else {
            text.into_owned()
        };
    }
    add(warnings, Warning::WrongCharset(label.to_owned()));
    if encoding == UTF_8 {
        return by_page(bytes).unwrap_or_else(|| guess(bytes));
    }
    if encoding == ISO_2022_JP && !bytes.contains(&0x1b) {
        // Not one escape: it is none of this, whatever it is.
        return guess(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(utf8) if !bytes.is_ascii() => utf8.to_owned(),
        _ => text.into_owned(),
    }
}

/// The text in the charset that an HTML page names within itself, when the bytes fit it and are not UTF-8.
fn by_page(bytes: &[u8]) -> Option<String> {
    let encoding = page_charset(bytes).filter(|_| std::str::from_utf8(bytes).is_err())?;
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    (!wrong).then(|| text.into_owned())
}

/// What `<meta charset=...>` says, in the beginning of a page.
fn page_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4000)]).to_ascii_lowercase();
    let meta = start.match_indices("<meta").find_map(|(at, _)| {
        let tag = start[at..].split('>').next()?;
        tag.split_once("charset=").map(|(_, label)| label)
    })?;
    let label = meta.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', ';', '/']).next()?;
    let name = LABELS.iter().find(|(wrong, _)| *wrong == label).map_or(label, |(_, right)| right);
    // What could be read as far as this tag is not written in units of two bytes.
    Encoding::for_label_no_replacement(name.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// ISO-2022-JP put together from pieces goes back to ASCII and away again without a character between, which the
/// standard takes for an attack. The first of two escapes in a row does nothing.
fn without_empty_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == 0x1b && bytes.get(at + 3) == Some(&0x1b) {
            at += 3;
            continue;
        }
        out.push(byte);
        at += 1;
    }
    out
}

/// Text without a usable label: UTF-8 when it is or nearly is, ISO-2022-JP by its escapes, else Windows-1252.
pub(crate) fn guess(bytes: &[u8]) -> String {
    if memchr::memmem::find(bytes, b"\x1b$").is_some() {
        let (text, wrong) = ISO_2022_JP.decode_without_bom_handling(bytes);
        if !wrong {
            return text.into_owned();
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    // A cut-off or spliced UTF-8 text has many good multi-byte characters and few bad bytes.
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.chars().filter(|c| *c == '\u{fffd}').count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - bad;
    if good > bad * 2 {
        return lossy.into_owned();
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

fn add(warnings: &mut Vec<Warning>, warning: Warning) {
    if !warnings.contains(&warning) && warnings.len() < 50 {
        warnings.push(warning);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], label: &str) -> (String, Vec<Warning>) {
        let mut warnings = Vec::new();
        (decode(bytes, Some(label), &mut warnings), warnings)
    }

    #[test]
    fn labels_that_lie_are_read_as_what_they_mean() {
        // PEERS 46: U+9555 is in GBK, not in GB 2312; U+AC02 is in cp949, not in KS C 5601.
        assert_eq!(read(b"\xe9F", "gb2312").0, "\u{9555}");
        assert_eq!(read(b"\x81A", "ks_c_5601-1987").0, "\u{ac02}");
        assert_eq!(read(b"\x1b$B$\"\x1b(B", "ISO-2022-JP-MS").0, "あ");
    }

    #[test]
    fn text_that_is_not_utf8_is_still_text() {
        let (text, warnings) = read(b"Gr\xfc\xdfe", "utf-8");
        assert_eq!((text.as_str(), warnings), ("Grüße", vec![Warning::WrongCharset("utf-8".into())]));
        assert_eq!(read("Grüße".as_bytes(), "us-ascii").0, "Grüße");
        assert_eq!(read(b"Gr\xfc\xdfe", "x-unknown").0, "Grüße");
        assert_eq!(read("\u{feff}Grüße".as_bytes(), "iso-8859-1").0, "Grüße");
        assert_eq!(read(b"a\0b", "utf-8"), ("ab".into(), vec![Warning::NullBytes]));
        assert_eq!(read(b"abc", "klingon"), ("abc".into(), vec![Warning::UnknownCharset("klingon".into())]));
    }
}
