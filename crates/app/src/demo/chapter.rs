//! The story in chapters: everything that happened in a stretch of time, in its order, written in one transaction.

use std::collections::BTreeMap;
use std::sync::mpsc::SyncSender;

use base::db::{Db, Error, Result};
use ledger::touchpoint::{self, Draft, Source};
use programme::improvement::{self, ImprovementId, PastFollowUp};
use programme::survey::pulse::{self, PastPulse};
use programme::survey::{self, PastSurvey};
use service::ticket::TicketId;
use service::ticket::bulk::{self, Past};
use simulate::Company;

use super::people::Cast;
use super::surveys::Surveys;
use super::{pulses, tickets, touches};

/// About so many rows make a chapter: large enough to be quick, small enough that pages are served in between.
const ROWS: usize = 20_000;

/// What happened in a stretch of time.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    tickets: Vec<Past>,
    /// Touchpoints, each with the version of the person's attributes that held then.
    happened: Vec<(Draft, Option<i64>)>,
    surveys: Vec<PastSurvey>,
    pulses: Vec<PastPulse>,
    /// Follow-ups, each with the place of its survey in this chapter.
    follow_ups: Vec<(usize, PastFollowUp)>,
    rows: usize,
}

/// Something that is known of already and happens later.
enum Ahead {
    Touchpoint(Draft, i64),
    Survey(Box<PastSurvey>, Option<Box<PastFollowUp>>),
    Pulse(PastPulse),
}

/// Tells the whole story in the order of time, chapter by chapter, until nobody listens any more.
pub(super) fn tell(
    company: &Company,
    cast: &Cast,
    reserved: &[(TicketId, i64)],
    improvements: &[ImprovementId],
    to: &SyncSender<Chapter>,
) {
    let surveys = Surveys::new(company, cast, improvements);
    let mut ahead: BTreeMap<(i64, usize), Ahead> = BTreeMap::new();
    let mut chapter = Chapter::default();
    let pulses = pulses::lived(company, cast);
    let mut place = pulses.len();
    for (order, (at, pulse)) in pulses.into_iter().enumerate() {
        ahead.insert((at, order), Ahead::Pulse(pulse));
    }
    let mut touches = company.touches().iter().peekable();
    for (ticket, reserved) in company.tickets().iter().zip(reserved) {
        while let Some(touch) = touches.next_if(|touch| touch.at <= ticket.opened) {
            if let Some(draft) = touches::draft(touch, company, cast) {
                place += 1;
                ahead.insert((touch.at, place), Ahead::Touchpoint(draft, cast.version(touch.person, touch.at)));
            }
        }
        chapter.take(&mut ahead, ticket.opened);
        if chapter.rows >= ROWS && to.send(std::mem::take(&mut chapter)).is_err() {
            return;
        }
        let mut past = tickets::lived(ticket, *reserved, cast);
        for (at, draft) in past.take_happened() {
            place += 1;
            ahead.insert((at.0, place), Ahead::Touchpoint(draft, cast.version(ticket.person, at.0)));
        }
        if let Some((at, survey, follow_up)) = surveys.of(ticket, &past) {
            place += 1;
            ahead.insert((at, place), Ahead::Survey(Box::new(survey), follow_up.map(Box::new)));
        }
        chapter.rows += 1 + past.messages();
        chapter.tickets.push(past);
    }
    for touch in touches {
        if let Some(draft) = touches::draft(touch, company, cast) {
            place += 1;
            ahead.insert((touch.at, place), Ahead::Touchpoint(draft, cast.version(touch.person, touch.at)));
        }
    }
    chapter.take(&mut ahead, i64::MAX);
    // Nobody listening means that writing failed, which the writer says.
    let _ = to.send(chapter);
}

impl Chapter {
    /// Takes what happened before `until`, in the order of time.
    fn take(&mut self, ahead: &mut BTreeMap<(i64, usize), Ahead>, until: i64) {
        while let Some(next) = ahead.first_entry() {
            if next.key().0 >= until {
                return;
            }
            match next.remove() {
                Ahead::Touchpoint(draft, version) => {
                    self.happened.push((draft, Some(version)));
                    self.rows += 2;
                }
                Ahead::Pulse(pulse) => {
                    self.pulses.push(pulse);
                    self.rows += 1;
                }
                Ahead::Survey(survey, follow_up) => {
                    self.follow_ups.extend(follow_up.map(|follow_up| (self.surveys.len(), *follow_up)));
                    self.surveys.push(*survey);
                    self.rows += 3;
                }
            }
        }
    }
}

/// Writes a chapter; gives how many contacts it had.
pub(super) fn write(db: &Db, mut chapter: Chapter) -> Result<usize> {
    let contacts = chapter.happened.len();
    db.write_now(move |tx| {
        bulk::insert(tx, &chapter.tickets)?;
        touchpoint::record_many(tx, &chapter.happened)?;
        pulse::import(tx, &chapter.pulses, Source::Simulated)?;
        let surveys = survey::import(tx, &chapter.surveys, Source::Simulated)?;
        for (survey, follow_up) in &mut chapter.follow_ups {
            follow_up.origin = surveys[*survey].0;
        }
        let follow_ups: Vec<PastFollowUp> = chapter.follow_ups.iter().map(|(_, follow_up)| follow_up.clone()).collect();
        improvement::import_follow_ups(tx, &follow_ups, Source::Simulated)?;
        Ok::<_, Error>(contacts)
    })
}
