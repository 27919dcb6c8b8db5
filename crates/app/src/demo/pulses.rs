//! Being asked in turn whether anything got in the way, as long as the desk has been running.

use base::clock::{DAY, HOUR, MINUTE, Moment};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use programme::survey::pulse::{Panel, PastPulse, Said};
use programme::survey::{FirstChoice, Withheld};
use simulate::Company;
use simulate::person::{Person, Role};
use simulate::pulse::{Turns, Went};

use super::people::Cast;

/// In how many weeks everybody of the company is asked once.
pub(crate) const WEEKS: u32 = 12;

/// All turns of the past, each with when the last of it happened, in that order.
pub(super) fn lived(company: &Company, cast: &Cast) -> Vec<(i64, PastPulse)> {
    let Some(panel) = Panel::of(WEEKS) else { return Vec::new() };
    let turns = Turns::new(company);
    let asked = company.people().iter().filter(|own| !own.is_external() && !matches!(own.role, Role::Agent(_)));
    let mut lived: Vec<_> = asked.flat_map(|person| turns_of(person, company, cast, panel, &turns)).collect();
    lived.sort_by_key(|(at, _)| *at);
    lived
}

fn turns_of(person: &Person, company: &Company, cast: &Cast, panel: Panel, turns: &Turns) -> Vec<(i64, PastPulse)> {
    let (begin, end) = (company.start().max(person.started), company.settings().end);
    let (id, mut day) = (cast.id(person.id), day_of(begin));
    let mut lived = Vec::new();
    loop {
        day = panel.next_turn(id, day);
        // Not all in the same minute.
        let at = start_of(day) + 9 * HOUR + i64::from(person.id.0 % 40) * MINUTE;
        if at >= end {
            return lived;
        }
        let outcome = if cast.has_mailbox(person.id) {
            Ok(turns.ask(person.id, at, end).map(|answer| (Moment(answer.at), said(answer.trouble))))
        } else {
            Err(Withheld::NoAddress)
        };
        let last = outcome.ok().flatten().map_or(at, |(at, _)| at.0);
        let version = Some(cast.version(person.id, at));
        lived.push((last, PastPulse { person: id, version, at: Moment(at), weeks: WEEKS, outcome }));
    }
}

/// Where one goes first, as surveys name it.
pub(super) fn first_choice(went: Went) -> FirstChoice {
    match went {
        Went::Desk => FirstChoice::Desk,
        Went::Acquaintance => FirstChoice::Acquaintance,
        Went::Colleague => FirstChoice::Colleague,
        Went::Search => FirstChoice::Search,
        Went::Bear => FirstChoice::Bear,
    }
}

fn said(trouble: Option<(Went, bool)>) -> Said {
    let said = match trouble {
        Some((way, told)) => Said { trouble: Some(true), went: Some(first_choice(way)), reported: Some(told) },
        None => Said { trouble: Some(false), ..Said::default() },
    };
    said.told()
}

fn day_of(at: i64) -> Date {
    jiff::Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

fn start_of(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).map_or(i64::MAX - DAY, |start| start.timestamp().as_millisecond())
}
