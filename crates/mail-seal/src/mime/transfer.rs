//! Transfer encodings undone, as far as they can be.

use std::borrow::Cow;

/// `body` without its transfer encoding.
pub(crate) fn decode<'a>(encoding: &str, body: &'a [u8]) -> Cow<'a, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => Cow::Owned(base64(body)),
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        _ => Cow::Borrowed(body),
    }
}

/// Base64, passing over what does not belong in it.
pub(crate) fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// As base64, in lines.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() / 3 * 4 + bytes.len() / 28 + 8);
    for (count, three) in bytes.chunks(3).enumerate() {
        if count > 0 && count % 19 == 0 {
            out.push_str("\r\n");
        }
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            out.push(if digit > three.len() { '=' } else { char::from(DIGITS[value as usize]) });
        }
    }
    out
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let hex = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    for line in super::lines(body) {
        let text = super::trimmed(line);
        let (text, is_soft) = text.strip_suffix(b"=").map_or((text, false), |text| (text, true));
        let mut rest = text;
        while let [byte, after @ ..] = rest {
            match (byte, after) {
                (b'=', [high, low, further @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                    out.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                    rest = further;
                }
                _ => {
                    out.push(*byte);
                    rest = after;
                }
            }
        }
        if !is_soft && line.ends_with(b"\n") {
            out.extend_from_slice(if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_goes_there_and_back() {
        for length in 0..200_u8 {
            let bytes: Vec<u8> = (0..length).collect();
            assert_eq!(base64(to_base64(&bytes).as_bytes()), bytes);
        }
    }

    #[test]
    fn quoted_printable_is_undone() {
        assert_eq!(quoted_printable(b"a=3D b=\r\nc  \r\n=zz=4"), b"a= bc\r\n=zz=4");
    }
}
