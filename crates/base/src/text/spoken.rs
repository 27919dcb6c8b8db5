//! Times, durations and numbers as a person says them. Instants are UTC milliseconds since 1970.

use super::{Lang, Texts, Words};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt::Write;

pub(super) const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Between a number and its unit, so that a line never ends between the two.
const NO_BREAK: char = '\u{a0}';

impl Words {
    /// An instant beside now, as short as it stays clear: "today 14:10", "yesterday 09:05", "Tuesday" within six
    /// days, "3 May" within this year, else "3 May 2025". Days are the calendar days of `zone`.
    pub fn when(&self, at: i64, now: i64, zone: &TimeZone) -> String {
        let (at, now) = (zoned(at, zone), zoned(now, zone));
        let days = days_between(now.date(), at.date());
        let key = match days {
            0 => "spoken-today",
            -1 => "spoken-yesterday",
            1 => "spoken-tomorrow",
            -6..=6 => return weekday(self.lang(), at.date().weekday()).to_owned(),
            _ if at.year() == now.year() => return day_and_month(self.lang(), at.date()),
            _ => return full_date(self.lang(), at.date()),
        };
        self.t1(key, "time", clock(&at))
    }

    /// The day alone: "3 May 2026", "3. Mai 2026".
    pub fn date(&self, at: i64, zone: &TimeZone) -> String {
        full_date(self.lang(), zoned(at, zone).date())
    }

    /// The time of day alone: "14:10".
    pub fn time(&self, at: i64, zone: &TimeZone) -> String {
        clock(&zoned(at, zone))
    }

    /// Day and time in full, for a tooltip or a letter: "Sunday, 3 May 2026, 14:10".
    pub fn moment(&self, at: i64, zone: &TimeZone) -> String {
        let at = zoned(at, zone);
        let day = weekday(self.lang(), at.date().weekday());
        format!("{day}, {}, {}", full_date(self.lang(), at.date()), clock(&at))
    }

    /// A span of milliseconds in its two largest units: "40 s", "12 min", "2 h 10 min", "1 day 4 h", rounded to the
    /// smaller one. From three days on the hours are left out: "3 days". A negative span is said like its positive one.
    pub fn duration(&self, span: i64) -> String {
        self.in_units(span, 3)
    }

    /// The same for a span that was measured, so that ends of an interval stay apart: the hours are left out from two
    /// weeks on.
    pub fn span(&self, span: i64) -> String {
        self.in_units(span, 14)
    }

    /// In two units, from `days` days on in whole days.
    fn in_units(&self, span: i64, days: i64) -> String {
        let unit = |key: &str, count: i64| self.t1(key, "n", count).replace(' ', "\u{a0}");
        let pair = |large: (&str, i64), small: (&str, i64)| {
            let mut said = unit(large.0, large.1);
            if small.1 > 0 {
                said.push(' ');
                said.push_str(&unit(small.0, small.1));
            }
            said
        };
        // Rounding first, so that 59.6 minutes are an hour and not 60 minutes.
        let to = |step: i64| span.saturating_abs().saturating_add(step / 2) / step * step;
        if to(SECOND) < MINUTE {
            unit("spoken-seconds", to(SECOND) / SECOND)
        } else if to(MINUTE) < HOUR {
            unit("spoken-minutes", to(MINUTE) / MINUTE)
        } else if to(MINUTE) < DAY {
            pair(("spoken-hours", to(MINUTE) / HOUR), ("spoken-minutes", to(MINUTE) % HOUR / MINUTE))
        } else if to(HOUR) < days * DAY {
            pair(("spoken-days", to(HOUR) / DAY), ("spoken-hours", to(HOUR) % DAY / HOUR))
        } else {
            unit("spoken-days", to(DAY) / DAY)
        }
    }

    /// A share of one in whole percent: 0.87 is "87%" in English, "87 %" in German. It never rounds to a certainty
    /// that is not there: 0.998 is "over 99" written as ">99%", 0.002 as "<1%".
    pub fn share(&self, share: f64) -> String {
        let percent = share * 100.0;
        let (mark, whole) = match percent {
            p if (f64::MIN_POSITIVE..0.5).contains(&p) => ("<", 1.0),
            p if (99.5..100.0).contains(&p) => (">", 99.0),
            p => ("", p.round()),
        };
        let gap = match self.lang() {
            Lang::En => String::new(),
            Lang::De => NO_BREAK.to_string(),
        };
        format!("{mark}{}{gap}%", number(self.lang(), whole, Some(0)))
    }

    /// A number with this many decimals: `number(4.25, 1)` is "4.3", in German "4,3".
    pub fn number(&self, value: f64, decimals: usize) -> String {
        number(self.lang(), value, Some(decimals))
    }

    /// A count: "12,345", in German "12.345".
    pub fn count(&self, count: i64) -> String {
        group(self.lang(), &count.unsigned_abs().to_string(), count < 0)
    }

    /// "just now", for what is less than a minute old.
    pub fn just_now(&self) -> String {
        self.t("spoken-now")
    }
}

/// A number grouped and pointed as the language does, with `decimals` digits after the point, or as many as it has.
pub(super) fn number(lang: Lang, value: f64, decimals: Option<usize>) -> String {
    let plain = match decimals {
        Some(decimals) => format!("{:.decimals$}", value.abs()),
        None => value.abs().to_string(),
    };
    let negative = value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    group(lang, &plain, negative)
}

fn group(lang: Lang, plain: &str, negative: bool) -> String {
    let (separator, point) = match lang {
        Lang::En => (',', '.'),
        Lang::De => ('.', ','),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut said = String::with_capacity(plain.len() + 4);
    if negative {
        said.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            said.push(separator);
        }
        said.push(digit);
    }
    if !fraction.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(said, "{point}{fraction}");
    }
    said
}

fn zoned(at: i64, zone: &TimeZone) -> Zoned {
    // Outside the years -9999 to 9999 nothing can be said; such an instant only comes from a broken import.
    let at = Timestamp::from_millisecond(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
    at.to_zoned(zone.clone())
}

fn days_between(from: Date, to: Date) -> i32 {
    let day = |date: Date| date.to_zoned(TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_second() / 86_400);
    i32::try_from(day(to) - day(from)).unwrap_or(i32::MAX)
}

fn clock(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn full_date(lang: Lang, date: Date) -> String {
    format!("{} {}", day_and_month(lang, date), date.year())
}

fn day_and_month(lang: Lang, date: Date) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    match lang {
        Lang::En => format!("{}{NO_BREAK}{}", date.day(), MONTHS_EN[month]),
        Lang::De => format!("{}.{NO_BREAK}{}", date.day(), MONTHS_DE[month]),
    }
}

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
    match lang {
        Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][index],
        Lang::De => ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"][index],
    }
}

const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] =
    ["Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
