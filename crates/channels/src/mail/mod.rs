//! Mail: what comes in becomes a message of a ticket, an item of the quarantine or a recorded drop; what the outbox
//! holds goes out, once.
//!
//! | file | what it does |
//! |---|---|
//! | `mailroom` | what the operator set: addresses, servers, limits; and how each of them fares |
//! | `fetch` | reads mailboxes by IMAP or POP3; `pipe` takes one mail from a program |
//! | `link` | the connection to a server, with TLS and its certificates, for reading and sending |
//! | `oauth` | tokens in place of passwords: got, kept, renewed by one at a time |
//! | `probe` | tries a mailbox step by step, and says what to do when a step fails |
//! | `receive` | one mail: kept, read, decided (`decide`) and recorded in one transaction, or held back (`hold`) |
//! | `origin` | who speaks: the sender, somebody of the desk, or a customer whose mail was passed on |
//! | `keys`, `seal` | keys of the desk and of people it knows; what a mail's signature and lock say |
//! | `others` | whom else it names: they are on its ticket too |
//! | `thread` | which ticket it belongs to, by evidence in a stated order |
//! | `why` | why a mail is where it is, and the way to have it elsewhere |
//! | `waiting` | auto-replies that came before the mail that they answer |
//! | `quiet` | whose new ticket is not acknowledged, so that no loop or flood feeds on us |
//! | `size` | what a sender hears whose mail is larger than the desk takes |
//! | `signature` | how a sender's mails end, learned and folded away |
//! | `bounce` | what a returned mail does to its letter and its address |
//! | `history` | archives of mails from before the desk |
//! | `quarantine` | what could not be taken in, for agents to look at |
//! | `alarm` | whether mail flows, warnings, one letter to the operator; `admin` and `figures` show it |
//! | `send` | the outbox by SMTP, never twice |

mod admin;
mod alarm;
mod arrival;
mod bounce;
mod decide;
mod extras;
mod fetch;
mod figures;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod health;
pub mod history;
mod hold;
mod keys;
mod kinds;
mod link;
mod mailroom;
mod model;
mod oauth;
mod origin;
mod others;
mod probe;
mod quarantine;
mod quiet;
mod receive;
mod seal;
mod send;
mod signature;
mod size;
mod store;
#[cfg(test)]
mod tests;
mod thread;
mod waiting;
mod why;

use base::text::Texts;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use web::actor::{Role, Roles};
use web::page::Section;
use web::{App, Nav};

pub use admin::TEXTS as ADMIN_TEXTS;
pub use figures::expose;
pub use health::{Fares, Report};
pub use keys::KeysError;
pub use kinds::KINDS;
pub use mail_message::inspect;
pub use mailroom::{Mailroom, Pace};
pub use model::{Decision, Outcome, Why};
pub use probe::{Side, Step, StepKind, StepOutcome};
pub use quarantine::TEXTS as QUARANTINE_TEXTS;
pub use receive::{ReceiveError, receive};

base::id::define! {
    /// A mail that came in.
    pub MailId;
}

/// The texts of mail.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// The texts of a look at a mailbox.
pub const PROBE_TEXTS: Texts = Texts { en: include_str!("probe/texts.en.ftl"), de: include_str!("probe/texts.de.ftl") };

/// The quarantine, beside the agents' inbox; and mail as the operator sees it.
pub const NAV: &[Nav] = &[
    Nav { section: Section::Desk, href: "/desk/quarantine", key: "quarantine", icon: "filter", may: is_agent },
    Nav { section: Section::Admin, href: "/admin/mail", key: "admin-mail", icon: "channel-email", may: is_admin },
];

fn is_agent(roles: Option<Roles>) -> bool {
    roles.is_some_and(Roles::is_agent)
}

fn is_admin(roles: Option<Roles>) -> bool {
    roles.is_some_and(|roles| roles.has(Role::Admin))
}

/// The pages of mail, with what the operator set.
pub fn routes(room: &Mailroom) -> axum::Router<App> {
    quarantine::routes(room).merge(admin::routes(room))
}

/// What the pipe's mails are recorded under, in place of a mailbox.
const PIPE: &str = "pipe";

/// Takes in one mail that a program hands over (`thedesk mail pipe`): exit 0 when this is `Ok`, whatever was decided,
/// and 75 when it is not, so that the program keeps the mail and tries again.
///
/// # Errors
/// When the mail could not be stored.
pub async fn pipe(app: &App, room: &Mailroom, bytes: Vec<u8>) -> Result<Outcome, ReceiveError> {
    receive(app, room, bytes, PIPE).await
}

/// Tries every mailbox that is set up, as `thedesk mail check` shows it: each with its address and its steps.
pub async fn check(app: &App, room: &Mailroom) -> Vec<(String, Vec<Step>)> {
    let mut all = Vec::new();
    for account in room.accounts() {
        all.push((account.address.clone(), probe::probe(app, room, account).await));
    }
    all
}

/// Has somebody consent to the desk's using the mailbox of this address (`thedesk mail authorize`): `show` is given the
/// address of a page to open in a browser on this machine.
///
/// # Errors
/// With what to do, when there is no such mailbox, or no consent.
pub async fn authorize(app: &App, room: &Mailroom, address: &str, show: impl FnOnce(&str)) -> Result<(), String> {
    let account = room.accounts().iter().find(|account| account.address.eq_ignore_ascii_case(address));
    let Some(account) = account else { return Err(format!("there is no account {address} in the configuration")) };
    oauth::authorize(app, account, show).await.map_err(|trouble| trouble.to_string())
}

/// Starts a reader for each mailbox and, when there is a server to send by, the sender. They end when `stop` turns
/// true or its sender is dropped. A simulated desk reads nothing and opens no connection.
pub fn start(app: &App, room: &Mailroom, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let mut tasks = Vec::new();
    if !app.site.simulated {
        for account in room.accounts() {
            for mailbox in fetch::Mailbox::all_of(app, room, account) {
                tasks.push(tokio::spawn(mailbox.run(stop.clone())));
            }
        }
        tasks.push(tokio::spawn(quarantine::after_upgrade(app.clone(), room.clone(), stop.clone())));
        tasks.push(tokio::spawn(alarm::run(app.clone(), room.clone(), stop.clone())));
    }
    if app.site.simulated || room.sends() {
        tasks.push(tokio::spawn(send::run(app.clone(), room.clone(), stop.clone())));
    }
    if !app.site.simulated && room.files_copies() {
        tasks.push(tokio::spawn(send::run_filing(app.clone(), room.clone(), stop.clone())));
    }
    tasks
}

/// Until the desk is to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone says stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}
