//! Instants and durations, as machines keep them (UTC milliseconds) and as people write them.

/// An instant as ISO 8601 in UTC, `2026-11-22T08:06:20.000Z`; milliseconds only when there are any.
pub fn iso(millis: i64) -> String {
    let (days, rest) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
    let (year, month, day) = civil(days);
    let (seconds, fraction) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// A duration in the words one would say: `40 s`, `12 min`, `3.5 h`, `2.3 d`, `14 d`, `5 months`, `2.1 years`.
pub fn human(seconds: f64) -> String {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3600.0;
    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 365.25 * DAY;
    let size = seconds.abs();
    if size < 1.0 {
        return "at once".into();
    }
    let (value, unit) = match size {
        s if s < 59.5 => (seconds, "s"),
        s if s < 59.5 * MINUTE => (seconds / MINUTE, "min"),
        s if s < 23.95 * HOUR => (seconds / HOUR, "h"),
        s if s < 60.0 * DAY => (seconds / DAY, "d"),
        s if s < YEAR => (seconds / YEAR * 12.0, "months"),
        _ => (seconds / YEAR, "years"),
    };
    // Seconds and minutes never need a decimal; hours and days do while they are few.
    if matches!(unit, "s" | "min") || value.abs() >= 9.95 {
        format!("{value:.0} {unit}")
    } else {
        let text = format!("{value:.1}");
        format!("{} {unit}", text.strip_suffix(".0").unwrap_or(&text))
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
/// Source: H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
#[inline]
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date of a day since 1970-01-01; the inverse of [`days`], same source.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// How many days this month has.
#[inline]
pub(crate) fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree_for_four_centuries() {
        for day in -60_000..90_000 {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
            assert!((1..=month_length(year, month)).contains(&date));
        }
    }

    #[test]
    fn instants_are_written_in_iso() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400_123), "2000-02-29T00:00:00.123Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn durations_are_said_as_people_say_them() {
        for (seconds, words) in [
            (0.0, "at once"),
            (40.0, "40 s"),
            (90.0, "2 min"),
            (3600.0, "1 h"),
            (12_600.0, "3.5 h"),
            (86_400.0, "1 d"),
            (2.3 * 86_400.0, "2.3 d"),
            (31.0 * 86_400.0, "31 d"),
            (150.0 * 86_400.0, "4.9 months"),
            (800.0 * 86_400.0, "2.2 years"),
        ] {
            assert_eq!(human(seconds), words);
        }
    }
}
