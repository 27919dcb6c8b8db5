//! What can become of a mail, and why. No I/O.

use base::clock::Moment;
use ledger::person::PersonId;
use serde_json::Value;
use service::ticket::{MessageId, TicketId};

use super::MailId;

base::code::define! {
    /// What became of a mail.
    pub enum Decision {
        /// It opened a ticket.
        Opened = "opened",
        /// It was added to a ticket as what a person wrote.
        Written = "written",
        /// It was kept, as what a program wrote, with its ticket or its letter; nothing else changed.
        Kept = "kept",
        /// It was recorded and left at that.
        Dropped = "dropped",
        /// It waits for an agent.
        Quarantined = "quarantined",
        /// An agent put it aside.
        Discarded = "discarded",
    }
}

base::code::define! {
    /// Why: first the evidence in the order in which it counts, then what speaks against a ticket.
    pub enum Why {
        /// It came to the address that only this ticket's letters name.
        Token = "token",
        /// It answers a mail that we sent.
        Issued = "issued",
        /// It answers a mail that the ticket holds.
        Held = "held",
        /// It quotes a letter of ours, with the ticket's address in it.
        Quoted = "quoted",
        /// A mail that the ticket holds answers it: they came in the other order.
        Answered = "answered",
        /// It answers the same mail, unknown to us, as one that the ticket holds.
        Sibling = "sibling",
        /// It has the same number, of another desk or of a machine, as a mail of its sender that the ticket holds.
        Mark = "mark",
        /// Its subject has the ticket's number, and its sender is on the ticket.
        Number = "number",
        /// Nothing says that it belongs to a ticket.
        New = "new",
        /// A program answered it for its sender before it was here.
        Waited = "waited",
        /// A machine tells of something again whose ticket is over.
        Again = "again",
        /// It answers a ticket, with a subject of its own.
        NewSubject = "new-subject",
        /// It names a conversation that its sender has no part in.
        Stranger = "stranger",
        /// We sent it ourselves.
        Ourselves = "ourselves",
        /// It carries our own mark against loops.
        Loop = "loop",
        /// A program answers somebody, and not us.
        AutoReply = "auto-reply",
        /// Something came back that we did not send.
        UnknownBounce = "unknown-bounce",
        /// A program says that a mail was read or delivered.
        Receipt = "receipt",
        /// It does not say who wrote it.
        NoSender = "no-sender",
        /// It is larger than the desk takes.
        TooLarge = "too-large",
        /// Reading it failed.
        Unreadable = "unreadable",
        /// Storing it failed, and nothing else did.
        Unstorable = "unstorable",
        /// The mail server did not give it out.
        Unfetchable = "unfetchable",
    }
}

/// What came of receiving one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Its record.
    pub mail: MailId,
    /// What became of it, now or when it first came.
    pub decision: Decision,
    /// Why.
    pub why: Why,
    /// The ticket that it is in.
    pub ticket: Option<TicketId>,
    /// The same mail had come before: nothing was done.
    pub repeated: bool,
}

/// What is decided about a mail.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub decision: Decision,
    pub why: Why,
    pub ticket: Option<TicketId>,
    /// The message of the conversation that it became.
    pub part: Option<MessageId>,
    /// What else was found out, for an agent who asks why.
    pub notes: Vec<(&'static str, Value)>,
}

impl Verdict {
    pub(super) fn new(decision: Decision, why: Why, ticket: impl Into<Option<TicketId>>) -> Self {
        Self { decision, why, ticket: ticket.into(), part: None, notes: Vec::new() }
    }

    /// The same, become this message.
    pub(super) fn with_part(self, part: Option<MessageId>) -> Self {
        Self { part, ..self }
    }

    pub(super) fn dropped(why: Why) -> Self {
        Self::new(Decision::Dropped, why, None)
    }
}

/// A mail as recorded.
#[derive(Debug, Clone)]
pub(super) struct Mail {
    pub id: MailId,
    pub at: Moment,
    pub sender: String,
    pub subject: String,
    pub mailbox: String,
    pub kind: String,
    pub decision: Decision,
    pub why: Why,
    pub evidence: String,
    pub error: Option<String>,
    pub ticket: Option<TicketId>,
    pub raw: String,
    pub bytes: i64,
    pub copies: i64,
    pub written_at: Option<Moment>,
    /// Other mailboxes that copies of it came to.
    pub also_in: String,
    pub moved_by: Option<PersonId>,
    pub moved_at: Option<Moment>,
}

impl Mail {
    /// The key of the sentence that says why.
    pub(super) fn why_key(&self) -> String {
        format!("mail-why-{}", self.why)
    }

    pub(super) fn outcome(&self, repeated: bool) -> Outcome {
        Outcome { mail: self.id, decision: self.decision, why: self.why, ticket: self.ticket, repeated }
    }
}
