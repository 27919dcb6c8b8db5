//! What a mail carries besides its words, as its message in the conversation keeps it.

use mail_message::{Address, Attendee, Calendar, Message, When};
use service::ticket::{Ask, Extras, GUESTS, Guest, Meeting, Point};

use super::arrival::{TEXT, clean};

/// Reads what is kept beside the words of a mail.
pub(super) fn of(message: &Message, is_rich: bool) -> Extras {
    let is_cut = message.reply.visible.len() > TEXT || message.text.len() > TEXT * 2;
    Extras { meeting: message.calendar.as_ref().map(meeting), is_rich, is_cut, ..Extras::default() }
}

fn meeting(calendar: &Calendar) -> Meeting {
    let guests: Vec<Guest> = calendar.attendees.iter().take(GUESTS).map(guest).collect();
    Meeting {
        ask: Some(ask(calendar)),
        title: line(calendar.summary.as_deref(), 300),
        start: calendar.start.as_ref().map(point),
        end: calendar.end.as_ref().map(point).filter(|end| end.at.is_some() || !end.written.starts_with(['P', 'p'])),
        repeats: calendar.repeats,
        place: line(calendar.location.as_deref(), 300),
        organizer: calendar.organizer.as_ref().map(|who| person(who, None)),
        more: calendar.attendees.len() - guests.len(),
        guests,
        comment: calendar.comment.as_deref().map(|comment| clean(comment, 2_000)).filter(|text| !text.is_empty()),
    }
}

fn ask(calendar: &Calendar) -> Ask {
    let answer = || calendar.attendees.first().and_then(|guest| answer(guest.answer.as_deref()?));
    match calendar.method.as_deref() {
        Some("REQUEST") if calendar.changed => Ask::Changed,
        Some("REQUEST" | "ADD") => Ask::Invited,
        Some("CANCEL") => Ask::Cancelled,
        Some("COUNTER") => Ask::Countered,
        Some("REPLY") => answer().unwrap_or(Ask::Told),
        _ => Ask::Told,
    }
}

fn answer(word: &str) -> Option<Ask> {
    match word {
        "accepted" => Some(Ask::Accepted),
        "declined" => Some(Ask::Declined),
        "tentative" => Some(Ask::Tentative),
        _ => None,
    }
}

fn guest(attendee: &Attendee) -> Guest {
    person(&attendee.address, attendee.answer.as_deref().and_then(answer))
}

fn person(who: &Address, answer: Option<Ask>) -> Guest {
    Guest { name: clean(who.name.as_deref().unwrap_or_default(), 200), address: clean(&who.address, 320), answer }
}

fn point(when: &When) -> Point {
    Point { at: when.utc, written: clean(&when.written, 100), zone: line(when.zone.as_deref(), 100) }
}

fn line(text: Option<&str>, most: usize) -> Option<String> {
    let words = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(clean(&words, most)).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(method: &str, more: &str) -> Meeting {
        let mail = format!(
            "From: ana@lindenhof.example\nSubject: Lift\nContent-Type: text/calendar; method={method}\n\n\
             BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nSUMMARY:The lift\\, again\nLOCATION:Room 3\n\
             DTSTART:20260302T090000Z\nORGANIZER;CN=Ben:mailto:ben@desk.example\n{more}END:VEVENT\nEND:VCALENDAR\n"
        );
        of(&Message::read(mail.as_bytes()), false).meeting.expect("a meeting")
    }

    #[test]
    fn line_65_a_meeting_says_what_is_asked() {
        let guest = "ATTENDEE;CN=Ana;PARTSTAT=DECLINED:mailto:ana@lindenhof.example\nCOMMENT:I am away.\n";
        let cases = [
            ("REQUEST", "", Ask::Invited),
            ("REQUEST", "SEQUENCE:2\n", Ask::Changed),
            ("REQUEST", "SEQUENCE:0\n", Ask::Invited),
            ("CANCEL", "SEQUENCE:3\n", Ask::Cancelled),
            ("REPLY", guest, Ask::Declined),
            ("REPLY", "", Ask::Told),
            ("COUNTER", "", Ask::Countered),
            ("PUBLISH", "", Ask::Told),
        ];
        for (method, more, expected) in cases {
            let meeting = read(method, more);
            assert_eq!(meeting.ask, Some(expected), "{method} {more}");
            assert_eq!(meeting.title.as_deref(), Some("The lift, again"));
            assert_eq!(meeting.start.and_then(|start| start.at), Some(1_772_442_000_000));
        }
        let declined = read("REPLY", guest);
        assert_eq!(declined.comment.as_deref(), Some("I am away."));
        assert_eq!((declined.guests[0].name.as_str(), declined.guests[0].answer), ("Ana", Some(Ask::Declined)));
    }

    #[test]
    fn line_65_a_meeting_of_hundreds_is_kept_short() {
        let many: Vec<String> = (0..100).map(|n| format!("ATTENDEE:mailto:g{n}@lindenhof.example\n")).collect();
        let meeting = read("REQUEST", &many.concat());
        assert_eq!((meeting.guests.len(), meeting.more), (GUESTS, 100 - GUESTS));
    }
}
