//! When a message was written, in milliseconds UTC, and whether that can be true.

use mail_parser::DateTime;

use super::Headers;
use crate::Warning;

const DAY: i64 = 86_400_000;
/// 1980-01-01 and 2100-01-01: no mail is older, none that we will read is younger.
const EARLIEST: i64 = 315_532_800_000;
const LATEST: i64 = 4_102_444_800_000;

/// A date with what was wrong about it.
pub(crate) struct Dated {
    pub(crate) date: Option<i64>,
    pub(crate) warning: Option<Warning>,
}

/// The date of the message. The newest Received header, written by a server near us, is the witness against a Date
/// that is missing, unreadable or more than two days in its future.
pub(crate) fn date(headers: &Headers) -> Dated {
    let received = headers.get("received").and_then(|value| value.rsplit_once(';')).and_then(|(_, at)| millis(at));
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

fn millis(text: &str) -> Option<i64> {
    let bounded: String = text.chars().filter(char::is_ascii).take(80).collect();
    let date = DateTime::parse_rfc822(&bounded)?;
    let date = DateTime { second: date.second.min(59), ..date };
    date.is_valid().then(|| date.to_timestamp() * 1000)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
mod tests {
    use super::*;

    fn of(text: &str) -> Dated {
        date(&super::super::read(text.as_bytes(), &mut Vec::new()).unwrap().0)
    }

    #[test]
    fn dates_are_believed_only_when_they_can_be_true() {
        // PEERS 36, 37
        let monday = 1_709_543_460_000;
        assert_eq!(of("Date: Mon, 4 Mar 2024 10:11:00 +0100\n\n").date, Some(monday));
        let future = of("Received: by x; Mon, 4 Mar 2024 10:11:00 +0100\nDate: Mon, 4 Mar 2050 10:11:00 +0100\n\n");
        assert_eq!(future.date, Some(monday));
        assert!(matches!(future.warning, Some(Warning::AbsurdDate(_))));
        assert!(matches!(of("Date: tomorrow\n\n"), Dated { date: None, warning: Some(Warning::UnreadableDate(_)) }));
        assert!(matches!(of("Subject: x\n\n"), Dated { date: None, warning: Some(Warning::NoDate) }));
    }
}
