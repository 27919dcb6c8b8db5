//! Invitations and the answers to them (RFC 5545, RFC 5546): which meeting, when, where, and who comes.

mod lines;
mod when;

pub use when::When;

use serde::Serialize;

use crate::body::Body;
use crate::{Address, charset};
use lines::{Line, lines};

/// Longest calendar that is read.
const LONGEST: usize = 1_000_000;
/// Most people of one meeting that are read.
const MOST: usize = 500;

/// The first event of a calendar that came with a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// What it is for, upper case: `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH`.
    pub method: Option<String>,
    /// The id that all messages about one meeting share.
    pub uid: Option<String>,
    /// What the meeting is about.
    pub summary: Option<String>,
    /// When it begins.
    pub start: Option<When>,
    /// When it ends, written as an end or as a duration.
    pub end: Option<When>,
    /// Where it is.
    pub location: Option<String>,
    /// Who invites.
    pub organizer: Option<Address>,
    /// Who is invited, with their answers; in a reply, who answers.
    pub attendees: Vec<Attendee>,
    /// Words that came with an answer.
    pub comment: Option<String>,
    /// It happens more than once; `start` is the first time.
    pub repeats: bool,
    /// It was sent before, and something about it changed since: its SEQUENCE is not 0.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attendee {
    /// Who it is.
    #[serde(flatten)]
    pub address: Address,
    /// Lower case: `accepted`, `declined`, `tentative`, `delegated`, `needs-action`.
    pub answer: Option<String>,
}

/// Reads the calendar among the parts of a message, and completes the method of a part whose type does not say it.
pub(crate) fn of(body: &mut Body) -> Option<Calendar> {
    for part in body.machine_parts.iter_mut().filter(|part| part.content_type == "text/calendar") {
        if let Some(mut calendar) = read(&part.text) {
            part.method = part.method.take().or_else(|| calendar.method.clone());
            calendar.method.clone_from(&part.method);
            return Some(calendar);
        }
    }
    let is_calendar = |name: &str, content_type: &str| {
        content_type == "application/ics"
            || content_type == "text/calendar"
            || name.to_ascii_lowercase().ends_with(".ics")
    };
    let file = body.attachments.iter().find(|file| is_calendar(&file.name, &file.content_type))?;
    let bytes = &file.bytes[..file.bytes.len().min(LONGEST)];
    read(&charset::decode(bytes, None, &mut Vec::new()))
}

/// Reads a calendar; `None` when it is none, or holds no event.
fn read(text: &str) -> Option<Calendar> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut calendar = Calendar::default();
    let mut inside: Vec<String> = Vec::new();
    let mut duration = None;
    let mut found = false;
    for line in lines(&text[..end]) {
        match line.name.as_str() {
            "BEGIN" if inside.len() < 50 => inside.push(line.value.trim().to_ascii_uppercase()),
            "END" => {
                let ended = inside.pop();
                if inside.len() == 1 && ended.is_some_and(|kind| is_event(&kind)) {
                    found = true;
                    break;
                }
            }
            _ => match inside.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["VCALENDAR"] if line.name == "METHOD" => {
                    calendar.method = Some(line.value.trim().to_ascii_uppercase()).filter(|method| !method.is_empty());
                }
                ["VCALENDAR", kind] if is_event(kind) => {
                    found = true;
                    if line.name == "DURATION" {
                        duration = Some(line.value.trim().to_owned());
                    } else {
                        calendar.take(&line);
                    }
                }
                _ => {}
            },
        }
    }
    if let (None, Some(start), Some(written)) = (&calendar.end, &calendar.start, duration) {
        calendar.end = start.after(&written);
    }
    found.then_some(calendar)
}

fn is_event(kind: &str) -> bool {
    matches!(kind, "VEVENT" | "VTODO" | "VFREEBUSY")
}

impl Calendar {
    fn take(&mut self, line: &Line) {
        let text = || Some(line.text()).filter(|text| !text.is_empty());
        match line.name.as_str() {
            "UID" => self.uid = text(),
            "SUMMARY" => self.summary = text(),
            "LOCATION" => self.location = text(),
            "COMMENT" => self.comment = text(),
            "DTSTART" => self.start = When::of(line),
            "DTEND" | "DUE" => self.end = When::of(line),
            "RRULE" | "RDATE" => self.repeats = true,
            "SEQUENCE" => self.changed = !line.value.trim().trim_start_matches('0').is_empty(),
            "ORGANIZER" => self.organizer = Some(person(line)),
            "ATTENDEE" if self.attendees.len() < MOST => {
                let answer = line.parameter("PARTSTAT").map(|answer| answer.trim().to_ascii_lowercase());
                self.attendees.push(Attendee { address: person(line), answer: answer.filter(|a| !a.is_empty()) });
            }
            _ => {}
        }
    }
}

/// `ORGANIZER;CN="Ann Other":mailto:ann@example.org`
fn person(line: &Line) -> Address {
    let value = line.value.trim();
    let is_mail = value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let written = if is_mail { &value[7..] } else { line.parameter("EMAIL").unwrap_or(value) };
    let address = crate::header::addresses(written).into_iter().next().map(|found| found.address);
    let name =
        line.parameter("CN").map(|name| name.trim().trim_matches(['"', '\'']).chars().take(200).collect::<String>());
    Address {
        name: name.filter(|name| !name.is_empty()),
        address: address.filter(|address| address.contains('@')).unwrap_or_default(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where something is missing")]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_read() {
        let text = "BEGIN:VCALENDAR\r\nMETHOD:request\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n\
            DTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:u1\r\n\
            ORGANIZER;CN=\"Other; Ann\":MAILTO:ann@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Bob:mai\r\n lto:bob@example.net\r\n\
            SUMMARY;LANGUAGE=de:Drucker\\, neu\\nund schnell\r\nLOCATION:Raum 1\r\n\
            DTSTART;TZID=W. Europe Standard Time:20240715T100000\r\nDURATION:PT1H30M\r\nBEGIN:VALARM\r\nSUMMARY:no\r\n\
            END:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:another\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let read = read(text).unwrap();
        assert_eq!((read.method.as_deref(), read.uid.as_deref()), (Some("REQUEST"), Some("u1")));
        assert_eq!(read.summary.as_deref(), Some("Drucker, neu\nund schnell"));
        assert_eq!(read.location.as_deref(), Some("Raum 1"));
        let start = read.start.unwrap();
        assert_eq!(
            (start.written.as_str(), start.zone.as_deref()),
            ("20240715T100000", Some("W. Europe Standard Time"))
        );
        assert_eq!((start.utc, read.end.unwrap().utc), (Some(1_721_030_400_000), Some(1_721_035_800_000)));
        let organizer = read.organizer.unwrap();
        assert_eq!((organizer.name.as_deref(), organizer.address.as_str()), (Some("Other; Ann"), "ann@example.org"));
        assert_eq!(read.attendees[0].address.address, "bob@example.net");
        assert_eq!(read.attendees[0].answer.as_deref(), Some("accepted"));
    }

    #[test]
    fn what_is_no_calendar_is_none() {
        for text in ["", "BEGIN:VCALENDAR", "BEGIN:VEVENT\nSUMMARY:x", "END:VCALENDAR\nEND:VEVENT\n:::\n;=;", "hello"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:cut off").unwrap().summary.is_some());
    }
}
