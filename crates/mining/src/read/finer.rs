//! What a written time says beyond its millisecond: times are kept in milliseconds, but sorted by all that was read.

/// Nanoseconds beyond the millisecond of a time with a fraction of its seconds: 900,000 of `2026-03-02T12:00:00.1239Z`.
#[inline]
pub(super) fn finer(text: &str) -> u32 {
    let bytes = text.as_bytes();
    // The usual shape with no more than three decimals.
    if bytes.len() < 24 || (matches!(bytes[19], b'.' | b',') && bytes[16] == b':' && !bytes[23].is_ascii_digit()) {
        return 0;
    }
    beyond(bytes)
}

fn beyond(bytes: &[u8]) -> u32 {
    // Decimals follow two digits of seconds, and these a colon.
    let begins = |four: &[u8]| {
        four[0] == b':' && four[1].is_ascii_digit() && four[2].is_ascii_digit() && matches!(four[3], b'.' | b',')
    };
    let Some(at) = bytes.windows(4).position(begins) else { return 0 };
    let decimals = bytes[at + 4..].iter().take_while(|byte| byte.is_ascii_digit()).skip(3);
    let places = [100_000, 10_000, 1000, 100, 10, 1];
    decimals.zip(places).map(|(digit, place)| u32::from(digit - b'0') * place).sum()
}

#[cfg(test)]
mod tests {
    use super::finer;

    #[test]
    fn what_is_beyond_the_millisecond() {
        for (text, expected) in [
            ("2026-03-02T12:00:00.123900Z", 900_000),
            ("2026-03-02 12:00:00,1234567891+02:00", 456_789),
            ("02.03.2026 12:00:00.123001", 1000),
            ("Mon Mar 2 2026 12:00:00.000000001", 1),
            ("2026-03-02T12:00:00.123+02:00", 0),
            ("2026-03-02T12:00:00.123Z", 0),
            ("2026-03-02T12:00:00+02:00", 0),
            ("2026-03-02", 0),
            ("", 0),
            ("1767225600123456789012345", 0),
        ] {
            assert_eq!(finer(text), expected, "{text}");
        }
    }
}
