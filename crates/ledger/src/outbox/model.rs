//! What a letter is.

use base::clock::Moment;

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

/// A letter to be posted.
#[derive(Debug, Clone)]
pub struct NewLetter {
    /// To whom.
    pub person: Option<PersonId>,
    /// Their address in the channel.
    pub address: String,
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
}
