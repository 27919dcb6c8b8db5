//! A file name that is safe to store and to offer, from whatever the sender wrote.

use mail_parser::{HeaderName, MessagePart, PartType};

use crate::header;

const LONGEST: usize = 255;

/// Names for attachments that have none, by content type.
const EXTENSIONS: &[(&str, &str)] = &[
    ("text/plain", "txt"),
    ("text/html", "html"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/vcard", "vcf"),
    ("text/x-vcard", "vcf"),
    ("message/rfc822", "eml"),
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("application/ms-tnef", "dat"),
    ("application/pgp-signature", "asc"),
    ("application/pkcs7-signature", "p7s"),
    ("application/x-pkcs7-signature", "p7s"),
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/gif", "gif"),
    ("image/svg+xml", "svg"),
    ("audio/wav", "wav"),
    ("audio/mpeg", "mp3"),
];

/// Names that are devices on Windows, whatever their ending.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The name of a part: filename or name, RFC 2231 or RFC 2047 or both, else one made of its type and `number`.
/// `bytes` is the message that the part is in: the parser's own reading of parameters loses some names.
pub(crate) fn of(bytes: &[u8], part: &MessagePart<'_>, content_type: &str, number: usize) -> String {
    let parameter = |header: HeaderName<'_>, name: &str| {
        let header = part.headers.iter().rev().find(|h| h.name == header)?;
        let raw = bytes.get(header.offset_start as usize..header.offset_end as usize)?;
        let value = cleaned(header::parameters(raw).get(name)?);
        (!value.is_empty()).then_some(value)
    };
    let written = parameter(HeaderName::ContentDisposition, "filename")
        .or_else(|| parameter(HeaderName::ContentType, "name"))
        // Each under the other's name, as a few programs have it.
        .or_else(|| parameter(HeaderName::ContentType, "filename"))
        .or_else(|| parameter(HeaderName::ContentDisposition, "name"));
    if let Some(name) = written {
        return name;
    }
    if let PartType::Message(inner) = &part.body {
        let subject = inner
            .parts
            .first()
            .and_then(|root| root.headers.iter().find(|h| h.name() == "Subject").and_then(|h| h.value().as_text()));
        let subject = subject.map(|subject| cleaned(&header::decode_words(subject))).unwrap_or_default();
        if !subject.is_empty() {
            return cleaned(&format!("{subject}.eml"));
        }
    }
    made_up(content_type, number)
}

/// A name for what has none.
pub(crate) fn made_up(content_type: &str, number: usize) -> String {
    let known = EXTENSIONS.iter().find(|(t, _)| *t == content_type).map_or("bin", |(_, extension)| extension);
    format!("attachment-{number}.{known}")
}

/// The content type that the ending of a name speaks for.
pub(crate) fn type_of(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    EXTENSIONS.iter().find(|(_, known)| extension.eq_ignore_ascii_case(known)).map(|(content_type, _)| *content_type)
}

/// Takes away paths, control and invisible characters, and what some system forbids; keeps the extension when short.
pub(crate) fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|piece| !piece.trim().is_empty()).unwrap_or("");
    let safe: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let safe = safe.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let reserved = RESERVED.iter().any(|name| safe.split('.').next().unwrap_or("").trim().eq_ignore_ascii_case(name));
    let safe = if reserved { &format!("_{safe}") } else { safe };
    if safe.len() <= LONGEST {
        return safe.to_owned();
    }
    let (stem, extension) = match safe.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 => (stem, format!(".{extension}")),
        _ => (safe, String::new()),
    };
    let mut end = LONGEST - extension.len();
    while !stem.is_char_boundary(end.min(stem.len())) {
        end -= 1;
    }
    let stem = stem[..end.min(stem.len())].trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    format!("{stem}{extension}")
}

/// Soft hyphens, zero-width characters and direction marks: a name must read as it is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn names_cannot_lead_anywhere() {
        // PEERS 61
        let cases = [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\report.pdf", "report.pdf"),
            ("..", ""),
            ("in\u{ad}vo\u{202e}ice.pdf", "invoice.pdf"),
            ("a\u{0}b\n.txt", "ab.txt"),
            ("50%: what?.txt", "50%_ what_.txt"),
            ("folder/", "folder"),
            ("NUL.txt", "_NUL.txt"),
            ("console.txt", "console.txt"),
        ];
        for (written, safe) in cases {
            assert_eq!(cleaned(written), safe, "{written:?}");
        }
        let long = cleaned(&format!("{}.pdf", "ä".repeat(300)));
        assert!(long.len() <= 255 && long.ends_with("ä.pdf"));
        assert_eq!(cleaned(&format!("a{}b", " ".repeat(300))), "a");
    }
}
