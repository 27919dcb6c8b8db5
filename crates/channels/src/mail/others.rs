//! Whom else a mail names: the people beside us in To and Cc, who are on its ticket from then on.
//!
//! We are nobody else, by whichever of our addresses; neither are robots, lists, and addresses that no mail reaches.

use ledger::outbox::Mailbox;
use ledger::person::normal_email;
use mail_message::{Address, Message};
use service::ticket::participant::MOST;

use super::arrival::{Arrival, clean};
use super::mailroom::Mailroom;

/// Names before the `@` behind which nobody reads.
const ROBOTS: [&str; 12] = [
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "mailer-daemon",
    "postmaster",
    "bounce",
    "bounces",
    "notifications",
    "undisclosed-recipients",
];

/// The people whom a mail names besides its sender and us, at most as many as can be on a ticket.
pub(super) fn others(room: &Mailroom, arrival: &Arrival, sender: &str) -> Vec<Mailbox> {
    let message = &arrival.parsed.message;
    // What a program sends round says nothing about who wants our answer.
    if arrival.parsed.class.must_not_be_answered() {
        return Vec::new();
    }
    let lists = lists(message);
    let mut found: Vec<Mailbox> = Vec::new();
    for named in message.to.iter().chain(&message.cc) {
        if found.len() == MOST {
            break;
        }
        let Some(mailbox) = reachable(named) else { continue };
        let address = mailbox.address.as_str();
        let known = found.iter().any(|other| other.address == address);
        if !known && address != sender && !room.is_ours(address) && !lists.iter().any(|list| list == address) {
            found.push(mailbox);
        }
    }
    found
}

/// Our address that the mail was written to, without a token: the first that it names, else the one that servers say it
/// came to.
pub(super) fn to_us<'r>(room: &'r Mailroom, message: &Message) -> Option<&'r str> {
    let named = message.to.iter().chain(&message.cc).chain(&message.delivered_to);
    named.take(200).find_map(|address| room.own_address(&address.address))
}

fn reachable(named: &Address) -> Option<Mailbox> {
    let address = normal_email(&clean(&named.address, 320))?;
    let (local, domain) = address.rsplit_once('@')?;
    let plain = local.split('+').next().unwrap_or(local);
    let is_robot = ROBOTS.contains(&plain) || plain.starts_with("bounce-");
    // Without a dot it is a machine of somebody's house: `@localhost`, `@unknown`.
    let is_somewhere = domain.contains('.') && domain != "localhost.localdomain" && !domain.ends_with(".invalid");
    let name = named.name.as_deref().map(|name| clean(name, 200)).unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!is_robot && is_somewhere).then_some(Mailbox { name, address })
}

/// The addresses of the lists that it came by.
fn lists(message: &Message) -> Vec<String> {
    let named = ["list-post", "list-help", "list-owner", "mailing-list"];
    let values = named.into_iter().flat_map(|name| message.headers.all(name).take(5));
    let mut found = Vec::new();
    for value in values {
        for piece in value.split(['<', '>', ' ', ',', ';']) {
            let address = piece.trim().strip_prefix("mailto:").unwrap_or(piece.trim());
            found.extend(normal_email(address.split('?').next().unwrap_or(address)));
        }
    }
    found
}
