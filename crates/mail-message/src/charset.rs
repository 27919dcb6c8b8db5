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
        return encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned();
    }
    if SAYS_NOTHING.contains(&lower) {
        return guess(bytes);
    }
    let name = LABELS.iter().find(|(wrong, _)| *wrong == lower).map_or(lower, |(_, right)| right);
    let Some(encoding) = Encoding::for_label_no_replacement(name.as_bytes()) else {
        if let Some(decoder) = charset_decoder(name.as_bytes()).filter(|_| name.is_ascii()) {
            return decoder(bytes);
        }
        add(warnings, Warning::UnknownCharset(label.chars().take(60).collect()));
        return guess(bytes);
    };
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if !wrong {
        return text.into_owned();
    }
    add(warnings, Warning::WrongCharset(label.to_owned()));
    if encoding == UTF_8 {
        return guess(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(utf8) => utf8.to_owned(),
        Err(_) => text.into_owned(),
    }
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
