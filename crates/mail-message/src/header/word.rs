//! Encoded words in headers (RFC 2047), as senders really write them: split inside a character, with blanks,
//! glued together, encoded twice.

use crate::{charset, transfer};

/// Decodes every encoded word of a header value; control characters become blanks, so no line can be injected.
pub(crate) fn decode(value: &str) -> String {
    let once = decode_once(value);
    // A relay that encodes what was encoded already leaves one more layer; never more than one is taken off.
    let text = if once != value && once.contains("=?") { decode_once(&once) } else { once };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// One encoded word, found at the start of a string.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    length: usize,
}

fn decode_once(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    // Neighbours in the same charset are put together as bytes first: a character may be split between them.
    let mut pending: Option<(String, Vec<u8>)> = None;
    while let Some(at) = rest.find("=?") {
        let Some(word) = word(&rest[at..]) else {
            flush(&mut pending, &mut out);
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            if !rest.contains("?=") {
                break;
            }
            continue;
        };
        let between = &rest[..at];
        rest = &rest[at + word.length..];
        let glued = pending.is_some() && between.trim().is_empty();
        if !glued {
            flush(&mut pending, &mut out);
            out.push_str(between);
        }
        match &mut pending {
            Some((charset, bytes)) if charset.eq_ignore_ascii_case(word.charset) => bytes.extend(word.bytes),
            _ => {
                flush(&mut pending, &mut out);
                pending = Some((word.charset.to_owned(), word.bytes));
            }
        }
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    out
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, out: &mut String) {
    if let Some((label, bytes)) = pending.take() {
        out.push_str(&charset::decode(&bytes, Some(&label), &mut Vec::new()));
    }
}

/// Reads `=?charset?B|Q?payload?=` at the start of `text`.
fn word(text: &str) -> Option<Word<'_>> {
    let after = text.get(2..)?;
    let mark = after.bytes().take(64).position(|b| b == b'?')?;
    let charset = after[..mark].split('*').next().unwrap_or("");
    let coded = &after[mark + 1..];
    let how = coded.bytes().next()?;
    if coded.as_bytes().get(1) != Some(&b'?') || charset.contains(' ') {
        return None;
    }
    let payload = coded.get(2..)?;
    // An encoded word is short (75 characters by the standard); a bound keeps broken input linear.
    let end = memchr::memmem::find(&payload.as_bytes()[..payload.len().min(4000)], b"?=")?;
    let bytes = match how {
        b'B' | b'b' => transfer::base64(&payload.as_bytes()[..end]).0,
        b'Q' | b'q' => transfer::quoted_printable(&payload.as_bytes()[..end], true).0,
        _ => return None,
    };
    Some(Word { charset, bytes, length: 2 + mark + 1 + 2 + end + 2 })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encoded_words_as_senders_write_them() {
        let cases = [
            // PEERS 44: split inside a character, adjacent, underscores, wrong label, `=` before, double, broken.
            ("=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
            ("=?iso-8859-1?Q?Gr=FC=DFe_an?= alle", "Grüße an alle"),
            ("a =?utf-8?q?b?= c", "a b c"),
            ("=?gb2312?B?6UY=?=", "\u{9555}"),
            ("x==?utf-8?Q?y?=", "x=y"),
            ("=?utf-8?Q?=3D=3Futf-8=3FQ=3FJa=3F=3D?=", "Ja"),
            ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
            ("=?utf-8*de?Q?Ja?=", "Ja"),
            ("=?utf-8?Q?a=0D=0ABcc:_x?=", "a  Bcc: x"),
        ];
        for (written, read) in cases {
            assert_eq!(decode(written), read, "{written}");
        }
    }
}
