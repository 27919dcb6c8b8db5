//! Who or what wrote a message, and what says so. Nothing is dropped for it: machine mail makes tickets too, it is
//! only never answered by a machine.

mod rules;
mod subjects;

pub(crate) use rules::is_nobody;

use serde::Serialize;

use crate::{Bounce, Message, bounce};

/// What wrote a message, strongest claim first: the first kind with evidence is the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A mail server says that a mail could not be delivered, or not yet.
    Bounce,
    /// A provider says that a person marked our mail as spam (ARF), or that authentication failed.
    #[serde(rename = "feedback")]
    FeedbackReport,
    /// A program answers for a person: out of office, acknowledgement.
    AutoReply,
    /// An invitation, or the answer to one.
    Calendar,
    /// A mailing list passed it on; a person may have written it.
    List,
    /// A program wrote it by itself: monitoring, notifications, newsletters, read receipts.
    Machine,
    /// Nothing says that it was not a person.
    Human,
}

impl Kind {
    /// The word used in `thedesk mail inspect` and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::FeedbackReport => "feedback",
            Self::AutoReply => "auto_reply",
            Self::Calendar => "calendar",
            Self::List => "list",
            Self::Machine => "machine",
            Self::Human => "human",
        }
    }
}

/// One thing that speaks for a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// The kind it speaks for; `Human` for what only says "do not answer by machine".
    pub kind: Kind,
    /// Where it was seen: a header name, `subject`, `part`, `text`.
    pub source: String,
    /// What was seen there, shortened.
    pub value: String,
    /// True when people produce it as well, so it should be shown as a guess.
    pub weak: bool,
}

/// The kind of a message, with everything that was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classification {
    /// The kind.
    pub kind: Kind,
    /// All the evidence, for any kind, strongest kind first.
    pub evidence: Vec<Sign>,
    /// What bounced, when this is a bounce or a report.
    pub bounce: Option<Bounce>,
}

impl Classification {
    /// Whether a filter on the way took it for spam.
    pub fn is_spam(&self) -> bool {
        self.evidence.iter().any(|sign| sign.source.starts_with("x-spam") || sign.source.starts_with("x-rspamd"))
    }

    /// Whether no program may answer this message: not with an acknowledgement, not with a survey (RFC 3834, 2).
    pub fn must_not_be_answered(&self) -> bool {
        self.kind != Kind::Human || !self.evidence.is_empty()
    }
}

/// Classifies a message.
pub fn classify(message: &Message) -> Classification {
    let mut evidence = Vec::new();
    rules::headers(message, &mut evidence);
    rules::parts(message, &mut evidence);
    subjects::auto_reply(message, &mut evidence);
    subjects::machine(message, &mut evidence);
    let bounce = bounce::read(message);
    if let Some(bounce) = &bounce {
        let kind = if bounce.feedback.is_some() { Kind::FeedbackReport } else { Kind::Bounce };
        evidence.push(sign(kind, "part", bounce.seen_in, false));
    }
    evidence.sort_by_key(|sign| sign.kind);
    let kind = evidence.first().map_or(Kind::Human, |sign| sign.kind);
    Classification { kind, evidence, bounce }
}

/// Whether headers or subject say that a program answers for a person.
pub(crate) fn is_auto_reply(message: &Message) -> bool {
    let mut evidence = Vec::new();
    rules::headers(message, &mut evidence);
    subjects::auto_reply(message, &mut evidence);
    evidence.iter().any(|sign| sign.kind == Kind::AutoReply)
}

fn sign(kind: Kind, source: &str, value: &str, weak: bool) -> Sign {
    Sign { kind, source: source.to_owned(), value: value.chars().take(120).collect(), weak }
}

#[cfg(test)]
mod tests;
