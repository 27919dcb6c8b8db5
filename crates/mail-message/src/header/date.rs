//! When a message was written, in milliseconds UTC, and whether that can be true.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::Headers;
use crate::Warning;

const DAY: i64 = 86_400_000;
/// 1980-01-01 and 2100-01-01: no mail is older, none that we will read is younger.
const EARLIEST: i64 = 315_532_800_000;
const LATEST: i64 = 4_102_444_800_000;

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Zones that people and programs write as letters, in minutes.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("UT", 0), ("UTC", 0), ("GMT", 0), ("Z", 0), ("WET", 0), ("BST", 60), ("WEST", 60), ("CET", 60), ("MET", 60),
    ("MEZ", 60), ("CEST", 120), ("MEST", 120), ("MESZ", 120), ("EET", 120), ("EEST", 180), ("MSK", 180), ("JST", 540),
    ("KST", 540), ("EST", -300), ("EDT", -240), ("CST", -360), ("CDT", -300), ("MST", -420), ("MDT", -360),
    ("PST", -480), ("PDT", -420), ("AKST", -540), ("AKDT", -480), ("HST", -600),
];

/// A date with what was wrong about it.
pub(crate) struct Dated {
    pub(crate) date: Option<i64>,
    pub(crate) warning: Option<Warning>,
}

/// The date of the message. The newest Received header, written by a server near us, is the witness against a Date
/// that is missing, unreadable or more than two days in its future.
pub(crate) fn date(headers: &Headers) -> Dated {
    let received = received(headers);
    let Some(written) = headers.get("date").filter(|value| !value.is_empty()) else {
        return Dated { date: received, warning: Some(Warning::NoDate) };
    };
    let short = || written.chars().take(80).collect::<String>();
    let Some(date) = millis(written) else {
        return Dated { date: received, warning: Some(Warning::UnreadableDate(short())) };
    };
    let latest = received.map_or(LATEST, |at| at + 2 * DAY);
    if (EARLIEST..=latest).contains(&date) {
        return Dated { date: Some(date), warning: None };
    }
    let date = received.unwrap_or_else(|| date.clamp(EARLIEST, LATEST));
    Dated { date: Some(date), warning: Some(Warning::AbsurdDate(short())) }
}

/// When a server near us got the message: the newest trace that says a time which can be true.
fn received(headers: &Headers) -> Option<i64> {
    let traces = headers.all("received").chain(headers.all("x-received")).take(50);
    let ends = traces.filter_map(|value| value.rsplit_once(';')).map(|(_, at)| at);
    let others = ["delivery-date", "resent-date"].into_iter().filter_map(|name| headers.get(name));
    ends.chain(others).filter_map(millis).find(|at| (EARLIEST..=LATEST).contains(at))
}

/// Reads `Mon, 4 Mar 2024 10:11:00 +0100`, and what programs write instead: other orders, `2024-03-04T10:11`, names of
/// zones, two digits for a year. Without a zone it is UTC. A date in numbers only, in no clear order, is not read.
fn millis(text: &str) -> Option<i64> {
    let text: String = text.chars().take(120).collect();
    let text = joined(&without_comments(&text));
    let (mut year, mut month, mut day, mut time, mut offset) = (None, None, None, None, None);
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        if time.is_none() && word.contains(':') {
            // "10:11:00", "10:11:00+0100", "2024-03-04T10:11:00.5Z"
            let (date, clock) = word.split_once(['T', 't']).unwrap_or(("", word));
            if !date.is_empty() {
                (year, month, day) = in_order(date)?;
            }
            let end = clock.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(clock.len());
            time = Some(clock_time(&clock[..end])?);
            if end < clock.len() {
                offset = zone(&clock[end..]);
            }
        } else if let Some(number) = month_of(word) {
            month = Some(number);
        } else if word.contains(['-', '/']) && word.starts_with(|c: char| c.is_ascii_digit()) {
            (year, month, day) = in_order(word)?;
        } else if let Ok(number) = word.trim_end_matches('.').parse::<u16>() {
            if day.is_none() && (1..=31).contains(&number) && word.len() <= 3 {
                day = Some(number as i8);
            } else if year.is_none() && word.len() != 3 && !word.starts_with('+') {
                year = Some(full_year(number));
            } else if offset.is_none() {
                offset = zone(word);
            }
        } else if time.is_some() {
            match (word.to_ascii_lowercase().as_str(), &mut time) {
                ("pm", Some((hour, _, _))) if *hour < 12 => *hour += 12,
                ("am", Some((hour, _, _))) if *hour == 12 => *hour = 0,
                _ => offset = offset.or_else(|| zone(word)),
            }
        }
    }
    let (hour, minute, second) = time.unwrap_or((0, 0, 0));
    let local = DateTime::new(year?, month?, day?, hour, minute, second, 0).ok()?;
    let offset = Offset::from_seconds(offset.unwrap_or(0) * 60).ok()?;
    Some(offset.to_timestamp(local).ok()?.as_millisecond())
}

fn without_comments(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Takes away blanks around every `:`, which were allowed once.
fn joined(text: &str) -> String {
    let pieces: Vec<&str> = text.split(':').map(str::trim).collect();
    pieces.join(":")
}

fn month_of(word: &str) -> Option<i8> {
    let start = word.get(..3)?;
    let letters = word.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = MONTHS.iter().position(|month| start.eq_ignore_ascii_case(month)).filter(|_| letters)?;
    Some(number as i8 + 1)
}

/// `2024-03-04`, `2024/03/04`, `4-Mar-2024`; the order of `04/03/2024` cannot be known.
fn in_order(date: &str) -> Option<(Option<i16>, Option<i8>, Option<i8>)> {
    let mut pieces = date.split(['-', '/']);
    let (first, second, third) = (pieces.next()?, pieces.next()?, pieces.next()?);
    if pieces.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        let month = second.parse().ok().or_else(|| month_of(second))?;
        return Some((first.parse().ok(), Some(month), third.parse().ok()));
    }
    Some((third.parse().ok().map(full_year), Some(month_of(second)?), first.parse().ok()))
}

fn clock_time(clock: &str) -> Option<(i8, i8, i8)> {
    let mut pieces = clock.split(':');
    let hour = pieces.next()?.parse().ok()?;
    let minute = pieces.next()?.parse().ok()?;
    let second = pieces.next().map_or(Some(0), |second| second.split('.').next().unwrap_or(second).parse().ok())?;
    // A second that was put in to keep clocks with the earth, or one that is wrong.
    Some((hour, minute, if second > 59 { 59 } else { second }))
}

/// RFC 5322, section 4.3.
fn full_year(number: u16) -> i16 {
    match number {
        0..=49 => number as i16 + 2000,
        50..=999 => number as i16 + 1900,
        _ => i16::try_from(number).unwrap_or(i16::MAX),
    }
}

/// `+0100`, `+01:00`, `GMT+2`, `CET`, in minutes. What it cannot be is no zone.
fn zone(word: &str) -> Option<i32> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = word.split_at(letters);
    let base = match ZONES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)) {
        Some((_, minutes)) => *minutes,
        None if name.is_empty() => 0,
        None => return None,
    };
    if rest.is_empty() {
        return Some(base);
    }
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    let digits: String = rest.chars().filter(char::is_ascii_digit).take(5).collect();
    let number: i32 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
    (minutes <= 14 * 60 && digits.len() <= 4).then_some(base + sign * minutes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
mod tests {
    use super::*;

    fn of(text: &str) -> Dated {
        date(&super::super::read(text.as_bytes(), &mut Vec::new()).unwrap().0)
    }

    const MONDAY: i64 = 1_709_543_460_000;

    #[test]
    fn dates_are_believed_only_when_they_can_be_true() {
        // PEERS 36, 37
        assert_eq!(of("Date: Mon, 4 Mar 2024 10:11:00 +0100\n\n").date, Some(MONDAY));
        let future = of("Received: by x; Mon, 4 Mar 2024 10:11:00 +0100\nDate: Mon, 4 Mar 2050 10:11:00 +0100\n\n");
        assert_eq!(future.date, Some(MONDAY));
        assert!(matches!(future.warning, Some(Warning::AbsurdDate(_))));
        assert!(matches!(of("Date: tomorrow\n\n"), Dated { date: None, warning: Some(Warning::UnreadableDate(_)) }));
        assert!(matches!(of("Subject: x\n\n"), Dated { date: None, warning: Some(Warning::NoDate) }));
        let second = of("Received: by x; soon\nReceived: by y; Mon, 4 Mar 2024 10:11:00 +0100\nSubject: x\n\n");
        assert_eq!(second.date, Some(MONDAY));
    }

    #[test]
    fn dates_as_programs_write_them() {
        let same = [
            "4 Mar 2024 10:11 +0100",
            "Mon,4 Mar 2024 10:11:00 +0100 (CET)",
            "Mon, 04 Mar 24 10:11:00 CET",
            "Mon Mar  4 09:11:00 2024",
            "Mon, 4 March 2024 09:11:00 GMT",
            "Monday, 04-Mar-2024 09:11:00 UTC",
            "2024-03-04T10:11:00+01:00",
            "2024-03-04T09:11:00.000Z",
            "2024-03-04 09:11:00",
            "Mon, 4 Mar 2024 10:11:00 GMT+1",
            "Mon, 4 Mar 2024 9:11 AM GMT",
            "Mon, 4 Mar 2024 04:11:00 -0500 (Eastern Standard Time)",
            "Mon, 4 Mar 2024 09:11:00 -0000",
            "Mon, 4 Mar 2024 09:11:00 +9999",
            "Mon (really), 4 Mar 2024 10:11:00+0100",
            "Mon, 4 Mar 2024 09(hours):   11  :  00 -0000",
        ];
        for text in same {
            assert_eq!(millis(text), Some(MONDAY), "{text}");
        }
        for text in ["", "Mon", "30 Feb 2024 10:11", "4 Mar 2024 25:11", "04/03/2024 10:11", "4 Mar", "::", "2024-03"] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
