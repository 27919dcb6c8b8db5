//! What a program answered for a person before the mail that it answers was here. It opens no ticket; it is kept, and joins
//! the ticket of that mail when it comes. So auto-replies, too, end in the same tickets whichever order mails come in.

use std::collections::BTreeSet;

use base::clock::{DAY, Moment};
use base::db::{Result as DbResult, Tx};
use ledger::person::PersonId;
use ledger::touchpoint::{Channel, Source};
use serde::{Deserialize, Serialize};
use service::ticket::work::{self, Request};
use service::ticket::{Enclosure, Extras, Ticket};
use web::error::Result;

use super::MailId;
use super::arrival::{Arrival, clean};
use super::model::{Decision, Verdict, Why};
use super::thread::Sender;
use store::Waits;

mod store;

/// How long one waits.
const LONGEST: i64 = 30 * DAY;
/// Most of a text that waits, bytes; the whole mail is kept beside it.
const TEXT: usize = 20_000;
/// Most that one sender has waiting.
const MOST: i64 = 50;

/// A file, as it will be enclosed.
#[derive(Serialize, Deserialize)]
struct Waiting {
    key: String,
    name: String,
    kind: String,
    bytes: i64,
}

/// Lets a mail wait for the one that it answers.
pub(super) fn wait(tx: &mut Tx, id: MailId, sender: &Sender, arrival: &Arrival, now: Moment) -> Result<()> {
    if arrival.references().is_empty() {
        return Ok(());
    }
    store::forget_before(tx, now.plus(-LONGEST))?;
    let files = arrival.enclosures.iter().map(|file| Waiting {
        key: file.key.clone(),
        name: file.name.clone(),
        kind: file.kind.clone(),
        bytes: file.bytes,
    });
    let files = serde_json::to_string(&files.collect::<Vec<_>>()).unwrap_or_default();
    Ok(store::insert(tx, id, &sender.address, &clean(&arrival.whole, TEXT), &files, now)?)
}

/// It waits no longer: it is taken in again.
pub(super) fn forget(tx: &mut Tx, id: MailId) -> DbResult<()> {
    store::forget(tx, id)
}

/// Brings those of the sender's into a ticket that name this mail, are named by it, or name the same third one.
pub(super) fn join(
    tx: &mut Tx,
    arrival: &Arrival,
    person: Option<PersonId>,
    address: &str,
    ticket: &Ticket,
    now: Moment,
) -> Result<()> {
    let mut waiting = store::of_sender(tx, person, address, MOST)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let mut known: BTreeSet<String> = arrival.references().into_iter().chain(arrival.message_id()).collect();
    // What joins may name further ones that wait.
    loop {
        let mut joined = None;
        for (at, one) in waiting.iter().enumerate() {
            let mut names = store::references(tx, one.id)?;
            names.extend(one.message_id.clone());
            if names.iter().any(|name| known.contains(name)) {
                joined = Some((at, names));
                break;
            }
        }
        let Some((at, names)) = joined else { return Ok(()) };
        known.extend(names);
        let one = waiting.swap_remove(at);
        keep(tx, &one, ticket, now)?;
    }
}

fn keep(tx: &mut Tx, one: &Waits, ticket: &Ticket, now: Moment) -> Result<()> {
    let files: Vec<Waiting> = serde_json::from_str(&one.files).unwrap_or_default();
    let files: Vec<Enclosure> = files
        .into_iter()
        .map(|file| Enclosure {
            key: file.key,
            name: file.name,
            kind: file.kind,
            bytes: file.bytes,
            cid: None,
            is_inline: false,
        })
        .collect();
    let extras = Extras::default();
    let request = Request {
        person: ticket.person,
        channel: Channel::Email,
        subject: &one.subject,
        text: &one.text,
        quoted: "",
        html: None,
        mail_id: None,
        service: None,
        needed_by: None,
        files: &files,
        extras: Some(&extras),
        by_machine: true,
        source: Source::Lived,
    };
    let part = work::keep_machine(tx, ticket, &request, now)?;
    let verdict = Verdict::new(Decision::Kept, Why::Waited, ticket.id).with_part(Some(part));
    super::store::decide(tx, one.id, &verdict, None, now)?;
    Ok(store::forget(tx, one.id)?)
}
