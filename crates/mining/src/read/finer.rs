//! What a written time says beyond its millisecond: times are kept in milliseconds, but sorted by all that was read.

use super::DateStyle;

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

/// The same of a time that is written in a style: numbers of small units say more than milliseconds too.
#[inline]
pub(super) fn finer_in(style: DateStyle, text: &str) -> u32 {
    match style {
        DateStyle::EpochMicros => rest(text, 1000) * 1000,
        DateStyle::EpochNanos => rest(text, 1_000_000),
        _ => finer(text),
    }
}

/// What is left of a number of units beyond whole milliseconds, of so many each.
fn rest(text: &str, units: i64) -> u32 {
    text.trim().parse::<i64>().ok().and_then(|number| u32::try_from(number.rem_euclid(units)).ok()).unwrap_or(0)
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
    use super::*;

    #[test]
    fn small_units_have_a_rest() {
        for (style, text, expected) in [
            (DateStyle::EpochMicros, "951782400250999", 999_000),
            (DateStyle::EpochMicros, "-1", 999_000),
            (DateStyle::EpochNanos, " 951782400250999999 ", 999_999),
            (DateStyle::EpochMillis, "951782400250", 0),
            (DateStyle::EpochNanos, "soon", 0),
            (DateStyle::YearFirst, "2026-03-02T12:00:00.123900Z", 900_000),
        ] {
            assert_eq!(finer_in(style, text), expected, "{text}");
        }
    }

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
