//! How the letters of a conversation fare: who gets each, whether it is on its way, and who was refused.

use std::collections::BTreeMap;

use base::db::{Result, Tx};
use ledger::outbox::{self, Delivery, LetterId, State};
use web::page::Page;

use super::preview::shown;
use crate::ticket::{MessageId, TicketId, store};

/// For so long a page looks by itself whether a letter went out, milliseconds.
const LOOKS: i64 = 5 * 60_000;

/// The letters of a ticket's messages.
pub(super) struct Deliveries(BTreeMap<MessageId, Delivery>);

impl Deliveries {
    pub(super) fn read(tx: &mut Tx, id: TicketId) -> Result<Self> {
        let letters: BTreeMap<LetterId, Delivery> =
            outbox::deliveries(tx, "ticket", id.0)?.into_iter().map(|letter| (letter.id, letter)).collect();
        let of = store::letters(tx, id)?.into_iter();
        Ok(Self(of.filter_map(|(message, letter)| Some((message, letters.get(&letter)?.clone()))).collect()))
    }

    pub(super) fn of(&self, message: &MessageId) -> Option<&Delivery> {
        self.0.get(message)
    }

    /// Whether one of them is on its way, and may arrive while one looks.
    pub(super) fn is_under_way(&self, now: &i64) -> bool {
        self.0
            .values()
            .any(|letter| matches!(letter.state, State::Waiting | State::Sending) && now - letter.created_at.0 < LOOKS)
    }
}

/// Who got it, in a few words: the first names that fit, and how many more.
pub(super) fn whom(page: &Page, letter: &Delivery) -> String {
    let name = |mailbox: &outbox::Mailbox| match mailbox.name.as_str() {
        "" => mailbox.address.clone(),
        name => name.to_owned(),
    };
    let others: Vec<String> = letter.cc.iter().chain(&letter.bcc).map(name).collect();
    let to = name(&letter.to);
    match others.as_slice() {
        [] => page.t1("letter-to", "to", to),
        few if few.len() <= 3 => page.t2("letter-to-cc", "to", to, "cc", few.join(", ")),
        many => page.t2("letter-to-many", "to", to, "n", many.len() as i64),
    }
}

/// How it fares, in a few words.
pub(super) fn fate(page: &Page, letter: &Delivery) -> String {
    match (letter.state, &letter.error, letter.sent_at) {
        (State::Sent, _, Some(at)) => page.t1("letter-sent", "when", page.words.when(at.0, page.now, &page.zone)),
        (State::Waiting, Some(why), _) => page.t1("letter-waits", "why", why.as_str()),
        (State::Failed, ..) => page.t("letter-failed"),
        _ => page.t("letter-under-way"),
    }
}

/// Everybody who was to get it, with their addresses: the label's key, and them.
pub(super) fn recipients(letter: &Delivery) -> Vec<(&'static str, String)> {
    let mut all = vec![("head-to", shown(&letter.to))];
    all.extend(letter.cc.iter().map(|other| ("head-cc", shown(other))));
    all.extend(letter.bcc.iter().map(|other| ("head-bcc", shown(other))));
    all
}
