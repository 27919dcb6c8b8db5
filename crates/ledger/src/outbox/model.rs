//! What a letter is.

use base::clock::Moment;
use serde::{Deserialize, Serialize};

use super::LetterId;
use crate::person::PersonId;

base::code::define! {
    /// Where a letter is on its way.
    pub enum State {
        /// To be sent.
        Waiting = "waiting",
        /// A channel has it in hand. When its lease ends without an answer, it may or may not have gone out.
        Sending = "sending",
        /// The channel's server took it.
        Sent = "sent",
        /// It will not be sent; `error` says why.
        Failed = "failed",
    }
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// As they are called; empty when we do not know.
    pub name: String,
    /// Where mail to them goes.
    pub address: String,
}

/// Somebody for whom the server did not take a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Their address.
    pub address: String,
    /// What the server said.
    pub said: String,
}

/// A letter to be posted.
#[derive(Debug, Clone, Default)]
pub struct NewLetter {
    /// To whom.
    pub person: Option<PersonId>,
    /// Their address in the channel.
    pub address: String,
    /// What they are called; empty when we do not know.
    pub name: String,
    /// Who gets the same mail, for all to see.
    pub cc: Vec<Mailbox>,
    /// Who gets it without the others seeing.
    pub bcc: Vec<Mailbox>,
    /// Whom it comes from; the first account when empty.
    pub sender: Option<Mailbox>,
    /// What makes it unique: `reply:MESSAGE`, `survey:TICKET`, `told:IMPROVEMENT:PERSON`.
    pub occasion: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML; made from the text when empty.
    pub html: Option<String>,
    /// The token by which an answer finds its way back; part of the reply address.
    pub reply_token: Option<String>,
    /// Message-IDs that this one answers, newest last, without brackets.
    pub in_reply_to: Vec<String>,
    /// Keys of files to be enclosed.
    pub files: Vec<String>,
    /// Written by a program, not by a person: it says so in its headers.
    pub automatic: bool,
    /// What it concerns, as in a touchpoint.
    pub object: Option<(&'static str, i64)>,
    /// The kind of letter that this is to those who can do without it, and may say so: see [`super::refuses`].
    pub refusable: Option<&'static str>,
}

/// A letter as stored.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Which one.
    pub id: LetterId,
    /// To whom.
    pub person: Option<PersonId>,
    /// Their address in the channel.
    pub address: String,
    /// What they are called; empty when we do not know.
    pub name: String,
    /// Who gets the same mail, for all to see.
    pub cc: Vec<Mailbox>,
    /// Who gets it without the others seeing.
    pub bcc: Vec<Mailbox>,
    /// Whom it comes from; the first account when empty.
    pub sender: Option<Mailbox>,
    /// What makes it unique.
    pub occasion: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// The token of its reply address.
    pub reply_token: Option<String>,
    /// Its own Message-ID, without brackets and without the domain, which the channel adds.
    pub message_id: String,
    /// Message-IDs that it answers.
    pub in_reply_to: Vec<String>,
    /// Keys of the files enclosed.
    pub files: Vec<String>,
    /// Written by a program.
    pub automatic: bool,
    /// Type of the thing it concerns.
    pub object_type: Option<String>,
    /// Id of the thing it concerns.
    pub object_id: Option<i64>,
    /// Where it is.
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Moment,
    /// When the server took it.
    pub sent_at: Option<Moment>,
    /// Why it was not sent.
    pub error: Option<String>,
    /// Addresses that a server took it for.
    pub reached: Vec<String>,
    /// Those that it was refused for, for good.
    pub refused: Vec<Refused>,
    /// The kind of letter that its reader may refuse.
    pub refusal_kind: Option<String>,
    /// By which they do.
    pub refusal_token: Option<String>,
}

impl Letter {
    /// Everybody who is to get it.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        let others = self.cc.iter().chain(&self.bcc).map(|other| other.address.as_str());
        std::iter::once(self.address.as_str()).chain(others)
    }
}

/// How a letter fares, for those who look at what it is about.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Which letter.
    pub id: LetterId,
    /// To whom.
    pub to: Mailbox,
    /// Who gets the same, for all to see.
    pub cc: Vec<Mailbox>,
    /// Who gets it without the others seeing.
    pub bcc: Vec<Mailbox>,
    /// Whom it comes from, when it was not the first account.
    pub sender: Option<String>,
    /// Where it is.
    pub state: State,
    /// When it was written.
    pub created_at: Moment,
    /// When the server took it.
    pub sent_at: Option<Moment>,
    /// Why it was not sent, or not yet.
    pub error: Option<String>,
    /// Those that it was refused for.
    pub refused: Vec<Refused>,
    /// The server's last word about it, with the number under which it knows it.
    pub queue: Option<String>,
}

/// What came of handing a letter to its server, which took it for somebody at least.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Whose server.
    pub account: String,
    /// What it said.
    pub said: String,
    /// For whom.
    pub reached: Vec<String>,
    /// For whom not, for good.
    pub refused: Vec<Refused>,
}
