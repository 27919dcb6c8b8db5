//! Base64 and quoted-printable, forgiving: what is damaged is skipped, what can be decoded is.

use crate::uuencode;

/// Undoes the transfer encoding that a part names, whatever the spelling. An unknown one, or none, changes nothing. The
/// flag says whether something was wrong.
pub(crate) fn decode(label: &str, bytes: &[u8]) -> (Vec<u8>, bool) {
    let label: String =
        label.chars().filter(char::is_ascii_alphanumeric).take(20).collect::<String>().to_ascii_lowercase();
    match label.as_str() {
        "base64" if is_prose(bytes) => (bytes.to_vec(), true),
        "base64" => base64(bytes),
        "quotedprintable" => quoted_printable(bytes, false),
        "xuuencode" | "uuencode" | "xuue" | "uue" => uuencode::decoded(bytes),
        _ => (bytes.to_vec(), false),
    }
}

/// Text that only claims to be base64: blanks within its lines and marks outside the alphabet, often.
fn is_prose(bytes: &[u8]) -> bool {
    let (mut strange, mut blanks) = (0, 0);
    let mut blank = false;
    for &byte in bytes.trim_ascii() {
        match byte {
            b' ' | b'\t' => blank = true,
            b'\r' | b'\n' => blank = false,
            _ => {
                let in_alphabet = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
                strange += usize::from(!in_alphabet);
                blanks += usize::from(blank);
                blank = false;
            }
        }
    }
    // A word has some six letters; damage is rarer than that.
    blanks > 0 && (strange + blanks) * 12 > bytes.len()
}

/// Decodes `%41`; a lone `%` stays.
pub(crate) fn percent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (byte, bytes.get(at).copied().and_then(hex), bytes.get(at + 1).copied().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 2;
            }
            _ => out.push(byte),
        }
    }
    out
}

/// Decodes base64, passing over anything outside its alphabet. The flag says whether something was wrong.
pub(crate) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut group, mut bits, mut damaged, mut ended) = (0u32, 0u32, false, false);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                // Padding ends a piece; another piece may follow (bodies glued together by broken relays).
                (group, bits, ended) = (0, 0, true);
                continue;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => {
                damaged = true;
                continue;
            }
        };
        damaged |= ended && bits == 0 && out.is_empty();
        group = (group << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((group >> bits) as u8);
            group &= (1 << bits) - 1;
        }
    }
    (out, damaged)
}

/// Decodes quoted-printable. A bare `=` that starts no code stays as it is and is reported by the flag.
pub(crate) fn quoted_printable(bytes: &[u8], header: bool) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut damaged) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'_' if header => out.push(b' '),
            b'=' => match (bytes.get(at).copied(), bytes.get(at + 1).copied()) {
                (Some(high), Some(low)) if hex(high).is_some() && hex(low).is_some() => {
                    out.push(hex(high).unwrap_or(0) << 4 | hex(low).unwrap_or(0));
                    at += 2;
                }
                _ => {
                    // A soft line break, perhaps with blanks that a relay added before the end of the line.
                    let blanks = bytes[at..].iter().take(80).take_while(|b| matches!(b, b' ' | b'\t')).count();
                    match (bytes.get(at + blanks), bytes.get(at + blanks + 1)) {
                        (Some(b'\r'), Some(b'\n')) => at += blanks + 2,
                        (Some(b'\n'), _) => at += blanks + 1,
                        (None, _) => at += blanks,
                        _ => {
                            damaged = true;
                            out.push(b'=');
                        }
                    }
                }
            },
            _ => out.push(byte),
        }
    }
    (out, damaged)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_encodings_give_what_can_be_read() {
        assert_eq!(base64(b"SGFs\r\nbG8="), (b"Hallo".to_vec(), false));
        assert_eq!(base64(b"SGFs!bG8"), (b"Hallo".to_vec(), true));
        assert_eq!(decode("Base64 ", b"SGFsbG8="), (b"Hallo".to_vec(), false));
        assert_eq!(decode("base64", b"Hello, all. This is text."), (b"Hello, all. This is text.".to_vec(), true));
        assert_eq!(decode("8-bit", b"=3D"), (b"=3D".to_vec(), false));
        assert_eq!(percent(b"%C3%bc%%4"), b"\xc3\xbc%%4");
        assert_eq!(quoted_printable(b"a=\r\nb=3D=zz", false), (b"ab==zz".to_vec(), true));
    }
}
