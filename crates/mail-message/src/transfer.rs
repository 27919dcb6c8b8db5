//! Base64 and quoted-printable, forgiving: what is damaged is skipped, what can be decoded is.

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
        assert_eq!(quoted_printable(b"a=\r\nb=3D=zz", false), (b"ab==zz".to_vec(), true));
    }
}
