//! When a person's new ticket is not acknowledged, though a person seems to have written it: another desk that answers by
//! itself and hides that it does, and a flood. The ticket is there all the same.

use base::clock::{DAY, MINUTE, Moment};
use base::db::Tx;
use ledger::person::PersonId;
use mail_message::thread::plain_subject;
use service::ticket;
use web::error::Result;

/// Most that are acknowledged to one person within ten minutes, and within a day.
const LATELY: usize = 3;
const A_DAY: usize = 10;
/// Most with the same subject within a day: two desks that answer each other keep theirs.
const SAME: usize = 2;

/// Why a ticket that this person is about to open is not acknowledged.
pub(super) fn reason(tx: &mut Tx, person: PersonId, subject: &str, now: Moment) -> Result<Option<&'static str>> {
    let opened = ticket::opened_lately(tx, person, now.plus(-DAY), A_DAY as i64)?;
    let lately = opened.iter().filter(|(at, _)| now.since(*at) < 10 * MINUTE).count();
    let subject = plain_subject(subject);
    let same = opened.iter().filter(|(_, other)| !subject.is_empty() && plain_subject(other) == subject).count();
    Ok(match () {
        () if lately >= LATELY || opened.len() >= A_DAY => Some("flood"),
        () if same >= SAME => Some("loop"),
        () => None,
    })
}
