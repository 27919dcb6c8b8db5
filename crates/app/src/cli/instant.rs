//! Times as tables have them.

use base::clock::Moment;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A local time without an offset, in the orders that cannot be mistaken for one another.
const LOCAL: [&str; 7] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S%.f",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S%.f",
    "%d.%m.%Y %H:%M",
    "%Y%m%d%H%M%S",
];

/// A time with its offset or its zone, seconds or milliseconds since 1970, or one that a clock of `zone` shows (the
/// earlier one when it shows it twice).
pub(super) fn read(text: &str, zone: &TimeZone) -> Result<Moment, String> {
    let text = text.trim();
    understood(text, zone).ok_or_else(|| {
        if text.is_empty() {
            return "the time is missing; rows that are still open need --now".to_owned();
        }
        format!(
            "{text:?} is no time that can be read here; write 2026-03-02T09:00:00+01:00, or 2026-03-02 09:00:00 or \
             02.03.2026 09:00 in the calendar's zone"
        )
    })
}

fn understood(text: &str, zone: &TimeZone) -> Option<Moment> {
    if text.contains('[') {
        return Some(Moment(text.parse::<jiff::Zoned>().ok()?.timestamp().as_millisecond()));
    }
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Moment(at.as_millisecond()));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() != 14 {
        return since_1970(text);
    }
    // "2026-03-02 09:00:00 UTC", "2026-03-02 09:00 +01:00".
    let (clock, zone) = match text.rsplit_once(' ') {
        Some((clock, "UTC" | "GMT" | "Z")) => (clock, TimeZone::UTC),
        Some((clock, offset)) if offset.starts_with(['+', '-']) => {
            let offset = jiff::fmt::strtime::parse("%z", offset.replace(':', "")).ok()?.offset()?;
            (clock, TimeZone::fixed(offset))
        }
        _ => (text, zone.clone()),
    };
    let local = || LOCAL.iter().find_map(|order| DateTime::strptime(order, clock).ok());
    let local = clock.parse::<DateTime>().ok().or_else(local)?;
    let at = zone.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(Moment(at.as_millisecond()))
}

/// Ten digits are seconds, thirteen are milliseconds: from 2001 to 2286.
fn since_1970(digits: &str) -> Option<Moment> {
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        10 => Some(Moment(number * 1_000)),
        13 => Some(Moment(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_has_many_spellings() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let at = |text: &str| read(text, &lisbon).map(|at| at.0);
        for text in [
            "2026-07-02T09:00:00+01:00",
            "2026-07-02T09:00:00[Europe/Lisbon]",
            "2026-07-02T04:00:00[America/New_York]",
            "2026-07-02 09:00:00",
            "2026-07-02 09:00",
            "2026-07-02T09:00",
            "2026-07-02 08:00:00 UTC",
            "2026-07-02 10:00:00 +02:00",
            "2026-07-02 10:00 +0200",
            "2026/07/02 09:00",
            "02.07.2026 09:00",
            "20260702090000",
            "1782979200",
            "1782979200000",
        ] {
            assert_eq!(at(text), Ok(1_782_979_200_000), "{text}");
        }
        for text in
            ["yesterday", "07/02/2026 09:00", "2026-07-02 9 am", "45000", "2026-07-02T09:00:00[Europe/Lissabon]"]
        {
            assert!(at(text).is_err_and(|why| why.contains(text)), "{text}");
        }
        assert!(at(" ").is_err_and(|why| why.contains("--now")));
    }
}
