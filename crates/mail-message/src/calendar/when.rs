//! A point in time as a calendar writes it, and the instant that it is, when that is certain.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Serialize;

use super::lines::Line;

/// The zones that are part of the program: nothing is read from the machine.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// When something begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    /// The date and time, or the duration, as written: `20240715T100000`.
    pub written: String,
    /// The zone as written; `UTC` for a time that ends in `Z`. `None` for a time without a zone.
    pub zone: Option<String>,
    /// The instant in milliseconds UTC; `None` when the zone is unknown or missing, or for a whole day.
    pub utc: Option<i64>,
    /// A date without a time.
    pub whole_day: bool,
}

impl When {
    /// Reads `DTSTART;TZID=Europe/Berlin:20240715T100000`.
    pub(super) fn of(line: &Line) -> Option<Self> {
        let written = line.value.trim();
        if written.is_empty() || written.len() > 100 {
            return None;
        }
        let zone = line.parameter("TZID").map(|zone| zone.trim().to_owned()).filter(|zone| !zone.is_empty());
        let time = written.trim_end_matches(['Z', 'z']);
        let is_utc = time.len() < written.len();
        let whole_day = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
        let zone = if is_utc { Some("UTC".to_owned()) } else { zone };
        let utc = zone.as_deref().filter(|_| !whole_day).and_then(|zone| instant(time, zone));
        Some(Self { written: written.to_owned(), zone, utc, whole_day })
    }

    /// The end of what begins here and takes `duration`.
    pub(super) fn after(&self, duration: &str) -> Option<Self> {
        let utc = self.utc.and_then(|start| start.checked_add(seconds(duration)?.checked_mul(1000)?));
        (!duration.is_empty() && duration.len() <= 100).then(|| Self {
            written: duration.to_owned(),
            zone: self.zone.clone(),
            utc,
            whole_day: self.whole_day,
        })
    }
}

fn instant(time: &str, zone: &str) -> Option<i64> {
    let zone = named(zone)?;
    // RFC 5545 says which of two, and which of none, when the clocks are changed: the one that jiff calls compatible.
    Some(zone.to_ambiguous_timestamp(civil(time)?).compatible().ok()?.as_millisecond())
}

/// `20240715T100000`
fn civil(time: &str) -> Option<DateTime> {
    let (date, clock) = time.split_once(['T', 't'])?;
    let is_number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(date, 8) || !(is_number(clock, 6) || is_number(clock, 4)) {
        return None;
    }
    let number = |text: &str| text.parse::<i8>().ok();
    let second = clock.get(4..).filter(|second| !second.is_empty()).map_or(Some(0), number)?.min(59);
    let (year, month, day) = (date[..4].parse().ok()?, number(&date[4..6])?, number(&date[6..])?);
    DateTime::new(year, month, day, number(&clock[..2])?, number(&clock[2..4])?, second, 0).ok()
}

/// A zone by its IANA name, with or without a vendor's path before it, or by its Windows name.
fn named(zone: &str) -> Option<TimeZone> {
    let zone = zone.trim_matches('"');
    if let Some((_, iana)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(zone)) {
        return ZONES.get(iana).ok();
    }
    if zone.len() > 100 {
        return None;
    }
    if let Some(path) = zone.strip_prefix('/') {
        // "/mozilla.org/20050126_1/Europe/Berlin", "/example.org/America/Argentina/Salta"
        let pieces: Vec<&str> = path.split('/').collect();
        return [3, 2].iter().find_map(|count| ZONES.get(&pieces[pieces.len().checked_sub(*count)?..].join("/")).ok());
    }
    ZONES.get(zone).ok()
}

/// `PT1H30M`, `P1D`, `P2W`
fn seconds(duration: &str) -> Option<i64> {
    let mut rest = duration.trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let mut total = 0i64;
    while !rest.is_empty() {
        rest = rest.trim_start_matches(['T', 't']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = match rest.as_bytes().get(digits)?.to_ascii_uppercase() {
            b'W' => 604_800,
            b'D' => 86_400,
            b'H' => 3600,
            b'M' => 60,
            b'S' => 1,
            _ => return None,
        };
        total = total.checked_add(rest[..digits].parse::<i64>().ok()?.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
    }
    Some(total)
}

/// The names that Windows gives to zones, with a place that keeps the same time.
#[rustfmt::skip]
const WINDOWS: &[(&str, &str)] = &[
    ("UTC", "Etc/UTC"), ("tzone://Microsoft/Utc", "Etc/UTC"), ("GMT", "Etc/UTC"), ("Z", "Etc/UTC"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Romance Standard Time", "Europe/Paris"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Belarus Standard Time", "Europe/Minsk"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Iran Standard Time", "Asia/Tehran"),
    ("Pakistan Standard Time", "Asia/Karachi"),
    ("India Standard Time", "Asia/Calcutta"),
    ("Sri Lanka Standard Time", "Asia/Colombo"),
    ("Bangladesh Standard Time", "Asia/Dhaka"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Taipei Standard Time", "Asia/Taipei"),
    ("W. Australia Standard Time", "Australia/Perth"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Cen. Australia Standard Time", "Australia/Adelaide"),
    ("AUS Central Standard Time", "Australia/Darwin"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("Tasmania Standard Time", "Australia/Hobart"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("Mountain Standard Time", "America/Denver"),
    ("Central Standard Time", "America/Chicago"),
    ("Canada Central Standard Time", "America/Regina"),
    ("Central America Standard Time", "America/Guatemala"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("Eastern Standard Time", "America/New_York"),
    ("US Eastern Standard Time", "America/Indiana/Indianapolis"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("SA Western Standard Time", "America/La_Paz"),
    ("Venezuela Standard Time", "America/Caracas"),
    ("Pacific SA Standard Time", "America/Santiago"),
    ("Newfoundland Standard Time", "America/St_Johns"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
    ("SA Eastern Standard Time", "America/Cayenne"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_given_only_when_certain() {
        let noon = Some(1_721_037_600_000);
        assert_eq!(instant("20240715T120000", "Europe/Berlin"), noon);
        assert_eq!(instant("20240715T120000", "/mozilla.org/20050126_1/Europe/Berlin"), noon);
        assert_eq!(instant("20240715T060000", "Eastern Standard Time"), noon);
        assert_eq!(instant("20240715T100000", "UTC"), noon);
        assert_eq!(instant("20240715T120000", "Customized Time Zone"), None);
        assert_eq!(instant("20240230T120000", "Europe/Berlin"), None);
        assert_eq!(instant("2024-07-15T12", "Europe/Berlin"), None);
        assert!(WINDOWS.iter().all(|(_, iana)| ZONES.get(iana).is_ok()));
        assert_eq!(
            (seconds("P1DT1H"), seconds("PT15M"), seconds("P1W"), seconds("soon")),
            (Some(90_000), Some(900), Some(604_800), None)
        );
        assert_eq!(seconds("PT99999999999999999999S"), None);
    }
}
