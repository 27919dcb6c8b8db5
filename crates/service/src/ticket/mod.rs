//! A ticket: somebody asks, the desk answers, until it is sorted.
//!
//! It is opened on the portal, by mail or by an agent, has a number that people can say (`D-1042`) and a conversation.
//! Whoever works on it does so through [`work`], whichever the channel; each change records its touchpoint in the same
//! transaction. Agents have the inbox (`/desk`), the person has the same ticket in plain words (`/requests`).

pub mod bulk;
mod can;
mod desk;
mod extras;
mod file;
pub mod history;
mod kinds;
pub mod merge;
mod model;
pub mod moving;
pub mod participant;
mod portal;
mod quote;
mod store;
pub mod succession;
#[cfg(test)]
mod tests;
mod words;
pub mod work;

use axum::Router;
use base::text::Texts;
use web::actor::Roles;
use web::page::Section;
use web::{App, Nav};

pub use extras::{Ask, Doubt, Extras, GUESTS, Guest, Meeting, Point, Quoted, Seal, SealKind, SealNote, Signature};
pub use file::Enclosure;
pub use kinds::KINDS;
pub use model::{Author, Message, Need, NeededBy, State, Ticket, number_of};
pub use store::{
    agent_of, document, find, find_by_number, find_by_reply_token, newest_message, opened_lately, overdue, people_of,
    recent_words,
};

base::id::define! {
    /// A ticket.
    pub TicketId;
    /// A message of a ticket's conversation.
    pub MessageId;
}

/// The texts of tickets.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// Where one finds tickets.
pub const NAV: &[Nav] = &[
    Nav { section: Section::Portal, href: "/requests/new", key: "ask-us", icon: "plus", may: |_| true },
    Nav {
        section: Section::Portal,
        href: "/requests",
        key: "my-requests",
        icon: "inbox",
        may: |roles| roles.is_some(),
    },
    Nav { section: Section::Desk, href: "/desk", key: "inbox", icon: "inbox", may: is_agent },
    Nav { section: Section::Desk, href: "/desk/search", key: "search", icon: "search", may: is_agent },
];

fn is_agent(roles: Option<Roles>) -> bool {
    roles.is_some_and(Roles::is_agent)
}

/// The agents' pages and the person's.
pub fn routes() -> Router<App> {
    desk::routes().merge(portal::routes())
}
